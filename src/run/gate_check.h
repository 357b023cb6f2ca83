// Evaluates the gates of a machine's first phase once, changing nothing: what `check` does.
#pragma once

#include "fsm/machine.h"
#include "probes/probe.h"
#include "src/report/check_result.h"

namespace interlock {

[[nodiscard]] CheckResult check_gates(const fsm::Machine& machine, Hosts& hosts, Secrets& secrets);

}  // namespace interlock
