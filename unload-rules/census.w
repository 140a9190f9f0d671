@q SPDX-License-Identifier: GPL-2.0-only @>

@* The census. \label{census}%
Who is inside? The count cannot say, since it counts only those who come to be counted. But whoever is inside has left a trace that
no programmer has to remember to leave: he is executing an instruction of the module, or will return to one. The address of that
instruction is in a register of a processor, or on a stack. Processors and stacks can be counted, and each of them can be
looked at. That is the census. It goes to every task and every processor, and asks of every address to which one of them will
return whether it lies in the text of a module that has left.

It is a simple idea with three difficulties, and this chapter is about them.
\li A stack must not move while it is looked at, and those of running tasks do.
\li Not every stack can be read with certainty, and those that cannot must not be taken for empty.
\li While one is looked at, the others run. So a census is not a snapshot, and what it proves must be said with care.

\endli What the census finds, it counts: |inside| in the annex of a module (\chap{quiesce}) is zero if it found nobody
there. And it speaks. A straggler is named in the log, once, with the function in which he was found, what he
is doing there, and the rule that was broken:

\begintt
d4_thread: D4: straggler d4_thread[211] is inside at
  loop+0x2e/0x50 [d4_thread] (asleep), 3 ms after exit; the memory waits
\endtt

\noindent (one line, broken here for the width of the page). Of an obedient module not a word is said, which is harder than it sounds.

@ Where may somebody be, and how is he looked at there?

\medskip
\begintable{p{1.6in} p{1.65in} p{1.95in}}
{\rm who} & {\rm where the addresses are} & {\rm how he is looked at} \cr \hd
a task asleep & its stack & where it is, and kept from waking \cr
a task preempted, or waiting for its turn & its stack, with the registers that it had when it was interrupted & where it is, and kept from being scheduled \cr
a task that runs & registers; its stack & by an interrupt on its processor, whose own entry saves the registers on that stack \cr
a softirq, an interrupt, an idle processor & a stack of the processor, and what lies below & by an interrupt on every processor \cr
a thread that has not begun & nowhere & by the function that it was given \cr
\endtable

\figure{census-stacks}{Three stacks with the module on them. What an unwinder reads are the return addresses (blue) and the instruction at which
somebody was interrupted; what nobody will return to lies between them, or below the stack pointer, and must not count.}

@ The file goes from the small to the large: a note, an address, a stack, a task, a processor, and at last all of them.

