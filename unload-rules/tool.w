@q SPDX-License-Identifier: GPL-2.0-only @>

@* The user's tool. \label{tool}%
What a loader can do is worth nothing to those who cannot ask for it. The usual \.{rmmod} always passes the flag that does not wait; it
cannot ask for a drain, and when it is refused it repeats an errno. This chapter is an \.{rmmod} that can ask. It
understands what the usual one understands, ends with the same status, and has three words more.

\medskip
\begintable{t p{4.1in}}
option & what it asks for \cr \hd
-v -s -V -h & as usual: say more, say it to the system's log, tell the version, tell how it is used \cr
-f & as usual: take it out whatever holds it (|O_TRUNC|) \cr \gap
--wait & if the module is in use, drain it: wait until the last reference leaves \cr
--wait=2.5 & the same, for that many seconds at most \cr
--who & remove nothing; tell who holds the module \cr
--even-without-exit & remove a module that has an |init| and no exit, if nobody holds it; with \.{--wait}, when nobody holds it any more (|O_APPEND|) \cr
\endtable

\medskip\noindent
A session looks like this. A process has the device of \.{tun} open, and the first try is refused, with the holder's
name. The second is given patience; the user loses his own, types \.{\^C}, and the module is as it was. The third
one waits until the process has gone. (It holds two references, by the way, one for the open file and one for a
socket that \.{tun} hides behind it.)

