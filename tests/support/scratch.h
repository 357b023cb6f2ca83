// A folder of a test's own, removed at its end.
#pragma once

#include <filesystem>
#include <string>

namespace interlock::tests {

class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  // Writes a file below it, making folders; returns its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string read_whole(const std::filesystem::path& path);
void write_whole(const std::filesystem::path& path, const std::string& text);

}  // namespace interlock::tests
