// Two site files may name the same hosts: a copy with another name, say. The lock is by the site's name, so that what a
// run works on is compared with that of every other run that holds a lock in this state file.
#pragma once

#include <optional>
#include <string>

#include "src/run/prepare.h"
#include "src/store/store.h"

namespace interlock {

// The addresses of the hosts that the machine acts on, and those that it moves; kept with the run.
[[nodiscard]] Json touched_addresses(const Prepared& prepared);

// Why another site's run is in the way, and what to do; nothing when none is.
[[nodiscard]] Result<std::optional<std::string>> shares_hosts(const Store& store, const std::string& site, const Json& touched);

}  // namespace interlock
