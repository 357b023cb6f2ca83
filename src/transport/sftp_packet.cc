// See sftp_packet.h.
#include "src/transport/sftp_packet.h"

namespace interlock::sftp {
namespace {

constexpr std::uint32_t kHasSize = 1, kHasOwner = 2, kHasPermissions = 4, kHasTimes = 8, kHasExtended = 0x80000000U;

}  // namespace

Writer& Writer::byte(std::uint8_t value) {
  bytes_ += static_cast<char>(value);
  return *this;
}

Writer& Writer::number(std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) byte(static_cast<std::uint8_t>(value >> static_cast<unsigned>(shift)));
  return *this;
}

Writer& Writer::long_number(std::uint64_t value) {
  return number(static_cast<std::uint32_t>(value >> 32U)).number(static_cast<std::uint32_t>(value));
}

Writer& Writer::text(std::string_view value) {
  number(static_cast<std::uint32_t>(value.size()));
  bytes_.append(value);
  return *this;
}

Writer& Writer::attributes(const Attributes& value) {
  number((value.size ? kHasSize : 0U) | (value.owner ? kHasOwner : 0U) | (value.permissions ? kHasPermissions : 0U));
  if (value.size) long_number(*value.size);
  if (value.owner) number(value.owner->first).number(value.owner->second);
  if (value.permissions) number(*value.permissions);
  return *this;
}

std::string Writer::finish() {
  const auto length = static_cast<std::uint32_t>(bytes_.size() - 4);
  for (unsigned i = 0; i < 4; ++i) bytes_[i] = static_cast<char>(length >> (24U - 8U * i));
  return std::move(bytes_);
}

std::string_view Reader::take(std::size_t count) {
  if (!ok_ || rest_.size() < count) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  const std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

std::uint8_t Reader::byte() {
  const std::string_view bytes = take(1);
  return bytes.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(bytes[0]);
}

std::uint32_t Reader::number() {
  std::uint32_t value = 0;
  for (const char c : take(4)) value = (value << 8U) | static_cast<std::uint8_t>(c);
  return value;
}

std::uint64_t Reader::long_number() {
  const std::uint64_t high = number();
  return (high << 32U) | number();
}

std::string_view Reader::text() { return take(number()); }

Attributes Reader::attributes() {
  Attributes value;
  const std::uint32_t flags = number();
  if ((flags & kHasSize) != 0) value.size = long_number();
  if ((flags & kHasOwner) != 0) {
    const std::uint32_t user = number();
    value.owner.emplace(user, number());
  }
  if ((flags & kHasPermissions) != 0) value.permissions = number();
  if ((flags & kHasTimes) != 0) (void)long_number();
  if ((flags & kHasExtended) != 0) {
    for (std::uint32_t left = number(); left > 0 && ok_; --left) {
      (void)text();
      (void)text();
    }
  }
  return value;
}

}  // namespace interlock::sftp
