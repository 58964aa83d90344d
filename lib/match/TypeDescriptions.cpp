//===- TypeDescriptions.cpp - Descriptions of types for messages ----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"
#include "ilbridge/managed/Layout.h"
#include "ilbridge/match/Layouts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

std::string whyNotCompared(const Variation *Why) {
  if (!Why)
    return "its headers do not compile for it";
  std::string Of = "'" + Why->Of + "'";
  if (Why->IsOfSystem)
    return Of + " is what the C library of the system makes it";
  constexpr size_t MostNames = 3;
  std::string Names;
  for (const auto &[I, Macro] : llvm::enumerate(Why->Macros)) {
    if (I == MostNames) {
      Names += ", …";
      break;
    }
    Names += (I ? ", " : "") + Macro;
  }
  return Of + " depends on macros of the target (" + Names + ")";
}

std::string inBytes(uint64_t Count) {
  return Count == 1 ? "1 byte" : std::to_string(Count) + " bytes";
}

std::string Agreement::describe(const Type &T) const {
  switch (T.kind()) {
  case Type::Void:
    return "nothing";
  case Type::Scalar: {
    const auto &S = llvm::cast<ScalarType>(T);
    static constexpr llvm::StringLiteral Words[] = {"bool", "character",
                                                    "integer", "float"};
    unsigned Bits = Model.bits(S.width());
    bool IsEight = Bits == 8 || Bits == 80; // pronounced with a vowel
    return ((IsEight ? "an " : "a ") + llvm::Twine(Bits) + "-bit " +
            Words[S.scalarClass()])
        .str();
  }
  case Type::Pointer: {
    const auto &P = llvm::cast<PointerType>(T);
    if (llvm::isa<FunctionType>(P.pointee()))
      return "a function pointer";
    if (llvm::isa<VoidType>(P.pointee()))
      return "a pointer";
    std::string Pointee = describe(*P.pointee());
    return (P.form() == PointerType::Pointer ? "a pointer to "
                                             : "a reference to ") +
           Pointee;
  }
  case Type::Function:
    return "a function";
  case Type::Enum:
    return "an enum over " + describe(withoutEnum(T));
  case Type::Array: {
    const auto &A = llvm::cast<ArrayType>(T);
    return ("an array of " + llvm::Twine(A.count()) + " of " +
            describe(*A.element()))
        .str();
  }
  case Type::Record: {
    const auto &R = llvm::cast<RecordType>(T);
    std::optional<RecordLayout> Native = Target.layout(R);
    uint64_t Size =
        Native ? Native->Size : managed::ManagedLayout(Model).of(R).Size;
    return (R.IsVector ? "a vector of " : "a struct of ") + inBytes(Size);
  }
  case Type::Opaque:
    return "'" + toString(T) + "'";
  }
  llvm_unreachable("not a type");
}

Verdict Agreement::mismatch(const Type &Managed, const Type &Native) const {
  return Verdict::different(describe(Native) + " in C++, " + describe(Managed) +
                            " in C#");
}

/// Returns "'Vec2' in C++: 8 bytes, aligned to 4: float x at 0, float y at 4".
static std::string shown(const RecordType &R, llvm::StringRef Language,
                         const RecordLayout &Layout,
                         llvm::function_ref<uint64_t(size_t)> BitOffset) {
  constexpr size_t MostFields = 16;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "'" << R << "' in " << Language << ": " << inBytes(Layout.Size)
     << ", aligned to " << Layout.Align;
  for (const auto &[I, F] : llvm::enumerate(R.Fields)) {
    if (I == MostFields) {
      OS << ", and " << R.Fields.size() - I << " more fields";
      break;
    }
    OS << (I ? ", " : ": ") << F.Spelling << ' ' << F.Name;
    if (F.BitWidth)
      OS << " : " << *F.BitWidth;
    OS << " at " << BitOffset(I) / 8;
  }
  return Text;
}

std::vector<Note> Agreement::declarations(const RecordType &Managed,
                                          const RecordType &Native) const {
  std::vector<Note> Notes;
  managed::ManagedLayout Layout(Model);
  if (Managed.Decl.Where.isValid()) {
    std::vector<uint64_t> Offsets = Layout.offsets(Managed);
    Notes.push_back({shown(Managed, "C#", Layout.of(Managed),
                           [&](size_t I) { return Offsets[I] * 8; }),
                     Managed.Decl.Where,
                     {}});
  }
  if (std::optional<RecordLayout> L = Target.layout(Native);
      L && Native.Decl.Where.isValid())
    Notes.push_back(
        {shown(Native, "C++", *L,
               [&](size_t I) { return Target.fieldOffset(Native, I); }),
         Native.Decl.Where,
         {}});
  return Notes;
}

} // namespace ilbridge::match
