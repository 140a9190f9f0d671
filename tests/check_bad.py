# SPDX-License-Identifier: GPL-2.0-only
"""Bad files: damaged modules are refused with one line in the log, or load, and leave nothing behind.

The damage is made by corrupt.py, which also says for each case whether it is to be refused, and in which
words.  The book's kernel is fed all cases twice.  What must hold for each case:

- the loading process survives, and the kernel neither warns nor oopses;
- a case that is to be refused is refused, one that is to load loads and can be removed;
- a refusal says in the log what was wrong: one line, which begins with the name of the module, or `unnamed'
  when the damage comes before the name.  The exceptions are in LINES below, each with its reason.

and after all of them: the memory that the kernel uses, the modules and /sys/module are what they were; the
second round, when all caches are warm, leaves not even an object of the slab behind.

The stock kernel is fed the same cases, without those it cannot survive, for the sake of its errnos.  They have
to be equal, but for the cases that it loads and those in ERRNOS."""
import collections
import io
import os
import re
import subprocess
import tarfile
import tempfile
import threading
import corrupt
import qemu
from check import OUT

TITLE = "damaged module files are refused in one line, and leave nothing behind"
ORDER = 120
MODULES = (("fs/nls/nls_ascii", "full"), ("lib/test_static_key_base", "tables"), ("kitchen", "short"))

# Lines that belong to nobody's load: a security module notes each call of init_module, and the timers of an
# emulated machine complain when the host is busy.
ELSEWHERE = re.compile(r"LoadPin: |hrtimer: |CE: |clocksource: |sched: |random: |workqueue: |perf: |Disabling lock debugging"
                       r"|rcu: .*kthread|systemd|audit")
# What a refusal may print besides, or instead of, one line with the name in front.  (pattern, reason)
LINES = (
    (r"{name}: Unknown symbol \S* ?\(err -\d+\)$", "one line for each symbol: the user wants the whole list"),
    (r"{name}: (no symbol version for|disagrees about version of symbol) ", "the reason for the `Unknown symbol' that follows"),
    (r"{name}: loading module not compiled with retpoline compiler\.$|{name}: module license '.*' taints kernel\.$"
     r"|{name}: .*: kernel tainted\.$|{name}: tainting kernel with|{name}: module has bad taint",
     "a notice about a mark that the module leaves, and no refusal"),
    (r"(init_module|finit_module): ", "there are no bytes yet that could have a name"),
    (r"execmem: unable to allocate memory", "the allocator speaks as well, and so does the loader"),
    (r"livepatch: section \S+ has an incorrectly formatted name", "the livepatch core refuses, in its own words"),
    (r"(decompress: )?(not a zstd|ZSTD|Can't initialize ZSTD)", "the stock decompressor knows no names"),
)
# What may be printed when a module loads.
LOADED = re.compile(r"section \S+ asks for \d+ and gets only page alignment|taint|retpoline|kitchen: |livepatch")

# Damage that the stock loader does not look for, so that it would go on and link, call or overwrite what it finds
# there.  Such cases, by the words in which the book refuses them, are not fed to the stock kernel.
STOCK_BLIND = (
    "overlaps", "outside of its", "against symbol", "not a power of two",
    "does not use the symbol table", "does not exist", "applies to a table", "is no array of", "no whole number", "makes no sense",
    "leads outside the module's code", "livepatch", "not the relocations of this machine", "has no type", "neither bytes",
    "does not fit into", "which is not kept", "does not lead to code", "of struct module", "checksums for", "unwind tables differ",
    "section 0 is not blank", "not in writable data", "empty or does not end", "filled in already", "name of a symbol lies outside",
    "symbol 0 is not blank", "too large for its hole",
)
# And the same for damage that is not always refused, by the names of the cases.
STOCK_DIES = re.compile(r"\.sh_flags=0x0$|only\.\.(symtab|strtab)\.sh_size")

# Cases in which the stock kernel gives another errno.  (pattern, stock's, ours, reason)
ERRNOS = (
    (r"/symbol-names\.last$", "ENOENT", "ENOEXEC", "stock reads the last name on past its table, and misses a symbol of that name"),
    (r"/versions\.\w+\.no-end", "EINVAL", "ENOEXEC", "stock finds no version for the name that runs on; we refuse the table"),
    (r"/only\.\.data\.sh_addralign=", "ENOMEM", "OK", "stock adds the padding up and wants that much memory; we give what it gets anyway, a page"),
    (r"/only\.\.data\.sh_addralign=", "ENOEXEC", "OK", "the sum of stock's padding no longer fits, and what it computed is refused later"),
)


def gather():
    """The cases by name, the undamaged modules, and the packed cases."""
    where = qemu.module_tree()
    cases, good, packed = {}, {}, {}
    for path, sweep in MODULES:
        name = os.path.basename(path)
        file = os.path.join(where, "kernel", path + ".ko") if "/" in path else os.path.join(OUT, "modules", path + ".ko")
        with tempfile.NamedTemporaryFile(suffix=".ko") as f:
            # Debugging data would only make the damaged copies larger.
            subprocess.run(["objcopy", "--strip-debug", file, f.name], check=True)
            data = good[name] = f.read()
        cases.update((c.name, c) for c in corrupt.corruptions(name, data, sweep))
        if not packed:
            packed = {c.name: c for c in corrupt.compressed(name, data)}
    return cases, good, packed


