// Observes the facts of all rules again and again while a machine runs, each fact at its own pace, and reports
// what it saw. Judging is the engine's. One scheduling thread; observations run on the observer's workers.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "fsm/engine.h"
#include "src/run/observer.h"

namespace interlock {

class RuleWatch {
 public:
  RuleWatch(const fsm::Machine& machine, Observer& observer, Observer::Done report);
  ~RuleWatch();  // waits for observations under way
  RuleWatch(const RuleWatch&) = delete;
  RuleWatch& operator=(const RuleWatch&) = delete;

 private:
  struct Watched {
    std::vector<int> facts;      // that share one observation and so one pace
    Millis every{};
    std::chrono::steady_clock::time_point next{};
    bool under_way = false;
  };
  void schedule();

  Observer& observer_;
  Observer::Done report_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Watched> watched_;
  std::size_t under_way_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace interlock
