# SPDX-License-Identifier: GPL-2.0-only
"""The checker for module authors: what it says of the scenarios, of the lab's modules, of trials of its own and of damaged files.

What it says of the bad module of each scenario is left for the second book as a transcript (transcripts.py).  Every error
that it reports of a module of the lab has to stand in modrules-expected.txt, with the reason."""
import collections
import glob
import gzip
import lzma
import os
import re
import shutil
import struct
import subprocess
import tempfile
from check import HERE, OUT, TOP
from corrupt import compressed, corruptions, pack
import transcripts

TITLE = "the checker for module authors"
ORDER = 16
HOST = os.path.join(OUT, "tangled", "host")
TOOL = os.path.join(OUT, "tools", "modrules")
MODULES = os.path.join(OUT, "modules")
SCENARIOS = os.path.join(HERE, "guest", "leave")
FINDING = re.compile(r"(\S+): ([A-Z]\d): (error|advice): (\w+)?(.*)")
Finding = collections.namedtuple("Finding", "file rule grade about text")


def ask(*args, tool=TOOL, cwd=None):
    return subprocess.run([tool, *args], capture_output=True, text=True, errors="replace", cwd=cwd)


def findings(text):
    return [Finding(os.path.basename(m[1]), m[2], m[3], m[4] or "", m[0]) for m in map(FINDING.match, text.splitlines()) if m]


def run(t):
    r = subprocess.run(["kernel-glue/lab/build.py", "modrules"], cwd=TOP, capture_output=True, text=True)
    if not t.ok("compiles without a warning", r.returncode == 0, r.stdout + r.stderr):
        return
    scenarios(t)
    trials(t)
    lab(t)
    options(t)
    damages(t)


# ---- the scenarios ----------------------------------------------------------

def scenarios(t):
    for path in sorted(glob.glob(os.path.join(SCENARIOS, "*.sh"))):
        stem = os.path.basename(path)[:-3]
        promised = re.search(r"^# checker: *(.*)", open(path).read(), re.M)
        if not os.path.exists(os.path.join(MODULES, stem + "_bad.ko")):
            t.skip(stem, "its modules are not built")
            continue
        r = ask(stem + "_bad.ko", cwd=MODULES)
        transcripts.modrules(stem, r.stdout.splitlines())
        said = findings(r.stdout)
        rules = sorted({f.rule for f in said})
        if t.ok(f"{stem}: the scenario says what the checker sees", promised, f"no line `# checker: ...'; it reports {' '.join(rules) or 'nothing'}"):
            wanted = promised[1].split()
            t.ok(f"{stem}_bad: {promised[1]}", wanted == ["nothing"] and not said or set(wanted) & set(rules), r.stdout)
        t.ok(f"{stem}_bad: the status tells", r.returncode == bool(said) and not r.stderr, f"{r.returncode} {r.stderr}")
        r = ask("--quiet", stem + "_good.ko", cwd=MODULES)
        t.ok(f"{stem}_good: no error", not [f for f in findings(r.stdout) if f.grade == "error"] and not r.stderr, r.stdout + r.stderr)
        for f in findings(r.stdout):
            t.note(f"{stem}_good, advice: {f.text}")


# ---- trials of single checks -------------------------------------------------

