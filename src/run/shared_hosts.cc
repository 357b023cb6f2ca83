#include "src/run/shared_hosts.h"

#include <algorithm>
#include <set>

namespace interlock {

Json touched_addresses(const Prepared& prepared) {
  std::set<std::string> all;
  for (const auto& action : prepared.machine.actions)
    if (const auto* host = fsm::find(prepared.site.hosts, action.host)) all.insert(host->address);
  for (const auto& fact : prepared.machine.facts)
    if (const std::string ip = fact.probe == "address" ? fact.args.value("ip", "") : ""; !ip.empty()) all.insert(ip);
  return all;
}

Result<std::optional<std::string>> shares_hosts(const Store& store, const std::string& site, const Json& touched) {
  const auto open = store.runs({.unfinished_only = true});
  if (!open) return tl::unexpected(open.error());
  for (const auto& summary : *open) {
    if (summary.site == site) continue;  // the lock itself
    const auto holder = store.lock_holder(summary.site);
    if (!holder) return tl::unexpected(holder.error());
    if (!*holder || (*holder)->run != summary.id) continue;  // it was unlocked
    const auto other = store.load_run(summary.id);
    if (!other) return failure(other.error().cause, "whether site " + summary.site + ", which a run holds, has the same hosts cannot be told: " + other.error().text);
    if (!other->sources.contains("touched")) continue;
    for (const auto& address : touched) {
      const auto& theirs = other->sources["touched"];
      if (std::find(theirs.begin(), theirs.end(), address) != theirs.end())
        return "address " + address.get<std::string>() + " is also worked on by another run, under another site's name: " + refusal(**holder);
    }
  }
  return std::nullopt;
}

}  // namespace interlock
