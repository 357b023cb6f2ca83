// Which package a directory was unpacked from: by the mark that unpacking writes last (package_mark.h). It does not
// look at anything else in the directory, so an edited tree is still "new". One command on the host.
#include "probes/arguments.h"
#include "probes/host_script.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/package_mark.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr int kAbsent = 96;
constexpr int kNoDirectory = 97;

// $1 directory, $2 name of the mark. Prints the mark's first bytes in Base64, or nothing when there is none.
constexpr const char* kScript = R"sh(
LC_ALL=C
export LC_ALL
kind=$(stat -L -c %F -- "$1") || { [ -L "$1" ] && exit 97; exit 96; }
[ "$kind" = directory ] || exit 97
mark=$1/$2
stat -c %F -- "$mark" >/dev/null || exit 0
[ -f "$mark" ] || exit 0
head -c 200 < "$mark" | base64 | tr -d '\n'
)sh";

std::string_view without_newline(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

}  // namespace

Reading observe_tree(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::string path = args.text("path").value_or("");
  const std::string sum = lower_case(args.text("package_sha256").value_or(""));
  const ObservationTimer timer("directory " + path + " on " + request.host.name());
  if (!is_sha256(sum)) return timer.unknown(Cause::internal, "package_sha256 must be 64 hexadecimal digits");
  const auto output = request.host.run(host_script(kScript, {path, kPackageMark}), request.deadline);
  if (!output) return timer.unknown(output.error());
  const int status = output->signal == 0 ? output->exit_status : -1;
  if (status == kNoDirectory) return timer.unknown(Cause::protocol, path + " is there and is not a directory");
  if (status == kAbsent) {
    const Failure why = command_failure("looking at " + path, *output);
    if (why.cause != Cause::missing) return timer.unknown(why);
    return timer.known("absent", "absent, in " + timer.took_ms());
  }
  if (!output->ok()) return timer.unknown(command_failure("looking at " + path, *output));
  // Silence about the mark is "no mark" only when nothing forbade to look.
  if (output->out.empty() && !output->err.empty()) {
    const Failure why = command_failure("looking at the mark in " + path, *output);
    if (why.cause != Cause::missing) return timer.unknown(why);
  }
  const auto mark = from_base64(output->out);
  if (!mark) return timer.unknown(Cause::protocol, "the mark in " + path + " was not printed whole");
  const std::string_view is = without_newline(*mark);
  if (is == sum) return timer.known("new", "unpacked from the package with SHA-256 " + sum + ", in " + timer.took_ms());
  const std::string saw = is.empty()        ? "no package's mark"
                          : is_sha256(is)   ? "unpacked from the package with SHA-256 " + std::string(is)
                                            : "a mark that is no SHA-256";
  return timer.known("old", saw + ", in " + timer.took_ms());
}

}  // namespace interlock
