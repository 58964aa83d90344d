//===- Agreement.h - Comparison of two types --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_AGREEMENT_H
#define ILBRIDGE_LIB_MATCH_AGREEMENT_H

#include "ComparedEnums.h"
#include "ComparedRecords.h"
#include "TargetContexts.h"
#include "Verdict.h"
#include "ilbridge/match/Binding.h"
#include "ilbridge/match/FlatRecords.h"

namespace ilbridge::match {

/// The direction in which a value is passed.
enum class Direction : uint8_t { ToNative, ToManaged };

/// The owner of the memory to which an address refers.
enum class MemoryOwner : uint8_t {
  Unknown,  ///< a pointer: either side owns the memory
  Variable, ///< owned by C#: `ref`, `out`, an object
  Array,    ///< owned by C#: all elements of an array
};

/// The way in which a value is passed to or from native code.
struct ValueUse {
  Direction Dir = Direction::ToNative;
  MemoryOwner Owner = MemoryOwner::Unknown;
  /// Whether it is a parameter or result itself, and not memory to which one
  /// refers.
  bool IsOutermost = false;
};

/// Returns the use of a record whose address is passed.
inline RecordUse useOfPointee(const ValueUse &U) {
  if (!U.IsOutermost)
    return RecordUse::Address;
  if (U.Dir == Direction::ToManaged)
    return RecordUse::Returned;
  return U.Owner == MemoryOwner::Variable ? RecordUse::Variable
                                          : RecordUse::Address;
}

/// "1 byte", "8 bytes"
std::string inBytes(uint64_t Count);

/// Compares lowered managed types with native ones, on one target and for one
/// runtime.
class Agreement {
public:
  Agreement(const NativeTarget &Target, const TargetContext &On,
            const runtime::Runtime &Runtime, runtime::Conversion Conversion,
            NativeSource Source, ComparedRecords &Compared,
            ComparedEnums &Enums)
      : Target(Target), On(On), Model(Target.model()), Runtime(Runtime),
        Conversion(Conversion), Source(Source),
        Records(Compared.on(Target, On, Conversion, Source)), Enums(Enums) {}

  /// Compares a parameter or result that is passed by value.
  Verdict byValue(const Type &Managed, const Type &Native, const ValueUse &U);
  /// Compares a managed method that C++ calls by the name of a function.
  Verdict entryPoint(const FunctionType &Managed, const FunctionType &Native) {
    return functions(Managed, Native, "its");
  }
  /// As above, for a method that C++ calls by the name of the method. If
  /// nothing is marshalled, a generated function calls it, so only the values
  /// are compared.
  Verdict managedCall(const FunctionType &Managed, const FunctionType &Native) {
    return Conversion == runtime::Conversion::Marshalled
               ? functions(Managed, Native, "its")
               : signatures(Managed, Native, "its");
  }
  /// Compares memory that both sides access, in which nothing can be converted.
  Verdict inMemory(const Type &Managed, const Type &Native);

  /// Returns the kind of object for the pointee \p Native of a native pointer.
  /// Returns nullopt if it is not one of the runtime's own types.
  std::optional<ObjectKind> objectKind(const Type &Native) const;
  /// Compares a pointer to \p Native with an object on the managed heap.
  Verdict object(const OpaqueType &Managed, const Type &Native) const;

  /// Returns why a type that was to be compared is not known on this target, so
  /// that it counted as equal; null if everything was compared.
  const Variation *unknown() const { return Unknown; }
  void noteUnknown(const Variation *Why) const {
    if (!Unknown)
      Unknown = Why;
  }

  /// Compares records that both sides access.
  Verdict records(const RecordType &Managed, const RecordType &Native,
                  RecordUse How);
  /// Returns for each leaf of a managed record whether C++ has an equal leaf at
  /// its offset. Adds the remarks about equal leaves to \p V, unless it is
  /// null.
  std::vector<bool> agreeingLeaves(llvm::ArrayRef<Leaf> Managed,
                                   llvm::ArrayRef<Leaf> Native,
                                   Verdict *V = nullptr);

  /// Describes a type for messages: "a 32-bit integer", "a pointer to a 32-bit
  /// float".
  std::string describe(const Type &T) const;
  const Type &withoutEnum(const Type &T) const;

private:
  Verdict scalars(const ScalarType &Managed, const ScalarType &Native,
                  Direction D) const;
  Verdict enums(const EnumType &Managed, const EnumType &Native,
                const ValueUse &U);

  // Pointers.
  Verdict pointers(const PointerType &Managed, const PointerType &Native,
                   const ValueUse &U);
  Verdict pointees(const Type &Managed, const Type &Native, const ValueUse &U);
  std::optional<Verdict> bytes(const Type &Managed, const Type &Native,
                               const ValueUse &U) const;
  std::optional<Verdict> elements(const Type &Managed, const Type &Native,
                                  const ValueUse &U);
  std::pair<const Type *, uint64_t> withoutArrays(const Type &T) const;
  bool consistsOf(const Type &T, const ScalarType &Element,
                  bool IsManaged) const;
  /// \p Whose is "its" or "the callback's" in messages about parameters.
  Verdict functions(const FunctionType &Managed, const FunctionType &Native,
                    llvm::StringRef Whose = "the callback's");
  Verdict signatures(const FunctionType &Managed, const FunctionType &Native,
                     llvm::StringRef Whose);
  Verdict callbackConvention(const FunctionType &Managed,
                             const FunctionType &Native,
                             llvm::StringRef Whose) const;
  Verdict callbackPassing(const FunctionType &Managed,
                          const FunctionType &Native,
                          llvm::StringRef Whose) const;
  Verdict alignment(const Type &Managed, const RecordType &Native) const;

  // Records.
  Verdict compareRecords(const RecordType &Managed, const RecordType &Native,
                         RecordUse How);
  Verdict difference(const RecordType &Managed, const RecordType &Native,
                     const std::string &Sizes, Verdict Detail) const;
  void dropReserves(std::vector<Leaf> &Managed, llvm::ArrayRef<Leaf> Native);
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
  void remark(Diagnostic D, const RecordType &Managed, const RecordType &Native,
              Verdict &V) const;
  void remarkOnSize(const RecordType &Managed, uint64_t ManagedSize,
                    const RecordType &Native, uint64_t NativeSize,
                    Verdict &V) const;

  // Messages.
  std::vector<Note> declarations(const RecordType &Managed,
                                 const RecordType &Native) const;
  Verdict mismatch(const Type &Managed, const Type &Native) const;

  const NativeTarget &Target;
  const TargetContext &On;
  const DataModel &Model;
  const runtime::Runtime &Runtime;
  const runtime::Conversion Conversion;
  const NativeSource Source;
  ComparedRecords::Pairs &Records;
  ComparedEnums &Enums;
  mutable const Variation *Unknown = nullptr;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_AGREEMENT_H
