#include <cstdint>
#include <ilbridge/export.h>

ILBRIDGE_EXPORT std::int32_t Area(std::int32_t width, std::int32_t height) {
  return static_cast<std::int32_t>(width * height);
}
