#include <fmt/format.h>

#include "fsm/printable.h"
#include "fsm/render.h"
#include "fsm/render_ways.h"

namespace interlock::fsm {
namespace {

// Inside a quoted label everything is text but these; Mermaid has its own way of writing entities.
std::string label(const std::string& text) {
  std::string out;
  for (const char c : printable_lines(text)) {
    switch (c) {
      case '"': out += "#quot;"; break;
      case '#': out += "#35;"; break;
      case '<': out += "#lt;"; break;
      case '>': out += "#gt;"; break;
      case '&': out += "#amp;"; break;
      case '`': out += "#96;"; break;
      case '\n': out += "<br/>"; break;
      default: out += c;
    }
  }
  return out;
}

std::string node(Target t) { return fmt::format("{}{}", t.end ? "end_" : "phase_", t.index + 1); }

const char* arrow(DrawnWay::Kind kind) {
  switch (kind) {
    case DrawnWay::Kind::next: return "==>";
    case DrawnWay::Kind::back: return "-. back .->";
    case DrawnWay::Kind::refused: return "-. refused .->";
    case DrawnWay::Kind::overrun: return "-. overrun .->";
  }
  return "-->";
}

std::string word(EndKind kind) { return kind == EndKind::rolled_back ? "rolled_back" : to_string(kind); }

}  // namespace

std::string render_mermaid(const Machine& m) {
  const Drawn shown = drawn(m);
  std::string out = fmt::format("%% {} on site {}, machine {}\nflowchart TD\n", m.procedure, m.site, digest(m));
  for (const int i : shown.phases) {
    const Phase& p = m.phase(i);
    std::string text = "<b>" + label(p.name) + "</b>";
    if (!p.gates.empty()) text += fmt::format("<br/>gates: {}", p.gates.size());
    for (std::size_t s = 0; s < p.steps.size(); ++s) text += fmt::format("<br/>{}. {}", s + 1, label(m.action(p.steps[s].action).name));
    if (p.until.settled() != Truth::yes) text += "<br/>until " + label(p.until_text);
    out += fmt::format("  {}[\"{}\"]{}\n", node({false, i}), text, p.retreat ? ":::retreat" : "");
  }
  for (const int i : shown.ends) out += fmt::format("  {}([\"{}\"]):::{}\n", node({true, i}), label(m.end(i).name), word(m.end(i).kind));
  for (const int i : shown.phases)
    for (const DrawnWay& way : drawn_ways(m.phase(i))) out += fmt::format("  {} {} {}\n", node({false, i}), arrow(way.kind), node(way.to));
  return out +
         "  classDef retreat stroke-dasharray:4\n"
         "  classDef success fill:#d8f0d8\n  classDef unchanged fill:#eeeeee\n  classDef rolled_back fill:#fdf3d0\n  classDef attention fill:#f9dcdc\n";
}

}  // namespace interlock::fsm
