#include "probes/mysql_greeting.h"

#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr std::size_t kGreetingLimit = 4096;  // a real greeting has about 100 bytes
constexpr unsigned char kErrorPacket = 0xFF;
constexpr unsigned char kProtocol10 = 10;

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

Result<std::optional<MysqlGreeting>> parse_error(std::string_view body) {
  if (body.size() < 3) return failure(Cause::protocol, "a MySQL error packet that is too short");
  MysqlGreeting greeting;
  greeting.error_number = byte_at(body, 1) | byte_at(body, 2) << 8;
  body.remove_prefix(3);
  if (!body.empty() && body[0] == '#' && body.size() >= 6) body.remove_prefix(6);  // SQLSTATE, in newer servers
  greeting.error_text = one_line(body);
  return greeting;
}

}  // namespace

Result<std::optional<MysqlGreeting>> parse_mysql_greeting(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes) return std::nullopt;
  const std::size_t length = byte_at(bytes, 0) | byte_at(bytes, 1) << 8 | byte_at(bytes, 2) << 16;
  if (length == 0 || length > kGreetingLimit || byte_at(bytes, 3) != 0)
    return failure(Cause::protocol, "not a MySQL greeting: " + one_line(bytes, 60));
  if (bytes.size() == kHeaderBytes) return std::nullopt;
  const unsigned first = byte_at(bytes, kHeaderBytes);
  if (first != kProtocol10 && first != kErrorPacket)
    return failure(Cause::protocol, "not a MySQL greeting of protocol 10: " + one_line(bytes, 60));
  if (bytes.size() < kHeaderBytes + length) return std::nullopt;
  const std::string_view body = bytes.substr(kHeaderBytes, length);
  if (first == kErrorPacket) return parse_error(body);
  const std::size_t end = body.find('\0');
  if (end == std::string_view::npos) return failure(Cause::protocol, "a MySQL greeting whose version does not end");
  MysqlGreeting greeting;
  greeting.version = one_line(body.substr(1, end - 1));
  return greeting;
}

std::optional<HotdbVersion> parse_hotdb_version(std::string_view version) {
  constexpr std::string_view kMark = "HotDB-";
  constexpr std::string_view kMaker = " by ";
  const std::size_t mark = version.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  std::string_view rest = version.substr(mark + kMark.size());
  const std::size_t end = rest.find_first_not_of("0123456789.");
  const std::string_view number = rest.substr(0, end);
  if (number.empty() || number.find_first_not_of('.') == std::string_view::npos) return std::nullopt;
  rest.remove_prefix(rest.find(' ') == std::string_view::npos ? rest.size() : rest.find(' ') + 1);
  const std::string_view product = rest.substr(0, rest.find(kMaker));
  return HotdbVersion{std::string(number), std::string(product)};
}

}  // namespace interlock
