@q SPDX-License-Identifier: GPL-2.0-only @>

@* What a module says of itself. \label{modinfo}%
Besides code and data a module file carries notes about itself, in a section called
\.{.modinfo}. They are strings of the form \.{tag=value}, one after the other, each ended by a
zero byte. These are all the notes of the virtual Ethernet driver, as they stand in the file:
\begintt
alias=rtnl-link-veth
license=GPL v2
description=Virtual Ethernet Tunnel
depends=
intree=Y
name=veth
retpoline=Y
vermagic=6.12.117+deb12-cloud-amd64 SMP preempt mod_unload modversions
\endtt
Some come from macros in the source (|MODULE_LICENSE|, |MODULE_ALIAS|), the others from
\.{modpost}, a program that runs at the end of the build. Most are read by tools outside the
kernel only: \.{alias} and \.{depends} tell \.{modprobe} which file to load for a device, and
which others before it. The kernel reads about a dozen.

\begintable{t l l}
\rm tag & question & asked in \cr \hd
name & what the log calls the module & \chap{elf} \cr
vermagic & was it built for this kernel? & \see{modinfo-magic} \cr
livepatch & does it replace parts of the kernel? & \see{modinfo-livepatch} \cr
intree, staging, test & where does it come from? & \see{modinfo-origin} \cr
retpoline & does the compiler guard its indirect calls? & \see{modinfo-retpoline} \cr
license & may it use what was exported to free software only? & \see{modinfo-licence} \cr
import_ns & which name spaces of symbols does it want? & \chap{symbols} \cr
version, srcversion & shown to the curious & \see{modinfo-version} \cr
\endtable

@ The notes are used at three moments of a load, and it matters which is used when. {\it Refusals\/}
come early, in |check_modinfo| and |blacklisted|: at that time nothing has been taken but the copy of the file,
so there is nothing to undo. {\it Taints}, marks on the kernel's health record, come once the
module has a place on the list: a module that is refused for its version must not leave the
kernel marked with what it would have been. {\it Texts\/} that sysfs shows are copied last, when
the module is as good as certain to stay, because they alone cost memory.

