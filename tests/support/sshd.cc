// See sshd.h.
#include "tests/support/sshd.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

namespace interlock::tests {
namespace {

constexpr std::chrono::seconds kStartWithin{10};
constexpr const char* kSshd = "/usr/sbin/sshd";

bool port_answers(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool answers = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return answers;
}

std::vector<pid_t> children_of(pid_t pid) {
  std::ifstream list(fmt::format("/proc/{0}/task/{0}/children", pid));
  std::vector<pid_t> all;
  for (pid_t child = 0; list >> child;) {
    all.push_back(child);
  }
  return all;
}

std::string current_user() {
  const passwd* entry = ::getpwuid(::getuid());
  return entry == nullptr ? "root" : entry->pw_name;
}

// In the child: for this server alone the system's users are those of the two files.
bool replace_users(const std::string& passwd, const std::string& shadow) {
  return ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount(passwd.c_str(), "/etc/passwd", nullptr, MS_BIND, nullptr) == 0 &&
         ::mount(shadow.c_str(), "/etc/shadow", nullptr, MS_BIND, nullptr) == 0;
}

std::string password_hash(const std::string& password) {
  if (password.empty()) return "*";
  std::string hash = run_program({"openssl", "passwd", "-6", password});
  return hash.substr(0, hash.find('\n'));
}

}  // namespace

TempFolder::TempFolder() : path_("/tmp/interlock-test-XXXXXX") {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
}
TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void write_text(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

std::string read_text(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string run_program(const std::vector<std::string>& argv) {
  int out[2];
  if (::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  std::vector<char*> words;
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(out[1], 1);
    ::execvp(words[0], words.data());
    ::_exit(127);
  }
  ::close(out[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t count = 0; (count = ::read(out[0], buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(out[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  if (status != 0) throw std::runtime_error(fmt::format("{} ended with status {}", argv[0], status));
  return text;
}

std::uint16_t free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no free port");
  }
  ::close(fd);
  return ntohs(address.sin_port);
}

bool lives(pid_t pid) {
  const std::string status = read_text(fmt::format("/proc/{}/stat", pid));
  return !status.empty() && status.substr(status.rfind(')') + 2, 1) != "Z";
}

SshServer::SshServer(const Options& options) : options_(options), port_(free_port()) {
  if (::getuid() == 0) ::mkdir("/run/sshd", 0755);  // sshd's own, made by its service elsewhere
  run_program({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file("host_key")});
  run_program({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file("user_key")});
  write_text(file("authorized_keys"), read_text(file("user_key.pub")));
  // A setting counts where it stands first, so the test's own come before these.
  write_text(file("sshd_config"),
             options.extra_config +
                 fmt::format("\nListenAddress 127.0.0.1\nPort {}\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\n"
                             "StrictModes no\nUsePAM no\nPermitRootLogin yes\nSubsystem sftp {}\n"
                             "PasswordAuthentication {}\nKbdInteractiveAuthentication no\nUseDNS no\n",
                             port_, file("host_key"), file("authorized_keys"), options.sftp_server,
                             options.root_password.empty() ? "no" : "yes"));
  ::mkdir(file("home").c_str(), 0700);
  write_text(file("passwd"), fmt::format("root:x:0:0:root:{}:{}\nsshd:x:101:65534::/run/sshd:/usr/sbin/nologin\n",
                                         file("home"), options.shell));
  write_text(file("shadow"), fmt::format("root:{}:19000:0:99999:7:::\nsshd:!:19000::::::\n",
                                         password_hash(options.root_password)));
  write_known_hosts();
  start();
}

SshServer::~SshServer() { stop(); }

void SshServer::write_known_hosts() {
  write_text(file("known_hosts"), fmt::format("[127.0.0.1]:{} {}", port_, read_text(file("host_key.pub"))));
}

void SshServer::start() {
  const std::string config = file("sshd_config"), log = file("log"), passwd = file("passwd"), shadow = file("shadow");
  pid_ = ::fork();
  if (pid_ == 0) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed leaves no server behind
    if (::getuid() == 0 && !replace_users(passwd, shadow) && !options_.root_password.empty()) ::_exit(126);
    ::execl(kSshd, kSshd, "-D", "-f", config.c_str(), "-E", log.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  const auto deadline = std::chrono::steady_clock::now() + kStartWithin;
  while (!port_answers(port_)) {
    if (std::chrono::steady_clock::now() > deadline || ::waitpid(pid_, nullptr, WNOHANG) == pid_) {
      throw std::runtime_error("sshd does not start: " + read_text(log));
    }
    std::this_thread::sleep_for(Millis{10});
  }
}

std::vector<pid_t> SshServer::connections() const {
  std::vector<pid_t> all;
  std::vector<pid_t> next = children_of(pid_);
  while (!next.empty()) {
    const pid_t pid = next.back();
    next.pop_back();
    std::string name = read_text(fmt::format("/proc/{}/comm", pid));
    if (name != "sshd\n") continue;  // a command of a connection
    all.push_back(pid);
    for (const pid_t child : children_of(pid)) next.push_back(child);
  }
  return all;
}

std::size_t SshServer::login_count() const {
  std::istringstream log(read_text(file("log")));
  std::size_t count = 0;
  for (std::string line; std::getline(log, line);) count += line.rfind("Accepted ", 0) == 0 ? 1U : 0U;
  return count;
}

void SshServer::signal_connections(int signal) {
  for (const pid_t pid : connections()) ::kill(pid, signal);
}

void SshServer::stop() {
  if (pid_ < 0) return;
  signal_connections(SIGKILL);
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

void SshServer::new_host_key() {
  stop();
  std::filesystem::remove(file("host_key"));
  run_program({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file("host_key")});
  start();
}

HostOptions SshServer::host_options() const {
  HostOptions options;
  options.name = "box";
  options.address = "127.0.0.1";
  options.port = port_;
  options.user = current_user();
  options.key_file = file("user_key");
  options.use_agent = false;
  options.known_hosts = file("known_hosts");
  options.ssh_config = "none";
  return options;
}

}  // namespace interlock::tests
