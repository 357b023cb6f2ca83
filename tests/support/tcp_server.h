// A TCP server on a loopback port for tests, each connection served by `serve` in the server's one thread.
// The destructor closes the port, shuts the current connection down and waits for the thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace interlock::tests {

class TcpServer {
 public:
  // One accepted connection. All calls end, with false or "", once the server is to stop.
  class Peer {
   public:
    bool send(const std::string& bytes);
    std::string receive(std::size_t count);   // exactly so many, or "" when the peer has gone
    bool pause_ms(int milliseconds);
    void reset();                             // closing will send RST instead of FIN
   private:
    friend class TcpServer;
    Peer(int fd, const std::atomic<bool>& stop) : fd_(fd), stop_(stop) {}
    int fd_;
    const std::atomic<bool>& stop_;
  };

  explicit TcpServer(std::function<void(Peer&)> serve);
  ~TcpServer();
  TcpServer(const TcpServer&) = delete;
  TcpServer& operator=(const TcpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

  static void stay_silent(Peer& peer);                         // accepts and never speaks
  static std::function<void(Peer&)> drip(std::string bytes);   // one byte every 50 ms, without an end

 private:
  void accept_all();
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::function<void(Peer&)> serve_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// A port whose connections get no answer at all: bound, with a full queue of connections waiting to be accepted.
class BlackHole {
 public:
  BlackHole();
  ~BlackHole();
  BlackHole(const BlackHole&) = delete;
  BlackHole& operator=(const BlackHole&) = delete;
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::vector<int> fillers_;
};

// A loopback port that was free a moment ago, and is closed.
[[nodiscard]] std::uint16_t closed_port();

}  // namespace interlock::tests
