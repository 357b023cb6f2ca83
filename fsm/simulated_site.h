// The site of a simulated run: what is true there, and what it does by itself. Times and faults are handed in. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "fsm/decide.h"

namespace interlock::fsm {

class SimulatedSite {
 public:
  SimulatedSite(const Machine& machine, World world) : machine_(machine), world_(std::move(world)), coming_(machine.reactions.size()) {}

  [[nodiscard]] const World& world() const { return world_; }
  struct Changes {
    std::vector<int> facts;
    World values;
  };
  [[nodiscard]] Changes would_change(const std::vector<Effect>& effects) const;
  // The rules among those in force in `phase` that hold, and would not any more.
  [[nodiscard]] std::vector<int> would_break(const std::vector<Effect>& effects, const World& before, int phase) const;
  void change(const std::vector<Effect>& effects) { world_ = fsm::apply(effects, world_); }

  // What became possible, and what did not stay so, is worked out anew: `begin(reaction)` gives the number under which
  // one is awaited, or nothing when it does not come until its cause is there anew.
  void settle(const std::function<std::optional<std::uint32_t>(int reaction)>& begin);
  // Whether the reaction that is awaited under this number is still to come; it is not any more afterwards.
  [[nodiscard]] bool comes(int reaction, std::uint32_t number);

  void hide(const std::vector<int>& facts, bool hidden);
  [[nodiscard]] Value seen(int fact) const;

 private:
  struct Coming {
    std::uint32_t number = 0;   // 0: not awaited
    bool lost = false;
  };
  const Machine& machine_;
  World world_;
  std::vector<Coming> coming_;
  std::vector<int> hidden_;     // how often, by fact
};

}  // namespace interlock::fsm
