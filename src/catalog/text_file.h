// Reads a whole text file that a person named. Throws InputError that says what is wrong with it.
#pragma once

#include <cstddef>
#include <string>

namespace interlock {

[[nodiscard]] std::string read_text_file(const std::string& path, std::size_t limit_bytes);

}  // namespace interlock
