#include "fsm/sight.h"

#include <algorithm>
#include <set>

namespace interlock::fsm {

Sight::Sight(const Machine& machine) : machine_(machine) {
  for (const auto& host : machine.hosts) blind_since_[host.name] = std::nullopt;
}

void Sight::see(const std::vector<std::pair<int, Value>>& seen, Millis now) {
  std::set<std::string> visible;
  for (const auto& [fact, value] : seen)
    if (value != kUnknown) visible.insert(machine_.fact(fact).host);
  for (const auto& [fact, value] : seen) {
    const auto host = blind_since_.find(machine_.fact(fact).host);
    if (host == blind_since_.end()) continue;
    if (visible.contains(host->first)) host->second.reset();
    else if (!host->second) host->second = now;
  }
}

bool Sight::lost(int fact, Millis now, Millis patience) const {
  const auto host = blind_since_.find(machine_.fact(fact).host);
  if (host == blind_since_.end() || !host->second || now < *host->second + patience) return false;
  return std::any_of(blind_since_.begin(), blind_since_.end(), [](const auto& other) { return !other.second; });
}

}  // namespace interlock::fsm
