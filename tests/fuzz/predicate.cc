// Any bytes as a predicate: never a crash; what cannot be read is told with a place inside the text; what can be read
// says the same when it is written out with parentheses; `!` turns its verdict over, and never makes up for what is
// not known.
#include <algorithm>
#include <string>
#include <string_view>

#include "fsm/diagnostic.h"
#include "fsm/expression.h"
#include "fsm/judge.h"
#include "fsm/text.h"
#include "tests/fuzz/property.h"

using namespace interlock;
using fsm::Expression;

namespace {

const fsm::Where kStart{"", 1, 1};
constexpr int kDeepestWritten = 16;  // parentheses nest deeper than what was read, and nesting is bounded

const Json& sample() {
  static const Json it = Json::parse(R"({"state": "open", "n": 3, "text": "12", "none": null, "rows": [{"id": 1, "up": true}, {"id": 2}], "names": ["a", "b"]})");
  return it;
}

int depth(const Expression& e) {
  int deepest = 0;
  for (const Expression& part : e.parts) deepest = std::max(deepest, depth(part));
  return deepest + 1;
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += (c == '\'' || c == '\\' ? std::string("\\") : std::string()) + c;
  return out + "'";
}

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string written(const Expression& e) {
  std::vector<std::string> parts;
  for (const Expression& part : e.parts) parts.push_back(written(part));
  const auto in_parentheses = [&parts](std::size_t i) { return "(" + parts[i] + ")"; };
  using Kind = Expression::Kind;
  switch (e.kind) {
    case Kind::literal: return e.value.is_string() ? quoted(e.value.get<std::string>()) : e.value.dump();
    case Kind::list: return "[" + joined(parts, ", ") + "]";
    case Kind::name: return joined(e.path, ".");
    case Kind::negation: return "!" + in_parentheses(0);
    case Kind::conjunction:
    case Kind::disjunction:
    case Kind::comparison: return in_parentheses(0) + " " + e.op + " " + in_parentheses(1);
    case Kind::quantifier: return in_parentheses(0) + "." + e.op + "(" + e.variable + ", " + parts[1] + ")";
    case Kind::size: return "size(" + parts[0] + ")";
    case Kind::text_test: return in_parentheses(0) + "." + e.op + "(" + parts[1] + ")";
  }
  std::abort();
}

bool same(const Expression& a, const Expression& b) {
  if (a.kind != b.kind || a.value != b.value || a.path != b.path || a.op != b.op || a.variable != b.variable || a.parts.size() != b.parts.size()) return false;
  for (std::size_t i = 0; i < a.parts.size(); ++i)
    if (!same(a.parts[i], b.parts[i])) return false;
  return true;
}

// Numbers such as 1e300 are written in a form that is not read: only whole ones are read back.
bool has_fraction(const Expression& e) {
  if (e.value.is_number_float()) return true;
  for (const Expression& part : e.parts)
    if (has_fraction(part)) return true;
  return false;
}

void read(std::string_view text) {
  const Expression e = fsm::parse_expression(text, kStart);
  if (depth(e) <= kDeepestWritten && !has_fraction(e)) PROPERTY(same(e, fsm::parse_expression(written(e), kStart)));
  std::string why;
  const fsm::Truth verdict = fsm::eval_over(e, sample(), why);
  PROPERTY(verdict != fsm::Truth::unknown || !why.empty());
  Expression negation;
  negation.kind = Expression::Kind::negation;
  negation.parts.push_back(e);
  PROPERTY(fsm::eval_over(negation, sample(), why) == !verdict);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    check_text(text, kConfigLimitBytes);  // as loaders do
    const std::size_t lines = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    try {
      read(text);
    } catch (const InputError& error) {
      const Diagnostic& told = error.diagnostics().front();
      PROPERTY(!told.message.empty() && told.line >= 1 && told.line <= lines && told.column >= 1 && told.column <= size + 1);
    }
  } catch (const InputError& error) {
    PROPERTY(!error.diagnostics().empty());
  }
  return 0;
}
