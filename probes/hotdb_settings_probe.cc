// Whether a compute node's own settings are in the new version's directory: carrying them over again would change
// nothing. What differs is named by its key only, so that no value, and no credential, is in the evidence.
#include "probes/arguments.h"
#include "probes/hotdb_carry.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/text.h"

namespace interlock {
namespace {

std::string keys_left(const HotdbCarry& carry) {
  std::string keys;
  const auto add = [&](const std::string& key) { keys += (keys.empty() ? "" : ", ") + key; };
  for (const CarriedFile& file : carry.files) {
    if (!file.changes) continue;
    for (const ConfigDifference& difference : file.merge.differences) {
      if (difference.what == Carried::carried) add(file.name + ": " + difference.key);
    }
  }
  for (const std::string& name : carry.ndbsql_missing) add(name);
  return one_line(keys, 300);
}

}  // namespace

Reading observe_hotdb_settings(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::string bin = args.text("java_bin").value_or(""), version = args.text("java_version").value_or("");
  const HotdbDirectories homes{args.text("old").value_or(""), args.text("new").value_or(""),
                               bin.empty() ? std::nullopt : std::optional(JavaChoice{bin, version})};
  const ObservationTimer timer("settings of " + homes.old_home + " in " + homes.new_home + " on " + request.host.name());
  const auto carry = plan_carry(request.host, homes, true, request.deadline);
  if (!carry && carry.error().cause == Cause::missing)
    return timer.known({{"merged", false}, {"differences", nullptr}}, one_line(carry.error().text) + ", in " + timer.took_ms());
  if (!carry) return timer.unknown(carry.error());
  const std::size_t left = carry->left();
  const std::string saw = carry->merged() ? "nothing is left to carry over" : std::to_string(left) + " left to carry over: " + keys_left(*carry);
  return timer.known({{"merged", carry->merged()}, {"differences", left}}, saw + ", in " + timer.took_ms());
}

}  // namespace interlock
