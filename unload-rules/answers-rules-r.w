@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{rules-r}{1} The remover sleeps in exit, and the module is |GOING|. A signal does not help, as nothing after the gate can be broken off (rule X4); the next remover is told |EBUSY|. With the first form the
count is not zero. An attempt fails at once with |EWOULDBLOCK|; a drain sleeps, and a signal brings the module back to life.

\answer{rules-r}{2} It does on 6.12, where |kmem_cache_destroy| waits for all frees that the kernel has taken upon itself. On 6.11 it did not, and not even a barrier would have helped: such frees are gathered for a while before they become a callback, and
|rcu_barrier| waits for callbacks. There one had to write a callback of one's own, and wait for that. D3 has nothing to say in either case, as no function of the module's is called.

\answer{rules-r}{3} The module breaks R3, by the letter. But it does not know the buffer, and has nothing to call that would take its string out of it. So it is the tracer that must be blamed, as the author of a registry that neither copies names nor can be asked to forget them. A wait
does not help, because nobody is inside and nothing is pending: a pointer in a buffer is no event that will be over. The tracer may copy strings when they are recorded; or look, when they are printed, whether they lie in memory that is still there; or, since it is told of every module
that goes, throw away what it has recorded. The kernel does all three, in different places.

\answer{rules-r}{4} A jump to |module_put|, whose return then leads to the caller of |r4_release|, past the module. As compiled, nothing of the module is touched after the put, and it is safe even on the stock kernel. Nobody has promised that: a tracer, a sanitizer or an option which
forbids such jumps brings the window back. In the other order |module_put| returns into the module, which has still to load the argument of |kfree| and to jump there. The window is open again, if only for two instructions.
