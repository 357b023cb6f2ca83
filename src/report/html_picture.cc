// The machine as a graph: the way forward on the left, the ways back in the middle, the ends on the right and at the
// feet. What was taken is drawn strongly; what was possible is dimmed.
#include <algorithm>
#include <map>
#include <set>

#include "src/report/escape.h"
#include "src/report/html_parts.h"
#include "src/report/layout.h"
#include "src/report/plan_report.h"

namespace interlock::report {
namespace {

constexpr double kRow = 62, kHigh = 42, kTop = 12;
constexpr std::array<double, 3> kColumnX{34, 426, 806}, kColumnWide{270, 270, 200};
constexpr double kWidth = 1030, kLetter = 6.6;

enum class Way { next, back };

struct Node {
  int column = 0;
  double y = 0;
};

class Picture {
 public:
  explicit Picture(const Telling& t) : t_(t), m_(t.machine), phases_(reachable_phases(m_)) {
    for (const auto& turn : t.story.turns) taken_.insert({turn.from, turn.to});
    for (const auto& v : t.story.visits) {
      visited_.insert(v.name);
      spent_[v.name] += v.left_ms - v.entered_ms;
    }
    place();
  }

  std::string draw() {
    // The strong lines are drawn last, so that no dimmed one crosses over them.
    for (const bool strong : {false, true})
      for (const int i : phases_) edges(i, strong);
    for (const int i : phases_) box(m_.phase(i).name, in(m_.phase(i).title, t_.language), is_way_back(m_, i) ? " back" : "", false);
    for (const int i : ends_) {
      const fsm::End& e = m_.end(i);
      const char* style = "";
      switch (e.kind) {
        case fsm::EndKind::success: style = " success"; break;
        case fsm::EndKind::unchanged:
        case fsm::EndKind::rolled_back: style = " rolled"; break;
        case fsm::EndKind::attention: style = " attention"; break;
      }
      box(e.name, in(e.title, t_.language), style, true);
    }
    return fmt::format("<svg viewBox=\"0 0 {} {:.0f}\" role=\"img\" aria-label=\"{}\">", kWidth, height_ + kTop, xml(say(t_.language, Word::machine_picture))) + lines_ + boxes_ + "</svg>";
  }

 private:
  void place() {
    std::array<int, 3> rows{};
    std::set<int> ends;
    for (const int i : phases_) {
      const int column = is_way_back(m_, i) ? 1 : 0;
      nodes_[m_.phase(i).name] = {column, kTop + kRow * rows[static_cast<std::size_t>(column)]++};
      const fsm::Phase& p = m_.phase(i);
      for (const fsm::Target to : {p.next, p.back, p.refused, p.overrun})
        if (to.end) ends.insert(to.index);
    }
    if (t_.story.end >= 0) ends.insert(t_.story.end);
    ends_.assign(ends.begin(), ends.end());
    for (const int i : ends_) {
      const fsm::EndKind kind = m_.end(i).kind;
      const std::size_t column = kind == fsm::EndKind::success ? 0 : kind == fsm::EndKind::rolled_back ? 1 : 2;
      nodes_[m_.end(i).name] = {static_cast<int>(column), kTop + kRow * rows[column]++};
    }
    // The third column is short: its boxes are spread beside the others.
    const int most = *std::max_element(rows.begin(), rows.end());
    const double spread = rows[2] > 0 ? kRow * most / rows[2] : 0;
    int third = 0;
    for (const int i : ends_)
      if (Node& n = nodes_[m_.end(i).name]; n.column == 2) n.y = kTop + spread * third++ + (spread - kRow) / 2;
    height_ = kTop + kRow * most;
  }

  void edges(int index, bool strong) {
    const fsm::Phase& p = m_.phase(index);
    const bool waits = p.until.settled() != fsm::Truth::yes;
    std::set<std::string> drawn;
    const auto edge = [&](fsm::Target to, Way way) {
      const std::string name = m_.name_of(to);
      if (!drawn.insert(name).second) return;
      const bool taken = taken_.contains({p.name, name});
      if (taken == strong) line(p.name, name, way, taken);
    };
    edge(p.next, Way::next);
    if (!p.steps.empty() || waits) edge(p.back, Way::back);
    if (!p.gates.empty()) edge(p.refused, Way::back);
    if (waits) edge(p.overrun, Way::back);
    // Only a person, or a doubt, leads to an end that the machine does not name for this phase.
    for (const auto& [from, to] : taken_)
      if (from == p.name && strong && nodes_.contains(to) && drawn.insert(to).second) line(from, to, Way::back, true);
  }

