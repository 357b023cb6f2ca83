// See sha256.h.
#include "src/transport/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>
#include <vector>

#include "src/transport/files.h"

namespace interlock {
namespace {

constexpr std::size_t kHexDigits = 64;
constexpr std::size_t kHashedAtOnce = 1 << 18;

}  // namespace

struct Sha256::Context {
  EVP_MD_CTX* md = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(md); }
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  if (context_->md == nullptr || EVP_DigestInit_ex(context_->md, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("no SHA-256 in the crypto library");
  }
}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(context_->md, bytes.data(), bytes.size()); }

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context_->md, digest.data(), &length);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += kDigits[digest[i] >> 4U];
    text += kDigits[digest[i] & 15U];
  }
  return text;
}

Result<std::string> sha256_of_file(const std::string& path, Deadline deadline) {
  auto file = open_for_reading(path);
  if (!file) return tl::unexpected(file.error());
  Sha256 sum;
  std::vector<char> buffer(kHashedAtOnce);
  for (;;) {
    auto count = read_some(file->fd, buffer.data(), buffer.size(), path, deadline);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) return sum.hex();
    sum.add({buffer.data(), *count});
  }
}

Result<std::string> normal_sha256(const std::string& text) {
  std::string normal;
  for (char c : text) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) break;
    normal += c;
  }
  if (normal.size() != kHexDigits || text.size() != kHexDigits) {
    return failure(Cause::internal, "a SHA-256 has 64 hexadecimal digits: " + text.substr(0, kHexDigits + 1));
  }
  return normal;
}

}  // namespace interlock
