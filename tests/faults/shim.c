/* Stands between a process and the C library, and breaks the n-th call that changes something below one folder.
 *
 * Loaded by LD_PRELOAD, armed by fault_arm(): kind 'k' kills the process before the call, 'a' after it, 'e' lets it
 * fail with an errno; 'c' only counts. SQLite and CPython both come by here. Calls elsewhere are left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char root[4096];
static size_t root_length;
static char kind = 0;
static long wanted = 0, seen = 0;
static int code = 0, opens_only = 0, trace = -1;
static pid_t owner = 0;

void fault_arm(const char *folder, char what, long at, int error, int only_opens, int trace_to) {
    snprintf(root, sizeof root, "%s", folder);
    root_length = strlen(root);
    kind = what; wanted = at; seen = 0; code = error; opens_only = only_opens; trace = trace_to; owner = getpid();
}

long fault_seen(void) { return seen; }

static int inside(const char *path) {
    char here[4096];
    if (path == NULL) return 0;
    if (path[0] != '/') {
        if (getcwd(here, sizeof here) == NULL) return 0;
        return strncmp(here, root, root_length) == 0;
    }
    return strncmp(path, root, root_length) == 0;
}

static int inside_at(int dir, const char *path) {
    char link[64], here[4096];
    ssize_t length;
    if (path != NULL && (path[0] == '/' || dir == AT_FDCWD)) return inside(path);
    snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
    length = readlink(link, here, sizeof here - 1);
    if (length <= 0) return 0;
    here[length] = 0;
    return inside(here);
}

/* 1: let the call fail with errno set; 2: kill after the call; 0: go on. */
static int step(const char *name, int is_open, int is_inside) {
    if (!kind || !is_inside || getpid() != owner || (opens_only && !is_open)) return 0;
    seen++;
    if (trace >= 0) {
        char line[128];
        int length = snprintf(line, sizeof line, "%ld %s\n", seen, name);
        syscall(SYS_write, trace, line, (size_t)length);
    }
    if (seen != wanted) return 0;
    if (kind == 'k') syscall(SYS_kill, getpid(), SIGKILL);
    if (kind == 'a') return 2;
    if (kind == 'e') { errno = code; return 1; }
    return 0;
}

static void after(int what) { if (what == 2) syscall(SYS_kill, getpid(), SIGKILL); }

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__) = NULL; if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)
#define CHANGES(flags) ((flags) & (O_CREAT | O_WRONLY | O_RDWR | O_TRUNC))
#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }

#define OPEN(symbol) int symbol(const char *path, int flags, ...) { MODE REAL(int, #symbol, const char *, int, ...); \
    int found = CHANGES(flags) ? step("open", 1, inside(path)) : 0; if (found == 1) return -1; \
    int result = real(path, flags, mode); after(found); return result; }
OPEN(open) OPEN(open64)
#define OPENAT(symbol) int symbol(int dir, const char *path, int flags, ...) { MODE REAL(int, #symbol, int, const char *, int, ...); \
    int found = CHANGES(flags) ? step("open", 1, inside_at(dir, path)) : 0; if (found == 1) return -1; \
    int result = real(dir, path, flags, mode); after(found); return result; }
OPENAT(openat) OPENAT(openat64)

#define BY_FD(type, symbol, declared, passed) type symbol declared { REAL(type, #symbol, TYPES_##symbol); \
    int found = step(#symbol, 0, inside_at(fd, NULL)); if (found == 1) return -1; \
    type result = real passed; after(found); return result; }
#define TYPES_write int, const void *, size_t
#define TYPES_pwrite int, const void *, size_t, off_t
#define TYPES_pwrite64 int, const void *, size_t, off64_t
#define TYPES_writev int, const struct iovec *, int
#define TYPES_ftruncate int, off_t
#define TYPES_ftruncate64 int, off64_t
BY_FD(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
BY_FD(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at))
BY_FD(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at))
BY_FD(ssize_t, writev, (int fd, const struct iovec *data, int count), (fd, data, count))
/* Counted, and not done: a process dies here, no power is lost, and a slow disk would take more time than all else. */
#define SYNC(symbol) int symbol(int fd) { REAL(int, #symbol, int); int here = kind && inside_at(fd, NULL); \
    int found = step(#symbol, 0, here); if (found == 1) return -1; \
    int result = here ? 0 : real(fd); after(found); return result; }
SYNC(fsync) SYNC(fdatasync)
BY_FD(int, ftruncate, (int fd, off_t size), (fd, size))
BY_FD(int, ftruncate64, (int fd, off64_t size), (fd, size))

#define BY_PATH(symbol, declared, passed, where, ...) int symbol declared { REAL(int, #symbol, __VA_ARGS__); \
    int found = step(#symbol, 0, where); if (found == 1) return -1; \
    int result = real passed; after(found); return result; }
BY_PATH(rename, (const char *from, const char *to), (from, to), inside(to), const char *, const char *)
BY_PATH(renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), inside_at(b, to), int, const char *, int, const char *)
BY_PATH(renameat2, (int a, const char *from, int b, const char *to, unsigned int flags), (a, from, b, to, flags), inside_at(b, to), int,
        const char *, int, const char *, unsigned int)
BY_PATH(mkdir, (const char *path, mode_t mode), (path, mode), inside(path), const char *, mode_t)
BY_PATH(mkdirat, (int dir, const char *path, mode_t mode), (dir, path, mode), inside_at(dir, path), int, const char *, mode_t)
BY_PATH(rmdir, (const char *path), (path), inside(path), const char *)
BY_PATH(unlink, (const char *path), (path), inside(path), const char *)
BY_PATH(unlinkat, (int dir, const char *path, int flags), (dir, path, flags), inside_at(dir, path), int, const char *, int)
