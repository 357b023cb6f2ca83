#include "fsm/simulated_site.h"

namespace interlock::fsm {

SimulatedSite::Changes SimulatedSite::would_change(const std::vector<Effect>& effects) const {
  Changes changes;
  for (const auto& effect : effects)
    for (const auto& [condition, value] : effect.cases) {
      if (condition.eval(world_) == Truth::no) continue;
      if (world_[static_cast<std::size_t>(effect.fact)] != value) {
        changes.facts.push_back(effect.fact);
        changes.values.push_back(value);
      }
      break;
    }
  return changes;
}

std::vector<int> SimulatedSite::would_break(const std::vector<Effect>& effects, const World& before, int phase) const {
  std::vector<int> rules;
  const World after = fsm::apply(effects, before);
  for (std::size_t r = 0; r < machine_.rules.size(); ++r) {
    const Rule& rule = machine_.rules[r];
    if (!suspended(rule, phase) && rule.always.eval(after) == Truth::no && rule.always.eval(before) == Truth::yes) rules.push_back(static_cast<int>(r));
  }
  return rules;
}

void SimulatedSite::settle(const std::function<std::optional<std::uint32_t>(int reaction)>& begin) {
  for (std::size_t r = 0; r < coming_.size(); ++r) {
    const Reaction& reaction = machine_.reactions[r];
    if (reaction.when.eval(world_) != Truth::yes) {
      coming_[r] = {};
      continue;
    }
    if (coming_[r].lost) continue;
    if (would_change(reaction.then).facts.empty()) {
      coming_[r].number = 0;
    } else if (coming_[r].number == 0) {
      const auto number = begin(static_cast<int>(r));
      coming_[r].number = number.value_or(0);
      coming_[r].lost = !number;
    }
  }
}

bool SimulatedSite::comes(int reaction, std::uint32_t number) {
  Coming& c = coming_[static_cast<std::size_t>(reaction)];
  if (c.number != number) return false;
  c.number = 0;
  return true;
}

void SimulatedSite::hide(const std::vector<int>& facts, bool hidden) {
  hidden_.resize(machine_.facts.size());
  for (const int f : facts) hidden_[static_cast<std::size_t>(f)] += hidden ? 1 : -1;
}

Value SimulatedSite::seen(int fact) const {
  const auto f = static_cast<std::size_t>(fact);
  return !hidden_.empty() && hidden_[f] > 0 ? kUnknown : world_[f];
}

}  // namespace interlock::fsm
