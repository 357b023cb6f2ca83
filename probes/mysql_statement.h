// A prepared statement, run once. Internal to the MySQL client; used by the thread that owns the connection.
// It tells errors as the library does; MysqlConnection gives them their causes.
#pragma once

#include <mysql.h>

#include <optional>
#include <span>
#include <string_view>

#include "probes/mysql_client.h"

namespace interlock {

class MysqlStatement {
 public:
  explicit MysqlStatement(MYSQL* mysql) : statement_(mysql_stmt_init(mysql)) {}
  ~MysqlStatement() { close(); }
  MysqlStatement(const MysqlStatement&) = delete;
  MysqlStatement& operator=(const MysqlStatement&) = delete;

  [[nodiscard]] bool ready() const { return statement_ != nullptr; }
  // Prepares, binds and executes. False: see number(), sqlstate() and text().
  [[nodiscard]] bool run(std::string_view sql, std::span<const Json> parameters);
  // The rows, or what the statement changed. nullopt: see number() …
  [[nodiscard]] std::optional<MysqlTable> read(std::size_t row_limit, std::size_t bytes_limit, Deadline deadline);
  void close();

  [[nodiscard]] unsigned number() const;
  [[nodiscard]] const char* sqlstate() const;
  [[nodiscard]] const char* text() const;

 private:
  [[nodiscard]] MysqlTable::Cell cell(unsigned column, bool null, unsigned long length, std::string_view first);
  MYSQL_STMT* statement_;
  bool wrong_count_ = false;
};

}  // namespace interlock
