#include "fsm/stations.h"

namespace interlock::fsm {
namespace {
constexpr std::size_t kMostStations = 0xFFFF;
}

StateSlots::StateSlots(const Machine& machine, const Budget& budget, std::size_t places) {
  Packing packing;
  place = packing.add(places);
  left = packing.add(static_cast<std::uint64_t>(budget.faults) + 1);
  int attempts = 1;
  for (const auto& a : machine.actions) attempts = std::max(attempts, a.attempts);
  attempt = packing.add(static_cast<std::uint64_t>(attempts));
  pending = packing.add(2);
  between = packing.add(budget.unreduced ? 1 : 2);
  for (std::size_t k = 0; k < kFaultKinds; ++k) {
    const bool counted = k == kAsked ? budget.each[k] > 0 : budget.each[k] > 0 && budget.each[k] < budget.faults;
    each[k] = packing.add(counted ? static_cast<std::uint64_t>(budget.each[k]) + 1 : 1);
  }
  gone = packing.add(budget.faults > 0 && budget.each[static_cast<std::size_t>(Fault::gone)] > 0 ? machine.hosts.size() + 1 : 1);
  for (const auto& r : machine.reactions) lost.push_back(packing.add(r.may_fail ? 2 : 1));
  facts = pack_facts(machine, packing);
  words = packing.words();
}

std::vector<int> asked_by_us_alone(const Machine& machine, const Host& host) {
  std::vector<bool> asked(machine.facts.size());
  const auto ask = [&asked](const Predicate& p) {
    for (const int f : p.facts()) asked[static_cast<std::size_t>(f)] = true;
  };
  const auto make = [&](const std::vector<Effect>& effects) {
    for (const auto& effect : effects) {
      asked[static_cast<std::size_t>(effect.fact)] = true;
      for (const auto& [condition, value] : effect.cases) ask(condition);
    }
  };
  for (const auto& rule : machine.rules) ask(rule.always);
  for (const auto& crash : machine.crashes) make(crash.effects);
  for (const auto& reaction : machine.reactions) {
    ask(reaction.when);
    make(reaction.then);
  }
  std::vector<int> list = host.facts;
  std::erase_if(list, [&](int f) { return asked[static_cast<std::size_t>(f)]; });
  return list;
}

Stations::Stations(const Machine& machine) {
  std::vector<std::uint16_t> phases, ends;
  std::size_t count = 0;
  for (const auto& phase : machine.phases) {
    phases.push_back(static_cast<std::uint16_t>(count));
    count += phase.steps.size() + 2;
  }
  for (std::size_t i = 0; i < machine.ends.size(); ++i, count += 2) ends.push_back(static_cast<std::uint16_t>(count));
  const auto entry = [&](Target t) { return t.end ? ends[static_cast<std::size_t>(t.index)] : phases[static_cast<std::size_t>(t.index)]; };
  if (count > kMostStations) throw std::invalid_argument("there are " + std::to_string(count) + " places, more than the " + std::to_string(kMostStations) + " that can be explored");
  attention_ = entry(attention_end(machine));

  int changing = 0;
  for (std::size_t p = 0; p < machine.phases.size(); ++p) {
    const Phase& phase = machine.phases[p];
    for (int step = Place::kGates; step <= static_cast<int>(phase.steps.size()); ++step) {
      Station s;
      s.place = Place{{false, static_cast<int>(p)}, step};
      s.phase = static_cast<int>(p);
      for (std::size_t r = 0; r < machine.rules.size(); ++r)
        if (!suspended(machine.rules[r], s.phase)) s.in_force |= 1ULL << r;
      s.retreat = phase.retreat;
      s.has_back = !(phase.back == phase.next);
      s.observes = !facts_for(machine, s.place).empty();
      s.back = entry(phase.back);
      s.refused = entry(phase.refused);
      s.overrun = entry(phase.overrun);
      s.next = static_cast<std::uint16_t>(list_.size() + 1);
      if (step == static_cast<int>(phase.steps.size())) {
        s.kind = Station::Kind::exit;
        s.next = entry(phase.next);
      } else if (step != Place::kGates) {
        s.kind = Station::Kind::step;
        s.action = phase.steps[static_cast<std::size_t>(step)].action;
        s.attempts = machine.action(s.action).attempts;
        if (!may_change(machine, phase.steps[static_cast<std::size_t>(step)]).empty()) s.may_change = changing++;
      }
      list_.push_back(s);
    }
  }
  for (std::size_t e = 0; e < machine.ends.size(); ++e) {
    Station s;
    s.place = entry_of({true, static_cast<int>(e)});
    s.kind = Station::Kind::end;
    s.next = entry(attention_after(machine, static_cast<int>(e)));
    s.observes = !machine.ends[e].holds.facts().empty();
    const bool well = machine.ends[e].kind == EndKind::success || machine.ends[e].kind == EndKind::rolled_back;
    s.in_force = machine.rules.empty() || !well ? 0 : ~0ULL >> (64 - machine.rules.size());
    list_.push_back(s);
    s.kind = Station::Kind::ended;
    list_.push_back(s);
  }
}

}  // namespace interlock::fsm
