// Faults of the machine, put between a program and the C library by LD_PRELOAD.
//
// Counts the calls that touch files, and by environment variables kills the process before one of them, makes
// it fail, cuts it short, fills the disk, moves the clocks, and refuses and records every try at a network.
//
//   FAULT_LOG=FILE         append a line for each counted call: number, kind, bytes, descriptor, name
//   FAULT_READS=1          count reads, openings for reading and listings too
//   FAULT_AT=N             the call to meet, from 1
//   FAULT_ACTION=WHAT      kill  SIGKILL before the call
//                          half  for a write: half of its bytes, then SIGKILL; else as kill
//                          an errno by name (ENOSPC, EIO, EROFS, EDQUOT, EACCES, EMFILE, EINTR): the call fails
//   FAULT_ONWARD=1         every call from N on fails, not just that one
//   FAULT_KIND=KIND        only calls of this kind fail (rename, unlink, …); for FAULT_ONWARD
//   FAULT_SHORT=1          every second write and read takes or gives one byte less than half, every third is
//                          interrupted by a signal (EINTR)
//   FAULT_DISK=B           a disk with room for B bytes: writes take what fits, then ENOSPC
//   FAULT_CLOCK=S          the wall clock jumps by S seconds, forward and backward by turns, at every fifth look;
//                          the monotonic clocks jump forward by S seconds every fifth look
//   FAULT_EPOCH=S          the wall clock stands S seconds after 1970 (S may be negative)
//
// Only descriptors above 2 are files here. Nothing in this file allocates, so it is safe wherever it is called.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FILES = 4096 };

static atomic_long calls;
static atomic_long transfers;
static atomic_long looks;
static atomic_llong room = -1;
static _Atomic unsigned char isWritten[MOST_FILES];
static long at = -1;
static int failure;       // errno to give; 0 for none
static int kills;         // 1 before the call, 2 in the middle of a write
static int onward, countsReads, cutsShort;
static const char *kindWanted;
static long long jump;
static int hasEpoch;
static long long epoch;
static int logFile = -1;

static const struct { const char *name; int code; } codes[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EROFS", EROFS}, {"EDQUOT", EDQUOT}, {"EACCES", EACCES},
    {"EMFILE", EMFILE}, {"EINTR", EINTR},
};

__attribute__((constructor)) static void begin(void) {
  const char *text;
  if ((text = getenv("FAULT_AT"))) at = atol(text);
  if ((text = getenv("FAULT_ACTION"))) {
    if (!strcmp(text, "kill")) kills = 1;
    else if (!strcmp(text, "half")) kills = 2;
    else
      for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (!strcmp(text, codes[i].name)) failure = codes[i].code;
    if (!kills && !failure) {
      static const char message[] = "fault-injector: FAULT_ACTION is not known\n";
      syscall(SYS_write, 2, message, sizeof message - 1);
      syscall(SYS_exit_group, 99);
    }
  }
  onward = getenv("FAULT_ONWARD") != NULL;
  kindWanted = getenv("FAULT_KIND");
  countsReads = getenv("FAULT_READS") != NULL;
  cutsShort = getenv("FAULT_SHORT") != NULL;
  if ((text = getenv("FAULT_DISK"))) room = atoll(text);
  if ((text = getenv("FAULT_CLOCK"))) jump = atoll(text);
  if ((text = getenv("FAULT_EPOCH"))) epoch = atoll(text), hasEpoch = 1;
  if ((text = getenv("FAULT_LOG"))) {
    long opened = syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    // Out of the way of the program's own descriptors, whose numbers shall be what they are without.
    if (opened >= 0) {
      logFile = (int)syscall(SYS_fcntl, (int)opened, F_DUPFD_CLOEXEC, 900);
      syscall(SYS_close, (int)opened);
    }
  }
}

static void note(long number, const char *kind, long bytes, int descriptor, const char *name) {
  if (logFile < 0) return;
  char line[4600];
  int length = snprintf(line, sizeof line, "%ld %s %ld %d %s\n", number, kind, bytes, descriptor, name ? name : "");
  if (length > (int)sizeof line - 1) length = (int)sizeof line - 1;
  syscall(SYS_write, logFile, line, length);
}

static void die(void) { syscall(SYS_kill, syscall(SYS_getpid), SIGKILL); for (;;) syscall(SYS_pause); }

