//===- SourcePrinter.cpp - Types as C++ without headers -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The text denotes the same types on every target, and the compiler computes
// what they consist of on each. Names are numbers and pointers are void *,
// because neither affects how something is laid out or passed.
//
//===----------------------------------------------------------------------===//

#include "SourcePrinter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <map>

namespace ilbridge::abi {

/// The text begins with these definitions. They define the meanings of
/// CharSet.Auto, CallingConvention.Winapi and NFloat, 16-bit floats and 128-bit
/// integers if the target has any, and a choice between two types by a
/// condition that only the compiler can evaluate. Lowering.cpp defines the
/// macros that it uses.
static constexpr llvm::StringLiteral Preamble =
    R"(#ifdef _WIN32
#define PLATFORM __attribute__((stdcall))
typedef char16_t auto_char;
#else
#define PLATFORM
typedef char auto_char;
#endif
#if __SIZEOF_POINTER__ == 8
typedef double pointer_float;
#else
typedef float pointer_float;
#endif
typedef PLATFORM void platform();
#ifdef __FLT16_MAX__
typedef _Float16 half;
#else
typedef unsigned short half;
#endif
#ifdef __SIZEOF_INT128__
typedef __int128 wide;
typedef unsigned __int128 unsigned_wide;
#else
struct __attribute__((aligned(16))) wide { long long parts[2]; };
typedef wide unsigned_wide;
#endif
template <bool, typename T, typename> struct choose { typedef T type; };
template <typename T, typename U> struct choose<false, T, U> { typedef U type; };
)";

/// Clang visits every value in a struct that is passed, so a few lines of
/// nested structs could keep it busy for a very long time. A record with more
/// values than this is not printed.
static constexpr unsigned MaxParts = 65'536;

SourcePrinter::SourcePrinter() : Text(Preamble.str()) {}

static std::optional<std::string> scalarWord(const ScalarType &T) {
  bool IsUnsigned = T.signedness() == Signedness::Unsigned;
  if (T.scalarClass() == ScalarType::Float)
    switch (T.width()) {
    case Width::W16:
      return "half";
    case Width::W32:
      return "float";
    case Width::W64:
      return "double";
    case Width::LongDouble:
      return "long double";
    case Width::Pointer:
      return "pointer_float";
    default: // not on every target
      return std::nullopt;
    }
  if (T.scalarClass() == ScalarType::Bool && T.width() == Width::W8)
    return "bool";
  if (T.scalarClass() == ScalarType::Character && T.width() == Width::W8 &&
      T.signedness() == Signedness::Target)
    return "char";
  switch (T.width()) {
  case Width::W8:
    return IsUnsigned ? "unsigned char" : "signed char";
  case Width::W16:
  case Width::Short:
    return IsUnsigned ? "unsigned short" : "short";
  case Width::W32:
  case Width::Int:
    return IsUnsigned ? "unsigned" : "int";
  case Width::W64:
  case Width::LongLong:
    return IsUnsigned ? "unsigned long long" : "long long";
  case Width::Long:
    return IsUnsigned ? "unsigned long" : "long";
  case Width::WChar:
    return "wchar_t";
  case Width::AutoChar:
    return "auto_char";
  case Width::Size:
    return IsUnsigned ? "__SIZE_TYPE__" : "__PTRDIFF_TYPE__";
  case Width::Pointer:
    return IsUnsigned ? "__UINTPTR_TYPE__" : "__INTPTR_TYPE__";
  case Width::W128:
    return IsUnsigned ? "unsigned_wide" : "wide";
  case Width::LongDouble:
    return std::nullopt;
  }
  llvm_unreachable("not a width");
}

void SourcePrinter::print(llvm::StringRef Definition, llvm::StringRef Name) {
  for (char C : Definition)
    C == '$' ? Text += Name : Text += C;
}

std::pair<unsigned, bool> SourcePrinter::number(const Type &T,
                                                llvm::StringRef Definition) {
  auto [It, IsNew] = Texts.try_emplace(Definition, Texts.size());
  Indices[&T] = It->second;
  return {It->second, IsNew};
}

