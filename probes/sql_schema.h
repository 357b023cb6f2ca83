// The tables and columns of a live database, as far as judging an upgrade script needs them, and columns as a
// script defines them. Pure: a caller runs kSqlSchemaQuery and hands the rows in.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "fsm/observation.h"
#include "probes/sql_types.h"

namespace interlock {

struct SqlColumn {
  std::string name;                          // as written
  SqlType type;
  bool nullable = true;
  std::optional<std::string> default_value;  // normalised text; nothing: none, or NULL
  bool auto_increment = false;
  bool on_update = false;                    // ON UPDATE CURRENT_TIMESTAMP
  bool generated = false;
};

struct SqlTable {
  std::string charset, collation;            // of columns that name none
  std::map<std::string, SqlColumn> columns;  // by lower-case name: MySQL ignores the case of column names
};

struct SqlSchema {
  std::string database;
  std::map<std::string, SqlTable> tables;    // by name, case kept: whether it counts depends on the server
};

// Run in the database in question; every column of its tables in one result, in this order of columns.
inline constexpr std::string_view kSqlSchemaQuery =
    "select c.table_schema as table_schema, c.table_name as table_name, c.column_name as column_name, "
    "c.column_type as column_type, c.is_nullable as is_nullable, c.column_default as column_default, "
    "c.character_set_name as character_set_name, c.collation_name as collation_name, c.extra as extra, "
    "t.table_collation as table_collation "
    "from information_schema.columns c join information_schema.tables t "
    "on t.table_schema = c.table_schema and t.table_name = c.table_name "
    "where c.table_schema = database() and t.table_type = 'BASE TABLE' "
    "order by c.table_name, c.ordinal_position";

// From the rows of that query: an array of objects keyed by column name (any case) or of arrays in its order; null
// is JSON null. A column whose type is not known is left out, so that a change of it stays unclassified.
// Failure (protocol) for rows of another shape.
[[nodiscard]] Result<SqlSchema> schema_from_rows(const Json& rows);

// A default as a comparable text: quotes resolved, NULL dropped, the spellings of the current time united.
[[nodiscard]] std::optional<std::string> normalise_default(std::string_view raw);

// One column definition, read where the cursor stands (behind the column's name), up to its end.
struct SqlColumnDefinition {
  SqlColumn column;
  bool null_said = false;       // NULL or NOT NULL stands there
  bool default_said = false;
  bool key = false;             // UNIQUE or PRIMARY KEY within the definition
  std::string trouble;          // why it could not be read to its end; empty: it could
};
[[nodiscard]] SqlColumnDefinition read_column_definition(SqlCursor& cursor, std::string name);

// What replacing the definition of an existing column means for running nodes. `table` gives the character set of
// columns that name none.
[[nodiscard]] SqlTypeChange compare_columns(const SqlColumn& present, const SqlColumnDefinition& wanted, const SqlTable& table);

}  // namespace interlock
