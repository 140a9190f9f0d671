@q SPDX-License-Identifier: GPL-2.0-only @>

@* A checker for modules. \label{checker}%
A rule that is broken in the machine is expensive to find: it needs the right moment, and often somebody else's machine. Much of it can be
seen in the file. \.{modrules} reads compiled modules, on any computer, as any user, and says which rules concern each of
them, and which it seems to break. It takes the table of interfaces from the same lines as the loader (\see{interfaces}), the
verdict from the same code (\see{verdict}), and then looks where the loader has no time to look: at the instructions.

What it cannot do comes first, because a tool that is silent is easily believed. It sees one module, and not those that work together with it. It follows
addresses that are constants; an object that was allocated is a stranger to it. It knows no values, so it takes every branch for possible and
every loop for one pass. It does not know functions that the table does not know. Therefore its silence proves nothing; and when
it speaks, that is a reason to look, not a proof either. Findings come in two grades. An {\it error\/} is something that is missing, or
that stands in the wrong place, for all that the file can tell; for half of those that were looked into, nobody could find a good reason. An {\it advice\/} is a habit
from which mistakes come, and for which there may be a reason that a file does not show.

\medskip
\begintable{t p{4.2in}}
option & what it does \cr \hd
--verdict & print nothing but what the loader would show in \.{/sys/module/NAME/unload} \cr
--quiet & findings only: not a word of modules that have none \cr
--explain=D1 & print the rule, and tell where in this book it stands \cr
--table=call\_rcu & print what the table says of a symbol \cr
--version --help & as usual \cr
\endtable

\medskip\noindent
The exit status is 0 when nothing was found, 1 when something was, and 2 when a file could not be read, or not to the end (or the command line makes no sense).

@ This is how it is used. The first line of each module is its verdict, and a finding is one line: the file, the rule, the grade, what is the matter and where, and after the
semicolon why, or what would cure it.

\begintt
$ cd out/modules
$ ../tools/modrules d6_order_bad.ko d6_order_good.ko
d6_order_bad.ko: hard: U2 D2 D5
d6_order_bad.ko: D6: error: queue_work_on may come again after
  cancel_work_sync, order_exit+0x7; request_threaded_irq is taken back
  only later, by free_irq in order_exit+0x15, and pulled+0x1d orders
  once more
d6_order_good.ko: hard: U2 D2 D5
$ ../tools/modrules --explain=D6
D6: First the sources (interrupts, hooks, user-visible files), then
  what they schedule.
    chapter "Rules for what was ordered"
\endtt

\noindent (Lines are broken here for the sake of the page; the tool does not break them.) The second module is hard too, and there is nothing else to say of it. One should run the tool over modules in which one believes, and not only over one's latest: \.{modrules --quiet}
takes five seconds for all modules of a distribution.

@ The whole program. A file is taken apart once, every function in it is read once, from its first instruction to its last (or to one that is unknown), and what is kept of it is who is called
with what. All checks work on these notes. They are small functions that know nothing of each other, and each can be left out.

@(host/modrules.c@>=
#define _GNU_SOURCE
@<Headers of the checker@>@;
@#
@<The table, as the checker holds it@>@;
@<What is kept of a module@>@;
@<What was found@>@;
@<Read a module file@>@;
@<Find the functions of the module@>@;
@<Follow the instructions of a function@>@;
@<What can be reached from where@>@;
@<The calls of init and exit, in their order@>@;
@<The checks@>@;
@<Judge one module@>@;
@<Answer questions about rules and table@>@;
@#
int main(int argc, char **argv)
{
	@<What the checker is asked@>@;
	@<Judge the files one after the other@>@;
}

@ Two libraries do the heavy work. One is \.{libdw}, of the \.{elfutils}: it opens modules, compressed or not (\.{gzip}, \.{xz}, \.{zstd}), and checks every offset in a file before it uses it. The
other, \.{capstone}, is a disassembler. Both are in every distribution.

@<Headers of the checker@>=
#include <capstone/capstone.h>
#include <elfutils/libdwelf.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <getopt.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

@*1 What is kept of a module. A file is made of sections, which are called \term{portion}s here (the word ``section'' is taken, by this book). Of every portion that will be in memory we keep the
bytes, and its relocations in the order of their places. A relocation is a tie between two places: that is nearly all there is to know about a module, since
before it is linked every address in it is a relocation, and nothing that is not one can be taken for one.

@<What is kept of a module@>=
struct tie {
	uint64_t at; /* where the address is to be written */
	unsigned type, sign; /* how, and of which symbol */
	int64_t add;
};
@#
struct area {
	const char *name;
	const unsigned char *bytes; /* |NULL| if it has none in the file */
	uint64_t size;
	bool kept, code, writable;
	struct tie *ties; /* sorted by |at| */
	size_t nties;
};

@ Symbols are called \term{sign}s. One that lies in no portion is an import; it carries its row of the table, if there is one.

@<What is kept of a module@>=
struct known_symbol {
	const char *name;
	unsigned portion; /* 0: imported, or nothing that concerns us */
	uint64_t value, size;
	int kind;
	bool import;
	const struct facts *row;
};

@ What an instruction handles is of interest only if it is known beforehand: a number, the address of a place in the module, the address of something imported,
or what \term{lies} in a place when the instruction is executed. The last is how pointers that are variables get an identity: two calls that are both given ``what lies at \.{.bss}+16'' mean, with some luck, the same
object. Nothing better is needed for |destroy_workqueue(queue)|.

@<What is kept of a module@>=
enum knowledge { UNKNOWN, NUMBER, PLACE, IMPORT, HELD };
@#
struct thing {
	enum knowledge what;
	unsigned portion; /* for an import: 0, and |at| is the number of its sign */
	uint64_t at;
};
@#
static bool same(struct thing a, struct thing b)
{
	return a.what == b.what && a.portion == b.portion && a.at == b.at;
}

@ A function is the range of one symbol. Its instructions are reduced to \term{step}s, which know where one can go from there, whether the result of a call (in |rax|) is
read or lost, and whether data of the module are touched. A call is kept at greater length, with what is known of its arguments.

@<What is kept of a module@>=
enum movement { ONWARD, CALL, BRANCH, JUMP, RETURN, STOP };
enum { READS_RESULT = 1, LOSES_RESULT = 2, TOUCHES_DATA = 4 };
enum { ARGUMENTS = 6 };
@#
struct instruction {
	uint64_t at;
	enum movement move;
	unsigned char flags;
	uint64_t target; /* of a branch or jump within the function */
	long calling; /* number of its call, or $-1$ */
};
@#
struct call_note {
	struct thing to, args[ARGUMENTS];
	size_t step;
	unsigned routine; /* in which it stands */
	bool last; /* a jump: the caller does not come back here */
};

@ Functions are \term{routine}s. |steps| are only there after it has been read. Marks are for whoever is looking for something just now.

@<What is kept of a module@>=
struct procedure {
	const char *name;
	unsigned portion;
	uint64_t from, to;
	struct instruction *steps;
	size_t nsteps;
	size_t calls, calls_end, mentions, mentions_end; /* which of all are in it */
	bool entered; /* from elsewhere: its address is in data, or it is exported, or it is exit */
	bool mark, busy;
};

@ Two more kinds of notes are kept: that a routine mentions an address, and that it stores something into a place whose address is known. A store of an address into the module's data is
as good as a relocation there, and a store into an imported variable may be a hook.

@<What is kept of a module@>=
struct mention {
	unsigned routine;
	struct thing what;
};
@#
struct storing {
	unsigned routine;
	size_t step;
	struct thing where, what;
};

@ One module at a time is in memory, with everything that is known about it, and when the next one comes all of it is forgotten. No check keeps anything between two modules: what the tool says of a file
does not depend on the files before it.

@<What is kept of a module@>=
static struct {
	const char *path;
	struct area *portions; size_t nportions;
	struct known_symbol *signs; size_t nsigns;
	struct procedure *routines; size_t nroutines;
	struct call_note *calls; size_t ncalls;
	size_t *orders; size_t norders; /* those calls for which there is a counterpart */
	struct mention *mentions; size_t nmentions;
	struct storing *stores; size_t nstores;
	unsigned own; /* the sign |__this_module| */
	bool owned; /* it is named somewhere */
	uint64_t code; /* bytes that were disassembled */
	uint64_t work; /* things that were looked at */
	bool left_out; /* some code was not read */
	bool stopped; /* at an instruction that the disassembler does not know */
} m;

@ An \term{object} is what an order can be about: a place that can be written to, or something that a pointer in the module leads to. Constant tables and texts are given to calls as well, and two calls that share a text have nothing in common.
Were they taken for objects, 99 queues of work would be reported as forgotten, because |alloc_workqueue| is given the text of a format, and |destroy_workqueue| is not.

@<What is kept of a module@>=
static bool an_object(struct thing v) /* and not a text, or a constant table */
{
	return v.what == HELD || (v.what == PLACE && m.portions[v.portion].writable);
}

@ All that is allocated for a module is in arrays that grow by doubling; |room| sees to it that one more fits. An array is full whenever its length is a power of two, so the length alone tells, and nothing else has to be kept.
When memory runs out there is nothing to save, since the notes on one module are of no use to the next. So the program ends at once, and none of the many callers has to think of it.
@.modrules: out of memory@>

@<What is kept of a module@>=
static void *granted(void *memory)
{
	if (memory)
		return memory;
	fputs("modrules: out of memory\n", stderr);
	exit(2);
}
@#
static void *room(void *array, size_t length, size_t size)
{
	if (length & (length - 1))
		return array;
	return granted(length <= SIZE_MAX / 2 / size ? realloc(array, (length ? 2 * length : 1) * size) : NULL);
}
@#
static void *zeros(size_t n, size_t size)
{
	return granted(calloc(n + 1, size));
}

@ Many of the questions below are asked of every call with regard to every other one. Of a module that somebody has compiled the notes are some thousands, and the square of that is nothing. But a file of a few
megabytes can hold a hundred thousand symbols, all with the name of a timer's function, and a million calls; it would keep us for years. A limit for each array would not help, since the damage is in the products, and a clock
would make what is said depend on the machine. So work is counted: whoever is about to look through a whole array says how long it is, and is told whether he may. The limit is thirty times what the hardest module of a
distribution takes, some ten seconds; once it is passed every search ends early, the findings up to then are printed, and the file counts as one that could not be read. (It must not look like one in which nothing was found.)

@<What is kept of a module@>=
static bool tired(uint64_t looks)
{
	static const uint64_t most = 1ull << 28;

	m.work = looks < most - m.work ? m.work + looks : most;
	return m.work == most;
}

@*1 The table. It is what the chapter on interfaces has left in three headers, each of them a list of calls of a macro; what the macro makes of them is the includer's affair.
\.{judge.h} takes what it needs for a verdict. The checker also wants the rest: classes by name, the owner's field, and for those who ask, context, source and note.

@<The table, as the checker holds it@>=
#include "judge.h"
@#
enum protection { none, counted, drained, deferred, released, bare };
static const char *const kinds[] = { "none", "counted", "drained", "deferred", "released", "bare" };
@#
static const struct facts {
	const char *symbol;
	enum protection kind;
	const char *rules, *owner, *back, *context, *source, *note;
} rows[] = {@t\1@>@/@[@]
#define ROW(symbol, kind, rules, owner, back, context, source, note) \
	@[{ symbol, kind, rules, owner, back, context, source, note },@]
#include "interfaces.h"
#undef ROW
@t\2@>@/};

@ Hooks that are variables have a table of their own, which the loader does not read: that a module stores something cannot be seen from its imports.

@<The table, as the checker holds it@>=
static const struct variable {
	const char *symbol, *kind, *rules, *cleared, *source, *note;
} hooks[] = {@t\1@>@/@[@]
#define HOOK(symbol, kind, rules, cleared, source, note) \
	@[{ symbol, kind, rules, cleared, source, note },@]
#include "hooks.h"
#undef HOOK
@t\2@>@/};

@ What an author writes is often a macro or an inline function, and the import has another name. Who asks with the one is shown the row of the other.

@<The table, as the checker holds it@>=
static const struct written {
	const char *symbol, *names;
} aliases[] = {@t\1@>@/@[@]
#define ALIAS(symbol, names) @[{ symbol, names },@]
#include "aliases.h"
#undef ALIAS
@t\2@>@/};

@ And the rules, with their sentences. They are those of the frames in the chapters on rules; \.{--explain} prints them.

@<The table, as the checker holds it@>=
static const struct sentence_of {
	const char *rule, *text;
} sentences[] = {@t\1@>@/@[@]
#define RULE(rule, text) @[{ rule, text },@]
#include "rules.h"
#undef RULE
@t\2@>@/};

@ The verdict's numbers of names lead to the rows too: those of rows are their places, plus one.

@<The table, as the checker holds it@>=
static const struct facts *row_of(const char *name)
{
	unsigned number = number_of(name, (unsigned)strlen(name));

	if (number && number <= ROWS && !strcmp(rows[number - 1].symbol, name))
		return &rows[number - 1];
	return NULL;
}

@ There are forty hooks at most, so they are searched one by one.
A module has some fifty imports, and a hook is asked for once for each; a second table with a hash would be more to read than the loop.

@<The table, as the checker holds it@>=
static const struct variable *hook_of(const char *name)
{
	for (size_t i = 0; i < sizeof(hooks) / sizeof(*hooks); i++) {
		if (!strcmp(hooks[i].symbol, name))
			return &hooks[i];
	}
	return NULL;
}

@ Lists are short, and a search for a whole word in one is written faster than explained.
It has to be a whole word: |timer_delete| is in the list of what takes back a timer only as the beginning of |timer_delete_sync|, and to take the one for the other would be to miss the very mistake that rule D1 is about.

@<The table, as the checker holds it@>=
static bool has_word(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = strstr(list, word); length && at; at = strstr(at + 1, word)) {
		if ((at == list || at[-1] == ' ') && (!at[length] || at[length] == ' '))
			return true;
	}
	return false;
}

@ A message names one counterpart and the number of the others. All of them would fill three lines, and \.{--table} shows them.
It is the one that the loader's log names, so that the two can be compared.

@<The table, as the checker holds it@>=
static const char *one_of(const char *list) /* the first, and how many more */
{
	static char text[200];
	int first = (int)strcspn(list, " "), more = 0;

	for (const char *at = list + first; *at; at++)
		more += *at == ' ';
	if (more)
		snprintf(text, sizeof(text), "%.*s (or one of %d more)", first, list, more);
	else
		snprintf(text, sizeof(text), "%s", list);
	return text;
}

@*1 Findings. They are collected, so that each is printed once, and errors before advice. The same mistake is often made in twenty functions; after three lines about one rule and one symbol the
rest is counted only.
@^grades of a finding@>

@<What was found@>=
enum gravity { ERROR, ADVICE };
@#
static struct finding {
	enum gravity grade;
	char rule[4];
	const char *about; /* the import that it is about */
	char *text;
} *findings;
static size_t nfindings;
@#
static void find(enum gravity, const char *rule, const char *about, const char *text, ...) __attribute__((format(printf, 4, 5)));

@ A row may name several rules; its first one is the one that a finding is filed under, as in the loader's log. What has been said once is not said again: init and exit may be read twice, when a function is reached on two ways.
If there is no memory for the text the finding is dropped, but its |NULL| must not come into the list, for it will be compared with others.

@<What was found@>=
static void find(enum gravity grade, const char *rule, const char *about, const char *text, ...)
{
	struct finding new = { @[@].grade = grade, @[@].about = about };
	va_list list;

	snprintf(new.rule, sizeof(new.rule), "%.*s", (int)strcspn(rule, " "), rule);
	va_start(list, text);
	if (vasprintf(&new.text, text, list) < 0)
		new.text = NULL;
	va_end(list);
	for (size_t i = 0; i < nfindings && !tired(1); i++) {
		if (new.text && !strcmp(findings[i].text, new.text) && !strcmp(findings[i].rule, new.rule)) {
			free(new.text);
			new.text = NULL;
		}
	}
	if (!new.text || tired(nfindings)) {
		free(new.text);
		return;
	}
	findings = room(findings, nfindings, sizeof(new));
	findings[nfindings++] = new;
}

@*1 Reading a file. Whatever is wrong with a file, the answer is one line and status 2. The tool may be pointed at anything: a file that is not a module, one that was cut off by a
full disk, one that somebody has made in order to break it. \.{libelf} promises not to hand out what lies outside of the file. What remains to be checked here is what
the parts of a file say about each other.
@.... cannot be opened...@>

