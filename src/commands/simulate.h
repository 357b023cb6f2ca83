// `run --simulate`: the run on a model of the site, in virtual time; one seed with its transcript, or many.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "src/commands/command.h"
#include "src/report/proof_story.h"

namespace interlock {

struct SimulateArgs {
  std::string site, procedure;
  std::vector<std::string> settings;
  std::uint64_t seed = 1, seeds = 0;   // seeds: 0: one run, by `seed`
  std::optional<int> faults;           // nothing: none for one run, kCampaignFaults for many
  std::string replay;                  // a file: instead of what chance decides, a story of this proof
  StoryChoice story;
};
inline constexpr int kCampaignFaults = 3;

// Contacts no host. One run: its exit code; many: 0, or 1 when something was broken; a story: 0 when it comes as told,
// or 1.
[[nodiscard]] int simulate(const SimulateArgs& args, const Globals& globals);

}  // namespace interlock
