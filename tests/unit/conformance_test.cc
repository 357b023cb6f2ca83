// The journal against the machine that was proven: what the simulated site does is what the model allows, and a record
// that lies is found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/conformance.h"
#include "fsm/simulator.h"
#include "tests/support/shipped.h"

namespace interlock::fsm {
namespace {

using tests::shipped;

constexpr std::uint64_t kSeeds = 30;  // each takes a tenth of a second

struct Recorder : SimulationListener {
  void on_record(const JournalRecord& record) override { records.push_back(record); }
  void on_instruct(Millis /*at*/, const Action& /*action*/) override {}
  void on_event(const SiteEvent& /*event*/) override {}
  std::vector<JournalRecord> records;
};

std::vector<JournalRecord> simulated(const Simulator& simulator, std::uint64_t seed, int faults) {
  Recorder recorder;
  (void)simulator.run({.seed = seed, .faults = faults}, &recorder);
  return recorder.records;
}

class ConformanceOfSimulatedRuns : public ::testing::TestWithParam<std::tuple<const char*, int>> {};

TEST_P(ConformanceOfSimulatedRuns, ModelAllowsWhatHappens) {
  const auto [procedure, faults] = GetParam();
  const Machine machine = shipped(procedure);
  const Simulator simulator(machine);
  std::size_t records = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Conformance found = conformance(machine, simulated(simulator, seed, faults), faults);
    EXPECT_TRUE(found.conforms) << "seed " << seed << ", record " << found.seq << " (" << found.kind << "): " << found.why;
    records += found.records;
  }
  EXPECT_GT(records, kSeeds * 20);
}

INSTANTIATE_TEST_SUITE_P(All, ConformanceOfSimulatedRuns,
                         ::testing::Combine(::testing::Values("hotdb-master-backup-nonstop", "hotdb-master-backup-stopped"), ::testing::Values(0, 1, 3)));

TEST(Conformance, FindsAFactThatCannotBe) {
  const Machine machine = shipped("hotdb-master-backup-nonstop");
  auto records = simulated(Simulator(machine), 1, 0);
  ASSERT_TRUE(conformance(machine, records).conforms);
  const auto reached = std::find_if(records.rbegin(), records.rend(), [](const JournalRecord& r) { return r.kind == "reached" && r.body.at("facts").contains("master.service"); });
  ASSERT_NE(reached, records.rend());
  reached->body["facts"]["master.service"] = "open";
  const Conformance found = conformance(machine, records, 0);
  EXPECT_FALSE(found.conforms);
  EXPECT_EQ(found.seq, reached->seq);
  EXPECT_THAT(found.why, ::testing::HasSubstr("master.service is open"));
}

TEST(Conformance, FindsAMoveThatTheMachineDoesNotHave) {
  const Machine machine = shipped("hotdb-master-backup-nonstop");
  auto records = simulated(Simulator(machine), 1, 0);
  const auto moved = std::find_if(records.begin(), records.end(), [](const JournalRecord& r) { return r.kind == "moved" && r.body.at("from") == "drain/leave"; });
  ASSERT_NE(moved, records.end());
  moved->body["to"] = "upgrade-master/gates";
  const Conformance found = conformance(machine, records);
  EXPECT_FALSE(found.conforms);
  EXPECT_EQ(found.seq, moved->seq);
  EXPECT_THAT(found.why, ::testing::HasSubstr("the machine has no such way"));
}

// A journal whose run was as it should be, and then is made to tell of one wrong decision.
class WrongDecision : public ::testing::Test {
 protected:
  using Records = std::vector<JournalRecord>;

  // The first record of this kind whose body has this text.
  Records::iterator first(const std::string& kind, const std::string& text = "") {
    const auto at = std::find_if(records_.begin(), records_.end(), [&](const JournalRecord& r) { return r.kind == kind && r.body.dump().find(text) != std::string::npos; });
    EXPECT_NE(at, records_.end()) << kind << " " << text;
    return at;
  }
  void expect_named(const JournalRecord& wrong, const std::string& why, const Machine& machine, int crashes = 3) const {
    const Conformance found = conformance(machine, records_, crashes);
    EXPECT_FALSE(found.conforms);
    EXPECT_EQ(found.seq, wrong.seq) << found.kind << ": " << found.why;
    EXPECT_THAT(found.why, ::testing::HasSubstr(why));
  }

