#include "tests/support/child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace interlock::tests {

Child::Child(const std::function<int(const Say& say)>& work) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error("no child");
  if (pid_ == 0) {
    close(ends[0]);
    const int status = work([&](const std::string& text) {
      const std::string line = text + "\n";
      if (write(ends[1], line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(120);
    });
    _exit(status);
  }
  close(ends[1]);
  from_child_ = ends[0];
}

Child::~Child() {
  if (pid_ > 0) {
    kill();
    wait();
  }
  close(from_child_);
}

std::string Child::line() {
  std::array<char, 4096> block{};
  for (;;) {
    if (const auto end = pending_.find('\n'); end != std::string::npos) {
      std::string text = pending_.substr(0, end);
      pending_.erase(0, end + 1);
      return text;
    }
    const ssize_t count = read(from_child_, block.data(), block.size());
    if (count <= 0) return "";
    pending_.append(block.data(), static_cast<std::size_t>(count));
  }
}

std::string Child::rest() {
  std::string all;
  for (std::string text = line(); !text.empty(); text = line()) all += text + "\n";
  return all;
}

void Child::kill() { ::kill(pid_, SIGKILL); }

int Child::wait() {
  if (pid_ <= 0) return status_;
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return status_;
}

}  // namespace interlock::tests