@(kernel/module/census.c@>=
@<What the census takes from the kernel@>@;
#include "internal.h"
@#
@<What a census finds@>@;
@<Weigh one address@>@;
@<Recognise the last way of a thread@>@;
@<Read a stack with certainty, or word by word@>@;
@<Examine one stack@>@;
@<Visit a task@>@;
@<Visit a processor@>@;
@<Report what was found@>@;
@<The census of all@>@;

@ Two of the headers are not there on every kernel: one tells how the return of a function is caught on behalf of a probe (the address on the stack is then not the one to which it
will return), the other what stacks a processor has of its own.

@<What the census takes from the kernel@>=
#include <linux/ftrace.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/sched/signal.h>
#include <linux/sched/task_stack.h>
#include <linux/smp.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/wait.h>
#ifdef CONFIG_RETHOOK
#include <linux/rethook.h>
#endif
#ifdef CONFIG_X86
#include <asm/stacktrace.h>
#endif

@*1 Notes. What is found is found with a run queue locked, or in an interrupt: no place to print a line, to allocate, or
to ask for the name of a function. So the visitor takes notes, in a table of fixed size, and reads them out when he is back
in his own context. If the table is full he goes on counting. The rest can be named in a later census, when some of the first have
left; it takes more than thirty stragglers at a time to come to that.

No lock protects the table. {\it A census is done by one, and he waits for everybody he sends.} He holds the mutex |looking|; a
function that he sends to another processor has come to its end before he goes on, and that hand-over orders the memory as well.
So there is never more than one who writes.
@^lock looking@>

A note is about one stack and one module: |place| is the innermost address that was found. It is |sure| if the stack was read with
certainty. |thread| says that the task is a thread of that very module; |guarded| that it stands in a section for which a grace
period of RCU waits.

@<What a census finds@>=
enum posture { ASLEEP, PREEMPTED, RUNNING, INTERRUPTING, NOT_STARTED };
@#
struct finding {
	struct module *mod;
	unsigned long place;
	char comm[TASK_COMM_LEN];
	pid_t pid;
	enum posture manner;
	bool sure, thread, worker, guarded;
};
@#
static struct finding findings[32];
static unsigned int nr_findings;
struct census_figures last_census;

@ A visit is the look at one stack (or at the several stacks that one processor stands on). |first| is the first note of this visit.
|own| is the module in which the task's function lies, if it is a thread. |cpu| is where the task was running when it was last
heard of, |met| whether it was met there. |leaving| will be explained.

@<What a census finds@>=
struct census_visit {
	struct task_struct *task;
	struct module *own;
	enum posture manner;
	unsigned int first;
	int cpu;
	bool met, guarded, leaving;
};

@ Two kinds of modules are asked about: all that have left; and perhaps one that has not left yet, which is the |visited| one. Somebody in
it, mostly its exit function, has called |module_quiesce|, and wants to know who else is inside. So those who called it are not counted; nor are the threads
of that module, which its exit will stop when it comes to them.

@<What a census finds@>=
static struct module *visited;
@#
static bool concerns(const struct census_visit *v, const struct module *mod)
{
	if (mod == visited)
		return !is_quiescing(v->task, mod) && v->own != visited;
	return has_left(mod);
}

@ To take a note is to count, in any case, and to fill a row of the table, if this visit has none for the module yet. So |inside| counts
addresses and not people. That is all right, as only zero has a meaning.

@<Weigh one address@>=
static void take_note(const struct census_visit *v, struct module *mod, @| unsigned long place, enum posture manner)
{
	struct finding *f = &findings[nr_findings];

	annex_of(mod)->inside++;
	for (unsigned int i = v->first; i < nr_findings; i++)
		if (findings[i].mod == mod)
			return;
	if (nr_findings == ARRAY_SIZE(findings))
		return;
	nr_findings++;
	@<Fill in the note@>@;
}

@ The question itself is answered by the tree of addresses, without a lock and in any context (\seein{loader}{lookup}). Two
comparisons dispose of an address that is not in any module's memory, which is the usual case. No list of those who have left is
needed: the tree finds them as well as the living, because they stay in it until they are buried.

@<Weigh one address@>=
static void weigh(const struct census_visit *v, unsigned long address)
{
	struct module *mod = __module_text_address(address);

	if (mod && concerns(v, mod))
		take_note(v, mod, address, v->manner);
}

@ A task may change its name while we copy it. Then we get a mixture of the two, which does no harm; |get_task_comm|, which prevents it, takes
a lock that we must not take here.

@<Fill in the note@>=
f->mod = mod;
f->place = place;
strscpy(f->comm, v->task->comm, sizeof(f->comm));
f->pid = task_pid_nr(v->task);
f->manner = manner;
f->sure = false;
f->thread = v->own == mod;
f->worker = v->task->flags & PF_WQ_WORKER;
f->guarded = v->guarded;

@*1 The last way. Not every return address is returned to. A thread that ends itself calls |kthread_exit|, or one of its
relatives; they never return, and the thread dies on top of the frames of its callers. These frames stay
on its stack for as long as it exists, and one of them may be the module's. Is the thread inside? It will never execute an
instruction of the module again; and the author has done exactly what rule D4 or S3 asks him to do. To report the thread would be
an injustice, and a frequent one: |kthread_complete_and_exit| wakes the remover {\it before\/} the thread is dead, and a
woken task likes to preempt the one that woke it.
@^rule S3@>@^rule D4@>

So an unwinding that comes to one of the four functions below is at its end: whoever is in there will not leave by the way
he came. Whatever was called {\it by\/} them has been passed before, and counts.

@<Recognise the last way of a thread@>=
static struct { unsigned long start, size; } last_way[4];
@#
static void find_the_last_way(void)
{
	unsigned long offset;

	last_way[0].start = (unsigned long)do_exit;
	last_way[1].start = (unsigned long)kthread_exit;
	last_way[2].start = (unsigned long)kthread_complete_and_exit;
	last_way[3].start = (unsigned long)__module_put_and_kthread_exit;
	for (int i = 0; i < ARRAY_SIZE(last_way); i++)
		if (!kallsyms_lookup_size_offset(last_way[i].start, &last_way[i].size, &offset))
			last_way[i].size = 0;
}

@ Where a function ends only the symbol table knows. Without it the size is zero, nobody is recognised, and threads that die
are waited for until they are dead; which is slow, and safe. Neither the first address nor the one behind the last belongs to
the function here. A task that was interrupted at the first has executed nothing of it; and the one behind may be the first of
the next function.

@<Recognise the last way of a thread@>=
static bool __maybe_unused on_the_last_way(unsigned long address)
{
	for (int i = 0; i < ARRAY_SIZE(last_way); i++)
		if (address > last_way[i].start && address - last_way[i].start < last_way[i].size)
			return true;
	return false;
}

@*1 Reading a stack. On architectures that care about live patching there is a function that reads a stack {\it reliably}: it
hands over every return address from the innermost to the outermost, or says that it could not. It knows of interrupted
code, in which the registers were saved on the stack and the interrupted instruction is an address like the others. It
knows of the tracers, too. Function-graph tracing and kretprobes replace return addresses by one of their own and
keep the original elsewhere; the unwinder puts it back.

The addresses are weighed as they come, and nothing is stored. If |consider| says no, the unwinding ends there, and calls itself unreliable;
but if it was ended on the last way, all that matters had been read.

@<Read a stack with certainty, or word by word@>=
#if defined(CONFIG_STACKTRACE) && defined(CONFIG_HAVE_RELIABLE_STACKTRACE) && @|\
	defined(CONFIG_ARCH_STACKWALK)
static bool consider(void *cookie, unsigned long address)
{
	struct census_visit *v = cookie;

	v->leaving = on_the_last_way(address);
	if (!v->leaving)
		weigh(v, address);
	return !v->leaving;
}
@#
static bool unwind(struct census_visit *v)
{
	return !arch_stack_walk_reliable(consider, v, v->task) || v->leaving;
}
#else
static bool unwind(struct census_visit *v)
{
	return false;
}
#endif

@ When is a stack not reliable? If generated code is on it, a BPF program for instance. If a task was preempted, in a kernel whose
unwinder follows frame pointers, since the interruption may have come before the frame was built. If a preempted task
has a kretprobe on its stack. And always, where there is no such function.

Then every word of the stack is taken for a return address, from the stack pointer upwards. That may find too much: a slot that
nobody has written to since some earlier call left an address in it. It must not find too little.

Below the stack pointer nothing is read. What was called once and has returned leaves its addresses there, and they stay for as long as the task
sleeps.

The words are read with a macro that says to the address sanitizer that we know what we are doing; they are parts of
somebody's variables, and of the gaps in between.

@<Read a stack with certainty, or word by word@>=
static void weigh_words(const struct census_visit *v, @| const unsigned long *from, const unsigned long *to)
{
	for (; from < to; from++)
		weigh(v, READ_ONCE_NOCHECK(*from));
}

@ Two kinds of return addresses are not on the stack: those that function-graph tracing and kretprobes have replaced. On the stack stands the address of
a trampoline, and the true one stands in a shadow stack of the task. The shadows are short, and are read as a whole, since nobody would know
which of their entries belongs to which word.

@<Read a stack with certainty, or word by word@>=
static void weigh_shadows(const struct census_visit *v)
{
#ifdef CONFIG_FUNCTION_GRAPH_TRACER
	struct ftrace_ret_stack *hidden;

	for (int i = 0; (hidden = ftrace_graph_get_ret_stack(v->task, i)); i++)
		weigh(v, hidden->ret);
#endif
#ifdef CONFIG_RETHOOK
	for (struct llist_node *l = v->task->rethooks.first; l; l = l->next)
		weigh(v, container_of(l, struct rethook_node, llist)->ret_addr);
#endif
}

@ Where does the stack begin, and is it only one? A task that does not run saved its stack pointer when it gave up the
processor. In an interrupt there may be three stacks in a chain: the interrupt's, then perhaps that of an exception, and at the end the task's. On
x86 a function tells to which stack a pointer belongs, where that ends, and where the next one in the chain goes on; so we follow the chain.

@<Read a stack with certainty, or word by word@>=
#ifdef CONFIG_X86
static void scan(const struct census_visit *v)
{
	unsigned long *word = get_stack_pointer(v->task, NULL), seen = 0;
	struct stack_info stack = {@[@]};

	while (word && !get_stack_info(word, v->task, &stack, &seen)) {
		weigh_words(v, word, stack.end);
		word = PTR_ALIGN(stack.next_sp, sizeof(long));
	}
	weigh_shadows(v);
}
#endif

@ Other architectures have such functions under other names. There the whole of the task's
stack is read. That finds too much, in what has returned already, and misses interrupts that have stacks of their own; these are outwaited by |synchronize_rcu|
anyway.

@<Read a stack with certainty, or word by word@>=
#ifndef CONFIG_X86
static void scan(const struct census_visit *v)
{
	const unsigned long *stack = task_stack_page(v->task);

	weigh_words(v, stack, stack + THREAD_SIZE / sizeof(long));
	weigh_shadows(v);
}
#endif

@ A thread belongs to the module in which its function lies, whether its stack shows it or
not: it may have been created and not yet woken, and what it has on its stack then are the addresses of the core
kernel from which it will call that function.

@<Examine one stack@>=
static struct module *owner_of_thread(struct task_struct *task)
{
	unsigned long function = (unsigned long)kthread_func(task);

	return function ? __module_text_address(function) : NULL;
}

@ Now everything that is done with one stack. A thread stops belonging to its module when it is on its last way, or when it is past the point in
|do_exit| at which it is marked |PF_EXITING|. From then on only its stack counts.

All notes of the visit get the same |sure|. A task that is dying, and was not seen to be on the last way, has old
frames on its stack that mean nothing: of those we are not sure.

@<Examine one stack@>=
static void examine(struct census_visit *v)
{
	bool reliable, dying = v->task->flags & PF_EXITING;

	v->own = owner_of_thread(v->task);
	v->first = nr_findings;
	v->leaving = false;
	reliable = unwind(v);
	if (!reliable)
		scan(v);
	if (v->own && !v->leaving && !dying && concerns(v, v->own))
		take_note(v, v->own, (unsigned long)kthread_func(v->task), NOT_STARTED);
	for (unsigned int i = v->first; i < nr_findings; i++)
		findings[i].sure = reliable && (v->leaving || !dying);
}

@*1 Tasks. A task has to stand still while its stack is read. |task_call_func| takes the locks that are needed for it: who sleeps
cannot be woken, who waits for a processor is not given one, and who runs is not taken off it. While they are held we may
look, but not for long, as a run queue stands still with the task. A stack is read in a microsecond or two.
@^lock pi\_lock@>@^lock run queue@>

Whether the task stands in a section that RCU waits for will matter for the choice of a rule. If the kernel lets a task be preempted there at all, the
task counts such sections.

@<Visit a task@>=
static bool rcu_waits_for(const struct task_struct *task)
{
#ifdef CONFIG_PREEMPT_RCU
	return READ_ONCE(task->rcu_read_lock_nesting) > 0;
#else
	return false;
#endif
}

@ A task that runs is the exception. It does not stand still, whatever lock we hold: it runs.
So we learn only where.
@^error EBUSY@>

@<Visit a task@>=
static int visit_standing(struct task_struct *task, void *cookie)
{
	struct census_visit *v = cookie;

	v->cpu = task_cpu(task);
	if (task_curr(task) && task != current)
		return -EBUSY; /* it runs; the caller goes there */
	v->manner = task_is_runnable(task) ? PREEMPTED : ASLEEP;
	v->guarded = rcu_waits_for(task);
	examine(v);
	return 0;
}

@ And we go there, by an interrupt. The task stands still as long as the interrupt lasts: it {\it is\/} the interrupt, so to speak. Its
stack is read from here, through the frames of the interrupt to the registers that were saved, and on to its own frames.
If the processor has taken up something else in the meantime, we have not met whom we came for.

What the interrupt interrupted can be seen from the count of preemption, to which the interrupt itself has added one
in the field of hard interrupts, and nothing else.

@<Visit a task@>=
static void visit_running(void *cookie)
{
	struct census_visit *v = cookie;

	v->met = in_hardirq() && (!v->task || v->task == current);
	if (!v->met)
		return;
	v->task = current;
	v->manner = RUNNING;
	if (in_serving_softirq() || hardirq_count() > HARDIRQ_OFFSET)
		v->manner = INTERRUPTING;
	v->guarded = rcu_waits_for(current) ||@| (preempt_count() & (PREEMPT_MASK | SOFTIRQ_MASK));
	examine(v);
}

@ Between the lock and the interrupt the task may have moved. Then we begin again: perhaps it stands now, perhaps it runs elsewhere. Each
time it has a good chance of being met; a task that is missed five times in a row counts as inside of
every module. That costs the undertaker one more round.

The stack of a task that ends is given back before its |task_struct| is, and before it is off the list.
|try_get_task_stack| holds the stack, or tells us that there is none any more. Without a stack nobody can be inside.

@<Visit a task@>=
static bool visit_task(struct task_struct *task)
{
	struct census_visit v = {@t\1@>@/
		@[@].task = task,@t\2@>@/
	};

	if (!try_get_task_stack(task))
		return true;
	for (int tries = 0; tries < 5 && !v.met; tries++) {
		if (!task_call_func(task, visit_standing, &v))
			v.met = true;
		else
			smp_call_function_single(v.cpu, visit_running, &v, true);
	}
	put_task_stack(task);
	return v.met;
}

@ Does every task get its visit? The list of processes is read under RCU, while others fork and exit. New processes are put at its
end, and new threads at the end of the list of their process. So whoever is born after the end was passed is
missed. Does it matter?

A child of |fork| or |clone| begins its life on the way to user space. It is not inside, and can get there only by a door.

A thread of the kernel begins in |kthread|, which is not in the module, and then calls a function that may be. Such a thread is ordered by
somebody, its creator, who sleeps in |kthread_create| until the thread exists. Suppose that the creator was found outside (if he was found
inside, the census was not clean anyway). A
creator who acts for the module is inside it while he waits. So he had come out when he was
looked at, and the thread was on the list before that.

Where on the list? At its end, which is behind the creator: a
process is younger than the one that ordered it, and the list is ordered by age. (A program that is |exec|uted by a thread inherits the
place of its process, which is older still.) Thus the census came to the thread after it had come to the creator, and saw it.

Those who leave the list are dead: they are taken off it in their last moments, on the last way.
@^lock RCU@>

@<Visit a task@>=
static unsigned int visit_all_tasks(void)
{
	struct task_struct *process, *task;
	unsigned int missed = 0;

	guard(rcu)();
	for_each_process_thread(process, task) {
		last_census.tasks++;
		if (!visit_task(task))
			missed++;
	}
	return missed;
}

@*1 Processors. The idle tasks are on no list. And an interrupt that runs on top of a task may have come after the
task's visit, or stand on a stack of its own. So each processor is visited as well, whatever it does: if it is idle, its
idle task is |current| there. If it is not idle, the idle task is known to be in the scheduler, since that is the only
place where it lets go of the processor.

They are visited one after the other, because the table has one writer. A processor that is not online runs nothing, and one
that comes online meanwhile has nothing from before. On our own there is nothing to see: we are a task, and not in an
interrupt. |visit_running| notices that it was called without one, and returns.

Even processors that were promised to be left alone are interrupted. But this happens only when a module is removed,
and then the audit interrupts them as well (\see{walks}).

@<Visit a processor@>=
static void visit_all_processors(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct census_visit v = {@t\1@>@/
			@[@].cpu = cpu,@t\2@>@/
		};

		smp_call_function_single(cpu, visit_running, &v, true);
		last_census.cpus++;
	}
}

