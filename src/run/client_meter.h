// Real clients during a run: measures through the gap meter (probes/gap_meter.h) what they notice, and tells of
// every gap that ends. Polled from the run's own thread; the measuring has its own.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "fsm/machine.h"
#include "probes/gap_meter.h"
#include "probes/probe.h"

namespace interlock {

class ClientMeter {
 public:
  // Nothing, with the reason, when the machine's client probe cannot be measured (no secret, unknown probe).
  [[nodiscard]] static Result<std::unique_ptr<ClientMeter>> start(const fsm::Clients& clients, Secrets& secrets);

  // A gap shorter than this is the service's ordinary unevenness.
  static constexpr Millis kNoticed{100};
  // Before the first answer nothing is a gap until this has passed.
  static constexpr Millis kFirstAnswer{1000};

  struct Change {
    std::optional<Millis> open;                   // a gap is open, this long so far
    std::optional<std::pair<std::int64_t, Millis>> closed;  // a gap has ended: began at (wall ms), length
    std::optional<std::pair<std::int64_t, Millis>> asleep;  // this process did not run, and measured nothing: the same
  };
  [[nodiscard]] Change poll();
  [[nodiscard]] GapSnapshot snapshot() const { return meter_->snapshot(); }
  void stop() { meter_->stop(); }

 private:
  explicit ClientMeter(std::unique_ptr<GapMeter> meter) : meter_(std::move(meter)) {}
  std::unique_ptr<GapMeter> meter_;
  std::optional<Millis> open_;
  std::uint64_t stalls_ = 0;
};

// {attempts, failures, longest_gap_ms, longest_gap_at_ms, first_failure}
[[nodiscard]] Json to_json(const GapSnapshot& snapshot);

}  // namespace interlock
