#include "fsm/conformance.h"

#include <algorithm>
#include <map>
#include <optional>

#include "fsm/start_worlds.h"

namespace interlock::fsm {
namespace {

constexpr std::size_t kMostWorlds = 200'000;

constexpr const char* kTooMany = "not known: more worlds are possible here than can be followed";

struct Disagreement {
  std::string why;
  bool known = true;
};

class Replay {
 public:
  Replay(const Machine& machine, int most_crashes) : machine_(machine), most_crashes_(most_crashes), place_(start_of(machine)) {
    for (std::size_t f = 0; f < machine.facts.size(); ++f) facts_[machine.facts[f].name] = static_cast<int>(f);
    for (std::size_t r = 0; r < machine.rules.size(); ++r) rules_[machine.rules[r].name] = static_cast<int>(r);
    for (std::size_t a = 0; a < machine.actions.size(); ++a) actions_[machine.actions[a].name] = static_cast<int>(a);
    for (int p = 0; p < static_cast<int>(machine.phases.size()); ++p)
      for (int s = Place::kGates; s <= static_cast<int>(machine.phase(p).steps.size()); ++s) places_[to_string(machine, Place{{false, p}, s})] = Place{{false, p}, s};
    for (int e = 0; e < static_cast<int>(machine.ends.size()); ++e) places_[machine.end(e).name] = entry_of({true, e});
  }

  void record(const JournalRecord& r) {
    if (r.kind == "rule-broken" || r.kind == "rule-holds") return rule(r);
    if (r.kind == "resumed") broken_ = 0;  // the process that goes on has seen nothing yet
    const std::vector<Verdict> told = verdicts_told(r);
    const Json facts = r.body.value("facts", Json::object());
    // The site may have moved during the look: what was not written down may be as before it, or as after it.
    const bool before = told.empty() || decides(facts, told);
    if (r.body.contains("facts")) see(r);
    if (!before) demand(facts, told);
    if (r.kind == "gate") agree(gate(r));
    if (r.kind == "intent") begun(r);
    if (r.kind == "passed" || r.kind == "interlocked" || r.kind == "not-ready") (void)of_this_step(r);
    if (r.kind == "confirmed") confirmed(r);
    if (r.kind == "reached") reached_ = true;
    if (r.kind == "not-so") agree(end().holds.eval(seen(r)) != Truth::yes, "the end is true");
    if (r.kind == "ended") ended(r);
    if (r.kind == "moved") moved(r);
  }
  [[nodiscard]] int crashes() const {
    int least = most_crashes_;
    for (const auto& [world, n] : worlds_) least = std::min(least, n);
    return worlds_.empty() ? 0 : least;
  }

 private:
  static void agree(bool so, const std::string& why = "the machine decides otherwise on what was seen") {
    if (!so) throw Disagreement{why};
  }
  template <typename Map>
  static auto named(const Map& map, const Json& body, const char* key) {
    const std::string name = body.value(key, "");
    const auto it = map.find(name);
    if (it == map.end()) throw Disagreement{std::string("the machine has no ") + key + " '" + name + "'"};
    return it->second;
  }
  [[nodiscard]] int action_of(const JournalRecord& r) const { return named(actions_, r.body, "action"); }

  // The facts of the record; all others unknown.
  [[nodiscard]] World seen(const JournalRecord& r) const {
    World w(machine_.facts.size(), kUnknown);
    for (const auto& [fact, value] : values(r)) w[static_cast<std::size_t>(fact)] = value;
    return w;
  }
  [[nodiscard]] std::vector<std::pair<int, Value>> values(const JournalRecord& r) const { return values_of(r.body.at("facts"), std::nullopt); }
  // `unknown`: for what could not be observed; nothing: it is left out.
  [[nodiscard]] std::vector<std::pair<int, Value>> values_of(const Json& facts, std::optional<Value> unknown) const {
    std::vector<std::pair<int, Value>> list;
    for (const auto& [name, text] : facts.items()) {
      const auto fact = facts_.find(name);
      if (fact == facts_.end()) throw Disagreement{"the machine has no fact '" + name + "'"};
      if (text == "unknown") {
        if (unknown) list.emplace_back(fact->second, *unknown);
        continue;
      }
      const auto& all = machine_.fact(fact->second).values;
      const auto value = std::find(all.begin(), all.end(), text.get<std::string>());
      if (value == all.end()) throw Disagreement{"'" + name + "' has no value " + text.dump()};
      list.emplace_back(fact->second, static_cast<Value>(value - all.begin()));
    }
    return list;
  }

