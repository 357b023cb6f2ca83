#include "src/report/check_report.h"

#include <algorithm>

#include "src/report/check_formats.h"
#include "src/report/layout.h"

namespace interlock {

int nagios_status(const CheckResult& result) {
  const report::GateCounts n = report::count(result);
  if (n.closed > 0) return 2;
  if (n.unknown > 0 || result.gates.empty()) return 3;  // where nothing was looked at, nothing is known
  return n.warnings > 0 ? 1 : 0;
}

std::string render_check(const CheckResult& result, Format format, Language language, bool colours) {
  switch (format) {
    case Format::text: return report::check_text(result, language, colours);
    case Format::json: return report::check_json(result, language);
    case Format::nagios: return report::check_nagios(result, language);
    case Format::prometheus: return report::check_prometheus(result);
    case Format::junit: return report::check_junit(result, language);
    case Format::tap: return report::check_tap(result, language);
  }
  return {};
}

namespace report {
namespace {

constexpr std::size_t kNamed = 10;  // ids in a headline: plugins' first lines are cut at a few hundred characters

std::string some_of(const std::vector<std::string>& ids, Language language) {
  std::string text;
  for (std::size_t i = 0; i < ids.size() && i < kNamed; ++i) text += (i ? ", " : "") + ids[i];
  if (ids.size() > kNamed) text += say(language, Word::and_more, ids.size() - kNamed);
  return text;
}

std::string text_of(const Json& item, const char* key) {
  const auto it = item.find(key);
  return it != item.end() && it->is_string() ? it->get<std::string>() : std::string();
}

}  // namespace

GateCounts count(const CheckResult& result) {
  GateCounts n;
  for (const auto& g : result.gates) {
    if (g.verdict == fsm::Truth::yes) {
      ++n.open;
      continue;
    }
    switch (g.mode) {
      case fsm::GateMode::enforce:
        if (g.verdict == fsm::Truth::no) {
          ++n.closed;
          n.closed_ids.push_back(g.id);
        } else {
          ++n.unknown;
          n.unknown_ids.push_back(g.id);
        }
        break;
      case fsm::GateMode::warn:  // not known to be well is a warning too
        ++n.warnings;
        n.warning_ids.push_back(g.id);
        break;
      case fsm::GateMode::observe: break;
    }
  }
  return n;
}

const char* status_word(int status) {
  constexpr const char* kWords[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
  return kWords[status & 3];
}

std::string headline(const CheckResult& result, Language language) {
  const GateCounts n = count(result);
  const std::size_t all = result.gates.size();
  if (all == 0) return say(language, Word::nagios_none);
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  if (n.closed) add(say(language, Word::nagios_closed, n.closed, all, some_of(n.closed_ids, language)));
  if (n.unknown) add(say(language, Word::nagios_unknown, n.unknown, all, some_of(n.unknown_ids, language)));
  if (n.warnings) add(say(language, Word::nagios_warning, n.warnings, some_of(n.warning_ids, language)));
  if (text.empty()) add(say(language, Word::nagios_open, n.open, all));
  return text;
}

std::vector<std::string> evidence_lines(const Json& evidence, Language language) {
  std::vector<std::string> lines;
  if (!evidence.is_array()) return lines;
  for (const auto& item : evidence) {
    if (!item.is_object()) continue;
    std::string line = text_of(item, "fact") + " = " + text_of(item, "value") + ": " + text_of(item, "asked");
    const std::string seen = without_duration(text_of(item, "saw")), why = text_of(item, "why");
    if (!seen.empty() && !says_again(seen, why)) line += say(language, Word::saw, seen);
    if (!why.empty() && why != seen) line += "; " + why;
    if (const auto took = item.find("took_us"); took != item.end() && took->is_number()) line += say(language, Word::in_time, micros(took->get<std::int64_t>()));
    lines.push_back(printable(line));
  }
  return lines;
}

// Probes say how long they took, and so does the observation itself.
std::string without_duration(const std::string& saw) {
  const auto at = saw.rfind(", in ");
  if (at == std::string::npos) return saw;
  const std::string_view rest = std::string_view(saw).substr(at + 5);
  const auto digits = rest.find_first_not_of("0123456789.");
  return digits != 0 && digits != std::string_view::npos && rest.substr(digits) == " ms" ? saw.substr(0, at) : saw;
}

bool says_again(const std::string& saw, const std::string& why) {
  const auto text = why.find(": ");
  return text != std::string::npos && saw.ends_with(why.substr(text));
}

std::vector<std::string> unknown_lines(const Json& evidence) {
  std::vector<std::string> lines;
  if (!evidence.is_array()) return lines;
  for (const auto& item : evidence) {
    if (!item.is_object() || text_of(item, "value") != "unknown") continue;
    const std::string why = text_of(item, "why"), line = why.empty() ? text_of(item, "saw") : why;
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> detail_lines(const GateResult& gate, Language language) {
  std::vector<std::string> lines;
  const auto add = [&](Word label, const std::string& text) {
    if (!text.empty()) lines.push_back(say(language, Word::labelled, say(language, label), printable(text)));
  };
  if (gate.verdict == fsm::Truth::unknown) {
    for (const auto& line : unknown_lines(gate.evidence)) add(Word::because, line);
    return lines;
  }
  add(Word::observed, gate.observed);
  add(Word::required, gate.requires_text);
  for (const auto& line : evidence_lines(gate.evidence, language)) add(Word::how, line);
  add(Word::remedy, in(gate.remedy, language));
  return lines;
}

}  // namespace report
}  // namespace interlock