void SourcePrinter::printRecordsIn(const RecordType &R) {
  auto Print = [&](const Type &Part) {
    const Type *Inner = &Part;
    while (const auto *A = llvm::dyn_cast<ArrayType>(Inner))
      Inner = A->element();
    auto Index = Indices.find(Inner);
    if (!llvm::isa<RecordType>(Inner) || Index == Indices.end())
      return;
    auto Waiting = Unprinted.find(Index->second);
    if (Waiting == Unprinted.end())
      return;
    std::string Definition = std::move(Waiting->second);
    Unprinted.erase(Waiting);
    printRecordsIn(llvm::cast<RecordType>(*Inner));
    print(Definition, "r" + std::to_string(Index->second));
  };
  for (const Base &B : R.Bases)
    Print(*B.Record);
  for (const Field &F : R.Fields)
    Print(*F.Ty);
}

/// Whether \p R is a vector of C++ that Clang has on every target.
static bool isVector(const RecordType &R) {
  if (!R.IsVector || !R.Layout || R.Fields.size() != 1)
    return false;
  const auto *All = llvm::dyn_cast<ArrayType>(R.Fields.front().Ty);
  const auto *One = All ? llvm::dyn_cast<ScalarType>(All->element()) : nullptr;
  return One && llvm::isPowerOf2_64(All->count()) && All->count() <= 64 &&
         (One->scalarClass() == ScalarType::Float
              ? One->width() == Width::W32 || One->width() == Width::W64
              : One->scalarClass() != ScalarType::Bool &&
                    One->width() <= Width::W64);
}

std::optional<std::string> SourcePrinter::word(const Type &T) {
  switch (T.kind()) {
  case Type::Void:
    return "void";
  case Type::Scalar:
    return scalarWord(llvm::cast<ScalarType>(T));
  case Type::Pointer:
    return "void *";
  case Type::Enum:
    // An enum with an underlying type is laid out and passed as that type.
    if (const auto &E = llvm::cast<EnumType>(T); E.IsFixed)
      return word(*E.Underlying);
    [[fallthrough]];
  case Type::Record: {
    char Letter = T.kind() == Type::Enum ? 'e' : 'r';
    const auto *R = llvm::dyn_cast<RecordType>(&T);
    const char *Member = R && isVector(*R) ? "::vector" : "";
    auto [It, IsNew] = Indices.try_emplace(&T, NoIndex);
    if (!IsNew) {
      if (It->second == NoIndex)
        return std::nullopt;
      return Letter + std::to_string(It->second) + Member;
    }
    std::optional<std::string> Definition =
        T.kind() == Type::Enum ? definition(llvm::cast<EnumType>(T))
                               : definition(llvm::cast<RecordType>(T));
    if (!Definition)
      return std::nullopt;
    auto [Index, IsNewText] = number(T, *Definition);
    const std::string Name = Letter + std::to_string(Index);
    if (!IsNewText)
      return Name + Member;
    if (std::optional<BuiltRecord> Plain = R ? built(*R) : std::nullopt) {
      Records[Index] = std::move(*Plain);
      Unprinted[Index] = *Definition;
      return Name;
    }
    if (R)
      printRecordsIn(*R);
    print(*Definition, Name);
    return Name + Member;
  }
  case Type::Array:
  case Type::Function:
  case Type::Opaque:
    return std::nullopt;
  }
  llvm_unreachable("not a type");
}

std::optional<std::string> SourcePrinter::declare(const Type &T,
                                                  const std::string &Name) {
  if (const auto *A = llvm::dyn_cast<ArrayType>(&T))
    return declare(*A->element(),
                   Name + "[" + std::to_string(A->count()) + "]");
  std::optional<std::string> Word = word(T);
  if (!Word || T.kind() == Type::Void)
    return std::nullopt;
  return *Word + " " + Name;
}

