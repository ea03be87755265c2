"""What is run under faults: every command that writes, with and without something older in its place."""

import os
import shutil
from dataclasses import dataclass, field

from lab import Cells, OneFile, RunFolder, SweepResults, refresh

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHORT = ["--set", "warmup=0s", "--set"]

PLAN = """scenario: first.yaml
axes:
  workloads.chat.arrivals.poisson: [20/s, 30/s]
seeds: 2
figures: [requests_arrived, "ttft_p9*"]
"""

BURSTS = "Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type\n" + "".join(
    f"{5 * i},,1,{'GPT-4' if i % 3 else 'ChatGPT'},{100 + i % 900},{10 + i % 200},{110 + i % 900 + i % 200},"
    "Conversation log\n" for i in range(20_000))


@dataclass
class Case:
    """A command, what it writes, and what lies there before."""

    name: str
    arguments: list
    outputs: list
    older: list = field(default_factory=list)
    # What the older commands leave that the command shall find half done.
    spoil: object = None
    # Folder of what is read, filled once; the command works in a copy of it.
    template: str = ""
    before: list = field(default_factory=list)
    after: list = field(default_factory=list)

    def states(self, folder):
        return [output.state(folder) for output in self.outputs]


def inputs(folder):
    """The files that all cases read."""
    os.makedirs(folder)
    scenarios = os.path.join(ROOT, "scenarios")
    for name in ["first.yaml", "flagship.yaml"]:
        shutil.copy(os.path.join(scenarios, name), folder)
    write(folder, "plan.yaml", PLAN)
    write(folder, "bursts.csv", BURSTS)


def write(folder, name, text):
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)


def run(scenario, span, *rest, seed="1"):
    return ["run", scenario, "--quiet", "--seed", seed, *SHORT, f"horizon={span}", "--out", "out", *rest]


def forget_cells(folder):
    """Leaves a sweep as a process that was killed does: a cell missing, one cut in half, no results."""
    cells = os.path.join(folder, "sw/cells")
    names = sorted(os.listdir(cells))
    os.remove(os.path.join(cells, names[0]))
    path = os.path.join(cells, names[1])
    os.truncate(path, os.path.getsize(path) // 2)
    for name in ["results.csv", "results.schema.csv", "results.manifest.json"]:
        os.remove(os.path.join(folder, "sw", name))


def all_cases():
    sweep = ["sweep", "plan.yaml", "--quiet", "--threads", "1", *SHORT, "horizon=10s", "--out", "sw"]
    merge = ["sweep", "merge", "sw", "--plan", "plan.yaml", *SHORT, "horizon=10s", "--out", "merged.csv"]
    check = ["check", "first.yaml", "--quiet", "--threads", "1", "--replications", "2", *SHORT, "horizon=10s",
             "--baseline", "baselines", "--update", "--junit", "check.xml", "--markdown", "check.md"]
    estimate = ["estimate", "first.yaml", "--horizon", "1h", "--out", "out"]
    compare = ["compare", "first.yaml", "--with", "gateway.route=round-robin", "--replications", "2", "--threads",
               "1", "--quiet", *SHORT, "horizon=10s", "--out", "out"]
    study = ["--replications", "2", "--threads", "1"]
    return [
        Case("run", run("first.yaml", "20s"), [RunFolder("out")]),
        Case("run-full-over-requests", run("first.yaml", "20s", "--tables", "full"), [RunFolder("out")],
             older=[run("first.yaml", "10s", seed="7")]),
        Case("run-summary-over-full", run("first.yaml", "10s", "--tables", "summary"), [RunFolder("out")],
             older=[run("first.yaml", "10s", "--tables", "full", seed="7")]),
        Case("run-none", run("first.yaml", "10s", "--tables", "none"), [RunFolder("out")],
             older=[run("first.yaml", "10s", seed="7")]),
        Case("run-money", run("flagship.yaml", "5s", "--sample", "1/10", "--no-band"), [RunFolder("out")]),
        Case("run-drill", run("first.yaml", "20s", "--tables", "audit", "--incident", "azure/eastus2 down at 5s for 5s"), [RunFolder("out")],
             older=[run("first.yaml", "10s", seed="7")]),
        Case("run-traced", run("first.yaml", "20s", "--perfetto", "trace.json"),
             [OneFile("trace.json"), RunFolder("out")],
             older=[run("first.yaml", "10s", "--perfetto", "trace.json", seed="7")]),
        Case("run-replications", run("first.yaml", "10s", *study), [RunFolder("out")],
             older=[run("first.yaml", "10s", seed="7")]),
        Case("run-slices", run("first.yaml", "4m", "--slices", "2", "--overlap", "1m", "--threads", "1"),
             [RunFolder("out")]),
        Case("sweep", sweep, [Cells("sw/cells"), SweepResults("sw/results.csv")]),
        Case("sweep-resumed", sweep, [Cells("sw/cells"), SweepResults("sw/results.csv")], older=[sweep],
             spoil=forget_cells),
        Case("sweep-merge", merge, [SweepResults("merged.csv")],
             older=[sweep, [*merge, "--partial"]], spoil=lambda folder: write_older_merge(folder)),
        Case("check-update", check, [OneFile("baselines/first.json"), OneFile("check.xml", True), OneFile("check.md", True)],
             older=[[*check, "--seed", "9"]]),
        Case("report", ["report", "out", "--out", "page.html"], [OneFile("page.html")],
             older=[run("first.yaml", "10s"), ["report", "out", "--static", "--out", "page.html"]]),
        Case("trace-import", ["trace", "import", "bursts.csv", "--output", "trace.csv"], [OneFile("trace.csv")],
             older=[["trace", "import", "bursts.csv", "--model", "GPT-4", "--output", "trace.csv"]]),
        Case("estimate", estimate, [RunFolder("out")], older=[run("first.yaml", "10s", seed="7")]),
        Case("placements", [*estimate, "--vary", "azure/eastus2/h100-chat=1..3"], [RunFolder("out")]),
        Case("plan", ["plan", "first.yaml", "--quiet", "--seeds", "1", *SHORT, "horizon=10s", "--out", "best.yaml"],
             [OneFile("best.yaml")]),
        Case("compare", compare, [RunFolder("out")], older=[estimate]),
    ]


def write_older_merge(folder):
    """An older merge of other figures, so that a half-changed trio cannot pass for either."""
    path = os.path.join(folder, "plan.yaml")
    with open(path) as file:
        text = file.read()
    with open(path, "w") as file:
        file.write(text.replace("requests_arrived, ", ""))


def prepare(case, lab, shared):
    """Makes what lies there before, and learns what the command leaves when nobody disturbs it."""
    case.template = os.path.join(lab.folder, "templates", case.name)
    shutil.copytree(shared, case.template)
    for arguments in case.older:
        must_succeed(lab.call(arguments, case.template), arguments)
    if case.spoil:
        case.spoil(case.template)
    case.before = case.states(case.template)
    place = os.path.join(lab.folder, "reference")
    refresh(case.template, place)
    must_succeed(lab.call(case.arguments, place), case.arguments)
    case.after = case.states(place)
    if None in case.after or case.after == case.before:
        raise SystemExit(f"faults: {case.name}: the undisturbed command left nothing new: {case.after}")


def must_succeed(ending, arguments):
    if ending.code != 0:
        raise SystemExit(f"faults: {' '.join(arguments)} failed by itself ({ending.code}): {ending.errors}")
