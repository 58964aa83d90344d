//===- Classic.cpp - Tables of HybridCLR up to 3.4 ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/Classic.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using llvm::StringRef;

namespace ilbridge::hybridclr {

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
  // If the size is not a multiple of the alignment, the alignment is reduced.
  while (S.Size % Align != 0)
    Align /= 2;
  return {S.Size, Align};
}

ClassicLayout ClassicTypes::layout(ABIClass V) {
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
  case Basic::TypedReference: // it has a type, a value and a class
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

/// All scalars in a value, at any depth.
struct Scalars {
  llvm::SmallVector<Basic, 4> All;
  /// True if there are more scalars than any rule needs.
  bool IsMany = false;
  /// The number of visited values. Structs can contain each other many times
  /// without containing a scalar.
  unsigned Visited = 0;

  void add(SharedTypes &Types, ABIClass V) {
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

std::string ClassicType::slotMember() const {
  if (Letter == 'r')
    return exactMember();
  return Letter + std::string("64");
}

std::string ClassicType::exactMember() const {
  return Letter == 'r' ? 'f' + std::to_string(Size)
                       : Letter + std::to_string(8 * Size);
}

static ClassicType number(char Letter, unsigned Size) {
  ClassicType C{Letter + std::to_string(Size), "", Size, ClassicType::Number,
                Letter};
  if (Letter == 'r')
    C.Type = Size == 4 ? "float" : "double";
  else
    C.Type = (Letter == 'u' ? "uint" : "int") + std::to_string(8 * Size) + "_t";
  return C;
}

/// Returns the number of a code, such as "u1".
static ClassicType number(StringRef Code) {
  return number(Code.front(), Code.back() - '0');
}

static ClassicType address() {
  return {"sr", "uint64_t", 8, ClassicType::Address, 'u'};
}

static ClassicType sized(char Letter, uint64_t Size) {
  StringRef Type;
  switch (Letter) {
  case 'S':
    Type = "ValueTypeSize";
    break;
  case 'A':
    Type = "ValueTypeSizeAlign2";
    break;
  case 'B':
    Type = "ValueTypeSizeAlign4";
    break;
  case 'C':
    Type = "ValueTypeSizeAlign8";
    break;
  case 'X':
    Type = "WebGLSpeicalValueType";
    break;
  case 'Y':
    Type = "WebGLSpeicalValueTypeAlign2";
    break;
  case 'Z':
    Type = "WebGLSpeicalValueTypeAlign4";
    break;
  default:
    Type = "WebGLSpeicalValueTypeAlign8";
  }
  std::string Text = std::to_string(Size);
  return {Letter + Text, (Type + "<" + Text + ">").str(), Size};
}

/// Returns the type of a homogeneous aggregate of up to four floats or
/// doubles. For other values, the type has no token.
ClassicType ClassicTypes::vector(ABIClass V, uint64_t Size) {
  Scalars S;
  S.add(Types, V);
  if (S.IsMany || S.All.size() < D.MinVector || S.All.size() > 4 ||
      !llvm::all_equal(S.All))
    return {};
  bool IsFloat = S.All.front() == Basic::R4;
  if (!IsFloat && S.All.front() != Basic::R8)
    return {};
  // With a declared size or an explicit layout, it may not be homogeneous.
  if (Size != S.All.size() * (IsFloat ? 4 : 8))
    return {};
  if (S.All.size() == 1)
    return number('r', IsFloat ? 4 : 8);
  std::string Count = std::to_string(S.All.size());
  char Letter = IsFloat ? 'f' : 'd';
  return {D.HasDocumentedNames ? "v" + Count + Letter
                               : std::string("v") + Letter + Count,
          "HtVector" + Count + Letter, Size};
}

ClassicType ClassicTypes::onWebGL(ABIClass V, ClassicLayout L) {
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
      return number('i', 8);
    case Basic::R4:
      if (L.Size <= 4)
        return number('r', 4);
      break;
    case Basic::R8:
      return number('r', 8);
    case Basic::TypedReference:
      break;
    default:
      if (L.Size <= 4)
        return number('i', 4);
    }
  return sized("SABC"[ByAlign], L.Size);
}

ClassicType ClassicTypes::onArm64(ABIClass V, uint64_t Size, bool IsResult) {
  if (ClassicType Vector = vector(V, Size); !Vector.Token.empty())
    return Vector;
  if (D.HasDocumentedNames)
    return IsResult     ? sized('S', Size)
           : Size <= 16 ? sized('S', 16)
                        : address();
  if (Size <= 8)
    return number('i', 8);
  if (Size <= 16)
    return {"i16", "ValueTypeSize16", 16};
  return IsResult ? sized('S', Size) : address();
}

ClassicType ClassicTypes::makeType(ABIClass V, bool IsResult) {
  if (!V.isStruct() && !V.is(Basic::TypedReference))
    switch (V.basic()) {
    case Basic::Void:
      return {"v", "void", 0, ClassicType::Nothing};
    case Basic::IntPtr:
    case Basic::Pointer:
    case Basic::Object:
      return number('i', pointerSize(F));
    case Basic::UIntPtr:
      return number('u', pointerSize(F));
    default:
      return number(code(V.basic()));
    }
  ClassicLayout L = layout(V);
  if (V.is(Basic::TypedReference)) {
    if (F == AbiFamily::Arm64)
      return IsResult ? sized('S', L.Size) : address();
    return sized(F == AbiFamily::WebGL32 ? 'B' : 'S', L.Size);
  }
  switch (F) {
  case AbiFamily::Arm64:
    return onArm64(V, L.Size, IsResult);
  case AbiFamily::Universal64:
    if (D.HasVectorsOnUniversal64)
      if (ClassicType Vector = vector(V, L.Size); !Vector.Token.empty())
        return Vector;
    return sized('S', L.Size);
  case AbiFamily::Universal32:
    return sized(L.Align == 8 ? 'C' : 'S', L.Size);
  case AbiFamily::WebGL32:
    return onWebGL(V, L);
  }
  llvm_unreachable("not a family");
}

const ClassicType &ClassicTypes::type(ABIClass V, bool IsResult) {
  auto [It, IsNew] = ByClass.try_emplace({V.raw(), IsResult});
  if (IsNew)
    It->second = makeType(V, IsResult);
  return It->second;
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

namespace {

class ClassicNaming : public Naming {
public:
  ClassicNaming(BridgeRequirements &N, ClassicTypes &Of, const BridgeDialect &D,
                DiagnosticList &Findings)
      : Naming(D), N(N), Of(Of), CanPass(checkSignatures(N, Findings)) {}

  bool covers(const MethodRequirement &M) const override { return !M.IsHidden; }

  bool appendTokens(ABIClassList Signature, std::string &Key) override {
    if (!CanPass[static_cast<uint32_t>(Signature)])
      return false;
    bool IsResult = true;
    for (ABIClass V : N.Types.classes(Signature)) {
      Key += Of.type(V, IsResult).Token;
      IsResult = false;
    }
    return true;
  }

private:
  BridgeRequirements &N;
  ClassicTypes &Of;
  std::vector<bool> CanPass; ///< by signature
};

} // namespace

ClassicTables makeClassicTables(BridgeRequirements &N, AbiFamily F,
                                const BridgeDialect &D,
                                DiagnosticList &Findings) {
  ClassicTables Out;
  Out.Family = F;
  Out.Types = std::make_unique<ClassicTypes>(N.Types, F, D);
  ClassicNaming Names(N, *Out.Types, D, Findings);
  fillRows(Out, N, Names, Findings);
  return Out;
}

} // namespace ilbridge::hybridclr
