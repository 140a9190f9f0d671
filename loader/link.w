@q SPDX-License-Identifier: GPL-2.0-only @>

@* Linking. \label{link}%
A compiler that translates one file of a driver knows almost everything about the code it emits. It does
not know where the code will lie, and it does not know where anything outside the file lies.
So it writes machine code with holes, and beside the code two tables about the holes: the
{\it symbols\/}, which are the names that an address is wanted for, and the {\it relocations},
which say where the holes are and how to fill each from the address of a symbol. \term{Linking}
means to do what the tables say. For a program the linker does it once, on the builder's machine;
for a module this book does it, in the kernel, every time. (Until 2002 a tool in user space did it; when it moved, the linking itself was some two hundred lines.)
@^linking@>
@^hole@>
@^relocation@>
@^symbol@>

The work has two passes, in this order: first give every symbol its address, then fill every
hole. One could do both in one pass, looking a symbol up when the first hole asks for it. But
then the same name would be looked up again and again (the 1,138 modules of the distribution's
cloud kernel have 53,647 undefined symbols and 1,981,570 holes, thirty-seven times as many), and a
missing name would come to light only after half the code was patched. With two passes the first can report
{\it all\/} that is missing before the second has touched a byte.

The rest of this chapter, two short functions and their helpers, is that. It can be read without
the chapters around it. What it takes from them is said where it is taken: the file was checked
(\chap{elf}), every section that stays lies in its final place (\chap{layout}),
and the section headers' |sh_addr| says where.

@*1 One call, followed through. The module \.{crc32-pclmul} computes checksums with an instruction
that old processors lack. On such a processor it says so and declines to load. Here are the bytes
that say so, as the distribution's file has them:

\begintt
.init.text, from offset 0x36:
36:   48 c7 c7 00 00 00 00     mov   $0, %rdi        # what to print
3d:   e8 00 00 00 00           call  .+5             # print it
\endtt
Both instructions are unfinished. The first wants the address of a text, which lies in another
section of the same module; the second wants to reach |_printk|, which lies in the kernel. The compiler has left
four zero bytes in each, at offsets |0x39| and |0x3e|, and two relocations:

\begintable{t t t r}
offset & type & symbol & addend \cr \hd
0x39 & R\_X86\_64\_32S & .rodata.str1.8 & 0 \cr
0x3e & R\_X86\_64\_PLT32 & \_printk & $-4$ \cr
\endtable
A relocation is a formula with three variables, which by tradition are called $S$, $A$ and~$P$:
the address of the \underbar symbol, the \underbar addend that the table gives, and the
\underbar place of the hole. The type selects the formula. |R_X86_64_32S| stands for $S+A$, cut to four
bytes, and |R_X86_64_PLT32| for $S+A-P$.
@^R\_X86\_64\_PLT32@>
@^R\_X86\_64\_32S@>

@ Why is $P$ subtracted, and why is the addend $-4$? A |call| on this processor does not name its
target; it names the distance to it, counted from the end of the |call|. The hole is the last four
bytes of the instruction, so its end is at $P+4$, and the distance is $S-(P+4)=S+A-P$ with
$A=-4$. The processor's peculiarity has been put into the addend, and the linker need not know
about instructions at all. That division of labour is why a linker can be so short.

Suppose that the kernel has placed |_printk| at |0xffffffff8112a3c0|, that the module's \.{.init.text}
was put at |0xffffffffc0205000|, and its \.{.rodata.str1.8} at |0xffffffffc0207618|. The first pass
writes these addresses into the symbol table. The second computes for the |mov| the value
|0xffffffffc0207618|, and for the |call|
$$\hbox{\tt 0xffffffff8112a3c0}-4-\hbox{\tt 0xffffffffc020503e}=\hbox{\tt 0xffffffffc0f2537e},$$
a negative number, since the kernel lies below its modules. Of each value the low four bytes
go into the hole, the least significant first; the processor will extend them to eight by
repeating the sign, and gets the full value back. Afterwards (\fig{relocation}) memory holds

\begintt
36:   48 c7 c7 18 76 20 c0     mov   $0xffffffffc0207618, %rdi
3d:   e8 7e 53 f2 c0           call  _printk
\endtt
and the module complains as it should. In \chap{x86} the compiler itself
checks this arithmetic, every time the book is tangled and compiled.

\figure{relocation}{Two holes before and after linking. Below: the distance that the {\tt call} wants.}

@ That is nearly all. What remains is bookkeeping about who may name what, and distrust.

