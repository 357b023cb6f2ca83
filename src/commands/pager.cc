#include "src/commands/pager.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "src/commands/command.h"
#include "src/report/layout.h"
#include "src/run/handled_signal.h"

namespace interlock {
namespace {

bool longer_than_the_screen(const std::string& text) {
  struct winsize size {};
  if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return false;
  return std::count(text.begin(), text.end(), '\n') >= size.ws_row;
}

std::vector<std::string> pager_words() {
  const char* given = std::getenv("PAGER");
  std::istringstream words(given == nullptr ? "" : given);
  std::vector<std::string> argv;
  for (std::string word; words >> word;) argv.push_back(word);
  return argv.empty() ? std::vector<std::string>{"less", "-R"} : argv;
}

// 0: it could not be started.
pid_t start(std::vector<std::string> words, int input) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawnattr_init(&attributes);
  sigset_t usual;
  sigemptyset(&usual);
  sigaddset(&usual, SIGINT);
  sigaddset(&usual, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t pid = 0;
  const int failed = posix_spawnp(&pid, argv.front(), &files, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return failed == 0 ? pid : 0;
}

bool paged(const std::string& text) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  std::fflush(stdout);
  // What is typed is for the pager; one that ends early is no reason to end too.
  const HandledSignal interrupt(SIGINT, SIG_IGN), pipe(SIGPIPE, SIG_IGN);
  const pid_t pid = start(pager_words(), ends[0]);
  close(ends[0]);
  for (std::size_t done = 0; pid != 0 && done < text.size();) {
    const ssize_t n = write(ends[1], text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  close(ends[1]);
  if (pid == 0) return false;
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {}
  return true;
}

}  // namespace

void page(const std::string& text) {
  const std::string shown = report::harmless(text);
  if (!longer_than_the_screen(shown) || !paged(shown)) put(shown);
}

}  // namespace interlock
