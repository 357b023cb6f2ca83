#include "probes/keepalived_role.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace interlock {
namespace {

struct Marks {
  std::string master, backup;  // what speaks for each, as a list in words
};

void add(std::string& list, const std::string& mark, Position at) {
  constexpr std::size_t kMaxListBytes = 600;
  if (list.size() > kMaxListBytes) return;
  if (!list.empty()) list += ", ";
  list += mark + " (line " + std::to_string(at.line) + ")";
}

void read_words(const std::vector<std::string>& words, Position at, Marks& marks) {
  for (const std::string& word : words) {
    if (word == "connect_master" || word.starts_with("master_notify_")) add(marks.master, word, at);
    if (word == "connect_backup" || word.starts_with("backup_notify_")) add(marks.backup, word, at);
  }
}

bool calls(const std::vector<std::string>& words, std::string_view prefix) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return word.starts_with(prefix); });
}

// A file parsed for rewriting: the structure for judging, the tree for places in the text.
struct Source {
  std::string_view text;
  std::string_view file;
  KeepalivedConf conf;
  KeepalivedTree tree;

  Source(std::string_view from, std::string_view name)
      : text(from), file(name), conf(parse_keepalived(from, name)), tree(parse_keepalived_tree(from, name)) {
    std::vector<Diagnostic> errors;
    std::copy_if(conf.diagnostics.begin(), conf.diagnostics.end(), std::back_inserter(errors),
                 [](const Diagnostic& d) { return d.severity == Severity::error; });
    if (!errors.empty()) throw InputError(std::move(errors));
  }

  [[nodiscard]] std::vector<const KeepalivedStatement*> blocks(std::string_view keyword) const {
    std::vector<const KeepalivedStatement*> found;
    for (const auto& statement : tree.statements) {
      if (statement.keyword() == keyword && statement.block) found.push_back(&statement);
    }
    return found;
  }
};

std::string name_of(const KeepalivedStatement& block) {
  std::string name;
  for (std::size_t i = 1; i < block.words.size(); ++i) name += (i > 1 ? " " : "") + block.words[i].text;
  return name;
}

// Keepalived counts the last of repeated lines.
const KeepalivedStatement* last(const KeepalivedStatement& block, std::string_view keyword) {
  const auto found = std::find_if(block.children.rbegin(), block.children.rend(),
                                  [&](const KeepalivedStatement& s) { return s.keyword() == keyword; });
  return found == block.children.rend() ? nullptr : &*found;
}

struct Line {
  std::size_t begin, end;  // end: past the newline, or the text's end
};
Line line_of(std::string_view text, std::size_t offset) {
  const auto before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const auto after = text.find('\n', offset);
  return {before == std::string_view::npos ? 0 : before + 1, after == std::string_view::npos ? text.size() : after + 1};
}

std::string_view newline_of(std::string_view text) {
  const auto at = text.find('\n');
  return at != std::string_view::npos && at > 0 && text[at - 1] == '\r' ? "\r\n" : "\n";
}

