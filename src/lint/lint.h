// What can be said of a file that people write or change around an upgrade, by its text alone: keepalived.conf (one,
// or a pair), upgrade scripts, server.xml, the start script, and Interlock's own components, procedures and sites.
// Pure: texts in, findings out; any thread. It reads no file and asks no host: what else is known comes in a
// LintWorld. It judges nothing anew: each format has its reader in probes/ or fsm/, this gathers what they say.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/bind.h"
#include "fsm/diagnostic.h"
#include "probes/sql_schema.h"

namespace interlock {

enum class LintKind {
  keepalived,    // keepalived.conf
  upgrade_sql,   // an upgrade script of the config database
  server_xml,    // conf/server.xml of a compute node
  start_script,  // bin/hotdb_server
  component,     // Interlock's YAML files
  procedure,
  site,
};
// The words of --as: keepalived, sql, server-xml, start-script, component, procedure, site.
[[nodiscard]] const char* to_string(LintKind kind);
[[nodiscard]] std::optional<LintKind> parse_lint_kind(std::string_view word);
[[nodiscard]] const std::vector<std::string>& lint_kind_words();
// How large a file of this kind may be.
[[nodiscard]] std::size_t lint_limit_bytes(LintKind kind);

// By the file's name and by what stands in it; nothing when neither tells.
[[nodiscard]] std::optional<LintKind> recognise(std::string_view file, std::string_view text);

struct LintFile {
  LintKind kind{};
  std::string file;   // as the operator named it
  std::string text;   // UTF-8 without NUL bytes: check_text has been called
};

// A table cell by cell, or a sentence (one cell).
using LintRow = std::vector<std::string>;

// Of one file, or of several that are judged together.
struct LintResult {
  LintKind kind{};
  std::vector<std::string> files;
  std::string what;                      // "keepalived.conf", "pair of keepalived.conf", …
  std::vector<LintRow> rows;             // for people
  Json found = Json::object();           // the same as data
  std::vector<Diagnostic> diagnostics;   // in the order of the files
};

// Components, procedures and sites that belong together: those of one folder of configurations.
struct LintCatalog {
  fsm::Library components;
  std::vector<fsm::ProcedureSource> procedures;
  std::vector<fsm::SiteSource> sites;
};

struct LintWorld {
  std::optional<SqlSchema> schema;                    // of the live config database, before the first script
  std::map<std::string, const LintCatalog*> catalogs; // by the name of a YAML file; without one it is only loaded
};

// Upgrade scripts are judged as one upgrade in the order given; exactly two keepalived.conf also as a pair.
[[nodiscard]] std::vector<LintResult> lint(const std::vector<LintFile>& files, const LintWorld& world);

struct LintCount {
  std::size_t errors = 0, warnings = 0, notes = 0;
};
[[nodiscard]] LintCount count(const std::vector<Diagnostic>& diagnostics);

}  // namespace interlock
