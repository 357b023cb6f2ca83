// A host reached over SSH (libssh, in this process). One connection is kept open; more are added only while more
// commands are under way at once than a server allows on one.
// Threads: all calls may come from several threads at once. It retries nothing the host may have begun.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "probes/host.h"
#include "src/transport/files.h"
#include "src/transport/ssh_link.h"
#include "src/transport/transport.h"

namespace interlock {

class SshHost final : public Host {
 public:
  explicit SshHost(const HostOptions& options);
  [[nodiscard]] const std::string& name() const override { return options_.name; }
  [[nodiscard]] const std::string& address() const override { return options_.address; }
  [[nodiscard]] Result<CommandOutput> run(const Command& command, Deadline deadline) override;
  [[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t limit, Deadline deadline) override;
  [[nodiscard]] Result<void> write_file(const std::string& path, const std::string& content, unsigned mode,
                                        Deadline deadline) override;
  [[nodiscard]] Result<void> upload(const std::string& local_path, const std::string& remote_path,
                                    const std::string& sha256_hex, Deadline deadline) override;
  [[nodiscard]] Result<Endpoint> connect(std::uint16_t port, Deadline deadline) override;

 private:
  SshLink& link();  // the first with room; else the least busy
  Result<void> write_atomically(const AtomicWrite& write, const Source& source, Deadline deadline);
  Result<std::string> sha256_on_host(const std::string& path, Deadline deadline);
  Result<void> sync_on_host(const std::string& path, Deadline deadline);

  const HostOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<SshLink>> links_;
};

}  // namespace interlock
