#include "probes/start_script.h"

#include <algorithm>
#include <array>

namespace interlock {
namespace {

constexpr std::array<std::string_view, 3> kNames{"JAVA_BIN", "JAVA_VERSION", "JAVA_OPTS"};

bool blank_in_line(char c) { return c == ' ' || c == '\t'; }

class ScriptReader {
 public:
  ScriptReader(std::string_view text, std::string_view file) : text_(text), file_(file), index_(text) {}

  std::vector<ScriptAssignment> read() {
    std::size_t at = 0;
    while (at < text_.size()) at = line(at);
    return std::move(found_);
  }

 private:
  // Reads the line at `start`, which a quoted value may carry over line ends; returns the start of the next.
  std::size_t line(std::size_t start) {
    std::size_t at = start;
    const std::size_t newline = std::min(text_.find('\n', at), text_.size());
    while (at < newline && blank_in_line(text_[at])) ++at;
    bool commented = false;
    while (at < newline && (text_[at] == '#' || (commented && blank_in_line(text_[at])))) {
      commented = true;
      ++at;
    }
    if (text_.substr(at, 7) == "export ") at += 7;
    for (const std::string_view name : kNames) {
      if (text_.substr(at, name.size()) != name || text_.substr(at + name.size(), 1) != "=") continue;
      return assignment(name, at, at + name.size() + 1, commented, newline);
    }
    return newline + 1;
  }

  std::size_t assignment(std::string_view name, std::size_t at, std::size_t begin, bool commented, std::size_t newline) {
    const std::size_t limit = commented ? newline : text_.size();   // a comment ends with its line
    const std::size_t end = value_end(begin, limit);
    if (end == std::string_view::npos) {
      if (commented) return newline + 1;
      reject(file_, index_.at(begin), "the quote in the value of " + std::string(name) + " is never closed", "a closing quote", "add it");
    }
    ScriptAssignment assignment{std::string(name), std::string(text_.substr(begin, end - begin)), commented, begin, end - begin, index_.at(at)};
    std::string& value = assignment.value;
    const bool quoted = value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.find(value.front(), 1) == value.size() - 1;
    if (quoted) value = value.substr(1, value.size() - 2);
    found_.push_back(std::move(assignment));
    return std::min(text_.find('\n', end), text_.size() - 1) + 1;
  }

  // The end of a shell word: quotes and backslashes keep blanks within it. npos: a quote is open.
  [[nodiscard]] std::size_t value_end(std::size_t at, std::size_t limit) const {
    char quote = '\0';
    for (; at < limit; ++at) {
      const char c = text_[at];
      if (c == '\\' && quote != '\'') {
        ++at;
      } else if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (blank_in_line(c) || c == '\n' || c == '\r' || c == ';' || c == '&' || c == '|') {
        break;
      }
    }
    return quote == '\0' ? std::min(at, limit) : std::string_view::npos;
  }

  std::string_view text_, file_;
  LineIndex index_;
  std::vector<ScriptAssignment> found_;
};

std::vector<const ScriptAssignment*> active(const std::vector<ScriptAssignment>& all, std::string_view name) {
  std::vector<const ScriptAssignment*> found;
  for (const ScriptAssignment& assignment : all) {
    if (!assignment.commented && assignment.name == name) found.push_back(&assignment);
  }
  return found;
}

// A value as the shell reads it back unchanged.
std::string in_quotes(std::string_view value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\' || c == '`') text += '\\';
    text += c;
  }
  return text + "\"";
}

// A value for JAVA_BIN or JAVA_VERSION: a path may refer to $HOTDB_HOME, nothing may end the word or run a command.
bool usable(std::string_view value) {
  return !value.empty() && std::none_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' || c == '`' || c == '\\' || c == ';' || c == '&' || c == '|' || c == '(' || c == '<' || c == '>';
  });
}

const ScriptAssignment& only_active(const std::vector<ScriptAssignment>& all, std::string_view name, std::string_view file) {
  const auto found = active(all, name);
  if (found.empty()) reject(file, {}, "the script does not set " + std::string(name), "a line " + std::string(name) + "=…", "add it, or set it by hand");
  if (found.size() > 1) {
    reject(file, found[1]->at, "the script sets " + std::string(name) + " more than once", "one assignment that is not commented out", "set it by hand");
  }
  return *found.front();
}

// The replacement keeps the quoting that the script has.
std::string like(std::string_view text, const ScriptAssignment& place, std::string_view value) {
  const char first = place.length > 0 ? text[place.offset] : '\0';
  return first == '"' || first == '\'' ? in_quotes(value) : std::string(value);
}

class Merge {
 public:
  Merge(std::string_view old_text, std::string_view new_text, std::string_view old_file, std::string_view new_file)
      : old_text_(old_text), new_text_(new_text), old_file_(old_file), new_file_(new_file),
        old_(read_start_script(old_text, old_file)), new_(read_start_script(new_text, new_file)) {}

