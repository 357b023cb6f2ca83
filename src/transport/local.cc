// See local.h.
#include "src/transport/local.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "src/transport/files.h"
#include "src/transport/sha256.h"

namespace interlock {
namespace {

// A new file is as its original is; an existing one keeps its own mode.
unsigned mode_of(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0644U;
}

}  // namespace

LocalHost::LocalHost(const HostOptions& options)
    : name_(options.name), address_(options.address.empty() ? "127.0.0.1" : options.address) {}

Result<CommandOutput> LocalHost::run(const Command& command, Deadline deadline) {
  return processes_.run(command, deadline);
}

Result<FileStatus> LocalHost::look_at(const std::string& path, Links links, Deadline) {
  return status_of_path(path, links);
}

Result<std::string> LocalHost::read_part(const std::string& path, std::uint64_t offset, std::size_t limit,
                                         Deadline deadline) {
  return read_file_part(path, offset, limit, deadline);
}

Result<std::string> LocalHost::sha256(const std::string& path, Deadline deadline) { return sha256_of_file(path, deadline); }

Result<std::string> LocalHost::read_file(const std::string& path, std::size_t limit, Deadline deadline) {
  return read_whole_file(path, limit, deadline);
}

Result<void> LocalHost::write_file(const std::string& path, const std::string& content, unsigned mode,
                                   Deadline deadline) {
  return write_atomically({path, mode, nullptr}, source_of(content), deadline);
}

Result<void> LocalHost::upload(const std::string& local_path, const std::string& remote_path,
                               const std::string& sha256_hex, Deadline deadline) {
  auto wanted = normal_sha256(sha256_hex);
  if (!wanted) return tl::unexpected(wanted.error());
  if (auto there = sha256_of_file(remote_path, deadline); there && *there == *wanted) return {};
  auto own = sha256_of_file(local_path, deadline);
  if (!own) return tl::unexpected(own.error());
  if (*own != *wanted) {
    return failure(Cause::protocol, fmt::format("{} has SHA-256 {}, not {}; nothing was copied", local_path, *own, *wanted));
  }
  auto source = source_of_file(local_path, deadline);
  if (!source) return tl::unexpected(source.error());
  // Read back from the copy, not summed up on the way: what counts is what arrived.
  auto check = [&](const std::string& copy) -> Result<void> {
    auto sum = sha256_of_file(copy, deadline);
    if (!sum) return tl::unexpected(sum.error());
    if (*sum == *wanted) return {};
    ::unlink(remote_path.c_str());
    return failure(Cause::protocol,
                   fmt::format("the copy at {} has SHA-256 {}, not {}; it was removed", remote_path, *sum, *wanted));
  };
  return write_atomically({remote_path, mode_of(local_path), check}, *source, deadline);
}

Result<Endpoint> LocalHost::connect(std::uint16_t port, Deadline) { return Endpoint{address_, port, ""}; }

}  // namespace interlock
