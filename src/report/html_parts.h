// The parts of the HTML report. Private to html_report.cc and its parts. Each returns finished, escaped markup.
#pragma once

#include <string>

#include "src/report/run_info.h"
#include "src/report/story.h"
#include "src/report/words.h"

namespace interlock::report {

struct Telling {
  const fsm::Machine& machine;
  const Story& story;
  const RunInfo& info;
  Language language;
};

[[nodiscard]] const char* html_style();
[[nodiscard]] std::string html_strip(const Telling& telling);      // availability over time, phases underneath
[[nodiscard]] std::string html_outage(const Telling& telling);     // the longest gap beside its prediction
[[nodiscard]] std::string html_timeline(const Telling& telling);
[[nodiscard]] std::string html_gates(const Telling& telling);
[[nodiscard]] std::string html_commands(const Telling& telling);
[[nodiscard]] std::string html_picture(const Telling& telling);    // phases as a graph, with the path taken
[[nodiscard]] std::string html_evidence(const std::vector<Sighting>& evidence, Language language);

}  // namespace interlock::report
