#include "src/commands/language.h"

#include <cstdlib>

namespace interlock {

std::optional<std::string> parse_language(std::string_view text) {
  const std::string_view word = text.substr(0, text.find_first_of("_-.@"));
  if (word == "zh") return "zh";
  if (word == "en" || word == "C" || word == "POSIX") return "en";
  return std::nullopt;
}

std::string language_of_environment() {
  for (const char* name : {"INTERLOCK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return parse_language(value).value_or("en");
  return "en";
}

}  // namespace interlock
