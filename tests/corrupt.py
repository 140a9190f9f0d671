# SPDX-License-Identifier: GPL-2.0-only
"""Damage module files, one place at a time, in the same way every time.

    corruptions(name, data, sweep) -> list of Case   for a plain module file
    compressed(name, data)         -> list of Case   for the same, packed with zstd
    python3 corrupt.py FILE.ko...                     prints the names of the cases

A case has a name (MODULE/WHERE=WHAT), the bytes, and what a loader has to make of them: it is refused, or it
loads because what was damaged is something that nobody reads.  `says` is a pattern for the one line of the
log.  Nothing here is random, so a name means the same damage today and tomorrow; only the offsets come from
the file at hand.

What is left out, on purpose.  A file may be whole and lie: its code may be the wrong code.  No loader can find
that out, and to load such a file is to run garbage.  So no damage is done that leaves the file sound and
changes what would be executed or what code would find in its data:

- bytes of code and data are not changed, except those that a relocation is going to fill (they must be zero);
- a section with code or data that is kept is not moved to other bytes, emptied or shortened, unless symbols or
  relocations would then lie outside of it; and it does not lose a right (to be written, to be executed);
- a relocation of code or data is not struck out, not given another known type, another existing symbol or a
  value within its reach, and its section is not switched off or pointed at another part of the module;
- a symbol that is referred to does not become another existing place or a plain number.

Everything else is fair."""
import collections
import re
import struct
import subprocess
import sys

Case = collections.namedtuple("Case", "name data expect says")
REFUSED, LOADS, EITHER = "refused", "loads", "either"

SHT_NULL, SHT_PROGBITS, SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_NOTE, SHT_NOBITS, SHT_REL = 0, 1, 2, 3, 4, 7, 8, 9
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR, SHF_RELA_LIVEPATCH = 1, 2, 4, 0x00100000
SHN_ABS, SHN_COMMON, SHN_LIVEPATCH = 0xFFF1, 0xFFF2, 0xFF20
M16, M32, M64 = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF

EHDR = {"e_type": (16, "H"), "e_machine": (18, "H"), "e_version": (20, "I"), "e_entry": (24, "Q"), "e_phoff": (32, "Q"),
        "e_shoff": (40, "Q"), "e_flags": (48, "I"), "e_ehsize": (52, "H"), "e_phentsize": (54, "H"), "e_phnum": (56, "H"),
        "e_shentsize": (58, "H"), "e_shnum": (60, "H"), "e_shstrndx": (62, "H")}
SHDR = {"sh_name": (0, "I"), "sh_type": (4, "I"), "sh_flags": (8, "Q"), "sh_addr": (16, "Q"), "sh_offset": (24, "Q"),
        "sh_size": (32, "Q"), "sh_link": (40, "I"), "sh_info": (44, "I"), "sh_addralign": (48, "Q"), "sh_entsize": (56, "Q")}
SYM = {"st_name": (0, "I"), "st_info": (4, "B"), "st_other": (5, "B"), "st_shndx": (6, "H"), "st_value": (8, "Q"), "st_size": (16, "Q")}
RELA = {"r_offset": (0, "Q"), "r_type": (8, "I"), "r_sym": (12, "I"), "r_addend": (16, "Q")}

# Tables that the loader or the processor's part of it counts in entries; the size of an entry.
TABLES = {"__ksymtab": 12, "__ksymtab_gpl": 12, "__kcrctab": 4, "__kcrctab_gpl": 4, "__param": 40, "__jump_table": 16,
          ".static_call_sites": 8, "__mcount_loc": 8, "__tracepoints_ptrs": 4, "_ftrace_events": 8, "_ftrace_eval_map": 8,
          "__trace_printk_fmt": 8, "_kprobe_blacklist": 8, "_error_injection_whitelist": 16, "__ex_table": 12,
          "___srcu_struct_ptrs": 8, "__bug_table": 12, ".retpoline_sites": 4, ".return_sites": 4, ".altinstructions": 14,
          ".call_sites": 4, ".smp_locks": 4, ".orc_unwind_ip": 4, ".orc_unwind": 6, "__dyndbg": 56, "__dyndbg_classes": 40,
          "__bpf_raw_tp_map": 32, ".cfi_sites": 4, ".ibt_endbr_seal": 4}
WIDTH = {0: 0, 1: 8, 2: 4, 4: 4, 10: 4, 11: 4, 24: 8}

OUTSIDE = r"lies outside of the file"
WHOLE = r"no whole number of entries|ends within an entry|__bug_table is damaged|unwind tables differ"


