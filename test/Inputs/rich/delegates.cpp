#include <cstdint>
#include <ilbridge/export.h>

struct Item {
  char name[8];
  std::int32_t values[3];
  std::int32_t active;
};

struct Options {
  int width, height;
};

ILBRIDGE_EXPORT void SetLog(void (*log)(int level, const char *text));
ILBRIDGE_EXPORT int Each(int (*visit)(Item *item, char16_t letter), Item *item);
ILBRIDGE_EXPORT void Configure(const Options *options);
ILBRIDGE_EXPORT void Close(void *handle);
ILBRIDGE_EXPORT int Describe(char *text, int capacity);
ILBRIDGE_EXPORT int Enable(int on);
