// Which language the operator reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace interlock {

// "en" or "zh" of a word as --lang or a locale has it: zh, zh_CN, zh_CN.UTF-8, zh-Hans, en_GB, C, POSIX.
[[nodiscard]] std::optional<std::string> parse_language(std::string_view text);
// $INTERLOCK_LANG, else $LC_ALL, $LC_MESSAGES, $LANG, the first that is set; what is neither is English.
[[nodiscard]] std::string language_of_environment();

}  // namespace interlock
