//===- Type.h - The language both sides speak of values ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C# and C++ types are never compared with each other. Both lower into the
// types of this file, which say what a value is as it crosses the boundary and
// nothing of the language it came from. They are target-neutral: `long` stays
// `long`, and a DataModel or Clang says later how wide that is somewhere.
//
// Types are immutable once made, live in a TypeContext and are referred to by
// pointer. Records and enums have identity; everything else is structural.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TYPE_TYPE_H
#define ILBRIDGE_TYPE_TYPE_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/type/DataModel.h"
#include "llvm/Support/Casting.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ilbridge {

/// Why a declaration that was read for one target may be another one elsewhere.
struct Variation {
  std::string Of; ///< what varies, as its author calls it: "time_t"
  /// The C library declares it for its own system: nothing is known elsewhere.
  bool IsOfSystem = false;
  /// Macros that compilers predefine, or do not: where all of them are as on
  /// the target that was read, so is the declaration. Sorted.
  std::vector<std::string> Macros = {};

  bool empty() const { return !IsOfSystem && Macros.empty(); }
  /// Makes it the reason for both; keeps its own name if it has one.
  void add(const Variation &Other);
  bool operator==(const Variation &) const = default;
};

/// The base of all types. Cast with llvm::isa, cast and dyn_cast.
class Type {
public:
  enum Kind : uint8_t {
    Void,
    Scalar,
    Pointer,
    Function,
    Enum,
    Array,
    Record,
    Opaque,
  };
  Kind kind() const { return TheKind; }
  /// Why a value of it may be another one on a target that it was not read for,
  /// with what it is made of; null: it is the same everywhere. Pointers are not
  /// followed, nor are elements of arrays and values of functions.
  const Variation *variation() const { return Varies; }
  virtual ~Type() = default;
  Type &operator=(const Type &) = delete;

protected:
  explicit Type(Kind K) : TheKind(K) {}
  Type(const Type &) = default; // of TypeContext::varied

private:
  friend class TypeContext;
  Kind TheKind;
  const Variation *Varies = nullptr;
};

/// Prints a type in C's words, target-neutral: "int32", "long", "Vec3 *".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Type &T);
std::string toString(const Type &T);

class VoidType : public Type {
public:
  VoidType() : Type(Void) {}
  static bool classof(const Type *T) { return T->kind() == Void; }
};

/// An integer, character, bool or floating-point number.
class ScalarType : public Type {
public:
  enum Class : uint8_t { Bool, Character, Integer, Float };
  ScalarType(Class C, Width W, Signedness S)
      : Type(Scalar), TheClass(C), TheWidth(W), Sign(S) {}

  Class scalarClass() const { return TheClass; }
  Width width() const { return TheWidth; }
  /// Signed for Float; Unsigned for Bool.
  Signedness signedness() const { return Sign; }
  bool isSigned(const DataModel &Model) const;

  static bool classof(const Type *T) { return T->kind() == Scalar; }

private:
  Class TheClass;
  Width TheWidth;
  Signedness Sign;
};

/// A pointer or a reference. Both pass an address; they differ in how
/// generated code forms the argument.
struct Qualifiers {
  bool Const = false;
  bool Volatile = false;
  bool operator==(const Qualifiers &) const = default;
};

class PointerType : public Type {
public:
  enum Form : uint8_t { Pointer, Reference, RValueReference };
  PointerType(const Type *Pointee, Qualifiers PointeeIs, Form F)
      : Type(Type::Pointer), Pointee(Pointee), PointeeIs(PointeeIs),
        TheForm(F) {}

  const Type *pointee() const { return Pointee; }
  /// Nothing that is passed depends on them; a declaration's exact type does.
  Qualifiers pointeeQualifiers() const { return PointeeIs; }
  bool pointeeIsConst() const { return PointeeIs.Const; }
  Form form() const { return TheForm; }

  static bool classof(const Type *T) { return T->kind() == Type::Pointer; }

private:
  friend class TypeContext;
  const Type *Pointee;
  Qualifiers PointeeIs;
  Form TheForm;
};

/// Calling conventions that a declaration can name. On all targets but 32-bit
/// x86 most of them mean the target's only one.
enum class CallingConvention : uint8_t {
  C,
  StdCall,
  ThisCall,
  FastCall,
  VectorCall,
  Swift,
  Managed, ///< the runtime's own, which native code cannot call
  Other,   ///< one that managed code has no word for
};
/// "cdecl", "stdcall", …: the word in facts, manifests and messages.
llvm::StringRef name(CallingConvention CC);
std::optional<CallingConvention> callingConvention(llvm::StringRef Name);

