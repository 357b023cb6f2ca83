// interlock plan SITE PROCEDURE: the bound machine, readable: steps, commands, predicted outage, points of no return.
#include <CLI/CLI.hpp>

#include "src/commands/command.h"
#include "src/commands/plan_view.h"
#include "src/run/prepare.h"

namespace interlock {

void add_plan(CLI::App& app, const Globals& globals, int& exit_code) {
  struct Args {
    std::string site, procedure;
    std::vector<std::string> settings;
  };
  auto args = std::make_shared<Args>();
  CLI::App* command = app.add_subcommand("plan", "Show the machine: steps, commands, predicted outage, ways back");
  command->add_option("SITE", args->site, "the site's name, or its file")->required();
  command->add_option("PROCEDURE", args->procedure, "the procedure's name, or its file")->required();
  command->add_option("--set", args->settings, "a parameter of the procedure: name=value")->take_all();
  command->footer("Example: interlock plan site.yaml hotdb-master-backup-nonstop --set handover=vip-first --lang zh");
  command->callback([args, &globals, &exit_code] {
    Catalog catalog = globals.catalog();
    const Prepared prepared = prepare(catalog, args->site, args->procedure, parse_settings(args->settings));
    put(plan_text(prepared, globals));
    exit_code = kExitSuccess;
  });
}

}  // namespace interlock
