#include "probes/package_name.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "fsm/text.h"

namespace interlock {
namespace {

constexpr std::uint32_t kClusterBuildSince = 20190821;
constexpr std::string_view kForm = "a name like hotdb-server-2.5.4-ga-20190812.tar.gz";

bool digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The three numbers of an exact "a.b.c".
std::optional<ProductVersion> exact_version(std::string_view text) {
  std::array<std::uint32_t, 3> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t dot = i < 2 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return std::nullopt;
    const auto part = number(text.substr(0, dot));
    if (!part) return std::nullopt;
    parts[i] = *part;
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return ProductVersion{parts[0], parts[1], parts[2]};
}

// The first "a.b.c" within the text that is not part of a longer dotted number.
std::optional<ProductVersion> first_version(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (!digit(text[begin])) continue;
    std::size_t end = begin;
    while (end < text.size() && (digit(text[end]) || text[end] == '.')) ++end;
    std::string_view run = text.substr(begin, end - begin);
    while (!run.empty() && run.back() == '.') run.remove_suffix(1);
    if (const auto version = exact_version(run)) return version;
    begin = end;
  }
  return std::nullopt;
}

bool real_date(std::uint32_t yyyymmdd) {
  const std::uint32_t year = yyyymmdd / 10000, month = yyyymmdd / 100 % 100, day = yyyymmdd % 100;
  constexpr std::array<std::uint32_t, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 2000 || year > 2999 || month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (month == 2 && leap ? 1U : 0U);
}

tl::unexpected<Failure> bad_name(std::string_view name, std::string_view what) {
  return failure(Cause::protocol, "'" + std::string(head(name, 100)) + "' is not a package name: " + std::string(what) +
                                      "; expected " + std::string(kForm));
}

}  // namespace

std::string to_string(const ProductVersion& version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor) + "." + std::to_string(version.patch);
}

Result<ProductVersion> parse_version(std::string_view text) {
  // The MySQL version stands before HotDB's own in a greeting, so what follows the name has precedence.
  for (const std::string_view mark : {std::string_view("HotDB-"), std::string_view("hotdb-server-")}) {
    if (const auto at = text.find(mark); at != std::string_view::npos) {
      if (const auto version = first_version(text.substr(at + mark.size()))) return *version;
    }
  }
  if (const auto version = first_version(text)) return *version;
  return failure(Cause::protocol, "no version number in '" + std::string(head(text, 80)) + "'; expected one like 2.5.4");
}

Result<PackageName> parse_package_name(std::string_view name_or_path) {
  const auto slash = name_or_path.find_last_of('/');
  const std::string_view name = slash == std::string_view::npos ? name_or_path : name_or_path.substr(slash + 1);
  constexpr std::string_view kSuffix = ".tar.gz";
  if (!name.ends_with(kSuffix)) return bad_name(name, "it does not end in .tar.gz");
  const std::string_view stem = name.substr(0, name.size() - kSuffix.size());

  // From the right: date, stage, version; the rest is the product, which has hyphens of its own.
  std::array<std::string_view, 4> parts;
  std::string_view left = stem;
  for (std::size_t i = 3; i > 0; --i) {
    const auto hyphen = left.find_last_of('-');
    if (hyphen == std::string_view::npos) return bad_name(name, "it has fewer than four parts");
    parts[i] = left.substr(hyphen + 1);
    left = left.substr(0, hyphen);
  }
  parts[0] = left;
  const auto version = exact_version(parts[1]);
  if (!version) return bad_name(name, "'" + std::string(parts[1]) + "' is not a version");
  const auto date = parts[3].size() == 8 ? number(parts[3]) : std::nullopt;
  if (!date || !real_date(*date)) return bad_name(name, "'" + std::string(parts[3]) + "' is not a date");
  if (parts[0].empty()) return bad_name(name, "the product is missing");
  if (parts[2].empty()) return bad_name(name, "the stage is missing");
  return PackageName{std::string(parts[0]), *version, std::string(parts[2]), *date};
}

std::string to_string(const PackageName& package) {
  return package.product + "-" + to_string(package.version) + "-" + package.stage + "-" +
         std::to_string(package.build_date) + ".tar.gz";
}

bool needs_jdk8(const ProductVersion& target) { return target >= kJdk8Since; }

bool changes_licence(const ProductVersion& from, const ProductVersion& to) {
  return from < kNewLicenceSince && to >= kNewLicenceSince;
}

bool may_have_ndb_sql(const ProductVersion& from) { return from >= kNdbSqlSince; }

std::vector<VersionCheck> check_cluster_preconditions(const ProductVersion& from,
                                                      std::optional<std::uint32_t> build_date) {
  constexpr ProductVersion kOldest{2, 5, 1};
  std::vector<VersionCheck> checks;
  checks.push_back({"the old version is 2.5.1 or later", from >= kOldest, "it is " + to_string(from)});
  for (const ProductVersion dated : {ProductVersion{2, 5, 1}, ProductVersion{2, 5, 3}}) {
    VersionCheck check;
    check.rule = "a " + to_string(dated) + " was built on " + std::to_string(kClusterBuildSince) + " or later";
    if (from != dated) {
      check.holds = true;
      check.why = "does not apply to " + to_string(from);
    } else if (!build_date) {
      check.why = "the build date is not known";
    } else {
      check.holds = *build_date >= kClusterBuildSince;
      check.why = "it was built on " + std::to_string(*build_date);
    }
    checks.push_back(std::move(check));
  }
  return checks;
}

Result<void> check_upgrade(const PackageName& from, const PackageName& to) {
  if (from.product != to.product) {
    return failure(Cause::protocol, "the package is of " + to.product + ", what runs is " + from.product);
  }
  if (to.version < from.version) {
    return failure(Cause::protocol, to_string(to.version) + " is older than the running " + to_string(from.version));
  }
  if (to.version == from.version && to.build_date <= from.build_date) {
    return failure(Cause::protocol, "build " + std::to_string(to.build_date) + " of " + to_string(to.version) +
                                        " is not later than the running build " + std::to_string(from.build_date));
  }
  return {};
}

}  // namespace interlock
