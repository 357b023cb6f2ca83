#include "probes/looking_sql.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace interlock {
namespace {

constexpr std::string_view kBeginnings[] = {"select", "show", "explain", "describe", "desc", "with", "values", "table"};

// The words of a statement in lower case, without what stands in texts, quoted names and comments; signs one by one.
struct Words {
  std::vector<std::string> list;
  std::string refused;
};

std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
  const char quote = sql[at];
  for (std::size_t i = at + 1; i < sql.size(); ++i) {
    if (sql[i] == '\\' && quote != '`') {
      ++i;
    } else if (sql[i] == quote) {
      return i + 1;  // a doubled quote begins another text, which is as good
    }
  }
  return std::string_view::npos;
}

Words words_of(std::string_view sql) {
  Words words;
  for (std::size_t at = 0; at < sql.size();) {
    const auto c = static_cast<unsigned char>(sql[at]);
    const std::string_view rest = sql.substr(at);
    if (std::isspace(c) != 0) {
      ++at;
    } else if (rest.starts_with("/*!") || rest.starts_with("/*M!")) {
      words.refused = "a comment that servers execute (/*! … */)";
      return words;
    } else if (rest.starts_with("/*")) {
      const auto end = sql.find("*/", at + 2);
      at = end == std::string_view::npos ? sql.size() : end + 2;
    } else if (c == '#' || rest.starts_with("-- ") || rest.starts_with("--\n") || rest.starts_with("--\t")) {
      at = std::min(sql.find('\n', at), sql.size());
    } else if (c == '\'' || c == '"' || c == '`') {
      at = end_of_quoted(sql, at);
      if (at == std::string_view::npos) {
        words.refused = "a text that does not end";
        return words;
      }
      words.list.emplace_back("'");
    } else if (std::isalnum(c) != 0 || c == '_' || c >= 0x80) {
      std::string word;
      for (; at < sql.size(); ++at) {
        const auto letter = static_cast<unsigned char>(sql[at]);
        if (std::isalnum(letter) == 0 && letter != '_' && letter < 0x80) break;
        word += static_cast<char>(std::tolower(letter));
      }
      words.list.push_back(std::move(word));
    } else {
      words.list.emplace_back(1, sql[at++]);
    }
  }
  while (!words.list.empty() && words.list.back() == ";") words.list.pop_back();
  return words;
}

bool has(const std::vector<std::string>& words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

}  // namespace

LookingSql judge_sql(std::string_view sql) {
  const Words words = words_of(sql);
  if (!words.refused.empty()) return {"a probe changes nothing, and does not send " + words.refused};
  const auto first = std::find_if(words.list.begin(), words.list.end(), [](const std::string& w) { return w != "("; });
  if (first == words.list.end() || std::find(std::begin(kBeginnings), std::end(kBeginnings), *first) == std::end(kBeginnings))
    return {"a probe changes nothing, and sends only a statement that begins with select, show, explain, describe, with, values or table"};
  if (has(words.list, ";")) return {"a probe sends one statement only"};
  const bool only_explained = *first == "explain" || *first == "describe" || *first == "desc";
  for (const char* word : {"into", "update", "delete", "lock"})  // into outfile; for update; with … delete
    if (!only_explained && *first != "show" && has(words.list, word)) return {"a probe changes nothing, and does not send a statement with the word " + std::string(word)};
  return {"", has(words.list, "(") || has(words.list, "from") || has(words.list, "table") || has(words.list, ":")};
}

}  // namespace interlock
