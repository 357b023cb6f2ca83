#include "probes/mysql_statement.h"

#include <array>
#include <memory>
#include <type_traits>

#include "probes/mysql_wait.h"
#include "probes/text.h"

namespace interlock {
namespace {

using LibraryBool = std::remove_pointer_t<decltype(MYSQL_BIND::is_null)>;  // my_bool or bool, by library

// Cells longer than this are fetched a second time, at their full length.
constexpr std::size_t kFirstFetchBytes = 256;
constexpr unsigned kParameterCountError = 2034;  // CR_INVALID_PARAMETER_NO

// One `?`. The memory that the binding points to lives as long as this.
struct Parameter {
  explicit Parameter(const Json& value) {
    if (value.is_number_integer()) {
      integer = value.get<long long>();
    } else if (value.is_boolean()) {
      integer = value.get<bool>() ? 1 : 0;
    } else if (value.is_number_float()) {
      real = value.get<double>();
    } else if (value.is_string()) {
      text = value.get<std::string>();
    } else if (!value.is_null()) {
      text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    length = text.size();
    type = value.is_null()                                     ? MYSQL_TYPE_NULL
           : value.is_number_integer() || value.is_boolean()   ? MYSQL_TYPE_LONGLONG
           : value.is_number_float()                           ? MYSQL_TYPE_DOUBLE
                                                               : MYSQL_TYPE_STRING;
  }
  void bind(MYSQL_BIND& slot) {
    slot = MYSQL_BIND{};
    slot.buffer_type = type;
    slot.buffer = type == MYSQL_TYPE_LONGLONG ? static_cast<void*>(&integer)
                  : type == MYSQL_TYPE_DOUBLE ? static_cast<void*>(&real)
                                              : static_cast<void*>(text.data());
    slot.buffer_length = length;
    slot.length = &length;
  }
  long long integer = 0;
  double real = 0;
  std::string text;
  unsigned long length = 0;
  enum_field_types type = MYSQL_TYPE_NULL;
};

struct FetchedColumn {
  std::array<char, kFirstFetchBytes> first{};
  unsigned long length = 0;
  LibraryBool null = 0;
  void bind(MYSQL_BIND& slot) {
    slot = MYSQL_BIND{};
    slot.buffer_type = MYSQL_TYPE_STRING;
    slot.buffer = first.data();
    slot.buffer_length = first.size();
    slot.length = &length;
    slot.is_null = &null;
  }
};

}  // namespace

bool MysqlStatement::run(std::string_view sql, std::span<const Json> parameters) {
  if (mysql_stmt_prepare(statement_, sql.data(), sql.size()) != 0) return false;
  wrong_count_ = mysql_stmt_param_count(statement_) != parameters.size();
  if (wrong_count_) return false;
  std::vector<Parameter> values(parameters.begin(), parameters.end());
  std::vector<MYSQL_BIND> slots(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i].bind(slots[i]);
  if (!slots.empty() && mysql_stmt_bind_param(statement_, slots.data()) != 0) return false;
  return mysql_stmt_execute(statement_) == 0;
}

MysqlTable::Cell MysqlStatement::cell(unsigned column, bool null, unsigned long length, std::string_view first) {
  if (null) return std::nullopt;
  if (length <= first.size()) return std::string(first.substr(0, length));
  std::string whole(length, '\0');
  MYSQL_BIND slot{};
  slot.buffer_type = MYSQL_TYPE_STRING;
  slot.buffer = whole.data();
  slot.buffer_length = length;
  slot.length = &length;
  if (mysql_stmt_fetch_column(statement_, &slot, column, 0) != 0) return std::string(first);
  return whole;
}

std::optional<MysqlTable> MysqlStatement::read(std::size_t row_limit, std::size_t bytes_limit, Deadline deadline) {
  MysqlTable table;
  const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> shape(mysql_stmt_result_metadata(statement_),
                                                                       &mysql_free_result);
  if (shape == nullptr) {
    table.affected = mysql_stmt_affected_rows(statement_);
    return table;
  }
  const unsigned width = mysql_num_fields(shape.get());
  const MYSQL_FIELD* fields = mysql_fetch_fields(shape.get());
  std::vector<FetchedColumn> columns(width);
  std::vector<MYSQL_BIND> slots(width);
  for (unsigned i = 0; i < width; ++i) {
    table.columns.push_back({valid_utf8(fields[i].name), mysql_type(static_cast<int>(fields[i].type))});
    columns[i].bind(slots[i]);
  }
  if (mysql_stmt_bind_result(statement_, slots.data()) != 0) return std::nullopt;
  std::size_t bytes = 0;
  for (;;) {
    const int status = mysql_stmt_fetch(statement_);
    if (status == MYSQL_NO_DATA) return table;
    if (status != 0 && status != MYSQL_DATA_TRUNCATED) return std::nullopt;
    if (std::chrono::steady_clock::now() > deadline) return std::nullopt;
    for (const auto& column : columns) bytes += column.null ? 0 : column.length;
    if (table.rows.size() == row_limit || bytes > bytes_limit) {
      table.truncated = true;
      return table;
    }
    auto& cells = table.rows.emplace_back();
    for (unsigned i = 0; i < width; ++i)
      cells.push_back(cell(i, columns[i].null != 0, columns[i].length, {columns[i].first.data(), kFirstFetchBytes}));
  }
}

void MysqlStatement::close() {
  if (statement_ == nullptr) return;
  mysql_stmt_close(statement_);
  statement_ = nullptr;
}

unsigned MysqlStatement::number() const { return wrong_count_ ? kParameterCountError : mysql_stmt_errno(statement_); }
const char* MysqlStatement::sqlstate() const { return wrong_count_ ? "HY000" : mysql_stmt_sqlstate(statement_); }
const char* MysqlStatement::text() const {
  return wrong_count_ ? "as many params are needed as there are ? in the query" : mysql_stmt_error(statement_);
}

}  // namespace interlock
