// The shape of Interlock's YAML files, as tables: what the loader accepts and what the published JSON Schema
// says come from the same rows (fsm/grammar.h), so that they cannot differ. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "fsm/expression.h"

namespace interlock::fsm {

enum class Form {
  text,         // a string
  localized,    // a string, or {en: …, zh: …}
  flag,         // true or false
  number,       // a whole number
  duration,     // 500ms, 15s, 5m, 2h
  predicate,    // an expression over facts
  name,         // letters, digits, '-', '_'
  any,          // any value but none
  word,         // one of the words of `choice`
  probe,        // {KIND: ARGUMENTS}; the kind itself is checked when a machine is made
  object,       // a map with the keys of `object`
  names,        // a list of names
  list,         // a list of objects
  map,          // a map from names to objects
  choices,      // a list of values, or a map from value to the condition on the reading under which it holds
  value_cases,  // a map from fact to value, or to a map from value to the condition under which it holds
  operations,   // a list of {KIND: ARGUMENTS}
  steps,        // a list of "role.action" or objects
  target,       // a phase or an end; or {by: parameter, is: {value: target}}
  name_map,     // a map from names to anything
  name_lists,   // a map from names to lists of names
  players,      // a map from names to an `object` or a list of them
  gates,        // a map from names to predicates or gate objects
};

// The words that a text may be; a message calls it `what`.
struct Vocabulary {
  std::string_view what;
  std::span<const std::string_view> words;
};

struct Shape;
struct Key {
  std::string_view name;
  Form form;
  bool required;
  std::string_view help;
  const Shape* object = nullptr;  // of the object, or of the elements of the list or map
  const Vocabulary* choice = nullptr;
};
struct Shape {
  std::string_view name;
  std::span<const Key> keys;
};

inline constexpr std::size_t kLargestFile = 1024 * 1024;  // bytes; a procedure of 2,000 lines has 100 KiB

// A parsed document with the file's name; nodes keep their places. Throws InputError.
[[nodiscard]] YAML::Node parse_yaml(const std::string& file, const std::string& text);

[[nodiscard]] Where where_of(const std::string& file, const YAML::Node& node);

// Checks a map against its shape: every key known (with the likely word), required keys there, forms right.
// Collects every problem of the document and throws them together.
void check_shape(const std::string& file, const YAML::Node& node, const Shape& shape);

// Values, once the shape is checked.
[[nodiscard]] Millis duration_of(const std::string& file, const YAML::Node& node);
[[nodiscard]] Millis duration_in(const std::string& text, const Where& where);
[[nodiscard]] Json json_of(const std::string& file, const YAML::Node& node);  // scalars typed as YAML's core schema does
[[nodiscard]] bool is_name(std::string_view text);

// The JSON Schema of a shape (draft 7). What it rejects, the loader rejects; what only the loader sees is the grammar
// of predicates, the ranges of numbers, and names that lead nowhere. Texts, names and flags may be any YAML scalar
// there: whether `no` is a text or a flag differs between versions of YAML, and the loader takes it as it is written.
[[nodiscard]] Json json_schema(const Shape& shape, std::string_view title);

}  // namespace interlock::fsm
