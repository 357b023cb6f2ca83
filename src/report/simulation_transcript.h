// A simulated run as it goes by: the progress lines of an ordinary run with virtual times, and between them what the
// site does and what befalls it. One thread.
#pragma once

#include "fsm/simulator.h"
#include "src/report/progress.h"

namespace interlock {

class SimulationTranscript : public fsm::SimulationListener {
 public:
  static constexpr std::int64_t kEpochMs = 946'684'800'000;  // 2000-01-01 00:00:00 UTC, plainly not now: where virtual time begins

  SimulationTranscript(const fsm::Machine& machine, Sink& sink, Language language);
  void on_record(const fsm::JournalRecord& record) override;
  void on_instruct(Millis at, const fsm::Action& action) override;
  void on_event(const fsm::SiteEvent& event) override;

 private:
  const fsm::Machine& machine_;
  Sink& sink_;
  const Language language_;
  std::int64_t now_ms_ = kEpochMs;
  PlainProgress progress_;
};

}  // namespace interlock
