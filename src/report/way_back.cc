#include "src/report/way_back.h"

#include <algorithm>

#include "fsm/decide.h"
#include "fsm/resume.h"
#include "src/report/cause.h"
#include "src/report/layout.h"
#include "src/report/story.h"

namespace interlock {

using namespace report;

WayBack way_back(const fsm::Machine& m, fsm::Target at) {
  WayBack way;
  bool asked = true;
  while (!at.end) {  // phases form no circle
    const fsm::Phase& p = m.phase(at.index);
    const bool turns = asked && !p.retreat && !(p.back == p.next);  // one without a way back of its own is passed
    asked = asked && !p.retreat && !turns;
    if (!turns) way.phases.push_back(at.index);
    at = turns ? p.back : p.next;
  }
  way.end = at.index;
  return way;
}

std::string switches_on(const fsm::Machine& m, const WayBack& way, Language language) {
  std::string titles;
  for (const int i : way.phases)
    if (m.clients && fsm::suspended(m.rule(m.clients->rule), i)) titles += (titles.empty() ? "" : say(language, Word::comma)) + titled(m.phase(i).title, m.phase(i).name, language);
  return titles;
}

bool stands_on_way_back(const fsm::Machine& m, const std::vector<fsm::JournalRecord>& records) {
  const auto resume = fsm::resume_from(m, records);
  return resume && !resume->place.at.end && is_way_back(m, resume->place.at.index);
}

std::string render_way_back(const fsm::Machine& m, const std::vector<fsm::JournalRecord>& records, Language language) {
  const auto resume = fsm::resume_from(m, records);
  const fsm::Target at = resume ? resume->place.at : fsm::start_of(m).at;
  const WayBack way = way_back(m, at);
  std::string out;
  bool restores = false;
  const auto para = [&](const std::string& head, const std::string& text) { out += hang(head, printable(text), page_columns()); };
  para("", say(language, Word::back_steps, at.end ? in(m.end(at.index).title, language) : in(m.phase(at.index).title, language)));
  for (const int i : way.phases) {
    const fsm::Phase& p = m.phase(i);
    para("  ← ", titled(p.title, p.name, language));
    for (const auto& step : p.steps) {
      const fsm::Action& a = m.action(step.action);
      para("      ▪ ", action_words(a.title, a.name, a.host, language));
      restores = restores || std::any_of(a.operations.begin(), a.operations.end(), [](const fsm::Operation& o) { return o.kind == "mysql_restore"; });
    }
  }
  const fsm::End& end = m.end(way.end);
  para("  ■ ", titled(end.title, end.name, language));
  if (const std::string switches = switches_on(m, way, language); !switches.empty()) para("  ", say(language, Word::back_outage, switches));
  if (restores) para("  ", say(language, Word::back_restore));
  return out;
}

}  // namespace interlock
