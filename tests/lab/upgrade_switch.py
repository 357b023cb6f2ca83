"""The interlock at work, third parties who move the VIP, and switches that fail."""
import functools
import subprocess

from support import LAB, TOOL, expect, on, opened, tool, wait
from upgrade_support import (ATTENTION, ROLLED_BACK, SUCCESS, NONSTOP, expect_exit, expect_old_site, expect_served_by, expect_version, finish, interlock,
                             journal, locked_config_table, site_with, start, upgrade, wait_for_phase, wait_for_record)
from labkit import services

def kinds():
    return [kind for kind, _, _ in journal()]


def master_dies_while_the_config_database_is_upgraded():
    """The manual's next step would stop the only node that serves; the interlock does not take it."""
    with locked_config_table():
        child = start("run", NONSTOP, "--yes")
        wait_for_record("intent", lambda body: body["action"] == "configdb.upgrade")
        tool("fault", "hotdb-1", "crash")
        wait("the backup to serve", lambda: services.has_vip(LAB, "hotdb-2") and opened("hotdb-2", 3323), 20)
        wait_for_record("rule-holds", lambda body: body["rule"] == "clients are served", 10)
    code_out = finish(child)
    expect_exit(ROLLED_BACK, code_out)
    blocked = [body for kind, body, _ in journal() if kind == "interlocked"]
    expect([b["action"] for b in blocked] == ["backup.stop"], f"interlocked: {blocked}")
    expect("clients are served" in blocked[0]["rules"], str(blocked))
    expect(not any(kind == "intent" and body["action"] == "backup.stop" for kind, body, _ in journal()), "the backup was stopped")
    expect_served_by("hotdb-2")
    expect_version("2.5.4", "hotdb-2")


def third_party_takes_the_vip(phase):
    """Somebody stops keepalived on the node that holds the VIP, in the middle of a phase."""
    child = start("run", NONSTOP, "--yes")
    wait_for_phase(phase)
    holder = "hotdb-1" if services.has_vip(LAB, "hotdb-1") else "hotdb-2"
    on(holder, "service keepalived stop")
    code, out = finish(child)
    expect(code in (SUCCESS, ROLLED_BACK, ATTENTION), f"exit {code}: {out[-2000:]}")
    if code == ATTENTION:
        expect("look:" in out and "type:" in out, f"the operator is not told what to do: {out[-1500:]}")
    expect_served_by("hotdb-1", "hotdb-2")


def backup_does_not_open_its_service_port():
    tool("fault", "hotdb-2", "misbehave", "online_opens_nothing=true", "only_version=2.5.6")
    expect_exit(ROLLED_BACK, upgrade("--set", "outage_budget=5s"))
    expect_old_site()


def vip_does_not_move():
    """The manual's order, and a backup whose keepalived is deaf: the master is started again."""
    child = start("run", NONSTOP, "--yes", "--set", "handover=service-first", "--set", "outage_budget=15s")
    wait_for_phase("drain")
    on("hotdb-2", "kill -STOP $(cat /run/keepalived.pid) $(pgrep -P $(cat /run/keepalived.pid))")
    code, out = finish(child)
    on("hotdb-2", "pkill -CONT -x keepalived", check=False)
    expect(code in (ROLLED_BACK, ATTENTION), f"exit {code}: {out[-2000:]}")
    if code == ROLLED_BACK:
        expect_old_site()
    else:
        expect("type:" in out, out[-1500:])
        expect_served_by("hotdb-1", "hotdb-2")


def backup_goes_online_too_late():
    tool("fault", "hotdb-2", "misbehave", "online_late_s=8", "only_version=2.5.6")
    expect_exit(ROLLED_BACK, upgrade("--set", "outage_budget=3s"))
    expect_old_site()


def busy_master_is_waited_for_then_left_alone():
    """A transaction that does not end: by default the upgrade goes back rather than cutting it off."""
    password = LAB.secrets()["app"]
    busy = subprocess.Popen([TOOL, "exec", "--name", LAB.name, "control", "--", "sh", "-c",
                             f"(echo 'begin; select 1;'; sleep 60) | mariadb --host 10.89.0.100 --port 3323 --user app --password={password} --skip-ssl --unbuffered"],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    try:
        expect_exit(ROLLED_BACK, upgrade("--set", "drain=3s"))
        expect("overrun" in kinds(), "the drain did not overrun")
    finally:
        busy.terminate()
        busy.wait(timeout=20)
    expect_old_site()


def scenarios():
    plain = (master_dies_while_the_config_database_is_upgraded, backup_does_not_open_its_service_port, vip_does_not_move, backup_goes_online_too_late,
             busy_master_is_waited_for_then_left_alone)
    moved = {f"third_party_takes_the_vip_in_{phase}": functools.partial(third_party_takes_the_vip, phase)
             for phase in ("prepare", "config-database", "upgrade-backup", "before-switch", "upgrade-master", "rebuild")}
    return {test.__name__: test for test in plain} | moved
