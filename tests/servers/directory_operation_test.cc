// Operations on directories and packages, on this machine: what they leave behind when all goes well, when it does
// not, and when they are cut off.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "src/transport/local.h"
#include "src/transport/sha256.h"
#include "tests/support/operations.h"

namespace interlock::tests {
namespace {

using fsm::Outcome;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(20); }

HostOptions here() {
  HostOptions options;
  options.name = "here";
  options.via = Via::local;
  return options;
}

class Directories : public ::testing::Test {
 protected:
  LocalHost host_{here()};
  FakeHosts hosts_{host_};
  TempDir temp_;
  const std::string spool_ = temp_ / "spool";
  const std::string staging_ = temp_ / "hotdb-server.staging";
  const std::string package_ = temp_ / "packages/hotdb-server-2.5.6-ga-20200601.tar.gz";

  void SetUp() override { std::filesystem::create_directories(spool_); }

  OperationResult perform(const std::string& kind, const Json& args, Attempt attempt = {}) {
    return tests::perform(kind, args, host_, hosts_, attempt);
  }
  void shell(const std::string& script) {
    const auto output = host_.run({{"sh", "-c", script}, "", {}, 4096}, soon());
    ASSERT_TRUE(output && output->ok()) << script << ": " << (output ? output->err : output.error().text);
  }
  std::string sum_of(const std::string& path) { return sha256_of_file(path, soon()).value(); }

