// A client of the host's SFTP server, version 3, over one stream. Writes and reads are pipelined: many requests are
// under way at once, so a transfer is not slowed down by the distance.
// Threads: belongs to one thread at a time. Every call ends by the session's deadline; after a failure of the stream
// itself, or an answer out of order, nothing more can be asked: good() tells.
#pragma once

#include <string>
#include <vector>

#include "src/transport/files.h"
#include "src/transport/sftp_packet.h"
#include "src/transport/ssh_link.h"

namespace interlock {

class Sftp {
 public:
  [[nodiscard]] static Result<Sftp> open(SshLink& link, const std::string& host_name, Deadline deadline);

  [[nodiscard]] Result<sftp::Attributes> stat(const std::string& path, bool follow_links);
  [[nodiscard]] Result<sftp::Attributes> stat_handle(const std::string& handle, const std::string& path);
  [[nodiscard]] Result<std::string> real_path(const std::string& path);
  [[nodiscard]] Result<std::string> read_link(const std::string& path);
  // "" for a number without a name; nothing: the server cannot tell.
  [[nodiscard]] Result<std::optional<std::string>> user_name(std::uint32_t number);
  [[nodiscard]] Result<std::string> open_file(const std::string& path, std::uint32_t flags, std::uint32_t mode);
  // To the end of the file, at most `limit` bytes.
  [[nodiscard]] Result<std::string> read(const std::string& handle, std::uint64_t offset, std::size_t limit,
                                         const std::string& path);
  [[nodiscard]] Result<void> write_all(const std::string& handle, const Source& source, const std::string& path);
  [[nodiscard]] Result<void> set_attributes(const std::string& handle, const sftp::Attributes& attributes,
                                            const std::string& path);
  // False: the server cannot.
  [[nodiscard]] Result<bool> sync(const std::string& handle, const std::string& path);
  [[nodiscard]] Result<void> close(const std::string& handle, const std::string& path);
  // Replaces `to`. Failure.sent: whether it may have happened.
  [[nodiscard]] Result<void> rename(const std::string& from, const std::string& to);
  // Closes the handle (if any) and removes the file. Out of time it still asks for that, but does not wait.
  void discard(const std::string& handle, const std::string& path);

  // For a session that is kept from one caller to the next.
  [[nodiscard]] bool good() const { return good_; }
  void rest() { stream_->set_idle(true); }  // the connection may close it when it needs the room
  void resume(Deadline deadline) {
    stream_->set_idle(false);
    deadline_ = deadline;
  }

 private:
  Sftp(StreamLease lease, std::string host, Deadline deadline)
      : stream_(std::move(lease)), host_(std::move(host)), deadline_(deadline) {}

  struct Reply {
    sftp::Type type{};
    std::uint32_t id = 0;
    std::string body;  // after the id
  };
  std::uint32_t send(sftp::Type type, const std::function<void(sftp::Writer&)>& fill);
  Result<Reply> receive();
  Result<Reply> next_reply();
  Result<std::string> ask_name(sftp::Type type, const std::string& path);
  Result<Reply> ask(sftp::Type type, sftp::Type wanted, const std::string& what,
                    const std::function<void(sftp::Writer&)>& fill);
  Result<void> handshake();
  // Nothing if the reply is a status that says "done".
  Failure judge(const Reply& reply, const std::string& what);
  Failure broken(const std::string& what);
  // A failed write without a reason is most often a full disk: SFTP has no word for it, so the space is looked at.
  Failure explain_write(Failure failure, const std::string& path);

  StreamLease stream_;
  std::string host_;
  Deadline deadline_;
  std::string arrived_;
  std::size_t taken_ = 0;          // of arrived_
  std::size_t unsent_ = 0;
  std::uint32_t last_id_ = 0;
  bool good_ = true;
  bool can_sync_ = false, can_rename_ = false, can_tell_space_ = false, can_name_users_ = false;
};

}  // namespace interlock