@<Read a module file@>=
static bool refuse(const char *why)
{
	fprintf(stderr, "%s: cannot be read: %s\n", m.path, why);
	return false;
}
@#
static const char *of_library(const char *otherwise)
{
	int err = elf_errno();

	return err > 0 ? elf_errmsg(err) : otherwise;
}

@ Names are texts in a section of their own. A name that is longer than any which a compiler makes is refused: a million symbols can share one text of a megabyte, each beginning a letter later, and all of them want to be looked up. If the section
ends with a zero every name in it has an end. And a name is printed sooner or later, so it must not be one that clears the reader's screen.

@<Read a module file@>=
enum { LONGEST_NAME = 2048 };
@#
static const char *text_in(Elf *elf, size_t strings, size_t at)
{
	Elf_Data *data = elf_rawdata(elf_getscn(elf, strings), NULL);
	const char *name;

	if (!data || !data->d_buf || at >= data->d_size || ((const char *)data->d_buf)[data->d_size - 1])
		return NULL;
	name = (const char *)data->d_buf + at;
	for (size_t i = 0; name[i]; i++) {
		if (i >= LONGEST_NAME || (unsigned char)name[i] < ' ' || name[i] == 0x7f)
			return NULL;
	}
	return name;
}

@ The portions first. Relocations of a portion lie in a section of their own, which says by its number to whom it belongs; they are read in a second
round, when the symbols are known.
@.... is not a module...@>

@<Read a module file@>=
static bool read_portions(Elf *elf)
{
	size_t names, n, rest;

	if (elf_getshdrstrndx(elf, &names) || elf_getshdrnum(elf, &n) || !elf_rawfile(elf, &rest))
		return refuse(of_library("it has no sections"));
	m.portions = zeros(n, sizeof(*m.portions));
	for (Elf_Scn *s = elf_nextscn(elf, NULL); s; s = elf_nextscn(elf, s)) {
		GElf_Shdr head;
		size_t i = elf_ndxscn(s);

		if (i >= n || !gelf_getshdr(s, &head))
			return refuse(of_library("a section has no header"));
		@<Refuse sections that overlap@>@;
		@<Take note of the portion |i|@>@;
	}
	m.nportions = n;
	return true;
}

@ Nothing in the format keeps two sections from lying on the same bytes. Ten thousand headers that all point to one megabyte would be ten gigabytes of code, every byte of them inside of the file. If the sizes together are larger than
the file, some must overlap; if not, the file's own length bounds all that follows.

@<Refuse sections that overlap@>=
if (head.sh_type != SHT_NOBITS) {
	if (head.sh_size > rest)
		return refuse("its sections overlap, or lie outside of it");
	rest -= head.sh_size;
}

@ Of debugging information nothing is kept, nor anything else that does not go into memory. A portion without bytes in the file has a size all the same: \.{.bss}
may be mentioned.

@<Take note of the portion |i|@>=
struct area *p = &m.portions[i];
Elf_Data *data = elf_rawdata(s, NULL);
@#
p->name = text_in(elf, names, head.sh_name);
if (!p->name)
	return refuse("a section's name makes no sense");
p->kept = head.sh_flags & SHF_ALLOC;
p->code = p->kept && head.sh_flags & SHF_EXECINSTR && head.sh_type == SHT_PROGBITS;
p->writable = p->kept && head.sh_flags & SHF_WRITE;
p->size = head.sh_size;
if (!p->kept || head.sh_type == SHT_NOBITS)
	continue;
if (!data || data->d_size != head.sh_size)
	return refuse("a section lies outside of the file");
p->bytes = data->d_buf;

@ A file has one table of symbols. A module without one could not be loaded either.
(Relocations name their table by a number, so a file could have two. The loader refuses such a file; here the first is taken, and every number in a relocation is checked against its length, so that the worst that can happen is nonsense.)

@<Read a module file@>=
static Elf_Scn *first_of(Elf *elf, unsigned type, GElf_Shdr *head)
{
	for (Elf_Scn *s = elf_nextscn(elf, NULL); s; s = elf_nextscn(elf, s)) {
		if (gelf_getshdr(s, head) && head->sh_type == type)
			return s;
	}
	return NULL;
}

@ Its entries are looked at one by one. |gelf_getsym| answers |NULL| for an index that lies outside of the table, whatever the header says about its length.
So the length is worked out from the data that the library has really got, and not from the header: a header may promise what the file does not hold.

@<Read a module file@>=
static bool read_signs(Elf *elf)
{
	GElf_Shdr head;
	Elf_Scn *s = first_of(elf, SHT_SYMTAB, &head);
	Elf_Data *data = s ? elf_getdata(s, NULL) : NULL;
	GElf_Sym symbol;

	if (!data)
		return refuse(of_library("it has no symbols"));
	m.nsigns = data->d_size / sizeof(Elf64_Sym);
	m.signs = zeros(m.nsigns, sizeof(*m.signs));
	for (size_t i = 0; i < m.nsigns; i++) {
		@<Take note of the symbol |i|@>@;
	}
	return true;
}

@ A symbol that claims a place outside of its section is refused here, so that nobody else need check it. The module's own structure, to which |THIS_MODULE| refers, is found by its name.
Its end is another matter: many sizes are wrong in honest files of assembly code, and who uses a size looks at it. Symbols with the special section numbers (absolute values, the name of the source) get portion 0, like those of which nothing is known; nobody calls them, and nothing lies there.

@<Take note of the symbol |i|@>=
struct known_symbol *sign = &m.signs[i];
@#
if (!gelf_getsym(data, (int)i, &symbol))
	return refuse("a symbol lies outside of the file");
sign->name = text_in(elf, head.sh_link, symbol.st_name);
if (!sign->name)
	return refuse("a symbol's name makes no sense");
sign->kind = GELF_ST_TYPE(symbol.st_info);
sign->value = symbol.st_value;
sign->size = symbol.st_size;
if (symbol.st_shndx == SHN_UNDEF && i) {
	sign->import = true;
	sign->row = row_of(sign->name);
} else if (symbol.st_shndx < SHN_LORESERVE && symbol.st_shndx >= m.nportions) {
	return refuse("a symbol names a section that is not there");
} else if (symbol.st_shndx < SHN_LORESERVE) {
	sign->portion = symbol.st_shndx;
	if (sign->value > m.portions[sign->portion].size)
		return refuse("a symbol lies outside of its section");
	if (sign->portion && !strcmp(sign->name, "__this_module"))
		m.own = (unsigned)i;
}

@ The linker writes relocations in the order of their places, mostly; it is not obliged to. The search relies on it, so they are sorted.

@<Read a module file@>=
static int by_place(const void *a, const void *b)
{
	const struct tie *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}
@#
@<Read the relocations of one portion@>@;

@ Which portion a section of relocations belongs to is its |sh_info|. Those of debugging information are the greater part of a module that was compiled with it, and are passed over.

@<Read a module file@>=
static bool read_ties(Elf *elf)
{
	GElf_Shdr head;

	for (Elf_Scn *s = elf_nextscn(elf, NULL); s; s = elf_nextscn(elf, s)) {
		if (!gelf_getshdr(s, &head) || head.sh_type != SHT_RELA)
			continue;
		if (!head.sh_info || head.sh_info >= m.nportions)
			return refuse("relocations are for a section that is not there");
		if (m.portions[head.sh_info].kept && !read_ties_of(&m.portions[head.sh_info], elf_getdata(s, NULL)))
			return false;
	}
	return true;
}

@ A relocation outside of its portion would never be found by anybody who looks for it, but it is a sign of damage.
So is a second list for one portion. The loader would apply both, one over the other, and what the instructions say then depends on the order. Nothing that a compiler makes looks like this, and a checker that guesses is worse than one that refuses.

@<Read the relocations of one portion@>=
static bool read_ties_of(struct area *p, Elf_Data *data)
{
	size_t n = data ? data->d_size / sizeof(Elf64_Rela) : 0;
	GElf_Rela r;

	if (!data || p->ties)
		return refuse(p->ties ? "a section has relocations twice" : of_library("relocations lie outside of the file"));
	p->ties = zeros(n, sizeof(*p->ties));
	for (size_t i = 0; i < n; i++) {
		if (!gelf_getrela(data, (int)i, &r) || r.r_offset >= p->size || GELF_R_SYM(r.r_info) >= m.nsigns)
			return refuse("a relocation makes no sense");
		p->ties[i] = (struct tie){ r.r_offset, GELF_R_TYPE(r.r_info), GELF_R_SYM(r.r_info), r.r_addend };
	}
	p->nties = n;
	qsort(p->ties, n, sizeof(*p->ties), by_place);
	return true;
}

@ Then the file as a whole. |dwelf_elf_begin| sees by itself whether a file is compressed. What is not a module for this processor is refused with the reason, since the likeliest mistake is an honest one: an object file of a program, or the module of another machine.
@.... is not a module...@>

@<Read a module file@>=
static bool read_module(Elf *elf)
{
	GElf_Ehdr head;

	if (!elf || elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &head))
		return refuse(of_library("it is not an ELF file"));
	if (gelf_getclass(elf) != ELFCLASS64 || head.e_machine != EM_X86_64)
		return refuse("it is not for x86-64");
	if (head.e_type != ET_REL)
		return refuse("it is not a module, but something linked");
	return read_portions(elf) && read_signs(elf) && read_ties(elf);
}

@ Not every \.{libdw} knows \.{zstd}; the one of Debian 12 does not. Such a file is unpacked by the program of that name, into a file that exists in memory only. (A frame begins with four known bytes.) A hundred kilobytes can become a hundred gigabytes in this way, so the other program may write one gigabyte, and is killed when it writes more.

@<Read a module file@>=
static int unpacked(int fd)
{
	static const unsigned char magic[] = { 0x28, 0xb5, 0x2f, 0xfd };
	static const struct rlimit largest = { 1ul << 30, 1ul << 30 };
	unsigned char start[sizeof(magic)];
	int status, memory;
	pid_t child;

	if (pread(fd, start, sizeof(start), 0) != sizeof(start) || memcmp(start, magic, sizeof(magic)))
		return fd;
	memory = memfd_create("modrules", MFD_CLOEXEC);
	child = memory < 0 ? -1 : fork();
	if (!child) {
		setrlimit(RLIMIT_FSIZE, &largest);
		dup2(fd, 0);
		dup2(memory, 1);
		execlp("zstd", "zstd", "-dcqq", "-M512MB", (char *)NULL);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status) {
		if (memory >= 0)
			close(memory);
		return fd;
	}
	close(fd);
	return memory;
}

@ When a module has been judged, everything about it is forgotten. The names of portions and symbols need no care, because they point into the file, which \.{libelf} keeps until the end.
To forget everything at one place is what allows the many returns of the reader: wherever it gave up, what it had so far is in |m|, and is freed from there.

@<Read a module file@>=
static void forget(void)
{
	for (size_t i = 0; i < m.nportions; i++)
		free(m.portions[i].ties);
	for (size_t i = 0; i < m.nroutines; i++)
		free(m.routines[i].steps);
	for (size_t i = 0; i < nfindings; i++)
		free(findings[i].text);
	free(m.portions);
	free(m.signs);
	free(m.routines);
	free(m.calls);
	free(m.orders);
	free(m.mentions);
	free(m.stores);
	free(findings);
	findings = NULL;
	nfindings = 0;
	memset(&m, 0, sizeof(m));
}

@*1 Functions. Where a relocation leads is the basis of everything. In an instruction, an address relative to the instruction's end is made from one relative to the place where it is
written; the difference is the |bias|.

@<Find the functions of the module@>=
static struct thing leads_to(const struct tie *t, uint64_t bias)
{
	const struct known_symbol *s = &m.signs[t->sign];

	if (s->import)
		return (struct thing){ IMPORT, 0, t->sign };
	if (!s->portion)
		return (struct thing){ UNKNOWN, 0, 0 };
	return (struct thing){ PLACE, s->portion, s->value + (uint64_t)t->add + bias };
}

@ Ties are looked for by their place, by halving. The same search serves for a single place, and for the first of a range.
Most instructions have no tie, so the usual answer is ``none'', and it has to be quick: a large module has a hundred thousand instructions, and two places in each are asked about.

@<Find the functions of the module@>=
static size_t first_tie(const struct area *p, uint64_t at)
{
	size_t low = 0, high = p->nties;

	while (low < high) {
		size_t half = (low + high) / 2;

		if (p->ties[half].at < at)
			low = half + 1;
		else
			high = half;
	}
	return low;
}

@ The functions are those symbols that have a size and lie in code. They are sorted by place, and where two overlap the first one ends: the sum of their sizes is then at most that of the code, and since the sections of a file do not overlap either
(that was seen to when they were read), a file that lies about its functions cannot make us read more than there is. Two names for one place are common, since |init_module| is an alias of what the author has called differently; the author's name is the better one to report. The room in front of a function, \.{\_\_pfx\_}, is none.

@<Find the functions of the module@>=
static int by_position(const void *a, const void *b)
{
	const struct procedure *x = a, *y = b;
	bool alias = !strcmp(x->name, "init_module") || !strcmp(x->name, "cleanup_module");

	if (x->portion != y->portion)
		return x->portion < y->portion ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return alias - (!strcmp(y->name, "init_module") || !strcmp(y->name, "cleanup_module"));
}

@ A symbol that claims more than its portion has is not believed. Functions whose symbol has no size are not read; the kernel's assembly code gives sizes to all that can be called.
The kind of a symbol is asked for as well, because labels within a function are symbols too, in assembly code, and each would cut off the function in which it stands.

@<Find the functions of the module@>=
static void find_routines(void)
{
	size_t kept = 0;

	for (size_t i = 1; i < m.nsigns; i++) {
		const struct known_symbol *s = &m.signs[i];

		if (s->kind != STT_FUNC || !s->size || !m.portions[s->portion].code || !strncmp(s->name, "__pfx_", 6))
			continue;
		if (s->size > m.portions[s->portion].size - s->value)
			continue;
		m.routines = room(m.routines, m.nroutines, sizeof(*m.routines));
		m.routines[m.nroutines++] =@t\1@>@/
			(struct procedure){ @[@].name = s->name, @[@].portion = s->portion, @[@].from = s->value, @[@].to = s->value + s->size };@t\2@>
	}
	if (m.nroutines)
		qsort(m.routines, m.nroutines, sizeof(*m.routines), by_position);
	@<Strike out second names, and cut what overlaps@>@;
}

@ The order puts the author's name first, so what comes second at the same place goes.
What begins inside of its predecessor cuts it short. Compilers do not make such functions. In assembly code an inner entry may have a symbol of its own; the first part then ends without a return, and seems to go on into the second, which is true.

@<Strike out second names, and cut what overlaps@>=
for (size_t i = 0; i < m.nroutines; i++) {
	struct procedure *before = kept ? &m.routines[kept - 1] : NULL;

	if (before && before->portion == m.routines[i].portion && before->to > m.routines[i].from) {
		if (before->from == m.routines[i].from)
			continue;
		before->to = m.routines[i].from;
	}
	m.routines[kept++] = m.routines[i];
}
m.nroutines = kept;

@ Which function lies at a place, or around it? This is asked for every call and for every address that is mentioned, hence the halving.
It can be done because the functions do not overlap any more: otherwise the last one that begins before a place need not be the one that contains it.

@<Find the functions of the module@>=
static struct procedure *around(struct thing v)
{
	size_t low = 0, high = m.nroutines;

	if (v.what != PLACE)
		return NULL;
	while (low < high) {
		size_t half = (low + high) / 2;
		struct procedure *f = &m.routines[half];

		if (f->portion < v.portion || (f->portion == v.portion && f->to <= v.at))
			low = half + 1;
		else if (f->portion > v.portion || f->from > v.at)
			high = half;
		else
			return f;
	}
	return NULL;
}

@ An address in the middle of a function is not that function's address. It is a place to which one jumps, or one that a table of patches lists. Only |starts_at| counts as a mention.

@<Find the functions of the module@>=
static struct procedure *starts_at(struct thing v)
{
	struct procedure *f = around(v);

	return f && f->from == v.at ? f : NULL;
}
@#
static struct procedure *named(const char *name)
{
	for (size_t i = 1; i < m.nsigns; i++) {
		if (m.signs[i].portion && !strcmp(m.signs[i].name, name))
			return starts_at((struct thing){ PLACE, m.signs[i].portion, m.signs[i].value });
	}
	return NULL;
}

@ Whether a module has an init and an exit is a question of names only: the loader finds both in |struct module|, where the linker has put the addresses of these two symbols.

