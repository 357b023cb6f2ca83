// Runs the command that prints a secret: bounded in time and output, its standard output seen by nobody else.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fsm/observation.h"
#include "probes/secret.h"

namespace interlock {

// `argv` is run in `folder` without a shell, with nothing on its standard input. Its standard output is the secret;
// what it wrote to standard error is part of a failure's text.
[[nodiscard]] Result<Secret> run_secret_command(const std::vector<std::string>& argv, const std::filesystem::path& folder, std::size_t output_limit, Millis limit);

}  // namespace interlock
