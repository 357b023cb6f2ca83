// A check for a person at a terminal: one line per gate, and all there is to say about each that is not open.
#include <algorithm>

#include "src/report/check_formats.h"
#include "src/report/layout.h"
#include "src/report/settled.h"

namespace interlock::report {
namespace {

struct Mark {
  const char* sign;
  Colour colour;
};

Mark mark_of(const GateResult& g) {
  switch (g.verdict) {
    case fsm::Truth::yes: return {"✓", Colour::green};
    case fsm::Truth::unknown: return {"?", Colour::yellow};
    case fsm::Truth::no: break;
  }
  switch (g.mode) {
    case fsm::GateMode::enforce: return {"✗", Colour::red};
    case fsm::GateMode::warn: return {"!", Colour::yellow};
    case fsm::GateMode::observe: return {"·", Colour::dim};
  }
  return {"?", Colour::yellow};
}

std::string note_of(const GateResult& g, Language language) {
  switch (g.mode) {
    case fsm::GateMode::enforce: return {};
    case fsm::GateMode::warn: return say(language, Word::warning_only);
    case fsm::GateMode::observe: return say(language, Word::tried_out);
  }
  return {};
}

std::string details(const GateResult& g, Language language, const Paint& paint) {
  const std::string labels[] = {say(language, Word::observed), say(language, Word::required), say(language, Word::how), say(language, Word::remedy)};
  std::size_t wide = 0;
  for (const auto& l : labels) wide = std::max(wide, display_width(l));
  std::string out;
  const auto add = [&](const std::string& label, const std::string& text) {
    if (!text.empty()) out += hang("      " + paint(Colour::dim, pad(label, wide)) + "  ", printable(text), page_columns());
  };
  add(labels[0], g.observed);
  add(labels[1], g.requires_text);
  bool first = true;
  for (const auto& line : evidence_lines(g.evidence, language)) {
    add(first ? labels[2] : "", line);
    first = false;
  }
  add(labels[3], in(g.remedy, language));
  return out;
}

// What keeps gates from being judged is often one thing: each cause once, with how often and where it was met.
std::string causes(const CheckResult& r, Language language, const Paint& paint) {
  constexpr std::size_t kPlaces = 4;
  struct Cause {
    std::string text;
    std::vector<std::string> gates, places;
  };
  std::vector<Cause> all;
  const auto once = [](std::vector<std::string>& list, const std::string& item) {
    if (!item.empty() && std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
  };
  for (const auto& g : r.gates) {
    if (g.verdict != fsm::Truth::unknown) continue;
    for (const auto& text : unknown_lines(g.evidence)) {
      auto cause = std::find_if(all.begin(), all.end(), [&](const Cause& c) { return c.text == text; });
      if (cause == all.end()) cause = all.insert(all.end(), Cause{text, {}, {}});
      once(cause->gates, g.id);
      for (const auto& item : g.evidence)
        if (unknown_lines(Json::array({item})) == std::vector<std::string>{text}) once(cause->places, item.value("asked", ""));
    }
  }
  std::string out;
  for (const auto& c : all) {
    out += hang("  " + paint(Colour::yellow, "?") + " ", printable(c.text) + " " + say(language, Word::gates_of_cause, c.gates.size()), page_columns());
    for (std::size_t i = 0; i < c.places.size() && i < kPlaces; ++i) out += hang("      ", printable(c.places[i]), page_columns());
    if (c.places.size() > kPlaces) out += "      …\n";
  }
  return out.empty() ? out : "\n" + say(language, Word::not_judged) + "\n" + out;
}

Colour colour_of(int status) {
  return status == 0 ? Colour::green : status == 2 ? Colour::red : Colour::yellow;
}

}  // namespace

std::string check_text(const CheckResult& r, Language language, bool colours) {
  const Paint paint(colours);
  std::string out = paint(Colour::bold, printable(in(r.title, language))) + "\n";
  out += hang("", printable(say(language, Word::check_of, r.procedure, r.site, date_time(r.at_ms), r.gates.size(), duration(r.took)) + (r.own == 0 ? "" : say(language, Word::own_of, r.gates.size() - r.own, r.own))), page_columns()) + "\n";
  if (!r.done.empty()) out += hang("  ", paint(Colour::bold, printable(say(language, Word::done_before, in(r.done, language)))), page_columns()) + "\n";
  constexpr std::size_t kWidest = 28;  // longer names push their own titles aside only
  std::size_t wide = 0;
  for (const auto& g : r.gates) wide = std::max(wide, std::min(kWidest, display_width(printable(g.id))));
  for (const auto& g : r.gates) {
    const Mark mark = mark_of(g);
    std::string title = printable(in(g.title, language));
    if (with_title(g.id, g.title, language) == g.id) title.clear();
    if (const std::string note = note_of(g, language); !note.empty()) title += (title.empty() ? "" : " ") + note;
    out += hang("  " + paint(mark.colour, mark.sign) + " " + (title.empty() ? printable(g.id) : pad(printable(g.id), wide) + "  "), title, page_columns());
    if (g.verdict == fsm::Truth::no) out += details(g, language, paint);
  }
  out += causes(r, language, paint);
  if (!r.settled.empty()) out += "\n" + say(language, Word::settled) + "\n" + settled_text(r.settled, language);
  const int status = nagios_status(r);
  return out + "\n" + paint(colour_of(status), status_word(status)) + ": " + printable(headline(r, language)) + "\n";
}

}  // namespace interlock::report