@<Find the functions of the module@>=
static bool named_at_all(const char *name)
{
	for (size_t i = 1; i < m.nsigns; i++) {
		if (m.signs[i].portion && !strcmp(m.signs[i].name, name))
			return true;
	}
	return false;
}

@ A function can be \term{entered} from elsewhere when its address stands in the module's data. Not all tables with addresses in them are data in this sense. For every function there are entries
in tables for unwinding, tracing and patching, and nobody calls through those. To take them for entries makes every function an open one. Tried on a distribution, that gave thirty more pieces of advice about references, and hid five errors, since all functions then seem to be
reached otherwise than through init.

@<Find the functions of the module@>=
static bool mere_table(const char *name)
{
	static const char *const tables[] = {@t\1@>@/
		".orc_", "__mcount_loc", "__patchable_function_entries", ".return_sites", ".call_sites", ".retpoline_sites",@/
		".ibt_endbr_seal", ".altinstr", "__bug_table", "__ex_table", ".smp_locks", "__jump_table", ".static_call_sites",@/
		".init.data", ".exit.data", ".gnu.linkonce", ".cfi_sites", ".discard", ".eh_frame", ".pv_",@t\2@>@/
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		if (!strncmp(name, tables[i], strlen(tables[i])))
			return true;
	}
	return false;
}

@ On this round through all ties it is also seen whether the module names itself. That is done in exactly the loader's way (\see{verdict-kernel}), for the verdict depends on it.
|exit| counts as entered, since its caller is the kernel, and |init| does not: from |init| nothing is to be undone that it has not done itself, and the check of its error path below lives on this difference.

@<Find the functions of the module@>=
static void find_entries(void)
{
	for (size_t i = 1; i < m.nportions; i++) {
		const struct area *p = &m.portions[i];

		for (size_t k = 0; k < p->nties; k++) {
			const struct known_symbol *s = &m.signs[p->ties[k].sign];
			struct procedure *f = starts_at(leads_to(&p->ties[k], 0));

			m.owned |= m.own && s->portion == m.signs[m.own].portion && i != s->portion;
			if (f && !p->code && !mere_table(p->name))
				f->entered = true;
		}
	}
	if (named("cleanup_module"))
		named("cleanup_module")->entered = true;
}

@*1 Instructions. The disassembler knows some sixty names for parts of registers. We know sixteen registers: the six that carry arguments, in their order, then |rax| with the result, then the rest.
Those that a call leaves alone come last.
Segment registers, flags and vectors are left out. No pointer of the kernel passes through them on its way to a call. The entry for what has no number among ours is $-1$, and all users test for it.

@<Follow the instructions of a function@>=
enum { RESULT = ARGUMENTS, SCRATCH_END = 9, REGISTERS = 15 };
@#
static signed char register_of[X86_REG_ENDING];
@#
static void name_registers(void)
{
	static const unsigned short parts[REGISTERS][5] = {@t\1@>@/
		{ X86_REG_RDI, X86_REG_EDI, X86_REG_DI, X86_REG_DIL }, { X86_REG_RSI, X86_REG_ESI, X86_REG_SI, X86_REG_SIL },@/
		{ X86_REG_RDX, X86_REG_EDX, X86_REG_DX, X86_REG_DL, X86_REG_DH },@/
		{ X86_REG_RCX, X86_REG_ECX, X86_REG_CX, X86_REG_CL, X86_REG_CH },@/
		{ X86_REG_R8, X86_REG_R8D, X86_REG_R8W, X86_REG_R8B }, { X86_REG_R9, X86_REG_R9D, X86_REG_R9W, X86_REG_R9B },@/
		{ X86_REG_RAX, X86_REG_EAX, X86_REG_AX, X86_REG_AL, X86_REG_AH },@/
		{ X86_REG_R10, X86_REG_R10D, X86_REG_R10W, X86_REG_R10B }, { X86_REG_R11, X86_REG_R11D, X86_REG_R11W, X86_REG_R11B },@/
		{ X86_REG_RBX, X86_REG_EBX, X86_REG_BX, X86_REG_BL, X86_REG_BH }, { X86_REG_RBP, X86_REG_EBP, X86_REG_BP, X86_REG_BPL },@/
		{ X86_REG_R12, X86_REG_R12D, X86_REG_R12W, X86_REG_R12B }, { X86_REG_R13, X86_REG_R13D, X86_REG_R13W, X86_REG_R13B },@/
		{ X86_REG_R14, X86_REG_R14D, X86_REG_R14W, X86_REG_R14B }, { X86_REG_R15, X86_REG_R15D, X86_REG_R15W, X86_REG_R15B },@t\2@>@/
	};

	memset(register_of, -1, sizeof(register_of));
	for (int i = 0; i < REGISTERS; i++) {
		for (int k = 0; k < 5 && parts[i][k]; k++)
			register_of[parts[i][k]] = (signed char)i;
	}
}

@ While a function is read we keep what each register is known to hold. The knowledge is lost wherever somebody may jump to, since he may come with something else. That is crude, and right often enough: compilers load an
argument just before the call. Without it the firmware driver \.{gsmi} would be reported four times, for freeing something that it does not free.

@<Follow the instructions of a function@>=
static csh disassembler;
@#
struct reading {
	struct procedure *f;
	const cs_insn *in;
	const cs_x86 *x;
	struct thing now[REGISTERS];
	struct thing disp, imm; /* the addresses in this instruction */
};
@#
static struct thing filled_in(const struct reading *r, unsigned offset)
{
	const struct area *p = &m.portions[r->f->portion];
	size_t i = offset ? first_tie(p, r->in->address + offset) : p->nties;

	if (i >= p->nties || p->ties[i].at != r->in->address + offset)
		return (struct thing){ UNKNOWN, 0, 0 };
	if (p->ties[i].type == R_X86_64_PC32 || p->ties[i].type == R_X86_64_PLT32)
		return leads_to(&p->ties[i], r->in->size - offset);
	return leads_to(&p->ties[i], 0);
}

@ What is the value of an operand? Memory has one only when its address is a constant. That is so for an address relative to the instruction pointer, and for a 32-bit one without any register.
A segment makes it something else (the data of a processor, whose address is the same number for all of them), and an index makes it an element of a table, of which we do not know which one. Of registers only the whole one has a value: half of a pointer is no pointer, and a comparison of halves would find things equal that are not.

@<Follow the instructions of a function@>=
static bool fixed_memory(const cs_x86_op *op)
{
	return op->type == X86_OP_MEM && op->mem.index == X86_REG_INVALID && op->mem.segment == X86_REG_INVALID &&@|
		(op->mem.base == X86_REG_RIP || op->mem.base == X86_REG_INVALID);
}
@#
static struct thing operand(const struct reading *r, const cs_x86_op *op)
{
	struct thing v = { UNKNOWN, 0, 0 };

	if (op->type == X86_OP_REG && op->size == 8 && register_of[op->reg] >= 0)
		return r->now[(int)register_of[op->reg]];
	if (op->type == X86_OP_IMM)
		return r->imm.what != UNKNOWN ? r->imm : (struct thing){ NUMBER, 0, (uint64_t)op->imm };
	if (fixed_memory(op) && (r->disp.what == PLACE || r->disp.what == IMPORT)) {
		v = r->disp;
		v.what = HELD;
	}
	return v;
}

@ Then each instruction changes what is known. Three kinds of them teach something; all others make us forget the registers that they write. An |xor| of a register with
itself is a zero, and not a use of what was in it.

@<Follow the instructions of a function@>=
static bool clears(const cs_insn *in, const cs_x86 *x)
{
	return in->id == X86_INS_XOR && x->op_count == 2 && x->operands[0].type == X86_OP_REG && x->operands[1].type == X86_OP_REG &&@|
		x->operands[0].reg == x->operands[1].reg && x->operands[0].size >= 4;
}

@ A register is overwritten by more instructions than one would like to list. The disassembler lists them: |cs_regs_access| names all registers that an instruction writes, also those that do not appear in its text.
Who goes by the first operand alone believes that |rdx| is still what it was after a multiplication, and that a string instruction leaves |rdi| where it found it. A write of eight or sixteen bits teaches nothing either: it leaves the rest of the register as it was, and what the whole is then nobody has noted.

@<Follow the instructions of a function@>=
static void learn(struct reading *r)
{
	struct thing v = { UNKNOWN, 0, 0 };
	cs_regs reads, writes;
	uint8_t nreads, nwrites;
	const cs_x86_op *ops = r->x->operands;

	if (clears(r->in, r->x))
		v.what = NUMBER;
	else if ((r->in->id == X86_INS_MOV || r->in->id == X86_INS_MOVABS) && ops[0].type == X86_OP_REG && ops[0].size >= 4)
		v = operand(r, &ops[1]);
	else if (r->in->id == X86_INS_LEA && fixed_memory(&ops[1]))
		v = r->disp;
	if (cs_regs_access(disassembler, r->in, reads, &nreads, writes, &nwrites))
		return;
	for (int i = 0; i < nwrites; i++) {
		if (register_of[writes[i]] >= 0)
			r->now[(int)register_of[writes[i]]] = v;
	}
}

@ The step that is noted down: does it read the result of the last call, or lose it? A write to a part of |rax| counts as a loss, although the rest remains, as no compiler would use the rest. Does it touch the module's data? And does it store something at a
known place? Mentions are noted too.

@<Follow the instructions of a function@>=
static unsigned char flags_of(struct reading *r)
{
	unsigned char flags = 0;
	cs_regs reads, writes;
	uint8_t nreads, nwrites;

	if (cs_regs_access(disassembler, r->in, reads, &nreads, writes, &nwrites))
		return 0;
	for (int i = 0; i < nwrites; i++)
		flags |= register_of[writes[i]] == RESULT ? LOSES_RESULT : 0;
	for (int i = 0; i < nreads && !clears(r->in, r->x); i++)
		flags |= register_of[reads[i]] == RESULT ? READS_RESULT : 0;
	for (int i = 0; i < r->x->op_count; i++) {
		if (fixed_memory(&r->x->operands[i]) && r->disp.what == PLACE && r->in->id != X86_INS_LEA && r->in->id != X86_INS_NOP)
			flags |= TOUCHES_DATA;
	}
	return flags;
}

@ A mention is an address that is used without being called. It need not be a function's: that a function mentions a variable is how we know that it uses it.

@<Follow the instructions of a function@>=
static void note_mention(const struct reading *r, struct thing v)
{
	if (v.what != PLACE && v.what != IMPORT)
		return;
	m.mentions = room(m.mentions, m.nmentions, sizeof(*m.mentions));
	m.mentions[m.nmentions++] = (struct mention){ (unsigned)(r->f - m.routines), v };
}

@ Of stores we keep those to known places, and only those that are made by a plain |mov|; an exchange is passed over, and so is a store of two words at once. What is stored may be unknown; that something is stored is news enough for some checks.

@<Follow the instructions of a function@>=
static void note_store(const struct reading *r)
{
	const cs_x86_op *ops = r->x->operands;

	if (r->in->id != X86_INS_MOV || !fixed_memory(&ops[0]) || (r->disp.what != PLACE && r->disp.what != IMPORT))
		return;
	m.stores = room(m.stores, m.nstores, sizeof(*m.stores));
	m.stores[m.nstores++] = (struct storing){ (unsigned)(r->f - m.routines), r->f->nsteps, r->disp, operand(r, &ops[1]) };
}

@ A call leads to another function, to an import, or somewhere through a pointer. In a kernel that distrusts its processor, two of the imports are no functions but ways of saying |ret| and ``through a pointer'': a jump to the return thunk is a return, and one to a thunk named after a register goes anywhere.

@<Follow the instructions of a function@>=
static enum movement movement_of(const struct reading *r)
{
	struct thing to = r->imm;

	if (r->in->id == X86_INS_CALL)
		return CALL;
	if (to.what == IMPORT && !strcmp(m.signs[to.at].name, "__x86_return_thunk"))
		return RETURN;
	if (r->in->id == X86_INS_JMP)
		return JUMP;
	if (cs_insn_group(disassembler, r->in, X86_GRP_JUMP))
		return BRANCH;
	if (cs_insn_group(disassembler, r->in, X86_GRP_RET) || r->in->id == X86_INS_IRET)
		return RETURN;
	if (r->in->id == X86_INS_UD2 || r->in->id == X86_INS_INT3 || r->in->id == X86_INS_HLT)
		return STOP;
	return ONWARD;
}

@ A call without a relocation leads to a place in the same section: the assembler has filled it in, and its operand is the address. That is the reason why instructions have to be read at all. Relocations alone would show the calls between sections and to the kernel, and hide those from one function of a file to the next.

@<Follow the instructions of a function@>=
static struct thing destination(const struct reading *r)
{
	if (r->imm.what != UNKNOWN)
		return r->imm;
	if (r->x->op_count && r->x->operands[0].type == X86_OP_IMM)
		return (struct thing){ PLACE, r->f->portion, (uint64_t)r->x->operands[0].imm };
	return (struct thing){ UNKNOWN, 0, 0 };
}

@ A jump or a branch within the function is a step; one that leaves it is a last call. (The compiler puts what is rare into a function of its own, with \.{.cold} at the end of its name, and jumps there and back. The way back leads into the middle of a function, and is taken for a return.) Tracing has its hook at the
beginning of nearly every function; that call is none.

@<Follow the instructions of a function@>=
static void note_call(struct reading *r, struct instruction *s, struct thing to)
{
	struct call_note *c;

	if (to.what == IMPORT && !strcmp(m.signs[to.at].name, "__fentry__")) {
		s->move = ONWARD;
		return;
	}
	m.calls = room(m.calls, m.ncalls, sizeof(*m.calls));
	s->calling = (long)m.ncalls;
	c = &m.calls[m.ncalls++];
	c->to = to;
	memcpy(c->args, r->now, sizeof(c->args));
	c->step = r->f->nsteps;
	c->routine = (unsigned)(r->f - m.routines);
	c->last = s->move != CALL;
	if (to.what == IMPORT && m.signs[to.at].row && *m.signs[to.at].row->back) {
		m.orders = room(m.orders, m.norders, sizeof(*m.orders));
		m.orders[m.norders++] = m.ncalls - 1;
	}
	for (int i = 0; i < SCRATCH_END; i++)
		r->now[i].what = UNKNOWN;
}

@ Now one instruction in full. The order matters: a store is noted with what the registers held before the instruction, and only then does the instruction change them.
The step itself comes last, so that while it is made |nsteps| is its number; calls and stores note that. An instruction has at most one place for a displacement and one for an immediate value, so there are two ties to ask for, and no more. Mentions are taken from plain instructions only, for the target of a call is known better from the call.

@<Follow the instructions of a function@>=
static void take_step(struct reading *r)
{
	struct instruction s = { r->in->address, ONWARD, 0, 0, -1 };
	struct thing to;

	r->imm = filled_in(r, r->x->encoding.imm_offset);
	r->disp = filled_in(r, r->x->encoding.disp_offset);
	s.move = movement_of(r);
	s.flags = flags_of(r);
	if (s.move == ONWARD) {
		note_store(r);
		note_mention(r, r->imm);
		note_mention(r, r->disp);
		learn(r);
	} else if (s.move != RETURN && s.move != STOP) {
		to = destination(r);
		s.target = to.at;
		if (s.move == CALL || to.what != PLACE || to.portion != r->f->portion || to.at < r->f->from || to.at >= r->f->to)
			note_call(r, &s, to);
	}
	r->f->steps = room(r->f->steps, r->f->nsteps, sizeof(s));
	r->f->steps[r->f->nsteps++] = s;
}

@ A function is disassembled as a whole, because one has to know where jumps lead before one believes a register. That takes memory, two kilobytes for each instruction, and somebody may give us
a function of a gigabyte. No honest one is larger than this; a larger one is left out, and that is said.
The disassembler ends at an instruction that it does not know. In six modules of a distribution there is one: in four ciphers, in \.{raid6\_pq} and in \.{kvm}. The rest of the function is not read then, and that is said too. To go on at the next byte would be to read the middle of instructions, and to find calls there which nobody has written.

@<Follow the instructions of a function@>=
enum { LARGEST = 1 << 17, MOST_CODE = 1 << 26 };
@#
static void read_routine(struct procedure *f)
{
	struct reading r = { @[@].f = f };
	size_t n, length = f->to - f->from;
	bool *met;
	cs_insn *all;

	@<Leave |f| out if it is too large@>@;
	met = zeros(length, sizeof(*met));
	n = cs_disasm(disassembler, m.portions[f->portion].bytes + f->from, length, f->from, 0, &all);
	@<Mark the places in |f| where somebody may jump to@>@;
	for (size_t i = 0; i < n; i++) {
		r.in = &all[i];
		r.x = &all[i].detail->x86;
		if (met[all[i].address - f->from])
			memset(r.now, 0, sizeof(r.now));
		take_step(&r);
	}
	m.stopped |= !n || all[n - 1].address + all[n - 1].size != f->to;
	if (n)
		cs_free(all, n);
	free(met);
}

