//===- CxxTypes.cpp - The C++ types of bridge functions -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/CxxTypes.h"
#include "llvm/ADT/StringExtras.h"

using ilbridge::managed::TypeDef;
using llvm::StringRef;

namespace ilbridge::hybridclr {

//===----------------------------------------------------------------------===//
// Types as il2cpp writes them
//===----------------------------------------------------------------------===//

static void addField(RecordType &R, const llvm::Twine &Name, const Type *T) {
  Field &F = R.Fields.emplace_back();
  F.Name = Name.str();
  F.Ty = T;
}

RecordType *CxxTypes::record(RecordType::Tag Tag, unsigned Pack,
                             StringRef Name) {
  Declaration D;
  D.Path = {Name.str()};
  auto *R = Types.make<RecordType>(std::move(D), Tag);
  R->Pack = Pack;
  return R;
}

CxxTypes::CxxTypes() {
  auto Set = [&](Basic B, const Type *T) {
    Basics[static_cast<size_t>(B)] = T;
  };
  auto Scalar = [&](ScalarType::Class C, Width W, Signedness S) {
    return Types.make<ScalarType>(C, W, S);
  };
  auto Integers = [&](Basic Signed, Basic Unsigned, Width W) {
    Set(Signed, Scalar(ScalarType::Integer, W, Signedness::Signed));
    Set(Unsigned, Scalar(ScalarType::Integer, W, Signedness::Unsigned));
  };
  Set(Basic::Void, Types.make<VoidType>());
  Integers(Basic::I1, Basic::U1, Width::W8);
  Integers(Basic::I2, Basic::U2, Width::W16);
  Integers(Basic::I4, Basic::U4, Width::W32);
  Integers(Basic::I8, Basic::U8, Width::W64);
  Integers(Basic::IntPtr, Basic::UIntPtr, Width::Pointer);
  Set(Basic::R4, Scalar(ScalarType::Float, Width::W32, Signedness::Signed));
  Set(Basic::R8, Scalar(ScalarType::Float, Width::W64, Signedness::Signed));
  Set(Basic::Pointer, &basic(Basic::UIntPtr));
  Set(Basic::Object, &basic(Basic::UIntPtr));
  RecordType *Reference = record(RecordType::Struct, 0, "Il2CppTypedRef");
  for (StringRef Name : {"type", "value", "klass"})
    addField(*Reference, Name, &basic(Basic::UIntPtr));
  Set(Basic::TypedReference, Reference);

  RecordType *R = record(RecordType::Struct, 0, "__ResultInPlace");
  R->IsTriviallyCopyable = false;
  R->HasConstructors = true;
  ResultInPlace = R;
}

void CxxTypes::addBytes(RecordType &R, StringRef Name, uint64_t Count) {
  if (Count)
    addField(R, Name, Types.make<ArrayType>(&basic(Basic::I1), Count));
}

const RecordType &CxxTypes::makeStruct(uint32_t Number, const Structure &S,
                                       llvm::ArrayRef<const Type *> Fields) {
  std::string Name = "__struct_" + std::to_string(Number) + "__";
  unsigned Pack = S.effectivePack();
  // il2cpp declares every field of an explicit layout twice: packed at its
  // offset, and again for the alignment. The number of members matters if a
  // struct is passed by value (a union of one member is passed like that
  // member), so both are kept.
  if (S.Layout == TypeDef::Explicit) {
    RecordType *All = record(RecordType::Union, 0, "");
    addBytes(*All, "__size", S.Size);
    for (auto [I, F] : llvm::enumerate(S.Fields))
      for (bool IsAligned : {false, true}) {
        RecordType *Placed =
            record(RecordType::Struct, IsAligned ? Pack : 1, "");
        addBytes(*Placed, "__offset", *F.Offset);
        addField(*Placed, "__value", Fields[I]);
        addField(*All, "__" + llvm::Twine(I) + (IsAligned ? "_alignment" : ""),
                 Placed);
      }
    RecordType *Whole = record(RecordType::Struct, 0, Name);
    addField(*Whole, "__fields", All);
    return *Whole;
  }
  RecordType *All = record(RecordType::Struct, Pack, S.Size ? "" : Name);
  for (auto [I, T] : llvm::enumerate(Fields))
    addField(*All, "__" + llvm::Twine(I), T);
  if (!S.Size)
    return *All;
  RecordType *Whole = record(RecordType::Union, Pack, Name);
  addBytes(*Whole, "__size", S.Size);
  addField(*Whole, "__fields", All);
  return *Whole;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

StringRef typeName(const Type &T) {
  if (const auto *R = llvm::dyn_cast<RecordType>(&T))
    return R->Decl.Path.back();
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  if (!S)
    return "void";
  bool IsSigned = S->signedness() == Signedness::Signed;
  switch (S->width()) {
  case Width::W8:
    return IsSigned ? "int8_t" : "uint8_t";
  case Width::W16:
    return IsSigned ? "int16_t" : "uint16_t";
  case Width::W32:
    if (S->scalarClass() == ScalarType::Float)
      return "float";
    return IsSigned ? "int32_t" : "uint32_t";
  case Width::W64:
    if (S->scalarClass() == ScalarType::Float)
      return "double";
    return IsSigned ? "int64_t" : "uint64_t";
  default:
    return IsSigned ? "intptr_t" : "uintptr_t";
  }
}

namespace {

class DefinitionPrinter {
public:
  DefinitionPrinter(std::string &Text, const RecordType &Whole)
      : Text(Text), Step(isOverlaid(Whole) ? 2 : 4) {}
  void print(const RecordType &R);

private:
  /// Returns true if the fields are members of a union, which adds one more
  /// level.
  static bool isOverlaid(const RecordType &Whole) {
    if (Whole.TheTag != RecordType::Struct || Whole.Fields.size() != 1)
      return false;
    const auto *Inner = llvm::dyn_cast<RecordType>(Whole.Fields.front().Ty);
    return Inner && typeName(*Inner).empty();
  }
  static StringRef tag(const RecordType &R) {
    return R.TheTag == RecordType::Union ? "union" : "struct";
  }
  void beginPack(unsigned Pack) {
    if (Pack)
      Text += "#pragma pack(push, " + std::to_string(Pack) + ")\n";
  }
  void endPack(unsigned Pack) {
    if (Pack)
      Text += "#pragma pack(pop)\n";
  }
  void members(const RecordType &R, unsigned Level, unsigned Pack);
  void member(const Field &F);

  std::string &Text;
  const unsigned Step; ///< the width of an indentation level
};

} // namespace

void DefinitionPrinter::member(const Field &F) {
  const auto *Bytes = llvm::dyn_cast<ArrayType>(F.Ty);
  Text += Bytes ? "char" : typeName(*F.Ty);
  Text += ' ';
  Text += F.Name;
  if (Bytes)
    Text += '[' + std::to_string(Bytes->count()) + ']';
  Text += ';';
}

/// \param Pack is the current packing around the members.
void DefinitionPrinter::members(const RecordType &R, unsigned Level,
                                unsigned Pack) {
  for (const Field &F : R.Fields) {
    const auto *Inner = llvm::dyn_cast<RecordType>(F.Ty);
    if (!Inner || !typeName(*Inner).empty()) {
      Text.append(Level * Step, ' ');
      member(F);
      Text += '\n';
      continue;
    }
    unsigned Own = Inner->Pack == Pack ? 0 : Inner->Pack;
    beginPack(Own);
    Text.append(Level * Step, ' ');
    Text += tag(*Inner);
    if (Level == 1) {
      Text += " {\n";
      members(*Inner, Level + 1, Inner->Pack);
      Text.append(Level * Step, ' ');
    } else {
      Text += " { ";
      for (const Field &Each : Inner->Fields) {
        member(Each);
        Text += ' ';
      }
    }
    Text += "} " + F.Name + ";\n";
    endPack(Own);
  }
}

void DefinitionPrinter::print(const RecordType &R) {
  beginPack(R.Pack);
  Text += tag(R);
  Text += ' ';
  Text += typeName(R);
  Text += " {\n";
  members(R, 1, R.Pack);
  Text += "};\n";
  endPack(R.Pack);
}

void printDefinition(std::string &Text, const RecordType &R) {
  DefinitionPrinter(Text, R).print(R);
}

} // namespace ilbridge::hybridclr