def trials(t):
    """Each trial of modrules_trials.c is a module of a few lines, compiled as the kernel's are; it says itself what is to be found in it."""
    source = os.path.join(HOST, "modrules_trials.c")
    text = re.sub(r"^#line[^\n]*\n|/\*\d*:\d*\*/", "", open(source).read(), flags=re.M)
    cases = []
    for m in re.finditer(r"^\s*static const char expected\[\]\s*=\s*\"([^\"]*)\"", text, re.M):
        cases.append((str(len(cases) + 1), m[1]))
    t.ok("trials are found", len(cases) > 10, f"{len(cases)}")
    with tempfile.TemporaryDirectory() as where:
        for number, expected in cases:
            ko = os.path.join(where, f"trial{number}.ko")
            r = subprocess.run(["gcc", "-std=gnu11", "-O2", "-w", "-mcmodel=kernel", "-fno-pic", "-fno-stack-protector", "-fcf-protection=none",
                                "-fno-asynchronous-unwind-tables", "-fno-common", f"-DTRIAL={number}", "-c", source, "-o", ko],
                               capture_output=True, text=True)
            if not t.ok(f"trial {number} compiles", r.returncode == 0, r.stderr):
                continue
            said = sorted({f"{f.rule} {f.grade}" for f in findings(ask(ko).stdout)})
            wanted = sorted(w.strip() for w in expected.split(",") if w.strip() and w.strip() != "nothing")
            t.ok(f"trial {number}: {expected}", said == wanted, f"said: {', '.join(said) or 'nothing'}\n{ask(ko).stdout}")


# ---- the modules of the lab ----------------------------------------------------

def expected():
    """(module, rule, symbol) -> reason"""
    known = {}
    for line in open(os.path.join(HERE, "modrules-expected.txt")):
        if line.strip() and not line.startswith("#"):
            module, rule, about, reason = line.split(None, 3)
            known[module, rule, about] = reason.strip()
    return known


def lab(t):
    files = sorted(glob.glob(os.path.join(OUT, "lab", "modules", "**", "*.ko"), recursive=True))
    if not files:
        t.skip("the modules of the lab", "they are not built")
        return
    r = ask("--quiet", *files)
    said, known = findings(r.stdout), expected()
    t.ok("all modules of the lab can be read", r.returncode < 2 and not r.stderr, r.stderr)
    t.note(r.stdout)
    here = {os.path.basename(f)[:-3] for f in files}
    met = set()
    for f in said:
        if f.grade == "error":
            key = f.file[:-3], f.rule, f.about
            met.add(key)
            t.ok(f"{' '.join(key)}: the error is understood", key in known, f.text)
    gone = [k for k in known if k[0] in here and k not in met]
    t.ok("no error is expected that is not reported", not gone, "\n".join(map(" ".join, gone)))
    count = collections.Counter(f"{f.rule} {f.grade}" for f in said)
    errors = sum(f.grade == "error" for f in said)
    t.say(f"{len(files)} modules: {errors} errors in {len({f.file for f in said if f.grade == 'error'})} of them, all understood; "
          f"{len(said) - errors} pieces of advice in {len({f.file for f in said if f.grade != 'error'})}")
    t.note("\n".join(f"{n:4} {k}" for k, n in sorted(count.items())))
    firsts = collections.Counter(l.split(":")[0].split()[0] for l in ask("--verdict", *files).stdout.splitlines()
                                 if re.match(r"(easy|hard|permanent|unknown)\b", l))
    t.note(f"lines of verdicts: {dict(firsts)}")
    leave_figures(files, said)


def leave_figures(files, said):
    """Findings by rule, for the second book."""
    def row(name, some):
        grades = [[f for f in some if f.grade == g] for g in ("error", "advice")]
        return f"{name} & " + " & ".join(f"{len(g)} & {len({f.file for f in g})}" for g in grades) + r" \cr"

    rules = sorted({f.rule for f in said}, key=lambda r: ("CUSDRIXLF".index(r[0]), r))
    lines = [r"\begintable{l r r r r}", r"rule & errors & in modules & advice & in modules \cr \hd"]
    lines += [row(r, [f for f in said if f.rule == r]) for r in rules]
    lines += [r"\gap", row("all", said), r"\endtable", rf"\noindent {len(files)} modules of the lab."]
    path = os.path.join(OUT, "modrules.tex")
    with open(path + ".new", "w") as out:
        out.write("\n".join(lines) + "\n")
    os.rename(path + ".new", path)


# ---- how it is used ---------------------------------------------------------------

