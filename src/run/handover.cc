#include "src/run/handover.h"

#include <algorithm>

namespace interlock {
namespace {

// The manual's order first; of two that are equally fast the later one is chosen.
struct Way {
  const char* name;
  VipEvent event;
  const char* what;
};
constexpr Way kWays[] = {
    {"service-first", VipEvent::service_dies, "the master's compute node is stopped and its failing check moves the VIP"},
    {"vip-first", VipEvent::graceful_stop, "the master's keepalived is stopped, so that the VIP moves at once"},
    {"priority", VipEvent::peer_raised, "the backup's priority is raised above the master's while both run"},
};

}  // namespace

Handover choose_handover(const KeepalivedPair& pair, Millis opening) {
  Handover result;
  const double open_ms = static_cast<double>(opening.count());
  const HandoverWay* best = nullptr;
  result.ways.reserve(std::size(kWays));
  for (const auto& way : kWays) {
    HandoverWay w;
    w.name = way.name;
    w.because = way.what;
    for (const auto& p : pair.predictions) {
      if (p.event != way.event) continue;
      w.works = p.moves == VipMoves::yes;
      w.outage = {p.outage.min_ms + open_ms, p.outage.mean_ms + open_ms, p.outage.max_ms + open_ms};
      if (!w.works) w.because += "; " + p.because;
    }
    result.ways.push_back(std::move(w));
    const HandoverWay& added = result.ways.back();
    if (added.works && (best == nullptr || added.outage.max_ms <= best->outage.max_ms)) best = &added;
  }
  if (best == nullptr) {
    result.chosen = "service-first";
    result.because = "by these two files the VIP moves in no way; the manual's order is kept, and the gates say what is wrong";
    return result;
  }
  result.chosen = best->name;
  result.because = "the fastest way that works with these two keepalived files: " + best->because;
  return result;
}

Json to_json(const Handover& handover) {
  Json ways = Json::array();
  for (const auto& w : handover.ways)
    ways.push_back({{"name", w.name}, {"works", w.works}, {"min_ms", w.outage.min_ms}, {"mean_ms", w.outage.mean_ms}, {"max_ms", w.outage.max_ms}, {"because", w.because}});
  return {{"chosen", handover.chosen}, {"because", handover.because}, {"ways", ways}};
}

}  // namespace interlock
