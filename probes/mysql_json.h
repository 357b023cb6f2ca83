// A table of the MySQL client as the JSON that facts are evaluated over. Pure; any thread.
#pragma once

#include "fsm/observation.h"
#include "probes/mysql_client.h"

namespace interlock {

// How far text is taken for numbers.
enum class CellNumbers {
  by_column_type,  // integer and real columns are numbers, everything else is text
  by_content,      // and any text that is a whole number, for servers that send all columns as text
};

// {"rows": [{column: cell}], "count": n, "scalar": first cell of the first row or null, "truncated": bool}.
// Integers beyond 64 bits and decimals beyond 17 digits stay text, so that no digit is lost.
[[nodiscard]] Json mysql_rows(const MysqlTable& table, CellNumbers numbers = CellNumbers::by_column_type);

// "3 rows", "1 row: 5.7.23", for evidence.
[[nodiscard]] std::string mysql_summary(const MysqlTable& table);

}  // namespace interlock
