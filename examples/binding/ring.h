/* A ring buffer of bytes: a small library in C, as somebody else ships it. */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ring ring;

typedef struct ring_state {
  size_t used;
  size_t capacity;
  bool overflowed;
} ring_state;

typedef void (*ring_logger)(void *user, const char *text);

ring *ring_create(size_t capacity);
void ring_destroy(ring *r);

/* Both return how many bytes they moved. */
size_t ring_write(ring *r, const void *data, size_t size);
size_t ring_read(ring *r, void *data, size_t size);

bool ring_get_state(const ring *r, ring_state *state);
void ring_on_overflow(ring *r, ring_logger logger, void *user);

#endif /* RING_H */
