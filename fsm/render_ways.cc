#include "fsm/render_ways.h"

#include <set>

namespace interlock::fsm {

const char* to_string(DrawnWay::Kind kind) {
  switch (kind) {
    case DrawnWay::Kind::next: return "next";
    case DrawnWay::Kind::back: return "back";
    case DrawnWay::Kind::refused: return "refused";
    case DrawnWay::Kind::overrun: return "overrun";
  }
  return "?";
}

std::vector<DrawnWay> drawn_ways(const Phase& p) {
  const bool waits = p.until.settled() != Truth::yes;
  std::vector<DrawnWay> ways{{DrawnWay::Kind::next, p.next}};
  if (!p.steps.empty() || waits) ways.push_back({DrawnWay::Kind::back, p.back});
  if (!p.gates.empty()) ways.push_back({DrawnWay::Kind::refused, p.refused});
  if (waits && !(p.overrun == p.back)) ways.push_back({DrawnWay::Kind::overrun, p.overrun});
  return ways;
}

Drawn drawn(const Machine& machine) {
  std::set<int> phases{0}, ends;
  std::vector<int> open{0};
  while (!open.empty()) {
    const Phase& phase = machine.phase(open.back());
    open.pop_back();
    for (const DrawnWay& way : drawn_ways(phase))
      if ((way.to.end ? ends : phases).insert(way.to.index).second && !way.to.end) open.push_back(way.to.index);
  }
  return {{phases.begin(), phases.end()}, {ends.begin(), ends.end()}};
}

}  // namespace interlock::fsm
