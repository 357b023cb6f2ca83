// The HTML report: stands alone, is well-formed, and says the same as the others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "src/report/html_report.h"
#include "tests/support/golden.h"
#include "tests/support/small_pair.h"

namespace interlock {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::run_info;
using tests::switch_fails;

std::string html(const tests::Events& events, const RunInfo& run = run_info(), Language language = Language::en) {
  const fsm::Machine m = tests::small_pair();
  return render_html(m, tests::pretend(m, events).records, run, language);
}

// The page as XML: its few void elements are closed, and then every tag must match.
pugi::xml_parse_result parse(pugi::xml_document& document, std::string page) {
  page.erase(0, page.find("<html"));
  for (const char* element : {"<meta", "<br"})
    for (auto at = page.find(element); at != std::string::npos; at = page.find(element, at + 1)) page.insert(page.find('>', at), "/");
  for (auto at = page.find(" open>"); at != std::string::npos; at = page.find(" open>")) page.replace(at, 6, " open=\"\">");
  return document.load_string(page.c_str());
}

TEST(HtmlReport, Golden) {
  const tests::EasternTime time;
  tests::expect_golden("report/run-switch-fails.exit11.html", html(switch_fails()));
}

TEST(HtmlReport, IsWellFormed) {
  tests::Events crash = tests::as_planned();
  crash.crash_at = "backup.install";
  for (const auto& events : {tests::as_planned(), switch_fails(), crash})
    for (const auto language : {Language::en, Language::zh}) {
      pugi::xml_document document;
      const std::string page = html(events, run_info(), language);
      const auto parsed = parse(document, page);
      EXPECT_TRUE(parsed) << parsed.description() << " near " << page.substr(static_cast<std::size_t>(parsed.offset), 80);
      EXPECT_EQ(document.select_nodes("//section").size(), 8u);
    }
}

TEST(HtmlReport, ReachesForNothing) {
  const std::string page = html(switch_fails());
  for (const char* outside : {"<script", "src=", "href=", "http://", "https://", "@import", "<link", "<iframe", "<img"}) EXPECT_THAT(page, Not(HasSubstr(outside)));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (auto at = page.find("url("); at != std::string::npos; at = page.find("url(", at + 1)) EXPECT_EQ(page.substr(at, 6), "url(#h") << "only its own hatching";
}

TEST(HtmlReport, HostileOutputStaysText) {
  const std::string bad = "</pre><script>alert('x')</script><img src=x onerror=\"y\">\x1b]0;title\x07\xff&lt;";
  tests::Events e = tests::as_planned();
  e.acts["backup.start"] = {fsm::Outcome::failed, false, bad,
                            Json::array({{{"operation", bad}, {"outcome", bad}, {"text", bad}, {"details", {{bad, bad}, {"commands", Json::array({{{"host", bad}, {"command", bad}, {"exit", bad}, {"out", bad}, {"err", bad}}, bad})}}}},
                                         bad, {{"operation", "run"}, {"details", bad}}}),
                            1000};
  e.saw["backup.service"] = bad;
  RunInfo run = run_info();
  run.run_id = run.operator_name = run.control_host = run.damage = run.machine_digest = run.journal_hash = run.interlock_version = bad;
  run.seal = RunInfo::Seal::damaged;
  run.versions = {{bad, bad}};
  run.forecast->handover = bad;
  const std::string page = html(e, run);
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")), Not(HasSubstr("\x1b")), Not(HasSubstr("\xff"))));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")) << "it is shown, as text";
  pugi::xml_document document;
  const auto parsed = parse(document, page);
  EXPECT_TRUE(parsed) << parsed.description() << " near " << page.substr(static_cast<std::size_t>(parsed.offset), 80);
}

TEST(HtmlReport, WhatWasNotMeasuredIsNotGreen) {
  tests::Events crash = tests::as_planned();
  crash.crash_at = "backup.install";
  EXPECT_THAT(html(crash), HasSubstr("<rect class=\"blank\""));
  EXPECT_THAT(html(tests::as_planned()), Not(HasSubstr("<rect class=\"blank\"")));
  const fsm::Machine m = tests::small_pair();
  auto records = tests::pretend(m, tests::as_planned()).records;
  std::erase_if(records, [](const fsm::JournalRecord& r) { return r.kind == "clients" || r.kind == "client-gap"; });
  records.insert(records.begin(), {0, records.front().at_ms, "clients-not-measured", {{"why", "no password"}}, nullptr});
  const std::string page = render_html(m, records, run_info(), Language::en);
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<rect class=\"band\"")), HasSubstr("not measured: no password")));
}

TEST(HtmlReport, TheWholeRunIsThere) {
  const std::string page = html(switch_fails());
  EXPECT_THAT(page, AllOf(HasSubstr("ROLLED BACK: the old version serves again"), HasSubstr("20201120-0212-lab-k3f"), HasSubstr("root@control"), HasSubstr("old 2.5.4, new 2.5.6"), HasSubstr("predicted 0.60 … 1.10 s (vip-first)")));
  EXPECT_THAT(page, AllOf(HasSubstr(std::string(64, 'd')), HasSubstr(std::string(64, 'a')), HasSubstr("one line of backup.install")));
  // The path: taken edges and boxes are drawn strongly, the success is not.
  EXPECT_THAT(page, AllOf(HasSubstr("class=\"node taken back\""), HasSubstr("class=\"node taken rolled\""), Not(HasSubstr("class=\"node taken success\""))));
}

}  // namespace
}  // namespace interlock
