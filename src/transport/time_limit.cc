// See time_limit.h.
#include "src/transport/time_limit.h"

#include <algorithm>

#include <fmt/format.h>

namespace interlock {
namespace {

constexpr int kCannotExecute = 126, kNotFound = 127;

}  // namespace

std::vector<std::string> time_limit_words(Deadline::duration left) {
  const auto seconds = std::max<long long>(1, std::chrono::ceil<std::chrono::seconds>(left).count());
  return {"timeout", "-k", std::to_string(kKillAfter.count()), std::to_string(seconds)};
}

std::optional<Failure> never_started(const CommandOutput& output, const std::string& command) {
  if (output.signal != 0) return std::nullopt;
  if (output.exit_status == kNotFound && output.err.find("timeout: not found") != std::string::npos) {
    return Failure{Cause::missing, "the host has no command `timeout` (coreutils)", false};
  }
  if (output.exit_status == kNotFound && output.err.find("timeout: command not found") != std::string::npos) {
    return Failure{Cause::missing, "the host has no command `timeout` (coreutils)", false};
  }
  if (!output.out.empty() || output.err.rfind("timeout: ", 0) != 0) return std::nullopt;
  if (output.exit_status == kNotFound) {
    return Failure{Cause::missing, fmt::format("there is no command {}", command), false};
  }
  if (output.exit_status == kCannotExecute) {
    return Failure{Cause::denied, fmt::format("{} may not be executed", command), false};
  }
  return std::nullopt;
}

}  // namespace interlock
