//===- Conversions.cpp - Conversions of values in generated code ----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Conversions.h"
#include "CxxType.h"
#include "ObjectThunks.h"

namespace ilbridge::emit {

using match::Argument;
using match::Binding;
using match::isSameInteger;
using match::Passing;

const ScalarType *rawScalar(const Argument &A) {
  const Type *T = A.Raw;
  if (const auto *E = llvm::dyn_cast<EnumType>(T))
    T = E->Underlying;
  return llvm::dyn_cast<ScalarType>(T);
}

std::string slotType(const ScalarType &Raw) {
  switch (Raw.scalarClass()) {
  case ScalarType::Bool: // a C++ bool can only be 0 or 1
    return "uint8_t";
  case ScalarType::Character:
    return "uint16_t";
  default:
    return declare(Raw);
  }
}

bool isSmall(const ScalarType &Raw) {
  return Raw.scalarClass() == ScalarType::Bool || Raw.width() == Width::W8 ||
         Raw.width() == Width::W16;
}

bool isBool(const Type &T) {
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  return S && S->scalarClass() == ScalarType::Bool;
}

std::string asPointer(const Type &Native) {
  const auto &P = llvm::cast<PointerType>(Native);
  return declare(
      PointerType(P.pointee(), P.pointeeQualifiers(), PointerType::Pointer));
}

static std::string pointee(const PointerType &P) {
  if (!P.pointeeIsConst())
    return declare(*P.pointee());
  return llvm::isa<PointerType>(P.pointee()) ? declare(*P.pointee(), "const")
                                             : "const " + declare(*P.pointee());
}

std::string pointee(const Type &Native) {
  return pointee(*elementPointer(Native));
}

/// Whether [MarshalAs] makes it a VARIANT_BOOL, whose value for true is -1.
static bool isVariantBool(const Argument &A) {
  return A.Managed && A.Managed->Marshal &&
         A.Managed->Marshal->Native == ecma335::NATIVE_TYPE_VARIANTBOOL;
}

bool takesLength(const Argument &A) {
  switch (A.How) {
  case Passing::Utf8:
  case Passing::Utf16:
  case Passing::Elements:
    return A.Length || llvm::isa<RecordType>(A.Native->Ty);
  case Passing::Fields:
    return A.Element && (A.Length || llvm::isa<RecordType>(A.Native->Ty));
  default:
    return false;
  }
}

bool isSmallInStruct(const Argument &Result) {
  if (Result.How != Passing::Record)
    return false;
  const ScalarType *Raw = rawScalar(Result);
  return Raw && isSmall(*Raw);
}

//===----------------------------------------------------------------------===//
// The text of values
//===----------------------------------------------------------------------===//

static bool pointsToChar(const PointerType &P) {
  const auto *S = llvm::dyn_cast<ScalarType>(P.pointee());
  return S && S->scalarClass() == ScalarType::Character &&
         S->signedness() == Signedness::Target;
}

/// Returns the elements of a string or an array, followed by the length if C++
/// takes it.
static std::string useElements(const Argument &A, const std::string &Local) {
  const Type &Native = *A.Native->Ty;
  const PointerType &Pointer = *elementPointer(Native);
  std::string First = Local, Length = "length_of(" + Local + ")";
  if (A.How == Passing::Utf8) {
    First += ".get()";
    if (!pointsToChar(Pointer))
      First = "reinterpret_cast<" + declare(Pointer) + ">(" + First + ")";
    Length = Local + ".length()";
  } else if (A.How == Passing::Fields) {
    First += ".as<" + pointee(Native) + ">()";
    Length = Local + ".count()";
  } else {
    First = (A.How == Passing::Utf16 ? "utf16<" : "elements<") +
            pointee(Native) + ">(" + Local + ")";
  }
  if (llvm::isa<RecordType>(Native))
    return declare(Native) + "(" + First + ", " + Length + ")";
  return A.Length ? First + ", static_cast<" + declare(*A.Length->Ty) + ">(" +
                        Length + ")"
                  : First;
}

std::string useConverted(const Argument &A, const std::string &Local) {
  const Type &Native = *A.Native->Ty;
  switch (A.How) {
  case Passing::Cast: {
    const ScalarType *Raw = rawScalar(A);
    if (!Raw)
      return Local;
    if (isBool(Native))
      return Local + " != 0";
    if (isBool(*Raw)) // any nonzero byte is true
      return "static_cast<" + declare(Native) + ">(" + Local +
             (isVariantBool(A) ? " != 0 ? -1 : 0)" : " != 0)");
    bool IsSame =
        declare(Native) == slotType(*Raw) || isSameInteger(Native, *Raw);
    return IsSame ? Local
                  : "static_cast<" + declare(Native) + ">(" + Local + ")";
  }
  case Passing::Dereferenced:
    return "*" + Local;
  case Passing::Unwrapped: {
    std::string Object = castToClass(*A.Object, Local + ".address");
    return llvm::cast<PointerType>(Native).form() == PointerType::Pointer
               ? Object
               : "*" + Object;
  }
  case Passing::Fields: {
    if (A.Element)
      return useElements(A, Local);
    const auto *Pointer = llvm::dyn_cast<PointerType>(&Native);
    if (!Pointer)
      return "*" + Local + ".as<" + declare(Native) + ">()";
    std::string First = Local + ".as<" + pointee(*Pointer) + ">()";
    return Pointer->form() == PointerType::Pointer ? First : "*" + First;
  }
  case Passing::Callback:
    return "reinterpret_cast<" + declare(Native) + ">(" + Local + ")";
  case Passing::Utf8:
  case Passing::Utf16:
  case Passing::Elements:
    return useElements(A, Local);
  default:
    return Local;
  }
}

std::string resultAs(const ScalarType &Raw, const Type &Native,
                     const std::string &Value) {
  if (isBool(Raw))
    return Value + (isBool(Native) ? " ? 1 : 0" : " != 0 ? 1 : 0");
  std::string Slot = slotType(Raw);
  bool IsSame = declare(Native) == Slot || isSameInteger(Native, Raw);
  return IsSame ? Value : "static_cast<" + Slot + ">(" + Value + ")";
}

std::string stringFrom(const Argument &Result, const std::string &Value) {
  if (Result.How == Passing::Utf16)
    return "string_from_utf16(" + Value + ")";
  return pointsToChar(llvm::cast<PointerType>(*Result.Native->Ty))
             ? "string_from_utf8(" + Value + ")"
             : "string_from_utf8(reinterpret_cast<const char *>(" + Value +
                   "))";
}

bool freesResult(const Binding *B) {
  return B->Native->ResultOwnership == native::Ownership::Owned &&
         (B->Result.How == Passing::Utf8 || B->Result.How == Passing::Utf16);
}

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

bool takes(llvm::ArrayRef<const Binding *> Bindings, Passing How) {
  return llvm::any_of(Bindings, [&](const Binding *B) {
    return llvm::any_of(B->Params,
                        [&](const Argument &A) { return A.How == How; });
  });
}

bool returns(llvm::ArrayRef<const Binding *> Bindings, Passing How) {
  return llvm::any_of(Bindings,
                      [&](const Binding *B) { return B->Result.How == How; });
}

static bool takesLengths(llvm::ArrayRef<const Binding *> Bindings,
                         Passing How) {
  return llvm::any_of(Bindings, [&](const Binding *B) {
    return llvm::any_of(B->Params, [&](const Argument &A) {
      return A.How == How && takesLength(A);
    });
  });
}

static constexpr llvm::StringLiteral Utf8Argument = R"(
/// A managed string as UTF-8, for the time of one call. Half of a surrogate
/// pair becomes U+FFFD.
class Utf8Argument {
public:
  explicit Utf8Argument($string$ *string) : text_(nullptr), length_(0) {
    if (string == nullptr)
      return;
    const $unit$ *units = $characters$;
    const size_t length = static_cast<size_t>($string-length$);
    const size_t most = 3 * length + 1; // a unit becomes three bytes at most
    if (most > sizeof(short_))
      long_.reset(new char[most]);
    text_ = long_ ? long_.get() : short_;
    char *end = text_;
    for (size_t i = 0; i < length; ++i) {
      uint32_t code = units[i];
      const bool is_first = code >= 0xD800 && code < 0xDC00;
      if (is_first && i + 1 < length && units[i + 1] >= 0xDC00 &&
          units[i + 1] < 0xE000)
        code = 0x10000 + ((code - 0xD800) << 10) + (units[++i] - 0xDC00u);
      else if (code >= 0xD800 && code < 0xE000)
        code = 0xFFFD;
      end = append(end, code);
    }
    *end = '\0';
    length_ = static_cast<size_t>(end - text_);
  }
  Utf8Argument(const Utf8Argument &) = delete;
  char *get() { return text_; }
  size_t length() const { return length_; }

private:
  static char *append(char *end, uint32_t code) {
    if (code < 0x80) {
      *end = static_cast<char>(code);
      return end + 1;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char first[] = {0, 0xC0, 0xE0, 0xF0};
    *end++ = static_cast<char>(first[more] | (code >> (6 * more)));
    for (int i = more - 1; i >= 0; --i)
      *end++ = static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3F));
    return end;
  }

