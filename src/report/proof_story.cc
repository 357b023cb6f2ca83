#include "src/report/proof_story.h"

#include <algorithm>
#include <array>

#include "fsm/shape.h"
#include "fsm/suggest.h"
#include "src/report/proof_report.h"

namespace interlock {
namespace {

using fsm::Finding;
using fsm::Verdict;
using What = fsm::Move::What;

constexpr std::array kMoves{"start", "decided", "reaction", "overrun", "ended", "not-so", "again", "failed", "unseen", "out-of-sight", "crash", "late", "lost", "partly", "died", "gone", "asked"};
static_assert(kMoves.size() == static_cast<std::size_t>(What::asked) + 1);
constexpr std::array kKinds{Finding::Kind::safety, Finding::Kind::regret, Finding::Kind::too_easy, Finding::Kind::not_true, Finding::Kind::dead_end};

bool is_of_reaction(What what) { return what == What::reaction || what == What::lost || what == What::partly; }

// What a move is about, by its name.
Json name_of(const fsm::Machine& m, const fsm::Move& move) {
  const auto i = static_cast<std::size_t>(move.index);
  if (move.what == What::decided) return to_string(static_cast<Verdict>(move.index));
  if (is_of_reaction(move.what)) return m.reactions[i].name;
  if (move.what == What::crash) return m.crashes[i].what;
  if (move.what == What::gone) return m.hosts[i].name;
  if (move.what == What::ended || move.what == What::not_so) return m.ends[i].name;
  return nullptr;
}

Json facts_json(const fsm::Machine& m, const std::vector<int>& facts, const fsm::World& world) {
  Json json = Json::object();
  for (const int f : facts) json[m.fact(f).name] = m.value_name(f, world[static_cast<std::size_t>(f)]);
  return json;
}

class Reader {
 public:
  Reader(const fsm::Machine& machine, const std::string& file) : m_(machine), file_(file) {
    for (int p = 0; p < static_cast<int>(m_.phases.size()); ++p)
      for (int s = fsm::Place::kGates; s <= static_cast<int>(m_.phase(p).steps.size()); ++s) places_.push_back(fsm::Place{{false, p}, s});
    for (int e = 0; e < static_cast<int>(m_.ends.size()); ++e) places_.push_back(fsm::entry_of({true, e}));
  }

  fsm::Told told(const Json& proof, const StoryChoice& choice) const {
    const Json& from = chosen(proof, choice);
    fsm::Told t;
    if (from.contains("kind")) {
      t.kind = kKinds[among("finding", from.at("kind"), kKinds, [](Finding::Kind k) { return std::string(to_string(k)); })];
      if (*t.kind == Finding::Kind::safety) t.index = index_of("rule", from.at("of"), m_.rules);
      else if (*t.kind != Finding::Kind::dead_end) t.index = index_of("end", from.at("of"), m_.ends);
    } else {
      t.index = index_of("end", from.at("end"), m_.ends);
    }
    fsm::World world(m_.facts.size(), fsm::kUnknown);
    for (const auto& line : from.at("story")) t.story.push_back(read(line, world));
    if (t.story.empty()) wrong("the story has no lines", "");
    for (std::size_t f = 0; f < m_.facts.size(); ++f)
      if (t.story.front().world[f] == fsm::kUnknown) wrong("the story does not say what '" + m_.facts[f].name + "' is at the start", "a story of this machine");
    return t;
  }

  [[noreturn]] void wrong(const std::string& what, const std::string& expected) const { fsm::fail(fsm::Where{file_, 0, 0}, what, expected); }

 private:
  const Json& chosen(const Json& proof, const StoryChoice& c) const {
    const Json &findings = proof.at("findings"), &ends = proof.at("ends");
    if (!c.gate.empty()) {
      if (proof.contains("gates"))
        for (const auto& g : proof.at("gates"))
          if (g.at("phase").get<std::string>() + "/" + g.at("gate").get<std::string>() == c.gate && !g.at("story").is_null()) return g;
      wrong("there is no story of what goes wrong without the gate '" + c.gate + "'", "what `interlock --format json verify --gates` writes");
    }
    if (!c.end.empty()) {
      for (const auto& e : ends)  // those with few faults come first
        if (e.at("end") == c.end && (!c.faults || e.at("faults") == *c.faults)) return e;
      wrong("there is no story of the end '" + c.end + "'" + (c.faults ? " with " + std::to_string(*c.faults) + " faults" : ""), "");
    }
    const auto i = static_cast<std::size_t>(c.finding.value_or(1)) - 1;
    if (i < findings.size()) return findings[i];
    if (c.finding || ends.empty()) wrong("there are " + std::to_string(findings.size()) + " findings, and no finding " + std::to_string(i + 1), "");
    return ends.front();
  }

