// Secrets from the environment, a file, a command: given when it is safe, never told in a message.
#include "src/secrets/secret_store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace interlock {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tests::Scratch;

constexpr const char* kPlanted = "Pl4nted-S3cret";

class SecretStoreTest : public ::testing::Test {
 protected:
  void SetUp() override { site_.file = scratch_.file("site.yaml"); }
  void from_env(const std::string& name, const std::string& variable) { add(name).env = variable; }
  void from_file(const std::string& name, const std::string& file) { add(name).file = file; }
  void from_command(const std::string& name, const std::vector<std::string>& argv) { add(name).command = argv; }
  std::string file_with(const std::string& name, const std::string& text, mode_t mode = 0600) {
    const std::string path = scratch_.write(name, text);
    EXPECT_EQ(chmod(path.c_str(), mode), 0);
    return path;
  }
  // What is given, or the message; with the secret hidden in neither.
  static std::string ask(SecretStore& store, const std::string& name) {
    const auto secret = store.resolve(name);
    if (secret) return secret->reveal();
    EXPECT_THAT(secret.error().text, Not(HasSubstr(kPlanted)));
    return to_string(secret.error().cause) + std::string(": ") + secret.error().text;
  }
  std::string ask(const std::string& name) {
    SecretStore store(site_, Millis(2000));
    return ask(store, name);
  }

  Scratch scratch_;
  fsm::SiteSource site_;

 private:
  fsm::SecretSource& add(const std::string& name) { return site_.secrets.emplace_back(name, fsm::SecretSource{}).second; }
};

TEST_F(SecretStoreTest, ReadsTheEnvironmentOnce) {
  from_env("manager", "INTERLOCK_TEST_SECRET");
  ASSERT_EQ(setenv("INTERLOCK_TEST_SECRET", kPlanted, 1), 0);
  SecretStore store(site_);
  unsetenv("INTERLOCK_TEST_SECRET");
  EXPECT_EQ(ask(store, "manager"), kPlanted);
  EXPECT_EQ(ask("manager"), "missing: secret 'manager': the environment variable INTERLOCK_TEST_SECRET is not set");
}

TEST_F(SecretStoreTest, ReadsAFileBesideTheSite) {
  file_with("secrets/pw", std::string(kPlanted) + "\n");
  from_file("relative", "secrets/pw");
  from_file("absolute", scratch_.file("secrets/pw"));
  EXPECT_EQ(ask("relative"), kPlanted);
  EXPECT_EQ(ask("absolute"), kPlanted);
}

TEST_F(SecretStoreTest, TakesOffOneLineFeedOnly) {
  for (const auto& [name, text, expected] : {std::tuple("crlf", "a\r\n", "a"), {"two", "a\n\n", "a\n"}, {"inner", " a\nb ", " a\nb "}, {"carriage", "a\r", "a\r"}}) {
    file_with(name, text);
    from_file(name, name);
    EXPECT_EQ(ask(name), expected) << name;
  }
}

TEST_F(SecretStoreTest, RefusesAFileThatOthersMayRead) {
  for (const mode_t mode : std::initializer_list<mode_t>{0640, 0604, 0660, 0644, 0700, 04600}) {
    file_with("pw", kPlanted, mode);
    site_.secrets.clear();
    from_file("pw", "pw");
    EXPECT_THAT(ask("pw"), HasSubstr("type: chmod 600 " + scratch_.file("pw"))) << std::oct << mode;
  }
  for (const mode_t mode : std::initializer_list<mode_t>{0600, 0400}) {
    file_with("pw", kPlanted, mode);
    EXPECT_EQ(ask("pw"), kPlanted) << std::oct << mode;
  }
}

TEST_F(SecretStoreTest, RefusesAFileOfAnotherUser) {
  if (geteuid() != 0) GTEST_SKIP() << "giving a file away needs root";
  file_with("pw", kPlanted);
  ASSERT_EQ(chown(scratch_.file("pw").c_str(), 65534, 65534), 0);
  from_file("pw", "pw");
  EXPECT_THAT(ask("pw"), HasSubstr("belongs to another user; type: chown 0 "));
}

