//===- OptionTable.h - Option tables of versions of LLVM --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This header includes "Options.inc", the table of options that llvm-tblgen
// generates. Since LLVM 20, the names of options are in two tables of their
// own, OptionStrTable and OptionPrefixesTable. Include this header once, in the
// namespace that has the values of the options.
//
//===----------------------------------------------------------------------===//

#define OPTTABLE_STR_TABLE_CODE
#include "Options.inc"
#undef OPTTABLE_STR_TABLE_CODE

#define OPTTABLE_PREFIXES_TABLE_CODE
#include "Options.inc"
#undef OPTTABLE_PREFIXES_TABLE_CODE

#define PREFIX(NAME, VALUE)                                                    \
  static constexpr llvm::StringLiteral NAME##_init[] = VALUE;                  \
  static constexpr llvm::ArrayRef<llvm::StringLiteral> NAME(                   \
      NAME##_init, std::size(NAME##_init) - 1);
#include "Options.inc"
#undef PREFIX

/// Returns the name of an option, with its dashes.
static std::string prefixedNameOf(const llvm::opt::OptTable::Info &I) {
#if LLVM_VERSION_MAJOR >= 20
  return I.getPrefixedName(OptionStrTable).str();
#elif LLVM_VERSION_MAJOR >= 18
  return I.PrefixedName.str();
#else
  return I.Prefixes.empty() ? I.Name.str()
                            : (I.Prefixes.front() + I.Name).str();
#endif
}

namespace {
class NamedOptions : public llvm::opt::GenericOptTable {
protected:
#if LLVM_VERSION_MAJOR >= 20
  explicit NamedOptions(llvm::ArrayRef<Info> Options)
      : GenericOptTable(OptionStrTable, OptionPrefixesTable, Options) {}
#else
  explicit NamedOptions(llvm::ArrayRef<Info> Options)
      : GenericOptTable(Options) {}
#endif
};
} // namespace