The file that results has the two passes, which are called from the spine (\chap{load}) one after the other,
and the defaults of a few functions that a processor's own file may replace.

@(kernel/module/link.c@>=
#include <linux/moduleloader.h>
#include <linux/livepatch.h>
#include <linux/string.h>
#include <linux/elf.h>
#include <linux/err.h>
#include "internal.h"
@#
@<Say what becomes of one symbol@>@;
@<Give every symbol an address@>@;
@<Decide whether a section fills holes that we keep@>@;
@<Fill the holes of all sections@>@;
@<Hooks that a processor may replace@>@;

@*1 First pass: symbols. An entry of the symbol table has a name, a value, and the index of the
section that defines it. In a module file the value is an offset into that section. After
this pass it is an address: the $S$ of every formula.

\begintable{l p{2.45in} l}
section index & what the symbol is & its value becomes \cr \hd
|SHN_UNDEF| & defined by the kernel or another module & what is exported there \cr
ordinary & defined in this module & base of the section, plus offset \cr
ordinary, per-CPU & a per-CPU variable of this module & per-CPU base, plus offset \cr
|SHN_ABS| & a plain number (assembler: \.{.set}) & unchanged \cr
|SHN_LIVEPATCH| & for the livepatch core, perhaps much later & unchanged for now \cr
|SHN_COMMON| & storage that nobody has allocated & the load is refused \cr
\endtable
Entry~0 is not a symbol; every ELF symbol table begins with an empty one.

@ The loop goes on after an error. Somebody who has built a module against the wrong kernel wants the
list of all the names that are missing, not the first of them, then a reboot's worth of patience,
then the second. The result is the errno of the last failure.
@^error ENOENT@>

One error ends the loop at once. |EBUSY| says that a provider did not become live within thirty
seconds, or that a signal arrived while we waited. In the first case the next symbol of
the same provider would cost another thirty seconds, and a module may import fifty; in
the second the caller wants to be gone.
@^error EBUSY@>

@<Give every symbol an address@>=
int simplify_symbols(struct module *mod, const struct load_info *info)
{
	const Elf_Shdr *table = info->sechdrs + info->index.sym;
	Elf_Sym *sym = (void *)table->sh_addr;
	Elf_Sym *end = sym + table->sh_size / sizeof(*sym);
	int ret, err = 0;

	while (++sym < end) {
		ret = settle_symbol(mod, info, sym);
		if (ret)
			err = ret;
		if (ret == -EBUSY)
			break;
	}
	return err;
}

@ We rely on \chap{elf} here: the symbol table consists of whole entries, |st_name| lies inside the
string table, and the string table ends with a zero. So |name| is a string, if perhaps
an empty one.

@<Say what becomes of one symbol@>=
@<Import a symbol from the kernel or another module@>@;
@#
static int settle_symbol(struct module *mod, const struct load_info *info, Elf_Sym *sym)
{
	const char *name = info->strtab + sym->st_name;

	switch (sym->st_shndx) {
	case SHN_UNDEF:
		return import_symbol(mod, info, sym, name);
	case SHN_ABS:
		return 0;
	case SHN_LIVEPATCH:
		@<Leave a livepatch symbol to the livepatch core, or refuse it@>@;
	case SHN_COMMON:
		@<Ignore a common symbol of the link-time optimiser, refuse any other@>@;
	default:
		@<Add the base of the symbol's own section@>@;
	}
}

@ The most frequent case. |resolve_symbol_wait| (\chap{symbols}) searches the
kernel and all modules, checks licence, name space and version, records that we depend on the
owner, and waits if that owner is still on its way. It answers in one of three ways. A
pointer is success. |NULL| means that nobody exports the name. An error says that somebody does, but not to us,
and the reason has been logged.

Nothing is to be undone here if a later step fails: the dependencies hang on the
module, and |module_unload_free| lets go of them all (\chap{load} has the rung).
@^error ENOENT@>

@<Import a symbol from the kernel or another module@>=
@<Names that may be missing@>@;
@#
static int import_symbol(struct module *mod, const struct load_info *info,
			 Elf_Sym *sym, const char *name)
{
	const struct kernel_symbol *ksym = resolve_symbol_wait(mod, info, name);
	int err = -ENOENT;

	if (!ksym && may_be_missing(sym, name)) {
		sym->st_value = 0;
		return 0;
	}
	if (!IS_ERR_OR_NULL(ksym)) {
		sym->st_value = kernel_symbol_value(ksym);
		return 0;
	}
	@<Report the unknown symbol and return its errno@>@;
}

@ Test suites look for the words ``Unknown symbol'', and so does everybody who has ever asked for advice about a module
that would not load. The line stays as it always was. The number tells the cases apart:
$-2$ if nobody exports the name, $-22$ for a licence or name space or version that does not fit, $-16$ for a provider
that never came up.
@^error EINVAL@>
@.Unknown symbol ... (err ...)@>

@<Report the unknown symbol and return its errno@>=
if (ksym)
	err = PTR_ERR(ksym);
load_err(info, "Unknown symbol %s (err %d)", name, err);
return err;

@ A name may be missing if the author said so with a weak declaration; the code is then expected to test the
address before using it, and must find zero. We store that zero ourselves, since the
file may hold anything in the value of a symbol that it does not define.
@^weak symbol@>

The other case is a relic. Old assemblers, before 2.37 of the GNU binutils, put a symbol |_GLOBAL_OFFSET_TABLE_| into an
object as soon as one call in it went through the procedure linkage table, although nothing in
a kernel refers to it. To refuse such modules would punish the builder for the age of a tool. Should a
relocation refer to it after all, it is of a type that \chap{x86} does not know, and refused there.

@<Names that may be missing@>=
static bool may_be_missing(const Elf_Sym *sym, const char *name)
{
	return ELF_ST_BIND(sym->st_info) == STB_WEAK || !strcmp(name, "_GLOBAL_OFFSET_TABLE_");
}

@ A symbol of our own. Here the index is that of a section: \chap{elf} lets no reserved
index pass but the four that the |switch| has dealt with. The section's |sh_addr| is its
final place, so one addition settles the symbol.

Symbols of sections that are not kept, debugging data and the like, get an address inside the
temporary copy. That does no harm. Only the holes of sections that are not kept refer to
them, and those are never filled.

The per-CPU section is special, in that it has no address. It is a pattern, of which every CPU has
its own copy; code reaches a variable by adding the offset of its
CPU to an ``address'' that points nowhere by itself. This address is what the per-CPU allocator
returned when room was made for the copies (\chap{layout}). A module without such variables has zero in |index.pcpu|,
but no symbol comes here with section~0, for that is |SHN_UNDEF|.
@^per-CPU data@>

@<Add the base of the symbol's own section@>=
if (sym->st_shndx == info->index.pcpu)
	sym->st_value += (unsigned long)mod_percpu(mod);
else
	sym->st_value += info->sechdrs[sym->st_shndx].sh_addr;
return 0;

@ A common symbol is an uninitialised variable that the compiler did not place anywhere, so that several
files can ``define'' it and the last linker merges them. We are the last linker, and we do not
merge: two drivers that share a variable by accident are a bug. The kernel
is compiled with \.{-fno-common}, which forbids them. The marks of an early link-time optimiser,
whose names begin with |__gnu_lto|, look like common symbols and mean nothing.
@^common symbol@>
@^error ENOEXEC@>

@<Ignore a common symbol of the link-time optimiser, refuse any other@>=
if (!strncmp(name, "__gnu_lto", strlen("__gnu_lto")))
	return 0;
load_err(info, "common symbol %s: please compile with -fno-common", name);
@.common symbol ...@>
return -ENOEXEC;

@ A livepatch module replaces functions of the kernel and of other modules, and its new functions
may refer to static functions and variables there, which nobody exports. Such symbols carry a
section index of their own, and a name like \.{.klp.sym.vmlinux.printk\_sprint,1}. The livepatch core
resolves them through kallsyms, some at once and others when the module that they lie in arrives.

In a module that is no livepatch nobody would ever resolve them. A call to one of them would go to some small offset
taken as an address; better to refuse the module now.
@^error ENOEXEC@>
@^livepatch@>

@<Leave a livepatch symbol to the livepatch core, or refuse it@>=
if (is_livepatch_module(mod))
	return 0;
load_err(info, "symbol %s is for livepatches, and this is none", name);
@.symbol ... is for livepatches...@>
return -ENOEXEC;

@*1 Second pass: holes. The relocations of one section form a section of their own:
\.{.rela.text} holds those of \.{.text}. Its header says which section has the holes (|sh_info|), and
its entries say where they are.

The order of the sections does not matter. Filling a hole reads a symbol's value, and those are final; it
writes a place that no other entry may also write (a place must be zero before it is filled,
so two entries for one place are found out). So we take them as they come.

The first error ends the pass. Unlike missing symbols, where each is news, one relocation that
cannot be applied means that the file is damaged or was compiled for another world, and the next
thousand would only repeat it. Nothing that was patched needs to be undone: it lies in memory
that nobody has executed and that the spine's rung is about to free.

@<Fill the holes of all sections@>=
int apply_relocations(struct module *mod, const struct load_info *info)
{
	unsigned int i;
	int err = 0;

	for (i = 1; !err && i < info->hdr->e_shnum; i++)
		if (fills_kept_holes(info, i))
			@<Fill the holes that section |i| describes, setting |err|@>@;
	return err;
}

@ In a module with debugging data most holes are in sections that we do not keep: |SHF_ALLOC| is clear
in the section with the holes, and so it has no place in the module's memory. These are skipped.
What remains needs no test. \Chap{elf} has checked that |sh_info| is a section's number, that
each entry names an existing symbol and lies within its section; and it has turned away
files with |SHT_REL|, the older kind of relocation, which keeps its addends in the holes.

The per-CPU pattern deserves a line of its own. Layout has taken its
|SHF_ALLOC| away, because it has no place among the seven memories. The stock loader, which goes by the flag alone, therefore
leaves its holes open, and a per-CPU variable that was initialised with a pointer silently starts out as |NULL| on every
CPU. We fill them. (Only absolute addresses make sense there; \chap{x86} finds out a relative one, whose value would not fit.) The pattern still lies in the copy of the file, and |post_relocation| (\chap{live})
gives it to the CPUs after this pass, pointers included.
@^per-CPU data@>

@<Decide whether a section fills holes that we keep@>=
static bool fills_kept_holes(const struct load_info *info, unsigned int i)
{
	const Elf_Shdr *s = info->sechdrs + i;

	if (s->sh_type != SHT_RELA)
		return false;
	if (s->sh_flags & SHF_RELA_LIVEPATCH)
		return true; /* or will, one day */
	if (info->index.pcpu && s->sh_info == info->index.pcpu)
		return true;
	return info->sechdrs[s->sh_info].sh_flags & SHF_ALLOC;
}

@ A section with the flag |SHF_RELA_LIVEPATCH| belongs to the livepatch core.
Its name tells in which object its symbols lie. By passing |NULL| we ask for those that lie in
the kernel proper; the others wait until the module in question is loaded, and then the core calls
|apply_relocate_add| by itself. If the core refuses, it has said so in the log, and so has
\chap{x86}: we add nothing.

When that day comes the core does not ask whether the holes were kept. It would patch the place where they were in the copy of the
file, long after that was freed. So this is the moment to ask, for all livepatch relocations, whosever turn it is; and the
flag now says what layout has made of the section. The per-CPU pattern does not count as kept here: its copies would
never see what is filled in later.
@^error ENOEXEC@>
@.livepatch relocations for...@>

@<Fill the holes that section |i| describes, setting |err|@>=
{
	const Elf_Shdr *s = info->sechdrs + i;

	if (!(s->sh_flags & SHF_RELA_LIVEPATCH)) {
		err = apply_relocate_add(info->sechdrs, info->strtab, info->index.sym, i, mod);
	} else if (info->sechdrs[s->sh_info].sh_flags & SHF_ALLOC) {
		err = klp_apply_section_relocs(mod, info->sechdrs, info->secstrings,
					       info->strtab, info->index.sym, i, NULL);
	} else {
		load_err(info, "livepatch relocations for a section that is not kept (section %u)", i);
		err = -ENOEXEC;
	}
}

@*1 What a processor adds. A few moments of a load belong to the processor. The linker would call such a
function a weak symbol: the one here serves unless a file of the architecture defines another
by the same name. For x86-64, \chap{x86} defines |module_finalize| and
|module_arch_cleanup|, and the defaults of these two are compiled and never called.
@^weak symbol@>

\begintable{t p{3.6in}}
hook & when it is called \cr \hd
module\_elf\_check\_arch & when the ELF header is checked: is the file for this processor? \cr
module\_frob\_arch\_sections & before layout: may ask for more room, such as a table of jumps \cr
module\_finalize & after the second pass, the text still writable \cr
module\_arch\_cleanup & undoes |module_finalize|, when the module dies \cr
module\_arch\_freeing\_init & before the init memory goes \cr
\endtable

@<Hooks that a processor may replace@>=
bool __weak module_elf_check_arch(Elf_Ehdr *hdr) { return true; }
@#
int __weak module_frob_arch_sections(Elf_Ehdr *hdr, Elf_Shdr *sechdrs,
				     char *secstrings, struct module *mod)
{
	return 0;
}
@#
int __weak module_finalize(const Elf_Ehdr *hdr, const Elf_Shdr *sechdrs, struct module *mod)
{
	return 0;
}
@#
void __weak module_arch_cleanup(struct module *mod) {}
@#
void __weak module_arch_freeing_init(struct module *mod) {}

@*1 Livepatches are linked again. After a load everything that only the linker needs goes away with the
copy of the file. A livepatch module must keep some of it, since it will be linked
again: whenever one of the modules that it patches is loaded, its holes for that module are filled, and when
that module leaves they are cleared. So the livepatch core needs the section headers, their names
and the symbol table for as long as the livepatch lives.
@^livepatch@>

The record hangs at |mod->klp_info|. The livepatch core reads it under its own mutex; we write it before
the module is live and free it when it is gone, so the two never meet.

@(kernel/module/livepatch.c@>=
#include <linux/module.h>
#include <linux/string.h>
#include <linux/slab.h>
#include "internal.h"
@#
@<Free what was kept for the livepatch core@>@;
@<Keep headers and symbols for the livepatch core@>@;

@ Undo first, because it is short: |kfree| takes |NULL| calmly, so
one function serves for a complete record, for one that ran out of memory half way, and for a load that failed before there was a record.

@<Free what was kept for the livepatch core@>=
void free_module_elf(struct module *mod)
{
	if (!mod->klp_info)
		return;
	kfree(mod->klp_info->secstrings);
	kfree(mod->klp_info->sechdrs);
	kfree(mod->klp_info);
	mod->klp_info = NULL;
}

@ The record starts out zeroed for the same reason.
@^error ENOMEM@>

@<Keep headers and symbols for the livepatch core@>=
int copy_module_elf(struct module *mod, struct load_info *info)
{
	struct klp_modinfo *kept = kzalloc(sizeof(*kept), GFP_KERNEL);

	if (!kept)
		goto out_of_memory;
	mod->klp_info = kept;
	@<Copy headers and names; |goto free_kept| if memory runs out@>@;
	@<Point the kept header of the symbol table at the copy that stays@>@;
	return 0;

free_kept:
	free_module_elf(mod);
out_of_memory:
	load_err(info, "no memory to keep the tables of a livepatch");
@.no memory to keep the tables...@>
	return -ENOMEM;
}

@ The product cannot overflow, |e_shnum| having sixteen bits.

@<Copy headers and names; |goto free_kept| if memory runs out@>=
kept->hdr = *info->hdr;
kept->sechdrs = kmemdup(info->sechdrs, info->hdr->e_shnum * sizeof(*info->sechdrs), GFP_KERNEL);
kept->secstrings = kmemdup(info->secstrings,
			   info->sechdrs[info->hdr->e_shstrndx].sh_size, GFP_KERNEL);
if (!kept->sechdrs || !kept->secstrings)
	goto free_kept;

@ In the copied headers every |sh_addr| of a kept section stays true, as the section lies in the module's memory;
this includes the livepatch relocations themselves, which carry |SHF_ALLOC| for just this
purpose. One address does not: the symbol table was put into the init memory, which is freed after |init|.
But kallsyms keeps a table for the module's life. For an ordinary module that one lacks
the symbols of sections that go away. For a livepatch it is complete and in the
same order, so that the symbol numbers in the relocations still fit. (|CONFIG_LIVEPATCH| depends on
|CONFIG_KALLSYMS_ALL|, so the table is always there.)

@<Point the kept header of the symbol table at the copy that stays@>=
kept->symndx = info->index.sym;
kept->sechdrs[kept->symndx].sh_addr = (unsigned long)mod->core_kallsyms.symtab;

@*1 Exercises.
\exercise{05} A module has |int *p = &jiffies_count;| among its static data, where |jiffies_count| is its own. Which relocation
type fills it, and what are $S$, $A$ and~$P$?

\exercise{15} The instruction \.{mov x(\%rip),\%eax} loads |x|, and its addend is $-4$ too. That of
\.{movl \$1,x(\%rip)}, which stores~1 there, is $-8$. Why?

\exercise{20} Change |simplify_symbols| so that it stops at the first missing symbol, load a module built for
another kernel, and count the attempts until it works.

\exercise{25} Two relocations of one file name the same place. Which of our checks refuses the file, and
is there a pair that passes it? What would then be loaded?
