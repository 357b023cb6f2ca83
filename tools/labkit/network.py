"""The lab's network: one namespace per host, one for the bridge, a veth pair between each two."""
import os
import subprocess

from .layout import ADDRESSES, DEVICE, NETWORK_BITS, HOSTS, LabError

BRIDGE = "bridge"


def ip(*words, check=True):
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if check and done.returncode != 0:
        raise LabError(f"ip {' '.join(words)}: {done.stderr.strip()}")
    return done


def ip_batch(netns, lines):
    done = subprocess.run(["ip", "-n", netns, "-batch", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True)
    if done.returncode != 0:
        raise LabError(f"ip -n {netns}: {done.stderr.strip()}")


def port(host):
    """The bridge's end of the host's cable."""
    return f"p-{host}"


def build(lab):
    ip("netns", "add", lab.netns(BRIDGE))
    lines = ["link set lo up", "link add br0 type bridge forward_delay 0 mcast_snooping 0", "link set br0 up"]
    for host in HOSTS:
        ip("netns", "add", lab.netns(host))
        lines += [f"link add {port(host)} type veth peer name {DEVICE} netns {lab.netns(host)}",
                  f"link set {port(host)} master br0 up"]
    ip_batch(lab.netns(BRIDGE), lines)
    for host, address in ADDRESSES.items():
        ip_batch(lab.netns(host), ["link set lo up", f"addr add {address}/{NETWORK_BITS} dev {DEVICE}", f"link set {DEVICE} up"])


def set_cable(lab, host, plugged):
    ip("-n", lab.netns(BRIDGE), "link", "set", port(host), "up" if plugged else "down")


def set_bridged(lab, host, joined):
    """Off the bridge the host keeps its carrier but reaches nobody: a switch that forwards nothing."""
    ip("-n", lab.netns(BRIDGE), "link", "set", port(host), *(("master", "br0") if joined else ("nomaster",)))


def namespaces_of(name):
    prefix = f"ilk-{name}-" if name else "ilk-"
    try:
        return sorted(entry for entry in os.listdir("/run/netns") if entry.startswith(prefix))
    except FileNotFoundError:
        return []


def remove(lab):
    """Only this lab's: the names of another may begin with ours."""
    own = {lab.netns(host) for host in (*HOSTS, BRIDGE)}
    for name in namespaces_of(lab.name):
        if name in own:
            ip("netns", "del", name, check=False)
