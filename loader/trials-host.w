@q SPDX-License-Identifier: GPL-2.0-only @>

@* Appendix: trials outside the kernel. \label{trials-host}%
This appendix is a tool, and whoever wants to know how a module is loaded may skip it.

A mistake in a kernel is expensive to find: the machine stops, or worse, goes on. Seven files of this book
need very little of the kernel around them, and they are those where a wrong number from a file could do the
most harm: the checks, the notes, the layout, symbols, versions, linking, and what x86-64 adds. So the same
tangled files are compiled once more, as parts of an ordinary program. There a
sanitizer watches every access to memory and every overflow, a hundred thousand damaged files are
tried in half a minute, and a failure ends in a debugger.

The price is a pretence. The files include kernel headers and call kernel functions, and somebody has to
supply them. The appendix does, in three parts: a kernel made of paper, a rig that takes a file through the steps
of \chap{load} up to the point where code would run, and the trials.

@ What such a trial can and cannot show should be clear. It shows that for the files tried the loader's own code
stays within bounds, that what passes the checks keeps the promises made at the end of \chap{elf}, and that every refusal prints
one line. It says nothing about locks, about memory permissions, about the stock code that we call; for
those there is a machine to boot (\chap{trials}).

\begintable{t p{3.9in}}
file & what it is \cr \hd
host/shim.h & the kernel's types, macros and small functions, as far as the seven files use them \cr
host/rig.h, rig.c & takes a file through check, layout, move, link and finish \cr
host/sample.c & a small module, compiled like a real one, to be damaged \cr
host/test\_elf.c & damaged files, by the ten thousand, and some sixty by hand \cr
host/test\_layout.c & random sections \cr
host/test\_symbols.c & look-up, licences, duplicates, versions, notes \cr
host/test\_link.c & each type of relocation at its limits \cr
host/run.c & runs them all, one line each \cr
host/fuzz.c & the same rig for a fuzzer that learns \cr
\endtable

