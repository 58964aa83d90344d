// Facts describe the target of the compile command: its data model and layouts.

// RUN: %ilbridge scan %s -- -I%include -nostdinc -m64 -D LINUX64 | FileCheck --check-prefixes=CHECK,LP64 %s
// RUN: %ilbridge scan %s -- -I%include -nostdinc -m32 | FileCheck --check-prefixes=CHECK,ILP32 %s
// RUN: %ilbridge scan %s -- -I%include -nostdinc --target=x86_64-pc-windows-msvc | FileCheck --check-prefixes=CHECK,LLP64 %s
// RUN: %ilbridge scan %s -- -I%include -nostdinc --target=aarch64-linux-gnu | FileCheck --check-prefixes=CHECK,ARM64 %s
// RUN: %ilbridge scan %s -- -I%include -nostdinc --target=wasm32-unknown-emscripten | FileCheck --check-prefixes=CHECK,WASM %s
// RUN: %ilbridge scan %s -- -I%include -nostdinc --target=arm64-apple-ios13 | FileCheck --check-prefixes=CHECK,IOS %s

// clang-cl spells its flags in another way.
// RUN: %ilbridge scan %s -- --driver-mode=cl /I%include -nostdinc --target=x86_64-pc-windows-msvc /std:c++17 | FileCheck --check-prefixes=CHECK,LLP64 %s

#include <ilbridge/export.h>

struct Mixed {
  char c;
  long l;
  long long ll;
  void *p;
};
ILBRIDGE_EXPORT void Take(Mixed m, wchar_t w, long double d, decltype(sizeof(0)) s);

// LP64:  "char_signed":true,{{.*}}"long":64,"long_double":128,"pointer":64,"size_t":64,{{.*}}"triple":"x86_64-{{.*}}linux-gnu","wchar_t":32,"wchar_t_signed":true}
// ILP32: "char_signed":true,{{.*}}"long":32,"long_double":96,"pointer":32,"size_t":32,{{.*}}"triple":"i386-{{.*}}linux-gnu","wchar_t":32,"wchar_t_signed":true}
// LLP64: "char_signed":true,{{.*}}"long":32,"long_double":64,"pointer":64,"size_t":64,{{.*}}"triple":"x86_64-pc-windows-msvc{{.*}}","wchar_t":16,"wchar_t_signed":false}
// ARM64: "char_signed":false,{{.*}}"long":64,"long_double":128,"pointer":64,"size_t":64,{{.*}}"triple":"aarch64-unknown-linux-gnu","wchar_t":32,"wchar_t_signed":false}
// WASM:  "char_signed":true,{{.*}}"long":32,"long_double":128,"pointer":32,"size_t":32,{{.*}}"triple":"wasm32-unknown-emscripten","wchar_t":32,"wchar_t_signed":true}
// IOS:   "char_signed":true,{{.*}}"long":64,"long_double":64,"pointer":64,"size_t":64,{{.*}}"triple":"arm64-apple-ios13.0.0","wchar_t":32,"wchar_t_signed":true}

// The types have the same spelling for every target.
// CHECK: "spelling":"Mixed","type":0}{{.*}}"type":"wchar_t"}{{.*}}"type":"long double"}
// LP64:  "name":"l","offset":64,{{.*}}"name":"ll","offset":128,{{.*}}"layout":{"align":8,"size":32}
// ILP32: "name":"l","offset":32,{{.*}}"name":"ll","offset":64,{{.*}}"layout":{"align":4,"size":20}
// LLP64: "name":"l","offset":32,{{.*}}"name":"ll","offset":64,{{.*}}"layout":{"align":8,"size":24}
// WASM:  "name":"l","offset":32,{{.*}}"name":"ll","offset":64,{{.*}}"layout":{"align":8,"size":24}
// CHECK: "name":["Mixed"]
