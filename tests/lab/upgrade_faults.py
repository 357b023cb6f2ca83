"""Things that go wrong around the upgrade: each ends in a named end, with the words an operator needs."""
import time

from support import LAB, expect, on, opened, tool, wait
from labkit import services
from labkit.layout import NODES, SERVICE_PORT
from upgrade_support import (ATTENTION, NONSTOP, ROLLED_BACK, SUCCESS, UNCHANGED, end_of, expect_exit, expect_old_site, expect_served_by, expect_upgraded, expect_version, finish, interlock,
                             journal, locked_config_table, longest_gap_ms, site_with, start, upgrade, wait_for_phase, wait_for_record)


ELECTION_S = 5


def told(out, *words):
    for word in words:
        expect(word in out, f"'{word}' is not told: {out[-2500:]}")


def since_phase(phase):
    records = journal()
    first = next(i for i, (kind, body, _) in enumerate(records) if kind == "moved" and body.get("phase") == phase)
    return records[first:]


def disk_full_while_unpacking():
    child = start("run", NONSTOP, "--yes")
    wait_for_record("intent", lambda body: body["action"] == "backup.stage")
    tool("fault", "hotdb-1", "disk-full")
    out = expect_exit(ROLLED_BACK, finish(child))
    told(interlock("explain", "last")[1] + out, "disk full")
    tool("fault", "hotdb-1", "disk-free")
    expect_old_site()


def disk_full_is_seen_before_anything_is_changed():
    tool("fault", "hotdb-1", "disk-full")
    out = expect_exit(UNCHANGED, upgrade())
    told(out, "space", "hotdb-1", "needed")
    tool("fault", "hotdb-1", "disk-free")
    expect_old_site()


def upgrade_script_fails_in_its_third_statement():
    site = site_with(scripts="[/root/upgrade/sql/failing/2.5.5.sql, /root/upgrade/sql/failing/2.5.6.sql]")
    out = expect_exit(ROLLED_BACK, upgrade(site=site))
    told(interlock("explain", "last")[1] + out, ".sql:")
    expect_old_site()


def start_hangs():
    tool("fault", "hotdb-2", "misbehave", "hang_start=true", "only_version=2.5.6")
    out = expect_exit(ROLLED_BACK, upgrade(site=site_with(start_within="6s")))
    told(interlock("explain", "last")[1] + out, "backup.start")
    expect_old_site()


def start_is_refused():
    tool("fault", "hotdb-2", "misbehave", "refuse_start=no licence", "only_version=2.5.6")
    expect_exit(ROLLED_BACK, upgrade(site=site_with(start_within="6s")))
    expect_old_site()


def old_master_does_not_start_with_the_new_version():
    """After the switch: the whole way back, over a second switchover."""
    tool("fault", "hotdb-1", "misbehave", "refuse_start=no licence", "only_version=2.5.6")
    expect_exit(ROLLED_BACK, upgrade(site=site_with(start_within="6s")))
    expect_old_site()


def reload_hangs():
    tool("fault", "hotdb-1", "misbehave", "reload_hang=true")
    out = expect_exit(ROLLED_BACK, upgrade())
    told(interlock("explain", "last")[1] + out, "reload")
    expect_old_site()


def backup_host_is_cut_off_and_comes_back():
    child = start("run", NONSTOP, "--yes")
    wait_for_record("intent", lambda body: body["action"] == "backup.stop")
    tool("fault", "hotdb-2", "partition")
    out = expect_exit(ATTENTION, finish(child))
    told(out, "look:", "type:")
    expect_served_by("hotdb-1")
    tool("fault", "hotdb-2", "heal")
    expect_exit((SUCCESS, ROLLED_BACK), interlock("resume", "last"))
    expect_served_by("hotdb-1", "hotdb-2")


def master_host_is_cut_off_after_the_switch():
    child = start("run", NONSTOP, "--yes")
    wait_for_record("confirmed", lambda body: body["action"] == "master.stop")  # later it cannot serve on its side of the cut
    tool("fault", "hotdb-1", "partition")
    out = expect_exit(ATTENTION, finish(child))
    told(out, "the node with the VIP serves", "cannot be seen", "look:", "type:")
    expect_served_by("hotdb-2")
    tool("fault", "hotdb-1", "heal")
    code, _ = interlock("resume", "last")  # it goes on, or on the way back if it was cut off between two actions
    expect(code in (SUCCESS, ROLLED_BACK), f"exit {code}")
    if code == SUCCESS:
        expect_upgraded("hotdb-2", "hotdb-1")
    else:
        expect_old_site()


