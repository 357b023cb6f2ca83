// What a config database holds, as a checksum of each of its tables, kept in the history table when an upgrade ends:
// whoever restores the dump later can see that somebody has configured something since. Left out are the history
// itself, `_running` twins (they mirror a node's memory), and tables that the site file says nodes write by themselves.
// It reads every row of the tables once; it does not see what nobody's rows show (an index, a view).
#pragma once

#include <string>
#include <vector>

#include "probes/upgrade_record.h"

namespace interlock {

// A line "TABLE CHECKSUM" for each table, by name.
[[nodiscard]] Result<std::string> read_config_content(MysqlConnection& connection, const HistoryTable& table, const std::vector<Json>& nodes_write,
                                                      Deadline deadline);

// What was kept when the latest upgrade ended; empty when nothing was, or a person has taken it away.
[[nodiscard]] Result<std::string> read_kept_content(MysqlConnection& connection, const HistoryTable& table, Deadline deadline);

// The tables that are not, or not what they were, in the other one; by name.
[[nodiscard]] std::vector<std::string> changed_tables(std::string_view before, std::string_view now);

}  // namespace interlock
