// Finds and loads what people write: components, procedures and sites. Throws InputError with words for files that
// cannot be used. Remembers the text of every file that it read, so that a run can be bound again from the very
// same texts when the files have changed. One thread at a time. It binds nothing: that is fsm/bind.h.
//
// Layout of a folder `configs`: components/*.yaml, procedures/**/NAME.yaml, sites/**/NAME.yaml.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "fsm/bind.h"
#include "fsm/site_parameters.h"
#include "fsm/source.h"

namespace interlock {

// The folders that may be `configs`, in the order in which they are tried. `given`: --configs, or empty: then
// $INTERLOCK_CONFIGS, ./configs, configs beside and above the executable, its share/interlock, /usr/local/share, /usr/share.
// What is named by --configs or $INTERLOCK_CONFIGS is the only one tried.
[[nodiscard]] std::vector<std::filesystem::path> config_folders(const std::string& given);

class Catalog {
 public:
  // Loads all components of the folder.
  [[nodiscard]] static Catalog load(const std::filesystem::path& configs);
  // The first of the folders that is there.
  [[nodiscard]] static Catalog find(const std::vector<std::filesystem::path>& folders);
  // From what an earlier one remembered; reads no file.
  [[nodiscard]] static Catalog from_remembered(const Json& remembered);

  [[nodiscard]] const fsm::Library& components() const { return components_; }
  // A name as procedure_names() gives it, or a path (with '/' or ending in .yaml or .yml).
  [[nodiscard]] fsm::ProcedureSource procedure(const std::string& name_or_path);
  [[nodiscard]] fsm::SiteSource site(const std::string& path_or_name);
  // Throws InputError for a parameter of the site, asked for before, that neither `procedure` nor anything of the catalog
  // declares. A remembered catalog holds one procedure only, and its site has been checked.
  void check_parameters(const fsm::SiteSource& site, const fsm::ProcedureSource& procedure) const;
  // All that is declared under params, by components and by procedures of the catalog.
  [[nodiscard]] fsm::ParameterNames parameters() const;
  [[nodiscard]] std::vector<std::string> procedure_names() const;
  [[nodiscard]] std::vector<std::string> site_names() const;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  // {"components": {FILE: TEXT}, "procedures": {…}, "sites": {…}, "asked": {NAME OR PATH: FILE}} of what has been loaded
  // so far. Procedures and sites by absolute paths, so that what a site's file names beside itself is found from
  // anywhere; and by what was asked for, so that the same question has the same answer from any folder.
  [[nodiscard]] Json remembered() const;

 private:
  using Files = std::map<std::string, std::string>;  // name of the file -> its text
  using Index = std::map<std::string, std::filesystem::path>;  // name -> file
  void load_components(const Files& files);
  [[nodiscard]] std::pair<std::string, std::string> text_of(const std::string& name_or_path, const char* what, const Index& index, const Files& kept, const Files& asked) const;

  std::filesystem::path folder_;
  bool from_memory_ = false;
  fsm::Library components_;
  Index procedure_index_, site_index_;
  Files component_files_, procedure_files_, site_files_;
  Files asked_procedures_, asked_sites_;
};

}  // namespace interlock
