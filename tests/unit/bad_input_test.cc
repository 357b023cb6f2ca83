// Bad input: one clear error with its place, never a crash. Each tests/bad-input/NAME.yaml is a component, a procedure
// or a site that takes the place of its like in tests/scenarios/pair; NAME.expected is what is said about it.
// INTERLOCK_REWRITE=1 writes the expectations anew; then read the difference before committing it.
#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/bind.h"
#include "fsm/diagnostic.h"
#include "fsm/shape.h"
#include "tests/support/scratch.h"
#include "tests/support/tiny.h"

namespace interlock::tests {
namespace {

using ::testing::HasSubstr;

const std::string kFolder = std::string(INTERLOCK_SOURCE_DIR) + "/tests/bad-input";

std::vector<std::string> names() {
  std::vector<std::string> list;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder))
    if (entry.path().extension() == ".yaml") list.push_back(entry.path().stem().string());
  std::sort(list.begin(), list.end());
  return list;
}

std::string complaint(const std::string& name, const std::string& text) {
  const std::string file = name + ".yaml";
  const auto pick = [&](const char* key, const char* good) { return std::pair(text.starts_with(key) ? file : std::string(good), text.starts_with(key) ? text : read_whole(kPair + "/" + good)); };
  try {
    if (!text.starts_with("component:") && !text.starts_with("procedure:") && !text.starts_with("site:")) (void)fsm::load_site(file, text);
    const auto [component_file, component_text] = pick("component:", "node.yaml");
    const auto [procedure_file, procedure_text] = pick("procedure:", "procedure.yaml");
    const auto [site_file, site_text] = pick("site:", "site.yaml");
    const fsm::ComponentSource component = fsm::load_component(component_file, component_text);
    const fsm::ProcedureSource procedure = fsm::load_procedure(procedure_file, procedure_text);
    const fsm::SiteSource site = fsm::load_site(site_file, site_text);
    (void)fsm::bind(procedure, {{component.name, component}}, site, {});
    return "accepted";
  } catch (const InputError& e) {
    return e.what();
  }
}

class BadInput : public ::testing::TestWithParam<std::string> {};

TEST_P(BadInput, IsToldClearly) {
  const std::string golden = kFolder + "/" + GetParam() + ".expected";
  const std::string actual = complaint(GetParam(), read_whole(kFolder + "/" + GetParam() + ".yaml")) + "\n";
  if (rewrite_golden_files()) return write_whole(golden, actual);
  EXPECT_EQ(actual, read_whole(golden)) << "when the difference is meant: INTERLOCK_REWRITE=1";
  EXPECT_THAT(actual, ::testing::StartsWith(GetParam() + ".yaml:")) << "the file that is at fault";
  EXPECT_THAT(actual, HasSubstr(": error: "));
}

INSTANTIATE_TEST_SUITE_P(All, BadInput, ::testing::ValuesIn(names()), [](const auto& row) {
  std::string name = row.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(BadInputSize, FiftyMegabytesAreRefusedByTheirSize) {
  const std::string text = "site: tiny\n#" + std::string(50 * 1024 * 1024, 'x') + "\n";
  EXPECT_EQ(complaint("big", text), "big.yaml: error: the file has 52428813 bytes; expected at most 1048576 bytes; fix: check that this is the file that was meant");
}

// Every beginning of a good file, and a byte changed in it: an error or a machine, never a crash.
TEST(BadInputAnywhere, NeverCrashes) {
  for (const char* good : {"node.yaml", "procedure.yaml", "site.yaml"}) {
    const std::string text = read_whole(kPair + "/" + good);
    for (std::size_t length = 0; length < text.size(); length += 29) (void)complaint("cut", text.substr(0, length));
    for (std::size_t at = 0; at < text.size(); at += 17)
      for (const char other : {'\0', '\n', '{', ']', '*', '&', '"', '\xFF', ' '}) {
        std::string changed = text;
        changed[at] = other;
        EXPECT_FALSE(complaint("changed", changed).empty());
      }
  }
}

}  // namespace
}  // namespace interlock::tests
