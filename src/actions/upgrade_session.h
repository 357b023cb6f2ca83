// One connection that runs upgrade statements and keeps the history table. It holds a lock of the server (GET_LOCK)
// for as long as it lives, so no two connections ever run statements of one upgrade at the same time: neither those of
// two operators, nor that of an operator who was killed and the next attempt's. One thread. It decides nothing about
// what to run; it never reconnects.
#pragma once

#include <string>

#include "probes/mysql_client.h"
#include "probes/upgrade_record.h"
#include "probes/upgrade_script.h"
#include "probes/upgrade_verdict.h"

namespace interlock {

class UpgradeSession {
 public:
  // A statement that waits for a table's metadata lock makes every later reader of the table wait behind it; running
  // nodes must not wait longer than this.
  static constexpr int kTableLockWait_s = 20;
  // A holder of the lock that has done nothing for so long was left behind by an operator's machine that went away.
  static constexpr int kAbandoned_s = 10;

  // Connects, and waits for the lock until `lock_deadline`: an earlier attempt's statement may still be executing.
  [[nodiscard]] static Result<UpgradeSession> open(const Endpoint& endpoint, const MysqlLogin& login, const HistoryTable& table,
                                                   Deadline lock_deadline, Deadline deadline);

  [[nodiscard]] bool connected() const { return connection_.connected(); }
  [[nodiscard]] MysqlConnection& connection() { return connection_; }

  // A statement of a script, tagged so that it is recognised in the server's process list.
  [[nodiscard]] Result<void> execute(const UpgradeStatement& statement);
  // A statement of our own.
  [[nodiscard]] Result<void> send(const std::string& sql);

  // --- the history; each call is durable when it returns, unless `within` a transaction of the caller's ---
  [[nodiscard]] Result<void> create_history();   // or brings one of an earlier version up to date
  [[nodiscard]] Result<void> begin_upgrade(std::size_t upgrade, const UpgradePlan& plan, const UpgradeOpinion& opinion);
  [[nodiscard]] Result<void> finish_upgrade(std::size_t upgrade, const std::string& content);
  [[nodiscard]] Result<void> record_started(std::size_t upgrade, const UpgradePlan& plan, const UpgradeStatement& statement,
                                            const std::string& schema_before);
  // Keeps LAST_INSERT_ID() and the user variables that the statement may have set, for a later connection.
  [[nodiscard]] Result<void> record_done(std::size_t upgrade, const UpgradePlan& plan, const UpgradeStatement& statement,
                                         const std::string& note, bool commit);
  [[nodiscard]] Result<void> forget(std::size_t upgrade, const UpgradeStatement& statement);

 private:
  UpgradeSession(MysqlConnection connection, HistoryTable table, Deadline deadline);
  Result<void> take_lock(Deadline lock_deadline);
  Result<void> wait_for_leftovers(Deadline lock_deadline);
  Result<std::string> lock_holder();
  Result<std::string> replay_of(const UpgradeStatement& statement);

  MysqlConnection connection_;
  HistoryTable table_;
  Deadline deadline_;
  std::string lock_;
};

}  // namespace interlock