@*1 All together. First every module that is asked about is marked as empty. If there is none, nobody need be visited. With
\.{module.without=census} the answer is always that nobody is there: this is for those who want to see what happens then
(\see{leave-one-out}).
@^lock RCU@>

@<The census of all@>=
static bool begin(struct module *also)
{
	struct module *mod;
	bool any = also;

	guard(rcu)();
	list_for_each_entry_rcu(mod, &modules, list)
		if (mod == also || has_left(mod)) {
			annex_of(mod)->inside = 0;
			any = true;
		}
	return any && !left_out(WITHOUT_CENSUS);
}

@ If a running task could not be met, nobody knows where it was, and all modules that were asked about have to wait for another round.
@^lock RCU@>

@<The census of all@>=
static void count_the_missed(unsigned int missed)
{
	struct module *mod;

	guard(rcu)();
	list_for_each_entry_rcu(mod, &modules, list)
		if (mod == visited || has_left(mod))
			annex_of(mod)->inside += missed;
}

@ The whole. The cost is linear in the number of tasks, and does not depend on the number of modules. The first line of
\.{modules/burials} in debugfs tells what the last census took; how it grows is measured in \see{census-crowd}. Where there is no
preemption, the processor that does the census does nothing else meanwhile but take interrupts.

@<The census of all@>=
void census(struct module *also)
{
	u64 start = ktime_get_ns();

	if (!begin(also))
		return;
	visited = also;
	nr_findings = 0;
	last_census.tasks = last_census.cpus = 0;
	find_the_last_way();
	count_the_missed(visit_all_tasks());
	visit_all_processors();
	last_census.ns = ktime_get_ns() - start;
	for (unsigned int i = 0; i < nr_findings; i++)
		report(&findings[i]);
}

