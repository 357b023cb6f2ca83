// What can happen next in a state of the proof: our moves, the site's, and faults. The heart of the proof; what is
// decided is decided by decide(). Used by proof.cc only.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <stdexcept>
#include <vector>

#include "fsm/idle_steps.h"
#include "fsm/packing.h"
#include "fsm/predicate_terms.h"
#include "fsm/stations.h"

namespace interlock::fsm {

template <std::size_t W>
using Bits = std::array<std::uint64_t, W>;

template <std::size_t W>
[[nodiscard]] inline std::uint64_t hash_of(const Bits<W>& bits, std::uint64_t seed = 0) {
  std::uint64_t h = seed ^ 0x9E3779B97F4A7C15ULL;
  for (const std::uint64_t word : bits) {
    h = (h ^ word) * 0xBF58476D1CE4E5B9ULL;
    h ^= h >> 31;
  }
  h *= 0x94D049BB133111EBULL;
  return h ^ h >> 29;
}

// What decide() says at a station, in one world.
struct Choice {
  Verdict verdict = Verdict::look, overdue = Verdict::look;  // overdue: when the rules broken have been so for too long
  bool repeatable = false;
  bool repeatable_unseen = false, repeatable_blind = false;  // with the facts of its effect unknown; with all that decide here
};

template <std::size_t W>
class Model {
 public:
  Model(const Machine& machine, const Budget& budget)
      : machine_(machine), stations_(machine), slots_(machine, budget, stations_.size()), memos_(stations_.size()), passed_(stations_.size()) {
    if (!budget.unreduced) idle_ = idle_steps(machine);
    for (std::size_t k = 0; k < kFaultKinds; ++k) allowed_[k] = budget.each[k] > 0;
    asks_ = budget.each[kAsked];
    if (slots_.words > W) throw std::length_error("state");
    for (const auto& rule : machine.rules) rules_.emplace_back(rule.always, slots_.facts);
    for (const auto& end : machine.ends) ends_.emplace_back(end.holds, slots_.facts);
    for (const auto& r : machine.reactions) {
      reactions_.push_back({PackedPredicate(r.when, slots_.facts), PackedEffects(r.then, slots_.facts), r.at_will, {}});
      if (r.may_fail && r.then.size() > 1)
        for (const auto& effect : r.then) reactions_.back().parts.emplace_back(std::vector<Effect>{effect}, slots_.facts);
    }
    for (const auto& c : machine.crashes) crashes_.emplace_back(c.effects, slots_.facts);
    for (const auto& h : machine.hosts) hosts_.push_back({PackedEffects(h.crash, slots_.facts), mask_of(h.facts), mask_of(asked_by_us_alone(machine, h))});
    for (const auto& a : machine.actions) actions_.emplace_back(a.effects, slots_.facts);
    for (const auto& phase : machine.phases)
      for (const auto& step : phase.steps)
        if (const auto effects = may_change(machine, step); !effects.empty()) may_change_.emplace_back(effects, slots_.facts);
    for (std::size_t i = 0; i < stations_.size(); ++i) {
      if (stations_[i].kind == Station::Kind::ended) continue;
      memos_[i].mask = mask_of(facts_for(machine, stations_[i].place));
      slots_.gone.set(memos_[i].mask.data(), slots_.gone.mask());
    }
    for (std::size_t i = 0; i < stations_.size(); ++i) {
      const Place place = stations_[i].place;
      const bool step = stations_[i].kind == Station::Kind::step;
      const Predicate passed = step ? Predicate::any_of({Predicate::negate(machine.phase(place.at.index).steps[static_cast<std::size_t>(place.step)].only_if), already(machine.action(stations_[i].action).effects)}) : Predicate::constant(false);
      passed_over_.emplace_back(passed, slots_.facts);
    }
  }

  [[nodiscard]] const Stations& stations() const { return stations_; }
  [[nodiscard]] const StateSlots& slots() const { return slots_; }
  [[nodiscard]] const Station& at(const Bits<W>& s) const { return stations_[slots_.place.get(s.data())]; }
  [[nodiscard]] int left(const Bits<W>& s) const { return static_cast<int>(slots_.left.get(s.data())); }
  [[nodiscard]] bool asked(const Bits<W>& s) const { return slots_.each[kAsked].get(s.data()) != static_cast<std::uint64_t>(asks_); }

