// LeanCLR's results, which carry an error or a value.

// RUN: %ilbridge scan %s -- -I%include -isystem %standin -std=c++17 | FileCheck %s

#include <ilbridge/export.h>
#include <public/leanclr.hpp>

// CHECK: "name":["Value"],{{.*}}"result":{{{.*}}"spelling":"int","type":"int"},"result_wrapper":"leanclr::RtResult"
ILBRIDGE_EXPORT leanclr::RtResult<int> Value();
// CHECK: "name":["Nothing"],{{.*}}"spelling":"void","type":"void"},"result_wrapper":"leanclr::RtResultVoid"
ILBRIDGE_EXPORT leanclr::RtResultVoid Nothing();

struct Vec3 {
  float x, y, z;
};
// CHECK: "name":["Struct"],{{.*}}"spelling":"Vec3","type":0},"result_wrapper":"leanclr::RtResult"
ILBRIDGE_EXPORT leanclr::RtResult<Vec3> Struct();
// CHECK: "name":["Pointer"],{{.*}}"type":{"pointer":0}},"result_wrapper":"leanclr::RtResult"
using Result = leanclr::RtResult<Vec3 *>;
ILBRIDGE_EXPORT Result Pointer();

// A template of that name in another namespace is an ordinary type.
namespace mine {
template <typename T> struct Result {
  T value;
};
} // namespace mine
// CHECK: "name":["Mine"],{{.*}}"spelling":"mine::Result<int>","type":1},"symbol"
ILBRIDGE_EXPORT mine::Result<int> Mine();
