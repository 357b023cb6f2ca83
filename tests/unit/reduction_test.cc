// What the proof leaves out between steps that are passed over makes no difference to what it finds: with it and
// without it the findings, the ends with their numbers of states, and what is never reached are the same.
#include <functional>
#include <optional>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "fsm/bind.h"
#include "fsm/diagnostic.h"
#include "fsm/proof.h"
#include "tests/support/scratch.h"
#include "tests/support/shipped.h"
#include "tests/support/tiny.h"

namespace interlock::fsm {
namespace {

using tests::shipped;

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

std::size_t same(const Machine& m, int faults, Without without = {}, int gone = 1) {
  Budget budget;
  budget.faults = faults;
  budget.each[static_cast<std::size_t>(Fault::gone)] = gone;
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

// Two things with a few facts each, and a procedure that makes no sense: whatever binds is compared.
class Nonsense {
 public:
  explicit Nonsense(std::uint32_t seed) : random_(seed) {}

  std::vector<std::string> texts() {
    std::string component = "component: thing\ntitle: thing\nfacts:\n", actions;
    for (int f = 0; f < kFacts; ++f) component += "  f" + std::to_string(f) + ": {values: [a, b], observe: {ticket: {x: " + std::to_string(f) + "}}}\n";
    for (int a = 0; a < kActions; ++a)
      actions += "  a" + std::to_string(a) + ": {title: go, do: [{ticket: {}}], effect: {f" + number(kFacts) + ": " + value() + "}" + maybe(", may_change: {f0: " + value() + "}") +
                 maybe(", needs: \"f" + number(kFacts) + " == '" + value() + "'\"") + ", within: 1s, repeatable: " + (one_in(3) ? "\"f" + number(kFacts) + " == '" + value() + "'\"" : "\"true\"") +
                 ", attempts: " + (one_in(3) ? "2" : "1") + "}\n";
    component += "actions:\n" + actions + "crash: {f" + number(kFacts) + ": " + value() + "}\n";
    std::string procedure = "procedure: nonsense\ntitle: nonsense\nroles: {x: {components: [thing]}, y: {components: [thing]}}\n"
                            "rules: [{name: one, always: \"" + predicate(2) + "\"" + maybe(", except: {in: [forth], for_at_most: 1s}") + "}]\n"
                            "gates: {g: \"" + predicate(1) + "\"}\nphases:\n"
                            "  begin: {gates: [g], refused: off, next: forth}\n"
                            "  forth: {" + steps(3) + maybe(", until: \"" + predicate(1) + "\"") + ", back: away, next: further}\n"
                            "  further: {" + steps(4) + ", back: away, next: fine}\n"
                            "  away: {" + steps(6) + maybe(", until: \"" + predicate(1) + "\"") + ", back: person, next: undone}\n"
                            "ends: {off: {is: unchanged}, fine: {is: success, holds: \"" + predicate(1) + "\"}, undone: {is: rolled-back}, person: {is: attention}}\nreactions:\n";
    for (int r = 0; r < 3; ++r)
      procedure += "  - {name: r" + std::to_string(r) + ", when: \"" + predicate(1) + "\", then: {" + fact() + ": " + value() + maybe(", " + fact() + ": " + value()) + "}" +
                   (one_in(2) ? ", may_fail: true" : one_in(3) ? ", at_will: true" : "") + "}\n";
    return {component, procedure, "site: here\nhosts: {h: {address: 192.0.2.1}, k: {address: 192.0.2.2}}\nroles: {x: {host: h}, y: {host: k}}\n"};
  }

 private:
  static constexpr int kFacts = 3, kActions = 4;
  bool one_in(std::uint32_t n) { return random_() % n == 0; }
  std::string number(int below) { return std::to_string(random_() % static_cast<std::uint32_t>(below)); }
  std::string value() { return one_in(2) ? "a" : "b"; }
  std::string fact() { return std::string(one_in(2) ? "x" : "y") + ".f" + number(kFacts); }
  std::string maybe(const std::string& text) { return one_in(2) ? text : ""; }
  std::string predicate(int depth) {
    if (depth == 0 || one_in(4)) return fact() + " == '" + value() + "'";
    return "(" + predicate(depth - 1) + (one_in(2) ? " && " : " || ") + predicate(depth - 1) + ")";
  }
  std::string steps(int count) {
    std::string list;
    for (int i = 0; i < count; ++i) {
      const std::string action = std::string(one_in(2) ? "x" : "y") + ".a" + number(kActions);
      list += (i == 0 ? "" : ", ") + (one_in(4) ? "{do: " + action + ", if: \"" + predicate(1) + "\"}" : action);
    }
    return "steps: [" + list + "]";
  }
  std::mt19937 random_;
};

TEST(Reduction, ChangesNothingForMachinesMadeByChance) {
  int bound = 0;
  std::size_t found = 0;
  for (std::uint32_t seed = 1; seed <= 600 && !HasFailure(); ++seed) {
    std::optional<Machine> m;
    try {
      m = tests::bind_texts(Nonsense(seed).texts());
    } catch (const InputError&) {
      continue;  // a reaction that changes nothing, an action that is never needed …
    }
    ++bound;
    for (int faults = 0; faults <= 2; ++faults) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", " + std::to_string(faults) + " faults");
      found += same(*m, faults);
    }
  }
  EXPECT_GT(bound, 100);
  EXPECT_GT(found, 100u);
}

}  // namespace
}  // namespace interlock::fsm
