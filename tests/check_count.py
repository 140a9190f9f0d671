# SPDX-License-Identifier: GPL-2.0-only
"""The count outside the kernel: step by step, in a crowd under ThreadSanitizer, and with each protection taken out; and what it
costs in instructions.  What depends on the speed of this machine is printed, and is no test."""
import os
import re
import subprocess
from bench import OUT, TANGLED, as_text, build, goals, guest_figures, host_figures, remarks, rows

TITLE = "the count under ThreadSanitizer, its mutants, and what it costs"
ORDER = 30

TSAN = "-O1 -DWINDOWS -fsanitize=thread".split()
LEFT_OUT = "NO_WAIT PREEMPTIBLE LOOK_THEN_TAKE LOOK_THEN_COUNT SHUT_DOOR SILENT".split()


def exchange(text, a, b):
    """The text with what the two patterns find, a before b, in each other's place."""
    first, second = (re.search(p, text) for p in (a, b))
    if not first or not second or first.end() > second.start():
        return text
    return text[:first.start()] + second[0] + text[first.end():second.start()] + first[0] + text[second.end():]


def changed(text):
    """What cannot be left out by a macro is changed in the header itself: name -> text."""
    sums = [rf"{w}\s*\+=\s*READ_ONCE\([^;]*->{w}\);" for w in ("puts", "gets")]
    middle = re.search(r"shared\s*=\s*atomic_long_read\(&r->shared\);", text)
    back = r"atomic_long_add\(REFS_BIAS[^;]*;", r"smp_store_release\(&r->mode[^;]*;"
    return {
        "a reader looks at the gets first": exchange(text, *sums),
        "a reader looks at the shared number first": text if not middle else re.sub(
            r"for_each_possible_cpu", middle[0] + " smp_rmb(); for_each_possible_cpu",
            text[:middle.start()] + text[middle.end():], count=1),
        "the mode is fast before the number is spread": exchange(text, *back),
        "gathering sets the number and does not add": re.sub(
            r"atomic_long_add\(refs_in_counters\(r\)\s*-\s*REFS_BIAS,\s*&r->shared\)",
            "atomic_long_set(&r->shared, refs_in_counters(r))", text),
    }


def crowd(program, seconds):
    """Returns (status, what was noticed)."""
    for prefix in [], ["setarch", "-R"]:
        r = subprocess.run(prefix + [program, "crowd", str(seconds)], capture_output=True, text=True, timeout=60 + 10 * seconds,
                           env=dict(os.environ, TSAN_OPTIONS="halt_on_error=1 atexit_sleep_ms=0"))
        if "unexpected memory mapping" not in r.stderr:     # on kernels that place it where the sanitizer did not expect it
            break
    lines = r.stdout.splitlines() + re.findall(r"WARNING: .*", r.stderr)
    return r, lines


def noticed(lines):
    """Something impossible was seen; that too little happened does not count."""
    return [l for l in lines if l.startswith("WARNING: ThreadSanitizer: data race") or
            (l.startswith("FAILED ") and not l.startswith("FAILED a crowd"))]


def run(t):
    by_hand(t)
    under_sanitizer(t)
    mutants(t)
    costs(t)


def by_hand(t):
    program, bad = build("clock", "-O2")
    if t.ok("compiles without a warning", not bad, bad):
        r = subprocess.run([program, "hand"], capture_output=True, text=True)
        for line in r.stdout.splitlines():
            verdict, _, case = line.partition(" ")
            t.ok(f"by hand: {case}", verdict == "ok")
        t.ok("by hand: to the end", r.returncode == 0 and r.stdout.count("\n") > 20, r.stdout + r.stderr)


def under_sanitizer(t):
    for name, flags in (("sanitized", TSAN), ("windows", TSAN[:2])):
        program, bad = build(name, *flags)
        if not t.ok(f"crowd, {name}: compiles without a warning", not bad, bad):
            continue
        r, lines = crowd(program, 120 if t.long else 4)
        t.say(f"{name}: {lines[-1] if lines else 'nothing'}")
        t.ok(f"crowd, {name}", r.returncode == 0 and not r.stderr, "\n".join(lines) + "\n" + r.stderr)


def mutants(t):
    text = open(os.path.join(TANGLED, "kernel/module/refs.h")).read()
    trials = {f"without a protection, {m}": (m, None) for m in LEFT_OUT}
    trials |= {f"with the header changed, {what}": ("", refs) for what, refs in changed(text).items()}
    for i, (what, (macro, refs)) in enumerate(trials.items()):
        if refs == text:
            t.ok(f"{what}: the text to be changed is there", False, "kernel/module/refs.h does not contain it")
            continue
        program, bad = build(f"mutant-{i}", *TSAN, *([f"-D{macro}"] if macro else []), "-w", refs=refs)
        if t.ok(f"{what}: compiles", not bad, bad):
            for _ in range(3):          # a machine so busy that nothing happened proves nothing
                _, lines = crowd(program, 8)
                if noticed(lines):
                    break
            t.ok(f"{what}: the crowd notices", noticed(lines), "\n".join(lines))
            t.note("\n".join(lines))


def costs(t):
    program, bad = build("clock", "-O2")
    if bad:
        return
    goal, host = goals(program), host_figures(program)
    if not all(os.path.exists(os.path.join(OUT, "lab", k, "bzImage")) for k in ("book", "stock")):
        for line in as_text(rows(goal, host, {}), remarks(host, {})).splitlines():
            t.say(line) if line else None
        return t.skip("costs in the guest", "the two kernels are not built; make check builds them")
    results, seen = guest_figures(30 if t.long else 12, clock=t.long)
    for key, r in sorted(results.items()):
        t.ok(f"costs: the {key} kernel came through", r.ok and not r.trouble, f"{r.reason}\n{r.report()}")
    table = rows(goal, host, seen)
    for line in as_text(table, remarks(host, seen)).splitlines():
        t.say(line) if line else None
    for name, key in (("pair", "pairs"), ("removal", "removal"), ("hundred", "hundred")):
        if key in seen.get("book", {}) and key in seen.get("stock", {}):
            ratio = seen["book"][key] / seen["stock"][key]
            t.ok(f"costs: {goal[name][2]}", ratio <= goal[name][1], f"{ratio:.3f}, and the goal is {goal[name][1]:g}")
        else:
            t.ok(f"costs: {goal[name][2]}", False, "not measured")
