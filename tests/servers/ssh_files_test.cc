// Files over SFTP: whole reads, atomic writes, uploads, and why one did not work.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "src/transport/files.h"
#include "src/transport/sha256.h"
#include "src/transport/transport.h"
#include "tests/support/deadline.h"
#include "tests/support/sshd.h"

namespace interlock {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;
using tests::read_text;
using tests::write_text;
using testing::HasSubstr;
using tests::in;

struct SshFilesTest : testing::Test {
  std::size_t files_in(const std::string& path) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
  }
  std::string sum_of(const std::string& path) { return sha256_of_file(path, in(seconds(20))).value(); }
  // Not the same everywhere, so that a block in the wrong place is noticed.
  std::string make_package(std::size_t size) {
    std::string content(size, '\0');
    std::uint32_t state = 1;
    for (char& c : content) c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
    write_text(folder / "package", content);
    return folder / "package";
  }
  tests::TempFolder folder;
  tests::SshServer server;
  std::unique_ptr<Host> host = make_host(server.host_options());
};

TEST_F(SshFilesTest, ReadsAFileOrSaysWhyNot) {
  write_text(folder / "f", "content");
  auto content = host->read_file(folder / "f", 7, in(seconds(5)));
  ASSERT_TRUE(content) << content.error().text;
  EXPECT_EQ(*content, "content");
  EXPECT_EQ(host->read_file(folder / "f", 6, in(seconds(5))).error().cause, Cause::protocol);
  EXPECT_EQ(host->read_file(folder / "none", 6, in(seconds(5))).error().cause, Cause::missing);
  EXPECT_EQ(host->read_file(folder.path(), 6, in(seconds(5))).error().cause, Cause::protocol);
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(host->read_file(folder / "fifo", 6, in(seconds(5))).error().cause, Cause::protocol);
  // A file without a size of its own.
  auto status = host->read_file("/proc/self/status", 1 << 20, in(seconds(5)));
  ASSERT_TRUE(status) << status.error().text;
  EXPECT_THAT(*status, HasSubstr("Pid:"));
}

TEST_F(SshFilesTest, ReadsALargeFileWhole) {
  const std::string package = make_package(3'333'333);
  auto content = host->read_file(package, 4'000'000, in(seconds(20)));
  ASSERT_TRUE(content) << content.error().text;
  EXPECT_TRUE(*content == read_text(package));
}

TEST_F(SshFilesTest, ReplacesAFileKeepingModeOwnerAndLink) {
  write_text(folder / "real", "old");
  ::chmod((folder / "real").c_str(), 0640);
  const bool root = ::getuid() == 0;
  if (root) {
    ASSERT_EQ(::chown((folder / "real").c_str(), 1234, 2345), 0);
  }
  std::filesystem::create_symlink("real", folder / "link");
  auto written = host->write_file(folder / "link", "new", 0600, in(seconds(10)));
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
  ASSERT_TRUE(host->write_file(folder / "fresh", "", 0604, in(seconds(10))));
  ASSERT_EQ(::stat((folder / "fresh").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0604U);
  EXPECT_EQ(status.st_size, 0);
  EXPECT_EQ(files_in(folder.path()), 3U) << "a temporary file was left behind";
}

TEST_F(SshFilesTest, AReaderSeesTheOldOrTheNewContentNeverAMixture) {
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
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(host->write_file(folder / "f", i % 2 == 0 ? b : a, 0644, in(seconds(10))));
  stop = true;
  reader.join();
  EXPECT_EQ(torn, 0) << "of " << seen;
}

TEST_F(SshFilesTest, WritingWhereThereIsNoFolderIsSaidSo) {
  auto written = host->write_file(folder / "none/f", "x", 0644, in(seconds(10)));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().cause, Cause::missing);
  EXPECT_FALSE(written.error().sent);
  EXPECT_EQ(host->write_file(folder.path(), "x", 0644, in(seconds(10))).error().cause, Cause::protocol);
}

TEST_F(SshFilesTest, AFullDiskIsToldAndLeavesTheOldFile) {
  const std::string disk = folder / "disk";
  ::mkdir(disk.c_str(), 0755);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=512k") != 0) GTEST_SKIP() << "may not mount a small tmpfs here";
  // A server started now sees the mount; the fixture's has a mount namespace of its own from before.
  tests::SshServer later;
  auto other = make_host(later.host_options());
  write_text(disk + "/f", "old");
  auto written = other->write_file(disk + "/f", std::string(2'000'000, 'x'), 0644, in(seconds(10)));
  const std::string package = make_package(3'000'000);
  auto uploaded = other->upload(package, disk + "/package", sum_of(package), in(seconds(10)));
  auto small = other->write_file(disk + "/g", "fits", 0644, in(seconds(10)));
  const std::string left = read_text(disk + "/f");
  const std::size_t files = files_in(disk);
  ::umount(disk.c_str());
  for (const auto& result : {written, uploaded}) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().cause, Cause::internal) << result.error().text;
    EXPECT_THAT(result.error().text, HasSubstr("disk full"));
    EXPECT_FALSE(result.error().sent);
  }
  EXPECT_TRUE(small) << small.error().text;
  EXPECT_EQ(left, "old");
  EXPECT_EQ(files, 2U);
}

TEST_F(SshFilesTest, UploadsByChecksumAndNotTwice) {
  const std::string package = make_package(7'654'321);
  const std::string sum = sum_of(package);
  auto uploaded = host->upload(package, folder / "copy", sum, in(seconds(20)));
  ASSERT_TRUE(uploaded) << uploaded.error().text;
  EXPECT_TRUE(read_text(folder / "copy") == read_text(package));
  struct stat before{}, after{};
  ::stat((folder / "copy").c_str(), &before);
  ASSERT_TRUE(host->upload(package, folder / "copy", sum, in(seconds(20))));
  ::stat((folder / "copy").c_str(), &after);
  EXPECT_EQ(before.st_ino, after.st_ino) << "it was transferred although it was there";
  EXPECT_EQ(files_in(folder.path()), 2U);
}

