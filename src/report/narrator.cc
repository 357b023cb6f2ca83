#include "src/report/narrator.h"

#include <algorithm>

#include "src/report/cause.h"
#include "src/report/check_formats.h"
#include "src/report/gloss.h"
#include "src/report/journal_fields.h"
#include "src/report/story.h"

namespace interlock::report {
namespace {

constexpr Millis kWorthTelling{1000};  // a wait that took less needs no line of its own

Line event(const char* sign, Colour colour, const std::string& text, Millis took = Millis(0)) {
  return {Line::Kind::event, sign, colour, printable(text), took.count() > 0 ? duration(took) : ""};
}

Line detail(const std::string& text) { return {Line::Kind::detail, "", Colour::dim, printable(text), ""}; }

}  // namespace

Narrator::Narrator(const fsm::Machine& machine, Language language, std::vector<fsm::JournalRecord> history, Typing typing)
    : machine_(machine), language_(language), typing_(std::move(typing)), records_(std::move(history)) {
  for (const auto& r : records_)
    if (r.kind == "moved")
      if (const std::string to = text_field(r.body, "phase"); !to.empty()) phase_ = to;
}

const fsm::Phase* Narrator::phase_named(const std::string& name) const {
  const auto it = std::find_if(machine_.phases.begin(), machine_.phases.end(), [&](const fsm::Phase& p) { return p.name == name; });
  return it == machine_.phases.end() ? nullptr : &*it;
}

std::string Narrator::action_text(const std::string& name) const {
  const auto it = std::find_if(machine_.actions.begin(), machine_.actions.end(), [&](const fsm::Action& a) { return a.name == name; });
  if (it == machine_.actions.end()) return name;
  return action_words(it->title, it->name, it->host, language_);
}

std::string Narrator::action_title(const std::string& name) const {
  const auto it = std::find_if(machine_.actions.begin(), machine_.actions.end(), [&](const fsm::Action& a) { return a.name == name; });
  return it == machine_.actions.end() ? name : in(it->title, language_);
}

std::string Narrator::rule_title(const std::string& name) const {
  for (const auto& r : machine_.rules)
    if (r.name == name && !r.title.empty()) return in(r.title, language_);
  return name;
}

void Narrator::enter(const std::string& name, std::vector<Line>& lines) {
  phase_ = name;
  gates_ = open_ = 0;
  waiting_since_ = 0;
  const fsm::Phase* p = phase_named(name);
  const bool back = p != nullptr && is_way_back(machine_, static_cast<int>(p - machine_.phases.data()));
  const std::string title = p == nullptr ? name : titled(p->title, name, language_);
  lines.push_back({Line::Kind::heading, back ? "←" : "▸", back ? Colour::yellow : Colour::bold, printable(title), ""});
}

void Narrator::gate(const Json& body, const Json& evidence, std::vector<Line>& lines) {
  ++gates_;
  const std::string verdict = text_field(body, "verdict"), id = text_field(body, "gate");
  if (verdict == "yes") {
    ++open_;
    return;
  }
  const bool counts = text_field(body, "mode") == "enforce";
  std::string title = id, remedy;
  if (const fsm::Phase* p = phase_named(phase_))
    for (const auto& g : p->gates)
      if (g.id == id) {
        title = with_title(id, g.title, language_);
        remedy = typed(in(g.remedy, language_), typing_);
      }
  const bool closed = verdict == "no";
  lines.push_back(event(closed ? (counts ? "✗" : "!") : "?", closed && counts ? Colour::red : Colour::yellow,
                        say(language_, closed ? Word::gate_closed_line : Word::gate_unknown_line, title, facts_text(fact_values(body), language_))));
  if (closed && !remedy.empty()) lines.push_back(detail(say(language_, Word::labelled, say(language_, Word::remedy), remedy)));
  if (closed) return;
  for (const auto& why : unknown_lines(evidence)) lines.push_back(detail(say(language_, Word::labelled, say(language_, Word::because), why)));
}

void Narrator::moved(const Json& body, std::vector<Line>& lines) {
  const std::string reason = text_field(body, "reason"), to = text_field(body, "phase"), end = text_field(body, "end");
  if (gates_ > 0 && (reason == "gates-open" || reason == "refused"))
    lines.push_back(event(reason == "refused" ? "✗" : "✓", reason == "refused" ? Colour::red : Colour::green, say(language_, Word::gates_open_n, open_, gates_)));
  if (reason == "gates-open") gates_ = 0;
  if (end.empty() && to == phase_) return;
  if (reason != "done") {
    const Story story = tell(machine_, records_);
    if (!story.turns.empty() && story.turns.back().reason != Turn::Reason::done) lines.push_back(event("↩", Colour::yellow, cause_and_consequence(story.turns.back(), language_)));
  }
  if (end.empty()) enter(to, lines);
}

void Narrator::ended(std::vector<Line>& lines) const {
  const Story story = tell(machine_, records_);
  const Mood mood = mood_of(story);
  lines.push_back({Line::Kind::ending, mood == Mood::good ? "✓" : mood == Mood::bad ? "✗" : "■", mood == Mood::good ? Colour::green : mood == Mood::bad ? Colour::red : Colour::yellow,
                   printable(ending_text(story, machine_, language_)), duration(story.took())});
  if (story.end < 0) return;
  const fsm::End& e = machine_.end(story.end);
  if (!e.look.empty()) lines.push_back(detail(labelled(Word::look_at, typed(in(e.look, language_), typing_), language_)));
  if (!e.type.empty()) lines.push_back(detail(labelled(Word::to_type, typed(in(e.type, language_), typing_), language_)));
}

std::vector<Line> Narrator::hear(std::int64_t at_ms, const std::string& kind, const Json& body, const Json& evidence) {
  records_.push_back({static_cast<std::int64_t>(records_.size()) + 1, at_ms, kind, body, evidence});
  std::vector<Line> lines;
  const std::string action = text_field(body, "action");
  const auto since = [&](const std::string& name) {
    const auto it = begun_.find(name);
    return Millis(it == begun_.end() ? 0 : at_ms - it->second);
  };
  if (kind == "started") {
    lines.push_back({Line::Kind::heading, "", Colour::bold, printable(in(machine_.title, language_)), ""});
    lines.push_back(detail(say(language_, Word::began_line, machine_.procedure, machine_.site)));
    if (!machine_.phases.empty()) enter(machine_.phases.front().name, lines);
  } else if (kind == "resumed") {
    const std::string pending = text_field(body, "pending");
    lines.push_back(event("*", Colour::cyan, pending.empty() ? say(language_, Word::resumed) : say(language_, Word::resumed_pending, pending)));
    const Story story = tell(machine_, records_);  // which knows where a run that had ended in attention goes on
    if (!phase_.empty()) enter(story.visits.empty() ? phase_ : story.visits.back().name, lines);
  } else if (kind == "gate") {
    gate(body, evidence, lines);
  } else if (kind == "intent") {
    begun_[action] = at_ms;
    lines.push_back(event("…", Colour::dim, say(language_, Word::doing_line, action_text(action)) + (number_field(body, "attempt") > 1 ? say(language_, Word::attempt_n, number_field(body, "attempt")) : "")));
  } else if (kind == "awaited") {
    lines.push_back(event("*", Colour::cyan, say(language_, Word::awaited, action_text(action), duration(Millis(number_field(body, "within_ms"))))));
  } else if (kind == "confirmed") {
    lines.push_back(event("✓", Colour::green, action_text(action), since(action)));
  } else if (kind == "passed") {
    lines.push_back(event("–", Colour::dim, action_text(action) + say(language_, Word::already_so)));
  } else if (kind == "failed") {
    lines.push_back(event("✗", Colour::red, action_text(action) + say(language_, Word::failed), since(action)));
    lines.push_back(detail(glossed(text_field(body, "why"), language_)));
    if (const std::string look = where_to_look(machine_, action, language_); !look.empty()) lines.push_back(detail(look));
  } else if (kind == "interlocked" || kind == "not-ready") {
    lines.push_back(event("■", Colour::red, action_text(action) + say(language_, kind == "interlocked" ? Word::interlocked : Word::not_ready)));
  } else if (kind == "waiting") {
    waiting_since_ = at_ms;
    lines.push_back(event("…", Colour::dim, say(language_, Word::waiting_until, text_field(body, "until"), duration(Millis(number_field(body, "within_ms"))))));
  } else if (kind == "reached") {
    const Millis took(waiting_since_ > 0 ? at_ms - waiting_since_ : 0);
    if (took >= kWorthTelling) lines.push_back(event("✓", Colour::green, say(language_, Word::holds_now, text_field(body, "until")), took));
  } else if (kind == "rule-broken") {
    begun_[text_field(body, "rule")] = at_ms;
    const bool suspended = body.is_object() && body.value("suspended", false);
    lines.push_back(event("!", suspended ? Colour::dim : Colour::red, say(language_, suspended ? Word::suspended_line : Word::broken_now, rule_title(text_field(body, "rule")))));
  } else if (kind == "rule-holds") {
    lines.push_back(event("✓", Colour::dim, say(language_, Word::rule_holds_line, rule_title(text_field(body, "rule"))), since(text_field(body, "rule"))));
  } else if (kind == "client-gap") {
    lines.push_back(event("!", Colour::yellow, say(language_, Word::gap_of, duration(Millis(number_field(body, "length_ms"))), clock_time(number_field(body, "from_ms")))));
  } else if (kind == "clients-not-measured") {
    lines.push_back(event("!", Colour::yellow, say(language_, Word::labelled, say(language_, Word::clients), say(language_, Word::clients_not_measured, text_field(body, "why")))));
  } else if (kind == "asleep") {
    lines.push_back(event("!", Colour::yellow, say(language_, Word::asleep, duration(Millis(number_field(body, "length_ms"))))));
  } else if (kind == "clients") {
    const auto count = [&](const char* key) { return grouped(static_cast<std::uint64_t>(std::max<std::int64_t>(0, number_field(body, key)))); };
    const std::string totals = say(language_, Word::meter_totals, duration(Millis(number_field(body, "longest_gap_ms"))), count("attempts"), count("failures"));
    lines.push_back(event("·", Colour::dim, say(language_, Word::labelled, say(language_, Word::clients), totals)));
  } else if (kind == "stop-requested") {
    lines.push_back(event("*", Colour::cyan, say(language_, Word::stop_requested_line)));
  } else if (kind == "stopped") {
    lines.push_back(event("*", Colour::cyan, say(language_, Word::stopped_note, text_field(body, "at"))));
  } else if (kind == "moved") {
    moved(body, lines);
  } else if (kind == "ended") {
    ended(lines);
  }
  return lines;
}

std::vector<Line> Narrator::instruct(const fsm::Action& action) const {
  std::vector<Line> lines{event("☞", Colour::cyan, say(language_, Word::person_must_act, action.host, in(action.title, language_)))};
  if (!action.manual.empty()) {
    const std::string& manual = in(action.manual, language_);
    for (std::size_t from = 0; from <= manual.size();) {
      const std::size_t end = std::min(manual.find('\n', from), manual.size());
      if (end > from) lines.push_back(detail(manual.substr(from, end - from)));
      from = end + 1;
    }
  }
  return lines;
}

std::string Narrator::where(const RunListener::Now& now) const {
  const std::string name = now.place.substr(0, now.place.find('/'));
  const fsm::Phase* p = phase_named(name);
  if (p == nullptr) return printable(now.place);
  std::string text = titled(p->title, name, language_);
  const std::string step = name.size() < now.place.size() ? now.place.substr(name.size() + 1) : "";
  if (!step.empty() && step[0] >= '0' && step[0] <= '9') text += ", " + say(language_, Word::step_of, step.substr(0, step.find(' ')), p->steps.size());
  return printable(text);
}

std::string Narrator::waiting(const RunListener::Now& now) const {
  const fsm::Waiting& w = now.waiting;
  std::string text;
  switch (w.kind) {
    case fsm::Waiting::Kind::nothing: return {};
    case fsm::Waiting::Kind::observation: text = say(language_, Word::waits_observation, w.what); break;
    case fsm::Waiting::Kind::action: text = say(language_, Word::waits_action, action_title(w.what)); break;
    case fsm::Waiting::Kind::effect: text = say(language_, Word::waits_effect, action_title(w.what)); break;
    case fsm::Waiting::Kind::person: text = say(language_, Word::waits_person, action_title(w.what)); break;
    case fsm::Waiting::Kind::condition: text = say(language_, Word::waits_condition, w.what); break;
  }
  return printable(text);
}

std::vector<std::string> Narrator::broken(const RunListener::Now& now) const {
  std::vector<std::string> titles;
  for (std::size_t i = 0; i < machine_.rules.size() && i < 64; ++i)
    if (now.broken_rules >> i & 1u) titles.push_back(printable(rule_title(machine_.rules[i].name)));
  return titles;
}

}  // namespace interlock::report
