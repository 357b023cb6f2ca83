// See files.h.
#include "src/transport/files.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include <fmt/format.h>

namespace interlock {
namespace {

constexpr std::size_t kBlockBytes = 1 << 18;
constexpr std::size_t kNameBytesKept = 200;  // of the 255 a name may have; the rest is for ours
constexpr mode_t kModeBits = 07777;

Cause cause_of(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP: return Cause::missing;
    case EACCES:
    case EPERM:
    case EROFS: return Cause::denied;
    default: return Cause::internal;
  }
}

Failure passed(const std::string& path) {
  return Failure{Cause::timed_out, fmt::format("the time for {} was over before all of it was through", path), false};
}

std::string resolved(const std::string& path) {
  std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : path;
}

Result<std::string> link_target(const std::string& path) {
  std::string target(PATH_MAX, '\0');
  const ssize_t count = ::readlink(path.c_str(), target.data(), target.size());
  if (count < 0) return tl::unexpected(system_failure(errno, fmt::format("{} cannot be read", path)));
  target.resize(static_cast<std::size_t>(count));
  return target;
}

std::string user_name(uid_t number) {
  constexpr std::size_t kEntryBytes = 1 << 16;
  std::vector<char> buffer(kEntryBytes);
  passwd entry{};
  passwd* found = nullptr;
  ::getpwuid_r(number, &entry, buffer.data(), buffer.size(), &found);
  return found == nullptr ? kNobodysName : found->pw_name;
}

Result<void> write_all(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return tl::unexpected(system_failure(errno, fmt::format("{} cannot be written", path)));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> sync_folder(const std::string& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // EINVAL: a file system without fsync for folders has nothing to make durable there.
  if (!fd.valid() || (::fsync(fd.fd) != 0 && errno != EINVAL)) {
    return tl::unexpected(system_failure(errno, fmt::format("the folder {} cannot be made durable", folder)));
  }
  return {};
}

// Owner first: changing it clears the set-user-id bits of the mode.
Result<void> keep_owner_and_mode(int fd, const std::string& path, unsigned mode) {
  struct stat now{}, before{};
  if (::fstat(fd, &now) != 0) return tl::unexpected(system_failure(errno, fmt::format("{} cannot be looked at", path)));
  mode_t bits = static_cast<mode_t>(mode) & kModeBits;
  if (::stat(path.c_str(), &before) == 0) {
    if (!S_ISREG(before.st_mode)) return failure(Cause::protocol, fmt::format("{} is not a regular file", path));
    bits = before.st_mode & kModeBits;
    if ((before.st_uid != now.st_uid || before.st_gid != now.st_gid) && ::fchown(fd, before.st_uid, before.st_gid) != 0) {
      return tl::unexpected(system_failure(errno, fmt::format("the owner of {} cannot be kept", path)));
    }
  } else if (errno != ENOENT) {
    return tl::unexpected(system_failure(errno, fmt::format("{} cannot be looked at", path)));
  }
  if (::fchmod(fd, bits) != 0) return tl::unexpected(system_failure(errno, fmt::format("the mode of {} cannot be set", path)));
  return {};
}

Result<void> fill(int fd, const AtomicWrite& write, const std::string& path, const Source& source, Deadline deadline) {
  for (;;) {
    if (std::chrono::steady_clock::now() >= deadline) return tl::unexpected(passed(path));
    auto block = source();
    if (!block) return tl::unexpected(block.error());
    if (block->empty()) break;
    if (auto done = write_all(fd, *block, path); !done) return done;
  }
  if (auto kept = keep_owner_and_mode(fd, path, write.mode); !kept) return kept;
  if (::fsync(fd) != 0) return tl::unexpected(system_failure(errno, fmt::format("{} cannot be made durable", path)));
  return {};
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    reset();
    fd = other.release();
  }
  return *this;
}

void Descriptor::reset() {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

Failure system_failure(int error_number, const std::string& what) {
  if (error_number == ENOSPC) return Failure{Cause::internal, what + ": disk full", false};
  if (error_number == EDQUOT) return Failure{Cause::internal, what + ": disk quota used up", false};
  std::array<char, 256> buffer{};
  const char* reason = ::strerror_r(error_number, buffer.data(), buffer.size());
  return Failure{cause_of(error_number), fmt::format("{}: {}", what, reason), false};
}

Result<Descriptor> open_for_reading(const std::string& path) {
  // Non-blocking, since opening a FIFO would wait for its writer.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.valid()) return tl::unexpected(system_failure(errno, fmt::format("{} cannot be read", path)));
  struct stat status{};
  if (::fstat(file.fd, &status) != 0) return tl::unexpected(system_failure(errno, fmt::format("{} cannot be looked at", path)));
  if (!S_ISREG(status.st_mode)) return failure(Cause::protocol, fmt::format("{} is not a regular file", path));
  return file;
}

Result<std::size_t> read_some(int fd, char* buffer, std::size_t size, const std::string& path, Deadline deadline) {
  for (;;) {
    if (std::chrono::steady_clock::now() >= deadline) return tl::unexpected(passed(path));
    const ssize_t count = ::read(fd, buffer, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return tl::unexpected(system_failure(errno, fmt::format("{} cannot be read", path)));
  }
}

FileKind kind_of_mode(unsigned st_mode) {
  switch (st_mode & S_IFMT) {
    case S_IFREG: return FileKind::file;
    case S_IFDIR: return FileKind::directory;
    case S_IFLNK: return FileKind::symlink;
    case S_IFIFO: return FileKind::fifo;
    case S_IFSOCK: return FileKind::socket;
    case S_IFBLK: return FileKind::block_device;
    case S_IFCHR: return FileKind::character_device;
    default: return FileKind::other;
  }
}

Result<FileStatus> status_of_path(const std::string& path, Links links) {
  struct stat status{};
  const int flags = links == Links::shown ? AT_SYMLINK_NOFOLLOW : 0;
  if (::fstatat(AT_FDCWD, path.c_str(), &status, flags) != 0) {
    return tl::unexpected(system_failure(errno, fmt::format("{} cannot be looked at", path)));
  }
  FileStatus is{kind_of_mode(status.st_mode), static_cast<std::uint64_t>(status.st_size), status.st_mode & kModeBits,
                user_name(status.st_uid), ""};
  if (is.kind == FileKind::symlink) {
    auto target = link_target(path);
    if (!target) return tl::unexpected(target.error());
    is.target = std::move(*target);
  }
  return is;
}

Result<std::string> read_file_part(const std::string& path, std::uint64_t offset, std::size_t limit, Deadline deadline) {
  auto file = open_for_reading(path);
  if (!file) return tl::unexpected(file.error());
  if (offset > 0 && ::lseek(file->fd, static_cast<off_t>(offset), SEEK_SET) < 0) {
    return tl::unexpected(system_failure(errno, fmt::format("{} cannot be read", path)));
  }
  std::string content;
  std::vector<char> buffer(std::min(kBlockBytes, limit));
  while (content.size() < limit) {
    auto count = read_some(file->fd, buffer.data(), std::min(buffer.size(), limit - content.size()), path, deadline);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) break;
    content.append(buffer.data(), *count);
  }
  return content;
}

Result<std::string> read_whole_file(const std::string& path, std::size_t limit, Deadline deadline) {
  auto content = read_file_part(path, 0, limit + 1, deadline);
  if (content && content->size() > limit) return failure(Cause::protocol, fmt::format("{} is larger than {} bytes", path, limit));
  return content;
}

Source source_of(std::string_view content) {
  return [content]() mutable -> Result<std::string> {
    std::string block(content.substr(0, kBlockBytes));
    content.remove_prefix(block.size());
    return block;
  };
}

Result<Source> source_of_file(const std::string& path, Deadline deadline) {
  auto opened = open_for_reading(path);
  if (!opened) return tl::unexpected(opened.error());
  auto file = std::make_shared<Descriptor>(std::move(*opened));
  return Source([file, path, deadline]() -> Result<std::string> {
    std::string block(kBlockBytes, '\0');
    auto count = read_some(file->fd, block.data(), block.size(), path, deadline);
    if (!count) return tl::unexpected(count.error());
    block.resize(*count);
    return block;
  });
}

Result<void> write_atomically(const AtomicWrite& write, const Source& source, Deadline deadline) {
  const std::string path = resolved(write.path);
  const std::string temporary = temporary_name(path);
  Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return tl::unexpected(system_failure(errno, fmt::format("{} cannot be written", path)));
  auto done = fill(file.fd, write, path, source, deadline);
  if (done && write.check) done = write.check(temporary);
  if (done && ::rename(temporary.c_str(), path.c_str()) != 0) {
    done = tl::unexpected(system_failure(errno, fmt::format("{} cannot be replaced", path)));
  }
  if (!done) {
    ::unlink(temporary.c_str());
    return done;
  }
  if (auto durable = sync_folder(folder_of(path)); !durable) {
    durable.error().sent = true;  // the file is there, only not yet safe from a power cut
    return durable;
  }
  return {};
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string temporary_name(const std::string& path) {
  std::uint64_t random = 0;
  // Blocks only before the kernel's generator is seeded, early at boot.
  while (::getrandom(&random, sizeof random, 0) != static_cast<ssize_t>(sizeof random)) {
  }
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return fmt::format("{}.{}.interlock-{:016x}", folder, name.substr(0, kNameBytesKept), random);
}

}  // namespace interlock
