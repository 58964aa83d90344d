//===- Walker.cpp - Reads everything in a module --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Walker.h"
#include "ilbridge/ecma335/Constant.h"
#include "ilbridge/ecma335/MarshalSpec.h"
#include "ilbridge/ecma335/MethodBody.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/raw_ostream.h"
#include <concepts>

namespace ilbridge::ecma335::test {

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Names and enums
//===----------------------------------------------------------------------===//

Expected<std::string> fullName(const Module &M, TypeDefRid R) {
  std::string Result;
  // In a malicious file, nesting can be circular.
  for (unsigned Depth = 0; R && Depth != 64; ++Depth) {
    auto Row = M.row(R);
    if (!Row)
      return Row.takeError();
    auto Name = M.string(Row->TypeName);
    if (!Name)
      return Name.takeError();
    auto Namespace = M.string(Row->TypeNamespace);
    if (!Namespace)
      return Namespace.takeError();
    std::string Part = Name->str();
    if (!Namespace->empty())
      Part = Namespace->str() + "." + Part;
    Result = Result.empty() ? Part : Part + "/" + Result;
    R = M.enclosingType(R);
  }
  return Result;
}

/// An enum keeps its value in its only non-static field (II.14.3).
static Expected<ElementType> storedAs(const Module &M, TypeDefRid Enum) {
  auto Fields = M.fields(Enum);
  if (!Fields)
    return Fields.takeError();
  for (FieldRid F : *Fields) {
    auto Row = M.row(F);
    if (!Row)
      return Row.takeError();
    if (has(Row->Flags, FieldAttributes::Static))
      continue;
    llvm::BumpPtrAllocator A;
    auto Sig = readFieldSig(M, Row->Signature, A);
    if (!Sig)
      return Sig.takeError();
    return (*Sig)->kind();
  }
  return ELEMENT_TYPE_I4;
}

static bool extendsEnum(const Module &M, const TypeDefRow &Row) {
  StringIndex Name{};
  if (Row.Extends.is<TypeRefRow>()) {
    auto Base = M.row(Row.Extends.as<TypeRefRow>());
    if (!Base)
      return llvm::consumeError(Base.takeError()), false;
    Name = Base->TypeName;
  } else if (Row.Extends.is<TypeDefRow>()) {
    auto Base = M.row(Row.Extends.as<TypeDefRow>());
    if (!Base)
      return llvm::consumeError(Base.takeError()), false;
    Name = Base->TypeName;
  }
  auto Text = M.string(Name);
  if (!Text)
    return llvm::consumeError(Text.takeError()), false;
  return *Text == "Enum";
}

void EnumTable::add(const Module &M) {
  for (TypeDefRid R : M.rows<TypeDefRow>()) {
    auto Row = M.row(R);
    if (!Row) {
      llvm::consumeError(Row.takeError());
      continue;
    }
    if (!extendsEnum(M, *Row))
      continue;
    auto Name = fullName(M, R);
    auto Type = storedAs(M, R);
    if (Name && Type)
      Known.try_emplace(*Name, *Type);
    llvm::consumeError(Name.takeError());
    llvm::consumeError(Type.takeError());
  }
}

void EnumTable::save(llvm::raw_ostream &OS) const {
  for (const auto &Enum : Known)
    OS << unsigned(Enum.second) << ' ' << Enum.first() << '\n';
}

void EnumTable::load(StringRef Text) {
  while (!Text.empty()) {
    auto [Line, Rest] = Text.split('\n');
    Text = Rest;
    auto [Type, Name] = Line.split(' ');
    unsigned Number;
    if (!Type.getAsInteger(10, Number))
      Known.try_emplace(Name, static_cast<ElementType>(Number));
  }
}

static Expected<std::string> refName(const Module &M, TypeRefRid R) {
  std::string Result;
  for (unsigned Depth = 0; R && Depth != 64; ++Depth) {
    auto Row = M.row(R);
    if (!Row)
      return Row.takeError();
    auto Name = M.string(Row->TypeName);
    if (!Name)
      return Name.takeError();
    auto Namespace = M.string(Row->TypeNamespace);
    if (!Namespace)
      return Namespace.takeError();
    std::string Part = Name->str();
    if (!Namespace->empty())
      Part = Namespace->str() + "." + Part;
    Result = Result.empty() ? Part : Part + "/" + Result;
    R = Row->ResolutionScope.is<TypeRefRow>()
            ? Row->ResolutionScope.as<TypeRefRow>()
            : TypeRefRid();
  }
  return Result;
}

ElementType EnumTable::find(const Module &M, const EnumReference &E) const {
  Expected<std::string> Name = std::string();
  if (E.Type.is<TypeDefRow>() && E.Type) {
    auto Type = storedAs(M, E.Type.as<TypeDefRow>());
    if (Type)
      return *Type;
    llvm::consumeError(Type.takeError());
  } else if (E.Type.is<TypeRefRow>() && E.Type) {
    Name = refName(M, E.Type.as<TypeRefRow>());
  } else {
    // Serialised names write nesting with a plus sign, and the assembly after a
    // comma.
    std::string Text = E.Name.take_until([](char C) { return C == ','; }).str();
    std::replace(Text.begin(), Text.end(), '+', '/');
    Name = Text;
  }
  if (!Name) {
    llvm::consumeError(Name.takeError());
    return ELEMENT_TYPE_I4;
  }
  auto Found = Known.find(*Name);
  return Found == Known.end() ? ELEMENT_TYPE_I4 : Found->second;
}

//===----------------------------------------------------------------------===//
// Counts
//===----------------------------------------------------------------------===//

WalkCounts &WalkCounts::operator+=(const WalkCounts &O) {
  Rows += O.Rows;
  Strings += O.Strings;
  Signatures += O.Signatures;
  Attributes += O.Attributes;
  MarshalSpecs += O.MarshalSpecs;
  Constants += O.Constants;
  Bodies += O.Bodies;
  Instructions += O.Instructions;
  Lookups += O.Lookups;
  return *this;
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const WalkCounts &C) {
  return OS << "rows " << C.Rows << ", strings " << C.Strings << ", signatures "
            << C.Signatures << ", attributes " << C.Attributes
            << ", marshal specs " << C.MarshalSpecs << ", constants "
            << C.Constants << ", bodies " << C.Bodies << ", instructions "
            << C.Instructions << ", lookups " << C.Lookups;
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

namespace {

class Walker {
public:
  Walker(const Module &M, const EnumTable &Enums,
         llvm::function_ref<void(Error)> OnError)
      : M(M), Enums(Enums), OnError(OnError) {}

  WalkCounts walk() {
#define TABLE(NUMBER, NAME) table<NAME##Row>();
#include "ilbridge/ecma335/Tables.def"
    good(M.userString(0));
    return Counts;
  }

private:
  /// \returns the value, or nothing after it passed the error to the handler.
  template <typename T> std::optional<T> good(Expected<T> V) {
    if (V)
      return std::move(*V);
    OnError(V.takeError());
    return std::nullopt;
  }

  template <typename Row> void table() {
    for (Rid<Row> R : M.rows<Row>())
      if (auto V = good(M.row(R))) {
        ++Counts.Rows;
        columns(*V);
        meaning(R, *V);
      }
  }

  // These functions check columns: the referenced rows exist.
#define TABLE(NUMBER, NAME) void columns(const NAME##Row &Row) {
#define COLUMN(TABLE, NAME, TYPE) column(Row.NAME);
#define LIST(TABLE, NAME, TARGET) // runs are checked as a whole
#define END_TABLE(NAME)                                                        \
  (void)Row;                                                                   \
  }
#include "ilbridge/ecma335/Tables.def"

  template <typename T>
    requires(!std::derived_from<T, Token>)
  void column(T) {}
  void column(StringIndex I) {
    if (!Strings.insert(static_cast<uint32_t>(I)).second)
      return;
    if (good(M.string(I)))
      ++Counts.Strings;
  }
  void column(GuidIndex I) {
    if (auto G = good(M.guid(I)))
      Null << *G;
  }
  void column(BlobIndex I) { good(M.blob(I)); }
  template <typename Row> void column(Rid<Row> R) {
    if (R)
      good(M.row(R));
  }
  void column(Token T) {
    if (T)
      row(T);
  }
  void row(Token T) {
    switch (T.table()) {
#define TABLE(NUMBER, NAME)                                                    \
  case TableID::NAME:                                                          \
    good(M.row(T.as<NAME##Row>()));                                            \
    break;
#include "ilbridge/ecma335/Tables.def"
    default:
      OnError(M.file().error(nullptr, "ECMA-335 II.22", "a token of no table"));
      break;
    }
  }

  // These functions check the meaning of rows.
  template <typename Row> void meaning(Rid<Row> R, const Row &) {
    attributes(R);
  }
  void meaning(TypeDefRid R, const TypeDefRow &);
  void meaning(FieldRid R, const FieldRow &Row);
  void meaning(MethodDefRid R, const MethodDefRow &Row);
  void meaning(ParamRid R, const ParamRow &);
  void meaning(PropertyRid R, const PropertyRow &Row);
  void meaning(EventRid R, const EventRow &);
  void meaning(MemberRefRid R, const MemberRefRow &Row);
  void meaning(StandAloneSigRid R, const StandAloneSigRow &Row);
  void meaning(TypeSpecRid R, const TypeSpecRow &Row);
  void meaning(MethodSpecRid R, const MethodSpecRow &Row);
  void meaning(ConstantRid R, const ConstantRow &);
  void meaning(FieldMarshalRid, const FieldMarshalRow &Row);
  void meaning(CustomAttributeRid R, const CustomAttributeRow &Row);
  void meaning(FieldRVARid, const FieldRVARow &Row) {
    good(M.bytesAt(Row.RVA));
  }
  void meaning(GenericParamRid R, const GenericParamRow &) {
    attributes(R);
    all(M.constraints(R));
  }

  template <typename Row> void all(RidRange<Row> Range) {
    ++Counts.Lookups;
    for (Rid<Row> R : Range)
      good(M.row(R));
  }
  template <typename Row> void one(Rid<Row> R) {
    ++Counts.Lookups;
    column(R);
  }
  void attributes(Token T) { all(M.customAttributes(T)); }
  /// Calls \p Read and prints its result, unless an earlier row had this blob.
  template <typename Fn> void signature(BlobIndex I, Fn Read) {
    if (!Signatures.insert(static_cast<uint32_t>(I)).second)
      return;
    A.Reset();
    if (auto Sig = good(Read(M, I, A))) {
      ++Counts.Signatures;
      print(*Sig);
    }
  }
  void print(const TypeSig *T) { Null << *T; }
  template <typename T> void print(const T &V) { Null << V; }
  template <typename T> void print(llvm::ArrayRef<T> List) {
    for (const T &V : List)
      print(V);
  }
  void memberSignature(BlobIndex I);
  void body(const MethodDefRow &Row);

  static constexpr auto Method = [](const Module &M, BlobIndex I,
                                    llvm::BumpPtrAllocator &A) {
    return readMethodSig(M, I, A);
  };
  static constexpr auto Field = [](const Module &M, BlobIndex I,
                                   llvm::BumpPtrAllocator &A) {
    return readFieldSig(M, I, A);
  };

  const Module &M;
  const EnumTable &Enums;
  llvm::function_ref<void(Error)> OnError;
  WalkCounts Counts;
  llvm::BumpPtrAllocator A;
  llvm::raw_null_ostream Null;
  // The keys have 64 bits, because a DenseSet reserves the two greatest
  // numbers.
  llvm::DenseSet<uint64_t> Strings, UserStrings, Signatures, Bodies,
      MarshalSpecs, Attributes;
};

} // namespace

void Walker::meaning(TypeDefRid R, const TypeDefRow &) {
  attributes(R);
  all(M.declSecurity(R));
  all(M.genericParams(R));
  all(M.interfaces(R));
  all(M.methodImpls(R));
  all(M.nestedTypes(R));
  one(M.classLayout(R));
  one(M.enclosingType(R));
  if (auto Run = good(M.fields(R)))
    for (FieldRid F : *Run)
      M.owner(F);
  if (auto Run = good(M.methods(R)))
    for (MethodDefRid F : *Run)
      M.owner(F);
  if (auto Run = good(M.properties(R)))
    all(*Run);
  if (auto Run = good(M.events(R)))
    all(*Run);
}

void Walker::meaning(FieldRid R, const FieldRow &Row) {
  attributes(R);
  one(M.owner(R));
  one(M.fieldLayout(R));
  one(M.fieldRVA(R));
  one(M.fieldMarshal(R));
  one(M.constant(R));
  one(M.implMap(R));
  signature(Row.Signature, Field);
}

void Walker::meaning(MethodDefRid R, const MethodDefRow &Row) {
  attributes(R);
  all(M.declSecurity(R));
  all(M.genericParams(R));
  all(M.semanticsOf(R));
  one(M.owner(R));
  one(M.implMap(R));
  if (auto Run = good(M.params(R)))
    all(*Run);
  signature(Row.Signature, Method);
  body(Row);
}

void Walker::meaning(ParamRid R, const ParamRow &) {
  attributes(R);
  one(M.owner(R));
  one(M.fieldMarshal(R));
  one(M.constant(R));
}

void Walker::meaning(PropertyRid R, const PropertyRow &Row) {
  attributes(R);
  all(M.semantics(R));
  one(M.owner(R));
  one(M.constant(R));
  signature(Row.Type,
            [](const Module &M, BlobIndex I, llvm::BumpPtrAllocator &A) {
              return readPropertySig(M, I, A);
            });
}

void Walker::meaning(EventRid R, const EventRow &) {
  attributes(R);
  all(M.semantics(R));
  one(M.owner(R));
}

void Walker::memberSignature(BlobIndex I) {
  auto Blob = M.blob(I);
  if (!Blob)
    return llvm::consumeError(Blob.takeError()); // already reported as a column
  switch (signatureKind(*Blob).value_or(SignatureKind::Default)) {
  case SignatureKind::Field:
    return signature(I, Field);
  case SignatureKind::LocalSig:
    return signature(
        I, [](const Module &M, BlobIndex I, llvm::BumpPtrAllocator &A) {
          return readLocalVarSig(M, I, A);
        });
  default:
    return signature(I, Method);
  }
}

void Walker::meaning(MemberRefRid R, const MemberRefRow &Row) {
  attributes(R);
  memberSignature(Row.Signature);
}

void Walker::meaning(StandAloneSigRid R, const StandAloneSigRow &Row) {
  attributes(R);
  memberSignature(Row.Signature);
}

void Walker::meaning(TypeSpecRid R, const TypeSpecRow &Row) {
  attributes(R);
  signature(Row.Signature,
            [](const Module &M, BlobIndex I, llvm::BumpPtrAllocator &A) {
              return readTypeSpec(M, I, A);
            });
}

void Walker::meaning(MethodSpecRid R, const MethodSpecRow &Row) {
  attributes(R);
  signature(Row.Instantiation,
            [](const Module &M, BlobIndex I, llvm::BumpPtrAllocator &A) {
              return readMethodSpec(M, I, A);
            });
}

void Walker::meaning(ConstantRid R, const ConstantRow &) {
  if (auto V = good(readConstant(M, R))) {
    ++Counts.Constants;
    Null << *V;
  }
}

void Walker::meaning(FieldMarshalRid, const FieldMarshalRow &Row) {
  if (!MarshalSpecs.insert(static_cast<uint32_t>(Row.NativeType)).second)
    return;
  if (auto V = good(readMarshalSpec(M, Row.NativeType))) {
    ++Counts.MarshalSpecs;
    Null << *V;
  }
}

void Walker::meaning(CustomAttributeRid R, const CustomAttributeRow &Row) {
  if (!Attributes
           .insert(uint64_t(Row.Type.raw()) << 32 |
                   static_cast<uint32_t>(Row.Value))
           .second)
    return;
  A.Reset();
  auto Resolve = [&](const EnumReference &E) -> Expected<ElementType> {
    return Enums.find(M, E);
  };
  if (auto V = good(readCustomAttribute(M, R, Resolve, A))) {
    ++Counts.Attributes;
    V->find("Name");
    Null << *V;
  }
}

void Walker::body(const MethodDefRow &Row) {
  if (Row.RVA == 0 ||
      field(Row.ImplFlags, MethodImplAttributes::CodeTypeMask) !=
          MethodImplAttributes::IL ||
      !Bodies.insert(Row.RVA).second)
    return;
  auto Body = good(readMethodBody(M, Row.RVA));
  if (!Body)
    return;
  ++Counts.Bodies;
  column(Body->LocalVarSig);
  InstructionReader Reader(M.file(), *Body);
  while (!Reader.atEnd()) {
    auto I = good(Reader.next());
    if (!I)
      break;
    ++Counts.Instructions;
    if (I->Operand == OperandKind::String) {
      uint32_t Offset = I->token().rid();
      if (UserStrings.insert(Offset).second)
        if (auto Text = good(M.userString(Offset)))
          Null << Text->utf8();
    } else {
      column(I->token());
    }
    Null << *I;
  }
  if (auto Clauses = good(readExceptionClauses(M.file(), *Body)))
    for (const ExceptionClause &C : *Clauses)
      column(C.Class);
}

WalkCounts walk(const Module &M, const EnumTable &Enums,
                llvm::function_ref<void(Error)> OnError) {
  return Walker(M, Enums, OnError).walk();
}

} // namespace ilbridge::ecma335::test
