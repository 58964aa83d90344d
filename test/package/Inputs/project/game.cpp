#include <ilbridge/export.h>
#include <stddef.h>

ILBRIDGE_EXPORT int Damage(int weapon) { return 2 * weapon; }
