#include "src/commands/likely_word.h"

#include <CLI/CLI.hpp>

#include "fsm/suggest.h"

namespace interlock {
namespace {

void add_options(const CLI::App& app, std::vector<std::string>& names) {
  for (const CLI::Option* option : app.get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
}

std::string meant(const std::string& word, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), word) != known.end()) return "";
  const std::string likely = nearest(word, known);
  return likely.empty() ? "" : "did you mean '" + likely + "'?";
}

}  // namespace

std::string likely_command_line(const CLI::App& app, const std::vector<std::string>& words) {
  std::vector<std::string> commands, options;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) commands.push_back(command->get_name());
  add_options(app, options);
  const auto used = app.get_subcommands();  // those that were recognised
  for (const CLI::App* command : used) add_options(*command, options);
  for (const auto& word : words) {
    if (word.starts_with("--")) {
      if (std::string likely = meant(word.substr(0, word.find('=')), options); !likely.empty()) return likely;
    } else if (used.empty() && !word.starts_with("-")) {
      if (std::string likely = meant(word, commands); !likely.empty()) return likely;
    }
  }
  return "";
}

}  // namespace interlock
