#include "src/report/by_hand.h"

#include <fmt/format.h>

#include "probes/package_mark.h"
#include "src/transport/quote.h"

namespace interlock::report {
namespace {

constexpr const char* kConf = "/etc/keepalived/keepalived.conf";
constexpr const char* kPidFile = "/run/keepalived.pid";

std::vector<std::string> list(const Json& args, const char* name) {
  std::vector<std::string> words;
  if (const auto it = args.find(name); it != args.end() && it->is_array())
    for (const auto& item : *it) words.push_back(item.is_string() ? item.get<std::string>() : item.dump());
  return words;
}

std::string quoted(const std::vector<std::string>& words) { return quote_command(words).value_or(""); }

class FactByHand {
 public:
  FactByHand(const fsm::Fact& fact, const HandSite& site, Language language)
      : args_(fact.args), probe_(fact.probe), host_(fact.host), site_(site), language_(language) {}

  ByHand look() const {
    if (probe_ == "upgrade_sql") return {scripts(), true};
    if (probe_ == "keepalived_pair") return {pair(), true};
    return {on_host(), false};
  }

 private:
  template <typename... Args>
  [[nodiscard]] std::string note(Word word, const Args&... args) const { return "   # " + say(language_, word, args...); }
  [[nodiscard]] std::string word(const char* name, const std::string& otherwise = "") const { return hand_word(args_, name, otherwise); }

  [[nodiscard]] std::string mysql(const std::string& query) const {
    std::string line = hand_mysql(args_, "mysql", word("address", hand_address(site_, host_)));
    if (args_.contains("database")) line += " " + word("database");
    return line + " -e " + quote(query);
  }

  // The greeting comes before any login.
  [[nodiscard]] std::string hotdb() const {
    if (args_.value("greeting", false))
      return fmt::format("timeout 2 cat </dev/tcp/{}/{} | tr -dc '[:print:]' | cut -c 1-60", hand_address(site_, host_), word("port")) + note(Word::bh_greeting);
    const std::string show = args_.value("show", "");
    if (show.empty()) return mysql(args_.value("command", "")) + note(Word::bh_check);
    const std::string line = mysql("show @@" + show);
    if (show == "session") return line + note(Word::bh_sessions);
    if (show == "onlineddl") return line + note(Word::bh_no_row);
    if (show == "server") return line + note(Word::bh_server);
    return line;
  }

  [[nodiscard]] std::string twins() const {
    std::vector<std::string> tables;
    for (const auto& table : list(args_, "tables")) tables.insert(tables.end(), {table, table + "_running"});
    return mysql(fmt::format("checksum table {}", fmt::join(tables, ", "))) + note(Word::bh_twins);
  }

  [[nodiscard]] std::string settings() const {
    const std::string before = args_.value("old", ""), now = args_.value("new", "");
    std::string line;
    for (const char* file : {"/conf/server.xml", "/bin/hotdb_server", "/conf/log4j2.xml"}) line += (line.empty() ? "" : "; ") + quoted({"diff", before + file, now + file});
    return line + note(Word::bh_settings);
  }

  [[nodiscard]] std::string scripts() const {
    std::vector<std::string> words = list(args_, "scripts");
    words.insert(words.begin(), {"grep", "-niE", "alter|drop|update|delete"});
    return quoted(words);
  }

  [[nodiscard]] std::string pair() const {
    const auto file = [&](const std::string& host, const std::string& path) {
      const auto login = site_.logins.find(host);
      return fmt::format("<(ssh {} cat {})", quote(login == site_.logins.end() ? host : login->second), path);
    };
    const std::string config = word("config", kConf);
    return "diff " + file(host_, config) + " " + file(args_.value("peer_host", ""), word("peer_config", config)) + note(Word::bh_pair);
  }

