// Brings a database back to a dump, on its own host. Running nodes read it meanwhile, so only what differs is touched:
// the database is dumped as it is now, tables that are equal stay, tables, views, routines and events that the dump
// does not know go, all others are loaded; then it is dumped once more and compared. Cut off anywhere, it can simply
// be run again: while it is under way a table (probes/upgrade_record.h) says so, which goes last. It does not stop on rows that running nodes write meanwhile: it names those tables.
#include "probes/mysql_login.h"
#include "probes/text.h"
#include "probes/upgrade_record.h"
#include "src/actions/account.h"
#include "src/actions/database_host.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

using Type = ProbeArgument::Type;

constexpr ProbeArgument kRestoreArguments[] = {
    {"command", Type::text, true, "mysql or mariadb"},
    {"from", Type::text, true, "the dump, a file on the host"},
    {"port", Type::number, true, "the server's port"},
    {"user", Type::text, true, "the user to log in as"},
    {"password", Type::secret, false, "the reference of the user's password"},
    {"database", Type::text, true, "the database to restore"},
};

// $1 the command, $2 the file, $3 the awk functions that read dumps, $4 the table that says that it is under way
constexpr const char* kRestoreScript = R"sh(
client=$(first_command "$1" mysql mariadb) || stop 44 "neither $1 nor mysql nor mariadb is installed here"
from=$2 reader=$3 mark=$4
case $client in
  *mariadb) dumper=$(first_command "${client%mariadb}mariadb-dump" "${client%mariadb}mysqldump" mariadb-dump mysqldump) ;;
  *) dumper=$(first_command "${client%mysql}mysqldump" mysqldump mariadb-dump) ;;
esac
[ -n "$dumper" ] || stop 44 "neither mysqldump nor mariadb-dump is installed here"
[ -r "$from" ] || stop 44 "the dump $from is not there or cannot be read"
complete "$from" || stop 45 "$from is not a complete dump"
grep -q -F -x "USE \`$database\`;" "$from" || stop 45 "$from is not a dump of $database"
grep '^USE `' "$from" | grep -q -v -F -x "USE \`$database\`;" && stop 45 "$from is not a dump of $database alone"
hold "$(dirname -- "$from")"
choose_dumper
rm -rf -- "$from".restore.*
work=$(mktemp -d -- "$from.restore.XXXXXX") || stop 49 "no space for working files beside $from"
trap 'rm -rf -- "$work"' EXIT
trap 'exit 143' HUP INT TERM

# Runs the SQL in the file $1; its answer is in the file $2.
run_sql() {
  for server in "$address" 127.0.0.1; do
    said=$({ printf '%s\n' "$login" | "$client" --defaults-extra-file=/dev/fd/3 --host="$server" --port="$port" --protocol=tcp \
      --batch --skip-column-names --binary-mode --default-character-set=utf8mb4 3<&0 <"$1" >"$2"; } 2>&1)
    ran=$?
    if [ "$ran" -eq 0 ] || ! unreachable "$said"; then return "$ran"; fi
  done
  return "$ran"
}

# What the database holds, a line each: its kind and name.
cat >"$work/ask" <<END || stop 49 "no space for working files beside $from"
select if(table_type in ('VIEW', 'SEQUENCE'), table_type, 'TABLE'), table_name from information_schema.tables where table_schema = '$database';
select routine_type, routine_name from information_schema.routines where routine_schema = '$database';
select 'EVENT', event_name from information_schema.events where event_schema = '$database';
END
run_sql "$work/ask" "$work/present" || stop 47 "$client: $said"

# As it is now. What cannot be dumped (a view of a table that is gone) makes everything be loaded.
dump_into "$work/now" || : >"$work/now"
complete "$work/now" || : >"$work/now"

awk -v database="$database" -v mark="$mark" -v report="$work/report" "$reader"'
  # Drops what the dump does not know.
  pass == 1 { if ((kind = object_kind($0)) != "") known[kind " " object_name($0)] = 1; next }
  { kind = $1; name = substr($0, length(kind) + 2)
    if (name != mark && !((kind " " name) in known)) { print "DROP " kind " IF EXISTS `" database "`.`" doubled(name) "`;"; print "dropped " kind " " name >report } }
' pass=1 "$from" pass=2 "$work/present" >"$work/drops" || stop 49 "no space for working files beside $from"

