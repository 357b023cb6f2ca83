// Text checks, positions, edits, and how a diagnostic is printed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/text.h"

namespace interlock {
namespace {

std::string refusal(std::string_view bytes, std::size_t limit = kConfigLimitBytes) {
  try {
    check_text(bytes, limit, "f");
    return "accepted";
  } catch (const InputError& e) {
    return e.what();
  }
}

TEST(Diagnostic, PrintsOneLineAndLeavesOutWhatIsEmpty) {
  EXPECT_EQ(to_string(Diagnostic{"a.conf", 3, 7, Severity::error, "m", "e", "f"}), "a.conf:3:7: error: m; expected e; fix: f");
  EXPECT_EQ(to_string(Diagnostic{"a.conf", 3, 0, Severity::warning, "m", "", "f"}), "a.conf:3: warning: m; fix: f");
  EXPECT_EQ(to_string(Diagnostic{"a.conf", 0, 0, Severity::note, "m", "", ""}), "a.conf: note: m");
  EXPECT_EQ(to_string(Diagnostic{"", 0, 0, Severity::note, "m", "", ""}), "note: m");
  EXPECT_STREQ(InputError({Diagnostic{"a", 1, 1, Severity::error, "m", "", ""}, Diagnostic{"b", 1, 1, Severity::error, "n", "", ""}}).what(),
               "a:1:1: error: m\nb:1:1: error: n");
}

TEST(CheckText, AcceptsUtf8AndRefusesEverythingElseWithThePlace) {
  EXPECT_EQ(refusal(""), "accepted");
  EXPECT_EQ(refusal("主备\n\xF0\x9F\x98\x80\xEF\xBF\xBF\xC2\x80"), "accepted");
  for (const std::string bad : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE4\xB8", "\xC2", "\xF0\x9F\x98"}) {
    EXPECT_THAT(refusal("主备\n主" + bad), testing::HasSubstr("f:2:2: error: byte 0x")) << testing::PrintToString(bad);
  }
  EXPECT_THAT(refusal(std::string_view("a\0b", 3)), testing::HasSubstr("f:1:2: error: a NUL byte"));
  EXPECT_EQ(refusal("12345", 4), "f: error: the file has 5 bytes; expected at most 4 bytes; fix: check that this is the file that was meant");
}

TEST(LineIndex, CountsCharactersOnAnyLine) {
  std::string text = "ab\n主备x\n\n";
  const LineIndex index(text);
  EXPECT_EQ(index.at(0), (Position{1, 1}));
  EXPECT_EQ(index.at(text.find('x')), (Position{2, 3}));
  EXPECT_EQ(index.at(text.size()), (Position{4, 1}));
  EXPECT_EQ(index.at(text.size() + 9), (Position{4, 1}));
  std::string lengthy(1000, 'a');
  lengthy += "主";
  lengthy += std::string(1000, 'b');
  EXPECT_EQ(LineIndex(lengthy).at(1003 + 500), (Position{1, 1502}));
}

TEST(Edits, ReplaceInsertAndRemoveKeepTheRest) {
  EXPECT_EQ(apply_edits("0123456789", {{8, 2, ""}, {0, 1, "A"}, {5, 0, "--"}}), "A1234--567");
  EXPECT_EQ(apply_edits("x", {}), "x");
}

}  // namespace
}  // namespace interlock
