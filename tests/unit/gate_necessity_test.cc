// Every enforced gate of every procedure under configs/ earns its place: without it the proof finds something that goes
// wrong, or the gate says why it is kept. Those that the binder makes from rules need no word.
#include <filesystem>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "fsm/proof.h"
#include "src/catalog/catalog.h"
#include "src/run/prepare.h"

namespace interlock {
namespace {

Catalog shipped() { return Catalog::load(std::filesystem::path(INTERLOCK_SOURCE_DIR) / "configs"); }

// What is found without any fault is found soonest; only a gate that seems to be idle is asked about with all of them.
bool needed(const fsm::Machine& machine, fsm::Without without) {
  for (const int faults : {0, 1, 2}) {
    fsm::Budget budget;
    budget.faults = faults;
    budget.each[static_cast<std::size_t>(fsm::Fault::gone)] = faults == 1 ? 1 : 0;
    if (!fsm::prove(machine, budget, without).findings.empty()) return true;
  }
  return false;
}

class GateNecessityTest : public ::testing::TestWithParam<std::string> {};

TEST_P(GateNecessityTest, IsShownOrSaid) {
  Catalog catalog = shipped();
  const fsm::SiteSource site = catalog.site("lab");
  const fsm::ProcedureSource procedure = catalog.procedure(GetParam());
  const fsm::Machine machine = fsm::bind(procedure, catalog.components(), site, assumed_parameters(procedure, site, {}));
  std::map<std::string, bool> idle_somewhere;  // by gate that says why it is kept
  for (int p = 0; p < static_cast<int>(machine.phases.size()); ++p)
    for (int g = 0; g < static_cast<int>(machine.phase(p).gates.size()); ++g) {
      const fsm::Gate& gate = machine.phase(p).gates[static_cast<std::size_t>(g)];
      if (gate.mode != fsm::GateMode::enforce || gate.id.starts_with("rule: ")) continue;
      const bool idle = !needed(machine, {p, g});
      EXPECT_TRUE(!idle || !gate.kept.empty()) << machine.phase(p).name << "/" << gate.id << " adds nothing in the model: let the model learn what it is for, or say why it is 'kept'";
      if (!gate.kept.empty()) idle_somewhere[gate.id] |= idle;
      EXPECT_EQ(gate.kept.en.empty(), gate.kept.zh.empty()) << gate.id << ": both languages";
    }
  for (const auto& [gate, idle] : idle_somewhere) EXPECT_TRUE(idle) << gate << " says why it is kept, and the proof finds everywhere that it is needed";
}

INSTANTIATE_TEST_SUITE_P(Procedures, GateNecessityTest, ::testing::ValuesIn(shipped().procedure_names()), [](const auto& row) {
  std::string name = row.param;
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
});

}  // namespace
}  // namespace interlock
