#include "fsm/expression.h"

#include <cctype>
#include <charconv>

#include "fsm/diagnostic.h"

namespace interlock::fsm {

void fail(const Where& where, std::string message, std::string expected, std::string fix) {
  Diagnostic d;
  d.file = where.file;
  d.line = static_cast<std::size_t>(where.line < 0 ? 0 : where.line);
  d.column = static_cast<std::size_t>(where.column < 0 ? 0 : where.column);
  d.message = std::move(message);
  d.expected = std::move(expected);
  d.fix = std::move(fix);
  throw InputError(std::move(d));
}

namespace {

struct Token {
  enum class Kind { end, name, text, number, symbol } kind = Kind::end;
  std::string text;
  Where where;
};

class Lexer {
 public:
  Lexer(std::string_view text, const Where& where) : text_(text), where_(where) {}

  Token next() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) advance();
    Token token;
    token.where = where_;
    if (at_ >= text_.size()) return token;
    const char c = text_[at_];
    if (std::isalpha(static_cast<unsigned char>(c)) || c == '_') return name(token);
    if (std::isdigit(static_cast<unsigned char>(c))) return number(token);
    if (c == '\'' || c == '"') return quoted(token, c);
    if (text_.substr(at_, 2) == "${") return parameter(token);
    return symbol(token);
  }

 private:
  char take() {
    const char c = text_[at_];
    advance();
    return c;
  }
  void advance() {
    if (text_[at_] == '\n') {
      ++where_.line;
      where_.column = 0;
    }
    if ((static_cast<unsigned char>(text_[at_]) & 0xC0) != 0x80) ++where_.column;  // a character, not a byte
    ++at_;
  }
  Token name(Token token) {
    token.kind = Token::Kind::name;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool hyphen = c == '-' && at_ + 1 < text_.size() && std::isalnum(static_cast<unsigned char>(text_[at_ + 1]));
      if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_' && !hyphen) break;
      token.text += take();
    }
    return token;
  }
  Token number(Token token) {
    token.kind = Token::Kind::number;
    while (at_ < text_.size() && (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.')) token.text += take();
    return token;
  }
  Token quoted(Token token, char quote) {
    token.kind = Token::Kind::text;
    take();
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) take();
      token.text += take();
    }
    if (at_ >= text_.size()) fail(token.where, "a text that does not end", std::string("a closing ") + quote);
    take();
    return token;
  }
  Token parameter(Token token) {  // ${name}: filled in when the fact is bound
    token.kind = Token::Kind::text;
    while (at_ < text_.size() && text_[at_] != '}') token.text += take();
    if (at_ >= text_.size()) fail(token.where, "'${' without '}'", "${parameter}");
    token.text += take();
    return token;
  }
  Token symbol(Token token) {
    token.kind = Token::Kind::symbol;
    token.text = take();
    static constexpr std::string_view kDouble[] = {"==", "!=", "<=", ">=", "&&", "||"};
    if (at_ < text_.size()) {
      const std::string two = token.text + text_[at_];
      for (auto d : kDouble)
        if (two == d) {
          token.text = two;
          take();
          return token;
        }
    }
    if (std::string_view("()[].,!<>").find(token.text) == std::string_view::npos) {
      const bool half = token.text == "=" || token.text == "&" || token.text == "|";
      fail(token.where, "unexpected character '" + token.text + "'", "a predicate such as master.service == 'open'",
           half ? "write '" + token.text + token.text + "'" : "");
    }
    return token;
  }

  std::string_view text_;
  Where where_;
  std::size_t at_ = 0;
};

class Parser {
 public:
  Parser(std::string_view text, const Where& where) : lexer_(text, where) { token_ = lexer_.next(); }

  Expression whole() {
    Expression e = disjunction();
    if (token_.kind != Token::Kind::end) fail(token_.where, "unexpected '" + token_.text + "'", "an operator or the end of the predicate");
    return e;
  }

 private:
  using Kind = Expression::Kind;

  bool is(std::string_view symbol) const { return token_.kind == Token::Kind::symbol && token_.text == symbol; }
  void step() { token_ = lexer_.next(); }
  void expect(std::string_view symbol) {
    if (!is(symbol))
      fail(token_.where, token_.kind == Token::Kind::end ? "the predicate ends too early" : "unexpected '" + token_.text + "'",
           "'" + std::string(symbol) + "'");
    step();
  }
  Expression make(Kind kind, Where where) const {
    Expression e;
    e.kind = kind;
    e.where = std::move(where);
    return e;
  }
  Expression binary(Kind kind, std::string op, Expression a, Expression b) const {
    Expression e = make(kind, a.where);
    e.op = std::move(op);
    e.parts.push_back(std::move(a));
    e.parts.push_back(std::move(b));
    return e;
  }

