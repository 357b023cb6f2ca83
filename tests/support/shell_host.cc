#include "tests/support/shell_host.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

namespace interlock::testing {
namespace {

struct Stream {
  int fd = -1;
  std::string* text = nullptr;
};

pid_t start(const Command& command, Stream& out, Stream& err) {
  std::array<int, 2> out_pipe{}, err_pipe{};
  if (::pipe2(out_pipe.data(), O_CLOEXEC) != 0 || ::pipe2(err_pipe.data(), O_CLOEXEC) != 0) return -1;
  std::vector<char*> argv;
  for (const auto& word : command.argv) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::setpgid(0, 0);
    ::dup2(::open("/dev/null", O_RDONLY), 0);
    ::dup2(out_pipe[1], 1);
    ::dup2(err_pipe[1], 2);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(out_pipe[1]);
  ::close(err_pipe[1]);
  out.fd = out_pipe[0];
  err.fd = err_pipe[0];
  return pid;
}

// Reads what is there; false at the end of the stream.
bool take(const Stream& stream, std::size_t limit, bool& truncated) {
  std::array<char, 65536> bytes{};
  const ssize_t count = ::read(stream.fd, bytes.data(), bytes.size());
  if (count <= 0) return false;
  stream.text->append(bytes.data(), static_cast<std::size_t>(count));
  truncated = truncated || stream.text->size() > limit;
  stream.text->resize(std::min(stream.text->size(), limit));
  return true;
}

}  // namespace

Result<CommandOutput> ShellHost::run(const Command& command, Deadline deadline) {
  CommandOutput output;
  Stream out{-1, &output.out}, err{-1, &output.err};
  const pid_t pid = start(command, out, err);
  if (pid < 0) return failure(Cause::internal, "no process");
  bool in_time = true;
  for (std::array streams{&out, &err}; in_time && (out.fd >= 0 || err.fd >= 0);) {
    std::array<pollfd, 2> polled{pollfd{out.fd, POLLIN, 0}, pollfd{err.fd, POLLIN, 0}};
    const auto left = std::chrono::ceil<Millis>(deadline - std::chrono::steady_clock::now());
    in_time = left.count() > 0 && ::poll(polled.data(), polled.size(), static_cast<int>(left.count())) > 0;
    for (std::size_t i = 0; in_time && i < streams.size(); ++i) {
      if (polled[i].revents == 0 || take(*streams[i], command.output_limit, output.truncated)) continue;
      ::close(streams[i]->fd);
      streams[i]->fd = -1;
    }
  }
  for (const int fd : {out.fd, err.fd}) {
    if (fd >= 0) ::close(fd);
  }
  if (!in_time) ::kill(-pid, SIGKILL);
  int status = 0;
  ::waitpid(pid, &status, 0);
  if (!in_time) return failure(Cause::timed_out, "the command did not end in time", true);
  output.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  output.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return output;
}

}  // namespace interlock::testing
