// The state of Interlock on this control host: runs, their journals, and one lock per site, in one SQLite file
// (WAL, synchronous=FULL). All calls may come from any thread; a Store must not be carried across fork().
// Journals stay usable after their Store is gone. What the records mean is docs/journal.md.
//
// For tests: INTERLOCK_FAULT="kill-after-record=N" in the environment makes the process raise SIGKILL on itself
// right after record N of a run has become durable, before append() returns. Read when a journal is opened.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fsm/journal.h"
#include "src/store/database.h"
#include "src/store/run.h"
#include "src/store/site_lock.h"

namespace interlock {

// $INTERLOCK_STATE, or /var/lib/interlock/state.db.
[[nodiscard]] std::string default_state_path();

class Store {
 public:
  // Makes the file (mode 0600) and missing folders (0700) when they are not there.
  // `busy_limit`: how long a write waits for another process to finish its own.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::string& path, Millis busy_limit = kBusyLimit);
  ~Store();

  [[nodiscard]] Result<Run> create_run(const NewRun& run);
  // `id`: the whole id, the beginning of only one, or "last". Cause::protocol: the run's row is damaged.
  [[nodiscard]] Result<Run> load_run(const std::string& id) const;
  [[nodiscard]] Result<std::vector<RunSummary>> runs(const RunFilter& filter) const;
  // Ends the run and gives its site's lock back, in one step. Ending it again with the same end changes nothing.
  [[nodiscard]] Result<void> set_finished(const std::string& run_id, const std::string& end, const std::string& end_kind, int exit_code);

  // For writing. The journal so far is verified first; a damaged one is a Failure that says where and what to do.
  // append() fails when another process has written to the run since, or when the site's lock is another run's.
  [[nodiscard]] Result<std::unique_ptr<fsm::Journal>> journal(const std::string& run_id);
  // The records after `after_seq`, verified from there on; damage is a Failure.
  [[nodiscard]] Result<std::vector<fsm::JournalRecord>> records(const std::string& run_id, std::int64_t after_seq) const;
  // The records before the first damage, for a report on a damaged run.
  [[nodiscard]] Result<std::vector<fsm::JournalRecord>> intact_records(const std::string& run_id) const;
  // Nothing: the run and its whole journal are as they were written.
  [[nodiscard]] Result<std::optional<Damage>> verify(const std::string& run_id) const;

  // The hash of the last record, which covers all before it.
  [[nodiscard]] Result<std::string> last_hash(const std::string& run_id) const;

  // What the run is doing at this moment; may be lost when the power fails. One row per run.
  [[nodiscard]] Result<void> set_live(const std::string& run_id, const Json& now);
  struct Live {
    std::int64_t at_ms = 0;
    Json now;
  };
  [[nodiscard]] Result<std::optional<Live>> live(const std::string& run_id) const;

  // One run at a time may touch a site. The lock outlives the process: it stays until the run has ended, or it
  // is broken. The same run takes it again when its earlier process is gone (a resume); that is also noted as
  // the run's process.
  [[nodiscard]] LockResult acquire_lock(const std::string& site, const std::string& run_id);
  [[nodiscard]] Result<std::optional<LockHolder>> lock_holder(const std::string& site) const;
  // Takes the lock from the run that is named, unless its process is alive on this host.
  [[nodiscard]] Result<void> break_lock(const std::string& site, const std::string& run_id);

  // Whether this was proven before, and that it has been. `what` names the machine and what was allowed to go wrong.
  [[nodiscard]] Result<bool> was_proven(const std::string& what) const;
  [[nodiscard]] Result<void> note_proven(const std::string& what);

  struct Shared;  // the connections and their mutex

 private:
  explicit Store(std::shared_ptr<Shared> shared);
  std::shared_ptr<Shared> shared_;
};

}  // namespace interlock
