"""What the upgrade's scenarios share: running interlock on the lab's control host, reading its journal, and looking
at what the site is like afterwards with eyes of their own (never through interlock)."""
import contextlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import time

from support import LAB, SOURCE, TOOL, expect, manager, on, opened, reset, tool
from labkit import services
from labkit.layout import HOME, NODES, SERVICE_PORT

INTERLOCK = f"{SOURCE}/build/interlock"
NONSTOP, STOPPED = "hotdb-master-backup-nonstop", "hotdb-master-backup-stopped"
STATE = "/lab/state.db"
RUN_LIMIT_S = 240
SETTLE_S = 15
SUCCESS, UNCHANGED, ROLLED_BACK, ATTENTION, LOCKED = 0, 10, 11, 12, 13


def words_of(arguments, site="/root/site.yaml"):
    verb, rest = arguments[0], list(arguments[1:])
    return [verb, site, *rest] if verb in ("check", "plan", "run") else [verb, *rest]


def start(*arguments, fault=None, site="/root/site.yaml"):
    """Begins an interlock command on the control host; what it prints goes to a pipe."""
    extra = [f"INTERLOCK_FAULT={fault}"] if fault else []
    return subprocess.Popen([TOOL, "exec", "--name", LAB.name, "control", "--", "env", f"INTERLOCK_STATE={STATE}", *extra, INTERLOCK,
                             *words_of(arguments, site)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def finish(child, limit_s=RUN_LIMIT_S):
    try:
        out, _ = child.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        child.kill()
        raise AssertionError(f"interlock did not end within {limit_s} s") from None
    return child.returncode, out


def interlock(*arguments, **kept):
    return finish(start(*arguments, **kept))


def upgrade(*extra, procedure=NONSTOP, **kept):
    return interlock("run", procedure, "--yes", *extra, **kept)


def expect_exit(wanted, result):
    code, out = result
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    expect(code in wanted, f"exit {code}, not {wanted}; it printed:\n{out[-3000:]}")
    return out


def clean_slate():
    reset()
    for name in ("state.db", "state.db-wal", "state.db-shm"):
        path = f"{LAB.share}/{name}"
        if os.path.exists(path):
            os.unlink(path)


def site_with(**changes):
    """A copy of the site file with other parameters; returns its path on the control host."""
    path = f"{LAB.root('control')}/root/site.yaml"
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for name, value in changes.items():
        line = f"  {name}: {value}\n"
        text, found = re.subn(rf"^  {name}: .*\n", line.replace("\\", r"\\"), text, flags=re.M)
        if not found:
            text = text.replace("params:\n", "params:\n" + line, 1)
    with open(f"{LAB.root('control')}/root/other-site.yaml", "w", encoding="utf-8") as file:
        file.write(text)
    return "/root/other-site.yaml"


def journal(run="last"):
    """[(kind, body)] of a run, by reading the state file as an auditor would."""
    with sqlite3.connect(f"file:{LAB.share}/state.db?mode=ro", uri=True, timeout=10) as db:
        if run == "last":
            found = db.execute("select id from run order by started_ms desc, rowid desc limit 1").fetchone()
            if found is None:
                return []
            run = found[0]
        rows = db.execute("select kind, body, evidence from record where run = ? order by seq", (run,)).fetchall()
    return [(kind, json.loads(body), json.loads(evidence)) for kind, body, evidence in rows]


def wait_for_record(kind, holds=lambda body: True, limit_s=120):
    """Waits until the last run has such a record."""
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        try:
            if any(k == kind and holds(body) for k, body, _ in journal()):
                return
        except sqlite3.Error:
            pass
        time.sleep(0.05)
    raise AssertionError(f"no record '{kind}' within {limit_s} s")


def wait_for_phase(phase):
    wait_for_record("moved", lambda body: body.get("phase") == phase)


def expect_as_the_model_says(beyond=None):
    """The journal of the last run, if there is one, against the machine that was proven. `beyond`: what alone may differ."""
    if journal_exists():
        code, out = interlock("verify", "--journal", "last")
        expect(code == 0 or (beyond is not None and re.search(beyond, out)), out[-1500:])


def journal_exists():
    return os.path.exists(f"{LAB.share}/state.db") and bool(journal())


def server_row(host):
    return manager(host, "show @@server")[0]


def serving():
    return [host for host in NODES if services.open_on(LAB, host, SERVICE_PORT) and services.has_vip(LAB, host)]


def expect_served_by(*hosts):
    """Exactly one of these serves, at the latest after a moment."""
    until = time.monotonic() + SETTLE_S
    while time.monotonic() < until and not (len(serving()) == 1 and serving()[0] in hosts):
        time.sleep(0.1)
    expect(len(serving()) == 1 and serving()[0] in hosts, f"served by {serving()}, not by one of {hosts}")


def expect_version(version, *hosts):
    for host in hosts:
        expect(server_row(host)["version"] == version, f"{host} runs {server_row(host)['version']}, not {version}")


def expect_old_site():
    """Old version on both, old roles, old config database, nothing left over."""
    expect_served_by("hotdb-1")
    expect_version("2.5.4", *NODES)
    expect(not opened("hotdb-2", SERVICE_PORT), "the backup serves")
    for host in NODES:
        left = on(host, f"ls -d {HOME}_2.5.4 {HOME}.staging 2>/dev/null || true").stdout.strip()
        expect(left == "", f"{host} still has {left}")
    on("hotdb-1", f"grep -q '>master<' {HOME}/conf/server.xml && grep -q nopreempt /etc/keepalived/keepalived.conf")
    on("hotdb-2", f"grep -q '>backup<' {HOME}/conf/server.xml && ! grep -q nopreempt /etc/keepalived/keepalived.conf && grep -q 'priority 95' /etc/keepalived/keepalived.conf")


def expect_upgraded(master, backup):
    expect_served_by(master)
    expect_version("2.5.6", *NODES)
    expect(not opened(backup, SERVICE_PORT), f"{backup} serves as well")
    on(master, f"grep -q '>master<' {HOME}/conf/server.xml && grep -q nopreempt /etc/keepalived/keepalived.conf && grep -q 'priority 100' /etc/keepalived/keepalived.conf")
    on(backup, f"grep -q '>backup<' {HOME}/conf/server.xml && ! grep -q nopreempt /etc/keepalived/keepalived.conf && grep -q 'priority 95' /etc/keepalived/keepalived.conf")


def config_sums():
    return dict(line.split() for line in tool("sums").stdout.splitlines())


def expect_no_rule_broken(allow=()):
    """No rule was seen broken on the hosts where it was not suspended. (What clients notice has a limit of its own.)"""
    for kind, body, _ in journal():
        expect(kind != "rule-broken" or body["suspended"] or body["seen_by"] == "clients" or body["rule"] in allow, f"rule broken: {body}")


def longest_gap_ms():
    return max(body["longest_gap_ms"] for kind, body, _ in journal() if kind == "clients")


def statements_run_twice():
    """Changing statements of the upgrade scripts that the config database saw more than once."""
    counts = json.loads(tool("counts").stdout)
    return counts


def end_of(child, number=signal.SIGINT):
    """Sends a signal to the interlock process inside the lab, as a terminal would."""
    on("control", f"kill -{int(number)} $(pgrep -o -x interlock)")
    return child


@contextlib.contextmanager
def locked_config_table():
    """Holds the upgrade scripts at their first change of hotdb_datasource, as a busy database would; reads go on."""
    session = subprocess.Popen([TOOL, "exec", "--name", LAB.name, "config-db", "--", "mariadb", "--unbuffered", "hotdb_config"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        session.stdin.write("lock tables hotdb_datasource read; select 'locked';\n")
        session.stdin.flush()
        expect("locked" in session.stdout.readline(), "the table could not be locked")
        yield
    finally:
        session.stdin.close()  # the end of the session is the end of the lock
        session.wait(timeout=20)
