#include "tests/support/tiny.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "fsm/resume.h"
#include "tests/support/scratch.h"

namespace interlock::tests {
namespace {

constexpr Millis kObserving{10}, kWatching{50};
constexpr int kMostEvents = 20'000;        // a scenario that needs more is stuck

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

Millis time_of(const std::string& text) {
  std::size_t used = 0;
  const double number = std::stod(text, &used);
  const std::string unit = text.substr(used);
  if (unit != "s" && unit != "ms") throw std::runtime_error("not a time: " + text);
  return Millis(static_cast<std::int64_t>(number * (unit == "s" ? 1000 : 1) + 0.5));
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_object()) return value.dump();
  std::string text;
  for (const auto& [key, item] : value.items()) text += (text.empty() ? "" : ", ") + key + "=" + text_of(item);
  return "{" + text + "}";
}

std::string line_of(const std::string& kind, const Json& body) {
  std::string text = kind;
  for (const auto& [key, value] : body.items())
    if (!value.is_null() && value != "" && value != Json::object()) text += fmt::format(" {}={}", key, text_of(value));
  return text;
}

std::string rest_of(const std::vector<std::string>& words, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < words.size(); ++i) text += (text.empty() ? "" : " ") + words[i];
  return text;
}

int action_named(const fsm::Machine& machine, const std::string& name) {
  for (std::size_t i = 0; i < machine.actions.size(); ++i)
    if (machine.actions[i].name == name) return static_cast<int>(i);
  throw std::runtime_error("no action " + name);
}

Behaviour behaviour_of(const std::vector<std::string>& words, std::size_t from) {
  Behaviour b;
  const std::string& mode = words.at(from);
  if (mode == "fails" || mode == "fails-done") {
    b.outcome = fsm::Outcome::failed;
    b.text = rest_of(words, from + 1);
    b.takes_effect = mode == "fails-done";
  } else if (mode == "lost" || mode == "lost-done") {
    b.outcome = fsm::Outcome::unknown;
    b.text = "the connection broke";
    b.takes_effect = mode == "lost-done";
  } else if (mode == "hollow") {
    b.takes_effect = false;
  } else if (mode == "late") {
    b.effect_after = time_of(words.at(from + 1));
  } else if (mode == "takes") {
    b.takes = time_of(words.at(from + 1));
  } else {
    throw std::runtime_error("unknown behaviour " + mode);
  }
  return b;
}

}  // namespace

fsm::Machine bind_texts(const std::vector<std::string>& texts, const std::map<std::string, std::string>& overrides) {
  fsm::Library library;
  std::optional<fsm::ProcedureSource> procedure;
  std::optional<fsm::SiteSource> site;
  for (const auto& text : texts) {
    if (text.starts_with("component:")) {
      auto component = fsm::load_component("component.yaml", text);
      library[component.name] = std::move(component);
    } else if (text.starts_with("procedure:")) {
      procedure = fsm::load_procedure("procedure.yaml", text);
    } else {
      site = fsm::load_site("site.yaml", text);
    }
  }
  if (!procedure || !site) throw std::runtime_error("a procedure and a site are needed");
  return fsm::bind(*procedure, library, *site, overrides);
}

fsm::Machine bind_folder(const std::string& folder, const std::map<std::string, std::string>& overrides) {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".yaml") texts.push_back(read_whole(entry.path()));
  return bind_texts(texts, overrides);
}

int fact_named(const fsm::Machine& machine, const std::string& name) {
  for (std::size_t i = 0; i < machine.facts.size(); ++i)
    if (machine.facts[i].name == name) return static_cast<int>(i);
  throw std::runtime_error("no fact " + name);
}

fsm::Value value_named(const fsm::Machine& machine, int fact, const std::string& name) {
  if (name == "unknown") return fsm::kUnknown;
  const auto& values = machine.fact(fact).values;
  const auto it = std::find(values.begin(), values.end(), name);
  if (it == values.end()) throw std::runtime_error("no value " + name + " of " + machine.fact(fact).name);
  return static_cast<fsm::Value>(it - values.begin());
}

fsm::World world_of(const fsm::Machine& machine, const std::map<std::string, std::string>& values) {
  fsm::World world(machine.facts.size(), fsm::kUnknown);
  for (const auto& [name, value] : values) {
    const int fact = fact_named(machine, name);
    world[static_cast<std::size_t>(fact)] = value_named(machine, fact, value);
  }
  return world;
}

bool rewrite_golden_files() {
  const char* given = std::getenv("INTERLOCK_REWRITE");
  return given != nullptr && std::string(given) == "1";
}

// --- the script ----------------------------------------------------------------------------------------------------

