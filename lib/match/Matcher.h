//===- Matcher.h - Pair native and managed declarations ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   exports ──by name──▶ candidates of each managed method
//           ──by types, where there are several──▶ one pair each
//           ──Comparison──▶ bindings and findings
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_MATCHER_H
#define ILBRIDGE_LIB_MATCH_MATCHER_H

#include "Comparison.h"
#include "Libraries.h"
#include "ilbridge/match/Binding.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

using managed::Method;
using managed::MethodName;
using native::Export;
using native::ExportKind;

/// One run of match(). Pairing.cpp finds the functions that may implement each
/// method, Choosing.cpp binds one of them, Unpaired.cpp reports declarations
/// without a partner, and ManagedCalls.cpp does all of it for calls in the
/// other direction.
class Matcher {
public:
  Matcher(const native::Program &P, const managed::Model &M,
          const MatchOptions &Options, Matching &Out);

  void run();

private:
  /// Identifies a managed method and the kind of export that implements it. A
  /// method can have an intrinsic in addition to its internal call.
  using Key = std::pair<const Method *, ExportKind>;
  using Candidates = std::vector<const Export *>;

  void pairByEntryPoint();
  Candidates candidates(const Method &Import);
  void pairCallbacks();
  void pairByNames();
  void pairByName(const Export &E);
  std::vector<const Method *> methodsNamed(const MethodName &Name,
                                           ExportKind K);
  std::vector<const Method *> nearest(const Export &E,
                                      llvm::ArrayRef<const Method *> Overloads);
  bool isUnread(const MethodName &Name) const;
  void pairRegistered(const Export &E);
  /// Returns the methods to which a name may refer that native code calls.
  std::vector<const Method *> methodsCalled(const MethodName &Name) const;
  const managed::Callback *unmanaged(const Method &M) const;
  void pairImports();
  void compareImports();
  void compareImport(const native::ManagedImport &I,
                     llvm::ArrayRef<const Method *> Overloads);
  void reportMissingMethod(const native::ManagedImport &I,
                           const MethodName &Name);
  void reportMisnamed(const Export &E);
  void chooseExport(const Method &Managed, const Candidates &All);
  void chooseRegistered(const Method &Managed, const Candidates &All,
                        bool IsAnnotated);
  bool isOneFunction(const Export &A, const Export &B) const;
  Candidates differentFunctions(const Candidates &All) const;
  void bindOthers(const Export &Chosen, const Candidates &All,
                  const Candidates &Agreeing, const Method &Managed);
  void bind(const Export &E, const Method &Managed);
  void findUnpaired();
  void findMissingExports();
  std::string internalCallWanted() const;
  void reportMissingExport(const Method &Import);
  void reportMissingImport(const Export &E);
  void reportWithRemedy(Diagnostic D, const Method *Meant, const Export &E,
                        bool IsRemovable = true);
  void reportMissingName(const Export &E, const MethodName &Name);
  void reportShadowing(const Export &E, const Method &Shadowed);
  void prepare();
  Diagnostic atImport(Diagnostic D, const Export &E, const Method &Import);
  const Export *nearestExport(llvm::StringRef Name) const;

  const native::Program &P;
  /// The exports of the program that the selected runtimes can call.
  std::vector<const Export *> Exports;
  const managed::Model &M;
  const MatchOptions &Options;
  Matching &Out;
  Libraries Owners;
  Comparison Compares;
  llvm::StringMap<Candidates> ByEntryPoint;
  std::map<Key, Candidates> Pairs;
  /// In the order of the model. A generic method is also listed by the name
  /// that Mono looks up.
  llvm::StringMap<std::vector<const Method *>> ByQualifiedName;
  llvm::DenseSet<const Export *> Paired;
  /// Declarations of managed methods.
  std::vector<std::pair<const Export *, const managed::Callback *>> Called;
  /// The methods that native code calls, each with the methods to which its
  /// name refers.
  std::vector<
      std::pair<const native::ManagedImport *, std::vector<const Method *>>>
      Imports;
  std::vector<const Export *> Unpaired; ///< annotated ones
  /// P/Invokes without a partner, and P/Invokes of libraries that the project
  /// does not implement.
  std::vector<const Method *> Unimplemented, NotAskedFor;
  /// Registrations with a name that is not the name of a method.
  std::vector<const Export *> Misnamed;
  /// Methods for which another finding states why they have no partner.
  llvm::DenseSet<const Method *> Explained;
};

/// Whether an export of the kind \p K can implement \p M.
bool isOfKind(const Method &M, ExportKind K);

/// Prints a method or a function for messages.
template <typename T> std::string text(const T &Declared) {
  std::string Text;
  llvm::raw_string_ostream(Text) << Declared;
  return Text;
}

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_MATCHER_H
