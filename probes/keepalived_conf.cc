#include "probes/keepalived_conf.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "fsm/suggest.h"

namespace interlock {
namespace {

using namespace std::string_view_literals;

constexpr std::array kScriptKeywords{"script"sv, "interval"sv, "timeout"sv, "weight"sv, "rise"sv, "fall"sv, "user"sv, "init_fail"sv};
constexpr std::array kTrackFileKeywords{"file"sv, "weight"sv, "init_file"sv};
constexpr std::array kInstanceKeywords{
    "state"sv, "interface"sv, "virtual_router_id"sv, "priority"sv, "nopreempt"sv, "preempt"sv, "preempt_delay"sv,
    "advert_int"sv, "version"sv, "authentication"sv, "track_script"sv, "track_file"sv, "track_interface"sv,
    "track_process"sv, "track_bfd"sv, "track_src_ip"sv, "track_sync_group"sv, "virtual_ipaddress"sv,
    "virtual_ipaddress_excluded"sv, "virtual_routes"sv, "virtual_rules"sv, "notify"sv, "notify_master"sv,
    "notify_backup"sv, "notify_fault"sv, "notify_stop"sv, "notify_deleted"sv, "notify_master_rx_lower_pri"sv,
    "notify_priority_changes"sv, "garp_master_delay"sv, "garp_master_repeat"sv, "garp_lower_prio_delay"sv,
    "garp_lower_prio_repeat"sv, "garp_master_refresh"sv, "garp_master_refresh_repeat"sv, "garp_interval"sv,
    "gna_interval"sv, "garp_extra_if"sv, "lower_prio_no_advert"sv, "higher_prio_send_advert"sv, "use_vmac"sv, "use_vmac_addr"sv,
    "vmac_xmit_base"sv, "use_ipvlan"sv, "native_ipv6"sv, "dont_track_primary"sv, "mcast_src_ip"sv, "unicast_src_ip"sv,
    "unicast_peer"sv, "mcast_dst_ip"sv, "unicast_ttl"sv, "unicast_fault_no_peer"sv, "check_unicast_src"sv, "debug"sv,
    "smtp_alert"sv, "accept"sv, "no_accept"sv, "strict_mode"sv, "linkbeat_use_polling"sv, "linkbeat_interfaces"sv,
    "lvs_sync_daemon_interface"sv, "skip_check_adv_addr"sv, "old_unicast_checksum"sv, "thread_timer_expired"sv,
    "down_timer_adverts"sv, "promote_secondaries"sv, "kernel_rx_buf_size"sv, "evip_other_family"sv,
    "garp_up_down_delay"sv, "garp_up_down_repeat"sv};
constexpr std::array kTopKeywords{
    "global_defs"sv, "vrrp_script"sv, "vrrp_track_file"sv, "track_file"sv, "vrrp_instance"sv, "vrrp_sync_group"sv,
    "vrrp_track_process"sv, "track_process"sv, "garp_group"sv, "bfd_instance"sv, "virtual_server"sv, "virtual_server_group"sv,
    "static_ipaddress"sv, "static_routes"sv, "static_rules"sv, "static_defs"sv, "linkbeat_interfaces"sv,
    "linkbeat_use_polling"sv, "net_namespace"sv, "net_namespace_ipvs"sv, "namespace_with_ipsets"sv, "instance"sv,
    "use_pid_dir"sv, "interface_up_down_delays"sv, "ssl"sv, "checker_log_all_failures"sv, "random_seed"sv, "config_save_dir"sv,
    "child_wait_time"sv, "global_tracking"sv, "notify_fifo"sv, "nftables"sv, "ip_rules"sv};

bool is_include(std::string_view word) {
  constexpr std::array kIncludes{"include"sv, "includer"sv, "includem"sv, "includew"sv, "includeb"sv, "includea"sv, "include_check"sv};
  return std::find(kIncludes.begin(), kIncludes.end(), word) != kIncludes.end();
}

template <typename T>
std::optional<T> parse_number(std::string_view text) {
  if (text.starts_with("+")) text.remove_prefix(1);
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if constexpr (std::is_floating_point_v<T>) {
    if (!std::isfinite(value)) return std::nullopt;
  }
  return value;
}

std::string short_number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

class Reader {
 public:
  Reader(std::string_view text, std::string_view file) : text_(text) { conf_.file = file; }

