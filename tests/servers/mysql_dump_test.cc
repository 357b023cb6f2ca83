// Dump and restore of the config database with the real programs, on this machine, against a real MariaDB.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "src/transport/transport.h"
#include "tests/support/fake_host.h"
#include "tests/support/mariadb.h"

namespace interlock::tests {
namespace {

namespace fs = std::filesystem;
using fsm::Outcome;

constexpr const char* kDumped = "dump_trial";
constexpr Millis kDumpLimit{10'000};
constexpr Millis kWithin{60'000};

std::string content(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class MysqlDump : public ::testing::Test {
 protected:
  void SetUp() override {
    secrets.put("db", kPassword);
    std::string name = (fs::temp_directory_path() / "interlock-dump-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    HostOptions options;
    options.name = "config-db";
    options.via = Via::local;
    host = make_host(options);
    // A password with everything that an option file could misread.
    db.execute(std::string("create or replace user 'dumper'@'127.0.0.1' identified by '") + kSqlPassword + "'");
    db.execute("grant all on *.* to 'dumper'@'127.0.0.1'");
    fresh_database();
  }
  void TearDown() override {
    host.reset();
    fs::remove_all(folder);
  }

  void fresh_database() {
    db.execute(std::string("drop database if exists ") + kDumped);
    db.execute(std::string("create database ") + kDumped + " character set utf8mb4");
    const std::string in = std::string(kDumped) + ".";
    for (const std::string& sql : {
             "create table " + in + "hotdb_datanode (id int primary key auto_increment, name varchar(20), note blob) engine=InnoDB",
             "insert into " + in + "hotdb_datanode (name, note) values ('节点一', x'00ff0d0a27'), ('dn''2', null), ('-- Dumping events', 'USE `x`;\n--\n')",
             "create table " + in + "hotdb_datasource (id int primary key, dn int, key dn (dn), constraint of_dn foreign key (dn) references " + in +
                 "hotdb_datanode (id)) engine=InnoDB",
             "insert into " + in + "hotdb_datasource values (1, 1), (2, 2)",
             "create table " + in + "untouched (id int primary key, amount decimal(20,4)) engine=InnoDB",
             "insert into " + in + "untouched select seq, seq / 7 from seq_1_to_500",
             "create table " + in + "audit (what varchar(40))",
             "create trigger " + in + "of_datanode after insert on " + in + "hotdb_datanode for each row insert into " + in + "audit values (new.name)",
             "create view " + in + "nodes as select id, name from " + in + "hotdb_datanode",
             "create procedure " + in + "nothing() select 1",
             "create event " + in + "yearly on schedule every 1 year do delete from " + in + "audit",
         }) {
      ASSERT_EQ(ask(sql), "") << sql;
    }
  }

  // What an upgrade may do to it, and more.
  void upgrade() {
    const std::string in = std::string(kDumped) + ".";
    for (const std::string& sql : {
             "alter table " + in + "hotdb_datanode add column idc int not null default 1, modify name varchar(40)",
             "insert into " + in + "hotdb_datanode (name) values ('added')",
             "create table " + in + "hotdb_idc (id int primary key, dn int, foreign key (dn) references " + in + "hotdb_datanode (id))",
             "insert into " + in + "hotdb_idc values (1, 1)",
             "create table " + in + "interlock_upgrade_history (upgrade int, number int)",
             "delete from " + in + "hotdb_datasource where id = 2",
             "drop view " + in + "nodes",
             "create table " + in + "nodes (id int)",
             "create view " + in + "more as select * from " + in + "hotdb_idc",
             "create procedure " + in + "added() select 2",
             "drop event " + in + "yearly",
             "drop trigger " + in + "of_datanode",
             std::string("alter database ") + kDumped + " character set latin1",
         }) {
      ASSERT_EQ(ask(sql), "") << sql;
    }
  }

  [[nodiscard]] std::string to() const { return folder + "/backups/deep/config_2.5.4.sql"; }
  OperationResult dump(const std::string& command = "mysqldump", std::string where = "") {
    return perform("mysql_dump", {{"command", command}, {"to", where.empty() ? to() : where}, {"port", db.port()}, {"user", "dumper"},
                                  {"password", {{"secret", "db"}}}, {"database", kDumped}},
                   *host, secrets, kWithin);
  }
  OperationResult restore(const std::string& command = "mysql") { return restore_on(*host, command); }
  OperationResult restore_on(Host& where, const std::string& command) {
    return perform("mysql_restore", {{"command", command}, {"from", to()}, {"port", db.port()}, {"user", "dumper"},
                                     {"password", {{"secret", "db"}}}, {"database", kDumped}},
                   where, secrets, kWithin);
  }

  std::string ask(const std::string& sql) {
    const auto deadline = std::chrono::steady_clock::now() + kDumpLimit;
    MysqlLogin login = db.login();
    login.database = kDumped;
    auto connection = MysqlConnection::open(db.tcp(), login, deadline);
    if (!connection) return connection.error().text;
    const auto table = connection->query(sql, deadline, 100'000);
    if (!table) return table.error().text;
    std::string text;
    for (const auto& row : table->rows) {
      for (const auto& cell : row) text += cell.value_or("NULL") + "|";
      text += "\n";
    }
    return text;
  }

  // The whole database as text: definitions and rows, not how it came to be.
  std::string everything() {
    std::string text = ask("select default_character_set_name, default_collation_name from information_schema.schemata where schema_name = database()") +
                       ask("select table_name, table_type from information_schema.tables where table_schema = database() order by 1") +
                       ask("select trigger_name, event_object_table, action_statement from information_schema.triggers where trigger_schema = database()") +
                       ask("select routine_name, routine_definition from information_schema.routines where routine_schema = database() order by 1") +
                       ask("select event_name, event_definition, interval_value, interval_field, starts from information_schema.events where event_schema = database()");
    std::istringstream tables(ask("select table_name, table_type from information_schema.tables where table_schema = database() order by 1"));
    for (std::string line; std::getline(tables, line);) {
      const std::string table = line.substr(0, line.find('|'));
      text += ask("show create table " + table) + ask("select * from " + table + " order by 1");
    }
    return text;
  }
  std::string created_at(const std::string& table) {
    return ask("select create_time from information_schema.tables where table_schema = database() and table_name = '" + table + "'");
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) names.push_back(entry.path().filename());
    }
    return names;
  }
  std::string program(const std::string& name, const std::string& script) {
    const std::string path = folder + "/" + name;
    std::ofstream(path) << "#!/bin/sh\n" << script;
    fs::permissions(path, fs::perms::owner_all);
    return path;
  }

  static constexpr const char* kPassword = "pa#ss \\\"wo'rd;$(x)";
  static constexpr const char* kSqlPassword = "pa#ss \\\\\"wo''rd;$(x)";
  MariaDb& db = MariaDb::shared();
  std::unique_ptr<Host> host;
  FakeSecrets secrets;
  std::string folder;
};

TEST_F(MysqlDump, IsCompletePrivateAndInItsPlace) {
  const auto result = dump();
  ASSERT_EQ(result.outcome, Outcome::done) << result.text;
  const std::string text = content(to());
  EXPECT_NE(text.find("-- Dump completed", text.size() - 200), std::string::npos);
  for (const char* part : {"CREATE TABLE `hotdb_datanode`", "of_datanode", "`nothing`", "`yearly`", "USE `dump_trial`;"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
  struct stat about {};
  ASSERT_EQ(::stat(to().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_EQ(files(), std::vector<std::string>{"config_2.5.4.sql"}) << "nothing half done beside it";
  EXPECT_EQ(result.details["size"], std::to_string(text.size()));
  EXPECT_EQ(result.details.dump().find("wo'rd"), std::string::npos);
}

TEST_F(MysqlDump, TakesTheOtherProgramWhenTheOneNamedIsNotThere) {
  const auto result = dump("/usr/bin/no-such-mysqldump");
  ASSERT_EQ(result.outcome, Outcome::done) << result.text;
  EXPECT_EQ(result.details["dumper"], "mysqldump");
}

TEST_F(MysqlDump, LeavesTheOldDumpWhenTheNewOneIsCutShort) {
  ASSERT_EQ(dump().outcome, Outcome::done);
  const std::string before = content(to());
  const auto cut = dump(program("cut-dump", "[ \"$2\" = --help ] && exit 0\nmysqldump \"$@\" | head -n 40\n"));
  EXPECT_EQ(cut.outcome, Outcome::failed);
  EXPECT_NE(cut.text.find("complete"), std::string::npos) << cut.text;
  const auto wrong = dump(program("failing-dump", "echo 'mysqldump: Got error: 1044: Access denied' >&2\nexit 2\n"));
  EXPECT_EQ(wrong.outcome, Outcome::failed);
  EXPECT_NE(wrong.text.find("1044: Access denied"), std::string::npos) << wrong.text;
  EXPECT_EQ(content(to()), before);
}

TEST_F(MysqlDump, TellsOfADatabaseThatCannotBeReached) {
  secrets.put("db", "wrong");
  const auto result = dump();
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_NE(result.text.find("1045"), std::string::npos) << result.text;
  EXPECT_EQ(result.text.find("wrong"), std::string::npos) << result.text;
}

TEST_F(MysqlDump, TellsOfAFullDisk) {
  const std::string disk = folder + "/disk";
  fs::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=8k") != 0) GTEST_SKIP() << "a small file system needs root";
  const auto result = dump("mysqldump", disk + "/config.sql");
  const bool empty = fs::is_empty(disk);
  ::umount(disk.c_str());
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_NE(result.text.find("no space left"), std::string::npos) << result.text;
  EXPECT_TRUE(empty) << "what did not fit must not stay and fill the disk";
}

// Looks at all processes until told to stop.
class ProcessWatch {
 public:
  ProcessWatch(std::string needle, std::string sign) : needle_(std::move(needle)), sign_(std::move(sign)), thread_([this] { run(); }) {}
  ~ProcessWatch() { end(); }
  void end() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] std::string found() const { return found_; }
  [[nodiscard]] bool saw_sign() const { return saw_sign_; }

 private:
  void run() {
    while (!stop_) {
      std::error_code gone;
      for (const auto& entry : fs::directory_iterator("/proc", gone)) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos || name == std::to_string(::getpid())) continue;
        for (const char* file : {"cmdline", "environ"}) {
          const std::string text = content(entry.path() / file);
          if (text.find(needle_) != std::string::npos) found_ = name + "/" + file + ": " + text;
          saw_sign_ = saw_sign_ || text.find(sign_) != std::string::npos;
        }
      }
    }
  }
  const std::string needle_, sign_;
  std::string found_;
  std::atomic<bool> stop_{false}, saw_sign_{false};
  std::thread thread_;
};

TEST_F(MysqlDump, NeverShowsThePassword) {
  ProcessWatch watch("wo'rd;", "--defaults-extra-file");
  const auto slow = program("slow-dump", "[ \"$2\" = --help ] && exit 0\nsleep 0.5\nexec mysqldump \"$@\"\n");
  ASSERT_EQ(dump(slow).outcome, Outcome::done);
  const auto restored = restore(program("mysql", "sleep 0.5\nexec /usr/bin/mysql \"$@\"\n"));
  ASSERT_EQ(restored.outcome, Outcome::done) << restored.text;
  watch.end();
  EXPECT_TRUE(watch.saw_sign()) << "the watch must have seen the programs, or it proves nothing";
  EXPECT_EQ(watch.found(), "");
}

TEST_F(MysqlDump, RestoresExactlyAndLeavesAloneWhatIsEqual) {
  const std::string before = everything();
  ASSERT_EQ(dump().outcome, Outcome::done);
  upgrade();
  ASSERT_NE(everything(), before);
  const std::string untouched = created_at("untouched");
  std::this_thread::sleep_for(Millis{1100});  // creation times are whole seconds
  const auto result = restore();
  ASSERT_EQ(result.outcome, Outcome::done) << result.text;
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(created_at("untouched"), untouched) << "a table that is equal is not touched: " << result.text;
  const auto& dropped = result.details["dropped"];
  for (const char* one : {"TABLE hotdb_idc", "TABLE interlock_upgrade_history", "TABLE nodes", "VIEW more", "PROCEDURE added"})
    EXPECT_NE(std::find(dropped.begin(), dropped.end(), one), dropped.end()) << one << " in " << dropped;
  const auto again = restore();
  EXPECT_EQ(again.outcome, Outcome::done) << again.text;
  EXPECT_TRUE(again.details["loaded"].empty()) << again.details;
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(files(), std::vector<std::string>{"config_2.5.4.sql"});
}

TEST_F(MysqlDump, RestoresADatabaseThatIsGoneOrBroken) {
  const std::string before = everything();
  ASSERT_EQ(dump().outcome, Outcome::done);
  db.execute(std::string("drop database ") + kDumped);
  auto result = restore();
  ASSERT_EQ(result.outcome, Outcome::done) << result.text;
  EXPECT_EQ(everything(), before);
  // A view of a column that is gone cannot be dumped.
  db.execute(std::string("alter table ") + kDumped + ".hotdb_datanode drop column name");
  result = restore("/usr/bin/mariadb");
  ASSERT_EQ(result.outcome, Outcome::done) << result.text;
  EXPECT_EQ(everything(), before);
}

TEST_F(MysqlDump, RestoresAfterBeingCutOffAnywhere) {
  const std::string before = everything();
  ASSERT_EQ(dump().outcome, Outcome::done);
  upgrade();
  const auto started = std::chrono::steady_clock::now();
  ASSERT_EQ(restore().outcome, Outcome::done);
  const auto whole_ms = std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - started).count();
  constexpr int kCuts = 6;
  for (int cut = 1; cut < kCuts; ++cut) {
    const auto after_ms = whole_ms * cut / kCuts;
    upgrade();
    const pid_t child = ::fork();
    if (child == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      HostOptions options;
      options.name = "config-db";
      options.via = Via::local;
      const auto own = make_host(options);
      (void)restore_on(*own, "mysql");
      ::_exit(0);
    }
    std::this_thread::sleep_for(Millis{after_ms});
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const auto result = restore();
    ASSERT_EQ(result.outcome, Outcome::done) << after_ms << " ms: " << result.text;
    ASSERT_EQ(everything(), before) << after_ms << " ms";
  }
}

TEST_F(MysqlDump, RefusesADumpThatIsNoneOrAnothers) {
  const auto absent = restore();
  EXPECT_EQ(absent.outcome, Outcome::failed);
  EXPECT_NE(absent.text.find("not there"), std::string::npos) << absent.text;
  ASSERT_EQ(dump().outcome, Outcome::done);
  const std::string whole = content(to());
  const std::string before = everything();
  std::ofstream(to()) << whole.substr(0, whole.size() / 2);
  EXPECT_NE(restore().text.find("not a complete dump"), std::string::npos);
  std::string other = whole;
  other.replace(other.find("USE `dump_trial`;"), 17, "USE `other_one_`;");
  std::ofstream(to()) << other;
  const auto anothers = restore();
  EXPECT_EQ(anothers.outcome, Outcome::failed);
  EXPECT_NE(anothers.text.find("not a dump of dump_trial alone"), std::string::npos) << anothers.text;
  EXPECT_EQ(everything(), before);
}

}  // namespace
}  // namespace interlock::tests
