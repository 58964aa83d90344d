
// RUN: %expect-status 1 %ilbridge scan %s -- -I%include 2>&1 | FileCheck %s

#include <ilbridge/export.h>

// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'counter' cannot declare a managed method: it is a variable that is not a pointer to a function [ilbridge-misplaced-import]
ILBRIDGE_IMPORT("A::B()") int counter;

// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'Door' cannot declare a managed method: it is neither a function nor a variable that is a pointer to one
struct ILBRIDGE_IMPORT("A::B()") Door {
  // CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'Door::open' cannot declare a managed method: it is neither a function nor a variable that is a pointer to one
  ILBRIDGE_IMPORT("A::B()") int (*open)(int);
  // CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'Door::Close' cannot declare a managed method: it is a non-static member function
  ILBRIDGE_IMPORT("A::B()") int Close(int);
  ILBRIDGE_IMPORT("A::B()") static int (*lock)(int);
  ILBRIDGE_IMPORT("A::B()") static int Lock(int);

private:
  // CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'Door::hide' cannot declare a managed method: it is a private or protected member
  ILBRIDGE_IMPORT("A::B()") static int hide(int);
};

// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'Defined' cannot declare a managed method: this source defines it, as generated code does
ILBRIDGE_IMPORT("A::B()") int Defined(int a) { return a; }
ILBRIDGE_IMPORT("A::B()") extern int Later(int a);
// CHECK: misplaced.cpp:[[#@LINE+1]]:5: error: 'Later' cannot declare a managed method: this source defines it
int Later(int a) { return a; }
// What generated code defines.
ILBRIDGE_IMPORT("A::B()") int Generated(int a);
ILBRIDGE_ANNOTATE("ilbridge.generated") int Generated(int a) { return a; }

// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'hidden' cannot declare a managed method: it has internal linkage
ILBRIDGE_IMPORT("A::B()") static int (*hidden)(int);
// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'constant' cannot declare a managed method: it is const
ILBRIDGE_IMPORT("A::B()") extern int (*const extern_)(int), (*const constant)(int);
// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'local' cannot declare a managed method: it is thread_local
ILBRIDGE_IMPORT("A::B()") thread_local int (*local)(int);
// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'Print' cannot declare a managed method: it takes variable arguments
ILBRIDGE_IMPORT("A::B()") int Print(const char *, ...);
// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'print' cannot declare a managed method: it takes variable arguments
ILBRIDGE_IMPORT("A::B()") int (*print)(const char *, ...);
// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'Any' cannot declare a managed method: it is a template
template <typename T> ILBRIDGE_IMPORT("A::B()") T Any(T value);
// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'At' cannot declare a managed method: it returns a reference, which has no value after an exception; return a pointer
ILBRIDGE_IMPORT("A::B()") int &At(int index);
struct Text {
  Text(const Text &);
};
// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: 'Say' cannot declare a managed method: it passes 'Text' by value, which is not trivially copyable
ILBRIDGE_IMPORT("A::B()") void Say(Text text);

// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: annotation "ilbridge.import:A::B()" is not understood: a declaration with ILBRIDGE_IMPORT cannot have another annotation [ilbridge-malformed-annotation]
ILBRIDGE_IMPORT("A::B()") ILBRIDGE_EXPORT int Both(int a);
// CHECK: misplaced.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: annotation "ilbridge.import:" is not understood: it does not name a managed method
ILBRIDGE_IMPORT("") void Nothing();
