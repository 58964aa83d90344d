// RUN: %expect-status 1 %ilbridge scan %s -- -I%include 2>&1 | FileCheck %s
// RUN: %ilbridge scan %s -- -I%include -DMENDED 2>&1 | FileCheck --check-prefix=MENDED %s

#include <ilbridge/export.h>

#ifndef MENDED
// CHECK: deleted.cpp:[[#@LINE+1]]:22: error: 'Scale' cannot be exported: it is deleted [ilbridge-deleted-function]
ILBRIDGE_EXPORT void Scale(float factor) = delete;
// CHECK-NEXT: {{^}}ILBRIDGE_EXPORT void Scale(float factor) = delete;
// CHECK-NEXT: {{^                     \^$}}
// CHECK-NEXT: {{^}}1 error generated.
#else
// MENDED-NOT: error:
// MENDED: "name":["Scale"]{{.*}}"type":"f64"
void Scale(float factor) = delete;
ILBRIDGE_EXPORT void Scale(double factor);
#endif
