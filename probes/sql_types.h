// MySQL column types: reading them, and whether every value of one type fits into another unchanged. The rules are
// those of domain knowledge shared with skeema: a change is widening only where nothing a running node stored or
// will store can be lost, cut, padded or re-coded. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/sql_script.h"

namespace interlock {

// How risky a change is while nodes of the old version run, from harmless up. The order is that of severity.
enum class SqlClass {
  additive,        // only adds; nothing that exists is touched
  widening,        // a column takes more than before
  data_dependent,  // works or fails by the rows that are there, or changes what running nodes get
  narrowing,       // a column takes less than before, or something else
  destructive,     // removes or rewrites what exists
  unclassified,    // what it does cannot be told from what is known: unsafe, and named
  failing,         // cannot run on the schema that it would meet, neither with nodes nor without
};
[[nodiscard]] const char* to_string(SqlClass value);

enum class SqlFamily {
  integer, decimal, floating, bit,
  text,        // CHAR, VARCHAR, …TEXT
  bytes,       // BINARY, VARBINARY, …BLOB
  enumeration, set,
  date, time, datetime, timestamp, year,
  json, spatial,
};

struct SqlType {
  SqlFamily family = SqlFamily::integer;
  std::string name;                   // canonical and lower case: "int", "varchar", "mediumtext"
  std::optional<std::uint64_t> length;   // characters, bytes, bits or digits; fractional digits of temporal types
  std::optional<std::uint64_t> scale;
  bool is_unsigned = false;
  bool zerofill = false;
  std::vector<std::string> members;   // of enum and set
  std::string charset, collation;     // lower case; empty: not said
};
// Reads a type where the cursor stands, up to and including its own attributes (UNSIGNED, CHARACTER SET, COLLATE);
// nothing if it is no type this reader knows. Display widths of integers are dropped: they mean nothing.
[[nodiscard]] std::optional<SqlType> read_sql_type(SqlCursor& cursor);
// The same from a text, as information_schema.columns.column_type prints it; nothing unless all of it is read.
[[nodiscard]] std::optional<SqlType> parse_sql_type(std::string_view text);
[[nodiscard]] std::string to_string(const SqlType& type);

// The most bytes a character takes; nothing for a character set that is not known.
[[nodiscard]] std::optional<std::uint64_t> bytes_per_character(std::string_view charset);
// Lower case, and one name where MySQL prints utf8 or utf8mb3 for the same thing.
[[nodiscard]] std::string canonical_charset(std::string_view name);
[[nodiscard]] std::string canonical_collation(std::string_view name);
// The character set a collation belongs to: the part before '_'.
[[nodiscard]] std::string charset_of_collation(std::string_view collation);
// How many bytes a value can take; nothing where that is not known.
[[nodiscard]] std::optional<std::uint64_t> capacity_bytes(const SqlType& type);

struct SqlTypeChange {
  SqlClass verdict = SqlClass::additive;   // additive: no change at all
  std::string reason;
};
// From one type to another; character sets must be filled in for text, enum and set.
[[nodiscard]] SqlTypeChange compare_types(const SqlType& from, const SqlType& to);

}  // namespace interlock
