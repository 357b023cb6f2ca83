#include "fsm/decide.h"

#include <algorithm>

namespace interlock::fsm {
namespace {

void add(std::vector<int>& list, const std::vector<int>& more) { list.insert(list.end(), more.begin(), more.end()); }

std::vector<int> unique(std::vector<int> list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

bool touches(const std::vector<Effect>& effects, const Predicate& predicate) {
  const std::vector<int> facts = predicate.facts();
  return std::any_of(effects.begin(), effects.end(), [&](const Effect& e) { return std::binary_search(facts.begin(), facts.end(), e.fact); });
}

std::vector<int> unknown_among(const std::vector<int>& facts, const World& world) {
  std::vector<int> list;
  for (const int f : facts)
    if (world[static_cast<std::size_t>(f)] == kUnknown) list.push_back(f);
  return list;
}

Decision at_gates(const Phase& phase, const World& world) {
  std::vector<int> closed, unknown;
  for (std::size_t i = 0; i < phase.gates.size(); ++i) {
    if (phase.gates[i].mode != GateMode::enforce) continue;
    const Truth t = phase.gates[i].holds.eval(world);
    if (t == Truth::no) closed.push_back(static_cast<int>(i));
    if (t == Truth::unknown) add(unknown, unknown_among(phase.gates[i].holds.facts(), world));
  }
  if (!closed.empty()) return {Verdict::refuse, closed};
  if (!unknown.empty()) return {Verdict::look, unique(unknown)};
  return {Verdict::enter, {}};
}

Decision at_step(const Machine& m, int phase, const Step& step, const World& world) {
  const Action& action = m.action(step.action);
  const Truth wanted = step.only_if.eval(world);
  if (wanted == Truth::unknown) return {Verdict::look, unknown_among(step.only_if.facts(), world)};
  if (wanted == Truth::no) return {Verdict::pass_over, {}};
  const Truth there = effect_holds(action.effects, world);
  if (there == Truth::yes) return {Verdict::pass_over, {}};
  if (there == Truth::unknown) return {Verdict::look, unknown_among(facts_of_effect(action), world)};
  const Truth ready = action.needs.eval(world);
  if (ready == Truth::unknown) return {Verdict::look, unknown_among(action.needs.facts(), world)};
  if (ready == Truth::no) return {Verdict::not_ready, {}};
  const std::vector<int> broken = worsened(m, phase, world, apply(action.effects, world));
  if (broken.empty()) return {Verdict::act, {}};
  const World after = apply(action.effects, world);
  const auto certain = [&](int r) { return m.rule(r).always.eval(world) == Truth::yes && m.rule(r).always.eval(after) == Truth::no; };
  if (std::any_of(broken.begin(), broken.end(), certain)) return {Verdict::interlocked, broken};
  // A rule that is merely unknown, before or afterwards, is looked at again before it stops us.
  std::vector<int> unknown = unknown_among(facts_of_effect(action), world);
  for (const int r : broken) add(unknown, unknown_among(m.rule(r).always.facts(), world));
  return {Verdict::look, unique(unknown)};
}

// Leaving a phase that suspends a rule needs the rule to hold again.
Decision at_exit(const Machine& m, int index, const World& world) {
  const Phase& phase = m.phase(index);
  Truth ready = phase.until.eval(world);
  std::vector<int> unknown = ready == Truth::unknown ? unknown_among(phase.until.facts(), world) : std::vector<int>{};
  for (const auto& rule : m.rules) {
    if (!must_hold_again(m, index, rule)) continue;
    const Truth t = rule.always.eval(world);
    if (t == Truth::unknown) add(unknown, unknown_among(rule.always.facts(), world));
    ready = both(ready, t);
  }
  if (ready == Truth::yes) return {Verdict::leave, {}};
  if (ready == Truth::unknown) return {Verdict::look, unique(unknown)};
  return {Verdict::wait, {}};
}

std::vector<int> rules_in(const Machine& m, std::uint64_t mask) {
  std::vector<int> rules;
  for (std::size_t i = 0; i < m.rules.size(); ++i)
    if (mask >> i & 1u) rules.push_back(static_cast<int>(i));
  return rules;
}

std::vector<int> in_force(const Machine& m, int phase, std::uint64_t mask) {
  std::vector<int> rules = rules_in(m, mask);
  std::erase_if(rules, [&](int r) { return suspended(m.rule(r), phase); });
  return rules;
}

}  // namespace

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::enter: return "enter";
    case Verdict::refuse: return "refuse";
    case Verdict::look: return "look";
    case Verdict::pass_over: return "pass over";
    case Verdict::act: return "act";
    case Verdict::interlocked: return "interlocked";
    case Verdict::not_ready: return "not ready";
    case Verdict::turn_back: return "turn back";
    case Verdict::hold: return "hold";
    case Verdict::wait: return "wait";
    case Verdict::leave: return "leave";
    case Verdict::ended: return "ended";
  }
  return "?";
}

