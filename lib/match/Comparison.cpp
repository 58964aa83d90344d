//===- Comparison.cpp - The two sides of one pair -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A runtime that marshals calls the function itself: what it passes has to be
// what the function takes. An invoker finds the raw value and converts it: a
// number may have another width, a string becomes characters. What lies in
// memory that both sides see is never converted.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

using managed::Primitive;
using managed::TypeSig;

struct Comparison::Site {
  const native::Export &E;
  const managed::Method &M;
  Direction D;
  std::string Name; ///< "a", or "2" where it has no name; of the result: ""

  std::string words() const {
    return D == Direction::ToManaged ? "the result"
                                     : "parameter '" + Name + "'";
  }
};

bool Comparison::Outcome::agrees() const {
  return llvm::none_of(
      Findings, [](const Diagnostic &D) { return D.Level == Severity::Error; });
}

static std::string managedSpelling(const Argument &A,
                                   const managed::Method &M) {
  if (!A.Managed)
    return M.Declaring->Name;
  std::string Text = csharpName(*A.Managed->Type);
  if (A.Managed->IsOut && A.Managed->Type->kind() == TypeSig::ByRef)
    return "out " + llvm::StringRef(Text).drop_front(strlen("ref ")).str();
  return Text;
}

static void noteManaged(Diagnostic &D, const managed::Method &M) {
  D.note(M.Where,
         (llvm::Twine("declared here in assembly '") + M.Assembly + "'").str());
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

Argument Comparison::lowered(const managed::Parameter &P,
                             const managed::Method &M, bool IsResult) {
  Argument A;
  A.Managed = &P;
  managed::Lowered Raw =
      Lowers.lower(P, managed::Marshalling::None, M.Import.Chars, IsResult);
  A.Raw = Raw.Ty;
  if (!Raw)
    Problems[&P] = Raw.Problem;
  if (M.TheKind == managed::Method::PInvoke) {
    managed::Lowered Marshalled = Lowers.lower(P, managed::Marshalling::PInvoke,
                                               M.Import.Chars, IsResult);
    A.Marshalled = Marshalled.Ty;
    if (!Marshalled)
      Problems[&P] = Marshalled.Problem;
  }
  return A;
}

/// `this`: an object, or the address of a value.
Argument Comparison::self(const managed::Method &M) {
  Argument A;
  if (M.Declaring->isValueType()) {
    managed::Parameter This;
    This.Type =
        &Selves.derived(TypeSig::ByRef, Selves.definition(*M.Declaring));
    managed::Lowered Raw = Lowers.lower(This, managed::Marshalling::None,
                                        managed::CharSet::None, false);
    A.Raw = Raw.Ty;
    Problems[nullptr] = Raw.Problem;
    return A;
  }
  Declaration D;
  D.Path = {M.Declaring->fullName()};
  A.Raw = Types.make<PointerType>(Types.make<OpaqueType>(std::move(D)),
                                  Qualifiers{}, PointerType::Pointer);
  return A;
}

void Comparison::lowerArguments(const native::Export &E,
                                const managed::Method &M, Binding &B) {
  // A constructor's newobj form makes the object that it returns.
  bool MakesObject = E.Kind == native::ExportKind::NewObj;
  if (M.Sig.HasThis && !MakesObject)
    B.Params.push_back(self(M));
  for (const managed::Parameter &P : M.Sig.Params)
    B.Params.push_back(lowered(P, M, /*IsResult=*/false));
  B.Result = MakesObject ? self(M) : lowered(M.Sig.Result, M, true);
  B.Result.Native = &E.Result;
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

void Comparison::report(Verdict V, const Argument &A, const Site &S,
                        Outcome &Out) {
  if (V == Verdict::Same)
    return;
  std::string Managed = managedSpelling(A, S.M);
  const std::string &Native = A.Native->Spelling;
  const Location &Where =
      A.Native->Where.isValid() ? A.Native->Where : S.E.Decl.Where;
  bool Converts = V == Verdict::Converted && Conversion == Marshaller::Invoker;
  Diagnostic D =
      Converts ? diagnose(DiagnosticID::ImplicitConversion, Where, S.words(),
                          Native, Managed, V.Reason)
      : S.D == Direction::ToManaged
          ? diagnose(DiagnosticID::ResultType, Where, S.E.Decl.qualifiedName(),
                     Native, Managed, V.Reason)
          : diagnose(DiagnosticID::ParameterType, Where, S.Name, Native,
                     Managed, V.Reason);
  noteManaged(D, S.M);
  Out.Findings.push_back(std::move(D));
}

void Comparison::unmarshallable(const Argument &A, const Site &S,
                                llvm::StringRef Why, Outcome &Out) {
  const Location &Where =
      A.Native->Where.isValid() ? A.Native->Where : S.E.Decl.Where;
  Diagnostic D = diagnose(DiagnosticID::Unmarshallable, Where, S.words(),
                          managedSpelling(A, S.M), A.Native->Spelling, Why);
  noteManaged(D, S.M);
  Out.Findings.push_back(std::move(D));
}

//===----------------------------------------------------------------------===//
// Pairs
//===----------------------------------------------------------------------===//

static std::string count(size_t N) {
  return N == 0   ? "no parameters"
         : N == 1 ? "1 parameter"
                  : std::to_string(N) + " parameters";
}

Comparison::Outcome Comparison::compare(const native::Export &E,
                                        const managed::Method &M) {
  Outcome Out;
  Out.Pair.Native = &E;
  Out.Pair.Managed = &M;
  lowerArguments(E, M, Out.Pair);
  std::vector<Argument> &Params = Out.Pair.Params;
  if (Params.size() != E.Params.size()) {
    std::string Managed = count(Params.size());
    if (!Params.empty() && !Params.front().Managed)
      Managed += " with 'this'";
    Diagnostic D =
        diagnose(DiagnosticID::ParameterCount, E.Decl.Where,
                 E.Decl.qualifiedName(), count(E.Params.size()), Managed);
    noteManaged(D, M);
    Out.Findings.push_back(std::move(D));
    return Out;
  }
  for (size_t I = 0; I != Params.size(); ++I) {
    Params[I].Native = &E.Params[I];
    std::string Name = E.Params[I].Name;
    if (Name.empty() && Params[I].Managed)
      Name = Params[I].Managed->Name;
    if (Name.empty())
      Name = std::to_string(I + 1);
    compare(Params[I], {E, M, Direction::ToNative, Name}, Out);
  }
  compare(Out.Pair.Result, {E, M, Direction::ToManaged, ""}, Out);
  return Out;
}

void Comparison::compare(Argument &A, const Site &S, Outcome &Out) {
  if (Conversion == Marshaller::Invoker)
    return compareInvoked(A, S, Out);
  bool Marshals = S.M.TheKind == managed::Method::PInvoke;
  const Type *Passed = Marshals ? A.Marshalled : A.Raw;
  if (!Passed)
    return unmarshallable(A, S, Problems[A.Managed], Out);
  if (Marshals && !S.M.Import.PreserveSig)
    return unmarshallable(A, S,
                          "PreserveSig = false, which turns results into "
                          "HRESULTs, is not supported",
                          Out);
  Verdict V = Agrees.byValue(*Passed, *A.Native->Ty, S.D);
  bool IsText = S.D == Direction::ToManaged && Marshals &&
                A.Managed->Type->is(Primitive::String);
  if (V == Verdict::Same && IsText)
    return compareOwnership(A, S, Out);
  report(std::move(V), A, S, Out);
}

/// Every runtime frees what it made a string of.
void Comparison::compareOwnership(const Argument &A, const Site &S,
                                  Outcome &Out) {
  switch (S.E.ResultOwnership) {
  case native::Ownership::Owned:
    return;
  case native::Ownership::Borrowed:
    return unmarshallable(
        A, S,
        "the runtime frees the characters of a string result, "
        "but the function is ILBRIDGE_BORROWED; return IntPtr "
        "in C#",
        Out);
  case native::Ownership::Unstated:
    return reportUnstatedOwnership(S, Out);
  }
}

void Comparison::reportUnstatedOwnership(const Site &S, Outcome &Out) {
  Diagnostic D = diagnose(DiagnosticID::UnstatedOwnership, S.E.Decl.Where,
                          S.E.Decl.qualifiedName());
  noteManaged(D, S.M);
  Out.Findings.push_back(std::move(D));
}

//===----------------------------------------------------------------------===//
// Values that an invoker converts
//===----------------------------------------------------------------------===//

/// Whether native code takes an object of type \p T as the runtime has it: by
/// a pointer to one of the runtime's own types.
static bool takesObject(const Type &Native, const TypeSig *T) {
  const auto *P = llvm::dyn_cast<PointerType>(&Native);
  if (!P || P->form() != PointerType::Pointer || !isRuntimeType(*P->pointee()))
    return false;
  std::string Name = toString(*P->pointee());
  bool IsArray =
      T && (T->kind() == TypeSig::SZArray || T->kind() == TypeSig::Array);
  bool IsString = T && T->is(Primitive::String);
  return !(IsArray && Name.ends_with("::RtString")) &&
         !(IsString && Name.ends_with("::RtArray"));
}

/// Whether the raw value is the address of an object of the managed heap.
static bool isObject(const Argument &A) {
  const auto *P = llvm::dyn_cast<PointerType>(A.Raw);
  if (!P || !llvm::isa<OpaqueType>(P->pointee()))
    return false;
  return !A.Managed || (A.Managed->Type->kind() != TypeSig::ByRef &&
                        A.Managed->Type->kind() != TypeSig::Pointer);
}

/// The bits of the characters that a pointer points to; 0: it does not.
static unsigned characterBits(const Type &T, const DataModel &Model) {
  const auto *P = llvm::dyn_cast<PointerType>(&T);
  const auto *S = P && P->form() == PointerType::Pointer
                      ? llvm::dyn_cast<ScalarType>(P->pointee())
                      : nullptr;
  if (!S || S->scalarClass() == ScalarType::Float ||
      S->scalarClass() == ScalarType::Bool)
    return 0;
  return Model.bits(S->width());
}

static Passing passing(const Type &Native) {
  switch (Native.kind()) {
  case Type::Void:
    return Passing::Nothing;
  case Type::Record:
    return Passing::Record;
  case Type::Pointer:
    return llvm::cast<PointerType>(Native).form() == PointerType::Pointer
               ? Passing::Address
               : Passing::Dereferenced;
  default:
    return Passing::Cast;
  }
}

static bool hasFunctionPointer(const TypeSig &T) {
  return T.kind() == TypeSig::FunctionPointer ||
         llvm::any_of(T.arguments(),
                      [](const TypeSig *A) { return hasFunctionPointer(*A); });
}

void Comparison::compareInvoked(Argument &A, const Site &S, Outcome &Out) {
  const Type &Native = *A.Native->Ty;
  if (A.Managed && hasFunctionPointer(*A.Managed->Type)) {
    Diagnostic D = diagnose(DiagnosticID::FunctionPointerParameter, S.M.Where,
                            A.Managed->Name, S.M.qualifiedName());
    D.note(S.E.Decl.Where, "exported for it here");
    Out.Findings.push_back(std::move(D));
    return;
  }
  if (!A.Raw)
    return unmarshallable(A, S, Problems[A.Managed], Out);
  if (isObject(A)) {
    A.How = Passing::Object;
    if (takesObject(Native, A.Managed ? A.Managed->Type : nullptr))
      return;
    if (A.Managed && A.Managed->Type->is(Primitive::String))
      return compareString(A, S, Out);
    if (A.Managed && A.Managed->Type->kind() == TypeSig::SZArray)
      return compareArray(A, S, Out);
    return unmarshallable(A, S,
                          "an invoker has no native form of it to pass; take "
                          "a 'leanclr::vm::RtObject *'",
                          Out);
  }
  if (const auto *P = llvm::dyn_cast<PointerType>(&Native);
      P && P->form() == PointerType::RValueReference)
    return unmarshallable(A, S, "an rvalue reference would be moved from", Out);

  A.How = passing(Native);
  // What is marshalled may be wider than what the slot holds (a bool is a
  // BOOL), so either width is one that C# means.
  Verdict V = Agrees.byValue(*A.Raw, Native, S.D);
  if (llvm::isa<ScalarType>(A.Raw) && A.Marshalled &&
      llvm::isa<ScalarType>(A.Marshalled))
    V = Agrees.byValue(*A.Marshalled, Native, S.D);
  report(std::move(V), A, S, Out);
}

void Comparison::compareString(Argument &A, const Site &S, Outcome &Out) {
  unsigned Bits = characterBits(*A.Native->Ty, Model);
  if (Bits != 8 && Bits != 16)
    return unmarshallable(A, S,
                          "a string goes as 'const char *', 'const char16_t *' "
                          "or 'leanclr::vm::RtString *'",
                          Out);
  if (A.Marshalled) {
    unsigned Stated = characterBits(*A.Marshalled, Model);
    if (Stated && Stated != Bits)
      return report(Verdict::different(
                        "its CharSet or [MarshalAs] makes it a string of " +
                        llvm::Twine(Stated) + "-bit characters, C++ expects " +
                        llvm::Twine(Bits) + "-bit ones"),
                    A, S, Out);
  }
  A.How = Bits == 8 ? Passing::Utf8 : Passing::Utf16;
  bool IsConst = llvm::cast<PointerType>(A.Native->Ty)->pointeeIsConst();
  if (S.D == Direction::ToNative && A.How == Passing::Utf16 && !IsConst)
    return unmarshallable(A, S,
                          "the string itself is passed, and strings do not "
                          "change; take 'const char16_t *'",
                          Out);
  if (S.D == Direction::ToManaged &&
      S.E.ResultOwnership == native::Ownership::Unstated)
    reportUnstatedOwnership(S, Out);
}

void Comparison::compareArray(Argument &A, const Site &S, Outcome &Out) {
  if (S.D == Direction::ToManaged)
    return unmarshallable(A, S,
                          "nothing says how many elements there are; return a "
                          "'leanclr::vm::RtArray *'",
                          Out);
  managed::Parameter Element;
  Element.Type = &A.Managed->Type->element();
  managed::Lowered Raw = Lowers.lower(Element, managed::Marshalling::None,
                                      managed::CharSet::None, false);
  const auto *P = llvm::dyn_cast<PointerType>(A.Native->Ty);
  if (!Raw || !P || P->form() != PointerType::Pointer)
    return unmarshallable(A, S,
                          "an array goes by the address of its first element, "
                          "if that has a native form",
                          Out);
  A.How = Passing::Elements;
  A.Element = Raw.Ty;
  PointerType First(Raw.Ty, Qualifiers{}, PointerType::Pointer);
  if (llvm::isa<PointerType>(Raw.Ty) &&
      llvm::isa<OpaqueType>(llvm::cast<PointerType>(Raw.Ty)->pointee()))
    return unmarshallable(A, S, "its elements are objects", Out);
  report(Agrees.byValue(First, *P, S.D), A, S, Out);
}

} // namespace ilbridge::match
