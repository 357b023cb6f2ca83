// A plan that people read before a run, and where it says that there is no way back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "src/report/by_hand.h"
#include "src/report/layout.h"
#include "src/report/plan_report.h"
#include "tests/support/golden.h"
#include "tests/support/small_pair.h"

namespace interlock {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::expect_golden;

PlanNotes notes(const std::string& taken = "") {
  return plan_notes_from(Json::parse(R"({"handover": {"chosen": "vip-first", "because": "the fastest way that works with these two keepalived files", "ways": [
    {"name": "service-first", "works": true, "min_ms": 13000, "mean_ms": 15500, "max_ms": 18000, "because": "the failing check moves the VIP"},
    {"name": "vip-first", "works": true, "min_ms": 1050, "mean_ms": 1055, "max_ms": 1060, "because": "the VIP moves at once"},
    {"name": "priority", "works": false, "min_ms": 0, "mean_ms": 0, "max_ms": 0, "because": "nopreempt keeps it from taking over"}]}})"), taken);
}

std::vector<std::string> describe(const fsm::Operation& o) {
  if (!o.args.is_array()) return {o.kind + " " + o.args.dump()};
  std::string line = "$";
  for (const auto& word : o.args) line += " " + word.get<std::string>();
  return {line};
}

TEST(Plan, ReadsAsAManual) {
  const fsm::Machine m = tests::small_pair();
  expect_golden("report/plan.en.text", render_plan(m, notes(), describe, PlanFormat::text, Language::en));
  expect_golden("report/plan.zh.text", render_plan(m, notes(), describe, PlanFormat::text, Language::zh));
  expect_golden("report/plan.json", render_plan(m, notes(), describe, PlanFormat::json, Language::en));
}

TEST(Plan, NoLineIsWiderThanThePage) {
  const fsm::Machine m = tests::small_pair();
  for (const auto language : {Language::en, Language::zh}) {
    const std::string text = render_plan(m, notes(), describe, PlanFormat::text, language);
    for (std::size_t from = 0; from < text.size(); from = text.find('\n', from) + 1)
      EXPECT_LE(report::display_width(text.substr(from, text.find('\n', from) - from)), report::kPageColumns) << text.substr(from, text.find('\n', from) - from);
  }
}

TEST(Plan, TheHandoverTakenIsMarkedAlsoWhenAPersonChoseIt) {
  const fsm::Machine m = tests::small_pair();
  const std::string own = render_plan(m, notes("service-first"), describe, PlanFormat::text, Language::en);
  EXPECT_THAT(own, HasSubstr("  → service-first  13.00 … 18.00 s, mean 15.50 s (chosen)"));
  EXPECT_THAT(own, Not(HasSubstr("the fastest way that works"))) << "that would be the reason for another one";
  EXPECT_THAT(own, HasSubstr("    priority       would not move the service; nopreempt"));
}

std::vector<std::string> names(const fsm::Machine& m, const std::vector<int>& phases) {
  std::vector<std::string> list;
  for (const int i : phases) list.push_back(m.phase(i).name);
  return list;
}

int phase(const fsm::Machine& m, const std::string& name) {
  for (std::size_t i = 0; i < m.phases.size(); ++i)
    if (m.phases[i].name == name) return static_cast<int>(i);
  ADD_FAILURE() << name;
  return 0;
}

TEST(Plan, PointsOfNoReturnFollowFromTheMachine) {
  using ::testing::ElementsAre;
  fsm::Machine m = tests::small_pair();
  EXPECT_THAT(names(m, points_of_no_return(m)), ElementsAre("upgrade-master"));
  // A way back that ends in attention everywhere is none.
  const fsm::Target attention = m.phase(phase(m, "undo-backup")).back;
  ASSERT_TRUE(attention.end);
  m.phases[static_cast<std::size_t>(phase(m, "undo-backup"))].next = attention;
  EXPECT_THAT(names(m, points_of_no_return(m)), ElementsAre("upgrade-backup", "switch", "upgrade-master"));
  // And one that is given to the last phase leads home again.
  m = tests::small_pair();
  auto& last = m.phases[static_cast<std::size_t>(phase(m, "upgrade-master"))];
  last.back = last.overrun = fsm::Target{false, phase(m, "undo-backup")};
  EXPECT_TRUE(points_of_no_return(m).empty());
  EXPECT_THAT(render_plan(m, {}, describe, PlanFormat::text, Language::en), Not(HasSubstr("point of no return")));
}

TEST(Plan, WhatCannotBeEnteredIsNotInThePlan) {
  fsm::Machine m = tests::small_pair();
  auto& handover = m.phases[static_cast<std::size_t>(phase(m, "switch"))];
  handover.back = handover.overrun = m.phase(phase(m, "upgrade-backup")).back;
  EXPECT_THAT(names(m, reachable_phases(m)), Not(::testing::Contains("return-vip")));
  EXPECT_THAT(render_plan(m, {}, describe, PlanFormat::text, Language::en), Not(HasSubstr("(return-vip)")));
}

TEST(Plan, CommandsCannotMoveTheCursor) {
  const auto hostile = [](const fsm::Operation&) { return std::vector<std::string>{"$ echo \x1b[2J\rgone"}; };
  EXPECT_THAT(render_plan(tests::small_pair(), {}, hostile, PlanFormat::text, Language::en), AllOf(HasSubstr("$ echo \\x1b[2J\\rgone"), Not(HasSubstr("\x1b"))));
}

TEST(ByHand, ADatabasesNameEndsNoText) {
  fsm::Operation restore;
  restore.kind = "mysql_restore";
  restore.args = {{"database", "it's"}, {"from", "/b/dump"}, {"command", "mysql"}};
  EXPECT_THAT(report::by_hand(restore, "db", {}, {}, Language::en).front().command, HasSubstr("table_schema = _utf8mb4 X"));
  restore.args["database"] = "config";
  EXPECT_THAT(report::by_hand(restore, "db", {}, {}, Language::en).front().command, HasSubstr("table_schema = '\\''config'\\''"));
}

}  // namespace
}  // namespace interlock