class Elf:
    """A module file, taken apart; put() returns a damaged copy."""

    def __init__(self, data):
        self.data = bytes(data)
        self.shoff, self.shnum, self.shstrndx = self.ehdr("e_shoff"), self.ehdr("e_shnum"), self.ehdr("e_shstrndx")
        names = self.sh(self.shstrndx, "sh_offset")
        self.names = [self.string(names + self.sh(i, "sh_name")) for i in range(self.shnum)]
        self.symtab = next(i for i in range(self.shnum) if self.sh(i, "sh_type") == SHT_SYMTAB)
        self.strtab = self.sh(self.symtab, "sh_link")
        self.nsyms = self.sh(self.symtab, "sh_size") // 24
        strings = self.sh(self.strtab, "sh_offset")
        self.symbols = [self.string(strings + self.sym(i, "st_name")) for i in range(self.nsyms)]
        self.relas = [i for i in range(self.shnum) if self.sh(i, "sh_type") == SHT_RELA]
        self.referred = {self.rela(s, r, "r_sym") for s in self.relas for r in range(self.nrelas(s))}

    def string(self, at):
        return self.data[at:self.data.index(b"\0", at)].decode("latin1")

    def get(self, at, form):
        return struct.unpack_from("<" + form, self.data, at)[0]

    def at_ehdr(self, field):
        return EHDR[field]

    def at_sh(self, i, field):
        at, form = SHDR[field]
        return self.shoff + 64 * i + at, form

    def at_sym(self, i, field):
        at, form = SYM[field]
        return self.sh(self.symtab, "sh_offset") + 24 * i + at, form

    def at_rela(self, section, i, field):
        at, form = RELA[field]
        return self.sh(section, "sh_offset") + 24 * i + at, form

    def ehdr(self, field):
        return self.get(*self.at_ehdr(field))

    def sh(self, i, field):
        return self.get(*self.at_sh(i, field))

    def sym(self, i, field):
        return self.get(*self.at_sym(i, field))

    def rela(self, section, i, field):
        return self.get(*self.at_rela(section, i, field))

    def nrelas(self, section):
        return self.sh(section, "sh_size") // 24

    def index(self, name):
        return self.names.index(name) if name in self.names else 0

    def rela_of(self, section):
        return next((i for i in self.relas if self.sh(i, "sh_info") == section), 0)

    def kept(self, i):
        return bool(self.sh(i, "sh_flags") & SHF_ALLOC)

    def put(self, *changes):
        """Each change is ((offset, format), value) or (offset, bytes)."""
        new = bytearray(self.data)
        for where, value in changes:
            if isinstance(where, tuple):
                at, form = where
                size = struct.calcsize(form)
                struct.pack_into("<" + form, new, at, value & (1 << 8 * size) - 1)
            else:
                new[where:where + len(value)] = value
        return bytes(new)

    def cut(self, i, count):
        """Take COUNT bytes from the end of section I, and from its symbols and relocations what went with them."""
        size = self.sh(i, "sh_size") - count
        changes = [(self.at_sh(i, "sh_size"), size)]
        r = self.rela_of(i)
        for k in range(self.nrelas(r)) if r else ():
            width = WIDTH.get(self.rela(r, k, "r_type"), 8)
            if self.rela(r, k, "r_offset") + width > size:
                changes += [(self.at_rela(r, k, "r_type"), 0), (self.at_rela(r, k, "r_offset"), 0)]
        for k in range(self.nsyms):
            if self.sym(k, "st_shndx") == i and self.sym(k, "st_value") > size:
                changes.append((self.at_sym(k, "st_value"), size))
        return self.put(*changes)

    def headers_first(self):
        """The same module with the section table in front, so that what is cut off at the end are sections."""
        room = 64 * self.shnum
        table = bytearray(self.data[self.shoff:self.shoff + room])
        for i in range(1, self.shnum):
            at = 64 * i + SHDR["sh_offset"][0]
            struct.pack_into("<Q", table, at, struct.unpack_from("<Q", table, at)[0] + room)
        pad = -room % 64
        assert not pad
        new = bytearray(self.data[:64] + table + self.data[64:self.shoff])
        struct.pack_into("<Q", new, EHDR["e_shoff"][0], 64)
        return bytes(new)


class Maker:
    def __init__(self, module, data):
        self.module, self.elf, self.cases, self.seen = module, Elf(data), [], {}

    def add(self, name, data, expect=REFUSED, says=None):
        name = f"{self.module}/{name}"
        assert len(name) < 99 and " " not in name and self.seen.get(name, data) == data, name
        if data != self.elf.data and data not in self.seen.values():
            self.cases.append(Case(name, data, expect, says))
        self.seen[name] = data

    def field(self, name, where, value, expect=REFUSED, says=None, label=None):
        """One number in the file becomes another."""
        size = struct.calcsize(where[1])
        value &= (1 << 8 * size) - 1
        if value != self.elf.get(*where):
            self.add(f"{name}={label or format(value, '#x')}", self.elf.put((where, value)), expect, says)


