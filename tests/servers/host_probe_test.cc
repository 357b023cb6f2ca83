// The probes that look at a host, really looking at this machine.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "src/transport/local.h"
#include "tests/support/fake_host.h"

namespace interlock::tests {
namespace {

namespace fs = std::filesystem;

class HostProbe : public ::testing::Test {
 protected:
  HostProbe() {
    std::string name = (fs::temp_directory_path() / "interlock-probe-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~HostProbe() override {
    for (const pid_t pid : children) {
      ::kill(pid, SIGKILL);
      ::waitpid(pid, nullptr, 0);
    }
    fs::remove_all(folder);
  }
  std::string write(const std::string& name, const std::string& content) {
    std::ofstream(folder / name, std::ios::binary) << content;
    return folder / name;
  }
  // A process whose first argument is `name`.
  pid_t start(const char* name) {
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::execlp("sleep", name, "60", nullptr);
      ::_exit(127);
    }
    children.push_back(pid);
    for (int i = 0; i < 200; ++i) {  // until it is the new program
      std::ifstream comm("/proc/" + std::to_string(pid) + "/cmdline");
      std::string first;
      if (std::getline(comm, first, '\0') && first == name) break;
      ::usleep(5'000);
    }
    return pid;
  }
  fs::path folder;
  std::vector<pid_t> children;
  LocalHost host{HostOptions{}};
};

TEST_F(HostProbe, AFileIsToldWithItsSumContentAndEnd) {
  const std::string path = write("it's a dump\n", "line one\n-- Dump completed\n");
  const Reading seen = observe("file", {{"path", path}, {"sha256", true}, {"content", true}, {"tail", 10}}, host);
  ASSERT_TRUE(seen.known()) << seen.saw;
  const Json& value = *seen.value;
  EXPECT_EQ(value["exists"], true);
  EXPECT_EQ(value["kind"], "file");
  EXPECT_EQ(value["size"], 27);
  EXPECT_EQ(value["content"], "line one\n-- Dump completed\n");
  EXPECT_EQ(value["tail"], "completed\n");
  EXPECT_EQ(value["sha256"], "06d356fd5b9f4dc6c21cb4ede4676edd8de538ab6a10ac15ac83035d2f9329e5") << "see sha256sum";
}

TEST_F(HostProbe, ALargeFileIsCutAndABinaryOneStaysText) {
  const Reading large = observe("file", {{"path", write("large", std::string(70'000, 'x'))}, {"content", true}}, host);
  ASSERT_TRUE(large.known()) << large.saw;
  EXPECT_EQ((*large.value)["content"].get<std::string>().size(), 65'536U);
  EXPECT_EQ((*large.value)["content_truncated"], true);
  const Reading binary = observe("file", {{"path", write("binary", std::string("a\0b\xff", 4))}, {"content", true}}, host);
  ASSERT_TRUE(binary.known()) << binary.saw;
  EXPECT_EQ((*binary.value)["content"], "a\xEF\xBF\xBD" "b\xEF\xBF\xBD");
  const Reading empty = observe("file", {{"path", write("empty", "")}, {"content", true}, {"tail", 5}}, host);
  ASSERT_TRUE(empty.known()) << empty.saw;
  EXPECT_EQ((*empty.value)["content"], "");
  EXPECT_EQ((*empty.value)["tail"], "");
}

TEST_F(HostProbe, WhatIsNoFileIsNotOpened) {
  fs::create_symlink("nowhere", folder / "link");
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  const auto look = [&](const char* name) {
    return observe("file", {{"path", folder / name}, {"content", true}, {"sha256", true}}, host);
  };
  const Reading directory = look(".");
  ASSERT_TRUE(directory.known()) << directory.saw;
  EXPECT_EQ((*directory.value)["kind"], "directory");
  EXPECT_EQ((*directory.value)["content"], nullptr);
  const Reading link = look("link");
  ASSERT_TRUE(link.known()) << link.saw;
  EXPECT_EQ((*link.value)["kind"], "symlink");
  EXPECT_EQ((*link.value)["target"], "nowhere");
  const Reading fifo = look("fifo");
  ASSERT_TRUE(fifo.known()) << fifo.saw;
  EXPECT_EQ((*fifo.value)["kind"], "fifo");
  for (const char* name : {"not-there", "fifo/below"}) {
    const Reading missing = look(name);
    ASSERT_TRUE(missing.known()) << missing.saw;
    EXPECT_EQ((*missing.value)["exists"], false);
  }
}

TEST_F(HostProbe, AProcessIsFoundByItsCommandLine) {
  const pid_t pid = start("interlock-test-program-a");
  const Reading seen = observe("process", {{"match", "test-program-a 60"}}, host);
  ASSERT_TRUE(seen.known()) << seen.saw;
  EXPECT_EQ((*seen.value)["running"], true);
  EXPECT_EQ((*seen.value)["pid"], pid);
  EXPECT_EQ((*seen.value)["count"], 1) << "the probe must not find itself";
  const Reading other = observe("process", {{"match", "interlock-test-program-b"}}, host);
  ASSERT_TRUE(other.known()) << other.saw;
  EXPECT_EQ((*other.value)["running"], false);
  EXPECT_EQ((*other.value)["pid"], nullptr);
}

TEST_F(HostProbe, APidFileCountsOnlyForItsOwnProgram) {
  const pid_t pid = start("interlock-test-program-a");
  const std::string file = write("a.pid", std::to_string(pid) + "\n");
  const auto running = [&](Json args) {
    const Reading seen = observe("process", args, host);
    EXPECT_TRUE(seen.known()) << seen.saw;
    return seen.known() && (*seen.value)["running"].get<bool>();
  };
  EXPECT_TRUE(running({{"pid_file", file}}));
  EXPECT_TRUE(running({{"pid_file", file}, {"match", "program-a"}}));
  EXPECT_FALSE(running({{"pid_file", file}, {"match", "program-b"}})) << "its number was taken by another program";
  EXPECT_FALSE(running({{"pid_file", folder / "none.pid"}}));
  EXPECT_FALSE(running({{"pid_file", write("words.pid", "not a number\n")}}));
  EXPECT_FALSE(running({{"pid_file", write("gone.pid", "4194303\n")}}));
}

TEST_F(HostProbe, AZombieDoesNotRun) {
  const pid_t pid = start("interlock-test-program-z");
  ::kill(pid, SIGKILL);
  siginfo_t dead{};
  ::waitid(P_PID, static_cast<id_t>(pid), &dead, WEXITED | WNOWAIT);
  const Reading seen = observe("process", {{"pid_file", write("z.pid", std::to_string(pid))}}, host);
  ASSERT_TRUE(seen.known()) << seen.saw;
  EXPECT_EQ((*seen.value)["running"], false);
}

TEST_F(HostProbe, TheLoopbackAddressIsHeldOnLo) {
  const Reading held = observe("address", {{"ip", "127.0.0.1"}}, host);
  ASSERT_TRUE(held.known()) << held.saw;
  EXPECT_EQ((*held.value)["held"], true);
  EXPECT_EQ((*held.value)["devices"], Json({"lo"}));
  const Reading elsewhere = observe("address", {{"ip", "127.0.0.1"}, {"dev", "eth9"}}, host);
  ASSERT_TRUE(elsewhere.known()) << elsewhere.saw;
  EXPECT_EQ((*elsewhere.value)["held"], false);
  const Reading absent = observe("address", {{"ip", "203.0.113.77"}}, host);
  ASSERT_TRUE(absent.known()) << absent.saw;
  EXPECT_EQ((*absent.value)["held"], false);
}

// A file without a VRRP instance needs no device that this machine may lack.
TEST_F(HostProbe, KeepalivedJudgesItsFile) {
  const auto look = [&](const std::string& file) { return observe("keepalived", {{"config", file}, {"check", true}}, host); };
  const auto verdict = [&](const std::string& content) {
    const Reading seen = look(write("k.conf", content));
    EXPECT_TRUE(seen.known()) << seen.saw;
    return seen.known() ? (*seen.value)["verdict"].get<std::string>() : "";
  };
  EXPECT_EQ(verdict("global_defs { router_id x }\n"), "valid");
  EXPECT_EQ(verdict("global_defs { router_id x\n no_such_word 1 }\n"), "faulty");
  EXPECT_EQ(verdict("global_defs { vrrp_version 9 }\n"), "faulty");
  const Reading missing = look(folder / "none.conf");
  ASSERT_FALSE(missing.known()) << "keepalived itself exits with 0 here: " << missing.value->dump();
  EXPECT_STREQ(to_string(missing.unknown->cause), "missing");
  EXPECT_FALSE(look(folder).known()) << "and here";
}

TEST_F(HostProbe, ACommandIsObservedAsItEnds) {
  const Reading seen = observe("command", {{"argv", {"sh", "-c", "echo out; echo err >&2; exit 3"}}}, host);
  ASSERT_TRUE(seen.known()) << seen.saw;
  EXPECT_EQ(*seen.value, Json({{"exit", 3}, {"signal", nullptr}, {"out", "out\n"}, {"err", "err\n"}, {"truncated", false}}));
  const Reading killed = observe("command", {{"argv", {"sh", "-c", "kill -9 $$"}}}, host);
  ASSERT_TRUE(killed.known());
  EXPECT_EQ((*killed.value)["signal"], 9);
  EXPECT_EQ((*killed.value)["exit"], nullptr);
  const Reading missing = observe("command", {{"argv", {"no-such-command-here"}}}, host);
  ASSERT_FALSE(missing.known());
  EXPECT_EQ(missing.unknown->cause, Cause::missing);
  const Reading slow = observe("command", {{"argv", {"sleep", 10}}}, host, Millis{200});
  ASSERT_FALSE(slow.known());
  EXPECT_EQ(slow.unknown->cause, Cause::timed_out);
}

TEST_F(HostProbe, WhatMayNotBeReadIsDenied) {
  if (::geteuid() != 0) GTEST_SKIP() << "root is needed to become another user";
  const std::string path = write("private", "x");
  fs::permissions(path, fs::perms::owner_read);
  fs::create_directory(folder / "closed");
  fs::permissions(folder / "closed", fs::perms::owner_all);
  fs::permissions(folder, fs::perms::all);
  struct AsNobody {
    AsNobody() { EXPECT_EQ(::seteuid(65534), 0); }
    ~AsNobody() { EXPECT_EQ(::seteuid(0), 0); }
  } nobody;
  for (const Json& args : {Json{{"path", path}, {"sha256", true}}, Json{{"path", folder / "closed" / "file"}}}) {
    const Reading seen = observe("file", args, host);
    ASSERT_FALSE(seen.known()) << seen.value->dump();
    EXPECT_STREQ(to_string(seen.unknown->cause), "denied") << seen.saw;
  }
}

}  // namespace
}  // namespace interlock::tests
