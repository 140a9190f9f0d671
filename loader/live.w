@q SPDX-License-Identifier: GPL-2.0-only @>

@* Coming to life. \label{live}%
A linked module is a picture of a program: every byte is in its place, every address is filled in,
and nothing moves. Nobody but the loader knows that it is there. This chapter turns the
picture into a running part of the kernel, in five steps that the spine (\chap{load}) calls one after another.

\num1 {\it Find the tables.} The compiler has left lists in the module for a dozen subsystems: which
symbols it exports, which instructions may fault, which branches can be patched. We note where each list begins
and how long it is. This happens before the symbols are resolved, because a module with a
malformed table should be turned away before it depends on anybody.
\num2 {\it Finish what waits for relocation.} Some tables can be sorted or copied only
when they contain final addresses.
\num3 {\it Complete the formation.} Exports are compared with all others, pages get their
permissions, and the state becomes |MODULE_STATE_COMING| (\fig{states}). From here on others can see the module.
\num4 {\it Announce it.} Those who patch text and keep lists of code learn of the module, while none
of its instructions has run.
\num5 {\it Run |init|}, and then let go of everything that only |init| needed.

\endli
Steps 1 to~4 can be undone without trace. Step~5 cannot: once |init| has run, the
module may have told half the kernel about itself. So everything in step~5 that can fail is done
before |init| starts, and after it there are only steps that cannot fail, or whose failure we report and survive.
That single thought explains most of what follows.

@ The chapter is one file. It includes |loader.h| and not just what it needs, for the
sake of the two functions it exports (\chap{header}). The tracepoints of the
loader have to be created in exactly one place, and as we are the place where modules come to
life, this is it.

