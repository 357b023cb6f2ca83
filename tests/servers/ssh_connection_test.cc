// The SSH connection itself: who is trusted, who is let in, and what is told when it breaks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "src/transport/transport.h"
#include "tests/support/deadline.h"
#include "tests/support/sshd.h"

namespace interlock {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;
using tests::read_text;
using tests::write_text;
using testing::HasSubstr;
using testing::Not;
using tests::in;
using tests::since;

Result<CommandOutput> run(Host& host, std::vector<std::string> argv, Millis time = seconds(20)) {
  Command command;
  command.argv = std::move(argv);
  return host.run(command, in(time));
}

Result<CommandOutput> run_with(const HostOptions& options, Millis time = seconds(20)) {
  auto host = make_host(options);
  return run(*host, {"true"}, time);
}

// A socket that takes connections into its queue and never says a word.
struct SilentPort {
  SilentPort() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(fd, 8), 0);
    EXPECT_EQ(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port = ntohs(address.sin_port);
  }
  ~SilentPort() { ::close(fd); }
  int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port = 0;
};

TEST(SshTrust, AnUnknownHostKeyIsRefusedWithTheCommandThatMendsIt) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  options.known_hosts = server.file("empty");
  write_text(options.known_hosts, "");
  auto output = run_with(options);
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::denied);
  EXPECT_FALSE(output.error().sent);
  const std::string fingerprint = tests::run_program({"ssh-keygen", "-lf", server.file("host_key.pub")});
  const std::string sum = fingerprint.substr(fingerprint.find("SHA256:"), 50);
  EXPECT_THAT(output.error().text, HasSubstr(sum));
  // The printed command, as it stands, mends it.
  const std::size_t begin = output.error().text.find("ssh-keyscan");
  ASSERT_NE(begin, std::string::npos) << output.error().text;
  tests::run_program({"sh", "-c", output.error().text.substr(begin) + " 2>/dev/null"});
  auto again = run_with(options);
  EXPECT_TRUE(again) << again.error().text;
}

TEST(SshTrust, ARefusalIsNotAskedForAgainForAWhileAndStaysTheFirstCause) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  const std::string known = read_text(options.known_hosts);
  options.known_hosts = server.file("unknown_yet");
  options.refusal_holds = seconds(2);
  write_text(options.known_hosts, "");
  auto host = make_host(options);
  const auto first = run(*host, {"true"});
  ASSERT_FALSE(first);
  server.stop();  // whoever connected would now be refused
  const auto second = run(*host, {"true"});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().text, first.error().text);
  std::this_thread::sleep_for(seconds(2));
  const auto third = run(*host, {"true"});
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().cause, Cause::denied);
  EXPECT_THAT(third.error().text, HasSubstr("is not in "));
  EXPECT_THAT(third.error().text, HasSubstr("; since then: "));
  server.start();
  write_text(options.known_hosts, known);
  const auto mended = run(*host, {"true"});
  EXPECT_TRUE(mended) << mended.error().text;
}

TEST(SshTrust, AMissingKnownHostsFileIsNoTrust) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  options.known_hosts = server.file("none");
  auto output = run_with(options);
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::denied);
  EXPECT_FALSE(std::ifstream(options.known_hosts).good()) << "nothing may be learnt by itself";
}

TEST(SshTrust, AChangedHostKeyIsRefusedWithTheCommandThatMendsIt) {
  tests::SshServer server;
  const HostOptions options = server.host_options();
  ASSERT_TRUE(run_with(options));
  server.new_host_key();
  auto output = run_with(options);
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::denied);
  EXPECT_THAT(output.error().text, HasSubstr("SHA256:"));
  const std::size_t begin = output.error().text.find("ssh-keygen -R");
  ASSERT_NE(begin, std::string::npos) << output.error().text;
  tests::run_program({"sh", "-c", "{ " + output.error().text.substr(begin) + "; } >/dev/null 2>&1"});
  auto again = run_with(options);
  EXPECT_TRUE(again) << again.error().text;
}

