//===- Identity.cpp - The identity of the program -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Alignment.h"
#if defined(__linux__)
#include <link.h>
#endif

namespace ilbridge::tool {

#if defined(__linux__)
/// Returns the build ID that the linker has stored in a note of the program
/// (ELF gABI, "Note Section"): a digest of its whole content.
static int findBuildID(dl_phdr_info *Info, size_t, void *Out) {
  for (unsigned I = 0; I != Info->dlpi_phnum; ++I) {
    const ElfW(Phdr) &Segment = Info->dlpi_phdr[I];
    if (Segment.p_type != PT_NOTE)
      continue;
    auto *At =
        reinterpret_cast<const char *>(Info->dlpi_addr + Segment.p_vaddr);
    const char *End = At + Segment.p_memsz;
    while (At + sizeof(ElfW(Nhdr)) <= End) {
      auto *Note = reinterpret_cast<const ElfW(Nhdr) *>(At);
      const char *Name = At + sizeof(*Note);
      const char *Description = Name + llvm::alignTo(Note->n_namesz, 4);
      if (Note->n_type == NT_GNU_BUILD_ID &&
          llvm::StringRef(Name, Note->n_namesz) ==
              llvm::StringRef("GNU\0", 4)) {
        *static_cast<std::string *>(Out) =
            llvm::toHex(llvm::StringRef(Description, Note->n_descsz));
        return 1;
      }
      At = Description + llvm::alignTo(Note->n_descsz, 4);
    }
  }
  return 1; // the program comes first; its libraries are ignored
}
#endif

std::string toolIdentity() {
  std::string Identity = "ilbridge " ILBRIDGE_VERSION " Clang " CLANG_VERSION;
#if defined(__linux__)
  std::string BuildID;
  dl_iterate_phdr(findBuildID, &BuildID);
  Identity += " " + BuildID;
#endif
  return Identity;
}

} // namespace ilbridge::tool
