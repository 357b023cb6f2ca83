// Runs the upgrade scripts of the config database in order, each statement exactly once however often the operator's
// process is killed. Statements that change rows commit together with their line in the history table; statements that
// commit by themselves leave a 'started' line first, and after an interruption the schema's fingerprint tells whether
// they happened. In the end it keeps what the database holds, so that later changes can be told. Each script has a connection of its own, as with `mysql < script`. It does not judge the scripts.
#include <algorithm>
#include <map>

#include "probes/arguments.h"
#include "probes/config_content.h"
#include "probes/live_schema.h"
#include "probes/mysql_login.h"
#include "probes/observation_timer.h"
#include "probes/tcp_connection.h"
#include "probes/text.h"
#include "src/actions/account.h"
#include "src/actions/kinds.h"
#include "src/actions/upgrade_session.h"

namespace interlock {
namespace {

using Type = ProbeArgument::Type;
using fsm::Outcome;

// Of the operation's time, how much is left for running statements once the lock is there.
constexpr int kLockShare = 2;  // one half

// Why the upgrade cannot go on.
struct Stop {
  Outcome outcome = Outcome::failed;
  std::string text;
};
using Step = tl::expected<void, Stop>;
tl::unexpected<Stop> stop(std::string text) { return tl::unexpected(Stop{Outcome::failed, std::move(text)}); }

class Upgrade {
 public:
  Upgrade(const OperationRequest& request, UpgradePlan plan, MysqlLogin login, HistoryTable table)
      : request_(request), plan_(std::move(plan)), login_(std::move(login)), table_(std::move(table)) {}

  Step run() {
    if (auto step = open(); !step) return step;
    const UpgradeProgress progress = upgrade_progress(plan_, record_);
    had_run_ = progress.done;
    if (!progress.conflict.empty()) return stop(progress.conflict);
    if (progress.state == UpgradeState::after) return {};
    if (auto step = begin(progress); !step) return step;
    for (std::size_t script = 0; script < plan_.scripts.size(); ++script) {
      if (auto step = run_script(script); !step) return step;
    }
    if (!session_->connected()) {
      if (auto step = open(); !step) return step;
    }
    const auto content = held();
    if (!content) return lost(content.error(), "reading what the upgraded database holds");
    return recorded(session_->finish_upgrade(upgrade_, *content), "the end of the upgrade");
  }

  void tell(Account& account) const {
    account.note("statements", plan_.statements.size());
    account.note("ran", ran_);
    account.note("had_run", had_run_);
    account.note("left_out", left_out_);
    account.note("found_done", found_done_);
    account.note("verdict", verdict_);
  }
  [[nodiscard]] std::string words() const {
    std::string text = std::to_string(ran_) + " of " + std::to_string(plan_.statements.size()) + " statements were run now";
    if (had_run_ > 0) text += ", " + std::to_string(had_run_) + " had run before";
    return text;
  }

 private:
  // A new connection with the lock, and the history as it is under the lock.
  Step open() {
    session_.reset();
    const auto endpoint = request_.host.connect(login_port_, request_.deadline);
    if (!endpoint) return lost(endpoint.error(), "connecting");
    const Deadline lock_deadline = request_.deadline - remaining(request_.deadline) / kLockShare;
    auto session = UpgradeSession::open(*endpoint, login_, table_, lock_deadline, request_.deadline);
    if (!session) return lost(session.error(), "connecting");
    session_.emplace(std::move(*session));
    auto record = read_upgrade_record(session_->connection(), table_, request_.deadline);
    if (!record) return lost(record.error(), "reading the history table");
    record_ = std::move(*record);
    rows_.clear();
    const bool current = acted_ || !record_.done();
    if (current) {
      for (const HistoryRow& row : record_.rows) rows_[row.number] = row;
    }
    return {};
  }

  // A loss before anything was changed is a plain failure.
  [[nodiscard]] tl::unexpected<Stop> lost(const Failure& why, const std::string& doing) const {
    return tl::unexpected(Stop{why.sent && acted_ ? Outcome::unknown : Outcome::failed, doing + ": " + why.text});
  }
  Step recorded(const Result<void>& written, const std::string& what) const {
    if (!written) return lost(written.error(), "recording " + what + " in the history table");
    return {};
  }

