#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""bench.py: what references and removals cost (the chapter of that name in the second book).

Prints all figures with their goals, and leaves them in out/bench.txt, and for the book in out/bench.tex.  The goals stand
in the book and are printed by the program that tangles from it.  What is measured in the guest is counted in
instructions; on the host the other users of the machine disturb, so there the sprints that were disturbed are left out."""
import os
import platform
import re
import statistics
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
OUT = os.environ.get("OUT", os.path.join(TOP, "out"))
TANGLED = os.path.join(OUT, "tangled")
BUILD = os.path.join(OUT, "host", "count")
WARN = "-Wall -Wextra -Wno-unused-parameter -Wno-sign-compare".split()
sys.path.insert(0, os.path.join(TOP, "kernel-glue", "lab"))
sys.dont_write_bytecode = True


def build(name, *flags, refs=None):
    """host/count.c with the count of the book, or with another text of refs.h; returns (program, complaints)."""
    where = os.path.join(BUILD, name)
    os.makedirs(where, exist_ok=True)
    include = os.path.join(TANGLED, "kernel/module")
    if refs is not None:
        include = where
        with open(os.path.join(where, "refs.h"), "w") as f:
            f.write(refs)
    program = os.path.join(where, "count")
    r = subprocess.run(["gcc", "-std=gnu11", "-g", "-D_GNU_SOURCE", "-pthread", *WARN, *flags, "-I", include, "-o", program,
                        os.path.join(TANGLED, "host/count.c")], capture_output=True, text=True, cwd=TOP)
    return program, r.stderr if r.returncode or r.stderr else ""


def call(*command, timeout=120):
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout)


def goals(program):
    """name -> (at least, at most, what it is); zero is no goal."""
    found = {}
    for line in call(program, "goals").stdout.splitlines():
        _, name, least, most, unit = line.split(None, 4)
        found[name] = float(least), float(most), unit
    return found


def host_figures(program):
    """name -> (ours, stock, ratio), or why there is none."""
    found = {}
    for line in call(program, "bench").stdout.splitlines():
        m = re.match(r"figure (threads-\d) ([\d.]+) (\d+) (\d+)$", line)
        if m:
            found[m[1]] = float(m[3]), float(m[4]), float(m[2])
        elif line.startswith("figure size"):
            found["size"] = tuple(int(w) for w in line.split()[2:])
        else:
            m = re.match(r"figure (\S+) none, (.*)", line)
            found[m[1] if m else "?"] = m[2] if m else line
    return found


MANY = 100
LOADED = "ext4", "loop"
CROWDS = (100, 1000, 10000)


def copies():
    """So many modules as there shall be removed: one, under different names of the same length."""
    with open(os.path.join(OUT, "modules", "bench_000.ko"), "rb") as f:
        one = f.read()
    return {f"/copies/bench_{n:03d}.ko": one.replace(b"bench_000\0", b"bench_%03d\0" % n) for n in range(MANY)}


def leaving(results):
    """The undertaker's waits and the census among sleepers, on the book's kernel."""
    import qemu
    results["leaving"] = qemu.run("book", "tests/guest/bench_leave.sh", args=CROWDS, modules=None, name="bench-leaving",
                                  timeout=900, silence=400, memory=1536, icount=True, append="tsc=reliable")


def guest(kernel, cycles, results, counted=True):
    import qemu
    key = kernel if counted else kernel + "-clock"
    many = dict(files=copies(), args=[cycles, MANY], modules=list(LOADED)) if counted else dict(args=[cycles], modules=None)
    # An unsteady clock would be watched, and the watching counted.
    results[key] = qemu.run(kernel, "tests/guest/bench.sh", name=f"bench-{key}", timeout=400, silence=300,
                            **many, **(dict(icount=True, append="tsc=reliable") if counted else dict(cpus=2)))


def measured(r):
    """What bench.sh has written: name -> median."""
    many = {}
    for line in r.result.splitlines():
        word, *numbers = line.split()
        if word in ("wait", "census", "load"):
            word, numbers = f"{word} {numbers[0]}", numbers[1:]
        many.setdefault(word, []).append([int(n) for n in numbers])
    found = {}
    for word in ("pairs", "traced"):
        if word in many:
            took, without = many[word][-1]
            found[word] = (took - without) / 20000
    for word in ("refusal", "reading", "size"):
        if word in many:
            found[word] = statistics.median(n[0] for n in many[word])
    if "removal" in many:
        found["removal"] = statistics.median(n[0] for n in many["removal"])
        found["work"] = statistics.median(n[1] for n in many["removal"])
    if "many" in many:
        found["hundred"], found["freed"] = many["many"][-1]
    for word in many:
        if word.startswith("load"):
            found[word] = statistics.median(n[0] for n in many[word])
        if word.startswith(("wait", "census")):
            found[word] = tuple(statistics.median(column) for column in zip(*many[word]))
    return found


def guest_figures(cycles=30, clock=True):
    """Both kernels side by side; returns (results, {kernel: measured}) with the kernels book, stock, book-clock, stock-clock,
    and leaving.  Without the clock only the first two."""
    results = {}
    if clock:
        leaving(results)
    for counted in (True, False) if clock else (True,):
        threads = [threading.Thread(target=guest, args=(k, cycles, results, counted)) for k in ("book", "stock")]
        for th in threads:
            th.start()
        for th in threads:
            th.join()
    return results, {key: measured(r) for key, r in results.items() if r.ok}


def rows(goal, host, seen):
    """(what, ours, stock, ratio, goal, reached): all texts but the last."""
    table = []

    def row(name, ours, stock, ratio, shown):
        least, most, what = goal[name]
        wanted = f"at least {least:g}" if least else f"at most {most:g}" if most else ""
        reached = (not least or ratio >= least) and (not most or ratio <= most)
        table.append((what.removesuffix(", ours to stock"), shown(ours), shown(stock), f"{ratio:.2f}", wanted, reached))

    for name in ("threads-1", "threads-2"):
        if isinstance(host.get(name), tuple):
            row(name, *host[name], lambda x: f"{x / 1e6:.1f} M")
        elif name in host:
            table.append((goal[name][2].removesuffix(", ours to stock"), "", "", "none", "", True))
    book, stock = seen.get("book", {}), seen.get("stock", {})
    loads = [(book[f"load check-{m}"], book[f"load trust-{m}"]) for m in LOADED if f"load trust-{m}" in book]
    if loads:
        worst = max(loads, key=lambda pair: pair[0] / pair[1])
        row("verdict", *worst, worst[0] / worst[1], lambda x: f"{x:.0f}")
    for name, key, shown in (("pair", "pairs", lambda x: f"{x:.1f}"), ("removal", "removal", lambda x: f"{x / 1e6:.2f} ms"),
                             ("work", "work", lambda x: f"{x / 1e6:.3f} ms"), ("refusal", "refusal", lambda x: f"{x:.0f}"),
                             ("reading", "reading", lambda x: f"{x:.0f}"), ("hundred", "hundred", lambda x: f"{x / 1e6:.0f} ms"),
                             ("freed", "freed", lambda x: f"{x / 1e6:.0f} ms")):
        if key in book and key in stock:
            row(name, book[key], stock[key], book[key] / stock[key], shown)
    return table


def remarks(host, seen):
    """What has no counterpart on the stock kernel, or no goal because it depends on the machine."""
    lines = [f"no figure for {name.removeprefix('threads-')} threads: {why}" for name, why in host.items() if isinstance(why, str)]
    book, stock = seen.get("book", {}), seen.get("stock", {})
    if "traced" in book and "pairs" in stock:
        lines.append(f"while references are traced, a get and put take {book['traced']:.1f} instructions, "
                     f"{book['traced'] / stock['pairs']:.1f} times the stock form's")
    a, b = seen.get("book-clock", {}), seen.get("stock-clock", {})
    if "removal" in a and "removal" in b:
        lines.append(f"with two emulated processors that run in parallel, a removal takes {a['removal'] / 1e6:.0f} ms "
                     f"on the book's kernel and {b['removal'] / 1e6:.0f} ms on the stock twin")
    if isinstance(host.get("size"), tuple):
        lines.append(f"memory of the count: {host['size'][0]} bytes on each processor, and {host['size'][1]} in the annex")
    if "size" in book and "size" in stock:
        lines.append(f"a small module occupies {book['size']:.0f} bytes, and {stock['size']:.0f} on the stock twin")
    left = seen.get("leaving", {})
    waits = [(text, left[f"wait {name}"][0]) for name, text in (
        ("rcu", "for RCU"), ("tasks", "for RCU-tasks"), ("both", "for both side by side"),
        ("turn", "for one after the other"), ("barrier", "in a barrier"),
        ("callback", "in a barrier with a callback")) if f"wait {name}" in left]
    if waits:
        lines.append("an idle machine waits " + ", ".join(f"{us / 1000:.1f} ms {text}" for text, us in waits))
    looks = [left[f"census {n}"] for n in CROWDS if f"census {n}" in left]
    if looks:
        lines.append("a census takes " + ", ".join(f"{us / 1000:.2f} ms for {tasks:.0f} tasks" for tasks, us in looks))
    return lines


def machine():
    try:
        with open("/proc/cpuinfo") as f:
            model = re.search(r"model name\s*: (.*)", f.read())[1]
    except (OSError, TypeError):
        model = platform.machine()
    return f"{len(os.sched_getaffinity(0))} processors, {model}"


def as_text(table, lines):
    out = [f"{time.strftime('%Y-%m-%d')}, {machine()}", ""]
    out += [f"{'':52} {'ours':>14} {'stock':>14} {'ratio':>7}  goal"]
    for what, ours, stock, ratio, wanted, reached in table:
        out.append(f"{what:52} {ours:>14} {stock:>14} {ratio:>7}  {wanted}{'' if reached else '  NOT REACHED'}")
    return "\n".join(out + [""] + lines) + "\n"


def as_tex(table, lines):
    def tex(text):
        return re.sub(r"([%&#$_])", r"\\\1", text).replace("(R)", "").replace("(TM)", "")

    out = [r"\medskip", r"\begintable{p{2.2in} r r r l}", r" & ours & stock & ratio & goal \cr \hd"]
    for what, ours, stock, ratio, wanted, reached in table:
        out.append(" & ".join(tex(w) for w in (what, ours, stock, ratio, wanted)) + ("" if reached else ", missed") + r" \cr")
    out += [r"\endtable", rf"\noindent Measured on {time.strftime('%-d %B %Y')}; the threads on a machine with {tex(machine())}."]
    out += [f"{tex(line[0].upper() + line[1:])}." for line in lines]
    return "\n".join(out) + "\n"


def main():
    program, bad = build("clock", "-O2")
    if bad:
        sys.exit(bad)
    print("bench: two threads of this machine", flush=True)
    host = host_figures(program)
    print("bench: the kernels, in instructions and by the clock", flush=True)
    results, seen = guest_figures()
    for key, r in sorted(results.items()):
        if not r.ok:
            print(f"bench: {key}: {r.reason}\n{r.report()}")
    goal = goals(program)
    table, lines = rows(goal, host, seen), remarks(host, seen)
    text = as_text(table, lines)
    with open(os.path.join(OUT, "bench.txt"), "w") as f:
        f.write(text)
    with open(os.path.join(OUT, "bench.tex"), "w") as f:
        f.write(as_tex(table, lines))
    print(text, end="")
    return 0 if all(r.ok for r in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
