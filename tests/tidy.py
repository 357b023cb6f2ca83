#!/usr/bin/python3 -B
"""The rules of the code base that a machine can check. Prints `ok NAME` or `FAIL NAME why` for each; a few seconds.

usage: tests/tidy.py [INTERLOCK]     (default: build/interlock)
"""
import ast
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INTERLOCK = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "interlock").resolve()
MOST_LINES = 500
LIMIT_S = 60

# Longer files, each with the reason why. It is empty, and that is the aim.
ALLOWED_LONG = {}

LAYERS = {"fsm": ("probes", "src"), "probes": ("src",)}  # a folder, and the ones it must not include from
# Assembled, so that this file does not find itself.
UNFINISHED = re.compile("|".join((r"\bTO" + "DO", r"\bFIX" + "ME", r"\bXX" + r"X\b", r"\bHA" + r"CK\b", "not " + "implemented", r"\bfor " + r"now\b", "place" + "holder")), re.I)
MACHINE_PATHS = re.compile("|".join(("/wor" + "k/", "/tmp" + "/wt\\b")))
CODE_FOLDERS = ("fsm", "probes", "src", "configs", "tests", "tools", ".ci")
GENERATED = ("configs/schemas/", "tests/golden/", "tests/fuzz/seeds/")  # not written by hand, or hostile on purpose
TERMS = ("component", "fact", "evidence", "probe", "action", "procedure", "gate", "rule", "reaction", "site", "machine", "run")


def git_files():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, timeout=LIMIT_S, check=False)
    if listed.returncode == 0 and listed.stdout:
        names = listed.stdout.decode().split("\0")
    else:  # an unpacked archive
        names = [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if not {"build", ".git"} & set(p.relative_to(ROOT).parts)]
    return sorted(name for name in names if name and (ROOT / name).is_file())


class Tree:
    """Every file of the project with its text; None for what is not text."""

    def __init__(self):
        self.texts = {}
        for name in git_files():
            try:
                self.texts[name] = (ROOT / name).read_text(encoding="utf-8")
            except UnicodeDecodeError:
                self.texts[name] = None

    def of(self, *suffixes, folders=None):
        for name, text in self.texts.items():
            if text is not None and (not suffixes or name.endswith(suffixes)) and (folders is None or name.split("/")[0] in folders):
                yield name, text

    def written(self):
        return ((name, text) for name, text in self.of() if not name.startswith(GENERATED))

    def scripts(self, interpreter, *suffixes):
        """By the first line or the name."""
        for name, text in self.of():
            first = text.split("\n", 1)[0]
            if name.endswith(suffixes) or (first.startswith("#!") and re.search(rf"\b({interpreter})[0-9.]*\b", first)):
                yield name, text


def include_directions(tree):
    for name, text in tree.of(".cc", ".h"):
        for other in LAYERS.get(name.split("/")[0], ()):
            for number, line in enumerate(text.splitlines(), 1):
                if re.match(rf'\s*#\s*include\s+["<]{other}/', line):
                    yield f"{name}:{number} includes {other}/"


def headers_guarded(tree):
    return (name for name, text in tree.of(".h") if "#pragma once" not in text.splitlines())


def headers_explained(tree):
    return (name for name, text in tree.of(".h") if not text.startswith(("// ", "/*")))


def files_short(tree):
    for name, text in tree.written():
        length = text.count("\n")
        if length > MOST_LINES and name not in ALLOWED_LONG and name != "LICENSE":
            yield f"{name} has {length} lines, at most {MOST_LINES}"


def nothing_unfinished(tree):
    for name, text in tree.written():
        if name.split("/")[0] not in CODE_FOLDERS:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if found := UNFINISHED.search(line):
                yield f"{name}:{number} '{found.group()}'"


def no_machine_paths(tree):
    for name, text in tree.of():
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE_PATHS.search(line):
                yield f"{name}:{number}"


def shell_scripts_parse(tree):
    for name, _ in tree.scripts("bash|sh|dash", ".sh", ".bash"):
        done = subprocess.run(["bash", "-n", ROOT / name], capture_output=True, text=True, timeout=LIMIT_S, check=False)
        if done.returncode != 0:
            yield f"{name}: {done.stderr.strip().splitlines()[0]}"


def python_compiles(tree):
    for name, text in tree.scripts("python", ".py"):
        try:
            ast.parse(text, name)
        except SyntaxError as error:
            yield f"{name}:{error.lineno}: {error.msg}"


def configs_load(tree):
    names = [name for name, _ in tree.of(".yaml", folders=("configs",))]
    if not names:
        yield "there are no configs"
        return
    done = subprocess.run([INTERLOCK, "lint", *names], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    if done.returncode > 1:
        yield "; ".join(line for line in (done.stdout + done.stderr).splitlines() if ": error: " in line)[:1000] or f"lint ended with {done.returncode}"


def glossary_there(tree):
    text = tree.texts.get("docs/glossary.md")
    if text is None:
        yield "docs/glossary.md is missing"
        return
    for term in TERMS:
        if not re.search(rf"\b{term}\b", text):
            yield f"docs/glossary.md does not explain '{term}'"


def completion_completes(_):
    """What bash offers; the command itself says which words there are."""
    for words, wanted in (("interlock li", "lint"), ("interlock check lab hotdb-master-backup-n", "hotdb-master-backup-nonstop"), ("interlock lint --host", "--host-role"), ("interlock schema s", "site"), ("interlock graph lab hotdb-master-backup-nonstop --as pro", "promela")):
        script = f'. tools/completion/interlock.bash; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _interlock; printf "%s\\n" "${{COMPREPLY[@]}}"'
        done = subprocess.run(["bash", "-c", script], cwd=ROOT, env={"PATH": f"{INTERLOCK.parent}:/usr/bin:/bin"}, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        if wanted not in done.stdout.split():
            yield f"'{words}' gives {done.stdout.split()} {done.stderr.strip()}, not {wanted}"


CHECKS = (include_directions, headers_guarded, headers_explained, files_short, nothing_unfinished, no_machine_paths,
          shell_scripts_parse, python_compiles, configs_load, glossary_there, completion_completes)
SHOWN = 12  # of many findings of one rule


def main():
    tree = Tree()
    failed = 0
    for check in CHECKS:
        found = list(check(tree))
        failed += bool(found)
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        print(f"FAIL {check.__name__} {'; '.join(found[:SHOWN])}{more}" if found else f"ok {check.__name__}", flush=True)
    done = subprocess.run([ROOT / "tests" / "schema_agrees.py", INTERLOCK], timeout=LIMIT_S, check=False)
    return 1 if failed or done.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
