// See ssh.h.
#include "src/transport/ssh.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

#include <fmt/format.h>

#include "src/transport/process.h"
#include "src/transport/quote.h"
#include "src/transport/sftp.h"
#include "src/transport/sha256.h"
#include "src/transport/time_limit.h"

namespace interlock {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMaxLinks = 4;
constexpr mode_t kModeBits = 07777;
constexpr int kNotFound = 127;

// RFC 4254, 6.10: signals go by name.
int signal_number(const std::string& name) {
  static constexpr std::array<std::pair<std::string_view, int>, 15> kSignals{{{"ABRT", SIGABRT}, {"ALRM", SIGALRM},
      {"FPE", SIGFPE}, {"HUP", SIGHUP}, {"ILL", SIGILL}, {"INT", SIGINT}, {"KILL", SIGKILL}, {"PIPE", SIGPIPE},
      {"QUIT", SIGQUIT}, {"SEGV", SIGSEGV}, {"TERM", SIGTERM}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2}, {"BUS", SIGBUS},
      {"SYS", SIGSYS}}};
  const std::string_view bare = std::string_view(name).substr(0, name.find('@'));
  for (const auto& [known, number] : kSignals) {
    if (known == bare) return number;
  }
  return SIGKILL;  // ended by a signal without a standard name (OpenSSH then says "SIG@openssh.com")
}

}  // namespace

SshHost::SshHost(const HostOptions& options) : options_(options) {}

SshLink& SshHost::link() {
  const std::lock_guard lock(mutex_);
  SshLink* best = nullptr;
  std::size_t fewest = 0;
  for (auto& candidate : links_) {
    if (candidate->has_room()) return *candidate;
    const std::size_t load = candidate->sessions_under_way();
    if (best == nullptr || load < fewest) {
      best = candidate.get();
      fewest = load;
    }
  }
  if (best != nullptr && links_.size() >= kMaxLinks) return *best;
  return *links_.emplace_back(std::make_unique<SshLink>(options_));
}

Result<CommandOutput> SshHost::run(const Command& command, Deadline deadline) {
  auto line = quote_command(command.argv);
  if (!line) return tl::unexpected(line.error());
  const std::string brief = brief_command(command.argv);
  const auto began = Clock::now();
  StreamRequest request;
  request.command = std::move(*line);
  request.deadline = deadline;
  StreamLease stream = link().open(std::move(request));
  stream->send(command.secret_input.reveal(), true);
  stream->send(command.input);
  stream->send_eof();

  BoundedText out(command.output_limit), err(command.output_limit);
  CommandOutput result;
  bool exited = false;
  for (Deadline until = deadline;;) {
    const StreamNews news = stream->next(until);
    out.add(news.out);
    err.add(news.err);
    if (news.exit_status || news.exit_signal) {
      exited = true;
      result.exit_status = news.exit_status.value_or(-1);
      result.signal = news.exit_signal ? signal_number(*news.exit_signal) : 0;
    }
    if (exited && (news.eof || news.ended || news.failure)) break;
    if (news.failure) {
      Failure reason = *news.failure;
      if (reason.sent) reason.text += fmt::format("; {} was under way", brief);
      return tl::unexpected(reason);
    }
    if (news.ended) {
      return failure(Cause::protocol, fmt::format("{} did not say how {} ended", options_.name, brief), true);
    }
    if (Clock::now() >= until) {
      if (exited) break;
      return failure(Cause::timed_out, fmt::format("{} on {} did not end in time", brief, options_.name), stream->sent());
    }
    if (exited) until = std::min(deadline, Clock::now() + kDrainAfterExit);
  }
  result.took = std::chrono::duration_cast<Millis>(Clock::now() - began);
  result.truncated = out.truncated() || err.truncated();
  result.out = out.take();
  result.err = err.take();
  if (auto reason = never_started(result, brief)) {
    reason->text += " on " + options_.name;
    return tl::unexpected(*reason);
  }
  return result;
}

