@q SPDX-License-Identifier: GPL-2.0-only @>

@* Trials. \label{trials}%
A loader is shown by loading. This chapter holds the material: small modules, each of which asks the loader one
question, and one program that runs in the guest and puts the questions in ways that the ordinary tools
cannot: from memory, sixteen at once, a thousand times, or with a single byte changed. What is run with them, and what is expected, stands under
\.{tests/}; here is only the C.

Every module works on the stock loader as well. That is the point: the same file goes through both, and where the answers differ, one of the two
has to be explained.

The modules follow the book: first an obedient one, then modules that lean on each other, then those that are refused, those that misbehave, and
last those that use everything a module can contain.

@ An obedient module, and the first that the tour loads. It has parameters of all the kinds that authors use, so that the
directory \.{/sys/module/hello/parameters} can be compared, file by file. They differ in the type, in who may read and write
them, and in what they do with a bad value.

@(modules/hello.c@>=
#include <linux/kernel.h>
#include <linux/module.h>
@#
@<Parameters of \.{hello} that are numbers@>@;
@<Parameters of \.{hello} that are strings@>@;
@<A parameter of \.{hello} that knows what it wants@>@;
@<Enter and leave \.{hello}@>@;
@#
MODULE_DESCRIPTION("An obedient module with parameters of many kinds");
MODULE_VERSION("1.0");
MODULE_LICENSE("GPL");

@ The permissions matter as much as the types: |times| can be changed while the module lives, |wide| only be read, and
|hidden| has no file at all. An array has one file, with commas; its count tells how many values were given. Five
values for an array of four are refused.

@<Parameters of \.{hello} that are numbers@>=
static int times = 1;
module_param(times, int, 0644);
MODULE_PARM_DESC(times, "how often to greet");
static unsigned long wide = 1UL << 40;
module_param(wide, ulong, 0444);
static short hidden;
module_param(hidden, short, 0);
static bool loud;
module_param(loud, bool, 0600);
static bool quiet = true;
module_param_named(talkative, quiet, invbool, 0444);
static int numbers[4] = { 1, 2, 3 };
static unsigned int numbers_given = 3;
module_param_array(numbers, int, &numbers_given, 0644);

@ A |charp| points into the copy of the arguments that the loader keeps for the module's life; when it is written through sysfs later,
the new value gets memory of its own, which must be freed when the module goes, also on a
kernel without sysfs. A string parameter is copied into an array of the module's, and too long a value is refused.

@<Parameters of \.{hello} that are strings@>=
static char *who = "world";
module_param(who, charp, 0644);
MODULE_PARM_DESC(who, "who to greet");
static char *friends[3];
static unsigned int friends_given;
module_param_array(friends, charp, &friends_given, 0444);
static char tag[8] = "none";
module_param_string(tag, tag, sizeof(tag), 0644);

@ A parameter can bring its own functions. This one accepts even numbers only; \.{even=3} makes the whole load fail with
|EINVAL|, at a moment when the module is |COMING| and its code already runs.
@^error EINVAL@>

@<A parameter of \.{hello} that knows what it wants@>=
static int even = 2;
@#
static int set_even(const char *text, const struct kernel_param *kp)
{
	int value, err = kstrtoint(text, 0, &value);

	if (err)
		return err;
	if (value & 1)
		return -EINVAL;
	*(int *)kp->arg = value;
	return 0;
}
@#
static const struct kernel_param_ops even_ops = {@t\1@>@/
	@[@].set = set_even,@/
	@[@].get = param_get_int,@t\2@>@/
};
module_param_cb(even, &even_ops, &even, 0644);

@ What it prints ends with all that it was given, so that a test sees in one line whether the parameters have arrived.
@.hello: Hello, ...@>

@<Enter and leave \.{hello}@>=
static int __init hello_init(void)
{
	for (int i = 0; i < times; i++)
		pr_info("hello: Hello, %s%s\n", who, loud ? "!" : "");
	pr_info("hello: tag=%s even=%d hidden=%d wide=%lu talkative=%d numbers=%u friends=%u\n",
		tag, even, hidden, wide, !quiet, numbers_given, friends_given);
	return 0;
}
@#
static void __exit hello_exit(void)
{
	pr_info("hello: goodbye, %s\n", who);
}
@#
module_init(hello_init);
module_exit(hello_exit);

@*1 Modules that lean on each other. Three modules in a row: \.{chain\_c} calls a function of \.{chain\_b}, which calls one of
\.{chain\_a}. So \.{chain\_a} cannot leave first. The first two are libraries, without |init| and exit; the |init| of the third proves that the calls arrive.

The declarations that one file would have in a header are a section here, which each of the three files contains.

@<What the links of the chain say to each other@>=
#include <linux/module.h>
int chain_a_depth(void);
int chain_b_depth(void);

@ The first link is called, and calls nobody. Each link adds one to what it hears from the link before, so
the last can tell whether the whole chain is there.

@(modules/chain_a.c@>=
@<What the links of the chain say to each other@>@;
@#
int chain_a_depth(void)
{
	return 1;
}
EXPORT_SYMBOL(chain_a_depth);
@#
MODULE_DESCRIPTION("The first link of a chain");
MODULE_LICENSE("GPL");

@ The middle link is user and provider at once. It exports to free software only, so that both tables of exports occur in the chain.
Neither it nor the first link has an |init| or an exit; such a library can be removed when nobody uses it.

@(modules/chain_b.c@>=
@<What the links of the chain say to each other@>@;
@#
int chain_b_depth(void)
{
	return chain_a_depth() + 1;
}
EXPORT_SYMBOL_GPL(chain_b_depth);
@#
MODULE_DESCRIPTION("The middle link of a chain");
MODULE_LICENSE("GPL");

@ The last link calls down the chain from exit as well as from |init|. A provider whose memory went before its user's would be found out
there.
@.chain\_c: the chain has...@>

@(modules/chain_c.c@>=
@<What the links of the chain say to each other@>@;
@#
static int __init chain_c_init(void)
{
	pr_info("chain_c: the chain has %d links\n", chain_b_depth() + 1);
	return 0;
}
@#
static void __exit chain_c_exit(void)
{
	pr_info("chain_c: let go of a chain of %d\n", chain_b_depth() + 1);
}
@#
module_init(chain_c_init);
module_exit(chain_c_exit);
MODULE_DESCRIPTION("The last link of a chain");
MODULE_LICENSE("GPL");

@*1 A diamond. Loaded one after another, modules never have to wait. Here four of them are loaded at the same time: \.{dia\_top} needs \.{dia\_left} and
\.{dia\_right}, and both need \.{dia\_base}. The base takes its time in |init|, so the others arrive while it is |COMING|,
with symbols that can be found but may not be used yet.

@<What the corners of the diamond say to each other@>=
#include <linux/module.h>
int dia_base_value(void);
int dia_left_value(void);
int dia_right_value(void);

@ A user that was not made to wait would read |ready| before the base's |init| has set it, and count wrong.

@(modules/dia_base.c@>=
#include <linux/delay.h>
@<What the corners of the diamond say to each other@>@;
@#
static int ready, delay_ms = 20;
module_param(delay_ms, int, 0444);
@#
int dia_base_value(void)
{
	return ready;
}
EXPORT_SYMBOL_GPL(dia_base_value);
@#
static int __init dia_base_init(void)
{
	msleep(delay_ms);
	ready = 1;
	return 0;
}
@#
static void __exit dia_base_exit(void)
{
	ready = 0;
}
@#
module_init(dia_base_init);
module_exit(dia_base_exit);
MODULE_DESCRIPTION("The lowest corner of a diamond");
MODULE_LICENSE("GPL");

@ Left and right refuse to live if the base was not ready: their |init| fails with |ENXIO|, which the loader itself never returns.
@^error ENXIO@>

@(modules/dia_left.c@>=
@<What the corners of the diamond say to each other@>@;
@#
int dia_left_value(void)
{
	return 10 * dia_base_value();
}
EXPORT_SYMBOL_GPL(dia_left_value);
@#
static int __init dia_left_init(void)
{
	return dia_base_value() ? 0 : -ENXIO;
}
@#
static void __exit dia_left_exit(void)
{
}
@#
module_init(dia_left_init);
module_exit(dia_left_exit);
MODULE_DESCRIPTION("The left corner of a diamond");
MODULE_LICENSE("GPL");

@ The right corner is the mirror image, with another factor, so that the top can tell the two apart.
@^error ENXIO@>

@(modules/dia_right.c@>=
@<What the corners of the diamond say to each other@>@;
@#
int dia_right_value(void)
{
	return 100 * dia_base_value();
}
EXPORT_SYMBOL_GPL(dia_right_value);
@#
static int __init dia_right_init(void)
{
	return dia_base_value() ? 0 : -ENXIO;
}
@#
static void __exit dia_right_exit(void)
{
}
@#
module_init(dia_right_init);
module_exit(dia_right_exit);
MODULE_DESCRIPTION("The right corner of a diamond");
MODULE_LICENSE("GPL");

@ The top uses three providers and must hold each of them. The sum says which was missing.
@.dia\_top: the sum is...@>
@^error ENXIO@>

@(modules/dia_top.c@>=
@<What the corners of the diamond say to each other@>@;
@#
static int __init dia_top_init(void)
{
	int sum = dia_left_value() + dia_right_value() + dia_base_value();

	pr_info("dia_top: the sum is %d\n", sum);
	return sum == 111 ? 0 : -ENXIO;
}
@#
static void __exit dia_top_exit(void)
{
}
@#
module_init(dia_top_init);
module_exit(dia_top_exit);
MODULE_DESCRIPTION("The highest corner of a diamond");
MODULE_LICENSE("GPL");

@*1 Modules that are refused. A symbol that nobody has is the error that users see most. The build warns of it and goes on, because we
ask it to.

@(modules/needs_missing.c@>=
#include <linux/module.h>
@#
int a_symbol_that_nobody_exports(void);
@#
static int __init needs_missing_init(void)
{
	return a_symbol_that_nobody_exports();
}
@#
module_init(needs_missing_init);
MODULE_DESCRIPTION("Wants a symbol that nobody has");
MODULE_LICENSE("GPL");

@ A {\it weak\/} import may be missing: its address is then zero, and the module finds out and does without. The two modules differ in one word,
and the loader must tell them apart.
@.weakling: the function is...@>

@(modules/weakling.c@>=
#include <linux/module.h>
@#
int __weak a_function_that_may_be_missing(void);
@#
static int __init weakling_init(void)
{
	bool there = a_function_that_may_be_missing;

	pr_info("weakling: the function is %s\n", there ? "there" : "absent");
	return there ? a_function_that_may_be_missing() : 0;
}
@#
static void __exit weakling_exit(void)
{
}
@#
module_init(weakling_init);
module_exit(weakling_exit);
MODULE_DESCRIPTION("Can do without a symbol that nobody has");
MODULE_LICENSE("GPL");

@ Two modules export one name. Each is innocent alone; whichever comes second is refused, since from then on nobody could say which of the two a
third module means. (In one build of the kernel this cannot happen, because the build itself refuses it. For modules built outside the kernel nobody looks
but the loader.)

@<An export that exists twice@>=
#include <linux/module.h>
int a_name_used_twice(void);
int a_name_used_twice(void)
{
	return 2;
}
EXPORT_SYMBOL(a_name_used_twice);
MODULE_DESCRIPTION("One of two modules that export the same name");
MODULE_LICENSE("GPL");

@ The two files are equal, and only their names make two modules of them.

@(modules/dup_first.c@>=
@<An export that exists twice@>@;

@ The second bears another name and says the same.

@(modules/dupexport.c@>=
@<An export that exists twice@>@;

@ This module uses a function that is exported to free software only. As built it loads. With its licence changed in the file, as \.{modtool} can do, it must be refused: for
a proprietary module the symbol does not exist.

@(modules/gplonly.c@>=
#include <linux/module.h>
#include <linux/rcupdate.h>
@#
static int __init gplonly_init(void)
{
	synchronize_rcu();
	return 0;
}
@#
static void __exit gplonly_exit(void)
{
}
@#
module_init(gplonly_init);
module_exit(gplonly_exit);
MODULE_DESCRIPTION("Uses a symbol for free software only");
MODULE_LICENSE("GPL");

@ Name spaces are tried in the same way: \.{nsowner} exports a symbol into the space |TRIALS|, \.{nsuser} imports it, until one letter of the import
is changed.

@(modules/nsowner.c@>=
#include <linux/module.h>
int kept_in_a_space(void);
@#
int kept_in_a_space(void)
{
	return 3;
}
EXPORT_SYMBOL_NS_GPL(kept_in_a_space, TRIALS);
@#
MODULE_DESCRIPTION("Exports a symbol into a name space");
MODULE_LICENSE("GPL");

@ The user asks for the value, so that the import is not optimised away, and refuses to live with a wrong one.
@^error ENXIO@>

@(modules/nsuser.c@>=
#include <linux/module.h>
int kept_in_a_space(void);
@#
static int __init nsuser_init(void)
{
	return kept_in_a_space() == 3 ? 0 : -ENXIO;
}
@#
static void __exit nsuser_exit(void)
{
}
@#
module_init(nsuser_init);
module_exit(nsuser_exit);
MODULE_IMPORT_NS(TRIALS);
MODULE_DESCRIPTION("Uses a symbol from a name space");
MODULE_LICENSE("GPL");

@*1 Modules that misbehave. This one takes a fault on request, three calls deep, so that the trace in the log has something to show: whoever
decodes it should arrive at the lines of this page. The functions are named after what they do, and none may be
inlined. Each does something after its call, lest the compiler turn the call into a jump and
leave the frame out. Two of them are not even static. A compiler that sees all the callers of a function may let them fetch what
it wants from memory; then the fault happens one call too early.

@(modules/oopser.c@>=
#include <linux/module.h>
#include <linux/proc_fs.h>
@#
struct box {
	long weight;
	const int *content;
};
int open_parcel(struct box *parcel);
int deliver_parcel(const char *address);
@#
@<Open a parcel that is not there@>@;
@<Let \.{/proc/oopser} ring at the door@>@;
@<Enter and leave \.{oopser}@>@;
@#
MODULE_DESCRIPTION("Takes one fault when it is asked to");
MODULE_LICENSE("GPL");

@ The null pointer comes from an honest mistake: a search that may find nothing, and a caller that does not
ask. |content| is the second member, so the faulting address is 8 and not~0, as in most real cases.
@^error ENOENT@>

@<Open a parcel that is not there@>=
static noinline struct box *find_parcel(const char *address)
{
	return address[0] == '!' ? NULL : ERR_PTR(-ENOENT);
}
@#
noinline int open_parcel(struct box *parcel)
{
	return *parcel->content + 1; /* here it happens */
}
@#
noinline int deliver_parcel(const char *address)
{
	struct box *parcel = find_parcel(address);

	return IS_ERR(parcel) ? PTR_ERR(parcel) : open_parcel(parcel) + 1;
}

@ The task that writes \.{!}\ dies in the middle of a write. Proc counts the tasks that are inside a file's functions,
and a removal of the file would wait for this one for ever. So the module takes a reference on itself first: \.{rmmod} then
answers that the module is in use, which is the truth. (That such a module can never leave is one of the reasons for forced removal.)
Anything else written there is refused with |ENOENT|, and the reference given back.
@^error ENOENT@>@^error EFAULT@>

@<Let \.{/proc/oopser} ring at the door@>=
static ssize_t ring(struct file *file, const char __user *text, size_t size, loff_t *at)
{
	char address[2] = "";
	int err;

	if (!size || copy_from_user(address, text, 1))
		return -EFAULT;
	if (!try_module_get(THIS_MODULE))
		return -ENOENT;
	err = deliver_parcel(address);
	module_put(THIS_MODULE);
	return err < 0 ? err : (ssize_t)size;
}
@#
static const struct proc_ops oopser_ops = {@t\1@>@/
	@[@].proc_write = ring,@t\2@>@/
};

@ The file can be written by root and read by nobody.
@^error ENOMEM@>

@<Enter and leave \.{oopser}@>=
static int __init oopser_init(void)
{
	return proc_create("oopser", 0200, NULL, &oopser_ops) ? 0 : -ENOMEM;
}
@#
static void __exit oopser_exit(void)
{
	remove_proc_entry("oopser", NULL);
}
@#
module_init(oopser_init);
module_exit(oopser_exit);

@ This |init| takes as long as it is told. Loads of the same name must wait for it, loads that were merged with it must share its result, and
the line in the log must appear once, however many processes asked.
@.slowinit: init runs@>

@(modules/slowinit.c@>=
#include <linux/delay.h>
#include <linux/module.h>
@#
static int ms = 500, result;
module_param(ms, int, 0444);
module_param(result, int, 0444);
@#
static int __init slowinit_init(void)
{
	pr_info("slowinit: init runs, pid %d\n", current->pid);
	msleep(ms);
	return result;
}
@#
static void __exit slowinit_exit(void)
{
	pr_info("slowinit: exit runs, pid %d\n", current->pid);
}
@#
module_init(slowinit_init);
module_exit(slowinit_exit);
MODULE_DESCRIPTION("Takes its time in init, and fails if told to");
MODULE_LICENSE("GPL");

@ This |init| fails as it is told, by default in the way of a driver that has no device. A positive result is the other mistake; the loader
complains of it, and the module lives.
@^error ENODEV@>

@(modules/initfail.c@>=
#include <linux/module.h>
@#
static int result = -ENODEV;
module_param(result, int, 0444);
MODULE_PARM_DESC(result, "what init returns");
@#
static int __init initfail_init(void)
{
	return result;
}
@#
static void __exit initfail_exit(void)
{
}
@#
module_init(initfail_init);
module_exit(initfail_exit);
MODULE_DESCRIPTION("Returns from init what it is told");
MODULE_LICENSE("GPL");

@ A module with an |init| and no exit is {\it permanent}: the loader takes it for one that does not know how to leave, answers |EBUSY| to whoever
wants to remove it, and lets it go by force only, with a taint. This one would have nothing to undo, so that it can be forced out and the
machine goes on as before.
@^error EBUSY@>

@(modules/permanent.c@>=
#include <linux/module.h>
@#
static int __init permanent_init(void)
{
	return 0;
}
@#
module_init(permanent_init);
MODULE_DESCRIPTION("Has an init and no exit");
MODULE_LICENSE("GPL");

@ The last of them asks for itself. In |init| it requests a module by an alias which is its own, as happens with drivers that look for a helper. The request waits for
\.{modprobe}, \.{modprobe} for the module of this name that is still coming, and that one for the request. Nothing but a signal ends it. The trial shows that
one does, that the log has said why, and that everything can be used as before.
@.selfask: the request...@>

@(modules/selfask.c@>=
#include <linux/kmod.h>
#include <linux/module.h>
@#
static char *ask = "an-alias-of-selfask";
module_param(ask, charp, 0444);
MODULE_ALIAS("an-alias-of-selfask");
@#
static int __init selfask_init(void)
{
	int answer = request_module("%s", ask);

	pr_info("selfask: the request came back with %d\n", answer);
	return 0;
}
@#
static void __exit selfask_exit(void)
{
}
@#
module_init(selfask_init);
module_exit(selfask_exit);
MODULE_DESCRIPTION("Asks for itself while it is loading");
MODULE_LICENSE("GPL");

@*1 What a module can contain. Per-CPU data starts, on every CPU, with the values that the file gives it. One of them here is an address,
which only relocation can supply. The stock loader of this version leaves it out: the section is not among those that it relocates, and the
pointer is null on every CPU (\chap{link}). The module says which of the two it met, since it must load on both.

@(modules/percpu.c@>=
#include <linux/module.h>
#include <linux/percpu.h>
@#
static int anchor = 7;
@#
struct start_values {
	int number;
	char word[8];
	int *address;
};
static DEFINE_PER_CPU(struct start_values, mine) = { 42, "in file", &anchor };
static DEFINE_PER_CPU_ALIGNED(unsigned long, counter);
@#
@<Enter \.{percpu}; fail if a CPU has other values@>@;
@#
static void __exit percpu_exit(void)
{
}
@#
module_init(percpu_init);
module_exit(percpu_exit);
MODULE_DESCRIPTION("Has per-CPU data with initial values");
MODULE_LICENSE("GPL");

@ The first loop writes to every CPU's counter and the second reads them back; if two CPUs shared a place, one of them would be wrong.
@.percpu: ... CPUs have...@>
@^error ENXIO@>

@<Enter \.{percpu}; fail if a CPU has other values@>=
static int __init percpu_init(void)
{
	int cpu, cpus = 0, addresses = 0;

	for_each_possible_cpu(cpu) {
		if (per_cpu(mine, cpu).number != 42 || strcmp(per_cpu(mine, cpu).word, "in file"))
			return -ENXIO;
		per_cpu(counter, cpu) = 100 + cpu;
	}
	for_each_possible_cpu(cpu) {
		if (per_cpu(counter, cpu) != 100 + cpu)
			return -ENXIO;
		addresses += per_cpu(mine, cpu).address == &anchor;
		cpus++;
	}
	pr_info("percpu: %d CPUs have their own data, %d the address\n", cpus, addresses);
	return 0;
}

@ The next module is about moments: what may be written when, and which branch is taken when. Its parameters are buttons to be pressed from the shell.

@(modules/roafter.c@>=
#include <linux/jump_label.h>
#include <linux/module.h>
#include <linux/static_call.h>
#include <linux/tracepoint.h>
#include <asm/asm.h>
@#
@<Write to a word that may be sealed@>@;
@<Turn a branch and a call@>@;
@<Complain on request@>@;
@#
static int __init roafter_init(void)
{
	sealed = 2;
	return 0;
}
@#
static void __exit roafter_exit(void)
{
}
@#
module_init(roafter_init);
module_exit(roafter_exit);
MODULE_DESCRIPTION("Data sealed after init, and code that is patched");
MODULE_LICENSE("GPL");

@ What is marked |__ro_after_init| can be written until |init| has returned, and never again. To try it without an oops, the store has an
entry in the module's exception table: if it faults, execution goes on behind it, and |failed| is still~1. So the button shows three things at once. That
the page is sealed; that the module's exception table is found and sorted; and that the address computed there is right.

Pressed at load time, \.{poke=1}, the store succeeds: parameters are parsed before |init|. Pressed later, it is
answered with |EPERM|.
@^error EPERM@>

@<Write to a word that may be sealed@>=
static int sealed __ro_after_init = 1;
@#
static noinline int write_carefully(int *where, int what)
{
	int failed = 1;

	@[asm volatile("1: movl %2, %1\n"@/
		     "xorl %0, %0\n"@/
		     "2:\n"@/
		     @=_ASM_EXTABLE(1b, 2b)@>@/
		     : "+r" (failed), "=m" (*where) : "r" (what) : "memory")@];
	return failed ? -EPERM : 0;
}
@#
static int poke(const char *text, const struct kernel_param *kp)
{
	return write_carefully(&sealed, 3);
}
@#
static const struct kernel_param_ops poke_ops = {@t\1@>@/
	@[@].set = poke,@t\2@>@/
};
module_param_cb(poke, &poke_ops, NULL, 0200);

@ A static key turns a branch by rewriting an instruction; a static call rewrites the target of a call. Both have tables in the module which
are registered when it is |COMING|. The tracepoint is a third of the kind: a branch that is off until somebody attaches.

@<Turn a branch and a call@>=
static DEFINE_STATIC_KEY_FALSE(roafter_key);
static int slow_way(void) { return 1; }
static int fast_way(void) { return 2; }
DEFINE_STATIC_CALL(roafter_way, slow_way);
DECLARE_TRACE(roafter_turn, TP_PROTO(int way), TP_ARGS(way));
DEFINE_TRACE(roafter_turn, TP_PROTO(int way), TP_ARGS(way));

@ After the button both must have turned, and both ways back. The log tells how they stand.
@.roafter: key ..., call ...@>

@<Turn a branch and a call@>=
static int turn(const char *text, const struct kernel_param *kp)
{
	bool on;
	int way, err = kstrtobool(text, &on);

	if (err)
		return err;
	if (on)
		static_branch_enable(&roafter_key);
	else
		static_branch_disable(&roafter_key);
	static_call_update(roafter_way, on ? fast_way : slow_way);
	way = static_call(roafter_way)();
	trace_roafter_turn(way);
	pr_info("roafter: key %d, call %d\n", static_branch_unlikely(&roafter_key) ? 1 : 0, way);
	return 0;
}
@#
static const struct kernel_param_ops turn_ops = {@t\1@>@/
	@[@].set = turn,@t\2@>@/
};
module_param_cb(turn, &turn_ops, NULL, 0200);

@ A warning is a trap whose place is looked up in the module's own table of such places. The line that it prints must name this
file; a table that was not registered would make of it an invalid instruction, and an oops.
@.roafter: a warning...@>

@<Complain on request@>=
static int complain(const char *text, const struct kernel_param *kp)
{
	WARN(1, "roafter: a warning on request\n");
	return 0;
}
@#
static const struct kernel_param_ops complain_ops = {@t\1@>@/
	@[@].set = complain,@t\2@>@/
};
module_param_cb(complain, &complain_ops, NULL, 0200);

@ Last, a module that has one of everything: every table of \chap{live} that the configuration knows has at least one entry here, and every kind of memory has something
in it. Its sections, its lines in \.{/proc/kallsyms} and its files in \.{/sys/module} are compared between the loaders; if one of the
tables is forgotten, something here is silent.

|trace_printk| alone is missing. The kernel prints a dozen lines of warning when it is used, and they would bury all others.

@(modules/kitchen.c@>=
#include <linux/dynamic_debug.h>
#include <linux/error-injection.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/pci.h>
#include <linux/srcu.h>
#include <linux/static_call.h>
#include <asm/asm.h>
#include <asm/cpufeature.h>
@#
#define CREATE_TRACE_POINTS
#include "kitchen_trace.h"
@#
@<Kitchen: data of every kind@>@;
@<Kitchen: exports of every kind@>@;
@<Kitchen: functions in special sections@>@;
@<Kitchen: taste each dish@>@;
@<Kitchen: notes on the door@>@;

@ The names say where the compiler puts them. The big array is in~\.{.bss} and takes no room in the file; the aligned one makes the loader leave a gap.

@<Kitchen: data of every kind@>=
static int plain_data = 1;
static int plain_bss[3000];
static const int plain_rodata[] = { 1, 2, 3 };
static int often_read __read_mostly = 4;
static int sealed_later __ro_after_init = 5;
static char wide_gap[512] __aligned(256) = "gap";
static int only_for_init __initdata = 6;
static const char words_for_init[] __initconst = "words";
static DEFINE_PER_CPU(int, per_cpu_dish) = 7;
static DEFINE_STATIC_KEY_TRUE(kitchen_key);
DEFINE_STATIC_SRCU(kitchen_srcu);

@ Three exports, in three tables or with three kinds of conditions: for all, for free software, and within a name space. Nobody imports them;
it is their presence in the symbol tables that counts.

@<Kitchen: exports of every kind@>=
int kitchen_for_all(int x);
int kitchen_for_free_software(int x);
int kitchen_in_a_space(int x);
@#
int kitchen_for_all(int x)
{
	return x + 1;
}
EXPORT_SYMBOL(kitchen_for_all);
@#
int kitchen_for_free_software(int x)
{
	return x + 2;
}
EXPORT_SYMBOL_GPL(kitchen_for_free_software);
@#
int kitchen_in_a_space(int x)
{
	return x + 3;
}
EXPORT_SYMBOL_NS_GPL(kitchen_in_a_space, KITCHEN);

@ One function may be made to fail on purpose, one must not be probed, one must not even be traced since it is for code that runs before the kernel is on its feet,
and the last runs at another address on CPUs with another feature: the alternatives that the architecture patches in.

@<Kitchen: functions in special sections@>=
static noinline int may_be_injected(int x)
{
	return x * 2;
}
ALLOW_ERROR_INJECTION(may_be_injected, ERRNO);
@#
static noinline int not_to_be_probed(int x)
{
	return x * 3;
}
NOKPROBE_SYMBOL(not_to_be_probed);
@#
static noinstr int not_to_be_traced(int x)
{
	return x * 4;
}
@#
static noinline int depends_on_the_cpu(void)
{
	return static_cpu_has(X86_FEATURE_LM) ? 5 : 0;
}
DEFINE_STATIC_CALL(kitchen_call, may_be_injected);

@ Each dish is tasted in |init|, and the number of those that were right is printed. The load through a bad pointer, caught by the exception table, lies in init text on purpose:
its entry must disappear from the table when that text does. (The pointer leads into the last page of memory, where nothing ever is. A null
pointer will not do, because on a CPU that keeps the kernel away from user memory such a fault is never forgiven.)

@<Kitchen: taste each dish@>=
static int __init caught_in_init(void)
{
	int caught = 1;
	long value;

	@[asm volatile("1: movq (%2), %1\n"@/
		     "xorl %0, %0\n"@/
		     "2:\n"@/
		     @=_ASM_EXTABLE(1b, 2b)@>@/
		     : "+r" (caught), "=r" (value) : "r" (-4096L))@];
	return caught;
}
@#
static int __init taste_data(void)
{
	return (plain_data == 1) + (plain_rodata[2] == 3)@|
		+ (often_read == 4) + (sealed_later == 5)@|
		+ !strcmp(wide_gap, "gap") + !strcmp(words_for_init, "words")@|
		+ (only_for_init == 6) + (this_cpu_read(per_cpu_dish) == 7) + !plain_bss[2999];
}

@ The functions are called with arguments that no compiler can see through, for none of them is inlined. The static call is made with~3, because its
target doubles.

@<Kitchen: taste each dish@>=
static int __init taste_code(void)
{
	return (may_be_injected(1) == 2) + (not_to_be_probed(1) == 3)@|
		+ (not_to_be_traced(1) == 4) + (depends_on_the_cpu() == 5)@|
		+ (static_call(kitchen_call)(3) == 6)@|
		+ (static_branch_likely(&kitchen_key) ? 1 : 0) + (caught_in_init() == 1);
}

@ The sleeping read section proves that the SRCU structure was set up when the module came.
@.kitchen: ... of 16 dishes...@>
@^lock kitchen\_srcu@>
@^error ENXIO@>

@<Kitchen: taste each dish@>=
static int __init kitchen_init(void)
{
	int good = taste_data() + taste_code(), reader = srcu_read_lock(&kitchen_srcu);

	trace_kitchen_dish(good, DISH_SOUP);
	srcu_read_unlock(&kitchen_srcu, reader);
	sealed_later = good;
	plain_bss[0] = good;
	pr_debug("kitchen: a line for those who debug\n");
	pr_info("kitchen: %d of 16 dishes are right\n", good);
	return WARN_ON(good != 16) ? -ENXIO : 0;
}
@#
static void __exit kitchen_exit(void)
{
	synchronize_srcu(&kitchen_srcu);
	pr_info("kitchen: closed after %d\n", plain_bss[0] + plain_data - 1);
}
@#
module_init(kitchen_init);
module_exit(kitchen_exit);

@ And one note of every kind for \.{.modinfo}. The device table is turned into aliases by the build; the device does not exist.

@<Kitchen: notes on the door@>=
static const struct pci_device_id kitchen_ids[] = {@t\1@>@/
	{ PCI_DEVICE(0xdead, 0xbeef) },@/
	{@[@]}@t\2@>@/
};
MODULE_DEVICE_TABLE(pci, kitchen_ids);
module_param_named(plain, plain_data, int, 0644);
MODULE_ALIAS("an-alias-of-kitchen");
MODULE_SOFTDEP("pre: hello");
MODULE_FIRMWARE("kitchen.bin");
MODULE_AUTHOR("Nobody in particular");
MODULE_VERSION("16");
MODULE_DESCRIPTION("One of everything that a module can contain");
MODULE_LICENSE("GPL");

@ An event needs a header of its own, which the tracing headers read several times, each time with other macros. The last lines tell
them where it is. |TRACE_DEFINE_ENUM| fills the table that translates names of constants to numbers.

@(modules/kitchen_trace.h@>=
#undef TRACE_SYSTEM
#define TRACE_SYSTEM kitchen
#if !defined(KITCHEN_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define KITCHEN_TRACE_H
#include <linux/tracepoint.h>
@#
#ifndef KITCHEN_DISHES
#define KITCHEN_DISHES
enum kitchen_dishes { DISH_SOUP = 1, DISH_FISH = 2 };
#endif
TRACE_DEFINE_ENUM(DISH_SOUP);
TRACE_DEFINE_ENUM(DISH_FISH);
@#
@<Kitchen: the event of a dish@>@;
#endif
@#
#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH @[.@]
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE kitchen_trace
#include <trace/define_trace.h>

@ The macros say what is recorded, how, and how it is printed. It is the shortest event that has a table of names.

@<Kitchen: the event of a dish@>=
TRACE_EVENT(kitchen_dish,@|
	TP_PROTO(int good, int dish),@|
	TP_ARGS(good, dish),@|
	TP_STRUCT__entry(@[__field(int, good) __field(int, dish)@]),@|
	TP_fast_assign(@[__entry->good = good;@+ __entry->dish = dish;@]),@|
	TP_printk("good=%d dish=%s", __entry->good,@|
		  __print_symbolic(__entry->dish, { DISH_SOUP, "soup" }, { DISH_FISH, "fish" })));

@*1 The program in the guest. The ordinary tools are made for users: they look at the file first, they find dependencies, they turn an errno into a
sentence. For a trial we want none of that. \.{modtool} makes one system call and prints what came back as three words:
the value returned, the number of the error, and its name.

\begintt
modtool init FILE [ARGS]            one call of init_module
modtool finit FILE [ARGS [FLAGS]]   one call of finit_module
modtool delete NAME [FLAGS]         one call of delete_module
modtool patch OLD NEW FILE [ARGS]   init, OLD in the file replaced by NEW
modtool hasty MS HOW FILE [ARGS]    a load, interrupted after MS milliseconds
modtool many N HOW FILE [ARGS]      N loads at once; HOW is init or finit
modtool race N FILE NAME CPUS       loads and removals, until N loads worked
modtool bad WHERE                   feed all files of a directory or archive
modtool figures [WORD]              what memory the kernel uses now
\endtt
It is one file and needs nothing but a C library, linked statically, since the guest has no other.

@(guest/modtool.c@>=
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
@<More headers for \.{modtool}@>@;
@#
@<Bring a file into memory@>@;
@<The three calls, and what they answer@>@;
@<One call, reported in three words@>@;
@<Many processes, let go at once@>@;
@<A crowd loads one module@>@;
@<A race between loading and removing@>@;
@<What the kernel's log has gained@>@;
@<Figures that must come back to what they were@>@;
@<Feed files to the loader that it should refuse@>@;
@<Choose by the first word@>@;

@ Barriers come from the threads' library although there are no threads: a barrier in shared memory works among processes too.

@<More headers for \.{modtool}@>=
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

@ When the trial itself goes wrong (no such file, no memory) there is nothing to report about the loader. The program says what failed and ends
with status~2, so that no test takes it for an answer.

@<Bring a file into memory@>=
static void die(const char *what)
{
	perror(what);
	exit(2);
}
@#
struct picture {
	const char *name;
	char *bytes;
	size_t len;
};

@ A file is mapped privately: it can be patched without touching the disk. An empty file cannot be mapped, yet it is a fine thing to try on
a loader; it is represented by a pointer to nothing, of length~0.

@<Bring a file into memory@>=
static struct picture fetch(const char *path)
{
	struct picture image = { path, "", 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		die(path);
	image.len = st.st_size;
	if (image.len)
		image.bytes = mmap(NULL, image.len, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	if (image.bytes == MAP_FAILED)
		die(path);
	close(fd);
	return image;
}

@ The three system calls have no wrappers in the C library. Their answers are reduced to one number: zero or the errno. The name
of an errno comes from the library, which knows them all.

@<The three calls, and what they answer@>=
static int load_bytes(const struct picture *image, const char *args)
{
	return syscall(SYS_init_module, image->bytes, image->len, args) ? errno : 0;
}
@#
static int load_file(int fd, const char *args, int flags)
{
	return syscall(SYS_finit_module, fd, args, flags) ? errno : 0;
}
@#
static int take_out(const char *name, unsigned int flags)
{
	return syscall(SYS_delete_module, name, flags) ? errno : 0;
}
@#
static const char *name_of(int err)
{
	const char *name = err ? strerrorname_np(err) : "OK";

	return name ? name : "UNKNOWN";
}

@ The exit status repeats the answer for shells: 0 if the call succeeded and 1 if it was refused.

Removal is tried without waiting, if the caller does not say otherwise, because that is what everybody's tools do. Flags may be written in any base.

@<One call, reported in three words@>=
static int report(int err)
{
	printf("%d %d %s\n", err ? -1 : 0, err, name_of(err));
	return err != 0;
}
@#
static int do_init(int argc, char **argv)
{
	struct picture image = fetch(argv[0]);

	return report(load_bytes(&image, argc > 1 ? argv[1] : ""));
}
@#
static int do_delete(int argc, char **argv)
{
	return report(take_out(argv[0], argc > 1 ? strtoul(argv[1], NULL, 0) : O_NONBLOCK));
}

@ The flags of |finit_module| are 1 to ignore version sums, 2 to ignore the version string, 4 for a compressed file.

@<One call, reported in three words@>=
static int do_finit(int argc, char **argv)
{
	int fd = open(argv[0], O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die(argv[0]);
	return report(load_file(fd, argc > 1 ? argv[1] : "",
				argc > 2 ? strtol(argv[2], NULL, 0) : 0));
}

@ The honest build of a module will not make a dishonest one: it refuses to link a proprietary module with symbols for free software, or to use a name space that is not
imported. But the loader has to refuse them too, since a file can come from anywhere. So a module is built properly, and then a few of its bytes are replaced:

\begintt
modtool patch license=GPL license=BSD gplonly.ko
modtool patch import_ns=TRIALS import_ns=TRIALX nsuser.ko
modtool patch ' SMP ' ' UMP ' hello.ko
\endtt
Both strings have the same length and the first must occur, or
the trial shows nothing. (The last line makes a wrong version string. To change the release number in it would do nothing on a kernel with
version sums, as \chap{versions} explains.)

@<One call, reported in three words@>=
static int do_patch(int argc, char **argv)
{
	struct picture image = fetch(argv[2]);
	size_t len = strlen(argv[0]);
	char *place = memmem(image.bytes, image.len, argv[0], len);

	if (!place || strlen(argv[1]) != len) {
		errno = EINVAL;
		die("patch: not found, or not of one length");
	}
	memcpy(place, argv[1], len);
	return report(load_bytes(&image, argc > 3 ? argv[3] : ""));
}

@ A wait that can be interrupted has to be interrupted in a trial. Our caller sets an alarm, and its handler does nothing; it is installed without
|SA_RESTART|, so that the call comes back with |EINTR| and is not begun anew behind our back. The alarm repeats itself, in case the first was so early that
nobody waited yet.
@^error EINTR@>

@<One call, reported in three words@>=
static void ring_once(int signal_number)
{
	(void)signal_number;
}
@#
static int do_hasty(int argc, char **argv)
{
	long ms = atol(argv[0]);
	struct timeval patience = { ms / 1000, ms % 1000 * 1000 };
	struct itimerval alarm = { patience, patience };
	struct sigaction nothing = { @[@].sa_handler = ring_once };

	if (sigaction(SIGALRM, &nothing, NULL) || setitimer(ITIMER_REAL, &alarm, NULL))
		die("alarm");
	return strcmp(argv[1], "init") ? do_finit(argc - 2, argv + 2) : do_init(argc - 2, argv + 2);
}

@*2 Crowds. Several trials want many processes to do one thing at the same instant. If they were simply started in a loop, the
first would have finished before the last is born. So they meet at a barrier in shared memory; when the last has come, a
single wake-up lets all of them go, and on a machine with as many CPUs they enter the kernel within microseconds.

The results are counted in the same shared memory, in a table of how often each errno came back, one row for each kind of call. Processes add to it
without a lock, by atomic additions. Those that die are counted as well: a process killed in the kernel is the worst result there is.

@<Many processes, let go at once@>=
enum errand { LOAD, REMOVE, CALLS };
enum { ERRNOS = 256 };
@#
static struct meeting {
	pthread_barrier_t gate;
	unsigned int count[CALLS][ERRNOS];
	unsigned int killed, stop;
} *crowd;
@#
static void note(enum errand call, int err)
{
	__atomic_fetch_add(&crowd->count[call][err < ERRNOS ? err : 0], 1, __ATOMIC_RELAXED);
}

@ The barrier must be told that it is shared by processes, and for how many. An anonymous shared mapping is inherited by all children and goes with the last of them.

@<Many processes, let go at once@>=
static void assemble(int n)
{
	pthread_barrierattr_t shared;

	crowd = mmap(NULL, sizeof(*crowd), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (crowd == MAP_FAILED)
		die("mmap");
	pthread_barrierattr_init(&shared);
	pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
	pthread_barrier_init(&crowd->gate, &shared, n);
}

@ Each child runs |work| with its own number; the parent only waits. If a |fork| fails, the children that exist would wait at the gate for ever, so
we end them with ourselves.

@<Many processes, let go at once@>=
static void let_go(int n, void @[@](*work)(int))
{
	int status;

	signal(SIGTERM, SIG_DFL);
	for (int i = 0; i < n; i++)
		switch (fork()) {
		case -1:
			perror("fork");
			kill(0, SIGTERM);
			_exit(2);
		case 0:
			pthread_barrier_wait(&crowd->gate);
			work(i);
			_exit(0);
		}
	while (wait(&status) > 0)
		crowd->killed += WIFSIGNALED(status);
}

@ The tally has one line for each answer that occurred, with its number, so that a test compares it as text: \.{load 1 OK}, \.{load 15 EEXIST}.

@<Many processes, let go at once@>=
static int tally(void)
{
	static const char *const verb[CALLS] = { "load", "remove" };

	for (int call = 0; call < CALLS; call++)
		for (int err = 0; err < ERRNOS; err++)
			if (crowd->count[call][err])
				printf("%s %u %s\n", verb[call], crowd->count[call][err], name_of(err));
	if (crowd->killed)
		printf("killed %u\n", crowd->killed);
	return crowd->killed != 0;
}

@ The first use: $n$ processes load one module. With |init_module| each brings its own copy of the file, so one succeeds
and the others are told |EEXIST|. With |finit_module| those that come in time are merged with the first and share
its success. File and bytes are brought in before the gate, to let nothing but the call itself come after it.

@<A crowd loads one module@>=
static struct picture the_image;
static const char *the_args;
static int the_fd = -1;
@#
static void load_once(int me)
{
	note(LOAD, the_fd < 0 ? load_bytes(&the_image, the_args) : load_file(the_fd, the_args, 0));
	(void)me;
}
@#
static int do_many(int argc, char **argv)
{
	int n = atoi(argv[0]);

	the_image = fetch(argv[2]);
	the_args = argc > 3 ? argv[3] : "";
	if (!strcmp(argv[1], "finit"))
		the_fd = open(argv[2], O_RDONLY | O_CLOEXEC);
	assemble(n);
	let_go(n, load_once);
	return tally();
}

@*2 Races. The second use: processes with an even number load a module, those with an odd number remove it, each tied to
a CPU, until $n$ loads have succeeded. (To count the attempts would be a mistake. A removal waits for grace periods, and while it does, some
thousand loads are refused; the trial would be over before the module had come and gone once.) No single result can be predicted. Two things can be demanded all the same. Only certain errors may
occur; anything else is a state that should not exist. And the books must balance: between two
successful loads lies exactly one successful removal, so their numbers differ by one if the module
is there at the end and are equal if not. A load that succeeded without leaving a module, or a module removed twice, shows there.

We load from memory, because merged requests would all report the one success.

@<A race between loading and removing@>=
static unsigned int the_rounds, the_cpus;
static const char *the_name;
static time_t the_end;

@ |EAGAIN| is the other name of |EWOULDBLOCK|, the answer when the count is not zero; it is listed under this one because the C library prints it so.
@^error EAGAIN@>

@<A race between loading and removing@>=
static bool allowed(enum errand call, int err)
{
	static const int fine[CALLS][4] = {@t\1@>@/
		{ 0, EEXIST, EBUSY },@/
		{ 0, ENOENT, EBUSY, EAGAIN },@t\2@>@/
	};

	for (int i = 0; i < 4; i++)
		if (err == fine[call][i])
			return true;
	return false;
}

@ An answer that is not allowed ends the race for all, as there is nothing to be learned from what follows. So does the clock, after
a second for each round and a minute more: if loads stop succeeding, the name is stuck, and the account will show how it stood.

Whoever is refused sleeps for a moment, not always for the same: on a machine that pretends to have more CPUs than it has, the others must get on
with their work, or ten thousand refusals go by for one success.

@<A race between loading and removing@>=
static void load_or_remove(int me)
{
	enum errand call = me & 1 ? REMOVE : LOAD;
	cpu_set_t mine;
	int err;

	srandom(me);
	CPU_ZERO(&mine);
	CPU_SET(me % the_cpus, &mine);
	if (sched_setaffinity(0, sizeof(mine), &mine))
		die("sched_setaffinity");
	while (!__atomic_load_n(&crowd->stop, __ATOMIC_RELAXED)) {
		err = call == LOAD ? load_bytes(&the_image, "") : take_out(the_name, O_NONBLOCK);
		note(call, err);
		if (!allowed(call, err) || time(NULL) > the_end || crowd->count[LOAD][0] >= the_rounds)
			crowd->stop = 1;
		if (err)
			usleep(random() % 500);
	}
}

@ On a single CPU there are still two processes, one of each kind. A module left over from an earlier trial is removed first; it would upset the account.

@<A race between loading and removing@>=
static int do_race(int argc, char **argv)
{
	int workers, left, bad;

	the_rounds = atoi(argv[0]);
	the_image = fetch(argv[1]);
	the_name = argv[2];
	the_cpus = argc > 3 ? atoi(argv[3]) : 1;
	the_end = time(NULL) + the_rounds + 60;
	workers = the_cpus < 2 ? 2 : the_cpus;
	take_out(the_name, O_NONBLOCK);
	assemble(workers);
	let_go(workers, load_or_remove);
	left = !take_out(the_name, O_NONBLOCK);
	bad = tally();
	@<Judge the results of the race@>@;
	return bad;
}

@ What was not allowed is listed by name, behind the tally, and makes the exit status~1. So does an unbalanced account, or an early end.

@<Judge the results of the race@>=
for (int call = 0; call < CALLS; call++)
	for (int err = 0; err < ERRNOS; err++)
		if (crowd->count[call][err] && !allowed(call, err)) {
			printf("not allowed: %s\n", name_of(err));
			bad = 1;
		}
if (crowd->count[LOAD][0] < the_rounds) {
	printf("not finished: %u of %u loads\n", crowd->count[LOAD][0], the_rounds);
	bad = 1;
}
if (crowd->count[LOAD][0] != crowd->count[REMOVE][0] + left) {
	printf("the books do not balance: %u loads, %u removals, %d left\n",
	       crowd->count[LOAD][0], crowd->count[REMOVE][0], left);
	bad = 1;
}

@*2 Bad files. The last use: hundreds of files, each damaged in one place, each to be refused with an errno and one line in the log, or to
be loaded if the damage does not matter.

The log is read through \.{/dev/kmsg}, where each |read| gives one record: some numbers, a semicolon, the text, and
after a new line perhaps more about the device concerned. We open it at its end, before the first trial, and after each
trial take what has come. If the ring has overrun us the kernel says so by |EPIPE| and goes on with the oldest record
it has; a test wants to know, since lines are missing.
@^error EPIPE@>

@<What the kernel's log has gained@>=
static int open_log(void)
{
	int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (log < 0 || lseek(log, 0, SEEK_END) < 0)
		die("/dev/kmsg");
	return log;
}

@ Every line gets the name of the file that was tried in front, so that the output is a table that can be sorted and compared. The rest of a record, behind the first new line, is of
no interest here.

@<What the kernel's log has gained@>=
static void print_log(int log, const char *prefix)
{
	char record[8192], *text;
	ssize_t n;

	while ((n = read(log, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		if (n < 0) {
			printf("%s: (lines are missing here)\n", prefix);
			continue;
		}
		record[n] = 0;
		text = strchr(record, ';');
		if (text)
			printf("%s: %.*s\n", prefix, (int)strcspn(text + 1, "\n"), text + 1);
	}
}

@ Memory that a failed load forgets does not show in any one trial. Over hundreds it does, if the kernel's own accounts are compared before and
after. What is mapped (|VmallocUsed|) comes back exactly; slab figures waver by some pages, so the caller decides how much is
too much, and best of all feeds the files twice and compares the second round with the first, when all caches are warm.

The kernel frees late: after grace periods, in work items. So the caches are dropped, and we look until
the mapped memory has been the same for half a second, for at most five seconds.

@<Figures that must come back to what they were@>=
static long meminfo(const char *key)
{
	char line[128];
	long value = -1;
	FILE *f = fopen("/proc/meminfo", "re");

	while (f && value < 0 && fgets(line, sizeof(line), f))
		if (!strncmp(line, key, strlen(key)))
			value = strtol(line + strlen(key), NULL, 10);
	if (f)
		fclose(f);
	return value;
}

@ The number 4 stops the kernel from writing a line about dropped caches into the log that we are about to read.

@<Figures that must come back to what they were@>=
static void settle(void)
{
	long last = -1, now;
	int same = 0;
	FILE *f = fopen("/proc/sys/vm/drop_caches", "we");

	if (f) {
		fputs("4\n", f);
		fflush(f);
		fputs("3\n", f);
		fclose(f);
	}
	for (int i = 0; i < 50 && same < 5; i++) {
		usleep(100000);
		now = meminfo("VmallocUsed:");
		same = now == last ? same + 1 : 0;
		last = now;
	}
}
@#
static void figures(const char *when)
{
	settle();
	printf("figures %s VmallocUsed %ld Slab %ld SUnreclaim %ld Percpu %ld kB\n", when,
	       meminfo("VmallocUsed:"), meminfo("Slab:"), meminfo("SUnreclaim:"), meminfo("Percpu:"));
}

@ A file that loads after all must be removed before the next can be tried, for both have the same name. What the name is, the file itself need not tell
correctly; but the newest module is the first in \.{/proc/modules}. If it cannot be removed in the ordinary way (the damage may have hit the
pointer to its exit function) it is forced out, and the report says so.

@<Feed files to the loader that it should refuse@>=
static void remove_newest(const char *file)
{
	char name[64] = "";
	FILE *f = fopen("/proc/modules", "re");
	int err;

	if (!f || fscanf(f, "%63s", name) != 1)
		return;
	fclose(f);
	err = take_out(name, O_NONBLOCK);
	if (err) {
		printf("%s: %s stays: %s\n", file, name, name_of(err));
		take_out(name, O_NONBLOCK | O_TRUNC);
	}
}

@ Each file is fed by a process of its own. If the kernel kills it, the signal is
reported where the errno would stand, and the series ends: whatever that process held is held for good, and the next trial would tell us nothing. The three words come first, with the file's name in front; then what the log has gained.

@<Feed files to the loader that it should refuse@>=
static int feed(const struct picture *image, int log)
{
	int status, err;

	fflush(stdout);
	if (!fork()) {
		err = load_bytes(image, "");
		printf("%s %d %d %s\n", image->name, err ? -1 : 0, err, name_of(err));
		if (!err)
			remove_newest(image->name);
		fflush(stdout);
		_exit(0);
	}
	if (wait(&status) < 0)
		die("wait");
	if (WIFSIGNALED(status))
		printf("%s killed %d %s\n", image->name, WTERMSIG(status), strsignal(WTERMSIG(status)));
	print_log(log, image->name);
	return WIFSIGNALED(status);
}

@ The files come in a directory, and are then taken in the order of their names; or, since six hundred files make a slow initial file system, in one
archive of the common \.{tar} kind. That format is a sequence of blocks of 512 bytes: a header whose first hundred bytes are a name and
in which twelve bytes at offset 124 are a size in octal, then the bytes of the file, filled up to whole blocks. The type at
offset 156 is \.0 or zero for a file; all else is passed over. A zero block ends it.

@<Feed files to the loader that it should refuse@>=
static int feed_archive(const struct picture *archive, int log)
{
	enum { BLOCK = 512, SIZE = 124, TYPE = 156 };
	int killed = 0;

	for (size_t at = 0; !killed && at + BLOCK <= archive->len && archive->bytes[at];) {
		const char *head = archive->bytes + at;
		char name[101] = "";
		struct picture image = { name, archive->bytes + at + BLOCK, strtoul(head + SIZE, NULL, 8) };

		memcpy(name, head, 100);
		if (image.len > archive->len - at - BLOCK)
			break;
		if (head[TYPE] == '0' || !head[TYPE])
			killed += feed(&image, log);
		at += BLOCK + (image.len + BLOCK - 1) / BLOCK * BLOCK;
	}
	return killed;
}

@ In a directory the order is that of the names, and each file is unmapped before the next, as there may be hundreds of megabytes.

@<Feed files to the loader that it should refuse@>=
static int feed_directory(const char *path, int log)
{
	struct dirent **entry;
	struct picture image;
	int killed = 0, n;

	if (chdir(path) || (n = scandir(".", &entry, NULL, alphasort)) < 0)
		die(path);
	for (int i = 0; i < n && !killed; i++) {
		if (entry[i]->d_name[0] == '.')
			continue;
		image = fetch(entry[i]->d_name);
		killed += feed(&image, log);
		if (image.len)
			munmap(image.bytes, image.len);
	}
	return killed;
}

@ The figures are taken first and last. Between them is nothing but the trials, one after another.

@<Feed files to the loader that it should refuse@>=
static int do_bad(int argc, char **argv)
{
	struct stat st;
	struct picture archive;
	int log, killed;

	(void)argc;
	if (stat(argv[0], &st))
		die(argv[0]);
	figures("before");
	log = open_log();
	if (S_ISDIR(st.st_mode)) {
		killed = feed_directory(argv[0], log);
	} else {
		archive = fetch(argv[0]);
		killed = feed_archive(&archive, log);
	}
	figures("after");
	return killed != 0;
}

@ The table of what it can do, with the number of words that each needs.

@<Choose by the first word@>=
static int do_figures(int argc, char **argv)
{
	figures(argc ? argv[0] : "now");
	return 0;
}
@#
static const struct {
	const char *word;
	int least; /* arguments that it needs */
	int @[@](*run)(int argc, char **argv);
} table[] = {@t\1@>@/
	{ "init", 1, do_init }, { "finit", 1, do_finit }, { "delete", 1, do_delete },@/
	{ "patch", 3, do_patch }, { "hasty", 3, do_hasty },@/
	{ "many", 3, do_many }, { "race", 3, do_race },@/
	{ "bad", 1, do_bad }, { "figures", 0, do_figures },@t\2@>@/
};

@ The output is flushed line by line, so that what was found before a crash has left the guest.

@<Choose by the first word@>=
int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (size_t i = 0; argc > 1 && i < sizeof(table) / sizeof(table[0]); i++)
		if (!strcmp(argv[1], table[i].word) && argc - 2 >= table[i].least)
			return table[i].run(argc - 2, argv + 2);
	fputs("usage: modtool init|finit|delete|patch|hasty|many|race|bad|figures ...\n", stderr);
	return 2;
}
