#include "stage.h"
#include <cmath>
#include <cstring>
#include <string>

namespace stage {
class Actor {
public:
  std::string name;
  float height = 0;
};
static Actor *last = nullptr;
} // namespace stage

using namespace stage;

extern "C" {
std::int32_t stage_add(std::int32_t a, std::int32_t b) { return a + b; }
bool stage_flip(bool value) { return !value; }
double stage_numbers(std::int8_t a, std::uint8_t b, std::int16_t c, std::uint16_t d, std::uint32_t e,
                     std::int64_t f, float g, double h, std::size_t i, std::intptr_t j) {
  return a + b + c + d + e + static_cast<double>(f) + static_cast<double>(g) + h + static_cast<double>(i) +
         static_cast<double>(j);
}
std::int32_t stage_length(const char *name) { return static_cast<std::int32_t>(std::strlen(name)); }
std::int32_t stage_wide_length(const char16_t *name) {
  std::int32_t length = 0;
  while (name[length])
    ++length;
  return length;
}
const char *stage_name() { return "the stage"; }
void stage_fill(char *buffer, std::size_t size) { std::memset(buffer, 'x', size); }
Vec3 stage_scale(Vec3 v, float by) { return {v.x * by, v.y * by, v.z * by}; }
float stage_dot(const Vec3 &a, const Vec3 *b) { return a.x * b->x + a.y * b->y + a.z * b->z; }
void stage_move(Part *part, Vec3 by) {
  part->position.x += by.x;
  part->position.y += by.y;
  part->position.z += by.z;
  part->visible = !part->visible;
  part->name[0] = 'M';
  part->motion = Motion::Run;
  part->corners[1].z = 9;
  part->object = part->id * 3u;
}
Motion stage_motion(Motion motion, Flags flags) { return flags == FlagHidden ? Motion::Still : motion; }
float stage_sum(const float *values, std::int32_t count) {
  float sum = 0;
  for (std::int32_t i = 0; i != count; ++i)
    sum += values[i];
  return sum;
}
void stage_split(double value, double *whole, double &rest) {
  *whole = std::floor(value);
  rest = value - *whole;
}
void stage_matrix(float matrix[16]) { matrix[15] = matrix[0] + 1; }
void stage_each(PartCallback callback, void *user) {
  Part part = {};
  for (part.id = 1; callback(&part, user); ++part.id)
    ;
}
static void (*ticks)(double, const char *) = nullptr;
void stage_on_tick(void (*tick)(double seconds, const char *message)) {
  ticks = tick;
  ticks(0.5, "tick");
}
Actor *stage_create(const char *name, const Part *part) {
  return last = new Actor{name, part->position.y};
}
void stage_destroy(Actor *actor) {
  delete actor;
  last = nullptr;
}
bool stage_find(const char *name, Actor **found) {
  *found = last && last->name == name ? last : nullptr;
  return *found;
}
Variant stage_variant(Variant v) {
  v.value.number += v.kind;
  return v;
}
std::int32_t stage_packed(const Packed *packed) { return packed->number + packed->tag; }
void stage_keywords(std::int32_t, std::int32_t, std::int32_t) {}
std::uint8_t stage_character(std::uint8_t a, char16_t b, char32_t c) {
  return static_cast<std::uint8_t>(a + (b == 0x20ac) + (c == 0x1f600));
}
void stage_unnamed(std::int32_t, float) {}
std::int32_t lock(std::int32_t value) { return value; }
}
