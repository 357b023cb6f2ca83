// Parameters and templates: what `${name}` stands for, and where it was given.
#include <algorithm>
#include <charconv>

#include "fsm/diagnostic.h"
#include "fsm/scope.h"
#include "fsm/suggest.h"

namespace interlock::fsm {
namespace {

constexpr int kDeepestTemplate = 8;
// Small files must not mean huge machines: parameters that repeat each other.
constexpr int kMostExpansions = 100'000;
constexpr std::size_t kLongestText = 256 * 1024;

Where on_command_line(const std::string& name) { return Where{"--set " + name, 0, 0}; }

// A value given on the command line becomes what the parameter's default is: '08' stays a text where a text is meant.
Json typed(const ParameterSource& parameter, const std::string& name, const std::string& text) {
  if (text == "true" || text == "false") return text == "true";
  if (parameter.fallback && parameter.fallback->is_boolean()) fail(on_command_line(name), "'" + text + "' is neither true nor false", "true or false");
  if (!parameter.fallback || !parameter.fallback->is_number()) return text;
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error != std::errc() || end != text.data() + text.size())
    fail(on_command_line(name), "parameter '" + name + "' is given as '" + text + "'", "a whole number, such as " + parameter.fallback->dump());
  return whole;
}

}  // namespace

void Scope::take_overrides(const std::map<std::string, std::string>& overrides) {
  for (const auto& [name, text] : overrides) {
    if (find(procedure_.params, name) == nullptr)
      fail(on_command_line(name), "procedure '" + procedure_.name + "' has no parameter '" + name + "'",
           joined(names_of(procedure_.params)), likely(name, names_of(procedure_.params)));
    overrides_[name] = Given{typed(*find(procedure_.params, name), name, text), on_command_line(name)};
  }
}

// A parameter's value as it was given, and who declares the parameter: a component, the procedure, or both.
struct Scope::Found {
  const Json* value = nullptr;   // nullptr: it has none
  Where where;
  bool by_site = false;          // by the site or on the command line, and not by who wrote the component or the procedure
  const ParameterSource *component = nullptr, *procedure = nullptr;

  [[nodiscard]] bool secret() const { return (component != nullptr && component->secret) || (procedure != nullptr && procedure->secret); }
};

// A text being filled in. A value that is wrong is told where a person can mend it: in the site, if that gave any.
struct Scope::Filling {
  Where where;
  Where origin = where;
  bool by_site = false, known = false;

  void came_from(const Where& place, bool site) {
    if (known && (by_site || !site)) return;
    origin = place;
    by_site = site;
    known = true;
  }
};

void Scope::check_parameters(const Instance& instance) const {
  std::vector<std::string> known;
  for (const auto* c : instance.components)
    for (const auto& p : c->params) known.push_back(p.first);
  for (const auto* params : {&instance.player->params, &instance.source->params})
    for (const auto& [name, given] : *params)
      if (std::find(known.begin(), known.end(), name) == known.end())
        fail(given.where, "no component of role '" + instance.role + "' has a parameter '" + name + "'", joined(known), likely(name, known));
  for (const auto* c : instance.components)
    for (const auto& [name, parameter] : c->params)
      if (!parameter.values.empty() && lookup(name, &instance).value != nullptr) (void)fill("${" + name + "}", &instance, parameter.where);
}

Scope::Found Scope::lookup(const std::string& name, const Instance* instance) const {
  Found found;
  const auto take = [&](const Json& value, const Where& where, bool by_site) {
    found.value = &value;
    found.where = where;
    found.by_site = by_site;
    return found;
  };
  if (instance != nullptr) {
    for (const auto* c : instance->components)
      if (const auto* p = find(c->params, name); p != nullptr && found.component == nullptr) found.component = p;
    if (const auto* v = find(instance->player->params, name)) return take(v->value, v->where, true);
    if (const auto* v = find(instance->source->params, name)) return take(v->value, v->where, false);
  }
  if (const auto* p = find(procedure_.params, name)) {
    found.procedure = p;
    if (const auto it = overrides_.find(name); it != overrides_.end()) return take(it->second.value, it->second.where, true);
    if (const auto* v = find(site_.params, name)) return take(v->value, v->where, true);
    if (p->fallback) return take(*p->fallback, p->where, false);
  }
  if (found.component != nullptr) {
    if (const auto* v = find(site_.params, name)) return take(v->value, v->where, true);
    if (found.component->fallback) return take(*found.component->fallback, found.component->where, false);
  }
  return found;
}

void Scope::check_choice(const std::string& name, const Json& value, const Found& found, const Filling& filling) {
  for (const auto* declared : {found.component, found.procedure}) {
    if (declared == nullptr || declared->values.empty()) continue;
    const std::string text = text_of(value);
    if (std::find(declared->values.begin(), declared->values.end(), text) == declared->values.end())
      fail(!found.by_site && filling.by_site ? filling.origin : found.where, "parameter '" + name + "' cannot be '" + text + "'", joined(declared->values), likely(text, declared->values));
  }
}