  char *text_;
  size_t length_;
  std::unique_ptr<char[]> long_;
  char short_[256];
};
)";

static constexpr llvm::StringLiteral Utf16Argument = R"(
/// The characters of a managed string, where they are.
template <typename T> T *utf16($string$ *string) {
  static_assert(sizeof(T) == sizeof($unit$), "UTF-16 is passed in place");
  return string == nullptr
             ? nullptr
             : reinterpret_cast<T *>($characters$);
}
)";

static constexpr llvm::StringLiteral Elements = R"(
/// The elements of a managed array, where they are.
template <typename T> T *elements($array$ *array) {
  return array == nullptr ? nullptr
                          : $elements$;
}
)";

static constexpr llvm::StringLiteral StringLength = R"(
size_t length_of($string$ *string) {
  return string == nullptr
             ? 0
             : static_cast<size_t>($string-length$);
}
)";

static constexpr llvm::StringLiteral ArrayLength = R"(
size_t length_of($array$ *array) {
  return array == nullptr
             ? 0
             : static_cast<size_t>($array-length$);
}
)";

static constexpr llvm::StringLiteral Utf8Result = R"(
$string$ *string_from_utf8(const char *text) {
  return text == nullptr ? nullptr : $from-utf8$;
}
)";

static constexpr llvm::StringLiteral Utf16Result = R"(
template <typename T> $string$ *string_from_utf16(const T *text) {
  static_assert(sizeof(T) == sizeof($unit$), "the text is UTF-16");
  if (text == nullptr)
    return nullptr;
  int32_t length = 0;
  while (text[length] != 0)
    ++length;
  return $from-utf16$;
}
)";

