//===- AdoptEdits.h - Edits for `ilbridge adopt` ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_ADOPTEDITS_H
#define ILBRIDGE_LIB_DRIVER_ADOPTEDITS_H

#include "ilbridge/driver/Project.h"
#include "ilbridge/native/Export.h"
#include <set>

namespace ilbridge::driver {

/// A registration that becomes an annotation.
struct Adopted {
  const native::Export *Function;
  std::string Annotation; ///< "ILBRIDGE_INTERNAL_CALL(\"Ns.Type::Method\")"
  std::string Method;     ///< as annotations name it
};

struct EditedFile {
  std::string Path; ///< absolute
  std::string Old, New;
};

/// Collects the edits of all files, as fix-its.
class AdoptEdits {
public:
  /// \p Name is the name of the generated function. Its call replaces the first
  /// registration.
  AdoptEdits(const Project &P, std::string Name)
      : P(P), Name(std::move(Name)) {}

  /// Adds the edits for a registration. \returns the reason if it cannot be
  /// edited; otherwise an empty string.
  std::string add(const Adopted &A);
  /// The edited files, in the order of their paths.
  llvm::Expected<std::vector<EditedFile>> finish();

  /// The number of registrations that are replaced.
  size_t count() const { return Removed.size(); }
  /// Whether the generated function is called in one of the files.
  bool hasCall() const { return HasCall; }

private:
  struct File {
    std::string Path, Text;
    std::vector<size_t> Lines; ///< the offset at which each line begins
    std::vector<FixIt> Edits;
    bool NeedsHeader = false;
  };
  File *file(const std::string &Shown);
  static size_t offset(const File &F, Position At);
  static Position position(const File &F, size_t Offset);
  void remove(File &F, const WrittenType &Range);
  void addLine(File &F, size_t Offset, const std::string &Line);
  void addCall();

  const Project &P;
  std::string Name;
  std::map<std::string, File> Files; ///< by paths as in facts
  std::set<std::pair<Location, std::string>> Annotated;
  std::set<std::pair<std::string, Position>> Removed, Exported;
  /// The first statement, which the call replaces.
  std::optional<std::pair<Location, WrittenType>> First;
  bool HasCall = false;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_ADOPTEDITS_H
