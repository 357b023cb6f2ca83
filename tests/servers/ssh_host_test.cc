// SSH against a real sshd: commands, their limits and their fidelity.
#include "src/transport/ssh.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "tests/support/deadline.h"
#include "tests/support/sshd.h"

namespace interlock {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;
using tests::lives;
using tests::read_text;
using testing::HasSubstr;
using tests::in;
using tests::since;

Command command(std::vector<std::string> argv, std::string input = "") {
  Command made;
  made.argv = std::move(argv);
  made.input = std::move(input);
  return made;
}

struct SshHostTest : testing::Test {
  Result<CommandOutput> run(std::vector<std::string> argv, Millis time = seconds(20)) {
    return host->run(command(std::move(argv)), in(time));
  }
  tests::SshServer server;
  std::unique_ptr<Host> host = make_host(server.host_options());
};

TEST_F(SshHostTest, ArgumentsArriveByteForByte) {
  std::string all_bytes;
  for (int c = 1; c < 256; ++c) all_bytes += static_cast<char>(c);
  const std::vector<std::string> nasty{"a b", "$HOME", "'", "", "\n", "`id`", "*", "-n", "\\", "中文", all_bytes};
  std::vector<std::string> argv{"printf", "%s\\0"};
  argv.insert(argv.end(), nasty.begin(), nasty.end());
  auto output = run(argv);
  ASSERT_TRUE(output) << output.error().text;
  std::string expected;
  for (const std::string& argument : nasty) expected += argument + '\0';
  EXPECT_EQ(output->out, expected);
}

TEST_F(SshHostTest, TellsStatusSignalAndStderrApart) {
  auto failed = run({"sh", "-c", "echo good; echo bad >&2; exit 7"});
  ASSERT_TRUE(failed) << failed.error().text;
  EXPECT_EQ(failed->exit_status, 7);
  EXPECT_EQ(failed->signal, 0);
  EXPECT_EQ(failed->out, "good\n");
  EXPECT_EQ(failed->err, "bad\n");
  for (const int number : {SIGTERM, SIGKILL, SIGSEGV}) {
    auto killed = run({"sh", "-c", "kill -" + std::to_string(number) + " $$"});
    ASSERT_TRUE(killed) << killed.error().text;
    EXPECT_EQ(killed->signal, number);
    EXPECT_FALSE(killed->ok());
  }
}

TEST_F(SshHostTest, FeedsTheSecretBeforeTheInput) {
  Command cat = command({"cat"}, std::string(5'000'000, 'x'));
  cat.secret_input = Secret("pass\n");
  cat.output_limit = 6'000'000;
  auto output = host->run(cat, in(seconds(20)));
  ASSERT_TRUE(output) << output.error().text;
  EXPECT_EQ(output->out.size(), 5'000'005U);
  EXPECT_TRUE(output->out == "pass\n" + cat.input);
}

TEST_F(SshHostTest, ACommandNeedNotReadItsInput) {
  auto output = host->run(command({"true"}, std::string(5'000'000, 'x')), in(seconds(20)));
  ASSERT_TRUE(output) << output.error().text;
  EXPECT_TRUE(output->ok());
}

TEST_F(SshHostTest, KeepsOnlySoMuchOutputAndLetsTheCommandEnd) {
  Command loud = command({"sh", "-c", "head -c 20000000 /dev/zero; echo end >&2"});
  loud.output_limit = 1000;
  auto output = host->run(loud, in(seconds(20)));
  ASSERT_TRUE(output) << output.error().text;
  EXPECT_EQ(output->out.size(), 1000U);
  EXPECT_EQ(output->err, "end\n");
  EXPECT_TRUE(output->truncated);
  EXPECT_TRUE(output->ok());
}

TEST_F(SshHostTest, MissingAndForbiddenCommandsWereNeverStarted) {
  auto missing = run({"/no/such/command"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().cause, Cause::missing);
  EXPECT_FALSE(missing.error().sent);
  auto forbidden = run({server.file("sshd_config")});
  ASSERT_FALSE(forbidden);
  EXPECT_EQ(forbidden.error().cause, Cause::denied);
  auto own = run({"sh", "-c", "no-such-command-inside"});
  ASSERT_TRUE(own);
  EXPECT_EQ(own->exit_status, 127);
}

TEST_F(SshHostTest, ALongCommandDelaysNoShortOne) {
  ASSERT_TRUE(run({"true"}));
  std::atomic<int> long_ones{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 20; ++i) {
    threads.emplace_back([&] { long_ones += run({"sleep", "2"}) ? 1 : 0; });
  }
  const auto began = steady_clock::now();
  Millis longest{0};
  int count = 0;
  while (since(began) < Millis{1'800}) {
    const auto one = steady_clock::now();
    auto output = run({"true"});
    ASSERT_TRUE(output) << output.error().text;
    longest = std::max(longest, since(one));
    ++count;
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(long_ones, 20);
  EXPECT_LT(longest, Millis{1'000}) << "of " << count;
  EXPECT_GT(count, 5);
}

TEST_F(SshHostTest, ManyThreadsGetTheirOwnAnswers) {
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 10; ++round) {
        const std::string text(static_cast<std::size_t>(1 + i * 5000 + round), static_cast<char>('a' + i));
        auto output = host->run(command({"cat"}, text), in(seconds(30)));
        if (output && output->out == text) ++good;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 120);
}

TEST_F(SshHostTest, AtItsDeadlineACommandIsEndedOnTheHostToo) {
  const auto began = steady_clock::now();
  const std::string pid_file = server.file("pid");
  auto output = run({"sh", "-c", "echo $$ > " + pid_file + "; sleep 60; true"}, Millis{500});
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::timed_out);
  EXPECT_TRUE(output.error().sent);
  EXPECT_LT(since(began), Millis{1'500});
  const pid_t pid = std::stoi(read_text(pid_file));
  for (int i = 0; i < 150 && lives(pid); ++i) std::this_thread::sleep_for(Millis{20});
  EXPECT_FALSE(lives(pid));
  EXPECT_TRUE(run({"true"})) << "the connection is still good";
}

TEST_F(SshHostTest, ADaemonSurvivesTheCommandThatStartedIt) {
  const std::string pid_file = server.file("pid");
  const auto began = steady_clock::now();
  auto output = run({"sh", "-c", "setsid sleep 30 & echo $! > " + pid_file + "; echo started"});
  ASSERT_TRUE(output) << output.error().text;
  EXPECT_EQ(output->out, "started\n");
  EXPECT_LT(since(began), seconds(5)) << "the daemon holds the output open, which must hold nobody up";
  std::this_thread::sleep_for(Millis{300});
  const pid_t pid = std::stoi(read_text(pid_file));
  EXPECT_TRUE(lives(pid));
  ::kill(pid, SIGKILL);
}

TEST_F(SshHostTest, AServerThatAllowsFewSessionsIsServedAllTheSame) {
  for (const std::string limit : {"1", "2"}) {
    tests::SshServer::Options few;
    few.extra_config = "MaxSessions " + limit;
    tests::SshServer small(few);
    auto other = make_host(small.host_options());
    std::atomic<int> good{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 7; ++i) {
      threads.emplace_back([&] {
        auto output = other->run(command({"sleep", "0.3"}), in(seconds(20)));
        good += output ? 1 : 0;
        if (!output) ADD_FAILURE() << output.error().text;
      });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 7);
  }
}

TEST_F(SshHostTest, AServerThatAllowsNoSessionsSaysSo) {
  tests::SshServer::Options none;
  none.extra_config = "MaxSessions 0";
  tests::SshServer closed(none);
  auto other = make_host(closed.host_options());
  auto output = other->run(command({"true"}), in(seconds(20)));
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::denied) << output.error().text;
  EXPECT_FALSE(output.error().sent);
}

TEST_F(SshHostTest, OneConnectionServesManyCommands) {
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(run({"true"}));
  EXPECT_EQ(server.login_count(), 1U);
}

TEST(SshShellTest, BashAsLoginShellChangesNothing) {
  tests::SshServer::Options options;
  options.shell = "/bin/bash";
  tests::SshServer server(options);
  auto host = make_host(server.host_options());
  auto output = host->run(command({"printf", "%s|", "a'b\n!!", "$0"}), in(seconds(20)));
  ASSERT_TRUE(output) << output.error().text;
  EXPECT_EQ(output->out, "a'b\n!!|$0|");
  auto killed = host->run(command({"sh", "-c", "kill -TERM $$"}), in(seconds(20)));
  ASSERT_TRUE(killed);
  EXPECT_EQ(killed->signal, SIGTERM);
}

}  // namespace
}  // namespace interlock
