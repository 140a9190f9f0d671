@q SPDX-License-Identifier: GPL-2.0-only @>

@* Finding a module. \label{lookup}%
A loaded module is looked for in three ways. By {\it name}, when somebody wants to load
it again or remove it. By {\it address}, when the kernel has a program counter in its hands and asks whose it
is: an oops, a profiler, the unwinder, a patcher of code. And by {\it exception entry}, when an instruction
has faulted and the kernel wants to know whether its author expected that. The first happens a few times
a minute, the second can happen a hundred thousand times a second and in the middle of anything, and
the third must not fail, for if it does the machine stops.

So there is one list for the patient and one tree for those who cannot wait. Both are filled and emptied
at the same moments, and this chapter contains the code for both, the lock that orders changes, and the two
places that show the list to people: the line ``Modules linked in'' of an oops, and
\.{/proc/modules}.

@ What each function asks of its caller, and what its answer is worth, matters more than how it works. A
pointer to a module is a loan. It is good for as long as the thing that kept the module from
vanishing: the mutex, or a stretch of execution with preemption off, which holds back the grace period that
every module's burial waits for. When that ends, the pointer is a number. Who wants to keep the module must
take a reference {\it before\/} the end, or else keep a copy of what he needs, such as the name.
\begintable{l p{1.5in} p{2.0in}}
function & from where & what the answer is worth \cr \hd
|find_module|, |find_module_all| & mutex held, or preemption off & a loan \cr
|__module_address| & mutex held, or preemption off; NMI & a loan \cr
|__module_text_address| & as above & a loan; the address was code \cr
|is_module_address| & anywhere & true then, perhaps not now \cr
|is_module_text_address| & anywhere & true then, perhaps not now \cr
|search_module_extables| & anywhere & good, if the address is executing \cr
|print_modules| & anywhere, also while dying & a line in the log \cr
\endtable
The functions that return |bool| open and close the stretch themselves, so that what they say is history
when they say it. That is enough for a report. It is not enough to go on and use the address, and two
questions about one address can get answers from different times: kprobes once asked first whether an address
was module code and then for the module, and in between the module went. One
question, with the reference taken in the same stretch, cannot be split like this.
@^CVE-2024-35955@>

@ A module that is |UNFORMED| is on the list and in the tree and yet is not there. It is either not
finished (its tables point into nothing, its code has not been relocated) or already taken apart.
Only a load of the same name may see it, because the name is taken all the same; everybody else
skips it. Every search in this chapter does; who writes another one must do so too.

The lock comes first. |module_mutex| orders all changes: of the list, the tree, the bounds and the states of
modules, and of who uses whom. Readers that can sleep may take it; all others rely on two things, that entries
are added and removed in a way that a walker survives, and that memory goes only after a grace
period.

