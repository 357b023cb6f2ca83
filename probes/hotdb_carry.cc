// See hotdb_carry.h.
#include "probes/hotdb_carry.h"

#include <algorithm>

#include "probes/host_script.h"
#include "probes/log4j_xml.h"
#include "probes/server_xml.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::size_t kMostBytes = 4 << 20;

// $1 old directory, $2 new directory: "there NAME" or "missing NAME" for each ndbsql* of the old one.
constexpr const char* kNdbSql = R"sh(
LC_ALL=C
export LC_ALL
[ -d "$1" ] && [ -d "$2" ] || { ls -d -- "$1" "$2" >/dev/null; exit 96; }
for entry in "$1"/ndbsql*; do
  [ -e "$entry" ] || [ -L "$entry" ] || continue
  name=${entry##*/}
  if [ -e "$2/$name" ] || [ -L "$2/$name" ]; then echo "there $name"; else echo "missing $name"; fi
done
)sh";

using Merge = ConfigMerge (*)(const HotdbDirectories&, const std::string& before, const std::string& fresh, const std::string& name);

ConfigMerge merge_server(const HotdbDirectories& homes, const std::string& before, const std::string& fresh, const std::string& name) {
  return merge_server_xml(before, fresh, MergeSource::same_node, homes.old_home + "/" + name, homes.new_home + "/" + name);
}
ConfigMerge merge_script(const HotdbDirectories& homes, const std::string& before, const std::string& fresh, const std::string& name) {
  return merge_start_script(before, fresh, homes.java, homes.old_home + "/" + name, homes.new_home + "/" + name);
}
ConfigMerge merge_log4j(const HotdbDirectories& homes, const std::string& before, const std::string& fresh, const std::string& name) {
  return merge_log4j_xml(before, fresh, homes.old_home + "/" + name, homes.new_home + "/" + name);
}

struct Wanted {
  const char* name;
  bool needed;
  Merge merge;
};
constexpr Wanted kFiles[] = {
    {"conf/server.xml", true, merge_server},
    {"bin/hotdb_server", true, merge_script},
    {"conf/log4j2.xml", false, merge_log4j},
};

bool role_key(const std::string& key) { return key == "haState" || key == "haNodeHost"; }

void count(CarriedFile& file, const std::string& fresh, bool roles_are_own) {
  const bool server = file.name == kFiles[0].name;
  std::size_t roles = 0;
  for (const ConfigDifference& difference : file.merge.differences) {
    if (difference.what != Carried::carried) continue;
    if (roles_are_own && server && role_key(difference.key)) {
      ++roles;
    } else {
      ++file.left;
    }
  }
  const bool differs = file.merge.text != fresh;
  if (differs && file.left == 0 && roles == 0) file.left = 1;  // a change without a name is a change
  file.changes = differs && file.left > 0;
}

Result<void> add_file(HotdbCarry& carry, Host& host, const HotdbDirectories& homes, const Wanted& wanted, bool roles_are_own, Deadline deadline) {
  const auto before = host.read_file(homes.old_home + "/" + wanted.name, kMostBytes, deadline);
  if (!before && (wanted.needed || before.error().cause != Cause::missing)) return tl::unexpected(before.error());
  const auto fresh = host.read_file(homes.new_home + "/" + wanted.name, kMostBytes, deadline);
  if (!fresh && (wanted.needed || fresh.error().cause != Cause::missing)) return tl::unexpected(fresh.error());
  if (!before || !fresh) {
    if (before || fresh) carry.notes.push_back(std::string(wanted.name) + " is in the " + (before ? "old" : "new") + " directory only: left as it is");
    return {};
  }
  CarriedFile file;
  file.name = wanted.name;
  try {
    file.merge = wanted.merge(homes, *before, *fresh, file.name);
  } catch (const InputError& error) {
    return failure(Cause::protocol, error.what());
  }
  count(file, *fresh, roles_are_own);
  carry.files.push_back(std::move(file));
  return {};
}

Result<void> add_ndbsql(HotdbCarry& carry, Host& host, const HotdbDirectories& homes, Deadline deadline) {
  const auto output = host.run(host_script(kNdbSql, {homes.old_home, homes.new_home}), deadline);
  if (!output) return tl::unexpected(output.error());
  if (!output->ok()) return tl::unexpected(command_failure("looking for ndbsql*", *output));
  for (const auto line : lines_of(output->out)) {
    constexpr std::string_view kThere = "there ", kMissing = "missing ";
    if (line.starts_with(kThere)) {
      carry.ndbsql_there.emplace_back(line.substr(kThere.size()));
    } else if (line.starts_with(kMissing)) {
      carry.ndbsql_missing.emplace_back(line.substr(kMissing.size()));
    } else {
      return failure(Cause::protocol, "an ndbsql* name cannot be read: " + one_line(line));
    }
  }
  return {};
}

}  // namespace

std::size_t HotdbCarry::left() const {
  std::size_t sum = ndbsql_missing.size();
  for (const CarriedFile& file : files) sum += file.left;
  return sum;
}

bool HotdbCarry::merged() const {
  return ndbsql_missing.empty() && std::none_of(files.begin(), files.end(), [](const CarriedFile& file) { return file.changes; });
}

Result<HotdbCarry> plan_carry(Host& host, const HotdbDirectories& directories, bool roles_are_own, Deadline deadline) {
  HotdbCarry carry;
  for (const Wanted& wanted : kFiles) {
    if (const auto added = add_file(carry, host, directories, wanted, roles_are_own, deadline); !added) return tl::unexpected(added.error());
  }
  if (const auto added = add_ndbsql(carry, host, directories, deadline); !added) return tl::unexpected(added.error());
  return carry;
}

}  // namespace interlock
