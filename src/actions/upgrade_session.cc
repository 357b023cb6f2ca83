// See upgrade_session.h.
#include "src/actions/upgrade_session.h"

#include <thread>

#include "probes/digest.h"
#include "probes/observation_timer.h"
#include "probes/text.h"
#include "src/actions/upgrade_note.h"

namespace interlock {
namespace {

constexpr Millis kPoll{200};
constexpr std::size_t kReturnedRows = 1'000'000;  // of a SELECT in a script; they are not kept
constexpr std::size_t kKeptPath = 500;            // bytes

std::string number_text(std::size_t number) { return std::to_string(number); }

}  // namespace

UpgradeSession::UpgradeSession(MysqlConnection connection, HistoryTable table, Deadline deadline)
    : connection_(std::move(connection)), table_(std::move(table)), deadline_(deadline),
      lock_("interlock-" + sha256_hex(table_.sql()).substr(0, 32)) {}

Result<UpgradeSession> UpgradeSession::open(const Endpoint& endpoint, const MysqlLogin& login, const HistoryTable& table,
                                            Deadline lock_deadline, Deadline deadline) {
  auto connection = MysqlConnection::open(endpoint, login, deadline);
  if (!connection) return tl::unexpected(connection.error());
  UpgradeSession session(std::move(*connection), table, deadline);
  if (const auto locked = session.take_lock(lock_deadline); !locked) return tl::unexpected(locked.error());
  if (const auto clear = session.wait_for_leftovers(lock_deadline); !clear) return tl::unexpected(clear.error());
  if (const auto set = session.send("set session lock_wait_timeout = " + std::to_string(kTableLockWait_s)); !set)
    return tl::unexpected(set.error());
  return session;
}

Result<void> UpgradeSession::send(const std::string& sql) {
  const auto done = connection_.query(sql, deadline_);
  if (!done) return tl::unexpected(done.error());
  return {};
}

Result<void> UpgradeSession::take_lock(Deadline lock_deadline) {
  for (;;) {
    const auto got = connection_.query("select get_lock(" + sql_text(lock_) + ", 1)", deadline_);
    if (!got) return tl::unexpected(got.error());
    if (!got->rows.empty() && got->rows[0][0] == "1") return {};
    const auto holder = lock_holder();
    if (!holder) return tl::unexpected(holder.error());
    if (std::chrono::steady_clock::now() >= lock_deadline)
      return failure(Cause::timed_out, "another connection is still at this upgrade" + *holder);
  }
}

// Who holds the lock, in words. A connection that an operator's machine left behind is closed: the server rolls back
// what it had not committed.
Result<std::string> UpgradeSession::lock_holder() {
  const auto holder = connection_.query("select id, host, command, time, info from information_schema.processlist where id = is_used_lock(" +
                                            sql_text(lock_) + ")",
                                        deadline_);
  if (!holder) return tl::unexpected(holder.error());
  if (holder->rows.empty()) return std::string();
  const auto& row = holder->rows[0];
  const std::string id = row[0].value_or("");
  const auto idle_s = whole_number(row[3].value_or("")).value_or(0);
  if (row[2] == "Sleep" && idle_s >= kAbandoned_s) {
    const auto closed = connection_.query("kill " + id, deadline_);
    if (!closed && !connection_.connected()) return tl::unexpected(closed.error());
  }
  return ": connection " + id + " from " + row[1].value_or("?") +
         (row[4] ? ", executing " + one_line(*row[4], 120) : ", idle for " + std::to_string(idle_s) + " s");
}

// The lock alone keeps an earlier attempt's statement and ours apart; this looks once more, at what really executes.
Result<void> UpgradeSession::wait_for_leftovers(Deadline lock_deadline) {
  for (;;) {
    const auto others = connection_.query("select id, info from information_schema.processlist where id <> connection_id() and info like " +
                                              sql_text("/* " + lock_ + " %"),
                                          deadline_);
    if (!others) return tl::unexpected(others.error());
    if (others->rows.empty()) return {};
    if (std::chrono::steady_clock::now() >= lock_deadline)
      return failure(Cause::timed_out, "connection " + others->rows[0][0].value_or("?") + " of an earlier attempt is still executing " +
                                           one_line(others->rows[0][1].value_or(""), 120));
    std::this_thread::sleep_for(std::min(kPoll, remaining(lock_deadline)));
  }
}

Result<void> UpgradeSession::execute(const UpgradeStatement& statement) {
  const auto done = connection_.query("/* " + lock_ + " " + number_text(statement.number) + " */ " + statement.text, deadline_, kReturnedRows);
  if (!done) return tl::unexpected(done.error());
  if (done->truncated && statement.effect == SqlEffect::rows)
    return failure(Cause::protocol, "it gives more rows than can be read; what it changed is rolled back");
  return {};
}

Result<void> UpgradeSession::create_history() {
  if (const auto made = send(history_table_sql(table_)); !made) return made;
  const auto found = connection_.query("select 1 from information_schema.columns where column_name = 'content' and table_schema = " +
                                           sql_text(table_.database) + " and table_name = " + sql_text(table_.table),
                                       deadline_);
  if (!found) return tl::unexpected(found.error());
  return found->rows.empty() ? send(history_content_sql(table_)) : Result<void>{};
}

Result<void> UpgradeSession::begin_upgrade(std::size_t upgrade, const UpgradePlan& plan, const UpgradeOpinion& opinion) {
  std::string scripts;
  for (const auto& script : plan.scripts) scripts += (scripts.empty() ? "" : " ") + script.file;
  const std::string values = sql_text(one_line(scripts, kKeptPath)) + ", 0, " + sql_text(plan.digest) + ", " + sql_text(opinion.verdict) + ", " +
                             sql_text(one_line(opinion.saw, 16'000));
  const auto written = send("insert into " + table_.sql() + " (upgrade, number, script, line, sha256, statement, note, started_at) values (" +
                            number_text(upgrade) + ", 0, " + values + ", now(6)) on duplicate key update script = values(script),"
                            " sha256 = values(sha256), statement = values(statement), note = values(note)");
  return written ? send("commit") : written;
}

Result<void> UpgradeSession::finish_upgrade(std::size_t upgrade, const std::string& content) {
  const auto written = send("update " + table_.sql() + " set done_at = now(6), content = " + sql_text(content) + " where number = 0 and done_at is null and upgrade = " + number_text(upgrade));
  return written ? send("commit") : written;
}

Result<void> UpgradeSession::record_started(std::size_t upgrade, const UpgradePlan& plan, const UpgradeStatement& statement,
                                            const std::string& schema_before) {
  const auto written = send("insert into " + table_.sql() +
                            " (upgrade, number, script, line, sha256, statement, schema_before, started_at) values (" + number_text(upgrade) +
                            ", " + number_text(statement.number) + ", " + sql_text(one_line(plan.scripts[statement.script].file, kKeptPath)) +
                            ", " + number_text(statement.line) + ", " + sql_text(statement.sha256) + ", " + sql_text(one_line(statement.shown)) +
                            ", " + sql_text(schema_before) + ", now(6)) on duplicate key update started_at = values(started_at),"
                            " schema_before = values(schema_before)");
  return written ? send("commit") : written;
}

// As a SET of all the variables that the statement may have set; "" when there are none.
Result<std::string> UpgradeSession::replay_of(const UpgradeStatement& statement) {
  if (statement.variables.empty()) return std::string();
  std::string names;
  for (const auto& variable : statement.variables) names += (names.empty() ? "" : ", ") + variable;
  const auto values = connection_.query("select " + names, deadline_);
  if (!values) return tl::unexpected(values.error());
  std::string sql;
  for (std::size_t i = 0; i < statement.variables.size(); ++i) {
    const auto& cell = values->rows.at(0).at(i);
    const bool text = values->columns.at(i).type == MysqlType::text;
    sql += (sql.empty() ? "set " : ", ") + statement.variables[i] + " = " + (!cell ? "null" : text ? sql_text(*cell) : *cell);
  }
  return sql;
}

Result<void> UpgradeSession::record_done(std::size_t upgrade, const UpgradePlan& plan, const UpgradeStatement& statement,
                                         const std::string& note, bool commit) {
  const auto replay = replay_of(statement);
  if (!replay) return tl::unexpected(replay.error());
  const auto written = send("insert into " + table_.sql() +
                            " (upgrade, number, script, line, sha256, statement, note, started_at, done_at, replay, last_id) values (" +
                            number_text(upgrade) + ", " + number_text(statement.number) + ", " +
                            sql_text(one_line(plan.scripts[statement.script].file, kKeptPath)) + ", " + number_text(statement.line) + ", " +
                            sql_text(statement.sha256) + ", " + sql_text(one_line(statement.shown)) + ", " + sql_text(note) +
                            ", now(6), now(6), " + sql_text(*replay) + ", last_insert_id()) on duplicate key update done_at = now(6),"
                            " note = values(note), replay = values(replay), last_id = values(last_id)");
  return written && commit ? send("commit") : written;
}

Result<void> UpgradeSession::forget(std::size_t upgrade, const UpgradeStatement& statement) {
  const auto written = send("delete from " + table_.sql() + " where done_at is null and upgrade = " + number_text(upgrade) +
                            " and number = " + number_text(statement.number));
  return written ? send("commit") : written;
}

}  // namespace interlock
