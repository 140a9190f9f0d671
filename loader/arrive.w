@q SPDX-License-Identifier: GPL-2.0-only @>

@* Arrival. \label{arrive}%
A module comes into the kernel through one of two doors. The older system call, |init_module|,
hands over bytes: an address in the caller's memory and a length. The newer one, |finit_module|,
hands over an open file, and today it is the one that \.{insmod}, \.{modprobe} and the udev
daemon use. Both end in the same place: a |struct load_info| whose |hdr| points to a copy of the
file in kernel memory and whose |len| tells its length, given to |load_module| of
\chap{load}. Nothing in the present chapter looks at a single byte of that copy. It asks
who is calling, what may be brought in, and whether somebody else is bringing it in already.
@.init\_module@>
@.finit\_module@>

The questions come in the order of what they cost and of how much one must believe to ask them.
First the caller's rights, which are known without any work. Then the flags, three bits. Then the
security policy for modules in general, before memory is spent on one that would be turned
away. Then the memory, then the bytes, and last the security policy once more, which
may now look at the bytes. A caller who is refused has cost us no more than the question that
refused him.

Why does the file have to be copied at all, when it lies in the page cache already? Because
everything that follows checks the image first and believes it afterwards, and between
these two a writer could change a page of the cache, or another thread the caller's buffer. The copy is
ours alone; a thing checked stays checked.

@ The rights come first in the file as in the story, then the door for bytes, then the door for
files, whose larger part deals with several callers who stand at it with the same file.

