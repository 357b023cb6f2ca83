// The journal against the machine that was proven: what the simulated site does is what the model allows, and a record
// that lies is found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/bind.h"
#include "fsm/conformance.h"
#include "fsm/simulator.h"
#include "src/catalog/catalog.h"
#include "src/run/prepare.h"

namespace interlock::fsm {
namespace {

constexpr std::uint64_t kSeeds = 30;  // each takes a tenth of a second

Machine shipped(const std::string& procedure_name) {
  Catalog catalog = Catalog::load(std::string(INTERLOCK_SOURCE_DIR) + "/configs");
  const SiteSource site = catalog.site("lab");
  const ProcedureSource procedure = catalog.procedure(procedure_name);
  return fsm::bind(procedure, catalog.components(), site, assumed_parameters(procedure, site, {}));
}

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
