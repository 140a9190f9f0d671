#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What a run said, set in type: out/transcripts/NAME.tex, which \\transcript{NAME} of the second book takes in.

    transcripts.leave(STEM, stock, ours)      both kernels on STEM_bad (check_leave.py)
    transcripts.modrules(STEM, lines)         what the checker says of STEM_bad.ko, into modrules-STEM.tex

No line is typed by hand, none is changed; but of a long report only the telling lines are kept.  Any text will do:
whatever TeX could take amiss is written by its number, lines break at blanks, and endless words within.

As a program it makes the transcripts anew from the consoles that lie in out/log/guest."""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.environ.get("OUT", os.path.join(os.path.dirname(HERE), "out"))
STOCK, OURS, TOOL = 7, 6, 8             # lines at most
LONGEST = 30                            # letters of a word that may not be broken

# The telling lines of a report, by kind; of each kind the first so many.
TELLING = [
    (r"BUG: KASAN: |==+>? KASAN", 1),
    (r"BUG: unable to handle|kernel BUG at|general protection fault|stack segment:|double fault|int3: ", 1),
    (r"#PF: supervisor ", 1),
    (r"(?:Read|Write) of size \d+ at addr", 1),
    (r"KASAN: ", 1),
    (r"RIP: 0010:", 1),
    (r"Slab cache still has objects", 1),
    (r"WARNING: |list_(?:add|del) corruption|ODEBUG: |refcount_t: |suspicious RCU|BUG: ", 2),
    (r"watchdog: |rcu: INFO: .*stall|INFO: task .* blocked", 1),
    (r"is trying to acquire lock|already depends on|possible circular|possible recursive", 2),
    (r"leave: saw ", 3),
    (r"leave: failed ", 1),
    (r"Kernel panic - not syncing", 1),
]


def telling(lines, most=STOCK):
    """Of the kernel's lines those that say what happened, in their order."""
    left = [count for _, count in TELLING]
    kept = []
    for line in lines or ():
        for i, (pattern, _) in enumerate(TELLING):
            if re.search(pattern, line):
                if left[i] and line not in kept:
                    left[i] -= 1
                    kept.append(line)
                break
    return kept[:most]


def letter(c):
    if c.isascii() and (c.isalnum() or c in " .,:;=+-*/()[]<>!?"):
        return c
    if not " " < c <= "~":
        c = "?"
    return f"\\char{ {chr(39): 13, '`': 18}.get(c, ord(c)) } "


def tex(line):
    """One line, such that TeX sets exactly these letters."""
    words = []
    for word in line.expandtabs(8).split(" "):
        pieces = [word[i:i + LONGEST] for i in range(0, len(word), LONGEST)] or [""]
        words.append("\\cut{}".join("".join(map(letter, piece)) for piece in pieces))
    return "\\ ".join(words)


def block(head, lines, otherwise="", more=0):
    """What one witness said; if he said nothing, a remark in roman type."""
    said = [f"\\said{{{tex(line)}}}" for line in lines]
    if more > 0:
        said.append(f"\\remark{{and {more} more line{'s' if more > 1 else ''}.}}")
    elif not lines:
        said = [f"\\remark{{{otherwise}}}"]
    return "\n".join([f"\\witness{{{head}}}"] + said + ["\\endwitness", ""])


def leave_behind(name, text):
    path = os.path.join(OUT, "transcripts", name + ".tex")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="ascii") as f:
        f.write(text)
    os.rename(path + ".new", path)


def leave(stem, stock, ours, died=None, watchful=None):
    """STEM_bad on both kernels: all lines of the stock one (or None), what our loader said; how the stock machine ended if it did
    (a word of the runner), and all lines of the stock kernel that watches its memory, if the plain one saw nothing."""
    text = ""
    seen = telling(stock)
    if seen or died or not telling(watchful):
        otherwise = ("it was not run." if stock is None else "the machine ends by itself, without a word." if died == "died"
                     else "it gives no sign of life any more." if died else "nothing is seen; the memory was not yet in use again." if watchful is None else "nothing is seen.")
        text += block("stock kernel", seen, otherwise)
    if telling(watchful):
        text += block("stock kernel that watches its memory", telling(watchful))
    said = list(dict.fromkeys(line for line in ours or () if line.strip()))
    text += block("kernel of this book", said[:OURS], "nothing happens, and nobody is named.", len(said) - OURS)
    leave_behind(stem, text)


def modrules(stem, lines):
    """What the checker says of STEM_bad.ko."""
    said = [line.rstrip() for line in lines if line.strip()]
    leave_behind("modrules-" + stem, block("modrules", said[:TOOL], "it has nothing to say.", len(said) - TOOL))


def again():
    """From the consoles of earlier runs."""
    sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "kernel-glue", "lab")]
    sys.dont_write_bytecode = True
    import check_leave as check
    consoles = os.path.join(OUT, "log", "guest")
    console = lambda name: open(os.path.join(consoles, name), errors="replace").read() if os.path.exists(os.path.join(consoles, name)) else ""
    mine = [console(f) for f in sorted(os.listdir(consoles), key=lambda f: os.path.getmtime(os.path.join(consoles, f)))
            if re.match(r"leave-(lab|few|try).*\.log$", f) and "stock" not in f]
    for s in check.scenarios():
        name = s.stem + "_bad"
        stock, watchful = (check.cut(console(f"leave-{config}-stock-{s.stem}.log")).get(name) for config in ("lab", "debug"))
        whole = next((text for text in reversed(mine) if f"leave: begin {name}" in text), None)
        if stock is None and whole is None:
            continue
        leave(s.stem, stock, check.said_of([check.qemu.STAMP.sub("", l) for l in (whole or "").splitlines()], name, s.victim),
              None if any("leave: end" in l for l in stock or ["leave: end"]) else "died", watchful)


if __name__ == "__main__":
    again()
