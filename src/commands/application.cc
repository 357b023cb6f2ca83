#include "src/commands/application.h"

#include <poll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>

#include "fsm/diagnostic.h"
#include "src/commands/command.h"
#include "src/commands/language.h"
#include "src/commands/likely_word.h"
#include "src/commands/options.h"
#include "src/report/gloss.h"
#include "src/report/layout.h"
#include "src/report/terminal.h"
#include "src/report/typing.h"
#include "src/run/run_session.h"
#include "src/version.h"

namespace interlock {
namespace {

constexpr std::size_t kLeastColumns = 40;  // a narrower terminal wraps

// What is asked for is what is printed: on a full disk or into a closed pipe it was not. How a run ended is said by its
// exit status, whether anybody reads the words or not; a simulation is nothing but words.
bool says_how_a_run_ended(const CLI::App& app) {
  if (app.got_subcommand("run")) return app.get_subcommand("run")->count("--simulate") == 0;
  return app.got_subcommand("resume") || app.got_subcommand("rollback");
}

// The pipe that we write to was closed, as `head` does. The error of the write itself may be long past.
bool nobody_reads() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

int told(const CLI::App& app, int exit_code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  if (says_how_a_run_ended(app)) return exit_code;
  if (nobody_reads()) return kExitPipe;  // who closes a pipe knows it
  std::fprintf(stderr, "interlock: the output could not be written\n");
  return kExitOutput;
}

int tell_nagios(const std::string& text) {
  std::string line = report::harmless(text);
  for (char& c : line)
    if (c == '\n' || c == '|') c = ' ';
  put("INTERLOCK UNKNOWN: " + line + "\n");
  std::fflush(stdout);
  return kExitUnknown;
}

// "help run" is "run --help".
std::vector<std::string> words_given(int argc, const char* const* argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (words.empty() || words.front() != "help") return words;
  words.erase(words.begin());
  words.emplace_back("--help");
  return words;
}

// Of a command line that could not be read.
bool checks_for_nagios(const std::vector<std::string>& words) {
  const auto holds = [&](const char* word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  const auto format = std::find(words.begin(), words.end(), "--format");
  return holds("check") && (holds("--format=nagios") || (format != words.end() && std::next(format) != words.end() && *std::next(format) == "nagios"));
}

// What was printed before comes first. A monitoring system reads standard output, and knows four statuses.
int tell_error(const CLI::App& app, const Globals& globals, const std::string& text, int code) {
  if (app.got_subcommand("check") && globals.format == "nagios") return tell_nagios(text);
  std::fflush(stdout);
  std::fprintf(stderr, "%s\n", report::harmless(text).c_str());
  return code;
}

}  // namespace

int run_application(int argc, const char* const* argv) {
  CLI::App app{"Interlock takes databases and services through upgrades and switchovers without downtime, and proves beforehand that it can."};
  app.name("interlock");
  app.require_subcommand(1);
  app.fallthrough();
  Globals globals;
  app.add_option("--configs", globals.configs, "the folder with components, procedures and sites");
  app.add_option("--state", globals.state, "the state file (default $INTERLOCK_STATE or /var/lib/interlock/state.db)");
  globals.language = language_of_environment();
  app.add_option("--lang", globals.language, "en or zh (default: $INTERLOCK_LANG, else the locale)")->transform([](const std::string& text) {
    if (const auto language = parse_language(text)) return *language;
    throw CLI::ValidationError("--lang", "'" + text + "' is not a language here; expected en or zh");
  });
  app.add_option("--format", globals.format, "text, json, nagios, prometheus, junit, tap or html, where results are given");  // check_options()
  app.add_option("--colour,--color", globals.colour, "auto, always or never")->check(CLI::IsMember({"auto", "always", "never"}));
  app.set_version_flag("--version", std::string("interlock ") + version());
  report::set_page_columns(isatty(STDOUT_FILENO) == 1 ? std::clamp<std::size_t>(DescriptorSink(STDOUT_FILENO).columns(), kLeastColumns, report::kPageColumns) : report::kPageColumns);
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
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::string own = command->get_footer(), shared = shared_options(command->get_name());
    command->footer(own + (own.empty() || shared.empty() ? "" : "\n") + shared);
  }
  app.parse_complete_callback([&] { check_options(app); });
  app.footer("First steps: interlock check SITE PROCEDURE, interlock plan SITE PROCEDURE, interlock run SITE PROCEDURE.\nOf one command: interlock help COMMAND.");
  const auto failed = [&](const std::string& text, int code) { return tell_error(app, globals, text, code); };
  try {
    std::vector<std::string> given = words_given(argc, argv);
    std::reverse(given.begin(), given.end());  // as CLI11 takes them
    app.parse(std::move(given));
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) return told(app, app.exit(e));
    if (checks_for_nagios(words_given(argc, argv))) return tell_nagios(std::string("interlock: ") + e.what());
    app.exit(e);
    if (const std::string likely = likely_command_line(app, words_given(argc, argv)); !likely.empty()) std::fprintf(stderr, "%s\n", report::harmless(likely).c_str());
    return kExitUsage;
  } catch (const InputError& e) {
    return failed(to_string(e.diagnostics()), kExitConfig);
  } catch (const CommandError& e) {
    return failed("interlock: " + report::typed(report::glossed(e.text, globals.words()), globals.typing()), e.code);
  } catch (const SessionError& e) {
    return failed("interlock: " + report::typed(report::glossed(e.text, globals.words()), globals.typing()), e.exit_code);
  } catch (const std::exception& e) {
    return failed(std::string("interlock: ") + e.what(), kExitUnavailable);
  }
  return told(app, exit_code);
}

}  // namespace interlock
