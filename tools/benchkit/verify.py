"""The proof beside SPIN's compiled verifier, on the same machines: time and memory for each state."""
import json
import os
import pathlib
import re
import statistics
import tempfile
import time

from . import place
from .place import INTERLOCK, SOURCE, BenchError

SUMMARY = "the proof: states per second and memory per state, Interlock and SPIN"
EXPLAINED = """
verify: every state of a bound machine, explored by `interlock verify` and by SPIN's compiled verifier, from the
Promela that `interlock graph --as promela` renders. Both explore the same states (checked here: SPIN has one more, the
one before the start), one thread each, turn and turn about. SPIN's is compiled with gcc -O2 -DSAFETY, with a hash table
of at least as many slots as there are states. Nothing is left out on either side (`verify --unreduced`, -DNOREDUCE).
  time      ours: the search, the dead ends and the stories, as `verify` reports it. SPIN's: its process, from start to
            end. What SPIN needs first, to generate and compile its verifier, is shown beside it and not counted.
  memory    ours: states, hash table, edges and whence each was reached. SPIN's: stored states without compression
            (state vector and overhead) and hash table, as it reports them; its stack is left out.
The first machine is what is required.

Then the curve: a rolling upgrade (tests/rolling) of 2 to 50 hosts with two faults, as `verify` does it, and with nothing
left out where that still ends within a minute.
"""
SITE = f"{SOURCE}/configs/sites/lab.yaml"
MACHINES = (("hotdb-master-backup-nonstop", 2), ("hotdb-master-backup-nonstop", 3), ("hotdb-master-backup-stopped", 2))
COMPILE = ["gcc", "-O2", "-w", "-DSAFETY", "-DNOREDUCE", "-DNOCLAIM", "-o", "pan", "pan.c"]
ROLLING = pathlib.Path(SOURCE) / "tests" / "rolling"
HOSTS = (2, 5, 10, 20, 50)
MOST_HOSTS_UNREDUCED = 20
LIMIT_S = 600
MB = 1_000_000 * 1.048576  # SPIN's figures are in MiB


def inside(folder, *words):
    """Runs a tool of SPIN's in its folder."""
    return place.must(["env", "--chdir", folder, *words], LIMIT_S, stdout=-1, stderr=-1).stdout


def proof(procedure, faults):
    done = place.call([INTERLOCK, "--format", "json", "verify", "--unreduced", SITE, procedure, "--faults", str(faults), "--at-most", "gone=0"], LIMIT_S, stdout=-1, stderr=-1)
    if done.returncode not in (0, 1):  # with more faults than a procedure is made for there may be a counterexample
        raise BenchError(f"verify {procedure} ended with {done.returncode}: {done.stderr}")
    found = json.loads(done.stdout)
    return {"states": found["states"], "seconds": found["seconds"], "bytes": found["bytes"] / found["states"]}


def compiled(folder, procedure, faults):
    """How long SPIN and the compiler need for a verifier."""
    model = place.must([INTERLOCK, "graph", SITE, procedure, "--as", "promela", "--faults", str(faults)], LIMIT_S, stdout=-1, stderr=-1).stdout
    with open(f"{folder}/m.pml", "w", encoding="utf-8") as file:
        file.write(model)
    began = time.monotonic()
    inside(folder, "spin", "-a", "m.pml")
    inside(folder, *COMPILE)
    return time.monotonic() - began


def searched(folder, states):
    slots = states.bit_length()
    began = time.monotonic()
    text = inside(folder, "./pan", "-c0", "-m100000", f"-w{slots}")
    took_s = time.monotonic() - began
    stored = int(re.search(r"(\d+) states, stored", text)[1])
    if stored != states + 1:
        raise BenchError(f"SPIN stored {stored} states, and the proof has {states}:\n{text}")
    used = [float(re.search(pattern, text)[1]) * MB for pattern in (r"([\d.]+)\s+equivalent memory usage", r"([\d.]+)\s+memory used for hash table")]
    return {"states": stored, "seconds": took_s, "bytes": sum(used) / stored}


