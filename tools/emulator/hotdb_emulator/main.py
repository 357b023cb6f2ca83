"""The HotDB emulator: a test double of a HotDB compute node, started by the lab's stand-in for `java`.

It is not HotDB and holds nothing of it. It follows what the vendor's public documents say (README.md beside
the sources) in front of a real MariaDB, so that an upgrade can be practised and tested.
"""
import asyncio
import os
import sys

from configdb import Unusable
from faults import Faults
from journal import Journal
from node import Node
from refused import Refused
from settings import Release, Settings

BANNER = "THIS IS THE HOTDB EMULATOR OF INTERLOCK'S LAB: a test double, not HotDB"


def property_of(arguments, name):
    prefix = f"-D{name}="
    return next((word[len(prefix):] for word in arguments if word.startswith(prefix)), "")


def main(arguments):
    home = property_of(arguments, "HOTDB_HOME")
    java = property_of(arguments, "java.version")
    print(BANNER, flush=True)
    release = Release(home)
    if not java.startswith(release.java):
        print("Exception in thread \"main\" java.lang.UnsupportedClassVersionError: cn/hotpu/hotdb/HotdbStartup : "
              f"HotDB {release.version} needs Java {release.java}, this is {java}", flush=True)
        return 1
    faults, journal = Faults(release.version), Journal(home, release.version)
    journal.count("start")
    journal.say(BANNER, area="INIT")
    if faults.get("refuse_start"):
        journal.say(f"start refused: {faults.get('refuse_start')}", "ERROR", "INIT")
        return 1
    return asyncio.run(run(release, home, faults, journal, java))


async def run(release, home, faults, journal, java):
    try:
        settings = Settings(home)
        node = Node(release, settings, faults, journal, java)
        journal.say(f"HotDB {release.version} build {release.build}, haState {node.role.lower()}, Java {java}", area="INIT")
        await node.run()
    except (Unusable, Refused, OSError, ValueError, SyntaxError) as cause:
        journal.say(f"HotDB cannot start: {cause}", "ERROR", "INIT")
        print(f"HotDB cannot start: {cause}", flush=True)
        return 1
    finally:
        forget_pid(f"{home}/run/hotdb-server.pid")
    return 0


def forget_pid(file):
    """Removes the pid file when it is this process's own."""
    try:
        with open(file, encoding="ascii") as opened:
            if opened.read().strip() == str(os.getpid()):
                os.unlink(file)
    except OSError:
        pass


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
