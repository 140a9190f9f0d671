#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""check.py [--long] [NAME...]: run the tests, all or the named ones.

Every file check_NAME.py beside this one is a group of tests.  It has a TITLE, a number ORDER (cheap groups
first), and a function run(t), which calls

    t.ok(case, condition, detail)    one case, passed or failed
    t.skip(case, reason)             it cannot run here
    t.say(text)                      progress
    t.note(text)                     into the log of the group, which is out/log/check-NAME.log
    t.long                           whether full counts are wanted

Failed cases are printed as they happen, passed ones only counted.  The last line printed is
`N passed, N failed, N skipped`; the exit status is 0 if nothing failed and something passed."""
import importlib
import os
import sys
import threading
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
OUT = os.environ.get("OUT", os.path.join(TOP, "out"))
sys.path[:0] = [HERE, os.path.join(TOP, "kernel-glue", "lab")]
sys.dont_write_bytecode = True


class Group:
    def __init__(self, name, long):
        self.name, self.long = name, long
        self.passed = self.failed = self.skipped = 0
        self.start = time.monotonic()
        self.path = os.path.join(OUT, "log", f"check-{name}.log")
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        self.log = open(self.path, "w", errors="replace")

    def clock(self):
        s = int(time.monotonic() - self.start)
        return f"{s // 60}:{s % 60:02d}"

    def note(self, text):
        print(text, file=self.log, flush=True)

    def say(self, text):
        self.note(f"-- [{self.clock()}] {text}")
        print(f"{self.name}: {text} [{self.clock()}]", flush=True)

    def ok(self, case, condition, detail=""):
        detail = str(detail).rstrip()
        self.note(f"{'ok  ' if condition else 'FAIL'} {case}" + (f": {detail}" if detail else ""))
        if condition:
            self.passed += 1
        else:
            self.failed += 1
            lines = detail.splitlines()
            print(f"{self.name}: FAILED {case}" + (": " + lines[0] if lines else ""), flush=True)
            for line in lines[1:12]:
                print("    " + line, flush=True)
            if len(lines) > 12:
                print(f"    ... ({len(lines) - 12} more lines in {os.path.relpath(self.path)})", flush=True)
        return bool(condition)

    def skip(self, case, reason):
        self.skipped += 1
        self.note(f"skip {case}: {reason}")
        print(f"{self.name}: skipped {case}: {reason}", flush=True)


def on_both(observe, *args):
    """observe(KERNEL, *args, results) for both kernels side by side; what it put into results[KERNEL]."""
    results = {}
    threads = [threading.Thread(target=observe, args=(k, *args, results)) for k in ("stock", "book")]
    for th in threads:
        th.start()
    for th in threads:
        th.join()
    return results


def groups():
    found = []
    for f in sorted(os.listdir(HERE)):
        if f.startswith("check_") and f.endswith(".py"):
            m = importlib.import_module(f[:-3])
            found.append((m.ORDER, f[6:-3], m))
    return [(name, m) for _, name, m in sorted(found, key=lambda g: g[:2])]


def main():
    args = [a for a in sys.argv[1:] if a != "--long"]
    long = "--long" in sys.argv[1:]
    known = groups()
    unknown = set(args) - {name for name, _ in known}
    if unknown:
        sys.exit(f"check.py: no tests of that name: {' '.join(sorted(unknown))}\n"
                 f"known: {' '.join(name for name, _ in known)}")
    passed = failed = skipped = 0
    for name, m in known:
        if args and name not in args:
            continue
        t = Group(name, long)
        t.say(m.TITLE)
        try:
            m.run(t)
        except Exception:
            t.ok("the test itself", False, traceback.format_exc())
        verdict = "passed" if not t.failed else "FAILED"
        print(f"{name}: {verdict}: {t.passed} passed, {t.failed} failed, {t.skipped} skipped "
              f"[{t.clock()}]" + (f"; the log is {os.path.relpath(t.path)}" if t.failed else ""), flush=True)
        passed, failed, skipped = passed + t.passed, failed + t.failed, skipped + t.skipped
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
