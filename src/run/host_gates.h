// What the procedure needs of the hosts themselves and no fact tells: that they let us log in, and that there is room
// for what is unpacked. Gates that the tool adds, as that of the outage: `check` shows them, `run` refuses by them.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "fsm/machine.h"
#include "probes/probe.h"
#include "src/report/check_result.h"

namespace interlock {

inline const fsm::Words kLoginTitle{"every host that is worked on can be logged in to", "所有要操作的主机都能登录"};
inline const fsm::Words kSpaceTitle{"there is room for what will be unpacked", "磁盘空间足以解压安装包"};

// The hosts on which actions act, or from which probes look. A probe that is given a port asks it from here.
[[nodiscard]] std::set<std::string> hosts_logged_in_to(const fsm::Machine& machine);

// Nothing: no host is logged in to. Closed when one denies the login, unknown when one cannot be reached.
[[nodiscard]] std::optional<GateResult> login_gate(const fsm::Machine& machine, Hosts& hosts);

// Nothing: the procedure unpacks nothing. Unknown where a package could not be listed here, or a host tells no free space.
[[nodiscard]] std::optional<GateResult> space_gate(const fsm::Machine& machine, Hosts& hosts);

}  // namespace interlock
