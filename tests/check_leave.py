# SPDX-License-Identifier: GPL-2.0-only
"""Modules that leave while somebody is inside, or still will be: each breaks one rule, and each has an obedient twin.

The same .ko files on both kernels, on four CPUs that run in parallel, on the lab's kernels and on those that watch their
memory and locks (the twin of those only with --long, but for what nothing else sees).  What is special about a scenario stands in guest/leave/STEM.sh, and how these are run and what they may
say in guest/leave.sh.

On our kernel all scenarios share a boot, one after the other: that nothing happens to the machine is the claim.  On the
stock kernel each bad module has a boot of its own, since that may be the last thing it does; the good ones share one.
On the watchful stock kernel, which takes long to boot, only those modules run whose harm nobody else sees (with --long all).

Then the protections are left out, one by one, and whatever needs them must come to harm.  With all in place it must not.

The table of what happened is left in out/leave.txt, and for the second book in out/leave.tex."""
import collections
import os
import re
import textwrap
import threading
import time
from check import HERE, OUT
import qemu
import transcripts

TITLE = "modules that break a rule of unloading, and their obedient twins"
ORDER = 140
SCRIPTS = os.path.join(HERE, "guest", "leave")

# What can be seen of harm, the worst first.
SEEN = {
    "panic": r"Kernel panic - not syncing: (?P<what>.*)",
    "oops": r"\bOops: .*|kernel BUG at .*|general protection fault.*|stack segment:.*|double fault.*",
    "kasan": r"KASAN: (?P<what>.*)",
    "hang": r"watchdog: BUG: soft lockup.*|rcu: INFO: .*stall.*|INFO: task .* blocked.*",
    "warning": r"WARNING: CPU.*|WARNING: possible.*|list_(?:add|del) corruption.*|ODEBUG: .*|refcount_t: .*|suspicious RCU.*|BUG: .*",
}
ORDER_OF_HARM = ["panic", "hang", "oops", "kasan", "garbage", "wrong", "warning"]
FAULT = {"instruction fetch": "jumped into freed text", "read access": "read freed memory", "write access": "wrote into freed memory"}
TAINT = re.compile(r"loading out-of-tree module|module verification failed|module license")

# Which scenarios need which protection: without it they must come to harm, with it they must not.
NEEDED_BY = {
    "tasks": ["u4_caller"],
    "barrier": ["d3_rcu"],
    "census": ["u5_asleep", "d4_thread"],
    "audit": ["d1_timer", "d2_delayed"],
    "quarantine": ["u1_proc", "r1_kobject"],
}


class Scenario:
    def __init__(self, path):
        self.stem = os.path.basename(path)[:-3]
        head = {}
        for line in open(path):
            m = re.match(r"# (rule|what|stock|ours|ours-harm|append|single|victim): *(.*)", line)
            if m:
                head[m[1]] = m[2].strip()
        self.rule, self.what = head.get("rule", "?"), head.get("what", "")
        self.stock = [w for w in re.split(r"[\s,|]+", head.get("stock", "")) if w in ORDER_OF_HARM + ["nothing"]]
        self.ours = (head.get("ours") or "").replace("STEM", self.stem) or rf"{self.stem}_bad: {self.rule}: "
        # What no loader can prevent: it happens on ours as well.
        self.excused = set(re.split(r"[\s,|]+", head.get("ours-harm", ""))) & set(ORDER_OF_HARM)
        self.victim = head.get("victim", "")    # the module that suffers for what STEM_bad does, and is named
        self.append, self.single = head.get("append", ""), head.get("single", "no").startswith("y")

    def machine(self):
        return self.append, self.single


def scenarios():
    return [Scenario(os.path.join(SCRIPTS, f)) for f in sorted(os.listdir(SCRIPTS)) if f.endswith(".sh")]