  // Keeps the verdict of before the upgrade, since afterwards it can no longer be given.
  Step begin(const UpgradeProgress& progress) {
    const bool known = progress.ours && record_.digest == plan_.digest;
    upgrade_ = record_.begun() && !record_.done() ? record_.upgrade : record_.upgrade + 1;
    if (known) {
      verdict_ = record_.verdict;
      return can_be_ended();
    }
    auto opinion = upgrade_opinion(plan_, record_, session_->connection(), request_.deadline);
    if (!opinion) return lost(opinion.error(), "judging the scripts");
    verdict_ = opinion->verdict;
    acted_ = true;
    if (auto step = can_be_ended(); !step) return step;
    if (record_.done()) rows_.clear();
    return recorded(session_->begin_upgrade(upgrade_, plan_, *opinion), "the upgrade");
  }

  // What keeps an upgrade from being ended is found out before its first statement, not after its last.
  Step can_be_ended() {
    if (auto step = recorded(session_->create_history(), "the upgrade"); !step) return step;
    const auto content = held();
    if (!content) return stop("what the database holds cannot be read, and would be missing when the upgrade ends: " + content.error().text);
    return {};
  }
  Result<std::string> held() {
    return read_config_content(session_->connection(), table_, ArgumentReader(request_.args).list("nodes_write"), request_.deadline);
  }

  [[nodiscard]] bool is_done(const UpgradeStatement& statement) const {
    const auto row = rows_.find(statement.number);
    return row != rows_.end() && row->second.done();
  }

  Step run_script(std::size_t script) {
    std::vector<const UpgradeStatement*> all;
    for (const auto& statement : plan_.statements) {
      if (statement.script == script) all.push_back(&statement);
    }
    if (std::all_of(all.begin(), all.end(), [&](const auto* one) { return is_done(*one); })) return {};
    if (used_) {
      if (auto step = open(); !step) return step;
    }
    used_ = true;
    if (auto step = replay(all); !step) return step;
    for (const UpgradeStatement* statement : all) {
      if (is_done(*statement)) continue;
      if (auto step = run_statement(*statement, all); !step) return step;
    }
    return {};
  }

  // Brings a new connection to where the script's earlier one was.
  Step replay(const std::vector<const UpgradeStatement*>& all) {
    std::uint64_t last_id = 0;
    for (const UpgradeStatement* statement : all) {
      const auto row = rows_.find(statement->number);
      if (row == rows_.end() || !row->second.done()) break;
      if (statement->effect == SqlEffect::temporary)
        return stop(plan_.place(*statement) + ": what it made lasts only as long as its connection, which was cut off: "
                                              "the script cannot be continued; restore the dump, then run it from its start");
      if (statement->effect == SqlEffect::session) {
        if (auto step = set_last_id(last_id); !step) return step;
        if (const auto done = session_->execute(*statement); !done) return lost(done.error(), place(*statement) + " (again, for the new connection)");
      }
      if (!row->second.replay.empty()) {
        if (const auto done = session_->send(row->second.replay); !done) return lost(done.error(), "setting the script's variables again");
      }
      last_id = row->second.last_id;
    }
    return set_last_id(last_id);
  }

  Step set_last_id(std::uint64_t last_id) {
    if (last_id == 0) return {};
    const auto set = session_->send("set last_insert_id = " + std::to_string(last_id));
    if (!set) return lost(set.error(), "setting LAST_INSERT_ID again");
    return {};
  }

  Step run_statement(const UpgradeStatement& statement, const std::vector<const UpgradeStatement*>& all) {
    auto effect = real_effect(statement);
    if (!effect) return lost(effect.error(), "reading the schema");
    acted_ = true;
    switch (*effect) {
      case SqlEffect::rows: return run_rows(statement);
      case SqlEffect::schema: return run_definition(statement, true, all);
      case SqlEffect::opaque: return run_definition(statement, false, all);
      case SqlEffect::session:
      case SqlEffect::temporary: return run_session(statement);
      case SqlEffect::transaction:
        ++left_out_;
        return recorded(session_->record_done(upgrade_, plan_, statement, "not sent: each statement is its own transaction", true),
                        place(statement));
    }
    return stop(place(statement));
  }

