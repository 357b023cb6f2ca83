"""What tests compare: sums over the hosts' trees, and how often things happened."""
import collections
import hashlib
import json
import os
import re

from . import database, hosts
from .layout import EVENTS_FILE, GENERAL_LOG, HOSTS, HOTDB_ROOT, JDK8_ROOT, NODES

TREES = (HOTDB_ROOT, JDK8_ROOT, "/etc/keepalived")
UNSTABLE = {"logs", "run"}
CHANGING = re.compile(r"(?:/\*!.*?\*/\s*)*(alter|create|drop|insert|update|delete|replace|truncate|rename|load|grant|revoke)\b", re.I)
ENTRY = re.compile(r"^(?:\d{6} [ \d]\d:\d\d:\d\d)?\t+\s*(\d+) (Connect|Query|Quit|Init DB|Execute|Prepare|Close stmt|[A-Z]\w+)(?:\t(.*))?$", re.S)


def tree_sum(root):
    """Names, kinds, modes, owners and contents; not times. `logs` and `run` of an installation are left out."""
    digest = hashlib.sha256()
    for tree in TREES:
        for parent, directories, files in os.walk(root + tree):
            directories[:] = sorted(name for name in directories if name not in UNSTABLE)
            links = [name for name in directories if os.path.islink(os.path.join(parent, name))]
            for name in (".", *sorted([*files, *links])):
                path = os.path.join(parent, name)
                told = os.lstat(path)
                kind = "link" if os.path.islink(path) else "directory" if os.path.isdir(path) else "file"
                digest.update(f"{path[len(root):]}\0{kind}\0{told.st_mode:o}\0{told.st_uid}:{told.st_gid}\0".encode())
                digest.update(os.readlink(path).encode() if kind == "link" else content(path) if kind == "file" else b"")
    return digest


def content(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).digest()


def sums(lab):
    found = {}
    for host in HOSTS:
        digest = tree_sum(lab.root(host))
        if host == "config-db":
            there = [name for name in database.sql(lab, "SHOW DATABASES").stdout.split() if name not in database.SYSTEM]
            digest.update("\n".join(there).encode())
            dump = hosts.run(lab, host, ["mariadb-dump", "--skip-dump-date", "--skip-comments", "--routines", "--events", "hotdb_config"])
            digest.update(dump.stdout.encode())
        found[host] = digest.hexdigest()
    return found


def print_sums(lab):
    for host, value in sums(lab).items():
        print(host, value)


def events(lab, host):
    """How often each event of the emulator happened on the host since the lab was made or reset."""
    try:
        with open(lab.root(host) + EVENTS_FILE, encoding="ascii") as file:
            return collections.Counter(line.split()[1] for line in file if len(line.split()) > 1)
    except FileNotFoundError:
        return collections.Counter()


def statements(lab):
    """Changing statements in the order in which they took effect, without the clients' and the emulator's own. What was
    rolled back, or never committed because its connection ended, is not among them."""
    found, users, open_transactions, entry = [], {}, {}, None

    def ran(thread, text):
        word = bare(text).rstrip("; ").lower()
        if word in ("begin", "start transaction"):
            open_transactions[thread] = []
        elif word in ("commit", "rollback"):
            found.extend(open_transactions.pop(thread, []) if word == "commit" else [])
            open_transactions.pop(thread, None)
        elif counts_as_change(users.get(thread, ""), text):
            open_transactions.get(thread, found).append(" ".join(bare(text).split()))

    with open(f"{lab.root('config-db')}{GENERAL_LOG}", encoding="utf-8", errors="replace") as file:
        for line in [*file, "\t\t0 Quit\t\n"]:
            match = ENTRY.match(line.rstrip("\n"))
            if match is None:
                if entry is not None:
                    entry[1] += "\n" + line.rstrip("\n")
                continue
            if entry is not None:
                ran(*entry)
            entry = None
            thread, what, text = match[1], match[2], match[3] or ""
            if what == "Connect":
                users[thread] = text.split("@")[0]
                open_transactions.pop(thread, None)
            elif what in ("Query", "Execute"):
                entry = [thread, text]
    return found


def bare(text):
    """Without the comment by which interlock knows its own statements again."""
    return re.sub(r"^/\*(?!!).*?\*/\s*", "", text.lstrip())


def counts_as_change(user, text):
    return user != "app" and "hotdb-emulator" not in text and CHANGING.match(bare(text)) is not None


def counts(lab):
    ran = collections.Counter(statements(lab))
    return {**{host: dict(sorted(events(lab, host).items())) for host in NODES}, "config-db": {"statements": dict(ran)}}


def print_counts(lab):
    print(json.dumps(counts(lab), ensure_ascii=False, indent=1))
