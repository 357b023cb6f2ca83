#include "tests/support/fake_hotdb.h"

#include <openssl/sha.h>

#include <algorithm>

namespace interlock::tests {
namespace {

constexpr const char* kScramble = "abcdefghijklmnopqrst";  // 20 bytes
constexpr unsigned char kQuery = 3, kQuit = 1;

// CLIENT_PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH, LONG_PASSWORD, CONNECT_WITH_DB, TRANSACTIONS; no DEPRECATE_EOF
constexpr unsigned kCapabilities = 0x200 | 0x8000 | 0x80000 | 0x1 | 0x8 | 0x2000;

std::string le(std::size_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

std::string packet(unsigned char sequence, const std::string& body) {
  return le(body.size(), 3) + static_cast<char>(sequence) + body;
}

std::string counted(const std::string& text) {
  return text.size() < 251 ? static_cast<char>(text.size()) + text : "\xFC" + le(text.size(), 2) + text;
}

std::string sha1(const std::string& text) {
  std::string digest(SHA_DIGEST_LENGTH, '\0');
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string expected_token(const std::string& password) {
  std::string token = sha1(password);
  const std::string mask = sha1(kScramble + sha1(token));
  for (std::size_t i = 0; i < token.size(); ++i) token[i] = static_cast<char>(token[i] ^ mask[i]);
  return token;
}

std::string column(const std::string& name) {
  constexpr unsigned kVarString = 253, kUtf8 = 33, kLength = 1024;
  return counted("def") + counted("") + counted("") + counted("") + counted(name) + counted(name) + '\x0C' +
         le(kUtf8, 2) + le(kLength, 4) + static_cast<char>(kVarString) + le(0, 2) + '\0' + le(0, 2);
}

std::string eof(unsigned char sequence) { return packet(sequence, "\xFE" + le(0, 2) + le(2, 2)); }

std::string result(const FakeTable& table) {
  unsigned char sequence = 1;
  std::string bytes = packet(sequence++, std::string(1, static_cast<char>(table.columns.size())));
  for (const auto& name : table.columns) bytes += packet(sequence++, column(name));
  bytes += eof(sequence++);
  for (const auto& row : table.rows) {
    std::string cells;
    for (const auto& cell : row) cells += cell ? counted(*cell) : "\xFB";
    bytes += packet(sequence++, cells);
  }
  return bytes + eof(sequence++);
}

std::string ok(unsigned char sequence, const std::string& info) {
  return packet(sequence, std::string(3, '\0') + le(2, 2) + le(0, 2) + (info.empty() ? "" : counted(info)));
}

std::string read_packet(TcpServer::Peer& peer) {
  const std::string header = peer.receive(4);
  if (header.size() != 4) return "";
  const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(header[i])); };
  return peer.receive(at(0) | at(1) << 8 | at(2) << 16);
}

}  // namespace

FakeHotdb::FakeHotdb(std::string version)
    : version_(std::move(version)), server_([this](TcpServer::Peer& peer) { serve(peer); }) {}

std::string FakeHotdb::greeting(const std::string& version) {
  const std::string scramble = kScramble;
  return packet(0, '\x0A' + version + '\0' + le(7, 4) + scramble.substr(0, 8) + '\0' + le(kCapabilities & 0xFFFF, 2) +
                       '\x21' + le(2, 2) + le(kCapabilities >> 16, 2) + '\x15' + std::string(10, '\0') +
                       scramble.substr(8) + '\0' + "mysql_native_password" + '\0');
}

std::string FakeHotdb::error(unsigned char sequence, unsigned number, const std::string& text) {
  return packet(sequence, "\xFF" + le(number, 2) + "#HY000" + text);
}

void FakeHotdb::set(const std::string& command, Reply reply) {
  const std::lock_guard lock(mutex_);
  replies_[command] = std::move(reply);
}

void FakeHotdb::put(const std::string& command, FakeTable table) { set(command, {std::move(table), 0, "", false}); }
void FakeHotdb::put_error(const std::string& command, unsigned number, const std::string& text) {
  set(command, {std::nullopt, number, text, false});
}
void FakeHotdb::put_ok(const std::string& command, const std::string& info) { set(command, {std::nullopt, 0, info, false}); }
void FakeHotdb::hang_on(const std::string& command) { set(command, {std::nullopt, 0, "", true}); }

bool FakeHotdb::log_in(TcpServer::Peer& peer) {
  constexpr std::size_t kUserAt = 32;
  if (!peer.send(greeting(version_))) return false;
  const std::string reply = read_packet(peer);
  if (reply.size() <= kUserAt) return false;
  const std::string user = reply.substr(kUserAt, reply.find('\0', kUserAt) - kUserAt);
  const std::size_t token_at = kUserAt + user.size() + 1;
  const std::string token = reply.substr(std::min(token_at + 1, reply.size()), static_cast<unsigned char>(reply[token_at]));
  if (user == kUser && token == expected_token(kPassword)) return peer.send(ok(2, ""));
  peer.send(error(2, 1045, "Access denied for user '" + user + "'"));
  return false;
}

bool FakeHotdb::answer(TcpServer::Peer& peer, const std::string& command) {
  Reply reply{std::nullopt, 1064, "unsupported statement", false};
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = replies_.find(command); known != replies_.end()) reply = known->second;
  }
  if (reply.hangs) {  // until the client has enough of it
    (void)read_packet(peer);
    return false;
  }
  if (reply.table) return peer.send(result(*reply.table));
  return peer.send(reply.error != 0 ? error(1, reply.error, reply.text) : ok(1, reply.text));
}

void FakeHotdb::serve(TcpServer::Peer& peer) {
  if (!log_in(peer)) return;
  for (;;) {
    const std::string request = read_packet(peer);
    if (request.empty() || request[0] == kQuit) return;
    if (request[0] != kQuery) {
      if (!peer.send(error(1, 1047, "unknown command"))) return;
    } else if (!answer(peer, request.substr(1))) {
      return;
    }
  }
}

}  // namespace interlock::tests