class Machine:
    """Runs scenarios of one command line; a machine that dies is started again for those that are left."""
    turn = threading.Semaphore(2)

    def __init__(self, kernel, config, names, machine, name, append="", again=True, frame=True):
        self.kernel, self.config, self.names, self.machine, self.name = kernel, config, names, machine, name
        self.append, self.again, self.frame = append, again, frame
        self.said, self.results, self.died = {}, [], {}

    def start(self):
        self.thread = threading.Thread(target=self.work)
        self.thread.start()
        return self

    def work(self):
        left = list(self.names)
        while left:
            with Machine.turn:
                r = self.boot(left)
            self.results.append(r)
            here = cut(r.console)
            self.said.update(here)
            begun = [n for n in left if n in here]
            left = [n for n in left if n not in here]
            if r.ok or not begun:
                break
            self.died[begun[-1]] = r.reason
            if not self.again:
                break
        for n in left:
            self.said.setdefault(n, None)

    def boot(self, names):
        append, single = self.machine
        options = dict(memory=768)
        slow = 1
        if self.config != "lab":
            built = os.path.join(OUT, self.config, "test-modules")
            options = dict(memory=1500, test_modules=False, files={
                "/modules/" + f: os.path.join(built, f) for f in os.listdir(built) if f.endswith(".ko")})
            slow = 3
        options.setdefault("files", {})["/leave"] = SCRIPTS
        args = names
        if self.frame:
            good = [n for n in names if n.endswith("_good")]
            args = good + ["--before"] + [n for n in names if n not in good] + ["--after"]
        return qemu.run(self.kernel, os.path.join(HERE, "guest", "leave.sh"), args=args, config=self.config, cpus=4, single=single,
                        modules=None, append=f"printk.devkmsg=on {append} {self.append}", env=dict(LIMIT=25 * slow),
                        timeout=(60 + 15 * len(names)) * slow, silence=(40 if self.again else 20) * slow, name=f"leave-{self.name}", **options)

    @property
    def seconds(self):
        return sum(r.seconds for r in self.results)


def cut(console):
    """The console's lines, without their stamps, from the mark "begin" of each module to its "end", or to the last line."""
    found, at = {}, None
    for line in console.splitlines():
        line = qemu.STAMP.sub("", line)
        m = re.match(r"leave: (begin|end) (\S+)", line)
        if m and m[1] == "begin":
            at = m[2]
            found[at] = []
        if at:
            found[at].append(line)
        if m and m[1] == "end":
            at = None
    return found


def harm(lines, died=None):
    """What happened: {word: the line that says so}."""
    seen = {}
    if lines is None:
        return {"hang": "it was not reached"}
    for line in lines:
        for word, pattern in SEEN.items():
            m = re.search(pattern, line)
            if m:
                seen.setdefault(word, (m.groupdict().get("what") or m[0]).strip())
                break
        m = re.match(r"leave: saw (garbage|wrong|hang) ?(.*)", line)
        if m:
            seen.setdefault(m[1], m[2])
        if re.match(r"leave: failed .*status 137", line):
            seen.setdefault("hang", "the script did not come to its end")
    if died in ("hang", "timeout"):
        seen.setdefault("hang", "no sign of life")
    elif died == "died" and "panic" not in seen:
        seen.setdefault("hang", "the machine ended by itself")
    return seen


def story(lines, died=None):
    """For the table: what happened, in a few words."""
    seen = harm(lines, died)
    if not seen:
        return "nothing seen"
    words, text = [], "\n".join(lines or ())
    if "kasan" in seen and "panic" not in seen and "oops" not in seen:
        words.append(re.sub(r"\+0x\S+", "", seen["kasan"]))
    m = re.search(r"#PF: supervisor (instruction fetch|read access|write access)", text)
    if m and ("oops" in seen or "panic" in seen):
        words.append("oops: " + FAULT[m[1]])
    elif "oops" in seen:
        words.append(re.sub(r"Oops: (.*?):? \d{4} \[.*", r"oops: \1", seen["oops"]))
    if "panic" in seen:
        words.append("panic: " + seen["panic"] if not words else "panic")
    for word in ("garbage", "wrong"):
        if word in seen:
            words.append(("silently wrong: " if word == "wrong" else "garbage: ") + seen[word])
    if "hang" in seen and "panic" not in seen:
        words.append("hang: " + seen["hang"] if "oops" not in seen else "the rest hangs")
    if not words:
        words.append("warning: " + re.sub(r"WARNING: CPU: \d+ PID: \d+ at \S*/(\w+\.c):\d+ (\w+)\S*", r"\2 (\1)", seen["warning"]))
    return "; ".join(words)


