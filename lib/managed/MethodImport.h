//===- MethodImport.h - Attributes of P/Invokes -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_METHODIMPORT_H
#define ILBRIDGE_LIB_MANAGED_METHODIMPORT_H

#include "MetadataImport.h"
#include "MethodIndex.h"
#include "ilbridge/managed/Model.h"

namespace ilbridge::managed {

/// Reads [DllImport] and the related attributes of the method \p R into \p Out,
/// except for PreserveSig, which is a flag of the method.
llvm::Error describePInvoke(AssemblySet &Set, Assembly &A,
                            ecma335::MethodDefRid R, Method &Out);

/// Sets the names of a P/Invoke that [LibraryImport] generated to those that
/// the user wrote, and marks its pointers to characters with [MarshalAs]. Does
/// nothing for other methods. \p Methods is the index of \p A.
llvm::Error describeLibraryImport(AssemblySet &Set, Assembly &A,
                                  MethodIndex &Methods, ecma335::MethodDefRid R,
                                  Method &Out);

/// If \p Name is the name of an unmanaged function pointer of the type \p Type,
/// returns all function pointers of the type in declaration order, because they
/// are set together. Otherwise returns none. They are the static fields of the
/// type, or the instance fields of a struct that has no other fields, so that
/// it is a table itself.
llvm::Expected<std::vector<Method>> describePointers(AssemblySet &Set,
                                                     Assembly &A,
                                                     ecma335::TypeDefRid Type,
                                                     llvm::StringRef Name);

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_METHODIMPORT_H
