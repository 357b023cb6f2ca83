// The simulator: the engine of the live run, with its journal, on a model of the site in virtual time. Everything that
// chance decides comes from a seed: same machine and settings, same records and events, to the byte. Pure: no clock,
// no I/O. What it shows beyond the proof, and what it does not: docs/simulator.md.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fsm/engine.h"
#include "fsm/journal.h"
#include "fsm/proof.h"

namespace interlock::fsm {

struct SimulationSettings {
  std::uint64_t seed = 1;
  int faults = 0;                                // at most; how many, of what kind and when comes from the seed
  std::array<int, kFaultKinds> each{1, 1, 1, 1, 1, 2, 1, 1};  // how often a kind is drawn against the others; 0: never
};

// What the site does, or what befalls it and the operator, beside the engine's own records.
struct SiteEvent {
  enum class What : std::uint8_t {
    effect,           // index: the action that has taken effect
    reaction,         // index: the reaction that came
    action_fails,     // fault: it will say that it failed, and does nothing
    action_lost,      // fault: its connection breaks before it has done anything
    outcome_lost,     // fault: it takes effect, its outcome gets lost
    hollow,           // fault: it will say that it succeeded, and does nothing
    unseen,           // fault: the facts cannot be observed
    seen_again,
    crash,            // fault: index of Machine::crashes
    gone,             // fault: index of Machine::hosts
    late,             // fault: the reaction (index) comes only much later
    lost,             // fault: the reaction (index) does not come
    died,             // fault: the operator's process is killed
    resumed,
    asked,            // the operator asks for the way back: stops the run, or has lost it, and rolls back
  } what = What::effect;
  Millis at{};
  int index = 0;
  std::vector<int> facts;                        // unseen, seen_again; effect, reaction and crash: those that changed,
  World values;                                  // and to what
};
[[nodiscard]] bool is_fault(SiteEvent::What what);

// A rule in force that held, and does not hold any more.
struct Breach {
  enum class Whose : std::uint8_t {
    ours,             // by our action, as the site was when it was decided on; or while another of ours was under way
    site,             // by the site's answer to us, while nothing has failed
    raced,            // by our action, but only because the site moved between the look and the effect
    fault,            // by a fault, or by the site's answer to one
  } whose = Whose::ours;
  int rule = 0;
  SiteEvent by;
};

struct Simulation {
  int end = -1;                                  // -1: it got stuck
  std::string stuck;                             // why; empty: it did not
  bool end_is_true = true;                       // once the site has come to rest
  bool slow = false;                             // an action took much of its limit: no fault, and yet no ordinary run
  Millis took{};
  int records = 0, executions = 0, processes = 1;
  std::vector<SiteEvent> faults;                 // in the order of their coming
  std::vector<Breach> breaches;                  // those of faults too
  World start, world;                            // the site as it was and as it is left

  struct Wrong {
    enum class Kind : std::uint8_t { none, safety, stuck, not_true, regret } kind = Kind::none;
    int index = 0;                               // rule or end
  };
  [[nodiscard]] Wrong wrong(const Machine& machine) const;
};

// Hears of everything as it happens.
class SimulationListener {
 public:
  virtual ~SimulationListener() = default;
  virtual void on_record(const JournalRecord& record) = 0;  // at_ms: the run's own clock, which begins at 0
  virtual void on_instruct(Millis at, const Action& action) = 0;
  virtual void on_event(const SiteEvent& event) = 0;
};

class Simulator {
 public:
  static constexpr std::size_t kMostStarts = 4096;
  // Throws std::invalid_argument when no world is one that the machine may be started in. The machine must outlive it.
  explicit Simulator(const Machine& machine);
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  // Several threads may ask at once.
  [[nodiscard]] Simulation run(const SimulationSettings& settings, SimulationListener* listener = nullptr) const;
  [[nodiscard]] std::size_t starts() const { return starts_.size(); }

 private:
  const Machine& machine_;
  std::vector<World> starts_;
  struct Known;
  class Run;
  std::unique_ptr<Known> known_;
};

}  // namespace interlock::fsm
