// See database_host.h.
#include "src/actions/database_host.h"

#include <algorithm>

#include "probes/host_script.h"

namespace interlock {
namespace {

// The login is kept in a shell variable that is not exported, and given to each program by printf, which is part of
// the shell: it is in no argument list, no environment and no file. A program gets it through a pipe as an option
// file. HOME leads nowhere, so that nobody's own ~/.my.cnf overrides it.
constexpr const char* kShared = R"sh(
set -u
umask 077
LC_ALL=C
HOME=/nonexistent
PATH=$PATH:/usr/local/bin:/usr/local/mysql/bin:/usr/bin:/bin
export LC_ALL HOME PATH
login=$(cat)
address=$1 port=$2 database=$3
shift 3

# 44: something is not there; 45: a dump is not complete; 46: an earlier attempt is still at it; 47: a program refused;
# 48: not what it should be afterwards; 49: no space.
stop() { status=$1; shift; printf '%s\n' "$*" >&2; exit "$status"; }

# The first of its arguments that is a command.
first_command() {
  for one; do
    if command -v "$one" >/dev/null 2>&1; then printf '%s\n' "$one"; return 0; fi
  done
  return 1
}

# Holds the file or directory $1 against another dump or restore, also one whose operator has gone.
hold() {
  command -v flock >/dev/null 2>&1 || return 0
  exec 9<"$1" || stop 44 "$1 cannot be opened"
  flock -w 30 9 || stop 46 "an earlier dump or restore still runs on this host"
}

unreachable() { printf '%s' "$1" | grep -q -E '(\(|error: |ERROR )(2002|2003|2005|1130)[^0-9]'; }

choose_dumper() {
  dump_options='--single-transaction --quick --routines --triggers --events --hex-blob --no-tablespaces --default-character-set=utf8mb4'
  help=$("$dumper" --no-defaults --help 2>/dev/null)
  case $help in *--set-gtid-purged*) dump_options="$dump_options --set-gtid-purged=OFF" ;; esac
  case $help in *--column-statistics*) dump_options="$dump_options --column-statistics=0" ;; esac
}

# Dumps into the file $1. What the program says is then in $said.
dump_into() {
  for server in "$address" 127.0.0.1; do
    said=$({ printf '%s\n' "$login" | "$dumper" --defaults-extra-file=/dev/stdin --host="$server" --port="$port" --protocol=tcp \
      $dump_options --databases "$database" >"$1"; } 2>&1)
    dumped=$?
    if [ "$dumped" -eq 0 ] || ! unreachable "$said"; then return "$dumped"; fi
  done
  return "$dumped"
}

complete() { tail -c 200 -- "$1" | grep -q '^-- Dump completed'; }
)sh";

// Quoted as option files want it.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\\\"; break;
      case '"': out += "\\\""; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  return out + "\"";
}

}  // namespace

Secret option_file(const MysqlLogin& login) {
  std::string text = "[client]\nuser=" + quoted(login.user) + "\n";
  if (!login.password.empty()) text += "password=" + quoted(login.password.reveal()) + "\n";
  Secret file(text);
  std::fill(text.begin(), text.end(), '\0');
  return file;
}

bool plain_database_name(std::string_view name) {
  constexpr std::size_t kLongest = 64;
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '-';
  };
  return !name.empty() && name.size() <= kLongest && name.front() != '-' && std::all_of(name.begin(), name.end(), plain);
}

Command database_script(const char* script, const Host& host, std::uint16_t port, const MysqlLogin& login,
                        const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {host.address(), std::to_string(port), login.database};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Command command = host_script(script, std::move(arguments));
  command.argv[2] = std::string(kShared) + script;
  command.secret_input = option_file(login);
  return command;
}

}  // namespace interlock
