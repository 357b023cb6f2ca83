"""Where a benchmark runs: the tree, the command as built, and a lab of its own that is always taken down."""
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
INTERLOCK = f"{SOURCE}/build/interlock"
SETUP_LIMIT_S, BUILD_LIMIT_S = 1800, 3600
LAB_LIMIT_S = 180
ENDING_LIMIT_S = 30


class BenchError(Exception):
    """What the person who measures must read. Never a result."""


def say(text):
    """Progress, beside the result."""
    print(text, file=sys.stderr, flush=True)


def call(words, limit_s, **kept):
    """Runs a child to its end. In a session of its own, so that Ctrl-C reaches us alone and we end the child."""
    child = subprocess.Popen(words, cwd=SOURCE, stdin=subprocess.DEVNULL, start_new_session=True, text=True, **kept)
    try:
        out, err = child.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        end(child)
        raise BenchError(f"{' '.join(words)}: did not end within {limit_s} s") from None
    except BaseException:
        end(child)
        raise
    return subprocess.CompletedProcess(words, child.returncode, out, err)


def end(child):
    """Ends a child and all that it started: politely first, since a lab under construction cleans up."""
    for number in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(child.pid, number)
        except ProcessLookupError:
            return
        try:
            child.wait(ENDING_LIMIT_S)
        except subprocess.TimeoutExpired:
            continue


def must(words, limit_s, **kept):
    done = call(words, limit_s, **kept)
    if done.returncode != 0:
        raise BenchError(f"{' '.join(words)}: exit {done.returncode}\n{(done.stderr or '') + (done.stdout or '')}".rstrip())
    return done


def build():
    """Only the command itself, and only what has changed. What the tools print goes beside the result."""
    must([f"{SOURCE}/tools/setup", "build", "lab", "bench"], SETUP_LIMIT_S, stdout=sys.stderr)
    if not os.path.exists(f"{SOURCE}/build/build.ninja"):
        must(["cmake", "-S", SOURCE, "-B", f"{SOURCE}/build", "-G", "Ninja", "-DINTERLOCK_TESTS=OFF"], SETUP_LIMIT_S, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    must(["ninja", "-C", f"{SOURCE}/build", "--quiet", "interlock"], BUILD_LIMIT_S, stdout=sys.stderr)


class BenchLab:
    """A lab of this call's own, from `with` to its end, Ctrl-C and SIGTERM included."""

    def __init__(self):
        self.name = f"bench-{os.getpid()}"
        self.share = f"/run/interlock-lab/{self.name}/share"

    def tool(self, verb):
        must([f"{SOURCE}/tools/lab", verb, "--name", self.name], LAB_LIMIT_S, stdout=sys.stderr)

    def __enter__(self):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        try:
            self.tool("up")
        except BaseException:
            self.down()
            raise
        return self

    def __exit__(self, *_):
        self.down()

    def down(self):
        """Not to be interrupted: what would be left behind is a handful of daemons."""
        before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            self.tool("down")
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def reset(self):
        self.tool("reset")

    def on(self, host, *words, limit_s=LAB_LIMIT_S):
        """Runs a command on a host of the lab; the result, whatever its exit status."""
        return call([f"{SOURCE}/tools/lab", "exec", "--name", self.name, host, "--", *words], limit_s, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def write(self, name, text):
        """A file in /lab, which all hosts share; its path in the lab."""
        with open(f"{self.share}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
        return f"/lab/{name}"


def journal(lab, state):
    """The one run in a state file of the lab, read as an auditor would: what it was made of, and its records."""
    with sqlite3.connect(f"file:{lab.share}/{state}?mode=ro", uri=True) as database:
        sources, = database.execute("select sources from run").fetchone()
        rows = database.execute("select kind, at_ms, body, evidence from record order by seq").fetchall()
    return json.loads(sources), [(kind, at_ms, json.loads(body), json.loads(evidence)) for kind, at_ms, body, evidence in rows]


def machine():
    """What the figures were measured on."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"^model name\s*:\s*(.*)$", file.read(), re.M)
    with open("/proc/meminfo", encoding="utf-8") as file:
        total_kb = int(re.search(r"^MemTotal:\s*(\d+)", file.read(), re.M)[1])
    return {"cpu": model[1] if model else "unknown", "cores": os.cpu_count(), "memory_mb": total_kb // 1024,
            "kernel": os.uname().release, "load_average": [round(value, 2) for value in os.getloadavg()]}
