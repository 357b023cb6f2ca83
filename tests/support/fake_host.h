// A Host for tests: scripted commands, files in memory, ports that lead to loopback. Thread-safe.
// What is not scripted is an answer of its own: an unknown command exits with 127, a missing file is missing,
// a port leads to 127.0.0.1 with the same number unless it was mapped.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "probes/host.h"
#include "probes/probe.h"
#include "src/actions/operation.h"

namespace interlock::tests {

class FakeHost : public Host {
 public:
  explicit FakeHost(std::string name = "host-1", std::string address = "127.0.0.1")
      : name_(std::move(name)), address_(std::move(address)) {}

  using Answer = std::function<Result<CommandOutput>(const Command&)>;

  // Answers every command whose words, joined by spaces, contain `part`. The latest matching script wins.
  void on_command(std::string part, Answer answer);
  void on_command(std::string part, int exit_status, std::string out, std::string err = "");
  void on_command(std::string part, Failure failure);
  void put_file(const std::string& path, std::string content);
  void remove_file(const std::string& path);
  void map_port(std::uint16_t port, Result<Endpoint> endpoint);
  void be_unreachable();  // from now on every call gives Cause::unreachable

  [[nodiscard]] std::vector<Command> commands() const;  // all that were run, in order
  [[nodiscard]] std::map<std::string, std::string> files() const;

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] const std::string& address() const override { return address_; }
  [[nodiscard]] Result<CommandOutput> run(const Command& command, Deadline deadline) override;
  // Folders are those that files were put in.
  [[nodiscard]] Result<FileStatus> look_at(const std::string& path, Links links, Deadline deadline) override;
  [[nodiscard]] Result<std::string> read_part(const std::string& path, std::uint64_t offset, std::size_t limit,
                                              Deadline deadline) override;
  [[nodiscard]] Result<std::string> sha256(const std::string& path, Deadline deadline) override;
  [[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t limit, Deadline deadline) override;
  [[nodiscard]] Result<void> write_file(const std::string& path, const std::string& content, unsigned mode,
                                        Deadline deadline) override;
  // Puts "uploaded <local path> <sha256>" as the file's content.
  [[nodiscard]] Result<void> upload(const std::string& local_path, const std::string& remote_path,
                                    const std::string& sha256_hex, Deadline deadline) override;
  [[nodiscard]] Result<Endpoint> connect(std::uint16_t port, Deadline deadline) override;

 private:
  [[nodiscard]] Result<void> reachable(Deadline deadline) const;  // with mutex_ held

  const std::string name_, address_;
  mutable std::mutex mutex_;
  bool unreachable_ = false;
  std::vector<std::pair<std::string, Answer>> answers_;
  std::vector<Command> commands_;
  std::map<std::string, std::string> files_;
  std::map<std::uint16_t, Result<Endpoint>> ports_;
};

// Hosts by name; the first one is the control host.
class FakeHosts : public Hosts {
 public:
  explicit FakeHosts(Host& control) : hosts_{&control} {}
  void add(Host& host) { hosts_.push_back(&host); }
  [[nodiscard]] Host* find(const std::string& name) override;
  [[nodiscard]] Host& control() override { return *hosts_.front(); }

 private:
  std::vector<Host*> hosts_;
};

// Secrets by name; a name that was not put is missing.
class FakeSecrets : public Secrets {
 public:
  void put(const std::string& name, const std::string& text) { texts_[name] = text; }
  [[nodiscard]] Result<Secret> resolve(const std::string& name) override;

 private:
  std::map<std::string, std::string> texts_;
};

// Runs one probe of the registry by name.
[[nodiscard]] Reading observe(const std::string& kind, const Json& args, Host& host, Secrets& secrets,
                              Millis within = Millis{5000});
[[nodiscard]] Reading observe(const std::string& kind, const Json& args, Host& host, Millis within = Millis{5000});

// Runs one operation of the registry by name.
[[nodiscard]] OperationResult perform(const std::string& kind, const Json& args, Host& host, Secrets& secrets,
                                      Millis within = Millis{20'000});

}  // namespace interlock::tests
