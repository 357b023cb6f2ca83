// Gives a directory or file another name: `rename` to exactly that name, never over something that is there and never
// by copying; `set_away` to the first name that is free. Both are one rename(2) on the host, made durable.
#include <fmt/format.h>

#include "probes/host_script.h"
#include "probes/text.h"
#include "src/actions/account.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

constexpr ProbeArgument kRenameArguments[] = {
    {"from", ProbeArgument::Type::text, true, "what is renamed"},
    {"to", ProbeArgument::Type::text, true, "its new name, which must be free and on the same file system"},
};
constexpr ProbeArgument kSetAwayArguments[] = {
    {"from", ProbeArgument::Type::text, true, "what is renamed; nothing is done when it is absent"},
    {"to", ProbeArgument::Type::text, true, "its new name; when taken, the first free one of .2, .3, …"},
};

constexpr int kTaken = 90;
constexpr int kAbsent = 91;
constexpr int kOtherFileSystem = 92;
constexpr int kNotMoved = 93;
constexpr int kNoFreeName = 94;

// Shared by both: move FROM TO. The device and number of what was moved are compared afterwards, since what an
// earlier or a foreign hand puts at TO in between must not pass for it. `mv` without a clobber does not say that it
// did nothing.
constexpr std::string_view kMove = R"sh(
LC_ALL=C
export LC_ALL
there() { [ -e "$1" ] || [ -L "$1" ]; }
move() {
  there "$2" && return 90
  there "$1" || return 91
  is=$(stat -c '%d:%i' -- "$1") || return 1
  folder=$(dirname -- "$2")
  device=$(stat -L -c '%d' -- "$folder") || return 1
  # A file's own device says nothing on an overlay; that of the folder it is in does.
  if [ -d "$1" ] && [ ! -L "$1" ]; then from=${is%%:*}; else from=$(stat -L -c '%d' -- "$(dirname -- "$1")") || return 1; fi
  [ "$from" = "$device" ] || return 92
  mv -T --no-clobber -- "$1" "$2" || return 1
  [ "$(stat -c '%d:%i' -- "$2" 2>/dev/null)" = "$is" ] && ! there "$1" || return 93
  sync -- "$folder" 2>/dev/null || sync
}
)sh";

constexpr std::string_view kRename = R"sh(
move "$1" "$2"
)sh";

constexpr std::string_view kSetAway = R"sh(
there "$1" || exit 91
to=$2
n=1
while :; do
  move "$1" "$to"
  status=$?
  [ "$status" = 0 ] && { printf 'to %s\n' "$to"; exit 0; }
  [ "$status" = 90 ] || exit "$status"
  n=$((n + 1))
  [ "$n" -gt 999 ] && exit 94
  to=$2.$n
done
)sh";

Command mover(std::string_view script, const std::string& from, const std::string& to) {
  return host_script((std::string(kMove) + std::string(script)).c_str(), {from, to});
}

struct Names {
  std::string from, to;
  explicit Names(const Json& args)
      : from(ArgumentReader(args).text("from").value_or("")), to(ArgumentReader(args).text("to").value_or("")) {}
};

std::string refusal(const Names& names, const CommandOutput& output) {
  const std::string what = fmt::format("{} is not renamed to {}: ", names.from, names.to);
  if (output.signal == 0) {
    switch (output.exit_status) {
      case kTaken: return what + names.to + " exists already; look at what it is, and move it away by hand";
      case kAbsent: return what + names.from + " does not exist";
      case kOtherFileSystem: return what + "they are on different file systems, where renaming is copying";
      case kNotMoved: return what + "something else was put there at the same moment; look at both by hand";
      case kNoFreeName: return what + "a thousand such names are taken already";
    }
  }
  return what + command_failure("mv", output).text;
}

OperationResult rename(const OperationRequest& request) {
  Account account(request);
  const Names names(request.args);
  const auto output = account.run(shown_command({"mv", names.from, names.to}), mover(kRename, names.from, names.to));
  if (!output) return account.lost(output.error(), fmt::format("renaming {} to {}", names.from, names.to));
  if (output->ok()) return account.done(fmt::format("{} is now {}", names.from, names.to));
  // Both may be there without that: then nothing was renamed, by us or an earlier attempt.
  if (request.again && output->signal == 0 && output->exit_status == kTaken) {
    const auto gone = account.run(shown_command({"test", "!", "-e", names.from}),
                                  host_script("! [ -e \"$1\" ] && ! [ -L \"$1\" ]", {names.from}));
    if (!gone) return account.lost(gone.error(), fmt::format("renaming {} to {}", names.from, names.to));
    if (gone->ok()) return account.done(fmt::format("{} is {} already, by the earlier attempt", names.from, names.to));
  }
  return account.failed(refusal(names, *output));
}

OperationResult set_away(const OperationRequest& request) {
  Account account(request);
  const Names names(request.args);
  const auto output = account.run(shown_command({"mv", names.from, names.to}), mover(kSetAway, names.from, names.to));
  if (!output) return account.lost(output.error(), fmt::format("setting {} away to {}", names.from, names.to));
  if (output->signal == 0 && output->exit_status == kAbsent)
    return account.done(names.from + " does not exist: nothing to set away");
  if (!output->ok()) return account.failed(refusal(names, *output));
  const std::string to = printed(output->out, "to").value_or(names.to);
  account.note("to", valid_utf8(to));
  return account.done(fmt::format("{} is now {}", names.from, to));
}

std::vector<std::string> describe_rename(const Json& args) {
  const Names names(args);
  return {shown_command({"mv", names.from, names.to})};
}

std::vector<std::string> describe_set_away(const Json& args) {
  const Names names(args);
  return {fmt::format("{}   # if there; to {}.2, .3, … when that name is taken", shown_command({"mv", names.from, names.to}),
                      names.to)};
}

}  // namespace

const OperationKind kRenameOperation{"rename", "Renames a directory or file; never over something, never by copying.",
                                     kRenameArguments, checked_operation<rename, kRenameArguments>, describe_rename};
const OperationKind kSetAwayOperation{"set_away", "Renames what is there, if anything, to the first free name.",
                                      kSetAwayArguments, checked_operation<set_away, kSetAwayArguments>, describe_set_away};

}  // namespace interlock
