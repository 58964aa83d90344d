//===- RenderFormats.h - One function per output format ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DIAGNOSTIC_RENDERFORMATS_H
#define ILBRIDGE_LIB_DIAGNOSTIC_RENDERFORMATS_H

#include "ilbridge/diagnostic/Render.h"

namespace ilbridge {

void renderText(llvm::ArrayRef<Diagnostic> Findings,
                const RenderOptions &Options, llvm::raw_ostream &OS);
void renderJSON(llvm::ArrayRef<Diagnostic> Findings,
                llvm::ArrayRef<BindingCoverage> Bindings,
                llvm::raw_ostream &OS);
void renderSARIF(llvm::ArrayRef<Diagnostic> Findings,
                 llvm::ArrayRef<BindingCoverage> Bindings,
                 const RenderOptions &Options, llvm::raw_ostream &OS);
void renderGitHub(llvm::ArrayRef<Diagnostic> Findings, llvm::raw_ostream &OS);

} // namespace ilbridge

#endif // ILBRIDGE_LIB_DIAGNOSTIC_RENDERFORMATS_H
