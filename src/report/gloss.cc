#include "src/report/gloss.h"

#include <optional>
#include <string_view>
#include <vector>

#include <fmt/args.h>

namespace interlock::report {
namespace {

// The first that fits: what holds more comes before what it holds.
constexpr Gloss kGlosses[] = {
    // src/store/site_lock.cc, src/run/shared_hosts.cc
    {"address {} is also worked on by another run, under another site's name: {}", "地址 {0} 正由另一站点名下的运行操作：{1}"},
    {"site {} is locked by run {} of this same process", "站点 {0} 已被本进程的运行 {1} 锁定"},
    {"site {} is locked by {}, not by {}; name that run", "站点 {0} 被{1}锁定，而不是 {2}；请写明持锁的运行"},
    {"site {} is locked by {}; watch it with: interlock status --follow {}, or stop it at the next safe place: kill -INT {} on {}, and then take it back: interlock rollback {}, or go on with it: interlock resume {}", "站点 {0} 被{1}锁定；查看：interlock status --follow {2}；或在下一安全处停止：在 {4} 上执行 kill -INT {3}，然后回退：interlock rollback {2}，或继续：interlock resume {2}"},
    {"site {} is locked by {}; go on with it: interlock resume {}, or take it back: interlock rollback {}", "站点 {0} 被{1}锁定；继续：interlock resume {2}；回退：interlock rollback {3}"},
    {"site {} is locked by {}; look for it on host {}", "站点 {0} 被{1}锁定；请到主机 {2} 上查看"},
    {"the lock of site {} is held by {}; stop that process first: kill -INT {} on {}", "站点 {0} 的锁由{1}持有；请先停止该进程：在 {3} 上执行 kill -INT {2}"},
    {"there is no lock of a site '{}'; nothing was done", "没有站点“{0}”的锁；未做任何操作"},
    {"run {} since {} (process {} on {}, {})", "运行 {0}（始于 {1}，主机 {3} 上的进程 {2}，{4}）"},
    {"alive", "仍在运行"},
    {"no longer alive", "已不存在"},
    {"of which nothing is known here", "本机无从得知其状态"},
    {"run {} belongs to site {}, not {}", "运行 {0} 属于站点 {1}，而不是 {2}"},
    {"run {} has ended; begin a new one", "运行 {0} 已结束；请重新执行 run"},
    {"whether site {}, which a run holds, has the same hosts cannot be told: {}", "站点 {0} 被一次运行占用，无法确认其主机是否相同：{1}"},
    // src/store/run_table.cc, run_journal.cc, chain.cc
    {"there has been no run yet on this control host", "本控制机上还没有任何运行"},
    {"there is no run '{}'; all runs: interlock status", "没有名为“{0}”的运行；全部运行：interlock status"},
    {"there is no run '{}'", "没有名为“{0}”的运行"},
    {"there is no run {}", "没有运行 {0}"},
    {"'{}' begins the names of {} runs: {}; give more of the name", "以“{0}”开头的运行有 {1} 个：{2}；请写得更完整"},
    {"run {} has ended already, in '{}'", "运行 {0} 已结束：{1}"},
    {"another process has written to the journal of run {}; this one stops", "另一进程已写入运行 {0} 的日志；本进程停止"},
    {"the lock of site {} was taken over by run {}; run {} stops", "站点 {0} 的锁已被运行 {1} 取得；运行 {2} 停止"},
    {"the journal of run {} is damaged at {}: {}. It cannot be resumed; {}. Look at the site as it is (interlock check), give up this run's lock (interlock unlock SITE {}), and begin a new run",
     "运行 {0} 的日志已损坏（{1}）：{2}。不可继续；{3}。请查看站点现状（interlock check），解除该运行的锁（interlock unlock SITE {4}），再重新执行 run"},
    {"its beginning", "开头"},
    {"record {}", "记录 {0}"},
    {"nothing of it can be trusted", "其内容均不可信"},
    {"what came before is shown by: interlock report {}", "此前的内容：interlock report {0}"},
    {"the run's own row has been changed", "运行本身的登记已被改动"},
    // src/store/state_file.cc, database.cc
    {"{}; free some space on its disk, then resume the run", "{0}；请在其磁盘上腾出空间，再继续运行"},
    {"{}; free some space on its disk", "{0}；请在其磁盘上腾出空间"},
    {"{}; name another place in INTERLOCK_STATE, or make this one writable", "{0}；请用 INTERLOCK_STATE 指定其他位置，或使此处可写"},
    {"the folder {} for the state cannot be made: {}", "无法创建状态文件所在目录 {0}：{1}"},
    {"the state {} cannot be made: {}", "无法创建状态文件 {0}：{1}"},
    {"{} cannot be looked at: {}", "无法查看 {0}：{1}"},
    {"{} cannot be closed to others: {}", "无法使 {0} 对他人不可见：{1}"},
    {"{} is not a file; name another one in INTERLOCK_STATE", "{0} 不是文件；请用 INTERLOCK_STATE 指定其他文件"},
    {"{} was written by a later Interlock (format {}, this one knows {}); use that one", "{0} 由更新版本的 Interlock 写成（格式 {1}，本版本只认识 {2}）；请使用该版本"},
    {"{} is a database of another program; name another file in INTERLOCK_STATE", "{0} 是其他程序的数据库；请用 INTERLOCK_STATE 指定其他文件"},
    {"no space is left for {}", "{0} 所在磁盘已无空间"},
    {"{} is being written by another process that does not finish; see who has it open: fuser -v {}", "另一进程正在写 {0} 且迟迟未完成；查看是谁打开了它：fuser -v {1}"},
    {"{} cannot be written ({}); it and its folder must be writable for this user", "无法写入 {0}（{1}）；当前用户须对该文件及其目录有写权限"},
    {"{} cannot be opened ({}); it and its folder must be readable and writable for this user", "无法打开 {0}（{1}）；当前用户须对该文件及其目录有读写权限"},
    {"{} is not a state database; set it aside (mv {} {}.set-aside) or name another one in INTERLOCK_STATE", "{0} 不是状态文件；请将其移开（mv {1} {2}.set-aside），或用 INTERLOCK_STATE 指定其他文件"},
    {"{} is damaged ({}); keep a copy of it with its -wal file for the record, save what can be read with: sqlite3 {} .recover, then set it aside; runs in it cannot be resumed from it",
     "{0} 已损坏（{1}）；请连同其 -wal 文件留存副本，用 sqlite3 {2} .recover 取出可读内容，再将其移开；其中的运行不可继续"},
    {"reading or writing {} did not succeed ({}); see the kernel's log for its disk", "读写 {0} 未成功（{1}）；请查看内核日志中其磁盘的记录"},
    // src/run/run_session.cc
    {"run {} goes on from the files as they were when it began: {}", "运行 {0} 使用开始时的文件继续：{1}"},
    {"what run {} was made of is not what Interlock writes: the state file is damaged", "运行 {0} 的来源内容不是 Interlock 写成的：状态文件已损坏"},
    {"run {} was begun by another version of interlock: its machine would not be the same; resume it with that version", "运行 {0} 由另一版本的 interlock 开始，状态机会不同；请用该版本继续"},
    // src/commands/report_command.cc
    {"the report could not be written to '{}': {}", "报告无法写入“{0}”：{1}"},
    {"the report could not be written to '{}'", "报告无法写入“{0}”"},
    // fsm/engine.cc
    {"its effect did not come within {} s: {}", "其效果未在 {0} 秒内出现：{1}"},
    {"its effect did not come within {} s", "其效果未在 {0} 秒内出现"},
    {"it says that it failed", "自称失败"},
    {"already so", "已是如此"},
    {"not needed here", "此处无需执行"},
    {"begun before the run was interrupted", "在运行中断之前已开始"},
    {"{} was begun before and its effect is not there; it must not be done again", "{0} 此前已开始而效果未出现；不可再次执行"},
    {"{} may have been done, and whether it was cannot be seen", "{0} 可能已执行，但无法确认"},
    // src/actions: the comments of what is described
    {"if there; to {}.2, .3, … when that name is taken", "存在时执行；目标名被占用时改用 {0}.2、.3……"},
    {"where there are any", "存在时执行"},
    {"where SELinux is on", "启用 SELinux 时执行"},
    {"must be {}", "须为 {0}"},
    {"the values of {}", "参照 {0} 中的值"},
    {"the {}'s form: {}, connect_{}, {}_notify_…, the {}'s priority", "{0} 形式：{1}、connect_{2}、{3}_notify_…、{4} 的 priority"},
};

// What stands for each {} of `pattern`, or nothing when `text` is not of its form.
std::optional<std::vector<std::string>> captured(std::string_view text, std::string_view pattern) {
  std::vector<std::string> found;
  std::size_t hole = pattern.find("{}");
  if (!text.starts_with(pattern.substr(0, hole))) return std::nullopt;
  if (hole == std::string_view::npos) return text == pattern ? std::optional(found) : std::nullopt;
  text.remove_prefix(hole);
  while (hole != std::string_view::npos) {
    const std::string_view rest = pattern.substr(hole + 2);
    hole = rest.find("{}");
    const std::string_view literal = rest.substr(0, hole);
    const bool last = hole == std::string_view::npos;
    const std::size_t end = !last ? text.find(literal) : text.ends_with(literal) ? text.size() - literal.size() : std::string_view::npos;
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    found.emplace_back(text.substr(0, end));
    text.remove_prefix(end + literal.size());
    pattern = rest;
  }
  return found;
}

}  // namespace

std::span<const Gloss> glosses() { return kGlosses; }

std::string glossed(const std::string& text, Language language) {
  if (language != Language::zh) return text;
  for (const Gloss& gloss : kGlosses) {
    const auto found = captured(text, gloss.en);
    if (!found) continue;
    fmt::dynamic_format_arg_store<fmt::format_context> parts;
    for (const auto& part : *found) parts.push_back(part == text ? part : glossed(part, language));
    return fmt::vformat(gloss.zh, parts);
  }
  return text;
}

std::string glossed_comment(const std::string& line, Language language) {
  constexpr std::string_view kBefore = "   # ";
  const auto at = line.find(kBefore);
  if (at == std::string::npos) return line;
  return line.substr(0, at + kBefore.size()) + glossed(line.substr(at + kBefore.size()), language);
}

}  // namespace interlock::report
