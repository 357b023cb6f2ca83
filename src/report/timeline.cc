#include "src/report/timeline.h"

#include <algorithm>

#include "src/report/cause.h"
#include "src/report/gloss.h"
#include "src/report/html_report.h"
#include "src/report/layout.h"
#include "src/report/story.h"
#include "src/report/story_formats.h"
#include "src/report/typing.h"
#include "src/report/way_back.h"

namespace interlock {
namespace report {
namespace {

Colour colour_of(Mood mood) {
  switch (mood) {
    case Mood::good: return Colour::green;
    case Mood::neutral: return Colour::yellow;
    case Mood::bad: return Colour::red;
  }
  return Colour::yellow;
}

// One report under construction: language, colours and the text so far.
class Page {
 public:
  Page(const fsm::Machine& machine, const Story& story, const RunInfo& info, Language language, bool colours)
      : machine_(machine), story_(story), info_(info), typing_{info.run_id, info.state}, language_(language), paint_(colours) {}

  std::string timeline() {
    header();
    summary();
    why();
    heading(Word::time_line);
    for (const auto& visit : story_.visits) show(visit);
    what_to_do();
    return std::move(out_);
  }

  std::string explanation() {
    if (info_.seal == RunInfo::Seal::damaged) para("", say(language_, Word::damaged_explained, info_.damage));
    out_ += paint_(colour_of(mood_of(story_)), printable(ending_text(story_, machine_, language_, info_.process))) + "\n";
    const auto turns = unplanned(story_);
    if (turns.empty() && story_.ending == Story::Ending::ended) {
      out_ += "\n";
      para("", say(language_, Word::explain_success, facts_text(story_.end_facts, language_)));
      evidence(story_.end_evidence, "  ");
    }
    for (std::size_t i = 0; i < turns.size(); ++i) {
      const Turn& t = *turns[i];
      out_ += "\n";
      para(clock_time(t.at_ms) + "  ", cause_and_consequence(t, language_));
      if (i != 0 && i + 1 != turns.size()) continue;  // the first is why, the last is what ended it
      closed_gates(t.gates, "  ");
      if (t.gates.empty()) evidence(t.evidence, "  ");
      if (const std::string look = where_to_look(machine_, t.action, language_); !look.empty()) para("  ", look);
    }
    if (story_.ending == Story::Ending::open) para("", say(language_, Word::explain_running, place_now()));
    what_to_do();
    ways_from_here();
    return std::move(out_);
  }

 private:
  // --- pieces -----------------------------------------------------------------------------------------------------

  void para(const std::string& head, const std::string& text) { out_ += hang(head, printable(text), page_columns()); }
  void heading(Word word) { out_ += "\n" + paint_(Colour::bold, say(language_, word)) + "\n"; }

  void row(Word label, const std::string& text) {
    constexpr std::size_t kLabel = 10;
    if (!text.empty()) para("  " + paint_(Colour::dim, pad(say(language_, label), kLabel)) + "  ", text);
  }

  void evidence(const std::vector<Sighting>& list, const std::string& indent) {
    for (const auto& line : sighting_lines(list, language_)) out_ += hang(indent + paint_(Colour::dim, "· "), line, page_columns());
  }

  void closed_gates(const std::vector<GateTold>& gates, const std::string& indent) {
    for (const auto& g : gates) closed_gate(g, indent);
    causes(gates, indent);
  }

  void causes(const std::vector<GateTold>& gates, const std::string& indent) {
    for (const auto& cause : causes_of(gates)) {
      std::string text = cause.why + " " + say(language_, Word::gates_of_cause, cause.gates);
      for (const auto& place : cause.places) text += say(language_, Word::semicolon) + place;
      para(indent + "    " + paint_(Colour::dim, say(language_, Word::because)) + "  ", text);
    }
  }