def feed(kernel, cases, good, packed, rounds, **options):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as t:
        for c in cases:
            entry = tarfile.TarInfo(c.name)
            entry.size = len(c.data)
            t.addfile(entry, io.BytesIO(c.data))
    files = {"/data/bad.tar": archive.getvalue()}
    files.update(("/data/good/" + n, d) for n, d in good.items())
    files.update(("/data/packed/" + c.name.replace("/", "@"), c.data) for c in packed)
    return qemu.run(kernel, "tests/guest/bad.sh", args=[rounds], cpus=1, memory=768, modules=None, test_modules=False, files=files,
                    timeout=900, silence=600, name=f"bad-{kernel}", **options)


Seen = collections.namedtuple("Seen", "verdict lines")


def read(result):
    """What the guest said: one dictionary of cases for each round, and everything else as lists of words."""
    rounds, other = [], []
    for line in result.splitlines():
        if line.startswith("round "):
            rounds.append({})
            continue
        case = re.match(r"([\w-]+(?:\.zst)?/\S+?)(: | (?=-1 |0 0 |killed ))(.*)$", line)
        if case and rounds:
            seen = rounds[-1].setdefault(case[1], Seen([], []))
            if case[2] == " ":
                seen.verdict.append(case[3].split()[0 if case[3].startswith("killed") else -1])
            elif not ELSEWHERE.match(case[3]):
                seen.lines.append(case[3])
        else:
            other.append(line.split())
    return rounds, other


def faults(case, seen):
    """What is wrong with the answer to one case, as a list of sentences."""
    if not seen or len(seen.verdict) != 1:
        return ["no answer" if not seen or not seen.verdict else "several answers"]
    verdict, wrong = seen.verdict[0], []
    name = case.name.split("/")[0].split(".")[0]
    if verdict == "killed":
        return ["the kernel killed the loading process"]
    if any(qemu.TROUBLE.search(l) or "cut here" in l for l in seen.lines):
        return ["the kernel complains"]
    if verdict == "OK":
        if case.expect == corrupt.REFUSED:
            wrong.append("loads")
        odd = [l for l in seen.lines if not LOADED.search(l)]
        return wrong + (["loads, and prints"] if odd else [])
    if case.expect == corrupt.LOADS:
        wrong.append(f"refused with {verdict}")
    if any(l.endswith("stays: EBUSY") for l in seen.lines):
        wrong.append("cannot be removed")
    excepted = [l for l in seen.lines for pattern, _ in LINES if re.match(pattern.replace("{name}", f"(?:{name}|unnamed)"), l)]
    plain = [l for l in seen.lines if l not in excepted]
    if not seen.lines:
        wrong.append("refused without a word")
    if len(plain) > 1:
        wrong.append(f"refused in {len(plain)} lines")
    if any(not re.match(rf"(?:{name}|unnamed): \S", l) for l in plain):
        wrong.append("a line without the name of the module")
    if case.says and not any(re.search(case.says, l) for l in seen.lines):
        wrong.append(f"refused, but not because of /{case.says}/")
    return wrong


def run(t):
    cases, good, packed = gather()
    everything = {**cases, **packed}
    t.say(f"{len(everything)} damaged files, made of {', '.join(good)}")
    t.ok("600 damaged files or more", len(everything) >= 600, len(everything))
    answers = {}
    twin = threading.Thread(target=lambda: answers.update(stock=feed_stock(t, cases, good, packed)))
    twin.start()
    r = feed("book", cases.values(), good, packed.values(), 2)
    twin.join()
    rounds, other = read(r.result)
    last = next(reversed(rounds[-1]), None) if rounds else None
    t.ok("the book's kernel came through", r.ok, f"{r.reason}, status {r.status}, the last case was {last}\n{r.report()}")
    if not t.ok("two rounds", len(rounds) == 2, len(rounds)):
        # The cases up to the end may tell why.
        for name, case in everything.items():
            if rounds and name in rounds[0]:
                wrong = faults(case, rounds[0][name])
                t.ok(name, not wrong, "; ".join(wrong) + f" ({' | '.join(rounds[0][name].lines)})" if wrong else "")
        return
    for number, seen in enumerate(rounds, 1):
        for name, case in everything.items():
            wrong = faults(case, seen.get(name))
            answer = seen.get(name) or Seen(["nothing"], [])
            said = " | ".join(answer.lines)
            if number == 1 or wrong:
                t.ok(f"{name}{'' if number == 1 else ', again'}", not wrong,
                     "; ".join(wrong) + f" ({' '.join(answer.verdict)}: {said})" if wrong else f"{' '.join(answer.verdict)}: {said}")
    counts = collections.Counter(v for s in rounds[0].values() for v in s.verdict)
    t.say(", ".join(f"{n} {v}" for v, n in counts.most_common()) + f" [{r.seconds:.0f} s]")
    t.ok("most are refused", counts["OK"] < len(everything) / 10, counts["OK"])
    same_memory(t, other)
    same_errnos(t, rounds[0], answers["stock"])


