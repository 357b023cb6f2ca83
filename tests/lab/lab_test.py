#!/usr/bin/python3 -B
"""Tests the lab itself: hosts, the ways a VIP moves, the emulator, faults, reset, and that nothing is left behind.

usage: tests/lab/lab_test.py [NAME...]   as root; prints `ok NAME` or `FAIL NAME reason`; exit 1 when one failed.
Makes a lab of its own (`labtest`) and takes it down. Measured times are printed as `# …` lines.
"""
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cases_emulator  # noqa: E402
import cases_faults  # noqa: E402
import cases_handover  # noqa: E402
import cases_hosts  # noqa: E402
from support import CHILD_LIMIT_S, LAB, TOOL, tool  # noqa: E402
from labkit import lifecycle  # noqa: E402

CASES = (cases_hosts, cases_handover, cases_emulator, cases_faults)


def chosen(wanted):
    tests = {name: test for cases in CASES for name, test in vars(cases).items() if name.startswith("test_")}
    unknown = [name for name in wanted if name not in tests]
    if unknown:
        sys.exit(f"no such test: {', '.join(unknown)}")
    return {name: test for name, test in tests.items() if not wanted or name in wanted}


def main(wanted):
    tests = chosen(wanted)
    failed = 0
    began = time.monotonic()
    subprocess.run([TOOL, "down", "--name", LAB.name], check=False)
    tool("up")
    print(f"# up {time.monotonic() - began:.1f} s", flush=True)
    try:
        for name, test in tests.items():
            try:
                test()
                print(f"ok {name}", flush=True)
            except Exception as cause:  # a test's failure, whatever it is, is told and the next one runs
                failed += 1
                print(f"FAIL {name} {type(cause).__name__}: {cause}", flush=True)
    finally:
        began = time.monotonic()
        lifecycle.down(LAB)
        print(f"# down {time.monotonic() - began:.1f} s")
    left = subprocess.run([TOOL, "check-clean", "--name", LAB.name], capture_output=True, text=True, timeout=CHILD_LIMIT_S)
    print("ok nothing_is_left_behind" if left.returncode == 0 else f"FAIL nothing_is_left_behind {left.stdout}")
    return 1 if failed or left.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
