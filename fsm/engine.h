// The engine: runs a machine by pure steps. Events go in with their time, commands come out; it knows no clock,
// no thread, no network, no file. Same machine and events, same commands, to the byte. One thread at a time.
//
// Intent, act, confirm: a Record that comes before an Execute must be durable before the Execute begins.
// Afterwards the effect is observed; an outcome alone is never success.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "fsm/decide.h"
#include "fsm/sight.h"

namespace interlock::fsm {

// What became of an action, as far as the one who did it can tell.
enum class Outcome {
  done,     // it says that it succeeded
  failed,   // it says that it failed
  unknown,  // it may or may not have taken place: the connection broke, the time ran out
};
[[nodiscard]] const char* to_string(Outcome outcome);

using Seen = std::vector<std::pair<int, Value>>;  // fact, value

namespace event {
struct Start {};                                           // also after a resume
struct Observed { int ticket = 0; Seen seen; };            // the answer to command::Observe
struct Watched { Seen seen; };                             // what the watch over the rules saw
struct Finished { Outcome outcome = Outcome::unknown; std::string text; };  // the answer to command::Execute
struct ClientGap { Millis gap{}; };                        // clients have had no answer for this long; 0: they have
struct Tick {};                                            // wake_at() has come
struct StopRequest {};                                     // stop at the next safe place
struct RollBackRequest {};                                 // take the way back at the next place
}  // namespace event
using Event = std::variant<event::Start, event::Observed, event::Watched, event::Finished, event::ClientGap, event::Tick,
                           event::StopRequest, event::RollBackRequest>;

namespace command {
// Observe these facts afresh, all at once; answer with Observed and the same ticket.
struct Observe { int ticket = 0; std::vector<int> facts; };
// `again`: an earlier attempt may still be under way on the host.
struct Execute { int action = 0; int attempt = 1; bool again = false; };
struct Instruct { int action = 0; };                       // show a person what to do
// Must be durable before any later command. `evidence`: facts whose readings belong to it.
struct Record { std::string kind; Json body; std::vector<int> evidence; };
struct Ended { int end = 0; };
struct Stopped {};                                         // stopped on request; can be resumed
}  // namespace command
using Command = std::variant<command::Observe, command::Execute, command::Instruct, command::Record, command::Ended, command::Stopped>;

// What the engine is waiting for, for people.
struct Waiting {
  enum class Kind { nothing, observation, action, effect, person, condition } kind = Kind::nothing;
  std::string what;
  Millis since{}, until{};
};

// Where a run that was interrupted stood, as the journal tells.
struct Resume {
  Place place;
  std::optional<int> pending_action;  // its intent is recorded, its confirmation is not
};

class Engine {
 public:
  // Facts that cannot be observed are looked at again for this long before they count as unknown.
  static constexpr Millis kPatience{10'000};
  static constexpr Millis kPoll{200};
  static constexpr int kMostLost = 3;  // times that an action whose outcome was lost is tried again at one place

  explicit Engine(const Machine& machine, std::optional<Resume> resume = std::nullopt);

  [[nodiscard]] std::vector<Command> step(const Event& event, Millis now);
  // When the next Tick is wanted; nothing: only an event can move it.
  [[nodiscard]] std::optional<Millis> wake_at() const { return wake_at_; }

  [[nodiscard]] Place place() const { return place_; }
  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] const Waiting& waiting() const { return waiting_; }
  [[nodiscard]] bool over() const { return mode_ == Mode::over; }
  [[nodiscard]] std::uint64_t broken_rules() const;

 private:
  enum class Mode {
    looking,     // an Observe is under way, to decide
    pausing,     // between two looks
    acting,      // an Execute is under way
    confirming,  // an Observe is under way, to confirm the effect
    settling,    // between two of those
    over,        // ended or stopped
  };
  struct Broken {
    std::optional<Millis> seen_since, clients_since;
    bool told = false, by_clients = false;
  };

  void go(const event::Start&);
  void go(const event::Observed&);
  void go(const event::Watched&);
  void go(const event::Finished&);
  void go(const event::ClientGap&);
  void go(const event::Tick&);
  void go(const event::StopRequest&) { stop_ = true; }
  void go(const event::RollBackRequest&) { roll_back_ = true; }

  void look();
  void judge();
  void judge_end();
  void hold(const std::vector<int>& rules);
  void enter_phase();
  void act(const Action& action);
  void confirm();
  void await_earlier(const Action& action);
  [[nodiscard]] bool may_try_again(Truth effect) const;
  void try_again();
  [[nodiscard]] static std::string not_again(const Action& action);
  void judge_effect();
  void action_failed(const std::string& why);
  void unknown_for_too_long(const std::vector<int>& facts);
  [[nodiscard]] bool lost(const std::vector<int>& facts) const;
  void move(Place to, const std::string& reason, const std::string& text);
  void go_back(const std::string& reason, const std::string& text);
  void advance(const std::string& reason, const std::string& text) { move(Place{place_.at, place_.step + 1}, reason, text); }
  void see(const Seen& seen);
  void note_rules();
  [[nodiscard]] std::uint64_t overdue() const;
  [[nodiscard]] bool safe_to_stop() const;
  [[nodiscard]] bool obeyed_stop();
  [[nodiscard]] bool obeyed_roll_back();
  [[nodiscard]] std::string waited_for() const;
  void record(const std::string& kind, Json body, std::vector<int> evidence = {});
  [[nodiscard]] Json values(const std::vector<int>& facts) const;
  [[nodiscard]] std::string names(const std::vector<int>& facts) const;
  [[nodiscard]] std::string rule_names(const std::vector<int>& rules) const;
  [[nodiscard]] std::string overdue_names() const;
  [[nodiscard]] const Action& current() const;
  [[nodiscard]] bool pending_here() const;  // the action of this step is the one that was cut off

  const Machine& machine_;
  Place place_;
  Mode mode_ = Mode::looking;
  World world_;
  Sight sight_;
  Millis now_{}, entered_{}, deadline_{};
  Millis finished_{};                   // when the outcome came
  std::optional<Millis> wake_at_, unknown_since_, held_since_;
  Waiting waiting_;
  int ticket_ = 0, attempt_ = 1, lost_ = 0;
  Outcome outcome_ = Outcome::done;
  std::string outcome_text_;
  std::optional<int> pending_;
  bool resumed_ = false, stop_ = false, roll_back_ = false, waited_ = false;
  bool awaiting_earlier_ = false;       // an action that nobody hears of any more is given its time
  Target left_phase_{};                 // for its time limit when an end is judged
  std::vector<Broken> broken_;
  std::vector<Command> out_;
};

}  // namespace interlock::fsm
