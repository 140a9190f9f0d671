@q SPDX-License-Identifier: GPL-2.0-only @>

@* Rules for what is counted. \label{rules-c}%
@*1 The owner travels with the pointers. \label{rule-c2}In a counted interface the caller takes a reference on the owner
of what he calls. So he must know the owner. He cannot find it out by himself: an address can be looked
up, but one set of operations may hold functions of several modules, some of them libraries, and only
the one who registers knows which of them must stay. So the owner is told along with the pointers, usually by a field in
the very structure that holds them.
@^rule C2@>

\beginrule{C2}{The owner travels with the pointers}
Every set of callbacks that is handed to a counted interface names this module as its owner.
\endrule

\noindent {\it Whom it concerns:} everybody who fills in a structure that has a field |owner|, and does not leave
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

@ {\it The right way\/} is one more line.

@(modules/c2_misc_good.c@>=
@<The operations of \.{c2\_misc}@>@;
static const struct file_operations c2_fops = {@t\1@>@/
	@[@].owner = THIS_MODULE,@/
	@[@].read = c2_read,@/
	@[@].release = c2_release,@t\2@>@/
};
@<The device of \.{c2\_misc}@>@;
MODULE_DESCRIPTION("Keeps C2: operations with their owner");

@ {\it What enforces it:} at the time of the removal, nothing can. The count is zero, and the loader cannot know that it ought not
to be. But before the memory goes the audit looks at all open files, finds the one whose operations lie in a module that has left, and
gives it those of a dead device (\see{walk-files}). Where it is not sure that it may do so, the memory waits until the file is closed.

{\it What is seen:} a process opens the device, waits until the module was removed and nothing of it is found any more, reads, and closes. The read is
answered with |ENODEV|, and the log has a line which begins with \.{c2\_misc\_bad:\ C2:} and names the table. The
obedient twin cannot even be removed before the process has closed. That is what the field is for.
@^error ENODEV@>

{\it A checker\/} sees it quite well. The owner is a pointer to the module itself, so there is a relocation against
|__this_module| inside the structure; if the operations have none, it is missing. For misc devices this flags the three modules out of 92, and all three look like
real mistakes. For file operations in general it is useless, as those of debugfs or of proc are called under another
protection. It does not see a field that is filled in when the module runs.

@*1 One reference for many calls. \label{rule-c4}To take a reference around each call would be correct, and for a file system
it would be absurd: a look-up of a path makes ten calls. Nor would it be enough. If the module left between two
calls, nobody would be inside, and yet everything that the first had set up for the second would be gone.
@^rule C4@>

\beginrule{C4}{One reference may cover many calls}
One reference may cover many calls, if one call is always first and another always last; the last has returned
before the put.
\endrule

\noindent {\it Whom it concerns:} authors of interfaces whose callbacks come in sessions: mount and unmount, open and release,
attach and detach.

\wrongway Put in the place where the session {\it logically\/} ends, and then make the last call, because it needs
something that was to be kept until then:
\show{|module_put(ops->owner);|\cr |ops->release(session);|\cr}
\noindent Or take the reference when the session is first {\it used\/} instead of when it is made. Whatever
was called before that was called on trust. \endwrong

\noindent {\it The right way:} name the first call and the last one, and let the reference embrace both. A file has
|open| and |release|: the reference is taken by |fops_get| before the first of them and given back by
|fops_put| after the second has returned, and nothing happens to a file outside of the two. For a file system the
first call is the one that mounts, and the last is the one that destroys the superblock. In between, thousands of operations on inodes and entries count nothing, and need
not: each of them is reached through something that the mount keeps alive.

That is the proof which an author of such an interface owes: {\it every\/} path to {\it any\/} of the functions leads through a
session. A hole is easily overlooked. An inode's memory is freed by an RCU callback, which may well run after
the unmount, and in the file system's own text; so the exit functions of file systems call |rcu_barrier|, rule D3, before they
destroy their caches, rule R2.

{\it What enforces it:} for callbacks that come too late, the loader's own |rcu_barrier|; for a call after the put, the wait for all tasks
and the census (\chap{quiesce}), which outlast the call if it has begun or is about to. {\it What is seen:} \.{lsmod} counts
one user for a file system that is mounted once, however many of its files are open. If the last call comes too late and sleeps, it is named like anybody who is asleep inside. There is no scenario, as
it would be that of U5 again. {\it A checker\/} sees neither the
order of a put and the last call, nor that there is no path around the session; nor does the loader.

@*1 Exercises.
\exercise{10} The obedient twin of \.{c2\_misc} cannot be removed while its device is open, although nobody has written a get. Who takes the reference, and when? What
does somebody see who opens the device while the module is already in its exit function?

