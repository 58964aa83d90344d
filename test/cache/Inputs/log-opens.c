/* Preloaded into a program, appends the name of each file that it opens to the
   file that LOG names. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*open_function)(const char *, int, ...);
typedef int (*openat_function)(int, const char *, int, ...);

static void log_name(const char *name) {
  const char *log = getenv("LOG");
  open_function next = (open_function)dlsym(RTLD_NEXT, "open");
  int file = log ? next(log, O_WRONLY | O_CREAT | O_APPEND, 0644) : -1;
  if (file < 0)
    return;
  char line[4096];
  size_t size = strlen(name);
  if (size < sizeof(line)) {
    memcpy(line, name, size);
    line[size] = '\n';
    if (write(file, line, size + 1) < 0)
      abort();
  }
  close(file);
}

#define DEFINE_OPEN(NAME)                                                      \
  int NAME(const char *name, int flags, ...) {                                 \
    va_list arguments;                                                         \
    va_start(arguments, flags);                                                \
    int mode = va_arg(arguments, int);                                         \
    va_end(arguments);                                                         \
    log_name(name);                                                            \
    return ((open_function)dlsym(RTLD_NEXT, #NAME))(name, flags, mode);        \
  }

#define DEFINE_OPENAT(NAME)                                                    \
  int NAME(int folder, const char *name, int flags, ...) {                     \
    va_list arguments;                                                         \
    va_start(arguments, flags);                                                \
    int mode = va_arg(arguments, int);                                         \
    va_end(arguments);                                                         \
    log_name(name);                                                            \
    return ((openat_function)dlsym(RTLD_NEXT, #NAME))(folder, name, flags,     \
                                                      mode);                   \
  }

DEFINE_OPEN(open)
DEFINE_OPEN(open64)
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)
