@q SPDX-License-Identifier: GPL-2.0-only @>

@* Where everything goes. \label{layout}%
A module file is a bag of sections in the order in which the linker happened to write them. In the
kernel these sections need homes: code where it can be executed, constants where nobody can write,
variables where nobody can execute, and all that is needed only once in a place that can be given
back. This chapter finds the homes, builds them, moves the sections in, hands out the keys, and
tears the houses down at the end.

We decide first and allocate afterwards. The decision is arithmetic on section headers; it costs
nothing, it can be refused without undoing anything, and it compiles outside the kernel, where
tests can throw headers of any kind at it. That half is \.{layout.c}. The other half,
\.{memory.c}, acts on the decision and does no sums of its own.

\figure{file-memory}{A module file and its memory. What belongs to init is given back after |init|.}

@ Every section that stays goes into one of seven memories. The first four are the {\it core\/} and
live as long as the module; the others are {\it init\/} memory and are given back when |init| has
returned.
\begintable{t l l p{2.35in}}
kind & rights at last & lives & what goes there\cr \hd
MOD_TEXT & read, execute & core & code\cr
MOD_DATA & read, write & core & variables; |struct module| itself; symbols that stay\cr
MOD_RODATA & read & core & constants, tables\cr
MOD_RO_AFTER_INIT & read & core & what only |init| may set\cr
MOD_INIT_TEXT & read, execute & init & |init| and its helpers\cr
MOD_INIT_DATA & read, write & init & their variables; the full symbol table\cr
MOD_INIT_RODATA & read & init & their constants\cr
\endtable
Why seven allocations, and not one with seven parts? Because rights come by the page and life
comes by the allocation. A single block needs padding between its parts anyway, and its tail can be
given back only by cutting it in two; pieces of their own can also be placed apart, code
near the kernel's code and data elsewhere. There is no eighth kind, init memory that is closed after
|init|: it would be closed at the moment at which it is given back.

@ The invariant of this file is a sum. Of all the numbers that follow, none can overflow, because the
seven memories together, each rounded up to a page, are never larger than |layout_limit|. The member
|size| of |struct module_memory| is an |unsigned int|; the sums below are 64 bits wide and
compared with the limit before each addition.

Two gigabytes are not an arbitrary number. Code and data of a module find one another with
relocations that reach two gigabytes to either side, so a larger module could not be linked, and the area
in which the kernel puts modules is smaller still.

@s for_each_mod_mem_type for

