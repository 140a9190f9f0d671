@q SPDX-License-Identifier: GPL-2.0-only @>

@* Answers to the exercises. \label{answers}%
A number leads back to its question. Where the question asks for an experiment, the answer says what to expect of it and why, and
not what came out on one machine.

\answer{arrive}{1} The record holds the file, the file holds the inode; so while the record exists no other inode can have that
address, and one comparison of pointers settles the matter. The numbers that \.{stat} shows are made by the file system. Several of
them, those that join or export others, show numbers that are not unique on the machine. Two files with one number would be
taken for one, and the second caller would be told of a success that was somebody else's.

\answer{arrive}{2} The first: the table would hold a record of a load that is over. A caller who comes in between becomes a
waiter, finds |done| complete, and returns the result at once. The loader may be preempted just there, for long; if the module is
removed meanwhile, that caller is told that it was loaded, although it came after the module had left.

\answer{arrive}{3} The freezer wakes every task of user space as if it had a signal. The sleep ends with an error, |done| is not
complete, and |finit_module| returns |EINTR| when the task is thawed; the tool has to ask again. An uninterruptible
sleeper cannot be frozen. The suspend would wait for it, and give up after twenty seconds.

\answer{arrive}{4} The record must hold the loader's \.{struct\ pid}, since a number may be given to another task. A waiter
whose patience is over takes |loads_lock|, looks whether the task still exists and whether the record is still on the table, and if
it is the first to find one gone and the other there, it takes the record off. Both looks and the removal are one
critical section, hence it is done once. It also writes a result and completes |done|, and drops the reference that the dead
loader will not drop. The gain is small: the module stays on the list, |COMING| for ever, and the next load
waits for it by name.

\answer{elf}{1} A section header has 64 bytes, a symbol 24. Let the symbol table begin 24 bytes, all zero, in front of the section headers, and
have five entries. Number~0 is blank, numbers 1 to~3 lie in the blank header~0, and what number~4 takes for its
|st_value| is the |sh_addr| of header~1. Its |st_shndx| is the topmost sixteen bits of that
header's |sh_flags|, which nobody else looks at; with a 1 there the symbol is defined in section~1. The
first pass of linking then adds the address of section~1 to itself, and who follows that header now leaves the module. (This file is
refused in the end, for the nameless imports that numbers 1 to~3 have become; with more care one needs none.)

\answer{elf}{2} No. To know where instructions begin one would have to disassemble, and the author, who may choose every byte of the
text, would gain nothing by the relocation that he could not have had without. What the loader owes to everybody else is that
the write stays within the module.

\answer{elf}{3} Counted by sections, none is worse than $n\log n$: sorting the extents, and the tree in which sysfs keeps the names. Every
search by name is linear, and the number of searches is fixed. The bad case is elsewhere: each imported symbol searches the table of versions from its
beginning. A file may name one symbol a million times, and have its sum behind a million others. That is $10^{12}$ comparisons of short strings,
hours, and only the superuser can ask for it. (Exercise \getchap{versions}.2 does not cure this; a table sorted by name would.)

\answer{modinfo}{1} The first. \.{modinfo} prints both. It is the author of a module who gains, if the first says \.{GPL} and the second what he means;
the loader believes him, and a reader of the tool's output can still see it.

\answer{modinfo}{2} The log has the line about test modules once only, because the kernel carries the mark already when the module comes again. The file shows
\.N both times, since each load marks its module anew.

\answer{modinfo}{3} |spinlock_t|. It has the same members in both kernels and so the same sum. But where tasks are not preempted, the function that releases
the lock is compiled into the module and counts nothing; in a preemptible kernel taking the lock has raised a count, which
nobody would lower.

\answer{layout}{1} Five, with |CONFIG_KALLSYMS|. Its |init| is in |MOD_INIT_TEXT|, its exit in |MOD_TEXT|, the two strings in |MOD_RODATA|, the
|struct module| in |MOD_DATA|, and the full symbol table in |MOD_INIT_DATA|. Without |CONFIG_MODULE_UNLOAD| the exit moves
to |MOD_INIT_TEXT|, and |MOD_TEXT| stays empty.

\answer{layout}{2} A \.{.data} with 8,192 bytes of contents, followed by a \.{.bss} of $2^{32}-8192+16$ bytes. The sum is
$2^{32}+16$; in 32 bits it is~16, which is rounded up to one page, and then \.{.data} is copied. |grant| lets \.{.data} pass and refuses \.{.bss}, whose
size alone is above two gigabytes.

\answer{layout}{3} Before rounding, a few dozen bytes a module. After rounding nearly all of it is gone. A page is saved only where the few dozen
bytes decide whether the sum goes over a page boundary, which is to be expected once in a hundred memories or so.

