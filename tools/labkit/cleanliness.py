"""Whether anything of a lab is left on this machine: namespaces, processes, mounts, directories."""
import os

from . import layout, network


def left_behind(name=None):
    found = [f"network namespace {entry}" for entry in network.namespaces_of(name)]
    found += [f"process {pid}: {' '.join(layout.command_line(pid))[:120]}" for pid in layout.all_inits(name)]
    found += [f"process {pid} has INTERLOCK_INSIDE_LAB in its environment" for pid in strays(name)]
    place = f"{layout.STATE_ROOT}/{name}" if name else layout.STATE_ROOT
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts:
        targets = [line.split()[4] for line in mounts]
    found += [f"mount {target}" for target in targets if target == place or target.startswith(place + "/")]
    if os.path.isdir(place):
        found.append(f"directory {place}")
    return found


def strays(name):
    """Processes in a network namespace of a lab that no `ip netns` name leads to any more, or entered by `lab exec`."""
    mark = f"INTERLOCK_INSIDE_LAB={name or ''}".encode()
    for entry in os.listdir("/proc"):
        if not entry.isdigit() or int(entry) in (os.getpid(), os.getppid()):
            continue
        try:
            with open(f"/proc/{entry}/environ", "rb") as file:
                words = file.read().split(b"\0")
        except OSError:
            continue
        if any(word == mark or (name is None and word.startswith(mark)) for word in words):
            yield int(entry)


def report(name=None):
    found = left_behind(name)
    for line in found:
        print(line)
    return 1 if found else 0
