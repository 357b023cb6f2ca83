// A predicate of a machine as people would write it; its text as written is not always kept in the machine. Pure.
#pragma once

#include <string>

#include "fsm/machine.h"

namespace interlock::report {

[[nodiscard]] std::string predicate_text(const fsm::Machine& machine, const fsm::Predicate& predicate);

}  // namespace interlock::report
