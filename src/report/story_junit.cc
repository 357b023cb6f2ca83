// A told run as JUnit XML, for pipelines: phases are suites, gates and actions are test cases.
#include "src/report/cause.h"
#include "src/report/escape.h"
#include "src/report/layout.h"
#include "src/report/story_formats.h"

namespace interlock::report {
namespace {

struct Tally {
  int tests = 0, failures = 0, errors = 0, skipped = 0;
};

std::string lines(const std::vector<Sighting>& evidence, Language language) {
  std::string text;
  for (const auto& line : sighting_lines(evidence, language)) text += line + "\n";
  return text;
}

std::string element(const char* name, const std::string& message, const std::string& text) {
  return fmt::format("      <{0} message=\"{1}\">{2}</{0}>\n", name, xml(message), xml(text));
}

// One test case; `result` is empty when it passed.
std::string test_case(const std::string& suite, const std::string& name, double seconds, const std::string& result) {
  const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"", xml(suite), xml(name), seconds);
  return result.empty() ? head + "/>\n" : head + ">\n" + result + "    </testcase>\n";
}

std::string gate_case(const std::string& suite, const GateTold& g, Tally& tally, Language language) {
  ++tally.tests;
  std::string result;
  if (g.verdict != fsm::Truth::yes) {
    const std::string text = say(language, Word::required) + ": " + g.requires_text + "\n" + lines(g.evidence, language) + (g.remedy.empty() ? "" : say(language, Word::remedy) + ": " + in(g.remedy, language) + "\n");
    const bool closed = g.verdict == fsm::Truth::no, counts = g.mode == fsm::GateMode::enforce;
    ++(!counts ? tally.skipped : closed ? tally.failures : tally.errors);
    result = element(!counts ? "skipped" : closed ? "failure" : "error", facts_text(g.facts, language), text);
  }
  return test_case(suite, with_title(g.id, g.title, language), 0, result);
}

std::string action_case(const std::string& suite, const ActionTold& a, Tally& tally, Language language) {
  ++tally.tests;
  std::string result;
  switch (a.end) {
    case ActionTold::End::confirmed: break;
    case ActionTold::End::already:
    case ActionTold::End::not_needed:
      ++tally.skipped;
      result = element("skipped", to_string(a.end), "");
      break;
    case ActionTold::End::failed:
    case ActionTold::End::interlocked:
    case ActionTold::End::not_ready: {
      ++tally.failures;
      std::string message = std::string(to_string(a.end)) + ": " + a.text + a.needs;
      for (const auto& r : a.rules) message += r + " ";
      result = element("failure", message, facts_text(a.facts, language) + "\n" + lines(a.evidence, language));
      break;
    }
    case ActionTold::End::unknown:
    case ActionTold::End::under_way:
      ++tally.errors;
      result = element("error", std::string(to_string(a.end)) + ": " + a.text, lines(a.evidence, language));
      break;
  }
  const double seconds = a.ended_ms > a.begun_ms ? static_cast<double>(a.ended_ms - a.begun_ms) / 1000.0 : 0;
  return test_case(suite, a.name + (a.attempt > 1 ? " #" + std::to_string(a.attempt) : "") + ": " + in(a.title, language), seconds, result);
}

std::string wait_case(const std::string& suite, const WaitTold& w, Tally& tally, Language language) {
  ++tally.tests;
  std::string result;
  if (w.end != WaitTold::End::reached) {
    const bool overrun = w.end == WaitTold::End::overrun;
    ++(overrun ? tally.failures : tally.errors);
    result = element(overrun ? "failure" : "error", facts_text(w.facts, language), lines(w.evidence, language));
  }
  return test_case(suite, "until " + w.until, w.ended_ms > w.begun_ms ? static_cast<double>(w.ended_ms - w.begun_ms) / 1000.0 : 0, result);
}

}  // namespace

std::string story_junit(const Story& s, const fsm::Machine& m, const RunInfo& info, Language language) {
  Tally all;
  std::string suites;
  for (const auto& v : s.visits) {
    if (v.end) continue;
    Tally tally;
    std::string cases;
    const std::string suite = m.procedure + "." + v.name;
    for (const auto& g : v.gates) cases += gate_case(suite, g, tally, language);
    for (const auto& item : v.items) {
      if (const auto* action = std::get_if<ActionTold>(&item)) cases += action_case(suite, *action, tally, language);
      if (const auto* wait = std::get_if<WaitTold>(&item)) cases += wait_case(suite, *wait, tally, language);
    }
    suites += fmt::format("  <testsuite name=\"{}\" timestamp=\"{}\" time=\"{:.3f}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n{}  </testsuite>\n", xml(titled(v.title, v.name, language)),
                          iso_time(v.entered_ms).substr(0, 19), static_cast<double>(v.left_ms - v.entered_ms) / 1000.0, tally.tests, tally.failures, tally.errors, tally.skipped, cases);
    all = {all.tests + tally.tests, all.failures + tally.failures, all.errors + tally.errors, all.skipped + tally.skipped};
  }
  // How the run as a whole ended is a test case of its own.
  Tally end{1, 0, 0, 0};
  std::string result;
  if (s.ending != Story::Ending::ended)
    result = element("error", ending_text(s, m, language), ""), ++end.errors;
  else if (s.end_kind != fsm::EndKind::success)
    result = element("failure", ending_text(s, m, language), ""), ++end.failures;
  suites += fmt::format("  <testsuite name=\"{}\" tests=\"1\" failures=\"{}\" errors=\"{}\" skipped=\"0\">\n{}  </testsuite>\n", xml(say(language, Word::result)), end.failures, end.errors,
                        test_case(m.procedure, say(language, Word::result), static_cast<double>(s.took().count()) / 1000.0, result));
  return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\">\n{}</testsuites>\n",
                     xml(m.procedure + " " + info.run_id), all.tests + 1, all.failures + end.failures, all.errors + end.errors, all.skipped, static_cast<double>(s.took().count()) / 1000.0, suites);
}

}  // namespace interlock::report
