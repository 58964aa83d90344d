//===- Program.cpp - The exports of all sources together ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/Program.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include <tuple>

namespace ilbridge::native {

bool haveSameSignature(const DeclaredFunction &A, const DeclaredFunction &B,
                       TypeEquality &Types) {
  return A.Convention == B.Convention &&
         A.StatedConvention == B.StatedConvention &&
         A.ResultWrapper == B.ResultWrapper && A.IsVariadic == B.IsVariadic &&
         A.HasPrototype == B.HasPrototype && A.IsMember == B.IsMember &&
         Types.areSame(*A.Result.Ty, *B.Result.Ty) &&
         llvm::equal(A.Params, B.Params, [&](const Value &P, const Value &Q) {
           return Types.areSame(*P.Ty, *Q.Ty);
         });
}

/// Whether \p A and \p B, which have the same symbol, are one function that two
/// sources see: through the same declaration, or with one of them only
/// declaring it. Macros can turn one declaration into functions of different
/// types.
static bool isSame(const Export &A, const Export &B, TypeEquality &Types) {
  // Each statement that registers a function counts separately.
  if (A.Registered.has_value() != B.Registered.has_value() ||
      (A.Registered && A.Registered->Where != B.Registered->Where))
    return false;
  bool IsOneDeclaration =
      A.Decl.Where == B.Decl.Where || !A.IsDefinition || !B.IsDefinition ||
      (A.Decl.DeclaredIn && A.Decl.DeclaredIn.File == B.Decl.DeclaredIn.File);
  return IsOneDeclaration && haveSameSignature(A, B, Types);
}

Program::FoundClass Program::findClass(llvm::StringRef Name) const {
  if (!Classes) {
    Classes.emplace();
    for (const Facts &F : All)
      for (const Facts::MappedClass &Each : F.Classes)
        Classes->try_emplace(Each.Name, FoundClass{Each.Record, &F});
    for (const Facts &F : All)
      for (const Export &E : F.Exports)
        for (const Value &Param : E.Params)
          if (const auto *P = llvm::dyn_cast<PointerType>(Param.Ty))
            if (const auto *R = llvm::dyn_cast<RecordType>(P->pointee()))
              Classes->try_emplace(R->Decl.qualifiedName(), FoundClass{R, &F});
  }
  return Classes->lookup(Name);
}

/// Functions of different libraries can have the same name.
std::tuple<bool, const std::vector<std::string> &>
Program::libraryOf(const Export &E) const {
  static const std::vector<std::string> None;
  const std::optional<HeaderEntry> &L = factsOf(E).Unannotated;
  return {L.has_value(), L ? L->Names : None};
}

/// The maximum number of variants of one function that are distinguished. A
/// file of facts may contain any number.
static constexpr size_t MostVariants = 16;

/// Adds each function of the sources that were scanned for \p Target once.
void Program::collect(llvm::StringRef Target,
                      std::vector<const Export *> &Out) const {
  std::vector<const Export *> Found;
  // Among the sources that see a header, the one with the fewest includes
  // before it is preferred. Before holds their number if it is not 0.
  llvm::DenseMap<const Export *, size_t> Before;
  for (const Facts &F : All) {
    if (F.target() != Target)
      continue;
    llvm::StringMap<size_t> Leading;
    for (const auto &[I, Include] : llvm::enumerate(F.Includes))
      for (const std::string &File : Include.Declares)
        Leading.try_emplace(File, I);
    for (const Export &E : F.Exports) {
      Found.push_back(&E);
      if (size_t Count = Leading.lookup(E.Decl.DeclaredIn.File))
        Before[&E] = Count;
    }
  }

  // Prefers declarations in headers, which others can include, from a source
  // that knows the header's name in an #include; then the source with the most
  // exports, because source selection chooses it as well.
  auto Key = [&](const Export *E) {
    const Facts &F = factsOf(*E);
    return std::tuple_cat(
        std::tie(E->Symbol), libraryOf(*E),
        std::tuple(E->Kind, llvm::StringRef(E->ManagedName),
                   !E->Decl.DeclaredIn, E->Decl.DeclaredIn.Include.empty(),
                   E->Decl.Where, E->statedAt(), Before.lookup(E),
                   std::numeric_limits<size_t>::max() - F.Exports.size(),
                   llvm::StringRef(F.Source)));
  };
  llvm::stable_sort(
      Found, [&](const Export *A, const Export *B) { return Key(A) < Key(B); });
  TypeEquality Types;
  size_t Begin = 0; // the beginning of the functions with the same name
  for (const Export *E : Found) {
    if (Begin != Out.size()) {
      const Export &First = *Out[Begin];
      if (First.Symbol != E->Symbol || First.Kind != E->Kind ||
          First.ManagedName != E->ManagedName ||
          libraryOf(First) != libraryOf(*E))
        Begin = Out.size();
    }
    llvm::ArrayRef<const Export *> Same = llvm::ArrayRef(Out).drop_front(Begin);
    if (llvm::none_of(Same.take_back(MostVariants),
                      [&](const Export *F) { return isSame(*F, *E, Types); }))
      Out.push_back(E);
  }
}

/// Whether \p B, which has the same name, is \p A on another target, where its
/// symbol and its types may differ.
static bool isElsewhere(const Export &A, const Export &B) {
  return A.Kind == B.Kind && A.ManagedName == B.ManagedName &&
         A.Decl.Path == B.Decl.Path && A.Params.size() == B.Params.size() &&
         A.Registered.has_value() == B.Registered.has_value() &&
         (!A.Registered || A.Registered->Where == B.Registered->Where) &&
         (A.Decl.Where == B.Decl.Where || (!A.IsOverloaded && !B.IsOverloaded));
}

Program::Program(std::vector<Facts> AllFacts) : All(std::move(AllFacts)) {
  // Facts that were scanned with compile flags of one target are more precise
  // for that target, and less for the others. They come last.
  llvm::stable_sort(All, [](const Facts &A, const Facts &B) {
    return std::tuple(!A.For.empty(), llvm::StringRef(A.Source), A.target()) <
           std::tuple(!B.For.empty(), llvm::StringRef(B.Source), B.target());
  });
  std::vector<llvm::StringRef> Triples;
  for (const Facts &F : All) {
    for (const Export &E : F.Exports) {
      Origins[&E] = &F;
      const Export *&First = Declared.try_emplace(E.Symbol, &E).first->second;
      if (First && First->Decl.Where != E.Decl.Where)
        First = nullptr;
    }
    for (const ManagedImport &I : F.Imports)
      Origins[&I] = &F;
    if (!llvm::is_contained(Triples, F.target()))
      Triples.push_back(F.target());
  }
  collectImports();
  // Functions of the targets so far, by qualified name.
  llvm::StringMap<std::vector<const Export *>> Known;
  for (llvm::StringRef Triple : Triples) {
    std::vector<const Export *> Found;
    collect(Triple, Found);
    size_t Before = Exports.size();
    for (const Export *E : Found) {
      auto SameName = Known.find(E->functionName());
      if (SameName != Known.end()) {
        auto Same = llvm::find_if(SameName->second, [&](const Export *F) {
          return isElsewhere(*F, *E) && libraryOf(*F) == libraryOf(*E);
        });
        if (Same != SameName->second.end()) {
          Elsewhere[*Same].push_back(E);
          continue;
        }
      }
      Exports.push_back(E);
    }
    if (Triple != Triples.back())
      for (const Export *E : llvm::ArrayRef(Exports).drop_front(Before))
        Known[E->functionName()].push_back(E);
  }
}

llvm::ArrayRef<const Export *> Program::elsewhere(const Export &E) const {
  auto Found = Elsewhere.find(&E);
  if (Found == Elsewhere.end())
    return {};
  return Found->second;
}

/// If sources see one declaration, through the same header or each through its
/// own, there is one import for each different type.
void Program::collectImports() {
  auto Key = [&](const ManagedImport *I) {
    const Facts &F = factsOf(*I);
    return std::tuple_cat(std::tie(I->Decl.Path, I->ManagedName, I->IsPointer),
                          std::tuple(!I->Decl.DeclaredIn,
                                     I->Decl.DeclaredIn.Include.empty(),
                                     I->Decl.Where, !F.For.empty(), F.target(),
                                     llvm::StringRef(F.Source)));
  };
  std::vector<const ManagedImport *> Found;
  for (const Facts &F : All)
    for (const ManagedImport &I : F.Imports)
      Found.push_back(&I);
  llvm::stable_sort(Found, [&](const ManagedImport *A, const ManagedImport *B) {
    return Key(A) < Key(B);
  });
  TypeEquality Types;
  for (const ManagedImport *I : Found) {
    auto IsSame = [&](const ManagedImport *Other) {
      return Other->Symbol == I->Symbol &&
             Other->ManagedName == I->ManagedName &&
             Other->IsPointer == I->IsPointer &&
             haveSameSignature(*Other, *I, Types);
    };
    // The same declaration for another target may have other types.
    auto IsElsewhere = [&](const ManagedImport *Other) {
      return factsOf(*Other).target() != factsOf(*I).target() &&
             Other->ManagedName == I->ManagedName &&
             Other->Decl.Path == I->Decl.Path &&
             Other->Decl.Where == I->Decl.Where;
    };
    llvm::ArrayRef<const ManagedImport *> Last(Imports);
    Last = Last.take_back(MostVariants);
    if (auto Other = llvm::find_if(Last, IsElsewhere); Other != Last.end())
      ImportsElsewhere[*Other].push_back(I);
    else if (llvm::none_of(Last, IsSame))
      Imports.push_back(I);
  }
}

llvm::ArrayRef<const ManagedImport *>
Program::elsewhere(const ManagedImport &I) const {
  auto Found = ImportsElsewhere.find(&I);
  if (Found == ImportsElsewhere.end())
    return {};
  return Found->second;
}

const Facts &Program::factsOf(const DeclaredFunction &F) const {
  return *Origins.at(&F);
}

} // namespace ilbridge::native
