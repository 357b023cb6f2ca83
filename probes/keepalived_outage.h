// How long a VIP is not served when it moves, predicted from the two keepalived.conf alone. Pure arithmetic.
//
// Formulas, from keepalived's source and RFC 5798:
//   skew             VRRPv2: (256 − priority) / 256 s; VRRPv3: that fraction of the holder's advert_int
//   master-down time down_timer_adverts × advert_int + skew, all of the node that takes over
//   detection        (fall − 1) … fall intervals of the check script
//   graceful stop    skew                        (a priority-0 advert is sent)
//   crash            master-down time − 0…1 advert_int
//   service dies     weight 0: detection + skew (FAULT); weighted, if it gets below a preempting peer:
//                    detection + master-down time − 0…1 advert_int; otherwise the VIP never moves
//   script hangs     as a dying service, up to fall × timeout more
//   peer raised      make before break: 0
// Times of the service itself (a compute node opening its port) and of scheduling are not in it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "probes/keepalived_conf.h"

namespace interlock {

enum class VipEvent {
  graceful_stop,   // keepalived is stopped on the holder
  crash,           // power, kernel or link of the holder is lost
  service_dies,    // the service ends; check scripts find out
  script_hangs,    // the service hangs; check scripts run into their time limits
  peer_raised,     // the peer's priority is raised above the holder's, both healthy
  holder_returns,  // after a move, the former holder is healthy again
};
[[nodiscard]] const char* to_string(VipEvent event);

enum class VipMoves {
  yes,
  no,       // never, however long one waits
  unknown,  // the files hold something that is not predicted
};
[[nodiscard]] const char* to_string(VipMoves moves);

struct RangeMs {
  double min_ms = 0, mean_ms = 0, max_ms = 0;
  bool operator==(const RangeMs&) const = default;
};

struct OutagePrediction {
  VipEvent event = VipEvent::graceful_stop;
  VipMoves moves = VipMoves::unknown;
  RangeMs outage;       // without a reachable VIP; meaningful only when it moves
  RangeMs takeover;     // from the event until the peer holds the VIP; meaningful only when it moves
  std::string because;  // one sentence for the operator
};

// One node's side: its file and the instance in it.
struct VrrpSide {
  const KeepalivedConf& conf;
  const VrrpInstance& instance;
};

// The priority a node advertises with all checks passing, and with these scripts failing (by name).
[[nodiscard]] int healthy_priority(const VrrpSide& side);
[[nodiscard]] int priority_with_failing(const VrrpSide& side, std::span<const std::string> failing);

// `holder` has the VIP, `peer` is healthy and listening.
[[nodiscard]] OutagePrediction predict_outage(VipEvent event, const VrrpSide& holder, const VrrpSide& peer);
// Every event, in the order of the enumeration.
[[nodiscard]] std::vector<OutagePrediction> predict_outages(const VrrpSide& holder, const VrrpSide& peer);

}  // namespace interlock