@ All functions together have a limit too. Sixty-four megabytes of code are several times what the largest module has, and what is kept of each instruction takes ten times the place of the instruction.

@<Leave |f| out if it is too large@>=
m.code += length;
if (length > LARGEST || m.code > MOST_CODE) {
	m.left_out = true;
	return;
}

@ Jumps out of the function and back are not seen here, as they belong to another function; \.{.cold} code may come back to a place at which we believe a register that is not to be believed. It has not been met.

@<Mark the places in |f| where somebody may jump to@>=
for (size_t i = 0; i < n; i++) {
	const cs_x86 *x = &all[i].detail->x86;

	if (cs_insn_group(disassembler, &all[i], X86_GRP_JUMP) && x->op_count && x->operands[0].type == X86_OP_IMM) {
		uint64_t to = (uint64_t)x->operands[0].imm;

		if (to >= f->from && to < f->to)
			met[to - f->from] = true;
	}
}

@ When all have been read, the mentions tell about more functions that can be entered from elsewhere: those whose address some code hands over.
This has to wait for the end, because the function may be mentioned before it has been read, or after. That somebody is given the address is taken for an entry, whoever it is; a comparison of two pointers would be taken for one as well. This errs on the side on which more functions count as open to the world, and most checks then find less to complain of, not more.

@<Follow the instructions of a function@>=
static void read_routines(void)
{
	for (size_t i = 0; i < m.nroutines; i++) {
		m.routines[i].calls = m.ncalls;
		m.routines[i].mentions = m.nmentions;
		read_routine(&m.routines[i]);
		m.routines[i].calls_end = m.ncalls;
		m.routines[i].mentions_end = m.nmentions;
	}
	for (size_t i = 0; i < m.nmentions; i++) {
		struct procedure *f = starts_at(m.mentions[i].what);

		if (f)
			f->entered = true;
	}
}

@*1 What can be reached. Three questions are asked of the calls, again and again. First: what is called, by which name, and what does the table say of it?
That a call is |for_itself| matters because |module_put| is also called for others: a driver that holds a driver. Rule S2 has nothing to say to it.

@<What can be reached from where@>=
static const char *callee(const struct call_note *c)
{
	return c->to.what == IMPORT ? m.signs[c->to.at].name : "";
}
@#
static const struct facts *row_of_call(const struct call_note *c)
{
	return c->to.what == IMPORT ? m.signs[c->to.at].row : NULL;
}
@#
static bool calls_one_of(const struct call_note *c, const char *list)
{
	return c->to.what == IMPORT && has_word(list, callee(c));
}
@#
static bool for_itself(const struct call_note *c) /* with |THIS_MODULE| */
{
	return m.own && same(c->args[0], leads_to(&(struct tie){ 0, 0, m.own, 0 }, 0));
}

@ And where does it stand? An address in a function is written as everybody is used to from the kernel's own reports. A finding names up to three.

@<What can be reached from where@>=
static const char *where(const struct call_note *c)
{
	static char text[4][160];
	static unsigned turn;
	const struct procedure *f = &m.routines[c->routine];
	char *here = text[turn++ % 4];

	snprintf(here, sizeof(text[0]), "%.120s+0x%llx", f->name, (unsigned long long)(f->steps[c->step].at - f->from));
	return here;
}

@ Second: which functions can be reached from here? Whoever calls a function reaches it, and so does whoever mentions its address, for he will hand it to somebody who
calls it. The functions that are reached are marked.

@<What can be reached from where@>=
static void clear_marks(void)
{
	for (size_t i = 0; i < m.nroutines; i++)
		m.routines[i].mark = false;
}

@ The marks spread by a list of those whose calls are still to be looked at. Each function is on it once.
Recursion would be shorter. But its depth would be the length of the longest chain of calls, and a file can have one of a million functions, each of which calls the next; the stack of the checker ends before. Jumps may lead into the middle of a function, where its cold part comes back, so calls go |around| a place, and mentions only to where a function |starts_at|.

@<What can be reached from where@>=
static void reach(struct procedure *f, struct procedure **waiting, size_t *n)
{
	if (!f || f->mark)
		return;
	f->mark = true;
	waiting[(*n)++] = f;
}
@#
static void spread_marks(void)
{
	struct procedure **waiting = zeros(m.nroutines, sizeof(*waiting));
	size_t n = 0;

	for (size_t i = 0; i < m.nroutines; i++) {
		if (m.routines[i].mark)
			waiting[n++] = &m.routines[i];
	}
	while (n) {
		const struct procedure *f = waiting[--n];

		if (tired(f->calls_end - f->calls + f->mentions_end - f->mentions))
			break;
		for (size_t i = f->calls; i < f->calls_end; i++)
			reach(around(m.calls[i].to), waiting, &n);
		for (size_t i = f->mentions; i < f->mentions_end; i++)
			reach(starts_at(m.mentions[i].what), waiting, &n);
	}
	free(waiting);
}

@ Third: which functions does a call hand out? They may be arguments themselves, or stand in an object whose address is one, or in a table to which such an object
points. An object ends where its symbol ends; what has no symbol is given as much room as a small structure takes.

@<What can be reached from where@>=
static uint64_t end_of_object(struct thing v)
{
	uint64_t end = v.at + 64;

	for (size_t i = 1; i < m.nsigns && !tired(1); i++) {
		const struct known_symbol *s = &m.signs[i];

		if (s->portion == v.portion && s->kind == STT_OBJECT && v.at >= s->value && v.at - s->value < s->size)
			end = s->value + s->size;
	}
	return end;
}

@ The contents of an object are the ties in it, and the addresses that were stored into it. Three levels are enough for everything that was met: a device leads to its operations, and these to functions. With one level, 18 of the errors in lab and distribution would not be found.
Without a limit a list whose last element points to its first would keep us here; with one the depth need not be remembered, and the same object may be looked at twice. Stores count for the whole module, in whichever order: an object that gets its function after it was registered breaks rule I1, but has it.

@<What can be reached from where@>=
static void mark_contents(struct thing v, int depth)
{
	const struct area *p = &m.portions[v.portion];
	uint64_t end;

	if (v.what != PLACE || p->code) {
		if (starts_at(v))
			starts_at(v)->mark = true;
		return;
	}
	if (!depth || tired(m.nstores))
		return;
	end = end_of_object(v);
	for (size_t i = first_tie(p, v.at); i < p->nties && p->ties[i].at < end && !tired(1); i++)
		mark_contents(leads_to(&p->ties[i], 0), depth - 1);
	for (size_t i = 0; i < m.nstores; i++) {
		if (m.stores[i].where.portion == v.portion && m.stores[i].where.at >= v.at && m.stores[i].where.at < end &&@|
		    m.stores[i].where.what == PLACE)
			mark_contents(m.stores[i].what, depth - 1);
	}
}

@ All arguments are looked at, and not only those of which the table could say that they are callbacks. A function that is handed to the kernel in whatever way can be entered. And an object may have been given its function by an earlier call,
as a timer is by |timer_setup|. So the functions that any other call was given along with the same object belong to it too.

@<What can be reached from where@>=
static void mark_callbacks(const struct call_note *c)
{
	clear_marks();
	for (int i = 0; i < ARGUMENTS; i++)
		mark_contents(c->args[i], 3);
	for (size_t k = 0; k < m.ncalls && !tired(1); k++) {
		if (c->args[0].what != PLACE || !an_object(c->args[0]) || !same(m.calls[k].args[0], c->args[0]))
			continue;
		for (int i = 1; i < ARGUMENTS; i++)
			mark_contents(m.calls[k].args[i], 0);
	}
	spread_marks();
}

@ Whether a call takes back what another one has ordered is a question of the table and of the object. |rcu_barrier| and its like take back
whatever was ordered. Others must have been given the same thing, in whichever argument. If one of them was given something that we do not know, the answer is ``perhaps''; each check has to say what it makes of that.

@<What can be reached from where@>=
enum answer { NO, PERHAPS, YES };
@#
static enum answer takes_back(const struct call_note *back, const struct call_note *order)
{
	const struct facts *row = row_of_call(order);
	bool known = false;

	if (!row || !calls_one_of(back, row->back))
		return NO;
	if (has_word("call_rcu call_rcu_hurry async_schedule_node", row->symbol))
		return YES;
	for (int i = 0; i < ARGUMENTS; i++) {
		if (!an_object(order->args[i]))
			continue;
		known |= order->args[i].what == PLACE;
		for (int k = 0; k < ARGUMENTS; k++) {
			if (same(order->args[i], back->args[k]))
				return YES;
		}
	}
	return known && an_object(back->args[0]) ? NO : PERHAPS;
}

@*1 The order of calls. Exit is read as one line of calls to the kernel. Where it calls a function of the module, that function's calls are put in its place. Within a function the order is
one in which nothing comes before what leads to it (a reverse postorder of the graph of steps, for those who like its name): what is written in a straight line stays one, the two
sides of a branch come one after the other, and a loop is passed once.

@<The calls of init and exit, in their order@>=
static size_t step_at(const struct procedure *f, uint64_t at)
{
	size_t low = 0, high = f->nsteps;

	while (low < high) {
		size_t half = (low + high) / 2;

		if (f->steps[half].at < at)
			low = half + 1;
		else
			high = half;
	}
	return low < f->nsteps && f->steps[low].at == at ? low : f->nsteps;
}

@ A depth-first search without recursion, since a function may have a hundred thousand steps. A step is finished when both ways out of it are; the order is that of the ends, from the last to the first. The target of a
branch is visited before what follows the branch, so that what follows comes earlier in the order.

@<The calls of init and exit, in their order@>=
static size_t *in_order(const struct procedure *f, size_t *first)
{
	size_t n = f->nsteps, top = 0;
	size_t *order = zeros(2 * n, sizeof(*order)), *stack = order + n;
	unsigned char *stage = zeros(n, 1);

	*first = n;
	if (n && !tired(n)) {
		stage[0] = 1;
		stack[top++] = 0;
	}
	while (top) {
		size_t i = stack[top - 1], next = n;
		const struct instruction *s = &f->steps[i];

		@<Take the next way out of the step |i|, or finish it@>@;
	}
	free(stage);
	return order;
}

@ The stage of a step counts what has been done about it: nothing, entered, its target visited, what follows visited.
A step that is entered already is not entered again, and so a loop is passed once. Steps that end a function for good have no way out: of these are the traps that |BUG| and |WARN| make. After |WARN| the kernel comes back, and the file does not say to which of the two a trap belongs. So the calls behind a warning are in no line, unless one can come to them by some other way.

@<Take the next way out of the step |i|, or finish it@>=
if (stage[i] == 1 && (s->move == BRANCH || s->move == JUMP) && s->calling < 0)
	next = step_at(f, s->target);
if (stage[i] == 2 && (s->move == ONWARD || s->move == CALL || s->move == BRANCH))
	next = i + 1;
if (stage[i] == 3) {
	order[--*first] = i;
	top--;
	continue;
}
stage[i]++;
if (next < n && !stage[next]) {
	stage[next] = 1;
	stack[top++] = next;
}

@ The line of calls is a \term{scene}. A function that calls itself is not entered a second time; and a limit keeps a file in which everybody calls everybody from taking an hour.

@<The calls of init and exit, in their order@>=
struct call_line {
	size_t *calls; /* their numbers */
	size_t n;
	int patience;
};
static struct call_line coming, going; /* init, and exit */

@ A call of a function of the module is put into the line too, after that function's own calls; nothing asks for it there, and it costs nothing.
If patience ends the line is not complete, and that must not look like an exit in which nothing is missing: it is reported as code that was left out. The limit is on the number of functions, not on the depth, because a ladder of forty functions, each of which calls the next one twice, would be a line of a million million calls and not deep at all.

@<The calls of init and exit, in their order@>=
static void play(struct call_line *scene, struct procedure *f)
{
	size_t first, *order;

	if (!f || f->busy)
		return;
	if (scene->patience-- <= 0) {
		m.left_out = true;
		return;
	}
	f->busy = true;
	order = in_order(f, &first);
	for (; first < f->nsteps; first++) {
		const struct instruction *s = &f->steps[order[first]];

		if (s->calling < 0)
			continue;
		play(scene, starts_at(m.calls[s->calling].to));
		scene->calls = room(scene->calls, scene->n, sizeof(*scene->calls));
		scene->calls[scene->n++] = (size_t)s->calling;
	}
	free(order);
	f->busy = false;
}

@ The calls of a scene are called acts.

@<The calls of init and exit, in their order@>=
static struct call_note *act(const struct call_line *scene, size_t i)
{
	return &m.calls[scene->calls[i]];
}

@*1 Missing counterparts. The first check is the loader's: an interface is imported, and none of the calls that would take it back. (See \see{verdict}; a library, which has neither init nor exit, may leave that to its users, and
a permanent module never leaves.) Here it says where.

From here on there are tests that exist only for the sake of those who are in the right. Where a number is given for such a test, it was taken out for once, and the 1534 modules of a lab and a distribution were read again.

Some imports look like counterparts and are not. They take something off a list, and do not wait for those who are inside; or they
wait, and do not keep it from coming again. Whoever has only these gets an advice: in a distribution three modules have nothing better for a timer, and 17 nothing better for some work. Some of them are right, by reasons of their
own.
@^rule D1@>
@^rule D2@>

@<The checks@>=
static const struct substitute {
	const char *rule, *orders, *weak;
	enum gravity grade;
	const char *why;
} weak[] = {@t\1@>@/
	{ "D1", "", "timer_delete timer_shutdown hrtimer_try_to_cancel sk_stop_timer", ADVICE,@/
	  "it does not wait until the timer's function has returned" },@/
	{ "D2", "queue_delayed_work_on mod_delayed_work_on", "flush_work destroy_workqueue drain_workqueue __flush_workqueue", ADVICE,@/
	  "while its timer runs, delayed work is in no queue" },@/
	{ "D2", "", "flush_work flush_delayed_work __flush_workqueue", ADVICE, "work that queues itself comes again" },@/
	{ "D2", "", "cancel_work cancel_delayed_work", ADVICE, "it does not wait until the work has returned" },@/
	{ "D3", "", "synchronize_rcu synchronize_rcu_expedited synchronize_net", ERROR, "it does not wait for callbacks that are queued" },@/
	{ "D5", "", "disable_irq disable_irq_nosync", ERROR, "the action stays in the list of the interrupt" },@/
	{ "D5", "", "tasklet_disable tasklet_disable_nosync", ERROR, "a tasklet that is disabled stays on its list" },@t\2@>@/
};

@ Is one of a list of names imported? The first one found is the answer, so that a finding can name it. The second list is of names that do not count.

@<The checks@>=
static const char *imported_but(const char *list, const char *not_these)
{
	for (size_t i = 1; i < m.nsigns && !tired(1); i++) {
		if (m.signs[i].import && has_word(list, m.signs[i].name) && !has_word(not_these, m.signs[i].name))
			return m.signs[i].name;
	}
	return NULL;
}
@#
static const char *imported(const char *list)
{
	return imported_but(list, "");
}

@ Where an import is called is what the author wants to know first. Of several places the first is named.
``First'' is in the order of the file, which is mostly that of the source. When there is no call the address must have been handed out, or lies in a table; there is no line to point to then.

@<The checks@>=
static const struct call_note *first_call(size_t sign)
{
	for (size_t i = 0; i < m.ncalls && !tired(1); i++) {
		if (m.calls[i].to.what == IMPORT && m.calls[i].to.at == sign)
			return &m.calls[i];
	}
	return NULL;
}
@#
static const char *somewhere(size_t sign)
{
	const struct call_note *c = first_call(sign);

	return c ? where(c) : "by address only";
}

@ Something weak is all there is when no counterpart is imported that is not weak itself. A module may flush its queue and cancel its work too; then the flush is no one's business.

@<The checks@>=
static const struct substitute *weak_for(const struct facts *row)
{
	for (size_t k = 0; k < sizeof(weak) / sizeof(*weak); k++) {
		const struct substitute *w = &weak[k];

		if (has_word(row->rules, w->rule) && (!*w->orders || has_word(w->orders, row->symbol)) &&@|
		    imported(w->weak) && !imported_but(row->back, w->weak))
			return w;
	}
	return NULL;
}

