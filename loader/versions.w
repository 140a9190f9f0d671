@q SPDX-License-Identifier: GPL-2.0-only @>

@* Versions. \label{versions}%
A C~compiler that builds a module believes its headers. If a structure has grown a member since, the module
will look for its fields in the wrong places, in perfect confidence, and nothing in the module's code will
tell. A name alone cannot guard against that: |kmalloc| is called |kmalloc| in every kernel. So with
|CONFIG_MODVERSIONS| every exported symbol has a \term{version}: a sum of 32~bits over its declaration,
spelt out until nothing is left but basic types. A user of the symbol carries the sum that it saw when it was compiled, the
exporter the sum of what it is. If the two differ, somebody's headers are out of date, and the
module is refused before it runs.
@^checksum of a symbol@>

The idea buys more than safety. Two kernels whose sums agree can use each other's modules, and for years a
distribution may repair a kernel without asking anybody to compile drivers again. That is why
the sums are compared, and the name of the kernel is not.

Three functions make up this chapter: one compares a single symbol, one vouches for |struct module| itself,
one compares the strings in which kernel and module say what they are. In a kernel without
versions all three shrink to one line in the private header (\chap{header}), and this file is not compiled.

@ This file exports one symbol, whose sum stands in every module in the world. The sum depends
on what the compiler could see {\it here}. So the list of headers below is as much part of the
binary interface as the structures are, and must be what it is in the stock kernel: with one header more or
less, every module would be refused. A test compares the sums.

@(kernel/module/version.c@>=
#include <linux/module.h>
#include <linux/string.h>
#include <linux/printk.h>
#include "internal.h"
@#
@<Compare the version of one symbol@>@;
@<Vouch for the structures that module and loader share@>@;
@<Compare what module and kernel say they are@>@;

@*1 One symbol. The module's sums lie in its section |__versions|: an array of pairs, each 64 bytes long, of a sum and a name, one for each
symbol that the module imports. The build pads every name with zeros to its full width, and refuses names that would
not leave room for at least one.

But the array comes out of a file. Its size need not be a multiple of 64; what is left over is
not an entry. And a name need not end; so it is compared as far as it can reach, and no
further. (A name that fills its field to the brim may then match a longer symbol. It must still have the
right sum; and no build makes one.)
@.no symbol version for@>

@<Find the entry of the symbol |symname|@>=
for (e = first; e < first + size / sizeof(*e); e++)
	if (!strncmp(e->name, symname, sizeof(e->name)))
		break;
if (e == first + size / sizeof(*e)) {
	pr_warn("%s: no symbol version for %s\n", info->name, symname);
	return 0;
}

@ The answer is 1 for a symbol that fits and 0 for one that does not. An exporter without sums has
nothing to compare; its own load has marked the kernel as forced (\chap{symbols}), and it would be unjust to
punish its users. A {\it user\/} without sums is one whose sums were thrown away, which is what
\.{modprobe --force} does: it is accepted where forcing is allowed, once, and the kernel is marked.
@.disagrees about version of symbol@>

@<Compare the version of one symbol@>=
int check_version(const struct load_info *info, const char *symname, struct module *mod,
		  const s32 *crc)
{
	const Elf_Shdr *section = &info->sechdrs[info->index.vers];
	const struct modversion_info *e, *first = (void *)section->sh_addr;
	size_t size = section->sh_size;

	if (!crc)
		return 1;
	if (!info->index.vers)
		return !try_to_force_load(mod, symname);
	@<Find the entry of the symbol |symname|@>@;
	@<Compare the two sums; |return 1| if they agree@>@;
	pr_warn("%s: disagrees about version of symbol %s\n", info->name, symname);
	return 0;
}

@ The two sums have different types. In the exporter it is a signed word of 32~bits; in the entry
it fills a |long|, for the sake of alignment only. A sum with its top bit set is negative as
|s32| and would be widened with ones; so it becomes unsigned before it grows.
@.Found checksum@>

@<Compare the two sums; |return 1| if they agree@>=
if (e->crc == (u32)*crc)
	return 1;
pr_debug("Found checksum %X vs module %lX\n", (u32)*crc, e->crc);

@*1 The structures themselves. Before any symbol is looked up, the loader uses the module's own |struct module|, which the compiler
built into the file. If {\it its\/} layout has changed, even |mod->name| is not where we look for it. Some symbol must therefore
be checked before everything else, one whose declaration mentions every structure that loader and
module share. Nobody calls it, and it does nothing. It exists for its type.

The five parameters are: the module; an entry of |__versions|; a parameter; an entry of a table of
exports; a tracepoint. Each of them lies in the file as an array or a structure that we are about to use.

@<Vouch for the structures that module and loader share@>=
@<Check the version of |module_layout|@>@;
@#
void module_layout(struct module *mod, struct modversion_info *ver, struct kernel_param *kp,
		   struct kernel_symbol *ks, struct tracepoint *const *tp)
{
}
EXPORT_SYMBOL(module_layout);

@ The symbol is the kernel's own. It cannot go away, and no lock would be needed to find it; but
|find_symbol| insists on one, rightly, since it goes on to walk the list of modules. Preemption
off is the cheaper of the two that it accepts. That the symbol might be missing is a thought for
those who link kernels by hand.
@^lock preemption off@>

@<Check the version of |module_layout|@>=
int check_modstruct_version(const struct load_info *info, struct module *mod)
{
	struct find_symbol_arg fsa = {@t\1@>@/
		@[@].name = "module_layout",@/
		@[@].gplok = true,@t\2@>@/
	};
	bool found;

	preempt_disable();
	found = find_symbol(&fsa);
	preempt_enable();
	BUG_ON(!found);
	return check_version(info, fsa.name, mod, fsa.crc);
}

@*1 What they say they are. Kernel and module each carry a string, the \term{version magic}:

\begintt
6.12.117 SMP preempt mod_unload modversions
\endtt
Behind the name of the kernel come the options that change the code of every module: with or
without other processors, with or without preemption, whether there is a count. Some of these change structures, and then a sum
notices. Others only change what the compiler puts in line, such as the counting of a region that must not be preempted; that
stands in no declaration, and no sum need notice.

If the module has sums, they say all there is to say about the types, and better than a name does. Then the name, up to the
first blank, is skipped on both sides; the options must agree in any case. A string without a blank is
all name, and what remains of it is empty. (The message about magic that
differs is printed by the caller, \chap{modinfo}.)
@^version magic@>

@<Compare what module and kernel say they are@>=
int same_magic(const char *theirs, const char *ours, bool has_crcs)
{
	if (has_crcs) {
		theirs += strcspn(theirs, " ");
		ours += strcspn(ours, " ");
	}
	return !strcmp(theirs, ours);
}

@*1 Exercises.
\exercise{15} A sum has 32 bits and a module 27 imports. How likely is it that headers which
differ in one structure, used by all 27, are not noticed? And is that the right question?

\exercise{20} For each import the array is searched from its beginning, so a load takes time that grows with the square of the
number of imports. The build writes the sums in the order in which the symbol table has the names, and
we ask in that order, too. Make the search remember where it ended, without a lock, so that two loads at a time may spoil
each other's memory but never the answer.