  [[nodiscard]] Bits<W> start(const World& world, const Budget& budget) const {
    Bits<W> s{};
    slots_.left.set(s.data(), static_cast<std::uint64_t>(budget.faults));
    for (std::size_t k = 0; k < kFaultKinds; ++k)
      if (slots_.each[k].bits != 0) slots_.each[k].set(s.data(), static_cast<std::uint64_t>(budget.each[k]));
    for (std::size_t f = 0; f < world.size(); ++f) slots_.facts[f].set(s.data(), world[f]);
    return s;
  }

  [[nodiscard]] World world(const Bits<W>& s) const {
    World w;
    for (const auto& slot : slots_.facts) w.push_back(static_cast<Value>(slot.get(s.data())));
    return w;
  }

  // Those of these rules that do not hold.
  [[nodiscard]] std::uint64_t broken(const Bits<W>& s, std::uint64_t rules) const {
    std::uint64_t mask = 0;
    for (std::uint64_t rest = rules; rest != 0; rest &= rest - 1) {
      const int r = std::countr_zero(rest);
      if (!rules_[static_cast<std::size_t>(r)].eval(s.data())) mask |= 1ULL << r;
    }
    return mask;
  }
  [[nodiscard]] bool end_holds(const Bits<W>& s) const {
    if (gone(s)) return machine_.end(at(s).place.at.index).holds.eval(seen(s)) == Truth::yes;
    return ends_[static_cast<std::size_t>(at(s).place.at.index)].eval(s.data());
  }

  // Calls emit(Move, next state) for every move that is possible. Whether the site is at rest.
  template <typename Emit>
  bool each_move(const Bits<W>& s, Emit&& emit) {
    const Station& here = at(s);
    if (slots_.between.get(s.data()) != 0) {
      between(s, here, emit);
      return false;
    }
    const bool quiet = !site_moves(s, emit);
    switch (here.kind) {
      case Station::Kind::ended: return quiet;
      case Station::Kind::end: at_end(s, here, quiet, emit); break;
      case Station::Kind::gates:
      case Station::Kind::step:
      case Station::Kind::exit: in_phase(s, here, quiet, emit); break;
    }
    for (std::size_t c = 0; c < crashes_.size(); ++c) crash(s, c, emit);
    for (std::size_t h = 0; h < hosts_.size() && slots_.gone.bits != 0 && !gone(s) && may(s, Fault::gone); ++h) {
      Bits<W> t = spend(s, Fault::gone);
      for (std::size_t i = 0; i < W; ++i) t[i] &= ~hosts_[h].unasked[i];
      hosts_[h].crash.apply(s.data(), t.data());
      slots_.gone.set(t.data(), h + 1);
      give(emit, {Move::What::gone, Who::fault, static_cast<std::uint16_t>(h)}, t);
    }
    return quiet;
  }

  // Stations that were passed without a state of their own.
  [[nodiscard]] bool passed(std::size_t station) const { return passed_[station]; }

 private:
  struct Reactive {
    PackedPredicate when;
    PackedEffects then;
    bool at_will = false;
    std::vector<PackedEffects> parts;       // what may come of it when it fails: one of its effects
  };
  struct Gone {
    PackedEffects crash;
    Bits<W> hidden{};                       // what is looked at there
    Bits<W> unasked{};                      // of it, what matters to nobody but us: its values make no difference any more
  };
  struct Memo {
    Bits<W> mask{};                         // the facts that decide at this station
    std::vector<std::uint32_t> table;       // 0: free, else index + 1
    std::vector<std::pair<Bits<W>, std::uint64_t>> keys;
    std::vector<Choice> choices;
  };

