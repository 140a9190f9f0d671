@q SPDX-License-Identifier: GPL-2.0-only @>

@* The burial. \label{burial}%
A module ends here, whether it was removed or failed to start. Its exit function (if any) has run, the
notifiers have been told, and its state is |GOING|. It has its directory in sysfs, its
dependencies and all its memory; at the end of this chapter there is nothing left.

The steps are in an order that can be remembered as a sentence: {\it first those who come in by a name, then what it holds,
then those who come in by an address, then wait, then the memory}.

The directory in sysfs goes first, because it is the last door for user space. Its files are functions of this loader that
read |struct module|, and those of parameters call into the module itself; removing a file waits until nobody
is reading it. After that nobody is inside who came in from there.

Then the module is handed over to the undertaker. Between this step and the next there may be a tenth of a second or an hour: he
waits until nobody can be inside, and that is told in \chap{quiesce}. What follows here is his trade at its
narrowest, in two halves: to unlink a module, and to free its memory. Between the two he waits for a grace period, one for all the
modules that he buries at a time.

@<Free a module and everything that knows of it@>=
bool unlink_module(struct module *mod)
{
	bool untagged;

	@<Ask whether somebody still owes it memory@>@;
	@<Let no search find it any more@>@;
	@<Let go of what the module holds@>@;
	@<Unlink it from everything that is searched by address@>@;
	return untagged;
}
@#
void free_its_memory(struct module *mod, bool untagged)
{
	@<Free its memory@>@;
}
@#
void free_module(struct module *mod, bool failed)
{
	trace_module_free(mod);
	mod_sysfs_teardown(mod);
	hand_over(mod, failed);
}

@ With allocation profiling, each place that allocates has a \term{code tag} in the module's data, and the tag has a
counter among the module's per-CPU data. If something that was allocated there is still alive, its release will read
the tag and write into the counter, some day. So neither can go. The question also waits for objects whose release
was left to RCU, and must therefore be asked first, while everything still works. If the answer is no, the module
leaves its data behind: a leak, but an honest one.
@.memory allocation(s) from the module still alive@>

@<Ask whether somebody still owes it memory@>=
untagged = codetag_unload_module(mod);
if (!untagged)
	pr_warn("%s: memory allocation(s) from the module still alive, "@|
		"cannot unload cleanly\n",@|
		mod->name);

@ Then the state. The module stays on the list for a moment, but every search skips a module that is unformed. The mutex makes the
change atomic for those who look more than once under it.
@^lock module\_mutex@>

@<Let no search find it any more@>=
mutex_lock(&module_mutex);
WRITE_ONCE(mod->state, MODULE_STATE_UNFORMED);
mutex_unlock(&module_mutex);

@ What the module holds is: tables of the architecture that describe it; what its parameters allocated, strings
mostly; the strings of its notes; and its copy of the section headers, if it was a livepatch. None of this
can be reached from outside any more.

The providers seem to be missing. They were let go of when the module was handed over, after the directory, because the links to us in their
directories are found by way of the same records; and the records were dropped when the undertaker decided on this burial (\see{hand-over}). The last line finds nothing to
do then. But their memory is still there, and must be: to free a parameter is to call a function that the parameter's type brings along,
and that function may be one of a provider's. (The stock loader lets the providers go first, and they may be freed. It
gets away with it since hardly any type of parameter lives in a module.)

The strings of the notes are normally freed together with the files that show them. In a
kernel without sysfs nobody but us would do it, and where they are gone already there is nothing to do.

@<Let go of what the module holds@>=
if (still_to_clean(mod))
	module_arch_cleanup(mod);
module_destroy_params(mod->kp, mod->num_kp);
free_modinfo(mod);
if (is_livepatch_module(mod))
	free_module_elf(mod);
module_unload_free(mod);

@ Three structures lead to a module from an address: the list, the tree, and the list of places that may report a
bug. All three are read without any lock, by an oops, by a profiler in the non-maskable interrupt, by anybody. So the
entries are unlinked in such a way that a reader who stands on one of them can still walk on, and the memory
stays until he has.

A removal of a marked module is remembered, if the kernel is configured to; the table belongs to
the mutex, too. If there is no room for the note, a line in the log has to do.
@^lock module\_mutex@>
@.adding tainted module@>