  ConfigMerge run(const std::optional<JavaChoice>& java) {
    if (java) {
      set("JAVA_BIN", java->bin);
      set("JAVA_VERSION", java->version);
    } else {
      carry("JAVA_BIN");
      carry("JAVA_VERSION");
    }
    carry("JAVA_OPTS");
    merge_.text = apply_edits(new_text_, std::move(edits_));
    return std::move(merge_);
  }

 private:
  void set(std::string_view name, const std::string& value) {
    if (!usable(value)) reject(new_file_, {}, "the value for " + std::string(name) + " cannot stand in a shell script as it is", "one word without quotes or blanks", "correct the value");
    const ScriptAssignment& place = only_active(new_, name, new_file_);
    if (place.value == value) return;
    edits_.push_back({place.offset, place.length, like(new_text_, place, value)});
    merge_.differences.push_back({std::string(name), Carried::carried, shown_value(name, value), shown_value(name, place.value), "set for this version"});
  }

  void carry(std::string_view name) {
    const auto from = active(old_, name), to = active(new_, name);
    if (from.empty()) return;
    if (from.size() != to.size()) {
      reject(new_file_, to.empty() ? Position{} : to.front()->at, std::string(name) + " is set " + std::to_string(to.size()) + " times here and " + std::to_string(from.size()) + " times in the old script",
             "the same number of assignments in both", "set it by hand");
    }
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (from[i]->value == to[i]->value) continue;
      edits_.push_back({to[i]->offset, to[i]->length, std::string(old_text_.substr(from[i]->offset, from[i]->length))});
      merge_.differences.push_back({std::string(name), Carried::carried, shown_value(name, from[i]->value), shown_value(name, to[i]->value), {}});
    }
  }

  std::string_view old_text_, new_text_, old_file_, new_file_;
  std::vector<ScriptAssignment> old_, new_;
  std::vector<Edit> edits_;
  ConfigMerge merge_;
};

}  // namespace

std::vector<ScriptAssignment> read_start_script(std::string_view text, std::string_view file) {
  check_text(text, kConfigLimitBytes, file);
  return ScriptReader(text, file).read();
}

std::optional<std::string> active_value(const std::vector<ScriptAssignment>& assignments, std::string_view name) {
  const auto found = active(assignments, name);
  return found.empty() ? std::nullopt : std::optional(found.back()->value);
}

ConfigMerge merge_start_script(std::string_view old_text, std::string_view new_text, const std::optional<JavaChoice>& java, std::string_view old_file, std::string_view new_file) {
  return Merge(old_text, new_text, old_file, new_file).run(java);
}

std::string with_java(std::string_view text, const JavaChoice& java, std::string_view file) {
  const auto assignments = read_start_script(text, file);
  std::vector<Edit> edits;
  const std::array<std::pair<std::string_view, std::string_view>, 2> wanted{{{"JAVA_BIN", java.bin}, {"JAVA_VERSION", java.version}}};
  for (const auto& [name, value] : wanted) {
    if (!usable(value)) reject(file, {}, "the value for " + std::string(name) + " cannot stand in a shell script as it is", "one word without quotes or blanks", "correct the value");
    const ScriptAssignment& place = only_active(assignments, name, file);
    if (place.value != value) edits.push_back({place.offset, place.length, like(text, place, value)});
  }
  return apply_edits(text, std::move(edits));
}

}  // namespace interlock