  void line(const std::string& from, const std::string& to, Way way, bool taken) {
    const Node &a = nodes_[from], &b = nodes_[to];
    const bool back = way == Way::back || a.column == 1;
    const std::string style = std::string(way == Way::back ? " way" : "") + (taken ? " taken" : "") + (back ? " back" : "");
    const auto ac = static_cast<std::size_t>(a.column), bc = static_cast<std::size_t>(b.column);
    const double ax = kColumnX[ac], ay = a.y + kHigh / 2, bx = kColumnX[bc], by = b.y + kHigh / 2;
    if (a.column != b.column) {
      const bool right = b.column > a.column;
      const double x1 = right ? ax + kColumnWide[ac] : ax, x2 = right ? bx - 7 : bx + kColumnWide[bc] + 7, bend = (x2 - x1) * 0.5;
      lines_ += fmt::format("<path class=\"edge{}\" d=\"M{:.1f} {:.1f} C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}\"/>", style, x1, ay, x1 + bend, ay, x2 - bend, by, x2, by);
      tip(x2 + (right ? 7 : -7), by, right ? 'r' : 'l', style);
    } else if (b.y - a.y > 0 && b.y - a.y < kRow * 1.5) {
      const double x = ax + kColumnWide[ac] / 2;
      lines_ += fmt::format("<path class=\"edge{}\" d=\"M{:.1f} {:.1f} L{:.1f} {:.1f}\"/>", style, x, a.y + kHigh, x, b.y - 7);
      tip(x, b.y, 'd', style);
    } else {
      // Round the side of the column: the outer side for the way forward, the right for the others.
      const bool left = a.column == 0;
      const double side = left ? ax : ax + kColumnWide[ac], reach = std::min(30.0, 10 + std::abs(b.y - a.y) / 14) * (left ? -1 : 1) * 1.3;
      const double x2 = side + (left ? -7 : 7);
      lines_ += fmt::format("<path class=\"edge{}\" d=\"M{:.1f} {:.1f} C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}\"/>", style, side, ay, side + reach, ay, side + reach, by, x2, by);
      tip(side, by, left ? 'r' : 'l', style);
    }
  }

  void tip(double x, double y, char to, const std::string& style) {
    const double dx = to == 'r' ? -8 : to == 'l' ? 8 : 0, dy = to == 'd' ? -8 : 0;
    const double ox = to == 'd' ? 4 : 0, oy = to == 'd' ? 0 : 4;
    lines_ += fmt::format("<path class=\"tip{}\" d=\"M{:.1f} {:.1f} L{:.1f} {:.1f} L{:.1f} {:.1f} Z\"/>", style, x, y, x + dx + ox, y + dy + oy, x + dx - ox, y + dy - oy);
  }

  void box(const std::string& name, const std::string& title, const std::string& style, bool end) {
    const Node& n = nodes_[name];
    const auto column = static_cast<std::size_t>(n.column);
    const double x = kColumnX[column], wide = kColumnWide[column];
    const bool visited = visited_.contains(name);
    const auto letters = static_cast<std::size_t>((wide - 18) / kLetter);
    boxes_ += fmt::format("<g><title>{}</title><rect class=\"node{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"{}\"/>", xml(titled(fsm::Words{title, title}, name, t_.language)),
                          visited ? " taken" + style : "", x, n.y, wide, kHigh, end ? kHigh / 2 : 6);
    boxes_ += fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", visited ? "" : "dim", x + 12, n.y + 18, xml(clip(printable(title), letters)));
    const std::string spent = visited && !end ? " · " + duration(Millis(spent_[name])) : "";
    boxes_ += fmt::format("<text class=\"soft{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text></g>", visited ? "" : " dim", x + 12, n.y + 34, xml(clip(printable(name), letters - 9) + spent));
  }

  const Telling& t_;
  const fsm::Machine& m_;
  const std::vector<int> phases_;
  std::vector<int> ends_;
  std::set<std::pair<std::string, std::string>> taken_;
  std::set<std::string> visited_;
  std::map<std::string, std::int64_t> spent_;
  std::map<std::string, Node> nodes_;
  std::string lines_, boxes_;
  double height_ = 0;
};

}  // namespace

std::string html_picture(const Telling& t) {
  if (t.machine.phases.empty()) return {};
  return Picture(t).draw();
}

}  // namespace interlock::report
