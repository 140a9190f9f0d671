@q SPDX-License-Identifier: GPL-2.0-only @>

@* One rmmod, from the command to the last page. \label{removal}%
The module \.{hello} was loaded some time ago (\seein{loader}{story}). It sits in the kernel, with its pieces of
memory, a directory in \.{/sys/module} and a line in \.{/proc/modules}. Nothing calls it at the moment.
The user types \.{rmmod\ hello}. We follow what happens to the end, and only then look at the code.

\medskip
{\bf 1. The question.} \.{rmmod} reads \.{/sys/module/hello/refcnt}, finds~0, and makes one system call,
$$\hbox{\tt delete\_module("hello", O\_NONBLOCK).}$$
Had it read anything else it would have stopped with ``in use''; but what it has read is already old, and the kernel
decides anew.

\medskip
{\bf 2. The name.} May this caller do it, and is it still allowed to change what modules there are?
Then the name is copied in. It is looked up under |module_mutex|, the lock of all that concerns the list of modules.

\medskip
{\bf 3. Three reasons to stay.} Another module uses \.{hello}: it has to go first. \.{hello} has not
finished starting, or is leaving already: it is not ours to stop. \.{hello} has a function that
set it up and none that takes it down: there is no way out that anybody has written.

\medskip
{\bf 4. The count.} One atomic number says how many hold \.{hello} in place. The loader
itself holds one reference, the base, from the day the module was loaded. Now it gives it back. If the number is zero thereafter, nobody holds the
module; and since a reference is only granted while the number is not zero, nobody ever will. If it is not zero, the
loader takes its base again, and the module never noticed.

\medskip
{\bf 5. Going.} The state becomes |MODULE_STATE_GOING|, and the mutex is released. From now on
\.{refcnt} shows $-1$.

\medskip
{\bf 6. Exit.} The module's own exit function runs, in the context of our \.{rmmod}. It takes back what the
module promised to the world: unregisters, stops, waits, frees. It returns nothing, because there is nothing it could
refuse any more.

\medskip
{\bf 7. The others.} Whoever asked to be told of modules is told that this one is going; they let go of its
tracepoints, its probes, its lines in debugging tables. A livepatch that had patched it forgets it, ftrace
forgets its functions. Calls that the module ordered to run asynchronously are waited for.

\medskip
{\bf 8. The directory.} \.{/sys/module/hello} disappears, which waits for those who are just reading one of its files.

\medskip
{\bf 9. Invisible.} The state becomes |MODULE_STATE_UNFORMED|. The name is still on the list, so that a new \.{insmod} waits for
us; but no search will return the module any more.

\medskip
{\bf 10. Burial.} The modules that \.{hello} used are released. It is taken from the list, from the tree of
addresses, from the table of bugs; then one grace period of RCU passes, until every processor that may have been looking at it
has looked away. Its per-CPU data and its memories are freed, the one that contains |struct module| itself
last of all. Whoever waits for the name is woken, and \.{rmmod} exits.

\medskip
All of this takes some hundredths of a second, nearly all of it in grace periods. The order of the ten steps is the whole
art: {\it close the door, let the module clean up, tell the others, make it invisible, wait, free}.

\figure{states}{The states of a module. Removal is the way from |LIVE| over |GOING|; a failed
|init| takes the same road.}

@*1 Words. When can the steps above go wrong? To say it we need a vocabulary, and we shall use these words, and no
others, in the text, in the code, and in the messages of the loader.
@^entry@>
@^counted entry@>
@^drained entry@>
@^deferred entry@>
@^released entry@>
@^bare entry@>
@^straggler@>

Here and there the text cites a rule by a letter and a number, C5 for instance. The rules themselves are not in this edition of the
book; the numbers are fixed, so that code and log may name them already.

