#include "probes/gap_meter.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace interlock {
namespace {
using Clock = std::chrono::steady_clock;

constexpr Millis kStall{1000};  // so late is no thread of a process that runs
}  // namespace

GapAttempt mysql_gap_attempt(Endpoint endpoint, MysqlLogin login, std::string query) {
  return [endpoint = std::move(endpoint), login = std::move(login), query = std::move(query)](Deadline deadline, std::stop_token stop) {
    const MysqlWait wait(deadline, std::move(stop));
    return MysqlConnection::open(endpoint, login, wait)
        .and_then([&](MysqlConnection&& connection) { return connection.query(query, wait); })
        .and_then([&](const MysqlTable& table) -> Result<void> {
          if (table.rows.size() == 1) return {};
          return failure(Cause::protocol, query + " answered with " + std::to_string(table.rows.size()) + " rows");
        });
  };
}

// One thread gives out the attempts; workers are added while none is idle, up to in_flight.
class GapMeter::Engine {
 public:
  Engine(GapAttempt attempt, GapMeterOptions options)
      : attempt_(std::move(attempt)),
        options_(options),
        tracker_(Clock::now(), std::chrono::system_clock::now()),
        pacer_([this](const std::stop_token& stop) { pace(stop); }) {}

  ~Engine() { stop(); }

  void stop() {
    const std::lock_guard once(stopping_);
    pacer_.request_stop();
    if (pacer_.joinable()) pacer_.join();
    for (auto& worker : workers_) worker.request_stop();
    for (auto& worker : workers_) {
      if (worker.joinable()) worker.join();
    }
    const std::lock_guard lock(mutex_);
    if (!stopped_at_) stopped_at_ = Clock::now();
  }

  GapSnapshot snapshot() {
    const std::lock_guard lock(mutex_);
    if (!stopped_at_) notice_stall();
    return tracker_.snapshot(stopped_at_.value_or(Clock::now()));
  }

 private:
  // Whoever wakes first after a stall notices it, before it can be taken for a gap.
  void notice_stall() {
    const Moment now = Clock::now();
    if (now > next_ + kStall) tracker_.stall(next_, now);
    next_ = std::max(next_, now);
  }

  // The time until the next attempt, so that by the time limit of the first that hangs the last place is taken.
  Clock::duration spacing() const {
    if (busy_ < options_.at_full_pace || options_.in_flight <= options_.at_full_pace) return options_.period;
    const Clock::duration shared = options_.attempt_limit / (options_.in_flight - options_.at_full_pace);
    return std::max<Clock::duration>(options_.period, shared);
  }

  void pace(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      if (offered_ == 0 && busy_ < options_.in_flight) {
        ++offered_;
        if (busy_ + offered_ > workers_.size()) add_worker();
        work_offered_.notify_one();
      }
      // After a stall the missed starts are not made up for.
      next_ = std::max(next_ + spacing(), Clock::now());
      pace_changed_.wait_until(lock, stop, next_, [] { return false; });
      notice_stall();
    }
  }

  void add_worker() {
    workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }

  void work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (work_offered_.wait(lock, stop, [this] { return offered_ > 0; })) {
      if (stop.stop_requested()) return;
      --offered_;
      ++busy_;
      lock.unlock();
      const Attempt attempt = try_once(stop);
      lock.lock();
      --busy_;
      notice_stall();
      if (!stop.stop_requested() || !attempt.failed) tracker_.record(attempt);
    }
  }

  Attempt try_once(const std::stop_token& stop) const {
    Attempt attempt;
    attempt.started = Clock::now();
    try {
      if (const auto served = attempt_(attempt.started + options_.attempt_limit, stop); !served)
        attempt.failed = served.error();
    } catch (const std::exception& thrown) {
      attempt.failed = Failure{Cause::internal, thrown.what(), false};
    }
    attempt.finished = Clock::now();
    return attempt;
  }

  const GapAttempt attempt_;
  const GapMeterOptions options_;
  std::mutex stopping_;
  mutable std::mutex mutex_;  // guards everything below but the threads' own workings
  std::condition_variable_any work_offered_;
  std::condition_variable_any pace_changed_;
  GapTracker tracker_;
  std::optional<Moment> stopped_at_;
  Moment next_ = Clock::now();  // when the pacer wakes
  unsigned offered_ = 0;
  unsigned busy_ = 0;
  std::vector<std::jthread> workers_;  // grown by the pacer alone; joined after it
  std::jthread pacer_;
};

GapMeter::GapMeter(GapAttempt attempt, GapMeterOptions options)
    : engine_(std::make_unique<Engine>(std::move(attempt), options)) {}
GapMeter::~GapMeter() = default;
GapSnapshot GapMeter::snapshot() const { return engine_->snapshot(); }
void GapMeter::stop() { engine_->stop(); }

}  // namespace interlock
