#include "probes/arguments.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>

#include "fsm/suggest.h"
#include "probes/package_mark.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::int64_t kHighestPort = 65535;

std::optional<std::int64_t> as_number(const Json& value) {
  if (value.is_number_unsigned()) {
    const auto n = value.get<std::uint64_t>();
    if (n > INT64_MAX) return std::nullopt;
    return static_cast<std::int64_t>(n);
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  std::int64_t n = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return n;
}

std::optional<bool> as_flag(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value == "true") return true;
  if (value == "false") return false;
  return std::nullopt;
}

std::optional<std::string> as_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  return std::nullopt;
}

std::optional<std::string> as_secret(const Json& value) {
  if (!value.is_object() || value.size() != 1) return std::nullopt;
  const auto name = value.find("secret");
  if (name == value.end() || !name->is_string()) return std::nullopt;
  return name->get<std::string>();
}

bool has_parameter(const Json& value) {
  return value.is_string() && value.get_ref<const std::string&>().find("${") != std::string::npos;
}

bool fits(ProbeArgument::Type type, const Json& value) {
  using Type = ProbeArgument::Type;
  if (has_parameter(value)) return true;
  switch (type) {
    case Type::text: return as_text(value).has_value();
    case Type::number: return as_number(value).has_value();
    case Type::flag: return as_flag(value).has_value();
    case Type::secret: return as_secret(value).has_value();
    case Type::list: return value.is_array();
    case Type::any: return true;
    // An empty one is that of a file that is not named: the probe or operation says so of the file.
    case Type::sha256: return value == "" || is_sha256(lower_case(as_text(value).value_or("")));
  }
  return false;
}

const ProbeArgument* find_argument(std::span<const ProbeArgument> arguments, std::string_view name) {
  for (const auto& argument : arguments) {
    if (argument.name == name) return &argument;
  }
  return nullptr;
}

std::string quoted(std::string_view word) { return "'" + std::string(word) + "'"; }

std::string shown(const Json& value) {
  constexpr std::size_t kShown = 60;
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kShown) text = text.substr(0, kShown) + "…";
  return text;
}

std::string unknown_argument(std::span<const ProbeArgument> arguments, std::string_view name) {
  std::vector<std::string_view> names;
  std::string all;
  for (const auto& argument : arguments) {
    names.push_back(argument.name);
    all += (all.empty() ? "" : ", ") + std::string(argument.name);
  }
  const std::string hint = did_you_mean(name, names);
  return "unknown argument " + quoted(name) + (hint.empty() ? "; known: " + all : hint);
}

std::string not_a_choice(const ProbeArgument& argument, std::string_view word) {
  const std::string hint = did_you_mean(word, argument.choices);
  std::string all;
  for (const auto choice : argument.choices) all += (all.empty() ? "" : ", ") + std::string(choice);
  return "argument " + quoted(argument.name) + " does not know " + quoted(word) + (hint.empty() ? "; known: " + all : hint);
}

void check_value(const ProbeArgument& argument, const Json& value, std::vector<ArgumentProblem>& problems) {
  const auto wrong = [&](std::string text) { problems.push_back({std::string(argument.name), std::move(text)}); };
  if (!fits(argument.type, value)) {
    // An ill-typed secret may be the secret itself, so it is not shown.
    const bool hide = argument.type == ProbeArgument::Type::secret;
    wrong("argument " + quoted(argument.name) + " must be " + std::string(to_string(argument.type)) + (hide ? "" : ", not " + shown(value)));
    return;
  }
  if (has_parameter(value)) return;
  if (argument.name == "ip") {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    const std::string text = as_text(value).value_or("");
    if (::inet_pton(AF_INET, text.c_str(), bytes.data()) != 1 && ::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1)
      wrong("argument 'ip' must be an IP address (10.0.0.1, without /24), not " + shown(value));
  }
  if (argument.name == "port") {
    const std::int64_t port = as_number(value).value_or(0);
    if (port < 1 || port > kHighestPort) wrong("argument 'port' must be 1 to 65535, not " + shown(value));
  }
  if (argument.choices.empty()) return;
  const std::string word = as_text(value).value_or("");
  for (const auto choice : argument.choices) {
    if (choice == word) return;
  }
  wrong(not_a_choice(argument, word));
}

}  // namespace

std::string_view to_string(ProbeArgument::Type type) {
  using Type = ProbeArgument::Type;
  switch (type) {
    case Type::text: return "text";
    case Type::number: return "a number";
    case Type::flag: return "true or false";
    case Type::secret: return "a reference to a secret, {secret: NAME}";
    case Type::list: return "a list";
    case Type::any: return "any value";
    case Type::sha256: return "a SHA-256, 64 hexadecimal digits";
  }
  return "?";
}

std::vector<ArgumentProblem> check_arguments(std::span<const ProbeArgument> arguments, const Json& args) {
  std::vector<ArgumentProblem> problems;
  if (!args.is_object() && !args.is_null()) return {{"", "the arguments must be a mapping of names to values"}};
  for (const auto& [name, value] : args.items()) {
    const ProbeArgument* argument = find_argument(arguments, name);
    if (argument == nullptr) {
      problems.push_back({"", unknown_argument(arguments, name)});
    } else if (!value.is_null() || argument->required) {
      check_value(*argument, value, problems);
    }
  }
  for (const auto& argument : arguments) {
    if (argument.required && !args.contains(argument.name))
      problems.push_back({"", "missing argument " + quoted(argument.name) + ": " + std::string(argument.help)});
  }
  return problems;
}

std::string all_problems(std::span<const ProbeArgument> arguments, const Json& args) {
  std::string all;
  for (const auto& problem : check_arguments(arguments, args)) all += (all.empty() ? "" : "; ") + problem.text;
  return all;
}

const Json* ArgumentReader::find(std::string_view name) const {
  if (!args_.is_object()) return nullptr;
  const auto found = args_.find(name);
  return found == args_.end() || found->is_null() ? nullptr : &*found;
}

std::optional<std::string> ArgumentReader::text(std::string_view name) const {
  const Json* value = find(name);
  return value == nullptr ? std::nullopt : as_text(*value);
}

std::optional<std::int64_t> ArgumentReader::number(std::string_view name) const {
  const Json* value = find(name);
  return value == nullptr ? std::nullopt : as_number(*value);
}

bool ArgumentReader::flag(std::string_view name) const {
  const Json* value = find(name);
  return value != nullptr && as_flag(*value).value_or(false);
}

std::optional<std::string> ArgumentReader::secret(std::string_view name) const {
  const Json* value = find(name);
  return value == nullptr ? std::nullopt : as_secret(*value);
}

std::vector<Json> ArgumentReader::list(std::string_view name) const {
  const Json* value = find(name);
  if (value == nullptr || !value->is_array()) return {};
  return {value->begin(), value->end()};
}

std::uint16_t ArgumentReader::port(std::string_view name) const {
  const std::int64_t port = number(name).value_or(0);
  return port < 0 || port > kHighestPort ? std::uint16_t{0} : static_cast<std::uint16_t>(port);
}

}  // namespace interlock
