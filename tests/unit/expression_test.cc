// Predicates as people write them: what is read, and what is said about what cannot be read.
#include "fsm/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/diagnostic.h"

namespace interlock::fsm {
namespace {

using ::testing::HasSubstr;

// (op part part), so that precedence and associativity can be seen.
std::string shape(const Expression& e) {
  std::string parts;
  for (const auto& p : e.parts) parts += " " + shape(p);
  switch (e.kind) {
    case Expression::Kind::literal: return e.value.dump();
    case Expression::Kind::list: return "[" + parts + " ]";
    case Expression::Kind::name: {
      std::string text;
      for (const auto& p : e.path) text += (text.empty() ? "" : ".") + p;
      return text;
    }
    case Expression::Kind::negation: return "(!" + parts + ")";
    case Expression::Kind::conjunction:
    case Expression::Kind::disjunction:
    case Expression::Kind::comparison:
    case Expression::Kind::text_test: return "(" + e.op + parts + ")";
    case Expression::Kind::quantifier: return "(" + e.op + " " + e.variable + parts + ")";
    case Expression::Kind::size: return "(size" + parts + ")";
  }
  return "?";
}

std::string read(std::string_view text) { return shape(parse_expression(text, Where{"p.yaml", 1, 1})); }

std::string parse_complaint(std::string_view text, int line = 10, int column = 5) {
  try {
    return "read as " + shape(parse_expression(text, Where{"p.yaml", line, column}));
  } catch (const InputError& e) {
    return e.what();
  }
}

struct Row {
  const char* text;
  const char* shape;
};

TEST(Expression, IsReadByPrecedence) {
  const Row rows[] = {
      {"a.x == 'open'", "(== a.x \"open\")"},
      {"a.x == \"open\"", "(== a.x \"open\")"},
      {"a || b && c", "(|| a (&& b c))"},
      {"a && b || c", "(|| (&& a b) c)"},
      {"(a || b) && c", "(&& (|| a b) c)"},
      {"a && b && c", "(&& (&& a b) c)"},
      {"!a && b", "(&& (! a) b)"},
      {"!(a && b)", "(! (&& a b))"},
      {"!!a", "(! (! a))"},
      {"!a.x == 'y'", "(! (== a.x \"y\"))"},
      {"a.x in ['p', 'q',]", "(in a.x [ \"p\" \"q\" ])"},
      {"a.x != b.y", "(!= a.x b.y)"},
      {"it.count >= 10", "(>= it.count 10)"},
      {"it.lag < 0.5", "(< it.lag 0.5)"},
      {"true || false", "(|| true false)"},
      {"[a, b].exists(n, n.x == 'y')", "(exists n [ a b ] (== n.x \"y\"))"},
      {"nodes.all(n, n.x == 'y' && n.z != 'w')", "(all n nodes (&& (== n.x \"y\") (!= n.z \"w\")))"},
      {"nodes.exists_one(n, n.vip == 'held')", "(exists_one n nodes (== n.vip \"held\"))"},
      {"size(nodes) > 2", "(> (size nodes) 2)"},
      {"it.text.contains('x')", "(contains it.text \"x\")"},
      {"it.text.startsWith('a') || it.text.endsWith('b')", "(|| (startsWith it.text \"a\") (endsWith it.text \"b\"))"},
      {"it.v == ${port}", "(== it.v \"${port}\")"},
      {"a.x == 'it\\'s'", "(== a.x \"it's\")"},
      {"a.x == '中文'", "(== a.x \"中文\")"},
      {"role-name.fact-name == 'two-words'", "(== role-name.fact-name \"two-words\")"},
      {"size", "size"},
      {"inner.x == 'y'", "(== inner.x \"y\")"},
      {" \n a\t", "a"},
      {"[]", "[ ]"},
  };
  for (const auto& row : rows) EXPECT_EQ(read(row.text), row.shape) << row.text;
}

TEST(Expression, SaysWhatIsWrongAndWhere) {
  const Row rows[] = {
      {"", "p.yaml:10:5: error: the predicate ends too early; expected a fact, a text in quotes, a number, '(' or '['"},
      {"a.x = 'y'", "p.yaml:10:9: error: unexpected character '='; expected a predicate such as master.service == 'open'; fix: write '=='"},
      {"a & b", "p.yaml:10:7: error: unexpected character '&'; expected a predicate such as master.service == 'open'; fix: write '&&'"},
      {"a.x == 'y", "p.yaml:10:12: error: a text that does not end; expected a closing '"},
      {"(a", "p.yaml:10:7: error: the predicate ends too early; expected ')'"},
      {"a)", "p.yaml:10:6: error: unexpected ')'; expected an operator or the end of the predicate"},
      {"a b", "p.yaml:10:7: error: unexpected 'b'; expected an operator or the end of the predicate"},
      {"a &&", "p.yaml:10:9: error: the predicate ends too early; expected a fact, a text in quotes, a number, '(' or '['"},
      {"a.", "p.yaml:10:7: error: unexpected ''; expected a name after '.'"},
      {"a.all(x.y)", "p.yaml:10:12: error: unexpected '.'; expected ','"},
      {"a.sometimes(n, b)", "p.yaml:10:7: error: unknown function 'sometimes'; expected all, exists, exists_one, contains, startsWith or endsWith"},
      {"'a'.b", "p.yaml:10:9: error: '.b' does not apply here; expected a name such as master.service"},
      {"${x", "p.yaml:10:5: error: '${' without '}'; expected ${parameter}"},
      {"1.2.3 == a", "p.yaml:10:5: error: '1.2.3' is not a number that can be held; expected such as 10 or 0.5"},
      {"a == 'x' == 'y'", "p.yaml:10:14: error: unexpected '=='; expected an operator or the end of the predicate"},
      {"a;", "p.yaml:10:6: error: unexpected character ';'; expected a predicate such as master.service == 'open'"},
  };
  for (const auto& row : rows) EXPECT_EQ(parse_complaint(row.text), row.shape) << row.text;
}

TEST(Expression, CountsCharactersNotBytes) { EXPECT_THAT(parse_complaint("a == '中文' ;"), HasSubstr("p.yaml:10:15:")); }

TEST(Expression, CountsLines) { EXPECT_THAT(parse_complaint("a &&\n  b ;"), HasSubstr("p.yaml:11:5:")); }

TEST(Expression, HostileTextsAreErrorsNotCrashes) {
  const auto many = [](const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  EXPECT_THAT(parse_complaint(many("(", 5000)), HasSubstr("nested too deeply"));
  EXPECT_THAT(parse_complaint(many("!", 5000) + "a"), HasSubstr("nested too deeply"));
  EXPECT_THAT(parse_complaint(many("[", 5000)), HasSubstr("nested too deeply"));
  EXPECT_THAT(parse_complaint(many("a.all(n,", 2000)), HasSubstr("nested too deeply"));
  EXPECT_THAT(parse_complaint(many("size(", 3000)), HasSubstr("nested too deeply"));
  EXPECT_THAT(parse_complaint(many("a", 20'000)), HasSubstr("longer than 16 KiB"));
  EXPECT_THAT(parse_complaint("a" + many(" && a", 3000)), HasSubstr("read as")) << "long is not deep";
  EXPECT_THAT(parse_complaint(many("(", 60) + "a" + many(")", 60)), HasSubstr("read as a"));
  EXPECT_THAT(parse_complaint("99999999999999999999999"), HasSubstr("read as 9.99"));
  for (int byte = 1; byte < 256; ++byte) (void)parse_complaint(std::string(1, static_cast<char>(byte)) + "x");
}

}  // namespace
}  // namespace interlock::fsm
