//===- ShownPath.cpp - Paths in findings and in facts ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/diagnostic/ShownPath.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace ilbridge {

std::string shownPath(llvm::StringRef Path, llvm::StringRef Directory,
                      llvm::StringRef Root) {
  llvm::SmallString<256> Full = Path;
  llvm::sys::fs::make_absolute(Directory, Full);
  llvm::SmallString<256> Clean = Full;
  llvm::sys::path::remove_dots(Clean, /*remove_dot_dot=*/true);

  llvm::StringRef Shown = Clean;
  llvm::SmallString<256> Prefix = Root;
  if (!Prefix.empty() && !llvm::sys::path::is_separator(Prefix.back()))
    Prefix += llvm::sys::path::get_separator();
  if (!Root.empty() && Shown.consume_front(Prefix))
    return llvm::sys::path::convert_to_slash(Shown);
  // Outside, "x/.." need not be where x is: /lib/.. is /usr on many systems.
  llvm::SmallString<256> Real;
  if (llvm::is_contained(llvm::make_range(llvm::sys::path::begin(Full),
                                          llvm::sys::path::end(Full)),
                         "..") &&
      !llvm::sys::fs::real_path(Full, Real))
    Shown = Real;
  return llvm::sys::path::convert_to_slash(Shown);
}

} // namespace ilbridge
