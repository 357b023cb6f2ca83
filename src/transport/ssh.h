// A host reached over SSH (libssh, in this process). One connection is kept open; more are added only while more
// commands are under way at once than a server allows on one. SFTP sessions for looking and reading are kept too, so
// that these cost a round trip and no process on the host.
// Threads: all calls may come from several threads at once. It retries nothing the host may have begun.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "probes/host.h"
#include "src/transport/files.h"
#include "src/transport/sftp.h"
#include "src/transport/ssh_link.h"
#include "src/transport/transport.h"

namespace interlock {

class SshHost final : public Host {
 public:
  explicit SshHost(const HostOptions& options);
  [[nodiscard]] const std::string& name() const override { return options_.name; }
  [[nodiscard]] const std::string& address() const override { return options_.address; }
  [[nodiscard]] Result<CommandOutput> run(const Command& command, Deadline deadline) override;
  [[nodiscard]] Result<FileStatus> look_at(const std::string& path, Links links, Deadline deadline) override;
  [[nodiscard]] Result<std::string> read_part(const std::string& path, std::uint64_t offset, std::size_t limit,
                                              Deadline deadline) override;
  [[nodiscard]] Result<std::string> sha256(const std::string& path, Deadline deadline) override;
  [[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t limit, Deadline deadline) override;
  [[nodiscard]] Result<void> write_file(const std::string& path, const std::string& content, unsigned mode,
                                        Deadline deadline) override;
  [[nodiscard]] Result<void> upload(const std::string& local_path, const std::string& remote_path,
                                    const std::string& sha256_hex, Deadline deadline) override;
  [[nodiscard]] Result<Endpoint> connect(std::uint16_t port, Deadline deadline) override;

 private:
  SshLink& link();  // the first with room; else the least busy
  Result<void> write_atomically(const AtomicWrite& write, const Source& source, Deadline deadline);
  template <typename T>
  Result<T> over_sftp(Deadline deadline, const std::function<Result<T>(Sftp&)>& ask);
  [[nodiscard]] std::optional<Sftp> take_kept();
  void keep(Sftp sftp);
  [[nodiscard]] std::optional<std::string> known_user(std::uint32_t number);
  void remember_user(std::uint32_t number, const std::string& name);
  Result<std::string> ask_user_name(std::uint32_t number, Deadline deadline);
  Result<void> sync_on_host(const std::string& path, Deadline deadline);

  const HostOptions options_;
  std::mutex mutex_;
  const std::shared_ptr<SshRefusal> refusal_ = std::make_shared<SshRefusal>();
  std::vector<std::unique_ptr<SshLink>> links_;
  std::vector<Sftp> kept_;                        // idle; each had its last question answered
  std::map<std::uint32_t, std::string> users_;    // names that were found, by number
};

}  // namespace interlock
