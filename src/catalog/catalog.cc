#include "src/catalog/catalog.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "fsm/diagnostic.h"
#include "fsm/shape.h"
#include "fsm/site_parameters.h"
#include "fsm/suggest.h"
#include "src/catalog/text_file.h"

namespace interlock {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 5000;   // below one folder; a wrong folder is found out soon
constexpr int kDeepestFolder = 4;

bool is_yaml(const fs::path& path) { return path.extension() == ".yaml" || path.extension() == ".yml"; }
bool is_path(const std::string& text) { return text.find('/') != std::string::npos || is_yaml(text); }

std::vector<fs::path> yaml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return files;
  fs::recursive_directory_iterator it(folder, fs::directory_options::none, error), end;
  if (error) reject(folder.string(), "the folder cannot be read: " + error.message());
  for (; it != end; it.increment(error)) {
    if (error) reject(folder.string(), "the folder cannot be read: " + error.message());
    if (it.depth() >= kDeepestFolder) it.disable_recursion_pending();
    if (it->path().filename().string().starts_with(".")) {
      it.disable_recursion_pending();
      continue;
    }
    if (is_yaml(it->path()) && !it->is_directory(error)) files.push_back(it->path());
    if (files.size() > kMostFiles) reject(folder.string(), fmt::format("more than {} files below this folder", kMostFiles), "a folder like Interlock's configs");
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::map<std::string, fs::path> index_of(const fs::path& folder, const char* what) {
  std::map<std::string, fs::path> index;
  for (const auto& file : yaml_files(folder)) {
    const auto [known, fresh] = index.emplace(file.stem().string(), file);
    if (!fresh) reject(file.string(), fmt::format("two {}s are called '{}': the other is {}", what, file.stem().string(), known->second.string()), "different names");
  }
  return index;
}

// Remembered by a name that still means the same file when a run is resumed from another folder.
std::string absolute(const std::string& file) {
  std::error_code error;
  const fs::path path = fs::absolute(file, error);
  return error ? file : path.lexically_normal().string();
}

template <typename Map>
std::vector<std::string> keys(const Map& map) {
  std::vector<std::string> list;
  for (const auto& item : map) list.push_back(item.first);
  return list;
}

fs::path executable_folder() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : self.parent_path();
}

}  // namespace

std::vector<fs::path> config_folders(const std::string& given) {
  if (!given.empty()) return {given};
  if (const char* named = std::getenv("INTERLOCK_CONFIGS"); named != nullptr && *named != '\0') return {named};
  std::vector<fs::path> folders{"configs"};
  if (const fs::path beside = executable_folder(); !beside.empty()) {
    folders.push_back(beside / "configs");
    folders.push_back(beside.parent_path() / "configs");
    folders.push_back(beside.parent_path() / "share/interlock/configs");  // as it is installed, wherever that is
  }
  folders.emplace_back("/usr/local/share/interlock/configs");
  folders.emplace_back("/usr/share/interlock/configs");
  return folders;
}

Catalog Catalog::find(const std::vector<fs::path>& folders) {
  std::error_code error;
  for (const auto& folder : folders)
    if (fs::is_directory(folder / "components", error)) return load(folder);
  std::vector<std::string> tried;
  for (const auto& folder : folders) tried.push_back(folder.string());
  reject(folders.size() == 1 ? tried[0] : "", folders.size() == 1 ? "this is not a folder of configurations: it has no 'components'" : "there is no folder of configurations",
         folders.size() == 1 ? "a folder like Interlock's configs" : "one of: " + fmt::format("{}", fmt::join(tried, ", ")), "name it with --configs DIR or in INTERLOCK_CONFIGS");
}

Catalog Catalog::load(const fs::path& configs) {
  Catalog catalog;
  catalog.folder_ = configs;
  std::error_code error;
  if (!fs::is_directory(configs, error)) reject(configs.string(), fs::exists(configs, error) ? "this is not a folder" : "there is no such folder", "a folder like Interlock's configs");
  Files files;
  for (const auto& file : yaml_files(configs / "components")) files[file.string()] = read_text_file(file.string(), fsm::kLargestFile);
  catalog.load_components(files);
  catalog.procedure_index_ = index_of(configs / "procedures", "procedure");
  catalog.site_index_ = index_of(configs / "sites", "site");
  return catalog;
}

void Catalog::load_components(const Files& files) {
  for (const auto& [file, text] : files) {
    fsm::ComponentSource component = fsm::load_component(file, text);
    if (const auto known = components_.find(component.name); known != components_.end())
      reject(file, fmt::format("two components are called '{}': the other is in {}", component.name, known->second.where.file), "different names");
    components_.emplace(component.name, std::move(component));
    component_files_[file] = text;
  }
}