std::string to_string(const Machine& m, Place place) {
  if (place.at.end) return m.name_of(place.at);
  const Phase& phase = m.phase(place.at.index);
  if (place.step == Place::kGates) return phase.name + "/gates";
  if (place.step >= static_cast<int>(phase.steps.size())) return phase.name + "/leave";
  return phase.name + "/" + std::to_string(place.step + 1) + " " + m.action(phase.steps[static_cast<std::size_t>(place.step)].action).name;
}

Place start_of(const Machine&) { return Place{Target{false, 0}, Place::kGates}; }
Place entry_of(Target target) { return Place{target, Place::kGates}; }

bool suspended(const Rule& rule, int phase) { return rule.suspended_in[static_cast<std::size_t>(phase)]; }

bool must_hold_again(const Machine& m, int phase, const Rule& rule) {
  const Target next = m.phase(phase).next;
  if (!next.end) return suspended(rule, phase) && !suspended(rule, next.index);
  return m.end(next.index).kind == EndKind::success || m.end(next.index).kind == EndKind::rolled_back;
}

bool may_settle(const Machine& m, int phase) {
  std::vector<bool> seen(m.phases.size());
  std::vector<int> open{phase};
  while (!open.empty()) {
    const int at = open.back();
    open.pop_back();
    if (seen[static_cast<std::size_t>(at)]) continue;
    seen[static_cast<std::size_t>(at)] = true;
    const Phase& p = m.phase(at);
    for (const Target t : {p.next, p.back, p.refused, p.overrun}) {
      if (!t.end) open.push_back(t.index);
      else if (m.end(t.index).kind != EndKind::attention) return true;
    }
  }
  return false;
}

Place gave_up_at(const Machine& m, Place before, Place now) {
  if (may_settle(m, now.at.index)) return now;
  return Place{before.at, std::min(before.step, 0)};
}

World apply(const std::vector<Effect>& effects, const World& world) {
  World after = world;
  for (const auto& effect : effects)
    for (const auto& [condition, value] : effect.cases) {
      const Truth t = condition.eval(world);
      if (t == Truth::no) continue;
      after[static_cast<std::size_t>(effect.fact)] = t == Truth::yes ? value : kUnknown;
      break;
    }
  return after;
}

Truth effect_holds(const std::vector<Effect>& effects, const World& world) {
  Truth all = Truth::yes;
  for (const auto& effect : effects) {
    const Value now = world[static_cast<std::size_t>(effect.fact)];
    for (const auto& [condition, value] : effect.cases) {
      const Truth t = condition.eval(world);
      if (t == Truth::no) continue;
      all = both(all, t == Truth::unknown || now == kUnknown ? Truth::unknown : truth(now == value));
      break;
    }
  }
  return all;
}

