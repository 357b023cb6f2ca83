// The name of a HotDB package, what it says, and the rules of the manual that depend on versions.
// Source: the vendor's manual upgrade handbook (names such as hotdb-server-2.5.4-ga-20190812.tar.gz).
// Pure: no I/O. It does not look into the package; a checksum proves the content.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/observation.h"

namespace interlock {

// A released version. Parts are compared as numbers: 2.5.10 is later than 2.5.9.
struct ProductVersion {
  std::uint32_t major = 0, minor = 0, patch = 0;
  auto operator<=>(const ProductVersion&) const = default;
};
[[nodiscard]] std::string to_string(const ProductVersion& version);
// Reads "2.5.4", "V2.5.4", "HotDB-2.5.4" and greetings such as "5.7.23 HotDB-2.5.3 HotDB Server by Hotpu Tech";
// where a text names HotDB, the number after that name counts. Failure: Cause::protocol.
[[nodiscard]] Result<ProductVersion> parse_version(std::string_view text);

struct PackageName {
  std::string product;             // "hotdb-server"
  ProductVersion version;
  std::string stage;               // "ga"
  std::uint32_t build_date = 0;    // 20190812, a real calendar date
  bool operator==(const PackageName&) const = default;
};
// Accepts a path; only its last component counts.
[[nodiscard]] Result<PackageName> parse_package_name(std::string_view name_or_path);
[[nodiscard]] std::string to_string(const PackageName& package);  // the file's name again

// From 2.5.6 on: JDK 8 and the licence scheme of the vendor's own.
inline constexpr ProductVersion kJdk8Since{2, 5, 6};
inline constexpr ProductVersion kNewLicenceSince{2, 5, 6};
inline constexpr ProductVersion kNdbSqlSince{2, 5, 3};
[[nodiscard]] bool needs_jdk8(const ProductVersion& target);
// An upgrade from below 2.5.6 to 2.5.6 or later: the licence in keys/ stops counting.
[[nodiscard]] bool changes_licence(const ProductVersion& from, const ProductVersion& to);
[[nodiscard]] bool may_have_ndb_sql(const ProductVersion& from);

// One version rule of the cluster mode's non-stop upgrade, and whether the old version meets it.
struct VersionCheck {
  std::string rule;
  bool holds = false;
  std::string why;   // what was found; when the build date is needed and not known, it does not hold
};
// The rules on versions: old version at least 2.5.1; a 2.5.1 and a 2.5.3 each built on 20190821 or later.
[[nodiscard]] std::vector<VersionCheck> check_cluster_preconditions(const ProductVersion& from,
                                                                    std::optional<std::uint32_t> build_date);

// Whether going from one package to another is an upgrade: same product, later version or same version with a
// later build. Failure says why not.
[[nodiscard]] Result<void> check_upgrade(const PackageName& from, const PackageName& to);

}  // namespace interlock