\begintt
# /tools/rmmod tun
rmmod: tun is in use, by 2 references:
rmmod:   process 117 (sleep) has open /dev/net/tun
rmmod: `rmmod --wait tun' would wait until they have gone
rmmod: to see call sites: echo Y >/sys/module/module/parameters/trace_refs
# /tools/rmmod --wait tun
rmmod: tun is in use, by 2 references:
rmmod:   process 117 (sleep) has open /dev/net/tun
rmmod: waiting; interrupt it, and the module stays
^Crmmod: interrupted; tun stays, and is as it was
# /tools/rmmod --wait -v tun
rmmod: tun is in use, by 2 references:
rmmod:   process 117 (sleep) has open /dev/net/tun
rmmod: waiting; interrupt it, and the module stays
rmmod: tun is gone
\endtt

@ Two rules for users stand behind this. F1 (\see{delete}) is about the order in which things are tried. A drain
disturbs: a module that many use for short moments is out of order for all of them until the drain ends. So
\.{--wait} makes an attempt too, and drains only when that was refused. And whoever is refused is told who holds the
module, because only then can he do anything about it.

F2 (\see{force}) is about force. \.{-f} runs exit and frees the module's code under the feet of those who hold it.
The tool refuses to take \.{-f} and \.{--wait} together: it would look like ``be patient, then be brutal'', and
stand in somebody's script for ever.
@^rule F1@>
@^rule F2@>

@ The exit status has two languages. Scripts that were written for the usual tool know zero and one, and get zero
and one. Whoever uses one of the new words can be expected to know the new numbers:

\medskip
\begintable{r p{3.9in} l}
status & meaning & with old options \cr \hd
0 & all modules named are gone (with \.{--who}: the report is complete) & 0 \cr
1 & refused: it is held, or has no exit, or is on its way already & 1 \cr
2 & the command line makes no sense & 1 \cr
3 & there is no such module & 1 \cr
4 & the caller may not remove modules & 1 \cr
5 & the patience of \.{--wait=} ran out; the module stays & --- \cr
130 & interrupted by \.{\^C}; the module stays (129, 143: by |SIGHUP|, |SIGTERM|) & --- \cr
\endtable

\medskip\noindent
With several modules, all are tried, as usual, and the first failure makes the status; an interruption ends the whole
command.

@<What the user wants@>=
enum outcome { GONE, REFUSED, MISUSED, ABSENT, FORBIDDEN, LATE };
@#
static struct wishes {
	int flags; /* for |delete_module| */
	bool wait, who, verbose, to_log;
	bool modern; /* a new word was used */
	struct itimerval patience; /* zero: without end */
} wish = { @[@].flags = O_NONBLOCK };
@#
static const char *subject; /* the module that all this is about */

@ The program is one file, and small, because it has to fit into an initramfs: there, more than elsewhere, one wants
to know why something does not go. It is linked statically, with the small C library \.{musl}, at 75\thinspace KB (a
tenth of what it would be with the usual library, and less than half of the usual tool without the four libraries
that one needs), and needs nothing at run time but \.{/proc}. What else it finds, \.{/sys}, \.{debugfs}, the alias
file of \.{depmod}, makes its answers better. What it does not find it does without, and says so when it matters.

In the lab it lies in the guest as \.{/tools/rmmod}. It is not in the search path, since there the usual one is to
be found, with which it is compared.

@(tools/rmmod.c@>=
#define _GNU_SOURCE
@<Headers of the tool@>@;
@#
@<What the user wants@>@;
@<Say it on the terminal or in the log@>@;
@<Read what the kernel shows in files@>@;
@<From an argument to the name of a module@>@;
@<What \.{/proc/modules} says of the module@>@;
@<Who holds the module?@>@;
@<Put the question to the kernel@>@;
@<Explain a refusal, and say what can be done@>@;
@<Remove one module@>@;
@<Read the command line@>@;
@#
int main(int argc, char **argv)
{
	@<Understand the options, or give up@>@;
	@<Remove or report the modules, one after the other@>@;
}

@ The headers are those of any C library; what only Linux has is declared by hand where it is used, as some small
libraries come without the kernel's headers.

@<Headers of the tool@>=
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <net/if.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

@ With \.{-s} complaints go to the system's log, for those who remove modules from a script without a terminal. A
line for the log is one datagram to \.{/dev/log}, with a number in front that says from whom it comes, a daemon (3),
and how bad it is, an error (3). In an initramfs nobody listens there; then the line is given to the kernel's log,
which takes the same form, and where one looks for it in that case. (The C library has a function for all this. It
would bring the time zones of the world into our little file.)

@<Say it on the terminal or in the log@>=
static void write_to_log(const char *text)
{
	static const struct sockaddr_un daemon = { AF_UNIX, "/dev/log" };
	char line[PATH_MAX + 350];
	int len = snprintf(line, sizeof(line), "<%d>rmmod: %s\n", 3 << 3 | 3, text);
	int to = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (sendto(to, line, len - 1, 0, (const struct sockaddr *)&daemon, sizeof(daemon)) < 0) {
		close(to);
		to = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
		if (write(to, line, len) < 0)
			fputs(line, stderr);
	}
	close(to);
}

@ All complaints go through one function, which gives each line our name. The attribute lets the compiler check our
formats like those of |printf|.

@<Say it on the terminal or in the log@>=
static void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
@#
static void tell(const char *format, ...)
{
	char line[PATH_MAX + 300];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (wish.to_log)
		write_to_log(line);
	else
		fprintf(stderr, "rmmod: %s\n", line);
}

@ What is found out about holders appears in two places. After \.{--who} it is what the user asked for, and goes to
the standard output, in full. After a refusal it is an explanation, and belongs to the complaint; there the first
few lines will do, for there may be hundreds. The counter goes on counting, so that we can say how many more there
were.

@<Say it on the terminal or in the log@>=
static unsigned int found, most; /* lines: there are, and are shown */
@#
static void report(const char *format, ...) __attribute__((format(printf, 1, 2)));
@#
static void report(const char *format, ...)
{
	char line[PATH_MAX + 200];
	va_list args;

	if (found++ >= most)
		return;
	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (wish.who)
		printf("  %s\n", line);
	else
		tell("  %s", line);
}

@*1 Reading. The kernel shows what it knows in hundreds of little files, whose names we put together from pieces.
There is one buffer for such a name; it is good until the next name is made, which suffices for opening a file or
reading a link.

@<Read what the kernel shows in files@>=
static const char *path(const char *format, ...) __attribute__((format(printf, 1, 2)));
@#
static const char *path(const char *format, ...)
{
	static char text[PATH_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return text;
}

@ The first line of such a file, without the newline, is mostly all there is in it. A file that is not there reads like an empty one.

@<Read what the kernel shows in files@>=
static bool first_line(const char *where, char *line, int size)
{
	FILE *file = fopen(where, "re");

	line[0] = '\0';
	if (!file)
		return false;
	if (fgets(line, size, file))
		line[strcspn(line, "\n")] = '\0';
	fclose(file);
	return line[0] != '\0';
}

@ In \.{/sys} relations are symbolic links: a driver's link \.{module} leads to the directory of its module, and the
last part of the link's text is the module's name. A link that is not there yields the empty name, which no module
has.

@<Read what the kernel shows in files@>=
static const char *link_text(const char *where)
{
	static char text[PATH_MAX];
	ssize_t len = readlink(where, text, sizeof(text) - 1);

	text[len < 0 ? 0 : len] = '\0';
	return text;
}
@#
static const char *end_of_link(const char *where)
{
	const char *text = link_text(where), *slash = strrchr(text, '/');

	return slash ? slash + 1 : text;
}

@ Several questions have the form ``for each entry of a directory''. The directory's name is copied, for what is
done with an entry will make names of its own. The answer tells whether the directory could be read; \.{/proc/1/fd}
cannot, for most people.

@<Read what the kernel shows in files@>=
static bool each_entry(const char *where, void @[@](*visit)(const char *, const char *))
{
	char copy[PATH_MAX];
	struct dirent *entry;
	DIR *dir;

	snprintf(copy, sizeof(copy), "%s", where);
	dir = opendir(copy);
	if (!dir)
		return false;
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			visit(copy, entry->d_name);
	closedir(dir);
	return true;
}

@*1 Names. The kernel writes names of modules with underscores. People, and files, write minus signs as well. So the
two signs are one whenever names are compared.

@<From an argument to the name of a module@>=
static int one_sign(int c)
{
	return c == '-' ? '_' : c;
}
@#
static bool same(const char *a, const char *b)
{
	while (*a && one_sign(*a) == one_sign(*b))
		a++, b++;
	return one_sign(*a) == one_sign(*b);
}

@ An argument is a name or a file. The file is never opened: its name is all we want, and it counts as a path only
if it exists, as with the usual tool, so that \.{rmmod\ /wrong/path/hello.ko} removes nothing. The name ends at the
first dot, whatever follows, \.{.ko} or \.{.ko.zst}; no module has a dot in its name.

@<From an argument to the name of a module@>=
static const char *name_from(const char *argument)
{
	static char name[NAME_MAX + 1];
	const char *slash = strrchr(argument, '/');

	if (slash && !access(argument, F_OK))
		argument = slash + 1;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(argument, "."), argument);
	for (char *c = name; *c; c++)
		*c = one_sign(*c);
	return name;
}

@*1 What is known of the module. One line of \.{/proc/modules} tells nearly all: the count, who depends on the
module, its state, and whether it is permanent. The usual tool reads the same from \.{/sys}; but \.{/proc} is there
earlier when a machine starts.

\begintt
jbd2 192512 1 ext4, Live 0xffffffffa02e6000
permanent 12288 0 [permanent], Live 0xffffffffa0012000
tun 61440 1 - Unloading 0xffffffffa0004000
\endtt
All of it is old as soon as it is read. That is why it never decides anything here: the kernel is asked in any case, and
the record only explains the answer.

@<What \.{/proc/modules} says of the module@>=
struct record {
	long refs;
	char users[4096]; /* those who depend on it, with blanks between */
	char state[16];
	bool permanent;
};

@ The third field ends with a comma, if it is not just a minus sign, and the word for permanent modules hides among
the names. A kernel that cannot remove modules has minus signs in the second and third place. Then |refs| is left
at~0 and the state empty, and only the kernel's answer counts.

@<What \.{/proc/modules} says of the module@>=
static void take_users(struct record *r, char *field)
{
	r->users[0] = '\0';
	r->permanent = false;
	for (char *user = strtok(field, ","); user; user = strtok(NULL, ","))
		if (*user == '[')
			r->permanent = true;
		else if (*user != '-')
			sprintf(r->users + strlen(r->users), "%s%s", r->users[0] ? " " : "", user);
}

@ A module whose name is not in the list may still have been there a moment ago, or be there in a moment. The
function says what it saw, once.

@<What \.{/proc/modules} says of the module@>=
static bool look_up(struct record *r)
{
	char line[4400], name[64], users[4096];
	FILE *list = fopen("/proc/modules", "re");
	bool there = false;

	memset(r, 0, sizeof(*r));
	while (list && !there && fgets(line, sizeof(line), list)) {
		there = sscanf(line, "%63s", name) == 1 && !strcmp(name, subject);
		if (there && sscanf(line, "%*s %*s %ld %4095s %15s", &r->refs, users, r->state) == 3)
			take_users(r, users);
	}
	if (list)
		fclose(list);
	return there;
}

@*1 Who holds it. Now to the question for which the stock kernel has no answer. The loader's own list of call sites
(\see{who}) is the only one that is complete; but it must have been switched on before, and what it names are
functions. A user thinks in programs, files and devices. To find these one has to go round the kernel and look where
its files lead:

\medskip
\begintable{p{1.5in} p{1.9in} p{1.75in}}
holder & where it can be seen & how certain \cr \hd
another module & \.{/proc/modules} & certain and complete \cr
a call site & \.{modules/refs} in debugfs & since tracing began: their sum is certain, its division an estimate (\see{who}) \cr
a mount & \.{/proc/PID/mountinfo} of every mount name space & the type's name is known; whose it is, see \see{belongs} \cr
an open or mapped file, a program, a directory & \.{fd}, \.{map\_files}, \.{exe}, \.{cwd}, \.{root} in \.{/proc/PID} & certain that it is open; whose device it is, see \see{belongs} \cr
a socket & attribute \.{system.sockprotoname}; \.{/proc/net/protocols} & certain \cr
a block device & \.{/sys/class/block} & a loop device that is set up, a part of another device, swap \cr
a network interface & \.{/sys/class/net}, ethtool & certain, but it is seldom a reference \cr
\endtable

\medskip\noindent
What cannot be seen from here: references taken by the kernel for itself. A congestion control of TCP, an I/O
scheduler, a cipher in use, a table of netfilter, a file descriptor on its way through a socket, a ring of
\.{io\_uring}: all hold modules, and no file of a process leads there. The report says so, instead of claiming that
nobody is to be found.

@<Who holds the module?@>=
@<What belongs to the module?@>@;
@<Report those who depend on it@>@;
@<Report the call sites@>@;
@<Report mounts of its file systems@>@;
@<Report what processes have open@>@;
@<Report block devices that are held by others@>@;
@<Report network interfaces@>@;
@<Go round the kernel and report all holders@>@;

@ \label{belongs}%
A device has a number, a mount has a type. Which module do they belong to? The kernel could follow a pointer; it does not show it. Three sources are asked, and one
that says yes is enough. First the module itself: to be loaded on demand it has aliases, such as \.{char-major-10-200}, \.{block-major-7-*}
or \.{fs-iso9660}, and \.{depmod} has collected them in one file. We keep those that lead to our module.

@<What belongs to the module?@>=
static char *aliases[512];
static unsigned int alias_count;
@#
static void collect_aliases(void)
{
	char line[512], pattern[256], module[64];
	struct utsname name;
	FILE *list;

	alias_count = 0;
	uname(&name);
	list = fopen(path("/lib/modules/%s/modules.alias", name.release), "re");
	while (list && alias_count < 512 && fgets(line, sizeof(line), list))
		if (sscanf(line, "alias %255s %63s", pattern, module) == 2 && same(module, subject))
			aliases[alias_count++] = strdup(pattern);
	if (list)
		fclose(list);
}

@ An alias is a pattern in the manner of the shell; but the patterns for device numbers know only the asterisk, at
the end. The library's function for the full language weighs twelve kilobytes, mostly tables of Unicode.

@<What belongs to the module?@>=
static bool is_alias(const char *word)
{
	for (unsigned int i = 0; i < alias_count; i++) {
		size_t len = strcspn(aliases[i], "*");

		if (!strncmp(aliases[i], word, len) && (aliases[i][len] ? !aliases[i][len + 1] : !word[len]))
			return true;
	}
	return false;
}

@ An initramfs may be without that file, and a module that was built yesterday is not in it. The second source is
the custom that a module is called like what it brings: the device \.{loop-control} comes from \.{loop}, the file
system \.{ext4} from \.{ext4}. The exceptions that one meets daily fit in a table. This is a guess, and the only
guess in the report.

@<What belongs to the module?@>=
static bool named_after(const char *word)
{
	static const char *const odd[][2] = {@t\1@>@/
		{ "ramdisk", "brd" }, { "device-mapper", "dm_mod" }, { "md", "md_mod" },@/
		{ "alsa", "snd" }, { "iso9660", "isofs" }, { "fuseblk", "fuse" },@/
		{ "ext2", "ext4" }, { "ext3", "ext4" }, { "nfs4", "nfs" },@t\2@>@/
	};
	size_t len = strlen(subject);

	for (unsigned int i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		if (!strcmp(word, odd[i][0]) && same(odd[i][1], subject))
			return true;
	return same(word, subject) || (!strncmp(word, subject, len) && word[len] == '-');
}

@ A file system is found by these two. |is_alias| comes first because it is not a guess.

@<What belongs to the module?@>=
static bool owns_filesystem(const char *type)
{
	return is_alias(path("fs-%s", type)) || named_after(type);
}

@ For devices the word to be guessed from is the one that the driver gave when it asked for its numbers, in
\.{/proc/devices}. Under the heading for its kind, each line there has a major number and a word. Devices with major
number~10 share it, and are listed by minor number in another file.

@<What belongs to the module?@>=
static bool registered(const char *kind, dev_t number)
{
	bool misc = *kind == 'c' && major(number) == 10, here = misc, yes = false;
	FILE *list = fopen(misc ? "/proc/misc" : "/proc/devices", "re");
	unsigned int n, wanted = misc ? minor(number) : major(number);
	char line[128], word[64];

	while (list && !yes && fgets(line, sizeof(line), list))
		if (strchr(line, ':'))
			here = (line[0] | ' ') == *kind;
		else if (here && sscanf(line, "%u %63s", &n, word) == 2 && n == wanted)
			yes = named_after(word);
	if (list)
		fclose(list);
	return yes;
}

@ The third source is the model of devices in \.{/sys}, where a device lies below the one that it is reached
through: a disk below its controller, that below a bus. Each of them can have a driver, and the driver a module. We
go up from the device to the root, since the controller's driver is held as well as the disk's. (Not by every
subsystem; but if it leaves, the disk goes too, and the user will want to know of those who have it open.) Where a
driver forgot to name its module, there is still its own name to guess from.

@<What belongs to the module?@>=
static bool driven_by_it(const char *where)
{
	char device[PATH_MAX], *end;

	if (!realpath(where, device))
		return false;
	while ((end = strrchr(device, '/')) && end > device) {
		if (same(end_of_link(path("%s/driver/module", device)), subject) ||
		    named_after(end_of_link(path("%s/driver", device))))
			return true;
		*end = '\0';
	}
	return false;
}

@ A partition has numbers of its own, often from a range that all kinds of disks share. The disk it is a part of has
the number we want, one directory higher.

@<What belongs to the module?@>=
static bool owns_device_now(const char *kind, dev_t number)
{
	unsigned int ma = major(number), mi = minor(number);
	char disk[32];

	if (first_line(path("/sys/dev/%s/%u:%u/../dev", kind, ma, mi), disk, sizeof(disk)) &&
	    sscanf(disk, "%u:%u", &ma, &mi) == 2)
		number = makedev(ma, mi);
	return is_alias(path("%s-major-%u-%u", kind, ma, mi)) || registered(kind, number) ||
		driven_by_it(path("/sys/dev/%s/%u:%u", kind, ma, mi));
}

@ Every terminal is the same few devices in hundreds of processes. So verdicts are remembered; when the table is
full, the oldest is overwritten, and costs a few files to find out again. Kinds are compared by address, so there
must be one string for each.

@<What belongs to the module?@>=
static const char is_char[] = "char", is_block[] = "block";
static struct verdict {
	const char *kind;
	dev_t number;
	bool yes;
} verdicts[64];
static unsigned int verdict_count;
@#
static bool owns_device(const char *kind, dev_t number)
{
	struct verdict *v;

	for (v = verdicts; v < verdicts + 64 && v < verdicts + verdict_count; v++)
		if (v->kind == kind && v->number == number)
			return v->yes;
	v = &verdicts[verdict_count++ % 64];
	v->kind = kind;
	v->number = number;
	v->yes = owns_device_now(kind, number);
	return v->yes;
}

@ Sockets are a happy case. A socket answers the question for its protocol, if one knows the name of the extended
attribute in which the answer lies, and the kernel lists the protocols with the modules they come from, in the
eighth column. No guess is needed.

@<What belongs to the module?@>=
static char protocols[32][64];
static unsigned int protocol_count;
@#
static void collect_protocols(void)
{
	FILE *list = fopen("/proc/net/protocols", "re");
	char line[512], word[64], module[64];

	protocol_count = 0;
	while (list && protocol_count < 32 && fgets(line, sizeof(line), list))
		if (sscanf(line, "%63s %*s %*s %*s %*s %*s %*s %63s", word, module) == 2 && same(module, subject))
			strcpy(protocols[protocol_count++], word);
	if (list)
		fclose(list);
}

@ The protocol's name is of use in the report, too; so the answer is the name, or nothing.

@<What belongs to the module?@>=
static const char *own_protocol(const char *where)
{
	char word[64] = "";

	if (!protocol_count || getxattr(where, "system.sockprotoname", word, sizeof(word) - 1) < 0)
		return NULL;
	for (unsigned int i = 0; i < protocol_count; i++)
		if (!strcmp(word, protocols[i]))
			return protocols[i];
	return NULL;
}

@ The report begins with what is certain. Modules that were linked against this one must go first, whatever else is
done: no flag of |delete_module| and no patience changes that (rule L1).
@.... depends on it@>
@^rule L1@>

@<Report those who depend on it@>=
static void report_dependents(const struct record *r)
{
	char users[4096];

	strcpy(users, r->users);
	for (char *user = strtok(users, " "); user; user = strtok(NULL, " "))
		report("module %s depends on it", user);
}

@ The call sites come from the loader (\see{who}), one line each: module, site, count. They are printed as a sentence. A
site that holds nothing any more is passed over.
@.... taken at ...@>

@<Report the call sites@>=
static bool loader_is_ours(void)
{
	return !access("/sys/module/module/parameters/drain", F_OK);
}
@#
static void report_call_sites(void)
{
	FILE *list = fopen("/sys/kernel/debug/modules/refs", "re");
	char line[512], *count;
	size_t len = strlen(subject);

	while (list && fgets(line, sizeof(line), list)) {
		line[strcspn(line, "\n")] = '\0';
		count = strrchr(line, ' ');
		if (strncmp(line, subject, len) || line[len] != ' ' || count == line + len || atol(count) == 0)
			continue;
		*count++ = '\0';
		report("%s taken%s %s", count, line[len + 1] == '(' ? "" : " at", line + len + 1);
	}
	if (list)
		fclose(list);
}

@ If the list says nothing of our module the reason is one of four, and for three of them there is something that
the user can do. On a stock kernel there is nothing, and only a user who asked with \.{--who} is told so.
@.to see call sites: ...@>
@.call sites cannot be seen...@>

@<Report the call sites@>=
static void say_how_to_trace(void)
{
	char on[4] = "";

	if (!loader_is_ours() && wish.who)
		tell("call sites cannot be seen: a stock kernel, or no /sys");
	else if (first_line("/sys/module/module/parameters/trace_refs", on, sizeof(on)) && *on == 'N')
		tell("to see call sites: echo Y >/sys/module/module/parameters/trace_refs");
	else if (*on && access("/sys/kernel/debug/modules/refs", F_OK))
		tell("to see call sites: mount -t debugfs debugfs /sys/kernel/debug");
	else if (*on && access("/sys/kernel/debug/modules/refs", R_OK))
		tell("to see call sites one must be root");
}

@*2 Mounts. A mounted file system holds its module, and it holds the driver of the device that it lies on. A mount
is seen only in its mount name space; the list of some process in it shows all of them. We remember the file systems
that concern us, by the device number that their files have, for the files that processes have open on them.

@<Report mounts of its file systems@>=
static dev_t mounts[64];
static unsigned int mount_count;
@#
static bool mounted(dev_t number)
{
	for (unsigned int i = 0; i < mount_count; i++)
		if (mounts[i] == number)
			return true;
	return false;
}

@ Of one line of \.{mountinfo} we need the device number, the place, and, behind a lonely minus sign, type and
source. Usually the number is that of the block device. File systems on several devices, btrfs for one, have an
invented number; there the source is asked as well.

@<Report mounts of its file systems@>=
static bool concerns_us(const char *type, const char *source, dev_t number)
{
	struct stat st;

	return owns_filesystem(type) || owns_device(is_block, number) ||
		(source[0] == '/' && !stat(source, &st) && S_ISBLK(st.st_mode) && owns_device(is_block, st.st_rdev));
}

@ In our own name space every mount of it is reported, since all must be unmounted. From others only those file
systems are reported that have not been met before: a machine with many services has many name spaces which are
copies of the first.
@.... is mounted at ...@>

@<Report mounts of its file systems@>=
static void report_mount_line(const char *line, const char *pid)
{
	char place[512], type[64], source[512];
	const char *rest = strstr(line, " - ");
	unsigned int ma, mi;
	dev_t number;

	if (!rest || sscanf(line, "%*s %*s %u:%u %*s %511s", &ma, &mi, place) != 3 ||
	    sscanf(rest, " - %63s %511s", type, source) != 2)
		return;
	number = makedev(ma, mi);
	if ((pid && mounted(number)) || !concerns_us(type, source, number))
		return;
	if (!mounted(number) && mount_count < 64)
		mounts[mount_count++] = number;
	report("%s (%s) is mounted at %s%s%s", source, type, place,
		pid ? ", as seen by process " : "", pid ? pid : "");
}

@ The list has one line for each mount, also for those on top of which others lie. The same function reads the list
of any process; |pid| is null for ourselves.

@<Report mounts of its file systems@>=
static void report_mounts(const char *pid)
{
	FILE *list = fopen(path("/proc/%s/mountinfo", pid ? pid : "self"), "re");
	char line[2048];

	while (list && fgets(line, sizeof(line), list))
		report_mount_line(line, pid);
	if (list)
		fclose(list);
}

@ Name spaces are told apart by the number of the file that represents them. Those already read are remembered; ours is the first.

@<Report mounts of its file systems@>=
static ino_t spaces[256];
static unsigned int space_count;
@#
static bool new_mount_space(const char *pid)
{
	struct stat st;

	if (space_count == 256 || stat(path("/proc/%s/ns/mnt", pid), &st))
		return false;
	for (unsigned int i = 0; i < space_count; i++)
		if (spaces[i] == st.st_ino)
			return false;
	spaces[space_count++] = st.st_ino;
	return true;
}

@*2 Processes. What a process has open is a directory of links. The text of such a link is for people; |stat|
through the link leads to the file itself, even if its name has been deleted, and tells what it is. Mapped files
have a directory of links, too. (The other list of mappings, \.{maps}, shows for a mapped device the number of the
file system that the device's {\it name\/} lies on, which is of no use.)

@<Report what processes have open@>=
static const char *leads_here(const char *where, const struct stat *st)
{
	if (S_ISSOCK(st->st_mode))
		return own_protocol(where);
	if (S_ISCHR(st->st_mode) && owns_device(is_char, st->st_rdev))
		return "";
	if (S_ISBLK(st->st_mode) && owns_device(is_block, st->st_rdev))
		return "";
	return mounted(st->st_dev) ? "" : NULL;
}

@ A program is usually mapped in four pieces, and its input, output and errors are one terminal. One line is enough;
a small ring of files that were just reported takes care of that.

@<Report what processes have open@>=
static bool reported(const char *pid, const struct stat *st)
{
	static struct { int pid; dev_t dev; ino_t ino; } ring[16];
	static unsigned int next;

	for (unsigned int i = 0; i < 16; i++)
		if (ring[i].pid == atoi(pid) && ring[i].dev == st->st_dev && ring[i].ino == st->st_ino)
			return true;
	ring[next].pid = atoi(pid);
	ring[next].dev = st->st_dev;
	ring[next].ino = st->st_ino;
	next = (next + 1) % 16;
	return false;
}

@ One holder deserves a special word: the process that started us. If it has the module open, and we wait for the
module, and it waits for us, as shells do, then it waits for itself. That is rule X4 from the user's side: whoever
waits for a module must not hold it. Only \.{\^C} ends such a wait; the report shows why.
@.process ... has open ...@>
@^rule X4@>

@<Report what processes have open@>=
static void report_file(const char *pid, const char *place, const char *verb)
{
	char where[128], who[64];
	const char *protocol;
	struct stat st;

	snprintf(where, sizeof(where), "/proc/%s/%s", pid, place);
	if (stat(where, &st))
		return;
	protocol = leads_here(where, &st);
	if (!protocol || reported(pid, &st))
		return;
	first_line(path("/proc/%s/comm", pid), who, sizeof(who));
	report("process %s (%s) %s %s%s%s%s", pid, who, verb, link_text(where), *protocol ? ", protocol " : "", protocol,
		atoi(pid) == getppid() ? ", and started this rmmod" : "");
}

@ The directories of a process are gone through by a function that knows from the directory which verb is the right
one: \.{fd} is what is open, \.{map\_files} what is mapped. It is handed the directory's full name, whose third part
is the process.

@<Report what processes have open@>=
static void report_entry(const char *where, const char *name)
{
	const char *pid = where + strlen("/proc/");
	const char *dir = strchr(pid, '/') + 1;
	char number[16], place[NAME_MAX + 16];

	snprintf(number, sizeof(number), "%.*s", (int)(dir - 1 - pid), pid);
	snprintf(place, sizeof(place), "%s/%s", dir, name);
	report_file(number, place, *dir == 'f' ? "has open" : "has mapped");
}

@ Every process, then: a number in \.{/proc} (threads share the files of their process, with exceptions too rare to
search for). First its directories, then its program, then all that it has open. Processes that may not be looked
into are counted, so that a report without findings is not taken for an answer. Ourselves we leave out: we hold what
we were started with only until we end, and |main| has let go of it.

@<Report what processes have open@>=
static unsigned int shut; /* processes that could not be looked into */
@#
static void report_process(const char *proc, const char *pid)
{
	(void)proc;
	if (pid[strspn(pid, "0123456789")] || atoi(pid) == getpid())
		return;
	if (new_mount_space(pid))
		report_mounts(pid);
	report_file(pid, "cwd", "works in");
	report_file(pid, "root", "has as root");
	report_file(pid, "exe", "runs");
	if (!each_entry(path("/proc/%s/fd", pid), report_entry) && errno == EACCES)
		shut++;
	each_entry(path("/proc/%s/map_files", pid), report_entry);
}

@*2 Devices. A block device can hold its driver without any process. A loop device that is set up on a file is the
common case; a disk that is a part of a mapped or mirrored one is another, and swap the third.
@.... is set up on ...@>
@.... is a part of ...@>

@<Report block devices that are held by others@>=
static void report_part(const char *where, const char *name)
{
	report("%.*s is a part of /dev/%s", (int)(strlen(where) - strlen("/holders")), where, name);
}
@#
static void report_block(const char *where, const char *name)
{
	char line[PATH_MAX];
	unsigned int ma, mi;

	(void)where;
	if (!first_line(path("/sys/class/block/%s/dev", name), line, sizeof(line)) ||@|
	    sscanf(line, "%u:%u", &ma, &mi) != 2 || !owns_device(is_block, makedev(ma, mi)))
		return;
	if (first_line(path("/sys/class/block/%s/loop/backing_file", name), line, sizeof(line)))
		report("/dev/%s is set up on %s", name, line);
	each_entry(path("/sys/class/block/%s/holders", name), report_part);
}

@ The list of swap areas has a heading, which is the name of no block device and falls out by itself.
@.... is used for swapping@>

@<Report block devices that are held by others@>=
static void report_swaps(void)
{
	FILE *list = fopen("/proc/swaps", "re");
	char line[512], where[256];
	struct stat st;

	while (list && fgets(line, sizeof(line), list))
		if (sscanf(line, "%255s", where) == 1 && !stat(where, &st) &&
		    (S_ISBLK(st.st_mode) ? owns_device(is_block, st.st_rdev) : mounted(st.st_dev)))
			report("%s is used for swapping", where);
	if (list)
		fclose(list);
}

@ Network interfaces are different. A driver's interface, even one that is up and has addresses, is no reference:
the module may leave, and its exit takes the interface along. They are listed since the user should know what he is
about to lose; and because there are exceptions (an interface of \.{tun} that was made persistent is one) where
nothing else would show. Hardware has a driver in \.{/sys}. An interface that is made of software tells the name of
its driver to whoever asks in the manner of \.{ethtool}, by a request whose structure we declare here.

@<Report network interfaces@>=
struct driver_info {
	uint32_t request; /* |ETHTOOL_GDRVINFO| is 3 */
	char driver[32];
	char rest[160];
};
@#
static bool drives_interface(const char *name)
{
	struct driver_info info = { @[@].request = 3 };
	struct ifreq request = { @[@].ifr_data = (void *)&info };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool yes;

	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	yes = fd >= 0 && !ioctl(fd, 0x8946, &request) && same(info.driver, subject); /* |SIOCETHTOOL| */
	if (fd >= 0)
		close(fd);
	return yes;
}

@ Both ways are tried, since a driver of hardware may call itself by another name than its module's. Only interfaces
of our own network name space can be seen.
@.interface ... would go with it@>

@<Report network interfaces@>=
static void report_interface(const char *where, const char *name)
{
	if (driven_by_it(path("%s/%s", where, name)) || drives_interface(name))
		report("interface %s would go with it", name);
}

@*2 The round. The order is that of certainty, and of what a user would do first. Everything that was remembered of
another module is forgotten at the beginning.

@<Go round the kernel and report all holders@>=
static void report_holders(const struct record *r, unsigned int lines)
{
	found = shut = mount_count = space_count = verdict_count = 0;
	most = lines;
	collect_aliases();
	collect_protocols();
	report_dependents(r);
	report_call_sites();
	new_mount_space("self");
	report_mounts(NULL);
	each_entry("/sys/class/block", report_block);
	report_swaps();
	each_entry("/proc", report_process);
	each_entry("/sys/class/net", report_interface);
	@<Say what the report leaves open@>@;
}

@ A report that says nothing must not be mistaken for one that says ``nobody''.
@.... more; `rmmod --who ...' shows all@>
@.... processes could not be looked into...@>
@.no process and no mount leads there...@>

