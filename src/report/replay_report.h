// A story of the proof as it is played, line by line, and what came of it. Pure.
#pragma once

#include <string>

#include "fsm/replay.h"
#include "src/report/words.h"

namespace interlock {

// Before a line is played, with the number under which `verify` tells it; empty for what is not told.
[[nodiscard]] std::string replay_line(const fsm::Machine& machine, const fsm::Told& told, std::size_t line, Language language);
// `changed`: the story was told of another machine, from which the files have departed since.
[[nodiscard]] std::string replay_text(const fsm::Machine& machine, const fsm::Told& told, const fsm::Replayed& run, bool changed, Language language);
[[nodiscard]] Json replay_json(const fsm::Machine& machine, const fsm::Told& told, const fsm::Replayed& run, bool changed);

}  // namespace interlock