/// Counts a call and meets it: 0 to go on, an errno to fail with, -1 for half a write and death.
static int meet(const char *kind, long bytes, int descriptor, const char *name) {
  long number = atomic_fetch_add(&calls, 1) + 1;
  note(number, kind, bytes, descriptor, name);
  int isMet = onward ? at > 0 && number >= at : number == at;
  if (!isMet) return 0;
  if (kills == 2 && bytes > 1) return -1;
  if (kills) die();
  if (kindWanted && strcmp(kind, kindWanted)) return 0;
  return failure;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define LATE(variable, name) \
  static __typeof__(&name) variable; \
  if (!variable) variable = REAL(name)

static int isFile(int descriptor) {
  return descriptor > 2 && descriptor < MOST_FILES && atomic_load(&isWritten[descriptor]);
}

// MARK: Opening

static int opened(int descriptor, int flags) {
  if (descriptor >= 0 && descriptor < MOST_FILES)
    atomic_store(&isWritten[descriptor], (flags & O_ACCMODE) != O_RDONLY);
  return descriptor;
}

static int meetOpen(const char *path, int flags) {
  int writes = (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT;
  if (!writes && !countsReads) return 0;
  int code = meet(writes ? "open" : "openread", 0, -1, path);
  if (code > 0) errno = code;
  return code;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    LATE(real, name); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); } \
    if (meetOpen(path, flags)) return -1; \
    return opened(real(path, flags, mode), flags); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    LATE(real, name); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); } \
    if (meetOpen(path, flags)) return -1; \
    return opened(real(folder, path, flags, mode), flags); \
  }
OPENAT(openat)
OPENAT(openat64)

// What a compiler makes of open where it checks the flags.
int __open_2(const char *path, int flags) { return open(path, flags); }
int __open64_2(const char *path, int flags) { return open(path, flags); }
int __openat_2(int folder, const char *path, int flags) { return openat(folder, path, flags); }
int __openat64_2(int folder, const char *path, int flags) { return openat(folder, path, flags); }

int creat(const char *path, mode_t mode) { return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

#define STREAM(name) \
  FILE *name(const char *path, const char *how) { \
    LATE(real, name); \
    int writes = strpbrk(how, "wa+") != NULL; \
    if (meetOpen(path, writes ? O_WRONLY | O_CREAT : O_RDONLY)) return NULL; \
    FILE *file = real(path, how); \
    if (file) opened(fileno(file), writes ? O_WRONLY : O_RDONLY); \
    return file; \
  }
STREAM(fopen)
STREAM(fopen64)

DIR *opendir(const char *path) {
  LATE(real, opendir);
  if (countsReads) {
    int code = meet("opendir", 0, -1, path);
    if (code > 0) { errno = code; return NULL; }
  }
  return real(path);
}

int close(int descriptor) {
  LATE(real, close);
  if (!isFile(descriptor)) return real(descriptor);
  int code = meet("close", 0, descriptor, NULL);
  atomic_store(&isWritten[descriptor], 0);
  int result = real(descriptor);
  // The descriptor is gone all the same, as with the kernel's own failures.
  if (code > 0) { errno = code; return -1; }
  return result;
}

// MARK: Writing and reading

/// How much of a write goes through: all, less, or -1 with errno.
static ssize_t share(size_t count) {
  if (room >= 0) {
    long long left = atomic_load(&room);
    if (left <= 0 && count > 0) { errno = ENOSPC; return -1; }
    if ((long long)count > left) count = (size_t)left;
    atomic_fetch_sub(&room, (long long)count);
  }
  if (cutsShort) {
    long turn = atomic_fetch_add(&transfers, 1);
    if (turn % 3 == 2) { errno = EINTR; return -1; }
    if (turn % 2 == 1 && count > 2) count = count / 2 - 1 ? count / 2 - 1 : 1;
  }
  return (ssize_t)count;
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  LATE(real, write);
  if (!isFile(descriptor)) {
    if (!cutsShort || descriptor > 2) return real(descriptor, bytes, count);
    ssize_t part = share(count);
    return part < 0 ? -1 : real(descriptor, bytes, (size_t)part);
  }
  int code = meet("write", (long)count, descriptor, NULL);
  if (code > 0) { errno = code; return -1; }
  if (code < 0) { real(descriptor, bytes, count / 2); die(); }
  ssize_t part = share(count);
  return part < 0 ? -1 : real(descriptor, bytes, (size_t)part);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  LATE(real, pwrite);
  if (!isFile(descriptor)) return real(descriptor, bytes, count, offset);
  int code = meet("write", (long)count, descriptor, NULL);
  if (code > 0) { errno = code; return -1; }
  if (code < 0) { real(descriptor, bytes, count / 2, offset); die(); }
  ssize_t part = share(count);
  return part < 0 ? -1 : real(descriptor, bytes, (size_t)part, offset);
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t offset) {
  return pwrite(descriptor, bytes, count, offset);
}

ssize_t writev(int descriptor, const struct iovec *pieces, int count) {
  LATE(real, writev);
  if (!isFile(descriptor)) return real(descriptor, pieces, count);
  size_t bytes = 0;
  for (int i = 0; i < count; i++) bytes += pieces[i].iov_len;
  int code = meet("write", (long)bytes, descriptor, NULL);
  if (code > 0) { errno = code; return -1; }
  if (code < 0) { real(descriptor, pieces, 1); die(); }
  // All or nothing is enough here: a short writev is seldom, and none of ours.
  if (share(bytes) < (ssize_t)bytes) { errno = room >= 0 ? ENOSPC : EINTR; return -1; }
  return real(descriptor, pieces, count);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  LATE(real, read);
  if (descriptor <= 2) return real(descriptor, bytes, count);
  if (countsReads) {
    int code = meet("read", 0, descriptor, NULL);
    if (code > 0) { errno = code; return -1; }
  }
  if (cutsShort) {
    long turn = atomic_fetch_add(&transfers, 1);
    if (turn % 3 == 2) { errno = EINTR; return -1; }
    if (turn % 2 == 1 && count > 2) count = count / 2 - 1 ? count / 2 - 1 : 1;
  }
  return real(descriptor, bytes, count);
}

int fsync(int descriptor) {
  LATE(real, fsync);
  int code = meet("fsync", 0, descriptor, NULL);
  if (code > 0) { errno = code; return -1; }
  return real(descriptor);
}

int fdatasync(int descriptor) {
  LATE(real, fdatasync);
  int code = meet("fsync", 0, descriptor, NULL);
  if (code > 0) { errno = code; return -1; }
  return real(descriptor);
}

int ftruncate(int descriptor, off_t length) {
  LATE(real, ftruncate);
  int code = meet("truncate", 0, descriptor, NULL);
  if (code > 0) { errno = code; return -1; }
  return real(descriptor, length);
}
int ftruncate64(int descriptor, off_t length) { return ftruncate(descriptor, length); }

// MARK: Names

#define NAMED(kind, name, parameters, arguments, path) \
  int name parameters { \
    LATE(real, name); \
    int code = meet(kind, 0, -1, path); \
    if (code > 0) { errno = code; return -1; } \
    return real arguments; \
  }
NAMED("rename", rename, (const char *from, const char *to), (from, to), to)
NAMED("rename", renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), to)
NAMED("rename", renameat2, (int a, const char *from, int b, const char *to, unsigned how), (a, from, b, to, how), to)
NAMED("unlink", unlink, (const char *path), (path), path)
NAMED("unlink", unlinkat, (int folder, const char *path, int how), (folder, path, how), path)
NAMED("unlink", rmdir, (const char *path), (path), path)
NAMED("mkdir", mkdir, (const char *path, mode_t mode), (path, mode), path)
NAMED("mkdir", mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode), path)
NAMED("link", link, (const char *from, const char *to), (from, to), to)
NAMED("link", symlink, (const char *from, const char *to), (from, to), to)