/// The smallest and the largest enumerator determine the type that the target
/// chooses for an enum whose declaration names no underlying type.
std::optional<std::string> SourcePrinter::definition(const EnumType &E) {
  if (E.Enumerators.empty())
    return "enum $ {};\n";
  auto [Least, Greatest] =
      std::minmax_element(E.Enumerators.begin(), E.Enumerators.end(),
                          [](const Enumerator &A, const Enumerator &B) {
                            return A.Value < B.Value;
                          });
  // The smallest value of 64 bits has no literal.
  auto Literal = [](int64_t Value) {
    return Value == INT64_MIN ? "-9223372036854775807 - 1"
                              : std::to_string(Value);
  };
  return "enum $ { $_least = " + Literal(Least->Value) +
         ", $_greatest = " + Literal(Greatest->Value) + " };\n";
}

/// Prints a record as its declaration in C++, including bit-fields, bases and
/// attributes.
std::optional<std::string> SourcePrinter::natural(const RecordType &R) {
  std::string Result = R.TheTag == RecordType::Union ? "union __attribute__(("
                                                     : "struct __attribute__((";
  llvm::ListSeparator Comma;
  if (R.IsPacked)
    Result += (llvm::StringRef(Comma) + "packed").str();
  if (R.IsMsStruct)
    Result += (llvm::StringRef(Comma) + "ms_struct").str();
  if (R.Align)
    Result += (llvm::StringRef(Comma) + "aligned(" + llvm::Twine(R.Align) + ")")
                  .str();
  Result += ")) $";
  bool HasPolymorphicBase = false;
  for (const Base &B : R.Bases) {
    std::optional<std::string> Word = word(*B.Record);
    if (!Word)
      return std::nullopt;
    Result += (&B == &R.Bases.front() ? " : " : ", ");
    Result += (B.IsVirtual ? "virtual public " : "public ") + *Word;
    HasPolymorphicBase |= B.Record->IsPolymorphic;
  }
  Result += " {\n";
  if (R.IsPolymorphic && !HasPolymorphicBase)
    Result += "  virtual void v();\n";
  if (R.HasConstructors)
    Result += "  $();\n";
  if (!R.IsTriviallyCopyable)
    Result += "  ~$();\n";
  // In C, an empty struct has a size of 0 bytes.
  if (R.Fields.empty() && R.Layout && R.Layout->Size == 0)
    Result += "  char none[0];\n";
  bool IsPublic = true; // until a label changes it
  for (const auto &[I, F] : llvm::enumerate(R.Fields)) {
    bool IsPadding = F.BitWidth && F.Name.empty();
    std::optional<std::string> Field =
        declare(*F.Ty, IsPadding ? "" : "f" + std::to_string(I));
    if (!Field)
      return std::nullopt;
    if (F.IsPublic != IsPublic)
      Result += F.IsPublic ? "public: " : "private: ";
    IsPublic = F.IsPublic;
    if (F.IsNoUniqueAddress)
      Result += "[[no_unique_address]] ";
    Result += *Field;
    if (F.BitWidth)
      Result += " : " + std::to_string(*F.BitWidth);
    if (F.IsPacked)
      Result += " __attribute__((packed))";
    if (F.Align)
      Result += " __attribute__((aligned(" + std::to_string(F.Align) + ")))";
    Result += ";\n";
  }
  return Result + "};\n";
}

/// A member for the bytes before a field of a packed struct.
static std::string before(uint64_t Offset, size_t Index) {
  if (!Offset)
    return "";
  std::string Number = std::to_string(Offset);
  return "char before" + Number + "_" + std::to_string(Index) + "[" + Number +
         "]; ";
}

