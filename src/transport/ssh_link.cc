// See ssh_link.h.
#include "src/transport/ssh_link.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "src/transport/ssh_lane.h"
#include "src/transport/ssh_session.h"
#include "src/transport/tcp.h"

namespace interlock {
namespace {

using Clock = std::chrono::steady_clock;
// Sessions a host is asked for on one connection. sshd allows ten (MaxSessions); some are left for the uneven moment.
constexpr std::size_t kSessionsPerLink = 8;
constexpr Millis kAskAgainAfter{50};                // a server that had no room for another session
constexpr int kPingsPerSilence = 4;                 // answers asked for within silence_limit
constexpr Millis kLongestSleep{1'000};
constexpr std::chrono::seconds kDenialExplains{60}; // what fails after a denial is told with it
constexpr std::chrono::seconds kStopWithin{5};      // then the thread, stuck in a library, is left to itself

void raise_event(int fd) {
  const std::uint64_t one = 1;
  while (::write(fd, &one, sizeof one) < 0 && errno == EINTR) {
  }
}

void clear_event(int fd) {
  std::uint64_t count = 0;
  while (::read(fd, &count, sizeof count) < 0 && errno == EINTR) {
  }
}

}  // namespace

// Shared with the thread, so that it may outlive its SshLink.
class SshLink::Loop : public std::enable_shared_from_this<Loop> {
 public:
  Loop(const HostOptions& options, std::shared_ptr<SshRefusal> refusal)
      : options_(options),
        refusal_(std::move(refusal)),
        wake_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        stop_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

  void wake() { raise_event(wake_fd_.fd); }

  void add(std::shared_ptr<Stream> stream) {
    {
      const std::lock_guard lock(mutex_);
      incoming_.push_back(std::move(stream));
      start_thread();
    }
    wake();
  }

  void attach(std::shared_ptr<Stream> stream, std::unique_ptr<TunnelEnd> end) {
    {
      const std::lock_guard lock(mutex_);
      ends_.emplace_back(std::move(stream), std::move(end));
    }
    wake();
  }

  // True if the thread ended in time.
  bool stop() {
    raise_event(stop_fd_.fd);
    std::unique_lock lock(mutex_);
    stopping_ = true;
    if (!started_) return true;
    if (ended_condition_.wait_for(lock, kStopWithin, [this] { return ended_; })) {
      lock.unlock();
      thread_.join();
      return true;
    }
    thread_.detach();
    return false;
  }

  std::atomic<std::size_t> sessions{0};
  std::atomic<std::size_t> capacity{kSessionsPerLink};

