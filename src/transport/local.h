// This machine as a Host: commands by posix_spawn, files by system calls, ports directly.
// Threads: all calls may come from several threads at once.
#pragma once

#include "probes/host.h"
#include "src/transport/process.h"
#include "src/transport/transport.h"

namespace interlock {

class LocalHost final : public Host {
 public:
  explicit LocalHost(const HostOptions& options);
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] const std::string& address() const override { return address_; }
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
  std::string name_, address_;
  ProcessRunner processes_;
};

}  // namespace interlock
