// Ports of a host reached through its SSH connection.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <thread>

#include "src/transport/files.h"
#include "src/transport/transport.h"
#include "tests/support/deadline.h"
#include "tests/support/sshd.h"

namespace interlock {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::HasSubstr;
using tests::in;

// Greets each connection and gives back what it gets, until the other side has said all.
class EchoServer {
 public:
  EchoServer() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(fd_, 32), 0);
    EXPECT_EQ(::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~EchoServer() {
    stop_ = true;
    ::shutdown(fd_, SHUT_RDWR);
    thread_.join();
    for (auto& thread : connections_) thread.join();
    ::close(fd_);
  }
  std::uint16_t port = 0;

 private:
  void serve() {
    while (!stop_) {
      const int fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) return;
      connections_.emplace_back([fd] {
        (void)!::send(fd, "hello\n", 6, MSG_NOSIGNAL);
        char buffer[65536];
        for (ssize_t count = 0; (count = ::recv(fd, buffer, sizeof buffer, 0)) > 0;) {
          for (ssize_t sent = 0; sent < count;) {
            const ssize_t now = ::send(fd, buffer + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
            if (now <= 0) break;
            sent += now;
          }
        }
        ::close(fd);
      });
    }
  }
  int fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::atomic<bool> stop_{false};
  std::thread thread_;
  std::vector<std::thread> connections_;
};

Descriptor connect_to(const std::string& path) {
  Descriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  if (::connect(fd.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fd.reset();
  return fd;
}

// Until the end, or ten seconds of silence.
std::string read_to_end(int fd) {
  std::string text;
  char buffer[65536];
  for (pollfd wait{fd, POLLIN, 0}; ::poll(&wait, 1, 10'000) > 0;) {
    const ssize_t count = ::recv(fd, buffer, sizeof buffer, 0);
    if (count <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
  }
  return text + " (and no end)";
}

struct SshTunnelTest : testing::Test {
  HostOptions tunnelled() {
    HostOptions options = server.host_options();
    options.tunnel_ports = true;
    return options;
  }
  tests::SshServer server;
  EchoServer echo;
  std::unique_ptr<Host> host = make_host(tunnelled());
};

TEST_F(SshTunnelTest, BytesGoThroughBothWaysAndEndsAreKept) {
  auto endpoint = host->connect(echo.port, in(seconds(5)));
  ASSERT_TRUE(endpoint) << endpoint.error().text;
  EXPECT_EQ(endpoint->address, "127.0.0.1");
  EXPECT_EQ(endpoint->port, echo.port);
  struct stat folder{};
  const std::string folder_path = std::filesystem::path(endpoint->unix_path).parent_path();
  ASSERT_EQ(::stat(folder_path.c_str(), &folder), 0);
  EXPECT_EQ(folder.st_mode & 0777U, 0700U);

  Descriptor fd = connect_to(endpoint->unix_path);
  ASSERT_TRUE(fd.valid());
  const std::string sent(3'000'000, 'x');
  std::thread writer([&] {
    for (std::size_t done = 0; done < sent.size();) {
      const ssize_t count = ::send(fd.fd, sent.data() + done, sent.size() - done, MSG_NOSIGNAL);
      if (count <= 0) break;
      done += static_cast<std::size_t>(count);
    }
    ::shutdown(fd.fd, SHUT_WR);
  });
  const std::string received = read_to_end(fd.fd);
  writer.join();
  EXPECT_TRUE(received == "hello\n" + sent) << received.size();
  EXPECT_FALSE(std::filesystem::exists(folder_path)) << "one connection, then nothing is left";
}

TEST_F(SshTunnelTest, ARefusedPortIsRefusedHereAlready) {
  auto endpoint = host->connect(tests::free_port(), in(seconds(5)));
  ASSERT_FALSE(endpoint);
  EXPECT_EQ(endpoint.error().cause, Cause::refused) << endpoint.error().text;
}

TEST_F(SshTunnelTest, WhatTheHostCannotReachIsUnreachable) {
  HostOptions options = tunnelled();
  options.tunnel_address = "no-such-host.invalid";
  auto other = make_host(options);
  auto endpoint = other->connect(80, in(seconds(10)));
  ASSERT_FALSE(endpoint);
  EXPECT_EQ(endpoint.error().cause, Cause::unreachable) << endpoint.error().text;
}

TEST_F(SshTunnelTest, ForbiddenForwardingIsDenied) {
  tests::SshServer::Options options;
  options.extra_config = "AllowTcpForwarding no";
  tests::SshServer closed(options);
  HostOptions host_options = closed.host_options();
  host_options.tunnel_ports = true;
  auto other = make_host(host_options);
  auto endpoint = other->connect(echo.port, in(seconds(5)));
  ASSERT_FALSE(endpoint);
  EXPECT_EQ(endpoint.error().cause, Cause::denied) << endpoint.error().text;
}

TEST_F(SshTunnelTest, RefusalsAtTheSameTimeAreNotMixedUp) {
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  HostOptions options = tunnelled();
  for (int i = 0; i < 30; ++i) {
    threads.emplace_back([&, i] {
      auto endpoint = host->connect(i % 3 == 0 ? echo.port : tests::free_port(), in(seconds(10)));
      if (i % 3 == 0 ? bool(endpoint) : !endpoint && endpoint.error().cause == Cause::refused) ++right;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 30);
}

TEST_F(SshTunnelTest, ManyTunnelsAndCommandsAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int i = 0; i < 10; ++i) {
    threads.emplace_back([&, i] {
      auto endpoint = host->connect(echo.port, in(seconds(10)));
      if (!endpoint) return;
      Descriptor fd = connect_to(endpoint->unix_path);
      const std::string text(static_cast<std::size_t>(1000 * i + 1), static_cast<char>('a' + i));
      (void)!::send(fd.fd, text.data(), text.size(), MSG_NOSIGNAL);
      ::shutdown(fd.fd, SHUT_WR);
      auto output = host->run(Command{{"cat"}, text, {}, 1 << 20}, in(seconds(10)));
      if (read_to_end(fd.fd) == "hello\n" + text && output && output->out == text) ++right;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 10);
}

TEST_F(SshTunnelTest, ALostConnectionEndsItsTunnels) {
  auto endpoint = host->connect(echo.port, in(seconds(5)));
  ASSERT_TRUE(endpoint);
  Descriptor fd = connect_to(endpoint->unix_path);
  ASSERT_TRUE(fd.valid());
  server.signal_connections(SIGKILL);
  EXPECT_THAT(read_to_end(fd.fd), testing::AnyOf("", "hello\n"));
}

TEST_F(SshTunnelTest, ATunnelNobodyUsesIsRemovedWithItsHost) {
  auto endpoint = host->connect(echo.port, in(seconds(5)));
  ASSERT_TRUE(endpoint);
  ASSERT_TRUE(std::filesystem::exists(endpoint->unix_path));
  host.reset();
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(endpoint->unix_path).parent_path()));
}

TEST_F(SshTunnelTest, WithoutTunnelsAPortIsReachedDirectly) {
  auto direct = make_host(server.host_options());
  auto endpoint = direct->connect(echo.port, in(seconds(5)));
  ASSERT_TRUE(endpoint);
  EXPECT_EQ(endpoint->unix_path, "");
  EXPECT_EQ(server.login_count(), 0U);
}

}  // namespace
}  // namespace interlock