  const Machine machine_ = shipped("hotdb-master-backup-nonstop");
  Records records_ = simulated(Simulator(machine_), 1, 0);
};

TEST_F(WrongDecision, ItEntersAlthoughAGateIsClosed) {
  const auto gate = first("gate", "\"mode\":\"enforce\"");
  const int fact = machine_.phases.front().gates.front().holds.facts().front();
  const auto& holds = machine_.phases.front().gates.front().holds;
  ASSERT_EQ(gate->body.at("gate"), machine_.phases.front().gates.front().id);
  World world(machine_.facts.size(), kUnknown);
  for (world[static_cast<std::size_t>(fact)] = 0; holds.eval(world) != Truth::no; ++world[static_cast<std::size_t>(fact)]) ASSERT_LT(world[static_cast<std::size_t>(fact)], machine_.fact(fact).values.size());
  const std::string name = machine_.fact(fact).name, value = machine_.value_name(fact, world[static_cast<std::size_t>(fact)]);
  for (auto& r : records_) {
    if (r.kind == "moved") break;
    if (r.kind != "gate" || !r.body["facts"].contains(name)) continue;
    r.body["facts"][name] = value;
    if (r.body.at("gate") == gate->body.at("gate")) r.body["verdict"] = "no";
  }
  // Other gates speak of the same fact, and their verdicts would be found wrong: they are told as they would be.
  for (auto& r : records_) {
    if (r.kind == "moved") break;
    if (r.kind != "gate") continue;
    World seen(machine_.facts.size(), kUnknown);
    for (int f = 0; f < static_cast<int>(machine_.facts.size()); ++f)
      for (Value v = 0; v < machine_.fact(f).values.size(); ++v)
        if (r.body["facts"].value(machine_.fact(f).name, "") == machine_.value_name(f, v)) seen[static_cast<std::size_t>(f)] = v;
    for (const auto& g : machine_.phases.front().gates)
      if (g.id == r.body.at("gate")) r.body["verdict"] = to_string(g.holds.eval(seen));
  }
  expect_named(*first("moved", "gates-open"), "'refuse', not 'enter'", machine_);
}

// Where what is told may have been seen, it is the decision that is wrong.
TEST_F(WrongDecision, ItLeavesAlthoughWhatIsWaitedForIsNotThere) {
  int decisions = 0;
  for (auto& r : records_) {
    if (r.kind != "reached" || decisions > 0) continue;
    const Json facts = r.body.at("facts");
    for (const auto& [name, text] : facts.items()) {
      r.body["facts"][name] = "unknown";
      const Conformance found = conformance(machine_, records_);
      r.body["facts"] = facts;
      if (found.conforms) continue;  // enough was seen without it
      EXPECT_EQ(found.seq, r.seq);
      decisions += found.why.find("'look', not 'leave'") != std::string::npos ? 1 : 0;
    }
    Machine other = machine_;
    for (auto& phase : other.phases)
      if (phase.until_text == r.body.at("until")) phase.until = Predicate::negate(phase.until);
    expect_named(r, "'wait', not 'leave'", other);
  }
  EXPECT_GT(decisions, 0);
}

TEST_F(WrongDecision, ItActsWhileARuleIsBroken) {
  const auto intent = first("intent", "backup.stop");
  JournalRecord broken = *intent;
  broken.kind = "rule-broken";
  broken.body = {{"rule", machine_.rules.front().name}, {"facts", Json::object()}};
  broken.seq = 0;
  const JournalRecord wrong = *intent;
  records_.insert(intent, broken);
  expect_named(wrong, "'hold', not 'act'", machine_);
}

TEST_F(WrongDecision, ItActsWithoutWhatItNeeds) {
  const auto intent = first("intent", "backup.stop");
  Machine other = machine_;
  for (auto& action : other.actions)
    if (action.name == intent->body.at("action")) action.needs = Predicate::constant(false);
  expect_named(*intent, "'not ready', not 'act'", other);
}

TEST_F(WrongDecision, ItBreaksARuleThatNobodySuspends) {
  const auto intent = first("intent", "backup.stop");
  Machine other = machine_;
  Rule rule;
  rule.name = "the backup runs";
  for (std::size_t f = 0; f < other.facts.size(); ++f)
    if (other.facts[f].name == "backup.process") rule.always = Predicate::negate(Predicate::fact_in(static_cast<int>(f), 1ULL << static_cast<std::size_t>(std::find(other.facts[f].values.begin(), other.facts[f].values.end(), "stopped") - other.facts[f].values.begin())));
  rule.suspended_in.resize(other.phases.size());
  other.rules.push_back(rule);
  expect_named(*intent, "'interlocked', not 'act'", other);
}

TEST_F(WrongDecision, ItPassesOverWhatIsNotThere) {
  const auto intent = first("intent", "backup.stop");
  intent->kind = "passed";
  expect_named(*intent, "'act', not 'pass over'", machine_);
}

TEST_F(WrongDecision, ItWaitsForWhatIsThere) {
  const auto reached = first("reached");
  reached->kind = "overrun";
  expect_named(*reached, "'leave', not 'wait'", machine_);
}

TEST_F(WrongDecision, ItTurnsBackForARuleThatHolds) {
  std::uint64_t seed = 1;
  const Simulator simulator(machine_);
  const auto turned = [&] { return std::find_if(records_.begin(), records_.end(), [](const JournalRecord& r) { return r.kind == "moved" && r.body.at("reason") == "failed"; }); };
  const auto broke = [&] { return std::any_of(records_.begin(), turned(), [](const JournalRecord& r) { return r.kind == "rule-broken"; }); };
  for (; seed < 500 && (turned() == records_.end() || broke()); ++seed) records_ = simulated(simulator, seed, 3);
  ASSERT_NE(turned(), records_.end());
  turned()->body["reason"] = "rule-broken";
  expect_named(*std::find_if(records_.begin(), records_.end(), [](const JournalRecord& r) { return r.kind == "moved" && r.body.at("reason") == "rule-broken"; }), "no rule was seen broken", machine_);
}

TEST(Conformance, FindsARecordThatBelongsElsewhere) {
  const Machine machine = shipped("hotdb-master-backup-nonstop");
  const auto whole = simulated(Simulator(machine), 1, 0);
  for (const char* kind : {"ended", "not-so", "gate", "intent", "passed", "confirmed", "interlocked", "not-ready"})
    for (const std::size_t at : {std::size_t{2}, whole.size() - 2}) {
      auto records = whole;
      records.insert(records.begin() + static_cast<std::ptrdiff_t>(at), JournalRecord{});
      records[at].kind = kind;
      records[at].body = {{"facts", Json::object()}, {"action", "master.start"}, {"gate", "memory"}, {"end", "success"}};
      EXPECT_FALSE(conformance(machine, records).conforms) << kind << " at " << at;
    }
}

}  // namespace
}  // namespace interlock::fsm
