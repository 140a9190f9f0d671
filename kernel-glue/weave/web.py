#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""web.py COMMAND: weave and tangle the two books, with every complaint an error.

    web.py tangle            every web -> out/tangled/**
    web.py weave             both books -> out/loader.pdf, out/unload-rules.pdf
    web.py chapter FILE.w    one chapter alone -> out/chapter/NAME.pdf and out/chapter/NAME/tangled/**
    web.py index [FILE.w]    messages, errnos and locks that have no index entry
    web.py sections [FILE.w] how a book or a chapter is cut into sections
    web.py rules             rules that lack one of their parts

Run at the root of the repository.  CTANGLE and CWEAVE run in a directory of their own that holds copies of the
webs, so that a web calls an output file by its path in a kernel tree (kernel/module/link.c) while #line names the
web by its path here (loader/link.w).  CWEAVE knows sections only by number and TeX only lines of its output; both are brought
back to file and line of the web before they are printed."""
import fcntl
import filecmp
import hashlib
import os
import re
import resource
import shutil
import subprocess
import sys

BOOKS = ("loader", "unload-rules")
GLUE = "kernel-glue/weave"
FORMATS = GLUE + "/kfmt.w"
SPDX = "SPDX-License-Identifier: GPL-2.0-only"
PACKAGES = "texlive-binaries texlive-base texlive-latex-base texlive-plain-generic texlive-extra-utils texlive-metapost"
ROUNDS = 6              # TeX passes before labels and contents must have settled
OVERFULL = 1.0          # points
LARGEST = 64 << 20      # bytes of a file that a tool may write
RULES_MUST = True      # a rule without one of its parts: an error, or a note
RULES = ("C1 C2 C3 C4 C5 C6 L1 L2 U1 U2 U3 U4 U5 U6 S1 S2 S3 D1 D2 D3 D4 D5 D6 R1 R2 R3 R4 I1 I2 I3 I4 I5 X1 X2 X3 X4 "
         "F1 F2").split()
PARTS = ("concerns", "wrongway", "rightway", "enforced", "seen", "checked")


# ---------------------------------------------------------------- complaints

class Report:
    """Collects problems; prints them once, as FILE:LINE: text."""

    def __init__(self):
        self.problems, self.notes, self.seen = [], [], set()

    def _add(self, kind, where, text):
        line = f"{where}: {text}" if where else text
        if line not in self.seen:
            self.seen.add(line)
            kind.append(line)

    def error(self, where, text):
        self._add(self.problems, where, text)

    def note(self, where, text):
        self._add(self.notes, where, text)


def stop(text):
    sys.exit(f"web.py: {text}")


# ---------------------------------------------------------------- reading a web

class Section:
    def __init__(self, number, where, depth):
        self.number, self.where, self.depth = number, where, depth
        self.lines = []             # (file, line number, text, part); part is "tex", "defs" or "code"


class Web:
    """A web with its @i files pulled in, and cut into sections."""

    def __init__(self, root, alone=False):
        self.root, self.lines, self.files, self.missing, self.alone = root, [], [], [], alone
        self._read(root)
        self.sections, self.limbo = self._cut()

    def _read(self, path):
        if path in self.files:
            stop(f"{path} is included twice")
        self.files.append(path)
        with open(path, encoding="utf-8", errors="surrogateescape") as text:
            for number, line in enumerate(text, 1):
                line = line.rstrip("\n")
                include = re.match(r'@i\s+"?([^\s"]+)', line)
                if not include:
                    self.lines.append((path, number, line))
                elif self.alone:
                    pass
                elif os.path.exists(include[1]):
                    self._read(include[1])
                else:
                    self.missing.append((path, number, include[1]))

    def _cut(self):
        sections, limbo, part = [], [], None
        for path, number, line in self.lines:
            start = re.match(r"@(\*\*|\*\d*|[ \t]|$)", line)
            if start:
                star = start[1] if start[1].startswith("*") else None
                depth = None if star is None else -1 if star == "**" else int(star[1:] or 0)
                sections.append(Section(len(sections) + 1, (path, number), depth))
                part = "tex"
            if not sections:
                limbo.append((path, number, line))
                continue
            rest = line[start.end():] if start else line
            if part == "tex" and re.match(r"\s*@[dDfFsS]\s", rest):
                part = "defs"
            if part != "code" and re.match(r"\s*@[cCpP](\s|$)|\s*@[<(](?:(?!@>).)*@>\+?=", rest):
                part = "code"
            elif part != "code" and re.match(r"\s*@[<(](?:(?!@>).)*$", rest):
                part = "code" if self._name_continues(path, number) else part
            sections[-1].lines.append((path, number, line, part))
        return sections, limbo

    def _name_continues(self, path, number):
        """A section name broken over two lines, with its =, starts the code too."""
        rest = [text for where, at, text in self.lines if where == path and number <= at < number + 4]
        return re.match(r"(?:@ )?\s*@[<(](?:(?!@>).)*@>\+?=", " ".join(rest)) is not None

    def text(self):
        return "\n".join(line for _, _, line in self.lines)

    def at(self, number):
        if 1 <= number <= len(self.sections):
            path, line = self.sections[number - 1].where
            return f"{path}:{line}"
        return self.root

    def limbo_of_spine(self):
        """What stands before the first section and the first chapter of the book."""
        for number, line in enumerate(web_text(self.root).split("\n"), 1):
            include = re.match(r'@i\s+"?([^\s"]+)', line)
            if re.match(r"@[* \t]|@$", line) or (include and not include[1].startswith(GLUE)):
                return
            yield self.root, number, line

    def outputs(self):
        """Names of the files the web tangles to."""
        return sorted(set(re.findall(r"@\(((?:(?!@>).)+)@>", self.text())))

    def names(self):
        """Every mention of a section name: normalised name -> where."""
        found = {}
        flat = "".join(line + "\n" for _, _, line in self.lines)
        starts, at = [], 0
        for path, number, line in self.lines:
            starts.append((at, path, number))
            at += len(line) + 1
        i = 0
        for match in re.finditer(r"@<((?:(?!@>)[\s\S])+)@>", flat):
            while i + 1 < len(starts) and starts[i + 1][0] <= match.start():
                i += 1
            found.setdefault(normal(match[1]), []).append(f"{starts[i][1]}:{starts[i][2]}")
        return found

    def find(self, snippet, default):
        """Where the web holds this piece of text."""
        for path, number, line in self.lines:
            if snippet and snippet in line:
                return f"{path}:{number}"
        return default


def normal(name):
    return " ".join(name.split())


def same_name(name, names):
    """Does this (perhaps abbreviated) name stand for one of the names?"""
    name = normal(name)
    stem = name[:-3].rstrip() if name.endswith("...") else None
    for other in names:
        if other == name or (stem is not None and other.startswith(stem)):
            return True
        if other.endswith("...") and name.startswith(other[:-3].rstrip()):
            return True
    return False


# ---------------------------------------------------------------- running tools

def write_if_changed(path, text):
    data = text.encode("utf-8", errors="surrogateescape")
    if os.path.exists(path) and open(path, "rb").read() == data:
        return False
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path + ".new", "wb") as out:
        out.write(data)
    os.rename(path + ".new", path)
    return True


def run(command, cwd, log, env=None, append=True):
    """Run quietly; the output goes to the log and is returned."""
    # A section that contains itself makes CTANGLE write for ever.
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST)),
                          env=dict(os.environ, max_print_line="10000", **(env or {})))
    text = done.stdout.decode("utf-8", errors="replace")
    os.makedirs(os.path.dirname(log), exist_ok=True)
    with open(log, "a" if append else "w") as out:
        out.write(f"$ {' '.join(command)}\n{text}\n")
    return done.returncode, text


def tool(name):
    if shutil.which(name) is None:
        stop(f"{name} is missing: apt-get install {PACKAGES}")
    return name


def web_text(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as text:
        return text.read()


def traced(text):
    """Switch on CWEAVE's reports of what it cannot parse, in the first section, without moving a line."""
    return re.sub(r"(?m)^(@(?:\*+\d*|[ \t]))", r"\1@1 ", text, count=1)


PROMELA = ("active", "assert", "atomic", "bool", "break", "byte", "d_step", "do", "else", "fi", "for", "goto", "if",
           "init", "inline", "mtype", "od", "proctype", "run", "short", "skip")
PROMELA_SIGNS = {"->": r"$\;\rightarrow\;$", "::": r"\.{::}", "==": r"$\;\equiv\;$", "!=": r"$\;\neq\;$", ">=": r"$\;\ge\;$",
                 "<=": r"$\;\le\;$", "&&": r"$\;\land\;$", "||": r"$\;\lor\;$", "!": r"$\lnot$", "~": r"$\sim$",
                 "&": r"$\;\AND\;$", "|": r"$\;\OR\;$", "<<": r"$\;\ll\;$", "++": r"\PP", "--": r"\MM", "<": r"$\;<\;$", ">": r"$\;>\;$",
                 "{": r"$\{$", "}": r"$\}$", "=": r"$\;=\;$", "+": r"$\;+\;$", "-": r"$\;-\;$", "#": r"\#", "..": r"$\;\ldots\;$"}
PROMELA_TOKEN = re.compile(r"(?P<comment>/\*.*?\*/)|(?P<word>[A-Za-z_]\w*)|(?P<number>\d+)|(?P<blank>\s+)"
                           r"|(?P<sign>->|::|==|!=|>=|<=|&&|\|\||<<|\+\+|--|\.\.|.)")


