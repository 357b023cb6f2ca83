// Observes facts: many at once, each by its own deadline, each target asked once even when several facts come
// from the same answer. Keeps the last reading of each fact as evidence. Thread-safe; callbacks come from
// worker threads.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "fsm/engine.h"
#include "fsm/machine.h"
#include "probes/probe.h"

namespace interlock {

class Observer {
 public:
  static constexpr std::size_t kWorkers = 16;

  Observer(const fsm::Machine& machine, Hosts& hosts, Secrets& secrets);
  ~Observer();  // waits for what is under way: at most one probe's deadline
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  // What was seen, and how: [{fact, value, why?, asked, saw, at_ms, took_us}]. Later looks change neither.
  using Done = std::function<void(fsm::Seen, Json evidence)>;
  // Observes all of `facts`, then calls `done` once.
  void observe(const std::vector<int>& facts, Done done);
  // The same, waiting.
  [[nodiscard]] fsm::Seen observe_now(const std::vector<int>& facts);

  struct Evidence {
    Reading reading;
    fsm::Value value = fsm::kUnknown;
    std::string why;  // when unknown
  };
  [[nodiscard]] Evidence evidence(int fact) const;
  // Of the latest looks.
  [[nodiscard]] Json evidence_json(const std::vector<int>& facts) const;

 private:
  struct Batch {
    std::size_t left = 0;
    fsm::Seen seen;
    Json evidence = Json::array();
    Done done;
  };
  struct Job {
    std::vector<int> facts;  // that share one observation
    std::shared_ptr<Batch> batch;
  };
  [[nodiscard]] Json as_json(int fact, const Evidence& evidence) const;
  void work();
  void perform(const Job& job);

  const fsm::Machine& machine_;
  Hosts& hosts_;
  Secrets& secrets_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<Evidence> last_;
  std::vector<std::thread> workers_;
};

}  // namespace interlock
