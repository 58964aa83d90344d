// An API with all kinds of values that C# can declare.
#pragma once
#include <cstddef>
#include <cstdint>
#include <ilbridge/export.h>

/// The API of a small stage.
namespace stage {

/** How an actor moves. */
enum class Motion : std::uint8_t { Still, Walk = 3, Run };
enum Flags { FlagNone, FlagSolid = 1, FlagHidden = -2 };

/// A vector of three numbers.
struct Vec3 {
  float x, y, z;
};

struct Base {
  std::int32_t id;
};

/// A part of the stage.
struct Part : Base {
  Vec3 position;
  bool visible;
  char name[16];
  Motion motion;
  const char *label;
  Vec3 corners[2];
  std::uint64_t object;
};

union Value {
  std::int64_t number;
  double real;
  std::uint8_t bytes[8];
};

struct Variant {
  Flags kind;
  Value value;
};

#pragma pack(push, 1)
struct Packed {
  std::uint8_t tag;
  std::int32_t number;
};
#pragma pack(pop)

class Actor;

/// Is called for every part.
typedef bool (*PartCallback)(const Part *part, void *user);

} // namespace stage

extern "C" {

/// Adds two numbers.
///
/// \param a the first one
/// \param b the second one, < 10 & > 2
/// \returns their sum
ILBRIDGE_EXPORT std::int32_t stage_add(std::int32_t a, std::int32_t b);

ILBRIDGE_EXPORT bool stage_flip(bool value);
ILBRIDGE_EXPORT double stage_numbers(std::int8_t a, std::uint8_t b, std::int16_t c, std::uint16_t d,
                                     std::uint32_t e, std::int64_t f, float g, double h, std::size_t i,
                                     std::intptr_t j);
/** Counts the characters of a name. */
ILBRIDGE_EXPORT std::int32_t stage_length(const char *name);
ILBRIDGE_EXPORT std::int32_t stage_wide_length(const char16_t *name);
ILBRIDGE_EXPORT ILBRIDGE_BORROWED const char *stage_name();
ILBRIDGE_EXPORT void stage_fill(char *buffer, std::size_t size);
ILBRIDGE_EXPORT stage::Vec3 stage_scale(stage::Vec3 v, float by);
ILBRIDGE_EXPORT float stage_dot(const stage::Vec3 &a, const stage::Vec3 *b);
ILBRIDGE_EXPORT void stage_move(stage::Part *part, stage::Vec3 by);
ILBRIDGE_EXPORT stage::Motion stage_motion(stage::Motion motion, stage::Flags flags);
ILBRIDGE_EXPORT float stage_sum(const float *values, std::int32_t count);
ILBRIDGE_EXPORT void stage_split(double value, double *whole, double &rest);
ILBRIDGE_EXPORT void stage_matrix(float matrix[16]);
ILBRIDGE_EXPORT void stage_each(stage::PartCallback callback, void *user);
ILBRIDGE_EXPORT ILBRIDGE_KEEPS_CALLBACKS void stage_on_tick(void (*tick)(double seconds, const char *message));
ILBRIDGE_EXPORT stage::Actor *stage_create(const char *name, stage::Part const *part);
ILBRIDGE_EXPORT void stage_destroy(stage::Actor *actor);
ILBRIDGE_EXPORT bool stage_find(const char *name, stage::Actor **found);
ILBRIDGE_EXPORT stage::Variant stage_variant(stage::Variant v);
ILBRIDGE_EXPORT std::int32_t stage_packed(const stage::Packed *packed);
ILBRIDGE_EXPORT void stage_keywords(std::int32_t object, std::int32_t ref, std::int32_t event);
ILBRIDGE_EXPORT std::uint8_t stage_character(std::uint8_t a, char16_t b, char32_t c);
ILBRIDGE_EXPORT void stage_unnamed(std::int32_t, float);
ILBRIDGE_EXPORT std::int32_t lock(std::int32_t value);
}
