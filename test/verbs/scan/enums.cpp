// Enums: scoped, unscoped, with a fixed type and without.

// RUN: %ilbridge scan %s -- -I%include -std=c++17 | FileCheck %s

#include <cstdint>
#include <ilbridge/export.h>

enum Unscoped { A, B = 5, C };
enum class Scoped { X = -1, Y };
enum Fixed : std::uint8_t { F = 255 };
enum class Wide : unsigned long long { Top = 0xffffffffffffffff };
enum Large { Huge = 0x100000000 };
enum Negative { Below = -1 };
typedef enum { Anonymous } Typedefed;
namespace game {
struct Owner {
  enum class Kind : short { One };
};
} // namespace game

ILBRIDGE_EXPORT void Take(Unscoped, Scoped, Fixed, Wide, Large, Negative,
                          Typedefed, game::Owner::Kind);

// The types follow the exports, in the order of their use.
// CHECK: {"at":["{{.*}}enums.cpp",8,6],"edit":[8,14,8,14],"enumerators":{{\[\[}}"A",0],["B",5],["C",6]],"kind":"enum","name":["Unscoped"],"type":0,"underlying":"uint"}
// CHECK-NEXT: "enumerators":{{\[\[}}"X",-1],["Y",0]],"fixed":true,"kind":"enum","name":["Scoped"],"scoped":true,"type":1,"underlying":"int"}
// CHECK-NEXT: "edit":[10,14,10,26],"enumerators":{{\[\[}}"F",255]],"fixed":true,"kind":"enum","name":["Fixed"],"type":2,"underlying":"u8"}
// CHECK-NEXT: "enumerators":{{\[\[}}"Top",-1]],"fixed":true,"kind":"enum","name":["Wide"],"scoped":true,"type":3,"underlying":"ulonglong"}
// CHECK-NEXT: "enumerators":{{\[\[}}"Huge",4294967296]],"kind":"enum","name":["Large"],"type":4,"underlying":"ulong"}
// CHECK-NEXT: "enumerators":{{\[\[}}"Below",-1]],"kind":"enum","name":["Negative"],"type":5,"underlying":"int"}
// CHECK-NEXT: "enumerators":{{\[\[}}"Anonymous",0]],"kind":"enum","name":["Typedefed"],"type":6,"underlying":"uint"}
// CHECK-NEXT: "class_scopes":1,"edit":[17,21,17,26],"enumerators":{{\[\[}}"One",0]],"fixed":true,"kind":"enum","name":["game","Owner","Kind"],"scoped":true,"type":7,"underlying":"short"}
