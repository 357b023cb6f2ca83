// interlock check SITE PROCEDURE: evaluates every gate of the pre-flight, changes nothing.
#include <CLI/CLI.hpp>

#include "src/commands/command.h"
#include "src/report/check_report.h"
#include "src/run/gate_check.h"
#include "src/run/prepare.h"

namespace interlock {

void add_check(CLI::App& app, const Globals& globals, int& exit_code) {
  struct Args {
    std::string site, procedure;
    std::vector<std::string> settings;
  };
  auto args = std::make_shared<Args>();
  CLI::App* command = app.add_subcommand("check", "Evaluate every gate of the pre-flight; change nothing");
  command->add_option("SITE", args->site, "the site's name, or its file")->required();
  command->add_option("PROCEDURE", args->procedure, "the procedure's name, or its file")->required();
  command->add_option("--set", args->settings, "a parameter of the procedure: name=value")->take_all();
  command->footer("Exit status: 0 ok, 1 warning, 2 critical, 3 unknown.\nExample: interlock check site.yaml hotdb-master-backup-nonstop --format nagios");
  command->callback([args, &globals, &exit_code] {
    Catalog catalog = globals.catalog();
    const Prepared prepared = prepare(catalog, args->site, args->procedure, parse_settings(args->settings));
    const CheckResult result = pre_flight(prepared);
    put(render_check(result, globals.form(parse_format, kFormatWords), globals.words(), globals.colours()), globals.colours());
    exit_code = nagios_status(result);
  });
}

}  // namespace interlock
