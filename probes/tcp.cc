// Whether a port accepts connections, and what the server says first. One connection, no retry; sends nothing.
// A server that accepts but says nothing (stopped, with the kernel still accepting for it) is unknown when its
// greeting was asked for, and open otherwise. A MySQL server counts a connection without a login as interrupted and
// may block a host after many in a row (max_connect_errors): watch its port often with the mysql probe instead.
#include "probes/arguments.h"
#include "probes/kinds.h"
#include "probes/mysql_greeting.h"
#include "probes/observation_timer.h"
#include "probes/tcp_connection.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::size_t kGreetingLimit = 1024;

// A greeting ends with a line, with a whole MySQL packet, or when the peer closes.
std::optional<std::string> complete_greeting(std::string_view bytes) {
  if (const auto mysql = parse_mysql_greeting(bytes); mysql) {
    if (!*mysql) return std::nullopt;
    return (*mysql)->error_number != 0 ? std::to_string((*mysql)->error_number) + " " + (*mysql)->error_text
                                       : (*mysql)->version;
  }
  const std::size_t end = bytes.find('\n');
  if (end != std::string_view::npos) return one_line(bytes.substr(0, end));
  if (bytes.size() >= kGreetingLimit) return one_line(bytes);
  return std::nullopt;
}

Result<std::string> read_greeting(TcpConnection& connection, Deadline deadline) {
  std::string bytes;
  for (;;) {
    const auto more = connection.read_some(kGreetingLimit, deadline);
    if (!more && more.error().cause == Cause::timed_out)
      return failure(Cause::timed_out, "it accepted the connection but did not finish its greeting (" +
                                           std::to_string(bytes.size()) + " bytes came)");
    if (!more) return failure(Cause::protocol, "it accepted the connection and broke it: " + more.error().text);
    if (more->empty() && bytes.empty())
      return failure(Cause::protocol, "it accepted the connection and closed it without a greeting");
    bytes += *more;
    if (more->empty()) return one_line(bytes);
    if (auto greeting = complete_greeting(bytes)) return std::move(*greeting);
  }
}

}  // namespace

Reading observe_tcp(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::uint16_t port = args.port();
  const auto address = args.text("address");
  const ObservationTimer timer("tcp " + address_and_port(address.value_or(request.host.address()), port));
  const auto closed = [&](const Failure& why) {
    Json value = {{"port", "closed"}};
    if (args.flag("banner")) value["greeting"] = nullptr;
    return timer.known(std::move(value), "closed: " + why.text + ", in " + timer.took_ms());
  };
  const Result<Endpoint> endpoint =
      address ? Endpoint{*address, port, ""} : request.host.connect(port, request.deadline);
  if (!endpoint)
    return endpoint.error().cause == Cause::refused ? closed(endpoint.error()) : timer.unknown(endpoint.error());
  auto connection = TcpConnection::open(*endpoint, request.deadline);
  if (!connection)
    return connection.error().cause == Cause::refused ? closed(connection.error()) : timer.unknown(connection.error());
  Json value = {{"port", "open"}};
  if (!args.flag("banner")) return timer.known(std::move(value), "open, in " + timer.took_ms());
  const auto greeting = read_greeting(*connection, request.deadline);
  if (!greeting) return timer.unknown(greeting.error());
  value["greeting"] = *greeting;
  return timer.known(std::move(value), "open, greeting '" + *greeting + "', in " + timer.took_ms());
}

}  // namespace interlock