std::vector<std::pair<int, fsm::Value>> Tiny::changes_of(const std::vector<std::string>& words, std::size_t from) const {
  std::vector<std::pair<int, fsm::Value>> changes;
  for (std::size_t i = from; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    if (equals == std::string::npos) throw std::runtime_error("not FACT=VALUE: " + words[i]);
    const int fact = fact_named(machine_, words[i].substr(0, equals));
    changes.emplace_back(fact, value_named(machine_, fact, words[i].substr(equals + 1)));
  }
  return changes;
}

void Tiny::command(const std::string& line) {
  const std::vector<std::string> words = words_of(line);
  if (words.empty() || words[0].starts_with("#")) return;
  if (words[0] == "site") {
    for (const auto& [fact, value] : changes_of(words, 1)) world_[static_cast<std::size_t>(fact)] = value;
  } else if (words[0] == "on") {
    const auto hash = words.at(1).find('#');
    const std::string action = words[1].substr(0, hash);
    (void)action_named(machine_, action);
    behaviours_[action][hash == std::string::npos ? 0 : std::stoi(words[1].substr(hash + 1))] = behaviour_of(words, 2);
  } else if (words[0] == "at") {
    Planned p;
    p.at = time_of(words.at(1));
    const std::string& what = words.at(2);
    if (what == "stop") p.event = fsm::event::StopRequest{};
    else if (what == "rollback") p.event = fsm::event::RollBackRequest{};
    else if (what == "crash") p.crash = true;
    else if (what == "gap") p.event = fsm::event::ClientGap{time_of(words.at(3))};
    else if (what == "person") p.effect_of = action_named(machine_, words.at(3));
    else p.changes = changes_of(words, 2);
    plan(std::move(p));
  } else if (words[0] == "crash") {
    crash_after_ = std::stoi(words.at(2));
  } else if (words[0] == "run") {
    drive(std::nullopt, false);
  } else if (words[0] == "resume" || words[0] == "rollback") {
    drive(fsm::resume_from(machine_, journal_), words[0] == "rollback");
  } else {
    throw std::runtime_error("unknown command: " + line);
  }
}

// --- the world -----------------------------------------------------------------------------------------------------

void Tiny::plan(Planned planned) {
  planned.order = ++order_;
  ahead_.push_back(std::move(planned));
}

void Tiny::say(const std::string& line) { transcript_ += fmt::format("{:>8.3f} {}\n", static_cast<double>(now_.count()) / 1000, line); }

// The watch over the rules sees a change a little later.
void Tiny::changed() {
  Planned p;
  p.at = now_ + kWatching;
  p.process = true;
  p.watch = true;
  plan(std::move(p));
}

void Tiny::execute(const fsm::command::Execute& command) {
  const fsm::Action& action = machine_.action(command.action);
  const int nth = ++executions_[action.name];
  say(fmt::format("  > {}{}{}", action.name, command.attempt > 1 ? fmt::format(" attempt {}", command.attempt) : "", command.again ? " (again)" : ""));
  Behaviour b;
  if (const auto all = behaviours_.find(action.name); all != behaviours_.end()) {
    const auto one = all->second.contains(nth) ? all->second.find(nth) : all->second.find(0);
    if (one != all->second.end()) b = one->second;
  }
  if (b.takes_effect) {
    Planned effect;
    effect.at = now_ + b.takes + b.effect_after;
    effect.effect_of = command.action;
    plan(std::move(effect));
  }
  Planned outcome;
  outcome.at = now_ + b.takes;
  outcome.process = true;
  outcome.event = fsm::event::Finished{b.outcome, b.text};
  plan(std::move(outcome));
}

void Tiny::happen(const Planned& p, fsm::Engine& engine, std::vector<fsm::Command>& out) {
  if (p.effect_of >= 0) {
    world_ = fsm::apply(machine_.action(p.effect_of).effects, world_);
    return changed();
  }
  if (!p.changes.empty()) {
    std::string text;
    for (const auto& [fact, value] : p.changes) {
      world_[static_cast<std::size_t>(fact)] = value;
      text += fmt::format(" {}={}", machine_.fact(fact).name, machine_.value_name(fact, value));
    }
    say("  site:" + text);
    return changed();
  }
  const auto seen = [&](const std::vector<int>& facts) {
    fsm::Seen list;
    for (const int f : facts) list.emplace_back(f, world_[static_cast<std::size_t>(f)]);
    return list;
  };
  if (p.observe) {
    out = engine.step(fsm::event::Observed{p.ticket, seen(*p.observe)}, now_);
  } else if (p.watch) {
    std::vector<int> facts;
    for (const auto& rule : machine_.rules)
      for (const int f : rule.always.facts()) facts.push_back(f);
    out = engine.step(fsm::event::Watched{seen(facts)}, now_);
  } else if (p.event) {
    if (std::holds_alternative<fsm::event::StopRequest>(*p.event)) say("  operator: stop");
    if (std::holds_alternative<fsm::event::RollBackRequest>(*p.event)) say("  operator: roll back");
    if (const auto* gap = std::get_if<fsm::event::ClientGap>(&*p.event)) say(fmt::format("  clients: gap {} ms", gap->gap.count()));
    out = engine.step(*p.event, now_);
  }
}

