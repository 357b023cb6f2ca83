#include "src/report/by_hand.h"

#include <vector>

#include <fmt/format.h>

#include "src/transport/quote.h"

namespace interlock::report {
namespace {

constexpr const char* kConf = "/etc/keepalived/keepalived.conf";

// An argument as a word for the shell.
std::string word(const Json& args, const char* name, const std::string& otherwise = "") {
  const auto it = args.find(name);
  if (it == args.end() || it->is_null()) return otherwise;
  return quote(it->is_string() ? it->get<std::string>() : it->dump());
}

std::vector<std::string> list(const Json& args, const char* name) {
  std::vector<std::string> words;
  if (const auto it = args.find(name); it != args.end() && it->is_array())
    for (const auto& item : *it) words.push_back(item.is_string() ? item.get<std::string>() : item.dump());
  return words;
}

std::string quoted(const std::vector<std::string>& words) { return quote_command(words).value_or(""); }

// The password is asked for: it stands in no command.
std::string mysql(const Json& args, const std::string& query) {
  std::string line = "mysql -h " + word(args, "address", "127.0.0.1") + " -P " + word(args, "port", "3306") + " -u " + word(args, "user", "<user>") + " -p";
  if (args.contains("database")) line += " " + word(args, "database");
  return query.empty() ? line : line + " -e " + quote(query);
}

std::string hotdb(const Json& args) {
  if (args.value("greeting", false)) return mysql(args, "") + "   # Server version";
  const std::string show = args.value("show", "");
  return mysql(args, show.empty() ? args.value("command", "") : "show @@" + show);
}

std::string of_twins(const Json& args) {
  std::vector<std::string> tables;
  for (const auto& table : list(args, "tables")) tables.insert(tables.end(), {table, table + "_running"});
  return mysql(args, fmt::format("checksum table {}", fmt::join(tables, ", ")));
}

std::string of_settings(const Json& args) {
  const std::string before = args.value("old", ""), now = args.value("new", "");
  std::string line;
  for (const char* file : {"/conf/server.xml", "/bin/hotdb_server", "/conf/log4j2.xml"}) line += (line.empty() ? "" : "; ") + quoted({"diff", before + file, now + file});
  return line;
}

std::string of_scripts(const Json& args) {
  std::vector<std::string> words = list(args, "scripts");
  words.insert(words.begin(), {"grep", "-niE", "alter|drop|update|delete"});
  return quoted(words);
}

std::string on_host(const fsm::Fact& fact) {
  const Json& args = fact.args;
  const std::string& probe = fact.probe;
  const std::string config = word(args, "config", kConf);
  if (probe == "tcp") return args.contains("address") ? "nc -zv " + word(args, "address") + " " + word(args, "port") : "ss -ltn " + quote("sport = :" + args.value("port", Json()).dump());
  if (probe == "mysql") return mysql(args, args.value("query", ""));
  if (probe == "hotdb") return hotdb(args);
  if (probe == "hotdb_memory") return of_twins(args);
  if (probe == "address") return "ip addr   # " + args.value("ip", "");
  if (probe == "process") return args.contains("match") ? "pgrep -af " + word(args, "match") : "ps -fp $(cat " + word(args, "pid_file") + ")";
  if (probe == "keepalived") return args.value("check", false) ? "keepalived -t -f " + config : "service keepalived status";
  if (probe == "keepalived_role") return "grep -E 'state|priority|nopreempt|notify' " + config;
  if (probe == "keepalived_pair") return "interlock lint " + config + " " + word(args, "peer_config", config) + "   # " + args.value("peer_host", "");
  if (probe == "keepalived_loaded") return "ls -l --full-time " + config + "; ps -o lstart= -C keepalived";
  if (probe == "server_xml") return "grep -E 'haState|haNodeHost' " + word(args, "file");
  if (probe == "hotdb_settings") return of_settings(args);
  if (probe == "tree") return "ls -ld " + word(args, "path");
  if (probe == "file") return args.contains("tail") ? "tail -n 1 " + word(args, "path") : "ls -ld " + word(args, "path");
  if (probe == "package") return "sha256sum " + word(args, "file") + "   # " + args.value("sha256", "");
  if (probe == "command") return quoted(list(args, "argv"));
  if (probe == "upgrade_history") return mysql(args, "select * from " + args.value("history", ""));
  return "interlock probe " + quote(probe) + " --help";
}

}  // namespace

ByHand by_hand(const fsm::Fact& fact) {
  if (fact.probe == "upgrade_sql") return {of_scripts(fact.args), true};
  return {on_host(fact), false};
}

}  // namespace interlock::report
