// Records: everything that a layout depends on, and the layout itself.

// RUN: %ilbridge scan %s -- -I%include -std=c++20 | grep kind | FileCheck %s

#include <cstdint>
#include <ilbridge/export.h>

#define TAKES(NAME, ...) ILBRIDGE_EXPORT void NAME(__VA_ARGS__)

struct Plain {
  char c;
  long l;
};
TAKES(A, Plain);
// CHECK-DAG: "at":["{{.*}}records.cpp",[[#@LINE-5]],8],"fields":[{"at":["{{.*}}records.cpp",[[#@LINE-4]],8],"edit":[[[#@LINE-4]],3,[[#@LINE-4]],7],"name":"c","offset":0,"spelling":"char","type":"char"},{{.*}}"name":"l","offset":64,"spelling":"long","type":"long"}],"kind":"struct","layout":{"align":8,"size":16},"name":["Plain"],"type":[[#]]}{{$}}

struct Bits {
  unsigned a : 3, b : 13;
  int : 0;
  unsigned c : 5;
};
TAKES(B, Bits);
// CHECK-DAG: "bits":3,"name":"a","offset":0,{{.*}}"bits":13,"name":"b","offset":3,{{.*}}"bits":0,"offset":32,{{.*}}"bits":5,"name":"c","offset":32,{{.*}}"name":["Bits"]

struct __attribute__((packed)) Packed {
  char c;
  int i;
};
TAKES(C, Packed);
// CHECK-DAG: "name":"i","offset":8,{{.*}}"layout":{"align":1,"size":5},"name":["Packed"],"packed":true

#pragma pack(push, 2)
struct Pragma {
  char c;
  int i;
};
#pragma pack(pop)
TAKES(D, Pragma);
// CHECK-DAG: "name":"i","offset":16,{{.*}}"layout":{"align":2,"size":6},"name":["Pragma"],"pack":2,

struct alignas(32) Aligned {
  char c;
  alignas(16) char d;
  __attribute__((packed)) int e;
};
TAKES(E, Aligned);
// CHECK-DAG: "align":32,{{.*}}"name":"c","offset":0,{{.*}}"align":16,{{.*}}"name":"d","offset":128,{{.*}}"name":"e","offset":136,"packed":true,{{.*}}"layout":{"align":32,"size":32},"name":["Aligned"]

// A field's type is a typedef with alignas.
typedef int Over __attribute__((aligned(16)));
struct OverAligned {
  Over field;
};
TAKES(F, OverAligned);
// CHECK-DAG: "fields":[{"align":16,{{.*}}"name":"field"{{.*}}"name":["OverAligned"]

struct Base {
  int base;
};
class Derived : public Base {
public:
  int derived;
};
TAKES(G, Derived);
// CHECK-DAG: "bases":[{"offset":0,"type":[[BASE:[0-9]+]]}],"fields":[{{{.*}}"name":"derived","offset":32{{.*}}"kind":"class","layout":{"align":4,"size":8},"name":["Derived"],"standard_layout":false,
// CHECK-DAG: "name":["Base"],"type":[[BASE]]}

struct Virtual : virtual Base {
  virtual void f();
};
TAKES(H, Virtual *);
// CHECK-DAG: "bases":[{"offset":8,"type":[[BASE]],"virtual":true}],"fields":[],{{.*}}"name":["Virtual"],"polymorphic":true,"standard_layout":false,"trivially_copyable":false,

union Either {
  int i;
  double d;
};
struct Anonymous {
  int tag;
  union {
    int i;
    float f;
  };
  struct {
    int x;
  } named;
};
TAKES(I, Anonymous, Either);
// CHECK-DAG: "name":"tag"{{.*}}{"at":[{{[^]]*}}],"offset":32,"spelling":"Anonymous::(anonymous{{( union)?}})","type":[[UNION:[0-9]+]]},{{.*}}"name":"named","offset":64,"spelling":"struct (unnamed)","type":[[INNER:[0-9]+]]}],"kind":"struct",{{.*}}"name":["Anonymous"],"type":
// CHECK-DAG: "kind":"union",{{.*}}"name":["Either"]
// CHECK-DAG: "name":"i"{{.*}}"name":"f"{{.*}}"kind":"union","layout":{"align":4,"size":4},"name":["Anonymous",""],"type":[[UNION]]}
// CHECK-DAG: "name":"x"{{.*}}"kind":"struct",{{.*}}"name":["Anonymous",""],"type":[[INNER]]}

struct Empty {};
struct Members {
  [[no_unique_address]] Empty nothing;
  int array[2][3];
  int (*function)(int);
  Members *next;
  static int ignored;
  static constexpr int alsoIgnored = 1;

private:
  int hidden;
};
TAKES(J, Members);
// CHECK-DAG: "name":"nothing","no_unique_address":true,"offset":0,{{.*}}"name":"array","offset":0,"spelling":"int[2][3]","type":{"array":{"array":"int","count":3},"count":2}},{{.*}}"name":"function",{{.*}}"type":{"pointer":{"function":"int","params":["int"]}}},{{.*}}"name":"next",{{.*}}"type":{"pointer":[[SELF:[0-9]+]]}},{{.*}}"name":"hidden",{{.*}}"public":false,{{.*}}"name":["Members"],{{.*}}"type":[[SELF]]}

template <typename T, int N> struct Pair {
  T values[N];
};
TAKES(K, Pair<float, 2>, const Pair<Pair<int, 1>, 3> &);
// CHECK-DAG: "layout":{"align":4,"size":8},"name":["Pair<float, 2>"],
// CHECK-DAG: "layout":{"align":4,"size":12},"name":["Pair<Pair<int, 1>, 3>"],

typedef struct {
  int x;
} Typedefed;
struct Flexible {
  int count;
  int data[];
};
TAKES(L, Typedefed *, Flexible *);
// CHECK-DAG: "name":["Typedefed"]
// CHECK-DAG: "name":"data",{{.*}}"type":{"array":"int","count":0}}{{.*}}"name":["Flexible"]

struct __attribute__((ms_struct)) Microsoft {
  char a : 4;
  int b : 4;
};
TAKES(M, Microsoft);
// CHECK-DAG: "ms_struct":true,"name":["Microsoft"]
