// The file that holds the state: made with its folder, closed to others, given its tables.
#pragma once

#include <memory>
#include <string>

#include "src/store/database.h"

namespace interlock::state_file {

// Makes what is missing of the folder (0700) and the file (0600). A file of ours that others can read is closed.
[[nodiscard]] Result<void> prepare(const std::string& path);
// Refuses the file of another program or of a later Interlock, and changes nothing of it.
[[nodiscard]] Result<void> check_ours(const std::string& path, Millis busy_limit);
// Makes the tables in an empty database.
[[nodiscard]] Result<void> settle_schema(Database& database);
// Only for a file that has shown to be a state file: whatever else was named by mistake keeps its mode.
[[nodiscard]] Result<void> close_to_others(const std::string& path);

}  // namespace interlock::state_file
