//===- Libraries.h - Assigns imports to libraries ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_LIBRARIES_H
#define ILBRIDGE_LIB_MATCH_LIBRARIES_H

#include "ilbridge/managed/Model.h"
#include "ilbridge/native/Program.h"

namespace ilbridge::match {

/// The DllImport name of an import determines its library. This is a library
/// that an entry of `exports` names, or otherwise the project, whose functions
/// are annotated or belong to an entry without names.
class Libraries {
public:
  /// \p Own are the DllImport names of the project; empty: all remaining names.
  Libraries(const native::Program &P, llvm::ArrayRef<std::string> Own);

  /// Whether there are annotated functions, or should be.
  bool hasAnnotations() const { return HasAnnotations; }
  /// Whether annotated functions implement \p Import.
  bool isAnnotated(const managed::Method &Import) const;
  /// Whether \p E may implement \p Import, according to its library.
  bool mayStandBehind(const native::Export &E,
                      const managed::Method &Import) const;

  enum class Absence : uint8_t {
    None,     ///< no headers are given for the library
    Reported, ///< a finding reports it
    Unread,   ///< the headers do not compile, so it is not known
  };
  /// Reports that \p Import has no function, if the headers of its library
  /// should declare one.
  Absence reportMissing(const managed::Method &Import,
                        DiagnosticList &Out) const;
  /// Reports entries and patterns that have no effect.
  void reportUnused(const managed::Model &M, DiagnosticList &Out) const;

private:
  /// An entry of `exports`, with the results of each of its sources.
  struct Entry {
    std::vector<const native::HeaderEntry *> Sources;
    native::FunctionPatterns Patterns;

    const native::HeaderEntry &headerEntry() const { return *Sources.front(); }
    bool isNamed(llvm::StringRef Library) const;
    /// Whether some of its headers do not compile.
    bool isUnread(llvm::ArrayRef<const native::HeaderEntry *> Unread) const;
    Location where() const;
  };
  /// Returns the entries to which \p Import may belong.
  std::vector<const Entry *> entriesOf(const managed::Method &Import) const;
  bool isOwn(const managed::Method &Import) const;
  bool implementsPInvokes() const;

  const native::Program &P;
  llvm::ArrayRef<std::string> Own;
  std::vector<Entry> Entries;
  std::vector<const native::HeaderEntry *> Unread;
  bool HasAnnotations; ///< also true without sources, which are then missing
  /// Whether the program implements P/Invokes. A program that only registers
  /// internal calls leaves them to the library loader.
  bool ImplementsPInvokes = true;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_LIBRARIES_H
