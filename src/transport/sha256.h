// SHA-256 of local files and of bytes as they pass. Single-threaded objects; reads only.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "fsm/observation.h"

namespace interlock {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  [[nodiscard]] std::string hex();  // once, at the end

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// Lower-case hexadecimal digits.
[[nodiscard]] Result<std::string> sha256_of_file(const std::string& path, Deadline deadline);

// 64 hexadecimal digits in lower case, or nothing.
[[nodiscard]] Result<std::string> normal_sha256(const std::string& text);

}  // namespace interlock
