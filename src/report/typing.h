// Commands that people are told to type, as they are to be typed here: with this run's name, and with --state where it
// was given, since without it the run would not be found. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace interlock::report {

struct Typing {
  std::string run;    // for the word RUN; empty: it stays
  std::string state;  // of --state on the command line; empty: not given there
};

[[nodiscard]] std::string typed(std::string text, const Typing& typing);

// Behind the command that begins at `at`: from a backquote to the next, or "interlock VERB" with its options and what it
// names; `at` itself where none begins. Lines are not broken in it.
[[nodiscard]] std::size_t behind_command(std::string_view text, std::size_t at);

}  // namespace interlock::report
