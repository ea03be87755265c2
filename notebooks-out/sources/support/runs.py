"""Runs of Plimsoll for the notebooks: made once, read as tables."""

import hashlib
import json
import math
import os
import subprocess
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown, display

#: The binary, and where runs are kept; paths are relative to the repository, where notebooks are executed.
PLIMSOLL = os.environ.get("PLIMSOLL", ".build/release/plimsoll")
RUNS = Path(".build/notebooks")

#: Okabe and Ito's palette, told apart by colour-blind eyes too.
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999"]

plt.rcParams.update({
    "figure.dpi": 100, "figure.figsize": (7.5, 3.2), "figure.facecolor": "white", "font.size": 9,
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.alpha": 0.3,
    "axes.axisbelow": True, "legend.frameon": False, "figure.constrained_layout.use": True,
    "axes.prop_cycle": plt.cycler(color=COLOURS),
})


def say(text):
    """Shows a sentence with figures in it as text, not as a formula."""
    display(Markdown(text.replace("$", "\\$")))


def command(arguments):
    """Runs the program; its complaint is the exception's text."""
    done = subprocess.run([PLIMSOLL, *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"plimsoll {' '.join(arguments)}\n{done.stderr.strip()}")


def run(scenario, settings=(), seed=None, tables="summary"):
    """The folder of a run; simulated only where the same run is not there yet."""
    arguments = [f"scenarios/{scenario}.yaml", "--quiet", "--tables", tables]
    for setting in settings:
        arguments += ["--set", setting]
    if seed is not None:
        arguments += ["--seed", str(seed)]
    return made("run", scenario, arguments)


def estimate(scenario, seeds):
    """The folder of an estimate of a scenario's own window, verified with so many seeds."""
    arguments = [f"scenarios/{scenario}.yaml", "--own", "--verify", "1", "--seeds", str(seeds)]
    return made("estimate", scenario, arguments)


def made(verb, scenario, arguments):
    # Whatever decides what comes out is in the folder's name.
    state = [os.stat(PLIMSOLL).st_mtime_ns, Path(arguments[0]).read_text(), os.environ.get("PLIMSOLL_DATA")]
    name = hashlib.sha256(repr((verb, arguments, state)).encode()).hexdigest()[:12]
    folder = RUNS / f"{verb}-{scenario}-{name}"
    if not (folder / "manifest.json").exists():
        command([verb, *arguments, "--out", str(folder)])
    return folder


def table(folder, name):
    """One table of a run."""
    return pd.read_csv(folder / f"{name}.csv")


def figures(folder):
    """The summary's figures by (kind of scope, scope, metric), simulated or extrapolated."""
    rows = table(folder, "summary")
    rows = rows[rows.source.isin(["simulated", "extrapolated"])]
    return rows.fillna({"scope": ""}).set_index(["scope_kind", "scope", "metric"])["value"]


def demand(folder):
    """Where the demand of a run with a recorded trace came from."""
    inputs = json.loads((folder / "manifest.json").read_text())["inputs"]
    recorded = [i["name"] for i in inputs if "azure-llm-2023-conv" in i["name"] and "profile" not in i["name"]]
    if recorded:
        return "Demand is the recorded Azure conversation trace of 2023, request by request."
    return ("Demand is **not** the recorded trace, which is not at hand (`PLIMSOLL_DATA`), but the bundled profile of "
            "it: figures differ from those of the recording.")


#: Quantiles of Student's t at 97.5 % for 1 to 9 degrees of freedom.
T_975 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262]


def interval(values):
    """Mean and half-width of the 95 % interval of a few independent values."""
    values = list(values)
    mean = sum(values) / len(values)
    variance = sum((v - mean) ** 2 for v in values) / (len(values) - 1)
    return mean, T_975[len(values) - 2] * math.sqrt(variance / len(values))
