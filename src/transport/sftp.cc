// See sftp.h.
#include "src/transport/sftp.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace interlock {

using sftp::Attributes;
using sftp::Code;
using sftp::Reader;
using sftp::Type;
using sftp::Writer;

namespace {

constexpr std::uint32_t kVersion = 3;
constexpr std::size_t kMaxPacketBytes = 1 << 18;     // OpenSSH's own limit
constexpr std::size_t kHeaderBytes = 9;              // length, type, id
constexpr std::size_t kSftpBlockBytes = 32768;       // what every server takes in one request
constexpr std::size_t kRequestsUnderWay = 64;        // times kSftpBlockBytes: a connection's window in OpenSSH
constexpr std::size_t kUnsentBytes = 1 << 20;        // handed to the connection and not yet sent

Cause cause_of(Code code) {
  switch (code) {
    case Code::no_such_file: return Cause::missing;
    case Code::permission_denied:
    case Code::failure: return Cause::denied;
    case Code::no_connection:
    case Code::connection_lost: return Cause::unreachable;
    case Code::ok:
    case Code::eof:
    case Code::bad_message:
    case Code::unsupported: return Cause::protocol;
  }
  return Cause::protocol;
}

std::string words_of(Code code, std::string_view message) {
  if (code == Code::no_such_file) return "no such file or folder";
  if (code == Code::permission_denied) return "permission denied";
  // OpenSSH says just "Failure" for everything else.
  return message.empty() || message == "Failure" ? "the host's SFTP server gives no reason" : std::string(message);
}

// Takes whole packets off the buffer's front until one answers `id`.
bool contains_reply(std::string& buffer, std::uint32_t id) {
  std::size_t taken = 0;
  bool found = false;
  for (std::string_view rest = buffer; !found && rest.size() >= kHeaderBytes; rest = std::string_view(buffer).substr(taken)) {
    Reader reader(rest);
    const std::size_t length = reader.number();
    if (length > kMaxPacketBytes) return true;  // nothing can be made of the rest
    if (rest.size() < 4 + length) break;
    (void)reader.byte();
    found = reader.number() == id;
    taken += 4 + length;
  }
  buffer.erase(0, taken);
  return found;
}

}  // namespace

Result<Sftp> Sftp::open(SshLink& link, const std::string& host_name, Deadline deadline) {
  StreamRequest request;
  request.kind = StreamKind::sftp;
  request.deadline = deadline;
  Sftp opened(link.open(std::move(request)), host_name, deadline);
  if (auto done = opened.handshake(); !done) return tl::unexpected(done.error());
  return opened;
}

Result<void> Sftp::handshake() {
  stream_->send(Writer(Type::init).number(kVersion).finish());
  auto reply = receive();
  if (!reply) return tl::unexpected(reply.error());
  if (reply->type != Type::version || reply->id < kVersion) {
    return failure(Cause::protocol, fmt::format("{} does not speak SFTP version 3", host_));
  }
  for (Reader reader(reply->body); !reader.at_end() && reader.ok();) {
    const std::string_view name = reader.text();
    (void)reader.text();
    can_sync_ = can_sync_ || name == "fsync@openssh.com";
    can_rename_ = can_rename_ || name == "posix-rename@openssh.com";
    can_tell_space_ = can_tell_space_ || name == "statvfs@openssh.com";
    can_name_users_ = can_name_users_ || name == "users-groups-by-id@openssh.com";
  }
  return {};
}

std::uint32_t Sftp::send(Type type, const std::function<void(Writer&)>& fill) {
  Writer writer(type);
  writer.number(++last_id_);
  fill(writer);
  std::string packet = writer.finish();
  unsent_ += packet.size();
  stream_->send(std::move(packet));
  return last_id_;
}

Failure Sftp::broken(const std::string& what) {
  good_ = false;
  return Failure{Cause::protocol, fmt::format("{}: {}", host_, what), false};
}

