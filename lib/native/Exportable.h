//===- Exportable.h - Decides what can be exported --------------*- C++ -*-===//
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
class NamedDecl;
class ValueDecl;
} // namespace clang

namespace ilbridge::native {

class SourceLocations;

/// Whether \p D declares its parameters. `int f();` does not, and a definition
/// with only names in the parentheses receives arguments after default argument
/// promotions (C17 6.7.6.3p14, 6.5.2.2p6).
bool hasParameterList(const clang::FunctionDecl &D);

/// Returns why generated code cannot call \p D, independent of its types. \p
/// MayHaveObject: a C# method whose object may have a C++ object.
std::vector<Diagnostic> refusals(const clang::FunctionDecl &D,
                                 const Location &Where,
                                 bool MayHaveObject = false);

/// Returns findings about the types of \p D that exceed a limit and therefore
/// must not be lowered.
std::vector<Diagnostic> refusals(const clang::FunctionDecl &D,
                                 TypeBounds &Bounds,
                                 SourceLocations &Locations);

/// Returns findings about the types of \p E that cannot be passed.
std::vector<Diagnostic> refusals(const Export &E);

/// Returns why \p D cannot declare a managed method: it is neither a function
/// that generated code can define nor a pointer to a function that it can set.
/// Completes "it cannot declare a managed method: …"; empty if there is no
/// problem.
std::string importRefusal(const clang::NamedDecl &D);

/// As above, for the types of \p D, which is such a function or pointer.
std::string importRefusal(const clang::ValueDecl &D, TypeBounds &Bounds);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_EXPORTABLE_H
