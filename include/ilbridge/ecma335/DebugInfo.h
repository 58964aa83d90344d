//===- DebugInfo.h - Which sources an assembly was made of ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   Module ─▶ DebugDirectory ─┬▶ embedded Portable PDB ─┐
//                             └▶ name and id of one ────┼▶ DebugInfo
//   Name.dll.mdb, of Mono's compiler ───────────────────┘
//
// Only what leads to declarations is read: documents, the first line of each
// method, and the documents of types. All of these files are hostile input; the
// work is linear in their size.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_DEBUGINFO_H
#define ILBRIDGE_ECMA335_DEBUGINFO_H

#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>

namespace ilbridge::ecma335 {

struct DebugInfo {
  /// Paths as the compiler was given them, on the machine that it ran on.
  std::vector<std::string> Documents;

  /// The place in the source where the code of a method begins. Line and Column
  /// count from 1; Column is in UTF-16 code units. Mono's symbols have no
  /// columns, so that Column is always 1 for them.
  struct Point {
    uint32_t Document; ///< index of Documents
    uint32_t Line;
    uint32_t Column;
  };
  /// By the rid of a method, from [1]; nullopt for one without code.
  std::vector<std::optional<Point>> Methods;
  /// The rid of a type without code, and the index of a document that declares
  /// it, sorted. Newer compilers state them.
  std::vector<std::pair<uint32_t, uint32_t>> TypeDocuments;

  /// By the index of a document, its text as the compiler has put it into the
  /// PDB: a format and the bytes (Portable PDB v1.0, "Embedded Source").
  llvm::DenseMap<uint32_t, std::vector<uint8_t>> Sources;

  std::optional<Point> pointOf(MethodDefRid M) const {
    return M.value() < Methods.size() ? Methods[M.value()] : std::nullopt;
  }
};

/// The references to a PDB in the debug directory of a PE file (PE/COFF
/// specification, "Debug Directory"; .NET, docs/design/specs/PE-COFF.md).
struct DebugDirectory {
  /// The id of the Portable PDB that belongs to the file: a GUID and a stamp.
  std::optional<std::array<uint8_t, 20>> PdbID;
  std::string PdbPath; ///< where the compiler wrote it; empty: not stated
  /// The PDB itself, deflated behind "MPDB" and its size; empty: none.
  llvm::ArrayRef<uint8_t> Embedded;
};
/// Entries that cannot be read are left out.
DebugDirectory readDebugDirectory(const Module &M);

/// Inflates DebugDirectory::Embedded. \returns an error where it is broken, or
/// would take more than 256 MB.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
inflateEmbeddedPdb(const Module &M, llvm::ArrayRef<uint8_t> Embedded);

/// Returns the text of a value of DebugInfo::Sources, or null where it cannot
/// be inflated or has more than \p MaxSize bytes.
std::unique_ptr<llvm::MemoryBuffer>
inflateSource(llvm::ArrayRef<uint8_t> Embedded, uint64_t MaxSize);

/// Reads a Portable PDB.
/// \param ID what the PDB has to be called; one of another build is an error.
llvm::Expected<DebugInfo>
readPortablePdb(llvm::MemoryBufferRef Buffer,
                const std::optional<std::array<uint8_t, 20>> &ID);

/// Reads what Mono's compiler writes for -debug (Mono.CompilerServices.
/// SymbolWriter, version 50).
/// \param Mvid of the module that it has to belong to.
llvm::Expected<DebugInfo> readMonoSymbols(llvm::MemoryBufferRef Buffer,
                                          const Guid &Mvid);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_DEBUGINFO_H
