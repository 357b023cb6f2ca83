// Whether a host holds an IP address on one of its devices, by `ip -json addr show`. A tentative address, or one
// whose duplicate was found, is not held: nobody can be served at it.
#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "probes/arguments.h"
#include "probes/host_script.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/text.h"

namespace interlock {
namespace {

// The bytes of an address, so that "fe80::1" and "fe80:0::1" are the same. Empty: not an address.
std::string address_bytes(const std::string& text) {
  std::array<char, sizeof(in6_addr)> bytes{};
  if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return {bytes.data(), sizeof(in_addr)};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return {bytes.data(), sizeof(in6_addr)};
  return "";
}

Failure unexpected(const char* what) { return {Cause::protocol, std::string("ip printed JSON ") + what, false}; }

// Whether the addr_info of one device lists the address in use.
Result<bool> lists(const Json& addresses, const std::string& wanted) {
  if (!addresses.is_array()) return tl::unexpected(unexpected("whose addr_info is no list"));
  for (const auto& entry : addresses) {
    // ip prints {} where it filtered something out.
    if (!entry.is_object()) return tl::unexpected(unexpected("with an address that is no object"));
    const auto local = entry.find("local");
    if (local == entry.end()) continue;
    if (!local->is_string()) return tl::unexpected(unexpected("with an address that is no text"));
    const bool unusable = entry.value("tentative", false) || entry.value("dadfailed", false);
    if (!unusable && address_bytes(local->get<std::string>()) == wanted) return true;
  }
  return false;
}

Result<std::vector<std::string>> devices_with(const std::string& out, const std::string& wanted,
                                              const std::optional<std::string>& only) {
  const Json devices = Json::parse(out, nullptr, false);
  if (devices.is_discarded()) return failure(Cause::protocol, "ip printed no JSON: " + one_line(out, 60));
  if (!devices.is_array()) return tl::unexpected(unexpected("that is no list of devices"));
  std::vector<std::string> holders;
  for (const auto& device : devices) {
    if (!device.is_object()) return tl::unexpected(unexpected("with a device that is no object"));
    if (device.empty()) continue;
    const auto name = device.find("ifname");
    const auto addresses = device.find("addr_info");
    if (name == device.end() || !name->is_string()) return tl::unexpected(unexpected("with a device without a name"));
    if (addresses == device.end()) return tl::unexpected(unexpected("with a device without addr_info"));
    const auto held = lists(*addresses, wanted);
    if (!held) return tl::unexpected(held.error());
    if (*held && (!only || *only == *name)) holders.push_back(*name);
  }
  return holders;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

}  // namespace

Reading observe_address(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::string ip = args.text("ip").value_or("");
  const auto device = args.text("dev");
  const ObservationTimer timer("address " + ip + " on " + request.host.name() + (device ? ", device " + *device : ""));
  const std::string wanted = address_bytes(ip);
  if (wanted.empty()) return timer.unknown(Cause::protocol, "argument 'ip' is no IP address: '" + one_line(ip) + "'");
  Command command;
  command.argv = {"ip", "-json", "addr", "show"};
  command.output_limit = 1024 * 1024;
  const auto output = request.host.run(command, request.deadline);
  if (!output) return timer.unknown(output.error());
  if (!output->ok()) return timer.unknown(command_failure("ip -json addr show", *output));
  if (output->truncated) return timer.unknown(Cause::protocol, "ip printed more than can be read");
  const auto holders = devices_with(output->out, wanted, device);
  if (!holders) return timer.unknown(holders.error());
  const bool held = !holders->empty();
  return timer.known({{"held", held}, {"devices", *holders}},
                     (held ? "held on " + joined(*holders) : std::string("absent")) + ", in " + timer.took_ms());
}

}  // namespace interlock