  void closed_gate(const GateTold& g, const std::string& indent) {
    const bool unknown = g.verdict == fsm::Truth::unknown;
    const bool counts = g.mode == fsm::GateMode::enforce;
    para(indent + paint_(unknown || !counts ? Colour::yellow : Colour::red, unknown ? "?" : counts ? "✗" : "!") + " ", with_title(g.id, g.title, language_));
    const auto line = [&](Word label, const std::string& text) {
      if (!text.empty()) para(indent + "    " + paint_(Colour::dim, say(language_, label)) + "  ", text);
    };
    if (unknown) return;  // closed_gates() says why, each cause once
    line(Word::observed, facts_text(g.facts, language_));
    line(Word::required, g.requires_text);
    evidence(g.evidence, indent + "    ");
    line(Word::remedy, typed(in(g.remedy, language_), typing_));
  }

  [[nodiscard]] std::string place_now() const {
    return story_.visits.empty() ? "-" : titled(story_.visits.back().title, story_.visits.back().name, language_);
  }

  // --- parts ------------------------------------------------------------------------------------------------------

  void header() {
    out_ += paint_(Colour::bold, printable(in(machine_.title, language_))) + "\n";
    std::string line = machine_.procedure + " · " + say(language_, Word::site) + " " + machine_.site;
    if (!info_.run_id.empty()) line += " · " + say(language_, Word::run) + " " + info_.run_id;
    out_ += printable(line) + "\n\n";
  }

  void summary() {
    const std::string result = printable(ending_text(story_, machine_, language_, info_.process));
    out_ += hang("  " + paint_(Colour::dim, pad(say(language_, Word::result), 10)) + "  ", result, page_columns());
    std::string when = date_time(story_.started_ms);
    if (!info_.operator_name.empty()) when += say(language_, Word::comma) + say(language_, Word::by) + " " + info_.operator_name;
    row(Word::started, when + say(language_, Word::comma) + say(language_, Word::took, duration(story_.took())));
    row(Word::clients, clients_text(story_, info_, language_));
    row(Word::rules, rules_text(rule_fates(story_, machine_, language_), language_));
    if (info_.seal == RunInfo::Seal::damaged) row(Word::records, say(language_, Word::journal_damaged, info_.damage));
  }

  void why() {
    const auto turns = unplanned(story_);
    if (turns.empty()) return;
    heading(Word::why);
    std::size_t number = 0;
    for (const Turn* t : turns) {
      para(fmt::format("  {}. {}  ", ++number, clock_time(t->at_ms)), cause_and_consequence(*t, language_));
      closed_gates(t->gates, "       ");
      if (t->gates.empty()) evidence(t->evidence, "       ");
    }
  }

  void what_to_do() {
    if (story_.ending != Story::Ending::ended || story_.end < 0) return;
    const fsm::End& end = machine_.end(story_.end);
    if (end.look.empty() && end.type.empty()) return;
    out_ += "\n";
    if (!end.look.empty()) para("  ", labelled(Word::look_at, typed(in(end.look, language_), typing_), language_));
    if (!end.type.empty()) para("  ", labelled(Word::to_type, typed(in(end.type, language_), typing_), language_));
  }

  // What to type where the run has not ended. At `attention` the end says it, but not that it was on its way back.
  void ways_from_here() {
    const bool attention = story_.ending == Story::Ending::ended && story_.end_kind == fsm::EndKind::attention;
    if (info_.run_id.empty() || (story_.ending == Story::Ending::ended && !attention)) return;
    out_ += "\n";
    if (info_.process == RunInfo::Process::alive) return para("  ", typed(say(language_, Word::process_alive, info_.run_id, info_.pid, info_.process_host), typing_));
    if (story_.ending == Story::Ending::open && info_.process == RunInfo::Process::gone) para("  ", say(language_, Word::process_gone));
    const auto last = std::find_if(story_.visits.rbegin(), story_.visits.rend(), [](const Visit& v) { return !v.end; });
    if (last != story_.visits.rend() && last->phase >= 0 && is_way_back(machine_, last->phase)) {
      para("  ", say(language_, Word::on_way_back));
      const std::string switches = switches_on(machine_, way_back(machine_, {false, last->phase}), language_);
      if (!switches.empty()) para("  ", say(language_, Word::back_outage, switches));
    }
    if (!attention) para("  ", typed(say(language_, Word::ways_from_here, info_.run_id), typing_));
  }

