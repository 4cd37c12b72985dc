/* bionic's libc over glibc, so that a library for Android loads and runs on this machine.
 *
 * Only what differs; every other name is found in glibc, which this library needs. What the
 * library under test has never asked for ends the process by name, for silence could pass for
 * success. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <netdb.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Defines bionic's NAME under another name in C, for glibc's headers declare it differently. */
#define BIONIC(name) __asm__(#name)

static void unknown(const char *what, long value) {
    fprintf(stderr, "bionic.c does not know %s %#lx\n", what, value);
    abort();
}

static void *glibc(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) unknown(name, 0);
    return found;
}

int *__errno(void) { return &errno; }

/* addrinfo: bionic has the canonical name before the address, and errors above zero. */
struct bionic_addrinfo {
    int flags, family, socktype, protocol;
    socklen_t address_length;
    char *canonical_name;
    struct sockaddr *address;
    struct bionic_addrinfo *next;
};

enum { BIONIC_PASSIVE = 1, BIONIC_CANONNAME = 2, BIONIC_NUMERICHOST = 4, BIONIC_NUMERICSERV = 8 };

static int bionic_error(int error) {
    switch (error) {
    case 0: return 0;
    case EAI_AGAIN: return 2;
    case EAI_BADFLAGS: return 3;
    case EAI_FAIL: return 4;
    case EAI_FAMILY: return 5;
    case EAI_MEMORY: return 6;
    case EAI_NODATA: return 7;
    case EAI_NONAME: return 8;
    case EAI_SERVICE: return 9;
    case EAI_SOCKTYPE: return 10;
    case EAI_SYSTEM: return 11;
    default: return 4;
    }
}

static int glibc_flags(int flags) {
    int result = 0;
    if (flags & BIONIC_PASSIVE) result |= AI_PASSIVE;
    if (flags & BIONIC_CANONNAME) result |= AI_CANONNAME;
    if (flags & BIONIC_NUMERICHOST) result |= AI_NUMERICHOST;
    if (flags & BIONIC_NUMERICSERV) result |= AI_NUMERICSERV;
    if (flags & ~0xf) unknown("ai_flags", flags);
    return result;
}

void bionic_freeaddrinfo(struct bionic_addrinfo *) BIONIC(freeaddrinfo);
int bionic_getaddrinfo(const char *, const char *, const struct bionic_addrinfo *, struct bionic_addrinfo **)
    BIONIC(getaddrinfo);
const char *bionic_gai_strerror(int) BIONIC(gai_strerror);

int bionic_getaddrinfo(const char *node, const char *service, const struct bionic_addrinfo *wanted,
                       struct bionic_addrinfo **result) {
    int (*look_up)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = glibc("getaddrinfo");
    void (*give_back)(struct addrinfo *) = glibc("freeaddrinfo");
    struct addrinfo hints = {0}, *found = NULL;
    if (wanted) {
        hints.ai_flags = glibc_flags(wanted->flags);
        hints.ai_family = wanted->family;
        hints.ai_socktype = wanted->socktype;
        hints.ai_protocol = wanted->protocol;
    }
    int error = look_up(node, service, wanted ? &hints : NULL, &found);
    if (error) return bionic_error(error);
    *result = NULL;
    for (struct addrinfo *entry = found; entry; entry = entry->ai_next) {
        struct bionic_addrinfo *copy = calloc(1, sizeof *copy + entry->ai_addrlen);
        copy->flags = entry->ai_flags;
        copy->family = entry->ai_family;
        copy->socktype = entry->ai_socktype;
        copy->protocol = entry->ai_protocol;
        copy->address_length = entry->ai_addrlen;
        copy->canonical_name = entry->ai_canonname ? strdup(entry->ai_canonname) : NULL;
        copy->address = memcpy(copy + 1, entry->ai_addr, entry->ai_addrlen);
        *result = copy;
        result = &copy->next;
    }
    give_back(found);
    return 0;
}

void bionic_freeaddrinfo(struct bionic_addrinfo *entry) {
    while (entry) {
        struct bionic_addrinfo *next = entry->next;
        free(entry->canonical_name);
        free(entry);
        entry = next;
    }
}

const char *bionic_gai_strerror(int error) {
    return error == 8 ? "no address associated with hostname" : "the resolver failed";
}

/* sysconf: bionic has numbers of its own. */
long bionic_sysconf(int) BIONIC(sysconf);
long bionic_sysconf(int name) {
    long (*ask)(int) = glibc("sysconf");
    switch (name) {
    case 0x27:
    case 0x28: return ask(_SC_PAGESIZE);
    case 0x60: return ask(_SC_NPROCESSORS_CONF);
    case 0x61: return ask(_SC_NPROCESSORS_ONLN);
    case 0x62: return ask(_SC_PHYS_PAGES);
    default: unknown("sysconf", name); return -1;
    }
}

