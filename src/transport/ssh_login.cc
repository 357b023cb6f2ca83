// See ssh_login.h.
#include "src/transport/ssh_login.h"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "src/transport/quote.h"

namespace interlock {
namespace {

constexpr int kMaxPromptRounds = 8;  // of keyboard-interactive

struct KeyFree {
  void operator()(ssh_key key) const { ssh_key_free(key); }
};
using Key = std::unique_ptr<ssh_key_struct, KeyFree>;

std::string known_hosts_path(ssh_session session) {
  char* text = nullptr;
  if (ssh_options_get(session, SSH_OPTIONS_KNOWNHOSTS, &text) != SSH_OK || text == nullptr) return "~/.ssh/known_hosts";
  std::string path = text;
  ssh_string_free_char(text);
  return path;
}

struct HostKey {
  std::string type;         // "ed25519", as ssh-keyscan -t takes it
  std::string fingerprint;  // "SHA256:…"
};

Result<HostKey> host_key(ssh_session session) {
  ssh_key raw = nullptr;
  if (ssh_get_server_publickey(session, &raw) != SSH_OK) {
    return failure(Cause::protocol, fmt::format("the host gave no usable key: {}", ssh_get_error(session)));
  }
  const Key key(raw);
  unsigned char* hash = nullptr;
  std::size_t length = 0;
  if (ssh_get_publickey_hash(key.get(), SSH_PUBLICKEY_HASH_SHA256, &hash, &length) != 0) {
    return failure(Cause::internal, "no fingerprint of the host's key could be made");
  }
  char* text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, length);
  HostKey result{"rsa", text == nullptr ? "" : text};
  ssh_string_free_char(text);
  ssh_clean_pubkey_hash(&hash);
  const std::string type = ssh_key_type_to_char(ssh_key_type(key.get()));
  if (type.find("ed25519") != std::string::npos) result.type = "ed25519";
  if (type.find("ecdsa") != std::string::npos) result.type = "ecdsa";
  return result;
}

// How known_hosts and ssh-keygen name a host: with its port only where that is not 22.
std::string known_hosts_name(const std::string& host, unsigned port) {
  return port == 22 ? host : fmt::format("[{}]:{}", host, port);
}

struct Address {
  std::string host;
  unsigned port = 22;
};

Address address_of(ssh_session session) {
  Address address;
  char* text = nullptr;
  if (ssh_options_get(session, SSH_OPTIONS_HOST, &text) == SSH_OK && text != nullptr) address.host = text;
  ssh_string_free_char(text);
  ssh_options_get_port(session, &address.port);
  return address;
}

// As the site says, or the SSH configuration, or who we are here.
std::string user_of(ssh_session session) {
  char* text = nullptr;
  std::string user = "?";
  if (ssh_options_get(session, SSH_OPTIONS_USER, &text) == SSH_OK && text != nullptr) user = text;
  ssh_string_free_char(text);
  return user;
}

std::string home() {
  const char* given = std::getenv("HOME");
  return given == nullptr || *given == '\0' ? "/root" : given;
}

// The first key that libssh would take by itself: of the SSH configuration, else of ~/.ssh. Empty: there is none.
std::string own_key(ssh_session session) {
  std::vector<std::string> paths;
  char* text = nullptr;
  if (ssh_options_get(session, SSH_OPTIONS_IDENTITY, &text) == SSH_OK && text != nullptr) paths.emplace_back(text);
  ssh_string_free_char(text);
  for (const char* name : {"id_ed25519", "id_ecdsa", "id_rsa"}) paths.push_back("%d/" + std::string(name));
  for (std::string path : paths) {
    if (path.starts_with("%d/")) path = home() + "/.ssh" + path.substr(2);
    if (path.starts_with("~/")) path = home() + path.substr(1);
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path, ignored)) return path;
  }
  return {};
}

// One way to log in: its name for messages and libssh's verdict.
class Login {
 public:
  Login(ssh_session session, const HostOptions& options, const SshPatience& patience)
      : session_(session), options_(options), patience_(patience) {}

  Result<void> run() {
    if (auto in = attempt("", [&] { return ssh_userauth_none(session_, nullptr); }); !in || *in) return done(in);
    for (auto way : {&Login::by_key_file, &Login::by_agent_and_own_keys, &Login::by_password, &Login::by_prompts}) {
      if (auto in = (this->*way)(); !in || *in) return done(in);
    }
    return failure(Cause::denied, fmt::format("{} does not let us log in as '{}'{}{}; {}", patience_.where(), user_of(session_),
                                              tried_.empty() ? "" : "; tried: " + tried_, notes_, mended_by()));
  }

 private:
  // True: logged in; false: not this way; Failure: the connection is gone.
  using Verdict = Result<bool>;

  static Result<void> done(const Verdict& verdict) {
    if (!verdict) return tl::unexpected(verdict.error());
    return {};
  }

  Verdict attempt(const std::string& way, const std::function<int()>& function) {
    auto rc = patience_.call(SSH_AUTH_AGAIN, function);
    if (!rc) return tl::unexpected(rc.error());
    if (*rc == SSH_AUTH_SUCCESS) return true;
    if (ssh_is_connected(session_) == 0) {
      return failure(Cause::denied, fmt::format("{} closed the connection during login{}: {}", patience_.where(),
                                                way.empty() ? "" : " by " + way, ssh_get_error(session_)));
    }
    if (!way.empty()) tried_ += (tried_.empty() ? "" : ", ") + way;
    return false;
  }

