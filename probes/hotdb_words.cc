#include "probes/hotdb_words.h"

namespace interlock {
namespace {

struct Words {
  unsigned number;
  std::string_view text;
};

constexpr Words kWords[] = {
    {1003, "the configuration was not reloaded"},
    {10150, "the service port could not be closed (offline)"},
    {10151, "the service port could not be opened (online)"},
    {10186, "another reload is running"},
    {10187, "no usable config database"},
    {10191, "the reload did not succeed"},
    {10192, "online is refused in a disaster-recovery room"},
    {10236, "the VIP is not on the master"},
    {10237, "the configuration in memory differs from the config database"},
    {10238, "a datasource is unusable"},
    {10239, "replication is broken"},
    {10240, "replication is too far behind"},
    {10241, "a failover is in progress"},
    {10250, "the service port could not be opened"},
    {11006, "the primary could not be changed"},
    {11008, "no usable secondary"},
};

}  // namespace

std::string_view hotdb_error_words(unsigned number) {
  for (const auto& words : kWords) {
    if (words.number == number) return words.text;
  }
  return "";
}

std::string hotdb_error_text(unsigned number, std::string_view server_text) {
  const std::string_view words = hotdb_error_words(number);
  return words.empty() ? std::string(server_text) : std::string(words) + ": " + std::string(server_text);
}

}  // namespace interlock