Result<Sftp::Reply> Sftp::receive() {
  auto reply = next_reply();
  if (!reply) good_ = false;  // what was asked may still be answered, to whoever asks next
  return reply;
}

Result<Sftp::Reply> Sftp::next_reply() {
  for (;;) {
    const std::string_view rest = std::string_view(arrived_).substr(taken_);
    if (rest.size() >= 4) {
      const std::size_t length = Reader(rest).number();
      if (length < 5 || length > kMaxPacketBytes) return tl::unexpected(broken("an SFTP packet of impossible length"));
      if (rest.size() >= 4 + length) {
        Reader reader(rest.substr(4, length));
        Reply reply;
        reply.type = static_cast<Type>(reader.byte());
        reply.id = reader.number();
        reply.body = rest.substr(kHeaderBytes, length + 4 - kHeaderBytes);
        taken_ += 4 + length;
        return reply;
      }
    }
    arrived_.erase(0, std::exchange(taken_, 0));
    StreamNews news = stream_->next(deadline_);
    arrived_ += news.out;
    unsent_ = news.unsent;
    if (!news.out.empty()) continue;
    if (news.failure) {
      news.failure->sent = false;  // callers say it where it matters
      return tl::unexpected(*news.failure);
    }
    if (news.ended || news.eof) return failure(Cause::protocol, fmt::format("{} has no SFTP server, or it ended", host_));
    if (std::chrono::steady_clock::now() >= deadline_) {
      return failure(Cause::timed_out, fmt::format("{}: no answer over SFTP in time", host_));
    }
  }
}

Failure Sftp::judge(const Reply& reply, const std::string& what) {
  if (reply.type != Type::status) return broken("an SFTP answer of another kind than asked for");
  Reader reader(reply.body);
  const auto code = static_cast<Code>(reader.number());
  return Failure{cause_of(code), fmt::format("{}: {}: {}", host_, what, words_of(code, reader.text())), false};
}

Result<Sftp::Reply> Sftp::ask(Type type, Type wanted, const std::string& what,
                              const std::function<void(Writer&)>& fill) {
  const std::uint32_t id = send(type, fill);
  auto reply = receive();
  if (!reply) return reply;
  if (reply->id != id) return tl::unexpected(broken("an SFTP answer to another question"));
  if (reply->type != wanted) return tl::unexpected(judge(*reply, what));
  if (wanted == Type::status && static_cast<Code>(Reader(reply->body).number()) != Code::ok) {
    return tl::unexpected(judge(*reply, what));
  }
  return reply;
}

Result<Attributes> Sftp::stat(const std::string& path, bool follow_links) {
  auto reply = ask(follow_links ? Type::stat : Type::lstat, Type::attrs, path, [&](Writer& w) { w.text(path); });
  if (!reply) return tl::unexpected(reply.error());
  return Reader(reply->body).attributes();
}

Result<Attributes> Sftp::stat_handle(const std::string& handle, const std::string& path) {
  auto reply = ask(Type::fstat, Type::attrs, path, [&](Writer& w) { w.text(handle); });
  if (!reply) return tl::unexpected(reply.error());
  return Reader(reply->body).attributes();
}

Result<std::string> Sftp::ask_name(Type type, const std::string& path) {
  auto reply = ask(type, Type::name, path, [&](Writer& w) { w.text(path); });
  if (!reply) return tl::unexpected(reply.error());
  Reader reader(reply->body);
  if (reader.number() != 1) return tl::unexpected(broken("an SFTP name that is not one"));
  return std::string(reader.text());
}

Result<std::string> Sftp::real_path(const std::string& path) { return ask_name(Type::realpath, path); }

Result<std::string> Sftp::read_link(const std::string& path) { return ask_name(Type::readlink, path); }

