@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{rules-i}{1} The mutex must be ready before the parameter can be set; and the first to set it is the loader, with the arguments of \.{insmod}, before |init| is called. The files in \.{/sys} follow, before |init| as well.
So |init| comes too late in any order. The compiler has to do it: |DEFINE_MUTEX|.

\answer{rules-i}{2} First everything that is neither of the hooks. Then one hook, and then the other. If the second is refused, |init| unhooks the first, waits as exit would, takes back the rest, and returns the error: one wait at most. What can fail after the last hook
costs a second one, and that is why nothing should.

\answer{rules-i}{3} One function takes back the first |n| steps, the latest first: a |switch| without |break|, entered at |n|, in which each undo falls through to the one of the step before. |init| calls it with the number of steps that succeeded, exit with three. The exit function itself is marked |__exit|, and is not there at all if the code is built
into the kernel; besides, it would take back steps that have not been done.

\answer{rules-i}{4} It depends on whether the unregister call drains. That of a blocking chain takes the semaphore that the callers hold, and that of an atomic chain waits for a grace period; when they return nobody is inside, and nobody can come in. A raw chain leaves
the wait to its owner, and without one somebody may still be in a function whose memory is about to be freed. He would be saved by nothing but the grace period of the loader, if he does not sleep.

\answer{rules-i}{5} The departure is announced, and the listener notes that there is none. The device is still on the bus. Now |init| looks, finds it, and notes that there is one. Then the device leaves the bus, and nothing more is said. Without the lock: |init|
has looked, and found it; it leaves the bus, and the listener notes that; then |init| notes what it has seen.

\answer{rules-i}{6} In the letter; no reader comes to harm. It works as long as every entry takes the lock and makes the test, for an event that comes once, at the end. The first entry that is added without the test is wrong, and nobody will notice. And if |remove_proc_entry| were called under the lock as well,
rule U2 would be broken, and remover and reader would wait for each other.

\answer{rules-i}{7} They are inside of a drained entry. From before |x2_open| is called until it has returned, the caller counts itself in the entry of \.{/proc}, and |remove_proc_entry| waits for that. An open file stands on a list of the entry, which it leaves when |x2_release| has returned, and that is waited for as well. So neither the moment before the get nor the one after the put lies beyond exit. In the middle of exit, before the
removal of the file has begun, an open is refused by |try_module_get|, with |ENODEV|; afterwards there is no such file.

\answer{rules-i}{8} Only the last is permanent. The first two may be removed when nobody uses them. A library has no |init| that could say anything; it may be given an empty one, which makes it permanent. To hand its functions to somebody for good and rely on the users of its symbols is what the rule forbids.

\answer{rules-i}{9} The author's: his exit waits for something that needs the remover, and nothing tells the remover so. Ways out are a timeout in the work, a question that is withdrawn before the wait, or a reference that the open question holds, so that the daemon is refused before exit and answers first. That the
daemon could answer in another thread is luck.

\answer{rules-i}{10} \.{rmmod --wait=50 NAME}; it tries once, and then drains. A module that is hardly ever at rest now gets its moment, and nobody polls. It is worse for those who want to come in meanwhile: they are refused for up to fifty seconds, where in the loop they were never refused. For a test suite that is right.

\answer{rules-i}{11} With this loader nothing but a leak, since what the put touches is kept (\see{force}). But the loader does not know what else he will do: return from a call into the module, read a name, take a lock that lies in its data. And the user who forces knows it still less. The rule is made for the case in which nobody knows.

