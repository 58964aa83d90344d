//===- ObjectFacts.cpp - Facts in files of any kind -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/ObjectFacts.h"
#include "ilbridge/diagnostic/InputError.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Object/ObjectFile.h"

using llvm::Error;
using llvm::Expected;
using llvm::MemoryBufferRef;
using llvm::StringRef;

namespace ilbridge::native {
namespace {

bool isObject(MemoryBufferRef File) {
  switch (llvm::identify_magic(File.getBuffer())) {
  case llvm::file_magic::bitcode:
  case llvm::file_magic::coff_object:
  case llvm::file_magic::elf:
  case llvm::file_magic::elf_relocatable:
  case llvm::file_magic::elf_executable:
  case llvm::file_magic::elf_shared_object:
  case llvm::file_magic::macho_object:
  case llvm::file_magic::wasm_object:
    return true;
  default:
    return false;
  }
}

class Reader {
public:
  explicit Reader(StringRef File) : File(File) {}

  Error archive(MemoryBufferRef Buffer);
  Error member(const llvm::object::Archive::Child &C);
  /// \p Name of an archive's member, or of the file.
  Error object(MemoryBufferRef Buffer, StringRef Name);

  std::vector<Facts> All;
  bool HasSection = false;

private:
  static Error error(StringRef Name, Error E) {
    return inputError({Name.str(), {}, {}}, llvm::toString(std::move(E)));
  }
  StringRef File;
};

} // namespace

Error Reader::object(MemoryBufferRef Buffer, StringRef Name) {
  // Bitcode has its assembly inside of a module, in which nobody has looked.
  if (llvm::identify_magic(Buffer.getBuffer()) == llvm::file_magic::bitcode)
    return inputError({Name.str(), {}, {}},
                      "is LLVM bitcode, which has no sections; compile it "
                      "without -flto");
  Expected<std::unique_ptr<llvm::object::ObjectFile>> Object =
      llvm::object::ObjectFile::createObjectFile(Buffer);
  if (!Object)
    return error(Name, Object.takeError());
  for (const llvm::object::SectionRef &Section : (*Object)->sections()) {
    Expected<StringRef> Title = Section.getName();
    if (!Title)
      return error(Name, Title.takeError());
    if (*Title != FactsSectionName)
      continue;
    HasSection = true;
    Expected<StringRef> Text = Section.getContents();
    if (!Text)
      return error(Name, Text.takeError());
    Expected<std::vector<Facts>> Read = readFacts({*Text, Name});
    if (!Read)
      return Read.takeError();
    std::move(Read->begin(), Read->end(), std::back_inserter(All));
  }
  return Error::success();
}

Error Reader::member(const llvm::object::Archive::Child &C) {
  Expected<StringRef> Title = C.getName();
  if (!Title)
    return error(File, Title.takeError());
  std::string Name = (File + "(" + *Title + ")").str();
  Expected<MemoryBufferRef> Member = C.getMemoryBufferRef();
  if (!Member)
    return error(Name, Member.takeError());
  // Libraries may hold texts as well.
  if (!isObject(*Member))
    return Error::success();
  return object(*Member, Name);
}

Error Reader::archive(MemoryBufferRef Buffer) {
  Expected<std::unique_ptr<llvm::object::Archive>> Archive =
      llvm::object::Archive::create(Buffer);
  if (!Archive)
    return error(File, Archive.takeError());
  Error Malformed = Error::success();
  for (const llvm::object::Archive::Child &C : (*Archive)->children(Malformed))
    if (Error Problem = member(C)) {
      llvm::consumeError(std::move(Malformed));
      return Problem;
    }
  if (Malformed)
    return error(File, std::move(Malformed));
  return Error::success();
}

Expected<std::vector<Facts>> readAnyFacts(MemoryBufferRef File) {
  StringRef Name = File.getBufferIdentifier();
  bool IsArchive =
      llvm::identify_magic(File.getBuffer()) == llvm::file_magic::archive;
  if (!IsArchive && !isObject(File))
    return readFacts(File);
  Reader R(Name);
  if (Error E = IsArchive ? R.archive(File) : R.object(File, Name))
    return E;
  if (!R.HasSection)
    return inputError({Name.str(), {}, {}},
                      "has no facts; compile it with the plugin and "
                      "-fplugin-arg-ilbridge-facts");
  return std::move(R.All);
}

} // namespace ilbridge::native
