// A pair of nodes with a VIP, small enough to read, and pretended runs of it on the real engine with a clock of its
// own: for tests of whatever is made from machines and journals. Nothing here contacts anything.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "fsm/engine.h"
#include "fsm/journal.h"
#include "src/report/run_info.h"

namespace interlock::tests {

[[nodiscard]] fsm::Machine small_pair();

// What happens in a pretended run beyond the plan.
struct Events {
  struct Act {                                     // of one action, each time it is done; by default it succeeds
    fsm::Outcome outcome = fsm::Outcome::done;
    bool takes_effect = true;
    std::string text;
    Json details;
    int times = 1000;                              // afterwards it succeeds
  };
  std::map<std::string, std::string> world;        // fact -> value ("unknown" too), from the beginning
  std::map<std::string, Act> acts;
  std::map<std::string, std::map<std::string, std::string>> after;  // action -> what changes 600 ms after it is done
  std::map<std::string, std::string> saw;          // fact -> what its probe says it saw
  std::string stop_at, roll_back_at;               // action with whose beginning the operator asks for it
  std::string crash_at;                            // action in the middle of which the process dies, to be resumed
  bool clients = true;                             // are measured
};

struct PretendedRun {
  std::vector<fsm::JournalRecord> records;
  bool over = false;
};

// Sees what a RunListener would.
struct Watcher {
  std::function<void(const fsm::JournalRecord&)> record;
  std::function<void(const fsm::Engine&, Millis now, Millis gap)> tick;
};

[[nodiscard]] PretendedRun pretend(const fsm::Machine& machine, const Events& events, const Watcher& watcher = {});

// A success, with the handover's 600 ms gap; what the other runs differ from.
[[nodiscard]] Events as_planned();
// The address stays with the node that gives it up, and the run goes back.
[[nodiscard]] Events switch_fails();
// What is known of such a run beside its journal.
[[nodiscard]] RunInfo run_info();

}  // namespace interlock::tests
