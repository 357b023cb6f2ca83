// The management port of HotDB as far as a client sees it, for tests: MySQL protocol 4.1, mysql_native_password
// (really checked), text results that end with EOF packets, no prepared statements. Tables are handed in.
// It is a test double: nothing behind it runs.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/tcp_server.h"

namespace interlock::tests {

struct FakeTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
};

class FakeHotdb {
 public:
  explicit FakeHotdb(std::string version = "5.1.27-HotDB-2.5.4 HotDB Manager by Hotpu Tech");

  void put(const std::string& command, FakeTable table);
  void put_error(const std::string& command, unsigned number, const std::string& text);
  void put_ok(const std::string& command, const std::string& info);
  void hang_on(const std::string& command);  // takes it and never answers

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  static constexpr const char* kUser = "root";
  static constexpr const char* kPassword = "hotdb-Pass-1";

  // The greeting packet of a server with this version string.
  [[nodiscard]] static std::string greeting(const std::string& version);
  // One packet with an error.
  [[nodiscard]] static std::string error(unsigned char sequence, unsigned number, const std::string& text);

 private:
  struct Reply {
    std::optional<FakeTable> table;
    unsigned error = 0;
    std::string text;
    bool hangs = false;
  };
  void serve(TcpServer::Peer& peer);
  bool log_in(TcpServer::Peer& peer);
  bool answer(TcpServer::Peer& peer, const std::string& command);
  void set(const std::string& command, Reply reply);

  const std::string version_;
  std::mutex mutex_;
  std::map<std::string, Reply> replies_;
  TcpServer server_;  // last: its thread uses the rest
};

}  // namespace interlock::tests
