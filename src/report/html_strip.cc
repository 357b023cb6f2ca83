// Availability as clients saw it, drawn to scale. What was not measured is hatched, never green.
#include <algorithm>

#include "src/report/cause.h"
#include "src/report/escape.h"
#include "src/report/html_parts.h"
#include "src/report/layout.h"

namespace interlock::report {
namespace {

constexpr double kStripWidth = 1000, kLeft = 8, kInner = kStripWidth - 2 * kLeft;
constexpr double kLeastGap = 3;                  // a gap is visible however long the run was
constexpr double kColumn = 6.4;                  // of the labels' font

std::string rect(double x, double y, double w, double h, const char* style, const std::string& tip = "") {
  std::string text = fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"2\"", style, x, y, w, h);
  return tip.empty() ? text + "/>" : text + "><title>" + xml(tip) + "</title></rect>";
}

std::string label(double x, double y, const std::string& text, const char* style, const char* anchor = "start") {
  return fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>", style, x, y, anchor, xml(text));
}

// A distance between ticks that gives about eight of them.
std::int64_t tick_of(std::int64_t length_ms) {
  for (const std::int64_t step : {100, 200, 500, 1000, 2000, 5000, 10'000, 15'000, 30'000, 60'000, 120'000, 300'000, 600'000, 1'800'000, 3'600'000})
    if (length_ms / step <= 8) return step;
  return 6 * 3'600'000LL * (length_ms / (48 * 3'600'000LL) + 1);
}

class Strip {
 public:
  explicit Strip(const Telling& t) : t_(t), from_(t.story.started_ms), length_(std::max<std::int64_t>(1, t.story.finished_ms - t.story.started_ms)) {}

  std::string draw() {
    std::string out = fmt::format("<svg viewBox=\"0 0 {} 118\" role=\"img\" aria-label=\"{}\"><defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                                  "<line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern></defs>",
                                  kStripWidth, xml(say(t_.language, Word::availability)));
    const ClientsTold& c = t_.story.clients;
    const bool measured = c.in_machine && c.not_measured.empty() && t_.story.records > 0;
    out += rect(kLeft, 22, kInner, 30, measured ? "band" : "blank", say(t_.language, measured ? Word::served : Word::not_measured));
    if (measured) {
      for (const auto& a : t_.story.absences) {
        const std::string tip = say(t_.language, Word::not_measured) + ": " + clock_time(a.from_ms) + " – " + clock_time(a.to_ms);
        out += rect(x(a.from_ms), 22, std::max(kLeastGap, x(a.to_ms) - x(a.from_ms)), 30, "node") + rect(x(a.from_ms), 22, std::max(kLeastGap, x(a.to_ms) - x(a.from_ms)), 30, "blank", tip);
      }
      for (const auto& g : c.gaps) gap(g, out);
    }
    phases(out);
    axis(out);
    return out + "</svg>";
  }

 private:
  [[nodiscard]] double x(std::int64_t at_ms) const {
    return kLeft + kInner * std::clamp(static_cast<double>(at_ms - from_) / static_cast<double>(length_), 0.0, 1.0);
  }

  void gap(const GapTold& g, std::string& out) const {
    const double left = x(g.from_ms), width = std::max(kLeastGap, x(g.from_ms + g.length.count()) - left);
    out += rect(left, 18, width, 38, "gap", say(t_.language, Word::not_served) + " " + duration(g.length) + ", " + clock_time(g.from_ms));
    const auto& longest = t_.story.clients.longest;
    if (longest && longest->from_ms == g.from_ms) {
      const double middle = std::clamp(left + width / 2, 40.0, kStripWidth - 40);
      out += label(middle, 13, duration(g.length), "", "middle");
    }
  }

  void phases(std::string& out) const {
    for (const auto& v : t_.story.visits) {
      if (v.end) continue;
      const double left = x(v.entered_ms), width = std::max(1.0, x(v.left_ms) - left - 1);
      const std::string title = in(v.title, t_.language);
      out += rect(left, 62, width, 24, v.retreat ? "ph back" : "ph", title + ", " + duration(Millis(v.left_ms - v.entered_ms)));
      const auto columns = static_cast<std::size_t>(std::max(0.0, (width - 8) / kColumn));
      if (columns >= 6) out += label(left + 4, 78, clip(title, columns), "soft");
    }
  }

  void axis(std::string& out) const {
    const std::int64_t step = tick_of(length_);
    for (std::int64_t at = 0; at <= length_; at += step) {
      const double left = x(from_ + at);
      out += fmt::format("<line class=\"axis\" x1=\"{0:.1f}\" y1=\"90\" x2=\"{0:.1f}\" y2=\"96\"/>", left);
      const char* anchor = at == 0 ? "start" : left > kStripWidth - 40 ? "end" : "middle";
      out += label(left, 109, at == 0 ? clock_time(from_).substr(0, 8) : "+" + duration(Millis(at)), "soft", anchor);
    }
  }

  const Telling& t_;
  const std::int64_t from_, length_;
};

}  // namespace

std::string html_strip(const Telling& t) { return Strip(t).draw(); }

std::string html_outage(const Telling& t) {
  const auto& longest = t.story.clients.longest;
  if (!longest || !t.info.forecast) return {};
  const Forecast& f = *t.info.forecast;
  const double measured = static_cast<double>(longest->length.count());
  const double scale = (kInner - 330) / std::max({measured, f.max_ms, 1.0});
  constexpr double kFrom = 190;
  const std::string range = seconds_between(f.min_ms, f.max_ms) + " s";
  std::string out = fmt::format("<svg viewBox=\"0 0 {} 62\" role=\"img\">", kStripWidth);
  out += label(kLeft, 20, say(t.language, Word::outage_card), "") + rect(kFrom, 6, std::max(kLeastGap, measured * scale), 18, "gap");
  out += label(kFrom + std::max(kLeastGap, measured * scale) + 8, 20, duration(longest->length), "");
  out += label(kLeft, 50, clip(say(t.language, Word::predicted_row, f.handover), 28), "");
  out += rect(kFrom + f.min_ms * scale, 36, std::max(kLeastGap, (f.max_ms - f.min_ms) * scale), 18, "predicted");
  out += fmt::format("<line class=\"mean\" x1=\"{0:.1f}\" y1=\"34\" x2=\"{0:.1f}\" y2=\"56\"/>", kFrom + f.mean_ms * scale);
  out += label(kFrom + f.max_ms * scale + 10, 50, range, "");
  return out + "</svg>";
}

}  // namespace interlock::report
