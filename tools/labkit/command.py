"""The verbs of tools/lab, read from the command line."""
import argparse
import os
import sys

from . import layout
from .layout import Lab, LabError

USAGE_EXIT, FAILED_EXIT = 64, 1


def lab_exec(name, words):
    """Kept free of argparse and of all that is not needed: tests call it hundreds of times."""
    if words[:1] and words[1:2] == ["--"]:
        words = [words[0], *words[2:]]
    if len(words) < 2:
        raise LabError("usage: tools/lab exec [--name NAME] HOST [--] COMMAND [ARGUMENT...]")
    from . import namespaces
    from .hosts import PATH
    environment = {**os.environ, "PATH": PATH, "HOME": "/root", "USER": "root", "LOGNAME": "root", "SHELL": "/bin/bash",
                   "INTERLOCK_INSIDE_LAB": name}
    return namespaces.run_inside(Lab(name).init_pid(words[0]), words[1:], environment)


def parser():
    top = argparse.ArgumentParser(prog="tools/lab", description="The lab: a HotDB pair (emulated), its config database and a "
                                  "control host, in network namespaces of this machine. Run as root.")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name, text):
        added = verbs.add_parser(name, help=text, description=text)
        if name not in ("packages", "check-clean"):
            added.add_argument("--name", default="lab", help="which lab (default: lab)")
        return added
    verb("up", "make the lab and start its services")
    verb("down", "end everything of the lab and remove its traces")
    verb("status", "what runs, who serves, who holds the VIP")
    verb("exec", "run a command in a host, as root: exec [--name NAME] HOST [--] COMMAND...")
    verb("reset", "back to the initial state, the hosts kept")
    fault = verb("fault", "make something go wrong: " + ", ".join(("cut heal partition crash kill-keepalived disk-full disk-free "
                 "vip-add vip-del misbehave behave").split()))
    fault.add_argument("host")
    fault.add_argument("kind")
    fault.add_argument("arguments", nargs="*")
    verb("sums", "one SHA-256 per host over what an upgrade changes")
    verb("counts", "JSON: how often nodes started, stopped, went online; every changing statement in the config database")
    verb("packages", "write the upgrade packages into a directory").add_argument("directory")
    clean = verb("check-clean", "fail when anything of a lab is left on this machine")
    clean.add_argument("--name", help="only this lab")
    return top


def dispatch(options):
    if options.verb == "packages":
        from . import packages
        packages.build(os.path.abspath(options.directory))
        return 0
    if os.geteuid() != 0:
        raise LabError("run as root")
    if options.verb == "check-clean":
        from . import cleanliness
        return cleanliness.report(options.name)
    lab = Lab(options.name)
    from . import faults, lifecycle, measures
    if options.verb == "fault":
        faults.make(lab, options.host, options.kind, options.arguments)
        return 0
    return {"up": lifecycle.up, "down": lifecycle.down, "status": lifecycle.status, "reset": lifecycle.reset,
            "sums": measures.print_sums, "counts": measures.print_counts}[options.verb](lab) or 0


def main(words):
    try:
        if words[:1] == ["exec"] and words[1:2] not in (["-h"], ["--help"]):
            name, rest = "lab", words[1:]
            if rest[:1] == ["--name"] and len(rest) > 1:
                name, rest = rest[1], rest[2:]
            elif rest and rest[0].startswith("--name="):
                name, rest = rest[0][len("--name="):], rest[1:]
            return lab_exec(name, rest)
        return dispatch(parser().parse_args(words))
    except LabError as error:
        layout.say(f"lab: {error}")
        return FAILED_EXIT
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
