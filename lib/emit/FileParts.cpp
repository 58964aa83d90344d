//===- FileParts.cpp - The parts of an output -----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FileParts.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"
#include <map>

namespace path = llvm::sys::path;
using llvm::StringRef;

namespace ilbridge::emit {

/// Returns a source's name as an identifier. An absolute path differs between
/// machines, so the file name is used instead.
static std::string identifierOf(StringRef Source) {
  if (path::is_absolute(Source))
    Source = path::filename(Source);
  std::string Result;
  for (char C : Source)
    Result += llvm::isAlnum(C) ? C : '_';
  return Result;
}

static std::string absolute(StringRef Source, StringRef Root) {
  if (path::is_absolute(Source))
    return Source.str();
  llvm::SmallString<256> Path = Root;
  path::append(Path, Source);
  return Path.str().str();
}

std::vector<FilePart> fileParts(const OutputRequest &Request,
                                const BindingInputs &In, StringRef Region) {
  std::map<std::string, std::vector<const match::Binding *>> BySource;
  FilePart Main;
  for (const match::Binding &B : In.Bindings) {
    // Generated text is C++, which cannot be inserted into C sources.
    bool IsMoved = Request.Options.flag(OutputOptionID::InSource) &&
                   !B.Native->Decl.DeclaredIn &&
                   !In.Program.factsOf(*B.Native).IsC;
    (IsMoved ? BySource[B.Native->Decl.Where.File] : Main.Bindings)
        .push_back(&B);
  }
  std::vector<FilePart> Parts;
  llvm::StringMap<unsigned> Taken;
  for (auto &[Source, Bindings] : BySource) {
    // "a-b.cpp" and "a_b.cpp" are different sources with the same identifier.
    std::string Suffix = identifierOf(Source);
    if (unsigned Others = Taken[Suffix]++)
      Suffix += "_" + std::to_string(Others + 1);
    Parts.push_back({{absolute(Source, Request.Root), Region.str()},
                     std::move(Suffix),
                     std::move(Bindings)});
  }
  Main.Where = {Request.File,
                Request.Options.text(OutputOptionID::Region).str()};
  Parts.push_back(std::move(Main));
  return Parts;
}

std::string hiddenFromScan(StringRef Text) {
  return ("#if !defined(ILBRIDGE_SCAN)\n" + Text + "#endif\n").str();
}

} // namespace ilbridge::emit
