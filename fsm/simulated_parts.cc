#include "fsm/simulated_parts.h"

#include <algorithm>
#include <map>

#include "fsm/engine.h"

namespace interlock::fsm {
namespace {

constexpr Millis kSpare{3'600'000};
constexpr std::int64_t kGenerous = 4;
constexpr Millis kFaultLeast{1}, kFaultMost{5000};      // from the record that a fault hangs on

// Whether such a fault can befall this machine at all.
bool possible(const Machine& machine, Fault kind) {
  switch (kind) {
    case Fault::action: return !machine.actions.empty();
    case Fault::blind: return !machine.facts.empty();
    case Fault::crash: return !machine.crashes.empty();
    case Fault::gone: return !machine.hosts.empty();
    case Fault::late: return !machine.reactions.empty();
    case Fault::lost: return std::any_of(machine.reactions.begin(), machine.reactions.end(), [](const Reaction& r) { return r.may_fail; });
    case Fault::died:
    case Fault::asked: return true;
  }
  return false;
}

}  // namespace

std::vector<Group> groups_of(const Machine& machine, std::vector<int> facts) {
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  std::map<std::string, Group> groups;
  for (const int f : facts) {
    const Fact& fact = machine.fact(f);
    Group& group = groups[fact.host + '\n' + fact.probe + '\n' + fact.args.dump()];
    group.every = group.facts.empty() ? fact.every : std::min(group.every, fact.every);
    group.facts.push_back(f);
  }
  std::vector<Group> list;
  for (auto& [key, group] : groups) list.push_back(std::move(group));
  return list;
}

Millis generous_limit(const Machine& machine) {
  Millis sum{};
  for (const auto& phase : machine.phases) {
    sum += phase.within + Engine::kPatience;
    for (const auto& step : phase.steps) sum += (machine.action(step.action).within + Engine::kPatience) * machine.action(step.action).attempts;
  }
  return sum * kGenerous + kSpare;
}

std::vector<PlannedFault> planned_faults(const Machine& machine, const SimulationSettings& settings, int usual_records, Chance& chance) {
  std::vector<PlannedFault> planned;
  std::vector<Fault> kinds;
  for (std::size_t k = 0; k < kFaultKinds; ++k)
    if (possible(machine, static_cast<Fault>(k))) kinds.insert(kinds.end(), static_cast<std::size_t>(std::max(settings.each[k], 0)), static_cast<Fault>(k));
  if (settings.faults <= 0 || kinds.empty()) return planned;
  const std::size_t count = chance.below(static_cast<std::size_t>(settings.faults) + 1);
  for (std::size_t i = 0; i < count; ++i) {
    PlannedFault f;
    f.kind = kinds[chance.below(kinds.size())];
    f.after_last = i > 0 && chance.one_in(2);
    f.at_record = static_cast<int>(chance.below(static_cast<std::size_t>(f.after_last ? std::max(usual_records / 4, 1) : usual_records))) + 1;
    f.delay = chance.one_in(2) ? Millis(0) : chance.spread(kFaultLeast, kFaultMost);
    planned.push_back(f);
  }
  return planned;
}

bool is_fault(SiteEvent::What what) {
  switch (what) {
    case SiteEvent::What::effect:
    case SiteEvent::What::reaction:
    case SiteEvent::What::seen_again:
    case SiteEvent::What::resumed: return false;
    case SiteEvent::What::action_fails:
    case SiteEvent::What::action_lost:
    case SiteEvent::What::outcome_lost:
    case SiteEvent::What::hollow:
    case SiteEvent::What::unseen:
    case SiteEvent::What::crash:
    case SiteEvent::What::gone:
    case SiteEvent::What::late:
    case SiteEvent::What::lost:
    case SiteEvent::What::died:
    case SiteEvent::What::asked: return true;
  }
  return false;
}

}  // namespace interlock::fsm
