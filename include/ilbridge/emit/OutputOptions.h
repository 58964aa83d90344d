//===- OutputOptions.h - The options of an output ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// OutputOptions.def describes every option of an output once. The reader of
// ilbridge.yaml, the command line, completion, help and the table in
// docs/configuration.md are all generated from it:
//
//   for (const OutputOption &O : outputOptions())
//     if (there is a value V of O)
//       if (!Backend.understands(O.ID))    // say Backend.whyNot("--abi")
//       if (Error E = Values.set(O.ID, V)) // say E
//   if (Backend.Contradiction)
//     if (auto C = Backend.Contradiction(Values, "--")) // say it
//
// The texts contain no source location, because the caller knows it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_EMIT_OUTPUTOPTIONS_H
#define ILBRIDGE_EMIT_OUTPUTOPTIONS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <array>
#include <optional>
#include <string>

namespace ilbridge::emit {

enum class OutputOptionID : uint8_t {
#define OUTPUT_OPTION(ID, KEY, KIND, META, WORDS, REPEATED, MEANING) ID,
#include "ilbridge/emit/OutputOptions.def"
};

/// One row of OutputOptions.def.
struct OutputOption {
  enum ValueKind : uint8_t {
    Flag,       ///< given or not; in ilbridge.yaml, true or false
    Text,       ///< any text
    CxxName,    ///< a C++ identifier, which may be qualified: "game::Table"
    CSharpName, ///< a C# name with its namespace: "Game.Native"
    Word,       ///< one of words()
    Path,       ///< path of a file or folder; values are absolute
  };
  OutputOptionID ID;
  llvm::StringLiteral Key; ///< in ilbridge.yaml; after "--", the flag
  ValueKind Kind;
  const char *Meta;  ///< placeholder of the value in help; empty for a Flag
  const char *Words; ///< separated by commas; empty unless Kind is Word
  bool IsRepeated;   ///< as a flag; each value defines a separate output
  const char *Meaning;

  llvm::SmallVector<llvm::StringRef, 4> words() const;
};

/// All options, in the order in which they are documented.
llvm::ArrayRef<OutputOption> outputOptions();
const OutputOption &outputOption(OutputOptionID ID);

/// The options that are given for one output, each with a value of its kind.
class OptionValues {
public:
  bool has(OutputOptionID ID) const { return at(ID).has_value(); }
  /// Whether an option of the kind Flag is on.
  bool flag(OutputOptionID ID) const { return at(ID) == "true"; }
  /// Returns the value of another option; empty if it is not given.
  llvm::StringRef text(OutputOptionID ID) const {
    return at(ID) ? llvm::StringRef(*at(ID)) : "";
  }

  /// Sets the value of \p ID. The value of a Flag is "true" or "false". The
  /// Error lists the accepted values.
  llvm::Error set(OutputOptionID ID, llvm::StringRef Value);

private:
  const std::optional<std::string> &at(OutputOptionID ID) const {
    return Values[static_cast<size_t>(ID)];
  }

  static constexpr size_t Count = 0
#define OUTPUT_OPTION(ID, KEY, KIND, META, WORDS, REPEATED, MEANING) +1
#include "ilbridge/emit/OutputOptions.def"
      ;
  std::array<std::optional<std::string>, Count> Values;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_EMIT_OUTPUTOPTIONS_H