@ What has been proved when |inside| is zero? {\it For each task and for each processor there was a moment during the census at
which it was not inside.} The moments differ, and that is all the difference to a snapshot. Somebody who was inside at another's
moment may have left before his own, and may have ordered something; and that may have begun on a task that was visited
before. This cannot be cured by looking faster. It is cured by looking twice, and by letting everything that can have been ordered run between the looks;
the right order of looks and waits is a subtle matter, for which see \see{undertaker}.

The census does not look for {\it pointers}. A register may hold the address of a function of the module that will be called
by the next instruction; a caller may have read the address of a hook's structure, in the module's data, and not yet the
function's. Neither is a return address, and the second is not even in the text. Whoever has one of them has read it
before the hook was taken off, and has not yet called; if preemption is off there, the grace period of RCU waits for him, and
if he was preempted, that of RCU-tasks. Were the census to count pointers, it would have to look into all memory.
@^rule U4@>

@*1 What is said, and of whom. A finding that is sure is reported at once, if the straggler has no business there. But some have: a module
may guard itself (rules S1 and S2), and then a task that was preempted before its first get or after its last put is inside quite
lawfully, until the next wait has let it pass. The loader does not know what a module does, only what it imports. So in one that
imports |try_module_get|, whoever is awake is taken for somebody on his way out; whoever sleeps, or is a thread of the module, is not.
@^rule S1@>@^rule S2@>@^rule U3@>@^rule U5@>@^rule D2@>

