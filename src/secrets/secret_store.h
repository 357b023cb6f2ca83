// The secrets of a site, from where its file says they are: the environment, a file, a command.
// Each is fetched when it is first asked for and kept for the life of this object; environment variables are read
// at construction. Any thread. No message ever holds a secret, nor what a secret's command printed.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "fsm/source.h"
#include "probes/probe.h"

namespace interlock {

// Larger than any password, key or token.
inline constexpr std::size_t kLargestSecret = 64 * 1024;
// How long a command may take that prints a secret.
inline constexpr Millis kSecretCommandLimit{30'000};

class SecretStore : public Secrets {
 public:
  // Relative files are looked for in the folder of the site's file; commands run there.
  explicit SecretStore(const fsm::SiteSource& site, Millis command_limit = kSecretCommandLimit);

  // `name` as in the site's `secrets:`. A failure is not kept: asking again tries again.
  [[nodiscard]] Result<Secret> resolve(const std::string& name) override;

 private:
  [[nodiscard]] Result<Secret> fetch(const std::string& name) const;

  const fsm::Named<fsm::SecretSource> sources_;
  const std::filesystem::path folder_;
  const Millis command_limit_;
  std::map<std::string, Result<Secret>> from_environment_;
  std::mutex mutex_;
  // One that could not be had after a wait is not asked for again at once: each probe that needs it would wait for its command.
  static constexpr Millis kSoon{1000}, kNotAskedAgain{10'000};
  std::map<std::string, std::pair<std::chrono::steady_clock::time_point, Failure>> failed_;
  std::map<std::string, Secret> known_;
};

}  // namespace interlock
