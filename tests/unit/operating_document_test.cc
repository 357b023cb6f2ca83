// docs/operating.md: the site file that it shows is one, and what it calls necessary is.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "fsm/diagnostic.h"
#include "src/commands/bind_unseen.h"
#include "tests/support/scratch.h"

namespace interlock {
namespace {

std::string example() {
  std::ifstream file(std::string(INTERLOCK_SOURCE_DIR) + "/docs/operating.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::string begin = "```yaml\n", all = text.str();
  const std::size_t from = all.find(begin) + begin.size();
  return all.substr(from, all.find("```", from) - from);
}

fsm::Machine bound(const std::string& site, const std::string& procedure) {
  const tests::Scratch scratch;
  Catalog catalog = Catalog::load(INTERLOCK_SOURCE_DIR "/configs");
  return bind_unseen(catalog, scratch.write("shop.yaml", site), procedure, {});
}

TEST(OperatingDocument, ItsSiteFileBinds) {
  for (const char* procedure : {"hotdb-master-backup-nonstop", "hotdb-master-backup-stopped"}) EXPECT_EQ(bound(example(), procedure).site, "shop");
}

TEST(OperatingDocument, WhatItCallsNecessaryIs) {
  for (const std::string name : {"vip", "old_version", "new_version", "package", "package_sha256", "client_user", "client_password", "manager_password", "config_password", "password"}) {
    std::string site = example();
    const std::size_t at = site.find("\n  " + name + ":");
    ASSERT_NE(at, std::string::npos) << name;
    site.erase(at, site.find('\n', at + 1) - at);
    EXPECT_THROW((void)bound(site, "hotdb-master-backup-nonstop"), InputError) << name;
  }
}

}  // namespace
}  // namespace interlock
