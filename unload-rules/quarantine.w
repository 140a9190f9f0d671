@q SPDX-License-Identifier: GPL-2.0-only @>

@* The quarantine. \label{quarantine}%
The audit finds what can be walked. It cannot find an address that somebody keeps in a structure of his own: a notifier
on a chain that no header declares, the release function of an object that is still held, an entry of a private table that
was never taken out. Such an address does no harm while it sleeps. The harm is done when the memory behind it has a new
owner, and somebody calls.

The quarantine is for that. A module that has left, and in which nobody is, keeps its range of addresses for a
while. Its text is replaced by {\it traps}. Whoever calls a function of it steps on a trap, by which he is known; he is reported, and gets zero for an answer. Everything else
stays as it was: data, constants, per-CPU
data, the symbols. Data stays {\it writable}, because what was forgotten is usually not only a function that is called but also an object that is on
somebody's list. A timer that lies in the data of the module is taken out of the wheel by writing to it and to
its neighbours; that must go on working, or the first stray would take others' timers with it.

\figure{quarantine}{What quarantine maps. All pages of text become one page of traps, which lies among the constants of the kernel;
the old pages are free for others. Nothing else changes.}

@ What does a user see of it? He gives the quarantine some room, by \.{module.quarantine=16M} on the command line, or by
a number of bytes written to the parameter's file in sysfs. Then he removes modules as always. If one of them has left something behind, the log says so when
it happens, in one line for each function and caller:

\begintt
stray: C1: stray call of caught by trip+0x11/0x30 [tripwire]; answered with 0
stray: U5: stray return to caught+0x30/0x40 [stray] in sh[97];
           the task is ended
\endtt
(Both are lines from the trials at the end of this chapter; the second is broken for the width of the page, and to get it the census was left out, which would have waited.) Without
the quarantine the first would have jumped into whatever
lies there by now, and the second would have returned to it.

There are two kinds of strays, and they fare differently. A {\it stray call\/} comes through a pointer to the beginning of a function.
Nothing of the function has run, so not running it at all is a state that the caller can live with: he gets zero, which most
interfaces take for ``done'' or ``not mine''. A {\it stray return\/} comes to the middle of a function, from one that it called. The task still has the function's frame on its stack,
and holds what the function held. It cannot go on. So it is
ended, as after an oops, and the machine goes on without it, unless it is one that the machine cannot do without.
@^stray call@>
@^stray return@>

@ The parts are these. The chapter tells first how text becomes traps, and what becomes of the old pages; then what happens to those
who step on one; then how it is told.

