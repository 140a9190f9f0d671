@q SPDX-License-Identifier: GPL-2.0-only @>

@* Believing nothing. \label{elf}%
The bytes of a file now lie in kernel memory, where nobody else can change them. If signatures
are checked, we know who wrote them. What we do not know yet is what they are, and a signature
does not tell: it vouches for the author and not for the linker, the disk or the download.
Every offset in the file is a claim, every count is a claim, and so is the word ``string''.

This chapter reads the whole of that structure once and either refuses the file or makes it
safe for everybody downstream to read without looking. It has one entrance, |elf_check|, and it changes
nothing but the |struct load_info|. It takes no lock and
wants nothing of the kernel but some memory to sort in. So the same tangled file also
runs as part of an ordinary program, under sanitizers that watch every access
(see the appendix, \see{trials-host}).

What it cannot do is just as plain. The {\it contents\/} of the text and data are the author's
business: a module that passes may dereference a null pointer in its first instruction. We
promise only that the loader itself will never follow the file out of bounds.

@ Why check at all, when only the superuser loads modules? Because the ordinary bad file comes from
no attacker. It comes from a full disk, a half-finished copy, a stripping tool with too much zeal, a
compiler of next year. Somebody types

\begintt
# insmod half.ko
insmod: ERROR: could not insert module half.ko: Invalid module format
\endtt
and is owed two things: a machine that still runs, and one line in the log that says what is
wrong with the file. The errno is |ENOEXEC| throughout, since that is what the loader has always answered
and what the tools turn into the words above.
@^error ENOEXEC@>

For most of its life the loader checked far less. An empty table of section names made it read in front of a
buffer (CVE-2022-49444), and from Linux 2.6.12 on, a symbol with a section
number out of range was enough for a panic, for twenty-one years (CVE-2026-31521).
Each check below is small. What had been missing was never the skill, only the list.

@ Here is a real one, the smallest module that Debian compiles for its cloud kernel. It computes
a checksum of seven bits, and without its signature \.{crc7.ko} is 6,192 bytes long.

\begintable{r l p{3.3in}}
bytes & what & what we want to know \cr \hd
64 & the ELF header & is it ELF, for this machine, not yet linked? \cr
1,920 & 30 section headers & does each lie in the file, and alone there? \cr
323 & names of the sections & do they all end? \cr
1,280 & |struct module| & is it as large as ours, and blank but for its name? \cr
672 & 28 symbols & is each in a section that exists, and inside it? \cr
491 & names of the symbols & do they all end? \cr
312 & 13 relocations & does each patch a place that it may patch? \cr
128 & two versions & are they whole? \cr
154 & notes, |tag=value| & does the last one end? \cr
\endtable
\noindent
The rest is the module proper, 56 bytes of text, 256 of tables and some annotations. We
shall not look at it.

@ The file is written in the order of its chapter, as far as C allows: what is common to all
checks, then the checks by the part of the file that they deal with.

@(kernel/module/elf.c@>=
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/sort.h>
#include <linux/slab.h>
#include <linux/moduleloader.h>
#include <uapi/linux/module.h>
#include "internal.h"
@#
@<Refusing a file@>@;
@<Finding sections by name@>@;
@<Checks of header and section table@>@;
@<Checks of the sections that the loader knows by name@>@;
@<Checks of symbols and relocations@>@;
@<Check a module file from top to bottom@>@;

@ The order of the checks is the order of trust. A check may use only what earlier checks have
established: first the header, because it says where the table of sections is; then the table,
because it says where everything else is; then the names, without which no section can be told from
another. The notes come next, only so that all further complaints can carry the module's name. Symbols
go before relocations, which refer to them.

Since the order is the argument, it is written down as data. Each check returns zero or the
errno, having printed its one line, and the first that is not content is the last to be asked.
The versions stand apart, because user space may ask us not to look at them.

@<Check a module file from top to bottom@>=
static int @[@](*const checks[])(struct load_info *info) = {@t\1@>@/
	check_header, check_section_table, check_places, check_overlaps,@/
	check_section_names, check_note_strings, check_this_module, check_percpu,@/
	check_symbol_table, check_symbols, check_relocations,@t\2@>@/
};
@#
int elf_check(struct load_info *info, int flags)
{
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < ARRAY_SIZE(checks); i++)
		err = checks[i](info);
	if (!err && !(flags & MODULE_INIT_IGNORE_MODVERSIONS))
		err = check_versions(info);
	return err;
}

@ A macro makes refusal an expression, so that a check and its consequence stand in one
statement and no path can log without returning, or return without logging.

What we check is what somebody reads. The entry point, the processor flags and the version of the ELF format
mean nothing to the loader, now or later; a file that has nonsense there loads, as
it always did. To refuse it would be to break a user's module for a principle.
@^error ENOEXEC@>

@<Refusing a file@>=
#define refuse(info, fmt, ...) (load_err(info, fmt, ##__VA_ARGS__), -ENOEXEC)

@*1 Header and section table.
The header must be there before we can ask it anything. The four bytes at its beginning catch the user
who names the wrong file. Word size and byte order come before the machine: the
number of the machine is the same for 64-bit files and for those of the x32 ABI, in which all
structures are laid out differently, so that the machine alone is no proof.

