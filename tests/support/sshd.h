// A real sshd on a loopback port, with its own configuration and keys in a folder of its own, stopped by its pid.
// Run by root it has a mount namespace of its own, in which root's shell, home and password are the test's.
// For tests of the SSH transport. Threads: one test's thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "src/transport/transport.h"

namespace interlock::tests {

// A folder that is removed with everything in it.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

void write_text(const std::string& path, const std::string& text);
[[nodiscard]] std::string read_text(const std::string& path);
// Runs a program to its end; throws if it does not exit with 0. Gives its standard output.
std::string run_program(const std::vector<std::string>& argv);
// A port nobody listens on at this moment.
[[nodiscard]] std::uint16_t free_port();

// A dead process may stay in the table until its parent looks: that is not living.
[[nodiscard]] bool lives(pid_t pid);

class SshServer {
 public:
  struct Options {
    std::string extra_config;   // lines of sshd_config
    std::string root_password;  // lets root log in with it (only where mount namespaces can be made)
    std::string shell = "/bin/sh";
    std::string sftp_server = "internal-sftp";
  };
  SshServer() : SshServer(Options{}) {}
  explicit SshServer(const Options& options);
  ~SshServer();
  SshServer(const SshServer&) = delete;
  SshServer& operator=(const SshServer&) = delete;

  void start();
  void stop();                                      // the listener and all its connections
  void signal_connections(int signal);              // SIGSTOP: a silent peer; SIGKILL: one that dies
  void new_host_key();                              // as after a reinstallation; restarts it
  [[nodiscard]] std::size_t login_count() const;     // since the folder was made, as its log says
  // Options that log in by key; known_hosts holds the server's key.
  [[nodiscard]] HostOptions host_options() const;
  [[nodiscard]] std::string file(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  void write_known_hosts();
  [[nodiscard]] std::vector<pid_t> connections() const;

  Options options_;
  TempFolder folder_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace interlock::tests
