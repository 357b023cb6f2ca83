// A question to the person at the terminal. Ctrl-C there is an answer too: no.
#pragma once

#include <string>
#include <string_view>

#include "src/commands/command.h"

namespace interlock {

enum class Answer {
  yes,
  no,    // anything else: Enter, the end of the input, Ctrl-C
  plan,  // shows the whole plan first
};
// Of a line as it was typed: "yes" in any case, or 是; p for the plan.
[[nodiscard]] Answer parse_answer(std::string_view line);

// Throws CommandError (64) where standard input is no terminal.
void somebody_to_ask(const Globals& globals);
[[nodiscard]] Answer ask(const std::string& question, const Globals& globals);

}  // namespace interlock
