// Any bytes as a start script: never a crash; merging with itself changes nothing; a Java that is set is read back,
// and every byte outside the values stays.
#include <string_view>

#include "probes/package_name.h"
#include "probes/start_script.h"
#include "tests/fuzz/property.h"

using namespace interlock;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto package = parse_package_name(text)) PROPERTY(parse_package_name(to_string(*package)).value() == *package);
  (void)parse_version(text);
  try {
    std::size_t done = 0;
    for (const ScriptAssignment& assignment : read_start_script(text, "fuzz")) {
      PROPERTY(assignment.offset >= done);
      done = assignment.offset + assignment.length;
      PROPERTY(done <= text.size());
    }
    PROPERTY(merge_start_script(text, text, std::nullopt).text == text);
    const JavaChoice java{"/usr/local/jdk8/bin/java", "1.8.0_252"};
    const std::string changed = with_java(text, java);
    const auto found = read_start_script(changed);
    PROPERTY(active_value(found, "JAVA_BIN") == java.bin);
    PROPERTY(active_value(found, "JAVA_VERSION") == java.version);
    PROPERTY(with_java(changed, java) == changed);
    PROPERTY(read_start_script(text).size() == found.size());
  } catch (const InputError& error) {
    PROPERTY(!error.diagnostics().empty());
  }
  return 0;
}
