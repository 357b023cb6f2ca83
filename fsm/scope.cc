#include "fsm/scope.h"

#include <algorithm>
#include <set>

#include "fsm/diagnostic.h"
#include "fsm/suggest.h"

namespace interlock::fsm {
namespace {

// Small files must not mean huge machines: quantifiers inside quantifiers.
constexpr int kMostUnrolled = 1'000'000;
constexpr std::size_t kLargestPredicate = 50'000;

}  // namespace

Scope::Scope(const ProcedureSource& procedure, const Library& library, const SiteSource& site,
             const std::map<std::string, std::string>& overrides, Machine& machine)
    : procedure_(procedure), library_(library), site_(site), machine_(machine) {
  take_overrides(overrides);
  add_instances();
  for (const auto& instance : instances_) check_parameters(instance);
}

void Scope::add_instances() {
  std::vector<Diagnostic> nobody;
  for (const auto& [role, source] : procedure_.roles) {
    if (find(site_.roles, role) != nullptr) continue;
    const std::string word = likely(role, names_of(site_.roles));
    nobody.push_back({site_.file, 0, 0, Severity::error, "site '" + site_.name + "' has nobody for role '" + role + "' of procedure '" + procedure_.name + "'",
                      "roles: {" + role + ": {host: …}}", word});
  }
  if (!nobody.empty()) throw InputError(nobody);
  for (const auto& [role, source] : procedure_.roles) {
    const auto* players = find(site_.roles, role);
    if (source.many && players->empty() && !source.may_be_empty)
      fail(Where{site_.file, 0, 0}, "site '" + site_.name + "' has nobody for role '" + role + "' of procedure '" + procedure_.name + "'",
           "at least one {host: …}; what is said of all hosts of nobody would always hold", "may_be_empty: true in the procedure, where that is meant");
    if (!source.many && players->size() != 1)
      fail(players->empty() ? Where{site_.file, 0, 0} : players->back().where, "role '" + role + "' is played by one host", "one {host: …}, not a list");
    for (const auto& player : *players) {
      Instance instance;
      instance.role = role;
      instance.name = source.many ? role + "@" + player.host : role;
      instance.source = &source;
      instance.player = &player;
      instance.host = find(site_.hosts, player.host);
      if (instance.host == nullptr)
        fail(player.where, "role '" + role + "' names the host '" + player.host + "', which the site does not have", joined(names_of(site_.hosts)),
             likely(player.host, names_of(site_.hosts)));
      std::set<std::string> seen;
      for (const auto& name : source.components) {
        const auto it = library_.find(name);
        if (it == library_.end()) {
          std::vector<std::string> all;
          for (const auto& c : library_) all.push_back(c.first);
          fail(source.where, "role '" + role + "' consists of '" + name + "', and there is no such component", joined(all), likely(name, all));
        }
        for (const auto& f : it->second.facts)
          if (!seen.insert(f.first).second) fail(source.where, "two components of role '" + role + "' both have a fact '" + f.first + "'", "different names");
        for (const auto& a : it->second.actions)
          if (!seen.insert(a.first).second) fail(source.where, "two components of role '" + role + "' both have '" + a.first + "'", "different names");
        instance.components.push_back(&it->second);
      }
      for (const auto& other : instances_)
        if (other.name == instance.name) fail(player.where, "host '" + player.host + "' plays role '" + role + "' twice");
      instances_.push_back(std::move(instance));
    }
  }
}

const Instance& Scope::instance(const std::string& name, const Where& where) const {
  std::vector<std::string> known;
  for (const auto& i : instances_) {
    if (i.name == name) return i;
    known.push_back(i.name);
  }
  if (find(procedure_.roles, name) != nullptr) fail(where, "many hosts play '" + name + "'", name + ".all(n, …) or .exists(n, …)");
  fail(where, "unknown role '" + name + "'", joined(known), likely(name, known));
}

std::vector<std::string> Scope::members(const std::string& role, const Where& where) const {
  if (find(procedure_.roles, role) == nullptr)
    fail(where, "unknown role '" + role + "'", joined(names_of(procedure_.roles)), likely(role, names_of(procedure_.roles)));
  std::vector<std::string> list;
  for (const auto& i : instances_)
    if (i.role == role) list.push_back(i.name);
  return list;
}

int Scope::fact(const Instance& instance, const std::string& name, const Where& where) {
  const std::string full = instance.name + "." + name;
  if (const auto it = fact_index_.find(full); it != fact_index_.end()) return it->second;
  std::vector<std::string> known;
  for (const auto* component : instance.components)
    for (const auto& [key, source] : component->facts) {
      known.push_back(key);
      if (key != name) continue;
      Fact f;
      f.name = full;
      f.role = instance.name;
      f.host = instance.player->host;
      f.title = source.title;
      f.values = source.values;
      for (const auto& c : source.conditions)
        f.conditions.push_back(c ? std::optional(fill_literals(c->expression, instance)) : std::nullopt);
      f.probe = source.probe;
      f.args = fill(source.args, &instance, source.args_where, &f.given);
      f.within = source.within;
      f.every = source.every;
      f.where = source.args_where;
      const int index = static_cast<int>(machine_.facts.size());
      machine_.facts.push_back(std::move(f));
      fact_index_[full] = index;
      return index;
    }
  fail(where, "'" + instance.name + "' has no fact '" + name + "'", joined(known), likely(name, known));
}

// --- predicates --------------------------------------------------------------------------------------------------

// Either a fact, or something known at binding time.
struct Scope::Operand {
  int fact = -1;
  Json constant;
  Where where;   // of the constant: where to mend it
};

Scope::Operand Scope::operand(const Expression& e, const Instance* self, const Variables& variables) {
  switch (e.kind) {
    case Expression::Kind::literal: return {-1, e.value, e.where};
    case Expression::Kind::list: {
      Json list = Json::array();
      for (const auto& part : e.parts) {
        Operand o = operand(part, self, variables);
        if (o.fact >= 0) fail(part.where, "a fact inside a list", "values, such as ['a', 'b']");
        list.push_back(std::move(o.constant));
      }
      return {-1, std::move(list), e.where};
    }
    case Expression::Kind::size: return {-1, role_list(e.parts[0], variables).size(), e.where};
    case Expression::Kind::name: {
      if (e.path.size() == 1 && self != nullptr) return {fact(*self, e.path[0], e.where), {}, {}};
      if (e.path.size() == 1) {
        Given given = parameter(e.path[0], e.where);
        return {-1, std::move(given.value), std::move(given.where)};
      }
      if (e.path.size() != 2) fail(e.where, "a name with more than one '.'", "role.fact");
      const auto variable = variables.find(e.path[0]);
      return {fact(instance(variable == variables.end() ? e.path[0] : variable->second, e.where), e.path[1], e.where), {}, {}};
    }
    case Expression::Kind::negation:
    case Expression::Kind::conjunction:
    case Expression::Kind::disjunction:
    case Expression::Kind::comparison:
    case Expression::Kind::quantifier:
    case Expression::Kind::text_test: break;
  }
  fail(e.where, "a predicate where a value is expected", "a fact, a text, a number or a list");
}

std::vector<std::string> Scope::role_list(const Expression& e, const Variables& variables) const {
  std::vector<std::string> list;
  const auto add = [&](const Expression& name) {
    if (name.kind != Expression::Kind::name || name.path.size() != 1) fail(name.where, "not a role", "roles, as in [master, backup]");
    if (const auto v = variables.find(name.path[0]); v != variables.end()) return list.push_back(v->second);
    for (auto& member : members(name.path[0], name.where)) list.push_back(std::move(member));
  };
  if (e.kind == Expression::Kind::list)
    for (const auto& part : e.parts) add(part);
  else
    add(e);
  return list;
}

Predicate Scope::compare(const Expression& e, const Instance* self, const Variables& variables) {
  Operand a = operand(e.parts[0], self, variables);
  Operand b = operand(e.parts[1], self, variables);
  if (a.fact < 0 && b.fact < 0) {
    if (e.op == "in") {
      if (!b.constant.is_array()) fail(e.parts[1].where, "'in' without a list", "['a', 'b']");
      return Predicate::constant(std::find(b.constant.begin(), b.constant.end(), a.constant) != b.constant.end());
    }
    if (e.op == "==") return Predicate::constant(text_of(a.constant) == text_of(b.constant));
    if (e.op == "!=") return Predicate::constant(text_of(a.constant) != text_of(b.constant));
    if (!a.constant.is_number() || !b.constant.is_number()) fail(a.constant.is_number() ? b.where : a.where, "'" + e.op + "' compares numbers, and '" + text_of(a.constant.is_number() ? b.constant : a.constant) + "' is none", "a whole number");
    const double x = a.constant.get<double>(), y = b.constant.get<double>();
    return Predicate::constant(e.op == "<" ? x < y : e.op == "<=" ? x <= y : e.op == ">" ? x > y : x >= y);
  }
  if (e.op != "==" && e.op != "!=" && e.op != "in") fail(e.where, "'" + e.op + "' between values of a fact, which have no order", "==, != or in");
  if (a.fact < 0) {
    if (e.op == "in") fail(e.where, "'in' with a fact on the right", "fact in ['a', 'b']");
    std::swap(a, b);
  }
  if (b.fact >= 0) {  // equal by the names of their values
    std::vector<Predicate> equal;
    const auto &va = machine_.fact(a.fact).values, &vb = machine_.fact(b.fact).values;
    for (std::size_t i = 0; i < va.size(); ++i)
      for (std::size_t j = 0; j < vb.size(); ++j)
        if (va[i] == vb[j])
          equal.push_back(Predicate::all_of({Predicate::fact_in(a.fact, 1ULL << i), Predicate::fact_in(b.fact, 1ULL << j)}));
    if (equal.empty()) fail(e.where, "these facts have no value in common");
    Predicate same = Predicate::any_of(std::move(equal));
    return e.op == "!=" ? Predicate::negate(std::move(same)) : same;
  }
  const Fact& f = machine_.fact(a.fact);
  std::uint64_t mask = 0;
  const Json values = b.constant.is_array() ? b.constant : Json::array({b.constant});
  if (e.op == "in" && !b.constant.is_array()) fail(e.parts[1].where, "'in' without a list", "['a', 'b']");
  for (const auto& value : values) {
    const std::string text = text_of(value);
    const auto it = std::find(f.values.begin(), f.values.end(), text);
    if (it == f.values.end()) fail(b.where, "'" + text + "' is not a value of " + f.name, joined(f.values), likely(text, f.values));
    mask |= 1ULL << (it - f.values.begin());
  }
  Predicate p = Predicate::fact_in(a.fact, mask);
  return e.op == "!=" ? Predicate::negate(std::move(p)) : p;
}

Predicate Scope::predicate(const Expression& e, const Instance* self, const Variables& variables) {
  using Kind = Expression::Kind;
  switch (e.kind) {
    case Kind::negation: return Predicate::negate(predicate(e.parts[0], self, variables));
    case Kind::conjunction: return Predicate::all_of({predicate(e.parts[0], self, variables), predicate(e.parts[1], self, variables)});
    case Kind::disjunction: return Predicate::any_of({predicate(e.parts[0], self, variables), predicate(e.parts[1], self, variables)});
    case Kind::comparison: return compare(e, self, variables);
    case Kind::quantifier: {
      std::vector<Predicate> parts;
      std::size_t size = 0;
      for (const auto& member : role_list(e.parts[0], variables)) {
        Variables inner = variables;
        inner[e.variable] = member;
        parts.push_back(predicate(e.parts[1], self, inner));
        size += parts.back().nodes().size();
        if (++unrolled_ > kMostUnrolled) fail(e.where, "quantifiers that write out more than " + std::to_string(kMostUnrolled) + " predicates", "fewer quantifiers inside each other");
        if (size > kLargestPredicate) fail(e.where, "a predicate of more than " + std::to_string(kLargestPredicate) + " comparisons once its roles are written out", "fewer quantifiers inside each other");
      }
      if (e.op == "all") return Predicate::all_of(std::move(parts));
      if (e.op == "exists") return Predicate::any_of(std::move(parts));
      return Predicate::exactly_one_of(std::move(parts));
    }
    case Kind::literal:
      if (e.value.is_boolean()) return Predicate::constant(e.value.get<bool>());
      break;
    case Kind::name:
      if (e.path.size() == 1 && self == nullptr) {
        const Given given = parameter(e.path[0], e.where);
        if (given.value.is_boolean()) return Predicate::constant(given.value.get<bool>());
        const bool meant = given.where == e.where;  // it is the condition that is wrong, whatever the site gives
        fail(given.where, "parameter '" + e.path[0] + "' is " + (meant ? "not true or false" : "'" + text_of(given.value) + "'"), meant ? e.path[0] + " == '…'" : "true or false");
      }
      break;
    case Kind::list:
    case Kind::size:
    case Kind::text_test: break;
  }
  fail(e.where, "a value where a predicate is expected", "a comparison, such as master.service == 'open'");
}

std::vector<Effect> Scope::effects(const std::vector<EffectSource>& sources, const Instance* self, const Variables& variables) {
  std::vector<Effect> list;
  for (const auto& source : sources) {
    Effect effect;
    std::string name = source.fact;
    const Instance* owner = self;
    if (const auto dot = name.find('.'); dot != std::string::npos) {
      const std::string role = name.substr(0, dot);
      const auto variable = variables.find(role);
      owner = &instance(variable == variables.end() ? role : variable->second, source.where);
      name = name.substr(dot + 1);
    } else if (owner == nullptr) {
      fail(source.where, "'" + name + "' is not a fact of a role", "role.fact");
    }
    effect.fact = fact(*owner, name, source.where);
    for (const auto& [value, condition] : source.cases) {
      const auto& values = machine_.fact(effect.fact).values;
      const auto it = std::find(values.begin(), values.end(), value);
      if (it == values.end())
        fail(source.where, "'" + value + "' is not a value of " + machine_.fact(effect.fact).name, joined(values), likely(value, values));
      const Value v = static_cast<Value>(it - values.begin());
      effect.cases.emplace_back(condition ? predicate(condition->expression, self, variables) : Predicate::constant(true), v);
    }
    for (const auto& other : list)
      if (other.fact == effect.fact) fail(source.where, "two effects on " + machine_.fact(effect.fact).name, "one");
    list.push_back(std::move(effect));
  }
  return list;
}

}  // namespace interlock::fsm
