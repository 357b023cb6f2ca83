// Which package a directory was unpacked from: by the mark that unpacking writes last (package_mark.h). It does not
// look at anything else in the directory, so an edited tree is still "new".
#include "probes/arguments.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/package_mark.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::size_t kMarkBytes = 200;  // more than a mark has

std::string_view without_newline(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

// Empty when there is none. Silence about it is that only when nothing forbade to look.
Result<std::string> mark_in(Host& host, const std::string& directory, Deadline deadline) {
  const std::string mark = directory + "/" + kPackageMark;
  const auto is = host.look_at(mark, Links::followed, deadline);
  if (!is && is.error().cause != Cause::missing) return tl::unexpected(is.error());
  if (!is || is->kind != FileKind::file) return "";
  return host.read_part(mark, 0, kMarkBytes, deadline);
}

}  // namespace

Reading observe_tree(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::string path = args.text("path").value_or("");
  const std::string sum = lower_case(args.text("package_sha256").value_or(""));
  const ObservationTimer timer("directory " + path + " on " + request.host.name());
  if (!is_sha256(sum)) return timer.unknown(Cause::internal, "package_sha256 must be 64 hexadecimal digits");
  Host& host = request.host;
  const auto there = host.look_at(path, Links::followed, request.deadline);
  const bool nothing = !there && there.error().cause == Cause::missing;
  if (!there && !nothing) return timer.unknown(there.error());
  if (nothing) {
    const auto link = host.look_at(path, Links::shown, request.deadline);
    if (!link && link.error().cause == Cause::missing) return timer.known("absent", "absent, in " + timer.took_ms());
    if (!link) return timer.unknown(link.error());
  }
  if (nothing || there->kind != FileKind::directory)
    return timer.unknown(Cause::protocol, path + " is there and is not a directory");
  const auto mark = mark_in(host, path, request.deadline);
  if (!mark) return timer.unknown(mark.error());
  const std::string_view is = without_newline(*mark);
  if (is == sum) return timer.known("new", "unpacked from the package with SHA-256 " + sum + ", in " + timer.took_ms());
  const std::string saw = is.empty()        ? "no package's mark"
                          : is_sha256(is)   ? "unpacked from the package with SHA-256 " + std::string(is)
                                            : "a mark that is no SHA-256";
  return timer.known("old", saw + ", in " + timer.took_ms());
}

}  // namespace interlock
