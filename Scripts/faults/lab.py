"""The real program under the fault injector: what it did, and what it left."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field


class Violation(Exception):
    """Something that must never be, in words."""


@dataclass
class Operation:
    """A call that the injector counted."""

    number: int
    kind: str
    bytes: int
    descriptor: int
    name: str


@dataclass
class Ending:
    """How a call of the program ended."""

    code: int
    output: str
    errors: str
    seconds: float = 0.0

    @property
    def was_killed(self):
        return self.code == -9


@dataclass
class Lab:
    """A program, the injector, and a folder to work in."""

    program: str
    injector: str
    folder: str
    network_tries: list = field(default_factory=list)
    clock_looks: int = 0
    calls: int = 0

    def plain_environment(self):
        """Without the injector, for calls whose time counts."""
        variables = {k: v for k, v in os.environ.items() if not k.startswith("FAULT_")}
        variables.pop("PLIMSOLL_DATA", None)
        return variables

    def environment(self, faults):
        variables = self.plain_environment()
        variables["LD_PRELOAD"] = self.injector
        variables.update(faults)
        return variables

    def call(self, arguments, cwd, timeout=60, **faults):
        """Runs the program to its end, or reports that it hangs."""
        self.calls += 1
        log = os.path.join(self.folder, "calls.log")
        if os.path.exists(log):
            os.remove(log)
        variables = self.environment({k: str(v) for k, v in faults.items()} | {"FAULT_LOG": log})
        try:
            done = subprocess.run(
                [self.program, *arguments], cwd=cwd, env=variables, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)
        except subprocess.TimeoutExpired:
            raise Violation(f"hangs: no end after {timeout} s")
        self.watch(log)
        hold_no_crash(text(done.stderr))
        return Ending(done.returncode, text(done.stdout), text(done.stderr))

    def operations(self):
        """What the last call did, in order."""
        return [entry for entry in read_log(os.path.join(self.folder, "calls.log")) if entry.number > 0]

    def watch(self, log):
        for entry in read_log(log):
            if entry.kind == "network":
                self.network_tries.append(entry.name)
            elif entry.kind == "clock":
                self.clock_looks += 1


def hold_no_crash(errors):
    """An assertion of the program's own ends with code 3 and a message, as a full disk does, and is none."""
    if "internal error" in errors:
        raise Violation(f"stops at an error of its own: {errors.strip()[:400]}")


def read_log(path):
    """The injector's log; a last line that a kill has cut off is left out."""
    if not os.path.exists(path):
        return []
    entries = []
    with open(path, errors="replace") as file:
        for line in file:
            match = re.match(r"(\d+) (\w+) (-?\d+) (-?\d+) (.*)\n", line)
            if match:
                entries.append(Operation(
                    int(match[1]), match[2], int(match[3]), int(match[4]), match[5]))
    return entries


def text(data):
    return data.decode("utf-8", "replace")


def digest(data):
    return hashlib.sha256(data).hexdigest()


def contents(path):
    with open(path, "rb") as file:
        return file.read()


def refresh(template, folder):
    """Makes a folder what its template is."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder, symlinks=True)


# What may be left behind by a program that was killed, and by no other.
def leftovers(folder):
    found = []
    for place, _, names in os.walk(folder):
        found += [
            os.path.relpath(os.path.join(place, name), folder) for name in names
            if name.endswith(".partial") or name == ".plimsoll.lock"]
    return sorted(found)


class RunFolder:
    """The directory of a run: whole if and only if it holds a manifest that fits."""

    def __init__(self, path):
        self.path = path

    def state(self, folder):
        """`None` where nothing looks whole, else what the run is, by its tables."""
        place = os.path.join(folder, self.path)
        manifest = os.path.join(place, "manifest.json")
        if not os.path.lexists(manifest):
            return None
        try:
            stored = json.loads(contents(manifest))
        except ValueError:
            raise Violation(f"{self.path}: a manifest that is no JSON")
        if stored["complete"] is not True:
            raise Violation(f"{self.path}: a manifest of a run that was cut off says it was interrupted")
        listed = {}
        for table in stored["tables"]:
            listed[table["name"]] = (table["sha256"], table["rows"])
            path = os.path.join(place, table["name"])
            if not os.path.exists(path):
                raise Violation(f"{self.path}: the manifest lists {table['name']}, which is not there")
            check_table(path, contents(path), table)
        present = {name for name in os.listdir(place) if not name.startswith(".")}
        present = {name for name in present if not name.endswith(".partial")} - {"manifest.json"}
        if present != set(listed):
            raise Violation(f"{self.path}: holds {sorted(present)}, the manifest lists {sorted(listed)}")
        return digest(json.dumps(listed, sort_keys=True).encode())


def check_table(path, data, entry):
    """Holds a table to its manifest: bytes, SHA-256, rows, a line end."""
    name = os.path.basename(path)
    if len(data) != entry["bytes"] or digest(data) != entry["sha256"]:
        raise Violation(f"{name}: not the file its manifest describes")
    if entry["rows"] is not None:
        rows = sum(1 for _ in csv.reader(io.StringIO(data.decode(), newline=""))) - 1
        if rows != entry["rows"]:
            raise Violation(f"{name}: {rows} rows, the manifest says {entry['rows']}")
        if not data.endswith(b"\n"):
            raise Violation(f"{name}: the last row has no end")


class OneFile:
    """A file that appears whole or not at all; one that tells what changed is another the next time."""

    def __init__(self, path, tells_changes=False):
        self.path = path
        self.tells_changes = tells_changes

    def state(self, folder):
        place = os.path.join(folder, self.path)
        return digest(contents(place)) if os.path.exists(place) else None


class SweepResults:
    """The table of a sweep with the manifest beside it; without one it is not known to be whole."""

    def __init__(self, path):
        self.path = path

    def state(self, folder):
        place = os.path.join(folder, self.path)
        manifest = place.removesuffix(".csv") + ".manifest.json"
        if not os.path.exists(manifest):
            return None
        try:
            stored = json.loads(contents(manifest))
        except ValueError:
            raise Violation(f"{self.path}: a manifest that is no JSON")
        if stored["complete"] is not True or stored["missing"]:
            raise Violation(f"{self.path}: a manifest that says incomplete")
        for table in stored["tables"]:
            path = os.path.join(os.path.dirname(place), table["name"])
            if not os.path.exists(path):
                raise Violation(f"{self.path}: the manifest lists {table['name']}, which is not there")
            check_table(path, contents(path), table)
        return digest(contents(manifest))


class Cells:
    """The finished cells of a sweep: each whole by its closing row, and none another's."""

    def __init__(self, path):
        self.path = path

    def names(self, folder):
        place = os.path.join(folder, self.path)
        if not os.path.isdir(place):
            return []
        return sorted(name for name in os.listdir(place) if not name.startswith("."))

    def check(self, folder, name):
        """Throws where a cell's closing row does not fit what stands before it."""
        data = contents(os.path.join(folder, self.path, name))
        body, _, last = data.removesuffix(b"\n").rpartition(b"\n")
        fields = last.decode("utf-8", "replace").split(",")
        if not data.endswith(b"\n") or fields[0] != "end" or fields[-1] != digest(body + b"\n"):
            raise Violation(f"{self.path}/{name}: a cell whose closing row does not fit")

    def state(self, folder):
        names = self.names(folder)
        return digest("".join(
            name + digest(contents(os.path.join(folder, self.path, name))) for name in names
        ).encode()) if names else None
