// How long a service was not there for a client that keeps trying. Pure: times are handed in; one thread at a time.
// It does not try anything; probes/gap_meter.h does.
//
// A gap is the time between the completion of one success and of the next one, whatever lies between: attempts that
// were refused, that hung, or none at all (a stall of the observer counts against the service, never for it). Only when
// the observer did not run at all (stopped, or its machine was) and nothing had failed before, that time is told apart.
// Before the first success the gap runs from the start. Completions may be recorded in any order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "fsm/observation.h"

namespace interlock {

using Moment = std::chrono::steady_clock::time_point;
using Micros = std::chrono::microseconds;

struct Attempt {
  Moment started{};
  Moment finished{};
  std::optional<Failure> failed;  // nullopt: it succeeded
};

struct Gap {
  Micros length{};
  WallTime started{};
  std::optional<WallTime> ended;        // nullopt: it still lasts
  std::uint64_t failures = 0;           // attempts that failed and overlap it, and no longer gap
  std::optional<Failure> first_failure;
};

struct GapSnapshot {
  std::uint64_t attempts = 0;
  std::uint64_t failures = 0;
  Micros current{};                     // since the last success
  Gap longest;                          // may be the current one
  std::optional<Failure> first_failure; // of all
  std::optional<WallTime> last_success;
  Micros last_latency{};                // of the last success recorded
  std::uint64_t stalls = 0;             // times that the observer did not run
  std::optional<Gap> last_stall;        // no gap: nobody measured
};

class GapTracker {
 public:
  GapTracker(Moment start, WallTime wall_start);

  void record(const Attempt& attempt);
  // The observer did not run between these. What had begun to fail before goes on being a gap.
  void stall(Moment from, Moment to);
  [[nodiscard]] GapSnapshot snapshot(Moment now) const;

 private:
  // A success (the first one: the start) and what failed between it and the next.
  struct Mark {
    Moment at;
    std::uint64_t failures = 0;
    std::optional<Failure> first_failure;
    Moment first_failure_at{};
    bool stalled = false;                 // what follows it, up to the next mark, was not measured
  };
  struct Span {
    Moment from{}, to{};
    Mark mark;
  };

  void record_success(const Attempt& attempt);
  void record_failure(const Attempt& attempt);
  void settle_oldest();
  [[nodiscard]] Moment end_of(std::size_t index, Moment now) const;
  [[nodiscard]] Gap gap(const Mark& mark, Moment from, Moment to, bool open) const;
  static void blame(Mark& mark, const Attempt& attempt);

  // Successes this far back may still get a late neighbour; older ones are settled into longest_settled_.
  static constexpr std::size_t kUnsettled = 512;

  Moment start_;
  WallTime wall_start_;
  std::deque<Mark> marks_;  // by time; never empty
  std::optional<Span> longest_settled_;
  std::uint64_t attempts_ = 0;
  std::uint64_t failures_ = 0;
  std::uint64_t successes_ = 0;
  std::optional<Failure> first_failure_;
  Micros last_latency_{};
  std::uint64_t stalls_ = 0;
  std::optional<Gap> last_stall_;
};

}  // namespace interlock
