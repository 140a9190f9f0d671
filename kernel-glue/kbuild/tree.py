#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Put the tangled loader into a kernel tree, and take it out again.

    tree.py check KDIR       is this a tree whose interfaces we know?
    tree.py into  KDIR       put the loader in (keeps what it replaces)
    tree.py sync  KDIR       the same for the lab's own tree: also when it is
                             in already (touching only what changed), and the
                             stock loader stays selectable (BOOK_TWIN=1)
    tree.py patch KDIR       (lab) let the kernel's own files include the walks
    tree.py plain KDIR       (lab) and no longer, for the stock loader
    tree.py outof KDIR       take it out: every byte is as before
    tree.py learn KDIR       write interfaces.txt anew from this tree

`--tangled DIR` names the tangled files (default out/tangled).

What is replaced is kept in KDIR/kernel/module/stock/, whose presence, with
the list in it, says that the loader is in.

Four files outside that directory get one line at their end, which includes a
header of ours (see PATCHES).  Where such a file is not as the book knows it,
it is left alone, and the loader does without that part of its audit.
"""

import hashlib
import os
import re
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
FACTS = os.path.join(HERE, "interfaces.txt")
MODDIR, ARCH, ARCHMK = "kernel/module", "arch/x86/kernel/module.c", "arch/x86/kernel/Makefile"
KEPT, LIST = "kernel/module/stock", "kernel/module/stock/.loader-book"

# Files of the stock directory that the books replace.
REPLACED = """main.c version.c strict_rwx.c tree_lookup.c livepatch.c procfs.c
              internal.h Makefile""".split()

# Lists that a file keeps to itself, and the header that walks them from within.
PATCHES = {
    "kernel/time/timer.c": '#include "../module/walk_timers.h"\n',
    "kernel/workqueue.c": '#include "module/walk_work.h"\n',
    "kernel/softirq.c": '#include "module/walk_tasklets.h"\n',
    "kernel/kprobes.c": '#include "module/walk_kprobes.h"\n',
}


class Refused(Exception):
    pass


def say(text):
    print(text)


# ------------------------------------------------------------- interfaces

def plain(text):
    """C without comments, with white space folded."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r"//[^\n]*", " ", text)
    text = re.sub(r"\\\n", " ", text)
    return text


def fold(text):
    return re.sub(r"\s+", " ", text).strip()


def closing(text, start, pair="{}"):
    depth = 0
    for i in range(start, len(text)):
        if text[i] == pair[0]:
            depth += 1
        elif text[i] == pair[1]:
            depth -= 1
            if depth == 0:
                return i
    return -1


def find(kind, name, text):
    """The declaration of NAME as one line, or None."""
    got = []
    if kind in ("struct", "enum", "union"):
        for m in re.finditer(r"\b%s\s+%s\s*\{" % (kind, re.escape(name)), text):
            end = closing(text, m.end() - 1)
            got.append(fold(text[m.start():end + 1]))
    elif kind == "define":
        for m in re.finditer(r"^[ \t]*#[ \t]*define[ \t]+%s\b[^\n]*" % re.escape(name),
                             text, re.M):
            got.append(fold(m.group(0)))
    elif kind == "macro":          # a call of a macro that defines NAME
        for m in re.finditer(r"^[A-Z_0-9]+\(%s\b[^;]*;" % re.escape(name), text, re.M):
            got.append(fold(m.group(0)))
    else:                          # a function or an object
        pat = (r"(?:^|(?<=[;}\n]))[ \t]*((?:[A-Za-z_][\w ]*[\s*]+)[\w\s*]*?\b%s\s*"
               % re.escape(name))
        if kind == "function":
            for m in re.finditer(pat + r"\()", text):
                end = closing(text, m.end() - 1, "()")
                head = fold(text[m.start(1):end + 1])
                if not re.match(r"(return|else|if|while|case|define)\b", head):
                    got.append(head)
        else:
            for m in re.finditer(pat + r"(?:\[[^\]]*\])*\s*)[;=]", text):
                got.append(fold(m.group(1)))
    got = sorted(set(got))
    return " | ".join(got) if got else None


def shape(kind, decl):
    """What is written into interfaces.txt: a prototype as it is, the rest as a sum."""
    if kind in ("struct", "enum", "union"):
        return "sum " + hashlib.sha1(decl.encode()).hexdigest()[:16]
    return decl


