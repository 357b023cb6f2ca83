#include "src/run/prepare.h"

#include <algorithm>

#include "fsm/diagnostic.h"
#include "fsm/suggest.h"
#include "probes/arguments.h"
#include "probes/keepalived_conf.h"
#include "probes/package_name.h"
#include "src/actions/operation.h"
#include "src/run/handover.h"

namespace interlock {
namespace {

constexpr Millis kReadWithin{10'000};
constexpr std::size_t kLargestConf = 1024 * 1024;
constexpr Millis kOpening{430};  // domain: 0.43 s between "VIP online start" and listening in a vendor's log

const fsm::Fact* fact_of_probe(const fsm::Machine& m, std::string_view probe) {
  const auto it = std::find_if(m.facts.begin(), m.facts.end(), [&](const fsm::Fact& f) { return f.probe == probe; });
  return it == m.facts.end() ? nullptr : &*it;
}

std::string handover_of(const fsm::Machine& m, Hosts& hosts, Json& notes) {
  const fsm::Fact* pair = fact_of_probe(m, "keepalived_pair");
  if (pair == nullptr) return "service-first";
  const auto read = [&](const std::string& host_name, const std::string& path) -> Result<std::string> {
    Host* host = hosts.find(host_name);
    if (host == nullptr) return failure(Cause::internal, "the site has no host '" + host_name + "'");
    return host->read_file(path, kLargestConf, std::chrono::steady_clock::now() + kReadWithin);
  };
  const std::string peer = pair->args.value("peer_host", "");
  const auto mine = read(pair->host, pair->args.value("config", ""));
  const auto theirs = read(peer, pair->args.value("peer_config", pair->args.value("config", "")));
  if (!mine || !theirs) {
    const Failure& f = mine ? theirs.error() : mine.error();
    notes["handover"] = {{"chosen", "service-first"}, {"because", "the keepalived files could not be read (" + f.text + "); the manual's order is kept"}, {"ways", Json::array()}};
    return "service-first";
  }
  try {
    const KeepalivedPair analysed = analyse_pair(parse_keepalived(*mine, pair->host), parse_keepalived(*theirs, peer));
    const Handover handover = choose_handover(analysed, kOpening);
    notes["handover"] = to_json(handover);
    return handover.chosen;
  } catch (const InputError& e) {  // a file on a host, not ours: the gates will say so too
    notes["handover"] = {{"chosen", "service-first"}, {"because", std::string("the keepalived files cannot be read: ") + e.what()}, {"ways", Json::array()}};
    return "service-first";
  }
}

std::string config_sql_of(const fsm::Machine& m, Hosts&, Json&) {
  const fsm::Fact* history = fact_of_probe(m, "upgrade_history");
  return history != nullptr && history->args.contains("scripts") && !history->args["scripts"].empty() ? "true" : "false";
}

// From 2.5.6 on a compute node needs JDK 8 and the vendor's own licence.
std::string jdk8_of(const fsm::Machine& m, Hosts&, Json&) {
  const fsm::Fact* package = fact_of_probe(m, "package");
  if (package == nullptr) return "true";
  const auto name = parse_package_name(package->args.value("file", ""));
  return name && !needs_jdk8(name->version) ? "false" : "true";
}

// Parameters that may be left to be found out, and what to assume while finding out.
struct Derivation {
  const char* name;
  const char* assumed;
  std::string (*find)(const fsm::Machine&, Hosts&, Json& notes);
};
constexpr Derivation kDerivations[] = {
    {"config_sql", "true", config_sql_of},
    {"jdk8", "true", jdk8_of},
    {"handover", "priority", handover_of},
};

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
  for (const auto& d : kDerivations)
    if (left_open(procedure, site, overrides, d.name)) assumed[d.name] = d.assumed;
  return assumed;
}

Prepared prepare(Catalog& catalog, const std::string& site, const std::string& procedure, const std::map<std::string, std::string>& overrides) {
  Prepared p;
  p.site = catalog.site(site);
  p.procedure = catalog.procedure(procedure);
  p.overrides = overrides;
  p.notes = Json::object();
  p.secrets = std::make_unique<SecretStore>(p.site);
  p.hosts = std::make_unique<HostSet>(p.site, *p.secrets);
  const fsm::Library library = catalog.components();

  std::vector<const Derivation*> open;
  for (const auto& d : kDerivations)
    if (left_open(p.procedure, p.site, p.overrides, d.name)) open.push_back(&d);
  if (!open.empty()) {
    const fsm::Machine provisional = fsm::bind(p.procedure, library, p.site, assumed_parameters(p.procedure, p.site, p.overrides));
    check_kinds(provisional);
    for (const auto* d : open) p.overrides[d->name] = d->find(provisional, *p.hosts, p.notes);
  }
  p.machine = fsm::bind(p.procedure, library, p.site, p.overrides);
  check_kinds(p.machine);
  return p;
}

}  // namespace interlock
