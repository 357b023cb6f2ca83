// Unpacks a package that was uploaded: `unpack` to a directory of its own, which appears at once, complete and with a
// mark of the package in it, or not at all; `unpack_into` into a directory that is there, each of its entries at once.
// Nothing that was not unpacked by itself is ever removed.
#include <filesystem>

#include <fmt/format.h>

#include "probes/host_script.h"
#include "probes/package_mark.h"
#include "probes/text.h"
#include "src/actions/account.h"
#include "src/actions/kinds.h"
#include "src/actions/unpacked_size.h"

namespace interlock {
namespace {

constexpr ProbeArgument kUnpackArguments[] = {
    {"package", ProbeArgument::Type::text, true, "the package; only its file name counts"},
    {"from", ProbeArgument::Type::text, true, "the host's directory that it was uploaded to"},
    {"to", ProbeArgument::Type::text, true, "the directory that the package's own top directory becomes"},
    {"owner", ProbeArgument::Type::text, false, "user and group that own what was unpacked"},
    {"sha256", ProbeArgument::Type::sha256, true, "the package's SHA-256"},
};
constexpr ProbeArgument kUnpackIntoArguments[] = {
    {"package", ProbeArgument::Type::text, true, "the package; only its file name counts"},
    {"from", ProbeArgument::Type::text, true, "the host's directory that it was uploaded to"},
    {"to", ProbeArgument::Type::text, true, "an existing directory"},
};

enum Refusal : int {
  kBusy = 90,
  kWrongSum = 91,
  kForeign = 92,
  kLayout = 93,
  kNoRoom = 94,
  kOwner = 95,
  kTar = 96,
  kNotPlaced = 97,
  kNoPackage = 98,
};

// Shared by both. An attempt whose connection broke may still be at work on the host: the lock on the spool directory
// keeps it and the next one apart. Member names are looked at before anything is written; `tar` refuses bad ones too.
// Room is asked for beforehand, so that the disk of a host that is serving is not filled to find out.
constexpr std::string_view kCommon = R"sh(
LC_ALL=C
export LC_ALL
room() { df -P -B1 -- "$1" | awk 'NR == 2 { print $4 }'; }
durable() { sync -f -- "$1" 2>/dev/null || sync; }
lock() {
  exec 9<"$(dirname -- "$1")" || exit 1
  if command -v flock >/dev/null; then flock -w 20 9 || exit 90; fi
}
listed() {
  tar -tvf "$1" --numeric-owner --quoting-style=escape > "$2" || exit 96
}
check() {
  awk '
    { type = substr($1, 1, 1); size += (type == "-") ? $3 + 4096 : 4096
      name = $0; sub(/^[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ /, "", name)
      if (type == "l") sub(/ -> .*/, "", name)
      if (type == "h") sub(/ link to .*/, "", name)
      sub(/^(\.\/)+/, "", name)
      if (name == "" || name == ".") next
      if (name ~ /^\// || name ~ /(^|\/)\.\.(\/|$)/) { print "bad " name; bad = 1; exit }
      top = name; sub(/\/.*/, "", top); tops[top] = 1; files++ }
    END { if (!bad) { n = 0; for (top in tops) n++; printf "tops %d\nneeded %.0f\nmembers %d\n", n, size, files } }
  ' "$1"
}
)sh";

constexpr std::string_view kUnpack = R"sh(
archive=$1 to=$2 owner=$3 sum=$4 mark=$5 temporary=$2.unpacking
folder=$(dirname -- "$to")
[ -f "$archive" ] || exit 98
lock "$archive"
is=$(sha256sum < "$archive") || exit 1
[ "${is%% *}" = "$sum" ] || { printf 'sha256 %s\n' "${is%% *}"; exit 91; }
rm -rf -- "$temporary" "$temporary.old" || exit 1
if [ -e "$to" ] || [ -L "$to" ]; then
  is=$(head -c 200 -- "$to/$mark" 2>/dev/null) || exit 92
  [ "$is" = "$sum" ] && { echo 'already yes'; exit 0; }
  [ "${#is}" = 64 ] || exit 92
fi
mkdir -m 755 -- "$temporary" || exit 1
trap 'rm -rf -- "$temporary"' EXIT
trap 'exit 1' TERM INT HUP
if [ -n "$owner" ]; then : > "$temporary/.members" && chown -- "$owner" "$temporary/.members" || exit 95; fi
listed "$archive" "$temporary/.members"
found=$(check "$temporary/.members")
printf '%s\n' "$found"
case $found in 'tops 1
'*) ;; *) exit 93 ;; esac
needed=${found#*needed }
needed=${needed%%
*}
left=$(room "$temporary")
printf 'left %s\n' "$left"
[ "$left" -gt "$needed" ] || exit 94
rm -f -- "$temporary/.members"
tar -xf "$archive" -C "$temporary" --strip-components=1 --no-same-owner || { printf 'now %s\n' "$(room "$temporary")"; exit 96; }
[ -n "$(ls -A -- "$temporary")" ] || { echo 'empty yes'; exit 93; }
if [ -n "$owner" ]; then chown -R -- "$owner" "$temporary" || exit 95; fi
durable "$temporary"
printf '%s\n' "$sum" > "$temporary/$mark" || exit 96
if [ -n "$owner" ]; then chown -- "$owner" "$temporary/$mark" || exit 95; fi
durable "$temporary/$mark"
if [ -e "$to" ]; then mv -T -- "$to" "$temporary.old" || exit 97; fi
mv -T --no-clobber -- "$temporary" "$to" || exit 97
[ -e "$temporary" ] && exit 97
durable "$folder"
rm -rf -- "$temporary.old"
)sh";

constexpr std::string_view kUnpackInto = R"sh(
archive=$1 to=$2 temporary=$2/.interlock-unpacking
[ -f "$archive" ] || exit 98
lock "$archive"
rm -rf -- "$temporary" || exit 1
mkdir -m 700 -- "$temporary" || exit 1
trap 'rm -rf -- "$temporary"' EXIT
trap 'exit 1' TERM INT HUP
listed "$archive" "$temporary/.members"
found=$(check "$temporary/.members")
printf '%s\n' "$found"
case $found in tops*) ;; *) exit 93 ;; esac
needed=${found#*needed }
needed=${needed%%
*}
left=$(room "$temporary")
printf 'left %s\n' "$left"
[ "$left" -gt "$needed" ] || exit 94
rm -f -- "$temporary/.members"
mkdir -m 755 -- "$temporary/new" "$temporary/old" || exit 1
tar -xf "$archive" -C "$temporary/new" --no-same-owner || { printf 'now %s\n' "$(room "$temporary")"; exit 96; }
durable "$temporary"
for entry in "$temporary/new/"* "$temporary/new/".[!.]* "$temporary/new/"..?*; do
  [ -e "$entry" ] || [ -L "$entry" ] || continue
  name=${entry##*/}
  if [ -e "$to/$name" ] || [ -L "$to/$name" ]; then mv -T -- "$to/$name" "$temporary/old/$name" || exit 97; fi
  mv -T --no-clobber -- "$entry" "$to/$name" || exit 97
  [ -e "$entry" ] && exit 97
done
durable "$to"
)sh";

constexpr std::string_view kList = R"sh(
tar -tvf "$1" --numeric-owner --quoting-style=escape | check -
)sh";

Command unpacker(std::string_view script, std::vector<std::string> arguments) {
  return host_script((std::string(kCommon) + std::string(script)).c_str(), std::move(arguments));
}

struct Package {
  std::string archive, to, owner, sum;
  explicit Package(const Json& args) {
    const ArgumentReader reader(args);
    const std::string name = std::filesystem::path(reader.text("package").value_or("")).filename().string();
    const std::string from = reader.text("from").value_or("");
    archive = (from.ends_with('/') ? from : from + "/") + name;
    to = reader.text("to").value_or("");
    owner = reader.text("owner").value_or("");
    sum = lower_case(reader.text("sha256").value_or(""));
    while (to.size() > 1 && to.ends_with('/')) to.pop_back();
  }
};

std::string bytes_printed(const CommandOutput& output, std::string_view name) {
  const auto text = printed(output.out, name);
  const auto bytes = text ? whole_number(*text) : std::nullopt;
  return bytes ? in_bytes(*bytes) : "an unknown number of bytes";
}

std::string layout_problem(const CommandOutput& output) {
  if (const auto bad = printed(output.out, "bad")) return "it holds a member that leads out of its directory: " + one_line(*bad);
  if (printed(output.out, "empty")) return "it holds nothing below its top directory";
  return fmt::format("it must hold one top directory, not {}", printed(output.out, "tops").value_or("an unknown number"));
}

std::string refusal(const Package& package, const CommandOutput& output) {
  const std::string what = fmt::format("{} is not unpacked to {}: ", package.archive, package.to);
  if (output.signal != 0) return what + command_failure("unpacking", output).text;
  const std::string said = last_line(output.err);
  switch (output.exit_status) {
    case kBusy: return what + "an earlier attempt is still at work on the host";
    case kWrongSum: return what + fmt::format("the package on the host has SHA-256 {}, not {}", printed(output.out, "sha256").value_or("?"), package.sum);
    case kForeign: return what + "that directory exists and was not unpacked by Interlock; look at what it is, and move it away by hand";
    case kLayout: return what + layout_problem(output);
    case kNoRoom: return what + fmt::format("disk full: {} left, {} needed; nothing was unpacked", bytes_printed(output, "left"), bytes_printed(output, "needed"));
    case kOwner: return what + fmt::format("the owner {} cannot be given: {}", package.owner, said);
    case kNotPlaced: return what + "the directory could not be put in place: " + said;
    case kNoPackage: return what + "the package is not there; it is uploaded first";
  }
  const bool full = output.err.find("No space left on device") != std::string::npos || output.err.find("quota exceeded") != std::string::npos;
  if (full) return fmt::format("disk full while unpacking {} to {}: {} left; what was unpacked is removed again", package.archive, package.to, bytes_printed(output, "now"));
  return what + command_failure("tar", output).text;
}

OperationResult conclude(Account& account, const Package& package, const Result<CommandOutput>& output) {
  if (!output) return account.lost(output.error(), fmt::format("unpacking {} to {}", package.archive, package.to));
  if (!output->ok()) return account.failed(refusal(package, *output));
  if (printed(output->out, "already")) return account.done(package.to + " holds this package already");
  return account.done(fmt::format("{} is unpacked to {}: {} members, {}", package.archive, package.to,
                                  printed(output->out, "members").value_or("?"), bytes_printed(*output, "needed")));
}

std::vector<std::string> describe_unpack(const Json& args) {
  const Package package(args);
  std::vector<std::string> lines = {shown_command({"mkdir", package.to}),
                                    shown_command({"tar", "-xf", package.archive, "-C", package.to, "--strip-components=1"})};
  if (!package.owner.empty()) lines.push_back(shown_command({"chown", "-R", package.owner, package.to}));
  return lines;
}

OperationResult unpack(const OperationRequest& request) {
  Account account(request);
  const Package package(request.args);
  if (!is_sha256(package.sum)) return account.failed("sha256 must be 64 hexadecimal digits, not '" + one_line(package.sum, 70) + "'");
  const auto output = account.run(describe_unpack(request.args)[1],
                                  unpacker(kUnpack, {package.archive, package.to, package.owner, package.sum, kPackageMark}));
  return conclude(account, package, output);
}

std::vector<std::string> describe_unpack_into(const Json& args) {
  const Package package(args);
  return {shown_command({"tar", "-xf", package.archive, "-C", package.to})};
}

OperationResult unpack_into(const OperationRequest& request) {
  Account account(request);
  const Package package(request.args);
  const auto output = account.run(describe_unpack_into(request.args)[0], unpacker(kUnpackInto, {package.archive, package.to}));
  return conclude(account, package, output);
}

}  // namespace

Result<long long> unpacked_bytes(Host& host, const std::string& archive, Deadline deadline) {
  const auto output = host.run(unpacker(kList, {archive}), deadline);
  if (!output) return tl::unexpected(output.error());
  const auto needed = printed(output->out, "needed");
  const auto bytes = needed ? whole_number(*needed) : std::nullopt;
  if (!output->ok() || !bytes) return failure(Cause::protocol, archive + " cannot be listed");
  return *bytes;
}

const OperationKind kUnpackOperation{"unpack", "Unpacks an uploaded package to a directory that appears complete and marked, or not at all.",
                                     kUnpackArguments, checked_operation<unpack, kUnpackArguments>, describe_unpack};
const OperationKind kUnpackIntoOperation{"unpack_into", "Unpacks an uploaded package into an existing directory.",
                                         kUnpackIntoArguments, checked_operation<unpack_into, kUnpackIntoArguments>, describe_unpack_into};

}  // namespace interlock
