#include "src/report/cause.h"

#include <algorithm>
#include <set>

#include "src/report/check_formats.h"
#include "src/report/gloss.h"
#include "src/report/layout.h"

namespace interlock::report {
namespace {

std::string joined(const std::vector<std::string>& list, const char* between) {
  std::string text;
  for (const auto& item : list) text += (text.empty() ? "" : between) + item;
  return text;
}

std::string action_text(const Turn& t, Language language) {
  return action_words(t.action_title, t.action, t.host, language);
}

std::string titles_of_rules(const Turn& t, Language language) {
  std::string text;
  for (const auto& title : t.rule_titles) text += (text.empty() ? "" : say(language, Word::comma)) + say(language, Word::quoted, in(title, language));
  return text;
}

std::string without_end_mark(std::string text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '.' || text.back() == '\n')) text.pop_back();
  return text;
}

std::string forecast_text(const Forecast& f, Language language) {
  return say(language, Word::predicted, f.handover, seconds_between(f.min_ms, f.max_ms));
}

// A cut-off or foreign journal may hold no reason: then none is told, in place of an empty one.
std::string without_empty_reason(std::string text) {
  constexpr std::pair<std::string_view, const char*> kEmpty[] = {{": .", "."}, {"; .", "."}, {"：。", "。"}, {"；。", "。"}};
  for (const auto& [empty, mark] : kEmpty)
    if (text.ends_with(empty)) return text.substr(0, text.size() - empty.size()) + mark;
  return text;
}

std::string cause_of(const Turn& t, Language language) {
  const std::string from = in(t.from_title, language), facts = facts_text(t.facts, language), words = glossed(without_end_mark(t.text), language);
  switch (t.reason) {
    case Turn::Reason::done: return {};
    case Turn::Reason::refused: {
      std::vector<std::string> ids;
      for (const auto& g : t.gates) ids.push_back(g.id);
      return say(language, Word::turn_refused, from, t.gates.size(), joined(ids, ", "));
    }
    case Turn::Reason::failed: return say(language, Word::turn_failed, action_text(t, language), words);
    case Turn::Reason::interlocked: return say(language, Word::turn_interlocked, action_text(t, language), titles_of_rules(t, language), facts);
    case Turn::Reason::not_ready: return say(language, Word::turn_not_ready, action_text(t, language), t.required, facts);
    case Turn::Reason::unknown:
      if (!t.action.empty()) return say(language, Word::turn_unknown_action, action_text(t, language), facts);
      return say(language, Word::turn_unknown, from, facts);
    case Turn::Reason::overrun: return say(language, Word::turn_overrun, from, t.required, duration(t.limit), facts);
    case Turn::Reason::rule_broken: return say(language, Word::turn_rule, from, t.rules.empty() ? say(language, Word::quoted, words) : titles_of_rules(t, language), facts.empty() ? "-" : facts);
    case Turn::Reason::rollback: return say(language, Word::turn_rollback, from);
    case Turn::Reason::not_repeatable: return say(language, Word::turn_not_repeatable, action_text(t, language));
    case Turn::Reason::not_so: return say(language, Word::turn_not_so, from, facts);
    case Turn::Reason::other: return words.empty() ? say(language, Word::turn_left, from) : say(language, Word::turn_other, from, words);
  }
  return {};
}

}  // namespace

std::string action_words(const fsm::Words& title, const std::string& name, const std::string& host, Language language) {
  const std::string& text = in(title, language);
  if (host.empty()) return titled(title, name, language);
  return text.empty() || text == name ? say(language, Word::action_on, name, host) : say(language, Word::action_full, text, name, host);
}

std::string facts_text(const Facts& facts, Language language, std::size_t most) {
  std::string text;
  std::size_t told = 0;
  for (const auto& [name, value] : facts) {
    if (told++ == most) return text + say(language, Word::and_more, facts.size() - most);
    text += (text.empty() ? "" : say(language, Word::comma)) + say(language, Word::fact_is, name, value);
  }
  return text;
}

