#include "fsm/bind.h"

#include <algorithm>
#include <functional>
#include <set>

#include "fsm/consistency.h"
#include "fsm/diagnostic.h"
#include "fsm/scope.h"
#include "fsm/shape.h"
#include "fsm/suggest.h"

namespace interlock::fsm {
namespace {

// What fits the masks of the engine (rules), and keeps the checks quick on a file that is nobody's procedure.
constexpr std::size_t kMostPhases = 1000, kMostRules = 64;

// The graph of phases as written, with every alternative: what the checks on the whole procedure look at.
class Graph {
 public:
  explicit Graph(const ProcedureSource& p) : procedure_(p) {
    if (p.phases.size() > kMostPhases) fail(p.phases[kMostPhases].second.where, "more than " + std::to_string(kMostPhases) + " phases", "a procedure that can be read");
    for (const auto& [name, phase] : p.phases) {
      if (find(p.ends, name) != nullptr) fail(phase.where, "'" + name + "' is both a phase and an end", "different names");
      add(name, phase.next, true);
      add(name, phase.back, false);
      add(name, phase.refused, false);
      add(name, phase.overrun, false);
      check_ways(name, phase);
    }
  }

  void check() const {
    no_circle();
    const std::set<std::string> reached = reach(false);
    for (const auto& [name, phase] : procedure_.phases)
      if (!reached.contains(name)) fail(phase.where, "nothing leads to phase '" + name + "'", "a next, back, refused or overrun that names it");
    for (const auto& [name, gate] : procedure_.gates)
      if (!used_gates_.contains(name)) fail(gate.where, "no phase demands the gate '" + name + "'", "a phase with gates: [" + name + "]");
    // What only a person can decide leads to the ends for attention, from everywhere.
    for (const auto& [name, end] : procedure_.ends)
      if (!reached.contains(name) && end.is != "attention") fail(end.where, "nothing leads to end '" + name + "'", "a next, back, refused or overrun that names it");
  }

  // Phases on the way forward: those that `next` reaches, and those that lead on to one of them. The others are
  // ways back.
  [[nodiscard]] std::set<std::string> forward() const {
    std::set<std::string> seen = reach(true);
    const auto is_phase = [&](const std::string& name) { return find(procedure_.phases, name) != nullptr; };
    for (bool more = true; more;) {
      more = false;
      for (const auto& e : edges_)
        if (e.next && is_phase(e.to) && seen.contains(e.to)) more |= seen.insert(e.from).second;
    }
    return seen;
  }

 private:
  struct Edge {
    std::string from, to;
    bool next;
  };

  void add(const std::string& from, const std::optional<TargetSource>& target, bool next) {
    if (!target) return;
    const auto one = [&](const std::string& to) {
      if (find(procedure_.phases, to) == nullptr && find(procedure_.ends, to) == nullptr) {
        std::vector<std::string> known = names_of(procedure_.phases);
        for (const auto& e : procedure_.ends) known.push_back(e.first);
        const std::string word = nearest(to, known);
        fail(target->where, "phase '" + from + "' leads to '" + to + "', which is neither a phase nor an end", "a phase or an end of this procedure",
             word.empty() ? "" : "write '" + word + "'");
      }
      edges_.push_back({from, to, next});
    };
    if (target->by.empty()) return one(target->name);
    for (const auto& [value, to] : target->choices) one(to);
  }

  // Every state has a way on or back, and every gate is somebody's.
  void check_ways(const std::string& name, const PhaseSource& phase) {
    for (const auto& gate : phase.gates) {
      used_gates_.insert(gate);
      if (find(procedure_.gates, gate) != nullptr) continue;
      const std::string word = nearest(gate, names_of(procedure_.gates));
      fail(phase.where, "phase '" + name + "' demands the gate '" + gate + "', which does not exist", "a name under 'gates'", word.empty() ? "" : "write '" + word + "'");
    }
    if ((!phase.steps.empty() || phase.until) && !phase.back) fail(phase.where, "phase '" + name + "' has no way back", "back: a phase or an end");
    if (!phase.gates.empty() && !phase.refused && !phase.back) fail(phase.where, "phase '" + name + "' has gates and nowhere to go when one is closed", "refused: a phase or an end");
  }

