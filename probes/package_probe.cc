// Whether a package on the machine that Interlock runs on is the one that is meant: by its SHA-256. Paths are taken as
// they are. It reads the whole file each time.
#include <filesystem>

#include "probes/arguments.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/package_mark.h"
#include "probes/package_name.h"
#include "probes/text.h"

namespace interlock {
namespace {

// "2.5.6" of a name agrees with 2.5.6 and with 2.5.6.1; a name that tells no version agrees with any.
bool agrees(const PackageName& name, std::string_view version) {
  const std::string told = to_string(name.version);
  return version.starts_with(told) && (version.size() == told.size() || version[told.size()] == '.' || version[told.size()] == '-');
}

}  // namespace

Reading observe_package(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::string file = args.text("file").value_or("");
  const std::string sum = lower_case(args.text("sha256").value_or(""));
  Host& control = request.hosts.control();
  const ObservationTimer timer("package " + (file.empty() ? "''" : file) + " on " + control.name());
  if (file.empty()) return timer.known("missing", "the site names no package");
  if (!is_sha256(sum)) return timer.unknown(Cause::internal, "sha256 must be 64 hexadecimal digits");
  const auto there = control.look_at(file, Links::followed, request.deadline);
  if (!there && there.error().cause == Cause::missing) {
    // Where a relative one is looked for depends on where the command was called: said, so that nobody has to guess.
    std::error_code none;
    const std::string from = file.starts_with('/') ? "" : " in " + std::filesystem::current_path(none).string() + ", the current folder";
    return timer.known("missing", "missing" + from + ", in " + timer.took_ms());
  }
  if (!there) return timer.unknown(there.error());
  if (there->kind != FileKind::file) return timer.known("wrong", "not a regular file, in " + timer.took_ms());
  const std::string version = args.text("version").value_or("");
  if (const auto name = parse_package_name(file); name && !version.empty() && !agrees(*name, version))
    return timer.known("wrong", "its name says " + to_string(name->version) + ", and not " + version + " (new_version), in " + timer.took_ms());
  const auto summed = control.sha256(file, request.deadline);
  if (!summed) return timer.unknown(summed.error());
  const std::string& is = *summed;
  const std::string size = std::to_string(there->size) + " bytes";
  if (is == sum) return timer.known("verified", size + " with that SHA-256, in " + timer.took_ms());
  return timer.known("wrong", size + ", SHA-256 is " + is + ", not " + sum + ", in " + timer.took_ms());
}

}  // namespace interlock
