// A check for Nagios and Icinga: status and performance data on the first line, details behind it.
#include "src/report/check_formats.h"
#include "src/report/escape.h"
#include "src/report/layout.h"

namespace interlock::report {

std::string check_nagios(const CheckResult& r, Language language) {
  const GateCounts n = count(r);
  std::string out = fmt::format("INTERLOCK {}: {} | gates={};;;0; open={};;;0; closed={};;;0; unknown={};;;0; warnings={};;;0; time={:.3f}s;;;0;\n", status_word(nagios_status(r)),
                                nagios_line(headline(r, language)), r.gates.size(), n.open, n.closed, n.unknown, n.warnings, static_cast<double>(r.took.count()) / 1000.0);
  out += nagios_line(say(language, Word::check_of, r.procedure, r.site, date_time(r.at_ms), r.gates.size(), duration(r.took))) + "\n";
  for (const auto& g : r.gates) {
    if (g.verdict == fsm::Truth::yes) continue;
    const std::string& title = in(g.title, language);
    const Word verdict = g.verdict == fsm::Truth::no ? Word::closed : Word::unknown;
    out += nagios_line(g.id) + (with_title(g.id, g.title, language) == g.id ? "" : " (" + nagios_line(title) + ")") + ": " + say(language, verdict) + "\n";
    for (const auto& line : detail_lines(g, language)) out += "  " + nagios_line(line) + "\n";
  }
  return out;
}

}  // namespace interlock::report
