// See quote.h.
#include "src/transport/quote.h"

#include <algorithm>

namespace interlock {
namespace {

constexpr std::size_t kBriefBytes = 80;

// Characters that mean nothing to any shell wherever they stand in a word. '=' and '~' are not among them:
// an assignment before a command and zsh's =command are made with them.
bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_@%+:,./-").find(c) != std::string_view::npos;
}

}  // namespace

std::string quote(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return std::string(word);
  // Within single quotes a shell takes every byte as it is; a single quote itself is written outside of them.
  std::string quoted = "'";
  for (char c : word) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

Result<std::string> quote_command(const std::vector<std::string>& argv) {
  if (argv.empty() || argv.front().empty()) return failure(Cause::internal, "a command needs a name");
  std::string line;
  for (const std::string& word : argv) {
    if (word.find('\0') != std::string::npos) {
      return failure(Cause::internal, "an argument of " + quote(argv.front().c_str()) + " contains a NUL byte");
    }
    if (!line.empty()) line += ' ';
    line += quote(word);
  }
  return line;
}

std::string brief_command(const std::vector<std::string>& argv) {
  std::string line;
  for (const std::string& word : argv) line += (line.empty() ? "" : " ") + quote(word);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  if (line.size() > kBriefBytes) {
    std::size_t end = kBriefBytes;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;  // not inside a UTF-8 character
    line = line.substr(0, end) + "…";
  }
  return line;
}

}  // namespace interlock
