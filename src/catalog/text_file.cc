#include "src/catalog/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "fsm/diagnostic.h"

namespace interlock {
namespace {

struct Descriptor {
  int number;
  explicit Descriptor(int n) : number(n) {}
  ~Descriptor() {
    if (number >= 0) close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

}  // namespace

std::string read_text_file(const std::string& path, std::size_t limit_bytes) {
  // Not blocking: a pipe that nobody writes to must not hold us.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat found {};
  if (file.number < 0 || fstat(file.number, &found) != 0) {
    const int error = errno;
    if (error == ENOENT) reject(path, "there is no such file");
    if (error == EACCES) reject(path, "the file cannot be read by this user", "", "chmod or chown it, or run as another user");
    reject(path, fmt::format("the file cannot be opened: {}", std::strerror(error)));
  }
  if (S_ISDIR(found.st_mode)) reject(path, "this is a folder", "a file");
  if (!S_ISREG(found.st_mode)) reject(path, "this is not a regular file", "a file");
  const auto too_long = [&](auto bytes) { reject(path, fmt::format("the file has {} bytes", bytes), fmt::format("at most {} bytes", limit_bytes), "check that this is the file that was meant"); };
  if (static_cast<std::size_t>(found.st_size) > limit_bytes) too_long(found.st_size);

  std::string text(limit_bytes + 1, '\0');
  std::size_t length = 0;
  while (length < text.size()) {
    const ssize_t count = read(file.number, text.data() + length, text.size() - length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) reject(path, fmt::format("the file cannot be read: {}", std::strerror(errno)));
    if (count == 0) break;
    length += static_cast<std::size_t>(count);
  }
  if (length > limit_bytes) too_long(length);
  text.resize(length);
  return text;
}

}  // namespace interlock
