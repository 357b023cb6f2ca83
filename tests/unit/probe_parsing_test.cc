// What probes make of answers, good and bad, from a host that is scripted.
#include <gtest/gtest.h>

#include "probes/hotdb_facts.h"
#include "probes/hotdb_words.h"
#include "probes/mysql_cause.h"
#include "probes/mysql_greeting.h"
#include "probes/process_list.h"
#include "probes/text.h"
#include "tests/support/fake_host.h"

namespace interlock::tests {
namespace {

constexpr const char* kIp = "ip -json addr show";

Reading address(const std::string& out, int exit_status = 0, const std::string& err = "") {
  FakeHost host;
  host.on_command(kIp, exit_status, out, err);
  return observe("address", {{"ip", "10.89.0.100"}}, host);
}

TEST(AddressProbe, FindsTheDevicesThatHoldIt) {
  const Reading seen = address(R"([{"ifname":"lo","addr_info":[{"local":"127.0.0.1"}]},{},
    {"ifname":"eth0","addr_info":[{"local":"10.89.0.11"},{},{"local":"10.89.0.100","prefixlen":24}]}])");
  ASSERT_TRUE(seen.known()) << seen.saw;
  EXPECT_EQ(*seen.value, Json({{"held", true}, {"devices", {"eth0"}}}));
}

TEST(AddressProbe, TakesNoPartOfAnAddressForIt) {
  const Reading seen = address(R"([{"ifname":"eth0","addr_info":[{"local":"10.89.0.10"},{"local":"110.89.0.100"}]}])");
  ASSERT_TRUE(seen.known());
  EXPECT_EQ((*seen.value)["held"], false);
}

TEST(AddressProbe, AnAddressWhoseDuplicateWasFoundIsNotHeld) {
  const Reading seen = address(R"([{"ifname":"eth0","addr_info":[{"local":"10.89.0.100","dadfailed":true}]}])");
  ASSERT_TRUE(seen.known());
  EXPECT_EQ((*seen.value)["held"], false);
}

TEST(AddressProbe, KnowsAnIpv6AddressHoweverItIsWritten) {
  FakeHost host;
  host.on_command(kIp, 0, R"([{"ifname":"eth0","addr_info":[{"local":"fd00::1"}]}])");
  const Reading seen = observe("address", {{"ip", "fd00:0:0:0::1"}}, host);
  ASSERT_TRUE(seen.known());
  EXPECT_EQ((*seen.value)["held"], true);
}

TEST(AddressProbe, WhatCannotBeReadIsUnknownNotAbsent) {
  const auto cause = [](const Reading& seen) { return seen.known() ? "known" : to_string(seen.unknown->cause); };
  EXPECT_STREQ(cause(address("")), "protocol error");
  EXPECT_STREQ(cause(address("1: lo: <LOOPBACK>")), "protocol error");
  EXPECT_STREQ(cause(address("{}")), "protocol error");
  EXPECT_STREQ(cause(address("[1]")), "protocol error");
  EXPECT_STREQ(cause(address(R"([{"ifname":"eth0"}])")), "protocol error");
  EXPECT_STREQ(cause(address(R"([{"ifname":"eth0","addr_info":[{"local":7}]}])")), "protocol error");
  EXPECT_STREQ(cause(address("[", 255, "Option \"-json\" is unknown")), "protocol error");
  EXPECT_STREQ(cause(address("", 127, "sh: ip: not found")), "missing");
  FakeHost host;
  host.be_unreachable();
  EXPECT_STREQ(cause(observe("address", {{"ip", "10.0.0.1"}}, host)), "unreachable");
  EXPECT_STREQ(cause(observe("address", {{"ip", "10.0.0"}}, host)), "internal");
}

TEST(ProcessList, SkipsTheObserverAndJoinsArguments) {
  const std::string out = std::string("self 50 49\npidfile 12 \nprocesses\n") +
                          std::string("/proc/12/cmdline:java\0-cp\0x y\0cn.hotpu.HotdbStartup\0", 52) + "\n" +
                          "/proc/49/cmdline:interlock\n/proc/50/cmdline:sh\n/proc/13/cmdline:one\n/proc/13/cmdline:two\n";
  const auto list = parse_process_list(out);
  ASSERT_TRUE(list.has_value()) << list.error().text;
  ASSERT_EQ(list->processes.size(), 2U);
  EXPECT_EQ(list->processes[0].command_line, "java -cp x y cn.hotpu.HotdbStartup");
  EXPECT_EQ(list->processes[0].program(), "java");
  EXPECT_EQ(list->processes[1].command_line, "one\ntwo");
  EXPECT_EQ(list->pid_in_file, 12);
}

TEST(ProcessList, AnAnswerThatListsNothingIsNoAnswer) {
  for (const char* out : {"", "self 1 1\n", "self 1 1\nprocesses\n", "self 1 1\nprocesses\nrubbish\n"})
    EXPECT_FALSE(parse_process_list(out).has_value()) << out;
}

TEST(ProcessProbe, HiddenProcessesAreDeniedNotAbsent) {
  FakeHost host;
  host.on_command("/proc", 97, "");
  const Reading seen = observe("process", {{"match", "java"}}, host);
  ASSERT_FALSE(seen.known());
  EXPECT_EQ(seen.unknown->cause, Cause::denied);
}

TEST(ProcessProbe, ShowsNoArgumentOfAnother) {
  FakeHost host;
  const std::string line = std::string("/proc/9/cmdline:mysqld\0--password=hunter2\0", 43);
  host.on_command("/proc", 0, "self 1 2\nprocesses\n" + line + "\n");
  const Reading seen = observe("process", {{"match", "mysqld"}}, host);
  ASSERT_TRUE(seen.known()) << seen.saw;
  EXPECT_EQ((seen.saw + seen.asked + seen.value->dump()).find("hunter2"), std::string::npos);
}

TEST(KeepalivedProbe, ReadsTheExitStatusesOfOldAndNewVersions) {
  const auto verdict = [](int exit_status, const char* said) {
    FakeHost host;
    host.on_command("grep -aH", 0, std::string("self 1 2\nprocesses\n/proc/7/cmdline:/usr/sbin/keepalived\0\n", 56));
    host.on_command("keepalived -t -f", exit_status, "", said);
    const Reading seen = observe("keepalived", {{"check", true}}, host);
    if (!seen.known()) return std::string(to_string(seen.unknown->cause));
    EXPECT_EQ((*seen.value)["running"], true);
    return (*seen.value)["verdict"].get<std::string>() + ((*seen.value)["usable"].get<bool>() ? ", usable" : "");
  };
  constexpr const char* kSecurity = "SECURITY VIOLATION - scripts are being executed but script_security not enabled.\n";
  EXPECT_EQ(verdict(0, ""), "valid, usable");
  EXPECT_EQ(verdict(3, "x"), "unusable");
  EXPECT_EQ(verdict(4, "x"), "faulty");
  EXPECT_EQ(verdict(5, "(Line 4) Unknown keyword 'foo'\n"), "faulty");
  EXPECT_EQ(verdict(5, kSecurity), "insecure, usable");
  EXPECT_EQ(verdict(6, kSecurity), "insecure, usable");
  EXPECT_EQ(verdict(1, "no memory"), "protocol error");
  EXPECT_EQ(verdict(127, "sh: keepalived: not found"), "missing");
}

TEST(MysqlGreeting, ReadsTheVersionAndRefusals) {
  const std::string bytes = std::string("\x0f\0\0\0\x0a", 5) + "5.7.23 X" + std::string("\0abcde", 6);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const auto part = parse_mysql_greeting(std::string_view(bytes).substr(0, length));
    ASSERT_TRUE(part.has_value()) << length;
    EXPECT_FALSE(part->has_value()) << length;
  }
  const auto whole = parse_mysql_greeting(bytes);
  ASSERT_TRUE(whole.has_value() && whole->has_value());
  EXPECT_EQ((*whole)->version, "5.7.23 X");
  const auto refused = parse_mysql_greeting(std::string("\x08\0\0\0\xff\x10\x04ouch!", 12));
  ASSERT_TRUE(refused.has_value() && refused->has_value());
  EXPECT_EQ((*refused)->error_number, 1040U);
  EXPECT_EQ((*refused)->error_text, "ouch!");
}