def same_memory(t, other):
    """Before and after, and from round to round."""
    states = {(w[1], w[2]): w[3:] for w in other if w[:1] == ["state"]}
    for what in ("modules", "sysfs", "symbols"):
        t.ok(f"{what} afterwards as before", states.get(("0", what)) == states.get(("1", what)) == states.get(("2", what)) is not None,
             [states.get((n, what)) for n in "012"])
    figures = {w[1]: {w[i]: int(w[i + 1]) for i in range(2, 10, 2)} for w in other if w[:1] == ["figures"] and w[1].isdigit()}
    t.note(f"kB, after each round: {figures}")
    if t.ok("figures of both rounds", set(figures) == {"0", "1", "2"}, figures):
        for key in ("VmallocUsed", "Percpu"):
            # The stacks of processes are mapped as well, and each processor keeps up to two of four pages for the next.
            before, first, second = (figures[n][key] for n in "012")
            t.ok(f"{key} as before", first <= before + 32 and second <= first, f"{before} kB, {first} kB, {second} kB")
        # Pages of a slab that is not full are kept; half a megabyte is a sixth of a kilobyte for each case.
        first, second = figures["1"]["Slab"], figures["2"]["Slab"]
        t.ok("Slab as before", second <= figures["0"]["Slab"] + 1024 and second <= first + 512, f"{figures['0']['Slab']}, {first}, {second} kB")
    objects = collections.defaultdict(dict)
    for w in other:
        if w[:1] == ["slab"] and len(w) == 5:
            objects[w[2]][w[1]] = min(int(w[3]), objects[w[2]].get(w[1], 1 << 60))
    t.ok("caches of the slab can be read", len(objects) > 20, len(objects))
    grown = {}
    for name, n in objects.items():
        more = n.get("2", 0) - n.get("1", 0)
        # Files and directories that the guest's own shell looked at are remembered, and that varies a little.
        allowed = 60 if re.match(r"dentry|.*inode|filp|radix_tree|vm_area|maple|anon_vma|lsm|buffer_head", name) else 12
        if more > allowed:
            grown[name] = more
    t.note("objects gained in the second round: " +
           str({k: v.get("2", 0) - v.get("1", 0) for k, v in objects.items() if v.get("2", 0) != v.get("1", 0)}))
    t.ok("no objects are left behind by the second round", not grown, grown)


def feed_stock(t, cases, good, packed, lives=8):
    """name -> verdict.  A machine that dies is started again behind the case that killed it."""
    left = [c for c in cases.values() if not any(words in (c.says or "") for words in STOCK_BLIND)
            and not STOCK_DIES.search(c.name)]
    t.note(f"not fed to the stock kernel: {len(cases) - len(left)}")
    found, died = {}, []
    while left and lives:
        lives -= 1
        r = feed("stock", left, good, packed.values(), 1, stop_on_oops=True)
        rounds, _ = read(r.result)
        seen = rounds[0] if rounds else {}
        found.update((n, s.verdict[0]) for n, s in seen.items() if s.verdict)
        if r.ok and rounds:
            return found, died
        after = next((i for i, c in enumerate(left) if c.name not in found or found[c.name] == "killed"
                      or any(qemu.TROUBLE.search(l) for l in seen.get(c.name, Seen([], [])).lines)), len(left))
        died.append(left[after].name if after < len(left) else "afterwards")
        t.note(f"the stock kernel did not survive {died[-1]} ({r.reason})")
        left = left[after + 1:]
    return found, died


def same_errnos(t, ours, stock):
    theirs, died = stock
    if died:
        t.say("the stock kernel did not survive " + ", ".join(died))
    t.ok("the stock kernel answered more than a thousand cases", len(theirs) > 1000, len(theirs))
    t.say(f"the stock kernel was asked about {len(theirs)} of them")
    differ, excused = [], collections.Counter()
    for name, seen in ours.items():
        if not seen.verdict or theirs.get(name, "killed") == "killed" or seen.verdict[0] == theirs[name]:
            continue
        mine, his = seen.verdict[0], theirs[name]
        t.note(f"differs: {name}: stock {his}, book {mine}: {' | '.join(seen.lines)}")
        if his == "OK":
            excused["the stock kernel loads it"] += 1
            continue
        reason = next((why for p, a, b, why in ERRNOS if re.search(p, name) and (a, b) == (his, mine)), None)
        if reason:
            excused[reason] += 1
        else:
            differ.append(f"{name}: stock {his}, book {mine}")
    for reason, n in excused.items():
        t.note(f"another answer than the stock kernel's, {n} times: {reason}")
    t.ok("errnos equal the stock kernel's", not differ, "\n".join([f"{len(differ)} differ"] + differ))
