//===- Type.h - The type language of both sides -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C# and C++ types are never compared with each other. Both lower into the
// types of this file, which describe a value that crosses the boundary,
// independent of its language. They do not depend on a target: `long` stays
// `long`, and a DataModel or Clang provides its width on a target.
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

/// The reason why a declaration can be different on another target.
struct Variation {
  std::string Of; ///< the name of the declaration that varies: "time_t"
  /// The C library declares it, so it is known for the scanned target only.
  bool IsOfSystem = false;
  /// Sorted predefined macros. The declaration is equal on every target on
  /// which all of them have the same value as on the scanned target.
  std::vector<std::string> Macros = {};

  bool empty() const { return !IsOfSystem && Macros.empty(); }
  /// Combines both reasons; keeps the name of this one if it has one.
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
  /// The reason why the type or a part of it can differ on another target;
  /// null: it is the same on all targets. Pointees, array elements, and
  /// parameters and results of functions are not considered.
  const Variation *variation() const { return Varies; }
  virtual ~Type() = default;
  Type &operator=(const Type &) = delete;

protected:
  explicit Type(Kind K) : TheKind(K) {}
  Type(const Type &) = default; // for TypeContext::varied

private:
  friend class TypeContext;
  Kind TheKind;
  const Variation *Varies = nullptr;
};

/// Prints a type in C notation without widths: "int32", "long", "Vec3 *".
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
  /// They affect the type of a declaration, but not the value that is passed.
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

/// Calling conventions that a declaration can name. Except on 32-bit x86, most
/// of them mean the target's only convention.
enum class CallingConvention : uint8_t {
  C,
  StdCall,
  ThisCall,
  FastCall,
  VectorCall,
  Swift,
  Managed, ///< the runtime's own, which native code cannot call
  Other,   ///< one that managed code cannot express
};
/// "cdecl", "stdcall", …: the name in facts, manifests and messages.
llvm::StringRef name(CallingConvention CC);
std::optional<CallingConvention> callingConvention(llvm::StringRef Name);

/// The type of a function; values are pointers to it.
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

  /// Sets the types after creation: a function can take the address of a struct
  /// that contains a pointer to this function type.
  void complete(const Type *ItsResult, std::vector<const Type *> ItsParams) {
    Result = ItsResult;
    Params = std::move(ItsParams);
  }

  const Type *result() const { return Result; }
  llvm::ArrayRef<const Type *> params() const { return Params; }
  /// The convention on the target for which the declaration was read.
  CallingConvention convention() const { return CC; }
  /// The convention as declared, even if that target ignores it; nullopt: the
  /// platform's default, which is __stdcall on Windows and C's elsewhere.
  std::optional<CallingConvention> statedConvention() const { return Stated; }
  /// The reason why the convention can differ on other targets; null: none.
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

/// The header that generated code includes for a declaration.
struct Header {
  std::string File; ///< its path; empty: declared in no header
  /// The name in an #include, by the include path of the compile command:
  /// "game/math.h". Empty if the header is not found on that path.
  std::string Include;
  bool Angled = false;

  explicit operator bool() const { return !File.empty(); }
  auto operator<=>(const Header &) const = default;
};

/// The properties that a named declaration has on either side.
struct Declaration {
  /// The name with its scopes, outermost first: {"game", "Vec3"}. The last
  /// element is empty for an unnamed type.
  std::vector<std::string> Path;
  /// The number of innermost scopes that are classes.
  unsigned ClassScopes = 0;
  Location Where;
  Header DeclaredIn;
  /// The text of its documentation comment (`///` or `/** */`) without the
  /// comment characters; empty if there is none.
  std::string Comment = {};

  std::string qualifiedName(llvm::StringRef Separator = "::") const;
};

struct Enumerator {
  std::string Name;
  int64_t Value;
};

/// The source range of a type that one edit replaces: [Begin, End) in the file
/// of the declaration. Invalid if one edit is not sufficient.
struct WrittenType {
  Position Begin, End;
  bool isValid() const { return Begin.Line; }
};

class EnumType : public Type {
public:
  EnumType(Declaration D, const Type *Underlying)
      : Type(Enum), Decl(std::move(D)), Underlying(Underlying) {}

  Declaration Decl;
  /// The underlying type. An empty range after the name if none is written.
  WrittenType Written;
  /// The type as which its values are passed.
  const Type *Underlying;
  /// The declaration states the underlying type. Otherwise, a target may select
  /// a different type from the values of the enumerators.
  bool IsFixed = false;
  bool IsScoped = false;
  std::vector<Enumerator> Enumerators;

