// docs/journal.md says what the journal is. It is read here, so that it cannot drift: every column, every kind of
// record, and the shell script by which an auditor checks the hashes without Interlock.
#include <cstdio>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "src/store/schema.h"
#include "src/store/store.h"
#include "tests/support/scratch.h"

namespace interlock {
namespace {

using ::testing::HasSubstr;
using tests::read_whole;
using tests::Scratch;

const std::string kRoot = INTERLOCK_SOURCE_DIR;
std::string document() { return read_whole(kRoot + "/docs/journal.md"); }

std::set<std::string> all_matches(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::set<std::string> found;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), expression); it != std::sregex_iterator(); ++it) found.insert((*it)[1].str());
  return found;
}

TEST(JournalDocument, NamesEveryColumn) {
  const auto columns = all_matches(std::string(kSchema) + kProofSchema, R"(([a-z_]+) (?:TEXT|INTEGER))");
  EXPECT_GE(columns.size(), 25U);
  for (const auto& column : columns) EXPECT_THAT(document(), HasSubstr("`" + column + "`"));
}

TEST(JournalDocument, NamesEveryKindOfRecordAndNoOther) {
  const std::string engine = read_whole(kRoot + "/fsm/engine.cc"), driver = read_whole(kRoot + "/src/run/driver.cc");
  std::set<std::string> written = all_matches(engine, R"re(record\("([a-z-]+)")re");
  for (const auto& kind : all_matches(engine, R"re(record\([a-z ?_]*"([a-z-]+)")re")) written.insert(kind);
  for (const auto& kind : all_matches(engine, R"re(\? "([a-z-]+)" : "[a-z-]+", \{\{"rule")re")) written.insert(kind);
  for (const auto& kind : all_matches(driver, R"re((?:write\(\{|append\()"([a-z-]+)")re")) written.insert(kind);
  written.insert({"rule-broken", "rule-holds", "confirmed", "passed"});  // chosen by a condition
  const std::string text = document();
  const std::string kinds = text.substr(text.find("## Kinds of records"), text.find("## The chain of hashes") - text.find("## Kinds of records"));
  const std::set<std::string> told = all_matches(kinds, R"(\n\| `([a-z-]+)` \|)");
  EXPECT_EQ(told, written);
}

// The script of the document, run as it stands.
std::string check(const Scratch& scratch, const std::string& database, const std::string& run) {
  const std::string text = document();
  const std::string begin = "```sh\n";
  const std::size_t from = text.find(begin) + begin.size();
  const std::string script = scratch.write("check.sh", text.substr(from, text.find("```", from) - from));
  FILE* pipe = popen(("sh " + script + " " + database + " " + run + " 2>&1").c_str(), "r");
  std::string output;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
  EXPECT_EQ(pclose(pipe), 0) << output;
  return output;
}

TEST(JournalDocument, ItsScriptFindsWhatWasChanged) {
  if (std::system("command -v sqlite3 >/dev/null") != 0) GTEST_SKIP() << "the sqlite3 tool is not installed";
  const Scratch scratch;
  const std::string path = scratch.file("state.db");
  auto store = Store::open(path).value();
  const std::string run = store->create_run({"lab", "upgrade", "d", {{"file", "text with 'quotes'\nand 中文"}}, "li@control"}).value().id;
  auto journal = store->journal(run).value();
  for (int i = 1; i <= 4; ++i) ASSERT_TRUE(journal->append("moved", {{"text", "line\nfeed | and 'quotes' " + std::to_string(i)}}, Json()));
  EXPECT_EQ(check(scratch, path, run), "") << "while the store is open";
  journal.reset();
  store.reset();

  const auto after = [&](const std::string& sql) {
    const std::string copy = scratch.file("copy.db");
    std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open(copy.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
    sqlite3_close(handle);
    return check(scratch, copy, run);
  };
  EXPECT_EQ(after("SELECT 1"), "");
  EXPECT_EQ(after("UPDATE record SET body = '{}' WHERE seq = 3"), "record 3 is missing or has been changed\nthe journal does not end where it should\n");
  EXPECT_EQ(after("DELETE FROM record WHERE seq = 2"), "record 2 is missing or has been changed\nthe journal does not end where it should\n");
  EXPECT_EQ(after("DELETE FROM record WHERE seq = 4"), "the journal does not end where it should\n");
  EXPECT_THAT(after("UPDATE run SET operator = 'someone@else'"), HasSubstr("the run's own row has been changed"));
}

}  // namespace
}  // namespace interlock
