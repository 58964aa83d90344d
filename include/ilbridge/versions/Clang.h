//===- Clang.h - Differences between versions of Clang ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions of Clang that have different names or parameters in Clang 17 to 22.
// The other files call these instead, and do not depend on the version of
// Clang.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_VERSIONS_CLANG_H
#define ILBRIDGE_VERSIONS_CLANG_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Basic/TargetOptions.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendOptions.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/VirtualFileSystem.h"
#if CLANG_VERSION_MAJOR >= 22
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Options/Options.h"
#else
#include "clang/Driver/Options.h"
#include "clang/Frontend/Utils.h"
#endif
#include <functional>

namespace ilbridge::versions {

using FileSystem = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;
using DiagnosticsEngine = llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>;

#if CLANG_VERSION_MAJOR >= 22
namespace options = clang::options;
#else
namespace options = clang::driver::options;
#endif

/// The options of all command lines of Clang.
inline const llvm::opt::OptTable &driverOptions() {
#if CLANG_VERSION_MAJOR >= 22
  return clang::getDriverOptTable();
#else
  return clang::driver::getDriverOptTable();
#endif
}

/// Parses a command line of clang, or of clang-cl.
inline llvm::opt::InputArgList parseOptions(llvm::ArrayRef<const char *> Args,
                                            bool IsCL, unsigned &MissingIndex,
                                            unsigned &MissingCount) {
#if CLANG_VERSION_MAJOR >= 18
  return driverOptions().ParseArgs(
      Args, MissingIndex, MissingCount,
      llvm::opt::Visibility(IsCL ? options::CLOption : options::ClangOption));
#else
  const unsigned OfCL = options::CLOption | options::CLDXCOption;
  return driverOptions().ParseArgs(
      Args, MissingIndex, MissingCount,
      /*FlagsToInclude=*/IsCL ? OfCL | options::CoreOption : 0,
      /*FlagsToExclude=*/options::DXCOption | (IsCL ? 0 : OfCL));
#endif
}

/// The options for the language, as the invocation has them.
template <typename InvocationT> auto &language(InvocationT &Invocation) {
#if CLANG_VERSION_MAJOR >= 18
  return Invocation.getLangOpts();
#else
  return *Invocation.getLangOpts();
#endif
}

#if CLANG_VERSION_MAJOR >= 18
inline constexpr auto NormalArray = clang::ArraySizeModifier::Normal;
inline constexpr auto OrdinaryString = clang::StringLiteralKind::Ordinary;
inline constexpr auto StructTag = clang::TagTypeKind::Struct;
inline constexpr auto UnionTag = clang::TagTypeKind::Union;
#else
inline constexpr auto NormalArray = clang::ArrayType::Normal;
inline constexpr auto OrdinaryString = clang::StringLiteral::Ordinary;
inline constexpr auto StructTag = clang::TTK_Struct;
inline constexpr auto UnionTag = clang::TTK_Union;
#endif

/// Whether \p Spec is extern "C".
inline bool isExternC(const clang::LinkageSpecDecl &Spec) {
#if CLANG_VERSION_MAJOR >= 18
  return Spec.getLanguage() == clang::LinkageSpecLanguageIDs::C;
#else
  return Spec.getLanguage() == clang::LinkageSpecDecl::lang_c;
#endif
}

/// Whether \p Method is not static, and its object parameter is not declared
/// explicitly, which Clang 17 does not understand.
inline bool hasImplicitObject(const clang::CXXMethodDecl &Method) {
#if CLANG_VERSION_MAJOR >= 18
  return Method.isImplicitObjectMemberFunction();
#else
  return Method.isInstance();
#endif
}

/// Diagnostics with \p Options, which have to exist as long as the engine. Up
/// to Clang 20, the engine also counts as one of their owners, so they have to
/// have another one.
inline DiagnosticsEngine createEngine(clang::DiagnosticOptions &Options,
                                      llvm::vfs::FileSystem &FS,
                                      clang::DiagnosticConsumer *Consumer,
                                      bool IsOwner) {
  (void)FS;
#if CLANG_VERSION_MAJOR >= 21
  return clang::CompilerInstance::createDiagnostics(FS, Options, Consumer,
                                                    IsOwner);
#elif CLANG_VERSION_MAJOR == 20
  return clang::CompilerInstance::createDiagnostics(FS, &Options, Consumer,
                                                    IsOwner);
#else
  return clang::CompilerInstance::createDiagnostics(&Options, Consumer,
                                                    IsOwner);
#endif
}

/// Options of diagnostics, and what functions of Clang take of them.
#if CLANG_VERSION_MAJOR >= 21
using OptionsPtr = std::unique_ptr<clang::DiagnosticOptions>;
inline OptionsPtr createOptions() {
  return std::make_unique<clang::DiagnosticOptions>();
}
inline clang::DiagnosticOptions &argument(const OptionsPtr &P) { return *P; }
#else
using OptionsPtr = llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions>;
inline OptionsPtr createOptions() { return new clang::DiagnosticOptions(); }
inline clang::DiagnosticOptions *argument(const OptionsPtr &P) {
  return P.get();
}
#endif

/// The engine, as functions of Clang take it.
#if CLANG_VERSION_MAJOR >= 22
inline DiagnosticsEngine argument(const DiagnosticsEngine &E) { return E; }
#else
inline clang::DiagnosticsEngine &argument(const DiagnosticsEngine &E) {
  return *E;
}
#endif

/// Diagnostics with their own options.
class Diagnostics {
public:
  /// Deletes \p Consumer at the end if it is the owner.
  Diagnostics(clang::DiagnosticConsumer *Consumer, bool IsOwner)
      : Options(createOptions()),
        // No option of these diagnostics names a file.
        Engine(createEngine(
            *Options,
            *llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>(),
            Consumer, IsOwner)) {}
  /// Diagnostics that nobody reads.
  Diagnostics() : Diagnostics(new clang::IgnoringDiagConsumer(), true) {}

