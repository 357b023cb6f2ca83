// What the database itself says about its schema: the tables for judging an upgrade, a fingerprint for telling whether
// a definition statement has taken effect, and which tables a rollback does not undo. Reads information_schema only.
#pragma once

#include <set>
#include <string>

#include "probes/mysql_client.h"
#include "probes/sql_schema.h"

namespace interlock {

inline constexpr std::size_t kSchemaRows = 1'000'000;

// Of the connection's current database.
[[nodiscard]] Result<SqlSchema> read_live_schema(MysqlConnection& connection, Deadline deadline);

// SHA-256 over tables, columns, indexes, constraints, partitions, views, triggers, routines and events of the
// connection's current database, without the history table and without what changes by itself (row counts, times).
[[nodiscard]] Result<std::string> schema_fingerprint(MysqlConnection& connection, const std::string& history_table, Deadline deadline);

// All names in lower case.
struct ServerNames {
  std::set<std::string> databases;            // that the user can see
  std::set<std::string> untransacted_tables;  // of any database: a rollback does not undo changes of their rows
};
[[nodiscard]] Result<ServerNames> read_server_names(MysqlConnection& connection, Deadline deadline);

}  // namespace interlock