def around(*edges):
    return sorted({e + d for e in edges for d in (-1, 0, 1)})


def truncations(m, all_edges=True):
    e, size = m.elf, len(m.elf.data)
    edges = {0, 4, 16, 18, 40, 64, e.shoff, e.shoff + 64, size - 64, size}
    if all_edges:
        for i in range(1, e.shnum):
            at, length = e.sh(i, "sh_offset"), e.sh(i, "sh_size")
            if e.sh(i, "sh_type") != SHT_NOBITS and length:
                edges |= {at, at + length}
    for n in around(*edges):
        if 0 <= n < size:
            m.add(f"cut.{n}", e.data[:n], says="too few for a module|shorter than an ELF|headers outside")
    first = e.headers_first()
    m.add("headers-first", first, LOADS)
    shift = 64 * e.shnum
    ends = sorted({e.sh(i, "sh_offset") + shift + d for i in range(1, e.shnum) if e.sh(i, "sh_size") and e.sh(i, "sh_type") != SHT_NOBITS
                   for d in (0, e.sh(i, "sh_size") - 1)})
    for n in [64 * k for k in (1, 2, e.shnum)] + (ends if all_edges else ends[::7]):
        m.add(f"headers-first.cut.{n}", first[:n], says=OUTSIDE + "|headers outside")
    for n in (1, 7, 4096):
        m.add(f"tail.{n}", e.data + b"\0" * n, LOADS)
    m.add("tail.signature", e.data + b"x" * 40 + b"~Module signature appended~\n", LOADS)


def header(m):
    e, size = m.elf, len(m.elf.data)
    for k in range(16):
        for value in (0, 0xFF):
            m.field(f"e_ident.{k}", (k, "B"), value, REFUSED if k < 6 else LOADS,
                    "not an ELF file" if k < 4 else "word size or byte order" if k < 6 else None)
    m.field("e_ident.4", (4, "B"), 1, says="word size")
    m.field("e_ident.5", (5, "B"), 2, says="word size")

    def f(field, values, expect=REFUSED, says=None):
        for v in values:
            m.field(field, e.at_ehdr(field), v, expect, says)

    f("e_type", (0, 2, 3, 4, M16), says="not relocatable")
    f("e_machine", (0, 3, 61, 63, 183, M16), says="another machine")
    f("e_version", (0, 2, M32), LOADS)
    f("e_entry", (1, M64), LOADS)
    f("e_phoff", (1, M64), LOADS)
    f("e_flags", (1, M32), LOADS)
    f("e_ehsize", (0, M16), LOADS)
    f("e_phentsize", (1, M16), LOADS)
    f("e_phnum", (1, M16), LOADS)
    f("e_shentsize", (0, 1, 40, 63, 65, 128, M16), says="section headers of")
    f("e_shnum", (0, 0xFF00, 0xFFFE, M16), says="sections; there must be")
    f("e_shnum", (e.shnum + 1, e.shnum * 2, 0xFEFF), says="headers outside")
    f("e_shnum", (1, 2, e.shstrndx, e.shnum - 1), says="there is none")
    f("e_shstrndx", (0, e.shnum, e.shnum + 1, 0xFF00, SHN_ABS, M16), says="there is none")
    f("e_shstrndx", (1, e.symtab, e.index(".text"), e.index(".modinfo")), says="no table of strings|lies outside of the table")
    f("e_shstrndx", (e.strtab,), says=None)
    f("e_shoff", (0, 8, 64, e.shoff - 64, e.shoff - 8, 1 << 12), says="not blank|outside|overlap|misaligned|no type|neither|power of two")
    f("e_shoff", (1, e.shoff - 1, e.shoff + 1, e.shoff + 4, e.shoff + 8, e.shoff + 64, size - 64, size - 1, size, size + 8,
                  1 << 31, 1 << 32, (1 << 32) + e.shoff, 1 << 63, (1 << 63) + e.shoff, M64 - 7, M64 - 64 * e.shnum + 1, M64),
      says="headers outside")


