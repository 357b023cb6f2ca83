// Which way of handing the service over is the fastest that is safe for this pair, and what outage each way is
// predicted to cost. Decided from the two keepalived files as they are on the hosts. Pure but for reading them.
#pragma once

#include <string>
#include <vector>

#include "fsm/observation.h"
#include "probes/keepalived_outage.h"
#include "probes/keepalived_pair.h"

namespace interlock {

struct HandoverWay {
  std::string name;       // service-first, vip-first, priority
  bool works = false;     // the VIP moves at all
  RangeMs outage;         // as clients notice it: the VIP's way and the opening of the service port
  std::string because;
};

struct Handover {
  std::string chosen;     // one of the names
  std::string because;    // one sentence for the plan
  std::vector<HandoverWay> ways;
};

// `opening`: from the arrival of the VIP until the service port is open (0.43 s in the vendor's own log).
[[nodiscard]] Handover choose_handover(const KeepalivedPair& pair, Millis opening);
[[nodiscard]] Json to_json(const Handover& handover);

}  // namespace interlock
