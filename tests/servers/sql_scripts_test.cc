// The sql_scripts operation and the probes of its history, against a real MariaDB: killed at every statement, cut off,
// refused, run twice at once. Each statement's effect is one that shows when it happened twice.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "src/actions/upgrade_note.h"
#include "tests/support/fake_host.h"
#include "tests/support/mariadb.h"
#include "tests/support/sql_relay.h"
#include "tests/support/tcp_server.h"

namespace interlock::tests {
namespace {

using fsm::Outcome;
using At = SqlRelay::At;

constexpr const char* kDatabase = "upgrade_trial";
constexpr Millis kStatementLimit{5'000};

class SqlScripts : public ::testing::Test {
 protected:
  void SetUp() override {
    secrets.put("db", MariaDb::kPassword);
    std::string name = (std::filesystem::temp_directory_path() / "interlock-scripts-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    fresh_database();
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  void fresh_database() {
    const std::string in = std::string(kDatabase) + ".";
    for (const std::string& sql : {
             std::string("drop database if exists ") + kDatabase,
             std::string("create database ") + kDatabase + " character set utf8mb4",
             "create table " + in + "base (id int primary key, n int, name varchar(20)) engine=InnoDB",
             "insert into " + in + "base values (1, 10, 'a'), (2, 20, 'b')",
             "create table " + in + "noted (id int auto_increment primary key, what varchar(40), ref int) engine=InnoDB",
             "create table " + in + "counter (n int) engine=InnoDB",
             "insert into " + in + "counter values (0)",
         }) {
      db.execute(sql);
    }
  }

  std::string script(const std::string& name, const std::string& text) {
    const std::string path = folder + "/" + name;
    std::ofstream(path) << text;
    return path;
  }
  // Every kind of statement; run twice, each shows.
  std::vector<std::string> both_versions() {
    return {script("2.5.5.sql",
                   "SET NAMES utf8mb4;\n"
                   "CREATE TABLE added (id INT PRIMARY KEY, n INT);\n"
                   "SET STATEMENT max_statement_time = 60 FOR UPDATE counter SET n = n + 10;\n"
                   "INSERT INTO noted (what) VALUES ('一; one');\n"
                   "SET @one = LAST_INSERT_ID();\n"
                   "ALTER TABLE base ADD INDEX (n);  -- again: a second index n_2\n"
                   "INSERT INTO noted (what, ref) VALUES ('two', @one);\n"
                   "INSERT INTO noted (what, ref) VALUES ('three', LAST_INSERT_ID());\n"),
            script("2.5.6.sql",
                   "BEGIN;\n"
                   "UPDATE counter SET n = n + 1;\n"
                   "COMMIT;\n"
                   "DELIMITER //\n"
                   "CREATE PROCEDURE twice() BEGIN SELECT 1; SELECT 2; END//\n"
                   "DELIMITER ;\n"
                   "ALTER TABLE base ADD COLUMN extra INT NOT NULL DEFAULT 1, MODIFY name VARCHAR(40);\n")};
  }

  [[nodiscard]] Json args(const std::vector<std::string>& scripts) const {
    return {{"scripts", scripts}, {"port", db.port()}, {"user", MariaDb::kUser}, {"password", {{"secret", "db"}}},
            {"database", kDatabase}, {"history", "interlock_upgrade_history"}};
  }
  OperationResult run(const std::vector<std::string>& scripts, Millis within = Millis{20'000}) {
    return perform("sql_scripts", args(scripts), host, secrets, within);
  }
  Reading history(const std::vector<std::string>& scripts) { return observe("upgrade_history", args(scripts), host, secrets); }
  Reading verdict(const std::vector<std::string>& scripts) { return observe("upgrade_sql", args(scripts), host, secrets); }

  // In a process of its own, which gets to the server through the relay. Its exit status is the outcome; -9 if killed.
  int run_in_child(const std::vector<std::string>& scripts, SqlRelay& relay) {
    relay.set_victim(0);
    std::array<int, 2> go{};
    EXPECT_EQ(::pipe(go.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      char start = 0;
      if (::read(go[0], &start, 1) != 1) ::_exit(99);
      FakeHost through;
      through.map_port(db.port(), Endpoint{"127.0.0.1", relay.port(), ""});
      ::_exit(static_cast<int>(perform("sql_scripts", args(scripts), through, secrets).outcome));
    }
    relay.set_victim(child);
    EXPECT_EQ(::write(go[1], "x", 1), 1);
    ::close(go[0]);
    ::close(go[1]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }

  // Where among the changing statements of an upgrade the one with `text` is sent. The database is as new afterwards.
  std::size_t position_of(const std::vector<std::string>& scripts, SqlRelay& relay, const std::string& text) {
    relay.strike(0, At::never);
    EXPECT_EQ(run_in_child(scripts, relay), static_cast<int>(Outcome::done));
    const auto statements = relay.statements();
    fresh_database();
    for (std::size_t i = 0; i < statements.size(); ++i) {
      if (statements[i].find(text) != std::string::npos) return i + 1;
    }
    ADD_FAILURE() << text << " is not among " << ::testing::PrintToString(statements);
    return 0;
  }

  std::string ask(const std::string& sql) {
    const auto deadline = std::chrono::steady_clock::now() + kStatementLimit;
    MysqlLogin login = db.login();
    login.database = kDatabase;
    auto connection = MysqlConnection::open(db.tcp(), login, deadline);
    if (!connection) return connection.error().text;
    const auto table = connection->query(sql, deadline);
    if (!table) return table.error().text;
    std::string text;
    for (const auto& row : table->rows) {
      text += text.empty() ? "" : "; ";
      for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : " ") + row[i].value_or("NULL");
    }
    return text;
  }

  // Everything of both versions has happened once.
  void expect_upgraded_once(const std::string& when) {
    EXPECT_EQ(ask("select a.what, b.what from noted a left join noted b on b.id = a.ref order by a.id"),
              "一; one NULL; two 一; one; three two")
        << when;
    EXPECT_EQ(ask("select n from counter"), "11") << when;
    EXPECT_EQ(ask("select index_name from information_schema.statistics where table_schema = database() and table_name = 'base' and "
                  "column_name = 'n'"),
              "n")
        << when;
    EXPECT_EQ(ask("select column_type from information_schema.columns where table_schema = database() and table_name = 'base' order by "
                  "ordinal_position"),
              "int(11); int(11); varchar(40); int(11)")
        << when;
    EXPECT_EQ(ask("select count(*) from information_schema.routines where routine_schema = database()"), "1") << when;
    EXPECT_EQ(ask("select count(*) from added"), "0") << when;
  }

  MariaDb& db = MariaDb::shared();
  FakeHost host;
  FakeSecrets secrets;
  std::string folder;
};

TEST_F(SqlScripts, RunsVersionByVersionAndKeepsTheHistory) {
  const auto scripts = both_versions();
  EXPECT_EQ(history(scripts).value, Json("old"));
  const auto result = run(scripts);
  ASSERT_EQ(result.outcome, Outcome::done) << result.text;
  expect_upgraded_once("run once");
  EXPECT_EQ(result.details["ran"], 11) << result.text;
  EXPECT_EQ(result.details["left_out"], 2) << "BEGIN and COMMIT";
  EXPECT_EQ(history(scripts).value, Json("new"));
  EXPECT_EQ(ask("select count(*) from interlock_upgrade_history where done_at is null"), "0");
  const auto again = run(scripts);
  EXPECT_EQ(again.outcome, Outcome::done) << again.text;
  EXPECT_EQ(again.details["ran"], 0);
  expect_upgraded_once("run twice");
}

TEST_F(SqlScripts, RunsEachStatementOnceWhereverTheOperatorIsKilled) {
  const auto scripts = both_versions();
  SqlRelay relay(db.port());
  relay.strike(1, At::before);
  ASSERT_EQ(run_in_child(scripts, relay), -SIGKILL);
  relay.strike(0, At::never);
  ASSERT_EQ(run_in_child(scripts, relay), static_cast<int>(Outcome::done));
  const auto statements = relay.statements();
  ASSERT_GT(statements.size(), 25U) << "statements, and what records them";
  for (std::size_t number = 1; number <= statements.size(); ++number) {
    for (const At at : {At::during, At::after}) {  // before one is after the one before
      const std::string when = std::to_string(static_cast<int>(at)) + " killed at " + statements[number - 1].substr(0, 160);
      fresh_database();
      relay.strike(number, at);
      ASSERT_EQ(run_in_child(scripts, relay), -SIGKILL) << when;
      const auto result = run(scripts);
      ASSERT_EQ(result.outcome, Outcome::done) << when << ": " << result.text;
      expect_upgraded_once(when);
      if (HasFailure()) return;
    }
  }
}

TEST_F(SqlScripts, EndsThoughTheOperatorIsKilledAgainAndAgain) {
  const auto scripts = both_versions();
  SqlRelay relay(db.port());
  int kills = 0;
  for (;; ++kills) {
    ASSERT_LT(kills, 100) << "every attempt must get further";
    // What an attempt has to do again for its new connection grows with what has run.
    const auto number = static_cast<std::size_t>(4 + kills / 3);
    relay.strike(number, kills % 2 == 0 ? At::during : At::after);
    const int end = run_in_child(scripts, relay);
    if (end == static_cast<int>(Outcome::done)) break;
    ASSERT_EQ(end, -SIGKILL);
    const auto state = history(scripts);
    ASSERT_TRUE(state.known()) << state.unknown->text;
    EXPECT_NE(*state.value, "new");
  }
  EXPECT_GT(kills, 5);
  expect_upgraded_once("after " + std::to_string(kills) + " kills");
}

TEST_F(SqlScripts, WaitsForTheStatementThatADeadOperatorLeftRunning) {
  const auto scripts = std::vector{script("wait.sql", "ALTER TABLE base ADD INDEX (n);\n")};
  SqlRelay relay(db.port());
  const std::size_t alter = position_of(scripts, relay, "ALTER TABLE base");
  const auto deadline = std::chrono::steady_clock::now() + Millis{20'000};
  auto reader = MysqlConnection::open(db.tcp(), db.login(), deadline);
  ASSERT_TRUE(reader);
  ASSERT_TRUE(reader->query("start transaction", deadline));
  ASSERT_TRUE(reader->query(std::string("select * from ") + kDatabase + ".base", deadline));  // holds the table's definition
  relay.strike(alter, At::during);
  ASSERT_EQ(run_in_child(scripts, relay), -SIGKILL);
  auto second = std::async(std::launch::async, [&] { return run(scripts); });
  EXPECT_EQ(second.wait_for(Millis{700}), std::future_status::timeout) << "it must not pass the statement that still waits";
  ASSERT_TRUE(reader->query("commit", deadline));
  const auto result = second.get();
  EXPECT_EQ(result.outcome, Outcome::done) << result.text;
  EXPECT_EQ(ask("select index_name from information_schema.statistics where table_schema = database() and table_name = 'base' and "
                "column_name = 'n'"),
            "n");
}

TEST_F(SqlScripts, StopsAtTheStatementThatIsRefusedAndGoesOnOnceItIsMended) {
  const std::string good = "ALTER TABLE base ADD INDEX (n);\nUPDATE counter SET n = n + 1;\n";
  const std::string tail = "UPDATE counter SET n = n + 10;\n";
  const auto scripts = std::vector{script("2.5.5.sql", good + "ALTER TABLE no_such_table ADD COLUMN secretive INT COMMENT 'pass-Wort-7';\n" + tail)};
  const auto refused = run(scripts);
  EXPECT_EQ(refused.outcome, Outcome::failed);
  EXPECT_NE(refused.text.find("2.5.5.sql:3"), std::string::npos) << refused.text;
  EXPECT_NE(refused.text.find("1146"), std::string::npos) << refused.text;
  EXPECT_NE(refused.text.find("ALTER TABLE no_such_table"), std::string::npos) << refused.text;
  EXPECT_EQ(refused.text.find("pass-Wort-7"), std::string::npos) << "texts in statements may be passwords";
  EXPECT_EQ(ask("select n from counter"), "1");
  EXPECT_EQ(history(scripts).value, Json("partial"));
  script("2.5.5.sql", good + "ALTER TABLE base ADD COLUMN extra INT;\n" + tail);
  const auto mended = run(scripts);
  EXPECT_EQ(mended.outcome, Outcome::done) << mended.text;
  EXPECT_EQ(ask("select n from counter"), "11");
  EXPECT_EQ(history(scripts).value, Json("new"));
}

TEST_F(SqlScripts, RefusesScriptsThatWereEditedWhereTheyHadRun) {
  const auto scripts = std::vector{script("2.5.5.sql", "UPDATE counter SET n = n + 1;\nUPDATE no_such_table SET n = 1;\n")};
  EXPECT_EQ(run(scripts).outcome, Outcome::failed);
  script("2.5.5.sql", "UPDATE counter SET n = n + 5;\nUPDATE counter SET n = n + 1;\n");
  const auto edited = run(scripts);
  EXPECT_EQ(edited.outcome, Outcome::failed);
  EXPECT_NE(edited.text.find("2.5.5.sql:1"), std::string::npos) << edited.text;
  EXPECT_NE(edited.text.find("edited"), std::string::npos) << edited.text;
  EXPECT_EQ(ask("select n from counter"), "1");
  const auto state = history(scripts);
  EXPECT_EQ(state.value, Json("partial"));
  EXPECT_NE(state.saw.find("edited"), std::string::npos) << state.saw;
  EXPECT_EQ(verdict(scripts).value, Json("unsafe"));
}

TEST_F(SqlScripts, KnowsOneUpgradeFromTheNext) {
  const auto first = script("2.5.5.sql", "UPDATE counter SET n = n + 1;\n");
  const auto next = script("2.5.6.sql", "UPDATE counter SET n = n + 10;\n");
  ASSERT_EQ(run({first}).outcome, Outcome::done);
  EXPECT_EQ(history({next}).value, Json("old")) << "an earlier upgrade's history is not this one's";
  EXPECT_EQ(history({first, next}).value, Json("partial"));
  const auto twice = run({first, next});
  EXPECT_EQ(twice.outcome, Outcome::failed);
  EXPECT_NE(twice.text.find("ran already"), std::string::npos) << twice.text;
  ASSERT_EQ(run({next}).outcome, Outcome::done);
  EXPECT_EQ(ask("select n from counter"), "11");
  EXPECT_EQ(history({next}).value, Json("new"));
}

TEST_F(SqlScripts, TellsWhatWasConfiguredSinceTheUpgrade) {
  const std::string in = std::string(kDatabase) + ".";
  db.execute("create table " + in + "counter_running (n int) engine=InnoDB");
  const std::vector scripts{script("2.5.5.sql", "CREATE TABLE `added here` (id INT);\nUPDATE counter SET n = n + 1;\n")};
  Json asked = args(scripts);
  asked["nodes_write"] = {"noted"};
  const auto changed = [&] { return observe("config_content", asked, host, secrets); };
  const auto seen = [&] { return changed().value.value_or(Json::object()); };
  EXPECT_EQ(seen()["changed"], false) << "nothing has run";
  ASSERT_EQ(perform("sql_scripts", asked, host, secrets, Millis{20'000}).outcome, Outcome::done);
  EXPECT_EQ(seen()["changed"], false) << changed().saw;
  db.execute("insert into " + in + "counter_running values (1)");
  db.execute("insert into " + in + "noted (what) values ('a node was here')");
  EXPECT_EQ(seen()["changed"], false) << "what nodes write: " << changed().saw;
  db.execute("update " + in + "base set n = 11 where id = 1");
  db.execute("drop table " + in + "`added here`");
  db.execute("create table " + in + "rules (id int)");
  EXPECT_EQ(seen()["tables"], Json({"added here", "base", "rules"}));
  EXPECT_NE(changed().saw.find("base"), std::string::npos) << "a person reads which";
  EXPECT_EQ(perform("sql_scripts", asked, host, secrets, Millis{20'000}).outcome, Outcome::done);
  EXPECT_EQ(seen()["changed"], true) << "run again it keeps what it kept";
  db.execute("update " + in + "interlock_upgrade_history set content = null where number = 0 order by upgrade desc limit 1");
  EXPECT_EQ(seen()["changed"], false) << "a person gives it up";
}

TEST_F(SqlScripts, BringsAHistoryOfAnEarlierVersionUpToDate) {
  const std::vector first{script("2.5.5.sql", "UPDATE counter SET n = n + 1;\n")}, next{script("2.5.6.sql", "UPDATE counter SET n = n + 10;\n")};
  ASSERT_EQ(run(first).outcome, Outcome::done);
  db.execute("alter table " + std::string(kDatabase) + ".interlock_upgrade_history drop column content");
  const auto result = run(next);
  EXPECT_EQ(result.outcome, Outcome::done) << result.text;
  EXPECT_NE(ask("select content from interlock_upgrade_history where number = 0 order by upgrade desc limit 1"), "NULL");
}

TEST_F(SqlScripts, RunsNothingWhereWhatTheDatabaseHoldsCannotBeRead) {
  const std::vector scripts{script("2.5.5.sql", "UPDATE counter SET n = n + 1;\n")};
  const auto deadline = std::chrono::steady_clock::now() + kStatementLimit;
  auto other = MysqlConnection::open(db.tcp(), db.login(), deadline);
  ASSERT_TRUE(other && other->query("lock tables " + std::string(kDatabase) + ".base write", deadline));
  const auto result = run(scripts, Millis{2'000});
  ASSERT_TRUE(other->query("unlock tables", deadline));
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_NE(result.text.find("what the database holds cannot be read"), std::string::npos) << result.text;
  EXPECT_EQ(ask("select n from counter"), "0");
  EXPECT_EQ(history(scripts).value, Json("old"));
}

// As the manual prints it for scripts that a person typed in.
TEST_F(SqlScripts, TakesScriptsThatWereTypedByHandForRunOnceTheyAreNoted) {
  const auto first = script("2.5.5.sql", "ALTER TABLE base ADD INDEX (n);\n"), next = script("2.5.6.sql", "UPDATE counter SET n = n + 10; -- 'it\\'s'\n");
  const auto note = [&](const std::vector<std::string>& scripts) {
    std::string filled = history_note_sql({kDatabase, "interlock_upgrade_history"}, *read_upgrade_plan(args(scripts)["scripts"]));
    if (const auto at = filled.find(std::string("= ") + kVerdictToFillIn + ";"); at != std::string::npos) filled.replace(at + 2, std::strlen(kVerdictToFillIn), "'unsafe'");
    std::istringstream sql(filled);
    auto connection = MysqlConnection::open(db.tcp(), db.login(), std::chrono::steady_clock::now() + Millis{5'000});
    for (std::string one; std::getline(sql, one, ';');) {
      if (one == "\n") continue;
      EXPECT_TRUE(connection->query(one, std::chrono::steady_clock::now() + Millis{5'000})) << one;
    }
  };
  note({first});
  EXPECT_EQ(history({first}).value, Json("new"));
  EXPECT_EQ(history({next}).value, Json("old"));
  EXPECT_EQ(history({first, next}).value, Json("partial")) << "what was typed is not run again";
  note({next});
  EXPECT_EQ(history({next}).value, Json("new"));
  EXPECT_EQ(run({next}).details["ran"], 0);
  EXPECT_EQ(ask("select n from counter"), "0");
}

TEST_F(SqlScripts, SaysUnknownWhenTheConnectionBreaksAfterAStatementWasSent) {
  const auto scripts = std::vector{script("2.5.5.sql", "UPDATE counter SET n = n + 1;\n")};
  SqlRelay relay(db.port());
  FakeHost through;
  through.map_port(db.port(), Endpoint{"127.0.0.1", relay.port(), ""});
  const std::size_t update = position_of(scripts, relay, "UPDATE counter");
  relay.set_victim(0);
  for (const std::size_t number : {update, update + 2}) {  // the statement, and its commit
    fresh_database();
    relay.strike(number, At::after);
    const auto cut = perform("sql_scripts", args(scripts), through, secrets);
    EXPECT_EQ(cut.outcome, Outcome::unknown) << cut.text;
    EXPECT_NE(cut.text.find("2.5.5.sql:1"), std::string::npos) << cut.text;
    relay.strike(0, At::never);
    EXPECT_EQ(run(scripts).outcome, Outcome::done);
    EXPECT_EQ(ask("select n from counter"), "1");
  }
  through.map_port(db.port(), Endpoint{"127.0.0.1", closed_port(), ""});
  const auto refused = perform("sql_scripts", args(scripts), through, secrets);
  EXPECT_EQ(refused.outcome, Outcome::failed) << refused.text;
}

TEST_F(SqlScripts, LetsOnlyOneRunAtATime) {
  const auto scripts = both_versions();
  auto other = std::async(std::launch::async, [&] { return run(scripts); });
  const auto mine = run(scripts);
  const auto theirs = other.get();
  EXPECT_EQ(mine.outcome, Outcome::done) << mine.text;
  EXPECT_EQ(theirs.outcome, Outcome::done) << theirs.text;
  EXPECT_EQ(mine.details["ran"].get<int>() + theirs.details["ran"].get<int>(), 11);
  expect_upgraded_once("by two at once");
}

TEST_F(SqlScripts, StopsWhereNothingTellsWhetherAStatementHappened) {
  db.execute(std::string("create table ") + kDatabase + ".old_kind (n int) engine=MyISAM");
  const auto scripts = std::vector{script("2.5.5.sql", "INSERT INTO old_kind VALUES (1);\nUPDATE counter SET n = n + 1;\n")};
  SqlRelay relay(db.port());
  const std::size_t insert = position_of(scripts, relay, "INSERT INTO old_kind");
  db.execute(std::string("create table ") + kDatabase + ".old_kind (n int) engine=MyISAM");
  relay.strike(insert, At::after);
  ASSERT_EQ(run_in_child(scripts, relay), -SIGKILL);
  const auto result = run(scripts);
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_NE(result.text.find("nothing tells whether it happened"), std::string::npos) << result.text;
  EXPECT_EQ(ask("select count(*) from old_kind"), "1");
  EXPECT_EQ(ask("select n from counter"), "0");
}

TEST_F(SqlScripts, RefusesWhatCannotBeRunFromHereBeforeRunningAnything) {
  for (const char* bad : {"source other.sql\n", "ROLLBACK;\n", "SET sql_mode = 'ANSI_QUOTES';\n", "INSERT INTO noted (ref) SELECT ROW_COUNT();\n",
                          "INSERT INTO noted (what) VALUES ('open);\n"}) {
    const auto scripts = std::vector{script("2.5.5.sql", std::string("UPDATE counter SET n = n + 1;\n") + bad)};
    const auto result = run(scripts);
    EXPECT_EQ(result.outcome, Outcome::failed) << bad;
    EXPECT_NE(result.text.find("2.5.5.sql:2"), std::string::npos) << result.text;
  }
  EXPECT_EQ(ask("select n from counter"), "0");
  EXPECT_EQ(run({folder + "/absent.sql"}).outcome, Outcome::failed);
}

TEST_F(SqlScripts, ClosesAConnectionThatAVanishedMachineLeftBehind) {
  const auto scripts = both_versions();
  SqlRelay relay(db.port());
  // A run stopped in the middle (not killed): its connection stays open and silent.
  relay.strike(0, At::never);
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    FakeHost through;
    through.map_port(db.port(), Endpoint{"127.0.0.1", relay.port(), ""});
    (void)perform("sql_scripts", args(scripts), through, secrets);
    ::_exit(0);
  }
  const auto until = std::chrono::steady_clock::now() + Millis{5'000};
  while (relay.statements().size() < 8 && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(Millis{1});
  ::kill(child, SIGSTOP);
  const auto result = run(scripts, Millis{40'000});
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(result.outcome, Outcome::done) << result.text;
  expect_upgraded_once("after a stopped run");
}

TEST_F(SqlScripts, JudgesTheScriptsForTheSchemaBeforeTheUpgrade) {
  const auto widening = std::vector{script("2.5.5.sql", "ALTER TABLE base MODIFY name VARCHAR(40);\nCREATE TABLE added (id INT);\n"
                                                        "UPDATE added SET id = 2;\n")};
  EXPECT_EQ(verdict({}).saw, "no scripts");
  EXPECT_EQ(verdict({}).value, Json("widening-only"));
  const auto before = verdict(widening);
  EXPECT_EQ(before.value, Json("widening-only")) << before.saw;
  ASSERT_EQ(run(widening).outcome, Outcome::done);
  // Judged anew, CREATE TABLE of a table that is there would be unsafe.
  EXPECT_EQ(verdict(widening).value, Json("widening-only")) << verdict(widening).saw;
  const auto unsafe = std::vector{script("2.5.6.sql", "ALTER TABLE base MODIFY name VARCHAR(10);\nDROP TABLE noted;\nUPDATE counter SET n = 1;\n"
                                                      "DELETE FROM counter;\nALTER TABLE base DROP COLUMN n;\n")};
  const auto judged = verdict(unsafe);
  EXPECT_EQ(judged.value, Json("unsafe"));
  EXPECT_NE(judged.saw.find("2.5.6.sql:2 destructive"), std::string::npos) << judged.saw;
  EXPECT_NE(judged.saw.find("and 2 more"), std::string::npos) << judged.saw;
  ASSERT_EQ(run(unsafe).outcome, Outcome::done);
  EXPECT_EQ(verdict(unsafe).value, Json("unsafe")) << "though the columns are gone now";
}

TEST_F(SqlScripts, TellsWhyItCannotLook) {
  const auto scripts = both_versions();
  FakeHost away;
  away.map_port(db.port(), Endpoint{"127.0.0.1", closed_port(), ""});
  const auto refused = observe("upgrade_history", args(scripts), away, secrets);
  ASSERT_FALSE(refused.known());
  EXPECT_EQ(refused.unknown->cause, Cause::refused);
  const auto missing = history({folder + "/absent.sql"});
  ASSERT_FALSE(missing.known());
  EXPECT_EQ(missing.unknown->cause, Cause::missing);
}

}  // namespace
}  // namespace interlock::tests
