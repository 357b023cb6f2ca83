// How a site's values are carried from an old configuration file into a new one: what was found, for the report.
// Shared by server.xml, the start script and log4j2.xml. Values that are credentials are never shown. Pure data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fsm/diagnostic.h"

namespace interlock {

enum class Carried {
  carried,    // the new file now has the old value
  kept_new,   // in both, different, and deliberately left as the new file has it
  new_only,   // a key of the new version, with its new default
  old_only,   // no longer known to the new version: dropped, to be looked at
};
[[nodiscard]] const char* to_string(Carried carried);

struct ConfigDifference {
  std::string key;
  Carried what = Carried::carried;
  std::string old_value, new_value;   // for showing: credentials appear as "(secret)"
  std::string note;                   // why, where that is not plain
};
// "haMode: 1 -> 0 (kept new: …)"
[[nodiscard]] std::string to_string(const ConfigDifference& difference);

struct ConfigMerge {
  std::string text;                             // the new file's text with the carried values
  std::vector<ConfigDifference> differences;    // only what differs, in the order of the new file, old_only last
  std::vector<Diagnostic> diagnostics;          // warnings for a person to look at
};

// Whether a key's value is a credential, by its name.
[[nodiscard]] bool is_secret_key(std::string_view key);
// The value for showing: masked if the key says so, or where the value itself holds one (password=…, user:pw@host).
[[nodiscard]] std::string shown_value(std::string_view key, std::string_view value);

}  // namespace interlock