@(kernel/module/arrive.c@>=
@<Included by the arrival@>@;
@#
@<The switch that ends all loading@>@;
@<May the caller bring in modules?@>@;
@<Give the copy of the file back@>@;
@#
@<Copying from the caller's memory@>@;
@<The system call |init_module|@>@;
@#
@<Loading one file@>@;
@<Loads that are under way@>@;
@<Sharing one load among several callers@>@;
@<The system call |finit_module|@>@;

@ Half of the list below serves the second door. A file drags in the file system's headers and
those of sleeping and waking; bytes need only |linux/uaccess.h|.

@<Included by the arrival@>=
#include <linux/capability.h>
#include <linux/completion.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/hashtable.h>
#include <linux/kernel_read_file.h>
#include <linux/moduleparam.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <uapi/linux/module.h>
#include "internal.h"

@*1 Who may.
A machine can be told that it has all the modules it will ever need. The word \.{nomodule} on the
kernel's command line says so from the beginning. A~1 written to the sysctl file
\.{kernel/modules\_disabled} says so from now on, and that file takes no~0 afterwards: an
intruder who becomes root later finds the door walled up. The variable is an |int| and not a |bool|
since the sysctl table, which lies outside this book, reads and writes it as one.
@.nomodule@>
@.modules\_disabled@>

@<The switch that ends all loading@>=
int modules_disabled;
core_param(nomodule, modules_disabled, bint, 0);

@ Otherwise |CAP_SYS_MODULE| is what it takes, in the first user namespace and no other: a module is
loaded into everybody's kernel, so root of a container does not qualify. The two refusals are
told apart by nobody; both are |EPERM|.

This is the one refusal that leaves no line in the log, and on purpose. Anybody may call us, so
a line per refusal would let an ordinary user wash everything else out of the log in a second.
The audit system has its own record of a capability denied, with its own limits.
All further refusals in this book happen to a caller who could do worse things to the log than
fill it. They do speak, except where a security policy has spoken already.
@^error EPERM@>

@<May the caller bring in modules?@>=
static int may_init_module(void)
{
	return capable(CAP_SYS_MODULE) && !modules_disabled ? 0 : -EPERM;
}

@*1 A module that comes as bytes.
|init_module| has no flags. A tool that wants to ignore a version check used to edit
the image before it handed it over, and some still do; an image that was edited so no longer matches its signature.

From |load_module| onwards the copy belongs to that function, whether it succeeds or not. So the
only failures we clean up after are those of the copying itself.

The two counters exist if the kernel was built with |CONFIG_MODULE_STATS|. They answer how much
memory was filled in vain; \chap{load} has the others.

@<The system call |init_module|@>=
SYSCALL_DEFINE3(init_module, void __user *, image, unsigned long, len,@|
		const char __user *, uargs)
{
	struct load_info info = {@[@]};
	int err = may_init_module();

	if (err)
		return err;
	err = copy_image(&info, image, len);
	if (!err)
		return load_module(&info, uargs, 0);
	mod_stat_inc(&failed_kreads);
	mod_stat_add_long(len, &invalid_kread_bytes);
	return err;
}

@ The steps stand in the order of their cost, and each is a line in the list below. Either |info|
leaves this function with a whole copy of the image, or nothing is left allocated; there is one
thing to undo, so the ladder has one rung.

@<Copying from the caller's memory@>=
@<Copy with pauses@>@;
@#
static int copy_image(struct load_info *info,@|
		      const void __user *image, unsigned long len)
{
	int err;

	@<Refuse an image that is shorter than its header, with |ENOEXEC|@>@;
	@<Ask whether an image may come at all, or return@>@;
	@<Allocate the copy, or return |ENOMEM|@>@;
	@<Copy the image, or |goto drop_image| with |EFAULT|@>@;
	@<Show the image to the security modules, or |goto drop_image|@>@;
	return 0;

	@<Undo the allocation of the copy and return |err|@>@;
}

@ An empty image would be a request for zero bytes of memory, about which the allocator
complains with a stack trace. An image shorter than an ELF header cannot be a module in any case.
There is no upper bound to test: a length that does not fit the machine fails in the
allocation, and it fails there before anything is multiplied or added that could overflow.
@^error ENOEXEC@>
@.bytes are too few@>

@<Refuse an image that is shorter than its header, with |ENOEXEC|@>=
if (len < sizeof(*info->hdr)) {
	pr_err("init_module: %lu bytes are too few for a module\n", len);
	return -ENOEXEC;
}

@ The security modules are asked twice about the same image. The first question is about the
caller and this way in: a system that accepts modules only from a verified file system refuses here,
since bytes have no file system. It costs nothing, so it precedes the
allocation. The |true| announces that the second question will follow, with the contents.
What a policy refuses, the policy reports; we add nothing to it.
@^security modules@>

@<Ask whether an image may come at all, or return@>=
err = security_kernel_load_data(LOADING_MODULE, true);
if (err)
	return err;

@ The image may be dozens of megabytes long and need not be contiguous in physical memory. The
length is the caller's word alone, so a failure is no concern of the allocator's, and
|__GFP_NOWARN| replaces its page of numbers by our one line.
@^error ENOMEM@>
@.no memory for an image@>

@<Allocate the copy, or return |ENOMEM|@>=
info->len = len;
info->hdr = __vmalloc(len, GFP_KERNEL | __GFP_NOWARN);
if (!info->hdr) {
	pr_err("init_module: no memory for an image of %lu bytes\n", len);
	return -ENOMEM;
}

@ The rung. What |info->hdr| says afterwards is of no interest, since the caller returns.

@<Undo the allocation of the copy and return |err|@>=
drop_image:
	vfree(info->hdr);
	return err;

@ That the caller's memory cannot be read shows only when it is read: pages can be unmapped by
another thread at any moment, so a test beforehand would prove nothing. Some tool has passed
a wrong length, as a rule.
@^error EFAULT@>
@.cannot read the caller's@>

@<Copy the image, or |goto drop_image| with |EFAULT|@>=
if (!copy_with_pauses(info->hdr, image, len)) {
	pr_err("init_module: cannot read the caller's %lu bytes\n", len);
	err = -EFAULT;
	goto drop_image;
}

@ One call of |copy_from_user| for everything would be shorter. On a kernel that is not
preemptible it would also keep its CPU for as long as the copying lasts, and if the caller's
pages have yet to be read from a disk, that is long; other tasks on that CPU would wait, and the
watchdog would accuse us of a lockup. So we copy in pieces and offer the CPU after each. Sixteen
pages take some ten microseconds when the memory is there: long enough for the offer to cost
nothing, short enough for nobody to notice.

@<Copy with pauses@>=
static bool copy_with_pauses(void *to, const void __user *from, unsigned long left)
{
	const unsigned long most = 16 * PAGE_SIZE;

	while (left) {
		unsigned long piece = left < most ? left : most;

		if (copy_from_user(to, from, piece))
			return false;
		to += piece;
		from += piece;
		left -= piece;
		cond_resched();
	}
	return true;
}

@ The second question may take the contents into account, a digest of them for instance. It is asked
about our copy and not about the caller's buffer; otherwise the caller could show one image to the
policy and load another.

@<Show the image to the security modules, or |goto drop_image|@>=
err = security_kernel_post_load_data((char *)info->hdr, len, LOADING_MODULE, "init_module");
if (err)
	goto drop_image;

@*1 A module that comes as a file.
With a file in hand the kernel knows more: where the bytes come from, that nobody holds the file
open for writing while they are read, and whether two requests mean the same thing.

The caller may ask for three deviations, one bit each. The first two are what
\.{modprobe} \.{--force} sets. Both set aside what the module claims about itself, which the signature vouched for too; so a
signature is not looked at when either is set, and a kernel that enforces signatures treats the file as one
without.

\begintable{t p{2.2in} p{1.5in}}
\rm flag & what is asked & obeyed in \cr \hd
IGNORE_MODVERSIONS & no comparison of symbol versions & \chap{elf} \cr
IGNORE_VERMAGIC & no comparison of kernel versions & \chap{modinfo} \cr
COMPRESSED_FILE & unpack the file first & this chapter, \see{arrive-unpack} \cr
\endtable

An unknown bit is refused and not ignored. It may be one that a later kernel understands, and the
caller should learn that this kernel does not do what was asked.
@^error EINVAL@>
@.unknown flags@>

@<Refuse flags that we do not know, with |EINVAL|@>=
if (flags & ~(MODULE_INIT_IGNORE_MODVERSIONS | MODULE_INIT_IGNORE_VERMAGIC |@|
	      MODULE_INIT_COMPRESSED_FILE)) {
	pr_err("finit_module: unknown flags %#x\n", flags);
	return -EINVAL;
}

@ The descriptor is held from here to the return. That matters below: while we hold it, the
file stays open, and its inode cannot go away.

@<The system call |finit_module|@>=
SYSCALL_DEFINE3(finit_module, int, fd, const char __user *, uargs, int, flags)
{
	struct fd f;
	int err = may_init_module();

	if (err)
		return err;
	@<Refuse flags that we do not know, with |EINVAL|@>@;
	f = fdget(fd);
	if (fd_file(f) && fd_file(f)->f_mode & FMODE_READ)
		err = share_load(fd_file(f), uargs, flags);
	else
		@<Refuse a descriptor that cannot be read, with |EBADF|@>@;
	fdput(f);
	return err;
}

@ A descriptor that is not open, or open only for writing, was caught in older kernels by the
code that reads the file. We must catch it ourselves, for two reasons: a caller with the wrong
descriptor must not wait for another's load first; and we could not even tell whose load,
since there may be no inode.
@^error EBADF@>
@.is not open for reading@>

@<Refuse a descriptor that cannot be read, with |EBADF|@>=
{
	pr_err("finit_module: descriptor %d is not open for reading\n", fd);
	err = -EBADF;
}

@ This function does for a file what |copy_image| did for bytes. The same two security questions are asked, by
|kernel_read_file|, which also keeps writers away while it reads. It allocates the buffer with
|vmalloc|, so that |free_copy| can treat both kinds alike.

The limit |INT_MAX| is part of the interface: a larger file is refused with |EFBIG|. The length
counts as read only if the file turned out to have as many bytes as its inode
claims.
@^error EFBIG@>

@<Loading one file@>=
static int load_file(struct file *file, const char __user *uargs, int flags)
{
	struct load_info info = {@[@]};
	void *contents = NULL;
	ssize_t len = kernel_read_file(file, 0, &contents, INT_MAX, NULL, READING_MODULE);

	if (len < 0) {
		@<Report a file that could not be read and return the error@>@;
	} else if (flags & MODULE_INIT_COMPRESSED_FILE) {
		@<Unpack |contents| and free it, or return the error@>@;
	} else {
		info.hdr = contents;
		info.len = len;
	}
	return load_module(&info, uargs, flags);
}

@ Of what the reading can say, |EPERM| and |EACCES| are verdicts of a policy, which reports
them in its own words. The rest is the file's fault or the machine's: |EINVAL| for something
that is empty or no regular file, |ETXTBSY| for a file that is being written to, |EIO| for one that changed its length
under us, and |ENOMEM|. With the number in the log these can be told apart even after
\.{modprobe} has turned them into its one phrase.
@^error ETXTBSY@>
@^error EIO@>
@^error EACCES@>
@.cannot be read@>
@^error EPERM@>

@<Report a file that could not be read and return the error@>=
mod_stat_inc(&failed_kreads);
if (len != -EPERM && len != -EACCES)
	pr_err("finit_module: %pD cannot be read, error %zd\n", file, len);
return len;

@ \label{arrive-unpack}A compressed file is unpacked here and not by the tool, so that the file the security modules have seen, with
its digest and its place on a verified disk, is the file that counts. The tool
sets the flag if \.{/sys/module/compression} names the format of the file at hand; a kernel
can unpack one format, chosen when it was built, or none.

The stock loader's \.{decompress.c} does the work and sets |hdr| and |len|, with |hdr| a
mapping of single pages this time. The packed form has served its purpose as soon as we know the
outcome. A file that is damaged, or in another format, has been reported down there;
what remains for us to report is a lack of memory, or of code.
@^error EOPNOTSUPP@>
@.cannot be unpacked@>
@^error EINVAL@>

@<Unpack |contents| and free it, or return the error@>=
int err = module_decompress(&info, contents, len);

vfree(contents);
if (err) {
	mod_stat_inc(&failed_decompress);
	mod_stat_add_long(len, &invalid_decompress_bytes);
	if (err != -EINVAL)
		pr_err("finit_module: %pD cannot be unpacked, error %d\n", file, err);
	return err;
}

@ Whoever has a copy gives it back here: |load_module|, when it has failed or when nothing of
the file is needed any more. The flag decides which allocator the copy came from. It is not
looked up in |info|, where the list of pages exists only if the kernel can unpack at all.

@<Give the copy of the file back@>=
void free_copy(struct load_info *info, int flags)
{
	if (!(flags & MODULE_INIT_COMPRESSED_FILE))
		vfree(info->hdr);
	else
		module_decompress_cleanup(info);
}

@*1 Many callers with one file.
When a machine boots, udev finds a device per CPU, or per disk, or per port of a switch, and for
each of them some worker loads the driver, the same driver. On one machine with 255 processors the
loader was seen to hold 14 gigabytes of copies of a few files, all but one of each to be
thrown away.
@^duplicate requests@>

The obvious way is to let everybody go ahead. It is correct: a module's name can be on the
list only once, and all but one caller find it there (\chap{load}) and fail with |EEXIST|.
But each of them has read the file, checked its signature, and waited in a queue for
memory that is short because of the queue.

The second thought is a lock for each file. Then the copies exist one after the other
and no longer side by side, and all the work is still done; only more slowly.

The third is what we do. The first caller who comes with a file loads it. Those who come with the same file
meanwhile do nothing but wait, and return what the first one returned. For them that is the better answer, too:
they asked for the module to be there, and it is. |EEXIST|, which sounds like a failure, every tool
would have to explain away again.

\figure{duplicates}{Four tasks with one file. A loads it. B waits and gets the result; C waits and is interrupted;
D comes when the record has left the table, loads on its own, and finds the module there.}

@ What is {\it the same file\/}? We take the inode: two paths to one file are one, two copies of a
file are two. Copies meet later, by the module's name.

And what is the same request? Here we are generous, as the stock loader is: parameters and flags are
not compared. The first caller's parameters are in force, and a second caller
with different ones shares the outcome all the same, just as it would have been too late with
them a moment afterwards. Each caller has passed the test of its rights on its own before it
gets here, so nobody learns or gains anything from another's request. We considered
adding the flags to the key, and decided against it: a forced load and an honest one of the same
file would then compete, and which of them tainted the kernel would be a matter of luck.

@ A load under way is described by a record. These are the rules that it lives by; each
is used below.

\num1 Records of loads under way are on the table, and no other records are. The lock
|loads_lock| guards the table, and no more than that. There is at most one record for an
inode.
\num2 A caller who finds no record puts one there and is its \term{loader}; it takes the record off
when the load is over. A caller who finds one is a \term{waiter}.
\num3 The loader and each waiter hold a reference on the record, in |users|; whoever drops the last one
frees it.
\num4 |result| is written once, by the loader, before |done| is completed; nobody reads it
unless |done| is complete.
\num5 The record holds a reference on the loader's |file|, and so the inode that is the key
stays in memory, at its address, for as long as the record exists.
\endli
@^lock loads\_lock@>

|loader| is the number of the loading task, for the log. |complained| is set when a
waiter has lost patience, so that one line appears and not two hundred.

@<Loads that are under way@>=
struct shared_load {
	struct hlist_node chain; /* on the table */
	struct file *file; /* which pins the inode */
	refcount_t users; /* the loader and the waiters */
	struct completion done; /* the load is over */
	int result; /* what |load_file| returned */
	pid_t loader;
	bool complained;
};
@#
static DEFINE_SPINLOCK(loads_lock);
static DEFINE_HASHTABLE(loads_under_way, 6);

@ Sixty-four chains are enough: there are never more records than tasks in the middle of loading
different files.

The record could as well lie on its owner's stack. The stock loader does it so, with
one record for every caller, and saves the allocation; it costs an argument about who still
looks at whose stack, and the argument has a hole. If |init| oopses, the loading task ends in the
middle of the system call, its stack goes back to the allocator, and the record stays on the
table. With rules 3 and~5 such an accident leaves a few bytes and an open file behind, and a
record that is intact. New requests for that file wait and can be interrupted, and the first of
them tells the log on which task's account.
@^oops in \\{init}@>

@<Sharing one load among several callers@>=
@<Find the record for a file, or make ours the one@>@;
@<Announce the result@>@;
@<Wait for the result@>@;
@<Leave a record, and free it if nobody else is there@>@;
@#
static int share_load(struct file *file, const char __user *uargs, int flags)
{
	struct shared_load *s, *mine;
	int ret;

	@<Prepare |mine|, a record for |file|, or return |ENOMEM|@>@;
	s = join_load(mine);
	if (s == mine) {
		ret = load_file(file, uargs, flags);
		announce(s, ret);
	} else {
		leave(mine);
		ret = await(s);
	}
	leave(s);
	return ret;
}

@ The record is made before we know whether it is needed, for the lock is a spinning one and
nothing can be allocated under it. We could look first, allocate, and look again; but a
waiter is going to sleep anyway and can afford the few hundred nanoseconds.
@.no memory to begin a load@>
@^error ENOMEM@>

@<Prepare |mine|, a record for |file|, or return |ENOMEM|@>=
mine = kmalloc(sizeof(*mine), GFP_KERNEL);
if (!mine) {
	pr_err("finit_module: no memory to begin a load of %pD\n", file);
	return -ENOMEM;
}
mine->file = get_file(file);
mine->loader = task_pid_nr(current);
mine->complained = false;
refcount_set(&mine->users, 1);
init_completion(&mine->done);

@ First come, first served, and the lock decides who was first: the search and
the insertion are one step under it. A waiter may raise |users| without asking
whether it has fallen to zero: what it found is on the table (rule~1), so the loader has not
left yet (rule~2) and holds a reference (rule~3).
@^lock loads\_lock@>

@<Find the record for a file, or make ours the one@>=
static struct shared_load *join_load(struct shared_load *mine)
{
	struct inode *inode = file_inode(mine->file);
	struct shared_load *s, *found = mine;

	spin_lock(&loads_lock);
	hash_for_each_possible(loads_under_way, s, chain, (unsigned long)inode)
		if (file_inode(s->file) == inode)
			found = s; /* there is at most one */
	if (found == mine)
		hash_add(loads_under_way, &mine->chain, (unsigned long)inode);
	else
		refcount_inc(&found->users);
	spin_unlock(&loads_lock);
	return found;
}

@ Off the table first, then the result, then the wake-up. Whoever comes after the first line begins
a load of its own, and rightly: it comes after the fact, and would be told
something that need not be true any more. It will find the module on the list, or, if we have failed
and the reason was passing, succeed where we did not.

The completion wakes all waiters, and remains complete for those who have not even fallen
asleep yet.
@^lock loads\_lock@>

@<Announce the result@>=
static void announce(struct shared_load *s, int result)
{
	spin_lock(&loads_lock);
	hash_del(&s->chain);
	spin_unlock(&loads_lock);
	s->result = result;
	complete_all(&s->done);
}

@ The file goes with the record. It is the loader's, not our own, and in the accident described above it is
all that holds the inode.

Nothing can be touched too late. The loader leaves after |complete_all| has returned, a waiter after its wait has;
so when the last of them frees the record, nobody is inside the completion's lock. On the stack that very
question is what makes completions delicate.

@<Leave a record, and free it if nobody else is there@>=
static void leave(struct shared_load *s)
{
	if (!refcount_dec_and_test(&s->users))
		return;
	fput(s->file);
	kfree(s);
}

@ Waiting can go on for as long as the module's |init| does, and so the waiter must be able to give up: the
sleep is interruptible.

Now a waiter is interrupted while the loader is about to finish. Both may be true when it gets to
run: there is a signal, and there is a result. Reporting the signal would be true but useless, since the
caller would try again and hear |EEXIST|. So an interrupted waiter looks once more. If |done|
is complete it takes the result, and rule~4 says that the result is there to be read: |completion_done|
passes through the lock under which the loader completed. If not, the answer is |EINTR|, the waiter leaves,
and the loader, who never knew of it, finds its record as it was; |leave| sees
to that whichever of the two comes last.

One result cannot be shared. A loader that a signal has interrupted returns |-ERESTARTSYS|, which is addressed to the code at the border of
the kernel: run the handler, then make this task's system call again. For a waiter there is no signal, that code does not look,
and the number~512, which no program knows, would come out as an errno. So the waiter says |EINTR|. Its request was
ended by a signal, even if by another's.
@^error EINTR@>@^error ERESTARTSYS@>

@<Wait for the result@>=
static int await(struct shared_load *s)
{
	enum { PATIENCE = 10 }; /* seconds */
	long left = wait_for_completion_interruptible_timeout(&s->done, PATIENCE * HZ);

	if (left == 0) {
		@<Complain once about a long wait@>@;
		left = wait_for_completion_interruptible(&s->done);
	}
	if (left < 0 && !completion_done(&s->done))
		return -EINTR;
	return s->result == -ERESTARTSYS ? -EINTR : s->result;
}

@ One wait never ends by itself. The |init| of a module asks for a service by an alias, by way of
|request_module|; the alias belongs to this very module; \.{modprobe} is started, opens our
file, and becomes a waiter. It waits for |init|, which waits for \.{modprobe}.
@^request of a module for itself@>

We cannot refuse such a request, since we cannot recognise it: from here it looks like
any slow load. A timeout with an error would break honest modules, whose |init| can
take a minute to find a disk. What we can do is to keep the wait interruptible, so that a signal to
that \.{modprobe} sets everything free, and to leave a trace for the person who
is going to send the signal. After ten seconds one waiter says which task it is waiting for.
@.has been loading for@>

@<Complain once about a long wait@>=
if (!xchg(&s->complained, true))
	pr_warn("finit_module: task %d has been loading %pD "@|
		"for %d seconds, and task %d waits; "@|
		"does the module request itself?\n",@|
		s->loader, s->file, PATIENCE, task_pid_nr(current));

@*1 Exercises. The number in brackets says how hard: 0 is at sight, 50 is research. Answers are at the end of the book.

\exercise{10} Why does |join_load| compare inodes and not the pair of device and inode number,
which is what \.{stat} shows to users?

\exercise{20} Let |announce| write the result and complete |done| before it takes the record off the table. Which of the five
rules breaks, and what can a caller who comes in between observe?

\exercise{25} A waiter's task is frozen for a suspend to disk while the loader is inside |init|. What
does the waiter's |finit_module| return, and why is it a good thing that the sleep was interruptible?

\exercise{30} An |init| that oopses leaves its record on the table for good. Let a waiter
notice that the loader has died, and return something better than patience. Who then removes the record, and
how do you make sure that it is done once?
