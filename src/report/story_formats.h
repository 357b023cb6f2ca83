// A told run in formats for machines. Private to timeline.cc.
#pragma once

#include <string>

#include "src/report/run_info.h"
#include "src/report/story.h"
#include "src/report/words.h"

namespace interlock::report {

[[nodiscard]] std::string story_json(const Story& story, const fsm::Machine& machine, const RunInfo& info, Language language);
// Each phase gone through is a suite, each gate and action a test case.
[[nodiscard]] std::string story_junit(const Story& story, const fsm::Machine& machine, const RunInfo& info, Language language);

}  // namespace interlock::report