@(kernel/module/quarantine.c@>=
@<What quarantine takes from the kernel@>@;
#include "internal.h"
@#
@<One page of traps@>@;
@<Is an address the beginning of a function?@>@;
@<Prepare what is to take the place of the text@>@;
@<Exchange the text for traps@>@;
@<Remember stray calls@>@;
@<Tell of stray calls@>@;
@<End a task that returned to a trap@>@;
@<Step on a trap@>@;
@<Put a module into quarantine@>@;
@<Take it out again@>@;
@<Show the stray calls@>@;

@ The last three headers are the processor's: what the text of a function looks like where indirect calls must land on a mark, how text is changed while others may run it, and how all processors
are made to forget a page.

@<What quarantine takes from the kernel@>=
#include <linux/debugfs.h>
#include <linux/irq_work.h>
#include <linux/kallsyms.h>
#include <linux/kdebug.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/moduleloader.h>
#include <linux/panic.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/set_memory.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <asm/ibt.h>
#include <asm/text-patching.h>
#include <asm/tlbflush.h>

@*1 How text becomes traps. \label{traps}A trap is the instruction |INT3|, one byte long, 0xCC. Its length is what makes it fit for the
purpose. Whoever comes down in a page full of them, wherever it be, comes down at the beginning of an instruction; and the address that the
processor reports tells exactly where.

\wrongway Unmap the text, and let the stray take a page fault. That needs no page at all. But there is no way to hear of a fault of the kernel on an
address that is not there before the oops does; and a handler that could only say what an oops says is not worth a chapter. The breakpoint
is different: the kernel means it to be handled, and offers a list on which to enter. \endwrong

\wrongway Write the traps over the text, in place. The kernel has the means for it. But a function is not replaced in one
moment. If somebody comes, against all that the audit and the census have found, while half of the bytes are written,
he will execute instructions that neither the compiler nor we have ever seen: a jump, say, with half its distance overwritten. \endwrong

\noindent So the text is not changed at all; the {\it mapping\/} is. The entry for a page of the module's text is one word, and it is exchanged in
one store for an entry that leads to a page of traps. Whoever executes the page at that moment sees either the one or the other.

@ One page does for all pages of all modules. It is a constant of the kernel, not memory that was allocated: so it is always
there, needs no count of its users, and is one of those pages that the kernel makes read-only under all their addresses
at the end of its boot. There is no address through which it could be written, let alone both written and executed, and
the rule of \seein{loader}{layout} holds for it without our doing.

@<One page of traps@>=
static const u8 traps[PAGE_SIZE] __aligned(PAGE_SIZE) = {@t\1@>@/
	@[[(0) ... PAGE_SIZE - 1] = INT3_INSN_OPCODE@],@t\2@>@/
};

@ Exchanging the entries takes a few lines. What takes an argument is the old pages. They should be given back now, and not after
the quarantine; but they are not ours, they are |vmalloc|'s, who has written them down in the |vm_struct| of the
text's area. To free them behind his back would leave four accounts wrong:
\li The {\it list of pages}. At the end |execmem_free| calls |vfree| for the area, and that frees every page in the list once more.
\li The {\it linear mapping}. Each page of text is read-only there as well. Its next owner would fault. |vfree| restores the right for areas with
|VM_FLUSH_RESET_PERMS|, in a sequence that is worth not repeating: it makes the pages invalid under their linear addresses, flushes
all processors, and only then lets them be written.
\li The {\it number of pages\/} that |vmalloc| has given out, which \.{/proc/meminfo} shows, and which only he can change. (He keeps one for the
memory of control groups as well, for pages that are charged to one; those of modules never are.)
\li The {\it notes of others\/} about the area: the leak detector's by its address, and KASAN's shadow of it. These are to stay as
long as the addresses do.

\endli
All four come out right if the old pages leave by the front door: if |vfree| frees them, as those of another area. For this we
make a {\it spare\/} area, at addresses that do not matter, hand the pages over to it, and free it.

@ In most kernels the spare is an area in which nothing was ever mapped: |get_vm_area| reserves the addresses, and we give it a
list of pages that is to be filled later. Until then each entry is the page of traps, lest a reader find none. The flag
|VM_FLUSH_RESET_PERMS| is what will restore the linear mapping.

@<Prepare what is to take the place of the text@>=
static struct vm_struct *empty_spare(const struct module_memory *text)
{
	struct vm_struct *spare = get_vm_area(text->size, VM_FLUSH_RESET_PERMS);

	if (!spare)
		return NULL;
	spare->pages = kvmalloc_array(text->size >> PAGE_SHIFT, sizeof(*spare->pages), GFP_KERNEL);
	if (!spare->pages) {
		free_vm_area(spare);
		return NULL;
	}
	for (unsigned int i = 0; i < text->size >> PAGE_SHIFT; i++)
		spare->pages[i] = pfn_to_page(PHYS_PFN(__pa_symbol(traps)));
	return spare;
}

@ \label{landing}There are processors on which this is not enough. With indirect branch tracking (IBT) a call through a pointer must arrive at an
|ENDBR|, an instruction of four bytes that does nothing else; where there is none, the processor raises an exception of its
own, which ends in an oops. A page of nothing but traps would never be reached by a stray call.

On such a machine each module gets pages of its own: full of traps, too, but with the |ENDBR| of each function left in
its place. The trap is then the fifth byte of the function. The pages are filled as memory that may be written and not executed, are
made read-only (which also makes them so in the linear mapping), and become executable only under the addresses of the module,
where they never were writable. This spare does have pages of its own; they will change
places with those of the text.

\wrongway Keep the module's own pages, and write the traps between the |ENDBR|s. Then no memory is needed; but it is writing over
text in place again. \endwrong

@<Prepare what is to take the place of the text@>=
@<Keep the places where calls may land@>@;
@#
static struct vm_struct *landing_spare(const struct module *mod, @| const struct module_memory *text)
{
	u8 *copy = vmalloc(text->size);

	if (!copy)
		return NULL;
	memset(copy, INT3_INSN_OPCODE, text->size);
	keep_landings(copy, mod, text);
	set_vm_flush_reset_perms(copy);
	if (set_memory_ro((unsigned long)copy, text->size >> PAGE_SHIFT)) {
		vfree(copy);
		return NULL;
	}
	return find_vm_area(copy);
}

@ Where do functions begin? The symbol table knows, and stays with the data. What counts as an |ENDBR| includes the form to
which the kernel changes those that it found no pointer to: they are copied as they are, so that a call that was
forbidden stays forbidden.

@<Keep the places where calls may land@>=
static void keep_landings(u8 *copy, const struct module *mod, @| const struct module_memory *text)
{
#ifdef CONFIG_KALLSYMS
	const struct mod_kallsyms *table;

	guard(preempt)();
	table = rcu_dereference_sched(mod->kallsyms);
	for (unsigned int i = 1; i < table->num_symtab; i++) {
		unsigned long start = table->symtab[i].st_value;
		unsigned long offset = start - (unsigned long)text->base;

		if (offset < text->size - ENDBR_INSN_SIZE && is_endbr(*(u32 *)start))
			memcpy(copy + offset, (void *)start, ENDBR_INSN_SIZE);
	}
#endif
}

@ Which of the two it is depends on the processor alone. The function has a name so that a trial can change it: the exchange of
pages can then be tried on a machine without IBT, on which the pages simply hold no landing.

@<Prepare what is to take the place of the text@>=
static bool keeps_landings(void)
{
	return cpu_feature_enabled(X86_FEATURE_IBT);
}
@#
static struct vm_struct *prepare_spare(const struct module *mod, @| const struct module_memory *text)
{
	return keeps_landings() ? landing_spare(mod, text) : empty_spare(text);
}

@ Now the exchange. Each entry of the text's range gets the rights ``read and execute'', whatever it had; a load that failed early
may not have come as far as that. Where the spare has a page, it is that page, else the one page of traps.

Nobody else changes these entries at the same time. |set_memory_rox| and its like are called by the loader alone, for
this range and in this module's life; and the kernel's patching of text uses a mapping of its own. Patching deserves one
more thought, since it would now write into the page of traps, for all modules: it finds the page by asking what the address is mapped
to. It does so for jump labels, static calls, ftrace, probes and the locks of
a kernel with one processor, each by a list of places; and the places of this module are on none of these lists any more. All but the last
were told that it is going; the last is the architecture's, whose notes the undertaker drops before he calls us (\see{undertaker}).

@<Exchange the text for traps@>=
struct exchange {
	const struct module_memory *text;
	struct vm_struct *spare;
};
@#
static int set_trap(pte_t *pte, unsigned long addr, void *data)
{
	const struct exchange *x = data;
	const void *twin = x->spare->addr + (addr - (unsigned long)x->text->base);
	unsigned long pfn = x->spare->nr_pages ? @| vmalloc_to_pfn(twin) : PHYS_PFN(__pa_symbol(traps));

	set_pte_at(&init_mm, addr, pte, pfn_pte(pfn, PAGE_KERNEL_ROX));
	return 0;
}

@ When all entries are changed, every processor is made to forget the old ones. Not before that may the old pages be freed: until then
somebody could be executing them. The flush is an interrupt for each processor, and an interrupt is one of the things after which a processor
fetches its instructions anew.

Then the pages change hands, one by one. Somebody may be reading \.{/proc/vmallocinfo} at this very moment, under a lock that is
private to |vmalloc|: he reads the number, and then as many entries of the list. So the list of the text's area is never
replaced and never shorter than its number says; and what a late reader finds in it is always a page, whoever owns it, and all that he asks of it is
on which node it lies. An area that has no pages of its own any more keeps its list, which costs eight bytes a page.

@<Exchange the text for traps@>=
static void exchange_text(const struct module_memory *text, @| struct vm_struct *spare)
{
	struct vm_struct *area = find_vm_area(text->base);
	struct exchange x = { text, spare };
	unsigned long start = (unsigned long)text->base, end = start + text->size;

	apply_to_existing_page_range(&init_mm, start, text->size, set_trap, &x);
	flush_tlb_kernel_range(start, end);
	for (unsigned int i = 0; i < area->nr_pages; i++)
		swap(area->pages[i], spare->pages[i]);
	swap(area->nr_pages, spare->nr_pages);
	vfree(spare->addr);
}

@ The last two lines deserve to be read twice, for both kinds of spare.

With {\it landings}, both numbers are the same and both lists are full. |spare| now owns the old pages, and |vfree| does to them what it would
have done at the end of the module: the linear mapping, the account, the free. The text's area owns the new ones, which |vfree| has
counted when they were allocated, and will treat the same way when the module is buried.

{\it Without}, |spare->pages| has received the old pages, and the number with them; the text's area has the number zero. |vfree| frees the pages and
subtracts their number from its account. When the module is buried, it finds an area without pages: it clears the entries of the
page table, which lead to the page of traps, and frees nothing and subtracts nothing. The page of traps stands in the list of that area, but beyond the number,
so nobody frees it. No count of references was changed by hand, and so none can be wrong.

Whether the sums come out right is looked at in \see{quarantine-trials}.

@ Setting the traps has two halves: first all that can fail, then what cannot. A module whose load has failed may still have text for
|init|, and both texts become traps or neither. If there is no memory, the module is buried like any other; to be
short of memory is no reason to keep some.

The stage is changed between the halves. It must not be later: whoever steps on the first trap must be recognised. And just before it, what the parameters hold is freed, which the burial
would do otherwise: how a parameter is freed is up to its type, and a type that the module defines for itself has its function in this very text.

There is no quarantine in two kinds of kernel. One has no symbol tables, so that calls cannot be
told from returns. The other checks a hash in front of each function before it calls it (\.{CONFIG\_CFI\_CLANG}); the check
reads the text, would find a trap instead of the hash, and would report before we can.
@^lock module\_mutex@>

@<Put a module into quarantine@>=
bool set_traps(struct module *mod)
{
	struct vm_struct *spares[MOD_MEM_NUM_TYPES] = {@[@]};

	if (!IS_ENABLED(CONFIG_KALLSYMS) || IS_ENABLED(CONFIG_CFI_CLANG))
		return false;
	for_class_mod_mem_type(type, text) {
		if (!mod->mem[type].size)
			continue;
		spares[type] = prepare_spare(mod, &mod->mem[type]);
		if (!spares[type])
			goto no_memory;
	}
	module_destroy_params(mod->kp, mod->num_kp);
	mod->num_kp = 0;
	scoped_guard (mutex, &module_mutex)
		WRITE_ONCE(annex_of(mod)->stage, STAGE_TRAPPED);
	for_class_mod_mem_type(type, text)
		if (spares[type])
			exchange_text(&mod->mem[type], spares[type]);
	return true;

	@<Give the spares back at |no_memory|@>@;
}

@ A spare that was not used owns at most its own pages, and |vfree| does the right thing with either kind.

@<Give the spares back at |no_memory|@>=
no_memory:
	for_class_mod_mem_type(type, text)
		if (spares[type])
			vfree(spares[type]->addr);
	return false;

@ What does a module in quarantine cost? Its data of all kinds, its per-CPU data once for every processor that there might be, and its text only
where it has pages of its own. That is what the bound of the quarantine counts.

@<Put a module into quarantine@>=
unsigned long quarantine_bytes(const struct module *mod)
{
	unsigned long bytes = 0;

	for_each_mod_mem_type(type)
		if (keeps_landings() || !mod_mem_type_is_text(type))
			bytes += mod->mem[type].size;
#ifdef CONFIG_SMP
	bytes += (unsigned long)mod->percpu_size * num_possible_cpus();
#endif
	return bytes;
}

@*1 Who steps on a trap. \label{int3}The breakpoint has several users, and they are asked one after the other. First comes the kernel's patching of text, which
compares the address with those that it is patching at this moment; then the probes, which look the address up among theirs. Neither
has anything in a module that has left, so both say no, and they say it by comparing addresses: none of them looks at the byte
in memory. (A probe that somebody had put on this text was taken out of their table by the audit: \see{walk-kprobes}.) Then the list of notifiers is walked, on which we stand. If nobody on it knows
the address either, the kernel dies.

So a trap costs nothing to those who do not step on it. An ordinary breakpoint of a probe never reaches this list.

The handler runs in the middle of anything: in an interrupt, in the non-maskable one, under a lock that the log needs. It looks up the module, which
takes no lock, and writes only the saved registers, the stack below them, and memory of its own. It does not print.
@.INT3@>

@<Step on a trap@>=
@<Answer a stray call@>@;
@<Turn a stray return aside@>@;
@#
static int on_int3(struct notifier_block *unused, unsigned long event, void *data)
{
	struct pt_regs *regs = ((struct die_args *)data)->regs;
	unsigned long place = regs->ip - INT3_INSN_SIZE;
	struct module *mod;
	const char *func;

	if (event != DIE_INT3 || user_mode(regs))
		return NOTIFY_DONE;
	mod = __module_text_address(place);
	if (!mod || !is_trapped(mod))
		return NOTIFY_DONE;
	func = function_at(mod, place);
	if (func)
		answer_call(regs, mod, func);
	else
		turn_aside(regs);
	return NOTIFY_STOP;
}

@ The handler is entered on the list at boot, whether there is a quarantine or not; it can be given room at any time.

@<Step on a trap@>=
static struct notifier_block trap_notifier = {@t\1@>@/
	@[@].notifier_call = on_int3,@t\2@>@/
};
@#
static int __init watch_traps(void)
{
	return register_die_notifier(&trap_notifier);
}
core_initcall(watch_traps);

@ A call is recognised by where it arrives. Three places count as the beginning of a function:
\li its first byte;
\li the byte behind its |ENDBR|, if there is one in the text that now stands there;
\li any byte of the room {\it in front\/} of it, which some kernels reserve to count the depth of calls. A direct call goes there
first, for instance one by a static call that was not undone. Objtool gives that room a symbol of its own, with the prefix \.{\_\_pfx\_}.

\endli
In all three the address to return to is at the top of the stack, since nothing has been pushed yet. A task that was
preempted before it executed the first instruction of a function looks the same, and is in the same state; so it can be given the same answer.

Two kinds of symbols look like functions and are not. Labels in assembler have no type. What the compiler has moved out of the
way because it is rarely executed has the name of its function with \.{.cold} behind it; one gets there by a jump from the middle. (Clones
that the compiler makes of a function, under names with other suffixes, are functions.)

@<Is an address the beginning of a function?@>=
static const char *function_at(const struct module *mod, unsigned long place)
{
#ifdef CONFIG_KALLSYMS
	const struct mod_kallsyms *table = rcu_dereference_sched(mod->kallsyms);

	for (unsigned int i = 1; i < table->num_symtab; i++) {
		const Elf_Sym *sym = &table->symtab[i];
		const char *name = table->strtab + sym->st_name;
		unsigned long offset = place - sym->st_value;
		size_t prefix = str_has_prefix(name, "__pfx_");

		if (ELF_ST_TYPE(sym->st_info) != STT_FUNC || strstr(name, ".cold"))
			continue;
		if (offset == 0 || (prefix && offset < sym->st_size))
			return name + prefix;
		if (offset && offset == ENDBR_INSN_SIZE && is_endbr(*(u32 *)sym->st_value))
			return name;
	}
#endif
	return NULL;
}

@ To answer means to return in the function's stead: the address is popped from the stack, as a return would do, and the register of the result is zero. The
interrupt flag and all other registers are what they were at the call; a function may change some of them, and does not have to.

The address is also the only witness of who called. Usually he did. But if the last thing that a function of the kernel does is to call
through the pointer, the compiler makes a jump of it; then the address on the stack lies in {\it its\/} caller, and that one is named
in the report. The report cannot know.
@^tail call@>

@<Answer a stray call@>=
static void answer_call(struct pt_regs *regs, struct module *mod, const char *func)
{
	unsigned long place = regs->ip - INT3_INSN_SIZE;

	int3_emulate_ret(regs);
	regs->ax = 0;
	note_call(mod, func, place, regs->ip);
}

@ A return is turned aside into a function of the kernel, in which the task finds itself when the exception is over. It shall look as if the trap had {\it
called\/} that function: the address behind the trap is pushed, so that a stack trace shows where it came from and who waits for it
further up. (The tables for unwinding lie in the constants of the module, which are still there. And the kernel keeps a gap below the stack at a breakpoint, so that the
handler may push.)

The kernel's stack is aligned to eight bytes and no more, so there is nothing to align. Two flags must be put in order, as the compiler takes
them for granted at the beginning of a function: the direction of string instructions, and the permission to touch user memory, which the
task may have been granted when it was interrupted.

@<Turn a stray return aside@>=
static void turn_aside(struct pt_regs *regs)
{
	regs->flags &= ~(X86_EFLAGS_DF | X86_EFLAGS_AC);
	int3_emulate_push(regs, regs->ip);
	int3_emulate_jmp(regs, (unsigned long)stray_return);
}

@ And here is that function. It runs where the task would have run, with the same preemption count and interrupts on or off, but on the far
side of the exception: so it may print.

Ending a task is what an oops does, and so is all the rest: the kernel is marked; lock debugging is switched off, as the task may hold locks; and whoever wants
his machine to stop after an oops gets a stop. |make_task_dead| enables interrupts and preemption if they are off, and does not return.
Unlike an oops, this has one cause, which is known, and one line says it. But as after an oops, what the task held stays
held. Whoever is ended while he writes to a parameter, say, takes with him the lock under which all the parameters of that module are
written, and the next writer waits for ever.

Some cannot be ended. An interrupt has no task; the idle task is the processor's own; and without init no machine goes on. For these there is only
the panic. A task that has disabled bottom halves counts as an interrupt: it has promised to enable them again,
and nobody knows in what state it has left what they use.
@.stray return to@>
@.the task is ended@>
@.it cannot be ended@>
@.stray return to a module that has left@>

@<End a task that returned to a trap@>=
@<Which rule did a stray return break?@>@;
@#
static void __noreturn stray_return(void)
{
	unsigned long place = (unsigned long)__builtin_return_address(0) - INT3_INSN_SIZE;
	bool fatal = in_interrupt() || is_idle_task(current) || is_global_init(current) ||@|
		panic_on_oops;

	scoped_guard (preempt) {
		struct module *mod = __module_text_address(place);

		pr_warn("%s: %s: stray return to %pS in %s[%d]; %s\n",@|
			mod ? mod->name : "?", mod ? rule_of_return(mod) : "U5", (void *)place,@|
			current->comm, task_pid_nr(current), fatal ? "it cannot be ended" : "the task is ended");
		if (mod)
			rule_was_broken(mod, rule_of_return(mod));
	}
	if (fatal)
		panic("stray return to a module that has left");
	add_taint(TAINT_DIE, LOCKDEP_NOW_UNRELIABLE);
	make_task_dead(SIGKILL);
}

@ Which rule was broken can only be guessed from who it was and what the module imports, by the same considerations as in \chap{census}.

@<Which rule did a stray return break?@>=
static const char *rule_of_return(const struct module *mod)
{
	unsigned long thread = (unsigned long)kthread_func(current);
	u32 imports = annex_of(mod)->imports;

	if (in_interrupt())
		return "U3";
	if (thread && within_module(thread, mod))
		return imports & (IMPORTS_MODULE_GET | IMPORTS_MODULE_PUT) && @|
			!(imports & IMPORTS_PUT_AND_EXIT) ? "S3" : "D4";
	if (current->flags & PF_WQ_WORKER)
		return "D2";
	return imports & IMPORTS_MODULE_GET ? "S1" : "U5";
}

@*1 How it is told. \label{strays}A timer that arms itself again calls a hundred times in a second. One line is enough for a function and its caller;
the rest is counted. So a stray call is written into a small table, by a handler that may be interrupted by itself. It must not take a lock, and need not: the
place and the caller together fit in one word. All text of the kernel and of its modules lies in the topmost two
gigabytes, so the lower half of either address says it all. A slot is claimed by exchanging the zero in it for that word.

A slot is published by the pointer to the module, which is written last.

@s stray int

@<Remember stray calls@>=
struct stray {
	u64 key; /* place and caller; zero: the slot is free */
	struct module *mod; /* whose function it is; null until the rest can be read */
	const char *func; /* its name, in the module's own table */
	unsigned long caller; /* where the call returned to */
	atomic_long_t times;
	bool told; /* the log has its line */
};
static struct stray strays[64];
static atomic_long_t uncounted; /* calls for which there was no slot */
@#
static void tell_strays(struct irq_work *unused);
static DEFINE_IRQ_WORK(stray_bell, tell_strays);

@ The table is searched from its beginning, always, and the free slot that is taken is the first one. So two
processors that meet the same stray at the same moment want the same slot. One of them gets it, and the other starts again and
finds the word there.

@<Remember stray calls@>=
static struct stray *slot_of(u64 key)
{
	struct stray *free;
again:
	free = NULL;
	for (struct stray *s = strays; s < strays + ARRAY_SIZE(strays); s++) {
		u64 found = READ_ONCE(s->key);

		if (found == key)
			return s;
		if (!found && !free)
			free = s;
	}
	if (free && cmpxchg(&free->key, 0, key) != 0)
		goto again;
	return free;
}

@ One stray fills in the slot, and all others only count. Which one is it? The one that has counted to one. The
line is printed by an |irq_work|, in an interrupt that comes as soon as interrupts are on.
@^irq\_work@>

@<Remember stray calls@>=
static void note_call(struct module *mod, const char *func, unsigned long place, @|
		      unsigned long caller)
{
	struct stray *s = slot_of((u64)place << 32 | (u32)caller);

	if (!s) {
		atomic_long_inc(&uncounted);
		return;
	}
	if (atomic_long_inc_return(&s->times) > 1)
		return;
	s->func = func;
	s->caller = caller;
	smp_store_release(&s->mod, mod);
	irq_work_queue(&stray_bell);
}

@ Which rule? The handler could not ask for the caller's name, as that is a long search; the interrupt can. The name tells by which door the
call came in, and doors belong to rules. A prefix of the name is enough, and copes with the suffixes that a compiler
invents. If several fit, the first counts.

What is not in the table came by a hook: a notifier, a probe, an operation of \.{/proc}. That is rule U1. And if the caller lies in
a module itself, it is that module's interface, and rule C1 is addressed to its author.

@<Tell of stray calls@>=
static const struct {
	const char *caller, *rule;
} doors[] = {@t\1@>@/
	{ "call_timer_fn", "D1" }, { "expire_timers", "D1" }, { "__run_timers", "D1" },@/
	{ "__hrtimer_run_queues", "D1" }, { "alarmtimer_fired", "D1" },@/
	{ "process_one_work", "D2" }, { "kthread_worker_fn", "D2" },@/
	{ "rcu_", "D3" }, { "srcu_invoke_callbacks", "D3" }, { "nocb_cb_wait", "D3" },@/
	{ "kthread", "D4" }, { "smpboot_thread_fn", "D4" },@/
	{ "tasklet_action_common", "D5" }, { "irq_work_", "D5" },@/
	{ "async_run_entry_fn", "D5" },@/
	{ "__handle_irq_event_percpu", "D5" },@/
	{ "irq_thread", "D5" }, { "irq_forced_thread_fn", "D5" },@/
	{ "kobject_", "R1" }, { "device_release", "R1" },@/
	{ "vfs_", "C2" }, { "__fput", "C2" }, { "filp_", "C2" },@/
	{ "do_dentry_open", "C2" }, { "chrdev_open", "C2" },@/
	{ "__x64_sys_", "C2" }, { "__ia32_", "C2" }, { "do_sys_poll", "C2" },@/
	{ "do_select", "C2" },@/
	{ "ep_item_poll", "C2" }, { "do_iter_readv_writev", "C2" }, { "mmap_region", "C2" },@/
	{ "__mmap_region", "C2" }, { "__do_fault", "C2" }, { "remove_vma", "C2" },@/
	{ "misc_open", "C2" },@t\2@>@/
};

@ The address on the stack is that behind the call, which may be the first of another function if nothing follows; hence the one that
is subtracted before asking, here by us, and in the log by \.{\%pB}.

@<Tell of stray calls@>=
static const char *rule_of_caller(unsigned long caller)
{
	char name[KSYM_NAME_LEN];

	if (is_module_text_address(caller - 1))
		return "C1";
	if (lookup_symbol_name(caller - 1, name))
		return "U1";
	for (unsigned int i = 0; i < ARRAY_SIZE(doors); i++)
		if (str_has_prefix(name, doors[i].caller))
			return doors[i].rule;
	return "U1";
}

@ The interrupt may come on two processors at once, for two slots; each line is printed by the one that marks the slot. If the table ever overflows, that is said too,
whenever the bell rings. Sixty-four different strays are more than anybody will want to read.
@.stray call of@>
@.answered with 0@>
@.more stray calls@>

@<Tell of stray calls@>=
static void tell_strays(struct irq_work *unused)
{
	long more = atomic_long_xchg(&uncounted, 0);

	for (struct stray *s = strays; s < strays + ARRAY_SIZE(strays); s++) {
		struct module *mod = smp_load_acquire(&s->mod);

		if (!mod || xchg(&s->told, true))
			continue;
		pr_warn("%s: %s: stray call of %s by %pB; answered with 0\n",@|
			mod->name, rule_of_caller(s->caller), s->func, (void *)s->caller);
		rule_was_broken(mod, rule_of_caller(s->caller));
	}
	if (more)
		pr_warn("%ld more stray calls than there is room to tell of\n", more);
}

@ The end of the quarantine. The undertaker calls this when the module is unlinked and a grace period has passed. So no handler can find it any more,
and none that has found it is still running; what may still be on its way is the bell. When it has sounded, the slots are read for the
last time and given back, each after the bell has sounded once more: another module's stray may have rung it, and it may be looking at this slot. The word is cleared last, as a slot without it is free.

The text needs nothing. |vfree| will find its area in order, as we have seen.
@^lock strays\_mutex@>
@.stray calls of@>

@<Take it out again@>=
static DEFINE_MUTEX(strays_mutex); /* who reads names through |mod| */
@#
void lift_traps(struct module *mod)
{
	irq_work_sync(&stray_bell);
	guard(mutex)(&strays_mutex);
	for (struct stray *s = strays; s < strays + ARRAY_SIZE(strays); s++) {
		long times = atomic_long_read(&s->times);

		if (s->mod != mod)
			continue;
		if (times > 1)
			pr_info("%s: %ld stray calls of %s by %pB in all\n",@|
				mod->name, times, s->func, (void *)s->caller);
		WRITE_ONCE(s->mod, NULL);
		irq_work_sync(&stray_bell);
		s->told = false;
		atomic_long_set(&s->times, 0);
		smp_store_release(&s->key, 0);
	}
}

@ Whoever does not want to wait for that reads \.{modules/strays} in debugfs: module, function, how often, and the caller.
@^lock strays\_mutex@>

@<Show the stray calls@>=
static int strays_show(struct seq_file *file, void *unused)
{
	guard(mutex)(&strays_mutex);
	for (struct stray *s = strays; s < strays + ARRAY_SIZE(strays); s++) {
		struct module *mod = smp_load_acquire(&s->mod);

		if (mod)
			seq_printf(file, "%s %s %ld %pB\n", mod->name, s->func,@|
				   atomic_long_read(&s->times), (void *)s->caller);
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(strays);
@#
static int __init make_strays_file(void)
{
	debugfs_create_file("strays", 0400, mod_debugfs_root, NULL, &strays_fops);
	return 0;
}
late_initcall(make_strays_file);

@*1 Trials of the quarantine. \label{quarantine-trials}The scenarios in the chapters of rules come to a trap by the mistakes that real modules make. Here a trap is
stepped on in every way that there is, on purpose. Two modules are needed: one that calls, and one that is called after it has left. The first is
a wire across the path.

One letter, written into its file in debugfs, says how it is to call.

@(modules/tripwire.c@>=
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
@#
int @[@](*tripwire)(int stay);
EXPORT_SYMBOL_GPL(tripwire);
static struct dentry *tripwire_file;
@#
@<Call what hangs on the wire@>@;
@<The file of \.{tripwire}@>@;
static int __init tripwire_init(void)
{
	tripwire_file = debugfs_create_file("tripwire", 0200, NULL, NULL, &tripwire_fops);
	return 0;
}
@#
static void __exit tripwire_exit(void)
{
	debugfs_remove(tripwire_file);
	timer_shutdown_sync(&later);
}
module_init(tripwire_init);
module_exit(tripwire_exit);
MODULE_DESCRIPTION("Calls a function that may have left");
MODULE_LICENSE("GPL");

@ To call with an offset is to arrive where a return would: in the middle of a function. The barrier behind the call is for the compiler, which would otherwise
make a jump of it, and somebody else would be named as the caller.
@.tripwire: answered@>

@<Call what hangs on the wire@>=
static noinline void trip(int stay, unsigned long offset)
{
	int @[@](*hook)(int) = @[(int @[@](*)(int))@] ((unsigned long)READ_ONCE(tripwire) + offset);
	int answer = hook(stay);

	barrier();
	pr_info("tripwire: answered %d\n", answer);
}
@#
static unsigned long later_offset;
static void trip_later(struct timer_list *unused)
{
	trip(0, later_offset);
}
static DEFINE_TIMER(later, trip_later);

@ A letter is all that is read of what was written.
@^error EFAULT@>

@<The file of \.{tripwire}@>=
enum { MIDDLE = 9 }; /* so many bytes behind its beginning one is inside of any function */
@#
static ssize_t tripwire_write(struct file *file, @| const char __user *from, size_t size, loff_t *at)
{
	char how;

	if (get_user(how, from))
		return -EFAULT;
	@<Call as the letter says@>@;
	return size;
}
static const struct file_operations tripwire_fops = {@t\1@>@/
	@[@].write = tripwire_write,@t\2@>@/
};

@ The letters: call (\.{c}); come down in the middle (\.{m}); call and stay for a while (\.{s}); call a thousand times (\.{k}), which must make one line in the log.
@^error EINVAL@>

@<Call as the letter says@>=
switch (how) {
case 'c':
	trip(0, 0);
	break;
case 'm':
	trip(0, MIDDLE);
	break;
case 's':
	trip(1, 0);
	break;
case 'k':
	for (int i = 0; i < 1000; i++)
		READ_ONCE(tripwire)(0);
	break;
@<More ways to call@>@;
default:
	return -EINVAL;
}

@ The first two with interrupts off (\.{C}, \.{M}), and from a timer (\.{t}, \.{T}).

@<More ways to call@>=
case 'C':
case 'M':
	local_irq_disable();
	trip(0, how == 'M' ? MIDDLE : 0);
	local_irq_enable();
	break;
case 't':
case 'T':
	later_offset = how == 'T' ? MIDDLE : 0;
	mod_timer(&later, jiffies + 1);
	break;

@ The second module hangs itself on the wire and leaves without taking itself off. It can also leave a thread behind, and it can fail to
start. Its parameter has a type of its own, which is freed by a function of its own, to see that this happens before the traps are set.

@(modules/stray.c@>=
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/percpu.h>
@#
extern int @[@](*tripwire)(int stay);
static DEFINE_PER_CPU(unsigned long, caught_here);
static int fails, thread;
module_param(fails, int, 0444);
MODULE_PARM_DESC(fails, "init fails, after it has hung itself on the wire");
module_param(thread, int, 0444);
MODULE_PARM_DESC(thread, "leave a thread behind");
@#
@<A parameter with a type of its own@>@;
@<What hangs on the wire@>@;
module_init(stray_init);
module_exit(stray_exit);
MODULE_DESCRIPTION("Leaves without looking back");
MODULE_LICENSE("GPL");

@ The file of a parameter calls into the module, too, but it is gone before the undertaker comes.
@^error EINVAL@>
@.stray: word freed@>

@<A parameter with a type of its own@>=
static char word[8];
static int set_word(const char *value, const struct kernel_param *kp)
{
	return strscpy(word, value, sizeof(word)) < 0 ? -EINVAL : 0;
}
@#
static void free_word(void *unused)
{
	pr_info("stray: word freed\n");
}
static const struct kernel_param_ops word_ops = {@t\1@>@/
	@[@].set = set_word,@/
	@[@].free = free_word,@t\2@>@/
};
module_param_cb(word, &word_ops, word, 0200);

@ The function touches its per-CPU data, and can stay for two seconds. Exit does nothing, which is the mistake.
@^error EIO@>

@<What hangs on the wire@>=
static int caught(int stay)
{
	this_cpu_inc(caught_here);
	if (stay)
		msleep(2000);
	return this_cpu_read(caught_here) ? 42 : 0;
}
@#
static int linger_on(void *unused)
{
	while (!kthread_should_stop())
		msleep(1000);
	return 0;
}
@#
static int __init stray_init(void)
{
	WRITE_ONCE(tripwire, caught);
	if (thread)
		kthread_run(linger_on, NULL, "stray");
	return fails ? -EIO : 0;
}
@#
static void __exit stray_exit(void) {}

@ What is seen. All but the end of the machine is tried on the plain kernel and on the one that watches its memory and its locks, which also looks for pages that are both
writable and executable.
\li Calls: in a task, with interrupts off, in a timer; a thousand of them, for one line; of a module that has failed to start.
\li Returns: of a task that slept inside and of a thread, for which the census must be left out; into the middle of a function, with interrupts on and off. The
task gets a line in the log, and its shell is told that it was killed. The same in an interrupt is the end of the machine, and the panic says why.
\li Two hundred modules of one name (twenty on the watchful kernel) in quarantine, and out of it again; then |vmalloc| has as many areas as before, and as many pages but for a few that
the machine itself has taken.
\li On a kernel whose |keeps_landings| is made to say yes, all this once more, with twenty modules (\.{make check-long}).

\endli

@*1 What it does not do. The quarantine proves nothing, and has holes. Whoever relies on it should know them.

{\it Time.} It is bounded, and what has been pushed out of it is gone. A stray call after that is what it always was. The last grace period
before the end is a hole of its own: the module is not found any more, but still mapped, and whoever steps on a trap then gets an oops that
says \.{int3}.

The first moment is a smaller hole: whoever comes in by a forgotten door after the last census, and is inside when the text
is exchanged, is ended in the midst of what he does.

{\it Zero.} It is the right answer often, not always. A function that returns a structure has been given its address, and should return it;
a function that is to return a pointer may be believed to have found nothing, or to have failed to allocate. And the caller is
not told that nothing was done: an object whose release function was called is lost.

{\it Reads.} Who reads a string or a table of the module finds it unchanged, and is not noticed (rule R3). To notice him one would have to take the data
away, and then the stray timer could not be taken off its list.

{\it Jumps.} Somebody who jumps into the middle of a function without having been inside looks like one who returns. His task is ended, and the report names
an innocent place. With IBT he does not get so far.

@*1 Exercises.
\exercise{10} A module in quarantine has a kilobyte of text and a kilobyte of data. How many pages of memory does it hold? How many did it hold before?

\exercise{15} Why must the trap be a single byte? Invent a trap of two bytes, and a stray that passes through it unnoticed.

\exercise{20} |answer_call| might set |regs->ax| before it emulates the return, or after. Why does it not matter? And why {\it does\/} it matter that the place is
read before?

\exercise{25} Suppose that |exchange_text| freed the spare before the flush. Describe what a processor can execute then, and who has
written it.

\exercise{30} A function that returns a |bool| ``may I free this object?'' is answered with zero, and one that returns ``is it still in use?'' as well. Design a
way for an interface to declare what its callbacks return when they are not there. Where would the declaration have to be kept, so
that it is still there when it is needed?
