#include "src/run/run_session.h"

#include <array>
#include <unistd.h>

#include "fsm/diagnostic.h"
#include "fsm/resume.h"
#include "src/run/handled_signal.h"
#include "src/run/kept_scripts.h"
#include "src/run/shared_hosts.h"

namespace interlock {
namespace {

// The handlers reach the run through this; set while a run is under way.
std::atomic<Requests*> g_requests{nullptr};
// Written before they are installed, since a handler may make no text.
std::array<char, 8192> g_last_words;
std::atomic<std::size_t> g_last_length{0};

void on_stop_signal(int) {
  Requests* requests = g_requests.load();
  if (requests == nullptr) return;
  if (!requests->stop.exchange(true)) return;
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, g_last_words.data(), g_last_length.load());
  _exit(12);
}

class Signals {
 public:
  Signals(Requests& requests, const std::string& last_words) {
    g_last_length = last_words.copy(g_last_words.data(), g_last_words.size());
    g_requests = &requests;
  }
  ~Signals() { g_requests = nullptr; }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  const HandledSignal interrupt_{SIGINT, on_stop_signal, SA_RESTART}, end_{SIGTERM, on_stop_signal, SA_RESTART};
  const HandledSignal hangup_{SIGHUP, SIG_IGN, SA_RESTART}, pipe_{SIGPIPE, SIG_IGN, SA_RESTART}, pause_{SIGTSTP, SIG_IGN, SA_RESTART};
};

// Passes everything on, and keeps the row that `status --follow` reads.
class LiveListener : public RunListener {
 public:
  LiveListener(RunListener& next, Store& store, std::string run) : next_(next), store_(store), run_(std::move(run)) {}
  void on_record(const std::string& kind, const Json& body, const Json& evidence) override {
    if (kind == "stopped" || kind == "ended") (void)store_.set_live(run_, {{"place", kind == "stopped" ? body.value("at", "?") : body.value("end", "?")}});
    next_.on_record(kind, body, evidence);
  }
  void on_instruct(const fsm::Action& action) override { next_.on_instruct(action); }
  void on_tick(const Now& now) override {
    Json live{{"place", now.place}, {"waiting_for", now.waiting.what}, {"waited_ms", (now.clock - now.waiting.since).count()}, {"limit_ms", (now.waiting.until - now.waiting.since).count()}, {"broken_rules", now.broken_rules}};
    if (now.clients) live["clients"] = to_json(*now.clients);
    (void)store_.set_live(run_, live);  // for onlookers only; the run does not depend on it
    next_.on_tick(now);
  }

 private:
  RunListener& next_;
  Store& store_;
  std::string run_;
};

// Throws SessionError.
void alone_on_hosts(const Store& store, const std::string& site, const Json& touched) {
  const auto shared = shares_hosts(store, site, touched);
  if (!shared) throw SessionError{69, shared.error().text};
  if (*shared) throw SessionError{13, **shared};
}

// The lock first, then a look at the others': of two that come at the same moment neither goes on, since each has its
// lock and sees the other's. Who is refused keeps no lock that it did not have.
void take_site(Store& store, const Run& run, const Prepared& prepared, bool resuming) {
  const auto held = store.lock_holder(run.site);
  try {
    if (!held) throw SessionError{69, held.error().text};
    if (const LockResult lock = store.acquire_lock(run.site, run.id); !lock) throw SessionError{lock.error().holder ? 13 : 69, lock.error().failure.text};
    alone_on_hosts(store, run.site, touched_addresses(prepared));
  } catch (const SessionError& refused) {
    if (!resuming) (void)store.set_finished(run.id, refused.exit_code == 13 ? "locked" : "unavailable", to_string(fsm::EndKind::unchanged), refused.exit_code);
    else if (held && !*held) (void)store.break_lock(run.site, run.id);
    throw;
  }
}

}  // namespace

