#include "src/run/prepare.h"

#include <algorithm>

#include "fsm/diagnostic.h"
#include "fsm/suggest.h"
#include "probes/arguments.h"
#include "src/actions/operation.h"
#include "src/run/handover.h"
#include "src/run/settle.h"

namespace interlock {
namespace {

using Settings = std::map<std::string, std::string>;

bool left_open(const fsm::ProcedureSource& procedure, const fsm::SiteSource& site, const Settings& overrides, const std::string& name) {
  const auto* declared = fsm::find(procedure.params, name);
  if (declared == nullptr) return false;
  if (const auto it = overrides.find(name); it != overrides.end()) return it->second == "auto";
  if (const auto* given = fsm::find(site.params, name)) return given->value == "auto";
  return declared->fallback && *declared->fallback == "auto";
}

// `one`: a fact, an operation, or the clients.
template <typename One>
void check_kind(const std::string& what, const std::string& kind, const One& one, std::span<const ProbeArgument> arguments, std::vector<Diagnostic>& found) {
  for (const auto& problem : check_arguments(arguments, one.args)) {
    const auto given = one.given.find(problem.argument);
    const fsm::Where& where = given == one.given.end() || problem.argument.empty() ? one.where : given->second;
    Diagnostic d;
    d.file = where.file;
    d.line = static_cast<std::size_t>(where.line);
    d.column = static_cast<std::size_t>(where.column);
    d.message = what + " '" + kind + "': " + problem.text;
    // A value that several are filled with is told once.
    const bool told = std::any_of(found.begin(), found.end(), [&](const Diagnostic& f) { return f.file == d.file && f.line == d.line && f.column == d.column && f.message.ends_with(problem.text); });
    if (!told) found.push_back(std::move(d));
  }
}

template <typename Kinds>
std::string near(const std::string& name, const Kinds& kinds) {
  std::vector<std::string> names;
  for (const auto& k : kinds) names.emplace_back(k.name);
  const std::string word = nearest(name, names);
  return word.empty() ? "" : "write '" + word + "'";
}

}  // namespace

void check_kinds(const fsm::Machine& m) {
  std::vector<Diagnostic> found;
  for (const auto& f : m.facts) {
    const ProbeKind* kind = find_probe(f.probe);
    if (kind == nullptr) fsm::fail(f.where, "fact '" + f.name + "' is observed by '" + f.probe + "', and there is no such probe", "interlock probe --list shows them", near(f.probe, probe_kinds()));
    check_kind("probe", f.probe, f, kind->arguments, found);
  }
  for (const auto& a : m.actions)
    for (const auto& o : a.operations) {
      const OperationKind* kind = find_operation(o.kind);
      if (kind == nullptr) fsm::fail(o.where, "action '" + a.name + "' has an operation '" + o.kind + "', and there is no such operation", "", near(o.kind, operation_kinds()));
      if (o.args.is_object()) check_kind("operation", o.kind, o, kind->arguments, found);
    }
  if (m.clients) {
    const ProbeKind* kind = find_probe(m.clients->probe);
    if (kind == nullptr) fsm::fail(m.clients->where, "clients ask by '" + m.clients->probe + "', and there is no such probe", "mysql");
    check_kind("probe", m.clients->probe, *m.clients, kind->arguments, found);
  }
  if (!found.empty()) throw InputError(found);
}

std::map<std::string, std::string> assumed_parameters(const fsm::ProcedureSource& procedure, const fsm::SiteSource& site, std::map<std::string, std::string> overrides) {
  Settings assumed = overrides;
  for (const auto& d : derivations())
    if (left_open(procedure, site, overrides, d.name)) assumed[d.name] = d.assumed;
  return assumed;
}

namespace {

Prepared load(Catalog& catalog, const std::string& site, const std::string& procedure, const Settings& overrides) {
  Prepared p;
  p.site = catalog.site(site);
  p.procedure = catalog.procedure(procedure);
  p.overrides = overrides;
  p.notes = Json::object();
  p.secrets = std::make_unique<SecretStore>(p.site);
  p.hosts = std::make_unique<HostSet>(p.site, *p.secrets);
  return p;
}

void bind(Prepared& p, const Catalog& catalog) {
  p.machine = fsm::bind(p.procedure, catalog.components(), p.site, p.overrides);
  check_kinds(p.machine);
}

}  // namespace

Prepared prepare(Catalog& catalog, const std::string& site, const std::string& procedure, const Settings& overrides) {
  Prepared p = load(catalog, site, procedure, overrides);
  catalog.check_parameters(p.site, p.procedure);
  const fsm::Machine provisional = fsm::bind(p.procedure, catalog.components(), p.site, assumed_parameters(p.procedure, p.site, p.overrides));
  check_kinds(provisional);
  // Looked at whoever chooses it: the outage is predicted all the same.
  const Json handover = fsm::find(p.procedure.params, "handover") == nullptr ? Json() : look_at_handover(provisional, *p.hosts);
  if (handover.is_object()) p.notes["handover"] = handover;
  p.notes["settled"] = Json::array();
  for (const auto& d : derivations()) {
    if (!left_open(p.procedure, p.site, overrides, d.name)) continue;
    const Settled found = d.find(provisional, handover);
    p.overrides[d.name] = found.value;
    p.notes["settled"].push_back({{"name", d.name}, {"value", found.value}, {"because", to_json(found.because)}});
  }
  bind(p, catalog);
  return p;
}

Prepared prepare_settled(Catalog& catalog, const std::string& site, const std::string& procedure, const Settings& overrides) {
  Prepared p = load(catalog, site, procedure, overrides);
  bind(p, catalog);
  return p;
}

}  // namespace interlock
