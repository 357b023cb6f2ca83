// Who holds a site. The functions work on a database whose mutex the caller holds; Store offers them to others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fsm/observation.h"
#include "src/store/database.h"
#include "src/store/process_identity.h"

namespace interlock {

struct LockHolder {
  std::string site, run;
  ProcessIdentity process;
  Liveness liveness = Liveness::unknown;
  std::int64_t since_ms = 0;  // wall time, milliseconds since 1970
};

// "run 20201120-0212-lab-k3f since 2020-11-20 02:12:03 (process 4711 on control, alive)"
[[nodiscard]] std::string describe(const LockHolder& holder);

// What the one who is turned away reads: who holds it, and what can be done.
[[nodiscard]] std::string refusal(const LockHolder& holder);

struct LockRefusal {
  Failure failure;                   // in words, with what to do
  std::optional<LockHolder> holder;  // nothing: the lock could not even be asked for
};
using LockResult = tl::expected<void, LockRefusal>;

namespace site_lock {
[[nodiscard]] LockResult acquire(Database& database, const std::string& site, const std::string& run_id);
[[nodiscard]] Result<std::optional<LockHolder>> holder(Database& database, const std::string& site);
[[nodiscard]] Result<void> break_lock(Database& database, const std::string& site, const std::string& run_id);
}  // namespace site_lock

}  // namespace interlock
