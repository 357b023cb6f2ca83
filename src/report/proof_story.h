// The stories of a proof as data: what `verify --format json` writes, and `run --simulate --replay` reads again. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fsm/replay.h"

namespace interlock {

// Beside these the lines have words for people, which are not read again.
[[nodiscard]] Json story_json(const fsm::Machine& machine, const std::vector<fsm::StoryLine>& story);
// The rule or the end that a finding is about; empty for a dead end.
[[nodiscard]] std::string subject_of(const fsm::Machine& machine, fsm::Finding::Kind kind, int index);

// Which story of a file; nothing given: that of its first finding, or else of its first end.
struct StoryChoice {
  std::optional<int> finding;   // 1, 2, …
  std::string end;              // or the one that leads to this end,
  std::optional<int> faults;    // with so many faults; not given: as few as there are
  std::string gate;             // or what goes wrong without this gate: PHASE/GATE
};
// Throws InputError: the file is not what verify writes, has no such story, or speaks of what this machine does not have.
[[nodiscard]] fsm::Told told_in(const fsm::Machine& machine, const std::string& file, const std::string& text, const StoryChoice& choice);
// Whether the file was written of this very machine. Call it after told_in().
[[nodiscard]] bool is_of(const fsm::Machine& machine, const std::string& text);

}  // namespace interlock
