// Carries a compute node's own settings from its old directory into the new version's: server.xml, start script and
// log4j2.xml merged and written at once each, ndbsql* copied to names that appear when they are complete. The old
// directory is read at this moment and never changed. What differs is reported, credentials masked.
#include <fmt/format.h>

#include "probes/host_script.h"
#include "probes/hotdb_carry.h"
#include "probes/text.h"
#include "src/actions/account.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

using Type = ProbeArgument::Type;
constexpr ProbeArgument kSettingsArguments[] = {
    {"old", Type::text, true, "the directory of the old version, set aside"},
    {"new", Type::text, true, "the directory of the new version"},
    {"java_bin", Type::text, false, "JAVA_BIN of the new start script; empty: as in the old one"},
    {"java_version", Type::text, false, "JAVA_VERSION of the new start script"},
    {"owner", Type::text, false, "user and group that own what is copied"},
};
constexpr unsigned kMode = 0640;  // of a file that is not there; one that is keeps its own

// $1 old directory, $2 new directory, $3 owner, then names. An earlier half copy has the temporary name.
constexpr const char* kCopy = R"sh(
LC_ALL=C
export LC_ALL
old=$1 new=$2 owner=$3
shift 3
for name; do
  temporary=$new/.interlock-$name
  rm -rf -- "$temporary" || exit 1
  if ! cp -rp -- "$old/$name" "$temporary"; then
    df -P -B1 -- "$new" | awk 'NR == 2 { print "left " $4 }'
    rm -rf -- "$temporary"
    exit 1
  fi
  if [ -n "$owner" ]; then chown -R -h -- "$owner" "$temporary" || exit 1; fi
  mv -T --no-clobber -- "$temporary" "$new/$name" || exit 1
done
sync -f -- "$new" 2>/dev/null || sync
)sh";

HotdbDirectories directories(const ArgumentReader& args) {
  const std::string bin = args.text("java_bin").value_or("");
  return {args.text("old").value_or(""), args.text("new").value_or(""),
          bin.empty() ? std::nullopt : std::optional(JavaChoice{bin, args.text("java_version").value_or("")})};
}

Json report(const HotdbCarry& carry) {
  Json differences = Json::array();
  for (const CarriedFile& file : carry.files) {
    for (const ConfigDifference& one : file.merge.differences) {
      differences.push_back({{"file", file.name}, {"key", one.key}, {"what", to_string(one.what)}, {"old", one.old_value},
                             {"new", one.new_value}, {"note", one.note}, {"text", valid_utf8(to_string(one))}});
    }
    for (const Diagnostic& one : file.merge.diagnostics)
      differences.push_back({{"file", file.name}, {"what", to_string(one.severity)}, {"text", valid_utf8(to_string(one))}});
  }
  for (const std::string& note : carry.notes) differences.push_back({{"what", "note"}, {"text", note}});
  return differences;
}

std::optional<OperationResult> copy_ndbsql(Account& account, const HotdbDirectories& homes, const std::string& owner,
                                           const std::vector<std::string>& names, const std::string& doing) {
  if (names.empty()) return std::nullopt;
  std::vector<std::string> words = {homes.old_home, homes.new_home, owner}, shown = {"cp", "-rp"};
  for (const std::string& name : names) {
    words.push_back(name);
    shown.push_back(homes.old_home + "/" + name);
  }
  shown.push_back(homes.new_home + "/");
  const auto output = account.run(shown_command(shown), host_script(kCopy, words));
  if (!output) return account.lost(output.error(), doing);
  if (output->ok()) return std::nullopt;
  const auto left = printed(output->out, "left");
  const auto bytes = left ? whole_number(*left) : std::nullopt;
  if (output->err.find("No space left on device") != std::string::npos)
    return account.failed(fmt::format("disk full while copying ndbsql* to {}: {} left", homes.new_home, bytes ? in_bytes(*bytes) : "nothing"));
  return account.failed(doing + ": " + command_failure("copying ndbsql*", *output).text);
}

OperationResult carry_settings(const OperationRequest& request) {
  Account account(request);
  const ArgumentReader args(request.args);
  const HotdbDirectories homes = directories(args);
  const std::string doing = fmt::format("carrying settings from {} over to {} on {}", homes.old_home, homes.new_home, request.host.name());
  const auto carry = plan_carry(request.host, homes, false, request.deadline);
  if (!carry) return account.lost({carry.error().cause, carry.error().text, false}, doing);
  account.note("differences", report(*carry));
  account.note("ndbsql", {{"copied", carry->ndbsql_missing}, {"there", carry->ndbsql_there}});
  std::string changed;
  for (const CarriedFile& file : carry->files) {
    if (!file.changes) continue;
    const auto written = request.host.write_file(homes.new_home + "/" + file.name, file.merge.text, kMode, request.deadline);
    if (!written) return account.lost(written.error(), doing);
    changed += (changed.empty() ? "" : ", ") + file.name;
  }
  if (auto ended = copy_ndbsql(account, homes, args.text("owner").value_or(""), carry->ndbsql_missing, doing)) return std::move(*ended);
  for (const std::string& name : carry->ndbsql_missing) changed += (changed.empty() ? "" : ", ") + name;
  if (changed.empty()) return account.done(homes.new_home + " has all settings already");
  return account.done(fmt::format("carried over to {}: {} ({} values)", homes.new_home, changed, carry->left()));
}

std::vector<std::string> describe_settings(const Json& args) {
  const HotdbDirectories homes = directories(ArgumentReader(args));
  std::vector<std::string> lines;
  for (const char* name : {"conf/server.xml", "bin/hotdb_server", "conf/log4j2.xml"})
    lines.push_back(fmt::format("vi {}/{}   # the values of {}/{}", homes.new_home, name, homes.old_home, name));
  if (homes.java) lines[1] += fmt::format("; JAVA_BIN={} JAVA_VERSION={}", homes.java->bin, homes.java->version);
  lines.push_back(fmt::format("cp -rp {}/ndbsql* {}/   # where there are any", homes.old_home, homes.new_home));
  return lines;
}

}  // namespace

const OperationKind kHotdbSettingsOperation{"hotdb_settings", "Carries a node's own settings into the new version's directory.", kSettingsArguments,
                                            checked_operation<carry_settings, kSettingsArguments>, describe_settings};

}  // namespace interlock