@ So for each import there are three outcomes: something takes it back; only something weak does; nothing does.
The weak one has to be asked for first: |flush_work| is in the table's list of what takes back work, and rightly, as for work that does not come again it is enough. With this list alone nothing would be said of it.
@.... and nothing imported takes it back@>
@.... is all that takes it back@>

@<The checks@>=
@<Could an object stand surety for these orders?@>@;
@#
static void check_counterparts(bool library)
{
	for (size_t i = 1; i < m.nsigns; i++) {
		const struct facts *row = m.signs[i].import ? m.signs[i].row : NULL;
		const struct substitute *w = row && *row->back ? weak_for(row) : NULL;

		if (!row || !*row->back || !*row->rules)
			continue;
		if (w)
			find(w->grade, w->rule, row->symbol, "%s, %s: %s is all that takes it back; %s",
				row->symbol, somewhere(i), imported(w->weak), w->why);
		else if (!imported(row->back))
			find(library || (row->kind != deferred && exports()) || guarded_by_object(row, i) ? ADVICE : ERROR, row->rules, row->symbol,
				"%s, %s, and nothing imported takes it back; %s would", row->symbol, somewhere(i), one_of(row->back));
	}
}

@ One excuse is so frequent that it is taken into account. A timer or a piece of work that lies in an object which was allocated may be covered by the object: it holds the object, the object is held by
an open file, and the file holds the module. Of this the instructions show nothing. But a timer that lies in the module's own data belongs to nobody else. So for rules D1 and D2 what is missing is an error only if some order is given
for a place in the module; else an advice. (That makes the difference for twenty orders, two of them in \.{cxl\_pci}, whose work goes with its device.) And a module that exports symbols may register what its users have handed to it, and leave it to them to take it back with the kernel's own call; then what is missing
is an advice as well. There are twelve of those, such as the common halves of the drivers for a family of cards, which request an interrupt that is freed by their users, or for them.

@<Could an object stand surety for these orders?@>=
static bool exports(void)
{
	for (size_t i = 1; i < m.nportions; i++) {
		if (m.portions[i].kept && m.portions[i].size && !strncmp(m.portions[i].name, "__ksymtab", 9) && strcmp(m.portions[i].name, "__ksymtab_strings"))
			return true;
	}
	return false;
}

@ An order for a place in the module's own data is an order for which nobody else stands surety.
All arguments are tried, since work is the third argument of |queue_work_on| and the first of others. Release functions (rule R1) always lie in some object, and what holds it cannot be seen here; they are never more than an advice.

@<Could an object stand surety for these orders?@>=
static bool guarded_by_object(const struct facts *row, size_t sign)
{
	if (!has_word(row->rules, "D1") && !has_word(row->rules, "D2"))
		return has_word(row->rules, "R1");
	for (size_t i = 0; i < m.ncalls && !tired(1); i++) {
		const struct call_note *c = &m.calls[i];

		for (int k = 0; k < ARGUMENTS && c->to.what == IMPORT && c->to.at == sign; k++) {
			if (c->args[k].what == PLACE && an_object(c->args[k]))
				return false;
		}
	}
	return true;
}

@ An import can hide what is missing. The call that takes back may stand where init undoes itself after an error, and nowhere else: then the import is there, and exit
does not call it. So the functions that can be reached otherwise than through init are marked, and the call has to be in one of them. In a module with one object of a kind, which is what most modules are, this is nearly exact; with several, one that is taken
back speaks for all.
@.... is called only where init fails@>

@<The checks@>=
@<Is the address of one of these imports handed out?@>@;
@#
@<Can one pass by these calls?@>@;
@#
static void mark_what_init_alone_has_not(void)
{
	for (size_t i = 0; i < m.nroutines; i++)
		m.routines[i].mark = m.routines[i].entered;
	spread_marks();
}

@ Only the import whose calls all lie in functions without a mark is reported. In this way it was found that \.{sctp} registers an offload which its exit leaves behind: |inet_del_offload| is imported, and called by init alone, when the other registration fails.

@<The checks@>=
static void check_error_path(void)
{
	mark_what_init_alone_has_not();
	for (size_t i = 1; i < m.nsigns; i++) {
		const struct facts *row = m.signs[i].import ? m.signs[i].row : NULL;
		const struct call_note *back = NULL, *order = row ? first_call(i) : NULL;
		bool outside = false;

		if (!order || !*row->back || row->kind == none || row->kind == released || has_word(row->back, row->symbol) || !imported(row->back))
			continue;
		for (size_t k = 0; k < m.ncalls && !tired(1); k++) {
			if (!calls_one_of(&m.calls[k], row->back))
				continue;
			back = &m.calls[k];
			outside |= m.routines[back->routine].mark;
		}
		if (back && !outside && !mentioned(row->back) && passes_by(&m.routines[order->routine], order->step + 1, row->back))
			find(ERROR, row->rules, row->symbol, "%s, %s, and %s is called only where init fails, %s; exit has to call it too",
				row->symbol, where(order), callee(back), where(back));
	}
}

@ And a module whose init orders something, waits for it, and takes it back before it returns, has nothing left to do in exit. The question is whether one can come from the order to the end of the function
without meeting a call that takes back (or, with |back| zero, any call). The steps after the order are visited as far as such a call, and a return must not be among them.
Three test modules of the kernel are of this sort (\.{backtracetest}, \.{trace-printk}, and \.{test\_rhashtable} with one of its tables), and would be told otherwise that exit has to wait once more. A branch that leaves the function is no such call: whoever does not take it has not met one.

@<Can one pass by these calls?@>=
static bool passes_by(const struct procedure *f, size_t start, const char *back)
{
	bool *seen = zeros(f->nsteps, sizeof(*seen)), passed = false;
	size_t *waiting = zeros(2 * f->nsteps + 1, sizeof(*waiting)), n = 0;

	if (!tired(f->nsteps))
		waiting[n++] = start;
	while (n && !passed) {
		size_t i = waiting[--n];
		const struct instruction *s = &f->steps[i];

		if (i >= f->nsteps || seen[i] || (s->calling >= 0 && s->move != BRANCH && (!back || calls_one_of(&m.calls[s->calling], back))))
			continue;
		seen[i] = true;
		passed = s->move == RETURN || (s->move == JUMP && s->calling >= 0);
		if ((s->move == BRANCH || s->move == JUMP) && s->calling < 0)
			waiting[n++] = step_at(f, s->target);
		if (s->move == ONWARD || s->move == CALL || s->move == BRANCH)
			waiting[n++] = i + 1;
	}
	free(seen);
	free(waiting);
	return passed;
}

@ An import whose address stands in data, or is handed to somebody, may be called by anybody. |devm_add_action| is given such addresses, and calls them when the device goes.
So do tables of operations: \.{rcuscale} keeps |rcu_barrier| in one, and calls it by name only where its |init| fails. Without this test it would be told to call what it calls.

@<Is the address of one of these imports handed out?@>=
static bool mentioned(const char *list)
{
	for (size_t i = 1; i < m.nportions; i++) {
		const struct area *p = &m.portions[i];

		for (size_t k = 0; !p->code && k < p->nties && !tired(1); k++) {
			if (m.signs[p->ties[k].sign].import && has_word(list, m.signs[p->ties[k].sign].name) && !mere_table(p->name))
				return true;
		}
	}
	for (size_t i = 0; i < m.nmentions && !tired(1); i++) {
		if (m.mentions[i].what.what == IMPORT && has_word(list, m.signs[m.mentions[i].what.at].name))
			return true;
	}
	return false;
}

@*1 Owners. A counted interface takes the reference on the owner that it is given. For three interfaces we know where to look: the operations of a file begin with their owner, and a
|miscdevice| keeps a pointer to them at its third word. The call is given an object; the object leads to the operations; and at the beginning of these there has to be a relocation that names this module.
@^rule C2@>

@<The checks@>=
static bool owner_named(struct thing operations)
{
	const struct area *p = &m.portions[operations.portion];
	size_t i = first_tie(p, operations.at);

	if (i < p->nties && p->ties[i].at == operations.at)
		return p->ties[i].sign == m.own;
	for (i = 0; i < m.nstores && !tired(1); i++) {
		if (same(m.stores[i].where, operations))
			return true;
	}
	return false;
}
@#
static struct thing pointer_at(struct thing object, uint64_t offset)
{
	const struct area *p = &m.portions[object.portion];
	size_t i = first_tie(p, object.at + offset);

	if (object.what == PLACE && i < p->nties && p->ties[i].at == object.at + offset)
		return leads_to(&p->ties[i], 0);
	return (struct thing){ UNKNOWN, 0, 0 };
}

@ The general form of the check is weaker: if a module imports any interface that wants an owner, and names itself nowhere, then something lacks an owner. It is all that the loader looks at. A module that exports symbols itself may
pass on what its users have given to it, with their owner; for it this is an advice.
@.... has no owner@>
@.... names this module as owner@>

@<The checks@>=
@<What is the name of an object?@>@;
@#
static bool wants_owner(const struct facts *row)
{
	return row && row->kind == counted && *row->owner;
}

@ The three interfaces come first, and what is said of one of them is not said again in the general form. The objects of which nothing is known, such as a |cdev| in a structure that was allocated, are passed over here; the general form is all there is for them.
Why only these three? Because where the owner stands in an object is a matter of its layout, and the layout is not in the file but in the headers with which it was compiled. These three have not moved for many years. For the other interfaces one would have to read the debugging information, which a distribution strips. An owner that is stored at run time counts, whatever is stored, for nobody stores anything else there.

@<The checks@>=
static void check_owners(void)
{
	bool told = false;

	for (size_t i = 0; i < m.ncalls; i++) {
		const struct call_note *c = &m.calls[i];
		struct thing operations = { UNKNOWN, 0, 0 };

		if (!strcmp(callee(c), "misc_register"))
			operations = pointer_at(c->args[0], 16);
		else if (!strcmp(callee(c), "cdev_init"))
			operations = c->args[1];
		else if (!strcmp(callee(c), "__register_chrdev"))
			operations = c->args[4];
		if (operations.what != PLACE || owner_named(operations))
			continue;
		told = true;
		find(ERROR, "C2", callee(c), "%s, %s: the file operations %shave no owner; .owner = THIS_MODULE",
			callee(c), where(c), name_of(operations));
	}
	for (size_t i = 1; i < m.nsigns && !m.owned && !told; i++) {
		if (m.signs[i].import && wants_owner(m.signs[i].row))
			return find(exports() ? ADVICE : ERROR, "C2", m.signs[i].name, "%s, %s, and nothing in the module names it as owner; %s = THIS_MODULE",
				m.signs[i].name, somewhere(i), m.signs[i].row->owner);
	}
}

@ A place in data may have a name, that of a variable. If it has none, because it is in the middle of one, or because the module was stripped, its section has.

@<What is the name of an object?@>=
static const char *name_of(struct thing v)
{
	static char text[160];

	text[0] = 0;
	for (size_t i = 1; i < m.nsigns && !tired(1); i++) {
		const struct known_symbol *s = &m.signs[i];

		if (s->portion == v.portion && s->kind == STT_OBJECT && s->value == v.at && s->size && *s->name)
			snprintf(text, sizeof(text), "%.120s ", s->name);
	}
	if (!text[0])
		snprintf(text, sizeof(text), "%.120s+0x%llx ", m.portions[v.portion].name, (unsigned long long)v.at);
	return text;
}

@*1 The order in exit. Rule D6 wants the sources closed first, and then what they order. To see it broken, four things are needed: a call in exit that closes a source; the call that opened it, somewhere in the module; an order that is
given in one of the functions which were handed over there; and a call in exit that takes this order back, before the source is closed, with none after it. If the
object of the order is known and the same, there is little left to doubt.

What is shut down or disabled takes no more orders, whoever gives them. That may come first, and does so in \.{netfs}, whose exit shuts down a timer before it destroys the queue whose work arms it.
@^rule D6@>
@^rule D3@>

@<The checks@>=
static bool for_good(const struct call_note *c)
{
	return strstr(callee(c), "shutdown") || strstr(callee(c), "disable");
}
@#
static const struct call_note *too_early(const struct call_note *order, size_t end)
{
	const struct call_note *early = NULL;

	for (size_t i = 0; i < going.n && !tired(1); i++) {
		const struct call_note *c = act(&going, i);
		enum answer a = takes_back(c, order);

		if (i > end && a != NO)
			return NULL;
		if (i < end && a == YES && !for_good(c))
			early = c;
		else if (i < end && a != NO)
			return NULL;
	}
	return early;
}

@ Which call opened what this one closes? If several come into question, only the object can tell; if there is only one, it needs none.
If in doubt every candidate were believed, \.{kvm}'s |free_pages| and thirteen others would be errors under rule X1, all by confusing two things of one kind.

@<The checks@>=
static bool opens(const struct call_note *open, const struct call_note *close)
{
	enum answer a = takes_back(close, open);
	int candidates = 0;

	if (a != PERHAPS)
		return a == YES;
	for (size_t i = 0; i < m.norders && !tired(1); i++)
		candidates += takes_back(close, &m.calls[m.orders[i]]) != NO;
	return candidates == 1;
}

@ The check itself. |close| is the call in exit that shuts the source; |open| is the one that gave it its functions, which are marked with all that they reach.
@.... may come again after...@>

@<The checks@>=
static void check_sources(const struct call_note *open, size_t end, enum gravity gravity)
{
	const struct call_note *close = act(&going, end), *early;

	for (size_t i = 0; i < m.norders && !tired(1); i++) {
		const struct call_note *order = &m.calls[m.orders[i]];
		const struct facts *row = row_of_call(order);

		if (row_of_call(open) == row || row->kind != deferred || !m.routines[order->routine].mark)
			continue;
		early = too_early(order, end);
		if (early && early != close)
			find(gravity, has_word(row->rules, "D3") ? "D3" : "D6", row->symbol,
				"%s may come again after %s, %s; %s is taken back only later, by %s in %s, and %s orders once more",
				row->symbol, callee(early), where(early), callee(open), callee(close), where(close), where(order));
	}
}

@ Rules U1 and X1 are about memory, and about whatever else the callbacks use. If something is destroyed in exit, and a function that can still be entered mentions it, the order is wrong. What is destroyed must be known by its
place: a pointer in the module's data, or an object there.
@^rule U1@>
@^rule X1@>
@.... destroys what...@>

@<The checks@>=
static bool marked_mention(struct thing v)
{
	for (size_t i = 0; i < m.nmentions && !tired(1); i++) {
		if (m.mentions[i].what.what == PLACE && m.mentions[i].what.portion == v.portion && m.mentions[i].what.at == v.at &&@|
		    m.routines[m.mentions[i].routine].mark)
			return true;
	}
	return false;
}

@ What destroys is a matter of names. The first argument is the victim, except with a few that take the cache or the device first; then it is the cache of which is asked who still uses it.

@<The checks@>=
static const char frees[] = "kfree kvfree vfree kfree_sensitive free_percpu kmem_cache_free free_pages";
static const char destroys[] = "destroy_workqueue kmem_cache_destroy mempool_destroy crypto_destroy_tfm dma_pool_destroy";
@#
static void check_destroyed(const struct call_note *open, size_t end, enum gravity gravity)
{
	const struct call_note *close = act(&going, end);

	for (size_t i = 0; i < end && !tired(1); i++) {
		const struct call_note *c = act(&going, i);

		if (takes_back(c, open) == YES)
			return;
		if (calls_one_of(c, "kmem_cache_destroy") && calls_one_of(open, "call_rcu call_rcu_hurry"))
			continue; /* see rule R2 */
		if ((calls_one_of(c, frees) || calls_one_of(c, destroys)) && an_object(c->args[0]) && marked_mention(c->args[0]))
			find(gravity, row_of_call(open)->kind == bare ? "U1" : "X1", callee(c),
				"%s, %s, destroys what the functions given to %s use; %s in %s comes first",
				callee(c), where(c), callee(open), callee(close), where(close));
	}
}

@ Rules U3 and U4: what is bare is not waited for when it is unhooked. If memory is freed after that with nothing between that waits, an advice is given, and an error when a
function that was hooked mentions the memory.
@^rule U3@>
@.... with no wait between...@>

@<The checks@>=
static const char waits[] = "synchronize_rcu synchronize_rcu_expedited synchronize_net synchronize_rcu_tasks synchronize_srcu rcu_barrier "
	"module_quiesce unregister_pernet_subsys unregister_pernet_device tracepoint_synchronize_unregister synchronize_shrinkers";
