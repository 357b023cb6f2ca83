#!/usr/bin/python3 -B
"""The whole upgrade on real hosts: success, refusals, faults, crashes of the operator. One lab for all scenarios.

usage: tests/lab/upgrade_test.py [--part I/N | NAME...]   as root, after a build; prints `ok NAME` or `FAIL NAME reason`
Makes a lab of its own and takes it down; tools/test runs it in two parts at the same time, for most of it is waiting.
Measured figures are printed as `# …` lines.
"""
import json
import os
import subprocess
import sys
import time

os.environ.setdefault("INTERLOCK_TEST_LAB", "upgrade" + "".join(sys.argv[2:3])[:1] if sys.argv[1:2] == ["--part"] else "upgradetest")
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import upgrade_crashes  # noqa: E402
import upgrade_faults  # noqa: E402
import upgrade_refusals  # noqa: E402
import upgrade_success  # noqa: E402
import upgrade_switch  # noqa: E402
from support import CHILD_LIMIT_S, LAB, TOOL, tool  # noqa: E402
from upgrade_support import clean_slate, expect_as_the_model_says, journal, journal_exists  # noqa: E402
from labkit import lifecycle  # noqa: E402

LAST_RECORDS, LINE_LIMIT = 60, 700
CASES = (upgrade_success, upgrade_refusals, upgrade_switch, upgrade_faults, upgrade_crashes)


def chosen(wanted):
    tests = {name: test for cases in CASES for name, test in cases.scenarios().items()}
    if wanted[:1] == ["--part"]:
        part, parts = (int(n) for n in wanted[1].split("/"))
        return dict(list(tests.items())[part - 1::parts])
    if unknown := [name for name in wanted if name not in tests]:
        sys.exit(f"no such scenario: {', '.join(unknown)}; there are {', '.join(tests)}")
    return {name: test for name, test in tests.items() if not wanted or name in wanted}


def tell_last_records():
    """What the run did last, for whoever has to find out why without the lab."""
    if journal_exists():
        for kind, body, _ in journal()[-LAST_RECORDS:]:
            print(f"#   {kind} {json.dumps(body, ensure_ascii=False)}"[:LINE_LIMIT], flush=True)


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
                expect_as_the_model_says(getattr(test, "beyond_the_model", None))
                print(f"ok {name} ({time.monotonic() - began:.1f} s)", flush=True)
            except Exception as cause:  # a scenario's failure, whatever it is, is told and the next one runs
                failed += 1
                print(f"FAIL {name} {type(cause).__name__}: {cause}", flush=True)
                tell_last_records()
    finally:
        lifecycle.down(LAB)
    left = subprocess.run([TOOL, "check-clean", "--name", LAB.name], capture_output=True, text=True, timeout=CHILD_LIMIT_S)
    print("ok nothing_is_left_behind" if left.returncode == 0 else f"FAIL nothing_is_left_behind {left.stdout}")
    return 1 if failed or left.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
