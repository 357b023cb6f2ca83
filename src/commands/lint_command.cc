// interlock lint FILE...: what can be said of files by their texts: keepalived.conf, upgrade SQL, server.xml, the start
// script, and Interlock's own YAML. Reads files, and a config database when one is named; changes nothing.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "fsm/shape.h"
#include "fsm/text.h"
#include "src/catalog/text_file.h"
#include "src/commands/command.h"
#include "src/lint/lint.h"
#include "src/lint/lint_database.h"
#include "src/lint/lint_view.h"
#include "src/report/layout.h"

namespace interlock {
namespace {

namespace fs = std::filesystem;

constexpr int kExitLintWarnings = 1, kExitLintErrors = 2;
constexpr std::size_t kLargestLinted = std::max(kConfigLimitBytes, kSqlLimitBytes);
constexpr int kFoldersAbove = 6;   // how far above a file its folder of configurations may be
constexpr const char* kStandardInput = "-";

struct LintArgs {
  std::vector<std::string> files;
  std::string as, site, role;
};

// One byte more than allowed, so that check_text finds it too long.
std::string read_standard_input() {
  std::string text(kLargestLinted + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), stdin));
  return text;
}

LintKind kind_of(const LintArgs& args, const std::string& file, const std::string& text) {
  if (!args.as.empty()) return *parse_lint_kind(args.as);
  if (const auto kind = recognise(file, text)) return *kind;
  if (file.ends_with(".yaml") || file.ends_with(".yml")) (void)fsm::parse_yaml(file, text);   // says what is wrong if it is not YAML
  throw InputError(Diagnostic{file, 0, 0, Severity::error, "neither its name nor its content tells what kind of file this is",
                              "keepalived.conf, *.sql, server.xml, hotdb_server, or a YAML file with component:, procedure: or site:", "name it with --as KIND"});
}

LintFile read(const LintArgs& args, const std::string& file) {
  const std::string text = file == kStandardInput ? read_standard_input() : read_text_file(file, kLargestLinted);
  check_text(text, kLargestLinted, file);
  const LintKind kind = kind_of(args, file, text);
  check_text(text, lint_limit_bytes(kind), file);
  return {kind, file, text};
}

bool is_yaml(LintKind kind) { return kind == LintKind::component || kind == LintKind::procedure || kind == LintKind::site; }

// The folder of configurations that a file lies in, or where --configs and the usual places say.
std::vector<fs::path> folders_for(const std::string& file, const Globals& globals) {
  if (!globals.configs.empty() || file == kStandardInput) return config_folders(globals.configs);
  std::error_code error;
  fs::path folder = fs::absolute(file, error).parent_path();
  for (int i = 0; i < kFoldersAbove && !error && folder.has_relative_path(); ++i, folder = folder.parent_path())
    if (fs::is_directory(folder / "components", error)) return {folder};
  return config_folders("");
}

// Catalogs by their folder. What cannot be loaded in one is told when that file itself is linted, so a file that does
// not load is left out here; a folder whose components do not load gives no catalog.
class Catalogs {
 public:
  explicit Catalogs(const Globals& globals) : globals_(globals) {}

  const LintCatalog* of(const std::string& file) {
    const auto folders = folders_for(file, globals_);
    const std::string key = folders.empty() ? "" : folders.front().string();
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second.get();
    return known_.emplace(key, load(folders)).first->second.get();
  }

 private:
  static std::unique_ptr<LintCatalog> load(const std::vector<fs::path>& folders) {
    try {
      Catalog catalog = Catalog::find(folders);
      auto loaded = std::make_unique<LintCatalog>();
      loaded->components = catalog.components();
      for (const auto& name : catalog.procedure_names()) keep([&] { loaded->procedures.push_back(catalog.procedure(name)); });
      for (const auto& name : catalog.site_names()) keep([&] { loaded->sites.push_back(catalog.site(name)); });
      return loaded;
    } catch (const InputError&) {
      return nullptr;
    }
  }
  template <typename Load>
  static void keep(const Load& load_one) {
    try {
      load_one();
    } catch (const InputError&) {
    }
  }

  const Globals& globals_;
  std::map<std::string, std::unique_ptr<LintCatalog>> known_;
};

int exit_code_of(const std::vector<LintResult>& results, bool unread) {
  if (unread) return kExitConfig;
  LintCount worst;
  for (const LintResult& result : results) {
    const LintCount counted = count(result.diagnostics);
    worst.errors += counted.errors;
    worst.warnings += counted.warnings;
  }
  return worst.errors > 0 ? kExitLintErrors : worst.warnings > 0 ? kExitLintWarnings : kExitSuccess;
}

int run_lint(const LintArgs& args, const Globals& globals) {
  const PlanFormat format = globals.form(parse_plan_format, kPlanFormatWords);
  if (std::count(args.files.begin(), args.files.end(), kStandardInput) > (args.as.empty() ? 0 : 1))
    throw CommandError{kExitUsage, "'-' is standard input: once, and with --as KIND"};
  if (args.site.empty() != args.role.empty()) throw CommandError{kExitUsage, "--site and --host-role go together"};

  std::vector<LintFile> files;
  std::vector<Diagnostic> unread;
  for (const std::string& file : args.files) {
    try {
      files.push_back(read(args, file));
    } catch (const InputError& error) {
      unread.insert(unread.end(), error.diagnostics().begin(), error.diagnostics().end());
    }
  }
  LintWorld world;
  Catalogs catalogs(globals);
  for (const LintFile& file : files)
    if (is_yaml(file.kind)) world.catalogs[file.file] = catalogs.of(file.file);
  const bool scripts = std::any_of(files.begin(), files.end(), [](const LintFile& file) { return file.kind == LintKind::upgrade_sql; });
  if (!args.site.empty() && !scripts) throw CommandError{kExitUsage, "--site is for upgrade SQL, and none of these files is any"};
  if (!args.site.empty()) {
    Catalog catalog = globals.catalog();
    auto schema = live_schema(catalog, args.site, args.role);
    if (!schema) throw CommandError{kExitUnavailable, "the live schema cannot be read: " + schema.error().text};
    world.schema = std::move(*schema);
  }
  const auto results = lint(files, world);
  const int code = exit_code_of(results, !unread.empty());
  switch (format) {
    case PlanFormat::text:
      put(lint_text(results, globals.colours()), globals.colours());
      if (!unread.empty()) std::fprintf(stderr, "%s\n", report::harmless(to_string(unread)).c_str());
      break;
    case PlanFormat::json: put(lint_json(results, unread, code)); break;
  }
  return code;
}

}  // namespace

void add_lint(CLI::App& app, const Globals& globals, int& exit_code) {
  auto args = std::make_shared<LintArgs>();
  CLI::App* command = app.add_subcommand("lint", "Judge files by their texts: keepalived.conf (a pair too), upgrade SQL, server.xml, start script, YAML");
  command->add_option("FILE", args->files, "the files; upgrade scripts in their order; '-' is standard input")->required();
  command->add_option("--as", args->as, "the kind, whatever name and content say")->check(CLI::IsMember(lint_kind_words()));
  command->add_option("--site", args->site, "judge upgrade SQL against the live schema of a site's database");
  command->add_option("--host-role", args->role, "the role of that site that is the config database");
  command->footer("Formats: text, json.\nExit status: 0 nothing worse than notes, 1 warnings, 2 errors, 78 a file that cannot be read.\n"
                  "Example: interlock lint master.conf backup.conf");
  command->callback([args, &globals, &exit_code] { exit_code = run_lint(*args, globals); });
}

}  // namespace interlock
