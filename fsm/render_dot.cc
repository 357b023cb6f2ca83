#include <fmt/format.h>

#include "fsm/printable.h"
#include "fsm/render.h"
#include "fsm/render_ways.h"

namespace interlock::fsm {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : printable_lines(text)) out += c == '"' || c == '\\' ? std::string("\\") + c : c == '\n' ? std::string("\\n") : std::string(1, c);
  return out + "\"";
}

// A label of several lines, set to the left; \l is Graphviz's end of such a line.
std::string label(const std::vector<std::string>& lines) {
  std::string out = "\"";
  for (const auto& text : lines) {
    const std::string inner = quoted(text);
    out += inner.substr(1, inner.size() - 2) + "\\l";
  }
  return out + "\"";
}

const char* colour(EndKind kind) {
  switch (kind) {
    case EndKind::success: return "#d8f0d8";
    case EndKind::unchanged: return "#eeeeee";
    case EndKind::rolled_back: return "#fdf3d0";
    case EndKind::attention: return "#f9dcdc";
  }
  return "white";
}

const char* look(DrawnWay::Kind kind) {
  switch (kind) {
    case DrawnWay::Kind::next: return "penwidth=2, weight=8";
    case DrawnWay::Kind::back: return "style=dashed, label=\"back\"";
    case DrawnWay::Kind::refused: return "style=dotted, label=\"refused\"";
    case DrawnWay::Kind::overrun: return "style=dashed, label=\"overrun\"";
  }
  return "";
}

}  // namespace

std::string render_dot(const Machine& m) {
  const Drawn shown = drawn(m);
  std::string out = fmt::format("// {} on site {}, machine {}\ndigraph {} {{\n", m.procedure, m.site, digest(m), quoted(m.procedure));
  out += "  node [shape=box, fontname=\"monospace\", fontsize=10];\n  edge [fontname=\"sans-serif\", fontsize=9];\n";
  for (const int i : shown.phases) {
    const Phase& p = m.phase(i);
    std::vector<std::string> lines{p.name};
    for (const Gate& g : p.gates) lines.push_back("? " + g.id + (g.mode == GateMode::enforce ? "" : fmt::format(" ({})", to_string(g.mode))));
    for (std::size_t s = 0; s < p.steps.size(); ++s) lines.push_back(fmt::format("{}. {}", s + 1, m.action(p.steps[s].action).name));
    if (p.until.settled() != Truth::yes) lines.push_back("until " + p.until_text);
    out += fmt::format("  {} [label={}{}];\n", quoted("phase " + p.name), label(lines), p.retreat ? ", style=\"dashed,filled\", fillcolor=\"#f6f6f6\"" : "");
  }
  for (const int i : shown.ends) out += fmt::format("  {} [label={}, shape=ellipse, style=filled, fillcolor=\"{}\"];\n", quoted("end " + m.end(i).name), quoted(m.end(i).name), colour(m.end(i).kind));
  for (const int i : shown.phases)
    for (const DrawnWay& way : drawn_ways(m.phase(i)))
      out += fmt::format("  {} -> {} [{}];\n", quoted("phase " + m.phase(i).name), quoted((way.to.end ? "end " : "phase ") + m.name_of(way.to)), look(way.kind));
  return out + "}\n";
}

}  // namespace interlock::fsm
