// The command line: all commands, their global options, and the one place where every error is told.
#pragma once

namespace interlock {

// Does what the arguments ask for and returns the exit code (command.h). Writes to standard output and standard error.
[[nodiscard]] int run_application(int argc, const char* const* argv);

}  // namespace interlock
