// What a rollback will do from where a run stands, before a person approves of it. Pure.
#pragma once

#include <string>
#include <vector>

#include "fsm/journal.h"
#include "fsm/machine.h"
#include "src/report/words.h"

namespace interlock {

// The phases that the way back leads through from here on, by their indices, and the end it comes to when nothing fails.
struct WayBack {
  std::vector<int> phases;
  int end = -1;
};
[[nodiscard]] WayBack way_back(const fsm::Machine& machine, fsm::Target from);
// The titles of its phases in which clients may be without service; empty: there are none.
[[nodiscard]] std::string switches_on(const fsm::Machine& machine, const WayBack& way, Language language);

// Whether a run that is gone on with is on its way back already.
[[nodiscard]] bool stands_on_way_back(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records);

[[nodiscard]] std::string render_way_back(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records, Language language);

}  // namespace interlock
