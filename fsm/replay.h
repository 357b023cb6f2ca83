// A story of the proof, played: the engine of the live run with its journal, in virtual time, on a site that does what
// the story says where it says so, and nothing else. Time passes only where something is waited for. Tells at which line the
// run goes another way, and why. Pure. What is played how: docs/simulator.md.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fsm/simulator.h"

namespace interlock::fsm {

// A story with what it is told for.
struct Told {
  std::optional<Finding::Kind> kind;   // nothing: only how it comes to the end `index`
  int index = 0;                       // rule or end
  std::vector<StoryLine> story;
};

struct Replayed {
  std::size_t line = 0;                // of the story: where the run went another way
  std::string why;                     // empty: all is as told, and so is what it is told for
  int end = -1;                        // -1: none was reached
  Place place;
  World world;                         // as the run left it
  Millis took{};
  int records = 0, executions = 0, processes = 1;
  [[nodiscard]] bool as_told() const { return why.empty(); }
};

// `on_line` hears of each line of the story before it is played. The story has a first line: the site at the start.
[[nodiscard]] Replayed replay(const Machine& machine, const Told& told, SimulationListener* listener = nullptr, const std::function<void(std::size_t)>& on_line = nullptr);

}  // namespace interlock::fsm
