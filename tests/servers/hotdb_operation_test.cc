// Acting management commands against a double of the management port, and the comparison of config tables with their
// _running twins against a real MariaDB.
#include <gtest/gtest.h>

#include "tests/support/fake_host.h"
#include "tests/support/fake_hotdb.h"
#include "tests/support/mariadb.h"
#include "tests/support/tcp_server.h"

namespace interlock::tests {
namespace {

using fsm::Outcome;

class HotdbOperation : public ::testing::Test {
 protected:
  void SetUp() override { secrets.put("manager", FakeHotdb::kPassword); }
  OperationResult act(const std::string& command, Millis within = Millis{3'000}) {
    return perform("hotdb", {{"port", hotdb.port()}, {"user", FakeHotdb::kUser}, {"password", {{"secret", "manager"}}}, {"command", command}},
                   host, secrets, within);
  }
  FakeHotdb hotdb;
  FakeHost host;
  FakeSecrets secrets;
};

TEST_F(HotdbOperation, TellsWhatTheNodeAnswers) {
  hotdb.put_ok("reload @@config", "Reload config success");
  const auto done = act("reload @@config");
  EXPECT_EQ(done.outcome, Outcome::done);
  EXPECT_NE(done.text.find("Reload config success"), std::string::npos) << done.text;
  hotdb.put_ok("online", "");
  EXPECT_EQ(act("online").outcome, Outcome::done);
}

TEST_F(HotdbOperation, PutsHotdbsErrorsIntoWords) {
  hotdb.put_error("reload @@config", 10186, "reload");
  const auto busy = act("reload @@config");
  EXPECT_EQ(busy.outcome, Outcome::failed);
  EXPECT_NE(busy.text.find("another reload is running"), std::string::npos) << busy.text;
  EXPECT_EQ(busy.details["error"], 10186);
  hotdb.put_error("reload @@config", 1003, "Reload config failure, datasource ds_01");
  EXPECT_NE(act("reload @@config").text.find("datasource ds_01"), std::string::npos);
  hotdb.put_ok("reload @@config", "Reload config failure, no connection");
  EXPECT_EQ(act("reload @@config").outcome, Outcome::failed) << "an OK that says failure";
}

TEST_F(HotdbOperation, FreesAReloadThatHangs) {
  hotdb.hang_on("reload @@config");
  hotdb.put_ok("reset @@reloading", "");
  const auto freed = act("reload @@config", Millis{1'000});
  EXPECT_EQ(freed.outcome, Outcome::failed) << freed.text;
  EXPECT_NE(freed.text.find("reset @@reloading"), std::string::npos) << freed.text;
  hotdb.put_error("reset @@reloading", 1064, "unknown");
  EXPECT_EQ(act("reload @@config", Millis{1'000}).outcome, Outcome::unknown) << "it may still go on";
}

TEST_F(HotdbOperation, SaysUnknownOnlyOfWhatWasSent) {
  hotdb.hang_on("online");
  EXPECT_EQ(act("online", Millis{500}).outcome, Outcome::unknown);
  secrets.put("manager", "wrong");
  const auto denied = act("online");
  EXPECT_EQ(denied.outcome, Outcome::failed);
  EXPECT_NE(denied.text.find("1045"), std::string::npos) << denied.text;
  host.map_port(hotdb.port(), Endpoint{"127.0.0.1", closed_port(), ""});
  EXPECT_EQ(act("online").outcome, Outcome::failed);
}

TEST_F(HotdbOperation, KnowsOnlyItsTable) {
  hotdb.put_ok("kill @@session 1", "");
  const auto other = act("kill @@session 1");
  EXPECT_EQ(other.outcome, Outcome::failed);
  EXPECT_NE(other.text.find("reload @@config"), std::string::npos) << other.text;
}

class HotdbMemory : public ::testing::Test {
 protected:
  void SetUp() override {
    secrets.put("db", MariaDb::kPassword);
    for (const char* sql : {"drop database if exists memory_trial", "create database memory_trial",
                            "create table memory_trial.node (id int, name varchar(20), note varchar(20)) character set utf8mb4",
                            "create table memory_trial.node_running like memory_trial.node",
                            "insert into memory_trial.node values (1, 'a', null), (2, '二', ''), (2, '二', '')",
                            "insert into memory_trial.node_running select * from memory_trial.node order by id desc"}) {
      db.execute(sql);
    }
  }
  Reading look(const Json& tables) {
    return observe("hotdb_memory", {{"address", "127.0.0.1"}, {"port", db.port()}, {"user", MariaDb::kUser}, {"password", {{"secret", "db"}}},
                                    {"database", "memory_trial"}, {"tables", tables}},
                   host, secrets);
  }
  MariaDb& db = MariaDb::shared();
  FakeHost host{"node-1", "192.0.2.1"};  // where the node is; the config database is elsewhere
  FakeSecrets secrets;
};

TEST_F(HotdbMemory, IsTheSameInAnyOrder) {
  const auto seen = look({"node"});
  ASSERT_TRUE(seen.known()) << seen.unknown->text;
  EXPECT_EQ(*seen.value, Json({{"same", true}, {"differs", Json::array()}})) << seen.saw;
}

TEST_F(HotdbMemory, DiffersByOneByteInEitherDirection) {
  for (const char* change : {"update memory_trial.node set name = 'A' where id = 1", "update memory_trial.node_running set note = '' where id = 1",
                             "delete from memory_trial.node where id = 2 limit 1", "delete from memory_trial.node_running where id = 1",
                             "alter table memory_trial.node add column more int"}) {
    SetUp();
    db.execute(change);
    const auto seen = look({"node"});
    ASSERT_TRUE(seen.known()) << change;
    EXPECT_EQ(*seen.value, Json({{"same", false}, {"differs", {"node"}}})) << change << ": " << seen.saw;
  }
}

TEST_F(HotdbMemory, SaysWhichTwinIsMissing) {
  db.execute("drop table memory_trial.node_running");
  const auto seen = look({"node"});
  ASSERT_FALSE(seen.known());
  EXPECT_EQ(seen.unknown->cause, Cause::missing);
  EXPECT_NE(seen.unknown->text.find("node_running"), std::string::npos);
}

}  // namespace
}  // namespace interlock::tests
