// Components, procedures and sites as written: names are not resolved yet (that is bind.h's work).
// Loaded from text, so that this stays free of I/O. Throws InputError.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fsm/expression.h"

namespace interlock::fsm {

// A text in both languages; one stands in for a missing other.
struct Words {
  std::string en, zh;
  [[nodiscard]] bool empty() const { return en.empty() && zh.empty(); }
  [[nodiscard]] const std::string& in(bool chinese) const { return (chinese && !zh.empty()) || en.empty() ? zh : en; }
};

template <typename T>
using Named = std::vector<std::pair<std::string, T>>;  // in the order of the file

// A predicate or a template together with the text and place it was written at.
struct Written {
  std::string text;
  Expression expression;
  Where where;
};

// A value that a parameter was given, and where that stands.
struct Given {
  Json value;
  Where where;
};

struct ParameterSource {
  std::optional<Json> fallback;
  std::vector<std::string> values;  // those it may have; empty: any
  bool secret = false;
  Words help;
  Where where;
};

struct FactSource {
  Words title;
  std::vector<std::string> values;
  std::vector<std::optional<Written>> conditions;  // per value; all empty: the probe names the value itself
  std::string probe;
  Json args;
  Where args_where;
  Millis within{5000}, every{250};
  Where where;
};

// fact -> value, or fact -> the first value whose condition holds.
struct EffectSource {
  std::string fact;
  std::vector<std::pair<std::string, std::optional<Written>>> cases;
  Where where;
};

struct OperationSource {
  std::string kind;
  Json args;
  Where where;
};

struct ActionSource {
  Words title, manual, look;
  std::vector<OperationSource> operations;
  std::vector<EffectSource> effects, may_change;
  std::optional<Written> needs;
  Written repeatable;
  Millis within{};
  std::string within_param;  // "${name}" when a parameter gives the time
  int attempts = 1;
  Where where;
};

struct ComponentSource {
  std::string name;
  Words title;
  Named<ParameterSource> params;
  Named<FactSource> facts;
  Named<ActionSource> actions;
  std::vector<EffectSource> crash;
  std::optional<Written> assume;
  Where where;
};

struct TargetSource {
  std::string name;                                           // a phase or an end; empty if `by` decides
  std::string by;                                             // a parameter
  std::vector<std::pair<std::string, std::string>> choices;   // its value -> a phase or an end
  Where where;
};

struct GateSource {
  Written holds;
  Words title, remedy, kept;
  std::string mode = "enforce";
  std::optional<Written> when;
  Where where;
};

struct StepSource {
  std::string action;   // role.action, or variable.action inside `each`
  std::optional<Written> only_if, when;
  std::vector<EffectSource> may_change;
  std::string each, of;
  std::vector<std::string> steps;
  Where where;
};

struct PhaseSource {
  Words title;
  std::optional<Written> when, until;
  std::vector<std::string> gates;
  std::vector<StepSource> steps;
  Millis within{30000};
  std::string within_param;  // "${name}" when a parameter gives the time
  std::optional<TargetSource> next, back, refused, overrun;
  Where where;
};

struct RoleSource {
  Words title;
  std::vector<std::string> components;
  bool many = false, may_be_empty = false;
  Named<Given> params;
  Where where;
};

struct RuleSource {
  std::string name;
  Words title;
  Written always;
  std::vector<std::string> except_in;
  Millis for_at_most{0}, grace{2000};
  std::string for_at_most_param;
  Where where;
};

struct ReactionSource {
  std::string name;
  std::vector<std::pair<std::string, std::vector<std::string>>> each;  // variable -> roles
  Written when;
  std::vector<EffectSource> then;
  bool may_fail = false, at_will = false;
  Where where;
};

struct EndSource {
  std::string is;
  Words title, look, type;
  std::optional<Written> holds;
  int least_faults = 0;
  Where where;
};

struct ClientsSource {
  Words title;
  std::string probe;
  Json args;
  Millis every{10};
  std::string rule;
  Where where;
};

struct ProcedureSource {
  std::string name, file;
  Words title, about;
  Named<ParameterSource> params;
  Named<RoleSource> roles;
  std::optional<Written> assume;
  std::vector<RuleSource> rules;
  std::optional<ClientsSource> clients;
  std::vector<ReactionSource> reactions;
  Named<GateSource> gates;
  Named<PhaseSource> phases;
  Named<EndSource> ends;
  Named<int> faults;    // for the proof: a kind, or "all"; at most so many
};

struct SshSource {
  std::string user, key, password, known_hosts, config;
  int port = 0;
};

struct HostSource {
  std::string address, via = "ssh", ports = "direct";
  std::optional<SshSource> ssh;
  Where where;
};

struct PlayerSource {
  std::string host;
  Named<Given> params;
  Where where;
};

struct SecretSource {
  std::string env, file;
  std::vector<std::string> command;
  Where where;
};

struct SiteSource {
  std::string name, file;
  Words title;
  Named<HostSource> hosts;
  Named<std::vector<PlayerSource>> roles;
  Named<Given> params;
  Named<SecretSource> secrets;
  std::optional<SshSource> ssh;
};

[[nodiscard]] ComponentSource load_component(const std::string& file, const std::string& text);
[[nodiscard]] ProcedureSource load_procedure(const std::string& file, const std::string& text);
[[nodiscard]] SiteSource load_site(const std::string& file, const std::string& text);

// Finds a name in a Named list; nullptr if it is not there.
template <typename T>
[[nodiscard]] const T* find(const Named<T>& list, const std::string& name) {
  for (const auto& [key, value] : list)
    if (key == name) return &value;
  return nullptr;
}
template <typename T>
[[nodiscard]] std::vector<std::string> names_of(const Named<T>& list) {
  std::vector<std::string> names;
  for (const auto& item : list) names.push_back(item.first);
  return names;
}

}  // namespace interlock::fsm