std::string_view without_newline(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

// The line holds nothing that is read but this one-word statement.
bool alone_on_line(std::string_view text, const KeepalivedStatement& statement) {
  const Line line = line_of(text, statement.words.front().offset);
  std::string_view before = text.substr(line.begin, statement.words.front().offset - line.begin);
  std::string_view after = text.substr(statement.words.front().offset + statement.words.front().length);
  after = after.substr(0, std::min(after.find('\n'), after.size()));
  const auto first = after.find_first_not_of(" \t\r");
  return before.find_first_not_of(" \t") == std::string_view::npos &&
         (first == std::string_view::npos || after[first] == '#' || after[first] == '!');
}

// The end of the last line that a statement, with its block, reaches. A block's closing brace has no word, so only
// plain statements are asked for.
std::size_t end_of_lines(std::string_view text, const KeepalivedStatement& statement) {
  const KeepalivedWord& word = statement.words.back();
  return line_of(text, word.offset + (word.length > 0 ? word.length - 1 : 0)).end;
}

class Swap {
 public:
  Swap(const Source& mine, const Source& peer) : mine_(mine), peer_(peer) {}

  std::vector<Edit> edits() {
    match("vrrp_instance", [this](const auto& a, const auto& b) { instance(a, b); });
    match("vrrp_script", [this](const auto& a, const auto& b) { commands(a, b, "script"); });
    return std::move(edits_);
  }

 private:
  // Blocks of one keyword in both files: the n-th of a name with the n-th of that name.
  template <typename Each>
  void match(std::string_view keyword, Each each) {
    const auto mine = mine_.blocks(keyword), peer = peer_.blocks(keyword);
    std::vector<bool> taken(peer.size(), false);
    for (const auto* block : mine) {
      const std::string name = name_of(*block);
      std::size_t i = 0;
      while (i < peer.size() && (taken[i] || name_of(*peer[i]) != name)) ++i;
      if (i == peer.size()) {
        if (mine.size() == 1 && peer.size() == 1) return each(*block, *peer[0]);
        reject(mine_.file, block->at(), std::string(keyword) + " '" + name + "' has no counterpart in the peer's file",
               "the same names in both files", "rename it in one of the files");
      }
      taken[i] = true;
      each(*block, *peer[i]);
    }
  }

  void instance(const KeepalivedStatement& mine, const KeepalivedStatement& peer) {
    const auto* my_priority = last(mine, "priority");
    const auto* peer_priority = last(peer, "priority");
    if (my_priority == nullptr || peer_priority == nullptr) {
      const bool is_mine = my_priority == nullptr;
      reject(is_mine ? mine_.file : peer_.file, (is_mine ? mine : peer).at(), "the vrrp_instance gives no priority",
             "a line: priority NUMBER", "add it: roles are exchanged by exchanging the priorities");
    }
    take(my_priority->words[1].offset, my_priority->words[1].length, peer_priority->words[1].offset, peer_priority->words[1].length);
    preemption(mine, peer);
    for (const std::string_view keyword : {"notify", "notify_master", "notify_backup", "notify_fault", "notify_stop"}) {
      commands(mine, peer, keyword);
    }
  }

  void preemption(const KeepalivedStatement& mine, const KeepalivedStatement& peer) {
    const auto* my_line = last(mine, "nopreempt");
    const auto* peer_line = last(peer, "nopreempt");
    if (my_line != nullptr && peer_line == nullptr) {
      const KeepalivedWord& word = my_line->words.front();
      if (alone_on_line(mine_.text, *my_line)) {
        const Line line = line_of(mine_.text, word.offset);
        edits_.push_back({line.begin, line.end - line.begin, {}});
      } else {
        edits_.push_back({word.offset, word.length, {}});
      }
    } else if (my_line == nullptr && peer_line != nullptr) {
      add_nopreempt(mine, peer, *peer_line);
    }
  }

  // Puts the peer's nopreempt line where the peer has it: after the same statement, the same number of comment and
  // empty lines below it; otherwise just above the priority.
  void add_nopreempt(const KeepalivedStatement& mine, const KeepalivedStatement& peer, const KeepalivedStatement& line) {
    std::string text = alone_on_line(peer_.text, line)
                           ? std::string(without_newline(line_text(peer_.text, line.words.front().offset)))
                           : "    nopreempt";
    text += newline_of(mine_.text);
    std::size_t at = line_of(mine_.text, last(mine, "priority")->words.front().offset).begin;
    const auto index = static_cast<std::size_t>(&line - peer.children.data());
    if (index > 0 && !peer.children[index - 1].block) {
      const KeepalivedStatement& before = peer.children[index - 1];
      const auto* anchor = last(mine, before.keyword());
      if (anchor != nullptr && !anchor->block) {
        const std::size_t from = end_of_lines(peer_.text, before);
        const std::size_t to = line_of(peer_.text, line.words.front().offset).begin;
        at = skip_lines(end_of_lines(mine_.text, *anchor), to > from ? lines_between(peer_.text, from, to) : 0);
      }
    }
    edits_.push_back({at, 0, std::move(text)});
  }

  static std::string_view line_text(std::string_view text, std::size_t offset) {
    const Line line = line_of(text, offset);
    return text.substr(line.begin, line.end - line.begin);
  }

  static std::size_t lines_between(std::string_view text, std::size_t from, std::size_t to) {
    return static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(from),
                                               text.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
  }

  // `count` lines below `from`, but not past a line that is read.
  [[nodiscard]] std::size_t skip_lines(std::size_t from, std::size_t count) const {
    std::size_t at = from;
    for (std::size_t i = 0; i < count && at < mine_.text.size(); ++i) {
      const Line line = line_of(mine_.text, at);
      const std::string_view content = mine_.text.substr(line.begin, line.end - line.begin);
      const auto first = content.find_first_not_of(" \t\r\n");
      if (first != std::string_view::npos && content[first] != '#' && content[first] != '!') return from;
      at = line.end;
    }
    return at;
  }

  // The role words of the commands of one keyword: words that differ between the files and are no paths.
  void commands(const KeepalivedStatement& mine, const KeepalivedStatement& peer, std::string_view keyword) {
    const auto* my_line = last(mine, keyword);
    const auto* peer_line = last(peer, keyword);
    if (my_line == nullptr && peer_line == nullptr) return;
    if (my_line == nullptr || peer_line == nullptr) {
      const bool is_mine = my_line == nullptr;
      reject(is_mine ? mine_.file : peer_.file, (is_mine ? mine : peer).at(), "'" + std::string(keyword) + "' is in one of the two files only",
             "the same lines in both files", "add it here");
    }
    const auto my_words = command_pieces(mine_.text, *my_line);
    const auto peer_words = command_pieces(peer_.text, *peer_line);
    if (my_words.size() != peer_words.size()) {
      reject(mine_.file, my_line->at(), "the command of '" + std::string(keyword) + "' has " + std::to_string(my_words.size()) +
             " words, the peer's has " + std::to_string(peer_words.size()), "commands that differ in role words only", "make them alike");
    }
    for (std::size_t i = 0; i < my_words.size(); ++i) {
      if (my_words[i].text == peer_words[i].text || my_words[i].text.find('/') != std::string::npos ||
          peer_words[i].text.find('/') != std::string::npos) {
        continue;
      }
      take(my_words[i].offset, my_words[i].length, peer_words[i].offset, peer_words[i].length);
    }
  }

  void take(std::size_t offset, std::size_t length, std::size_t peer_offset, std::size_t peer_length) {
    edits_.push_back({offset, length, std::string(peer_.text.substr(peer_offset, peer_length))});
  }

  const Source& mine_;
  const Source& peer_;
  std::vector<Edit> edits_;
};

// The role a file has, told by its form or, for pairs that are not HotDB's, by the priorities of both.
KeepalivedRole standing(const Source& mine, const Source& peer) {
  const KeepalivedRole role = keepalived_role(mine.conf).role;
  const bool hotdb = role != KeepalivedRole::other || keepalived_role(peer.conf).role != KeepalivedRole::other;
  if (hotdb || mine.conf.instances.empty() || peer.conf.instances.empty()) return role;
  const int a = mine.conf.instances.front().priority.value, b = peer.conf.instances.front().priority.value;
  if (a == b) return KeepalivedRole::other;
  return a > b ? KeepalivedRole::master : KeepalivedRole::backup;
}

KeepalivedRole opposite(KeepalivedRole role) {
  return role == KeepalivedRole::master ? KeepalivedRole::backup : KeepalivedRole::master;
}

std::string with_role_of_peer(std::string_view text, std::string_view peer_text, std::string_view file,
                              std::string_view peer_file, KeepalivedRole wanted) {
  const Source mine(text, file), peer(peer_text, peer_file);
  const KeepalivedRole present = standing(mine, peer);
  if (present == wanted) return std::string(text);
  if (present != opposite(wanted)) {
    reject(file, {}, "this file has neither the master's nor the backup's form: " + keepalived_role(mine.conf).why,
           std::string("the ") + to_string(opposite(wanted)) + "'s form", "correct the file by the handbook");
  }
  if (standing(peer, mine) != wanted) {
    reject(peer_file, {}, std::string("the peer's file does not have the ") + to_string(wanted) + "'s form: " + keepalived_role(peer.conf).why,
           std::string("the ") + to_string(wanted) + "'s values, which this file is to take", "give the peer's file as it was before any change");
  }
  std::string result = apply_edits(text, Swap(mine, peer).edits());
  const Source after(result, file);
  if (standing(after, mine) != wanted) {
    reject(file, {}, std::string("exchanging the values does not make this file the ") + to_string(wanted) + "'s: " + keepalived_role(after.conf).why,
           "files that differ in priority, nopreempt and role words", "correct both files by the handbook");
  }
  return result;
}

}  // namespace

