// A real MariaDB for tests: own data directory in a temporary folder, a loopback port and a socket. Started once and
// shared by the tests of a process; killed by its pid at the end, and by the kernel should the tests die first.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "probes/mysql_client.h"

namespace interlock::tests {

class MariaDb {
 public:
  // The one server of this process, started on first use. Throws std::runtime_error, with the server's log, when it
  // does not come up.
  static MariaDb& shared();

  MariaDb();
  ~MariaDb();
  MariaDb(const MariaDb&) = delete;
  MariaDb& operator=(const MariaDb&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] Endpoint tcp() const { return {"127.0.0.1", port_, ""}; }
  [[nodiscard]] Endpoint local() const { return {"", 0, socket_path()}; }
  [[nodiscard]] std::string socket_path() const { return folder_ + "/s"; }

  // A user with all privileges who may come over TCP.
  static constexpr const char* kUser = "tester";
  static constexpr const char* kPassword = "pass-Wort-7";
  [[nodiscard]] MysqlLogin login() const;
  // The server's own certificate, for 127.0.0.1: what to trust.
  [[nodiscard]] std::string certificate_path() const { return folder_ + "/cert.pem"; }

  // Runs one statement as that user; throws when it is refused.
  void execute(const std::string& sql);

  void kill();    // SIGKILL, and waits for its end
  void start();   // again, on the same port and data
  void freeze();  // SIGSTOP: the kernel still accepts connections, nobody answers
  void thaw();

 private:
  void install();
  void make_certificate();
  void wait_until_up();
  [[nodiscard]] std::string log() const;
  std::string folder_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace interlock::tests
