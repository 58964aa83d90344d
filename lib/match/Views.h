//===- Views.h - The targets of a run ---------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_VIEWS_H
#define ILBRIDGE_LIB_MATCH_VIEWS_H

#include "ilbridge/match/Binding.h"
#include "ilbridge/match/Leaves.h"
#include "llvm/ADT/DenseSet.h"

namespace ilbridge::match {

/// A target, with the ABI info of the run's types and signatures.
struct View {
  abi::Target Target;
  bool IsConfigured = false;
  bool IsWasm = false;
  runtime::Platform Platform = runtime::Platform::Other;
  /// Whether declarations can choose between several calling conventions:
  /// 32-bit x86.
  bool HasConventions = false;
  abi::Answers Answers;
  bool IsAlone = false; ///< Answers are those of Unit::answerAlone()
  /// See Views::unanswered(). A comparison that lacks an answer sets it.
  mutable std::string Unanswered;
};

/// Whether \p Managed is or contains an NFloat, and no build for the target is
/// known. C# leaves its width to each platform, and C++ may do the same.
bool isLeftToPlatform(const Type &Managed, const View &On);

/// The configured targets, followed by the watched targets that are not
/// configured.
class Views {
public:
  Views(const native::Program &P, llvm::ArrayRef<abi::Target> Configured,
        llvm::ArrayRef<abi::Target> Watched);

  /// Adds the queries for a type with all types to which it refers, or for a
  /// signature.
  void add(const Type &T);
  /// Adds the functions to which values of \p T refer, in structs and through
  /// pointers.
  void addFunctions(const Type &T);
  void addSignature(const FunctionType &F) { Questions.add(F); }
  /// Adds two signatures that will be compared with each other.
  void addSignatures(const FunctionType &Managed, const FunctionType &Native) {
    Questions.addPair(Managed, Native);
  }
  /// Queries Clang for every target; with \p Threads, for several at a time.
  void ask(abi::Memory *Answered, llvm::ThreadPoolInterface *Threads);
  /// Returns the reason why a program without Clang could not compare
  /// everything; empty if everything was compared.
  llvm::StringRef unanswered() const;

  llvm::ArrayRef<View> all() const { return List; }
  bool isAnnotated(const native::DeclaredFunction &E) const {
    return !P.library(E);
  }
  bool isDeclaredOnce(const native::Export &E) const {
    return P.isDeclaredOnce(E);
  }
  bool isC(const native::DeclaredFunction &E) const { return P.factsOf(E).IsC; }
  /// Returns the declaration of \p E in the sources that were scanned for that
  /// target, or \p E itself if there are none.
  template <typename T> const T &exportOn(const View &V, const T &E) const {
    if (!isScannedFor(E, V))
      for (const T *Other : P.elsewhere(E))
        if (isScannedFor(*Other, V))
          return *Other;
    return E;
  }
  /// Whether a scan for that target has read the file that declares \p E, and
  /// has not found the declaration.
  bool isAbsentOn(const View &V, const native::DeclaredFunction &E) const;
  /// Whether the headers that declare \p E do not compile for that target.
  bool isUnreadOn(const View &V, const native::DeclaredFunction &E) const;
  /// Returns the layouts of \p E's types on a target: those in its own facts if
  /// it was scanned for that target, otherwise those that Clang computes.
  NativeTarget native(const View &V, const native::DeclaredFunction &E);

private:
  void addTarget(abi::Target T, bool IsConfigured);
  llvm::Expected<abi::Answers> answers(View &V, abi::Memory *Answered) const;
  bool isScannedFor(const native::DeclaredFunction &E, const View &V) const;
  const abi::PredefinedMacros *macros(llvm::StringRef Triple, bool IsC);

  const native::Program &P;
  std::vector<View> List;
  abi::Unit Questions;
  llvm::DenseSet<const Type *> Added, Visited;
  /// The views for which a source was scanned.
  llvm::DenseMap<const native::Facts *, llvm::SmallVector<const View *, 1>> Own;
  /// By triple and whether it is C; nullopt if Clang does not support the
  /// triple.
  std::map<std::pair<std::string, bool>, std::optional<abi::PredefinedMacros>>
      Macros;
  /// By the triple of the facts, the view, and whether it is C.
  std::map<std::tuple<std::string, const View *, bool>, TargetDifference>
      Differences;
  std::vector<const native::Facts *> Unread; ///< sources that do not compile
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_VIEWS_H
