// A command carries its own time limit: it is run by coreutils' `timeout`, so that one that hangs does not live on
// after its caller gave up, nor after the caller's own death. What detaches itself (a daemon) survives, as intended.
// Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "probes/host.h"

namespace interlock {

// SIGTERM at the deadline, SIGKILL so much later.
inline constexpr std::chrono::seconds kKillAfter{5};

[[nodiscard]] inline Deadline::duration time_left(Deadline deadline) {
  return deadline - std::chrono::steady_clock::now();
}

// The words to put before a command's own. The limit is rounded up to whole seconds (all versions of `timeout` take
// those), so it never strikes before the caller's deadline.
[[nodiscard]] std::vector<std::string> time_limit_words(Deadline::duration left);

// `timeout` answers 126 or 127 and says so on stderr when the command could not be started.
[[nodiscard]] std::optional<Failure> never_started(const CommandOutput& output, const std::string& command);

}  // namespace interlock