@(kernel/module/live.c@>=
#include "loader.h"
#include "internal.h"
@#
#define CREATE_TRACE_POINTS
#include <trace/events/module.h>
@#
@<Those who want to hear of modules@>@;
@<Take a table by its name@>@;
@<Find the tables of a module@>@;
@<Work on relocated sections@>@;
@<Make the module visible@>@;
@<Announce that it is coming@>@;
@<Parameters that belong to the loader@>@;
@<Memory that only |init| needs@>@;
@<The steps before, around and after |init|@>@;
@<Run |init|@>@;

@ One of the tracepoints is exported, since in former times |__module_get| was inlined into every driver that
used it and hit |module_get| from there. It is a function of the kernel now, but modules that attach to the tracepoint may
exist, and what we export belongs to the interface that we promised not to change. Without unloading there
is no count and nothing to trace.

@(kernel/module/live.c@>=
#ifdef CONFIG_MODULE_UNLOAD
EXPORT_TRACEPOINT_SYMBOL(module_get);
#endif
@<A directory in debugfs for the loader's own figures@>@;

@ The directory |modules| in debugfs belongs to the statistics, to those who debug repeated
requests, and to the list of holders (\seein{unload-rules}{who}). It is created when device drivers start, long after the first thing that could fail; a
failure to create it is debugfs's own business and nobody here depends on it.

@<A directory in debugfs for the loader's own figures@>=
struct dentry *mod_debugfs_root;
@#
static int __init make_debugfs_root(void)
{
	mod_debugfs_root = debugfs_create_dir("modules", NULL);
	return 0;
}
module_init(make_debugfs_root);

@*1 Those who listen. A dozen parts of the kernel keep lists of code: jump labels, static calls,
tracepoints, probes, BTF. The loader knows none of them. It keeps a chain of functions and calls
them at three moments of a module's life: when it is |COMING|, when it is |LIVE| and when it is |GOING|. They may sleep, and they may refuse a
module that is coming (for want of memory, as a rule), so the chain is of the blocking kind,
guarded by a semaphore of its own.

The chain does {\it not} take |module_mutex|, and it is never called with that mutex held. Many
who listen take locks of their own under which they also ask the loader about modules; jump labels even hold off
CPU hotplug. To hold the mutex around all of them would fix an order among locks that none of
their authors could know.

@<Those who want to hear of modules@>=
BLOCKING_NOTIFIER_HEAD(module_notify_list);
@#
int register_module_notifier(struct notifier_block *listener)
{
	return blocking_notifier_chain_register(&module_notify_list, listener);
}
EXPORT_SYMBOL(register_module_notifier);

@ When |unregister_module_notifier| returns, nobody is inside the listener and nobody will
enter it: the chain's semaphore is held for reading during the whole of a call. In the
vocabulary of the second book it is a {\it drained entry}.

@<Those who want to hear of modules@>=
int unregister_module_notifier(struct notifier_block *listener)
{
	return blocking_notifier_chain_unregister(&module_notify_list, listener);
}
EXPORT_SYMBOL(unregister_module_notifier);

@*1 Finding the tables. A table is a section with a name that two sides have agreed upon. A macro in some header
puts each of its uses into that section, the linker lays the entries side by side, and we tell
the subsystem where they lie. Nothing else marks an entry; the only thing that says how many there are is
the size of the section.

So a size that is not a whole number of entries means that the file was cut, or was built against
other headers. The tempting thing is to divide and drop the rest, and the loader did so for two
decades. Then whatever follows the damage is read at the wrong offset by
code that believes every field, since it runs in a kernel that checked the file. We refuse
the module, and say which table it was. One line is enough even if ten tables are broken, so only the first
complains.
@.section ... is no whole number...@>
@^error ENOEXEC@>

@<Take a table by its name@>=
static void *take_table(const struct load_info *info, const char *name,@|
			size_t entry, unsigned int *count, int *err)
{
	const Elf_Shdr *table = &info->sechdrs[find_sec(info, name)];

	*count = table->sh_size / entry;
	if (table->sh_size % entry && !*err) {
		load_err(info, "section %s is no whole number of entries (%llu bytes, %zu each)",@|
			 name, (unsigned long long)table->sh_size, entry);
		*err = -ENOEXEC;
	}
	return (void *)table->sh_addr;
}

@ If there is no such section, |find_sec| answers with section~0, which is empty and lies at
address~0. The result is a null pointer and a count of zero, and no caller needs to ask.

A macro reads the size of an entry off the field itself. That is its whole
point: a size written by hand next to each name would be one more thing to get wrong. It expects |mod|, |info|
and |err| in its scope, which is the one function below. Some counts in |struct module| are |int| where others are
|unsigned|; the compiler lets that pass, and would complain of any other width.

@<Take a table by its name@>=
#define TABLE(name, first, count) \
	(mod->first = take_table(info, name, sizeof(*mod->first), &mod->count, &err))

@ Here is the list, by those who use the tables. Each group is compiled only if its subsystem is,
since otherwise the fields do not exist. A module that was built with more than this kernel has is
not thereby wrong: nobody asks for its extra section, and it stays where it is, unused.

Every table is looked up by name among all the sections. That is thirty searches of some
fifty names, a few microseconds in a load of milliseconds; a cleverer search would cost a
page of explanation.
@^error EINVAL@>

@<Find the tables of a module@>=
@<Take the checksums of exported symbols@>@;
@<Check the table of |BUG| and |WARN| entries@>@;
@#
int find_module_sections(struct module *mod, struct load_info *info)
{
	int err = 0;

	@<Take exports and parameters@>@;
	@<Take the tables of code that can be patched@>@;
	@<Take the tables of the tracers@>@;
	@<Take the tables of those who intrude@>@;
	@<Take the tables of everybody else@>@;
	@<Take the constructors; |return -EINVAL| if there are two kinds@>@;
	if (!err)
		err = check_bug_table(info);
	return err;
}

@ Exports come in two tables, one for everybody and one for modules under a compatible licence. Each
may have a table of checksums beside it.

The last line is about a section that no compiler has made for many years; it comes from before parameters were what they are
now. A module that still has it gets a warning, since its parameters will not work.
@.obsolete parameters@>

@<Take exports and parameters@>=
TABLE("__ksymtab", syms, num_syms);
TABLE("__ksymtab_gpl", gpl_syms, num_gpl_syms);
mod->crcs = take_checksums(info, "__kcrctab", mod->num_syms, &err);
mod->gpl_crcs = take_checksums(info, "__kcrctab_gpl", mod->num_gpl_syms, &err);
TABLE("__param", kp, num_kp);
if (find_sec(info, "__obsparm"))
	pr_warn("%s: obsolete parameters are ignored\n", mod->name);

@ The checksums have no count of their own in |struct module|: entry $i$ belongs to symbol $i$, and
whoever finds the symbol reads the sum with the same index. So a table that is too short
is an invitation to read beyond it, later, when some other module asks for the last symbol. This is
the one place that knows both lengths. (A table that is missing altogether is a different matter,
which may be permitted; see \chap{symbols}.)
@.section ... checksums for...@>
@^error ENOEXEC@>

@<Take the checksums of exported symbols@>=
static const s32 *take_checksums(const struct load_info *info,@|
				 const char *name, unsigned int exports, int *err)
{
	unsigned int sums;
	const s32 *table = take_table(info, name, sizeof(*table), &sums, err);

	if (IS_ENABLED(CONFIG_MODVERSIONS) && table && sums < exports && !*err) {
		load_err(info, "section %s has %u checksums for %u exports",@|
			 name, sums, exports);
		*err = -ENOEXEC;
	}
	return table;
}

@ Instructions that the kernel may rewrite while they run: branches that a static key turns, calls
that can be redirected, calls at the start of functions. The first two are patched by
their owners when they hear that the module is |COMING|, the last by ftrace, which the spine calls
by name.

@<Take the tables of code that can be patched@>=
#ifdef CONFIG_JUMP_LABEL
TABLE("__jump_table", jump_entries, num_jump_entries);
#endif
#ifdef CONFIG_HAVE_STATIC_CALL_INLINE
TABLE(".static_call_sites", static_call_sites, num_static_call_sites);
#endif
#ifdef CONFIG_FTRACE_MCOUNT_RECORD
TABLE(FTRACE_CALLSITE_SECTION, ftrace_callsites, num_ftrace_callsites);
#endif

@ The tracers have the most. A tracepoint is a place in the code where somebody may hook in; an
event describes what is recorded there; an |eval_map| translates the names of enumeration constants in the description to
numbers; a format string of |trace_printk| must be known to whoever prints the buffer; a raw event lets a BPF program attach.

@<Take the tables of the tracers@>=
#ifdef CONFIG_TRACEPOINTS
TABLE("__tracepoints_ptrs", tracepoints_ptrs, num_tracepoints);
#endif
#ifdef CONFIG_EVENT_TRACING
TABLE("_ftrace_events", trace_events, num_trace_events);
TABLE("_ftrace_eval_map", trace_evals, num_trace_evals);
#endif
#ifdef CONFIG_TRACING
TABLE("__trace_printk_fmt", trace_bprintk_fmt_start, num_trace_bprintk_fmt);
#endif
#ifdef CONFIG_BPF_EVENTS
TABLE("__bpf_raw_tp_map", bpf_raw_events, num_bpf_raw_events);
#endif

@ The next tables say where probing is forbidden, and where a fault may be injected on purpose. A range of text is a
table, too, with entries of one byte: it is marked as a whole, because the compiler was told to put
certain functions there.

@<Take the tables of those who intrude@>=
TABLE(".noinstr.text", noinstr_text_start, noinstr_text_size);
#ifdef CONFIG_KPROBES
TABLE(".kprobes.text", kprobes_text_start, kprobes_text_size);
TABLE("_kprobe_blacklist", kprobe_blacklist, num_kprobe_blacklist);
#endif
#ifdef CONFIG_FUNCTION_ERROR_INJECTION
TABLE("_error_injection_whitelist", ei_funcs, num_ei_funcs);
#endif

@ The exception table says which instructions may fault and where to go on if they do. It is the
only one in this group that every configuration has.

@<Take the tables of everybody else@>=
TABLE("__ex_table", extable, num_exentries);
#ifdef CONFIG_TREE_SRCU
TABLE("___srcu_struct_ptrs", srcu_struct_ptrs, num_srcu_structs);
#endif
#ifdef CONFIG_PRINTK_INDEX
TABLE(".printk_index", printk_index_start, printk_index_size);
#endif
#ifdef CONFIG_DYNAMIC_DEBUG_CORE
TABLE("__dyndbg", dyndbg_info.descs, dyndbg_info.num_descs);
TABLE("__dyndbg_classes", dyndbg_info.classes, dyndbg_info.num_classes);
#endif
#if IS_ENABLED(CONFIG_KUNIT)
TABLE(".kunit_test_suites", kunit_suites, num_kunit_suites);
TABLE(".kunit_init_test_suites", kunit_init_suites, num_kunit_init_suites);
#endif
@<Take the type information, which stays in the copy@>@;

@ Type information for BPF is the exception among the tables: its section is not marked to be kept.
The BTF code parses it into structures of its own when the module is |COMING|, and at that time the
copy of the file still exists; so the copy serves, and the module saves the memory. These two pointers
are the only ones in |struct module| that lead into the copy. They dangle from the moment when it is
freed, which nobody notices, because nobody but the |COMING| notifier follows them, and
they are cleared when |init| has returned.

@<Take the type information, which stays in the copy@>=
#ifdef CONFIG_DEBUG_INFO_BTF_MODULES
mod->btf_data = any_section_objs(info, ".BTF", 1, &mod->btf_data_size);
mod->btf_base_data = any_section_objs(info, ".BTF.base", 1, &mod->btf_base_data_size);
#endif

@ Constructors are functions that the compiler itself wants to have called before anything else;
the coverage tools use them. Old linkers collect their addresses in \.{.ctors}, new ones in
\.{.init\_array}. A module with both was put together from parts that do not belong together, and the
order among the two would be a guess.
@.has both .ctors and .init\_array@>
@^error EINVAL@>

@<Take the constructors; |return -EINVAL| if there are two kinds@>=
#ifdef CONFIG_CONSTRUCTORS
TABLE(".ctors", ctors, num_ctors);
if (!mod->ctors)
	TABLE(".init_array", ctors, num_ctors);
else if (find_sec(info, ".init_array")) {
	load_err(info, "the module has both .ctors and .init_array");
	return -EINVAL;
}
#endif

@ One table we do not take. The entries of |BUG| and |WARN| are looked up by |module_bug_finalize| on its own,
when |complete_formation| calls it below. It takes the first section of that name
whether the section is kept or not, and divides without asking for a remainder. In a file whose flags were
damaged it would remember an address in the copy of the file, and the next warning anywhere in
the kernel, weeks later perhaps, would walk through memory that was freed when the load
ended. We cannot mend that function, which is not the loader's; but we can refuse the file before it gets there.
@.section \_\_bug\_table is damaged@>
@^error ENOEXEC@>

@<Check the table of |BUG| and |WARN| entries@>=
static int check_bug_table(const struct load_info *info)
{
#ifdef CONFIG_GENERIC_BUG
	const Elf_Shdr *table = &info->sechdrs[find_any_sec(info, "__bug_table")];

	if (table->sh_size &&
	    (!(table->sh_flags & SHF_ALLOC) || table->sh_size % sizeof(struct bug_entry))) {
		load_err(info, "section __bug_table is damaged (size or flags)");
		return -ENOEXEC;
	}
#endif
	return 0;
}

@*1 After relocation. Four things had to wait until every address is final. None of them is seen
by anybody yet, and only the last can fail, so there is nothing to undo between them.

Exception entries are searched by halving, so they must be sorted by address. The linker cannot do it,
for it does not know in which order the sections will lie in memory. It must be done before
the table becomes read-only, and before the first of the module's instructions can fault.

The values that per-CPU variables start with may contain addresses; therefore the relocations were applied
to the one image in the copy of the file, and only now is it copied to the place of every CPU
(every {\it possible} one, as a CPU that appears later must find its data
ready).

The symbol table for |kallsyms| needs the final value of each symbol. What the architecture finishes
comes last because it looks at finished text: on x86 it applies alternatives, return
thunks and the like (\chap{x86}).

@<Work on relocated sections@>=
int post_relocation(struct module *mod, const struct load_info *info)
{
	const Elf_Shdr *image = &info->sechdrs[info->index.pcpu];

	sort_extable(mod->extable, mod->extable + mod->num_exentries);
	percpu_modcopy(mod, (void *)image->sh_addr, image->sh_size);
	add_kallsyms(mod, info);
	return module_finalize(info->hdr, info->sechdrs, mod);
}

@*1 Making it visible. Now others get to see the module. Two things have to be one step under |module_mutex|. That no symbol
is exported twice is a fact about {\it all} modules; were the mutex
released between this check and the change of state, two modules that export the same name could
both pass. And a load that looks for a namesake, or for the provider of a symbol, reads the
state under the same mutex.

Of the things that can fail, the comparison of exports comes first, because it changes nothing; when it
fails it has said so itself. Entering the bug table needs no test.

The state is written with release semantics. Most who ask about modules hold no mutex: they walk the
list with preemption off, or come from a trap, and the first thing that they look at is the state. Whoever reads
|COMING| there must also see the tables behind it.
@^lock module\_mutex@>

@<Make the module visible@>=
@<Set the permissions of all pages@>@;
@#
int complete_formation(struct module *mod, struct load_info *info)
{
	int err;

	guard(mutex)(&module_mutex);
	err = verify_exported_symbols(mod);
	if (err < 0)
		return err;
	module_bug_finalize(info->hdr, info->sechdrs, mod);
	module_cfi_finalize(info->hdr, info->sechdrs, mod);
	err = protect_pages(mod, info);
	if (err) {
		module_bug_cleanup(mod); /* undoes |module_bug_finalize|; the other keeps no list */
		return err;
	}
	smp_store_release(&mod->state, MODULE_STATE_COMING);
	return 0;
}

@ After this no page of the module is both writable and executable (\fig{rights}), and nothing writes to its text
but the kernel's own patching code. The order among the three is that of growing
power: what must not change is sealed, then data loses the right to be executed, and only then does text become
executable. So at no time is there a page that could be written to and then run.

The part of the data that |init| may write once (|ro_after_init|) is still writable; it follows when |init| has returned.

If one of the calls fails, the pages already changed may stay as they are. The memory is about to be freed, and the
allocator resets the permissions of what it gets back.
@.cannot set page permissions@>

@<Set the permissions of all pages@>=
static int protect_pages(struct module *mod, const struct load_info *info)
{
	int err = module_enable_rodata_ro(mod, false);

	if (!err)
		err = module_enable_data_nx(mod);
	if (!err)
		err = module_enable_text_rox(mod);
	if (err)
		load_err(info, "cannot set page permissions (err %d)", err);
	return err;
}

@*1 Announcing it. The text is in place and nobody has run it. This is the moment for all who
want to change it, and the order in which they get to it is a chain of reasons.

\num1 |ftrace_module_enable| first. The spine had ftrace turn the calls at the start of all functions into
no-ops when the module was still unformed. Now the functions that somebody traces {\it already}
(all, perhaps, or those given by name before the module came) get their calls back. Livepatch redirects functions
through exactly these calls, so it must come later.
\num2 |klp_module_coming| second. If a patch exists for this module, it must be in force before anybody can call
the old code, and the first call is not far: a parameter may bring its own function to parse it.
\num3 The chain last, in the order of the priorities that the listeners chose. Livepatch and ftrace are not among them, because
they must be first when a module comes and last when it goes, and a chain is walked in the same direction both times.

\endli
Among the listeners the order is theirs, and we list it only to show that it is one. Probes set by
name before the module came, jump labels and trace events have the higher priorities. All others share
the lowest and run in the order of their registration: static calls, tracepoints, the lists of places that
must not be probed, error injection, SRCU structures, BTF, the printk index. Tracepoints
and dynamic debug come after jump labels because each of their places is a branch behind a static key; dynamic
debug even turns some of them at once, when a parameter asks for it.

@ A listener that refuses does not leave the others with half a story: the {\it robust} call goes back over
those that heard |COMING|, and only over those, with |GOING|. This is a contract worth stating, as kernels have
crashed for the want of it (CVE-2024-50002). {\it Going undoes what coming did, and nothing else.} The
listener that failed is not called again; it has to clean up after itself. In the case cited, static calls ran
out of memory half-way through a module and then ran the whole of their going path, over keys that coming had not
reached. The loader does its share by never sending |GOING| to
anybody who did not see |COMING| through.
@.a listener refused the module@>

@<Announce that it is coming@>=
int prepare_coming_module(struct module *mod)
{
	int err;

	ftrace_module_enable(mod); /* undone by |ftrace_release_mod|, two rungs down in the spine */
	err = klp_module_coming(mod); /* says itself why it fails */
	if (err < 0)
		return err;
	err = notifier_to_errno(blocking_notifier_call_chain_robust(&module_notify_list,
			MODULE_STATE_COMING, MODULE_STATE_GOING, mod));
	if (err) {
		pr_err("%s: a listener refused the module (err %d)\n", mod->name, err);
		klp_module_going(mod);
	}
	return err;
}

@*1 Parameters of ours. Two parameters belong to every module although no module declares them. |async_probe| says
whether the loader may return before the devices that |init| found are ready; |dyndbg| turns debugging messages
on. |parse_args| calls us for every name that the module's own table does not have.

A name that nobody knows is not an error. Distributions
carry configuration files with options for years after the options have gone, and a machine whose network driver does
not load is a bad way to tell them. The warning keeps the words that people search for.

A bare \.{async\_probe}, with nothing behind it, has |val==NULL|; |kstrtobool| fails on it, and so does it on nonsense. Either
way the name was mentioned and we take it for a yes.
@.unknown parameter '...' ignored@>

@<Parameters that belong to the loader@>=
int unknown_module_param_cb(char *param, char *val, const char *modname, void *arg)
{
	struct module *mod = arg;

	if (!strcmp(param, "async_probe")) {
		if (kstrtobool(val, &mod->async_probe_requested))
			mod->async_probe_requested = true;
	} else if (ddebug_dyndbg_module_param_cb(param, val, modname)) {
		pr_warn("%s: unknown parameter '%s' ignored\n", modname, param);
	}
	return 0;
}

@ The default for all modules is a parameter of the loader itself, \.{module.async\_probe=} on the kernel's command
line; it can be changed while the kernel runs. The spine copies it into
each module before the module's own parameters are parsed, so these have the last word.

@<Parameters that belong to the loader@>=
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "module."
@#
bool async_probe;
module_param(async_probe, bool, 0644);

@*1 What only |init| needs. Of the seven memories of a module, three serve only until |init| has returned: text, data and
read-only data of the init kind. They are given back then, which saves a page or two for each. But not at once: a walker of symbol tables, or an unwinder, may stand in them with preemption off at this very moment,
and it must not lose the ground. A grace period waits for all of these.

The obvious thing is to call |synchronize_rcu| and free. It costs every successful load some milliseconds
of standing still, and a machine that boots loads two hundred modules, many of them one after another. So we hang the memory on a
list, and a work item waits for one grace period on behalf of all modules that it finds there.

The note that hangs on the list is needed after |init|, when nothing may fail. So it is allocated before. (Could it live
in the init memory itself? That memory is partly read-only by then, and a list that ends in memory about to be
freed is not a thing one wants to prove correct.) The array has room for all seven kinds, so that it can be
indexed by the kind; the note takes 64 bytes of which four words are unused.

@<Memory that only |init| needs@>=
struct shed_memory {
	struct llist_node node;
	void *base[MOD_MEM_NUM_TYPES]; /* set for the three kinds of init memory */
};
static LLIST_HEAD(shed_list);
@#
@<Free all the memory on the list@>@;
static DECLARE_WORK(shed_work, free_shed_memory);

@ The list is taken in one exchange {\it before} the grace period. What is added while we wait stays behind
and is not freed early: its own grace period begins with the next run. A pointer may be null here, for a
module without that kind, and |execmem_free| does not mind. It must not be called from an interrupt, which
is the other reason for a work item, where an RCU callback would otherwise do.

@<Free all the memory on the list@>=
static void free_shed_memory(struct work_struct *unused)
{
	struct llist_node *list = llist_del_all(&shed_list);
	struct shed_memory *shed, *next;

	synchronize_rcu();
	llist_for_each_entry_safe(shed, next, list, node) {
		for_class_mod_mem_type(type, init)
			execmem_free(shed->base[type]);
		kfree(shed);
	}
}

@ When the kernel has booted it makes its own data read-only and then looks for pages that are both writable and executable.
Init memory that waits to be freed may look like that on some architectures, and would be reported. So the kernel calls this
function first.

That it is enough to flush the work has to be shown. |llist_add| says whether the list was empty. If so,
the work is scheduled; if not, somebody else has scheduled it, and it has not yet taken the list. The
gap between the adding and the scheduling would be a hole: a second module could add its memory, believe that it
is taken care of, and flush a work item that is not scheduled yet. But both are done under |module_mutex|, so the second
comes after both.

@<Memory that only |init| needs@>=
void flush_module_init_free_work(void)
{
	flush_work(&shed_work);
}

@ Now the step where the memory is shed, after a successful |init|. The order within it:

The exception table loses its entries for init text (they lie at its two ends, since it is sorted and init text is in one piece). This
needs to know where init text {\it is}, so it comes before the bounds are forgotten.

The symbol table goes over from the complete one, which lies in init memory, to the small one. A reader with preemption off
sees one or the other, and the old one stays until the grace period is over.

What |init| was allowed to write becomes read-only. This can fail, for want of memory to split a large page. And here a
failure may not fail the load: |init| has run, devices are registered, and to take the module away now would
pull it from under its users. Stock kernels have done both, and to fail was the bug. The data stays
writable, which is how it would be on a kernel without this protection, and we say so.

Then the module forgets that it had init memory: first in the tree, where addresses are looked up, then
in the architecture's own records, then in its own.
@.data might still be writable@>

@<Shed what only |init| needed@>=
#ifdef CONFIG_KALLSYMS
rcu_assign_pointer(mod->kallsyms, &mod->core_kallsyms);
#endif
trim_init_extable(mod);
err = module_enable_rodata_ro(mod, true);
if (err)
	pr_warn("%s: ro_after_init data might still be writable (err %d)\n",@|
		mod->name, err);
mod_tree_remove_init(mod);
module_arch_freeing_init(mod);
@<Move the init memory to the list@>@;

@ The base is forgotten together with the size, so that from now on no address is within the module's init memory. The
type information is forgotten here as well; it went with the copy of the file.

@<Move the init memory to the list@>=
for_class_mod_mem_type(type, init) {
	shed->base[type] = mod->mem[type].base;
	mod->mem[type].size = 0;
	mod->mem[type].base = NULL;
}
#ifdef CONFIG_DEBUG_INFO_BTF_MODULES
mod->btf_base_data = NULL;
mod->btf_data = NULL;
#endif
if (llist_add(&shed->node, &shed_list))
	schedule_work(&shed_work);

@*1 Running it. Everything so far served one call. |do_init_module| makes it, and decides what follows.

It is not inlined, and keeps the name it has always had: debuggers set a breakpoint there, to learn of each module when all is in place
and nothing has run. On entry the load holds a reference of its own, with which the count began, so nobody can remove the module under us; the
state is |COMING|, and no lock is held.
@^error ENOMEM@>

@<Run |init|@>=
noinline int do_init_module(struct module *mod)
{
	struct shed_memory *shed;
	unsigned int size = 0, text = 0;
	int err;

	@<Add up what the module occupies@>@;
	shed = kzalloc(sizeof(*shed), GFP_KERNEL);
	if (!shed) {
		err = -ENOMEM;
		goto abandon;
	}
	@<Call constructors and |init|; |goto forget| if |init| fails@>@;
	go_live(mod);
	leave_init_behind(mod, shed); /* from here on, |mod| may be gone */
	@<Count the module; |return 0|@>@;
	@<Undo the allocation of |shed|, and all before it@>@;
}

@ The lack of 64 bytes is reported by the allocator, at length. The errno is
|ENOMEM|, as ever. An |init| returns zero, or an error. One that returns a positive number meant either a success or an
error with its sign forgotten. Nobody can tell; for two decades the kernel has taken it for a success and complained, and
modules exist that rely on it. The stack is printed so that the author sees which kernel thread or program asked for it.
@.init returned ...@>

Constructors return nothing, so they come first and cannot fail; |init| may use what they have built. A module without |init|, a
library, lives from here on.

@<Call constructors and |init|; |goto forget| if |init| fails@>=
call_constructors(mod);
err = mod->init ? do_one_initcall(mod->init) : 0;
if (err < 0)
	goto forget;
if (err > 0) {
	pr_warn("%s: init returned %d, neither 0 nor a negative errno; "@|
		"loaded anyway\n", mod->name, err);
	dump_stack();
}

@ The address of each constructor stands in the table that was taken above; the linker has put them in the order in which they must run.

@<The steps before, around and after |init|@>=
static void call_constructors(struct module *mod)
{
#ifdef CONFIG_CONSTRUCTORS
	for (unsigned int i = 0; i < mod->num_ctors; i++)
		mod->ctors[i]();
#endif
}

@ With |CONFIG_MODULE_STATS| the sizes of all loaded modules are added up. They have to be taken at the start, when init
memory still counts; and at the end |mod| can no longer be asked, because the moment we drop our reference somebody
may remove it.

@<Add up what the module occupies@>=
if (IS_ENABLED(CONFIG_MODULE_STATS))
	for_each_mod_mem_type(type) {
		size += mod->mem[type].size;
		if (type == MOD_TEXT || type == MOD_INIT_TEXT)
			text += mod->mem[type].size;
	}

@ What was added up at the start is booked only now, because a module whose |init| failed does not count.

@<Count the module; |return 0|@>=
mod_stat_add_long(text, &total_text_size);
mod_stat_add_long(size, &total_mod_size);
mod_stat_inc(&modcount);
return 0;

@ {\it Alive.} The state changes before the listeners are told, as some of them look at it, and the event for user
space comes after both. The directory in sysfs has been there since before |init|, but the event had to wait:
udev reacts to it by using the module, and would have used one that might yet fail.

Drivers may probe their devices asynchronously; |init| then returns while probing goes on in other threads. Who
asked for the module wants its devices: a |modprobe| of a disk driver is followed by a |mount|. So we wait for all that is
under way, unless the module was loaded with |async_probe|, by which the caller says that he does not mind. The wait is
for {\it every} asynchronous call in the kernel, not only for those of this module, since nobody keeps them apart. Hence a
module must not be loaded, and waited for, from within such a call. It would wait for itself.

Ftrace drops its records of init text before the memory goes. It has a mutex of its own and may wait for a grace period, so this
is done before we take ours.

@<The steps before, around and after |init|@>=
static void go_live(struct module *mod)
{
	const struct module_memory *text = &mod->mem[MOD_INIT_TEXT];

	smp_store_release(&mod->state, MODULE_STATE_LIVE);
	blocking_notifier_call_chain(&module_notify_list, MODULE_STATE_LIVE, mod);
	kobject_uevent(&mod->mkobj.kobj, KOBJ_ADD);
	if (!mod->async_probe_requested)
		async_synchronize_full();
	ftrace_free_mem(mod, text->base, text->base + text->size);
}

@ The reference that kept the module while it was loading is dropped under |module_mutex|. From then on its count may be zero and
somebody may want to remove it; but a removal begins by taking the same mutex, and so it waits until init memory is shed.

The bell rings after the mutex is released, because everybody who hears it wants the mutex. There are two kinds of
them: loads that need a symbol of this module, and loads of the same name. By now |mod| may be
gone altogether, so nothing behind the unlocking looks at it.
@^lock module\_mutex@>

@<The steps before, around and after |init|@>=
static void leave_init_behind(struct module *mod, struct shed_memory *shed)
{
	int err;

	mutex_lock(&module_mutex);
	put_load_reference(mod);
	@<Shed what only |init| needed@>@;
	mutex_unlock(&module_mutex);
	wake_up_all(&module_wq);
}

@*1 When |init| fails. The two rungs of |do_init_module|. The first frees the note. The second takes the module
apart, just as a removal would but for |exit|: an |init| that fails has undone what it did.

@<Undo the allocation of |shed|, and all before it@>=
forget:
	kfree(shed);
abandon:
	abandon_module(mod);
	return err;

@ Nobody is told by the log that |init| has failed. The errno goes back to the caller, who knows what he wanted, and |ENODEV| from a driver
that finds no device is an ordinary answer: one machine gives it a hundred times at boot.

The gate comes first: the state is set to |GOING|, every new reference is refused, and those who are just asking are waited for. Our own reference is dropped with it.
The listeners hear |GOING|, in the order in which they heard |COMING|; livepatch and ftrace follow, as
in a removal; |free_module| does the rest (\seein{unload-rules}{burial}). It leaves the memory to the undertaker, who first waits for
asynchronous calls, among others: an |init| that started one and failed without waiting has left a pointer to its text behind. The
bell wakes the loads that waited for this one: for them, the wait is over too, with an error.

Somebody may have taken a reference while |init| ran, and may hold it still. He has done everything right: an |init| that registers a device wants it
to be found at once, and whoever finds it holds the module before he opens it. To refuse him would lose an event for nothing. So the memory is not freed under him, as the stock
loader does (it has happened, CVE-2022-49236); the module lingers until he gives the reference back (\seein{unload-rules}{failing}).

@<The steps before, around and after |init|@>=
static void abandon_module(struct module *mod)
{
	bool alone = close_failed_load(mod);

	blocking_notifier_call_chain(&module_notify_list, MODULE_STATE_GOING, mod);
	klp_module_going(mod);
	if (alone) {
		ftrace_release_mod(mod);
		free_module(mod, true); /* |mod| may go any moment */
	} else {
		mod_sysfs_teardown(mod);
		linger(mod); /* |mod| is nameless, and may go any moment */
	}
	wake_up_all(&module_wq);
}
