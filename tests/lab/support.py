"""What the lab's scenarios share: one lab of their own, its tool, and a few looks at it. Asserts by `expect`."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from probe import SOURCE, Client, SqlError, namespaces  # noqa: E402
from labkit import services  # noqa: E402
from labkit.layout import ADDRESSES, HOME, MANAGER_PORT, SERVICE_PORT, Lab  # noqa: E402

LAB = Lab(os.environ.get("INTERLOCK_TEST_LAB", "labtest"))
TOOL = f"{SOURCE}/tools/lab"
CHILD_LIMIT_S = 90


def tool(*words, check=True, **kept):
    verb, rest = words[0], words[1:]
    done = subprocess.run([TOOL, verb, "--name", LAB.name, *rest], capture_output=True, text=True, timeout=CHILD_LIMIT_S, **kept)
    if check and done.returncode != 0:
        raise AssertionError(f"lab {' '.join(words)}: exit {done.returncode}: {done.stderr}{done.stdout}")
    return done


def on(host, script, check=True):
    return tool("exec", host, "--", "sh", "-c", script, check=check)


def ssh(host, script):
    return on("control", f"ssh -o BatchMode=yes {host} '{script}'").stdout


def expect(condition, text):
    if not condition:
        raise AssertionError(text)


def wait(what, holds, limit_s):
    services.wait_until(what, holds, limit_s)


def opened(host, port):
    return services.open_on(LAB, host, port)


def manager(host, statement):
    with namespaces.in_netns(LAB.netns_path("control")):
        with Client(ADDRESSES[host], MANAGER_PORT, "root", LAB.secrets()["hotdb"], timeout_s=3) as client:
            columns, rows = client.query(statement)
    return [dict(zip(columns, row)) for row in rows]


def refused(host, statement):
    try:
        manager(host, statement)
    except SqlError as cause:
        return str(cause)
    raise AssertionError(f"{statement} was not refused")


def reset():
    tool("reset")


def expect_initial_state():
    expect(services.has_vip(LAB, "hotdb-1") and not services.has_vip(LAB, "hotdb-2"), "VIP")
    expect(opened("hotdb-1", SERVICE_PORT) and not opened("hotdb-2", SERVICE_PORT), "service port")
    for host, role, state in (("hotdb-1", "MASTER", "ON"), ("hotdb-2", "BACKUP", "OFF")):
        row = manager(host, "show @@server")[0]
        expect((row["role"], row["status"], row["version"]) == (role, state, "2.5.4"), str(row))
        expect(ssh(host, "keepalived -t && service keepalived status").find("is running") >= 0, "keepalived")
        expect([row for row in manager(host, "check @@datasource_config") if row["Level"] == "Error"] == [], "check")
        owner = ssh(host, f"stat -c %U:%G {HOME}/conf/server.xml").strip()
        expect(owner == "hotdb:hotdb", owner)
