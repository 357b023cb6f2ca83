#include "probes/mysql_client.h"

#include <mysql.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <mutex>

#include "probes/mysql_cause.h"
#include "probes/mysql_statement.h"
#include "probes/mysql_wait.h"
#include "probes/observation_timer.h"
#include "probes/tcp_connection.h"
#include "probes/text.h"

namespace interlock {
namespace {

// No single packet larger than this is taken from a server.
constexpr unsigned long kPacketLimit = 16UL * 1024 * 1024;

#ifdef LIBMARIADB
constexpr const char* kPasswordKeepingPlugins =
    "mysql_native_password,client_ed25519,caching_sha2_password,sha256_password";
#endif

using LibraryBool = std::remove_pointer_t<decltype(MYSQL_BIND::is_null)>;  // my_bool or bool, by library

void initialise_library() {
  static std::once_flag once;
  std::call_once(once, [] { mysql_library_init(0, nullptr, nullptr); });
  // Both libraries keep memory for each thread that used them, and give it back only when told.
  struct ThreadEnd {
    ~ThreadEnd() { mysql_thread_end(); }
  };
  mysql_thread_init();
  thread_local const ThreadEnd end;
}

void set_tls(MYSQL* mysql, const MysqlTls& tls) {
  if (!tls.ca_path.empty()) mysql_options(mysql, MYSQL_OPT_SSL_CA, tls.ca_path.c_str());
#ifdef LIBMARIADB
  const LibraryBool enforce = tls.required || tls.verify;
  const LibraryBool verify = tls.verify;
  mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &enforce);
  mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
#else
  const unsigned mode = tls.verify     ? SSL_MODE_VERIFY_IDENTITY
                        : tls.required ? SSL_MODE_REQUIRED
                                       : SSL_MODE_PREFERRED;
  mysql_options(mysql, MYSQL_OPT_SSL_MODE, &mode);
#endif
}

void set_options(MYSQL* mysql, const Endpoint& endpoint, const MysqlLogin& login, const MysqlWait& wait) {
  const unsigned protocol = endpoint.unix_path.empty() ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
  const unsigned off = 0;
  const unsigned long packet = kPacketLimit;
  mysql_options(mysql, MYSQL_OPT_PROTOCOL, &protocol);
  mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &off);
  mysql_options(mysql, MYSQL_OPT_MAX_ALLOWED_PACKET, &packet);
  mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
#ifdef LIBMARIADB
  // A server may ask for the password in clear; this library would give it. Oracle's does not unless told to.
  mysql_options(mysql, MARIADB_OPT_RESTRICTED_AUTH, kPasswordKeepingPlugins);
#endif
  set_tls(mysql, login.tls);
  set_time_limits(mysql, wait);
}

// The address to hand to the library: numeric, so that it does not ask a resolver without a deadline; but the
// name when its certificate is to be compared with it.
Result<std::string> address_for_library(const Endpoint& endpoint, const MysqlLogin& login, Deadline deadline) {
  const auto addresses = resolve(endpoint.address, deadline);
  if (!addresses) return tl::unexpected(addresses.error());
  return login.tls.verify ? endpoint.address : addresses->front();
}

MysqlType type_of(const MYSQL_FIELD& field) { return mysql_type(static_cast<int>(field.type)); }

}  // namespace

MysqlType mysql_type(int field_type) {
  switch (field_type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR: return MysqlType::integer;
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: return MysqlType::real;
    case MYSQL_TYPE_STRING: return MysqlType::text;
  }
  return MysqlType::text;
}

struct MysqlConnection::Handle {
  MYSQL mysql{};
  ~Handle() { mysql_close(&mysql); }
};

