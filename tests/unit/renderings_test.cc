// What is made from the machine of the non-stop procedure, as it was when a person last read it; and the terms by which
// the Promela rendering says what an action would lead to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "fsm/decide.h"
#include "fsm/predicate_terms.h"
#include "fsm/render.h"
#include "src/actions/operation.h"
#include "src/commands/bind_unseen.h"
#include "src/report/runbook.h"
#include "tests/support/golden.h"

namespace interlock {
namespace {

using fsm::Predicate;
using fsm::Truth;
using tests::expect_golden;
using ::testing::HasSubstr;
using ::testing::Not;

const fsm::Machine& nonstop() {
  static const fsm::Machine machine = [] {
    const std::filesystem::path configs = std::filesystem::path(INTERLOCK_SOURCE_DIR) / "configs";
    Catalog catalog = Catalog::load(configs);
    return bind_unseen(catalog, (configs / "sites/lab.yaml").string(), "hotdb-master-backup-nonstop", {});
  }();
  return machine;
}

HandSite hand_site() {
  return {{{"control", "10.89.0.10"}, {"hotdb-1", "10.89.0.11"}, {"hotdb-2", "10.89.0.12"}, {"config-db", "10.89.0.13"}}, {{"hotdb-1", "root@10.89.0.11"}}, {}, "control"};
}

TEST(Renderings, Dot) { expect_golden("render/nonstop.dot", fsm::render_dot(nonstop())); }
TEST(Renderings, Mermaid) { expect_golden("render/nonstop.mermaid", fsm::render_mermaid(nonstop())); }
TEST(Renderings, Promela) { expect_golden("render/nonstop.pml", fsm::render_promela(nonstop(), {})); }
TEST(Renderings, RunbookInEnglish) { expect_golden("render/nonstop.en.md", render_runbook(nonstop(), describe_operation, hand_site(), "TEST", Language::en)); }
TEST(Renderings, RunbookInChinese) { expect_golden("render/nonstop.zh.md", render_runbook(nonstop(), describe_operation, hand_site(), "TEST", Language::zh)); }

TEST(Renderings, NamesOfPeopleCannotEndAComment) {
  fsm::Machine m = nonstop();
  m.reactions.front().name = "x */ assert(false) /* \\\n#define left 0";
  const std::string text = fsm::render_promela(m, {});
  EXPECT_THAT(text, Not(HasSubstr("x */")));
  EXPECT_THAT(text, Not(HasSubstr("\n#define left 0")));
  m.phases.front().name = "a\" -> \"b";
  EXPECT_THAT(fsm::render_dot(m), HasSubstr("\"phase a\\\" -> \\\"b\""));
  EXPECT_THAT(fsm::render_mermaid(m), HasSubstr("a#quot; -#gt; #quot;b"));
}

TEST(Renderings, NoPasswordInTheRunbook) {
  const std::string text = render_runbook(nonstop(), describe_operation, hand_site(), "TEST", Language::en);
  EXPECT_THAT(text, Not(HasSubstr("\"secret\"")));
  EXPECT_THAT(text, Not(HasSubstr("--password")));
}

TEST(Renderings, TheRunbookCanBeTypedAsItIs) {
  const std::string text = render_runbook(nonstop(), describe_operation, hand_site(), "TEST", Language::en);
  for (const char* blank : {"<host>", "<user>", "<every", "HOST:", "/dev/stdin"}) EXPECT_THAT(text, Not(HasSubstr(blank)));
  EXPECT_THAT(text, HasSubstr("The scripts cannot be read here"));
  HandSite with_scripts = hand_site();
  with_scripts.history = [](const Json&) { return std::string("insert into history values (1);\n"); };
  EXPECT_THAT(render_runbook(nonstop(), describe_operation, with_scripts, "TEST", Language::en), HasSubstr("<<'SQL'\ninsert into history values (1);\nSQL\n"));
}

// Every action of a real machine, in many worlds: the terms say what decide()'s own functions find.
TEST(PredicateTerms, AgreeWithTheDecisions) {
  const fsm::Machine& m = nonstop();
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    fsm::World world;
    for (const auto& f : m.facts) world.push_back(static_cast<fsm::Value>(random() % f.values.size()));
    for (const auto& a : m.actions) {
      const fsm::World next = fsm::apply(a.effects, world);
      EXPECT_EQ(fsm::already(a.effects).eval(world), fsm::effect_holds(a.effects, world)) << a.name;
      for (const auto& r : m.rules) EXPECT_EQ(fsm::after(r.always, a.effects).eval(world), r.always.eval(next)) << a.name << " and " << r.name;
      const std::vector<int> unknown = fsm::facts_of_effect(a);
      fsm::World unseen = next;
      for (const int f : unknown) unseen[static_cast<std::size_t>(f)] = fsm::kUnknown;
      EXPECT_EQ(fsm::certain_without(a.repeatable, unknown).eval(world) == Truth::yes, a.repeatable.eval(unseen) == Truth::yes) << a.name;
    }
  }
}

TEST(PredicateTerms, CertainOfExactlyOne) {
  const auto is = [](int fact) { return Predicate::fact_in(fact, 2); };
  const Predicate one = Predicate::exactly_one_of({is(0), is(1), Predicate::negate(is(2))});
  const std::vector<std::vector<int>> unknowns{{}, {0}, {1, 2}, {0, 1, 2}};
  for (const auto& unknown : unknowns)
    for (int bits = 0; bits < 8; ++bits) {
      fsm::World world, seen;
      for (int f = 0; f < 3; ++f) {
        world.push_back(static_cast<fsm::Value>(bits >> f & 1));
        seen.push_back(std::binary_search(unknown.begin(), unknown.end(), f) ? fsm::kUnknown : world.back());
      }
      for (const Predicate& p : {one, Predicate::negate(one)}) EXPECT_EQ(fsm::certain_without(p, unknown).eval(world) == Truth::yes, p.eval(seen) == Truth::yes) << bits;
    }
}

}  // namespace
}  // namespace interlock
