#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  int32_t x, y;
} point;
typedef struct {
  uint8_t kind;
  double weight;
  int32_t count;
} item;
typedef struct {
  void *memory;
  int32_t length;
} buffer;
typedef struct {
  char name[32];
  bool is_open;
  int32_t flags;
} record;
typedef union {
  float number;
  uint32_t bits;
} value;
typedef struct {
  int32_t kind;
  value v;
} variant;
typedef enum { COLOR_RED, COLOR_GREEN, COLOR_BLUE } color;
typedef int32_t (*visitor)(void *context, const point *p, size_t index);

int32_t add(int32_t a, int32_t b);
long total(long a);
double scale(int32_t count, double factor);
float ratio(float a, float b);
size_t length(const char *text);
int32_t write_text(const uint16_t *text);
const item *find(int32_t index);
void show(const point *p);
const char *title(void);
void *open_item(const char *path);
void fill(uint8_t *bytes, size_t count);
double mean(const double *values, int32_t count);
void get_size(int32_t *width, int32_t *height);
int32_t allocate(void **memory);
point middle(point a, point b);
void move_by(point *p, int32_t dx);
void store(const item *i);
void read_into(buffer *b);
void keep(const record *r);
void send(const variant *v);
bool is_open(int32_t handle);
void set_open(int32_t handle, bool open);
uint8_t level(int32_t handle);
void paint(color c);
int32_t each(visitor v, void *context);