  void no_circle() const {
    std::set<std::string> done;
    std::vector<std::string> path;
    const std::function<void(const std::string&)> visit = [&](const std::string& name) {
      if (const auto it = std::find(path.begin(), path.end(), name); it != path.end()) {
        std::string circle;
        for (auto i = it; i != path.end(); ++i) circle += *i + " -> ";
        fail(find(procedure_.phases, name)->where, "phases that lead round in a circle: " + circle + name, "every way to come to an end",
             "a phase that is waited in belongs into 'until' with 'within'");
      }
      if (!done.insert(name).second) return;
      path.push_back(name);
      for (const auto& e : edges_)
        if (e.from == name) visit(e.to);
      path.pop_back();
    };
    for (const auto& p : procedure_.phases) visit(p.first);
  }

  [[nodiscard]] std::set<std::string> reach(bool next_only) const {
    std::set<std::string> seen{procedure_.phases.front().first};
    for (bool more = true; more;) {
      more = false;
      for (const auto& e : edges_)
        if ((e.next || !next_only) && seen.contains(e.from)) more |= seen.insert(e.to).second;
    }
    return seen;
  }

  const ProcedureSource& procedure_;
  std::vector<Edge> edges_;
  std::set<std::string> used_gates_;
};

class Binder {
 public:
  Binder(const ProcedureSource& p, const Library& library, const SiteSource& site, const std::map<std::string, std::string>& overrides)
      : source_(p), site_(site), scope_(p, library, site, overrides, machine_) {}

  Machine run() {
    if (source_.phases.empty()) fail(Where{source_.file, 1, 1}, "a procedure without phases", "phases: {…}");
    const Graph graph(source_);
    graph.check();
    const std::set<std::string> forward = graph.forward();

    machine_.procedure = source_.name;
    machine_.site = site_.name;
    machine_.title = source_.title;
    machine_.about = source_.about;
    machine_.params = scope_.bound_parameters();
    for (const auto& [name, phase] : source_.phases)
      if (!phase.when || constant(*phase.when)) phase_index_[name] = static_cast<int>(phase_index_.size());
    if (!phase_index_.contains(source_.phases.front().first)) fail(source_.phases.front().second.where, "the first phase is left out by its own 'when'");

    ends();
    rules();
    ends_keep_the_rules();
    for (const auto& [name, phase] : source_.phases)
      if (phase_index_.contains(name)) machine_.phases.push_back(bind_phase(name, phase, !forward.contains(name)));
    rule_gates();
    reactions();
    crashes();
    clients();
    assumptions();
    check_roles_apart(machine_);
    return std::move(machine_);
  }

 private:
  bool constant(const Written& condition) {
    const std::size_t before = machine_.facts.size();
    const Predicate p = scope_.predicate(condition.expression, nullptr, {});
    if (p.settled() == Truth::unknown || machine_.facts.size() != before)
      fail(condition.where, "'when' speaks of facts", "a condition on parameters; for facts write 'if' or a gate");
    return p.settled() == Truth::yes;
  }

  void ends() {
    for (const auto& [name, source] : source_.ends) {
      End end;
      end.name = name;
      end.kind = source.is == "success" ? EndKind::success : source.is == "unchanged" ? EndKind::unchanged : source.is == "rolled-back" ? EndKind::rolled_back : EndKind::attention;
      end.title = source.title;
      end.least_faults = source.least_faults;
      end.look = source.look;
      end.type = source.type;
      if (source.holds) {
        end.holds = scope_.predicate(source.holds->expression, nullptr, {});
        end.holds_text = source.holds->text;
      }
      machine_.ends.push_back(std::move(end));
    }
    const bool last_resort = std::any_of(machine_.ends.begin(), machine_.ends.end(), [](const End& e) { return e.kind == EndKind::attention && e.holds.settled() == Truth::yes; });
    if (!last_resort) fail(Where{source_.file, 0, 0}, "no end with 'is: attention' that promises nothing", "one that has no 'holds', for the case that only a person can decide");
  }

  // Where everything is well, every rule holds, whatever else the end says.
  void ends_keep_the_rules() {
    for (End& end : machine_.ends) {
      if (end.kind != EndKind::success && end.kind != EndKind::rolled_back) continue;
      std::vector<Predicate> all{end.holds};
      for (const Rule& rule : machine_.rules) all.push_back(rule.always);
      end.holds = Predicate::all_of(std::move(all));
      for (const Rule& rule : machine_.rules) end.holds_text += (&rule != &machine_.rules.front() ? ", " : end.holds_text.empty() ? "rules: " : "; rules: ") + rule.name;
    }
  }