  // Nothing of that host can be seen any more.
  [[nodiscard]] const Host* gone(const Bits<W>& s) const {
    const std::uint64_t host = slots_.gone.get(s.data());
    return host == 0 ? nullptr : &machine_.hosts[static_cast<std::size_t>(host - 1)];
  }
  [[nodiscard]] Bits<W> mask_of(const std::vector<int>& facts) const {
    Bits<W> mask{};
    for (const int f : facts) slots_.facts[static_cast<std::size_t>(f)].set(mask.data(), slots_.facts[static_cast<std::size_t>(f)].mask());
    return mask;
  }
  [[nodiscard]] bool asks_the_gone(const Bits<W>& s) const {
    if (gone(s) == nullptr) return false;
    const Bits<W>&hidden = hosts_[static_cast<std::size_t>(slots_.gone.get(s.data()) - 1)].hidden, &asked = memos_[slots_.place.get(s.data())].mask;
    for (std::size_t i = 0; i < W; ++i)
      if ((hidden[i] & asked[i]) != 0) return true;
    return false;
  }
  [[nodiscard]] World seen(const Bits<W>& s) const {
    World w = world(s);
    if (const Host* host = gone(s))
      for (const int f : host->facts) w[static_cast<std::size_t>(f)] = kUnknown;
    return w;
  }

  [[nodiscard]] bool may(const Bits<W>& s, Fault fault) const {
    const auto k = static_cast<std::size_t>(fault);
    if (fault != Fault::asked && slots_.left.get(s.data()) == 0) return false;
    return slots_.each[k].bits == 0 ? allowed_[k] : slots_.each[k].get(s.data()) > 0;
  }
  [[nodiscard]] Bits<W> spend(Bits<W> s, Fault fault) const {
    if (fault != Fault::asked) slots_.left.set(s.data(), slots_.left.get(s.data()) - 1);
    const Slot& each = slots_.each[static_cast<std::size_t>(fault)];
    if (each.bits != 0) each.set(s.data(), each.get(s.data()) - 1);
    return s;
  }
  [[nodiscard]] Bits<W> go(Bits<W> s, std::uint16_t station) const {
    slots_.place.set(s.data(), station);
    slots_.attempt.set(s.data(), 0);
    slots_.pending.set(s.data(), 0);
    slots_.between.set(s.data(), 0);
    return s;
  }

  // A reaction that was lost may come when what brings it about is there anew.
  template <typename Emit>
  void give(Emit& emit, Move move, Bits<W> t) {
    for (std::size_t r = 0; r < reactions_.size(); ++r)
      if (slots_.lost[r].bits != 0 && slots_.lost[r].get(t.data()) != 0 && !reactions_[r].when.eval(t.data())) slots_.lost[r].set(t.data(), 0);
    emit(move, t);
  }

  // Whether one is possible for which a wait waits.
  template <typename Emit>
  bool site_moves(const Bits<W>& s, Emit& emit) {
    bool any = false;
    for (std::size_t r = 0; r < reactions_.size(); ++r) any = (react(s, r, emit) && !reactions_[r].at_will) || any;
    return any;
  }

  // Whether it comes.
  template <typename Emit>
  bool react(const Bits<W>& s, std::size_t r, Emit& emit) {
    if (slots_.lost[r].get(s.data()) != 0 || !reactions_[r].when.eval(s.data())) return false;
    Bits<W> t = s;
    reactions_[r].then.apply(s.data(), t.data());
    if (t == s) return false;
    slots_.between.set(t.data(), 0);
    give(emit, {Move::What::reaction, Who::site, static_cast<std::uint16_t>(r)}, t);
    if (slots_.lost[r].bits == 0 || at(s).kind == Station::Kind::ended || !may(s, Fault::lost)) return true;
    Bits<W> without = spend(s, Fault::lost);
    slots_.between.set(without.data(), 0);
    slots_.lost[r].set(without.data(), 1);
    give(emit, {Move::What::lost, Who::fault, static_cast<std::uint16_t>(r)}, without);
    for (const auto& part : reactions_[r].parts) {
      Bits<W> partly = without;
      part.apply(s.data(), partly.data());
      if (partly != without) give(emit, {Move::What::partly, Who::fault, static_cast<std::uint16_t>(r)}, partly);
    }
    return true;
  }

  // Whether it changes anything.
  template <typename Emit>
  bool crash(const Bits<W>& s, std::size_t c, Emit& emit) {
    if (!may(s, Fault::crash)) return false;
    const Bits<W> before = spend(s, Fault::crash);
    Bits<W> t = before;
    crashes_[c].apply(s.data(), t.data());
    if (t == before) return false;
    slots_.between.set(t.data(), 0);
    give(emit, {Move::What::crash, Who::fault, static_cast<std::uint16_t>(c)}, t);
    return true;
  }