const char* to_string(KeepalivedRole role) {
  switch (role) {
    case KeepalivedRole::master: return "master";
    case KeepalivedRole::backup: return "backup";
    case KeepalivedRole::other: return "other";
  }
  return "?";
}

KeepalivedRoleVerdict keepalived_role(const KeepalivedConf& conf) {
  if (conf.instances.size() != 1) {
    return {KeepalivedRole::other, "it has " + std::to_string(conf.instances.size()) + " vrrp_instance blocks, the handbook's files have one"};
  }
  const VrrpInstance& instance = conf.instances.front();
  Marks marks;
  bool connect = false, notify = false;
  for (const VrrpScript& script : conf.scripts) {
    read_words(script.command_words, script.at, marks);
    connect = connect || calls(script.command_words, "connect_master") || calls(script.command_words, "connect_backup");
  }
  for (const NotifyCommand& command : instance.notifies) {
    read_words(command.command_words, command.at, marks);
    notify = notify || calls(command.command_words, "master_notify_") || calls(command.command_words, "backup_notify_");
  }
  if (instance.nopreempt.value) add(marks.master, "nopreempt", instance.nopreempt.at);
  if (!connect) return {KeepalivedRole::other, "no vrrp_script calls connect_master or connect_backup"};
  if (!notify) return {KeepalivedRole::other, "no notify command calls master_notify_… or backup_notify_…"};
  if (marks.backup.empty() && !instance.nopreempt.value) {
    return {KeepalivedRole::other, "master by " + marks.master + ", but nopreempt is missing"};
  }
  if (!marks.master.empty() && !marks.backup.empty()) {
    return {KeepalivedRole::other, "master by " + marks.master + ", but backup by " + marks.backup};
  }
  const bool master = !marks.master.empty();
  return {master ? KeepalivedRole::master : KeepalivedRole::backup, master ? marks.master : marks.backup + ", no nopreempt"};
}

