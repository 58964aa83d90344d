//===- LLVM.h - Differences between versions of LLVM ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The sources call the functions of LLVM 19. With another version of LLVM, the
// compiler includes this header before each source (AddIlbridge.cmake), and it
// declares the functions that this version lacks. Clang.h beside it has the
// differences between versions of Clang, and OptionTable.h those of option
// tables.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_VERSIONS_LLVM_H
#define ILBRIDGE_VERSIONS_LLVM_H

#include "llvm/Config/llvm-config.h"

// Virtual functions of llvm::vfs::FileSystem.
#if LLVM_VERSION_MAJOR < 19
#define ILBRIDGE_OVERRIDE_SINCE_LLVM_19
#define ILBRIDGE_CONST_BEFORE_LLVM_19 const
#else
#define ILBRIDGE_OVERRIDE_SINCE_LLVM_19 override
#define ILBRIDGE_CONST_BEFORE_LLVM_19
#endif

#if LLVM_VERSION_MAJOR < 19
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/ThreadPool.h"

// There was one class before, and macros rename forward declarations as well.
#define ThreadPoolInterface ThreadPool
#define DefaultThreadPool ThreadPool

namespace llvm {

inline Error createStringError(const Twine &Message) {
  return make_error<StringError>(Message, inconvertibleErrorCode());
}

template <typename LeftT, typename RightT, typename PredicateT>
bool equal(LeftT &&L, RightT &&R, PredicateT P) {
  return std::equal(adl_begin(L), adl_end(L), adl_begin(R), adl_end(R), P);
}

template <typename RangeT> auto unique(RangeT &&Range) {
  return std::unique(adl_begin(Range), adl_end(Range));
}

template <typename RangeT, typename ValueT>
bool binary_search(RangeT &&Range, const ValueT &Value) {
  return std::binary_search(adl_begin(Range), adl_end(Range), Value);
}

} // namespace llvm
#endif

#if LLVM_VERSION_MAJOR < 18
#include "llvm/Support/Endian.h"

// Later versions of llvm/Option/OptTable.h define these two.
#define LLVM_MAKE_OPT_ID(PREFIX, NAME, ID, ...) OPT_##ID
#define LLVM_CONSTRUCT_OPT_INFO(PREFIX, NAME, ID, KIND, GROUP, ALIAS,          \
                                ALIASARGS, FLAGS, PARAM, HELPTEXT, METAVAR,    \
                                VALUES)                                        \
  {PREFIX,      NAME,      HELPTEXT,                                           \
   METAVAR,     OPT_##ID,  llvm::opt::Option::KIND##Class,                     \
   PARAM,       FLAGS,     OPT_##GROUP,                                        \
   OPT_##ALIAS, ALIASARGS, VALUES}

namespace llvm {

using endianness = support::endianness;

template <typename ContainerT, typename ValueT>
void erase(ContainerT &Container, ValueT Value) {
  erase_value(Container, Value);
}

} // namespace llvm
#endif

#if LLVM_VERSION_MAJOR >= 22
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace llvm::sys::fs {

inline void make_absolute(const Twine &Folder, SmallVectorImpl<char> &Path) {
  path::make_absolute(Folder, Path);
}

} // namespace llvm::sys::fs
#endif

#endif // ILBRIDGE_VERSIONS_LLVM_H
