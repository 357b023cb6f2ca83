// One SSH connection and the thread that owns it. Everything that goes over it (commands, SFTP, tunnels) is moved by
// that thread without blocking, so nothing waits for anything else. Opened by the first request, reopened after loss.
// Threads: open() and keep() from any thread. It does not choose between connections and interprets no output.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

#include "src/transport/ssh_stream.h"
#include "src/transport/ssh_tunnel.h"
#include "src/transport/transport.h"

namespace interlock {

// Why a host denied the login last, for all connections to it. A host that is asked again and again soon answers
// nothing at all (sshd's MaxStartups and penalties), and what a person must mend is then no longer told.
class SshRefusal {
 public:
  // While it holds: what to say instead of connecting.
  [[nodiscard]] std::optional<Failure> holds(Millis for_so_long);
  // What to tell of an attempt that failed: with the denial before it, if there was one.
  [[nodiscard]] Failure told(Failure failure);
  void forget();

 private:
  std::mutex mutex_;
  std::optional<Failure> first_;
  std::chrono::steady_clock::time_point at_{};
};

class SshLink {
 public:
  SshLink(const HostOptions& options, std::shared_ptr<SshRefusal> refusal);
  ~SshLink();  // what is under way gets a Failure; ends within a bound even if an SSH agent hangs
  SshLink(const SshLink&) = delete;
  SshLink& operator=(const SshLink&) = delete;

  [[nodiscard]] StreamLease open(StreamRequest request);
  // Ties an open forward stream to its local end; from then on they live by themselves.
  void keep(std::shared_ptr<Stream> stream, std::unique_ptr<TunnelEnd> end);
  // Commands and SFTP sessions under way. Servers allow few per connection; what is too much waits for its turn.
  [[nodiscard]] std::size_t sessions_under_way() const;
  [[nodiscard]] bool has_room() const;

 private:
  class Loop;
  std::shared_ptr<Loop> loop_;
};

}  // namespace interlock
