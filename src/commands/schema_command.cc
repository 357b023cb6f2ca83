// interlock schema KIND: the JSON Schema of a kind of file, from the very tables the loader checks by.
#include <CLI/CLI.hpp>

#include "fsm/diagnostic.h"
#include "fsm/grammar.h"
#include "fsm/site_parameters.h"
#include "src/commands/command.h"
#include "src/report/escape.h"

namespace interlock {

namespace {

// A site's parameters are those of the catalog, if there is one here.
Json site_schema(const Globals& globals) {
  Json schema = fsm::json_schema(fsm::grammar::kSite, "Interlock site");
  try {
    fsm::describe_parameters(schema, globals.catalog().parameters());
  } catch (const InputError&) {  // no catalog, or a broken one: every other command tells
  }
  return schema;
}

}  // namespace

void add_schema(CLI::App& app, const Globals& globals, int& exit_code) {
  auto kind = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("schema", "Print the JSON Schema of component, procedure or site files");
  command->add_option("KIND", *kind, "component, procedure or site")->required()->check(CLI::IsMember({"component", "procedure", "site"}));
  command->footer("A site's parameters are those of the catalog: INTERLOCK_CONFIGS, or the folder that is installed.\nExample: interlock schema procedure > configs/schemas/procedure.schema.json");
  command->callback([kind, &globals, &exit_code] {
    const fsm::Shape& shape = *kind == "component" ? fsm::grammar::kComponent : fsm::grammar::kProcedure;
    put(report::json_text(*kind == "site" ? site_schema(globals) : fsm::json_schema(shape, "Interlock " + *kind)) + "\n");
    exit_code = kExitSuccess;
  });
}

}  // namespace interlock
