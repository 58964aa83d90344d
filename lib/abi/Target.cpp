//===- Target.cpp - The targets that are compared -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/abi/Target.h"
#include "ilbridge/abi/Clang.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

namespace ilbridge::abi {

static constexpr Preset Presets[] = {
    {"android-arm64", "aarch64-unknown-linux-android21", true},
    {"android-armv7", "armv7a-unknown-linux-androideabi21", true},
    {"android-x64", "x86_64-unknown-linux-android21"},
    {"ios", "arm64-apple-ios13.0.0", true},
    {"ios-simulator", "arm64-apple-ios13.0.0-simulator"},
    {"linux-arm64", "aarch64-unknown-linux-gnu", true},
    {"linux-musl-arm64", "aarch64-unknown-linux-musl"},
    {"linux-musl-x64", "x86_64-unknown-linux-musl"},
    {"linux-x64", "x86_64-unknown-linux-gnu", true},
    {"macos-arm64", "arm64-apple-macosx11.0.0"},
    {"macos-x64", "x86_64-apple-macosx10.13.0"},
    {"wasm", "wasm32-unknown-emscripten", true},
    {"wasm64", "wasm64-unknown-emscripten"},
    {"windows-arm64", "aarch64-pc-windows-msvc"},
    {"windows-x64", "x86_64-pc-windows-msvc", true},
    {"windows-x86", "i686-pc-windows-msvc", true},
};

llvm::ArrayRef<Preset> presets() { return Presets; }

std::vector<Target> watchedByDefault() {
  std::vector<Target> Result;
  for (const Preset &P : Presets)
    if (P.IsWatched)
      Result.push_back({P.Name.str(), P.Triple.str()});
  return Result;
}

bool isSameTarget(llvm::StringRef A, llvm::StringRef B) {
  llvm::Triple TA(llvm::Triple::normalize(A)), TB(llvm::Triple::normalize(B));
  // A processor of the same family, such as i386 and i686, or armv7 and armv7a.
  auto Environment = [](const llvm::Triple &T) {
    return T.isOSWindows() &&
                   T.getEnvironment() == llvm::Triple::UnknownEnvironment
               ? llvm::Triple::MSVC
               : T.getEnvironment();
  };
  return TA.getArch() == TB.getArch() && TA.getOS() == TB.getOS() &&
         Environment(TA) == Environment(TB) &&
         TA.getObjectFormat() == TB.getObjectFormat();
}

Target targetOf(llvm::StringRef Triple) {
  for (const Preset &P : Presets)
    if (isSameTarget(P.Triple, Triple))
      return {P.Name.str(), Triple.str()};
  return {Triple.str(), Triple.str()};
}

Target targetMeantBy(llvm::StringRef Text) {
  llvm::Triple T(llvm::Triple::normalize(Text));
  for (const Preset &P : Presets) {
    llvm::Triple Other(P.Triple);
    bool IsMeant = (T.isOSWindows() && Other.isOSWindows()) ||
                   (T.isWasm() && Other.isWasm());
    if (IsMeant && T.getArch() == Other.getArch())
      return {P.Name.str(), P.Triple.str()};
  }
  return targetOf(Text);
}

Target hostTarget() { return targetOf(llvm::sys::getDefaultTargetTriple()); }

llvm::Expected<Target> findTarget(llvm::StringRef NameOrTriple) {
  auto Found = llvm::find_if(
      Presets, [&](const Preset &P) { return P.Name == NameOrTriple; });
  if (Found != std::end(Presets))
    return Target{Found->Name.str(), Found->Triple.str()};

  llvm::Expected<bool> IsKnown = isKnownToClang(NameOrTriple);
  if (!IsKnown)
    return IsKnown.takeError();
  if (*IsKnown)
    return targetOf(NameOrTriple);
  std::string Known;
  for (const Preset &P : Presets)
    Known += (Known.empty() ? "" : ", ") + P.Name.str();
  return llvm::createStringError("there is no target '" + NameOrTriple +
                                 "': it is neither a triple that Clang knows "
                                 "nor one of " +
                                 Known);
}

void setManagedWidths(DataModel &Model, const llvm::Triple &T) {
  Model.AutoChar = T.isOSWindows() ? 16 : 8;
  // AAPCS and AAPCS64 have no type of a greater alignment. On other processors,
  // a vector is aligned to its size.
  Model.VectorAlign = T.isARM() || T.isThumb() ? 64 : T.isAArch64() ? 128 : 512;
}

} // namespace ilbridge::abi