  // What the text alone cannot tell: tables that a rollback does not reach, and databases that the fingerprint does not.
  Result<SqlEffect> real_effect(const UpgradeStatement& statement) {
    if (statement.effect == SqlEffect::schema && statement.qualifiers.empty()) return statement.effect;
    if (statement.effect != SqlEffect::schema && statement.effect != SqlEffect::rows) return statement.effect;
    const auto names = read_server_names(session_->connection(), request_.deadline);
    if (!names) return tl::unexpected(names.error());
    const auto any = [](const std::vector<std::string>& of, const auto& in) { return std::any_of(of.begin(), of.end(), in); };
    if (statement.effect == SqlEffect::rows) {
      const bool untransacted = any(statement.names, [&](const auto& name) { return names->untransacted_tables.count(name) > 0; }) ||
                                any(statement.qualifiers, [](const auto& name) { return name == "mysql"; });
      return untransacted ? SqlEffect::opaque : SqlEffect::rows;
    }
    const auto current = session_->connection().query("select database()", request_.deadline);
    if (!current) return tl::unexpected(current.error());
    const std::string here = lower_case(current->rows.at(0).at(0).value_or(""));
    const bool elsewhere = any(statement.qualifiers, [&](const auto& name) { return name != here && names->databases.count(name) > 0; });
    return elsewhere ? SqlEffect::opaque : SqlEffect::schema;
  }

  Step run_rows(const UpgradeStatement& statement) {
    if (const auto begun = session_->send("start transaction"); !begun) return lost(begun.error(), place(statement));
    if (const auto done = session_->execute(statement); !done) return refused(statement, done.error(), "");
    if (auto step = recorded(session_->record_done(upgrade_, plan_, statement, "", false), place(statement)); !step) return step;
    if (const auto committed = session_->send("commit"); !committed) return lost(committed.error(), place(statement) + ", its commit");
    ++ran_;
    return {};
  }

  Step run_session(const UpgradeStatement& statement) {
    if (const auto done = session_->execute(statement); !done) return refused(statement, done.error(), "");
    ++ran_;
    return recorded(session_->record_done(upgrade_, plan_, statement, "", true), place(statement));
  }

  // A statement that commits by itself. `visible`: the schema's fingerprint tells whether it has happened.
  Step run_definition(const UpgradeStatement& statement, bool visible, const std::vector<const UpgradeStatement*>& all) {
    const auto fingerprint = schema_fingerprint(session_->connection(), table_.table, request_.deadline);
    if (!fingerprint) return lost(fingerprint.error(), "reading the schema");
    if (const auto row = rows_.find(statement.number); row != rows_.end()) {
      const auto happened = happened_before(statement, row->second, *fingerprint, visible);
      if (!happened) return tl::unexpected(happened.error());
      if (*happened) {
        ++found_done_;
        return recorded(session_->record_done(upgrade_, plan_, statement, "had happened when its attempt was cut off", true), place(statement));
      }
    }
    if (auto step = recorded(session_->record_started(upgrade_, plan_, statement, *fingerprint), place(statement)); !step) return step;
    if (const auto done = session_->execute(statement); !done) return refused(statement, done.error(), *fingerprint);
    ++ran_;
    if (!session_->connected()) {  // a procedure's result sets cost the connection
      if (auto step = open(); !step) return step;
      if (auto step = replay(all); !step) return step;
    }
    return recorded(session_->record_done(upgrade_, plan_, statement, "", true), place(statement));
  }

  // Whether a statement that was started, and whose end nobody saw, has happened. No connection executes it any more.
  tl::expected<bool, Stop> happened_before(const UpgradeStatement& statement, const HistoryRow& row, const std::string& fingerprint, bool visible) {
    const std::string started = place(statement) + ": it was started at " + row.started_at + " and cut off, and ";
    if (!visible)
      return stop(started + "nothing tells whether it happened. Look, then either set done_at of statement " + std::to_string(statement.number) +
                  " in " + table_.table + ", or delete that row, and go on; or restore the dump");
    if (row.schema_before == fingerprint) return false;
    const auto restarted = server_restarted_since(row);
    if (!restarted) return lost(restarted.error(), "reading the server's status");
    if (*restarted && statement.several)
      return stop(started + "the server was restarted since: part of it may have happened. Restore the dump");
    return true;
  }