@<Say what the report leaves open@>=
if (found > most)
	tell("  and %u more; `rmmod --who %s' shows all", found - most, subject);
if (shut)
	tell("%u processes could not be looked into; try as root", shut);
else if (!found && r->refs > 0)
	tell("no process and no mount leads there; the kernel itself may hold it");

@*1 The question. There is one system call, and its answer is an errno or nothing.

@<Put the question to the kernel@>=
static int ask(int flags)
{
	return syscall(SYS_delete_module, subject, flags) ? errno : 0;
}

@ Waiting is asking without |O_NONBLOCK|. The kernel sleeps for us, and wakes when the last reference leaves or a
signal comes. Two signals are to end the sleep: the timer, when the patience is over, and \.{\^C}, with its
relatives. Then the call has to return, so that we can report; and it does, with |EINTR|, if the handler was
installed without |SA_RESTART|. With that flag the kernel would begin the drain anew behind our back.
@^error EINTR@>

\wrongway Install a handler that sets a variable; test the variable; call |delete_module|. A signal that comes
between the test and the call sets the variable, and nobody looks at it. The drain begins and sleeps, and \.{\^C}
seems to have been lost. \endwrong

\noindent The gap cannot be closed from here, since this call, unlike |ppoll|, does not change the signal mask while
it sleeps. But it does not matter if the signal comes again: the handler starts a timer that rings twenty times a
second until the tool ends. One of them will find us asleep.

