// keepalived.conf of a pair in the handbook's form, for tests. Names, layout and comments follow the handbook;
// the pair is made by one function so that a test changes one thing at a time.
#pragma once

#include <string>

namespace interlock::samples {

struct KeepalivedSample {
  bool master = true;
  int priority = 100;
  int weight = -10;
  std::string advert = "1";
  std::string extra_instance;   // further lines of the instance
  std::string extra_global;
  std::string process_extra;    // further lines of the process script
  std::string process = "check_hotdb_process";
  std::string password = "Zq7planted";
  bool nopreempt = true;
};

inline std::string keepalived(const KeepalivedSample& s) {
  const std::string role = s.master ? "master" : "backup";
  const std::string device = s.master ? "eth1" : "eth0";
  const std::string home = "/usr/local/hotdb/hotdb-server/bin/check_hotdb_process.sh";
  return "! Configuration File for keepalived\n"
         "global_defs {\n    router_id HotDB-ha\n" + s.extra_global + "}\n\n"
         "vrrp_script " + s.process + " {\n"
         "    script \"/bin/bash " + home + " process\"\n"
         "    interval 5\n    fall 2\n    rise 1\n    weight " + std::to_string(s.weight) + "\n" + s.process_extra + "}\n\n"
         "vrrp_script check_hotdb_connect {\n"
         "    script \"/bin/bash " + home + " connect_" + role + "\"\n"
         "    interval 5\n    fall 3\n    rise 1\n    timeout 5\n    weight " + std::to_string(s.weight) + "\n}\n\n"
         "vrrp_instance VI_1 {\n"
         "    state BACKUP\n    interface " + device + "\n    virtual_router_id 89\n" +
         (s.master && s.nopreempt ? "    nopreempt   # 主 only\n" : "") +
         "    priority " + std::to_string(s.priority) + "\n    advert_int " + s.advert + "\n" + s.extra_instance +
         "    authentication {\n        auth_type PASS\n        auth_pass " + s.password + "\n    }\n"
         "    track_script {\n        " + s.process + "\n        check_hotdb_connect\n    }\n"
         "    #be careful in red hat\n    track_interface {\n        " + device + "\n    }\n"
         "    virtual_ipaddress {\n        192.168.200.140/24 dev " + device + " label " + device + ":1\n    }\n"
         "    notify_master \"/bin/bash " + home + " " + role + "_notify_master\"\n"
         "    notify_backup \"/bin/bash " + home + " " + role + "_notify_backup\"\n"
         "    notify_fault \"/bin/bash " + home + " " + role + "_notify_backup\"\n"
         "}\n";
}

inline KeepalivedSample master() { return {}; }
inline KeepalivedSample backup() {
  KeepalivedSample sample;
  sample.master = false;
  sample.priority = 95;
  return sample;
}

}  // namespace interlock::samples