@#
static void check_wait(const struct call_note *open, size_t start)
{
	const struct call_note *close = act(&going, start);

	if (row_of_call(open)->kind != bare)
		return;
	for (size_t i = start + 1; i < going.n && !tired(1); i++) {
		const struct call_note *c = act(&going, i);

		if (calls_one_of(c, waits))
			return;
		if (calls_one_of(c, frees) || calls_one_of(c, destroys)) {
			find(an_object(c->args[0]) && marked_mention(c->args[0]) ? ERROR : ADVICE, row_of_call(open)->rules, callee(close),
				"%s, %s, comes after %s with no wait between; somebody may still be inside: synchronize_rcu(), or module_quiesce()",
				callee(c), where(c), callee(close));
			return;
		}
	}
}

@ These three share the search for the pairs. (Pairs of counted interfaces are passed over. When exit begins nobody holds a reference, so nobody is inside, and whoever comes now is refused. That is what makes
counted interfaces pleasant. If this were forgotten, there would be some fifty errors more under X1 and a dozen more under D6: \.{cryptd} may well destroy its queue before it unregisters its template.) A fourth check needs no pairs: an order that exit itself gives, by some function that it calls, after the last call that could
take it back, stays.
@.... is ordered in exit...@>

@<The checks@>=
static void check_last_orders(size_t at)
{
	const struct call_note *order = act(&going, at), *back = NULL;
	const struct facts *row = row_of_call(order);

	if (!row || row->kind != deferred || !*row->back)
		return;
	for (size_t i = 0; i < going.n && !tired(1); i++) {
		enum answer a = takes_back(act(&going, i), order);

		if (i > at && a != NO)
			return;
		if (i < at && a == YES && !for_good(act(&going, i)))
			back = act(&going, i);
	}
	if (back)
		find(ERROR, row->rules, row->symbol, "%s is ordered in exit, %s, after %s, %s; nothing takes it back any more",
			row->symbol, where(order), callee(back), where(back));
}

@ A pair is sure if the two share an object, or if the one is in init and the other in exit. What was opened in some callback, for a device that came, is closed when that goes; if there is also a call that
closes in exit, it may be for the rest. Then what is found is advice.

@<The checks@>=
static enum gravity certainty(const struct call_note *open, const struct call_note *close)
{
	if (takes_back(close, open) == YES)
		return ERROR;
	for (size_t i = 0; i < coming.n && !tired(1); i++) {
		if (act(&coming, i) == open)
			return ERROR;
	}
	return ADVICE;
}

@ Every call of exit is compared with every order in the module, which is a matter of some hundred thousand comparisons for the largest module there is.
Most of the pairs are dismissed by a look at two names. The marks are set anew for each pair that is left, and serve the three checks that follow; none of them may call another one that marks.

@<The checks@>=
static void check_order(void)
{
	for (size_t i = 0; i < going.n; i++) {
		check_last_orders(i);
		for (size_t k = 0; k < m.norders && !tired(1); k++) {
			const struct call_note *open = &m.calls[m.orders[k]];

			if (row_of_call(open)->kind == counted || !opens(open, act(&going, i)))
				continue;
			mark_callbacks(open);
			check_sources(open, i, certainty(open, act(&going, i)));
			check_destroyed(open, i, certainty(open, act(&going, i)));
			check_wait(open, i);
		}
	}
}

@ Exit cannot refuse (X2). An exit that looks whether somebody is there, and returns at once if so, has taken nothing back; and the module goes. So it is tried whether the end can be reached without any call at all.
Often there is a reason, as when exit calls for a device that was never found; it is an advice.
@^rule X2@>
@.exit may return at once...@>

@<The checks@>=
static void check_escape(void)
{
	const struct procedure *f = named("cleanup_module");

	if (!f || !f->nsteps || !passes_by(f, 0, NULL))
		return;
	for (size_t i = 0; i < going.n; i++) {
		for (size_t k = 0; k < m.norders && !tired(1); k++) {
			const struct call_note *open = &m.calls[m.orders[k]];

			if (row_of_call(open)->kind > counted && opens(open, act(&going, i)) && certainty(open, act(&going, i)) == ERROR)
				return find(ADVICE, "X2", callee(open), "exit may return at once, and %s, %s, is then not taken back by %s, %s; it cannot refuse",
					callee(open), where(open), callee(act(&going, i)), where(act(&going, i)));
		}
	}
}

@ A cache is destroyed after its last object has been freed, and callbacks of RCU free objects (rule R2). |rcu_barrier| belongs before |kmem_cache_destroy|. (The kernel itself waits only for those that were freed by |kfree_rcu|.)
@^rule R2@>
@.... with no rcu\_barrier before it...@>

@<The checks@>=
static void check_caches(void)
{
	for (size_t i = 0; i < going.n; i++) {
		const struct call_note *cache = act(&going, i);

		if (calls_one_of(cache, "rcu_barrier unregister_pernet_subsys unregister_pernet_device"))
			return;
		for (size_t k = 0; k < m.norders && calls_one_of(cache, "kmem_cache_destroy") && an_object(cache->args[0]) && !tired(1); k++) {
			const struct call_note *order = &m.calls[m.orders[k]];

			if (!calls_one_of(order, "call_rcu call_rcu_hurry"))
				continue;
			mark_callbacks(order);
			if (marked_mention(cache->args[0]))
				find(ERROR, "R2", "kmem_cache_destroy", "kmem_cache_destroy, %s, with no rcu_barrier before it; "
					"callbacks ordered in %s may still free objects", where(cache), where(order));
		}
	}
}

@ Several objects of one kind: one timer is deleted, the other was forgotten. No import tells. If the object of an order is a place in the module's data, and every call that could take it back is
given another object, and a known one, this one is left.
@.... is taken back by nobody...@>

@<The checks@>=
static void check_each_object(void)
{
	for (size_t i = 0; i < m.norders; i++) {
		const struct call_note *order = &m.calls[m.orders[i]], *other = NULL;
		const struct facts *row = row_of_call(order);
		bool taken = row->kind != deferred || !strncmp(row->symbol, "init_", 5) || strstr(row->symbol, "create");

		for (size_t k = 0; k < m.ncalls && !taken && !tired(1); k++) {
			if (!calls_one_of(&m.calls[k], row->back))
				continue;
			other = &m.calls[k];
			taken = takes_back(other, order) != NO;
		}
		if (!taken && other)
			find(ADVICE, row->rules, row->symbol, "%s, %s: what it is given is taken back by nobody; %s, %s, is given something else",
				row->symbol, where(order), callee(other), where(other));
	}
}

@*1 The order in init. Rule I1: what a callback needs is ready before somebody can call. In the line of calls of init, everything that comes after the first
registration and makes something ready is compared with what the registered functions mention.
@^rule I1@>
@.... makes ready what...@>

@<The checks@>=
static struct thing made_by(const struct call_note *c)
{
	static const char makes[] = "__mutex_init __init_waitqueue_head __init_rwsem init_timer_key __init_swait_queue_head __raw_spin_lock_init";

	if (calls_one_of(c, makes))
		return c->args[0];
	if (calls_one_of(c, "alloc_workqueue __kmem_cache_create_args kmem_cache_create __kmalloc_noprof __kmalloc_cache_noprof vmalloc_noprof")) {
		for (size_t i = 0; i < m.nstores && !tired(1); i++) {
			if (m.stores[i].routine == c->routine && m.stores[i].step > c->step && m.stores[i].step <= c->step + 4 &&@|
			    m.stores[i].where.what == PLACE)
				return m.stores[i].where;
		}
	}
	return (struct thing){ UNKNOWN, 0, 0 };
}

@ The other way to make something ready is to store it. What counts is a store that comes after the registration, in whatever function init calls then, to a place that a registered function mentions. Zeros are left out, since they are stored where init undoes itself; with them there would be thirty pieces of advice more.

@<The checks@>=
static void check_later_stores(const struct call_note *open, const struct call_note *after)
{
	const struct procedure *f = &m.routines[after->routine];
	uint64_t next = (size_t)(after - m.calls) + 1 < f->calls_end ? after[1].step : f->nsteps;

	for (size_t i = 0; i < m.nstores && !tired(1); i++) {
		const struct storing *s = &m.stores[i];

		if (s->routine == after->routine && s->step > after->step && s->step < next &&@|
		    !(s->what.what == NUMBER && !s->what.at) && s->where.what == PLACE && marked_mention(s->where))
			return find(ADVICE, "I1", callee(open), "%sis stored, %s+0x%llx, after %s, %s, whose functions use it; publish last",
				name_of(s->where), f->name, (unsigned long long)(f->steps[s->step].at - f->from), callee(open), where(open));
	}
}

@ One finding is enough for each registration, the first one; who publishes too early does so with regard to all that follows.
Deferred and released entries are no registrations in this sense: who arms a timer at the end of |init| has published nothing that a user could reach before. For counted ones the rule is the same as for the others, since the reference keeps the module in memory and does not make it ready.

@<The checks@>=
static void check_after(const struct call_note *open, size_t i)
{
	size_t before = nfindings;

	for (; i < coming.n && nfindings == before; i++) {
		const struct call_note *c = act(&coming, i);
		struct thing made = made_by(c);

		if (made.what == PLACE && marked_mention(made))
			find(ADVICE, "I1", callee(open), "%s, %s, makes ready what the functions given to %s, %s, use; publish last",
				callee(c), where(c), callee(open), where(open));
		else
			check_later_stores(open, c);
	}
}
@#
static void check_publishing(void)
{
	for (size_t i = 0; i < coming.n; i++) {
		const struct facts *row = row_of_call(act(&coming, i));

		if (!row || row->kind == none || row->kind == deferred || row->kind == released || !*row->back)
			continue;
		mark_callbacks(act(&coming, i));
		check_after(act(&coming, i), i + 1);
	}
}

@*1 Inside a function. What happens to the result of a call? We follow the steps after it, on both sides of every branch, until somebody reads |rax|. If it is overwritten first on all ways, or
another call comes, the result is lost. At the end of the function it counts as used, for the caller may read it.

@<The checks@>=
static bool result_used(const struct procedure *f, size_t i, int patience)
{
	for (; i < f->nsteps && patience-- > 0 && !tired(1); i++) {
		const struct instruction *s = &f->steps[i];

		if (s->flags & READS_RESULT || s->move == RETURN || s->move == STOP || (s->calling >= 0 && s->move == BRANCH))
			return true;
		if (s->flags & LOSES_RESULT || s->calling >= 0)
			return false;
		if (s->move == BRANCH && result_used(f, step_at(f, s->target), patience / 2))
			return true;
		if (s->move == JUMP)
			i = step_at(f, s->target) - 1;
	}
	return true;
}

@ Rule C3 is about |try_module_get|. Rule I3 wants every step of init tested. Which imports have a result is not in the file, but there is a convention about names: what registers
may fail, and says so. The exceptions are the rows of the table for which that is not so; they return nothing. The list was made by reading the declarations, and it keeps 104 lines of nonsense from being printed about a distribution.
@^rule C3@>
@^rule I3@>
@.... its result is not looked at...@>

@<The checks@>=
static const char cannot_fail[] =@t\1@>@/
	"__gameport_register_port __register_binfmt __serio_register_port battery_hook_register dca_register_notify "
	"devl_resource_occ_get_register devlink_register drop_reasons_register_subsys ib_register_event_handler "
	"ib_sa_register_client inet_register_protosw led_trigger_register_simple lockdep_register_key "
	"nf_conntrack_register_notifier nf_ct_bridge_register nf_ct_helper_expectfn_register nf_nat_helper_register "
	"nf_register_queue_handler nfs42_ssc_register nfs_ssc_register nft_register_chain_type nft_register_flowtable_type "
	"perf_register_guest_info_callbacks preempt_notifier_register rdma_nl_register rds_info_register_func "
	"rds_trans_register register_atm_ioctl register_console register_hdlc_protocol register_nfs_version "
	"register_quota_format register_syscore register_vmcore_cb rtnl_af_register shrinker_register "
	"sock_diag_register_inet_compat usb_register_notify user_return_notifier_register v9fs_register_trans "
	"xfrm_if_register_cb xfrm_register_km zpool_register_driver"@t\2@>;
@#
static bool may_fail(const char *name)
{
	if (strstr(name, "unregister") || has_word(cannot_fail, name))
		return false;
	return strstr(name, "_register") || !strncmp(name, "register_", 9) ||@|
		has_word("request_threaded_irq cdev_add device_add alloc_chrdev_region kobject_init_and_add __request_region", name);
}

@ A call that is the last of its function hands its result on, and is not looked at.
For the rest the next 64 steps decide, and at each branch both ways have half of what is left. A result that is used later than that was first put somewhere, and this reads it. So the number can be small, and it keeps a chain of branches from being followed in all its combinations.

@<The checks@>=
static void check_results(void)
{
	for (size_t i = 0; i < m.ncalls; i++) {
		const struct call_note *c = &m.calls[i];
		const struct facts *row = row_of_call(c);
		bool get = calls_one_of(c, "try_module_get");

		if (c->last || (!get && !(row && row->kind != none && may_fail(callee(c)))))
			continue;
		if (!result_used(&m.routines[c->routine], c->step + 1, 64))
			find(get ? ERROR : ADVICE, get ? "C3" : "I3", callee(c), "%s, %s: its result is not looked at; %s", callee(c), where(c),
				get ? "if the reference is refused, the callback is not there" : "the step may have failed");
	}
}

@ The next four rules are about |module_put(THIS_MODULE)|. After the put the module may go. What follows may be a way out, and nothing else (S2). A touch of the module's data after the put is an error. A call of
something else gets an advice, if the function has taken the reference itself: it may be harmless, and its return leads into the module. And where somebody else has taken it, the put may be that of
the last reference, in a function of the module (R4); that is an advice too, since nobody can tell which one is the last.
@^rule S2@>
@^rule R4@>
@.... drops a reference that was taken elsewhere...@>
@.... touches data of the module...@>
@.... is not the last act...@>

@<The checks@>=
static bool gets_itself(const struct procedure *f)
{
	for (size_t i = f->calls; i < f->calls_end && !tired(1); i++) {
		if (calls_one_of(&m.calls[i], "try_module_get") && for_itself(&m.calls[i]))
			return true;
	}
	return false;
}

@ Follow the steps after the put: on to the end of the function, in a straight line. A branch is not taken. Compilers put what is likely in the straight line.
What is unlikely is an error path, a trap, a warning; on those ways data are touched for reasons of their own, as by the flag of a warning that is given only once. Where the function jumps away for good the trail ends: what the other function does is told by its own steps, and it may be one that does not come back.

@<The checks@>=
static void check_after_put(const struct call_note *put, bool guarding)
{
	const struct procedure *f = &m.routines[put->routine];

	for (size_t i = put->step + 1, n = 0; i < f->nsteps && n < 200; i++, n++) {
		const struct instruction *s = &f->steps[i];

		if (s->flags & TOUCHES_DATA) {
			find(ERROR, "S2", "module_put", "module_put(THIS_MODULE), %s, and then %s+0x%llx touches data of the module; put last",
				where(put), f->name, (unsigned long long)(s->at - f->from));
			return;
		}
		if (s->calling >= 0 && guarding && !calls_one_of(&m.calls[s->calling], "module_put __stack_chk_fail"))
			find(ADVICE, "S2", "module_put", "module_put(THIS_MODULE), %s, is not the last act: a call follows, %s; put last",
				where(put), where(&m.calls[s->calling]));
		if (s->move == RETURN || s->move == STOP || (s->move == JUMP && s->calling >= 0))
			return;
		if (s->move == JUMP)
			i = step_at(f, s->target) - 1;
	}
}

@ A thread is a special case, and the worst one (S3): its function is called by nobody who could hold anything. Functions that become threads are those given to |kthread_create_on_node|.
@^rule S3@>
@.... in a thread...@>

@<The checks@>=
static void mark_threads(void)
{
	struct procedure *f;

	clear_marks();
	for (size_t i = 0; i < m.ncalls; i++) {
		f = calls_one_of(&m.calls[i], "kthread_create_on_node kthread_create_on_cpu") ? starts_at(m.calls[i].args[0]) : NULL;
		if (f)
			f->mark = true;
	}
}

@ A put in init is no last one: the caller of init holds a reference of his own.
A thread gets one finding and not two, because the cure is the same: it has to end in the kernel. A put which is the last jump of a function is the obedient form (|c->last|): nothing of this function is left to be executed. It may still be the last reference that goes, in the middle of a chain of callers from this module. So rule R4 is asked all the same.