@<Put the question to the kernel@>=
static@t\ @>@[volatile@] sig_atomic_t called; /* the signal that ends the wait */
@#
static void hear(int number)
{
	static const struct itimerval again = { { 0, 50000 }, { 0, 50000 } };

	if (!called)
		called = number;
	setitimer(ITIMER_REAL, &again, NULL);
}

@ A signal that was ignored when we started stays ignored: \.{nohup} and the shell's \.{\&} mean it so. A stop by
\.{\^Z} needs no handler at all. The kernel ends the drain for it, stops us with the module alive, and starts the
drain again when we are continued, for the call is restarted as long as no handler has run.

@<Put the question to the kernel@>=
static void listen_for_signals(void)
{
	static const int numbers[] = { SIGALRM, SIGINT, SIGTERM, SIGHUP };
	struct sigaction hearing = { @[@].sa_handler = hear }, before;

	called = 0;
	for (int i = 0; i < 4; i++) {
		sigaction(numbers[i], NULL, &before);
		if (before.sa_handler != SIG_IGN || numbers[i] == SIGALRM)
			sigaction(numbers[i], &hearing, NULL);
	}
	setitimer(ITIMER_REAL, &wish.patience, NULL);
}

@ Where there is no drain, on a stock kernel or with \.{module.drain=N}, the same call comes back at once with
|EWOULDBLOCK|. We need not know beforehand which kernel it is. What remains then is to try again and again. That is
a poor substitute: if the module is free only for moments, we may miss them all, and nobody is kept from taking it
again. So the user is told, once.
@.this kernel cannot wait...@>
@.module.drain is N...@>

