// RUN: %expect-status 1 %ilbridge scan %s -- -I%include -std=c++20 2>&1 | FileCheck %s
// RUN: %ilbridge scan %s -- -I%include -std=c++20 -DMENDED 2>&1 | FileCheck --check-prefix=MENDED %s

#include <ilbridge/export.h>

#ifndef MENDED
// CHECK: template.cpp:[[#@LINE+1]]:41: error: 'Largest' cannot be exported: it is a template, and no instance of it is named [ilbridge-template]
template <typename T> ILBRIDGE_EXPORT T Largest(T a, T b) {
  // CHECK-NEXT: {{^}}template <typename T> ILBRIDGE_EXPORT T Largest(T a, T b) {
  // CHECK-NEXT: {{^                                        \^$}}
  return a < b ? b : a;
}

template <typename T> struct Box {
  // CHECK: template.cpp:[[#@LINE+1]]:30: error: 'Box::Size' cannot be exported: it is a template
  ILBRIDGE_EXPORT static int Size();
};
template struct Box<int>; // not said a second time

// CHECK: template.cpp:[[#@LINE+1]]:28: error: 'Shortened' cannot be exported: it is a template
ILBRIDGE_EXPORT inline int Shortened(auto value) { return value; }
// CHECK: 3 errors generated.
#else
template <typename T> struct Box {};
template <> struct Box<float> {
  // A full specialization is a class like any other.
  // MENDED: "name":["Box<float>","Size"]
  ILBRIDGE_EXPORT static int Size();
};

template <typename T> T Largest(T a, T b) { return a < b ? b : a; }

// MENDED: "name":["LargestInt"]
ILBRIDGE_EXPORT inline int LargestInt(int a, int b) { return Largest(a, b); }
#endif
