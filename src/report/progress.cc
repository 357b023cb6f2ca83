#include "src/report/progress.h"

#include <algorithm>
#include <chrono>

namespace interlock {
namespace {

using report::Colour;
using report::Line;
using report::Word;

constexpr std::size_t kLeast = 30;               // columns; narrower terminals wrap
constexpr std::size_t kBar = 16;
constexpr Millis kGapShown{100};                 // as the client meter: shorter is ordinary unevenness
constexpr Millis kWaitTold{30'000}, kGapTold{1000}, kGapToldAgain{10'000};

std::string bar(double part) {
  const auto full = static_cast<std::size_t>(std::clamp(part, 0.0, 1.0) * static_cast<double>(kBar));
  std::string text;
  for (std::size_t i = 0; i < kBar; ++i) text += i < full ? "█" : "░";
  return text;
}

Millis ms_of(Micros us) { return std::chrono::duration_cast<Millis>(us); }

}  // namespace

std::int64_t system_wall_ms() { return std::chrono::duration_cast<Millis>(std::chrono::system_clock::now().time_since_epoch()).count(); }

// --- a terminal ------------------------------------------------------------------------------------------------------

TerminalProgress::TerminalProgress(const fsm::Machine& machine, Sink& sink, ProgressOptions options)
    : sink_(sink), options_(std::move(options)), paint_(options_.colours), narrator_(machine, options_.language, options_.history, options_.typing) {}

TerminalProgress::~TerminalProgress() {
  if (!drawn_.empty()) (void)sink_.write(erase(), true);
}

// The cursor stands at the end of the block's last line. A terminal that has become narrower has wrapped its lines.
std::string TerminalProgress::erase() const {
  if (drawn_.empty()) return {};
  const std::size_t columns = std::max<std::size_t>(1, sink_.columns());
  std::size_t rows = 0;
  for (const std::size_t width : drawn_) rows += width == 0 ? 1 : (width + columns - 1) / columns;
  return "\r" + (rows > 1 ? fmt::format("\x1b[{}A", rows - 1) : std::string()) + "\x1b[J";
}

std::string TerminalProgress::shown(const Line& line, std::size_t columns) const {
  const std::string sign = line.sign.empty() ? "" : paint_(line.colour, line.sign) + " ";
  std::string head, text = line.text;
  switch (line.kind) {
    case Line::Kind::heading:
      return sign + paint_(line.colour, report::clip(text, columns - report::display_width(sign))) + "\n";
    case Line::Kind::ending:
      return "\n" + report::hang(sign, text, columns, line.right);
    case Line::Kind::event: head = "  "; break;
    case Line::Kind::detail: head = "    "; break;
  }
  return report::hang(head + sign, text, columns, paint_(Colour::dim, line.right));
}

void TerminalProgress::lasting(const std::vector<Line>& lines) {
  if (lines.empty()) return;
  const std::size_t columns = std::max(kLeast, sink_.columns()) - 1;
  std::string text = erase();
  drawn_.clear();
  for (const auto& line : lines) text += shown(line, std::min(columns, report::kPageColumns));
  (void)sink_.write(text, true);
}

void TerminalProgress::on_record(const std::string& kind, const Json& body, const Json& evidence) {
  auto lines = narrator_.hear(options_.clock(), kind, body, evidence);
  // The live block shows what is under way.
  std::erase_if(lines, [](const Line& l) { return l.sign == "…"; });
  lasting(lines);
}

void TerminalProgress::on_instruct(const fsm::Action& action) { lasting(narrator_.instruct(action)); }

std::string TerminalProgress::meter(const Now& now) const {
  const GapSnapshot& c = *now.clients;
  const Language language = options_.language;
  const bool gap = ms_of(c.current) >= kGapShown;
  const std::string state = gap ? paint_(Colour::red, "✗ " + say(language, Word::meter_gap, report::duration(ms_of(c.current)))) : paint_(Colour::green, "● " + say(language, Word::meter_served));
  return state + paint_(Colour::dim, "  " + say(language, Word::meter_totals, report::duration(ms_of(c.longest.length)), report::grouped(c.attempts), report::grouped(c.failures)));
}

void TerminalProgress::on_tick(const Now& now) {
  const std::size_t columns = sink_.columns();
  const std::size_t room = columns > 1 ? columns - 1 : 1;  // the last column would make some terminals wrap
  std::vector<std::string> lines{paint_(Colour::dim, std::string(std::min<std::size_t>(room, 40), '-')), paint_(Colour::bold, narrator_.where(now)) + paint_(Colour::dim, "  " + report::duration(now.clock))};
  if (const std::string waiting = narrator_.waiting(now); !waiting.empty()) {
    const fsm::Waiting& w = now.waiting;
    const Millis waited = now.clock - w.since, limit = w.until - w.since;
    std::string text = "⧖ " + waiting;
    if (limit.count() > 0) {
      const std::string figures = "  " + bar(static_cast<double>(waited.count()) / static_cast<double>(limit.count())) + " " + say(options_.language, Word::waited_of, report::duration(waited), report::duration(limit));
      const std::size_t taken = report::display_width(figures);
      text = report::clip(text, room > taken + 12 ? room - taken : room) + figures;
    }
    lines.push_back(text);
  }
  if (now.clients) lines.push_back(meter(now));
  for (const auto& title : narrator_.broken(now)) lines.push_back(paint_(Colour::red, "! " + say(options_.language, Word::broken_now, title)));

  std::string text = erase();
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string line = report::clip(lines[i], room);
    text += (i ? "\n" : "") + line;
    widths.push_back(report::display_width(line));
  }
  if (sink_.write(text, false)) drawn_ = std::move(widths);
}