def sections(m, every=True):
    e, size = m.elf, len(m.elf.data)
    known = {".modinfo", "__versions", ".gnu.linkonce.this_module", ".data..percpu"}
    for i in range(1, e.shnum):
        name, kind, length, flags = e.names[i], e.sh(i, "sh_type"), e.sh(i, "sh_size"), e.sh(i, "sh_flags")
        label = f"s{i}{name}" if every else f"s{i}{name}"

        def f(field, value, expect=REFUSED, says=None):
            m.field(f"{label}.{field}", e.at_sh(i, field), value, expect, says)

        table = e.sh(e.shstrndx, "sh_size")
        for v in (table, M32):
            f("sh_name", v, says="name of section")
        if kind in (SHT_RELA, SHT_STRTAB, SHT_SYMTAB):
            if kind == SHT_RELA:
                f("sh_type", SHT_REL, says="not the relocations of this machine")
            f("sh_type", SHT_NOBITS, says="neither bytes|no table of strings|no symbols")
        elif name in known:
            f("sh_type", SHT_NOBITS, says=f"section {re.escape(name)} has type")
            f("sh_type", SHT_STRTAB, says=f"section {re.escape(name)} has type")
        elif length:
            f("sh_type", SHT_SYMTAB, says="two symbol tables")
        if length or flags & SHF_ALLOC:
            f("sh_type", SHT_NULL, says="has no type")
        if kind != SHT_NOBITS and length:
            f("sh_offset", size - length + 1, says=OUTSIDE)
            f("sh_offset", M64, says=OUTSIDE)
            f("sh_offset", M64 - length + 1, says=OUTSIDE)
            f("sh_offset", 0, says="overlaps|" + OUTSIDE)
            if e.shoff + length <= size:
                f("sh_offset", e.shoff, says="overlaps")
            f("sh_size", size - e.sh(i, "sh_offset") + 1, says=OUTSIDE)
            f("sh_size", size - e.sh(i, "sh_offset"), says="overlaps")
            for v in (M64, 1 << 63, (1 << 32) + length, M64 - e.sh(i, "sh_offset") + 1):
                f("sh_size", v, says=OUTSIDE)
        elif kind == SHT_NOBITS:
            for v in (1 << 31, (1 << 32) - 1, 1 << 32, (1 << 32) + 64, 1 << 63, M64 - 4095, M64):
                f("sh_size", v, says="does not fit into")
            f("sh_size", 1 << 30, says="no memory of kind")
            f("sh_offset", M64, LOADS)
        else:
            f("sh_offset", M64, says=OUTSIDE)
        for v in (3, M64):
            f("sh_addralign", v, says="not a power of two")
        if flags & SHF_ALLOC:
            f("sh_flags", flags | SHF_WRITE | SHF_EXECINSTR, says="WRITE.EXEC|not in writable data")
            if not length:
                f("sh_flags", 0, LOADS)
            elif name not in known and kind not in (SHT_NOTE, SHT_NOBITS):
                # Either somebody refers to it, or nobody will miss it.
                named = {k for k in range(e.nsyms) if e.sym(k, "st_shndx") == i}
                by = {r for r in e.relas if r != e.rela_of(i) and e.kept(e.sh(r, "sh_info"))
                      for k in range(e.nrelas(r)) if e.rela(r, k, "r_sym") in named}
                f("sh_flags", 0, REFUSED if by else EITHER, "which is not kept|does not lead to code" if by else None)
            if flags & SHF_EXECINSTR and name.startswith((".init", ".exit")):
                f("sh_flags", SHF_ALLOC, says="does not lead to code")
        elif kind in (SHT_RELA, SHT_STRTAB, SHT_SYMTAB):
            f("sh_flags", flags | SHF_ALLOC, says="no table of strings|no array of symbols|livepatch relocations are kept")
        if kind == SHT_RELA:
            f("sh_flags", flags | SHF_RELA_LIVEPATCH, says="livepatch relocations are kept")
            f("sh_flags", flags | SHF_RELA_LIVEPATCH | SHF_ALLOC, says="livepatch")
            for v in (0, e.shnum, 0xFF00, M32):
                f("sh_info", v, says="does not exist")
            for v in (i, e.symtab, e.strtab, next(r for r in e.relas if r != i)):
                f("sh_info", v, says="applies to a table")
            for v in (0, e.strtab, i, e.shnum, M32):
                f("sh_link", v, says="does not use the symbol table")
        if kind in (SHT_RELA, SHT_SYMTAB):
            for v in (0, 8, 23, 25, M32, M64):
                f("sh_entsize", v, says="is no array of")
            for v in (length - 1, length - 23, length - 8):
                f("sh_size", v, says="is no array of|lies outside|against symbol")
            f("sh_offset", e.sh(i, "sh_offset") + 4, says="is no array of|overlaps|outside")


