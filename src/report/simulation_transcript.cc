#include "src/report/simulation_transcript.h"

#include "src/report/layout.h"
#include "src/report/simulation_report.h"

namespace interlock {
namespace {

ProgressOptions options(Language language, const std::int64_t& now_ms) {
  ProgressOptions o;
  o.language = language;
  o.colours = false;
  o.clock = [&now_ms] { return now_ms; };
  return o;
}

}  // namespace

SimulationTranscript::SimulationTranscript(const fsm::Machine& machine, Sink& sink, Language language)
    : machine_(machine), sink_(sink), language_(language), progress_(machine, sink, options(language, now_ms_)) {}

void SimulationTranscript::on_record(const fsm::JournalRecord& record) {
  now_ms_ = kEpochMs + record.at_ms;
  if (record.kind != "client-gap") return progress_.on_record(record.kind, record.body, record.evidence);
  Json body = record.body;  // the only one with a time in it
  body["from_ms"] = kEpochMs + body.value("from_ms", std::int64_t{0});
  progress_.on_record(record.kind, body, record.evidence);
}

void SimulationTranscript::on_instruct(Millis at, const fsm::Action& action) {
  now_ms_ = kEpochMs + at.count();
  progress_.on_instruct(action);
}

void SimulationTranscript::on_event(const fsm::SiteEvent& event) {
  std::string text = event_text(machine_, event, language_);
  if (text.empty()) return;
  const bool changes = event.what == fsm::SiteEvent::What::reaction || event.what == fsm::SiteEvent::What::crash;
  for (std::size_t i = 0; changes && i < event.facts.size(); ++i)
    text += (i == 0 ? ": " : ", ") + machine_.fact(event.facts[i]).name + " = " + machine_.value_name(event.facts[i], event.values[i]);
  (void)sink_.write(report::date_time(kEpochMs + event.at.count()) + "  ~ " + report::printable(text) + "\n", true);
}

}  // namespace interlock