\medskip
\begintable{l p{4.1in}}
\term{entry} & any way in which control comes into the text of a module: a call through a pointer, a call of an exported
symbol, a return address on a stack, init, exit \cr
\term{counted entry} & the caller holds a reference from before the entry until after the return \cr
\term{drained entry} & not counted, but the call that unregisters it waits until nobody is inside any more, as |free_irq| does \cr
\term{deferred entry} & one that the module ordered for later, a timer, work, an RCU callback, a thread, and must cancel by name \cr
\term{released entry} & a release function, or a constructor, of an object that can outlive its unregistration \cr
\term{bare entry} & none of these \cr \gap
\term{easy module} & all its entries are counted \cr
\term{hard module} & at least one of them is not \cr
\term{permanent module} & has an init function and no exit function; one with neither is a library and may leave when nobody uses it \cr
\term{straggler} & a task, a processor or a pending callback that is still inside, or will still enter, after exit has returned \cr
\endtable

@ Now the ten steps can be judged. Steps 3 to~5 take care of {\it counted\/} entries, completely: if every way
into a module is counted, then at step~5 nobody is inside and nobody can come in. An exported symbol is counted
too, by step~3, once for the module that uses it. So an {\it easy\/} module may leave whenever the loader says so, and
its author has done nothing but fill in a field called |owner|.

All other entries are the business of step~6. A {\it drained\/} one is shut by a call in exit that returns late. A
{\it deferred\/} one must be cancelled by name. For the {\it bare\/} ones and the {\it released\/} ones there is
nothing in today's kernel but the care of the author, and the one grace period of step~10, which comes
after the module's data were taken apart by its own exit function.

@ \label{open}Here is, then, what the protocol of this chapter leaves open. None of it is a mistake in the
steps; each is a step that is not there.

\num1 {\it It does not wait.} A removal either succeeds at once or fails at once. A flag, |O_NONBLOCK|, was once the
difference between the two; the kernel dropped the waiting form in version~3.13, and today the flag has no effect. Those who
want to wait ask again and again.

\num2 {\it It does not say who.} The count is a number. When it is not zero, nothing tells who
holds the module, and why.

\num3 {\it All count in one place.} In return for one atomic number, an attempt that fails disturbs nobody: while anybody holds a
reference, everybody can get one, even in the middle of step~4. That was not always so. The price is one cache
line that every processor must own in turn; per-CPU counts, which the loader had until version~3.19, had to stop all
processors to be added up.

\num4 {\it A module cannot guard itself.} Between the call of a function and its first instruction that takes a reference the
caller may be preempted, and between the last reference given back and the return likewise. In both windows
the count is zero and somebody is inside.

\num5 {\it After exit nobody is looked for.} If a straggler remains, its memory is pulled from under it.

\num6 {\it A failed start waits for nobody.} References are granted while |init| runs. If |init|
then fails, the memory is freed, whoever holds it.

\num7 {\it Force is of one kind only,} the brutal one, and not even safe for those who hold the
module: when they give their reference back, they write into memory that is gone.
\endli

