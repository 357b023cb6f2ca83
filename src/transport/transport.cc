// Chooses the transport. Nothing here contacts anything.
#include "src/transport/transport.h"

#include "src/transport/local.h"
#include "src/transport/ssh.h"

namespace interlock {

std::unique_ptr<Host> make_host(const HostOptions& options) {
  switch (options.via) {
    case Via::local: return std::make_unique<LocalHost>(options);
    case Via::ssh: return std::make_unique<SshHost>(options);
  }
  return nullptr;
}

}  // namespace interlock
