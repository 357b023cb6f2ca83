#include "src/secrets/secret_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

#include "fsm/suggest.h"
#include "src/secrets/secret_command.h"

namespace interlock {
namespace {

constexpr mode_t kAllowedMode = 0600;

struct Descriptor {
  int number;
  explicit Descriptor(int n) : number(n) {}
  ~Descriptor() {
    if (number >= 0) close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

// One line feed at the end belongs to the file, not to the secret.
Secret without_last_newline(const Secret& secret) {
  const std::string& text = secret.reveal();
  std::size_t length = text.size();
  if (length > 0 && text[length - 1] == '\n') --length;
  if (length > 0 && length < text.size() && text[length - 1] == '\r') --length;
  return Secret(text.substr(0, length));
}

Result<void> check_file(const std::string& path, const struct stat& found) {
  if (!S_ISREG(found.st_mode)) return failure(Cause::protocol, fmt::format("{} is not a file", path));
  if (found.st_uid != geteuid() && found.st_uid != 0)
    return failure(Cause::denied, fmt::format("{} belongs to another user; type: chown {} {}", path, geteuid(), path));
  if ((found.st_mode & 07777U & ~kAllowedMode) != 0)
    return failure(Cause::denied, fmt::format("{} has mode {:04o} and may be open to others; type: chmod 600 {}", path, found.st_mode & 07777U, path));
  if (static_cast<std::size_t>(found.st_size) > kLargestSecret)
    return failure(Cause::protocol, fmt::format("{} has {} bytes; a secret has at most {}", path, found.st_size, kLargestSecret));
  return {};
}

// What is checked is what is read: the open file, not its name.
Result<Secret> read_secret_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat found {};
  if (file.number < 0 || fstat(file.number, &found) != 0) {
    const int error = errno;
    return failure(error == EACCES ? Cause::denied : error == ENOENT || error == ENOTDIR ? Cause::missing : Cause::internal, fmt::format("{}: {}", path, std::strerror(error)));
  }
  if (auto r = check_file(path, found); !r) return tl::unexpected(r.error());
  std::string text(kLargestSecret, '\0');
  std::size_t length = 0;
  ssize_t count = 0;
  while (length < text.size() && (count = read(file.number, text.data() + length, text.size() - length)) > 0) length += static_cast<std::size_t>(count);
  const int error = errno;
  Secret secret(text.substr(0, length));
  explicit_bzero(text.data(), text.size());
  if (count < 0) return failure(Cause::internal, fmt::format("{}: {}", path, std::strerror(error)));
  return without_last_newline(secret);
}

Result<Secret> from_environment(const std::string& variable) {
  const char* text = std::getenv(variable.c_str());
  if (text == nullptr) return failure(Cause::missing, fmt::format("the environment variable {} is not set", variable));
  return Secret(text);
}

}  // namespace

SecretStore::SecretStore(const fsm::SiteSource& site, Millis command_limit)
    : sources_(site.secrets), folder_(std::filesystem::path(site.file).parent_path()), command_limit_(command_limit) {
  for (const auto& [name, source] : sources_)
    if (!source.env.empty()) from_environment_.emplace(name, from_environment(source.env));
}

Result<Secret> SecretStore::resolve(const std::string& name) {
  const std::lock_guard guard(mutex_);
  if (const auto known = known_.find(name); known != known_.end()) return known->second;
  const auto now = std::chrono::steady_clock::now();
  if (const auto failed = failed_.find(name); failed != failed_.end() && now < failed->second.first) return tl::unexpected(failed->second.second);
  auto secret = fetch(name);
  if (!secret) {
    const auto then = std::chrono::steady_clock::now();
    const Failure failed{secret.error().cause, fmt::format("secret '{}': {}", name, secret.error().text), false};
    if (then - now > kSoon) failed_.insert_or_assign(name, std::pair(then + kNotAskedAgain, failed));
    return tl::unexpected(failed);
  }
  if (secret->empty()) return failure(Cause::missing, fmt::format("secret '{}' is empty", name));
  known_.emplace(name, *secret);
  return secret;
}

Result<Secret> SecretStore::fetch(const std::string& name) const {
  const fsm::SecretSource* source = fsm::find(sources_, name);
  if (source == nullptr) {
    const std::string likely = nearest(name, fsm::names_of(sources_));
    return failure(Cause::missing, "the site names no such secret" + (likely.empty() ? "" : "; it has '" + likely + "'"));
  }
  if (!source->env.empty()) return from_environment_.at(name);
  if (!source->file.empty()) return read_secret_file((folder_ / source->file).string());
  auto printed = run_secret_command(source->command, folder_, kLargestSecret, command_limit_);
  if (!printed) return printed;
  return without_last_newline(*printed);
}

}  // namespace interlock