// --- plain lines -----------------------------------------------------------------------------------------------------

PlainProgress::PlainProgress(const fsm::Machine& machine, Sink& sink, ProgressOptions options)
    : sink_(sink), options_(std::move(options)), narrator_(machine, options_.language, options_.history, options_.typing) {}

void PlainProgress::tell(const std::string& text) { (void)sink_.write(report::date_time(options_.clock()) + "  " + text + "\n", true); }

void PlainProgress::lasting(const std::vector<Line>& lines) {
  for (const auto& line : lines) {
    const bool sub = line.kind == Line::Kind::event || line.kind == Line::Kind::detail;
    tell((sub ? "  " : "") + (line.kind == Line::Kind::detail ? std::string("  ") : line.sign.empty() ? "" : line.sign + " ") + line.text + (line.right.empty() ? "" : "  " + line.right));
  }
}

void PlainProgress::on_record(const std::string& kind, const Json& body, const Json& evidence) { lasting(narrator_.hear(options_.clock(), kind, body, evidence)); }

void PlainProgress::on_instruct(const fsm::Action& action) { lasting(narrator_.instruct(action)); }

// A log is told of what lasts, not of every moment.
void PlainProgress::on_tick(const Now& now) {
  if (now.waiting.since != wait_since_) {
    wait_since_ = now.waiting.since;
    next_wait_ = kWaitTold;
  }
  const Millis waited = now.clock - now.waiting.since;
  if (now.waiting.kind != fsm::Waiting::Kind::nothing && waited >= next_wait_) {
    next_wait_ = waited + kWaitTold;
    tell("  ⧖ " + narrator_.waiting(now) + ", " + say(options_.language, Word::waited_of, report::duration(waited), report::duration(now.waiting.until - now.waiting.since)));
  }
  if (!now.clients) return;
  const Millis gap = ms_of(now.clients->current);
  if (gap < kGapTold) next_gap_ = kGapTold;
  if (gap >= next_gap_ && next_gap_.count() > 0) {
    next_gap_ = gap + kGapToldAgain;
    tell("  ! " + say(options_.language, Word::labelled, say(options_.language, Word::clients), say(options_.language, Word::meter_gap, report::duration(gap))));
  }
}

}  // namespace interlock