@<Put the question to the kernel@>=
static void say_that_we_try(void)
{
	static bool said;
	char on[4];

	if (said)
		return;
	said = true;
	if (!first_line("/sys/module/module/parameters/drain", on, sizeof(on)))
		tell("this kernel cannot wait; trying ten times a second instead");
	else if (*on == 'N')
		tell("module.drain is N; trying ten times a second instead");
}

@ Not everything can be waited out. A module that others depend on stays until somebody removes them, and the kernel
says so at once, also to a drain. A count below zero will not come back to zero by itself. |EBUSY| is worth patience
if the module is starting, or in somebody else's drain: that will end. It is not if the module is alive and has no
exit.
@^error EBUSY@>
@^error EWOULDBLOCK@>

@<Put the question to the kernel@>=
static bool worth_waiting(int err)
{
	struct record r;
	bool there = look_up(&r);

	if (err == EBUSY)
		return !there || strcmp(r.state, "Live");
	return err == EINTR || (err == EWOULDBLOCK && !r.users[0] && r.refs >= 0);
}

@ The loop ends with the kernel's last answer, or with |EINTR| when a signal has called us. Ten times a second is
often enough for a person, and rare enough for a machine. If the module has vanished while we waited for somebody
else's drain, the wish is fulfilled, though not by us.

