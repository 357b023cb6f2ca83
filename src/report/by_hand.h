// How a person sees on a host, without Interlock, what a probe observes: for the runbook. Pure.
#pragma once

#include <string>

#include "fsm/machine.h"

namespace interlock::report {

struct ByHand {
  std::string command;   // a line for a shell, with a comment that says what to look for where that is not plain
  bool here = false;     // on the control host, whatever the fact's host
};
[[nodiscard]] ByHand by_hand(const fsm::Fact& fact);

}  // namespace interlock::report
