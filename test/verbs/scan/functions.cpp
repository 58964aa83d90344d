// The test checks the line about a function.

// RUN: %ilbridge scan %s -- -I%include -std=c++20 | FileCheck %s

#include <ilbridge/export.h>

// Each has one line; false and empty values are omitted.
// CHECK: {{[{].*}}"at":["{{.*}}functions.cpp",[[#@LINE+1]],21],"export":"export","name":["Plain"],"params":[],"result":{"at":["{{.*}}",[[#@LINE+1]],17],"edit":[[[#@LINE+1]],17,[[#@LINE+1]],20],"spelling":"int","type":"int"},"symbol":"_Z5Plainv"}{{$}}
ILBRIDGE_EXPORT int Plain();

// CHECK: "c_linkage":true,"export":"export","name":["InC"]{{.*}},"symbol":"InC"}
extern "C" ILBRIDGE_EXPORT int InC(int a, int b);

// CHECK: "c_linkage":true,"definition":true,"export":"export","name":["DefinedInC"]
extern "C" {
ILBRIDGE_EXPORT void DefinedInC() {}
}

// CHECK: "definition":true,"export":"export","name":["Defined"]{{.*}}"symbol":"_Z7Definedf"}
ILBRIDGE_EXPORT float Defined(float x) { return x; }

// CHECK: "name":["Nothrow"],"noexcept":true,
ILBRIDGE_EXPORT void Nothrow() noexcept;
// CHECK: "name":["MayThrow"],"params"
ILBRIDGE_EXPORT void MayThrow() noexcept(false);

// CHECK: "name":["a","b","Nested"],{{.*}}"symbol":"_ZN1a1b6NestedEv"}
namespace a::b {
ILBRIDGE_EXPORT void Nested();
}
// An inline namespace is not a part of the name.
// CHECK: "name":["a","InInline"],{{.*}}"symbol":"_ZN1a2v18InInlineEv"}
namespace a {
inline namespace v1 {
ILBRIDGE_EXPORT void InInline();
}
} // namespace a

// CHECK: "name":["Over"],"overloaded":true,"params":[{{.*}}"spelling":"int"{{.*}}"symbol":"_Z4Overi"}
// CHECK: "name":["Over"],"overloaded":true,"params":[{{.*}}"spelling":"float"{{.*}}"symbol":"_Z4Overf"}
ILBRIDGE_EXPORT void Over(int);
ILBRIDGE_EXPORT void Over(float);
// The other overload need not be exported.
// CHECK: "name":["Half"],"overloaded":true
ILBRIDGE_EXPORT void Half(int);
void Half(float);

// CHECK: "class_scopes":2,"export":"export","name":["a","Outer","Inner","Static"],
namespace a {
struct Outer {
  class Inner {
  public:
    ILBRIDGE_EXPORT static void Static();
  };
};
} // namespace a

// CHECK: "export":"export","for":"[Game]Game.Native::Add(System.Int32)","name":["Other"]
ILBRIDGE_EXPORT_AS("[Game]Game.Native::Add(System.Int32)") void Other(int);
// CHECK: "export":"internal_call","for":"Game.Clock::get_Now","name":["Now"]
ILBRIDGE_INTERNAL_CALL("Game.Clock::get_Now") long Now();
// CHECK: "export":"newobj","for":"Game.Text::.ctor(System.Char[])","name":["New"]
ILBRIDGE_NEWOBJ("Game.Text::.ctor(System.Char[])") void *New(void *);
// CHECK: "export":"intrinsic","for":"Game.Maths::Sin","name":["Sin"]
ILBRIDGE_INTRINSIC("Game.Maths::Sin") double Sin(double);

// Each of several annotations of a function is an export.
// CHECK: "export":"export","name":["Both"]
// CHECK: "export":"internal_call","for":"A::B","name":["Both"]
ILBRIDGE_EXPORT ILBRIDGE_INTERNAL_CALL("A::B") void Both();

// CHECK: "name":["Owned"],"ownership":"owned",
ILBRIDGE_EXPORT ILBRIDGE_OWNED char *Owned();
// CHECK: "name":["Borrowed"],"ownership":"borrowed",
ILBRIDGE_EXPORT ILBRIDGE_BORROWED const char *Borrowed();

// CHECK: "convention":"other","export":"export","name":["Vectors"]
ILBRIDGE_EXPORT __attribute__((preserve_all)) void Vectors();

// A function without an annotation, or with another one, is ignored.
// CHECK-NOT: NotOurs
void NotOurs();
__attribute__((annotate("something.else"))) void NotOursEither();

// The attribute has another spelling.
// CHECK: "name":["Bracketed"]
[[clang::annotate("ilbridge.export")]] void Bracketed();
#define MY_EXPORT(type) __attribute__((annotate("ilbridge.export"))) type
// The location is the use of the macro.
// CHECK: {"at":["{{.*}}functions.cpp",[[#@LINE+1]],17],{{.*}}"name":["Wrapped"]
MY_EXPORT(void) Wrapped();
