// Upgrade scripts are read where they lie, at every look. What a run has done is told by them, so that a run goes on, or
// back, only while they are what they were when it began.
#pragma once

#include <optional>
#include <string>

#include "src/run/prepare.h"

namespace interlock {

// {path: SHA-256} of the scripts that the machine names; one that cannot be read is left out: a gate says so.
[[nodiscard]] Json script_sums(const Prepared& prepared);

// What is no longer as it was, and what to do; nothing when all is. `sums`: from when the run began.
[[nodiscard]] std::optional<std::string> changed_scripts(const Prepared& prepared, const Json& sums);

}  // namespace interlock
