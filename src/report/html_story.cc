// Time line, gates and commands of the HTML report.
#include <algorithm>

#include "src/report/cause.h"
#include "src/report/check_formats.h"
#include "src/report/escape.h"
#include "src/report/html_parts.h"
#include "src/report/journal_fields.h"
#include "src/report/layout.h"

namespace interlock::report {
namespace {

std::string mark(const char* sign, const char* ink) { return fmt::format("<td class=\"mark {}\">{}</td>", ink, sign); }

// A row of the time line; `text` is markup.
std::string row(std::int64_t at_ms, const std::string& sign, const std::string& text, Millis took) {
  return "<tr><td class=\"time\">" + clock_time(at_ms) + "</td>" + sign + "<td>" + text + "</td><td class=\"num\">" + (took.count() > 0 ? duration(took) : "") + "</td></tr>\n";
}

std::string folded(const std::string& summary, const std::string& body) {
  return body.empty() ? "" : "<details><summary>" + xml(summary) + "</summary>" + body + "</details>";
}

class Rows {
 public:
  explicit Rows(const Telling& t) : t_(t), language_(t.language) {}

  std::string operator()(const ActionTold& a) const {
    std::string text = "<b>" + xml(in(a.title, language_)) + "</b> <span class=\"soft mono\">" + xml(a.host.empty() ? a.name : say(language_, Word::action_on, a.name, a.host)) + "</span>";
    std::string sign = mark("✓", "good-ink"), note;
    const std::string again = a.attempt > 1 ? say(language_, Word::attempt_n, a.attempt) : "";
    switch (a.end) {
      case ActionTold::End::confirmed:
        if (a.despite) note = say(language_, Word::confirmed_despite, a.outcome, a.text);
        break;
      case ActionTold::End::already:
        sign = mark("–", "soft");
        text += xml(say(language_, Word::already_so));
        break;
      case ActionTold::End::not_needed:
        sign = mark("–", "soft");
        text += xml(say(language_, Word::not_needed));
        break;
      case ActionTold::End::failed:
        sign = mark("✗", "bad-ink");
        text += xml(say(language_, Word::failed));
        note = a.text;
        break;
      case ActionTold::End::unknown:
        sign = mark("?", "warn-ink");
        text += xml(say(language_, Word::outcome_unknown));
        note = a.text;
        break;
      case ActionTold::End::interlocked:
        sign = mark("■", "bad-ink");
        text += xml(say(language_, Word::interlocked));
        for (const auto& r : a.rules) note += (note.empty() ? "" : "; ") + r;
        break;
      case ActionTold::End::not_ready:
        sign = mark("■", "bad-ink");
        text += xml(say(language_, Word::not_ready));
        note = a.needs;
        break;
      case ActionTold::End::under_way:
        sign = mark("…", "warn-ink");
        text += xml(say(language_, Word::under_way));
        break;
    }
    text += xml(again);
    if (!note.empty()) text += "<br><span class=\"bad-ink\">" + xml(note) + "</span>";
    return row(a.begun_ms, sign, text + evidence(a.evidence), Millis(std::max<std::int64_t>(0, a.ended_ms - a.begun_ms)));
  }

  std::string operator()(const WaitTold& w) const {
    const std::string until = w.until.empty() ? facts_text(w.facts, language_) : w.until;
    const Millis took(std::max<std::int64_t>(0, w.ended_ms - w.begun_ms));
    switch (w.end) {
      case WaitTold::End::reached:
        return row(w.begun_ms, mark("✓", "good-ink"), xml(took.count() > 0 ? say(language_, Word::waited_until, duration(took), until) : say(language_, Word::holds_now, until)) + evidence(w.evidence), took);
      case WaitTold::End::overrun: return row(w.begun_ms, mark("✗", "bad-ink"), xml(say(language_, Word::overrun, duration(w.limit), until)) + evidence(w.evidence), took);
      case WaitTold::End::pending: return row(w.begun_ms, mark("…", "warn-ink"), xml(say(language_, Word::waiting_until, until, duration(w.limit))), took);
    }
    return {};
  }

  std::string operator()(const RuleTold& r) const {
    const std::string title = r.rule >= 0 && !t_.machine.rule(r.rule).title.empty() ? in(t_.machine.rule(r.rule).title, language_) : r.name;
    const Millis length(r.to_ms ? *r.to_ms - r.from_ms : 0);
    const std::string words = say(language_, r.suspended ? Word::rule_line_suspended : Word::rule_line, title, r.to_ms ? duration(length) : say(language_, Word::not_watched)) +
                              say(language_, r.by_clients ? Word::seen_by_clients : Word::seen_by_facts, facts_text(r.facts, language_));
    return row(r.from_ms, mark("!", r.suspended ? "soft" : "bad-ink"), xml(words) + evidence(r.evidence), length);
  }

