// What a person is told before a run begins: what was found out, what outage is predicted and whether it is allowed, and
// what a rollback will do. No host is contacted.
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "src/catalog/catalog.h"
#include "src/commands/ask.h"
#include "src/commands/language.h"
#include "src/report/check_report.h"
#include "src/report/plan_report.h"
#include "src/report/settled.h"
#include "src/report/way_back.h"
#include "src/run/outage_gate.h"
#include "src/run/settle.h"
#include "tests/support/small_pair.h"

namespace interlock {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFound = R"({"settled": [{"name": "handover", "value": "vip-first", "because": {"en": "the fastest", "zh": "最快"}}],
  "handover": {"chosen": "vip-first", "because": {"en": "the fastest", "zh": "最快"}, "ways": [
    {"name": "service-first", "works": true, "min_ms": 8000, "mean_ms": 9000, "max_ms": 14000, "because": "slow"},
    {"name": "vip-first", "works": true, "min_ms": 1050, "mean_ms": 1055, "max_ms": 1060, "because": {"en": "at once", "zh": "立即"}}]}})";
constexpr const char* kUnread = R"({"settled": [{"name": "handover", "value": "service-first", "because": "no file"}],
  "handover": {"chosen": "service-first", "because": "no file", "unread": "hotdb-1 cannot be reached", "ways": []}})";

// The small pair allows 5 s.
Prepared prepared(const char* notes, const std::string& handover, bool given = false) {
  Prepared p;
  p.machine = tests::small_pair();
  p.machine.params.emplace_back("handover", handover);
  p.notes = Json::parse(notes);
  if (given) p.notes["settled"] = Json::array();
  return p;
}

// --- the predicted outage ------------------------------------------------------------------------------------------

TEST(OutageGate, IsOpenWhileThePredictionIsWithinTheBudget) {
  const auto gate = outage_gate(prepared(kFound, "vip-first"));
  ASSERT_TRUE(gate);
  EXPECT_EQ(gate->verdict, fsm::Truth::yes);
}

TEST(OutageGate, IsClosedForALongerOneWhoeverChoseTheHandover) {
  const auto gate = outage_gate(prepared(kFound, "service-first", true));
  ASSERT_TRUE(gate);
  EXPECT_EQ(gate->verdict, fsm::Truth::no);
  EXPECT_EQ(gate->mode, fsm::GateMode::enforce);
  EXPECT_EQ(gate->observed, "service-first: 8.00 … 14.00 s; allowed: 5.00 s");
  EXPECT_THAT(gate->remedy.en, HasSubstr("outage_budget"));
}

TEST(OutageGate, IsUnknownWhereTheFilesCouldNotBeReadAndOnlyWarnsWhenAPersonChose) {
  const auto left_open = outage_gate(prepared(kUnread, "service-first"));
  ASSERT_TRUE(left_open);
  EXPECT_EQ(left_open->verdict, fsm::Truth::unknown);
  EXPECT_EQ(left_open->mode, fsm::GateMode::enforce);
  CheckResult result;
  result.gates = {*left_open};
  EXPECT_THAT(render_check(result, Format::text, Language::en, false), HasSubstr("? hotdb-1 cannot be reached"));
  EXPECT_EQ(outage_gate(prepared(kUnread, "priority", true))->mode, fsm::GateMode::warn);
}

TEST(OutageGate, IsClosedForAWayByWhichTheVipWouldNotMove) {
  Prepared p = prepared(kFound, "vip-first", true);
  p.notes["handover"]["ways"][1]["works"] = false;
  EXPECT_EQ(outage_gate(p)->verdict, fsm::Truth::no);
  p.notes["handover"]["ways"][0]["works"] = false;
  EXPECT_FALSE(outage_gate(p)) << "where none works the gates on the files say it";
}

TEST(OutageGate, IsNotThereWhereNothingIsHandedOver) {
  Prepared p;
  p.machine = tests::small_pair();
  p.notes = Json::object();
  EXPECT_FALSE(outage_gate(p));
}

