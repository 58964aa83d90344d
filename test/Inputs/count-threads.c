// This library is preloaded into a program. It writes to the file THREADS_FILE
// the maximum number of simultaneous threads apart from the first one, and the
// number of threads at the end of the program.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct Start {
  void *(*run)(void *);
  void *argument;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int alive, most;

static void change(int by) {
  pthread_mutex_lock(&lock);
  alive += by;
  if (most < alive)
    most = alive;
  pthread_mutex_unlock(&lock);
}

static void *run(void *argument) {
  struct Start start = *(struct Start *)argument;
  free(argument);
  void *result = start.run(start.argument);
  change(-1);
  return result;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*function)(void *), void *argument) {
  int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *),
                void *) = dlsym(RTLD_NEXT, "pthread_create");
  struct Start *start = malloc(sizeof *start);
  start->run = function;
  start->argument = argument;
  change(1);
  return create(thread, attributes, run, start);
}

__attribute__((destructor)) static void report(void) {
  const char *name = getenv("THREADS_FILE");
  FILE *file = name ? fopen(name, "w") : NULL;
  if (file) {
    fprintf(file, "at most %d, %d left\n", most, alive);
    fclose(file);
  }
}
