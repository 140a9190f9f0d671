@q SPDX-License-Identifier: GPL-2.0-only @>

@* Who holds it. \label{who}%
``Module is in use.'' By whom? The question has been asked in public since 2009, and the answer is still: enable the tracepoint, wait, and think. A
count is only a number, and that is why it is fast; names have to be kept beside it, for those who want them.

With \.{module.trace\_refs=1} on the command line, or when \.{Y} is written to the file \.{trace\_refs} in
\.{/sys/module/module/parameters} later, the loader remembers for each module {\it from where\/} its references
were taken. \.{/sys/kernel/debug/modules/refs} then shows one line for each place from which any are
held:

\begintt
# module.trace_refs=Y
loop __bdev_open_by_dev+0x9a/0x310 1
ext4 (before tracing began) 2
\endtt

\noindent Switched off, it costs each get and put one instruction that does nothing. Switched on, it costs a search
in a small table and an atomic addition (\chap{bench} has a figure). It is meant for the afternoon on which a count
does not go down.

@ The difficulty is the put. It says that one reference is given back, and not which. If two places hold a module,
and somebody puts, whose reference was that? No general answer exists without changing every caller; but callers
have habits. What |cdev_get| takes, |cdev_put| gives back. So the table learns pairs:

\num1 If only one place holds anything, the put is charged to it, and we note that the place of the put belongs to
the place of the get.
\num2 Otherwise, if the place of the put is known to belong to one that holds something, that one is charged.
\num3 Otherwise the place that took a reference last is charged; to guess by age is right for references that are
taken and given back in nested order.

\endli The total is exact in any case. How it is divided among the places is an estimate when several of them hold
at the same time, and it gets better with every pair that is learned. That is what the file promises.

@ The file is one that exports nothing, so it may include what it likes.

