// RUN: %expect-status 1 %ilbridge scan %s -- -I%include 2>&1 | FileCheck %s

#include <ilbridge/export.h>

#define ANNOTATE(text) __attribute__((annotate(text)))

// CHECK: malformed.cpp:[[#@LINE+1]]:33: error: annotation "ilbridge.exprot" is not understood: ilbridge knows no such annotation [ilbridge-malformed-annotation]
ANNOTATE("ilbridge.exprot") int Misspelt();
// CHECK-NEXT: {{^}}ANNOTATE("ilbridge.exprot") int Misspelt();
// CHECK-NEXT: {{^                                \^$}}

// CHECK: malformed.cpp:[[#@LINE+1]]:32: error: annotation "ilbridge.internal_call:" is not understood: it does not name a managed method
ILBRIDGE_INTERNAL_CALL("") int Unnamed();
// CHECK: malformed.cpp:[[#@LINE+1]]:28: error: annotation "ilbridge.export:" is not understood: it does not name a managed method
ILBRIDGE_EXPORT_AS("") int UnnamedExport();
// CHECK: malformed.cpp:[[#@LINE+1]]:33: error: annotation "ilbridge.newobj" is not understood: it does not name a managed method
ANNOTATE("ilbridge.newobj") int WithoutColon();

// CHECK: malformed.cpp:[[#@LINE+1]]:56: error: annotation "ilbridge.owned" is not understood: the function is also annotated "ilbridge.borrowed"
ILBRIDGE_EXPORT ILBRIDGE_OWNED ILBRIDGE_BORROWED char *Both();
// CHECK: 5 errors generated.
