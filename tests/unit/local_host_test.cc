// This machine as a Host: commands, their limits, and files.
#include "src/transport/local.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "src/transport/sha256.h"
#include "tests/support/sshd.h"

namespace interlock {
namespace {

using tests::lives;
using tests::read_text;
using tests::write_text;
using testing::HasSubstr;
using std::chrono::seconds;
using std::chrono::steady_clock;

Deadline in(Millis time) { return steady_clock::now() + time; }

bool ends_soon(pid_t pid) {
  for (int i = 0; i < 100 && lives(pid); ++i) std::this_thread::sleep_for(Millis{20});
  return !lives(pid);
}

struct LocalHostTest : testing::Test {
  Result<CommandOutput> run(std::vector<std::string> argv, Millis time = seconds(10)) {
    Command command;
    command.argv = std::move(argv);
    return host.run(command, in(time));
  }
  std::size_t files_in(const std::string& path) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
  }
  tests::TempFolder folder;
  LocalHost host{HostOptions{}};
};

TEST_F(LocalHostTest, RunsACommandWithoutAShell) {
  auto output = run({"printf", "%s|", "a b", "$HOME", ""});
  ASSERT_TRUE(output) << output.error().text;
  EXPECT_EQ(output->out, "a b|$HOME||");
  EXPECT_TRUE(output->ok());
}

TEST_F(LocalHostTest, TellsStatusSignalAndStderrApart) {
  auto failed = run({"sh", "-c", "echo bad >&2; exit 7"});
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->exit_status, 7);
  EXPECT_EQ(failed->err, "bad\n");
  auto killed = run({"sh", "-c", "kill -TERM $$"});
  ASSERT_TRUE(killed);
  EXPECT_EQ(killed->signal, SIGTERM);
  EXPECT_FALSE(killed->ok());
}

TEST_F(LocalHostTest, FeedsTheSecretBeforeTheInput) {
  Command command;
  command.argv = {"cat"};
  command.secret_input = Secret("pass\n");
  command.input = std::string(3'000'000, 'x');
  command.output_limit = 4'000'000;
  auto output = host.run(command, in(seconds(10)));
  ASSERT_TRUE(output);
  EXPECT_EQ(output->out, "pass\n" + command.input);
  EXPECT_FALSE(output->truncated);
}

TEST_F(LocalHostTest, ACommandNeedNotReadItsInput) {
  Command command;
  command.argv = {"true"};
  command.input = std::string(3'000'000, 'x');
  auto output = host.run(command, in(seconds(10)));
  ASSERT_TRUE(output);
  EXPECT_TRUE(output->ok());
}

TEST_F(LocalHostTest, KeepsOnlySoMuchOutputAndLetsTheCommandEnd) {
  Command command;
  command.argv = {"sh", "-c", "head -c 5000000 /dev/zero; echo end >&2"};
  command.output_limit = 1000;
  auto output = host.run(command, in(seconds(10)));
  ASSERT_TRUE(output);
  EXPECT_EQ(output->out.size(), 1000U);
  EXPECT_EQ(output->err, "end\n");
  EXPECT_TRUE(output->truncated);
  EXPECT_TRUE(output->ok());
}

TEST_F(LocalHostTest, MissingAndForbiddenCommandsWereNeverStarted) {
  auto missing = run({"/no/such/command"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().cause, Cause::missing);
  EXPECT_FALSE(missing.error().sent);
  write_text(folder / "plain", "x");
  auto forbidden = run({folder / "plain"});
  ASSERT_FALSE(forbidden);
  EXPECT_EQ(forbidden.error().cause, Cause::denied);
  // A command's own 127 is its own.
  auto own = run({"sh", "-c", "no-such-command-inside"});
  ASSERT_TRUE(own);
  EXPECT_EQ(own->exit_status, 127);
}

TEST_F(LocalHostTest, AtItsDeadlineACommandAndItsChildrenAreEnded) {
  const auto began = steady_clock::now();
  auto output = run({"sh", "-c", "sleep 60 & echo $! > " + folder / "pid" + "; wait"}, Millis{300});
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::timed_out);
  EXPECT_TRUE(output.error().sent);
  EXPECT_LT(steady_clock::now() - began, seconds(2));
  const pid_t child = std::stoi(read_text(folder / "pid"));
  EXPECT_TRUE(ends_soon(child));
}

TEST_F(LocalHostTest, ACommandThatIgnoresTermIsKilledWithItsHost) {
  {
    LocalHost other{HostOptions{}};
    Command command;
    command.argv = {"sh", "-c", "trap '' TERM; echo $$ > " + folder / "pid" + "; while :; do sleep 0.1; done"};
    auto output = other.run(command, in(Millis{300}));
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().cause, Cause::timed_out);
  }
  const pid_t child = std::stoi(read_text(folder / "pid"));
  EXPECT_TRUE(ends_soon(child));
}

TEST_F(LocalHostTest, ADaemonThatKeepsTheOutputOpenHoldsNobodyUp) {
  const auto began = steady_clock::now();
  auto output = run({"sh", "-c", "sleep 5 & echo started"});
  ASSERT_TRUE(output) << output.error().text;
  EXPECT_EQ(output->out, "started\n");
  EXPECT_LT(steady_clock::now() - began, seconds(3));
}

