"""Hosts: entered, reached by ssh, kept apart, in the runbook's initial state."""
import os
import signal
import subprocess
import time

from probe import SOURCE
from support import CHILD_LIMIT_S, LAB, TOOL, expect, expect_initial_state, on, reset, ssh, tool
from labkit.layout import ADDRESSES


def test_exec_passes_streams_status_and_directory():
    done = tool("exec", "hotdb-2", "--", "sh", "-c", "hostname; pwd; cat; exit 7", check=False, input="fed", cwd=SOURCE)
    expect(done.returncode == 7, f"exit {done.returncode}")
    expect(done.stdout == f"hotdb-2\n{SOURCE}\nfed", repr(done.stdout))
    sleeper = subprocess.Popen([TOOL, "exec", "--name", LAB.name, "hotdb-2", "sh", "-c", "echo up; trap 'echo int; exit 9' INT; sleep 0.1;"
                                "while :; do sleep 0.05; done"], stdout=subprocess.PIPE, text=True)
    sleeper.stdout.readline()
    time.sleep(0.05)
    sleeper.send_signal(signal.SIGINT)
    out, _ = sleeper.communicate(timeout=5)
    expect((out, sleeper.returncode) == ("int\n", 9), f"SIGINT: {out!r} {sleeper.returncode}")
    expect(tool("exec", "hotdb-2", "--", "no-such-program", check=False).returncode == 127, "127 for a missing program")


def test_ssh_reaches_every_host_and_knows_its_key():
    for host in ADDRESSES:
        expect(ssh(host, "hostname").strip() == host, f"ssh {host}")
    on("hotdb-1", "rm /etc/ssh/ssh_host_ed25519_key*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key;"
       "kill $(cat /run/sshd.pid); sleep 0.2; /usr/sbin/sshd")
    done = on("control", "ssh -o BatchMode=yes hotdb-1 true", check=False)
    expect(done.returncode == 255 and "IDENTIFICATION HAS CHANGED" in done.stderr, "a changed host key was taken")


def test_hosts_are_apart_and_the_source_is_for_reading():
    on("hotdb-1", "echo mine >/usr/local/own; touch /lab/shared")
    expect(on("hotdb-2", "test -e /usr/local/own", check=False).returncode != 0, "a file of hotdb-1 is on hotdb-2")
    expect(not os.path.exists("/usr/local/own"), "a file of hotdb-1 is on the machine")
    expect(os.path.exists(f"{LAB.share}/shared"), "/lab is not shared")
    expect(on("hotdb-2", f"touch {SOURCE}/x", check=False).returncode != 0, "a host may write into the source tree")
    expect(int(on("hotdb-1", "ls /proc | grep -c '^[0-9]'").stdout) < 30, "processes of the machine are seen")


def test_initial_state_is_the_runbooks():
    reset()
    expect_initial_state()
