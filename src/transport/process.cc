// See process.h.
#include "src/transport/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "src/transport/files.h"
#include "src/transport/quote.h"
#include "src/transport/time_limit.h"

extern char** environ;

namespace interlock {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kReadBytes = 1 << 16;

struct Ends {
  Descriptor ours, theirs;
};

struct Child {
  pid_t pid = -1;
  Descriptor input, out, err, exited;
};

// Standard input is a socket pair, so that a command which does not read it gives EPIPE and not SIGPIPE.
Result<Ends> make_input() {
  int fds[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) {
    return tl::unexpected(system_failure(errno, "no socket pair"));
  }
  Ends ends{Descriptor(fds[0]), Descriptor(fds[1])};
  ::fcntl(ends.ours.fd, F_SETFL, O_NONBLOCK);
  return ends;
}

Result<Ends> make_output() {
  int fds[2];
  if (::pipe2(fds, O_CLOEXEC) != 0) return tl::unexpected(system_failure(errno, "no pipe"));
  Ends ends{Descriptor(fds[0]), Descriptor(fds[1])};
  ::fcntl(ends.ours.fd, F_SETFL, O_NONBLOCK);
  return ends;
}

// The child starts with default signals, in its own process group, with three descriptors and no others.
int spawn(pid_t& pid, const std::vector<std::string>& words, int in, int out, int err) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (posix_spawn_file_actions_init(&actions) != 0) return ENOMEM;
  if (posix_spawnattr_init(&attributes) != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return ENOMEM;
  }
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_adddup2(&actions, in, 0);
  posix_spawn_file_actions_adddup2(&actions, out, 1);
  posix_spawn_file_actions_adddup2(&actions, err, 2);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const int rc = posix_spawnp(&pid, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return rc;
}

Result<Child> start(const Command& command, Deadline deadline) {
  auto in = make_input();
  if (!in) return tl::unexpected(in.error());
  auto out = make_output();
  if (!out) return tl::unexpected(out.error());
  auto err = make_output();
  if (!err) return tl::unexpected(err.error());

  std::vector<std::string> words = time_limit_words(time_left(deadline));
  words.insert(words.end(), command.argv.begin(), command.argv.end());
  Child child;
  if (const int rc = spawn(child.pid, words, in->theirs.fd, out->theirs.fd, err->theirs.fd); rc != 0) {
    return tl::unexpected(system_failure(rc, fmt::format("{} cannot be started", words.front())));
  }
  child.exited = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, child.pid, 0)));
  if (!child.exited.valid()) {
    const int reason = errno;
    ::kill(-child.pid, SIGKILL);
    ::waitpid(child.pid, nullptr, 0);
    Failure lost = system_failure(reason, "a command cannot be watched");
    lost.sent = true;
    return tl::unexpected(lost);
  }
  child.input = std::move(in->ours);
  child.out = std::move(out->ours);
  child.err = std::move(err->ours);
  return child;
}

// What is still to be fed: the secret first.
class Feed {
 public:
  Feed(std::string_view secret, std::string_view input) : parts_{secret, input} {}
  // Closes the descriptor when all is fed or the command stopped reading.
  void advance(Descriptor& fd) {
    for (std::string_view& part : parts_) {
      while (!part.empty()) {
        const ssize_t count = ::send(fd.fd, part.data(), part.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (count < 0) {
          fd.reset();
          return;
        }
        part.remove_prefix(static_cast<std::size_t>(count));
      }
    }
    fd.reset();
  }

 private:
  std::array<std::string_view, 2> parts_;
};

// Reads what is there; closes the descriptor at its end. True if something came.
bool drain(Descriptor& fd, BoundedText& text) {
  std::array<char, kReadBytes> buffer;
  bool something = false;
  for (;;) {
    const ssize_t count = ::read(fd.fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return something;
    if (count <= 0) {
      fd.reset();
      return something;
    }
    something = true;
    text.add({buffer.data(), static_cast<std::size_t>(count)});
    if (static_cast<std::size_t>(count) < buffer.size()) return something;  // let the others have their turn
  }
}

void kill_and_reap(pid_t pid) {
  ::kill(-pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
}

int wait_for(const Child& child, Deadline until) {
  const auto left = std::chrono::ceil<Millis>(until - Clock::now()).count();
  std::array<pollfd, 4> fds{{{child.input.fd, POLLOUT, 0},
                             {child.out.fd, POLLIN, 0},
                             {child.err.fd, POLLIN, 0},
                             {child.exited.fd, POLLIN, 0}}};  // negative descriptors are ignored by poll()
  const int rc = ::poll(fds.data(), fds.size(), static_cast<int>(std::clamp<long long>(left, 0, 60'000)));
  return rc;
}

}  // namespace

Result<CommandOutput> ProcessRunner::run(const Command& command, Deadline deadline) {
  reap_overdue();
  if (auto line = quote_command(command.argv); !line) return tl::unexpected(line.error());
  const std::string brief = brief_command(command.argv);
  const auto began = Clock::now();
  if (began >= deadline) return failure(Cause::timed_out, fmt::format("no time left for {}", brief));
  auto child = start(command, deadline);
  if (!child) return tl::unexpected(child.error());

  Feed feed(command.secret_input.reveal(), command.input);
  BoundedText out(command.output_limit), err(command.output_limit);
  CommandOutput result;
  bool ended = false;
  Deadline until = deadline;
  while (!ended || child->out.valid() || child->err.valid()) {
    if (Clock::now() >= until) break;
    wait_for(*child, until);
    if (child->input.valid()) feed.advance(child->input);
    bool something = child->out.valid() && drain(child->out, out);
    something = (child->err.valid() && drain(child->err, err)) || something;
    int status = 0;
    if (!ended && ::waitpid(child->pid, &status, WNOHANG) == child->pid) {
      ended = true;
      child->exited.reset();
      child->input.reset();
      result.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
      result.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
      something = true;
    }
    if (ended && something) until = std::min(deadline, Clock::now() + kDrainAfterExit);
  }
  if (!ended) {
    give_up(child->pid);
    return failure(Cause::timed_out, fmt::format("{} did not end in time", brief), true);
  }
  result.took = std::chrono::duration_cast<Millis>(Clock::now() - began);
  result.truncated = out.truncated() || err.truncated();
  result.out = out.take();
  result.err = err.take();
  if (auto reason = never_started(result, brief)) return tl::unexpected(*reason);
  return result;
}

// `timeout`, the group's leader, hands SIGTERM on and follows it with SIGKILL by itself.
void ProcessRunner::give_up(pid_t pid) {
  ::kill(-pid, SIGTERM);
  const std::lock_guard lock(mutex_);
  overdue_.push_back(pid);
}

// What is left of the group has had its SIGTERM. The leader is not reaped before, so the group's number is still ours.
void ProcessRunner::reap_overdue() {
  const std::lock_guard lock(mutex_);
  std::erase_if(overdue_, [](pid_t pid) {
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0) return false;
    kill_and_reap(pid);
    return true;
  });
}

ProcessRunner::~ProcessRunner() {
  for (const pid_t pid : overdue_) kill_and_reap(pid);
}

}  // namespace interlock
