//===- FactsTypes.cpp - Reads the types of facts --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FactsFormat.h"
#include "FactsSourceReader.h"
#include "ilbridge/type/Limits.h"

namespace ilbridge::native {

bool FactsSourceReader::scalar(llvm::StringRef Word, const Type *&Out, Path P) {
  for (const ScalarWord &Each : ScalarWords)
    if (Each.Word == Word) {
      Out = F.Types.make<ScalarType>(Each.Class, Each.W, Each.S);
      return true;
    }
  P.report("unknown type");
  return false;
}

/// Leaves \p Out empty if there is no \p Key.
bool FactsSourceReader::variation(const flat::Object &O,
                                  llvm::StringLiteral Key, Variation &Out,
                                  Path P) {
  const J *V = O.get(Key);
  if (!V)
    return true;
  if (!get(*V, Out, P.field(Key)))
    return false;
  llvm::sort(Out.Macros);
  return true;
}

/// Reads a type with its variation.
bool FactsSourceReader::varied(const J &V, const flat::Object &O,
                               const Type *&Out, Path P) {
  const Type *T = nullptr;
  Variation Why;
  if (!type(V, T, P.field("varied")) || !variation(O, "varies", Why, P))
    return false;
  // A record or an enum has a separate line, which may not have been read
  // yet.
  if (llvm::isa<RecordType, EnumType>(T)) {
    P.field("varied").report("expected a type without a line of its own");
    return false;
  }
  Out = F.Types.varied(*T, Why);
  return true;
}

bool FactsSourceReader::type(const J &V, const Type *&Out, Path P) {
  if (std::optional<llvm::StringRef> Word = V.getAsString()) {
    if (*Word == "void") {
      Out = F.Types.make<VoidType>();
      return true;
    }
    return scalar(*Word, Out, P);
  }
  if (std::optional<uint64_t> Id = V.getAsUINT64()) {
    auto Found = ById.find(*Id);
    if (Found == ById.end()) {
      P.report("no type has this number");
      return false;
    }
    Out = Found->second;
    return true;
  }
  const flat::Object *O = V.getAsObject();
  if (!O) {
    P.report("expected a type");
    return false;
  }
  for (unsigned Form = 0; Form != std::size(PointerWords); ++Form)
    if (O->get(PointerWords[Form]))
      return pointer(*O, Form, Out, P);
  if (O->get("function"))
    return function(*O, Out, P);
  if (const J *Varied = O->get("varied"))
    return varied(*Varied, *O, Out, P);
  if (const J *Word = O->get("system")) { // as older versions write it
    if (!scalar(Word->getAsString().value_or(""), Out, P.field("system")))
      return false;
    Out = F.Types.varied(*Out, {"", /*IsOfSystem=*/true});
    return true;
  }
  if (const J *Element = O->get("array")) {
    const Type *T;
    uint64_t Count = 0;
    if (!type(*Element, T, P.field("array")) ||
        !optionalNumber(*O, "count", Count, P))
      return false;
    Out = F.Types.make<ArrayType>(T, Count);
    return true;
  }
  P.report("expected a type");
  return false;
}

bool FactsSourceReader::pointer(const flat::Object &O, unsigned Form,
                                const Type *&Out, Path P) {
  const Type *Pointee;
  if (!type(*O.get(PointerWords[Form]), Pointee, P.field(PointerWords[Form])))
    return false;
  Out = F.Types.make<PointerType>(
      Pointee,
      Qualifiers{O.getBoolean("const").value_or(false),
                 O.getBoolean("volatile").value_or(false)},
      static_cast<PointerType::Form>(Form));
  return true;
}

bool FactsSourceReader::convention(const flat::Object &O,
                                   CallingConvention &Out, Path P,
                                   llvm::StringLiteral Key) {
  const J *V = O.get(Key);
  if (!V)
    return true;
  auto CC = callingConvention(V->getAsString().value_or(""));
  if (!CC) {
    P.field(Key).report("unknown calling convention");
    return false;
  }
  Out = *CC;
  return true;
}

bool FactsSourceReader::function(const flat::Object &O, const Type *&Out,
                                 Path P) {
  const Type *Result;
  if (!type(*O.get("function"), Result, P.field("function")))
    return false;
  std::vector<const Type *> Params;
  if (const flat::Array *A = O.getArray("params"))
    for (size_t I = 0; I != A->size(); ++I)
      if (!type((*A)[I], Params.emplace_back(), P.field("params").index(I)))
        return false;
  CallingConvention CC = CallingConvention::C;
  if (!convention(O, CC, P))
    return false;
  CallingConvention Stated = CC;
  Variation Varies;
  if (!convention(O, Stated, P, "stated_convention") ||
      !variation(O, "convention_varies", Varies, P))
    return false;
  Out = F.Types.make<FunctionType>(Result, std::move(Params), CC, Stated,
                                   O.getBoolean("variadic").value_or(false));
  Out = F.Types.withConvention(*Out, Varies);
  return true;
}

/// The first pass over a type's line creates the type, so that others can refer
/// to it.
bool FactsSourceReader::shell(const FactsLine &L, Path P) {
  const J &V = L.Value;
  flat::ObjectMapper Map(V, P);
  uint64_t Id;
  Declaration D;
  if (!Map.map("type", Id) || !decl(V, D, P))
    return false;
  const flat::Object &O = *V.getAsObject();
  llvm::StringRef Kind = O.getString("kind").value_or("");
  RecordType::Tag Tag;
  Type *T = nullptr;
  if (fromWord(RecordWords, Kind, Tag))
    T = F.Types.make<RecordType>(std::move(D), Tag);
  else if (Kind == "enum")
    T = F.Types.make<EnumType>(std::move(D), nullptr);
  else if (Kind == "opaque")
    T = F.Types.make<OpaqueType>(std::move(D));
  if (!T) {
    P.field("kind").report("expected struct, class, union, enum or opaque");
    return false;
  }
  if (!ById.try_emplace(Id, T).second) {
    P.field("type").report("two types have this number");
    return false;
  }
  Declared.push_back({L.Number, T});
  return true;
}

/// The second pass over a type's line reads its members.
bool FactsSourceReader::fill(const J &V, Path P) {
  const flat::Object &O = *V.getAsObject();
  Type *T = ById.at(*O.get("type")->getAsUINT64());
  Variation Varies;
  if (!variation(O, "varies", Varies, P))
    return false;
  // Older versions of the program write this field instead.
  Varies.IsOfSystem |= O.getBoolean("system").value_or(false);
  F.Types.vary(*T, Varies);
  if (auto *R = llvm::dyn_cast<RecordType>(T)) {
    if (!get(V, *R, P))
      return false;
    if (!R->Elements ||
        (llvm::isa<PointerType>(R->Elements) &&
         llvm::cast<PointerType>(R->Elements)->form() == PointerType::Pointer))
      return true;
    P.field("elements").report("expected a pointer");
    return false;
  }
  auto *E = llvm::dyn_cast<EnumType>(T);
  if (!E)
    return true;
  if (!get(V, *E, P))
    return false;
  if (llvm::isa<ScalarType>(E->Underlying))
    return true;
  P.field("underlying").report("expected an integer type");
  return false;
}

/// Returns the nesting depth of records by value, including \p R. Any number
/// above MaxRecordDepth means that the nesting is too deep, or that a record
/// contains itself. Neither is valid C++, but facts are not trusted, and later
/// stages traverse records recursively. \p Depth records are being visited.
unsigned FactsSourceReader::levels(const RecordType &R, unsigned Depth) {
  constexpr unsigned TooMany = MaxRecordDepth + 1;
  // The value during the visit: a visit from within is a cycle.
  auto [It, IsNew] = Levels.try_emplace(&R, TooMany);
  if (!IsNew)
    return It->second;
  unsigned Most = 0;
  auto Add = [&](const Type *T) {
    while (const auto *A = llvm::dyn_cast<ArrayType>(T))
      T = A->element();
    if (const auto *Inner = llvm::dyn_cast<RecordType>(T))
      Most =
          std::max(Most, Depth + 1 < MaxRecordDepth ? levels(*Inner, Depth + 1)
                                                    : TooMany);
  };
  for (const Base &B : R.Bases)
    Add(B.Record);
  for (const Field &F : R.Fields)
    Add(F.Ty);
  return Levels[&R] = std::min(Most + 1, TooMany);
}

} // namespace ilbridge::native
