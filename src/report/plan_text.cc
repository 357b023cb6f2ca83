// A plan for a person: the way forward first, in the order of the machine, then the ways back, then the ends.
#include <algorithm>
#include <map>

#include "fsm/decide.h"
#include "src/report/cause.h"
#include "src/report/gloss.h"
#include "src/report/layout.h"
#include "src/report/plan_formats.h"
#include "src/report/predicate_text.h"
#include "src/report/settled.h"
#include "src/report/story.h"

namespace interlock::report {
namespace {

class PlanPage {
 public:
  PlanPage(const fsm::Machine& machine, const PlanNotes& notes, const Describe& describe, Language language)
      : m_(machine), notes_(notes), describe_(describe), language_(language), phases_(reachable_phases(machine)), no_return_(points_of_no_return(machine)) {}

  std::string text() {
    header();
    settled();
    handover();
    rules();
    heading(say(language_, Word::ways_on));
    for (const int i : phases_)
      if (!is_way_back(m_, i)) phase(i);
    if (std::any_of(phases_.begin(), phases_.end(), [&](int i) { return is_way_back(m_, i); })) heading(say(language_, Word::ways_back));
    for (const int i : phases_)
      if (is_way_back(m_, i)) phase(i);
    ends();
    return std::move(out_);
  }

 private:
  void para(const std::string& head, const std::string& text) { out_ += hang(head, printable(text), page_columns()); }
  void heading(const std::string& text) { out_ += "\n" + text + "\n" + std::string(display_width(text), '-') + "\n"; }

  void header() {
    para("", in(m_.title, language_));
    if (!m_.about.empty()) para("", in(m_.about, language_));
    std::size_t steps = 0, gates = notes_.own_gates.size();
    for (const int i : phases_) {
      steps += m_.phase(i).steps.size();
      gates += m_.phase(i).gates.size();
    }
    para("", say(language_, Word::plan_of, m_.procedure, m_.site, phases_.size(), steps, gates));
    para("", say(language_, Word::digest) + " " + fsm::digest(m_));
    std::map<std::string, std::string> hosts;
    for (const auto& f : m_.facts) hosts.emplace(f.role, f.host);
    for (const auto& a : m_.actions) hosts.emplace(a.role, a.host);
    std::string roles;
    for (const auto& [role, host] : hosts) roles += (roles.empty() ? "" : ", ") + role + " = " + host;
    if (!roles.empty()) para("", say(language_, Word::roles) + ": " + roles);
  }

  void settled() {
    std::vector<SettledParameter> others = notes_.settled;
    std::erase_if(others, [](const SettledParameter& s) { return s.name == "handover"; });  // has a part of its own
    if (!others.empty()) out_ += "\n" + say(language_, Word::settled) + "\n" + settled_text(others, language_);
  }

  void handover() {
    if (notes_.taken.empty()) return;
    heading(say(language_, Word::handover));
    std::size_t wide = 0;
    for (const auto& h : notes_.handovers) wide = std::max(wide, display_width(h.name));
    for (const auto& h : notes_.handovers) {
      const std::string range = h.works ? say(language_, Word::handover_range, seconds_between(h.min_ms, h.max_ms), seconds_between(h.mean_ms, h.mean_ms)) : say(language_, Word::handover_unmeasured);
      para(std::string(h.chosen ? "  → " : "    ") + pad(printable(h.name), wide) + "  ", range + (h.chosen ? (language_ == Language::zh ? "" : " ") + say(language_, Word::chosen) : "") + (h.why.empty() ? "" : say(language_, Word::semicolon) + in(h.why, language_)));
    }
    if (notes_.handovers.empty()) para("  → ", say(language_, Word::labelled, notes_.taken, say(language_, Word::handover_unpredicted)));
    para("    ", notes_.handover_why.empty() ? say(language_, Word::handover_given, notes_.taken) : in(notes_.handover_why, language_));
    if (const auto allowed = outage_allowed(m_)) para("    ", say(language_, beyond(*allowed) ? Word::beyond_budget : Word::within_budget, duration(*allowed)));
  }

  [[nodiscard]] bool beyond(Millis allowed) const {
    return std::any_of(notes_.handovers.begin(), notes_.handovers.end(), [&](const HandoverNote& h) { return h.chosen && h.works && h.max_ms > static_cast<double>(allowed.count()); });
  }

  void rules() {
    if (m_.rules.empty()) return;
    heading(say(language_, Word::rules_watched));
    for (const auto& r : m_.rules) {
      std::string phases;
      for (const int i : phases_)
        if (fsm::suspended(r, i)) phases += (phases.empty() ? "" : ", ") + m_.phase(i).name;
      const std::string where = phases.empty() ? say(language_, Word::always_so) : say(language_, Word::suspended_in, phases, duration(r.for_at_most));
      para("  ● ", (r.title.empty() ? r.name : in(r.title, language_)) + say(language_, Word::semicolon) + where);
    }
    if (m_.clients) para("  ○ ", say(language_, Word::clients_probe, in(m_.clients->title, language_), m_.clients->every.count()));
  }

