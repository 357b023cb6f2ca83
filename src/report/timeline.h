// A run told from its journal: what happened when, and why it ended as it did. Pure.
#pragma once

#include <string>
#include <vector>

#include "fsm/journal.h"
#include "fsm/machine.h"
#include "src/report/format.h"
#include "src/report/run_info.h"
#include "src/report/words.h"

namespace interlock {

// The whole story for a terminal or a mail: result, why, time line by phase.
[[nodiscard]] std::string render_timeline(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records, const RunInfo& info, Language language, bool colours);

// Only the decision that ended or stopped the run, what it was based on, and what to do now.
[[nodiscard]] std::string render_explanation(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records, const RunInfo& info, Language language, bool colours);

// In the format asked for; html as in html_report.h.
[[nodiscard]] std::string render_report(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records, const RunInfo& info, ReportFormat format, Language language, bool colours);

}  // namespace interlock
