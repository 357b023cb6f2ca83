#include "src/run/rule_watch.h"

#include <algorithm>
#include <map>

namespace interlock {

RuleWatch::RuleWatch(const fsm::Machine& machine, Observer& observer, Observer::Done report)
    : observer_(observer), report_(std::move(report)) {
  std::map<std::string, Watched> groups;
  for (const auto& rule : machine.rules)
    for (const int f : rule.always.facts()) {
      const fsm::Fact& fact = machine.fact(f);
      Watched& group = groups[fact.host + '\n' + fact.probe + '\n' + fact.args.dump()];
      if (std::find(group.facts.begin(), group.facts.end(), f) == group.facts.end()) group.facts.push_back(f);
      group.every = group.every.count() == 0 ? fact.every : std::min(group.every, fact.every);
    }
  for (auto& group : groups) watched_.push_back(std::move(group.second));
  thread_ = std::thread([this] { schedule(); });
}

RuleWatch::~RuleWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [&] { return under_way_ == 0; });  // bounded: every probe ends by its deadline
}

void RuleWatch::schedule() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto now = std::chrono::steady_clock::now();
    auto next = now + std::chrono::seconds(1);
    for (std::size_t i = 0; i < watched_.size(); ++i) {
      Watched& w = watched_[i];
      if (w.under_way) continue;
      if (w.next > now) {
        next = std::min(next, w.next);
        continue;
      }
      w.under_way = true;
      ++under_way_;
      observer_.observe(w.facts, [this, i](fsm::Seen seen, Json evidence) {
        report_(std::move(seen), std::move(evidence));
        const std::lock_guard guard(mutex_);
        watched_[i].under_way = false;
        watched_[i].next = std::chrono::steady_clock::now() + watched_[i].every;
        --under_way_;
        wake_.notify_all();
      });
    }
    wake_.wait_until(lock, next);
  }
}

}  // namespace interlock
