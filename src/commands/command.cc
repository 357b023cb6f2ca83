#include "src/commands/command.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "src/report/layout.h"

namespace interlock {

bool Globals::colours() const {
  if (colour != "auto") return colour == "always";
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
}

void put(std::string_view text, bool coloured) {
  const std::string shown = report::harmless(text, coloured);
  std::fwrite(shown.data(), 1, shown.size(), stdout);
}

std::unique_ptr<Store> open_store(const Globals& globals) {
  Result<std::unique_ptr<Store>> store = Store::open(globals.state.empty() ? default_state_path() : globals.state);
  if (!store) throw CommandError{kExitUnavailable, store.error().text};
  return std::move(*store);
}

Run load_run(const Store& store, const std::string& id) {
  Result<Run> run = store.load_run(id);
  if (run) return std::move(*run);
  const Failure& why = run.error();
  throw CommandError{why.cause == Cause::missing ? kExitUsage : why.cause == Cause::protocol ? kExitData : kExitUnavailable, why.text};
}

std::map<std::string, std::string> parse_settings(const std::vector<std::string>& settings) {
  std::map<std::string, std::string> map;
  for (const auto& text : settings) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) throw CommandError{kExitUsage, "'" + text + "' is not a setting; expected name=value"};
    const std::string name = text.substr(0, equals);
    if (!map.emplace(name, text.substr(equals + 1)).second) throw CommandError{kExitUsage, "'" + name + "' is set twice; expected one --set for each parameter"};
  }
  return map;
}

}  // namespace interlock
