// interlock graph SITE PROCEDURE: the bound machine for other tools. Looks at no host.
#include <CLI/CLI.hpp>

#include "fsm/render.h"
#include "src/commands/bind_unseen.h"
#include "src/commands/command.h"
#include "src/commands/fault_budget.h"

namespace interlock {

void add_graph(CLI::App& app, const Globals& globals, int& exit_code) {
  struct Args {
    std::string site, procedure, as = "dot";
    std::vector<std::string> settings;
    FaultBudget budget;
  };
  auto args = std::make_shared<Args>();
  CLI::App* command = app.add_subcommand("graph", "Draw the machine, or give its model to a model checker");
  command->add_option("SITE", args->site, "the site's name, or its file")->required();
  command->add_option("PROCEDURE", args->procedure, "the procedure's name, or its file")->required();
  command->add_option("--as", args->as, "dot (Graphviz), mermaid, or promela (SPIN)")->check(CLI::IsMember({"dot", "mermaid", "promela"}));
  command->add_option("--set", args->settings, "a parameter of the procedure: name=value")->take_all();
  add_fault_budget(*command, args->budget);
  command->footer("Example: interlock graph site.yaml hotdb-master-backup-nonstop --as dot | dot -Tsvg >machine.svg");
  command->callback([args, &globals, &exit_code] {
    Catalog catalog = globals.catalog();
    const fsm::Machine machine = bind_unseen(catalog, args->site, args->procedure, parse_settings(args->settings));
    const std::string text = args->as == "promela"   ? fsm::render_promela(machine, args->budget.of(catalog.procedure(args->procedure)))
                             : args->as == "mermaid" ? fsm::render_mermaid(machine)
                                                     : fsm::render_dot(machine);
    put(text);
    exit_code = kExitSuccess;
  });
}

}  // namespace interlock
