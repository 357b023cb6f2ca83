// What names mean while a procedure is bound: parameters, roles and their facts. Used by bind.cc only.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "fsm/bind.h"
#include "fsm/diagnostic.h"

namespace interlock::fsm {

// One host playing one role. A role that many play has several.
struct Instance {
  std::string name;   // "master", or "replica@host-2" for one of many
  std::string role;
  const RoleSource* source = nullptr;
  const PlayerSource* player = nullptr;
  const HostSource* host = nullptr;
  std::vector<const ComponentSource*> components;
};

[[nodiscard]] inline std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

// A parameter that the procedure needs and the site does not give.
class MissingParameter : public InputError {
 public:
  MissingParameter(std::string parameter, bool of_a_secret, Diagnostic diagnostic)
      : InputError(std::move(diagnostic)), name(std::move(parameter)), secret(of_a_secret) {}
  std::string name;
  bool secret;
};

class Scope {
 public:
  Scope(const ProcedureSource& procedure, const Library& library, const SiteSource& site,
        const std::map<std::string, std::string>& overrides, Machine& machine);

  [[nodiscard]] const std::vector<Instance>& instances() const { return instances_; }
  [[nodiscard]] const Instance& instance(const std::string& name, const Where& where) const;
  [[nodiscard]] std::vector<std::string> members(const std::string& role, const Where& where) const;

  // The index of a fact, made on its first use: facts that nobody speaks of are not part of the machine.
  [[nodiscard]] int fact(const Instance& instance, const std::string& name, const Where& where);

  // A parameter of the procedure, for conditions and targets; and where its value was given.
  [[nodiscard]] Given parameter(const std::string& name, const Where& where) const;
  // Fills ${…} in arguments. `instance` may be null: then only the procedure's parameters are visible.
  // Secrets become {"secret": NAME}; inside a longer text they are an error.
  [[nodiscard]] Json fill(const Json& args, const Instance* instance, const Where& where, Origins* given = nullptr) const;
  [[nodiscard]] Named<Json> bound_parameters() const;
  [[nodiscard]] Expression fill_literals(Expression e, const Instance& instance) const;

  // Variables of loops and quantifiers: name -> instance name.
  using Variables = std::map<std::string, std::string>;
  // `self`: inside a component, bare names are facts of this instance. Null: bare names are parameters.
  [[nodiscard]] Predicate predicate(const Expression& expression, const Instance* self, const Variables& variables);
  [[nodiscard]] std::vector<Effect> effects(const std::vector<EffectSource>& sources, const Instance* self, const Variables& variables);

 private:
  struct Operand;
  struct Found;
  struct Filling;
  [[nodiscard]] Found lookup(const std::string& name, const Instance* instance) const;
  Json fill_text(const std::string& text, const Instance* instance, Filling& filling, int depth) const;
  Json fill_any(const Json& value, const Instance* instance, Filling& filling, int depth) const;
  Json value_of(const std::string& name, const Instance* instance, Filling& filling, int depth, bool& secret) const;
  static void check_choice(const std::string& name, const Json& value, const Found& found, const Filling& filling);
  void take_overrides(const std::map<std::string, std::string>& overrides);
  void add_instances();
  void check_parameters(const Instance& instance) const;
  Operand operand(const Expression& e, const Instance* self, const Variables& variables);
  Predicate compare(const Expression& e, const Instance* self, const Variables& variables);
  std::vector<std::string> role_list(const Expression& e, const Variables& variables) const;

  const ProcedureSource& procedure_;
  const Library& library_;
  const SiteSource& site_;
  std::map<std::string, Given> overrides_;
  Machine& machine_;
  std::vector<Instance> instances_;
  std::map<std::string, int> fact_index_;
  // So far; they bound files that mean more than they say.
  mutable int expansions_ = 0;  // of parameters
  int unrolled_ = 0;            // bodies of quantifiers
};

}  // namespace interlock::fsm
