// What comes in English from where no language is known (the state file, the engine, a run's journal), in Chinese. Pure.
#pragma once

#include <span>
#include <string>

#include "src/report/words.h"

namespace interlock::report {

// `{}` stands for any text, and is glossed in its turn.
struct Gloss {
  const char* en;
  const char* zh;   // with {0}, {1}, … as in `en` from left to right
};
[[nodiscard]] std::span<const Gloss> glosses();

// `text` where it is English that is asked for, or where nothing in the table fits.
[[nodiscard]] std::string glossed(const std::string& text, Language language);
// Of a line of a plan, the comment behind the command.
[[nodiscard]] std::string glossed_comment(const std::string& line, Language language);

}  // namespace interlock::report
