// The journal's interface: what happened in a run, in order, each record durable before anything follows it.
// Implemented by src/store (SQLite) and by memory in the simulator and tests.
#pragma once

#include <cstdint>
#include <string>

#include "fsm/observation.h"

namespace interlock::fsm {

struct JournalRecord {
  std::int64_t seq = 0;        // 1, 2, 3 … within the run
  std::int64_t at_ms = 0;      // wall time, milliseconds since 1970
  std::string kind;            // "started", "gate", "intent", "outcome", "confirmed", "moved", "ended", …
  Json body;                   // by kind; see docs/journal.md
  Json evidence;               // [{fact, value, asked, saw, at_ms, took_us}] of the facts that decided
};

class Journal {
 public:
  virtual ~Journal() = default;
  // Returns when the record is durable, with its number. Disk full and the like come back as a Failure:
  // then nothing that depends on the record may be done.
  [[nodiscard]] virtual Result<std::int64_t> append(const std::string& kind, const Json& body, const Json& evidence) = 0;
};

}  // namespace interlock::fsm