def news(lines, module):
    """What the loader said of a module, without what it says of every foreign one."""
    return [l for l in lines or () if l.startswith(module + ": ") and not TAINT.search(l)]


def said_of(lines, module, victim=""):
    """For the transcript: the loader's lines on a module, or on the one that suffers, and what the kernel complained of or the script saw."""
    here = cut("\n".join(lines)).get(module, ())
    return news(lines, module) + (news(here, victim) if victim else []) + transcripts.telling(here)


def complaints(lines):
    return [l for l in lines or () if qemu.TROUBLE.search(l)]


def failures(lines):
    return [l for l in lines or () if l.startswith("leave: failed ")]


class Table:
    """Scenario, what the stock kernel did, what ours did: {config: {stem: (harm, story)}} and so on."""

    def __init__(self, all):
        self.all = all
        self.lacking = []       # (protection, stem, what happened without it)
        self.stock, self.ours, self.named = (collections.defaultdict(dict) for _ in range(3))
        self.said = collections.defaultdict(dict)       # the lines, for the transcripts: {(config, kernel): {stem: lines}}
        self.died = {}


def grouped(which):
    groups = collections.defaultdict(list)
    for s in which:
        groups[s.machine()].append(s)
    return groups


def label(machine):
    append, single = machine
    return "-".join(w for w in (re.sub(r"\W+", "-", append).strip("-"), "turns" if single else "") if w)


def watched(all, long):
    """Which scenarios run on the kernels that watch their memory: all of them, or, where time is short, one for each rule that our
    loader enforces for modules that break it, and those that nobody else sees come to harm."""
    if long:
        return all
    seen, some = set(), []
    for s in all:
        alone = "kasan" in s.stock and not {"oops", "panic", "hang"} & set(s.stock)
        enforced = s.rule[0] in "USDR" or s.rule in ("C2", "I2")
        if alone or (enforced and s.rule not in seen and s.ours != "nothing" and not s.excused):
            seen.add(s.rule)
            some.append(s)
    return some


def machines(config, all, long):
    """Which boots there are: (stock bad, stock good, ours)."""
    bad, good, ours = [], [], []
    for s in all:
        if config == "lab" or long or ("kasan" in s.stock and not {"oops", "panic", "hang"} & set(s.stock)):
            bad.append(Machine("stock", config, [s.stem + "_bad"], s.machine(), f"{config}-stock-{s.stem}", again=False, frame=False))
    for key, some in grouped(all).items():
        names = [f"{s.stem}_good" for s in some]
        tag = "-".join(w for w in (config, label(key)) if w)
        if config == "lab" or long:
            good.append(Machine("stock", config, names, key, f"{tag}-stock-good", frame=False))
        # What no loader can prevent comes last: after its first complaint the watchful kernel watches no more.
        some = sorted(some, key=lambda s: bool(s.excused))
        ours.append(Machine("book", config, names + [f"{s.stem}_bad" for s in some], key, f"{tag}-ours",
                            append="module.quarantine=32M"))
    return bad, good, ours


def judge_stock(t, config, all, bad, good, table):
    by_stem = {s.stem: s for s in all}
    for m in bad:
        name = m.names[0]
        s, lines = by_stem[name[:-4]], m.said.get(name)
        seen = harm(lines, m.died.get(name))
        table.stock[config][s.stem] = seen, story(lines, m.died.get(name))
        table.said[config, "stock"][s.stem], table.died[config, s.stem] = lines, m.died.get(name)
        case = f"{config}, stock, {name}"
        if not t.ok(f"{case}: it was run", lines is not None and not [l for l in failures(lines) if "insmod" in l],
                    "\n".join(failures(lines)) or m.results[-1].tail()):
            continue
        promised = s.stock
        if config == "lab" and promised == ["kasan"]:
            promised = []       # only the watchful kernel sees it
        if promised:
            t.ok(f"{case}: {' or '.join(promised)}", set(promised) & (set(seen) or {"nothing"}),
                 f"{table.stock[config][s.stem][1]}\n" + "\n".join(lines[-30:]))
        t.note(f"{case}: {table.stock[config][s.stem][1]} [{m.seconds:.0f} s]")
    for m in good:
        for name in m.names:
            judge_good(t, f"{config}, stock, {name}", m, name, by_stem[name[:-5]].victim)


