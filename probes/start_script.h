// bin/hotdb_server, the start script of a compute node: which Java it uses and with which options, and carrying a
// site's choice into a new version's script. Only plain assignments (NAME=value, one per line or one quoted value
// over several) are understood; a value that the shell would compute is carried as text. Pure; nothing is executed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/text.h"
#include "probes/config_merge.h"

namespace interlock {

struct ScriptAssignment {
  std::string name;       // JAVA_BIN, JAVA_VERSION or JAVA_OPTS
  std::string value;      // outer quotes removed
  bool commented = false; // "#JAVA_OPTS=…": an alternative kept for reading
  std::size_t offset = 0, length = 0;   // of the value with its quotes
  Position at;
};
// All assignments of the three names, in the order of the file. Throws InputError for what is not text or has a
// quote that is never closed.
[[nodiscard]] std::vector<ScriptAssignment> read_start_script(std::string_view text, std::string_view file = {});
// The value that counts: the last one that is not commented out.
[[nodiscard]] std::optional<std::string> active_value(const std::vector<ScriptAssignment>& assignments, std::string_view name);

struct JavaChoice {
  std::string bin;       // "/usr/local/jdk8/jdk8u252-b09/bin/java"
  std::string version;   // "1.8.0_252"
};
// The new script with the old one's JAVA_OPTS and, unless `java` says otherwise, JAVA_BIN and JAVA_VERSION; every
// other byte is the new script's. Throws InputError when a name that is to be set has no active assignment, or
// several in a number that differs from the old script's.
[[nodiscard]] ConfigMerge merge_start_script(std::string_view old_text, std::string_view new_text, const std::optional<JavaChoice>& java,
                                             std::string_view old_file = {}, std::string_view new_file = {});
// The script with JAVA_BIN and JAVA_VERSION set and nothing else changed.
[[nodiscard]] std::string with_java(std::string_view text, const JavaChoice& java, std::string_view file = {});

}  // namespace interlock