  // A package as the vendor's are: one top directory.
  void make_package(int kilobytes = 64) {
    const std::string top = temp_ / "make/hotdb-server";
    put(top + "/bin/hotdb_server", "#!/bin/sh\n");
    put(top + "/conf/server.xml", "<x/>\n");
    put(top + "/lib/big.jar", std::string(static_cast<std::size_t>(kilobytes) * 1024, 'j'));
    std::filesystem::create_directories(temp_ / "packages");
    shell("tar -czf '" + package_ + "' -C '" + temp_.path() + "/make' hotdb-server");
  }
  void upload() {
    const auto result = perform("upload", {{"from", package_}, {"to", spool_}, {"sha256", sum_of(package_)}});
    ASSERT_EQ(result.outcome, Outcome::done) << result.text;
  }
  Json unpack_args(const std::string& to) {
    return {{"package", package_}, {"from", spool_}, {"to", to}, {"owner", std::to_string(::getuid()) + ":" + std::to_string(::getgid())}, {"sha256", sum_of(package_)}};
  }
  std::string tree(const std::string& path) {
    const auto reading = observe_on("tree", {{"path", path}, {"package_sha256", sum_of(package_)}}, host_, hosts_);
    return reading.known() ? reading.value->get<std::string>() : "unknown: " + reading.unknown->text;
  }
};

TEST_F(Directories, APackageIsUploadedUnpackedAndKnownByItsMark) {
  make_package();
  upload();
  EXPECT_EQ(tree(staging_), "absent");
  const auto result = perform("unpack", unpack_args(staging_));
  ASSERT_EQ(result.outcome, Outcome::done) << result.text;
  EXPECT_EQ(tree(staging_), "new");
  EXPECT_EQ(content_of(staging_ + "/.interlock-package"), sum_of(package_) + "\n");
  EXPECT_EQ(content_of(staging_ + "/bin/hotdb_server"), "#!/bin/sh\n");
  EXPECT_FALSE(std::filesystem::exists(staging_ + ".unpacking"));
  // Once more changes nothing.
  const auto inode = [&] { struct stat s{}; ::stat(staging_.c_str(), &s); return s.st_ino; };
  const auto before = inode();
  const auto again = perform("unpack", unpack_args(staging_), {.again = true});
  EXPECT_EQ(again.outcome, Outcome::done);
  EXPECT_THAT(again.text, HasSubstr("already"));
  EXPECT_EQ(inode(), before);
}

TEST_F(Directories, ATreeIsNewOnlyByAMarkOfThisPackageAndNothingElse) {
  make_package();
  put(staging_ + "/bin/x", "");
  EXPECT_EQ(tree(staging_), "old");
  put(staging_ + "/.interlock-package", sum_of(package_).substr(0, 63));
  EXPECT_EQ(tree(staging_), "old");
  put(staging_ + "/.interlock-package", sum_of(package_) + " x");
  EXPECT_EQ(tree(staging_), "old");
  put(staging_ + "/.interlock-package", std::string(64, 'a'));
  EXPECT_EQ(tree(staging_), "old");
  put(staging_ + "/.interlock-package", sum_of(package_));
  EXPECT_EQ(tree(staging_), "new");
  put(temp_ / "file", "");
  EXPECT_THAT(tree(temp_ / "file"), HasSubstr("not a directory"));
}

TEST_F(Directories, AnEarlierPackageOfOursIsReplacedAForeignDirectoryNever) {
  make_package();
  upload();
  put(staging_ + "/precious", "1");
  const auto refused = perform("unpack", unpack_args(staging_));
  EXPECT_EQ(refused.outcome, Outcome::failed);
  EXPECT_THAT(refused.text, HasSubstr("was not unpacked by Interlock"));
  EXPECT_EQ(content_of(staging_ + "/precious"), "1");
  put(staging_ + "/.interlock-package", std::string(64, 'a') + "\n");  // now it is an earlier package
  EXPECT_EQ(perform("unpack", unpack_args(staging_)).outcome, Outcome::done);
  EXPECT_FALSE(std::filesystem::exists(staging_ + "/precious"));
  EXPECT_EQ(tree(staging_), "new");
}

TEST_F(Directories, AWrongChecksumIsFoundBeforeAnythingIsUnpacked) {
  make_package();
  const std::string right = sum_of(package_);
  const auto wrong = perform("upload", {{"from", package_}, {"to", spool_}, {"sha256", std::string(64, 'b')}});
  EXPECT_EQ(wrong.outcome, Outcome::failed);
  EXPECT_THAT(wrong.text, HasSubstr(right));
  EXPECT_TRUE(std::filesystem::is_empty(spool_));
  upload();
  const Json args = unpack_args(staging_);
  put(spool_ + "/" + std::filesystem::path(package_).filename().string(), "damaged on the host");
  const auto result = perform("unpack", args);
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_THAT(result.text, AllOf(HasSubstr("SHA-256"), HasSubstr(right)));
  EXPECT_EQ(tree(staging_), "absent");
}

TEST_F(Directories, APackageWithoutOneTopDirectoryOrWithAWayOutIsRefused) {
  make_package();
  put(temp_ / "make/loose", "x");
  shell("tar -czf '" + package_ + "' -C '" + temp_.path() + "/make' hotdb-server loose");
  upload();
  auto result = perform("unpack", unpack_args(staging_));
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_THAT(result.text, HasSubstr("one top directory, not 2"));
  shell("tar -czPf '" + package_ + "' -C '" + temp_.path() + "/make' --transform 's,loose,hotdb-server/../../escaped,' hotdb-server loose");
  upload();
  result = perform("unpack", unpack_args(staging_));
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_THAT(result.text, HasSubstr("leads out"));
  EXPECT_FALSE(std::filesystem::exists(temp_ / "escaped"));
  EXPECT_EQ(tree(staging_), "absent");
}

// A file system of its own, of a few hundred kilobytes.
class SmallDisk {
 public:
  SmallDisk(const std::string& at, const std::string& options) : at_(at) {
    std::filesystem::create_directories(at);
    mounted_ = ::mount("interlock-test", at.c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  [[nodiscard]] bool mounted() const { return mounted_; }

 private:
  std::string at_;
  bool mounted_ = false;
};

TEST_F(Directories, AFullDiskIsNamedWithItsRoomAndNothingIsLeftBehind) {
  make_package(600);
  upload();
  const SmallDisk disk(temp_ / "small", "size=256k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small file system needs root";
  const auto result = perform("unpack", unpack_args(temp_ / "small/hotdb-server.staging"));
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_THAT(result.text, AllOf(HasSubstr("disk full"), HasSubstr(" kB left"), HasSubstr("hotdb-server.staging")));
  EXPECT_TRUE(std::filesystem::is_empty(temp_ / "small"));
}

TEST_F(Directories, ADiskThatFillsUpWhileUnpackingIsNamedToo) {
  make_package(60);
  for (int i = 0; i < 40; ++i) put(temp_ / ("make/hotdb-server/lib/" + std::to_string(i)), "");
  shell("tar -czf '" + package_ + "' -C '" + temp_.path() + "/make' hotdb-server");
  upload();
  const SmallDisk disk(temp_ / "small", "size=4m,nr_inodes=20");  // room for bytes, not for files: seen by tar only
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small file system needs root";
  const auto result = perform("unpack", unpack_args(temp_ / "small/hotdb-server.staging"));
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_THAT(result.text, HasSubstr("disk full while unpacking"));
  EXPECT_TRUE(std::filesystem::is_empty(temp_ / "small"));
}

TEST_F(Directories, AFullSpoolIsNamedWithItsRoom) {
  make_package();
  put(temp_ / "packages/big", std::string(600 * 1024, 'x'));
  const SmallDisk disk(temp_ / "small", "size=256k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small file system needs root";
  const auto result = perform("upload", {{"from", temp_ / "packages/big"}, {"to", temp_ / "small"}, {"sha256", sum_of(temp_ / "packages/big")}});
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_THAT(result.text, AllOf(HasSubstr("disk full"), HasSubstr(" kB left")));
  EXPECT_TRUE(std::filesystem::is_empty(temp_ / "small"));
}

// Cut off after ever longer times, then done again: at every moment the directory is absent or whole.
TEST_F(Directories, UnpackingCutOffAnywhereIsNeverHalfAndIsDoneAgain) {
  make_package(200);
  for (int i = 0; i < 300; ++i) put(temp_ / ("make/hotdb-server/lib/" + std::to_string(i)), "some content");
  shell("tar -czf '" + package_ + "' -C '" + temp_.path() + "/make' hotdb-server");
  upload();
  const Json args = unpack_args(staging_);
  int cut = 0;
  for (const int milliseconds : {1, 3, 6, 9, 12, 16, 20, 25, 30, 40}) {
    std::filesystem::remove_all(staging_);
    const auto result = perform("unpack", args, {.again = true, .within = Millis{milliseconds}});
    if (result.outcome != Outcome::done) ++cut;
    if (result.outcome == Outcome::failed) {
      EXPECT_THAT(result.text, HasSubstr("time"));
    }
    const std::string seen = tree(staging_);
    EXPECT_TRUE(seen == "absent" || seen == "new") << seen;
    const auto again = perform("unpack", args, {.again = true});
    ASSERT_EQ(again.outcome, Outcome::done) << again.text;
    EXPECT_EQ(tree(staging_), "new");
    EXPECT_EQ(content_of(staging_ + "/lib/299"), "some content");
    EXPECT_FALSE(std::filesystem::exists(staging_ + ".unpacking"));
  }
  EXPECT_GT(cut, 0);
}

TEST_F(Directories, AJdkIsUnpackedIntoADirectoryThatKeepsItsOtherEntries) {
  make_package();
  upload();
  const std::string root = temp_ / "jdk8";
  put(root + "/other/file", "stays");
  put(root + "/hotdb-server/broken", "an earlier one");
  const Json args = {{"package", package_}, {"from", spool_}, {"to", root}};
  for (const bool again : {false, true}) {
    const auto result = perform("unpack_into", args, {.again = again});
    ASSERT_EQ(result.outcome, Outcome::done) << result.text;
    EXPECT_EQ(content_of(root + "/hotdb-server/bin/hotdb_server"), "#!/bin/sh\n");
    EXPECT_FALSE(std::filesystem::exists(root + "/hotdb-server/broken"));
    EXPECT_EQ(content_of(root + "/other/file"), "stays");
    EXPECT_FALSE(std::filesystem::exists(root + "/.interlock-unpacking"));
  }
}

TEST_F(Directories, RenamingNeverGoesOverSomethingAndIsFoundDoneAfterwards) {
  const std::string home = temp_ / "hotdb-server", aside = temp_ / "hotdb-server_2.5.4";
  const Json args = {{"from", home}, {"to", aside}};
  EXPECT_EQ(find_operation("rename")->describe(args), std::vector<std::string>{"mv " + home + " " + aside});
  EXPECT_THAT(perform("rename", args).text, HasSubstr("does not exist"));
  put(home + "/a", "1");
  EXPECT_EQ(perform("rename", args).outcome, Outcome::done);
  EXPECT_EQ(content_of(aside + "/a"), "1");
  EXPECT_EQ(perform("rename", args, {.again = true}).outcome, Outcome::done);   // by the earlier attempt
  EXPECT_EQ(perform("rename", args).outcome, Outcome::failed);                  // not by one that was never made
  put(home + "/a", "2");
  for (const bool again : {false, true}) {
    const auto taken = perform("rename", args, {.again = again});
    EXPECT_EQ(taken.outcome, Outcome::failed);
    EXPECT_THAT(taken.text, HasSubstr("exists already"));
  }
  EXPECT_EQ(content_of(aside + "/a"), "1");
  EXPECT_EQ(content_of(home + "/a"), "2");
}

TEST_F(Directories, RenamingAcrossFileSystemsIsRefused) {
  const SmallDisk disk(temp_ / "small", "size=256k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a file system needs root";
  put(temp_ / "home/a", "1");
  const auto result = perform("rename", {{"from", temp_ / "home"}, {"to", temp_ / "small/home"}});
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_THAT(result.text, HasSubstr("different file systems"));
  EXPECT_TRUE(std::filesystem::exists(temp_ / "home/a"));
}

TEST_F(Directories, SettingAwayTakesTheFirstFreeName) {
  const Json args = {{"from", temp_ / "home"}, {"to", temp_ / "failed"}};
  EXPECT_THAT(perform("set_away", args).text, HasSubstr("nothing to set away"));
  for (const char* name : {"failed", "failed.2", "failed.3"}) {
    put(temp_ / "home/a", name);
    const auto result = perform("set_away", args);
    EXPECT_EQ(result.outcome, Outcome::done) << result.text;
    EXPECT_EQ(result.details["to"], temp_ / name);
    EXPECT_EQ(content_of(temp_ / (std::string(name) + "/a")), name);
  }
  EXPECT_FALSE(std::filesystem::exists(temp_ / "home"));
}

TEST_F(Directories, APackageOnThisMachineIsVerifiedWrongOrMissing) {
  make_package();
  const auto seen = [&](const std::string& file, const std::string& sum) {
    return observe_on("package", {{"file", file}, {"sha256", sum}}, host_, hosts_);
  };
  EXPECT_EQ(seen(package_, sum_of(package_)).value, "verified");
  EXPECT_EQ(seen(package_, std::string(64, 'c')).value, "wrong");
  EXPECT_THAT(seen(package_, std::string(64, 'c')).saw, HasSubstr(sum_of(package_)));
  EXPECT_EQ(seen(temp_ / "none", sum_of(package_)).value, "missing");
  EXPECT_EQ(seen("~/none", sum_of(package_)).value, "missing");
  EXPECT_EQ(seen("", "").value, "missing");
  EXPECT_EQ(seen(temp_.path(), sum_of(package_)).value, "wrong");
  EXPECT_FALSE(seen(package_, "abc").known());
}

TEST_F(Directories, SelinuxContextsAreRestoredOnlyWhereItIsOn) {
  const auto result = perform("restorecon", {{"path", temp_.path()}});
  ASSERT_EQ(result.outcome, Outcome::done);
  if (!std::filesystem::exists("/sys/fs/selinux/enforce")) {
    EXPECT_THAT(result.text, HasSubstr("SELinux is not on"));
  }
}

}  // namespace
}  // namespace interlock::tests
