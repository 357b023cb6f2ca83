// For tests of operations: running one operation by name, and a temporary directory.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "src/actions/operation.h"
#include "tests/support/fake_host.h"

namespace interlock::tests {

struct Attempt {
  bool again = false;
  Millis within{20'000};
};

inline OperationResult perform(const std::string& kind, const Json& args, Host& host, Hosts& hosts, Attempt attempt = {}) {
  const OperationKind* operation = find_operation(kind);
  if (operation == nullptr) throw std::invalid_argument("no operation is named " + kind);
  FakeSecrets secrets;
  return operation->perform({args, host, hosts, secrets, std::chrono::steady_clock::now() + attempt.within, attempt.again});
}

inline Reading observe_on(const std::string& kind, const Json& args, Host& host, Hosts& hosts, Millis within = Millis{10'000}) {
  const ProbeKind* probe = find_probe(kind);
  if (probe == nullptr) throw std::invalid_argument("no probe is named " + kind);
  FakeSecrets secrets;
  return probe->observe({args, host, secrets, hosts, std::chrono::steady_clock::now() + within});
}

class TempDir {
 public:
  TempDir() {
    std::string name = (std::filesystem::temp_directory_path() / "interlock-files-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline void put(const std::string& path, const std::string& content) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << content;
}
inline std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace interlock::tests
