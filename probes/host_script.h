// What a command on a host says about itself, in words and causes. Shared by the probes that run one.
#pragma once

#include <string>
#include <vector>

#include "probes/host.h"

namespace interlock {

// Exit status of a shell that did not find the command, or found it and could not run it.
inline constexpr int kCommandNotFound = 127;
inline constexpr int kCommandNotExecutable = 126;

// A command that runs the constant `script` in sh with `arguments` as $1, $2, …: nothing is pasted into it.
[[nodiscard]] Command host_script(const char* script, std::vector<std::string> arguments);

// What went wrong with a command that should have exited with 0: a signal, 127, 126, or its status with the first
// line of what it said; permission denied and a missing file are told apart by that line.
[[nodiscard]] Failure command_failure(const std::string& what, const CommandOutput& output);

}  // namespace interlock