  // --- the worlds that are possible after what was seen -------------------------------------------------------------

  // One fact after the other, in the order in which they were seen: the site may change in between.
  void see(const JournalRecord& r) {
    std::map<std::string, std::int64_t> at;
    if (r.evidence.is_array())
      for (const auto& e : r.evidence) at[e.value("fact", "")] = e.value("at_ms", std::int64_t{0});
    auto list = values(r);
    std::stable_sort(list.begin(), list.end(), [&](const auto& a, const auto& b) { return at[machine_.fact(a.first).name] < at[machine_.fact(b.first).name]; });
    if (mended_) return;
    if (worlds_.empty()) return first_.push_back(std::move(list));  // until the first gates are passed: in which world it began
    for (const auto& [fact, value] : list) {
      grow();
      const auto f = static_cast<std::size_t>(fact);
      std::erase_if(worlds_, [&, value = value](const auto& w) { return w.first[f] != value; });
      if (worlds_.empty()) throw Disagreement{machine_.fact(fact).name + " is " + machine_.value_name(fact, value) + ", which neither our actions nor the declared reactions lead to"};
    }
  }

  void start() {
    const bool known = each_start(machine_, {}, [&](const World& w) {
      const bool fits = std::all_of(first_.begin(), first_.end(), [&](const auto& list) {
        return std::all_of(list.begin(), list.end(), [&](const auto& v) { return w[static_cast<std::size_t>(v.first)] == v.second; });
      });
      if (fits) worlds_[w] = 0;
      if (worlds_.size() >= kMostWorlds) throw Disagreement{kTooMany, false};
      return true;
    });
    if (!known) throw Disagreement{kTooMany, false};
    if (worlds_.empty()) throw Disagreement{"it began in a world that the model takes for impossible ('assume')"};
  }

  void grow() {
    std::vector<World> open;
    for (const auto& [w, n] : worlds_) open.push_back(w);
    const auto reach = [&](const World& w, int crashes) {
      if (crashes > most_crashes_) return;
      if (worlds_.size() >= kMostWorlds) throw Disagreement{kTooMany, false};
      const auto [it, fresh] = worlds_.try_emplace(w, crashes);
      if (!fresh && it->second <= crashes) return;
      it->second = crashes;
      open.push_back(w);
    };
    while (!open.empty()) {
      const World w = open.back();
      open.pop_back();
      const int crashes = worlds_.at(w);
      for (const auto& r : machine_.reactions)
        if (r.when.eval(w) == Truth::yes) {
          reach(apply(r.then, w), crashes);
          if (r.may_fail)
            for (const auto& effect : r.then) reach(apply({effect}, w), crashes + 1);
        }
      if (under_way_)  // its facts come about one by one
        for (const auto& effect : comes_about_) reach(apply({effect}, w), crashes);
      for (const auto& c : machine_.crashes) reach(apply(c.effects, w), crashes + 1);
    }
  }

  // --- decisions made again -----------------------------------------------------------------------------------------

  // Which rules are broken is as the engine said last. It puts together what was seen at different times, so that the
  // facts of these records are not compared.
  void rule(const JournalRecord& r) {
    const std::uint64_t bit = 1ULL << named(rules_, r.body, "rule");
    broken_ = r.kind == "rule-broken" ? broken_ | bit : broken_ & ~bit;
  }

