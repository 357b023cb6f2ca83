// Where a phase may lead, for drawings: only the ways that it can take. Pure.
#pragma once

#include <vector>

#include "fsm/machine.h"

namespace interlock::fsm {

struct DrawnWay {
  enum class Kind { next, back, refused, overrun } kind = Kind::next;
  Target to;
};
[[nodiscard]] const char* to_string(DrawnWay::Kind kind);
[[nodiscard]] std::vector<DrawnWay> drawn_ways(const Phase& phase);

// Phases and ends that can be reached from the first phase at all, each kind in the machine's order.
struct Drawn {
  std::vector<int> phases, ends;
};
[[nodiscard]] Drawn drawn(const Machine& machine);

}  // namespace interlock::fsm