@(kernel/module/layout.c@>=
#include <linux/moduleloader.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "internal.h"
@#
static const u64 layout_limit = 1ULL << 31;
@#
@<Tell init sections from the others@>@;
@<Choose the kind of memory for a section@>@;
@<Find the offset of a section@>@;
@<Add to the sum; refuse what does not fit@>@;
@<Bound the room that the symbol tables take@>@;
@<Lay out a module@>@;
@<Refuse sections that are written and executed@>@;

@ What decides whether a section goes with |init| is its name. The functions for the two names
are weak because an architecture may have names of its own; x86 has not.

An exit section is a special case. In a kernel that can unload modules it is part of the core. In one
that cannot, nobody will ever call it, yet it cannot be left in the file: tables of other
sections hold relocations to its addresses, and these must be linked to something. So it lives as long
as init memory does, which is long enough to be linked and short enough to cost nothing.

@<Tell init sections from the others@>=
bool __weak module_exit_section(const char *name)
{
	return strstarts(name, ".exit");
}
@#
bool __weak module_init_section(const char *name)
{
	return strstarts(name, ".init");
}
@#
bool module_init_layout_section(const char *name)
{
	if (!IS_ENABLED(CONFIG_MODULE_UNLOAD) && module_exit_section(name))
		return true;
	return module_init_section(name);
}

@ The kind follows from three flags, asked in the order of what a mistake would cost. A section to be
executed goes with the code whatever else it claims; if it also claims to be written it was refused before.
What is not written is constant. What is written goes with the
variables, except that |SHF_RO_AFTER_INIT|, a flag that no linker sets and that we shall set
ourselves in a moment, asks for the memory that is closed after |init|. Inside init memory that
flag means nothing.

The stock loader gets the same answer by walking all sections ten times, once for every
combination it knows. One walk is enough if each section is asked where it wants to go.

@<Choose the kind of memory for a section@>=
static enum mod_mem_type kind_of_memory(const Elf_Shdr *s, const char *name)
{
	bool init = module_init_layout_section(name);

	if (s->sh_flags & SHF_EXECINSTR)
		return init ? MOD_INIT_TEXT : MOD_TEXT;
	if (!(s->sh_flags & SHF_WRITE))
		return init ? MOD_INIT_RODATA : MOD_RODATA;
	if (init)
		return MOD_INIT_DATA;
	return s->sh_flags & SHF_RO_AFTER_INIT ? MOD_RO_AFTER_INIT : MOD_DATA;
}

@ Within its memory a section comes after those that stand before it in the file. Nothing is sorted. To
sort by alignment would save some padding, a few dozen bytes in a
typical module; but the order of the file is the order in the listing that the author's linker printed,
and whoever debugs a module with that listing in hand should find things where it says.

The memory starts at a page boundary, and nothing promises more. A section that asks
for a larger alignment cannot have it, whatever its offset is; so we treat it as if it had asked
for a page, and spare the padding that would have bought nothing.
@^alignment@>

@<Find the offset of a section@>=
static unsigned long section_alignment(const Elf_Shdr *s)
{
	if (s->sh_addralign > PAGE_SIZE)
		return PAGE_SIZE;
	return s->sh_addralign ? s->sh_addralign : 1;
}

@ Some architectures want a little room in front of a section, for jumps that do not reach. This
is their hook. The one for x86-64 is the one you see.

@<Find the offset of a section@>=
unsigned int __weak arch_mod_section_prepend(struct module *mod, @| unsigned int index)
{
	return 0;
}

@ The section of |struct module| is preceded by the annex, the loader's own part of that structure (\chap{header}). That section is recognized by its address, which
at this time is the one in the copy. The annex ends where |struct module| begins and fills whole cache lines, so it is aligned because that is (\chap{elf}).

@<Find the offset of a section@>=
static unsigned int annex_room(const struct module *mod, const Elf_Shdr *section)
{
	return section->sh_addr == (unsigned long)mod ? MODULE_ANNEX : 0;
}

@ Kind and offset go together into one word, as the header describes (\chap{header}); the word will stand in
|sh_entsize|, of which the file's own value has been checked and is of no more use. Two other parties know about
this encoding: \.{kallsyms.c} calls this function to append the symbol tables, and looks at the kind of
every section to tell which symbols will survive |init|.

The type |long| of the result is a matter of habit; the largest kind is six, so the sign bit stays clear.

@<Find the offset of a section@>=
long module_get_offset_and_type(struct module *mod, enum mod_mem_type kind, @|
				Elf_Shdr *section, unsigned int index)
{
	struct module_memory *mem = &mod->mem[kind];
	unsigned long offset, room;

	room = arch_mod_section_prepend(mod, index) + annex_room(mod, section);
	offset = ALIGN(mem->size + room, section_alignment(section));
	mem->size = offset + section->sh_size;
	return offset | (unsigned long)kind << SH_ENTSIZE_TYPE_SHIFT;
}

@ Now the plan itself. The order of its steps: flags are corrected before anything looks at
them; the sum is checked before any offset is computed, so that the computation needs no tests; the
symbol tables come last because \.{kallsyms.c} puts them behind everything else.

The module structure that we are given is still the one in the copy of the file. That is as it should be:
it travels with its section when the sections move, and takes the sizes along.
@^error ENOEXEC@>

@<Lay out a module@>=
int layout_module(struct module *mod, struct load_info *info)
{
	u64 total;
	unsigned int i;

	@<Warn of alignments that cannot be had@>@;
	@<Mark what becomes constant after |init|@>@;
	@<Set the per-CPU section apart@>@;
	@<Begin with no section placed@>@;
	@<Make sure that everything fits; return |-ENOEXEC| if it does not@>@;
	@<Place every section that is kept@>@;
	layout_symtab(mod, info);
	return 0;
}

@ That every alignment is a power of two is known (\chap{elf}); on it rests the mask in |ALIGN|. A
section that wants more than a page is not refused, as the stock loader loads it too, and as often as not the
author meant a cache line and slipped. But he is told what he really gets. The per-CPU section is among
those we look at, for it still has its flag.
@.gets only page alignment@>

@<Warn of alignments that cannot be had@>=
for (i = 1; i < info->hdr->e_shnum; i++) {
	const Elf_Shdr *s = &info->sechdrs[i];

	if ((s->sh_flags & SHF_ALLOC) && s->sh_addralign > PAGE_SIZE)
		pr_warn("%s: section %s asks for %lu and gets only page alignment\n",
			info->name, info->secstrings + s->sh_name, (long)s->sh_addralign);
}

@ Two sections are written during |init| and never afterwards. \.{.data..ro\_after\_init} is the
author's choice, variable by variable. |__jump_table| is ours: it lists the branches that static
keys patch, and its entries are written only by the loader, for instance to mark those whose branch
lies in init code that will be gone. A table of places at which the kernel rewrites its own code is a
fine target for an attacker, so it is closed as soon as it can be.

Should the author have marked one of the two as not writable, it is constant from the start, and the flag does no
harm.

@<Mark what becomes constant after |init|@>=
for (i = 0; i < 2; i++) {
	static const char *const late[] = { ".data..ro_after_init", "__jump_table" };
	unsigned int found = find_sec(info, late[i]);

	if (found)
		info->sechdrs[found].sh_flags |= SHF_RO_AFTER_INIT;
}

@ The per-CPU section is no ordinary memory. What the file holds is only the pattern, of which every
CPU gets a copy in an area of its own, further down in this chapter. Without |SHF_ALLOC| all that deals
with ordinary memory leaves it alone, and the pattern stays in the copy of the file, where relocation finds
it. If there is no such section the index is~0, and we change a flag that is already clear.

@<Set the per-CPU section apart@>=
info->sechdrs[info->index.pcpu].sh_flags &= ~(unsigned long)SHF_ALLOC;

@ The sums that we are about to increase are members of a structure that came with the file. They are
zero, and the seven addresses are |NULL|, because \chap{elf} lets no other |struct module| pass; a sum
that began close to its end would make any test on what is added worthless.

All ones in |sh_entsize| say that a section has no place: its kind would be fifteen, of which there is none.

@<Begin with no section placed@>=
for (i = 0; i < info->hdr->e_shnum; i++)
	info->sechdrs[i].sh_entsize = ~0UL;

@ The file is finite, but what it asks for need not be. A section without contents, such as \.{.bss},
is a number in a header and no more; eight bytes of file can ask for
$2^{64}-1$ bytes of memory. In the stock loader such a number is cut to 32 bits when it is added
to the size; the memory is then allocated too small, and what stands in front of the large section can be
copied beyond its end.

Here |total| is how much has been granted, and the only thing that ever happens to it is this
function. Since |total| never exceeds the limit, the subtraction cannot go below zero and the addition
cannot go beyond the limit.
@^error ENOEXEC@>
@.does not fit into@>

@<Add to the sum; refuse what does not fit@>=
static int grant(struct load_info *info, u64 *total, u64 bytes, const char *what)
{
	if (bytes > layout_limit - *total) {
		load_err(info, "%s of %llu bytes does not fit into the %llu left of %llu",
			 what, bytes, layout_limit - *total, layout_limit);
		return -ENOEXEC;
	}
	*total += bytes;
	return 0;
}

@ A section costs its size and, at worst, what its alignment makes us skip. The two are granted one after the
other, not as a sum, because that sum might already be too large for 64 bits. The count begins with
one page for each memory, which pays for rounding them up when they are allocated.

That we count the worst case and not the exact offsets can refuse a module that would just
fit. Such a module is within a few pages of two gigabytes.
@^error ENOEXEC@>

@<Make sure that everything fits; return |-ENOEXEC| if it does not@>=
total = MOD_MEM_NUM_TYPES * PAGE_SIZE + MODULE_ANNEX;
for (i = 1; i < info->hdr->e_shnum; i++) {
	const Elf_Shdr *s = &info->sechdrs[i];
	const char *name = info->secstrings + s->sh_name;

	if (!(s->sh_flags & SHF_ALLOC))
		continue;
	if (grant(info, &total, s->sh_size, name) ||
	    grant(info, &total, section_alignment(s) + arch_mod_section_prepend(mod, i), name))
		return -ENOEXEC;
}
if (IS_ENABLED(CONFIG_KALLSYMS) && grant_symbol_tables(info, &total))
	return -ENOEXEC;

@ |layout_symtab| appends to two memories. The whole symbol table, its strings, one type letter
for each symbol and a small structure go to the end of |MOD_INIT_DATA|. The symbols that
survive |init|, cut down to what is needed, go to the end of |MOD_DATA|: again a symbol, a letter, and
the name, which is now copied for every symbol anew. We count all symbols as survivors.
@^error ENOEXEC@>

@<Bound the room that the symbol tables take@>=
@<Bound the sum of all names@>@;
@#
static int grant_symbol_tables(struct load_info *info, u64 *total)
{
	const Elf_Shdr *symbols = &info->sechdrs[info->index.sym];
	const Elf_Shdr *strings = &info->sechdrs[info->index.str];
	u64 count = symbols->sh_size / sizeof(Elf_Sym);

	if (grant(info, total, symbols->sh_size, "the symbol table") ||
	    grant(info, total, strings->sh_size, "the table of names") ||
	    grant(info, total, symbols->sh_size + 2 * count, "the part of symbols that stays") ||
	    grant(info, total, sizeof(struct mod_kallsyms) + 4 * PAGE_SIZE, "symbol bookkeeping"))
		return -ENOEXEC;
	return grant(info, total, names_at_most(info, layout_limit - *total),
		     "the names of symbols that stay");
}

@ The names deserve suspicion. Nothing forbids ten thousand symbols to share one name of a
hundred kilobytes; in the file the name stands once, but after the copying it stands ten thousand times. So
the sum of the names is not bounded by the size of the file, but only by its square, and
\.{kallsyms.c} adds it up in an |unsigned int|. If it wraps, the strings are
copied beyond the end of their memory, and meanwhile the kernel is busy measuring names for as long as the square
lasts.

A square that fits is no threat, and we are done without reading a name: that is the case for nearly every
module. Otherwise (large drivers with many symbols) the names are measured one by one, and only until
|room| is used up. The checks of \chap{elf} have made sure that all names end.

@<Bound the sum of all names@>=
static u64 names_at_most(const struct load_info *info, u64 room)
{
	const Elf_Shdr *symbols = &info->sechdrs[info->index.sym];
	const Elf_Sym *sym = (void *)info->hdr + symbols->sh_offset;
	u64 i, sum = 0, count = symbols->sh_size / sizeof(*sym);
	u64 square = count * info->sechdrs[info->index.str].sh_size;

	if (square <= room)
		return square;
	for (i = 0; i < count && sum <= room; i++)
		sum += strlen(info->strtab + sym[i].st_name) + 1;
	return sum;
}

@ After all this the placing is a loop without a test. A debugging kernel prints the order.
@.Places of the sections of@>

@<Place every section that is kept@>=
pr_debug("Places of the sections of %s, memory and offset:\n", mod->name);
for (i = 1; i < info->hdr->e_shnum; i++) {
	Elf_Shdr *s = &info->sechdrs[i];
	const char *name = info->secstrings + s->sh_name;
	enum mod_mem_type kind = kind_of_memory(s, name);

	if (!(s->sh_flags & SHF_ALLOC))
		continue;
	s->sh_entsize = module_get_offset_and_type(mod, kind, s, i);
	pr_debug("\t%d %#lx %s\n", kind, (long)(s->sh_entsize & SH_ENTSIZE_OFFSET_MASK), name);
}

@ One kind is missing from the table on purpose: memory that can be written {\it and\/} executed. Whoever
manages to write a byte there has written an instruction. A section that asks for both is refused before
any layout, in kernels with |CONFIG_STRICT_MODULE_RWX|; in others there is no protection that it could
undermine.

The tempting alternative is to drop one of the flags and load the module all the same. But one cannot
tell which flag was the mistake, and the module would then fault in the middle of its work, far from the
cause.
@^error ENOEXEC@>
@.has invalid ... flags@>

@<Refuse sections that are written and executed@>=
int module_enforce_rwx_sections(Elf_Ehdr *hdr, Elf_Shdr *sechdrs, @|
				char *secstrings, struct module *mod)
{
	const unsigned long both = SHF_WRITE | SHF_EXECINSTR;
	unsigned int i;

	for (i = 1; IS_ENABLED(CONFIG_STRICT_MODULE_RWX) && i < hdr->e_shnum; i++)
		if ((sechdrs[i].sh_flags & both) == both) {
			pr_err("%s: section %s (index %u) has invalid WRITE|EXEC flags\n",
			       mod->name, secstrings + sechdrs[i].sh_name, i);
			return -ENOEXEC;
		}
	return 0;
}

@*1 The life of a page of a module.
The rest of the chapter takes one rule through the whole life of a module: {\it no page is
ever writable and executable at the same time}, W$\oplus$X for short. It is easy to state and
awkward for a loader, which must write code before the code can run. Here is the story of
\fig{rights} in words.

\figure{rights}{What may be done with each memory, from allocation to release.}

\num1 Allocation. All seven memories are born writable and not executable, on x86 even those for
text. They are filled, relocated, and patched by the alternatives code, while nothing in them can run.
\num2 Formation. The module is complete; nobody can call it yet. Text loses the right to be
written and gains the right to be executed, in one step. Constants lose the right to be written.
Data is told once more that it is not to be executed.
\num3 |init| runs. It may still write to |MOD_RO_AFTER_INIT|, and that is the reason for that
memory's name.
\num4 Afterwards |MOD_RO_AFTER_INIT| is closed too, and init memory is given back.
\num5 Release. Memory goes back to the allocator writable and not executable, on every path by which
the kernel can reach it.
\endli
From 2 to 4 nothing of a living module's text can be written through its own address. Patching (static
keys, ftrace, probes) goes through a second, short-lived mapping, which is not a matter for the loader.

