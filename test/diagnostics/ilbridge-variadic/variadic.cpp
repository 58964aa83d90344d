// RUN: %expect-status 1 %ilbridge scan %s -- -I%include 2>&1 | FileCheck %s
// RUN: %ilbridge scan %s -- -I%include -DMENDED 2>&1 | FileCheck --check-prefix=MENDED %s

#include <ilbridge/export.h>

#ifndef MENDED
// CHECK: variadic.cpp:[[#@LINE+1]]:21: error: 'Log' cannot be exported: it is variadic, and no managed signature describes its variable arguments [ilbridge-variadic]
ILBRIDGE_EXPORT int Log(const char *format, ...);
// CHECK-NEXT: {{^}}ILBRIDGE_EXPORT int Log(const char *format, ...);
// CHECK-NEXT: {{^                    \^$}}
// CHECK-NEXT: {{^}}1 error generated.
#else
int Log(const char *format, ...);

// MENDED-NOT: error:
// MENDED: "name":["LogText"]
ILBRIDGE_EXPORT inline int LogText(const char *text) { return Log("%s", text); }
#endif
