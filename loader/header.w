@q SPDX-License-Identifier: GPL-2.0-only @>

@* The private header. \label{header}%
Eighteen files of C make up the loader (three of them come from the second book), and one header ties them together. It is not seen by anybody
else: what the rest of the kernel may know about modules stands in \.{linux/module.h}, which we
leave exactly as it is. A builder who has compiled ten thousand drivers against that file need
not compile one of them again.

Some of the stock loader's small files still serve beside ours (the symbol tables for
\.{/proc/kallsyms}, the directories below \.{/sys/module}, signatures, decompression). They include
this header as well, so the names by which they know things are kept; everything else about it
is ours.

@ The list of included files is part of the binary interface, which is a surprise worth a
paragraph. With |CONFIG_MODVERSIONS| every exported symbol carries a checksum of its
type, taken by a program that expands all structures it can see at the place of the export. A
structure that is merely declared expands to its name; one that is defined expands to its
members. Include one header more, and |struct page| may change from the first into the second
in the middle of some prototype, and with it the sum of |module_layout|, which every module on
the disk carries. So this header includes what the stock one includes and nothing else, and
\.{loader.h}, further down, does the same for the large set.
@^checksum of a symbol@>

@(kernel/module/internal.h@>=
#include <linux/rcupdate.h>
#include <linux/rculist.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/mm.h>
#include <linux/elf.h>
#include <linux/compiler.h>
@#
#include "symtab.h"
#include "evidence.h"
@<What the loader knows about the file it is reading@>@;
@<Offsets that carry their kind of memory@>@;
@<The list of modules, its lock and its bell@>@;
@<Finding a module by address@>@;
@<Arrival and checks@>@;
@<Places and permissions@>@;
@<Looking up a symbol, and linking@>@;
@<Versions@>@;
@<Coming to life, and leaving@>@;
@<Words for the sysfs and for the log@>@;
@<Neighbours: the stock files that remain@>@;

@ While a file is being loaded, all that we know about it lies in one |struct load_info| on the
stack of the system call. It begins empty; |hdr| and |len| come with the copy; the checks of
\chap{elf} fill in the rest, and from then on every index in it is in range and every
string ends. It dies with the copy, before |init| runs, so nothing in a living module may point
into it.

|hdr| is the copy of the file in kernel memory, |len| its length in bytes without a signature.
|sechdrs|, |secstrings| and |strtab| point into the copy: the section headers, their
names, the names of the symbols. |name| is what the log calls the module as soon as we
know a name. |mod| is the module's own |struct module|, still inside the copy; the
final one is allocated later, and from then on this one is not touched. |seen| is what its imports tell, if somebody will judge
them (\seein{unload-rules}{verdict}).

@<What the loader knows about the file it is reading@>=
struct load_info {
	Elf_Ehdr *hdr;
	unsigned long len;
	const char *name;
	struct module *mod;
	struct evidence *seen;
	Elf_Shdr *sechdrs;
	char *strtab, *secstrings;
	@<Indices of the sections that have a name of their own@>@;
	bool sig_ok; /* signed by a key that we trust */
	unsigned long stroffs, symoffs, core_typeoffs, init_typeoffs; /* for \.{kallsyms.c} */
#ifdef CONFIG_KALLSYMS
	unsigned long mod_kallsyms_init_off;
#endif
	@<Pages of a file that came compressed@>@;
};

@ Section~0 of every module file is empty; \chap{elf} insists on it. So an index of~0
says that there is no such section, and code that follows it nevertheless finds a section of
size zero at address zero. That convention saves a hundred tests.

@<Indices of the sections that have a name of their own@>=
struct {
	unsigned int info, mod, vers, pcpu, sym, str;
} index;

@ A compressed file is unpacked into single pages, which are then mapped side by side. The list
of these pages must live as long as the copy, since they are freed one by one
(see |free_copy| in \chap{arrive}).

@<Pages of a file that came compressed@>=
#ifdef CONFIG_MODULE_DECOMPRESS
struct page **pages;
unsigned int used_pages, max_pages;
#ifdef CONFIG_MODULE_STATS
unsigned long compressed_len;
#endif
#endif

@ Layout answers two questions about each section: which of the seven memories, and where in it.
Both answers have to wait somewhere until the memories exist, and |sh_entsize| is the one field
of a section header that nobody needs meanwhile. The kind goes into its top four bits, the offset
into the rest. Four bits are enough for seven kinds and for |MOD_INVALID|; sixty are more than
any sum that \chap{layout} lets pass.

@<Offsets that carry their kind of memory@>=
#define SH_ENTSIZE_TYPE_BITS 4
#define SH_ENTSIZE_TYPE_SHIFT (BITS_PER_LONG - SH_ENTSIZE_TYPE_BITS)
#define SH_ENTSIZE_TYPE_MASK ((1UL << SH_ENTSIZE_TYPE_BITS) - 1)
#define SH_ENTSIZE_OFFSET_MASK (~0UL >> SH_ENTSIZE_TYPE_BITS)
@#
long module_get_offset_and_type(struct module *mod, enum mod_mem_type kind,
				Elf_Shdr *section, unsigned int index);
@#
#ifndef ARCH_SHF_SMALL
#define ARCH_SHF_SMALL 0
#endif

@ All modules hang on one list. Whoever changes the list, a module's state, or the record of who
uses whom, holds |module_mutex|. Whoever only looks may do so with preemption off instead, since
entries leave the list a grace period before their memory goes. The assertion below is for functions
that are content with either. When lockdep has already given up, it keeps quiet.
@^lock module\_mutex@>

|module_wq| is the bell. It rings whenever a module has ended a step that somebody may be waiting
for: has become live, has failed, has gone. Those who wait are a load of the same name and a load that needs a
symbol of a module still coming.

@<The list of modules, its lock and its bell@>=
extern struct list_head modules;
extern struct mutex module_mutex;
extern wait_queue_head_t module_wq;
struct module *find_module_all(const char *name, size_t len, bool even_unformed);
void mod_update_bounds(struct module *mod);
void note_unloaded(struct module *mod);
@#
static inline void module_assert_mutex_or_preempt(void)
{
	if (!IS_ENABLED(CONFIG_LOCKDEP))
		return;
	WARN_ON_ONCE(debug_locks && !lockdep_is_held(&module_mutex) && !rcu_read_lock_sched_held());
}

@ Oopses, profilers and the unwinder ask to which module an address belongs, from every context
up to the non-maskable interrupt. A latched tree answers where it is configured; elsewhere the list has
to do. The bounds in front of either let the common question, about an address that no module
ever had, cost two comparisons.

@<Finding a module by address@>=
struct mod_tree_root {
	unsigned long addr_max, addr_min;
#ifdef CONFIG_MODULES_TREE_LOOKUP
	struct latch_tree_root root;
#endif
};
extern struct mod_tree_root mod_tree;
@#
#ifdef CONFIG_MODULES_TREE_LOOKUP
struct module *mod_find(unsigned long addr, struct mod_tree_root *tree);
void mod_tree_insert(struct module *mod);
void mod_tree_remove(struct module *mod);
void mod_tree_remove_init(struct module *mod);
#else
static inline void mod_tree_insert(struct module *mod) {}
static inline void mod_tree_remove(struct module *mod) {}
static inline void mod_tree_remove_init(struct module *mod) {}
@<Find a module on the list, where there is no tree@>@;
#endif

@ The list answers the same question as the tree, in time that grows with the number of modules. Only kernels without tracers and
profilers are content with that, since nobody asks them often.

@<Find a module on the list, where there is no tree@>=
static inline struct module *mod_find(unsigned long addr, struct mod_tree_root *tree)
{
	struct module *m;

	list_for_each_entry_rcu(m, &modules, list, lockdep_is_held(&module_mutex))
		if (within_module(addr, m))
			return m;
	return NULL;
}

@ The first line of defence against a bad file is to say what is bad about it. Every refusal in
this book prints one line through |load_err|, with the module's name in front as soon as there is
one, and then returns the errno that user space has always seen.
@^log lines@>

The functions |find_sec| and |section_objs| look for a section by name, among those that are kept; |find_any_sec| and
|any_section_objs| look among all. They return section~0, that is nothing, if there is none.

@<Arrival and checks@>=
#define load_err(info, fmt, ...) \
	@[pr_err("%s: " fmt "\n", (info)->name ? (info)->name : "unnamed", ##__VA_ARGS__)@]
@#
int load_module(struct load_info *info, const char __user *uargs, int flags);
void free_copy(struct load_info *info, int flags);
int elf_check(struct load_info *info, int flags);
unsigned int find_sec(const struct load_info *info, const char *name);
unsigned int find_any_sec(const struct load_info *info, const char *name);
void *section_addr(const struct load_info *info, const char *name);
void *section_objs(const struct load_info *info, const char *name, size_t size, unsigned int *num);
void *any_section_objs(const struct load_info *info, const char *name,
		       size_t size, unsigned int *num);
@<Notes that the module carries about itself@>@;

@ The notes are \.{tag=value} strings in the section \.{.modinfo}. A tag can occur several times;
|for_each_modinfo_entry| visits all.

@<Notes that the module carries about itself@>=
char *get_modinfo(const struct load_info *info, const char *tag);
char *get_next_modinfo(const struct load_info *info, const char *tag, char *prev);
char *module_next_tag_pair(char *string, unsigned long *secsize);
#define for_each_modinfo_entry(value, info, tag) \
	@[for (value = get_modinfo(info, tag); value; value = get_next_modinfo(info, tag, value))@]
@#
bool blacklisted(const char *name);
int check_modinfo(struct module *mod, struct load_info *info, int flags);
int try_to_force_load(struct module *mod, const char *reason);
void module_augment_kernel_taints(struct module *mod, struct load_info *info);
void setup_modinfo(struct module *mod, struct load_info *info);
void free_modinfo(struct module *mod);
@#
static inline void add_taint_module(struct module *mod, unsigned int flag,
				    enum lockdep_ok lockdep_ok)
{
	set_bit(flag, &mod->taints);
	add_taint(flag, lockdep_ok);
}

@ Layout decides where everything goes; then the memories are allocated and filled, and at the
end their permissions are set: text executable and no longer writable, data writable and never
executable.

@<Places and permissions@>=
int layout_module(struct module *mod, struct load_info *info);
int module_enforce_rwx_sections(Elf_Ehdr *hdr, Elf_Shdr *sechdrs,
				char *secstrings, struct module *mod);
int move_module(struct module *mod, struct load_info *info);
void free_mod_mem(struct module *mod, bool unload_codetags);
void flush_module_icache(const struct module *mod);
int module_enable_text_rox(const struct module *mod);
int module_enable_data_nx(const struct module *mod);
int module_enable_rodata_ro(const struct module *mod, bool after_init);
@#
void __percpu *mod_percpu(struct module *mod);
int percpu_modalloc(struct module *mod, struct load_info *info);
void percpu_modcopy(struct module *mod, const void *from, unsigned long size);
void percpu_modfree(struct module *mod);

@ The table of exported symbols itself is described in \.{symtab.h} (\chap{symbols}), which
also compiles outside the kernel. A search takes its question and gives its answer in one
structure: |name| is sought, |gplok| says whether the caller may have symbols exported only to
free software. The answer is the owner (|NULL| for the kernel itself), the address of the version
sum if there is one, the symbol and its licence.

@<Looking up a symbol, and linking@>=
struct find_symbol_arg {
	const char *name;
	bool gplok, warn;
@#
	const struct kernel_symbol *sym;
	struct module *owner;
	enum mod_license license;
	const s32 *crc;
};
bool find_symbol(struct find_symbol_arg *fsa);
const struct kernel_symbol *resolve_symbol_wait(struct module *mod, const struct load_info *info,
						const char *name);
int verify_exported_symbols(struct module *mod);
int check_export_symbol_versions(struct module *mod);
@#
int simplify_symbols(struct module *mod, const struct load_info *info);
int apply_relocations(struct module *mod, const struct load_info *info);
@<Livepatch modules keep their tables@>@;

@ A livepatch module is linked twice, the second time against modules that come later. So it keeps
the headers and symbol table that all others throw away.

@<Livepatch modules keep their tables@>=
#ifdef CONFIG_LIVEPATCH
int copy_module_elf(struct module *mod, struct load_info *info);
void free_module_elf(struct module *mod);
#else
static inline void free_module_elf(struct module *mod) {}
static inline int copy_module_elf(struct module *mod, struct load_info *info) { return 0; }
#endif
@#
static inline bool set_livepatch_module(struct module *mod)
{
#ifdef CONFIG_LIVEPATCH
	mod->klp = true;
#endif
	return IS_ENABLED(CONFIG_LIVEPATCH);
}

@ Without |CONFIG_MODVERSIONS| every version fits, and only the string of the kernel's own
version is compared.

@<Versions@>=
#ifdef CONFIG_MODVERSIONS
int check_modstruct_version(const struct load_info *info, struct module *mod);
int check_version(const struct load_info *info, const char *symname, struct module *mod,
		  const s32 *crc);
int same_magic(const char *theirs, const char *ours, bool has_crcs);
void module_layout(struct module *mod, struct modversion_info *ver, struct kernel_param *kp,
		   struct kernel_symbol *ks, struct tracepoint *const *tp);
#else
@<Every version fits@>@;
#endif

@ The answers are those of the real functions when all is well, so that no caller need know that nothing was compared.

@<Every version fits@>=
static inline int same_magic(const char *theirs, const char *ours, bool has_crcs)
{
	return !strcmp(theirs, ours);
}
static inline int check_modstruct_version(const struct load_info *info, struct module *mod)
{
	return 1;
}
static inline int check_version(const struct load_info *info, const char *symname,
				struct module *mod, const s32 *crc)
{
	return 1;
}

@ The last part of a load turns a linked image into a module that runs (\chap{live}); the
functions that take it away again stand in the second book.

@<Coming to life, and leaving@>=
extern struct blocking_notifier_head module_notify_list;
extern bool async_probe;
int find_module_sections(struct module *mod, struct load_info *info);
int post_relocation(struct module *mod, const struct load_info *info);
int complete_formation(struct module *mod, struct load_info *info);
int prepare_coming_module(struct module *mod);
int unknown_module_param_cb(char *param, char *val, const char *modname, void *arg);
int do_init_module(struct module *mod);
@#
void free_module(struct module *mod, bool failed);
bool unlink_module(struct module *mod);
void free_its_memory(struct module *mod, bool untagged);
int strong_try_module_get(struct module *mod);
@<Counting is compiled in@>@;

@ What the loader knows about a module and the rest of the kernel does not stands in front of |struct module|, in an {\it annex\/}
(\seein{unload-rules}{count}). |MODULE_ANNEX| is the room it takes.

A kernel built without |CONFIG_MODULE_UNLOAD| never lets a module go, so it counts nothing and records no
dependents; getting a reference can still fail, because a provider can still be coming.

@<Counting is compiled in@>=
#ifdef CONFIG_MODULE_UNLOAD
#include "annex.h"
#define MODULE_ANNEX sizeof(struct module_annex)
int module_unload_init(struct module *mod);
void module_unload_free(struct module *mod);
int ref_module(struct module *user, struct module *provider);
#else
#define MODULE_ANNEX 0
@<What to believe where nothing is counted@>@;
static inline int module_unload_init(struct module *mod) { return 0; }
static inline void module_unload_exit(struct module *mod) {}
static inline void module_unload_free(struct module *mod) {}
static inline int ref_module(struct module *user, struct module *provider)
{
	return strong_try_module_get(provider);
}
#endif

@ Nobody can hold a module whose holders are not counted; so a load that fails waits only for those who are just looking at it.
It is buried at once: there is no undertaker, since nothing ever leaves but what has failed to come.
@^lock RCU@>

@<What to believe where nothing is counted@>=
static inline bool is_nameless(const struct module *mod) { return false; }
static inline bool module_was_kept(const struct module *mod) { return false; }
static inline void linger(struct module *mod) {}
static inline void put_load_reference(struct module *mod) {}
static inline void begin_evidence(struct load_info *info, struct evidence *e) {}
static inline void note_import(const struct load_info *info, const char *name) {}
static inline int judge_module(struct module *mod, const struct load_info *info) { return 0; }
static inline bool undertaker_makes_room(void) { return false; }
static inline bool still_to_clean(const struct module *mod) { return true; }
static inline void hand_over(struct module *mod, bool failed)
{
	bool untagged = unlink_module(mod);

	synchronize_rcu();
	free_its_memory(mod, untagged);
	wake_up_all(&module_wq);
}
@#
static inline bool close_failed_load(struct module *mod)
{
	smp_store_release(&mod->state, MODULE_STATE_GOING);
	synchronize_rcu();
	return true;
}

@ |module_flags| writes the letters in parentheses that stand behind a module's name in an oops. Its buffer
must take one letter for each taint and four characters more: two parentheses, the sign of the
state, and the final zero.

@<Words for the sysfs and for the log@>=
#define MODULE_FLAGS_BUF_SIZE (4 + TAINT_FLAGS_COUNT)
char *module_flags(struct module *mod, char *buf, bool show_state);
size_t module_flags_taint(unsigned long taints, char *buf);
@#
extern size_t modinfo_attrs_count;
extern struct module_attribute *modinfo_attrs[];
extern struct dentry *mod_debugfs_root;

@ What follows declares what the remaining stock files define, in the terms they use. As each of
them is replaced, its part moves to a chapter of its own or goes away.

@<Neighbours: the stock files that remain@>=
@<Neighbour: signatures@>@;
@<Neighbour: decompression@>@;
@<Neighbour: names for addresses@>@;
@<Neighbour: the sysfs tree@>@;
@<Neighbour: statistics of failed loads@>@;
@<Neighbour: requests that repeat themselves@>@;
@<Neighbour: the memory of tainted modules gone@>@;
@<Neighbour: the leak detector@>@;

@ A kernel that knows of no signatures asks for none.

@<Neighbour: signatures@>=
int mod_verify_sig(const void *mod, struct load_info *info);
#ifdef CONFIG_MODULE_SIG
int module_sig_check(struct load_info *info, int flags);
#else
static inline int module_sig_check(struct load_info *info, int flags) { return 0; }
#endif

@ Without decompression a request to load a compressed file is answered with |EOPNOTSUPP|.
@^error EOPNOTSUPP@>

@<Neighbour: decompression@>=
#ifdef CONFIG_MODULE_DECOMPRESS
void module_decompress_cleanup(struct load_info *info);
int module_decompress(struct load_info *info, const void *buf, size_t size);
#else
static inline void module_decompress_cleanup(struct load_info *info) {}
static inline int module_decompress(struct load_info *info, const void *buf, size_t size)
{
	return -EOPNOTSUPP;
}
#endif

@ The three calls are made in this order: |layout_symtab| after the sections have their places, so
that the tables come last in their memories; |add_kallsyms| when the symbols have their values;
|init_build_id| once the notes are in their final place.

@<Neighbour: names for addresses@>=
int cmp_name(const void *name, const void *sym);
#ifdef CONFIG_KALLSYMS
void layout_symtab(struct module *mod, struct load_info *info);
void add_kallsyms(struct module *mod, const struct load_info *info);
void init_build_id(struct module *mod, const struct load_info *info);
static inline bool sect_empty(const Elf_Shdr *sect)
{
	return !sect->sh_size || !(sect->sh_flags & SHF_ALLOC);
}
#else
static inline void layout_symtab(struct module *mod, struct load_info *info) {}
static inline void add_kallsyms(struct module *mod, const struct load_info *info) {}
static inline void init_build_id(struct module *mod, const struct load_info *info) {}
#endif

@ Without sysfs there is nothing to make and nothing that could fail.

@<Neighbour: the sysfs tree@>=
#ifdef CONFIG_SYSFS
void init_param_lock(struct module *mod);
void mod_sysfs_teardown(struct module *mod);
int mod_sysfs_setup(struct module *mod, const struct load_info *info,
		    struct kernel_param *params, unsigned int count);
#else
static inline void init_param_lock(struct module *mod) {}
static inline void mod_sysfs_teardown(struct module *mod) {}
static inline int mod_sysfs_setup(struct module *mod, const struct load_info *info,
				  struct kernel_param *params, unsigned int count)
{
	return 0;
}
#endif

@ With |CONFIG_MODULE_STATS| a file in debugfs tells how much memory was wasted on loads that failed.
A load can turn out to be a duplicate at two moments: {\it becoming}, before any
memory but the copy was taken, and {\it load}, after the module's own memory was allocated too.

@<Neighbour: statistics of failed loads@>=
enum fail_dup_mod_reason { FAIL_DUP_MOD_BECOMING, FAIL_DUP_MOD_LOAD };
#ifdef CONFIG_MODULE_STATS
@<Counters of loads@>@;
#else
#define mod_stat_inc(name)
#define mod_stat_add_long(name, var)
static inline void mod_stat_bump_becoming(struct load_info *info, int flags) {}
static inline void mod_stat_bump_invalid(struct load_info *info, int flags) {}
static inline int try_add_failed_module(const char *name, enum fail_dup_mod_reason why)
{
	return 0;
}
#endif

@ The counters are atomic, since loads that fail take no common lock. The list holds the names that came too late, and how often.

@<Counters of loads@>=
struct mod_fail_load {
	struct list_head list;
	char name[MODULE_NAME_LEN];
	unsigned long dup_fail_mask;
	atomic_long_t count;
};
extern atomic_t modcount, failed_decompress, failed_kreads;
extern atomic_long_t total_text_size, total_mod_size;
extern atomic_long_t invalid_decompress_bytes, invalid_kread_bytes;
#define mod_stat_inc(name) atomic_inc(name)
#define mod_stat_add_long(amount, name) atomic_long_add(amount, name)
int try_add_failed_module(const char *name, enum fail_dup_mod_reason why);
void mod_stat_bump_becoming(struct load_info *info, int flags);
void mod_stat_bump_invalid(struct load_info *info, int flags);

@ |request_module| asks whether the same request is under way already. In most kernels it never is.

@<Neighbour: requests that repeat themselves@>=
#ifdef CONFIG_MODULE_DEBUG_AUTOLOAD_DUPS
void kmod_dup_request_announce(char *module_name, int ret);
bool kmod_dup_request_exists_wait(char *module_name, bool wait, int *dup_ret);
#else
static inline void kmod_dup_request_announce(char *module_name, int ret) {}
static inline bool kmod_dup_request_exists_wait(char *module_name, bool wait, int *dup_ret)
{
	return false;
}
#endif

@ A module that taints the kernel and leaves is remembered by name and letters, for the oops that comes a day later.

@<Neighbour: the memory of tainted modules gone@>=
#ifdef CONFIG_MODULE_UNLOAD_TAINT_TRACKING
struct mod_unload_taint {
	struct list_head list;
	unsigned long taints;
	char name[MODULE_NAME_LEN];
	u64 count;
};
void print_unloaded_tainted_modules(void);
int try_add_tainted_module(struct module *mod);
#else
static inline void print_unloaded_tainted_modules(void) {}
static inline int try_add_tainted_module(struct module *mod) { return 0; }
#endif

@ The leak detector is told where in a module pointers can be, so that it looks nowhere else.

@<Neighbour: the leak detector@>=
#ifdef CONFIG_DEBUG_KMEMLEAK
void kmemleak_load_module(const struct module *mod, const struct load_info *info);
#else
static inline void kmemleak_load_module(const struct module *mod, const struct load_info *info)
{
}
#endif

@ Two of our files, \.{live.c} and \.{unload.c}, export functions. For the sake of their
checksums these two see exactly what the stock loader's one large file saw, in whatever order; a
test compares the sums of both kernels, so that a line too many or too few is noticed on the same day.
The test is the authority, not this list.

@(kernel/module/loader.h@>=
@<Kernel headers, first half of the alphabet@>@;
@<Kernel headers, second half of the alphabet@>@;
#include <uapi/linux/module.h>
@#
#include <asm/sections.h>
#include <asm/mmu_context.h>
#include <asm/cacheflush.h>

@ The list is longer than any file of ours needs, and in the order of the alphabet because no other order means anything.

@<Kernel headers, first half of the alphabet@>=
#include <linux/async.h>
#include <linux/audit.h>
#include <linux/bsearch.h>
#include <linux/buildid.h>
#include <linux/capability.h>
#include <linux/cfi.h>
#include <linux/codetag.h>
#include <linux/cpu.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/dynamic_debug.h>
#include <linux/elf.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/execmem.h>
#include <linux/export.h>
#include <linux/extable.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/ftrace.h>
#include <linux/init.h>
#include <linux/jump_label.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kernel_read_file.h>
#include <linux/kmemleak.h>
#include <linux/kstrtox.h>

@ The other half of it; it is divided for the sake of the page.

@<Kernel headers, second half of the alphabet@>=
#include <linux/license.h>
#include <linux/livepatch.h>
#include <linux/module_signature.h>
#include <linux/moduleloader.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/percpu.h>
#include <linux/pfn.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/set_memory.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/trace_events.h>
#include <linux/tracepoint.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
