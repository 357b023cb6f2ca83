"""Things that go wrong on purpose, and their undoing."""
import json
import os

from . import hosts, network, services
from .layout import DEVICE, FAULTS_FILE, HOSTS, HOTDB_DISK, HOTDB_ROOT, NETWORK_BITS, NODES, SOURCE, VIP, LabError

DISK_LEFT_KB = 48
PAGE_BYTES = 4096


def make(lab, host, kind, arguments):
    known = {"cut": cut, "partition": partition, "heal": heal, "crash": crash, "kill-keepalived": kill_keepalived,
             "disk-full": disk_full, "disk-free": disk_free, "vip-add": vip_add, "vip-del": vip_del,
             "misbehave": misbehave, "behave": behave}
    if kind not in known:
        raise LabError(f"no fault {kind!r}: {', '.join(known)}")
    lab.init_pid(host)
    if kind not in ("cut", "partition", "heal", "vip-add", "vip-del") and host not in NODES:
        raise LabError(f"{kind} is for {' and '.join(NODES)}")
    known[kind](lab, host, *arguments)


def cut(lab, host):
    """The cable is pulled: the host loses its carrier."""
    network.set_cable(lab, host, plugged=False)


def partition(lab, host):
    """The host reaches nobody, and does not notice by its carrier."""
    network.set_bridged(lab, host, joined=False)


def heal(lab, host):
    network.set_bridged(lab, host, joined=True)
    network.set_cable(lab, host, plugged=True)


def crash(lab, host):
    if not services.kill_hard(lab, host, services.is_node):
        raise LabError(f"no compute node runs on {host}")


def kill_keepalived(lab, host):
    if not services.kill_hard(lab, host, services.is_keepalived):
        raise LabError(f"keepalived does not run on {host}")


def disk_full(lab, host, left_kb=DISK_LEFT_KB):
    """The file system of /usr/local/hotdb shrinks to what it holds and a little more."""
    size = os.statvfs(lab.root(host) + HOTDB_ROOT)
    used = (size.f_blocks - size.f_bfree) * size.f_frsize
    resize(lab, host, f"{(used + int(left_kb) * 1024) // PAGE_BYTES * PAGE_BYTES}")


def disk_free(lab, host):
    resize(lab, host, HOTDB_DISK)


def resize(lab, host, size):
    hosts.run(lab, host, ["mount", "-o", f"remount,size={size}", HOTDB_ROOT])


def vip_add(lab, host):
    hosts.run(lab, host, ["ip", "addr", "add", f"{VIP}/{NETWORK_BITS}", "dev", DEVICE, "label", f"{DEVICE}:1"])
    hosts.run(lab, host, ["arping", "-q", "-U", "-c", "1", "-I", DEVICE, "-s", VIP, VIP], check=False)


def vip_del(lab, host):
    hosts.run(lab, host, ["ip", "addr", "del", f"{VIP}/{NETWORK_BITS}", "dev", DEVICE])


def known_misbehaviours():
    scope = {}
    with open(f"{SOURCE}/tools/emulator/hotdb_emulator/faults.py", encoding="utf-8") as file:
        exec(compile(file.read(), "faults.py", "exec"), scope)  # the emulator's own list, from this source tree
    return scope["KEYS"]


def misbehave(lab, host, *settings):
    """KEY=VALUE…, added to what is set; a value is JSON where it can be, else text."""
    path = lab.root(host) + FAULTS_FILE
    told = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            told = json.load(file)
    for setting in settings:
        key, separator, text = setting.partition("=")
        if not separator or key not in known_misbehaviours():
            raise LabError(f"misbehave KEY=VALUE, KEY one of: {', '.join(sorted(known_misbehaviours()))}")
        try:
            told[key] = json.loads(text)
        except ValueError:
            told[key] = text
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(told, file)
    os.rename(path + ".new", path)


def behave(lab, host):
    path = lab.root(host) + FAULTS_FILE
    if os.path.exists(path):
        os.unlink(path)


def heal_all(lab):
    for host in HOSTS:
        heal(lab, host)
    for host in NODES:
        disk_free(lab, host)
        behave(lab, host)