  void show(const Visit& v) {
    const std::string title = paint_(v.retreat ? Colour::yellow : Colour::bold, clip((v.retreat ? "← " : "") + printable(titled(v.title, v.name, language_)), page_columns() - 26));
    const std::string took = v.end ? "" : paint_(Colour::dim, duration(Millis(v.left_ms - v.entered_ms)));
    out_ += hang(clock_time(v.entered_ms) + "  " + title, "", page_columns(), took);
    gates(v);
    for (const auto& item : v.items) std::visit([&](const auto& i) { show(i); }, item);
    const auto turns = unplanned(story_);
    for (std::size_t i = 0; i < turns.size(); ++i)
      if (turns[i]->from == v.name && turns[i]->at_ms == v.left_ms)
        para(kIndent + paint_(Colour::yellow, "↩ "), say(language_, Word::see_why, consequence_sentence(*turns[i], language_), i + 1));
  }

  void gates(const Visit& v) {
    if (v.gates.empty()) return;
    const auto open = std::count_if(v.gates.begin(), v.gates.end(), [](const GateTold& g) { return g.verdict == fsm::Truth::yes; });
    const bool all = static_cast<std::size_t>(open) == v.gates.size();
    out_ += kIndent + (all ? paint_(Colour::green, "✓ ") : paint_(Colour::red, "✗ ")) + say(language_, Word::gates_open_n, open, v.gates.size()) + "\n";
    for (const auto& g : v.gates) {
      if (g.verdict == fsm::Truth::yes) continue;
      if (g.mode == fsm::GateMode::enforce)  // all there is to say about it stands under "why"
        para(kIndent + "  " + (g.verdict == fsm::Truth::no ? paint_(Colour::red, "✗ ") : paint_(Colour::yellow, "? ")), with_title(g.id, g.title, language_));
      else
        closed_gates({g}, kIndent + "  ");
    }
  }

  void show(const ActionTold& a) {
    const std::string what = action_words(a.title, a.name, a.host, language_);
    const std::string again = a.attempt > 1 ? say(language_, Word::attempt_n, a.attempt) : "";
    const std::string took = a.ended_ms > a.begun_ms ? paint_(Colour::dim, duration(Millis(a.ended_ms - a.begun_ms))) : "";
    const auto line = [&](Colour colour, const char* sign, const std::string& more) {
      out_ += hang("  " + clock_time(a.begun_ms) + "  " + paint_(colour, sign) + " ", printable(what + more + again), page_columns(), took);
    };
    const auto below = [&](const std::string& text) {
      if (!text.empty()) para(kIndent + "  ", text);
    };
    switch (a.end) {
      case ActionTold::End::confirmed:
        line(Colour::green, "✓", "");
        if (a.despite) below(say(language_, Word::confirmed_despite, a.outcome, glossed(a.text, language_)));
        return;
      case ActionTold::End::already: return line(Colour::dim, "–", say(language_, Word::already_so));
      case ActionTold::End::not_needed: return line(Colour::dim, "–", say(language_, Word::not_needed));
      case ActionTold::End::failed:
        line(Colour::red, "✗", say(language_, Word::failed));
        return below(glossed(a.text, language_));
      case ActionTold::End::unknown:
        line(Colour::yellow, "?", say(language_, Word::outcome_unknown));
        return below(glossed(a.text, language_));
      case ActionTold::End::interlocked: return line(Colour::red, "■", say(language_, Word::interlocked));
      case ActionTold::End::not_ready: return line(Colour::red, "■", say(language_, Word::not_ready));
      case ActionTold::End::under_way: return line(Colour::yellow, "…", say(language_, Word::under_way));
    }
  }