TEST(MysqlGreeting, WhatIsNoGreetingIsAProtocolError) {
  for (const std::string& bytes : {std::string("HTTP/1.1 200 OK\r\n"), std::string("SSH-2.0-OpenSSH_9.2\r\n"),
                                   std::string("\0\0\0\0\0", 5), std::string("\x05\0\0\0\x09hell", 9),
                                   std::string("\x05\0\0\0\x0ahell", 9)})
    EXPECT_FALSE(parse_mysql_greeting(bytes).has_value()) << bytes;
}

TEST(HotdbVersion, IsFoundInBothSpellings) {
  EXPECT_EQ(parse_hotdb_version("5.1.27-HotDB-2.5.0 HotDB Manager by Hotpu Tech")->version, "2.5.0");
  EXPECT_EQ(parse_hotdb_version("5.1.27-HotDB-2.5.0 HotDB Manager by Hotpu Tech")->product, "HotDB Manager");
  EXPECT_EQ(parse_hotdb_version("5.7.23 HotDB-2.5.3.1 HotDB Server by Hotpu Tech")->version, "2.5.3.1");
  EXPECT_EQ(parse_hotdb_version("5.7.23 HotDB-2.5.3.1 HotDB Server by Hotpu Tech")->product, "HotDB Server");
  EXPECT_FALSE(parse_hotdb_version("10.11.6-MariaDB").has_value());
  EXPECT_FALSE(parse_hotdb_version("HotDB-").has_value());
}