std::vector<int> worsened(const Machine& m, int phase, const World& before, const World& after) {
  std::vector<int> list;
  for (std::size_t i = 0; i < m.rules.size(); ++i) {
    if (suspended(m.rules[i], phase)) continue;
    const Predicate& rule = m.rules[i].always;
    const std::vector<int> facts = rule.facts();
    const bool changed = std::any_of(facts.begin(), facts.end(), [&](int f) { return before[static_cast<std::size_t>(f)] != after[static_cast<std::size_t>(f)]; });
    if (changed && rule.eval(before) != Truth::no && rule.eval(after) != Truth::yes) list.push_back(static_cast<int>(i));
  }
  return list;
}

std::vector<Effect> may_change(const Machine& m, const Step& step) {
  std::vector<Effect> all = m.action(step.action).may_change;
  all.insert(all.end(), step.may_change.begin(), step.may_change.end());
  return all;
}

std::vector<int> facts_of_effect(const Action& action) {
  std::vector<int> list;
  for (const auto& effect : action.effects) {
    list.push_back(effect.fact);
    for (const auto& c : effect.cases) add(list, c.first.facts());
  }
  return unique(std::move(list));
}

std::vector<int> facts_for(const Machine& m, Place place) {
  std::vector<int> list;
  if (place.at.end) return m.end(place.at.index).holds.facts();
  const Phase& phase = m.phase(place.at.index);
  if (place.step == Place::kGates) {
    for (const auto& gate : phase.gates) add(list, gate.holds.facts());
  } else if (place.step < static_cast<int>(phase.steps.size())) {
    const Step& step = phase.steps[static_cast<std::size_t>(place.step)];
    const Action& action = m.action(step.action);
    add(list, step.only_if.facts());
    add(list, facts_of_effect(action));
    add(list, action.needs.facts());
    add(list, action.repeatable.facts());
    for (const auto& rule : m.rules)
      if (!suspended(rule, place.at.index) && touches(action.effects, rule.always)) add(list, rule.always.facts());
  } else {
    add(list, phase.until.facts());
    for (const auto& rule : m.rules)
      if (must_hold_again(m, place.at.index, rule)) add(list, rule.always.facts());
  }
  return unique(std::move(list));
}

Decision decide(const Machine& m, Place place, const World& world, RuleState state) {
  if (place.at.end) return {Verdict::ended, {}};
  const Phase& phase = m.phase(place.at.index);
  if (place.step == Place::kGates) {
    // A closed gate says more than a broken rule. At the start the rules are gates themselves.
    Decision d = at_gates(phase, world);
    if (d.verdict == Verdict::refuse || state.overdue == 0 || phase.retreat || (place.at.index == 0 && d.verdict == Verdict::look)) return d;
  }
  if (state.overdue != 0 && !phase.retreat) return {Verdict::turn_back, rules_in(m, state.overdue)};
  if (place.step >= static_cast<int>(phase.steps.size())) return at_exit(m, place.at.index, world);
  Decision d = at_step(m, place.at.index, phase.steps[static_cast<std::size_t>(place.step)], world);
  // While the site mends itself (a failover is under way) an action of ours could take away what it mends itself with.
  if (d.verdict == Verdict::act && !phase.retreat)
    if (std::vector<int> broken = in_force(m, place.at.index, state.broken); !broken.empty()) return {Verdict::hold, std::move(broken)};
  return d;
}

Target attention_after(const Machine& m, int end) {
  const bool among = end >= 0 && m.end(end).kind == EndKind::attention;
  int last_resort = 0;  // binding demands one
  for (int i = static_cast<int>(m.ends.size()) - 1; i >= 0; --i)
    if (m.end(i).kind == EndKind::attention && m.end(i).holds.settled() == Truth::yes) last_resort = i;
  for (int i = among ? end + 1 : 0; i < static_cast<int>(m.ends.size()); ++i)
    if (m.end(i).kind == EndKind::attention) return {true, i};
  return {true, last_resort};
}

Target attention_end(const Machine& m) { return attention_after(m, -1); }

}  // namespace interlock::fsm