TEST(SshTrust, StrictHostKeyCheckingCannotBeTurnedOff) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  options.ssh_config = server.file("config");
  options.known_hosts = server.file("none");
  write_text(options.ssh_config, "Host *\n  StrictHostKeyChecking no\n");
  auto output = run_with(options);
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::denied);
}

TEST(SshLogin, AWrongKeyIsDenied) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  tests::run_program({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", server.file("stranger")});
  options.key_file = server.file("stranger");
  auto output = run_with(options);
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::denied);
  EXPECT_THAT(output.error().text, HasSubstr("stranger"));
  EXPECT_THAT(output.error().text, HasSubstr("does not let us log in as '" + options.user + "'"));
  EXPECT_THAT(output.error().text, HasSubstr("`ssh-copy-id -i " + options.key_file + " -p " + std::to_string(options.port) + " " + options.user + "@"));
}

TEST(SshLogin, AMissingKeyFileIsSaidToBeMissing) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  options.key_file = server.file("none");
  auto output = run_with(options);
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::missing);
}

TEST(SshLogin, AKeyWithAPassphraseIsPassedOverWithoutAsking) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  for (const std::string format : {"RFC4716", "PEM"}) {
    options.key_file = server.file("locked-" + format);
    tests::run_program({"ssh-keygen", "-q", "-t", "rsa", "-m", format, "-N", "passphrase", "-f", options.key_file});
    auto output = run_with(options);
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().cause, Cause::denied);
    EXPECT_THAT(output.error().text, HasSubstr("passphrase"));
  }
}

TEST(SshLogin, TheAgentIsAsked) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  options.key_file.clear();
  options.use_agent = true;
  const std::string socket = server.file("agent");
  const std::string started = tests::run_program({"ssh-agent", "-s", "-a", socket});
  const std::size_t pid_at = started.find("SSH_AGENT_PID=") + 14;
  const pid_t pid = std::stoi(started.substr(pid_at));
  ::setenv("SSH_AUTH_SOCK", socket.c_str(), 1);
  tests::run_program({"sh", "-c", "ssh-add -q " + server.file("user_key") + " 2>/dev/null"});
  auto with_agent = run_with(options);
  options.use_agent = false;
  ::setenv("HOME", server.file("home").c_str(), 1);
  auto without_agent = run_with(options);
  ::kill(pid, SIGTERM);
  ::unsetenv("SSH_AUTH_SOCK");
  EXPECT_TRUE(with_agent) << with_agent.error().text;
  ASSERT_FALSE(without_agent) << "no agent, no key";
  EXPECT_EQ(without_agent.error().cause, Cause::denied);
}

TEST(SshLogin, APasswordOpensAndAWrongOneIsDenied) {
  if (::getuid() != 0) GTEST_SKIP() << "only root can give sshd a password file of its own";
  tests::SshServer::Options with_password;
  with_password.root_password = "Corr3ct-horse";
  tests::SshServer server(with_password);
  HostOptions options = server.host_options();
  options.key_file.clear();
  options.password = Secret("Corr3ct-horse");
  auto right = run_with(options);
  EXPECT_TRUE(right) << right.error().text;
  options.password = Secret("Wr0ng-horse");
  auto wrong = run_with(options);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().cause, Cause::denied);
  EXPECT_THAT(wrong.error().text, HasSubstr("password"));
  EXPECT_THAT(wrong.error().text, Not(HasSubstr("horse")));
}

TEST(SshConfig, AliasPortUserAndKeyComeFromTheConfiguration) {
  tests::SshServer server;
  const HostOptions direct = server.host_options();
  HostOptions options;
  options.name = "box";
  options.address = "alias-of-the-box";
  options.use_agent = false;
  options.ssh_config = server.file("config");
  write_text(options.ssh_config, "Host alias-of-the-box\n  HostName 127.0.0.1\n  Port " + std::to_string(server.port()) +
                                     "\n  User " + direct.user + "\n  IdentityFile " + direct.key_file +
                                     "\n  UserKnownHostsFile " + direct.known_hosts + "\n");
  auto output = run_with(options);
  EXPECT_TRUE(output) << output.error().text;
  options.user = "nobody-of-that-name";  // what the site says goes first
  EXPECT_FALSE(run_with(options));
}

