// A told run as data. Keys do not change with the language; titles, remedies and sentences do.
#include "src/report/cause.h"
#include "src/report/escape.h"
#include "src/report/layout.h"
#include "src/report/story_formats.h"

namespace interlock::report {
namespace {

Json facts_json(const Facts& facts) {
  Json map = Json::object();
  for (const auto& [name, value] : facts) map[name] = value;
  return map;
}

Json evidence_json(const std::vector<Sighting>& list) {
  Json out = Json::array();
  for (const auto& s : list) {
    Json one{{"fact", s.fact}, {"value", s.value}, {"asked", s.asked}, {"saw", s.saw}, {"at_ms", s.at_ms}, {"took_us", s.took_us}};
    if (!s.why.empty()) one["why"] = s.why;
    out.push_back(std::move(one));
  }
  return out;
}

Json gate_json(const GateTold& g, Language language) {
  return {{"id", g.id}, {"title", in(g.title, language)}, {"mode", fsm::to_string(g.mode)}, {"verdict", fsm::to_string(g.verdict)}, {"requires", g.requires_text}, {"facts", facts_json(g.facts)},
          {"remedy", in(g.remedy, language)}, {"evidence", evidence_json(g.evidence)}};
}

struct ItemJson {
  Language language;
  Json operator()(const ActionTold& a) const {
    return {{"kind", "action"}, {"action", a.name}, {"title", in(a.title, language)}, {"host", a.host}, {"attempt", a.attempt}, {"begun_ms", a.begun_ms}, {"ended_ms", a.ended_ms}, {"end", to_string(a.end)},
            {"outcome", a.outcome}, {"text", a.text}, {"rules", a.rules}, {"needs", a.needs}, {"operations", a.operations}, {"facts", facts_json(a.facts)}, {"evidence", evidence_json(a.evidence)}};
  }
  Json operator()(const WaitTold& w) const {
    const char* end = w.end == WaitTold::End::reached ? "reached" : w.end == WaitTold::End::overrun ? "overrun" : "pending";
    return {{"kind", "wait"}, {"until", w.until}, {"limit_ms", w.limit.count()}, {"begun_ms", w.begun_ms}, {"ended_ms", w.ended_ms}, {"end", end}, {"facts", facts_json(w.facts)}, {"evidence", evidence_json(w.evidence)}};
  }
  Json operator()(const RuleTold& r) const {
    return {{"kind", "rule-broken"}, {"rule", r.name}, {"from_ms", r.from_ms}, {"to_ms", r.to_ms ? Json(*r.to_ms) : Json()}, {"suspended", r.suspended}, {"seen_by", r.by_clients ? "clients" : "facts"}, {"facts", facts_json(r.facts)},
            {"evidence", evidence_json(r.evidence)}};
  }
  Json operator()(const GapTold& g) const { return {{"kind", "client-gap"}, {"from_ms", g.from_ms}, {"length_ms", g.length.count()}}; }
  Json operator()(const NoteTold& n) const {
    const char* kind = "note";
    switch (n.kind) {
      case NoteTold::Kind::resumed: kind = "resumed"; break;
      case NoteTold::Kind::awaited: kind = "awaited"; break;
      case NoteTold::Kind::stop_requested: kind = "stop-requested"; break;
      case NoteTold::Kind::stopped: kind = "stopped"; break;
      case NoteTold::Kind::clients_not_measured: kind = "clients-not-measured"; break;
      case NoteTold::Kind::asleep: return {{"kind", "asleep"}, {"at_ms", n.at_ms}, {"length_ms", n.limit.count()}};
      case NoteTold::Kind::other: break;
    }
    return {{"kind", kind}, {"at_ms", n.at_ms}, {"text", n.text}};
  }
};

Json visit_json(const Visit& v, Language language) {
  Json gates = Json::array(), items = Json::array();
  for (const auto& g : v.gates) gates.push_back(gate_json(g, language));
  for (const auto& i : v.items) items.push_back(std::visit(ItemJson{language}, i));
  return {{"name", v.name}, {"title", in(v.title, language)}, {"end", v.end}, {"way_back", v.retreat}, {"entered_ms", v.entered_ms}, {"left_ms", v.left_ms}, {"gates", gates}, {"items", items}};
}

Json turn_json(const Turn& t, Language language) {
  Json gates = Json::array();
  for (const auto& g : t.gates) gates.push_back(g.id);
  return {{"at_ms", t.at_ms}, {"from", t.from}, {"to", t.to}, {"reason", to_string(t.reason)}, {"sentence", cause_sentence(t, language)}, {"action", t.action}, {"rules", t.rules}, {"gates", gates},
          {"required", t.required}, {"facts", facts_json(t.facts)}, {"evidence", evidence_json(t.evidence)}};
}

Json clients_json(const ClientsTold& c, const RunInfo& info) {
  Json gaps = Json::array();
  for (const auto& g : c.gaps) gaps.push_back({{"from_ms", g.from_ms}, {"length_ms", g.length.count()}});
  Json out{{"measured", c.longest.has_value()}, {"attempts", c.attempts}, {"failures", c.failures}, {"gaps", gaps}, {"first_failure", c.first_failure}, {"not_measured", c.not_measured}};
  out["longest_gap_ms"] = c.longest ? Json(c.longest->length.count()) : Json();
  out["longest_gap_at_ms"] = c.longest ? Json(c.longest->from_ms) : Json();
  if (info.forecast) out["predicted"] = {{"handover", info.forecast->handover}, {"min_ms", info.forecast->min_ms}, {"mean_ms", info.forecast->mean_ms}, {"max_ms", info.forecast->max_ms}};
  return out;
}

const char* seal_word(RunInfo::Seal seal) {
  switch (seal) {
    case RunInfo::Seal::unverified: return "unverified";
    case RunInfo::Seal::intact: return "intact";
    case RunInfo::Seal::damaged: return "damaged";
  }
  return "?";
}

}  // namespace

std::string story_json(const Story& s, const fsm::Machine& m, const RunInfo& info, Language language) {
  Json visits = Json::array(), turns = Json::array(), rules = Json::array(), absences = Json::array(), versions = Json::object();
  for (const auto& v : s.visits) visits.push_back(visit_json(v, language));
  for (const auto& t : s.turns)
    if (t.reason != Turn::Reason::done) turns.push_back(turn_json(t, language));
  for (const auto& f : rule_fates(s, m, language))
    rules.push_back({{"rule", f.title}, {"kept", f.kind != RuleFate::Kind::broken}, {"longest_ms", f.longest.count()}, {"text", f.text}});
  for (const auto& a : s.absences) absences.push_back({{"from_ms", a.from_ms}, {"to_ms", a.to_ms}});
  for (const auto& [name, value] : info.versions) versions[name] = value;
  Json end = nullptr;
  if (s.ending == Story::Ending::ended) {
    end = {{"name", s.end_name}, {"kind", fsm::to_string(s.end_kind)}, {"facts", facts_json(s.end_facts)}, {"evidence", evidence_json(s.end_evidence)}};
    if (s.end >= 0) {
      end["title"] = in(m.end(s.end).title, language);
      end["look"] = in(m.end(s.end).look, language);
      end["type"] = in(m.end(s.end).type, language);
    }
  }
  return json_text(Json{{"run", info.run_id},
                        {"site", m.site},
                        {"procedure", m.procedure},
                        {"title", in(m.title, language)},
                        {"operator", info.operator_name},
                        {"versions", versions},
                        {"exit_code", info.exit_code ? Json(*info.exit_code) : Json()},
                        {"ending", to_string(s.ending)},
                        {"result", ending_text(s, m, language, info.process)},
                        {"end", end},
                        {"stopped_at", s.stopped_at},
                        {"started", iso_time(s.started_ms)},
                        {"finished", iso_time(s.finished_ms)},
                        {"took_ms", s.took().count()},
                        {"clients", clients_json(s.clients, info)},
                        {"rules", rules},
                        {"turns", turns},
                        {"phases", visits},
                        {"absences", absences},
                        {"journal", {{"records", s.records}, {"hash", info.journal_hash}, {"seal", seal_word(info.seal)}, {"damage", info.damage}}},
                        {"machine_digest", info.machine_digest}}) +
         "\n";
}

}  // namespace interlock::report
