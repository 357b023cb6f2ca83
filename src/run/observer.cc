#include "src/run/observer.h"

#include <future>
#include <map>

#include "fsm/judge.h"

namespace interlock {

Observer::Observer(const fsm::Machine& machine, Hosts& hosts, Secrets& secrets)
    : machine_(machine), hosts_(hosts), secrets_(secrets), last_(machine.facts.size()) {
  for (std::size_t i = 0; i < kWorkers; ++i) workers_.emplace_back([this] { work(); });
}

Observer::~Observer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    jobs_.clear();
  }
  wake_.notify_all();
  for (auto& worker : workers_) worker.join();
}

void Observer::observe(const std::vector<int>& facts, Done done) {
  std::map<std::string, std::vector<int>> groups;
  for (const int f : facts) {
    const fsm::Fact& fact = machine_.fact(f);
    groups[fact.host + '\n' + fact.probe + '\n' + fact.args.dump()].push_back(f);
  }
  auto batch = std::make_shared<Batch>();
  batch->left = groups.size();
  batch->done = std::move(done);
  if (groups.empty()) return batch->done({}, Json::array());
  {
    const std::lock_guard lock(mutex_);
    for (auto& group : groups) jobs_.push_back({std::move(group.second), batch});
  }
  wake_.notify_all();
}

fsm::Seen Observer::observe_now(const std::vector<int>& facts) {
  std::promise<fsm::Seen> promise;
  auto future = promise.get_future();
  observe(facts, [&](fsm::Seen seen, Json) { promise.set_value(std::move(seen)); });
  return future.get();  // bounded: every probe ends by its deadline
}

void Observer::work() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    perform(job);
  }
}

void Observer::perform(const Job& job) {
  const fsm::Fact& first = machine_.fact(job.facts.front());
  Reading reading;
  const ProbeKind* probe = find_probe(first.probe);
  Host* host = hosts_.find(first.host);
  if (probe == nullptr || host == nullptr) {
    reading.unknown = Failure{Cause::internal, probe == nullptr ? "no probe '" + first.probe + "'" : "no host '" + first.host + "'", false};
  } else {
    reading = probe->observe({first.args, *host, secrets_, hosts_, std::chrono::steady_clock::now() + first.within});
  }
  if (reading.at == WallTime{}) reading.at = std::chrono::system_clock::now();

  std::shared_ptr<Batch> finished;
  {
    const std::lock_guard lock(mutex_);
    for (const int f : job.facts) {
      const fsm::Judgement j = fsm::judge(machine_.fact(f), reading);
      Evidence& e = last_[static_cast<std::size_t>(f)];
      e = {reading, j.value, j.why};
      job.batch->seen.emplace_back(f, j.value);
      job.batch->evidence.push_back(as_json(f, e));
    }
    if (--job.batch->left == 0) finished = job.batch;
  }
  if (finished) finished->done(std::move(finished->seen), std::move(finished->evidence));
}

Observer::Evidence Observer::evidence(int fact) const {
  const std::lock_guard lock(mutex_);
  return last_[static_cast<std::size_t>(fact)];
}

Json Observer::evidence_json(const std::vector<int>& facts) const {
  Json list = Json::array();
  for (const int f : facts) {
    const Evidence e = evidence(f);
    if (e.reading.at == WallTime{}) continue;  // never looked at
    list.push_back(as_json(f, e));
  }
  return list;
}

Json Observer::as_json(int fact, const Evidence& e) const {
  Json item{{"fact", machine_.fact(fact).name},
            {"value", machine_.value_name(fact, e.value)},
            {"asked", e.reading.asked},
            {"saw", e.reading.saw},
            {"at_ms", std::chrono::duration_cast<Millis>(e.reading.at.time_since_epoch()).count()},
            {"took_us", e.reading.took.count()}};
  if (!e.why.empty()) item["why"] = e.why;
  return item;
}

}  // namespace interlock
