#include "src/store/database.h"

#include <sqlite3.h>
#include <sys/statvfs.h>

#include <chrono>
#include <thread>

#include <fmt/format.h>

namespace interlock {
namespace {

// Two processes that make the same file at once: SQLite answers "busy" to one without waiting.
constexpr int kWalTries = 100;
constexpr Millis kWalPause{20};

// SQLite does not tell: where its -shm file finds no room to grow, it says "disk I/O error".
constexpr std::uint64_t kLeastRoom = 64 * 1024;  // twice what that file grows by
bool is_full(const std::string& path) {
  struct statvfs disk {};
  return statvfs(path.c_str(), &disk) == 0 && disk.f_bavail * disk.f_frsize < kLeastRoom;
}

tl::unexpected<Failure> no_space(const std::string& path) {
  return failure(Cause::internal, fmt::format("disk full: no space is left for {}; free some space on its disk, then resume the run", path));
}

tl::unexpected<Failure> words(int code, const std::string& path, const std::string& detail) {
  switch (code & 0xFF) {
    case SQLITE_FULL: return no_space(path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return failure(Cause::timed_out, fmt::format("{} is being written by another process that does not finish; see who has it open: fuser -v {}", path, path));
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return failure(Cause::denied, fmt::format("{} cannot be written ({}); it and its folder must be writable for this user", path, detail));
    case SQLITE_CANTOPEN:
      return failure(Cause::denied, fmt::format("{} cannot be opened ({}); it and its folder must be readable and writable for this user", path, detail));
    case SQLITE_NOTADB:
      return failure(Cause::protocol, fmt::format("{} is not a state database; set it aside (mv {} {}.set-aside) or name another one in INTERLOCK_STATE", path, path, path));
    case SQLITE_CORRUPT:
      return failure(Cause::protocol, fmt::format("{} is damaged ({}); keep a copy of it with its -wal file for the record, save what can be read with: "
                                                  "sqlite3 {} .recover, then set it aside; runs in it cannot be resumed from it",
                                                  path, detail, path));
    case SQLITE_IOERR:
      if (is_full(path)) return no_space(path);
      return failure(Cause::internal, fmt::format("reading or writing {} did not succeed ({}); see the kernel's log for its disk", path, detail));
    case SQLITE_NOMEM:
      return failure(Cause::internal, fmt::format("no memory for {}", path));
    default:
      return failure(Cause::internal, fmt::format("{}: {}", path, detail));
  }
}

// A path as SQLite's URIs want it.
std::string uri_of(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) uri += c == '%' || c == '?' || c == '#' ? fmt::format("%{:02x}", static_cast<unsigned char>(c)) : std::string(1, c);
  return uri;
}

}  // namespace

Result<std::unique_ptr<Database>> Database::connect(const std::string& path, const std::string& name, int flags, Millis busy_limit) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  std::unique_ptr<Database> database(new Database(handle, path));
  if (handle == nullptr) return failure(Cause::internal, "no memory for " + path);
  if (code != SQLITE_OK) return database->last_failure();
  sqlite3_busy_timeout(handle, static_cast<int>(busy_limit.count()));
  return database;
}

Result<std::unique_ptr<Database>> Database::peek(const std::string& path, bool alone, Millis busy_limit) {
  return connect(path, uri_of(path) + (alone ? "?immutable=1" : ""), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, busy_limit);
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Durability durability, Millis busy_limit) {
  auto opened = connect(path, path, SQLITE_OPEN_READWRITE, busy_limit);
  if (!opened) return opened;
  std::unique_ptr<Database> database = std::move(*opened);

  Result<void> wal;
  for (int i = 0; i < kWalTries; ++i) {
    wal = database->execute("PRAGMA journal_mode=WAL");
    if (wal || wal.error().cause != Cause::timed_out) break;
    std::this_thread::sleep_for(kWalPause);
  }
  if (!wal) return tl::unexpected(wal.error());
  const std::string sync = durability == Durability::full ? "FULL" : "NORMAL";
  if (auto r = database->execute("PRAGMA synchronous=" + sync + "; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF"); !r) return tl::unexpected(r.error());
  return database;
}

Database::~Database() { sqlite3_close_v2(handle_); }

Result<void> Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return last_failure();
}

tl::unexpected<Failure> Database::last_failure() const { return words(sqlite3_extended_errcode(handle_), path_, sqlite3_errmsg(handle_)); }

std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
  first_error_ = sqlite3_prepare_v2(database.handle_, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr);
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(std::int64_t value) {
  if (const int code = sqlite3_bind_int64(statement_, next_++, value); first_error_ == SQLITE_OK) first_error_ = code;
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  const int code = sqlite3_bind_text64(statement_, next_++, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (first_error_ == SQLITE_OK) first_error_ = code;
  return *this;
}

Result<bool> Statement::step() {
  if (first_error_ != SQLITE_OK) return database_.last_failure();
  switch (const int code = sqlite3_step(statement_)) {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: return false;
    default:
      unique_violation_ = code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY;
      return database_.last_failure();
  }
}

Result<void> Statement::run() {
  const Result<bool> row = step();
  if (!row) return tl::unexpected(row.error());
  return {};
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

Result<Transaction> Transaction::begin(Database& database) {
  if (auto r = database.execute("BEGIN IMMEDIATE"); !r) return tl::unexpected(r.error());
  return Transaction(database);
}

Result<Transaction> Transaction::snapshot(Database& database) {
  if (auto r = database.execute("BEGIN"); !r) return tl::unexpected(r.error());
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) (void)database_->execute("ROLLBACK");
}

Result<void> Transaction::commit() {
  auto r = database_->execute("COMMIT");
  if (!r) return r;  // the destructor rolls back
  database_ = nullptr;
  return r;
}

}  // namespace interlock