@ Step 5 hides a trap. A page of a module has two addresses: the one in the module area, and
the one in the kernel's linear mapping of all memory. When text is made read-only, its pages
become read-only under {\it both}, as otherwise the second address would be a back door. Now free
such memory naively: the module address disappears, the pages go to the page allocator, and their next
owner writes to them through the linear mapping and faults. So the linear mapping must get its rights
back, and not too early: not before the last CPU has forgotten the executable translation, or else
there is a moment at which the page is writable here and executable there.

The allocator of virtual memory knows how to do that in the right order, in one flush for all its pages, for
areas that carry a certain flag. |execmem_alloc| sets that flag today, and we set it once more whenever we
take a right away, since it is on our account that it is needed.

@(kernel/module/memory.c@>=
#include <linux/execmem.h>
#include <linux/init.h>
#include <linux/kmemleak.h>
#include <linux/lockdep.h>
#include <linux/moduleloader.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/set_memory.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <asm/cacheflush.h>
#include "internal.h"
@#
@<Allocate one memory@>@;
@<Move a module into memory of its own@>@;
@<Free the memory of a module@>@;
@<Tell the instruction caches@>@;
@<Set the rights of a module's memory@>@;
#ifdef CONFIG_SMP
@<Per-CPU data, with more than one CPU@>@;
#else
@<Per-CPU data, with only one@>@;
#endif

@ A memory is allocated in whole pages and says so from now on: the rights of a page concern all of it,
so the tail must belong to somebody, and it belongs to us. It is cleared, for three reasons. The \.{.bss} of
the module wants zeros; the gaps that alignment left should not show what the page
held before, since a reader of the module's memory can see them; and the tail behind executable
text should not be filled with whatever happened to lie there.

The leak detector looks for pointers into allocated memory, and for some of ours it would find
none: the text of a module may well be entered through no pointer that it knows. We say that none of
the seven is a leak.

@<Allocate one memory@>=
static bool allocate_memory(struct module_memory *mem, enum execmem_type area)
{
	mem->size = PAGE_ALIGN(mem->size);
	mem->base = execmem_alloc(area, mem->size);
	if (!mem->base && undertaker_makes_room())
		mem->base = execmem_alloc(area, mem->size);
	if (!mem->base)
		return false;
	kmemleak_not_leak(mem->base);
	memset(mem->base, 0, mem->size);
	return true;
}

@ Moving in has two steps. The first can fail, and the second cannot; that is the reason for their order,
and for the shortness of the ladder. There is one more: the addresses of the seven memories
are written into |struct module|, which is itself part of a section, so they have to be known before that
section is copied.
@^error ENOMEM@>

@<Move a module into memory of its own@>=
int move_module(struct module *mod, struct load_info *info)
{
	unsigned int i;

	@<Allocate what is not empty; |goto no_memory| if there is none@>@;
	@<Copy the sections, and note where they are now@>@;
	return 0;

	@<Give back what we got at |no_memory|; return |-ENOMEM|@>@;
}

@ A memory without sections has size zero and keeps the address |NULL|, by which everybody
else recognises it. Many modules have no use for two or three of the seven.
@.no memory of kind@>

@<Allocate what is not empty; |goto no_memory| if there is none@>=
for_each_mod_mem_type(type) {
	bool text = mod_mem_type_is_text(type);
	struct module_memory *mem = &mod->mem[type];

	if (!mem->size)
		continue;
	if (!allocate_memory(mem, text ? EXECMEM_MODULE_TEXT : EXECMEM_MODULE_DATA)) {
		load_err(info, "no memory of kind %d for %u bytes", type, mem->size);
		goto no_memory;
	}
}

@ The rung beside the step. All addresses were |NULL| in the file, and a failed
allocation leaves |NULL| as well, so that we need not remember how far we came: to free |NULL| is no
harm.
@^error ENOMEM@>

@<Give back what we got at |no_memory|; return |-ENOMEM|@>=
no_memory:
	for_each_mod_mem_type(type)
		execmem_free(mod->mem[type].base);
	return -ENOMEM;

@ The section headers, up to now the description of a file, become the description of a module in
memory: |sh_addr| is changed from the place in the copy to the final one, and whoever follows it from
here on (the search for tables, the symbols, the relocations) works on the real thing. A
section without contents has nothing to copy, as its place has been cleared.

|sh_entsize| keeps its value, because \.{kallsyms.c} will look at it again. From the copy of
|struct module| the final one is born in this loop; the old one, which our parameter |mod| points to, is
only good for its |mem| until the loop ends.
@.Final section addresses of@>

@<Copy the sections, and note where they are now@>=
pr_debug("Final section addresses of %s:\n", mod->name);
for (i = 1; i < info->hdr->e_shnum; i++) {
	Elf_Shdr *s = &info->sechdrs[i];
	void *place;

	if (!(s->sh_flags & SHF_ALLOC))
		continue;
	place = mod->mem[s->sh_entsize >> SH_ENTSIZE_TYPE_SHIFT].base +
		(s->sh_entsize & SH_ENTSIZE_OFFSET_MASK);
	if (s->sh_type != SHT_NOBITS)
		memcpy(place, (void *)s->sh_addr, s->sh_size);
	s->sh_addr = (unsigned long)place;
	pr_debug("\t%p %#lx %s\n", place, (long)s->sh_size, info->secstrings + s->sh_name);
}

@*1 Giving the memory back.
The caller of |free_mod_mem| has made the module unreachable: it is on no list and in no tree, and a
grace period has passed since. What is left to decide here is an order, and one exception.

The order: |struct module| lies in |MOD_DATA|, and the table |mem| that we are walking
lies in |struct module|. So |MOD_DATA| goes last, and after it |mod| is not touched again.

The exception: a kernel with memory allocation profiling keeps a tag for each place in the code that allocates, and the tags of a
module are in its data. If some of what the module allocated is still allocated, every later free of it
will follow a pointer to such a tag. Then |unload_codetags| is false, and the core data is left where it is,
for good. A leak is a lesser evil than a write to freed memory.
@^code tags@>

@<Free the memory of a module@>=
@<Free one memory, and the lock classes in it@>@;
@#
void free_mod_mem(struct module *mod, bool unload_codetags)
{
	for_each_mod_mem_type(type)
		if (type != MOD_DATA)
			free_one_memory(&mod->mem[type], type, unload_codetags);
	free_one_memory(&mod->mem[MOD_DATA], MOD_DATA, unload_codetags);
}

@ Lockdep gives each lock a class. The key of a static lock's class is an address, that of the lock, and
its name is a string; in a module both are module memory. Before that memory goes, the classes that have a key or a
name in it must go, or the next
module that comes to lie there would inherit the lock order of a stranger. (A static per-CPU lock has its
key elsewhere, but its name is with us, and that suffices.)

Not before the grace period, however: whoever looks up a class does so without a lock, and may still
be comparing names. Each call waits for another grace period on its own. Therefore we do not make it for an
empty memory, of which there are three in every module whose |init| is over. It is made even if
the memory is kept for its code tags, since the locks are out of use all the same.
@^lock classes@>

@<Free one memory, and the lock classes in it@>=
static void free_one_memory(struct module_memory *mem, enum mod_mem_type kind, @|
			    bool unload_codetags)
{
	if (!mem->size)
		return;
	lockdep_free_key_range(mem->base, mem->size);
	if (unload_codetags || !mod_mem_type_is_core_data(kind))
		execmem_free(mem->base);
}

@ Init memory of a module that succeeded takes another way, told in \chap{live}: its addresses
are taken out of |mem|, and a worker frees them after a grace period, so that the load need not wait for it.

@*1 Rights.
Three small functions set them, all by way of one helper. Memory that does not exist needs none. The
size is a multiple of the page size since allocation, and so nothing is cut off by the shift.

Each function may fail, since to give a page rights of its own can mean splitting a large page of the
linear mapping, and that takes memory.

@<Set the rights of a module's memory@>=
static int set_rights(const struct module *mod, enum mod_mem_type kind, @|
		      int @[@](*set)(unsigned long start, int pages))
{
	const struct module_memory *mem = &mod->mem[kind];

	if (!mem->base)
		return 0;
	set_vm_flush_reset_perms(mem->base);
	return set((unsigned long)mem->base, mem->size >> PAGE_SHIFT);
}

@ Text. |set_memory_rox| does both at once: it clears the right to write and the bit that forbids
execution, and flushes what the CPUs remember. In two steps, with execution first,
there would be a moment of exactly the kind that the rule forbids; with writing first there would be two
flushes. A kernel without |CONFIG_STRICT_MODULE_RWX| still has to permit execution, since text is born
without that right.

@<Set the rights of a module's memory@>=
int module_enable_text_rox(const struct module *mod)
{
	for_class_mod_mem_type(type, text) {
		int err = set_rights(mod, type, IS_ENABLED(CONFIG_STRICT_MODULE_RWX) ?
				     set_memory_rox : set_memory_x);
		if (err)
			return err;
	}
	return 0;
}

@ Data of any kind, constants included. On x86 this asks for what is already the case; on other
machines memory for modules is born executable. We ask because it costs little, and because
the rule should hold by this line and not by what an allocator elsewhere happens to do.

@<Set the rights of a module's memory@>=
int module_enable_data_nx(const struct module *mod)
{
	for_class_mod_mem_type(type, data) {
		int err = IS_ENABLED(CONFIG_STRICT_MODULE_RWX) ?
			set_rights(mod, type, set_memory_nx) : 0;
		if (err)
			return err;
	}
	return 0;
}

@ Constants. This is called twice for each module: before |init| with |after_init| false, and when
|init| has returned with |after_init| true. The second call repeats what the first one did. The two
failures are very different. The first fails a load that nobody
has seen yet. At the second the module is alive, |init| cannot be taken back, and there are users already; a
failure there leaves a page writable that should not be, and is worth a warning but not the
module's life (see \chap{live}).

Booting with \.{rodata=off} leaves constants writable, in modules as in the kernel, for those who must patch
them with a debugger. It does not make data executable.
@^rodata=off@>

@<Set the rights of a module's memory@>=
int module_enable_rodata_ro(const struct module *mod, bool after_init)
{
	int err;

	if (!IS_ENABLED(CONFIG_STRICT_MODULE_RWX) || !rodata_enabled)
		return 0;
	err = set_rights(mod, MOD_RODATA, set_memory_ro);
	if (!err)
		err = set_rights(mod, MOD_INIT_RODATA, set_memory_ro);
	if (!err && after_init)
		err = set_rights(mod, MOD_RO_AFTER_INIT, set_memory_ro);
	return err;
}

@ A processor with an instruction cache of its own may have stale instructions for the addresses
that we have filled. On x86 the caches agree by themselves, and this loop compiles to nothing; it is here
because the place of the call matters to anyone who carries this book to another machine: after the
last relocation, and before the first instruction, which may be a parameter's setter.

All seven are flushed, not only text. What an architecture keeps in its other memories, descriptors of
functions or jumps out of line, is not for us to know, and to flush too much is harmless.

@<Tell the instruction caches@>=
void flush_module_icache(const struct module *mod)
{
	for_each_mod_mem_type(type) {
		unsigned long start = (unsigned long)mod->mem[type].base;

		if (mod->mem[type].size)
			flush_icache_range(start, start + mod->mem[type].size);
	}
}

@*1 Data for each CPU.
A variable that every CPU has for itself is reached by adding the CPU's own offset (on x86 it
is in a segment register) to one address. The compiler has written that address into the module's
code as a 32-bit number, and so it must be near the per-CPU variables of the kernel
itself, which are linked to begin near zero. Memory that is allocated later can be at any distance. Therefore the
kernel sets a small area aside at boot, right behind its own per-CPU variables in every CPU's share. It is
|PERCPU_MODULE_RESERVE|, eight kilobytes in most configurations, for all modules together.