TEST_F(SshFilesTest, AWrongPackageIsRefusedBeforeAnythingIsSent) {
  const std::string package = make_package(1000);
  auto uploaded = host->upload(package, folder / "copy", std::string(64, 'a'), in(seconds(20)));
  ASSERT_FALSE(uploaded);
  EXPECT_EQ(uploaded.error().cause, Cause::protocol);
  EXPECT_FALSE(uploaded.error().sent);
  EXPECT_FALSE(std::filesystem::exists(folder / "copy"));
  EXPECT_EQ(host->upload(folder / "none", folder / "x", std::string(64, 'a'), in(seconds(5))).error().cause, Cause::missing);
}

TEST_F(SshFilesTest, ACopyThatTheHostSumsUpOtherwiseIsRemoved) {
  ::mkdir((folder / "bin").c_str(), 0755);
  write_text(folder / "bin/sha256sum", "#!/bin/sh\necho " + std::string(64, 'b') + "  \"$2\"\n");
  ::chmod((folder / "bin/sha256sum").c_str(), 0755);
  tests::SshServer::Options lying;
  lying.extra_config = "SetEnv PATH=" + folder / "bin" + ":/usr/bin:/bin";
  tests::SshServer liar(lying);
  auto other = make_host(liar.host_options());
  const std::string package = make_package(1000);
  write_text(folder / "copy", "an older one");
  auto uploaded = other->upload(package, folder / "copy", sum_of(package), in(seconds(20)));
  ASSERT_FALSE(uploaded);
  EXPECT_EQ(uploaded.error().cause, Cause::protocol);
  EXPECT_THAT(uploaded.error().text, HasSubstr(std::string(64, 'b')));
  for (int i = 0; i < 100 && files_in(folder.path()) > 2; ++i) std::this_thread::sleep_for(Millis{20});
  EXPECT_EQ(files_in(folder.path()), 2U) << "only bin and the package may be left";
}

TEST_F(SshFilesTest, AnUploadOutOfTimeLeavesNothingBehind) {
  const std::string package = make_package(100'000'000);
  const std::string sum = sum_of(package);
  ASSERT_TRUE(host->run(Command{{"true"}, "", {}, 1}, in(seconds(5))));
  // Enough for summing up the file here, not for moving it.
  const auto began = steady_clock::now();
  (void)sum_of(package);
  const auto summing = steady_clock::now() - began;
  auto uploaded = host->upload(package, folder / "copy", sum, steady_clock::now() + summing + Millis{150});
  ASSERT_FALSE(uploaded);
  EXPECT_EQ(uploaded.error().cause, Cause::timed_out) << uploaded.error().text;
  for (int i = 0; i < 1000 && files_in(folder.path()) > 1; ++i) std::this_thread::sleep_for(Millis{20});
  EXPECT_EQ(files_in(folder.path()), 1U) << uploaded.error().text;
  EXPECT_TRUE(host->run(Command{{"true"}, "", {}, 1}, in(seconds(5)))) << "the connection is still good";
}

TEST_F(SshFilesTest, AConnectionLostDuringAnUploadIsToldAndTheNextOneWorks) {
  const std::string package = make_package(100'000'000);
  const std::string sum = sum_of(package);
  ASSERT_TRUE(host->run(Command{{"true"}, "", {}, 1}, in(seconds(5))));
  std::thread killer([&] {
    for (int i = 0; i < 500 && files_in(folder.path()) < 2; ++i) std::this_thread::sleep_for(Millis{5});
    server.signal_connections(SIGKILL);
  });
  auto lost = host->upload(package, folder / "copy", sum, in(seconds(30)));
  killer.join();
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().cause, Cause::unreachable) << lost.error().text;
  EXPECT_FALSE(std::filesystem::exists(folder / "copy"));
  auto again = host->upload(package, folder / "copy", sum, in(seconds(60)));
  EXPECT_TRUE(again) << again.error().text;
}

TEST_F(SshFilesTest, ShortCommandsStayShortDuringALargeUpload) {
  const std::string package = make_package(60'000'000);
  const std::string sum = sum_of(package);
  ASSERT_TRUE(host->run(Command{{"true"}, "", {}, 1}, in(seconds(5))));
  std::atomic<bool> done{false};
  std::thread uploader([&] {
    auto uploaded = host->upload(package, folder / "copy", sum, in(seconds(60)));
    EXPECT_TRUE(uploaded) << uploaded.error().text;
    done = true;
  });
  Millis longest{0};
  int count = 0;
  while (!done) {
    const auto began = steady_clock::now();
    ASSERT_TRUE(host->run(Command{{"true"}, "", {}, 1}, in(seconds(20))));
    longest = std::max(longest, std::chrono::duration_cast<Millis>(steady_clock::now() - began));
    ++count;
  }
  uploader.join();
  EXPECT_LT(longest, Millis{1'000}) << "of " << count;
}

TEST(SshWithoutSftp, IsSaidSo) {
  tests::SshServer::Options options;
  options.sftp_server = "/nonexistent/sftp-server";
  tests::SshServer server(options);
  auto host = make_host(server.host_options());
  auto content = host->read_file("/etc/passwd", 1 << 20, in(seconds(5)));
  ASSERT_FALSE(content);
  EXPECT_NE(content.error().cause, Cause::timed_out) << content.error().text;
  EXPECT_THAT(content.error().text, HasSubstr("SFTP"));
}

}  // namespace
}  // namespace interlock