  struct Depth {
    Depth(int& depth, const Where& where) : depth_(depth) {
      if (++depth_ > kDeepestExpression) fail(where, "a predicate nested too deeply", "at most 64 levels");
    }
    ~Depth() { --depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    int& depth_;
  };

  Expression disjunction() {
    const Depth guard(depth_, token_.where);
    Expression e = conjunction();
    while (is("||")) {
      step();
      e = binary(Kind::disjunction, "||", std::move(e), conjunction());
    }
    return e;
  }
  Expression conjunction() {
    Expression e = unary();
    while (is("&&")) {
      step();
      e = binary(Kind::conjunction, "&&", std::move(e), unary());
    }
    return e;
  }
  Expression unary() {
    if (is("!")) {
      const Depth guard(depth_, token_.where);
      Expression e = make(Kind::negation, token_.where);
      step();
      e.parts.push_back(unary());
      return e;
    }
    return comparison();
  }
  Expression comparison() {
    Expression e = postfix();
    const bool in = token_.kind == Token::Kind::name && token_.text == "in";
    if (in || is("==") || is("!=") || is("<") || is("<=") || is(">") || is(">=")) {
      const std::string op = token_.text;
      step();
      e = binary(Kind::comparison, op, std::move(e), postfix());
    }
    return e;
  }
  Expression postfix() {
    Expression e = primary();
    while (is(".")) {
      step();
      if (token_.kind != Token::Kind::name) fail(token_.where, "unexpected '" + token_.text + "'", "a name after '.'");
      const Token name = token_;
      step();
      if (is("("))
        e = call(std::move(e), name);
      else if (e.kind == Kind::name)
        e.path.push_back(name.text);
      else
        fail(name.where, "'." + name.text + "' does not apply here", "a name such as master.service");
    }
    return e;
  }
  Expression call(Expression on, const Token& name) {
    step();
    if (name.text == "all" || name.text == "exists" || name.text == "exists_one") {
      if (token_.kind != Token::Kind::name) fail(token_.where, "unexpected '" + token_.text + "'", "a variable, as in ." + name.text + "(n, …)");
      Expression e = make(Kind::quantifier, on.where);
      e.op = name.text;
      e.variable = token_.text;
      step();
      expect(",");
      e.parts.push_back(std::move(on));
      e.parts.push_back(disjunction());
      expect(")");
      return e;
    }
    if (name.text == "contains" || name.text == "startsWith" || name.text == "endsWith") {
      Expression e = make(Kind::text_test, on.where);
      e.op = name.text;
      e.parts.push_back(std::move(on));
      e.parts.push_back(disjunction());
      expect(")");
      return e;
    }
    fail(name.where, "unknown function '" + name.text + "'", "all, exists, exists_one, contains, startsWith or endsWith");
  }
  Expression primary() {
    Expression e = make(Kind::literal, token_.where);
    if (token_.kind == Token::Kind::text) {
      e.value = token_.text;
      step();
    } else if (token_.kind == Token::Kind::number) {
      e.value = number(token_);
      step();
    } else if (token_.kind == Token::Kind::name) {
      const std::string name = token_.text;
      step();
      if (name == "true" || name == "false") {
        e.value = name == "true";
      } else if (name == "size" && is("(")) {
        step();
        e.kind = Kind::size;
        e.parts.push_back(disjunction());
        expect(")");
      } else {
        e.kind = Kind::name;
        e.path.push_back(name);
      }
    } else if (is("(")) {
      step();
      e = disjunction();
      expect(")");
    } else if (is("[")) {
      e.kind = Kind::list;
      step();
      while (!is("]")) {
        e.parts.push_back(disjunction());
        if (!is("]")) expect(",");
      }
      step();
    } else {
      fail(token_.where, token_.kind == Token::Kind::end ? "the predicate ends too early" : "unexpected '" + token_.text + "'",
           "a fact, a text in quotes, a number, '(' or '['");
    }
    return e;
  }
  static Json number(const Token& token) {
    const char* begin = token.text.data();
    const char* end = begin + token.text.size();
    std::int64_t whole = 0;
    if (auto [p, ec] = std::from_chars(begin, end, whole); ec == std::errc() && p == end) return whole;
    double real = 0;
    if (auto [p, ec] = std::from_chars(begin, end, real); ec == std::errc() && p == end) return real;
    fail(token.where, "'" + token.text + "' is not a number that can be held", "such as 10 or 0.5");
  }

  Lexer lexer_;
  Token token_;
  int depth_ = 0;
};

}  // namespace

Expression parse_expression(std::string_view text, const Where& where) {
  if (text.size() > kLongestExpression) fail(where, "a predicate longer than 16 KiB");
  return Parser(text, where).whole();
}

}  // namespace interlock::fsm
