#include "engine.h"
#include <cstdlib>
#include <cstring>
#include <string>

namespace engine {

std::int32_t log(const char *text) {
  std::int32_t count = 0;
  for (; *text; ++text)
    count += (*text & 0xC0) != 0x80; // the first byte of a character
  return count;
}
std::int32_t log(const char16_t *text, std::int32_t level) {
  return static_cast<std::int32_t>(std::char_traits<char16_t>::length(text)) + level;
}
char *title(const char *of) { return strdup((std::string("Title of ") + of).c_str()); }
std::int32_t copy(char *into, std::int32_t size) {
  std::strncpy(into, "engine", static_cast<std::size_t>(size));
  return 6;
}

Vector3 Add(Vector3 a, Vector3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
void Move(Transform &transform, Vector3 by) {
  transform.position = Add(transform.position, by);
  transform.angle += 90;
}
Transform Identity() { return {{0, 0, 0}, {1, 1, 1}, 0}; }
float Length(Scalar scalar, bool real) { return real ? scalar.real : static_cast<float>(scalar.integer); }
std::int64_t Sum(const std::int32_t *values, std::int32_t count) {
  std::int64_t sum = 0;
  for (std::int32_t i = 0; i != count; ++i)
    sum += values[i];
  return sum;
}
void Scale(Vector3 *values, std::int32_t count, double by) {
  const float factor = static_cast<float>(by);
  for (std::int32_t i = 0; i != count; ++i)
    values[i] = {values[i].x * factor, values[i].y * factor, values[i].z * factor};
}
std::int32_t Join(const char *const *names, std::int32_t count) {
  std::string all;
  for (std::int32_t i = 0; i != count; ++i)
    all += names[i];
  return static_cast<std::int32_t>(all.size());
}
std::int32_t Visit(std::int32_t count, std::int32_t (*visitor)(std::int32_t, Vector3 *)) {
  for (std::int32_t entity = 1; entity < count; ++entity) {
    Vector3 position = {0, 10, 0};
    if (visitor(entity, &position))
      return static_cast<std::int32_t>(position.z);
  }
  return -1;
}
std::uint64_t Widen(std::int8_t a, std::uint8_t b, std::int16_t c, std::uint16_t d, std::int32_t e,
                    std::uint32_t f, std::int64_t g) {
  return static_cast<std::uint64_t>(a + std::int64_t(b) + c + d + e + std::int64_t(f) + g);
}
std::intptr_t Handle(std::intptr_t handle, std::uintptr_t bits) {
  return handle - static_cast<std::intptr_t>(bits);
}
std::int32_t Describe(Device *device) {
  std::strcat(device->name, "!");
  const std::int32_t sum = device->version[0] + device->version[1] + device->version[2];
  ++device->version[2];
  return sum;
}

bool Physics::Raycast(Vector3 from, const Vector3 &direction, Space space, Hit &hit) {
  hit = {true, space, from.y, {0, from.y + direction.y * from.y, 0}, -5};
  return direction.y < 0;
}

} // namespace engine