/// A record with explicit offsets or an explicit size, which only .NET has. If
/// C++ would choose the same offsets for a struct with unions for overlapping
/// fields, it becomes that struct. Otherwise it becomes a struct with these
/// offsets, whose argument lowering is a guess.
std::optional<std::string> SourcePrinter::placed(const RecordType &R) {
  std::map<uint64_t, std::vector<std::string>> ByOffset;
  std::vector<std::string> InOrder;
  std::string IsPlain = "sizeof($_plain) >= " + std::to_string(R.MinSize);
  std::string Aligned;
  for (const auto &[I, F] : llvm::enumerate(R.Fields)) {
    std::string Name = "f" + std::to_string(I);
    std::optional<std::string> Field = declare(*F.Ty, Name);
    if (!Field)
      return std::nullopt;
    InOrder.push_back(*Field + ";");
    if (!F.ExplicitOffset)
      continue;
    ByOffset[*F.ExplicitOffset].push_back(*Field + ";");
    IsPlain += " && __builtin_offsetof($_plain, " + Name +
               ") == " + std::to_string(*F.ExplicitOffset);
    // Gives the whole struct the alignment of the field, within the limit of
    // Pack.
    Aligned += "  " + *declare(*F.Ty, "a" + std::to_string(I)) + ";\n";
  }
  std::string Plain, Placed;
  if (ByOffset.empty()) {
    Plain = "  " + llvm::join(InOrder, "\n  ") + "\n";
    std::string Size = std::to_string(R.MinSize);
    Placed = "struct $_placed {\n" + Plain + "  char rest[sizeof($_plain) < " +
             Size + " ? " + Size +
             " - (sizeof($_plain) > 1 ? sizeof($_plain) : 0) : 1];\n};\n";
  } else {
    Placed = "union $_placed {\n" + Aligned;
    for (const auto &[Offset, Fields] : ByOffset) {
      Plain += Fields.size() > 1
                   ? "  union { " + llvm::join(Fields, " ") + " };\n"
                   : "  " + Fields.front() + "\n";
      for (const std::string &Field : Fields)
        Placed += "  struct __attribute__((packed)) { " +
                  before(Offset, &Field - Fields.data()) + Field + " };\n";
    }
    Placed += "  char whole[" +
              std::to_string(std::max<uint64_t>(R.MinSize, 1)) + "];\n};\n";
  }
  return "struct $_plain {\n" + Plain + "};\n" + Placed + "typedef choose<(" +
         IsPlain + "), $_plain, $_placed>::type $;\n";
}

unsigned SourcePrinter::parts(const Type &T) const {
  const Type *Inner = &T;
  while (const auto *A = llvm::dyn_cast<ArrayType>(Inner))
    Inner = A->element();
  return std::max(1u, Parts.lookup(Inner));
}

/// Prints a struct that contains the vector and has the vector's size and
/// alignment. A parameter or field has the type of the vector itself.
std::optional<std::string> SourcePrinter::vector(const RecordType &R) {
  const auto &All = llvm::cast<ArrayType>(*R.Fields.front().Ty);
  std::optional<std::string> Element = word(*All.element());
  if (!Element)
    return std::nullopt;
  return "struct $ {\n  typedef " + *Element +
         " vector __attribute__((ext_vector_type(" +
         std::to_string(All.count()) + ")));\n  vector f0;\n};\n";
}

std::optional<std::string> SourcePrinter::definition(const RecordType &R) {
  if (isVector(R)) {
    Parts[&R] = 1;
    return vector(R);
  }
  bool IsPlaced = R.MinSize || llvm::any_of(R.Fields, [](const Field &F) {
                    return F.ExplicitOffset.has_value();
                  });
  std::optional<std::string> Definition = IsPlaced ? placed(R) : natural(R);
  unsigned Sum = 0;
  for (const Base &B : R.Bases)
    Sum = std::min(MaxParts + 1, Sum + parts(*B.Record));
  for (const Field &F : R.Fields)
    Sum = std::min(MaxParts + 1, Sum + parts(*F.Ty));
  if (Sum > MaxParts)
    return std::nullopt;
  Parts[&R] = Sum;
  if (!Definition || !R.Pack)
    return Definition;
  return "#pragma pack(push, " + std::to_string(R.Pack) + ")\n" + *Definition +
         "#pragma pack(pop)\n";
}

} // namespace ilbridge::abi