@(kernel/module/who.c@>=
#include <linux/debugfs.h>
#include <linux/jump_label.h>
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include "internal.h"
@#
@<The table of places@>@;
@<Find a place in the table, or enter it@>@;
@<A reference was taken@>@;
@<A reference was given back@>@;
@<Make a table for a module@>@;
@<Show the holders of all modules@>@;
@<Name the holders in the log@>@;
@<Switch the tracing of references@>@;

@ Gets and puts come from every context, the non-maskable included, so the tables are of fixed size, made when there
is leisure, and changed by atomic operations only. Thirty-two places are plenty: a module is listed in one or two
registries, and each of them takes references in a handful of places. What does not fit has no row, and is shown
together with what was taken before the tracing began.

|address| is zero for a free row, and is set once. |held| is how many references taken here are outstanding; |used|
orders the places by age. For the row of a put, |partner| is the address of the get it belongs to, or zero.

@s ref_site int
@s ref_sites int

@<The table of places@>=
enum { REF_SITES = 32 };
struct ref_site {
	unsigned long address;
	union {
		atomic_long_t held; /* of a get */
		unsigned long partner; /* of a put */
	};
	unsigned long used;
};
@#
struct ref_sites {
	struct ref_site got[REF_SITES], put[REF_SITES];
	atomic_long_t clock;
};

@ A row belongs to whoever writes its address first. Rows are never given up while tracing is on, so that a search
may stop at the first free one.

@<Find a place in the table, or enter it@>=
static struct ref_site *find_site(struct ref_site *table, unsigned long address)
{
	for (int i = 0; i < REF_SITES; i++) {
		unsigned long there = READ_ONCE(table[i].address);

		if (!there)
			there = cmpxchg(&table[i].address, 0, address);
		if (!there || there == address)
			return &table[i];
	}
	return NULL;
}

@ The table of a module is found by |sites| in its annex. It is null for modules that came when memory was short.

@<A reference was taken@>=
void ref_taken_at(struct module *mod, unsigned long place)
{
	struct ref_sites *sites = READ_ONCE(annex_of(mod)->sites);
	struct ref_site *site;

	if (!sites)
		return;
	site = find_site(sites->got, place);
	if (!site)
		return;
	WRITE_ONCE(site->used, atomic_long_inc_return(&sites->clock));
	atomic_long_inc(&site->held);
}

@ The put goes by the three rules above. If nothing is held anywhere, what is given back was taken before the
tracing began, and there is nothing to charge.

Two puts at the same moment may choose the same place. |atomic_long_dec_if_positive| lets only as many through as
are held there, and the other one tries again, with what is left.

@<A reference was given back@>=
@<Choose the place to charge@>@;
void ref_put_at(struct module *mod, unsigned long place)
{
	struct ref_sites *sites = READ_ONCE(annex_of(mod)->sites);
	struct ref_site *by, *from;

	if (!sites)
		return;
	by = find_site(sites->put, place);
	for (int tries = 0; tries < REF_SITES; tries++) {
		from = choose_site(sites, by);
		if (!from || atomic_long_dec_if_positive(&from->held) >= 0)
			return;
	}
}

@ A partner once learned is kept only as long as it is the better guess: if there is one holder, and it is another,
the pair is learned anew.

@<Choose the place to charge@>=
static struct ref_site *choose_site(struct ref_sites *sites, struct ref_site *by)
{
	struct ref_site *young = NULL, *partner = NULL, *site;
	int holders = 0;

	for (site = sites->got; site < sites->got + REF_SITES; site++) {
		if (!READ_ONCE(site->address))
			break;
		if (atomic_long_read(&site->held) <= 0)
			continue;
		holders++;
		if (by && site->address == READ_ONCE(by->partner))
			partner = site;
		if (!young || site->used > young->used)
			young = site;
	}
	if (by && holders == 1)
		WRITE_ONCE(by->partner, young->address);
	return partner ? partner : young;
}

@ A module that is loaded while tracing is on gets its table at once; those that are there when it is switched on
get one then. Both may happen to a module that is loaded just now, so the second table to come is thrown away. Lack
of memory only means that this module is not traced.

@<Make a table for a module@>=
DEFINE_STATIC_KEY_FALSE(tracing_refs);
@#
static void give_table(struct module *mod)
{
	struct ref_sites *table = kzalloc(sizeof(*table), GFP_KERNEL);

	if (table && cmpxchg(&annex_of(mod)->sites, NULL, table))
		kfree(table);
}
@#
void make_ref_sites(struct module *mod)
{
	if (static_key_enabled(&tracing_refs))
		give_table(mod);
}

@ The name of a place is its symbol, with offset and size, and the module it lies in; \.{\%pS} knows them all. What
is held but stands in no row was taken before the tracing began, or when the table had no room.

The reference of a load that is under way is nobody's, and is left out.

A nameless module is shown too. It is the one of which somebody will want to know what it is waiting for.

@<Show the holders of all modules@>=
static void show_sites(struct seq_file *m, struct module *mod)
{
	struct ref_sites *sites = annex_of(mod)->sites;
	long rest = module_refcount(mod) - (mod->state == MODULE_STATE_COMING);

	for (int i = 0; sites && i < REF_SITES; i++) {
		long held = atomic_long_read(&sites->got[i].held);

		if (held <= 0)
			continue;
		seq_printf(m, "%s %pS %ld\n", mod->name, (void *)sites->got[i].address, held);
		rest -= held;
	}
	if (rest > 0)
		seq_printf(m, "%s (before tracing began) %ld\n", mod->name, rest);
}

@ The mutex keeps every module where it is while its line is written.
@^lock module\_mutex@>

@<Show the holders of all modules@>=
static int refs_show(struct seq_file *m, void *unused)
{
	bool on = static_key_enabled(&tracing_refs);
	struct module *mod;

	seq_printf(m, "# module.trace_refs=%c\n", on ? 'Y' : 'N');
	if (!on)
		return 0;
	guard(mutex)(&module_mutex);
	list_for_each_entry(mod, &modules, list)
		if (mod->state != MODULE_STATE_UNFORMED)
			show_sites(m, mod);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(refs);

@ The directory \.{modules} in debugfs is made by \.{live.c} (\seein{loader}{live}) before this file is put into it. A
kernel without debugfs makes neither.

@<Show the holders of all modules@>=
static int __init make_refs_file(void)
{
	debugfs_create_file("refs", 0400, mod_debugfs_root, NULL, &refs_fops);
	return 0;
}
late_initcall(make_refs_file);

@ Where the loader itself has to say that it waits for somebody, the same rows go to the log.
@.holds ...@>

@<Name the holders in the log@>=
void log_holders(struct module *mod)
{
	struct ref_sites *sites = annex_of(mod)->sites;

	for (int i = 0; sites && i < REF_SITES; i++) {
		long held = atomic_long_read(&sites->got[i].held);

		if (held > 0)
			pr_warn("%s: %pS holds %ld\n", mod->name,@|
				(void *)sites->got[i].address, held);
	}
}

@ The switch. Tables that are left from an earlier time are blanked while the key is off, after a grace period that
lets those finish who still write to them. Then the key is turned, and only then are tables given to those who have
none: a module that appears between the two gets its own. Sysfs calls the setter with a lock of its own held for all
parameters of the kernel, so two writers do not meet.

When the parameter stands on the command line, there are no modules yet, and the function has nothing to do but to turn the key.

@<Switch the tracing of references@>=
@<Blank the tables, turn the key, make what is missing@>@;
static int set_trace_refs(const char *text, const struct kernel_param *kp)
{
	bool on;
	int err = kstrtobool(text, &on);

	if (err)
		return err;
	if (!on)
		static_branch_disable(&tracing_refs);
	else if (!static_key_enabled(&tracing_refs))
		begin_tracing();
	return 0;
}
@#
static int get_trace_refs(char *text, const struct kernel_param *kp)
{
	return sysfs_emit(text, "%c\n", static_key_enabled(&tracing_refs) ? 'Y' : 'N');
}

@ Modules in every state are given tables. One that is not formed yet has its annex already, and one that is being buried
gives its table back after it has left the list.
@^lock module\_mutex@>
@^lock RCU@>

@<Blank the tables, turn the key, make what is missing@>=
static void begin_tracing(void)
{
	struct module *mod;

	mutex_lock(&module_mutex);
	if (!list_empty(&modules))
		synchronize_rcu();
	list_for_each_entry(mod, &modules, list)
		if (annex_of(mod)->sites)
			memset(annex_of(mod)->sites, 0, sizeof(*annex_of(mod)->sites));
	mutex_unlock(&module_mutex);
	static_branch_enable(&tracing_refs);
	mutex_lock(&module_mutex);
	list_for_each_entry(mod, &modules, list)
		if (!annex_of(mod)->sites)
			give_table(mod);
	mutex_unlock(&module_mutex);
}

@ And the parameter.

@<Switch the tracing of references@>=
static const struct kernel_param_ops trace_refs_ops = {@t\1@>@/
	@[@].set = set_trace_refs,@/
	@[@].get = get_trace_refs,@t\2@>@/
};
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "module."
module_param_cb(trace_refs, &trace_refs_ops, NULL, 0644);

@*1 Exercises.
\exercise{15} Two references are held, one taken by |cdev_get| and one by |fops_get|, and the table has learned
nothing yet. |fops_put| comes first. Which place is charged, and what does the file show after |cdev_put| has come
too?

\exercise{25} The get could return a cookie, and the put take it, as the tracker of network references does. What
would have to change, and who would have to change it?
