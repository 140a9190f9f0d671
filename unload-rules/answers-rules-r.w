@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{rules-r}{1} |misc_open|, on behalf of everybody who opens: it looks the device up under the mutex that |misc_deregister| takes too (rule C5), and calls |fops_get|, which takes a reference
on the owner, before it calls anything else. The put comes after |release| has returned (rule C4). In the middle of exit the device may still be on the list; then the get is refused, and the open fails with |ENODEV|,
as if the device were gone.

\answer{rules-r}{2} The remover sleeps in exit, and the module is |GOING|. A signal does not help, as nothing after the gate can be broken off (rule X4); the next remover is told |EBUSY|. With the first form the
count is not zero. An attempt fails at once with |EWOULDBLOCK|; a drain sleeps, and a signal brings the module back to life.

\answer{rules-r}{3} R4. As long as the object is kept the module is, too. Then |module_put| gives back the last reference, and its caller has still to return. If he is preempted there, and the
module is removed, he returns on the stock kernel into freed text; unless the compiler has made a jump of the last call. On ours the memory waits. He is awake, in a module that
imports |try_module_get| or |__module_get|, so nothing is said for two seconds, and after that U4.
