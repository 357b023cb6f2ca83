// A run's records turned into lines as they come: what is worth a line, and in which words. Used by both kinds of
// live progress, which only differ in how they show a line. No clock, no I/O: times are handed in.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "fsm/journal.h"
#include "fsm/machine.h"
#include "src/report/layout.h"
#include "src/report/typing.h"
#include "src/report/words.h"
#include "src/run/driver.h"

namespace interlock::report {

struct Line {
  enum class Kind { heading, event, detail, ending } kind = Kind::event;
  std::string sign;      // one column, or nothing
  Colour colour = Colour::dim;
  std::string text;      // harmless for a terminal
  std::string right;     // a duration, or nothing
};

class Narrator {
 public:
  // `history`: the records so far, when a run is resumed.
  Narrator(const fsm::Machine& machine, Language language, std::vector<fsm::JournalRecord> history, Typing typing = {});

  [[nodiscard]] std::vector<Line> hear(std::int64_t at_ms, const std::string& kind, const Json& body, const Json& evidence);
  [[nodiscard]] std::vector<Line> instruct(const fsm::Action& action) const;

  // Of the present moment: "Switchover (switch), step 1 of 1", the wait, the rules that are broken.
  [[nodiscard]] std::string where(const RunListener::Now& now) const;
  [[nodiscard]] std::string waiting(const RunListener::Now& now) const;
  [[nodiscard]] std::vector<std::string> broken(const RunListener::Now& now) const;
  [[nodiscard]] std::string phase() const { return phase_; }

 private:
  [[nodiscard]] std::string action_text(const std::string& name) const;
  [[nodiscard]] std::string action_title(const std::string& name) const;
  [[nodiscard]] std::string rule_title(const std::string& name) const;
  [[nodiscard]] const fsm::Phase* phase_named(const std::string& name) const;
  void enter(const std::string& phase, std::vector<Line>& lines);
  void gate(const Json& body, const Json& evidence, std::vector<Line>& lines);
  void moved(const Json& body, std::vector<Line>& lines);
  void ended(std::vector<Line>& lines) const;

  const fsm::Machine& machine_;
  const Language language_;
  const Typing typing_;
  std::vector<fsm::JournalRecord> records_;
  std::string phase_;
  std::size_t gates_ = 0, open_ = 0;
  std::map<std::string, std::int64_t> begun_;   // by action or rule
  std::int64_t waiting_since_ = 0;
};

}  // namespace interlock::report
