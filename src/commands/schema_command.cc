// interlock schema KIND: the JSON Schema of a kind of file, from the very tables the loader checks by.
#include <CLI/CLI.hpp>

#include "fsm/grammar.h"
#include "src/commands/command.h"
#include "src/report/escape.h"

namespace interlock {

void add_schema(CLI::App& app, const Globals&, int& exit_code) {
  auto kind = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("schema", "Print the JSON Schema of component, procedure or site files");
  command->add_option("KIND", *kind, "component, procedure or site")->required()->check(CLI::IsMember({"component", "procedure", "site"}));
  command->footer("Example: interlock schema procedure > configs/schemas/procedure.schema.json");
  command->callback([kind, &exit_code] {
    const fsm::Shape& shape = *kind == "component" ? fsm::grammar::kComponent : *kind == "procedure" ? fsm::grammar::kProcedure : fsm::grammar::kSite;
    put(report::json_text(fsm::json_schema(shape, "Interlock " + *kind)) + "\n");
    exit_code = kExitSuccess;
  });
}

}  // namespace interlock
