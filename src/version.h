// The version of the program. Apart, so that only one small file is compiled anew, and by itself, because of it.
#pragma once

namespace interlock {

[[nodiscard]] const char* version();

}  // namespace interlock