TEST(SshConfig, AProxyCommandLeadsThere) {
  tests::SshServer server;
  const HostOptions direct = server.host_options();
  HostOptions options = direct;
  options.address = "box-behind-another";
  options.port = 0;
  options.ssh_config = server.file("config");
  // The host key is asked for by the name the host is called by here.
  write_text(server.file("known_by_alias"), "[127.0.0.1]:" + std::to_string(server.port()) + ",127.0.0.1 " +
                                                read_text(server.file("host_key.pub")));
  options.known_hosts = server.file("known_by_alias");
  write_text(options.ssh_config, "Host box-behind-another\n  HostName 127.0.0.1\n  ProxyCommand ssh -F none -i " +
                                     direct.key_file + " -o UserKnownHostsFile=" + direct.known_hosts + " -p " +
                                     std::to_string(server.port()) + " -W 127.0.0.1:" + std::to_string(server.port()) +
                                     " " + direct.user + "@127.0.0.1 2>/dev/null\n");
  auto output = run_with(options);
  EXPECT_TRUE(output) << output.error().text;
  EXPECT_EQ(server.login_count(), 2U) << "one for the way there, one there";
}

TEST(SshConfig, AConfigurationThatIsNotThereIsSaidToBeMissing) {
  HostOptions options;
  options.address = "127.0.0.1";
  options.ssh_config = "/nonexistent/config";
  auto output = run_with(options);
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::missing);
}

TEST(SshReach, RefusedTimedOutUnreachableAndWrongProtocolDiffer) {
  HostOptions options;
  options.name = "box";
  options.address = "127.0.0.1";
  options.ssh_config = "none";
  options.port = tests::free_port();
  auto refused = run_with(options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().cause, Cause::refused) << refused.error().text;
  EXPECT_FALSE(refused.error().sent);

  SilentPort silent;
  options.port = silent.port;
  options.connect_timeout = Millis{400};
  const auto began = steady_clock::now();
  auto timed_out = run_with(options);
  ASSERT_FALSE(timed_out);
  EXPECT_EQ(timed_out.error().cause, Cause::timed_out) << timed_out.error().text;
  EXPECT_LT(since(began), Millis{1'500});

  options.address = "no-such-host.invalid";
  options.connect_timeout = seconds(10);
  auto unreachable = run_with(options);
  ASSERT_FALSE(unreachable);
  EXPECT_EQ(unreachable.error().cause, Cause::unreachable) << unreachable.error().text;

  std::thread other([&] {
    const int fd = ::accept(silent.fd, nullptr, nullptr);  // the one given up above
    const int second = ::accept(silent.fd, nullptr, nullptr);
    const std::string greeting = "220 mail.example ESMTP ready, and then some more text than SSH allows in a banner\r\n";
    char buffer[256];
    (void)!::read(second, buffer, sizeof buffer);  // what is left unread would make closing a reset
    (void)!::write(second, greeting.data(), greeting.size());
    ::close(second);
    ::close(fd);
  });
  options.address = "127.0.0.1";
  auto wrong = run_with(options, seconds(5));
  other.join();
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().cause, Cause::protocol) << wrong.error().text;
}

TEST(SshReach, ACallEndsByItsOwnDeadlineWhateverTheConnectionDoes) {
  SilentPort silent;
  HostOptions options;
  options.address = "127.0.0.1";
  options.ssh_config = "none";
  options.port = silent.port;
  auto host = make_host(options);
  std::thread patient([&] { EXPECT_FALSE(run(*host, {"true"}, seconds(3))); });
  std::this_thread::sleep_for(Millis{50});
  const auto began = steady_clock::now();
  auto output = run(*host, {"true"}, Millis{200});
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::timed_out);
  EXPECT_FALSE(output.error().sent);
  EXPECT_LT(since(began), Millis{600});
  patient.join();
}

