// A check for a person at a terminal: one line per gate, and all there is to say about each that is not open.
#include "src/report/check_formats.h"
#include "src/report/layout.h"

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
    if (!text.empty()) out += hang("      " + paint(Colour::dim, pad(label, wide)) + "  ", printable(text), kPageColumns);
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

Colour colour_of(int status) {
  return status == 0 ? Colour::green : status == 2 ? Colour::red : Colour::yellow;
}

}  // namespace

std::string check_text(const CheckResult& r, Language language, bool colours) {
  const Paint paint(colours);
  std::string out = paint(Colour::bold, printable(in(r.title, language))) + "\n";
  out += printable(say(language, Word::check_of, r.procedure, r.site, date_time(r.at_ms), r.gates.size(), duration(r.took))) + "\n\n";
  constexpr std::size_t kWidest = 28;  // longer names push their own titles aside only
  std::size_t wide = 0;
  for (const auto& g : r.gates) wide = std::max(wide, std::min(kWidest, display_width(printable(g.id))));
  for (const auto& g : r.gates) {
    const Mark mark = mark_of(g);
    std::string title = printable(in(g.title, language));
    if (title == printable(g.id)) title.clear();
    if (const std::string note = note_of(g, language); !note.empty()) title += (title.empty() ? "" : " ") + note;
    out += hang("  " + paint(mark.colour, mark.sign) + " " + pad(printable(g.id), wide) + "  ", title, kPageColumns);
    if (g.verdict != fsm::Truth::yes) out += details(g, language, paint);
  }
  const int status = nagios_status(r);
  return out + "\n" + paint(colour_of(status), status_word(status)) + ": " + printable(headline(r, language)) + "\n";
}

}  // namespace interlock::report
