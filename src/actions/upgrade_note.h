// The history of an upgrade whose scripts a person typed in: the SQL that notes it, so that the program knows afterwards
// what has run. Pure.
#pragma once

#include <string>

#include "probes/upgrade_record.h"

namespace interlock {

// Makes the history table where there is none.
[[nodiscard]] std::string history_table_sql(const HistoryTable& table);
// Adds what one of an earlier version lacks.
[[nodiscard]] std::string history_content_sql(const HistoryTable& table);

// Notes that all statements of the plan have run, as an upgrade of its own, in lines that each end in a newline. What
// the text of the scripts alone does not show to be safe, a person has decided: kVerdictToFillIn stands for it.
[[nodiscard]] std::string history_note_sql(const HistoryTable& table, const UpgradePlan& plan);

}  // namespace interlock
