// Whether a statement only looks. A probe changes nothing, whoever wrote its query: what may change something is not
// sent. Pure. It judges the words outside of texts and comments; what a function of the server does is not seen here,
// which is why the mysql probe makes its session read-only besides.
#pragma once

#include <string>
#include <string_view>

namespace interlock {

struct LookingSql {
  std::string refused;        // why it is not sent; empty: it only looks
  bool needs_guard = true;    // it may call a function or read a table: only a read-only session is sure to change nothing
};

[[nodiscard]] LookingSql judge_sql(std::string_view sql);

}  // namespace interlock
