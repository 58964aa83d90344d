// RUN: %expect-status 1 %ilbridge scan %s -- -I%include 2>&1 | FileCheck %s
// RUN: %ilbridge scan %s -- -I%include -DMENDED 2>&1 | FileCheck --check-prefix=MENDED %s

#include <ilbridge/export.h>

struct Name {
  Name(const Name &);
  ~Name();
  const char *text;
};

#ifndef MENDED
// CHECK: trivial.cpp:[[#@LINE+1]]:33: error: 'Greet' cannot be exported: parameter 'name' passes 'Name' by value, which is not trivially copyable [ilbridge-non-trivial-type]
ILBRIDGE_EXPORT void Greet(Name name);
// CHECK-NEXT: {{^}}ILBRIDGE_EXPORT void Greet(Name name);
// CHECK-NEXT: {{^                                \^$}}
// CHECK-NEXT: trivial.cpp:6:8: note: 'Name' is defined here
// CHECK-NEXT: {{^}}struct Name {
// CHECK-NEXT: {{^       \^$}}

// CHECK: trivial.cpp:[[#@LINE+1]]:17: error: 'Whose' cannot be exported: its result passes 'Name' by value, which is not trivially copyable
ILBRIDGE_EXPORT Name Whose();

struct Inside {
  Name name;
};
// CHECK: trivial.cpp:[[#@LINE+1]]:41: error: 'Unnamed' cannot be exported: parameter 2 passes 'Inside' by value
ILBRIDGE_EXPORT void Unnamed(int, Inside);

struct Moved {
  Moved(Moved &&);
};
// CHECK: trivial.cpp:[[#@LINE+1]]:33: error: 'Move' cannot be exported: parameter 'it' passes 'Moved' by value
ILBRIDGE_EXPORT void Move(Moved it);

// CHECK: 4 errors generated.
#else
// MENDED-NOT: error:
// MENDED: "name":["Greet"]
ILBRIDGE_EXPORT void Greet(const Name &name);

// A constructor alone does not matter.
struct Vec3 {
  Vec3(float x, float y, float z);
  float x, y, z;
};
// MENDED: "name":["Move"]
ILBRIDGE_EXPORT void Move(Vec3 to);
#endif
