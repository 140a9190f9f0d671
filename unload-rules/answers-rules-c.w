@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{rules-c}{1} |misc_open|, on behalf of everybody who opens: it looks the device up under the mutex that |misc_deregister| takes too (rule C5), and calls |fops_get|, which takes a reference
on the owner, before it calls anything else. The put comes after |release| has returned (rule C4). In the middle of exit the device may still be on the list; then the get is refused, and the open fails with |ENODEV|,
as if the device were gone.

\answer{rules-c}{2} It may not sleep, hence take no mutex, allocate nothing with |GFP_KERNEL|, and read nothing from user memory, nor may anything that it calls. For that the exchange needs neither owner nor count, may
be used from an interrupt, and |unlist_party| never waits. Nobody is counted any more: the entry is a bare one, and the module is hard. Its text and data are kept by the grace period that every
loader waits for; but what exit frees by itself it may only free after a grace period of its own, which is rule U3. So the wait has gone from the interface to each of its users.

\answer{rules-c}{3} The count is gathered and closed: two, the base and the process. The put makes it one and rings; the remover wakes, takes the module, and runs its exit function, with the process in
|read|. What exit frees is freed under him, and no loader sees that. For the rest he is looked after: the census meets him asleep, and the memory waits; his file is found by the audit; and his own
put, some day, falls into the zone {\it taken}, where it does no harm. The stock kernel has no such case, because it has no drain: it refuses only when nobody holds. Who lets others wait for the last
put depends on all puts being honest.

\answer{rules-c}{4} It is. The section for which unregistration waits need not be awaited by the unregister function itself; the loader waits for it, with the grace period between exit and the free. A reader who is in his
section when the entry is unlinked reads module data that are intact, and is refused. An entry on the heap is freed by exit, that is before that grace period: exit has to wait for one itself, or to use |kfree_rcu|. (That
needs no barrier, as no text of the module is called by it; with a callback of its own it would, rule D3.)

\answer{rules-c}{5} Both may. In |release| the file's reference is still held, as its put comes after the return (C4). The work has a reference of its own from then on, and as long as it has not given it back it may take another, or simply keep the one. Its
last put is made by the module's own text, which is the second window of a module that guards itself (S2, and R4 of the stock kernel).

\answer{rules-c}{6} Between the put and the shutdown nobody holds the provider. If it is removed in that time, the timer calls into {\it its\/} text, and it is the provider that falls, having done nothing wrong. On our loader a provider in quarantine
answers, and the line names it, with C1, and the timer's function as the caller. Exit undoes in reverse (X1): first the timer, then the symbol.

\answer{rules-c}{7} Exit calls an unregister function of $B$ which takes the callbacks off the list under the lock that the work takes, and then flushes the work, or cancels it and orders it anew if there are others on the list. When it returns nobody is inside and
nobody will come: the entry is a drained one, and the rules are U1 and~U2. $A$ must not call it with a lock held that one of its callbacks takes. A reference is not needed; but $A$ cannot be called counted then, nor easy.
