// What a proof showed, in words: figures, ends by number of faults, and for everything that can go wrong its shortest
// story. Pure.
#pragma once

#include <string>
#include <vector>

#include "fsm/proof.h"
#include "src/report/words.h"

namespace interlock {

// One gate left out, and what then goes wrong.
struct GateNeed {
  int phase = 0, gate = 0;
  fsm::Proof proof;
};

[[nodiscard]] std::string proof_text(const fsm::Machine& machine, const fsm::Budget& budget, const fsm::Proof& proof, double seconds, Language language);
// "up to 2 faults", and the kinds that are limited further.
[[nodiscard]] std::string budget_words(const fsm::Budget& budget, Language language);
// What a finding says is wrong.
[[nodiscard]] std::string finding_words(const fsm::Machine& machine, fsm::Finding::Kind kind, int index, Language language);
// One line of a story. Quiet ones are not told: the start, and what goes on without doing anything.
[[nodiscard]] std::string line_words(const fsm::Machine& machine, const fsm::StoryLine& line, Language language);
[[nodiscard]] bool is_quiet(const fsm::StoryLine& line);
// The shortest stories that lead to this end, by number of faults.
[[nodiscard]] std::string ending_text(const fsm::Machine& machine, const fsm::Proof& proof, const std::string& end, Language language);
// What no proof of ours can see, in short.
[[nodiscard]] std::string unseen_text(Language language);
[[nodiscard]] std::string gate_needs_text(const fsm::Machine& machine, const std::vector<GateNeed>& needs, Language language);
[[nodiscard]] Json gate_needs_json(const fsm::Machine& machine, const std::vector<GateNeed>& needs);
[[nodiscard]] Json proof_json(const fsm::Machine& machine, const fsm::Budget& budget, const fsm::Proof& proof, double seconds);

}  // namespace interlock
