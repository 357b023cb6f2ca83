#include "tests/support/golden.h"

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace interlock::tests {

void expect_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path path = std::filesystem::path(INTERLOCK_SOURCE_DIR) / "tests/golden" / name;
  if (std::getenv("INTERLOCK_REWRITE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path << " is missing; INTERLOCK_REWRITE_GOLDEN=1 writes it";
  std::stringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(text, golden.str()) << "differs from " << name << "; if the new one is right, INTERLOCK_REWRITE_GOLDEN=1 writes it";
}

EasternTime::EasternTime() {
  setenv("TZ", "CST-8", 1);
  tzset();
}

EasternTime::~EasternTime() {
  unsetenv("TZ");
  tzset();
}

}  // namespace interlock::tests
