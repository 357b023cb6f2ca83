// Interlock's own files: loaded as `run` would load them, and bound where the catalog has what that takes.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "fsm/site_parameters.h"
#include "fsm/suggest.h"
#include "probes/arguments.h"
#include "src/actions/operation.h"
#include "src/lint/linters.h"
#include "src/run/prepare.h"

namespace interlock {
namespace {

void add(std::vector<Diagnostic>& all, const std::vector<Diagnostic>& more) {
  for (const Diagnostic& one : more)
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

void note(LintResult& result, std::string text) { result.diagnostics.push_back(Diagnostic{result.files.front(), 0, 0, Severity::note, std::move(text), "", ""}); }

Diagnostic error_at(const fsm::Where& where, std::string message, std::string expected, std::string fix) {
  return {where.file, static_cast<std::size_t>(where.line), static_cast<std::size_t>(where.column), Severity::error, std::move(message), std::move(expected), std::move(fix)};
}

// A probe or an operation by its name and arguments; parameters fit everywhere.
template <typename Kinds>
void check_kind(const char* what, const std::string& name, const Json& args, const fsm::Where& where, const Kinds& kinds, std::vector<Diagnostic>& found) {
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.name == name; });
  if (kind == kinds.end()) {
    std::vector<std::string> names;
    for (const auto& k : kinds) names.emplace_back(k.name);
    const std::string likely = nearest(name, names);
    found.push_back(error_at(where, fmt::format("there is no {} '{}'", what, name), fmt::format("{}", fmt::join(names, ", ")), likely.empty() ? "" : "write '" + likely + "'"));
  } else if (args.is_object()) {
    for (const auto& problem : check_arguments(kind->arguments, args)) found.push_back(error_at(where, fmt::format("{} '{}': {}", what, name, problem.text), "", ""));
  }
}

bool has_roles(const fsm::ProcedureSource& procedure, const fsm::SiteSource& site) {
  return std::all_of(procedure.roles.begin(), procedure.roles.end(), [&](const auto& role) { return fsm::find(site.roles, role.first) != nullptr; });
}

// How large the machine is, or why there is none.
struct Bound {
  std::optional<Json> size;
  std::vector<Diagnostic> problems;
};
Bound bind_to(const fsm::ProcedureSource& procedure, const fsm::SiteSource& site, const fsm::Library& components) {
  try {
    const fsm::Machine machine = fsm::bind(procedure, components, site, assumed_parameters(procedure, site, {}));
    check_kinds(machine);
    return {Json{{"facts", machine.facts.size()}, {"actions", machine.actions.size()}, {"phases", machine.phases.size()}, {"rules", machine.rules.size()}}, {}};
  } catch (const InputError& error) {
    return {std::nullopt, error.diagnostics()};
  }
}

std::string in_words(const Json& size) {
  return fmt::format("{} facts, {} actions, {} phases, {} rules", size["facts"].dump(), size["actions"].dump(), size["phases"].dump(), size["rules"].dump());
}

}  // namespace

LintResult lint_component(const LintFile& file) {
  LintResult result{file.kind, {file.file}, "component", {}, Json::object(), {}};
  try {
    const fsm::ComponentSource component = fsm::load_component(file.file, file.text);
    result.rows.push_back({component.name, fmt::format("{} parameters, {} facts, {} actions", component.params.size(), component.facts.size(), component.actions.size())});
    result.found = {{"name", component.name}, {"params", fsm::names_of(component.params)}, {"facts", fsm::names_of(component.facts)}, {"actions", fsm::names_of(component.actions)}};
    for (const auto& [name, fact] : component.facts) check_kind("probe", fact.probe, fact.args, fact.args_where, probe_kinds(), result.diagnostics);
    for (const auto& [name, action] : component.actions)
      for (const auto& operation : action.operations) check_kind("operation", operation.kind, operation.args, operation.where, operation_kinds(), result.diagnostics);
  } catch (const InputError& error) {
    add(result.diagnostics, error.diagnostics());
  }
  return result;
}

LintResult lint_procedure(const LintFile& file, const LintCatalog* catalog) {
  LintResult result{file.kind, {file.file}, "procedure", {}, Json::object(), {}};
  try {
    const fsm::ProcedureSource procedure = fsm::load_procedure(file.file, file.text);
    result.rows.push_back({procedure.name, fmt::format("{} roles, {} phases, {} gates, {} rules, {} ends", procedure.roles.size(), procedure.phases.size(), procedure.gates.size(), procedure.rules.size(), procedure.ends.size())});
    result.found = {{"name", procedure.name}, {"roles", fsm::names_of(procedure.roles)}, {"phases", fsm::names_of(procedure.phases)}, {"ends", fsm::names_of(procedure.ends)}, {"bound_to", Json::object()}};
    std::size_t tried = 0;
    if (catalog != nullptr) {
      for (const fsm::SiteSource& site : catalog->sites) {
        if (!has_roles(procedure, site)) continue;
        ++tried;
        const Bound bound = bind_to(procedure, site, catalog->components);
        add(result.diagnostics, bound.problems);
        if (!bound.size) continue;
        result.rows.push_back({"bound to " + site.name, in_words(*bound.size)});
        result.found["bound_to"][site.name] = *bound.size;
      }
    }
    if (tried == 0) note(result, catalog == nullptr ? "not bound: no folder of configurations belongs to it (--configs)" : "not bound: no example site has all its roles");
  } catch (const InputError& error) {
    add(result.diagnostics, error.diagnostics());
  }
  return result;
}

LintResult lint_site(const LintFile& file, const LintCatalog* catalog) {
  LintResult result{file.kind, {file.file}, "site", {}, Json::object(), {}};
  try {
    const fsm::SiteSource site = fsm::load_site(file.file, file.text);
    result.rows.push_back({site.name, fmt::format("{} hosts, {} roles, {} secrets", site.hosts.size(), site.roles.size(), site.secrets.size())});
    result.found = {{"name", site.name}, {"hosts", fsm::names_of(site.hosts)}, {"roles", fsm::names_of(site.roles)}, {"secrets", fsm::names_of(site.secrets)}, {"procedures", Json::object()}};
    if (catalog != nullptr) {
      fsm::ParameterNames declared;
      fsm::add_declared(catalog->components, declared);
      for (const fsm::ProcedureSource& procedure : catalog->procedures) fsm::add_declared(procedure, declared);
      try {
        fsm::check_site_parameters(file.file, file.text, declared);
      } catch (const InputError& error) {
        add(result.diagnostics, error.diagnostics());
      }
      for (const fsm::ProcedureSource& procedure : catalog->procedures) {
        if (!has_roles(procedure, site)) continue;
        Bound bound = bind_to(procedure, site, catalog->components);
        for (Diagnostic& problem : bound.problems) {   // a site need not serve every procedure that its roles would fit
          if (problem.severity == Severity::error) problem.severity = Severity::warning;
          problem.message = "for the procedure " + procedure.name + ": " + problem.message;
        }
        add(result.diagnostics, bound.problems);
        if (!bound.size) continue;
        result.rows.push_back({"fits " + procedure.name, in_words(*bound.size)});
        result.found["procedures"][procedure.name] = *bound.size;
      }
    }
    if (result.found["procedures"].empty() && result.diagnostics.empty())
      note(result, catalog == nullptr ? "not bound: no folder of configurations belongs to it (--configs)" : "no procedure of the catalog has only roles that this site fills");
  } catch (const InputError& error) {
    add(result.diagnostics, error.diagnostics());
  }
  return result;
}

}  // namespace interlock
