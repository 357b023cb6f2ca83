#include "probes/upgrade_record.h"

#include <algorithm>
#include <charconv>

#include "probes/digest.h"

namespace interlock {
namespace {

std::uint64_t number_in(const MysqlTable::Cell& cell) {
  std::uint64_t value = 0;
  if (cell) std::from_chars(cell->data(), cell->data() + cell->size(), value);
  return value;
}

Result<bool> table_exists(MysqlConnection& connection, const HistoryTable& table, Deadline deadline) {
  const auto found = connection.query("select 1 from information_schema.tables where table_schema = " + sql_text(table.database) +
                                          " and table_name = " + sql_text(table.table),
                                      deadline);
  if (!found) return tl::unexpected(found.error());
  return !found->rows.empty();
}

// The digests of the scripts of one upgrade, from the digests of its statements.
void add_finished_scripts(std::vector<std::string>& scripts, const MysqlTable& table) {
  std::string key, all;
  const auto flush = [&] {
    if (!all.empty()) scripts.push_back(sha256_hex(all));
    all.clear();
  };
  for (const auto& row : table.rows) {
    const std::string here = row[0].value_or("") + " " + row[1].value_or("");
    if (here != key) flush();
    key = here;
    all += row[2].value_or("");
  }
  flush();
}

HistoryRow history_row(const std::vector<MysqlTable::Cell>& row) {
  HistoryRow out;
  out.number = number_in(row[0]);
  out.script = row[1].value_or("");
  out.sha256 = row[2].value_or("");
  out.schema_before = row[3].value_or("");
  out.started_at = row[4].value_or("");
  out.done_at = row[5].value_or("");
  out.replay = row[6].value_or("");
  out.last_id = number_in(row[7]);
  return out;
}

std::vector<std::string> script_digests(const UpgradePlan& plan) {
  std::vector<std::string> all(plan.scripts.size());
  for (const auto& statement : plan.statements) all[statement.script] += statement.sha256;
  for (auto& digest : all) {
    if (!digest.empty()) digest = sha256_hex(digest);
  }
  return all;
}

// Which statement that has run is not, or not where, it is in the scripts now.
std::string edited(const UpgradePlan& plan, const UpgradeRecord& record) {
  for (const HistoryRow& row : record.rows) {
    if (row.number > plan.statements.size())
      return "statement " + std::to_string(row.number) + " (" + row.script + ") has run, but the scripts now have only " +
             std::to_string(plan.statements.size()) + " statements";
    const UpgradeStatement& statement = plan.statements[row.number - 1];
    if (statement.sha256 != row.sha256)
      return plan.place(statement) + " (statement " + std::to_string(row.number) + ") is not what ran at " + row.started_at +
             ": the scripts were edited or exchanged since; give them as they were, or restore the dump";
  }
  return {};
}

std::string run_before(const UpgradePlan& plan, const UpgradeRecord& record) {
  const auto digests = script_digests(plan);
  for (std::size_t i = 0; i < digests.size(); ++i) {
    if (!digests[i].empty() && std::find(record.finished_scripts.begin(), record.finished_scripts.end(), digests[i]) != record.finished_scripts.end())
      return plan.scripts[i].file + " ran already, in an earlier upgrade: leave it out of the scripts";
  }
  return {};
}

std::string of(std::size_t done, std::size_t all) { return std::to_string(done) + " of " + std::to_string(all) + " statements"; }

}  // namespace

std::string sql_name(std::string_view name) {
  std::string text = "`";
  for (const char c : name) text += c == '`' ? "``" : std::string(1, c);
  return text + "`";
}

std::string sql_text(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string hex = "_utf8mb4 X'";
  for (const char c : text) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 0xF];
  }
  return hex + "'";
}

std::string sql_literal(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '\'' && c != '\\'; });
  return plain ? "'" + std::string(text) + "'" : sql_text(text);
}

Result<void> HistoryTable::check() const {
  constexpr std::size_t kLongestName = 64;
  for (const std::string* name : {&database, &table}) {
    if (name->empty() || name->size() > kLongestName || name->find('\0') != std::string::npos)
      return failure(Cause::internal, "'" + *name + "' is no name of a database or table");
  }
  return {};
}

