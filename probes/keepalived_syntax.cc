#include "probes/keepalived_syntax.h"

#include <utility>

namespace interlock {
namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool comment(char c) { return c == '#' || c == '!'; }

class Parser {
 public:
  Parser(std::string_view text, std::string_view file) : text_(text), index_(text), file_(file) {}

  KeepalivedTree parse() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    open_.push_back({&tree_.statements, 0});
    while (at_ < text_.size()) next();
    end_statement();
    for (std::size_t i = open_.size(); i > 1; --i) {
      report(open_[i - 1].brace, Severity::error, "this '{' is never closed", "a '}' before the end of the file",
             "add '}' where the block ends");
    }
    return std::move(tree_);
  }

 private:
  struct Open {
    std::vector<KeepalivedStatement>* list;
    std::size_t brace;
  };

  void report(std::size_t offset, Severity severity, std::string message, std::string expected, std::string fix) {
    if (tree_.diagnostics.size() >= kMaxDiagnostics) return;
    const Position at = index_.at(offset);
    tree_.diagnostics.push_back(Diagnostic{std::string(file_), at.line, at.column, severity, std::move(message),
                                           std::move(expected), std::move(fix)});
  }

  void next() {
    const char c = text_[at_];
    if (c == '\n') {
      ++at_;
      end_statement();
    } else if (blank(c)) {
      ++at_;
    } else if (c == '\\' && line_ends_after(at_ + 1)) {
      at_ = text_.find('\n', at_) + 1;  // the statement goes on in the next line
    } else if (comment(c)) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '{') {
      open_block();
    } else if (c == '}') {
      close_block();
    } else {
      words_.push_back(word());
    }
  }

  [[nodiscard]] bool line_ends_after(std::size_t from) const {
    const auto newline = text_.find('\n', from);
    if (newline == std::string_view::npos || newline - from > 1) return false;
    return newline == from || text_[from] == '\r';
  }

  void end_statement() {
    if (words_.empty()) return;
    open_.back().list->push_back(KeepalivedStatement{std::exchange(words_, {}), false, {}});
  }

  void open_block() {
    const std::size_t brace = at_++;
    end_statement();
    auto& list = *open_.back().list;
    // A '{' alone on its line belongs to the statement before it.
    if (list.empty() || list.back().block) {
      report(brace, Severity::error, "a '{' without a block's name before it", "a keyword such as vrrp_instance",
             "remove the '{' or name the block");
      list.push_back(KeepalivedStatement{{KeepalivedWord{"", brace, 0, false, index_.at(brace)}}, true, {}});
    }
    if (open_.size() > kKeepalivedDepth) {
      report(brace, Severity::error, "blocks are nested too deeply",
             "at most " + std::to_string(kKeepalivedDepth) + " levels", "check for a missing '}'");
      at_ = text_.size();
      return;
    }
    list.back().block = true;
    open_.push_back({&list.back().children, brace});
  }

  void close_block() {
    const std::size_t brace = at_++;
    end_statement();
    if (open_.size() == 1) {
      report(brace, Severity::error, "a '}' that closes nothing", "", "remove it, or add the '{' that is missing above");
      return;
    }
    open_.pop_back();
  }

  // Where a quoted string that is still open at the end of its line goes on, or 0. Manuals wrap long commands
  // in print; the closing quote is then within the next line that is not empty.
  [[nodiscard]] std::size_t continuation(std::size_t newline, char quote) const {
    constexpr std::size_t kMaxEmptyLines = 2;
    std::size_t at = newline + 1;
    for (std::size_t empty = 0; empty <= kMaxEmptyLines; ++empty) {
      while (at < text_.size() && blank(text_[at])) ++at;
      if (at >= text_.size()) return 0;
      if (text_[at] != '\n') break;
      ++at;
    }
    const std::size_t end = std::min(text_.find('\n', at), text_.size());
    return text_.substr(at, end - at).find(quote) == std::string_view::npos ? 0 : at;
  }

  void quoted_part(KeepalivedWord& word) {
    const std::size_t open = at_;
    const char quote = text_[at_++];
    word.quoted = true;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\n') {
        const std::size_t next = continuation(at_, quote);
        if (next == 0) break;
        report(open, Severity::warning, "this quoted string goes on in the next line; keepalived ends it with the line",
               "the closing quote on the same line", "join the two lines");
        at_ = next;
      } else if (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') {
        word.text += text_[at_ + 1];
        at_ += 2;
      } else {
        word.text += text_[at_++];
      }
    }
    if (at_ < text_.size() && text_[at_] == quote) {
      ++at_;
      return;
    }
    while (!word.text.empty() && blank(word.text.back())) word.text.pop_back();
    report(open, Severity::error, "this quote is never closed", "the same quote before the end of the line",
           std::string("add ") + quote);
  }

  KeepalivedWord word() {
    KeepalivedWord word;
    word.offset = at_;
    word.at = index_.at(at_);
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' || c == '\'') {
        quoted_part(word);
      } else if (c == '$' && text_.substr(at_).starts_with("${") && parameter_end() != 0) {
        const std::size_t end = parameter_end();
        word.text += text_.substr(at_, end - at_);
        at_ = end;
      } else if (blank(c) || c == '\n' || c == '{' || c == '}' || comment(c)) {
        break;
      } else if (c == '\\' && line_ends_after(at_ + 1)) {
        break;
      } else {
        word.text += c;
        ++at_;
      }
    }
    word.length = at_ - word.offset;
    return word;
  }

  // Just past the '}' of "${NAME}" at the present place, or 0.
  [[nodiscard]] std::size_t parameter_end() const {
    for (std::size_t i = at_ + 2; i < text_.size(); ++i) {
      if (text_[i] == '}') return i + 1;
      if (blank(text_[i]) || text_[i] == '\n' || text_[i] == '{') return 0;
    }
    return 0;
  }

  static constexpr std::size_t kMaxDiagnostics = 100;  // the hundredth says no more than the first
  std::string_view text_;
  LineIndex index_;
  std::string_view file_;
  std::size_t at_ = 0;
  std::vector<KeepalivedWord> words_;
  std::vector<Open> open_;
  KeepalivedTree tree_;
};

}  // namespace

KeepalivedTree parse_keepalived_tree(std::string_view text, std::string_view file) {
  check_text(text, kConfigLimitBytes, file);
  return Parser(text, file).parse();
}

std::vector<CommandPiece> command_pieces(std::string_view text, const KeepalivedStatement& statement) {
  std::vector<CommandPiece> pieces;
  for (std::size_t i = 1; i < statement.words.size(); ++i) {
    const KeepalivedWord& word = statement.words[i];
    bool inside = false;
    const std::size_t end = word.offset + word.length;
    for (std::size_t at = word.offset; at < end; ++at) {
      const char c = text[at];
      if (c == '"' || c == '\'') {
        continue;  // quotes group, they are not part of a piece
      }
      if (c == '\n') {  // a wrapped word: skip the break and the indentation after it
        while (at + 1 < end && (blank(text[at + 1]) || text[at + 1] == '\n')) ++at;
        continue;
      }
      if (c == '\r') continue;
      if (blank(c)) {
        inside = false;
        continue;
      }
      if (!inside) pieces.push_back(CommandPiece{"", at, 0});
      inside = true;
      pieces.back().text += c;
      pieces.back().length = at + 1 - pieces.back().offset;
    }
  }
  return pieces;
}

}  // namespace interlock
