#include "src/run/handover.h"

#include <algorithm>

#include "fsm/diagnostic.h"
#include "probes/keepalived_conf.h"

namespace interlock {
namespace {

// The manual's order first; of two that are equally fast the later one is chosen.
struct Way {
  const char* name;
  VipEvent event;
  const char *what, *what_zh;
};
constexpr Way kWays[] = {
    {"service-first", VipEvent::service_dies, "the master's compute node is stopped and its failing check moves the VIP", "停止主机计算节点，其检测失败后虚拟 IP 漂移"},
    {"vip-first", VipEvent::graceful_stop, "the master's keepalived is stopped, so that the VIP moves at once", "停止主机 keepalived，虚拟 IP 立即漂移"},
    {"priority", VipEvent::peer_raised, "the backup's priority is raised above the master's while both run", "两端运行时将备机优先级提升到主机之上"},
};

constexpr Millis kReadWithin{10'000};
constexpr std::size_t kLargestConf = 1024 * 1024;
constexpr Millis kOpening{430};  // domain: 0.43 s between "VIP online start" and listening in a vendor's log

Json unread(const Failure& failure) {
  const std::string why = std::string(to_string(failure.cause)) + ": " + failure.text;
  const fsm::Words because{"the manual's order is assumed and its outage cannot be predicted, because the two keepalived files could not be read; choose one yourself with --set handover=service-first, vip-first or priority: " + why,
                           "无法读取两个 keepalived 配置文件，暂按手册顺序，其中断时间无法预计；可用 --set handover=service-first、vip-first 或 priority 自行指定：" + why};
  return {{"chosen", "service-first"}, {"because", to_json(because)}, {"ways", Json::array()}, {"unread", why}};
}

}  // namespace

Handover choose_handover(const KeepalivedPair& pair, Millis opening) {
  Handover result;
  const double open_ms = static_cast<double>(opening.count());
  const HandoverWay* best = nullptr;
  result.ways.reserve(std::size(kWays));
  for (const auto& way : kWays) {
    HandoverWay w;
    w.name = way.name;
    w.because = {way.what, way.what_zh};
    for (const auto& p : pair.predictions) {
      if (p.event != way.event) continue;
      w.works = p.moves == VipMoves::yes;
      w.outage = {p.outage.min_ms + open_ms, p.outage.mean_ms + open_ms, p.outage.max_ms + open_ms};
      if (!w.works) w.because = {w.because.en + "; " + p.because, w.because.zh + "；" + p.because};
    }
    result.ways.push_back(std::move(w));
    const HandoverWay& added = result.ways.back();
    if (added.works && (best == nullptr || added.outage.max_ms <= best->outage.max_ms)) best = &added;
  }
  if (best == nullptr) {
    result.chosen = "service-first";
    result.because = {"by these two files the VIP moves in no way; the manual's order is kept, and the gates say what is wrong", "按这两个配置文件，虚拟 IP 无法以任何方式漂移；沿用手册顺序，检查项会指出原因"};
    return result;
  }
  result.chosen = best->name;
  result.because = {"the fastest way that works with these two keepalived files: " + best->because.en, "按这两个 keepalived 配置文件可行且最快的方式：" + best->because.zh};
  return result;
}

Json to_json(const Handover& handover) {
  Json ways = Json::array();
  for (const auto& w : handover.ways)
    ways.push_back({{"name", w.name}, {"works", w.works}, {"min_ms", w.outage.min_ms}, {"mean_ms", w.outage.mean_ms}, {"max_ms", w.outage.max_ms}, {"because", to_json(w.because)}});
  return {{"chosen", handover.chosen}, {"because", to_json(handover.because)}, {"ways", ways}};
}

Json to_json(const fsm::Words& words) { return {{"en", words.en}, {"zh", words.zh}}; }

Json look_at_handover(const fsm::Machine& m, Hosts& hosts) {
  const auto pair = std::find_if(m.facts.begin(), m.facts.end(), [](const fsm::Fact& f) { return f.probe == "keepalived_pair"; });
  if (pair == m.facts.end()) return nullptr;
  const auto read = [&](const std::string& host_name, const std::string& path) -> Result<std::string> {
    Host* host = hosts.find(host_name);
    if (host == nullptr) return failure(Cause::internal, "the site has no host '" + host_name + "'");
    return host->read_file(path, kLargestConf, std::chrono::steady_clock::now() + kReadWithin);
  };
  const std::string peer = pair->args.value("peer_host", "");
  const auto mine = read(pair->host, pair->args.value("config", ""));
  if (!mine) return unread(mine.error());
  const auto theirs = read(peer, pair->args.value("peer_config", pair->args.value("config", "")));
  if (!theirs) return unread(theirs.error());
  try {
    return to_json(choose_handover(analyse_pair(parse_keepalived(*mine, pair->host), parse_keepalived(*theirs, peer)), kOpening));
  } catch (const InputError& e) {  // a file on a host, not ours: the gates will say so too
    return unread({Cause::protocol, e.what()});
  }
}

}  // namespace interlock
