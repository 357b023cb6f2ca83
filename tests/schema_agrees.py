#!/usr/bin/python3 -B
"""Whether the published JSON Schemas and the loader agree. Prints `ok NAME` or `FAIL NAME why` for each comparison.

usage: tests/schema_agrees.py [INTERLOCK]     (default: build/interlock)

The schema may let through what only the loader can see; what it rejects, the loader must reject too. YAML is read as
1.2 and as 1.1 would: editors differ in what a plain `no` is.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
INTERLOCK = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "interlock")
KINDS = ("component", "procedure", "site")
LIMIT_S = 20
MOST_NODES = 20_000  # of a file that is compared; larger ones are made to test the loader's limits

PLAIN = {
    "1.2": ((re.compile(r"true|True|TRUE|false|False|FALSE"), lambda t: t.lower() == "true"),),
    "1.1": ((re.compile(r"(?i:yes|no|on|off|true|false)"), lambda t: t.lower() in ("yes", "on", "true")),),
}
NUMBERS = (
    (re.compile(r"~|null|Null|NULL|"), lambda t: None),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda t: int(t, 16)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)

# What a schema can see, by the loader's words for it.
VISIBLE = re.compile(
    r"unknown key|without '|has no value|is not a (text|map|list|flag|number|name|predicate|duration)|is neither a list nor a map|"
    r"unknown (language|mode|way|kind of end)|not an? (probe|operation|list of roles)|: not a (phase|fact|action|gate|step|role|rule|host|site|budget of faults)|"
    r"names no place to go to")


# The loader gives up on depth before it looks at keys, and on numbers beyond 64 bits, which JSON Schema has none of.
EITHER = {"nested-too-deeply.yaml", "port-far-too-large.yaml"}


class TooLarge(Exception):
    pass


def plain(text, version):
    for pattern, value in PLAIN[version] + NUMBERS:
        if pattern.fullmatch(text):
            return value(text)
    return text


def value_of(node, version, count):
    """A YAML node as JSON has it. Keys stay as they are written."""
    count[0] += 1
    if count[0] > MOST_NODES:
        raise TooLarge
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else plain(node.value, version)
    if isinstance(node, yaml.SequenceNode):
        return [value_of(item, version, count) for item in node.value]
    return {key.value if isinstance(key, yaml.ScalarNode) else "": value_of(value, version, count) for key, value in node.value}


def read(text, version):
    return value_of(yaml.compose(text, Loader=yaml.SafeLoader), version, [0])


def kind_of(text):
    found = re.search(r"^(component|procedure|site):", text, re.M)
    return found.group(1) if found else None


def validators():
    found = {}
    for kind in KINDS:
        schema = json.loads((ROOT / "configs" / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        found[kind] = jsonschema.Draft7Validator(schema)
    return found


def complaint(validator, text, version):
    """The first thing the schema does not like, or None."""
    error = jsonschema.exceptions.best_match(validator.iter_errors(read(text, version)))
    return None if error is None else f"{'/'.join(str(p) for p in error.absolute_path)}: {error.message[:120]}"


def loader_errors(text, kind):
    """What the loader says of a text; an empty list when it takes it. Errors of binding cannot occur: no site is at hand."""
    done = subprocess.run([INTERLOCK, "--format", "json", "--configs", "/nonexistent", "lint", "--as", kind, "-"],
                          input=text, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    shown = json.loads(done.stdout)
    return [d["message"] for r in shown["results"] for d in r["diagnostics"] if d["severity"] == "error"] + [d["message"] for d in shown["unread"]]


def check_good(schemas):
    """Every shipped file is good for its schema, whatever version of YAML reads it."""
    for path in sorted((ROOT / "configs").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        why = [f"as YAML {version}: {found}" for version in PLAIN if (found := complaint(schemas[kind_of(text)], text, version))]
        yield f"schema-takes {path.relative_to(ROOT)}", "; ".join(why)


def check_published(schemas):
    for kind in KINDS:
        shown = subprocess.run([INTERLOCK, "schema", kind], env={**os.environ, "INTERLOCK_CONFIGS": str(ROOT / "configs")}, capture_output=True, text=True, timeout=LIMIT_S, check=True).stdout
        same = shown == (ROOT / "configs" / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
        yield f"schema-published {kind}", "" if same else f"run: interlock schema {kind} > configs/schemas/{kind}.schema.json"


def check_bad(schemas, folder):
    """Bad input: what a schema can see it must reject; what only the loader sees it must let through."""
    rejected = 0
    for path in sorted(folder.glob("*.yaml")):
        try:
            text = path.read_text(encoding="utf-8")
            kind = kind_of(text)
            if kind is None:
                continue
            found = complaint(schemas[kind], text, "1.2")
        except (UnicodeDecodeError, yaml.YAMLError, TooLarge, RecursionError):
            continue  # no schema is ever asked about what is not YAML
        said = path.with_suffix(".expected").read_text(encoding="utf-8")
        if path.name in EITHER:
            continue
        visible = bool(VISIBLE.search(said))
        rejected += found is not None
        why = ""
        if visible and found is None:
            why = f"the loader says: {said.splitlines()[0]}; the schema takes it"
        if not visible and found is not None:
            why = f"the schema says {found}; the loader's words for it are not known here: {said.splitlines()[0]}"
        yield f"schema-and-loader {path.name}", why
    yield "schema-rejects-bad-input", "" if rejected >= 5 else f"only {rejected} of {folder}"


FACT = "component: c\nfacts:\n  f: {{values: [a, b], observe: {{tcp: {{port: 1}}}}{}}}\n"
ACTION = "component: c\nactions:\n  a: {{do: [{{run: {{argv: [sh]}}}}], effect: {{f: x}}, within: 5s, repeatable: \"true\"{}}}\n"
SITE = "site: {}\nhosts: {{h: {{address: a}}}}\nroles: {{r: {{host: h}}}}\n{}"
PHASE = "procedure: p\ntitle: t\nroles: {{r: {{components: [c]}}}}\nphases:\n  one: {{next: end{}}}\nends:\n  end: {{is: {}}}\n"
# name: kind, text, whether both take it
SAME = {
    "name-of-digits": ("site", SITE.format("123", ""), True),
    "name-yes": ("site", SITE.format("yes", ""), True),
    "name-with-blank": ("site", SITE.format("'a b'", ""), False),
    "title-of-number": ("site", SITE.format("s", "title: 2.5\n"), True),
    "title-in-languages": ("site", SITE.format("s", "title: {en: 1, zh: 测试}\n"), True),
    "title-in-french": ("site", SITE.format("s", "title: {fr: x}\n"), False),
    "title-null": ("site", SITE.format("s", "title:\n"), False),
    "port-of-digits": ("site", SITE.format("s", "ssh: {port: 22}\n"), True),
    "port-in-quotes": ("site", SITE.format("s", "ssh: {port: '22'}\n"), True),
    "port-in-words": ("site", SITE.format("s", "ssh: {port: many}\n"), False),
    "parameter-of-any-kind": ("site", SITE.format("s", "params: {a: [1], b: {c: d}, e: no}\n"), True),
    "players-with-unknown-key": ("site", "site: s\nhosts: {h: {address: a}}\nroles: {r: {hots: h}}\n", False),
    "list-of-players": ("site", "site: s\nhosts: {h: {address: a}}\nroles: {r: [{host: h}, {host: h}]}\n", True),
    "via-unknown": ("site", "site: s\nhosts: {h: {address: a, via: telnet}}\nroles: {r: {host: h}}\n", False),
    "secret-of-list": ("site", SITE.format("s", "secrets: {p: {command: [cat, 1, yes]}}\n"), True),
    "secret-of-lists": ("site", SITE.format("s", "secrets: {p: {command: [[cat]]}}\n"), False),
    "duration": ("component", FACT.format(", within: 500ms"), True),
    "duration-without-unit": ("component", FACT.format(", within: 10"), False),
    "duration-of-fractions": ("component", FACT.format(", within: 1.5s"), False),
    "two-probes": ("component", "component: c\nfacts:\n  f: {values: [a, b], observe: {tcp: {port: 1}, file: {path: a}}}\n", False),
    "probe-in-a-word": ("component", "component: c\nfacts:\n  f: {values: [a, b], observe: tcp}\n", False),
    "values-with-conditions": ("component", "component: c\nfacts:\n  f: {values: {yes: \"it.port == 'open'\", no: true}, observe: {tcp: {port: 1}}}\n", True),
    "values-in-a-word": ("component", "component: c\nfacts:\n  f: {values: a, observe: {tcp: {port: 1}}}\n", False),
    "repeatable-flag": ("component", ACTION.format(", needs: true"), True),
    "attempts-in-words": ("component", ACTION.format(", attempts: two"), False),
    "effect-of-list": ("component", ACTION.replace("{{f: x}}", "{{f: [x]}}").format(""), False),
    "effect-of-null": ("component", ACTION.replace("{{f: x}}", "{{f: }}").format(""), False),
    "secret-yes": ("component", "component: c\nparams: {p: {secret: yes}}\n", True),
    "secret-On": ("component", "component: c\nparams: {p: {secret: On}}\n", True),
    "secret-maybe": ("component", "component: c\nparams: {p: {secret: maybe}}\n", False),
    "secret-1": ("component", "component: c\nparams: {p: {secret: 1}}\n", False),
    "values-of-parameter": ("component", "component: c\nparams: {p: {values: [a, 2, yes]}}\n", True),
    "values-of-parameter-in-a-word": ("component", "component: c\nparams: {p: {values: a}}\n", False),
    "operation-of-two": ("component", ACTION.replace("{{run: {{argv: [sh]}}}}", "{{run: {{argv: [sh]}}, upload: {{}}}}").format(""), False),
    "phase": ("procedure", PHASE.format("", "success"), True),
    "end-unknown": ("procedure", PHASE.format("", "succes"), False),
    "steps-in-a-word": ("procedure", PHASE.format(", steps: r.stop", "success"), False),
    "steps": ("procedure", PHASE.format(", steps: [r.stop, {do: r.start, if: \"r.f == 'a'\"}]", "success"), True),
    "target-by-parameter": ("procedure", PHASE.format(", back: {by: x, is: {a: end, yes: end}}", "success"), True),
    "target-of-lists": ("procedure", PHASE.format(", back: {by: x, is: {a: [end]}}", "success"), False),
    "target-with-more": ("procedure", PHASE.format(", back: {by: x, is: {a: end}, or: end}", "success"), False),
    "gate-of-number": ("procedure", PHASE.format("", "success") + "gates: {g: [a]}\n", False),
    "gate-mode": ("procedure", PHASE.format("", "success") + "gates: {g: {holds: \"r.f == 'a'\", mode: warned}}\n", False),
    "reaction-each": ("procedure", PHASE.format("", "success") + "reactions: [{name: n, each: {x: [r]}, when: \"x.f == 'a'\", then: {x.f: b}}]\n", True),
    "reaction-each-word": ("procedure", PHASE.format("", "success") + "reactions: [{name: n, each: {x: r}, when: \"x.f == 'a'\", then: {x.f: b}}]\n", False),
}


def check_same(schemas):
    """Texts made to tell the two apart."""
    for name, (kind, text, good) in SAME.items():
        errors = loader_errors(text, kind)
        why = [f"the loader {'takes it' if not errors else 'says ' + errors[0]}"] if good != (not errors) else []
        for version in PLAIN:
            found = complaint(schemas[kind], text, version)
            if good != (found is None):
                why.append(f"as YAML {version} the schema {'takes it' if found is None else 'says ' + found}")
        yield f"schema-and-loader-take {name}" if good else f"schema-and-loader-reject {name}", "; ".join(why)


def main():
    schemas = validators()
    checks = [check_good(schemas), check_published(schemas), check_same(schemas)]
    bad = ROOT / "tests" / "bad-input"
    checks.append(check_bad(schemas, bad))
    failed = 0
    for check in checks:
        for name, why in check:
            failed += bool(why)
            print(f"FAIL {name} {why}" if why else f"ok {name}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