  Result<bool> server_restarted_since(const HistoryRow& row) {
    const auto uptime = session_->connection().query("show global status like 'Uptime'", request_.deadline);
    if (!uptime) return tl::unexpected(uptime.error());
    const auto elapsed = session_->connection().query("select timestampdiff(second, " + sql_text(row.started_at) + ", now(6))", request_.deadline);
    if (!elapsed) return tl::unexpected(elapsed.error());
    if (uptime->rows.empty() || elapsed->rows.empty()) return failure(Cause::protocol, "the server does not tell how long it runs");
    return whole_number(uptime->rows[0].at(1).value_or("")).value_or(0) <= whole_number(elapsed->rows[0].at(0).value_or("")).value_or(0);
  }

  // The server said no, or nothing at all. `schema_before`: of a statement that commits by itself.
  Step refused(const UpgradeStatement& statement, const Failure& why, const std::string& schema_before) {
    const std::string text = place(statement) + ": " + why.text;
    if (why.sent)
      return tl::unexpected(Stop{Outcome::unknown, text + (why.cause == Cause::timed_out ? "; the server may still be executing it: running the upgrade again waits for its end" : "")});
    if (!session_->connected()) return stop(text);
    if (schema_before.empty()) {
      (void)session_->send("rollback");  // closing the connection does the same
      return stop(text + "; nothing of it remains, and nothing after it was run");
    }
    const auto after = schema_fingerprint(session_->connection(), table_.table, request_.deadline);
    const bool partly = !after || *after != schema_before;
    if (const auto forgotten = session_->forget(upgrade_, statement); !forgotten) return lost(forgotten.error(), text);
    return stop(text + (partly ? "; part of it may have taken effect" : "") + "; nothing after it was run");
  }

  [[nodiscard]] std::string place(const UpgradeStatement& statement) const { return plan_.place(statement) + ": " + statement.shown; }

  const OperationRequest& request_;
  const UpgradePlan plan_;
  const MysqlLogin login_;
  const HistoryTable table_;
  const std::uint16_t login_port_ = ArgumentReader(request_.args).port();
  std::optional<UpgradeSession> session_;
  UpgradeRecord record_;
  std::map<std::size_t, HistoryRow> rows_;   // of this upgrade, by statement, as they were when the session was opened
  std::size_t upgrade_ = 0;
  bool acted_ = false;   // something may have been changed
  bool used_ = false;    // the session has run statements of a script
  std::size_t ran_ = 0, had_run_ = 0, left_out_ = 0, found_done_ = 0;
  std::string verdict_;
};

std::string first_trouble(const UpgradePlan& plan) {
  for (const auto& statement : plan.statements) {
    if (!statement.trouble.empty())
      return plan.place(statement) + ": " + statement.shown + ": cannot be run: " + statement.trouble + "; nothing was run";
  }
  return {};
}

OperationResult run_scripts(const OperationRequest& request) {
  Account account(request);
  const ArgumentReader args(request.args);
  auto plan = read_upgrade_plan(args.list("scripts"));
  if (!plan) return account.failed(plan.error().text + "; nothing was run");
  if (const auto trouble = first_trouble(*plan); !trouble.empty()) return account.failed(trouble);
  auto login = mysql_login(args, request.secrets);
  if (!login) return account.failed(login.error().text);
  HistoryTable table{login->database, args.text("history").value_or("")};
  if (const auto usable = table.check(); !usable) return account.failed(usable.error().text);
  Upgrade upgrade(request, std::move(*plan), std::move(*login), std::move(table));
  const Step step = upgrade.run();
  upgrade.tell(account);
  if (step) return account.done(upgrade.words());
  if (step.error().outcome == Outcome::failed) return account.failed(step.error().text + "; " + upgrade.words());
  return account.lost({Cause::unreachable, step.error().text, true}, upgrade.words());
}

std::vector<std::string> describe_scripts(const Json& json) {
  const ArgumentReader args(json);
  std::vector<std::string> lines;
  for (const Json& script : args.list("scripts")) {
    lines.push_back("mysql -h <host> -P " + args.text("port").value_or("3306") + " -u " + args.text("user").value_or("") + " -p --default-character-set=utf8mb4 " +
                    args.text("database").value_or("") + " < " + (script.is_string() ? script.get<std::string>() : script.dump()));
  }
  return lines;
}

}  // namespace

const OperationKind kSqlScriptsOperation{
    "sql_scripts", "Runs upgrade scripts on a database, in order, each statement exactly once.",
    kUpgradeArguments, checked_operation<run_scripts, kUpgradeArguments>, describe_scripts};

}  // namespace interlock