That makes it the scarcest memory a load asks for. It is taken only when the name is reserved (\chap{load}), so that many loads of one module do not exhaust it.

@<Per-CPU data, with more than one CPU@>=
void __percpu *mod_percpu(struct module *mod)
{
	return mod->percpu;
}

@ The allocator refuses what is larger than the smallest unit it may have, with a backtrace meant for
the authors of the kernel. A number in a file should not be able to cause that, so we refuse it
ourselves. The alignment has been checked and commented on during layout; more than a page
cannot be had here either.
@^error ENOMEM@>
@.no room for ... per-CPU data@>

@<Per-CPU data, with more than one CPU@>=
int percpu_modalloc(struct module *mod, struct load_info *info)
{
	const Elf_Shdr *s = &info->sechdrs[info->index.pcpu];
	size_t align = min_t(size_t, s->sh_addralign, PAGE_SIZE);

	if (!s->sh_size)
		return 0;
	if (s->sh_size <= PCPU_MIN_UNIT_SIZE)
		mod->percpu = __alloc_reserved_percpu(s->sh_size, align);
	if (!mod->percpu && s->sh_size <= PCPU_MIN_UNIT_SIZE && undertaker_makes_room())
		mod->percpu = __alloc_reserved_percpu(s->sh_size, align);
	if (!mod->percpu) {
		load_err(info, "no room for %lu bytes of per-CPU data", (long)s->sh_size);
		return -ENOMEM;
	}
	mod->percpu_size = s->sh_size;
	return 0;
}

