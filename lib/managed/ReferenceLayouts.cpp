//===- ReferenceLayouts.cpp - Structs with known layouts ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A reference assembly omits private fields, or has a dummy in place of them.
// (.NET documentation, "Reference assemblies") Therefore the fields of its
// structs are not used. A few structs are the same in all runtimes and are
// passed to native code. Their layouts are built in, and found by name.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/AssemblySet.h"

namespace ilbridge::managed {

namespace {
/// \p Count consecutive fields with the same type.
struct Run {
  Primitive Type;
  unsigned Count;
};
struct KnownStruct {
  llvm::StringLiteral Name;
  Run Runs[3];
};
} // namespace

static constexpr KnownStruct KnownStructs[] = {
    {"System.Guid",
     {{Primitive::Int32, 1}, {Primitive::Int16, 2}, {Primitive::Byte, 8}}},
    {"System.DateTime", {{Primitive::UInt64, 1}}},
    {"System.TimeSpan", {{Primitive::Int64, 1}}},
    {"System.Decimal", {{Primitive::Int32, 2}, {Primitive::UInt64, 1}}},
    {"System.Int128", {{Primitive::UInt64, 2}}},
    {"System.UInt128", {{Primitive::UInt64, 2}}},
    {"System.RuntimeTypeHandle", {{Primitive::IntPtr, 1}}},
    {"System.RuntimeMethodHandle", {{Primitive::IntPtr, 1}}},
    {"System.RuntimeFieldHandle", {{Primitive::IntPtr, 1}}},
    {"System.Runtime.InteropServices.GCHandle", {{Primitive::IntPtr, 1}}},
    {"System.Runtime.InteropServices.HandleRef", {{Primitive::IntPtr, 1}}},
    {"System.Runtime.InteropServices.CLong", {{Primitive::IntPtr, 1}}},
    {"System.Runtime.InteropServices.CULong", {{Primitive::UIntPtr, 1}}},
    {"System.Runtime.InteropServices.NFloat", {{Primitive::IntPtr, 1}}},
    {"System.Numerics.Vector2", {{Primitive::Single, 2}}},
    {"System.Numerics.Vector3", {{Primitive::Single, 3}}},
    {"System.Numerics.Vector4", {{Primitive::Single, 4}}},
    {"System.Numerics.Quaternion", {{Primitive::Single, 4}}},
    {"System.Numerics.Plane", {{Primitive::Single, 4}}},
    {"System.Numerics.Matrix3x2", {{Primitive::Single, 6}}},
    {"System.Numerics.Matrix4x4", {{Primitive::Single, 16}}},
    {"System.Drawing.Point", {{Primitive::Int32, 2}}},
    {"System.Drawing.Size", {{Primitive::Int32, 2}}},
    {"System.Drawing.Rectangle", {{Primitive::Int32, 4}}},
    {"System.Drawing.PointF", {{Primitive::Single, 2}}},
    {"System.Drawing.SizeF", {{Primitive::Single, 2}}},
    {"System.Drawing.RectangleF", {{Primitive::Single, 4}}},
};

bool AssemblySet::fillByName(TypeDef &D) {
  std::string Name = D.fullName();
  for (const KnownStruct &Known : KnownStructs) {
    if (Known.Name != Name)
      continue;
    D.TheLayout = TypeDef::Sequential;
    for (const Run &R : Known.Runs)
      for (unsigned I = 0; I != R.Count; ++I) {
        FieldDef &F = D.Fields.emplace_back();
        F.Name = "field" + std::to_string(D.Fields.size());
        F.Type = &Types.primitive(R.Type);
      }
    return true;
  }
  return false;
}

bool AssemblySet::completeByName(TypeDef &D) {
  // A type of that name in another assembly is the program's own.
  llvm::StringRef Home = D.Assembly;
  bool IsCore = Home == "mscorlib" || Home == "netstandard" ||
                Home == "System" || Home.starts_with("System.");
  if (!IsCore || D.TheKind != TypeDef::Unresolved || !fillByName(D))
    return false;
  D.TheKind = TypeDef::Struct;
  D.Problem.clear();
  return true;
}

} // namespace ilbridge::managed