TEST(SshLoss, ADeadConnectionLeavesTheOutcomeUnknown) {
  tests::SshServer server;
  auto host = make_host(server.host_options());
  ASSERT_TRUE(run(*host, {"true"}));
  std::thread killer([&] {
    std::this_thread::sleep_for(Millis{300});
    server.signal_connections(SIGKILL);
  });
  const auto began = steady_clock::now();
  auto output = run(*host, {"sleep", "20"});
  killer.join();
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::unreachable) << output.error().text;
  EXPECT_TRUE(output.error().sent);
  EXPECT_LT(since(began), seconds(3));
}

TEST(SshLoss, AConnectionLostWhileIdleIsReplacedUnnoticed) {
  tests::SshServer server;
  auto host = make_host(server.host_options());
  for (int i = 0; i < 5; ++i) {
    auto output = run(*host, {"true"});
    ASSERT_TRUE(output) << output.error().text;
    server.signal_connections(SIGKILL);  // at once: sometimes noticed only with the next command
  }
  server.stop();
  auto down = run(*host, {"true"});
  ASSERT_FALSE(down);
  EXPECT_EQ(down.error().cause, Cause::refused) << down.error().text;
  EXPECT_FALSE(down.error().sent);
  server.start();
  auto up = run(*host, {"true"});
  EXPECT_TRUE(up) << up.error().text;
}

TEST(SshLoss, ASilentPeerIsNoticedWithinTheLimit) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  options.silence_limit = Millis{1'500};
  auto host = make_host(options);
  ASSERT_TRUE(run(*host, {"true"}));
  std::thread freezer([&] {
    std::this_thread::sleep_for(Millis{300});
    server.signal_connections(SIGSTOP);
  });
  const auto began = steady_clock::now();
  auto output = run(*host, {"sleep", "20"});
  const Millis took = since(began);
  freezer.join();
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::timed_out) << output.error().text;
  EXPECT_TRUE(output.error().sent);
  EXPECT_LT(took, Millis{300} + options.silence_limit + Millis{700});
  EXPECT_TRUE(run(*host, {"true"})) << "the next command has a new connection";
}

TEST(SshLoss, ASilentPeerIsNoticedDuringALargeTransfer) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  options.silence_limit = Millis{1'500};
  auto host = make_host(options);
  ASSERT_TRUE(run(*host, {"true"}));
  const std::string started = server.file("started");
  steady_clock::time_point began;
  std::thread freezer([&] {
    while (!std::ifstream(started)) std::this_thread::sleep_for(Millis{10});
    std::this_thread::sleep_for(Millis{300});
    began = steady_clock::now();
    server.signal_connections(SIGSTOP);
  });
  Command big;
  big.argv = {"sh", "-c", "> " + started + "; while :; do sleep 0.01; head -c 100000 >/dev/null; done"};
  big.input = std::string(100'000'000, 'x');
  auto output = host->run(big, in(seconds(20)));
  freezer.join();
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().cause, Cause::timed_out) << output.error().text;
  EXPECT_TRUE(output.error().sent);
  EXPECT_LT(since(began), options.silence_limit + Millis{1'000});
}

TEST(SshLoss, AQuietButLivingPeerIsNotMistakenForALostOne) {
  tests::SshServer server;
  HostOptions options = server.host_options();
  options.silence_limit = Millis{400};
  auto host = make_host(options);
  auto output = run(*host, {"sleep", "2"});
  EXPECT_TRUE(output) << output.error().text;
  EXPECT_EQ(server.login_count(), 1U);
}

TEST(SshLoss, AHostThatIsDroppedEndsWhatIsUnderWay) {
  tests::SshServer server;
  auto host = make_host(server.host_options());
  ASSERT_TRUE(run(*host, {"true"}));
  const auto began = steady_clock::now();
  host.reset();
  EXPECT_LT(since(began), seconds(1));
}

}  // namespace
}  // namespace interlock