def promela(line):
    """One line of Promela as CWEAVE shall print it: it takes the language for C with mistakes, so it gets the line ready set."""
    depth = len(line) - len(line.lstrip("\t"))
    words = re.match(r"\s*#\s*(\w+)\s*(.*)", line)
    out = [r"\#\&{%s}\ " % words[1]] if words else []
    before = "("                        # a sign after this kind of token is one of one operand
    for token in PROMELA_TOKEN.finditer(words[2] if words else line.strip()):
        kind, text = token.lastgroup, token[0]
        safe = text.replace("_", "\\_")
        if kind == "comment":
            out.append(r"$/\ast\,$%s$\,\ast/$" % text[2:-2].strip())
        elif kind == "blank":
            out.append("\\ ")
            continue
        elif kind == "number":
            out.append(r"\T{%s}" % text)
        elif kind == "sign":
            unary = text == "-" and before in "(,=->["
            if text in PROMELA_SIGNS and not unary and out and out[-1] == "\\ " and r"\;" in PROMELA_SIGNS[text]:
                out.pop()
            out.append("$-$" if unary else PROMELA_SIGNS.get(text, text))
        elif text in PROMELA or text == "defined":
            out.append(r"\&{%s}" % safe)
        elif text.isupper() and len(text) > 1:
            out.append(r"\.{%s}" % safe)
        else:
            out.append((r"\|%s" if len(text) == 1 else r"\\{%s}") % safe)
        before = text if kind == "sign" else "a"
    text = re.sub(r"(\\;\$)\\ ", r"\1", "".join(out))
    return r"@t\promela{%d}{%s}@>@;@/" % (-1 if words else depth, text)


TABLE_LINE = re.compile(r"(ROW|PLAIN|HOOK|RULE|ALIAS)\((.*)\)\s*$")


PARAGRAPH = 850         # so many letters of plain symbols at most are one paragraph (CWEAVE reads lines below a thousand)


def table_fields(line):
    kind, fields = TABLE_LINE.match(line).groups()
    return kind, [quoted or word for quoted, word in re.findall(r'"([^"]*)"|([a-z]+)', fields)]


def table_line(kind, fields):
    """One line of the table of interfaces, ready set: \\iROW{symbol}{class}..., with a brace for each field."""
    safe = [re.sub(r"([%&#${}])", r"\\\1", field).replace("<", "$<$").replace(">", "$>$").replace("@", "@@").replace("|", "$\\vert$")
            .replace("~", "\\char126 ").replace("^", "\\char94 ") for field in fields]
    source = {"ROW": 6, "HOOK": 4}.get(kind)
    if source is not None and source < len(safe):
        safe[source] = safe[source].replace("/", "/\\cut{}")
    return r"@t\i%s%s@>@;@/" % (kind, "".join("{%s}" % field for field in safe))


