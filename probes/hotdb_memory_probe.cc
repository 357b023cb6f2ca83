// Whether tables of the config database equal their `_running` twins, which mirror a compute node's memory (HotDB's
// manual, "config database"; the meaning is inferred). Row by row and byte by byte, both directions, within one
// snapshot. It does not talk to the compute node.
#include <algorithm>
#include <map>

#include "probes/arguments.h"
#include "probes/kinds.h"
#include "probes/mysql_login.h"
#include "probes/observation_timer.h"
#include "probes/tcp_connection.h"
#include "probes/upgrade_record.h"

namespace interlock {
namespace {

constexpr std::size_t kComparedRows = 200'000;
constexpr std::string_view kTwin = "_running";

using Cells = std::vector<MysqlTable::Cell>;

struct Comparison {
  bool same = true;
  std::string words;
};

class Comparer {
 public:
  Comparer(MysqlConnection& connection, std::string database, Deadline deadline)
      : connection_(connection), database_(std::move(database)), deadline_(deadline) {}

  // Both tables at one moment, however much is written meanwhile.
  Result<void> begin() {
    for (const char* sql : {"set session transaction isolation level repeatable read", "start transaction with consistent snapshot"}) {
      if (const auto done = connection_.query(sql, deadline_); !done) return tl::unexpected(done.error());
    }
    return {};
  }

  Result<Comparison> compare(const std::string& table) {
    const std::string twin = table + std::string(kTwin);
    const auto columns = columns_of(table);
    if (!columns) return tl::unexpected(columns.error());
    const auto twin_columns = columns_of(twin);
    if (!twin_columns) return tl::unexpected(twin_columns.error());
    if (*columns != *twin_columns) return Comparison{false, table + " and " + twin + " have other columns"};
    const auto rows = rows_of(table, *columns);
    if (!rows) return tl::unexpected(rows.error());
    const auto twin_rows = rows_of(twin, *columns);
    if (!twin_rows) return tl::unexpected(twin_rows.error());
    return difference(table, *rows, *twin_rows);
  }

 private:
  Result<std::vector<std::string>> columns_of(const std::string& table) {
    const auto found = connection_.query("select column_name from information_schema.columns where table_schema = " + sql_text(database_) +
                                             " and table_name = " + sql_text(table) + " order by 1",
                                         deadline_, kComparedRows);
    if (!found) return tl::unexpected(found.error());
    std::vector<std::string> names;
    for (const auto& row : found->rows) names.push_back(row[0].value_or(""));
    if (names.empty()) return failure(Cause::missing, "the config database has no table " + table);
    return names;
  }

  Result<std::vector<Cells>> rows_of(const std::string& table, const std::vector<std::string>& columns) {
    std::string list;
    for (const auto& column : columns) list += (list.empty() ? "" : ", ") + sql_name(column);
    auto found = connection_.query("select " + list + " from " + sql_name(database_) + "." + sql_name(table), deadline_, kComparedRows);
    if (!found) return tl::unexpected(found.error());
    if (found->truncated) return failure(Cause::protocol, table + " has more rows than can be compared");
    std::sort(found->rows.begin(), found->rows.end());
    return std::move(found->rows);
  }

  static Comparison difference(const std::string& table, const std::vector<Cells>& rows, const std::vector<Cells>& twin_rows) {
    std::vector<Cells> here, there;
    std::set_difference(rows.begin(), rows.end(), twin_rows.begin(), twin_rows.end(), std::back_inserter(here));
    std::set_difference(twin_rows.begin(), twin_rows.end(), rows.begin(), rows.end(), std::back_inserter(there));
    if (here.empty() && there.empty()) return {true, table + " " + std::to_string(rows.size()) + " rows"};
    return {false, table + " has " + std::to_string(here.size()) + " rows that its _running twin has not, and the twin " +
                       std::to_string(there.size()) + " that it has not"};
  }

  MysqlConnection& connection_;
  const std::string database_;
  const Deadline deadline_;
};

}  // namespace

Reading observe_hotdb_memory(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const auto address = args.text("address");
  const std::uint16_t port = args.port();
  const ObservationTimer timer("tables and their _running twins in " + args.text("database").value_or("") + " on " +
                               address_and_port(address.value_or(request.host.address()), port));
  const auto login = mysql_login(args, request.secrets);
  if (!login) return timer.unknown(login.error());
  const Result<Endpoint> endpoint = address ? Endpoint{*address, port, ""} : request.host.connect(port, request.deadline);
  if (!endpoint) return timer.unknown(endpoint.error());
  auto connection = MysqlConnection::open(*endpoint, *login, request.deadline);
  if (!connection) return timer.unknown(connection.error());
  Comparer comparer(*connection, login->database, request.deadline);
  if (const auto begun = comparer.begin(); !begun) return timer.unknown(begun.error());
  Json differs = Json::array();
  std::string differences, equal;
  for (const Json& table : args.list("tables")) {
    if (!table.is_string()) return timer.unknown(Cause::internal, "'tables' must be a list of names");
    const auto compared = comparer.compare(table.get<std::string>());
    if (!compared) return timer.unknown(compared.error());
    std::string& words = compared->same ? equal : differences;
    words += (words.empty() ? "" : "; ") + compared->words;
    if (!compared->same) differs.push_back(table);
  }
  const bool same = differs.empty();
  return timer.known({{"same", same}, {"differs", std::move(differs)}}, same ? "equal: " + equal : differences);
}

}  // namespace interlock
