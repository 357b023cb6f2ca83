#include "fsm/proof.h"

#include <new>
#include <set>
#include <unordered_set>

#include "fsm/model.h"
#include "fsm/start_worlds.h"

namespace interlock::fsm {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::uint32_t kByFault = 0x80000000;  // an edge that only a fault or the operator takes
constexpr std::size_t kAskEvery = 1 << 16;

// States by number in the order in which they were found, and their numbers by content.
template <std::size_t W>
class Found {
 public:
  Found() : table_(1 << 12) {}

  // Soon a state with this hash will be looked for.
  void expect(std::uint64_t h) const { __builtin_prefetch(&table_[h & (table_.size() - 1)]); }
  // The number of the state, and whether it is new.
  std::pair<std::uint32_t, bool> add(const Bits<W>& s) { return add(s, hash_of(s)); }
  std::pair<std::uint32_t, bool> add(const Bits<W>& s, std::uint64_t h) {
    if (states_.size() * 3 >= table_.size() * 2) grow();
    const auto tag = static_cast<std::uint32_t>(h >> 32);
    std::size_t at = h & (table_.size() - 1);
    for (; table_[at].number != kNone; at = (at + 1) & (table_.size() - 1))
      if (table_[at].tag == tag && states_[table_[at].number] == s) return {table_[at].number, false};
    const auto number = static_cast<std::uint32_t>(states_.size());
    table_[at] = Entry{number, tag};
    states_.push_back(s);
    return {number, true};
  }
  [[nodiscard]] const Bits<W>& operator[](std::uint32_t i) const { return states_[i]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(states_.size()); }
  [[nodiscard]] std::size_t bytes() const { return states_.size() * sizeof(Bits<W>) + table_.size() * sizeof(Entry); }

 private:
  struct Entry {
    std::uint32_t number = kNone, tag = 0;
  };
  void grow() {
    table_.assign(table_.size() * 2, Entry{});
    for (std::uint32_t i = 0; i < size(); ++i) {
      const std::uint64_t h = hash_of(states_[i]);
      std::size_t at = h & (table_.size() - 1);
      while (table_[at].number != kNone) at = (at + 1) & (table_.size() - 1);
      table_[at] = Entry{i, static_cast<std::uint32_t>(h >> 32)};
    }
  }
  std::vector<Bits<W>> states_;
  std::vector<Entry> table_;
};

template <std::size_t W>
class Search {
 public:
  Search(const Machine& machine, const Budget& budget, Without without, const std::function<bool()>& go_on)
      : machine_(machine), budget_(budget), without_(without), go_on_(go_on), model_(machine, budget), visited_(model_.stations().size()), acted_(model_.stations().size()) {}

  Proof run() {
    try {
      const bool all = each_start(machine_, without_, [&](const World& world) {
        note(model_.start(world, budget_), kNone);
        proof_.initial = found_.size();
        return found_.size() < budget_.most_states;
      });
      proof_.complete = all && found_.size() < budget_.most_states && explore();
    } catch (const std::bad_alloc&) {
      proof_.memory_used_up = true;
    }
    proof_.states = found_.size();
    proof_.edges = targets_.size();
    proof_.bytes = found_.bytes() + (came_from_.size() + first_.size() + targets_.size()) * sizeof(std::uint32_t);
    if (proof_.complete) {  // what a part of the search has not seen may yet be there
      dead_ends();
      restless_ends();
      unreached();
    }
    tell();
    return std::move(proof_);
  }

 private:
  struct Wrong {
    Finding::Kind kind;
    int index, faults;
    std::uint32_t from, state;  // from: where the move that did it began; kNone: the state itself is wrong
  };

  struct Ahead {
    Move move;
    std::uint64_t hash;
    Bits<W> state;
  };

  std::uint32_t note(const Bits<W>& s, std::uint32_t from) {
    const auto [number, fresh] = found_.add(s);
    if (fresh) came_from_.push_back(from);
    return number;
  }

