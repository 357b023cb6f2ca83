// What a person types for an operation. The program has other ways (a login over standard input, a merge, a restore of
// only what differs): here is what leads to the same by hand.
#include <fmt/format.h>

#include "probes/package_mark.h"
#include "probes/upgrade_record.h"
#include "src/report/by_hand.h"
#include "src/transport/quote.h"

namespace interlock::report {
namespace {

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

class OperationByHand {
 public:
  OperationByHand(const fsm::Operation& operation, const std::string& host, const HandSite& site, Language language)
      : args_(operation.args), kind_(operation.kind), host_(host), site_(site), language_(language) {}

  std::vector<ByHand> lines(const std::vector<std::string>& described) {
    if (kind_ == "upload") upload();
    else if (kind_ == "unpack") unpack(described);
    else if (kind_ == "set_away") set_away();
    else if (kind_ == "restorecon") add("restorecon -R " + word("path") + note(Word::bh_selinux));
    else if (kind_ == "keepalived_role") keepalived_role();
    else if (kind_ == "keepalived_priority") keepalived_priority();
    else if (kind_ == "hotdb_settings") settings();
    else if (kind_ == "hotdb") add(mysql("mysql") + " -e " + quote(text("command")));
    else if (kind_ == "mysql_dump") dump();
    else if (kind_ == "mysql_restore") restore();
    else if (kind_ == "sql_scripts") scripts();
    else for (const auto& line : described) add(line);
    return std::move(lines_);
  }

 private:
  void add(std::string line, bool here = false) { lines_.push_back({std::move(line), here}); }
  template <typename... Args>
  [[nodiscard]] std::string note(Word word, const Args&... args) const { return "   # " + say(language_, word, args...); }
  [[nodiscard]] std::string text(const char* name) const { return args_.value(name, ""); }
  [[nodiscard]] std::string word(const char* name) const { return hand_word(args_, name); }
  [[nodiscard]] std::string mysql(const std::string& program) const { return hand_mysql(args_, program, hand_address(site_, host_)); }

  void upload() {
    const auto login = site_.logins.find(host_);
    add(fmt::format("scp {} {}:{}/", word("from"), login == site_.logins.end() ? quote(host_) : quote(login->second), word("to")), true);
    add("sha256sum " + quote(text("to") + "/" + base_name(text("from"))) + note(Word::bh_sum, text("sha256")));
  }

  void unpack(const std::vector<std::string>& described) {
    for (const auto& line : described) add(line);
    add(fmt::format("echo {} > {}", text("sha256"), quote(text("to") + "/" + kPackageMark)) + note(Word::bh_mark));
  }

  void set_away() { add(fmt::format("mv -T {} {}", word("from"), word("to")) + note(Word::bh_away, text("to"))); }

  void keepalived_role() {
    const std::string role = text("role");
    add(fmt::format("vi {}", word("config")) + note(role == "master" ? Word::bh_master_form : Word::bh_backup_form));
    add("keepalived -t -f " + word("config"));
  }

  void keepalived_priority() {
    add("grep -w priority " + word("config") + note(Word::bh_note_priority));
    add(fmt::format("vi {}   # priority {}", word("config"), word("priority")));
    add("keepalived -t -f " + word("config"));
  }

  void settings() {
    const std::string before = text("old"), now = text("new");
    for (const char* name : {"/conf/server.xml", "/bin/hotdb_server", "/conf/log4j2.xml"}) {
      std::string line = "vi " + quote(now + name) + note(Word::bh_values_of, before + name);
      if (std::string_view(name) == "/bin/hotdb_server" && !text("java_bin").empty())
        line += fmt::format("; JAVA_BIN={} JAVA_VERSION={}", text("java_bin"), text("java_version"));
      add(std::move(line));
    }
    add(fmt::format("cp -rp {}/ndbsql* {}/", quote(before), quote(now)) + note(Word::bh_where_any));
  }

  void dump() {
    const std::string to = text("to");
    add("umask 077; mkdir -p " + quote(to.substr(0, to.rfind('/'))));
    add(fmt::format("{} --single-transaction --quick --routines --triggers --events --hex-blob --no-tablespaces --default-character-set=utf8mb4 --databases {} > {}",
                    mysql(word("command")), word("database"), word("to")) + note(Word::bh_gtid));
    add("tail -n 1 " + word("to") + "   # -- Dump completed");
  }

  // What came since the dump is dropped first: loading a dump leaves it there.
  void restore() {
    const std::string from = text("from"), client = mysql(word("command"));
    const std::string present = quote(from + ".present"), drop = quote(from + ".drop");
    const std::string ask = fmt::format("select table_name from information_schema.tables where table_schema = {} and table_type = 'BASE TABLE'", sql_literal(text("database")));
    add(client + " -N -e " + quote(ask) + " | LC_ALL=C sort > " + present);
    add("sed -n 's/^-- Table structure for table `\\(.*\\)`$/\\1/p' " + quote(from) + " | LC_ALL=C sort | LC_ALL=C comm -13 - " + present +
        " | sed 's/.*/drop table `&`;/' > " + drop + "; cat " + drop + note(Word::bh_since_dump));
    add(client + " --init-command='set foreign_key_checks = 0' " + word("database") + " < " + drop);
    add(client + " < " + quote(from));
  }

  void scripts() {
    const auto found = args_.find("scripts");
    if (found == args_.end() || !found->is_array()) return;
    const std::string client = mysql("mysql") + " --default-character-set=utf8mb4 " + word("database");
    for (const Json& script : *found) add(client + " < " + quote(script.is_string() ? script.get<std::string>() : script.dump()) + note(Word::bh_ends_at_error), true);
    const std::string sql = site_.history ? site_.history(args_) : "";
    if (sql.empty()) return add("# " + say(language_, Word::bh_no_scripts), true);
    add("# " + say(language_, Word::bh_note_scripts), true);
    if (sql.find(std::string("= ") + kVerdictToFillIn + ";") != std::string::npos) add("# " + say(language_, Word::bh_fill_in, kVerdictToFillIn, "'widening-only'", "'unsafe'"), true);
    add(client + " <<'SQL'\n" + sql + "SQL", true);
  }

  const Json& args_;
  const std::string& kind_;
  const std::string& host_;
  const HandSite& site_;
  const Language language_;
  std::vector<ByHand> lines_;
};

}  // namespace

std::vector<ByHand> by_hand(const fsm::Operation& operation, const std::string& host, const std::vector<std::string>& described, const HandSite& site,
                            Language language) {
  return OperationByHand(operation, host, site, language).lines(described);
}

}  // namespace interlock::report
