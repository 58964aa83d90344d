//===- Declarations.h - Declarations for generated files --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated files include the headers that declare functions and types. A
// declaration that only a source file contains is repeated, and the layout that
// it assumes is checked when the generated file is compiled.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_DECLARATIONS_H
#define ILBRIDGE_LIB_EMIT_DECLARATIONS_H

#include "Printer.h"
#include "ilbridge/emit/Backend.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <map>
#include <set>

namespace ilbridge::emit {

class Declarations {
public:
  /// Both arguments have to outlive the object.
  Declarations(const native::Program &Program, const OutputRequest &Request)
      : Program(Program), Request(Request) {}

  /// \returns whether generated code can call \p E; otherwise adds a finding.
  /// \param OtherRemedy an alternative to a header, for a C++ source: ", or …".
  bool need(const native::Export &E, llvm::StringRef OtherRemedy = "");
  /// As above, for the classes to which the objects of \p B are cast.
  bool needClasses(const match::Binding &B);
  /// As above, for the declaration of a managed method: whether generated code
  /// can define or set it.
  bool need(const native::ManagedImport &I);
  /// Whether the definition of \p R is visible in generated code. Call it after
  /// need() was called for all functions.
  bool isComplete(const RecordType &R) const;

  void printIncludes(Printer &P) const;
  void printOwn(Printer &P) const;
  DiagnosticList takeFindings() { return std::move(Findings); }

private:
  bool needDeclared(const native::DeclaredFunction &E,
                    llvm::StringRef OtherRemedy);
  /// The #include directives of a source that are required.
  struct Includes {
    llvm::StringMap<size_t> Leading; ///< by Header::File, into Facts::Includes
    size_t Count = 0;
    std::set<Header> Others; ///< headers that none of them leads to
  };

  bool needClass(const native::Export &E, llvm::StringRef Name);
  Includes &includesOf(const native::Facts &F);
  void include(const native::Facts &F, const Header &H);
  bool needComplete(const native::Facts &F, const Type &T, std::string &Why);
  bool needType(const native::Facts &F, const Type &T, bool Complete,
                std::string &Why);
  bool needNamed(const native::Facts &F, const Type &T, const Declaration &D,
                 bool Complete, std::string &Why);
  bool canDefine(const RecordType &R, std::string &Why) const;
  std::string relative(llvm::StringRef File) const;
  std::string spelling(const Header &H) const;
  void printFunction(Printer &P, const native::DeclaredFunction &E,
                     bool IsPointer) const;
  void printRecord(Printer &P, const RecordType &R) const;
  void printEnum(Printer &P, const EnumType &E) const;
  void inNamespace(Printer &P, const Declaration &D,
                   llvm::function_ref<void()> Print) const;
  void printChecks(Printer &P, const RecordType &R) const;

  const native::Program &Program;
  const OutputRequest &Request;
  llvm::DenseMap<const native::Facts *, Includes> IncludesOf;
  llvm::StringSet<> Headers; ///< the files that generated code sees
  /// By qualified name; two translation units may have different types with one
  /// name.
  std::map<std::string, const Type *> Declared;
  /// Definitions, each after those that it requires.
  std::vector<const Type *> Order;
  std::map<std::string, const Type *> Forward;
  std::vector<const native::Export *> Functions;
  std::vector<const native::ManagedImport *> Imports;
  unsigned PointerBits = 64;
  DiagnosticList Findings;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_DECLARATIONS_H
