// Long text on a terminal, a screen at a time.
#pragma once

#include <string>

namespace interlock {

// Through $PAGER, or `less -R`, where standard output is a terminal and `text` is longer than it is high; else, and where
// neither can be started, as put() prints it. $PAGER is parted at blanks: no shell reads it.
void page(const std::string& text);

}  // namespace interlock