Json Scope::value_of(const std::string& name, const Instance* instance, Filling& filling, int depth, bool& secret) const {
  if (const auto dot = name.find('.'); dot != std::string::npos) {
    const Instance& other = this->instance(name.substr(0, dot), filling.where);
    return value_of(name.substr(dot + 1), &other, filling, depth, secret);
  }
  if (instance != nullptr && name == "address") {
    filling.came_from(instance->host->where, true);
    return instance->host->address;
  }
  if (instance != nullptr && name == "host") return instance->player->host;
  if (name == "site") return site_.name;
  const Found found = lookup(name, instance);
  secret = secret || found.secret();
  if (found.value != nullptr) {
    filling.came_from(found.where, found.by_site);
    Json value = fill_any(*found.value, instance, filling, depth + 1);
    check_choice(name, value, found, filling);
    return value;
  }

  if (found.component != nullptr || found.procedure != nullptr) {
    const std::string given = nearest(name, names_of(site_.params));
    throw MissingParameter(name, secret,
                           {site_.file, 0, 0, Severity::error, "the site gives no value for parameter '" + name + "'" + (instance ? " of role '" + instance->name + "'" : ""),
                            "params: {" + name + ": …}", given.empty() ? "" : "it has '" + given + "': is that the one?"});
  }
  std::vector<std::string> known = names_of(procedure_.params);
  if (instance != nullptr)
    for (const auto* c : instance->components)
      for (const auto& p : c->params) known.push_back(p.first);
  fail(filling.where, "unknown parameter '" + name + "'", joined(known), likely(name, known));
}

Json Scope::fill_text(const std::string& text, const Instance* instance, Filling& filling, int depth) const {
  const Where& where = filling.where;
  if (++expansions_ > kMostExpansions) fail(where, "parameters that stand for more than " + std::to_string(kMostExpansions) + " others");
  if (depth > kDeepestTemplate) fail(where, "parameters that refer to each other in a circle: '" + text + "'");
  std::string out;
  std::size_t at = 0;
  while (true) {
    const std::size_t open = text.find("${", at);
    if (open == std::string::npos) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos) fail(where, "'${' without '}' in '" + text + "'", "${parameter}");
    bool secret = false;
    Json value = value_of(text.substr(open + 2, close - open - 2), instance, filling, depth, secret);
    const bool whole = open == 0 && close + 1 == text.size();
    if (secret) {
      if (!whole) fail(where, "a secret inside a longer text: '" + text + "'", "the secret as the whole argument");
      const std::string name = text_of(value);
      if (find(site_.secrets, name) == nullptr)
        fail(filling.by_site ? filling.origin : Where{site_.file, 0, 0}, "the site has no secret '" + name + "'", joined(names_of(site_.secrets)), likely(name, names_of(site_.secrets)));
      return Json{{"secret", name}};
    }
    if (whole) return value;
    if (value.is_structured()) fail(filling.by_site ? filling.origin : where, "a list or map inside a longer text: '" + text + "'", "a text or a number");
    out += text.substr(at, open - at) + text_of(value);
    if (out.size() > kLongestText) fail(where, "a text that becomes longer than 256 KiB once its parameters are filled in");
    at = close + 1;
  }
  return out + text.substr(at);
}

Json Scope::fill_any(const Json& value, const Instance* instance, Filling& filling, int depth) const {
  if (value.is_string()) return fill_text(value.get<std::string>(), instance, filling, depth);
  if (value.is_array()) {
    Json list = Json::array();
    for (const auto& item : value) list.push_back(fill_any(item, instance, filling, depth));
    return list;
  }
  if (value.is_object()) {
    Json map = Json::object();
    for (const auto& [key, item] : value.items()) map[key] = fill_any(item, instance, filling, depth);
    return map;
  }
  return value;
}

Json Scope::fill(const Json& args, const Instance* instance, const Where& where, Origins* given) const {
  const auto one = [&](const Json& value, const std::string& name) {
    Filling filling{where};
    Json filled = fill_any(value, instance, filling, 0);
    if (given != nullptr && filling.known) (*given)[name] = filling.origin;
    return filled;
  };
  if (!args.is_object()) return one(args, "");
  Json map = Json::object();
  for (const auto& [name, value] : args.items()) map[name] = one(value, name);
  return map;
}

// '${…}' inside the texts of a condition; a bare ${…} is a text as well and becomes what it stands for.
Expression Scope::fill_literals(Expression e, const Instance& instance) const {
  if (e.kind == Expression::Kind::literal && e.value.is_string()) e.value = fill(e.value, &instance, e.where);
  for (auto& part : e.parts) part = fill_literals(std::move(part), instance);
  return e;
}

Given Scope::parameter(const std::string& name, const Where& where) const {
  bool secret = false;
  Filling filling{where};
  Json value = value_of(name, nullptr, filling, 0, secret);
  if (secret) fail(where, "a condition on a secret: '" + name + "'");
  return {std::move(value), filling.by_site ? filling.origin : where};
}

Named<Json> Scope::bound_parameters() const {
  Named<Json> list;
  for (const auto& [name, source] : procedure_.params)
    if (!source.secret) list.emplace_back(name, parameter(name, source.where).value);
  return list;
}

}  // namespace interlock::fsm
