@q SPDX-License-Identifier: GPL-2.0-only @>

@* Rules for what is counted. \label{rules-c}%
A module whose every entry is counted is an {\it easy\/} one: it may leave whenever the loader says so, and its author has
done nothing for that but fill in a field. Somebody else has done the work. A reference protects only if it is taken in
time, if whoever takes it looks whether he got it, and if he keeps it until he is back; and he is not the module, but
its caller, the piece of kernel through which everybody reaches it. So of the six rules for counted entries, five are
addressed to the author of an {\it interface}, and only C2 to the author of a module.
@^counted entry@>@^easy module@>

Who breaks one of the five does not fall himself. A module falls that has kept every rule, on the day on which
somebody removes it, and its author gets the report. That makes these mistakes cheap to make and dear to find, and it
is why the loader, where it can, names the caller as well as the module that was called.

The two rules at the end are about modules that use each other: what a link between them covers, and what it does not (L1 and~L2).

@*1 An exchange and its subscriber. \label{exchange}For the rules to be broken one at a time there must be a directory, in which
a module lists itself, and callers, who look it up and call. \.{exchange} keeps the directory. It
takes no part in the calls, and breaks no rule. What is listed is a |struct party|: an owner, a function that answers, and
one that is called at the end of a conversation.

Listed is at most one. What the rules say of a list does not depend on its length, but on its lock, and so the lock is part of the
interface: |find_party| is called with |directory| held, and what it returns is good {\it as long as it is held}.
@^lock directory@>

