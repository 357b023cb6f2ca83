// Where a machine can stand in the proof, and the layout of a state: its control part and the facts. Used by model.h only.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "fsm/packing.h"
#include "fsm/proof.h"

namespace interlock::fsm {

// The control part of a state, and where it and the facts lie.
struct StateSlots {
  Slot place, left, attempt, pending;
  Slot between;                                 // among steps that are passed over: only what can neither come before them nor after
  Slot gone;                                    // 0, or a host + 1
  std::vector<Slot> lost;                       // by reaction; no bits for one that always comes
  std::array<Slot, kFaultKinds> each;           // what is left of each kind; no bits where only the sum counts
  std::vector<Slot> facts;
  std::size_t words = 0;

  StateSlots(const Machine& machine, const Budget& budget, std::size_t places);
};

// A place with everything that does not depend on the world.
struct Station {
  Place place;
  enum class Kind { gates, step, exit, end, ended } kind = Kind::gates;
  int phase = -1;
  std::uint64_t in_force = 0;                   // rules that count here
  bool retreat = false, has_back = false, observes = false;
  std::uint16_t next = 0, back = 0, refused = 0, overrun = 0;  // stations; next: the step after, where leaving leads, or the end that is tried instead
  int action = -1, attempts = 1;
  int may_change = -1;                          // the number of the step among those that may change other facts
};

// All stations of a machine; an end has two: to be judged, and ended.
class Stations {
 public:
  explicit Stations(const Machine& machine);
  [[nodiscard]] const Station& operator[](std::size_t i) const { return list_[i]; }
  [[nodiscard]] std::size_t size() const { return list_.size(); }
  [[nodiscard]] std::uint16_t attention() const { return attention_; }
  [[nodiscard]] static std::uint16_t ended(std::uint16_t end) { return static_cast<std::uint16_t>(end + 1); }

 private:
  std::vector<Station> list_;
  std::uint16_t attention_ = 0;
};

// The facts of a host that neither rules nor the site's own moves ask for.
[[nodiscard]] std::vector<int> asked_by_us_alone(const Machine& machine, const Host& host);

}  // namespace interlock::fsm
