// What a simulated run is made of: its journal in memory, what lies ahead, the faults that are planned, the actions that
// are under way, and the facts that are looked at together. Used by simulator.cc, and the journal by replay.cc. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fsm/chance.h"
#include "fsm/simulator.h"

namespace interlock::fsm {

class MemoryJournal : public Journal {
 public:
  explicit MemoryJournal(const Millis& clock) : clock_(clock) {}
  Result<std::int64_t> append(const std::string& kind, const Json& body, const Json& evidence) override {
    records_.push_back({static_cast<std::int64_t>(records_.size()) + 1, clock_.count(), kind, body, evidence});
    return records_.back().seq;
  }
  [[nodiscard]] const std::vector<JournalRecord>& records() const { return records_; }

 private:
  const Millis& clock_;
  std::vector<JournalRecord> records_;
};

// What lies ahead. What belongs to an operator's process is void when that has died.
struct Due {
  enum class What : std::uint8_t { answer, finished, effect, reaction, crash, gone, hide, show, die, ask, resume, gap } what = What::answer;
  Millis at{};
  std::uint32_t order = 0, number = 0;   // number: of the process, or of the awaited reaction
  int index = 0;
  bool operator>(const Due& other) const { return at != other.at ? at > other.at : order > other.order; }
};

struct PlannedFault {
  Fault kind = Fault::action;
  int at_record = 0;
  bool after_last = false;               // at_record counts from the record at which the fault before came
  Millis delay{};
  bool set_off = false;
};

// An action of ours whose effect is to come.
struct UnderWay {
  int action = 0;
  World looked;                          // the site when it was decided on
  int effects_before = 0;                // of ours
  bool over = false;
};

// Facts that one look shows.
struct Group {
  std::vector<int> facts;
  Millis every{}, next{};
};

// As the observer and the watch of the real run put them together.
[[nodiscard]] std::vector<Group> groups_of(const Machine& machine, std::vector<int> facts);
// Drawn, and spread over as many records as a run without faults has.
[[nodiscard]] std::vector<PlannedFault> planned_faults(const Machine& machine, const SimulationSettings& settings, int usual_records, Chance& chance);
// No run of any good takes longer: every wait and every action at its limit, several times over.
[[nodiscard]] Millis generous_limit(const Machine& machine);

}  // namespace interlock::fsm