  // `written` is "${parameter}", or empty when the file gives the time itself.
  Millis duration(const std::string& written, Millis given, const Instance* instance, const Where& where) {
    if (written.empty()) return given;
    Origins from;
    const Json value = scope_.fill(written, instance, where, &from);
    return duration_in(value.is_string() ? value.get<std::string>() : value.dump(), from.contains("") ? from.at("") : where);
  }
  Millis duration(const std::string& param, Millis given, const Where& where) {
    return duration(param.empty() ? "" : "${" + param + "}", given, nullptr, where);
  }

  void rules() {
    if (source_.rules.size() > kMostRules) fail(source_.rules[kMostRules].where, "more than " + std::to_string(kMostRules) + " rules", "rules that say more, with && or .all()");
    for (const auto& source : source_.rules) {
      Rule rule;
      rule.name = source.name;
      rule.title = source.title;
      rule.always = scope_.predicate(source.always.expression, nullptr, {});
      rule.text = source.always.text;
      rule.grace = source.grace;
      rule.for_at_most = duration(source.for_at_most_param, source.for_at_most, source.where);
      rule.suspended_in.resize(phase_index_.size());
      for (const auto& name : source.except_in) {
        if (find(source_.phases, name) == nullptr) {
          const std::string word = nearest(name, names_of(source_.phases));
          fail(source.where, "rule '" + source.name + "' is suspended in '" + name + "', which is not a phase", "a phase of this procedure", word.empty() ? "" : "write '" + word + "'");
        }
        if (const auto it = phase_index_.find(name); it != phase_index_.end()) rule.suspended_in[static_cast<std::size_t>(it->second)] = true;
      }
      for (const auto& other : machine_.rules)
        if (other.name == rule.name) fail(source.where, "two rules are called '" + rule.name + "'", "different names");
      machine_.rules.push_back(std::move(rule));
    }
  }

  // Where a target leads once phases that are left out are passed over.
  Target resolve(const TargetSource& t) {
    std::string name = t.name;
    if (!t.by.empty()) {
      const auto [value, where] = scope_.parameter(t.by, t.where);
      const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
      for (const auto& [choice, to] : t.choices)
        if (choice == text) name = to;
      if (name.empty()) {
        std::string all;
        for (const auto& c : t.choices) all += (all.empty() ? "" : ", ") + c.first;
        fail(where, "parameter '" + t.by + "' is '" + text + "', for which no place to go is given", all);
      }
    }
    for (std::size_t hops = 0; hops <= source_.phases.size(); ++hops) {
      if (const auto it = phase_index_.find(name); it != phase_index_.end()) return {false, it->second};
      for (std::size_t i = 0; i < source_.ends.size(); ++i)
        if (source_.ends[i].first == name) return {true, static_cast<int>(i)};
      return resolve(*find(source_.phases, name)->next);
    }
    fail(t.where, "a target that leads nowhere");
  }

  Phase bind_phase(const std::string& name, const PhaseSource& source, bool retreat) {
    Phase phase;
    phase.name = name;
    phase.title = source.title.empty() ? Words{name, name} : source.title;
    phase.within = duration(source.within_param, source.within, source.where);
    phase.retreat = retreat;
    phase.next = resolve(*source.next);
    // A phase with gates only is refused; it is never turned round into going on.
    phase.back = source.back ? resolve(*source.back) : source.refused ? resolve(*source.refused) : phase.next;
    phase.refused = source.refused ? resolve(*source.refused) : phase.back;
    phase.overrun = source.overrun ? resolve(*source.overrun) : phase.back;
    if (source.until) {
      phase.until = scope_.predicate(source.until->expression, nullptr, {});
      phase.until_text = source.until->text;
    }
    for (const auto& id : source.gates) {
      const GateSource& g = *find(source_.gates, id);  // Graph has checked the name
      if (g.when && !constant(*g.when)) continue;
      Gate gate;
      gate.id = id;
      gate.holds = scope_.predicate(g.holds.expression, nullptr, {});
      gate.text = g.holds.text;
      gate.title = g.title.empty() ? Words{id, id} : g.title;
      gate.remedy = g.remedy;
      gate.kept = g.kept;
      gate.mode = g.mode == "warn" ? GateMode::warn : g.mode == "observe" ? GateMode::observe : GateMode::enforce;
      phase.gates.push_back(std::move(gate));
    }
    for (const auto& s : source.steps) {
      if (s.when && !constant(*s.when)) continue;
      if (s.each.empty()) {
        phase.steps.push_back(bind_step(s.action, s, {}));
        continue;
      }
      for (const auto& member : scope_.members(s.of, s.where))
        for (const auto& action : s.steps) phase.steps.push_back(bind_step(action, s, {{s.each, member}}));
    }
    return phase;
  }