  // What decide() must have said for this record to be written here; empty: it was not asked.
  [[nodiscard]] std::vector<Verdict> verdicts_told(const JournalRecord& r) const {
    if (r.kind == "intent") return {Verdict::act};
    if (r.kind == "passed") return {Verdict::pass_over};
    if (r.kind == "interlocked") return {Verdict::interlocked};
    if (r.kind == "not-ready") return {Verdict::not_ready};
    if (r.kind == "reached") return {Verdict::leave};
    if (r.kind == "overrun") return {Verdict::wait};
    if (r.kind == "waiting") return {Verdict::wait, Verdict::hold};
    if (r.kind == "unknown" && !under_way_) return {Verdict::look};
    return {};
  }

  // Whether decide() says one of these in a world that is possible, with the facts as they were written down. That a rule
  // is overdue, of which no record says since when, would be told as such.
  [[nodiscard]] bool decides(const Json& facts, const std::vector<Verdict>& told) {
    const auto seen = values_of(facts, kUnknown);
    const auto agrees = [&](World w) {
      for (const auto& [fact, value] : seen) w[static_cast<std::size_t>(fact)] = value;
      instead_ = decide(machine_, place_, w, {broken_, 0}).verdict;
      return std::find(told.begin(), told.end(), instead_) != told.end();
    };
    if (!worlds_.empty() && !mended_) return std::any_of(worlds_.begin(), worlds_.end(), [&](const auto& w) { return agrees(w.first); });
    // Nothing is known but what was written down; more than that may have decided.
    return agrees(World(machine_.facts.size(), kUnknown)) || instead_ == Verdict::look;
  }
  void demand(const Json& facts, const std::vector<Verdict>& told) {
    if (decides(facts, told)) return;
    if (!worlds_.empty() && !mended_) grow();
    if (!decides(facts, told)) throw Disagreement{std::string("on what was seen the machine decides otherwise: '") + to_string(instead_) + "', not '" + to_string(told.front()) + "'"};
  }

  bool gate(const JournalRecord& r) {
    gates_.update(r.body.at("facts"));
    const auto& gates = phase().gates;
    const auto it = std::find_if(gates.begin(), gates.end(), [&](const Gate& g) { return g.id == r.body.value("gate", ""); });
    return it != gates.end() && r.body.value("verdict", "") == to_string(it->holds.eval(seen(r)));
  }

  [[nodiscard]] const Phase& phase() const {
    if (place_.at.end) throw Disagreement{"it stood at the end " + machine_.end(place_.at.index).name};
    return machine_.phase(place_.at.index);
  }
  [[nodiscard]] const End& end() const {
    if (!place_.at.end) throw Disagreement{"it stood at " + to_string(machine_, place_)};
    return machine_.end(place_.at.index);
  }
  [[nodiscard]] const Step& step() const {
    const auto& steps = phase().steps;
    if (place_.step < 0 || static_cast<std::size_t>(place_.step) >= steps.size()) throw Disagreement{"there is no step at " + to_string(machine_, place_)};
    return steps[static_cast<std::size_t>(place_.step)];
  }

  [[nodiscard]] int of_this_step(const JournalRecord& r) const {
    const int action = action_of(r);
    agree(action == step().action, "it stood at " + to_string(machine_, place_));
    return action;
  }

  void begun(const JournalRecord& r) {
    under_way_ = of_this_step(r);
    unsettled_ = false;
    comes_about_ = machine_.action(*under_way_).effects;
    for (auto& effect : may_change(machine_, step())) comes_about_.push_back(std::move(effect));
  }

  void confirmed(const JournalRecord& r) {
    const Action& action = machine_.action(of_this_step(r));
    agree(effect_holds(action.effects, seen(r)) == Truth::yes, "its effect is not there");
    // What was not looked at is as the effect says, too.
    std::map<World, int> done;
    for (const auto& [w, n] : worlds_) {
      const auto [it, fresh] = done.try_emplace(apply(action.effects, w), n);
      if (!fresh) it->second = std::min(it->second, n);
    }
    worlds_ = std::move(done);
    under_way_.reset();
  }

