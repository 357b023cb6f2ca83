// One execution of a machine with everything around it: the run's row, its lock, its journal, the operator's
// signals, and the exit code. Used by run, resume and rollback.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "src/run/driver.h"
#include "src/run/prepare.h"
#include "src/store/store.h"

namespace interlock {

struct SessionEnd {
  int exit_code = 0;
  std::string run_id;
  RunEnd end;
  std::string not_closed;  // why its end could not be written: the site stays locked until it is
};

// Thrown when the site is another run's (exit 13), or the journal is damaged (65), or the state unusable (69).
struct SessionError {
  int exit_code;
  std::string text;
};

[[nodiscard]] int exit_code_of(fsm::EndKind kind);

// What a run keeps of what it was bound from, so that `resume` binds the very same machine.
[[nodiscard]] Json sources_of(const Catalog& catalog, const std::string& site, const std::string& procedure, const Prepared& prepared);
// Binds it again; throws SessionError when the result differs from the run's digest.
[[nodiscard]] Prepared prepare_again(const Run& run);

// Throws SessionError (13) when another run holds the site, or works on one of its hosts under another site's name.
void nobody_else(const Store& store, const Prepared& prepared);

// Begins a run: makes its row and takes the site's lock.
[[nodiscard]] Run begin_run(Store& store, const Prepared& prepared, const Json& sources);

// Drives it to its end or to a stop. Installs signal handlers for the time being: the first SIGINT or SIGTERM
// stops at the next safe place, a second one at once, and says `last_words`; SIGHUP is ignored.
[[nodiscard]] SessionEnd drive(Store& store, const Run& run, const Prepared& prepared, bool resuming, bool roll_back, RunListener& listener, const std::string& last_words);

}  // namespace interlock