def odd_sections(m):
    """What holds for one section only."""
    e = m.elf

    def f(name, field, value, expect=REFUSED, says=None):
        i = e.index(name) if isinstance(name, str) else name
        if i:
            m.field(f"only.{e.names[i]}.{field}", e.at_sh(i, field), value, expect, says)

    f(0, "sh_name", 1, says="section 0 is not blank")
    for field in SHDR:
        for value in (1, M64):
            m.field(f"s0.{field}", e.at_sh(0, field), value, says="section 0 is not blank")
    for v in (0, 1, e.symtab, e.shnum, e.shnum + 1, 0xFF00, M32):
        f(e.symtab, "sh_link", v, says="there is none|no table of strings")
    f(e.symtab, "sh_size", 0, says="no array of symbols")
    f(e.symtab, "sh_size", 24, says="against symbol")
    f(e.symtab, "sh_size", 24 * (e.nsyms - 1), EITHER)
    f(e.symtab, "sh_info", M32, LOADS)
    for i, what in ((e.strtab, "symbol"), (e.shstrndx, "section")):
        at, length = e.sh(i, "sh_offset"), e.sh(i, "sh_size")
        f(i, "sh_size", 0, says="empty, or no zero")
        f(i, "sh_size", 1, says="outside of the table")
        f(i, "sh_size", length - 1, says="no zero at both ends|outside of the table")
        m.add(f"{what}-names.first", e.put((at, b"x")), says="no zero at both ends")
        m.add(f"{what}-names.last", e.put((at + length - 1, b"x")), says="no zero at both ends")
    other = e.index(".comment")
    for name in (".modinfo", "__versions", ".gnu.linkonce.this_module", ".data..percpu"):
        if e.index(name) and other:
            m.add(f"two{name}", e.put((e.at_sh(other, "sh_name"), e.sh(e.index(name), "sh_name"))), says="two sections are called")
    this = ".gnu.linkonce.this_module"
    length = e.sh(e.index(this), "sh_size")
    for v in (0, 64, length - 64, length - 1, length + 1):
        f(this, "sh_size", v, says="struct module has|overlaps|is no array|outside of its")
    for v in (0, 1, 8, 32):
        f(this, "sh_addralign", v, says="misaligned")
    for v in (0, SHF_ALLOC, SHF_WRITE, SHF_WRITE | SHF_ALLOC | SHF_EXECINSTR, SHF_ALLOC | SHF_EXECINSTR, 0x00200003, M64):
        f(this, "sh_flags", v, says="not in writable data")
    f(this, "sh_name", 0, says="no section .gnu.linkonce")
    # Alignments that cannot be had, and fields that nobody reads.
    for v in (0x2000, 1 << 31, 1 << 32, 1 << 63):
        f(".data", "sh_addralign", v, LOADS)
    f(".data", "sh_addr", M64, LOADS)
    f(".text", "sh_addr", 1, LOADS)
    f(".text", "sh_link", M32, LOADS)
    f(".text", "sh_info", M32, LOADS)
    f(".text", "sh_entsize", M64, LOADS)
    f(this, "sh_entsize", M64, LOADS)
    f(".comment", "sh_entsize", M64, LOADS)
    f(".comment", "sh_type", 0x7FFFFFFF, LOADS)
    f(".comment", "sh_flags", M64, says="WRITE.EXEC|not the relocations")
    f(".comment", "sh_flags", SHF_WRITE | SHF_EXECINSTR, says="WRITE.EXEC")
    f(".comment", "sh_flags", SHF_ALLOC, LOADS)


def notes(m):
    e = m.elf
    i = e.index(".modinfo")
    at, length = e.sh(i, "sh_offset"), e.sh(i, "sh_size")
    text = e.data[at:at + length]

    def blank(tag, expect=LOADS, says=None):
        p = text.find(b"\0" + tag + b"=") + 1 if not text.startswith(tag + b"=") else 0
        if p or text.startswith(tag + b"="):
            n = text.index(b"\0", p) - p
            m.add(f"modinfo.without.{tag.decode()}", e.put((at + p, b"\0" * n)), expect, says)

    def change(old, new, label, expect=REFUSED, says=None):
        p = text.find(old)
        if p >= 0:
            m.add(f"modinfo.{label}", e.put((at + p, new)), expect, says)

    m.add("modinfo.no-end", e.put((at + length - 1, b"x")), says="empty or do not end")
    m.field("modinfo.sh_size", e.at_sh(i, "sh_size"), 0, says="empty or do not end")
    m.field("modinfo.sh_size", e.at_sh(i, "sh_size"), length - 1, says="do not end")
    m.field("modinfo.sh_size", e.at_sh(i, "sh_size"), 1, EITHER)
    m.field("modinfo.sh_name", e.at_sh(i, "sh_name"), 0, EITHER)
    m.field("modinfo.sh_flags", e.at_sh(i, "sh_flags"), 0, LOADS)
    for tag in (b"vermagic", b"retpoline", b"name", b"depends", b"description"):
        blank(tag)
    blank(b"license", EITHER)
    m.add("modinfo.zeros", e.put((at, b"\0" * length)), EITHER)
    m.add("modinfo.no-equals", e.put((at, text.replace(b"=", b":"))), EITHER)
    change(b"vermagic=6", b"vermagic=7", "vermagic.release", LOADS)
    change(b" SMP ", b" PMS ", "vermagic.options", says="version magic")
    change(b"vermagic=", b"vermagic=\0", "vermagic.empty", says="version magic")
    change(b"vermagic=6.12", b"vermagic=6 12", "vermagic.blank", says="version magic")
    change(b"description=", b"livepatch=Y\0", "livepatch", LOADS)
    change(b"license=", b"license=x", "license.unknown", EITHER)
    change(b"retpoline=Y", b"retpoline=\0", "retpoline.empty", EITHER)


