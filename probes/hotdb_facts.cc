#include "probes/hotdb_facts.h"

#include <algorithm>
#include <set>

#include "probes/text.h"

namespace interlock {
namespace {

std::string cell_text(const Json& row, std::string_view column) {
  const auto cell = row.find(column);
  if (cell == row.end() || cell->is_null()) return "";
  return cell->is_string() ? cell->get<std::string>() : cell->dump();
}

// NULL may come as such, as no text, or as the word.
bool is_set(const std::string& text) { return !text.empty() && lower_case(text) != "null"; }

std::size_t count_rows(const Json& rows, std::string_view column, std::string_view word) {
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const Json& row) {
    return lower_case(cell_text(row, column)) == word;
  }));
}

std::size_t count_distinct(const Json& rows, std::string_view column) {
  std::set<std::string> seen;
  for (const auto& row : rows) seen.insert(cell_text(row, column));
  return seen.size();
}

// trx_time is the age in seconds. An open transaction without one makes the oldest age unknown: null.
void add_session(const Json& rows, Json& value) {
  long long open = 0;
  long long oldest_s = 0;
  bool all_ages = true;
  for (const auto& row : rows) {
    if (!is_set(cell_text(row, "trx_started"))) continue;
    ++open;
    const auto age_s = whole_number(cell_text(row, "trx_time"));
    all_ages = all_ages && age_s.has_value();
    oldest_s = std::max(oldest_s, age_s.value_or(0));
  }
  value["open_transactions"] = open;
  value["oldest_transaction_s"] = all_ages ? Json(oldest_s) : Json(nullptr);
}

void add_cluster(const Json& rows, Json& value) {
  value["primaries"] = count_rows(rows, "status", "primary");
  value["secondaries"] = count_rows(rows, "status", "secondary");
  value["started"] = count_rows(rows, "status", "started");
  value["primary"] = nullptr;
  for (const auto& row : rows) {
    if (lower_case(cell_text(row, "status")) == "primary") value["primary"] = cell_text(row, "host");
  }
}

// "0 ms" is a latency; "STOPPED" and "ERROR! …" are replication that does not work.
void add_latency(const Json& rows, Json& value) {
  long long worst_ms = 0;
  long long broken = 0;
  for (const auto& row : rows) {
    const std::string text = cell_text(row, "latency");
    const auto figure = whole_number(text.substr(0, text.find(' ')));
    if (figure) {
      worst_ms = std::max(worst_ms, *figure);
    } else {
      ++broken;
    }
  }
  value["worst_ms"] = broken == 0 ? Json(worst_ms) : Json(nullptr);
  value["broken"] = broken;
}

void add_config_check(const Json& rows, Json& value) {
  value["errors"] = count_rows(rows, "Level", "error");
  value["warnings"] = count_rows(rows, "Level", "warning");
}

void add_datanodes(const Json& rows, Json& value) { value["datanodes"] = count_distinct(rows, "dn"); }

void add_datasources(const Json& rows, Json& value) {
  add_datanodes(rows, value);
  value["unusable"] = count_rows(rows, "status", "0");
}

struct Facts {
  std::string_view command;
  std::string_view column;  // the one they are counted in
  void (*add)(const Json& rows, Json& value);
};

constexpr Facts kFacts[] = {
    {"session", "trx_started", add_session},
    {"cluster", "status", add_cluster},
    {"latency", "latency", add_latency},
    {"datanode", "dn", add_datanodes},
    {"datasource", "dn", add_datasources},
    {"check @@datasource_config", "Level", add_config_check},
};

}  // namespace

Result<void> add_hotdb_facts(std::string_view command, Json& value) {
  const Json& rows = value.at("rows");
  value["row"] = rows.empty() ? Json(nullptr) : rows.front();
  for (const auto& facts : kFacts) {
    if (facts.command != command) continue;
    if (!rows.empty() && !rows.front().contains(facts.column))
      return failure(Cause::protocol, "the answer has no column '" + std::string(facts.column) + "'");
    const Json copy = rows;  // `value` grows while it is read
    facts.add(copy, value);
  }
  return {};
}

}  // namespace interlock
