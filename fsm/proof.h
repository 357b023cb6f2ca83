// The proof: every combination of place, world, fault and crash that a machine can reach, explored before the first
// command. It asks the same decide() as the live run; the world moves by the declared effects and reactions.
// What a state is, which moves there are and whose fault a broken rule is: docs/proof.md. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "fsm/decide.h"

namespace interlock::fsm {

// What may go wrong, each at most so often; and all together.
enum class Fault : std::uint8_t {
  action,      // an action fails and has done nothing, or only what it may change besides
  blind,       // facts that decide cannot be observed until patience ends, also those that would confirm an action
  crash,       // what a component's `crash` says
  late,        // a reaction does not come before a wait ends; it may come afterwards
  lost,        // a reaction that `may_fail` does not come, or with one of its effects only, until what brings it about is there anew
  died,        // the operator's process dies between an action's intent and its outcome, and is resumed
  gone,        // a host: all that may crash there has crashed, and nothing of it can be seen any more; one at a time, where asked for
  asked,       // the operator asks for the way back: no fault, and not counted among them, but it has to end well
};
inline constexpr std::size_t kFaultKinds = 8, kAsked = static_cast<std::size_t>(Fault::asked);
[[nodiscard]] const char* to_string(Fault fault);

struct Budget {
  int faults = 2;                                // in all; 0 to 7
  std::array<int, kFaultKinds> each{7, 7, 7, 7, 7, 7, 0, 1};
  std::size_t most_states = 50'000'000;
  bool unreduced = false;                        // also between steps that are passed over (idle_steps.h)
};

enum class Who : std::uint8_t { ours, site, fault };

// One move of the model; what `index` means depends on it.
struct Move {
  enum class What : std::uint8_t {
    start,
    decided,     // Verdict in index
    reaction,    // reaction
    overrun,     // waiting ended in vain
    ended,       // the end is entered
    not_so,      // the end would not be true
    again,       // not repeatable, but begun before
    failed,      // fault: action; index 1: it has changed what it may change
    unseen,      // fault: blind; index 1: after the action took effect
    out_of_sight,  // what decides is on a host that is gone
    crash,       // fault: crash; Machine::crashes
    late,        // fault: late
    lost,        // fault: lost; reaction
    partly,      // fault: lost; reaction, of which one effect comes
    died,        // fault: died; index 1: it has changed what it may change
    gone,        // fault: gone; Machine::hosts
    asked,       // fault: asked
  } what = What::start;
  Who who = Who::ours;
  std::uint16_t index = 0;
};

// One line of a story: the move, where it led, and the facts that it changed.
struct StoryLine {
  Move move;
  Place from, to;
  std::vector<int> changed;
  World world;             // after it
};

struct Finding {
  enum class Kind {
    safety,      // a step of ours, or the site's answer to it while nothing has failed, breaks a rule (index)
    regret,      // nothing failed, pre-flight passed, and yet it does not end in success
    too_easy,    // an end (index) takes fewer faults than it says
    not_true,    // an end (index) is not what it says, once the site has come to rest, or although it never does
    dead_end,    // no end can be reached any more
  } kind = Kind::safety;
  int index = 0;
  int faults = 0;
  std::vector<StoryLine> story;  // the first line is the site at the start
};
[[nodiscard]] const char* to_string(Finding::Kind kind);

struct Proof {
  std::size_t initial = 0, states = 0, edges = 0, bytes = 0;
  int depth = 0;                                   // moves of the longest shortest story
  bool complete = false;                           // false: stopped by most_states, by the caller, or because the memory was used up
  bool memory_used_up = false;
  std::vector<Finding> findings;                   // the shortest of each kind and index
  struct Ending {
    std::size_t states = 0;
    std::vector<StoryLine> story;                  // the shortest that ends so
  };
  std::map<std::pair<int, int>, Ending> ends;      // (faults used, end)
  std::vector<Place> never_at;                     // places that no world leads to
  std::vector<Place> never_done;                   // steps whose action is never begun
  std::vector<std::pair<int, std::string>> never_taken;  // (phase, "next" | "back" | "refused" | "overrun")

  [[nodiscard]] bool proven() const { return complete && findings.empty(); }
};

// A gate that is left out: (phase, gate). Its worlds are then let in.
struct Without {
  int phase = -1, gate = -1;
};

// `go_on` is asked now and then; false ends the search. Throws std::invalid_argument for a model that contradicts
// itself (an effect that does not hold after itself, for instance), naming what and where.
[[nodiscard]] Proof prove(const Machine& machine, const Budget& budget, Without without = {}, const std::function<bool()>& go_on = nullptr);

}  // namespace interlock::fsm