@ The rung, which \chap{load} places: it comes after a grace period like every other release, as
|is_module_percpu_address| below may be comparing with |mod->percpu| at this moment. It accepts a module that
has no per-CPU data.

@<Per-CPU data, with more than one CPU@>=
void percpu_modfree(struct module *mod)
{
	free_percpu(mod->percpu);
}

@ The pattern is copied when it has been relocated, for it may hold pointers. Every CPU that could ever be
plugged in gets its copy now; nobody would think of it when the CPU comes.

@<Per-CPU data, with more than one CPU@>=
void percpu_modcopy(struct module *mod, const void *from, unsigned long size)
{
	int cpu;

	for_each_possible_cpu(cpu)
		memcpy(per_cpu_ptr(mod->percpu, cpu), from, size);
}

@ Lockdep asks whether an address is a module's per-CPU variable, and wants to know all
the copies of one lock by one name: the address that the boot CPU has for it.

The list is walked without the mutex, with preemption off; the call can come from anywhere. A
module that is |UNFORMED| is not there for us. If it is being loaded, none of its code has run, hence
none of its locks was taken. If it is being taken apart, they will not be taken any more.
@^lock preemption off@>

@<Per-CPU data, with more than one CPU@>=
@<Look for an address among the copies of one module@>@;
@#
bool is_module_percpu_address(unsigned long where)
{
	return __is_module_percpu_address(where, NULL);
}
@#
bool __is_module_percpu_address(unsigned long addr, unsigned long *canonical)
{
	struct module *mod;

	guard(preempt)();
	list_for_each_entry_rcu(mod, &modules, list)
		if (mod->state != MODULE_STATE_UNFORMED && percpu_contains(mod, addr, canonical))
			return true;
	return false;
}

