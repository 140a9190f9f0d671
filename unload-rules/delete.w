@q SPDX-License-Identifier: GPL-2.0-only @>

@* The request to leave. \label{delete}%
The system call |delete_module| is where a removal begins. A caller says by two flags how patient he is, and by a third how
ruthless:

\medskip
\begintable{t l p{3.1in}}
{\rm flags} & {\rm called} & {\rm what it means} \cr \hd
O\_NONBLOCK & attempt & go if nobody holds the module, now or not at all \cr
0 & drain & let nobody in any more, and wait until the last has left \cr
O\_APPEND & mild force & either of the two, although the module has no exit function \cr
O\_TRUNC & brutal force & an attempt; and if it fails, take the module out whatever the count \cr
\endtable

\noindent The tools of kmod always pass |O_NONBLOCK|, and |O_TRUNC| if asked to use force. Busybox passes
|O_NONBLOCK| for its \.{rmmod}, not for its \.{modprobe\ -r}, and for both |O_EXCL|, which has not meant anything
for twenty years. So neither |O_EXCL| nor |O_TRUNC| could be given to the mild kind of force: whoever uses a tool of
today would ask for it without knowing.

Up to the moment when the last reference is taken the call only asks questions, and each has its own errno:

\medskip
\begintable{t p{4.2in}}
{\rm errno} & {\rm who gets it} \cr \hd
EPERM & the caller may not remove modules, or nobody may any more \cr
ENOENT & there is no such module; the name is empty, or as long as no name can be \cr
EFAULT & the name cannot be read \cr
EINTR & a signal came while we waited for the mutex, or for the last holder \cr
EWOULDBLOCK & other modules depend on it; or, in an attempt, somebody holds a reference; or more was put than taken \cr
EBUSY & it is still starting, or leaving already, or draining; or it has an |init| and no |exit| \cr
\endtable

\noindent |EWOULDBLOCK| is the same number as |EAGAIN|, and says what it says: ask again later, it may work. |EBUSY| is about the
module itself, and asking again will usually not help.

Those who call it have a rule of their own, F1: try first (\see{rule-f1}). Hence two ways to ask, an attempt (\see{attempt}) and a drain (\see{drain}).
@^rule F1@>

