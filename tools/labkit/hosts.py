"""Hosts of a lab: made, entered, ended. What runs on them is the business of provision.py and services.py."""
import json
import os
import signal
import subprocess
import time

from . import layout
from .layout import ADDRESSES, HOSTS, HOTDB_DISK, HOTDB_ROOT, NODES, LabError

HOST_DISK = "2g"
MAKE_LIMIT_S = 20
END_LIMIT_S = 10
RUN_LIMIT_S = 60
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def spec_of(lab, host):
    # The HotDB directory is a file system of its own, small enough to be filled by a test.
    tmpfs = {HOTDB_ROOT: HOTDB_DISK} if host in NODES else {"/var/lib/mysql": "1g"} if host == "config-db" else {}
    return {"host": host, "base": lab.base(host), "netns": lab.netns_path(host), "pidfile": lab.pidfile(host),
            "parent": os.getpid(), "disk": HOST_DISK, "tmpfs": tmpfs,
            # The source tree is for reading: what runs in a host must not be able to harm it. Results go to /lab.
            "binds": [[layout.SOURCE, layout.SOURCE, False], [lab.share, "/lab", True]]}


def make(lab, host):
    os.makedirs(lab.base(host))
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hostinit.py")
    argv = ["/usr/bin/python3", "-I", "-B", "-S", script, layout.INIT_MARK, lab.name, host, json.dumps(spec_of(lab, host))]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=MAKE_LIMIT_S)
    if done.returncode != 0:
        raise LabError(f"host {host}: {done.stderr.strip()}")


def clean_environment():
    kept = {name: os.environ[name] for name in ("TERM", "LANG") if name in os.environ}
    return {"PATH": PATH, "HOME": "/root", "USER": "root", "LOGNAME": "root", "SHELL": "/bin/bash", "LC_ALL": "C.UTF-8", **kept}


def entering(lab, host):
    return ["/usr/bin/nsenter", "-t", str(lab.init_pid(host)), "-n", "-u", "-m", "-p", "--"]


def run(lab, host, argv, stdin=None, check=True, limit_s=RUN_LIMIT_S):
    """Runs argv in the host to its end; its output, as text, is in the result."""
    feed = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}
    done = subprocess.run([*entering(lab, host), *argv], capture_output=True, text=not isinstance(stdin, bytes),
                          timeout=limit_s, env=clean_environment(), **feed)
    if check and done.returncode != 0:
        raise LabError(f"{host}: {' '.join(argv)[:200]}: exit {done.returncode}: {done.stderr}{done.stdout}")
    return done


def launch(lab, host, argv):
    """Starts argv in the host and does not wait for it."""
    return subprocess.Popen([*entering(lab, host), *argv], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, env=clean_environment(), start_new_session=True)


def end(name=None):
    """Ends every host of the lab `name` by its first process; the kernel ends all the rest with it."""
    pids = layout.all_inits(name)
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    until = time.monotonic() + END_LIMIT_S
    while any(lives(pid) for pid in pids):
        if time.monotonic() > until:
            raise LabError(f"processes do not end: {pids}")
        time.sleep(0.01)


def lives(pid):
    """A first process that is a zombie, or gone, has been outlived by nothing of its host."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def hosts_file():
    lines = ["127.0.0.1 localhost"] + [f"{address} {host}" for host, address in ADDRESSES.items()]
    return "\n".join(lines) + "\n"


def running(lab):
    """Hosts that stand, of those a lab has."""
    def stands(host):
        try:
            return lab.init_pid(host) > 0
        except LabError:
            return False
    return [host for host in HOSTS if stands(host)]