int exit_code_of(fsm::EndKind kind) {
  switch (kind) {
    case fsm::EndKind::success: return 0;
    case fsm::EndKind::unchanged: return 10;
    case fsm::EndKind::rolled_back: return 11;
    case fsm::EndKind::attention: return 12;
  }
  return 12;
}

Json sources_of(const Catalog& catalog, const std::string& site, const std::string& procedure, const Prepared& prepared) {
  return {{"catalog", catalog.remembered()}, {"site", site}, {"procedure", procedure}, {"overrides", prepared.overrides}, {"notes", prepared.notes}, {"touched", touched_addresses(prepared)}, {"scripts", script_sums(prepared)}};
}

Prepared prepare_again(const Run& run) {
  try {
    Catalog catalog = Catalog::from_remembered(run.sources.at("catalog"));
    Prepared p = prepare_settled(catalog, run.sources.at("site").get<std::string>(), run.sources.at("procedure").get<std::string>(),
                                 run.sources.at("overrides").get<std::map<std::string, std::string>>());
    p.notes = run.sources.at("notes");
    if (digest(p.machine) == run.digest) return p;
  } catch (const InputError& e) {
    // The files have the names of today's, and may be in order by now.
    throw SessionError{78, "run " + run.id + " goes on from the files as they were when it began: " + to_string(e.diagnostics())};
  } catch (const Json::exception&) {
    throw SessionError{65, "what run " + run.id + " was made of is not what Interlock writes: the state file is damaged"};
  }
  throw SessionError{65, "run " + run.id + " was begun by another version of interlock: its machine would not be the same; resume it with that version"};
}

void nobody_else(const Store& store, const Prepared& prepared) {
  const std::string& site = prepared.machine.site;
  const auto held = store.lock_holder(site);
  if (!held) throw SessionError{69, held.error().text};
  if (*held) throw SessionError{13, refusal(**held)};
  alone_on_hosts(store, site, touched_addresses(prepared));
}

Run begin_run(Store& store, const Prepared& prepared, const Json& sources) {
  nobody_else(store, prepared);
  const std::string& site = prepared.machine.site;
  NewRun fresh;
  fresh.site = site;
  fresh.procedure = prepared.machine.procedure;
  fresh.digest = digest(prepared.machine);
  fresh.sources = sources;
  Result<Run> run = store.create_run(fresh);
  if (!run) throw SessionError{69, run.error().text};
  return std::move(*run);
}

SessionEnd drive(Store& store, const Run& run, const Prepared& prepared, bool resuming, bool roll_back, RunListener& listener, const std::string& last_words) {
  take_site(store, run, prepared, resuming);
  Result<std::unique_ptr<fsm::Journal>> journal = store.journal(run.id);
  if (!journal) throw SessionError{65, journal.error().text};
  std::optional<fsm::Resume> resume;
  if (resuming) {
    const auto records = store.records(run.id, 0);
    if (!records) throw SessionError{65, records.error().text};
    resume = fsm::resume_from(prepared.machine, *records);
  }

  Requests requests;
  const Signals signals(requests, last_words);
  LiveListener live(listener, store, run.id);
  SessionEnd result;
  result.run_id = run.id;
  result.end = Driver(prepared.machine, *prepared.hosts, *prepared.secrets, **journal, live).run(std::move(resume), roll_back, requests);
  if (result.end.how != RunEnd::How::ended) {
    result.exit_code = 12;
    return result;
  }
  const fsm::End& end = prepared.machine.end(result.end.end);
  result.exit_code = exit_code_of(end.kind);
  // Where only a person can decide, the run stays open and keeps its lock: it is resumed or rolled back.
  if (end.kind == fsm::EndKind::attention) return result;
  if (const auto closed = store.set_finished(run.id, end.name, to_string(end.kind), result.exit_code); !closed) result.not_closed = closed.error().text;
  return result;
}

}  // namespace interlock