  // What mends it, as a command where there is one.
  [[nodiscard]] std::string mended_by() const {
    if (!offered(SSH_AUTH_METHOD_PUBLICKEY)) return options_.password.empty() ? "it takes no keys: name its password in the site file, ssh: {password: SECRET}" : "it takes no keys: mend the user or the password of the site file's ssh:";
    const std::string key = options_.key_file.empty() ? own_key(session_) : options_.key_file;
    const bool agent = options_.use_agent && std::getenv("SSH_AUTH_SOCK") != nullptr;
    if (key.empty() && !agent) return "no key was found in ~/.ssh: make one (ssh-keygen), or name one in the site file, ssh: {user: NAME, key: FILE}";
    const Address address = address_of(session_);
    return fmt::format("let it take the key: `ssh-copy-id {}{}{}`; or name another in the site file, ssh: {{user: NAME, key: FILE}}",
                       key.empty() ? "" : "-i " + quote(key) + " ", address.port == 22 ? "" : fmt::format("-p {} ", address.port),
                       quote(user_of(session_) + "@" + address.host));
  }

  [[nodiscard]] bool offered(int method) const { return (ssh_userauth_list(session_, nullptr) & method) != 0; }

  Verdict by_key_file() {
    if (options_.key_file.empty() || !offered(SSH_AUTH_METHOD_PUBLICKEY)) return false;
    ssh_key raw = nullptr;
    const auto silent = [](const char*, char*, std::size_t, int, int, void*) { return -1; };
    const int rc = ssh_pki_import_privkey_file(options_.key_file.c_str(), nullptr, silent, nullptr, &raw);
    const Key key(raw);
    if (rc == SSH_EOF) return failure(Cause::missing, fmt::format("the key file {} cannot be read", options_.key_file));
    if (rc != SSH_OK) {
      notes_ += fmt::format("; the key file {} is not a private key without a passphrase", options_.key_file);
      return false;
    }
    return attempt("key " + options_.key_file, [&] { return ssh_userauth_publickey(session_, nullptr, key.get()); });
  }

  Verdict by_agent_and_own_keys() {
    if (!offered(SSH_AUTH_METHOD_PUBLICKEY)) return false;
    if (options_.key_file.empty()) {
      return attempt(options_.use_agent ? "agent and keys of ~/.ssh" : "keys of ~/.ssh",
                     [&] { return ssh_userauth_publickey_auto(session_, nullptr, nullptr); });
    }
    if (!options_.use_agent) return false;
    return attempt("agent", [&] { return ssh_userauth_agent(session_, nullptr); });
  }

  Verdict by_password() {
    if (options_.password.empty() || !offered(SSH_AUTH_METHOD_PASSWORD)) return false;
    return attempt("password",
                   [&] { return ssh_userauth_password(session_, nullptr, options_.password.reveal().c_str()); });
  }

  Verdict by_prompts() {
    if (options_.password.empty() || !offered(SSH_AUTH_METHOD_INTERACTIVE)) return false;
    return attempt("keyboard-interactive", [&] { return answer_prompts(); });
  }

  // Every hidden prompt gets the password, every visible one nothing.
  int answer_prompts() {
    for (int round = 0; round < kMaxPromptRounds; ++round) {
      const int rc = ssh_userauth_kbdint(session_, nullptr, nullptr);
      if (rc != SSH_AUTH_INFO) return rc;
      const int prompts = ssh_userauth_kbdint_getnprompts(session_);
      for (int i = 0; i < prompts; ++i) {
        char echo = 0;
        ssh_userauth_kbdint_getprompt(session_, static_cast<unsigned>(i), &echo);
        const char* answer = echo != 0 ? "" : options_.password.reveal().c_str();
        if (ssh_userauth_kbdint_setanswer(session_, static_cast<unsigned>(i), answer) < 0) return SSH_AUTH_ERROR;
      }
    }
    return SSH_AUTH_DENIED;
  }

  ssh_session session_;
  const HostOptions& options_;
  const SshPatience& patience_;
  std::string tried_, notes_;
};

}  // namespace

Result<void> verify_host_key(ssh_session session, const SshPatience& patience) {
  auto key = host_key(session);
  if (!key) return tl::unexpected(key.error());
  const Address address = address_of(session);
  const std::string file = known_hosts_path(session);
  const std::string learn = fmt::format("ssh-keyscan -t {} -p {} {} >> {}", key->type, address.port,
                                        quote(address.host), quote(file));
  const std::string forget = fmt::format("ssh-keygen -R {} -f {}", quote(known_hosts_name(address.host, address.port)),
                                         quote(file));
  const std::string compare = fmt::format("compare with `ssh-keygen -lf /etc/ssh/ssh_host_{}_key.pub` on the host's console",
                                          key->type);
  switch (ssh_session_is_known_server(session)) {
    case SSH_KNOWN_HOSTS_OK: return {};
    case SSH_KNOWN_HOSTS_CHANGED:
    case SSH_KNOWN_HOSTS_OTHER:
      return failure(Cause::denied, fmt::format("the host key of {} is not the one in {}: now {} {}. Either the host was "
                                                "reinstalled or someone stands between: {}; only if they are equal: {} && {}",
                                                patience.where(), file, key->type, key->fingerprint, compare, forget, learn));
    case SSH_KNOWN_HOSTS_NOT_FOUND:
    case SSH_KNOWN_HOSTS_UNKNOWN:
      return failure(Cause::denied, fmt::format("the host key of {} is not in {}: {} {}. Please {}; if they are equal: {}",
                                                patience.where(), file, key->type, key->fingerprint, compare, learn));
    case SSH_KNOWN_HOSTS_ERROR:
      return failure(Cause::internal, fmt::format("{} cannot be used: {}", file, ssh_get_error(session)));
  }
  return failure(Cause::internal, "libssh gave an unknown verdict on the host key");
}

Result<void> log_in(ssh_session session, const HostOptions& options, const SshPatience& patience) {
  return Login(session, options, patience).run();
}

}  // namespace interlock
