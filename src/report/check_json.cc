// A check as data. The keys do not change with the language; titles and remedies do.
#include "src/report/check_formats.h"
#include "src/report/escape.h"
#include "src/report/layout.h"
#include "src/report/settled.h"

namespace interlock::report {

std::string check_json(const CheckResult& r, Language language) {
  const GateCounts n = count(r);
  Json gates = Json::array();
  for (const auto& g : r.gates)
    gates.push_back({{"id", g.id},
                     {"phase", g.phase},
                     {"title", in(g.title, language)},
                     {"mode", fsm::to_string(g.mode)},
                     {"verdict", g.verdict == fsm::Truth::yes ? "open" : g.verdict == fsm::Truth::no ? "closed" : "unknown"},
                     {"requires", g.requires_text},
                     {"observed", g.observed},
                     {"remedy", in(g.remedy, language)},
                     {"evidence", g.evidence.is_array() ? g.evidence : Json::array()}});
  const int status = nagios_status(r);
  return json_text(Json{{"site", r.site},
                        {"procedure", r.procedure},
                        {"title", in(r.title, language)},
                        {"at", iso_time(r.at_ms)},
                        {"took_ms", r.took.count()},
                        {"status", status},
                        {"status_word", status_word(status)},
                        {"counts", {{"gates", r.gates.size()}, {"open", n.open}, {"closed", n.closed}, {"unknown", n.unknown}, {"warnings", n.warnings}}},
                        {"done", in(r.done, language)},
                        {"settled", settled_json(r.settled, language)},
                        {"gates", std::move(gates)}}) +
         "\n";
}

}  // namespace interlock::report
