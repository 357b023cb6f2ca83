// Live progress, seen on a terminal that is emulated here, and as plain lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include "src/report/narrator.h"
#include "src/report/progress.h"
#include "tests/support/golden.h"
#include "tests/support/small_pair.h"

namespace interlock {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::EasternTime;
using tests::switch_fails;

// A terminal of endless height: text, line feeds, CR, cursor up, erase below, colours. Wraps at its width.
class Screen : public Sink {
 public:
  explicit Screen(std::size_t columns) : columns_(columns) {}
  bool write(std::string_view text, bool lasting) override {
    if (deaf_ && !lasting) return false;
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == '\x1b') {
        std::size_t end = at + 2;
        while (end < text.size() && (text[end] < '@' || text[end] > '~')) ++end;
        sequence(text.substr(at + 2, end - at - 2), text[end]);
        at = end + 1;
        continue;
      }
      const std::size_t from = at;
      const char32_t c = report::next_character(text, at);
      if (c == '\n') {
        newline();
      } else if (c == '\r') {
        column_ = 0;
      } else {
        EXPECT_GE(c, U' ') << "a control character";
        put(std::string(text.substr(from, at - from)), report::display_width(text.substr(from, at - from)));
      }
    }
    return true;
  }
  [[nodiscard]] std::size_t columns() const override { return columns_; }

  // Without trailing blanks and empty lines.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> out;
    for (const auto& row : rows_) {
      std::string line;
      for (const auto& cell : row) line += cell;
      while (!line.empty() && line.back() == ' ') line.pop_back();
      out.push_back(line);
    }
    while (!out.empty() && out.back().empty()) out.pop_back();
    return out;
  }
  [[nodiscard]] std::string text() const {
    std::string all;
    for (const auto& line : lines()) all += line + "\n";
    return all;
  }
  void narrow(std::size_t columns) {  // as terminals do: long lines are wrapped anew
    std::vector<std::vector<std::string>> old = std::move(rows_);
    rows_ = {{}};
    row_ = column_ = 0;
    columns_ = columns;
    for (std::size_t i = 0; i < old.size(); ++i) {
      while (!old[i].empty() && old[i].back() == " ") old[i].pop_back();
      for (const auto& cell : old[i])
        if (!cell.empty()) put(cell, report::display_width(cell));
      if (i + 1 < old.size()) newline();
    }
  }
  void deaf(bool on) { deaf_ = on; }
  [[nodiscard]] bool coloured() const { return coloured_; }

 private:
  void newline() {
    ++row_;
    column_ = 0;
    if (row_ >= rows_.size()) rows_.emplace_back();
  }
  void put(const std::string& cell, std::size_t width) {
    if (column_ + width > columns_) newline();
    auto& row = rows_[row_];
    if (row.size() < column_ + width) row.resize(column_ + width, " ");
    row[column_] = cell;
    if (width == 2) row[column_ + 1] = "";
    column_ += width;
  }
  void sequence(std::string_view arguments, char command) {
    if (command == 'A') {
      const auto up = static_cast<std::size_t>(std::stoul(std::string(arguments)));
      ASSERT_LE(up, row_) << "the cursor leaves the terminal";
      row_ -= up;
    } else if (command == 'J') {
      rows_.resize(row_ + 1);
      rows_[row_].resize(std::min(rows_[row_].size(), column_));
    } else {
      ASSERT_EQ(command, 'm') << "an unexpected sequence";
      coloured_ = true;
    }
  }

  std::size_t columns_, row_ = 0, column_ = 0;
  std::vector<std::vector<std::string>> rows_{{}};
  bool coloured_ = false, deaf_ = false;
};

RunListener::Now now_of(const fsm::Machine& machine, const fsm::Engine& engine, Millis clock, Millis gap) {
  RunListener::Now now{to_string(machine, engine.place()), engine.waiting(), clock, std::nullopt, engine.broken_rules()};
  now.clients.emplace();
  now.clients->attempts = static_cast<std::uint64_t>(clock.count() / 10);
  now.clients->current = gap;
  now.clients->longest.length = gap;
  return now;
}

// Plays a pretended run to a listener; `look` sees the screen now and then.
void play(const fsm::Machine& machine, const tests::Events& events, RunListener& listener, std::int64_t& clock, const std::function<void(const RunListener::Now&)>& look = {}) {
  tests::Watcher watcher;
  watcher.record = [&](const fsm::JournalRecord& r) {
    clock = r.at_ms;
    listener.on_record(r.kind, r.body, r.evidence);
  };
  watcher.tick = [&](const fsm::Engine& engine, Millis at, Millis gap) {
    const auto now = now_of(machine, engine, at, gap);
    listener.on_tick(now);
    if (look) look(now);
  };
  const auto run = tests::pretend(machine, events, watcher);
  ASSERT_TRUE(run.over);
}

ProgressOptions options(std::int64_t& clock, Language language = Language::en, bool colours = false) { return {language, colours, {}, [&clock] { return clock; }}; }