def judge_good(t, case, m, name, victim=""):
    lines = m.said.get(name)
    said = news(lines, name) + (news(lines, victim) if victim else []) + complaints(lines) + failures(lines) + [l for l in lines or () if l.startswith("leave: saw ")]
    t.ok(f"{case}: the obedient twin leaves without a word", lines is not None and not said and name not in m.died,
         "it was not reached" if lines is None else m.died.get(name, "") + "\n".join(said[:20]))


def judge_ours(t, config, all, ours, table):
    by_stem = {s.stem: s for s in all}
    for m in ours:
        whole = [qemu.STAMP.sub("", l) for r in m.results for l in r.console.splitlines()]
        for name in m.names:
            case, stem = f"{config}, ours, {name}", name.rpartition("_")[0]
            if name.endswith("_good"):
                judge_good(t, case, m, name, by_stem[stem].victim)
                continue
            s, lines = by_stem[stem], m.said.get(name)
            bad = [l for l in complaints(lines) + failures(lines) if not set(harm([l])) & s.excused]
            seen = harm(lines or [])
            bad += [f"{word}: {seen[word]}" for word in ("garbage", "wrong", "hang") if word in set(seen) - s.excused]
            survived = lines is not None and name not in m.died and not bad and f"leave: end {name}" in lines
            t.ok(f"{case}: the machine lives on, and nobody complains", survived,
                 "it was not reached" if lines is None else f"{m.died.get(name, '')}\n" + "\n".join(bad[:3] + lines[-25:]))
            said = news(whole, name) + (news(lines, s.victim) if s.victim else [])
            table.said[config, "ours"][stem] = said_of(whole, name, s.victim)
            named = [l for l in said if re.search(s.ours, l)]
            if s.ours == "nothing":
                t.ok(f"{case}: nobody is named, as nobody can be", not said, "\n".join(said))
            table.ours[config][stem] = survived, (named or said or [f"no loader can help: {story(lines)}" if s.excused & set(seen) else "nothing"])[0]
            table.named[config][stem] = bool(named)
            t.note(f"{case}: {'named' if named else 'NOT NAMED'}:\n    " + "\n    ".join(said))
        for r in m.results:
            if r.files and os.path.exists(os.path.join(r.files, "stock-after")):
                balance(t, f"{config}, ours, {label(m.machine) or 'plain'}", r)
    within = [s for s in all if s.ours != "nothing"]
    silent = [s.stem for s in within if not table.named[config].get(s.stem)]
    t.ok(f"{config}, ours: offender and rule are named in nine of ten, where a loader can see them", len(silent) * 10 <= len(within),
         f"not named, of {len(within)}: " + " ".join(silent))


def inventory(path):
    kinds = collections.defaultdict(list)
    for line in open(path, errors="replace"):
        kind, _, rest = line.strip().partition(" ")
        kinds[kind].append(rest)
    return kinds


def balance(t, case, r):
    """Memory and lists, when quarantine has been emptied; but what can still be reached stays, and is listed."""
    before, after = (inventory(os.path.join(r.files, f"stock-{w}")) for w in ("before", "after"))
    for kind in ("module", "sysfs"):
        t.ok(f"{case}: the list of modules ({kind}) as before", sorted(before[kind]) == sorted(after[kind]),
             f"more: {set(after[kind]) - set(before[kind])}, less: {set(before[kind]) - set(after[kind])}")
    stay = after["burial"]
    t.note(f"{case}: still there: {stay}")
    t.ok(f"{case}: only what can be reached stays", all("reachable" in l for l in stay), "\n".join(stay))
    more = int(after["bytes"][0]) - int(before["bytes"][0])
    kept = sum(int(l.split()[1]) for l in stay)
    t.ok(f"{case}: areas of modules as before", more <= 2 * kept if stay else more == 0,
         f"{before['areas'][0]} areas with {before['bytes'][0]} bytes, then {after['areas'][0]} with {after['bytes'][0]}")
    if not stay:
        t.ok(f"{case}: per-CPU memory as before", int(after["percpu"][0]) <= int(before["percpu"][0]), f"{before['percpu']}, {after['percpu']}")