def the_node_that_is_left_serves(cut, left, action, limit_ms):
    """The host of the node that serves is gone while we have the other one stopped: that one is started, and serves."""
    child = start("run", NONSTOP, "--yes")
    wait_for_record("intent", lambda body: body["action"] == action)
    tool("fault", cut, "cut")
    out = expect_exit(ATTENTION, finish(child))
    told(out, "the node with the VIP serves", "cannot be seen", "look:", "type:")
    expect_served_by(left)
    gap = longest_gap_ms()
    print(f"# {action}: {cut} cut off, {left} serves after {gap / 1000:.1f} s", flush=True)
    expect(gap < limit_ms, f"the clients waited {gap} ms")
    tool("fault", cut, "heal")
    expect_one_serves_after_a_resume()


def expect_one_serves_after_a_resume():
    """The node that was cut off comes back as it was, and may serve: then a person is asked, and one of them is closed."""
    expect_exit((SUCCESS, ROLLED_BACK, ATTENTION), interlock("resume", "last"))
    expect_served_by(*NODES)
    expect(len([host for host in NODES if opened(host, SERVICE_PORT)]) == 1, "one node serves")


def master_host_is_cut_off_while_the_backup_is_stopped():
    the_node_that_is_left_serves("hotdb-1", "hotdb-2", "backup.set_aside", 45_000)


def new_master_host_is_cut_off_while_the_old_one_is_stopped():
    the_node_that_is_left_serves("hotdb-2", "hotdb-1", "master.set_aside", 45_000)


def master_host_is_cut_off_in_the_switchover():
    """The backup that has taken over is not stopped for a master that cannot be seen."""
    child = start("run", NONSTOP, "--yes")
    wait_for_record("intent", lambda body: body["action"] == "backup.call_vip")
    time.sleep(0.5)
    tool("fault", "hotdb-1", "cut")
    code, out = finish(child)
    expect(code in (ATTENTION, ROLLED_BACK), f"exit {code}: {out[-1500:]}")
    expect_served_by("hotdb-2")
    expect(not any(kind == "intent" and body["action"] == "backup.stop" for kind, body, _ in since_phase("switch")), "the node that serves was stopped")
    expect(longest_gap_ms() < 20_000, f"the clients waited {longest_gap_ms()} ms")
    tool("fault", "hotdb-1", "heal")
    expect_one_serves_after_a_resume()


def keepalived_of_the_master_is_killed():
    """It leaves its VIP behind. Rolled back is only what runs as before, keepalived on both nodes included. Where the
    backup was upgraded already when it took over, it is not stopped, and a person is asked."""
    child = start("run", NONSTOP, "--yes")
    wait_for_record("intent", lambda body: body["action"] == "backup.stop")
    tool("fault", "hotdb-1", "kill-keepalived")
    code, out = finish(child)
    if code == ATTENTION:
        told(out, "one node serves", "look:", "type:")
        return expect_served_by("hotdb-1", "hotdb-2")
    expect_exit(ROLLED_BACK, (code, out))
    expect_served_by("hotdb-1", "hotdb-2")  # the backup may have taken over
    expect_version("2.5.4", *NODES)
    for host in NODES:
        on(host, "pgrep -F /run/keepalived.pid keepalived")
    time.sleep(ELECTION_S)
    expect(len([host for host in NODES if services.has_vip(LAB, host)]) == 1, "the VIP has one holder")
    expect_served_by("hotdb-1", "hotdb-2")


keepalived_of_the_master_is_killed.beyond_the_model = r"master\.vip is held, which neither"  # there it takes its VIP along


def somebody_gives_the_backup_the_vip():
    """By hand, so that no keepalived takes it away again: whoever does not serve with it gives it up."""
    child = start("run", NONSTOP, "--yes")
    wait_for_record("intent", lambda body: body["action"] == "master.stage")
    tool("fault", "hotdb-2", "vip-add")
    expect_exit(ROLLED_BACK, finish(child))
    expect_old_site()
    expect(longest_gap_ms() < 20_000, f"the clients waited {longest_gap_ms()} ms")


somebody_gives_the_backup_the_vip.beyond_the_model = r"(master|backup)\.vip is held, which neither"