def table_lines(web, path, lines, code):
    """The table of interfaces: its rows, its paragraphs of plain symbols, and a mark in the text before them."""
    for section in web.sections:
        here = [(number, line) for where, number, line, part in section.lines if where == path and part == "code" and TABLE_LINE.match(line)]
        if not here:
            continue
        text = [number for where, number, line, part in section.lines if part == "tex" and where == path and line.strip()]
        if text and not here[0][1].startswith("RULE"):
            lines[text[-1] - 1] += "\\tablerows{%s}%%" % TABLE_LINE.match(here[0][1])[1]
        plain, before = [], []
        for number, line in here:
            kind, fields = table_fields(line)
            code.discard(number)
            if kind != "PLAIN":
                shown = list(fields)
                for i, long in (4, 45), (7, 45):        # counterparts and remark
                    if kind == "ROW" and i < min(len(fields), len(before)) and fields[i] == before[i] and len(fields[i]) > long:
                        shown[i] = "\x01"
                before = fields
                lines[number - 1] = table_line(kind, shown).replace("\x01", "\\asabove{}")
                continue
            if not plain or plain[-1][0] + len(plain[-1][1]) != number or sum(map(len, plain[-1][1] + fields)) > PARAGRAPH:
                plain.append((number, []))
            plain[-1][1].append(" ".join(fields))
        for number, texts in plain:
            lines[number - 1] = table_line("PLAIN", [" ".join(texts)])
            for i in range(1, len(texts)):
                lines[number - 1 + i] = ""


def for_weaving(web, path, lines):
    """What CWEAVE needs and CTANGLE must not see, line for line: room in #define, breaks between strings of assembler,
    and all of what is not C."""
    code = {number for section in web.sections for where, number, _, part in section.lines
            if where == path and part == "code"}
    for section in web.sections:
        inside = False
        for where, number, line, part in section.lines:
            if part == "code" and where == path and re.match(r"@<Model: |@\(model/", line):
                inside = True
            elif inside and number in code:
                code.remove(number)
                if line.strip() and not re.match(r"\s*@[<#q]", line):
                    lines[number - 1] = promela(line)
    table_lines(web, path, lines, code)
    types = "|".join(["module"] + [line.split()[1] for line in tags(web)])
    members = re.compile(r'"(?:\\.|[^"\\])*"|/\*.*?\*/|((?<![\d@.])\.|->)(%s)\b(?!@\])' % types)   # a type's name after a dot
    string = re.compile(r'\s*"(?:\\.|[^"\\])*"\s*$')
    for number, line in enumerate(lines, 1):
        if number not in code:
            continue
        line = re.sub(r"^(#\s*define\s+)(\w+)(\([\w\s,.]*\))(\s+)(?=\S)", r"\1@t\\thinspace@>\2\3@t\\quad@>\4", line)
        line = re.sub(r"^(#\s*define\s+)(\w+)(\s+)(?=[^\s@])", r"\1@t\\thinspace@>\2@t\\quad@>\3", line)
        line = members.sub(lambda m: f"{m[1]}@[{m[2]}@]" if m[2] else m[0], line)
        block = [number + i in code and number + i <= len(lines) and bool(string.match(lines[number + i - 1]))
                 for i in range(-2, 3)]
        if block[2] and block[3] and (block[1] or block[4]):
            line += "@/"
        lines[number - 1] = line


def tags(web):
    """Formats for the tags of structures, so that they look alike before and after their definition.  A tag that is a
    variable's name somewhere else is left alone."""
    code = "\n".join(line if part == "code" else " ; ".join(re.findall(r"\|([^|]*)\|", line))
                     for section in web.sections for _, _, line, part in section.lines)
    code = re.sub(r'/\*[\s\S]*?\*/|"(?:\\.|[^"\\\n])*"|@[.^:<(t](?:(?!@>)[\s\S])*@>|^#include.*', " ", code, flags=re.M)
    found = set(re.findall(r"\b(?:struct|union|enum)\s+([A-Za-z_]\w*)", code))
    code = re.sub(r"(\.|->)\w+|\bbool module;", " ", code)     # members are no variables
    plain = set(re.findall(r"(?<!\w)(?<!struct )(?<!union )(?<!enum )([A-Za-z_]\w*)", re.sub(r"[ \t\n]+", " ", code)))
    return [f"@s {tag} int" for tag in sorted(found - plain)]


def lay_out(web, stage, report, tracing):
    """Copy the web's files to the stage, without the chapters that are missing."""
    for path, number, wanted in web.missing:
        report.error(f"{path}:{number}", f"chapter {wanted} is missing")
    for path in web.files:
        lines = web_text(path).split("\n")
        for where, number, wanted in web.missing:
            if where == path:
                lines[number - 1] = f"@q {wanted} is missing @>"
        if tracing:
            for_weaving(web, path, lines)
            if path == FORMATS:
                lines += tags(web)
        text = "\n".join(lines)
        if tracing and web.sections and web.sections[0].where[0] == path:
            text = traced(text)
        write_if_changed(os.path.join(stage, path), text)


CWEB_AT = re.compile(r"\(l\. (\d+)(?: of (include|change) file ([^)\s]+))?\)")


def cweb_messages(text):
    """Yield (message, file or None, line or None) from the output of ctangle or cweave."""
    for match in re.finditer(r"^! (.*)$", text, re.M):
        message = match[1]
        at = CWEB_AT.search(message)
        yield (message, at[3] if at else None, int(at[1]) if at else None)