TEST(Plan, SaysWhatIsAssumedWhereTheFilesCouldNotBeRead) {
  const auto describe = [](const fsm::Operation&) { return std::vector<std::string>{}; };
  const std::string plan = render_plan(tests::small_pair(), plan_notes_from(Json::parse(kUnread), "service-first"), describe, PlanFormat::text, Language::en);
  EXPECT_THAT(plan, AllOf(HasSubstr("Handover"), HasSubstr("  → service-first: its outage cannot be predicted"), HasSubstr("no file")));
}

TEST(Plan, SaysThatThePredictionIsLongerThanAllowed) {
  const auto describe = [](const fsm::Operation&) { return std::vector<std::string>{}; };
  const std::string plan = render_plan(tests::small_pair(), plan_notes_from(Json::parse(kFound), "service-first"), describe, PlanFormat::text, Language::en);
  EXPECT_THAT(plan, AllOf(HasSubstr("service-first was asked for"), HasSubstr("LESS THAN IS PREDICTED")));
}

TEST(Summary, SaysWhereServiceStopsWhenNothingIsHandedOver) {
  const std::string text = render_summary(tests::small_pair(), {}, Language::en);
  EXPECT_THAT(text, AllOf(HasSubstr("clients are WITHOUT SERVICE in: "), HasSubstr("(switch); allowed: 5 s (outage_budget)")));
  EXPECT_THAT(render_summary(tests::small_pair(), {}, Language::zh), HasSubstr("最长允许 5 s（outage_budget）"));
}

TEST(Summary, CountsTheGatesAsCheckDoes) {
  PlanNotes notes = plan_notes_from(Json::parse(kFound), "vip-first");
  notes.own_gates = {{"the predicted outage is allowed", "预计中断不超过允许值"}};
  const std::size_t observed = tests::small_pair().phases.front().gates.size();
  EXPECT_THAT(render_summary(tests::small_pair(), notes, Language::en), HasSubstr(fmt::format("{} gates: 1 of Interlock's own, judged now; {} of the procedure, as the run begins", observed + 1, observed)));
  const std::string plan = render_plan(tests::small_pair(), notes, [](const fsm::Operation&) { return std::vector<std::string>(); }, PlanFormat::text, Language::en);
  EXPECT_THAT(plan, AllOf(HasSubstr(fmt::format("{} gates must be open:", observed + 1)), HasSubstr("the predicted outage is allowed (Interlock's own, judged before the run begins)")));
}

TEST(Summary, SaysHowMuchWhatOutageAndHowToGoBack) {
  const PlanNotes notes = plan_notes_from(Json::parse(kFound), "vip-first");
  const std::string text = render_summary(tests::small_pair(), notes, Language::en);
  EXPECT_THAT(text, AllOf(HasSubstr("handover vip-first, predicted outage 1.05 … 1.06 s; allowed: 5 s"), HasSubstr("there is a way back to where it began"), HasSubstr("Ctrl-C"), HasSubstr("interlock plan")));
  EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 12);
  EXPECT_THAT(render_summary(tests::small_pair(), notes, Language::zh), AllOf(HasSubstr("预计中断 1.05 … 1.06 s"), HasSubstr("最快")));
}

// --- what was left to be found out -----------------------------------------------------------------------------------

class Settling : public ::testing::Test {
 protected:
  // The non-stop upgrade of the lab with these scripts.
  static Settled config_sql(const Json& scripts) {
    Catalog catalog = Catalog::load(std::string(INTERLOCK_SOURCE_DIR) + "/configs");
    fsm::Machine machine = fsm::bind(catalog.procedure("hotdb-master-backup-nonstop"), catalog.components(), catalog.site("lab"), {{"config_sql", "true"}, {"jdk8", "true"}, {"handover", "priority"}});
    for (auto& fact : machine.facts)
      if (fact.probe == "upgrade_history") fact.args["scripts"] = scripts;
    for (const auto& d : derivations())
      if (std::string(d.name) == "config_sql") return d.find(machine, Json());
    return {};
  }
};

