#include "tests/support/fake_host.h"

#include <algorithm>
#include <stdexcept>

#include "src/transport/sha256.h"

namespace interlock::tests {

void FakeHost::on_command(std::string part, Answer answer) {
  const std::lock_guard lock(mutex_);
  answers_.emplace_back(std::move(part), std::move(answer));
}

void FakeHost::on_command(std::string part, int exit_status, std::string out, std::string err) {
  on_command(std::move(part), [=](const Command& command) -> Result<CommandOutput> {
    CommandOutput output;
    output.exit_status = exit_status;
    output.out = out.substr(0, command.output_limit);
    output.err = err.substr(0, command.output_limit);
    output.truncated = out.size() > command.output_limit || err.size() > command.output_limit;
    return output;
  });
}

void FakeHost::on_command(std::string part, Failure why) {
  on_command(std::move(part), [=](const Command&) -> Result<CommandOutput> { return tl::unexpected(why); });
}

void FakeHost::put_file(const std::string& path, std::string content) {
  const std::lock_guard lock(mutex_);
  files_[path] = std::move(content);
}

void FakeHost::remove_file(const std::string& path) {
  const std::lock_guard lock(mutex_);
  files_.erase(path);
}

void FakeHost::map_port(std::uint16_t port, Result<Endpoint> endpoint) {
  const std::lock_guard lock(mutex_);
  ports_.insert_or_assign(port, std::move(endpoint));
}

void FakeHost::be_unreachable() {
  const std::lock_guard lock(mutex_);
  unreachable_ = true;
}

std::vector<Command> FakeHost::commands() const {
  const std::lock_guard lock(mutex_);
  return commands_;
}

std::map<std::string, std::string> FakeHost::files() const {
  const std::lock_guard lock(mutex_);
  return files_;
}

Result<void> FakeHost::reachable(Deadline deadline) const {
  if (unreachable_) return failure(Cause::unreachable, name_ + " is unreachable");
  if (deadline <= std::chrono::steady_clock::now()) return failure(Cause::timed_out, "the deadline had passed");
  return {};
}

Result<CommandOutput> FakeHost::run(const Command& command, Deadline deadline) {
  std::string words;
  for (const auto& word : command.argv) words += (words.empty() ? "" : " ") + word;
  Answer answer;
  {
    const std::lock_guard lock(mutex_);
    commands_.push_back(command);
    if (const auto can = reachable(deadline); !can) return tl::unexpected(can.error());
    for (auto script = answers_.rbegin(); script != answers_.rend() && !answer; ++script) {
      if (words.find(script->first) != std::string::npos) answer = script->second;
    }
  }
  if (answer) return answer(command);
  CommandOutput output;
  output.exit_status = 127;
  output.err = (command.argv.empty() ? "" : command.argv[0]) + ": not found";
  return output;
}

Result<FileStatus> FakeHost::look_at(const std::string& path, Links /*links*/, Deadline deadline) {
  const std::lock_guard lock(mutex_);
  if (const auto can = reachable(deadline); !can) return tl::unexpected(can.error());
  if (const auto file = files_.find(path); file != files_.end()) return FileStatus{FileKind::file, file->second.size(), 0644, "root", ""};
  const auto below = files_.lower_bound(path + "/");
  if (below != files_.end() && below->first.starts_with(path + "/")) return FileStatus{FileKind::directory, 0, 0755, "root", ""};
  return failure(Cause::missing, path + " does not exist");
}

Result<std::string> FakeHost::read_part(const std::string& path, std::uint64_t offset, std::size_t limit, Deadline deadline) {
  const auto whole = read_file(path, std::string::npos, deadline);
  if (!whole) return whole;
  return whole->substr(std::min<std::size_t>(offset, whole->size()), limit);
}

Result<std::string> FakeHost::sha256(const std::string& path, Deadline deadline) {
  const auto whole = read_file(path, std::string::npos, deadline);
  if (!whole) return whole;
  Sha256 sum;
  sum.add(*whole);
  return sum.hex();
}

Result<std::string> FakeHost::read_file(const std::string& path, std::size_t limit, Deadline deadline) {
  const std::lock_guard lock(mutex_);
  if (const auto can = reachable(deadline); !can) return tl::unexpected(can.error());
  const auto file = files_.find(path);
  if (file == files_.end()) return failure(Cause::missing, path + " does not exist");
  if (file->second.size() > limit) return failure(Cause::protocol, path + " is larger than may be read");
  return file->second;
}

Result<void> FakeHost::write_file(const std::string& path, const std::string& content, unsigned /*mode*/,
                                  Deadline deadline) {
  const std::lock_guard lock(mutex_);
  if (const auto can = reachable(deadline); !can) return can;
  files_[path] = content;
  return {};
}

Result<void> FakeHost::upload(const std::string& local_path, const std::string& remote_path,
                              const std::string& sha256_hex, Deadline deadline) {
  const std::lock_guard lock(mutex_);
  if (const auto can = reachable(deadline); !can) return can;
  files_[remote_path] = "uploaded " + local_path + " " + sha256_hex;
  return {};
}

Result<Endpoint> FakeHost::connect(std::uint16_t port, Deadline deadline) {
  const std::lock_guard lock(mutex_);
  if (const auto can = reachable(deadline); !can) return tl::unexpected(can.error());
  const auto mapped = ports_.find(port);
  return mapped != ports_.end() ? mapped->second : Endpoint{"127.0.0.1", port, ""};
}

Host* FakeHosts::find(const std::string& name) {
  for (Host* host : hosts_) {
    if (host->name() == name) return host;
  }
  return nullptr;
}

Result<Secret> FakeSecrets::resolve(const std::string& name) {
  const auto text = texts_.find(name);
  if (text == texts_.end()) return failure(Cause::missing, "no secret is named '" + name + "'");
  return Secret(text->second);
}

Reading observe(const std::string& kind, const Json& args, Host& host, Secrets& secrets, Millis within) {
  const ProbeKind* probe = find_probe(kind);
  if (probe == nullptr) throw std::invalid_argument("no probe is named " + kind);
  FakeHosts hosts(host);
  return probe->observe({args, host, secrets, hosts, std::chrono::steady_clock::now() + within});
}

Reading observe(const std::string& kind, const Json& args, Host& host, Millis within) {
  FakeSecrets none;
  return observe(kind, args, host, none, within);
}

OperationResult perform(const std::string& kind, const Json& args, Host& host, Secrets& secrets, Millis within) {
  const OperationKind* operation = find_operation(kind);
  if (operation == nullptr) throw std::invalid_argument("no operation is named " + kind);
  FakeHosts hosts(host);
  return operation->perform({args, host, hosts, secrets, std::chrono::steady_clock::now() + within, false});
}

}  // namespace interlock::tests
