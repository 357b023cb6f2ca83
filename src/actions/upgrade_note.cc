#include "src/actions/upgrade_note.h"

#include <fmt/format.h>

#include "probes/text.h"
#include "probes/upgrade_sql.h"

namespace interlock {
namespace {

constexpr std::string_view kContent = "content mediumtext null comment 'what the database held when the upgrade had ended'";
constexpr std::size_t kShown = 250;   // bytes; the columns have room for 255 and 512

std::string row(std::size_t number, const std::string& script, std::size_t line, const std::string& sum, const std::string& statement_sql) {
  return fmt::format("(@upgrade, {}, {}, {}, '{}', {}, 'typed by hand', now(6), now(6))", number, sql_literal(one_line(script, kShown)), line, sum, statement_sql);
}

}  // namespace

std::string history_table_sql(const HistoryTable& table) {
  return "create table if not exists " + table.sql() +
         " (upgrade int unsigned not null comment 'counts upgrades', number int unsigned not null comment '0: the upgrade itself',"
         " script varchar(512) not null, line int unsigned not null, sha256 char(64) not null, statement varchar(255) not null,"
         " note text null, schema_before char(64) null, started_at datetime(6) not null, done_at datetime(6) null,"
         " replay mediumtext null comment 'sets user variables as they were', last_id bigint unsigned not null default 0,"
         " " + std::string(kContent) + ","
         " primary key (upgrade, number)) engine=InnoDB default charset=utf8mb4";
}

std::string history_content_sql(const HistoryTable& table) { return "alter table " + table.sql() + " add column " + std::string(kContent); }

std::string history_note_sql(const HistoryTable& table, const UpgradePlan& plan) {
  std::string scripts;
  for (const auto& script : plan.scripts) scripts += (scripts.empty() ? "" : " ") + script.file;
  const UpgradeVerdict by_text = judge_upgrade(plan.scripts, nullptr).verdict;
  std::string sql = history_table_sql(table) + ";\n";
  sql += fmt::format("set @verdict = {};\n", by_text >= UpgradeVerdict::unsafe ? kVerdictToFillIn : sql_literal(to_string(by_text)));
  sql += fmt::format("set @upgrade = (select coalesce(max(upgrade), 0) + 1 from {});\n", table.sql());
  sql += fmt::format("insert into {} (upgrade, number, script, line, sha256, statement, note, started_at, done_at) values\n", table.sql());
  sql += row(0, scripts, 0, plan.digest, "@verdict");
  for (const auto& statement : plan.statements)
    sql += ",\n" + row(statement.number, plan.scripts[statement.script].file, statement.line, statement.sha256, sql_literal(one_line(statement.shown, kShown)));
  return sql + ";\n";
}

}  // namespace interlock