@<Put the question to the kernel@>=
static int keep_asking(void)
{
	static const struct timespec tenth = { 0, 100000000 };
	int err;

	listen_for_signals();
	while (!called) {
		err = ask(wish.flags & (~O_NONBLOCK));
		if (err == ENOENT)
			return 0;
		if (!worth_waiting(err))
			return err;
		if (err == EWOULDBLOCK)
			say_that_we_try();
		if (err != EINTR)
			nanosleep(&tenth, NULL);
	}
	return EINTR;
}

@*1 Refusals. An errno says which rule was applied. A user wants to know what to do. So every refusal is one
sentence that says what is the case, and one that says what would help, if anything would. First the common one:
somebody holds the module. Five lines about holders fit on any screen. (A user who has given \.{--wait} needs no
advice.)

A count below zero is the trace of a mistake in some module: a reference was given back twice (\see{overput}). The
kernel does not know any more whether somebody is inside. No waiting helps then, and we give no advice: the module
may stay until the machine is rebooted, and does no harm by staying.
@.... is in use...@>
@.... was given back more often...@>
@^rule F1@>

@<Explain a refusal, and say what can be done@>=
static void explain_use(void)
{
	struct record r;

	look_up(&r);
	if (r.refs < 0) {
		tell("%s was given back more often than taken; it stays (see dmesg)", subject);
		return;
	}
	if (r.refs > 0)
		tell("%s is in use, by %ld reference%s:", subject, r.refs, r.refs == 1 ? "" : "s");
	else
		tell("%s is in use:", subject);
	report_holders(&r, 5);
	if (!wish.wait || r.users[0]) {
		@<Say what helps against those holders@>@;
	}
}