Result<UpgradeRecord> read_upgrade_record(MysqlConnection& connection, const HistoryTable& table, Deadline deadline) {
  UpgradeRecord record;
  const auto exists = table_exists(connection, table, deadline);
  if (!exists) return tl::unexpected(exists.error());
  record.table_exists = *exists;
  const auto restoring = table_exists(connection, {table.database, kRestoreMark}, deadline);
  if (!restoring) return tl::unexpected(restoring.error());
  record.restoring = *restoring;
  if (!*exists) return record;
  const auto header = connection.query("select upgrade, sha256, statement, note, done_at from " + table.sql() +
                                           " where number = 0 order by upgrade desc limit 1",
                                       deadline);
  if (!header) return tl::unexpected(header.error());
  if (header->rows.empty()) return record;
  const auto& first = header->rows[0];
  record.upgrade = number_in(first[0]);
  record.digest = first[1].value_or("");
  record.verdict = first[2].value_or("");
  record.saw = first[3].value_or("");
  record.done_at = first[4].value_or("");
  const auto rows = connection.query("select number, script, sha256, schema_before, started_at, done_at, replay, last_id from " +
                                         table.sql() + " where upgrade = " + std::to_string(record.upgrade) +
                                         " and number > 0 order by number",
                                     deadline, kHistoryRows);
  if (!rows) return tl::unexpected(rows.error());
  if (rows->truncated) return failure(Cause::protocol, "the history table " + table.table + " has more rows than can be read");
  for (const auto& row : rows->rows) record.rows.push_back(history_row(row));
  const auto finished = connection.query("select h.upgrade, h.script, h.sha256 from " + table.sql() + " h join " + table.sql() +
                                             " u on u.upgrade = h.upgrade and u.number = 0 and u.done_at is not null"
                                             " where h.number > 0 order by h.upgrade, h.number",
                                         deadline, 10 * kHistoryRows);
  if (!finished) return tl::unexpected(finished.error());
  if (finished->truncated) return failure(Cause::protocol, "the history table " + table.table + " has more rows than can be read");
  add_finished_scripts(record.finished_scripts, *finished);
  return record;
}

const char* to_string(UpgradeState state) {
  switch (state) {
    case UpgradeState::before: return "old";
    case UpgradeState::partial: return "partial";
    case UpgradeState::after: return "new";
  }
  return "?";
}

namespace {

UpgradeProgress recorded_progress(const UpgradePlan& plan, const UpgradeRecord& record) {
  UpgradeProgress progress;
  const std::size_t all = plan.statements.size();
  if (!record.begun()) {
    progress.words = record.table_exists ? "no upgrade was begun" : "no history table: no upgrade was begun";
    return progress;
  }
  if (record.done() && record.digest == plan.digest) {
    progress.state = UpgradeState::after;
    progress.ours = true;
    progress.done = all;
    progress.words = "all " + std::to_string(all) + " statements have run, the last at " + record.done_at;
    return progress;
  }
  if (record.done()) {
    progress.conflict = run_before(plan, record);
    progress.state = progress.conflict.empty() ? UpgradeState::before : UpgradeState::partial;
    progress.words = progress.conflict.empty() ? "only an earlier upgrade has run, finished at " + record.done_at : progress.conflict;
    return progress;
  }
  if (record.rows.empty()) {
    progress.ours = record.digest == plan.digest;
    progress.words = "an upgrade was begun, and none of its statements has run";
    return progress;
  }
  progress.ours = true;
  progress.state = UpgradeState::partial;
  progress.conflict = edited(plan, record);
  const auto done = std::count_if(record.rows.begin(), record.rows.end(), [](const HistoryRow& row) { return row.done(); });
  progress.done = static_cast<std::size_t>(done);
  progress.words = of(progress.done, all) + " have run";
  if (progress.done < record.rows.size()) {
    const HistoryRow& open = *std::find_if(record.rows.begin(), record.rows.end(), [](const HistoryRow& row) { return !row.done(); });
    progress.words += "; statement " + std::to_string(open.number) + " was started at " + open.started_at + " and is not known to have ended";
  }
  if (!progress.conflict.empty()) progress.words += "; " + progress.conflict;
  return progress;
}

}  // namespace

UpgradeProgress upgrade_progress(const UpgradePlan& plan, const UpgradeRecord& record) {
  UpgradeProgress progress = recorded_progress(plan, record);
  if (!record.restoring) return progress;
  progress.state = UpgradeState::partial;
  progress.conflict = "a restore of the dump is under way, or was cut off: finish it";
  progress.words = progress.conflict + " (" + progress.words + ")";
  return progress;
}

}  // namespace interlock
