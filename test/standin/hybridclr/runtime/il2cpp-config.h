//===- il2cpp-config.h - Calling conventions --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The calling conventions. The runtime's macros are empty except for Windows on
// x86. Here two of them are a convention of their own, so that a function that
// forgets them finds its arguments in the wrong registers.
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