TEST_F(SecretStoreTest, SaysWhatIsWrongWithAFile) {
  from_file("missing", "nowhere/pw");
  EXPECT_EQ(ask("missing"), "missing: secret 'missing': " + scratch_.file("nowhere/pw") + ": No such file or directory");
  from_file("folder", ".");
  EXPECT_THAT(ask("folder"), HasSubstr("is not a file"));
  file_with("empty", "\n");
  from_file("empty", "empty");
  EXPECT_EQ(ask("empty"), "missing: secret 'empty' is empty");
  file_with("big", std::string(100'000, 'x'));
  from_file("big", "big");
  EXPECT_THAT(ask("big"), HasSubstr("a secret has at most 65536"));
  ASSERT_EQ(mkfifo(scratch_.file("pipe").c_str(), 0600), 0);
  from_file("pipe", "pipe");
  EXPECT_THAT(ask("pipe"), HasSubstr("is not a file")) << "and does not wait for a writer";
}

TEST_F(SecretStoreTest, RunsACommandWithoutAShell) {
  from_command("plain", {"printf", "%s\\n", kPlanted});
  EXPECT_EQ(ask("plain"), kPlanted);
  from_command("dollar", {"echo", "$HOME;x"});
  EXPECT_EQ(ask("dollar"), "$HOME;x");
  from_command("beside", {"sh", "-c", "pwd"});
  EXPECT_EQ(ask("beside"), scratch_.path().string()) << "it runs in the folder of the site's file";
  from_command("asks", {"cat"});
  EXPECT_EQ(ask("asks"), "missing: secret 'asks' is empty") << "there is nobody to answer it";
}

TEST_F(SecretStoreTest, ShowsStandardErrorOfACommandAndNeverItsOutput) {
  from_command("locked", {"sh", "-c", std::string("echo ") + kPlanted + "; echo vault is locked >&2; exit 3"});
  EXPECT_EQ(ask("locked"), "protocol error: secret 'locked': its command 'sh' exited with status 3; it says: vault is locked");
  from_command("killed", {"sh", "-c", std::string("echo ") + kPlanted + "; kill -9 $$"});
  EXPECT_EQ(ask("killed"), "protocol error: secret 'killed': its command 'sh' was ended by signal 9");
  from_command("none", {"no-such-command-anywhere"});
  EXPECT_EQ(ask("none"), "missing: secret 'none': its command 'no-such-command-anywhere' cannot be started: No such file or directory");
}

TEST_F(SecretStoreTest, BoundsACommandInTimeAndOutput) {
  from_command("endless", {"cat", "/dev/zero"});
  EXPECT_THAT(ask("endless"), HasSubstr("printed more than 65536 bytes"));
  from_command("noisy", {"sh", "-c", std::string("yes noise | head -c 300000 >&2; printf ") + kPlanted});
  EXPECT_EQ(ask("noisy"), kPlanted) << "standard error does not stop it";

  from_command("slow", {"sh", "-c", "sleep 60 & sleep 60"});
  SecretStore store(site_, Millis(300));
  const auto began = std::chrono::steady_clock::now();
  EXPECT_THAT(ask(store, "slow"), HasSubstr("took longer than 300 ms and was ended"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
}

TEST_F(SecretStoreTest, AsksOnceAndRemembers) {
  from_command("counted", {"sh", "-c", "echo x >> count; wc -l < count | tr -d ' '"});
  SecretStore store(site_);
  EXPECT_EQ(ask(store, "counted"), "1");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { EXPECT_EQ(ask(store, "counted"), "1"); });
  for (auto& t : threads) t.join();
}

TEST_F(SecretStoreTest, TriesAgainAfterAFailure) {
  from_file("pw", "pw");
  SecretStore store(site_);
  EXPECT_THAT(ask(store, "pw"), HasSubstr("No such file"));
  file_with("pw", kPlanted);
  EXPECT_EQ(ask(store, "pw"), kPlanted);
}

TEST_F(SecretStoreTest, SuggestsTheLikelyName) {
  from_env("manager", "X");
  EXPECT_EQ(ask("manger"), "missing: secret 'manger': the site names no such secret; it has 'manager'");
  EXPECT_EQ(ask("zzz"), "missing: secret 'zzz': the site names no such secret");
}

}  // namespace
}  // namespace interlock