def measure_one(procedure, faults, runs):
    with tempfile.TemporaryDirectory(prefix="interlock-bench-") as folder:
        compile_s = compiled(folder, procedure, faults)
        sides = {"ours": [], "other": []}
        for number in range(runs):
            sides["ours"].append(proof(procedure, faults))
            sides["other"].append(searched(folder, sides["ours"][0]["states"]))
            place.say(f"{procedure}, {faults} faults, run {number + 1} of {runs}: {sides['ours'][-1]['seconds']:.3f} s, SPIN {sides['other'][-1]['seconds']:.3f} s")
    found = {"procedure": procedure, "faults": faults, "states": sides["ours"][0]["states"], "compile_s": compile_s}
    for side, results in sides.items():
        rates = [r["states"] / r["seconds"] for r in results]
        found[side] = {"states_per_s": statistics.median(rates), "bytes_per_state": results[0]["bytes"], "seconds": [r["seconds"] for r in results]}
    return found


def rolling(folder, hosts, runs):
    """The proof of a rolling upgrade of so many hosts: reduced, and (where it ends) not."""
    for kind, name in (("component", "components/cache.yaml"), ("procedure", "procedures/roll.yaml")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text((ROLLING / f"{kind}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "sites").mkdir(exist_ok=True)
    site = {"site": "lab", "hosts": {f"n{i}": {"address": f"192.0.2.{i}"} for i in range(1, hosts + 1)}, "roles": {"nodes": [{"host": f"n{i}"} for i in range(1, hosts + 1)]}}
    (folder / "sites" / "lab.yaml").write_text(json.dumps(site), encoding="utf-8")
    found = {"hosts": hosts}
    for side, options in (("reduced", []), ("unreduced", ["--unreduced"])):
        if side == "unreduced" and hosts > MOST_HOSTS_UNREDUCED:
            continue
        results = [json.loads(place.must([INTERLOCK, "--configs", str(folder), "--format", "json", "verify", "lab", "roll", *options], LIMIT_S, stdout=-1, stderr=-1).stdout) for _ in range(runs)]
        found[side] = {"states": results[0]["states"], "edges": results[0]["edges"], "bytes": results[0]["bytes"], "s": statistics.median(r["seconds"] for r in results)}
        place.say(f"rolling upgrade of {hosts} hosts, {side}: {found[side]['states']:,} states in {found[side]['s']:.2f} s")
    return found


def curve(runs):
    with tempfile.TemporaryDirectory(prefix="interlock-bench-") as folder:
        return [rolling(pathlib.Path(folder), hosts, runs) for hosts in HOSTS]


def measure(runs):
    if not os.path.exists("/usr/bin/spin"):
        raise BenchError("there is no spin")
    models = [measure_one(procedure, faults, runs) for procedure, faults in MACHINES]
    first = models[0]
    ours, other = first["ours"]["states_per_s"], first["other"]["states_per_s"]
    memory = first["ours"]["bytes_per_state"] / first["other"]["bytes_per_state"]
    hosts = curve(min(runs, 3))
    slowest = hosts[-1]["reduced"]["s"]
    return {"unit": "states/s", "ours": ours, "other": other, "ratio": ours / other, "memory_ratio": memory, "machines": models, "curve": hosts,
            "required": {"text": "at least as many states per second, and no more memory for each; 50 hosts within 10 s", "met": ours >= other and memory <= 1 and slowest < 10}}


def table(result):
    lines = [f"{'machine':32} {'faults':>6} {'states':>9} {'':10} {'states/s':>10} {'s':>7} {'bytes/state':>11}"]
    for model in result["machines"]:
        for side, title in (("ours", "interlock"), ("other", "SPIN")):
            begin = f"{model['procedure']:32} {model['faults']:>6} {model['states']:>9,}" if side == "ours" else f"{'':49}"
            at = model[side]
            lines.append(f"{begin} {title:10} {at['states_per_s']:>10,.0f} {statistics.median(at['seconds']):>7.3f} {at['bytes_per_state']:>11.1f}"
                         + (f"   (compiled in {model['compile_s']:.1f} s)" if side == "other" else ""))
    lines.append(f"\n{'rolling upgrade':32} {'states':>12} {'s':>8} {'unreduced':>12} {'s':>8}")
    for at in result["curve"]:
        whole = at.get("unreduced")
        lines.append(f"{at['hosts']:>27} hosts {at['reduced']['states']:>12,} {at['reduced']['s']:>8.2f}" + (f" {whole['states']:>12,} {whole['s']:>8.2f}" if whole else ""))
    lines.append(f"\nours {result['ours']:,.0f} states/s, SPIN's {result['other']:,.0f}, ratio {result['ratio']:.2f}; memory ratio {result['memory_ratio']:.2f}")
    return "\n".join(lines)