@(kernel/module/modinfo.c@>=
@<Included by the notes@>@;
@#
@<Reading the notes@>@;
@<Names that may not be loaded@>@;
@<Loading by force@>@;
@<Refusals that rest on the notes@>@;
@#
@<Taints of a module@>@;
@<Taints as letters@>@;
@#
@<Files below \.{/sys/module}@>@;
@<The list of these files@>@;
@<Copy texts out of the notes, and free the copies@>@;

@ The string that a module has to match is put together from the configuration by
\.{linux/vermagic.h}. That header refuses to be read by anybody who has not announced that he
has business with it.

@<Included by the notes@>=
#define INCLUDE_VERMAGIC
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/license.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/vermagic.h>
#include <uapi/linux/module.h>
#include "internal.h"

@*1 Reading.
We rely on three facts that \chap{elf} has established before anybody asks for a note:
the section lies within the file, it has contents in the file (a section may claim not to), and
its last byte is zero. The last is what makes string functions safe here: wherever in the section a search
begins, it finds an end inside.

The step to the next note goes over the rest of this one, then over any further zeros, since
the assembler may pad between two strings. The number of bytes left is kept with the
position; when it reaches zero, that was the last note.

@<Reading the notes@>=
char *module_next_tag_pair(char *note, unsigned long *left)
{
	char *end = note + *left;

	note += strnlen(note, *left);
	while (note < end && *note == '\0')
		note++;
	*left = end - note;
	return *left ? note : NULL;
}

@ A tag matches if its letters are there and a \.{=} follows. Without the second test \.{version}
would be found in \.{versionless=1}. The index behind the tag is in bounds, since the
comparison has just met as many letters, none of them zero.

A tag may occur several times. Then |prev|, the value found before, says where to go on. A module
without notes has index~0, and the section header with this index describes nothing.

The position is computed from |sh_offset| although section headers have an address field, since
some of our callers come before that field is filled in.

@<Reading the notes@>=
char *get_next_modinfo(const struct load_info *info, const char *tag, char *prev)
{
	const Elf_Shdr *section = &info->sechdrs[info->index.info];
	char *note = (char *)info->hdr + section->sh_offset;
	unsigned long left = section->sh_size;
	size_t n = strlen(tag);

	if (info->index.info == 0)
		return NULL;
	if (prev) {
		left -= prev - note;
		note = module_next_tag_pair(prev, &left);
	}
	for (; note; note = module_next_tag_pair(note, &left))
		if (!strncmp(note, tag, n) && note[n] == '=')
			return note + n + 1;
	return NULL;
}

@ Each question walks the notes from the beginning. A driver with two hundred aliases has some ten
kilobytes of them, and we ask a dozen questions: a few microseconds, in a load that takes
milliseconds. An index would cost more lines than that is worth.

@<Reading the notes@>=
char *get_modinfo(const struct load_info *info, const char *tag)
{
	return get_next_modinfo(info, tag, NULL);
}

@*1 Refusing.
An owner of a machine can name modules that must not be loaded, on the kernel's command line:
\.{module\_blacklist=pcspkr,floppy}. This is the means of last resort for a driver that hangs the
machine before any configuration file has been read. \.{modprobe} has a blacklist of its own, with aliases
and reasons; ours is a list of names as they are in |name|, with underscores.
@.module\_blacklist@>

The comparison takes the length as well as the letters, so that \.{usb} in the list does not keep
\.{usbhid} away. The line for the log is printed by the caller (\chap{load}), who also
chooses the errno.

@<Names that may not be loaded@>=
static char *module_blacklist;
core_param(module_blacklist, module_blacklist, charp, 0400);
@#
bool blacklisted(const char *name)
{
	const char *entry = module_blacklist;
	size_t n = strlen(name);

	while (entry && *entry) {
		size_t m = strcspn(entry, ",");

		if (m == n && !strncmp(entry, name, n))
			return true;
		entry += entry[m] ? m + 1 : m;
	}
	return false;
}

@ Where a check is missing its evidence, because the caller asked us to overlook it or because the module
was stripped of it, the check is neither passed nor failed. The builder of the kernel has decided
what happens then, with |CONFIG_MODULE_FORCE_LOAD|: either the load goes on and the kernel is marked
for good, or the module is refused. The stock loader refuses without a word; we name the evidence.
@^error ENOEXEC@>
@.does not load by force@>

|mod| may be the module in the copy of the file. Its |taints| moves with it to the final place,
so a mark made now is not lost. The mark on the {\it kernel\/} is made now, too, and stays if the load
fails later on for another reason. That is intended: what it reports is that somebody asked for
the check to be skipped.

@<Loading by force@>=
int try_to_force_load(struct module *mod, const char *evidence)
{
	if (!IS_ENABLED(CONFIG_MODULE_FORCE_LOAD)) {
		pr_err("%s: %s: this kernel does not load by force\n", mod->name, evidence);
		return -ENOEXEC;
	}
	@<Say once that a load was forced@>@;
	add_taint_module(mod, TAINT_FORCED_MODULE, LOCKDEP_NOW_UNRELIABLE);
	return 0;
}

@ One line for the first forced load is enough. Without version sums there would be one for every symbol, and
the reader of a log needs to know when the kernel's word became worthless, not how often.
@.kernel tainted@>

@<Say once that a load was forced@>=
if (!test_taint(TAINT_FORCED_MODULE))
	pr_warn("%s: %s: kernel tainted.\n", mod->name, evidence);

@ \label{modinfo-magic}The note \.{vermagic} repeats what the kernel was when the module was compiled: its release, then the
options that change the code of every module, or structures that everybody shares (SMP, the kind of preemption, unloading, modversions).
A module that was built for another layout of |struct task_struct| would not
fail to link; it would link and then scribble. So the strings must be equal.

With one exception. If the module carries a sum over each symbol's type (\chap{versions}),
these sums speak with more authority than a release number, and |same_magic| compares only what comes
after the first blank. This is how a distribution can update its kernel under modules that it
has not built.

@<Refusals that rest on the notes@>=
@<Check the livepatch mark@>@;
@#
static const char our_magic[] = VERMAGIC_STRING;
@#
int check_modinfo(struct module *mod, struct load_info *info, int flags)
{
	const char *magic = get_modinfo(info, "vermagic");
	int err = 0;

	if (!magic || flags & MODULE_INIT_IGNORE_VERMAGIC)
		err = try_to_force_load(mod, "bad vermagic");
	else if (!same_magic(magic, our_magic, info->index.vers))
		@<Refuse the wrong version magic, with |ENOEXEC|@>@;
	return err ? err : check_livepatch_mark(mod, info);
}

@ A missing note and one that is to be ignored are the same case, and deliberately so. Before
|finit_module| had flags, a tool that was told to force a load overwrote the note in its copy of the
file; such tools are still about.

The message prints both strings, for what differs is often a blank or a single word, and its wording has
been searched for so many times that we keep it.
@^error ENOEXEC@>
@.version magic ... should be@>

@<Refuse the wrong version magic, with |ENOEXEC|@>=
{
	load_err(info, "version magic '%s' should be '%s'", magic, our_magic);
	err = -ENOEXEC;
}

@ \label{modinfo-livepatch}A livepatch module replaces functions of the running kernel. It contains relocations that an
ordinary load could not resolve, so a kernel without |CONFIG_LIVEPATCH| must turn it away here,
where there is a reason to give; later it would fail over an unknown section
or, worse, not fail. In a kernel that can do it, |set_livepatch_module| leaves a mark which the linker and
the end of the load will see.
@^error ENOEXEC@>
@.has no livepatch support@>

@<Check the livepatch mark@>=
static int check_livepatch_mark(struct module *mod, const struct load_info *info)
{
	if (!get_modinfo(info, "livepatch") || set_livepatch_module(mod))
		return 0;
	load_err(info, "a livepatch module, but this kernel has no livepatch support");
	return -ENOEXEC;
}

@*1 Tainting.
When a kernel crashes, the people who read the report want to know whether all the code in it was
theirs. A {\it taint\/} is a mark that answers. It is set on the kernel, where it remains until the
next boot, and on the module, whose entries in \.{/proc/modules}, sysfs and crash reports show the
letter. A taint refuses nothing by itself, with one exception: a module marked as
proprietary cannot link with symbols that are exported to free software only, which is why
all this must be done before \chap{symbols} resolves the first name.

|LOCKDEP_NOW_UNRELIABLE| goes with the marks that mean ``this code may do anything''; the lock
checker then stops, because what it sees no longer proves anything about us.

@<Taints of a module@>=
@<Tags that tell where a module comes from@>@;
@<Judge the licence@>@;
@<Modules whose licence is known better@>@;
@#
void module_augment_kernel_taints(struct module *mod, struct load_info *info)
{
	@<Mark a module by its origin@>@;
	@<Warn of indirect calls without a guard@>@;
	@<Mark a livepatch module@>@;
	judge_licence(mod, info);
	@<Mark a module that is not signed@>@;
	@<Mark a module by its name alone@>@;
}

@ \label{modinfo-origin}Three tags tell about origin, and they differ only in detail, so they make a table. \.{intree} is
the odd one: its {\it absence\/} is what counts, since nobody outside the tree would write a note
to say so. Test modules are marked as they are apt to break things on purpose.

\.{staging} holds drivers that are not up to standard yet; whoever loads one is told each time, while for the others the first
time is enough: on a machine with ten modules from outside the tree nobody needs ten
lines.
@.loading out-of-tree module@>
@.module is from the staging@>
@.loading test module taints@>

@<Tags that tell where a module comes from@>=
static const struct {
	const char *tag;
	bool expected; /* its absence counts, not its presence */
	bool every_time;
	unsigned int taint;
	const char *remark;
} origins[] = {@t\1@>@/
	{"intree", true, false, TAINT_OOT_MODULE,@|
	 "loading out-of-tree module taints kernel."},@/
	{"staging", false, true, TAINT_CRAP,@|
	 "module is from the staging directory, the quality is unknown, "@|
	 "you have been warned."},@/
	{"test", false, false, TAINT_TEST,@|
	 "loading test module taints kernel."},@t\2@>@/
};

@ None of the three unsettles lockdep: such code is as free to look at as ours.
@.loading out-of-tree module@>
@.module is from the staging@>
@.loading test module taints@>

@<Mark a module by its origin@>=
for (int i = 0; i < ARRAY_SIZE(origins); i++) {
	bool present = get_modinfo(info, origins[i].tag);

	if (present == origins[i].expected)
		continue;
	if (origins[i].every_time || !test_taint(origins[i].taint))
		pr_warn("%s: %s\n", mod->name, origins[i].remark);
	add_taint_module(mod, origins[i].taint, LOCKDEP_STILL_OK);
}

@ \label{modinfo-retpoline}An indirect call that is compiled plainly lets a processor speculate to wherever an attacker has
trained it. A kernel that guards its own calls is still open through those of one module without
the guard. This is not a taint, for the module is not at fault in a crash; |retpoline_module_ok|
keeps a record that the file \.{spectre\_v2} shows to the administrator.
@.loading module not compiled with@>

@<Warn of indirect calls without a guard@>=
if (!retpoline_module_ok(get_modinfo(info, "retpoline")))
	pr_warn("%s: loading module not compiled with retpoline compiler.\n", mod->name);

@ The mark for livepatches is meant for the reader of a backtrace: the function that crashed may
not be the one in the source.
@.tainting kernel with TAINT@>

@<Mark a livepatch module@>=
if (is_livepatch_module(mod)) {
	add_taint_module(mod, TAINT_LIVEPATCH, LOCKDEP_STILL_OK);
	pr_notice_once("%s: tainting kernel with TAINT_LIVEPATCH\n", mod->name);
}

@ \label{modinfo-licence}The licence is taken at its word, and the list of words that mean free software is short; it
stands in \.{linux/license.h} and is the one \.{modpost} uses. A module that says nothing is treated as
proprietary, since silence grants no rights.
@.module license ... taints kernel@>

@<Judge the licence@>=
static void judge_licence(struct module *mod, const struct load_info *info)
{
	const char *licence = get_modinfo(info, "license");

	if (!licence)
		licence = "unspecified";
	if (license_is_gpl_compatible(licence))
		return;
	if (!test_taint(TAINT_PROPRIETARY_MODULE))
		pr_warn("%s: module license '%s' taints kernel.\n", mod->name, licence);
	add_taint_module(mod, TAINT_PROPRIETARY_MODULE, LOCKDEP_NOW_UNRELIABLE);
}

@ The signature itself was examined before anything else (\chap{load}), and if signatures
were compulsory a module without one would not have come this far. What remains is to note the fact. The
field of |struct module| exists only in kernels that know of signatures, so |IS_ENABLED| will not do
here.
@.module verification failed@>

@<Mark a module that is not signed@>=
#ifdef CONFIG_MODULE_SIG
mod->sig_ok = info->sig_ok;
if (!mod->sig_ok) {
	pr_notice_once("%s: module verification failed: signature and/or "@|
		       "required key missing - tainting kernel\n", mod->name);
	add_taint_module(mod, TAINT_UNSIGNED_MODULE, LOCKDEP_STILL_OK);
}
#endif

@ Three names are known not to be what they say. \.{driverloader} and \.{lve} claimed a free
licence for code whose source nobody could have. \.{ndiswrapper} is honestly free, but its
purpose is to run network drivers of another system; what taints is what it will
load, so the kernel is marked and the module is not: with the mark it could not link with the
symbols that it is entitled to.

@<Modules whose licence is known better@>=
static const struct {
	const char *name;
	bool module_too; /* mark the module, not only the kernel */
} known_better[] = {@t\1@>@/
	{"ndiswrapper", false},@/
	{"driverloader", true},@/
	{"lve", true},@t\2@>@/
};

@ The stock loader prints the line below for every first proprietary module, after the one that has told
as much with the licence's name. We print it only where that has not been said.
@.module license taints kernel@>

@<Mark a module by its name alone@>=
for (int i = 0; i < ARRAY_SIZE(known_better); i++) {
	if (strcmp(mod->name, known_better[i].name))
		continue;
	if (!test_taint(TAINT_PROPRIETARY_MODULE))
		pr_warn("%s: module license taints kernel.\n", mod->name);
	add_taint(TAINT_PROPRIETARY_MODULE, LOCKDEP_NOW_UNRELIABLE);
	if (known_better[i].module_too)
		set_bit(TAINT_PROPRIETARY_MODULE, &mod->taints);
}

@ In reports a taint is one letter: \.P for proprietary, \.O for out of tree, \.E for unsigned, and so on. The
kernel's table |taint_flags| has them all, and tells which can belong to a module at all. No zero is put
behind the letters; the caller gets their number and may want to go on.

@<Taints as letters@>=
size_t module_flags_taint(unsigned long taints, char *buf)
{
	char *end = buf;

	for (int i = 0; i < TAINT_FLAGS_COUNT; i++)
		if (taint_flags[i].module && taints & BIT(i))
			*end++ = taint_flags[i].c_true;
	return end - buf;
}

@ Oopses and \.{/proc/modules} print the letters in parentheses behind the name, followed by \.+ for
a module that is coming and \.- for one that is going; of a healthy live module, nothing.
|MODULE_FLAGS_BUF_SIZE| leaves room for all letters and four more: the sign, two parentheses and a
zero.

State and taints are read once each. An oops on another CPU holds no lock, and the state may change
between two looks; reading it twice can print an empty pair of parentheses. For the same
reason an unformed module gets the letters it has, whereas the stock loader stops the machine: a function that
is called while the kernel is dying must not make matters worse.

@<Taints as letters@>=
char *module_flags(struct module *mod, char *buf, bool show_state)
{
	enum module_state state = READ_ONCE(mod->state);
	unsigned long taints = READ_ONCE(mod->taints);
	char sign = state == MODULE_STATE_COMING ? '+' :@| state == MODULE_STATE_GOING ? '-' : 0;
	char *end = buf;

	if (taints || (show_state && sign)) {
		*end++ = '(';
		end += module_flags_taint(taints, end);
		if (show_state && sign)
			*end++ = sign;
		*end++ = ')';
	}
	*end = '\0';
	return buf;
}

@*1 Showing.
Every module has a directory below \.{/sys/module}. Its sections, parameters and holders are
laid out elsewhere; here are the small files at its top. Each is a
|struct module_attribute|: a name, a mode, and functions. |show| writes the text;
the other four are for files whose text comes from the notes. |setup| copies it into the module,
|test| says whether there is one (if not, no file is made), |free| gives it back.
@./sys/module@>

The directory exists from shortly before |init| until shortly before the memory goes, and while a file is
being read sysfs delays its removal. So |show| may look at the module as it likes.

@ \label{modinfo-version}The text must be copied, as the notes are dropped together with the file. If the copy cannot
be allocated, |version| is |NULL| as if there had been no note, and the load goes on: nobody should lack a
driver because its version could not be displayed. |free| is called twice in the life of a module,
by the removal of the files and by |free_modinfo|, hence the |NULL|.

@<Files below \.{/sys/module}@>=
static void set_version(struct module *mod, const char *text)
{
	mod->version = kstrdup(text, GFP_KERNEL);
}
@#
static int has_version(struct module *mod)
{
	return mod->version != NULL;
}
@#
static void free_version(struct module *mod)
{
	kfree(mod->version);
	mod->version = NULL;
}
@#
static ssize_t show_version(struct module_attribute *attr,@|
			    struct module_kobject *mk, char *text)
{
	return sysfs_emit(text, "%s\n", mk->mod->version);
}

@ The sum over the sources is the same again. We tried one set of functions that chooses the field by
the attribute's name; |setup| is not told the attribute, and the detour was longer than the repetition.

@<Files below \.{/sys/module}@>=
static void set_srcversion(struct module *mod, const char *text)
{
	mod->srcversion = kstrdup(text, GFP_KERNEL);
}
@#
static int has_srcversion(struct module *mod)
{
	return mod->srcversion != NULL;
}
@#
static void free_srcversion(struct module *mod)
{
	kfree(mod->srcversion);
	mod->srcversion = NULL;
}
@#
static ssize_t show_srcversion(struct module_attribute *attr,@|
			    struct module_kobject *mk, char *text)
{
	return sysfs_emit(text, "%s\n", mk->mod->srcversion);
}

@ Anybody may read these two, and most who do are bug reporting tools: a version is chosen by a human
and may lie, a |srcversion| was computed by \.{modpost}.

@<Files below \.{/sys/module}@>=
static struct module_attribute version_file = {@t\1@>@/
	@[@].attr = {@[@].name = "version", @[@].mode = 0444},@/
	@[@].setup = set_version,@/
	@[@].test = has_version,@/
	@[@].show = show_version,@/
	@[@].free = free_version,@t\2@>@/
};
@#
static struct module_attribute srcversion_file = {@t\1@>@/
	@[@].attr = {@[@].name = "srcversion", @[@].mode = 0444},@/
	@[@].setup = set_srcversion,@/
	@[@].test = has_srcversion,@/
	@[@].show = show_srcversion,@/
	@[@].free = free_srcversion,@t\2@>@/
};

@ \.{initstate} is what \.{lsmod} and the tools of kmod read. They know three words. The fourth state has none,
since an unformed module has no directory yet; the entry is there so that a
mistake of ours would print a word and not crash.

@<Files below \.{/sys/module}@>=
static ssize_t show_initstate(struct module_attribute *attr,@|
			    struct module_kobject *mk, char *text)
{
	static const char *const words[] = {@t\1@>@/
		@[[MODULE_STATE_LIVE]@] = "live",@/
		@[[MODULE_STATE_COMING]@] = "coming",@/
		@[[MODULE_STATE_GOING]@] = "going",@/
		@[[MODULE_STATE_UNFORMED]@] = "unformed",@t\2@>@/
	};

	return sysfs_emit(text, "%s\n", words[READ_ONCE(mk->mod->state)]);
}
@#
static struct module_attribute initstate_file = __ATTR(initstate, 0444, show_initstate, NULL);

@ Two sizes: of the memory that stays, and of the memory that is needed for |init| only. The second falls
to zero when that memory is given back. They are the sizes of whole memories and therefore
multiples of a page.

@<Files below \.{/sys/module}@>=
static ssize_t show_coresize(struct module_attribute *attr,@|
			    struct module_kobject *mk, char *text)
{
	unsigned int size = 0;

	for_class_mod_mem_type(type, core)
		size += mk->mod->mem[type].size;
	return sysfs_emit(text, "%u\n", size);
}
@#
static ssize_t show_initsize(struct module_attribute *attr,@|
			    struct module_kobject *mk, char *text)
{
	unsigned int size = 0;

	for_class_mod_mem_type(type, init)
		size += mk->mod->mem[type].size;
	return sysfs_emit(text, "%u\n", size);
}
@#
static struct module_attribute coresize_file = __ATTR(coresize, 0444,@| show_coresize, NULL);
static struct module_attribute initsize_file = __ATTR(initsize, 0444, show_initsize, NULL);

@ The taint letters stand alone here, without parentheses, and the file of an untainted module
consists of a line end.

@<Files below \.{/sys/module}@>=
static ssize_t show_taint(struct module_attribute *attr,@|
			    struct module_kobject *mk, char *text)
{
	size_t n = module_flags_taint(mk->mod->taints, text);

	text[n++] = '\n';
	return n;
}
@#
static struct module_attribute taint_file = __ATTR(taint, 0444, show_taint, NULL);

@ How many references there are is known only where they are counted. A module that is going shows $-1$:
the remover has taken the loader's own reference away (\seein{unload-rules}{count}).

@<Files below \.{/sys/module}@>=
#ifdef CONFIG_MODULE_UNLOAD
static ssize_t show_refcnt(struct module_attribute *attr,@|
			    struct module_kobject *mk, char *text)
{
	return sysfs_emit(text, "%i\n", module_refcount(mk->mod));
}
@#
static struct module_attribute refcnt_file = __ATTR(refcnt, 0444, show_refcnt, NULL);
#endif

@ One file is for writing. A word such as \.{add} written to \.{uevent} repeats the announcement that
the module made when it came, for a udev daemon that started too late to hear it. Parts of the kernel that are compiled
in have such a directory as well, made in \.{kernel/params.c} with the same attribute. Hence it
is not static, and its name is not ours to choose.

@<Files below \.{/sys/module}@>=
static ssize_t store_uevent(struct module_attribute *attr,@|
			    struct module_kobject *mk, const char *text, size_t len)
{
	int err = kobject_synth_uevent(&mk->kobj, text, len);

	return err ? err : len;
}
@#
struct module_attribute module_uevent = __ATTR(uevent, 0200, NULL, store_uevent);

@ The list ends in |NULL|. |unload_file| shows which rules the module has to keep when it leaves, and is defined in \seein{unload-rules}{verdict}. Sysfs copies those entries of it that |test| admits into an array of the module, for which it
needs to know how many there can be at most.

@<The list of these files@>=
struct module_attribute *modinfo_attrs[] = {@t\1@>@/
	&module_uevent,@/
	&version_file,@/
	&srcversion_file,@/
	&initstate_file,@/
	&coresize_file,@/
	&initsize_file,@/
	&taint_file,@/
#ifdef CONFIG_MODULE_UNLOAD
	&refcnt_file,@/
	&unload_file,@/
#endif
	NULL@t\2@>@/
};
size_t modinfo_attrs_count = ARRAY_SIZE(modinfo_attrs);

@ |setup_modinfo| belongs to the ladder of \chap{load}, and |free_modinfo| is its rung. A |setup| is called even
if there is no note of the name, with |NULL|. So each field is set once for every module, and
|free| never meets one that nobody has set.

@<Copy texts out of the notes, and free the copies@>=
void setup_modinfo(struct module *mod, struct load_info *info)
{
	struct module_attribute **file = modinfo_attrs;

	for (; *file; file++)
		if ((*file)->setup)
			(*file)->setup(mod, get_modinfo(info, (*file)->attr.name));
}
@#
void free_modinfo(struct module *mod)
{
	struct module_attribute **file = modinfo_attrs;

	for (; *file; file++)
		if ((*file)->free)
			(*file)->free(mod);
}

@*1 Exercises.
\exercise{05} A module's notes contain \.{license=GPL} twice, the second time with another value. Which
counts? Which of the two does \.{modinfo} print? Who gains by it?

\exercise{15} The staging line is printed each time, the line about test modules once. Load the same
test module twice and read \.{/sys/module/NAME/taint} after each: what differs in the log, and
what does not differ in the file?

\exercise{20} Two kernels are built from one source, one with |CONFIG_PREEMPT|, one without, both with
modversions. Their version magic differs behind the first blank. Find a structure for which the sums
of \chap{versions} could not have told.
