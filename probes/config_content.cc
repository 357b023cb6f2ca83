#include "probes/config_content.h"

#include <algorithm>
#include <map>
#include <set>

#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::string_view kTwin = "_running";

std::map<std::string, std::string, std::less<>> by_table(std::string_view content) {
  std::map<std::string, std::string, std::less<>> tables;
  for (const auto line : lines_of(content)) {
    const auto end = line.rfind(' ');   // a table's name may have blanks, its checksum has none
    if (end != std::string_view::npos) tables.emplace(line.substr(0, end), line.substr(end + 1));
  }
  return tables;
}

}  // namespace

Result<std::string> read_config_content(MysqlConnection& connection, const HistoryTable& table, const std::vector<Json>& nodes_write, Deadline deadline) {
  const auto found = connection.query("select table_name from information_schema.tables where table_type = 'BASE TABLE' and table_schema = " +
                                          sql_text(table.database),
                                      deadline);
  if (!found) return tl::unexpected(found.error());
  if (found->truncated) return failure(Cause::protocol, "the config database has more tables than can be compared");
  std::set<std::string> names;
  for (const auto& row : found->rows) names.insert(row[0].value_or(""));
  const auto left_out = [&](const std::string& name) {
    const bool twin = name.ends_with(kTwin) && names.count(name.substr(0, name.size() - kTwin.size())) > 0;
    return twin || name == table.table || std::find(nodes_write.begin(), nodes_write.end(), Json(name)) != nodes_write.end();
  };
  std::string content;
  for (const auto& name : names) {
    if (left_out(name)) continue;
    const auto sum = connection.query("checksum table " + sql_name(table.database) + "." + sql_name(name), deadline);
    if (!sum) return tl::unexpected(sum.error());
    if (sum->rows.empty()) return failure(Cause::protocol, "the server gives no checksum of " + name);
    content += one_line(name) + " " + sum->rows[0].at(1).value_or("none") + "\n";
  }
  return content;
}

Result<std::string> read_kept_content(MysqlConnection& connection, const HistoryTable& table, Deadline deadline) {
  const auto kept = connection.query("select content from " + table.sql() + " where number = 0 order by upgrade desc limit 1", deadline);
  if (!kept) return tl::unexpected(kept.error());
  return kept->rows.empty() ? std::string() : kept->rows[0].at(0).value_or("");
}

std::vector<std::string> changed_tables(std::string_view before, std::string_view now) {
  const auto was = by_table(before), is = by_table(now);
  std::set<std::string> changed;
  for (const auto& [name, sum] : was)
    if (const auto it = is.find(name); it == is.end() || it->second != sum) changed.insert(name);
  for (const auto& [name, sum] : is)
    if (was.count(name) == 0) changed.insert(name);
  return {changed.begin(), changed.end()};
}

}  // namespace interlock