/// A function's type; values point to it.
class FunctionType : public Type {
public:
  FunctionType(const Type *Result, std::vector<const Type *> Params,
               CallingConvention CC, bool Variadic)
      : FunctionType(Result, std::move(Params), CC, CC, Variadic) {}
  FunctionType(const Type *Result, std::vector<const Type *> Params,
               CallingConvention CC, std::optional<CallingConvention> Stated,
               bool Variadic)
      : Type(Function), Result(Result), Params(std::move(Params)), CC(CC),
        Stated(Stated), Variadic(Variadic) {}

  /// Sets what was not known when it was made: a function can take the address
  /// of a struct that has a pointer to that function.
  void complete(const Type *ItsResult, std::vector<const Type *> ItsParams) {
    Result = ItsResult;
    Params = std::move(ItsParams);
  }

  const Type *result() const { return Result; }
  llvm::ArrayRef<const Type *> params() const { return Params; }
  /// On the target that the declaration was read for.
  CallingConvention convention() const { return CC; }
  /// As declared, which that target may ignore; nullopt: the platform's own,
  /// which is __stdcall on Windows and C's elsewhere.
  std::optional<CallingConvention> statedConvention() const { return Stated; }
  /// Why it may be declared with another convention elsewhere; null: it is not.
  const Variation *conventionVariation() const { return ConventionVaries; }
  bool isVariadic() const { return Variadic; }

  static bool classof(const Type *T) { return T->kind() == Function; }

private:
  const Type *Result;
  std::vector<const Type *> Params;
  CallingConvention CC;
  std::optional<CallingConvention> Stated;
  bool Variadic;
  friend class TypeContext;
  const Variation *ConventionVaries = nullptr;
};

class ArrayType : public Type {
public:
  ArrayType(const Type *Element, uint64_t Count)
      : Type(Array), Element(Element), Count(Count) {}

  const Type *element() const { return Element; }
  uint64_t count() const { return Count; }

  static bool classof(const Type *T) { return T->kind() == Array; }

private:
  const Type *Element;
  uint64_t Count;
};

/// The header through which generated code can see a declaration.
struct Header {
  std::string File; ///< its path; empty: declared in no header
  /// As #include names it along the include path of the compile command:
  /// "game/math.h". Empty where that path does not lead to it.
  std::string Include;
  bool Angled = false;

  explicit operator bool() const { return !File.empty(); }
  auto operator<=>(const Header &) const = default;
};

/// The properties that a named declaration has on either side.
struct Declaration {
  /// Name with its scopes, outermost first: {"game", "Vec3"}. The last one is
  /// empty where the type has no name of its own.
  std::vector<std::string> Path;
  /// How many of the scopes are classes: the last ones before the name.
  unsigned ClassScopes = 0;
  Location Where;
  Header DeclaredIn;

  std::string qualifiedName(llvm::StringRef Separator = "::") const;
};

struct Enumerator {
  std::string Name;
  int64_t Value;
};

/// The source range of a type that one edit replaces: [Begin, End) in the file
/// of the declaration. Invalid if more would have to change.
struct WrittenType {
  Position Begin, End;
  bool isValid() const { return Begin.Line; }
};

class EnumType : public Type {
public:
  EnumType(Declaration D, const Type *Underlying)
      : Type(Enum), Decl(std::move(D)), Underlying(Underlying) {}

  Declaration Decl;
  /// The underlying type. Empty behind the enum's name where none is written.
  WrittenType Written;
  /// The type that a value of it is passed as.
  const Type *Underlying;
  /// The declaration names the underlying type; where it does not, a target
  /// may choose another from the enumerators' values.
  bool IsFixed = false;
  bool IsScoped = false;
  std::vector<Enumerator> Enumerators;

  static bool classof(const Type *T) { return T->kind() == Enum; }
};

/// Size and alignment in bytes, as one target lays a record out.
struct RecordLayout {
  uint64_t Size;
  uint64_t Align;
  bool operator==(const RecordLayout &) const = default;
};

/// A parameter, a result or a field: a type, with the words its author wrote
/// for it and the place where they stand.
struct Value {
  std::string Name; ///< empty where it has none
  const Type *Ty = nullptr;
  std::string Spelling;
  Location Where;
  WrittenType Written = {}; ///< only of numbers
  /// The declared length, in elements, of a parameter that C declares as an
  /// array and adjusts to a pointer; nullopt for every other value.
  std::optional<uint64_t> Bound = {};
  /// A parameter that gets the number of elements of the parameter before it:
  /// C# passes both as one string or one array (ILBRIDGE_LENGTH).
  bool IsLength = false;
};

