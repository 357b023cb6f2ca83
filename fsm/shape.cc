#include "fsm/shape.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>

#include <yaml-cpp/depthguard.h>

#include "fsm/diagnostic.h"
#include "fsm/suggest.h"
#include "fsm/text.h"

namespace interlock::fsm {
namespace {

constexpr int kDeepestNode = 40;
constexpr int kMostNodes = 100'000;

struct Checker {
  const std::string& file;
  std::vector<Diagnostic> found;
  int nodes = 0;

  void report(const YAML::Node& node, std::string message, std::string expected = "", std::string fix = "") {
    const Where w = where_of(file, node);
    Diagnostic d;
    d.file = file;
    d.line = static_cast<std::size_t>(w.line);
    d.column = static_cast<std::size_t>(w.column);
    d.message = std::move(message);
    d.expected = std::move(expected);
    d.fix = std::move(fix);
    found.push_back(std::move(d));
  }

  void text(const YAML::Node& node, std::string_view key, const char* expected = "a text") {
    if (!node.IsScalar()) report(node, "'" + std::string(key) + "' is not a text", expected);
  }

  void predicate(const YAML::Node& node, std::string_view key) {
    if (!node.IsScalar()) return report(node, "'" + std::string(key) + "' is not a predicate", "a text such as \"master.service == 'open'\"");
    try {
      (void)parse_expression(node.Scalar(), where_of(file, node));
    } catch (const InputError& e) {
      found.insert(found.end(), e.diagnostics().begin(), e.diagnostics().end());
    }
  }

  void cases(const YAML::Node& node, std::string_view key) {
    if (node.IsSequence()) {
      for (const auto& item : node) text(item, key);
      return;
    }
    if (!node.IsMap()) return report(node, "'" + std::string(key) + "' is neither a list nor a map", "[a, b] or {a: condition, b: condition}");
    for (const auto& item : node) predicate(item.second, item.first.Scalar());
  }

  void word(const YAML::Node& node, const Key& key) {
    if (!node.IsScalar()) return text(node, key.name);
    const auto words = key.choice->words;
    if (std::find(words.begin(), words.end(), node.Scalar()) != words.end()) return;
    std::string all;
    for (std::size_t i = 0; i < words.size(); ++i) all += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + std::string(words[i]);
    report(node, "unknown " + std::string(key.choice->what) + " '" + node.Scalar() + "'", all);
  }

  void name_lists(const YAML::Node& node, const Key& key) {
    if (!node.IsMap()) return report(node, "'" + std::string(key.name) + "' is not a map", "{x: [roles], y: [roles]}");
    for (const auto& item : node) {
      if (!item.second.IsSequence()) report(item.second, "not a list of roles", "[a, b]");
      else
        for (const auto& name : item.second) text(name, item.first.Scalar(), "a name");
    }
  }

  void players(const YAML::Node& node, const Key& key) {
    if (!node.IsMap()) return report(node, "'" + std::string(key.name) + "' is not a map", "{role: {host: …}}");
    named(node);
    for (const auto& item : node) {
      if (!item.second.IsSequence()) object(item.second, *key.object);
      else
        for (const auto& one : item.second) object(one, *key.object);
    }
  }

  void target(const YAML::Node& node, std::string_view key) {
    if (node.IsScalar()) return;
    const bool ok = node.IsMap() && node.size() == 2 && node["by"] && node["is"] && node["by"].IsScalar() && node["is"].IsMap();
    if (!ok) return report(node, "'" + std::string(key) + "' names no place to go to", "a phase or an end, or {by: parameter, is: {value: phase}}");
    for (const auto& item : node["is"]) text(item.second, item.first.Scalar(), "a phase or an end");
  }