@<Unlink it from everything that is searched by address@>=
mutex_lock(&module_mutex);
list_del_rcu(&mod->list);
mod_tree_remove(mod);
module_bug_cleanup(mod);
if (try_add_tainted_module(mod))
	pr_err("%s: adding tainted module to the "@|
	       "unloaded tainted modules list failed.\n",@|
	       mod->name);
mutex_unlock(&module_mutex);

@ Then one grace period. It ends when every processor has been outside of any section with preemption off, or of
RCU, that was begun before. All those who may still have a pointer from one of the three structures are in such a
section; so are those in |module_put| who have given back the last reference and have yet to trace it.
@^lock RCU@>

We wait without the mutex. The stock loader keeps it, and whoever wants to load or remove another
module waits with it; but nothing under the mutex can lead to this module any more, and a few hundredths of a
second are long for a machine that boots.

What this grace period does {\it not\/} do must be said as clearly. It does not wait for a task that was
preempted inside the module, nor for a callback that the module ordered; it protects the loader's own readers, not the
module's callers. For those the undertaker has waited before.

@ Of all this the model needs four steps: exit, the door, the unlinking, the free.

@<Model: bury@>=
inline bury()
{
	exited = true;
#ifdef READER
	d_step { !reading -> door = false };
#endif
	d_step { findable = false; begin_waiting() };
#ifndef NO_LAST_WAIT
	all_waited_for;
#endif
	d_step { awaited[me] = 0; gone = true }
}