def options(t):
    sample = os.path.join(MODULES, "d6_order_bad.ko")
    r = ask("--explain=d6")
    t.ok("--explain", r.returncode == 0 and r.stdout.startswith("D6: First the sources") and "chapter" in r.stdout, r.stdout + r.stderr)
    t.ok("--explain of no rule", ask("--explain=Q1").returncode == 2)
    rules = set(re.findall(r'RULE\("(..)"', open(os.path.join(HOST, "rules.h")).read()))
    titles = "".join(open(p).read() for p in glob.glob(os.path.join(TOP, "unload-rules", "*.w")))
    for rule in sorted(rules):
        text = ask(f"--explain={rule}").stdout
        title = re.search(r'chapter "(.*)"', text)
        t.ok(f"--explain={rule} names a chapter of the book", title and f"@* {title[1]}." in titles, text)
    r = ask("--table=call_rcu")
    t.ok("--table", r.returncode == 0 and "deferred" in r.stdout and "rcu_barrier" in r.stdout, r.stdout)
    t.ok("--table of what orders nothing", "orders nothing" in ask("--table=kfree").stdout)
    t.ok("--table of a stranger", ask("--table=nobody_knows_me").returncode == 2)
    for word in ("--version", "--help"):
        r = ask(word)
        t.ok(word, r.returncode == 0 and "modrules" in r.stdout and not r.stderr)
    t.ok("no file named", ask().returncode == 2)
    t.ok("a file that is not there", ask("/nonexistent.ko").returncode == 2)
    if not os.path.exists(sample):
        return
    plain = ask(sample).stdout
    t.ok("--verdict", ask("--verdict", sample).stdout.startswith("hard: "))
    t.ok("--quiet", ask("--quiet", sample).stdout == plain.split("\n", 1)[1])
    good = sample.replace("_bad", "_good")
    t.ok("--quiet says nothing of an obedient module", not ask("--quiet", good).stdout and not ask(good).returncode)
    with tempfile.TemporaryDirectory() as where:
        data = open(sample, "rb").read()
        packed = {".gz": gzip.compress(data), ".xz": lzma.compress(data)}
        if shutil.which("zstd"):
            packed[".zst"] = pack(data)
        for end, content in packed.items():
            path = os.path.join(where, "d6_order_bad.ko" + end)
            open(path, "wb").write(content)
            t.ok(f"compressed, {end}", ask(path).stdout.replace(path, sample) == plain, ask(path).stdout + ask(path).stderr)


# ---- damaged files -----------------------------------------------------------------

def damages(t):
    """Under sanitizers, many files a process; each is read, or refused in one line."""
    where = os.path.join(OUT, "host")
    os.makedirs(where, exist_ok=True)
    program = os.path.join(where, "modrules")
    r = subprocess.run(["gcc", "-std=gnu11", "-g", "-O1", "-Wall", "-Wextra", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined",
                        "-o", program, os.path.join(HOST, "modrules.c"), "-lcapstone", "-ldw", "-lelf"], capture_output=True, text=True)
    if not t.ok("compiles under sanitizers", r.returncode == 0 and not r.stderr, r.stderr):
        return
    samples = [(n, s) for n, s in (("d6_order_bad", "full"), ("kitchen", "tables"), ("c2_misc_bad", "full"))
               if os.path.exists(os.path.join(MODULES, n + ".ko"))]
    for name, sweep in samples:
        data = open(os.path.join(MODULES, name + ".ko"), "rb").read()
        cases = corruptions(name, data, sweep)
        if name == "d6_order_bad":
            cases += compressed(name, data) if shutil.which("zstd") else []
            cases += bytes_changed(name, data)
        bad, refused = [], 0
        for first in range(0, len(cases), 250):
            with tempfile.TemporaryDirectory() as d:
                some = cases[first:first + 250]
                for i, case in enumerate(some):
                    open(os.path.join(d, f"{i}.ko"), "wb").write(case.data)
                r = ask(*[f"{i}.ko" for i in range(len(some))], tool=program, cwd=d)
                lines = r.stderr.splitlines()
                refused += len(lines)
                said = [l for l in lines if not re.fullmatch(r"\d+\.ko: cannot be read: [ -~]+", l)]
                if said or r.returncode not in (0, 1, 2):
                    bad.append(f"status {r.returncode}, cases {some[0].name} ... {some[-1].name}\n" + "\n".join(said[:12]))
        t.ok(f"{name}: {len(cases)} damaged files, {refused} refused, none does harm", not bad, "\n".join(bad))
    made_to_harm(t, program)
    r = ask(*glob.glob(os.path.join(MODULES, "*.ko")), tool=program)
    t.ok("sound files, under sanitizers", r.returncode in (0, 1) and not r.stderr, r.stderr[:4000])


