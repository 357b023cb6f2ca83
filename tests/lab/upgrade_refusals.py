"""Every precondition and every condition of the switch violated in turn: refused with exit 10, with the reason, and
nothing on any host changed."""
import functools
import re

from support import expect, manager, on, tool, wait
from upgrade_support import NONSTOP, UNCHANGED, config_sums, expect_exit, interlock, server_row, site_with, upgrade
from support import LAB
from labkit import services
from labkit.layout import HOME, MANAGER_PORT, SERVICE_PORT

CONF = "/etc/keepalived/keepalived.conf"


def sql(kind):
    return site_with(scripts=f"[/root/upgrade/sql/{kind}/2.5.5.sql, /root/upgrade/sql/{kind}/2.5.6.sql]")


def misbehave(host, setting):
    tool("fault", host, "misbehave", setting)


def stop_node(host):
    on(host, f"sh {HOME}/bin/hotdb_server stop")


def master_offline():
    manager("hotdb-1", "offline")


def master_stopped():
    # Without keepalived on the backup the VIP stays, so that only the ports are wrong.
    on("hotdb-2", "service keepalived stop")
    stop_node("hotdb-1")


def backup_online():
    manager("hotdb-2", "online")
    wait("the backup to open its service port", lambda: services.open_on(LAB, "hotdb-2", SERVICE_PORT), 10)


def more_config_rows():
    on("config-db", "mariadb hotdb_config -e \"insert into hotdb_config_info (k, v, description) values ('interlock.test', '1', 'a row that memory does not have')\"")


def keepalived_stopped():
    """The init script returns before the daemon has gone."""
    on("hotdb-2", "service keepalived stop; for i in $(seq 100); do pgrep -x keepalived >/dev/null || exit 0; sleep 0.1; done; exit 1")


def vip_on_the_backup():
    on("hotdb-1", "service keepalived stop")
    wait("the backup to hold the VIP", lambda: services.has_vip(LAB, "hotdb-2"), 10)


def vip_twice():
    tool("fault", "hotdb-2", "vip-add")


# name -> (the gate that must be closed, what violates it; a path it returns is the site file to use)
VIOLATIONS = {
    "sql_in_the_wrong_order": ("sql-runs", lambda: site_with(scripts="[/root/upgrade/sql/safe/2.5.6.sql, /root/upgrade/sql/safe/2.5.5.sql]")),
    "sql_changes_a_column": ("sql-safe", lambda: sql("unsafe-alter")),
    "sql_drops_a_table": ("sql-safe", lambda: sql("unsafe-drop")),
    "sql_updates_rows": ("sql-safe", lambda: sql("unsafe-update")),
    "master_service_port_closed": ("master-ports", master_offline),
    "master_management_port_closed": ("master-ports", master_stopped),
    "backup_service_port_open": ("backup-ports", backup_online),
    "backup_management_port_closed": ("backup-ports", lambda: stop_node("hotdb-2")),
    "master_xml_says_backup": ("master-xml", lambda: on("hotdb-1", f"sed -i 's/>master</>backup</' {HOME}/conf/server.xml")),
    "backup_xml_names_another_master": ("backup-xml", lambda: on("hotdb-2", f"sed -i 's/10.89.0.11:3325/10.89.0.99:3325/' {HOME}/conf/server.xml")),
    "master_conf_preempts": ("master-conf", lambda: on("hotdb-1", f"sed -i '/nopreempt/d' {CONF}")),
    "backup_conf_checks_as_master": ("backup-conf", lambda: on("hotdb-2", f"sed -i 's/connect_backup/connect_master/' {CONF}")),
    "weights_never_move_the_vip": ("conf-pair", lambda: [on(h, f"sed -i 's/weight -10/weight -2/' {CONF}") for h in ("hotdb-1", "hotdb-2")] and None),
    "configuration_check_fails": ("config-check", lambda: misbehave("hotdb-1", "config_check_error=datasource 3 has no heartbeat")),
    "memory_differs_from_config_database": ("memory", more_config_rows),
    "keepalived_stopped_on_the_backup": ("keepalived", keepalived_stopped),
    "vip_on_the_backup": ("vip-on-master", vip_on_the_backup),
    "two_holders_of_the_vip": ("vip-on-master", vip_twice),
    "package_with_a_wrong_checksum": ("package", lambda: site_with(package_sha256="f" * 64)),
    "package_of_another_version": ("package", lambda: site_with(new_version="2.5.7")),
    "package_missing": ("package", lambda: site_with(package="/root/upgrade/hotdb-server-2.5.6-ga-20990101.tar.gz")),
    "jdk_missing": ("jdk-package", lambda: site_with(jdk_package="/root/upgrade/nothing.tar.gz")),
    "licence_too_small": ("licence", lambda: site_with(licensed_nodes="0")),
    "another_version_runs": ("versions", lambda: site_with(old_version="2.5.3")),
    "the_new_version_is_the_old_one": ("versions", lambda: site_with(new_version="2.5.4")),
    "directory_of_an_earlier_attempt": ("no-leftovers", lambda: on("hotdb-2", f"mkdir {HOME}_2.5.4")),
    "online_ddl_is_running": ("no-ddl", lambda: misbehave("hotdb-1", "online_ddl=alter table t add c int")),
    "clients_are_denied": ("clients-answered", lambda: on("control", "echo wrong > /root/secrets/app")),
    "config_database_down": ("configdb-reachable", lambda: on("config-db", "service mariadb stop")),
}


def refused(gate, violate):
    site = violate()
    site = site if isinstance(site, str) else "/root/site.yaml"
    down = gate == "configdb-reachable"
    before = None if down else config_sums()
    out = expect_exit(UNCHANGED, upgrade(site=site))
    expect(gate in out.split("\nrun ", 1)[-1], f"the gate '{gate}' is not named: {out[-2000:]}")
    check = interlock("check", NONSTOP, site=site)
    expect_exit((2, 3), check)
    part = re.split(rf" {gate}\s", check[1], maxsplit=1)[-1]
    for word in ("observed", "required", "remedy") if re.search(rf"✗ {gate}\s", check[1]) else ("cannot be judged",):
        expect(word in part, f"'{word}' is missing for gate '{gate}': {check[1]}")
    expect(before is None or config_sums() == before, "a refused run changed something")


def scenarios():
    return {f"refused_{name}": functools.partial(refused, *violation) for name, violation in VIOLATIONS.items()}