@<The checks@>=
static void check_puts(void)
{
	mark_threads();
	for (size_t i = 0; i < m.ncalls; i++) {
		const struct call_note *c = &m.calls[i];
		const struct procedure *f = &m.routines[c->routine];

		if (!calls_one_of(c, "module_put") || !for_itself(c) || !strncmp(m.portions[f->portion].name, ".init", 5))
			continue;
		if (f->mark)
			find(ERROR, "S3", "module_put", "module_put(THIS_MODULE) in a thread, %s; module_put_and_kthread_exit() never returns to the module",
				where(c));
		else if (!c->last)
			check_after_put(c, gets_itself(f));
		if (!f->mark && f->entered && !gets_itself(f))
			find(ADVICE, "R4", "module_put", "module_put(THIS_MODULE), %s, drops a reference that was taken elsewhere; "
				"if it is the last one, no count covers the way out", where(c));
	}
}

@ An entry that guards itself has to do so before it sleeps (S1). Only calls that are known to sleep count; a lock that others hold for long is one.
@^rule S1@>
@^rule C6@>
@.... sleeps before...@>
@.... does not ask...@>

@<The checks@>=
static const char sleeps[] = "msleep msleep_interruptible schedule schedule_timeout schedule_timeout_interruptible usleep_range_state "
	"mutex_lock mutex_lock_interruptible down_read down_write wait_for_completion wait_for_completion_interruptible "
	"wait_for_completion_timeout synchronize_rcu";

@ Functions that nobody enters from outside are passed over, for their caller may hold a reference.
The calls before the get are those that stand before it in the file, whatever way leads there: that is right for a get at the beginning, where it belongs, and a get that stands far below is worth a look in any case. An unconditional get needs no call before it to be wrong; in |init| alone it is not, because the caller of |init| holds a reference.

@<The checks@>=
static void check_gets(void)
{
	for (size_t i = 0; i < m.ncalls; i++) {
		const struct call_note *c = &m.calls[i], *sleep = NULL;
		const struct procedure *f = &m.routines[c->routine];

		if (!for_itself(c) || !strncmp(m.portions[f->portion].name, ".init", 5) || !f->entered)
			continue;
		for (size_t k = f->calls; k < i && !sleep && !tired(1); k++)
			sleep = calls_one_of(&m.calls[k], sleeps) ? &m.calls[k] : NULL;
		if (calls_one_of(c, "try_module_get") && sleep)
			find(ADVICE, "S1", "try_module_get", "%s, %s, sleeps before try_module_get(THIS_MODULE), %s; the reference comes first",
				callee(sleep), where(sleep), where(c));
		if (calls_one_of(c, "__module_get"))
			find(ADVICE, "C6", "__module_get", "__module_get(THIS_MODULE), %s, does not ask; only who holds a reference already may", where(c));
	}
}

@ Rule U2: a call that waits for its callbacks must not be made with a lock held which these take. The locks of a function are followed in a straight line, as far as they
are known by place. There are many kinds of lock, but all are taken by a call whose first argument is the lock.
@^rule U2@>
@.... waits for functions that take...@>

@<The checks@>=
static const char locks[] = "mutex_lock mutex_lock_interruptible mutex_lock_killable mutex_lock_nested _raw_spin_lock _raw_spin_lock_bh "
	"_raw_spin_lock_irq _raw_spin_lock_irqsave down_write down_read";
static const char unlocks[] = "mutex_unlock _raw_spin_unlock _raw_spin_unlock_bh _raw_spin_unlock_irq _raw_spin_unlock_irqrestore "
	"up_write up_read";

@ Who among the marked takes this lock?
The lock must be the same one by its place. A lock in an object that was allocated is passed over, on both sides: two devices of one driver have two locks which are reached by the same instructions.

@<The checks@>=
static const struct call_note *taken_by_marked(struct thing lock)
{
	for (size_t i = 0; i < m.ncalls && !tired(1); i++) {
		if (m.routines[m.calls[i].routine].mark && calls_one_of(&m.calls[i], locks) && same(m.calls[i].args[0], lock))
			return &m.calls[i];
	}
	return NULL;
}

@ The calls that wait are those that close something, but for those of counted interfaces; of deferred orders, too: to cancel work with a lock held which the work takes is the most common form of this mistake.

@<The checks@>=
static void check_held(const struct call_note *lock, const struct call_note *close)
{
	const struct call_note *inside;

	for (size_t k = 0; k < m.norders && !tired(1); k++) {
		const struct call_note *open = &m.calls[m.orders[k]];

		if (row_of_call(open)->kind == counted || !opens(open, close))
			continue;
		mark_callbacks(open);
		inside = taken_by_marked(lock->args[0]);
		if (inside)
			find(ERROR, "U2", callee(close), "%s, %s, waits for functions that take the lock which %s, %s, has taken: %s",
				callee(close), where(close), callee(lock), where(lock), where(inside));
	}
}

@ From each call that takes a lock to the next one that releases it, every call is tried. The straight line is that of addresses, which is nearly that of the source.

@<The checks@>=
static void check_locks(void)
{
	for (size_t i = 0; i < m.ncalls; i++) {
		const struct procedure *f = &m.routines[m.calls[i].routine];

		if (!calls_one_of(&m.calls[i], locks) || m.calls[i].args[0].what != PLACE)
			continue;
		for (size_t k = i + 1; k < f->calls_end && !tired(1); k++) {
			if (calls_one_of(&m.calls[k], unlocks) && same(m.calls[k].args[0], m.calls[i].args[0]))
				break;
			check_held(&m.calls[i], &m.calls[k]);
		}
	}
}

@ The address of something that is marked as initial, stored
where it outlives init, is a trap (I4). \.{modpost} finds such addresses in data; it does not look at stores.
@^rule I4@>
@.... keeps the address of...@>

@<The checks@>=
static bool initial(struct thing v)
{
	return v.what == PLACE && !strncmp(m.portions[v.portion].name, ".init", 5);
}
@#
static void check_initial(void)
{
	for (size_t i = 0; i < m.nstores; i++) {
		const struct storing *s = &m.stores[i];
		const struct procedure *f = &m.routines[s->routine];

		if (s->where.what == PLACE && !initial(s->where) && initial(s->what))
			find(ERROR, "I4", "", "%s+0x%llx: %skeeps the address of something in %s; it is freed after init",
				f->name, (unsigned long long)(f->steps[s->step].at - f->from), name_of(s->where), m.portions[s->what.portion].name);
	}
}

@*1 Hooks that are variables. Some of the kernel's hooks are filled by an assignment, so no import of a function tells; but the variable is imported, and the store is an instruction with a relocation. A module that
stores something into such a variable has to store a zero some day.
@^rule U3@>
@.... and never cleared...@>

@<The checks@>=
static void check_hooks(void)
{
	for (size_t i = 1; i < m.nsigns; i++) {
		const struct variable *hook = m.signs[i].import ? hook_of(m.signs[i].name) : NULL;
		const struct storing *set = NULL;
		bool cleared = !hook;

		for (size_t k = 0; k < m.nstores && !cleared && !tired(1); k++) {
			const struct storing *s = &m.stores[k];

			if (s->where.what != IMPORT || s->where.at != i)
				continue;
			cleared = s->what.what == NUMBER || s->what.what == HELD || s->what.what == IMPORT;
			set = set ? set : s;
		}
		if (!cleared && set)
			find(ERROR, hook->rules, hook->symbol, "%s is set, %s+0x%llx, and never cleared; exit has to, and then to wait",
				hook->symbol, m.routines[set->routine].name,
				(unsigned long long)(m.routines[set->routine].steps[set->step].at - m.routines[set->routine].from));
	}
}

@*1 One module. All that was said comes together: the file is read, the verdict is made, the checks run one after the other. Checks of order make sense only for a module that can leave.
What is wrong inside one function is wrong in a module that stays as well: a reference that was refused, a lock that waits for itself. A library has no exit in which something could be missing, so it is spared what looks for the error path of an |init| that it has not.

@<Judge one module@>=
static void run_checks(bool permanent, bool library)
{
	if (!permanent) {
		check_counterparts(library);
		if (!library)
			check_error_path();
		check_order();
		check_escape();
		check_caches();
		check_each_object();
	}
	check_owners();
	check_publishing();
	check_results();
	check_puts();
	check_gets();
	check_locks();
	check_initial();
	check_hooks();
}

@ The verdict is the loader's, word by word. All imports are noted as the loader notes them when it resolves them; what the module claims it finds in its notes, of which there may be several.
It would be easy to do better here, where there is time and where the instructions are known. But then the file and the machine would say different things of one module, and the author who asks here before he ships it would be refused there. What the checker knows more goes into findings, and a claim is weighed by the verdict alone.

@<Judge one module@>=
static bool leaves, arrives, claims_hold;
@#
static const char *verdict(void)
{
	static char text[4096];
	struct sentence s = { @[@].text = text, @[@].size = sizeof(text) };
	struct evidence e = {@[@]};
	struct claim claimed = {@[@]};
	struct judgement j;

	for (size_t i = 1; i < m.nsigns; i++) {
		if (m.signs[i].import)
			note_name(&e, m.signs[i].name);
	}
	e.permanent = arrives && !leaves;
	e.names_itself = m.owned;
	for (size_t i = 1; i < m.nportions; i++) {
		if (m.portions[i].bytes && !strcmp(m.portions[i].name, ".modinfo"))
			@<Note what the portion |i| claims@>@;
	}
	j = judge(&e);
	text[0] = 0;
	say_verdict(&s, &e, j);
	say_claim(&s, &claimed, &e, j);
	claims_hold = claimed.any && claim_is_good(&claimed, &e, j);
	return text;
}

@ Notes are texts of the form \.{name=value}, one behind the other; the last one may lack its end.

@<Note what the portion |i| claims@>=
for (uint64_t at = 0; at < m.portions[i].size; ) {
	const char *note = (const char *)m.portions[i].bytes + at;
	size_t length = strnlen(note, m.portions[i].size - at);

	if (length < m.portions[i].size - at && !strncmp(note, "unload=", 7))
		note_claim(&claimed, note + 7);
	at += length + 1;
}

@ Findings are printed errors first. Of those with one rule and about one import, three are shown, and the number of the rest.
The count is of one grade only, so that two pieces of advice do not hide an error. It takes the square of the number of findings, of which even a bad module has few, and a hostile one not more than |tired| allows.
@.... more of this kind@>

@<Judge one module@>=
static void print_findings(enum gravity grade)
{
	for (size_t i = 0; i < nfindings; i++) {
		const struct finding *f = &findings[i];
		unsigned before = 0, after = 0;

		if (f->grade != grade)
			continue;
		for (size_t k = 0; k < nfindings; k++) {
			if (findings[k].grade == grade && !strcmp(findings[k].rule, f->rule) && !strcmp(findings[k].about, f->about))
				*(k < i ? &before : &after) += 1;
		}
		if (before < 3)
			printf("%s: %s: %s: %s\n", m.path, f->rule, grade == ERROR ? "error" : "advice", f->text);
		if (before == 2 && after > 1)
			printf("%s: %s: (%u more of this kind)\n", m.path, f->rule, after - 1);
	}
}

@ In this order: what the loader would say, which needs no instruction; then the instructions; then init and exit, each as a line of calls; then the checks. The status is the one that this file alone would cause.

@<Judge one module@>=
static bool only_verdict, quiet;
@#
static int examine(Elf *elf)
{
	const char *text;

	if (!read_module(elf))
		return 2;
	find_routines();
	find_entries();
	arrives = named_at_all("init_module");
	leaves = named_at_all("cleanup_module");
	text = verdict();
	if (only_verdict) {
		fputs(text, stdout);
		return 0;
	}
	read_routines();
	play(&coming, named("init_module"));
	play(&going, named("cleanup_module"));
	run_checks(arrives && !leaves, !arrives && !leaves);
	@<Say what was found, and |return| how the file came off@>@;
}

@ A file of which a part was not looked at has status 2, even when nothing was found in the rest, and also under \.{--quiet}: it is the one case in which silence would be a lie. What cannot be read for its instructions alone is told, and changes nothing: the author can do nothing about it.
@.... was read only as far as...@>
@.... there is too much in it...@>
@.... some of its code was left out@>

@<Say what was found, and |return| how the file came off@>=
if (!quiet)
	printf("%s: %.*s%s\n", m.path, (int)strcspn(text, "\n"), text, claims_hold ? " (and claims them)" : "");
if (m.stopped && !quiet)
	printf("%s: a function was read only as far as its instructions are known\n", m.path);
print_findings(ERROR);
print_findings(ADVICE);
if (!tired(0) && !m.left_out)
	return nfindings > 0;
fflush(stdout);
refuse(tired(0) ? "there is too much in it to be looked at to the end" : "some of its code was left out");
return 2;

@ The file is open as long as \.{libelf} needs it. What is no regular file is not opened for long: a pipe into which nobody writes would keep us waiting for ever, and \.{/dev/zero} has no end.
@.... it is not a file@>

@<Judge one module@>=
static int judge_file(const char *path)
{
	int fd, status;
	struct stat about;
	Elf *elf;

	m.path = path;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &about) || !S_ISREG(about.st_mode)) {
		refuse(fd < 0 ? strerror(errno) : "it is not a file");
		if (fd >= 0)
			close(fd);
		return 2;
	}
	fd = unpacked(fd);
	elf = dwelf_elf_begin(fd);
	coming = going = (struct call_line){ NULL, 0, 4000 };
	status = examine(elf);
	free(coming.calls);
	free(going.calls);
	forget();
	elf_end(elf);
	close(fd);
	return status;
}

@*1 Questions. The tool knows the rules by heart, and where they stand in this book. A rule's letter is its chapter's; a test compares the titles with those in the book, for they might change.
It could print the whole frame of a rule. But then the frame would be on the screen, without the timeline and the modules that show why; the sentence is for those who have read the chapter once, and its title is for those who have not.

@<Answer questions about rules and table@>=
static int explain(const char *rule)
{
	static const struct { char letter; const char *title; } chapters[] = {@t\1@>@/
		{ 'C', "Rules for what is counted" }, { 'L', "Rules for what is counted" },@/
		{ 'U', "Rules for entries that nobody counts" }, { 'S', "Rules for entries that nobody counts" },@/
		{ 'D', "Rules for what was ordered" }, { 'R', "What stays behind" },@/
		{ 'I', "Rules for the beginning and the end" }, { 'X', "Rules for the beginning and the end" },@/
		{ 'F', "Rules for the beginning and the end" },@t\2@>@/
	};

	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++) {
		if (strcasecmp(sentences[i].rule, rule))
			continue;
		printf("%s: %s\n", sentences[i].rule, sentences[i].text);
		for (size_t k = 0; k < sizeof(chapters) / sizeof(*chapters); k++) {
			if (chapters[k].letter == sentences[i].rule[0])
				printf("    chapter \"%s\"\n", chapters[k].title);
		}
		return 0;
	}
	fprintf(stderr, "modrules: there is no rule %s\n", rule);
	return 2;
}

@ What the table says is printed with the names of its columns. A symbol of which it says nothing is either one that orders nothing, or unknown.
The difference between the last two matters to him who asks. ``Orders nothing'' was looked up by somebody; ``not in the table'' makes a verdict unknown, and calls for a row.
@.... is not in the table@>

@<Answer questions about rules and table@>=
static int show_row(const char *symbol)
{
	const struct facts *row = row_of(symbol);
	const struct variable *hook = hook_of(symbol);

	if (row) {
		printf("%s: %s%s%s\n", symbol, kinds[row->kind], *row->rules ? ", rules " : "", row->rules);
		printf("%s%s%s", *row->owner ? "    owner: " : "", row->owner, *row->owner ? "\n" : "");
		printf("    taken back by: %s\n", *row->back ? row->back : "(nothing need be imported)");
		printf("    context: %s\n    source: %s\n    note: %s\n", row->context, row->source, row->note);
		return 0;
	}
	if (hook) {
		printf("%s: a variable, %s, rules %s\n    note: %s\n", symbol, hook->kind, hook->rules, hook->note);
		return 0;
	}
	if (number_of(symbol, (unsigned)strlen(symbol))) {
		printf("%s: orders nothing\n", symbol);
		return 0;
	}
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++) {
		if (has_word(aliases[i].names, symbol)) {
			printf("%s: what is imported is %s\n", symbol, aliases[i].symbol);
			return show_row(aliases[i].symbol);
		}
	}
	fprintf(stderr, "modrules: %s is not in the table\n", symbol);
	return 2;
}

