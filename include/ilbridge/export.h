/*===- ilbridge/export.h - Annotations for exported functions ------*- C -*-===
 *
 * Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *===----------------------------------------------------------------------===
 *
 * Put one of these before a function that managed code calls, or that stands
 * for a managed method:
 *
 *   ILBRIDGE_EXPORT int32_t Add(int32_t A, int32_t B);
 *
 * Under Clang they expand to an annotate attribute, which changes no code and
 * is what ilbridge looks for; under every other compiler to nothing.
 * docs/annotations.md describes each.
 *
 *===----------------------------------------------------------------------===*/

#ifndef ILBRIDGE_EXPORT_H
#define ILBRIDGE_EXPORT_H

#if defined(__clang__)
#define ILBRIDGE_ANNOTATE(text) __attribute__((annotate(text)))
#else
#define ILBRIDGE_ANNOTATE(text)
#endif

/* The P/Invokes whose EntryPoint (or, where they state none, whose method
 * name) is this function's name. */
#define ILBRIDGE_EXPORT ILBRIDGE_ANNOTATE("ilbridge.export")

/* The P/Invoke of this name: "[Module]Ns.Type::Method(System.Int32)". The
 * module and the parameter list may be left out where they are not needed to
 * tell methods apart. */
#define ILBRIDGE_EXPORT_AS(method) ILBRIDGE_ANNOTATE("ilbridge.export:" method)

/* The internal call ([MethodImpl(MethodImplOptions.InternalCall)]) of this
 * name, "Ns.Type::Method(System.Int32)". */
#define ILBRIDGE_INTERNAL_CALL(method)                                         \
  ILBRIDGE_ANNOTATE("ilbridge.internal_call:" method)

/* The field of this name, "Ns.Type::Field", whose type is an unmanaged function
 * pointer (delegate* unmanaged<...>). Fields are set from a table. */
#define ILBRIDGE_FUNCTION_POINTER(field)                                       \
  ILBRIDGE_ANNOTATE("ilbridge.function_pointer:" field)

/* The constructor of this name, "System.String::.ctor(System.Char[])": the
 * function takes the constructor's parameters and returns the new object. */
#define ILBRIDGE_NEWOBJ(constructor)                                           \
  ILBRIDGE_ANNOTATE("ilbridge.newobj:" constructor)

/* The same as an intrinsic: it replaces a constructor that is no internal call,
 * whose body is no longer used. */
#define ILBRIDGE_NEWOBJ_INTRINSIC(constructor)                                 \
  ILBRIDGE_ANNOTATE("ilbridge.newobj_intrinsic:" constructor)

/* The managed method of this name, whose body the function replaces. */
#define ILBRIDGE_INTRINSIC(method)                                             \
  ILBRIDGE_ANNOTATE("ilbridge.intrinsic:" method)

/* On a function that is declared and never defined, or on a variable that is a
 * pointer to a function: native code calls the managed method of this name
 * through it. Generated code defines the function or sets the variable.
 *
 *   ILBRIDGE_IMPORT("Ns.Type::Method(System.Int32)") extern void (*Hit)(int);
 */
#define ILBRIDGE_IMPORT(method) ILBRIDGE_ANNOTATE("ilbridge.import:" method)

/* Who frees what a function returns by address: its caller, with free() ... */
#define ILBRIDGE_OWNED ILBRIDGE_ANNOTATE("ilbridge.owned")
/* ... or nobody: it stays the callee's. */
#define ILBRIDGE_BORROWED ILBRIDGE_ANNOTATE("ilbridge.borrowed")

/* The function keeps the callbacks that it is given, and they are called after
 * it has returned: managed code has to keep their delegates alive. */
#define ILBRIDGE_KEEPS_CALLBACKS ILBRIDGE_ANNOTATE("ilbridge.keeps_callbacks")

/* On a parameter: it gets the length of the parameter before it. LeanCLR calls
 * such a function with one string or one array of C# for both:
 *
 *   void Write(const char16_t *Text, ILBRIDGE_LENGTH int32_t Length);
 */
#define ILBRIDGE_LENGTH ILBRIDGE_ANNOTATE("ilbridge.length")

#endif /* ILBRIDGE_EXPORT_H */
