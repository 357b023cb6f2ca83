#include "probes/upgrade_verdict.h"

#include <algorithm>

#include "fsm/diagnostic.h"
#include "probes/live_schema.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::size_t kNamed = 3;

std::string worst(const UpgradeJudgement& judgement) {
  auto found = judgement.unsafe();
  std::stable_sort(found.begin(), found.end(), [](const SqlJudgement* a, const SqlJudgement* b) { return a->verdict > b->verdict; });
  std::string text;
  for (std::size_t i = 0; i < std::min(found.size(), kNamed); ++i) {
    text += (i == 0 ? "" : "; ") + found[i]->file + ":" + std::to_string(found[i]->at.line) + " " + to_string(found[i]->verdict) + ": " +
            found[i]->reason;
  }
  if (found.size() > kNamed) text += "; and " + std::to_string(found.size() - kNamed) + " more";
  return text + "; " + std::to_string(found.size()) + " of " + std::to_string(judgement.statements.size()) + " statements are unsafe";
}

std::string summary(const UpgradeJudgement& judgement) {
  const auto widening = std::count_if(judgement.statements.begin(), judgement.statements.end(),
                                      [](const SqlJudgement& one) { return one.verdict == SqlClass::widening; });
  return std::to_string(judgement.statements.size()) + " statements: " + std::to_string(widening) + " widen a column, the others only add";
}

Result<UpgradeOpinion> judge(const std::vector<SqlScript>& scripts, MysqlConnection& connection, Deadline deadline) {
  const auto schema = read_live_schema(connection, deadline);
  if (!schema) return tl::unexpected(schema.error());
  try {
    const UpgradeJudgement judgement = judge_upgrade(scripts, &*schema);
    const bool safe = judgement.verdict == UpgradeVerdict::widening_only;
    return UpgradeOpinion{to_string(judgement.verdict), valid_utf8(safe ? summary(judgement) : worst(judgement))};
  } catch (const InputError& wrong) {
    return failure(Cause::protocol, wrong.what());
  }
}

// The scripts with what has run replaced by blanks: lines keep their numbers.
std::vector<SqlScript> not_yet_run(const UpgradePlan& plan, const UpgradeRecord& record) {
  std::vector<SqlScript> scripts = plan.scripts;
  for (const HistoryRow& row : record.rows) {
    if (!row.done() || row.number == 0 || row.number > plan.statements.size()) continue;
    const UpgradeStatement& statement = plan.statements[row.number - 1];
    std::string& text = scripts[statement.script].text;
    for (std::size_t i = 0; i < statement.text.size(); ++i) {
      char& c = text[statement.offset + i];
      if (c != '\n') c = ' ';
    }
  }
  return scripts;
}

}  // namespace

Result<UpgradeOpinion> judge_against_live(const UpgradePlan& plan, MysqlConnection& connection, Deadline deadline) {
  return judge(plan.scripts, connection, deadline);
}

Result<UpgradeOpinion> upgrade_opinion(const UpgradePlan& plan, const UpgradeRecord& record, MysqlConnection& connection,
                                       Deadline deadline) {
  const UpgradeProgress progress = upgrade_progress(plan, record);
  if (!progress.ours) return judge_against_live(plan, connection, deadline);
  const std::string when = " (judged before the upgrade began: " + progress.words + ")";
  if (record.digest == plan.digest) return UpgradeOpinion{record.verdict, record.saw + when};
  if (!progress.conflict.empty()) return UpgradeOpinion{to_string(UpgradeVerdict::unsafe), progress.conflict};
  auto rest = judge(not_yet_run(plan, record), connection, deadline);
  if (!rest) return rest;
  if (record.verdict == rest->verdict) return UpgradeOpinion{record.verdict, record.saw + "; of what has not run yet: " + rest->saw};
  if (record.verdict == to_string(UpgradeVerdict::widening_only)) return rest;
  return UpgradeOpinion{record.verdict, record.saw + when};
}

}  // namespace interlock
