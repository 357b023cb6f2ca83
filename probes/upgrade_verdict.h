// Whether the upgrade scripts may run under live nodes, told against the database they are for. The verdict is given
// for the schema as it was before the upgrade: once the upgrade has begun, the recorded one counts. Changes nothing.
#pragma once

#include <string>

#include "probes/mysql_client.h"
#include "probes/upgrade_record.h"
#include "probes/upgrade_script.h"

namespace interlock {

struct UpgradeOpinion {
  std::string verdict;  // "widening-only", "unsafe" or "failing"
  std::string saw;      // the worst statements with their places and reasons, or what the scripts do
};

// Of all statements, for the schema of the connection's database as it is now.
[[nodiscard]] Result<UpgradeOpinion> judge_against_live(const UpgradePlan& plan, MysqlConnection& connection, Deadline deadline);

// As above before the upgrade; the recorded verdict afterwards. Where scripts were edited after some of their
// statements had run, what has not run yet is judged for the schema of now, and the worse verdict counts.
[[nodiscard]] Result<UpgradeOpinion> upgrade_opinion(const UpgradePlan& plan, const UpgradeRecord& record,
                                                     MysqlConnection& connection, Deadline deadline);

}  // namespace interlock
