// The management commands that act, on HotDB's port 3325: a fixed table. Text protocol. It neither decides whether a
// command is wise (online without the VIP is not) nor looks whether it had its effect: facts do.
#include <algorithm>
#include <array>

#include "probes/arguments.h"
#include "probes/hotdb_words.h"
#include "probes/mysql_client.h"
#include "probes/mysql_login.h"
#include "probes/observation_timer.h"
#include "probes/tcp_connection.h"
#include "probes/text.h"
#include "src/actions/account.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

using Type = ProbeArgument::Type;

constexpr std::array<std::string_view, 7> kCommands = {"reload @@config",  "online",         "offline",         "hacheck_disable",
                                                       "hacheck_enable",   "cluster_freeze", "cluster_unfreeze"};
constexpr std::string_view kReload = "reload @@config";
constexpr std::string_view kFreeReload = "reset @@reloading";   // frees a reload that hangs

// Kept back from a reload's time for freeing it.
constexpr Millis kFreeLimit{5'000};

constexpr ProbeArgument kHotdbArguments[] = {
    {"port", Type::number, true, "the management port, 3325 as a rule"},
    {"user", Type::text, true, "the management user"},
    {"password", Type::secret, false, "the reference of the user's password"},
    {"command", Type::text, true, "what to do", kCommands},
};

struct Asked {
  std::string command;
  std::string where;
  MysqlLogin login;
  std::uint16_t port = 0;
};

Result<MysqlConnection> connect(const OperationRequest& request, const Asked& asked, Deadline deadline, MysqlError& error) {
  const auto endpoint = request.host.connect(asked.port, deadline);
  if (!endpoint) return tl::unexpected(endpoint.error());
  return MysqlConnection::open(*endpoint, asked.login, deadline, &error);
}

// The end of a reload that was not over in time.
OperationResult free_reload(const OperationRequest& request, const Asked& asked, Account& account, Millis waited) {
  const std::string hung = asked.where + " did not end within " + std::to_string(waited.count()) + " ms";
  const auto unsure = [&](const std::string& why) { return account.lost({Cause::timed_out, why, true}, hung + "; it may go on"); };
  MysqlError error;
  auto second = connect(request, asked, request.deadline, error);
  if (!second) return unsure("no second connection could be made to free it: " + second.error().text);
  const auto freed = second->query(kFreeReload, request.deadline);
  if (!freed) return unsure("'" + std::string(kFreeReload) + "' did not free it: " + freed.error().text);
  account.note("freed", true);
  return account.failed(hung + "; it was freed with '" + std::string(kFreeReload) + "'");
}

// HotDB may say in an OK packet or in a row what others say in an error.
std::string said(const MysqlTable& table) {
  std::string text = table.info;
  for (const auto& row : table.rows) {
    for (const auto& cell : row) {
      if (cell) text += (text.empty() ? "" : " ") + *cell;
    }
  }
  return one_line(text);
}

OperationResult act(const OperationRequest& request, const Asked& asked, Account& account) {
  const bool reload = asked.command == kReload;
  const Millis left = remaining(request.deadline);
  const Deadline deadline = reload ? request.deadline - std::min(kFreeLimit, left / 2) : request.deadline;
  const auto started = std::chrono::steady_clock::now();
  MysqlError error;
  auto connection = connect(request, asked, deadline, error);
  if (!connection) return account.failed(asked.where + ": " + hotdb_error_text(error.number, connection.error().text));
  const auto table = connection->query(asked.command, deadline);
  const auto took = std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - started);
  account.note("took_ms", took.count());
  if (!table) {
    Failure why = table.error();
    if (why.sent && why.cause == Cause::timed_out && reload) return free_reload(request, asked, account, took);
    const unsigned number = connection->last_error().number;
    account.note("error", number);
    why.text = hotdb_error_text(number, why.text);
    return account.lost(why, asked.where);
  }
  const std::string text = said(*table);
  account.note("answer", text);
  if (lower_case(text).find("failure") != std::string::npos) return account.failed(asked.where + ": " + text);
  return account.done(asked.where + (text.empty() ? ": OK" : ": " + text));
}

OperationResult command_node(const OperationRequest& request) {
  Account account(request);
  const ArgumentReader args(request.args);
  auto login = mysql_login(args, request.secrets);
  if (!login) return account.failed(login.error().text);
  Asked asked{args.text("command").value_or(""), "", std::move(*login), args.port()};
  asked.where = asked.command + " on " + address_and_port(request.host.address(), asked.port);
  return act(request, asked, account);
}

std::vector<std::string> describe_command(const Json& json) {
  const ArgumentReader args(json);
  return {"mysql -h <host> -P " + args.text("port").value_or("3325") + " -u " + args.text("user").value_or("") + " -p -e '" +
          args.text("command").value_or("") + "'"};
}

}  // namespace

const OperationKind kHotdbOperation{
    "hotdb", "A management command of a HotDB compute node that acts; a reload that hangs is freed when its time is over.",
    kHotdbArguments, checked_operation<command_node, kHotdbArguments>, describe_command};

}  // namespace interlock
