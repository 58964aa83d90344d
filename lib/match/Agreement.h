//===- Agreement.h - Whether two types are one value ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_AGREEMENT_H
#define ILBRIDGE_LIB_MATCH_AGREEMENT_H

#include "ComparedRecords.h"
#include "Verdict.h"
#include "Views.h"
#include "ilbridge/match/Binding.h"
#include "ilbridge/match/Leaves.h"

namespace ilbridge::match {

/// Which way a value goes.
enum class Direction : uint8_t { ToNative, ToManaged };

/// Who owns the memory that an address leads to.
enum class Memory : uint8_t {
  Unknown,  ///< a pointer: either side's
  Variable, ///< C#'s: `ref`, `out`, an object
  Array,    ///< C#'s: all elements of an array
};

/// How a value meets native code.
struct Use {
  Direction Way = Direction::ToNative;
  Memory Leads = Memory::Unknown;
  /// A parameter or result itself, and not what one leads to.
  bool IsOutermost = false;
};

/// Compares lowered managed types with native ones, on one target and for one
/// runtime.
class Agreement {
public:
  Agreement(const NativeTarget &Target, const View &On,
            const runtime::Runtime &Runtime, runtime::Conversion Conversion,
            bool IsC, ComparedRecords &Compared)
      : Target(Target), On(On), Model(Target.model()), Runtime(Runtime),
        Conversion(Conversion), IsC(IsC),
        Records(Compared.on(Target, On, Conversion)) {}

  /// A parameter or result by value.
  Verdict byValue(const Type &Managed, const Type &Native, const Use &U);
  /// What lies in memory that both sides see: nothing can be converted there.
  Verdict inMemory(const Type &Managed, const Type &Native);

  /// \p Native is the type that a native pointer points to. nullopt: it is not
  /// one of the runtime's own types.
  std::optional<ObjectKind> objectKind(const Type &Native) const;
  /// A pointer to \p Native for an object of the managed heap.
  Verdict object(const OpaqueType &Managed, const Type &Native) const;

  /// Why something that was to be compared is not known on this target, so that
  /// it counted as the same; null: all was compared.
  const Variation *unknown() const { return Unknown; }
  void noteUnknown(const Variation *Why) const {
    if (!Unknown)
      Unknown = Why;
  }

  /// "a 32-bit integer", "a pointer to a 32-bit float": for messages.
  std::string describe(const Type &T) const;

private:
  Verdict scalars(const ScalarType &Managed, const ScalarType &Native,
                  Direction D) const;
  Verdict enums(const EnumType &Managed, const EnumType &Native, const Use &U);

  // Addresses.
  Verdict pointers(const PointerType &Managed, const PointerType &Native,
                   const Use &U);
  Verdict pointees(const Type &Managed, const Type &Native, const Use &U);
  std::optional<Verdict> bytes(const Type &Managed, const Type &Native,
                               const Use &U) const;
  std::optional<Verdict> elements(const Type &Managed, const Type &Native,
                                  const Use &U) const;
  bool consistsOf(const Type &T, const ScalarType &Element,
                  bool IsManaged) const;
  Verdict functions(const FunctionType &Managed, const FunctionType &Native);
  Verdict callbackPassing(const FunctionType &Managed,
                          const FunctionType &Native) const;
  Verdict alignment(const Type &Managed, const RecordType &Native) const;

  // Records.
  Verdict records(const RecordType &Managed, const RecordType &Native,
                  bool IsByAddress);
  Verdict compareRecords(const RecordType &Managed, const RecordType &Native,
                         bool IsByAddress);
  Verdict difference(const RecordType &Managed, const RecordType &Native,
                     const std::string &Sizes, Verdict Detail) const;
  void uncounted(const RecordType &Managed, const RecordType &Native,
                 llvm::ArrayRef<Leaf> ManagedLeaves,
                 llvm::ArrayRef<Leaf> NativeLeaves, bool IsSameSize,
                 uint64_t End, Verdict &V) const;

  // Fields.
  Verdict fields(const RecordType &Whole, llvm::ArrayRef<Leaf> Managed,
                 llvm::ArrayRef<Leaf> Native);
  Verdict explain(const RecordType &Whole, const Leaf &Mine,
                  llvm::ArrayRef<Leaf> Native);
  void suggestType(llvm::ArrayRef<Leaf> Native, const Leaf &Managed,
                   Verdict &V);
  void remarkOnNames(const RecordType &Managed, const RecordType &Native,
                     llvm::ArrayRef<Leaf> ManagedLeaves,
                     llvm::ArrayRef<Leaf> NativeLeaves, Verdict &V) const;
  void remark(DiagnosticID ID, std::string Text, const RecordType &Managed,
              const RecordType &Native, Verdict &V) const;

  // Words.
  std::vector<Note> declarations(const RecordType &Managed,
                                 const RecordType &Native) const;
  Verdict mismatch(const Type &Managed, const Type &Native) const;
  const Type &withoutEnum(const Type &T) const;

  const NativeTarget &Target;
  const View &On;
  const DataModel &Model;
  const runtime::Runtime &Runtime;
  const runtime::Conversion Conversion;
  const bool IsC; ///< the native side
  ComparedRecords::Pairs &Records;
  mutable const Variation *Unknown = nullptr;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_AGREEMENT_H