def versions(m):
    e = m.elf
    i = e.index("__versions")
    if not i:
        return
    at, length = e.sh(i, "sh_offset"), e.sh(i, "sh_size")

    def f(field, value, expect=REFUSED, says=None):
        m.field(f"versions.{field}", e.at_sh(i, field), value, expect, says)

    for v in (1, 63, 65, length - 1, length - 8, length - 63):
        f("sh_size", v, says="cut off or misaligned")
    f("sh_offset", e.sh(i, "sh_offset") + 4, says="cut off or misaligned|overlaps")
    f("sh_offset", e.sh(i, "sh_offset") + 1, says="cut off or misaligned|overlaps")
    f("sh_size", 0, says="no symbol version")
    f("sh_size", 64, says="no symbol version")
    f("sh_size", length - 64, EITHER)
    f("sh_name", 0, LOADS)
    f("sh_flags", 0, LOADS)
    for k in range(length // 64):
        name = e.string(at + 64 * k + 8)
        m.add(f"versions.{name}.no-end", e.put((at + 64 * k + 8, b"x" * 56)), says="does not end")
        m.add(f"versions.{name}.crc", e.put(((at + 64 * k, "I"), e.get(at + 64 * k, "I") ^ 1)), says="disagrees about version")
        m.add(f"versions.{name}.renamed", e.put((at + 64 * k + 8, b"~")), says="no symbol version")


def this_module(m):
    e = m.elf
    i = e.index(".gnu.linkonce.this_module")
    at, length = e.sh(i, "sh_offset"), e.sh(i, "sh_size")
    r = e.rela_of(i)
    holes = {e.rela(r, k, "r_offset") for k in range(e.nrelas(r))} if r else set()
    name = 24
    m.add("this.name.empty", e.put((at + name, b"\0")), says="empty or does not end")
    m.add("this.name.no-end", e.put((at + name, b"x" * 56)), says="empty or does not end")
    for k in sorted({0, 3, 4, 8, 15, 16, 23, name + 56, name + 63, 96, 128, length // 2, length - 64, length - 8, length - 1} | holes):
        m.add(f"this.byte.{k}", e.put((at + k, b"\x01")), says="filled in already|hole filled")
    m.add("this.ones", e.put((at, b"\xff" * length)), says="empty or does not end")


def symbols(m):
    e, n = m.elf, m.elf.shnum
    strings = e.sh(e.strtab, "sh_size")

    def f(k, field, value, expect=REFUSED, says=None):
        m.field(f"y{k}.{e.symbols[k][:40]}.{field}", e.at_sym(k, field), value, expect, says)

    for field in SYM:
        for v in (1, M64):
            f(0, field, v, says="symbol 0 is not blank")
    defined = [k for k in range(1, e.nsyms) if 0 < e.sym(k, "st_shndx") < n]
    undefined = [k for k in range(1, e.nsyms) if not e.sym(k, "st_shndx")]
    idle = [k for k in defined if k not in e.referred and e.symbols[k] not in ("init_module", "cleanup_module", "__this_module")]
    busy = [k for k in defined if k in e.referred]
    some = {k for group in (idle, busy) for k in group[:2] + group[-2:]}
    some |= {k for k in defined if e.symbols[k] in ("init_module", "cleanup_module", "__this_module")}
    for k in sorted(some):
        size = e.sh(e.sym(k, "st_shndx"), "sh_size")
        for v in (n, n + 1, 0xFEFF, 0xFF00, 0xFF01, 0xFF1F, 0xFF21, 0xFF3F, 0xFFF0, 0xFFF3, M16):
            f(k, "st_shndx", v, says="invalid section index")
        entrance = "does not lead to code" if e.symbols[k] in ("init_module", "cleanup_module") else None
        f(k, "st_shndx", SHN_COMMON, says=entrance or "common symbol")
        f(k, "st_shndx", SHN_LIVEPATCH, says=entrance or "is for livepatches")
        f(k, "st_shndx", 0, says=entrance or "Unknown symbol")
        if entrance:
            f(k, "st_shndx", SHN_ABS, says=entrance)
            f(k, "st_shndx", e.index(".modinfo"), says=entrance)
        if k in idle:
            f(k, "st_shndx", SHN_ABS, LOADS)
        for v in (size + 1, size + 8, 1 << 31, 1 << 32, 1 << 63, M64):
            f(k, "st_value", v, says="lies outside of its section")
        for v in (strings, strings + 1, M32):
            f(k, "st_name", v, says="name of a symbol lies outside")
    for k in idle[:1]:
        f(k, "st_other", 0xFF, LOADS)
        f(k, "st_size", M64, LOADS)
        f(k, "st_info", 0xFF, LOADS)
        f(k, "st_value", e.sh(e.sym(k, "st_shndx"), "sh_size"), LOADS)
    for k in undefined[:2] + undefined[-1:]:
        f(k, "st_value", M64, LOADS)
        f(k, "st_size", M64, LOADS)
        f(k, "st_name", strings - 1, says="Unknown symbol")
        f(k, "st_name", strings, says="name of a symbol lies outside")
        f(k, "st_name", M32, says="name of a symbol lies outside")
        f(k, "st_shndx", SHN_COMMON, says="common symbol")
        f(k, "st_shndx", SHN_LIVEPATCH, says="is for livepatches")
        f(k, "st_shndx", n, says="invalid section index")
        name = e.sh(e.strtab, "sh_offset") + e.sym(k, "st_name")
        m.add(f"y{k}.{e.symbols[k][:40]}.renamed", e.put((name, b"~")), says="Unknown symbol")


def relocations(m, wanted):
    e = m.elf
    for s in e.relas:
        target = e.sh(s, "sh_info")
        if e.names[target] not in wanted or not e.kept(target):
            continue
        size, count = e.sh(target, "sh_size"), e.nrelas(s)
        for k in sorted({0, count // 2, count - 1}):
            where = f"r{e.names[target]}.{k}"
            width = WIDTH[e.rela(s, k, "r_type")]

            def f(field, value, expect=REFUSED, says=None):
                m.field(f"{where}.{field}", e.at_rela(s, k, field), value, expect, says)

            for v in (size - width + 1, size, size + 1, 1 << 31, 1 << 32, 1 << 63, M64 - width + 1, M64):
                f("r_offset", v, says="outside of its target")
            for v in (e.nsyms, e.nsyms + 1, 1 << 24, M32):
                f("r_sym", v, says="relocation against symbol")
            at = e.rela(s, k, "r_offset")
            # Types unknown to modules count as eight bytes wide, so that one near the end is outside already.
            for v in (3, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 22, 23, 25, 26, 40, 41, 42, 43, 255, 256, 1 << 31, M32) if k == 0 else (9, M32):
                f("r_type", v, says="of a type that modules do not use|outside of its target|of struct module")
            if width == 4:
                for v in (1 << 32, 1 << 33, 1 << 62, 1 << 63, -(1 << 33)):
                    f("r_addend", v, says="too large for its hole")
            if not e.names[target].startswith(".gnu.linkonce"):
                filled = e.sh(target, "sh_offset") + at
                m.add(f"{where}.hole.first", e.put((filled, b"\x01")), says="hole filled already")
                m.add(f"{where}.hole.last", e.put((filled + width - 1, b"\x80")), says="hole filled already")
            if count > 1:
                two = e.at_rela(s, (k + 1) % count, "r_offset")[0]
                one = e.at_rela(s, k, "r_offset")[0]
                m.add(f"{where}.twice", e.put((two, e.data[one:one + 24])), says="hole filled already")
        if e.names[target].startswith(".gnu.linkonce"):
            for v in (0, 8, 16, 24, 80, 128, size - 8, e.rela(s, 0, "r_offset") + 1, e.rela(s, 0, "r_offset") - 8):
                m.field(f"rthis.0.r_offset", e.at_rela(s, 0, "r_offset"), v, says="of struct module")
            for v in (0, 2, 24):
                m.field("rthis.0.r_type", e.at_rela(s, 0, "r_type"), v, says="of struct module")
            for v in (1 << 20, 1 << 40, M64 - 4095, 1 << 63):
                m.field("rthis.0.r_addend", e.at_rela(s, 0, "r_addend"), v, says="does not lead to code")


def tables(m):
    e = m.elf
    for i in range(1, e.shnum):
        entry, length = TABLES.get(e.names[i]), e.sh(i, "sh_size")
        if not entry or not length:
            continue
        for n in sorted({1, entry // 2, entry - 1}):
            m.add(f"t{i}{e.names[i]}.less.{n}", e.cut(i, n), says=WHOLE)
        if e.rela_of(i):
            m.field(f"t{i}{e.names[i]}.sh_size", e.at_sh(i, "sh_size"), length - 1, says="outside of its")
    # One side of a pair is shorter than the other by whole entries.
    for name, says in ((".orc_unwind", "unwind tables differ"), (".orc_unwind_ip", "unwind tables differ"),
                       ("__kcrctab", "checksums for"), ("__kcrctab_gpl", "checksums for")):
        i = e.index(name)
        if i and e.sh(i, "sh_size"):
            m.add(f"t{name}.entry-less", e.cut(i, TABLES[name]), says=says)
            m.field(f"t{name}.sh_name", e.at_sh(i, "sh_name"), 0, EITHER if "crc" in name else REFUSED, None if "crc" in name else says)
    i = e.index(".altinstructions")
    if i and e.sh(i, "sh_size"):
        at = e.sh(i, "sh_offset")
        m.field("alt.cpuid", (at + 8, "I"), 0x0000FFFF, says="makes no sense")
        m.field("alt.instrlen", (at + 12, "B"), 255, says="makes no sense")
        m.field("alt.instrlen", (at + 12, "B"), 0, says="makes no sense")
        m.field("alt.replacementlen", (at + 13, "B"), 255, says="makes no sense")
    # Places to be rewritten that are not in the module's code (but within reach of the hole).
    for name in (".return_sites", ".call_sites", ".retpoline_sites", ".smp_locks"):
        i = e.index(name)
        r = e.rela_of(i) if i else 0
        if r and name != ".call_sites":
            for v in (1 << 20, -(1 << 20)):
                m.field(f"t{name}.astray", e.at_rela(r, 0, "r_addend"), e.rela(r, 0, "r_addend") + v, says="leads outside the module's code",
                        label=format(v, "#x"))


KINDS = {"full": (truncations, header, sections, odd_sections, notes, versions, this_module, symbols,
                  lambda m: relocations(m, {".text", ".init.text", ".rodata", ".gnu.linkonce.this_module"}), tables),
         "tables": (lambda m: truncations(m, False), odd_sections, notes, versions, this_module, symbols,
                    lambda m: relocations(m, {".init.text", "__ksymtab_gpl", "__param", ".gnu.linkonce.this_module"}), tables),
         "short": (tables, odd_sections)}


def corruptions(module, data, sweep="full"):
    m = Maker(module, data)
    for kind in KINDS[sweep]:
        kind(m)
    return m.cases


def pack(data, *options):
    return subprocess.run(["zstd", "-q", "-c", "-19", "--check", *options], input=data, stdout=subprocess.PIPE, check=True).stdout


def compressed(module, data):
    """For finit_module with the flag that says `compressed'."""
    cases = []

    def add(name, data, expect=REFUSED, says=None):
        cases.append(Case(f"{module}.zst/{name}", data, expect, says))

    z = pack(data)
    inside = "not a zstd|ZSTD|not an ELF|shorter than an ELF|outside of the file|headers outside"
    add("whole", z, LOADS)
    add("empty", b"", says="cannot be read|not a zstd")
    add("not-packed", data, says="not a zstd")
    add("twice", pack(z), says="not an ELF")
    add("zeros", b"\0" * 4096, says="not a zstd")
    add("nothing-inside", pack(b""), says=inside)
    add("tail", z + b"\0" * 100, LOADS)
    for n in sorted({1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 64, len(z) // 4, len(z) // 2, len(z) - 64, len(z) - 8, len(z) - 5, len(z) - 4}):
        add(f"cut.{n}", z[:n], EITHER if n > len(z) - 5 else REFUSED, inside)
    for k in range(4):
        add(f"magic.{k}", z[:k] + bytes([z[k] ^ 1]) + z[k + 1:], says="not a zstd")
    add("reserved-bit", z[:4] + bytes([z[4] | 8]) + z[5:], says="ZSTD")
    # A frame header that wants a window of 2^41 bytes, more than anybody has.
    add("window", z[:4] + bytes([0x00, 0xF8]) + z[6:], says="ZSTD")
    step = (len(z) - 16) // 24
    for k in range(12, len(z) - 4, step):
        add(f"byte.{k}", z[:k] + bytes([z[k] ^ 0x55]) + z[k + 1:], says=inside)
    add("checksum", z[:-1] + bytes([z[-1] ^ 1]), EITHER, inside)
    e = Elf(data)
    add("inside.no-table", pack(e.data[:e.shoff]), says="headers outside")
    add("inside.e_shnum", pack(e.put((e.at_ehdr("e_shnum"), 0))), says="sections; there must be")
    add("inside.symbol", pack(e.put((e.at_sym(1, "st_shndx"), 0xFF00))), says="invalid section index")
    add("inside.notes", pack(e.put((e.sh(e.index(".modinfo"), "sh_offset") + e.sh(e.index(".modinfo"), "sh_size") - 1, b"x"))),
        says="do not end")
    add("inside.large", pack(b"\0" * (8 << 20)), says="not an ELF")
    return cases


if __name__ == "__main__":
    for path in sys.argv[1:]:
        with open(path, "rb") as f:
            contents = f.read()
        base = path.rsplit("/", 1)[-1].split(".")[0]
        for case in corruptions(base, contents) + compressed(base, contents):
            print(case.name, case.expect, len(case.data))