def made_to_harm(t, program):
    """Files without a damage, each made in order to cost the reader something else than his memory."""
    with tempfile.TemporaryDirectory() as where:
        def assembled(name, text):
            r = subprocess.run(["gcc", "-x", "assembler", "-c", "-o", os.path.join(where, name), "-"], input=text, capture_output=True, text=True)
            return r.returncode == 0

        def refused(title, name, reason, tool=program):
            r = ask(name, tool=tool, cwd=where)
            t.ok(title, r.returncode == 2 and re.fullmatch(rf"{name}: cannot be read: {reason}\n", r.stderr), f"{r.returncode}\n{r.stdout}{r.stderr}")

        function = ".globl {0}\n.type {0}, @function\n{0}:\n{1}ret\n.size {0}, . - {0}\n"
        many = function.format("init_module", "call mod_timer\n" * 16000) + function.format("cleanup_module", "call timer_delete_sync\n" * 16000)
        if t.ok("a module of 32000 calls is made", assembled("long.ko", many)):
            refused("32000 calls: the work is bounded", "long.ko", "there is too much in it.*", TOOL)
        large = function.format("init_module", "call mod_timer\n" * 30000)
        if t.ok("a large function is made", assembled("large.ko", large)):
            refused("a function of 150 kilobytes is left out", "large.ko", "some of its code was left out")
        if t.ok("a name with a control character is made", assembled("name.ko", '.globl "a\x1b[2J"\n"a\x1b[2J":\n.long b\n')):
            refused("a name that would clear the screen", "name.ko", "a symbol's name makes no sense")
        if t.ok("a long name is made", assembled("wide.ko", f".globl {'a' * 5000}\n.long b\n{'a' * 5000}:\n")):
            refused("a name of 5000 letters", "wide.ko", "a symbol's name makes no sense")
        if t.ok("sections are made", assembled("over.ko", '.section .data\n.long b\n.section .data.x, "aw"\n.zero 5000\n')):
            data = bytearray(open(os.path.join(where, "over.ko"), "rb").read())
            at, size, number = int.from_bytes(data[40:48], "little"), *struct.unpack("<HH", data[58:62])
            heads = [at + i * size for i in range(number)]
            widest = max(heads, key=lambda h: int.from_bytes(data[h + 32:h + 40], "little"))
            for h in heads:
                if data[h + 4] == 1 and h != widest:
                    data[h + 24:h + 40] = data[widest + 24:widest + 40]
            open(os.path.join(where, "over.ko"), "wb").write(data)
            refused("sections that overlap", "over.ko", "its sections overlap.*")
        os.mkfifo(os.path.join(where, "pipe.ko"))
        refused("a pipe", "pipe.ko", "it is not a file")


def bytes_changed(name, data):
    """What corrupt.py leaves out on purpose: the code itself, and everything else, changed a byte at a time."""
    Case = collections.namedtuple("Case", "name data")
    step = max(1, len(data) // 1500)
    return [Case(f"{name}/byte.{k}", data[:k] + bytes([data[k] ^ x]) + data[k + 1:])
            for k in range(0, len(data), step) for x in (0xFF, 1 << k % 8)]
