"""Faults that are not of one call: streams, clocks, company, memory, cut inputs, links and devices in the way."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import time

from cases import ROOT, SHORT, run
from lab import Ending, RunFolder, Violation, contents, hold_no_crash, leftovers, refresh, text

OUT = RunFolder("out")

PROFILED = """plimsoll: 1
name: profiled
horizon: 1m
clouds:
  azure:
    regions:
      eastus2:
        pools:
          near:
            accelerator: H100-SXM
            model: llama-3.1-8b
            replicas: 1
            engine: { profile: engine.profile.csv }
gateway: { route: nearest }
workloads:
  chat:
    model: llama-3.1-8b
    arrivals: { trace: rows.csv }
    origins: { us-east: 100% }
"""

OVERLOAD = """plimsoll: 1
name: overloaded
horizon: 100h
clouds:
  azure:
    regions:
      eastus2:
        pools:
          near: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 1 }
gateway: { route: nearest }
workloads:
  chat:
    model: llama-3.1-8b
    arrivals: { poisson: 50000/s }
    shape: { fixed: { prompt: 512, output: 128 } }
    origins: { us-east: 100% }
"""


def put(folder, name, data):
    mode = "wb" if isinstance(data, bytes) else "w"
    os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
    with open(os.path.join(folder, name), mode) as file:
        file.write(data)


def clear(place):
    """Removes whatever is there."""
    if os.path.isdir(place) and not os.path.islink(place):
        shutil.rmtree(place)
    elif os.path.lexists(place):
        os.remove(place)


class Machine:
    def __init__(self, lab, shared, trial, is_full):
        self.lab = lab
        self.shared = shared
        self.trial = trial
        self.is_full = is_full
        self.work = os.path.join(lab.folder, "work")

    # What `--check` takes, in the order they are tried.
    CHECKS = ["streams", "clocks", "company", "memory", "cut_inputs", "not_files", "in_the_way", "outside"]

    def all(self, only=None):
        """All checks, or one by its name."""
        self.reference = self.plain_run()
        for self.check in [only] if only else self.CHECKS:
            with self.apart():
                getattr(self, self.check)()

    @contextlib.contextmanager
    def apart(self):
        """A case of its own: what it violates is noted, and the next one is tried all the same."""
        try:
            yield
        except Violation as violation:
            self.trial.violated(str(violation), self.check, f"Scripts/faults/run --check {self.check}")

    def fresh(self):
        refresh(self.shared, self.work)
        return self.work

    def plain_run(self):
        self.fresh()
        ending = self.lab.call(run("first.yaml", "20s", "--tables", "full"), self.work)
        if ending.code != 0:
            raise SystemExit(f"faults: the plain run failed: {ending.errors}")
        return OUT.state(self.work)

    def hold(self, condition, what):
        if not condition:
            raise Violation(what)

    def shell(self, script, *arguments, timeout=60):
        """The program called by a shell, which can close streams and make pipes."""
        done = subprocess.run(
            ["bash", "-c", script, self.lab.program, *arguments], cwd=self.work, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)
        hold_no_crash(text(done.stderr))
        return Ending(done.returncode, text(done.stdout), text(done.stderr))

    # MARK: Streams

    def streams(self):
        """Closed, full and broken streams: the tables are whole, and nothing meant for a stream is in them."""
        loud = [a for a in run("first.yaml", "20s", "--tables", "full") if a != "--quiet"]
        cases = [
            ("stdout closed", '"$0" "$@" >&-', 3, "standard output"),
            ("stderr closed", '"$0" "$@" 2>&-', 0, None),
            ("stdin closed", '"$0" "$@" <&-', 0, None),
            ("all closed", '"$0" "$@" <&- >&- 2>&-', 3, None),
            ("stdout full", '"$0" "$@" >/dev/full', 3, "No space left"),
            ("stderr full", '"$0" "$@" 2>/dev/full', 0, None),
            ("stdout a broken pipe", 'set -o pipefail; "$0" "$@" | head -c 0', 3, "Broken pipe"),
            ("stdout and stderr broken", '"$0" "$@" 2>&1 | head -c 0; exit ${PIPESTATUS[0]}', 3, None),
        ]
        for name, script, code, message in cases:
            with self.apart():
                self.fresh()
                ending = self.shell(script, *loud)
                # A pipe may take everything before its reader goes away.
                codes = (0, code) if "broken" in name else (code,)
                self.hold(ending.code in codes, f"{name}: ends with {ending.code}, expected {code}: {ending.errors[:200]}")
                if message and ending.code == code:
                    self.hold(message in ending.errors, f"{name}: says not what failed: '{ending.errors[:200]}'")
                self.hold(OUT.state(self.work) == self.reference, f"{name}: the tables are others")
                self.hold(not leftovers(self.work), f"{name}: leaves {leftovers(self.work)}")
                self.trial.count("streams closed, full or broken")
        self.fresh()
        ending = self.shell('"$0" "$@" | head -n 1; exit ${PIPESTATUS[0]}', "trace", "import", "bursts.csv")
        self.hold(ending.code == 3 and "Broken pipe" in ending.errors, f"an import into a closed pipe: {ending}")

    # MARK: Clocks

    def clocks(self):
        """Clocks that jump change no table, no wall time is below zero, and nothing hangs."""
        loud = [a for a in run("first.yaml", "20s", "--tables", "full") if a != "--quiet"]
        for faults in [{"FAULT_CLOCK": 36_000}, {"FAULT_CLOCK": -36_000}, {"FAULT_CLOCK": 31_536_000},
                       {"FAULT_EPOCH": -86_400}, {"FAULT_EPOCH": 0}, {"FAULT_EPOCH": 253_402_300_800}]:
            with self.apart():
                self.fresh()
                ending = self.lab.call(loud, self.work, timeout=30, **faults)
                self.hold(ending.code == 0, f"{faults}: ends with {ending.code}: {ending.errors[:200]}")
                self.hold(OUT.state(self.work) == self.reference, f"{faults}: the tables are others")
                manifest = json.loads(contents(os.path.join(self.work, "out/manifest.json")))
                self.hold(manifest["wall_seconds"] >= 0, f"{faults}: a wall time below zero")
                for reader in [["explain", "out", "1"], ["report", "out", "--out", "page.html"]]:
                    read = self.lab.call(reader, self.work, **faults)
                    self.hold(read.code == 0, f"{faults}: {reader[0]} cannot read what was written: {read.errors[:200]}")
                self.trial.count("clocks that jump")
        self.fresh()
        sweep = ["sweep", "plan.yaml", *SHORT, "horizon=10s", "--out", "sw"]
        ending = self.lab.call(sweep, self.work, timeout=30, FAULT_CLOCK=36_000)
        self.hold(ending.code == 0, f"a sweep under clocks that jump ends with {ending.code}: {ending.errors[:200]}")

    # MARK: Company

    def company(self):
        """Several processes into one place: who comes second is told so, and what is there is whole."""
        self.fresh()
        long = run("first.yaml", "6h", "--tables", "full", "--no-band")
        first = subprocess.Popen(
            [self.lab.program, *long], cwd=self.work, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 20
            while not os.path.exists(os.path.join(self.work, "out/.plimsoll.lock")):
                self.hold(time.monotonic() < deadline and first.poll() is None, "the first run never took its lock")
                time.sleep(0.005)
            second = self.lab.call(run("first.yaml", "10s"), self.work)
            self.hold(first.poll() is None, "the first run ended before the second began")
            self.hold(second.code == 2 and "another run is writing" in second.errors,
                      f"the second run ends with {second.code}: {second.errors[:200]}")
            self.hold(leftovers(self.work), "the second run took the first one's files away")
        finally:
            first.send_signal(signal.SIGINT)
            first.wait(30)
        self.trial.count("second runs turned away")
        for arguments, outputs in [
            (run("first.yaml", "20s", "--tables", "full"), ["out"]),
            (["report", "out", "--out", "page.html"], ["page.html"]),
            (["sweep", "merge", "sw", "--plan", "plan.yaml", *SHORT, "horizon=10s", "--out", "merged.csv"],
             ["merged.csv"]),
            (["trace", "import", "bursts.csv", "--output", "trace.csv"], ["trace.csv"]),
            (["sweep", "plan.yaml", "--quiet", *SHORT, "horizon=10s", "--out", "sw"], ["sw/results.csv"]),
        ]:
            with self.apart():
                self.race(arguments, outputs)

    def race(self, arguments, outputs):
        """Many at once: each ends well or is told that another is writing, one at least ends well, all is whole."""
        self.fresh()
        for before in [run("first.yaml", "20s", "--tables", "full"),
                       ["sweep", "plan.yaml", "--quiet", *SHORT, "horizon=10s", "--out", "sw"]]:
            if self.lab.call(before, self.work).code != 0:
                raise Violation(f"{before} failed by itself")
        self.lab.call(arguments, self.work)
        wanted = [self.shape(output) for output in outputs]
        if arguments[:2] == ["sweep", "plan.yaml"]:
            shutil.rmtree(os.path.join(self.work, "sw"))
        processes = [
            subprocess.Popen([self.lab.program, *arguments], cwd=self.work, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            for _ in range(12 if self.is_full else 4)]
        endings = [(process.communicate(timeout=60)[1], process.returncode) for process in processes]
        for errors, code in endings:
            hold_no_crash(text(errors))
            told = code == 2 and b"is writing to this" in errors
            self.hold(code == 0 or told, f"{arguments[:2]} beside others ends with {code}: {text(errors)[:200]}")
        self.hold(any(code == 0 for _, code in endings), f"{arguments[:2]}: of {len(endings)} at once none ended well")
        self.hold([self.shape(output) for output in outputs] == wanted, f"{outputs} differ after many at once")
        self.hold(not leftovers(self.work), f"many at once leave {leftovers(self.work)}")
        self.trial.count("processes into one place", len(endings))

    def shape(self, output):
        place = os.path.join(self.work, output)
        if os.path.isdir(place):
            return RunFolder(output).state(self.work)
        return contents(place)

    # MARK: Memory

    def memory(self):
        """More demand than memory: a message, exit code 3, and the older run is still there."""
        self.fresh()
        put(self.work, "overload.yaml", OVERLOAD)
        self.lab.call(run("first.yaml", "20s", "--tables", "full"), self.work)
        limits = [(["run", "overload.yaml", "--quiet", "--out", "out"], "in flight")]
        limits.append((["run", "overload.yaml", "--quiet", "--replications", "2", "--out", "out"], "holds"))
        limits.append((["check", "overload.yaml", "--quiet", "--baseline", "b", "--update"], "holds"))
        limits.append((["compare", "overload.yaml", "--with", "seed=3", "--quiet", "--replications", "2"], "holds"))
        if self.is_full:
            limits.append((["run", "overload.yaml", "--quiet", "--drill", "--out", "out"], "in flight"))
            limits.append((["run", "overload.yaml", "--quiet", "--batches", "10", "--out", "out"], "holds"))
        for arguments, word in limits:
            with self.apart():
                ending = self.lab.call([*arguments, "--max-memory", "300MB"], self.work, timeout=60)
                self.hold(ending.code == 3, f"{arguments[:2]} ends with {ending.code}: {ending.errors[:300]}")
                for part in ["error: memory:", "--max-memory", word]:
                    self.hold(part in ending.errors, f"the message says not '{part}': {ending.errors[:400]}")
                self.hold(OUT.state(self.work) == self.reference, f"{arguments[:2]}: the older run is not what it was")
                self.hold(not leftovers(self.work), f"{arguments[:2]} leaves {leftovers(self.work)}")
                self.hold(not os.path.exists(os.path.join(self.work, "b/overload.json")), "a baseline of nothing")
                self.trial.count("runs out of memory")
        for amount, word in [("much", "expected an amount"), ("5", "name the unit"), ("200%", "more than there is"),
                             ("-1GB", "expected an amount"), ("1kB", "at least"), ("nanGB", "expected an amount"),
                             ("1e30TB", "expected an amount")]:
            with self.apart():
                ending = self.lab.call(["run", "first.yaml", f"--max-memory={amount}"], self.work)
                self.hold(ending.code == 2 and word in ending.errors, f"--max-memory {amount}: {ending.code} {ending.errors}")

    # MARK: Inputs that were cut off

    def cut_inputs(self):
        """Every file that is read, cut in several places: an error, or what is documented as accepted."""
        home = self.fresh()
        calls = [
            run("first.yaml", "20s", "--tables", "full"),
            ["trace", "import", "bursts.csv", "--output", "rows.csv"],
            ["check", "first.yaml", "--quiet", "--replications", "2", *SHORT, "horizon=10s", "--baseline", "b",
             "--update"],
            ["sweep", "plan.yaml", "--quiet", *SHORT, "horizon=10s", "--out", "sw"],
        ]
        for arguments in calls:
            ending = self.lab.call(arguments, home)
            self.hold(ending.code == 0, f"{arguments[:2]} failed by itself: {ending.errors[:200]}")
        put(home, "placements.csv", "azure/eastus2/h100-chat\n12\n13\n14\n")
        put(home, "steps.csv", "decodes,decode_kv_tokens,prefills,prefill_tokens,step_ms\n" + "".join(
            f"{n},{kv},{p},{p * k},{5 + 0.02 * (n + p) + 0.00005 * kv + 0.025 * p * k:.6f}\n"
            for i in range(120)
            for n, p, k in [(1 + i * 37 % 64, int(i % 4 == 0), 100 + i * 53 % 900)]
            for kv in [n * (300 + i * 91 % 2000)]))
        fit = self.lab.call(["calibrate", "steps.csv", "--model", "llama-3.1-8b", "--accelerator", "H100-SXM",
                             "--output", "engine.profile.csv"], home)
        put(home, "profiled.yaml", PROFILED)
        put(home, "spells.csv", "zone,instance,t_s,duration_s,available_nodes\n" + "".join(
            f"us-east-1a,x,{d * 7200},3600,1\nus-east-1a,x,{d * 7200 + 3600},3600,0\n" for d in range(200)))
        os.makedirs(os.path.join(home, "tables"))
        shutil.copy(os.path.join(ROOT, "Sources/Catalog/Resources/gpu_prices.csv"), os.path.join(home, "tables"))
        whole = [
            # file, command, and whether a cut at the end of a row may pass (nothing in the file says how long it is)
            ("first.yaml", ["run", "first.yaml", "--quiet", "--out", "o2", *SHORT, "horizon=5s"], True),
            ("rows.csv", ["run", "profiled.yaml", "--quiet", "--out", "o2"], True),
            ("bursts.csv", ["trace", "import", "bursts.csv", "--output", "t2.csv"], True),
            ("plan.yaml", ["sweep", "plan.yaml", "--quiet", *SHORT, "horizon=5s", "--out", "s2"], True),
            ("b/first.json", ["check", "first.yaml", "--quiet", *SHORT, "horizon=10s", "--baseline", "b"], False),
            ("out/manifest.json", ["report", "out", "--out", "p2.html"], False),
            ("out/summary.csv", ["report", "out", "--out", "p2.html"], False),
            ("out/requests.csv", ["report", "out", "--out", "p2.html"], False),
            ("out/pools_minute.csv", ["report", "out", "--out", "p2.html"], False),
            ("out/decisions.csv", ["explain", "out", "5"], False),
            ("placements.csv", ["estimate", "first.yaml", "--placements", "placements.csv", "--horizon", "1h"], True),
            ("spells.csv", ["fit-spot", "spells.csv", "--seeds", "2"], True),
            ("engine.profile.csv", ["run", "profiled.yaml", "--quiet", "--out", "o2"], True),
            ("tables/gpu_prices.csv", ["run", "first.yaml", "--quiet", "--catalog", "tables", "--out", "o2", *SHORT,
                                       "horizon=5s"], True),
        ]
        self.hold(fit.code == 0, f"calibrate failed by itself: {fit.errors[:300]}")
        for name, arguments, may_pass in whole:
            ending = self.lab.call(arguments, home)
            self.hold(ending.code in (0, 1), f"{name}: {arguments[:2]} failed by itself: {ending.errors[:300]}")
            self.tidy(home)
            data = contents(os.path.join(home, name))
            places = {0, len(data) // 3, len(data) // 2, len(data) - 1, len(data) - 2}
            places.add(data.rfind(b"\n", 0, len(data) - 1) + 1)
            if self.is_full:
                places |= {self.trial.random.randrange(len(data)) for _ in range(10)}
            try:
                for place in sorted(places):
                    with self.apart():
                        put(home, name, data[:place])
                        self.cut(home, name, data, place, arguments, may_pass)
            finally:
                put(home, name, data)

    def cut(self, home, name, data, place, arguments, may_pass):
        # What an earlier cut has left is not this one's.
        self.tidy(home)
        ending = self.lab.call(arguments, home, timeout=30)
        where = f"{name} cut at {place} of {len(data)}"
        self.trial.count("cut inputs")
        if ending.code in (2, 3):
            self.hold("error" in ending.errors, f"{where}: no message: '{ending.errors[:200]}'")
            for relic in ["o2/manifest.json", "s2/results.manifest.json", "t2.csv", "p2.html"]:
                self.hold(not os.path.exists(os.path.join(home, relic)), f"{where}: refused, and leaves {relic}")
            return
        self.hold(ending.code in (0, 1), f"{where}: ends with {ending.code}: {ending.errors[:200]}")
        # Of JSON nothing is missing but the end of the last line.
        may_pass = may_pass or name.endswith(".json") and place == len(data) - 1
        self.hold(may_pass, f"{where}: passes, though its manifest or closing row says how it ends")
        is_row_end = place == 0 or data[place - 1:place] == b"\n"
        is_row_end = is_row_end or name.endswith(".json")
        said = "has no end" in ending.errors or "has no end" in " ".join(ending.output.split())
        # YAML has no end that could be missed: what is still a whole scenario is one.
        self.hold(is_row_end or said or name.endswith(".yaml"),
                  f"{where}, in the middle of a row: passes without a word: {ending.errors[:200]}")

    def tidy(self, home):
        """Removes what a command that reads a cut input may leave."""
        for relic in ["o2", "s2", "t2.csv", "p2.html"]:
            clear(os.path.join(home, relic))

    # MARK: Inputs that are no files

    def not_files(self):
        """Directories, pipes, devices that never end: an error at once."""
        home = self.fresh()
        self.lab.call(run("first.yaml", "20s", "--tables", "full"), home)
        put(home, "profiled.yaml", PROFILED)
        put(home, "rows.csv", "t_s,prompt_tokens,output_tokens\n0,10,5\n")
        os.makedirs(os.path.join(home, "b"))
        os.makedirs(os.path.join(home, "tables"))
        calls = [
            ("x.yaml", ["run", "x.yaml", "--quiet", "--out", "o2"]),
            ("x.yaml", ["sweep", "x.yaml", "--quiet", "--out", "o2"]),
            ("rows.csv", ["validate", "profiled.yaml", "--set",
                          "clouds.azure.regions.eastus2.pools.near.engine={}"]),
            ("engine.profile.csv", ["validate", "profiled.yaml"]),
            ("b/first.json", ["check", "first.yaml", "--quiet", "--baseline", "b"]),
            ("out/manifest.json", ["report", "out", "--out", "p2.html"]),
            ("out/summary.csv", ["report", "out", "--out", "p2.html"]),
            ("t.csv", ["trace", "import", "t.csv"]),
            ("t.csv", ["trace", "describe", "t.csv"]),
            ("t.csv", ["trace", "profile", "t.csv", "--name", "t"]),
            ("t.csv", ["fit-spot", "t.csv"]),
            ("t.csv", ["calibrate", "t.csv", "--model", "llama-3.1-8b", "--accelerator", "H100-SXM"]),
            ("t.csv", ["estimate", "first.yaml", "--placements", "t.csv"]),
            ("tables/gpu_prices.csv", ["run", "first.yaml", "--catalog", "tables", "--out", "o2"]),
            ("chart.js", ["report", "out", "--library", "chart.js", "--out", "p2.html"]),
        ]
        for name, arguments in calls:
            place = os.path.join(home, name)
            kept = contents(place) if os.path.exists(place) else None
            for kind in ["directory", "pipe", "/dev/zero", "/dev/null"]:
                clear(place)
                if kind == "directory":
                    os.makedirs(place)
                elif kind == "pipe":
                    os.mkfifo(place)
                else:
                    os.symlink(kind, place)
                with self.apart():
                    ending = self.lab.call(arguments, home, timeout=15)
                    self.hold(ending.code == 2 or (ending.code == 3 and kind == "directory"),
                              f"{name} is {kind}: {arguments[:2]} ends with {ending.code}: {ending.errors[:200]}")
                    self.hold(os.path.basename(name) in ending.errors and "error" in ending.errors,
                              f"{name} is {kind}: the message names it not: {ending.errors[:200]}")
                    self.trial.count("inputs that are no files")
            clear(place)
            if kept is not None:
                put(home, name, kept)

    # MARK: What lies in the way of outputs

    def in_the_way(self):
        """Links, pipes and devices where outputs go are neither written through nor replaced."""
        home = self.fresh()
        self.lab.call(run("first.yaml", "20s", "--tables", "full"), home)
        self.lab.call(["sweep", "plan.yaml", "--quiet", *SHORT, "horizon=10s", "--out", "sw"], home)
        victim = os.path.join(home, "victim")
        merge = ["sweep", "merge", "sw", "--plan", "plan.yaml", *SHORT, "horizon=10s", "--out", "m.csv"]
        check = ["check", "first.yaml", "--quiet", "--replications", "2", *SHORT, "horizon=10s", "--baseline", "b",
                 "--update"]
        traced = run("first.yaml", "10s", "--perfetto", "t.json")
        places = [
            ("out/.plimsoll.lock", run("first.yaml", "10s")), ("out/requests.csv", run("first.yaml", "10s")),
            ("out/requests.csv.partial", run("first.yaml", "10s")), ("out/manifest.json", run("first.yaml", "10s")),
            ("out/manifest.json.partial", run("first.yaml", "10s")), ("p.html", ["report", "out", "--out", "p.html"]),
            ("p.html.partial", ["report", "out", "--out", "p.html"]), ("t.json", traced), ("t.json.partial", traced),
            ("m.csv", merge), ("m.csv.partial", merge), ("m.schema.csv.partial", merge), ("m.manifest.json", merge),
            ("m.manifest.json.partial", merge), (".m.csv.lock", merge), ("b/first.json", check),
            ("b/first.json.partial", check),
            ("r.csv", ["trace", "import", "bursts.csv", "--output", "r.csv"]),
            ("r.csv.partial", ["trace", "import", "bursts.csv", "--output", "r.csv"]),
        ]
        for name, arguments in places:
            place = os.path.join(home, name)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            for kind in ["link", "dangling link", "pipe", "device"]:
                put(home, "victim", "mine\n")
                clear(victim + "2")
                if os.path.lexists(place):
                    os.remove(place)
                if kind == "pipe":
                    os.mkfifo(place)
                else:
                    os.symlink({"link": victim, "dangling link": victim + "2", "device": "/dev/null"}[kind], place)
                with self.apart():
                    ending = self.lab.call(arguments, home, timeout=20)
                    self.hold(contents(victim) == b"mine\n", f"{name} is a {kind}: it was written through")
                    self.hold(not os.path.exists(victim + "2"), f"{name} is a {kind}: a file was made behind it")
                    self.hold(os.path.exists("/dev/null") and not os.path.isfile("/dev/null"), "/dev/null is gone")
                    self.hold(ending.code in (0, 2, 3), f"{name} is a {kind}: ends with {ending.code}")
                    if ending.code:
                        self.hold("error" in ending.errors, f"{name} is a {kind}: no message: {ending.errors[:200]}")
                if os.path.lexists(place):
                    os.remove(place)
                self.trial.count("links, pipes and devices in the way")

    def outside(self):
        """Names that look like paths make no path: whatever a scenario says, outputs stay in their place."""
        home = self.fresh()
        for name in ["../../evil", "/tmp/plimsoll-evil", "..", "a/../../../evil", "x" * 250]:
            shutil.rmtree(os.path.join(home, "o"), ignore_errors=True)
            os.makedirs(os.path.join(home, "o"))
            scenario = contents(os.path.join(home, "first.yaml")).decode()
            scenario = scenario.replace("name: one model in two regions", f"name: '{name}'")
            scenario = re.sub(r"h100-chat:", f"'{name}':", scenario).replace("  chat:", f"  '{name}':")
            put(home, "o/evil.yaml", scenario)
            put(home, "o/plan.yaml", f"scenario: evil.yaml\naxes:\n  name: ['{name}']\nseeds: 1\n")
            before = self.everything(home)
            for arguments in [
                ["run", "o/evil.yaml", "--quiet", *SHORT, "horizon=5s", "--tables", "full", "--perfetto", "o/t.json",
                 "--out", "o/r"],
                ["sweep", "o/plan.yaml", "--quiet", *SHORT, "horizon=5s", "--out", "o/s"],
                ["check", "o/evil.yaml", "--quiet", "--replications", "2", *SHORT, "horizon=5s", "--baseline", "o/b",
                 "--update", "--junit", "o/j.xml"],
                ["estimate", "o/evil.yaml", "--horizon", "1h", "--out", "o/e"],
                ["report", "o/r", "--out", "o/p.html"],
            ]:
                with self.apart():
                    ending = self.lab.call(arguments, home)
                    self.hold(ending.code in (0, 1, 2), f"'{name[:20]}': {arguments[:2]}: {ending.code} {ending.errors[:200]}")
                    self.trial.count("names that look like paths")
            with self.apart():
                self.hold(self.everything(home) == before, f"'{name[:20]}' made a file outside of the output's place")
                self.hold(not os.path.lexists("/tmp/plimsoll-evil"), f"'{name[:20]}' made a file outside")

    def everything(self, home):
        """All files but those where outputs go."""
        found = set()
        for place, folders, names in os.walk(os.path.dirname(home)):
            if place == home:
                folders.remove("o")
            found |= {os.path.join(place, name) for name in names}
        return found - {os.path.join(self.lab.folder, "calls.log")}
