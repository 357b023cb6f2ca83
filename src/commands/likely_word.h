// The likely word behind a misspelt command or option.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace interlock {

// "did you mean 'check'?", or "" when every word is known or none is near. `words`: the command line without the program.
[[nodiscard]] std::string likely_command_line(const CLI::App& app, const std::vector<std::string>& words);

}  // namespace interlock
