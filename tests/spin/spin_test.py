#!/usr/bin/python3 -B
"""The proof beside SPIN: the same machines, rendered as Promela, explored by both, with equal results to the number.

usage: tests/spin/spin_test.py [NAME...]     prints `ok NAME` or `FAIL NAME why`; needs spin, gcc and build/interlock
What is compared, and why it is equal: docs/renderings.md.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from machines import MACHINES, ROOT

INTERLOCK = ROOT / "build" / "interlock"
LIMIT_S = 120
DEEPEST = 1_000_000
# -O0: here it is the compiling that takes the time. Every error is counted and none ends the search (-c0).
COMPILE = ["gcc", "-O0", "-w", "-DNOREDUCE", "-DNOCLAIM"]
SEARCH = ["./pan", "-c0", f"-m{DEEPEST}", "-w20"]


class Mismatch(Exception):
    """What the test that fails has to say."""


def call(words, folder):
    done = subprocess.run([str(w) for w in words], cwd=folder, capture_output=True, text=True, timeout=LIMIT_S, stdin=subprocess.DEVNULL, check=False)
    return done.returncode, done.stdout + done.stderr


def must(words, folder):
    status, text = call(words, folder)
    if status != 0:
        raise Mismatch(f"{words[0]} ended with {status}: {text[-600:]}")
    return text


def proof(options, words, budget, folder):
    status, text = call([INTERLOCK, *options, "--format", "json", "verify", "--unreduced", *words, *budget, "--at-most", "gone=0"], folder)
    if status not in (0, 1):
        raise Mismatch(f"verify ended with {status}: {text[-600:]}")
    found = json.loads(text)
    # A claim ends in the name of its rule or end.
    findings = {(f["kind"], re.sub(r"[^A-Za-z0-9]", "_", f["claim"].split(": ")[-1]) if f["kind"] != "dead-end" else "") for f in found["findings"]}
    return {"states": found["states"], "edges": found["edges"], "starts": found["starts"], "ended": sum(e["states"] for e in found["ends"]), "findings": findings}


def searched(text):
    def number(pattern):
        return int(re.search(pattern, text)[1])
    if "max search depth too small" in text:
        raise Mismatch("the search was not deep enough")
    names = re.findall(r"assertion violated +!\(?(safety|regret|not_true)__(\w+?)\)", text)
    findings = {(kind.replace("_", "-"), name) for kind, name in names}
    if "invalid end state" in re.sub(r"invalid end states\s*[+-]", "", text):
        findings.add(("dead-end", ""))
    return {"states": number(r"(\d+) states, stored"), "transitions": number(r"(\d+) transitions"), "errors": number(r"errors: (\d+)"), "findings": findings}


def build(options, words, budget, folder):
    (folder / "m.pml").write_text(must([INTERLOCK, *options, "graph", *words, "--as", "promela", *budget], folder))
    must(["spin", "-a", "m.pml"], folder)


def runs_without_end(folder):
    """Whether SPIN finds a run in which, however fair, no end comes."""
    must([*COMPILE, "-DNP", "-DNFAIR=4", "-o", "np", "pan.c"], folder)
    _, text = call(["./np", "-l", "-f", f"-m{DEEPEST}", "-w20"], folder)
    return int(re.search(r"errors: (\d+)", text)[1]) > 0


def claims_broken(folder):
    """The rules whose LTL SPIN refutes."""
    must([*[word for word in COMPILE if word != "-DNOCLAIM"], "-o", "ltl", "pan.c"], folder)
    names = re.findall(r"^ltl (kept__rule__\w+)", (folder / "m.pml").read_text(), re.M)
    return {name for name in names if "errors: 0" not in call(["./ltl", "-a", "-N", name, f"-m{DEEPEST}", "-w20"], folder)[1]}


def compare(machine):
    with tempfile.TemporaryDirectory(prefix="interlock-spin-") as name:
        folder = pathlib.Path(name)
        options, words = machine.place(folder / "configs")
        ours = proof(options, words, machine.budget(), folder)
        build(options, words, machine.budget(), folder)
        must([*COMPILE, "-DSAFETY", "-o", "pan", "pan.c"], folder)
        _, text = call(SEARCH, folder)
        spin = searched(text)
        # SPIN has one state more, the one before the start; from it a transition to every start, and at every state that
        # is ended one that asks whether the end is true.
        for what, mine, theirs in (("states", ours["states"] + 1, spin["states"]),
                                   ("transitions", ours["edges"] + ours["starts"] + ours["ended"] + 1, spin["transitions"])):
            if mine != theirs:
                raise Mismatch(f"{what}: expected {mine} from the proof {ours}, SPIN has {theirs}\n{text}")
        broken = {f"kept__rule__{name}" for kind, name in ours["findings"] if kind == "safety"}
        # The LTL is stronger: it minds a rule that was broken while suspended and still is when it counts again.
        refuted = claims_broken(folder) if machine.claims else broken
        if not broken <= refuted or bool(broken) != bool(refuted):
            raise Mismatch(f"the proof says that {sorted(broken)} are broken, SPIN {sorted(refuted)}")
        livelock = ("dead-end", "") in ours["findings"] and ("dead-end", "") not in spin["findings"]
        if machine.liveness and runs_without_end(folder) != (("dead-end", "") in ours["findings"]):
            raise Mismatch("a run without end: the proof and SPIN differ")
        if livelock and not machine.liveness:
            raise Mismatch("the proof finds a dead end in which something still moves; this machine is to be marked `liveness`")
        if spin["findings"] | ({("dead-end", "")} if livelock else set()) != ours["findings"]:
            raise Mismatch(f"the proof finds {sorted(ours['findings'])}, SPIN {sorted(spin['findings'])}")
        kinds = {kind for kind, _ in ours["findings"]}
        if machine.findings is not None and (not machine.findings <= kinds or bool(machine.findings) != bool(kinds)):
            raise Mismatch(f"found are {sorted(kinds)}, which should have {sorted(machine.findings)}")
        return f"{ours['states']} states, {ours['edges']} edges, {', '.join(sorted(kinds)) or 'proven'}"


def main(wanted):
    chosen = [m for m in MACHINES if not wanted or m.name in wanted]
    if not chosen:
        sys.exit("no such machine; there are: " + ", ".join(m.name for m in MACHINES))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for machine, future in [(m, pool.submit(compare, m)) for m in chosen]:
            name = machine.name.replace(" ", "-")
            try:
                print(f"ok {name} ({future.result()})", flush=True)
            except (Mismatch, subprocess.TimeoutExpired, ValueError) as error:
                failed += 1
                print(f"FAIL {name} {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
