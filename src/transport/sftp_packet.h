// SFTP version 3 packets as bytes: writing and bounds-checked reading. Pure.
// Source: draft-ietf-secsh-filexfer-02 and OpenSSH's PROTOCOL file for the extensions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace interlock::sftp {

enum class Type : std::uint8_t {
  init = 1, version = 2, open = 3, close = 4, read = 5, write = 6, lstat = 7, fstat = 8, fsetstat = 10,
  remove = 13, realpath = 16, stat = 17, rename = 18, readlink = 19, status = 101, handle = 102, data = 103, name = 104, attrs = 105,
  extended = 200, extended_reply = 201,
};

enum class Code : std::uint32_t {
  ok = 0, eof = 1, no_such_file = 2, permission_denied = 3, failure = 4, bad_message = 5, no_connection = 6,
  connection_lost = 7, unsupported = 8,
};

inline constexpr std::uint32_t kOpenRead = 0x01, kOpenWrite = 0x02, kOpenCreate = 0x08, kOpenExclusive = 0x20;

struct Attributes {
  std::optional<std::uint64_t> size;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> owner;  // user and group number
  std::optional<std::uint32_t> permissions;                      // with the file's type, as st_mode
};

class Writer {
 public:
  explicit Writer(Type type) : bytes_(4, '\0') { byte(static_cast<std::uint8_t>(type)); }
  Writer& byte(std::uint8_t value);
  Writer& number(std::uint32_t value);
  Writer& long_number(std::uint64_t value);
  Writer& text(std::string_view value);
  Writer& attributes(const Attributes& value);
  [[nodiscard]] std::string finish();  // fills in the length

 private:
  std::string bytes_;
};

// Every read gives nothing once the packet is too short; ok() tells it at the end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t byte();
  std::uint32_t number();
  std::uint64_t long_number();
  std::string_view text();
  Attributes attributes();
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view take(std::size_t count);
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace interlock::sftp
