// The MySQL client and the probes on it, against a real MariaDB and against servers that misbehave.
#include <gtest/gtest.h>

#include <thread>

#include "probes/mysql_client.h"
#include "tests/support/deadline.h"
#include "tests/support/fake_host.h"
#include "tests/support/fake_hotdb.h"
#include "tests/support/mariadb.h"
#include "tests/support/tcp_server.h"

namespace interlock::tests {
namespace {

using Clock = std::chrono::steady_clock;


class MysqlProbe : public ::testing::Test {
 protected:
  void SetUp() override {
    secrets.put("db", MariaDb::kPassword);
    secrets.put("wrong", "not-the-password");
  }
  Reading query(const std::string& sql, Json more = Json::object()) {
    Json args = {{"port", db.port()}, {"user", MariaDb::kUser}, {"password", {{"secret", "db"}}}, {"query", sql}};
    args.update(more);
    return observe("mysql", args, host, secrets, within);
  }
  MariaDb& db = MariaDb::shared();
  FakeHost host;
  FakeSecrets secrets;
  Millis within{5000};
};

TEST_F(MysqlProbe, GivesRowsByColumnWithTheirTypes) {
  const Reading seen = query(
      "select 7 as n, 'text' as t, null as nothing, 1.5 as d, 18446744073709551615 as big, x'ff41' as bytes, "
      "123456789012345678901234567890.5 as exact, '007' as padded union all select 8, 'two', 'x', 2.5, 1, '', 1, '1'");
  ASSERT_TRUE(seen.known()) << seen.saw;
  const Json& value = *seen.value;
  EXPECT_EQ(value["count"], 2);
  EXPECT_EQ(value["scalar"], 7);
  EXPECT_EQ(value["truncated"], false);
  const Json& row = value["rows"][0];
  EXPECT_EQ(row["t"], "text");
  EXPECT_EQ(row["nothing"], nullptr);
  EXPECT_EQ(row["d"], 1.5);
  EXPECT_EQ(row["big"], "18446744073709551615") << "a decimal beyond 64 bits keeps all its digits";
  EXPECT_EQ(row["exact"], "123456789012345678901234567890.5");
  EXPECT_EQ(row["bytes"], "\xEF\xBF\xBD""A") << "what is not UTF-8 must not break the JSON";
  EXPECT_EQ(row["padded"], "007");
  EXPECT_NE(seen.saw.find("login in"), std::string::npos);
  EXPECT_GT(seen.took.count(), 0);
}

TEST_F(MysqlProbe, BindsParametersInsteadOfPastingThem) {
  const Reading seen = query("select ? as text, ? + 1 as n, ? as nothing, ? as d, repeat('x', 1000) as longer",
                             {{"params", {"it's; drop -- ?", 41, nullptr, 2.25}}});
  ASSERT_TRUE(seen.known()) << seen.saw;
  const Json& row = (*seen.value)["rows"][0];
  EXPECT_EQ(row["text"], "it's; drop -- ?");
  EXPECT_EQ(row["n"], 42);
  EXPECT_EQ(row["nothing"], nullptr);
  EXPECT_EQ(row["d"], 2.25);
  EXPECT_EQ(row["longer"], std::string(1000, 'x'));
  const Reading too_few = query("select ?, ?", {{"params", {1}}});
  ASSERT_FALSE(too_few.known());
  EXPECT_EQ(too_few.unknown->cause, Cause::internal);
}

TEST_F(MysqlProbe, ChangesNothingWhateverIsAsked) {
  db.execute("create or replace table trial.kept (a int)");
  db.execute("insert into trial.kept values (1), (2)");
  db.execute("create or replace function trial.emptied() returns int begin delete from trial.kept; return 1; end");
  for (const char* sql : {"delete from trial.kept", "select 1; delete from trial.kept", "with w as (select 1) delete from trial.kept",
                          "/*! delete from trial.kept */", "analyze delete from trial.kept", "reload @@config", "select 1 into @a"}) {
    const Reading seen = query(sql);
    ASSERT_FALSE(seen.known()) << sql;
    EXPECT_EQ(seen.unknown->cause, Cause::denied) << sql << ": " << seen.unknown->text;
  }
  EXPECT_FALSE(query("select trial.emptied()").known()) << "what a function does, the server refuses";
  EXPECT_EQ((*query("select count(*) from trial.kept").value)["scalar"], 2);
}

TEST_F(MysqlProbe, AnEmptyAnswerHasNoScalar) {
  const Reading seen = query("select 1 from dual where 1 = 0");
  ASSERT_TRUE(seen.known());
  EXPECT_EQ((*seen.value)["scalar"], nullptr);
  EXPECT_EQ((*seen.value)["count"], 0);
}

TEST_F(MysqlProbe, KeepsNoMoreRowsThanItsLimitAndSaysSo) {
  const Reading seen = query("select seq from mysql.help_topic, (select 1 as seq) s limit 5", {{"rows", 3}});
  ASSERT_TRUE(seen.known()) << seen.saw;
  EXPECT_EQ((*seen.value)["count"], 3);
  EXPECT_EQ((*seen.value)["truncated"], true);
  const Reading endless = query("select a.help_topic_id from mysql.help_topic a, mysql.help_topic b, mysql.help_topic c");
  ASSERT_TRUE(endless.known()) << "the rest of a million rows is not read: " << endless.saw;
  EXPECT_EQ((*endless.value)["count"], MysqlConnection::kRowLimit);
}

TEST_F(MysqlProbe, TellsCausesApart) {
  const auto cause = [](const Reading& reading) { return reading.known() ? "known" : to_string(reading.unknown->cause); };
  EXPECT_STREQ(cause(query("select 1", {{"password", {{"secret", "wrong"}}}})), "denied");
  EXPECT_NE(query("select 1", {{"password", {{"secret", "wrong"}}}}).unknown->text.find("the secret 'wrong'"), std::string::npos);
  EXPECT_STREQ(cause(query("select 1", {{"password", {{"secret", "nowhere"}}}})), "missing");
  EXPECT_STREQ(cause(query("select 1", {{"database", "not_there"}})), "missing");
  EXPECT_STREQ(cause(query("select * from trial.not_there")), "missing");
  EXPECT_STREQ(cause(query("select not_there from mysql.user")), "missing");
  EXPECT_STREQ(cause(query("select select from")), "protocol error");
  EXPECT_STREQ(cause(query("select 1", {{"port", closed_port()}})), "refused");
  EXPECT_STREQ(cause(query("select 1", {{"address", "no-such-name.invalid"}})), "unreachable");
  db.execute("create user if not exists 'guest'@'127.0.0.1' identified by 'g'");
  secrets.put("guest", "g");
  EXPECT_STREQ(cause(query("select * from mysql.user", {{"user", "guest"}, {"password", {{"secret", "guest"}}}})), "denied");
}

TEST_F(MysqlProbe, NeverShowsTheSecret) {
  for (const Reading& seen : {query("select 1"), query("select 1", {{"password", {{"secret", "wrong"}}}})}) {
    const std::string all = seen.asked + seen.saw + (seen.unknown ? seen.unknown->text : "");
    EXPECT_EQ(all.find(MariaDb::kPassword), std::string::npos) << all;
    EXPECT_EQ(all.find("not-the-password"), std::string::npos) << all;
  }
}

TEST_F(MysqlProbe, AQueryThatTakesTooLongEndsAtTheDeadlineWithTheOutcomeOpen) {
  within = kShort;
  const auto before = Clock::now();
  const Reading seen = query("select sleep(5)");
  ASSERT_FALSE(seen.known());
  EXPECT_EQ(seen.unknown->cause, Cause::timed_out);
  EXPECT_TRUE(seen.unknown->sent);
  EXPECT_LT(Clock::now() - before, kShort + kSlack);
}

TEST_F(MysqlProbe, ItsOwnTimeoutCountsWhenItIsShorter) {
  const auto before = Clock::now();
  const Reading seen = query("select sleep(5)", {{"timeout", kShort.count()}});
  ASSERT_FALSE(seen.known());
  EXPECT_EQ(seen.unknown->cause, Cause::timed_out);
  EXPECT_LT(Clock::now() - before, kShort + kSlack);
}

struct Misbehaviour {
  const char* name;
  std::function<void(TcpServer::Peer&)> serve;
  Cause cause;
};
void PrintTo(const Misbehaviour& m, std::ostream* out) { *out << m.name; }

class Misbehaving : public ::testing::TestWithParam<Misbehaviour> {};

TEST_P(Misbehaving, EndsByTheDeadlineWithTheRightCause) {
  const TcpServer server(GetParam().serve);
  FakeHost host;
  FakeSecrets secrets;
  secrets.put("db", "x");
  const Json login = {{"port", server.port()}, {"user", "u"}, {"password", {{"secret", "db"}}}};
  Json mysql = login;
  mysql["query"] = "select 1";
  Json hotdb = login;
  hotdb["show"] = "server";
  for (const auto& [kind, args] : {std::pair<std::string, Json>{"mysql", mysql}, {"hotdb", hotdb}}) {
    const auto before = Clock::now();
    const Reading seen = observe(kind, args, host, secrets, kShort);
    ASSERT_FALSE(seen.known()) << seen.value->dump();
    EXPECT_STREQ(to_string(seen.unknown->cause), to_string(GetParam().cause)) << kind << ": " << seen.saw;
    EXPECT_LT(Clock::now() - before, kShort + kSlack) << kind;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Servers, Misbehaving,
    ::testing::Values(
        Misbehaviour{"Silent", TcpServer::stay_silent, Cause::timed_out},
        Misbehaviour{"DripsAGreeting", TcpServer::drip(FakeHotdb::greeting("5.7.23 drip")), Cause::timed_out},
        Misbehaviour{"SilentAfterItsGreeting",
                     [](TcpServer::Peer& peer) {
                       peer.send(FakeHotdb::greeting("5.7.23"));
                       TcpServer::stay_silent(peer);
                     },
                     Cause::timed_out},
        Misbehaviour{"HangsUp", [](TcpServer::Peer&) {}, Cause::protocol},
        Misbehaviour{"Resets",
                     [](TcpServer::Peer& peer) {
                       peer.pause_ms(50);  // after the connection is made, not while
                       peer.reset();
                     },
                     Cause::protocol},
        Misbehaviour{"SpeaksHttp", [](TcpServer::Peer& peer) { peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"); },
                     Cause::protocol},
        Misbehaviour{"HasTooManyConnections",
                     [](TcpServer::Peer& peer) { peer.send(FakeHotdb::error(0, 1040, "Too many connections")); },
                     Cause::refused},
        Misbehaviour{"BlocksTheHost",
                     [](TcpServer::Peer& peer) { peer.send(FakeHotdb::error(0, 1129, "Host is blocked")); },
                     Cause::denied}),
    [](const auto& given) { return given.param.name; });

TEST(MysqlClient, AConnectionThatIsNotAnsweredTimesOutInMilliseconds) {
  const BlackHole hole;
  const auto before = Clock::now();
  const auto connection = MysqlConnection::open({"127.0.0.1", hole.port(), ""}, {"u", Secret("p"), "", "", {}}, in(kShort));
  ASSERT_FALSE(connection.has_value());
  EXPECT_STREQ(to_string(connection.error().cause), "timed out") << connection.error().text;
  EXPECT_LT(Clock::now() - before, kShort + kSlack);
}

TEST(MysqlClient, AStopEndsAWaitAtOnce) {
  const TcpServer server(TcpServer::stay_silent);
  std::stop_source stop;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(Millis{100});
    stop.request_stop();
  });
  const auto before = Clock::now();
  const auto connection = MysqlConnection::open({"127.0.0.1", server.port(), ""}, {"u", Secret("p"), "", "", {}},
                                                MysqlWait(in(Millis{10'000}), stop.get_token()));
  ASSERT_FALSE(connection.has_value());
  EXPECT_EQ(connection.error().cause, Cause::internal);
  EXPECT_LT(Clock::now() - before, Millis{100} + kSlack);
}

TEST(MysqlClient, GoesThroughAUnixSocketAndKeepsItsConnection) {
  MariaDb& db = MariaDb::shared();
  auto connection = MysqlConnection::open(db.local(), db.login(), in(Millis{5000}));
  ASSERT_TRUE(connection.has_value()) << connection.error().text;
  EXPECT_NE(connection->server_version().find("MariaDB"), std::string::npos);
  const auto refused = connection->query("select * from trial.not_there", in(Millis{5000}));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(connection->last_error().number, 1146U);
  EXPECT_EQ(connection->last_error().sqlstate, "42S02");
  EXPECT_FALSE(refused.error().sent) << "the server has said no: nothing is open";
  const auto changed = connection->query("create temporary table trial.t (a int)", in(Millis{5000}));
  ASSERT_TRUE(changed.has_value()) << changed.error().text;
  const auto inserted = connection->query("insert into trial.t values (1), (2)", in(Millis{5000}));
  ASSERT_TRUE(inserted.has_value());
  EXPECT_EQ(inserted->affected, 2U);
  EXPECT_EQ(connection->last_error().number, 0U);
}

TEST(MysqlClient, AServerThatDiesInAQueryLeavesTheOutcomeOpen) {
  MariaDb& db = MariaDb::shared();
  auto connection = MysqlConnection::open(db.tcp(), db.login(), in(Millis{5000}));
  ASSERT_TRUE(connection.has_value());
  const auto id = connection->query("select connection_id()", in(Millis{5000}));
  std::jthread killer([&, number = *id->rows[0][0]] {
    std::this_thread::sleep_for(Millis{100});
    db.execute("kill connection " + number);
  });
  const auto lost = connection->query("select sleep(5)", in(Millis{5000}));
  ASSERT_FALSE(lost.has_value());
  EXPECT_TRUE(lost.error().sent || connection->last_error().number == 1317) << lost.error().text;
  const auto after = connection->query("select 1", in(Millis{5000}));
  EXPECT_FALSE(after.has_value());
}

TEST_F(MysqlProbe, VerifiesTheCertificateWhenAsked) {
  const Reading good = query("show status like 'Ssl_cipher'", {{"tls_verify", true}, {"tls_ca", db.certificate_path()}});
  ASSERT_TRUE(good.known()) << good.saw;
  EXPECT_NE((*good.value)["rows"][0]["Value"], "");
  const Reading bad = query("select 1", {{"tls_verify", true}, {"tls_ca", INTERLOCK_SOURCE_DIR "/tests/support/other_ca.pem"}});
  ASSERT_FALSE(bad.known());
  EXPECT_STREQ(to_string(bad.unknown->cause), "denied") << bad.saw;
}

TEST(MysqlClient, RefusesAServerWithoutTlsWhenTlsIsRequired) {
  FakeHotdb server;
  MysqlLogin login{FakeHotdb::kUser, Secret(FakeHotdb::kPassword), "", "", {}};
  login.tls.required = true;
  const auto connection = MysqlConnection::open({"127.0.0.1", server.port(), ""}, login, in(Millis{2000}));
  ASSERT_FALSE(connection.has_value());
  EXPECT_STREQ(to_string(connection.error().cause), "protocol error") << connection.error().text;
}

}  // namespace
}  // namespace interlock::tests