std::string cause_sentence(const Turn& t, Language language) { return without_empty_reason(cause_of(t, language)); }

std::string consequence_sentence(const Turn& t, Language language) {
  if (t.to_end) return say(language, Word::so_end, in(t.to_title, language), t.to);
  return say(language, t.to_retreat ? Word::so_back : Word::so_phase, in(t.to_title, language), t.to);
}

std::string cause_and_consequence(const Turn& t, Language language) {
  return cause_sentence(t, language) + say(language, Word::sentence_gap) + consequence_sentence(t, language);
}

Mood mood_of(const Story& story) {
  if (story.ending != Story::Ending::ended) return Mood::neutral;
  switch (story.end_kind) {
    case fsm::EndKind::success: return Mood::good;
    case fsm::EndKind::unchanged:
    case fsm::EndKind::rolled_back: return Mood::neutral;
    case fsm::EndKind::attention: return Mood::bad;
  }
  return Mood::neutral;
}

std::string ending_text(const Story& story, const fsm::Machine& machine, Language language, RunInfo::Process process) {
  switch (story.ending) {
    case Story::Ending::not_begun: return say(language, Word::not_begun);
    case Story::Ending::open: return say(language, process == RunInfo::Process::alive ? Word::running_now : process == RunInfo::Process::gone ? Word::cut_off : Word::running_or_cut, date_time(story.finished_ms));
    case Story::Ending::stopped: return say(language, Word::stopped_on_request, story.stopped_at);
    case Story::Ending::ended: break;
  }
  const std::string title = story.end >= 0 ? in(machine.end(story.end).title, language) : story.end_name;
  Word word = Word::end_attention;
  switch (story.end_kind) {
    case fsm::EndKind::success: word = Word::end_success; break;
    case fsm::EndKind::unchanged: word = Word::end_unchanged; break;
    case fsm::EndKind::rolled_back: word = Word::end_rolled_back; break;
    case fsm::EndKind::attention: word = Word::end_attention; break;
  }
  return say(language, word, title);
}

std::string clients_text(const Story& story, const RunInfo& info, Language language) {
  const ClientsTold& c = story.clients;
  if (!c.in_machine) return say(language, Word::clients_no_probe);
  std::string text;
  if (c.longest) {
    text = say(language, Word::longest_gap, duration(c.longest->length), clock_time(c.longest->from_ms));
  } else if (!c.not_measured.empty()) {
    return say(language, Word::clients_not_measured, c.not_measured.front());
  } else {
    return say(language, Word::no_gap_noticed);
  }
  if (info.forecast) text += forecast_text(*info.forecast, language);
  if (c.counted) text += say(language, Word::attempts_failed, grouped(c.attempts), grouped(c.failures));
  return text;
}

std::vector<RuleFate> rule_fates(const Story& story, const fsm::Machine& machine, Language language) {
  std::vector<RuleFate> fates;
  for (std::size_t i = 0; i < machine.rules.size(); ++i) {
    const fsm::Rule& rule = machine.rules[i];
    RuleFate fate;
    fate.title = rule.title.empty() ? rule.name : in(rule.title, language);
    bool still = false;
    for (const auto& span : story.rules) {
      if (span.rule != static_cast<int>(i)) continue;
      const Millis length(span.to_ms.value_or(story.finished_ms) - span.from_ms);
      const Millis allowed = span.suspended ? rule.for_at_most : rule.grace;
      const bool late = length > allowed;
      still = still || !span.to_ms;
      const auto kind = late ? RuleFate::Kind::broken : span.suspended ? RuleFate::Kind::as_planned : RuleFate::Kind::briefly;
      if (kind > fate.kind || (kind == fate.kind && length > fate.longest)) {
        fate.kind = kind;
        fate.longest = length;
        fate.allowed = allowed;
      }
    }
    switch (fate.kind) {
      case RuleFate::Kind::kept: fate.text = say(language, Word::rule_kept); break;
      case RuleFate::Kind::as_planned: fate.text = say(language, Word::rule_as_planned, duration(fate.longest), duration(fate.allowed)); break;
      case RuleFate::Kind::briefly: fate.text = say(language, Word::rule_briefly, duration(fate.longest), duration(fate.allowed)); break;
      case RuleFate::Kind::broken: fate.text = say(language, Word::rule_broken_long, duration(fate.longest), duration(fate.allowed)); break;
    }
    if (still) fate.text += say(language, Word::rule_still);
    fates.push_back(std::move(fate));
  }
  return fates;
}

