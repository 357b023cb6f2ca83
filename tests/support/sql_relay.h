// Stands between a MySQL client and a real server, counts the statements that change something, and at a chosen one
// kills the client's process or cuts the connection. One connection at a time; its thread ends with it.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace interlock::tests {

class SqlRelay {
 public:
  enum class At {
    never,
    before,  // the server does not get the statement
    during,  // the server has just got it
    after,   // the server has answered it, and the client does not hear of it
  };

  explicit SqlRelay(std::uint16_t server_port);
  ~SqlRelay();
  SqlRelay(const SqlRelay&) = delete;
  SqlRelay& operator=(const SqlRelay&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

  // At the `number`th statement from now that begins with neither select nor show (1 is the first). `victim`: 0 cuts
  // the connection instead.
  void strike(std::size_t number, At at);
  void set_victim(pid_t victim) { victim_ = victim; }
  // The statements of that kind since strike() was called.
  [[nodiscard]] std::vector<std::string> statements() const;

 private:
  void run();
  void serve(int client);
  // False when the connection is over.
  bool pass_to_server(int client, int server, std::string& pending);
  bool hit(int client, int server, const std::string& packet);

  const std::uint16_t server_port_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  std::atomic<bool> stop_{false};
  std::atomic<pid_t> victim_{0};
  mutable std::mutex mutex_;
  std::size_t number_ = 0;
  At at_ = At::never;
  std::vector<std::string> statements_;
  std::thread thread_;
};

}  // namespace interlock::tests