@ The subtraction is unsigned, so an address below the area becomes a large offset, and one comparison
does for both ends; it also fails for every address if there is no per-CPU data at all, but then we should not
ask every CPU. The caller who wants no canonical address passes |NULL|.

@<Look for an address among the copies of one module@>=
static bool percpu_contains(const struct module *mod, unsigned long addr, @|
			    unsigned long *canonical)
{
	unsigned int cpu;

	if (!mod->percpu_size)
		return false;
	for_each_possible_cpu(cpu) {
		unsigned long offset = addr - (unsigned long)per_cpu_ptr(mod->percpu, cpu);

		if (offset >= mod->percpu_size)
			continue;
		if (canonical)
			*canonical = offset + (unsigned long)per_cpu_ptr(mod->percpu, get_boot_cpu_id());
		return true;
	}
	return false;
}

@ On a kernel for one CPU a per-CPU variable is a variable like others and stands in \.{.data}. A module that
brings the section nevertheless was built for another kernel. It is refused with the errno that
user space has always got for it, though memory is not what is missing.
@^error ENOMEM@>
@.per-CPU data in a kernel...@>

@<Per-CPU data, with only one@>=
int percpu_modalloc(struct module *mod, struct load_info *info)
{
	if (!info->sechdrs[info->index.pcpu].sh_size)
		return 0;
	load_err(info, "per-CPU data in a kernel for one CPU");
	return -ENOMEM;
}

