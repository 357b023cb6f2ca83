// A connection to a MySQL server through the client C API that MariaDB Connector/C and Oracle's libmysqlclient
// share. One thread at a time per connection; several connections may be used by several threads at once.
// It never reconnects, never retries, and never sends a secret but to the server (LOCAL INFILE is off).
//
// Deadlines. Both libraries take time limits in whole seconds only, one for each read, so a server that drips
// bytes could hold a caller for ever. With MariaDB Connector/C every wait (connect, TLS, read, write) goes
// through a callback of ours (MARIADB_OPT_IO_WAIT), which knows the deadline to the millisecond and the stop
// token. Oracle's library has no such callback: there the limits are rounded up to whole seconds, hold for each
// read, and the deadline is looked at between rows; a stop is not noticed, and a server that drips within one packet
// is not cut short. A host name is resolved before, within the deadline.
//
// The program must ignore SIGPIPE: OpenSSL, beneath the library, writes to a connection that may be gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/observation.h"
#include "probes/host.h"
#include "probes/secret.h"

namespace interlock {

// For direct connections. One through a Unix socket (a tunnel) is protected by the tunnel: TLS is neither needed nor
// verified there.
struct MysqlTls {
  bool required = false;    // refuse to go on without TLS
  bool verify = false;      // the server's certificate must be good for `ca` and for the name connected to
  std::string ca_path;      // PEM file on this machine; empty: the system's
};

struct MysqlLogin {
  std::string user;
  Secret password;
  std::string secret;       // the name of the password, for messages; empty: it has none
  std::string database;     // empty: none
  MysqlTls tls;
};

// Until when a call may wait, and what may end it sooner.
struct MysqlWait {
  MysqlWait(Deadline until) : deadline(until) {}  // NOLINT: a deadline alone is the usual wait
  MysqlWait(Deadline until, std::stop_token token) : deadline(until), stop(std::move(token)) {}
  Deadline deadline;
  std::stop_token stop;
};

// The server's own words about the last call that it or the library refused; number 0 when there was none.
struct MysqlError {
  unsigned number = 0;
  std::string sqlstate;
  std::string text;
};

enum class MysqlType {
  integer,  // any integer column, as decimal digits
  real,     // FLOAT, DOUBLE and DECIMAL
  text,     // everything else, dates included
};

struct MysqlTable {
  struct Column {
    std::string name;
    MysqlType type = MysqlType::text;
  };
  using Cell = std::optional<std::string>;  // nullopt is NULL
  std::vector<Column> columns;              // empty: the statement gives no rows
  std::vector<std::vector<Cell>> rows;
  bool truncated = false;                   // more rows, or bytes, than the limits let in
  std::uint64_t affected = 0;               // rows changed, for a statement without rows
  std::string info;                         // the text of the OK packet: "Reload config success"
};

class MysqlConnection {
 public:
  static constexpr std::size_t kRowLimit = 1000;
  static constexpr std::size_t kBytesLimit = 16 * 1024 * 1024;  // of all cells of a table

  // Connects and logs in. `error` gets the server's number, SQLSTATE and text when that fails.
  [[nodiscard]] static Result<MysqlConnection> open(const Endpoint& endpoint, const MysqlLogin& login,
                                                    const MysqlWait& wait, MysqlError* error = nullptr);
  MysqlConnection(MysqlConnection&&) noexcept;
  MysqlConnection& operator=(MysqlConnection&&) noexcept;
  ~MysqlConnection();

  // One statement, in the text protocol. A failure with `sent` leaves open whether the server acted; after one,
  // and after a truncated table, the connection is closed.
  [[nodiscard]] Result<MysqlTable> query(std::string_view sql, const MysqlWait& wait,
                                         std::size_t row_limit = kRowLimit);

  // The same with each `?` bound to a JSON scalar, in the prepared-statement protocol.
  [[nodiscard]] Result<MysqlTable> query(std::string_view sql, std::span<const Json> parameters,
                                         const MysqlWait& wait, std::size_t row_limit = kRowLimit);

  [[nodiscard]] const MysqlError& last_error() const { return error_; }
  [[nodiscard]] const std::string& server_version() const { return server_version_; }
  [[nodiscard]] bool connected() const { return handle_ != nullptr; }
  void close();

 private:
  struct Handle;  // the library's MYSQL
  explicit MysqlConnection(std::unique_ptr<Handle> handle);
  tl::unexpected<Failure> refuse(unsigned number, const char* sqlstate, const char* text, bool sent);
  Result<MysqlTable> read_rows(std::size_t row_limit, const MysqlWait& wait);
  void drop();

  std::unique_ptr<Handle> handle_;
  MysqlError error_;
  std::string server_version_;
};

}  // namespace interlock