/* strerror_r: bionic's is that of POSIX, glibc's plain one is GNU's. */
extern int __xpg_strerror_r(int, char *, size_t);
int bionic_strerror_r(int, char *, size_t) BIONIC(strerror_r);
int bionic_strerror_r(int error, char *text, size_t size) { return __xpg_strerror_r(error, text, size); }

/* pthread_attr_t has 56 bytes in bionic, and up to 64 in glibc: the real one is on the heap. */
struct bionic_attr {
    pthread_attr_t *real;
};

int bionic_attr_init(struct bionic_attr *) BIONIC(pthread_attr_init);
int bionic_attr_destroy(struct bionic_attr *) BIONIC(pthread_attr_destroy);
int bionic_attr_setstacksize(struct bionic_attr *, size_t) BIONIC(pthread_attr_setstacksize);
int bionic_create(pthread_t *, const struct bionic_attr *, void *(*)(void *), void *) BIONIC(pthread_create);

int bionic_attr_init(struct bionic_attr *attr) {
    int (*init)(pthread_attr_t *) = glibc("pthread_attr_init");
    attr->real = malloc(sizeof *attr->real);
    return init(attr->real);
}

int bionic_attr_destroy(struct bionic_attr *attr) {
    int (*destroy)(pthread_attr_t *) = glibc("pthread_attr_destroy");
    int result = destroy(attr->real);
    free(attr->real);
    attr->real = NULL;
    return result;
}

int bionic_attr_setstacksize(struct bionic_attr *attr, size_t size) {
    int (*set)(pthread_attr_t *, size_t) = glibc("pthread_attr_setstacksize");
    return set(attr->real, size);
}

int bionic_create(pthread_t *thread, const struct bionic_attr *attr, void *(*run)(void *), void *argument) {
    int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) = glibc("pthread_create");
    return create(thread, attr ? attr->real : NULL, run, argument);
}

void android_set_abort_message(const char *message) { fprintf(stderr, "abort message: %s\n", message); }

int __system_property_get(const char *name, char *value) {
    (void)name;
    *value = '\0';
    return 0;
}

/* What glibc's loader skips and bionic's does: the packed relocations of a library (APS2; see
 * xtask/src/android/packed.rs). The driver calls it between loading and the first call. */
enum { DT_ANDROID_REL = 0x6000000f, DT_ANDROID_RELA = 0x60000011 };
enum { BY_INFO = 1, BY_OFFSET_DELTA = 2, BY_ADDEND = 4, HAS_ADDEND = 8 };

#ifdef __LP64__
#define SYMBOL(info) ELF64_R_SYM(info)
#define TYPE(info) ELF64_R_TYPE(info)
#else
#define SYMBOL(info) ELF32_R_SYM(info)
#define TYPE(info) ELF32_R_TYPE(info)
#endif

#if defined(__aarch64__)
enum { ABSOLUTE = R_AARCH64_ABS64, SLOT = R_AARCH64_GLOB_DAT, RELATIVE = R_AARCH64_RELATIVE };
#elif defined(__x86_64__)
enum { ABSOLUTE = R_X86_64_64, SLOT = R_X86_64_GLOB_DAT, RELATIVE = R_X86_64_RELATIVE };
#elif defined(__arm__)
enum { ABSOLUTE = R_ARM_ABS32, SLOT = R_ARM_GLOB_DAT, RELATIVE = R_ARM_RELATIVE };
#else
enum { ABSOLUTE = R_386_32, SLOT = R_386_GLOB_DAT, RELATIVE = R_386_RELATIVE };
#endif