# ---- one protection left out -------------------------------------------

def without(protection):
    return "module.quarantine=0" + (f" module.without={protection}" if protection != "quarantine" else "")


def left_out(t, all):
    """Machines in which a protection lacks; and one with all of them but quarantine, in which the same scenarios pass."""
    by_stem, found = {s.stem: s for s in all}, []
    for protection, stems in NEEDED_BY.items():
        for stem in stems:
            if stem in by_stem:
                found.append((protection, stem, Machine(
                    "book", "lab", [stem + "_bad"], by_stem[stem].machine(), f"without-{protection}-{stem}",
                    append=without(protection), again=False, frame=False)))
    passing = sorted({stem for p, stems in NEEDED_BY.items() for stem in stems if p != "quarantine"} & set(by_stem))
    for key, some in grouped(by_stem[stem] for stem in passing).items():
        found.append((None, None, Machine("book", "lab", [f"{s.stem}_bad" for s in some], key, f"with-{label(key)}",
                                          append="module.quarantine=0", frame=False)))
    return found


def judge_left_out(t, found, table):
    harmed = set()
    for protection, stem, m in found:
        for name in m.names:
            lines = m.said.get(name)
            seen = harm(lines, m.died.get(name)) if lines is not None else {}
            if protection:
                t.ok(f"without {protection}: {stem} comes to harm", set(seen) & {"panic", "oops", "kasan", "hang", "garbage", "wrong"},
                     "\n".join(lines or ["it was not reached"]))
                t.note(f"without {protection}: {stem}: {story(lines, m.died.get(name))} [{m.seconds:.0f} s]")
                table.lacking.append((protection, stem, story(lines, m.died.get(name))))
                if seen:
                    harmed.add(protection)
            else:
                t.ok(f"with all but quarantine: {name} comes to no harm", lines is not None and not seen and not complaints(lines),
                     story(lines, m.died.get(name)) + "\n" + "\n".join((lines or [])[-25:]))
    for protection in NEEDED_BY:
        t.ok(f"some scenario needs the protection: {protection}", protection in harmed, "none is known")


# ---- the table ---------------------------------------------------------

def outcome(s, table):
    """What the stock kernel did; where the plain one saw nothing, what the watchful one saw."""
    seen, text = table.stock["lab"].get(s.stem, ({}, "not run"))
    if (not seen or set(seen) == {"warning"}) and table.stock["debug"].get(s.stem, ({}, ""))[0]:
        text = table.stock["debug"][s.stem][1]
    return text


def rows(all, table):
    for s in sorted(all, key=lambda s: ("CUSDRIXLF".find(s.rule[0]), s.rule, s.stem)):
        survived, log = table.ours["lab"].get(s.stem, (False, "not run"))
        survived = survived and table.ours["debug"].get(s.stem, (True,))[0]
        log = log.removeprefix(f"{s.stem}_bad: ")
        yield s, outcome(s, table), survived, re.sub(r"\+0x[0-9a-f]+/0x[0-9a-f]+", "", log)


def as_text(all, table):
    out = [f"{time.strftime('%Y-%m-%d')}; 4 emulated processors; the same modules on both kernels", ""]
    for s, stock, survived, log in rows(all, table):
        out += [f"{s.stem} ({s.rule}): {s.what}", f"    stock: {stock}", f"    ours:  {'' if survived else 'NOT SURVIVED; '}{log}"]
    named = sum(table.named["lab"].values())
    visible = sum(outcome(s, table) != "nothing seen" for s in all)
    out += [f"without {p}, {s}: {what}" for p, s, what in table.lacking]
    out += ["", f"{len(all)} scenarios: the stock kernel fails visibly in {visible}; ours survives "
            f"{sum(r[2] for r in rows(all, table))} and names the offender and the rule in {named}."]
    return "\n".join(out) + "\n"


