// Looking at paths over SSH: the same answers as on the machine itself, from an SFTP session that is kept, for as long
// as it lives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>
#include <thread>

#include "src/transport/local.h"
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

std::string told(const Result<FileStatus>& is) {
  if (!is) return to_string(is.error().cause);
  std::ostringstream words;
  words << static_cast<int>(is->kind) << ' ' << is->size << ' ' << std::oct << is->mode << ' ' << is->owner << " -> " << is->target;
  return words.str();
}

struct SshLook : testing::Test {
  // An SFTP server that writes down each of its processes, and is started by `before`.
  tests::SshServer::Options noted(const std::string& before = "") {
    write_text(folder / "sftp", "#!/bin/sh\necho $$ >> " + folder / "pids" + "\nexec " + before + " /usr/lib/openssh/sftp-server\n");
    ::chmod((folder / "sftp").c_str(), 0755);
    tests::SshServer::Options options;
    options.sftp_server = folder / "sftp";
    return options;
  }
  std::vector<pid_t> sessions() {
    std::istringstream numbers(read_text(folder / "pids"));
    return {std::istream_iterator<pid_t>(numbers), {}};
  }
  std::string look(Host& host, const std::string& name, Millis within = seconds(10)) {
    return told(host.look_at(folder / name, Links::shown, in(within)));
  }
  tests::TempFolder folder;
  LocalHost local{HostOptions{}};
};

void make_one_of_each(const tests::TempFolder& folder) {
  write_text(folder / "file", "content");
  ::chmod((folder / "file").c_str(), 04750);
  if (::getuid() == 0) {
    EXPECT_EQ(::chown((folder / "file").c_str(), 65534, 65534), 0);
    write_text(folder / "nobody's", "");
    EXPECT_EQ(::chown((folder / "nobody's").c_str(), 54321, 54321), 0);
  }
  ::mkdir((folder / "folder").c_str(), 01777);
  std::filesystem::create_symlink("file", folder / "link");
  std::filesystem::create_symlink("nowhere", folder / "dangling");
  EXPECT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
}

TEST_F(SshLook, TellsOfEveryKindWhatTheMachineItselfTells) {
  make_one_of_each(folder);
  tests::SshServer::Options old;  // as before OpenSSH 8.9
  old.sftp_server = "internal-sftp -P users-groups-by-id";
  tests::SshServer server, old_server(old);
  for (const auto* const one : {&server, &old_server}) {
    auto host = make_host(one->host_options());
    for (const std::string name : {"file", "nobody's", "folder", "link", "dangling", "fifo", "none", "file/below", "../../../../dev/null"}) {
      for (const Links links : {Links::shown, Links::followed}) {
        const auto here = local.look_at(folder / name, links, in(seconds(5)));
        EXPECT_EQ(told(host->look_at(folder / name, links, in(seconds(5)))), told(here)) << name;
      }
    }
    EXPECT_EQ(look(*host, "dangling"), "2 7 777 " + local.look_at(folder / "dangling", Links::shown, in(seconds(5)))->owner + " -> nowhere");
    EXPECT_EQ(told(host->look_at(folder / "dangling", Links::followed, in(seconds(5)))), "missing");
  }
}

TEST_F(SshLook, WhatMayNotBeSeenIsDenied) {
  if (::getuid() != 0) GTEST_SKIP() << "root is needed to become another user";
  ::chmod(folder.path().c_str(), 0777);
  write_text(folder / "private", "x");
  ::chmod((folder / "private").c_str(), 0600);
  ::mkdir((folder / "closed").c_str(), 0700);
  tests::SshServer server(noted("setpriv --reuid=65534 --regid=65534 --clear-groups"));
  auto host = make_host(server.host_options());
  EXPECT_EQ(look(*host, "private"), told(local.look_at(folder / "private", Links::shown, in(seconds(5)))));
  EXPECT_STREQ(to_string(host->read_part(folder / "private", 0, 10, in(seconds(5))).error().cause), "denied");
  EXPECT_EQ(look(*host, "closed/file"), "denied");
  EXPECT_EQ(sessions().size(), 1U) << "an answer that says no does not cost the session";
}