int flock(int descriptor, int how) {
  LATE(real, flock);
  int code = meet("flock", 0, descriptor, NULL);
  if (code > 0) { errno = code; return -1; }
  return real(descriptor, how);
}

// MARK: Clocks

static long long shift(int isMonotonic) {
  long look = atomic_fetch_add(&looks, 1);
  if (isMonotonic) return jump > 0 ? look / 5 * jump : 0;
  return look / 5 % 2 ? jump : -jump;
}

int clock_gettime(clockid_t clock, struct timespec *result) {
  LATE(real, clock_gettime);
  int code = real(clock, result);
  if (code) return code;
  int isWall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  if (isWall && hasEpoch) result->tv_sec = (time_t)epoch;
  int isKnown = isWall || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME || clock == CLOCK_MONOTONIC_RAW;
  if (jump && isKnown) {
    result->tv_sec += (time_t)shift(!isWall);
    note(0, "clock", 0, (int)clock, NULL);
  }
  return 0;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}

int gettimeofday(struct timeval *restrict result, void *restrict zone) {
  (void)zone;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  result->tv_sec = now.tv_sec;
  result->tv_usec = now.tv_nsec / 1000;
  return 0;
}

// MARK: Network: refused and recorded

static int refuse(const char *what) {
  note(0, "network", 0, -1, what);
  errno = EACCES;
  return -1;
}
int socket(int domain, int type, int protocol) { (void)domain, (void)type, (void)protocol; return refuse("socket"); }
int socketpair(int domain, int type, int protocol, int ends[2]) {
  (void)domain, (void)type, (void)protocol, (void)ends;
  return refuse("socketpair");
}
int connect(int descriptor, const struct sockaddr *address, socklen_t length) {
  (void)descriptor, (void)address, (void)length;
  return refuse("connect");
}
int bind(int descriptor, const struct sockaddr *address, socklen_t length) {
  (void)descriptor, (void)address, (void)length;
  return refuse("bind");
}
int listen(int descriptor, int backlog) { (void)descriptor, (void)backlog; return refuse("listen"); }
int getaddrinfo(const char *restrict host, const char *restrict service, const struct addrinfo *restrict hints,
                struct addrinfo **restrict result) {
  (void)service, (void)hints, (void)result;
  refuse(host ? host : "getaddrinfo");
  return EAI_FAIL;
}
struct hostent *gethostbyname(const char *host) { refuse(host); return NULL; }