def package_changes_after_the_check():
    """What is uploaded is compared on the host, not only where it came from."""
    child = start("run", NONSTOP, "--yes")
    wait_for_record("gate", lambda body: body["gate"] == "package")
    on("control", "cp /root/upgrade/corrupt/hotdb-server-2.5.6-ga-20200728.tar.gz /root/upgrade/")
    code, out = finish(child)
    expect(code in (SUCCESS, ROLLED_BACK), f"exit {code}: {out[-1500:]}")
    if code == ROLLED_BACK:
        expect_old_site()
    else:  # the file changed only after it had been read
        expect_upgraded("hotdb-2", "hotdb-1")


def what_was_configured_since_the_upgrade_is_not_lost():
    """The way back restores no dump over it until a person has said so."""
    tool("fault", "hotdb-2", "misbehave", "hang_start=true", "only_version=2.5.6")
    child = start("run", NONSTOP, "--yes", site=site_with(start_within="6s"))
    wait_for_record("intent", lambda body: body["action"] == "backup.start")
    on("config-db", """mysql -e "insert into hotdb_config.hotdb_config_info (k, v) values ('added', 'since')" """)
    out = expect_exit(ATTENTION, finish(child))
    told(out, "untouched", "set content = null")
    told(interlock("explain", "last")[1], "hotdb_config_info")
    expect_served_by("hotdb-1")
    kept = on("config-db", """mysql -N -e "select v from hotdb_config.hotdb_config_info where k = 'added'" """).stdout
    expect(kept.strip() == "since", f"it is lost: {kept}")
    on("config-db", "mysql hotdb_config -e 'update interlock_upgrade_history set content = null where number = 0 order by upgrade desc limit 1'")
    expect_exit(ROLLED_BACK, interlock("resume", "last"))
    expect_old_site()


def columns():
    return on("config-db", "mysql -N -e \"select table_name, column_name, column_type from information_schema.columns where table_schema = 'hotdb_config' order by 1, 2\"").stdout


def restore_that_is_cut_off_is_not_taken_for_done():
    """Its client is killed while it waits for a table: what is half loaded is not what was dumped."""
    before = columns()
    child = start("run", NONSTOP, "--yes")
    wait_for_phase("upgrade-backup")
    end_of(child)
    expect_exit(ATTENTION, finish(child))
    with locked_config_table():
        child = start("rollback", "last", "--yes")
        wait_for_record("intent", lambda body: body["action"] == "configdb.restore")
        wait("the restore to wait for the table", lambda: "metadata lock" in on("config-db", "mysql -e 'show processlist'").stdout, 20)
        on("config-db", "for p in $(pgrep -x 'mysql|mariadb'); do if grep -q -e --skip-column-names /proc/$p/cmdline; then kill -9 $p; fi; done")
    expect_exit(ROLLED_BACK, finish(child))
    expect(columns() == before, "the config database is not as it was")
    expect_old_site()


def scripts_that_were_exchanged_keep_the_run_from_going_on():
    """What has run is told by them: with others the way back would leave the config database upgraded."""
    child = start("run", NONSTOP, "--yes")
    wait_for_phase("upgrade-backup")
    end_of(child)
    expect_exit(ATTENTION, finish(child))
    on("control", "cd /root/upgrade/sql/safe && cp 2.5.6.sql /root/kept.sql && sed -i 's/2020-07-28/2020-07-29/' 2.5.6.sql")
    told(expect_exit(78, interlock("rollback", "last", "--yes")), "2.5.6.sql", "SHA-256")
    on("control", "cp /root/kept.sql /root/upgrade/sql/safe/2.5.6.sql")
    expect_exit(ROLLED_BACK, interlock("rollback", "last", "--yes"))
    expect_old_site()


def scenarios():
    return {test.__name__: test for test in (
        disk_full_is_seen_before_anything_is_changed, disk_full_while_unpacking, upgrade_script_fails_in_its_third_statement, start_hangs, start_is_refused,
        old_master_does_not_start_with_the_new_version, reload_hangs, backup_host_is_cut_off_and_comes_back, master_host_is_cut_off_after_the_switch,
        master_host_is_cut_off_while_the_backup_is_stopped, new_master_host_is_cut_off_while_the_old_one_is_stopped, master_host_is_cut_off_in_the_switchover,
        restore_that_is_cut_off_is_not_taken_for_done, scripts_that_were_exchanged_keep_the_run_from_going_on,
        keepalived_of_the_master_is_killed, somebody_gives_the_backup_the_vip, package_changes_after_the_check, what_was_configured_since_the_upgrade_is_not_lost)}