  // Among steps that are passed over. Whatever else can happen here happens before the first of them or after the last,
  // and leads to the same.
  template <typename Emit>
  void between(const Bits<W>& s, const Station& here, Emit& emit) {
    give(emit, {Move::What::decided, Who::ours, static_cast<std::uint16_t>(Verdict::pass_over)}, pass_over(s, here));
    (void)held_up(s, here, emit);
  }
  template <typename Emit>
  bool held_up(const Bits<W>& s, const Station& here, Emit& emit) {
    const IdleStep& idle = idle_[static_cast<std::size_t>(here.phase)][static_cast<std::size_t>(here.place.step)];
    bool any = false;
    for (const auto r : idle.reactions) any = react(s, r, emit) || any;
    for (const auto c : idle.crashes) any = crash(s, c, emit) || any;
    return any;
  }

  // To the next step at which there is something to do, or where something may happen that makes a difference.
  Bits<W> pass_over(const Bits<W>& s, const Station& here) {
    Bits<W> t = go(s, here.next);
    if (idle_.empty() || slots_.pending.get(s.data()) != 0) return t;
    const auto nothing = [](Move, const Bits<W>&) {};
    for (;;) {
      if (asks_the_gone(t)) return t;
      const Station& next = at(t);
      if (!passed_over_[slots_.place.get(t.data())].eval(t.data())) return t;
      if (held_up(t, next, nothing)) {
        if (!idle_[static_cast<std::size_t>(next.phase)][static_cast<std::size_t>(next.place.step)].everything) slots_.between.set(t.data(), 1);
        return t;
      }
      passed_[slots_.place.get(t.data())] = true;
      t = go(t, next.next);
    }
  }

  template <typename Emit>
  void at_end(const Bits<W>& s, const Station& here, bool quiet, Emit& emit) {
    const auto end = static_cast<std::uint16_t>(here.place.at.index);
    const std::uint16_t self = static_cast<std::uint16_t>(slots_.place.get(s.data()));
    if (end_holds(s)) {
      give(emit, {Move::What::ended, Who::ours, end}, go(s, Stations::ended(self)));
      if (here.observes && may(s, Fault::blind)) give(emit, {Move::What::unseen, Who::fault, 0}, go(spend(s, Fault::blind), here.next));
      return;
    }
    if (quiet) give(emit, {Move::What::not_so, Who::ours, end}, go(s, here.next));
    else if (may(s, Fault::late)) give(emit, {Move::What::late, Who::fault, 0}, go(spend(s, Fault::late), here.next));
  }

  template <typename Emit>
  void in_phase(const Bits<W>& s, const Station& here, bool quiet, Emit& emit) {
    const std::uint64_t now = broken(s, here.in_force);
    const Choice& choice = chosen(s, here, now);
    const auto ours = [&](Verdict v) { return Move{Move::What::decided, Who::ours, static_cast<std::uint16_t>(v)}; };
    if (now != 0 && choice.overdue == Verdict::turn_back) give(emit, ours(Verdict::turn_back), go(s, here.back));
    switch (choice.verdict) {
      case Verdict::pass_over: give(emit, ours(choice.verdict), pass_over(s, here)); break;
      case Verdict::enter:
      case Verdict::leave: give(emit, ours(choice.verdict), go(s, here.next)); break;
      case Verdict::refuse: give(emit, ours(choice.verdict), go(s, here.refused)); break;
      case Verdict::interlocked:
      case Verdict::not_ready: give(emit, ours(choice.verdict), go(s, here.back)); break;
      case Verdict::act:
        if (const Host* host = gone(s); host != nullptr && host->name == machine_.action(here.action).host) give(emit, {Move::What::failed, Who::ours, 0}, go(s, here.back));
        else act(s, here, choice, emit);
        break;
      case Verdict::wait: wait(s, here, quiet, emit); break;
      case Verdict::hold:
      case Verdict::turn_back: break;  // above
      case Verdict::look:
      case Verdict::ended:
        if (gone(s) == nullptr) throw std::invalid_argument("at " + to_string(machine_, here.place) + " something stays unknown although every fact is known");
        look_in_vain(s, here, choice, quiet, emit);
    }
    if (here.observes && may(s, Fault::blind)) {
      const auto unseen = [&](std::uint16_t to) { give(emit, {Move::What::unseen, Who::fault, 0}, go(spend(s, Fault::blind), to)); };
      const bool pending = slots_.pending.get(s.data()) != 0;
      if (pending && !choice.repeatable_blind) unseen(stations_.attention());
      if (!pending || choice.repeatable) unseen(here.kind == Station::Kind::gates ? here.refused : here.kind == Station::Kind::exit ? here.overrun : here.back);
    }
    if (!here.retreat && here.has_back && may(s, Fault::asked)) give(emit, {Move::What::asked, Who::fault, 0}, go(spend(s, Fault::asked), here.back));
  }

