// What the proof leaves out between steps that are passed over makes no difference to what it finds: with it and
// without it the findings, the ends with their numbers of states, and what is never reached are the same.
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "fsm/bind.h"
#include "fsm/proof.h"
#include "src/catalog/catalog.h"
#include "src/run/prepare.h"
#include "tests/support/scratch.h"
#include "tests/support/tiny.h"

namespace interlock::fsm {
namespace {

const std::string kRolling = std::string(INTERLOCK_SOURCE_DIR) + "/tests/rolling/";

Machine rolling(int nodes, const std::string& old = "", const std::string& changed = "") {
  std::string hosts, players, procedure = tests::read_whole(kRolling + "procedure.yaml");
  for (int i = 1; i <= nodes; ++i) {
    hosts += "  n" + std::to_string(i) + ": {address: 192.0.2." + std::to_string(i) + "}\n";
    players += (i == 1 ? "" : ", ") + ("{host: n" + std::to_string(i)) + "}";
  }
  if (const auto at = procedure.find(old); at != std::string::npos) procedure.replace(at, old.size(), changed);
  else throw std::invalid_argument(old);
  return tests::bind_texts({tests::read_whole(kRolling + "component.yaml"), procedure, "site: lab\nhosts:\n" + hosts + "roles:\n  nodes: [" + players + "]\n"});
}

Machine shipped(const std::string& name) {
  Catalog catalog = Catalog::load(std::string(INTERLOCK_SOURCE_DIR) + "/configs");
  const SiteSource site = catalog.site("lab");
  const ProcedureSource procedure = catalog.procedure(name);
  return fsm::bind(procedure, catalog.components(), site, assumed_parameters(procedure, site, {}));
}

std::size_t same(const Machine& m, int faults, Without without = {}) {
  Budget budget;
  budget.faults = faults;
  const Proof reduced = prove(m, budget, without);
  budget.unreduced = true;
  const Proof whole = prove(m, budget, without);
  const auto findings = [](const Proof& p) {
    std::set<std::pair<Finding::Kind, int>> all;
    for (const auto& f : p.findings) all.insert({f.kind, f.index});
    return all;
  };
  const auto ends = [](const Proof& p) {
    std::map<std::pair<int, int>, std::size_t> all;
    for (const auto& [key, ending] : p.ends) all[key] = ending.states;
    return all;
  };
  const auto places = [](const std::vector<Place>& list) {
    std::set<std::pair<int, int>> all;
    for (const Place& p : list) all.insert({p.at.index, p.step});
    return all;
  };
  EXPECT_TRUE(whole.complete && reduced.complete);
  EXPECT_EQ(findings(reduced), findings(whole));
  EXPECT_EQ(ends(reduced), ends(whole));
  EXPECT_EQ(places(reduced.never_at), places(whole.never_at));
  EXPECT_EQ(places(reduced.never_done), places(whole.never_done));
  EXPECT_EQ(reduced.never_taken, whole.never_taken);
  return whole.findings.size();
}

TEST(Reduction, ChangesNothingForARollingUpgrade) {
  for (int nodes = 1; nodes <= 5; ++nodes)
    for (int faults = 0; faults <= (nodes < 4 ? 3 : 2); ++faults) {
      SCOPED_TRACE(std::to_string(nodes) + " nodes, " + std::to_string(faults) + " faults");
      EXPECT_EQ(same(rolling(nodes), faults), 0u);
    }
}

TEST(Reduction, FindsWhatIsWrongWithARollingUpgrade) {
  // The way back leaves out what a crash between two of its steps needs; a success that says too much; a gate that
  // asks too little; a node that comes back by itself, and one that takes another with it.
  const std::pair<std::string, std::string> wrong[] = {
      {"steps: [n.start, n.join]}]", "steps: [n.join]}]"},
      {"  success: {is: success, holds: \"", "  success: {is: success, holds: \"nodes.exists(n, n.version == 'old') && "},
      {"  all-in: \"nodes.all(n, n.member == 'in')\"\n", "  all-in: \"nodes.exists(n, n.member == 'in')\"\n"},
      {"ends:\n", "reactions:\n  - {name: it comes back, each: {x: [nodes]}, when: \"x.process == 'stopped' && x.version == 'new'\", then: {x.process: running}}\nends:\n"},
      {"ends:\n", "reactions:\n  - {name: it takes another with it, each: {x: [nodes], y: [nodes]}, when: \"x.process == 'stopped' && x.version == 'new' && x.member == 'out'\", then: {y.member: out}, may_fail: true}\nends:\n"},
  };
  for (const auto& [old, changed] : wrong)
    for (int faults = 0; faults <= 2; ++faults) {
      SCOPED_TRACE(changed + ", " + std::to_string(faults) + " faults");
      same(rolling(3, old, changed), faults);
    }
}

TEST(Reduction, ChangesNothingForTheProceduresUnderConfigs) {
  for (const char* name : {"hotdb-master-backup-nonstop", "hotdb-master-backup-stopped"})
    for (int faults = 0; faults <= 1; ++faults) EXPECT_EQ(same(shipped(name), faults), 0u) << name;
}

TEST(Reduction, ChangesNothingWhereAGateIsLeftOut) {
  const Machine m = shipped("hotdb-master-backup-nonstop");
  std::size_t found = 0;
  for (int p = 0; p < static_cast<int>(m.phases.size()); ++p)
    for (int g = 0; g < static_cast<int>(m.phase(p).gates.size()); ++g) found += same(m, 0, {p, g});
  EXPECT_GT(found, 0u);
}

}  // namespace
}  // namespace interlock::fsm
