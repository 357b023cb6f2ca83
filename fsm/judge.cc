#include "fsm/judge.h"

#include <algorithm>

namespace interlock::fsm {
namespace {

// A value during evaluation; empty: not there.
using Maybe = std::optional<Json>;

Maybe value_of(const Expression& e, const Json& it, std::string& why) {
  switch (e.kind) {
    case Expression::Kind::literal: return e.value;
    case Expression::Kind::list: {
      Json list = Json::array();
      for (const auto& part : e.parts) {
        Maybe v = value_of(part, it, why);
        if (!v) return std::nullopt;
        list.push_back(std::move(*v));
      }
      return list;
    }
    case Expression::Kind::name: {
      const Json* at = &it;
      std::string path;
      for (std::size_t i = 0; i < e.path.size(); ++i) {
        path += (i ? "." : "") + e.path[i];
        if (i == 0 && e.path[0] == "it") continue;
        if (!at->is_object() || !at->contains(e.path[i])) {
          why = "the probe gives no '" + path + "'";
          return std::nullopt;
        }
        at = &(*at)[e.path[i]];
      }
      if (at->is_null()) {
        why = "'" + path + "' is empty";
        return std::nullopt;
      }
      return *at;
    }
    case Expression::Kind::size: {
      const Maybe v = value_of(e.parts[0], it, why);
      if (!v) return std::nullopt;
      if (v->is_string()) return v->get_ref<const std::string&>().size();
      return v->size();
    }
    case Expression::Kind::negation:
    case Expression::Kind::conjunction:
    case Expression::Kind::disjunction:
    case Expression::Kind::comparison:
    case Expression::Kind::quantifier:
    case Expression::Kind::text_test: {
      const Truth t = eval_over(e, it, why);
      if (t == Truth::unknown) return std::nullopt;
      return Json(t == Truth::yes);
    }
  }
  return std::nullopt;
}

// Numbers that came as text compare as numbers: a parameter or a column may be either.
std::optional<double> number(const Json& v) {
  if (v.is_number()) return v.get<double>();
  if (!v.is_string() || v.get_ref<const std::string&>().empty()) return std::nullopt;
  const std::string& text = v.get_ref<const std::string&>();
  std::size_t used = 0;
  try {
    const double d = std::stod(text, &used);
    if (used == text.size()) return d;
  } catch (const std::exception&) {
  }
  return std::nullopt;
}

bool equal(const Json& a, const Json& b) {
  if (a == b) return true;
  if (a.is_string() && b.is_string()) return false;  // version 2.10 is not 2.1
  const auto x = number(a), y = number(b);
  return x && y && *x == *y;
}

Truth compare(const Expression& e, const Json& it, std::string& why) {
  const Maybe a = value_of(e.parts[0], it, why), b = value_of(e.parts[1], it, why);
  if (!a || !b) return Truth::unknown;
  if (e.op == "==") return truth(equal(*a, *b));
  if (e.op == "!=") return truth(!equal(*a, *b));
  if (e.op == "in") return truth(b->is_array() && std::any_of(b->begin(), b->end(), [&](const Json& x) { return equal(*a, x); }));
  const auto x = number(*a), y = number(*b);
  if (!x || !y) {
    why = "'" + e.op + "' between " + a->dump() + " and " + b->dump() + ", which are not both numbers";
    return Truth::unknown;
  }
  return truth(e.op == "<" ? *x < *y : e.op == "<=" ? *x <= *y : e.op == ">" ? *x > *y : *x >= *y);
}

Truth quantify(const Expression& e, const Json& it, std::string& why) {
  const Maybe list = value_of(e.parts[0], it, why);
  if (!list) return Truth::unknown;
  if (!list->is_array()) {
    why = "'" + e.op + "' over something that is not a list";
    return Truth::unknown;
  }
  Truth all = Truth::yes, any = Truth::no;
  int yes = 0, open = 0;
  for (const auto& item : *list) {
    Json inner = it.is_object() ? it : Json{{"it", it}};
    inner[e.variable] = item;
    const Truth t = eval_over(e.parts[1], inner, why);
    all = both(all, t);
    any = either(any, t);
    yes += t == Truth::yes;
    open += t == Truth::unknown;
  }
  if (e.op == "all") return all;
  if (e.op == "exists") return any;
  return yes > 1 ? Truth::no : open > 0 ? Truth::unknown : truth(yes == 1);
}

Truth test_text(const Expression& e, const Json& it, std::string& why) {
  const Maybe a = value_of(e.parts[0], it, why), b = value_of(e.parts[1], it, why);
  if (!a || !b) return Truth::unknown;
  if (!a->is_string() || !b->is_string()) {
    why = "'" + e.op + "' on something that is not a text";
    return Truth::unknown;
  }
  const auto &text = a->get_ref<const std::string&>(), &part = b->get_ref<const std::string&>();
  if (e.op == "contains") return truth(text.find(part) != std::string::npos);
  return truth(e.op == "startsWith" ? text.starts_with(part) : text.ends_with(part));
}

}  // namespace

Truth eval_over(const Expression& e, const Json& it, std::string& why) {
  using Kind = Expression::Kind;
  switch (e.kind) {
    case Kind::negation: return !eval_over(e.parts[0], it, why);
    case Kind::conjunction: {
      const Truth a = eval_over(e.parts[0], it, why);
      return a == Truth::no ? a : both(a, eval_over(e.parts[1], it, why));
    }
    case Kind::disjunction: {
      const Truth a = eval_over(e.parts[0], it, why);
      return a == Truth::yes ? a : either(a, eval_over(e.parts[1], it, why));
    }
    case Kind::comparison: return compare(e, it, why);
    case Kind::quantifier: return quantify(e, it, why);
    case Kind::text_test: return test_text(e, it, why);
    case Kind::literal:
    case Kind::list:
    case Kind::name:
    case Kind::size: break;
  }
  // As in YAML, a condition that is just the word true may come as a text.
  const Maybe v = value_of(e, it, why);
  if (!v) return Truth::unknown;
  if (v->is_boolean()) return truth(v->get<bool>());
  why = "not true or false: " + v->dump();
  return Truth::unknown;
}

Judgement judge(const Fact& fact, const Reading& reading) {
  if (!reading.value) {
    const Failure f = reading.unknown.value_or(Failure{Cause::internal, "the probe gave neither a value nor a reason", false});
    return {kUnknown, std::string(to_string(f.cause)) + ": " + f.text};
  }
  std::string why;
  for (std::size_t i = 0; i < fact.values.size(); ++i) {
    if (!fact.conditions[i]) {
      if (reading.value->is_string() && *reading.value == fact.values[i]) return {static_cast<Value>(i), ""};
      continue;
    }
    const Truth t = eval_over(*fact.conditions[i], *reading.value, why);
    if (t == Truth::yes) return {static_cast<Value>(i), ""};
    if (t == Truth::unknown) return {kUnknown, why};
  }
  return {kUnknown, "the probe saw " + reading.value->dump(-1, ' ', false, Json::error_handler_t::replace) + ", which is none of the fact's values"};
}

}  // namespace interlock::fsm