TEST(HotdbFacts, CountsOpenTransactionsByTheirStart) {
  Json value = {{"rows", {{{"id", 1}, {"trx_started", nullptr}, {"trx_time", nullptr}},
                          {{"id", 2}, {"trx_started", "2025-01-01 10:00:00"}, {"trx_time", 12}},
                          {{"id", 3}, {"trx_started", "2025-01-01 10:00:09"}, {"trx_time", 3}},
                          {{"id", 4}, {"trx_started", "NULL"}, {"trx_time", ""}}}}};
  ASSERT_TRUE(add_hotdb_facts("session", value).has_value());
  EXPECT_EQ(value["open_transactions"], 2);
  EXPECT_EQ(value["oldest_transaction_s"], 12);
  value["rows"][1]["trx_time"] = "long";
  ASSERT_TRUE(add_hotdb_facts("session", value).has_value());
  EXPECT_EQ(value["oldest_transaction_s"], nullptr) << "an age that is not told may be any";
}

TEST(HotdbFacts, ATableWithoutItsColumnIsNotZero) {
  Json value = {{"rows", {{{"id", 1}}}}};
  const auto added = add_hotdb_facts("session", value);
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().cause, Cause::protocol);
}

TEST(HotdbFacts, RolesAreReadInAnyCase) {
  Json value = {{"rows", {{{"status", "Primary"}, {"host", "a"}}, {{"status", "SECONDARY"}, {"host", "b"}},
                          {{"status", "secondary"}, {"host", "c"}}, {{"status", "Started"}, {"host", "d"}}}}};
  ASSERT_TRUE(add_hotdb_facts("cluster", value).has_value());
  EXPECT_EQ(value["primaries"], 1);
  EXPECT_EQ(value["primary"], "a");
  EXPECT_EQ(value["secondaries"], 2);
  EXPECT_EQ(value["started"], 1);
}

TEST(HotdbFacts, ReplicationThatStoppedHasNoLatency) {
  Json value = {{"rows", {{{"dn", 1}, {"latency", "0 ms"}}, {{"dn", 2}, {"latency", "150 ms"}}}}};
  ASSERT_TRUE(add_hotdb_facts("latency", value).has_value());
  EXPECT_EQ(value["worst_ms"], 150);
  EXPECT_EQ(value["broken"], 0);
  value["rows"].push_back({{"dn", 3}, {"latency", "STOPPED"}});
  ASSERT_TRUE(add_hotdb_facts("latency", value).has_value());
  EXPECT_EQ(value["worst_ms"], nullptr);
  EXPECT_EQ(value["broken"], 1);
}

TEST(HotdbWords, NamesTheVendorsNumbers) {
  EXPECT_EQ(hotdb_error_text(10186, "x"), "another reload is running: x");
  EXPECT_EQ(hotdb_error_text(1064, "x"), "x");
}

TEST(MysqlCause, TellsConnectionErrorsApartByTheirErrno) {
  const auto cause = [](const char* text) { return mysql_cause(2003, text, MysqlStep::connecting); };
  EXPECT_EQ(cause("Can't connect to server on '10.0.0.9' (111)"), Cause::refused);
  EXPECT_EQ(cause("Can't connect to server on '10.0.0.9' (110)"), Cause::timed_out);
  EXPECT_EQ(cause("Can't connect to server on '10.0.0.9' (113)"), Cause::unreachable);
  EXPECT_EQ(cause("Can't connect to MySQL server on 'db:3306' (101)"), Cause::unreachable);
  EXPECT_EQ(cause("Can't connect to server on '10.0.0.9' (24)"), Cause::internal);
  EXPECT_EQ(mysql_cause(2013, "Lost connection", MysqlStep::connecting), Cause::protocol);
  EXPECT_EQ(mysql_cause(2013, "Lost connection", MysqlStep::querying), Cause::unreachable);
}

TEST(Text, SurvivesBytesThatAreNoText) {
  EXPECT_EQ(valid_utf8("a\xC0\x80z"), "a\xEF\xBF\xBD\xEF\xBF\xBDz");
  EXPECT_EQ(valid_utf8("主备"), "主备");
  EXPECT_EQ(valid_utf8("\xE4\xB8"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(one_line("主备节点", 7), "主备…");
  EXPECT_EQ(one_line("a\nb\tc\n"), "a b c");
  EXPECT_EQ(whole_number("007"), std::nullopt);
  EXPECT_EQ(whole_number("-12"), -12);
  EXPECT_EQ(whole_number("1 "), std::nullopt);
}

}  // namespace
}  // namespace interlock::tests
