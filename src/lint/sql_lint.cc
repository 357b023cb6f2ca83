// Upgrade scripts of the config database: every statement's class, and whether they may run under live nodes.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "probes/package_name.h"
#include "probes/upgrade_sql.h"
#include "src/lint/linters.h"

namespace interlock {
namespace {

// Scripts are run version by version. A name without a version says nothing about its order.
void check_order(const std::vector<LintFile>& scripts, std::vector<Diagnostic>& diagnostics) {
  const LintFile* latest = nullptr;
  std::optional<ProductVersion> reached;
  for (const LintFile& script : scripts) {
    const auto version = parse_version(std::filesystem::path(script.file).stem().string());
    if (!version) continue;
    if (reached && *version < *reached) {
      diagnostics.push_back(Diagnostic{script.file, 0, 0, Severity::warning, "the script of " + to_string(*version) + " comes after that of " + to_string(*reached) + " (" + latest->file + ")",
                                       "scripts version by version, in order", "name the files in the order of their versions"});
      continue;
    }
    reached = *version;
    latest = &script;
  }
}

std::string counts(const UpgradeJudgement& judgement, Json& found) {
  std::string text = fmt::format("{} statements", judgement.statements.size());
  found = Json::object();
  for (const SqlClass one : {SqlClass::additive, SqlClass::widening, SqlClass::data_dependent, SqlClass::narrowing, SqlClass::destructive, SqlClass::unclassified}) {
    const auto number = std::count_if(judgement.statements.begin(), judgement.statements.end(), [&](const SqlJudgement& s) { return s.verdict == one; });
    found[to_string(one)] = number;
    if (number > 0) text += fmt::format(", {} {}", number, to_string(one));
  }
  return text;
}

}  // namespace

LintResult lint_upgrade_sql(const std::vector<LintFile>& scripts, const std::optional<SqlSchema>& schema) {
  LintResult result{LintKind::upgrade_sql, {}, "upgrade SQL", {}, Json::object(), {}};
  std::vector<SqlScript> texts;
  for (const LintFile& script : scripts) {
    result.files.push_back(script.file);
    texts.push_back({script.file, script.text});
  }
  check_order(scripts, result.diagnostics);
  try {
    const UpgradeJudgement judgement = judge_upgrade(texts, schema ? &*schema : nullptr);
    result.rows.push_back({"verdict", to_string(judgement.verdict)});
    result.found = {{"verdict", to_string(judgement.verdict)}, {"live_schema", schema.has_value()}, {"statements", Json::array()}};
    result.rows.push_back({"classes", counts(judgement, result.found["classes"])});
    result.rows.push_back({"judged by", schema ? "the scripts and the live schema of " + schema->database : std::string("the scripts alone")});
    for (const SqlJudgement& statement : judgement.statements) {
      const std::string place = fmt::format("{}:{}", std::filesystem::path(statement.file).filename().string(), statement.at.line);
      result.rows.push_back({place, to_string(statement.verdict), statement.reason + " [" + statement.text + "]"});
      result.found["statements"].push_back({{"file", statement.file}, {"line", statement.at.line}, {"column", statement.at.column}, {"class", to_string(statement.verdict)},
                                            {"reason", statement.reason}, {"statement", statement.text}});
    }
    const auto unsafe = to_diagnostics(judgement);
    result.diagnostics.insert(result.diagnostics.end(), unsafe.begin(), unsafe.end());
  } catch (const InputError& error) {
    result.diagnostics.insert(result.diagnostics.end(), error.diagnostics().begin(), error.diagnostics().end());
  }
  return result;
}

}  // namespace interlock
