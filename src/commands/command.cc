#include "src/commands/command.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

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

namespace {

std::string state_path(const Globals& globals) { return globals.state.empty() ? default_state_path() : globals.state; }

}  // namespace

std::unique_ptr<Store> open_store(const Globals& globals) {
  Result<std::unique_ptr<Store>> store = Store::open(state_path(globals));
  if (!store) throw CommandError{kExitUnavailable, store.error().text};
  return std::move(*store);
}

std::unique_ptr<Store> open_store_there(const Globals& globals) {
  const std::string path = state_path(globals);
  struct stat found {};
  if (stat(path.c_str(), &found) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
    const bool zh = globals.chinese();
    const char* given = std::getenv("INTERLOCK_STATE");
    const bool named = given != nullptr && *given != '\0';
    const char* by = !globals.state.empty() ? "--state" : named ? "INTERLOCK_STATE" : zh ? "默认位置" : "the default place";
    throw CommandError{kExitUnavailable, fmt::format(fmt::runtime(zh ? "没有状态文件 {}（来自 {}）；首次运行时创建" : "there is no state file {} (from {}); the first run makes one"), path, by)};
  }
  return open_store(globals);
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
