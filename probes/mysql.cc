// What one query answers. One connection for one observation; the text protocol unless parameters are given.
// It changes nothing: what does not only look is not sent, and the session is read-only (probes/looking_sql.h).
#include <algorithm>

#include "probes/arguments.h"
#include "probes/kinds.h"
#include "probes/looking_sql.h"
#include "probes/mysql_client.h"
#include "probes/mysql_json.h"
#include "probes/mysql_login.h"
#include "probes/observation_timer.h"
#include "probes/tcp_connection.h"
#include "probes/text.h"

namespace interlock {
namespace {

Deadline deadline_of(const ArgumentReader& args, Deadline deadline) {
  const auto limit_ms = args.number("timeout");
  if (!limit_ms || *limit_ms <= 0) return deadline;
  return std::min(deadline, std::chrono::steady_clock::now() + Millis{std::min<std::int64_t>(*limit_ms, 86'400'000)});
}

}  // namespace

Reading observe_mysql(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::uint16_t port = args.port();
  const auto address = args.text("address");
  const std::string query = args.text("query").value_or("");
  const Deadline deadline = deadline_of(args, request.deadline);
  const ObservationTimer timer(one_line(query) + " on " +
                               address_and_port(address.value_or(request.host.address()), port) + " as " +
                               args.text("user").value_or(""));
  const LookingSql judged = judge_sql(query);
  if (!judged.refused.empty()) return timer.unknown(Cause::denied, judged.refused);
  const auto login = mysql_login(args, request.secrets);
  if (!login) return timer.unknown(login.error());
  const Result<Endpoint> endpoint = address ? Endpoint{*address, port, ""} : request.host.connect(port, deadline);
  if (!endpoint) return timer.unknown(endpoint.error());
  auto connection = MysqlConnection::open(*endpoint, *login, deadline);
  if (!connection) return timer.unknown(connection.error());
  const std::string login_took = timer.took_ms();
  if (judged.needs_guard)
    if (const auto guarded = connection->query("set session transaction read only", deadline); !guarded)
      return timer.unknown({guarded.error().cause, "the session could not be made read-only: " + guarded.error().text});
  const std::int64_t wanted = args.number("rows").value_or(MysqlConnection::kRowLimit);
  const std::size_t row_limit =
      std::min(static_cast<std::size_t>(std::max<std::int64_t>(1, wanted)), MysqlConnection::kRowLimit);
  const std::vector<Json> parameters = args.list("params");
  const auto table = parameters.empty() ? connection->query(query, deadline, row_limit)
                                        : connection->query(query, parameters, deadline, row_limit);
  if (!table) return timer.unknown(table.error());
  return timer.known(mysql_rows(*table), mysql_summary(*table) + ", login in " + login_took + ", all in " +
                                             timer.took_ms() + ", server " + connection->server_version());
}

}  // namespace interlock
