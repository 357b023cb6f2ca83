#include "probes/mysql_json.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::ptrdiff_t kExactDigits = 17;  // a double needs no more

template <typename Number>
std::optional<Number> whole(std::string_view text) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Json integer_cell(const std::string& text) {
  if (const auto number = whole<std::int64_t>(text)) return *number;
  if (const auto number = whole<std::uint64_t>(text)) return *number;
  return valid_utf8(text);
}

Json real_cell(const std::string& text) {
  if (const auto number = whole_number(text)) return *number;
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  const auto number = whole<double>(text);
  if (!number || !std::isfinite(*number) || digits > kExactDigits) return valid_utf8(text);
  return *number;
}

Json json_cell(const MysqlTable::Cell& cell, MysqlType type, CellNumbers numbers) {
  if (!cell) return nullptr;
  switch (type) {
    case MysqlType::integer: return integer_cell(*cell);
    case MysqlType::real: return real_cell(*cell);
    case MysqlType::text: break;
  }
  if (numbers == CellNumbers::by_content) {
    if (const auto number = whole_number(*cell)) return *number;
  }
  return valid_utf8(*cell);
}

}  // namespace

Json mysql_rows(const MysqlTable& table, CellNumbers numbers) {
  Json rows = Json::array();
  Json scalar = nullptr;
  for (const auto& cells : table.rows) {
    Json row = Json::object();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      Json value = json_cell(cells[i], table.columns[i].type, numbers);
      if (rows.empty() && i == 0) scalar = value;
      row[table.columns[i].name] = std::move(value);
    }
    rows.push_back(std::move(row));
  }
  const std::size_t count = rows.size();
  return {{"rows", std::move(rows)}, {"count", count}, {"scalar", std::move(scalar)}, {"truncated", table.truncated}};
}

std::string mysql_summary(const MysqlTable& table) {
  const std::size_t count = table.rows.size();
  std::string text = (table.truncated ? "more than " : "") + std::to_string(count) + (count == 1 ? " row" : " rows");
  if (count == 1 && !table.rows[0].empty()) text += ": " + one_line(table.rows[0][0].value_or("NULL"), 80);
  return text;
}

}  // namespace interlock
