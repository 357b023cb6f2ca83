// A misspelt command or option gets its likely word.
#include "src/commands/likely_word.h"

#include <CLI/CLI.hpp>
#include <gtest/gtest.h>

namespace interlock {
namespace {

std::string meant(const std::vector<std::string>& words) {
  CLI::App app{"interlock"};
  app.require_subcommand(1);
  std::string lang, site;
  app.add_option("--lang", lang);
  CLI::App* check = app.add_subcommand("check");
  check->add_option("SITE", site);
  check->add_flag("--verbose");
  app.add_subcommand("status");
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    return "accepted";
  } catch (const CLI::ParseError&) {
    return likely_command_line(app, words);
  }
}

TEST(LikelyWord, OfACommandOrAnOption) {
  EXPECT_EQ(meant({"chekc", "lab"}), "did you mean 'check'?");
  EXPECT_EQ(meant({"check", "lab", "--verbos"}), "did you mean '--verbose'?");
  EXPECT_EQ(meant({"status", "--lnag=zh"}), "did you mean '--lang'?");
  EXPECT_EQ(meant({"frobnicate"}), "") << "nothing is near";
  EXPECT_EQ(meant({"check", "stauts", "x"}), "") << "a site may have any name";
}

}  // namespace
}  // namespace interlock
