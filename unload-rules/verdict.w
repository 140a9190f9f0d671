@q SPDX-License-Identifier: GPL-2.0-only @>

@* The verdict. \label{verdict}%
In 2002 it was asked that interfaces which take references be marked as safe, and that a module which uses any other not be
unloaded. It was never done, for want of a list. The list now exists, at the end of this book (\chap{interfaces}). This chapter reads it when a module is loaded, and
gives a verdict: what kind of module is this, and which rules has its author to keep?

\begintt
$ cat /sys/module/nls_utf8/unload
easy
$ cat /sys/module/ext4/unload
hard: U2 U3 D1 D2 D3 D4 D5 R1 R2
$ cat /sys/module/nf_nat_ftp/unload
unknown: nf_nat_ftp_hook
$ cat /sys/module/test_ref_tracker/unload
hard: D1
missing: D1 mod_timer: timer_delete_sync or one of 2 more
\endtt

\noindent The first line is the verdict. {\it Easy\/}: all that it registers is counted. {\it Hard\/}: there is something that is not, and these are the rules
for it. {\it Permanent\/}: it has an |init| and no |exit|. {\it Unknown\/}: nothing speaks against it, but it imports names of which the table says
nothing; these are shown, and a hard module may have them too. Then come the lines that call for action: what is \.{missing}, and what the module \.{claims}.

@ What can be judged in this way? Imports tell what a module is able to register and to order, and whether it is able to take that back. They do not tell
whether it does so in time, or at all. A verdict is therefore no certificate. {\it Hard\/} with nothing missing is
the most frequent of all, and the usual state of a good driver.

It is also no condition. By itself it changes nothing: hard modules are removed as ever, with all the waits and looks of the chapters before. What
shall follow from it, the owner of the machine decides by \.{module.unload\_policy}:

\medskip
\begintable{t p{4.5in}}
policy & what it means \cr \hd
trust & As the stock kernel: nothing is judged, audited, looked at or put into quarantine; after exit comes one grace period. \cr
check & Judge, and say in the log what is missing; wait and look after exit. This is the default. \cr
strict & As |check|; and a hard module or one with unknown imports is not removed, unless it claims its rules, or by force. \cr
\endtable

\noindent It is set on the kernel's command line, or at any time in \.{/sys/module/module/parameters}.

@ There are two ways to work it out: in the kernel, for the loader, and in a program for authors who have no kernel of ours (\chap{checker}). They must agree to the
letter, so they share the text. What follows up to \see{verdict-kernel} is plain C, and is compiled for both.

First the rules. Those who claim one and those who read of one find the sentence here; it is, but for a word or two, the one in the frame.

