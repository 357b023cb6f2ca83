// Steps that are passed over one after the other change nothing, so that what the site does meanwhile may as well come
// before the first or after the last of them: unless it makes a difference to one that lies behind and to one that lies
// ahead. The proof need not stop in between for anything else. Why that is sound: docs/proof.md. It takes for granted that
// every step observes something: its effect. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "fsm/machine.h"

namespace interlock::fsm {

// What the site may do before a step that is passed over, and that cannot be put off or done before.
struct IdleStep {
  std::vector<std::uint16_t> reactions, crashes;
  bool everything = false;               // hardly anything can: it is better taken for a step like any other
};

// By phase and step.
[[nodiscard]] std::vector<std::vector<IdleStep>> idle_steps(const Machine& machine);

}  // namespace interlock::fsm