@<Remove a module, on demand@>=
@<Read the flags@>@;
@<May force replace the missing condition?@>@;
@<Attempt to take the last reference@>@;
@<Take the module whatever is held@>@;
@<Does anything but the count speak against it?@>@;
@<Stop a module, or begin to drain it@>@;
@#
SYSCALL_DEFINE2(delete_module, const char __user *, name_user, unsigned int, flags)
{
	char name[MODULE_NAME_LEN];
	struct module *mod;
	int err;

	@<Read the name of the victim; |return| if it is no name, or not ours to give@>@;
	@<Find the module and close its gate; |return| if it must stay@>@;
	@<Let it clean up after itself@>@;
	@<Tell those who know it that it is going@>@;
	note_unloaded(mod);
	free_module(mod, false);
	wait_for_the_backlog();
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

A drain leaves the critical section with nothing but the state changed, which |stop_module| says by a positive
result. The state keeps others out, so the rest of it, the wait for the processors included, needs no mutex.
@^lock module\_mutex@>
@^error EINTR@>
@^error ENOENT@>

@<Find the module and close its gate; |return| if it must stay@>=
if (mutex_lock_interruptible(&module_mutex))
	return -EINTR;
mod = find_module(name);
err = mod ? stop_module(mod, flags) : -ENOENT;
mutex_unlock(&module_mutex);
if (err > 0)
	err = drain(mod);
if (err)
	return err;
if (is_permanent(mod) || policy_keeps(mod))
	tell_of_force(mod);

@ The order of the questions is that of what a user can do about the answer. Dependents come first: he sees them in
\.{lsmod}, and can remove them. To wait for them would be to wait for somebody who does not know that he is waited
for, so no flag changes this answer. Then the state. Then the missing exit function, which no patience will cure.

An |init| without an |exit| declares a module permanent. One that has neither keeps nothing that would
have to be taken down; it is a library, and goes when its users have gone.

Last comes the policy (\chap{verdict}). It is the only refusal that needs a line in the log, because nothing about the module itself tells the reason.
@^permanent module@>
@.the policy is strict@>
@^error EWOULDBLOCK@>
@^error EBUSY@>

@<Does anything but the count speak against it?@>=
static int may_leave(struct module *mod, unsigned int flags)
{
	if (!list_empty(&mod->source_list))
		return -EWOULDBLOCK;
	if (mod->state != MODULE_STATE_LIVE)
		return -EBUSY;
	if (is_permanent(mod) && !force_allowed(flags & (EVEN_WITHOUT_EXIT | AT_ANY_COUNT)))
		return -EBUSY;
	if (policy_keeps(mod) && !force_allowed(flags & (EVEN_WITHOUT_EXIT | AT_ANY_COUNT))) {
		pr_notice("%s: not removed: the policy is strict, "@|
			  "and it does not claim its rules\n", mod->name);
		return -EBUSY;
	}
	return 0;
}

@ The count comes last, because asking it is an act: if the answer is yes, the last reference is gone.

For a caller who is willing to wait the order is another. The state becomes |GOING| first, before the gate is
closed, so that everybody who is refused can read the reason. It is a state for which the tools have words already:
\.{/proc/modules} says \.{Unloading}, and \.{initstate} \.{going}; \.{refcnt} is the number of those who are waited
for.
@^error EWOULDBLOCK@>

@<Stop a module, or begin to drain it@>=
static int stop_module(struct module *mod, unsigned int flags)
{
	int err = may_leave(mod, flags);

	if (err)
		return err;
	if (!(flags & (O_NONBLOCK | AT_ANY_COUNT)) && drain_allowed) {
		WRITE_ONCE(mod->state, MODULE_STATE_GOING);
		return 1;
	}
	if (!attempt(mod) && !seize(mod, flags))
		return -EWOULDBLOCK;
	WRITE_ONCE(mod->state, MODULE_STATE_GOING);
	return 0;
}

@*1 The attempt. \label{attempt}Most attempts that fail do so at the first look, which costs a sum over the
processors and disturbs nobody. Only if the look says zero is the protocol of \chap{count} played: gather, take the
last reference if it is the last, and spread again if it is not. If it was taken, the gate is closed for good.

{\it While anybody holds a reference, no get is refused.} In mode |REFS_SHARED| a get is refused only if the module
is taken, and it is taken only when the number was the base alone, which is when nobody holds any. {\it A failed
attempt leaves no trace.} After |refs_spread| the mode is what it was, and the count is what is held; the counters
were not touched.

@<Attempt to take the last reference@>=
static bool attempt(struct module *mod)
{
	struct ref_count *refs = &annex_of(mod)->refs;

	if (module_refcount(mod) != 0)
		return false;
	refs_gather(refs, REFS_SHARED);
	if (refs_take(refs)) {
		WRITE_ONCE(refs->mode, REFS_CLOSED);
		return true;
	}
	refs_spread(refs);
	return false;
}

@ The model of an attempt begins after the look, whose answer may be anything.

@<Model: make an attempt@>=
inline attempt()
{
#ifdef ATTEMPT_CLOSES
	refs_gather(REFS_CLOSED);
#else
	refs_gather(REFS_SHARED);
#endif
	refs_take();
	if
	:: d_step { won -> mode = REFS_CLOSED }
	:: !won -> refs_spread()
	fi
}

@*1 The drain. \label{drain}A remover who drains closes the gate, gathers, and sleeps until he can take the last
reference. The base stays in the number while he sleeps. So the module cannot vanish under him, and there is nothing
to take back if he gives up.

What may happen meanwhile? A get is refused, because the mode is |REFS_CLOSED|; only those that had read another
mode before are granted still, and the wait in |refs_gather| sees to it that they are counted. A holder may take
another reference with |__module_get|, and puts are puts. Another remover finds the state |GOING| and gets |EBUSY|,
whether he attempts, drains or uses force; a load of the same name gets |EBUSY| as well, for nobody waits for a
module that is going; and a module that wants to be linked to ours is told that the symbol is not to be had. A
module in the middle of its exit function would have given all of them the same answers.

A signal ends the sleep. The mutex is taken, the count is spread, and the module becomes |LIVE|, in this order:
there are those who complain of a refusal by a module that is not |GOING| (debugfs does), whereas a get that is
granted by one that still says |GOING| harms nobody. That is all; nobody has learned of the drain but those who were
refused. If the last reference goes in the same moment as the signal comes, the condition is found true first, and
the removal goes on.

Since a drain can last long, |modules_disabled| may be set while it sleeps. The set of modules is then to stay what
it is, so the next bell brings the module back, and the caller is told |EPERM|.

The result after a signal is |ERESTARTSYS|, which never reaches user space. A signal that kills, kills. One with a
handler is answered with |EINTR|, unless the handler was installed with |SA_RESTART|: then the call begins anew, and
so it does after a stop, and after the machine has been put to sleep and woken. Between the end of the one and the
beginning of the other the module is alive for a moment, as if two drains had been asked for.
@^error EINTR@>
@^error EWOULDBLOCK@>
@^error EPERM@>
@^lock module\_mutex@>

@<Wait until the last reference is ours, or a signal comes@>=
int drain(struct module *mod)
{
	struct ref_count *refs = &annex_of(mod)->refs;
	bool taken = false;
	int err;

	refs_gather(refs, REFS_CLOSED);
	err = wait_event_interruptible(drain_wq, @| modules_disabled ||
				       (taken = refs_take(refs)) || refs_read(refs) < REFS_BASE);
	if (taken)
		return 0;
	guard(mutex)(&module_mutex);
	module_refcount(mod); /* tells of a put too many */
	refs_spread(refs);
	WRITE_ONCE(mod->state, MODULE_STATE_LIVE);
	if (!err)
		err = modules_disabled ? -EPERM : -EWOULDBLOCK;
	return err;
}

@ The last part of the condition is for a count that has fallen below the base. It will not be the base again,
unless a second mistake makes up for the first; to sleep on would be to sleep for ever. The module comes back to
life, and the caller is told |EWOULDBLOCK|.

The wait may seem to have a hole: |refs_take| is tried, the last put comes, the bell rings, and then the waiter
falls asleep. It has none. |wait_event_interruptible| puts the waiter on the queue first, and looks at the condition
then. Put and take are atomic operations on one number, hence one of them is first. If it is the put, the condition
is true. If it is the take, it fails; but then the put comes after the waiter was queued, and so does the bell.

\figure{drain-wakeup}{The last put, and who hears of it. Whoever drains is on the queue before he looks: either his look sees the last put, or the bell finds him there. The put itself takes no lock; the interrupt that follows may.}

@ \label{bell}The bell is one for all modules. It is an |irq_work|: a put may queue it in every context, even in the
non-maskable interrupt, and the processor runs it in an interrupt of its own as soon as it takes one. If it is
queued already and has not begun to run, it will be heard after us anyway; from the moment when it begins to run it
can be queued again. Were there a bell in every module, its memory could be freed between the last put and the
sound.

All those who drain are woken, and each looks at his own count. There are hardly ever two.
@^lock run queue@>
@^irq\_work@>

@<The bell of the last put@>=
static_assert(IS_ENABLED(CONFIG_IRQ_WORK), "a put from any context needs irq_work");
static DECLARE_WAIT_QUEUE_HEAD(drain_wq);
static LIST_HEAD(lingering); /* under |module_mutex|; see \chap{burial} */
@#
static void hear_last_put(struct irq_work *unused)
{
	wake_up_all(&drain_wq);
	if (!list_empty(&lingering))
		send_undertaker();
}
static DEFINE_IRQ_WORK(last_put_bell, hear_last_put);
@#
void ring_last_put(void)
{
	irq_work_queue(&last_put_bell);
}

@ In the model the processor takes the interrupt whenever it likes. |hear| wakes whoever sleeps.

@<Model: the bell@>=
inline hear()
{
	d_step { asleep[0] = false; asleep[1] = false };
#ifdef FAILING
	if :: d_step { lingering -> work = true } :: else fi
#endif
}
@#
active proctype bell()
{
end:	do
#ifdef BELL_LOST
	:: queued -> hear(); queued = false
#else
	:: d_step { queued -> queued = false }; hear()
#endif
	od
}

@ The waiter goes on the queue and tries then. |asleep| is set from that moment until he is woken; falling asleep is
no more than having nothing else to do. In a game in which no signal comes |signal| is not set, and there is only
one way out.

@<Model: wait for the last put@>=
inline wait_for_last_put()
{
	do
#ifdef LOOK_THEN_QUEUE
	:: refs_take();
		if
		:: won -> break
		:: !won -> asleep[me] = true
		fi;
#else
	:: asleep[me] = true;
		refs_take();
#endif
#ifdef BLIND_REOPEN
		if
		:: signal -> won = false; reopen(); break
		:: else
		fi;
#endif
		if
		:: won -> break
		:: !won && !asleep[me]
		:: d_step { !won && signal -> signal = false }; reopen(); break
		fi
	od;
	asleep[me] = false
}

@ The way back.

@<Model: come back after a signal@>=
inline reopen()
{
	asleep[me] = false;
	lock();
	refs_spread();
	state = LIVE;
	unlock()
}

@ And the drain as a whole. |won| says at its end whether the module is to go.

@<Model: drain@>=
inline drain()
{
#ifndef NO_GOING
	state = GOING;
#endif
	unlock();
	d_step { draining = true; won = false };
#ifdef NO_GATHER
	mode = REFS_CLOSED;
#else
	refs_gather(REFS_CLOSED);
#endif
	wait_for_last_put()
}

@ Somebody may have scripts that rely on the refusal, or use a tool that passes no flags and never meant to wait.
With \.{module.drain=N} on the command line of the kernel, or written to \.{/sys/module/module/parameters/drain},
the call without |O_NONBLOCK| is an attempt, as it was from version~3.13 on. Removals that wait already go on
waiting.

@<Whether a removal may wait@>=
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "module."
bool drain_allowed = true;
module_param_named(drain, drain_allowed, bool, 0644);

@ Those who poll are asking for an event, and a drain is that event. But why does the file
\.{/sys/module/NAME/refcnt} not answer |poll|? Because a put would have to know that somebody polls. In the fast
mode it counts on its own processor and does not know whether the module is still held; to find out would cost every
put a look at something shared, which is what the count of this book is there to avoid. The loader could switch the
count to its shared form as long as the file is polled; but sysfs does not tell the owner of an attribute that
anybody polls it. So the file can be read, and not waited for. Whoever wants to wait uses the call that waits.
@^poll@>

A drain can be interrupted; an exit function cannot. What exit must therefore not wait for is rule X4 (\see{rule-x4}). The loader's part in it is that exit is called
without |module_mutex|, so that at least this lock is never the one for which somebody waits.
@^rule X4@>

@*1 Force. \label{force}The two kinds have nothing in common but that the machine is marked for good. Each has a
flag of its own, and only a kernel that is configured for force heeds them.

The mild kind disregards that the module has no exit function. Whatever |init| registered stays registered; the user
says that there is nothing, or that he knows better. The count is respected: with |O_NONBLOCK| it is an attempt,
without it a drain.

The brutal kind disregards the count. It has an honest use, a developer's, who wants to put in a mended version of a module whose count is stuck after an
oops, because somebody died between get and put. Those who really hold the module fall into memory that is gone.
Both are the subject of rule F2 (\see{rule-f2}), and its lines in the log begin with that name.
@^rule F2@>

@<Read the flags@>=
enum {
	EVEN_WITHOUT_EXIT = O_APPEND, /* the mild kind of force */
	AT_ANY_COUNT = O_TRUNC /* the brutal one */
};

@ Force leaves a line in the log and a letter in every oops to come. Lock debugging is switched off, since locks
that lie in the module may be found held. All this happens when force has its way, and not when it is asked for: a
removal that fails, or a drain that is broken off, leaves no mark.
@.by force, although it has no exit function@>

@<May force replace the missing condition?@>=
static bool is_permanent(const struct module *mod)
{
	return mod->init && !mod->exit;
}
@#
static bool force_allowed(unsigned int flags)
{
	return IS_ENABLED(CONFIG_MODULE_FORCE_UNLOAD) && flags;
}
@#
static void tell_of_force(const struct module *mod)
{
	pr_warn("%s: F2: to be removed by force, although %s\n", mod->name,@|
		is_permanent(mod) ? "it has no exit function" : "the policy keeps it");
	add_taint(TAINT_FORCED_RMMOD, LOCKDEP_NOW_UNRELIABLE);
}

@ When the brutal kind meets a held count, it closes the gate, gathers, and takes the module. Every later get is
refused. But those who hold will put, some day, and the put writes to the annex and reads the name of the module. In
the stock kernel it writes into memory that is gone by then. Here the core data of such a module, in which |struct
module| and its annex lie, are never freed. It is a leak of a few pages, in return for which at least the put is
harmless; what else the holders do is beyond anybody's help.
@.taken out by force while@>

@<Take the module whatever is held@>=
static bool seize(struct module *mod, unsigned int flags)
{
	struct module_annex *annex = annex_of(mod);
	long held;

	if (!force_allowed(flags & AT_ANY_COUNT))
		return false;
	refs_gather(&annex->refs, REFS_CLOSED);
	held = refs_seize(&annex->refs);
	add_taint(TAINT_FORCED_RMMOD, LOCKDEP_NOW_UNRELIABLE);
	if (held) {
		pr_warn("%s: F2: taken out by force while %ld references are held\n",@|
			mod->name, held);
		log_holders(mod);
		annex->kept = true;
	}
	return true;
}

@ In the model |kept| is the promise to those who hold: what |struct module| lies in stays. That the rest does not
is their misfortune, which the auditor notes as |forced|.

@<Model: seize by force@>=
inline seize()
{
	draining = true;
	refs_gather(REFS_CLOSED);
	d_step {
		assert(!taken);
		taken = true; won = true; forced = true; n = 0;
#ifndef NOT_KEPT
		if :: shared != REFS_BASE -> kept = true :: else fi;
#endif
		shared = shared + REFS_TAKEN }
}

@*1 After the gate is closed. Now the module itself comes first. Everything still works for it: its tables, its entry
in sysfs, the modules it depends on. \label{exit-call}The function runs once and is believed. It has no result, on purpose.
@^rule X2@>

Rule X2 (\see{rule-x2}) says what this means for those who write exit functions: who must refuse holds a reference, and then exit is not called.

The line after the call is the {\it audit}, which looks at once for what exit should have taken back, before it can do harm
(\chap{audit}).

@<Let it clean up after itself@>=
if (mod->exit)
	mod->exit();
audit_now(mod);

@ Then those who made notes about the module. The order is the reverse of its arrival, with one addition.

Ftrace comes last because the others work by means of it. A probe that sits on the first instruction of one
of the module's functions was put there by ftrace, and one of the notifiers takes it off again; a livepatch
redirects functions through ftrace too, and removes its redirections. Both need ftrace's
records of where the module's functions begin, and these are what |ftrace_release_mod| drops.

The last line is the addition. Functions that the module, or the driver core on its behalf, ordered to run
asynchronously may still be queued. They were ordered in |exit| at the latest, so waiting after it covers all of
them. It waits for everybody's calls and not only ours, since they carry no owner.

@<Tell those who know it that it is going@>=
blocking_notifier_call_chain(&module_notify_list, MODULE_STATE_GOING, mod);
klp_module_going(mod);
ftrace_release_mod(mod);
async_synchronize_full();

@ What remains stands in the next chapters, except for two lines. Before the module is let go, its name and
marks are noted, so that the next oops can say which module left last; that has solved more than one mystery. And
at the end the remover may have to wait, if too much memory of removed modules has not been freed yet
(\see{room}).

@*1 Exercises.
\exercise{10} Two processes drain two modules, and each holds a reference on the other's module. What does each of
them see, and how does it end?

\exercise{15} Let |drain| give the base back before it sleeps, and wait for the number to be zero. What must the way
back then do that it need not do here, and which of two outcomes becomes possible for a signal that comes together
with the last put?

\exercise{20} Why is the state set to |GOING| before |refs_gather| in a drain, and after |refs_take| in an attempt?
Exchange each of them, and find who notices.
