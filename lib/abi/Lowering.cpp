//===- Lowering.cpp - ABI info of types and signatures --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/abi/Lowering.h"
#include "Invocation.h"
#include "PlainRecord.h"
#include "SourcePrinter.h"
#include "ValueLowering.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecordLayout.h"
#include "clang/CodeGen/CodeGenABITypes.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Parse/ParseAST.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;

namespace ilbridge::abi {

/// Reads the ABI info from a parsed unit.
class ABIInfoReader : public ASTConsumer {
public:
  ABIInfoReader(CompilerInstance &CI, const SourcePrinter &Asked, ABIInfo &Out)
      : Asked(Asked), Out(Out), Ctx(CI.getASTContext()),
        Scalars(Asked.scalarCount()) {
    Generator = versions::owned(
        CreateLLVMCodeGen(CI.getDiagnostics(), "ilbridge",
                          versions::filesOf(CI), CI.getHeaderSearchOpts(),
                          CI.getPreprocessorOpts(), CI.getCodeGenOpts(), LLVM));
  }

  void Initialize(ASTContext &C) override { Generator->Initialize(C); }

  void HandleTranslationUnit(ASTContext &C) override {
    Out.Model = dataModel(C);
    const llvm::Triple &Triple = C.getTargetInfo().getTriple();
    Out.PacksStack = Triple.isOSDarwin() && Triple.isAArch64();
    for (const Decl *D : C.getTranslationUnitDecl()->decls())
      if (const auto *Named = dyn_cast<NamedDecl>(D);
          Named && !Named->isInvalidDecl() && Named->getIdentifier()) {
        read(*Named);
        if (const auto *Fields = dyn_cast<CXXRecordDecl>(Named);
            Fields && Fields->getName() == "of_fields")
          Out.PlacesInOrder = placesInOrder(*Fields);
        else if (Named->getName().starts_with("of_"))
          Shown[Named->getName()] = signature(*cast<FunctionDecl>(Named));
      }
    Out.PassesByWidth = passesByWidth();
    if (Out.PlacesInOrder)
      for (const auto &[Index, R] : Asked.plainRecords())
        if (!Out.Placements[Index])
          Out.Placements[Index] = placePlain(R, Scalars, Out.Placements);
  }

private:
  /// Whether signatures with the likeness that likenessFor() requires of the
  /// target are passed in the same way.
  bool passesByWidth() {
    std::vector<llvm::StringRef> Addresses = {
        "of_address", "of_intptr", "of_uintptr", "of_size", "of_ptrdiff"};
    std::vector<llvm::StringRef> Ints = {"of_int", "of_unsigned"};
    std::vector<llvm::StringRef> Wide = {"of_wide", "of_uwide"};
    const Likeness Needed =
        likenessFor(Out.Model, Ctx.getTargetInfo().getTriple());
    if (Needed != Likeness::Kinds) {
      llvm::append_range(Ints, Addresses);
      llvm::append_range(Ints, llvm::ArrayRef{"of_long", "of_ulong"});
      if (Shown["of_platform"].Convention != Shown["of_int"].Convention)
        return false;
    }
    if (Needed == Likeness::Registers)
      llvm::append_range(Ints, Wide);
    return arePassedAlike(Addresses) && arePassedAlike(Ints) &&
           arePassedAlike(Wide);
  }

  /// Whether each function, which returns the type of its only parameter,
  /// passes the argument and the result in the same places as the other
  /// functions, and no caller extends the values.
  bool arePassedAlike(llvm::ArrayRef<llvm::StringRef> Functions) const {
    auto IsSame = [](const ValueLowering &A, const ValueLowering &B) {
      return A.How == ValueLowering::Direct && B.How == A.How &&
             A.RegisterClasses == B.RegisterClasses && A.InReg == B.InReg;
    };
    auto First = Shown.find(Functions.front());
    return First != Shown.end() &&
           llvm::all_of(Functions, [&](llvm::StringRef Name) {
             auto Each = Shown.find(Name);
             return Each != Shown.end() &&
                    IsSame(First->second.Result, Each->second.Result) &&
                    IsSame(First->second.Params[0], Each->second.Params[0]);
           });
  }

  RecordLayout layout(QualType T) const {
    TypeInfoChars Info = Ctx.getTypeInfoInChars(T);
    return {static_cast<uint64_t>(Info.Width.getQuantity()),
            static_cast<uint64_t>(Info.Align.getQuantity())};
  }

  bool placesInOrder(const CXXRecordDecl &D) {
    std::vector<RecordLayout> Fields;
    for (const FieldDecl *F : D.fields())
      Fields.push_back(layout(F->getType()));
    std::optional<Placement> Placed = placement(&D);
    return Placed && *Placed == placeInOrder(Fields, /*IsUnion=*/false);
  }

