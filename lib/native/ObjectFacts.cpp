//===- ObjectFacts.cpp - Facts in object files ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/ObjectFacts.h"
#include "ilbridge/diagnostic/InputError.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELF.h"

using llvm::Error;
using llvm::Expected;
using llvm::MemoryBufferRef;
using llvm::StringRef;

namespace ilbridge::native {
namespace {

/// Other formats have no section that linkers drop, and therefore no facts.
bool isELF(MemoryBufferRef File) {
  switch (llvm::identify_magic(File.getBuffer())) {
  case llvm::file_magic::elf:
  case llvm::file_magic::elf_relocatable:
  case llvm::file_magic::elf_executable:
  case llvm::file_magic::elf_shared_object:
  case llvm::file_magic::elf_core:
    return true;
  default:
    return false;
  }
}

bool isOtherObject(MemoryBufferRef File) {
  switch (llvm::identify_magic(File.getBuffer())) {
  case llvm::file_magic::bitcode:
  case llvm::file_magic::coff_object:
  case llvm::file_magic::macho_object:
  case llvm::file_magic::wasm_object:
    return true;
  default:
    return false;
  }
}

class Reader {
public:
  Reader(StringRef File, llvm::ThreadPoolInterface *Threads)
      : File(File), Threads(Threads) {}

  Error archive(MemoryBufferRef Buffer);
  Error member(const llvm::object::Archive::Child &C);
  /// \p Name is that of an archive's member, or that of the file.
  Error object(MemoryBufferRef Buffer, StringRef Name);

  std::vector<Facts> All;
  bool HasSection = false;

private:
  template <typename ELFT> Error sections(StringRef Buffer, StringRef Name);
  static Error error(StringRef Name, Error E) {
    return inputError({Name.str(), {}, {}}, llvm::toString(std::move(E)));
  }
  StringRef File;
  llvm::ThreadPoolInterface *Threads;
};

} // namespace

Error Reader::object(MemoryBufferRef Buffer, StringRef Name) {
  // Bitcode contains the section as module assembly, which is not read.
  if (llvm::identify_magic(Buffer.getBuffer()) == llvm::file_magic::bitcode)
    return inputError({Name.str(), {}, {}},
                      "is LLVM bitcode, which has no sections; compile it "
                      "without -flto");
  if (!isELF(Buffer))
    return Error::success();
  StringRef Bytes = Buffer.getBuffer();
  auto [Class, Encoding] = llvm::object::getElfArchType(Bytes);
  bool Is64 = Class == llvm::ELF::ELFCLASS64;
  if (Encoding == llvm::ELF::ELFDATA2MSB)
    return Is64 ? sections<llvm::object::ELF64BE>(Bytes, Name)
                : sections<llvm::object::ELF32BE>(Bytes, Name);
  return Is64 ? sections<llvm::object::ELF64LE>(Bytes, Name)
              : sections<llvm::object::ELF32LE>(Bytes, Name);
}

/// Sections are read directly, because ObjectFile would also read symbols and
/// other parts first.
template <typename ELFT>
Error Reader::sections(StringRef Buffer, StringRef Name) {
  auto Object = llvm::object::ELFFile<ELFT>::create(Buffer);
  if (!Object)
    return error(Name, Object.takeError());
  auto Sections = Object->sections();
  if (!Sections)
    return error(Name, Sections.takeError());
  for (const auto &Section : *Sections) {
    Expected<StringRef> Title = Object->getSectionName(Section);
    if (!Title)
      return error(Name, Title.takeError());
    if (*Title != FactsSectionName)
      continue;
    HasSection = true;
    auto Bytes = Object->getSectionContents(Section);
    if (!Bytes)
      return error(Name, Bytes.takeError());
    Expected<std::vector<Facts>> Read =
        readFacts({llvm::toStringRef(*Bytes), Name}, Threads);
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
  // LLVM does not check the size in the member's header.
  if (Member->getBufferEnd() > C.getParent()->getData().end())
    return inputError({Name, {}, {}}, "goes past the end of the archive");
  // Libraries may also contain text files.
  if (!isELF(*Member) && !isOtherObject(*Member))
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
      // Malformed is no error while the loop runs.
      llvm::consumeError(std::move(Malformed));
      return Problem;
    }
  if (Malformed)
    return error(File, std::move(Malformed));
  return Error::success();
}

Expected<std::vector<Facts>> readAnyFacts(MemoryBufferRef File,
                                          llvm::ThreadPoolInterface *Threads) {
  StringRef Name = File.getBufferIdentifier();
  bool IsArchive =
      llvm::identify_magic(File.getBuffer()) == llvm::file_magic::archive;
  if (!IsArchive && !isELF(File) && !isOtherObject(File))
    return readFacts(File, Threads);
  Reader R(Name, Threads);
  if (Error E = IsArchive ? R.archive(File) : R.object(File, Name))
    return E;
  if (!R.HasSection)
    return inputError({Name.str(), {}, {}},
                      "has no facts; compile it with the plugin and "
                      "-fplugin-arg-ilbridge-facts");
  return std::move(R.All);
}

} // namespace ilbridge::native
