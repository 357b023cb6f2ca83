// Runs commands on this machine: argument vector in, bounded output out, no shell.
// Threads: any number may run commands at once. It does not retry and does not interpret exit codes.
#pragma once

#include <sys/types.h>

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "probes/host.h"

namespace interlock {

// Keeps at most `limit` bytes of what it is given, and knows that there was more.
class BoundedText {
 public:
  explicit BoundedText(std::size_t limit) : limit_(limit) {}
  void add(std::string_view bytes) {
    const std::size_t kept = std::min(bytes.size(), limit_ - text_.size());
    text_.append(bytes.substr(0, kept));
    truncated_ = truncated_ || kept < bytes.size();
  }
  [[nodiscard]] std::string take() { return std::move(text_); }
  [[nodiscard]] bool truncated() const { return truncated_; }

 private:
  std::size_t limit_;
  std::string text_;
  bool truncated_ = false;
};

// A command that left its output open to a child (a daemon it started) is over all the same: so long after its exit
// nothing more is waited for.
inline constexpr Millis kDrainAfterExit{200};

class ProcessRunner {
 public:
  ProcessRunner() = default;
  ProcessRunner(const ProcessRunner&) = delete;
  ProcessRunner& operator=(const ProcessRunner&) = delete;
  ~ProcessRunner();  // kills what outlived its deadline

  // At the deadline the command's process group gets SIGTERM and, kKillAfter later, SIGKILL; the caller does not
  // wait for that.
  [[nodiscard]] Result<CommandOutput> run(const Command& command, Deadline deadline);

 private:
  void give_up(pid_t pid);
  void reap_overdue();

  std::mutex mutex_;
  std::vector<pid_t> overdue_;  // terminated at their deadline, not yet gone
};

}  // namespace interlock
