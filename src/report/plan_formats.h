// The two formats of a plan. Private to plan_report.cc.
#pragma once

#include <string>

#include "src/report/plan_report.h"

namespace interlock::report {

[[nodiscard]] std::string plan_text(const fsm::Machine& machine, const PlanNotes& notes, const Describe& describe, Language language);
[[nodiscard]] std::string plan_json(const fsm::Machine& machine, const PlanNotes& notes, const Describe& describe, Language language);

}  // namespace interlock::report
