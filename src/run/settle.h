// Parameters that may be left to be found out (`auto`): from the machine as it would be bound, and from the hosts.
#pragma once

#include <span>
#include <string>

#include "fsm/machine.h"
#include "probes/host.h"

namespace interlock {

struct Settled {
  std::string value;
  fsm::Words because;  // told by check, plan and run: what was not written down must not come as a surprise
};

struct Derivation {
  const char* name;
  const char* assumed;  // until it is found out, and where no host is looked at: what keeps the most in the machine
  Settled (*find)(const fsm::Machine& machine, const Json& handover);
};

// `handover` is look_at_handover() of the same machine.
[[nodiscard]] std::span<const Derivation> derivations();

}  // namespace interlock