\answer{layout}{4} First take away the right to write, flush, then grant the right to execute, flush. In between the text can only be read. |set_memory_rox|
saves one of the flushes, each of which interrupts every CPU, for each of the two kinds of text.

\answer{layout}{5} Three modules with 3,~2 and 3~kilobytes fill the eight. The first and the last of them leave: six kilobytes are free, in two pieces of three, and
a fourth module that wants four is refused. Had the small one come first, it would fit. Without moving anything, one can
put large shares at one end and small ones at the other, so that the small ones do not divide the room; or make the reserve larger, which the kernel
allows when it is built.

\answer{symbols}{1} |gplok| would be asked after the search and not before it: an entry that is found, restricted, and not permitted counts as not found. The entry has no bit to
spare, for its three fields are distances to bytes at any address. A table of flags beside the sums, in the same order, has room.

\answer{symbols}{2} For each name at most thirteen comparisons in each of the kernel's two tables, and in each module's two tables as
many as their length has binary digits: with some thirty exports in each, $n(26+10m)$. One attacks $m$; the names are what the module wants, and must be looked up.
A hash of all exported names, filled when a module is formed, makes the second term one probe.

\answer{symbols}{3} There are none. Draw an arrow from whoever waits to what it waits for. A module that is unformed waits for a provider that is
coming, or, before it is on the list, for a load of its own name. A module that is coming waits only for what its own |init| asks for. A circle
needs an arrow that leaves a coming module; so some |init| has made a request, if only by way of a third module.

\answer{versions}{1} If the 27 sums were independent the chance would be $2^{-864}$. They are not: the sum is linear, and one change of the text
that leaves one sum as it was may leave all as they were; $2^{-32}$ is the honest figure. And it is not the right question. What matters is what
is {\it not\/} in any declaration: a field that keeps its type and changes its unit, a lock that must now be held, a function in a header.

\answer{versions}{2} A static variable holds the index behind the last hit. The search reads it once, takes the remainder by the number of entries, and goes from there
all the way round. Every candidate is compared by name, so a wrong start costs time and nothing else; only the full round says ``not there''. |READ_ONCE| and |WRITE_ONCE| are all
the order that is needed.

\answer{link}{1} |R_X86_64_64|. $S$ is the address of |jiffies_count| and $A$ zero (or, if the compiler names the section instead of a static variable, $S$
is the address of the section and $A$ the offset). $P$, the address of |p|, is where the sum goes; it is not subtracted.

\answer{link}{2} The distance is counted from the end of the instruction. In the first the hole is the last four bytes; in the second
the constant~1 follows with four bytes of its own, and the end is at $P+8$.

\answer{link}{3} As many attempts as names are missing, and one more. That is the reason for going on.

\answer{link}{4} The second finds that its hole is not zero. It passes if the first left zeros behind: a reference to a weak symbol that
nobody defined, or a small number whose upper bytes the second one fills. Then both values stand there, one in the other. It is nonsense, but the module's own nonsense.

\answer{x86}{1} The distance is $\hbox{\tt 0x2a040}-\hbox{\tt 0xffffffffc0000000}=\hbox{\tt 0x4002a040}$, which is below $2^{31}$. It reaches $2^{31}$ when the hole is at |0xffffffff8002a040|; so modules may lie
down to just above that, almost at the bottom of the topmost two gigabytes.

\answer{x86}{2} None of |fill_from|: the type exists, and eight bytes hold any value. |patch_hole| finds that the hole, now eight bytes long, is filled
already, because the next instruction stands in its second half. (If the call is the last instruction of its section, \chap{elf} says before that the hole lies
outside of its target.)

\answer{x86}{3} The copy of the replacement keeps its call of the thunk, since the table leads to the original, which is rewritten where nobody executes it.
It works: without the mitigation the thunk is a plain jump through the register, and the price is a detour.

\answer{lookup}{1} The file is read in pieces, and a place in it is a number counted from the head of the list. If a module is loaded between two pieces, it becomes the
first, all others move down by one, and the last one shown is shown again. One needs a list longer than a piece, and a load at the right moment.

\answer{lookup}{2} A node whose owner is not set yet. The field is zero, so the search says that there is no module; and that is what it has to say, for the module is
unformed. It rests on the check that |struct module| is blank but for its name: bytes of the file would otherwise be taken for a pointer.

\answer{lookup}{3} Yes. A reader may have fetched the bounds before it fetched the address that it is going to ask about. It needs a read barrier at the entrance of
|__module_address|, which pairs with a write barrier behind |mod_update_bounds|. Between the two bounds none is needed: each only widens, and each is
compared by itself.

\answer{lookup}{4} With preemption off, |__module_address|, then |try_module_get| if there is one. Who only asks in order to print needs no reference. Who keeps the address
beyond the section does: a probe that is about to be planted, a patcher that is going to sleep on a lock. The difference
shows only when a removal falls between the look-up and the use; that it is rare is what makes it worth closing.
