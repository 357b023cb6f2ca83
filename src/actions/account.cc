// See account.h.
#include "src/actions/account.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::size_t kKeptBytes = 8 * 1024;  // of each stream of each command, in the report

// The end of an output says most about why something went wrong.
std::string kept(const std::string& text) {
  if (text.size() <= kKeptBytes) return valid_utf8(text);
  return "…" + valid_utf8(std::string_view(text).substr(text.size() - kKeptBytes));
}

bool plain(std::string_view word) {
  constexpr std::string_view kPlain = "@%_-+=:,./";
  return !word.empty() && std::all_of(word.begin(), word.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kPlain.find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace

Result<CommandOutput> Account::run(const std::string& shown, const Command& command) {
  return run_on(request_.host, shown, command);
}

Result<CommandOutput> Account::run_on(Host& host, const std::string& shown, const Command& command) {
  Json entry = {{"host", host.name()}, {"command", shown}};
  auto output = host.run(command, request_.deadline);
  if (!output) {
    entry["unknown"] = fmt::format("{}: {}", to_string(output.error().cause), output.error().text);
  } else {
    if (output->signal != 0) {
      entry["signal"] = output->signal;
    } else {
      entry["exit"] = output->exit_status;
    }
    entry["out"] = kept(output->out);
    entry["err"] = kept(output->err);
    entry["truncated"] = output->truncated || output->out.size() > kKeptBytes || output->err.size() > kKeptBytes;
    entry["took_ms"] = output->took.count();
  }
  details_["commands"].push_back(std::move(entry));
  return output;
}

OperationResult Account::end(fsm::Outcome outcome, std::string text) {
  return {outcome, valid_utf8(text), std::move(details_)};
}

OperationResult Account::done(std::string text) { return end(fsm::Outcome::done, std::move(text)); }

OperationResult Account::failed(std::string text) { return end(fsm::Outcome::failed, std::move(text)); }

OperationResult Account::lost(const Failure& why, std::string_view doing) {
  details_["cause"] = to_string(why.cause);
  const auto outcome = why.sent ? fsm::Outcome::unknown : fsm::Outcome::failed;
  return end(outcome, fmt::format("{}: {}", doing, why.text));
}

std::string shown_command(const std::vector<std::string>& argv) {
  std::string line;
  for (const std::string& word : argv) {
    if (!line.empty()) line += ' ';
    if (plain(word)) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char c : word) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

std::string last_line(std::string_view text) {
  const auto lines = lines_of(text);
  const auto last = std::find_if(lines.rbegin(), lines.rend(), [](std::string_view line) {
    return line.find_first_not_of(" \t\r") != std::string_view::npos;
  });
  return last == lines.rend() ? "" : one_line(*last);
}

std::string in_bytes(long long bytes) {
  constexpr double kStep = 1000.0;
  static constexpr const char* kUnits[] = {"kB", "MB", "GB", "TB"};
  if (bytes < static_cast<long long>(kStep)) return fmt::format("{} bytes", bytes);
  double value = static_cast<double>(bytes) / kStep;
  std::size_t unit = 0;
  while (value >= kStep && unit + 1 < std::size(kUnits)) {
    value /= kStep;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::optional<std::string> printed(std::string_view out, std::string_view name) {
  for (const auto line : lines_of(out)) {
    if (line.size() > name.size() && line.starts_with(name) && line[name.size()] == ' ')
      return std::string(line.substr(name.size() + 1));
  }
  return std::nullopt;
}

std::string argument_problems(std::span<const ProbeArgument> arguments, const Json& args) {
  const bool one_list = arguments.size() == 1 && arguments.front().type == ProbeArgument::Type::list;
  const Json named = one_list && args.is_array() ? Json{{std::string(arguments.front().name), args}} : args;
  return all_problems(arguments, named);
}

OperationResult perform_checked(OperationResult (*perform)(const OperationRequest&),
                                std::span<const ProbeArgument> arguments, const OperationRequest& request) {
  Account account(request);
  if (const auto problems = argument_problems(arguments, request.args); !problems.empty())
    return account.failed("the arguments do not fit: " + problems);
  if (request.deadline <= std::chrono::steady_clock::now())
    return account.failed("the time was over before anything was begun");
  try {
    return perform(request);
  } catch (const std::exception& thrown) {
    return account.failed(thrown.what());
  }
}

}  // namespace interlock
