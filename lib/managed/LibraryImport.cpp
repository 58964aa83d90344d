//===- LibraryImport.cpp - P/Invokes generated for [LibraryImport] --------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MethodImport.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

/// The source generator of [LibraryImport] puts a P/Invoke that passes pointers
/// into a local function of the method that the user wrote. The compiler names
/// it "<Method>g____PInvoke|0_0". \returns the user's name; empty if \p Name
/// has a different form.
static StringRef userMethod(StringRef Name) {
  StringRef User = Name;
  if (!User.consume_front("<"))
    return "";
  size_t End = User.find(">g____PInvoke|");
  return End == StringRef::npos ? "" : User.take_front(End);
}

/// The generator renames the parameter "name" to "__name_native".
static StringRef userParameter(StringRef Name) {
  StringRef User = Name;
  return User.consume_front("__") && User.consume_back("_native") ? User : Name;
}

/// Whether a type, its elements or its pointee are characters.
static bool isText(const TypeSig &T) {
  switch (T.kind()) {
  case TypeSig::Primitive:
    return T.is(Primitive::String) || T.is(Primitive::Char);
  case TypeSig::Pointer:
  case TypeSig::ByRef:
  case TypeSig::SZArray:
    return isText(T.element());
  case TypeSig::Instance: // such as ReadOnlySpan<char>
    return isText(*T.arguments().front());
  default:
    return false;
  }
}

/// Whether a marshaller of the program converts the text of a parameter or
/// result of the user's method \p R, and therefore determines its ownership.
static llvm::Expected<bool> isOwnMarshaller(AssemblySet &Set, Assembly &A,
                                            MethodDefRid R, bool IsResult) {
  llvm::BumpPtrAllocator Allocator;
  if (CustomAttributeRid Attribute = AssemblySet::findAttribute(
          A, R, "System.Runtime.InteropServices", "LibraryImportAttribute")) {
    llvm::Expected<AttributeArguments> Args =
        readAttribute(Set, A, Attribute, Allocator);
    if (!Args)
      return Args.takeError();
    if (Args->find("StringMarshallingCustomType"))
      return true;
  }
  llvm::Expected<RidRange<ParamRow>> Rows = A->params(R);
  if (!Rows)
    return Rows.takeError();
  for (ParamRid P : *Rows) {
    llvm::Expected<ParamRow> Row = A->row(P);
    if (!Row)
      return Row.takeError();
    if ((Row->Sequence == 0) == IsResult &&
        AssemblySet::findAttribute(A, P,
                                   "System.Runtime.InteropServices.Marshalling",
                                   "MarshalUsingAttribute"))
      return true;
  }
  return false;
}

llvm::Error describeLibraryImport(AssemblySet &Set, Assembly &A,
                                  MethodIndex &Methods, MethodDefRid R,
                                  Method &Out) {
  StringRef Name = userMethod(Out.Name);
  if (Name.empty())
    return llvm::Error::success();
  for (Parameter &P : Out.Sig.Params)
    P.Name = userParameter(P.Name).str();
  auto Named = Methods.find(A->owner(R), Name);
  if (!Named)
    return Named.takeError();
  for (MethodDefRid Other : *Named) {
    llvm::Expected<MethodDefRow> Row = A->row(Other);
    if (!Row)
      return Row.takeError();
    llvm::Expected<Signature> User = importSignature(Set, A, Other, *Row);
    if (!User)
      return User.takeError();
    // Overloads usually have parameters with different names or a different
    // number of them.
    auto HaveSameName = [](const Parameter &P, const Parameter &Q) {
      return P.Name == Q.Name;
    };
    if (!llvm::equal(User->Params, Out.Sig.Params, HaveSameName))
      continue;
    auto Mark = [](const Parameter &Written, Parameter &Passed) {
      const TypeSig *T = Passed.Type;
      if (T->kind() != TypeSig::Pointer || !isText(*Written.Type))
        return;
      while (T->kind() == TypeSig::Pointer)
        T = &T->element();
      if (T->is(Primitive::Byte))
        Passed.Marshal.emplace().Native = NATIVE_TYPE_LPUTF8STR;
      else if (T->is(Primitive::UInt16) || T->is(Primitive::Char))
        Passed.Marshal.emplace().Native = NATIVE_TYPE_LPWSTR;
    };
    for (auto [Written, Passed] : llvm::zip(User->Params, Out.Sig.Params))
      Mark(Written, Passed);
    llvm::Expected<bool> IsOwn =
        isOwnMarshaller(Set, A, Other, /*IsResult=*/true);
    if (!IsOwn)
      return IsOwn.takeError();
    if (!*IsOwn)
      Mark(User->Result, Out.Sig.Result);
    break;
  }
  Out.Name = Name.str();
  Out.Where.Member.clear();
  llvm::raw_string_ostream(Out.Where.Member) << Out;
  return llvm::Error::success();
}

} // namespace ilbridge::managed
