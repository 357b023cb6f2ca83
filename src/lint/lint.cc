#include "src/lint/lint.h"

#include <algorithm>
#include <array>

#include "fsm/shape.h"
#include "fsm/text.h"
#include "src/lint/linters.h"

namespace interlock {
namespace {

constexpr std::array kKinds{LintKind::keepalived, LintKind::upgrade_sql, LintKind::server_xml, LintKind::start_script,
                            LintKind::component,  LintKind::procedure,   LintKind::site};

std::string_view base_name(std::string_view file) { return file.substr(file.rfind('/') + 1); }

// Whether a line begins with `word` and then something that is not part of a longer word.
bool has_line(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    std::size_t start = at;
    while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t')) --start;
    const char next = at + word.size() < text.size() ? text[at + word.size()] : '\n';
    const bool longer = next == '_' || next == '-' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if ((start == 0 || text[start - 1] == '\n') && !longer) return true;
  }
  return false;
}

bool has_any_line(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return has_line(text, word); });
}

// The kind is the first key that stands at the beginning of a line.
std::optional<LintKind> kind_of_yaml(std::string_view text) {
  std::optional<LintKind> found;
  std::size_t first = std::string_view::npos;
  for (const LintKind kind : {LintKind::component, LintKind::procedure, LintKind::site}) {
    const std::string key = std::string(to_string(kind)) + ":";
    std::size_t at = text.starts_with(key) ? 0 : text.find("\n" + key);
    if (at == std::string_view::npos && text.starts_with("\xEF\xBB\xBF" + key)) at = 0;
    if (at < first) {
      first = at;
      found = kind;
    }
  }
  return found;
}

LintResult lint_one(const LintFile& file, const LintWorld& world) {
  const auto found = world.catalogs.find(file.file);
  const LintCatalog* catalog = found == world.catalogs.end() ? nullptr : found->second;
  switch (file.kind) {
    case LintKind::keepalived: return lint_keepalived(file);
    case LintKind::upgrade_sql: return lint_upgrade_sql({file}, world.schema);
    case LintKind::server_xml: return lint_server_xml(file);
    case LintKind::start_script: return lint_start_script(file);
    case LintKind::component: return lint_component(file);
    case LintKind::procedure: return lint_procedure(file, catalog);
    case LintKind::site: return lint_site(file, catalog);
  }
  return {};
}

}  // namespace

const char* to_string(LintKind kind) {
  switch (kind) {
    case LintKind::keepalived: return "keepalived";
    case LintKind::upgrade_sql: return "sql";
    case LintKind::server_xml: return "server-xml";
    case LintKind::start_script: return "start-script";
    case LintKind::component: return "component";
    case LintKind::procedure: return "procedure";
    case LintKind::site: return "site";
  }
  return "?";
}

std::optional<LintKind> parse_lint_kind(std::string_view word) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](LintKind kind) { return word == to_string(kind); });
  return found == kKinds.end() ? std::nullopt : std::optional(*found);
}

const std::vector<std::string>& lint_kind_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const LintKind kind : kKinds) all.emplace_back(to_string(kind));
    return all;
  }();
  return words;
}

std::size_t lint_limit_bytes(LintKind kind) {
  switch (kind) {
    case LintKind::keepalived:
    case LintKind::server_xml:
    case LintKind::start_script: return kConfigLimitBytes;
    case LintKind::upgrade_sql: return kSqlLimitBytes;
    case LintKind::component:
    case LintKind::procedure:
    case LintKind::site: return fsm::kLargestFile;
  }
  return 0;
}

std::optional<LintKind> recognise(std::string_view file, std::string_view text) {
  const std::string name = lower_ascii(base_name(file));
  if (name.ends_with(".sql")) return LintKind::upgrade_sql;
  if (name.ends_with(".yaml") || name.ends_with(".yml")) return kind_of_yaml(text);
  const bool markup = text.find('<') == text.find_first_not_of(" \t\r\n\xEF\xBB\xBF") && text.find('<') != std::string_view::npos;
  if (name == "server.xml" || (markup && text.find("<hotdb:server") != std::string_view::npos)) return LintKind::server_xml;
  if (markup) return std::nullopt;
  if (name == "keepalived.conf" || has_any_line(text, {"vrrp_instance", "vrrp_script", "vrrp_track_file"})) return LintKind::keepalived;
  const bool java = text.find("JAVA_BIN=") != std::string_view::npos || text.find("JAVA_OPTS=") != std::string_view::npos;
  if (name == "hotdb_server" || (text.starts_with("#!") && java)) return LintKind::start_script;
  return kind_of_yaml(text);
}

std::vector<LintResult> lint(const std::vector<LintFile>& files, const LintWorld& world) {
  std::vector<LintResult> results;
  std::vector<LintFile> scripts, confs;
  for (const LintFile& file : files) {
    if (file.kind == LintKind::upgrade_sql) scripts.push_back(file);
    if (file.kind == LintKind::keepalived) confs.push_back(file);
  }
  bool judged = false;   // the scripts, all at the place of the first
  for (const LintFile& file : files) {
    if (file.kind != LintKind::upgrade_sql) {
      results.push_back(lint_one(file, world));
    } else if (!judged) {
      results.push_back(lint_upgrade_sql(scripts, world.schema));
      judged = true;
    }
  }
  if (confs.size() == 2) results.push_back(lint_keepalived_pair(confs[0], confs[1]));
  return results;
}

LintCount count(const std::vector<Diagnostic>& diagnostics) {
  LintCount counted;
  for (const Diagnostic& diagnostic : diagnostics) {
    switch (diagnostic.severity) {
      case Severity::error: ++counted.errors; break;
      case Severity::warning: ++counted.warnings; break;
      case Severity::note: ++counted.notes; break;
    }
  }
  return counted;
}

}  // namespace interlock
