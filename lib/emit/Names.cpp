//===- Names.cpp - Unique names in generated code -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Names.h"
#include "CxxType.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

namespace ilbridge::emit {

std::string MethodIdentifiers::shortName(const managed::Method &M) {
  return identifier(M.Declaring->fullName() + "_" + M.Name);
}

std::string MethodIdentifiers::longName(const managed::Method &M) {
  std::string Text = shortName(M);
  for (const managed::Parameter &P : M.Sig.Params) {
    std::string Type = toString(*P.Type);
    Text += "_" + identifier(llvm::StringRef(Type).rsplit('.').second.empty()
                                 ? llvm::StringRef(Type)
                                 : llvm::StringRef(Type).rsplit('.').second);
  }
  return Text;
}

MethodIdentifiers::MethodIdentifiers(
    llvm::ArrayRef<const match::Binding *> Bindings) {
  bool HasOverloads = false;
  for (const match::Binding *B : Bindings)
    HasOverloads |= ++Short[shortName(*B->Managed)] > 1;
  if (HasOverloads)
    for (const match::Binding *B : Bindings)
      ++Long[longName(*B->Managed)];
}

std::string MethodIdentifiers::operator()(const match::Binding &B) const {
  std::string Name = shortName(*B.Managed);
  if (Short.lookup(Name) == 1)
    return Name;
  Name = longName(*B.Managed);
  if (Long.lookup(Name) == 1)
    return Name;
  std::string Full;
  llvm::raw_string_ostream(Full) << '[' << B.Managed->Module << ']'
                                 << *B.Managed << native::name(B.Native->Kind);
  return Name + "_" +
         llvm::utohexstr(llvm::xxh3_64bits(Full), /*LowerCase=*/true);
}

std::string LocalNames::operator()(llvm::StringRef Wanted, unsigned Index) {
  std::string Name =
      isIdentifier(Wanted) ? Wanted.str() : "arg" + std::to_string(Index);
  while (llvm::is_contained(Reserved, Name) || llvm::is_contained(Used, Name))
    Name += '_';
  Used.push_back(Name);
  return Name;
}

} // namespace ilbridge::emit
