"""The client's longest gap during a whole upgrade: the runbook's order beside the chosen handover."""
import statistics
import sys

from . import place
from .place import INTERLOCK, SOURCE, BenchError

sys.path[:0] = [f"{SOURCE}/tests/lab", f"{SOURCE}/tools"]

SUMMARY = "the clients' longest gap during an upgrade: the runbook's order and Interlock's handover"
EXPLAINED = """
outage: the longest time without service during one whole upgrade of a HotDB pair (2.5.4 to 2.5.6), in a lab.
Both sides are the same procedure on the same hosts and differ in the handover alone: the runbook stops the master's
compute node and waits until its check script has failed often enough (service-first), Interlock chooses from the two
keepalived files (auto). A client connects through the VIP and asks `select 1` every 10 ms. Two meters that share no
code: the lab's (Python, from the control host's network) and interlock's own; the larger of the two counts.
The runbook's gap depends on when in keepalived's check interval the node stops: 7.6 to 13.6 s are predicted.
"""
PROCEDURE = "hotdb-master-backup-nonstop"
SIDES = {"other": ("the runbook's order", "service-first"), "ours": ("chosen by interlock", "auto")}
UPGRADE_LIMIT_S = 300
MOST_S, MOST_RATIO = 1.2, 0.1


def upgrade(lab, state, handover):
    """One upgrade from the lab's initial state: the two meters' gaps and the handover that was taken."""
    from labkit.layout import Lab
    from probe import GapMeter
    with GapMeter(Lab(lab.name)) as meter:
        done = lab.on("control", INTERLOCK, "--state", f"/lab/{state}", "run", "/root/site.yaml", PROCEDURE, "--yes", "--set", f"handover={handover}",
                      limit_s=UPGRADE_LIMIT_S)
    if done.returncode != 0:
        raise BenchError(f"the upgrade with handover={handover} ended with exit {done.returncode}, so nothing was measured:\n{done.stdout[-3000:]}{done.stderr}")
    sources, records = place.journal(lab, state)
    clients = [body for kind, _, body, _ in records if kind == "clients"]
    if len(clients) != 1:
        raise BenchError(f"the journal of the upgrade has {len(clients)} records 'clients', not one")
    return {"handover": sources["overrides"]["handover"], "lab_s": round(meter.longest_gap_s, 3), "lab_attempts": meter.attempts,
            "interlock_s": clients[0]["longest_gap_ms"] / 1000, "interlock_attempts": clients[0]["attempts"]}


def longest(runs):
    return [max(run["lab_s"], run["interlock_s"]) for run in runs]


def measure(runs):
    measured = {side: [] for side in SIDES}
    with place.BenchLab() as lab:
        first = True
        for number in range(runs):
            for side, (title, handover) in SIDES.items():
                if not first:
                    lab.reset()
                first = False
                found = upgrade(lab, f"{side}-{number}.db", handover)
                measured[side].append(found)
                place.say(f"{title}, run {number + 1} of {runs}: {found['lab_s']:.3f} s by the lab's client, {found['interlock_s']:.3f} s by interlock's")
    ours, other = (statistics.median(longest(measured[side])) for side in ("ours", "other"))
    met = max(longest(measured["ours"])) <= MOST_S and ours / other <= MOST_RATIO
    return {"unit": "s", "ours": ours, "other": other, "ratio": ours / other, "runs": measured,
            "required": {"text": f"no run of ours over {MOST_S} s, and a ratio of at most {MOST_RATIO}", "met": met}}


def table(result):
    lines = [f"{'longest gap, s':36} {'run':>3} {'lab client':>11} {'interlock':>11}"]
    for side, (title, _) in SIDES.items():
        runs = result["runs"][side]
        for number, run in enumerate(runs):
            label = f"{title} ({run['handover']})" if number == 0 else ""
            lines.append(f"{label:36} {number + 1:>3} {run['lab_s']:>11.3f} {run['interlock_s']:>11.3f}")
        lines.append(f"{'  median':36} {'':>3} {statistics.median(r['lab_s'] for r in runs):>11.3f} {statistics.median(r['interlock_s'] for r in runs):>11.3f}")
    lines.append(f"\nours {result['ours']:.3f} s, the runbook's {result['other']:.3f} s, ratio {result['ratio']:.3f} (1 to {1 / result['ratio']:.1f})")
    return "\n".join(lines)