def judge_cweb(web, text, tool_name, report, elsewhere=None):
    """Turn complaints of ctangle or cweave into errors; names known elsewhere are forgiven in a chapter check."""
    mentions = web.names()
    for message, path, line in cweb_messages(text):
        if message.startswith(("No program text was specified", "Line had to be broken")):
            continue
        name = re.match(r"(Never defined|Never used|Not present): <([^>]*(?:>(?!$)[^>]*)*)>?", message)
        if name:
            wanted = normal(name[2])
            where = next((places[0] for other, places in mentions.items() if same_name(wanted, [other])), web.root)
            if elsewhere is None:
                report.error(where, f"{name[1].lower()}: <{wanted}>")
            elif not same_name(wanted, elsewhere):
                report.note(where, f"{name[1].lower()} here, and not met in another chapter: <{wanted}>")
            continue
        where = f"{path}:{line}" if path else f"{web.root}:{line}" if line else web.root
        report.error(where, f"{tool_name}: {message}")
    for match in re.finditer(r"Irreducible scrap sequence in section (\d+):(.*)", text):
        scraps = re.sub(r"\([A-Z][a-z]+.*", "", match[2]).split()
        if len(scraps) <= 2 and scraps[:1] == ["@d"]:
            continue                # the heading of a section with its one scrap: benign
        if scraps[-1:] and re.fullmatch(r"\*\d+", scraps[-1]) and len(scraps) <= 3 and scraps[:1] == ["@d"]:
            continue
        where = web.at(int(match[1]))
        if scraps[0] != "@d":       # between bars in the text; find the likely place
            section = web.sections[int(match[1]) - 1] if int(match[1]) <= len(web.sections) else None
            for path, number, line, part in section.lines if section else []:
                odd = re.search(r"\|(?:[./%$-][^|]*|[^|]* [^|]*|-\w+)\|", line) if part == "tex" else None
                if odd:
                    report.error(f"{path}:{number}", f"cweave cannot parse this between bars, perhaps {odd[0]} "
                                 f"(a section or file name is \\.{{.text}}): {' '.join(scraps)}")
                    break
            else:
                report.error(where, f"cweave cannot parse something between bars in section {match[1]}: {' '.join(scraps)}")
            continue
        report.error(where, f"cweave cannot parse section {match[1]}: {' '.join(scraps)}")


# ---------------------------------------------------------------- tangling

def header(path):
    return f"/* {SPDX} */\n" if path.endswith((".h", ".S", ".lds")) else f"// {SPDX}\n"


def mend_line_names(web, body):
    """CTANGLE 4.7 takes the name in a #line from its table by the index modulo 256, so that all but the first names come
    out wrong.  The comments that open and close a section in its output say to which file each #line belongs."""
    open_sections, names = [], "|".join(re.escape(path) for path in web.files)

    def mend(match):
        if match[1]:
            open_sections.append(int(match[1]))
        elif match[2]:
            del open_sections[-1:]
        elif open_sections:
            return f'\n#line {match[3]} "{web.sections[open_sections[-1] - 1].where[0]}"\n'
        return match[0]

    body = re.sub(r'/\*(\d+):\*/|/\*:(\d+)\*/|\n#line (\d+) "[\s\S]{0,300}?"\n', mend, body)
    if len(re.findall(r"(?m)^#line ", body)) != len(re.findall(rf'(?m)^#line \d+ "(?:{names})"$', body)):
        stop(f"a #line in {web.root} names no file of the book")
    return body


def tangle_web(web, stage, name, target, report, log, elsewhere=None):
    """Tangle stage/NAME.w and carry what changed into the target directory; returns the names."""
    produced = []
    outputs = web.outputs()
    for output in outputs:
        if output.startswith(("/", "..")) or output.split("/")[0] in BOOKS + ("kernel-glue",):
            report.error(web.find(f"@({output}@>", web.root), f"output file {output} is not within the tangled tree")
            return produced
        os.makedirs(os.path.join(stage, os.path.dirname(output)), exist_ok=True)
        if os.path.exists(os.path.join(stage, output)):
            os.remove(os.path.join(stage, output))
    code, text = run([tool("ctangle"), name + ".w"], stage, log)
    judge_cweb(web, text, "ctangle", report, elsewhere)
    if code and elsewhere is None and not report.problems:
        report.error(web.root, f"ctangle ends with {code}; see {log}")
    for output in outputs:
        made = os.path.join(stage, output)
        if os.path.exists(made):
            body = open(made, encoding="utf-8", errors="surrogateescape").read()
            write_if_changed(os.path.join(target, output), header(output) + mend_line_names(web, body))
            produced.append(output)
        elif elsewhere is None:
            report.error(web.find(f"@({output}@>", web.root), f"{output} was not written; see {log}")
    return produced


LIKE = re.compile(r"(?<![-+&|<>])([-+&|<>]) +\1(?![-+&|<>=])")


def lint(web, report):
    """What neither tool reports: like signs that ctangle would join, and bytes TeX cannot set."""
    for section in web.sections:
        for path, number, line, part in section.lines:
            bare = re.sub(r'"(?:\\.|[^"\\])*"|/\*.*?\*/|//.*|@[.^:<(](?:(?!@>).)*@>', '""', line)
            if part != "tex" and LIKE.search(bare):
                report.error(f"{path}:{number}", "ctangle joins like signs here: put parentheses between them")
    spine = web.root in (book + ".w" for book in BOOKS)
    for path, number, line in web.limbo:
        if (not spine or path not in (web.root, FORMATS)) and line.strip() and not re.match(r"@q .*@>$", line):
            report.error(f"{path}:{number}", "a chapter has no limbo: move this into a section, or into kfmt.w")
    verbatim = False
    for path, number, line in web.lines:
        verbatim = (verbatim or line.startswith("\\begintt")) and not line.startswith("\\endtt")
        if verbatim and len(line) > 78:
            report.error(f"{path}:{number}", "line too long for \\begintt (78 characters)")
        if re.search(r"[^\x00-\x7f]|[\udc80-\udcff]", line):
            report.error(f"{path}:{number}", "not ASCII: TeX would drop it")


RULE = re.compile(r"\\beginrule\{([A-Z]\d+)\}")


