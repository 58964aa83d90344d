//===- Exportable.h - What can be exported -------------------- -*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_EXPORTABLE_H
#define ILBRIDGE_LIB_NATIVE_EXPORTABLE_H

#include "TypeBounds.h"
#include "ilbridge/native/Export.h"

namespace clang {
class FunctionDecl;
} // namespace clang

namespace ilbridge::native {

class Places;

/// Whether \p D declares its parameters. `int f();` does not, and a definition
/// with only names in the parentheses receives arguments after default argument
/// promotions (C17 6.7.6.3p14, 6.5.2.2p6).
bool hasParameterList(const clang::FunctionDecl &D);

/// Why generated code cannot call \p D, whatever its types. \p MayHaveObject:
/// for a method of C# whose object may lead to one of C++.
std::vector<Diagnostic> refusals(const clang::FunctionDecl &D,
                                 const Location &Where,
                                 bool MayHaveObject = false);

/// The types of \p D that exceed a limit, so that they must not be lowered.
std::vector<Diagnostic> refusals(const clang::FunctionDecl &D,
                                 TypeBounds &Bounds, Places &ThePlaces);

/// The types of \p E that cannot be passed.
std::vector<Diagnostic> refusals(const Export &E);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_EXPORTABLE_H
