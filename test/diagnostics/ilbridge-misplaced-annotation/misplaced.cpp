// RUN: %expect-status 1 %ilbridge scan %s -- -I%include 2>&1 | FileCheck %s

#include <ilbridge/export.h>

// CHECK: misplaced.cpp:[[#@LINE+1]]:21: error: an export annotation belongs on a function; 'counter' is a variable [ilbridge-misplaced-annotation]
ILBRIDGE_EXPORT int counter;
// CHECK-NEXT: {{^}}ILBRIDGE_EXPORT int counter;
// CHECK-NEXT: {{^                    \^$}}

// CHECK: misplaced.cpp:[[#@LINE+1]]:24: error: an export annotation belongs on a function; 'Door' is a type
struct ILBRIDGE_EXPORT Door {
  // CHECK: misplaced.cpp:[[#@LINE+1]]:23: error: an export annotation belongs on a function; 'Door::width' is a variable
  ILBRIDGE_EXPORT int width;
};

// CHECK: misplaced.cpp:[[#@LINE+1]]:43: error: an export annotation belongs on a function; 'Callback' is a type
ILBRIDGE_EXPORT_AS("A::B") typedef void (*Callback)(int);

namespace game {
// CHECK: misplaced.cpp:[[#@LINE+1]]:23: error: an export annotation belongs on a function; 'game::operation' is a variable
ILBRIDGE_EXPORT int (*operation)(int);
} // namespace game

// CHECK: misplaced.cpp:[[#@LINE+1]]:32: error: an export annotation belongs on a function; 'level' is a parameter
void Open(ILBRIDGE_EXPORT int *level);
void Open(int *level);

class Key {
  // CHECK: misplaced.cpp:[[#@LINE+1]]:31: error: an export annotation belongs on a function; 'Turn' is a friend that is declared in its class only
  friend ILBRIDGE_EXPORT void Turn(Key *key);
};

// What the compiler takes no notice of.
void Close() {}
// CHECK: misplaced.cpp:[[#@LINE+1]]:1: error: an export annotation belongs on a function; 'ILBRIDGE_EXPORT' is on none that has it: the compiler ignores it behind the function's definition, and no other file sees what a function's body declares
ILBRIDGE_EXPORT void Close();
// CHECK: misplaced.cpp:[[#@LINE+1]]:1: error: {{.*}} 'ILBRIDGE_FUNCTION_POINTER' is on none that has it
ILBRIDGE_FUNCTION_POINTER("A::D") void Close();
// CHECK: misplaced.cpp:[[#@LINE+1]]:1: error: {{.*}} 'ILBRIDGE_NEWOBJ_INTRINSIC' is on none that has it
ILBRIDGE_NEWOBJ_INTRINSIC("A::.ctor") void Close();
// CHECK: misplaced.cpp:[[#@LINE+1]]:1: error: {{.*}} 'ILBRIDGE_KEEPS_CALLBACKS' is on none that has it
ILBRIDGE_KEEPS_CALLBACKS void Close();
inline void Local() {
  // CHECK: misplaced.cpp:[[#@LINE+1]]:3: error: {{.*}} 'ILBRIDGE_EXPORT_AS' is on none that has it
  ILBRIDGE_EXPORT_AS("A::C") void Inner();
}
// CHECK: 12 errors generated.

// Annotations of others are none of ours.
__attribute__((annotate("something.else"))) int other;
