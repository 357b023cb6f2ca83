// A run as it is kept: what was run, by whom, how it ended. Plain data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "fsm/observation.h"
#include "src/store/process_identity.h"

namespace interlock {

// What a run is made of. `sources` must be enough to bind the very same machine again, on another day, when
// the files have changed: see Catalog::remembered(), and add overrides and chosen parameters. No secrets.
struct NewRun {
  std::string site, procedure;
  std::string digest;          // fsm::digest() of the bound machine
  Json sources;
  std::string operator_name;   // user@host; empty: this process's
};

struct RunSummary {
  std::string id;              // 20201120-0212-lab-k3f: local time of its start, site, three letters by chance
  std::string site, procedure, digest, operator_name;
  ProcessIdentity process;     // that began or last resumed it
  std::int64_t started_ms = 0;                // wall time, milliseconds since 1970
  std::optional<std::int64_t> finished_ms;    // nothing: it has not ended
  std::string end, end_kind;   // name and kind of the end; empty before
  std::optional<int> exit_code;
  std::int64_t records = 0;    // the number of the last record
  bool intact = true;          // the row is as it was written; otherwise nothing of it can be trusted

  [[nodiscard]] bool finished() const { return finished_ms.has_value(); }
};

struct Run : RunSummary {
  Json sources;
};

struct RunFilter {
  std::string site{};          // empty: all sites
  bool unfinished_only = false;
  std::size_t limit = 1000;    // newest first
};

// The first place where a journal is not as it was written.
struct Damage {
  std::int64_t seq = 0;        // 0: the run's own row; otherwise the record that is missing or wrong
  std::string what;
};

}  // namespace interlock
