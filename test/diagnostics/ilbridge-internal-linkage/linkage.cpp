// RUN: %expect-status 1 %ilbridge scan %s -- -I%include 2>&1 | FileCheck %s
// RUN: %ilbridge scan %s -- -I%include -DMENDED 2>&1 | FileCheck --check-prefix=MENDED %s

#include <ilbridge/export.h>

#ifndef MENDED
// CHECK: linkage.cpp:[[#@LINE+1]]:28: error: 'Add' cannot be exported: it has internal linkage, so generated code in another file cannot call it [ilbridge-internal-linkage]
ILBRIDGE_EXPORT static int Add(int a, int b) { return a + b; }
// CHECK-NEXT: {{^}}ILBRIDGE_EXPORT static int Add(int a, int b) { return a + b; }
// CHECK-NEXT: {{^                           \^$}}

namespace {
struct Hidden {};
// CHECK: linkage.cpp:[[#@LINE+1]]:21: error: '(anonymous namespace)::Sub' cannot be exported: it has internal linkage
ILBRIDGE_EXPORT int Sub(int a, int b) { return a - b; }
} // namespace

// A parameter's type can make it so as well.
// CHECK: linkage.cpp:[[#@LINE+1]]:22: error: 'Take' cannot be exported: it has internal linkage
ILBRIDGE_EXPORT void Take(Hidden *hidden) {}
// CHECK: 3 errors generated.
#else
// MENDED-NOT: error:
// MENDED: "name":["Add"]
ILBRIDGE_EXPORT int Add(int a, int b) { return a + b; }
// Inline functions of C++ are every source's own, and still the same one.
// MENDED: "name":["Sub"]
ILBRIDGE_EXPORT inline int Sub(int a, int b) { return a - b; }
#endif