@ The memory is freed last, and here too there is an order. The memory of |init| has normally gone long ago; if
|init| failed it has not, and the architecture is told first. The string of arguments goes, and the per-CPU data, to
which the code refers; unless there are tags that refer to them too, and will be used. (The stock loader keeps the
tags in that case and frees their counters, and the late release then counts in per-CPU data that are somebody
else's.) The counters of references go now, as the last put that could reach them was over before the grace period
ended. At the end come the seven memories. |free_mod_mem| (\seein{loader}{layout}) withdraws the keys of lock
debugging from each memory before it frees it, which relies on the grace period that has just passed; and it takes
the memory with |struct module| in it as the last, because it reads the addresses of the others out of that
structure.

A module that was taken out by force while somebody held it leaves its core data behind, like one whose tags are
still in use; the late put finds its annex there (\see{force}).

@<Free its memory@>=
module_arch_freeing_init(mod);
kfree(mod->args);
module_unload_exit(mod);
if (untagged)
	percpu_modfree(mod);
free_mod_mem(mod, untagged && !module_was_kept(mod));

@*1 Failing to start. \label{failing}References are granted as soon as a module is |COMING|. That is
intended: an |init| that registers a device wants it to be found at once, and whoever finds it takes a reference on
the module before he opens it. To refuse him would lose an event for nothing. But then |init| fails. The holder has done
everything right, and holds a reference on a module that is to be freed.

\figure{failing-init}{A reference that outlives a failed |init|. The stock loader frees the module under its holder (CVE-2022-49236, where the
reference was taken through type information before |init| had run). Here the memory waits for the last put.}

Rule I2 (\see{rule-i2}) says what an |init| owes that has published something on an interface which counts nobody, and then fails. For such entries the loader does what it does after exit: the memory goes when nobody is inside
(\chap{quiesce}). For counted ones it keeps its
promise even to those who came early: {\it the caller of the load gets his error at once, the name is free at once,
and the memory stays until the last reference is given back}. The line below tells how
many are awaited; the trials ``failing'', ``bad load'' and ``provider'' of \chap{sleepers} show it.
@^rule I2@>

@ The state is set, so that nobody but us removes the module; the gate is closed and the count gathered, which
includes the wait for those who are just passing through the gate. Then the load's own reference is put, and the
base is taken if nothing else is left. No mutex is needed, and so a hundred drivers that find no device wait for
their grace periods side by side. A load that fails before |init|, but after the module became |COMING|, comes by
here as well (\seein{loader}{load}); for the setter of a parameter is code of the module, and may have published
something. Kernels that do not count only wait for a grace period.

@ If it was not the last, the module {\it lingers}. It has no directory and no name any more: searches by name pass
it by, and a new load of the same name does not see it. But it stays |GOING|, and on the list and in the tree of
addresses, because whoever holds it may be executing its code at this moment, and a fault there must find its
exception table, and an oops its symbols. Its providers stay held for the same reason.

What cannot be kept for him is what others had made of the module. They were told that it is |GOING|, and have let
go: a holder who now takes a static SRCU lock of the module, or runs into a probe, does so after their owners have
cleaned up. To tell them only at the burial would keep the name in type information and in tables of tracers, and a
namesake could not be loaded. So what is promised is text, data and symbols. Ftrace's own records are kept as long,
because the text itself jumps by them.

The line in the log is a warning, as an |init| that can still fail should not have published anything yet (rule I1).
@.init failed while ... references are held@>
@^lock module\_mutex@>

@<Let a failed load linger for its last holder@>=
void linger(struct module *mod)
{
	pr_warn("%s: init failed while %d references are held; "@|
		"the memory waits for them\n",@|
		mod->name, module_refcount(mod));
	log_holders(mod);
	mutex_lock(&module_mutex);
	annex_of(mod)->nameless = true;
	list_add_tail(&annex_of(mod)->queue, &lingering);
	mutex_unlock(&module_mutex);
	send_undertaker();
}
@#
@<Close the gate of a load that failed@>@;
@<Bury all whose last reference can be taken@>@;

@ The function is called from the ladder of a load, or by |abandon_module| when |init| has failed; in either case
once, since it puts the load's reference.

@<Close the gate of a load that failed@>=
bool close_failed_load(struct module *mod)
{
	struct ref_count *refs = &annex_of(mod)->refs;

	smp_store_release(&mod->state, MODULE_STATE_GOING);
	refs_gather(refs, REFS_CLOSED);
	put_load_reference(mod);
	return refs_take(refs);
}

@ Whoever gives back the last reference rings the bell of \see{bell}, which sends the undertaker. He takes off the
list all modules whose base he can take, and treats them as he treats everybody who has left. |linger| has sent him once already,
perhaps in vain. That closes a gap: the last put may have come before the module was on the list, when the bell had
nobody to send him to.
@.the last reference is gone@>
@^lock module\_mutex@>

@<Bury all whose last reference can be taken@>=
void hand_over_released(void)
{
	struct module_annex *annex, *next;
	LIST_HEAD(released);

	mutex_lock(&module_mutex);
	list_for_each_entry_safe(annex, next, &lingering, queue)
		if (refs_take(&annex->refs))
			list_move(&annex->queue, &released);
	mutex_unlock(&module_mutex);
	list_for_each_entry_safe(annex, next, &released, queue) {
		struct module *mod = (struct module *)(annex + 1);

		list_del(&annex->queue);
		pr_info("%s: the last reference is gone, the memory is freed\n", mod->name);
		ftrace_release_mod(mod);
		hand_over(mod, true);
	}
}

@ In the model the load that fails waits at its end for the memory to be gone, so that a module which is never
buried is found: the load does not come to its end.

@<Model: a load that fails@>=
#ifdef FAILING
proctype failing_load(byte me)
{
	short n; bool won, rings;
	d_step { state = GOING; draining = true };
	refs_gather(REFS_CLOSED);
	d_step { shared--; rings = (shared <= REFS_BASE) };
	d_step { queued = queued || rings; rings = false };
	refs_take();
	if
	:: won -> bury()
	:: !won ->
		lock();
		lingering = true;
		unlock();
#ifndef NOT_SENT
		work = true
#endif
	fi;
	gone
}
#endif

@ The undertaker has one customer, and buries him without the mutex.

@<Model: the undertaker@>=
#ifdef FAILING
active proctype undertaker()
{
	byte me; bool won; short n;
end:	do
	:: d_step { work -> work = false };
		lock();
		if
		:: lingering -> refs_take();
			if :: d_step { won -> lingering = false } :: !won fi
		:: else
		fi;
		unlock();
		if :: won -> won = false; bury() :: !won fi
	od
}
#endif

@*1 Exercises.
\exercise{10} |hand_over_released| makes a second list, only to hand over the modules on it after it has released the
mutex. Which line of |hand_over| shows at first sight that it must? And who else would suffer, if that line could be
mended, by what is done for a module before it is handed over?

\exercise{25} |hand_over| rings |module_wq| when the name is free, long before the memory is. Which waiters are served by
that, and can any of them meet something of the old module that is not gone yet?

\exercise{20} A module lingers, and its namesake has been loaded and is alive. A third load of the name comes. Which
of the two does it meet, and by which line of the code?
