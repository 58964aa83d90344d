//===- TargetContexts.h - The targets with their ABI info -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_TARGETCONTEXTS_H
#define ILBRIDGE_LIB_MATCH_TARGETCONTEXTS_H

#include "ilbridge/match/Binding.h"
#include "ilbridge/match/FlatRecords.h"
#include "llvm/ADT/DenseSet.h"

namespace ilbridge::match {

/// A target, with the ABI info of the run's types and signatures.
struct TargetContext {
  abi::Target Target;
  bool IsConfigured = false;
  bool IsWasm = false;
  runtime::Platform Platform = runtime::Platform::Other;
  /// Whether declarations can choose between several calling conventions:
  /// 32-bit x86.
  bool HasConventions = false;
  abi::ABIInfo ABI;
  bool IsWithoutClang = false; ///< ABI is that of ABIQuery::withoutClang()
  /// See TargetContexts::whyIncomplete(). A comparison that lacks ABI info
  /// sets it.
  mutable std::string WhyIncomplete;
};

/// The source that declares the native side of a pair.
struct NativeSource {
  bool IsC = false;
  /// Whether the function is annotated, so that its author also writes the C#
  /// side. Otherwise the header of a library declares it.
  bool IsAnnotated = true;
  bool operator==(const NativeSource &) const = default;
};

/// Whether \p Managed is or contains an NFloat, and no build for the target is
/// known. C# leaves its width to each platform, and C++ may do the same.
bool isLeftToPlatform(const Type &Managed, const TargetContext &On);

/// The configured targets, followed by the watched targets that are not
/// configured.
class TargetContexts {
public:
  TargetContexts(const native::Program &P,
                 llvm::ArrayRef<abi::Target> Configured,
                 llvm::ArrayRef<abi::Target> Watched);

  /// Adds the queries for a type with all types to which it refers, or for a
  /// signature.
  void add(const Type &T);
  /// Adds the functions to which values of \p T refer, in structs and through
  /// pointers.
  void addFunctions(const Type &T);
  void addSignature(const FunctionType &F) { Query.add(F); }
  /// Adds two signatures that will be compared with each other.
  void addSignatures(const FunctionType &Managed, const FunctionType &Native) {
    Query.addPair(Managed, Native);
  }
  /// Queries Clang for every target; with \p Threads, for several at a time.
  void compute(abi::ABIInfoCache *ABICache, llvm::ThreadPoolInterface *Threads);
  /// Returns the reason why a program without Clang could not compare
  /// everything; empty if everything was compared.
  llvm::StringRef whyIncomplete() const;

  llvm::ArrayRef<TargetContext> all() const { return List; }
  bool isAnnotated(const native::DeclaredFunction &E) const {
    return !P.headerEntry(E);
  }
  NativeSource sourceOf(const native::DeclaredFunction &E) const {
    return {isC(E), isAnnotated(E)};
  }
  bool isDeclaredOnce(const native::Export &E) const {
    return P.isDeclaredOnce(E);
  }
  bool isC(const native::DeclaredFunction &E) const { return P.factsOf(E).IsC; }
  /// Returns the declaration of \p E in the sources that were scanned for that
  /// target, or \p E itself if there are none.
  template <typename T>
  const T &exportOn(const TargetContext &V, const T &E) const {
    if (!isScannedFor(E, V))
      for (const T *Other : P.elsewhere(E))
        if (isScannedFor(*Other, V))
          return *Other;
    return E;
  }
  /// Whether a scan for that target has read the file that declares \p E, and
  /// has not found the declaration.
  bool isAbsentOn(const TargetContext &V,
                  const native::DeclaredFunction &E) const;
  /// Whether the headers that declare \p E do not compile for that target.
  bool isUnreadOn(const TargetContext &V,
                  const native::DeclaredFunction &E) const;
  /// Returns the layouts of \p E's types on a target: those in its own facts if
  /// it was scanned for that target, otherwise those that Clang computes.
  NativeTarget native(const TargetContext &V,
                      const native::DeclaredFunction &E);

private:
  void addTarget(abi::Target T, bool IsConfigured);
  llvm::Expected<abi::ABIInfo> compute(TargetContext &V,
                                       abi::ABIInfoCache *ABICache) const;
  bool isScannedFor(const native::DeclaredFunction &E,
                    const TargetContext &V) const;
  const abi::PredefinedMacros *macros(llvm::StringRef Triple, bool IsC);

  const native::Program &P;
  std::vector<TargetContext> List;
  abi::ABIQuery Query;
  llvm::DenseSet<const Type *> Added, Visited;
  /// The targets for which a source was scanned.
  llvm::DenseMap<const native::Facts *,
                 llvm::SmallVector<const TargetContext *, 1>>
      Own;
  /// By triple and whether it is C; null if Clang does not support the triple.
  std::map<std::pair<std::string, bool>,
           std::shared_ptr<const abi::PredefinedMacros>>
      Macros;
  /// By the triple of the facts, the target, and whether it is C.
  std::map<std::tuple<std::string, const TargetContext *, bool>,
           TargetDifference>
      Differences;
  std::vector<const native::Facts *> Unread; ///< sources that do not compile
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_TARGETCONTEXTS_H
