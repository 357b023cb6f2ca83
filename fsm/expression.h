// Predicates as people write them: a subset of CEL's syntax
//   == != < <= > >= in && || !  ( )  [list]  'text' 12 true false  a.b.c
//   xs.all(x, p)  xs.exists(x, p)  xs.exists_one(x, p)  size(xs)  text.contains('…') .startsWith .endsWith
// This file knows syntax only: what names mean is decided by predicate.h (over facts) and reading_eval.h
// (over what a probe saw). Throws InputError with the place inside the file. Pure.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/observation.h"

namespace interlock::fsm {

// A place in a file, for messages. Lines and columns count from 1; 0 means unknown.
struct Where {
  std::string file;
  int line = 0;
  int column = 0;
  bool operator==(const Where&) const = default;
};

struct Expression {
  enum class Kind {
    literal,     // value
    list,        // parts
    name,        // path: a.b.c
    negation,    // parts[0]
    conjunction, // parts[0] && parts[1]
    disjunction, // parts[0] || parts[1]
    comparison,  // parts[0] op parts[1]; op is == != < <= > >= in
    quantifier,  // parts[0].op(variable, parts[1]); op is all, exists, exists_one
    size,        // size(parts[0])
    text_test,   // parts[0].op(parts[1]); op is contains, startsWith, endsWith
  };
  Kind kind = Kind::literal;
  Json value;
  std::vector<std::string> path;
  std::string op, variable;
  std::vector<Expression> parts;
  Where where;
};

// Largest text and deepest nesting that is read; more is an error, not a crash.
inline constexpr std::size_t kLongestExpression = 16 * 1024;
inline constexpr int kDeepestExpression = 64;

// Parses `text`; `where` is the place of its first character.
[[nodiscard]] Expression parse_expression(std::string_view text, const Where& where);

// Throws InputError for `where`.
[[noreturn]] void fail(const Where& where, std::string message, std::string expected = "", std::string fix = "");

}  // namespace interlock::fsm