@*1 A kernel made of paper.
Whatever header the seven files ask for, they get this one. (The directory of empty headers with the
kernel's names is made by the test script.) It is long and dull, and nobody need read it before a
trial fails to compile.

The configuration is the fullest: several processors, versions, symbols kept, livepatches,
unloading.

@(host/shim.h@>=
#ifndef HOST_SHIM_H
#define HOST_SHIM_H
#include <assert.h>
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
@#
@<Paper: the configuration@>@;
@<Paper: words of the kernel's dialect@>@;
@<Paper: ELF@>@;
@<Paper: the log@>@;
@<Paper: memory, strings, sorting@>@;
@<Paper: lists and locks@>@;
@<Paper: the annex@>@;
@<Paper: modules@>@;
@<Paper: taints and attributes@>@;
@<Paper: what the processor's half calls@>@;
#endif

@ The count of a module has a host program of its own, in the second book. Here the annex is a number of bytes that layout has to find
room for, no module is nameless, and nobody makes room.

@<Paper: the annex@>=
#define _MODULE_ANNEX_H
struct module_annex {
	char room[64];
};
#define is_nameless(mod) false
#define note_import(info, name) ((void)0)
#define undertaker_makes_room() false
#define unload_file taint_file /* that of the verdict is made in the other book */

@ The kernel asks for an option with a macro that is one if the option is defined as one, and zero if it is not
defined at all. The trick is a second argument that moves up when the first vanishes behind a
comma.

@<Paper: the configuration@>=
#define CONFIG_64BIT 1
#define CONFIG_X86_64 1
#define CONFIG_SMP 1
#define CONFIG_KALLSYMS 1
#define CONFIG_LIVEPATCH 1
#define CONFIG_MODULE_FORCE_LOAD 1
#define CONFIG_MODULE_UNLOAD 1
#define CONFIG_MODVERSIONS 1
#define CONFIG_STRICT_MODULE_RWX 1
#define paper_set_1 @[0,@]
#define paper_second(first, second, ...) second
#define paper_pick(moved) paper_second(moved 1, 0)
#define paper_glue(value) paper_pick(paper_set_##value)
#define IS_ENABLED(option) paper_glue(option)

@ Annotations for the kernel's own checkers vanish. A warning of the kernel's becomes a failed expectation, a |BUG| an
assertion; and what the kernel registers with macros (exports, parameters of the command line) has nobody here to be registered
with.

@s __weak const
@s s64 int

@<Paper: words of the kernel's dialect@>=
typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef unsigned long long u64;
typedef int32_t s32;
typedef long long s64;
typedef unsigned int gfp_t;
@#
#define @[__user@]
#define @[__percpu@]
#define @[__rcu@]
#define @[__weak@] @[__attribute__((weak))@]
#define BITS_PER_LONG 64
#define PAGE_SIZE 4096UL
#define U8_MAX 255
#define HZ 1000
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define BIT(n) (1UL << (n))
#define ALIGN(x, a) @[(((x) + (a) - 1) & ~((typeof(x))(a) - 1))@]
#define READ_ONCE(x) @[(*(const volatile typeof(x) *)&(x))@]
#define unlikely(x) (x)
#define container_of(p, type, member) @[((type *)((char *)(p) - offsetof(type, member)))@]
#define offsetofend(type, member) @[(offsetof(type, member) + sizeof(((type *)0)->member))@]
#define WARN_ON_ONCE(x) paper_warn(x, #x)
#define BUG_ON(x) assert(!(x))
#define EXPORT_SYMBOL(x) static_assert(1, #x)
#define core_param(name, variable, type, mode) static_assert(1, #name)
@#
static inline void *offset_to_ptr(const int *offset)
{
	return (void *)((unsigned long)offset + *offset);
}

@ Errors travel in pointers, as the kernel does it: the last page of the address space is no address.

@<Paper: words of the kernel's dialect@>=
static inline void *ERR_PTR(long err) { return (void *)err; }
static inline long PTR_ERR(const void *p) { return (long)p; }
static inline bool IS_ERR(const void *p) { return (unsigned long)p >= -4095UL; }
static inline bool IS_ERR_OR_NULL(const void *p) { return !p || IS_ERR(p); }

@ The system's own \.{elf.h} has nearly everything; the rest are names that the kernel gives to the native word size,
and three that only kernels know.

@<Paper: ELF@>=
typedef Elf64_Ehdr Elf_Ehdr;
typedef Elf64_Shdr Elf_Shdr;
typedef Elf64_Sym Elf_Sym;
typedef Elf64_Rela Elf_Rela;
#define ELF_CLASS ELFCLASS64
#define ELF_DATA ELFDATA2LSB
#define ELF_ST_BIND(info) ELF64_ST_BIND(info)
#define elf_check_arch(hdr) ((hdr)->e_machine == EM_X86_64)
#define SHN_LIVEPATCH 0xff20
#define SHF_RELA_LIVEPATCH 0x00100000
#define SHF_RO_AFTER_INIT 0x00200000

@ Lines of the log are counted by their weight, and the last is remembered: a trial wants to know how many there were, and
what was said.

@<Paper: the log@>=
enum { PAPER_ERR, PAPER_WARN, PAPER_INFO, PAPER_LEVELS };
struct log_lines {
	unsigned int lines[PAPER_LEVELS];
	char last[512];
	bool show;
};
extern struct log_lines paper_log;
@#
__attribute__((format(printf, 2, 3))) void paper_print(int level, const char *fmt, ...);
bool paper_warn(bool condition, const char *text);
@#
#define pr_err(...) paper_print(PAPER_ERR, __VA_ARGS__)
#define pr_warn(...) paper_print(PAPER_WARN, __VA_ARGS__)
#define pr_notice_once(...) paper_print(PAPER_INFO, __VA_ARGS__)
#define pr_debug(...) ((void)0)
#define printk(...) paper_print(PAPER_ERR, __VA_ARGS__)
#define KERN_ERR ""
#define KERN_WARNING ""

@ An allocation can be told to fail. |memchr_inv| looks for the first byte that is {\it not\/} the given one.

@<Paper: memory, strings, sorting@>=
#define GFP_KERNEL 0
extern bool paper_no_memory;
@#
static inline void *kvmalloc_array(size_t n, size_t size, gfp_t flags)
{
	return flags || paper_no_memory ? NULL : calloc(n, size);
}
static inline void kvfree(const void *p) { free((void *)p); }
static inline void kfree(const void *p) { free((void *)p); }
static inline char *kstrdup(const char *s, gfp_t flags)
{
	return flags || !s || paper_no_memory ? NULL : strdup(s);
}
static inline void *memchr_inv(const void *p, int c, size_t n)
{
	for (const u8 *b = p; n--; b++)
		if (*b != (u8)c)
			return (void *)b;
	return NULL;
}
static inline bool strstarts(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}
static inline ssize_t strscpy(char *to, const char *from, size_t room)
{
	return snprintf(to, room, "%s", from);
}
static inline void sort(void *base, size_t n, size_t size,
			int @[@](*cmp)(const void *, const void *), void *swap)
{
	assert(!swap);
	qsort(base, n, size, cmp);
}

@ There is one thread, so that locks need only count. Waiting never helps: if the condition does not hold
at once, the time is up.

@<Paper: lists and locks@>=
struct list_head {
	struct list_head *next, *prev;
};
#define @[list_for_each_entry_rcu@](pos, head, member, ...) \
	@[for (struct list_head *paper_at = (head)->next; \
	     paper_at != (head) && (pos = container_of(paper_at, typeof(*pos), member), true); \
	     paper_at = paper_at->next)@]
@#
struct mutex {
	int held;
};
struct blocking_notifier_head {
	int unused;
};
struct wait_queue_head {
	int unused;
};
#define @[wait_queue_head_t@] @[struct wait_queue_head@]
static const bool debug_locks = true;
extern struct mutex text_mutex;
extern int paper_preempt;
@#
static inline void mutex_lock(struct mutex *m) { assert(!m->held++); }
static inline void mutex_unlock(struct mutex *m) { assert(m->held--); }
static inline void paper_lock(struct mutex *m) { mutex_lock(m); mutex_unlock(m); }
static inline bool lockdep_is_held(struct mutex *m) { return m->held || !debug_locks; }
static inline bool rcu_read_lock_sched_held(void) { return true; }
static inline void preempt_disable(void) { paper_preempt++; }
static inline void preempt_enable(void) { paper_preempt--; }
static inline void sched_annotate_sleep(void) {}
#define guard(kind) paper_lock
#define wait_event_interruptible_timeout(queue, condition, time) ((condition) ? (time) : 0)

@ The one structure that must be right is |struct module|. It lies in the files that we read, so its size, and the
places of |init| and |exit|, are those of the kernel whose modules are being tried; the script finds them in
one of the modules and passes them to the compiler. Between those three our paper kernel keeps
what fields it needs.

@<Paper: modules@>=
#ifndef HOST_MODULE_SIZE
#define HOST_MODULE_SIZE 1280
#define HOST_MODULE_INIT 312
#define HOST_MODULE_EXIT 1200
#endif
#define MODULE_NAME_LEN (64 - sizeof(unsigned long))
@<Paper: kinds of module memory@>@;
enum module_state {
	MODULE_STATE_LIVE, MODULE_STATE_COMING, MODULE_STATE_GOING, MODULE_STATE_UNFORMED
};
struct module {
	enum module_state state;
	struct list_head list;
	char name[MODULE_NAME_LEN];
	@<Fields that only the paper kernel has here@>@;
	char gap[HOST_MODULE_INIT - 264];
	int @[@](*init)(void);
	char wide_gap[HOST_MODULE_EXIT - HOST_MODULE_INIT - 8];
	void @[@](*exit)(void);
	char tail[HOST_MODULE_SIZE - HOST_MODULE_EXIT - 8];
} @[__attribute__((aligned(64)))@];
static_assert(sizeof(struct module) == HOST_MODULE_SIZE, "size of struct module");
static_assert(offsetof(struct module, init) == HOST_MODULE_INIT, "place of init");
static_assert(offsetof(struct module, exit) == HOST_MODULE_EXIT, "place of exit");
@<Paper: functions on modules@>@;

@ They take exactly 184 bytes, so that with the name they end at 264. Should a kernel have its |init| in front of
that, the negative size of |gap| will say so.

@<Fields that only the paper kernel has here@>=
unsigned long taints;
const struct kernel_symbol *syms, *gpl_syms;
const s32 *crcs, *gpl_crcs;
unsigned int num_syms, num_gpl_syms;
struct module_memory mem[MOD_MEM_NUM_TYPES];
const char *version, *srcversion;
bool using_gplonly_symbols, klp, sig_ok;

@ The seven memories, and the two ways in which the loader goes over them. The second loop hides a condition in front of
its body.

@<Paper: kinds of module memory@>=
enum mod_mem_type {
	MOD_TEXT, MOD_DATA, MOD_RODATA, MOD_RO_AFTER_INIT,
	MOD_INIT_TEXT, MOD_INIT_DATA, MOD_INIT_RODATA,
	MOD_MEM_NUM_TYPES, MOD_INVALID = -1
};
struct module_memory {
	void *base;
	unsigned int size;
};
#define @[for_each_mod_mem_type@](type) \
	@[for (enum mod_mem_type type = 0; type < MOD_MEM_NUM_TYPES; type++)@]
#define mod_mem_type_is_init(type) ((type) >= MOD_INIT_TEXT)
#define mod_mem_type_is_core(type) ((type) < MOD_INIT_TEXT)
#define @[for_class_mod_mem_type@](type, class) \
	@[for_each_mod_mem_type(type) if (!mod_mem_type_is_##class(type)) {} else@]

@ An address belongs to a memory if its distance from the base is smaller than the size: one comparison of unsigned
numbers covers both ends, and an empty memory has no addresses.

@<Paper: functions on modules@>=
#define MODULE_INIT_IGNORE_MODVERSIONS 1
#define MODULE_INIT_IGNORE_VERMAGIC 2
struct kernel_param;
struct tracepoint;
struct modversion_info {
	unsigned long crc;
	char name[MODULE_NAME_LEN];
};
struct mod_kallsyms {
	Elf_Sym *symtab;
	unsigned int num_symtab;
	char *strtab, *typetab;
};
@#
static inline bool within_module_mem_type(unsigned long addr, const struct module *mod,
					  enum mod_mem_type type)
{
	return addr - (unsigned long)mod->mem[type].base < mod->mem[type].size;
}
static inline bool within_module(unsigned long addr, const struct module *mod)
{
	for_each_mod_mem_type(type)
		if (within_module_mem_type(addr, mod, type))
			return true;
	return false;
}
static inline const char *module_name(const struct module *mod)
{
	return mod ? mod->name : "kernel";
}
static inline bool is_livepatch_module(const struct module *mod) { return mod->klp; }
@<Functions of other chapters that the seven files call@>@;

@ In the kernel these are declared in |linux/moduleloader.h| and other headers that we do not have.

@<Functions of other chapters that the seven files call@>=
bool module_elf_check_arch(Elf_Ehdr *hdr);
bool module_init_section(const char *name);
bool module_exit_section(const char *name);
bool module_init_layout_section(const char *name);
unsigned int arch_mod_section_prepend(struct module *mod, unsigned int section);
int module_frob_arch_sections(Elf_Ehdr *hdr, Elf_Shdr *sechdrs, char *names, struct module *mod);
int module_finalize(const Elf_Ehdr *hdr, const Elf_Shdr *sechdrs, struct module *mod);
void module_arch_cleanup(struct module *mod);
void module_arch_freeing_init(struct module *mod);
int apply_relocate_add(Elf64_Shdr *sechdrs, const char *strtab, unsigned int symindex,
		       unsigned int relsec, struct module *mod);
void clear_relocate_add(Elf64_Shdr *sechdrs, const char *strtab, unsigned int symindex,
			unsigned int relsec, struct module *mod);
int klp_apply_section_relocs(struct module *mod, Elf_Shdr *sechdrs, const char *names,
			     const char *strtab, unsigned int symndx, unsigned int secndx,
			     const char *objname);
int module_refcount(struct module *mod);

@ Taints have other numbers here than in the kernel; nobody outside the paper kernel sees them. A licence is free if its name
begins with the three letters.

@<Paper: taints and attributes@>=
enum {
	TAINT_PROPRIETARY_MODULE, TAINT_FORCED_MODULE, TAINT_CRAP, TAINT_OOT_MODULE,
	TAINT_UNSIGNED_MODULE, TAINT_LIVEPATCH, TAINT_TEST, TAINT_FLAGS_COUNT
};
enum lockdep_ok { LOCKDEP_STILL_OK, LOCKDEP_NOW_UNRELIABLE };
static const struct {
	char c_true;
	bool module;
} taint_flags[TAINT_FLAGS_COUNT] = {
	{ 'P', true }, { 'F', true }, { 'C', true }, { 'O', true },
	{ 'E', true }, { 'K', true }, { 'N', true },
};
extern unsigned long paper_taints;
static inline void set_bit(int n, unsigned long *word) { *word |= BIT(n); }
static inline bool test_bit(int n, const unsigned long *word) { return *word & BIT(n); }
static inline bool test_and_set_bit(int n, unsigned long *word)
{
	bool old = test_bit(n, word);

	set_bit(n, word);
	return old;
}
static inline bool test_taint(unsigned int flag) { return test_bit(flag, &paper_taints); }
static inline void add_taint(unsigned int flag, enum lockdep_ok ok)
{
	set_bit(flag, &paper_taints);
	(void)ok;
}
static inline bool license_is_gpl_compatible(const char *s) { return !strncmp(s, "GPL", 3); }
static inline bool retpoline_module_ok(bool has_retpoline) { return has_retpoline; }
#define VERMAGIC_STRING "6.12.117 SMP mod_unload modversions "
@<Paper: files in sysfs@>@;

@ The notes of a module become files (\chap{modinfo}). The code for these files comes along with the reading of notes, so it has to
compile; it is not called.

@<Paper: files in sysfs@>=
struct kobject {
	int unused;
};
struct module_kobject {
	struct kobject kobj;
	struct module *mod;
};
struct module_attribute {
	struct {
		const char *name;
		unsigned int mode;
	} attr;
	ssize_t @[@](*show)(struct module_attribute *, struct module_kobject *, char *);
	ssize_t @[@](*store)(struct module_attribute *, struct module_kobject *,
			     const char *, size_t);
	void @[@](*setup)(struct module *, const char *);
	int @[@](*test)(struct module *);
	void @[@](*free)(struct module *);
};
#define __ATTR(name_, mode_, show_, store_) \
	@[{ .attr = { .name = #name_, .mode = mode_ }, .show = show_, .store = store_ }@]
#define sysfs_emit(text, ...) snprintf(text, PAGE_SIZE, __VA_ARGS__)
static inline int kobject_synth_uevent(struct kobject *k, const char *text, size_t len)
{
	return k && text && len ? 0 : -EINVAL;
}

@ The patchers of \chap{x86} are left out: what is tried here is only whether the tables that they would be given are
sound.

@<Paper: what the processor's half calls@>=
#define NCAPINTS 22
#define NBUGINTS 2
struct alt_instr {
	s32 instr_offset, repl_offset;
	u16 cpuid, flags;
	u8 instrlen, replacementlen;
} @[__attribute__((packed))@];
struct orc_entry {
	u8 bytes[6];
};
struct callthunk_sites {
	void *call_start, *call_end;
	void *alt_start, *alt_end;
};
static inline void *text_poke(void *to, const void *from, size_t n) { return memcpy(to, from, n); }
static inline void text_poke_sync(void) {}
#define its_init_mod(mod) ((void)(mod))
#define its_fini_mod(mod) ((void)(mod))
#define its_free_mod(mod) ((void)(mod))
#define apply_fineibt(a, b, c, d) ((void)0)
#define apply_retpolines(a, b) ((void)0)
#define apply_returns(a, b) ((void)0)
#define apply_alternatives(a, b) ((void)0)
#define apply_seal_endbr(a, b) ((void)0)
#define callthunks_patch_module_calls(sites, mod) ((void)(sites))
#define alternatives_smp_module_add(mod, name, a, b, c, d) ((void)0)
#define alternatives_smp_module_del(mod) ((void)(mod))
#define unwind_module_init(mod, a, b, c, d) ((void)0)

@*1 The rig.
The rig plays the part of \chap{load}. It takes a file as far as it will go, and reports how far that was. The order is
that of the spine; whatever the spine does to the rest of the kernel is left out.

@(host/rig.h@>=
#ifndef HOST_RIG_H
#define HOST_RIG_H
#include "internal.h"
enum rig_stage { AT_CHECK, AT_RIGHTS, AT_LAYOUT, AT_MOVE, AT_SYMBOLS, AT_LINK, AT_EXPORTS, AT_FINISH, LOADED };
struct outcome {
	enum rig_stage stage; /* the first that refused, or |LOADED| */
	int err;
	unsigned int lines; /* of the log, until then */
};
struct outcome rig_load(const void *file, size_t len, int flags);
void *rig_low_memory(size_t size); /* below 2 GB; ends in poison */
void rig_release(void); /* all of that */
void check_layout(const struct load_info *info);
extern bool rig_all_symbols; /* is every symbol exported by somebody? */
extern unsigned int rig_references; /* taken on other modules */
extern int rig_reference_error;
@<A trial and its verdict@>@;
#endif

@ A trial is a function. It calls |expect| for all that should hold; failures are counted, and the first few are printed.

@<A trial and its verdict@>=
extern unsigned int failures;
extern const char *context; /* what is being tried, for the message */
#define expect(condition) expect_that(condition, #condition, __FILE__, __LINE__)
bool expect_that(bool condition, const char *text, const char *file, int line);
void note(const char *fmt, ...); /* a word for the line of the result */

@ Modules expect to live in the topmost two gigabytes of the address space, since their code holds addresses in four bytes that are
widened by their sign. The lowest two gigabytes serve as well, and a user process can have those.
Memory that is not handed out is poisoned, so that the sanitizer sees a step over the end even
where the next page belongs to us.

@(host/rig.c@>=
#include <sys/mman.h>
#include "rig.h"
#ifdef HOST_SANITIZED
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)0)
#endif
@<Low memory with poison between the pieces@>@;
@<What the paper kernel has in memory@>@;
@<The exports of the paper kernel@>@;
@<Neighbours of the seven files@>@;
@<Whether the promises of the checks are kept@>@;
@<Whether the places are sound@>@;
@<Take a file through all stages@>@;

@ Each piece begins on a page, as module memory does, and is followed by at least one page of poison. Nothing is freed by itself:
after each file everything goes back at once, and the pages are forgotten, so that the next file finds zeros. A file that
wants more than the arena has is out of memory, as it would be in a small machine.

@<Low memory with poison between the pieces@>=
static const size_t arena_size = 64UL << 20;
static char *arena;
static size_t arena_used;
@#
void *rig_low_memory(size_t size)
{
	char *p;

	if (!arena) {
		arena = mmap(NULL, arena_size, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT | MAP_NORESERVE, -1, 0);
		assert(arena != MAP_FAILED);
		ASAN_POISON_MEMORY_REGION(arena, arena_size);
	}
	if (size > arena_size - arena_used - PAGE_SIZE)
		return NULL;
	p = arena + arena_used;
	arena_used += ALIGN(size, PAGE_SIZE) + PAGE_SIZE;
	if (arena_used > arena_size - PAGE_SIZE)
		arena_used = arena_size - PAGE_SIZE;
	ASAN_UNPOISON_MEMORY_REGION(p, size);
	return p;
}
@#
void rig_release(void)
{
	if (arena_used) {
		madvise(arena, ALIGN(arena_used, PAGE_SIZE), MADV_DONTNEED);
		ASAN_POISON_MEMORY_REGION(arena, arena_used);
	}
	arena_used = 0;
}

@ One list of modules, empty; two mutexes; a log. Only the first ten failures of a trial are printed, since a broken
check breaks a thousand files.

@<What the paper kernel has in memory@>=
struct list_head modules = { &modules, &modules };
struct mutex module_mutex, text_mutex;
wait_queue_head_t module_wq;
struct log_lines paper_log;
unsigned long paper_taints;
bool paper_no_memory, rig_all_symbols;
int paper_preempt, rig_reference_error;
unsigned int rig_references, failures;
const char *context = "";
@#
void paper_print(int level, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(paper_log.last, sizeof(paper_log.last), fmt, ap);
	va_end(ap);
	paper_log.lines[level]++;
	if (paper_log.show)
		fputs(paper_log.last, stderr);
}
@#
bool paper_warn(bool condition, const char *text)
{
	return !expect_that(!condition, text, "a warning", 0);
}
@#
bool expect_that(bool condition, const char *text, const char *file, int line)
{
	if (!condition && failures++ < 10)
		printf("  %s:%d: not so: %s (%s); last log line: %s\n", file, line, text, context,
		       *paper_log.last ? paper_log.last : "none");
	return condition;
}

@ The paper kernel exports a handful of symbols. The tables are made the way the kernel makes them, by the assembler,
in sections whose ends the linker names by itself; and they are sorted by name, if only because they are
written down so.

@<The exports of the paper kernel@>=
#define PAPER_EXPORT(table, name, space) \
	@[asm(PAPER_STRINGS(#name, space) @| PAPER_ENTRY(table, #name) @| PAPER_SUM(table, #name))@]
#define PAPER_STRINGS(name, space) @| ".pushsection __ksymtab_strings,\"a\"\n" \
	@| "88: .asciz \"" name "\"\n" "89: .asciz \"" space "\"\n" ".popsection\n"
#define PAPER_ENTRY(table, name) @| ".pushsection __ksymtab" table ",\"a\"\n" ".balign 4\n" \
	@| ".long paper_" name " - .\n.long 88b - .\n.long 89b - .\n.popsection\n"
#define PAPER_SUM(table, name) @| ".pushsection __kcrctab" table ",\"a\"\n" ".balign 4\n" \
	@| ".long 0x80000000\n" ".popsection\n"
int paper_alpha, paper_beta, paper_gamma, paper_module_layout, paper_omega, paper_secret, paper_tight;
PAPER_EXPORT("", alpha, "");
PAPER_EXPORT("", beta, "");
PAPER_EXPORT("", gamma, "GREEK");
PAPER_EXPORT("", module_layout, "");
PAPER_EXPORT("", omega, "");
PAPER_EXPORT("_gpl", secret, "");
PAPER_EXPORT("_gpl", tight, "");

@ Other chapters, and other parts of the kernel, in their simplest form. References are counted, and can be made to
fail. The livepatch core would apply its relocations when the patched object comes; here they are applied at once.

Where a trial wants all symbols resolved, whatever they are called, one address serves for
all. (The linker of the host lets a function be wrapped.)

@<Neighbours of the seven files@>=
int ref_module(struct module *user, struct module *provider)
{
	if (provider && !rig_reference_error)
		rig_references++;
	return user && provider ? rig_reference_error : 0;
}
int strong_try_module_get(struct module *mod) { return mod ? -EBUSY : 0; }
int module_refcount(struct module *mod) { return mod ? 0 : -1; }
void __percpu *mod_percpu(struct module *mod) { return mod ? (void *)0x2000 : NULL; }
int klp_apply_section_relocs(struct module *mod, Elf_Shdr *sechdrs, const char *names,
			     const char *strtab, unsigned int symndx, unsigned int secndx,
			     const char *objname)
{
	return names && !objname ? apply_relocate_add(sechdrs, strtab, symndx, secndx, mod) : 0;
}
@#
const struct kernel_symbol *__real_resolve_symbol_wait(struct module *mod,
	const struct load_info *info, const char *name);
const struct kernel_symbol *__wrap_resolve_symbol_wait(struct module *mod,
	const struct load_info *info, const char *name)
{
	if (rig_all_symbols)
		return __start___ksymtab;
	return __real_resolve_symbol_wait(mod, info, name);
}
@<Lay out the symbols as |kallsyms| does@>@;

@ The symbol tables go behind everything else (\chap{layout}). The sizes are added in 64 bits here, and compared with
what the real code, in 32 bits, would have got.

@<Lay out the symbols as |kallsyms| does@>=
static bool grow(struct module *mod, enum mod_mem_type type, u64 bytes)
{
	u64 sum = mod->mem[type].size + bytes;

	mod->mem[type].size = sum;
	return expect(sum == (u32)sum);
}
@#
void layout_symtab(struct module *mod, struct load_info *info)
{
	Elf_Shdr *symbols = &info->sechdrs[info->index.sym];
	Elf_Shdr *strings = &info->sechdrs[info->index.str];
	const Elf_Sym *sym = (void *)info->hdr + symbols->sh_offset;
	u64 i, n = symbols->sh_size / sizeof(*sym), names = 0;

	symbols->sh_flags |= SHF_ALLOC;
	strings->sh_flags |= SHF_ALLOC;
	symbols->sh_entsize = module_get_offset_and_type(mod, MOD_INIT_DATA, symbols, info->index.sym);
	strings->sh_entsize = module_get_offset_and_type(mod, MOD_INIT_DATA, strings, info->index.str);
	for (i = 0; i < n; i++)
		names += strlen(info->strtab + sym[i].st_name) + 1;
	grow(mod, MOD_DATA, 4096 + n * sizeof(*sym));
	grow(mod, MOD_DATA, names + n);
	grow(mod, MOD_INIT_DATA, sizeof(struct mod_kallsyms) + 8 + n);
}

@ These are the promises at the end of \chap{elf}, checked once more with other code: slower, and in the manner of somebody who does
not trust the first.

@<Whether the promises of the checks are kept@>=
static bool in_file(const struct load_info *info, u64 offset, u64 size)
{
	return (unsigned __int128)offset + size <= info->len;
}
static bool ends(const struct load_info *info, const char *string, unsigned int section)
{
	const Elf_Shdr *s = &info->sechdrs[section];
	const char *start = (char *)info->hdr + s->sh_offset;

	return string >= start && string < start + s->sh_size &&
		memchr(string, 0, start + s->sh_size - string);
}
@#
static void check_promises(const struct load_info *info)
{
	unsigned int i, n = info->hdr->e_shnum, sym = info->index.sym;

	expect(n > 0 && n < SHN_LORESERVE &&@| in_file(info, info->hdr->e_shoff, n * sizeof(Elf_Shdr)));
	expect((void *)info->sechdrs == (void *)info->hdr + info->hdr->e_shoff);
	expect(sym && info->index.str && info->index.mod && sym < n && info->index.str < n);
	expect(info->name && *info->mod->name && memchr(info->mod->name, 0, MODULE_NAME_LEN));
	expect(info->mod->state == 0 && !info->mod->list.next && !info->mod->init);
	for (i = 0; i < n; i++) {
		const Elf_Shdr *s = &info->sechdrs[i];

		expect(ends(info, info->secstrings + s->sh_name, info->hdr->e_shstrndx));
		expect(!(s->sh_addralign & (s->sh_addralign - 1)));
		@<Whether section |i| has its bytes to itself@>@;
		if (s->sh_type == SHT_RELA && s->sh_info && (info->sechdrs[s->sh_info].sh_flags & SHF_ALLOC))
			@<Whether these relocations stay in bounds@>@;
	}
	@<Whether all symbols are sound@>@;
}

@ All pairs are compared, with ends that cannot overflow because the line before has made sure.

@<Whether section |i| has its bytes to itself@>=
if (s->sh_type == SHT_NULL)
	expect(!s->sh_size && !(s->sh_flags & SHF_ALLOC));
else if (s->sh_type == SHT_NOBITS)
	expect(!s->sh_size || (s->sh_flags & SHF_ALLOC));
else {
	u64 start = s->sh_offset, end = start + s->sh_size;

	expect(in_file(info, start, s->sh_size));
	expect(!s->sh_size || start >= sizeof(Elf_Ehdr));
	expect(!s->sh_size || end <= info->hdr->e_shoff ||
	       start >= info->hdr->e_shoff + n * sizeof(Elf_Shdr));
	for (unsigned int j = 1; j < i; j++) {
		const Elf_Shdr *t = &info->sechdrs[j];

		if (t->sh_type != SHT_NOBITS && t->sh_size && s->sh_size)
			expect(t->sh_offset + t->sh_size <= start || end <= t->sh_offset);
	}
}

@ The width of a relocation is not looked at again: if a hole stuck out of its section, the linker would step into
poison, which is a better judge.

@<Whether these relocations stay in bounds@>=
{
	const Elf_Rela *r = (void *)info->hdr + s->sh_offset, *end = r + s->sh_size / sizeof(*r);

	expect(s->sh_info != sym && s->sh_info != info->index.str);
	expect(info->sechdrs[s->sh_info].sh_type != SHT_RELA);
	for (; r < end; r++) {
		expect(ELF64_R_SYM(r->r_info) < info->sechdrs[sym].sh_size / sizeof(Elf_Sym));
		expect(r->r_offset <= info->sechdrs[s->sh_info].sh_size);
		if (s->sh_info == info->index.mod)
			expect(r->r_offset == HOST_MODULE_INIT || r->r_offset == HOST_MODULE_EXIT);
	}
}

@ Every name must be found by |memchr| inside the table of strings, every index lead to a section or be one of three
exceptions.

@<Whether all symbols are sound@>=
{
	const Elf_Shdr *s = &info->sechdrs[sym];
	const Elf_Sym *y = (void *)info->hdr + s->sh_offset, *end = y + s->sh_size / sizeof(*y);

	expect(s->sh_size && s->sh_size % sizeof(*y) == 0 && s->sh_link == info->index.str);
	for (; y < end; y++) {
		expect(ends(info, info->strtab + y->st_name, info->index.str));
		if (y->st_shndx >= n)
			expect(y->st_shndx == SHN_ABS || y->st_shndx == SHN_COMMON ||
			       y->st_shndx == SHN_LIVEPATCH);
		else if (y->st_shndx)
			expect(y->st_value <= info->sechdrs[y->st_shndx].sh_size);
	}
}

@ After the layout every section that is kept has a place inside its memory, aligned, and no two share a byte. Sorting would be faster
than comparing all pairs, but this is the judge and not the accused.

@<Whether the places are sound@>=
static u64 place_of(const Elf_Shdr *s) { return s->sh_entsize & SH_ENTSIZE_OFFSET_MASK; }
static unsigned int kind_of(const Elf_Shdr *s) { return s->sh_entsize >> SH_ENTSIZE_TYPE_SHIFT; }
@#
static void check_places_of(const struct load_info *info)
{
	for (unsigned int i = 1; i < info->hdr->e_shnum; i++) {
		const Elf_Shdr *s = &info->sechdrs[i];

		if (!(s->sh_flags & SHF_ALLOC))
			continue;
		if (!expect(kind_of(s) < MOD_MEM_NUM_TYPES))
			continue;
		expect(place_of(s) + s->sh_size <= info->mod->mem[kind_of(s)].size);
		if (s->sh_addralign && s->sh_addralign <= PAGE_SIZE)
			expect(place_of(s) % s->sh_addralign == 0);
		for (unsigned int j = 1; j < i; j++) {
			const Elf_Shdr *t = &info->sechdrs[j];

			if ((t->sh_flags & SHF_ALLOC) && kind_of(s) == kind_of(t))
				expect(place_of(s) + s->sh_size <= place_of(t) ||
				       place_of(t) + t->sh_size <= place_of(s));
		}
	}
}

@ Each stage either goes on or leaves with its name and errno. Two stages are followed by a judge: after the checks
their promises are examined, and after the layout the places.

@<Take a file through all stages@>=
@<Move the sections of a file to low memory@>@;
@#
static enum rig_stage go_through(struct load_info *info, struct module **mod, int flags, int *err)
{
	unsigned int lines = paper_log.lines[PAPER_ERR];

	if ((*err = elf_check(info, flags)))
		return AT_CHECK;
	expect(paper_log.lines[PAPER_ERR] == lines);
	check_promises(info);
	@<Point the headers of the rig's copy into it@>@;
	if ((*err = module_enforce_rwx_sections(info->hdr, info->sechdrs, info->secstrings, info->mod)))
		return AT_RIGHTS;
	if ((*err = layout_module(info->mod, info)))
		return AT_LAYOUT;
	check_places_of(info);
	if ((*err = move_to_low_memory(info, mod)))
		return AT_MOVE;
	if ((*err = simplify_symbols(*mod, info)))
		return AT_SYMBOLS;
	if ((*err = apply_relocations(*mod, info)))
		return AT_LINK;
	@<Check the exports of the module@>@;
	if ((*err = module_finalize(info->hdr, info->sechdrs, *mod)))
		return AT_FINISH;
	return LOADED;
}

@ The file is copied to a piece of memory of exactly its length, at the beginning of a
page as in the kernel, so that one byte too far is one byte into the sanitizer's arms.

@<Take a file through all stages@>=
struct outcome rig_load(const void *file, size_t len, int flags)
{
	struct load_info info = { @[@].len = len };
	unsigned int before = paper_log.lines[PAPER_ERR];
	struct module *mod = NULL;
	struct outcome o = { 0 };
	void *copy;

	assert(!posix_memalign(&copy, PAGE_SIZE, len));
	memcpy(copy, file, len);
	info.hdr = copy;
	o.stage = go_through(&info, &mod, flags, &o.err);
	o.lines = paper_log.lines[PAPER_ERR] - before;
	free(copy);
	rig_release();
	return o;
}

@ What the spine does between the checks and the layout. The mark of a livepatch is believed at once, so that its
branches are tried too.

@<Point the headers of the rig's copy into it@>=
for (unsigned int i = 1; i < info->hdr->e_shnum; i++)
	info->sechdrs[i].sh_addr = (unsigned long)info->hdr + info->sechdrs[i].sh_offset;
info->sechdrs[info->index.vers].sh_flags &= ~(u64)SHF_ALLOC;
info->sechdrs[info->index.info].sh_flags &= ~(u64)SHF_ALLOC;
info->mod->klp = get_modinfo(info, "livepatch");

@ In the spine this comes with the other tables of the module (\chap{live}); of those only the exports concern the seven
files.

@<Check the exports of the module@>=
(*mod)->syms = section_objs(info, "__ksymtab", sizeof(*(*mod)->syms), &(*mod)->num_syms);
(*mod)->crcs = section_addr(info, "__kcrctab");
mutex_lock(&module_mutex);
*err = verify_exported_symbols(*mod);
mutex_unlock(&module_mutex);
if (*err)
	return AT_EXPORTS;

@ What \chap{layout} does in its second half, without permissions: seven pieces of memory, and into each its
sections. From then on the |struct module| in low memory is the module.

@<Move the sections of a file to low memory@>=
static int move_to_low_memory(struct load_info *info, struct module **mod)
{
	for_each_mod_mem_type(type) {
		struct module_memory *m = &info->mod->mem[type];

		m->base = m->size ? rig_low_memory(m->size) : NULL;
		if (m->size && !m->base)
			return -ENOMEM;
	}
	for (unsigned int i = 1; i < info->hdr->e_shnum; i++) {
		Elf_Shdr *s = &info->sechdrs[i];
		void *to;

		if (!(s->sh_flags & SHF_ALLOC))
			continue;
		to = info->mod->mem[kind_of(s)].base + place_of(s);
		if (s->sh_type != SHT_NOBITS && s->sh_size)
			memcpy(to, (void *)s->sh_addr, s->sh_size);
		s->sh_addr = (unsigned long)to;
	}
	*mod = (void *)info->sechdrs[info->index.mod].sh_addr;
	(*mod)->state = MODULE_STATE_UNFORMED;
	return 0;
}

@*1 A module to be damaged.
A module made by the real compiler is better than one put together by hand, since it has all the sections that one does not
think of. This one has a hole of every kind, exports, a per-CPU variable with a pointer in it, notes,
versions, and tables for the processor.

@(host/sample.c@>=
extern int alpha, beta, secret;
extern int missing __attribute__((weak));
int sample_init(void), sample_export(int);
void sample_exit(void);
@#
#define in_section(name) __attribute__((section(name), used))
static const char notes[] in_section(".modinfo") =
	"license=GPL\0name=sample\0intree=Y\0" @|
	"import_ns=GREEK\0" @|
	"vermagic=6.12.117 SMP mod_unload modversions ";
static const struct modversion_info versions[] in_section("__versions") = {
	{ 0x80000000, "module_layout" }, { 0x80000000, "alpha" },
	{ 0x80000000, "beta" }, { 0x80000000, "secret" },
};
struct module __this_module in_section(".gnu.linkonce.this_module") =@| {
	@[@].name = "sample", @[@].init = sample_init, @[@].exit = sample_exit,
};
static int zeros[100], here = 7;
static int *pointer in_section(".data..percpu") = &here;
static int *const table[] in_section(".data..ro_after_init") =@| { &here, &alpha, zeros + 3 };
@#
__attribute__((section(".init.text"))) int sample_init(void)
{
	return alpha + *table[here & 1] + (pointer != 0);
}
__attribute__((section(".exit.text"))) void sample_exit(void) { beta = zeros[here]; }
int sample_export(int x) { return &missing ? x : x + secret + sample_init(); }
@<Tables of the sample module@>@;

@ The compiler makes no tables of exports or alternatives, so the assembler is told to. The hole in \.{.rodata.far} is eight bytes wide and
relative, a type that modern tools emit and hand-written tests forget.

@<Tables of the sample module@>=
asm(".pushsection __ksymtab_strings,\"aMS\",@@progbits,1\n" @|
    "1: .asciz \"sample_export\"\n2: .asciz \"\"\n"
    ".popsection\n"
    ".pushsection __ksymtab,\"a\"\n.balign 4\n"
    ".long sample_export - .\n.long 1b - .\n.long 2b - .\n.popsection\n"
    ".pushsection __kcrctab,\"a\"\n.long 0x1234\n.popsection\n"
    ".pushsection .rodata.far,\"a\"\n.balign 8\n"
    ".quad sample_export - .\n.long here\n.long -1\n.popsection\n"
    ".pushsection .return_sites,\"a\"\n.long sample_export - .\n.popsection\n"
    ".pushsection .orc_unwind_ip,\"a\"\n.long sample_export - .\n.popsection\n"
    ".pushsection .orc_unwind,\"a\"\n.skip 6\n.popsection\n"
    ".pushsection .altinstructions,\"a\"\n" @|
    ".long sample_export - .\n.long sample_export - .\n" @|
    ".short 5, 0\n.byte 1, 1\n.popsection\n");

@*1 Damaged files.
A trial is told what file to damage: the sample. Its three simplest questions: does the undamaged file load; does every shorter file do no
harm; does every file in which one byte is different do no harm?

@(host/test_elf.c@>=
#include "rig.h"
#include "tests.h"
@<Try one damaged file and judge the outcome@>@;
@<Files cut short@>@;
@<Files with one byte changed@>@;
@<Files with one number changed@>@;
@<Files in which two sections share bytes@>@;
@<Damage by hand@>@;
@<The modules of a real kernel@>@;

@ The files of the trials share what they try, and their names, with the program that runs them.

@(host/tests.h@>=
extern void *sample;
extern size_t sample_size;
extern int real_count;
extern char **real_names;
void *read_file(const char *name, size_t *size);
void try_whole(void), try_cuts(void), try_bytes(void), try_numbers(void), try_overlaps(void);
void try_by_hand(void), try_real(void), try_no_memory(void);
void try_layout_random(void), try_layout_sums(void);
void try_lookup(void), try_lookup_random(void), try_grants(void), try_duplicates(void);
void try_notes(void), try_versions(void), try_magic(void);
void try_formulas(void), try_holes(void), try_clearing(void);

@ ``No harm'' means more than that nothing crashes. A refusal by the checks has the errno |ENOEXEC| and exactly one line in the log.
Later stages may refuse for reasons of their own, and say so at least once.

@<Try one damaged file and judge the outcome@>=
static unsigned int stages[LOADED + 1];
@#
static struct outcome try_file(const void *file, size_t len)
{
	struct outcome o = rig_load(file, len, 0);

	stages[o.stage]++;
	if (o.stage == AT_CHECK) {
		expect(o.err == -ENOEXEC);
		expect(o.lines == 1);
	} else if (o.stage != LOADED && o.stage != AT_MOVE) {
		expect(o.err < 0 && o.lines >= 1);
	}
	return o;
}
static void count_stages(void)
{
	unsigned int all = 0, i;

	for (i = 0; i <= LOADED; i++)
		all += stages[i];
	note("%u files: %u refused by the checks, %u later, %u load", all, stages[AT_CHECK],
	     all - stages[AT_CHECK] - stages[LOADED], stages[LOADED]);
	memset(stages, 0, sizeof(stages));
}
void try_whole(void)
{
	struct outcome o = rig_load(sample, sample_size, 0);

	expect(o.stage == LOADED && !o.err && !o.lines);
	o = rig_load(sample, sample_size, MODULE_INIT_IGNORE_MODVERSIONS);
	expect(o.stage == LOADED && !o.err);
}

@ The section headers stand at the end of the file, and the last of them is needed. So every cut must be noticed.

@<Files cut short@>=
void try_cuts(void)
{
	size_t len;

	for (len = 0; len < sample_size; len++)
		expect(try_file(sample, len).stage == AT_CHECK);
	count_stages();
}

@ Every byte in turn, with five wrong values each. Most bytes belong to no structure, and then the file loads.

@<Files with one byte changed@>=
void try_bytes(void)
{
	u8 *copy = malloc(sample_size), old;
	static char what[80];
	size_t at;
	int k;

	memcpy(copy, sample, sample_size);
	context = what;
	for (at = 0; at < sample_size; at++)
		for (k = 0; k < 5; k++) {
			const u8 values[] = { 0, 0xff, copy[at] + 1, copy[at] - 1, copy[at] ^ 0x80 };

			old = copy[at];
			if (values[k] == old)
				continue;
			snprintf(what, sizeof(what), "byte %zu is %u instead of %u", at, values[k], old);
			copy[at] = values[k];
			try_file(copy, sample_size);
			copy[at] = old;
		}
	free(copy);
	count_stages();
}

@ A byte changes a number only a little. The dangerous values are those around the limits: of the file, of 16, 32 and 64 bits. They are put
into every aligned word of two, four and eight bytes in the header and the section headers,
and in the symbols and relocations, which lie between the last contents and the
section headers; to be simple, we take every such word of the file.

@<Files with one number changed@>=
void try_numbers(void)
{
	const u64 numbers[] = { 1, 2, 3, 8, 64, 0xff00, 0xfff1, 0xfff2, 0xffff, 0x7fffffff, 0x80000000,
		0xffffffff, 1ULL << 32, 1ULL << 63, -1ULL, -2ULL, -8ULL, -64ULL, -4096ULL,
		sample_size, sample_size - 1, sample_size + 1, -sample_size };
	u8 *copy = malloc(sample_size), old[8];
	static char what[80];
	size_t at, width, k;

	memcpy(copy, sample, sample_size);
	context = what;
	for (width = 2; width <= 8; width *= 2)
		for (at = 0; at + width <= sample_size; at += width)
			for (k = 0; k < ARRAY_SIZE(numbers); k++) {
				snprintf(what, sizeof(what), "%#llx in %zu bytes at %zu", numbers[k], width, at);
				memcpy(old, copy + at, width);
				if (!memcmp(old, &numbers[k], width))
					continue;
				memcpy(copy + at, &numbers[k], width);
				try_file(copy, sample_size);
				memcpy(copy + at, old, width);
			}
	free(copy);
	count_stages();
}

@ Every section is laid over every other, at its beginning and on its last byte. Sections without bytes are left out, and so are
pairs that happen to fit.

@<Files in which two sections share bytes@>=
static Elf_Shdr *headers_of(void *file)
{
	return file + ((Elf_Ehdr *)file)->e_shoff;
}
static bool has_bytes(const Elf_Shdr *s)
{
	return s->sh_type != SHT_NULL && s->sh_type != SHT_NOBITS && s->sh_size;
}
void try_overlaps(void)
{
	void *copy = malloc(sample_size);
	Elf_Shdr *s = copy + ((Elf_Ehdr *)sample)->e_shoff;
	unsigned int i, j, n = ((Elf_Ehdr *)sample)->e_shnum;
	static char what[80];

	context = what;
	for (i = 1; i < n; i++)
		for (j = 1; j < n; j++) {
			memcpy(copy, sample, sample_size);
			if (i == j || !has_bytes(&s[i]) || !has_bytes(&s[j]))
				continue;
			snprintf(what, sizeof(what), "section %u over section %u", i, j);
			s[i].sh_offset = s[j].sh_offset;
			expect(try_file(copy, sample_size).stage == AT_CHECK);
			s[i].sh_offset = s[j].sh_offset + s[j].sh_size - 1;
			expect(try_file(copy, sample_size).stage == AT_CHECK);
		}
	free(copy);
	count_stages();
}

@ Random damage seldom hits a check in its middle. So each check also gets a file of its own, which is right in all respects but one,
and we insist on the words that it prints. If somebody deletes a check, one of these fails. The following names for the parts of a file make the
damages short.

@<Damage by hand@>=
static u8 *file;
static Elf_Ehdr *eh;
static Elf_Shdr *sh;
@#
static Elf_Shdr *by_name(const char *name)
{
	for (unsigned int i = 1; i < eh->e_shnum; i++)
		if (!strcmp((char *)file + sh[eh->e_shstrndx].sh_offset + sh[i].sh_name, name))
			return &sh[i];
	assert(!"no such section");
}
static void *bytes_of(const char *name) { return file + by_name(name)->sh_offset; }
static Elf_Sym *a_symbol(void) { return (Elf_Sym *)bytes_of(".symtab") + 2; }
static Elf_Rela *a_relocation(void) { return bytes_of(".rela.text"); }
static char *last_byte(const char *name)
{
	return (char *)bytes_of(name) + by_name(name)->sh_size - 1;
}

@ The damages are numbered by counting down: the one that finds a zero is carried out, and its words are returned. They are parts of messages
of \chap{elf}, and they are what makes this a test of each check: a file may well be refused for another
reason, and that would not do.

@<Damage by hand@>=
static const char this_module[] = ".gnu.linkonce.this_module";
@#
static const char *do_damage(int k)
{
	@<Damage the header, the section table or the notes@>@;
	@<Damage the module's structure, the versions or the symbols@>@;
	@<Damage the relocations@>@;
	return NULL;
}

@ The header, the section table, the places, the names of sections, the notes.

@<Damage the header, the section table or the notes@>=
if (!k--) return eh->e_ident[EI_CLASS] = ELFCLASS32, "foreign word size";
if (!k--) return eh->e_ident[0] = 'E', "not an ELF file";
if (!k--) return eh->e_type = ET_DYN, "not relocatable";
if (!k--) return eh->e_machine = EM_386, "another machine";
if (!k--) return eh->e_shentsize = 40, "section headers of 40";
if (!k--) return eh->e_shnum = 0, "0 sections";
if (!k--) return eh->e_shnum = SHN_LORESERVE, "65280 sections";
if (!k--) return eh->e_shoff = -64ULL, "headers outside";
if (!k--) return eh->e_shoff -= 4, "misaligned";
if (!k--) return sh[0].sh_link = 5, "section 0 is not blank";
if (!k--) return by_name(".text")->sh_size = -by_name(".text")->sh_offset,
	"lies outside of the file";
if (!k--) return by_name(".text")->sh_type = SHT_NULL, "has no type";
if (!k--) return by_name(".symtab")->sh_type = SHT_NOBITS, "neither bytes nor";
if (!k--) return by_name(".text")->sh_addralign = 24, "not a power of two";
if (!k--) return by_name(".text")->sh_offset = eh->e_shoff + 64, "overlaps";
if (!k--) return eh->e_shstrndx = SHN_XINDEX, "there is none";
if (!k--) return sh[eh->e_shstrndx].sh_type = SHT_PROGBITS, "no table of strings";
if (!k--) return sh[eh->e_shstrndx].sh_size = 0, "empty, or no zero";
if (!k--) return *last_byte(".shstrtab") = 'x', "empty, or no zero";
if (!k--) return *(char *)bytes_of(".shstrtab") = 'x', "empty, or no zero";
if (!k--) return sh[3].sh_name = 0xfffffff0, "lies outside of the table";
if (!k--) return by_name(".rodata.far")->sh_name = by_name(".modinfo")->sh_name,
	"two sections are called";
if (!k--) return by_name(".modinfo")->sh_type = SHT_NOTE, "has type";
if (!k--) return *last_byte(".modinfo") = 'x', "do not end";
if (!k--) return by_name(".modinfo")->sh_size = 0, "empty or do not end";

@ The module's own structure, the versions, the symbols and their names.

@<Damage the module's structure, the versions or the symbols@>=
if (!k--) return by_name(this_module)->sh_name++, "not a kernel module";
if (!k--) return by_name(this_module)->sh_size -= 64, "built for another kernel";
if (!k--) return by_name(this_module)->sh_flags &= ~SHF_WRITE, "not in writable data";
if (!k--) return by_name(this_module)->sh_addralign = 8, "misaligned";
if (!k--) return *last_byte(this_module) = 1, "filled in already";
if (!k--) return *(char *)bytes_of(this_module) = 1, "filled in already";
if (!k--) return memset(bytes_of(this_module) + 24, 'x', MODULE_NAME_LEN), "does not end";
if (!k--) return *(char *)(bytes_of(this_module) + 24) = 0, "is empty or";
if (!k--) return by_name("__versions")->sh_size -= 8, "cut off";
if (!k--) return memset(bytes_of("__versions") + 8, 'x', MODULE_NAME_LEN), "does not end";
if (!k--) return by_name(".symtab")->sh_type = SHT_PROGBITS, "no symbols (stripped?)";
if (!k--) return by_name(".rodata.far")->sh_type = SHT_SYMTAB, "two symbol tables";
if (!k--) return by_name(".symtab")->sh_entsize = 16, "no array of symbols";
if (!k--) return by_name(".symtab")->sh_size -= 4, "no array of symbols";
if (!k--) return a_symbol()[-2].st_value = 1, "symbol 0 is not blank";
if (!k--) return by_name(".symtab")->sh_link = 60000, "there is none";
if (!k--) return *last_byte(".strtab") = 'x', "empty, or no zero";
if (!k--) return a_symbol()->st_name = by_name(".strtab")->sh_size, "name of a symbol";
if (!k--) return a_symbol()->st_shndx = eh->e_shnum, "invalid section index";
if (!k--) return a_symbol()->st_shndx = SHN_XINDEX, "invalid section index";
if (!k--) return a_symbol()->st_value = -1, "outside of its section";

@ And the relocations. A place three bytes before the end leaves one byte of a four-byte hole outside; $2^{64}-2$ is an offset to
which four cannot be added.

@<Damage the relocations@>=
if (!k--) return by_name(".rela.text")->sh_type = SHT_REL, "not the relocations";
if (!k--) return by_name(".rela.text")->sh_entsize = 0, "no array of relocations";
if (!k--) return by_name(".rela.text")->sh_link = 1, "does not use the symbol";
if (!k--) return by_name(".rela.text")->sh_info = -1, "does not exist";
if (!k--) return by_name(".rela.text")->sh_info = 0, "does not exist";
if (!k--) return by_name(".rela.text")->sh_flags |= SHF_ALLOC, "livepatch relocations are kept";
if (!k--) return by_name(".rela.text")->sh_flags |= SHF_RELA_LIVEPATCH,
	"livepatch relocations are kept";
if (!k--) return by_name(".rodata.far")->sh_flags |= SHF_RELA_LIVEPATCH, "not the relocations";
if (!k--) return by_name(".rela.text")->sh_info = by_name(".symtab") - sh, "applies to a table";
if (!k--) return by_name(".rela.text")->sh_info = by_name(".strtab") - sh, "applies to a table";
if (!k--) return a_relocation()->r_offset = by_name(".text")->sh_size - 3,
	"outside of its target";
if (!k--) return a_relocation()->r_offset = -2ULL, "outside of its target";
if (!k--) return a_relocation()->r_info = 
	ELF64_R_INFO(by_name(".symtab")->sh_size / sizeof(Elf_Sym), R_X86_64_PC32),
	"relocation against symbol";
if (!k--) return ((Elf_Rela *)bytes_of(".rela.gnu.linkonce.this_module"))->r_offset = 24,
	"of struct module";
if (!k--) return by_name("__ksymtab_strings")->sh_flags &= ~SHF_ALLOC, "which is not kept";
if (!k--) return by_name(".init.text")->sh_flags &= ~SHF_EXECINSTR, "does not lead to code";
if (!k--) return ((Elf_Rela *)bytes_of(".rela.gnu.linkonce.this_module"))->r_addend = 1 << 20,
	"does not lead to code";

@ Two trials: all damages in turn, and the one refusal that is not the file's fault.

@<Damage by hand@>=
void try_by_hand(void)
{
	const char *words = "";
	int k;

	file = malloc(sample_size);
	for (k = 0; words; k++) {
		memcpy(file, sample, sample_size);
		eh = (void *)file;
		sh = headers_of(file);
		words = do_damage(k);
		context = words;
		if (!words)
			break;
		expect(try_file(file, sample_size).stage == AT_CHECK);
		expect(strstr(paper_log.last, words));
	}
	context = "";
	free(file);
	count_stages();
}
void try_no_memory(void)
{
	struct outcome o;

	paper_no_memory = true;
	o = rig_load(sample, sample_size, 0);
	paper_no_memory = false;
	expect(o.stage == AT_CHECK && o.err == -ENOMEM && !o.lines);
}

@ To refuse nothing that is good is as important as to refuse what is bad. Every module of a real kernel has to go through; its symbols are taken to
be exported by somebody.

@<The modules of a real kernel@>=
void try_real(void)
{
	size_t size;

	rig_all_symbols = true;
	for (int i = 0; i < real_count; i++) {
		void *real = read_file(real_names[i], &size);
		struct outcome o = rig_load(real, size, 0);

		context = real_names[i];
		expect(o.stage == LOADED);
		free(real);
	}
	rig_all_symbols = false;
	note("%d files", real_count);
}

@*1 Random layouts.
The layout is tried without a file: a few section headers with random sizes, alignments, flags and names.

@(host/test_layout.c@>=
#include "rig.h"
#include "tests.h"
@<A module that consists of headers only@>@;
@<Random sections keep apart@>@;
@<Sums that must be refused@>@;

@ The names decide whether a section belongs to the init part.

@<A module that consists of headers only@>=
enum { SECTIONS = 24 };
static const char names[] = "\0.text\0.init.text\0.data\0.init.data\0.exit.text\0.rodata"
	"\0.data..ro_after_init\0.bss\0__jump_table\0.init.rodata";
static struct {
	Elf_Ehdr hdr;
	Elf_Sym symbols[2];
} paper_file;
static Elf_Shdr headers[SECTIONS];
static struct module layout_mod;
static struct load_info paper_info;
@#
static unsigned int name_number(unsigned int k)
{
	const char *p = names;

	while (k--)
		p += strlen(p) + 1;
	return p - names;
}
static u32 dice(u32 sides)
{
	static u64 seed = 1;

	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (seed >> 33) % sides;
}
@<Begin with a symbol table and two empty symbols@>@;

@ Sections 1 to 21 are free to be filled in; the last two are the symbol table and its strings, for which the names of the
sections serve.

@<Begin with a symbol table and two empty symbols@>=
static void begin_headers(void)
{
	memset(headers, 0, sizeof(headers));
	memset(&layout_mod, 0, sizeof(layout_mod));
	memset(&paper_info, 0, sizeof(paper_info));
	paper_file.hdr.e_shnum = SECTIONS;
	paper_info.hdr = &paper_file.hdr;
	paper_info.sechdrs = headers;
	paper_info.secstrings = paper_info.strtab = (char *)names;
	paper_info.name = "paper";
	paper_info.mod = &layout_mod;
	paper_info.index.sym = SECTIONS - 2;
	paper_info.index.str = SECTIONS - 1;
	headers[SECTIONS - 2].sh_type = SHT_SYMTAB;
	headers[SECTIONS - 2].sh_offset = offsetof(typeof(paper_file), symbols);
	headers[SECTIONS - 2].sh_size = sizeof(paper_file.symbols);
	headers[SECTIONS - 2].sh_addralign = 8;
	headers[SECTIONS - 1].sh_size = sizeof(names);
}

@ The judge for places is that of the rig; here it is enough that nothing but sound places comes out, over and over.

@<Random sections keep apart@>=
void try_layout_random(void)
{
	static const u64 rights[] = { 0, SHF_WRITE, SHF_EXECINSTR, SHF_WRITE | SHF_RO_AFTER_INIT };
	int round, i;

	for (round = 0; round < 2000; round++) {
		begin_headers();
		for (i = 1; i < SECTIONS - 2; i++) {
			headers[i].sh_name = name_number(dice(11));
			headers[i].sh_type = dice(4) ? SHT_PROGBITS : SHT_NOBITS;
			headers[i].sh_size = dice(5000);
			headers[i].sh_addralign = dice(8) ? 1UL << dice(15) : 0;
			headers[i].sh_flags = rights[dice(4)] | (dice(5) ? SHF_ALLOC : 0);
		}
		expect(!layout_module(&layout_mod, &paper_info));
		check_layout(&paper_info);
	}
	note("%d modules of %d sections", round, SECTIONS - 3);
}

@ (The judge is static in its file; this is its door.)

@<Whether the places are sound@>=
void check_layout(const struct load_info *info)
{
	check_places_of(info);
}

@ Two gigabytes in one section; in three sections, none of which is too much alone; in rounding alone; and a number that, cut to
32 bits, would be small. What is just possible must remain possible.

@<Sums that must be refused@>=
static int layout_of(u64 a, u64 b, u64 c, u64 alignment)
{
	const u64 sizes[] = { a, b, c };

	begin_headers();
	for (int i = 1; i <= 3; i++) {
		headers[i].sh_name = name_number(8);
		headers[i].sh_type = SHT_NOBITS;
		headers[i].sh_size = sizes[i - 1];
		headers[i].sh_addralign = alignment;
		headers[i].sh_flags = SHF_ALLOC | SHF_WRITE;
	}
	return layout_module(&layout_mod, &paper_info);
}
void try_layout_sums(void)
{
	const u64 giga = 1ULL << 30;

	expect(layout_of(2 * giga, 0, 0, 1) == -ENOEXEC);
	expect(layout_of(giga, giga / 2, giga / 2, 1) == -ENOEXEC);
	expect(layout_of((1ULL << 32) + 1, 0, 0, 1) == -ENOEXEC);
	expect(layout_of(-1ULL, 2, 0, 1) == -ENOEXEC);
	expect(layout_of(-1ULL, -1ULL, 2, 1) == -ENOEXEC);
	expect(layout_of(giga, giga / 2, 0, 1) == 0);
	expect(layout_of(1, 1, 1, 1ULL << 40) == 0);
	expect(layout_of(1, 1, 1, 1ULL << 63) == 0);
}

@*1 Symbols, versions and notes.
The small questions that the loader asks of names come together here, since each takes a few lines.

@(host/test_symbols.c@>=
#include "rig.h"
#include "tests.h"
@<Every export is found, and nothing else@>@;
@<Random tables against a search from end to end@>@;
@<Conditions on which a symbol is granted@>@;
@<Duplicate exports are refused@>@;
@<Notes are found, whatever lies between them@>@;
@<Sums and magic are compared@>@;

@ The searched names are all exports, all of them shortened by a letter and lengthened by one, and names before the first and behind the
last.

@<Every export is found, and nothing else@>=
static bool finds(const char *name, bool gplok, struct find_symbol_arg *fsa)
{
	struct find_symbol_arg question = { @[@].name = name, @[@].gplok = gplok };
	bool found;

	mutex_lock(&module_mutex);
	found = find_symbol(&question);
	mutex_unlock(&module_mutex);
	*fsa = question;
	return found;
}
void try_lookup(void)
{
	static const char *const all[] = { "alpha", "beta", "gamma", "module_layout", "omega" };
	static const char *const not[] = { "", "a", "alph", "alphaa", "beta ", "om", "omegb", "zz", "secre" };
	struct find_symbol_arg fsa;

	for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
		expect(finds(all[i], false, &fsa) && !strcmp(kernel_symbol_name(fsa.sym), all[i]));
		expect(!fsa.owner && fsa.license == NOT_GPL_ONLY && (u32)*fsa.crc == 0x80000000);
	}
	for (size_t i = 0; i < ARRAY_SIZE(not); i++)
		expect(!finds(not[i], true, &fsa));
	expect(finds("secret", true, &fsa) && fsa.license == GPL_ONLY);
	expect(finds("tight", true, &fsa) && fsa.license == GPL_ONLY);
	expect(!finds("secret", false, &fsa) && !finds("tight", false, &fsa));
}

@ A table of $n$ names for each $n$ up to 40, each name tried, and each gap between two names. Distances must fit into four
bytes, so names and table lie in low memory together.

@<Random tables against a search from end to end@>=
static void point_at(int *field, const void *goal) { *field = (long)goal - (long)field; }
@#
static struct kernel_symbol *table_of(int n, char @[@](*words)[8])
{
	struct kernel_symbol *t = rig_low_memory(n * sizeof(*t) + 1);

	for (int i = 0; i < n; i++) {
		snprintf(words[2 * i], 8, "n%03d", 2 * i);
		snprintf(words[2 * i + 1], 8, "n%03d", 2 * i + 1);
		point_at(&t[i].name_offset, words[2 * i]);
		point_at(&t[i].value_offset, words[2 * i]);
		t[i].namespace_offset = 0;
	}
	return t;
}
void try_lookup_random(void)
{
	for (int n = 0; n <= 40; n++) {
		char @[@](*words)[8] = rig_low_memory((2 * n + 1) * sizeof(*words));
		struct kernel_symbol *t = table_of(n, words);
		struct export_table table = { t, t + n, NULL, NOT_GPL_ONLY };

		for (int i = 0; i < n; i++) {
			expect(search_exports(&table, words[2 * i]) == t + i);
			expect(!search_exports(&table, words[2 * i + 1]));
		}
		expect(!search_exports(&table, "") && !search_exports(&table, "zzz"));
		rig_release();
	}
}

@ A provider that is itself a module; it has one export of each licence.

@<Conditions on which a symbol is granted@>=
static struct module provider, user;
static struct load_info user_info;
static Elf_Shdr user_headers[2];
static char user_notes[] = "name=user\0import_ns=SPACE";
@#
static void make_provider(const char *name, const char *gpl_name, const char *space)
{
	char *words = rig_low_memory(64);
	struct kernel_symbol *t = rig_low_memory(2 * sizeof(*t));

	memset(&provider, 0, sizeof(provider));
	memset(&user, 0, sizeof(user));
	strcpy(provider.name, "provider");
	strcpy(user.name, "user");
	strcpy(words, name);
	strcpy(words + 20, gpl_name);
	strcpy(words + 40, space);
	for (int i = 0; i < 2; i++) {
		point_at(&t[i].name_offset, words + 20 * i);
		point_at(&t[i].namespace_offset, words + 40);
		point_at(&t[i].value_offset, words);
	}
	provider.syms = t;
	provider.gpl_syms = t + 1;
	provider.num_syms = provider.num_gpl_syms = 1;
	provider.mem[MOD_RODATA].base = words;
	provider.mem[MOD_RODATA].size = 64;
	modules.next = modules.prev = &provider.list;
	provider.list.next = provider.list.prev = &modules;
}
static void remove_provider(void)
{
	modules.next = modules.prev = &modules;
	rig_release();
}

@ The notes of the user name the space that it imports, |SPACE|.

@<Conditions on which a symbol is granted@>=
static const struct kernel_symbol *asks_for(const char *name)
{
	user_info.hdr = (void *)user_notes;
	user_info.sechdrs = user_headers;
	user_info.index.info = 1;
	user_headers[1].sh_size = sizeof(user_notes);
	user_headers[1].sh_offset = 0;
	user_info.name = "user";
	return resolve_symbol_wait(&user, &user_info, name);
}
void try_grants(void)
{
	make_provider("free", "for_gpl", "SPACE");
	rig_references = 0;
	expect(asks_for("free") == provider.syms && rig_references == 1 && !user.using_gplonly_symbols);
	expect(asks_for("for_gpl") == provider.gpl_syms && user.using_gplonly_symbols);
	expect(!asks_for("nowhere"));
	provider.state = MODULE_STATE_UNFORMED;
	expect(!asks_for("free"));
	provider.state = MODULE_STATE_LIVE;
	@<Grants that are refused@>@;
	remove_provider();
}

@ A free module must not use symbols of a proprietary one if it also uses those for free modules only; otherwise it may,
and becomes proprietary itself. A proprietary module does not get symbols for free modules. And a
provider that cannot be referenced is no provider.

@<Grants that are refused@>=
set_bit(TAINT_PROPRIETARY_MODULE, &provider.taints);
expect(IS_ERR_OR_NULL(asks_for("free")));
user.using_gplonly_symbols = false;
expect(asks_for("free") == provider.syms && test_bit(TAINT_PROPRIETARY_MODULE, &user.taints));
expect(!asks_for("for_gpl"));
user.taints = provider.taints = 0;
rig_reference_error = -ENOENT;
expect(asks_for("free") == ERR_PTR(-ENOENT));
rig_reference_error = -EBUSY;
expect(IS_ERR(asks_for("free")) && strstr(paper_log.last, "gave up waiting"));
rig_reference_error = 0;
remove_provider();
make_provider("free", "for_gpl", "ELSEWHERE");
expect(asks_for("free") == ERR_PTR(-EINVAL) && strstr(paper_log.last, "does not import it"));

@ A name may be exported once, whether the other is the kernel's or a module's, and whatever the licence.

@<Duplicate exports are refused@>=
static int verdict(const char *name, const char *gpl_name)
{
	int err;

	make_provider(name, gpl_name, "");
	modules.next = modules.prev = &modules; /* not on the list yet */
	mutex_lock(&module_mutex);
	err = verify_exported_symbols(&provider);
	mutex_unlock(&module_mutex);
	remove_provider();
	return err;
}
void try_duplicates(void)
{
	expect(verdict("one", "two") == 0);
	expect(verdict("alpha", "two") == -ENOEXEC);
	expect(strstr(paper_log.last,@| "exports duplicate symbol alpha (owned by kernel)"));
	expect(verdict("one", "secret") == -ENOEXEC);
	expect(verdict("secret", "two") == -ENOEXEC);
	expect(verdict("one", "omega") == -ENOEXEC);
}

@ The notes are copied to memory of exactly their size, so that a reader who goes too far is caught. Empty values, tags that are
the beginning or the end of others, zeros in front, between and behind.

@<Notes are found, whatever lies between them@>=
static const char *value_of(const char *notes, size_t size, const char *tag)
{
	char *copy = malloc(size);
	Elf_Shdr headers[2] = { { 0 }, { 0 } };
	struct load_info info = { @[@].hdr = (void *)copy, @[@].sechdrs = headers };
	static char value[64];
	const char *found;

	memcpy(copy, notes, size);
	info.index.info = 1;
	headers[1].sh_size = size;
	found = get_modinfo(&info, tag);
	if (found)
		strscpy(value, found, sizeof(value));
	free(copy);
	return found ? value : NULL;
}
#define VALUE(notes, tag) value_of(notes, sizeof(notes), tag)
void try_notes(void)
{
	expect(!strcmp(VALUE("a=1\0b=2", "b"), "2"));
	expect(!strcmp(VALUE("\0\0\0a=1\0\0\0\0b=2\0\0", "b"), "2"));
	expect(!strcmp(VALUE("ab=1\0a=2", "a"), "2"));
	expect(!strcmp(VALUE("a=\0a=2", "a"), ""));
	expect(!VALUE("ab=1", "a") && !VALUE("", "a") && !VALUE("a", "a") &&@| !VALUE("a\0=", "a"));
	expect(!VALUE("x=a=1", "a") && !VALUE("\0\0\0", "a"));
}

@ A sum with its top bit set must not be widened by its sign. The third entry has a name that fills its field: a name in a file need
not end, and the comparison must.

@<Sums and magic are compared@>=
void try_versions(void)
{
	struct modversion_info sums[3] = { { 5, "five" }, { 0x80000000, "big" }, { 0, "" } };
	Elf_Shdr headers[2] = { { 0 }, { 0 } };
	struct load_info info = { @[@].name = "sums", @[@].sechdrs = headers };
	const s32 five = 5, big = 0x80000000, six = 6;

	memset(sums[2].name, 'x', sizeof(sums[2].name));
	headers[1].sh_addr = (unsigned long)sums;
	headers[1].sh_size = sizeof(sums);
	info.index.vers = 1;
	expect(check_version(&info, "five", &user, &five) == 1);
	expect(check_version(&info, "big", &user, &big) == 1);
	expect(check_version(&info, "five", &user, &six) == 0);
	expect(strstr(paper_log.last, "disagrees about version of symbol five"));
	expect(check_version(&info, "fiv", &user, &five) == 0);
	expect(check_version(&info, "none", &user, NULL) == 1);
}
void try_magic(void)
{
	expect(same_magic("6.12 SMP", "6.12 SMP", false) && !same_magic("6.12 SMP", "6.13 SMP", false));
	expect(same_magic("6.12 SMP", "6.13 SMP", true) && !same_magic("6.12 SMP", "6.12", true));
	expect(same_magic("6.12", "6.13", true) && !same_magic("", "6.12 SMP", true));
}

@*1 Relocations.
Each type of relocation is a formula with a limit. The trials write down the section headers by hand, one relocation, one symbol.

@(host/test_link.c@>=
#include "rig.h"
#include "tests.h"
@<One relocation of a hole in low memory@>@;
@<Each formula, within its limits and beyond@>@;
@<Holes that must not be filled@>@;
@<What was filled can be cleared@>@;

@ Section 1 is the target, 2 holds the relocation, 3 the symbols.

@<One relocation of a hole in low memory@>=
static u8 *hole;
static Elf_Rela rela;
static Elf_Sym symbols[2];
static Elf_Shdr link_headers[4];
static struct module link_mod;
@#
static void prepare(u32 type, u64 value, s64 addend)
{
	hole = rig_low_memory(16);
	memset(hole, 0, 16);
	link_mod.state = MODULE_STATE_UNFORMED;
	link_headers[1].sh_addr = (unsigned long)hole;
	link_headers[1].sh_size = 16;
	link_headers[2].sh_addr = (unsigned long)&rela;
	link_headers[2].sh_size = sizeof(rela);
	link_headers[2].sh_info = 1;
	link_headers[3].sh_addr = (unsigned long)symbols;
	link_headers[3].sh_size = sizeof(symbols);
	symbols[1].st_value = value;
	rela.r_offset = 4;
	rela.r_info = ELF64_R_INFO(1ULL, type);
	rela.r_addend = addend;
}

@ A relocation that is refused must have left the hole as it was, and one that is applied must have changed the hole and nothing around
it.

@<One relocation of a hole in low memory@>=
static int fill(void) { return apply_relocate_add(link_headers, "", 3, 2, &link_mod); }
static int relocate(u32 type, u64 value, s64 addend)
{
	int err;

	rig_release();
	prepare(type, value, addend);
	err = fill();
	expect(err == 0 || err == -ENOEXEC);
	expect(!err || !memchr_inv(hole, 0, 16)); /* refused: untouched */
	return err;
}
static bool holds(u64 value, size_t width)
{
	return !memcmp(hole + 4, &value, width) && !memchr_inv(hole, 0, 4) &&
		!memchr_inv(hole + 4 + width, 0, 12 - width);
}

@ For a four-byte hole the limits are those of a signed or an unsigned word. The place of the hole, |P|, is known only when it has been
allocated; low memory always begins at the same place.

@<Each formula, within its limits and beyond@>=
void try_formulas(void)
{
	u64 P;

	expect(!relocate(R_X86_64_64, -16, 8) && holds(-8, 8));
	P = (unsigned long)hole + 4;
	expect(!relocate(R_X86_64_PC64, 1ULL << 60, -4) && holds((1ULL << 60) - 4 - P, 8));
	expect(!relocate(R_X86_64_32, 0xffffffff, 0) && holds(0xffffffff, 4));
	expect(relocate(R_X86_64_32, 0xffffffff, 1) && relocate(R_X86_64_32, 0, -1));
	expect(!relocate(R_X86_64_32S, 0x7fffffff, 0) && holds(0x7fffffff, 4));
	expect(relocate(R_X86_64_32S, 0x7fffffff, 1));
	expect(!relocate(R_X86_64_32S, -0x80000000LL, 0) && holds(0x80000000, 4));
	expect(relocate(R_X86_64_32S, -0x80000000LL, -1));
	for (int k = 0; k < 2; k++) {
		u32 type = k ? R_X86_64_PC32 : R_X86_64_PLT32;

		expect(!relocate(type, P + 100, -4) && holds(96, 4));
		expect(!relocate(type, P + 0x7fffffff, 0) && relocate(type, P + 0x80000000, 0));
		expect(!relocate(type, P - 0x80000000, 0) && relocate(type, P - 0x80000001, 0));
	}
	expect(!relocate(R_X86_64_NONE, 5, 5) && !memchr_inv(hole, 0, 16));
	rig_release();
}

@ A hole that is not empty in any of its bytes; types that no module uses; and, on the other side, holes at every place of a
section up to the very last. (That a hole lies outside cannot happen here any more: the
checks have seen to it.)

@<Holes that must not be filled@>=
void try_holes(void)
{
	expect(relocate(R_X86_64_GOTPCREL, 0, 0) && relocate(R_X86_64_16, 0, 0) &&@| relocate(-1, 0, 0));
	for (int at = 0; at < 16; at++) {
		prepare(R_X86_64_64, 42, 0);
		hole[at] = 1;
		expect(fill() == (at >= 4 && at < 12 ? -ENOEXEC : 0));
	}
	for (u64 at = 0; at <= 12; at++) {
		prepare(R_X86_64_32S, 42, 0);
		rela.r_offset = at;
		expect(!fill() && hole[at] == 42);
	}
	rig_release();
}

@ Clearing must give back zeros, while the module is loaded and while it lives, and must leave alone what is not what it
wrote. The lock that a living module needs is given back.

@<What was filled can be cleared@>=
static void clear(void) { clear_relocate_add(link_headers, "", 3, 2, &link_mod); }
@#
void try_clearing(void)
{
	static const u32 types[] = { R_X86_64_64, R_X86_64_PC64, R_X86_64_32S, R_X86_64_PC32, R_X86_64_PLT32 };

	for (size_t k = 0; k < ARRAY_SIZE(types); k++)
		for (int live = 0; live < 2; live++) {
			expect(!relocate(types[k], 0x12345678, 8) && memchr_inv(hole, 0, 16));
			expect(fill() == -ENOEXEC); /* not twice */
			link_mod.state = live ? MODULE_STATE_LIVE : MODULE_STATE_UNFORMED;
			clear();
			expect(!memchr_inv(hole, 0, 16));
			expect(!fill());
			hole[5] = ~hole[5];
			clear(); /* not ours: left alone */
			expect(memchr_inv(hole, 0, 16));
		}
	expect(!text_mutex.held);
	rig_release();
}

@*1 Running them.
Arguments are the sample module, then any number of real ones.

@(host/run.c@>=
#include "rig.h"
#include "tests.h"
void *sample;
size_t sample_size;
int real_count;
char **real_names;
static char remark[200];
@#
void note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(remark, sizeof(remark), fmt, ap);
	va_end(ap);
}
void *read_file(const char *name, size_t *size)
{
	FILE *f = fopen(name, "rb");
	void *bytes;

	assert(f && !fseek(f, 0, SEEK_END));
	*size = ftell(f);
	rewind(f);
	bytes = malloc(*size);
	assert(fread(bytes, 1, *size, f) == *size);
	fclose(f);
	return bytes;
}
@<All trials, with their names@>@;
@<Run all trials and print a line for each@>@;

@ The lines are read by the script that builds this program, and by people.

@<Run all trials and print a line for each@>=
int main(int argc, char **argv)
{
	unsigned int failed = 0;

	assert(argc > 1);
	setvbuf(stdout, NULL, _IOLBF, 0);
	sample = read_file(argv[1], &sample_size);
	real_names = argv + 2;
	real_count = argc - 2;
	for (size_t i = 0; i < ARRAY_SIZE(trials); i++) {
		failures = 0;
		context = remark;
		remark[0] = paper_log.last[0] = 0;
		trials[i].run();
		failed += failures > 0;
		printf("%s %s%s%s\n", failures ? "FAILED" : "ok", trials[i].name, *remark ? ": " : "", remark);
	}
	printf("%zu passed, %u failed\n", ARRAY_SIZE(trials) - failed, failed);
	return failed > 0;
}

@ The order is from the whole to the parts, and a reader of the output may stop at the first failure.

@<All trials, with their names@>=
static const struct {
	void @[@](*run)(void);
	const char *name;
} trials[] = {@t\1@>@/
	{ try_whole, "the sample module loads" },@/
	{ try_cuts, "files cut short" },@/
	{ try_bytes, "files with one byte changed" },@/
	{ try_numbers, "files with one number changed" },@/
	{ try_overlaps, "sections laid over others" },@/
	{ try_by_hand, "one damage for each check" },@/
	{ try_no_memory, "no memory for the checks" },@/
	{ try_real, "modules of a real kernel" },@/
	{ try_layout_random, "layout of random sections" },@/
	{ try_layout_sums, "sums that overflow" },@/
	{ try_lookup, "look-up of a name" },@/
	{ try_lookup_random, "look-up in tables of every size" },@/
	{ try_grants, "licences, name spaces, references" },@/
	{ try_duplicates, "duplicate exports" },@/
	{ try_notes, "notes" },@/
	{ try_versions, "version sums" },@/
	{ try_magic, "version magic" },@/
	{ try_formulas, "formulas of relocations" },@/
	{ try_holes, "holes that must stay" },@/
	{ try_clearing, "clearing what was filled" },@t\2@>@/
};

@ The rig also serves a fuzzer that watches which branches a file takes, and breeds those that take new ones. It starts from the sample and runs until
it is stopped or finds something.

@(host/fuzz.c@>=
#include "rig.h"
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
void note(const char *fmt, ...) { (void)fmt; }
@#
int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct outcome o;

	if (!size)
		return 0;
	rig_all_symbols = true;
	o = rig_load(data, size, 0);
	if (o.stage == AT_CHECK)
		expect(o.err == -ENOEXEC && o.lines == 1);
	if (failures)
		abort();
	return 0;
}
