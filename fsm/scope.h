// What names mean while a procedure is bound: parameters, roles and their facts. Used by bind.cc only.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "fsm/bind.h"

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

class Scope {
 public:
  Scope(const ProcedureSource& procedure, const Library& library, const SiteSource& site,
        const std::map<std::string, std::string>& overrides, Machine& machine);

  [[nodiscard]] const std::vector<Instance>& instances() const { return instances_; }
  [[nodiscard]] const Instance& instance(const std::string& name, const Where& where) const;
  [[nodiscard]] std::vector<std::string> members(const std::string& role, const Where& where) const;

  // The index of a fact, made on its first use: facts that nobody speaks of are not part of the machine.
  [[nodiscard]] int fact(const Instance& instance, const std::string& name, const Where& where);

  // A parameter of the procedure, for conditions and targets.
  [[nodiscard]] Json parameter(const std::string& name, const Where& where) const;
  // Fills ${…} in arguments. `instance` may be null: then only the procedure's parameters are visible.
  // Secrets become {"secret": NAME}; inside a longer text they are an error.
  [[nodiscard]] Json fill(const Json& args, const Instance* instance, const Where& where) const;
  [[nodiscard]] Named<Json> bound_parameters() const;
  [[nodiscard]] Expression fill_literals(Expression e, const Instance& instance) const;

  // Variables of loops and quantifiers: name -> instance name.
  using Variables = std::map<std::string, std::string>;
  // `self`: inside a component, bare names are facts of this instance. Null: bare names are parameters.
  [[nodiscard]] Predicate predicate(const Expression& expression, const Instance* self, const Variables& variables);
  [[nodiscard]] std::vector<Effect> effects(const std::vector<EffectSource>& sources, const Instance* self, const Variables& variables);

 private:
  struct Operand;
  const Json* lookup(const std::string& name, const Instance* instance, bool& secret) const;
  Json fill_text(const std::string& text, const Instance* instance, const Where& where, int depth) const;
  Json fill_any(const Json& value, const Instance* instance, const Where& where, int depth) const;
  Json value_of(const std::string& name, const Instance* instance, const Where& where, int depth, bool& secret) const;
  void add_instances();
  void check_parameters(const Instance& instance) const;
  Operand operand(const Expression& e, const Instance* self, const Variables& variables);
  Predicate compare(const Expression& e, const Instance* self, const Variables& variables);
  std::vector<std::string> role_list(const Expression& e, const Variables& variables) const;

  const ProcedureSource& procedure_;
  const Library& library_;
  const SiteSource& site_;
  std::map<std::string, Json> overrides_;
  Machine& machine_;
  std::vector<Instance> instances_;
  std::map<std::string, int> fact_index_;
  // So far; they bound files that mean more than they say.
  mutable int expansions_ = 0;  // of parameters
  int unrolled_ = 0;            // bodies of quantifiers
};

}  // namespace interlock::fsm