@*1 The file. All the code that lets modules go is in one file. Some of its functions are needed even in kernels
that never remove a module, since a load that fails has to be undone as well; the others stand between an
\.{\#ifdef} and its end. Exports of this file have version sums over |struct module|, and therefore
it begins by including what is prescribed for that (\seein{loader}{header}).
@^checksum of a symbol@>

@(kernel/module/unload.c@>=
#include "loader.h"
#include "internal.h"
#include <trace/events/module.h>
@#
@<Hold a module that is ready, or say why not@>@;
#ifdef CONFIG_MODULE_UNLOAD
@<The count of references@>@;
@<Who depends on whom@>@;
@<Remove a module, on demand@>@;
@<Release a module that was held by a symbol@>@;
#endif
@<Hold a module by one of its symbols@>@;
@<Leave the kernel and the module in one step@>@;
@<Free a module and everything that knows of it@>@;

@* The count. \label{count}%
The count of a module is |mod->refcnt|, one atomic integer. Its whole meaning is in a table:

\medskip
\begintable{r p{3.6in} l}
count & meaning & a get \cr \hd
0 & released: the module is on its way out & is refused \cr
1 & the loader's base reference; nobody else holds any & succeeds \cr
$n+1$ & $n$ references are held & succeeds \cr
2 & while |init| runs: the base, and one for the load itself & succeeds \cr
\endtable

\noindent The invariant: {\it a count of zero never rises again}. A reference is taken by an increment that
refuses to start from zero, and only the loader, under |module_mutex|, takes away the base. So zero is final, and whoever
brought the count there may be sure of it without holding any lock.

What user space sees is the count without the base. A module that is leaving has $-1$; people have asked
for twenty years what it means, and this is all.

@<The count of references@>=
enum { MODULE_REF_BASE = 1 };
@<Start the count@>@;
@<Let one more holder in@>@;
@<Let a holder go@>@;
@#
int module_refcount(struct module *mod)
{
	return atomic_read(&mod->refcnt) - MODULE_REF_BASE;
}
EXPORT_SYMBOL(module_refcount);

@ The count starts at two. The second reference belongs to the load: as long as |init| runs nobody can remove the
module, and |do_init_module| (\seein{loader}{live}) gives it back. The lists say that nobody depends on us yet, and
that we depend on nobody.

@<Start the count@>=
int module_unload_init(struct module *mod)
{
	atomic_set(&mod->refcnt, MODULE_REF_BASE + 1);
	INIT_LIST_HEAD(&mod->source_list);
	INIT_LIST_HEAD(&mod->target_list);
	return 0;
}

@*1 The gate. |try_module_get| is the gate into a module. The caller takes a reference {\it before\/} it calls
through a pointer; if that is refused, it behaves as if there were no pointer.

\wrongway Let the function that is called take the reference, as its first act. It looks tidier, since then the
module guards itself and its callers need not know. But to execute that first act is to be in the module already. A
caller that is preempted one instruction earlier is counted nowhere; the module leaves, and the caller wakes up
in text that is gone. \endwrong

\noindent A reference must be taken by somebody who is not in the module; that is rule C1.
But how can the caller touch |mod->refcnt|, if the module may be gone? It cannot, in general. There are two
ways to be allowed to. Either the caller holds something that keeps the module: a reference, or an object whose
unregistration the module would have to wait for. Or it found the module in a structure that is read with
preemption off, or under RCU, or under a lock, and has not left that section since. Removal
unlinks first and frees a grace period later; whoever is still in his section when the module is
unlinked finds memory that is intact, and a count of zero. Look-up and reference are then one step: rule C5.
@^rule C1@>
@^rule C5@>
@^lock preemption off@>

@<Let one more holder in@>=
@<Does the state admit anybody?@>@;
bool try_module_get(struct module *module)
{
	if (!module)
		return true; /* the kernel itself does not go away */
	guard(preempt)();
	if (unlikely(!admits(module) || !atomic_inc_not_zero(&module->refcnt)))
		return false;
	trace_module_get(module, _RET_IP_);
	return true;
}
EXPORT_SYMBOL(try_module_get);

@ Suppose that one processor takes a reference while another one removes the module. Step~4 of the removal is one atomic
subtraction, the get is one atomic increment unless zero, so one of them is first. If the get is first, the
subtraction leaves at least one, and the removal fails. If the subtraction is first and leaves zero, the get is refused. There is no
third case. Look-and-then-act would have one:

\wrongway
\show{|if (atomic_read(&mod->refcnt) == MODULE_REF_BASE)|\cr \quad|mod->state = MODULE_STATE_GOING;|\cr}
\noindent Between the look and the act somebody gets a reference, quite legally, and the module is
torn down while he uses it. \endwrong

\noindent If the count decides alone, what is the state tested for? For those roads to |GOING| on which the count does not become zero: a
removal by force, and an |init| that failed. On both, references that were granted stay out; what can be
done is to grant no new ones. An unformed module is refused for the same reason. That is one word more than in the stock kernel, where a module
that left with a count was closed while |GOING| and open again as soon as it was unformed, a moment before its
memory was freed.

@<Does the state admit anybody?@>=
static bool admits(const struct module *mod)
{
	enum module_state state = READ_ONCE(mod->state);

	return state == MODULE_STATE_LIVE || state == MODULE_STATE_COMING;
}

@ Why preemption is off: the test of the state and the increment are two steps, and a task that was preempted between them
could come back minutes later with an increment that rests on an ancient state. With preemption off the two steps are over before
the next grace period ends. So it suffices to set the state and to wait for one grace period: thereafter
every reference that ever was granted is in the count. The path of a failed |init| does exactly this.
@^lock RCU@>

@ For those who hold a reference already there is a get that cannot fail; it looks at
nothing. To call it {\it without\/} holding one is a bug that no test finds, for it will hardly ever meet a
module in the act of leaving. (That is rule C6.)
@^rule C6@>

@<Let one more holder in@>=
void __module_get(struct module *module)
{
	if (!module)
		return;
	atomic_inc(&module->refcnt);
	trace_module_get(module, _RET_IP_);
}
EXPORT_SYMBOL(__module_get);

@ Giving back is a decrement that stops at zero. Somebody who puts what he never got would otherwise bring the
count of a live module below what is held, and then below nothing; he gets a warning with his name in it, and the count
stays where it was.

The decrement orders memory: all that the holder did with the module comes before it, for everybody. And it is the last
moment at which the holder may touch the module at all. Yet the tracepoint that follows reads the module's
name, after the reference is gone. This is what preemption is switched off for: the memory goes a grace period
after the module was unlinked, hence not before this section ends. (In the stock kernel it is not
switched off here, and a tracer that is slow enough reads freed memory.)
@^lock preemption off@>

@<Let a holder go@>=
void module_put(struct module *module)
{
	if (!module)
		return;
	guard(preempt)();
	WARN_ON(atomic_dec_if_positive(&module->refcnt) < 0);
	trace_module_put(module, _RET_IP_);
}
EXPORT_SYMBOL(module_put);

@*1 Ready or not. The gate is open while |init| runs. Devices appear in the middle of it, and whoever finds one must be able to open
it; an event that was refused then would be lost. But those who want an exported symbol of the module, or its
code by name, can wait until it is ready, and should: |init| may yet fail. They use a stricter gate. |EBUSY| says ``not yet'',
and is worth waiting for; |ENOENT| says ``no more''.
@^error EBUSY@>
@^error ENOENT@>

The module was found a moment ago, under the mutex or with preemption off. In the second case its state may have changed since
the search looked at it, from |GOING| to |UNFORMED|. That is no reason to be upset, although the stock loader stops the machine over
it; the module is simply no more.

@<Hold a module that is ready, or say why not@>=
int strong_try_module_get(struct module *mod)
{
	enum module_state state = mod ? READ_ONCE(mod->state) : MODULE_STATE_LIVE;

	if (state == MODULE_STATE_COMING)
		return -EBUSY;
	if (state == MODULE_STATE_UNFORMED || !try_module_get(mod))
		return -ENOENT;
	return 0;
}

@*1 Taking by symbol. Sometimes a piece of the kernel wants a function of a module only if that module happens to be
there. |symbol_get| looks up the name and takes the reference, in one section with preemption off, so that the
module cannot be freed between the two. It is reserved to symbols for free software, since otherwise it would be a way
around the licence that has nothing to do with linking.
@.failing symbol_get of non-GPLONLY symbol@>
@^lock preemption off@>
@^rule L1@>

@<Hold a module by one of its symbols@>=
void *__symbol_get(const char *symbol)
{
	struct find_symbol_arg fsa = {@t\1@>@/
		@[@].warn = true,@/
		@[@].gplok = true,@/
		@[@].name = symbol,@t\2@>@/
	};

	guard(preempt)();
	if (!find_symbol(&fsa))
		return NULL;
	if (fsa.license != GPL_ONLY) {
		pr_warn("failing symbol_get of non-GPLONLY symbol %s.\n", symbol);
		return NULL;
	}
	return strong_try_module_get(fsa.owner) ? NULL : (void *)kernel_symbol_value(fsa.sym);
}
EXPORT_SYMBOL_GPL(__symbol_get);

@ The reference is given back by the same name. If the name is no longer there, the caller cannot have held the
module. It is told so; nothing is gained by stopping the machine.

@<Release a module that was held by a symbol@>=
void __symbol_put(const char *symbol)
{
	struct find_symbol_arg fsa = {@t\1@>@/
		@[@].gplok = true,@/
		@[@].name = symbol,@t\2@>@/
	};

	guard(preempt)();
	if (!WARN_ON(!find_symbol(&fsa)))
		module_put(fsa.owner);
}
EXPORT_SYMBOL(__symbol_put);

@ Or by address, which must be that of a function. Addresses of the kernel itself belong to no module and need no
putting. We hold a reference, so the module is not going to vanish; but the tree that tells whose address this is
changes with every load, and reading it requires preemption to be off.

@<Release a module that was held by a symbol@>=
void symbol_put_addr(void *addr)
{
	unsigned long entry = (unsigned long)dereference_function_descriptor(addr);
	struct module *owner;

	if (core_kernel_text(entry))
		return;
	guard(preempt)();
	owner = __module_text_address(entry);
	if (!WARN_ON(!owner))
		module_put(owner);
}
EXPORT_SYMBOL_GPL(symbol_put_addr);

@*1 The last put of a thread. A thread that runs in a module and holds a reference on it must give that back some day.
It cannot do so itself and then return: between the two nobody holds the module, and the thread is inside (number~4 of
the list in \see{open}). The put has to happen in code that stays. This function is that code: it is called by the thread, puts the reference {\it outside\/} the
module, and ends the thread without ever going back. Rule S3 asks for it.
@^rule S3@>

@<Leave the kernel and the module in one step@>=
void __noreturn __module_put_and_kthread_exit(struct module *self, long result)
{
	module_put(self);
	kthread_exit(result);
}
EXPORT_SYMBOL(__module_put_and_kthread_exit);

@*1 Who depends on whom. \label{depends}If a module was linked to symbols of another, its text contains addresses in the other's text, and no
count will ever see the calls. So the reference is taken once, when the first symbol is granted, and kept
until the user is gone. The record of it is a |struct module_use|, which hangs in two lists at a time: in |source_list| of the provider, which
lists its users, and in |target_list| of the user, which lists its providers. Both lists are guarded by
|module_mutex|.
@^lock module\_mutex@>
@^rule L1@>

The invariant: {\it one record, one reference}. A provider therefore has at least as many references as users, and one whose
|source_list| is not empty cannot be released; that it is asked about first only serves to give the better answer.

@<Who depends on whom@>=
@<Is |user| recorded already?@>@;
@<Record a dependence, and hold the provider@>@;
@<Let go of all providers@>@;

@ A module usually takes dozens of symbols from each of its providers, so the question is asked for each of them. It is
answered from the user's list, which has a handful of entries; the provider's may have hundreds.

@<Is |user| recorded already?@>=
static bool already_uses(const struct module *user, const struct module *provider)
{
	const struct module_use *use;

	list_for_each_entry(use, &user->target_list, target_list)
		if (use->target == provider)
			return true;
	return false;
}

@ The reference comes first, for it is what can be refused; if there is then no memory for the record, the reference goes back.
The allocation does not sleep, because we are called from within the condition of a wait (\seein{loader}{symbols}). New
records go to the front of both lists; \.{/proc/modules} shows them in this order.
@^error ENOMEM@>
@^error EBUSY@>
@^error ENOENT@>

@<Record a dependence, and hold the provider@>=
int ref_module(struct module *user, struct module *provider)
{
	struct module_use *use;
	int err;

	if (!provider || already_uses(user, provider))
		return 0;
	err = strong_try_module_get(provider);
	if (err)
		return err;
	use = kmalloc(sizeof(*use), GFP_ATOMIC);
	if (!use) {
		module_put(provider);
		return -ENOMEM;
	}
	use->source = user;
	use->target = provider;
	list_add(&use->source_list, &provider->source_list);
	list_add(&use->target_list, &user->target_list);
	return 0;
}

@ When a module dies, or a load fails, all its providers are released. First the record, then the reference: under the mutex nobody can
tell the difference, but a record never stands without its reference.
@^lock module\_mutex@>

@<Let go of all providers@>=
void module_unload_free(struct module *mod)
{
	struct module_use *use, *next;

	guard(mutex)(&module_mutex);
	list_for_each_entry_safe(use, next, &mod->target_list, target_list) {
		list_del(&use->source_list);
		list_del(&use->target_list);
		module_put(use->target);
		kfree(use);
	}
}

@* The request to leave. \label{delete}%
The system call |delete_module| is where a removal begins. Up to the moment when the base reference
is given back it only asks questions, and each has its own errno:

\medskip
\begintable{t p{4.2in}}
{\rm errno} & {\rm who gets it} \cr \hd
EPERM & the caller may not remove modules, or nobody may any more \cr
ENOENT & there is no such module; the name is empty, or as long as no name can be \cr
EFAULT & the name cannot be read \cr
EINTR & a signal came while we waited for the mutex \cr
EWOULDBLOCK & other modules depend on it, or somebody holds a reference \cr
EBUSY & it is still starting or already leaving, or it has an |init| and no |exit| \cr
\endtable

\noindent |EWOULDBLOCK| is the same number as |EAGAIN|, and says what it says: ask again later, it may work. |EBUSY| is about the
module itself, and asking again will usually not help.

@<Remove a module, on demand@>=
@<May force replace the missing condition?@>@;
@<Give back the base reference@>@;
@<Stop a module, if nothing speaks against it@>@;
@#
SYSCALL_DEFINE2(delete_module, const char __user *, name_user, unsigned int, flags)
{
	char name[MODULE_NAME_LEN];
	struct module *mod;
	int err;

	@<Read the name of the victim; |return| if it is no name, or not ours to give@>@;
	@<Find the module and close its gate; |return| if it must stay@>@;
	@<Let it clean up behind itself@>@;
	@<Tell those who know it that it is going@>@;
	note_unloaded(mod);
	free_module(mod);
	wake_up_all(&module_wq);
	return 0;
}

@ The permission is that of loading. |modules_disabled| can be set once and never cleared; from then on
the set of modules is what it is, in both directions.

The name is copied into a buffer of the size of |mod->name|. If it fills the buffer without an end, it is longer
than any module's name can be, and is refused; to cut it off would be to remove whichever module has the
shorter name. Names that pass are told to the auditors before we know whether there is such a module: an
attempt is worth recording too.
@^error EPERM@>
@^error ENOENT@>
@^error EFAULT@>
@^audit@>

@<Read the name of the victim; |return| if it is no name, or not ours to give@>=
{
	long length;

	if (!capable(CAP_SYS_MODULE) || modules_disabled)
		return -EPERM;
	length = strncpy_from_user(name, name_user, sizeof(name));
	if (length < 0)
		return length;
	if (length == 0 || length == sizeof(name))
		return -ENOENT;
	audit_log_kern_module(name);
}

@ The mutex may be held by somebody for long, so we wait for it interruptibly. Find and stop are one
critical section, so that two callers cannot both find the module alive. After it the module
is ours: it is |GOING|, every other remover gets |EBUSY|, and nobody else will free it. That is why the rest of the
removal can run without the mutex, as it must, for an exit function may do anything, including
the loading of another module.
@^lock module\_mutex@>
@^error EINTR@>
@^error ENOENT@>

@<Find the module and close its gate; |return| if it must stay@>=
if (mutex_lock_interruptible(&module_mutex))
	return -EINTR;
mod = find_module(name);
err = mod ? stop_module(mod, flags) : -ENOENT;
mutex_unlock(&module_mutex);
if (err)
	return err;

@ The order of the questions is that of what a user can do about the answer. Dependents first: he sees them in \.{lsmod}, and can
remove them. Then the state. Then the missing exit function, which no patience will cure. The count comes last,
because asking it is an act: if the answer is yes, the base reference is gone.

An |init| without an |exit| declares a module permanent. One that has neither keeps nothing that would
have to be taken down; it is a library, and goes when its users have gone.
@^permanent module@>
@^error EWOULDBLOCK@>
@^error EBUSY@>

@<Stop a module, if nothing speaks against it@>=
static int stop_module(struct module *mod, unsigned int flags)
{
	if (!list_empty(&mod->source_list))
		return -EWOULDBLOCK;
	if (mod->state != MODULE_STATE_LIVE)
		return -EBUSY;
	if (mod->init && !mod->exit && !by_force(flags))
		return -EBUSY;
	if (!release_base(mod) && !by_force(flags))
		return -EWOULDBLOCK;
	WRITE_ONCE(mod->state, MODULE_STATE_GOING);
	return 0;
}

@ To give the base back is one atomic subtraction, and usually its result is zero. If not, somebody holds the
module; we put the base on again and report failure. But the last holder may have let go just between our two
steps. Then the count is zero {\it now}, and a zero never rises: the module is closed, and to add the base would be to
open it behind the back of those who were refused in between. So the base is added unless the count is zero, and if it
was, the removal has succeeded after all.

During all this, those who ask for a reference while anybody holds one get it. An attempt that fails has been
noticed by nobody.

A result below zero means that somebody has put what he did not get, and was warned about it. What is held and
what is not can then not be known; the module stays, and force is there for it.

@<Give back the base reference@>=
static bool release_base(struct module *mod)
{
	int left = atomic_sub_return(MODULE_REF_BASE, &mod->refcnt);

	if (!left)
		return true;
	WARN_ON(left < 0);
	return !atomic_add_unless(&mod->refcnt, MODULE_REF_BASE, 0);
}

@ Force is the flag |O_TRUNC|, in kernels that were configured to allow it. It replaces the answer to the two
questions that only time, or nothing, can change; it does not make dependents independent. It marks the kernel for good, and
switches lock debugging off, because locks that lived in the module may be found held. Whoever forces a module that
is in use should think of the machine as one that will be rebooted soon: rule F2.
@^rule F2@>

@<May force replace the missing condition?@>=
static bool by_force(unsigned int flags)
{
	if (!IS_ENABLED(CONFIG_MODULE_FORCE_UNLOAD) || !(flags & O_TRUNC))
		return false;
	add_taint(TAINT_FORCED_RMMOD, LOCKDEP_NOW_UNRELIABLE);
	return true;
}

@*1 After the gate is closed. Now the module itself comes first. Everything still works for it: its tables, its entry
in sysfs, the modules it depends on. The function runs once and is believed. It has no result, on purpose. Exit
functions that may refuse were tried elsewhere; half the module is unregistered when it discovers that it
must stay. Who wants to refuse holds a reference.
@^rule X2@>

@<Let it clean up behind itself@>=
if (mod->exit)
	mod->exit();

@ Then those who made notes about the module. The order is the reverse of its arrival, with one addition.

Ftrace comes last because the others work by means of it. A probe that sits on the first instruction of one
of the module's functions was put there by ftrace, and one of the notifiers takes it off again; a livepatch
redirects functions through ftrace too, and removes its redirections. Both need ftrace's
records of where the module's functions begin, and these are what |ftrace_release_mod| drops.

The last line is the addition. Functions that the module, or the driver core on its behalf, ordered to run
asynchronously may still be queued. They were ordered in |exit| at the latest, so waiting after it covers all of them. It waits for everybody's calls and not
only ours, since they carry no owner.

@<Tell those who know it that it is going@>=
blocking_notifier_call_chain(&module_notify_list, MODULE_STATE_GOING, mod);
klp_module_going(mod);
ftrace_release_mod(mod);
async_synchronize_full();

@ What remains stands in the next chapter, except for two lines. Before the module is freed, its name and
marks are noted, so that the next oops can say which module left last; that has solved more than one mystery. And
afterwards everybody who waits on |module_wq| is woken: a load of the same name may be waiting for us to be off
the list, and nobody else would wake it.
@^module\_wq@>

@* The burial. \label{burial}%
A module ends here, whether it was removed or its |init| failed. On entry its exit function (if any) has run, the
notifiers have been told, and its state is |GOING|. It is still on the list and in the tree, it has its directory, its
dependencies and all its memory. On return there is nothing left, and |mod| points nowhere.

The steps are in an order that can be remembered as a sentence: {\it first those who come in by a name, then what it holds,
then those who come in by an address, then wait, then the memory}.

@<Free a module and everything that knows of it@>=
void free_module(struct module *mod)
{
	bool untagged;

	trace_module_free(mod);
	@<Ask whether somebody still owes it memory@>@;
	@<Close the ways that lead in by name@>@;
	@<Let go of what the module holds@>@;
	@<Unlink it from everything that is searched by address@>@;
	synchronize_rcu();
	@<Free its memory@>@;
}

@ With allocation profiling each place that allocates has a \term{code tag} in the module's data, and the tag has a
counter among the module's per-CPU data. If something that was allocated there is still alive, its release will read the tag and write into
the counter, some day. So neither can go. The question also waits for objects whose release was left to RCU, and must
therefore be asked first, while everything still works. If the answer is no, the module leaves its data behind: a
leak, but an honest one.
@.memory allocation(s) from the module still alive@>

@<Ask whether somebody still owes it memory@>=
untagged = codetag_unload_module(mod);
if (!untagged)
	pr_warn("%s: memory allocation(s) from the module still alive, "@|
		"cannot unload cleanly\n",@|
		mod->name);

@ The directory goes first, because it is the last door for user space. Its files are functions of this loader that
read |struct module|, and those of parameters call into the module itself; removing a file waits until nobody
is reading it. After that there is nobody inside who came from there.

Then the state. The module stays on the list, so that a second load of the same name waits and does not find
half of its predecessor's things; but every search skips a module that is unformed. The mutex makes the
change atomic for those who look more than once under it.
@^lock module\_mutex@>

@<Close the ways that lead in by name@>=
mod_sysfs_teardown(mod);
mutex_lock(&module_mutex);
WRITE_ONCE(mod->state, MODULE_STATE_UNFORMED);
mutex_unlock(&module_mutex);

@ What the module holds is: tables of the architecture that describe it; what its parameters allocated, strings
mostly; the strings of its notes; its copy of the section headers, if it was a livepatch; and its providers. Nothing of this
can be reached from outside any more.

The providers come last. To free a parameter is to call a function that the parameter's type brings along,
and that function may be one of a provider's. (The stock loader lets the providers go first. It
gets away with it since hardly any type of parameter lives in a module.) They come after the directory
as well, since the links to us in the providers' directories went with it, by way of the records that are dropped here.

The strings of the notes are normally freed together with the files that show them. In a
kernel without sysfs nobody but us would do it, and where they are gone already there is nothing to do.

@<Let go of what the module holds@>=
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
section; so are those who, in |module_put|, are about to trace a module that has
just become free.
@^lock RCU@>

We wait without the mutex. The stock loader keeps it, and whoever wants to load or remove another
module waits with it; but nothing under the mutex can lead to this module any more, and a few hundredths of a
second are long for a machine that boots.

What this grace period does {\it not\/} do must be said as clearly. It does not wait for a task that was
preempted inside the module, nor for a callback that the module ordered; it protects the loader's own readers, not the
module's callers. Those are numbers 4 and~5 of the list in \see{open}.

@ The memory is freed last, and here too the order is given. The memory of |init| has normally gone long ago; if
|init| failed it has not, and the architecture is told first. The string of arguments goes, and the per-CPU data, to
which the code refers; unless there are tags that refer to them too, and will be used. (The stock loader keeps the tags in that case and frees
their counters, and the late release then counts in per-CPU data that are somebody else's.) At the end the seven memories. |free_mod_mem| (\seein{loader}{layout}) withdraws
the keys of lock debugging from each memory before it frees it, which relies on the grace period that
has just passed; and it takes the memory with |struct module| in it as the last, because it reads the addresses of the others out
of that structure.

@<Free its memory@>=
module_arch_freeing_init(mod);
kfree(mod->args);
if (untagged)
	percpu_modfree(mod);
free_mod_mem(mod, untagged);

@*1 Exercises. The number in brackets says how hard: 0 is at sight, 50 is research. Answers are at the end of the book.

\exercise{05} A module has neither |init| nor |exit|, and exports one function. When can it be removed?

\exercise{15} In |release_base|, let the base be added by a plain |atomic_add|. Find the sequence of events,
on two processors, after which a module is alive and well that has just refused somebody a reference.

\exercise{20} |module_put| switches preemption off although a decrement is atomic. Could the tracing not simply come
before the decrement? What would a trace then show that is not so?

\exercise{25} Suppose that |free_module| rang |module_wq| right after the module was unlinked, before the grace
period. Which waiters would be served sooner, and could any of them meet something that is not gone yet?

\exercise{30} A driver takes |try_module_get(THIS_MODULE)| at the start of its |open| function, and the interface that calls
|open| takes none. Draw the two windows in which a removal succeeds while a caller is inside, one column for each
task. Which of the two could be closed by a function in the kernel that calls |open| for the driver?
