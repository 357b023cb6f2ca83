"""The operator's process killed with SIGKILL after every journal record, and in the middle of every action: the run is
resumed each time, ends in success, and nothing that must not be repeated ran twice."""
import json

from support import LAB, expect, tool
from upgrade_support import NONSTOP, SUCCESS, expect_exit, expect_upgraded, interlock, journal, upgrade
from labkit import database

KILLED = (137, -9, 9)
MOST_CRASHES = 600
STATEMENTS = 12  # of the two upgrade scripts
ROWS = [8, 1]    # five at first, and three by the scripts; one


def scripts_ran_once():
    """Every changing statement of the scripts exactly once, by the config database's own log."""
    statements = json.loads(tool("counts").stdout)["config-db"]["statements"]
    ours = {text: n for text, n in statements.items() if "interlock_upgrade_history" not in text}
    for text, count in ours.items():
        expect(count == 1, f"ran {count} times: {text}")
    rows = [int(database.sql(LAB, f"select count(*) from hotdb_config.{table}").stdout.split()[-1]) for table in ("hotdb_config_info", "hotdb_idc")]
    expect(rows == ROWS, f"rows in hotdb_config_info and hotdb_idc: {rows}, not {ROWS}")
    expect(len(ours) == STATEMENTS, f"{len(ours)} statements of the scripts were seen: {list(ours)}")


def moves():
    return sum(kind == "moved" for kind, _, _ in journal())


def killed_after_every_record():
    """At each place the process dies after its first record, then after its second, and so on, until the place is left.
    (Each process begins with a record of its own, so that dying always after the first one would lead nowhere.)"""
    crashes, nth, moved = 0, 1, 0
    code, out = upgrade(fault="kill-after-record=1")
    while code != SUCCESS:
        expect(code in KILLED, f"crash {crashes}: exit {code}: {out[-2500:]}")
        crashes += 1
        expect(crashes <= MOST_CRASHES, "it does not converge")
        nth = 2 if moves() > moved else nth + 1
        moved = moves()
        if crashes % 50 == 0:
            print(f"# {crashes} crashes, {moved} moves, at {journal()[-1][0]}", flush=True)
        code, out = interlock("resume", "last", fault=f"kill-after-record={len(journal()) + nth}")
    print(f"# killed after {crashes} records, {moved} moves")
    expect(crashes >= 100, f"only {crashes} crashes")
    expect_upgraded("hotdb-2", "hotdb-1")
    scripts_ran_once()


def killed_in_every_action():
    crashes = 0
    code, out = upgrade(fault="kill-in-action=1")
    while code != SUCCESS:
        expect(code in KILLED, f"exit {code}: {out[-2500:]}")
        crashes += 1
        expect(crashes <= MOST_CRASHES, "it does not converge")
        # Each resumed process may finish one action before the next one kills it.
        code, out = interlock("resume", "last", fault=f"kill-in-action={2 if crashes % 2 else 1}")
        if crashes > 120:
            code, out = interlock("resume", "last")
    print(f"# killed in {crashes} actions")
    expect(crashes >= 10, f"only {crashes} crashes")
    expect_upgraded("hotdb-2", "hotdb-1")
    scripts_ran_once()


def scenarios():
    return {test.__name__: test for test in (killed_after_every_record, killed_in_every_action)}
