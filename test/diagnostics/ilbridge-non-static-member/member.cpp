// RUN: %expect-status 1 %ilbridge scan %s -- -I%include 2>&1 | FileCheck %s
// RUN: %ilbridge scan %s -- -I%include -DMENDED 2>&1 | FileCheck --check-prefix=MENDED %s

#include <ilbridge/export.h>

class Door {
public:
#ifndef MENDED
  // CHECK: member.cpp:[[#@LINE+1]]:24: error: 'Door::Open' cannot be exported: it is a non-static member function, and managed code has no C++ object to call it on [ilbridge-non-static-member]
  ILBRIDGE_EXPORT void Open(int angle);
  // CHECK-NEXT: {{^}}  ILBRIDGE_EXPORT void Open(int angle);
  // CHECK-NEXT: {{^                       \^$}}
  // CHECK: member.cpp:[[#@LINE+1]]:19: error: 'Door::Door' cannot be exported: it is a non-static member function
  ILBRIDGE_EXPORT Door();
  // CHECK: member.cpp:[[#@LINE+1]]:32: error: 'Door::Close' cannot be exported: it is a non-static member function
  ILBRIDGE_EXPORT virtual void Close() const;
  // CHECK: 3 errors generated.
#else
  void Open(int angle);
  // MENDED-NOT: error:
  // MENDED: "name":["Door","OpenDoor"]
  ILBRIDGE_EXPORT static void OpenDoor(Door *door, int angle);
#endif
};
