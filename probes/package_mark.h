// The mark that says which package a directory was unpacked from: a file with the package's SHA-256 and nothing else,
// written last, so that a directory without it, or with another, is never that package's. Pure.
#pragma once

#include <algorithm>
#include <string_view>

namespace interlock {

inline constexpr const char* kPackageMark = ".interlock-package";

// 64 hexadecimal digits in lower case.
[[nodiscard]] inline bool is_sha256(std::string_view text) {
  constexpr std::size_t kDigits = 64;
  return text.size() == kDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace interlock
