"""tools/bench on the command line: the list of benchmarks, their tables, and the one JSON object."""
import argparse
import json
import os
import sys

from . import outage, place, step, verify

BENCHMARKS = {"outage": outage, "step": step, "verify": verify}
NOT_MET, FAILED, USAGE = 1, 2, 64


def names():
    return "\n".join(f"  {name:8} {module.SUMMARY}" for name, module in BENCHMARKS.items())


def parser():
    top = argparse.ArgumentParser(
        prog="tools/bench", formatter_class=argparse.RawDescriptionHelpFormatter, description=f"Benchmarks:\n{names()}",
        epilog="Exit status: 0 what is required was measured, 1 it was not, 2 nothing could be measured. What was measured "
               "before, and how to read it: docs/performance.md.")
    top.add_argument("name", nargs="?", choices=BENCHMARKS, metavar="NAME", help="which; without it, their list")
    top.add_argument("--runs", type=int, default=3, metavar="N", help="how often each side is measured (default: 3); medians count")
    top.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    return top


def machine_line(machine):
    loads = machine["load_average"]
    return (f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_mb']} MB, Linux {machine['kernel']}; "
            f"load average {loads['before'][0]:.1f} before, {loads['after'][0]:.1f} after")


def measure(name, runs):
    place.build()
    before = place.machine()
    result = {"name": name, **BENCHMARKS[name].measure(runs)}
    after = place.machine()["load_average"]
    result["machine"] = {**before, "load_average": {"before": before["load_average"], "after": after}}
    return result


def main(words):
    options = parser().parse_args(words)
    if options.name is None:
        print(names())
        return 0
    if options.runs < 1:
        print("tools/bench: --runs is at least 1", file=sys.stderr)
        return USAGE
    if os.geteuid() != 0:
        print("tools/bench: run as root (a lab needs it)", file=sys.stderr)
        return 77
    benchmark = BENCHMARKS[options.name]
    try:
        if not options.json:
            print(benchmark.EXPLAINED.strip() + "\n", flush=True)
        result = measure(options.name, options.runs)
    except place.BenchError as error:
        place.say(f"tools/bench: {error}")
        return FAILED
    except KeyboardInterrupt:
        place.say("tools/bench: interrupted")
        return 130
    if options.json:
        print(json.dumps(result))
    else:
        print(benchmark.table(result))
        print(f"\n{machine_line(result['machine'])}")
        print(f"required: {result['required']['text']}: {'met' if result['required']['met'] else 'NOT MET'}")
    return 0 if result["required"]["met"] else NOT_MET