  bool explore() {
    std::uint32_t level_ends = found_.size();
    for (std::uint32_t i = 0; i < found_.size(); ++i) {
      if (i == level_ends) {
        ++proof_.depth;
        level_ends = found_.size();
      }
      if (i % kAskEvery == kAskEvery - 1 && go_on_ && !go_on_()) return false;
      if (found_.size() >= budget_.most_states) return false;
      const Bits<W> s = found_[i];
      judge(s, i);
      first_.push_back(static_cast<std::uint32_t>(targets_.size()));
      ahead_.clear();  // all that follow are made first, so that the memory for each is on its way when it is needed
      const bool quiet = model_.each_move(s, [&](Move move, const Bits<W>& t) {
        const std::uint64_t h = hash_of(t);
        found_.expect(h);
        ahead_.push_back({move, h, t});
      });
      for (const auto& [move, h, t] : ahead_) {
        const auto [number, fresh] = found_.add(t, h);
        if (fresh) came_from_.push_back(i);
        targets_.push_back(move.who == Who::fault ? number | kByFault : number);
        note_edge(s, t, move);
        const bool to_blame = move.who == Who::ours || (move.who == Who::site && model_.left(s) == budget_.faults);
        if (!to_blame) continue;
        // What held in the world before the move, and does not after it, where it should.
        const std::uint64_t broken = model_.broken(t, model_.at(t).in_force);
        if (const std::uint64_t newly = broken & ~model_.broken(s, broken); newly != 0) wrong(Finding::Kind::safety, std::countr_zero(newly), t, i, number);
      }
      if (model_.at(s).kind != Station::Kind::ended) continue;
      if (quiet) resting_.insert(i);
      if (quiet && !model_.end_holds(s)) wrong(Finding::Kind::not_true, model_.at(s).place.at.index, s, kNone, i);
    }
    first_.push_back(static_cast<std::uint32_t>(targets_.size()));
    return true;
  }

  void judge(const Bits<W>& s, std::uint32_t number) {
    const std::size_t station = model_.slots().place.get(s.data());
    visited_[station] = true;
    const Station& here = model_.stations()[station];
    if (here.kind != Station::Kind::ended) return;
    const int end = here.place.at.index, used = budget_.faults - model_.left(s);
    if (++proof_.ends[{used, end}].states == 1) endings_[{used, end}] = number;
    if (used < machine_.end(end).least_faults) wrong(Finding::Kind::too_easy, end, s, kNone, number);
    if (used == 0 && !model_.asked(s) && machine_.end(end).kind != EndKind::success) wrong(Finding::Kind::regret, end, s, kNone, number);
  }

  // The first of its kind is the one with the shortest story: the search goes level by level.
  void wrong(Finding::Kind kind, int index, const Bits<W>& s, std::uint32_t from, std::uint32_t state) {
    if (!told_.insert({kind, index}).second) return;
    wrong_.push_back({kind, index, budget_.faults - model_.left(s), from, state});
  }

  void note_edge(const Bits<W>& s, const Bits<W>& t, Move move) {
    const std::size_t from = model_.slots().place.get(s.data());
    const auto to = static_cast<std::uint16_t>(model_.slots().place.get(t.data()));
    if (move.what == Move::What::decided && move.index == static_cast<std::uint16_t>(Verdict::act)) acted_[from] = true;
    const Station& here = model_.stations()[from];
    if (here.phase < 0 || from == to) return;
    const auto phase = static_cast<std::size_t>(here.phase);
    taken_.resize(machine_.phases.size());
    if (here.kind == Station::Kind::exit && to == here.next) taken_[phase][0] = true;
    if (to == here.back && !(here.kind == Station::Kind::gates && to == here.refused)) taken_[phase][1] = true;
    if (here.kind == Station::Kind::gates && to == here.refused) taken_[phase][2] = true;
    if (here.kind == Station::Kind::exit && to == here.overrun) taken_[phase][3] = true;
  }

