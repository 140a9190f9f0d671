# SPDX-License-Identifier: GPL-2.0-only
"""Forty verdicts that were found by reading sources (verdicts-by-hand.tsv), held against those of the table of interfaces.

The file was written before its author had seen the table.  Where the two disagreed, the sources decided: lines that were
wrong say what they said before, and a few say why the tool, which sees only imports, must say something else."""
import glob
import os
import re
import subprocess
from check import HERE, OUT, TOP

TITLE = "forty verdicts found by reading"
ORDER = 12
TOOL = os.path.join(OUT, "tools", "modrules")
BY_HAND = os.path.join(HERE, "verdicts-by-hand.tsv")
KINDS = ("easy", "hard", "permanent")
MOST_DIFFERENT = 4


def lines():
    for number, line in enumerate(open(BY_HAND, encoding="ascii"), 1):
        if not line.startswith("#"):
            yield number, line.rstrip("\n").split("\t")


def of_tool(path):
    """The verdict of the tool: what kind of module, the rules, and all that it said."""
    r = subprocess.run([TOOL, "--verdict", path], capture_output=True, text=True, errors="replace", timeout=60)
    first = re.match(r"(easy|hard|permanent|unknown)\b:?(.*)", r.stdout)
    if not first:
        return "nothing", set(), r.stdout + r.stderr
    return first[1], set(first[2].split()) if first[1] == "hard" else set(), r.stdout


def run(t):
    files = {os.path.basename(f)[:-3]: f for f in glob.glob(os.path.join(OUT, "lab", "modules", "**", "*.ko"), recursive=True)}
    if not files:
        t.skip("all verdicts", "the modules of the lab are not built")
        return
    r = subprocess.run(["kernel-glue/lab/build.py", "modrules"], cwd=TOP, capture_output=True, text=True)
    if not t.ok("the checker compiles", r.returncode == 0, r.stdout + r.stderr):
        return
    seen, different, corrected = set(), 0, 0
    for number, fields in lines():
        name, kind, rules, reason, remark = fields + [""] * (5 - len(fields))
        if not t.ok(f"line {number} is well formed", len(fields) in (4, 5) and kind in KINDS and reason and name not in seen
                    and (kind == "hard") == (rules != "-") and re.fullmatch(r"(was|differs): \S.*|", remark), "\t".join(fields)):
            continue
        seen.add(name)
        if name not in files:
            t.skip(name, "the module is not built")
            continue
        wanted = kind, set(rules.split()) - {"-"}
        said = of_tool(files[name])
        agreed = wanted == said[:2]
        detail = f"by hand: {kind} {rules}; the tool: {said[2].rstrip()}\nby hand because: {reason}"
        if remark.startswith("differs:"):
            different += 1
            t.ok(f"{name}: differs still", not agreed, f"the line says that it differs, but it does not\n{detail}")
            t.note(f"{name}: {remark}\n{detail}")
            continue
        corrected += remark.startswith("was:")
        t.ok(f"{name}: {kind} {rules}", agreed, detail)
    t.ok("there are forty", len(seen) == 40, len(seen))
    t.ok(f"at most {MOST_DIFFERENT} differ", different <= MOST_DIFFERENT, different)
    t.say(f"{len(seen)} modules: {different} differ with a reason, {corrected} were corrected after a second reading")
