#include "fsm/start_worlds.h"

namespace interlock::fsm {
namespace {

class Enumeration {
 public:
  Enumeration(const Machine& machine, Without without, const std::function<bool(const World&)>& take)
      : machine_(machine), take_(take), world_(machine.facts.size(), kUnknown), about_(machine.facts.size()) {
    demand(machine.assume);
    const Phase& first = machine.phases.front();
    for (std::size_t g = 0; g < first.gates.size(); ++g) {
      const bool out = without.phase == 0 && without.gate == static_cast<int>(g);
      if (!out && first.gates[g].mode != GateMode::enforce) continue;
      demand(out ? Predicate::negate(first.gates[g].holds) : first.gates[g].holds);
    }
  }

  void run() { extend(0); }

 private:
  void demand(const Predicate& p) {
    for (const int f : p.facts()) about_[static_cast<std::size_t>(f)].push_back(demands_.size());
    if (p.facts().empty() && p.settled() == Truth::no) possible_ = false;
    demands_.push_back(p);
  }

  // False: enough.
  bool extend(std::size_t fact) {
    if (!possible_) return true;
    if (fact == world_.size()) return take_(world_);
    for (Value v = 0; v < machine_.facts[fact].values.size(); ++v) {
      world_[fact] = v;
      bool fits = true;
      for (const std::size_t d : about_[fact]) fits = fits && demands_[d].eval(world_) != Truth::no;
      if (fits && !extend(fact + 1)) return false;
    }
    world_[fact] = kUnknown;
    return true;
  }

  const Machine& machine_;
  const std::function<bool(const World&)>& take_;
  World world_;
  std::vector<Predicate> demands_;
  std::vector<std::vector<std::size_t>> about_;  // by fact: the demands that speak of it
  bool possible_ = true;
};

}  // namespace

void each_start(const Machine& machine, Without without, const std::function<bool(const World&)>& take) { Enumeration(machine, without, take).run(); }

}  // namespace interlock::fsm