  // keepalived tells by itself what it works by; when it was started or reloaded does not. A file that was left behind
  // may hold the number of something else, which must get no signal.
  [[nodiscard]] std::string loaded() const {
    return fmt::format("pgrep -F {0} keepalived >/dev/null && kill -$(keepalived --signum=JSON) $(cat {0}) && sleep 1 && grep -oE '\"base_priority\":[0-9]+' /proc/$(cat {0})/root/tmp/keepalived.json; grep -w priority {1}",
                       kPidFile, word("config", kConf)) + note(Word::bh_loaded);
  }

  [[nodiscard]] std::string tree() const {
    const std::string path = args_.value("path", "");
    return quoted({"ls", "-d", path}) + "; " + quoted({"cat", path + "/" + kPackageMark}) + note(Word::bh_tree, args_.value("package_sha256", ""));
  }

  [[nodiscard]] std::string process() const {
    const std::string match = args_.value("match", "");
    if (!args_.contains("pid_file")) return "pgrep -af " + quote(match);
    return "pgrep -a -F " + word("pid_file") + note(Word::bh_process, match);
  }

  [[nodiscard]] std::string on_host() const {
    const std::string config = word("config", kConf);
    if (probe_ == "tcp") return args_.contains("address") ? "nc -zv " + word("address") + " " + word("port") : "ss -ltn " + quote("sport = :" + args_.value("port", Json()).dump()) + note(Word::bh_listen);
    if (probe_ == "mysql") return mysql(args_.value("query", ""));
    if (probe_ == "hotdb") return hotdb();
    if (probe_ == "hotdb_memory") return twins();
    if (probe_ == "address") return "ip addr" + note(Word::bh_ip, args_.value("ip", ""));
    if (probe_ == "process") return process();
    if (probe_ == "keepalived") return args_.value("check", false) ? "keepalived -t -f " + config : "service keepalived status";
    if (probe_ == "keepalived_role") return "grep -E 'state|priority|nopreempt|connect_|notify' " + config + note(Word::bh_ha_role);
    if (probe_ == "keepalived_loaded") return loaded();
    if (probe_ == "server_xml") return "grep -E 'haState|haNodeHost' " + word("file") + note(Word::bh_xml, args_.value("peer", "") + ":" + word("peer_port", "3325"));
    if (probe_ == "hotdb_settings") return settings();
    if (probe_ == "tree") return tree();
    if (probe_ == "file") return args_.contains("tail") ? "tail -n 1 " + word("path") + "   # -- Dump completed" : "ls -ld " + word("path");
    if (probe_ == "package") return "sha256sum " + word("file") + note(Word::bh_sum, args_.value("sha256", ""));
    if (probe_ == "command") return quoted(list(args_, "argv"));
    if (probe_ == "upgrade_history")
      return mysql("select upgrade, script, done_at from " + args_.value("history", "") + " where number = 0 order by upgrade") + note(Word::bh_history);
    if (probe_ == "config_content")
      return mysql("select content from " + args_.value("history", "") + " where number = 0 order by upgrade desc limit 1") + note(Word::bh_content);
    return "interlock probe " + quote(probe_) + " --help";
  }

  const Json& args_;
  const std::string& probe_;
  const std::string& host_;
  const HandSite& site_;
  const Language language_;
};

}  // namespace

std::string hand_word(const Json& args, const char* name, const std::string& otherwise) {
  const auto it = args.find(name);
  if (it == args.end() || it->is_null()) return otherwise;
  return quote(it->is_string() ? it->get<std::string>() : it->dump());
}

// The password is asked for: it stands in no command.
std::string hand_mysql(const Json& args, const std::string& program, const std::string& address) {
  return fmt::format("{} -h {} -P {} -u {} -p", program, address, hand_word(args, "port", "3306"), hand_word(args, "user", "root"));
}

std::string hand_address(const HandSite& site, const std::string& host) {
  const auto found = site.addresses.find(host);
  return quote(found == site.addresses.end() ? host : found->second);
}

ByHand by_hand(const fsm::Fact& fact, const HandSite& site, Language language) { return FactByHand(fact, site, language).look(); }

}  // namespace interlock::report