MysqlConnection::MysqlConnection(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
MysqlConnection::MysqlConnection(MysqlConnection&&) noexcept = default;
MysqlConnection& MysqlConnection::operator=(MysqlConnection&&) noexcept = default;
MysqlConnection::~MysqlConnection() { close(); }

void MysqlConnection::close() {
  if (handle_ == nullptr) return;
  const WaitScope scope(MysqlWait(std::chrono::steady_clock::now() + kCloseLimit));
  handle_.reset();
}

// Ends the connection without reading what the server still sends, so that freeing an unread result does not either.
// The library may have closed the socket already, and its number may be another's by now: then nothing is done.
void MysqlConnection::drop() {
  if (handle_ == nullptr) return;
#ifdef LIBMARIADB
  const int fd = static_cast<int>(mysql_get_socket(&handle_->mysql));
#else
  const int fd = handle_->mysql.net.vio == nullptr ? -1 : static_cast<int>(handle_->mysql.net.fd);
#endif
  if (fd >= 0) ::shutdown(fd, SHUT_RDWR);
}

// Keeps the server's error, gives its cause, and closes a connection that is of no more use.
tl::unexpected<Failure> MysqlConnection::refuse(unsigned number, const char* sqlstate, const char* text, bool sent) {
  error_ = MysqlError{number, sqlstate, one_line(valid_utf8(text))};
  const bool lost = WaitScope::expired() || WaitScope::stopped() || mysql_connection_lost(number);
  Failure why{mysql_cause(number, text, sent ? MysqlStep::querying : MysqlStep::connecting), "", sent && lost};
  why.text = std::to_string(number) + " (" + error_.sqlstate + "): " + error_.text;
  if (WaitScope::expired()) {
    why.cause = Cause::timed_out;
    why.text = sent ? "no answer to the statement in time" : "no answer to the connection or login in time";
  } else if (WaitScope::stopped()) {
    why.cause = Cause::internal;
    why.text = "stopped before the answer came";
  }
  return tl::unexpected(std::move(why));
}

Result<MysqlConnection> MysqlConnection::open(const Endpoint& endpoint, const MysqlLogin& login, const MysqlWait& wait,
                                              MysqlError* error) {
  initialise_library();
  const bool local = !endpoint.unix_path.empty();
  std::string address;
  if (!local) {
    auto numeric = address_for_library(endpoint, login, wait.deadline);
    if (!numeric) return tl::unexpected(numeric.error());
    address = std::move(*numeric);
  }
  const WaitScope scope(wait);
  auto handle = std::make_unique<Handle>();
  if (mysql_init(&handle->mysql) == nullptr) return failure(Cause::internal, "no memory for a MySQL connection");
  set_options(&handle->mysql, endpoint, login, wait);
  MysqlConnection connection(std::move(handle));
  MYSQL* mysql = &connection.handle_->mysql;
  const bool connected =
      mysql_real_connect(mysql, local ? nullptr : address.c_str(), login.user.c_str(), login.password.reveal().c_str(),
                         login.database.empty() ? nullptr : login.database.c_str(), endpoint.port,
                         local ? endpoint.unix_path.c_str() : nullptr, 0) != nullptr;
  if (!connected) {
    auto why = connection.refuse(mysql_errno(mysql), mysql_sqlstate(mysql), mysql_error(mysql), false);
    if (error != nullptr) *error = connection.error_;
    if (why.value().cause == Cause::denied && !login.secret.empty()) why.value().text += "; the password is that of the secret '" + login.secret + "'";
    return why;
  }
  // MariaDB's library goes on without TLS when the server has none, unless certificates are verified.
  if (!local && login.tls.required && mysql_get_ssl_cipher(mysql) == nullptr)
    return failure(Cause::protocol, "the server does not offer TLS, which is required");
  connection.server_version_ = one_line(mysql_get_server_info(mysql));
  return connection;
}

Result<MysqlTable> MysqlConnection::read_rows(std::size_t row_limit, const MysqlWait& wait) {
  MYSQL* mysql = &handle_->mysql;
  MysqlTable table;
  MYSQL_RES* result = mysql_use_result(mysql);
  if (result == nullptr) {
    if (mysql_field_count(mysql) != 0)
      return refuse(mysql_errno(mysql), mysql_sqlstate(mysql), mysql_error(mysql), true);
    table.affected = mysql_affected_rows(mysql);
    if (const char* info = mysql_info(mysql)) table.info = one_line(info);
    return table;
  }
  // Freeing an unread result would read all of it, so drop() comes first wherever reading stops early.
  const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> owner(result, &mysql_free_result);
  const unsigned width = mysql_num_fields(result);
  const MYSQL_FIELD* fields = mysql_fetch_fields(result);
  for (unsigned i = 0; i < width; ++i) table.columns.push_back({valid_utf8(fields[i].name), type_of(fields[i])});
  std::size_t bytes = 0;
  while (MYSQL_ROW row = mysql_fetch_row(result)) {
    const unsigned long* lengths = mysql_fetch_lengths(result);
    for (unsigned i = 0; i < width; ++i) bytes += lengths[i];
    if (table.rows.size() == row_limit || bytes > kBytesLimit) {
      table.truncated = true;
      drop();
      return table;
    }
    auto& cells = table.rows.emplace_back();
    for (unsigned i = 0; i < width; ++i)
      cells.push_back(row[i] == nullptr ? MysqlTable::Cell() : MysqlTable::Cell(std::string(row[i], lengths[i])));
    if (std::chrono::steady_clock::now() > wait.deadline) {
      drop();
      return failure(Cause::timed_out, "the rows did not all come in time", true);
    }
  }
  if (mysql_errno(mysql) != 0) return refuse(mysql_errno(mysql), mysql_sqlstate(mysql), mysql_error(mysql), true);
  return table;
}

Result<MysqlTable> MysqlConnection::query(std::string_view sql, const MysqlWait& wait, std::size_t row_limit) {
  if (handle_ == nullptr) return failure(Cause::internal, "the connection is closed");
  const WaitScope scope(wait);
  error_ = {};
  MYSQL* mysql = &handle_->mysql;
  set_time_limits(mysql, wait);
  Result<MysqlTable> table = mysql_real_query(mysql, sql.data(), sql.size()) == 0
                                 ? read_rows(row_limit, wait)
                                 : refuse(mysql_errno(mysql), mysql_sqlstate(mysql), mysql_error(mysql), true);
  // A procedure's further results are nobody's; what is left on the wire would be taken for the next answer.
  const bool more = table && !table->truncated && mysql_more_results(mysql);
  if (more) drop();
  if (more || (table ? table->truncated : table.error().sent)) close();
  return table;
}

Result<MysqlTable> MysqlConnection::query(std::string_view sql, std::span<const Json> parameters, const MysqlWait& wait,
                                          std::size_t row_limit) {
  if (handle_ == nullptr) return failure(Cause::internal, "the connection is closed");
  const WaitScope scope(wait);
  error_ = {};
  set_time_limits(&handle_->mysql, wait);
  MysqlStatement statement(&handle_->mysql);
  Result<MysqlTable> table = failure(Cause::internal, "no memory for a statement");
  if (statement.ready()) {
    if (!statement.run(sql, parameters))
      table = refuse(statement.number(), statement.sqlstate(), statement.text(), true);
    else if (auto read = statement.read(row_limit, kBytesLimit, wait.deadline); read)
      table = std::move(*read);
    else
      table = refuse(statement.number(), statement.sqlstate(), statement.text(), true);
  }
  const bool cut = table ? table->truncated : table.error().sent;
  if (cut) drop();
  statement.close();
  if (cut) close();
  return table;
}

}  // namespace interlock
