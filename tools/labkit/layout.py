"""Names, addresses and places of a lab. Pure facts and small files; starts nothing."""
import json
import os
import re
import sys

STATE_ROOT = "/run/interlock-lab"
NETNS_ROOT = "/run/netns"
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
INIT_MARK = "interlock-lab-init"
DEVICE = "eth0"
NETWORK_BITS = 24
VIP = "10.89.0.100"
ADDRESSES = {"control": "10.89.0.10", "hotdb-1": "10.89.0.11", "hotdb-2": "10.89.0.12", "config-db": "10.89.0.13"}
HOSTS = tuple(ADDRESSES)
NODES = ("hotdb-1", "hotdb-2")
SERVICE_PORT, MANAGER_PORT, DATABASE_PORT = 3323, 3325, 3306

HOTDB_ROOT = "/usr/local/hotdb"
HOME = f"{HOTDB_ROOT}/hotdb-server"
JDK8_ROOT = "/usr/local/jdk8"
HOTDB_DISK = "64m"
FAULTS_FILE = "/etc/hotdb-emulator.json"
SECRET_FILE = "/etc/hotdb-emulator.secret"
EMULATOR_STATE = "/var/lib/hotdb-emulator"
EVENTS_FILE = f"{EMULATOR_STATE}/events.log"
GENERAL_LOG = "/var/log/mysql/general.log"
UPGRADE_DIRECTORY = "/root/upgrade"


class LabError(Exception):
    """What a person running the lab must read."""


class Lab:
    """One lab by name. Several may stand at once; everything of theirs carries the name."""

    def __init__(self, name):
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,30}", name):
            raise LabError(f"a lab's name is 1 to 31 of a-z, 0-9 and -, not {name!r}")
        self.name = name
        self.directory = f"{STATE_ROOT}/{name}"
        self.share = f"{self.directory}/share"

    def netns(self, host):
        return f"ilk-{self.name}-{host}"

    def netns_path(self, host):
        return f"{NETNS_ROOT}/{self.netns(host)}"

    def base(self, host):
        return f"{self.directory}/hosts/{host}"

    def pidfile(self, host):
        return f"{self.directory}/{host}.pid"

    def pristine(self, host):
        return f"{self.directory}/pristine/{host}.tar"

    def stands(self):
        return os.path.isdir(self.directory)

    def init_pid(self, host):
        """The host's first process, checked to be ours; LabError when there is none."""
        if host not in ADDRESSES:
            raise LabError(f"no host {host!r}: {', '.join(HOSTS)}")
        try:
            with open(self.pidfile(host)) as pidfile:
                pid = int(pidfile.read())
            if is_init(pid, self.name, host):
                return pid
        except (OSError, ValueError):
            pass
        raise LabError(f"host {host} of lab {self.name!r} does not run (tools/lab up --name {self.name})")

    def root(self, host):
        """The host's root directory as seen from outside. Absolute symbolic links in it lead astray."""
        return f"/proc/{self.init_pid(host)}/root"

    def secrets(self):
        with open(f"{self.directory}/secrets.json") as file:
            return json.load(file)


def command_line(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().decode(errors="replace").split("\0")
    except OSError:
        return []


def is_init(pid, name=None, host=None):
    words = command_line(pid)
    if INIT_MARK not in words[:8]:
        return False
    at = words.index(INIT_MARK)
    named = words[at + 1:at + 3]
    return len(named) == 2 and name in (None, named[0]) and host in (None, named[1])


def all_inits(name=None):
    """First processes of lab hosts on this machine, found by their command lines, state files or not."""
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit() and is_init(int(entry), name)]


def say(text):
    print(text, file=sys.stderr, flush=True)