  std::string operator()(const GapTold& g) const {
    return row(g.from_ms + g.length.count(), mark("!", "bad-ink"), xml(say(language_, Word::gap_of, duration(g.length), clock_time(g.from_ms))), g.length);
  }

  std::string operator()(const NoteTold& n) const {
    std::string text = n.text;
    switch (n.kind) {
      case NoteTold::Kind::resumed: text = n.text.empty() ? say(language_, Word::resumed) : say(language_, Word::resumed_pending, n.text); break;
      case NoteTold::Kind::awaited: text = say(language_, Word::awaited, n.text, duration(n.limit)); break;
      case NoteTold::Kind::stop_requested: text = say(language_, Word::stop_requested); break;
      case NoteTold::Kind::stopped: text = say(language_, Word::stopped_note, n.text); break;
      case NoteTold::Kind::clients_not_measured: text = say(language_, Word::clients_not_measured, n.text); break;
      case NoteTold::Kind::asleep: text = say(language_, Word::asleep, duration(n.limit)); break;
      case NoteTold::Kind::other: break;
    }
    return row(n.at_ms, mark("*", "soft"), xml(text), Millis(0));
  }

  std::string gates(const Visit& v) const {
    if (v.gates.empty()) return {};
    const auto open = std::count_if(v.gates.begin(), v.gates.end(), [](const GateTold& g) { return g.verdict == fsm::Truth::yes; });
    std::string text = xml(say(language_, Word::gates_open_n, open, v.gates.size()));
    bool refused = false;
    for (const auto& g : v.gates) {
      if (g.verdict == fsm::Truth::yes) continue;
      const bool counts = g.mode == fsm::GateMode::enforce;
      refused = refused || counts;
      text += fmt::format("<br><span class=\"{}\">{} {}</span>{}", counts ? "bad-ink" : "warn-ink", g.verdict == fsm::Truth::unknown ? "?" : counts ? "✗" : "!", xml(g.id), with_title(g.id, g.title, language_) == g.id ? "" : " – " + xml(in(g.title, language_)));
    }
    return row(v.gates.back().at_ms, refused ? mark("✗", "bad-ink") : mark("✓", "good-ink"), text, Millis(0));
  }

 private:
  [[nodiscard]] std::string evidence(const std::vector<Sighting>& list) const { return list.empty() ? "" : folded(say(language_, Word::evidence), html_evidence(list, language_)); }

