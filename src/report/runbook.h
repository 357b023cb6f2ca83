// A bound machine as a manual to work by hand from, in Markdown and in the form of the vendor's: chapters by phase, the
// checks with how to look, the very commands, what to wait for, and the ways back. Pure.
#pragma once

#include <string>

#include "src/report/by_hand.h"
#include "src/report/plan_report.h"

namespace interlock {

[[nodiscard]] std::string render_runbook(const fsm::Machine& machine, const Describe& describe, const HandSite& site, const std::string& version,
                                         Language language);

}  // namespace interlock
