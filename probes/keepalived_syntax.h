// keepalived.conf as statements and blocks, each word with its place in the text, so that a word can be
// rewritten while every other byte stays. Source: keepalived.conf(5) of 2.2.7.
// Pure: no I/O; includes are recorded by the reader of the tree, never followed. It knows no keyword.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/diagnostic.h"
#include "fsm/text.h"

namespace interlock {

struct KeepalivedWord {
  std::string text;         // quotes and escapes resolved, a wrapped quoted string joined
  std::size_t offset = 0;   // of its first byte, a quote included
  std::size_t length = 0;
  bool quoted = false;
  Position at;
};

struct KeepalivedStatement {
  std::vector<KeepalivedWord> words;               // never empty
  bool block = false;
  std::vector<KeepalivedStatement> children;       // of a block
  [[nodiscard]] const std::string& keyword() const { return words.front().text; }
  [[nodiscard]] Position at() const { return words.front().at; }
};

struct KeepalivedTree {
  std::vector<KeepalivedStatement> statements;
  std::vector<Diagnostic> diagnostics;             // errors recovered from: the rest of the tree is still there
};

// Nesting deeper than this is an error, not a deep recursion.
inline constexpr std::size_t kKeepalivedDepth = 16;

// Throws InputError when the text is too long or is not text.
[[nodiscard]] KeepalivedTree parse_keepalived_tree(std::string_view text, std::string_view file);

// The words of a command inside a statement's arguments ("script", "notify_master", …): split at blanks, whether
// the command is one quoted string or several words. Offsets are into the whole text; a piece that is wrapped
// over two lines has the line break within its length, not in its text.
struct CommandPiece {
  std::string text;
  std::size_t offset = 0;
  std::size_t length = 0;
};
[[nodiscard]] std::vector<CommandPiece> command_pieces(std::string_view text, const KeepalivedStatement& statement);

}  // namespace interlock
