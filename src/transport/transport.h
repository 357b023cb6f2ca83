// How hosts are reached: makes a Host (probes/host.h) from what the site file says about it.
// Threads: make_host() may be called from any thread and never blocks: a connection is opened by the first call
// that needs it. It does not read the site file and does not resolve secrets.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "probes/host.h"

namespace interlock {

enum class Via {
  local,  // this machine
  ssh,    // over SSH
};

struct HostOptions {
  std::string name;                   // as in the site file
  std::string address;                // what its ports are reached at; for a local host 127.0.0.1 when empty
  Via via = Via::ssh;
  std::string ssh_host;               // name or Host alias given to SSH; empty: `address`
  std::string user;                   // empty: as ~/.ssh/config says, else the current user
  std::uint16_t port = 0;             // 0: as ~/.ssh/config says, else 22
  std::string key_file;               // a private key without a passphrase; empty: as ~/.ssh/config says, and its defaults
  Secret password;                    // tried last; also answers keyboard-interactive prompts
  bool use_agent = true;              // ask the agent behind SSH_AUTH_SOCK
  std::string known_hosts;            // empty: as ~/.ssh/config says, else ~/.ssh/known_hosts
  std::string ssh_config;             // empty: ~/.ssh/config and /etc/ssh/ssh_config; "none": neither
  bool tunnel_ports = false;          // reach the host's ports through the SSH connection
  std::string tunnel_address;         // what the host itself calls for a tunnelled port; empty: `address`
  Millis connect_timeout{10'000};     // name, TCP, key exchange and login together
  Millis refusal_holds{5'000};        // so long a host that denied the login is not asked again
  Millis silence_limit{10'000};       // a peer that says nothing for so long, though asked, is lost
};

[[nodiscard]] std::unique_ptr<Host> make_host(const HostOptions& options);

}  // namespace interlock
