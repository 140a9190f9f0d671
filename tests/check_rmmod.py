# SPDX-License-Identifier: GPL-2.0-only
"""The user's tool, on both kernels: it does what the usual rmmod does, names who holds a module, waits, and can be
interrupted.  On the stock kernel it tries again and again where it cannot drain, and says so."""
import os
import re
from check import OUT, on_both
import qemu
import tour
import transcripts

TITLE = "rmmod: as the usual one, and it waits and names the holders"
ORDER = 105
MODULES = ["tun", "ext4", "loop", "crc32c_generic", "af_packet", "veth", "scsi_debug", "sd_mod"]

# What the usual tool does; both kernels, both tools.
COMPATIBLE = ("name path compressed nopath suffix minus several mixed wrongorder dependents after verbose syslog nothere "
              "empty none unknown w help version builtin busy permanent force long forcedependents nobody").split()

# Seen in the guest: case, and what the line must look like, on both kernels or on the one that is named.
SEEN = (
    ("busy status", r"1 tenths"),
    ("short status", r"5 tenths ([3-9]|..)$"), ("short left", r"[1-9]\d* Live"),
    ("late status", r"5 tenths ..$"), ("late left", r"[1-9]\d* Live"),
    ("late reopened", r""),
    ("typed status", r"130 left [1-9]\d* Live"),
    ("term status", r"143 left [1-9]\d* Live"),
    ("term state", {"book": r"[1-9]\d* Unloading", "stock": r"[1-9]\d* Live"}),
    ("term refused", {"book": r""}),
    ("term stopped", r"[1-9]\d* Live"),
    ("term continued", {"book": r"[1-9]\d* Unloading"}),
    ("ignored status", r"5"),
    ("waited status", r"0 tenths"), ("waited left", r"gone"),
    ("idle status", r"0 tenths"), ("idle left", r"gone"),
    ("parent status", r"5"),
    ("inherited status", r"0"),
    ("second status", {"book": r"1"}), ("first status", {"book": r"0"}), ("third status", {"book": r"0"}),
    ("undrained status", {"book": r"5"}),
    # The README says so of busybox, which does not ask for an attempt.
    ("busybox state", {"book": r"[1-9]\d* Unloading"}), ("busybox left", {"book": r"[1-9]\d* Live"}),
    ("plainbusybox status", {"book": r"1 tenths"}),
    ("dependents status", r"1 tenths"), ("dependents left", r"1 Live"),
    ("permanent status", r"1 tenths"),
    ("noexit status", {"book": r"0", "stock": r"1"}), ("noexit left", {"book": r"gone", "stock": r"0 Live"}),
    ("absent status", r"3"), ("forbidden status", r"4"), ("builtin status", r"3"),
    ("nonsense status", r"2"), ("contrary status", r"2"), ("which status", r"2"),
    ("zero status", r"0"), ("unseen status", r"1"), ("over status", {"book": r"1"}), ("mended status", {"book": r"0"}),
    ("several status", r"3"), ("several left", r"gone"),
)

# What ours said: case, what it must contain.  (holder), (file) and so on are numbers of processes that the guest told.
SAID = (
    ("busy", r"tun is in use, by [1-9]\d* references?:\nrmmod:   process (holder) \(sleep\) has open /dev/net/tun"),
    ("busy", r"`rmmod --wait tun' would wait"),
    ("busy", {"book": r"to see call sites: echo Y >/sys/module/module/parameters/trace_refs"}),
    ("who-open", r"tun: [1-9]\d* references?, Live\n  process (holder) \(sleep\) has open /dev/net/tun"),
    ("who-open", {"stock": r"call sites cannot be seen: a stock kernel"}),
    ("short", r"patience is over; tun stays"),
    ("short", {"stock": r"(?s)this kernel cannot wait; trying ten times a second(?!.*cannot wait)"}),
    ("typed", r"rmmod: interrupted; tun stays, and is as it was"), ("typed", r"\^C"),
    ("term", r"interrupted; tun stays"),
    ("waited", r"tun is gone"),
    ("parent", r"\(bash\) has open /dev/net/tun, and started this rmmod"),
    ("second", {"book": r"tun is being removed already"}),
    ("undrained", {"book": r"module.drain is N; trying ten times a second"}),
    ("dependents", r"module chain_b depends on it\nrmmod: these must go first: rmmod chain_b chain_a"),
    ("permanent", r"has no exit; --even-without-exit"),
    ("noexit", {"stock": r"this kernel removes no such module"}),
    ("forbidden", r"one must be root"),
    ("builtin", r"built into the kernel"),
    ("nonsense", r"number of seconds"),
    ("contrary", r"--force does not wait"),
    ("who-set-up", r"/dev/loop\d is set up on /data/ext4.img"),
    ("who-mount", r"/dev/loop\d \(ext4\) is mounted at /mnt"),
    ("who-device", r"/dev/loop\d \(ext4\) is mounted at /mnt"),
    ("who-dependent", r"module ext4 depends on it"),
    ("busy-dependent", r"these must go first: rmmod ext4 jbd2"),
    ("who-files", r"process (program) \(sleep\) runs /mnt/sleep"),
    ("who-files", r"process (directory) \(sleep\) works in /mnt"),
    ("who-files", r"process (file) \(sleep\) has open /mnt/greeting"),
    ("who-mapped", r"process (mapper) \(bash\) has mapped /mnt/library"),
    ("many", r"(?s)and \d+ more; `rmmod --who ext4' shows all"),
    ("who-space", r"\(ext4\) is mounted at /mnt, as seen by process (process)"),
    ("who-nobody", r"ext4: held by nobody, Live"),
    ("who-socket", r"process (client) \(udhcpc\) has open socket:\[\d+\], protocol PACKET"),
    ("who-disk", r"process (opener) \(sleep\) has open /dev/sda"),
    ("who-controller", r"process (opener) \(sleep\) has open /dev/sda"),
    ("who-swap", r"/dev/sda is used for swapping"),
    ("who-interface", r"interface v0 would go with it"),
    ("traced", {"book": r"[1-9]\d* taken at misc_open\+0x"}),
    ("who-traced", {"book": r"[1-9]\d* taken at misc_open\+0x"}),
    ("who-module", {"book": r"1 taken at order_get\+0x\w+/0x\w+ \[holder\]"}),
    ("unseen", r"no process and no mount leads there; the kernel itself may hold it"),
    ("over", {"book": r"held was given back more often than taken; it stays"}),
    ("who-shut", r"\d+ processes could not be looked into"),
    ("who-bare", r"process \d+ \(sleep\) has open /dev/net/tun"),
    ("nobody-ours", r"one must be root"),
)


