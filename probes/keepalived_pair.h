// Whether two keepalived.conf make a working pair: what has to be equal is equal, the roles are on the right
// nodes, the VIP can move at all, and how long each kind of move takes. Pure. It sees the files only: whether
// they are loaded, and who holds the VIP, is seen on the hosts.
#pragma once

#include <vector>

#include "probes/keepalived_conf.h"
#include "probes/keepalived_outage.h"
#include "probes/keepalived_role.h"

namespace interlock {

struct KeepalivedPair {
  KeepalivedRoleVerdict master_role, backup_role;  // of the file given as master's, as backup's
  int priority_gap = 0;                            // master's healthy priority minus the backup's
  bool failover_works = false;                     // a dying service moves the VIP from the master to the backup
  std::vector<OutagePrediction> predictions;       // with the master holding the VIP; empty without an instance in each
  std::vector<OutagePrediction> reverse;           // with the backup holding it, as after a switch and before the rebuild
  std::vector<Diagnostic> diagnostics;             // of the pair; each file's own are in its KeepalivedConf
  // No error in either file or in the pair, and the two roles are as given.
  bool sound = false;
};

[[nodiscard]] KeepalivedPair analyse_pair(const KeepalivedConf& master, const KeepalivedConf& backup);

}  // namespace interlock
