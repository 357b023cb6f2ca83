// The tcp and hotdb probes, against servers in this process that speak, refuse, drip or say nothing.
#include <gtest/gtest.h>

#include "tests/support/deadline.h"
#include "tests/support/fake_host.h"
#include "tests/support/fake_hotdb.h"

namespace interlock::tests {
namespace {

using Clock = std::chrono::steady_clock;

class HotdbProbe : public ::testing::Test {
 protected:
  HotdbProbe() { secrets.put("manager", FakeHotdb::kPassword); }
  Reading ask(Json what, Millis within = Millis{5000}) {
    Json args = {{"port", server.port()}, {"user", FakeHotdb::kUser}, {"password", {{"secret", "manager"}}}};
    args.update(what);
    return observe("hotdb", args, host, secrets, within);
  }
  FakeHotdb server;
  FakeHost host;
  FakeSecrets secrets;
};

TEST_F(HotdbProbe, ReadsTheVersionWithoutLoggingIn) {
  const Reading seen = observe("hotdb", {{"port", server.port()}, {"greeting", true}}, host);
  ASSERT_TRUE(seen.known()) << seen.saw;
  EXPECT_EQ(*seen.value, Json({{"version", "2.5.4"}, {"product", "HotDB Manager"}, {"port", "open"}}));
  const Reading closed = observe("hotdb", {{"port", closed_port()}, {"greeting", true}}, host);
  ASSERT_TRUE(closed.known()) << closed.saw;
  EXPECT_EQ(*closed.value, Json({{"version", "none"}, {"product", "none"}, {"port", "closed"}}));
}

TEST_F(HotdbProbe, AGreetingThatIsNotHotdbsIsAProtocolError) {
  const TcpServer other([](TcpServer::Peer& peer) { peer.send(FakeHotdb::greeting("10.11.6-MariaDB")); });
  const Reading seen = observe("hotdb", {{"port", other.port()}, {"greeting", true}}, host);
  ASSERT_FALSE(seen.known());
  EXPECT_EQ(seen.unknown->cause, Cause::protocol);
}

TEST_F(HotdbProbe, ShowsTheServersRow) {
  server.put("show @@server", {{"uptime", "role", "status", "mode", "version"},
                               {{"12", "MASTER", "ON", "READ-WRITE", "2.5.4"}}});
  const Reading seen = ask({{"show", "server"}});
  ASSERT_TRUE(seen.known()) << seen.saw;
  EXPECT_EQ((*seen.value)["row"]["role"], "MASTER");
  EXPECT_EQ((*seen.value)["row"]["uptime"], 12) << "HotDB sends numbers as text";
  EXPECT_EQ((*seen.value)["scalar"], 12);
}

TEST_F(HotdbProbe, CountsOpenTransactionsBeyondTheRowsItKeeps) {
  FakeTable sessions{{"id", "running", "trx_started", "trx_time", "trx_query"}, {}};
  for (int i = 0; i < 3000; ++i)
    sessions.rows.push_back({std::to_string(i), "0", i % 2 == 0 ? std::nullopt : std::optional<std::string>("2025-01-01"),
                             std::to_string(i), std::nullopt});
  server.put("show @@session", sessions);
  const Reading seen = ask({{"show", "session"}});
  ASSERT_TRUE(seen.known()) << seen.saw;
  EXPECT_EQ((*seen.value)["open_transactions"], 1500);
  EXPECT_EQ((*seen.value)["oldest_transaction_s"], 2999);
  EXPECT_EQ((*seen.value)["count"], 3000);
  EXPECT_EQ((*seen.value)["rows"].size(), 1000U);
  EXPECT_EQ((*seen.value)["truncated"], true);
}

TEST_F(HotdbProbe, CountsErrorsOfTheConfigurationCheck) {
  server.put("check @@datasource_config", {{"Level", "Code", "Message", "Value"}, {}});
  const Reading clean = ask({{"command", "check @@datasource_config"}});
  ASSERT_TRUE(clean.known()) << clean.saw;
  EXPECT_EQ((*clean.value)["errors"], 0);
  server.put("check @@datasource_config", {{"Level", "Code", "Message", "Value"},
                                           {{"Error", "10207", "m", "v"}, {"Warning", "1", "m", "v"}, {"ERROR", "2", "m", "v"}}});
  const Reading bad = ask({{"command", "check @@datasource_config"}});
  ASSERT_TRUE(bad.known()) << bad.saw;
  EXPECT_EQ((*bad.value)["errors"], 2);
  EXPECT_EQ((*bad.value)["warnings"], 1);
}

TEST_F(HotdbProbe, TellsCausesApartInItsWords) {
  server.put_error("show @@cluster", 10241, "see log");
  const Reading busy = ask({{"show", "cluster"}});
  ASSERT_FALSE(busy.known());
  EXPECT_NE(busy.unknown->text.find("a failover is in progress"), std::string::npos) << busy.unknown->text;
  secrets.put("manager", "wrong");
  const Reading denied = ask({{"show", "server"}});
  ASSERT_FALSE(denied.known());
  EXPECT_EQ(denied.unknown->cause, Cause::denied);
  const Reading refused = ask({{"show", "server"}, {"port", closed_port()}});
  ASSERT_FALSE(refused.known());
  EXPECT_EQ(refused.unknown->cause, Cause::refused);
  const Reading free_text = ask({{"command", "offline"}});
  ASSERT_FALSE(free_text.known()) << "only commands that look are known";
  EXPECT_EQ(free_text.unknown->cause, Cause::internal);
  const Reading both = ask({{"show", "server"}, {"greeting", true}});
  ASSERT_FALSE(both.known());
  EXPECT_EQ(both.unknown->cause, Cause::internal);
}

TEST_F(HotdbProbe, ACommandThatHangsEndsAtTheDeadline) {
  server.hang_on("show @@server");
  const auto before = Clock::now();
  const Reading seen = ask({{"show", "server"}}, kShort);
  ASSERT_FALSE(seen.known());
  EXPECT_EQ(seen.unknown->cause, Cause::timed_out);
  EXPECT_LT(Clock::now() - before, kShort + kSlack);
}

TEST(TcpProbe, OpenAndClosedAreValuesTheRestIsUnknown) {
  FakeHost host;
  const TcpServer server(TcpServer::stay_silent);
  const Reading open = observe("tcp", {{"port", server.port()}}, host);
  ASSERT_TRUE(open.known()) << open.saw;
  EXPECT_EQ(*open.value, Json({{"port", "open"}}));
  const Reading closed = observe("tcp", {{"port", closed_port()}}, host);
  ASSERT_TRUE(closed.known()) << closed.saw;
  EXPECT_EQ(*closed.value, Json({{"port", "closed"}}));
  const BlackHole hole;
  const auto before = Clock::now();
  const Reading lost = observe("tcp", {{"port", hole.port()}}, host, kShort);
  ASSERT_FALSE(lost.known());
  EXPECT_EQ(lost.unknown->cause, Cause::timed_out);
  EXPECT_LT(Clock::now() - before, kShort + kSlack);
  host.map_port(3323, failure(Cause::refused, "the tunnel says no"));
  host.map_port(3324, failure(Cause::unreachable, "no way there"));
  EXPECT_EQ((*observe("tcp", {{"port", 3323}}, host).value)["port"], "closed");
  EXPECT_EQ(observe("tcp", {{"port", 3324}}, host).unknown->cause, Cause::unreachable);
}

TEST(TcpProbe, ReadsTheGreetingOfAnyServer) {
  FakeHost host;
  const TcpServer ssh([](TcpServer::Peer& peer) { peer.send("SSH-2.0-OpenSSH_9.2\r\nmore"); });
  EXPECT_EQ((*observe("tcp", {{"port", ssh.port()}, {"banner", true}}, host).value)["greeting"], "SSH-2.0-OpenSSH_9.2");
  const TcpServer mysql([](TcpServer::Peer& peer) { peer.send(FakeHotdb::greeting("5.7.23 HotDB-2.5.3 HotDB Server")); });
  EXPECT_EQ((*observe("tcp", {{"port", mysql.port()}, {"banner", true}}, host).value)["greeting"],
            "5.7.23 HotDB-2.5.3 HotDB Server");
  const Reading closed = observe("tcp", {{"port", closed_port()}, {"banner", true}}, host);
  EXPECT_EQ(*closed.value, Json({{"port", "closed"}, {"greeting", nullptr}}));
}

TEST(TcpProbe, AServerThatDoesNotFinishItsGreetingTimesOut) {
  FakeHost host;
  const TcpServer silent(TcpServer::stay_silent);
  const TcpServer drips(TcpServer::drip("never a line "));
  for (const auto port : {silent.port(), drips.port()}) {
    const auto before = Clock::now();
    const Reading seen = observe("tcp", {{"port", port}, {"banner", true}}, host, kShort);
    ASSERT_FALSE(seen.known()) << seen.value->dump();
    EXPECT_EQ(seen.unknown->cause, Cause::timed_out);
    EXPECT_LT(Clock::now() - before, kShort + kSlack);
  }
}

}  // namespace
}  // namespace interlock::tests