@ Those who depend on it come first, because nothing else helps while they are there. The chain may be longer than
we see: \.{modprobe\ -r} with the name of the last one takes down what nobody needs any more. Of a dependence the
call site is known: it is in the loader itself. So the advice about call sites is kept for the other case.
@.... must go first...@>
@.... would wait until they have gone@>

@<Say what helps against those holders@>=
if (r.users[0]) {
	tell("these must go first: rmmod %s %s", r.users, subject);
} else {
	tell("`rmmod --wait %s' would wait until they have gone", subject);
	say_how_to_trace();
}

@ |ENOENT| is also the answer for what is not a module but a part of the kernel; such a part can have a directory in
\.{/sys/module}, for its parameters, and people take it for a module.
@.... is not loaded@>
@.... is built into the kernel...@>
@^error ENOENT@>

@<Explain a refusal, and say what can be done@>=
static enum outcome explain_absence(void)
{
	struct record r;

	if (*subject && !access(path("/sys/module/%s", subject), F_OK) && !look_up(&r))
		tell("%s is built into the kernel, and cannot leave it", subject);
	else
		tell("%s is not loaded", subject);
	return ABSENT;
}

@ |EPERM| has two reasons, and only one of them can be helped.
@.one must be root...@>
@.this kernel was told to keep...@>
@^error EPERM@>

@<Explain a refusal, and say what can be done@>=
static enum outcome explain_permission(void)
{
	char sealed[8];

	if (first_line("/proc/sys/kernel/modules_disabled", sealed, sizeof(sealed)) && *sealed == '1')
		tell("this kernel was told to keep its modules");
	else
		tell("one must be root to remove %s (or have CAP_SYS_MODULE)", subject);
	return FORBIDDEN;
}

@ |EBUSY| tells of the module's own state: it is coming, going, or never meant to leave. In the last case
\.{--even-without-exit} is named, and not \.{-f}; a user who is told of both takes the shorter.
@.... is still starting...@>
@.... is being removed already...@>
@.... has no exit...@>
@^error EBUSY@>
@^rule F2@>

@<Explain a refusal, and say what can be done@>=
static void explain_state(void)
{
	struct record r;

	if (look_up(&r) && !strcmp(r.state, "Loading"))
		tell("%s is still starting; try again, or with --wait", subject);
	else if (!strcmp(r.state, "Unloading"))
		tell("%s is being removed already; --wait would wait for that", subject);
	else if (wish.flags & O_APPEND)
		tell("%s has no exit, and this kernel removes no such module", subject);
	else
		tell("%s has no exit; --even-without-exit removes it", subject);
}

@ All answers in one place. An interrupted wait is no failure of anything: the kernel has undone the drain, and the
message says so, because the user who has just typed \.{\^C} wants to know what he has done.
@.patience is over; ... stays...@>
@.interrupted; ... stays...@>
@^error ENOSYS@>

@<Explain a refusal, and say what can be done@>=
static enum outcome explain(int err)
{
	if (err == ENOENT)
		return explain_absence();
	if (err == EPERM)
		return explain_permission();
	if (err == EINTR) {
		tell("%s; %s stays, and is as it was", called == SIGALRM ? "patience is over" : "interrupted", subject);
		return LATE;
	}
	if (err == EWOULDBLOCK)
		explain_use();
	else if (err == EBUSY)
		explain_state();
	else
		tell("%s: %s", subject, err == ENOSYS ? "this kernel cannot remove modules" : strerror(err));
	return REFUSED;
}

@*1 One module. First the attempt; then, if patience is wanted and can help, the holders are named and waited for.
@.waiting; interrupt it...@>
@.... is gone@>

@<Remove one module@>=
static enum outcome remove_module(void)
{
	int err = ask(wish.flags);

	if (wish.wait && worth_waiting(err)) {
		if (err == EWOULDBLOCK)
			explain_use();
		tell("waiting; interrupt it, and the module stays");
		err = keep_asking();
	}
	if (err)
		return explain(err);
	if (wish.verbose)
		printf("rmmod: %s is gone\n", subject);
	return GONE;
}

