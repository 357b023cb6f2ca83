#include "tests/support/mariadb.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/support/tcp_server.h"

namespace interlock::tests {
namespace {

constexpr Millis kStartLimit{30'000};
constexpr Millis kInstallLimit{60'000};
constexpr Millis kPoll{20};
constexpr Millis kStatementLimit{5'000};

// Starts a program with its output in `log`; it dies with the thread that started it at the latest.
pid_t spawn(const std::vector<std::string>& words, const std::string& log) {
  std::vector<char*> argv;
  for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int in = ::open("/dev/null", O_RDONLY);
  ::dup2(in, 0);
  ::dup2(out, 1);
  ::dup2(out, 2);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

// The exit status, or -1 when it was still running at the end of the time (and was killed then).
int wait_for(pid_t pid, Millis limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  int status = 0;
  while (::waitpid(pid, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > until) {
      ::kill(pid, SIGKILL);
      ::waitpid(pid, &status, 0);
      return -1;
    }
    std::this_thread::sleep_for(kPoll);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void add_user(std::vector<std::string>& words) {
  if (::geteuid() == 0) words.emplace_back("--user=root");
}

}  // namespace

MariaDb& MariaDb::shared() {
  static MariaDb server;
  return server;
}

MariaDb::MariaDb() : port_(closed_port()) {
  std::string name = (std::filesystem::temp_directory_path() / "interlock-mariadb-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder for MariaDB");
  folder_ = name;
  install();
  make_certificate();
  start();
  const MysqlLogin root{"root", Secret(), "", "", {}};
  const auto deadline = std::chrono::steady_clock::now() + kStatementLimit;
  auto connection = MysqlConnection::open(local(), root, deadline);
  if (!connection) throw std::runtime_error(connection.error().text);
  const std::string user = std::string("'") + kUser + "'@'127.0.0.1' identified by '" + kPassword + "'";
  const std::string local_user = std::string("'") + kUser + "'@'localhost' identified by '" + kPassword + "'";
  for (const std::string& sql : {"grant all on *.* to " + user + " with grant option",
                                 "grant all on *.* to " + local_user + " with grant option",
                                 std::string("create database if not exists trial")}) {
    if (const auto done = connection->query(sql, deadline); !done) throw std::runtime_error(done.error().text);
  }
}

MariaDb::~MariaDb() {
  kill();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void MariaDb::install() {
  std::vector<std::string> words = {"mariadb-install-db", "--no-defaults", "--datadir=" + folder_ + "/data",
                                    "--auth-root-authentication-method=normal", "--skip-test-db",
                                    "--skip-name-resolve"};
  add_user(words);
  if (wait_for(spawn(words, folder_ + "/log"), kInstallLimit) != 0)
    throw std::runtime_error("mariadb-install-db: " + log());
}

void MariaDb::make_certificate() {
  const std::vector<std::string> words = {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                                          "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                                          "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                                          folder_ + "/key.pem", "-out", certificate_path()};
  if (wait_for(spawn(words, folder_ + "/log"), kInstallLimit) != 0) throw std::runtime_error("openssl: " + log());
}

void MariaDb::start() {
  std::vector<std::string> words = {"mariadbd", "--no-defaults", "--datadir=" + folder_ + "/data",
                                    "--socket=" + socket_path(), "--port=" + std::to_string(port_),
                                    "--ssl-cert=" + certificate_path(), "--ssl-key=" + folder_ + "/key.pem",
                                    "--bind-address=127.0.0.1", "--pid-file=" + folder_ + "/pid",
                                    "--innodb-buffer-pool-size=16M", "--performance-schema=OFF",
                                    "--innodb-flush-log-at-trx-commit=0", "--skip-name-resolve",
                                    // failing logins are part of the tests; none may block the host
                                    "--max-connect-errors=1000000"};
  add_user(words);
  pid_ = spawn(words, folder_ + "/log");
  wait_until_up();
}

void MariaDb::wait_until_up() {
  const auto until = std::chrono::steady_clock::now() + kStartLimit;
  for (;;) {
    MysqlError error;
    const auto soon = std::chrono::steady_clock::now() + kStatementLimit;
    const auto up = MysqlConnection::open(tcp(), MysqlLogin{"nobody", Secret(), "", "", {}}, soon, &error);
    if (up || error.number == 1045 || error.number == 1698) return;  // it answers
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      throw std::runtime_error("mariadbd ended: " + log());
    }
    if (std::chrono::steady_clock::now() > until) throw std::runtime_error("mariadbd does not answer: " + log());
    std::this_thread::sleep_for(kPoll);
  }
}

std::string MariaDb::log() const {
  std::ostringstream text;
  text << std::ifstream(folder_ + "/log").rdbuf();
  return text.str();
}

MysqlLogin MariaDb::login() const { return {kUser, Secret(kPassword), "", "", {}}; }

void MariaDb::execute(const std::string& sql) {
  const auto deadline = std::chrono::steady_clock::now() + kStatementLimit;
  auto connection = MysqlConnection::open(tcp(), login(), deadline);
  if (!connection) throw std::runtime_error(connection.error().text);
  if (const auto done = connection->query(sql, deadline); !done) throw std::runtime_error(done.error().text);
}

void MariaDb::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGCONT);
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

void MariaDb::freeze() { ::kill(pid_, SIGSTOP); }
void MariaDb::thaw() { ::kill(pid_, SIGCONT); }

}  // namespace interlock::tests
