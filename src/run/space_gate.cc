#include <filesystem>
#include <future>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "fsm/text.h"
#include "probes/arguments.h"
#include "probes/host_script.h"
#include "probes/package_mark.h"
#include "probes/text.h"
#include "src/actions/account.h"
#include "src/actions/unpacked_size.h"
#include "src/run/host_gates.h"

namespace interlock {
namespace {

constexpr std::chrono::seconds kLookWithin{15};
constexpr std::chrono::seconds kListWithin{120};  // a package of some hundred megabytes is read through

// "room BYTES MOUNT" of the file system that each path, or the nearest folder above it that is there, is on.
constexpr const char* kRoom = R"sh(
LC_ALL=C
export LC_ALL
for at in "$@"; do
  while [ ! -d "$at" ]; do at=$(dirname -- "$at"); done
  df -P -B1 -- "$at" | awk 'NR == 2 { print "room " $4 " " $6 }'
done
)sh";

struct Unpacking {
  std::string package, to, sum;
};

struct Look {
  std::string host;
  std::vector<Json> evidence;
  std::string lacking;
  bool unknown = false;
};

bool is_there(Host& host, const Unpacking& one, Deadline deadline) {
  const auto mark = host.read_file(one.to + "/" + kPackageMark, 200, deadline);
  return mark && mark->starts_with(one.sum);
}

std::vector<std::pair<long long, std::string>> rooms(const std::string& text) {
  std::vector<std::pair<long long, std::string>> found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    const auto blank = line.find(' ', 5);
    if (!line.starts_with("room ") || blank == std::string::npos) continue;
    if (const auto bytes = whole_number(line.substr(5, blank - 5))) found.emplace_back(*bytes, line.substr(blank + 1));
  }
  return found;
}

Look look(const std::string& name, Host& host, const std::vector<Unpacking>& all, const std::map<std::string, long long>& sizes) {
  Look result{name, {}, {}, false};
  const Deadline deadline = std::chrono::steady_clock::now() + kLookWithin;
  std::vector<Unpacking> open;
  for (const auto& one : all) {
    if (!is_there(host, one, deadline)) open.push_back(one);
  }
  if (open.empty()) return result;
  std::vector<std::string> paths;
  for (const auto& one : open) paths.push_back(one.to);
  const auto said = host.run(host_script(kRoom, paths), deadline);
  const auto found = said && said->ok() ? rooms(said->out) : std::vector<std::pair<long long, std::string>>{};
  if (found.size() != open.size()) {
    result.unknown = true;
    const std::string why = said ? name + ": df told no free space" : said.error().text;
    result.evidence.push_back({{"fact", name + ".space"}, {"value", "unknown"}, {"asked", "df on " + name}, {"saw", ""}, {"why", why}});
    return result;
  }
  std::map<std::string, std::pair<long long, long long>> needs;  // by mount point: needed, left
  for (std::size_t i = 0; i < open.size(); ++i) {
    auto& need = needs[found[i].second];
    need.first += sizes.at(open[i].package);
    need.second = found[i].first;
  }
  for (const auto& [mount, need] : needs) {
    const bool fits = need.second > need.first;
    const std::string saw = fmt::format("{} left, {} needed", in_bytes(need.second), in_bytes(need.first));
    result.evidence.push_back({{"fact", name + ".space"}, {"value", fits ? "enough" : "too little"}, {"asked", "df " + mount + " on " + name}, {"saw", saw}});
    if (!fits) result.lacking += (result.lacking.empty() ? "" : "; ") + fmt::format("{} {}: {}", name, mount, saw);
  }
  return result;
}

}  // namespace

std::optional<GateResult> space_gate(const fsm::Machine& machine, Hosts& hosts) {
  std::map<std::string, std::vector<Unpacking>> by_host;
  std::map<std::string, long long> sizes;
  std::map<std::string, std::string> unread;
  for (const auto& action : machine.actions) {
    for (const auto& operation : action.operations) {
      if (operation.kind != "unpack" || hosts.find(action.host) == nullptr) continue;
      const ArgumentReader args(operation.args);
      Unpacking one{args.text("package").value_or(""), args.text("to").value_or(""), lower_case(args.text("sha256").value_or(""))};
      if (!sizes.contains(one.package)) {
        const auto size = unpacked_bytes(hosts.control(), one.package, std::chrono::steady_clock::now() + kListWithin);
        if (!size) unread[one.package] = size.error().text;
        sizes[one.package] = size.value_or(0);
      }
      by_host[action.host].push_back(std::move(one));
    }
  }
  if (by_host.empty()) return std::nullopt;
  std::vector<std::future<Look>> looks;
  for (const auto& host : by_host) {
    looks.push_back(std::async(std::launch::async, [&sizes, &hosts, &host] { return look(host.first, *hosts.find(host.first), host.second, sizes); }));
  }
  GateResult g;
  g.id = "space";
  g.phase = machine.phases.front().name;
  g.title = kSpaceTitle;
  g.requires_text = "on every host: free space > what the package holds";
  g.verdict = fsm::Truth::yes;
  g.evidence = Json::array();
  for (auto& future : looks) {
    const Look seen = future.get();
    for (const auto& item : seen.evidence) g.evidence.push_back(item);
    if (!seen.lacking.empty()) {
      g.verdict = fsm::Truth::no;
      g.observed += (g.observed.empty() ? "" : "; ") + seen.lacking;
    } else if (seen.unknown && g.verdict == fsm::Truth::yes) {
      g.verdict = fsm::Truth::unknown;
    }
  }
  for (const auto& [package, why] : unread) {
    g.evidence.push_back({{"fact", "space"}, {"value", "unknown"}, {"asked", "what " + package + " holds"}, {"saw", ""}, {"why", why}});
    if (g.verdict == fsm::Truth::yes) g.verdict = fsm::Truth::unknown;
  }
  if (g.verdict == fsm::Truth::yes) g.observed = "enough on every host";
  if (g.verdict == fsm::Truth::no) g.remedy = {"make room there", "清理相应主机的磁盘空间"};
  return g;
}

}  // namespace interlock
