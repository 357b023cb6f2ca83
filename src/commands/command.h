// What all commands share: global options, exit codes, and how they get at files and state.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "src/catalog/catalog.h"
#include "src/report/format.h"
#include "src/report/typing.h"
#include "src/report/words.h"
#include "src/store/store.h"

namespace CLI {
class App;
}

namespace interlock {

// design.md, "The command".
enum ExitCode : int {
  kExitSuccess = 0,
  kExitWarning = 1,      // check, audit
  kExitCritical = 2,     // check, audit
  kExitUnknown = 3,      // check, audit
  kExitUnchanged = 10,   // refused, nothing changed
  kExitRolledBack = 11,
  kExitAttention = 12,   // an operator must decide
  kExitLocked = 13,      // another run holds the site
  kExitUsage = 64,
  kExitData = 65,        // a run in the state file is damaged
  kExitUnavailable = 69, // the state cannot be opened
  kExitOutput = 73,      // what was asked for could not be written where it was to go
  kExitConfig = 78,      // a file is wrong
  kExitPipe = 141,       // nobody reads the output any more: 128 and SIGPIPE, as other tools
};

// For the top: an error that ends the command with this exit code. `text` is for the operator.
struct CommandError {
  ExitCode code;
  std::string text;
};

struct Globals {
  std::string configs;
  std::string state;
  std::string language = "en";   // en, zh
  std::string format = "text";
  std::string colour = "auto";   // auto, always, never

  [[nodiscard]] bool chinese() const { return language == "zh"; }
  [[nodiscard]] Language words() const { return chinese() ? Language::zh : Language::en; }
  [[nodiscard]] bool colours() const;
  // Of a run, for what is to be typed next; --state is in it only where it was given here.
  [[nodiscard]] report::Typing typing(const std::string& run = "") const { return {run, state}; }
  // --format as one of the forms that this result has.
  template <typename Form>
  [[nodiscard]] Form form(std::optional<Form> (*parse)(std::string_view), std::string_view known) const {
    if (const auto parsed = parse(format)) return *parsed;
    throw CommandError{kExitUsage, "--format " + format + " is not given here; there are: " + std::string(known)};
  }
  [[nodiscard]] Catalog catalog() const { return Catalog::find(config_folders(configs)); }
};

// To standard output. Whatever commands print goes through here, so that nothing that a file or a host says can command
// the terminal. `coloured`: the text has the colours of Globals::colours().
void put(std::string_view text, bool coloured = false);
// Makes the state file when it is not there.
[[nodiscard]] std::unique_ptr<Store> open_store(const Globals& globals);
// For a command that needs what is in it: makes none, since one that is not there was named by mistake.
[[nodiscard]] std::unique_ptr<Store> open_store_there(const Globals& globals);
// What Store::load_run gives; throws CommandError when there is no such run (64) or it is damaged (65).
[[nodiscard]] Run load_run(const Store& store, const std::string& id);
[[nodiscard]] std::map<std::string, std::string> parse_settings(const std::vector<std::string>& settings);  // name=value

// Each adds its subcommand to the application; the chosen one leaves its exit code in `exit_code`.
void add_check(CLI::App& app, const Globals& globals, int& exit_code);
void add_plan(CLI::App& app, const Globals& globals, int& exit_code);
void add_run(CLI::App& app, const Globals& globals, int& exit_code);       // run, resume, rollback
void add_status(CLI::App& app, const Globals& globals, int& exit_code);    // status, unlock
void add_report(CLI::App& app, const Globals& globals, int& exit_code);    // report, explain
void add_probe(CLI::App& app, const Globals& globals, int& exit_code);
void add_lint(CLI::App& app, const Globals& globals, int& exit_code);
void add_verify(CLI::App& app, const Globals& globals, int& exit_code);
void add_graph(CLI::App& app, const Globals& globals, int& exit_code);
void add_runbook(CLI::App& app, const Globals& globals, int& exit_code);
void add_schema(CLI::App& app, const Globals& globals, int& exit_code);

}  // namespace interlock
