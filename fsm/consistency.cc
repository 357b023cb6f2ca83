#include "fsm/consistency.h"

#include <algorithm>
#include <vector>

#include "fsm/decide.h"

namespace interlock::fsm {
namespace {

constexpr std::size_t kMostCombinations = 1 << 16;

void add_facts(std::vector<int>& facts, const std::vector<Effect>& effects) {
  for (const auto& effect : effects) {
    facts.push_back(effect.fact);
    for (const auto& c : effect.cases) {
      const std::vector<int> more = c.first.facts();
      facts.insert(facts.end(), more.begin(), more.end());
    }
  }
}

// Every combination of the values of some facts, all others unknown; none at all when there are too many.
class Worlds {
 public:
  Worlds(const Machine& machine, std::vector<int> facts) : machine_(machine), facts_(std::move(facts)) {
    std::sort(facts_.begin(), facts_.end());
    facts_.erase(std::unique(facts_.begin(), facts_.end()), facts_.end());
    for (const int f : facts_) count_ = std::min(kMostCombinations + 1, count_ * machine.fact(f).values.size());
  }
  [[nodiscard]] bool too_many() const { return count_ > kMostCombinations; }
  [[nodiscard]] std::size_t count() const { return count_; }

  template <typename Do>
  void each(Do&& look) const {
    for (std::size_t i = 0; i < count_; ++i) {
      World world(machine_.facts.size(), kUnknown);
      std::size_t rest = i;
      for (const int f : facts_) {
        world[static_cast<std::size_t>(f)] = static_cast<Value>(rest % machine_.fact(f).values.size());
        rest /= machine_.fact(f).values.size();
      }
      look(world);
    }
  }

 private:
  const Machine& machine_;
  std::vector<int> facts_;
  std::size_t count_ = 1;
};

// "x.service is open, x.vip is held"
std::string told(const Machine& m, const World& world) {
  std::string text;
  for (std::size_t f = 0; f < world.size(); ++f)
    if (world[f] != kUnknown) text += (text.empty() ? "" : ", ") + m.facts[f].name + " is " + m.facts[f].values[world[f]];
  return text;
}

// Whether it would come about again and again, with nothing else happening.
bool never_rests(const Reaction& r, World world, std::size_t most) {
  for (std::size_t i = 0; i <= most; ++i) {
    World next = fsm::apply(r.then, world);
    if (next == world || r.when.eval(next) != Truth::yes) return false;
    world = std::move(next);
  }
  return true;
}

}  // namespace

void check_reaction(const Machine& machine, const Reaction& reaction, const ReactionSource& source) {
  if (reaction.when.settled() == Truth::no) return;  // a parameter leaves it out
  std::vector<int> facts = reaction.when.facts();
  add_facts(facts, reaction.then);
  const Worlds worlds(machine, std::move(facts));
  if (worlds.too_many()) return;

  bool possible = false, changes = false;
  std::vector<std::vector<bool>> used;
  for (const auto& effect : reaction.then) used.emplace_back(effect.cases.size());
  worlds.each([&](const World& world) {
    if (reaction.when.eval(world) != Truth::yes) return;
    possible = true;
    changes = changes || fsm::apply(reaction.then, world) != world;
    if (never_rests(reaction, world, worlds.count()))
      fail(source.where, "reaction '" + reaction.name + "' brings itself about for ever, when " + told(machine, world), "a 'then' after which its 'when' holds no longer, or nothing more changes");
    for (std::size_t e = 0; e < used.size(); ++e) {
      const auto& cases = reaction.then[e].cases;
      const auto first = std::find_if(cases.begin(), cases.end(), [&](const auto& c) { return c.first.eval(world) == Truth::yes; });
      if (first != cases.end()) used[e][static_cast<std::size_t>(first - cases.begin())] = true;
    }
  });
  if (!possible) fail(source.when.where, "reaction '" + reaction.name + "' contradicts itself: its 'when' can never hold");
  if (!changes) fail(source.where, "reaction '" + reaction.name + "' changes nothing: what it leads to is so already whenever it comes", "a 'then' that differs from its 'when'");
  for (std::size_t e = 0; e < used.size(); ++e)
    for (std::size_t c = 0; c < used[e].size(); ++c) {
      if (used[e][c] || reaction.then[e].cases[c].first.settled() == Truth::no) continue;
      const auto& written = source.then[e].cases[c];
      fail(written.second ? written.second->where : source.then[e].where,
           "reaction '" + reaction.name + "' can never lead to '" + written.first + "': whenever this case holds, one above it does, or 'when' does not", "cases in an order in which each can be the first that holds");
    }
}

void check_effect(const Machine& machine, const Action& action, const Where& where) {
  std::vector<int> facts = action.needs.facts();
  add_facts(facts, action.effects);
  const Worlds worlds(machine, std::move(facts));
  if (worlds.too_many()) return;
  worlds.each([&](const World& world) {
    if (action.needs.eval(world) != Truth::yes || effect_holds(action.effects, fsm::apply(action.effects, world)) == Truth::yes) return;
    fail(where, "the effect of " + action.name + " does not hold after itself, when " + told(machine, world), "conditions that the effect does not change");
  });
}

void check_roles_apart(const Machine& m) {
  for (std::size_t i = 0; i < m.facts.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) {
      const Fact &a = m.facts[k], &b = m.facts[i];
      if (a.role == b.role || a.host != b.host || a.probe != b.probe || a.args != b.args) continue;
      fail(b.where, "'" + a.name + "' and '" + b.name + "' are one and the same observation on host '" + a.host + "'", "a host of its own for each role, or other parameters (ports, paths)");
    }
}

}  // namespace interlock::fsm
