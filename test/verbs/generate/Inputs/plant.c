/* A library that is preloaded and lets one system call of a process fail, or
 * kills the process there.
 *
 *   PLANT_CALL   which calls count: write (neither to standard output nor to
 *                standard error), create (an open for writing), open (for
 *                reading), rename, fsync, close, truncate, unlink, mode; any
 *                is all of them
 *   PLANT_AT     which of them, from 1
 *   PLANT_ERROR  the errno that it sets; "kill": SIGKILL before the call. A
 *                write has written half of its text before, as on a disk that
 *                becomes full
 *   PLANT_STAYS  every later one fails, too
 *   PLANT_MARK   a file that is created when it happens
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static int count;
static int happened;

static int is_struck(const char *call) {
  const char *wanted = getenv("PLANT_CALL");
  if (!wanted || (strcmp(wanted, call) && strcmp(wanted, "any")))
    return 0;
  if (happened && !getenv("PLANT_STAYS"))
    return 0;
  if (!happened && __sync_add_and_fetch(&count, 1) != atoi(getenv("PLANT_AT")))
    return 0;
  happened = 1;
  syscall(SYS_close, syscall(SYS_open, getenv("PLANT_MARK"), O_CREAT | O_WRONLY, 0666));
  return 1;
}

static int strike(void) {
  const char *error = getenv("PLANT_ERROR");
  if (!strcmp(error, "kill"))
    raise(SIGKILL);
  errno = atoi(error);
  return -1;
}

static int fails(const char *call) { return is_struck(call) ? strike() : 0; }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define PLANT(call, type, name, parameters, arguments) \
  type name parameters { return fails(call) ? (type)-1 : REAL(name) arguments; }

PLANT("rename", int, rename, (const char *from, const char *to), (from, to))
PLANT("truncate", int, ftruncate, (int fd, off_t size), (fd, size))
PLANT("truncate", int, ftruncate64, (int fd, off64_t size), (fd, size))
PLANT("unlink", int, unlink, (const char *path), (path))
PLANT("mode", int, fchmod, (int fd, mode_t mode), (fd, mode))
PLANT("mode", int, futimens, (int fd, const struct timespec times[2]), (fd, times))
PLANT("mode", int, mkdir, (const char *path, mode_t mode), (path, mode))

/* A test cuts no power, so nothing has to reach the disk. */
int fsync(int fd) {
  (void)fd;
  return fails("fsync");
}

/* A descriptor is closed even if that is an error. */
int close(int fd) {
  int failed = fd > 2 && fails("close"), error = errno;
  int result = (int)syscall(SYS_close, fd);
  if (failed)
    errno = error;
  return failed ? -1 : result;
}

static int half; /* was written, so the next one fails */

ssize_t write(int fd, const void *text, size_t size) {
  if (fd <= 2)
    return syscall(SYS_write, fd, text, size);
  if (half) {
    half = getenv("PLANT_STAYS") != 0;
    return strike();
  }
  if (!is_struck("write"))
    return syscall(SYS_write, fd, text, size);
  half = 1;
  ssize_t written = syscall(SYS_write, fd, text, size / 2);
  if (!strcmp(getenv("PLANT_ERROR"), "kill"))
    strike();
  return written;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list more; \
    va_start(more, flags); \
    unsigned mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, unsigned) : 0; \
    va_end(more); \
    if (fails((flags & O_ACCMODE) == O_RDONLY ? "open" : "create")) \
      return -1; \
    return REAL(name)(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
