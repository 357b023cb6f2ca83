// How a probe or an action reaches one host. Implemented by src/transport (local, ssh) and by fakes in tests.
// Thread safety: all calls may come from several threads at once; none blocks another for longer than its
// own work needs. Every call ends by its deadline.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fsm/observation.h"
#include "probes/secret.h"

namespace interlock {

// A command is an argument vector; nothing is ever pasted into a shell.
struct Command {
  std::vector<std::string> argv;
  std::string input;                        // given on standard input
  Secret secret_input;                      // sent before `input`; the only way a secret reaches a command
  std::size_t output_limit = 256 * 1024;    // bytes kept of each of stdout and stderr
};

struct CommandOutput {
  int exit_status = -1;      // meaningless if signal != 0
  int signal = 0;            // number of the signal that ended it, 0 if it exited
  std::string out, err;      // at most output_limit bytes each
  bool truncated = false;    // more was printed than kept
  Millis took{};
  [[nodiscard]] bool ok() const { return signal == 0 && exit_status == 0; }
};

// Where to connect for a port of the host: directly, or to a private Unix socket that leads there.
// One connection per endpoint; `unix_path` is empty for a direct one.
struct Endpoint {
  std::string address;
  std::uint16_t port = 0;
  std::string unix_path;
};

enum class FileKind { file, directory, symlink, fifo, socket, block_device, character_device, other };

struct FileStatus {
  FileKind kind = FileKind::other;
  std::uint64_t size = 0;   // bytes
  unsigned mode = 0;        // permission bits, at most 07777
  std::string owner;        // the user's name on the host; "UNKNOWN" for a number without one
  std::string target;       // of a symlink: what it says
};

enum class Links {
  shown,     // a symbolic link at the path is what is looked at
  followed,  // it is what the link leads to; one that leads nowhere is missing
};

class Host {
 public:
  virtual ~Host() = default;
  [[nodiscard]] virtual const std::string& name() const = 0;      // as in the site file
  [[nodiscard]] virtual const std::string& address() const = 0;   // the address its ports are reached at

  // Runs a command. Failure.sent tells whether the host may have started it.
  [[nodiscard]] virtual Result<CommandOutput> run(const Command& command, Deadline deadline) = 0;

  // What is at a path. Cause::missing says that nothing is there, and is said of nothing else.
  [[nodiscard]] virtual Result<FileStatus> look_at(const std::string& path, Links links, Deadline deadline) = 0;

  // At most `limit` bytes of a regular file, from `offset` on. What is no regular file is not opened: a FIFO would
  // hang, a device may act (Cause::protocol).
  [[nodiscard]] virtual Result<std::string> read_part(const std::string& path, std::uint64_t offset, std::size_t limit, Deadline deadline) = 0;

  // Of a whole regular file, summed up where it is: 64 hexadecimal digits in lower case.
  [[nodiscard]] virtual Result<std::string> sha256(const std::string& path, Deadline deadline) = 0;

  // Reads a whole file of at most `limit` bytes (missing: Cause::missing; larger: Cause::protocol).
  [[nodiscard]] virtual Result<std::string> read_file(const std::string& path, std::size_t limit, Deadline deadline) = 0;

  // Writes a file atomically: temporary file in the same folder, fsync, rename. An existing file keeps its
  // owner and mode; a new one gets `mode`.
  [[nodiscard]] virtual Result<void> write_file(const std::string& path, const std::string& content, unsigned mode, Deadline deadline) = 0;

  // Copies a local file to the host, skipping the transfer when a file with that SHA-256 is there already;
  // afterwards the host's own sha256sum is compared. Mismatch: Cause::protocol, and the remote file is removed.
  [[nodiscard]] virtual Result<void> upload(const std::string& local_path, const std::string& remote_path, const std::string& sha256_hex, Deadline deadline) = 0;

  // A way to `port` on the host. Through a tunnel, refused and unreachable are found out here already.
  [[nodiscard]] virtual Result<Endpoint> connect(std::uint16_t port, Deadline deadline) = 0;
};

// All hosts of a site, for the few probes and operations that compare two of them.
class Hosts {
 public:
  virtual ~Hosts() = default;
  [[nodiscard]] virtual Host* find(const std::string& name) = 0;   // nullptr: the site has no such host
  [[nodiscard]] virtual Host& control() = 0;                       // the machine that Interlock runs on
};

}  // namespace interlock
