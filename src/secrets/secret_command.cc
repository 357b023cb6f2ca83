#include "src/secrets/secret_command.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include <fmt/format.h>

extern char** environ;

namespace interlock {
namespace {

constexpr std::size_t kShownError = 500;   // bytes of standard error that are kept: its end says why
constexpr Millis kReapPause{5};

using Clock = std::chrono::steady_clock;

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) == 0) {
      read = ends[0];
      write = ends[1];
    }
  }
  ~Pipe() {
    shut(read);
    shut(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  static void shut(int& descriptor) {
    if (descriptor >= 0) close(descriptor);
    descriptor = -1;
  }
};

void wipe(void* bytes, std::size_t count) { explicit_bzero(bytes, count); }

// The memory is reserved at once, so that no copy is left behind by growing; it is wiped at the end.
struct WipedText {
  std::string text;
  explicit WipedText(std::size_t limit) { text.reserve(limit + 1); }
  ~WipedText() { wipe(text.data(), text.capacity()); }
  WipedText(const WipedText&) = delete;
  WipedText& operator=(const WipedText&) = delete;
};

// The child's own process group, default signals and no inherited mask: a timeout ends all that it started.
struct SpawnSettings {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  SpawnSettings(const Pipe& out, const Pipe& err, const std::filesystem::path& folder) {
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&actions);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.write, 1);
    posix_spawn_file_actions_adddup2(&actions, err.write, 2);
    if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
};

Millis left(Clock::time_point deadline) {
  return std::max(Millis(0), std::chrono::duration_cast<Millis>(deadline - Clock::now()));
}

enum class Gathered { all, too_much, too_slow };

// Reads both pipes until they are closed. Of standard error only the end is kept.
Gathered gather(Pipe& out, Pipe& err, std::string& secret, std::size_t limit, std::string& error, Clock::time_point deadline) {
  std::array<char, 4096> block{};
  Gathered result = Gathered::all;
  while (result == Gathered::all && (out.read >= 0 || err.read >= 0)) {
    std::array<pollfd, 2> ends{pollfd{out.read, POLLIN, 0}, pollfd{err.read, POLLIN, 0}};
    const Millis wait = left(deadline);
    if (wait.count() == 0) result = Gathered::too_slow;
    if (result != Gathered::all || poll(ends.data(), ends.size(), static_cast<int>(wait.count())) <= 0) continue;
    for (const bool is_out : {true, false}) {
      Pipe& from = is_out ? out : err;
      if (from.read < 0 || ends[is_out ? 0 : 1].revents == 0) continue;
      const ssize_t count = read(from.read, block.data(), block.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) {
        Pipe::shut(from.read);
      } else if (!is_out) {
        error.append(block.data(), static_cast<std::size_t>(count));
        if (error.size() > kShownError) error.erase(0, error.size() - kShownError);
      } else if (secret.size() + static_cast<std::size_t>(count) > limit) {
        result = Gathered::too_much;
      } else {
        secret.append(block.data(), static_cast<std::size_t>(count));
      }
    }
  }
  wipe(block.data(), block.size());
  return result;
}

// Waits for the child until the deadline, then ends its group. Its status, or nothing when it had to be ended.
std::optional<int> reap(pid_t child, Clock::time_point deadline) {
  int status = 0;
  for (bool ended = false;; std::this_thread::sleep_for(kReapPause)) {
    const pid_t found = waitpid(child, &status, WNOHANG);
    if (found == child) return ended ? std::nullopt : std::optional(status);
    if (found < 0 && errno != EINTR) return std::nullopt;
    if (!ended && left(deadline).count() == 0) {
      kill(-child, SIGKILL);
      ended = true;
    }
  }
}

std::string one_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return text;
}

}  // namespace

Result<Secret> run_secret_command(const std::vector<std::string>& argv, const std::filesystem::path& folder, std::size_t output_limit, Millis limit) {
  if (argv.empty() || argv[0].empty()) return failure(Cause::missing, "its command is empty");
  const Clock::time_point deadline = Clock::now() + limit;
  Pipe out, err;
  if (out.read < 0 || err.read < 0) return failure(Cause::internal, fmt::format("no pipe for its command: {}", std::strerror(errno)));
  pid_t child = 0;
  {
    SpawnSettings settings(out, err, folder);
    std::vector<char*> arguments;
    for (const auto& a : argv) arguments.push_back(const_cast<char*>(a.c_str()));
    arguments.push_back(nullptr);
    if (const int error = posix_spawnp(&child, argv[0].c_str(), &settings.actions, &settings.attributes, arguments.data(), environ); error != 0)
      return failure(error == EACCES ? Cause::denied : Cause::missing, fmt::format("its command '{}' cannot be started: {}", argv[0], std::strerror(error)));
  }
  Pipe::shut(out.write);
  Pipe::shut(err.write);

  WipedText printed(output_limit);
  std::string error;
  const Gathered gathered = gather(out, err, printed.text, output_limit, error, deadline);
  const std::optional<int> status = reap(child, gathered == Gathered::all ? deadline : Clock::now());
  const std::string said = error.empty() ? "" : fmt::format("; it says: {}", one_line(error));
  if (gathered == Gathered::too_much) return failure(Cause::protocol, fmt::format("its command '{}' printed more than {} bytes{}", argv[0], output_limit, said));
  if (!status) return failure(Cause::timed_out, fmt::format("its command '{}' took longer than {} ms and was ended{}", argv[0], limit.count(), said));
  if (WIFSIGNALED(*status)) return failure(Cause::protocol, fmt::format("its command '{}' was ended by signal {}{}", argv[0], WTERMSIG(*status), said));
  if (WEXITSTATUS(*status) != 0) return failure(Cause::protocol, fmt::format("its command '{}' exited with status {}{}", argv[0], WEXITSTATUS(*status), said));
  return Secret(printed.text);
}

}  // namespace interlock
