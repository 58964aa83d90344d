//===- il2cpp-config.h - Calling conventions --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This header defines the macros of the calling conventions. The runtime's
// macros are empty except on Windows for x86. Here two of them are real,
// different conventions, so that a function that does not state its convention
// finds its arguments in the wrong registers.
//
//===----------------------------------------------------------------------===//

#ifndef IL2CPP_CONFIG_H
#define IL2CPP_CONFIG_H

#if defined(__x86_64__) && !defined(_WIN32)
#define STDCALL __attribute__((ms_abi))
#define FASTCALL __attribute__((ms_abi))
#else
#define STDCALL
#define FASTCALL
#endif
#define CDECL
#define THISCALL

#endif // IL2CPP_CONFIG_H