  Step bind_step(const std::string& text, const StepSource& s, const Scope::Variables& variables) {
    const auto dot = text.find('.');
    if (dot == std::string::npos) fail(s.where, "'" + text + "' is not a step", "role.action");
    const std::string role = text.substr(0, dot);
    const auto variable = variables.find(role);
    const Instance& instance = scope_.instance(variable == variables.end() ? role : variable->second, s.where);
    Step step;
    step.action = action(instance, text.substr(dot + 1), s.where);
    if (s.only_if) step.only_if = scope_.predicate(s.only_if->expression, nullptr, variables);
    step.may_change = scope_.effects(s.may_change, nullptr, variables);
    return step;
  }

  Words filled(const Words& words, const Instance& instance, const Where& where) {
    const auto fill = [&](const std::string& text) {
      const Json value = scope_.fill(text, &instance, where);
      return value.is_string() ? value.get<std::string>() : value.dump();
    };
    return {fill(words.en), fill(words.zh)};
  }

  int action(const Instance& instance, const std::string& name, const Where& where) {
    const std::string full = instance.name + "." + name;
    if (const auto it = action_index_.find(full); it != action_index_.end()) return it->second;
    std::vector<std::string> known;
    for (const auto* component : instance.components)
      for (const auto& [key, source] : component->actions) {
        known.push_back(key);
        if (key != name) continue;
        Action a;
        a.name = full;
        a.role = instance.name;
        a.host = instance.player->host;
        a.title = source.title.empty() ? Words{full, full} : source.title;
        a.manual = source.manual;
        a.look = filled(source.look, instance, source.where);
        for (const auto& o : source.operations) {
          Operation bound{o.kind, {}, o.where, {}};
          bound.args = scope_.fill(o.args, &instance, o.where, &bound.given);
          a.operations.push_back(std::move(bound));
        }
        a.effects = scope_.effects(source.effects, &instance, {});
        a.may_change = scope_.effects(source.may_change, &instance, {});
        if (source.needs) {
          a.needs = scope_.predicate(source.needs->expression, &instance, {});
          a.needs_text = source.needs->text;
        }
        a.repeatable = scope_.predicate(source.repeatable.expression, &instance, {});
        a.within = duration(source.within_param.empty() ? "" : "${" + source.within_param + "}", source.within, &instance, source.where);
        a.attempts = source.attempts;
        check_effect(machine_, a, source.where);
        const int index = static_cast<int>(machine_.actions.size());
        machine_.actions.push_back(std::move(a));
        action_index_[full] = index;
        return index;
      }
    std::string all;
    for (const auto& k : known) all += (all.empty() ? "" : ", ") + k;
    const std::string word = nearest(name, known);
    fail(where, "'" + instance.name + "' has no action '" + name + "'", all, word.empty() ? "" : "write '" + word + "'");
  }

  // To begin, every rule that is not suspended in the first phase must hold.
  void rule_gates() {
    Phase& first = machine_.phases.front();
    for (const auto& rule : machine_.rules) {
      if (rule.suspended_in.front()) continue;
      Gate gate;
      gate.id = "rule: " + rule.name;
      gate.holds = rule.always;
      gate.text = rule.text;
      gate.title = rule.title;
      first.gates.push_back(std::move(gate));
    }
  }

  void reactions() {
    for (const auto& source : source_.reactions) {
      std::vector<Scope::Variables> choices{{}};
      for (const auto& [variable, roles] : source.each) {
        std::vector<Scope::Variables> wider;
        for (const auto& choice : choices)
          for (const auto& role : roles)
            for (const auto& member : scope_.members(role, source.where)) {
              const bool taken = std::any_of(choice.begin(), choice.end(), [&](const auto& c) { return c.second == member; });
              if (taken) continue;  // x and y are different
              Scope::Variables next = choice;
              next[variable] = member;
              wider.push_back(std::move(next));
            }
        choices = std::move(wider);
      }
      for (const auto& choice : choices) {
        Reaction r;
        r.name = source.name;
        for (const auto& [variable, member] : choice) {
          const std::string pattern = "{" + variable + "}";
          for (auto at = r.name.find(pattern); at != std::string::npos; at = r.name.find(pattern, at + member.size())) r.name.replace(at, pattern.size(), member);
        }
        r.when = scope_.predicate(source.when.expression, nullptr, choice);
        r.then = scope_.effects(source.then, nullptr, choice);
        r.may_fail = source.may_fail;
        r.at_will = source.at_will;
        check_reaction(machine_, r, source);
        machine_.reactions.push_back(std::move(r));
      }
    }
  }