  // A run that a person has to decide about goes on where it gave up.
  void ended(const JournalRecord& r) {
    agree(end().holds.eval(seen(r)) == Truth::yes, "the end is not true");
    if (end().kind != EndKind::attention) return;
    place_ = before_end_;
    mended_ = true;
  }

  void moved(const JournalRecord& r) {
    const Place from = named(places_, r.body, "from"), to = named(places_, r.body, "to");
    agree(from == place_, "it stood at " + to_string(machine_, place_));
    const std::string reason = r.body.value("reason", "");
    agree(leads(reason, from, to), "the machine has no such way");
    if (reason == "gates-open") demand(gates_, {Verdict::enter});
    if (reason == "refused") demand(gates_, {Verdict::refuse, Verdict::look});
    if (reason == "done" && !reached_) demand(Json::object(), {Verdict::leave});
    if (reason == "rule-broken") agree(broken_ != 0, "no rule was seen broken");
    gates_ = Json::object();
    reached_ = false;
    if (from == start_of(machine_) && !to.at.end) start();
    if (!from.at.end) before_end_ = gave_up_at(machine_, before_end_, from);
    if (reason == "unknown" || reason == "rule-broken" || reason == "rollback") unsettled_ = under_way_.has_value();  // what was begun here may come about although the run has turned away
    if (!unsettled_ && (from.at.end || to.at != from.at || to.step != from.step)) {
      if (under_way_) grow();  // it may have come about unseen
      under_way_.reset();
    }
    place_ = to;
  }

  [[nodiscard]] bool leads(const std::string& reason, Place from, Place to) const {
    if (from.at.end) return reason == "not-so" && to == entry_of(attention_after(machine_, from.at.index));
    const Phase& phase = machine_.phase(from.at.index);
    if (reason == "gates-open") return from.step == Place::kGates && to == Place{from.at, 0};
    if (reason == "passed" || reason == "confirmed") return to == Place{from.at, from.step + 1};
    if (reason == "done") return to == entry_of(phase.next);
    if (reason == "refused") return to == entry_of(phase.refused);
    if (reason == "overrun") return to == entry_of(phase.overrun);
    if (reason == "unknown") return to == entry_of(phase.back) || to == entry_of(phase.overrun) || to == entry_of(attention_end(machine_));
    return to == entry_of(phase.back);
  }

  const Machine& machine_;
  const int most_crashes_;
  std::map<std::string, int> facts_, actions_, rules_;
  std::map<std::string, Place> places_;
  Place place_, before_end_ = start_of(machine_);
  std::optional<int> under_way_;
  bool mended_ = false;                                           // by a person, in what way nobody knows: only decisions are compared
  bool reached_ = false;                                          // the phase may be left, as its own record says
  bool unsettled_ = false;                                        // and may come about later than the run stood there
  std::vector<Effect> comes_about_;                               // by what is under way
  std::map<World, int> worlds_;                                   // and the crashes it takes
  std::vector<std::vector<std::pair<int, Value>>> first_;
  std::uint64_t broken_ = 0;                                      // rules, as the engine saw them last
  Json gates_ = Json::object();                                   // the facts of all gates that were judged here
  Verdict instead_ = Verdict::look;                               // what decide() said last
};

}  // namespace

Conformance conformance(const Machine& machine, const std::vector<JournalRecord>& records, int most_crashes) {
  Conformance result;
  Replay replay(machine, most_crashes);
  for (const auto& r : records) {
    try {
      replay.record(r);
    } catch (const Disagreement& d) {
      result.conforms = false;
      result.known = d.known;
      result.seq = r.seq;
      result.kind = r.kind;
      result.why = d.why;
      break;
    } catch (const Json::exception& e) {
      result.conforms = false;
      result.seq = r.seq;
      result.kind = r.kind;
      result.why = std::string("the record is not as a run writes it: ") + e.what();
      break;
    }
    ++result.records;
  }
  result.crashes = replay.crashes();
  return result;
}

}  // namespace interlock::fsm
