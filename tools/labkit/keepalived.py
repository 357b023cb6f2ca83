"""keepalived.conf of the two nodes, in the form of the runbook.

One thing of the runbook's is left out: `track_interface` naming the instance's own interface. keepalived ignores
it, tracking its own interface anyway, but `keepalived -t` then says so and exits 5.
"""
from .layout import DEVICE, HOME, NETWORK_BITS, VIP

CHECK = f"/bin/bash {HOME}/bin/check_hotdb_process.sh"
FILE = "/etc/keepalived/keepalived.conf"

TEMPLATE = """! Configuration File for keepalived

global_defs {{
    router_id HotDB-Server-ha
    script_user root
    enable_script_security
}}

vrrp_script check_HotDB_Server_process {{
    script "{check} process"
    interval 5
    fall 2
    rise 1
    weight -10
}}

vrrp_script check_HotDB_Server_connect_state {{
    script "{check} connect_{role}"
    interval 5
    fall 3
    rise 1
    timeout 5
    weight -10
}}

vrrp_instance VI_1 {{
    state {state}
    interface {device}
    virtual_router_id 89
{nopreempt}    priority {priority}
    advert_int 1
    authentication {{
        auth_type PASS
        auth_pass {password}
    }}
{track}    virtual_ipaddress {{
        {vip}/{bits} dev {device} label {device}:1
    }}
    notify_master "{check} {role}_notify_master"
    notify_backup "{check} {role}_notify_backup"
    notify_fault "{check} {role}_notify_backup"
}}
"""
TRACK = """    track_script {
        check_HotDB_Server_process
        check_HotDB_Server_connect_state
    }
"""


def configuration(role, password, at_once=False):
    """`role` is master or backup. `at_once`: holds the VIP without an election (see services.start_keepalived)."""
    return TEMPLATE.format(check=CHECK, role=role, state="MASTER" if at_once else "BACKUP", device=DEVICE, password=password,
                           vip=VIP, bits=NETWORK_BITS, priority=255 if at_once else 100 if role == "master" else 95, track="" if at_once else TRACK,
                           nopreempt="    nopreempt\n" if role == "master" and not at_once else "")