TEST_F(Settling, SaysPlainlyThatTheConfigDatabaseIsLeftAlone) {
  const Settled none = config_sql(Json::array());
  EXPECT_EQ(none.value, "false");
  EXPECT_THAT(none.because.en, HasSubstr("THE CONFIG DATABASE IS LEFT ALONE"));
  EXPECT_EQ(config_sql({"a.sql"}).value, "true");
  EXPECT_THAT(config_sql({"a.sql"}).because.en, HasSubstr("names 1 upgrade script:"));
  CheckResult result;
  result.settled = {{"config_sql", none.value, none.because}};
  EXPECT_THAT(render_check(result, Format::text, Language::en, false), HasSubstr("config_sql = false"));
  EXPECT_THAT(render_check(result, Format::text, Language::zh, false), HasSubstr("配置库不备份、不升级"));
}

// --- the way back ----------------------------------------------------------------------------------------------------

std::vector<fsm::JournalRecord> stopped_at(const char* action) {
  tests::Events events = tests::as_planned();
  events.stop_at = action;
  return tests::pretend(tests::small_pair(), events).records;
}

TEST(WayBack, IsToldStepByStepBeforeItIsApproved) {
  const std::string early = render_way_back(tests::small_pair(), stopped_at("backup.install"), Language::en);
  EXPECT_THAT(early, AllOf(HasSubstr("(undo-backup)"), HasSubstr("backup.put_back"), Not(HasSubstr("(return-vip)")), Not(HasSubstr("without service"))));
  EXPECT_FALSE(stands_on_way_back(tests::small_pair(), stopped_at("backup.install")));
}

TEST(WayBack, SaysWhereClientsAreWithoutService) {
  const fsm::Machine m = tests::small_pair();
  int phase = 0;
  while (m.phase(phase).name != "switch") ++phase;
  EXPECT_THAT(switches_on(m, way_back(m, {false, phase}), Language::en), HasSubstr("return-vip"));
}

// --- the question ----------------------------------------------------------------------------------------------------

TEST(Ask, TakesWhatThePromptSays) {
  for (const char* yes : {"yes", "YES", " Yes \r", "是"}) EXPECT_EQ(parse_answer(yes), Answer::yes) << yes;
  for (const char* no : {"", "y", "no", "yes please", "是的"}) EXPECT_EQ(parse_answer(no), Answer::no) << no;
  for (const char* plan : {"p", "P"}) EXPECT_EQ(parse_answer(plan), Answer::plan) << plan;
}

// A terminal on standard input, on which somebody has typed before the question stood.
TEST(Ask, TakesNothingThatWasTypedBeforeTheQuestion) {
  const int person = posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_TRUE(person >= 0 && grantpt(person) == 0 && unlockpt(person) == 0);
  const int terminal = open(ptsname(person), O_RDWR | O_NOCTTY), before = dup(STDIN_FILENO);
  ASSERT_EQ(dup2(terminal, STDIN_FILENO), STDIN_FILENO);
  ASSERT_EQ(write(person, "yes\n", 4), 4);
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    EXPECT_EQ(write(person, "no\n", 3), 3);
  });
  EXPECT_EQ(ask("Go ahead? ", Globals{}), Answer::no);
  later.join();
  dup2(before, STDIN_FILENO);
  for (const int fd : {person, terminal, before}) close(fd);
}

TEST(Language, IsTakenFromItsOwnVariableAndThenFromTheLocale) {
  EXPECT_EQ(parse_language("zh_CN.UTF-8"), "zh");
  EXPECT_EQ(parse_language("zh"), "zh");
  EXPECT_EQ(parse_language("en_GB"), "en");
  EXPECT_EQ(parse_language("C.UTF-8"), "en");
  EXPECT_EQ(parse_language("tlh"), std::nullopt);
  for (const char* name : {"INTERLOCK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) unsetenv(name);
  EXPECT_EQ(language_of_environment(), "en");
  setenv("LANG", "zh_CN.UTF-8", 1);
  EXPECT_EQ(language_of_environment(), "zh");
  setenv("INTERLOCK_LANG", "en_US", 1);
  EXPECT_EQ(language_of_environment(), "en");
  setenv("INTERLOCK_LANG", "", 1);
  setenv("LC_ALL", "de_DE", 1);
  EXPECT_EQ(language_of_environment(), "en") << "a language that is not spoken here ends nothing";
  for (const char* name : {"INTERLOCK_LANG", "LC_ALL", "LANG"}) unsetenv(name);
}

}  // namespace
}  // namespace interlock