// --- the process ---------------------------------------------------------------------------------------------------

bool Tiny::carry_out(const std::vector<fsm::Command>& commands) {
  for (const auto& command : commands) {
    if (const auto* record = std::get_if<fsm::command::Record>(&command)) {
      journal_.push_back({static_cast<std::int64_t>(journal_.size()) + 1, now_.count(), record->kind, record->body, Json()});
      say(line_of(record->kind, record->body));
      if (++records_of_process_ == crash_after_) {
        say("  operator's process dies");
        end_ = "crashed";
        return false;
      }
    } else if (const auto* observe = std::get_if<fsm::command::Observe>(&command)) {
      Planned p;
      p.at = now_ + kObserving;
      p.process = true;
      p.observe = observe->facts;
      p.ticket = observe->ticket;
      plan(std::move(p));
    } else if (const auto* action = std::get_if<fsm::command::Execute>(&command)) {
      execute(*action);
    } else if (const auto* instruct = std::get_if<fsm::command::Instruct>(&command)) {
      say("  please: " + machine_.action(instruct->action).manual.en);
    } else if (const auto* ended = std::get_if<fsm::command::Ended>(&command)) {
      end_ = machine_.end(ended->end).name;
      say(fmt::format("  end: {} ({})", end_, to_string(machine_.end(ended->end).kind)));
      return false;
    } else if (std::holds_alternative<fsm::command::Stopped>(command)) {
      end_ = "stopped";
      say("  stopped");
      return false;
    }
  }
  return true;
}

void Tiny::drive(std::optional<fsm::Resume> resume, bool roll_back) {
  end_.clear();
  records_of_process_ = 0;
  fsm::Engine engine(machine_, resume);
  std::vector<fsm::Command> commands;
  if (roll_back) commands = engine.step(fsm::event::RollBackRequest{}, now_);
  commands = engine.step(fsm::event::Start{}, now_);
  int events = 0;
  while (carry_out(commands)) {
    commands.clear();
    const auto next = std::min_element(ahead_.begin(), ahead_.end(), [](const Planned& a, const Planned& b) { return std::pair(a.at, a.order) < std::pair(b.at, b.order); });
    const auto wake = engine.wake_at();
    if (next == ahead_.end() && !wake) {
      say("  stuck");
      return;
    }
    if (++events > kMostEvents) {
      say("  does not come to an end");
      return;
    }
    if (next == ahead_.end() || (wake && *wake < next->at)) {
      now_ = std::max(now_, *wake);
      commands = engine.step(fsm::event::Tick{}, now_);
      continue;
    }
    const Planned p = *next;
    ahead_.erase(next);
    now_ = std::max(now_, p.at);
    if (p.crash) {
      end_ = "crashed";
      say("  operator's process dies");
      break;
    }
    happen(p, engine, commands);
  }
  std::erase_if(ahead_, [](const Planned& p) { return p.process; });
  crash_after_ = 0;
}

std::string run_scenario(const std::string& file_text, const std::string& scenarios_folder) {
  const std::string separator = "\n----\n";
  const auto split = file_text.find(separator);
  const std::string script = file_text.substr(0, split);
  std::istringstream lines(script);
  std::optional<Tiny> tiny;
  for (std::string line; std::getline(lines, line);) {
    const auto words = words_of(line);
    if (words.empty() || words[0].starts_with("#")) continue;
    if (words[0] == "machine") {
      std::map<std::string, std::string> overrides;
      for (std::size_t i = 2; i < words.size(); ++i) overrides[words[i].substr(0, words[i].find('='))] = words[i].substr(words[i].find('=') + 1);
      tiny.emplace(bind_folder(scenarios_folder + "/" + words.at(1), overrides));
    } else if (!tiny) {
      throw std::runtime_error("a scenario begins with 'machine FOLDER'");
    } else {
      tiny->command(line);
    }
  }
  return script + separator + (tiny ? tiny->transcript() : "");
}

}  // namespace interlock::tests
