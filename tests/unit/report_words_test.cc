// The table of words, and text on a page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "fsm/machine.h"
#include "src/report/check_formats.h"
#include "src/report/gloss.h"
#include "src/report/layout.h"
#include "src/report/typing.h"
#include "src/report/words.h"
#include "src/store/site_lock.h"

namespace interlock::report {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::StartsWith;

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

TEST(Layout, ACommandIsNotBroken) {
  EXPECT_THAT(wrap("Go on: interlock --state s.db resume 20201120-0212-lab-k3f   Go back: interlock rollback last", 20),
              ElementsAre("Go on:", "interlock --state s.db resume 20201120-0212-lab-k3f", "Go back:", "interlock rollback last"));
  EXPECT_THAT(wrap("执行 interlock resume RUN，然后查看", 16), ElementsAre("执行", "interlock resume RUN，", "然后查看"));
  EXPECT_THAT(wrap("only if they are equal: `a b c d e f g h i j k l`, then", 20), ElementsAre("only if they are", "equal:", "`a b c d e f g h i j k l`,", "then"));
  EXPECT_THAT(wrap("interlock report says", 10), ElementsAre("interlock report", "says"));
}

TEST(Layout, NoLineBeginsWithAClosingMark) {
  EXPECT_THAT(wrap("备机优先级，提升", 10), ElementsAre("备机优先", "级，提升"));
  EXPECT_THAT(wrap("看到 hotdb-1，耗时", 13), ElementsAre("看到", "hotdb-1，耗时"));
  EXPECT_THAT(wrap("主机（备机）", 6), ElementsAre("主机", "（备", "机）"));
}

TEST(Layout, ANumberKeepsItsUnit) {
  EXPECT_THAT(wrap("at most 30 s of it", 10), ElementsAre("at most", "30 s of it"));
  EXPECT_THAT(wrap("it took 1 min 05 s", 16), ElementsAre("it took 1 min", "05 s"));
  EXPECT_THAT(wrap("最长等待 30 秒钟", 12), ElementsAre("最长等待", "30 秒钟"));
  EXPECT_THAT(wrap("in 30 seconds", 6), ElementsAre("in 30", "second", "s")) << "a word is no unit";
}

TEST(Typing, NamesTheRunAndTheStateFileThatWasGiven) {
  const std::string text = "if so: interlock resume RUN (go on), or interlock status; TRUNK, interlock check";
  EXPECT_EQ(typed(text, {}), text);
  EXPECT_EQ(typed(text, {"20201120-0212-lab-k3f", ""}), "if so: interlock resume 20201120-0212-lab-k3f (go on), or interlock status; TRUNK, interlock check");
  EXPECT_EQ(typed(text, {"", "/tmp/a b.db"}), "if so: interlock --state '/tmp/a b.db' resume RUN (go on), or interlock --state '/tmp/a b.db' status; TRUNK, interlock check");
  EXPECT_EQ(typed("执行 interlock resume RUN。", {"x", "s"}), "执行 interlock --state s resume x。");
  EXPECT_EQ(typed("interlock resume RUN", {"1-RUN-2", "interlock resume"}), "interlock --state 'interlock resume' resume 1-RUN-2") << "ends";
  EXPECT_EQ(typed("another version of interlock: reports", {"x", "s"}), "another version of interlock: reports");
}

TEST(Words, KindsOfEndsAreTranslatedAndTheirOtherNamesAreNot) {
  EXPECT_EQ(end_words(fsm::to_string(fsm::EndKind::rolled_back), Language::zh), "已回退");
  EXPECT_EQ(end_words(fsm::to_string(fsm::EndKind::success), Language::en), "success");
  EXPECT_EQ(end_words("one-node", Language::zh), "one-node");
}

TEST(Words, ALabelIsNotSaidTwice) {
  EXPECT_EQ(labelled(Word::look_at, "查看报告", Language::zh), "查看报告");
  EXPECT_EQ(labelled(Word::look_at, "两台主机", Language::zh), "查看：两台主机");
  EXPECT_EQ(with_title("versions", {"versions", "版本正确"}, Language::en), "versions");
  EXPECT_EQ(with_title("versions", {"versions", "版本正确"}, Language::zh), "versions：版本正确");
  EXPECT_EQ(with_title("versions", {}, Language::en), "versions");
  EXPECT_EQ(with_title("rule: clients are served", {"clients are served", "业务可用"}, Language::en), "rule: clients are served");
}

TEST(Evidence, SaysADurationOnce) {
  const Json seen = Json::parse(R"([{"fact": "a.vip", "value": "held", "asked": "address", "saw": "held on eth0, in 29.4 ms", "took_us": 29400}])");
  EXPECT_THAT(evidence_lines(seen, Language::en), ElementsAre("a.vip = held: address, saw: held on eth0, in 29 ms"));
  EXPECT_EQ(without_duration("held, in peace"), "held, in peace");
}

// --- what comes in English ----------------------------------------------------------------------------------------------

TEST(Gloss, SaysInChineseWhatTheStateFileAndTheEngineSay) {
  const LockHolder holder{"shop", "20261121-1949-shop-kym", {"control", 4711, 1, "boot"}, Liveness::dead, 0};
  const std::string refused = glossed(refusal(holder), Language::zh);
  EXPECT_THAT(refused, StartsWith("站点 shop 被运行 20261121-1949-shop-kym（始于 "));
  EXPECT_THAT(refused, EndsWith("主机 control 上的进程 4711，已不存在）锁定；继续：interlock resume 20261121-1949-shop-kym；回退：interlock rollback 20261121-1949-shop-kym"));
  EXPECT_EQ(glossed("its effect did not come within 30 s: backup.vip is absent", Language::zh), "其效果未在 30 秒内出现：backup.vip is absent");
  EXPECT_EQ(glossed("its effect did not come within 30 s", Language::en), "its effect did not come within 30 s");
  EXPECT_EQ(glossed("no space left on device", Language::zh), "no space left on device") << "words of hosts stay as they are";
  EXPECT_EQ(glossed_comment("mv a b   # if there; to b.2, .3, … when that name is taken", Language::zh), "mv a b   # 存在时执行；目标名被占用时改用 b.2、.3……");
  EXPECT_EQ(glossed_comment("mv a b", Language::zh), "mv a b");
}

// What is translated is what is said: nothing may be reworded in one place alone.
TEST(Gloss, EveryEntryStandsInTheSources) {
  std::string sources;
  for (const char* folder : {"/src", "/fsm"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(INTERLOCK_SOURCE_DIR) + folder)) {
      if (entry.path().extension() != ".cc" || entry.path().filename() == "gloss.cc") continue;
      std::ifstream file(entry.path());
      sources.append(std::istreambuf_iterator<char>(file), {});
    }
  sources = std::regex_replace(sources, std::regex("\"\\s*\n\\s*\""), "");  // a text over several lines
  constexpr std::size_t kTelling = 6;
  for (const Gloss& gloss : glosses()) {
    std::string_view rest = gloss.en;
    for (std::size_t hole = 0; hole != std::string_view::npos;) {
      hole = rest.find("{}");
      std::string part(rest.substr(0, hole));
      if (part.ends_with(": ")) part.resize(part.size() - 2);  // what the system says comes behind it, put there by one for all
      EXPECT_TRUE(part.size() < kTelling || sources.find(part) != std::string::npos) << part;
      if (hole != std::string_view::npos) rest.remove_prefix(hole + 2);
    }
  }
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
  EXPECT_EQ(seconds_between(430, 1100), "0.43 … 1.10");
  EXPECT_EQ(seconds_between(430.1, 429.9), "0.43");
  EXPECT_EQ(grouped(25114), "25,114");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(iso_time(1605809523120), "2020-11-19T18:12:03.120Z");
}

}  // namespace
}  // namespace interlock::report