def facts():
    """(header, kind, name, shape) for each line; `header` lines set the file."""
    header, res = None, []
    with open(FACTS) as f:
        for line in f:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            if not line[0].isspace():
                header = line
                continue
            w = line.split(None, 2)
            res.append((header, w[0], w[1], w[2] if len(w) > 2 else ""))
    return res


def version(kdir):
    try:
        with open(os.path.join(kdir, "Makefile")) as f:
            head = f.read(2000)
    except OSError:
        raise Refused("%s is not a kernel tree: it has no Makefile" % kdir)
    v = [re.search(r"^%s = *(\S*)$" % k, head, re.M)
         for k in ("VERSION", "PATCHLEVEL", "SUBLEVEL")]
    if not all(v):
        raise Refused("%s is not a kernel tree: its Makefile names no version" % kdir)
    return tuple(m.group(1) for m in v)


def known():
    with open(FACTS) as f:
        return re.search(r"^# tried last on ([\d.]+)$", f.read(), re.M).group(1)


def stock_path(kdir, path):
    """Where the stock version of a file lies, whether or not we are in."""
    kept = os.path.join(kdir, KEPT, os.path.basename(path) if path != ARCH
                        else "arch-x86-module.c")
    if path.startswith(MODDIR + "/") or path == ARCH:
        if os.path.exists(os.path.join(kdir, LIST)):
            return kept
    return os.path.join(kdir, path)


def check(kdir, quiet=False):
    """Refuse a strange tree; return those of PATCHES that do not fit it."""
    v, last = version(kdir), known()
    if ".".join(v[:2]) != ".".join(last.split(".")[:2]):
        raise Refused("%s is Linux %s; this loader is for %s" % (
            kdir, ".".join(v), ".".join(last.split(".")[:2])))
    if ".".join(v) != last and not quiet:
        say("notice: this tree is Linux %s; %s is what was tried last" % (
            ".".join(v), last))
    texts, wrong, odd = {}, [], set()
    for header, kind, name, want in facts():
        path = stock_path(kdir, header)
        if header in PATCHES:
            if os.path.exists(path) and header not in texts:
                with open(path, errors="replace") as f:
                    texts[header] = plain(f.read())
            decl = find(kind, name, texts.get(header, ""))
            if decl is None or shape(kind, decl) != want:
                if header not in odd and not quiet:
                    say("notice: %s: %s %s is not as the book knows it; the file is left "
                        "alone, and what it lists is not audited" % (header, kind, name))
                odd.add(header)
            continue
        if not os.path.exists(path):
            if (header, None) not in texts:
                texts[header, None] = 1
                wrong.append("%s: the file is not there" % header)
            continue
        if kind == "text":
            with open(path, errors="replace") as f:
                if hashlib.sha1(fold(plain(f.read())).encode()).hexdigest()[:16] != want \
                        and not quiet:
                    say("notice: %s is not the version the book was written against; "
                        "look whether its change belongs in the book" % header)
            continue
        if header not in texts:
            with open(path, errors="replace") as f:
                texts[header] = plain(f.read())
        decl = find(kind, name, texts[header])
        if decl is None:
            wrong.append("%s: %s %s is missing" % (header, kind, name))
        elif shape(kind, decl) != want:
            wrong.append("%s: %s %s differs\n    expected %s\n    found    %s" % (
                header, kind, name, want, decl if kind not in ("struct", "enum", "union")
                else shape(kind, decl)))
    if wrong:
        raise Refused("the interfaces of this tree are not those the loader was written "
                      "for:\n  " + "\n  ".join(wrong))
    return odd


def learn(kdir):
    out = []
    with open(FACTS) as f:
        lines = f.read().splitlines()
    header, texts = None, {}
    for line in lines:
        if line.startswith("# tried last on"):
            out.append("# tried last on " + ".".join(version(kdir)))
            continue
        if not line or line.startswith("#") or not line[0].isspace():
            if line and not line.startswith("#"):
                header = line
            out.append(line)
            continue
        kind, name = line.split(None, 2)[:2]
        with open(stock_path(kdir, header), errors="replace") as f:
            texts.setdefault(header, plain(f.read()))
        if kind == "text":
            out.append("\t%s\t%s\t%s" % (kind, name, hashlib.sha1(
                fold(texts[header]).encode()).hexdigest()[:16]))
            continue
        decl = find(kind, name, texts[header])
        if decl is None:
            say("%s: no %s %s" % (header, kind, name))
            out.append(line)
            continue
        out.append("\t%s\t%s\t%s" % (kind, name, shape(kind, decl)))
    with open(FACTS, "w") as f:
        f.write("\n".join(out) + "\n")


