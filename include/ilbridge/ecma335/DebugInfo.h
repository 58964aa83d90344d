//===- DebugInfo.h - The sources of an assembly ----------------*- C++ -*-===//
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
// Only the information for finding declarations is read: documents, the first
// line of each method, and the documents of types. All of these files are
// untrusted input; the time is linear in their size.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_DEBUGINFO_H
#define ILBRIDGE_ECMA335_DEBUGINFO_H

#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>

namespace ilbridge::ecma335 {

struct DebugInfo {
  /// Paths as passed to the compiler, on the machine on which it ran.
  std::vector<std::string> Documents;

  /// The location in the source at which the code of a method begins. Line and
  /// Column are counted from 1; Column is in UTF-16 code units. Mono's symbols
  /// have no columns, so Column is always 1 for them.
  struct Point {
    uint32_t Document; ///< index of Documents
    uint32_t Line;
    uint32_t Column;
  };
  /// Indexed by the rid of a method, from [1]; nullopt for a method without
  /// code.
  std::vector<std::optional<Point>> Methods;
  /// For types without code, the rid and the index of a document that declares
  /// it, sorted. Only newer compilers write this information.
  std::vector<std::pair<uint32_t, uint32_t>> TypeDocuments;

  /// By the index of a document: its text, if the compiler has embedded it into
  /// the PDB, as a format and bytes (Portable PDB v1.0, "Embedded Source").
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
  std::string PdbPath; ///< where the compiler wrote the PDB; empty: not stated
  /// The embedded PDB, deflated, after "MPDB" and its size; empty if there is
  /// none.
  llvm::ArrayRef<uint8_t> Embedded;
};
/// Reads the debug directory. Entries that cannot be read are ignored.
DebugDirectory readDebugDirectory(const Module &M);

/// Inflates DebugDirectory::Embedded. It is an error if the data is malformed
/// or larger than 256 MB.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
inflateEmbeddedPdb(const Module &M, llvm::ArrayRef<uint8_t> Embedded);

/// Returns the text of a value of DebugInfo::Sources, or null if it cannot be
/// inflated or has more than \p MaxSize bytes.
std::unique_ptr<llvm::MemoryBuffer>
inflateSource(llvm::ArrayRef<uint8_t> Embedded, uint64_t MaxSize);

/// Reads a Portable PDB. \param ID the expected id of the PDB; it is an error
/// if it belongs to another build.
llvm::Expected<DebugInfo>
readPortablePdb(llvm::MemoryBufferRef Buffer,
                const std::optional<std::array<uint8_t, 20>> &ID);

/// Reads the file that Mono's compiler writes for -debug
/// (Mono.CompilerServices. SymbolWriter, version 50). \param Mvid of the module
/// to which the file has to belong.
llvm::Expected<DebugInfo> readMonoSymbols(llvm::MemoryBufferRef Buffer,
                                          const Guid &Mvid);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_DEBUGINFO_H
