//===- Lowering.h - What a target makes of types and signatures -*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   types, signatures ──▶ Unit ──C++ without headers──▶ Clang, for a triple
//                          ──record layout, CodeGen's lowering──▶ Answers
//
// No rule of any ABI stands here: Clang is asked. A Unit is printed once and
// compiled once for each target, and answers for everything in it.
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
};

/// How an argument or a result travels, in the words of Clang's ABIArgInfo.
struct ValueLowering {
  enum Kind : uint8_t {
    Ignored,  ///< not at all
    Direct,   ///< as the values that Registers lists
    Extended, ///< as Direct, widened to a register by the one who passes it
    Expanded, ///< field by field, as if each were an argument
    Indirect, ///< by the address of a copy; a result in the caller's memory
    Copied,   ///< as a copy among the stack's arguments
  };
  Kind How = Ignored;
  bool IsSigned = false; ///< of Extended: how
  bool InReg = false;    ///< x86: in a register where others go on the stack
  /// The value has a layout that only .NET can state (overlapping fields, or
  /// more bytes than fields), and C++ has no struct that surely travels alike.
  bool IsGuess = false;
  /// LLVM's types, of Direct, Extended and Expanded: "i64", "[2 x float]".
  std::string Registers;
  /// The same for comparing: two values of one size for which it is equal
  /// arrive in the same places. A small integer and a large one that both
  /// take one general register are equal here, as are a double and a vector of
  /// two floats; on WebAssembly, where calls are typed, i32 and i64 are not.
  /// It says less about arguments on the stack: see Answers::packsStack.
  std::string Places;

  bool operator==(const ValueLowering &) const = default;
};
/// Prints "in registers as [2 x float]", "through memory".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const ValueLowering &V);

struct SignatureLowering {
  /// LLVM's number for the convention that is left after a target has ignored
  /// what it does not know: equal numbers, equal conventions.
  unsigned Convention = 0;
  ValueLowering Result;
  std::vector<ValueLowering> Params;

  bool operator==(const SignatureLowering &) const = default;
};

class SourcePrinter;

/// The facts that Clang gives about a Unit for one target.
class Answers {
public:
  const DataModel &model() const { return Model; }
  /// Null for what has no layout that could be asked for: a record with a
  /// field of a type that this language has no words for.
  const Placement *placement(const RecordType &R) const;
  /// Null where a value of such a type is among the arguments, and where nobody
  /// asked because areAlike() answers for the pair.
  const SignatureLowering *signature(const FunctionType &F) const;
  /// Whether two signatures of a pair (Unit::addPair) have the same values up
  /// to the signs of numbers of 32 or 64 bits, and up to addresses in place of
  /// numbers of their width, and the target passes these alike. Most pairs are;
  /// each that is not asked about saves time on every target.
  bool areAlike(const FunctionType &A, const FunctionType &B) const;
  /// The size, in bits, of an enum whose declaration leaves its type to the
  /// target; 0: it was not asked for.
  unsigned enumBits(const EnumType &E) const;
  /// Whether arguments on the stack take no more bytes than they have, as in
  /// Apple's variant of AAPCS64: an int takes 4, but a struct of an int, which
  /// travels as an i64, takes 8. Only with equal Registers are they in the same
  /// places there.
  bool packsStack() const { return PacksStack; }

private:
  friend class Memory;
  friend class Unit;
  friend class Asker;
  DataModel Model;
  /// Many types can have the same text, and then share an answer.
  llvm::DenseMap<const Type *, unsigned> Index;
  std::vector<std::optional<Placement>> Placements;
  std::vector<std::optional<SignatureLowering>> Signatures;
  std::vector<unsigned> EnumBits;
  /// Numbers of signatures, which are equal for those that may be alike.
  llvm::DenseMap<const Type *, unsigned> Classes;
  /// Numbers and addresses of one width are passed alike.
  bool PassesByWidth = false;
  bool PacksStack = false;
};

/// Earlier answers. A host that checks a source after every edit asks about the
/// same types and signatures again and again. Several threads may use one at a
/// time.
class Memory {
public:
  /// Answers without types of a unit, which has the text that was asked about.
  using Entry = std::shared_ptr<const Answers>;
  Entry find(llvm::StringRef Source, llvm::StringRef Triple);
  void add(llvm::StringRef Source, llvm::StringRef Triple, Entry E);

private:
  using Key = std::pair<std::string, std::string>;
  /// Forgets everything now and then: an old text is rarely asked about again.
  static constexpr size_t Capacity = 512;
  std::mutex Lock;
  std::map<Key, Entry> Entries;
};

/// The main file of what Clang compiles to answer. A plugin finds itself asked
/// to look at it as well.
inline constexpr llvm::StringLiteral UnitFile = "/ilbridge-abi.cpp";

/// Types and signatures to ask about. They have to outlive it.
class Unit {
public:
  Unit();
  ~Unit();
  Unit(Unit &&);

  /// Adds a type that lies in memory, with what it is made of. Pointers are
  /// not followed.
  void add(const Type &T);
  /// Adds a signature with its types.
  void add(const FunctionType &Signature);
  /// Adds two signatures that are to be compared with each other. If they are
  /// alike on a target, it is not asked about them: see Answers::areAlike.
  void addPair(const FunctionType &A, const FunctionType &B);

  /// Asks \p Known, unless null, or else Clang. The Error says that it does not
  /// know \p T.
  llvm::Expected<Answers> ask(const Target &T, Memory *Known = nullptr) const;

  /// The C++ text, for tests.
  llvm::StringRef source() const;

private:
  llvm::Expected<Answers> askClang(const Target &T) const;
  static llvm::Expected<Answers> askClang(const Target &T,
                                          const SourcePrinter &Text);

  std::unique_ptr<SourcePrinter> Source;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_ABI_LOWERING_H
