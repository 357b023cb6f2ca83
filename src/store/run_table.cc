#include "src/store/run_table.h"

#include <pwd.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>

#include <fmt/format.h>

#include "fsm/shape.h"
#include "src/store/chain.h"
#include "src/store/clock.h"

namespace interlock::run_table {
namespace {

constexpr int kIdTries = 8;             // two runs of a site within a minute rarely draw the same letters
constexpr std::size_t kNamedMatches = 5;

// Letters that cannot be taken for digits when read aloud.
std::string three_letters() {
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::array<unsigned char, 3> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) bytes.fill(static_cast<unsigned char>(wall_ms() & 0xFF));
  std::string text;
  for (const unsigned char byte : bytes) text += kLetters[byte % kLetters.size()];
  return text;
}

std::string operator_of_this_process(const std::string& host) {
  const passwd* user = getpwuid(geteuid());
  return (user != nullptr ? std::string(user->pw_name) : std::to_string(geteuid())) + "@" + host;
}

constexpr const char* kColumns =
    "id, site, procedure, digest, operator, host, pid, pid_start, boot, started_ms, finished_ms, end_name, end_kind, exit_code, last_seq, sources, hash";
constexpr int kSourcesColumn = 15, kHashColumn = 16;

void read_summary(const Statement& s, RunSummary& run) {
  run.id = s.text(0);
  run.site = s.text(1);
  run.procedure = s.text(2);
  run.digest = s.text(3);
  run.operator_name = s.text(4);
  run.process = {s.text(5), s.integer(6), s.integer(7), s.text(8)};
  run.started_ms = s.integer(9);
  if (!s.is_null(10)) run.finished_ms = s.integer(10);
  run.end = s.text(11);
  run.end_kind = s.text(12);
  if (!s.is_null(13)) run.exit_code = static_cast<int>(s.integer(13));
  run.records = s.integer(14);
  run.intact = s.text(kHashColumn) == hash_of_run(run.id, {run.site, run.procedure, run.digest, {}, run.operator_name}, s.text(kSourcesColumn), run.started_ms);
}

Result<std::vector<std::string>> ids(Statement& s) {
  std::vector<std::string> list;
  for (auto row = s.step();; row = s.step()) {
    if (!row) return tl::unexpected(row.error());
    if (!*row) return list;
    list.push_back(s.text(0));
  }
}

Result<std::string> whole_id(Database& db, const std::string& id) {
  if (id == "last") {
    Statement s(db, "SELECT id FROM run ORDER BY started_ms DESC, rowid DESC LIMIT 1");
    const auto found = ids(s);
    if (!found) return tl::unexpected(found.error());
    if (found->empty()) return failure(Cause::missing, "there has been no run yet on this control host");
    return found->front();
  }
  Statement s(db, "SELECT id FROM run WHERE substr(id, 1, length(?1)) = ?1 ORDER BY (id = ?1) DESC, started_ms DESC, rowid DESC");
  const auto found = ids(s.bind(id));
  if (!found) return tl::unexpected(found.error());
  if (found->empty() || id.empty()) return failure(Cause::missing, fmt::format("there is no run '{}'; all runs: interlock status", id));
  if (found->size() == 1 || found->front() == id) return found->front();
  std::string names;
  for (std::size_t i = 0; i < found->size() && i < kNamedMatches; ++i) names += (i == 0 ? "" : ", ") + (*found)[i];
  if (found->size() > kNamedMatches) names += ", …";
  return failure(Cause::missing, fmt::format("'{}' begins the names of {} runs: {}; give more of the name", id, found->size(), names));
}

}  // namespace

Result<std::string> create(Database& db, const NewRun& given) {
  if (!fsm::is_name(given.site) || !fsm::is_name(given.procedure))
    return failure(Cause::internal, "the site and the procedure of a run are names of letters, digits, '-' and '_'");
  const ProcessIdentity self = this_process();
  NewRun run = given;
  if (run.operator_name.empty()) run.operator_name = operator_of_this_process(self.host);
  for (const std::string* one_line : {&run.digest, &run.operator_name})
    if (one_line->find('\n') != std::string::npos) return failure(Cause::internal, "the digest and the operator of a run are one line each");
  const std::string sources = stored_text(run.sources);
  for (int i = 0;; ++i) {
    const std::int64_t now = wall_ms();
    const std::string id = fmt::format("{}-{}-{}", run_time_text(now), run.site, three_letters());
    const std::string hash = hash_of_run(id, run, sources, now);
    Statement s(db, "INSERT INTO run (id, site, procedure, digest, sources, operator, started_ms, hash, host, pid, pid_start, boot, last_seq, last_hash)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)");
    s.bind(id).bind(run.site).bind(run.procedure).bind(run.digest).bind(sources).bind(run.operator_name).bind(now).bind(hash);
    const auto done = s.bind(self.host).bind(self.pid).bind(self.start_ticks).bind(self.boot_id).bind(hash).run();
    if (done) return id;
    if (!s.is_unique_violation() || i == kIdTries) return tl::unexpected(done.error());
  }
}

Result<Run> find(Database& db, const std::string& id) {
  const auto whole = whole_id(db, id);
  if (!whole) return tl::unexpected(whole.error());
  Statement s(db, fmt::format("SELECT {} FROM run WHERE id = ?", kColumns));
  const auto row = s.bind(*whole).step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return failure(Cause::missing, fmt::format("there is no run '{}'", *whole));
  Run run;
  read_summary(s, run);
  // Nothing of a row that somebody has changed is taken for what was run.
  if (!run.intact) return tl::unexpected(damaged(*whole, {0, "the run's own row has been changed"}));
  run.sources = Json::parse(s.text(kSourcesColumn), nullptr, false);
  if (run.sources.is_discarded()) return tl::unexpected(damaged(*whole, {0, "what it was made of is not JSON"}));
  return run;
}

Result<std::vector<RunSummary>> list(Database& db, const RunFilter& filter) {
  Statement s(db, fmt::format("SELECT {} FROM run WHERE (?1 = '' OR site = ?1) AND (?2 = 0 OR finished_ms IS NULL)"
                              " ORDER BY started_ms DESC, rowid DESC LIMIT ?3", kColumns));
  s.bind(filter.site).bind(filter.unfinished_only ? 1 : 0).bind(static_cast<std::int64_t>(filter.limit));
  std::vector<RunSummary> runs;
  for (auto row = s.step();; row = s.step()) {
    if (!row) return tl::unexpected(row.error());
    if (!*row) return runs;
    read_summary(s, runs.emplace_back());
  }
}

Result<void> finish(Database& db, const std::string& run_id, const std::string& end, const std::string& end_kind, int exit_code) {
  auto transaction = Transaction::begin(db);
  if (!transaction) return tl::unexpected(transaction.error());
  const auto run = find(db, run_id);
  if (!run) return tl::unexpected(run.error());
  if (run->id != run_id) return failure(Cause::missing, fmt::format("there is no run '{}'", run_id));
  if (run->finished() && run->end != end) return failure(Cause::denied, fmt::format("run {} has ended already, in '{}'", run_id, run->end));
  if (!run->finished()) {
    Statement s(db, "UPDATE run SET finished_ms = ?, end_name = ?, end_kind = ?, exit_code = ? WHERE id = ?");
    if (auto r = s.bind(wall_ms()).bind(end).bind(end_kind).bind(exit_code).bind(run_id).run(); !r) return r;
  }
  if (auto r = Statement(db, "DELETE FROM site_lock WHERE run = ?").bind(run_id).run(); !r) return r;
  return transaction->commit();
}

}  // namespace interlock::run_table
