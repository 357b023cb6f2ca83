// Evaluates the gates of a machine's first phase once, changing nothing: what `check` does.
#pragma once

#include "fsm/machine.h"
#include "probes/probe.h"
#include "src/report/check_result.h"
#include "src/run/prepare.h"

namespace interlock {

[[nodiscard]] CheckResult check_gates(const fsm::Machine& machine, Hosts& hosts, Secrets& secrets);
// With the gates that the tool adds (login, space, outage), and with what was found out while preparing: all that `run`
// refuses by.
[[nodiscard]] CheckResult pre_flight(const Prepared& prepared);
// The titles of those that the tool adds here; contacts no host.
[[nodiscard]] std::vector<fsm::Words> own_gates(const Prepared& prepared);
// Of that only what the run does not judge itself.
[[nodiscard]] CheckResult only_own(const Prepared& prepared);

}  // namespace interlock