def rules(web, report):
    """Every rule has all its parts, in the right order; two modules, or a reason why not; and an exercise."""
    complain = report.error if RULES_MUST else report.note
    place, parts, transcribed, bare, current = {}, {}, set(), set(), None
    lines = [(f"{path}:{number}", line) for section in web.sections for path, number, line, part in section.lines if part == "tex"]
    for where, line in lines:
        if re.match(r"@\*(\s|\*)", line):
            current = None
        begins = RULE.search(line)
        if begins:
            current = begins[1]
            if current in place:
                complain(where, f"rule {current} stands at {place[current]} too")
            elif current not in RULES:
                report.error(where, f"there is no rule {current} in the list")
            place[current], parts[current] = where, []
        bare |= set(re.findall(r"\\nopair\{([A-Z]\d+)\}", line))
        if current:
            parts[current] += re.findall(r"\\(%s)\b" % "|".join(PARTS), line)
            if "\\transcript{" in line:
                transcribed.add(current)
    exercises = re.findall(r"\\exercise\{\d+\}((?:(?!\n[ \t]*\n|\\exercise)[\s\S])*)", "\n".join(line for _, line in lines))
    asked = set(re.findall(r"\b[A-Z]\d\b", " ".join(exercises)))
    asked |= {name.upper() for name in re.findall(r"\\see\{rule-([a-z]\d)\}", " ".join(exercises))}
    outputs = web.outputs()
    for rule in RULES:
        if rule not in place:
            complain(web.root, f"rule {rule} is missing")
            continue
        lacks = [f"\\{part}" for part in PARTS if part not in parts[rule]]
        pairs = [{re.sub(r"modules/(\w+)_%s\.c" % kind, r"\1", path) for path in outputs
                  if re.fullmatch(r"modules/%s_\w+_%s\.c" % (rule.lower(), kind), path)} for kind in ("bad", "good")]
        lacks += [f"a twin of {stem}" for stem in sorted(pairs[0] ^ pairs[1])]
        if not pairs[0] & pairs[1] and rule not in bare:
            lacks.append("a pair of modules or \\nopair")
        elif pairs[0] & pairs[1] and rule not in transcribed:
            lacks.append("\\transcript")
        if rule not in asked:
            lacks.append("an exercise that mentions it")
        if lacks:
            complain(place[rule], f"rule {rule} lacks {', '.join(lacks)}")


# ---------------------------------------------------------------- weaving

def thin_index(path):
    """Leave local variables that every other function has (i, err, mod), words of C that are everywhere (NULL, struct), and the
    disassembler's names for parts of the processor (X86_...) out of the index: their numbers help nobody."""
    if not os.path.exists(path):
        return
    entries = re.split(r"(?m)^(?=\\I)", open(path, encoding="utf-8", errors="surrogateescape").read())
    entries = [e for e in entries if not re.match(r"\\I\\[\\.|&]\{X86\\_", e)]
    kept = [e for e in entries if not e.startswith(("\\I\\\\", "\\I\\&", "\\I\\.", "\\I\\|"))
            or len(re.findall(r"\d+", e)) < (30 if e.count("\\[") >= 8 else 60)]
    write_if_changed(path, "".join(kept))


CVE = re.compile(r"\bCVE-(\d{4})-(\d+)\b")


def split_index(web, path):
    """CWEAVE's one index becomes several: what is left of it, then rules, interfaces, bugs and messages."""
    if not os.path.exists(path):
        return
    entries = [e.strip() for e in re.split(r"(?m)^(?=\\I)", open(path, encoding="latin-1").read()) if e.strip()]
    texts = set(re.findall(r"(?<!@)@\.((?:(?!@>).)+)@>", web.text()))
    numbers = lambda entry: re.findall(r"\\\[\d+\]|\b\d+\b", entry.rpartition("}, ")[2])
    section = lambda number: int(re.sub(r"\D", "", number))
    rules, bugs, named, titles, table, aliases, messages, rest = {}, {}, {}, {}, {}, {}, [], []
    for s in web.sections:
        text = " ".join(line for _, _, line, part in s.lines if part == "tex")
        for rule in set(re.findall(r"\b[A-Z]\d\b", text)) | {r.upper() for r in re.findall(r"\\see\{rule-([a-z]\d)\}", text)}:
            rules.setdefault(rule, {})[s.number] = False
        for rule, title in re.findall(r"\\beginrule\{([A-Z]\d)\}\{([^}]*)\}", text):
            rules.setdefault(rule, {})[s.number] = True
            titles[rule] = title
        for bug in CVE.findall(text):
            bugs.setdefault(bug, set()).add(s.number)
        for _, _, line, part in s.lines:
            if part == "code" and TABLE_LINE.match(line):
                kind, fields = table_fields(line)
                if kind == "ALIAS":
                    aliases.update((word, fields[0]) for word in fields[1].split())
                elif kind in ("ROW", "HOOK") and fields:
                    table.setdefault(fields[0], set()).add(s.number)
    for entry in entries:
        m = re.match(r"\\I\\\\\{([^}]*)\}, |\\I\\\.\{([^}]*)\}, |\\I(?:\{)?rule ([A-Z]\d)\b", entry)
        name = m and m[1] and m[1].replace("\\_", "_")
        if name in table:
            named[name] = {section(n): "[" in n for n in numbers(entry)}
        elif m and m[2] and m[2] in texts:
            messages.append(entry)
        elif m and m[3]:
            for n in numbers(entry):
                rules.setdefault(m[3], {}).setdefault(section(n), False)
        elif not CVE.search(entry):
            rest.append(entry)

    def line(text, found):
        return "\\I%s, %s." % (text, ", ".join("\\[%d]" % n if found[n] else str(n) for n in sorted(found)))

    def interface(name):
        shown = name.replace("_", "\\_")
        if name not in table:
            return "\\indexalias{\\.{%s}}{\\.{%s}}{%s}" % (shown, aliases[name].replace("_", "\\_"), aliases[name])
        return "\\rowentry{%s}%s" % (name, line("{\\.{%s}}" % shown, {**named.get(name, {}), **{n: True for n in table[name]}}))

    lost = sorted(set(aliases.values()) - set(table)) + sorted(set(aliases) & set(table))
    if lost and web.root in (book + ".w" for book in BOOKS):
        stop(f"an ALIAS leads to no row, or has one itself: {' '.join(lost)}")

    parts = [("rules", "The rules", ["\\ruleentry{%s}" % r + line("{{\\bf %s}\\quad %s}" % (r, titles[r]), rules[r]) for r in RULES if r in titles]),
             ("interfaces", "Interfaces", [interface(name) for name in sorted(set(table) | set(aliases), key=lambda n: (n.lstrip("_").lower(), n))]),
             ("bugs", "Bugs", [line("{CVE-%s-%s}" % bug, {n: False for n in bugs[bug]}) for bug in sorted(bugs, key=lambda b: (int(b[0]), int(b[1])))]),
             ("messages", "Messages", messages)]
    out = rest
    for key, title, found in parts:
        if found:
            out += ["\\indexpart{%s}{%s}" % (key, title)] + found
    write_if_changed(path, "\n".join(out) + "\n")


def weave_web(web, stage, name, report, log, elsewhere=None):
    code, text = run([tool("cweave"), name + ".w"], stage, log)
    judge_cweb(web, text, "cweave", report, elsewhere)
    thin_index(os.path.join(stage, name + ".idx"))
    split_index(web, os.path.join(stage, name + ".idx"))
    if not os.path.exists(os.path.join(stage, name + ".tex")):
        report.error(web.root, f"cweave ends with {code}; see {log}")
        return False
    return True