  void form(const YAML::Node& node, const Key& key) {
    switch (key.form) {
      case Form::text: return text(node, key.name);
      case Form::name:
        if (!node.IsScalar() || !is_name(node.Scalar())) report(node, "'" + std::string(key.name) + "' is not a name", "letters, digits, '-' and '_'");
        return;
      case Form::localized:
        if (node.IsScalar()) return;
        if (!node.IsMap()) return report(node, "'" + std::string(key.name) + "' is not a text", "a text or {en: …, zh: …}");
        for (const auto& item : node)
          if (item.first.Scalar() != "en" && item.first.Scalar() != "zh")
            report(item.first, "unknown language '" + item.first.Scalar() + "'", "en or zh");
          else
            text(item.second, item.first.Scalar());
        return;
      case Form::flag: {
        bool value;
        if (!node.IsScalar() || !YAML::convert<bool>::decode(node, value)) report(node, "'" + std::string(key.name) + "' is not a flag", "true or false");
        return;
      }
      case Form::number: {
        long value;
        if (!node.IsScalar() || !YAML::convert<long>::decode(node, value)) report(node, "'" + std::string(key.name) + "' is not a number", "a whole number");
        return;
      }
      case Form::duration:
        // A parameter may stand here; it is checked when the procedure is bound to a site.
        if (node.IsScalar() && node.Scalar().starts_with("${")) return;
        try {
          (void)duration_of(file, node);
        } catch (const InputError& e) {
          found.insert(found.end(), e.diagnostics().begin(), e.diagnostics().end());
        }
        return;
      case Form::predicate: return predicate(node, key.name);
      case Form::any: return;
      case Form::word: return word(node, key);
      case Form::probe:
        if (!node.IsMap() || node.size() != 1) report(node, "not a probe", "{probe: arguments}");
        return;
      case Form::object: return object(node, *key.object);
      case Form::names:
        if (!node.IsSequence()) return report(node, "'" + std::string(key.name) + "' is not a list", "[a, b]");
        for (const auto& item : node) text(item, key.name, "a name");
        return;
      case Form::list:
        if (!node.IsSequence()) return report(node, "'" + std::string(key.name) + "' is not a list", "a list of " + std::string(key.object->name) + "s");
        for (const auto& item : node) object(item, *key.object);
        return;
      case Form::map:
        if (!node.IsMap()) return report(node, "'" + std::string(key.name) + "' is not a map", "a map of " + std::string(key.object->name) + "s by name");
        named(node);
        for (const auto& item : node) object(item.second, *key.object);
        return;
      case Form::choices: return cases(node, key.name);
      case Form::value_cases:
        if (!node.IsMap()) return report(node, "'" + std::string(key.name) + "' is not a map", "{fact: value}");
        for (const auto& item : node)
          if (item.second.IsMap())
            cases(item.second, item.first.Scalar());
          else
            text(item.second, item.first.Scalar(), "a value, or {value: condition}");
        return;
      case Form::operations:
        if (!node.IsSequence()) return report(node, "'" + std::string(key.name) + "' is not a list", "a list of {operation: arguments}");
        for (const auto& item : node)
          if (!item.IsMap() || item.size() != 1) report(item, "not an operation", "one {operation: arguments}, such as run: [sh, start]");
        return;
      case Form::steps:
        if (!node.IsSequence()) return report(node, "'" + std::string(key.name) + "' is not a list", "a list of role.action");
        for (const auto& item : node)
          if (!item.IsScalar()) object(item, *key.object);
        return;
      case Form::target: return target(node, key.name);
      case Form::name_map:
        if (!node.IsMap()) return report(node, "'" + std::string(key.name) + "' is not a map", "{name: value}");
        named(node);
        return;
      case Form::name_lists: return name_lists(node, key);
      case Form::players: return players(node, key);
      case Form::gates:
        if (!node.IsMap()) return report(node, "'" + std::string(key.name) + "' is not a map", "{gate: predicate}");
        named(node);
        for (const auto& item : node) {
          if (item.second.IsMap())
            object(item.second, *key.object);
          else
            predicate(item.second, item.first.Scalar());
        }
        return;
    }
  }

  void named(const YAML::Node& node) {
    for (const auto& item : node)
      if (!is_name(item.first.Scalar())) report(item.first, "'" + item.first.Scalar() + "' is not a name", "letters, digits, '-' and '_'");
  }

  void object(const YAML::Node& node, const Shape& shape) {
    if (!node.IsMap()) return report(node, "not a " + std::string(shape.name), "a map with the keys of a " + std::string(shape.name));
    std::vector<std::string> known;
    for (const auto& key : shape.keys) known.emplace_back(key.name);
    for (const auto& item : node) {
      const std::string name = item.first.IsScalar() ? item.first.Scalar() : "";
      const Key* key = nullptr;
      for (const auto& k : shape.keys)
        if (k.name == name) key = &k;
      if (key == nullptr) {
        const std::string likely = nearest(name, known);
        std::string all;
        for (const auto& k : known) all += (all.empty() ? "" : ", ") + k;
        report(item.first, "unknown key '" + name + "' in a " + std::string(shape.name), "one of: " + all, likely.empty() ? "" : "write '" + likely + "'");
      } else if (item.second.IsNull()) {
        report(item.first, "'" + name + "' has no value", std::string(key->help));
      } else {
        form(item.second, *key);
      }
    }
    for (const auto& key : shape.keys)
      if (key.required && !node[std::string(key.name)]) report(node, "a " + std::string(shape.name) + " without '" + std::string(key.name) + "'", std::string(key.help));
  }