Such a finding, and one that is not sure, counts like any other, and the memory waits. It is {\it reported\/} only
when two seconds have passed since exit, and the module had to be left for a later round. It is the same with stragglers in a module that asked for a census itself: to wait for them
is just what it wants, so they too are reported only after two seconds.

@<Report what was found@>=
static bool deserves_patience(const struct finding *f)
{
	if (!has_left(f->mod) || !f->sure)
		return true;
	return f->manner != ASLEEP && !f->thread &&@|
	       (annex_of(f->mod)->imports & IMPORTS_MODULE_GET);
}

@ Which rule was broken can be guessed from who he is and what he does. A thread of the module should have ended;
if the module takes references, but not the special way of giving one back and ending, the thread probably gave it back and returned. Whoever
else is inside a module that failed to start came in while it started (rule I2). Whoever stands in a section that RCU waits for has been called by a
hook that was not followed by the wait for RCU. A
worker of a queue is busy with work that was not waited for. Of the others, one who is awake was called by a hook that was not followed by the wait for RCU-tasks, and one who sleeps has entered
by a way that nobody counts: without guarding himself, or having guarded himself badly.

It remains a guess, as a worker may call a hook, too. The table in \chap{leave-table} shows how often the loader is right.

@<Report what was found@>=
static const char *rule_of(const struct finding *f)
{
	u32 imports = annex_of(f->mod)->imports;
	bool guards_itself = imports & (IMPORTS_MODULE_GET | IMPORTS_MODULE_PUT);

	if (f->thread)
		return guards_itself && !(imports & IMPORTS_PUT_AND_EXIT) ? "S3" : "D4";
	if (annex_of(f->mod)->failed)
		return "I2";
	if (f->guarded || f->manner == INTERRUPTING)
		return "U3";
	if (f->worker)
		return "D2";
	if (f->manner != ASLEEP)
		return "U4";
	return imports & IMPORTS_MODULE_GET ? "S1" : "U5";
}