class Woven:
    """Brings lines of CWEAVE's output back to the web."""

    def __init__(self, web, path):
        self.web = web
        self.lines = open(path, encoding="latin-1").read().split("\n")
        self.section, current = [], 0
        for line in self.lines:
            start = re.match(r"\\(?:M|N\{\d+\})\{(\d+)\*?\}", line)
            if start:
                current = int(start[1])
            self.section.append(current)

    def where(self, number):
        if not 1 <= number <= len(self.lines):
            return self.web.root
        # exactly this line of the text, if it went through unchanged
        text = self.lines[number - 1]
        current = self.section[number - 1]
        if current == 0:
            return self.web.find(text.strip(), self.web.root)
        section = self.web.sections[current - 1] if current <= len(self.web.sections) else None
        if section is None:
            return self.web.root
        words = re.findall(r"[A-Za-z]{3,}", re.sub(r"\\PB|\\[a-zA-Z]+", " ", text))
        best, score = section.where, 0
        for path, at, line, _ in section.lines:
            hits = sum(1 for word in words if word in line)
            if hits > score:
                best, score = (path, at), hits
        return f"{best[0]}:{best[1]}"


def judge_tex(web, stage, name, text, report, strict=True):
    """Errors, overfull boxes, undefined labels."""
    woven = Woven(web, os.path.join(stage, name + ".tex"))

    def place(path, line):
        base = os.path.basename(path)
        if base == name + ".tex":
            return woven.where(line)
        if base in (name + ".idx", name + ".scn"):
            entry = open(os.path.join(stage, base), encoding="latin-1").read().split("\n")[line - 1:line]
            return f"{web.root} (index: {entry[0][:70] if entry else '?'})"
        return f"{path}:{line}"

    current = name + ".tex"
    lines = text.split("\n")
    for i, line in enumerate(lines):
        error = re.match(r"(\.?/?[^\s:]+):(\d+): (.*)", line)
        if error:
            detail = next((after for after in lines[i + 1:i + 9] if after.startswith("l.")), "")
            report.error(place(error[1], int(error[2])), f"TeX: {error[3]} {detail}".rstrip())
            continue
        if line.startswith("! "):
            report.error(web.root, f"TeX: {line[2:]}")
        if "has been referenced but does not exist" in line:  # a chapter alone refers to the others
            if strict:
                report.error(web.root, line)
        elif line.startswith("pdfTeX warning"):
            report.error(web.root, line)
        if "occurred inside a group" in line:
            report.error(web.root, "TeX: a brace or group is not closed by the end of the book")
        if "Index:" in line:
            current = name + ".idx"
        if "Section names:" in line:
            current = name + ".scn"
        over = re.search(r"Overfull \\([hv])box \(([\d.]+)pt too (?:wide|high)\)(.*)", line)
        if over and float(over[2]) > OVERFULL:
            at = re.search(r"at lines? (\d+)", over[3])
            sample = lines[i + 1].strip() if i + 1 < len(lines) else ""
            where = place(current, int(at[1])) if at else web.root
            report.error(where, f"overfull {over[1]}box, {over[2]}pt: {plain(sample)[-70:]}")
        label = re.search(r"WEB-(label|problem): (.*?) \(section (\d+)\)", line)
        if label:
            (report.error if strict or label[1] == "problem" else report.note)(
                web.at(int(label[3])), ("undefined label " if label[1] == "label" else "") + label[2])


def plain(sample):
    """An overfull line as TeX shows it, without its font names."""
    sample = re.sub(r"\\[A-Za-z]+\S* ", " ", sample)
    return re.sub(r"\s+", " ", sample.replace("[]", "")).strip()


def tex(stage, name, log, figures):
    env = {"TEXINPUTS": f".:{os.path.abspath(GLUE)}:{figures}:"}
    return run([tool("pdftex"), "-interaction=nonstopmode", "-file-line-error", "-halt-on-error", name + ".tex"],
               stage, log, env)


def read(path):
    return open(path, "rb").read() if os.path.exists(path) else b""


def figures(report, log):
    """Draw every figure that changed; returns the directory of the results."""
    out = os.path.abspath("out/figures")
    os.makedirs(out, exist_ok=True)
    sources = sorted(f for f in os.listdir("figures") if f.endswith(".mp")) if os.path.isdir("figures") else []
    shared = [f for f in sources if not re.search(rb"(?m)^\s*beginfig", read("figures/" + f))]  # for others to input
    style = b"".join(read("figures/" + f) for f in shared)
    for source in sources:
        if source in shared:
            continue
        stem = source[:-3]
        mark = hashlib.sha256(style + read("figures/" + source)).hexdigest()
        stamp = os.path.join(out, stem + ".stamp")
        if read(stamp).decode() == mark and os.path.exists(os.path.join(out, stem + ".mps")):
            continue
        private = os.path.join(out, f"{stem}.{os.getpid()}")
        os.makedirs(private, exist_ok=True)
        shutil.copy("figures/" + source, private)
        code, text = run([tool("mpost"), "-interaction=nonstopmode", "-file-line-error", "-tex=tex", source], private, log,
                         {"MPINPUTS": f".:{os.path.abspath('figures')}:", "TEXINPUTS": f".:{os.path.abspath('figures')}:"})
        made = os.path.join(private, stem + ".mps")
        if code or not os.path.exists(made):
            bad = [line for line in text.split("\n") if line.startswith("!") or re.match(r"\S+:\d+:", line)]
            report.error(f"figures/{source}", "MetaPost: " + (bad[0] if bad else f"failed; see {log}"))
        else:
            for left in os.listdir(private):        # and what it tells TeX
                if left == stem + ".mps" or left == stem + "-pages.tex":
                    os.rename(os.path.join(private, left), os.path.join(out, left))
            write_if_changed(stamp, mark)
        shutil.rmtree(private, ignore_errors=True)
    return out


LABEL = re.compile(r"\\label\{([^}]*)\}")


