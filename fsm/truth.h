// Three-valued logic (Kleene): what is not known never decides.
#pragma once

namespace interlock::fsm {

enum class Truth : unsigned char {
  no,       // observed, and false
  unknown,  // at least one fact that would decide is not known
  yes,      // observed, and true
};

[[nodiscard]] constexpr Truth operator!(Truth a) {
  return a == Truth::unknown ? a : (a == Truth::yes ? Truth::no : Truth::yes);
}
[[nodiscard]] constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
[[nodiscard]] constexpr Truth either(Truth a, Truth b) { return a < b ? b : a; }
[[nodiscard]] constexpr Truth truth(bool value) { return value ? Truth::yes : Truth::no; }
[[nodiscard]] constexpr const char* to_string(Truth a) {
  return a == Truth::unknown ? "unknown" : (a == Truth::yes ? "yes" : "no");
}

}  // namespace interlock::fsm