@ A straggler is named once: his number and the function are remembered in the annex. If there is no room for
another, nothing more is said of this module; eight names are enough to know that something is wrong.

@<Report what was found@>=
static bool told_before(struct module_annex *annex, pid_t pid, u32 function)
{
	struct naming *known;

	for (int i = 0; i < MOST_TOLD; i++) {
		known = &annex->told[i];
		if (!known->place) {
			known->pid = pid;
			known->place = function;
			return false;
		}
		if (known->pid == pid && known->place == function)
			return true;
	}
	return true;
}

@ What he is doing there is told in a word or two, in brackets. It helps to find him: one who is asleep can be looked for in \.{/proc}.

@<Report what was found@>=
static const char *const manners[] = {@t\1@>@/
	@[[ASLEEP]@] = "asleep",@/
	@[[PREEMPTED]@] = "preempted",@/
	@[[RUNNING]@] = "running",@/
	@[[INTERRUPTING]@] = "in an interrupt",@/
	@[[NOT_STARTED]@] = "not yet started",@t\2@>@/
};

@ Is the module still there? The undertaker buries without the mutex |looking|. If it was an exit function that asked for this census, he may
be burying now. What he buries was found empty; but a word on a stack can be mistaken for an address of it. So the module is looked up again, with preemption
off: as long as it is found, its memory is there, since a grace period lies between the one and the other. Whoever has gone into quarantine
in the meantime is not asked about any more.

@<Report what was found@>=
static bool still_concerns_us(const struct finding *f)
{
	return __module_text_address(f->place) == f->mod &&
	       (f->mod == visited || has_left(f->mod));
}

@ And the line. If the straggler was found on a stack that could not be read with certainty, it says ``perhaps''. If the module has not left
yet, the time is counted from the call of |module_quiesce|.
@^lock RCU@>
@.straggler ... is inside at@>

@<Report what was found@>=
static void report(const struct finding *f)
{
	struct module_annex *annex = annex_of(f->mod);
	unsigned long offset = 0, size, age;

	guard(preempt)();
	if (!still_concerns_us(f))
		return;
	age = jiffies - annex->left_at;
	if (deserves_patience(f) && (age < 2 * HZ || (has_left(f->mod) && !annex->rounds)))
		return;
	if (!kallsyms_lookup_size_offset(f->place, &size, &offset))
		offset = 0;
	if (told_before(annex, f->pid, f->place - offset))
		return;
	pr_warn("%s: %s: straggler %s[%d] is %sinside at %pS (%s), "@|
		"%u ms after %s; the memory waits\n",@|
		f->mod->name, rule_of(f), f->comm, f->pid, f->sure ? "" : "perhaps ",@|
		(void *)f->place, manners[f->manner], jiffies_to_msecs(age),@|
		!has_left(f->mod) ? "the first look" : annex->failed ? "init failed" : "exit");
	rule_was_broken(f->mod, rule_of(f));
}

@*1 Trials. \label{census-trials}Two modules. One is a door that stays: whoever writes to its file in debugfs is sent through a hook, bare and
uncounted, with nothing held. The other is the room behind it, which sets the hook when it comes and clears it when it goes, without
waiting for anybody. So we can bring somebody into the room in any way we like, remove the room around him, and read what the
census says. What was written is handed to the hook as the way in which he is to be inside; \.{open} lets out all who are there, \.{shut} makes
the next ones stay, and \.{softirq} enters by an interrupt.

