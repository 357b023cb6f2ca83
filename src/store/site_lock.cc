#include "src/store/site_lock.h"

#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "src/store/clock.h"

namespace interlock {

std::string describe(const LockHolder& h) {
  return fmt::format("run {} since {} (process {} on {}, {})", h.run, local_time_text(h.since_ms), h.process.pid, h.process.host,
                     h.liveness == Liveness::alive ? "alive" : h.liveness == Liveness::dead ? "no longer alive" : "of which nothing is known here");
}

std::string refusal(const LockHolder& h) {
  const std::string held = fmt::format("site {} is locked by {}", h.site, describe(h));
  switch (h.liveness) {
    case Liveness::alive: return held + fmt::format("; watch it with: interlock status --follow {0}, or stop it at the next safe place: kill -INT {1} on {2}, and then take it back: interlock rollback {0}, or go on with it: interlock resume {0}", h.run, h.process.pid, h.process.host);
    case Liveness::dead: return held + fmt::format("; go on with it: interlock resume {}, or take it back: interlock rollback {}", h.run, h.run);
    case Liveness::unknown: return held + fmt::format("; look for it on host {}", h.process.host);
  }
  return held;
}

namespace site_lock {
namespace {

LockResult refused(const Failure& cause) { return tl::unexpected(LockRefusal{cause, std::nullopt}); }

Result<void> write(Database& db, const std::string& site, const std::string& run_id, const ProcessIdentity& self) {
  if (auto r = Statement(db, "INSERT INTO site_lock (site, run, host, pid, pid_start, boot, since_ms) VALUES (?, ?, ?, ?, ?, ?, ?)"
                             " ON CONFLICT (site) DO UPDATE SET host = excluded.host, pid = excluded.pid, pid_start = excluded.pid_start,"
                             " boot = excluded.boot, since_ms = excluded.since_ms")
                   .bind(site).bind(run_id).bind(self.host).bind(self.pid).bind(self.start_ticks).bind(self.boot_id).bind(wall_ms())
                   .run(); !r)
    return r;
  return Statement(db, "UPDATE run SET host = ?, pid = ?, pid_start = ?, boot = ? WHERE id = ?")
      .bind(self.host).bind(self.pid).bind(self.start_ticks).bind(self.boot_id).bind(run_id)
      .run();
}

}  // namespace

Result<std::optional<LockHolder>> holder(Database& db, const std::string& site) {
  Statement s(db, "SELECT run, host, pid, pid_start, boot, since_ms FROM site_lock WHERE site = ?");
  const auto row = s.bind(site).step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  LockHolder h{site, s.text(0), {s.text(1), s.integer(2), s.integer(3), s.text(4)}, Liveness::unknown, s.integer(5)};
  h.liveness = liveness_of(h.process);
  return h;
}

LockResult acquire(Database& db, const std::string& site, const std::string& run_id) {
  auto transaction = Transaction::begin(db);
  if (!transaction) return refused(transaction.error());
  const auto held = holder(db, site);
  if (!held) return refused(held.error());
  const ProcessIdentity self = this_process();
  if (const auto& h = *held; h && h->process != self) {
    const bool own = h->run == run_id;
    if (!own || h->liveness != Liveness::dead)
      return tl::unexpected(LockRefusal{{Cause::denied, refusal(*h)}, h});
  } else if (h && h->run != run_id) {
    return tl::unexpected(LockRefusal{{Cause::denied, fmt::format("site {} is locked by run {} of this same process", site, h->run)}, h});
  }
  Statement run(db, "SELECT site, finished_ms FROM run WHERE id = ?");
  const auto known = run.bind(run_id).step();
  if (!known) return refused(known.error());
  if (!*known) return refused({Cause::missing, fmt::format("there is no run {}", run_id)});
  if (run.text(0) != site) return refused({Cause::internal, fmt::format("run {} belongs to site {}, not {}", run_id, run.text(0), site)});
  if (!run.is_null(1)) return refused({Cause::denied, fmt::format("run {} has ended; begin a new one", run_id)});
  if (const auto r = write(db, site, run_id, self); !r) return refused(r.error());
  if (const auto r = transaction->commit(); !r) return refused(r.error());
  return {};
}

Result<void> break_lock(Database& db, const std::string& site, const std::string& run_id) {
  auto transaction = Transaction::begin(db);
  if (!transaction) return tl::unexpected(transaction.error());
  const auto held = holder(db, site);
  if (!held) return tl::unexpected(held.error());
  if (!*held) return failure(Cause::missing, fmt::format("there is no lock of a site '{}'; nothing was done", site));
  const LockHolder& h = **held;
  if (h.run != run_id) return failure(Cause::denied, fmt::format("site {} is locked by {}, not by {}; name that run", site, describe(h), run_id));
  if (h.liveness == Liveness::alive && h.process != this_process())
    return failure(Cause::denied, fmt::format("the lock of site {} is held by {}; stop that process first: kill -INT {} on {}", site, describe(h), h.process.pid, h.process.host));
  if (auto r = Statement(db, "DELETE FROM site_lock WHERE site = ? AND run = ?").bind(site).bind(run_id).run(); !r) return r;
  return transaction->commit();
}

}  // namespace site_lock
}  // namespace interlock