  // What decides is on a host that is gone.
  template <typename Emit>
  void look_in_vain(const Bits<W>& s, const Station& here, const Choice& choice, bool quiet, Emit& emit) {
    if (here.kind == Station::Kind::exit) return wait(s, here, quiet, emit);
    const bool may_have_been_done = slots_.pending.get(s.data()) != 0 && !choice.repeatable;
    const std::uint16_t to = here.kind == Station::Kind::gates ? here.refused : may_have_been_done ? stations_.attention() : here.back;
    give(emit, {Move::What::out_of_sight, Who::ours, 0}, go(s, to));
  }

  template <typename Emit>
  void wait(const Bits<W>& s, const Station& here, bool quiet, Emit& emit) {
    if (!quiet && !may(s, Fault::late)) return;
    const Bits<W> from = quiet ? s : spend(s, Fault::late);
    const Move move = quiet ? Move{Move::What::overrun, Who::ours, 0} : Move{Move::What::late, Who::fault, 0};
    give(emit, move, go(from, here.overrun));
    if (here.back != here.overrun && !here.retreat) give(emit, move, go(from, here.back));  // a suspended rule's time is over first
  }

  template <typename Emit>
  void act(const Bits<W>& s, const Station& here, const Choice& choice, Emit& emit) {
    const bool pending = slots_.pending.get(s.data()) != 0;
    const auto attempt = slots_.attempt.get(s.data());
    const bool last = attempt + 1 >= static_cast<std::uint64_t>(here.attempts);
    if (!choice.repeatable && (pending || attempt > 0)) return give(emit, {Move::What::again, Who::ours, 0}, go(s, here.back));
    const auto once_more = [&](Bits<W> t) {
      slots_.attempt.set(t.data(), attempt + 1);
      slots_.pending.set(t.data(), 0);
      return t;
    };
    Bits<W> after = s;
    actions_[static_cast<std::size_t>(here.action)].apply(s.data(), after.data());
    const Move done{Move::What::decided, Who::ours, static_cast<std::uint16_t>(Verdict::act)};
    give(emit, done, go(after, here.next));
    Bits<W> besides = s, changed = after;  // where it fails, `besides` is all that it may have done
    if (here.may_change >= 0) {
      may_change_[static_cast<std::size_t>(here.may_change)].apply(s.data(), besides.data());
      changed = besides;
      actions_[static_cast<std::size_t>(here.action)].apply(s.data(), changed.data());
      if (changed != after) give(emit, done, go(changed, here.next));
    }
    if (may(s, Fault::action)) {
      const Bits<W> t = spend(s, Fault::action);
      const auto fails = [&](Bits<W> f, std::uint16_t half) { give(emit, {Move::What::failed, Who::fault, half}, choice.repeatable && !last ? once_more(f) : go(f, here.back)); };
      fails(t, 0);
      if (besides != s) fails(spend(besides, Fault::action), 1);
    }
    if (may(s, Fault::blind)) {
      const std::uint16_t to = choice.repeatable_unseen ? here.back : stations_.attention();
      const auto unseen = [&](const Bits<W>& done_so) {
        const Bits<W> t = spend(done_so, Fault::blind);
        give(emit, {Move::What::unseen, Who::fault, 1}, choice.repeatable_unseen && !last ? once_more(t) : go(t, to));
      };
      unseen(after);
      if (changed != after) unseen(changed);
    }
    if (may(s, Fault::died) && !pending) {
      const auto dies = [&](const Bits<W>& done_so, std::uint16_t half) {
        Bits<W> t = spend(done_so, Fault::died);
        slots_.pending.set(t.data(), 1);
        slots_.attempt.set(t.data(), 0);
        give(emit, {Move::What::died, Who::fault, half}, t);
      };
      dies(s, 0);
      if (besides != s) dies(besides, 1);
    }
  }

