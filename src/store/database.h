// One connection to the SQLite file, and statements on it; every error comes back in words.
// One thread at a time (the Store holds a mutex). It knows no table: that is schema.h and those who ask.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fsm/observation.h"

struct sqlite3;
struct sqlite3_stmt;

namespace interlock {

// How long a write waits for another process to finish its own.
inline constexpr Millis kBusyLimit{10'000};

enum class Durability {
  full,     // a commit returns when it is on the disk
  relaxed,  // a commit may be lost when the power fails; never torn. For what is of use only now.
};

class Database {
 public:
  // Opens the file (made before, with its mode) in WAL mode with foreign keys.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& path, Durability durability, Millis busy_limit);
  // For looking at a file that may be anybody's: it stays byte for byte as it is, and so does its mode of writing.
  // `alone`: nobody writes to it meanwhile; then nothing is made beside it either.
  [[nodiscard]] static Result<std::unique_ptr<Database>> peek(const std::string& path, bool alone, Millis busy_limit);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] Result<void> execute(const std::string& sql);
  [[nodiscard]] const std::string& path() const { return path_; }
  // The last error of this connection, in words, with what to do.
  [[nodiscard]] tl::unexpected<Failure> last_failure() const;
  [[nodiscard]] std::int64_t changes() const;  // rows that the last statement changed

 private:
  friend class Statement;
  [[nodiscard]] static Result<std::unique_ptr<Database>> connect(const std::string& path, const std::string& name, int flags, Millis busy_limit);
  Database(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
  sqlite3* handle_;
  std::string path_;
};

// A prepared statement. Parameters are bound in order: Statement(db, "… ? …").bind(1).bind("x").
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view value);

  // true: there is a row; false: it is done.
  [[nodiscard]] Result<bool> step();
  [[nodiscard]] Result<void> run();  // for statements without rows

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] bool is_unique_violation() const { return unique_violation_; }

 private:
  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
  int first_error_ = 0;
  bool unique_violation_ = false;
};

// Rolled back unless committed.
class Transaction {
 public:
  // For writing, taken at once (BEGIN IMMEDIATE), so that who comes second waits instead of failing half way.
  [[nodiscard]] static Result<Transaction> begin(Database& database);
  // For reading: all that is read in it is of one moment, whatever others write meanwhile.
  [[nodiscard]] static Result<Transaction> snapshot(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  [[nodiscard]] Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace interlock