TEST(TerminalProgress, LeavesTheStoryOnTheScreenAndNothingElse) {
  const EasternTime time;
  const fsm::Machine machine = tests::small_pair();
  std::int64_t clock = 0;
  Screen screen(100);
  {
    TerminalProgress progress(machine, screen, options(clock));
    play(machine, switch_fails(), progress, clock);
  }
  EXPECT_FALSE(screen.coloured());
  tests::expect_golden("report/progress-terminal.text", screen.text());
}

// Whatever the width, what stays on the screen says the same; the live block never leaves a trace.
TEST(TerminalProgress, TheSameWordsAtEveryWidth) {
  const EasternTime time;
  const fsm::Machine machine = tests::small_pair();
  const auto words = [&](std::size_t columns) {
    std::int64_t clock = 0;
    Screen screen(columns);
    {
      TerminalProgress progress(machine, screen, options(clock, Language::en, true));
      play(machine, tests::as_planned(), progress, clock);
    }
    EXPECT_TRUE(screen.coloured());
    std::string all;
    for (const auto& line : screen.lines())
      for (std::size_t at = 0; at < line.size(); ++at)
        if (line[at] != ' ') all += line[at];
    std::sort(all.begin(), all.end());  // durations stand at the right end of other lines
    return all;
  };
  const std::string wide = words(100);
  EXPECT_EQ(words(72), wide);
  EXPECT_EQ(words(50), wide);
}

// Whoever watches reads what to do where it is told, not only in the report.
TEST(TerminalProgress, AClosedGateComesWithItsRemedy) {
  const fsm::Machine machine = tests::small_pair();
  report::Narrator narrator(machine, Language::en, {});
  (void)narrator.hear(0, "moved", {{"phase", machine.phases.front().name}, {"reason", "begun"}}, {});
  const fsm::Gate& gate = machine.phases.front().gates.front();
  const auto told = narrator.hear(1, "gate", {{"gate", gate.id}, {"verdict", "no"}, {"mode", "enforce"}, {"facts", Json::object()}}, {});
  ASSERT_EQ(told.size(), 2U);
  EXPECT_THAT(told.back().text, HasSubstr(gate.remedy.en));
  EXPECT_THAT(narrator.hear(2, "gate", {{"gate", gate.id}, {"verdict", "yes"}, {"mode", "enforce"}, {"facts", Json::object()}}, {}), ::testing::IsEmpty());
}

TEST(TerminalProgress, ShowsWhatIsAwaitedAndWhatClientsNotice) {
  const fsm::Machine machine = tests::small_pair();
  std::int64_t clock = 0;
  Screen screen(100);
  TerminalProgress progress(machine, screen, options(clock));
  bool waited = false, gap = false, acted = false, broken = false;
  play(machine, switch_fails(), progress, clock, [&](const RunListener::Now& now) {
    const std::string text = screen.text();
    if (now.waiting.kind == fsm::Waiting::Kind::condition && now.place.starts_with("switch")) {
      waited = true;
      EXPECT_THAT(text, AllOf(HasSubstr("Handover (switch)"), HasSubstr("⧖ waiting; "), HasSubstr("backup.vip is absent"), HasSubstr(" of 4 s")));
    }
    if (now.waiting.kind == fsm::Waiting::Kind::action && now.place.find("backup.install") != std::string::npos) {
      acted = true;
      EXPECT_THAT(text, AllOf(HasSubstr("step 2 of 3"), HasSubstr("⧖ doing set the old version aside"), HasSubstr(" of 1 min")));
    }
    if (now.clients->current >= std::chrono::seconds(2)) {
      gap = true;
      EXPECT_THAT(text, HasSubstr("✗ NO ANSWER for "));
    }
    if (now.broken_rules != 0) {
      broken = true;
      EXPECT_THAT(text, HasSubstr("! rule broken: clients are served"));
    }
  });
  EXPECT_TRUE(waited && acted && gap && broken);
}

TEST(TerminalProgress, SurvivesATerminalThatBecomesNarrowerAndOneThatDoesNotListen) {
  const EasternTime time;
  const fsm::Machine machine = tests::small_pair();
  std::int64_t clock = 0;
  Screen screen(100);
  int ticks = 0;
  {
    TerminalProgress progress(machine, screen, options(clock, Language::zh));
    play(machine, tests::as_planned(), progress, clock, [&](const RunListener::Now&) {
      if (++ticks == 30) screen.narrow(41);
      screen.deaf(ticks > 60 && ticks < 90);
      for (const auto& line : screen.lines()) EXPECT_LE(report::display_width(line), screen.columns());
    });
  }
  EXPECT_THAT(screen.lines(), Not(Contains(HasSubstr("⧖")))) << screen.text();
  EXPECT_THAT(screen.lines(), Not(Contains(HasSubstr("客户端正常")))) << screen.text();
  EXPECT_THAT(screen.text(), HasSubstr("✓ 成功：升级成功"));
}