# Readers of a table wait behind who waits for its lock: not for long. What the dump does not know goes last, the history
# of the upgrade with it, and the mark after all: cut off anywhere before, the database does not pass for restored.
cat >"$work/load" <<END || stop 49 "no space for working files beside $from"
SET SESSION lock_wait_timeout=20;
CREATE DATABASE IF NOT EXISTS \`$database\`;
CREATE TABLE IF NOT EXISTS \`$database\`.\`$mark\` (begun TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
END
awk -v report="$work/report.tables" "$reader"'
  # The dump without the tables that are equal now.
  FNR == 1 { section = "" }
  pass == 1 { read_line($0, now); if (/^CREATE DATABASE /) present_database = $0; next }
  pass == 2 { read_line($0, wanted); next }
  { enter($0)
    if (section == "" || !(section in now) || now[section] != wanted[section]) {
      print
      if (/^CREATE DATABASE / && $0 != present_database) { line = $0; sub(/^CREATE DATABASE .*IF NOT EXISTS\*\/ /, "ALTER DATABASE ", line); print line }
      if (section != "" && !(section in told)) { told[section] = 1; print "loaded " section >report }
    } else if (!(section in told)) { told[section] = 1; print "kept " section >report } }
' pass=1 "$work/now" pass=2 "$from" pass=3 "$from" >>"$work/load" || stop 49 "no space for working files beside $from"

{ printf 'SET FOREIGN_KEY_CHECKS=0;\n' && cat "$work/drops" && printf 'DROP TABLE `%s`.`%s`;\n' "$database" "$mark"; } >>"$work/load" || stop 49 "no space for working files beside $from"

run_sql "$work/load" "$work/answer" || stop 47 "$client: $said"

dump_into "$work/after" || stop 48 "loaded, but it cannot be dumped for comparison: $said"
complete "$work/after" || stop 48 "loaded, but its dump for comparison is not complete"
awk "$reader"'
  pass == 1 { read_line($0, wanted); next }
  FNR == 1 { section = ""; wanted_maker = maker; maker = ""; for (name in shape) { wanted_shape[name] = shape[name]; delete shape[name] }
             wanted_other = other; other = ""; wanted_database = now_database; now_database = "" }
  { read_line($0, got) }
  END {
    if (maker != wanted_maker) { print "verified names"; same_maker = 0 } else { print "verified content"; same_maker = 1 }
    for (name in wanted) {
      if (!(name in got)) print "wrong " name " is missing"
      else if (same_maker && shape[name] != wanted_shape[name]) print "wrong " name " has another definition"
      else if (same_maker && got[name] != wanted[name]) print "written " name
    }
    for (name in got) if (!(name in wanted)) print "wrong " name " is too many"
    if (same_maker && (other != wanted_other || now_database != wanted_database)) print "wrong views, routines or events differ"
  }
' pass=1 "$from" pass=2 "$work/after" >"$work/verdict" || stop 48 "loaded, but it cannot be compared"
cat "$work/report" "$work/report.tables" "$work/verdict" 2>/dev/null
if grep -q '^wrong ' "$work/verdict"; then
  stop 48 "loaded, but it is not what was dumped: $(sed -n 's/^wrong //p' "$work/verdict" | head -n 5 | tr '\n' ';')"
fi
exit 0
)sh";

// Reads the text of mysqldump and mariadb-dump. A table's section begins with its heading and holds its definition,
// its rows and its triggers; `other` is what belongs to no table.
constexpr const char* kReader = R"awk(
function between(line, a, b) { a = index(line, "`"); line = substr(line, a + 1); b = length(line); while (b > 0 && substr(line, b, 1) != "`") b--; line = substr(line, 1, b - 1); gsub(/``/, "`", line); return line }
function doubled(name) { gsub(/`/, "``", name); return name }
function object_kind(line) {
  if (line ~ /^-- Table structure for table `/) return "TABLE"
  if (line ~ /^-- Temporary (table|view) structure for view `/) return "VIEW"
  if (line ~ /^-- Sequence structure for `/) return "SEQUENCE"
  if (line ~ /DROP EVENT IF EXISTS `/) return "EVENT"
  if (line ~ /DROP PROCEDURE IF EXISTS `/) return "PROCEDURE"
  if (line ~ /DROP FUNCTION IF EXISTS `/) return "FUNCTION"
  if (line ~ /DROP PACKAGE BODY IF EXISTS `/) return "PACKAGE BODY"
  if (line ~ /DROP PACKAGE IF EXISTS `/) return "PACKAGE"
  return ""
}
function object_name(line) { return between(line) }
function enter(line) {
  if (line ~ /^-- Table structure for table `/) { section = between(line); rows = 0 }
  else if (line ~ /^-- (Temporary (table|view) structure|Sequence structure|Dumping events|Dumping routines|Final view structure)/) section = ""
  else if (line ~ /^\/\*!40103 SET TIME_ZONE=@OLD_TIME_ZONE/) section = ""
}
function read_line(line, tables) {
  enter(line)
  if (line ~ /^-- (MariaDB|MySQL) dump /) maker = line
  if (line ~ /^CREATE DATABASE /) now_database = line
  if (line == "--" || line == "" ) return
  if (section == "") { if (line !~ /^-- / && line !~ /^CREATE DATABASE /) other = other line "\n"; return }
  if (line ~ /^-- Dumping data for table /) rows = 1
  tables[section] = tables[section] line "\n"
  if (!rows || line !~ /^INSERT INTO /) { sub(/ AUTO_INCREMENT=[0-9]+/, "", line); shape[section] = shape[section] line "\n" }
}
)awk";

