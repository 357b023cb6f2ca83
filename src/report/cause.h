// Why a run turned, in sentences: the same words for the text report, `explain` and HTML. Pure.
#pragma once

#include <string>
#include <vector>

#include "src/report/run_info.h"
#include "src/report/story.h"
#include "src/report/words.h"

namespace interlock::report {

// "start the node (backup.start on hotdb-2)"
[[nodiscard]] std::string action_words(const fsm::Words& title, const std::string& name, const std::string& host, Language language);
// "backup.service is open, master.vip is held"; at most `most` of them.
[[nodiscard]] std::string facts_text(const Facts& facts, Language language, std::size_t most = 12);
// "Start the node (backup.start on hotdb-2) failed: …. So the way back was taken: …"
[[nodiscard]] std::string cause_sentence(const Turn& turn, Language language);
[[nodiscard]] std::string consequence_sentence(const Turn& turn, Language language);
[[nodiscard]] std::string cause_and_consequence(const Turn& turn, Language language);
// What the whole run came to, with its title: "rolled back: the old version serves again"; and a colour of mind.
[[nodiscard]] std::string ending_text(const Story& story, const fsm::Machine& machine, Language language, RunInfo::Process process = RunInfo::Process::untold);
enum class Mood { good, neutral, bad };
[[nodiscard]] Mood mood_of(const Story& story);
// "longest gap 0.42 s at 02:13:04.120 (predicted for vip-first: 0.61 … 1.10 s); 25,114 attempts, 12 failed"
[[nodiscard]] std::string clients_text(const Story& story, const RunInfo& info, Language language);

// How a rule fared, one per rule of the machine.
struct RuleFate {
  std::string title;
  enum class Kind { kept, as_planned, briefly, broken } kind = Kind::kept;
  Millis longest{}, allowed{};
  std::string text;  // in words
};
[[nodiscard]] std::vector<RuleFate> rule_fates(const Story& story, const fsm::Machine& machine, Language language);
[[nodiscard]] std::string rules_text(const std::vector<RuleFate>& fates, Language language);

// Where to look when this action has failed; empty when its component says nothing.
[[nodiscard]] std::string where_to_look(const fsm::Machine& machine, const std::string& action, Language language);
// Why gates could not be judged: each cause once, in how many of them, and what was asked.
struct UnknownCause {
  std::string why;
  std::size_t gates = 0;
  std::vector<std::string> places;
};
[[nodiscard]] std::vector<UnknownCause> causes_of(const std::vector<GateTold>& gates);
// Sightings as lines: "master.vip = absent: address 10.89.0.100 on hotdb-1, saw: not there, in 12 ms".
[[nodiscard]] std::vector<std::string> sighting_lines(const std::vector<Sighting>& sightings, Language language);

}  // namespace interlock::report
