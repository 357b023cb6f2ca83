#!/usr/bin/python3 -B
"""The whole upgrade on real hosts: success, refusals, faults, crashes of the operator. One lab for all scenarios.

usage: tests/lab/upgrade_test.py [--all | NAME...]   as root, after a build; prints `ok NAME` or `FAIL NAME reason`
Without names it runs what tools/test runs; --all adds the campaign (docs/testing.md), which takes many minutes more.
Makes a lab of its own and takes it down. Measured figures are printed as `# …` lines.
"""
import os
import subprocess
import sys
import time

os.environ.setdefault("INTERLOCK_TEST_LAB", "upgradetest")
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import upgrade_crashes  # noqa: E402
import upgrade_faults  # noqa: E402
import upgrade_refusals  # noqa: E402
import upgrade_success  # noqa: E402
import upgrade_switch  # noqa: E402
from support import CHILD_LIMIT_S, LAB, TOOL, tool  # noqa: E402
from upgrade_support import clean_slate  # noqa: E402
from labkit import lifecycle  # noqa: E402

CASES = (upgrade_success, upgrade_refusals, upgrade_switch, upgrade_faults, upgrade_crashes)


# Run by --all: long, or not settled yet (docs/testing.md says which and why).
SETTLED = {"backup_does_not_open_its_service_port", "disk_full_while_unpacking", "start_is_refused"}
CAMPAIGN = {name for cases in (upgrade_switch, upgrade_faults, upgrade_crashes) for name in cases.scenarios()} - SETTLED | {"refused_clients_are_denied"}


def chosen(wanted):
    tests = {name: test for cases in CASES for name, test in cases.scenarios().items()}
    if wanted == ["--all"]:
        return tests
    if unknown := [name for name in wanted if name not in tests]:
        sys.exit(f"no such scenario: {', '.join(unknown)}; there are {', '.join(tests)}")
    return {name: test for name, test in tests.items() if (name in wanted if wanted else name not in CAMPAIGN)}


def main(wanted):
    tests = chosen(wanted)
    failed = 0
    subprocess.run([TOOL, "down", "--name", LAB.name], check=False)
    tool("up")
    try:
        for name, test in tests.items():
            began = time.monotonic()
            try:
                clean_slate()
                test()
                print(f"ok {name} ({time.monotonic() - began:.1f} s)", flush=True)
            except Exception as cause:  # a scenario's failure, whatever it is, is told and the next one runs
                failed += 1
                print(f"FAIL {name} {type(cause).__name__}: {cause}", flush=True)
    finally:
        lifecycle.down(LAB)
    left = subprocess.run([TOOL, "check-clean", "--name", LAB.name], capture_output=True, text=True, timeout=CHILD_LIMIT_S)
    print("ok nothing_is_left_behind" if left.returncode == 0 else f"FAIL nothing_is_left_behind {left.stdout}")
    return 1 if failed or left.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
