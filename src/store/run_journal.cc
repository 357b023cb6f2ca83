#include "src/store/run_journal.h"

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "src/store/chain.h"
#include "src/store/clock.h"

namespace interlock {
namespace {

std::int64_t fault_from_environment() {
  constexpr std::string_view kPrefix = "kill-after-record=";
  const char* text = std::getenv("INTERLOCK_FAULT");
  if (text == nullptr || !std::string_view(text).starts_with(kPrefix)) return 0;
  const std::string_view number = std::string_view(text).substr(kPrefix.size());
  std::int64_t record = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), record);
  return error == std::errc() && end == number.data() + number.size() ? record : 0;
}

}  // namespace

namespace run_journal {
namespace {

// The run's own row: the hash its chain begins with, and where its end should be.
struct Head {
  std::string stored_hash, computed_hash, last_hash;
  std::int64_t last_seq = 0;
};

Result<Head> head_of(Database& db, const std::string& run_id) {
  Statement s(db, "SELECT site, procedure, digest, sources, operator, started_ms, hash, last_seq, last_hash FROM run WHERE id = ?");
  const auto row = s.bind(run_id).step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return failure(Cause::missing, fmt::format("there is no run {}", run_id));
  NewRun run;
  run.site = s.text(0);
  run.procedure = s.text(1);
  run.digest = s.text(2);
  run.operator_name = s.text(4);
  return Head{s.text(6), hash_of_run(run_id, run, s.text(3), s.integer(5)), s.text(8), s.integer(7)};
}

Damage broken_at(std::int64_t seq, std::string what) { return Damage{seq, std::move(what)}; }

// The hash that the record after `seq` is chained to.
Result<std::string> hash_at(Database& db, const std::string& run_id, std::int64_t seq, const Head& head) {
  if (seq == 0) return head.stored_hash;
  Statement s(db, "SELECT hash FROM record WHERE run = ? AND seq = ?");
  const auto row = s.bind(run_id).bind(seq).step();
  if (!row) return tl::unexpected(row.error());
  return *row ? s.text(0) : std::string();
}

}  // namespace

Result<Reading> read(Database& db, const std::string& run_id, std::int64_t after_seq) {
  const auto moment = Transaction::snapshot(db);  // the writer may be another process
  if (!moment) return tl::unexpected(moment.error());
  const auto head = head_of(db, run_id);
  if (!head) return tl::unexpected(head.error());
  Reading reading;
  if (head->stored_hash != head->computed_hash) {
    reading.damage = broken_at(0, "the run's own row has been changed");
    return reading;
  }
  reading.last_seq = after_seq < 0 ? 0 : after_seq > head->last_seq ? head->last_seq : after_seq;
  auto previous = hash_at(db, run_id, reading.last_seq, *head);
  if (!previous) return tl::unexpected(previous.error());
  reading.last_hash = *previous;

  Statement s(db, "SELECT seq, at_ms, kind, body, evidence, hash FROM record WHERE run = ? AND seq > ? ORDER BY seq");
  s.bind(run_id).bind(reading.last_seq);
  for (auto row = s.step();; row = s.step()) {
    if (!row) return tl::unexpected(row.error());
    if (!*row) break;
    const StoredRecord stored{s.integer(0), s.integer(1), s.text(2), s.text(3), s.text(4), s.text(5)};
    const std::int64_t expected = reading.last_seq + 1;
    if (stored.seq != expected) reading.damage = broken_at(expected, "it is missing");
    else if (stored.hash != hash_of_record(reading.last_hash, run_id, stored)) reading.damage = broken_at(expected, "it is not as it was written, or the one before it is not");
    Json body = Json::parse(stored.body, nullptr, false), evidence = Json::parse(stored.evidence, nullptr, false);
    if (!reading.damage && (body.is_discarded() || evidence.is_discarded())) reading.damage = broken_at(expected, "it is not JSON");
    if (reading.damage) return reading;
    reading.records.push_back({stored.seq, stored.at_ms, stored.kind, std::move(body), std::move(evidence)});
    reading.last_seq = stored.seq;
    reading.last_hash = stored.hash;
  }
  if (reading.last_seq < head->last_seq) reading.damage = broken_at(reading.last_seq + 1, "it is missing");
  else if (reading.last_seq > head->last_seq) reading.damage = broken_at(head->last_seq + 1, "it was added by someone else");
  else if (reading.last_hash != head->last_hash) reading.damage = broken_at(reading.last_seq, "it is not the one that was written");
  return reading;
}

}  // namespace run_journal

RunJournal::RunJournal(std::shared_ptr<Store::Shared> shared, std::string run_id, std::string site, std::int64_t last_seq, std::string last_hash)
    : shared_(std::move(shared)), run_id_(std::move(run_id)), site_(std::move(site)), last_seq_(last_seq), last_hash_(std::move(last_hash)),
      kill_after_record_(fault_from_environment()) {}

// Two writers of one run, or a lock that was broken while this process slept: then nothing more is written here.
Result<void> RunJournal::may_write(Database& db) const {
  Statement head(db, "SELECT last_seq, last_hash FROM run WHERE id = ?");
  const auto row = head.bind(run_id_).step();
  if (!row) return tl::unexpected(row.error());
  if (!*row || head.integer(0) != last_seq_ || head.text(1) != last_hash_)
    return failure(Cause::denied, fmt::format("another process has written to the journal of run {}; this one stops", run_id_));
  Statement lock(db, "SELECT run FROM site_lock WHERE site = ?");
  const auto held = lock.bind(site_).step();
  if (!held) return tl::unexpected(held.error());
  if (*held && lock.text(0) != run_id_)
    return failure(Cause::denied, fmt::format("the lock of site {} was taken over by run {}; run {} stops", site_, lock.text(0), run_id_));
  return {};
}

Result<std::int64_t> RunJournal::append(const std::string& kind, const Json& body, const Json& evidence) {
  const std::lock_guard guard(shared_->mutex);
  Database& db = *shared_->durable;
  StoredRecord record{last_seq_ + 1, wall_ms(), kind, stored_text(body), stored_text(evidence), ""};
  record.hash = hash_of_record(last_hash_, run_id_, record);
  {
    auto transaction = Transaction::begin(db);
    if (!transaction) return tl::unexpected(transaction.error());
    if (const auto r = may_write(db); !r) return tl::unexpected(r.error());
    Statement insert(db, "INSERT INTO record (run, seq, at_ms, kind, body, evidence, hash) VALUES (?, ?, ?, ?, ?, ?, ?)");
    insert.bind(run_id_).bind(record.seq).bind(record.at_ms).bind(record.kind).bind(record.body).bind(record.evidence).bind(record.hash);
    if (const auto r = insert.run(); !r) return tl::unexpected(r.error());
    Statement head(db, "UPDATE run SET last_seq = ?, last_hash = ? WHERE id = ?");
    if (const auto r = head.bind(record.seq).bind(record.hash).bind(run_id_).run(); !r) return tl::unexpected(r.error());
    if (const auto r = transaction->commit(); !r) return tl::unexpected(r.error());
  }
  last_seq_ = record.seq;
  last_hash_ = record.hash;
  if (record.seq == kill_after_record_) raise(SIGKILL);
  return record.seq;
}

}  // namespace interlock
