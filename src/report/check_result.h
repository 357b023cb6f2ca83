// The result of evaluating gates once: what `check` prints in every format. Plain data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fsm/machine.h"

namespace interlock {

struct GateResult {
  std::string id, phase;
  fsm::Words title, remedy;   // no remedy of what cannot be judged: what is wrong there is something else
  fsm::GateMode mode = fsm::GateMode::enforce;
  fsm::Truth verdict = fsm::Truth::unknown;
  std::string requires_text;  // the predicate as written
  std::string observed;       // "master.service is closed, master.manager is open"
  Json evidence;              // as Observer::evidence_json gives it
};

// A parameter that was left to be found out: what was found, and why.
struct SettledParameter {
  std::string name, value;
  fsm::Words because;
};
// Words as they stand in a run's notes: {"en", "zh"}, or one text for both.
[[nodiscard]] fsm::Words words_from(const Json& json);
// From Prepared::notes.
[[nodiscard]] std::vector<SettledParameter> settled_from(const Json& notes);

struct CheckResult {
  std::string site, procedure;
  fsm::Words title;
  std::int64_t at_ms = 0;     // wall time
  Millis took{};
  std::vector<GateResult> gates;
  std::size_t own = 0;        // of the gates: those that the tool adds, which no fact can tell
  std::vector<SettledParameter> settled;
  fsm::Words done;            // gates are closed, and what the procedure leads to is so already: there are no remedies then
};

// 0 ok, 1 warning, 2 critical, 3 unknown: a closed enforced gate is critical, a closed `warn` gate a warning, an
// enforced gate that could not be evaluated unknown; critical outweighs unknown outweighs warning.
[[nodiscard]] int nagios_status(const CheckResult& result);

}  // namespace interlock
