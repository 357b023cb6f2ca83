// The decisions, by tables that name every case and by properties over every world.
#include "fsm/decide.h"

#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/tiny.h"

namespace interlock::fsm {
namespace {

using tests::bind_folder;
using tests::fact_named;
using tests::kPair;
using tests::world_of;

// --- the interlock: what a rule is before and after the action's effect --------------------------------------------

// One action that takes fact 0 from its value 0 to 1, and a rule that is `was` with the one and `is` with the other.
// Facts 1 and 2 are unknown, for a rule that is unknown.
Machine rule_machine(Truth was, Truth is, bool suspended_here) {
  Machine m;
  for (const char* name : {"f", "g", "h"}) {
    Fact fact;
    fact.name = name;
    fact.values = {"no", "yes"};
    m.facts.push_back(std::move(fact));
  }
  const auto half = [](Truth t, int unknown_fact) { return t == Truth::unknown ? Predicate::fact_in(unknown_fact, 2) : Predicate::constant(t == Truth::yes); };
  Rule rule;
  rule.name = "r";
  rule.always = Predicate::any_of({Predicate::all_of({Predicate::fact_in(0, 1), half(was, 1)}), Predicate::all_of({Predicate::fact_in(0, 2), half(is, 2)})});
  rule.suspended_in = {suspended_here};
  m.rules.push_back(std::move(rule));
  Action action;
  action.name = "go";
  action.effects = {Effect{0, {{Predicate::constant(true), Value{1}}}}};
  m.actions.push_back(std::move(action));
  Phase phase;
  phase.name = "p";
  phase.steps = {Step{0, Predicate::constant(true), {}}};
  phase.next = phase.back = phase.refused = phase.overrun = Target{true, 0};
  m.phases.push_back(std::move(phase));
  m.ends.emplace_back();
  return m;
}

struct InterlockRow {
  Truth was, is;
  Verdict verdict;
  const char* why;
};

TEST(Interlock, DecidesByWhatEachRuleWasAndWouldBe) {
  using enum Truth;
  const InterlockRow rows[] = {
      {yes, yes, Verdict::act, "it still holds"},
      {yes, no, Verdict::interlocked, "it would be broken"},
      {yes, unknown, Verdict::look, "it might be broken: look at what decides"},
      {no, yes, Verdict::act, "it is mended"},
      {no, no, Verdict::act, "it is broken already; not our doing"},
      {no, unknown, Verdict::act, "it is broken already, and may be mended"},
      {unknown, yes, Verdict::act, "it holds afterwards whatever was before"},
      {unknown, no, Verdict::look, "it may hold now: look before breaking it"},
      {unknown, unknown, Verdict::look, "it may hold now and be broken afterwards"},
  };
  std::set<std::pair<Truth, Truth>> covered;
  for (const auto& row : rows) {
    EXPECT_TRUE(covered.emplace(row.was, row.is).second) << "two rows for one case";
    const World world{0, kUnknown, kUnknown};
    const Machine m = rule_machine(row.was, row.is, false);
    const Decision d = decide(m, Place{{false, 0}, 0}, world, {});
    EXPECT_EQ(d.verdict, row.verdict) << to_string(row.was) << " -> " << to_string(row.is) << ": " << row.why;
    if (d.verdict == Verdict::interlocked) {
      EXPECT_EQ(d.which, std::vector<int>{0});
    }
    if (d.verdict == Verdict::look) {
      for (const int f : d.which) EXPECT_EQ(world[static_cast<std::size_t>(f)], kUnknown);
    }
    EXPECT_EQ(decide(rule_machine(row.was, row.is, true), Place{{false, 0}, 0}, world, {}).verdict, Verdict::act) << "a rule that is suspended here holds nothing back";
  }
  EXPECT_EQ(covered.size(), 9U);
}

// A condition of the effect that cannot be seen: the outcome is open, and it is looked at, not judged.
TEST(Interlock, LooksAtTheConditionsOfAnEffect) {
  Machine m = rule_machine(Truth::yes, Truth::no, false);
  m.actions[0].effects[0].cases = {{Predicate::fact_in(1, 2), Value{1}}};
  m.actions[0].effects.push_back(Effect{2, {{Predicate::constant(true), Value{1}}}});
  const Decision d = decide(m, Place{{false, 0}, 0}, World{0, kUnknown, 0}, {});
  EXPECT_EQ(d.verdict, Verdict::look);
  EXPECT_EQ(d.which, std::vector<int>{1});
}

TEST(Interlock, HoldsForTheCrashedMasterOfTheManual) {
  const Machine m = bind_folder(kPair);
  const World after_failover = world_of(m, {{"a.process", "stopped"}, {"a.service", "closed"}, {"a.version", "old"}, {"b.process", "running"}, {"b.service", "open"}, {"b.version", "old"}});
  const Decision d = decide(m, Place{{false, 1}, 0}, after_failover, {});
  ASSERT_EQ(d.verdict, Verdict::interlocked) << "b.stop would stop the only node that serves";
  EXPECT_EQ(m.rule(d.which[0]).name, "clients are served");
}

// A phase that suspends a rule is left only when the rule holds again, unless the next one suspends it too.
TEST(Leaving, WaitsForTheRulesThatWereSuspended) {
  const auto verdict = [](Truth rule, bool suspended_next, bool next_is_end) {
    Machine m = rule_machine(rule, Truth::yes, true);
    m.phases.push_back(m.phases[0]);
    m.rules[0].suspended_in = {true, suspended_next};
    m.phases[0].steps.clear();
    m.phases[0].next = next_is_end ? Target{true, 0} : Target{false, 1};
    return decide(m, Place{{false, 0}, 0}, World{0, kUnknown, kUnknown}, {}).verdict;
  };
  EXPECT_EQ(verdict(Truth::yes, false, false), Verdict::leave);
  EXPECT_EQ(verdict(Truth::no, false, false), Verdict::wait);
  EXPECT_EQ(verdict(Truth::unknown, false, false), Verdict::look);
  EXPECT_EQ(verdict(Truth::no, true, false), Verdict::leave);
  EXPECT_EQ(verdict(Truth::no, false, true), Verdict::leave) << "an end says itself what is true there";
}

// --- every verdict -------------------------------------------------------------------------------------------------

struct VerdictRow {
  const char* place;
  std::map<std::string, std::string> differs;  // from the healthy site
  std::uint64_t overdue;
  Verdict verdict;
  std::uint64_t broken = 0;
};

Place place_named(const Machine& m, const std::string& name) {
  for (int p = 0; p < static_cast<int>(m.phases.size()); ++p)
    for (int s = Place::kGates; s <= static_cast<int>(m.phase(p).steps.size()); ++s)
      if (to_string(m, Place{{false, p}, s}) == name) return {{false, p}, s};
  for (int e = 0; e < static_cast<int>(m.ends.size()); ++e)
    if (m.end(e).name == name) return {{true, e}, Place::kGates};
  ADD_FAILURE() << "no place " << name;
  return {};
}

TEST(Decide, ReachesEveryVerdict) {
  const Machine m = bind_folder(kPair);
  const std::map<std::string, std::string> healthy{{"a.process", "running"}, {"a.service", "open"}, {"a.version", "old"}, {"b.process", "running"}, {"b.service", "closed"}, {"b.version", "old"}};
  const VerdictRow rows[] = {
      {"preflight/gates", {}, 0, Verdict::enter},
      {"preflight/gates", {{"a.version", "new"}}, 0, Verdict::enter},                          // a gate that only warns
      {"preflight/gates", {{"a.version", "unknown"}}, 0, Verdict::enter},
      {"preflight/gates", {{"b.process", "stopped"}}, 0, Verdict::refuse},
      {"preflight/gates", {{"b.process", "stopped"}, {"a.process", "unknown"}}, 0, Verdict::refuse},  // one closed gate is enough
      {"preflight/gates", {{"b.process", "unknown"}}, 0, Verdict::look},
      {"preflight/gates", {{"b.process", "stopped"}}, 1, Verdict::refuse},                     // says more than turning back
      {"preflight/gates", {}, 1, Verdict::turn_back},
      {"upgrade-b/gates", {}, 0, Verdict::enter},                                              // no gates
      {"upgrade-b/1 b.stop", {}, 0, Verdict::act},
      {"upgrade-b/1 b.stop", {}, 2, Verdict::turn_back},
      {"upgrade-b/1 b.stop", {}, 0, Verdict::hold, 2},                                         // a rule is broken just now
      {"upgrade-b/1 b.stop", {{"b.process", "stopped"}}, 0, Verdict::pass_over, 2},            // what begins nothing may go on
      {"switch/1 a.close", {}, 0, Verdict::act, 1},                                            // suspended here
      {"undo-b/3 b.start", {{"b.process", "stopped"}}, 0, Verdict::act, 2},                    // the way back mends
      {"upgrade-b/1 b.stop", {{"b.process", "stopped"}}, 0, Verdict::pass_over},
      {"upgrade-b/1 b.stop", {{"b.service", "unknown"}}, 0, Verdict::act},                     // its process runs: the effect is not there
      {"upgrade-b/1 b.stop", {{"b.process", "stopped"}, {"b.service", "unknown"}}, 0, Verdict::look},
      {"upgrade-b/1 b.stop", {{"b.service", "open"}, {"a.service", "closed"}}, 0, Verdict::interlocked},
      {"upgrade-b/1 b.stop", {{"b.service", "open"}, {"a.service", "unknown"}}, 0, Verdict::look},
      {"upgrade-b/2 b.install", {}, 0, Verdict::not_ready},
      {"upgrade-b/2 b.install", {{"b.process", "unknown"}}, 0, Verdict::look},
      {"upgrade-b/2 b.install", {{"b.process", "stopped"}}, 0, Verdict::act},
      {"upgrade-b/2 b.install", {{"b.version", "new"}}, 0, Verdict::pass_over},                // its needs do not matter then
      {"upgrade-b/leave", {}, 0, Verdict::leave},
      {"upgrade-b/leave", {}, 3, Verdict::turn_back},
      {"switch/1 a.close", {}, 0, Verdict::act},                                               // the rule is suspended here
      {"switch/leave", {}, 0, Verdict::wait},
      {"switch/leave", {{"a.service", "closed"}}, 0, Verdict::wait},
      {"switch/leave", {{"a.service", "closed"}, {"b.service", "unknown"}}, 0, Verdict::look},
      {"switch/leave", {{"a.service", "closed"}, {"b.service", "open"}}, 0, Verdict::leave},
      {"switch-back/1 b.close", {{"b.service", "open"}}, 3, Verdict::act},                     // on the way back nothing turns round
      {"undo-b/3 b.start", {{"b.process", "stopped"}}, 3, Verdict::act},
      {"success", {}, 0, Verdict::ended},
  };
  std::set<Verdict> reached;
  for (const auto& row : rows) {
    auto values = healthy;
    for (const auto& [fact, value] : row.differs) values[fact] = value;
    const Decision d = decide(m, place_named(m, row.place), world_of(m, values), {row.broken, row.overdue});
    EXPECT_STREQ(to_string(d.verdict), to_string(row.verdict)) << row.place << " row " << &row - rows;
    reached.insert(d.verdict);
  }
  for (const Verdict v : {Verdict::enter, Verdict::refuse, Verdict::look, Verdict::pass_over, Verdict::act, Verdict::interlocked, Verdict::not_ready, Verdict::turn_back, Verdict::hold,
                          Verdict::wait, Verdict::leave, Verdict::ended})
    EXPECT_TRUE(reached.contains(v)) << to_string(v);
}

TEST(Decide, NamesWhatDecided) {
  const Machine m = bind_folder(kPair);
  const World world = world_of(m, {{"a.process", "running"}, {"a.service", "open"}, {"b.process", "stopped"}, {"b.service", "closed"}});
  const Decision refused = decide(m, start_of(m), world, {});
  ASSERT_EQ(refused.which.size(), 1U);
  EXPECT_EQ(m.phase(0).gates[static_cast<std::size_t>(refused.which[0])].id, "b-stands-by");
  EXPECT_EQ(decide(m, place_named(m, "upgrade-b/leave"), world, {0, 2}).which, std::vector<int>{1}) << "the rule that is overdue";
}

// --- over every world ----------------------------------------------------------------------------------------------

std::vector<Place> all_places(const Machine& m) {
  std::vector<Place> places;
  for (int p = 0; p < static_cast<int>(m.phases.size()); ++p)
    for (int s = Place::kGates; s <= static_cast<int>(m.phase(p).steps.size()); ++s) places.push_back({{false, p}, s});
  for (int e = 0; e < static_cast<int>(m.ends.size()); ++e) places.push_back({{true, e}, Place::kGates});
  return places;
}

// Every world, unknown included.
template <typename Do>
void for_each_world(const Machine& m, const Do& what) {
  World world(m.facts.size(), kUnknown);
  const auto next = [&] {
    for (std::size_t i = 0; i < world.size(); ++i) {
      world[i] = world[i] == kUnknown ? Value{0} : static_cast<Value>(world[i] + 1);
      if (world[i] < m.facts[i].values.size()) return true;
      world[i] = kUnknown;
    }
    return false;
  };
  do what(world);
  while (next());
}

template <typename Do>
void for_each_completion(const Machine& m, const World& partial, const Do& what, std::size_t from = 0) {
  while (from < partial.size() && partial[from] != kUnknown) ++from;
  if (from == partial.size()) return what(partial);
  World world = partial;
  for (Value v = 0; v < m.facts[from].values.size(); ++v) {
    world[from] = v;
    for_each_completion(m, world, what, from + 1);
  }
}

// What is not known never decides: a decision taken with something unknown is the one that would be taken whatever
// that something is.
TEST(DecideEverywhere, AnUnknownNeverDecides) {
  const Machine m = bind_folder(kPair);
  std::size_t compared = 0;
  for (const Place place : all_places(m))
    for_each_world(m, [&](const World& partial) {
      const Decision d = decide(m, place, partial, {});
      if (d.verdict == Verdict::look) return;
      for_each_completion(m, partial, [&](const World& whole) {
        ++compared;
        EXPECT_EQ(decide(m, place, whole, {}).verdict, d.verdict) << to_string(m, place);
      });
    });
  EXPECT_GT(compared, 50'000U);
}

TEST(DecideEverywhere, OnlyTheFactsThatAreObservedDecide) {
  const Machine m = bind_folder(kPair);
  for (const Place place : all_places(m)) {
    const std::vector<int> facts = facts_for(m, place);
    for_each_world(m, [&](const World& world) {
      World observed(world.size(), kUnknown);
      for (const int f : facts) observed[static_cast<std::size_t>(f)] = world[static_cast<std::size_t>(f)];
      const Decision d = decide(m, place, observed, {});
      EXPECT_EQ(decide(m, place, world, {}).verdict, d.verdict) << to_string(m, place);
      if (d.verdict != Verdict::look) return;
      EXPECT_FALSE(d.which.empty()) << to_string(m, place);
      for (const int f : d.which) {
        EXPECT_EQ(observed[static_cast<std::size_t>(f)], kUnknown);
        EXPECT_TRUE(std::binary_search(facts.begin(), facts.end(), f)) << to_string(m, place) << " looks at what it does not observe: " << m.fact(f).name;
      }
    });
  }
}

// With everything known there is always something to do, and what is done breaks no rule that holds.
TEST(DecideEverywhere, NoActionBreaksARule) {
  const Machine m = bind_folder(kPair);
  int acts = 0, held_back = 0;
  for (const Place place : all_places(m))
    for_each_completion(m, World(m.facts.size(), kUnknown), [&](const World& world) {
      const Decision d = decide(m, place, world, {});
      EXPECT_NE(d.verdict, Verdict::look);
      held_back += d.verdict == Verdict::interlocked;
      if (d.verdict != Verdict::act) return;
      ++acts;
      const World after = fsm::apply(m.action(m.phase(place.at.index).steps[static_cast<std::size_t>(place.step)].action).effects, world);
      EXPECT_NE(after, world) << "an action whose effect is there is passed over";
      for (const auto& rule : m.rules)
        if (!suspended(rule, place.at.index) && rule.always.eval(world) == Truth::yes) {
          EXPECT_EQ(rule.always.eval(after), Truth::yes) << to_string(m, place) << ": " << rule.name;
        }
    });
  EXPECT_GT(acts, 100);
  EXPECT_GT(held_back, 10);
}

// --- effects -------------------------------------------------------------------------------------------------------

TEST(Effects, TakeTheFirstCaseWhoseConditionHolds) {
  const std::vector<Effect> effects{{0, {{Predicate::fact_in(1, 1), Value{0}}, {Predicate::fact_in(1, 2), Value{1}}}}};
  EXPECT_EQ(fsm::apply(effects, World{2, 0}), (World{0, 0}));
  EXPECT_EQ(fsm::apply(effects, World{2, 1}), (World{1, 1}));
  EXPECT_EQ(fsm::apply(effects, World{2, 2}), (World{2, 2})) << "none holds: nothing changes";
  EXPECT_EQ(fsm::apply(effects, World{2, kUnknown}), (World{kUnknown, kUnknown}));
  EXPECT_EQ(effect_holds(effects, World{0, 0}), Truth::yes);
  EXPECT_EQ(effect_holds(effects, World{1, 0}), Truth::no);
  EXPECT_EQ(effect_holds(effects, World{2, 2}), Truth::yes);
  EXPECT_EQ(effect_holds(effects, World{0, kUnknown}), Truth::unknown);
  EXPECT_EQ(effect_holds(effects, World{kUnknown, 0}), Truth::unknown);
}

TEST(Predicates, FollowKleene) {
  const World u{kUnknown, 0, 1};
  const Predicate unknown = Predicate::fact_in(0, 1), no = Predicate::fact_in(1, 2), yes = Predicate::fact_in(2, 2);
  EXPECT_EQ(Predicate::all_of({unknown, no}).eval(u), Truth::no);
  EXPECT_EQ(Predicate::all_of({unknown, yes}).eval(u), Truth::unknown);
  EXPECT_EQ(Predicate::any_of({unknown, yes}).eval(u), Truth::yes);
  EXPECT_EQ(Predicate::any_of({unknown, no}).eval(u), Truth::unknown);
  EXPECT_EQ(Predicate::negate(unknown).eval(u), Truth::unknown);
  EXPECT_EQ(Predicate::exactly_one_of({yes, yes, unknown}).eval(u), Truth::no);
  EXPECT_EQ(Predicate::exactly_one_of({yes, no, unknown}).eval(u), Truth::unknown);
  EXPECT_EQ(Predicate::exactly_one_of({yes, no, no}).eval(u), Truth::yes);
  EXPECT_EQ(Predicate::exactly_one_of({no, no}).eval(u), Truth::no);
  EXPECT_EQ(Predicate::exactly_one_of({yes}).eval(u), Truth::yes);
  EXPECT_EQ(Predicate::exactly_one_of({}).eval(u), Truth::no);
  EXPECT_EQ(Predicate::all_of({}).eval(u), Truth::yes);
  EXPECT_EQ(Predicate::any_of({}).eval(u), Truth::no);
  EXPECT_EQ(Predicate::any_of({yes, Predicate::constant(true)}).settled(), Truth::yes);
  EXPECT_EQ(Predicate::all_of({yes, no}).facts(), (std::vector<int>{1, 2}));
}

}  // namespace
}  // namespace interlock::fsm