@ The report asks the kernel for nothing and changes nothing. Everybody may have it, though root sees more.
@.... is held by nobody@>
@.... is in use...@>

@<Remove one module@>=
static enum outcome report_module(void)
{
	struct record r;

	if (!look_up(&r))
		return explain_absence();
	if (r.refs > 0)
		printf("%s: %ld reference%s, %s\n", subject, r.refs, r.refs == 1 ? "" : "s", r.state);
	else
		printf("%s: held by nobody, %s%s\n", subject, r.state, r.permanent ? ", without exit" : "");
	report_holders(&r, UINT_MAX);
	say_how_to_trace();
	return GONE;
}

@*1 The command line. Long options may be shortened, as everywhere. The old \.{-w} of early versions, which meant a
wait that the kernel then lost, is not among the letters; the usual tool refuses it now, and it means too many
things to too many people.

@<Read the command line@>=
enum new_word { WAIT = 256, WHO, WITHOUT_EXIT };
@#
static const struct option words[] = {@t\1@>@/
	{ "force", no_argument, NULL, 'f' }, { "syslog", no_argument, NULL, 's' },@/
	{ "verbose", no_argument, NULL, 'v' }, { "version", no_argument, NULL, 'V' },@/
	{ "help", no_argument, NULL, 'h' }, { "wait", optional_argument, NULL, WAIT },@/
	{ "who", no_argument, NULL, WHO }, { "even-without-exit", no_argument, NULL, WITHOUT_EXIT },@/
	{ NULL, 0, NULL, 0 },@t\2@>@/
};

@ The help has to be complete, since where this tool is needed most there are no manual pages.

@<Read the command line@>=
static const char help[] =@t\1@>@/
	"usage: rmmod [options] MODULE...     (names, or files)\n"@/
	"  -v, --verbose          say what was done\n"@/
	"  -s, --syslog           complain to the system's log\n"@/
	"  -f, --force            take it out whoever holds it; then reboot\n"@/
	"      --wait[=SECONDS]   if it is in use, wait for the last reference\n"@/
	"      --who              remove nothing; tell who holds it\n"@/
	"      --even-without-exit  remove a module that has no exit function\n"@/
	"  -V, --version          -h, --help\n"@/
	"status: 0 gone (or reported), 1 refused; and with one of\n"@/
	"--wait, --who, --even-without-exit: 2 usage, 3 no such\n"@/
	"module, 4 not permitted, 5 patience over, 130 interrupted\n"@/
	"(after 5 and 130 it stays as it was)\n";@t\2@>@/

@ Seconds may have a fraction. Nothing else may follow, and the number must make sense; zero means no patience at
all, an attempt and nothing more. (A timer that is set to zero would be one that never rings.)

@<Read the command line@>=
static bool read_patience(const char *text)
{
	double seconds;
	char *end;

	if (!text)
		return true;
	seconds = strtod(text, &end);
	if (end == text || *end || !(seconds >= 0 && seconds < 1e9))
		return false;
	wish.wait = seconds >= 1e-6;
	wish.patience.it_value.tv_sec = seconds;
	wish.patience.it_value.tv_usec = (seconds - wish.patience.it_value.tv_sec) * 1e6;
	wish.patience.it_interval.tv_usec = 50000;
	return true;
}

@ A command line that makes no sense is answered in one line. |getopt_long| has said what it did not like; we only add
where to read on.
@.for help: rmmod -h@>

@<Read the command line@>=
static int misused(const char *why)
{
	if (why)
		tell("%s", why);
	tell("for help: rmmod -h");
	return wish.modern ? MISUSED : REFUSED;
}

@ Before anything else we let go of what we have inherited. A shell that has the module's device open hands it to
its children, and we would wait for ourselves.
@^rule X4@>
@.the number of seconds...@>

@<Understand the options, or give up@>=
int letter;
@#
setvbuf(stdout, NULL, _IOLBF, 0); /* in step with the complaints */
for (int fd = 3; fd < 1024; fd++)
	close(fd);
while ((letter = getopt_long(argc, argv, "fsvVh", words, NULL)) != -1) {
	wish.modern |= letter >= WAIT;
	switch (letter) {
	case 'f': wish.flags |= O_TRUNC; break;
	case 's': wish.to_log = true; break;
	case 'v': wish.verbose = true; break;
	case 'V': puts("rmmod 1.0, of The Rules of Unloading"); return 0;
	case 'h': fputs(help, stdout); return 0;
	case WHO: wish.who = true; break;
	case WITHOUT_EXIT: wish.flags |= O_APPEND; break;
	case WAIT:
		wish.wait = true;
		if (read_patience(optarg))
			break;
		return misused("the number of seconds makes no sense");
	default: return misused(NULL);
	}
}

@ Two things more are refused, each with a reason, and before anything has been removed.
@.which module?@>
@.--force does not wait...@>
@^rule F2@>

@<Understand the options, or give up@>=
if (optind == argc)
	return misused("which module?");
if (wish.wait && wish.flags & O_TRUNC)
	return misused("--force does not wait, and who waits needs no force");

@ An interruption ends all of it, and in the way a shell expects: by the signal itself. A loop in a script that
starts us a hundred times would go on with the next module if we turned \.{\^C} into a mere status. The shell shows
such an end as status 128 plus the signal's number.

@<Remove or report the modules, one after the other@>=
enum outcome worst = GONE, status;
@#
for (; optind < argc; optind++) {
	subject = name_from(argv[optind]);
	status = wish.who ? report_module() : remove_module();
	if (worst == GONE)
		worst = status;
	if (called && called != SIGALRM) {
		signal(called, SIG_DFL);
		raise(called);
	}
}
return wish.modern || worst == GONE ? worst : REFUSED;

@*1 Exercises.
\exercise{5} Why does \.{--wait} not simply call |delete_module| without |O_NONBLOCK|, once, and spare the attempt?

\exercise{15} The report calls |stat| on every open file of every process. On a machine whose file server has died
it may hang there, with a module that has nothing to do with network files. Find a way to learn on which mount a
file lies, without asking the file.

\exercise{20} A module's device is open in a process; the descriptor was sent through a socket to another process,
which has not received it yet, and the first one has closed it. Who holds the module? What does the report say?

\exercise{20} On a stock kernel, write a program that holds \.{tun} nearly all the time, so that the substitute for
the drain will hardly succeed within a minute, although the device is free a hundred times a second. What does the
same program see during a drain?