 private:
  // With the lock held. Signals are for the program's own threads.
  void start_thread() {
    if (started_) return;
    started_ = true;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([self = shared_from_this()] { self->run(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  [[nodiscard]] bool stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  void run() {
    while (!stopping()) {
      take_incoming();
      if (!session_ && someone_waits()) connect();
      // Advancing one channel may take in packets for another that had its turn before: then all have another turn
      // before anyone sleeps. The same when a place became free for one that waits.
      const std::uint64_t before = session_ ? session_->bytes_received() : 0;
      if (session_) {
        advance_all();
        check_alive();
      }
      const bool more = std::any_of(lanes_.begin(), lanes_.end(), [](const auto& lane) { return lane->more(); });
      const std::size_t ended =
          std::erase_if(lanes_, [](const auto& lane) { return lane->state() == LaneState::over; });
      count_sessions();
      wait(more || ended > 0 || (session_ && session_->bytes_received() != before) || (!session_ && someone_waits()));
    }
    lose({Cause::unreachable, fmt::format("the connection to {} was given up", options_.name), false});
    take_incoming();
    for (auto& lane : lanes_) lane->stream()->mark_failed({Cause::unreachable, "the connection was given up", false});
    lanes_.clear();
    const std::lock_guard lock(mutex_);
    ended_ = true;
    ended_condition_.notify_all();
  }

  void take_incoming() {
    const std::lock_guard lock(mutex_);
    for (auto& stream : incoming_) lanes_.push_back(std::make_unique<Lane>(std::move(stream)));
    incoming_.clear();
    for (auto& [stream, end] : ends_) {
      for (auto& lane : lanes_) {
        if (lane->stream() == stream) lane->attach(std::move(end));
      }
    }
    ends_.clear();
  }

  [[nodiscard]] bool someone_waits() const {
    return std::any_of(lanes_.begin(), lanes_.end(), [](const auto& lane) {
      return lane->state() == LaneState::waiting && !lane->stream()->released();
    });
  }

  void connect() {
    const auto now = Clock::now();
    Deadline last = now;
    for (const auto& lane : lanes_) last = std::max(last, lane->stream()->request().deadline);
    if (const auto refused = refusal_->holds(options_.refusal_holds)) return fail_all(*refused);
    auto opened = SshSession::open(options_, stop_fd_.fd, std::min(last, now + options_.connect_timeout));
    if (!opened) return fail_all(refusal_->told(opened.error()));
    refusal_->forget();
    session_ = std::move(*opened);
    heard_at_ = Clock::now();
    heard_bytes_ = session_->bytes_received();
    asked_at_.reset();
    ask_again_at_ = {};
  }

  void fail_all(Failure failure) {
    failure.text = fmt::format("{}: {}", options_.name, failure.text);
    for (auto& lane : lanes_) lane->stream()->mark_failed(failure);
    lanes_.clear();
  }

  void advance_all() {
    for (auto& lane : lanes_) {
      lane->advance(*session_, !lane->is_session() || Clock::now() >= ask_again_at_);
      if (lane->was_refused()) {
        const auto others = static_cast<std::size_t>(std::count_if(lanes_.begin(), lanes_.end(), counts));
        ask_again_at_ = Clock::now() + kAskAgainAfter;
        capacity = std::clamp<std::size_t>(others, 1, capacity);
        lane->consider_refusal(others);
        for (auto& other : lanes_) other->make_room();
      }
      if (!session_->alive()) return;
    }
  }

  // Whether it holds one of the server's sessions.
  static bool counts(const std::unique_ptr<Lane>& lane) {
    return lane->is_session() && (lane->state() == LaneState::requesting || lane->state() == LaneState::open);
  }

  void count_sessions() {
    std::size_t count = 0;
    for (const auto& lane : lanes_) count += lane->is_session() ? 1U : 0U;
    sessions = count;
  }

  // A peer that is asked and stays silent for too long is lost. Silence counts only from our question on: this
  // process may itself have been stopped for a while.
  void check_alive() {
    const auto now = Clock::now();
    if (!session_->alive()) {
      const std::string reason = session_->error();
      return lose({connection_cause(reason, Cause::unreachable),
                   fmt::format("{}: the SSH connection broke: {}", options_.name, reason), false});
    }
    if (session_->bytes_received() != heard_bytes_) {
      heard_bytes_ = session_->bytes_received();
      heard_at_ = now;
      asked_at_.reset();
    }
    const Millis interval = options_.silence_limit / kPingsPerSilence;
    if (asked_at_ && now - *asked_at_ >= options_.silence_limit - interval) {
      return lose({Cause::timed_out,
                   fmt::format("{}: nothing heard over SSH for {} ms", options_.name, options_.silence_limit.count()), false});
    }
    if (!asked_at_ && now - heard_at_ >= interval) {
      session_->ping();
      asked_at_ = now;
    }
  }

  void lose(const Failure& failure) {
    session_.reset();
    std::erase_if(lanes_, [&](const auto& lane) { return !lane->lost(failure); });
  }

  void wait(bool more_to_do) {
    std::vector<pollfd> fds{{wake_fd_.fd, POLLIN, 0}, {stop_fd_.fd, POLLIN, 0}};
    Millis sleep = kLongestSleep;
    if (session_) {
      fds.push_back({session_->fd(), session_->wanted_events(), 0});
      sleep = std::min(sleep, std::max(Millis{1}, options_.silence_limit / (2 * kPingsPerSilence)));
    }
    if (Clock::now() < ask_again_at_) sleep = std::min(sleep, kAskAgainAfter);
    if (more_to_do) sleep = Millis{0};
    for (const auto& lane : lanes_) {
      if (lane->end() != nullptr) fds.push_back(lane->end()->wanted());
    }
    ::poll(fds.data(), fds.size(), static_cast<int>(sleep.count()));
    if (fds[0].revents != 0) clear_event(wake_fd_.fd);
    if (session_) session_->process();
  }

  const HostOptions options_;
  const std::shared_ptr<SshRefusal> refusal_;
  const Descriptor wake_fd_, stop_fd_;

  std::mutex mutex_;
  std::condition_variable ended_condition_;
  std::vector<std::shared_ptr<Stream>> incoming_;
  std::vector<std::pair<std::shared_ptr<Stream>, std::unique_ptr<TunnelEnd>>> ends_;
  bool started_ = false, stopping_ = false, ended_ = false;
  std::thread thread_;

  // Of the thread alone. The session goes before the lanes: it frees their channels.
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::unique_ptr<SshSession> session_;
  Deadline ask_again_at_{};  // no session is begun before
  Clock::time_point heard_at_{};
  std::uint64_t heard_bytes_ = 0;
  std::optional<Clock::time_point> asked_at_;
};

std::optional<Failure> SshRefusal::holds(Millis for_so_long) {
  const std::lock_guard lock(mutex_);
  if (!first_ || Clock::now() - at_ >= for_so_long) return std::nullopt;
  return first_;
}

Failure SshRefusal::told(Failure failure) {
  const std::lock_guard lock(mutex_);
  if (failure.cause == Cause::denied) {
    first_ = failure;
    at_ = Clock::now();
  } else if (first_ && Clock::now() - at_ < kDenialExplains) {
    failure = {first_->cause, fmt::format("{}; since then: {}", first_->text, failure.text), failure.sent};
  }
  return failure;
}

void SshRefusal::forget() {
  const std::lock_guard lock(mutex_);
  first_.reset();
}

SshLink::SshLink(const HostOptions& options, std::shared_ptr<SshRefusal> refusal)
    : loop_(std::make_shared<Loop>(options, std::move(refusal))) {}

SshLink::~SshLink() { (void)loop_->stop(); }

StreamLease SshLink::open(StreamRequest request) {
  auto stream = std::make_shared<Stream>(std::move(request), [weak = std::weak_ptr(loop_)] {
    if (auto loop = weak.lock()) loop->wake();
  });
  if (stream->request().kind != StreamKind::forward) ++loop_->sessions;  // seen at once by the next chooser
  loop_->add(stream);
  return StreamLease(stream);
}

void SshLink::keep(std::shared_ptr<Stream> stream, std::unique_ptr<TunnelEnd> end) {
  loop_->attach(std::move(stream), std::move(end));
}

std::size_t SshLink::sessions_under_way() const { return loop_->sessions; }

bool SshLink::has_room() const { return loop_->sessions < loop_->capacity; }

}  // namespace interlock
