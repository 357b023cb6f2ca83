// Which options each command makes use of. An option that would be ignored is refused, so that nobody believes that it
// had an effect.
#pragma once

#include <string_view>

namespace CLI {
class App;
}

namespace interlock {

// Throws CommandError (64) when an option was given of which the chosen command, in the way it was asked for, makes
// nothing. What comes from the environment is for all commands and never refused.
void check_options(const CLI::App& app);

// Whether there is a row for it; for a test that none is forgotten.
// For its help: the options of all commands that count for this one. Empty: none do.
[[nodiscard]] std::string shared_options(std::string_view command);
[[nodiscard]] bool options_known(std::string_view command);

}  // namespace interlock