def tex(text):
    return re.sub(r"([%&#$_{}])", r"\\\1", text.replace("\\", "").replace("^", "").replace("~", "")).replace("<", "$<$").replace(">", "$>$").replace("|", "/").replace("''", "'{}'").replace("\\_", "\\_\\cut ")


def as_tex(all, table):
    """Tables of a page at most."""
    listed, out = list(rows(all, table)), []
    for at in range(0, len(listed), 4):
        out += [r"\begintable{p{1.7in} p{1.3in} p{2.2in}}", r"scenario & the stock kernel & ours \cr \hd"]
        for s, stock, survived, log in listed[at:at + 4]:
            out.append(" & ".join([f"{{\\tt {tex(s.stem)}}} ({s.rule}): {tex(s.what)}", tex(stock), ("" if survived else r"{\bf not survived;} ") + tex(log)]) + r" \cr \gap")
        out += [r"\endtable"]
    named = sum(table.named["lab"].values())
    visible = sum(r[1] != "nothing seen" for r in listed)
    if table.lacking:
        out += [r"\medskip\begintable{l p{1.3in} p{3.2in}}", r"left out & scenario & what then happened on our kernel \cr \hd"]
        out += [rf"{tex(p)} & {{\tt {tex(s)}}} & {tex(what)} \cr" for p, s, what in table.lacking]
        out += [r"\endtable"]
    out.append(rf"\noindent Run on {time.strftime('%-d %B %Y')}: {len(all)} scenarios. The stock kernel fails visibly in {visible} of them; ours survives "
               rf"{sum(r[2] for r in listed)}, and names the offender and the rule in {named}.")
    return "\n".join(out) + "\n"


def leave_table(all, table):
    for name, text in (("leave.txt", as_text(all, table)), ("leave.tex", as_tex(all, table))):
        path = os.path.join(OUT, name)
        with open(path + ".new", "w") as f:
            f.write(text)
        os.rename(path + ".new", path)


def leave_transcripts(all, table):
    for s in all:
        seen, _ = table.stock["lab"].get(s.stem, ({}, ""))
        watchful = table.said["debug", "stock"].get(s.stem) if set(seen) <= {"warning"} else None
        transcripts.leave(s.stem, table.said["lab", "stock"].get(s.stem), table.said["lab", "ours"].get(s.stem, ()),
                          table.died.get(("lab", s.stem)), watchful)


def run(t):
    all = scenarios()
    table = Table(all)
    t.ok("there are at least 18 scenarios", len(all) >= 18, len(all))
    for s in all:
        t.ok(f"{s.stem}: it says its rule, what it does, and what the stock kernel does", s.rule != "?" and s.what and s.stock, vars(s))
    which = {"lab": all, "debug": watched(all, t.long)}
    jobs = {config: machines(config, which[config], t.long) for config in which}
    lacking = left_out(t, all)
    # The long ones first.
    for m in [m for c in ("debug", "lab") for m in jobs[c][2] + jobs[c][1]] + [m for c in ("debug", "lab") for m in jobs[c][0]] + \
            [m for _, _, m in lacking]:
        m.start()
    for config in ("lab", "debug"):
        bad, good, ours = jobs[config]
        for m in ours + good + bad:
            m.thread.join()
        judge_ours(t, config, which[config], ours, table)
        judge_stock(t, config, which[config], bad, good, table)
        t.say(f"{config}: ours {sum(m.seconds for m in ours):.0f} s, stock {sum(m.seconds for m in good + bad):.0f} s")
    for *_, m in lacking:
        m.thread.join()
    judge_left_out(t, lacking, table)
    leave_table(all, table)
    leave_transcripts(all, table)
    text = as_text(all, table)
    t.note(text)
    t.say(text.strip().splitlines()[-1])
