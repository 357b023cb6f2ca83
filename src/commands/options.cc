#include "src/commands/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include "src/commands/command.h"
#include "src/report/format.h"

namespace interlock {
namespace {

// One way of asking for a command.
struct Way {
  std::string_view command;
  std::string_view by;        // the option, or option=value, that chooses this way; empty: otherwise
  std::string_view globals;   // the options of all commands that count here
  std::string_view forms;     // of --format; empty: it is not for this
  std::string_view unused;    // options of the command that do not count in this way
};

// The first that fits. A command that judges or acts is asked in more ways than one.
constexpr Way kWays[] = {
    {"check", "", "--configs --lang --colour", kFormatWords, ""},
    {"plan", "", "--configs --lang", kPlanFormatWords, ""},
    {"verify", "--journal", "--state --lang", kPlanFormatWords, "--set --faults --at-most --most-states --unreduced --end --gates"},
    {"verify", "--all", "--configs --lang", kPlanFormatWords, "--set --end --gates"},
    {"verify", "", "--configs --lang", kPlanFormatWords, ""},
    {"graph", "--as=promela", "--configs", "", ""},
    {"graph", "", "--configs", "", "--faults --at-most"},
    {"runbook", "", "--configs --lang", "", ""},
    {"run", "--replay", "--configs --lang", kPlanFormatWords, "--yes"},
    {"run", "--seeds", "--configs --lang", kPlanFormatWords, "--yes"},
    {"run", "--simulate", "--configs --lang", "", "--yes"},
    {"run", "", "--configs --state --lang --colour", "", ""},
    {"resume", "", "--state --lang --colour", "", ""},
    {"rollback", "", "--state --lang --colour", "", ""},
    {"status", "--follow", "--state --lang", "", ""},
    {"status", "", "--state --lang", kPlanFormatWords, ""},
    {"unlock", "", "--configs --state --lang", "", ""},
    {"report", "--html", "--state --lang", "", ""},
    {"report", "", "--state --lang --colour", kReportFormatWords, ""},
    {"explain", "", "--state --lang --colour", "", ""},
    {"probe", "--list", "", "", "KIND ARGUMENT --site --host --timeout"},
    {"probe", "--site", "--configs", kPlanFormatWords, ""},
    {"probe", "", "", kPlanFormatWords, ""},
    {"lint", "", "--configs --colour", kPlanFormatWords, ""},
    {"schema", "", "", "", ""},
};
constexpr std::string_view kGlobals[] = {"--configs", "--state", "--lang", "--colour"};

// The words of a text that are parted by blanks or commas.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = text.find_first_not_of(", ", at)) != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(", ", at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

bool holds(std::string_view text, std::string_view word) {
  const auto words = words_of(text);
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool given(const CLI::App& app, const std::string& option) {
  const CLI::Option* found = app.get_option_no_throw(option);
  return found != nullptr && found->count() > 0;
}

bool chosen(const Way& way, const CLI::App& command) {
  if (way.command != command.get_name()) return false;
  if (way.by.empty()) return true;
  const std::string option(way.by.substr(0, way.by.find('=')));
  return given(command, option) && (option == way.by || command.get_option(option)->as<std::string>() == way.by.substr(option.size() + 1));
}

[[noreturn]] void refuse(const Way& way, const std::string& option) {
  const std::string asked = std::string(way.command) + (way.by.empty() ? "" : " " + std::string(way.by));
  throw CommandError{kExitUsage, "'" + asked + "' makes no use of " + option + "; see: interlock " + std::string(way.command) + " --help"};
}

}  // namespace

void check_options(const CLI::App& app) {
  const CLI::App* command = app.get_subcommands().front();
  const Way* way = std::find_if(std::begin(kWays), std::end(kWays), [&](const Way& w) { return chosen(w, *command); });
  for (const auto option : kGlobals)
    if (given(app, std::string(option)) && !holds(way->globals, option)) refuse(*way, std::string(option));
  if (given(app, "--format")) {
    const std::string form = app.get_option("--format")->as<std::string>();
    if (way->forms.empty()) refuse(*way, "--format");
    if (!holds(way->forms, form)) throw CommandError{kExitUsage, "--format " + form + " is not given here; there are: " + std::string(way->forms)};
  }
  for (const auto& option : words_of(way->unused))
    if (given(*command, option)) refuse(*way, option);
}

std::string shared_options(std::string_view command) {
  const Way* plain = std::find_if(std::begin(kWays), std::end(kWays), [&](const Way& w) { return w.command == command && w.by.empty(); });
  std::string text;
  const auto add = [&](const std::string& head, const std::string& option) { text += (text.ends_with(head) ? "" : text.empty() ? head : ", ") + option; };
  if (plain == std::end(kWays)) return text;
  for (const auto& option : words_of(plain->globals)) add("Also: ", option);
  if (!plain->forms.empty()) add("Also: ", "--format (" + std::string(plain->forms) + ")");
  for (const Way& way : kWays) {
    if (way.command != command || way.by.empty()) continue;
    std::string more;
    for (const auto& option : words_of(way.globals))
      if (!holds(plain->globals, option)) more += (more.empty() ? "" : ", ") + option;
    if (!way.forms.empty() && plain->forms.empty()) more += (more.empty() ? "" : ", ") + ("--format (" + std::string(way.forms) + ")");
    if (!more.empty()) text += (text.empty() ? "" : "\n") + ("With " + std::string(way.by) + ": " + more);
  }
  return text;
}

bool options_known(std::string_view command) {
  return std::any_of(std::begin(kWays), std::end(kWays), [&](const Way& way) { return way.command == command && way.by.empty(); });
}

}  // namespace interlock
