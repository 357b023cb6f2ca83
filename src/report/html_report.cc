#include "src/report/html_report.h"

#include <algorithm>

#include "src/report/cause.h"
#include "src/report/escape.h"
#include "src/report/html_parts.h"
#include "src/report/layout.h"
#include "src/report/typing.h"

namespace interlock {
namespace report {
namespace {

const char* class_of(Mood mood) {
  switch (mood) {
    case Mood::good: return "good";
    case Mood::neutral: return "neutral";
    case Mood::bad: return "bad";
  }
  return "neutral";
}

class HtmlPage {
 public:
  explicit HtmlPage(const Telling& t) : t_(t), s_(t.story), m_(t.machine), info_(t.info), language_(t.language), fates_(rule_fates(t.story, t.machine, t.language)) {}

  std::string html() {
    const std::string name = in(m_.title, language_);
    out_ = fmt::format("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{}</title>\n<style>",
                       language_ == Language::zh ? "zh" : "en", xml(name + " – " + (info_.run_id.empty() ? m_.site : info_.run_id)));
    out_ += html_style();
    out_ += "</style>\n</head>\n<body>\n<main>\n";
    header();
    cards();
    section(Word::availability, html_strip(t_) + html_outage(t_) + legend({{"band", Word::served}, {"gap", Word::not_served}, {"blank", Word::not_measured}}) + "<p class=\"soft\">" + xml(clients_text(s_, info_, language_)) + clients_failure() + "</p>");
    summary();
    rules();
    section(Word::machine_picture, html_picture(t_) + legend({{"path", Word::path_taken}, {"back", Word::path_back}, {"dim", Word::path_possible}}));
    section(Word::time_line, html_timeline(t_), true);
    section(Word::gates_evidence, html_gates(t_), true);
    section(Word::commands, html_commands(t_), true);
    auditor();
    footer();
    return std::move(out_) + "</main>\n</body>\n</html>\n";
  }

 private:
  [[nodiscard]] std::string words(Word word) const { return xml(say(language_, word)); }

  void section(Word title, const std::string& body, bool is_long = false) {
    if (!body.empty()) out_ += fmt::format("<section{}>\n<h2>{}</h2>\n{}</section>\n", is_long ? " class=\"long\"" : "", words(title), body);
  }

  [[nodiscard]] std::string legend(const std::vector<std::pair<const char*, Word>>& entries) const {
    std::string out = "<div class=\"legend\">";
    for (const auto& [style, word] : entries) out += fmt::format("<span><i class=\"i-{}\"></i>{}</span>", style, words(word));
    return out + "</div>";
  }

  static std::string pair(const std::string& label, const std::string& text) { return text.empty() ? "" : "<dt>" + label + "</dt><dd>" + xml(text) + "</dd>"; }

  void header() {
    out_ += fmt::format("<header class=\"{}\">\n<h1>{}</h1>\n<div class=\"soft mono\">{}</div>\n<div class=\"badge\">{}</div>\n<dl class=\"wide\">", class_of(mood_of(s_)), xml(in(m_.title, language_)), xml(m_.procedure),
                        xml(ending_text(s_, m_, language_, info_.process)));
    out_ += pair(words(Word::run), info_.run_id) + pair(words(Word::site), m_.site) + pair(words(Word::operator_), info_.operator_name) + pair(words(Word::started), date_time(s_.started_ms));
    std::string versions;
    for (const auto& [name, value] : info_.versions) versions += (versions.empty() ? "" : ", ") + name + " " + value;
    out_ += pair(words(Word::versions), versions) + pair(words(Word::duration_card), duration(s_.took()));
    if (!info_.control_host.empty()) out_ += pair(words(Word::control_host), info_.control_host);
    if (info_.exit_code) out_ += pair(words(Word::exit_code), std::to_string(*info_.exit_code));
    out_ += "</dl>\n";
    if (s_.ending == Story::Ending::ended && s_.end >= 0) {
      const fsm::End& end = m_.end(s_.end);
      if (!end.look.empty() || !end.type.empty()) {
        out_ += "<div class=\"to-do\">";
        if (!end.look.empty()) out_ += "<p><b>" + words(Word::look_at) + "</b> " + xml(typed(in(end.look, language_), {info_.run_id, info_.state})) + "</p>";
        if (!end.type.empty()) out_ += "<p><b>" + words(Word::to_type) + "</b> <code>" + xml(typed(in(end.type, language_), {info_.run_id, info_.state})) + "</code></p>";
        out_ += "</div>\n";
      }
    }
    out_ += "</header>\n";
  }

  void card(Word label, const std::string& figure, const std::string& note, const char* mood) {
    out_ += fmt::format("<div class=\"card {}\"><div class=\"label\">{}</div><div class=\"figure\">{}</div><div class=\"note\">{}</div></div>\n", mood, words(label), xml(figure), xml(note));
  }

  void outage_card() {
    const auto& longest = s_.clients.longest;
    std::string note = say(language_, Word::no_forecast);
    const char* mood = "";
    if (info_.forecast) {
      const Forecast& f = *info_.forecast;
      note = say(language_, Word::predicted_card, seconds_between(f.min_ms, f.max_ms), f.handover);
      if (longest) mood = static_cast<double>(longest->length.count()) > f.max_ms ? "neutral" : "good";
    }
    card(Word::outage_card, longest ? duration(longest->length) : say(language_, Word::not_measured), note, mood);
  }

