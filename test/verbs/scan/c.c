// RUN: %ilbridge scan %s -- -I%include -std=c11 | FileCheck %s

// CHECK: "language":"c",{{.*}}"source":"{{.*}}c.c"

#include <ilbridge/export.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// CHECK: {{[{].*}}"at":["{{.*}}c.c",[[#@LINE+1]],21],"c_linkage":true,"export":"export","name":["Add"],"params":[{{.*}}"symbol":"Add"}
ILBRIDGE_EXPORT int Add(int a, int b);

// CHECK: "name":["Truth"]{{.*}}"type":"bool"}{{.*}}"spelling":"wchar_t","type":"wchar_t"}{{.*}}"type":"size_t"}]
ILBRIDGE_EXPORT void Truth(bool b, wchar_t w, size_t s);
// CHECK: "name":["Restricted"]{{.*}}"spelling":"char *restrict","type":{"pointer":"char"}}
ILBRIDGE_EXPORT void Restricted(char *restrict text);

struct Tagged {
  int x;
};
typedef struct {
  struct Tagged in;
} Untagged;
typedef struct Twice {
  int x;
} Again;
enum Level { Low, High };
// CHECK: "name":["Structs"]{{.*}}"spelling":"struct Tagged","type":[[#TAGGED:]]}{{.*}}"spelling":"Untagged *","type":{"pointer":[[#UNTAGGED:]]}}{{.*}}"spelling":"Again","type":[[#TWICE:]]}
ILBRIDGE_EXPORT void Structs(struct Tagged t, Untagged *u, Again a);
// CHECK: "name":["Enums"]{{.*}}"spelling":"enum Level","type":[[#LEVEL:]]}
ILBRIDGE_EXPORT enum Level Enums(enum Level l);

// A definition without a prototype takes no parameters.
// CHECK: "name":["Old"],"params":[]
ILBRIDGE_EXPORT int Old() { return 0; }

// CHECK: "name":["Tagged"],"type":[[#TAGGED]]}
// CHECK: "name":["Untagged"],"type":[[#UNTAGGED]]}
// CHECK: "name":["Twice"],"type":[[#TWICE]]}
// CHECK: "name":["Level"],"type":[[#LEVEL]],"underlying":"uint"}
