"""The upgrade as it should go: every handover, with and without switching the roles back, and the stopped one."""
import contextlib
import functools
import os
import signal
import sqlite3
import time

from support import LAB, SOURCE, expect, on
from upgrade_support import (ATTENTION, LOCKED, NONSTOP, ROLLED_BACK, STOPPED, SUCCESS, UNCHANGED, config_sums, end_of, expect_exit, expect_no_rule_broken, expect_old_site,
                             expect_served_by, expect_upgraded, finish, interlock, journal, longest_gap_ms, site_with, start, upgrade, wait_for_phase,
                             wait_for_record)

GAP_LIMIT_MS = 1200  # the promise of the chosen handover


def upgrade_by_the_chosen_handover():
    expect_exit(SUCCESS, upgrade())
    expect_upgraded("hotdb-2", "hotdb-1")
    expect_no_rule_broken()
    print(f"# longest gap {longest_gap_ms()} ms")
    expect(longest_gap_ms() <= GAP_LIMIT_MS, f"the longest gap was {longest_gap_ms()} ms")
    handed = [body["action"] for kind, body, _ in journal() if kind == "intent"]
    expect("backup.call_vip" in handed, f"not the fastest handover: {handed}")


def done_before_is_said_instead_of_remedies():
    expect_exit(SUCCESS, upgrade())
    out = expect_exit(2, interlock("check", NONSTOP))
    expect("Nothing is left to do here" in out and "remedy" not in out, out[:1500])


def process_that_stood_still_is_no_outage():
    """It measured nothing, says so, and takes its own sleep for no gap of the clients."""
    child = start("run", NONSTOP, "--yes")
    wait_for_phase("prepare")
    end_of(child, signal.SIGSTOP)
    time.sleep(5)
    end_of(child, signal.SIGCONT)
    expect("did not run for" in expect_exit(SUCCESS, finish(child)), "the run does not say that it stood still")
    expect(longest_gap_ms() <= GAP_LIMIT_MS, f"the longest gap was {longest_gap_ms()} ms")


def upgrade_vip_first():
    expect_exit(SUCCESS, upgrade("--set", "handover=vip-first"))
    expect_upgraded("hotdb-2", "hotdb-1")
    expect_no_rule_broken()


def upgrade_service_first_as_the_manual():
    expect_exit(SUCCESS, upgrade("--set", "handover=service-first"))
    expect_upgraded("hotdb-2", "hotdb-1")
    expect_no_rule_broken()
    expect(longest_gap_ms() > 2000, f"the manual's way cannot be that fast: {longest_gap_ms()} ms")


def upgrade_and_switch_back():
    expect_exit(SUCCESS, upgrade("--set", "switch_back=true"))
    expect_upgraded("hotdb-1", "hotdb-2")
    expect_no_rule_broken()


def upgrade_with_the_service_stopped():
    expect_exit(SUCCESS, upgrade(procedure=STOPPED))
    expect_upgraded("hotdb-1", "hotdb-2")


def unsafe_sql_is_for_the_stopped_upgrade():
    site = site_with(scripts="[/root/upgrade/sql/unsafe-alter/2.5.5.sql, /root/upgrade/sql/unsafe-alter/2.5.6.sql]")
    expect_exit(SUCCESS, upgrade(procedure=STOPPED, site=site))
    expect_upgraded("hotdb-1", "hotdb-2")


def check_changes_nothing():
    before = config_sums()
    out = expect_exit(0, interlock("check", NONSTOP))
    expect("vip-on-master" in out, out)
    nagios = expect_exit(0, interlock("check", NONSTOP, "--format", "nagios"))
    expect(nagios.startswith("INTERLOCK OK"), nagios)
    expect(config_sums() == before, "a check changed something")


def plan_names_the_handover_and_its_outage():
    out = expect_exit(0, interlock("plan", NONSTOP))
    for word in ("priority", "vip-first", "service-first", "keepalived.conf"):
        expect(word in out, f"the plan does not speak of {word}")


def second_run_is_locked_out():
    first = start("run", NONSTOP, "--yes")
    wait_for_record("started")
    code, out = upgrade()
    expect(code == LOCKED, f"exit {code}: {out[-500:]}")
    expect("-lab-" in out, f"the first run is not named: {out[-500:]}")
    expect_exit(SUCCESS, finish(first))


def copied_site_file_is_locked_out():
    """The lock is by the site's name; a copy with another name names the same hosts."""
    on("control", "sed 's/^site: lab/site: copy/' /root/site.yaml > /root/copy.yaml")
    first = start("run", NONSTOP, "--yes")
    wait_for_record("started")
    code, out = upgrade(site="/root/copy.yaml")
    expect(code == LOCKED, f"exit {code}: {out[-500:]}")
    expect("-lab-" in out, f"the other run is not named: {out[-500:]}")
    expect_exit(SUCCESS, finish(first))


def misspelt_parameter_is_an_error():
    """Upgrade scripts that nobody names would leave the config database alone."""
    site = site_with(scirpts="[]")
    out = expect_exit(78, upgrade(site=site))
    expect("'scirpts'" in out and "write 'scripts'" in out, f"the word is not told: {out[-500:]}")