TEST_F(LocalHostTest, ManyThreadsRunCommandsAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 5; ++round) {
        auto output = run({"echo", std::to_string(i * 100 + round)});
        if (output && output->out == std::to_string(i * 100 + round) + "\n") ++good;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 80);
}

TEST_F(LocalHostTest, ReadsAFileOrSaysWhyNot) {
  write_text(folder / "f", "content");
  EXPECT_EQ(host.read_file(folder / "f", 7, in(seconds(1))).value(), "content");
  EXPECT_EQ(host.read_file(folder / "f", 6, in(seconds(1))).error().cause, Cause::protocol);
  EXPECT_EQ(host.read_file(folder / "none", 6, in(seconds(1))).error().cause, Cause::missing);
  EXPECT_EQ(host.read_file(folder.path(), 6, in(seconds(1))).error().cause, Cause::protocol);
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(host.read_file(folder / "fifo", 6, in(seconds(1))).error().cause, Cause::protocol);
  EXPECT_THAT(host.read_file("/proc/self/status", 1 << 20, in(seconds(1))).value(), HasSubstr("Pid:"));
}

TEST_F(LocalHostTest, ReplacesAFileKeepingModeOwnerAndLink) {
  write_text(folder / "real", "old");
  ::chmod((folder / "real").c_str(), 0640);
  const bool root = ::getuid() == 0;
  if (root) {
    ASSERT_EQ(::chown((folder / "real").c_str(), 1234, 2345), 0);
  }
  std::filesystem::create_symlink("real", folder / "link");
  auto written = host.write_file(folder / "link", "new", 0600, in(seconds(5)));
  ASSERT_TRUE(written) << written.error().text;
  struct stat status{};
  ASSERT_EQ(::stat((folder / "real").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0640U);
  if (root) {
    EXPECT_EQ(status.st_uid, 1234U);
    EXPECT_EQ(status.st_gid, 2345U);
  }
  EXPECT_EQ(read_text(folder / "real"), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
  ASSERT_TRUE(host.write_file(folder / "fresh", "x", 0604, in(seconds(5))));
  ASSERT_EQ(::stat((folder / "fresh").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0604U);
  EXPECT_EQ(files_in(folder.path()), 3U) << "a temporary file was left behind";
}

TEST_F(LocalHostTest, AReaderSeesTheOldOrTheNewContentNeverAMixture) {
  const std::string a(300'000, 'a'), b(200'000, 'b');
  write_text(folder / "f", a);
  std::atomic<bool> stop{false};
  std::atomic<int> seen{0}, torn{0};
  std::thread reader([&] {
    while (!stop) {
      const std::string now = read_text(folder / "f");
      ++seen;
      if (now != a && now != b) ++torn;
    }
  });
  for (int i = 0; i < 40; ++i) EXPECT_TRUE(host.write_file(folder / "f", i % 2 == 0 ? b : a, 0644, in(seconds(5))));
  stop = true;
  reader.join();
  EXPECT_EQ(torn, 0) << "of " << seen;
}

TEST_F(LocalHostTest, AFullDiskIsToldAndLeavesTheOldFile) {
  const std::string disk = folder / "disk";
  ::mkdir(disk.c_str(), 0755);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=256k") != 0) GTEST_SKIP() << "may not mount a small tmpfs here";
  write_text(disk + "/f", "old");
  auto written = host.write_file(disk + "/f", std::string(1'000'000, 'x'), 0644, in(seconds(5)));
  const std::string left = read_text(disk + "/f");
  const std::size_t files = files_in(disk);
  ::umount(disk.c_str());
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().cause, Cause::internal);
  EXPECT_THAT(written.error().text, HasSubstr("disk full"));
  EXPECT_EQ(left, "old");
  EXPECT_EQ(files, 1U);
}

TEST_F(LocalHostTest, UploadsByChecksum) {
  write_text(folder / "package", std::string(1'000'000, 'p'));
  const std::string sum = sha256_of_file(folder / "package", in(seconds(5))).value();
  ASSERT_TRUE(host.upload(folder / "package", folder / "copy", sum, in(seconds(5))));
  EXPECT_EQ(read_text(folder / "copy"), read_text(folder / "package"));
  // The same again is not copied: the file keeps its place on the disk.
  struct stat before{}, after{};
  ::stat((folder / "copy").c_str(), &before);
  ASSERT_TRUE(host.upload(folder / "package", folder / "copy", sum, in(seconds(5))));
  ::stat((folder / "copy").c_str(), &after);
  EXPECT_EQ(before.st_ino, after.st_ino);
  auto wrong = host.upload(folder / "package", folder / "other", std::string(64, 'a'), in(seconds(5)));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().cause, Cause::protocol);
  EXPECT_FALSE(std::filesystem::exists(folder / "other"));
  EXPECT_EQ(host.upload(folder / "none", folder / "x", sum, in(seconds(5))).error().cause, Cause::missing);
}

TEST_F(LocalHostTest, PortsAreReachedDirectly) {
  auto endpoint = host.connect(3323, in(seconds(1)));
  ASSERT_TRUE(endpoint);
  EXPECT_EQ(endpoint->address, "127.0.0.1");
  EXPECT_EQ(endpoint->port, 3323);
  EXPECT_EQ(endpoint->unix_path, "");
}

}  // namespace
}  // namespace interlock