  // What cannot reach an end by itself: everything that the ends cannot be followed back to, but over faults.
  void dead_ends() {
    std::vector<bool> alive(found_.size());
    for (std::uint32_t i = 0; i < found_.size(); ++i) alive[i] = ended(i);
    follow_back(alive, [](std::uint32_t) { return true; });
    for (std::uint32_t i = 0; i < found_.size(); ++i)
      if (!alive[i]) return wrong(Finding::Kind::dead_end, 0, found_[i], kNone, i);
  }

  // Where the site never comes to rest again, an end has to be what it says all along.
  void restless_ends() {
    std::vector<bool> rests(found_.size());
    for (std::uint32_t i = 0; i < found_.size(); ++i) rests[i] = resting_.contains(i);
    follow_back(rests, [&](std::uint32_t i) { return ended(i); });
    for (std::uint32_t i = 0; i < found_.size(); ++i)
      if (ended(i) && !rests[i] && !model_.end_holds(found_[i])) wrong(Finding::Kind::not_true, model_.at(found_[i]).place.at.index, found_[i], kNone, i);
  }

  [[nodiscard]] bool ended(std::uint32_t i) const { return model_.at(found_[i]).kind == Station::Kind::ended; }

  // To those of the states that lead to one that is marked, not by a fault.
  template <typename Among>
  void follow_back(std::vector<bool>& marked, const Among& among) const {
    for (bool more = true; more;) {
      more = false;
      for (std::uint32_t i = found_.size(); i-- > 0;) {
        if (marked[i] || !among(i)) continue;
        for (std::uint32_t e = first_[i]; !marked[i] && e < first_[i + 1]; ++e)
          if ((targets_[e] & kByFault) == 0 && marked[targets_[e]]) marked[i] = more = true;
      }
    }
  }

  void unreached() {
    taken_.resize(machine_.phases.size());
    for (std::size_t i = 0; i < visited_.size(); ++i) {
      const Station& s = model_.stations()[i];
      const bool been = visited_[i] || model_.passed(i);
      if (s.kind != Station::Kind::end && !been) proof_.never_at.push_back(s.place);
      if (s.kind == Station::Kind::step && been && !acted_[i]) proof_.never_done.push_back(s.place);
    }
    for (std::size_t p = 0; p < machine_.phases.size(); ++p) {
      const Phase& phase = machine_.phases[p];
      const auto missing = [&](std::size_t k, const char* name, bool there) {
        if (there && !taken_[p][k]) proof_.never_taken.emplace_back(static_cast<int>(p), name);
      };
      missing(0, "next", true);
      missing(1, "back", !(phase.back == phase.next) && (p != 0 || !phase.steps.empty()));
      missing(2, "refused", p != 0 && !phase.gates.empty());  // what the first phase refuses is not explored
      missing(3, "overrun", !(phase.overrun == phase.back) && phase.until.settled() == Truth::unknown);
    }
  }

  void tell() {
    for (const auto& w : wrong_) {
      Finding finding{w.kind, w.index, w.faults, {}};
      finding.story = story(w.from == kNone ? came_from_[w.state] : w.from, w.state);
      proof_.findings.push_back(std::move(finding));
    }
    for (const auto& [key, state] : endings_) proof_.ends[key].story = story(came_from_[state], state);
  }

  std::vector<StoryLine> story(std::uint32_t from, std::uint32_t to) {
    std::vector<std::uint32_t> path{to};
    for (; from != kNone; from = came_from_[from]) path.push_back(from);
    std::reverse(path.begin(), path.end());
    std::vector<StoryLine> lines;
    for (std::size_t i = 0; i < path.size(); ++i) {
      StoryLine whole = line(i == 0 ? kNone : path[i - 1], path[i]);
      const bool idle = whole.move.what == Move::What::decided && whole.move.index == static_cast<std::uint16_t>(Verdict::pass_over);
      for (; idle && whole.from.step + 1 < whole.to.step; ++whole.from.step) {  // what was passed over in one move
        lines.push_back(whole);
        lines.back().to.step = whole.from.step + 1;
      }
      lines.push_back(std::move(whole));
    }
    return lines;
  }

