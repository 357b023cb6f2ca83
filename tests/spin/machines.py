"""The machines that the proof and SPIN are compared on: the real ones, the small pair, and pairs that are made wrong."""
import dataclasses
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAIR = ROOT / "tests" / "scenarios" / "pair"


@dataclasses.dataclass
class Machine:
    name: str
    faults: int
    site: str = ""
    procedure: str = ""
    changes: tuple = ()         # of the pair's files: (file, old, new); old None: appended
    findings: frozenset | None = frozenset()  # the kinds that must be found, by both; None: whatever both find
    claims: bool = False        # also: as LTL the rules are broken where the proof says so, and only then
    liveness: bool = False      # also: does SPIN find a run without end where the proof finds a dead end
    asked: int = 1              # how often the operator may ask for the way back

    def budget(self):
        return ["--faults", self.faults, "--at-most", f"asked={self.asked}"]

    def place(self, folder):
        """The words that name site and procedure on the command line; writes what is not in configs/."""
        if self.procedure:
            return ["--configs", str(ROOT / "configs")], [str(ROOT / "configs" / "sites" / self.site), self.procedure]
        texts = {"components/node.yaml": "node.yaml", "procedures/pair.yaml": "procedure.yaml", "sites/tiny.yaml": "site.yaml"}
        for name, source in texts.items():
            text = (PAIR / source).read_text()
            for file, old, new in self.changes:
                if file != source:
                    continue
                if old is not None and text.count(old) != 1:
                    raise ValueError(f"{self.name}: '{old}' stands {text.count(old)} times in {file}")
                text = text + new if old is None else text.replace(old, new)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return ["--configs", str(folder)], ["tiny", "pair"]


def reaction(text):
    return ("procedure.yaml", None, "reactions:\n" + text)


OPENS_BY_ITSELF = reaction("""  - name: "{x} opens what runs"
    each: {x: [a, b]}
    when: "x.process == 'running' && x.service == 'closed' && x.version == 'new'"
    then: {x.service: open}
""")
CLOSES_AFTERWARDS = reaction("""  - name: b closes when both are new
    when: "a.version == 'new' && a.process == 'running'"
    then: {b.service: closed}
    may_fail: true
""")
TOGGLES = reaction("""  - name: a ticket comes
    when: "a.looked_at == 'no' && a.service == 'closed' && b.service == 'closed'"
    then: {a.looked_at: "yes"}
  - name: the ticket goes
    when: "a.looked_at == 'yes' && a.service == 'closed' && b.service == 'closed'"
    then: {a.looked_at: "no"}
""")
OPENS_WHEN_ALL_IS_DONE = reaction("""  - name: a opens when both are new
    when: "a.version == 'new' && a.process == 'running'"
    then: {a.service: open}
""")
NEVER_OPENS = ("procedure.yaml", "    steps: [a.close, b.open]", "    steps: [a.close]")
CASES = ("node.yaml", "    effect: {process: running}", "    effect: {process: running, service: {open: \"version == 'new'\", closed: \"version == 'old'\"}}")
REPEAT_BY_FACT = ("node.yaml", "    effect: {version: new}\n    within: 20s\n    repeatable: \"false\"", "    effect: {version: new}\n    within: 20s\n    repeatable: \"version == 'old' || process == 'stopped'\"\n    attempts: 3")
CLIENTS_RULE = ("procedure.yaml", "always: \"[a, b].exists(n, n.service == 'open')\"", "always: \"[a, b].exists_one(n, n.service == 'open')\"")
NO_GATE_A = (("procedure.yaml", "gates: [a-serves, b-stands-by, both-old]", "gates: [b-stands-by, both-old]"),
             ("procedure.yaml", "  a-serves: \"a.service == 'open' && a.process == 'running'\"\n", ""))
NO_GATE_B = (("procedure.yaml", "gates: [a-serves, b-stands-by, both-old]", "gates: [a-serves, both-old]"),
             ("procedure.yaml", "  b-stands-by: {holds: \"b.service == 'closed' && b.process == 'running'\", remedy: {en: start b, zh: 启动 b}}\n", ""))

MACHINES = [
    *(Machine(f"nonstop with {n} faults", n, "lab.yaml", "hotdb-master-backup-nonstop") for n in (2, 1, 0)),
    Machine("nonstop with 3 faults", 3, "lab.yaml", "hotdb-master-backup-nonstop", findings=None),
    *(Machine(f"stopped with {n} faults", n, "lab.yaml", "hotdb-master-backup-stopped") for n in (2, 1, 0)),
    *(Machine(f"pair with {n} faults", n) for n in (0, 1)),
    Machine("pair with 2 faults", 2, claims=True, liveness=True),
    Machine("pair with 7 faults", 7),
    Machine("a node that opens by itself", 1, changes=(OPENS_BY_ITSELF,), findings=frozenset({"safety"}), claims=True),
    Machine("a rule that a success does not keep", 1, changes=(OPENS_WHEN_ALL_IS_DONE,), findings=frozenset({"safety", "not-true"}), claims=True),
    Machine("a success that does not last", 2, changes=(CLOSES_AFTERWARDS,), findings=frozenset({"not-true"})),
    Machine("a site that never comes to rest", 0, changes=(NEVER_OPENS, TOGGLES), findings=frozenset({"dead-end"}), liveness=True, asked=0),
    Machine("a switch that opens nothing", 1, changes=(NEVER_OPENS,), findings=frozenset({"regret"})),
    Machine("no gate for the backup", 1, changes=NO_GATE_B),
    Machine("no gate for the master", 1, changes=NO_GATE_A),
    Machine("effects by cases and facts that allow repeating", 2, changes=(CASES, REPEAT_BY_FACT), findings=frozenset({"regret"})),
    Machine("exactly one that serves", 2, changes=(CLIENTS_RULE,)),
]
