"""The cost of one step over SSH: Interlock beside Ansible, between the same two hosts, the same change on both sides."""
import os
import statistics
import time

from . import place, step_files
from .place import INTERLOCK, BenchError
from .step_files import FOLDER, HOST

SUMMARY = "the cost of one step over SSH: Interlock and Ansible"
EXPLAINED = """
step: what one step costs over SSH, from a lab's control host to its hotdb-1, beside the same steps in Ansible (Debian's
ansible-core), and what it costs when nothing is to be done. Both do 50 steps and 1 step, and (t50 - t1) / 49 is the
cost of a step: starting up, reading files and connecting are on neither side.
  unchanged   50 directories that are there already. Interlock observes, decides and journals (each record synced to the
              disk); Ansible's module `file: state=directory` reports `ok`.
  changing    50 files that are not there. Interlock records its intent, runs touch, and observes the effect before it
              calls it done; Ansible runs `command: touch` and believes its exit status.
Ansible with pipelining and ControlPersist, as its documentation recommends, no facts gathered, the interpreter named;
and once more without pipelining, which is its default. The required ratio is that of `unchanged`, with pipelining.
"""
CONFIGS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "step")
STEPS = 50
RUN_LIMIT_S = 600
MOST_RATIO = 1 / 30
REPORTED = {"unchanged": ("passed", "ok={steps} ", "changed=0 "), "changing": ("confirmed", "ok={steps} ", "changed={steps} ")}


def prepare(lab, kind):
    """All directories there, or no file: the same for every measurement of either side."""
    make = "mkdir " + " ".join(step_files.paths(STEPS)) if kind == "unchanged" else "true"
    done = lab.on(HOST, "sh", "-c", f"rm -rf {FOLDER} && mkdir {FOLDER} && {make}")
    if done.returncode != 0:
        raise BenchError(f"{FOLDER} cannot be made on {HOST}: {done.stderr}")