struct Field : Value {
  std::optional<unsigned> BitWidth;       ///< of a bit-field, in bits
  unsigned Align = 0;                     ///< of alignas, in bytes; 0: none
  bool IsPacked = false;                  ///< __attribute__((packed))
  bool IsNoUniqueAddress = false;         ///< [[no_unique_address]]
  bool IsPublic = true;                   ///< generated code may name it
  std::optional<uint64_t> ExplicitOffset; ///< [FieldOffset], in bytes
  /// On the target that the declaration was read for, in bits.
  std::optional<uint64_t> Offset;
};

struct Base {
  const class RecordType *Record;
  bool IsVirtual = false;
  std::optional<uint64_t> Offset; ///< in bytes, as Field::Offset
};

/// A struct, class or union, by value.
class RecordType : public Type {
public:
  enum Tag : uint8_t { Struct, Class, Union };
  RecordType(Declaration D, Tag T)
      : Type(Record), Decl(std::move(D)), TheTag(T) {}

  Declaration Decl;
  Tag TheTag;
  std::vector<Base> Bases;
  std::vector<Field> Fields;
  unsigned Pack = 0;     ///< #pragma pack or StructLayout.Pack, bytes; 0: none
  unsigned Align = 0;    ///< alignas, in bytes; 0: none
  bool IsPacked = false; ///< __attribute__((packed))
  bool IsMsStruct = false; ///< __attribute__((ms_struct))
  bool IsPolymorphic = false;
  bool IsTriviallyCopyable = true;
  bool IsStandardLayout = true;
  /// Provided by its author: Microsoft's compiler returns it through memory.
  bool HasConstructors = false;
  /// StructLayout.Size: the least size in bytes; 0: none.
  uint64_t MinSize = 0;
  /// On the target that the declaration was read for.
  std::optional<RecordLayout> Layout;
  /// The pointer to the elements that a std::basic_string_view, or a std::span
  /// of any length, holds beside their number. Null for other classes.
  const Type *Elements = nullptr;

  static bool classof(const Type *T) { return T->kind() == Record; }
};

/// The kinds of objects of the managed heap, as far as runtimes have C++ types
/// of their own for them.
enum class ObjectKind : uint8_t {
  None, ///< no object
  String,
  Array,
  Type,      ///< System.Type
  Delegate,  ///< of any delegate type
  Exception, ///< System.Exception
  Any,       ///< System.Object, or a type that stands for every object
  Other,     ///< of another class
};

/// The pointer to elements that \p T is, or that a view of any number of them
/// holds (RecordType::Elements). Null for other types.
const PointerType *elementPointer(const Type &T);

/// Something of which only the name is known, so that only an address of it
/// can be passed: an incomplete class, an object of the managed heap.
class OpaqueType : public Type {
public:
  explicit OpaqueType(Declaration D, ObjectKind Object = ObjectKind::None)
      : Type(Opaque), Decl(std::move(D)), Object(Object) {}
  Declaration Decl;
  /// Set for managed types only.
  ObjectKind Object;
  static bool classof(const Type *T) { return T->kind() == Opaque; }
};

/// The first reason that does not \p Hold why a value of \p T, or a call of
/// that function, may be another one elsewhere; null: there is none. Pointers
/// are not followed.
const Variation *
findVariation(const Type &T, llvm::function_ref<bool(const Variation &)> Holds);

/// Owns types. Whoever keeps a type pointer keeps its context alive.
class TypeContext {
public:
  TypeContext() = default;
  TypeContext(TypeContext &&) = default;
  TypeContext &operator=(TypeContext &&) = default;

  template <typename T, typename... Args> T *make(Args &&...A) {
    auto Owned = std::make_unique<T>(std::forward<Args>(A)...);
    T *Raw = Owned.get();
    Types.push_back(std::move(Owned));
    return Raw;
  }

  /// Keeps a reason for as long as the types; null if it is none.
  const Variation *keep(Variation V);
  /// Adds a reason why \p T varies.
  void vary(Type &T, const Variation &V);
  /// \p T as a declaration has it that varies while \p T itself need not: a
  /// copy. A record that is still being filled stays as it is.
  const Type *varied(const Type &T, const Variation &V);
  /// The same for the convention of a function, or of that which a pointer
  /// points to; other types stay as they are.
  const Type *withConvention(const Type &T, const Variation &V);

private:
  Type *copy(const Type &T);
  template <typename T> Type *copy(const Type &Of);

  std::vector<std::unique_ptr<Type>> Types;
  std::vector<std::unique_ptr<const Variation>> Variations;
};

} // namespace ilbridge

#endif // ILBRIDGE_TYPE_TYPE_H
