// Known accidents: small procedures under tests/accidents/ that re-model public failures of other tools. The proof must
// find each, and must prove the corrected procedure beside it. What a corrected/ folder does not hold is as in the faulty
// one. The story that verify prints is golden: INTERLOCK_REWRITE_GOLDEN=1 writes it anew.
#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/bind.h"
#include "fsm/proof.h"
#include "fsm/replay.h"
#include "src/report/proof_report.h"
#include "src/report/proof_story.h"
#include "tests/support/golden.h"
#include "tests/support/scratch.h"

namespace interlock {
namespace {

using Kind = fsm::Finding::Kind;

const std::string kFolder = std::string(INTERLOCK_SOURCE_DIR) + "/tests/accidents";

struct Accident {
  const char* folder;
  Kind kind;
  const char* what;  // the rule that is broken, or the end that it comes to

  friend std::ostream& operator<<(std::ostream& out, const Accident& a) { return out << a.folder; }
};

// What was an endless wait there is a bounded one here: it ends where a person is called, although nothing failed.
const Accident kAccidents[] = {
    {"orchestrator-43", Kind::regret, "error"},
    {"pg-auto-failover-774", Kind::regret, "stuck"},
    {"pg-auto-failover-1025", Kind::regret, "stuck"},
    {"repmgr-710", Kind::safety, "one primary at most"},
    {"repmgr-503", Kind::regret, "primary-down"},
    {"strimzi-2964", Kind::regret, "not-rollable"},
    {"keepalived-nopreempt", Kind::regret, "vip-stays"},
    {"rabbitmq-622", Kind::regret, "terminating"},
    {"redis-6062", Kind::safety, "no acknowledged write is lost"},
    {"hotdb-online", Kind::regret, "nobody-served"},
};

fsm::Machine bound(const std::string& folder, bool corrected) {
  const auto text = [&](const char* file) {
    const std::string own = kFolder + "/" + folder + "/corrected/" + file;
    return tests::read_whole(corrected && std::filesystem::exists(own) ? own : kFolder + "/" + folder + "/" + file);
  };
  fsm::ComponentSource component = fsm::load_component("component.yaml", text("component.yaml"));
  const fsm::Library library{{component.name, component}};
  return fsm::bind(fsm::load_procedure("procedure.yaml", text("procedure.yaml")), library, fsm::load_site("site.yaml", text("site.yaml")), {});
}

class AccidentTest : public ::testing::TestWithParam<Accident> {};

TEST_P(AccidentTest, IsFound) {
  const Accident& accident = GetParam();
  const fsm::Machine machine = bound(accident.folder, false);
  const fsm::Budget budget;
  fsm::Proof proof = fsm::prove(machine, budget);
  ASSERT_TRUE(proof.complete);
  proof.bytes = 0;  // how much room a state takes is not what is compared
  const std::string text = proof_text(machine, budget, proof, 0, Language::en);
  EXPECT_TRUE(std::any_of(proof.findings.begin(), proof.findings.end(), [&](const auto& f) { return f.kind == accident.kind && subject_of(machine, f.kind, f.index) == accident.what; })) << text;
  tests::expect_golden(std::string("accidents/") + accident.folder + ".text", text);
}

// What the proof finds is no matter of the model: the engine itself comes to it, and to every end, as the story says.
TEST_P(AccidentTest, ComesTrueWhenItIsPlayed) {
  for (const bool corrected : {false, true}) {
    const fsm::Machine machine = bound(GetParam().folder, corrected);
    const fsm::Proof proof = fsm::prove(machine, fsm::Budget{});
    std::vector<fsm::Told> all;
    for (const auto& f : proof.findings) all.push_back({f.kind, f.index, f.story});
    for (const auto& [key, ending] : proof.ends) all.push_back({std::nullopt, key.second, ending.story});
    for (const auto& told : all) {
      const fsm::Replayed run = fsm::replay(machine, told);
      EXPECT_TRUE(run.as_told()) << (corrected ? "corrected, " : "") << subject_of(machine, told.kind.value_or(Kind::regret), told.index) << ", line " << run.line << " of "
                                 << told.story.size() << " at " << to_string(machine, told.story[run.line].from) << ", move " << static_cast<int>(told.story[run.line].move.what) << ": " << run.why;
    }
  }
}

TEST_P(AccidentTest, IsNamedInTheFirstLines) {
  const std::string text = tests::read_whole(kFolder + "/" + GetParam().folder + "/procedure.yaml");
  EXPECT_TRUE(text.starts_with("# ")) << "the public issue, and what happened";
}

TEST_P(AccidentTest, IsGoneOnceCorrected) {
  const fsm::Machine machine = bound(GetParam().folder, true);
  const fsm::Budget budget;
  const fsm::Proof proof = fsm::prove(machine, budget);
  EXPECT_TRUE(proof.proven()) << proof_text(machine, budget, proof, 0, Language::en);
}

// A procedure that refuses every site, or never comes to its success, would be proven as well.
TEST_P(AccidentTest, SucceedsOnceCorrected) {
  const fsm::Machine machine = bound(GetParam().folder, true);
  fsm::Budget budget;
  budget.faults = 0;
  budget.each[fsm::kAsked] = 0;
  const fsm::Proof proof = fsm::prove(machine, budget);
  EXPECT_GT(proof.initial, 0U);
  ASSERT_EQ(proof.ends.size(), 1U);
  EXPECT_EQ(machine.end(proof.ends.begin()->first.second).kind, fsm::EndKind::success);
}

INSTANTIATE_TEST_SUITE_P(All, AccidentTest, ::testing::ValuesIn(kAccidents), [](const auto& row) {
  std::string name = row.param.folder;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Accidents, AllFoldersAreTested) {
  std::set<std::string> there, tested;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) there.insert(entry.path().filename());
  for (const auto& accident : kAccidents) tested.insert(accident.folder);
  EXPECT_EQ(there, tested);
}

TEST(Story, NamesTheGatesThatWereClosedAndNotEnforced) {
  fsm::Machine m = bound("hotdb-online", false);
  fsm::Gate gate = m.phases.front().gates.front();
  gate.id = "only-a-warning";
  gate.mode = fsm::GateMode::warn;
  gate.holds = fsm::Predicate::constant(false);
  m.phases.front().gates.push_back(gate);
  const fsm::Proof proof = fsm::prove(m, {});
  EXPECT_THAT(proof_text(m, {}, proof, 0, Language::en), ::testing::HasSubstr("not enforced, and closed on this way: preflight/only-a-warning"));
}

}  // namespace
}  // namespace interlock
