#include "src/commands/application.h"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "fsm/diagnostic.h"
#include "src/commands/command.h"
#include "src/commands/options.h"
#include "src/report/layout.h"
#include "src/run/run_session.h"

namespace interlock {
namespace {

// What is asked for is what is printed: on a full disk or into a closed pipe it was not. How a run ended is said by its
// exit status, whether anybody reads the words or not. Who closes a pipe knows it.
int told(const CLI::App& app, int exit_code) {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  for (const char* acting : {"run", "resume", "rollback"})
    if (app.got_subcommand(acting)) return exit_code;
  if (errno != EPIPE) std::fprintf(stderr, "interlock: the output could not be written\n");
  return kExitUnavailable;
}

}  // namespace

int run_application(int argc, const char* const* argv) {
  CLI::App app{"Interlock takes databases and services through upgrades and switchovers without downtime, and proves beforehand that it can."};
  app.name("interlock");
  app.require_subcommand(1);
  app.fallthrough();
  Globals globals;
  if (const char* language = std::getenv("INTERLOCK_LANG"); language != nullptr && *language != '\0') globals.language = language;
  app.add_option("--configs", globals.configs, "the folder with components, procedures and sites");
  app.add_option("--state", globals.state, "the state file (default $INTERLOCK_STATE or /var/lib/interlock/state.db)");
  app.add_option("--lang", globals.language, "en or zh (default $INTERLOCK_LANG, or en)")->check(CLI::IsMember({"en", "zh"}));
  app.add_option("--format", globals.format, "text, json, nagios, prometheus, junit, tap or html, where results are given")
      ->check(CLI::IsMember({"text", "json", "nagios", "prometheus", "junit", "tap", "html"}));
  app.add_option("--colour,--color", globals.colour, "auto, always or never")->check(CLI::IsMember({"auto", "always", "never"}));
  app.set_version_flag("--version", std::string("interlock ") + INTERLOCK_VERSION);
  int exit_code = kExitSuccess;
  add_check(app, globals, exit_code);
  add_plan(app, globals, exit_code);
  add_verify(app, globals, exit_code);
  add_graph(app, globals, exit_code);
  add_runbook(app, globals, exit_code);
  add_run(app, globals, exit_code);
  add_status(app, globals, exit_code);
  add_report(app, globals, exit_code);
  add_probe(app, globals, exit_code);
  add_lint(app, globals, exit_code);
  add_schema(app, globals, exit_code);
  app.parse_complete_callback([&] {
    if (globals.language != "en" && globals.language != "zh") throw CommandError{kExitUsage, "INTERLOCK_LANG is '" + globals.language + "'; expected en or zh"};
    check_options(app);
  });
  app.footer("First steps: interlock check SITE PROCEDURE, interlock plan SITE PROCEDURE, interlock run SITE PROCEDURE.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return e.get_exit_code() == 0 ? app.exit(e) : (app.exit(e), static_cast<int>(kExitUsage));
  } catch (const InputError& e) {
    std::fprintf(stderr, "%s\n", report::harmless(to_string(e.diagnostics())).c_str());
    return kExitConfig;
  } catch (const CommandError& e) {
    std::fprintf(stderr, "interlock: %s\n", report::harmless(e.text).c_str());
    return e.code;
  } catch (const SessionError& e) {
    std::fprintf(stderr, "interlock: %s\n", report::harmless(e.text).c_str());
    return e.exit_code;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "interlock: %s\n", report::harmless(e.what()).c_str());
    return kExitUnavailable;
  }
  return told(app, exit_code);
}

}  // namespace interlock
