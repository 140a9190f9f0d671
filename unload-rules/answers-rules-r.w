@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{rules-r}{1} The remover sleeps in exit, and the module is |GOING|. A signal does not help, as nothing after the gate can be broken off (rule X4); the next remover is told |EBUSY|. With the first form the
count is not zero. An attempt fails at once with |EWOULDBLOCK|; a drain sleeps, and a signal brings the module back to life.

\answer{rules-r}{2} R4. As long as the object is kept the module is, too. Then |module_put| gives back the last reference, and its caller has still to return. If he is preempted there, and the
module is removed, he returns on the stock kernel into freed text; unless the compiler has made a jump of the last call. On ours the memory waits. He is awake, in a module that
imports |try_module_get| or |__module_get|, so nothing is said for two seconds, and after that U4.
