//===- Finder.cpp - Finds the declarations of members ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/csharp/Finder.h"
#include "TypeShape.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::csharp {

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Splits at commas outside of brackets.
static std::vector<std::string> split(llvm::StringRef List) {
  std::vector<std::string> Parts;
  unsigned Nesting = 0;
  size_t Begin = 0;
  for (size_t I = 0; I != List.size(); ++I) {
    Nesting += llvm::StringRef("<([").contains(List[I]);
    Nesting -= llvm::StringRef(">)]").contains(List[I]) && Nesting;
    if (List[I] == ',' && Nesting == 0) {
      Parts.push_back(List.slice(Begin, I).str());
      Begin = I + 1;
    }
  }
  if (!List.empty())
    Parts.push_back(List.substr(Begin).str());
  return Parts;
}

MemberName parseMemberName(llvm::StringRef Text) {
  MemberName Result;
  auto [Type, Rest] = Text.split("::");
  // "Ns.Type/<>c" contains code that the compiler has moved out of methods.
  Type = Type.take_front(Type.find("/<"));
  Result.Type = Type.str();
  bool IsMadeByCompiler = Rest.starts_with("<");
  if (IsMadeByCompiler) {
    Result.Name = Rest.drop_front().split('>').first.str();
    return Result;
  }
  size_t End = Rest.find_first_of("<(");
  Result.Name = Rest.take_front(End).str();
  Rest = Rest.substr(End);
  // The name of an explicit implementation includes its interface. ".ctor" is a
  // complete name.
  if (size_t Dot = Result.Name.rfind('.'); Dot != std::string::npos && Dot != 0)
    Result.Name.erase(0, Dot + 1);
  if (Rest.consume_front("<")) {
    size_t Commas = Rest.find_first_not_of(',');
    Result.Arity = Commas == llvm::StringRef::npos ? 0 : Commas + 1;
    Rest = Rest.drop_front(std::min(Commas, Rest.size()));
    Rest.consume_front(">");
  }
  if (Rest.consume_front("(")) {
    Rest.consume_back(")");
    Result.Params = split(Rest);
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Finding
//===----------------------------------------------------------------------===//

static Likeness compare(const Outline &Text, const Declaration &D,
                        llvm::ArrayRef<TypeShape> Wanted) {
  Likeness Result = Likeness::Same;
  for (const auto &[P, Shape] : llvm::zip_equal(D.Params, Wanted))
    Result = std::min(Result, compare(shapeOfWritten(Text.text(P.Type),
                                                     Text.text(P.Modifiers)),
                                      Shape));
  return Result;
}

/// Returns those of \p Candidates whose types match the parameter types of \p
/// Wanted.
static std::vector<Found> choose(std::vector<Found> Candidates,
                                 const MemberName &Wanted) {
  if (Candidates.size() <= 1 || !Wanted.Params)
    return Candidates;
  std::vector<TypeShape> Shapes;
  for (const std::string &P : *Wanted.Params)
    Shapes.push_back(shapeOfReflectionName(P));
  std::vector<Found> Same, Possible;
  for (const Found &F : Candidates) {
    Likeness L = compare(*F.In, *F.What, Shapes);
    if (L == Likeness::Same)
      Same.push_back(F);
    if (L != Likeness::Different)
      Possible.push_back(F);
  }
  std::vector<Found> &Best = Same.empty() ? Possible : Same;
  // A partial method is declared where it has no body.
  if (Best.size() > 1)
    llvm::erase_if(Best, [](const Found &F) {
      return F.What->IsPartial && F.What->HasBody;
    });
  return std::move(Best);
}

/// Returns the part of a type that contains \p Member, or else the first part.
static const Found &partWith(llvm::ArrayRef<Found> Types,
                             llvm::ArrayRef<Found> Members) {
  const Found *Part = &Types.front();
  if (!Members.empty())
    for (const Found &T : Types)
      if (T.In == Members.front().In &&
          T.What->NameAt.Begin < Members.front().What->NameAt.Begin)
        Part = &T;
  return *Part;
}

std::optional<Found> find(llvm::ArrayRef<const Outline *> Texts,
                          const MemberName &Wanted) {
  std::vector<Found> Types, Members;
  for (const Outline *Text : Texts)
    for (unsigned I : Text->ofType(Wanted.Type)) {
      const Declaration &D = Text->declarations()[I];
      if (D.TheKind == Declaration::Type || D.TheKind == Declaration::Delegate)
        Types.push_back({Text, &D, Wanted.Name.empty()});
      else if (D.Name == Wanted.Name &&
               (Wanted.Params ? D.TheKind == Declaration::Method &&
                                    D.Arity == Wanted.Arity &&
                                    D.Params.size() == Wanted.Params->size()
                              : true))
        Members.push_back({Text, &D, true});
    }
  Members = choose(std::move(Members), Wanted);
  if (Members.size() == 1)
    return Members.front();
  // Several declarations in one text can be in branches of #if. Declarations in
  // two texts belong to different programs.
  bool AreOfOne = llvm::all_of(
      Members, [&](const Found &F) { return F.In == Members.front().In; });
  bool IsOne = Types.size() == 1 ||
               (!Types.empty() && llvm::all_of(Types, [](const Found &F) {
                 return F.What->IsPartial;
               }));
  if (!IsOne || !AreOfOne)
    return std::nullopt;
  return partWith(Types, Members);
}

} // namespace ilbridge::csharp
