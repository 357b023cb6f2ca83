// Which way of handing the service over is the fastest that is safe for this pair, and what outage each way is
// predicted to cost. Decided from the two keepalived files as they are on the hosts. Pure but for look_at_handover.
#pragma once

#include <string>
#include <vector>

#include "fsm/observation.h"
#include "fsm/machine.h"
#include "probes/keepalived_outage.h"
#include "probes/host.h"
#include "probes/keepalived_pair.h"

namespace interlock {

struct HandoverWay {
  std::string name;       // service-first, vip-first, priority
  bool works = false;     // the VIP moves at all
  RangeMs outage;         // as clients notice it: the VIP's way and the opening of the service port
  fsm::Words because;
};

struct Handover {
  std::string chosen;     // one of the names
  fsm::Words because;     // one sentence for the plan
  std::vector<HandoverWay> ways;
};

// `opening`: from the arrival of the VIP until the service port is open (0.43 s in the vendor's own log).
[[nodiscard]] Handover choose_handover(const KeepalivedPair& pair, Millis opening);
[[nodiscard]] Json to_json(const Handover& handover);
[[nodiscard]] Json to_json(const fsm::Words& words);

// The same for the pair that a machine speaks of, by its files as they are now; as to_json gives it. Where they cannot
// be read it has no ways, the manual's order is assumed, and `unread` says why. null: the machine looks at no such pair.
[[nodiscard]] Json look_at_handover(const fsm::Machine& machine, Hosts& hosts);

}  // namespace interlock
