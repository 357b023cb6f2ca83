// The rows of runs: find, list, create. The functions work on a database whose mutex the caller holds.
#pragma once

#include <string>
#include <vector>

#include "src/store/database.h"
#include "src/store/run.h"

namespace interlock::run_table {

[[nodiscard]] Result<std::string> create(Database& database, const NewRun& run);  // its id
// `id`: whole, the beginning of only one, or "last".
[[nodiscard]] Result<Run> find(Database& database, const std::string& id);
[[nodiscard]] Result<std::vector<RunSummary>> list(Database& database, const RunFilter& filter);
[[nodiscard]] Result<void> finish(Database& database, const std::string& run_id, const std::string& end, const std::string& end_kind, int exit_code);

}  // namespace interlock::run_table
