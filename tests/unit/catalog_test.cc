// Finding what people wrote, and what is said when it is not there.
#include "src/catalog/catalog.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/diagnostic.h"
#include "src/catalog/text_file.h"
#include "tests/support/child.h"
#include "tests/support/scratch.h"

namespace interlock {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tests::Scratch;

template <typename Do>
std::string complaint(const Do& what) {
  try {
    (void)what();
    return "accepted";
  } catch (const InputError& e) {
    return e.what();
  }
}

class CatalogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string pair = std::string(INTERLOCK_SOURCE_DIR) + "/tests/scenarios/pair/";
    scratch_.write("configs/components/node.yaml", tests::read_whole(pair + "node.yaml"));
    scratch_.write("configs/procedures/small/pair.yaml", tests::read_whole(pair + "procedure.yaml"));
    scratch_.write("configs/sites/tiny.yaml", tests::read_whole(pair + "site.yaml"));
    scratch_.write("configs/procedures/.hidden.yaml", "not read");
    scratch_.write("configs/procedures/notes.txt", "not read");
  }
  [[nodiscard]] Catalog load() const { return Catalog::load(scratch_.path() / "configs"); }

  Scratch scratch_;
};

TEST_F(CatalogTest, LoadsByNameAndByPath) {
  Catalog catalog = load();
  EXPECT_TRUE(catalog.components().contains("node"));
  EXPECT_THAT(catalog.procedure_names(), ElementsAre("pair"));
  EXPECT_THAT(catalog.site_names(), ElementsAre("tiny"));
  EXPECT_EQ(catalog.procedure("pair").phases.size(), 6U);
  EXPECT_EQ(catalog.procedure(scratch_.file("configs/procedures/small/pair.yaml")).name, "pair");
  EXPECT_EQ(catalog.site("tiny").name, "tiny");
}

TEST_F(CatalogTest, SuggestsTheLikelyName) {
  Catalog catalog = load();
  EXPECT_THAT(complaint([&] { return catalog.procedure("pairs"); }), HasSubstr("there is no procedure 'pairs'; expected a path, or one of: pair; fix: write 'pair'"));
  EXPECT_THAT(complaint([&] { return catalog.site("tinny"); }), HasSubstr("there is no site 'tinny'; expected a path, or one of: tiny; fix: write 'tiny'"));
}

TEST_F(CatalogTest, RefusesAFileThatHoldsAnotherName) {
  scratch_.write("configs/sites/shop.yaml", "site: mall\nhosts: {h: {address: x}}\nroles: {}\n");
  Catalog catalog = load();
  EXPECT_THAT(complaint([&] { return catalog.site("shop"); }), HasSubstr("the file holds the site 'mall'; expected site: shop"));
}

TEST_F(CatalogTest, RefusesTwoOfAName) {
  scratch_.write("configs/procedures/large/pair.yaml", "procedure: pair\n");
  EXPECT_THAT(complaint([&] { return load(); }), HasSubstr("two procedures are called 'pair'"));
  std::filesystem::remove(scratch_.path() / "configs/procedures/large/pair.yaml");
  scratch_.write("configs/components/other.yaml", tests::read_whole(scratch_.path() / "configs/components/node.yaml"));
  EXPECT_THAT(complaint([&] { return load(); }), HasSubstr("two components are called 'node'"));
}

TEST_F(CatalogTest, ABrokenProcedureDoesNotHideTheOthers) {
  scratch_.write("configs/procedures/broken.yaml", "procedure: [");
  EXPECT_EQ(load().procedure("pair").name, "pair");
}

TEST_F(CatalogTest, ABrokenComponentIsTold) {
  scratch_.write("configs/components/broken.yaml", "component: broken\nfacs: {}\n");
  EXPECT_THAT(complaint([&] { return load(); }), HasSubstr("broken.yaml:2:1: error: unknown key 'facs'"));
}

// A slip there would leave what was meant without its value: an upgrade without its config database.
TEST_F(CatalogTest, AParameterOfTheSiteThatNothingDeclaresIsAnError) {
  const std::string site = tests::read_whole(scratch_.path() / "configs/sites/tiny.yaml");
  scratch_.write("configs/procedures/other.yaml", "procedure: other\ntitle: other\nparams: {elsewhere: {}}\nroles: {}\nrules: []\nphases: {p: {next: e}}\nends: {e: {is: attention, title: e}}\n");
  const auto check = [&](const std::string& params) {
    scratch_.write("configs/sites/tiny.yaml", site + params);
    Catalog catalog = load();
    const fsm::SiteSource source = catalog.site("tiny");
    return complaint([&] { return catalog.check_parameters(source, catalog.procedure("pair")), 0; });
  };
  EXPECT_EQ(check("params: {look: true}\n"), "accepted");
  EXPECT_EQ(check("params: {elsewhere: 1}\n"), "accepted") << "one site file serves several procedures";
  EXPECT_THAT(check("params:\n  swich_within: 5s\n"), HasSubstr("tiny.yaml:9:3: error: no procedure and no component has a parameter 'swich_within'; expected a name under params of a procedure or component of the catalog; fix: write 'switch_within'"));
}

// --- what a run keeps ------------------------------------------------------------------------------------------------

TEST_F(CatalogTest, BindsTheSameMachineFromWhatItRemembers) {
  Catalog catalog = load();
  const auto digest_of = [](Catalog& c, const std::string& site) { return fsm::digest(fsm::bind(c.procedure("pair"), c.components(), c.site(site), {})); };
  const std::string before = digest_of(catalog, "tiny");
  const Json remembered = Json::parse(catalog.remembered().dump());
  std::filesystem::remove_all(scratch_.path() / "configs");
  Catalog again = Catalog::from_remembered(remembered);
  EXPECT_EQ(digest_of(again, "tiny"), before);
  EXPECT_EQ(again.remembered(), remembered);
}

