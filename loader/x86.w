@q SPDX-License-Identifier: GPL-2.0-only @>

@* What x86-64 adds. \label{x86}%
Two things in a load depend on the processor. One is the meaning of a relocation type; the last
chapter said which holes are to be filled and left the formulas open. The other comes afterwards. A
kernel for this processor family is compiled once and runs on very different machines; where they
differ, the compiler notes the place in a table, and the kernel rewrites the instructions there when it knows
the machine. It does so with its own code when it boots, and with a module's code now.
@^x86-64@>

The chapter therefore has two halves: {\it filling holes\/} and {\it finishing}. Filling comes first in time as well, since the
tables of the second half are themselves full of holes: each entry is the distance from itself
to an instruction, and until the relocations are applied all distances are zero.

@s Elf64_Rela int
@s Elf64_Shdr int

@(arch/x86/kernel/module.c@>=
#include <linux/moduleloader.h>
#include <linux/kernel.h>
#include <linux/memory.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/mutex.h>
#include <linux/elf.h>
#include <linux/bug.h>
#include <asm/text-patching.h>
#include <asm/alternative.h>
#include <asm/orc_types.h>
#include <asm/unwind.h>
@#
#ifndef CONFIG_X86_64
#error "this loader knows the 64-bit processors only"
#endif
@#
@<What each relocation type asks for@>@;
@<Work out what one relocation writes, and where@>@;
@<Fill or clear the holes of one section@>@;
@<The two ways of writing into text@>@;
@<The tables that a module brings along@>@;
@<Find the tables and check them@>@;
@<Finish a module, and undo it@>@;

@*1 Seven formulas. The manual of the processor's binary interface numbers some forty relocation types. Modules
need seven of them at most, because modules are compiled for the topmost two gigabytes
of the address space and without position-independent tables. This is what the allocated sections of
the 1,138 modules of the distribution's cloud kernel contain:

\begintable{t l r p{2.2in} r}
type & writes & bytes & used for & how many \cr \hd
R\_X86\_64\_PC32 & $S+A-P$ & 4 & tables of distances, most of them; data near the code & 1,166,135 \cr
R\_X86\_64\_PLT32 & $S+A-P$ & 4 & calls and jumps & 423,191 \cr
R\_X86\_64\_64 & $S+A$ & 8 & pointers in data & 263,174 \cr
R\_X86\_64\_32S & $S+A$ & 4 & addresses inside instructions & 117,477 \cr
R\_X86\_64\_PC64 & $S+A-P$ & 8 & keys of jump labels & 11,593 \cr
R\_X86\_64\_32 & $S+A$ & 4 & small numbers & 0 \cr
R\_X86\_64\_NONE & nothing & 0 & entries that a tool has struck out & 0 \cr
\endtable
\.{PLT32} asks the linker to go through a procedure linkage table if the target is out of reach; a
kernel has none, all targets being within reach, and the formula is that of \.{PC32}. Of the holes of
type \.{PC32}, six in seven belong to the tables of this chapter's second half.
@^R\_X86\_64\_PC32@>
@^R\_X86\_64\_PLT32@>
@^R\_X86\_64\_64@>
@^R\_X86\_64\_32S@>
@^R\_X86\_64\_32@>
@^R\_X86\_64\_PC64@>
@^R\_X86\_64\_NONE@>

@ So three facts describe a type: how many bytes it writes, whether the place is subtracted, and
how the processor will widen the bytes to eight when it uses them. We write them down as data.
A width of zero marks the types that we do not know.

The third fact matters for four bytes only. An instruction that holds a 32-bit
constant repeats its top bit 32 times; kernel addresses begin with 33 ones, so the full address
comes back. A \.{32} is widened with zeros, and no address of the kernel survives that. It is legal for small
absolute numbers, and useless for all else.

@<What each relocation type asks for@>=
struct hole_form {
	u8 bytes; /* width of the hole */
	bool relative; /* is $P$ subtracted? */
	bool sign; /* is it widened by its sign? */
};
@#
static const struct hole_form hole_forms[] = {@t\1@>@/
	@[[R_X86_64_64]@] = { 8, false, false },@/
	@[[R_X86_64_PC64]@] = { 8, true, false },@/
	@[[R_X86_64_PC32]@] = { 4, true, true },@/
	@[[R_X86_64_PLT32]@] = { 4, true, true },@/
	@[[R_X86_64_32S]@] = { 4, false, true },@/
	@[[R_X86_64_32]@] = { 4, false, false },@t\2@>@/
};

@ A value fits if widening its low bytes gives it back. The stock loader asks this for \.{32}
and \.{32S} and takes it for granted for the relative types, since
everything lies in the same two gigabytes. But a damaged file, or a symbol whose value somebody
has set by hand, can lead elsewhere, and then a call ends up at an address that nobody ever wrote
down. To ask always is simpler than to explain when not to.

Is it safe to be stricter than the stock loader? Three kinds of symbol do lie outside those two
gigabytes: a weak symbol that nobody defined, at zero; the kernel's per-CPU variables, whose ``addresses'' are small
offsets; and absolute symbols. Zero and small numbers are within reach of a relative hole nevertheless: the
distance from |0xffffffffc0000000| up to $2^{64}$, where addresses wrap around to zero, is a mere
gigabyte. The trial at the end of this chapter (\see{x86-trial}) goes over two million real relocations and finds none that we
refuse.
@^overflow@>

@<What each relocation type asks for@>=
static const struct hole_form *form_of(u32 type)
{
	if (type >= ARRAY_SIZE(hole_forms) || !hole_forms[type].bytes)
		return NULL;
	return &hole_forms[type];
}
@#
static bool fits_hole(const struct hole_form *form, u64 value)
{
	if (form->bytes == 8)
		return true;
	return value == (form->sign ? (u64)(s32)value : (u64)(u32)value);
}

@ Here is the example of \chap{link} once more, for the compiler to check: the distance, the four bytes that were shown
there, and the way back. A book that is compiled can afford to be held to its figures.

@<What each relocation type asks for@>=
static_assert(0xffffffff8112a3c0 - 4 - 0xffffffffc020503e == 0xffffffffc0f2537e);
static_assert((u32)0xffffffffc0f2537e == 0xc0f2537e);
static_assert(0xffffffffc0205042 + (u64)(s32)0xc0f2537e == 0xffffffff8112a3c0);

@*1 One relocation. To work out what a relocation writes takes no lock, touches no module memory and calls
nobody; so it is a function by itself, which the trial and the test in user space
compile too. It fills in the following, or returns a sentence that says what is wrong. (Sentences instead
of numbers, because user space gets |ENOEXEC| in every case, and the log is better served with the reason.)

@<Work out what one relocation writes, and where@>=
struct filling {
	u64 place; /* $P$, where to write */
	u64 value; /* what, as computed */
	unsigned int bytes; /* how much of it; zero if nothing */
};

@ That the symbol exists, and that the hole lies within its section, has been made sure of by \chap{elf}, for livepatch relocations
too, which may come back here much later but are the same entries. The type has not: which
types there are is known in this chapter alone.

@<Work out what one relocation writes, and where@>=
static const char *fill_from(const Elf64_Rela *rel, const Elf64_Shdr *symbols,
			     const Elf64_Shdr *target, struct filling *f)
{
	const Elf64_Sym *table = (void *)symbols->sh_addr;
	const Elf64_Sym *sym = table + ELF64_R_SYM(rel->r_info);
	const struct hole_form *form = form_of(ELF64_R_TYPE(rel->r_info));

	f->bytes = 0;
	if (ELF64_R_TYPE(rel->r_info) == R_X86_64_NONE)
		return NULL;
	if (!form)
		return "is of a type that modules do not use";
@.is of a type that modules...@>
	@<Compute the value; complain if it does not fit@>@;
	return NULL;
}

@ This is the formula, and with it the heart of the linker. The arithmetic is unsigned and wraps, as the addresses do.
@^S plus A minus P@>

@<Compute the value; complain if it does not fit@>=
f->place = target->sh_addr + rel->r_offset;
f->value = sym->st_value + rel->r_addend;
if (form->relative)
	f->value -= f->place;
if (!fits_hole(form, f->value))
	return "has a value too large for its hole";
@.has a value too large for its hole@>
f->bytes = form->bytes;

@*1 One section. A hole must be zero before it is filled. The compiler leaves it so; if it is not, either the file is damaged, or
the place has been filled before, and to add a second value to the first would give an address to
nowhere. The same test therefore guards against a livepatch that is applied twice.

And it suggests how to {\it clear\/} holes, which the livepatch core asks for when a
module that was patched goes away. To clear is to fill, run backwards: the same walk over the same
entries, except that the roles of zero and of the value are exchanged. The place must hold what we once wrote,
and gets back its zero. Then the next filling finds what it expects.
@^livepatch@>

@<Fill or clear the holes of one section@>=
@<Fill or clear one hole; return |NULL| or the reason why not@>@;
@<Log why a relocation was refused@>@;
@#
static int patch_section(const Elf64_Shdr *sechdrs, unsigned int symindex, unsigned int relsec,
			 struct module *mod, bool clear, bool live)
{
	const Elf64_Shdr *target = sechdrs + sechdrs[relsec].sh_info;
	const Elf64_Rela *rel = (void *)sechdrs[relsec].sh_addr;
	const Elf64_Rela *end = rel + sechdrs[relsec].sh_size / sizeof(*rel);
	struct filling f;
	const char *wrong;

	for (; rel < end; rel++) {
		wrong = fill_from(rel, sechdrs + symindex, target, &f);
		if (!wrong)
			wrong = patch_hole(&f, clear, live);
		if (wrong)
			return refuse_relocation(mod, sechdrs, relsec, rel, wrong);
	}
	return 0;
}

@ The processor stores the least significant byte first, so the low |bytes| bytes of |value| are the first in memory, and
one |memcmp| serves both widths.
@.finds its hole filled already@>
@.does not find what it wrote@>

@<Fill or clear one hole; return |NULL| or the reason why not@>=
static const char *const amiss[] = {@t\1@>@/
	"finds its hole filled already",@/
	"does not find what it wrote",@t\2@>@/
};
@#
static const char *patch_hole(const struct filling *f, bool clear, bool live)
{
	void *place = (void *)f->place;
	u64 from = clear ? f->value : 0, to = clear ? 0 : f->value;

	if (!f->bytes)
		return NULL;
	if (memcmp(place, &from, f->bytes))
		return amiss[clear];
	if (live)
		text_poke(place, &to, f->bytes);
	else
		memcpy(place, &to, f->bytes);
	return NULL;
}

@ One line says which module, which entry of which section, what type, what symbol by number, and the reason. The
section's number is that of \.{readelf\ -S}, the entry counts from zero as in
the listing of \.{readelf\ -r}.
@^error ENOEXEC@>
@.relocation ... of section ... is...@>

@<Log why a relocation was refused@>=
static int refuse_relocation(const struct module *mod, const Elf64_Shdr *sechdrs,
			     unsigned int relsec, const Elf64_Rela *rel, const char *wrong)
{
	const Elf64_Rela *first = (void *)sechdrs[relsec].sh_addr;

	pr_err("%s: relocation %td of section %u (type %u, symbol %u) %s\n",
	       mod->name, rel - first, relsec, (u32)ELF64_R_TYPE(rel->r_info),
	       (u32)ELF64_R_SYM(rel->r_info), wrong);
	return -ENOEXEC;
}

@*1 When to write. During a load nobody else can reach the module: it is |MODULE_STATE_UNFORMED|, its text is writable and not yet
executable. A plain |memcpy| will do.

When a livepatch is applied to a module that comes later, the livepatch itself has long been running. Its text is read-only,
and other CPUs may be executing the very page. Then each hole goes through |text_poke|, which maps the page a second
time, writable and for this CPU alone; |text_mutex| keeps other patchers out meanwhile. At the end
|text_poke_sync| makes every CPU forget what it has prefetched. Once for the section, not once a hole: it
interrupts all CPUs, and nothing enters the new code before the livepatch core says so.
@^lock text\_mutex@>
@^text\_poke@>

@<The two ways of writing into text@>=
static int patch_now_or_live(const Elf64_Shdr *sechdrs, unsigned int symindex,
			     unsigned int relsec, struct module *mod, bool clear)
{
	int err;

	if (mod->state == MODULE_STATE_UNFORMED)
		return patch_section(sechdrs, symindex, relsec, mod, clear, false);
	mutex_lock(&text_mutex);
	err = patch_section(sechdrs, symindex, relsec, mod, clear, true);
	text_poke_sync();
	mutex_unlock(&text_mutex);
	return err;
}

@ The names by which the rest of the kernel knows the two directions. |clear_relocate_add| has no result. Should
a hole hold something unexpected, the log tells it, and the next attempt to apply this livepatch will fail at the same hole, which is
where an error can be returned.

@<The two ways of writing into text@>=
int apply_relocate_add(Elf64_Shdr *sechdrs, const char *strtab, unsigned int symindex,
		       unsigned int relsec, struct module *mod)
{
	return patch_now_or_live(sechdrs, symindex, relsec, mod, false);
}
@#
#ifdef CONFIG_LIVEPATCH
void clear_relocate_add(Elf64_Shdr *sechdrs, const char *strtab, unsigned int symindex,
			unsigned int relsec, struct module *mod)
{
	patch_now_or_live(sechdrs, symindex, relsec, mod, true);
}
#endif

@*1 Tables that come with the code. With the holes filled, a module is a complete program for {\it some\/} x86-64 processor. The second half of
this chapter makes it one for {\it this\/} processor. The build tools have left up to nine tables, all of them read-only data:

\begintable{t p{3.9in}}
section & what its entries point at \cr \hd
.retpoline\_sites & calls and jumps through a register, compiled as calls of a thunk so that they cannot be mispredicted \cr
.cfi\_sites & the checksums in front of functions, where control flow is checked by type \cr
.return\_sites & returns, compiled as jumps to a common return thunk \cr
.altinstructions & instructions for which a better or safer sequence is chosen by processor feature \cr
.call\_sites & calls, to be redirected where the processor needs call depths counted \cr
.ibt\_endbr\_seal & functions that nobody calls through a pointer, whose landing mark can go \cr
.smp\_locks & {\tt lock} prefixes, not needed while there is one CPU \cr
.orc\_unwind\_ip & instruction addresses, sorted for the unwinder \dots \cr
.orc\_unwind & \dots\ and how to leave the stack frame at each of them \cr
\endtable
Any of them may be absent, and an empty one counts as absent. We keep each as a pair of pointers, both
|NULL| if there is nothing, so that ``is it there?'' and ``where does it end?'' have short answers.

@<The tables that a module brings along@>=
enum { T_RETPOLINES, T_CFI, T_RETURNS, T_ALT, T_CALLS, T_ENDBR, T_LOCKS,
	T_ORC_IP, T_ORC, TABLES };
@#
struct code_table {
	void *start, *end;
};

@ What we know about each in advance: its name, the size of an entry, and whether an entry is a plain distance to an instruction
that somebody is going to rewrite. The unwinder's addresses are distances too, but the last of them points just past the end of
the text, and nobody writes there.

@<The tables that a module brings along@>=
static const struct {
	const char *name;
	u8 entry;
	bool rewrites;
} known_tables[TABLES] = {@t\1@>@/
	@[[T_RETPOLINES]@] = { ".retpoline_sites", sizeof(s32), true },@/
	@[[T_CFI]@] = { ".cfi_sites", sizeof(s32), true },@/
	@[[T_RETURNS]@] = { ".return_sites", sizeof(s32), true },@/
	@[[T_ALT]@] = { ".altinstructions", sizeof(struct alt_instr), false },@/
	@[[T_CALLS]@] = { ".call_sites", sizeof(s32), true },@/
	@[[T_ENDBR]@] = { ".ibt_endbr_seal", sizeof(s32), true },@/
	@[[T_LOCKS]@] = { ".smp_locks", sizeof(s32), true },@/
	@[[T_ORC_IP]@] = { ".orc_unwind_ip", sizeof(s32), false },@/
	@[[T_ORC]@] = { ".orc_unwind", sizeof(struct orc_entry), false },@t\2@>@/
};

@ All tables are found in one walk over the sections, and all are checked before the first instruction is
rewritten. That order matters to the spine: if |module_finalize| refuses, it has not acquired anything, and
there is no rung for it. Only sections that were kept count; that a name ends is \chap{elf}'s promise.
@^error ENOEXEC@>
@.section ...: ...@>

@<Find the tables and check them@>=
@<Check what a table's entries point at@>@;
@#
static int find_tables(const Elf_Ehdr *hdr, const Elf_Shdr *sechdrs,
		       const struct module *mod, struct code_table *t)
{
	const char *names = (void *)hdr + sechdrs[hdr->e_shstrndx].sh_offset, *wrong;
	const Elf_Shdr *s;
	int k;

	for (s = sechdrs; s < sechdrs + hdr->e_shnum; s++)
		for (k = 0; k < TABLES; k++) {
			if (!s->sh_size || !(s->sh_flags & SHF_ALLOC)
			    || strcmp(names + s->sh_name, known_tables[k].name))
				continue;
			@<Note table |k| in |t|, setting |wrong|@>@;
			if (wrong) {
				pr_err("%s: section %s: %s\n", mod->name,
				       known_tables[k].name, wrong);
				return -ENOEXEC;
			}
		}
	@<Check that the unwinder's two tables have equal length@>@;
	return 0;
}

@ Should a name occur twice, the last section of that name counts, as in the stock loader; all of them are
checked.

@<Note table |k| in |t|, setting |wrong|@>=
t[k].start = (void *)s->sh_addr;
t[k].end = t[k].start + s->sh_size;
wrong = table_fault(mod, k, &t[k]);

@ The kernel's patchers trust their tables. They were written for the kernel's own, made by the same build; given an
entry that points astray they decode whatever is there, warn with a stack trace if it is not the instruction they expect,
and rewrite it if it is. In a module the tables came in a file. So every entry has to point into code of this module;
and every table has to consist of whole entries, else the last would be read past the end.

@<Check what a table's entries point at@>=
static bool in_code(const struct module *mod, const void *p)
{
	unsigned long addr = (unsigned long)p;

	if (within_module_mem_type(addr, mod, MOD_TEXT))
		return true;
	return within_module_mem_type(addr, mod, MOD_INIT_TEXT);
}
@#
@<Check one entry of the alternatives@>@;
@#
static const char *table_fault(const struct module *mod, int k, const struct code_table *t)
{
	const s32 *site;

	if ((t->end - t->start) % known_tables[k].entry)
		return "it ends within an entry";
@.it ends within an entry@>
	if (known_tables[k].rewrites)
		for (site = t->start; (void *)site < t->end; site++)
			if (*site && !in_code(mod, (void *)site + *site))
				return "an entry leads outside the module's code";
@.an entry leads outside...@>
	if (k == T_ALT)
		@<Check all alternatives, returning the fault@>@;
	return NULL;
}

@ An alternative has two distances, two lengths, and the number of a processor feature. The kernel's patcher
answers an impossible number or length with |BUG|, which ends the loading task where it stands. The
largest length that the patcher's buffer holds is 254, one less than the field can hold. Either length
may be zero, and then its distance means nothing.
@^BUG@>

@<Check one entry of the alternatives@>=
static bool all_code(const struct module *mod, const void *p, u8 len)
{
	return !len || (in_code(mod, p) && in_code(mod, p + len - 1));
}
@#
static bool sound_alternative(const struct module *mod, const struct alt_instr *a)
{
	const void *old = (void *)&a->instr_offset + a->instr_offset;
	const void *replacement = (void *)&a->repl_offset + a->repl_offset;

	if (a->cpuid >= (NCAPINTS + NBUGINTS) * 32)
		return false;
	if (a->instrlen == U8_MAX || a->replacementlen > a->instrlen)
		return false;
	return all_code(mod, old, a->instrlen) && all_code(mod, replacement, a->replacementlen);
}

@ The entries are packed, fourteen bytes each, so that only the division above tells where the last one ends.

@<Check all alternatives, returning the fault@>=
{
	const struct alt_instr *a;

	for (a = t->start; (void *)a < t->end; a++)
		if (!sound_alternative(mod, a))
			return "an alternative makes no sense";
@.an alternative makes no sense@>
}

@ An address without its rule, or a rule without its address, would shift all that follow, and every stack trace through the module
would go wrong from there. If only one of the two tables is present, the lengths differ as well.
@^error ENOEXEC@>

@<Check that the unwinder's two tables have equal length@>=
if ((t[T_ORC_IP].end - t[T_ORC_IP].start) / sizeof(s32)
    != (t[T_ORC].end - t[T_ORC].start) / sizeof(struct orc_entry)) {
	pr_err("%s: unwind tables differ in length\n", mod->name);
@.unwind tables differ in length@>
	return -ENOEXEC;
}

@*1 Finishing, in order. Nine tables and seven patchers, and the order is not free. Each patcher
expects to find certain bytes, as the compiler or an earlier patcher left them. The kernel's own code takes the same way at boot.

@<Finish a module, and undo it@>=
int module_finalize(const Elf_Ehdr *hdr, const Elf_Shdr *sechdrs, struct module *mod)
{
	struct code_table t[TABLES] = {@[@]};
	int err = find_tables(hdr, sechdrs, mod, t);

	if (err)
		return err;
	@<Rewrite calls and jumps through registers@>@;
	@<Rewrite returns@>@;
	@<Choose between alternative instructions@>@;
	@<Redirect calls where call depths are counted@>@;
	@<Seal functions that are not called through pointers@>@;
	@<Hand over the table of lock prefixes@>@;
	@<Hand over the unwind tables@>@;
	return 0;
}

@ First, indirect branches. They come before the alternatives for two reasons. A replacement sequence can itself contain such a
branch; patched where it lies, among the replacements, it is copied to its destination in its
final form, whereas afterwards the table would still point at the original and the copy would be
missed. And a site in ordinary code may be overwritten by an alternative; afterwards the patcher would find
something else than the thunk call that the table promises, and warn.

Fine-grained control-flow checks come first of all. They rewrite the bytes in front of each indirect call and leave the
call itself to the next pass, which relies on finding it as compiled.

The brackets around both are for processors that mispredict indirect branches in the lower half of a cache line: there each such branch gets a thunk of
its own in a better place. |its_init_mod| takes |text_mutex|, and notes for whom pages are
allocated from now on; |its_fini_mod| makes those pages executable and releases the lock. So the
bracket must close before the next step, which takes the same lock itself. The pages are freed in |module_arch_cleanup|.
@^lock text\_mutex@>
@^retpoline@>

@<Rewrite calls and jumps through registers@>=
its_init_mod(mod);
if (t[T_RETPOLINES].start || t[T_CFI].start)
	apply_fineibt(t[T_RETPOLINES].start, t[T_RETPOLINES].end,
		      t[T_CFI].start, t[T_CFI].end);
if (t[T_RETPOLINES].start)
	apply_retpolines(t[T_RETPOLINES].start, t[T_RETPOLINES].end);
its_fini_mod(mod);

@ Returns, before the alternatives for the same two reasons. This pass also looks at each site whether it is the trampoline of a static
call that has no function yet, for such a trampoline consists of a return. It knows one by the odd bytes that the
compiler put behind it.
@^return thunk@>

@<Rewrite returns@>=
if (t[T_RETURNS].start)
	apply_returns(t[T_RETURNS].start, t[T_RETURNS].end);

@ Now the alternatives. For each site the processor's features decide whether the replacement is copied over the original, with
its relative branches adjusted for the new place.

@<Choose between alternative instructions@>=
if (t[T_ALT].start)
	apply_alternatives(t[T_ALT].start, t[T_ALT].end);

@ One family of processors needs every call to be counted. There a call is redirected to the padding in front of its target, into which
this pass puts an instruction that counts and falls through. This pass reads the target out of the call instruction, and
therefore wants the final instructions: an alternative may have brought a new
call with it, which is why it looks through the table of alternatives as well, or may have removed one. Calls
of |__fentry__| it leaves to ftrace.
@^call depth tracking@>

@<Redirect calls where call depths are counted@>=
if (t[T_CALLS].start || t[T_ALT].start) {
	struct callthunk_sites sites = {@t\1@>@/
		@[@].call_start = t[T_CALLS].start, @[@].call_end = t[T_CALLS].end,@/
		@[@].alt_start = t[T_ALT].start, @[@].alt_end = t[T_ALT].end,@t\2@>@/
	};

	callthunks_patch_module_calls(&sites, mod);
}

@ A processor with indirect branch tracking only lets an indirect call land on an |endbr64|. What is never called through a
pointer loses its mark, and with it the checksum in front of it. Hence this comes after the
checks by type were set up: they look for that checksum, and one that is already gone would make them give up on the whole module.
@^indirect branch tracking@>

@<Seal functions that are not called through pointers@>=
if (t[T_ENDBR].start)
	apply_seal_endbr(t[T_ENDBR].start, t[T_ENDBR].end);

@ On a machine that runs with one CPU |lock| prefixes are turned into harmless ones. If a second CPU is brought up later, they are turned
back; for this the kernel keeps a list of all tables and patches them on that day, under |text_mutex|. From here on somebody
else can reach our text. Nothing may be rewritten without that lock any more, so this step comes after all that rewrites.
It is also the first that must be undone.

The range of text that goes with the table leaves the init text out. The day
may come when that memory belongs to somebody else.
@^lock text\_mutex@>
@^SMP alternatives@>

@<Hand over the table of lock prefixes@>=
if (t[T_LOCKS].start)
	alternatives_smp_module_add(mod, mod->name, t[T_LOCKS].start, t[T_LOCKS].end,
				    mod->mem[MOD_TEXT].base,
				    mod->mem[MOD_TEXT].base + mod->mem[MOD_TEXT].size);

@ The unwinder searches by bisection. It sorts the two tables together, in place, which is possible as long as they are writable,
and notes them in |mod->arch|. No one finds them yet, for an unformed module is not found by address.
The step is last only because it depends on none of the others: patching moves no instruction.
@^ORC unwinder@>

@<Hand over the unwind tables@>=
if (t[T_ORC].start && t[T_ORC_IP].start)
	unwind_module_init(mod, t[T_ORC_IP].start, t[T_ORC_IP].end - t[T_ORC_IP].start,
			   t[T_ORC].start, t[T_ORC].end - t[T_ORC].start);

@ What must be undone: the list of lock prefixes must not remember freed text, and the thunks' pages go. The order is that of any undoing, last
first. Both calls tolerate a module that never got so far.

@<Finish a module, and undo it@>=
void module_arch_cleanup(struct module *leaving)
{
	alternatives_smp_module_del(leaving);
	its_free_mod(leaving);
}

@ Three kinds of places are missing from the list above, although they too are rewritten: calls to the tracer, jump labels and static calls.
What distinguishes them is that they are rewritten again and again, whenever somebody switches on a
trace or a feature, and so each has a registry of all its places. Their patching belongs to the moment when a module enters the registry.

\li {\it Ftrace sites.} The spine calls |ftrace_module_init| after us, in the last moment when the module is still unformed. It
turns each call of |__fentry__| into a no-op, and for that must find the calls as relocated, the text still writable, and no tracer about. The
sites are enabled, where a trace is already on, only when the module is coming (\chap{live}).
\li {\it Jump labels.} A notifier with priority over others handles them at |MODULE_STATE_COMING|. Which way a
label jumps depends on its key at this moment, so entering the module in the key's list and reading the key must be one
step under the jump-label lock. From then on any CPU may flip the key; its patcher refuses
addresses that do not belong to a formed module.
\li {\it Static calls.} The same holds for them, with a lock and a notifier of their own.
\endli
From |MODULE_STATE_COMING| on the text is executable and read-only, and whoever patches it does so with the care
that running code needs. We, coming before, could do without.
@^ftrace@>
@^jump label@>
@^static call@>

@*1 A trial on real modules. \label{x86-trial}We are stricter than the stock loader, and must show that no module in use notices. The program below runs as an ordinary process. It
is given module files, pretends to place each at an address in the kernel, works out all
that its relocations would write, and counts. The formulas it uses are the same sections of this book that the kernel's
file is made of; the counts in the table of types are what it printed. It trusts its
input, as the loader may not; no file here comes from a stranger.

@(host/relocations.c@>=
#include <assert.h>
#include <elf.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
@#
typedef uint8_t u8;
typedef uint32_t u32;
typedef int32_t s32;
typedef uint64_t u64;
#define ARRAY_SIZE(a) (sizeof(a) / sizeof(*(a)))
@#
@<What each relocation type asks for@>@;
@<Work out what one relocation writes, and where@>@;
@<Counters of the trial@>@;
@<Pretend to place a module@>@;
@<Pretend to give symbols their addresses@>@;
@<Try all relocations of a placed module@>@;
@<Go through the files and print the counts@>@;

@ The largest type number that we know is~24; the counters have room for a few more.

@<Counters of the trial@>=
static unsigned long by_type[32], too_large, unknown;

@ Where the module lies matters, so we try the ends: as low in the area for modules as it gets with the kernel
at the bottom of its gigabyte and at its top, and as high. A symbol of the kernel gets the kernel's address, any weak one
zero, and a per-CPU variable a small offset.

@<Go through the files and print the counts@>=
static const struct {
	u64 kernel, modules;
} ends[] = {@t\1@>@/
	{ 0xffffffff81000000, 0xffffffffc0000000 },@/
	{ 0xffffffffbf000000, 0xffffffffc0000000 },@/
	{ 0xffffffff81000000, 0xfffffffffe000000 },@t\2@>@/
};
@#
int main(int argc, char **argv)
{
	unsigned int i, e;

	@<Try the edges of each form@>@;
	@<Try the example of the last chapter@>@;
	for (i = 1; i < argc; i++)
		for (e = 0; e < ARRAY_SIZE(ends); e++)
			@<Try file |i| between the ends |e|@>@;
	for (i = 0; i < ARRAY_SIZE(by_type); i++)
		if (by_type[i])
			printf("type %2u: %lu\n", i, by_type[i]);
	printf("%lu too large, %lu of unknown type\n", too_large, unknown);
	return too_large || unknown;
}

@ Real modules stay far from the edges, so these are tried by themselves: the last value that fits and the
first that does not, for both ways of widening, and types that we do not have.

@<Try the edges of each form@>=
assert(fits_hole(form_of(R_X86_64_PLT32), 0x7fffffff));
assert(!fits_hole(form_of(R_X86_64_PLT32), 0x80000000));
assert(fits_hole(form_of(R_X86_64_32S), 0xffffffff80000000));
assert(!fits_hole(form_of(R_X86_64_32S), 0xffffffff7fffffff));
assert(fits_hole(form_of(R_X86_64_32), 0xffffffff));
assert(!fits_hole(form_of(R_X86_64_32), 0x100000000));
assert(fits_hole(form_of(R_X86_64_64), 0x8000000000000000));
assert(!form_of(R_X86_64_GOTPCREL) && !form_of(R_X86_64_PC64 + 1));

@ And the two holes of \chap{link}'s example: one counted from its place, one not.

@<Try the example of the last chapter@>=
{
	Elf64_Sym sym[2] = {@|{ @[@].st_value = 0xffffffffc0207618 },@| { @[@].st_value = 0xffffffff8112a3c0 } };
	Elf64_Rela mov = { 0x39, ELF64_R_INFO(0ul, R_X86_64_32S), 0 };
	Elf64_Rela call = { 0x3e, ELF64_R_INFO(1ul, R_X86_64_PLT32), -4 };
	Elf64_Shdr symbols = { @[@].sh_addr = (u64)sym };
	Elf64_Shdr text = { @[@].sh_addr = 0xffffffffc0205000 };
	struct filling f;

	assert(!fill_from(&mov, &symbols, &text, &f));
	assert(f.place == 0xffffffffc0205039 && f.value == 0xffffffffc0207618 && f.bytes == 4);
	assert(!fill_from(&call, &symbols, &text, &f));
	assert(f.place == 0xffffffffc020503e && f.value == 0xffffffffc0f2537e && f.bytes == 4);
}

@ The file is mapped privately, so that symbols and headers can be written to.

@<Try file |i| between the ends |e|@>=
{
	struct stat st;
	int fd = open(argv[i], O_RDONLY);
	Elf64_Ehdr *hdr;

	assert(fd >= 0 && !fstat(fd, &st));
	hdr = mmap(NULL, st.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	assert(hdr != MAP_FAILED && !memcmp(hdr->e_ident, ELFMAG, SELFMAG));
	place_sections(hdr, ends[e].modules);
	settle_symbols(hdr, ends[e].kernel);
	try_relocations(hdr, argv[i], !e);
	munmap(hdr, st.st_size);
	close(fd);
}

@ The sections follow each other in the file's order, each on a page of its own, which stretches the
distances. The symbol table stays where the program can read it.

@<Pretend to place a module@>=
static void place_sections(Elf64_Ehdr *hdr, u64 base)
{
	Elf64_Shdr *s = (void *)hdr + hdr->e_shoff, *end = s + hdr->e_shnum;

	for (; s < end; s++) {
		if (s->sh_flags & SHF_ALLOC) {
			s->sh_addr = base;
			base += (s->sh_size + 4095) & ~4095ul;
		} else
			s->sh_addr = (u64)hdr + s->sh_offset;
	}
}

@ The same four cases as in the kernel, less those that need no work. The kernel's own symbols all get one address,
since only its distance from the module matters.

@<Pretend to give symbols their addresses@>=
static void settle_symbols(Elf64_Ehdr *hdr, u64 kernel)
{
	Elf64_Shdr *s = (void *)hdr + hdr->e_shoff, *table = s;
	const char *names = (void *)hdr + s[hdr->e_shstrndx].sh_offset;
	Elf64_Sym *sym, *end;

	while (table->sh_type != SHT_SYMTAB)
		table++;
	sym = (void *)table->sh_addr;
	for (end = sym + table->sh_size / sizeof(*sym); sym < end; sym++)
		if (sym->st_shndx == SHN_UNDEF)
			sym->st_value = ELF64_ST_BIND(sym->st_info) == STB_WEAK ? 0 : kernel;
		else if (sym->st_shndx < SHN_LORESERVE)
			sym->st_value += strcmp(names + s[sym->st_shndx].sh_name, ".data..percpu")
				? s[sym->st_shndx].sh_addr : 0x30000;
}

@ Holes in sections that are not kept are left out here as well.

@<Try all relocations of a placed module@>=
static void try_relocations(Elf64_Ehdr *hdr, const char *file, bool count)
{
	Elf64_Shdr *first = (void *)hdr + hdr->e_shoff, *s;
	struct filling f;
	Elf64_Rela *rel, *end;
	const char *wrong;

	for (s = first; s < first + hdr->e_shnum; s++) {
		if (s->sh_type != SHT_RELA || !(first[s->sh_info].sh_flags & SHF_ALLOC))
			continue;
		rel = (void *)hdr + s->sh_offset;
		for (end = rel + s->sh_size / sizeof(*rel); rel < end; rel++)
			@<Try one relocation@>@;
	}
}

@ Only the first of the three rounds is counted, or each would appear three times.

@<Try one relocation@>=
{
	wrong = fill_from(rel, first + s->sh_link, first + s->sh_info, &f);
	if (wrong)
		printf("%s: entry at %#lx %s\n", file, (long)rel->r_offset, wrong);
	if (wrong && form_of(ELF64_R_TYPE(rel->r_info)))
		too_large++;
	else if (wrong)
		unknown++;
	else if (count)
		by_type[ELF64_R_TYPE(rel->r_info)]++;
}

@*1 Exercises.
\exercise{10} A per-CPU variable of the kernel has the ``address'' |0x2a040|. Show that a
\.{PC32} hole at |0xffffffffc0000000| reaches it. How low may modules lie before that fails?

\exercise{15} Which of the sentences in |fill_from| and |patch_hole| does a file provoke in which one relocation's type was changed from \.{PLT32} to \.{64}?

\exercise{25} Exchange |apply_alternatives| and |apply_retpolines|, boot the laboratory kernel with
\.{spectre_v2=off}, and load a module with a retpoline inside a replacement. What
remains in its text, and does it still work?