// Source: OpenSSH's PROTOCOL, 4.11. Names come packed into one string, in the order of the numbers.
Result<std::optional<std::string>> Sftp::user_name(std::uint32_t number) {
  if (!can_name_users_) return std::nullopt;
  const std::string packed{static_cast<char>(number >> 24U), static_cast<char>(number >> 16U),
                           static_cast<char>(number >> 8U), static_cast<char>(number)};
  auto reply = ask(Type::extended, Type::extended_reply, "the name of a user",
                   [&](Writer& w) { w.text("users-groups-by-id@openssh.com").text(packed).text(""); });
  if (!reply) return tl::unexpected(reply.error());
  Reader users(Reader(reply->body).text());
  std::string name(users.text());
  if (!users.ok()) return tl::unexpected(broken("a user's name that is not one"));
  return name;
}

Result<std::string> Sftp::open_file(const std::string& path, std::uint32_t flags, std::uint32_t mode) {
  Attributes attributes;
  if ((flags & sftp::kOpenCreate) != 0) attributes.permissions = mode;
  auto reply = ask(Type::open, Type::handle, path, [&](Writer& w) { w.text(path).number(flags).attributes(attributes); });
  if (!reply) {
    if ((flags & sftp::kOpenCreate) != 0) return tl::unexpected(explain_write(reply.error(), path));
    return tl::unexpected(reply.error());
  }
  return std::string(Reader(reply->body).text());
}

// Blocks are asked for in order and some in advance; the first short one is read on from where it ended. All answers
// are taken before anything else is asked, also after one that says no.
Result<std::string> Sftp::read(const std::string& handle, std::uint64_t offset, std::size_t limit, const std::string& path) {
  constexpr std::size_t kReadsUnderWay = 8;
  std::string content;
  while (content.size() < limit) {
    std::map<std::uint32_t, std::size_t> asked;  // place in `content` by id
    const std::size_t most = content.size() < kSftpBlockBytes ? 1 : kReadsUnderWay;
    for (std::size_t place = content.size(); place < limit && asked.size() < most; place += kSftpBlockBytes) {
      const auto bytes = static_cast<std::uint32_t>(std::min(kSftpBlockBytes, limit - place));
      const auto id = send(Type::read, [&](Writer& w) { w.text(handle).long_number(offset + place).number(bytes); });
      asked.emplace(id, place);
    }
    std::optional<Failure> refused;
    std::map<std::size_t, std::string> blocks;
    while (!asked.empty()) {
      auto reply = receive();
      if (!reply) return tl::unexpected(reply.error());
      const auto asked_for = asked.find(reply->id);
      if (asked_for == asked.end()) return tl::unexpected(broken("an SFTP answer to another question"));
      if (reply->type == Type::data) {
        blocks.emplace(asked_for->second, Reader(reply->body).text());
      } else if (reply->type != Type::status || static_cast<Code>(Reader(reply->body).number()) != Code::eof) {
        refused = judge(*reply, path);
      }
      asked.erase(asked_for);
    }
    if (refused) return tl::unexpected(*refused);
    const std::size_t before = content.size();
    for (const auto& [place, block] : blocks) {
      if (place == content.size()) content += block;
    }
    if (content.size() == before) break;
  }
  content.resize(std::min(content.size(), limit));
  return content;
}

Result<void> Sftp::write_all(const std::string& handle, const Source& source, const std::string& path) {
  std::size_t under_way = 0;
  std::uint64_t offset = 0;
  std::string block;
  std::size_t used = 0;
  bool at_end = false;
  for (;;) {
    while (!at_end && under_way < kRequestsUnderWay && unsent_ < kUnsentBytes) {
      if (used == block.size()) {
        auto next = source();
        if (!next) return tl::unexpected(next.error());
        block = std::move(*next);
        used = 0;
        at_end = block.empty();
        continue;
      }
      const std::string_view piece = std::string_view(block).substr(used, kSftpBlockBytes);
      send(Type::write, [&](Writer& w) { w.text(handle).long_number(offset).text(piece); });
      used += piece.size();
      offset += piece.size();
      ++under_way;
    }
    if (under_way == 0) return {};
    auto reply = receive();
    if (!reply) return tl::unexpected(reply.error());
    --under_way;
    if (reply->type == Type::status && static_cast<Code>(Reader(reply->body).number()) == Code::ok) continue;
    const Failure reason = judge(*reply, path);
    // The answers to the others have to be taken before anything else can be asked.
    for (; under_way > 0; --under_way) {
      if (auto other = receive(); !other) return tl::unexpected(reason);
    }
    return tl::unexpected(explain_write(reason, path));
  }
}