@(modules/exchange.h@>=
#ifndef EXCHANGE_H
#define EXCHANGE_H
#include <linux/module.h>
#include <linux/mutex.h>
@#
struct party {
	struct module *owner;
	int @[@](*answer)(void);
	void @[@](*hang_up)(void);
};
@#
extern struct mutex directory;
int list_party(struct party *who);
void unlist_party(struct party *who);
struct party *find_party(void);
@#
@<Where somebody may dawdle@>@;
#endif

@ Whoever removes himself from the directory has left it when the call returns, and whoever still looks at him does so under the
lock, for which |unlist_party| has waited. That is the promise on which rule C5 is built. It says nothing about those who have
looked, and have released the lock.
@^error EBUSY@>@^lock directory@>

@<The directory@>=
DEFINE_MUTEX(directory);
EXPORT_SYMBOL_GPL(directory);
static struct party *listed;
@#
int list_party(struct party *who)
{
	guard(mutex)(&directory);
	if (listed)
		return -EBUSY;
	listed = who;
	return 0;
}
EXPORT_SYMBOL_GPL(list_party);
@#
struct party *find_party(void)
{
	lockdep_assert_held(&directory);
	return listed;
}
EXPORT_SYMBOL_GPL(find_party);

@ The dawdling in front belongs to the script. It stands for whatever an exit function does before it comes to this point.

@<The directory@>=
void unlist_party(struct party *who)
{
	dawdle(LEAVING);
	guard(mutex)(&directory);
	if (listed == who)
		listed = NULL;
}
EXPORT_SYMBOL_GPL(unlist_party);

@ Between two steps of a caller there is time: he waits for a lock or for a page, or is preempted. Four of these moments can be drawn out for as
long as a script wants.

@<Where somebody may dawdle@>=
enum moment {
	ON_THE_WAY, /* the caller, between the look-up and what he does next */
	ANSWERING, /* in the party's |answer| */
	HANGING_UP, /* in its |hang_up| */
	LEAVING /* in its exit function, while it is still listed */
};
void dawdle(enum moment when);

@ All are spent asleep. To the rules it makes no difference: each of them must hold although the caller sleeps. But the
loader knows no grace period that waits for a sleeper, so nothing is hidden by a wait that happens to be long enough.

@<Dawdle, if the script wants it@>=
static unsigned long held_up;
static atomic_t asleep = ATOMIC_INIT(0);
@#
void dawdle(enum moment when)
{
	atomic_inc(&asleep);
	wait_var_event(&held_up, !(READ_ONCE(held_up) & BIT(when)));
	atomic_dec(&asleep);
}
EXPORT_SYMBOL_GPL(dawdle);

@ To the file \.{hold} the script writes which moments are to last, a bit for each; in \.{asleep} it reads how many are caught. A third file,
\.{give\_back}, gives back one reference on whoever is listed. It is a put without a get, forbidden to
everybody, and stands here to repair what the breaking module of L1 leaves behind.

@<Dawdle, if the script wants it@>=
static int set_hold(void *unused, u64 moments)
{
	smp_store_mb(held_up, moments); /* before |wake_up_var| looks who waits */
	wake_up_var(&held_up);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(hold_fops, NULL, set_hold, "%llu\n");
@#
static int give_back(void *unused, u64 value)
{
	guard(mutex)(&directory);
	if (listed)
		module_put(listed->owner);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(give_back_fops, NULL, give_back, "%llu\n");

@ Everybody who sleeps in |dawdle| was sent there by a module that is linked to this one, and so keeps it. (Or has kept it, until it was removed around him:
such a module is buried late, and its providers not before it.)

@(modules/exchange.c@>=
#include <linux/bits.h>
#include <linux/debugfs.h>
#include <linux/wait_bit.h>
#include "exchange.h"
@#
@<The directory@>@;
@<Dawdle, if the script wants it@>@;
static struct dentry *files;
@#
static int __init exchange_init(void)
{
	files = debugfs_create_dir("exchange", NULL);
	debugfs_create_file_unsafe("hold", 0200, files, NULL, &hold_fops);
	debugfs_create_atomic_t("asleep", 0400, files, &asleep);
	debugfs_create_file_unsafe("give_back", 0200, files, NULL, &give_back_fops);
	return 0;
}
@#
static void __exit exchange_exit(void)
{
	debugfs_remove(files);
}
module_init(exchange_init);
module_exit(exchange_exit);
MODULE_DESCRIPTION("A directory of those who can be called");
MODULE_LICENSE("GPL");

@ The victim of all that follows is \.{subscriber}. It names its owner, takes itself off the list before it goes, and
has nothing that needs a wait. It is as easy as a module can be. |extension| is a symbol for those who come another way (L1).

@(modules/subscriber.c@>=
#include "exchange.h"
@#
#define PARTY_OWNER THIS_MODULE
@<Answer and hang up@>@;
@<Be listed in the directory@>@;
@#
int extension(void);
@#
int extension(void)
{
	return 42;
}
EXPORT_SYMBOL_GPL(extension);
MODULE_DESCRIPTION("Can be called, and keeps all rules");
MODULE_LICENSE("GPL");

@ Both functions touch data of the module when they have dawdled, and both have to come back.

@<Answer and hang up@>=
static int conversations;
@#
static int answer(void)
{
	conversations++;
	dawdle(ANSWERING);
	return conversations;
}
@#
static void hang_up(void)
{
	dawdle(HANGING_UP);
	conversations--;
}

@ |PARTY_OWNER| is |THIS_MODULE| here. The module that breaks L2 is the same but for this word.

@<Be listed in the directory@>=
static struct party me = {@t\1@>@/
	@[@].owner = PARTY_OWNER,@/
	@[@].answer = answer,@/
	@[@].hang_up = hang_up,@t\2@>@/
};
@#
static int __init listed_init(void)
{
	return list_party(&me);
}
@#
static void __exit listed_exit(void)
{
	unlist_party(&me);
}
module_init(listed_init);
module_exit(listed_exit);

@ The callers, of whom the rules tell, have a function |call| each, and are asked to call by a write to the file \.{call} in debugfs. That
function is all in which they differ.

@<Call when the shell asks for it@>=
static int order_call(void *unused, u64 value)
{
	int err = call();

	return err < 0 ? err : 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(call_fops, NULL, order_call, "%llu\n");
static struct dentry *call_file;
@#
static int __init caller_init(void)
{
	call_file = debugfs_create_file_unsafe("call", 0200, NULL, NULL, &call_fops);
	return 0;
}
@#
static void __exit caller_exit(void)
{
	debugfs_remove(call_file);
}
module_init(caller_init);
module_exit(caller_exit);
MODULE_LICENSE("GPL");

@*1 Hold before you call. \label{rule-c1}This is the rule from which the others of its letter follow, and in 2002 it was the whole
proposal: let the {\it caller\/} take the reference, since he is the only one who can do so before he is inside.
@^rule C1@>

\beginrule{C1}{Hold before you call}
Whoever calls through a pointer into a module holds a reference on it from before the call until after the return.
\endrule

\concerns Everybody who lets others register callbacks with him and then calls through a
pointer that may lead into a module. The duty is not the module's but its caller's. You are such a caller if there is a structure of function pointers in
your header, and somebody else fills it in. Those are exempt who run where no removal can come to its end: with preemption
off, or in an RCU read section, {\it for the whole time from the reading of the pointer until the return}. (The rule of 2002 exempted everybody who does not sleep. That was right
as long as a kernel could not be preempted.) Their entries are bare ones, and their rules stand in \chap{rules-u}.

\wrongway Look the callee up, under the lock of the list, of course, and then call. The lock cannot be kept during the call, as a callback may sleep, or
register something itself. So it is released; the pointer is in a register, where no list knows of it; and there the caller loses the
processor. The module has no users, unregisters as it ought to, and goes. \endwrong

\figure{unheld-call}{A call without a reference. The grey bar is the lock of the directory, the broken one a sleep. Everything that the remover
asks is answered truthfully.}

\noindent There is a second wrong way, which looks tidier: let the function that is called take the reference, as its first act. Then the
module guards itself, and its callers need not know. But to execute that act is to be in the module
already (\fig{window-first-get}), and no module can close that window by itself; who must live with such an interface is told how by S1 and S2.

@ The caller below dawdles after he has released the lock.
@^error ENOENT@>@^lock directory@>

@(modules/c1_call_bad.c@>=
@<What a caller includes@>@;
static noinline int call(void)
{
	struct party *callee;
	int err;

	mutex_lock(&directory);
	callee = find_party();
	mutex_unlock(&directory);
	if (!callee)
		return -ENOENT;
	dawdle(ON_THE_WAY);
	err = callee->answer();
	calls++;
	return err;
}
@<Call when the shell asks for it@>@;
MODULE_DESCRIPTION("Breaks C1: calls without holding");

@ Each counts its calls, so that the call of |answer| is never the last thing that it does. A last call is made as a jump, and whoever jumps
leaves no trace on the stack. For the sake of the same trace |call| is not inlined.

@<What a caller includes@>=
#include <linux/debugfs.h>
#include "exchange.h"
static int calls;

@ \rightway An |owner| beside the pointers, and the reference before the lock is released. It takes two lines for the get and one for
the put. This function keeps C3, C5 and C6 as well; it is the right form of all interfaces whose modules are easy,
and the obedient twins of C3 and C5 are made of it.
@^error ENOENT@>@^lock directory@>

@<Look up and hold, call, let go@>=
static noinline int call(void)
{
	struct party *callee;
	int err;

	mutex_lock(&directory);
	callee = find_party();
	if (callee && !try_module_get(callee->owner))
		callee = NULL;
	mutex_unlock(&directory);
	if (!callee)
		return -ENOENT;
	dawdle(ON_THE_WAY);
	err = callee->answer();
	module_put(callee->owner);
	calls++;
	return err;
}

@ Who sleeps on the way now is counted while he does.

@(modules/c1_call_good.c@>=
@<What a caller includes@>@;
@<Look up and hold, call, let go@>@;
@<Call when the shell asks for it@>@;
MODULE_DESCRIPTION("Keeps C1: holds before it calls");

@ \enforced For those who call it, the gate (\see{gate}). That it is called, nothing enforces. Nor can a wait replace it. Whoever has the pointer in his hand and sleeps stands in
the one line of the table at the beginning of \chap{rules-u} in which no column has a mark: no grace period waits for him, and no stack
shows where he will go. When the memory has been freed it is too late for everybody. As long as the module lies in quarantine its
functions are traps, and the call ends in one (\chap{quarantine}).

\seen The call comes when \.{subscriber} has been removed. The loader names the module that was to be
called, which is innocent, and after ``by'' the one that called, which is not. That it is C1 it knows from the caller's lying
in a module, or else it would have said U1. The obedient twin is counted: while he is on his way, \.{rmmod} is refused.
@^error EWOULDBLOCK@>
\transcript{c1_call}

\checked Nothing. |call| makes one call through a pointer, as most functions of a kernel do. That the pointer leads into a module,
that the module could leave, and that nobody holds it, none of these is written in the file. All that it says is that the names which the exchange exports are
unknown to it, so that it has not judged the whole; and it says the same of the obedient twin.

@*1 The owner travels with the pointers. \label{rule-c2}In a counted interface the caller takes a reference on the owner
of what he calls. So he must know the owner. He cannot find it out by himself: an address can be looked
up, but one set of operations may hold functions of several modules, some of them libraries, and only
the one who registers knows which of them must stay. So the owner is told along with the pointers, usually by a field in
the very structure that holds them.
@^rule C2@>

\beginrule{C2}{The owner travels with the pointers}
Every set of callbacks that is handed to a counted interface names this module as its owner.
\endrule

\concerns Everybody who fills in a structure that has a field |owner|, and does not leave
that to a macro. Most interfaces of today pass |THIS_MODULE| behind the author's back; file operations do not.

\wrongway Leave the field out. Nothing complains. To the caller an owner that is |NULL| means that the functions are part of the
kernel itself, and need no reference; so every open succeeds, \.{lsmod} shows zero users, and the
module can be removed while a descriptor is open. |misc_deregister| does its duty and takes the device from the list,
so that nobody will open it any more. It does not know of files that are open already. The next |read|
of such a file takes its operations from memory that is gone. If the process dies of that, its file
is closed, and the operations are taken from there once more. \endwrong

\figure{owner-missing}{Operations without an owner. The count is zero while the file is open, and the remover has no reason to wait.}

\noindent This is how the driver of the Nitro secure module could be left with an open file inside (CVE-2026-68178). Among the 92 modules of a distribution
that register a misc device, three have operations without an owner. The rule is broken as easily by moving code: operations that were in the kernel
needed no owner, and when they become a module nobody thinks of it.

@ \.{c2\_misc} is a device that one can read. The twins share what is right, and that is nearly everything. The release function
does nothing; it is there because the close of a file is an entry as well.

@<The operations of \.{c2\_misc}@>=
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
@#
static ssize_t c2_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	return simple_read_from_buffer(to, size, at, "still here\n", 11);
}
@#
static int c2_release(struct inode *inode, struct file *file)
{
	return 0;
}

@ How the device comes and goes is written by a macro, and cannot be wrong.

@<The device of \.{c2\_misc}@>=
static struct miscdevice c2_device = {@t\1@>@/
	@[@].minor = MISC_DYNAMIC_MINOR,@/
	@[@].name = "c2_misc",@/
	@[@].fops = &c2_fops,@t\2@>@/
};
module_misc_device(c2_device);
MODULE_LICENSE("GPL");

@ This one breaks the rule. The compiler has nothing to object, as a field that is not mentioned is zero.

@(modules/c2_misc_bad.c@>=
@<The operations of \.{c2\_misc}@>@;
static const struct file_operations c2_fops = {@t\1@>@/
	@[@].read = c2_read,@/
	@[@].release = c2_release,@t\2@>@/
};
@<The device of \.{c2\_misc}@>@;
MODULE_DESCRIPTION("Breaks C2: operations without an owner");

@ \rightway It is one more line.

@(modules/c2_misc_good.c@>=
@<The operations of \.{c2\_misc}@>@;
static const struct file_operations c2_fops = {@t\1@>@/
	@[@].owner = THIS_MODULE,@/
	@[@].read = c2_read,@/
	@[@].release = c2_release,@t\2@>@/
};
@<The device of \.{c2\_misc}@>@;
MODULE_DESCRIPTION("Keeps C2: operations with their owner");

@ \enforced At the time of the removal, nothing can. The count is zero, and the loader cannot know that it ought not
to be. But before the memory goes the audit looks at all open files, finds the one whose operations lie in a module that has left, and
gives it those of a dead device (\see{walk-files}). Where it is not sure that it may do so, the memory waits until the file is closed.

\seen A process opens the device, waits until the module was removed and nothing of it is found any more, reads, and closes. The read is
answered with |ENODEV|, and the log has a line which begins with \.{c2\_misc\_bad:\ C2:} and names the table. The
obedient twin cannot even be removed before the process has closed. That is what the field is for.
@^error ENODEV@>
\transcript{c2_misc}

\checked This one it sees quite well. The owner is a pointer to the module itself, so there is a relocation against
|__this_module| inside the structure; if the operations have none, it is missing. For misc devices this flags the three modules out of 92, and all three look like
real mistakes. For file operations in general it is useless, as those of debugfs or of proc are called under another
protection. It does not see a field that is filled in when the module runs.

@*1 A refusal means that nobody is there. \label{rule-c3}|try_module_get| answers a question. From the moment at which the loader has taken the last reference until the
memory is gone the answer is no, although everything still looks as it did: the party may be listed, its functions are there, and most of what they
need. A no can be relied on. An attempt to remove a module that fails refuses nobody (\chap{count}); only a drain that is broken off later has turned
people away from a module that stays.
@^rule C3@>

\beginrule{C3}{A refusal means that nobody is there}
A refused reference means that the callback is not there: test the result, and do not call.
\endrule

\concerns All who call |try_module_get|, or a function that passes its answer on, like |fops_get|, |cdev_get| or |get_fs_type|. To be recognised by a get whose
result nobody looks at; or by one at which somebody looks, says something in the log, and goes on.

\wrongway Take the reference for granted, because the module was there a moment ago. \endwrong

\figure{refused-get}{A reference that was refused, and a call that is made nevertheless. Exit has begun; the callee is still listed, as exit has not
come to that yet. From then on the call and the dismantling go on side by side.}

\noindent The network block device did so (CVE-2022-49300): a reference was asked for when a device was set up, and the answer thrown away, while the
module was on its way out. The harm is threefold. The call enters what is being taken down. It may last longer than the module. And the put
that follows gives back what was never got, which is the worst when the refusal came from a drain: somebody {\it else\/} holds
the module then, and it is his reference that is given back. (The packet filter had the put without the get. Its look-up made a second attempt when it
had been refused, found the same table, asked nobody, and returned it to a caller who put what he believed to hold, CVE-2024-50257.)

@ In the caller below everything is in its place, but for the one word that is missing.
@^error ENOENT@>@^lock directory@>

@(modules/c3_refused_bad.c@>=
@<What a caller includes@>@;
static noinline int call(void)
{
	struct party *callee;
	int err;

	mutex_lock(&directory);
	callee = find_party();
	if (callee)
		try_module_get(callee->owner);
	mutex_unlock(&directory);
	if (!callee)
		return -ENOENT;
	err = callee->answer();
	module_put(callee->owner);
	calls++;
	return err;
}
@<Call when the shell asks for it@>@;
MODULE_DESCRIPTION("Breaks C3: calls although it was refused");

@ \rightway The refusal is treated like an empty list, as nobody can tell the two apart a moment later. What the caller then does depends on
his interface: skip this listener, answer |ENODEV|, look for another. It is never right to ask again until the answer is yes, as in
a module that is leaving it will not be; and never to print an error, as nothing is wrong.
@^error ENODEV@>

@(modules/c3_refused_good.c@>=
@<What a caller includes@>@;
@<Look up and hold, call, let go@>@;
@<Call when the shell asks for it@>@;
MODULE_DESCRIPTION("Keeps C3: does not call when it is refused");

@ \enforced For the one who is inside, the census: he is met on his stack, and the memory waits for him (\chap{census}). For the put too many,
nobody, if the module goes, as its count is not read any more. If it stays, because the refusal came from a drain that was
broken off, the count is below what is held, and falls below zero some day; that is reported (\see{overput}), and
tried in \chap{sleepers}.

\seen The removal begins, and its exit function dawdles before it takes the party off the list. Now the call is made, refused, made nevertheless, and
sleeps. Exit goes on and comes to its end. The stock kernel pulls the text from under the sleeper. Ours names him, with U5: to the loader, he who was refused is somebody whom nobody
counts. The obedient twin finds nobody, and the shell is told \.{No\ such\ file\ or\ directory}.
\transcript{c3_refused}

\checked It can look in the text behind the call of |try_module_get| whether the answer, which comes in a register, is used
before the register is lost. Here it is lost at once. Whether the right thing is done with an answer that is used,
it cannot see.

@*1 One reference for many calls. \label{rule-c4}To take a reference around each call would be correct, and for a file system
it would be absurd: a look-up of a path makes ten calls. Nor would it be enough. If the module left between two
calls, nobody would be inside, and yet everything that the first had set up for the second would be gone.
@^rule C4@>

\beginrule{C4}{One reference may cover many calls}
One reference may cover many calls, if one call is always first and another always last; the last has returned
before the put.
\endrule

\concerns Authors of interfaces whose callbacks come in sessions: mount and unmount, open and release,
attach and detach.

\wrongway Put in the place where the session {\it logically\/} ends, and then make the last call, because it needs
something that was to be kept until then:
\show{|module_put(ops->owner);|\cr |ops->release(session);|\cr}
\noindent Or take the reference when the session is first {\it used\/} instead of when it is made. Whatever
was called before that was called on trust. \endwrong

\figure{early-put}{A session that has been closed in the books before it was closed. For the length of the last call nobody is
counted.}

\noindent Both are made by tidy people: the one writes the puts where the gets were, outermost last, and has the callback in the wrong place by one
line; the other is sparing. In the virtualization code it was not even a line of the interface itself. The object that lasted as long as the session was held by
a piece of work as well, so that the session could end {\it in\/} that work; what it put there last was the reference of the module
in which it ran (CVE-2024-26976, of which R1 tells more).

@ A conversation has two calls here, |answer| and |hang_up|. The twins begin alike.
@^error ENOENT@>@^lock directory@>

@<Hold a party, and let it answer@>=
mutex_lock(&directory);
callee = find_party();
if (callee && !try_module_get(callee->owner))
	callee = NULL;
mutex_unlock(&directory);
if (!callee)
	return -ENOENT;
err = callee->answer();

@ They differ in the order of two lines.

@(modules/c4_session_bad.c@>=
@<What a caller includes@>@;
static noinline int call(void)
{
	struct party *callee;
	int err;

	@<Hold a party, and let it answer@>@;
	module_put(callee->owner);
	callee->hang_up();
	calls++;
	return err;
}
@<Call when the shell asks for it@>@;
MODULE_DESCRIPTION("Breaks C4: puts before the last call");

@ \rightway The first call and the last are named, and the reference embraces both.

@(modules/c4_session_good.c@>=
@<What a caller includes@>@;
static noinline int call(void)
{
	struct party *callee;
	int err;

	@<Hold a party, and let it answer@>@;
	callee->hang_up();
	module_put(callee->owner);
	calls++;
	return err;
}
@<Call when the shell asks for it@>@;
MODULE_DESCRIPTION("Keeps C4: puts after the last call");

@ So it is in the kernel's own interfaces. A file has
|open| and |release|: the reference is taken by |fops_get| before the first of them and given back by
|fops_put| after the second has returned, and nothing happens to a file outside of the two. For a file system the
first call is the one that mounts, and the last is the one that destroys the superblock; the reference is dropped when the superblock has been taken off its lists, even
from one whose head lies in the file system's own data. In between, thousands of operations on inodes and entries count nothing, and need
not: each of them is reached through something that the mount keeps alive.

That is the proof which an author of such an interface owes: {\it every\/} path to {\it any\/} of the functions leads through a
session. A hole is easily overlooked. An inode's memory is freed by an RCU callback, which may well run after
the unmount, and in the file system's own text; so the exit functions of file systems call |rcu_barrier|, rule D3, before they
destroy their caches, rule R2.

\enforced For a call after the put, the wait for all tasks
and the census (\chap{quiesce}), which outlast the call if it has begun or is about to; for callbacks of RCU that come too late, the loader's own |rcu_barrier|.

\seen \.{lsmod} counts one user for as long as the conversation lasts, however many calls it has. (It is the same with a file system that is mounted once: one user, however many files
are open.) In the breaking module the count has fallen to zero while |hang_up| sleeps, and the removal succeeds. The sleeper is named as anybody is who
is asleep inside; by the function's name one sees that it was the last call.
\transcript{c4_session}

\checked Neither the order of a put and the last call, as it does not know which call is the last; nor that there is no path around
the session. The loader does not, either.

@*1 Look up and hold in one step. \label{rule-c5}How can a caller touch the count at all, if the module may be gone? In general he cannot. There are two ways to be
allowed to. Either he holds something that keeps the module: a reference, or an object whose
unregistration the module would have to wait for. Or he has found the module in a structure that is read
under a lock, or under RCU, or with preemption off, and has not left that section since. Removal unlinks first and
frees a grace period later; whoever is still in his section when the module is unlinked finds memory that is
intact, and a count that refuses.
@^rule C5@>

\beginrule{C5}{Look up and hold in one step}
Look-up and reference are one step, under the lock or read section that unregistration waits for.
\endrule

\concerns Whoever keeps a list of what others have registered; to be recognised by a get
that stands outside of the lock of the list, or in another function than the look-up, whose result then travels from one to the other with nothing that keeps it.

\wrongway Write a function |find|, which locks, looks, and unlocks; and call it. It is how one is taught to cut a program into functions. The get comes next, its result is
tested, and everybody who reads the caller finds it in order. But between the two the module may unregister, leave, and be freed. The word |owner| is then
read from memory that belongs to somebody else; and if what stands there looks like a pointer, one is added to whatever it leads to. \endwrong

\figure{late-get}{A reference that is asked for after the unlocking. The grey bars are the lock of the directory: the remover waits for it, as he must, and has it
soon.}

\noindent Kprobes once asked twice in one registration whether an address lies in a module, and took the reference in the second look-up only. In between
the module left; what had been a module's text for the first was no module's for the second, so there was nobody to hold, and the probe was set
(CVE-2024-35955). The cure was one look-up, with the reference in it.

@ The caller dawdles in the same place as that of C1. That he takes a reference later on, and tests it, does not help him.
@^error ENOENT@>@^lock directory@>

@(modules/c5_late_get_bad.c@>=
@<What a caller includes@>@;
static noinline int call(void)
{
	struct party *callee;
	int err;

	mutex_lock(&directory);
	callee = find_party();
	mutex_unlock(&directory);
	dawdle(ON_THE_WAY);
	if (!callee || !try_module_get(callee->owner))
		return -ENOENT;
	err = callee->answer();
	module_put(callee->owner);
	calls++;
	return err;
}
@<Call when the shell asks for it@>@;
MODULE_DESCRIPTION("Breaks C5: looks up, and holds later");

@ \rightway The get comes before the unlocking, or, if the list is read under RCU, before the end
of the read section. The function that looks up is the one that holds, and says so in its name, or in the first line of its description.

@(modules/c5_late_get_good.c@>=
@<What a caller includes@>@;
@<Look up and hold, call, let go@>@;
@<Call when the shell asks for it@>@;
MODULE_DESCRIPTION("Keeps C5: looks up and holds in one step");

@ \enforced For lists that the loader keeps itself, by the grace period between unlinking and
free (\see{burial}). For others it is the unregister function that must wait for their readers; ours takes the lock. Where there is a quarantine, the loader can do a little more. A module that lies there
has left, and was waited for; no look-up that keeps the rule leads to it. Who asks for a reference on it nevertheless is refused, and the loader says who it was.

\seen On the stock kernel the question itself is the fault: a read of freed memory, in the caller. On ours the data in quarantine still say who the owner was, the
owner's count refuses, and the caller goes home. The log has one line, in which the caller is named after C5. With no quarantine it is as on the stock kernel.
\transcript{c5_late_get}

\checked Nothing of it, and the loader neither as long as the module stays: both know what is called, and not under which
lock. The tester of \chap{trials} and the crowd of \chap{bench} show, a million times over, the look-up as it should be.

@*1 Only holders may take without asking. \label{rule-c6}Who holds a reference already may have another, and need not ask, since the module does not go away under him. For
him there is a get that cannot fail. It has no result to be tested, and so nobody is reminded of testing.
@^rule C6@>

\beginrule{C6}{Only holders may take without asking}
The unconditional get is only for those who hold a reference already.
\endrule

\concerns Everybody who calls |__module_get|, or something that is made of it, like |get_filesystem|. The kernel has more than a hundred places that do. Each of them
should be able to say who holds the first reference; a comment is the usual place.

\wrongway Use it because it cannot fail, and spares the path for the error. If the module is leaving, the caller adds one to a number
that nobody looks at any more, and believes that he holds something. \endwrong

\figure{blind-get}{A get that cannot fail, on a module that is going, on the stock kernel. The remover has looked, and will not look again. The number is one from then on, as if all were well.}

\noindent That the number looks right is what is so deceptive. It shows in no test but one that removes the module in that moment; and to those who debug it afterwards it says that the
module was held.

@ The breaking caller is the one of C3, with the right function for somebody else.
@^error ENOENT@>@^lock directory@>

@(modules/c6_get_bad.c@>=
@<What a caller includes@>@;
static noinline int call(void)
{
	struct party *callee;
	int err;

	mutex_lock(&directory);
	callee = find_party();
	if (callee)
		__module_get(callee->owner);
	mutex_unlock(&directory);
	if (!callee)
		return -ENOENT;
	err = callee->answer();
	module_put(callee->owner);
	calls++;
	return err;
}
@<Call when the shell asks for it@>@;
MODULE_DESCRIPTION("Breaks C6: takes without asking");

@ \rightway For the first reference, |try_module_get|. For a second one |__module_get| is not only allowed but better: a test that cannot fail makes
a path that nobody can try. The program that a process executes is such a case. While its format's loader runs, |search_binary_handler| holds
the format's module; the process, which will need it until it ends, takes a reference of its own before that one is given back. In the obedient twin the
second reference is for the bill, which is settled when the conversation is over.
@^error ENOENT@>@^lock directory@>

@(modules/c6_get_good.c@>=
@<What a caller includes@>@;
static void settle(struct party *debtor)
{
	calls++;
	module_put(debtor->owner);
}
@#
static noinline int call(void)
{
	struct party *callee;
	int err;

	@<Hold a party, and let it answer@>@;
	__module_get(callee->owner); /* for |settle|; we hold one */
	callee->hang_up();
	module_put(callee->owner);
	settle(callee);
	return err;
}
@<Call when the shell asks for it@>@;
MODULE_DESCRIPTION("Keeps C6: takes a second one without asking");

@ \enforced By the count itself. Whoever holds a reference cannot meet one that was taken by a remover; so a get in that zone is proof that the caller held nothing, and
he is named (\see{tell-of-breach}). It is a proof only of a breach that was {\it met}: as long as the module stays, nobody can tell a get that was covered from one
that was lucky.

\seen The scenario is that of C3. The first line comes at once and names the caller, with C6; the second is about
where he is, asleep inside, and the last says that he has left. The stock kernel says nothing until he wakes.
\transcript{c6_get}

\checked It gives an advice where an entry calls |__module_get(THIS_MODULE)|, since that is an attempt of a module to guard itself without asking (S1). Of a get on somebody else's module, like this one, it says
nothing: most who make one are right, and who holds the first reference is not in the file.

@*1 What is used stays. \label{rule-l1}The calls from one module to another's exported functions are far too many to be counted one by one, and
nobody could be made to count them. So the loader takes one reference for all of them, from the moment when the first symbol is granted until the module that uses it is gone
(\see{depends}).
@^rule L1@>

\beginrule{L1}{What is used stays}
Used symbols keep their provider; |symbol_get| wants its |symbol_put|.
\endrule

\concerns Of the first half, nobody: it cannot be broken. Of the second, those who take a symbol while they run, by |symbol_get|, because they want to do without the
provider if it is not there. Nobody keeps a record for them. What they have taken they have to give back themselves.

\wrongway Call |symbol_get| whenever the function is wanted, and never |symbol_put|. As its result is a pointer to a function, and NULL if there is none, it looks
like a look-up. It is a get. Or put at once, and go on calling the address: that breaks C1. \endwrong

\figure{lost-put}{A reference that outlives the module that took it. The provider cannot be removed any more, and has no user whom one could ask.}

\noindent This is the mildest mistake of the book. Nothing crashes; a module cannot be removed, \.{lsmod} shows a user without a name, and the next to ask for help is told to reboot.

@ The borrower wants the extension of \.{subscriber}, if there is one. A |typeof| does not need the symbol, so the file imports
none, and the two are not linked.

@<Borrow a function, if it is there@>=
#include <linux/module.h>
int extension(void);
static int @[@](*dial)(void);
static int number;
module_param(number, int, 0444);
@#
static int __init borrower_init(void)
{
	dial = symbol_get(extension);
	if (dial)
		number = dial();
	return 0;
}
module_init(borrower_init);
MODULE_LICENSE("GPL");

@ Exit has nothing to do, one might think.

@(modules/l1_symbol_bad.c@>=
@<Borrow a function, if it is there@>@;
static void __exit borrower_exit(void)
{
}
module_exit(borrower_exit);
MODULE_DESCRIPTION("Breaks L1: borrows a symbol, and keeps it");

@ \rightway One |symbol_put| for each |symbol_get| that did not return NULL, after the last call. Where two call each other, and neither may be linked to
the other, the reference is kept as long as the pointer: the drivers that hand devices to virtual machines take |kvm_put_kvm| in this way,
keep it beside the machine that it is for, and put it when it was called.

@(modules/l1_symbol_good.c@>=
@<Borrow a function, if it is there@>@;
static void __exit borrower_exit(void)
{
	if (dial)
		symbol_put(extension);
}
module_exit(borrower_exit);
MODULE_DESCRIPTION("Keeps L1: returns what it has borrowed");

@ \enforced The first half by the loader, completely; \see{depends} has the records, and what a provider waits for. The second by nobody. The loader counts a reference that was taken
by a symbol like any other.

\seen Of a link one sees the list of users in \.{lsmod}, the refusal |EWOULDBLOCK| whatever the flags,
and a line of the tool (\chap{tool}); it is tried as ``others'' and ``provider'' in \chap{sleepers}. Of the lost put one sees a count of one and no user, on both kernels. On
ours, with \.{module.trace\_refs}, the place from which the reference was taken is |__symbol_get|, whoever called it: so one knows what to look for, and not where. To take the provider out, the scenario has the reference given back by
\.{exchange}.
@^error EWOULDBLOCK@>
\transcript{l1_symbol}

\checked It sees who imports |__symbol_get| and neither |__symbol_put| nor |symbol_put_addr|; and so does the loader when the module comes. How often each is called,
and with which name, neither sees.

@*1 A link holds in one direction. \label{rule-l2}If $A$ uses a symbol of $B$, then $B$ stays while $A$ is there. That is all that a link says. It does not hold $A$; nor does it hold what lies behind $B$, some
$C$ whose pointers $B$ hands on.
@^rule L2@>

\beginrule{L2}{A link holds in one direction}
Pointers handed between modules obey C1 although the modules are linked.
\endrule

\concerns Authors of modules that come in layers, a library and its users, a bus and its drivers, if the lower one calls back. To be recognised by
an exported function that takes a pointer to a function, or to a structure of them, and no owner; or by one that takes an owner, and a user who passes none.

\wrongway Leave out the owner, as the two are linked, and the loader takes care of those. It does: $B$ will not be removed before $A$. The call that matters goes from $B$ to $A$,
and $A$ is what is removed. \endwrong

\figure{one-way-link}{The link is a reference of the user on its provider. It is given back when the user leaves, in good order, with somebody in the user's text who
came through the provider.}

\noindent Most of the interfaces of \chap{rules-u} are of this kind, with the kernel in the place of $B$. If it is a module, all the reasons for a missing owner seem to be better ones:
the two were written together, they are in the same directory, they are always loaded and removed in the right order. It is so until somebody calls.

@ The module that breaks the rule is a subscriber like ours, and linked to \.{exchange}.

@(modules/l2_link_bad.c@>=
#include "exchange.h"
@#
#define PARTY_OWNER NULL
@<Answer and hang up@>@;
@<Be listed in the directory@>@;
MODULE_DESCRIPTION("Breaks L2: relies on the link");
MODULE_LICENSE("GPL");

@ \rightway The owner is named, as if the two were not linked. For the lower module it means to ask for one, if need be behind its users' back,
by a macro in the header that adds |THIS_MODULE|; and to hold it around the call.

@(modules/l2_link_good.c@>=
#include "exchange.h"
@#
#define PARTY_OWNER THIS_MODULE
@<Answer and hang up@>@;
@<Be listed in the directory@>@;
MODULE_DESCRIPTION("Keeps L2: names its owner to those it is linked to");
MODULE_LICENSE("GPL");

@ There is another direction that no link covers. The callers of this chapter are all linked to \.{exchange}, and it is from a function of \.{exchange} that they have the
pointer. What they hold by that is \.{exchange}. To believe that \.{subscriber}, to whom the pointer leads, is held as well is exactly the mistake of C1 and C5.

\enforced By the census, which finds who is inside, and by the quarantine for those who are not yet. There is one more care that the loader takes, and it is for this case: the sleeper
was sent by the provider, so he returns into {\it its\/} text. The provider of a module that is not yet buried is not buried either (\see{hand-over}).

\seen The caller is the obedient one of C1. He takes what he is told for the owner, and |NULL| is never refused. He sleeps in the answer, and the module leaves.
\transcript{l2_link}

\checked It sees an |owner| that is missing only where it knows the structure, and \.{exchange} is not in its table. That two modules are linked it sees better than anybody;
which pointers they pass to each other it does not.

@*1 Exercises.
\exercise{10} (C2, C4.) The obedient twin of \.{c2\_misc} cannot be removed while its device is open, although nobody has written a get. Who takes the reference, and when? What
does somebody see who opens the device while the module is already in its exit function?

\exercise{10} (C1.) In \see{rule-c1}, replace |mutex_lock| and |mutex_unlock| by |rcu_read_lock| and |rcu_read_unlock|, let the second come after |answer| has returned, and let |unlist_party| write its NULL and return at
once. Nobody takes a reference. What may |answer| not do any more, and what has the author of the exchange bought for that? What does the author of \.{subscriber} owe now?

\exercise{20} (C3.) A drain is under way (\see{drain}), and the only holder is a process that sleeps in |read|. The breaking caller of C3 comes, is refused, calls nevertheless, and puts. Follow the count. Who is harmed, and what
of it does our loader catch?

\exercise{15} (C5.) An interface keeps its list under RCU. Its unregister function unlinks the entry and returns at once; the entry lies in the module's data. Look-ups are made in a read section, with |try_module_get|
before its end. Is C5 kept? Which grace period is it that makes it so, and what if the entry is on the heap, and exit frees it?

\exercise{10} (C6.) May the function |release| of a file call |__module_get(THIS_MODULE)|, to keep the module for a piece of work that it queues? And may the piece of work, to queue itself once more?

\exercise{15} (L1.) A module calls |symbol_get| in init and |symbol_put| at the beginning of exit, and its timer, which calls the borrowed function, is shut down at the end of exit. What can happen, and in whose text?

\exercise{20} (L2.) $A$ is linked to $B$ and registers callbacks there, without an owner. $B$ calls them from a work item of its own. Give an exit function of $A$ that makes this safe without any reference, and say what $B$ has to export for
it. Under which rule does the pair live then?