void printHelpers(Printer &P, llvm::ArrayRef<const Binding *> Bindings,
                  const ObjectFunctions &F, const HelperSet &Others) {
  auto Print = [&](llvm::StringRef Template) {
    P.emit(Template, {{"string", F.String},
                      {"unit", F.Unit},
                      {"characters", F.Characters},
                      {"string-length", F.StringLength},
                      {"from-utf8", F.FromUtf8},
                      {"from-utf16", F.FromUtf16},
                      {"array", F.Array},
                      {"elements", F.Elements},
                      {"array-length", F.ArrayLength}});
  };
  if (Others.Utf8Argument || takes(Bindings, Passing::Utf8))
    Print(Utf8Argument);
  if (takes(Bindings, Passing::Utf16))
    Print(Utf16Argument);
  if (Others.Elements || takes(Bindings, Passing::Elements))
    Print(Elements);
  if (Others.StringLength || takesLengths(Bindings, Passing::Utf16))
    Print(StringLength);
  if (Others.ArrayLength || takesLengths(Bindings, Passing::Elements))
    Print(ArrayLength);
  if (Others.Utf8Result || returns(Bindings, Passing::Utf8))
    Print(Utf8Result);
  if (Others.Utf16Result || returns(Bindings, Passing::Utf16))
    Print(Utf16Result);
}

} // namespace ilbridge::emit