@ The others have nothing to do.

@<Per-CPU data, with only one@>=
void __percpu *mod_percpu(struct module *mod) { return NULL; }
void percpu_modfree(struct module *mod) {}
void percpu_modcopy(struct module *mod, const void *from, unsigned long size) {}
bool is_module_percpu_address(unsigned long addr) { return false; }
bool __is_module_percpu_address(unsigned long addr, unsigned long *canonical) { return false; }

@*1 Exercises.
\exercise{10} Which of the seven memories does a module have that prints ``hello'' in |init|, ``goodbye'' in its
exit, and does nothing else? Guess first; then read \.{/sys/module/hello/sections}.

\exercise{15} Construct section headers for which the stock loader allocates a |MOD_DATA| of one page
and then copies more than a page into it. What does |grant| say about them?

\exercise{20} Suppose that the sections of each memory were sorted by falling alignment. How many bytes would be
saved over all modules of your distribution, before and after rounding to pages?

\exercise{20} A machine offers only two calls, one that takes away the right to write and one that grants
the right to execute, and each flushes the translations of all CPUs. Arrange for text to pass from one state
to the other without breaking the rule. What does |set_memory_rox| save, then?

\exercise{30} The reserve for per-CPU data is of fixed size. Find, by experiment, an order of loading and
unloading in which a module with such data is refused although it would fit if the others had come in another
order. Propose a cure that does not move data in use.
