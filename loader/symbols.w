@q SPDX-License-Identifier: GPL-2.0-only @>

@* Symbols. \label{symbols}%
A module file is full of holes. Wherever its code calls a function of the kernel, or of another module,
the compiler left four empty bytes and a note that says whose address belongs there. The file
system \.{vfat}, built as a module, asks for 66 addresses: |d_instantiate| from the kernel itself,
|fat_build_inode| from the module \.{fat}, and so on. Before anything can be linked, each name
must become an address. That is the business of this chapter; putting the
addresses into the holes is that of \chap{link}.

A look-up in a dictionary would be a page of code. Ours is longer, because a name is not
only found but {\it granted}. Whoever exports a symbol may demand that its users be free software,
that they name the name space it lives in, that they were compiled against the same types; and whoever uses
a symbol of a module must keep that module from leaving. So the chapter has three parts: finding a
name, granting its use, and the duties of those who export.

\figure{symbol}{How a symbol is found: the kernel's tables first, then those of the modules, each
searched by halving; then four questions, and only the last of them leaves something behind.}

@ The file has the same three parts. Everything here runs in process context, with two exceptions:
|find_symbol| may be called with preemption off instead of the mutex, and |cmp_name| takes no lock at all.

@(kernel/module/symbols.c@>=
#include <linux/module.h>
#include <linux/moduleloader.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "internal.h"
@#
@<Find an exported symbol by its name@>@;
@<Grant a found symbol to the module that asked for it@>@;
@<Wait for a provider that is still coming@>@;
@<Hold an exporting module to its duties@>@;

@*1 The tables. For each exported symbol the build writes one entry of twelve bytes: where the value is, where
the name is, and where the name of its name space is. Each of the three is not an address but the
distance from the field itself to its goal. A distance takes half the room of an address, and it
stays true wherever the kernel is moved at boot: ten thousand exports would otherwise mean
thirty thousand words to correct each time the machine starts.

The entries lie in a table that the linker has sorted by name. That order is the one invariant
on which the search rests. A table is written when its owner is linked, or relocated, and never again; it
lives as long as its owner. So a table needs no lock, only an owner who stays.

The three fields are declared one by one although a single declaration would do. The structure occurs
in the prototype of |module_layout| (\chap{versions}), and the sum that all modules carry is taken over its
declaration word by word.
@^checksum of a symbol@>

@<One entry of a table of exports@>=
struct kernel_symbol {
	int value_offset;
	int name_offset;
	int namespace_offset;
};

@ This part has no need of a kernel around it, and a test compiles it as it stands in a user process. So
it has a file of its own, which \.{internal.h} includes, and which must not include anything itself.

@(kernel/module/symtab.h@>=
@<One entry of a table of exports@>@;
@<From an entry to what it points at@>@;
@<The tables that the linker made for the kernel@>@;
@<A table of exports as the search sees it@>@;
@<Search one table by halving@>@;

@ An absent name space is a distance of zero, for that would be the field itself. The
build writes the empty string for ``no name space'', so both forms mean the same, and whoever asks
must know both.

@<From an entry to what it points at@>=
static inline unsigned long kernel_symbol_value(const struct kernel_symbol *sym)
{
	return (unsigned long)offset_to_ptr(&sym->value_offset);
}
static inline const char *kernel_symbol_name(const struct kernel_symbol *sym)
{
	return offset_to_ptr(&sym->name_offset);
}
static inline const char *kernel_symbol_namespace(const struct kernel_symbol *sym)
{
	return sym->namespace_offset ? offset_to_ptr(&sym->namespace_offset) : NULL;
}

@ The kernel has two tables, because there are two licences: what anybody may use, and what only
free software may. A module has the same two, and finds them in |mod->syms| and |mod->gpl_syms|. (In
the distribution's kernel the two are almost equal in length, 4821 and 5140 names.) Beside each table
runs a second one with the version sums, in the same order, one for each entry.

@<The tables that the linker made for the kernel@>=
extern const struct kernel_symbol __start___ksymtab[], __stop___ksymtab[];
extern const struct kernel_symbol __start___ksymtab_gpl[], __stop___ksymtab_gpl[];
extern const s32 __start___kcrctab[], __start___kcrctab_gpl[];

@ To the search a table is its two ends, the sums beside it, and the licence that goes with it. Every
look-up makes such a structure on its stack, for no longer than it needs it.

The sums exist only in kernels with |CONFIG_MODVERSIONS|. In others the linker still defines
|__start___kcrctab|, as the start of nothing; so it is the configuration that must be asked here,
not the pointer. A module that was built without sums has a null pointer, and then it is the pointer.

@<A table of exports as the search sees it@>=
enum mod_license { NOT_GPL_ONLY, GPL_ONLY };
struct export_table {
	const struct kernel_symbol *start, *stop; /* sorted by name */
	const s32 *crcs; /* one for each entry, or |NULL| */
	enum mod_license license;
};
@#
static inline const s32 *export_crc(const struct export_table *t, const struct kernel_symbol *sym)
{
	if (!IS_ENABLED(CONFIG_MODVERSIONS) || !t->crcs)
		return NULL;
	return t->crcs + (sym - t->start);
}

@ A sorted table is searched by halving. The invariant is that every name below |lo| is smaller than
the one we seek, and every name from |hi| on is greater. The part between them is what remains; each
comparison takes away more than half of it, so five thousand names cost at most thirteen comparisons. When nothing
remains the name is not there.

The kernel has a |bsearch| for any kind of table. It calls a comparison through a pointer, and on a kernel
guarded by retpolines each of these calls is a small detour; a load makes tens of thousands of
them. Ten lines are a fair price, and besides they can be read.

@<Search one table by halving@>=
static inline const struct kernel_symbol *
search_exports(const struct export_table *t, const char *name)
{
	const struct kernel_symbol *lo = t->start, *hi = t->stop;

	while (lo < hi) {
		const struct kernel_symbol *mid = lo + (hi - lo) / 2;
		int order = strcmp(name, kernel_symbol_name(mid));

		if (!order)
			return mid;
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

@ The licence decides before the search, not after it. To a module that may not have them, symbols for free
software simply do not exist: their table is passed over. That makes the answer to such a module the same as for a
name that was misspelt, \.{Unknown\ symbol}, and saves us a second kind of refusal.

@<Search one table by halving@>=
static inline const struct kernel_symbol *
search_permitted(const struct export_table *t, const char *name, bool gplok)
{
	if (t->license == GPL_ONLY && !gplok)
		return NULL;
	return search_exports(t, name);
}

@*1 The order of the search. Now for all the tables there are. A question and its answer travel in one
|struct find_symbol_arg| (\chap{header}). The caller holds |module_mutex|, or has switched preemption off;
either keeps the owner that we return from vanishing, for just as long as the caller
goes on doing so. What the caller does meanwhile is to take a reference.
@^lock module\_mutex@>
@^lock preemption off@>

The kernel's tables come first. Most names are found there, nothing needs to be walked,
and no module can put itself in front of the kernel. Among the modules the order of the list decides, the
latest first. We can afford to stop at the first hit because no name is ever exported twice; |verify_exported_symbols|,
below, sees to that. So the order has no influence on the answer, only on the time.
@.Failed to find symbol@>

@<Find an exported symbol by its name@>=
@<Look into a pair of tables@>@;
@<Describe the two tables of a module@>@;
@<Compare a name with an entry, for others@>@;
@#
bool find_symbol(struct find_symbol_arg *fsa)
{
	@<Describe the two tables of the kernel@>@;
	struct module *mod;

	module_assert_mutex_or_preempt();
	if (look_into_pair(kernel_tables, NULL, fsa))
		return true;
	@<Look into the tables of every formed module; |return true| if one has it@>@;
	pr_debug("Failed to find symbol %s\n", fsa->name);
	return false;
}

@ The kernel's pair never changes, so it is written down once. The linker has named the ends.

@<Describe the two tables of the kernel@>=
static const struct export_table kernel_tables[2] = {@t\1@>@/
	{ __start___ksymtab, __stop___ksymtab, __start___kcrctab, NOT_GPL_ONLY },@/
	{ __start___ksymtab_gpl, __stop___ksymtab_gpl, __start___kcrctab_gpl, GPL_ONLY },@t\2@>@/
};

@ A module's pair is put together anew for each look. Kept in |struct module| it would be one more thing that lies
there and must be right.

@<Describe the two tables of a module@>=
static void tables_of(const struct module *mod, struct export_table pair[2])
{
	pair[0].start = mod->syms;
	pair[0].stop = mod->syms + mod->num_syms;
	pair[0].crcs = mod->crcs;
	pair[0].license = NOT_GPL_ONLY;
	pair[1].start = mod->gpl_syms;
	pair[1].stop = mod->gpl_syms + mod->num_gpl_syms;
	pair[1].crcs = mod->gpl_crcs;
	pair[1].license = GPL_ONLY;
}

@ One hit fills in the whole answer. The address of the sum is handed out rather than the sum, since
its absence must be told apart from a sum that happens to be zero.

@<Look into a pair of tables@>=
static bool look_into_pair(const struct export_table *pair, struct module *owner,
			   struct find_symbol_arg *fsa)
{
	for (int i = 0; i < 2; i++) {
		fsa->sym = search_permitted(&pair[i], fsa->name, fsa->gplok);
		if (!fsa->sym)
			continue;
		fsa->owner = owner;
		fsa->license = pair[i].license;
		fsa->crc = export_crc(&pair[i], fsa->sym);
		return true;
	}
	return false;
}

@ An unformed module is on the list only to reserve its name. Its tables may hold
distances that are not relocated yet, or memory about to be freed, and must not be touched. One that failed to start
and is still held by somebody has lost its names. A
module in any other state is shown to the caller, also one that is coming or going: the caller wants to
know that the symbol {\it exists\/} and cannot be had, which calls for another answer than a
name that nobody exports.

Here is the cost that this loader shares with the stock one: a name that no table holds is
sought in all of them. On a machine with a hundred modules that is two hundred short
searches; but such a name is the exception, and ends the load.

@<Look into the tables of every formed module; |return true| if one has it@>=
list_for_each_entry_rcu(mod, &modules, list, lockdep_is_held(&module_mutex)) {
	struct export_table pair[2];

	if (mod->state == MODULE_STATE_UNFORMED || is_nameless(mod))
		continue;
	tables_of(mod, pair);
	if (look_into_pair(pair, mod, fsa))
		return true;
}

@ The file that serves \.{/proc/kallsyms} marks exported names with a capital letter. It searches our
tables with |bsearch|, and asks us for the comparison.

@<Compare a name with an entry, for others@>=
int cmp_name(const void *name, const void *sym)
{
	return strcmp(name, kernel_symbol_name(sym));
}

@*1 What must hold before a symbol is granted. The symbol is found; may this module have it? There are four questions: does a
proprietary owner mix with what the module uses already, were both compiled against the same types,
does the module name the symbol's name space, and can the owner be held? The first three only look. The last one takes
a reference and records it, so it comes last, and when it is answered nothing is left that could fail.

The answer has three forms. A symbol: granted. |NULL|: there is no such symbol {\it for this
module}, which a weak reference may survive (\chap{link}). An error: there is one and it is
refused, which nothing survives; or, with |EBUSY|, it is not ready.
@^error EBUSY@>
@^lock module\_mutex@>

@<Grant a found symbol to the module that asked for it@>=
@<Mixing with a proprietary owner@>@;
@<Naming the name space@>@;
static const struct kernel_symbol *
resolve_symbol(struct module *mod, const struct load_info *info, const char *name, char *owner)
{
	@<Form the question; a proprietary module gets no more than it may have@>@;
	int err;

	sched_annotate_sleep(); /* see below */
	guard(mutex)(&module_mutex);
	if (!find_symbol(&fsa))
		return NULL;
	@<Copy the owner's name while the owner cannot go@>@;
	@<Ask about licence, version and name space; |return| if one of them is wrong@>@;
	@<Hold the owner, and record that we do; |return| if it cannot be held@>@;
	note_import(info, name);
	return fsa.sym;
}

@ The mark of a proprietary module was set when its licence was read (\chap{modinfo}), long before the first
symbol. It may also come upon a module in the middle of its own look-ups, as we shall see; so
it is read anew for each name.

@<Form the question; a proprietary module gets no more than it may have@>=
struct find_symbol_arg fsa = {@t\1@>@/
	@[@].name = name,@/
	@[@].gplok = !test_bit(TAINT_PROPRIETARY_MODULE, &mod->taints),@/
	@[@].warn = true,@t\2@>@/
};

@ If we give up waiting for the owner, a message will say so, and will say for whom we waited. By then the mutex
is released and the owner may be gone, its |struct module| with it. So the name is copied here, where
it is certain to exist. Printed later, out of the structure, it would be a use after free.
@^lock module\_mutex@>

@<Copy the owner's name while the owner cannot go@>=
strscpy(owner, module_name(fsa.owner), MODULE_NAME_LEN);

@ The licence comes first, because it can make the symbol not exist for this module, and there is no sense in blaming the version of what
does not exist. That the module uses a symbol for free software is remembered before anything can fail, so that a
proprietary provider is found out whichever comes first.

@<Ask about licence, version and name space; |return| if one of them is wrong@>=
if (fsa.license == GPL_ONLY)
	mod->using_gplonly_symbols = true;
if (!mixes_with(mod, fsa.owner, name))
	return NULL;
if (!check_version(info, name, mod, fsa.crc))
	return ERR_PTR(-EINVAL); @^error EINVAL@>
err = check_namespace(info, fsa.sym, mod);
if (err)
	return ERR_PTR(err);

@ A proprietary module could buy itself a way to everything by a small module that calls itself
free, uses symbols for free software and passes them on. Two rules close it. A module that uses
anything of a proprietary module is marked proprietary too, and from then on finds no symbols meant for
free software. And one that uses such symbols already is refused the proprietary one.
@.inheriting taint@>
@.using GPL-only symbols@>

So it matters in which order a module's names are looked up, but only for the wording of the refusal: whichever of two
incompatible names comes second is the one that cannot be found. The mark is set on the module
alone. The kernel as a whole has carried it since the owner was loaded.

@<Mixing with a proprietary owner@>=
static bool mixes_with(struct module *mod, struct module *owner, const char *name)
{
	if (!owner || !test_bit(TAINT_PROPRIETARY_MODULE, &owner->taints))
		return true;
	if (mod->using_gplonly_symbols) {
		pr_err("%s: module using GPL-only symbols uses symbols %s from "@|
		       "proprietary module %s.\n", mod->name, name, owner->name);
		return false;
	}
	if (!test_and_set_bit(TAINT_PROPRIETARY_MODULE, &mod->taints))@/
		pr_warn("%s: module uses symbols %s from "@|
			"proprietary module %s, inheriting taint.\n",@| mod->name, name, owner->name);
	return true;
}

@ A name space is a fence inside the kernel. A subsystem of many modules must export symbols to itself,
and would rather not export them to everybody. It cannot prevent that, for there is no secret in a name;
but it can demand that a user write |MODULE_IMPORT_NS| in its source, where a reviewer sees it. The compiler turns
this into a note \.{import\_ns=}, of which a module may have many.
@^error EINVAL@>
@.does not import it@>

A kernel can be configured to forgive those who forgot; then the line in the log is a warning,
and the symbol is granted.

@<Naming the name space@>=
static int check_namespace(const struct load_info *info, const struct kernel_symbol *sym,
			   const struct module *mod)
{
	bool forgive = IS_ENABLED(CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS);
	const char *space = kernel_symbol_namespace(sym);

	if (!space || !*space)
		return 0;
	@<Look for the name space among the imports; |return| 0 if it is there@>@;
	printk("%s%s: module uses symbol (%s) from namespace %s, "@|
	       "but does not import it.\n",@|
	       forgive ? KERN_WARNING : KERN_ERR, mod->name, kernel_symbol_name(sym), space);
	return forgive ? 0 : -EINVAL;
}

@ A module that uses several fenced subsystems has a note for each, and their order means nothing.

@s for_each_modinfo_entry for
@<Look for the name space among the imports; |return| 0 if it is there@>=
{
	char *import;

	for_each_modinfo_entry(import, info, "import_ns")
		if (!strcmp(import, space))
			return 0;
}

@ The last question acts. |ref_module| (\seein{unload-rules}{depends}) takes one reference on the owner, however many of
its symbols we use, and enters the pair into the record from which \.{rmmod} learns who
depends on whom. The reference is given back when this module is freed, or its load fails;
until then the owner cannot leave, which is what makes a call of an exported symbol safe without any
counting. The kernel itself, owner |NULL|, needs no holding.

If the owner has not finished its |init|, the answer is |EBUSY|; if it is leaving, |ENOENT|.
@^error EBUSY@>
@^error ENOENT@>

@<Hold the owner, and record that we do; |return| if it cannot be held@>=
err = ref_module(mod, fsa.owner);
if (err)
	return ERR_PTR(err);

@*1 Waiting for a provider. At boot, dozens of drivers are loaded at once. It is quite usual that a driver reaches
its look-ups while a library that it needs is still in its |init|. To grant the symbol then would be
to let the driver call into a library that is half set up; to refuse would make the driver's load fail for a
moment's bad luck. So we wait.

How long? A module rings |module_wq| when it has become live, or has failed, and we ask again. Usually that is a matter
of milliseconds. But two modules can wait for each other: the |init| of one may request the other, and the other
may need a symbol of the first. Nobody can see this from here; so there is an end to
it, after thirty seconds, or sooner by a signal. Then the load fails with |EBUSY|, a line in the
log names the module that kept us waiting, and the first |init| gets on with its life.
@^module\_wq@>
@^error EBUSY@>
@.gave up waiting for init of module@>

@<Wait for a provider that is still coming@>=
const struct kernel_symbol *
resolve_symbol_wait(struct module *mod, const struct load_info *info, const char *name)
{
	const struct kernel_symbol *sym;
	char owner[MODULE_NAME_LEN];
	long left = wait_event_interruptible_timeout(module_wq,
			(sym = resolve_symbol(mod, info, name, owner)) != ERR_PTR(-EBUSY),
			30 * HZ);

	if (left <= 0)
		pr_warn("%s: gave up waiting for init of module %s.\n", mod->name, owner);
	return sym;
}

@ The condition of this wait is unusual. Conditions are supposed to be a glance at a variable; ours
takes a mutex, walks lists, and may print.

\wrongway Make the condition a glance: look whether the owner has become live, and resolve once
the wait is over. But the owner is known only by a pointer and nothing holds it; between the
look-up and the glance it may have failed and been freed. And what was live at the glance can be on its
way out when we resolve. \endwrong

\noindent The question ``may I have this symbol?'' has an answer only under the mutex, and taking the
reference is part of the answer. So the whole of |resolve_symbol| is the condition.

@ One detail remains. When the condition is asked, the waiting task has already declared itself
asleep, so that no ring of the bell between question and sleep can be missed. A task in that state that
takes a mutex may sleep {\it for the mutex}, and wakes from it with its declaration undone. It then does
not sleep at the end of the round, but asks once more. One round too many is harmless; a bell
unheard would not be. A kernel built to find such mistakes warns about them, and
|sched_annotate_sleep| tells it that we know.

For the same reason |ref_module| allocates without sleeping.

@*1 The duties of an exporter. A module that exports symbols of its own has three duties: the strings
in its tables must be its own, the names must be new, and, where versions count, each must have its
sum. The first two are looked at when the module is relocated and about to be seen, under the mutex, so that no other
module can slip in the same name between the look and the change of state.
@^lock module\_mutex@>

@<Hold an exporting module to its duties@>=
@<Measure what is left of a memory@>@;
@<Check one exported entry@>@;
int verify_exported_symbols(struct module *mod)
{
	struct export_table pair[2];

	tables_of(mod, pair);
	for (int i = 0; i < 2; i++) {
		int err = 0;

		@<Check that a table of sums is as long as its table@>@;
		for (const struct kernel_symbol *s = pair[i].start; !err && s < pair[i].stop; s++)
			err = check_export(mod, &pair[i], s);
		if (err)
			return err;
	}
	return 0;
}
@<Check that versions are there where they count@>@;

@ Why look at the strings? Because from now on every load of every other module compares names with
them. An entry is nothing but distances; if a damaged relocation bends one of them, its name lies
anywhere, and the first search to pass by faults, under the mutex, in the name of an innocent
module. The stock loader trusts the file here.

Strings must lie in memory that stays. What |init| alone needs is released after it, and a name
that lay there would be good for the first few searches only.

@<Measure what is left of a memory@>=
static size_t room_after(const struct module *mod, const void *p)
{
	for_class_mod_mem_type(type, core) {
		unsigned long offset = (unsigned long)p - (unsigned long)mod->mem[type].base;

		if (offset < mod->mem[type].size)
			return mod->mem[type].size - offset;
	}
	return 0;
}
@#
static bool string_stays(const struct module *mod, const char *s)
{
	size_t room = room_after(mod, s);

	return strnlen(s, room) < room;
}

@ A name that is out of order will never be found by halving. That harms nobody but the module's
own users, and the kernel's tools do not produce it; it is worth a line in the log, not a
refusal.
@.exports a symbol without a name@>
@^error ENOEXEC@>
@.is out of order@>

@<Check one exported entry@>=
static int check_export(struct module *mod, const struct export_table *t,
			const struct kernel_symbol *s)
{
	const char *name = kernel_symbol_name(s), *space = kernel_symbol_namespace(s);

	if (!string_stays(mod, name) || (space && !string_stays(mod, space))) {
		pr_err("%s: exports a symbol without a name of its own (entry %td)\n",@|
		       mod->name, s - t->start);
		return -ENOEXEC;
	}
	if (s > t->start && strcmp(kernel_symbol_name(s - 1), name) >= 0)
		pr_warn("%s: exported symbol %s is out of order\n", mod->name, name);
	@<Refuse a name that is exported already@>@;
	return 0;
}

@ A second export of a name would make the answer to a look-up depend on the order of loads. The
module itself is still unformed at this point, so |find_symbol| passes it over and we do not find our own
name. All licences are searched: a name is taken, whoever may use it.
@^error ENOEXEC@>
@.exports duplicate symbol@>

@<Refuse a name that is exported already@>=
{
	struct find_symbol_arg fsa = {@t\1@>@/
		@[@].name = name,@/
		@[@].gplok = true,@t\2@>@/
	};

	if (find_symbol(&fsa)) {
		pr_err("%s: exports duplicate symbol %s (owned by %s)\n",@|
		       mod->name, name, module_name(fsa.owner));
		return -ENOEXEC;
	}
}

@ The sums are found by counting along beside the entries, so there must be enough of them. If they
end early, the last entries would take their sums from whatever follows; past the end
of the memory there would be none at all.
@.too few version sums@>
@^error ENOEXEC@>

@<Check that a table of sums is as long as its table@>=
{
	size_t count = pair[i].stop - pair[i].start;

	if (pair[i].crcs && room_after(mod, pair[i].crcs) < count * sizeof(s32)) {
		pr_err("%s: too few version sums for %zu exports\n", mod->name, count);
		err = -ENOEXEC;
	}
}

@ Exports without any sums are another matter. They are what comes out when a module was built outside a
configured tree: usable, but nobody can tell any more whether its users agree with it about
types. A kernel that insists on versions takes such a module only if it may be forced, and is
then marked as forced. This is asked early, before any symbol is looked up, since it needs no more than two pointers.
@^error ENOEXEC@>
@.no versions for exported symbols@>

@<Check that versions are there where they count@>=
int check_export_symbol_versions(struct module *mod)
{
	if (!IS_ENABLED(CONFIG_MODVERSIONS))
		return 0;
	if ((mod->num_syms && !mod->crcs) || (mod->num_gpl_syms && !mod->gpl_crcs))
		return try_to_force_load(mod, "no versions for exported symbols");
	return 0;
}

@*1 Exercises.
\exercise{10} The two searches in the kernel's tables could be one, if the linker sorted all exports into a single table and
marked the restricted ones by a bit. What would become of |gplok|, and where would you put the bit?

\exercise{20} A load of a module with $n$ undefined names, on a machine with $m$ modules that export, makes
at most how many comparisons of strings? Which of the two, $n$ or $m$, would you attack first, and with what? (The median
module of the distribution has 27 undefined names, the largest 1230.)

\exercise{25} While we wait for a provider, our own name is already on the list as unformed. Construct two modules,
neither of which requests the other, that wait for each other nevertheless; or show that there are none.