  // yaml-cpp lets a key stand twice and takes the first; people mean the second.
  // Aliases can make a small file mean a huge one; the count bounds that.
  void unique_keys(const YAML::Node& node, int depth) {
    if (++nodes > kMostNodes) fail(where_of(file, node), "more than 100,000 values", "a smaller file, without aliases that repeat themselves");
    if (depth > kDeepestNode) fail(where_of(file, node), "nested too deeply", "at most 40 levels");
    if (node.IsMap()) {
      std::set<std::string> seen;
      for (const auto& item : node) {
        if (!item.first.IsScalar()) fail(where_of(file, item.first), "a key that is not a name");
        if (!seen.insert(item.first.Scalar()).second)
          fail(where_of(file, item.first), "'" + item.first.Scalar() + "' stands twice in the same map", "each name once");
        unique_keys(item.second, depth + 1);
      }
    } else if (node.IsSequence()) {
      for (const auto& item : node) unique_keys(item, depth + 1);
    }
  }
};

}  // namespace

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 100) return false;
  for (const char c : text)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_') return false;
  return true;
}

Where where_of(const std::string& file, const YAML::Node& node) {
  const YAML::Mark mark = node.Mark();
  const int quote = node.IsScalar() && node.Tag() == "!" ? 1 : 0;  // point into the quotes
  return Where{file, mark.line + 1, mark.column + 1 + quote};
}

YAML::Node parse_yaml(const std::string& file, const std::string& text) {
  check_text(text, kLargestFile, file);
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(text);
    if (documents.size() > 1) fail(where_of(file, documents[1]), "a second document in the same file", "one component, procedure or site a file");
    YAML::Node node = documents.empty() ? YAML::Node() : documents.front();
    if (!node.IsMap()) fail(Where{file, 1, 1}, "not a map of keys and values", "a YAML file such as those under configs/");
    Checker checker{file, {}, 0};
    checker.unique_keys(node, 0);
    return node;
  } catch (const YAML::DeepRecursion&) {
    fail(Where{file, 0, 0}, "nested too deeply", "at most 40 levels");
  } catch (const YAML::Exception& e) {
    fail(Where{file, e.mark.line + 1, e.mark.column + 1}, "not YAML: " + e.msg);
  }
}

void check_shape(const std::string& file, const YAML::Node& node, const Shape& shape) {
  Checker checker{file, {}, 0};
  checker.object(node, shape);
  if (!checker.found.empty()) throw InputError(checker.found);
}

Millis duration_of(const std::string& file, const YAML::Node& node) { return duration_in(node.IsScalar() ? node.Scalar() : "", where_of(file, node)); }

Millis duration_in(const std::string& text, const Where& where) {
  std::int64_t count = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string unit(end, text.data() + text.size());
  constexpr std::int64_t kLongest = 31LL * 24 * 3600 * 1000;
  std::int64_t factor = unit == "ms" ? 1 : unit == "s" ? 1000 : unit == "m" ? 60'000 : unit == "h" ? 3'600'000 : 0;
  if (ec != std::errc() || factor == 0 || count < 0 || count > kLongest / factor)
    fail(where, "'" + text + "' is not a duration", "a number with a unit: 500ms, 15s, 5m, 2h", unit.empty() && ec == std::errc() ? "write " + text + "s" : "");
  return Millis(count * factor);
}

Json json_of(const std::string& file, const YAML::Node& node) {
  if (node.IsSequence()) {
    Json list = Json::array();
    for (const auto& item : node) list.push_back(json_of(file, item));
    return list;
  }
  if (node.IsMap()) {
    Json map = Json::object();
    for (const auto& item : node) map[item.first.Scalar()] = json_of(file, item.second);
    return map;
  }
  if (!node.IsScalar()) return nullptr;
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return text;  // quoted
  if (text == "true" || text == "false") return text == "true";
  std::int64_t whole = 0;
  if (auto [p, ec] = std::from_chars(text.data(), text.data() + text.size(), whole); ec == std::errc() && p == text.data() + text.size()) return whole;
  return text;
}

}  // namespace interlock::fsm