std::pair<std::string, std::string> Catalog::text_of(const std::string& name_or_path, const char* what, const Index& index, const Files& kept, const Files& asked) const {
  if (const auto before = asked.find(name_or_path); from_memory_ && before != asked.end())
    if (const auto text = kept.find(before->second); text != kept.end()) return {text->first, text->second};
  const bool path = is_path(name_or_path);
  const auto known = index.find(name_or_path);
  if (!path && known == index.end()) {
    const auto names = keys(index);
    const std::string likely = nearest(name_or_path, names);
    std::error_code error;
    const bool a_file = !from_memory_ && fs::exists(name_or_path, error);
    reject("", fmt::format("there is no {} '{}'", what, name_or_path), names.empty() ? "a path to its file" : fmt::format("a path, or one of: {}", fmt::join(names, ", ")),
           !likely.empty() ? "write '" + likely + "'" : a_file ? "for the file of that name write './" + name_or_path + "'" : "");
  }
  const std::string file = path ? name_or_path : known->second.string();
  if (!from_memory_) return {file, read_text_file(file, fsm::kLargestFile)};
  const auto text = kept.find(absolute(file));
  if (text == kept.end()) reject(file, "this file is not among those that the run was made of");
  return {file, text->second};
}

fsm::ProcedureSource Catalog::procedure(const std::string& name_or_path) {
  auto [file, text] = text_of(name_or_path, "procedure", procedure_index_, procedure_files_, asked_procedures_);
  fsm::ProcedureSource source = fsm::load_procedure(file, text);
  if (!is_path(name_or_path) && source.name != name_or_path)
    reject(file, fmt::format("the file holds the procedure '{}'", source.name), fmt::format("procedure: {}", name_or_path), "give the file the procedure's name");
  asked_procedures_[name_or_path] = absolute(file);
  procedure_files_[absolute(file)] = std::move(text);
  return source;
}

fsm::SiteSource Catalog::site(const std::string& path_or_name) {
  auto [file, text] = text_of(path_or_name, "site", site_index_, site_files_, asked_sites_);
  fsm::SiteSource source = fsm::load_site(file, text);
  if (!is_path(path_or_name) && source.name != path_or_name)
    reject(file, fmt::format("the file holds the site '{}'", source.name), fmt::format("site: {}", path_or_name), "give the file the site's name");
  asked_sites_[path_or_name] = absolute(file);
  site_files_[absolute(file)] = std::move(text);
  return source;
}

fsm::ParameterNames Catalog::parameters() const {
  fsm::ParameterNames declared;
  fsm::add_declared(components_, declared);
  for (const auto& [name, file] : procedure_index_) {
    try {
      fsm::add_declared(fsm::load_procedure(file.string(), read_text_file(file.string(), fsm::kLargestFile)), declared);
    } catch (const InputError&) {  // told when that procedure is asked for
    }
  }
  return declared;
}

void Catalog::check_parameters(const fsm::SiteSource& site, const fsm::ProcedureSource& procedure) const {
  if (from_memory_) return;
  fsm::ParameterNames declared = parameters();
  fsm::add_declared(procedure, declared);
  fsm::check_site_parameters(site.file, site_files_.at(absolute(site.file)), declared);
}

std::vector<std::string> Catalog::procedure_names() const { return keys(procedure_index_); }
std::vector<std::string> Catalog::site_names() const { return keys(site_index_); }

Json Catalog::remembered() const { return {{"components", component_files_}, {"procedures", procedure_files_}, {"sites", site_files_}, {"asked", {{"procedures", asked_procedures_}, {"sites", asked_sites_}}}}; }

Catalog Catalog::from_remembered(const Json& remembered) {
  Catalog catalog;
  catalog.from_memory_ = true;
  Files components;
  const auto files = [](const Json& all, const char* kind) {
    if (!all.is_object() || !all.contains(kind) || !all.at(kind).is_object()) reject("", fmt::format("what was remembered has no '{}'", kind), "the sources of a run");
    Files found;
    for (const auto& [file, text] : all.at(kind).items()) {
      if (!text.is_string()) reject(file, "its remembered text is not a text");
      found[file] = text.get<std::string>();
    }
    return found;
  };
  catalog.load_components(files(remembered, "components"));
  catalog.procedure_files_ = files(remembered, "procedures");
  catalog.site_files_ = files(remembered, "sites");
  if (!remembered.contains("asked")) reject("", "what was remembered does not say what was asked for", "the sources of a run");
  catalog.asked_procedures_ = files(remembered.at("asked"), "procedures");
  catalog.asked_sites_ = files(remembered.at("asked"), "sites");
  // By the names inside: the run may have been made from a path.
  for (const auto& [file, text] : catalog.procedure_files_) catalog.procedure_index_.emplace(fsm::load_procedure(file, text).name, file);
  for (const auto& [file, text] : catalog.site_files_) catalog.site_index_.emplace(fsm::load_site(file, text).name, file);
  return catalog;
}

}  // namespace interlock