  // decide() is asked once for every combination of the facts that decide at a station.
  const Choice& chosen(const Bits<W>& s, const Station& here, std::uint64_t now) {
    Memo& memo = memos_[slots_.place.get(s.data())];
    Bits<W> key;
    for (std::size_t i = 0; i < W; ++i) key[i] = s[i] & memo.mask[i];
    if (memo.choices.size() * 2 >= memo.table.size()) grow(memo);
    std::size_t at = hash_of(key, now) & (memo.table.size() - 1);
    for (; memo.table[at] != 0; at = (at + 1) & (memo.table.size() - 1)) {
      const auto& known = memo.keys[memo.table[at] - 1];
      if (known.second == now && known.first == key) return memo.choices[memo.table[at] - 1];
    }
    memo.keys.emplace_back(key, now);
    memo.choices.push_back(decided(s, here, now));
    memo.table[at] = static_cast<std::uint32_t>(memo.choices.size());
    return memo.choices.back();
  }

  static void grow(Memo& memo) {
    memo.table.assign(std::max<std::size_t>(16, memo.table.size() * 2), 0);
    for (std::size_t i = 0; i < memo.keys.size(); ++i) {
      std::size_t at = hash_of(memo.keys[i].first, memo.keys[i].second) & (memo.table.size() - 1);
      while (memo.table[at] != 0) at = (at + 1) & (memo.table.size() - 1);
      memo.table[at] = static_cast<std::uint32_t>(i + 1);
    }
  }

  Choice decided(const Bits<W>& s, const Station& here, std::uint64_t now) const {
    const World w = seen(s);
    Choice choice;
    choice.verdict = decide(machine_, here.place, w, {now, 0}).verdict;
    if (here.kind == Station::Kind::step && !gone(s) && (choice.verdict == Verdict::pass_over) != passed_over_[slots_.place.get(s.data())].eval(s.data()))
      throw std::logic_error("decide() and the proof do not agree whether " + to_string(machine_, here.place) + " is passed over");
    choice.overdue = now == 0 ? choice.verdict : decide(machine_, here.place, w, {now, now}).verdict;
    if (here.action < 0) return choice;
    const Action& action = machine_.action(here.action);
    choice.repeatable = action.repeatable.eval(w) == Truth::yes;
    World blind = w;
    for (const int f : facts_for(machine_, here.place)) blind[static_cast<std::size_t>(f)] = kUnknown;
    choice.repeatable_blind = action.repeatable.eval(blind) == Truth::yes;
    if (choice.verdict != Verdict::act) return choice;
    World after = apply(action.effects, w);
    if (effect_holds(action.effects, after) != Truth::yes)
      throw std::invalid_argument("the effect of " + action.name + " does not hold after itself, at " + to_string(machine_, here.place) + ": its conditions change with it");
    for (const int f : facts_of_effect(action)) after[static_cast<std::size_t>(f)] = kUnknown;
    choice.repeatable_unseen = action.repeatable.eval(after) == Truth::yes;
    return choice;
  }

  const Machine& machine_;
  Stations stations_;
  StateSlots slots_;
  std::vector<PackedPredicate> rules_, ends_;
  std::vector<Reactive> reactions_;
  std::vector<PackedEffects> crashes_, actions_, may_change_;
  std::vector<Gone> hosts_;
  std::vector<Memo> memos_;
  std::vector<PackedPredicate> passed_over_;  // by station: whether decide() passes this step over
  std::vector<std::vector<IdleStep>> idle_;   // none: every step is explored for itself
  std::vector<bool> passed_;
  std::array<bool, kFaultKinds> allowed_{};
  int asks_ = 0;
};

}  // namespace interlock::fsm
