#include "src/store/store.h"

#include <cstdlib>

#include <fmt/format.h>

#include "src/store/chain.h"
#include "src/store/clock.h"
#include "src/store/run_journal.h"
#include "src/store/run_table.h"
#include "src/store/shared.h"
#include "src/store/state_file.h"

namespace interlock {

std::string default_state_path() {
  const char* given = std::getenv("INTERLOCK_STATE");
  return given != nullptr && *given != '\0' ? given : "/var/lib/interlock/state.db";
}

Store::Store(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const std::string& path, Millis busy_limit) {
  if (auto r = state_file::prepare(path); !r) return tl::unexpected(r.error());
  if (auto r = state_file::check_ours(path, busy_limit); !r) return tl::unexpected(r.error());
  auto shared = std::make_shared<Shared>();
  auto durable = Database::open(path, Durability::full, busy_limit);
  if (!durable) return tl::unexpected(durable.error());
  if (auto r = state_file::settle_schema(**durable); !r) return tl::unexpected(r.error());
  if (auto r = state_file::close_to_others(path); !r) return tl::unexpected(r.error());
  auto relaxed = Database::open(path, Durability::relaxed, busy_limit);
  if (!relaxed) return tl::unexpected(relaxed.error());
  shared->durable = std::move(*durable);
  shared->relaxed = std::move(*relaxed);
  return std::unique_ptr<Store>(new Store(std::move(shared)));
}

Result<Run> Store::create_run(const NewRun& run) {
  const std::lock_guard guard(shared_->mutex);
  const auto id = run_table::create(*shared_->durable, run);
  if (!id) return tl::unexpected(id.error());
  return run_table::find(*shared_->durable, *id);
}

Result<Run> Store::load_run(const std::string& id) const {
  const std::lock_guard guard(shared_->mutex);
  return run_table::find(*shared_->durable, id);
}

Result<std::vector<RunSummary>> Store::runs(const RunFilter& filter) const {
  const std::lock_guard guard(shared_->mutex);
  return run_table::list(*shared_->durable, filter);
}

Result<void> Store::set_finished(const std::string& run_id, const std::string& end, const std::string& end_kind, int exit_code) {
  const std::lock_guard guard(shared_->mutex);
  return run_table::finish(*shared_->durable, run_id, end, end_kind, exit_code);
}

Result<std::unique_ptr<fsm::Journal>> Store::journal(const std::string& run_id) {
  const std::lock_guard guard(shared_->mutex);
  const auto reading = run_journal::read(*shared_->durable, run_id, 0);
  if (!reading) return tl::unexpected(reading.error());
  if (reading->damage) return tl::unexpected(damaged(run_id, *reading->damage));
  const auto run = run_table::find(*shared_->durable, run_id);
  if (!run) return tl::unexpected(run.error());
  return std::make_unique<RunJournal>(shared_, run_id, run->site, reading->last_seq, reading->last_hash);
}

Result<std::vector<fsm::JournalRecord>> Store::records(const std::string& run_id, std::int64_t after_seq) const {
  const std::lock_guard guard(shared_->mutex);
  auto reading = run_journal::read(*shared_->durable, run_id, after_seq);
  if (!reading) return tl::unexpected(reading.error());
  if (reading->damage) return tl::unexpected(damaged(run_id, *reading->damage));
  return std::move(reading->records);
}

Result<std::vector<fsm::JournalRecord>> Store::intact_records(const std::string& run_id) const {
  const std::lock_guard guard(shared_->mutex);
  auto reading = run_journal::read(*shared_->durable, run_id, 0);
  if (!reading) return tl::unexpected(reading.error());
  return std::move(reading->records);
}

Result<std::optional<Damage>> Store::verify(const std::string& run_id) const {
  const std::lock_guard guard(shared_->mutex);
  const auto reading = run_journal::read(*shared_->durable, run_id, 0);
  if (!reading) return tl::unexpected(reading.error());
  return reading->damage;
}

Result<std::string> Store::last_hash(const std::string& run_id) const {
  const std::lock_guard guard(shared_->mutex);
  const auto reading = run_journal::read(*shared_->durable, run_id, 0);
  if (!reading) return tl::unexpected(reading.error());
  return reading->last_hash;
}

Result<void> Store::set_live(const std::string& run_id, const Json& now) {
  const std::lock_guard guard(shared_->mutex);
  Statement s(*shared_->relaxed, "INSERT INTO live (run, at_ms, body) VALUES (?, ?, ?) ON CONFLICT (run) DO UPDATE SET at_ms = excluded.at_ms, body = excluded.body");
  return s.bind(run_id).bind(wall_ms()).bind(stored_text(now)).run();
}

Result<std::optional<Store::Live>> Store::live(const std::string& run_id) const {
  const std::lock_guard guard(shared_->mutex);
  Statement s(*shared_->relaxed, "SELECT at_ms, body FROM live WHERE run = ?");
  const auto row = s.bind(run_id).step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  Live live{s.integer(0), Json::parse(s.text(1), nullptr, false)};
  if (!live.now.is_object()) return std::nullopt;
  return live;
}

Result<bool> Store::was_proven(const std::string& what) const {
  const std::lock_guard guard(shared_->mutex);
  Statement s(*shared_->durable, "SELECT 1 FROM proof WHERE what = ?");
  return s.bind(what).step();
}

Result<void> Store::note_proven(const std::string& what) {
  const std::lock_guard guard(shared_->mutex);
  Statement s(*shared_->relaxed, "INSERT INTO proof (what, at_ms) VALUES (?, ?) ON CONFLICT (what) DO UPDATE SET at_ms = excluded.at_ms");
  return s.bind(what).bind(wall_ms()).run();
}

LockResult Store::acquire_lock(const std::string& site, const std::string& run_id) {
  const std::lock_guard guard(shared_->mutex);
  return site_lock::acquire(*shared_->durable, site, run_id);
}

Result<std::optional<LockHolder>> Store::lock_holder(const std::string& site) const {
  const std::lock_guard guard(shared_->mutex);
  return site_lock::holder(*shared_->durable, site);
}

Result<void> Store::break_lock(const std::string& site, const std::string& run_id) {
  const std::lock_guard guard(shared_->mutex);
  return site_lock::break_lock(*shared_->durable, site, run_id);
}

}  // namespace interlock
