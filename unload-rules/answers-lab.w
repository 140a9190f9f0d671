@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{lab}{1} The first is from the load. The module imports |call_rcu| and nothing that waits for its callbacks, and both are written in the file. So after exit the loader waits for them on behalf of the module, which is the
second line, and nothing happens. The stock kernel waits for a grace period only. When that is over, callbacks {\it may\/} run; they need not have, least of all if somebody orders them lazily or there are many. The processor that comes to them jumps into
what was |free_session|. For the same reason |synchronize_rcu| will not do: it waits until nobody reads the sessions, and says nothing about who frees them.

\answer{lab}{2} The file was open when its functions left. The loader has found it, and made it a file of which every use is an error and whose close does nothing: the reader's ticket, a piece of memory that only |lab2_release| would
have freed, is lost. On the stock kernel the next read takes the address of its function from a page that is no longer there. The author would have seen it in \.{lsmod}: with the device open the count is~0. A user cannot know that a zero means ``nobody'' in one
module and ``nobody that was counted'' in another.

\answer{lab}{3} The timer, armed. The removal came while the work was being done, as it does two times in three. At that point of the circle there is no timer to be deleted: it has run, and will be armed again only by the work. Then |cancel_work_sync| waits
for the work, like a polite man, until it has done that. With the lines exchanged the work is over first, and its last act is to arm the timer, which is then
found and deleted half a second before its time. So the kernel has nothing to say, nearly always: if exit is held up by half a second before its next line,
the timer has rung, and the work is on its way. Nobody has half a second of patience in which to wait for that; it is the checker that finds it, by following the orders around the circle. In a circle no order is right as long as neither of the two is made unable to start; see exercise~7 of \chap{rules-d}.

\answer{lab}{4} That place is where |msleep| will return to: the next instruction of the module that he will execute, the beginning of |return 0|. That a function touches nothing of its module does not mean that it is not {\it in\/} it. Without the rest
the loader finds nobody, since by the time it looks the courier has taken his two or three instructions; it has waited for him on the way, as an RCU-tasks grace period covers one who is awake. It still says at the load that the module starts threads and has nothing that ends them.
The checker says so too, and names the place: the courier was in the module when nobody counted him, and a stock loader waits for nobody.

\answer{lab}{5} At the removal somebody is measuring. |cancel_delayed_work| takes back what is queued, and does not wait for what runs; so the audit meets the work, running, and the census the worker, asleep in it.
When he is done he orders himself again, behind exit's back, and the audit finds that, too. Those are three lines for one mistake, all with D2, and all at the removal. The other is not there. It shows only when somebody reads the file that was left, and
then only because what he steps on is a trap. A log without such a line proves that nobody has read, and no more; that is why scenarios open what ought to be gone.
\.{modrules} sees neither. It has found a call that takes back for each that orders or registers, and cannot know that |cancel_delayed_work| is too weak for {\it this\/} work, or that |remove_proc_entry| was called for one file out of two; for the second it would have
to compare strings, and weigh a condition. (If only the first mistake is mended, the second insertion of the module is answered by a warning of the kernel: the name is taken.) A shorter cure for the second is |remove_proc_subtree|, if the files stand in a directory of their own.

\answer{lab}{6} Two that were tried, and passed, and one for which that is not needed. The thermometer, with |if (!peak)| before the second removal: the scenario never loads it with \.{peak=1}. Everything that watches a machine at work ends there; and the checker is content with a call that takes back, whatever its condition. For this
one needs a scenario for every setting of every parameter. Sessions, without |close_sessions| in exit: whatever is still open is never given back. (The book has no rule for it: memory has no owner that could be asked, and the owner is not harmed. A leak detector sees it, or a counter of allocations.) And any module of the five, with a step of |init| that is not undone
when a later one fails (rule I3), for no scenario lets anything fail: the kernel can be made to refuse memory on purpose, and that would be the scenario. What does not pass, though one would think so, is the pair of exchanged lines in the sensor, hidden in a loop over a table: on the machine it does, but the checker
follows it.
@^rule I3@>
