// A run told from its journal. The journals come from the real engine on a small pair (tests/support/small_pair.h).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "src/report/cause.h"
#include "src/report/story.h"
#include "src/report/timeline.h"
#include "tests/support/golden.h"
#include "tests/support/small_pair.h"

namespace interlock {
namespace {

using report::ActionTold;
using report::Story;
using report::Turn;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::EasternTime;
using tests::Events;
using tests::expect_golden;
using tests::run_info;
using tests::switch_fails;

const fsm::Machine& machine() {
  static const fsm::Machine m = tests::small_pair();
  return m;
}

Events start_fails(int times = 1000) {
  Events e = tests::as_planned();
  e.acts["backup.start"] = {fsm::Outcome::failed, false, "exit 1: port 3323 is in use", {}, times};
  return e;
}

Events refused() {
  Events e = tests::as_planned();
  e.world = {{"backup.release", "new"}, {"backup.service", "open"}};
  return e;
}

// A third party moves the VIP to the backup while it is upgraded, and then the operator wants to go back: what
// serves now must not be stopped.
Events interlocked() {
  Events e = tests::as_planned();
  e.after["backup.install"] = {{"master.vip", "absent"}, {"backup.vip", "held"}};
  e.roll_back_at = "backup.start";
  return e;
}

Events crash() {
  Events e = tests::as_planned();
  e.crash_at = "backup.install";
  return e;
}

Events stop() {
  Events e = tests::as_planned();
  e.stop_at = "backup.install";
  return e;
}

Events unseen() {
  Events e = tests::as_planned();
  e.world = {{"master.vip", "unknown"}};
  return e;
}

Events roll_back() {
  Events e = tests::as_planned();
  e.roll_back_at = "backup.install";
  return e;
}

Events stranded() {
  Events e = switch_fails();
  e.after.erase("backup.stop_keepalived");
  e.acts["master.start_keepalived"] = {fsm::Outcome::failed, false, "exit 1: keepalived.conf: line 3", {}, 1000};
  return e;
}

std::vector<fsm::JournalRecord> journal(const Events& events) {
  const auto run = tests::pretend(machine(), events);
  EXPECT_TRUE(run.over);
  return run.records;
}

struct Scenario {
  const char* name;
  Events (*events)();
};
const Scenario kScenarios[] = {{"success.exit0", tests::as_planned}, {"refused.exit10", refused},         {"unseen.exit10", unseen},      {"start-fails.exit11", [] { return start_fails(); }},
                               {"retry.exit0", [] { return start_fails(1); }}, {"switch-fails.exit11", switch_fails}, {"rollback.exit11", roll_back}, {"stranded.exit12", stranded}, {"interlocked.exit12", interlocked},
                               {"crash.exit0", crash},                  {"stop.exit12", stop}};

class TimelineOf : public ::testing::TestWithParam<Scenario> {};

TEST_P(TimelineOf, Text) {
  const EasternTime time;
  const auto records = journal(GetParam().events());
  const std::string name = std::string("report/run-") + GetParam().name;
  expect_golden(name + ".text", render_timeline(machine(), records, run_info(), Language::en, false));
  expect_golden(name + ".explain", render_explanation(machine(), records, run_info(), Language::en, false));
}
INSTANTIATE_TEST_SUITE_P(Every, TimelineOf, ::testing::ValuesIn(kScenarios), [](const auto& p) {
  std::string name(p.param.name);
  std::replace_if(name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
});

// What is to be typed when it matters: it was killed, it was stopped, it is on its way back, its journal is damaged.
TEST(Explain, SaysWhatToDoWithARunThatHasNotEnded) {
  auto records = journal(tests::as_planned());
  records.resize(records.size() / 2);
  RunInfo cut = run_info();
  const auto told = [&](const std::vector<fsm::JournalRecord>& list) { return render_explanation(machine(), list, cut, Language::en, false); };
  cut.process = RunInfo::Process::gone;
  EXPECT_THAT(told(records), AllOf(HasSubstr("cut off, its process is gone"), Not(HasSubstr("under way;")), HasSubstr("interlock resume 20201120-0212-lab-k3f"), HasSubstr("interlock rollback 20201120-0212-lab-k3f")));
  cut.process = RunInfo::Process::alive;
  cut.pid = 4711;
  cut.process_host = "control-7";
  EXPECT_THAT(told(records), AllOf(HasSubstr("interlock status 20201120-0212-lab-k3f --follow"), HasSubstr("not ended: under way; last record"), HasSubstr("kill -INT 4711 on control-7"), Not(HasSubstr("interlock resume"))));
  cut.process = RunInfo::Process::gone;
  const std::string stopped = told(journal(stop()));
  EXPECT_THAT(stopped, AllOf(HasSubstr("interlock resume 2"), Not(HasSubstr("is gone"))));
  EXPECT_EQ(stopped.find("stopped on request"), stopped.rfind("stopped on request")) << stopped;
  EXPECT_THAT(told(journal(stranded())), HasSubstr("It is on the way back: resume and rollback both finish the rollback."));
  EXPECT_THAT(told(journal(tests::as_planned())), Not(HasSubstr("interlock resume")));
  cut.seal = RunInfo::Seal::damaged;
  cut.damage = "record 7: its hash is wrong";
  EXPECT_THAT(told(records), HasSubstr("The journal is DAMAGED: record 7: its hash is wrong"));
}

TEST(Timeline, InChinese) {
  const EasternTime time;
  expect_golden("report/run-switch-fails.zh.exit11.text", render_timeline(machine(), journal(switch_fails()), run_info(), Language::zh, false));
  expect_golden("report/run-refused.zh.exit10.explain", render_explanation(machine(), journal(refused()), run_info(), Language::zh, false));
}

TEST(Timeline, JsonAndJunit) {
  const EasternTime time;
  const auto records = journal(switch_fails());
  expect_golden("report/run-switch-fails.exit11.json", render_report(machine(), records, run_info(), ReportFormat::json, Language::en, false));
  expect_golden("report/run-switch-fails.exit11.xml", render_report(machine(), records, run_info(), ReportFormat::junit, Language::en, false));
}

TEST(Timeline, JunitCountsWhatItHolds) {
  for (const auto& scenario : kScenarios) {
    pugi::xml_document document;
    const auto parsed = document.load_string(render_report(machine(), journal(scenario.events()), run_info(), ReportFormat::junit, Language::en, false).c_str());
    ASSERT_TRUE(parsed) << scenario.name << ": " << parsed.description();
    const auto root = document.child("testsuites");
    EXPECT_EQ(document.select_nodes("//testcase").size(), root.attribute("tests").as_uint()) << scenario.name;
    EXPECT_EQ(document.select_nodes("//failure").size(), root.attribute("failures").as_uint()) << scenario.name;
    EXPECT_EQ(document.select_nodes("//error").size(), root.attribute("errors").as_uint()) << scenario.name;
    EXPECT_EQ(document.select_nodes("//skipped").size(), root.attribute("skipped").as_uint()) << scenario.name;
    const bool success = std::string(scenario.name).ends_with("exit0");
    EXPECT_EQ(document.select_nodes("//testcase[@name='result']/*").empty(), success) << scenario.name;
  }
}

TEST(Story, EveryActionOfASuccessIsConfirmedAndNothingTurned) {
  const Story s = report::tell(machine(), journal(tests::as_planned()));
  EXPECT_EQ(s.ending, Story::Ending::ended);
  EXPECT_EQ(s.end_kind, fsm::EndKind::success);
  EXPECT_TRUE(report::unplanned(s).empty());
  std::size_t actions = 0;
  for (const auto& v : s.visits)
    for (const auto& item : v.items)
      if (const auto* a = std::get_if<ActionTold>(&item)) {
        ++actions;
        EXPECT_TRUE(a->end == ActionTold::End::confirmed || a->end == ActionTold::End::already) << a->name << " " << report::to_string(a->end);
        EXPECT_FALSE(a->evidence.empty()) << a->name;
      }
  EXPECT_EQ(actions, 8u);
  ASSERT_TRUE(s.clients.longest);
  EXPECT_EQ(s.clients.longest->length, Millis(600));
  ASSERT_EQ(s.clients.gaps.size(), 1u) << "the longest gap is the one that was told, not another";
}

TEST(Story, ACrashIsOneActionAndATimeWithoutMeasurement) {
  const Story s = report::tell(machine(), journal(crash()));
  ASSERT_EQ(s.absences.size(), 1u);
  EXPECT_EQ(s.absences[0].to_ms - s.absences[0].from_ms, 4000);
  int installs = 0;
  for (const auto& v : s.visits)
    for (const auto& item : v.items)
      if (const auto* a = std::get_if<ActionTold>(&item); a != nullptr && a->name == "backup.install") {
        ++installs;
        EXPECT_EQ(a->end, ActionTold::End::confirmed);
      }
  EXPECT_EQ(installs, 1) << "begun before, confirmed after";
}

// A reader must be able to believe the report of a run whose process died anywhere.
TEST(Story, EveryPrefixOfAJournalCanBeTold) {
  for (const auto& scenario : kScenarios) {
    const auto all = journal(scenario.events());
    for (std::size_t n = 0; n <= all.size(); ++n) {
      const std::vector<fsm::JournalRecord> records(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n));
      const Story s = report::tell(machine(), records);
      const bool ended = std::any_of(records.begin(), records.end(), [](const auto& r) { return r.kind == "ended"; });
      const bool stopped = std::any_of(records.begin(), records.end(), [](const auto& r) { return r.kind == "stopped"; });
      EXPECT_EQ(s.ending, n == 0 ? Story::Ending::not_begun : ended ? Story::Ending::ended : stopped ? Story::Ending::stopped : Story::Ending::open) << scenario.name << " " << n;
      for (const auto language : {Language::en, Language::zh})
        for (const auto format : {ReportFormat::text, ReportFormat::json, ReportFormat::junit, ReportFormat::html})
          EXPECT_FALSE(render_report(machine(), records, run_info(), format, language, true).empty());
      if (ended || stopped || n == 0) continue;
      EXPECT_THAT(render_explanation(machine(), records, run_info(), Language::en, false), HasSubstr("It stands in "));
    }
  }
}

TEST(Story, AnAttentionEndIsOpenAgainAfterAResume) {
  auto records = journal(stranded());
  const std::int64_t at = records.back().at_ms + 60'000;
  records.push_back({0, at, "resumed", {{"pending", nullptr}}, nullptr});
  records.push_back({0, at + 500, "intent", {{"action", "master.start_keepalived"}, {"attempt", 1}, {"host", "node-1"}, {"facts", Json::object()}}, nullptr});
  const Story s = report::tell(machine(), records);
  EXPECT_EQ(s.ending, Story::Ending::open);
  EXPECT_EQ(s.visits.back().name, "return-vip") << "the phase before the end";
}

// The phase before the end had no way but to attention: the run goes on before it, and that is no turn.
TEST(Story, AResumedRunGoesOnWhereItGaveUp) {
  fsm::Machine m = machine();
  const auto index = [&](const char* name) { return static_cast<int>(std::find_if(m.phases.begin(), m.phases.end(), [&](const fsm::Phase& p) { return p.name == name; }) - m.phases.begin()); };
  fsm::Phase last = m.phase(index("return-vip"));
  last.name = "rest";
  last.title = {"The roles stay as they are", "角色保持不变"};
  last.steps.clear();
  last.until = {};
  last.next = last.overrun = last.refused = last.back;
  m.phases[static_cast<std::size_t>(index("return-vip"))].back = fsm::Target{false, static_cast<int>(m.phases.size())};
  m.phases.push_back(last);
  for (auto& rule : m.rules) rule.suspended_in.push_back(rule.suspended_in[static_cast<std::size_t>(index("return-vip"))]);

  auto records = tests::pretend(m, stranded()).records;
  ASSERT_EQ(report::tell(m, records).turns.back().from, "rest");
  const std::size_t unplanned = report::unplanned(report::tell(m, records)).size();
  records.push_back({0, records.back().at_ms + 60'000, "resumed", {{"pending", nullptr}}, nullptr});
  EXPECT_EQ(report::tell(m, records).visits.back().name, "return-vip");
  records.push_back({0, records.back().at_ms, "passed", {{"action", "backup.stop_keepalived"}, {"facts", Json::object()}}, nullptr});
  records.push_back({0, records.back().at_ms, "moved", {{"from", "return-vip/1 backup.stop_keepalived"}, {"to", "return-vip/2 master.start_keepalived"}, {"reason", "passed"}, {"text", "already so"}, {"phase", "return-vip"}, {"step", 1}, {"end", nullptr}}, nullptr});
  EXPECT_EQ(report::unplanned(report::tell(m, records)).size(), unplanned);
  EXPECT_THAT(render_timeline(m, records, run_info(), Language::zh, false), Not(HasSubstr("already so")));
}

TEST(Story, NoReasonIsNotToldAsAnEmptyOne) {
  Turn turn;
  turn.from_title = {"Handover", "切换"};
  EXPECT_EQ(report::cause_sentence(turn, Language::en), "\"Handover\" was left.");
  EXPECT_EQ(report::cause_sentence(turn, Language::zh), "离开“切换”。");
  turn.reason = Turn::Reason::failed;
  turn.action = "backup.start";
  EXPECT_EQ(report::cause_sentence(turn, Language::en), "backup.start failed.");
  turn.reason = Turn::Reason::other;
  turn.text = "already so";
  EXPECT_EQ(report::cause_sentence(turn, Language::zh), "离开“切换”：已是如此。");
}

// Journals come from files: whatever is in them, a report is written and holds no markup or control of theirs.
TEST(Story, NothingInAJournalCanBreakAReport) {
  const std::string bad = "<script>alert(1)</script>\x1b[2J\"'&|\xff";
  for (const auto& scenario : kScenarios) {
    auto records = journal(scenario.events());
    for (auto& r : records) {
      for (auto& [key, value] : r.body.items())
        if (value.is_string() && key != "phase" && key != "end" && key != "verdict" && key != "reason") value = value.get<std::string>() + bad;
      if (r.evidence.is_array())
        for (auto& item : r.evidence)
          for (const char* key : {"fact", "value", "asked", "saw"}) item[key] = bad;
    }
    RunInfo hostile = run_info();
    hostile.run_id = hostile.operator_name = hostile.damage = hostile.journal_hash = hostile.machine_digest = bad;
    hostile.versions = {{bad, bad}};
    hostile.forecast->handover = bad;
    for (const auto format : {ReportFormat::text, ReportFormat::junit, ReportFormat::html}) {
      const std::string text = render_report(machine(), records, hostile, format, Language::en, false);
      EXPECT_THAT(text, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\xff")))) << scenario.name;
      if (format == ReportFormat::text) continue;  // for a terminal, angle brackets are letters
      EXPECT_THAT(text, Not(HasSubstr("<script"))) << scenario.name;
    }
    const std::string json = render_report(machine(), records, hostile, ReportFormat::json, Language::en, false);
    EXPECT_TRUE(Json::accept(json)) << scenario.name;
  }
}

TEST(Story, FieldsOfAnyTypeAreEmptyNotFatal) {
  const Json values[] = {nullptr, true, -1, 1e300, "x", Json::array({1, nullptr}), Json::object({{"a", 1}})};
  const auto all = journal(switch_fails());
  for (const auto& value : values) {
    auto records = all;
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (i % 3 == 0) records[i].body = value;
      if (i % 3 == 1)
        for (auto& [key, field] : records[i].body.items()) field = value;
      if (i % 3 == 2) records[i].evidence = Json::array({value});
    }
    EXPECT_FALSE(render_report(machine(), records, run_info(), ReportFormat::html, Language::en, false).empty());
    EXPECT_TRUE(Json::accept(render_report(machine(), records, run_info(), ReportFormat::json, Language::zh, false)));
  }
}

TEST(Story, TheCauseNamesWhatWasObservedAndRequired) {
  const auto causes = [](const Events& e) {
    const Story s = report::tell(machine(), journal(e));
    std::vector<std::string> sentences{""};
    for (const Turn* t : report::unplanned(s)) sentences.push_back(report::cause_sentence(*t, Language::en));
    return sentences;
  };
  const auto first = [&](const Events& e) { return causes(e).at(1); };
  EXPECT_EQ(first(start_fails()), "start the node (backup.start on node-2) failed: exit 1: port 3323 is in use.");
  EXPECT_THAT(first(switch_fails()), AllOf(HasSubstr("did not come within 4 s"), HasSubstr("backup.vip is absent")));
  EXPECT_EQ(first(roll_back()), "In \"Upgrade the backup\", the operator asked for the way back.");
  EXPECT_THAT(causes(interlocked()).back(), AllOf(HasSubstr("(backup.stop on node-2) was not done"), HasSubstr("the rule \"clients are served\""), HasSubstr("backup.service is open")));
}

TEST(RunInfo, TheForecastIsThatOfTheHandoverTaken) {
  const Json notes = Json::parse(R"({"handover": {"chosen": "vip-first", "because": "x", "ways": [
    {"name": "service-first", "works": true, "min_ms": 13000, "mean_ms": 15500, "max_ms": 18000, "because": "a"},
    {"name": "vip-first", "works": true, "min_ms": 600, "mean_ms": 850, "max_ms": 1100, "because": "b"},
    {"name": "priority", "works": false, "min_ms": 0, "mean_ms": 0, "max_ms": 0, "because": "c"}]}})");
  EXPECT_EQ(forecast_from(notes, "")->max_ms, 1100);
  EXPECT_EQ(forecast_from(notes, "service-first")->handover, "service-first");
  EXPECT_FALSE(forecast_from(notes, "priority")) << "what does not work has no outage";
  EXPECT_FALSE(forecast_from(Json(), ""));
  EXPECT_FALSE(forecast_from(Json{{"handover", 7}}, ""));
}

}  // namespace
}  // namespace interlock