// A run that was begun with a path is resumed from another folder.
TEST_F(CatalogTest, AnswersForPathsFromAnyFolder) {
  const auto here = std::filesystem::current_path();
  std::filesystem::current_path(scratch_.path() / "configs");
  Catalog catalog = Catalog::load(".");
  const std::string file = catalog.site("sites/tiny.yaml").file;
  (void)catalog.procedure("pair");
  std::filesystem::current_path(here);
  Catalog again = Catalog::from_remembered(catalog.remembered());
  const fsm::SiteSource site = again.site("sites/tiny.yaml");
  EXPECT_EQ(file, "sites/tiny.yaml") << "messages name the file as the operator did";
  EXPECT_EQ(site.file, (scratch_.path() / "configs/sites/tiny.yaml").string()) << "secrets beside it are found from anywhere";
  EXPECT_THAT(complaint([&] { return again.site("sites/other.yaml"); }), HasSubstr("not among those that the run was made of"));
}

TEST(CatalogMemory, RefusesWhatItDidNotRemember) {
  EXPECT_THAT(complaint([] { return Catalog::from_remembered(Json()); }), HasSubstr("has no 'components'"));
  EXPECT_THAT(complaint([] { return Catalog::from_remembered({{"components", {{"a.yaml", 1}}}}); }), HasSubstr("a.yaml: error: its remembered text is not a text"));
}

// --- where it looks --------------------------------------------------------------------------------------------------

TEST(ConfigFolders, AreTheNamedOneOrTheUsualOnes) {
  unsetenv("INTERLOCK_CONFIGS");
  EXPECT_THAT(config_folders("/given"), ElementsAre(std::filesystem::path("/given")));
  const auto usual = config_folders("");
  EXPECT_EQ(usual.front(), std::filesystem::path("configs"));
  EXPECT_EQ(usual.back(), std::filesystem::path("/usr/share/interlock/configs"));
  EXPECT_EQ(usual.size(), 6U) << "beside and above the executable, and where it is installed, too";
  setenv("INTERLOCK_CONFIGS", "/named", 1);
  EXPECT_THAT(config_folders(""), ElementsAre(std::filesystem::path("/named")));
  EXPECT_THAT(config_folders("/given"), ElementsAre(std::filesystem::path("/given")));
  unsetenv("INTERLOCK_CONFIGS");
}

TEST(ConfigFolders, AreToldWhenNoneIsThere) {
  const Scratch scratch;
  EXPECT_THAT(complaint([&] { return Catalog::find({scratch.path() / "a", scratch.path() / "b"}); }), HasSubstr("there is no folder of configurations; expected one of: "));
  EXPECT_THAT(complaint([&] { return Catalog::find({scratch.path()}); }), HasSubstr("it has no 'components'"));
  EXPECT_THAT(complaint([&] { return Catalog::load(scratch.path() / "a"); }), HasSubstr("there is no such folder"));
}

// The procedures and the site that come with Interlock can be read from where it is built.
TEST(ConfigFolders, OfTheSourceTreeCanBeRead) {
  Catalog catalog = Catalog::load(std::string(INTERLOCK_SOURCE_DIR) + "/configs");
  EXPECT_GE(catalog.components().size(), 4U);
  for (const auto& name : catalog.procedure_names()) EXPECT_EQ(catalog.procedure(name).name, name);
  for (const auto& name : catalog.site_names()) EXPECT_EQ(catalog.site(name).name, name);
}

// --- files that cannot be used ---------------------------------------------------------------------------------------

TEST(TextFile, IsRefusedWithWords) {
  const Scratch scratch;
  const auto read = [&](const std::string& name) { return complaint([&] { return read_text_file(scratch.file(name), 1000); }); };
  scratch.write("good", "text");
  EXPECT_EQ(read_text_file(scratch.file("good"), 4), "text");
  EXPECT_THAT(complaint([&] { return read_text_file(scratch.file("good"), 3); }), HasSubstr("the file has 4 bytes; expected at most 3 bytes"));
  EXPECT_THAT(read("missing"), HasSubstr("there is no such file"));
  std::filesystem::create_directory(scratch.path() / "folder");
  EXPECT_THAT(read("folder"), HasSubstr("this is a folder; expected a file"));
  ASSERT_EQ(mkfifo(scratch.file("pipe").c_str(), 0600), 0);
  EXPECT_THAT(read("pipe"), HasSubstr("this is not a regular file")) << "and does not wait for a writer";
  EXPECT_THAT(complaint([&] { return read_text_file("/dev/zero", 1000); }), HasSubstr("this is not a regular file"));
  scratch.write("big", "");
  ASSERT_EQ(truncate(scratch.file("big").c_str(), 50 * 1024 * 1024), 0);
  EXPECT_THAT(read("big"), HasSubstr("the file has 52428800 bytes; expected at most 1000 bytes"));
  scratch.write("closed", "text");
  ASSERT_EQ(chmod(scratch.file("closed").c_str(), 0), 0);
  ASSERT_EQ(chmod(scratch.path().c_str(), 0755), 0);
  tests::Child other([&](const tests::Child::Say& say) {
    if (geteuid() == 0 && setuid(65534) != 0) return 1;
    say(read("closed"));
    return 0;
  });
  EXPECT_THAT(other.line(), HasSubstr("the file cannot be read by this user"));
}

}  // namespace
}  // namespace interlock
