// What a report says about a run beside its journal: who, with what, how sure. Plain data, filled in by the command.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fsm/source.h"

namespace interlock {

// The outage that was predicted for the handover that was taken.
struct Forecast {
  std::string handover;
  double min_ms = 0, mean_ms = 0, max_ms = 0;
};

struct RunInfo {
  enum class Seal {
    unverified,  // nobody has looked
    intact,      // the whole journal is as it was written
    damaged,     // it is not; `damage` says where
  };
  std::string run_id, operator_name, control_host;
  std::string state;                               // as --state was given, for what is to be typed
  std::string interlock_version;
  std::string machine_digest, journal_hash;        // hex
  Seal seal = Seal::unverified;
  std::string damage;
  std::int64_t made_ms = 0;                        // when the report is made; 0: not told
  std::optional<int> exit_code;
  // Whether the process that drives the run lives; asked for where the run has not ended.
  enum class Process { untold, alive, gone } process = Process::untold;
  std::int64_t pid = 0;
  std::string process_host;
  fsm::Named<std::string> versions;                // "old" -> "2.5.4"
  std::optional<Forecast> forecast;
};

// From the notes of a run ({"handover": {chosen, ways: [{name, works, min_ms, mean_ms, max_ms}]}}); `handover` is
// the one taken, empty: the one chosen there.
[[nodiscard]] std::optional<Forecast> forecast_from(const Json& notes, const std::string& handover);

}  // namespace interlock