  void phase(int index) {
    const fsm::Phase& p = m_.phase(index);
    const bool first_without_return = !no_return_.empty() && no_return_.front() == index;
    if (first_without_return) {
      out_ += "\n";
      para("  ", "═══ " + say(language_, Word::no_return_note) + " ═══");
    }
    const bool beyond = std::find(no_return_.begin(), no_return_.end(), index) != no_return_.end();
    const std::string number = is_way_back(m_, index) ? "←" : std::to_string(++number_) + ".";
    out_ += "\n";
    para(pad_left(number, 4) + " ", titled(p.title, p.name, language_) + (beyond ? "  [" + say(language_, Word::no_way_back) + "]" : ""));
    gates(p);
    for (const auto& s : p.steps) step(s);
    if (p.until.settled() != fsm::Truth::yes) para(kIndent + "⧖ ", say(language_, Word::wait_for, duration(p.within), p.until_text));
    leads(p);
  }

  void gates(const fsm::Phase& p) {
    if (p.gates.empty()) return;
    const bool first = &p == m_.phases.data();
    const std::size_t count = p.gates.size() + (first ? notes_.own_gates.size() : 0);
    para(kIndent, count == 1 ? say(language_, Word::one_gate) : say(language_, Word::gate_count, count));
    for (const auto& g : p.gates) {
      std::string text = in(g.title, language_);
      if (g.mode == fsm::GateMode::warn) text += " " + say(language_, Word::warning_only);
      if (g.mode == fsm::GateMode::observe) text += " " + say(language_, Word::tried_out);
      para(kIndent + "  ◇ ", text);
    }
    if (!first) return;
    for (const auto& title : notes_.own_gates) para(kIndent + "  ◇ ", in(title, language_) + " " + say(language_, Word::own_gate));
  }

  void step(const fsm::Step& s) {
    const fsm::Action& a = m_.action(s.action);
    std::string title = action_words(a.title, a.name, a.host, language_);
    if (a.operations.empty()) title += " " + say(language_, Word::by_person);
    if (s.only_if.settled() != fsm::Truth::yes) title += " " + say(language_, Word::step_if, predicate_text(m_, s.only_if));
    title += say(language_, Word::limit, duration(a.within));
    if (a.attempts > 1) title += say(language_, Word::attempts, a.attempts);
    para(kIndent + "▪ ", title);
    if (!a.needs_text.empty()) para(kIndent + "    ", say(language_, Word::needs, a.needs_text));
    if (a.operations.empty() && !a.manual.empty()) para(kIndent + "    ", in(a.manual, language_));
    for (const auto& o : a.operations)
      for (const auto& line : describe_(o)) out_ += kIndent + "    " + command(line);
  }

  // Commands are not wrapped at words but carried on, so that what can be copied stays what it is.
  [[nodiscard]] std::string command(const std::string& line) const { return printable(glossed_comment(line, language_)) + "\n"; }

  [[nodiscard]] std::string target(fsm::Target t) const {
    return t.end ? "[" + m_.name_of(t) + "]" : m_.name_of(t);
  }

  void leads(const fsm::Phase& p) {
    std::string text = say(language_, Word::then_to, target(p.next));
    const bool waits = p.until.settled() != fsm::Truth::yes;
    if (!p.steps.empty() || waits) text += say(language_, Word::on_failure_to, target(p.back));
    if (!p.gates.empty() && (p.steps.empty() || !(p.refused == p.back))) text += say(language_, Word::when_refused_to, target(p.refused));
    if (waits && !(p.overrun == p.back)) text += say(language_, Word::on_overrun_to, target(p.overrun));
    para(kIndent + "→ ", text);
  }

  void ends() {
    heading(say(language_, Word::ends));
    std::size_t wide = 0;
    for (const auto& e : m_.ends) wide = std::max(wide, display_width(e.name));
    for (const auto& e : m_.ends) {
      para("  [" + printable(e.name) + "] " + std::string(wide - std::min(wide, display_width(e.name)), ' ') + " ", in(e.title, language_));
      if (!e.holds_text.empty()) para("      ", say(language_, Word::holds_when, e.holds_text));
      if (!e.look.empty()) para("      ", labelled(Word::look_at, in(e.look, language_), language_));
      if (!e.type.empty()) para("      ", labelled(Word::to_type, in(e.type, language_), language_));
    }
  }

  static inline const std::string kIndent = std::string(5, ' ');

  const fsm::Machine& m_;
  const PlanNotes& notes_;
  const Describe& describe_;
  const Language language_;
  const std::vector<int> phases_, no_return_;
  std::string out_;
  int number_ = 0;
};

}  // namespace

std::string plan_text(const fsm::Machine& machine, const PlanNotes& notes, const Describe& describe, Language language) {
  return PlanPage(machine, notes, describe, language).text();
}

}  // namespace interlock::report
