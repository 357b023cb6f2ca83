#include "src/lint/lint_view.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "src/report/escape.h"
#include "src/report/layout.h"

namespace interlock {
namespace {

using report::Colour;
using report::Paint;

constexpr std::size_t kIndent = 2, kGap = 2;
constexpr std::size_t kWidestColumn = 32;

// Rows with the same number of cells that follow each other are one table; their last column is wrapped.
std::string table(const std::vector<LintRow>& rows, std::size_t first, std::size_t last) {
  std::vector<std::size_t> widths(rows[first].size(), 0);
  for (std::size_t r = first; r < last; ++r)
    for (std::size_t c = 0; c + 1 < rows[r].size(); ++c)
      widths[c] = std::max(widths[c], std::min(report::display_width(report::printable(rows[r][c])), kWidestColumn));
  std::string text;
  for (std::size_t r = first; r < last; ++r) {
    std::string head(kIndent, ' ');
    for (std::size_t c = 0; c + 1 < rows[r].size(); ++c) {
      const std::string cell = report::printable(rows[r][c]);
      head += report::pad(cell, std::max(widths[c], report::display_width(cell))) + std::string(kGap, ' ');
    }
    text += report::hang(head, report::printable(rows[r].back()), report::page_columns());
  }
  return text;
}

std::string tables(const std::vector<LintRow>& rows) {
  std::string text;
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first + 1;
    while (last < rows.size() && rows[last].size() == rows[first].size()) ++last;
    text += table(rows, first, last);
    first = last;
  }
  return text;
}

std::string diagnostic_line(const Diagnostic& diagnostic, const Paint& paint) {
  const std::string line = report::printable(to_string(diagnostic));
  switch (diagnostic.severity) {
    case Severity::error: return paint(Colour::red, line);
    case Severity::warning: return paint(Colour::yellow, line);
    case Severity::note: return paint(Colour::dim, line);
  }
  return line;
}

std::string number_of(std::size_t number, const char* what) { return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s"); }

std::string sum(const LintCount& counted) {
  return number_of(counted.errors, "error") + ", " + number_of(counted.warnings, "warning") + ", " + number_of(counted.notes, "note");
}

Json to_json(const Diagnostic& d) {
  Json one{{"file", d.file}, {"severity", to_string(d.severity)}, {"message", d.message}};
  if (d.line > 0) one["line"] = d.line;
  if (d.column > 0) one["column"] = d.column;
  if (!d.expected.empty()) one["expected"] = d.expected;
  if (!d.fix.empty()) one["fix"] = d.fix;
  return one;
}

}  // namespace

std::string lint_text(const std::vector<LintResult>& results, bool colours) {
  const Paint paint(colours);
  std::string text;
  LintCount all;
  for (const LintResult& result : results) {
    text += paint(Colour::bold, report::printable(fmt::format("{}: {}", fmt::join(result.files, ", "), result.what))) + "\n";
    text += tables(result.rows);
    for (const Diagnostic& diagnostic : result.diagnostics) text += diagnostic_line(diagnostic, paint) + "\n";
    const LintCount counted = count(result.diagnostics);
    all.errors += counted.errors;
    all.warnings += counted.warnings;
    all.notes += counted.notes;
    text += "\n";
  }
  if (!results.empty()) text += sum(all) + "\n";
  return text;
}

std::string lint_json(const std::vector<LintResult>& results, const std::vector<Diagnostic>& unread, int exit_code) {
  Json all{{"results", Json::array()}, {"unread", Json::array()}, {"exit_code", exit_code}};
  LintCount sums;
  for (const LintResult& result : results) {
    Json one{{"kind", to_string(result.kind)}, {"what", result.what}, {"files", result.files}, {"found", result.found}, {"diagnostics", Json::array()}};
    for (const Diagnostic& diagnostic : result.diagnostics) one["diagnostics"].push_back(to_json(diagnostic));
    const LintCount counted = count(result.diagnostics);
    sums.errors += counted.errors;
    sums.warnings += counted.warnings;
    sums.notes += counted.notes;
    all["results"].push_back(std::move(one));
  }
  for (const Diagnostic& diagnostic : unread) all["unread"].push_back(to_json(diagnostic));
  all["errors"] = sums.errors;
  all["warnings"] = sums.warnings;
  all["notes"] = sums.notes;
  return report::json_text(all) + "\n";
}

}  // namespace interlock
