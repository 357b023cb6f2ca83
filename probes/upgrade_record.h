// The history table in the config database: which statements of which upgrade have run. It lies in the same database,
// so that a dump and a restore carry it along. Here it is only read; the sql_scripts operation writes it.
// One row for each statement that was started, and row 0 of each upgrade for the upgrade itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "probes/mysql_client.h"
#include "probes/probe.h"
#include "probes/upgrade_script.h"

namespace interlock {

// Names as SQL: `db`.`table`.
[[nodiscard]] std::string sql_name(std::string_view name);
// Any text as an SQL literal that no quote, backslash or sql_mode can end early.
[[nodiscard]] std::string sql_text(std::string_view text);
// The same, to be read by a person where that is safe under every sql_mode.
[[nodiscard]] std::string sql_literal(std::string_view text);

// Of what looks at an upgrade of the config database, and of what does it.
inline constexpr ProbeArgument kUpgradeArguments[] = {
    {"scripts", ProbeArgument::Type::list, true, "the upgrade scripts on this machine, in order"},
    {"port", ProbeArgument::Type::number, true, "the server's port"},
    {"user", ProbeArgument::Type::text, true, "the user to log in as"},
    {"password", ProbeArgument::Type::secret, false, "the reference of the user's password"},
    {"database", ProbeArgument::Type::text, true, "the config database"},
    {"history", ProbeArgument::Type::text, true, "the table in it that records the statements that ran"},
    {"nodes_write", ProbeArgument::Type::list, false, "tables whose content does not count, since nodes write them"},
};

struct HistoryTable {
  std::string database, table;
  [[nodiscard]] std::string sql() const { return sql_name(database) + "." + sql_name(table); }
  // Names that can be one: not empty, at most 64 bytes.
  [[nodiscard]] Result<void> check() const;
};

// In a note that a person completes: what was decided of the scripts, which their text alone does not say. No value, so
// that a note without it is refused by the server.
inline constexpr const char* kVerdictToFillIn = "VERDICT";

// A table that is there while the dump is being restored, or since a restore was cut off.
inline constexpr const char* kRestoreMark = "interlock_restore_under_way";

inline constexpr std::size_t kHistoryRows = kMaxSqlStatements + 1;

// One statement that was started.
struct HistoryRow {
  std::size_t number = 0;
  std::string script;
  std::string sha256;
  std::string schema_before;   // fingerprint, for statements that commit by themselves
  std::string started_at, done_at;
  std::string replay;          // sets the user variables as they were after it
  std::uint64_t last_id = 0;   // LAST_INSERT_ID() after it
  [[nodiscard]] bool done() const { return !done_at.empty(); }
};

// The latest upgrade in the table, and the scripts that earlier ones, or it, ran completely.
struct UpgradeRecord {
  bool table_exists = false;
  bool restoring = false;      // kRestoreMark is there
  std::size_t upgrade = 0;     // 0: none was ever begun
  std::string digest;          // of the scripts it began with
  std::string verdict, saw;    // of the scripts as judged before it began
  std::string done_at;         // empty: not finished
  std::vector<HistoryRow> rows;
  std::vector<std::string> finished_scripts;   // digests of their statements
  [[nodiscard]] bool begun() const { return upgrade != 0; }
  [[nodiscard]] bool done() const { return !done_at.empty(); }
};

[[nodiscard]] Result<UpgradeRecord> read_upgrade_record(MysqlConnection& connection, const HistoryTable& table, Deadline deadline);

enum class UpgradeState {
  before,   // nothing of these scripts has run
  partial,  // some statements have run, or may have
  after,    // all have run
};
[[nodiscard]] const char* to_string(UpgradeState state);  // "old", "partial", "new"

struct UpgradeProgress {
  UpgradeState state = UpgradeState::before;
  bool ours = false;        // the latest upgrade in the table is that of these scripts
  std::size_t done = 0;     // statements that have run
  std::string words;        // for the operator
  std::string conflict;     // why these scripts cannot be run on this database; empty: they can
};
[[nodiscard]] UpgradeProgress upgrade_progress(const UpgradePlan& plan, const UpgradeRecord& record);

}  // namespace interlock