def timed(lab, *words):
    """Wall time of a command on the control host, and what it printed."""
    began = time.monotonic()
    done = lab.on("control", *words, limit_s=RUN_LIMIT_S)
    took_s = time.monotonic() - began
    if done.returncode != 0:
        raise BenchError(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return took_s, done.stdout


def parts(written, step_ms):
    """Where a step's time goes, in milliseconds per step, by the journal's times and the evidence's."""
    begun = {"intent": [], "outcome": [], "confirmed": []}
    for kind, at_ms, *_ in written:
        begun.get(kind, []).append(at_ms)
    looks = [item["took_us"] / 1000 for kind, _, _, evidence in written if kind in ("passed", "intent", "confirmed") for item in evidence or []]
    observing = statistics.median(looks) * (2 if begun["intent"] else 1)
    acting = statistics.median(b - a for a, b in zip(begun["intent"], begun["outcome"])) if begun["intent"] else 0.0
    return {"observing_ms": round(observing, 2), "acting_ms": round(acting, 2), "journal_and_rest_ms": round(step_ms - observing - acting, 2),
            "records_per_step": round(len(written) / STEPS, 1)}


def interlock(lab, kind, label):
    """Milliseconds per step, and where they go."""
    took = {}
    for steps in (1, STEPS):
        prepare(lab, kind)
        site, procedure = lab.write("site.yaml", step_files.site(steps)), lab.write("procedure.yaml", step_files.procedure(kind, steps))
        state = f"{kind}-{label}-{steps}.db"
        took[steps], _ = timed(lab, INTERLOCK, "--configs", CONFIGS, "--state", f"/lab/{state}", "run", site, procedure, "--yes")
    _, written = place.journal(lab, state)
    counted = sum(record[0] == REPORTED[kind][0] for record in written)
    if counted != STEPS:
        raise BenchError(f"interlock's journal has {counted} records '{REPORTED[kind][0]}', not {STEPS}")
    per_step_ms = (took[STEPS] - took[1]) / (STEPS - 1) * 1000
    return per_step_ms, parts(written, per_step_ms)


def ansible(lab, kind, label, pipelining):
    took = {}
    inventory = lab.write("inventory", step_files.inventory())
    for steps in (1, STEPS):
        prepare(lab, kind)
        book = lab.write("playbook.yaml", step_files.playbook(kind, steps))
        # Each run opens its own connection, and all its steps share it (ControlPersist is the default).
        sockets = f"/tmp/cp-{kind}-{label}-{steps}"
        took[steps], out = timed(lab, "env", "LC_ALL=C.UTF-8", f"ANSIBLE_PIPELINING={pipelining}", f"ANSIBLE_SSH_CONTROL_PATH_DIR={sockets}",
                                 "ansible-playbook", "-i", inventory, book)
        for wanted in REPORTED[kind][1:]:
            if wanted.format(steps=steps) not in out:
                raise BenchError(f"ansible-playbook did not report '{wanted.format(steps=steps).strip()}':\n{out[-2000:]}")
    return (took[STEPS] - took[1]) / (STEPS - 1) * 1000


def measure(runs):
    pairs = {kind: {"interlock_ms": [], "ansible_ms": [], "ansible_unpipelined_ms": [], "parts": []} for kind in REPORTED}
    with place.BenchLab() as lab:
        version = lab.on("control", "ansible", "--version").stdout.partition("\n")[0]
        for number in range(runs):
            for kind, pair in pairs.items():
                ms, where = interlock(lab, kind, f"{number}")
                pair["interlock_ms"].append(round(ms, 3))
                pair["parts"].append(where)
                pair["ansible_ms"].append(round(ansible(lab, kind, f"{number}p", True), 3))
                pair["ansible_unpipelined_ms"].append(round(ansible(lab, kind, f"{number}", False), 3))
                place.say(f"{kind}, run {number + 1} of {runs}: interlock {ms:.1f} ms, ansible {pair['ansible_ms'][-1]:.0f} ms, "
                          f"without pipelining {pair['ansible_unpipelined_ms'][-1]:.0f} ms")
    for pair in pairs.values():
        ours = pair["ours"] = statistics.median(pair["interlock_ms"])
        pair["other"] = statistics.median(pair["ansible_ms"])
        pair["ratio"] = ours / pair["other"]
        pair["ratio_unpipelined"] = ours / statistics.median(pair["ansible_unpipelined_ms"])
    head = pairs["unchanged"]
    return {"unit": "ms per step", "ours": head["ours"], "other": head["other"], "ratio": head["ratio"], "ansible": version, "steps": STEPS,
            "pairs": pairs, "required": {"text": "an unchanged step at least 30 times cheaper", "met": head["ratio"] <= MOST_RATIO}}


def table(result):
    lines = [f"ms per step, median of {len(result['pairs']['unchanged']['interlock_ms'])} ({result['ansible']})",
             f"{'':12} {'interlock':>10} {'ansible':>10} {'times':>7}   {'without pipelining':>18} {'times':>7}"]
    for kind, pair in result["pairs"].items():
        bare = statistics.median(pair["ansible_unpipelined_ms"])
        lines.append(f"{kind:12} {pair['ours']:>10.1f} {pair['other']:>10.1f} {1 / pair['ratio']:>7.1f}   {bare:>18.1f} {1 / pair['ratio_unpipelined']:>7.1f}")
    lines.append("\nwhere interlock's time goes, ms per step")
    lines.append(f"{'':12} {'observing':>10} {'acting':>10} {'journal and rest':>17} {'records':>8}")
    for kind, pair in result["pairs"].items():
        column = {name: statistics.median(part[name] for part in pair["parts"]) for name in pair["parts"][0]}
        lines.append(f"{kind:12} {column['observing_ms']:>10.1f} {column['acting_ms']:>10.1f} {column['journal_and_rest_ms']:>17.1f} {column['records_per_step']:>8.1f}")
    return "\n".join(lines)
