//===- OutputOptions.cpp - The options of an output -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/emit/OutputOptions.h"
#include "CxxType.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace ilbridge::emit {

static constexpr OutputOption AllOptions[] = {
#define OUTPUT_OPTION(ID, KEY, KIND, META, WORDS, REPEATED, MEANING)           \
  {OutputOptionID::ID, KEY, OutputOption::KIND, META, WORDS, REPEATED, MEANING},
#include "ilbridge/emit/OutputOptions.def"
};

llvm::ArrayRef<OutputOption> outputOptions() { return AllOptions; }

const OutputOption &outputOption(OutputOptionID ID) {
  return AllOptions[static_cast<size_t>(ID)];
}

llvm::SmallVector<StringRef, 4> OutputOption::words() const {
  llvm::SmallVector<StringRef, 4> All;
  StringRef(Words).split(All, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  return All;
}

/// A C# name, approximately: any keyword can be escaped.
static bool isCSharpName(StringRef Text) {
  return !Text.empty() && !llvm::isDigit(Text.front()) &&
         llvm::all_of(Text, [](unsigned char C) {
           return llvm::isAlnum(C) || C == '_' || C >= 0x80;
         });
}

static bool isQualifiedName(StringRef Text, StringRef Separator,
                            llvm::function_ref<bool(StringRef)> IsName) {
  llvm::SmallVector<StringRef, 4> Parts;
  Text.split(Parts, Separator);
  return llvm::all_of(Parts, IsName);
}

llvm::Error OptionValues::set(OutputOptionID ID, StringRef Value) {
  const OutputOption &O = outputOption(ID);
  switch (O.Kind) {
  case OutputOption::Flag:
    assert((Value == "true" || Value == "false") && "not the value of a flag");
    break;
  case OutputOption::Text:
  case OutputOption::Path:
    break;
  case OutputOption::CxxName:
    if (!isQualifiedName(Value, "::", isIdentifier))
      return llvm::createStringError("'" + Value + "' cannot be a name of C++");
    break;
  case OutputOption::CSharpName:
    if (!isQualifiedName(Value, ".", isCSharpName))
      return llvm::createStringError("'" + Value + "' cannot be a name of C#");
    break;
  case OutputOption::Word:
    if (!llvm::is_contained(O.words(), Value))
      return llvm::createStringError("expected one of " +
                                     llvm::join(O.words(), ", "));
    break;
  }
  Values[static_cast<size_t>(ID)] = Value.str();
  return llvm::Error::success();
}

} // namespace ilbridge::emit
