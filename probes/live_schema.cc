#include "probes/live_schema.h"

#include <array>

#include "probes/digest.h"
#include "probes/mysql_json.h"
#include "probes/text.h"
#include "probes/upgrade_record.h"

namespace interlock {
namespace {

// %H stands for the history table's name. Every query orders by what makes its rows unique.
constexpr std::array kFingerprintQueries{
    "select table_name, table_type, engine, row_format, table_collation, create_options, table_comment"
    " from information_schema.tables where table_schema = database() and table_name <> %H order by 1",
    "select table_name, column_name, ordinal_position, column_default, is_nullable, column_type, character_set_name,"
    " collation_name, extra, column_comment from information_schema.columns"
    " where table_schema = database() and table_name <> %H order by 1, 2",
    "select table_name, index_name, seq_in_index, column_name, collation, sub_part, non_unique, index_type, index_comment"
    " from information_schema.statistics where table_schema = database() and table_name <> %H order by 1, 2, 3",
    "select table_name, constraint_name, constraint_type from information_schema.table_constraints"
    " where table_schema = database() and table_name <> %H order by 1, 2, 3",
    "select table_name, constraint_name, referenced_table_name, update_rule, delete_rule"
    " from information_schema.referential_constraints where constraint_schema = database() and table_name <> %H order by 1, 2",
    "select table_name, partition_name, subpartition_name, partition_method, partition_expression, partition_description"
    " from information_schema.partitions where table_schema = database() and table_name <> %H and partition_name is not null"
    " order by 1, 2, 3",
    "select table_name, view_definition, security_type from information_schema.views"
    " where table_schema = database() and table_name <> %H order by 1",
    "select trigger_name, event_manipulation, event_object_table, action_timing, action_order, action_statement"
    " from information_schema.triggers where trigger_schema = database() order by 1",
    "select routine_name, routine_type, dtd_identifier, routine_definition from information_schema.routines"
    " where routine_schema = database() order by 1, 2",
    "select event_name, event_definition, execute_at, interval_value, interval_field, starts, ends, status"
    " from information_schema.events where event_schema = database() order by 1",
};

Result<MysqlTable> all_rows(MysqlConnection& connection, const std::string& sql, Deadline deadline) {
  auto table = connection.query(sql, deadline, kSchemaRows);
  if (table && table->truncated) return failure(Cause::protocol, "the schema is larger than can be read");
  return table;
}

// Lengths before the cells, so that no two tables give the same bytes.
void append(std::string& bytes, const MysqlTable& table) {
  bytes += "|" + std::to_string(table.rows.size());
  for (const auto& row : table.rows) {
    for (const auto& cell : row) bytes += cell ? ":" + std::to_string(cell->size()) + ":" + *cell : ":-";
  }
}

}  // namespace

Result<SqlSchema> read_live_schema(MysqlConnection& connection, Deadline deadline) {
  const auto table = all_rows(connection, std::string(kSqlSchemaQuery), deadline);
  if (!table) return tl::unexpected(table.error());
  return schema_from_rows(mysql_rows(*table)["rows"]);
}

Result<std::string> schema_fingerprint(MysqlConnection& connection, const std::string& history_table, Deadline deadline) {
  std::string digests;
  for (std::string sql : kFingerprintQueries) {
    if (const auto at = sql.find("%H"); at != std::string::npos) sql.replace(at, 2, sql_text(history_table));
    const auto table = all_rows(connection, sql, deadline);
    if (!table) return tl::unexpected(table.error());
    std::string bytes;
    append(bytes, *table);
    digests += sha256_hex(bytes);
  }
  return sha256_hex(digests);
}

Result<ServerNames> read_server_names(MysqlConnection& connection, Deadline deadline) {
  ServerNames names;
  const auto databases = all_rows(connection, "select schema_name from information_schema.schemata", deadline);
  if (!databases) return tl::unexpected(databases.error());
  for (const auto& row : databases->rows) names.databases.insert(lower_case(row[0].value_or("")));
  const auto tables = all_rows(connection,
                               "select t.table_name from information_schema.tables t join information_schema.engines e"
                               " on e.engine = t.engine where t.table_type = 'BASE TABLE' and coalesce(e.transactions, 'NO') <> 'YES'"
                               " and t.table_schema not in ('information_schema', 'performance_schema', 'mysql', 'sys')",
                               deadline);
  if (!tables) return tl::unexpected(tables.error());
  for (const auto& row : tables->rows) names.untransacted_tables.insert(lower_case(row[0].value_or("")));
  return names;
}

}  // namespace interlock