  void show(const WaitTold& w) {
    const std::string head = "  " + clock_time(w.begun_ms) + "  ";
    const std::string until = w.until.empty() ? facts_text(w.facts, language_) : w.until;
    const Millis took(w.ended_ms - w.begun_ms);
    switch (w.end) {
      case WaitTold::End::reached:
        if (took.count() > 0) return para(head + paint_(Colour::green, "✓ "), say(language_, Word::waited_until, duration(took), until));
        return para(head + paint_(Colour::green, "✓ "), say(language_, Word::holds_now, until));
      case WaitTold::End::overrun: return para(head + paint_(Colour::red, "✗ "), say(language_, Word::overrun, duration(w.limit), until));
      case WaitTold::End::pending: return para(head + paint_(Colour::yellow, "… "), say(language_, Word::waiting_until, until, duration(w.limit)));
    }
  }

  void show(const RuleTold& r) {
    const std::string title = r.rule >= 0 && !machine_.rule(r.rule).title.empty() ? in(machine_.rule(r.rule).title, language_) : r.name;
    const Word how = r.by_clients ? Word::seen_by_clients : Word::seen_by_facts;
    const std::string length = r.to_ms ? duration(Millis(*r.to_ms - r.from_ms)) : say(language_, Word::not_watched);
    para("  " + clock_time(r.from_ms) + "  " + paint_(r.suspended ? Colour::dim : Colour::yellow, "! "),
         say(language_, r.suspended ? Word::rule_line_suspended : Word::rule_line, title, length) + say(language_, how, facts_text(r.facts, language_)));
  }

  void show(const GapTold& g) {
    para("  " + clock_time(g.from_ms + g.length.count()) + "  " + paint_(Colour::yellow, "! "), say(language_, Word::gap_of, duration(g.length), clock_time(g.from_ms)));
  }

  void show(const NoteTold& n) {
    const auto line = [&](const std::string& text) { para("  " + clock_time(n.at_ms) + "  " + paint_(Colour::cyan, "* "), text); };
    switch (n.kind) {
      case NoteTold::Kind::resumed: return line(n.text.empty() ? say(language_, Word::resumed) : say(language_, Word::resumed_pending, n.text));
      case NoteTold::Kind::awaited: return line(say(language_, Word::awaited, n.text, duration(n.limit)));
      case NoteTold::Kind::stop_requested: return line(say(language_, Word::stop_requested));
      case NoteTold::Kind::stopped: return line(say(language_, Word::stopped_note, n.text));
      case NoteTold::Kind::clients_not_measured: return line(say(language_, Word::clients_not_measured, n.text));
      case NoteTold::Kind::asleep: return line(say(language_, Word::asleep, duration(n.limit)));
      case NoteTold::Kind::other: return line(n.text);
    }
  }

  static inline const std::string kIndent = std::string(16, ' ');

  const fsm::Machine& machine_;
  const Story& story_;
  const RunInfo& info_;
  const Typing typing_;
  const Language language_;
  const Paint paint_;
  std::string out_;
};

}  // namespace
}  // namespace report

std::string render_timeline(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records, const RunInfo& info, Language language, bool colours) {
  const report::Story story = report::tell(machine, records);
  return report::Page(machine, story, info, language, colours).timeline();
}

std::string render_explanation(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records, const RunInfo& info, Language language, bool colours) {
  const report::Story story = report::tell(machine, records);
  return report::Page(machine, story, info, language, colours).explanation();
}

std::string render_report(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records, const RunInfo& info, ReportFormat format, Language language, bool colours) {
  switch (format) {
    case ReportFormat::text: return render_timeline(machine, records, info, language, colours);
    case ReportFormat::json: return report::story_json(report::tell(machine, records), machine, info, language);
    case ReportFormat::junit: return report::story_junit(report::tell(machine, records), machine, info, language);
    case ReportFormat::html: return render_html(machine, records, info, language);
  }
  return {};
}

}  // namespace interlock
