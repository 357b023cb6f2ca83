// What carrying a compute node's own settings from its old directory into the new version's would change: server.xml,
// the start script, log4j2.xml and the ndbsql* directories. Shared by the hotdb_settings probe, which asks whether
// anything is left to carry, and the operation of the same name, which carries it. Reads hosts, changes nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/config_merge.h"
#include "probes/host.h"
#include "probes/start_script.h"

namespace interlock {

struct CarriedFile {
  std::string name;                // below the directory: "conf/server.xml"
  ConfigMerge merge;
  bool changes = false;            // the new directory's file is not yet what it should be
  std::size_t left = 0;            // values still to be carried
};

struct HotdbCarry {
  std::vector<CarriedFile> files;
  std::vector<std::string> ndbsql_missing;   // names below the old directory that the new one lacks
  std::vector<std::string> ndbsql_there;
  std::vector<std::string> notes;            // files that only one of the directories has
  [[nodiscard]] std::size_t left() const;
  [[nodiscard]] bool merged() const;
};

struct HotdbDirectories {
  std::string old_home, new_home;
  std::optional<JavaChoice> java;   // nothing: the old script's
};

// Everything is read at this moment: a config database's failover rewrites server.xml. haState and haNodeHost count
// as carried whatever they are when `roles_are_own` is set: the new file's role may have been changed since.
// Cause::missing: a directory lacks its server.xml or start script. Cause::protocol: a file cannot be understood.
[[nodiscard]] Result<HotdbCarry> plan_carry(Host& host, const HotdbDirectories& directories, bool roles_are_own, Deadline deadline);

}  // namespace interlock
