// What HotDB's management port (3325) shows. Text protocol only; a fixed table of commands that only look.
// With `greeting` it reads the version from the server's greeting and hangs up, without logging in.
#include "probes/arguments.h"
#include "probes/hotdb_facts.h"
#include "probes/hotdb_words.h"
#include "probes/kinds.h"
#include "probes/mysql_cause.h"
#include "probes/mysql_client.h"
#include "probes/mysql_greeting.h"
#include "probes/mysql_json.h"
#include "probes/mysql_login.h"
#include "probes/observation_timer.h"
#include "probes/tcp_connection.h"

namespace interlock {
namespace {

constexpr std::size_t kReadBytes = 1024;
constexpr std::size_t kCountedRows = 50'000;  // a busy node has thousands of sessions, and all count
constexpr std::size_t kKeptRows = 1'000;      // of them in the reading

Result<MysqlGreeting> read_greeting(const Endpoint& endpoint, Deadline deadline) {
  auto connection = TcpConnection::open(endpoint, deadline);
  if (!connection) return tl::unexpected(connection.error());
  std::string bytes;
  for (;;) {
    const auto more = connection->read_some(kReadBytes, deadline);
    if (!more && more.error().cause != Cause::timed_out)
      return failure(Cause::protocol, "it broke the connection before its greeting: " + more.error().text);
    if (!more) return failure(Cause::timed_out, "it accepted the connection but did not finish its greeting");
    if (more->empty()) return failure(Cause::protocol, "it closed the connection before its greeting");
    bytes += *more;
    auto greeting = parse_mysql_greeting(bytes);
    if (!greeting) return tl::unexpected(greeting.error());
    if (*greeting) return std::move(**greeting);
  }
}

Reading observe_greeting(const ProbeRequest& request, std::uint16_t port) {
  const ObservationTimer timer("greeting of " + address_and_port(request.host.address(), port));
  const auto unknown = [&](const Failure& why) {
    if (why.cause != Cause::refused) return timer.unknown(why);
    return timer.known({{"version", "none"}, {"product", "none"}, {"port", "closed"}},
                       "closed: " + why.text + ", in " + timer.took_ms());
  };
  const auto endpoint = request.host.connect(port, request.deadline);
  if (!endpoint) return unknown(endpoint.error());
  const auto greeting = read_greeting(*endpoint, request.deadline);
  if (!greeting) return unknown(greeting.error());
  if (greeting->error_number != 0)
    return timer.unknown(mysql_cause(greeting->error_number, greeting->error_text, MysqlStep::connecting),
                         "it greets with " + std::to_string(greeting->error_number) + ": " + greeting->error_text);
  const auto hotdb = parse_hotdb_version(greeting->version);
  if (!hotdb) return timer.unknown(Cause::protocol, "the greeting '" + greeting->version + "' is not HotDB's");
  return timer.known({{"version", hotdb->version}, {"product", hotdb->product}, {"port", "open"}},
                     "'" + greeting->version + "', in " + timer.took_ms());
}

Failure in_hotdb_words(Failure why, const MysqlError& error) {
  why.text = hotdb_error_text(error.number, why.text);
  return why;
}

Reading observe_table(const ProbeRequest& request, const ArgumentReader& args, const std::string& name) {
  const std::uint16_t port = args.port();
  const std::string sql = args.has("show") ? "show @@" + name : name;
  const ObservationTimer timer(sql + " on " + address_and_port(request.host.address(), port));
  const auto login = mysql_login(args, request.secrets);
  if (!login) return timer.unknown(login.error());
  const auto endpoint = request.host.connect(port, request.deadline);
  if (!endpoint) return timer.unknown(endpoint.error());
  MysqlError error;
  auto connection = MysqlConnection::open(*endpoint, *login, request.deadline, &error);
  if (!connection) return timer.unknown(in_hotdb_words(connection.error(), error));
  const auto table = connection->query(sql, request.deadline, kCountedRows);
  if (!table) return timer.unknown(in_hotdb_words(table.error(), connection->last_error()));
  Json value = mysql_rows(*table, CellNumbers::by_content);
  if (table->truncated)
    return timer.unknown(Cause::protocol, "more rows than can be judged: " + mysql_summary(*table));
  if (const auto added = add_hotdb_facts(name, value); !added) return timer.unknown(added.error());
  Json& rows = value["rows"];
  value["truncated"] = rows.size() > kKeptRows;
  if (rows.size() > kKeptRows) rows.erase(rows.begin() + kKeptRows, rows.end());
  return timer.known(std::move(value), mysql_summary(*table) + ", in " + timer.took_ms());
}

}  // namespace

Reading observe_hotdb(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const int wanted = (args.flag("greeting") ? 1 : 0) + (args.has("show") ? 1 : 0) + (args.has("command") ? 1 : 0);
  if (wanted != 1)
    return ObservationTimer("the arguments of the probe")
        .unknown(Cause::internal, "exactly one of 'greeting', 'show' and 'command' is needed");
  if (args.flag("greeting")) return observe_greeting(request, args.port());
  if (!args.has("user"))
    return ObservationTimer("the arguments of the probe")
        .unknown(Cause::internal, "argument 'user' is needed with 'show' and 'command'");
  return observe_table(request, args, *args.text(args.has("show") ? "show" : "command"));
}

}  // namespace interlock