TEST_F(SshLook, ReadsNoMoreOfALargeFileThanIsAskedFor) {
  std::string content(3'000'000, '\0');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i % 251);
  write_text(folder / "large", content);
  std::filesystem::resize_file(folder / "large", std::uintmax_t{1} << 40U);
  tests::SshServer server;
  auto over_ssh = make_host(server.host_options());
  for (Host* host : {over_ssh.get(), static_cast<Host*>(&local)}) {
    const auto part = [&](std::uint64_t offset, std::size_t limit) {
      auto read = host->read_part(folder / "large", offset, limit, in(seconds(10)));
      return read ? *read : read.error().text;
    };
    EXPECT_TRUE(part(0, 200) == content.substr(0, 200));
    EXPECT_TRUE(part(1'000'001, 1'234'567) == content.substr(1'000'001, 1'234'567));
    EXPECT_TRUE(part((std::uint64_t{1} << 40U) - 5, 1'000) == std::string(5, '\0'));
    EXPECT_EQ(part(std::uint64_t{1} << 41U, 1'000), "");
    EXPECT_EQ(host->read_file(folder / "large", 100'000, in(seconds(10))).error().cause, Cause::protocol);
  }
}

TEST_F(SshLook, OneSessionServesAllUntilItIsKilled) {
  write_text(folder / "file", "content");
  tests::SshServer server(noted());
  auto host = make_host(server.host_options());
  const std::string there = look(*host, "file");
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(look(*host, "file"), there);
    EXPECT_EQ(look(*host, "none"), "missing");
    EXPECT_EQ(host->read_file(folder / "file", 100, in(seconds(5))).value_or("unread"), "content");
  }
  ASSERT_EQ(sessions().size(), 1U);
  ::kill(sessions()[0], SIGKILL);
  EXPECT_EQ(look(*host, "file"), there);
  EXPECT_EQ(sessions().size(), 2U);
  EXPECT_EQ(server.login_count(), 1U);
  server.signal_connections(SIGKILL);
  EXPECT_EQ(look(*host, "file"), there);
  EXPECT_EQ(server.login_count(), 2U);
}

TEST_F(SshLook, AServerThatHangsEndsByTheDeadlineAndHoldsNobodyUp) {
  write_text(folder / "file", "content");
  tests::SshServer server(noted());
  auto host = make_host(server.host_options());
  const std::string there = look(*host, "file");
  const pid_t hanging = sessions().at(0);
  ::kill(hanging, SIGSTOP);
  const auto began = steady_clock::now();
  std::thread waiting([&] { EXPECT_EQ(look(*host, "file", Millis{700}), "timed out"); });
  std::this_thread::sleep_for(Millis{200});
  EXPECT_EQ(look(*host, "file"), there);
  EXPECT_LT(steady_clock::now() - began, Millis{700}) << "another had to wait for the one that hangs";
  waiting.join();
  EXPECT_LT(steady_clock::now() - began, seconds(3));
  EXPECT_EQ(look(*host, "file"), there) << "a late answer must not be taken for one to a later question";
  ::kill(hanging, SIGKILL);
  EXPECT_EQ(sessions().size(), 2U);
}

TEST_F(SshLook, AKeptSessionMakesRoomForACommand) {
  write_text(folder / "file", "content");
  tests::SshServer::Options few;
  few.extra_config = "MaxSessions 1";
  tests::SshServer server(few);
  auto host = make_host(server.host_options());
  for (int i = 0; i < 5; ++i) {
    EXPECT_NE(look(*host, "file", seconds(2)), "timed out");
    const auto output = host->run(Command{{"true"}, "", {}, 1}, in(seconds(2)));
    EXPECT_TRUE(output) << output.error().text;
  }
}

TEST_F(SshLook, ManyMayLookAtOnce) {
  write_text(folder / "file", "content");
  tests::SshServer server;
  auto host = make_host(server.host_options());
  const std::string there = look(*host, "file");
  std::vector<std::thread> threads;
  for (int t = 0; t < 12; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 40; ++i) {
        EXPECT_EQ(look(*host, i % 2 == 0 ? "file" : "none"), i % 2 == 0 ? there : "missing");
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST_F(SshLook, NothingButThePathIsEverMissing) {
  tests::SshServer::Options without;
  without.sftp_server = "/nonexistent/sftp-server";
  tests::SshServer server(without);
  auto no_sftp = make_host(server.host_options());
  const auto looked = no_sftp->look_at("/", Links::shown, in(seconds(5)));
  ASSERT_FALSE(looked);
  EXPECT_STREQ(to_string(looked.error().cause), "protocol error");
  EXPECT_THAT(looked.error().text, HasSubstr("SFTP"));
  HostOptions no_key = server.host_options();
  no_key.key_file = "/nonexistent/key";
  EXPECT_EQ(told(make_host(no_key)->look_at("/", Links::shown, in(seconds(5)))), "internal");
}

}  // namespace
}  // namespace interlock
