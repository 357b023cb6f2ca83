// Whether the upgrade scripts may run under live nodes: "widening-only", "unsafe" or "failing". Reads the scripts on this machine,
// the live schema and the history table; how far they have run; and whether anything was configured since they had.
// One connection for one observation.
#include "probes/arguments.h"
#include "probes/config_content.h"
#include "probes/kinds.h"
#include "probes/mysql_login.h"
#include "probes/observation_timer.h"
#include "probes/tcp_connection.h"
#include "probes/upgrade_verdict.h"

namespace interlock {
namespace {

std::string asked_of(const ProbeRequest& request, const ArgumentReader& args, const char* what) {
  return std::string(what) + " " + args.text("database").value_or("") + " on " +
         address_and_port(request.host.address(), args.port()) + ", " + std::to_string(args.list("scripts").size()) + " scripts";
}

// What both probes look at.
struct Looked {
  UpgradePlan plan;
  UpgradeRecord record;
  MysqlConnection connection;
};

Result<Looked> look(const ProbeRequest& request, const ArgumentReader& args) {
  auto plan = read_upgrade_plan(args.list("scripts"));
  if (!plan) return tl::unexpected(plan.error());
  const auto login = mysql_login(args, request.secrets);
  if (!login) return tl::unexpected(login.error());
  const HistoryTable table{login->database, args.text("history").value_or("")};
  if (const auto usable = table.check(); !usable) return tl::unexpected(usable.error());
  const auto endpoint = request.host.connect(args.port(), request.deadline);
  if (!endpoint) return tl::unexpected(endpoint.error());
  auto connection = MysqlConnection::open(*endpoint, *login, request.deadline);
  if (!connection) return tl::unexpected(connection.error());
  auto record = read_upgrade_record(*connection, table, request.deadline);
  if (!record) return tl::unexpected(record.error());
  return Looked{std::move(*plan), std::move(*record), std::move(*connection)};
}

}  // namespace

Reading observe_upgrade_sql(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const ObservationTimer timer(asked_of(request, args, "upgrade scripts against the schema of"));
  if (args.list("scripts").empty()) return timer.known(to_string(UpgradeVerdict::widening_only), "no scripts");
  auto looked = look(request, args);
  if (!looked) return timer.unknown(looked.error());
  auto opinion = upgrade_opinion(looked->plan, looked->record, looked->connection, request.deadline);
  if (!opinion) return timer.unknown(opinion.error());
  return timer.known(std::move(opinion->verdict), std::move(opinion->saw));
}

Reading observe_upgrade_history(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const ObservationTimer timer(asked_of(request, args, "upgrade history of"));
  auto looked = look(request, args);
  if (!looked) return timer.unknown(looked.error());
  UpgradeProgress progress = upgrade_progress(looked->plan, looked->record);
  return timer.known(to_string(progress.state), std::move(progress.words));
}

Reading observe_config_content(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const ObservationTimer timer(asked_of(request, args, "what was configured since the upgrade of"));
  auto looked = look(request, args);
  if (!looked) return timer.unknown(looked.error());
  const UpgradeProgress progress = upgrade_progress(looked->plan, looked->record);
  const auto same = [&](std::string saw) { return timer.known({{"changed", false}, {"tables", Json::array()}}, std::move(saw)); };
  if (!progress.ours || progress.state != UpgradeState::after) return same("these scripts have not all run: nothing to compare with");
  const HistoryTable table{args.text("database").value_or(""), args.text("history").value_or("")};
  const auto kept = read_kept_content(looked->connection, table, request.deadline);
  if (!kept) return timer.unknown(kept.error());
  if (kept->empty()) return same("what it held after the upgrade is not kept: nothing to compare with");
  const auto now = read_config_content(looked->connection, table, args.list("nodes_write"), request.deadline);
  if (!now) return timer.unknown(now.error());
  const auto tables = changed_tables(*kept, *now);
  if (tables.empty()) return same("it holds what it held after the upgrade");
  std::string names;
  for (const auto& name : tables) names += (names.empty() ? "" : ", ") + name;
  return timer.known({{"changed", true}, {"tables", tables}}, "changed since " + looked->record.done_at + ": " + names);
}

}  // namespace interlock