# ------------------------------------------------------------ in and out

def tangled_files(tangled):
    """path in the kernel tree -> tangled file"""
    res = {}
    d = os.path.join(tangled, MODDIR)
    for e in sorted(os.listdir(d)) if os.path.isdir(d) else []:
        if e.endswith((".c", ".h", ".S")):
            res[MODDIR + "/" + e] = os.path.join(d, e)
    p = os.path.join(tangled, ARCH)
    if os.path.exists(p):
        res[ARCH] = p
    if ARCH not in res or MODDIR + "/internal.h" not in res:
        raise Refused("%s holds no loader; run `make tangle` first" % tangled)
    res[MODDIR + "/Makefile"] = os.path.join(HERE, "Makefile.module")
    return res


def same(a, b):
    with open(a, "rb") as f, open(b, "rb") as g:
        return f.read() == g.read()


def put(src, dst):
    """A copy with a new date, unless it is there already."""
    if os.path.exists(dst) and same(src, dst):
        return False
    os.makedirs(os.path.dirname(dst), exist_ok=True)
    shutil.copyfile(src, dst)
    return True


def is_in(kdir):
    return os.path.exists(os.path.join(kdir, LIST))


def keep(kdir):
    """Copy what will be replaced to stock/, once."""
    kept = os.path.join(kdir, KEPT)
    if os.path.isdir(kept):
        raise Refused("%s is there, but not from us (no %s)" % (
            kept, os.path.basename(LIST)))
    tmp = kept + ".new"
    shutil.rmtree(tmp, ignore_errors=True)
    os.makedirs(tmp)
    for e in sorted(os.listdir(os.path.join(kdir, MODDIR))):
        if e.endswith((".c", ".h")) or e == "Makefile":
            shutil.copy2(os.path.join(kdir, MODDIR, e), os.path.join(tmp, e))
    shutil.copy2(os.path.join(kdir, ARCH), os.path.join(tmp, "arch-x86-module.c"))
    with open(os.path.join(tmp, os.path.basename(LIST)), "w") as f:
        f.write("")
    os.rename(tmp, kept)


def write_list(kdir, paths):
    with open(os.path.join(kdir, LIST), "w") as f:
        f.write("".join(p + "\n" for p in sorted(paths)))


def read_list(kdir):
    with open(os.path.join(kdir, LIST)) as f:
        return [l.strip() for l in f if l.strip()]


def stock_files(kdir):
    """path in the tree -> its copy in stock/"""
    res = {}
    for e in os.listdir(os.path.join(kdir, KEPT)):
        if e == "arch-x86-module.c":
            res[ARCH] = os.path.join(kdir, KEPT, e)
        elif e.endswith((".c", ".h")) or e == "Makefile":
            res[MODDIR + "/" + e] = os.path.join(kdir, KEPT, e)
    return res


def patch(kdir, wanted):
    """Put our line at the end of the files in WANTED, and take it off the others."""
    n = 0
    for path, line in PATCHES.items():
        name = os.path.join(kdir, path)
        if not os.path.exists(name):
            continue
        with open(name, "rb") as f:
            text = f.read()
        is_there = text.endswith(b"\n" + line.encode())
        header = os.path.join(os.path.dirname(name), line.split('"')[1])
        is_wanted = path in wanted and os.path.exists(header)
        if is_there == is_wanted or not (is_there or text.endswith(b"\n")):
            continue
        mode = os.stat(name).st_mode
        with open(name + ".new", "wb") as f:
            f.write(text[:-len(line)] if is_there else text + line.encode())
        os.chmod(name + ".new", mode)
        os.rename(name + ".new", name)
        n += 1
    return n


def install(kdir, tangled, twin):
    new, old = tangled_files(tangled), None
    if not is_in(kdir):
        keep(kdir)
    stock, before = stock_files(kdir), set(read_list(kdir))
    write_list(kdir, before | set(new))
    changed = 0
    for path, src in new.items():
        changed += put(src, os.path.join(kdir, path))
    # What was ours and no longer is; what is stock and replaced or not.
    for path in before - set(new):
        if path not in stock:
            _remove(os.path.join(kdir, path))
            changed += 1
    for path, src in stock.items():
        if path in new:
            continue
        dst = os.path.join(kdir, path)
        if os.path.basename(path) in REPLACED:
            if os.path.exists(dst):
                os.unlink(dst)
                changed += 1
        else:
            changed += put(src, dst)
    if twin:
        changed += _twin(kdir)
    write_list(kdir, new)
    return changed