  KeepalivedConf read() {
    KeepalivedTree tree = parse_keepalived_tree(text_, conf_.file);
    conf_.diagnostics = std::move(tree.diagnostics);
    note_oddities(tree.statements);
    for (const auto& statement : tree.statements) top_level(statement);
    for (VrrpInstance& instance : conf_.instances) finish(instance);
    check_scripts();
    std::stable_sort(conf_.diagnostics.begin(), conf_.diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    return std::move(conf_);
  }

 private:
  void report(Position at, Severity severity, std::string message, std::string expected = {}, std::string fix = {}) {
    conf_.diagnostics.push_back(Diagnostic{conf_.file, at.line, at.column, severity, std::move(message),
                                           std::move(expected), std::move(fix)});
  }

  // Includes, conditional lines and parameters: everywhere in the tree, which the syntax keeps shallow.
  void note_oddities(const std::vector<KeepalivedStatement>& statements) {
    for (const auto& statement : statements) {
      const std::string& keyword = statement.keyword();
      if (is_include(keyword) && statement.words.size() > 1) {
        conf_.includes.push_back(statement.words[1].text);
        report(statement.at(), Severity::warning, "the included file is not followed: what it defines is not seen here", {},
               "check " + statement.words[1].text + " as well");
      } else if (keyword.starts_with("@")) {
        report(statement.at(), Severity::warning, "a conditional line: it counts only for some configuration ids and is not read", {},
               "check the file for each id by itself");
      } else if (keyword.starts_with("$")) {
        report(statement.at(), Severity::warning, "a parameter is defined here; parameters are not replaced by this reader", {},
               "write the values out to have them checked");
      }
      note_oddities(statement.children);
    }
  }

  template <std::size_t N>
  void unknown_keyword(const KeepalivedStatement& statement, std::string_view where, const std::array<std::string_view, N>& known) {
    const std::string& keyword = statement.keyword();
    if (keyword.empty() || is_include(keyword) || keyword.starts_with("@") || keyword.starts_with("$")) return;
    const std::string near = nearest(keyword, known);
    report(statement.at(), Severity::warning, "unknown keyword '" + keyword + "' in " + std::string(where),
           near.empty() ? "a keyword of keepalived.conf(5)" : "'" + near + "'",
           near.empty() ? "remove the line, or check it with keepalived -t" : "write " + near);
  }

  void top_level(const KeepalivedStatement& statement) {
    const std::string& keyword = statement.keyword();
    if (keyword == "global_defs") return global_defs(statement);
    if (keyword == "vrrp_script") return script(statement);
    if (keyword == "vrrp_track_file" || keyword == "track_file") return track_file(statement);
    if (keyword == "vrrp_instance") return instance(statement);
    if (std::find(kTopKeywords.begin(), kTopKeywords.end(), keyword) == kTopKeywords.end()) {
      unknown_keyword(statement, "the file", kTopKeywords);
    }
  }

  // The name after a block's keyword. The handbook prints names with a blank in them; keepalived itself reads only
  // the first word, so two such scripts would share a name.
  std::string block_name(const KeepalivedStatement& statement) {
    if (!statement.block) {
      report(statement.at(), Severity::error, "'" + statement.keyword() + "' without a block", "a '{' after the name", "add '{' … '}'");
    }
    if (statement.words.size() < 2) {
      report(statement.at(), Severity::error, "'" + statement.keyword() + "' without a name", "a name before '{'", "name the block");
      return {};
    }
    std::string name = join(statement.words, 1, statement.words.size());
    if (statement.words.size() > 2) {
      std::string joined = name;
      std::replace(joined.begin(), joined.end(), ' ', '_');
      report(statement.words[1].at, Severity::warning, "the name '" + name + "' has a blank in it; keepalived reads '" +
             statement.words[1].text + "' only", "a name of one word", "write " + joined + ", here and where it is used");
    }
    return name;
  }

  static std::string join(const std::vector<KeepalivedWord>& words, std::size_t from, std::size_t to) {
    std::string text;
    for (std::size_t i = from; i < to; ++i) text += (i > from ? " " : "") + words[i].text;
    return text;
  }

  bool has_argument(const KeepalivedStatement& statement, std::string_view expected) {
    if (statement.words.size() > 1) return true;
    report(statement.at(), Severity::error, "'" + statement.keyword() + "' without a value", std::string(expected), "add the value");
    return false;
  }

  template <typename T>
  void number(const KeepalivedStatement& statement, T least, T most, KeepalivedSetting<T>& setting) {
    const auto in_words = [](T value) {
      if constexpr (std::is_floating_point_v<T>) return short_number(value);
      else return std::to_string(value);
    };
    const std::string expected = std::string(std::is_floating_point_v<T> ? "a number" : "a whole number") + " from " +
                                 in_words(least) + " to " + in_words(most);
    if (!has_argument(statement, expected)) return;
    const KeepalivedWord& word = statement.words[1];
    const auto value = parse_number<T>(word.text);
    if (!value || *value < least || *value > most) {
      report(word.at, Severity::error, statement.keyword() + " is '" + word.text + "'", expected, "correct the value");
      return;
    }
    if (setting.given) {
      report(statement.at(), Severity::warning, "'" + statement.keyword() + "' is given twice; the last one counts", {}, "remove one of them");
    }
    setting.value = *value;
    setting.given = true;
    setting.at = word.at;
  }

  void text(const KeepalivedStatement& statement, KeepalivedSetting<std::string>& setting) {
    if (!has_argument(statement, "a value")) return;
    setting.value = join(statement.words, 1, statement.words.size());
    setting.given = true;
    setting.at = statement.words[1].at;
  }

  std::vector<std::string> command(const KeepalivedStatement& statement, std::string& joined) {
    std::vector<std::string> words;
    for (const CommandPiece& piece : command_pieces(text_, statement)) {
      if (!joined.empty()) joined += " ";
      joined += piece.text;
      words.push_back(piece.text);
    }
    if (words.empty()) has_argument(KeepalivedStatement{{statement.words[0]}, false, {}}, "a command");
    return words;
  }

  void global_defs(const KeepalivedStatement& block) {
    for (const auto& statement : block.children) {
      if (statement.keyword() == "router_id") text(statement, conf_.router_id);
      if (statement.keyword() == "vrrp_version") number(statement, 2, 3, default_version_);
      if (statement.keyword() == "vrrp_down_timer_adverts") number(statement, 1, 100, default_down_timer_);
    }
  }

  // Real files have a handful of each; the limit keeps every later comparison cheap.
  bool too_many(std::size_t present, Position at, std::string_view what) {
    constexpr std::size_t kMost = 256;
    if (present == kMost && !told_too_many_) {
      told_too_many_ = true;
      report(at, Severity::error, "too many " + std::string(what), "at most " + std::to_string(kMost), "check that this is the file that was meant");
    }
    return present >= kMost;
  }

  void script(const KeepalivedStatement& block) {
    if (too_many(conf_.scripts.size(), block.at(), "vrrp_script blocks")) return;
    VrrpScript script;
    script.at = block.at();
    script.name = block_name(block);
    for (const auto& statement : block.children) {
      const std::string& keyword = statement.keyword();
      if (keyword == "script") script.command_words = command(statement, script.command);
      else if (keyword == "interval") number(statement, 1e-3, 1e6, script.interval_s);
      else if (keyword == "timeout") number(statement, 1e-3, 1e6, script.timeout_s);
      else if (keyword == "fall") number(statement, 1, 1'000'000, script.fall);
      else if (keyword == "rise") number(statement, 1, 1'000'000, script.rise);
      else if (keyword == "weight") {
        number(statement, -253, 253, script.weight);
        script.reverse = statement.words.size() > 2 && statement.words[2].text == "reverse";
      } else if (std::find(kScriptKeywords.begin(), kScriptKeywords.end(), keyword) == kScriptKeywords.end()) {
        unknown_keyword(statement, "vrrp_script", kScriptKeywords);
      }
    }
    if (script.command.empty()) {
      report(script.at, Severity::error, "vrrp_script '" + script.name + "' has no script", "a line: script \"COMMAND\"", "add it");
    }
    if (!scripts_.emplace(script.name, conf_.scripts.size()).second) {
      report(script.at, Severity::error, "vrrp_script '" + script.name + "' is defined twice; keepalived ignores the second",
             "one definition", "rename or remove one of them");
    }
    conf_.scripts.push_back(std::move(script));
  }

  void track_file(const KeepalivedStatement& block) {
    if (too_many(conf_.track_files.size(), block.at(), "track_file blocks")) return;
    VrrpTrackFile file;
    file.at = block.at();
    file.name = block_name(block);
    for (const auto& statement : block.children) {
      const std::string& keyword = statement.keyword();
      if (keyword == "file") {
        if (has_argument(statement, "a path")) file.path = statement.words[1].text;
      } else if (keyword == "weight") {
        number(statement, -std::numeric_limits<int>::max(), std::numeric_limits<int>::max(), file.weight);
      } else if (std::find(kTrackFileKeywords.begin(), kTrackFileKeywords.end(), keyword) == kTrackFileKeywords.end()) {
        unknown_keyword(statement, "track_file", kTrackFileKeywords);
      }
    }
    if (file.path.empty()) {
      report(file.at, Severity::error, "track_file '" + file.name + "' names no file", "a line: file \"PATH\"", "add it");
    }
    files_.insert(file.name);
    conf_.track_files.push_back(std::move(file));
  }

  std::vector<TrackUse> track_uses(const KeepalivedStatement& block) {
    std::vector<TrackUse> uses;
    for (const auto& statement : block.children) {
      if (is_include(statement.keyword())) continue;
      if (too_many(uses.size(), statement.at(), "tracked names")) break;
      TrackUse use;
      use.at = statement.at();
      const auto weight = std::find_if(statement.words.begin(), statement.words.end(),
                                       [](const KeepalivedWord& word) { return word.text == "weight"; });
      use.name = join(statement.words, 0, static_cast<std::size_t>(weight - statement.words.begin()));
      if (weight != statement.words.end()) {
        const auto value = weight + 1 == statement.words.end() ? std::nullopt : parse_number<int>((weight + 1)->text);
        if (!value || *value < -254 || *value > 254) {
          report(weight->at, Severity::error, "the weight of '" + use.name + "' is not usable", "a whole number from -253 to 253", "correct the value");
        } else {
          use.weight = *value;
        }
        use.reverse = statement.words.back().text == "reverse";
      }
      uses.push_back(std::move(use));
    }
    return uses;
  }

  void addresses(const KeepalivedStatement& block, VrrpInstance& instance) {
    for (const auto& statement : block.children) {
      if (is_include(statement.keyword())) continue;
      if (too_many(instance.addresses.size(), statement.at(), "addresses")) break;
      VirtualAddress address;
      address.at = statement.at();
      address.address = statement.keyword();
      for (std::size_t i = 1; i + 1 < statement.words.size(); ++i) {
        if (statement.words[i].text == "dev") address.device = statement.words[i + 1].text;
        if (statement.words[i].text == "label") address.label = statement.words[i + 1].text;
      }
      instance.addresses.push_back(std::move(address));
    }
  }

  void authentication(const KeepalivedStatement& block, VrrpInstance& instance) {
    for (const auto& statement : block.children) {
      if (statement.keyword() == "auth_type") text(statement, instance.auth_type);
      if (statement.keyword() != "auth_pass" || !has_argument(statement, "a password")) continue;
      constexpr std::size_t kAuthBytes = 8;
      instance.auth_password = Secret(statement.words[1].text);
      instance.auth_password_at = statement.words[1].at;
      if (statement.words[1].text.size() > kAuthBytes) {
        report(statement.words[1].at, Severity::warning, "auth_pass has more than 8 characters; keepalived uses the first 8", {},
               "shorten it on both nodes");
      }
    }
  }

  void instance(const KeepalivedStatement& block) {
    if (too_many(conf_.instances.size(), block.at(), "vrrp_instance blocks")) return;
    VrrpInstance instance;
    instance.at = block.at();
    instance.name = block_name(block);
    for (const auto& statement : block.children) instance_line(statement, instance);
    conf_.instances.push_back(std::move(instance));
  }

  void instance_line(const KeepalivedStatement& statement, VrrpInstance& instance) {
    const std::string& keyword = statement.keyword();
    if (keyword == "state") text(statement, instance.state);
    else if (keyword == "interface") text(statement, instance.interface);
    else if (keyword == "virtual_router_id") number(statement, 1, 255, instance.virtual_router_id);
    else if (keyword == "priority") number(statement, 1, 255, instance.priority);
    else if (keyword == "advert_int") number(statement, 0.01, 255.0, instance.advert_int_s);
    else if (keyword == "version") number(statement, 2, 3, instance.version);
    else if (keyword == "down_timer_adverts") number(statement, 1, 100, instance.down_timer_adverts);
    else if (keyword == "preempt_delay") number(statement, 0.0, 1000.0, instance.preempt_delay_s);
    else if (keyword == "garp_master_delay") number(statement, 0.0, 1e6, instance.garp_master_delay_s);
    else if (keyword == "nopreempt" || keyword == "preempt") {
      instance.nopreempt.value = keyword == "nopreempt";
      instance.nopreempt.given = true;
      instance.nopreempt.at = statement.at();
    } else if (keyword == "authentication") authentication(statement, instance);
    else if (keyword == "track_script") instance.track_scripts = track_uses(statement);
    else if (keyword == "track_file") instance.track_files = track_uses(statement);
    else if (keyword == "virtual_ipaddress") addresses(statement, instance);
    else if (keyword == "track_interface") names(statement, instance.track_interfaces);
    else if (keyword == "unicast_peer") names(statement, instance.unicast_peers);
    else if (is_notify(keyword)) {
      NotifyCommand notify{keyword, {}, {}, statement.at()};
      notify.command_words = command(statement, notify.command);
      instance.notifies.push_back(std::move(notify));
    } else if (std::find(kInstanceKeywords.begin(), kInstanceKeywords.end(), keyword) == kInstanceKeywords.end()) {
      unknown_keyword(statement, "vrrp_instance", kInstanceKeywords);
    }
  }

  static bool is_notify(std::string_view keyword) {
    return keyword == "notify" || keyword == "notify_master" || keyword == "notify_backup" || keyword == "notify_fault" || keyword == "notify_stop";
  }

  static void names(const KeepalivedStatement& block, std::vector<std::string>& into) {
    for (const auto& statement : block.children) into.push_back(statement.keyword());
  }

  // Defaults that depend on the whole file, and what makes an instance unusable.
  void finish(VrrpInstance& instance) {
    if (!instance.version.given) instance.version.value = default_version_.value;
    if (!instance.down_timer_adverts.given) instance.down_timer_adverts.value = default_down_timer_.value;
    const std::string who = "vrrp_instance '" + instance.name + "'";
    if (!instance.interface.given) report(instance.at, Severity::error, who + " has no interface", "a line: interface NAME", "add it");
    if (!instance.virtual_router_id.given) report(instance.at, Severity::error, who + " has no virtual_router_id", "a number from 1 to 255", "add it");
    if (instance.addresses.empty()) report(instance.at, Severity::warning, who + " has no virtual_ipaddress: nothing would move", "at least one address", "add the block");
    const std::string& state = instance.state.value;
    if (state != "MASTER" && state != "BACKUP") {
      report(instance.state.at, Severity::error, "state is '" + state + "'", "MASTER or BACKUP", "write BACKUP");
    } else if (state == "MASTER" && instance.nopreempt.value) {
      report(instance.nopreempt.at, Severity::error, "nopreempt is ignored with state MASTER", "state BACKUP on both nodes", "write: state BACKUP");
    }
    if (instance.version.value == 2 && std::floor(instance.advert_int_s.value) != instance.advert_int_s.value) {
      report(instance.advert_int_s.at, Severity::error, "VRRP version 2 has no fractions of a second in advert_int", "whole seconds, or version 3",
             "add 'version 3' on both nodes");
    }
    if (instance.version.value == 3 && instance.advert_int_s.value > 40.95) {
      report(instance.advert_int_s.at, Severity::error, "advert_int is too long for VRRP version 3", "at most 40.95", "correct the value");
    }
    for (const TrackUse& use : instance.track_scripts) {
      tracked_.insert(use.name);
      check_use(use, scripts_.count(use.name) > 0, "vrrp_script");
    }
    for (const TrackUse& use : instance.track_files) check_use(use, files_.count(use.name) > 0, "track_file");
    check_positive_weights(instance);
  }

  void check_use(const TrackUse& use, bool defined, std::string_view kind) {
    if (defined || !conf_.includes.empty()) return;
    constexpr std::size_t kMaxCandidates = 50;  // a suggestion is not worth a long search
    std::vector<std::string_view> known;
    if (kind == "vrrp_script") {
      for (const auto& script : conf_.scripts) known.push_back(script.name);
    } else {
      for (const auto& file : conf_.track_files) known.push_back(file.name);
    }
    if (known.size() > kMaxCandidates) known.resize(kMaxCandidates);
    const std::string near = nearest(use.name, known);
    report(use.at, Severity::error, "'" + use.name + "' is tracked but no " + std::string(kind) + " has that name",
           near.empty() ? "a defined name" : "'" + near + "'", near.empty() ? "define it or remove the line" : "write " + near);
  }

  void check_positive_weights(const VrrpInstance& instance) {
    int highest = instance.priority.value;
    for (const TrackUse& use : instance.track_scripts) {
      const auto script = scripts_.find(use.name);
      const int own = script == scripts_.end() ? 0 : conf_.scripts[script->second].weight.value;
      constexpr int kEnough = 1000;  // more says nothing more, and cannot overflow
      highest = std::min(kEnough, highest + std::max(0, use.weight.value_or(own)));
    }
    if (highest > 254 && instance.priority.value != 255) {
      report(instance.priority.at.line > 0 ? instance.priority.at : instance.at, Severity::warning,
             "priority and positive weights add up to " + std::to_string(highest) + "; keepalived stops at 254", "a sum of at most 254", "lower the priority");
    }
  }

  void check_scripts() {
    for (const VrrpScript& script : conf_.scripts) {
      if (tracked_.count(script.name) == 0) {
        report(script.at, Severity::warning, "vrrp_script '" + script.name + "' is tracked by no instance and never runs", {},
               "list it in track_script");
      }
      if (script.timeout_s.given && script.timeout_s.value > script.interval_s.value) {
        report(script.timeout_s.at, Severity::note, "the time limit of '" + script.name + "' is longer than its interval: a hanging run delays the next one");
      }
    }
  }

  std::string_view text_;
  KeepalivedConf conf_;
  KeepalivedSetting<int> default_version_{2};
  KeepalivedSetting<int> default_down_timer_{3};
  std::map<std::string, std::size_t, std::less<>> scripts_;  // name to index
  std::set<std::string, std::less<>> files_, tracked_;
  bool told_too_many_ = false;
};

}  // namespace

const VrrpScript* KeepalivedConf::script(std::string_view name) const {
  const auto found = std::find_if(scripts.begin(), scripts.end(), [&](const VrrpScript& s) { return s.name == name; });
  return found == scripts.end() ? nullptr : &*found;
}

KeepalivedConf parse_keepalived(std::string_view text, std::string_view file) { return Reader(text, file).read(); }

}  // namespace interlock
