#include "fsm/idle_steps.h"

#include <algorithm>

#include "fsm/decide.h"

namespace interlock::fsm {
namespace {

// What may happen on the site: a reaction or a crash.
struct SiteMove {
  std::vector<int> changes, reads;       // facts
  std::size_t group = 0;                 // moves of different groups have nothing to do with each other
};

SiteMove move_of(const std::vector<Effect>& effects, std::vector<int> reads) {
  SiteMove move{{}, std::move(reads), 0};
  for (const auto& effect : effects) {
    move.changes.push_back(effect.fact);
    for (const auto& c : effect.cases)
      for (const int f : c.first.facts()) move.reads.push_back(f);
  }
  return move;
}

bool share(const std::vector<int>& a, const std::vector<int>& b) {
  return std::any_of(a.begin(), a.end(), [&](int f) { return std::find(b.begin(), b.end(), f) != b.end(); });
}

// The reactions, then the crashes.
std::vector<SiteMove> site_moves(const Machine& m) {
  std::vector<SiteMove> moves;
  for (const auto& r : m.reactions) moves.push_back(move_of(r.then, r.when.facts()));
  for (const auto& c : m.crashes) moves.push_back(move_of(c.effects, {}));
  for (std::size_t i = 0; i < moves.size(); ++i) moves[i].group = i;
  for (const auto& a : moves)
    for (auto& b : moves) {
      if (a.group == b.group || (!share(a.changes, b.changes) && !share(a.changes, b.reads))) continue;
      const std::size_t from = b.group, into = a.group;
      for (auto& other : moves)
        if (other.group == from) other.group = into;
    }
  return moves;
}

}  // namespace

std::vector<std::vector<IdleStep>> idle_steps(const Machine& m) {
  const std::vector<SiteMove> moves = site_moves(m);
  std::vector<std::vector<IdleStep>> idle;
  for (const auto& phase : m.phases) {
    const std::size_t steps = phase.steps.size();
    // By group: the first and the last step to which it makes a difference.
    std::vector<std::pair<std::size_t, std::size_t>> span(moves.size(), {steps, 0});
    for (std::size_t s = 0; s < steps; ++s) {
      std::vector<int> decides = facts_of_effect(m.action(phase.steps[s].action));
      for (const int f : phase.steps[s].only_if.facts()) decides.push_back(f);
      for (const auto& move : moves) {
        if (!share(move.changes, decides)) continue;
        auto& [first, last] = span[move.group];
        first = std::min(first, s);
        last = std::max(last, s);
      }
    }
    idle.emplace_back(steps);
    for (std::size_t s = 0; s < steps; ++s) {
      IdleStep& here = idle.back()[s];
      for (std::size_t i = 0; i < moves.size(); ++i) {
        const auto [first, last] = span[moves[i].group];
        if (first >= s || last < s) continue;
        if (i < m.reactions.size()) here.reactions.push_back(static_cast<std::uint16_t>(i));
        else here.crashes.push_back(static_cast<std::uint16_t>(i - m.reactions.size()));
      }
      here.everything = 2 * (here.reactions.size() + here.crashes.size()) > moves.size();
    }
  }
  return idle;
}

}  // namespace interlock::fsm
