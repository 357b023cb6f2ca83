// The interlock command.
#include <csignal>

#include "src/commands/application.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a peer that dies is an error of that call, never our end
  return interlock::run_application(argc, argv);
}
