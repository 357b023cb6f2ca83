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

// A doubled quote begins another text, which is as good.
std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
  const auto end = sql.find(sql[at], at + 1);
  return end == std::string_view::npos ? end : end + 1;
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
      const auto end = end_of_quoted(sql, at);
      if (c != '`' && sql.substr(at, end - at).find('\\') != std::string_view::npos)
        words.refused = "a text with a backslash: where such a text ends depends on the server's sql_mode";
      else if (end == std::string_view::npos)
        words.refused = "a text that does not end";
      if (!words.refused.empty()) return words;
      at = end;
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

// A statement that calls no function and reads no table, whatever the server makes of its words: select LITERAL,
// select @@VARIABLE, show ….
bool harmless_anywhere(const std::vector<std::string>& words) {
  if (words.front() == "show") return !has(words, "(");
  if (words.front() != "select" || words.size() < 2) return false;
  const bool number = std::all_of(words[1].begin(), words[1].end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (number || words[1] == "'") return words.size() == 2;
  if (words.size() < 4 || words[1] != "@" || words[2] != "@") return false;
  return words.size() == 4 || (words.size() == 6 && words[4] == ".");  // @@name, @@global.name
}

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
  return {"", !harmless_anywhere(words.list)};
}

}  // namespace interlock
