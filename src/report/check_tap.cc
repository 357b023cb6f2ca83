// A check as TAP version 13. A gate that only warns never fails the plan; what it saw stands behind it.
#include "src/report/check_formats.h"
#include "src/report/escape.h"

namespace interlock::report {
namespace {

// Strings as JSON writes them are valid YAML.
std::string quoted(const std::string& text) { return json_text(Json(text), -1); }

std::string block(const GateResult& g, Language language) {
  std::string out = "  ---\n";
  const auto add = [&](const char* key, const std::string& text) { out += std::string("  ") + key + ": " + quoted(text) + "\n"; };
  add("verdict", g.verdict == fsm::Truth::no ? "closed" : "unknown");
  add("mode", fsm::to_string(g.mode));
  add("observed", g.observed);
  add("required", g.requires_text);
  add("remedy", in(g.remedy, language));
  out += "  evidence:\n";
  const auto lines = evidence_lines(g.evidence, language);
  if (lines.empty()) out += "    []\n";
  for (const auto& line : lines) out += "    - " + quoted(line) + "\n";
  return out + "  ...\n";
}

}  // namespace

std::string check_tap(const CheckResult& r, Language language) {
  std::string out = fmt::format("TAP version 13\n1..{}\n", r.gates.size());
  std::size_t number = 0;
  for (const auto& g : r.gates) {
    const bool open = g.verdict == fsm::Truth::yes, counts = g.mode == fsm::GateMode::enforce;
    out += fmt::format("{} {} - {}/{}: {}{}\n", open || !counts ? "ok" : "not ok", ++number, tap_line(g.phase), tap_line(g.id), tap_line(in(g.title, language)),
                       !open && !counts ? std::string(" # SKIP ") + fsm::to_string(g.mode) : "");
    if (!open) out += block(g, language);
  }
  return out;
}

}  // namespace interlock::report
