"""Kills and errors at chosen points of every case, and what must hold after each."""

import os
import random
import shlex
import subprocess
import time

from lab import Cells, Lab, OneFile, RunFolder, Violation, leftovers, refresh, text

# Calls whose failure the program may pass over: it has its output, and what fails is the tidying up.
ERRORS = ["ENOSPC", "EIO", "EROFS", "EDQUOT"]
# A name that changes is where something may look whole that is not.
DECISIVE = {"rename", "unlink", "fsync", "mkdir", "flock"}
# Faults of a whole call, by the words that a violation prints and `--action` takes.
READ_ONLY = "EROFS from the first call on"
CUT_SHORT = "short writes and signals"


class Trial:
    """Counts points and gathers violations."""

    def __init__(self, lab, cases, seed, is_full):
        self.lab = lab
        self.cases = cases
        self.is_full = is_full
        self.random = random.Random(seed)
        self.violations = []
        self.counts = {}
        self.work = os.path.join(lab.folder, "work")
        self.kinds = set()

    def count(self, noun, number=1):
        self.counts[noun] = self.counts.get(noun, 0) + number

    def summary(self):
        parts = ", ".join(f"{number} {noun}" for noun, number in self.counts.items())
        return f"faults: {parts}: {len(self.violations)} violations"

    def violated(self, what, case, replay):
        self.violations.append(f"faults: VIOLATION: {case}: {what}\n  again: {replay}")

    # MARK: The injector itself

    def self_test(self):
        """The injector sees every call: its sums of bytes are the lengths of the files that were left."""
        case = next((c for c in self.cases if c.name == "run-full-over-requests"), self.cases[0])
        refresh(case.template, self.work)
        self.lab.call(case.arguments, self.work, FAULT_READS=1)
        operations = self.lab.operations()
        kinds = {operation.kind for operation in operations}
        wanted = {"open", "write", "fsync", "close", "rename", "openread", "read"}
        if isinstance(case.outputs[0], RunFolder):
            wanted |= {"flock", "unlink", "opendir"}
        if not wanted <= kinds:
            raise SystemExit(f"faults: the injector did not see {sorted(wanted - kinds)}; it proves nothing here")
        if isinstance(case.outputs[0], RunFolder):
            place = os.path.join(self.work, case.outputs[0].path)
            left = sum(os.path.getsize(os.path.join(place, name)) for name in os.listdir(place))
            seen = sum(operation.bytes for operation in operations if operation.kind == "write")
            if left != seen:
                raise SystemExit(f"faults: {left} bytes were written, the injector saw {seen}; it proves nothing here")
        # … and what it is told to do, it does.
        refresh(case.template, self.work)
        if not self.lab.call(case.arguments, self.work, FAULT_AT=1, FAULT_ACTION="kill").was_killed:
            raise SystemExit("faults: the injector does not kill")
        if self.lab.call(case.arguments, self.work, FAULT_DISK=1).code == 0:
            raise SystemExit("faults: the injector does not fill the disk")
        before = self.lab.clock_looks
        self.lab.call(case.arguments, self.work, FAULT_CLOCK=60)
        if self.lab.clock_looks == before:
            raise SystemExit("faults: the injector does not see the clock")
        # A crash of the program passes for no clean failure.
        try:
            Lab("/bin/sh", self.lab.injector, self.lab.folder).call(
                ["-c", "echo 'internal error: a test' >&2; exit 3"], self.work)
        except Violation:
            return
        raise SystemExit("faults: an internal error of the program passes for a clean failure")

    def no_network(self):
        self.count("calls without a try at a network", self.lab.calls)
        if self.lab.network_tries:
            self.violated(f"tries at a network: {self.lab.network_tries[:5]}", "all", "Scripts/faults/run")

    # MARK: Choosing

    def operations(self, case, reads=False):
        refresh(case.template, self.work)
        self.lab.call(case.arguments, self.work, **({"FAULT_READS": 1} if reads else {}))
        return self.lab.operations()

    def spread(self, items, number):
        """So many of the items, by chance but over all of them."""
        if number >= len(items):
            return list(items)
        return [
            items[self.random.randrange(len(items) * i // number, max(
                len(items) * i // number + 1, len(items) * (i + 1) // number))]
            for i in range(number)]

    def share(self, total):
        """How many of a total each case gets, in turn, from a case chosen by chance on."""
        offset = self.random.randrange(len(self.cases))
        shares = [total // len(self.cases)] * len(self.cases)
        for i in range(total % len(self.cases)):
            shares[(offset + i * 7) % len(self.cases)] += 1
        if sum(shares) != total:
            raise SystemExit("faults: points were lost in sharing them out")
        return shares

    # MARK: Kills

    def kills(self):
        """Kills before a call, in the middle of a write, and at any moment of the wall clock."""
        total = 400 if self.is_full else 20
        for case, number in zip(self.cases, self.share(total)):
            if number == 0:
                continue
            operations = self.operations(case)
            decisive = [o for o in operations if o.kind in DECISIVE]
            others = [o for o in operations if o.kind not in DECISIVE]
            chosen = self.spread(decisive, (2 * number + 2) // 3)
            chosen += self.spread(others, number - len(chosen))
            chosen += self.spread([o for o in operations if o not in chosen], number - len(chosen))
            for operation in chosen:
                action = "half" if operation.kind == "write" and self.random.random() < 0.6 else "kill"
                self.guarded(case, operation.number, action, self.killed)
                self.count("kill points")
        moments = 40 if self.is_full else 4
        for case, number in zip(self.cases, self.share(moments)):
            for _ in range(number):
                self.guarded(case, 0, f"moment {self.random.random():.6f}", self.killed_at_a_moment)

    def guarded(self, case, number, action, check, reads=False):
        try:
            check(case, number, action, reads)
        except Violation as violation:
            what = f"{action} at operation {number}: {violation}" if number else f"{action}: {violation}"
            replay = f"Scripts/faults/run --case {case.name} --at {number} --action {shlex.quote(action)}"
            self.violated(what, case.name, replay + (" --reads" if reads else ""))

    def one(self, case, number, action, reads):
        """One point again, by the action that a violation was printed with."""
        checks = {"kill": self.killed, "half": self.killed, "moment": self.killed_at_a_moment,
                  "disk": self.full_disk, READ_ONLY: self.read_only, CUT_SHORT: self.cut_short}
        check = checks.get(action) or checks.get(action.split()[0]) or self.failed
        if (number == 0) != (check not in (self.killed, self.failed)):
            raise SystemExit(f"faults: '{action}' is no action at operation {number}; copy what a violation printed")
        self.count("points")
        self.guarded(case, number, action, check, reads)

    def killed(self, case, number, action, reads=False):
        refresh(case.template, self.work)
        ending = self.lab.call(case.arguments, self.work, FAULT_AT=number, FAULT_ACTION=action)
        if not ending.was_killed:
            raise Violation(f"was not killed but ended with {ending.code}: {ending.errors[:200]}")
        self.check_after_kill(case)

    def killed_at_a_moment(self, case, _, action, reads=False):
        """Kills by the wall clock, without the injector: what it adds to each call would shift the moment."""
        fraction = float(action.split()[1])
        refresh(case.template, self.work)
        began = time.monotonic()
        self.plainly(case).communicate()
        length = time.monotonic() - began
        for _ in range(12):
            refresh(case.template, self.work)
            process = self.plainly(case)
            time.sleep(length * fraction)
            process.kill()
            errors = text(process.communicate()[1])
            if process.returncode == -9:
                self.count("kills at a moment")
                self.check_after_kill(case)
                return
            if process.returncode != 0:
                raise Violation(f"ends by itself with {process.returncode}: {errors[:300]}")
            # It was over before: the machine was slower when its length was measured.
            fraction *= 0.7
        raise Violation("was over before every moment it should have been killed at")

    def plainly(self, case):
        return subprocess.Popen(
            [self.lab.program, *case.arguments], cwd=self.work, env=self.lab.plain_environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def check_after_kill(self, case):
        self.check_states(case)
        whole = self.whole_cells(case)
        again = self.lab.call(case.arguments, self.work)
        if again.code != 0:
            raise Violation(f"the same command again ends with {again.code}: {again.errors[:300]}")
        for output, state, after in zip(case.outputs, case.states(self.work), case.after):
            is_later = getattr(output, "tells_changes", False) and state is not None
            if state != after and not is_later:
                raise Violation(f"{output.path}: the same command again leaves other bytes than without the kill")
        if left := leftovers(self.work):
            raise Violation(f"the same command again leaves {left}")
        if whole is not None:
            there = f"{whole} were there" if whole else "computed"
            if there not in again.output:
                raise Violation(f"{whole} cells were whole, the sweep says: {again.output.strip()[:200]}")

    def check_states(self, case):
        """Every output is the older one, the new one, or nothing that looks whole."""
        for output, state, before, after in zip(
                case.outputs, case.states(self.work), case.before, case.after):
            if isinstance(output, Cells):
                self.check_cells(case, output)
                continue
            if state not in (before, after, None):
                raise Violation(f"{output.path} is neither the older nor the new one")
            # What has a manifest is without one while it changes over; a plain file is always there.
            if state is None and before is not None and isinstance(output, OneFile):
                raise Violation(f"{output.path} is gone, and was there before")

    def check_cells(self, case, output):
        reference = os.path.join(self.lab.folder, "cells", case.name)
        if not os.path.isdir(reference):
            refresh(case.template, reference)
            self.lab.call(case.arguments, reference)
        known = set(output.names(reference))
        for name in output.names(self.work):
            path = os.path.join(output.path, name)
            if name not in known:
                raise Violation(f"{path} is no cell of the plan")
            with open(os.path.join(self.work, path), "rb") as a, open(os.path.join(reference, path), "rb") as b:
                found, wanted = a.read(), b.read()
            # A cell that was cut in half before the sweep began may still be so.
            if found != wanted and not (case.spoil and wanted.startswith(found)):
                raise Violation(f"{path} has other bytes than without the kill")

    def whole_cells(self, case):
        """How many cells are whole; `None` where the case has none."""
        output = next((o for o in case.outputs if isinstance(o, Cells)), None)
        if output is None:
            return None
        count = 0
        for name in output.names(self.work):
            try:
                output.check(self.work, name)
                count += 1
            except Violation:
                pass
        return count

    # MARK: Errors

    def errors(self):
        """Calls that fail, once or from one on; disks that fill up; writes and reads cut short."""
        total = 600 if self.is_full else 60
        for case, number in zip(self.cases, self.share(total)):
            if number == 0:
                continue
            operations = self.operations(case)
            for operation in self.spread(operations, (3 * number + 3) // 4):
                self.guarded(case, operation.number, self.random.choice(ERRORS), self.failed)
                self.count("injected errors")
            reads = [o for o in self.operations(case, reads=True) if o.kind in ("openread", "read", "opendir")]
            for operation in self.spread(reads, number // 4):
                self.guarded(case, operation.number, self.random.choice(["EIO", "EACCES"]), self.failed, reads=True)
                self.count("injected errors")
        for case, number in zip(self.cases, self.share(120 if self.is_full else 8)):
            for _ in range(number):
                self.guarded(case, 0, f"disk {self.random.random():.6f}", self.full_disk)
                self.count("full disks")
        for case, number in zip(self.cases, self.share(len(self.cases) if self.is_full else 4)):
            for _ in range(number):
                self.guarded(case, 0, READ_ONLY, self.read_only)
                self.guarded(case, 0, CUT_SHORT, self.cut_short)
                self.count("read-only disks")
                self.count("runs of short writes and signals")

    def failed(self, case, number, action, reads=False):
        refresh(case.template, self.work)
        faults = {"FAULT_AT": number, "FAULT_ACTION": action}
        if reads:
            faults["FAULT_READS"] = 1
        ending = self.lab.call(case.arguments, self.work, **faults)
        met = next((o for o in self.lab.operations() if o.number == number), None)
        if met is None:
            raise Violation("the operation did not come")
        self.check_failure(case, ending, can_tidy=met.kind != "unlink", codes=(2, 3) if reads else (3,))

    def check_failure(self, case, ending, can_tidy=True, codes=(3,)):
        """Either the output is whole all the same, or the program says what failed and nothing looks whole."""
        if ending.code == 0:
            if case.states(self.work) != case.after:
                raise Violation(f"ends with 0, and its output is not whole: {ending.errors[:200]}")
            return
        if ending.code not in codes:
            raise Violation(f"ends with {ending.code}, expected {codes}: {ending.errors[:300]}")
        if "error: " not in ending.errors or ": " not in ending.errors.partition("error: ")[2]:
            raise Violation(f"says not what failed: '{ending.errors.strip()[:200]}'")
        self.check_states(case)
        if can_tidy and (left := leftovers(self.work)):
            raise Violation(f"leaves {left}: {ending.errors.strip()[:200]}")

    def full_disk(self, case, _, action, reads=False):
        operations = self.operations(case)
        written = sum(o.bytes for o in operations if o.kind == "write")
        room = int(written * float(action.split()[1]))
        refresh(case.template, self.work)
        ending = self.lab.call(case.arguments, self.work, FAULT_DISK=room)
        if ending.code == 0:
            raise Violation(f"ends well on a disk with room for {room} of {written} bytes")
        if "No space left" not in ending.errors:
            raise Violation(f"says not that the disk is full: {ending.errors[:200]}")
        self.check_failure(case, ending)

    def read_only(self, case, *_):
        refresh(case.template, self.work)
        ending = self.lab.call(case.arguments, self.work, FAULT_AT=1, FAULT_ACTION="EROFS", FAULT_ONWARD=1)
        if ending.code == 0:
            raise Violation("ends well where nothing can be written")
        self.check_failure(case, ending, can_tidy=False)

    def cut_short(self, case, *_):
        refresh(case.template, self.work)
        ending = self.lab.call(case.arguments, self.work, FAULT_SHORT=1)
        if ending.code != 0 or case.states(self.work) != case.after:
            raise Violation(f"short writes and signals change what comes out: {ending.code}: {ending.errors[:200]}")
