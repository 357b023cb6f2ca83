// A run as one HTML file that stands alone: no network, no script, no font of its own; prints well; light and dark.
// For a manager (result, outage, rules), for the people of the night (why, time line, commands with output) and for
// the auditor (gates with evidence, digest of the machine, hash of the journal). Pure. Everything that did not come
// from Interlock itself is escaped.
#pragma once

#include <string>
#include <vector>

#include "fsm/journal.h"
#include "fsm/machine.h"
#include "src/report/run_info.h"
#include "src/report/words.h"

namespace interlock {

[[nodiscard]] std::string render_html(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records, const RunInfo& info, Language language);

}  // namespace interlock
