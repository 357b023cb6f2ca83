// Drives the engine through the real world: events come from the observer, the executor, the watch over the rules,
// the clients and the operator; commands go to them and to the journal. One loop, one thread; a record is durable
// before the command that follows it is carried out.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "fsm/engine.h"
#include "fsm/journal.h"
#include "src/run/client_meter.h"
#include "src/run/observer.h"

namespace interlock {

// What the operator asks for while a run is under way; set from signal handlers.
struct Requests {
  std::atomic<bool> stop{false};
};

// Sees the run go by: live progress, plain lines, the row for `status --follow`. Called from the driver's thread.
class RunListener {
 public:
  virtual ~RunListener() = default;
  virtual void on_record(const std::string& kind, const Json& body, const Json& evidence) = 0;
  virtual void on_instruct(const fsm::Action& action) = 0;  // a person has to act
  struct Now {
    std::string place;
    fsm::Waiting waiting;          // times on the run's clock
    Millis clock{};
    std::optional<GapSnapshot> clients;
    std::uint64_t broken_rules = 0;
  };
  virtual void on_tick(const Now& now) = 0;                 // several times a second
};

struct RunEnd {
  enum class How {
    ended,      // at an end of the machine
    stopped,    // on request; can be resumed
    no_journal, // a record could not be written: nothing more was done
  } how = How::ended;
  int end = -1;
  std::string text;
};

class Driver {
 public:
  Driver(const fsm::Machine& machine, Hosts& hosts, Secrets& secrets, fsm::Journal& journal, RunListener& listener);

  [[nodiscard]] RunEnd run(std::optional<fsm::Resume> resume, bool roll_back, const Requests& requests);

 private:
  class Queue;
  void carry_out_all(const std::vector<fsm::Command>& commands);
  void carry_out(const fsm::Command& command);
  [[nodiscard]] bool write(const fsm::command::Record& record);
  void poll_clients();

  const fsm::Machine& machine_;
  Hosts& hosts_;
  Secrets& secrets_;
  fsm::Journal& journal_;
  RunListener& listener_;
  struct State;
  State* state_ = nullptr;  // of the run under way
};

}  // namespace interlock
