#include "fsm/start_worlds.h"

#include <algorithm>
#include <numeric>

#include "fsm/predicate_terms.h"

namespace interlock::fsm {
namespace {

constexpr std::size_t kMostTrials = 20'000'000;

// The worlds are the product of the parts that no demand connects. Each part is solved for itself, so that a demand
// that nothing can satisfy is found however many facts are free besides.
class Enumeration {
 public:
  Enumeration(const Machine& machine, Without without) : machine_(machine), world_(machine.facts.size(), kUnknown), part_of_(machine.facts.size()) {
    demand(machine.assume);
    const Phase& first = machine.phases.front();
    for (std::size_t g = 0; g < first.gates.size(); ++g) {
      const bool out = without.phase == 0 && without.gate == static_cast<int>(g);
      if (!out && first.gates[g].mode != GateMode::enforce) continue;
      demand(out ? Predicate::negate(first.gates[g].holds) : first.gates[g].holds);
    }
    connect();
  }

  bool run(const std::function<bool(const World&)>& take) {
    for (auto& part : parts_) {
      solve(part, 0);
      if (trials_ > kMostTrials) return false;
      possible_ = possible_ && !part.solutions.empty();
    }
    if (possible_) product(0, take);
    return true;
  }

 private:
  struct Part {
    std::vector<std::size_t> facts;
    std::vector<std::vector<std::size_t>> demands;  // by fact of the part: those to ask when it has been given a value
    std::vector<std::vector<Value>> solutions;
  };

  void demand(const Predicate& whole) {
    for (const Predicate& p : conjuncts(whole)) {
      if (p.facts().empty()) possible_ = possible_ && p.settled() != Truth::no;
      else demands_.push_back(p);
    }
  }

  void connect() {
    std::iota(part_of_.begin(), part_of_.end(), std::size_t{0});
    for (const auto& d : demands_)
      for (const int f : d.facts()) {
        const std::size_t from = part_of_[static_cast<std::size_t>(f)], into = part_of_[static_cast<std::size_t>(d.facts().front())];
        std::replace(part_of_.begin(), part_of_.end(), from, into);
      }
    for (std::size_t first = 0; first < part_of_.size(); ++first) {
      Part part;
      for (std::size_t f = 0; f < part_of_.size(); ++f)
        if (part_of_[f] == first) part.facts.push_back(f);
      for (const std::size_t f : part.facts) {
        part.demands.emplace_back();
        for (std::size_t d = 0; d < demands_.size(); ++d) {
          const std::vector<int> facts = demands_[d].facts();
          if (std::binary_search(facts.begin(), facts.end(), static_cast<int>(f))) part.demands.back().push_back(d);
        }
      }
      if (!part.facts.empty()) parts_.push_back(std::move(part));
    }
  }

  void solve(Part& part, std::size_t at) {
    if (++trials_ > kMostTrials) return;
    if (at == part.facts.size()) {
      part.solutions.emplace_back();
      for (const std::size_t f : part.facts) part.solutions.back().push_back(world_[f]);
      return;
    }
    Value& value = world_[part.facts[at]];
    for (value = 0; value < machine_.facts[part.facts[at]].values.size(); ++value)
      if (std::none_of(part.demands[at].begin(), part.demands[at].end(), [&](std::size_t d) { return demands_[d].eval(world_) == Truth::no; })) solve(part, at + 1);
    value = kUnknown;
  }

  // False: enough.
  bool product(std::size_t at, const std::function<bool(const World&)>& take) {
    if (at == parts_.size()) return take(world_);
    const Part& part = parts_[at];
    for (const auto& solution : part.solutions) {
      for (std::size_t i = 0; i < solution.size(); ++i) world_[part.facts[i]] = solution[i];
      if (!product(at + 1, take)) return false;
    }
    return true;
  }

  const Machine& machine_;
  World world_;
  std::vector<Predicate> demands_;
  std::vector<std::size_t> part_of_;
  std::vector<Part> parts_;
  std::size_t trials_ = 0;
  bool possible_ = true;
};

}  // namespace

bool each_start(const Machine& machine, Without without, const std::function<bool(const World&)>& take) { return Enumeration(machine, without).run(take); }

}  // namespace interlock::fsm
