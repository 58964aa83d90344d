//===- Lowering.cpp - ABI info of types and signatures --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/abi/Lowering.h"
#include "Invocation.h"
#include "SourcePrinter.h"
#include "TypeBuilder.h"
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
        Types(Ctx, Asked.typedefCount()) {
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
    const Likeness Level = likenessFor(Out.Model, Triple);
    for (const Decl *D : C.getTranslationUnitDecl()->decls())
      if (const auto *Named = dyn_cast<NamedDecl>(D);
          Named && !Named->isInvalidDecl() && Named->getIdentifier())
        read(*Named);
    for (const auto &[Index, R] : Asked.records())
      if (const CXXRecordDecl *D = Types.build(Index, R))
        Out.Placements[Index] = placement(*D);
    for (const auto &[Index, S] : Asked.signatures())
      if (S.Least <= static_cast<unsigned>(Level))
        if (QualType T = Types.build(S); !T.isNull())
          Out.Signatures[Index] = signature(T);
    Out.PassesByWidth = passesByWidth(Level);
  }

private:
  /// Whether signatures of the likeness \p Needed are passed in the same way.
  bool passesByWidth(Likeness Needed) {
    std::vector<CanQualType> Addresses = {
        Ctx.VoidPtrTy, Ctx.getCanonicalType(Ctx.getIntPtrType()),
        Ctx.getCanonicalType(Ctx.getUIntPtrType()),
        Ctx.getCanonicalType(Ctx.getSizeType()),
        Ctx.getCanonicalType(Ctx.getPointerDiffType())};
    std::vector<CanQualType> Ints = {Ctx.IntTy, Ctx.UnsignedIntTy};
    std::vector<CanQualType> Wide = {Ctx.LongLongTy, Ctx.UnsignedLongLongTy};
    if (Needed != Likeness::Kinds) {
      llvm::append_range(Ints, Addresses);
      llvm::append_range(Ints, llvm::ArrayRef{Ctx.LongTy, Ctx.UnsignedLongTy});
      if (Platform != CC_C)
        return false;
    }
    if (Needed == Likeness::Registers)
      llvm::append_range(Ints, Wide);
    return arePassedAlike(Addresses) && arePassedAlike(Ints) &&
           arePassedAlike(Wide);
  }

  /// Whether functions that return one of the types, which is also that of
  /// their only parameter, pass argument and result in the same places, and no
  /// caller extends the values.
  bool arePassedAlike(llvm::ArrayRef<CanQualType> All) {
    auto IsSame = [](const ValueLowering &A, const ValueLowering &B) {
      return A.How == ValueLowering::Direct && B.How == A.How &&
             A.RegisterClasses == B.RegisterClasses && A.InReg == B.InReg;
    };
    auto Shown = [&](CanQualType T) {
      return signature(Ctx.getFunctionType(T, {T}, {}));
    };
    const SignatureLowering First = Shown(All.front());
    return llvm::all_of(All, [&](CanQualType T) {
      SignatureLowering Each = Shown(T);
      return IsSame(First.Result, Each.Result) &&
             IsSame(First.Params[0], Each.Params[0]);
    });
  }

  void read(const NamedDecl &D) {
    llvm::StringRef Name = D.getName();
    const auto *T = dyn_cast<TypedefNameDecl>(&D);
    if (T && Name == "platform")
      Platform =
          T->getUnderlyingType()->castAs<clang::FunctionType>()->getCallConv();
    // The declarations of a query are "r7", "e7" or "s7"; all others are
    // auxiliary.
    unsigned Index;
    if (Name.drop_front().getAsInteger(10, Index))
      return;
    if (T && Name.front() == 's')
      return Types.add(Index, T->getUnderlyingType());
    if (Index >= Out.Placements.size())
      return;
    if (const auto *E = dyn_cast<EnumDecl>(&D)) {
      Out.EnumBits[Index] = Ctx.getTypeSize(versions::typeOf(Ctx, *E));
      return;
    }
    const auto *R = T ? T->getUnderlyingType()->getAsCXXRecordDecl()
                      : dyn_cast<CXXRecordDecl>(&D);
    R = R ? R->getDefinition() : nullptr;
    if (R && !R->isInvalidDecl())
      Out.Placements[Index] = placement(*R);
  }

  Placement placement(const CXXRecordDecl &D) {
    const ASTRecordLayout &Layout = Ctx.getASTRecordLayout(&D);
    Placement P;
    P.Whole = {static_cast<uint64_t>(Layout.getSize().getQuantity()),
               static_cast<uint64_t>(Layout.getAlignment().getQuantity())};
    for (const CXXBaseSpecifier &B : D.bases()) {
      const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
      P.Bases.push_back((B.isVirtual() ? Layout.getVBaseClassOffset(Base)
                                       : Layout.getBaseClassOffset(Base))
                            .getQuantity());
    }
    fields(D, P.Fields);
    return P;
  }

  /// Fields are numbered in their order, except in a struct whose fields have
  /// explicit offsets: there, they have names such as "f7".
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
        if (const auto *F = cast<FieldDecl>(V); !F->isAnonymousStructOrUnion())
          Put(F->getFieldIndex(), Ctx.getFieldOffset(V));
      } else if (V->getName().starts_with("f") &&
                 !V->getName().drop_front().getAsInteger(10, I)) {
        Put(I, Ctx.getFieldOffset(V));
      }
    }
  }

  SignatureLowering signature(QualType Function) {
    const CodeGen::CGFunctionInfo &Info = CodeGen::arrangeFreeFunctionType(
        Generator->CGM(),
        Function->getCanonicalTypeUnqualified().castAs<FunctionProtoType>());
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
  TypeBuilder Types;
  PlacedRecords Placed;
  CallingConv Platform = CC_C; ///< that of CallingConvention.Winapi
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
  if (!Result || Result->PassesByWidth || !Source->hasSkipped())
    return Result;
  SourcePrinter All = *Source;
  All.addSkipped();
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
  LangOptions::setLangDefaults(versions::language(*Invocation), Language::CXX,
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
