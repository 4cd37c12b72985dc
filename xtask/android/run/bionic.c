/* bionic's libc over glibc, so that a library for Android loads and runs on this machine.
 *
 * Only what differs on 64-bit; every other name is found in glibc, which this library needs.
 * What the library under test has never asked for ends the process by name, for silence could
 * pass for success. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
