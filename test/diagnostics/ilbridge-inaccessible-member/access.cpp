// RUN: %expect-status 1 %ilbridge scan %s -- -I%include 2>&1 | FileCheck %s
// RUN: %ilbridge scan %s -- -I%include -DMENDED 2>&1 | FileCheck --check-prefix=MENDED %s

#include <ilbridge/export.h>

#ifndef MENDED
class Door {
  // CHECK: access.cpp:[[#@LINE+1]]:30: error: 'Door::Count' cannot be exported: it is a private member, which generated code cannot name [ilbridge-inaccessible-member]
  ILBRIDGE_EXPORT static int Count();
  // CHECK-NEXT: {{^}}  ILBRIDGE_EXPORT static int Count();
  // CHECK-NEXT: {{^                             \^$}}

protected:
  // CHECK: access.cpp:[[#@LINE+1]]:30: error: 'Door::Limit' cannot be exported: it is a protected member
  ILBRIDGE_EXPORT static int Limit();

private:
  struct Inner {
    // CHECK: access.cpp:[[#@LINE+1]]:32: error: 'Door::Inner::Public' cannot be exported: it is a private member
    ILBRIDGE_EXPORT static int Public();
  };
};
// CHECK: 3 errors generated.
#else
class Door {
public:
  // MENDED-NOT: error:
  // MENDED: "name":["Door","Count"]
  ILBRIDGE_EXPORT static int Count();
};
#endif
