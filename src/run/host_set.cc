#include "src/run/host_set.h"

#include <cstdlib>
#include <filesystem>

#include "src/transport/transport.h"

namespace interlock {
namespace {

// `~/` is the operator's home; other relative paths are relative to the site file.
std::string path_of(const std::string& path, const std::string& site_file) {
  if (path.empty() || path.front() == '/') return path;
  if (path.starts_with("~/")) {
    const char* home = std::getenv("HOME");
    return (home ? std::string(home) : std::string("/root")) + path.substr(1);
  }
  return (std::filesystem::path(site_file).parent_path() / path).string();
}

}  // namespace

HostSet::HostSet(const fsm::SiteSource& site, Secrets& secrets) {
  HostOptions local;
  local.name = "this machine";
  local.via = Via::local;
  control_ = make_host(local);
  for (const auto& [name, source] : site.hosts) {
    HostOptions options;
    options.name = name;
    options.address = source.address;
    options.via = source.via == "local" ? Via::local : Via::ssh;
    options.tunnel_ports = source.ports == "ssh";
    const fsm::SshSource ssh = source.ssh ? *source.ssh : site.ssh ? *site.ssh : fsm::SshSource{};
    options.user = ssh.user;
    options.port = static_cast<std::uint16_t>(ssh.port);
    options.key_file = path_of(ssh.key, site.file);
    options.known_hosts = path_of(ssh.known_hosts, site.file);
    options.ssh_config = ssh.config == "none" ? ssh.config : path_of(ssh.config, site.file);
    if (!ssh.password.empty()) {
      Result<Secret> password = secrets.resolve(ssh.password);
      if (!password) fsm::fail(source.where, "the SSH password of host '" + name + "' cannot be read: " + password.error().text);
      options.password = std::move(*password);
    }
    hosts_[name] = make_host(options);
  }
}

Host* HostSet::find(const std::string& name) {
  const auto it = hosts_.find(name);
  return it == hosts_.end() ? nullptr : it->second.get();
}

}  // namespace interlock