@(kernel/module/lookup.c@>=
#include <linux/extable.h>
#include <linux/moduleloader.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "internal.h"
@#
DEFINE_MUTEX(module_mutex);
LIST_HEAD(modules);
DECLARE_WAIT_QUEUE_HEAD(module_wq);
@<The bounds of all module memory@>@;
@<Find a module by its name@>@;
@<Find the module that has an address@>@;
@<Find what to do about a fault@>@;
@<Name the modules while the kernel dies@>@;

@*1 By name.
Names are short and modules few, and nobody asks often. A list walked from front to back does it. (The
symbols that modules export are another matter: a load asks for dozens of
them, and they have an index of their own, \chap{symbols}.)

The name comes with a length because some callers have it in the middle of a longer string, as in
\.{module:symbol}. Equal length comes first, or a module \.{snd} would be found under the
first letters of \.{snd\_pcm}.

A module that failed to start may still be on the list, because somebody holds it (\seein{unload-rules}{failing}). It is {\it nameless\/} then: its name may be
given to another, and no search by name returns it.

The condition at the end of the loop's head is for lockdep, which would otherwise complain about those who walk with the
mutex and not with preemption off.
@^lock module\_mutex@>
@^lock preemption off@>

@<Find a module by its name@>=
struct module *find_module(const char *name)
{
	return find_module_all(name, strlen(name), false);
}
@#
struct module *find_module_all(const char *name, size_t len, bool even_unformed)
{
	struct module *mod;

	module_assert_mutex_or_preempt();
	list_for_each_entry_rcu(mod, &modules, list, lockdep_is_held(&module_mutex)) {
		if (is_nameless(mod) || (mod->state == MODULE_STATE_UNFORMED && !even_unformed))
			continue;
		if (strlen(mod->name) == len && memcmp(mod->name, name, len) == 0)
			return mod;
	}
	return NULL;
}

@*1 By address.
Nearly all addresses that the kernel asks about are its own, or nobody's. A filter in front of the search answers
for them: the lowest address that any module's memory ever had, and the end of the highest. Between
the two lie also the holes that are not, or no longer, a module's; there the search decides.

The bounds only widen. When a module goes they are stale, and that is harmless: a bound that
is too wide costs a search which then finds nothing. To narrow them one would have to look at all
modules that remain, to gain what? The area is soon filled by the next one.

A bound that is too narrow would be a lie, and a reader on another CPU does read without
a lock. Could he see the old bounds although a module lies beyond? Yes, for an instant, while the module is
|UNFORMED|; he is told that there is no module, which is what the search would have told him. By the time
the module's code runs on his CPU, he has got its address from somebody who got it after the
bounds were written, and x86 keeps that order.

@s __cacheline_aligned const

@<The bounds of all module memory@>=
__cacheline_aligned struct mod_tree_root mod_tree = {@t\1@>@/
	@[@].addr_min = -1UL,@t\2@>@/
};
@#
void mod_update_bounds(struct module *mod)
{
	lockdep_assert_held(&module_mutex);
	for_each_mod_mem_type(type) {
		unsigned long start = (unsigned long)mod->mem[type].base;
		unsigned long end = start + mod->mem[type].size;

		if (start == end)
			continue;
		if (start < mod_tree.addr_min)
			WRITE_ONCE(mod_tree.addr_min, start);
		if (end > mod_tree.addr_max)
			WRITE_ONCE(mod_tree.addr_max, end);
	}
}

@ The search itself is done by the tree, or, where no profiler and no tracer is configured, by a walk over the
list (\chap{header}); this function does not know which. It adds what both need: filter, assertion,
and the rule about |UNFORMED|.

There is a race that deserves a paragraph. When |init| is over, its memory is taken out of
the tree, and a moment later |base| and |size| in the |mem| table are cleared. A search that ended just
before the first has a module in its hands that, after the second, no longer has the
address. The stock loader checks here that it does, and stops the kernel if not. But nothing is wrong: the answer
was right when it was found, and it is about to become wrong in the natural course of events. We check too, and
answer |NULL|, which is what a search an instant later would have answered.
@^lock module\_mutex@>
@^lock preemption off@>

@<Find the module that has an address@>=
struct module *__module_address(unsigned long addr)
{
	struct module *mod;

	if (addr < READ_ONCE(mod_tree.addr_min) || addr >= READ_ONCE(mod_tree.addr_max))
		return NULL;
	module_assert_mutex_or_preempt();
	mod = mod_find(addr, &mod_tree);
	if (!mod || mod->state == MODULE_STATE_UNFORMED || !within_module(addr, mod))
		return NULL;
	return mod;
}

@ Code is in two of the seven memories. The core comes first since |init| is brief.

@<Find the module that has an address@>=
struct module *__module_text_address(unsigned long addr)
{
	struct module *mod = __module_address(addr);

	if (mod && (within_module_mem_type(addr, mod, MOD_TEXT) ||
		    within_module_mem_type(addr, mod, MOD_INIT_TEXT)))
		return mod;
	return NULL;
}

@ Those who only want to know whether. The guard ends with the function, after the comparison
and before the caller has the answer.

@<Find the module that has an address@>=
bool is_module_address(unsigned long addr)
{
	guard(preempt)();
	return __module_address(addr) != NULL;
}
@#
bool is_module_text_address(unsigned long addr)
{
	guard(preempt)();
	return __module_text_address(addr) != NULL;
}

@*1 By exception entry.
The kernel reads and writes user memory at addresses that a program gave it, and they may be bad. Such
an instruction has an entry in a table: if {\it this\/} faults, go on {\it there}. A module has a table of its
own, sorted when it was relocated. The fault handler comes here when the kernel's table has nothing.

The result is used after preemption is on again, and seems to break the rule about loans. It does not. The
faulting instruction belongs to the module and has not been completed: whoever executes it
is {\it inside\/} the module, and a module does not go while somebody is inside. That nobody
forgets this is what the other book is about. The table of |init| code is cut off by the
end of |init|, when nobody executes it any more.

@<Find what to do about a fault@>=
const struct exception_table_entry *search_module_extables(unsigned long addr)
{
	struct module *mod;

	guard(preempt)();
	mod = __module_address(addr);
	if (!mod || !mod->num_exentries)
		return NULL;
	return search_extable(mod->extable, mod->num_exentries, addr);
}

@*1 The latched tree.
Who asks in an NMI cannot wait for anybody, least of all for the code that he has interrupted, which may be
changing the tree at this moment. A lock is out of the question. RCU alone does not help, since
a balanced tree is rotated when it changes, and a walker in the middle of a rotation can lose his
way and miss an entry that has been there all the time. For most users that would be a nuisance. For a fault handler
it is a panic.

A latch solves it with two trees of the same contents. A change is made first to one, then to the other, and a
counter, increased before each, tells readers which of the two is at rest. An
interrupted change leaves one tree whole, and the NMI reads that one. A reader on another CPU, who may be
overtaken, looks at the counter once more at the end and starts again if it has moved; an NMI
on the CPU that makes the change never has to, as the change stands still.

Each of the seven memories is an entry; its node, with links for both trees and a pointer to the
module, is part of |struct module_memory|, so that nothing need be allocated and no insertion can
fail.

@(kernel/module/tree.c@>=
#include <linux/module.h>
#include <linux/rbtree_latch.h>
#include "internal.h"
@#
@<Order the memories by address@>@;
@<Insert a module into the tree@>@;
@<Take it out again, in one step or in two@>@;
@<Find by address in the tree@>@;

@ Memories do not overlap, so their starts order them, and an address is compared with a
memory as a point with an interval.

A walker who has lost his race may stand on a node whose memory has been cleared meanwhile. An
empty interval at zero is below every address; he is sent in some direction, arrives somewhere, and the counter
tells him to start again.

@<Order the memories by address@>=
static __always_inline struct module_memory *memory_of(struct latch_tree_node *node)
{
	return container_of(node, struct module_memory, mtn.node);
}
@#
static __always_inline bool starts_lower(struct latch_tree_node *a, @| struct latch_tree_node *b)
{
	return memory_of(a)->base < memory_of(b)->base;
}
@#
static __always_inline int compare_address(void *addr, struct latch_tree_node *node)
{
	const struct module_memory *mem = memory_of(node);

	if (addr < mem->base)
		return -1;
	return addr < mem->base + mem->size ? 0 : 1;
}
@#
static const struct latch_tree_ops by_address = {@t\1@>@/
	@[@].less = starts_lower,@/
	@[@].comp = compare_address,@t\2@>@/
};

@ Insertion comes once in a module's life, when it goes on the list. Empty memories have no address to be found by.
The pointer to the module is set for all, and before the node is visible.
@^lock module\_mutex@>

@<Insert a module into the tree@>=
void mod_tree_insert(struct module *mod)
{
	lockdep_assert_held(&module_mutex);
	for_each_mod_mem_type(type) {
		struct mod_tree_node *node = &mod->mem[type].mtn;

		node->mod = mod;
		if (mod->mem[type].size)
			latch_tree_insert(&node->node, &mod_tree.root, &by_address);
	}
}

@ Init memory leaves early if |init| succeeds, and then its sizes are set to zero, so the last removal
finds only what is still in the tree. If |init| fails, or never runs, the last removal takes all. In both cases
the node is out of both trees before anything in it changes, and a grace period passes before
it is freed: until then a walker may still be standing on it.

@<Take it out again, in one step or in two@>=
static void take_out(struct module_memory *mem)
{
	lockdep_assert_held(&module_mutex);
	if (mem->size)
		latch_tree_erase(&mem->mtn.node, &mod_tree.root, &by_address);
}
@#
void mod_tree_remove_init(struct module *mod)
{
	for_class_mod_mem_type(type, init)
		take_out(&mod->mem[type]);
}
@#
void mod_tree_remove(struct module *mod)
{
	for_each_mod_mem_type(type)
		take_out(&mod->mem[type]);
}

@ To find is to walk down and to read one pointer.

@<Find by address in the tree@>=
struct module *mod_find(unsigned long addr, struct mod_tree_root *tree)
{
	struct latch_tree_node *found = latch_tree_find((void *)addr, &tree->root, &by_address);

	return found ? memory_of(found)->mtn.mod : NULL;
}

@*1 For those who read an oops.
When the kernel reports its own death it names all modules, since the culprit is often among them, and then the
last one that was unloaded, since the culprit is often that one: its code was entered
once more, and is not on the list.

The dying kernel may hold the mutex itself, so nobody asks for it. That a module changes its state between our
look and the printing of its flags is possible and does no harm.

The format is read by programs that collect oopses: names separated by blanks, each followed by its flags in
parentheses if it has any, everything on one line.
@.Modules linked in:@>
@.[last unloaded: ...]@>
@^lock preemption off@>

@<Name the modules while the kernel dies@>=
@<Remember the module that was unloaded last@>@;
@#
void print_modules(void)
{
	struct module *mod;
	char flags[MODULE_FLAGS_BUF_SIZE];

	printk(KERN_DEFAULT "Modules linked in:");
	scoped_guard(preempt) {
		list_for_each_entry_rcu(mod, &modules, list)
			if (mod->state != MODULE_STATE_UNFORMED)
				pr_cont(" %s%s", mod->name, module_flags(mod, flags, true));
		print_unloaded_tainted_modules();
	}
	if (last_unloaded.name[0])
		pr_cont(" [last unloaded: %s%s]", last_unloaded.name, last_unloaded.taints);
	pr_cont("\n");
}

@ The name and the taints are copied, for there will be nothing left to point to. No lock protects
the copy; it would be no use, as the reader cannot take one. Two removals at once may mix their letters, and
an oops may catch half a name. But there is always an end: the last byte of each
array is zero from the start, and |strscpy| never writes anything else there.

@<Remember the module that was unloaded last@>=
static struct {
	char name[MODULE_NAME_LEN];
	char taints[MODULE_FLAGS_BUF_SIZE];
} last_unloaded;
@#
void note_unloaded(struct module *mod)
{
	char flags[MODULE_FLAGS_BUF_SIZE];

	strscpy(last_unloaded.name, mod->name);
	strscpy(last_unloaded.taints, module_flags(mod, flags, false));
}

@*1 For those who read \.{/proc/modules}.
\.{lsmod} prints this file with other spaces, and scripts have been reading it since 2002. Nothing
may change in it, not a blank; a test compares each line, all but the address, with the stock loader's. One line, taken apart:
\begintt
nf_nat 57344 2 nft_chain_nat,xt_MASQUERADE, Live 0xffffffffc0a51000
\endtt
\begintable{t p{4in}}
text & meaning \cr \hd
nf\_nat & the name \cr
57344 & bytes of all its memories together, whole pages \cr
2 & references; $-1$ when the last one has been taken; \.{-} in a kernel that does not count \cr
nft... & modules that use it, each followed by a comma; \.{[permanent],} if it cannot leave; \.{-} for none \cr
Live & or \.{Loading}, or \.{Unloading} \cr
0x... & where its text begins, or zeros \cr
(OE) & taints, if there are any, and \.{+} or \.{-} for a module that comes or goes \cr
\endtable
The comma after the last user is not a slip: by it readers once told the present format
from an older one with one field for each user.

@(kernel/module/procfs.c@>=
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "internal.h"
@#
@<Show the references and users of a module@>@;
@<Show one module@>@;
@<Walk along the list under the mutex@>@;
@<Open the file, and decide what to hide@>@;

@ A module that has an init function but no exit can never be removed, and is listed as if a user named
\.{[permanent]} had it. Somebody who wants to know why \.{rmmod} refuses reads it here. The list
of users belongs to the mutex, which the walk holds.

A kernel without |CONFIG_MODULE_UNLOAD| counts nothing, and then two dashes stand for the
two fields.
@^lock module\_mutex@>

@<Show the references and users of a module@>=
static void show_users(struct seq_file *m, struct module *mod)
{
#ifdef CONFIG_MODULE_UNLOAD
	bool permanent = mod->init && !mod->exit;
	struct module_use *use;

	seq_printf(m, " %i ", module_refcount(mod));
	list_for_each_entry(use, &mod->source_list, source_list)
		seq_printf(m, "%s,", use->source->name);
	if (permanent)
		seq_puts(m, "[permanent],");
	else if (list_empty(&mod->source_list))
		seq_puts(m, "-");
#else
	seq_puts(m, " - -");
#endif
}

@ The address is printed in full or as zeros, as was decided when the file was opened.
The sum cannot overflow, as layout has seen to it (\chap{layout}).

@<Show one module@>=
@<Put a state into the words of this file@>@;
@#
static int show_module(struct seq_file *m, void *entry)
{
	struct module *mod = list_entry(entry, struct module, list);
	bool may_see_address = m->private;
	unsigned int bytes = 0;

	if (mod->state == MODULE_STATE_UNFORMED || is_nameless(mod))
		return 0;
	for_each_mod_mem_type(type)
		bytes += mod->mem[type].size;
	seq_printf(m, "%s %u", mod->name, bytes);
	show_users(m, mod);
	seq_printf(m, " %s 0x%px", state_in_words(mod->state),
		   may_see_address ? mod->mem[MOD_TEXT].base : NULL);
	@<Show the taints, if there are any, and end the line@>@;
	return 0;
}

@ Elsewhere the states are called live, coming and going. Here they were named for people, long ago, and the
names have stayed.

@<Put a state into the words of this file@>=
static const char *state_in_words(enum module_state state)
{
	switch (state) {
	case MODULE_STATE_GOING: return "Unloading";
	case MODULE_STATE_COMING: return "Loading";
	default: return "Live";
	}
}

@ A clean module has no seventh field at all, not even while it comes or goes: its state was said in words
already.

@<Show the taints, if there are any, and end the line@>=
if (mod->taints) {
	char flags[MODULE_FLAGS_BUF_SIZE];

	seq_printf(m, " %s", module_flags(mod, flags, true));
}
seq_puts(m, "\n");

@ A reader gets the file in pieces of a page or so, and the mutex is held for one piece at a time. Between
two pieces the list may change, and then a module can be missed or shown twice. To hold the mutex
from the opening to the closing of the file would let any reader stop all loading
for as long as he likes.
@^lock module\_mutex@>

@<Walk along the list under the mutex@>=
static void *first_module(struct seq_file *m, loff_t *pos)
{
	mutex_lock(&module_mutex);
	return seq_list_start(&modules, *pos);
}
@#
static void *next_module(struct seq_file *m, void *entry, loff_t *pos)
{
	return seq_list_next(entry, &modules, pos);
}
@#
static void done_with_modules(struct seq_file *m, void *entry)
{
	mutex_unlock(&module_mutex);
}
@#
static const struct seq_operations each_module = {@t\1@>@/
	@[@].start = first_module,@/
	@[@].next = next_module,@/
	@[@].stop = done_with_modules,@/
	@[@].show = show_module,@t\2@>@/
};

@ Addresses of the kernel are worth money to an attacker. The decision whether to show them is made once, at the
opening, and with the rights of the one who opened: an unprivileged user
who opens the file and hands the descriptor to a privileged program as its input should not get from it what he
could not read himself. The rule is the one for \.{/proc/kallsyms}. The member |private| is |NULL| unless we
set it, so what is forgotten is hidden.

@<Open the file, and decide what to hide@>=
static int open_modules(struct inode *inode, struct file *file)
{
	int err = seq_open(file, &each_module);

	if (!err && kallsyms_show_value(file->f_cred)) {
		struct seq_file *m = file->private_data;

		m->private = m;
	}
	return err;
}
@#
static const struct proc_ops modules_file = {@t\1@>@/
	@[@].proc_flags = PROC_ENTRY_PERMANENT,@/
	@[@].proc_open = open_modules,@/
	@[@].proc_read = seq_read,@/
	@[@].proc_lseek = seq_lseek,@/
	@[@].proc_release = seq_release,@t\2@>@/
};

@ The entry is made once, at boot, and is permanent, so that reading needs no count of who is reading. If
there is no memory for it so early, the machine has other worries.

@<Open the file, and decide what to hide@>=
static int __init make_modules_file(void)
{
	proc_create("modules", 0, NULL, &modules_file);
	return 0;
}
module_init(make_modules_file);

@*1 Exercises.
\exercise{10} How can \.{lsmod} show a module twice that is loaded once? What would it take to
see that happen?

\exercise{15} In |mod_tree_insert| exchange the assignment to |node->mod| and the insertion. What can a profiler's
interrupt between the two meet? Why does nothing bad follow today, and on which check of \chap{elf} does that rest?

\exercise{20} The two bounds are written one after the other, and read one after the other, without a barrier. On a machine
that reorders both, can an address in a module that is live be reported as belonging to none? If so, where
does the barrier belong?

\exercise{25} Write |get_module_of(addr)|: the module that has an address, with a reference, or |NULL|. Then look for
callers of |__module_text_address| that should use it, and decide for each whether the
difference can ever be seen.