std::string as_master(std::string_view text, std::string_view peer_text, std::string_view file, std::string_view peer_file) {
  return with_role_of_peer(text, peer_text, file, peer_file, KeepalivedRole::master);
}

std::string as_backup(std::string_view text, std::string_view peer_text, std::string_view file, std::string_view peer_file) {
  return with_role_of_peer(text, peer_text, file, peer_file, KeepalivedRole::backup);
}

std::string with_priority(std::string_view text, int priority, std::string_view instance, std::string_view file) {
  constexpr int kMost = 254;  // 255 is kept for the owner of the address
  if (priority < 1 || priority > kMost) {
    reject(file, {}, "priority " + std::to_string(priority), "a whole number from 1 to 254", "choose one in that range");
  }
  const Source source(text, file);
  const KeepalivedStatement* chosen = nullptr;
  for (const auto* block : source.blocks("vrrp_instance")) {
    if (!instance.empty() && name_of(*block) != instance) continue;
    if (chosen != nullptr) {
      reject(file, block->at(), "there is more than one such vrrp_instance", "the name of one of them", "name the instance");
    }
    chosen = block;
  }
  if (chosen == nullptr) reject(file, {}, "there is no such vrrp_instance", "a vrrp_instance", "check the name");
  const auto* line = last(*chosen, "priority");
  if (line == nullptr) reject(file, chosen->at(), "the vrrp_instance gives no priority", "a line: priority NUMBER", "add it");
  const KeepalivedWord& word = line->words[1];
  return apply_edits(text, {{word.offset, word.length, std::to_string(priority)}});
}

}  // namespace interlock