std::vector<std::string> values_of(std::string_view out, std::string_view name) {
  std::vector<std::string> values;
  for (const auto line : lines_of(out)) {
    if (line.size() > name.size() && line.starts_with(name) && line[name.size()] == ' ') values.emplace_back(line.substr(name.size() + 1));
  }
  return values;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string told(const std::string& from, const CommandOutput& output, const std::string& where) {
  const auto dropped = values_of(output.out, "dropped");
  const auto written = values_of(output.out, "written");
  std::string text = where + " is as in " + from + ": " + std::to_string(values_of(output.out, "loaded").size()) + " tables loaded, " +
                     std::to_string(values_of(output.out, "kept").size()) + " were equal";
  if (!dropped.empty()) text += ", dropped " + joined(dropped);
  if (printed(output.out, "verified") == "names") text += "; only the tables' names could be compared, the dump being another program's";
  if (!written.empty()) text += "; rows written meanwhile in " + joined(written);
  return text;
}

std::vector<std::string> describe_restore(const Json& json) {
  const ArgumentReader args(json);
  const std::string client = args.text("command").value_or("mysql");
  const std::string port = "--port=" + args.text("port").value_or("3306");
  const std::string database = args.text("database").value_or("");
  return {shown_command({client, "--defaults-extra-file=/dev/stdin", port, "--execute", "DROP TABLE IF EXISTS " + database + ".<every table that is not in the dump>"}),
          shown_command({client, "--defaults-extra-file=/dev/stdin", port}) + " < " + shown_command({args.text("from").value_or("")})};
}

OperationResult restore(const OperationRequest& request) {
  Account account(request);
  const ArgumentReader args(request.args);
  auto login = mysql_login(args, request.secrets);
  if (!login) return account.failed(login.error().text);
  if (!plain_database_name(login->database)) return account.failed("'" + login->database + "' is no plain name of a database");
  const std::string from = args.text("from").value_or("");
  if (from.empty() || from.front() != '/') return account.failed("the dump must be an absolute path, not '" + from + "'");
  const auto command = database_script(kRestoreScript, request.host, args.port(), *login, {args.text("command").value_or(""), from, kReader, kRestoreMark});
  const auto output = account.run(describe_restore(request.args).back(), command);
  const std::string where = login->database + " on " + request.host.name();
  if (!output) return account.lost(output.error(), "restore of " + where);
  for (const char* name : {"loaded", "kept", "dropped", "written"}) account.note(name, values_of(output->out, name));
  if (!output->ok())
    return account.failed("restore of " + where + ": " + (output->signal != 0 ? "ended by signal " + std::to_string(output->signal) : last_line(output->err)));
  return account.done(told(from, *output, where));
}

}  // namespace

const OperationKind kMysqlRestoreOperation{
    "mysql_restore", "Brings a database back to exactly what a dump holds, touching only what differs, and compares it afterwards.",
    kRestoreArguments, checked_operation<restore, kRestoreArguments>, describe_restore};

}  // namespace interlock
