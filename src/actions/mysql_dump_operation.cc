// Dumps a database on its own host into one file: first beside it under another name, checked to be complete, written
// to the disk, and only then put in its place. It keeps no older dump.
#include "probes/mysql_login.h"
#include "src/actions/account.h"
#include "src/actions/database_host.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

using Type = ProbeArgument::Type;

constexpr ProbeArgument kDumpArguments[] = {
    {"command", Type::text, true, "mysqldump or mariadb-dump"},
    {"to", Type::text, true, "the file on the host"},
    {"port", Type::number, true, "the server's port"},
    {"user", Type::text, true, "the user to log in as"},
    {"password", Type::secret, false, "the reference of the user's password"},
    {"database", Type::text, true, "the database to dump"},
};

// $1 the command, $2 the file
constexpr const char* kDumpScript = R"sh(
dumper=$(first_command "$1" mysqldump mariadb-dump) || stop 44 "neither $1 nor mysqldump nor mariadb-dump is installed here"
to=$2
directory=$(dirname -- "$to")
mkdir -p -- "$directory" || stop 47 "$directory cannot be made"
hold "$directory"
choose_dumper

no_space() {
  free=$(df -Pk -- "$directory" 2>/dev/null | awk 'NR == 2 { print $4 }')
  stop 49 "no space left for the dump in $directory: ${free:-?} kB free"
}

rm -f -- "$to".partial.*
partial=$(mktemp -- "$to.partial.XXXXXX") || no_space
trap 'rm -f -- "$partial"' EXIT
trap 'exit 143' HUP INT TERM
if ! dump_into "$partial"; then
  case $said in *'errno 28'*|*'No space left'*|*'rror 28'*) no_space ;; esac
  stop 47 "$dumper: $said"
fi
complete "$partial" || stop 45 "$dumper ended well, but the file does not end as a complete dump: $said"
sync -- "$partial" 2>/dev/null || no_space
tables=$(grep -c '^-- Table structure for table' "$partial")
size=$(wc -c <"$partial")
sum=$(sha256sum <"$partial") || sum=
mv -f -- "$partial" "$to" || stop 47 "the dump cannot be put in place"
sync -- "$directory" 2>/dev/null
trap - EXIT
printf 'dumper %s\nserver %s\ntables %s\nsize %s\nsha256 %s\n' "$dumper" "$server" "$tables" "$size" "${sum%% *}"
)sh";

std::vector<std::string> describe_dump(const Json& json) {
  const ArgumentReader args(json);
  return {shown_command({args.text("command").value_or("mysqldump"), "--defaults-extra-file=/dev/stdin", "--port=" + args.text("port").value_or("3306"),
                         "--single-transaction", "--quick", "--routines", "--triggers", "--events", "--hex-blob", "--databases",
                         args.text("database").value_or("")}) +
              " > " + shown_command({args.text("to").value_or("")}),
          "tail -n 1 " + shown_command({args.text("to").value_or("")}) + "   # -- Dump completed"};
}

OperationResult dump(const OperationRequest& request) {
  Account account(request);
  const ArgumentReader args(request.args);
  auto login = mysql_login(args, request.secrets);
  if (!login) return account.failed(login.error().text);
  if (!plain_database_name(login->database)) return account.failed("'" + login->database + "' is no plain name of a database");
  const std::string to = args.text("to").value_or("");
  if (to.empty() || to.front() != '/') return account.failed("the dump's file must be an absolute path, not '" + to + "'");
  const auto command = database_script(kDumpScript, request.host, args.port(), *login, {args.text("command").value_or(""), to});
  const auto output = account.run(describe_dump(request.args).front(), command);
  const std::string doing = "dump of " + login->database + " on " + request.host.name();
  if (!output) return account.lost(output.error(), doing);
  if (!output->ok()) return account.failed(doing + ": " + (output->signal != 0 ? "ended by signal " + std::to_string(output->signal) : last_line(output->err)));
  for (const char* name : {"dumper", "server", "tables", "size", "sha256"}) {
    if (const auto value = printed(output->out, name)) account.note(name, *value);
  }
  const long long size = std::atoll(printed(output->out, "size").value_or("0").c_str());
  return account.done(login->database + " dumped to " + to + " on " + request.host.name() + ": " + printed(output->out, "tables").value_or("?") +
                      " tables, " + in_bytes(size));
}

}  // namespace

const OperationKind kMysqlDumpOperation{
    "mysql_dump", "Dumps a database into a file on its host; the file is complete when it is there.",
    kDumpArguments, checked_operation<dump, kDumpArguments>, describe_dump};

}  // namespace interlock