TEST(PlainProgress, OneLinePerEventWithItsTime) {
  const EasternTime time;
  const fsm::Machine machine = tests::small_pair();
  for (const auto& [language, name] : {std::pair{Language::en, "en"}, std::pair{Language::zh, "zh"}}) {
    std::int64_t clock = 0;
    Screen screen(1000);
    PlainProgress progress(machine, screen, options(clock, language));
    play(machine, switch_fails(), progress, clock);
    EXPECT_FALSE(screen.coloured());
    tests::expect_golden(std::string("report/progress-plain.") + name + ".text", screen.text());
  }
}

TEST(PlainProgress, SaysAgainWhatLastsLong) {
  const fsm::Machine machine = tests::small_pair();
  std::int64_t clock = 1605809523120;
  Screen screen(1000);
  PlainProgress progress(machine, screen, options(clock));
  RunListener::Now now{"switch/leave", {fsm::Waiting::Kind::condition, "backup.vip is absent", Millis(0), Millis(600'000)}, Millis(0), GapSnapshot{}, 0};
  for (int second = 0; second <= 95; ++second) {
    now.clock = Millis(second * 1000);
    now.clients->current = std::chrono::seconds(second);
    progress.on_tick(now);
  }
  int waits = 0, gaps = 0;
  for (const auto& line : screen.lines()) {
    waits += line.find("⧖ waiting; backup.vip is absent") != std::string::npos;
    gaps += line.find("NO ANSWER") != std::string::npos;
  }
  EXPECT_EQ(waits, 3) << screen.text();
  EXPECT_EQ(gaps, 10) << screen.text();
}

TEST(Progress, TellsAPersonWhatToDo) {
  const fsm::Machine machine = tests::small_pair();
  std::int64_t clock = 1605809523120;
  Screen screen(60);
  TerminalProgress progress(machine, screen, options(clock));
  fsm::Action action = machine.actions.front();
  action.title = {"switch the licence in the vendor's console", ""};
  action.manual = {"open https://console/\nchoose \"licence\"\x1b[2J", ""};
  progress.on_instruct(action);
  EXPECT_THAT(screen.text(), AllOf(HasSubstr("please do this now, on node-2: switch"), HasSubstr("\n    choose \"licence\"\\x1b[2J")));
}

TEST(Progress, NamesTheRunInWhatIsToBeTyped) {
  tests::Events stranded = switch_fails();
  stranded.after.erase("backup.stop_keepalived");
  stranded.acts["master.start_keepalived"] = {fsm::Outcome::failed, false, "exit 1", {}, 1000};
  const fsm::Machine machine = tests::small_pair();
  std::int64_t clock = 1605809523120;
  Screen screen(200);
  ProgressOptions with = options(clock);
  with.typing = {"20201120-0212-lab-k3f", "s.db"};
  PlainProgress progress(machine, screen, std::move(with));
  play(machine, stranded, progress, clock);
  EXPECT_THAT(screen.text(), HasSubstr("type: interlock --state s.db resume 20201120-0212-lab-k3f or interlock --state s.db rollback 20201120-0212-lab-k3f"));
}

// A pipe that nobody reads is the worst that a terminal can do.
TEST(DescriptorSink, NeverWaitsLongForItsReader) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  ASSERT_NE(fcntl(ends[1], F_SETPIPE_SZ, 4096), -1);
  std::string wanted;
  {
    DescriptorSink sink(ends[1]);
    const auto began = std::chrono::steady_clock::now();
    bool dropped = false;
    for (int i = 0; i < 300; ++i) {
      const std::string line = "line " + std::to_string(i) + std::string(60, '.') + "\n";
      EXPECT_TRUE(sink.write(line, true));
      wanted += line;
      dropped = dropped || !sink.write("live\n", false);
      if (i == 100) break;
    }
    EXPECT_TRUE(dropped) << "the pipe never filled";
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
    std::string got;
    std::array<char, 65536> buffer{};
    while (got.find("line 100") == std::string::npos) {
      const ssize_t n = read(ends[0], buffer.data(), buffer.size());
      ASSERT_GT(n, 0);
      got.append(buffer.data(), static_cast<std::size_t>(n));
      (void)sink.write("", true);
    }
    for (std::size_t at = got.find("live\n"); at != std::string::npos; at = got.find("live\n")) got.erase(at, 5);
    EXPECT_EQ(got, wanted) << "every lasting line, in order";
  }
  close(ends[0]);
  close(ends[1]);
}

TEST(DescriptorSink, GoesOnWithoutALostReader) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  close(ends[0]);
  const auto old = signal(SIGPIPE, SIG_IGN);
  DescriptorSink sink(ends[1]);
  (void)sink.write("into the void\n", true);
  EXPECT_FALSE(sink.write("and again\n", true));
  signal(SIGPIPE, old);
  close(ends[1]);
}

}  // namespace
}  // namespace interlock