@(modules/census_door.h@>=
extern void @[@](*census_hook)(const char *way);
extern struct task_struct *census_unborn;
extern bool census_open;
extern wait_queue_head_t census_bell;

@ The door exports what the room needs: the hook that it sets, the flag and the bell on which those inside wait, and a place for a thread
that is not to be started until the end.

@(modules/census_door.c@>=
#include <linux/debugfs.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include "census_door.h"
@#
void @[@](*census_hook)(const char *way);
EXPORT_SYMBOL_GPL(census_hook);
struct task_struct *census_unborn;
EXPORT_SYMBOL_GPL(census_unborn);
bool census_open;
EXPORT_SYMBOL_GPL(census_open);
DECLARE_WAIT_QUEUE_HEAD(census_bell);
EXPORT_SYMBOL_GPL(census_bell);
@<Call the hook, or open the door@>@;
@<The file of the door@>@;
MODULE_DESCRIPTION("Calls a bare hook, for trials of the census");
MODULE_LICENSE("GPL");

@ The pointer is read once; what follows is the window that rule U4 is about.

@<Call the hook, or open the door@>=
static void call_the_hook(const char *way)
{
	void @[@](*hook)(const char *way) = READ_ONCE(census_hook);

	if (hook)
		hook(way);
}

@ A tasklet is the simplest way into a softirq. To open the door is to set a flag that those who spin look at, to wake those who sleep,
and to wake the thread that was never started.

@<Call the hook, or open the door@>=
static void call_from_softirq(struct tasklet_struct *unused)
{
	call_the_hook("softirq");
}
static DECLARE_TASKLET(tasklet, call_from_softirq);
@#
static void open_door(bool open)
{
	WRITE_ONCE(census_open, open);
	wake_up_all(&census_bell);
	if (open && census_unborn) {
		wake_up_process(census_unborn);
		put_task_struct(census_unborn);
		census_unborn = NULL;
	}
}

@ Whoever writes |"asleep\n"| to the file sleeps in the write, and the shell that runs it with him.
@^error EINVAL@>

@<The file of the door@>=
static ssize_t door_write(struct file *file, @| const char __user *from, size_t size, loff_t *at)
{
	char line[16] = {@[0@]};

	if (size >= sizeof(line) || copy_from_user(line, from, size))
		return -EINVAL;
	strreplace(line, '\n', 0);
	if (!strcmp(line, "open") || !strcmp(line, "shut"))
		open_door(line[0] == 'o');
	else if (!strcmp(line, "softirq"))
		tasklet_schedule(&tasklet);
	else
		call_the_hook(line);
	return size;
}

@ The door itself counts whoever has its file open, as it should.

@<The file of the door@>=
static const struct file_operations door_fops = {@t\1@>@/
	@[@].owner = THIS_MODULE,@/
	@[@].write = door_write,@t\2@>@/
};
static struct dentry *door;
@#
static int __init door_init(void)
{
	door = debugfs_create_file("census_door", 0200, NULL, NULL, &door_fops);
	return PTR_ERR_OR_ZERO(door);
}
static void __exit door_exit(void)
{
	debugfs_remove(door);
	tasklet_kill(&tasklet);
}
module_init(door_init);
module_exit(door_exit);

@ The room. Nobody stays for longer than twenty seconds, so that a loader that is waited for in vain ends the trial with a failure and
not with a machine that hangs.

@(modules/census_room.c@>=
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "census_door.h"
@#
@<Be in the room@>@;
@<Threads of the room@>@;
@<Build the room and leave it@>@;
MODULE_DESCRIPTION("Is removed around those who are inside");
MODULE_LICENSE("GPL");

@ There are three ways of being inside: asleep; spinning with preemption off; and spinning, to be preempted now and then.

@<Be in the room@>=
static void spin_until_open(void)
{
	unsigned long end = jiffies + 20 * HZ;

	while (!READ_ONCE(census_open) && time_before(jiffies, end))
		cpu_relax();
}
@#
static void room(const char *way)
{
	if (!strcmp(way, "asleep")) {
		wait_event_timeout(census_bell, READ_ONCE(census_open), 20 * HZ);
	} else if (!strcmp(way, "quiet")) {
		preempt_disable();
		spin_until_open();
		preempt_enable();
	} else {
		spin_until_open();
	}
}

@ There are three kinds of threads: one that is {\it kept}, that is, never stopped; one that is {\it unborn}, created and not woken; and
one that is obedient, and takes its {\it last\/} way when exit wants it to. The last one is the difficult case. Exit, run on the
same processor by a task that has priority, is woken by it and takes the
processor from it in the middle of |kthread_complete_and_exit|, with an address of the room on its stack. Then exit sends it to
processor~1, where somebody with priority is spinning. So it stays where it is.

Those who are to be found with preemption off, or in a softirq, must come when the removal is over, because a removal contains grace
periods and would wait for them. So somebody is made to sleep in the room, which keeps it; and a |careless| exit leaves the hook where it is,
so that others can still come in.

@<Threads of the room@>=
static char *thread = "none";
module_param(thread, charp, 0444);
static bool careless;
module_param(careless, bool, 0444);
static DECLARE_COMPLETION(go);
static DECLARE_COMPLETION(gone);
static struct task_struct *last;
@#
static int live_in_the_room(void *unused)
{
	room("asleep");
	return 0;
}
static int leave_in_time(void *unused)
{
	wait_for_completion(&go);
	kthread_complete_and_exit(&gone, 0);
}

@ |init| hangs up the hook at the end, as rule I1 wants it. What exit leaves undone is the purpose of the room.
@^rule I1@>

@<Build the room and leave it@>=
static int __init room_init(void)
{
	struct task_struct *task = NULL;

	if (!strcmp(thread, "last"))
		task = last = kthread_create(leave_in_time, NULL, "census_last");
	else if (strcmp(thread, "none"))
		task = kthread_create(live_in_the_room, NULL, "census_thread");
	if (IS_ERR(task))
		return PTR_ERR(task);
	if (task)
		get_task_struct(task);
	if (!strcmp(thread, "unborn"))
		census_unborn = task;
	else if (task)
		wake_up_process(task);
	WRITE_ONCE(census_hook, room);
	return 0;
}

@ Exit unhooks, unless it is careless, and does not wait. Only the thread that goes its last way is waited for, and sent off.

@<Build the room and leave it@>=
static void __exit room_exit(void)
{
	if (!careless)
		WRITE_ONCE(census_hook, NULL);
	if (strcmp(thread, "last"))
		return;
	complete(&go);
	wait_for_completion(&gone);
	set_cpus_allowed_ptr(last, cpumask_of(1));
	put_task_struct(last);
}
module_init(room_init);
module_exit(room_exit);

@*1 What it costs. \label{census-crowd}The figure that counts is the time for one more task, and to see it one needs many. \.{crowdtool N COMMAND} makes |N| sleeping
threads, runs the command in their presence, and lets them go. They sleep as most tasks sleep, in a system call, a few
frames deep. A process has at most a thousand of them, so that both loops of the walk get something to do.

\begintt
crowdtool 10000 sh -c "rmmod hello; cat /sys/kernel/debug/modules/burials"
\endtt

\noindent The kernel's own limit for threads is raised first; if there is not enough memory for so many, the tool says how
many there were.

Below are the figures of the last run, on one processor, with a clock that counts instructions. For each task they pay for stopping it, unwinding a stack of
some ten frames, and weighing ten addresses.

\newread\censusfile
\openin\censusfile=../../census.tex
\ifeof\censusfile
\medskip\noindent {\it This copy was woven before anybody had run\/} \.{make\ check\ ONLY=census}.
\else \closein\censusfile \input ../../census.tex
\fi

@(guest/crowdtool.c@>=
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
@#
@<A thousand sleepers@>@;
@<Run a command among sleepers@>@;

@ The stacks in user space are as small as they may be. Each process tells by a byte in a pipe that its threads exist, or
by closing it that they do not; and it dies with the one that made it.

@<A thousand sleepers@>=
static void *sleep_for_ever(void *unused)
{
	for (;;)
		pause();
	return unused;
}
@#
static void make_sleepers(int n, int ready)
{
	pthread_attr_t small;
	pthread_t thread;
	int made = 1;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 16384);
	while (made < n && !pthread_create(&thread, &small, sleep_for_ever, NULL))
		made++;
	if (write(ready, &made, sizeof(made)) != sizeof(made))
		_exit(1);
	close(ready);
	sleep_for_ever(NULL);
}

@ If a limit cannot be raised it stays what it is, and there will be fewer sleepers.

@<Run a command among sleepers@>=
static void write_limit(const char *path)
{
	FILE *f = fopen(path, "w");

	if (f) {
		fprintf(f, "40000\n");
		fclose(f);
	}
}
@#
static int run(char **command)
{
	int status;
	pid_t child = fork();

	if (!child) {
		execvp(command[0], command);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return 1;
	return WEXITSTATUS(status);
}

@ The status of the command is the tool's.

@<Run a command among sleepers@>=
int main(int argc, char **argv)
{
	int wanted = argc > 2 ? atoi(argv[1]) : 0, sleepers = 0, processes = 0, status, pipes[2];
	static pid_t crowd[100];

	if (wanted <= 0)
		return 2;
	write_limit("/proc/sys/kernel/threads-max");
	write_limit("/proc/sys/kernel/pid_max");
	while (sleepers < wanted && processes < 100) {
		int left = wanted - sleepers, made = 0;
		@<Let a process make up to a thousand of those that are |left|@>@;
	}
	printf("crowd %d\n", sleepers);
	fflush(stdout);
	status = run(argv + 2);
	while (processes--)
		kill(crowd[processes], SIGKILL);
	return status;
}

@ If a process cannot be made, or cannot make any threads, there will be no more sleepers.

@<Let a process make up to a thousand of those that are |left|@>=
if (pipe(pipes) || (crowd[processes] = fork()) < 0)
	break;
if (!crowd[processes]) {
	close(pipes[0]);
	make_sleepers(left < 1000 ? left : 1000, pipes[1]);
}
close(pipes[1]);
processes++;
if (read(pipes[0], &made, sizeof(made)) != sizeof(made))
	made = 0;
close(pipes[0]);
sleepers += made;
if (!made)
	break;

@*1 Exercises.
\exercise{10} Why does the census, on a processor that runs in user space, find nobody, although the stack of the task may be full of
old addresses of the module?

\exercise{20} A program does not like a certain module to be freed. It learns at which address the module lies, puts that address
into all its registers, and makes system calls. On which stacks does the census come across it, and when does it count?

\exercise{25} Let the list of processes be ordered the other way round, the youngest first. Find a thread of the module that
a census misses although it finds nobody else.

\exercise{20} A module creates a thread with |kthread_create|, does not wake it, and is removed. What does the loader say, what
becomes of the thread, and how can the module's memory be freed before the next boot?
