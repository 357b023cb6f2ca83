#include "src/report/typing.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "src/transport/quote.h"

namespace interlock::report {
namespace {

constexpr std::string_view kProgram = "interlock ";
constexpr std::array<std::string_view, 15> kVerbs{"check", "plan", "verify", "run", "resume", "rollback", "status", "unlock", "report", "explain", "probe", "lint", "schema", "graph", "runbook"};
constexpr std::array<std::string_view, 7> kOfRuns{"run", "resume", "rollback", "status", "unlock", "report", "explain"};  // they read the state file

bool is_letter(std::string_view text, std::size_t at) { return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_'); }

// The word that begins at `at`: letters, digits and what stands in names and paths.
std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_letter(text, end) || std::string_view("-./=~'").find(text[end]) != std::string_view::npos)) ++end;
  while (end > at && text[end - 1] == '.') --end;  // the end of a sentence
  return text.substr(std::min(at, text.size()), end - std::min(at, text.size()));
}

template <typename Words>
bool among(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool begins_program(std::string_view text, std::size_t at) { return text.substr(at).starts_with(kProgram) && (at == 0 || !is_letter(text, at - 1)); }

// What a command is told about: an option, a run's name, a word that stands for something, a file.
bool is_argument(std::string_view word) {
  const auto capital = [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; };
  return word.starts_with("--") || word == "last" || word.find_first_of("/'") != std::string_view::npos || word.ends_with(".yaml") || (word.size() > 1 && std::all_of(word.begin(), word.end(), capital)) ||
         (!word.empty() && std::isdigit(static_cast<unsigned char>(word.front())) != 0 && word.find('-') != std::string_view::npos);
}

}  // namespace

std::string typed(std::string text, const Typing& typing) {
  constexpr std::string_view kRun = "RUN";
  const std::string state = typing.state.empty() ? "" : "--state " + quote(typing.state) + " ";
  for (auto at = text.find(kRun); !typing.run.empty() && at != std::string::npos; at = text.find(kRun, at)) {
    const bool whole = !is_letter(text, at + kRun.size()) && (at == 0 || !is_letter(text, at - 1));
    if (whole) text.replace(at, kRun.size(), typing.run);
    at += whole ? typing.run.size() : kRun.size();  // what was put in may hold the same word
  }
  for (auto at = text.find(kProgram); !state.empty() && at != std::string::npos; at = text.find(kProgram, at)) {
    const bool needs = begins_program(text, at) && among(kOfRuns, word_at(text, at + kProgram.size()));
    at += kProgram.size();
    if (!needs) continue;
    text.insert(at, state);
    at += state.size();
  }
  return text;
}

std::size_t behind_command(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with('`')) {
    const auto end = text.find('`', at + 1);
    return end == std::string_view::npos ? at : end + 1;
  }
  if (!begins_program(text, at)) return at;
  std::size_t end = at + kProgram.size() - 1;
  bool verb = false, of_option = false;
  for (std::string_view word = word_at(text, end + 1); !word.empty(); word = end < text.size() && text[end] == ' ' ? word_at(text, end + 1) : std::string_view()) {
    if (!is_argument(word) && !of_option && (verb || !among(kVerbs, word))) break;
    of_option = !verb && word.starts_with("--");  // --state FILE stands before the verb
    verb = verb || among(kVerbs, word);
    end += 1 + word.size();
  }
  return verb ? end : at;
}

}  // namespace interlock::report
