// A check as JUnit XML: a closed gate is a failure, one that could not be evaluated an error, a warning a skipped
// test with its message, since JUnit knows no warnings.
#include "src/report/check_formats.h"
#include "src/report/escape.h"
#include "src/report/layout.h"

namespace interlock::report {
namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

std::string inside(const GateResult& g, Language language) {
  if (g.verdict == fsm::Truth::yes) return {};
  const std::string message = xml(g.observed), text = xml(joined(detail_lines(g, language)));
  if (g.mode != fsm::GateMode::enforce) return fmt::format("      <skipped message=\"{}\">{}</skipped>\n", message, text);
  const char* element = g.verdict == fsm::Truth::no ? "failure" : "error";
  return fmt::format("      <{0} type=\"{3}\" message=\"{1}\">{2}</{0}>\n", element, message, text, g.verdict == fsm::Truth::no ? "closed" : "unknown");
}

}  // namespace

std::string check_junit(const CheckResult& r, Language language) {
  const GateCounts n = count(r);
  const std::size_t skipped = r.gates.size() - n.open - n.closed - n.unknown;
  const std::string counts = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"", r.gates.size(), n.closed, n.unknown, skipped,
                                         static_cast<double>(r.took.count()) / 1000.0);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites {}>\n  <testsuite name=\"{}\" hostname=\"{}\" timestamp=\"{}\" {}>\n", counts, xml(r.procedure), xml(r.site), iso_time(r.at_ms).substr(0, 19), counts);
  for (const auto& g : r.gates) {
    const std::string head = fmt::format("    <testcase classname=\"{}.{}\" name=\"{}\"", xml(r.procedure), xml(g.phase), xml(with_title(g.id, g.title, language)));
    const std::string body = inside(g, language);
    out += body.empty() ? head + "/>\n" : head + ">\n" + body + "    </testcase>\n";
  }
  return out + "  </testsuite>\n</testsuites>\n";
}

}  // namespace interlock::report