@(kernel/module/rules.h@>=
@<The rules, a sentence each@>@;

@ The checker has the same.

@(host/rules.h@>=
@<The rules, a sentence each@>@;

@ They stand in the order of their chapters. The first argument is the identifier, which never changes its meaning.

@<The rules, a sentence each@>=
RULE("C1", "Whoever calls through a pointer into a module holds a reference on it from before the call until after the return.")
RULE("C2", "The owner travels with the pointers: every set of callbacks handed to a counted interface names this module as owner.")
RULE("C3", "A refused reference means that the callback is not there: test the result, and do not call.")
RULE("C4", "One reference may cover many calls, if one call is always first and another always last; the last has returned before the put.")
RULE("C5", "Look-up and reference are one step, under the lock or read section that unregistration waits for.")
RULE("C6", "The unconditional get is only for those who hold a reference already.")
RULE("U1", "Unhook, then wait until nobody is inside, then destroy; never in another order.")
RULE("U2", "An unregister call that drains has returned before anything its callback uses goes, and is called without a lock that the callback takes.")
RULE("U3", "A bare hook that runs with preemption off or in an RCU read section: after unhooking, an RCU grace period.")
RULE("U4", "A bare hook that can be preempted: an RCU-tasks grace period as well; module_quiesce() does both.")
RULE("U5", "A bare hook that may sleep guards itself (S1, S2), or the module has no exit (X3).")
RULE("U6", "A table of hooks: unhook all, wait once; in between, every subset that a caller can see is consistent.")
RULE("S1", "Before its first sleep an uncounted entry takes a reference on its own module, and leaves at once, touching nothing, if that is refused.")
RULE("S2", "It gives the reference back as its last act: after the put nothing of the module but the way out.")
RULE("S3", "A thread that holds a reference on its own module leaves through module_put_and_kthread_exit.")
RULE("D1", "A timer is shut down and waited for, also one that re-arms itself.")
RULE("D2", "Work is cancelled and waited for, or its own queue destroyed; a flush is not enough for work that queues itself.")
RULE("D3", "RCU callbacks: order no more, then rcu_barrier; also when another module ordered them on one's behalf.")
RULE("D4", "A thread is stopped and has ended.")
RULE("D5", "Tasklets, irq work, asynchronous calls, interrupt actions: killed, freed, waited for.")
RULE("D6", "First the sources (interrupts, hooks, user-visible files), then what they schedule.")
RULE("R1", "An object whose release function lives in the module keeps the module, or exit waits until release has returned.")
RULE("R2", "A cache is destroyed after its last object is freed, RCU-delayed frees included.")
RULE("R3", "No name, string, key or table of the module stays reachable from outside after exit.")
RULE("R4", "The function that drops the last reference on a module does not lie in it.")
RULE("I1", "Publish last: at the first registration that can be entered, everything the entries need is ready.")
RULE("I2", "After publishing on an uncounted interface init succeeds, or unhooks and waits as exit would.")
RULE("I3", "Every step is tested, and when one fails, those before it are undone in reverse.")
RULE("I4", "What is marked __init is reachable only from init.")
RULE("I5", "After subscribing to events, read the state once: what happened before is not told.")
RULE("X1", "Exit undoes init in reverse; what users can reach goes first.")
RULE("X2", "Exit cannot refuse and cannot fail: who must refuse holds a reference.")
RULE("X3", "A module that cannot leave safely has an init and no exit function.")
RULE("X4", "Exit waits for nothing that needs the remover or a lock the remover may hold.")
RULE("L1", "Used symbols keep their provider; symbol_get wants its symbol_put.")
RULE("L2", "Pointers handed between modules obey C1 although the modules are linked.")
RULE("F1", "Try first; wait if patience is wanted; a refusal names the holder.")
RULE("F2", "Force that does not wait is for a machine that will be rebooted.")

@*1 Evidence. \label{evidence}What a module imports is gathered while its symbols are resolved, one name after the other, in any order. Nothing can be concluded before the last
of them, since the one that takes back may follow the one that orders. So the names that matter are given numbers, and what is
gathered is a bit for each.

Names of which nothing is known are kept as well, eight of them; they point into the copy of the file. The rest is counted.


@<What a module was seen to import@>=
#ifndef _MODULE_EVIDENCE_H
#define _MODULE_EVIDENCE_H
enum { MOST_NUMBERS = 3072, MOST_UNKNOWN = 8 };
@#
struct evidence {
	u64 imported[MOST_NUMBERS / 64]; /* a bit for each name that has a number */
	const char *unknown[MOST_UNKNOWN];
	unsigned int unknowns; /* how many there are, named here or not */
	bool names_itself; /* something in it points to its own |struct module| */
	bool permanent; /* an |init|, and no |exit| */
};
#endif

@ It lies on the stack of the load, 456 bytes.

@(kernel/module/evidence.h@>=
@<What a module was seen to import@>@;

@ On the host it lies where the checker likes.

@(host/evidence.h@>=
@<What a module was seen to import@>@;

@ Lists of words occur in the table, in the rules of a row and in claims. Sets of rules are words of 64 bits; there are 38 rules. Whoever reads a list looks at one word after the other,
and decides for himself what to do with one that is no rule.

@<Lists of words, and sets of rules@>=
#define RULE(name, words) @[name,@]
static const char rule_names[][3] = {@[@]
#include "rules.h"
};
#undef RULE
enum { RULES = sizeof(rule_names) / sizeof(rule_names[0]) };
@#
static const char *next_word(const char *words, unsigned int *length)
{
	words += strspn(words, " ,");
	*length = strcspn(words, " ,");
	return *length ? words : NULL;
}
@#
static u64 rule_of_word(const char *word, unsigned int length)
{
	unsigned int i;

	for (i = 0; i < RULES; i++)
		if (length == 2 && !memcmp(word, rule_names[i], 2))
			return 1ull << i;
	return 0;
}

@ The table becomes an array, in which what only readers want is left out: context, source and note. |undo| are the names of which one must be imported,
if any. That a registration wants an owner is all we keep of the owner's field, because which field it is, no import shows.

|CLASS_none| is the class of those that hand over nothing. They stand in the table because a reader would look for them there.


@<The table, as an array@>=
enum interface_class {
	CLASS_none, CLASS_counted, CLASS_drained,@| CLASS_deferred, CLASS_released, CLASS_bare
};
@#
struct interface_row {
	const char *name, *rules, *undo;
	enum interface_class class;
	bool wants_owner;
};
@#
#define ROW(name, class, rules, owner, undo, context, source, note) \
	@[{ name, rules, undo, CLASS_##class, sizeof(owner) > 1 },@]
static const struct interface_row interface_rows[] = {@[@]
#include "interfaces.h"
};
#undef ROW
enum { ROWS = sizeof(interface_rows) / sizeof(interface_rows[0]) };

@ The names that order nothing are many, some thousands, and all that is asked of one of them is whether it is among them. They are one long
text with blanks, which the kernel forgets after it has booted. Some others are asked for by the census.

@<The table, as an array@>=
#ifdef __CHECKER__
#define PLAIN(words) @[@] /* sparse joins no strings of such length */
#else
#define PLAIN(words) @[words " "@]
#endif
static const char plain_names[] judge_init_data = {@t\1@>@/
#include "plain.h"
	""@t\2@>@/
};
#undef PLAIN
static const char apart_names[] judge_init_data = "try_module_get __module_get module_put __module_put_and_kthread_exit";

@ Of a distribution's modules for clouds the average one asks for 47 names, and the largest for 603. To find them in a sorted table takes twelve comparisons each; a table that is scattered by a hash takes
hardly more than one. A slot is a word: the upper twenty bits are those of the hash, the lower twelve the number. Zero is an empty slot. To compare twenty bits in place of the
names spares us to keep the names. The price is that a stranger is taken for an acquaintance about once in three hundred thousand times (two of the twenty bits have had a part in choosing the slot already), and then the verdict
says nothing of him.

|SLOTS| is a power of two, more than twice the number of names. With the rows, all this takes some 160 kilobytes in the kernel, and a hundred more until it has booted.

@<The table, as an array@>=
enum { SLOTS = 16384, PLAIN_NUMBER = 4095, NUMBER_BITS = 12 };
static u32 slots[SLOTS];
static unsigned int numbers, names_in_slots;
static u64 row_rules[ROWS];
@#
static u32 hash_of_name(const char *name, unsigned int length)
{
	u32 hash = 2166136261u;

	while (length--)
		hash = (hash ^ (unsigned char)*name++) * 16777619u;
	return hash ^ hash >> 15;
}
@#
static u32 *slot_of_name(const char *name, unsigned int length)
{
	u32 hash = hash_of_name(name, length), at = hash % SLOTS;

	while (slots[at] && (slots[at] ^ hash) >> NUMBER_BITS)
		at = (at + 1) % SLOTS;
	return slots + at;
}

@ Numbers begin with one. Rows have theirs by their place, so the row of number $n$ is that with index $n-1$; those of the names that only take back, or are
only asked for, follow. A name is taught twice without harm; who takes back may be a row himself.

@<Teach the names@>=
static unsigned int number_of(const char *name, unsigned int length)
{
	return *slot_of_name(name, length) & PLAIN_NUMBER;
}
@#
static judge_init void teach(const char *words, bool plain)
{
	unsigned int length;

	for (; (words = next_word(words, &length)); words += length) {
		u32 *slot = slot_of_name(words, length);

		if (*slot || names_in_slots >= SLOTS * 3 / 4)
			continue;
		names_in_slots++;
		*slot = (hash_of_name(words, length) & ~PLAIN_NUMBER) |@|
			(plain ? PLAIN_NUMBER : ++numbers);
	}
}

@ So the rows are taught first, in their order. A row that is there twice would shift the numbers of all that follow; |judge_begin| would notice, and then
judges nothing rather than falsely.
@^rule@>

@<Teach the names@>=
static judge_init u64 rules_in(const char *words)
{
	unsigned int length;
	u64 rules = 0;

	for (; (words = next_word(words, &length)); words += length)
		rules |= rule_of_word(words, length);
	return rules;
}
@#
static judge_init bool judge_begin(void)
{
	unsigned int i;

	for (i = 0; i < ROWS; i++)
		teach(interface_rows[i].name, false);
	if (numbers != ROWS)
		return false;
	for (i = 0; i < ROWS; i++) {
		teach(interface_rows[i].undo, false);
		row_rules[i] = rules_in(interface_rows[i].rules);
	}
	teach(apart_names, false);
	teach(plain_names, true);
	return numbers < MOST_NUMBERS;
}

@*1 Judgement. A name is noted as soon as it is resolved. That is all the work that is done for each.

@<Note what is imported@>=
static void note_name(struct evidence *e, const char *name)
{
	unsigned int number = number_of(name, strlen(name));

	if (!number) {
		if (e->unknowns < MOST_UNKNOWN)
			e->unknown[e->unknowns] = name;
		e->unknowns++;
	} else if (number != PLAIN_NUMBER) {
		e->imported[number / 64] |= 1ull << number % 64;
	}
}
@#
static bool was_imported(const struct evidence *e, @| const char *name, unsigned int length)
{
	unsigned int number = number_of(name, length);

	return number && number != PLAIN_NUMBER &&@| (e->imported[number / 64] >> number % 64 & 1);
}

@ When all are noted, each row that was imported is asked two questions. Has it its counterpart: is one of the names imported
that take it back? And if it wants an owner: is there anything in the module that points to its own |struct module|? An owner
that is nowhere in the file cannot have been handed over. (The reverse does not hold, since there may be two sets of operations, and one without an owner. That
is beyond the loader. The checker looks closer.) A row without a rule is not asked: what is not taken back there stays behind, but nobody enters the module by it.

@<Judge a row@>=
enum complaint { COMPLAINT_NONE, COMPLAINT_UNDO, COMPLAINT_OWNER };
@#
static enum complaint complaint_of(const struct evidence *e, @| const struct interface_row *row)
{
	const char *words = row->undo;
	unsigned int length;
	bool any = false;

	if (!*row->rules)
		return COMPLAINT_NONE;
	if (row->wants_owner && row->class == CLASS_counted && !e->names_itself)
		return COMPLAINT_OWNER;
	for (; (words = next_word(words, &length)); words += length) {
		if (was_imported(e, words, length))
			return COMPLAINT_NONE;
		any = true;
	}
	return any && !e->permanent ? COMPLAINT_UNDO : COMPLAINT_NONE;
}

@ |next_row| goes from one row that was imported to the next, beginning after 0 and ending with 0. There are few of them among hundreds, so whole words without a bit are skipped.

@<Judge a row@>=
static unsigned int next_row(const struct evidence *e, unsigned int number)
{
	while (++number <= ROWS) {
		u64 rest = e->imported[number / 64] >> number % 64;

		if (rest) {
			number += __builtin_ctzll(rest);
			return number <= ROWS ? number : 0;
		}
		number |= 63;
	}
	return 0;
}

@ The judgement: the rules of all rows that are not counted, and those for which something is missing.


@<Judge a module@>=
struct judgement {
	u64 rules; /* of its uncounted entries */
	u64 open; /* those with a complaint */
};
@#
static struct judgement judge(const struct evidence *e)
{
	struct judgement j = { 0, 0 };
	unsigned int n;

	for (n = 0; (n = next_row(e, n)); ) {
		if (interface_rows[n - 1].class > CLASS_counted)
			j.rules |= row_rules[n - 1];
		if (complaint_of(e, interface_rows + n - 1))
			j.open |= row_rules[n - 1];
	}
	return j;
}

@ Now the words. The lines are few and the buffer is a page, so what does not fit is cut off. That takes a module which imports names of hundreds of
letters; none that we know needs more than a tenth of the page. |say| sees to it that even then the text ends with the end of a line.

@<Put the verdict into words@>=
struct sentence {
	char *text;
	unsigned int size, used;
};
@#
static void say(struct sentence *s, const char *format, ...) judge_printf(2, 3);
static void say(struct sentence *s, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(s->text + s->used, s->size - s->used, format, args);
	va_end(args);
	if (n < (int)(s->size - s->used)) {
		s->used += n;
		return;
	}
	s->used = s->size - 1;
	s->text[s->used - 1] = '\n';
}
@#
static void say_rules(struct sentence *s, u64 rules)
{
	unsigned int i;

	for (i = 0; i < RULES; i++)
		if (rules >> i & 1)
			say(s, " %s", rule_names[i]);
}
@#
static void say_unknown(struct sentence *s, const struct evidence *e)
{
	unsigned int i, shown = e->unknowns < MOST_UNKNOWN ? e->unknowns : MOST_UNKNOWN;

	say(s, "unknown:");
	for (i = 0; i < shown; i++)
		say(s, " %s", e->unknown[i]);
	if (e->unknowns > shown)
		say(s, " (and %u more)", e->unknowns - shown);
	say(s, "\n");
}

@ What is missing is said with the first of the names that would do, as a hint. |say_missing| is also what the log says of a row.

@<Put the verdict into words@>=
static void say_missing(struct sentence *s, const struct interface_row *row, @| enum complaint why)
{
	unsigned int first, length, others = 0;
	const char *words = next_word(row->undo, &first), *hint = words;

	if (why == COMPLAINT_OWNER) {
		say(s, "%.2s %s: nothing names this module as owner", row->rules, row->name);
		return;
	}
	for (words += first; (words = next_word(words, &length)); words += length)
		others++;
	say(s, "%.2s %s: %.*s", row->rules, row->name, (int)first, hint);
	if (others)
		say(s, " or one of %u more", others);
}

@ And this is the whole text but for the claims, which come last and need no table.

@<Put the verdict into words@>=
static void say_verdict(struct sentence *s, const struct evidence *e, @| struct judgement j)
{
	enum complaint why;
	unsigned int n;

	if (e->permanent) {
		say(s, "permanent\n");
	} else if (j.rules) {
		say(s, "hard:");
		say_rules(s, j.rules);
		say(s, "\n");
	} else if (!e->unknowns) {
		say(s, "easy\n");
	}
	if (e->unknowns)
		say_unknown(s, e);
	for (n = 0; (n = next_row(e, n)); ) {
		why = complaint_of(e, interface_rows + n - 1);
		if (why) {
			say(s, "missing: ");
			say_missing(s, interface_rows + n - 1, why);
			say(s, "\n");
		}
	}
}

@ A {\it claim\/} is a note in the module, |MODULE_INFO(unload, "D1 D2")|, by which its author says: I have looked after these rules. The word \.{rest} says it of whatever the table does not
know. A claim is good if it covers all the rules of the verdict, if nothing is missing for any rule that it names, if it says \.{rest} where something is unknown, and if every word is
understood. Nobody has to claim anything. It matters where the policy is strict, and to those who read it. (In 2002 a second exit function was proposed, |module_fini|, which an
author would supply only when he had checked the rules; without it only force would remove the module. The claim is that, without a new function, and it can be checked.)


@<Weigh the claims@>=
struct claim {
	u64 rules;
	bool rest, strange, any;
};
@#
static void note_claim(struct claim *c, const char *words)
{
	unsigned int length;

	c->any = true;
	for (; (words = next_word(words, &length)); words += length) {
		u64 rule = rule_of_word(words, length);

		c->rules |= rule;
		if (length == 4 && !memcmp(words, "rest", 4))
			c->rest = true;
		else if (!rule)
			c->strange = true;
	}
}
@#
static bool claim_is_good(const struct claim *c, const struct evidence *e, @| struct judgement j)
{
	return c->any && !c->strange && !(j.rules & ~c->rules) && !(j.open & (c->rules | j.rules)) &&@|
		(!e->unknowns || c->rest);
}

@ It is repeated to the reader, with the reason why it does not suffice.

@<Weigh the claims@>=
static void say_claim(struct sentence *s, const struct claim *c, @| const struct evidence *e, struct judgement j)
{
	if (!c->any)
		return;
	say(s, "claims:");
	say_rules(s, c->rules);
	if (c->rest)
		say(s, " rest");
	if (c->strange)
		say(s, ", and what is no rule");
	if (j.rules & ~c->rules) {
		say(s, ", but not");
		say_rules(s, j.rules & ~c->rules);
	}
	if (j.open & c->rules) {
		say(s, ", and lacks what is needed for");
		say_rules(s, j.open & c->rules);
	}
	if (e->unknowns && !c->rest)
		say(s, ", but not the rest");
	say(s, "\n");
}

@ All this is one header. What the kernel and a program call by different names is defined by whoever includes it: the marks for what is only needed in the
beginning, |judge_init| and |judge_init_data|, and the one by which the compiler checks a format, |judge_printf|.

@s judge_printf alignas
@s judge_init const
@s judge_init_data noexcept
@s for_each_modinfo_entry for

@<How a module is judged@>=
@<Lists of words, and sets of rules@>@;
@<The table, as an array@>@;
@<Teach the names@>@;
@<Note what is imported@>@;
@<Judge a row@>@;
@<Judge a module@>@;
@<Put the verdict into words@>@;
@<Weigh the claims@>@;

@ In the kernel it has one reader, \.{verdict.c}.

@(kernel/module/judge.h@>=
@<How a module is judged@>@;

@ Outside it defines the types itself.

@(host/judge.h@>=
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
typedef uint32_t u32;
typedef uint64_t u64;
#include "evidence.h"
@=#define judge_printf(a, b) __attribute__((format(printf, a, b)))@>@;@/
#define @[judge_init@] @[@]
#define @[judge_init_data@] @[@]
@<How a module is judged@>@;

@*1 In the kernel. \label{verdict-kernel}The file. Its order is that of a module's life: evidence, verdict, claims that turn out to be false, the question whether it may leave.

@(kernel/module/verdict.c@>=
#include <linux/moduleloader.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include "internal.h"
@#
@=#define judge_printf(a, b) __printf(a, b)@>@;@/
#define @[judge_init@] @[__init@]
#define @[judge_init_data@] @[__initconst@]
#include "judge.h"
@#
@<The policy@>@;
@<Prepare the table@>@;
@<What is kept of a verdict@>@;
@<Claims that were broken@>@;
@<Look for a pointer to the module itself@>@;
@<Say in the log what is missing@>@;
@<Give the verdict of a module@>@;
@<Show the verdict@>@;
@<Must the module stay?@>@;

@ The table is prepared before anything could load a module: core initialisation comes before the first file system is unpacked, and with it the
first \.{modprobe}. So modules which the kernel asks for before there is an |init| process are judged like all others. If the
table is not in order, which a test of the checker would have found, there is no judgement at all.
@.the table of interfaces is not in order@>

@<Prepare the table@>=
static bool prepared __ro_after_init;
@#
static int __init prepare_table(void)
{
	prepared = judge_begin();
	if (!prepared)
		pr_err("the table of interfaces is not in order; "@| "modules are not judged\n");
	return 0;
}
core_initcall(prepare_table);

@ Three words. |trust| also switches off what comes after exit: |left_out| (\see{leave-one-out}) asks, and so does the quarantine.

The policy may be changed while modules are loaded. Those that came under \.{trust} were not judged, and a strict policy treats them as unknown.
@^error EINVAL@>

@<The policy@>=
enum policy { POLICY_TRUST, POLICY_CHECK, POLICY_STRICT };
static const char *const policies[] = { "trust", "check", "strict" };
static int in_force = POLICY_CHECK;
@#
bool modules_are_trusted(void)
{
	return READ_ONCE(in_force) == POLICY_TRUST;
}
@#
static int set_policy(const char *word, const struct kernel_param *kp)
{
	int which = sysfs_match_string(policies, word);

	if (which < 0)
		return -EINVAL;
	WRITE_ONCE(in_force, which);
	return 0;
}
@#
static int get_policy(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "%s\n", policies[READ_ONCE(in_force)]);
}
@#
static const struct kernel_param_ops policy_ops = {@t\1@>@/
	@[@].set = set_policy,@/
	@[@].get = get_policy,@t\2@>@/
};
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "module."
module_param_cb(unload_policy, &policy_ops, NULL, 0644);

@ A verdict lives as long as the module. The annex has a pointer to it, |NULL| if there is none. Nothing in it changes after the load.


@<What is kept of a verdict@>=
struct ruling {
	struct judgement found;
	struct claim said;
	bool unknowns, claimed; /* it has unknown imports; its claims are good */
	char text[];
};

@ The name goes to |note_name| only if somebody will judge. Evidence is \.{NULL} for the trials outside the kernel, and under \.{trust}.

@<Give the verdict of a module@>=
void begin_evidence(struct load_info *info, struct evidence *e)
{
	if (prepared && !modules_are_trusted())
		info->seen = e;
}
@#
void note_import(const struct load_info *info, const char *name)
{
	if (info->seen)
		note_name(info->seen, name);
}

@ The module's own |struct module| is a symbol like another, defined in a section of its own. A relocation that uses this symbol, or that section, and is not in that section itself puts
a pointer to the module somewhere: into a table of operations, most likely, or into an argument. The search ends with the first.

It is made only for modules that import something which wants an owner. Indices are in range; \seein{loader}{elf} has seen to that.

@<Look for a pointer to the module itself@>=
static bool section_names_module(const struct load_info *info, const Elf_Shdr *rel)
{
	const Elf_Sym *symbols = (void *)info->sechdrs[info->index.sym].sh_addr;
	const Elf_Rela *r = (void *)rel->sh_addr, *end = (void *)(rel->sh_addr + rel->sh_size);

	for (; r < end; r++)
		if (symbols[ELF_R_SYM(r->r_info)].st_shndx == info->index.mod)
			return true;
	return false;
}
@#
static bool names_itself(const struct load_info *info)
{
	for (unsigned int i = 1; i < info->hdr->e_shnum; i++) {
		const Elf_Shdr *rel = info->sechdrs + i;

		if (rel->sh_type == SHT_RELA && rel->sh_info < info->hdr->e_shnum &&@|
		    rel->sh_info != info->index.mod && info->sechdrs[rel->sh_info].sh_flags & SHF_ALLOC && section_names_module(info, rel))
			return true;
	}
	return false;
}

@ One line for each row with a complaint, not more than four. They are warnings to an author, not alarms to a user, hence the level.

A module that exports functions may order something on behalf of its users, and they take it back by a function of the kernel's that it need not
import. Nearly all complaints about modules of the kernel's own source are of that kind. So those complaints are shown in the file, and not said in the log.
@.it imports ... and nothing that takes it back@>
@.nothing names this module as owner@>

@<Say in the log what is missing@>=
static void tell_missing(const struct module *mod, const struct evidence *e)
{
	unsigned int told = 0;

	if (mod->num_syms || mod->num_gpl_syms)
		return;
	for (unsigned int n = 0; (n = next_row(e, n)) && told < 4; ) {
		const struct interface_row *row = interface_rows + n - 1;
		enum complaint why = complaint_of(e, row);

		if (why == COMPLAINT_UNDO)
			pr_notice("%s: %.2s: it imports %s and nothing that "@| "takes it back (such as %.*s)\n",@|
				  mod->name, row->rules, row->name, (int)strcspn(row->undo, " "), row->undo);
		else if (why == COMPLAINT_OWNER)
			pr_notice("%s: %.2s: it imports %s, and nothing "@| "names this module as owner\n",@|
				  mod->name, row->rules, row->name);
		told += why != COMPLAINT_NONE;
	}
}

@ Whoever imports such a row makes the search worth while.

@<Look for a pointer to the module itself@>=
static bool wants_owner(const struct evidence *e)
{
	for (unsigned int n = 0; (n = next_row(e, n)); )
		if (interface_rows[n - 1].wants_owner && interface_rows[n - 1].class == CLASS_counted)
			return true;
	return false;
}

@ The census (\chap{census}) guesses whom it has met by what the module imports; and the audit says at removal whether callbacks of RCU were forgotten.

@<Give the verdict of a module@>=
static u32 traits(const struct evidence *e, struct judgement j)
{
	static const struct { const char *name; u32 bit; } telling[] = {@t\1@>@/
		{ "__module_get", IMPORTS_MODULE_GET },@/
		{ "__module_put_and_kthread_exit", IMPORTS_PUT_AND_EXIT },@/
		{ "module_put", IMPORTS_MODULE_PUT },@/
		{ "try_module_get", IMPORTS_MODULE_GET },@t\2@>@/
	};
	u32 bits = j.open & rule_of_word("D3", 2) ? IMPORTS_NO_BARRIER : 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(telling); i++)
		if (was_imported(e, telling[i].name, strlen(telling[i].name)))
			bits |= telling[i].bit;
	return bits;
}

@ The verdict is given when all symbols are resolved and all places relocated, since before that the module's |init| and |exit| are not there to be seen; and before the copy goes, in which the names are. A claim that the module broke in an earlier life is not
believed (\see{broken}). The only thing that can fail is the memory, and then the load fails.
@^error ENOMEM@>

@<Give the verdict of a module@>=
int judge_module(struct module *mod, const struct load_info *info)
{
	struct evidence *e = info->seen;
	struct sentence s = { NULL, 4096, 0 };
	struct ruling *r, *smaller;
	char *words;

	if (!e)
		return 0;
	r = kzalloc(sizeof(*r) + s.size, GFP_KERNEL);
	if (!r)
		return -ENOMEM;
	e->permanent = mod->init && !mod->exit;
	e->names_itself = wants_owner(e) && names_itself(info);
	r->found = judge(e);
	r->unknowns = e->unknowns;
	for_each_modinfo_entry(words, info, "unload")
		note_claim(&r->said, words);
	@<Put the verdict into the annex@>@;
	return 0;
}

@ The buffer is much larger than the text, which is copied when its length is known. (|krealloc| would not do: it gives back the object as it is if that is large enough.)

@<Put the verdict into the annex@>=
s.text = r->text;
say_verdict(&s, e, r->found);
say_claim(&s, &r->said, e, r->found);
if (was_broken(mod->name))
	say(&s, "broken: it broke a claim before, and is not believed\n");
r->claimed = !was_broken(mod->name) && claim_is_good(&r->said, e, r->found);
annex_of(mod)->imports = traits(e, r->found);
smaller = kmemdup(r, sizeof(*r) + s.used + 1, GFP_KERNEL);
rcu_assign_pointer(annex_of(mod)->judged, smaller ? smaller : r);
if (smaller)
	kfree(r);
tell_missing(mod, e);

@ The file in \.{/sys/module} is one of those that come and go with the directory (\seein{loader}{modinfo}). The verdict stays longer: a straggler may break a
claim when the directory is gone. It goes with the count: a grace period after the module was unlinked, at the burial or when a load is undone. Whoever names a straggler, in an interrupt perhaps,
has found the module in the tree of addresses, and reads in the same section; so nobody is left who could be reading.
@^lock RCU@>

@<Show the verdict@>=
static ssize_t show_unload(struct module_attribute *attr, @| struct module_kobject *mk, char *text)
{
	const struct ruling *r;

	guard(rcu)();
	r = rcu_dereference(annex_of(mk->mod)->judged);
	return sysfs_emit(text, "%s", r ? r->text : "not judged\n");
}
@#
void forget_verdict(struct module *mod)
{
	struct ruling *r = rcu_dereference_protected(annex_of(mod)->judged, true);

	RCU_INIT_POINTER(annex_of(mod)->judged, NULL);
	kfree(r);
}
@#
struct module_attribute unload_file = {@t\1@>@/
	@[@].attr = { @[@].name = "unload", @[@].mode = 0444 },@/
	@[@].show = show_unload,@t\2@>@/
};

@*1 Holding a module to its word. \label{broken}Whatever names a straggler names a rule with him. If that is one which the module has claimed, the claim was wrong, and that is said, once. From then on the
name is on a list, and until the next boot no claim of a module of that name is believed. An author who has mended it boots; on a machine with a strict policy that is not
too much to ask.

It may be called in an interrupt. The list is short, as it would be astonishing if it ever filled.
@^lock broken\_lock@>
@.claimed, and broken@>

@<Claims that were broken@>=
static DEFINE_RAW_SPINLOCK(broken_lock);
static char broken[16][MODULE_NAME_LEN];
static unsigned int nr_broken;
@#
static bool was_broken(const char *name)
{
	for (unsigned int i = 0; i < smp_load_acquire(&nr_broken); i++)
		if (!strcmp(broken[i], name))
			return true;
	return false;
}
@#
void rule_was_broken(struct module *mod, const char *rule)
{
	const struct ruling *r;

	unsigned long flags;
	bool first;

	guard(rcu)();
	r = rcu_dereference(annex_of(mod)->judged);
	if (!r || !(r->said.rules & rule_of_word(rule, strlen(rule))))
		return;
	raw_spin_lock_irqsave(&broken_lock, flags);
	first = !was_broken(mod->name) && nr_broken < ARRAY_SIZE(broken);
	if (first) {
		strscpy(broken[nr_broken], mod->name, MODULE_NAME_LEN);
		smp_store_release(&nr_broken, nr_broken + 1);
	}
	raw_spin_unlock_irqrestore(&broken_lock, flags);
	if (first)
		pr_warn("%s: %s: claimed, and broken; "@| "its claims are not believed any more\n", mod->name, rule);
}

@ The last question is asked by |delete_module| (\chap{delete}), beside the one for an exit function, and with the same answer, |EBUSY|. Force overcomes both. The line in the log tells an administrator
what he did not expect.
@.the policy is strict@>

@<Must the module stay?@>=
bool policy_keeps(const struct module *mod)
{
	const struct ruling *r;

	guard(rcu)();
	r = rcu_dereference(annex_of(mod)->judged);
	if (READ_ONCE(in_force) != POLICY_STRICT)
		return false;
	if (r && !r->found.rules && !r->unknowns)
		return false;
	return !r || !r->claimed || was_broken(mod->name);
}

@*1 Trials. \label{verdict-trials}Eight small modules try what has been said. Each makes another claim, or none. They share a body: a timer that is armed only by one who asks for it, and work that is
never queued. It is enough to import the functions.

@<A module with a timer that may be armed@>=
#include <linux/module.h>
#include <linux/timer.h>
@#
static bool arm;
module_param(arm, bool, 0444);
static void ring(struct timer_list *unused)
{
}
static DEFINE_TIMER(bell, ring);
@#
static int __init begin(void)
{
	if (arm)
		mod_timer(&bell, jiffies + HZ);
	return 0;
}
module_init(begin);
MODULE_DESCRIPTION("Claims a rule of unloading, or none");
MODULE_LICENSE("GPL");

@ Some of them also take the timer back.

@<And that takes it back@>=
static void __exit leave(void)
{
	timer_shutdown_sync(&bell);
}
module_exit(leave);

@ The good claim covers the rule of the timer. With it the module can be removed under a strict policy.

@(modules/claim_good.c@>=
@<A module with a timer that may be armed@>@;
@<And that takes it back@>@;
MODULE_INFO(unload, "D1");

@ The second claims nothing, which is the right of every module, and has the timer all the same.

@(modules/claim_none.c@>=
@<A module with a timer that may be armed@>@;
@<And that takes it back@>@;

@ The third claims what is no rule, beside what is one.

@(modules/claim_strange.c@>=
@<A module with a timer that may be armed@>@;
@<And that takes it back@>@;
MODULE_INFO(unload, "D1");
MODULE_INFO(unload, "Z9");

@ The fourth claims the rule, and imports nothing that could keep it.

@(modules/claim_lacking.c@>=
@<A module with a timer that may be armed@>@;
static void __exit leave(void)
{
}
module_exit(leave);
MODULE_INFO(unload, "D1");

@ The claim of the fifth is too short: it has work as well, and says nothing of it.

@(modules/claim_short.c@>=
@<A module with a timer that may be armed@>@;
#include <linux/workqueue.h>
static void toil(struct work_struct *unused)
{
}
static DECLARE_WORK(job, toil);
static void __exit leave(void)
{
	if (arm)
		schedule_work(&job);
	cancel_work_sync(&job);
	timer_shutdown_sync(&bell);
}
module_exit(leave);
MODULE_INFO(unload, "D1");

@ The sixth has no |exit|, and claims that this is on purpose. A seventh, with neither |init| nor |exit|, is a library.

@(modules/claim_stay.c@>=
@<A module with a timer that may be armed@>@;
MODULE_INFO(unload, "X3");

@ It needs nothing from anybody.

@(modules/claim_lib.c@>=
#include <linux/module.h>
MODULE_DESCRIPTION("Does nothing, and claims nothing");
MODULE_LICENSE("GPL");

@ The last one lies. It imports what it should call, calls it only if there is nothing to be taken back, and arms its timer without being asked. The verdict cannot see that. The audit
does, right after exit; and when the module comes again, its claim is worth nothing.

@(modules/claim_broken.c@>=
#include <linux/module.h>
#include <linux/timer.h>
@#
static bool honest;
module_param(honest, bool, 0444);
static void ring(struct timer_list *unused)
{
}
static DEFINE_TIMER(bell, ring);
@#
static int __init begin(void)
{
	mod_timer(&bell, jiffies + HZ);
	return 0;
}
static void __exit leave(void)
{
	if (honest)
		timer_shutdown_sync(&bell);
}
module_init(begin);
module_exit(leave);
MODULE_INFO(unload, "D1");
MODULE_DESCRIPTION("Claims a rule, and breaks it");
MODULE_LICENSE("GPL");

@*1 Exercises.
\exercise{10} A module registers a device with \.{misc\_register}, and two sets of file operations, one of which has no owner. What does the loader say of it, what should it
say (rule C2), and why does it not?

\exercise{15} The table of slots has room for three quarters of its places. Two names of functions agree in their twenty bits and stand side by side. Which mistakes can follow, and
which of them would the boot notice?

\exercise{20} Somebody proposes that a strict policy refuse to {\it load\/} a hard module which claims nothing, rather than to remove it. Argue for and against, with rule X3 in mind.