@ The table is prepared before the options are read, since one of them asks it. |judge_begin| fails if two rows have one name; the loader would then judge nothing, and so do we.
Words such as \.{--verdict} have numbers that are no letters, so that a letter can be given to one later without a change of meaning.
@.the table of interfaces is not in order@>

@<What the checker is asked@>=
enum { VERDICT = 256, QUIET, EXPLAIN, TABLE };
static const struct option options[] = {@t\1@>@/
	{ "verdict", no_argument, NULL, VERDICT }, { "quiet", no_argument, NULL, QUIET },@/
	{ "explain", required_argument, NULL, EXPLAIN }, { "table", required_argument, NULL, TABLE },@/
	{ "version", no_argument, NULL, 'V' }, { "help", no_argument, NULL, 'h' },@/
	{ NULL, 0, NULL, 0 },@t\2@>@/
};
int letter, worst = 0;
@#
if (!judge_begin() || elf_version(EV_CURRENT) == EV_NONE) {
	fputs("modrules: the table of interfaces is not in order\n", stderr);
	return 2;
}
while ((letter = getopt_long(argc, argv, "qVh", options, NULL)) != -1) {
	switch (letter) {
	case VERDICT: only_verdict = true; break;
	case 'q': case QUIET: quiet = true; break;
	case EXPLAIN: return explain(optarg);
	case TABLE: return show_row(optarg);
	case 'V': puts("modrules 1.0, of The Rules of Unloading (Linux 6.12)"); return 0;
	case 'h': fputs(usage, stdout); return 0;
	default: fputs(usage, stderr); return 2;
	}
}
if (optind == argc) {
	fputs(usage, stderr);
	return 2;
}

@ Help is brief, because \.{--explain} is the better help.
It ends with the status, which is what a script wants to know, and which is always the last thing that one finds.

@<Answer questions about rules and table@>=
static const char usage[] =@t\1@>@/
	"usage: modrules [options] FILE.ko...   (.ko.gz, .ko.xz, .ko.zst too)\n"@/
	"  --verdict       only what /sys/module/NAME/unload would show\n"@/
	"  -q, --quiet     only findings\n"@/
	"  --explain=RULE  what a rule says, and where it stands\n"@/
	"  --table=SYMBOL  what the table of interfaces says of a symbol\n"@/
	"  -V, --version   -h, --help\n"@/
	"status: 0 nothing found, 1 findings, 2 something could not be read\n";@t\2@>@/

@ With several files the verdicts have their names in front, and the worst status of all is that of the command.
So a script that checks a tree gets 2 if one file was unreadable, even if another has findings; what was not looked at is the worse of the two. Before the first of them the memory of the program is limited to two gigabytes, several times what the largest module takes with all its debugging information: the library unpacks \.{gzip} and \.{xz} by itself, and would go on as long as there is
memory. (A sanitizer needs more than that for itself, so a checker that is compiled with one has no limit.) The disassembler is started once, and serves for all files.

@<Judge the files one after the other@>=
if (cs_open(CS_ARCH_X86, CS_MODE_64, &disassembler) || cs_option(disassembler, CS_OPT_DETAIL, CS_OPT_ON)) {
	fputs("modrules: the disassembler does not start\n", stderr);
	return 2;
}
name_registers();
#ifndef __SANITIZE_ADDRESS__
setrlimit(RLIMIT_DATA, &(struct rlimit){ 2ul << 30, 2ul << 30 });
#endif
for (bool several = optind < argc - 1; optind < argc; optind++) {
	int status;

	if (only_verdict && several)
		printf("%s:\n", argv[optind]);
	status = judge_file(argv[optind]);
	if (status > worst)
		worst = status;
}
cs_close(&disassembler);
return worst;

@*1 What it says of real modules. \label{checker-measured}A checker is as good as its worst hour: one that complains of everything is not read. So it was tried on modules that nobody wrote for it, those of the
lab and those of a distribution. The lab's are read again at every run of the tests, and each error in them has to stand in \.{tests/modrules-expected.txt}, with a
reason, or the test fails.

\medskip
\newread\modrulesfile
\openin\modrulesfile=../../modrules.tex
\ifeof\modrulesfile {\it(The counts are not here: nobody has run the tests yet.)}
\else \closein\modrulesfile \input ../../modrules.tex \fi

\medskip\noindent
When this was written there were 15 errors among the 396 modules. Seven have a good reason that the file does not show; \.{softdog}, for one, does not take back work that reboots the machine. The cloud flavour of Debian's 6.12.117 was read once: of its 1138 modules
33 have errors, 77 altogether, and 162 have advice. It took five seconds. Two fifths of those errors are of one sort, X1: exit destroys a cache or a queue, and then closes what still leads there. Many of these drivers would say that nobody is there
any more, and be right; but the day on which somebody is there will come.

@ The other eight look real, which means that reading the source did not refute them. None was brought to fail, and until that has happened nobody should call them more than suspicions. They show what kind of thing can be found in a file:

\smallskip
\li \.{test\_udelay} removes its debugfs file with a mutex held, and the removal waits for readers, who take that mutex (U2).
\li \.{netfs} and \.{scsi\_debug} order callbacks of RCU, and wait for none; \.{tun} relies on a barrier which is over before its last callback is ordered (D3).
\li \.{softdog} gives back the reference on itself in a timer's function, and then reads its parameters (S2).
\li \.{snd} exchanges the operations of a file that is cut off, whether the new owner's reference was granted or not (C3).
\li \.{jbd2} and \.{test\_firmware} have threads that say ``done'', and then return through the module (D4).
\li In the distribution: \.{stm\_core} registers a character device whose operations have no owner, and takes a reference of its own only when it has been entered (C2), \.{ksmbd} cancels delayed work with a mutex held which the work takes (U2), and \.{nf\_conncount} destroys a cache into which callbacks still free (R2).
\endli

\noindent And they show its limits. Not one finding is about a count that went wrong, about a flag read too early, about a table of hooks that was inconsistent for a moment: rules such as C1, C4, C5, U6 or L2 are about what happens between two
calls, in time, and there is no time in a file.

@*1 Trials of the checks. \label{checker-trials}The scenarios of the rules show the checker what whole modules look like, and the modules of the lab show it what it should keep quiet about. What is
missing are small differences: the same module with two calls exchanged. There is a file of those. Each is a module only as far as the checker is concerned; it is compiled with the kernel's model of addresses, and nobody will ever load it. The first line of each says
what has to be found: a rule and a grade, several, or nothing. Four macros keep them short: |INIT| and |EXIT| are the two functions, |DOES| is one that is entered, and |FILE_OF| makes a table of two functions and an |init| that registers it.

@s trial_object int
@s trial_table int

@(host/modrules_trials.c@>=
typedef struct trial_object { long words[16]; } trial_object;
typedef struct trial_table { void @[@](*first)(void), @[@](*second)(void); } trial_table;
extern void proc_create(const char *, int, void *, const trial_table *), remove_proc_entry(const char *, void *);
extern int register_kprobe(trial_object *), tracepoint_probe_register(void *, void @[@](*)(void), void *);
extern void unregister_kprobe(trial_object *), tracepoint_probe_unregister(void *, void @[@](*)(void), void *);
extern void call_rcu(void *, void @[@](*)(void *)), rcu_barrier(void), synchronize_rcu(void), msleep(int);
extern int mod_timer(trial_object *, long), timer_delete_sync(trial_object *), timer_shutdown_sync(trial_object *);
extern int queue_work_on(int, void *, trial_object *), cancel_work_sync(trial_object *);
extern void init_timer_key(trial_object *, void @[@](*)(void), int, const char *, void *);
extern void mutex_lock(trial_object *), mutex_unlock(trial_object *), kfree(void *);
extern void kmem_cache_free(void *, void *), kmem_cache_destroy(void *);
extern int try_module_get(void *);
extern void module_put(void *), __module_get(void *);
extern void @[(*nf_nat_ftp_hook)(void)@];
@#
trial_object __this_module __attribute__((section(".gnu.linkonce.this_module")));
#define INIT(...) @[int init_module(void) {@+ return __VA_ARGS__; @+}@]
#define EXIT(...) @[void cleanup_module(void) {@+ __VA_ARGS__; @+}@]
#define DOES(name, ...) @[static void name(void) {@+ __VA_ARGS__; @+}@]
#define FILE_OF(first, second) @[static const trial_table ops = { first, second };@] \
	@[int init_module(void) {@+ proc_create("a", 0, 0, &ops); return 0; @+}@]
@#
@<Trials of order@>@;
@<Trials of imports and objects@>@;
@<Trials of what is inside a function@>@;
#endif

@ Order. A file of \.{/proc} queues work when it is written to. Work is cancelled before the file goes, or after; cancelling is one call deeper; or it is a timer that is shut down, and may well come first. Then a timer that queues work, and is stopped last.
A check that always speaks would pass every trial in which it should; so beside each mistake stands its cure, as like to it as can be.

@<Trials of order@>=
#if TRIAL == 1
static const char expected[] = "D6 error";
static trial_object job;
static void cancel(void) __attribute__((noinline));
DOES(cancel, cancel_work_sync(&job))@;
DOES(written, queue_work_on(0, 0, &job))@;
FILE_OF(0, written)@;
EXIT(cancel(), remove_proc_entry("a", 0))@;
#elif TRIAL == 2
static const char expected[] = "nothing";
static trial_object job;
DOES(written, queue_work_on(0, 0, &job))@;
FILE_OF(0, written)@;
EXIT(remove_proc_entry("a", 0), cancel_work_sync(&job))@;
#elif TRIAL == 3
static const char expected[] = "nothing";
static trial_object bell;
DOES(written, mod_timer(&bell, 1))@;
FILE_OF(0, written)@;
EXIT(timer_shutdown_sync(&bell), remove_proc_entry("a", 0))@;
#elif TRIAL == 4
static const char expected[] = "D6 error";
static trial_object bell, job;
DOES(ring, queue_work_on(0, 0, &job))@;
INIT((init_timer_key(&bell, ring, 0, 0, 0), mod_timer(&bell, 1)))@;
EXIT(cancel_work_sync(&job), timer_delete_sync(&bell))@;

@ The barrier before the last callback; a pointer that is freed before the file that follows it is closed; a cache that goes before the callbacks that free into it.
These three are of pairs of calls whose imports are all present: the verdict has nothing to say of any of them, and each of them is a use of memory that was freed.

@<Trials of order@>=
#elif TRIAL == 5
static const char expected[] = "D3 error";
trial_object *now;
static void later(void *p)
{
	kfree(p);
}
DOES(written, call_rcu(now, later))@;
FILE_OF(0, written)@;
EXIT(rcu_barrier(), remove_proc_entry("a", 0))@;
#elif TRIAL == 6
static const char expected[] = "X1 error";
trial_object *table;
DOES(looking, mutex_lock(table))@;
FILE_OF(looking, 0)@;
EXIT(kfree(table), remove_proc_entry("a", 0))@;
#elif TRIAL == 7
static const char expected[] = "R2 error";
void *cache;
static void later(void *p)
{
	kmem_cache_free(cache, p);
}
INIT((call_rcu(cache, later), 0))@;
EXIT(kmem_cache_destroy(cache), rcu_barrier())@;

@ A bare hook and the memory that it uses: with a wait between, and without. Then what exit itself orders, after it has cancelled.
Nothing in these calls has a result or an argument that would give the order away; there is only the one call more.

@<Trials of order@>=
#elif TRIAL == 8
static const char expected[] = "U3 error";
trial_object *seen;
DOES(probe, mutex_lock(seen))@;
INIT(tracepoint_probe_register(0, probe, 0))@;
EXIT(tracepoint_probe_unregister(0, probe, 0), kfree(seen))@;
#elif TRIAL == 9
static const char expected[] = "nothing";
trial_object *seen;
DOES(probe, mutex_lock(seen))@;
INIT(tracepoint_probe_register(0, probe, 0))@;
EXIT(tracepoint_probe_unregister(0, probe, 0), synchronize_rcu(), kfree(seen))@;
#elif TRIAL == 10
static const char expected[] = "D2 error";
static trial_object job;
INIT((queue_work_on(0, 0, &job), 0))@;
EXIT(cancel_work_sync(&job), queue_work_on(0, 0, &job))@;

@ Imports and objects. The call that takes back stands only in the error path of init; or exit has it too. Of two timers one is forgotten. A hook is set and not cleared, or cleared.
In the first of these the failing step has to be one that can fail, or the compiler would leave out the call that the trial is about.

@<Trials of imports and objects@>=
#elif TRIAL == 11
static const char expected[] = "U2 error";
static trial_object probe;
INIT(register_kprobe(&probe) ? 1 : (try_module_get(0) ? 0 : (unregister_kprobe(&probe), 2)))@;
EXIT(msleep(1))@;
#elif TRIAL == 12
static const char expected[] = "nothing";
static trial_object probe;
INIT(register_kprobe(&probe))@;
EXIT(unregister_kprobe(&probe))@;
#elif TRIAL == 13
static const char expected[] = "D1 advice";
static trial_object one = @[{ { 1 } }@], two = @[{ { 2 } }@];
INIT(mod_timer(&one, 1) + mod_timer(&two, 1))@;
EXIT(timer_delete_sync(&one))@;
#elif TRIAL == 14
static const char expected[] = "U3 error";
DOES(hook, msleep(1))@;
INIT((nf_nat_ftp_hook = hook, 0))@;
EXIT(synchronize_rcu())@;
#elif TRIAL == 15
static const char expected[] = "nothing";
DOES(hook, msleep(1))@;
INIT((nf_nat_ftp_hook = hook, 0))@;
EXIT((void)(nf_nat_ftp_hook = 0), synchronize_rcu())@;

@ Inside a function: references, results and locks. One of these breaks two rules at once, which cannot be helped: who ignores the result of a get and then puts is wrong twice.

@<Trials of what is inside a function@>=
#elif TRIAL == 16
static const char expected[] = "S1 advice";
DOES(probe, msleep(1), try_module_get(&__this_module) ? module_put(&__this_module) : (void)0)@;
INIT(tracepoint_probe_register(0, probe, 0))@;
EXIT(tracepoint_probe_unregister(0, probe, 0))@;
#elif TRIAL == 17
static const char expected[] = "C3 error, S2 error";
static int calls;
DOES(probe, try_module_get(&__this_module), module_put(&__this_module), calls++)@;
INIT(tracepoint_probe_register(0, probe, 0))@;
EXIT(tracepoint_probe_unregister(0, probe, 0))@;
#elif TRIAL == 18
static const char expected[] = "C6 advice, I3 advice";
DOES(probe, __module_get(&__this_module))@;
INIT((tracepoint_probe_register(0, probe, 0), 0))@;
EXIT(tracepoint_probe_unregister(0, probe, 0))@;

@ A call that waits, with the lock of the callback held; or with another one. And a flag that a callback reads is set too late.
The twentieth differs from its neighbour in one name, and from this it must be seen that the checker compares locks, and not merely the fact that there are some.

@<Trials of what is inside a function@>=
#elif TRIAL == 19
static const char expected[] = "U2 error";
static trial_object ours;
DOES(looking, mutex_lock(&ours), mutex_unlock(&ours))@;
FILE_OF(looking, 0)@;
EXIT(mutex_lock(&ours), remove_proc_entry("a", 0), mutex_unlock(&ours))@;
#elif TRIAL == 20
static const char expected[] = "nothing";
static trial_object ours, other;
DOES(looking, mutex_lock(&other), mutex_unlock(&other))@;
FILE_OF(looking, 0)@;
EXIT(mutex_lock(&ours), remove_proc_entry("a", 0), mutex_unlock(&ours))@;
#elif TRIAL == 21
static const char expected[] = "I1 advice";
static int size;
DOES(looking, msleep(size))@;
static const trial_table ops = @[{ looking, 0 }@];
INIT((proc_create("a", 0, 0, &ops), msleep(1), size = 7, 0))@;
EXIT(remove_proc_entry("a", 0))@;

@*1 Exercises.
\exercise{15} A module keeps its work in a structure that it allocates, and a pointer to the structure in a static variable. |exit| cancels the work, and then removes the
file of \.{/proc} whose |write| queues it (rule D6). Will \.{modrules} see it? Follow what is known of the first argument, in both functions.

\exercise{20} A function is called in |exit| through a pointer that lies in a table of constants. Its calls are missing in the line of calls. Which errors are reported in
consequence, which are not, and what would have to be added to |play|?

\exercise{25} Every file of a module is looked at by itself. Rule D3 has a second half: callbacks which another module has ordered on one's behalf. What would a checker of two modules
have to know of each, and what of the kernel's own functions, to see it broken?
