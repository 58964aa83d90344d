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
         A.HasPrototype == B.HasPrototype &&
         Types.areSame(*A.Result.Ty, *B.Result.Ty) &&
         llvm::equal(A.Params, B.Params, [&](const Value &P, const Value &Q) {
           return Types.areSame(*P.Ty, *Q.Ty);
         });
}

/// Whether \p A and \p B, of the same symbol, are one function seen by two
/// sources: through the same declaration, or one of them only declares it.
/// Macros can make of one declaration functions of several types.
static bool isSame(const Export &A, const Export &B, TypeEquality &Types) {
  // Each line that registers a function counts.
  if (A.Registered.has_value() != B.Registered.has_value() ||
      (A.Registered && A.Registered->Where != B.Registered->Where))
    return false;
  bool IsOneDeclaration =
      A.Decl.Where == B.Decl.Where || !A.IsDefinition || !B.IsDefinition ||
      (A.Decl.DeclaredIn && A.Decl.DeclaredIn.File == B.Decl.DeclaredIn.File);
  return IsOneDeclaration && haveSameSignature(A, B, Types);
}

/// Libraries can have functions of the same name.
std::tuple<bool, const std::vector<std::string> &>
Program::libraryOf(const Export &E) const {
  static const std::vector<std::string> None;
  const std::optional<Library> &L = factsOf(E).Unannotated;
  return {L.has_value(), L ? L->Names : None};
}

/// Ways in which sources see one function that are kept apart. A file of facts
/// may have any number.
static constexpr size_t MostVariants = 16;

/// Each function of the sources that were scanned for \p Target once.
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
  size_t Begin = 0; // of the functions that are called as the last one
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
  // Facts that were compiled with flags of one target describe that target
  // better, and the other targets worse. They come last.
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
  // Those of the targets so far, by the function's own name.
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

/// Sources that see one declaration, through the same header or each through
/// one of its own, give one import for each type that they see it with.
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