def labels_everywhere():
    """label -> book, from every web file there is (used by the chapter check)."""
    found = {}
    for book in BOOKS:
        names = [book + ".w"] + (sorted(os.path.join(book, f) for f in os.listdir(book) if f.endswith(".w"))
                                 if os.path.isdir(book) else [])
        for path in names:
            if os.path.exists(path):
                text = open(path, encoding="utf-8", errors="surrogateescape").read()
                for label in LABEL.findall(text):
                    found.setdefault(label, (book, path))
                for figure in re.findall(r"\\figure\{([^}]*)\}", text):
                    found.setdefault("fig:" + figure, (book, path))
    return found


# ---------------------------------------------------------------- the commands

def finish(report, log, what, quiet=True):
    for line in report.notes:
        print(f"note: {line}")
    for line in report.problems:
        print(line)
    if report.problems:
        print(f"{what}: {len(report.problems)} problem{'s' if len(report.problems) > 1 else ''}; log: {log}")
        return 1
    return 0


def books():
    return [book for book in BOOKS if os.path.exists(book + ".w")]


def fingerprint(paths):
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.encode() + b"\0" + read(path) + b"\0")
    return digest.hexdigest()


def inputs():
    found = []
    for top in ("loader", "unload-rules", "figures", GLUE):
        if os.path.isdir(top):
            for directory, _, names in os.walk(top):
                found += [os.path.join(directory, n) for n in names if n.endswith((".w", ".mp", ".tex", ".py"))]
    return found + [book + ".w" for book in books()]


def left_by_a_run():
    """Tables and transcripts that the tests and the measurements left for the books to take in."""
    places = [place for place in ("out", "out/transcripts") if os.path.isdir(place)]
    return [os.path.join(place, n) for place in places for n in os.listdir(place) if n.endswith(".tex")]


def lock(name):
    os.makedirs("out/weave", exist_ok=True)
    handle = open(f"out/weave/{name}.lock", "w")
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def command_tangle():
    guard = lock("tangle")
    log = "out/log/tangle.log"
    web_files = [path for path in inputs() if path.endswith((".w", ".py"))]
    mark, stamp = fingerprint(web_files), "out/weave/tangle.stamp"
    listing = "out/weave/tangled.list"
    before = read(listing).decode().split()
    if read(stamp).decode() == mark and all(os.path.exists(os.path.join("out/tangled", p)) for p in before):
        return 0
    report, produced = Report(), []
    os.makedirs("out/log", exist_ok=True)
    open(log, "w").close()
    for book in books():
        stage = f"out/weave/tangle-{book}"
        web = Web(book + ".w")
        lay_out(web, stage, report, tracing=False)
        lint(web, report)
        made = tangle_web(web, stage, book, "out/tangled", report, log)
        for path in made:
            if path in produced:
                report.error(web.find(f"@({path}@>", web.root), f"{path} is written by both books")
        produced += made
    if not report.problems:
        for path in before:
            if path not in produced and os.path.exists(os.path.join("out/tangled", path)):
                os.remove(os.path.join("out/tangled", path))
        write_if_changed(listing, "\n".join(sorted(produced)) + "\n")
        write_if_changed(stamp, mark)
    elif os.path.exists(stamp):
        os.remove(stamp)
    del guard
    return finish(report, log, "tangle")


def command_weave():
    guard = lock("weave")
    log = "out/log/weave.log"
    mark, stamp = fingerprint(inputs() + left_by_a_run()), "out/weave/weave.stamp"
    if read(stamp).decode() == mark and all(os.path.exists(f"out/{book}.pdf") for book in books()):
        return 0
    report, webs = Report(), {}
    os.makedirs("out/log", exist_ok=True)
    open(log, "w").close()
    pictures = figures(report, log)
    for book in books():
        stage = f"out/weave/{book}"
        webs[book] = Web(book + ".w")
        lay_out(webs[book], stage, report, tracing=True)
        lint(webs[book], report)
        if book == "unload-rules":
            rules(webs[book], report)
        if not weave_web(webs[book], stage, book, report, log):
            return finish(report, log, "weave")
    last = {}
    waiting = set(webs)
    for _ in range(ROUNDS):
        for book in sorted(waiting):
            stage = f"out/weave/{book}"
            shutil.copy(f"{stage}/{book}.toc", f"{stage}/{book}.front") if os.path.exists(f"{stage}/{book}.toc") else None
            for other in webs:          # labels of both, as the last pass left them
                made = f"out/weave/{other}/{other}.lbx"
                if os.path.exists(made):
                    shutil.copy(made, f"{stage}/{other}.lbl")
            known = [read(f"{stage}/{other}.lbl") for other in webs] + [read(f"{stage}/{book}.front")]
            last[book] = (tex(stage, book, log, pictures), known)
            if last[book][0][0]:        # do not let a broken run spoil the next one
                for suffix in ("lbx", "toc"):
                    if os.path.exists(f"{stage}/{book}.{suffix}"):
                        os.remove(f"{stage}/{book}.{suffix}")
                break
        waiting = {book for book in webs
                   if book not in last or last[book][1] != [read(f"out/weave/{other}/{other}.lbx") for other in webs]
                   + [read(f"out/weave/{book}/{book}.toc")]}
        if not waiting or any(result[0][0] for result in last.values()):
            break
    else:
        report.error("", f"labels do not settle in {ROUNDS} rounds: {' '.join(sorted(waiting))}")
    for book, ((code, text), _) in last.items():
        judge_tex(webs[book], f"out/weave/{book}", book, text, report)
        if code and not report.problems:
            report.error(book + ".w", f"pdftex ends with {code}; see {log}")
        made = f"out/weave/{book}/{book}.pdf"
        if os.path.exists(made) and not code and not (os.path.exists(f"out/{book}.pdf")
                                                      and filecmp.cmp(made, f"out/{book}.pdf", shallow=False)):
            shutil.copy(made, f"out/{book}.pdf.new")
            os.rename(f"out/{book}.pdf.new", f"out/{book}.pdf")
    if not report.problems:
        write_if_changed(stamp, mark)
    elif os.path.exists(stamp):
        os.remove(stamp)
    del guard
    return finish(report, log, "weave")


