/*===- ilbridge/export.h - Annotations for exported functions ------*- C -*-===
 *
 * Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *===----------------------------------------------------------------------===
 *
 * Put one of these macros before a function that managed code calls, or before
 * the declaration of a managed method:
 *
 *   ILBRIDGE_EXPORT int32_t Add(int32_t A, int32_t B);
 *
 * For Clang, they expand to an annotate attribute, which ilbridge reads and
 * which changes no code. For all other compilers, they expand to nothing.
 * docs/annotations.md describes each macro.
 *
 *===----------------------------------------------------------------------===*/

#ifndef ILBRIDGE_EXPORT_H
#define ILBRIDGE_EXPORT_H

#if defined(__clang__)
#define ILBRIDGE_ANNOTATE(text) __attribute__((annotate(text)))
#else
#define ILBRIDGE_ANNOTATE(text)
#endif

/* The function implements the P/Invokes whose EntryPoint is its name. The
 * default EntryPoint is the method's name. */
#define ILBRIDGE_EXPORT ILBRIDGE_ANNOTATE("ilbridge.export")

/* The function implements the P/Invoke "[Module]Ns.Type::Method(System.Int32)".
 * The module and the parameter list may be omitted if the name without them
 * is unique. */
#define ILBRIDGE_EXPORT_AS(method) ILBRIDGE_ANNOTATE("ilbridge.export:" method)

/* The function implements the internal call with this name
 * ([MethodImpl(MethodImplOptions.InternalCall)]). */
#define ILBRIDGE_INTERNAL_CALL(method)                                         \
  ILBRIDGE_ANNOTATE("ilbridge.internal_call:" method)

/* The function is the target of the field "Ns.Type::Field", an unmanaged
 * function pointer (delegate* unmanaged<...>). Fields are set from a table. */
#define ILBRIDGE_FUNCTION_POINTER(field)                                       \
  ILBRIDGE_ANNOTATE("ilbridge.function_pointer:" field)

/* The function replaces the constructor "System.String::.ctor(System.Char[])".
 * It takes the constructor's parameters and returns the new object. */
#define ILBRIDGE_NEWOBJ(constructor)                                           \
  ILBRIDGE_ANNOTATE("ilbridge.newobj:" constructor)

/* As ILBRIDGE_NEWOBJ, for a constructor that is not an internal call. The body
 * of the constructor is not used. */
#define ILBRIDGE_NEWOBJ_INTRINSIC(constructor)                                 \
  ILBRIDGE_ANNOTATE("ilbridge.newobj_intrinsic:" constructor)

/* The function replaces the body of the managed method with this name. */
#define ILBRIDGE_INTRINSIC(method)                                             \
  ILBRIDGE_ANNOTATE("ilbridge.intrinsic:" method)

/* For a function without a definition, or for a variable that is a pointer to a
 * function: native code calls the managed method with this name through it.
 * Generated code defines the function or sets the variable.
 *
 *   ILBRIDGE_IMPORT("Ns.Type::Method(System.Int32)") extern void (*Hit)(int);
 */
#define ILBRIDGE_IMPORT(method) ILBRIDGE_ANNOTATE("ilbridge.import:" method)

/* The caller has to free the returned memory with free(). */
#define ILBRIDGE_OWNED ILBRIDGE_ANNOTATE("ilbridge.owned")
/* The callee owns the returned memory. */
#define ILBRIDGE_BORROWED ILBRIDGE_ANNOTATE("ilbridge.borrowed")

/* The function stores its callbacks, and they can be called after it has
 * returned. Therefore managed code has to keep their delegates alive. */
#define ILBRIDGE_KEEPS_CALLBACKS ILBRIDGE_ANNOTATE("ilbridge.keeps_callbacks")

/* For a parameter that receives the length of the previous parameter. LeanCLR
 * calls such a function with one C# string or array for both:
 *
 *   void Write(const char16_t *Text, ILBRIDGE_LENGTH int32_t Length);
 */
#define ILBRIDGE_LENGTH ILBRIDGE_ANNOTATE("ilbridge.length")

#endif /* ILBRIDGE_EXPORT_H */
