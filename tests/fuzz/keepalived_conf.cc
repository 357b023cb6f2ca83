// Any bytes as keepalived.conf: never a crash, diagnostics within the text, rewrites that can be undone.
#include <string_view>

#include "probes/keepalived_pair.h"
#include "tests/fuzz/property.h"

using namespace interlock;

namespace {

void check_places(std::string_view text, const std::vector<Diagnostic>& diagnostics) {
  const Position end = LineIndex(text).at(text.size());
  for (const Diagnostic& diagnostic : diagnostics) {
    PROPERTY(diagnostic.line <= end.line);
    PROPERTY(!diagnostic.message.empty());
  }
}

void check_priority(std::string_view text, const KeepalivedConf& conf) {
  if (conf.instances.size() != 1 || !conf.instances[0].priority.given) return;
  std::string raised;
  try {
    raised = with_priority(text, 117);
  } catch (const InputError&) {
    return;  // the file has errors: refusing is right
  }
  PROPERTY(parse_keepalived(raised, {}).instances.at(0).priority.value == 117);
  PROPERTY(parse_keepalived(with_priority(raised, 93), {}).instances.at(0).priority.value == 93);
  PROPERTY(with_priority(with_priority(raised, 93), 117) == raised);
}

// Cut at a NUL-free mark, the input is a pair: swapping to the master's role and back gives the same bytes.
void check_swap(std::string_view text) {
  const auto cut = text.find("\n%%\n");
  if (cut == std::string_view::npos) return;
  const std::string_view a = text.substr(0, cut + 1), b = text.substr(cut + 4);
  std::string new_b, new_a;
  try {
    (void)analyse_pair(parse_keepalived(a, "a"), parse_keepalived(b, "b"));
    new_b = as_master(b, a);
    new_a = as_backup(a, b);
  } catch (const InputError&) {
    return;
  }
  if (new_b == b || new_a == a) return;  // they had the roles already
  PROPERTY(as_backup(new_b, new_a) == b);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const KeepalivedConf conf = parse_keepalived(text, "fuzz");
    check_places(text, conf.diagnostics);
    (void)keepalived_role(conf);
    (void)analyse_pair(conf, conf);
    check_priority(text, conf);
    check_swap(text);
  } catch (const InputError& error) {
    PROPERTY(!error.diagnostics().empty());
  }
  return 0;
}
