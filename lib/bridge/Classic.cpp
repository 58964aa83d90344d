//===- Classic.cpp - Tables of HybridCLR up to 3.4 ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/bridge/Classic.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using llvm::StringRef;

namespace ilbridge::bridge {

using runtime::BridgeDialect;

StringRef name(AbiFamily F) {
  static constexpr StringRef Names[] = {"Arm64", "Universal32", "Universal64",
                                        "WebGL32"};
  return Names[static_cast<unsigned>(F)];
}

std::optional<AbiFamily> abiFamily(StringRef Word) {
  for (AbiFamily F : {AbiFamily::Arm64, AbiFamily::Universal32,
                      AbiFamily::Universal64, AbiFamily::WebGL32})
    if (Word.equals_insensitive(name(F)))
      return F;
  return std::nullopt;
}

static unsigned pointerSize(AbiFamily F) {
  return F == AbiFamily::Arm64 || F == AbiFamily::Universal64 ? 8 : 4;
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

ClassicLayout ClassicTypes::layOut(const Structure &S) {
  uint64_t Size = 0, Align = 1;
  bool StatedSizeCounts = S.Size != 0;
  for (const StructField &Field : S.Fields) {
    ClassicLayout Inner = layout(Field.Type);
    Inner.Align = std::min<uint64_t>(Inner.Align, S.Pack ? S.Pack : 8);
    Align = std::max(Align, Inner.Align);
    if (Field.IsAlignmentOnly)
      continue;
    uint64_t Offset = Field.Offset && S.Layout == managed::TypeDef::Explicit
                          ? *Field.Offset
                          : llvm::alignTo(Size, Inner.Align);
    Size = std::max(Size, Offset + Inner.Size);
    if (Size > S.Size)
      StatedSizeCounts = false;
  }
  if (Size == 0)
    Size = Align;
  Size = llvm::alignTo(Size, Align);
  if (!StatedSizeCounts)
    return {Size, Align};
  // A size that is no multiple of the alignment lowers that.
  while (S.Size % Align != 0)
    Align /= 2;
  return {S.Size, Align};
}

ClassicLayout ClassicTypes::layout(Value V) {
  if (V.isStruct()) {
    if (auto It = Known.find(V); It != Known.end())
      return It->second;
    ClassicLayout L = layOut(Types.structure(V));
    Known[V] = L;
    return L;
  }
  uint64_t Pointer = pointerSize(F);
  switch (V.basic()) {
  case Basic::Void:
    return {0, 1};
  case Basic::U1:
  case Basic::I1:
    return {1, 1};
  case Basic::U2:
  case Basic::I2:
    return {2, 2};
  case Basic::U4:
  case Basic::I4:
  case Basic::R4:
    return {4, 4};
  case Basic::U8:
  case Basic::I8:
  case Basic::R8:
    return {8, 8};
  case Basic::TypedReference: // type, value and class
    return {3 * Pointer, Pointer};
  case Basic::IntPtr:
  case Basic::UIntPtr:
  case Basic::Pointer:
  case Basic::Object:
    return {Pointer, Pointer};
  }
  llvm_unreachable("not a basic value");
}

//===----------------------------------------------------------------------===//
// Tokens
//===----------------------------------------------------------------------===//

namespace {

/// Everything that is in a value, however deep.
struct Scalars {
  llvm::SmallVector<Basic, 4> All;
  /// More of them than any rule asks for.
  bool IsMany = false;
  /// Structs can contain each other many times and still no scalar.
  unsigned Visited = 0;

  void add(SharedTypes &Types, Value V) {
    if (All.size() > 4 || ++Visited > 1000)
      IsMany = true;
    else if (!V.isStruct())
      All.push_back(V.basic());
    else
      for (const StructField &F : Types.structure(V).Fields)
        add(Types, F.Type);
  }
};

} // namespace

static std::string sized(char Letter, uint64_t Size) {
  return Letter + std::to_string(Size);
}

/// A homogeneous aggregate of up to four floats or doubles; empty for others.
static std::string vectorToken(SharedTypes &Types, Value V, uint64_t Size,
                               const BridgeDialect &D) {
  Scalars S;
  S.add(Types, V);
  if (S.IsMany || S.All.size() < D.MinVector || S.All.size() > 4 ||
      !llvm::all_equal(S.All))
    return "";
  bool IsFloat = S.All.front() == Basic::R4;
  if (!IsFloat && S.All.front() != Basic::R8)
    return "";
  // A stated size, or an explicit layout, can break it.
  if (Size != S.All.size() * (IsFloat ? 4 : 8))
    return "";
  std::string Count = std::to_string(S.All.size());
  if (S.All.size() == 1)
    return IsFloat ? "r4" : "r8";
  if (D.HasDocumentedNames)
    return "v" + Count + (IsFloat ? "f" : "d");
  return (IsFloat ? "vf" : "vd") + Count;
}

static std::string webGLToken(SharedTypes &Types, Value V, ClassicLayout L,
                              const BridgeDialect &D) {
  const Structure &S = Types.structure(V);
  unsigned ByAlign = llvm::Log2_64(L.Align);
  bool IsOverlaid =
      S.Layout == managed::TypeDef::Explicit && S.Fields.size() > 1;
  if ((S.Fields.empty() && D.HasEmptyStructs) ||
      (IsOverlaid && D.HasScalarStructs))
    return sized("XYZW"[ByAlign], L.Size);
  Scalars All;
  if (D.HasScalarStructs)
    All.add(Types, V);
  if (L.Size <= 8 && All.All.size() == 1 && !All.IsMany)
    switch (All.All.front()) {
    case Basic::I8:
    case Basic::U8:
      return "i8";
    case Basic::R4:
      if (L.Size <= 4)
        return "r4";
      break;
    case Basic::R8:
      return "r8";
    case Basic::TypedReference:
      break;
    default:
      if (L.Size <= 4)
        return "i4";
    }
  return sized("SABC"[ByAlign], L.Size);
}

static std::string arm64Token(SharedTypes &Types, Value V, uint64_t Size,
                              const BridgeDialect &D, bool IsResult) {
  if (std::string Vector = vectorToken(Types, V, Size, D); !Vector.empty())
    return Vector;
  if (D.HasDocumentedNames)
    return IsResult ? sized('S', Size) : Size <= 16 ? "S16" : "sr";
  if (Size <= 8)
    return "i8";
  if (Size <= 16)
    return "i16";
  return IsResult ? sized('S', Size) : "sr";
}

std::string ClassicTypes::token(Value V, const BridgeDialect &D,
                                bool IsResult) {
  bool Is64 = pointerSize(F) == 8;
  if (!V.isStruct() && !V.is(Basic::TypedReference))
    switch (V.basic()) {
    case Basic::IntPtr:
    case Basic::Pointer:
    case Basic::Object:
      return Is64 ? "i8" : "i4";
    case Basic::UIntPtr:
      return Is64 ? "u8" : "u4";
    default:
      return code(V.basic()).str();
    }
  ClassicLayout L = layout(V);
  if (V.is(Basic::TypedReference)) {
    if (F == AbiFamily::Arm64)
      return IsResult ? sized('S', L.Size) : "sr";
    return sized(F == AbiFamily::WebGL32 ? 'B' : 'S', L.Size);
  }
  switch (F) {
  case AbiFamily::Arm64:
    return arm64Token(Types, V, L.Size, D, IsResult);
  case AbiFamily::Universal64:
    if (D.HasVectorsOnUniversal64)
      if (std::string Vector = vectorToken(Types, V, L.Size, D);
          !Vector.empty())
        return Vector;
    return sized('S', L.Size);
  case AbiFamily::Universal32:
    return sized(L.Align == 8 ? 'C' : 'S', L.Size);
  case AbiFamily::WebGL32:
    return webGLToken(Types, V, L, D);
  }
  llvm_unreachable("not a family");
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

namespace {

class ClassicNaming : public Naming {
public:
  ClassicNaming(Needs &N, AbiFamily F, const BridgeDialect &D,
                DiagnosticList &Findings)
      : Naming(D), N(N), Of(N.Types, F), D(D),
        CanPass(checkSignatures(N, Findings)), Memo(CanPass.size()) {}

  bool covers(const MethodNeed &M) const override { return !M.IsHidden; }

  const TokenSignature *tokens(ValueList Signature) override {
    uint32_t Index = static_cast<uint32_t>(Signature);
    if (!CanPass[Index])
      return nullptr;
    std::unique_ptr<TokenSignature> &Known = Memo[Index];
    if (Known)
      return Known.get();
    Known = std::make_unique<TokenSignature>();
    llvm::ArrayRef<Value> Values = N.Types.values(Signature);
    Known->Result = Of.token(Values.front(), D, true);
    for (Value V : Values.drop_front())
      Known->Params.push_back(Of.token(V, D, false));
    return Known.get();
  }

private:
  Needs &N;
  ClassicTypes Of;
  const BridgeDialect &D;
  std::vector<bool> CanPass; ///< by signature
  std::vector<std::unique_ptr<TokenSignature>> Memo;
};

} // namespace

ClassicTables makeClassicTables(Needs &N, AbiFamily F, const BridgeDialect &D,
                                DiagnosticList &Findings) {
  ClassicTables Out;
  Out.Family = F;
  ClassicNaming Names(N, F, D, Findings);
  fillRows(Out, N, Names, Findings);
  return Out;
}

} // namespace ilbridge::bridge
