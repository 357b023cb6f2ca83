#include "probes/config_merge.h"

#include <array>

#include "fsm/text.h"

namespace interlock {
namespace {

constexpr std::string_view kMask = "(secret)";

// Blanks out what follows "…pass…=", "…pwd=", "…secret…=" or "…token…=" up to the next separator.
std::string mask_assignments(std::string_view value) {
  std::string result;
  std::size_t done = 0;
  for (std::size_t equals = value.find('='); equals != std::string_view::npos; equals = value.find('=', equals + 1)) {
    std::size_t key = equals;
    while (key > done && value[key - 1] != '&' && value[key - 1] != '?' && value[key - 1] != ';' && value[key - 1] != ' ' && value[key - 1] != ',') --key;
    if (!is_secret_key(value.substr(key, equals - key))) continue;
    std::size_t end = equals + 1;
    while (end < value.size() && value[end] != '&' && value[end] != ';' && value[end] != ' ' && value[end] != ',') ++end;
    result += value.substr(done, equals + 1 - done);
    result += kMask;
    done = end;
    equals = end == 0 ? 0 : end - 1;
  }
  result += value.substr(done);
  return result;
}

// user:password@host within a URL.
std::string mask_user_info(std::string text) {
  const auto scheme = text.find("//");
  if (scheme == std::string::npos) return text;
  const auto end = text.find('/', scheme + 2);
  const auto at = text.substr(0, end).rfind('@');
  const auto colon = text.find(':', scheme + 2);
  if (at == std::string::npos || colon == std::string::npos || colon > at || at < scheme) return text;
  return text.substr(0, colon + 1) + std::string(kMask) + text.substr(at);
}

}  // namespace

const char* to_string(Carried carried) {
  switch (carried) {
    case Carried::carried: return "carried";
    case Carried::kept_new: return "kept new";
    case Carried::new_only: return "new";
    case Carried::old_only: return "dropped";
  }
  return "?";
}

std::string to_string(const ConfigDifference& difference) {
  std::string text = difference.key + ": ";
  switch (difference.what) {
    case Carried::carried: text += "'" + difference.new_value + "' replaced by the old '" + difference.old_value + "'"; break;
    case Carried::kept_new: text += "'" + difference.new_value + "' kept, the old was '" + difference.old_value + "'"; break;
    case Carried::new_only: text += "new, '" + difference.new_value + "'"; break;
    case Carried::old_only: text += "no longer known to the new version, was '" + difference.old_value + "'"; break;
  }
  if (!difference.note.empty()) text += " (" + difference.note + ")";
  return text;
}

bool is_secret_key(std::string_view key) {
  const std::string lower = lower_ascii(key);
  constexpr std::array<std::string_view, 8> kMarks{"pass", "pwd", "secret", "token", "credential", "privatekey", "accesskey", "licensekey"};
  for (const std::string_view mark : kMarks) {
    if (lower.find(mark) != std::string::npos) return true;
  }
  return false;
}

std::string shown_value(std::string_view key, std::string_view value) {
  if (value.empty()) return {};
  if (is_secret_key(key)) return std::string(kMask);
  return mask_user_info(mask_assignments(value));
}

}  // namespace interlock
