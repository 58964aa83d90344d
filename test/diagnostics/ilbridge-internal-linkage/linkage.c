// RUN: %expect-status 1 %ilbridge scan %s -- -I%include 2>&1 | FileCheck %s

#include <ilbridge/export.h>

// CHECK: linkage.c:[[#@LINE+1]]:35: error: 'Add' cannot be exported: it has internal linkage, so generated code in another file cannot call it [ilbridge-internal-linkage]
ILBRIDGE_EXPORT static inline int Add(int a, int b) { return a + b; }
// CHECK: 1 error generated.