TWIN_MARK = "# The lab chooses between the book's loader and the stock one."


def _twin(kdir):
    """Let BOOK_TWIN choose arch/x86/kernel/module.o too (the lab's tree only)."""
    n = put(os.path.join(kdir, KEPT, "arch-x86-module.c"),
            os.path.join(kdir, "arch/x86/kernel/module-stock.c"))
    mk = os.path.join(kdir, ARCHMK)
    with open(mk) as f:
        text = f.read()
    if TWIN_MARK in text:
        return n
    new, k = re.subn(r"^(obj-\$\(CONFIG_MODULES\)[ \t]*\+=[ \t]*)module\.o$",
                     TWIN_MARK + r"\n\1$(if $(BOOK_TWIN),module-stock.o,module.o)" +
                     "\nCFLAGS_module.o += $(BOOK_CFLAGS)"
                     "\nCFLAGS_module-stock.o += $(BOOK_CFLAGS)", text, flags=re.M)
    if k != 1:
        raise Refused("%s: no rule for module.o to be found" % ARCHMK)
    shutil.copy2(mk, os.path.join(kdir, KEPT, "arch-x86-Makefile"))
    with open(mk, "w") as f:
        f.write(new)
    return n + 1


def _remove(path):
    """A file, and what an in-tree build made of it."""
    stem = os.path.splitext(path)[0]
    d, b = os.path.split(stem)
    for p in (path, stem + ".o", os.path.join(d, "." + b + ".o.cmd"),
              os.path.join(d, "." + b + ".o.d")):
        if os.path.lexists(p):
            os.unlink(p)


def outof(kdir):
    if not is_in(kdir):
        raise Refused("the loader is not in %s" % kdir)
    patch(kdir, ())
    stock = stock_files(kdir)
    for path in read_list(kdir):
        if path not in stock:
            _remove(os.path.join(kdir, path))
    for path, src in stock.items():
        dst = os.path.join(kdir, path)
        if os.path.exists(dst) and same(src, dst) and os.path.basename(path) != "Makefile":
            # It was compiled with our internal.h, and has to be again.
            os.utime(dst)
        else:
            shutil.copyfile(src, dst)
            shutil.copymode(src, dst)
    mk = os.path.join(kdir, KEPT, "arch-x86-Makefile")
    if os.path.exists(mk):
        shutil.copyfile(mk, os.path.join(kdir, ARCHMK))
        _remove(os.path.join(kdir, "arch/x86/kernel/module-stock.c"))
    shutil.rmtree(os.path.join(kdir, KEPT))


def main(argv):
    tangled = os.path.join(os.environ.get("OUT") or os.path.join(TOP, "out"), "tangled")
    if "--tangled" in argv:
        i = argv.index("--tangled")
        tangled = argv[i + 1]
        del argv[i:i + 2]
    if len(argv) != 2 or argv[0] not in ("check", "into", "sync", "patch", "plain", "outof",
                                         "learn"):
        sys.stderr.write(__doc__)
        return 2
    cmd, kdir = argv
    if not os.path.isdir(kdir):
        raise Refused("%s is no directory" % kdir)
    kdir = os.path.abspath(kdir)
    if cmd == "check":
        check(kdir)
    elif cmd == "learn":
        learn(kdir)
    elif cmd == "into":
        if is_in(kdir):
            raise Refused("the loader is in %s already; "
                          "`make outof KDIR=%s` takes it out" % (kdir, kdir))
        odd = check(kdir)
        install(kdir, tangled, twin=False)
        patch(kdir, set(PATCHES) - odd)
        say("The loader is in %s; what it replaced is kept in %s." % (kdir, KEPT))
        say("Build and install the kernel as ever; "
            "`make outof KDIR=%s` takes the loader out again." % kdir)
    elif cmd == "sync":
        check(kdir, quiet=is_in(kdir))
        n = install(kdir, tangled, twin=True)
        if n:
            say("%d file%s of the loader changed in %s" % (
                n, "" if n == 1 else "s", os.path.relpath(kdir)))
    elif cmd == "patch":
        patch(kdir, set(PATCHES) - check(kdir, quiet=True))
    elif cmd == "plain":
        patch(kdir, ())
    else:
        outof(kdir)
        say("The loader is out of %s; the tree is as it was." % kdir)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Refused as e:
        print("tree.py: %s" % e, file=sys.stderr)
        sys.exit(1)
