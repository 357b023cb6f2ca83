#include "src/run/driver.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include "src/run/executor.h"
#include "src/run/rule_watch.h"

namespace interlock {
namespace {

constexpr Millis kTick{50};        // how often requests and clients are looked at
constexpr Millis kTold{200};       // how often the listener is told where we are

}  // namespace

// Events from all threads, in the order they came.
class Driver::Queue {
 public:
  void push(fsm::Event event, Json details = nullptr) {
    {
      const std::lock_guard lock(mutex_);
      events_.emplace_back(std::move(event), std::move(details));
    }
    wake_.notify_one();
  }
  std::optional<std::pair<fsm::Event, Json>> pop(std::chrono::steady_clock::time_point until) {
    std::unique_lock lock(mutex_);
    if (!wake_.wait_until(lock, until, [&] { return !events_.empty(); })) return std::nullopt;
    auto event = std::move(events_.front());
    events_.pop_front();
    return event;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::pair<fsm::Event, Json>> events_;
};

struct Driver::State {
  State(const fsm::Machine& machine, Hosts& hosts, Secrets& secrets) : observer(machine, hosts, secrets), executor(machine, hosts, secrets) {}

  // Declared first, destroyed last: the others push into it.
  Queue queue;
  Observer observer;
  Executor executor;
  std::unique_ptr<ClientMeter> clients;
  std::unique_ptr<RuleWatch> watch;
  Json details;                     // of the action whose outcome is being recorded
  std::map<std::string, Json> evidence;  // by fact: of what the engine was told last, which later looks do not change
  std::optional<RunEnd> end;
};

Driver::Driver(const fsm::Machine& machine, Hosts& hosts, Secrets& secrets, fsm::Journal& journal, RunListener& listener)
    : machine_(machine), hosts_(hosts), secrets_(secrets), journal_(journal), listener_(listener) {}

RunEnd Driver::run(std::optional<fsm::Resume> resume, bool roll_back, const Requests& requests) {
  State state(machine_, hosts_, secrets_);
  state_ = &state;
  fsm::Engine engine(machine_, std::move(resume));
  const auto began = std::chrono::steady_clock::now();
  const auto clock = [&] { return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - began); };
  bool stop_told = false;
  auto told = began - kTold, polled = began;

  if (roll_back) state.queue.push(fsm::event::RollBackRequest{});
  state.queue.push(fsm::event::Start{});
  if (machine_.clients) {
    if (auto meter = ClientMeter::start(*machine_.clients, secrets_))
      state.clients = std::move(*meter);
    else if (!write({"clients-not-measured", {{"why", meter.error().text}}, {}}))
      return *state.end;
  }
  state.watch = std::make_unique<RuleWatch>(machine_, state.observer, [&](fsm::Seen seen, Json evidence) { state.queue.push(fsm::event::Watched{std::move(seen)}, std::move(evidence)); });

  while (!state.end) {
    auto until = std::chrono::steady_clock::now() + kTick;
    if (const auto wake = engine.wake_at()) until = std::min(until, began + *wake);
    if (auto event = state.queue.pop(until)) {
      if (std::holds_alternative<fsm::event::Finished>(event->first)) state.details = std::move(event->second);
      else for (const Json& item : event->second) state.evidence[item.at("fact").get<std::string>()] = item;
      carry_out_all(engine.step(event->first, clock()));
    }
    // However many events come in, time goes on: a wait must not outlast its bound because there is much to hear.
    if (const auto wake = engine.wake_at(); !state.end && wake && clock() >= *wake) carry_out_all(engine.step(fsm::event::Tick{}, clock()));
    if (state.end) break;
    if (requests.stop && !stop_told) {
      stop_told = true;
      state.queue.push(fsm::event::StopRequest{});
      if (!write({"stop-requested", Json::object(), {}})) break;
    }
    if (const auto now = std::chrono::steady_clock::now(); now - polled >= kTick) {
      polled = now;
      poll_clients();
    }
    if (const auto now = std::chrono::steady_clock::now(); now - told >= kTold) {
      told = now;
      RunListener::Now view{to_string(machine_, engine.place()), engine.waiting(), clock(), std::nullopt, engine.broken_rules()};
      if (state.clients) view.clients = state.clients->snapshot();
      listener_.on_tick(view);
    }
  }
  if (state.clients) {
    state.clients->stop();
    if (state.end->how != RunEnd::How::no_journal) {
      const Json body = to_json(state.clients->snapshot());
      (void)journal_.append("clients", body, nullptr);  // the run has ended already; the report does without it
      listener_.on_record("clients", body, nullptr);
    }
  }
  RunEnd end = *state.end;
  state.watch.reset();
  state_ = nullptr;
  return end;
}

void Driver::poll_clients() {
  if (!state_->clients) return;
  const ClientMeter::Change change = state_->clients->poll();
  if (change.asleep) (void)write({"asleep", {{"from_ms", change.asleep->first}, {"length_ms", change.asleep->second.count()}}, {}});
  if (change.open) state_->queue.push(fsm::event::ClientGap{*change.open});
  if (change.closed) {
    state_->queue.push(fsm::event::ClientGap{Millis(0)});
    (void)write({"client-gap", {{"from_ms", change.closed->first}, {"length_ms", change.closed->second.count()}}, {}});
  }
}

void Driver::carry_out_all(const std::vector<fsm::Command>& commands) {
  for (const auto& command : commands) {
    carry_out(command);
    if (state_->end) return;
  }
}

void Driver::carry_out(const fsm::Command& command) {
  if (const auto* observe = std::get_if<fsm::command::Observe>(&command)) {
    const int ticket = observe->ticket;
    state_->observer.observe(observe->facts, [s = state_, ticket](fsm::Seen seen, Json evidence) { s->queue.push(fsm::event::Observed{ticket, std::move(seen)}, std::move(evidence)); });
  } else if (const auto* execute = std::get_if<fsm::command::Execute>(&command)) {
    state_->executor.execute(*execute, [s = state_](fsm::Outcome outcome, std::string text, Json details) {
      s->queue.push(fsm::event::Finished{outcome, std::move(text)}, std::move(details));
    });
  } else if (const auto* record = std::get_if<fsm::command::Record>(&command)) {
    (void)write(*record);
  } else if (const auto* instruct = std::get_if<fsm::command::Instruct>(&command)) {
    listener_.on_instruct(machine_.action(instruct->action));
  } else if (const auto* ended = std::get_if<fsm::command::Ended>(&command)) {
    state_->end = RunEnd{RunEnd::How::ended, ended->end, ""};
  } else if (std::holds_alternative<fsm::command::Stopped>(command)) {
    state_->end = RunEnd{RunEnd::How::stopped, -1, ""};
  }
}

bool Driver::write(const fsm::command::Record& record) {
  Json body = record.body;
  if (record.kind == "outcome" && !state_->details.is_null()) body["operations"] = state_->details;
  Json evidence;
  for (const int f : record.evidence)
    if (const auto item = state_->evidence.find(machine_.fact(f).name); item != state_->evidence.end()) evidence.push_back(item->second);
  const Result<std::int64_t> written = journal_.append(record.kind, body, evidence);
  if (!written) {
    state_->end = RunEnd{RunEnd::How::no_journal, -1, written.error().text};
    return false;
  }
  listener_.on_record(record.kind, body, evidence);
  return true;
}

}  // namespace interlock
