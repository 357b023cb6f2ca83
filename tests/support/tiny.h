// Small machines on a model of a site with virtual time: the engine driven by a script, its transcript as text.
// Same script, same transcript. What the real world does to the engine is done here by `World`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fsm/bind.h"
#include "fsm/engine.h"
#include "fsm/journal.h"

namespace interlock::tests {

inline const std::string kPair = std::string(INTERLOCK_SOURCE_DIR) + "/tests/scenarios/pair";

// Loads a folder of small files: every *.yaml with `component:`, `procedure:` or `site:`.
[[nodiscard]] fsm::Machine bind_folder(const std::string& folder, const std::map<std::string, std::string>& overrides = {});
// From texts; each is what its first key says it is.
[[nodiscard]] fsm::Machine bind_texts(const std::vector<std::string>& texts, const std::map<std::string, std::string>& overrides = {});

[[nodiscard]] int fact_named(const fsm::Machine& machine, const std::string& name);
[[nodiscard]] fsm::Value value_named(const fsm::Machine& machine, int fact, const std::string& name);  // or "unknown"
[[nodiscard]] fsm::World world_of(const fsm::Machine& machine, const std::map<std::string, std::string>& values);  // others unknown

// How the site answers when an action is carried out.
struct Behaviour {
  fsm::Outcome outcome = fsm::Outcome::done;
  std::string text;
  bool takes_effect = true;
  Millis takes{100};                    // until the outcome is known
  Millis effect_after{0};               // after that, until the effect is there
};

// Runs one machine by a script. Commands, one a line:
//   site FACT=VALUE …              what is so at this moment (VALUE may be `unknown`)
//   on ACTION[#N] MODE …           how the N-th attempt (or each) goes: fails TEXT | fails-done | lost | lost-done |
//                                  hollow | late TIME | takes TIME
//   at TIME FACT=VALUE … | gap TIME | stop | rollback | crash | person ACTION     something happens at that time
//   crash after N                  the operator's process dies when record N (of the process) is durable
//   run | resume | rollback        drives the engine until it ends, stops, crashes, or nothing more can happen
// What it prints: time, and records, executions, and the end.
class Tiny {
 public:
  explicit Tiny(fsm::Machine machine) : machine_(std::move(machine)), world_(machine_.facts.size(), fsm::kUnknown) {}

  // Throws std::runtime_error for a script that is wrong.
  void command(const std::string& line);
  [[nodiscard]] const std::string& transcript() const { return transcript_; }
  [[nodiscard]] const std::vector<fsm::JournalRecord>& journal() const { return journal_; }
  [[nodiscard]] const std::map<std::string, int>& executions() const { return executions_; }
  [[nodiscard]] std::string end() const { return end_; }  // name of the end; "stopped", "crashed", or "" for stuck
  [[nodiscard]] const fsm::Machine& machine() const { return machine_; }
  [[nodiscard]] const fsm::World& world() const { return world_; }

 private:
  // What lies ahead. `process`: it dies with the operator's process.
  struct Planned {
    Millis at{};
    int order = 0;
    bool process = false;
    std::vector<std::pair<int, fsm::Value>> changes;
    std::optional<fsm::Event> event;
    std::optional<std::vector<int>> observe;   // the answer to an Observe, as things are at that time
    int ticket = 0;
    bool watch = false, crash = false;
    int effect_of = -1;                        // an action that takes effect
  };

  void plan(Planned planned);
  void drive(std::optional<fsm::Resume> resume, bool roll_back);
  [[nodiscard]] bool carry_out(const std::vector<fsm::Command>& commands);  // false: over
  void execute(const fsm::command::Execute& command);
  void happen(const Planned& planned, fsm::Engine& engine, std::vector<fsm::Command>& out);
  void changed();
  void say(const std::string& line);
  [[nodiscard]] std::vector<std::pair<int, fsm::Value>> changes_of(const std::vector<std::string>& words, std::size_t from) const;

  fsm::Machine machine_;
  fsm::World world_;
  Millis now_{};
  int order_ = 0;
  std::vector<Planned> ahead_;
  std::map<std::string, std::map<int, Behaviour>> behaviours_;   // by action, by attempt; 0: each
  std::map<std::string, int> executions_;
  std::vector<fsm::JournalRecord> journal_;
  int crash_after_ = 0, records_of_process_ = 0;
  std::string transcript_, end_;
};

// Runs a scenario file: a script (with `machine FOLDER [PARAMETER=VALUE …]` first), a line `----`, and the expected
// transcript. Returns the actual file's text, which equals the file when the scenario holds.
[[nodiscard]] std::string run_scenario(const std::string& file_text, const std::string& scenarios_folder);

// INTERLOCK_REWRITE=1 in the environment: golden files are written anew instead of compared.
[[nodiscard]] bool rewrite_golden_files();

}  // namespace interlock::tests
