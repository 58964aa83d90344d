#include "rich.h"
namespace rich {
Vec3 Scale(Vec3 v, float by) { return {v.x * by, v.y * by, v.z * by}; }
} // namespace rich