  // Each part of a node may die by itself, and the host with all of them, whatever roles it plays.
  void crashes() {
    struct Parts {
      std::string of;
      std::vector<Effect> effects;
      std::size_t parts = 0, players = 0;
    };
    std::map<const HostSource*, Parts> hosts;
    for (const auto& instance : scope_.instances()) ++hosts[instance.host].players;
    for (const auto& instance : scope_.instances()) {
      Parts& host = hosts[instance.host];
      host.of += (host.of.empty() ? "" : ", ") + instance.name;
      for (const auto* component : instance.components) {
        Crash part{component->name + " of " + instance.name, scope_.effects(component->crash, &instance, {})};
        if (part.effects.empty()) continue;
        ++host.parts;
        host.effects.insert(host.effects.end(), part.effects.begin(), part.effects.end());
        machine_.crashes.push_back(std::move(part));
      }
      if (--host.players != 0 || host.parts == 0) continue;
      Host whole{instance.player->host, std::move(host.effects), {}};
      for (std::size_t f = 0; f < machine_.facts.size(); ++f)
        if (machine_.facts[f].host == whole.name) whole.facts.push_back(static_cast<int>(f));
      if (host.parts > 1) machine_.crashes.push_back(Crash{"the host of " + host.of, whole.crash});
      machine_.hosts.push_back(std::move(whole));
    }
  }

  void assumptions() {
    std::vector<Predicate> all;
    for (const auto& instance : scope_.instances())
      for (const auto* component : instance.components)
        if (component->assume) all.push_back(scope_.predicate(component->assume->expression, &instance, {}));
    if (source_.assume) all.push_back(scope_.predicate(source_.assume->expression, nullptr, {}));
    machine_.assume = Predicate::all_of(std::move(all));
  }

  void clients() {
    if (!source_.clients) return;
    const auto& source = *source_.clients;
    Clients clients;
    clients.title = source.title;
    clients.probe = source.probe;
    clients.args = scope_.fill(source.args, nullptr, source.where, &clients.given);
    clients.where = source.where;
    clients.every = source.every;
    clients.rule = -1;
    std::string all;
    for (std::size_t i = 0; i < machine_.rules.size(); ++i) {
      if (machine_.rules[i].name == source.rule) clients.rule = static_cast<int>(i);
      all += (i == 0 ? "" : ", ") + machine_.rules[i].name;
    }
    if (clients.rule < 0) fail(source.where, "the client probe names the rule '" + source.rule + "', which does not exist", all);
    machine_.clients = std::move(clients);
  }

  const ProcedureSource& source_;
  const SiteSource& site_;
  Machine machine_;
  Scope scope_;
  std::map<std::string, int> phase_index_, action_index_;
};

}  // namespace

Machine bind(const ProcedureSource& procedure, const Library& library, const SiteSource& site, const std::map<std::string, std::string>& overrides) {
  // Whoever writes a site is told of all that is missing at once. What is needed depends on the procedure's conditions,
  // so each missing value is supposed, and binding goes on to the next.
  constexpr std::size_t kMostMissing = 100;
  std::vector<Diagnostic> missing;
  SiteSource supposed = site;
  while (missing.size() < kMostMissing) {
    try {
      Machine machine = Binder(procedure, library, supposed, overrides).run();
      if (missing.empty()) return machine;
      break;
    } catch (const MissingParameter& one) {
      missing.push_back(one.diagnostics().front());
      supposed.params.emplace_back(one.name, Given{one.name, Where{site.file, 0, 0}});
      if (one.secret) supposed.secrets.emplace_back(one.name, SecretSource{});
    } catch (const InputError&) {
      if (missing.empty()) throw;
      break;  // of the supposed values
    }
  }
  throw InputError(missing);
}

}  // namespace interlock::fsm