  const Telling& t_;
  const Language language_;
};

std::string gate_details(const GateTold& g, Language language) {
  const bool open = g.verdict == fsm::Truth::yes, unknown = g.verdict == fsm::Truth::unknown, counts = g.mode == fsm::GateMode::enforce;
  const char* ink = open ? "good-ink" : unknown || !counts ? "warn-ink" : "bad-ink";
  std::string out = fmt::format("<details class=\"gate\"{}><summary><b class=\"{}\">{}</b> {} <span class=\"soft mono\">{}</span>{}</summary><div class=\"body\"><dl>", open ? "" : " open", ink,
                                open ? "✓" : unknown ? "?" : counts ? "✗" : "!", xml(in(g.title, language)), xml(g.id == in(g.title, language) ? "" : g.id),
                                counts ? "" : " <span class=\"soft\">" + xml(say(language, g.mode == fsm::GateMode::warn ? Word::warning_only : Word::tried_out)) + "</span>");
  const auto pair = [&](Word label, const std::string& text) {
    if (!text.empty()) out += "<dt>" + xml(say(language, label)) + "</dt><dd>" + text + "</dd>";
  };
  pair(Word::observed, xml(facts_text(g.facts, language)));
  pair(Word::required, "<code>" + xml(g.requires_text) + "</code>");
  if (!g.remedy.empty() && !open) pair(Word::remedy, xml(in(g.remedy, language)));
  return out + "</dl>" + html_evidence(g.evidence, language) + "</div></details>\n";
}

// One command with its output, as Account keeps it.
std::string command(const Json& c, Language language) {
  std::string how;
  if (c.contains("exit")) how = say(language, Word::exit_code) + " " + json_text(c["exit"], -1);
  if (c.contains("signal")) how = "signal " + json_text(c["signal"], -1);
  if (const std::string lost = text_field(c, "unknown"); !lost.empty()) how = lost;
  const std::string host = text_field(c, "host");
  std::string out = "<pre><b>" + xml((host.empty() ? "" : host + " ") + "$ " + text_field(c, "command")) + "</b>\n";
  for (const char* stream : {"out", "err"}) {
    std::string text = text_field(c, stream);
    if (!text.empty() && text.back() != '\n') text += '\n';
    out += xml(text);
  }
  return out + "<span class=\"soft\">" + xml(how) + (c.contains("took_ms") ? ", " + duration(Millis(number_field(c, "took_ms"))) : "") + "</span></pre>";
}

std::string operation(const Json& o, Language language) {
  const std::string outcome = text_field(o, "outcome");
  const char* ink = outcome == "done" ? "good-ink" : outcome == "failed" ? "bad-ink" : "warn-ink";
  std::string out = fmt::format("<p><code>{}</code> <span class=\"{}\">{}</span> {}</p>", xml(text_field(o, "operation")), ink, xml(outcome), xml(text_field(o, "text")));
  const auto details = o.find("details");
  if (details == o.end() || !details->is_object()) return out + (details == o.end() || details->is_null() ? "" : "<pre>" + xml(json_text(*details)) + "</pre>");
  Json rest = *details;
  if (const auto commands = details->find("commands"); commands != details->end() && commands->is_array()) {
    rest.erase("commands");
    for (const auto& c : *commands)
      if (c.is_object()) out += command(c, language);
  }
  if (!rest.empty()) out += "<pre>" + xml(json_text(rest)) + "</pre>";
  return out;
}

}  // namespace

std::string html_evidence(const std::vector<Sighting>& list, Language language) {
  if (list.empty()) return {};
  std::string out = "<table class=\"evidence\"><tr>";
  for (const Word w : {Word::fact, Word::value, Word::asked, Word::saw_head, Word::latency, Word::at_time}) out += "<th>" + xml(say(language, w)) + "</th>";
  out += "</tr>";
  for (const auto& s : list)
    out += fmt::format("<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>\n", xml(s.fact), xml(s.value), xml(s.asked),
                       xml(without_duration(s.saw) + (s.why.empty() || s.why == s.saw ? "" : (s.saw.empty() ? "" : "; ") + s.why)), xml(micros(s.took_us)), s.at_ms > 0 ? clock_time(s.at_ms) : "");
  return out + "</table>";
}

std::string html_timeline(const Telling& t) {
  std::string out;
  const Rows rows(t);
  const auto turns = unplanned(t.story);
  for (const auto& v : t.story.visits) {
    out += fmt::format("<div class=\"visit{}\"><div class=\"head\"><span>{}</span><b>{}</b><span>{}</span></div>", v.end ? " end" : v.retreat ? " back" : "", clock_time(v.entered_ms),
                       (v.retreat ? "← " : "") + xml(titled(v.title, v.name, t.language)), v.end ? "" : duration(Millis(v.left_ms - v.entered_ms)));
    std::string table = rows.gates(v);
    for (const auto& item : v.items) table += std::visit(rows, item);
    for (const Turn* turn : turns)
      if (turn->from == v.name && turn->at_ms == v.left_ms) table += row(turn->at_ms, mark("↩", "warn-ink"), "<b>" + xml(consequence_sentence(*turn, t.language)) + "</b>", Millis(0));
    out += (table.empty() ? "" : "<table>" + table + "</table>") + "</div>\n";
  }
  return out;
}

std::string html_gates(const Telling& t) {
  std::string out;
  for (const auto& v : t.story.visits) {
    if (v.gates.empty()) continue;
    out += "<h3>" + xml(titled(v.title, v.name, t.language)) + " <span class=\"soft\">" + date_time(v.gates.back().at_ms) + "</span></h3>\n";
    for (const auto& g : v.gates) out += gate_details(g, t.language);
  }
  return out;
}

std::string html_commands(const Telling& t) {
  std::string out;
  for (const auto& v : t.story.visits)
    for (const auto& item : v.items) {
      const auto* a = std::get_if<ActionTold>(&item);
      if (a == nullptr || !a->operations.is_array() || a->operations.empty()) continue;
      std::string body;
      for (const auto& o : a->operations)
        if (o.is_object()) body += operation(o, t.language);
      const bool bad = a->end != ActionTold::End::confirmed;
      out += fmt::format("<details class=\"gate\"{}><summary><span class=\"soft\">{}</span> {} <span class=\"soft mono\">{}</span></summary><div class=\"body\">{}</div></details>\n", bad ? " open" : "",
                         clock_time(a->begun_ms), xml(in(a->title, t.language)), xml(say(t.language, Word::action_on, a->name, a->host)), body);
    }
  return out.empty() ? "<p class=\"soft\">" + xml(say(t.language, Word::nothing_done)) + "</p>" : out;
}

}  // namespace interlock::report