std::string rules_text(const std::vector<RuleFate>& fates, Language language) {
  const auto kept = std::count_if(fates.begin(), fates.end(), [](const RuleFate& f) { return f.kind != RuleFate::Kind::broken; });
  std::string text = say(language, Word::rules_kept, kept, fates.size());
  for (const auto& f : fates)
    if (f.kind != RuleFate::Kind::kept) text += say(language, Word::semicolon) + say(language, Word::labelled, f.title, f.text);
  return text;
}

std::string where_to_look(const fsm::Machine& machine, const std::string& action, Language language) {
  const auto found = std::find_if(machine.actions.begin(), machine.actions.end(), [&](const fsm::Action& a) { return a.name == action; });
  return found == machine.actions.end() || found->look.empty() ? "" : labelled(Word::look_at, in(found->look, language), language);
}

std::vector<UnknownCause> causes_of(const std::vector<GateTold>& gates) {
  std::vector<UnknownCause> all;
  for (const auto& gate : gates) {
    if (gate.verdict != fsm::Truth::unknown) continue;
    std::set<std::string> here;
    for (const auto& s : gate.evidence) {
      if (s.value != "unknown") continue;
      const std::string& why = s.why.empty() ? s.saw : s.why;
      auto cause = std::find_if(all.begin(), all.end(), [&](const UnknownCause& c) { return c.why == why; });
      if (cause == all.end()) cause = all.insert(all.end(), UnknownCause{why, 0, {}});
      if (here.insert(why).second) ++cause->gates;
      if (std::find(cause->places.begin(), cause->places.end(), s.asked) == cause->places.end()) cause->places.push_back(s.asked);
    }
  }
  return all;
}

std::vector<std::string> sighting_lines(const std::vector<Sighting>& list, Language language) {
  std::vector<std::string> lines;
  for (const auto& s : list) {
    std::string line = s.fact + " = " + s.value + ": " + s.asked;
    if (const std::string saw = without_duration(s.saw); !saw.empty() && !says_again(saw, s.why)) line += say(language, Word::saw, saw);
    if (!s.why.empty() && s.why != s.saw) line += "; " + s.why;
    line += say(language, Word::in_time, micros(s.took_us));
    if (s.at_ms > 0) line += say(language, Word::at_clock, clock_time(s.at_ms));
    lines.push_back(printable(line));
  }
  return lines;
}

}  // namespace interlock::report

namespace interlock {

std::optional<Forecast> forecast_from(const Json& notes, const std::string& handover) {
  if (!notes.is_object() || !notes.contains("handover") || !notes["handover"].is_object()) return std::nullopt;
  const Json& h = notes["handover"];
  const std::string taken = handover.empty() ? h.value("chosen", "") : handover;
  if (!h.contains("ways") || !h["ways"].is_array()) return std::nullopt;
  for (const auto& way : h["ways"])
    if (way.is_object() && way.value("name", "") == taken && way.value("works", false))
      return Forecast{taken, way.value("min_ms", 0.0), way.value("mean_ms", 0.0), way.value("max_ms", 0.0)};
  return std::nullopt;
}

}  // namespace interlock
