// See ssh.h.
#include "src/transport/ssh.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

#include <fmt/format.h>

#include "probes/host_script.h"
#include "src/transport/process.h"
#include "src/transport/quote.h"
#include "src/transport/sha256.h"
#include "src/transport/time_limit.h"

namespace interlock {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMaxLinks = 4;
constexpr std::size_t kMaxKept = 2;  // SFTP sessions that nobody uses at the moment
constexpr mode_t kPermissionBits = 07777;
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
  return *links_.emplace_back(std::make_unique<SshLink>(options_, refusal_));
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

std::optional<Sftp> SshHost::take_kept() {
  const std::lock_guard lock(mutex_);
  if (kept_.empty()) return std::nullopt;
  std::optional<Sftp> sftp(std::move(kept_.back()));
  kept_.pop_back();
  return sftp;
}

void SshHost::keep(Sftp sftp) {
  const std::lock_guard lock(mutex_);
  if (kept_.size() >= kMaxKept) return;
  sftp.rest();
  kept_.push_back(std::move(sftp));
}

// For what only looks. A kept session may have died since it was last used: then another is asked, in the end a new one.
template <typename T>
Result<T> SshHost::over_sftp(Deadline deadline, const std::function<Result<T>(Sftp&)>& ask) {
  for (;;) {
    auto sftp = take_kept();
    const bool fresh = !sftp;
    if (fresh) {
      auto opened = Sftp::open(link(), options_.name, deadline);
      if (!opened) {
        // Something of this side's is missing, say its SSH configuration: that says nothing about the path.
        if (opened.error().cause == Cause::missing) opened.error().cause = Cause::internal;
        return tl::unexpected(opened.error());
      }
      sftp.emplace(std::move(*opened));
    }
    sftp->resume(deadline);
    Result<T> answer = ask(*sftp);
    if (sftp->good()) {
      keep(std::move(*sftp));
      return answer;
    }
    if (fresh || Clock::now() >= deadline) return answer;
  }
}

Result<FileStatus> SshHost::look_at(const std::string& path, Links links, Deadline deadline) {
  std::optional<std::uint32_t> nameless;
  auto status = over_sftp<FileStatus>(deadline, [&](Sftp& sftp) -> Result<FileStatus> {
    nameless.reset();
    const auto is = sftp.stat(path, links == Links::followed);
    if (!is) return tl::unexpected(is.error());
    if (!is->permissions) return failure(Cause::protocol, fmt::format("{} does not say what {} is", options_.name, path));
    FileStatus told{kind_of_mode(*is->permissions), is->size.value_or(0), *is->permissions & kPermissionBits, kNobodysName, ""};
    if (told.kind == FileKind::symlink) {
      auto target = sftp.read_link(path);
      if (!target) return tl::unexpected(target.error());
      told.target = std::move(*target);
    }
    if (!is->owner) return told;
    auto name = known_user(is->owner->first);
    if (!name) {
      auto asked = sftp.user_name(is->owner->first);
      if (!asked) return tl::unexpected(asked.error());
      name = std::move(*asked);
      if (name) remember_user(is->owner->first, *name);
    }
    if (!name) nameless = is->owner->first;
    if (name && !name->empty()) told.owner = std::move(*name);
    return told;
  });
  // Without the session, which another may need meanwhile.
  if (!status || !nameless) return status;
  auto name = ask_user_name(*nameless, deadline);
  if (!name) return tl::unexpected(name.error());
  if (!name->empty()) status->owner = std::move(*name);
  return status;
}

std::optional<std::string> SshHost::known_user(std::uint32_t number) {
  const std::lock_guard lock(mutex_);
  const auto user = users_.find(number);
  return user == users_.end() ? std::nullopt : std::optional(user->second);
}

void SshHost::remember_user(std::uint32_t number, const std::string& name) {
  if (name.empty()) return;  // it may get a name yet
  const std::lock_guard lock(mutex_);
  users_[number] = name;
}

// For SFTP servers that cannot tell (OpenSSH before 8.9).
Result<std::string> SshHost::ask_user_name(std::uint32_t number, Deadline deadline) {
  constexpr int kNoSuchKey = 2;
  auto output = run({{"getent", "passwd", std::to_string(number)}, "", {}, 4096}, deadline);
  if (output && output->signal == 0 && output->exit_status == kNoSuchKey) return "";
  if (output && !output->ok()) output = tl::unexpected(command_failure("getent", *output));
  if (!output) {
    if (output.error().cause == Cause::missing) output.error().cause = Cause::protocol;
    return tl::unexpected(output.error());
  }
  std::string name = output->out.substr(0, output->out.find(':'));
  remember_user(number, name);
  return name;
}

Result<std::string> SshHost::read_part(const std::string& path, std::uint64_t offset, std::size_t limit, Deadline deadline) {
  return over_sftp<std::string>(deadline, [&](Sftp& sftp) -> Result<std::string> {
    auto attributes = sftp.stat(path, true);
    if (!attributes) return tl::unexpected(attributes.error());
    if (!S_ISREG(attributes->permissions.value_or(S_IFREG))) {
      return failure(Cause::protocol, fmt::format("{}: {} is not a regular file", options_.name, path));
    }
    auto handle = sftp.open_file(path, sftp::kOpenRead, 0);
    if (!handle) return tl::unexpected(handle.error());
    auto content = sftp.read(*handle, offset, limit, path);
    if (!sftp.good()) return content;  // the server closes the file with the session
    if (auto closed = sftp.close(*handle, path); !closed && content) return tl::unexpected(closed.error());
    return content;
  });
}

Result<std::string> SshHost::read_file(const std::string& path, std::size_t limit, Deadline deadline) {
  auto content = read_part(path, 0, limit + 1, deadline);
  if (content && content->size() > limit) {
    return failure(Cause::protocol, fmt::format("{}: {} is larger than {} bytes", options_.name, path, limit));
  }
  return content;
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
    mode.permissions = write.mode & kPermissionBits;
    if (before) {
      mode.permissions = before->permissions.value_or(write.mode) & kPermissionBits;
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

Result<std::string> SshHost::sha256(const std::string& path, Deadline deadline) {
  constexpr std::size_t kDigits = 64;
  auto output = run({{"sha256sum", "--", path}, "", {}, 8192}, deadline);
  if (!output) return tl::unexpected(output.error());
  if (!output->ok()) return tl::unexpected(command_failure(fmt::format("{}: sha256sum", options_.name), *output));
  // A backslash first says that the name, further on, is escaped.
  const std::size_t begin = output->out.rfind('\\', 0) == 0 ? 1 : 0;
  return normal_sha256(output->out.substr(begin, kDigits));
}

Result<void> SshHost::upload(const std::string& local_path, const std::string& remote_path,
                             const std::string& sha256_hex, Deadline deadline) {
  auto wanted = normal_sha256(sha256_hex);
  if (!wanted) return tl::unexpected(wanted.error());
  auto there = sha256(remote_path, deadline);
  if (there && *there == *wanted) return {};
  if (!there) {
    // What the host could not sum up may still be replaced.
    Failure why = there.error();
    const bool asked = why.sent && (why.cause == Cause::denied || why.cause == Cause::protocol);
    why.sent = false;
    if (!asked && why.cause != Cause::missing) return tl::unexpected(why);
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
    auto sum = sha256(copy, deadline);
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