  void read(const NamedDecl &D) {
    // Declarations are named "r7", "e7", "f7" or "s7"; all others are
    // auxiliary.
    llvm::StringRef Name = D.getName();
    unsigned Index;
    if (Name.drop_front().getAsInteger(10, Index))
      return;
    if (Name.front() == 's') {
      Scalars[Index] = layout(cast<TypedefNameDecl>(D).getUnderlyingType());
      return;
    }
    if (Index >= Out.Placements.size())
      return;
    if (const auto *F = dyn_cast<FunctionDecl>(&D)) {
      auto IsSound = [](QualType T) {
        const CXXRecordDecl *R = T->getAsCXXRecordDecl();
        return !R || (R->hasDefinition() && !R->isInvalidDecl());
      };
      if (IsSound(F->getReturnType()) &&
          llvm::all_of(F->parameters(), [&](const ParmVarDecl *P) {
            return IsSound(P->getType());
          }))
        Out.Signatures[Index] = signature(*F);
    } else if (const auto *E = dyn_cast<EnumDecl>(&D))
      Out.EnumBits[Index] = Ctx.getTypeSize(versions::typeOf(Ctx, *E));
    else if (const auto *T = dyn_cast<TypedefNameDecl>(&D))
      Out.Placements[Index] =
          placement(T->getUnderlyingType()->getAsCXXRecordDecl());
    else
      Out.Placements[Index] = placement(dyn_cast<CXXRecordDecl>(&D));
  }

  std::optional<Placement> placement(const CXXRecordDecl *D) {
    D = D ? D->getDefinition() : nullptr;
    if (!D || D->isInvalidDecl())
      return std::nullopt;
    const ASTRecordLayout &Layout = Ctx.getASTRecordLayout(D);
    Placement P;
    P.Whole = {static_cast<uint64_t>(Layout.getSize().getQuantity()),
               static_cast<uint64_t>(Layout.getAlignment().getQuantity())};
    for (const CXXBaseSpecifier &B : D->bases()) {
      const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
      P.Bases.push_back((B.isVirtual() ? Layout.getVBaseClassOffset(Base)
                                       : Layout.getBaseClassOffset(Base))
                            .getQuantity());
    }
    fields(*D, P.Fields);
    return P;
  }

  /// Fields are numbered in their order, except in a struct whose fields have
  /// explicit offsets.
  void fields(const CXXRecordDecl &D, std::vector<uint64_t> &Offsets) {
    auto Put = [&](size_t I, uint64_t Offset) {
      if (Offsets.size() <= I)
        Offsets.resize(I + 1);
      Offsets[I] = Offset;
    };
    for (const Decl *Each : D.decls()) {
      const auto *V = dyn_cast<ValueDecl>(Each);
      if (!V || !isa<FieldDecl, IndirectFieldDecl>(V))
        continue;
      size_t I;
      if (!V->getIdentifier()) {
        if (const auto *F = cast<FieldDecl>(V); F->isBitField())
          Put(F->getFieldIndex(), Ctx.getFieldOffset(V));
      } else if (V->getName().starts_with("f") &&
                 !V->getName().drop_front().getAsInteger(10, I)) {
        Put(I, Ctx.getFieldOffset(V));
      }
    }
  }

  SignatureLowering signature(const FunctionDecl &F) {
    const CodeGen::CGFunctionInfo &Info = CodeGen::arrangeFreeFunctionType(
        Generator->CGM(),
        F.getType()->getCanonicalTypeUnqualified().castAs<FunctionProtoType>());
    SignatureLowering S;
    S.Convention = Info.getEffectiveCallingConvention();
    S.Result = value(Info.getReturnInfo(), Info.getReturnType(), true);
    for (const CodeGen::CGFunctionInfoArgInfo &Argument : Info.arguments())
      S.Params.push_back(value(Argument.info, Argument.type, false));
    return S;
  }

  ValueLowering value(const CodeGen::ABIArgInfo &Info, QualType T,
                      bool IsResult) {
    return lowered(Info, T, IsResult, Generator->CGM(), Ctx, Placed);
  }