Failure Sftp::explain_write(Failure reason, const std::string& path) {
  if (!can_tell_space_ || reason.cause != Cause::denied) return reason;
  const std::string folder = folder_of(path);
  auto reply = ask(Type::extended, Type::extended_reply, folder,
                   [&](Writer& w) { w.text("statvfs@openssh.com").text(folder); });
  if (!reply) return reason;
  Reader reader(reply->body);
  (void)reader.long_number();  // block size
  const std::uint64_t fragment_bytes = reader.long_number();
  (void)reader.long_number();  // all blocks
  (void)reader.long_number();  // free ones, with those kept for root
  const std::uint64_t free_bytes = reader.long_number() * fragment_bytes;
  const std::uint64_t all_inodes = reader.long_number();
  (void)reader.long_number();  // free ones, with those kept for root
  const std::uint64_t free_inodes = reader.long_number();
  if (!reader.ok()) return reason;
  if (free_bytes < kSftpBlockBytes) {
    return {Cause::internal, fmt::format("{}: {} cannot be written: disk full ({} bytes free)", host_, path, free_bytes), false};
  }
  if (all_inodes > 0 && free_inodes == 0) {
    return {Cause::internal, fmt::format("{}: {} cannot be written: disk full (no inodes free)", host_, path), false};
  }
  return reason;
}

Result<void> Sftp::set_attributes(const std::string& handle, const Attributes& attributes, const std::string& path) {
  auto reply = ask(Type::fsetstat, Type::status, path, [&](Writer& w) { w.text(handle).attributes(attributes); });
  if (!reply) return tl::unexpected(reply.error());
  return {};
}

Result<bool> Sftp::sync(const std::string& handle, const std::string& path) {
  if (!can_sync_) return false;
  auto reply = ask(Type::extended, Type::status, path, [&](Writer& w) { w.text("fsync@openssh.com").text(handle); });
  if (!reply) return tl::unexpected(explain_write(reply.error(), path));
  return true;
}

Result<void> Sftp::close(const std::string& handle, const std::string& path) {
  auto reply = ask(Type::close, Type::status, path, [&](Writer& w) { w.text(handle); });
  if (!reply) return tl::unexpected(explain_write(reply.error(), path));
  return {};
}

Result<void> Sftp::rename(const std::string& from, const std::string& to) {
  if (!can_rename_) {
    return failure(Cause::protocol, fmt::format("{}: its SFTP server cannot replace a file in one step", host_));
  }
  const std::uint32_t id = send(Type::extended, [&](Writer& w) { w.text("posix-rename@openssh.com").text(from).text(to); });
  auto reply = receive();
  if (!reply) {
    reply.error().sent = true;
    return tl::unexpected(reply.error());
  }
  if (reply->id != id) return tl::unexpected(broken("an SFTP answer to another question"));
  if (reply->type == Type::status && static_cast<Code>(Reader(reply->body).number()) == Code::ok) return {};
  return tl::unexpected(judge(*reply, to));
}

void Sftp::discard(const std::string& handle, const std::string& path) {
  if (!handle.empty()) send(Type::close, [&](Writer& w) { w.text(handle); });
  const std::uint32_t id = send(Type::remove, [&](Writer& w) { w.text(path); });
  for (auto reply = receive(); reply; reply = receive()) {
    if (reply->id == id) return;
  }
  stream_->bid_farewell([id, buffer = arrived_.substr(taken_)](std::string_view bytes) mutable {
    return contains_reply(buffer += bytes, id);
  });
}

}  // namespace interlock
