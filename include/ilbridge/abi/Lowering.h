//===- Lowering.h - ABI info of types and signatures -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   types, signatures ──▶ ABIQuery ──C++ without headers, AST──▶ Clang, for a
//                     triple ──record layout, CodeGen's lowering──▶ ABIInfo
//
// This file contains no ABI rules; Clang provides them. An ABIQuery is
// described once and compiled once for each target, for all types in it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ABI_LOWERING_H
#define ILBRIDGE_ABI_LOWERING_H

#include "ilbridge/abi/Target.h"
#include "ilbridge/type/Type.h"
#include "llvm/ADT/DenseMap.h"
#include <map>
#include <memory>
#include <mutex>

namespace ilbridge::abi {

/// The layout of a record and the offsets of its fields.
struct Placement {
  RecordLayout Whole;
  std::vector<uint64_t> Fields; ///< offsets in bits, as RecordType::Fields
  std::vector<uint64_t> Bases;  ///< offsets in bytes, as RecordType::Bases

  bool operator==(const Placement &) const = default;
};

/// How an argument or a result is passed, in terms of Clang's ABIArgInfo.
struct ValueLowering {
  enum Kind : uint8_t {
    Ignored,  ///< not at all
    Direct,   ///< as the values that Registers lists
    Extended, ///< as Direct; the caller extends it to a full register
    Expanded, ///< each field as a separate argument
    Indirect, ///< by the address of a copy; a result in the caller's memory
    Copied,   ///< as a copy in the stack arguments
  };
  Kind How = Ignored;
  bool IsSigned = false; ///< Extended: sign-extended
  bool InReg = false;    ///< x86: in a register instead of the stack
  /// The value has a layout that only .NET can state (overlapping fields, or
  /// more bytes than fields), and no C++ struct is certainly passed like it.
  bool IsGuess = false;
  /// LLVM types for Direct, Extended and Expanded: "i64", "[2 x float]".
  std::string Registers;
  /// The same in a form for comparison: two values of the same size with equal
  /// Places are passed in the same registers. A small and a large integer in
  /// one general register are equal here, as are a double and a vector of two
  /// floats; on WebAssembly, where calls are typed, i32 and i64 are not. For
  /// arguments on the stack, see ABIInfo::packsStack.
  std::string RegisterClasses;

  bool operator==(const ValueLowering &) const = default;
};
/// Prints "in registers as [2 x float]", "through memory".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const ValueLowering &V);

struct SignatureLowering {
  /// LLVM's number of the calling convention that the target uses. Conventions
  /// that the target does not support are ignored.
  unsigned Convention = 0;
  ValueLowering Result;
  std::vector<ValueLowering> Params;

  bool operator==(const SignatureLowering &) const = default;
};

class SourcePrinter;

/// The ABI info that Clang provides about an ABIQuery for one target.
class ABIInfo {
public:
  const DataModel &model() const { return Model; }
  /// Null if the record has no layout that can be queried: a field has a type
  /// that the type language cannot express.
  const Placement *placement(const RecordType &R) const;
  /// Null if an argument contains such a record, or if it was not queried
  /// because areAlike() holds for the pair.
  const SignatureLowering *signature(const FunctionType &F) const;
  /// Whether two signatures of a pair (ABIQuery::addPair) differ only in the
  /// signs of numbers of 32 or 64 bits, and in addresses in place of numbers of
  /// the same width, and the target passes these in the same way. Most pairs
  /// are alike; not querying them saves time on every target.
  bool areAlike(const FunctionType &A, const FunctionType &B) const;
  /// The size, in bits, of an enum whose declaration leaves its type to the
  /// target; 0: not queried.
  unsigned enumBits(const EnumType &E) const;
  /// Whether stack arguments occupy only their own size, as in Apple's variant
  /// of AAPCS64: an int occupies 4 bytes, but a struct of an int, which is
  /// passed as an i64, occupies 8. Two arguments then agree only if their
  /// Registers are equal.
  bool packsStack() const { return PacksStack; }

private:
  friend class ABIInfoCache;
  friend class ABIQuery;
  friend class ABIInfoReader;
  DataModel Model;
  /// Types with the same text share one entry.
  llvm::DenseMap<const Type *, unsigned> Index;
  std::vector<std::optional<Placement>> Placements;
  std::vector<std::optional<SignatureLowering>> Signatures;
  std::vector<unsigned> EnumBits;
  /// Numbers of signatures; signatures that can be alike have equal numbers.
  llvm::DenseMap<const Type *, unsigned> Classes;
  /// Numbers and addresses of the same width are passed in the same way.
  bool PassesByWidth = false;
  bool PacksStack = false;
};

/// Caches ABI info. A host that checks a source after every edit queries the
/// same types and signatures repeatedly. Several threads may use it at the same
/// time.
class ABIInfoCache {
public:
  /// ABI info without the types of the ABIQuery; the key is the question.
  using Entry = std::shared_ptr<const ABIInfo>;
  Entry find(llvm::StringRef Question, llvm::StringRef Triple);
  void add(llvm::StringRef Question, llvm::StringRef Triple, Entry E);

private:
  using Key = std::pair<std::string, std::string>;
  /// The cache is cleared when it is full: old texts are rarely queried again.
  static constexpr size_t Capacity = 512;
  std::mutex Lock;
  std::map<Key, Entry> Entries;
};

/// The main file that Clang compiles for a query. A plugin is also called for
/// this file.
inline constexpr llvm::StringLiteral ABIQueryFile = "/ilbridge-abi.cpp";

/// The types and signatures of a query. They have to outlive it.
class ABIQuery {
public:
  ABIQuery();
  ~ABIQuery();
  ABIQuery(ABIQuery &&);

  /// Adds a type whose layout is needed, with its parts. Pointers are not
  /// followed.
  void add(const Type &T);
  /// Adds a signature with its types.
  void add(const FunctionType &Signature);
  /// Adds two signatures that are to be compared with each other. If they are
  /// alike on a target, they are not queried there: see ABIInfo::areAlike.
  void addPair(const FunctionType &A, const FunctionType &B);

  /// Looks the result up in \p Known, unless null, or else asks Clang. The
  /// Error states that Clang does not support \p T.
  llvm::Expected<ABIInfo> compute(const Target &T,
                                  ABIInfoCache *Known = nullptr) const;

  /// The ABI info of a target with the data model \p Model without Clang: which
  /// signatures are alike. Neither layouts nor lowerings are known.
  ABIInfo withoutClang(const Target &T, const DataModel &Model) const;

  /// Whether the query has no type and no signature.
  bool isEmpty() const;

  /// A text that is equal for equal questions.
  std::string question() const;

private:
  llvm::Expected<ABIInfo> runClang(const Target &T) const;
  static llvm::Expected<ABIInfo> runClang(const Target &T,
                                          const SourcePrinter &Text);

  std::unique_ptr<SourcePrinter> Source;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_ABI_LOWERING_H