  template <typename List, typename Name>
  std::size_t among(const std::string& what, const Json& json, const List& list, Name&& name) const {
    const std::string text = json.get<std::string>();
    std::vector<std::string> known;
    for (const auto& item : list) known.push_back(name(item));
    const auto at = std::find(known.begin(), known.end(), text);
    if (at != known.end()) return static_cast<std::size_t>(at - known.begin());
    const std::string word = nearest(text, known);
    wrong("there is no " + what + " '" + text + "' here" + (word.empty() ? "" : "; did you mean '" + word + "'?"), "a story of this machine");
  }
  template <typename List>
  int index_of(const std::string& what, const Json& json, const List& list) const {
    return static_cast<int>(among(what, json, list, [](const auto& item) { return item.name; }));
  }
  [[nodiscard]] fsm::Place place(const Json& json) const {
    return places_[among("place", json, places_, [&](fsm::Place p) { return to_string(m_, p); })];
  }

  // `world`: before the line, and after it.
  fsm::StoryLine read(const Json& json, fsm::World& world) const {
    fsm::StoryLine line;
    line.from = place(json.at("at"));
    line.to = place(json.at("to"));
    const fsm::World before = world;
    for (const auto& [name, text] : json.at("changed").items()) {
      const int fact = index_of("fact", name, m_.facts);
      const auto& values = m_.fact(fact).values;
      const auto value = static_cast<fsm::Value>(among("value of '" + name + "'", text, values, [](const std::string& v) { return v; }));
      if (before[static_cast<std::size_t>(fact)] != value) line.changed.push_back(fact);
      world[static_cast<std::size_t>(fact)] = value;
    }
    line.world = world;
    line.move.what = static_cast<What>(among("move", json.at("move"), kMoves, [](const char* name) { return std::string(name); }));
    line.move.index = static_cast<std::uint16_t>(index_of(line, json, before));
    return line;
  }

  std::size_t index_of(const fsm::StoryLine& line, const Json& json, const fsm::World& before) const {
    if (line.move.what == What::decided) {
      std::vector<Verdict> verdicts;
      for (int v = 0; v <= static_cast<int>(Verdict::ended); ++v) verdicts.push_back(static_cast<Verdict>(v));
      return among("verdict", json.at("of"), verdicts, [](Verdict v) { return std::string(to_string(v)); });
    }
    if (line.move.what == What::gone) return static_cast<std::size_t>(index_of("host", json.at("of"), m_.hosts));
    if (line.move.what == What::ended || line.move.what == What::not_so) return static_cast<std::size_t>(index_of("end", json.at("of"), m_.ends));
    // Several may have one name: the one that leads to what the line says.
    if (line.move.what == What::crash) {
      const std::size_t first = among("crash", json.at("of"), m_.crashes, [](const fsm::Crash& c) { return c.what; });
      for (std::size_t i = first; i < m_.crashes.size(); ++i)
        if (m_.crashes[i].what == m_.crashes[first].what && apply(m_.crashes[i].effects, before) == line.world) return i;
      return first;
    }
    if (is_of_reaction(line.move.what)) {
      const auto first = static_cast<std::size_t>(index_of("reaction", json.at("of"), m_.reactions));
      for (std::size_t i = first; i < m_.reactions.size(); ++i)
        if (m_.reactions[i].name == m_.reactions[first].name && m_.reactions[i].when.eval(before) == fsm::Truth::yes && apply(m_.reactions[i].then, before) == line.world) return i;
      return first;
    }
    return json.value("half", false) ? 1 : 0;
  }

  const fsm::Machine& m_;
  const std::string& file_;
  std::vector<fsm::Place> places_;
};

}  // namespace

Json story_json(const fsm::Machine& m, const std::vector<fsm::StoryLine>& story) {
  Json lines = Json::array();
  std::vector<int> all;
  for (int f = 0; f < static_cast<int>(m.facts.size()); ++f) all.push_back(f);
  for (const auto& line : story) {
    const bool start = line.move.what == What::start;
    Json json{{"at", to_string(m, line.from)}, {"to", to_string(m, line.to)}, {"move", kMoves[static_cast<std::size_t>(line.move.what)]}, {"what", line_words(m, line, Language::en)},
              {"changed", facts_json(m, start ? all : line.changed, line.world)}};
    if (Json name = name_of(m, line.move); !name.is_null()) json["of"] = std::move(name);
    else if (line.move.index == 1) json["half"] = true;
    lines.push_back(std::move(json));
  }
  return lines;
}

std::string subject_of(const fsm::Machine& m, Finding::Kind kind, int index) {
  switch (kind) {
    case Finding::Kind::safety: return m.rule(index).name;
    case Finding::Kind::regret:
    case Finding::Kind::too_easy:
    case Finding::Kind::not_true: return m.end(index).name;
    case Finding::Kind::dead_end: return "";
  }
  return "";
}

fsm::Told told_in(const fsm::Machine& machine, const std::string& file, const std::string& text, const StoryChoice& choice) {
  const Reader reader(machine, file);
  try {
    return reader.told(Json::parse(text), choice);
  } catch (const Json::exception& e) {
    reader.wrong(std::string("this is not a proof: ") + e.what(), "what `interlock --format json verify SITE PROCEDURE` writes");
  }
}

bool is_of(const fsm::Machine& machine, const std::string& text) { return Json::parse(text).value("digest", "") == digest(machine); }

}  // namespace interlock