  clang::DiagnosticOptions &options() { return *Options; }
  const DiagnosticsEngine &engine() const { return Engine; }

private:
  OptionsPtr Options; ///< precedes the engine, which refers to it
  DiagnosticsEngine Engine;
};

/// Returns null, and reports an error, if Clang lacks the target. The options
/// have to exist as long as the target.
inline llvm::IntrusiveRefCntPtr<clang::TargetInfo>
createTarget(clang::DiagnosticsEngine &Engine,
             const std::shared_ptr<clang::TargetOptions> &Options) {
#if CLANG_VERSION_MAJOR >= 21
  return clang::TargetInfo::CreateTargetInfo(Engine, *Options);
#else
  return clang::TargetInfo::CreateTargetInfo(Engine, Options);
#endif
}

namespace detail {

inline std::unique_ptr<clang::CompilerInstance>
createCompiler(std::shared_ptr<clang::CompilerInvocation> Invocation,
               FileSystem FS) {
#if CLANG_VERSION_MAJOR >= 21
  auto CI = std::make_unique<clang::CompilerInstance>(std::move(Invocation));
#else
  auto CI = std::make_unique<clang::CompilerInstance>();
  CI->setInvocation(std::move(Invocation));
#endif
#if CLANG_VERSION_MAJOR >= 22
  CI->setVirtualFileSystem(FS);
  CI->setFileManager(llvm::makeIntrusiveRefCnt<clang::FileManager>(
      clang::FileSystemOptions(), std::move(FS)));
#else
  CI->setFileManager(
      new clang::FileManager(clang::FileSystemOptions(), std::move(FS)));
#endif
  return CI;
}

inline void createSources(clang::CompilerInstance &CI) {
#if CLANG_VERSION_MAJOR >= 22
  CI.createSourceManager();
#else
  CI.createSourceManager(CI.getFileManager());
#endif
}

} // namespace detail

/// Returns a compiler that reads files from \p FS only, and that reports to
/// \p Consumer, which it does not own, with the options of \p Invocation.
inline std::unique_ptr<clang::CompilerInstance>
createCompiler(std::shared_ptr<clang::CompilerInvocation> Invocation,
               const FileSystem &FS, clang::DiagnosticConsumer &Consumer) {
  auto CI = detail::createCompiler(std::move(Invocation), FS);
#if CLANG_VERSION_MAJOR == 20 || CLANG_VERSION_MAJOR == 21
  CI->createDiagnostics(*FS, &Consumer, /*ShouldOwnClient=*/false);
#else
  CI->createDiagnostics(&Consumer, /*ShouldOwnClient=*/false);
#endif
  detail::createSources(*CI);
  return CI;
}

/// The same, with diagnostics that exist already.
inline std::unique_ptr<clang::CompilerInstance>
createCompiler(std::shared_ptr<clang::CompilerInvocation> Invocation,
               const FileSystem &FS, Diagnostics &D) {
  auto CI = detail::createCompiler(std::move(Invocation), FS);
#if CLANG_VERSION_MAJOR >= 22
  CI->setDiagnostics(D.engine());
#else
  CI->setDiagnostics(D.engine().get());
#endif
  detail::createSources(*CI);
  return CI;
}

/// The files that \p CI reads, as CreateLLVMCodeGen() takes them.
inline FileSystem filesOf(clang::CompilerInstance &CI) {
#if CLANG_VERSION_MAJOR >= 22
  return CI.getVirtualFileSystemPtr();
#else
  return &CI.getVirtualFileSystem();
#endif
}

/// The object that CreateLLVMCodeGen() returns: an owner since Clang 22.
template <typename T> std::unique_ptr<T> owned(std::unique_ptr<T> P) {
  return P;
}
template <typename T> std::unique_ptr<T> owned(T *P) {
  return std::unique_ptr<T>(P);
}

/// Whether an include folder of a command is a header map. Clang 21 has no
/// group for them.
inline bool isHeaderMap(const clang::HeaderSearchOptions::Entry &E) {
#if CLANG_VERSION_MAJOR < 21
  if (E.Group == clang::frontend::IndexHeaderMap)
    return true;
#endif
  return llvm::StringRef(E.Path).ends_with(".hmap");
}

/// Removes the output file of a module, which Clang 18 keeps in OutputFile.
inline void clearModuleOutput(clang::FrontendOptions &Options) {
  (void)Options;
#if CLANG_VERSION_MAJOR >= 19
  Options.ModuleOutputPath.clear();
#endif
}

/// The characters of the string to which \p E points, up to its end, if they
/// are constant.
inline std::optional<std::string> evaluateString(const clang::Expr &E,
                                                 clang::ASTContext &Ctx) {
#if CLANG_VERSION_MAJOR >= 19
  return E.tryEvaluateString(Ctx);
#else
  // Clang 18 returns only the length, and the characters of a literal.
  clang::Expr::EvalResult Result;
  if (!E.EvaluateAsRValue(Result, Ctx) || !Result.Val.isLValue())
    return std::nullopt;
  const auto *Base = Result.Val.getLValueBase().dyn_cast<const clang::Expr *>();
  const auto *Literal = llvm::dyn_cast_or_null<clang::StringLiteral>(Base);
  if (!Literal || Literal->getCharByteWidth() != 1)
    return std::nullopt;
  uint64_t Begin = Result.Val.getLValueOffset().getQuantity();
  if (Begin > Literal->getByteLength())
    return std::nullopt;
  return Literal->getBytes()
      .substr(Begin)
      .take_until([](char C) { return C == 0; })
      .str();
#endif
}

using Directives =
    std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>>;

/// While \p CI preprocesses a file, it reads the directives that \p Find
/// returns for the file.
inline void setDirectives(clang::CompilerInstance &CI,
                          std::function<Directives(clang::FileEntryRef)> Find) {
#if CLANG_VERSION_MAJOR >= 21
  class Getter : public clang::DependencyDirectivesGetter {
  public:
    explicit Getter(std::function<Directives(clang::FileEntryRef)> Find)
        : Find(std::move(Find)) {}
    std::unique_ptr<clang::DependencyDirectivesGetter>
    cloneFor(clang::FileManager &) override {
      return std::make_unique<Getter>(Find);
    }
    Directives operator()(clang::FileEntryRef File) override {
      return Find(File);
    }

  private:
    std::function<Directives(clang::FileEntryRef)> Find;
  };
  auto G = std::make_unique<Getter>(std::move(Find));
  CI.getPreprocessor().setDependencyDirectivesGetter(*G);
  CI.setDependencyDirectivesGetter(std::move(G));
#else
  CI.getPreprocessorOpts().DependencyDirectivesForFile = std::move(Find);
#endif
}

inline void printCanonicalTypes(clang::PrintingPolicy &Policy) {
#if CLANG_VERSION_MAJOR >= 21
  Policy.PrintAsCanonical = true;
#else
  Policy.PrintCanonicalTypes = true;
#endif
}

inline unsigned bitWidth(const clang::FieldDecl &F,
                         const clang::ASTContext &Ctx) {
  (void)Ctx;
#if CLANG_VERSION_MAJOR >= 20
  return F.getBitWidthValue();
#else
  return F.getBitWidthValue(Ctx);
#endif
}

/// The type that \p D declares.
inline clang::QualType typeOf(const clang::ASTContext &Ctx,
                              const clang::TagDecl &D) {
#if CLANG_VERSION_MAJOR >= 22
  return Ctx.getCanonicalTagType(&D);
#else
  return Ctx.getTypeDeclType(&D);
#endif
}

} // namespace ilbridge::versions

#endif // ILBRIDGE_VERSIONS_CLANG_H
