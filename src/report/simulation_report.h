// What a simulated run and a campaign of them say to people, beside the run's own progress lines. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "fsm/simulator.h"
#include "src/report/words.h"

namespace interlock {

// Many seeds, taken together.
struct Campaign {
  static constexpr int kStuck = -1;              // in place of an end
  std::string of;                                // "SITE PROCEDURE --set …", as typed: to repeat one seed
  std::uint64_t first = 1, seeds = 0;
  int faults = 0;
  double seconds = 0;
  std::uint64_t records = 0;
  std::map<std::pair<int, int>, std::uint64_t> ends;  // (faults that came, end)
  struct Told {
    std::uint64_t seed = 0, runs = 0;            // the least of the seeds, and how many
  };
  std::map<std::pair<fsm::Simulation::Wrong::Kind, int>, Told> wrong;  // by kind, and rule or end
  std::map<int, Told> raced;                     // by rule

  void add(const fsm::Machine& machine, std::uint64_t seed, const fsm::Simulation& run);
  void add(const Campaign& other);
};

// One line; empty for what the run's own records tell anyway.
[[nodiscard]] std::string event_text(const fsm::Machine& machine, const fsm::SiteEvent& event, Language language);
// After the transcript: how it ended, what was broken and by whom.
[[nodiscard]] std::string simulation_text(const fsm::Machine& machine, std::uint64_t seed, const fsm::Simulation& run, Language language);
[[nodiscard]] std::string campaign_text(const fsm::Machine& machine, const Campaign& campaign, Language language);
[[nodiscard]] Json campaign_json(const fsm::Machine& machine, const Campaign& campaign);

}  // namespace interlock
