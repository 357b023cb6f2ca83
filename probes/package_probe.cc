// Whether a package on the machine that Interlock runs on is the one that is meant: by its SHA-256. Paths are taken as
// they are. It reads the whole file each time.
#include "probes/arguments.h"
#include "probes/host_script.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/package_mark.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr int kMissing = 96;
constexpr int kNoFile = 97;

constexpr const char* kScript = R"sh(
LC_ALL=C
export LC_ALL
kind=$(stat -L -c %F -- "$1") || exit 96
case $kind in regular*) ;; *) exit 97 ;; esac
stat -L -c 'size %s' -- "$1"
sha256sum < "$1"
)sh";

}  // namespace

Reading observe_package(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::string file = args.text("file").value_or("");
  const std::string sum = lower_case(args.text("sha256").value_or(""));
  Host& control = request.hosts.control();
  const ObservationTimer timer("package " + (file.empty() ? "''" : file) + " on " + control.name());
  if (file.empty()) return timer.known("missing", "the site names no package");
  if (!is_sha256(sum)) return timer.unknown(Cause::internal, "sha256 must be 64 hexadecimal digits");
  const auto output = control.run(host_script(kScript, {file}), request.deadline);
  if (!output) return timer.unknown(output.error());
  if (output->signal == 0 && output->exit_status == kNoFile)
    return timer.known("wrong", "not a regular file, in " + timer.took_ms());
  if (!output->ok()) {
    const Failure why = command_failure("reading " + file, *output);
    const bool missing = output->exit_status == kMissing && why.cause == Cause::missing;
    return missing ? timer.known("missing", "missing, in " + timer.took_ms()) : timer.unknown(why);
  }
  const auto lines = lines_of(output->out);
  constexpr std::size_t kDigits = 64;
  if (lines.size() < 2 || !is_sha256(lines[1].substr(0, kDigits)))
    return timer.unknown(Cause::protocol, "sha256sum printed no checksum");
  const std::string is(lines[1].substr(0, kDigits));
  const std::string size = std::string(lines[0].substr(lines[0].find(' ') + 1)) + " bytes";
  if (is == sum) return timer.known("verified", size + " with that SHA-256, in " + timer.took_ms());
  return timer.known("wrong", size + ", SHA-256 is " + is + ", not " + sum + ", in " + timer.took_ms());
}

}  // namespace interlock
