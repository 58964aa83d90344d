//===- Declarations.cpp - Declarations for generated files ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Declarations.h"
#include "CxxType.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

namespace path = llvm::sys::path;

namespace ilbridge::emit {

//===----------------------------------------------------------------------===//
// Headers
//===----------------------------------------------------------------------===//

/// Returns the path of \p File, relative to the generated file's folder.
std::string Declarations::relative(llvm::StringRef File) const {
  llvm::SmallString<256> Full = File;
  if (path::is_relative(Full)) {
    Full = Request.Root;
    path::append(Full, File);
  }
  auto From = path::begin(Request.Folder);
  auto FromEnd = path::end(Request.Folder);
  auto To = path::begin(Full), ToEnd = path::end(Full);
  while (From != FromEnd && To != ToEnd && *From == *To) {
    ++From;
    ++To;
  }
  llvm::SmallString<256> Result;
  for (; From != FromEnd; ++From)
    path::append(Result, "..");
  for (; To != ToEnd; ++To)
    path::append(Result, *To);
  return path::convert_to_slash(Result);
}

std::string Declarations::spelling(const Header &H) const {
  if (H.Angled)
    return "<" + H.Include + ">";
  return "\"" + (H.Include.empty() ? relative(H.File) : H.Include) + "\"";
}

Declarations::Includes &Declarations::includesOf(const native::Facts &F) {
  auto [It, IsNew] = IncludesOf.try_emplace(&F);
  if (IsNew)
    for (const auto &[I, Each] : llvm::enumerate(F.Includes))
      for (const std::string &File : Each.Declares)
        It->second.Leading.try_emplace(File, I);
  return It->second;
}

/// A header may depend on headers that its source includes before it. A header
/// that the source does not include directly may depend on the header that
/// includes it.
void Declarations::include(const native::Facts &F, const Header &H) {
  Includes &Of = includesOf(F);
  auto Leading = Of.Leading.find(H.File);
  if (Leading == Of.Leading.end()) {
    Of.Others.insert(H);
    Headers.insert(H.File);
    return;
  }
  for (; Of.Count <= Leading->second; ++Of.Count)
    for (const std::string &File : F.Includes[Of.Count].Declares)
      Headers.insert(File);
}

void Declarations::printIncludes(Printer &P) const {
  struct Line {
    std::string Spelling;
    bool NeedsExternC;
  };
  std::vector<Line> Lines;
  llvm::StringMap<size_t> Known;
  auto Add = [&](const Header &H, bool NeedsExternC) {
    std::string Text = spelling(H);
    auto [It, IsNew] = Known.try_emplace(Text, Lines.size());
    if (IsNew)
      Lines.push_back({std::move(Text), NeedsExternC});
    else // C++ sources do not require it
      Lines[It->second].NeedsExternC &= NeedsExternC;
  };
  // Sorted by name, so that the text does not depend on the order of the
  // inputs.
  std::vector<const native::Facts *> Sources;
  for (const native::Facts &F : Program.facts())
    if (IncludesOf.count(&F))
      Sources.push_back(&F);
  llvm::stable_sort(Sources, [](const auto *A, const auto *B) {
    return std::tie(A->Source, A->Triple) < std::tie(B->Source, B->Triple);
  });
  for (const native::Facts *F : Sources) {
    const Includes &Of = IncludesOf.find(F)->second;
    for (const native::DirectInclude &I :
         llvm::ArrayRef(F->Includes).take_front(Of.Count))
      Add(I.What, I.NeedsExternC);
    for (const Header &H : Of.Others)
      Add(H, F->IsC && !H.Angled);
  }
  bool InC = false;
  for (const Line &L : Lines) {
    if (L.NeedsExternC != InC)
      P.emit(InC ? "}\n" : "extern \"C\" {\n");
    InC = L.NeedsExternC;
    P.emit("#include $spelling$\n", {{"spelling", L.Spelling}});
  }
  if (InC)
    P.emit("}\n");
}

//===----------------------------------------------------------------------===//
// Needed declarations
//===----------------------------------------------------------------------===//

bool Declarations::need(const native::Export &E, llvm::StringRef OtherRemedy) {
  if (!needDeclared(E, OtherRemedy))
    return false;
  if (!E.Decl.DeclaredIn)
    Functions.push_back(&E);
  return true;
}

bool Declarations::need(const native::ManagedImport &I) {
  if (!needDeclared(I, ""))
    return false;
  if (!I.Decl.DeclaredIn)
    Imports.push_back(&I);
  return true;
}

bool Declarations::needDeclared(const native::DeclaredFunction &E,
                                llvm::StringRef OtherRemedy) {
  const native::Facts &F = Program.factsOf(E);
  PointerBits = F.Model.Pointer;
  std::string Why;
  bool CanCall = true;
  const Header &H = E.Decl.DeclaredIn;
  if (E.IsInternal && !H) {
    Findings.add(diagnose(DiagnosticID::InternalLinkage, E.Decl.Where,
                          E.Decl.qualifiedName(), F.IsC ? "" : OtherRemedy));
    return false;
  }
  if (H) {
    include(F, H);
  } else if (E.Decl.ClassScopes) {
    Why = "it is a member of a class that '" + E.Decl.Where.File + "' defines";
    CanCall = false;
  }
  auto Need = [&](const Value &V) {
    CanCall = CanCall && (H ? needComplete(F, *V.Ty, Why)
                            : needType(F, *V.Ty, /*Complete=*/true, Why));
  };
  llvm::for_each(E.Params, Need);
  Need(E.Result);
  if (!CanCall) {
    Findings.add(diagnose(DiagnosticID::UnreachableDeclaration, E.Decl.Where,
                          E.Decl.qualifiedName(), Why,
                          F.IsC ? "" : OtherRemedy));
    return false;
  }
  return true;
}

bool Declarations::needClasses(const match::Binding &B) {
  return llvm::all_of(B.Params, [&](const match::Argument &A) {
    return A.How != match::Passing::Unwrapped ||
           (needClass(*B.Native, A.Object->Stored->Native) &&
            needClass(*B.Native, A.Object->Mapping->Native));
  });
}

bool Declarations::needClass(const native::Export &E, llvm::StringRef Name) {
  native::Program::FoundClass Found = Program.findClass(Name);
  std::string Why;
  // A class that is only declared by name is a parameter type of E.
  if (!Found.Record || needType(*Found.In, *Found.Record,
                                /*Complete=*/false, Why))
    return true;
  Findings.add(diagnose(DiagnosticID::UnreachableDeclaration, E.Decl.Where,
                        E.Decl.qualifiedName(), Why, ""));
  return false;
}

/// The header of a function may only have forward declarations of the structs
/// that the function passes.
bool Declarations::needComplete(const native::Facts &F, const Type &T,
                                std::string &Why) {
  const Type *Passed = &T;
  while (const auto *P = llvm::dyn_cast<PointerType>(Passed))
    Passed = P->pointee();
  const auto *R = llvm::dyn_cast<RecordType>(Passed);
  if (!R)
    return true;
  if (const Header &H = R->Decl.DeclaredIn) {
    // A system header is included only if an #include of the source leads to
    // it, because not every system header may be included directly.
    if (!H.Angled || includesOf(F).Leading.count(H.File))
      include(F, H);
    return true;
  }
  return Passed != &T || needType(F, T, /*Complete=*/true, Why);
}

bool Declarations::isComplete(const RecordType &R) const {
  return Headers.count(R.Decl.DeclaredIn.File) ||
         Declared.count(R.Decl.qualifiedName());
}

bool Declarations::needType(const native::Facts &F, const Type &T,
                            bool Complete, std::string &Why) {
  switch (T.kind()) {
  case Type::Void:
  case Type::Scalar:
    return true;
  case Type::Pointer:
    return needType(F, *llvm::cast<PointerType>(T).pointee(), false, Why);
  case Type::Array:
    return needType(F, *llvm::cast<ArrayType>(T).element(), Complete, Why);
  case Type::Function: {
    const auto &Fn = llvm::cast<FunctionType>(T);
    for (const Type *Param : Fn.params())
      if (!needType(F, *Param, false, Why))
        return false;
    return needType(F, *Fn.result(), false, Why);
  }
  case Type::Enum:
    return needNamed(F, T, llvm::cast<EnumType>(T).Decl, true, Why);
  case Type::Record:
    return needNamed(F, T, llvm::cast<RecordType>(T).Decl, Complete, Why);
  case Type::Opaque:
    return needNamed(F, T, llvm::cast<OpaqueType>(T).Decl, false, Why);
  }
  llvm_unreachable("not a type");
}

/// Whether two types with the same name, from two sources, are identical.
static bool isSame(const Type &A, const Type &B) {
  const auto *RA = llvm::dyn_cast<RecordType>(&A);
  const auto *RB = llvm::dyn_cast<RecordType>(&B);
  if (RA && RB)
    return RA->TheTag == RB->TheTag && RA->Layout == RB->Layout &&
           llvm::equal(RA->Fields, RB->Fields,
                       [](const Field &F, const Field &G) {
                         return F.Name == G.Name && F.Spelling == G.Spelling &&
                                F.Offset == G.Offset;
                       });
  const auto *EA = llvm::dyn_cast<EnumType>(&A);
  const auto *EB = llvm::dyn_cast<EnumType>(&B);
  return EA && EB && EA->IsScoped == EB->IsScoped &&
         EA->IsFixed == EB->IsFixed &&
         declare(*EA->Underlying) == declare(*EB->Underlying);
}

bool Declarations::needNamed(const native::Facts &F, const Type &T,
                             const Declaration &D, bool Complete,
                             std::string &Why) {
  std::string Name = D.qualifiedName();
  if (D.DeclaredIn) {
    include(F, D.DeclaredIn);
    return true;
  }
  if (D.ClassScopes || !llvm::all_of(D.Path, [](const std::string &Part) {
        return isIdentifier(Part);
      })) {
    Why = "its type '" + (D.Path.back().empty() ? "(unnamed)" : Name) +
          "' cannot be declared a second time";
    return false;
  }
  if (!Complete) {
    Forward.try_emplace(Name, &T);
    return true;
  }
  auto [It, IsNew] = Declared.try_emplace(Name, &T);
  if (!IsNew) {
    if (isSame(*It->second, T))
      return true;
    Why = "two sources define its type '" + Name + "', and differently";
    return false;
  }
  if (const auto *R = llvm::dyn_cast<RecordType>(&T);
      R &&
      !(canDefine(*R, Why) && llvm::all_of(R->Fields, [&](const Field &Each) {
          return needType(F, *Each.Ty, /*Complete=*/true, Why);
        }))) {
    Declared.erase(Name);
    return false;
  }
  Order.push_back(&T);
  return true;
}

/// Whether a record can be redefined in a few lines, without a doubt about its
/// layout.
bool Declarations::canDefine(const RecordType &R, std::string &Why) const {
  llvm::StringRef Reason;
  if (!R.Bases.empty())
    Reason = "has base classes";
  else if (R.IsPolymorphic)
    Reason = "has virtual functions";
  else if (R.IsMsStruct)
    Reason = "has Microsoft's layout";
  for (const Field &F : R.Fields) {
    if (!F.IsPublic)
      Reason = "has private fields";
    else if (F.Name.empty() || !isIdentifier(F.Name))
      Reason = "has fields without a name";
    else if (F.IsNoUniqueAddress)
      Reason = "has fields that take no space";
  }
  if (Reason.empty())
    return true;
  Why = ("its type '" + R.Decl.qualifiedName() +
         "' cannot be defined a second time: it " + Reason)
            .str();
  return false;
}

//===----------------------------------------------------------------------===//
// Repeated declarations
//===----------------------------------------------------------------------===//

void Declarations::inNamespace(Printer &P, const Declaration &D,
                               llvm::function_ref<void()> Print) const {
  llvm::ArrayRef<std::string> Scopes = llvm::ArrayRef(D.Path).drop_back();
  for (const std::string &Scope : Scopes)
    P.emit("namespace $name$ {\n", {{"name", Scope}});
  Print();
  for (size_t I = 0; I != Scopes.size(); ++I)
    P.emit("}\n");
}

static llvm::StringRef tag(const Type &T) {
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  return R && R->TheTag == RecordType::Union   ? "union"
         : R && R->TheTag == RecordType::Class ? "class"
                                               : "struct";
}

void Declarations::printRecord(Printer &P, const RecordType &R) const {
  uint64_t Align = R.IsVector ? R.MinSize : R.Align;
  if (R.Pack)
    P.emit("#pragma pack(push, $pack$)\n", {{"pack", std::to_string(R.Pack)}});
  P.emit(
      "$tag$ $align$$packed$$name$ {\n"
      "  $public$\n"
      "  $fields$\n"
      "};\n",
      {{"tag", tag(R).str()},
       {"align",
        Align ? "alignas(" + std::to_string(Align) + ") " : std::string()},
       {"packed", R.IsPacked ? "__attribute__((packed)) " : ""},
       {"name", R.Decl.Path.back()},
       {"public", R.TheTag == RecordType::Class ? "public:" : ""},
       {"fields", [&] {
          for (const Field &F : R.Fields)
            P.emit(
                "$align$$field$$bits$$packed$;\n",
                {{"align", F.Align ? "alignas(" + std::to_string(F.Align) + ") "
                                   : std::string()},
                 {"field", declare(*F.Ty, F.Name)},
                 {"bits", F.BitWidth ? " : " + std::to_string(*F.BitWidth)
                                     : std::string()},
                 {"packed", F.IsPacked ? " __attribute__((packed))" : ""}});
        }}});
  if (R.Pack)
    P.emit("#pragma pack(pop)\n");
}

/// If pointers have the width that they have on the scanned target, the layout
/// must be equal to the scanned one.
void Declarations::printChecks(Printer &P, const RecordType &R) const {
  if (!R.Layout)
    return;
  std::string Name = qualified(R.Decl);
  auto Check = [&](const std::string &What, uint64_t Bytes) {
    printStaticAssert(P,
                      "sizeof(void *) != " + std::to_string(PointerBits / 8) +
                          " || " + What + " == " + std::to_string(Bytes),
                      R.Decl.qualifiedName() + " is not laid out as in " +
                          shownFile(R.Decl.Where.File).str());
  };
  Check("sizeof(" + Name + ")", R.Layout->Size);
  for (const Field &F : R.Fields)
    if (!F.BitWidth && F.Offset)
      Check("offsetof(" + Name + ", " + F.Name + ")", *F.Offset / 8);
}

void Declarations::printEnum(Printer &P, const EnumType &E) const {
  std::string Head = E.IsScoped ? "enum class " : "enum ";
  Head += E.Decl.Path.back();
  if (E.IsFixed)
    Head += " : " + declare(*E.Underlying);
  if (E.IsFixed) {
    P.emit("$head$;\n", {{"head", Head}});
    return;
  }
  // Without a fixed underlying type, the enumerators determine the width.
  P.emit("$head$ { $list$ };\n",
         {{"head", Head}, {"list", [&] {
                             llvm::ListSeparator Comma;
                             for (const Enumerator &Each : E.Enumerators)
                               P.emit("$comma$$name$ = $value$",
                                      {{"comma", llvm::StringRef(Comma).str()},
                                       {"name", Each.Name},
                                       {"value", std::to_string(Each.Value)}});
                           }}});
}

void Declarations::printFunction(Printer &P, const native::DeclaredFunction &E,
                                 bool IsPointer) const {
  std::string Name = E.Decl.Path.back();
  std::string Params;
  llvm::ListSeparator Comma;
  for (const Value &Param : E.Params)
    Params += (llvm::StringRef(Comma) +
               declare(*Param.Ty, isIdentifier(Param.Name) ? Param.Name : ""))
                  .str();
  if (E.IsVariadic)
    Params += (llvm::StringRef(Comma) + "...").str();
  if (IsPointer)
    Name = "(" + conventionAttribute(E.Convention) + "*" + Name + ")";
  std::string Declarator = Name + "(" + Params + ")";
  std::string Text = E.ResultWrapper.empty() ? declare(*E.Result.Ty, Declarator)
                                             : resultType(E) + " " + Declarator;
  inNamespace(P, E.Decl, [&] {
    P.emit("$linkage$$text$$noexcept$;\n",
           {{"linkage", E.HasCLinkage ? "extern \"C\" "
                        : IsPointer   ? "extern "
                                      : ""},
            {"text", Text},
            {"noexcept", E.IsNoexcept ? " noexcept" : ""}});
  });
}

void Declarations::printOwn(Printer &P) const {
  if (Functions.empty() && Imports.empty() && Order.empty())
    return;
  P.emit("\n// Declared again, because no header declares them.\n");
  for (const auto &[Name, T] : Forward) {
    if (Declared.count(Name))
      continue;
    const auto *O = llvm::dyn_cast<OpaqueType>(T);
    const Declaration &D = O ? O->Decl : llvm::cast<RecordType>(T)->Decl;
    inNamespace(P, D, [&] {
      P.emit("$tag$ $name$;\n",
             {{"tag", tag(*T).str()}, {"name", D.Path.back()}});
    });
  }
  for (const Type *T : Order) {
    if (const auto *E = llvm::dyn_cast<EnumType>(T)) {
      inNamespace(P, E->Decl, [&] { printEnum(P, *E); });
      continue;
    }
    const auto &R = *llvm::cast<RecordType>(T);
    inNamespace(P, R.Decl, [&] { printRecord(P, R); });
    printChecks(P, R);
  }
  for (const native::Export *E : Functions)
    printFunction(P, *E, /*IsPointer=*/false);
  for (const native::ManagedImport *I : Imports)
    printFunction(P, *I, I->IsPointer);
}

} // namespace ilbridge::emit
