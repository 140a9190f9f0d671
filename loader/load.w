@q SPDX-License-Identifier: GPL-2.0-only @>

@* The spine. \label{load}%
One function takes a module from a copy of its file to the first instruction of its |init|. It is
short, because every step has a chapter of its own; what cannot be moved elsewhere is the
{\it order}, and what to do when a step fails. Both are the subject of this chapter.

Three rules decide the order.

\item{1.} Nothing is believed before it is checked. The signature needs only the bytes and their
number, so it comes first: a file that was tampered with is turned away before any parser has looked at
it. Then come the checks of the file's structure, then those of its notes, and only then is a
field used.
\item{2.} What is cheap to give back comes before what is dear. Most loads that fail do so because the
module is already there; so we look for a namesake before we take memory, and once more, under the
lock, before we take any of the scarce per-CPU space.
\item{3.} Nobody sees a module before it can be used, and when it can be seen it is complete. There are three
moments of this kind: when the name is reserved (others who load a module of this name wait), when the
state becomes |MODULE_STATE_COMING| (the kernel's tools see code, tables and addresses), and when |init| runs
(anybody may call).

The map is \fig{load-map}.

@ A function with twenty steps that can fail has a ladder of twenty rungs at its end. Read from
top to bottom it undoes everything; a step that fails jumps to the rung of the last step that
succeeded. Usually the ladder is far from the steps, and nobody who adds a step finds it easy to
see where its rung belongs. Here each rung stands beside its step: a section that
undoes one step ends with the name of the section that undoes the step before.

@(kernel/module/load.c@>=
#include <linux/audit.h>
#include <linux/codetag.h>
#include <linux/ftrace.h>
#include <linux/kmemleak.h>
#include <linux/livepatch.h>
#include <linux/moduleloader.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <trace/events/module.h>
#include "internal.h"
@#
@<Namesakes@>@;
@<Reserve the name@>@;
@<Point the section headers into the copy@>@;
@<Checks that need the notes, and take nothing@>@;
@<Give the module a place of its own@>@;
@<Load a module@>@;

@ The whole function. On entry |info->hdr| and |info->len| are set, and nothing else; the copy
belongs to us, and we free it on every path. |uargs| is a string in user space, the
module's parameters. We may sleep; no lock is held on entry or exit. The result is zero, or whatever a step
or |init| returned.

@<Load a module@>=
int load_module(struct load_info *info, const char __user *uargs, int flags)
{
	bool placed = false; /* has the module memory of its own? */
	bool alone = true; /* does nobody hold it? */
	struct evidence seen = {@[@]}; /* what its imports tell */
	struct module *mod;
	char *rest;
	long err;

	@<Check signature, structure and notes; |goto drop_copy| if anything is wrong@>@;
	@<Move in: memory, name, taints, counters@>@;
	@<Link: find tables, resolve symbols, relocate@>@;
	@<Become visible: tables, permissions, notifiers, parameters, sysfs@>@;
	@<Let go of the copy, and start@>@;

	@<Undo the entry in sysfs, and all before it@>@;
}

@ The signature check shortens |info->len| by the signature, so that what follows sees the file as the
linker wrote it. (Without |CONFIG_MODULE_SIG| it is an empty function.) The blacklist is
asked as soon as a name is known. The notes come after the structure, because they are read as strings
and only a checked section is sure to end in a zero.

@<Check signature, structure and notes; |goto drop_copy| if anything is wrong@>=
err = module_sig_check(info, flags);
if (err)
	goto drop_copy;
err = elf_check(info, flags);
if (err)
	goto drop_copy;
err = check_notes(info, flags);
if (err)
	goto drop_copy;

@ The last rung of the ladder gives back the copy. It also tells the auditors of a load that
failed before it had a place; one that failed later was announced when it moved in.
The name may be missing here, if it was the search for it that failed.
@^audit@>

@<Free the copy of the file, and return@>=
drop_copy:
	if (!placed) {
		mod_stat_bump_becoming(info, flags);
		audit_log_kern_module(info->name ? info->name : "?");
	}
	free_copy(info, flags);
	return err;

@ Everything in |check_notes| reads the copy and changes nothing outside it. The version sum of
|module_layout| is compared before any member of the module's |struct module| is used,
since that sum vouches for the layout of the structure.
@.Module \%s is blacklisted@>
@^error EPERM@>
@^error ENOEXEC@>@^lock module\_mutex@>

@<Checks that need the notes, and take nothing@>=
static int check_notes(struct load_info *info, int flags)
{
	int err = -ENOEXEC;

	if (blacklisted(info->name)) {
		pr_err("Module %s is blacklisted\n", info->name);
		return -EPERM;
	}
	point_into_copy(info);
	if (check_modstruct_version(info, info->mod))
		err = check_modinfo(info->mod, info, flags);
	if (err)
		return err;
	mutex_lock(&module_mutex);
	err = wait_for_namesake(info->mod->name, FAIL_DUP_MOD_BECOMING);
	mutex_unlock(&module_mutex);
	return err;
}

@ The field |sh_addr| means nothing in a module file (linkers leave odd numbers in it). We let it point to the section, first in the copy,
and later in its final place; whoever needs a section need not know how far we have come. The
notes and the version sums are only read during the load. Without |SHF_ALLOC| the
layout passes them by.

@<Point the section headers into the copy@>=
static void point_into_copy(struct load_info *info)
{
	unsigned int i;

	for (i = 1; i < info->hdr->e_shnum; i++)
		info->sechdrs[i].sh_addr = (unsigned long)info->hdr + info->sechdrs[i].sh_offset;
	info->sechdrs[info->index.info].sh_flags &= ~(unsigned long)SHF_ALLOC;
	info->sechdrs[info->index.vers].sh_flags &= ~(unsigned long)SHF_ALLOC;
}

@*1 Namesakes.
A machine with many devices of one kind asks for their driver many times, all within
milliseconds. One request loads the module, and the others should learn that it is there, neither
too early (the caller goes on to use it) nor by loading it again. So a load that meets
a module of its own name which is still coming waits until that one is
live, or has failed.

There is no waiting for a module that is {\it going}: it may stay so for as long as its exit takes, or as a drain of it goes on,
and the one who removes it may even be waiting for us. That load is told |EBUSY| and may try
again.
@^error EBUSY@>@^error EEXIST@>
@^lock module\_mutex@>

@<Namesakes@>=
static bool finished_loading(const char *name)
{
	struct module *mod;
	bool done;

	sched_annotate_sleep(); /* we are a condition of |wait_event|, and take a mutex */
	mutex_lock(&module_mutex);
	mod = find_module_all(name, strlen(name), true);
	done = !mod || mod->state == MODULE_STATE_LIVE || mod->state == MODULE_STATE_GOING;
	mutex_unlock(&module_mutex);
	return done;
}

@ The mutex is held on entry and on exit, and released for the wait. The wait can be interrupted,
and has to be: a module whose |init| asks for itself, under an alias perhaps, makes
a second load, which waits for the first, which waits in |init| for the second. Nothing is wrong
with any single step, and only a signal to the inner |modprobe| ends it. That is worth a line in the log,
but not at once, since an |init| that probes hardware may well take seconds.

When the wait is over we do not try to load the module again, even if it has failed meanwhile:
what failed for the first of a hundred requests fails for all, one after another.
@^error EBUSY@>@^error EEXIST@>
@.no memory to remember@>

@<Namesakes@>=
static int wait_for_namesake(const char *name, enum fail_dup_mod_reason why)
{
	struct module *old = find_module_all(name, strlen(name), true);
	int err;

	if (!old)
		return 0;
	if (old->state == MODULE_STATE_COMING || old->state == MODULE_STATE_UNFORMED) {
		@<Wait until |name| has finished loading; |return| if interrupted@>@;
		old = find_module_all(name, strlen(name), true);
	}
	err = try_add_failed_module(name, why);
	if (err)
		pr_warn("%s: no memory to remember a duplicate load\n", name);
	return (old && old->state == MODULE_STATE_LIVE) ? -EEXIST : -EBUSY;
}

@ |finished_loading| is a condition that sleeps, which |wait_event| permits if it is announced. The
bell may ring for any module; a woken waiter looks and sleeps on. After |SELF_WAIT_SECONDS|
without a result we say, once, what the reason might be, and go on waiting.
@.requested again while still...@>
@^error EINTR@>
@^lock module\_mutex@>

@<Wait until |name| has finished loading; |return| if interrupted@>=
enum { SELF_WAIT_SECONDS = 10 };
bool told = false;
long left;

mutex_unlock(&module_mutex);
do {
	left = wait_event_interruptible_timeout(module_wq, finished_loading(name),
						SELF_WAIT_SECONDS * HZ);
	if (!left && !told)
		pr_warn("%s: requested again while still in init; "@|
			"if init itself asked, it waits for itself "@|
			"(interrupt %s, pid %d)\n",@|
			name, current->comm, task_pid_nr(current));
	told = true;
} while (!left);
mutex_lock(&module_mutex);
if (left < 0)
	return left;

@ The name is reserved by putting the module on the list, as |MODULE_STATE_UNFORMED|, in which state only
a load of the same name takes any notice of it. The look for a namesake comes first and under the
same hold of the mutex, so that of two loads that both passed the early look only
one gets here. The bounds widen before the module can be found by address: a
look-up that sees the module must not be turned away by the filter in front.
@^lock module\_mutex@>

@<Reserve the name@>=
static int reserve_name(struct module *mod)
{
	int err;

	mod->state = MODULE_STATE_UNFORMED;
	mutex_lock(&module_mutex);
	err = wait_for_namesake(mod->name, FAIL_DUP_MOD_LOAD);
	if (!err) {
		mod_update_bounds(mod);
		list_add_rcu(&mod->list, &modules);
		mod_tree_insert(mod);
	}
	mutex_unlock(&module_mutex);
	return err;
}

@*1 Moving in.
The architecture may first change what the sections ask for (ours does not). Sections that want to be
written and executed are refused, each section is given its place, and then the memories are
allocated and filled. From here on the module's |struct module| is the one in its own memory;
the one in the copy is as stale as the rest of the copy.

@<Give the module a place of its own@>=
static struct module *layout_and_allocate(struct load_info *info)
{
	struct module *mod = info->mod;
	int err;

	err = module_frob_arch_sections(info->hdr, info->sechdrs, info->secstrings, mod);
	if (err >= 0)
		err = module_enforce_rwx_sections(info->hdr, info->sechdrs, info->secstrings, mod);
	if (err >= 0)
		err = layout_module(mod, info);
	if (err >= 0)
		err = move_module(mod, info);
	if (err < 0)
		return ERR_PTR(err);
	mod = (void *)info->sechdrs[info->index.mod].sh_addr;
	kmemleak_load_module(mod, info);
	return mod;
}

@ The taints come after the name is reserved: from this moment the module is on the list that an
oops prints, and the kernel should know what it has let in. They are not taken back if the load
fails, since nobody can say what a module that was half loaded did not do.

The per-CPU space is small (eight kilobytes for all modules, as a rule), so that sixteen loads of one module must not
ask for sixteen shares of it. Hence it is taken only now, when we are the only one.

@<Move in: memory, name, taints, counters@>=
mod = layout_and_allocate(info);
if (IS_ERR(mod)) {
	err = PTR_ERR(mod);
	goto drop_copy;
}
placed = true;
audit_log_kern_module(info->name);
err = reserve_name(mod);
if (err)
	goto drop_memory;
module_augment_kernel_taints(mod, info);
err = percpu_modalloc(mod, info);
if (err)
	goto drop_name;
err = module_unload_init(mod);
if (err)
	goto drop_name;
init_param_lock(mod);

@ The rungs for all that. Whoever walked the list without the mutex may still look at the module,
so a grace period passes between unlinking and freeing. The bell, |module_wq|, must ring, for there may be a load of
the same name that waits for us to fail. Lock classes that the module registered disappear together with
its memory, and that too is safe only after the grace period. We wait for it without the mutex, lest a load that failed hold up
those that would not.
@^lock module\_mutex@>

@<Unlink the module, free its memory and the copy@>=
drop_name:
	mutex_lock(&module_mutex);
	mod_tree_remove(mod);
	list_del_rcu(&mod->list);
	mutex_unlock(&module_mutex);
	wake_up_all(&module_wq);
	synchronize_rcu();
drop_memory:
	mod_stat_bump_invalid(info, flags);
	module_unload_exit(mod);
	percpu_modfree(mod);
	module_arch_freeing_init(mod);
	free_mod_mem(mod, true); /* |mod| is gone with it */
	@<Free the copy of the file, and return@>@;

@*1 Linking, seen from the spine.
First the tables are found, because relocation needs none of them, but everybody afterwards does,
and a module whose tables are wrong should be refused before it depends on others. Then every symbol gets
its value, which may mean to wait for a provider; then the relocations put these values
where the code needs them; then what works only on relocated memory is done.

Instruction caches are told at the end, and before the parameters are parsed, as a module may bring
its own functions to parse them.

@<Link: find tables, resolve symbols, relocate@>=
err = find_module_sections(mod, info);
if (err)
	goto drop_users;
err = check_export_symbol_versions(mod);
if (err)
	goto drop_users;
setup_modinfo(mod, info);
begin_evidence(info, &seen);
err = simplify_symbols(mod, info);
if (err < 0)
	goto drop_notes;
err = apply_relocations(mod, info);
if (err < 0)
	goto drop_notes;
err = post_relocation(mod, info);
if (err < 0)
	goto drop_notes;
err = judge_module(mod, info); /* needs |init| and |exit|, which are relocated pointers */
if (err < 0)
	goto drop_arch;
flush_module_icache(mod);

@ To resolve a symbol takes a reference on its provider. These references are dropped
here. The order of the two rungs does not matter to anybody; it is the reverse of the steps,
so that no reader has to find out.

@<Drop the notes and the providers, and undo all before@>=
drop_notes:
	free_modinfo(mod);
drop_users:
	module_unload_free(mod);
	@<Unlink the module, free its memory and the copy@>@;

@*1 Becoming visible.
The parameters are copied into kernel memory and stay for the module's life, since a parameter
of type |charp| points into them. Their length has no limit of its own; a caller who may load
modules may also spend memory. A pointer that cannot be read is reported like every other
bad input.
@.cannot read the parameters@>
@^error EFAULT@>

@<Become visible: tables, permissions, notifiers, parameters, sysfs@>=
mod->args = strndup_user(uargs, ~0UL >> 1);
if (IS_ERR(mod->args)) {
	err = PTR_ERR(mod->args);
	load_err(info, "cannot read the parameters (err %ld)", err);
	goto drop_arch;
}
init_build_id(mod, info);
@<Form the module, and announce that it is coming@>@;
@<Parse the parameters@>@;
@<Make the entry in sysfs@>@;

@ The ftrace sites are registered while the module is unformed: they are nops that somebody who finds them
may want to patch, and they have to be on ftrace's list before anybody can find them, and before the text
is write-protected. |complete_formation| then makes the step to |MODULE_STATE_COMING|: exports are
checked against all others under the mutex, permissions set, the state changed. |prepare_coming_module| tells those who
listen.

@<Form the module, and announce that it is coming@>=
ftrace_module_init(mod);
err = complete_formation(mod, info);
if (err)
	goto drop_ftrace;
err = prepare_coming_module(mod);
if (err) {
	alone = close_failed_load(mod);
	goto drop_tables;
}

@ A coming module can already be found. So before it is taken apart it has been marked as going, and its gate closed, lest
anybody take a new reference. The rest of the ladder is not for it. The setter of a parameter is code of the module, and may have published something,
like |init|: so the module is handed over to the undertaker, who frees it when nobody can be inside (\seein{unload-rules}{quiesce}). And somebody may have
taken a reference before, and hold it still: then the module lingers until he lets go (\seein{unload-rules}{failing}). In either case we return the error
at once, and the name is free.

@<Leave the module to its holders, or to the undertaker@>=
mod_stat_bump_invalid(info, flags);
if (alone) {
	ftrace_release_mod(mod);
	hand_over(mod, true); /* |mod| may go any moment */
} else {
	linger(mod);
	wake_up_all(&module_wq);
}
goto drop_copy;

@ A module that could not be formed was never seen. It has no bug table on the list any more. After the grace
period no reader is left who might stand in ftrace's records or in the arguments.

@<Take back the tables and arguments, and undo all before@>=
drop_tables:
	@<Leave the module to its holders, or to the undertaker@>@;
drop_ftrace:
	ftrace_release_mod(mod);
	synchronize_rcu();
	kfree(mod->args);
drop_arch:
	module_arch_cleanup(mod);
	@<Drop the notes and the providers, and undo all before@>@;

@ Parsing can run code of the module, because a parameter may have its own setter; therefore it comes
after everything that makes the code runnable. Two dashes end the parameters. What stands behind them is for
|init| programs, not for modules, and we say that we ignore it. A bad value is reported by |parse_args|,
with the parameter's name.
@.parameters ... ignored@>

@<Parse the parameters@>=
mod->async_probe_requested = async_probe;
rest = parse_args(mod->name, mod->args, mod->kp, mod->num_kp, -32768, 32767, mod,
		  unknown_module_param_cb);
if (IS_ERR(rest)) {
	err = PTR_ERR(rest);
	goto say_going;
}
if (rest)
	pr_warn("%s: parameters '%s' after `--' ignored\n", mod->name, rest);

@ The directory below \.{/sys/module} appears before |init|, since |init| may want to put something
there. The event that tells user space of it comes after |init|; otherwise udev would act on a module that may yet
fail.

@<Make the entry in sysfs@>=
err = mod_sysfs_setup(mod, info, mod->kp, mod->num_kp);
if (err < 0) {
	load_err(info, "no entry in sysfs (err %ld)", err);
	goto say_going;
}
if (is_livepatch_module(mod)) {
	err = copy_module_elf(mod, info);
	if (err < 0)
		goto drop_sysfs;
}

@ The top of the ladder. The notifiers that heard of the coming hear of the going, and livepatch with them.
The parameters stay: somebody may be reading what they allocated, and they are destroyed at the burial.

First of all the gate is closed: nobody who asks after the listeners have let go of the module may be let in.

@<Undo the entry in sysfs, and all before it@>=
drop_sysfs:
	mod_sysfs_teardown(mod);
say_going:
	alone = close_failed_load(mod);
	blocking_notifier_call_chain(&module_notify_list, MODULE_STATE_GOING, mod);
	klp_module_going(mod);
	@<Take back the tables and arguments, and undo all before@>@;

@ The copy goes before |init| runs. An |init| may take long, and the copy is as large as the file. From
here on |do_init_module| is responsible for everything, its own failures included.

@<Let go of the copy, and start@>=
free_copy(info, flags);
codetag_load_module(mod);
trace_module_load(mod);
return do_init_module(mod);