def command_chapter(chapter):
    if not os.path.exists(chapter):
        stop(f"there is no {chapter}")
    stem = os.path.splitext(os.path.basename(chapter))[0]
    book = "unload-rules" if chapter.startswith("unload-rules") else "loader"
    log = f"out/log/chapter-{stem}.log"
    guard = lock("chapter-" + stem)
    report = Report()
    os.makedirs("out/log", exist_ok=True)
    open(log, "w").close()
    stage, name, limbo = f"out/chapter/{stem}", "wrapper", []
    if os.path.exists(book + ".w"):
        for _, _, line in Web(book + ".w").limbo_of_spine():
            limbo.append(line)
    if not limbo:
        limbo = ["\\input bookmac", f"@i {FORMATS}"]
    write_if_changed(f"{stage}/{name}.w", "\n".join(limbo + ["\\chaptercheck", f"@i {chapter}", ""]))
    write_if_changed(f"{stage}/{FORMATS}", web_text(FORMATS))
    web = Web(chapter)          # complaints are about the chapter itself
    others = set()
    for path in inputs():
        if path.endswith(".w") and path not in web.files and not path.startswith(GLUE):
            others |= set(Web(path, alone=True).names())
    lay_out(web, stage, report, tracing=False)
    lint(web, report)
    tangle_web(web, stage, name, f"{stage}/tangled", report, log, others)
    lay_out(web, stage, report, tracing=True)
    write_if_changed(f"{stage}/{FORMATS}", web_text(FORMATS) + "\n".join(tags(web)) + "\n")
    pictures = figures(report, log)
    known = labels_everywhere()
    with open(f"{stage}/{name}.lbl", "w") as out:
        for label, (owner, path) in known.items():
            if path not in web.files:
                out.write(f"\\defelse{{{label}}}{{{owner}}}\n")
        out.write(read(f"{stage}/{name}.lbx").decode("latin-1"))
    if weave_web(web, stage, name, report, log, others):
        for _ in range(2):
            code, text = tex(stage, name, log, pictures)
            labels = read(f"{stage}/{name}.lbx").decode("latin-1")
            with open(f"{stage}/{name}.lbl", "a") as out:
                out.write(labels)
            if code:
                os.remove(f"{stage}/{name}.lbx") if os.path.exists(f"{stage}/{name}.lbx") else None
                break
        judge_tex(web, stage, name, text, report, strict=False)
        if os.path.exists(f"{stage}/{name}.pdf") and not code:
            shutil.copy(f"{stage}/{name}.pdf", f"out/chapter/{stem}.pdf")
    del guard
    status = finish(report, log, f"chapter {chapter}")
    if status == 0:
        print(f"{chapter}: no problem; out/chapter/{stem}.pdf, out/chapter/{stem}/tangled/")
    return status


ERRNO = re.compile(r"-(E[A-Z][A-Z0-9]+)\b")
PRINT = re.compile(r"\b(?:pr_(?:emerg|alert|crit|err|warn|notice|info|debug|cont)\w*|printk|WARN(?:_ONCE)?)\s*\(")
LOCKS = re.compile(r"\b(?:mutex_lock\w*|spin_lock\w*|raw_spin_lock\w*|guard\((?:mutex|spinlock\w*|raw_spinlock\w*|rcu)\))\s*\(&?([\w>.-]*)\)")


def command_index(paths):
    bad = 0
    for path in paths or [book + ".w" for book in books()]:
        for section in Web(path).sections:
            whole = "\n".join(text for _, _, text, _ in section.lines)
            code = [(p, n, re.sub(r"/\*.*?\*/", "", t)) for p, n, t, part in section.lines
                    if part == "code" and "trials" not in p]   # a trial expects, it does not report
            for (where, number, text), (_, _, before) in zip(code, [("", 0, "")] + code):
                if text.startswith("#") or before.endswith("\\"):
                    continue
                bare = re.sub(r'"(?:\\.|[^"\\])*"', '""', text)
                for errno in ERRNO.findall(bare):
                    if f"@^error {errno}@>" not in whole:
                        bad += 1
                        print(f"{where}:{number}: no index entry @^error {errno}@> in this section")
                for held in LOCKS.findall(bare):
                    held = re.split(r"->|\.", held or "RCU")[-1].replace("_", r"\_")
                    if "@^lock " + held not in whole:
                        bad += 1
                        print(f"{where}:{number}: no index entry @^lock {held}@> in this section")
                if PRINT.search(bare) and "@." not in whole:
                    bad += 1
                    print(f"{where}:{number}: no index entry @.message@> in this section")
    return 1 if bad else 0


def command_rules():
    report = Report()
    rules(Web("unload-rules.w"), report)
    return finish(report, "none", "rules")


def command_sections(paths):
    print(f"{'web':30} {'sections':>8} {'*':>3} | code lines med {'p90':>4} {'max':>4} | words per code line | silent")
    for path in paths or [book + ".w" for book in books()]:
        code, words, silent, stars = [], 0, 0, 0
        for section in Web(path).sections:
            prose = " ".join(t for _, _, t, part in section.lines if part == "tex")
            prose = re.sub(r"@[\^.:].*?@>|\\[a-zA-Z]+|%.*", " ", prose)
            said = len(re.findall(r"[A-Za-z0-9_'$|-]+", prose))
            lines = sum(1 for _, _, t, part in section.lines if part == "code" and t.strip())
            words += said
            stars += section.depth is not None
            if lines:
                code.append(lines)
                silent += said < 3
                if lines > 36:
                    print(f"  {section.where[0]}:{section.where[1]}: {lines} lines of code")
        code.sort()
        pick = (lambda share: code[min(len(code) - 1, int(share * len(code)))]) if code else (lambda share: 0)
        print(f"{path:30} {len(Web(path).sections):8} {stars:3} | {pick(.5):14} {pick(.9):4} {code[-1] if code else 0:4}"
              f" | {words / max(1, sum(code)):19.1f} | {silent:6}")
    return 0


def main(arguments):
    if not os.path.isdir(GLUE):
        stop("run me at the root of the repository")
    command, rest = (arguments or ["help"])[0], arguments[1:]
    if command == "tangle":
        return command_tangle()
    if command == "weave":
        return command_weave()
    if command == "chapter" and len(rest) == 1:
        return command_chapter(os.path.relpath(rest[0]))
    if command == "index":
        return command_index(rest)
    if command == "sections":
        return command_sections(rest)
    if command == "rules":
        return command_rules()
    print(__doc__)
    return 2


sys.exit(main(sys.argv[1:]))
