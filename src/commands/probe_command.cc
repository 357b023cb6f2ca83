// interlock probe KIND name=value …: one probe by hand, on this machine or on a host of a site.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "fsm/suggest.h"
#include "probes/arguments.h"
#include "probes/probe.h"
#include "src/commands/command.h"
#include "src/report/escape.h"
#include "src/report/layout.h"
#include "src/run/host_set.h"
#include "src/secrets/secret_store.h"

namespace interlock {
namespace {

struct ProbeArgs {
  std::string kind, site, host;
  std::vector<std::string> settings;
  int timeout_ms = 5000;
  bool list = false;
};

void list_kinds() {
  for (const auto& kind : probe_kinds()) {
    put(fmt::format("{:<18} {}\n", kind.name, kind.help));
    for (const auto& a : kind.arguments)
      put(fmt::format("    {:<16} {}{}\n", a.name, a.required ? "(required) " : "", a.help));
  }
}

// Secrets are given by the name under which the site keeps them; lists as JSON.
Json arguments_of(const ProbeKind& kind, const std::map<std::string, std::string>& settings) {
  Json args = Json::object();
  for (const auto& [name, text] : settings) {
    ProbeArgument::Type type = ProbeArgument::Type::text;
    for (const auto& a : kind.arguments)
      if (a.name == name) type = a.type;
    if (type == ProbeArgument::Type::secret) {
      args[name] = {{"secret", text}};
    } else if (type == ProbeArgument::Type::list || type == ProbeArgument::Type::any) {
      const Json parsed = Json::parse(text, nullptr, false);
      args[name] = parsed.is_discarded() ? Json::array({text}) : parsed;
    } else {
      args[name] = text;
    }
  }
  return args;
}

int run_probe(const ProbeArgs& args, const Globals& globals) {
  if (args.list) {
    list_kinds();
    return kExitSuccess;
  }
  const ProbeKind* kind = find_probe(args.kind);
  if (kind == nullptr) {
    std::vector<std::string> names;
    for (const auto& k : probe_kinds()) names.emplace_back(k.name);
    const std::string word = nearest(args.kind, names);
    throw CommandError{kExitUsage, "no probe '" + args.kind + "'" + (word.empty() ? "" : "; did you mean '" + word + "'?") + " (interlock probe --list)"};
  }
  const Json probe_args = arguments_of(*kind, parse_settings(args.settings));
  if (const std::string problems = all_problems(kind->arguments, probe_args); !problems.empty()) throw CommandError{kExitUsage, problems};
  fsm::SiteSource site;
  if (!args.site.empty()) {
    Catalog catalog = globals.catalog();
    site = catalog.site(args.site);
  }
  SecretStore secrets(site);
  HostSet hosts(site, secrets);
  Host* host = args.host.empty() ? &hosts.control() : hosts.find(args.host);
  if (host == nullptr) throw CommandError{kExitUsage, "the site has no host '" + args.host + "'" + (args.site.empty() ? " (give --site)" : "")};
  const Reading reading = kind->observe({probe_args, *host, secrets, hosts, std::chrono::steady_clock::now() + Millis(args.timeout_ms)});
  const double took_ms = static_cast<double>(reading.took.count()) / 1000.0;
  if (globals.format == "json") {
    Json out{{"asked", reading.asked}, {"saw", reading.saw}, {"took_us", reading.took.count()}};
    if (reading.value) out["value"] = *reading.value;
    if (reading.unknown) out["unknown"] = {{"cause", to_string(reading.unknown->cause)}, {"text", reading.unknown->text}};
    put(report::json_text(out) + "\n");
  } else if (reading.value) {
    put(fmt::format("{}\n  saw    {}  ({:.1f} ms)\n  value  {}\n", printable(reading.asked), printable(reading.saw), took_ms, report::json_text(*reading.value)));
  } else {
    put(fmt::format("{}\n  unknown  {}: {}  ({:.1f} ms)\n", printable(reading.asked), to_string(reading.unknown->cause), printable(reading.unknown->text), took_ms));
  }
  return reading.value ? kExitSuccess : kExitUnknown;
}

}  // namespace

void add_probe(CLI::App& app, const Globals& globals, int& exit_code) {
  auto args = std::make_shared<ProbeArgs>();
  CLI::App* command = app.add_subcommand("probe", "One probe by hand");
  command->add_option("KIND", args->kind, "tcp, mysql, hotdb, address, …");
  command->add_option("ARGUMENT", args->settings, "name=value; a secret by its name in the site; a list as JSON")->take_all();
  command->add_option("--site", args->site, "the site that the host and the secrets are of");
  command->add_option("--host", args->host, "the host to look at (default: this machine)");
  command->add_option("--timeout", args->timeout_ms, "milliseconds (default 5000)")->check(CLI::Range(1, 600000));
  command->add_flag("--list", args->list, "list all probes with their arguments");
  command->footer("Exit status: 0 observed, 3 unknown.\nExample: interlock probe tcp port=3323 --site site.yaml --host hotdb-1");
  command->callback([args, &globals, &exit_code] { exit_code = run_probe(*args, globals); });
}

}  // namespace interlock