  static bool classof(const Type *T) { return T->kind() == Enum; }
};

/// Size and alignment of a record in bytes, on one target.
struct RecordLayout {
  uint64_t Size;
  uint64_t Align;
  bool operator==(const RecordLayout &) const = default;
};

/// A parameter, a result or a field: a type, with its spelling in the source
/// and the location of the spelling.
struct Value {
  std::string Name; ///< empty: it has none
  const Type *Ty = nullptr;
  std::string Spelling;
  Location Where;
  WrittenType Written = {}; ///< only for numbers
  /// The declared length, in elements, of a parameter that C declares as an
  /// array and adjusts to a pointer; nullopt for every other value.
  std::optional<uint64_t> Bound = {};
  /// The parameter receives the number of elements of the previous parameter:
  /// C# passes one string or one array for both (ILBRIDGE_LENGTH).
  bool IsLength = false;
};

struct Field : Value {
  std::optional<unsigned> BitWidth; ///< for a bit-field, in bits
  unsigned Align = 0;               ///< the value of alignas, in bytes; 0: none
  bool IsPacked = false;            ///< __attribute__((packed))
  bool IsNoUniqueAddress = false;   ///< [[no_unique_address]]
  bool IsPublic = true;             ///< generated code may name it
  std::optional<uint64_t> ExplicitOffset; ///< [FieldOffset], in bytes
  /// The offset on the target for which the declaration was read, in bits.
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
  /// Whether its author declared constructors. Microsoft's compiler returns
  /// such a class through memory.
  bool HasConstructors = false;
  /// StructLayout.Size: the minimum size in bytes; 0: none.
  uint64_t MinSize = 0;
  /// Whether it is a vector of the processor, in C++ or in
  /// System.Runtime.Intrinsics. In the latter, it is aligned to its MinSize,
  /// but to at most DataModel::VectorAlign.
  bool IsVector = false;
  /// The layout on the target for which the declaration was read.
  std::optional<RecordLayout> Layout;
  /// The pointer to the elements that a std::basic_string_view, or a std::span
  /// with dynamic extent, contains in addition to their number. Null for other
  /// classes.
  const Type *Elements = nullptr;

  static bool classof(const Type *T) { return T->kind() == Record; }
};

/// The kinds of objects on the managed heap that have a C++ type of their own
/// in some runtime.
enum class ObjectKind : uint8_t {
  None, ///< no object
  String,
  Array,
  Type,      ///< System.Type
  Delegate,  ///< a delegate of any type
  Exception, ///< System.Exception
  Any,       ///< System.Object, or a type that represents every object
  Other,     ///< an object of another class
};

/// Returns the pointer to elements that \p T is, or that a view with dynamic
/// extent contains (RecordType::Elements). Null for other types.
const PointerType *elementPointer(const Type &T);

/// A type of which only the name is known, so it can only be passed by address:
/// an incomplete class, or an object on the managed heap.
class OpaqueType : public Type {
public:
  explicit OpaqueType(Declaration D, ObjectKind Object = ObjectKind::None)
      : Type(Opaque), Decl(std::move(D)), Object(Object) {}
  Declaration Decl;
  /// Set for managed types only.
  ObjectKind Object;
  static bool classof(const Type *T) { return T->kind() == Opaque; }
};

/// Returns the first variation for which \p Hold is false, of a value of \p T
/// or of a call of that function; null if there is none. Pointers are not
/// followed.
const Variation *
findVariation(const Type &T, llvm::function_ref<bool(const Variation &)> Holds);

/// Owns types. A pointer to a type is valid as long as its context.
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

  /// Stores a variation with the types; null if it is empty.
  const Variation *keep(Variation V);
  /// Adds a reason why \p T varies.
  void vary(Type &T, const Variation &V);
  /// \returns a copy of \p T for a declaration that varies, although \p T
  /// itself may not vary. A record that is still incomplete is not copied.
  const Type *varied(const Type &T, const Variation &V);
  /// The same for the calling convention of a function type or of a pointer to
  /// one; other types are returned unchanged.
  const Type *withConvention(const Type &T, const Variation &V);

private:
  Type *copy(const Type &T);
  template <typename T> Type *copy(const Type &Of);

  std::vector<std::unique_ptr<Type>> Types;
  std::vector<std::unique_ptr<const Variation>> Variations;
};

} // namespace ilbridge

#endif // ILBRIDGE_TYPE_TYPE_H