static intptr_t number(const uint8_t **at) {
    uint64_t value = 0;
    unsigned shift = 0;
    uint8_t byte;
    do {
        byte = *(*at)++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    if (byte & 0x40 && shift < 64) value |= ~(uint64_t)0 << shift;
    return (intptr_t)value;
}

struct library {
    void *handle;
    uintptr_t base;
    const ElfW(Sym) *symbols;
    const char *names;
};

static uintptr_t symbol(const struct library *library, size_t index) {
    const ElfW(Sym) *wanted = &library->symbols[index];
    void *found = dlsym(library->handle, library->names + wanted->st_name);
    if (!found && ELF64_ST_BIND(wanted->st_info) != STB_WEAK) unknown(library->names + wanted->st_name, 0);
    return (uintptr_t)found;
}

static void relocate(const struct library *library, uintptr_t offset, uintptr_t info, intptr_t addend, int has_addends) {
    uintptr_t *place = (uintptr_t *)(library->base + offset);
    /* Without addends of its own the table means what stands in the place. */
    if (!has_addends) addend = TYPE(info) == SLOT ? 0 : (intptr_t)*place;
    switch (TYPE(info)) {
    case RELATIVE: *place = library->base + addend; break;
    case ABSOLUTE:
    case SLOT: *place = symbol(library, SYMBOL(info)) + addend; break;
    default: unknown("relocation", TYPE(info));
    }
}

static void unpack(const struct library *library, const uint8_t *at, int has_addends) {
    if (memcmp(at, "APS2", 4)) unknown("packed relocations", *at);
    at += 4;
    intptr_t left = number(&at), addend = 0, delta = 0;
    uintptr_t offset = number(&at), info = 0;
    while (left > 0) {
        intptr_t size = number(&at), flags = number(&at);
        if (flags & BY_OFFSET_DELTA) delta = number(&at);
        if (flags & BY_INFO) info = number(&at);
        if (!(flags & HAS_ADDEND)) addend = 0;
        else if (flags & BY_ADDEND) addend += number(&at);
        for (left -= size; size > 0; size--) {
            offset += flags & BY_OFFSET_DELTA ? delta : number(&at);
            if (!(flags & BY_INFO)) info = number(&at);
            if (flags & HAS_ADDEND && !(flags & BY_ADDEND)) addend += number(&at);
            relocate(library, offset, info, addend, has_addends);
        }
    }
}

/* Makes what RELRO covers writable, or read-only again. */
static void protect(uintptr_t base, int protection) {
    const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)base;
    const ElfW(Phdr) *segments = (const ElfW(Phdr) *)(base + header->e_phoff);
    uintptr_t page = sysconf(0x27);
    for (int i = 0; i < header->e_phnum; i++) {
        if (segments[i].p_type != PT_GNU_RELRO) continue;
        uintptr_t begin = (base + segments[i].p_vaddr) & -page;
        uintptr_t end = (base + segments[i].p_vaddr + segments[i].p_memsz) & -page;
        if (mprotect((void *)begin, end - begin, protection)) unknown("mprotect", errno);
    }
}

void bionic_relocate(void *handle) {
    struct link_map *map;
    if (dlinfo(handle, RTLD_DI_LINKMAP, &map)) unknown("library", 0);
    struct library library = {handle, map->l_addr, NULL, NULL};
    const uint8_t *packed = NULL;
    int has_addends = 0;
    for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL; entry++) {
        /* glibc has added the base to the tables that it knows. */
        switch (entry->d_tag) {
        case DT_SYMTAB: library.symbols = (const void *)entry->d_un.d_ptr; break;
        case DT_STRTAB: library.names = (const void *)entry->d_un.d_ptr; break;
        case DT_ANDROID_RELA: has_addends = 1; /* fall through */
        case DT_ANDROID_REL: packed = (const void *)(map->l_addr + entry->d_un.d_ptr); break;
        default: break;
        }
    }
    if (!packed) return;
    protect(library.base, PROT_READ | PROT_WRITE);
    unpack(&library, packed, has_addends);
    protect(library.base, PROT_READ);
}

#ifndef __LP64__
/* On 32-bit bionic's stat and dirent are the kernel's 64-bit ones, and a mutex has 4 bytes where
 * glibc's has 24. */
int bionic_stat(const char *, struct stat64 *) BIONIC(stat);
int bionic_fstat(int, struct stat64 *) BIONIC(fstat);
int bionic_fstatat(int, const char *, struct stat64 *, int) BIONIC(fstatat);
struct dirent64 *bionic_readdir(DIR *) BIONIC(readdir);
int bionic_lock(int *) BIONIC(pthread_mutex_lock);
int bionic_unlock(int *) BIONIC(pthread_mutex_unlock);

int bionic_stat(const char *path, struct stat64 *result) { return stat64(path, result); }
int bionic_fstat(int file, struct stat64 *result) { return fstat64(file, result); }
int bionic_fstatat(int folder, const char *path, struct stat64 *result, int flags) {
    return fstatat64(folder, path, result, flags);
}
struct dirent64 *bionic_readdir(DIR *folder) { return readdir64(folder); }

int bionic_lock(int *mutex) {
    while (__sync_lock_test_and_set(mutex, 1)) sched_yield();
    return 0;
}

int bionic_unlock(int *mutex) {
    __sync_lock_release(mutex);
    return 0;
}
#endif

#ifdef __arm__
extern void *__gnu_Unwind_Find_exidx(void *, int *);
void *dl_unwind_find_exidx(void *address, int *count) { return __gnu_Unwind_Find_exidx(address, count); }
#endif