@<Checks of header and section table@>=
static int check_header(struct load_info *info)
{
	const Elf_Ehdr *hdr = info->hdr;

	if (info->len < sizeof(*hdr))
		return refuse(info, "file of %lu bytes is shorter than an ELF header", info->len);
	if (memcmp(hdr->e_ident, ELFMAG, SELFMAG))
		return refuse(info, "not an ELF file");
	if (hdr->e_ident[EI_CLASS] != ELF_CLASS || hdr->e_ident[EI_DATA] != ELF_DATA)
		return refuse(info, "ELF file of foreign word size or byte order");
	@<Check type and machine@>@;
	return 0;
}
@.file of \%lu bytes is...@>
@.not an ELF file@>
@.ELF file of foreign word...@>

@ Only a relocatable file is of use: a program or a shared library has been linked for an address
already. The second hook is for architectures whose modules come in several dialects; for ours it
says yes.

@<Check type and machine@>=
if (hdr->e_type != ET_REL)
	return refuse(info, "ELF file of type %u is not relocatable", hdr->e_type);
if (!elf_check_arch(hdr) || !module_elf_check_arch(info->hdr))
	return refuse(info, "ELF file is for another machine (%u)", hdr->e_machine);
@.ELF file of type \%u is...@>
@.ELF file is for another...@>

@ From here on we believe |e_shoff|, |e_shnum| and |e_shentsize| as far as the following three
tests go. If the size of an entry were not the one we compile with, all indexing would be wrong. And a
table must begin at a multiple of eight: the processor would forgive us an odd address, but the C
language does not, and every linker obliges.

@<Checks of header and section table@>=
static int check_section_table(struct load_info *info)
{
	const Elf_Ehdr *hdr = info->hdr;

	if (hdr->e_shentsize != sizeof(Elf_Shdr))
		return refuse(info, "section headers of %u bytes", hdr->e_shentsize);
	@<Check the number of sections@>@;
	if (hdr->e_shoff > info->len || hdr->e_shoff % __alignof__(Elf_Shdr) ||
	    hdr->e_shnum * sizeof(Elf_Shdr) > info->len - hdr->e_shoff)
		return refuse(info, "section headers outside of the file or misaligned");
	info->sechdrs = (void *)hdr + hdr->e_shoff;
	@<Check that section 0 is blank@>@;
	return 0;
}
@.section headers of \%u bytes@>
@.section headers outside...@>

@ A count of zero is a trap in two ways. The stock loader used to read section~0 without asking whether there
is one. And in ELF a zero means ``more than 65,279, the number is in section~0'': an extension
that came with C++ and its thousands of tiny sections. No module needs it, and it would
put every later loop in doubt.

Counts from |SHN_LORESERVE| up are wrong in any case: numbers in that range have special meanings in a symbol
(\see{elf-shndx}), and |SHN_ABS| must never be taken for section number 65,521. With the
limit, a number below |e_shnum| is a section and nothing else. The product of count and
size, in the previous section, stays below $2^{22}$.

@<Check the number of sections@>=
if (!hdr->e_shnum || hdr->e_shnum >= SHN_LORESERVE)
	return refuse(info, "%u sections; there must be between 1 and %u",
		      hdr->e_shnum, SHN_LORESERVE - 1);
@.\%u sections; there must...@>

@ Section~0 is where all fruitless searches end. Whoever looks for a table that the
module lacks is given index~0, and reads there a size of zero, an address of zero, no flags. So it
has to be blank from its first byte to its last. (ELF demands the same, apart from the
extension just refused.)

@<Check that section 0 is blank@>=
if (memchr_inv(info->sechdrs, 0, sizeof(Elf_Shdr)))
	return refuse(info, "section 0 is not blank");
@.section 0 is not blank@>

@*1 Places.
Now every section says where it lies. Three kinds have to be told apart. Ordinary ones own bytes of the file.
Those of type |SHT_NOBITS| own none; their |sh_offset| says nothing and their size is a
wish for zeros in memory. Null sections are switched off.

A name is not yet at hand, so complaints give a number, as \.{readelf\ -S} prints it.

@<Checks of header and section table@>=
static int check_places(struct load_info *info)
{
	unsigned int i;

	for (i = 1; i < info->hdr->e_shnum; i++) {
		const Elf_Shdr *shdr = &info->sechdrs[i];

		switch (shdr->sh_type) {
		case SHT_NULL: @<Check that nobody will copy a null section@>@;@+break;
		case SHT_NOBITS: @<Check that a section without bytes is a wish for memory@>@;@+break;
		default: @<Check that the section's bytes lie in the file@>@;
		}
		@<Check that the alignment is one@>@;
	}
	return 0;
}

@ The addition |sh_offset + sh_size| is where old loaders went wrong: near $2^{64}$ it comes out
small. We subtract instead, from a number we trust, after comparing the subtrahend with it.

@<Check that the section's bytes lie in the file@>=
if (shdr->sh_size > info->len || shdr->sh_offset > info->len - shdr->sh_size)
	return refuse(info, "section %u lies outside of the file", i);
@.section \%u lies outside...@>

@ The fields of a null section are undefined, says ELF, and a loader that skips it here had better
skip it everywhere. But the layout goes by the flag |SHF_ALLOC| and not by the type: a null
section with that flag and a large size would be copied into the module from somewhere beyond
the file. That hole is real; it was in the stock loader.

