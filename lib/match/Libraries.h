//===- Libraries.h - Which library an import is of --------------*- C++ -*-===//
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

/// An import's DllImport name says whose it is: a library's that an entry of
/// `exports` names, or else the project's, whose functions are annotated or
/// those of an entry without names.
class Libraries {
public:
  /// \p Own are the DllImport names of the project; empty: all that are left.
  Libraries(const native::Program &P, llvm::ArrayRef<std::string> Own);

  /// Whether there are annotated functions, or should be.
  bool hasAnnotations() const { return HasAnnotations; }
  /// Whether annotated functions stand behind \p Import.
  bool isAnnotated(const managed::Method &Import) const;
  /// Whether \p E may stand behind \p Import, by its library.
  bool mayStandBehind(const native::Export &E,
                      const managed::Method &Import) const;

  enum class Absence : uint8_t {
    None,     ///< no headers are given that should declare the function
    Reported, ///< a finding tells of it
    Unread,   ///< the headers do not compile, so nobody knows
  };
  /// \p Import has no function: adds a finding if the headers of its library
  /// should declare one.
  Absence reportMissing(const managed::Method &Import,
                        DiagnosticList &Out) const;
  /// Says which entries and patterns are of no use.
  void reportUnused(const managed::Model &M, DiagnosticList &Out) const;

private:
  /// An entry of `exports`, with what each of its sources has.
  struct Entry {
    std::vector<const native::Library *> Sources;
    native::FunctionPatterns Patterns;

    const native::Library &library() const { return *Sources.front(); }
    bool isNamed(llvm::StringRef Library) const;
    /// Whether some of its headers do not compile.
    bool isUnread(llvm::ArrayRef<const native::Library *> Unread) const;
    Location where() const;
  };
  /// The entries that \p Import may be of.
  std::vector<const Entry *> entriesOf(const managed::Method &Import) const;
  bool isOwn(const managed::Method &Import) const;
  bool answersPInvokes() const;

  const native::Program &P;
  llvm::ArrayRef<std::string> Own;
  std::vector<Entry> Entries;
  std::vector<const native::Library *> Unread;
  bool HasAnnotations; ///< or no sources at all, where they are missed
  /// Whether P/Invokes are the program's to answer: a program that registers
  /// internal calls only leaves them to the loader of libraries.
  bool AnswersPInvokes = true;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_LIBRARIES_H
