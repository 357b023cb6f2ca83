// What `check` prints, in every format: golden files, whose names carry the exit code, and the rules of each format.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "src/report/check_report.h"
#include "tests/support/golden.h"

namespace interlock {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using tests::EasternTime;
using tests::expect_golden;

// Everything that a host could put into a text to hurt a format.
const std::string kHostile = "\x1b[31m<b>&\"'|#\\\n]]>\xff\xe2\x80\xae{}";

GateResult gate(const std::string& id, fsm::Truth verdict, fsm::GateMode mode = fsm::GateMode::enforce) {
  GateResult g;
  g.id = id;
  g.phase = "preflight";
  g.title = {"the VIP is on the master", "VIP 在主机上"};
  if (verdict != fsm::Truth::unknown) g.remedy = {"exchange master and backup in the site file, or move the VIP back", "在站点文件中交换主备"};
  g.mode = mode;
  g.verdict = verdict;
  g.requires_text = "master.vip == 'held' && backup.vip == 'absent'";
  g.observed = verdict == fsm::Truth::unknown ? "master.vip is unknown, backup.vip is absent" : "master.vip is absent, backup.vip is held";
  g.evidence = Json::array({{{"fact", "master.vip"}, {"value", "absent"}, {"asked", "address 10.89.0.100 on hotdb-1"}, {"saw", "2 addresses, not this one"}, {"at_ms", 1605809523120}, {"took_us", 12400}}});
  if (verdict == fsm::Truth::unknown)
    g.evidence = Json::array({{{"fact", "master.vip"}, {"value", "unknown"}, {"asked", "address 10.89.0.100 on hotdb-1"}, {"saw", ""}, {"why", "timed out: no answer within 5 s"}, {"at_ms", 1605809523120}, {"took_us", 5000000}}});
  return g;
}

CheckResult check(std::vector<GateResult> gates) {
  CheckResult r;
  r.site = "lab";
  r.procedure = "hotdb-master-backup-nonstop";
  r.title = {"Upgrade a HotDB master/backup pair without stopping service", "主备节点集群模式不停机升级"};
  r.at_ms = 1605809523120;
  r.took = Millis(842);
  r.gates = std::move(gates);
  return r;
}

CheckResult mixed() {
  return check({gate("sql-safe", fsm::Truth::yes), gate("vip-on-master", fsm::Truth::no), gate("memory", fsm::Truth::unknown), gate("rule: clients are served", fsm::Truth::yes),
                gate("quiet", fsm::Truth::no, fsm::GateMode::warn), gate("tried", fsm::Truth::no, fsm::GateMode::observe)});
}

constexpr std::pair<Format, const char*> kFormats[] = {{Format::text, "text"}, {Format::json, "json"}, {Format::nagios, "nagios"}, {Format::prometheus, "prom"}, {Format::junit, "xml"}, {Format::tap, "tap"}};

void expect_all(const std::string& name, const CheckResult& result) {
  const EasternTime time;
  for (const auto& [format, suffix] : kFormats)
    expect_golden("report/check-" + name + ".exit" + std::to_string(nagios_status(result)) + "." + suffix, render_check(result, format, Language::en, false));
}

TEST(CheckReport, EveryFormatOfAMixedResult) { expect_all("mixed", mixed()); }
TEST(CheckReport, EveryFormatWhenAllIsWell) { expect_all("well", check({gate("sql-safe", fsm::Truth::yes), gate("vip-on-master", fsm::Truth::yes)})); }
TEST(CheckReport, EveryFormatOfAWarning) { expect_all("warning", check({gate("sql-safe", fsm::Truth::yes), gate("quiet", fsm::Truth::no, fsm::GateMode::warn)})); }
TEST(CheckReport, EveryFormatOfSomethingUnknown) { expect_all("unknown", check({gate("memory", fsm::Truth::unknown), gate("quiet", fsm::Truth::no, fsm::GateMode::warn)})); }

TEST(CheckReport, InChinese) {
  const EasternTime time;
  expect_golden("report/check-mixed.zh.exit2.text", render_check(mixed(), Format::text, Language::zh, false));
  expect_golden("report/check-mixed.zh.exit2.nagios", render_check(mixed(), Format::nagios, Language::zh, false));
}

TEST(CheckReport, CriticalOutweighsUnknownOutweighsWarning) {
  using fsm::GateMode, fsm::Truth;
  const auto status = [](std::vector<GateResult> gates) { return nagios_status(check(std::move(gates))); };
  const auto closed = gate("a", Truth::no), unknown = gate("b", Truth::unknown), warning = gate("c", Truth::no, GateMode::warn), open = gate("d", Truth::yes);
  EXPECT_EQ(status({open}), 0);
  EXPECT_EQ(status({open, warning}), 1);
  EXPECT_EQ(status({gate("c", Truth::unknown, GateMode::warn)}), 1);
  EXPECT_EQ(status({open, warning, unknown}), 3);
  EXPECT_EQ(status({unknown, closed, warning}), 2);
  EXPECT_EQ(status({open, gate("e", Truth::no, GateMode::observe)}), 0);
  EXPECT_EQ(status({}), 3) << "where nothing was looked at, nothing is known";
}

CheckResult hostile() {
  GateResult g = gate(kHostile, fsm::Truth::no);
  g.phase = g.title.en = g.remedy.en = g.requires_text = g.observed = kHostile;
  g.evidence[0]["saw"] = kHostile;
  g.evidence[0]["fact"] = 7;  // not what Observer writes
  CheckResult r = check({g, gate("other", fsm::Truth::unknown)});
  r.site = r.procedure = r.title.en = kHostile;
  return r;
}

TEST(CheckReport, HostileTextReachesNoTerminalAsControl) {
  for (const auto& [format, suffix] : kFormats) {
    const std::string text = render_check(hostile(), format, Language::en, false);
    EXPECT_THAT(text, Not(HasSubstr("\x1b"))) << suffix;
    EXPECT_THAT(text, Not(HasSubstr("\xff"))) << suffix;
    if (format == Format::json || format == Format::tap) continue;  // read by programs, which need the very text
    EXPECT_THAT(text, Not(HasSubstr("\xe2\x80\xae"))) << suffix;
  }
}

TEST(CheckReport, JunitStaysWellFormed) {
  for (const auto& result : {hostile(), mixed(), check({})}) {
    pugi::xml_document document;
    const auto parsed = document.load_string(render_check(result, Format::junit, Language::en, false).c_str());
    ASSERT_TRUE(parsed) << parsed.description();
    const auto suite = document.child("testsuites").child("testsuite");
    EXPECT_EQ(suite.attribute("tests").as_uint(), result.gates.size());
    std::size_t cases = 0;
    for ([[maybe_unused]] const auto& c : suite.children("testcase")) ++cases;
    EXPECT_EQ(cases, result.gates.size());
  }
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(render_check(hostile(), Format::junit, Language::en, false).c_str()));
  const auto failed = document.select_node("//failure").node();
  EXPECT_THAT(failed.attribute("message").value(), HasSubstr("<b>&\"'|#")) << "what was escaped comes back";
}

