//===- FilePreamble.h - The beginning of generated files --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_FILEPREAMBLE_H
#define ILBRIDGE_LIB_EMIT_FILEPREAMBLE_H

#include "LayoutChecks.h"
#include "Printer.h"

namespace ilbridge::emit {

/// Prints the comment that names the tool and its inputs. It does not differ
/// between machines or days.
void printPreamble(Printer &P, llvm::ArrayRef<const match::Binding *> Bindings,
                   llvm::ArrayRef<match::ManagedCall> Calls = {});

/// Prints the layout checks with a heading, if there are any.
void printChecks(Printer &P, const LayoutChecks &Checks);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_FILEPREAMBLE_H
