// interlock runbook SITE PROCEDURE: the bound machine as a manual. Looks at no host.
#include <CLI/CLI.hpp>

#include "probes/arguments.h"
#include "src/actions/operation.h"
#include "src/actions/upgrade_note.h"
#include "src/commands/bind_unseen.h"
#include "src/commands/command.h"
#include "src/report/runbook.h"
#include "src/version.h"

namespace interlock {
namespace {

// Of scripts that lie here.
std::string history_note(const Json& json) {
  const ArgumentReader args(json);
  const auto plan = read_upgrade_plan(args.list("scripts"));
  return plan ? history_note_sql({args.text("database").value_or(""), args.text("history").value_or("")}, *plan) : "";
}

HandSite hand_site(const fsm::SiteSource& site) {
  HandSite out;
  for (const auto& [name, host] : site.hosts) {
    const auto& ssh = host.ssh ? host.ssh : site.ssh;
    out.addresses[name] = host.address;
    if (host.via == "local") out.control = name;
    out.logins[name] = (ssh && !ssh->user.empty() ? ssh->user + "@" : "") + host.address;
  }
  out.history = history_note;
  return out;
}

}  // namespace

void add_runbook(CLI::App& app, const Globals& globals, int& exit_code) {
  struct Args {
    std::string site, procedure;
    std::vector<std::string> settings;
  };
  auto args = std::make_shared<Args>();
  CLI::App* command = app.add_subcommand("runbook", "Write the machine as a manual to work by hand from, in Markdown");
  command->add_option("SITE", args->site, "the site's name, or its file")->required();
  command->add_option("PROCEDURE", args->procedure, "the procedure's name, or its file")->required();
  command->add_option("--set", args->settings, "a parameter of the procedure: name=value")->take_all();
  command->footer("Example: interlock runbook site.yaml hotdb-master-backup-nonstop --set handover=service-first --lang zh >runbook.md");
  command->callback([args, &globals, &exit_code] {
    Catalog catalog = globals.catalog();
    const fsm::Machine machine = bind_unseen(catalog, args->site, args->procedure, parse_settings(args->settings));
    put(render_runbook(machine, describe_operation, hand_site(catalog.site(args->site)), version(), globals.words()));
    exit_code = kExitSuccess;
  });
}

}  // namespace interlock
