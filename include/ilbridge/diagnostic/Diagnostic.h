//===- Diagnostic.h - Findings and their locations -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every finding has a row in Diagnostics.def: its id, its default severity and
// its text. A component makes a Diagnostic from a row, a location and
// arguments. Only a host (command line, plugin, clang-tidy) prints it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_DIAGNOSTIC_DIAGNOSTIC_H
#define ILBRIDGE_DIAGNOSTIC_DIAGNOSTIC_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
}

namespace ilbridge {

enum class Severity : uint8_t { Ignored, Warning, Error };

enum class DiagnosticID : uint16_t {
#define DIAGNOSTIC(NAME, ID, SEVERITY, SCOPE, FORMAT) NAME,
#include "ilbridge/diagnostic/Diagnostics.def"
};

/// The input that is required to make a finding.
enum class Scope : uint8_t {
  Source,  ///< one C++ source and the managed side
  Program, ///< all sources, or the managed side alone
};

/// One row of the catalogue.
struct DiagnosticInfo {
  DiagnosticID ID;
  llvm::StringRef Name; ///< "ilbridge-missing-export"
  Severity DefaultSeverity;
  Scope TheScope;
  llvm::StringRef Format; ///< for llvm::formatv
};

/// The whole catalogue, in the order of Diagnostics.def.
llvm::ArrayRef<DiagnosticInfo> diagnosticCatalogue();
const DiagnosticInfo &diagnosticInfo(DiagnosticID ID);
/// Looks a row up by its name, with or without the prefix "ilbridge-".
std::optional<DiagnosticID> findDiagnostic(llvm::StringRef Name);

/// A position in a text file. Line and column count from 1, the column in
/// bytes; 0 means the file as a whole.
struct Position {
  unsigned Line = 0;
  unsigned Column = 0;
  auto operator<=>(const Position &) const = default;
};

/// The location of a declaration: a position in a text file (C++ or YAML), or a
/// member of an assembly, which has no lines.
struct Location {
  std::string File;
  Position Start;
  /// Display name of a managed member, e.g. "Game.Native::Add(System.Int32)".
  std::string Member;

  bool isValid() const { return !File.empty(); }
  auto operator<=>(const Location &) const = default;
};
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Location &L);

/// One text edit: Text replaces the range [Begin, End) of File.
struct FixIt {
  std::string File;
  Position Begin;
  Position End;
  std::string Text;
  auto operator<=>(const FixIt &) const = default;
};

/// An edit of the declaration of a managed member. The range of the edit is
/// determined when the finding is reported.
struct ManagedEdit {
  enum Kind : uint8_t {
    Type,       ///< Text replaces the type of the parameter or result
    Modifier,   ///< Text replaces "ref" or "out"
    Marshal,    ///< [MarshalAs(UnmanagedType.Text)] is added
    Convention, ///< [DllImport] states CallingConvention.Text
  };
  static constexpr unsigned Result = ~0u;

  Kind TheKind;
  unsigned Parameter; ///< from 0, or Result
  std::string Text;
};

/// An additional location that belongs to a finding.
struct Note {
  std::string Message;
  Location Where;
  std::vector<FixIt> Fixes;
  /// The edit that the note offers; nullopt: none. A note with an edit only
  /// offers the edit, and is dropped if the edit has no range in the text.
  std::optional<ManagedEdit> Edit = {};
};

/// A declaration that causes a finding for each of its uses, such as a struct
/// whose C# layout differs and whose address many functions take.
struct RootCause {
  std::string Message; ///< the problem, in one sentence
  Location Where;      ///< the declaration in C++
  std::vector<Note> Notes;
  /// How the finding's member uses it: "it is parameter 'node'".
  std::string Use = {};

  bool operator==(const RootCause &Other) const {
    return Where == Other.Where && Message == Other.Message;
  }
};

struct Diagnostic {
  DiagnosticID ID;
  Severity Level;
  std::string Message;
  Location Where;
  std::vector<Note> Notes;
  std::vector<FixIt> Fixes;
  /// The reason that the baseline states; empty: it is not in the baseline.
  /// Only SARIF output contains findings of the baseline.
  std::string KnownReason = {};
  /// The root cause that the finding shares with others; nullopt means that no
  /// other finding has this cause.
  std::optional<RootCause> Cause = {};

  bool isKnown() const { return !KnownReason.empty(); }
  Diagnostic &note(Location Place, std::string Text) {
    Notes.push_back({std::move(Text), std::move(Place), {}});
    return *this;
  }
  Diagnostic &fix(FixIt Edit) {
    Fixes.push_back(std::move(Edit));
    return *this;
  }
};
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Diagnostic &D);

/// Makes a finding from its catalogue row. \p Args fill the row's {0}, {1}, ….
template <typename... Ts>
Diagnostic diagnose(DiagnosticID ID, Location Where, Ts &&...Args) {
  const DiagnosticInfo &Info = diagnosticInfo(ID);
  return {ID,
          Info.DefaultSeverity,
          llvm::formatv(Info.Format.data(), std::forward<Ts>(Args)...).str(),
          std::move(Where),
          {},
          {}};
}

/// For text output: replaces all of \p Findings with the same cause by one
/// finding at the declaration, with a note for each. The others are unchanged.
/// Sorted by location.
std::vector<Diagnostic> groupByCause(llvm::ArrayRef<Diagnostic> Findings);

/// Findings in the order in which a user should read them.
class DiagnosticList {
public:
  Diagnostic &add(Diagnostic D);
  void append(DiagnosticList Other);

  /// Sorts by location, drops duplicates and findings that \p Severities
  /// ignores. After this the order does not depend on the order of discovery.
  struct SeverityOverride {
    DiagnosticID ID;
    Severity Level;
  };
  void finish(llvm::ArrayRef<SeverityOverride> Severities = {});

  void visit(llvm::function_ref<void(Diagnostic &)> Visit);

  /// Removes the findings of that scope.
  void dropAllOf(Scope S);

  /// Passes every location in the findings and their notes to \p Visit.
  void visitLocations(llvm::function_ref<void(Location &)> Visit);

  llvm::ArrayRef<Diagnostic> all() const { return List; }
  /// Except findings of the baseline.
  bool hasErrors() const;
  bool empty() const { return List.empty(); }

private:
  std::vector<Diagnostic> List;
};

} // namespace ilbridge

#endif // ILBRIDGE_DIAGNOSTIC_DIAGNOSTIC_H
