// Quoting: what a shell makes of a quoted command is the argument vector it was made from, byte for byte.
#include "src/transport/quote.h"

#include <gtest/gtest.h>

#include <random>

#include "src/transport/local.h"

namespace interlock {
namespace {

Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(20); }

// The arguments as a real shell sees them.
std::vector<std::string> through_shell(const std::string& shell, const std::vector<std::string>& arguments) {
  std::vector<std::string> argv{"printf", "%s\\0"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  auto line = quote_command(argv);
  if (!line) return {line.error().text};
  LocalHost host(HostOptions{});
  Command command;
  command.argv = {shell, "-c", *line};
  auto output = host.run(command, soon());
  if (!output) return {output.error().text};
  std::vector<std::string> seen;
  for (std::size_t begin = 0; begin < output->out.size();) {
    const std::size_t end = output->out.find('\0', begin);
    seen.push_back(output->out.substr(begin, end - begin));
    begin = end + 1;
  }
  return seen;
}

TEST(Quote, LeavesPlainWordsReadable) {
  EXPECT_EQ(quote("/usr/local/hotdb-2.5.6/bin:x,y@z%+_"), "/usr/local/hotdb-2.5.6/bin:x,y@z%+_");
  EXPECT_EQ(quote(""), "''");
  EXPECT_EQ(quote("it's"), "'it'\\''s'");
  EXPECT_EQ(quote("=ls"), "'=ls'");
}

TEST(Quote, NastyArgumentsSurviveRealShells) {
  std::vector<std::string> nasty{"", " ", "a b", "'", "''", "'\\''", "\"", "\\", "\\\\'", "$HOME", "`id`", "$(id)", "!x", "!!",
                                 "*", "?", "[a]", "{a,b}", "~", "~root", "a=b", "-n", "--", "#c", "a;b", "a&b", "a|b", "<x",
                                 ">x", "(x)", "\n", "a\nb\n", "\t", "\r\n", "\x01\x7f", "\xff\xfe", "中文 参数", "%s%n", "\\0",
                                 "ends with \\", "ends with '"};
  std::string all_bytes;
  for (int c = 1; c < 256; ++c) all_bytes += static_cast<char>(c);
  nasty.push_back(all_bytes);
  for (const char* shell : {"sh", "bash", "dash"}) EXPECT_EQ(through_shell(shell, nasty), nasty) << shell;
}

TEST(Quote, RandomArgumentsSurvive) {
  std::mt19937 random(20190812);
  for (int round = 0; round < 20; ++round) {
    std::vector<std::string> arguments(1 + random() % 20);
    for (std::string& argument : arguments) {
      const std::size_t length = random() % 40;
      while (argument.size() < length) argument += random() % 3 == 0 ? "'\\\" $\n"[random() % 6] : static_cast<char>(1 + random() % 255);
    }
    ASSERT_EQ(through_shell("sh", arguments), arguments) << "round " << round;
  }
}

TEST(Quote, RefusesWhatCannotBeACommand) {
  EXPECT_FALSE(quote_command({}));
  EXPECT_FALSE(quote_command({""}));
  auto nul = quote_command({"echo", std::string("a\0b", 3)});
  ASSERT_FALSE(nul);
  EXPECT_EQ(nul.error().cause, Cause::internal);
  EXPECT_FALSE(nul.error().sent);
}

TEST(Quote, BriefCommandIsOneShortLine) {
  EXPECT_EQ(brief_command({"sh", "-c", "a\nb"}), "sh -c 'a b'");
  const std::string brief = brief_command({"echo", std::string(60, 'x') + std::string(40, '\xe4')});
  EXPECT_LE(brief.size(), 84U);
}

}  // namespace
}  // namespace interlock
