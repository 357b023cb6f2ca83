// `run --simulate`: the run on a model of the site, in virtual time; one seed with its transcript, or many.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "src/commands/command.h"

namespace interlock {

struct SimulateArgs {
  std::string site, procedure;
  std::vector<std::string> settings;
  std::uint64_t seed = 1, seeds = 0;   // seeds: 0: one run, by `seed`
  std::optional<int> faults;           // nothing: none for one run, kCampaignFaults for many
};
inline constexpr int kCampaignFaults = 3;

// Contacts no host. One run: its exit code; many: 0, or 1 when something was broken.
[[nodiscard]] int simulate(const SimulateArgs& args, const Globals& globals);

}  // namespace interlock