  void cards() {
    std::size_t gates = 0, open = 0, done = 0, failed = 0;
    for (const auto& v : s_.visits) {
      gates += v.gates.size();
      open += static_cast<std::size_t>(std::count_if(v.gates.begin(), v.gates.end(), [](const GateTold& g) { return g.verdict == fsm::Truth::yes; }));
      for (const auto& item : v.items)
        if (const auto* a = std::get_if<ActionTold>(&item)) {
          done += a->end == ActionTold::End::confirmed;
          failed += a->end == ActionTold::End::failed || a->end == ActionTold::End::unknown;
        }
    }
    const auto kept = static_cast<std::size_t>(std::count_if(fates_.begin(), fates_.end(), [](const RuleFate& f) { return f.kind != RuleFate::Kind::broken; }));
    out_ += "<div class=\"cards\">\n";
    outage_card();
    card(Word::rules_card, fmt::format("{} / {}", kept, fates_.size()), "", kept == fates_.size() ? "good" : "bad");
    card(Word::duration_card, duration(s_.took()), date_time(s_.finished_ms), "");
    card(Word::gates_card, fmt::format("{} / {}", open, gates), say(language_, Word::open), open == gates ? "good" : "neutral");
    card(Word::actions_card, std::to_string(done), failed ? say(language_, Word::failed_n, failed) : "", failed ? "neutral" : "");
    out_ += "</div>\n";
  }

  [[nodiscard]] std::string clients_failure() const { return s_.clients.first_failure.empty() ? "" : "; " + xml(s_.clients.first_failure); }

  void summary() {
    std::string body;
    if (!m_.about.empty()) body += "<p>" + xml(in(m_.about, language_)) + "</p>";
    body += "<p class=\"soft\">" + words(Word::what_was_done) + "</p><ul class=\"chain\">";
    for (const auto& v : s_.visits) body += fmt::format("<li class=\"{}\">{}</li>", v.end ? class_of(mood_of(s_)) : v.retreat ? "back" : "on", xml(in(v.title, language_)));
    body += "</ul>\n";
    const auto turns = unplanned(s_);
    if (!turns.empty()) body += "<h3>" + words(Word::why) + "</h3><ol class=\"why\">";
    for (const Turn* t : turns) {
      body += "<li><span class=\"soft\">" + clock_time(t->at_ms) + "</span> " + xml(cause_and_consequence(*t, language_));
      for (const auto& g : t->gates) body += "<br><b class=\"bad-ink\">" + xml(g.id) + "</b> " + xml(in(g.title, language_)) + ": " + xml(facts_text(g.facts, language_)) + "; " + words(Word::required) + " <code>" + xml(g.requires_text) + "</code>" + (g.remedy.empty() ? std::string() : "; " + words(Word::remedy) + ": " + xml(in(g.remedy, language_)));
      if (!t->evidence.empty()) body += "<details><summary>" + words(Word::evidence) + "</summary>" + html_evidence(t->evidence, language_) + "</details>";
      body += "</li>\n";
    }
    section(Word::summary, body + (turns.empty() ? "" : "</ol>"));
  }

  void rules() {
    if (fates_.empty()) return;
    std::string body = "<table><tr><th></th><th>" + words(Word::rule) + "</th><th>" + words(Word::how_it_fared) + "</th></tr>";
    for (const auto& f : fates_) {
      const bool broken = f.kind == RuleFate::Kind::broken;
      body += fmt::format("<tr><td class=\"mark {}\">{}</td><td>{}</td><td>{}</td></tr>\n", broken ? "bad-ink" : "good-ink", broken ? "✗" : "✓", xml(f.title), xml(f.text));
    }
    section(Word::rules_watched, body + "</table>");
  }

  void auditor() {
    std::string seal;
    switch (info_.seal) {
      case RunInfo::Seal::unverified: seal = "<span class=\"warn-ink\">" + words(Word::journal_unverified) + "</span>"; break;
      case RunInfo::Seal::intact: seal = "<span class=\"good-ink\">" + words(Word::journal_intact) + "</span>"; break;
      case RunInfo::Seal::damaged: seal = "<span class=\"bad-ink\">" + xml(say(language_, Word::journal_damaged, info_.damage)) + "</span>"; break;
    }
    std::string body = "<dl>";
    const auto hash = [&](Word label, const std::string& text) {
      if (!text.empty()) body += "<dt>" + words(label) + "</dt><dd><code>" + xml(text) + "</code></dd>";
    };
    hash(Word::machine_digest, info_.machine_digest);
    hash(Word::journal_hash, info_.journal_hash);
    body += "<dt>" + words(Word::records) + "</dt><dd>" + std::to_string(s_.records) + ", " + seal + "</dd>";
    for (const auto& a : s_.absences) body += "<dt>" + words(Word::resumed) + "</dt><dd>" + date_time(a.from_ms) + " – " + date_time(a.to_ms) + "</dd>";
    if (!s_.end_evidence.empty()) body += "<dt>" + words(Word::result) + "</dt><dd>" + xml(s_.end_name) + html_evidence(s_.end_evidence, language_) + "</dd>";
    section(Word::attested, body + "</dl>");
  }

  void footer() { out_ += "<footer>" + xml(say(language_, Word::made_by, info_.interlock_version, info_.made_ms ? date_time(info_.made_ms) : "-")) + "</footer>\n"; }

  const Telling& t_;
  const Story& s_;
  const fsm::Machine& m_;
  const RunInfo& info_;
  const Language language_;
  const std::vector<RuleFate> fates_;
  std::string out_;
};

}  // namespace
}  // namespace report

std::string render_html(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records, const RunInfo& info, Language language) {
  const report::Story story = report::tell(machine, records);
  const report::Telling telling{machine, story, info, language};
  return report::HtmlPage(telling).html();
}

}  // namespace interlock