Result<std::string> SshHost::read_file(const std::string& path, std::size_t limit, Deadline deadline) {
  auto sftp = Sftp::open(link(), options_.name, deadline);
  if (!sftp) return tl::unexpected(sftp.error());
  auto attributes = sftp->stat(path, true);
  if (!attributes) return tl::unexpected(attributes.error());
  if (!S_ISREG(attributes->permissions.value_or(S_IFREG))) {
    return failure(Cause::protocol, fmt::format("{}: {} is not a regular file", options_.name, path));
  }
  if (attributes->size.value_or(0) > limit) {
    return failure(Cause::protocol, fmt::format("{}: {} is larger than {} bytes", options_.name, path, limit));
  }
  auto handle = sftp->open_file(path, sftp::kOpenRead, 0);
  if (!handle) return tl::unexpected(handle.error());
  return sftp->read_all(*handle, limit, path);  // the server closes the file with the session
}

Result<void> SshHost::write_file(const std::string& path, const std::string& content, unsigned mode, Deadline deadline) {
  return write_atomically({path, mode, nullptr}, source_of(content), deadline);
}

Result<void> SshHost::write_atomically(const AtomicWrite& write, const Source& source, Deadline deadline) {
  auto sftp = Sftp::open(link(), options_.name, deadline);
  if (!sftp) return tl::unexpected(sftp.error());

  std::string path = write.path;
  if (auto link_itself = sftp->stat(path, false); link_itself && S_ISLNK(link_itself->permissions.value_or(0))) {
    auto real = sftp->real_path(path);
    if (!real) return tl::unexpected(real.error());
    path = *real;
  }
  auto before = sftp->stat(path, true);
  if (!before && before.error().cause != Cause::missing) return tl::unexpected(before.error());
  if (before && !S_ISREG(before->permissions.value_or(S_IFREG))) {
    return failure(Cause::protocol, fmt::format("{}: {} is not a regular file", options_.name, path));
  }

  const std::string temporary = temporary_name(path);
  auto handle = sftp->open_file(temporary, sftp::kOpenWrite | sftp::kOpenCreate | sftp::kOpenExclusive, 0600);
  if (!handle) {
    sftp->discard("", temporary);  // without an answer it may have been made
    return tl::unexpected(handle.error());
  }
  // Owner first: changing it clears the set-user-id bits of the mode.
  auto keep = [&]() -> Result<void> {
    sftp::Attributes mode;
    mode.permissions = write.mode & kModeBits;
    if (before) {
      mode.permissions = before->permissions.value_or(write.mode) & kModeBits;
      auto now = sftp->stat_handle(*handle, temporary);
      if (!now) return tl::unexpected(now.error());
      if (before->owner && before->owner != now->owner) {
        sftp::Attributes owner;
        owner.owner = before->owner;
        if (auto done = sftp->set_attributes(*handle, owner, "the owner of " + path); !done) return done;
      }
    }
    return sftp->set_attributes(*handle, mode, "the mode of " + path);
  };
  auto fill = [&]() -> Result<void> {
    if (auto done = sftp->write_all(*handle, source, temporary); !done) return done;
    if (auto done = keep(); !done) return done;
    auto synced = sftp->sync(*handle, temporary);
    if (!synced) return tl::unexpected(synced.error());
    if (auto done = sftp->close(std::exchange(*handle, ""), temporary); !done) return done;
    if (!*synced) {
      if (auto done = sync_on_host(temporary, deadline); !done) return done;
    }
    if (write.check) return write.check(temporary);
    return {};
  };
  auto done = fill();
  if (!done) {
    sftp->discard(*handle, temporary);
    done.error().sent = false;  // what was under the name still is
    return done;
  }
  if (auto renamed = sftp->rename(temporary, path); !renamed) {
    if (!renamed.error().sent) sftp->discard("", temporary);
    return renamed;
  }
  if (auto durable = sync_on_host(folder_of(path), deadline); !durable) {
    durable.error().sent = true;
    return durable;
  }
  return {};
}

