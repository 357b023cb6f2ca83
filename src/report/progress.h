// Live progress of a run. TerminalProgress keeps a block at the bottom of the terminal that is drawn anew (phase,
// wait, clients, broken rules), and lets lines that stay scroll above it. PlainProgress writes one line with its
// time per event worth telling, for pipes and logs. Called from the driver's thread; neither ever holds it up.
//
// The cursor is never hidden, so that there is nothing to restore when the process is stopped at once.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "src/report/narrator.h"
#include "src/report/terminal.h"

namespace interlock {

using WallClock = std::function<std::int64_t()>;  // milliseconds since 1970
[[nodiscard]] std::int64_t system_wall_ms();

struct ProgressOptions {
  Language language = Language::en;
  bool colours = true;                            // TerminalProgress only
  std::vector<fsm::JournalRecord> history;        // of a run that is resumed
  WallClock clock = system_wall_ms;
  report::Typing typing{};
};

class TerminalProgress : public RunListener {
 public:
  TerminalProgress(const fsm::Machine& machine, Sink& sink, ProgressOptions options);
  ~TerminalProgress() override;  // takes the live block away
  TerminalProgress(const TerminalProgress&) = delete;
  TerminalProgress& operator=(const TerminalProgress&) = delete;
  void on_record(const std::string& kind, const Json& body, const Json& evidence) override;
  void on_instruct(const fsm::Action& action) override;
  void on_tick(const Now& now) override;

 private:
  void lasting(const std::vector<report::Line>& lines);
  [[nodiscard]] std::string shown(const report::Line& line, std::size_t columns) const;
  [[nodiscard]] std::string erase() const;
  [[nodiscard]] std::string meter(const Now& now) const;

  Sink& sink_;
  const ProgressOptions options_;
  const report::Paint paint_;
  report::Narrator narrator_;
  std::vector<std::size_t> drawn_;                // widths of the lines of the live block
};

class PlainProgress : public RunListener {
 public:
  PlainProgress(const fsm::Machine& machine, Sink& sink, ProgressOptions options);
  void on_record(const std::string& kind, const Json& body, const Json& evidence) override;
  void on_instruct(const fsm::Action& action) override;
  void on_tick(const Now& now) override;

 private:
  void lasting(const std::vector<report::Line>& lines);
  void tell(const std::string& text);

  Sink& sink_;
  const ProgressOptions options_;
  report::Narrator narrator_;
  Millis next_wait_{}, next_gap_{}, wait_since_{-1};
};

}  // namespace interlock