  StoryLine line(std::uint32_t from, std::uint32_t to) {
    const Bits<W> t = found_[to];
    StoryLine line{{}, model_.at(t).place, model_.at(t).place, {}, model_.world(t)};
    if (from == kNone) return line;
    const Bits<W> s = found_[from];
    line.from = model_.at(s).place;
    const World before = model_.world(s);
    for (std::size_t f = 0; f < before.size(); ++f)
      if (before[f] != line.world[f]) line.changed.push_back(static_cast<int>(f));
    bool seen = false;
    (void)model_.each_move(s, [&](Move move, const Bits<W>& next) {
      if (!seen && next == t) line.move = move;
      seen = seen || next == t;
    });
    if (line.move.what == Move::What::gone) {  // what else differs there makes no difference any more
      const auto& crash = machine_.hosts[line.move.index].crash;
      std::erase_if(line.changed, [&](int f) { return std::none_of(crash.begin(), crash.end(), [f](const Effect& e) { return e.fact == f; }); });
    }
    return line;
  }

  const Machine& machine_;
  const Budget& budget_;
  const Without without_;
  const std::function<bool()>& go_on_;
  Model<W> model_;
  Found<W> found_;
  std::vector<std::uint32_t> came_from_, first_, targets_;
  std::vector<Ahead> ahead_;
  std::vector<bool> visited_, acted_;
  std::unordered_set<std::uint32_t> resting_;  // ended, and the site does nothing any more
  std::vector<std::array<bool, 4>> taken_;  // by phase: next, back, refused, overrun
  std::set<std::pair<Finding::Kind, int>> told_;
  std::vector<Wrong> wrong_;
  std::map<std::pair<int, int>, std::uint32_t> endings_;
  Proof proof_;
};

template <std::size_t W>
Proof search(const Machine& machine, const Budget& budget, Without without, const std::function<bool()>& go_on) {
  return Search<W>(machine, budget, without, go_on).run();
}

}  // namespace

const char* to_string(Fault fault) {
  switch (fault) {
    case Fault::action: return "action";
    case Fault::blind: return "blind";
    case Fault::crash: return "crash";
    case Fault::late: return "late";
    case Fault::lost: return "lost";
    case Fault::died: return "died";
    case Fault::gone: return "gone";
    case Fault::asked: return "asked";
  }
  return "?";
}

const char* to_string(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::safety: return "safety";
    case Finding::Kind::regret: return "regret";
    case Finding::Kind::too_easy: return "too-easy";
    case Finding::Kind::not_true: return "not-true";
    case Finding::Kind::dead_end: return "dead-end";
  }
  return "?";
}

Proof prove(const Machine& given, const Budget& budget, Without without, const std::function<bool()>& go_on) {
  Machine changed;
  if (without.phase >= 0) {
    changed = given;
    changed.phases[static_cast<std::size_t>(without.phase)].gates[static_cast<std::size_t>(without.gate)].mode = GateMode::observe;
  }
  const Machine& machine = without.phase >= 0 ? changed : given;
  const std::size_t words = StateSlots(machine, budget, Stations(machine).size()).words;
  if (words <= 2) return search<2>(machine, budget, without, go_on);
  if (words <= 4) return search<4>(machine, budget, without, go_on);
  if (words <= 8) return search<8>(machine, budget, without, go_on);
  if (words <= 32) return search<32>(machine, budget, without, go_on);
  throw std::invalid_argument("the machine has more facts than the proof can hold: " + std::to_string(machine.facts.size()));
}

}  // namespace interlock::fsm
