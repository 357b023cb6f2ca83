// Files of this machine, with the causes of failure kept: whole reads, atomic writes, copies.
// Stateless; any thread. Between blocks of data the deadline is looked at; a file system that hangs in the kernel
// (dead NFS server) cannot be interrupted from here.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "probes/host.h"

namespace interlock {

// Who owns a file whose user number has no name, as coreutils puts it.
inline constexpr const char* kNobodysName = "UNKNOWN";

// A file descriptor that closes itself.
struct Descriptor {
  int fd = -1;
  Descriptor() = default;
  explicit Descriptor(int number) : fd(number) {}
  Descriptor(Descriptor&& other) noexcept : fd(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }
  void reset();
  [[nodiscard]] int release() noexcept { return std::exchange(fd, -1); }
  [[nodiscard]] bool valid() const { return fd >= 0; }
};

// `what` is a sentence's beginning ("/etc/x cannot be read"); the system's reason is added, the cause chosen by it.
[[nodiscard]] Failure system_failure(int error_number, const std::string& what);

// Regular files only: a FIFO or a device would block (Cause::protocol).
[[nodiscard]] Result<Descriptor> open_for_reading(const std::string& path);
// Zero at the end of the file.
[[nodiscard]] Result<std::size_t> read_some(int fd, char* buffer, std::size_t size, const std::string& path, Deadline deadline);

// As Host says of look_at() and read_part().
[[nodiscard]] Result<FileStatus> status_of_path(const std::string& path, Links links);
[[nodiscard]] FileKind kind_of_mode(unsigned st_mode);
[[nodiscard]] Result<std::string> read_file_part(const std::string& path, std::uint64_t offset, std::size_t limit, Deadline deadline);

[[nodiscard]] Result<std::string> read_whole_file(const std::string& path, std::size_t limit, Deadline deadline);

// Gives the next block of content; an empty one is the end.
using Source = std::function<Result<std::string>()>;
[[nodiscard]] Source source_of(std::string_view content);                        // content must outlive the source
[[nodiscard]] Result<Source> source_of_file(const std::string& path, Deadline deadline);

// Temporary file in the same folder, fsync, rename, fsync of the folder. A symbolic link is followed, so the file it
// leads to is replaced. `check` sees the finished temporary file and can still refuse it.
struct AtomicWrite {
  std::string path;
  unsigned mode = 0644;                                  // of a new file; an existing one keeps owner and mode
  std::function<Result<void>(const std::string& temporary_path)> check;
};
[[nodiscard]] Result<void> write_atomically(const AtomicWrite& write, const Source& source, Deadline deadline);

// The temporary name beside `path`: hidden, recognisable, not guessable, at most 255 bytes.
[[nodiscard]] std::string temporary_name(const std::string& path);
[[nodiscard]] std::string folder_of(const std::string& path);

}  // namespace interlock