  const SourcePrinter &Asked;
  ABIInfo &Out;
  ASTContext &Ctx;
  PlacedRecords Placed;
  std::vector<RecordLayout> Scalars;        ///< by number
  llvm::StringMap<SignatureLowering> Shown; ///< by the functions' names
  llvm::LLVMContext LLVM;
  std::unique_ptr<CodeGenerator> Generator;
};

/// The predefined macros that the text uses, as Clang defines them. Clang would
/// print and read several hundred others too, which takes longer than most
/// texts.
static std::string predefines(const ASTContext &Ctx) {
  const TargetInfo &Target = Ctx.getTargetInfo();
  const DataModel Model = dataModel(Ctx);
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  auto Define = [&](llvm::StringRef Name, const llvm::Twine &Body) {
    OS << "#define " << Name << ' ' << Body << '\n';
  };
  if (isWindows(Target.getTriple()))
    Define("_WIN32", "1");
  if (Target.hasInt128Type())
    Define("__SIZEOF_INT128__", "16");
  if (Target.hasFloat16Type())
    Define("__FLT16_MAX__", "1");
  Define("__SIZEOF_POINTER__", llvm::Twine(Model.Pointer / 8));
  Define("LIKENESS", llvm::Twine(static_cast<unsigned>(
                         likenessFor(Model, Target.getTriple()))));
  for (auto [Name, Ty] :
       {std::pair("__SIZE_TYPE__", Target.getSizeType()),
        std::pair("__PTRDIFF_TYPE__", Target.getPtrDiffType(LangAS::Default)),
        std::pair("__INTPTR_TYPE__", Target.getIntPtrType()),
        std::pair("__UINTPTR_TYPE__", Target.getUIntPtrType())})
    Define(Name, TargetInfo::getTypeName(Ty));
  return Text;
}

llvm::Expected<ABIInfo> ABIQuery::runClang(const Target &T) const {
  llvm::Expected<ABIInfo> Result = runClang(T, *Source);
  if (!Result || ((Result->PassesByWidth || !Source->hasUnprinted()) &&
                  Result->PlacesInOrder))
    return Result;
  SourcePrinter All = *Source;
  if (!Result->PassesByWidth)
    All.addUnprinted();
  if (!Result->PlacesInOrder)
    All.printAll();
  return runClang(T, All);
}

llvm::Expected<ABIInfo> ABIQuery::runClang(const Target &T,
                                           const SourcePrinter &Text) {
  auto FS = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  FS->addFile(ABIQueryFile, 0, llvm::MemoryBuffer::getMemBuffer(Text.text()));

  // Only the language can differ from the one that the driver was queried for.
  std::shared_ptr<CompilerInvocation> Invocation =
      invocationFor(T.Triple, /*IsC=*/true, ABIQueryFile);
  if (!Invocation)
    return llvm::createStringError("Clang knows no target '" + T.Triple + "'");
  FrontendInputFile &Input = Invocation->getFrontendOpts().Inputs.front();
  Input = FrontendInputFile(ABIQueryFile, InputKind(Language::CXX));
  std::vector<std::string> NoIncludes;
  LangOptions::setLangDefaults(Invocation->getLangOpts(), Language::CXX,
                               llvm::Triple(Invocation->getTargetOpts().Triple),
                               NoIncludes, LangStandard::lang_cxx20);
  Invocation->getDiagnosticOpts().IgnoreWarnings = true;
  Invocation->getDiagnosticOpts().ErrorLimit = 0;
  // A long-running host makes many queries.
  Invocation->getFrontendOpts().DisableFree = false;
  // Declarations that this target does not support (such as __stdcall) are
  // dropped; the remaining declarations are valid.
  versions::Diagnostics Ignored;
  std::unique_ptr<CompilerInstance> Owned =
      versions::createCompiler(std::move(Invocation), FS, Ignored);
  CompilerInstance &Compiler = *Owned;
  if (!Compiler.createTarget())
    return llvm::createStringError("Clang knows no target '" + T.Triple + "'");
  if (!Compiler.InitializeSourceManager(Compiler.getFrontendOpts().Inputs[0]))
    llvm_unreachable("the file is in memory");
  Compiler.getPreprocessorOpts().UsePredefines = false;
  Compiler.createPreprocessor(TU_Complete);
  Compiler.createASTContext();
  Compiler.getPreprocessor().setPredefines(
      predefines(Compiler.getASTContext()));

  ABIInfo Result;
  Result.Index = Text.indices();
  Result.Placements.resize(Text.count());
  Result.Signatures.resize(Text.count());
  Result.EnumBits.resize(Text.count());
  // A FrontendAction would do the same, but it first creates identifiers for
  // all builtin functions of the target, which takes a third of the time. The
  // text calls no builtin function.
  Compiler.setASTConsumer(
      std::make_unique<ABIInfoReader>(Compiler, Text, Result));
  Compiler.createSema(TU_Complete, /*CompletionConsumer=*/nullptr);
  ParseAST(Compiler.getSema());
  Result.Classes =
      Text.classes(likenessFor(Result.Model, Compiler.getTarget().getTriple()));
  Compiler.setSema(nullptr);
  Compiler.setASTConsumer(nullptr);
  return Result;
}

} // namespace ilbridge::abi