def observe(kernel, results):
    results[kernel] = qemu.run(kernel, "tests/guest/rmmod.sh", cpus=2, single=True, modules=MODULES, programs=["script"],
                               files={"/data/ext4.img": tour.disk()}, timeout=300, name=f"rmmod-{kernel}")


def file(r, name):
    path = os.path.join(r.files or "", name)
    return open(path, errors="replace").read().replace("\r", "") if r.files and os.path.exists(path) else ""


def judge(t, kernel, r):
    lines = {}
    for line in r.result.splitlines():
        words = line.split(" ", 3)
        if words[0] == "both" and len(words) == 4:
            lines[tuple(words[1:3])] = words[3]
        else:
            lines.setdefault(" ".join(words[:2]), " ".join(words[2:]))
    for case in COMPATIBLE:
        usual, ours = lines.get((case, "usual")), lines.get((case, "ours"))
        t.ok(f"{kernel}: {case}: the status and the modules left are those of the usual rmmod", usual and usual == ours,
             f"usual: {usual}\nours: {ours}\n{file(r, case + '-usual')}{file(r, case + '-ours')}")
    for case, wanted in SEEN:
        wanted = wanted.get(kernel) if isinstance(wanted, dict) else wanted
        if wanted is not None:
            seen = lines.get(case)
            t.ok(f"{kernel}: {case}", seen is not None and re.match(wanted, seen),
                 f"{seen}, expected was {wanted}\n{file(r, case.split()[0])}")
    told = {name: pid for words in re.findall(r"(?m)^\S+ ((?:[a-z]+ \d+ ?)+)$", r.result)
            for name, pid in re.findall(r"([a-z]+) (\d+)", words) if name not in ("status", "tenths")}
    for case, wanted in SAID:
        wanted = wanted.get(kernel) if isinstance(wanted, dict) else wanted
        if wanted is not None:
            wanted = re.sub(r"\((holder|program|directory|file|mapper|process|client|opener)\)",
                            lambda m: told.get(m[1], "(nobody)"), wanted)
            t.ok(f"{kernel}: {case} says: {wanted}", re.search(wanted, file(r, case)), file(r, case) or "nothing")
    t.ok(f"{kernel}: the kernel has not complained", not r.trouble, "\n".join(r.trouble))


def transcript(r):
    """Rule F1, from its user's side: somebody has the device open."""
    blocks = [transcripts.block(head, file(r, case).splitlines()) for head, case in
              (("rmmod tun", "busy"), ("rmmod -{}-wait=0.3 tun", "short")) if file(r, case)]
    if blocks:
        transcripts.leave_behind("f1", "".join(blocks))


def run(t):
    tool = os.path.join(OUT, "tools", "rmmod")
    size = os.path.getsize(tool) if os.path.exists(tool) else 0
    t.ok("the tool is small", 0 < size < 100000, f"{size} bytes")
    t.ok("and static", b"ld-linux" not in open(tool, "rb").read() and b"ld-musl" not in open(tool, "rb").read())
    tour.disk()
    results = on_both(observe)
    for k in ("stock", "book"):
        r = results.get(k)
        if t.ok(f"the {k} kernel came through", r is not None and r.ok, f"{r.reason}\n{r.report()}" if r else "no result"):
            t.note(r.result)
            judge(t, k, r)
            if k == "book":
                transcript(r)
