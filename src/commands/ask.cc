#include "src/commands/ask.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>

#include "src/run/handled_signal.h"

namespace interlock {
namespace {

constexpr std::size_t kLongestAnswer = 1024;

void on_interrupt(int) {}  // read() returns, which is all that is wanted

}  // namespace

Answer parse_answer(std::string_view line) {
  std::string word;
  for (const char c : line)
    if (std::isspace(static_cast<unsigned char>(c)) == 0) word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (word == "yes" || word == "是") return Answer::yes;
  return word == "p" ? Answer::plan : Answer::no;
}

void somebody_to_ask(const Globals& globals) {
  if (isatty(STDIN_FILENO) == 1) return;
  throw CommandError{kExitUsage, globals.chinese() ? "此处无人可询问：用 --yes 确认计划" : "nobody can be asked here: give --yes to approve the plan"};
}

Answer ask(const std::string& question, const Globals& globals) {
  somebody_to_ask(globals);
  tcflush(STDIN_FILENO, TCIFLUSH);  // what was typed before the question is no answer to it
  std::fputs(question.c_str(), stdout);
  std::fflush(stdout);
  // While a question stands, the signals that ask to stop end the waiting and not the process.
  const HandledSignal interrupt(SIGINT, on_interrupt), end(SIGTERM, on_interrupt);
  std::string line;
  char c = 0;
  while (line.size() < kLongestAnswer) {
    const ssize_t got = read(STDIN_FILENO, &c, 1);
    if (got != 1) {
      std::fputs("\n", stdout);
      return Answer::no;
    }
    if (c == '\n') break;
    line += c;
  }
  return parse_answer(line);
}

}  // namespace interlock
