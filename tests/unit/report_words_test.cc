// The table of words, and text on a page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "src/report/layout.h"
#include "src/report/words.h"

namespace interlock::report {
namespace {

using ::testing::ElementsAre;

// The {} of a template: how many, or which numbers.
std::multiset<std::string> places(const std::string& text) {
  std::multiset<std::string> found;
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) found.insert(text.substr(at, text.find('}', at) - at + 1));
  return found;
}

TEST(Words, EveryWordIsThereInBothLanguagesWithTheSamePlaces) {
  for (int i = 0; i < kWordCount; ++i) {
    const Entry e = entry(static_cast<Word>(i));
    EXPECT_FALSE(std::string(e.en).empty()) << i;
    const bool between = static_cast<Word>(i) == Word::sentence_gap;  // Chinese has nothing between sentences
    EXPECT_EQ(std::string(e.zh).empty(), between) << i << " " << e.en;
    const auto en = places(e.en), zh = places(e.zh);
    EXPECT_EQ(std::set(en.begin(), en.end()), std::set(zh.begin(), zh.end())) << e.en << " / " << e.zh;
  }
}

TEST(Words, ForeignTextIsNeverATemplate) { EXPECT_EQ(say(Language::en, Word::fact_is, "{0}{}", "{x}"), "{0}{} is {x}"); }

TEST(Layout, ChineseTakesTwoColumns) {
  EXPECT_EQ(display_width("主备 VIP"), 8u);
  EXPECT_EQ(display_width("\x1b[31mred\x1b[0m"), 3u);
  EXPECT_EQ(pad("主机", 6), "主机  ");
  EXPECT_EQ(clip("主机备机", 5), "主机…");
  EXPECT_EQ(clip("主机备机", 8), "主机备机");
  EXPECT_EQ(display_width(clip("主机备机", 4)), 3u);
}

TEST(Layout, WrapsAtSpacesAndBetweenChineseCharacters) {
  EXPECT_THAT(wrap("the VIP is on the master", 10), ElementsAre("the VIP is", "on the", "master"));
  EXPECT_THAT(wrap("主机服务端口、管理端口", 10), ElementsAre("主机服务端", "口、管理端", "口"));
  EXPECT_THAT(wrap("0123456789abc", 5), ElementsAre("01234", "56789", "abc"));
  EXPECT_THAT(wrap("", 5), ElementsAre(""));
  for (const auto& line : wrap("备机：服务端口 closed，管理端口 open, and a-very-long-word-that-cannot-be-broken", 16)) EXPECT_LE(display_width(line), 16u) << line;
}

TEST(Layout, NothingForeignMovesTheCursor) {
  EXPECT_EQ(printable("a\x1b[2Jb\r\n\x9b\x7f"), "a\\x1b[2Jb\\r\\n\xEF\xBF\xBD\\x7f");
  EXPECT_EQ(printable("\xe2\x80\xaeoh"), "\\u202eoh");
  EXPECT_EQ(printable("\xc2\x9b"), "\\x9b");
  EXPECT_EQ(printable("主机 ✓ é"), "主机 ✓ é");
  EXPECT_EQ(printable(std::string("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(printable("\xed\xa0\x80\xf5\xc0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Layout, FiguresAreReadable) {
  EXPECT_EQ(duration(Millis(420)), "0.42 s");
  EXPECT_EQ(duration(Millis(13700)), "13.7 s");
  EXPECT_EQ(duration(Millis(125000)), "2 min 05 s");
  EXPECT_EQ(duration(Millis(600000)), "10 min");
  EXPECT_EQ(duration(Millis(3720000)), "1 h 02 min");
  EXPECT_EQ(micros(850), "850 µs");
  EXPECT_EQ(grouped(25114), "25,114");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(iso_time(1605809523120), "2020-11-19T18:12:03.120Z");
}

}  // namespace
}  // namespace interlock::report