@<Check that nobody will copy a null section@>=
if (shdr->sh_size || (shdr->sh_flags & SHF_ALLOC))
	return refuse(info, "section %u has no type, but a size or a place in memory", i);
@.section \%u has no type...@>

@ Zeros make sense in memory only. A section without bytes and without |SHF_ALLOC| would
stay in the copy, and whoever finds it by name would read |sh_size| bytes at an
|sh_offset| that nobody checked. How large the wish may be is a question for the layout.

@<Check that a section without bytes is a wish for memory@>=
if (shdr->sh_size && !(shdr->sh_flags & SHF_ALLOC))
	return refuse(info, "section %u has neither bytes nor a place in memory", i);
@.section \%u has neither...@>

@ An alignment is used to round up with a mask, and the mask is right for powers of two only; with
other numbers the rounding may go down, into the previous section. ELF lets zero stand for one. How large an
alignment may be, and how large all sections together, is not a question to the file but to the
memory, and \chap{layout} asks it where it does the sums.

@<Check that the alignment is one@>=
if (shdr->sh_addralign & (shdr->sh_addralign - 1))
	return refuse(info, "section %u: alignment %#llx is not a power of two",
		      i, shdr->sh_addralign);
@.section \%u: alignment is...@>

@*1 Overlaps.
Two sections that share bytes look harmless: both are inside the file. They are not, because the
loader writes. Symbols get their addresses in place, section headers get theirs, the
module's own structure collects taints and counts. If the symbol table lay across the
section headers, then the first address to be written would change an offset that was checked long
before, and everything in this chapter would be worth nothing. The trade calls this the gap between {\it time of
check\/} and {\it time of use}. We close it by giving every byte one owner.

The header and the table of sections own theirs too. Sections without bytes own none, and linkers
do place empty sections at arbitrary offsets.

@<Checks of header and section table@>=
@<Extents, and their order@>@;
@<Collect all extents of the file@>@;
@#
static int check_overlaps(struct load_info *info)
{
	struct extent *all;
	unsigned int n, i;
	int err = 0;

	@<Allocate room for the extents@>@;
	n = collect_extents(info, all);
	sort(all, n, sizeof(*all), by_start, NULL);
	for (i = 1; i < n && !err; i++)
		if (all[i].start < all[i - 1].end)
			err = refuse(info, "what begins at %#lx overlaps what begins at %#lx",
				     all[i].start, all[i - 1].start);
	kvfree(all);
	return err;
}
@.what begins at \%\#lx...@>

@ To compare each section with each other would do for the fifty sections of a driver; for the
65,279 that a file may have, it would mean two thousand million comparisons in one system call. After sorting,
only neighbours need be compared, for if any two overlap then so do two neighbours. The kernel's
|sort| is a heapsort, which no input drives into a bad case.

The largest table takes one megabyte, too much to ask of the page allocator in one piece. Lack of
memory is the one failure here that is not the file's fault, and has its own errno and no log line.
@^error ENOMEM@>

@<Allocate room for the extents@>=
all = kvmalloc_array(info->hdr->e_shnum + 2, sizeof(*all), GFP_KERNEL);
if (!all)
	return -ENOMEM;

@ An extent is what lies between two offsets, the second excluded. Empty ones are never made, so
that equal beginnings always mean an overlap, and it does not matter in which order they come out.