// SFTP makes files durable but not folders. A host whose `sync` takes no files syncs everything, which is as good;
// one without the command is left as it is.
Result<void> SshHost::sync_on_host(const std::string& path, Deadline deadline) {
  auto output = run({{"sync", "--", path}, "", {}, 4096}, deadline);
  if (!output && output.error().cause == Cause::missing) return {};
  if (!output) return tl::unexpected(output.error());
  if (output->ok() || output->exit_status == kNotFound) return {};
  return failure(Cause::internal, fmt::format("{}: {} cannot be made durable: {}", options_.name, path, output->err), true);
}

Result<std::string> SshHost::sha256_on_host(const std::string& path, Deadline deadline) {
  constexpr std::size_t kDigits = 64;
  auto output = run({{"sha256sum", "--", path}, "", {}, 8192}, deadline);
  if (!output) return tl::unexpected(output.error());
  if (!output->ok()) {
    return failure(Cause::missing, fmt::format("{}: no checksum of {}: {}", options_.name, path, output->err));
  }
  // A backslash first says that the name, further on, is escaped.
  const std::size_t begin = output->out.rfind('\\', 0) == 0 ? 1 : 0;
  return normal_sha256(output->out.substr(begin, kDigits));
}

Result<void> SshHost::upload(const std::string& local_path, const std::string& remote_path,
                             const std::string& sha256_hex, Deadline deadline) {
  auto wanted = normal_sha256(sha256_hex);
  if (!wanted) return tl::unexpected(wanted.error());
  auto there = sha256_on_host(remote_path, deadline);
  if (there && *there == *wanted) return {};
  if (!there && there.error().cause != Cause::missing) {
    there.error().sent = false;
    return tl::unexpected(there.error());
  }
  auto own = sha256_of_file(local_path, deadline);
  if (!own) return tl::unexpected(own.error());
  if (*own != *wanted) {
    return failure(Cause::protocol, fmt::format("{} has SHA-256 {}, not {}; nothing was copied", local_path, *own, *wanted));
  }
  auto source = source_of_file(local_path, deadline);
  if (!source) return tl::unexpected(source.error());
  struct stat status{};
  const unsigned mode = ::stat(local_path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0644U;
  auto check = [&](const std::string& copy) -> Result<void> {
    auto sum = sha256_on_host(copy, deadline);
    if (!sum) return tl::unexpected(sum.error());
    if (*sum == *wanted) return {};
    if (auto sftp = Sftp::open(link(), options_.name, deadline)) sftp->discard("", remote_path);
    return failure(Cause::protocol, fmt::format("{}: the copy of {} has SHA-256 {}, not {}; it was removed", options_.name,
                                                local_path, *sum, *wanted));
  };
  return write_atomically({remote_path, mode, check}, *source, deadline);
}

// The host connects before there is a local end, so that why it cannot is told here.
Result<Endpoint> SshHost::connect(std::uint16_t port, Deadline deadline) {
  if (!options_.tunnel_ports) return Endpoint{options_.address, port, ""};
  StreamRequest request;
  request.kind = StreamKind::forward;
  request.address = options_.tunnel_address.empty() ? options_.address : options_.tunnel_address;
  request.port = port;
  request.deadline = deadline;
  const std::string target = fmt::format("{} port {}", request.address, port);
  SshLink& chosen = link();
  StreamLease stream = chosen.open(std::move(request));
  for (;;) {
    const StreamNews news = stream->next(deadline);
    if (news.failure) return tl::unexpected(*news.failure);
    if (news.open) break;
    if (Clock::now() >= deadline) {
      return failure(Cause::timed_out, fmt::format("{} has no connection to {} in time", options_.name, target));
    }
  }
  auto end = TunnelEnd::listen();
  if (!end) return tl::unexpected(end.error());
  Endpoint endpoint{options_.address, port, (*end)->path()};
  chosen.keep(stream.keep(), std::move(*end));
  return endpoint;
}

}  // namespace interlock
