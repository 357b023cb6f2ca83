// Whether an upgrade script may run under live nodes of the old version: every statement is put on a ladder
// (additive, widening, depends on the data, narrowing, destructive, unclassified, failing) with its reason. The rules are the
// vendor's (no change of existing columns but widening, no drop table, no update or delete of existing rows) and
// skeema's for what widening is. What cannot be told is unclassified, and that is unsafe.
// Pure. MODIFY and CHANGE need the present definition: hand in the live schema. Nothing is ever executed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fsm/diagnostic.h"
#include "probes/sql_schema.h"
#include "probes/sql_script.h"

namespace interlock {

struct SqlJudgement {
  std::string file;
  Position at;
  std::string text;       // the statement's beginning on one line, for showing; string literals are left out
  SqlClass verdict = SqlClass::unclassified;
  std::string reason;     // one sentence
  bool needs_schema = false;   // unclassified only for want of the live schema
};
[[nodiscard]] inline bool is_safe(SqlClass verdict) { return verdict == SqlClass::additive || verdict == SqlClass::widening; }

enum class UpgradeVerdict {
  widening_only,  // may run under live nodes
  undecided,      // no statement is known to be unsafe, but some cannot be judged without the live schema
  unsafe,         // at least one statement may not, or cannot be judged
  failing,        // at least one statement cannot run at all: scripts left out, in the wrong order, or for another database
};
[[nodiscard]] const char* to_string(UpgradeVerdict verdict);  // as above, "widening-only"

struct UpgradeJudgement {
  UpgradeVerdict verdict = UpgradeVerdict::widening_only;   // of no statement at all: widening-only
  std::vector<SqlJudgement> statements;                     // every one, in order
  [[nodiscard]] std::vector<const SqlJudgement*> unsafe() const;
};

struct SqlScript {
  std::string file;
  std::string text;
};
// Judges scripts in the order they will run: later statements see the tables and columns that earlier ones made.
// `schema` is the live one before the first script, or nullptr. Throws InputError as split_sql does.
[[nodiscard]] UpgradeJudgement judge_upgrade(const std::vector<SqlScript>& scripts, const SqlSchema* schema);

// The unsafe statements as diagnostics (warnings: a script may be right and still need a stop).
[[nodiscard]] std::vector<Diagnostic> to_diagnostics(const UpgradeJudgement& judgement);

}  // namespace interlock