@<Extents, and their order@>=
struct extent {
	unsigned long start, end; /* |start < end| */
};
@#
static int by_start(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

@ Ends cannot overflow, because |check_places| and |check_section_table| went first.

@<Collect all extents of the file@>=
static unsigned int collect_extents(const struct load_info *info, struct extent *all)
{
	const Elf_Ehdr *hdr = info->hdr;
	const Elf_Shdr *shdr = info->sechdrs, *last = shdr + hdr->e_shnum;
	struct extent *next = all;

	*next++ = (struct extent){ 0, sizeof(*hdr) };
	*next++ = (struct extent){ hdr->e_shoff, hdr->e_shoff + hdr->e_shnum * sizeof(*shdr) };
	for (; shdr < last; shdr++)
		if (shdr->sh_type != SHT_NOBITS && shdr->sh_size)
			*next++ = (struct extent){ shdr->sh_offset, shdr->sh_offset + shdr->sh_size };
	return next - all;
}

@*1 Names.
A module file has two tables of strings, one for the names of sections and one for those of
symbols. Both are checked by one function, because both have failed in the same four ways. The
type must be right, or we should read machine code as text. An empty table has no last byte,
and the test of its last byte was a read in front of the buffer (CVE-2022-49444). The last byte must be zero:
then any offset inside the table leads to a string that ends inside it. The first must be
zero as well, for offset~0 means ``no name'', and it would be odd to find one.

A string table is not part of the image. If it had |SHF_ALLOC| it would be laid out twice,
once like any data and once by |layout_symtab|, and the second place would win.

@<Checks of header and section table@>=
static int check_strings(struct load_info *info, unsigned int index, const char *what)
{
	const Elf_Shdr *shdr;
	const char *strings;

	if (!index || index >= info->hdr->e_shnum)
		return refuse(info, "section %u is to hold the %s names; there is none", index, what);
	shdr = &info->sechdrs[index];
	strings = (void *)info->hdr + shdr->sh_offset;
	if (shdr->sh_type != SHT_STRTAB || (shdr->sh_flags & SHF_ALLOC))
		return refuse(info, "%s names: section %u is no table of strings", what, index);
	if (!shdr->sh_size || strings[0] || strings[shdr->sh_size - 1])
		return refuse(info, "%s names: empty, or no zero at both ends", what);
	return 0;
}
@.section \%u is to hold the...@>
@.\%s names: section \%u is...@>
@.\%s names: empty, or no...@>

@ Every section must have its name inside the table, null sections too. ELF leaves theirs
undefined, and indeed the stock loader let them pass; but the functions that search by name compare
with all of them.

@<Checks of header and section table@>=
static int check_section_names(struct load_info *info)
{
	unsigned int i, table = info->hdr->e_shstrndx;
	int err = check_strings(info, table, "section");

	if (err)
		return err;
	for (i = 0; i < info->hdr->e_shnum; i++)
		if (info->sechdrs[i].sh_name >= info->sechdrs[table].sh_size)
			return refuse(info, "name of section %u lies outside of the table", i);
	info->secstrings = (void *)info->hdr + info->sechdrs[table].sh_offset;
	return 0;
}
@.name of section \%u lies...@>

@ With the names at hand, sections can be looked for. The search starts at section~1 and falls
back on section~0.

@<Finding sections by name@>=
static const char *section_name(const struct load_info *info, unsigned int index)
{
	return info->secstrings + info->sechdrs[index].sh_name;
}
@#
static unsigned int find_with(const struct load_info *info,@|
			      const char *name, u64 flags)
{
	unsigned int i;

	for (i = 1; i < info->hdr->e_shnum; i++)
		if ((info->sechdrs[i].sh_flags & flags) == flags && !strcmp(section_name(info, i), name))
			return i;
	return 0;
}

@ There are two kinds of search, because there are two kinds of caller: most want what will be in memory, a
few also read what is dropped after the load, such as type information.

@<Finding sections by name@>=
unsigned int find_sec(const struct load_info *info, const char *name)
{
	return find_with(info, name, SHF_ALLOC);
}
@#
unsigned int find_any_sec(const struct load_info *info, const char *name)
{
	return find_with(info, name, 0);
}

@ Most callers want the address, and a number of entries. The address is that of the copy or of
the final place, according to when they ask, since |sh_addr| is kept up to date. A table whose
size is no multiple of its entry ends with the last whole entry: the number is rounded
down, and no one who counts entries sees the remainder.

@<Finding sections by name@>=
void *section_addr(const struct load_info *info, const char *name)
{
	return (void *)info->sechdrs[find_sec(info, name)].sh_addr;
}
@#
static void *table_in(const struct load_info *info, unsigned int index,@|
		      size_t size, unsigned int *num)
{
	*num = info->sechdrs[index].sh_size / size;
	return (void *)info->sechdrs[index].sh_addr;
}
@#
void *section_objs(const struct load_info *info, const char *name,@|
		   size_t size, unsigned int *num)
{
	return table_in(info, find_sec(info, name), size, num);
}
@#
void *any_section_objs(const struct load_info *info, const char *name,@|
		       size_t size, unsigned int *num)
{
	return table_in(info, find_any_sec(info, name), size, num);
}

@*1 Sections that the loader knows by name.
Four sections mean something to the loader itself: the notes, the module's own structure, the table of
versions and the per-CPU data. For these |find_sec| is too trusting. A second section of
the same name would be an ordinary one to all later chapters, which would be confusing at best:
which notes has the kernel gone by, and which does a tool show? So there is at most one.

And it has the type |SHT_PROGBITS|. The loader reads these four in the copy, where a section without
bytes has nothing to read; and a symbol table that calls itself \.{.modinfo} should not be
both.

@<Checks of the sections that the loader knows by name@>=
static int find_only(struct load_info *info, const char *name, unsigned int *index)
{
	unsigned int i;

	*index = 0;
	for (i = 1; i < info->hdr->e_shnum; i++) {
		if (strcmp(section_name(info, i), name))
			continue;
		if (*index)
			return refuse(info, "two sections are called %s", name);
		if (info->sechdrs[i].sh_type != SHT_PROGBITS)
			return refuse(info, "section %s has type %u",
				      name, info->sechdrs[i].sh_type);
		*index = i;
	}
	return 0;
}
@.two sections are called \%s@>
@.section \%s has type \%u@>

@ Some of these sections are tables that we read in the copy, as arrays of structures. Such a table must consist
of whole entries and begin where a structure may begin. A linker aligns the offset in the file
just as it will align the address, so that no honest file is refused.

@<Checks of the sections that the loader knows by name@>=
static bool is_array(const Elf_Shdr *shdr, size_t size, size_t align)
{
	return shdr->sh_size % size == 0 && shdr->sh_offset % align == 0;
}

@ The notes are strings, one after the other. If the last byte of the section is zero, so is the end of
each. Zeros in the middle are no offence: \.{modprobe\ --force} blots out
a note by writing zeros over it.

A module without notes has no version magic either, and \chap{modinfo} decides whether
the kernel is so configured that it may be forced in. The name, if it is noted, goes before all
further messages; it is the earliest we can have it.

@<Checks of the sections that the loader knows by name@>=
static int check_note_strings(struct load_info *info)
{
	const Elf_Shdr *shdr;
	int err = find_only(info, ".modinfo", &info->index.info);

	if (err || !info->index.info)
		return err;
	shdr = &info->sechdrs[info->index.info];
	if (!shdr->sh_size || ((char *)info->hdr)[shdr->sh_offset + shdr->sh_size - 1])
		return refuse(info, "the notes in .modinfo are empty or do not end");
	info->name = get_modinfo(info, "name");
	return 0;
}
@.the notes in .modinfo are...@>

@ The most delicate bytes of the file are those that will {\it be\/} the kernel's |struct
module|. They are not data about the module; they are copied, and from then on the kernel hangs its
lists on them. So we are strict.

The section must exist: a file without it is somebody's object file and no module. Its size must be the size of our own
structure; if not, it was compiled for another kernel, whatever its version magic says.

@<Checks of the sections that the loader knows by name@>=
static int check_this_module(struct load_info *info)
{
	const Elf_Shdr *shdr;
	int err = find_only(info, ".gnu.linkonce.this_module", &info->index.mod);

	if (err)
		return err;
	if (!info->index.mod)
		return refuse(info, "no section .gnu.linkonce.this_module: not a kernel module");
	shdr = &info->sechdrs[info->index.mod];
	if (shdr->sh_size != sizeof(struct module))
		return refuse(info, "struct module has %llu bytes: built for another kernel",
			      shdr->sh_size);
	@<Check that the structure will lie in ordinary data, aligned@>@;
	info->mod = (void *)info->hdr + shdr->sh_offset;
	@<Check that the structure is blank but for its name@>@;
	return 0;
}
@.no section...@>
@.struct module has \%llu...@>

@ Which of the seven memories a section goes to is decided by its flags (\chap{layout}). The structure has to go to
the data that live as long as the module: in read-only memory the first change of state would
fault, and the memories are freed in an order that leaves the one with the structure for the
end. Its alignment is that of a cache line, in memory as in the file.

@<Check that the structure will lie in ordinary data, aligned@>=
if ((shdr->sh_flags & (SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR | SHF_RO_AFTER_INIT)) !=
    (SHF_ALLOC | SHF_WRITE))
	return refuse(info, "struct module is not in writable data (flags %#llx)",
		      shdr->sh_flags);
if (shdr->sh_addralign < __alignof__(struct module) ||
    shdr->sh_offset % __alignof__(struct module))
	return refuse(info, "struct module is misaligned");
@.struct module is not in...@>
@.struct module is misaligned@>

@ The build writes two things into this structure, the name, and relocations for |init| and |exit|.
Everything else is zero, and a good deal of the kernel relies on that without saying so, since a
field that nobody has set is zero in every honest module. A file with other bytes
here is damaged, or dreams of handing us a list pointer of its own.

The name must not be empty, for a directory in \.{/sys/module} will bear it, and it must end
within its field.

@<Check that the structure is blank but for its name@>=
if (!info->mod->name[0] || !memchr(info->mod->name, 0, MODULE_NAME_LEN))
	return refuse(info, "the name in struct module is empty or does not end");
if (!info->name)
	info->name = info->mod->name;
if (memchr_inv(info->mod, 0, offsetof(struct module, name)) ||
    memchr_inv(info->mod->name + MODULE_NAME_LEN, 0, sizeof(struct module) -
	       offsetofend(struct module, name)))
	return refuse(info, "struct module is filled in already");
@.the name in struct module...@>
@.struct module is filled...@>

@ Per-CPU data are written by the linker as one section and laid down once for each processor. The
section is copied from the file every time a CPU gets its own, hence |SHT_PROGBITS|, which
|find_only| asks for. A kernel for one processor has no such thing and treats the section
as data.

A section of that name which is not to be kept is none of ours, just as with the versions below. This has a second reason.
Relocations of sections that are not kept pass unchecked, whereas \chap{link} fills the holes of whatever |index.pcpu|
names, and does not ask for a flag that layout has taken away.

@<Checks of the sections that the loader knows by name@>=
static int check_percpu(struct load_info *info)
{
	int err = 0;

	if (IS_ENABLED(CONFIG_SMP))
		err = find_only(info, ".data..percpu", &info->index.pcpu);
	if (!(info->sechdrs[info->index.pcpu].sh_flags & SHF_ALLOC))
		info->index.pcpu = 0;
	return err;
}

@ The versions are an array of sums with the names to which they belong. It is searched with
string functions, so each name has to end within its entry. If the section has lost its flag |SHF_ALLOC|, the
table counts as missing: that is how \.{modprobe\ --force-modversion} made the kernel look
away before there was a flag of the system call for it. What nobody will read we do not judge.

@<Checks of the sections that the loader knows by name@>=
static int check_versions(struct load_info *info)
{
	const struct modversion_info *v, *end;
	const Elf_Shdr *shdr;
	int err = find_only(info, "__versions", &info->index.vers);

	shdr = &info->sechdrs[info->index.vers];
	if (!(shdr->sh_flags & SHF_ALLOC))
		info->index.vers = 0;
	if (err || !info->index.vers)
		return err;
	if (!is_array(shdr, sizeof(*v), __alignof__(*v)))
		return refuse(info, "the table of versions is cut off or misaligned");
	v = (void *)info->hdr + shdr->sh_offset;
	for (end = (void *)v + shdr->sh_size; v < end; v++)
		if (!memchr(v->name, 0, sizeof(v->name)))
			return refuse(info, "a name in the table of versions does not end");
	return 0;
}
@.the table of versions is...@>
@.a name in the table of...@>

@*1 Symbols.
A module has one symbol table. None at all means that somebody has stripped the file, a common
mistake and worth words of its own; with two, nobody could say to which a relocation refers.

@<Checks of symbols and relocations@>=
static int check_symbol_table(struct load_info *info)
{
	const Elf_Shdr *shdr;
	unsigned int i;

	for (i = 1; i < info->hdr->e_shnum; i++) {
		if (info->sechdrs[i].sh_type != SHT_SYMTAB)
			continue;
		if (info->index.sym)
			return refuse(info, "two symbol tables");
		info->index.sym = i;
	}
	if (!info->index.sym)
		return refuse(info, "module has no symbols (stripped?)");
	shdr = &info->sechdrs[info->index.sym];
	@<Check the shape of the symbol table@>@;
	info->index.str = shdr->sh_link;
	info->strtab = (void *)info->hdr + info->sechdrs[info->index.str].sh_offset;
	return 0;
}
@.two symbol tables@>
@.module has no symbols...@>

@ The first symbol is to symbols what section~0 is to sections: relocations that need no symbol
name it. It must exist and be blank. And the table is no more part of the image than its strings are; when
|CONFIG_KALLSYMS| wants to keep it, that is arranged later.

@<Check the shape of the symbol table@>=
if (shdr->sh_entsize != sizeof(Elf_Sym) || (shdr->sh_flags & SHF_ALLOC) || !shdr->sh_size ||
    !is_array(shdr, sizeof(Elf_Sym), __alignof__(Elf_Sym)))
	return refuse(info, "the symbol table is no array of symbols");
if (memchr_inv((void *)info->hdr + shdr->sh_offset, 0, sizeof(Elf_Sym)))
	return refuse(info, "symbol 0 is not blank");
if (check_strings(info, shdr->sh_link, "symbol"))
	return -ENOEXEC;
@^error ENOEXEC@>
@.the symbol table is no...@>
@.symbol 0 is not blank@>

@ Then each symbol in turn. Its name must begin inside the strings, and then it ends there.

@<Checks of symbols and relocations@>=
static int check_symbols(struct load_info *info)
{
	const Elf_Shdr *table = &info->sechdrs[info->index.sym];
	const Elf_Sym *sym = (void *)info->hdr + table->sh_offset;
	const Elf_Sym *end = (void *)sym + table->sh_size;
	unsigned long strings = info->sechdrs[info->index.str].sh_size;

	for (; sym < end; sym++) {
		if (sym->st_name >= strings)
			return refuse(info, "the name of a symbol lies outside of the table");
		@<Check where the symbol is defined@>@;
	}
	return 0;
}
@.the name of a symbol lies...@>

@ \label{elf-shndx}%
The section number of a symbol is taken for an index by everybody, and for twenty-one years
nobody compared it with the number of sections (CVE-2026-31521). Four values are not
indices: |SHN_UNDEF| (to be found elsewhere), |SHN_ABS| (a number, no address), |SHN_COMMON| (an uninitialised
variable that the linker should have placed; \chap{link} tells the author which
compiler option to use) and |SHN_LIVEPATCH| (to be found when the patched module comes). All other
reserved values, among them the escape to a longer number, are refused.

@<Check where the symbol is defined@>=
if (sym->st_shndx < info->hdr->e_shnum) {
	@<Check that the symbol's value lies in its section@>@;
} else if (sym->st_shndx != SHN_ABS && sym->st_shndx != SHN_COMMON &&
	   sym->st_shndx != SHN_LIVEPATCH) {
	return refuse(info, "Symbol %s has an invalid section index %u (max %u)",
		      info->strtab + sym->st_name, sym->st_shndx, info->hdr->e_shnum - 1);
}
@.Symbol \%s has an invalid...@>

@ The value is an offset into the section. It may equal the section's size, for that is what labels at
the end of a table do. It may not be larger: such a symbol would be an address in whatever
module comes next in memory, and relocations would carry it into the text. (The size of the symbol we leave
alone. The loader never reads it, and assembler programmers state all sorts of sizes.) Undefined symbols
have no value yet.

This goes for sections that are kept. Symbols of other sections are used by nobody, and there are honest ones with such a
value: link-time optimization puts symbols into the debugging data, and \.{objcopy} compresses these data and makes the section
smaller than the offsets that still point into it.

@<Check that the symbol's value lies in its section@>=
if ((info->sechdrs[sym->st_shndx].sh_flags & SHF_ALLOC) &&
    sym->st_value > info->sechdrs[sym->st_shndx].sh_size)
	return refuse(info, "Symbol %s lies outside of its section %s",
		      info->strtab + sym->st_name, section_name(info, sym->st_shndx));
@.Symbol \%s lies outside of...@>

@*1 Relocations.
A relocation tells the loader to write. That makes it the most dangerous record in the file: a
place, a width, and a value that depends on a symbol. Whoever gets to choose the place freely
writes anywhere in the kernel.

On this architecture all relocations that a load applies have an explicit addend, type |SHT_RELA|. The older
|SHT_REL|, with the addend in the patched bytes, is for other machines. It is refused where somebody would have to apply it,
and only there: when clang knows from a profile who calls whom, it tells the linker in a section
\.{.llvm.call-graph-profile}, which is not kept and whose relocations are of the older type even here. The flag of
livepatch relocations deserves a check because the code that applies them goes by the flag and not by the
type.

@<Checks of symbols and relocations@>=
@<Check one section of relocations@>@;
@#
static bool applies_to_kept(const struct load_info *info, const Elf_Shdr *shdr)
{
	return shdr->sh_info < info->hdr->e_shnum &&
		(info->sechdrs[shdr->sh_info].sh_flags & SHF_ALLOC);
}
@#
static int check_relocations(struct load_info *info)
{
	unsigned int i;

	for (i = 1; i < info->hdr->e_shnum; i++) {
		const Elf_Shdr *shdr = &info->sechdrs[i];
		int err = 0;

		if (shdr->sh_type == SHT_RELA)
			err = check_rela_section(info, shdr);
		else if ((shdr->sh_flags & SHF_RELA_LIVEPATCH) ||
			 (shdr->sh_type == SHT_REL && applies_to_kept(info, shdr)))
			err = refuse(info, "section %s: not the relocations of this machine",
				     section_name(info, i));
		if (err)
			return err;
	}
	return 0;
}
@.section \%s: not the...@>

@ The section says to what it applies, |sh_info|, and from where its symbols come, |sh_link|. In a module with
debugging data most records belong to sections that are not kept. Nobody
will ever read these, so neither do we.

@<Check one section of relocations@>=
static int check_rela_section(struct load_info *info, const Elf_Shdr *shdr)
{
	const Elf_Rela *rela = (void *)info->hdr + shdr->sh_offset;
	const Elf_Rela *end = (void *)rela + shdr->sh_size;
	const char *name = info->secstrings + shdr->sh_name;
	unsigned long symbols = info->sechdrs[info->index.sym].sh_size / sizeof(Elf_Sym);
	const Elf_Sym *sym = (void *)info->hdr + info->sechdrs[info->index.sym].sh_offset;
	const Elf_Shdr *target;

	@<Check the shape of the table of relocations@>@;
	@<Check to what these relocations apply@>@;
	if (!(target->sh_flags & SHF_ALLOC))
		return 0;
	for (; rela < end; rela++) {
		@<Check what this relocation writes, and where@>@;
	}
	return 0;
}

@ Ordinary relocations are read in the copy and die with it. If they were allocated they would be
part of the image, and one of them could rewrite the next. Livepatch relocations are the opposite: some
wait until the module that they patch arrives, which may be next year, and then they must be in
the module's memory. A livepatch table left behind in the copy would be read after that
was freed.

@<Check the shape of the table of relocations@>=
if (shdr->sh_entsize != sizeof(*rela) || !is_array(shdr, sizeof(*rela), __alignof__(*rela)))
	return refuse(info, "section %s is no array of relocations", name);
if (shdr->sh_link != info->index.sym)
	return refuse(info, "section %s does not use the symbol table", name);
if (!(shdr->sh_flags & SHF_ALLOC) != !(shdr->sh_flags & SHF_RELA_LIVEPATCH))
	return refuse(info, "section %s: livepatch relocations are kept, others are not", name);
@.section \%s is no array of...@>
@.section \%s does not use...@>
@.section \%s: livepatch...@>

@ The target's number must be in range, and section~0 is no target: its records would be passed over in silence, and
code would run with its holes still open. Then there are targets that are tables themselves and have been
checked by now: to relocate one of them would undo the check. Most are harmless, since they
are not allocated. But with |CONFIG_KALLSYMS| the symbol table and its strings receive
|SHF_ALLOC| during the layout, before relocations are applied; a test of the flag here would
let through what the linker then carries out. This is a nice trap, and the reason why
the two are forbidden by number.

@<Check to what these relocations apply@>=
if (!shdr->sh_info || shdr->sh_info >= info->hdr->e_shnum)
	return refuse(info, "section %s applies to section %u, which does not exist",
		      name, shdr->sh_info);
target = &info->sechdrs[shdr->sh_info];
if (shdr->sh_info == info->index.sym || shdr->sh_info == info->index.str ||
    target->sh_type == SHT_RELA)
	return refuse(info, "section %s applies to a table", name);
@.section \%s applies to...@>
@.section \%s applies to a...@>

@ Each record has to name a symbol that exists, and all bytes that it writes have to lie in the
target. How many bytes is a matter of the type. Types that \chap{x86} does not know
are refused there and not here, so that there is one authority; for us they count as eight bytes, the most
that any type writes.

@<Check what this relocation writes, and where@>=
unsigned int width = rela_width(ELF64_R_TYPE(rela->r_info));
@#
if (ELF64_R_SYM(rela->r_info) >= symbols)
	return refuse(info, "section %s: relocation against symbol %llu of %lu",
		      name, ELF64_R_SYM(rela->r_info), symbols);
if (target->sh_size < width || rela->r_offset > target->sh_size - width)
	return refuse(info, "section %s: relocation at %#llx, outside of its target",
		      name, rela->r_offset);
@<Check that what this relocation refers to will be there@>@;
@.section \%s: relocation...@>
@.section \%s: relocation at...@>

@ What is kept may refer only to what is kept. The address of anything else is an address in the copy of the file, and that is
freed before |init| runs. Most holes are too narrow for so far an address, and \chap{x86} would notice; a
pointer in data is not. None of the 1,557 modules that we have asked does such a thing.

Two pointers are special, because the loader itself will follow them, and that is the one promise we made: |init| and
|exit| have to lead to code.

@<Check that what this relocation refers to will be there@>=
unsigned int home = sym[ELF64_R_SYM(rela->r_info)].st_shndx;
@#
if (width && home && home < info->hdr->e_shnum && !(info->sechdrs[home].sh_flags & SHF_ALLOC))
	return refuse(info, "section %s: relocation against %s, which is not kept",
		      name, section_name(info, home));
if (shdr->sh_info == info->index.mod) {
	if (!is_init_or_exit(rela))
		return refuse(info, "relocation at %#llx of struct module: "@|
			      "built for another kernel?", rela->r_offset);
	if (!leads_to_code(info, rela, &sym[ELF64_R_SYM(rela->r_info)]))
		return refuse(info, "init or exit of struct module does not lead to code");
}
@.section \%s: relocation against...@>
@.relocation at \%\#llx of...@>
@.init or exit of struct module...@>

@ Two widths, and none at all: |R_X86_64_NONE| is what remains when a tool has struck out a
record.

@<Refusing a file@>=
static unsigned int rela_width(u32 type)
{
	switch (type) {
	case R_X86_64_NONE: return 0;
	case R_X86_64_32: case R_X86_64_32S: return 4;
	case R_X86_64_PC32: case R_X86_64_PLT32: return 4;
	default: return 8;
	}
}

@ We insisted on a |struct module| that is blank, and relocations could still fill it. They
are applied when the structure is in use: it stands on the list of modules by then. Of its
fields only |init| and |exit| are ever relocated, both with whole addresses.

@<Refusing a file@>=
static bool is_init_or_exit(const Elf_Rela *rela)
{
	if (ELF64_R_TYPE(rela->r_info) != R_X86_64_64)
		return false;
#ifdef CONFIG_MODULE_UNLOAD
	if (rela->r_offset == offsetof(struct module, exit))
		return true;
#endif
	return rela->r_offset == offsetof(struct module, init);
}

@ Code is what lies in a section to be executed. The sum wraps around for negative addends, as it should. A function that is defined elsewhere
or a plain number has no section here, so it leads to section~0, or past the last, and
is no code.

@<Refusing a file@>=
static bool leads_to_code(const struct load_info *info, const Elf_Rela *rela, const Elf_Sym *sym)
{
	const Elf_Shdr *home;

	if (sym->st_shndx >= info->hdr->e_shnum)
		return false;
	home = &info->sechdrs[sym->st_shndx];
	return (home->sh_flags & SHF_EXECINSTR) && sym->st_value + rela->r_addend < home->sh_size;
}

@*1 What is now known.
When |elf_check| has returned zero, the following holds, and later chapters rely on it without
another word. They rely on it only as long as nobody writes into the copy except as the
chapters themselves describe.

\num1 |hdr|, |sechdrs|, |secstrings|, |strtab|, |mod| and |name| point into the copy. Every
name of a section or symbol, every note, every name in the table of versions and |mod->name| end in a zero
within their own section; |name| and |mod->name| exist, and the latter is not empty.
\num2 There are at least one and fewer than |SHN_LORESERVE| sections. Section~0 is blank;
an index of~0 in |info->index| means ``none'', which |index.mod|, |index.sym| and |index.str| never are.
\num3 The bytes of every section that has bytes lie in the file; no two sections share a byte, nor do
they share one with the header or the section table. Null sections are empty and not allocated, sections without bytes are
allocated or empty.
\num4 Every |sh_addralign| is zero or a power of two.
\num5 The notes, |struct module|, versions and per-CPU data are unique and
|SHT_PROGBITS|. |struct module| has our size, lies in lasting writable data, is
aligned and is all zero but for its name.
\num6 There is one symbol table and it is not allocated; its entries are whole, the first is blank.
Every |st_shndx| is less than |e_shnum|, or is |SHN_ABS|, |SHN_COMMON| or |SHN_LIVEPATCH|; in the
first case, if the section is allocated, |st_value| is at most the section's size.
\num7 Every relocation of a section that is kept names an existing symbol, which is defined in what is kept or not here at all, and writes
within its target; its target is neither a table of relocations nor the symbols nor their names; in |struct module| it is |init| or
|exit|, and leads to code. Tables of relocations consist of whole entries and are allocated if and only if they are for
livepatch.
\endli

@*1 Exercises.
\exercise{15} Delete |check_overlaps| and build a file that passes all other checks and yet
makes |simplify_symbols| change a section header.

\exercise{25} A relocation may still write into the text of the module itself, in the middle of an
instruction. Should the loader care?

\exercise{30} The largest file that passes has 65,279 sections. Which of the later steps take more than
linear time in that number, and how long does the worst of them keep a processor busy?
