// What is awkward to read from HotDB's raw tables, derived from them. Pure; any thread.
// Source of the columns: the vendor's manual, versions 2.5.6 to 2.5.8.
#pragma once

#include <string_view>

#include "fsm/observation.h"

namespace interlock {

// Adds "row" (the first one) and the fields that belong to the command to `value`, which has "rows".
// A table without the column that is counted gives Cause::protocol: zero would be a lie there.
[[nodiscard]] Result<void> add_hotdb_facts(std::string_view command, Json& value);

}  // namespace interlock