TEST(CheckReport, JsonIsJsonWithStableKeys) {
  const Json json = Json::parse(render_check(hostile(), Format::json, Language::zh, true));
  EXPECT_EQ(json["status"], 2);
  EXPECT_EQ(json["counts"]["closed"], 1);
  EXPECT_EQ(json["counts"]["unknown"], 1);
  EXPECT_EQ(json["gates"][1]["verdict"], "unknown");
}

TEST(CheckReport, NagiosHasOneBarOnItsFirstLineAndNoneBehind) {
  const std::string text = render_check(hostile(), Format::nagios, Language::en, false);
  const std::string first = text.substr(0, text.find('\n')), rest = text.substr(text.find('\n'));
  EXPECT_THAT(first, StartsWith("INTERLOCK CRITICAL: "));
  EXPECT_EQ(std::count(first.begin(), first.end(), '|'), 1);
  EXPECT_EQ(std::count(rest.begin(), rest.end(), '|'), 0);
}

// Each line of the exposition format: a comment, or name{labels} number, with labels escaped.
TEST(CheckReport, PrometheusLinesAreOfTheFormat) {
  const std::string text = render_check(hostile(), Format::prometheus, Language::en, false);
  EXPECT_THAT(text, EndsWith("\n"));
  std::size_t samples = 0;
  for (std::size_t from = 0; from < text.size(); from = text.find('\n', from) + 1) {
    const std::string line = text.substr(from, text.find('\n', from) - from);
    if (line.starts_with("# HELP ") || line.starts_with("# TYPE ")) continue;
    ++samples;
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (quoted && line[i] == '\\')
        ++i;
      else if (line[i] == '"')
        quoted = !quoted;
    }
    EXPECT_FALSE(quoted) << line;
    const std::string value = line.substr(line.rfind(' ') + 1);
    EXPECT_EQ(value.find_first_not_of("0123456789."), std::string::npos) << line;
  }
  EXPECT_EQ(samples, 2 * 2 + 4 + 3u);
}

TEST(CheckReport, TapCountsEveryGateAndEscapesDirectives) {
  const std::string text = render_check(hostile(), Format::tap, Language::en, false);
  EXPECT_THAT(text, StartsWith("TAP version 13\n1..2\nnot ok 1 - "));
  const std::string line = text.substr(text.find("not ok 1"), text.find('\n', text.find("not ok 1")) - text.find("not ok 1"));
  for (std::size_t at = line.find('#'); at != std::string::npos; at = line.find('#', at + 1)) EXPECT_EQ(line[at - 1], '\\') << line;
  EXPECT_THAT(render_check(mixed(), Format::tap, Language::en, false), HasSubstr("\nok 5 - preflight/quiet: the VIP is on the master # SKIP warn\n"));
}

TEST(CheckReport, ColoursOnlyWhenAskedFor) {
  EXPECT_THAT(render_check(mixed(), Format::text, Language::en, true), HasSubstr("\x1b[31m✗\x1b[0m"));
  EXPECT_THAT(render_check(mixed(), Format::text, Language::en, false), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace interlock
