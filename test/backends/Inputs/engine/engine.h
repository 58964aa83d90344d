// The native side of Engine.cs.

#pragma once
#include <cstdint>
#include <ilbridge/export.h>

namespace engine {

struct Vector3 {
  float x, y, z;
};

struct Transform {
  Vector3 position, scale;
  double angle;
};

enum class Space : std::uint8_t { World, Local };

struct Hit {
  bool solid;
  Space space;
  float distance;
  Vector3 point;
  std::int64_t entity;
};

union Scalar {
  std::int32_t integer;
  float real;
};

struct Device {
  char name[16];
  std::int32_t version[3];
};

ILBRIDGE_EXPORT_AS("Engine.Log::Write(System.String)") std::int32_t log(const char *text);
ILBRIDGE_EXPORT_AS("Engine.Log::Write(System.String,System.Int32)")
std::int32_t log(const char16_t *text, std::int32_t level);
ILBRIDGE_EXPORT_AS("Engine.Log::Title") ILBRIDGE_OWNED char *title(const char *of);
ILBRIDGE_EXPORT_AS("Engine.Log::Copy") std::int32_t copy(char *into, std::int32_t size);

ILBRIDGE_EXPORT Vector3 Add(Vector3 a, Vector3 b);
ILBRIDGE_EXPORT void Move(Transform &transform, Vector3 by);
ILBRIDGE_EXPORT Transform Identity();
ILBRIDGE_EXPORT float Length(Scalar scalar, bool real);
ILBRIDGE_EXPORT std::int64_t Sum(const std::int32_t *values, std::int32_t count);
ILBRIDGE_EXPORT void Scale(Vector3 *values, std::int32_t count, double by);
ILBRIDGE_EXPORT std::int32_t Join(const char *const *names, std::int32_t count);
ILBRIDGE_EXPORT std::int32_t Visit(std::int32_t count, std::int32_t (*visitor)(std::int32_t, Vector3 *));
ILBRIDGE_EXPORT std::uint64_t Widen(std::int8_t a, std::uint8_t b, std::int16_t c, std::uint16_t d,
                                    std::int32_t e, std::uint32_t f, std::int64_t g);
ILBRIDGE_EXPORT std::intptr_t Handle(std::intptr_t handle, std::uintptr_t bits);
ILBRIDGE_EXPORT std::int32_t Describe(Device *device);

class Physics {
public:
  ILBRIDGE_EXPORT static bool Raycast(Vector3 from, const Vector3 &direction, Space space, Hit &hit);
};

} // namespace engine