def budget_below_the_prediction_is_refused():
    out = expect_exit(UNCHANGED, upgrade("--set", "handover=service-first", "--set", "outage_budget=10s"))
    expect("allowed: 10.00 s" in out, f"the figures are not told: {out[-500:]}")
    expect("No runs yet" in expect_exit(0, interlock("status")), "a run was begun")


def monitoring_is_told_of_a_wrong_file():
    out = expect_exit(3, interlock("check", NONSTOP, "--format", "nagios", site="/root/nothing.yaml"))
    expect(out.startswith("INTERLOCK UNKNOWN: ") and "no such file" in out, out)


def unread_files_are_no_reason_to_choose():
    """Half a second must not become twelve because a file could not be read."""
    on("hotdb-1", "mv /etc/keepalived/keepalived.conf /etc/keepalived/gone.conf")
    out = expect_exit(UNCHANGED, upgrade())
    expect("keepalived.conf" in out and "outage" in out, out[-800:])
    plan = expect_exit(0, interlock("plan", NONSTOP))
    expect("its outage cannot be predicted" in plan, plan[:3000])


def move_record(ms):
    with contextlib.closing(sqlite3.connect(f"{LAB.share}/state.db")) as db, db:
        db.execute("UPDATE record SET at_ms = at_ms + ? WHERE seq = 20", (ms,))


def followed_past_a_stop_and_told_when_damaged():
    """`status --follow` goes on past a stop that was resumed; what a damaged journal tells is not a success."""
    child = start("run", NONSTOP, "--yes")
    wait_for_phase("upgrade-backup")
    end_of(child)
    expect_exit(ATTENTION, finish(child))
    expect("stopped: resume or rollback" in expect_exit(0, interlock("status")), "the list does not say that it was stopped")
    child = start("resume", "last")
    wait_for_record("resumed")
    follower = start("status", "last", "--follow")
    expect_exit(SUCCESS, finish(child))
    told = expect_exit(0, finish(follower))
    expect("stopped at" in told and "SUCCESS" in told, f"it ended too early: {told[-1500:]}")
    try:
        move_record(1)
        for verb in ("report", "explain"):
            expect("damaged" in expect_exit(65, interlock(verb, "last")).lower(), f"{verb} does not say it")
    finally:
        move_record(-1)


def interrupted_run_stops_safely_and_goes_on():
    child = start("run", NONSTOP, "--yes")
    wait_for_phase("upgrade-backup")
    end_of(child)
    expect_exit(ATTENTION, finish(child))
    expect_served_by("hotdb-1")
    expect_exit(SUCCESS, interlock("resume", "last"))
    expect_upgraded("hotdb-2", "hotdb-1")


def lost_terminal_does_not_stop_a_run():
    child = start("run", NONSTOP, "--yes")
    wait_for_phase("upgrade-backup")
    end_of(child, 1)
    expect_exit(SUCCESS, finish(child))


def rollback_from(phase):
    """From the switch: the old master still runs, started as the master. It does not know the other node, and must not
    serve beside it."""
    child = start("run", NONSTOP, "--yes")
    wait_for_phase(phase)
    end_of(child)
    expect_exit(ATTENTION, finish(child))
    expect_exit(ROLLED_BACK, interlock("rollback", "last", "--yes"))
    expect_old_site()


def no_secret_is_seen():
    """The site's passwords are in no output, journal, report or command line."""
    secrets = [value for name, value in LAB.secrets().items() if name != "vrrp"]
    child = start("run", NONSTOP, "--yes")
    seen = ""
    while child.poll() is None and len(seen) < 50_000_000:
        seen += on("control", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '", check=False).stdout
        for host in ("hotdb-1", "config-db"):
            seen += on(host, "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '", check=False).stdout
    out = expect_exit(SUCCESS, finish(child))
    expect_exit(0, interlock("report", "last", "--html", "/lab/report.html"))
    text = expect_exit(0, interlock("report", "last"))
    files = b""
    for name in ("state.db", "state.db-wal", "report.html"):
        path = f"{LAB.share}/{name}"
        if os.path.exists(path):
            with open(path, "rb") as file:
                files += file.read()
    expect(len(files) > 100_000, "the journal and the report were not read")
    for secret in secrets:
        for where, haystack in (("output", out + text), ("command line", seen)):
            expect(secret not in haystack, f"a secret is in an {where}")
        expect(secret.encode() not in files, "a secret is in the journal or the report")


def scenarios():
    plain = (
        upgrade_by_the_chosen_handover, done_before_is_said_instead_of_remedies, process_that_stood_still_is_no_outage, upgrade_vip_first, upgrade_service_first_as_the_manual, upgrade_and_switch_back, upgrade_with_the_service_stopped,
        unsafe_sql_is_for_the_stopped_upgrade, check_changes_nothing, plan_names_the_handover_and_its_outage, second_run_is_locked_out,
        copied_site_file_is_locked_out, misspelt_parameter_is_an_error, budget_below_the_prediction_is_refused,
        monitoring_is_told_of_a_wrong_file, unread_files_are_no_reason_to_choose, followed_past_a_stop_and_told_when_damaged,
        interrupted_run_stops_safely_and_goes_on, lost_terminal_does_not_stop_a_run, no_secret_is_seen)
    return {test.__name__: test for test in plain} | {f"rollback_from_{phase}": functools.partial(rollback_from, phase) for phase in ("switch", "upgrade-master")}
