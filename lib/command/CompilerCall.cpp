//===- CompilerCall.cpp - Finds the compiler in a command -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompilerCall.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Triple.h"

using llvm::StringRef;

namespace ilbridge::command {

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Returns the name of a program without its folder and without the suffix that
/// Windows requires to run it. The drivers of Emscripten and the NDK are
/// scripts there. Commands of Windows, where case is not significant, are also
/// read on other systems.
static std::string programName(StringRef Program) {
  StringRef Name =
      llvm::sys::path::filename(Program, llvm::sys::path::Style::windows);
  for (StringRef Suffix : {".exe", ".bat", ".cmd", ".py"})
    if (Name.consume_back_insensitive(Suffix))
      return Name.lower();
  return Name.str();
}

bool isLauncher(StringRef Program) {
  return llvm::StringSwitch<bool>(programName(Program))
      .Cases("ccache", "sccache", "clcache", "buildcache", "cachecc1", true)
      .Cases("distcc", "icecc", "icerun", "gomacc", "colorgcc", true)
      .Cases("env", "cmake", "nice", "time", "xcrun", true)
      .Default(false);
}

namespace {
struct BaseName {
  llvm::StringLiteral Name;
  DriverFamily Family;
  bool IsCxx;
};
} // namespace

// A name precedes those that are its suffixes.
static constexpr BaseName BaseNames[] = {
    {"clang-cl", DriverFamily::CL, false},
    {"clang++", DriverFamily::GNU, true},
    {"clang", DriverFamily::GNU, false},
    {"g++", DriverFamily::GNU, true},
    {"gcc", DriverFamily::GNU, false},
    {"c++", DriverFamily::GNU, true},
    {"cc", DriverFamily::GNU, false},
    {"c89", DriverFamily::GNU, false},
    {"c99", DriverFamily::GNU, false},
    {"icpx", DriverFamily::GNU, true},
    {"icpc", DriverFamily::GNU, true},
    {"icx", DriverFamily::GNU, false},
    {"icc", DriverFamily::GNU, false},
    {"em++", DriverFamily::Emscripten, true},
    {"emcc", DriverFamily::Emscripten, false},
    {"cl", DriverFamily::CL, false},
    {"nvcc", DriverFamily::NVCC, true},
    {"zig", DriverFamily::GNU, false}, // zig cc, zig c++
};

static const BaseName *baseName(StringRef Name, StringRef &Prefix) {
  for (const BaseName &Each : BaseNames) {
    StringRef Rest = Name;
    if (!Rest.consume_back(Each.Name) ||
        (!Rest.empty() && !Rest.consume_back("-")))
      continue;
    Prefix = Rest;
    return &Each;
  }
  return nullptr;
}

/// Removes the version and the variant that packages append to the name: "-12",
/// "-4.9.2", "14", "-mp-12", "-win32".
static StringRef withoutVersion(StringRef Name) {
  if (!Name.consume_back("-win32"))
    Name.consume_back("-posix");
  Name = Name.rtrim("0123456789.");
  Name.consume_back("-");
  Name.consume_back("-mp");
  return Name;
}

/// Returns the target that the prefix of a driver's name states; empty if LLVM
/// does not support its architecture.
static std::string tripleOfPrefix(StringRef Prefix) {
  // Consoles whose compilers have special names.
  if (Prefix == "orbis")
    return "x86_64-scei-ps4";
  if (Prefix == "prospero")
    return "x86_64-sie-ps5";
  llvm::Triple T(llvm::Triple::normalize(Prefix));
  return T.getArch() == llvm::Triple::UnknownArch ? "" : Prefix.str();
}

/// Microsoft's compilers have the same name, in folders with the name of their
/// target: bin\Hostx64\arm64\cl.exe.
static std::string tripleOfFolder(StringRef Program) {
  StringRef Folder = llvm::sys::path::filename(
      llvm::sys::path::parent_path(Program, llvm::sys::path::Style::windows),
      llvm::sys::path::Style::windows);
  StringRef Arch = llvm::StringSwitch<StringRef>(Folder)
                       .CasesLower("x86", "amd64_x86", "i686")
                       .CasesLower("arm64", "amd64_arm64", "aarch64")
                       .CasesLower("arm", "amd64_arm", "thumbv7")
                       .Default("x86_64");
  return (Arch + "-pc-windows-msvc").str();
}

DriverName driverName(StringRef Program) {
  std::string Name = programName(Program);
  StringRef Prefix;
  const BaseName *Base = baseName(Name, Prefix);
  if (!Base)
    Base = baseName(withoutVersion(Name), Prefix);
  if (!Base)
    return {};
  DriverName Result{Base->Family, Base->IsCxx, {}};
  if (!Prefix.empty()) {
    Result.Triple = tripleOfPrefix(Prefix);
    if (Result.Triple.empty())
      return {};
  } else if (Base->Family == DriverFamily::Emscripten) {
    Result.Triple = "wasm32-unknown-emscripten";
  } else if (Base->Name == "cl") {
    Result.Triple = tripleOfFolder(Program);
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// The compiler of a line
//===----------------------------------------------------------------------===//

static bool isKnown(StringRef Word) {
  return driverName(Word).Family != DriverFamily::Unknown;
}

/// \returns the index of the compiler in \p Line.
static size_t findCompiler(llvm::ArrayRef<std::string> Line) {
  if (isKnown(Line[0]))
    return 0;
  // A launcher with an unknown name is followed by the compiler.
  if (!isLauncher(Line[0])) {
    for (size_t I = 1; I != Line.size() && !StringRef(Line[I]).starts_with("-");
         ++I)
      if (isKnown(Line[I]))
        return I;
    return 0;
  }
  size_t First = 0; // can be a compiler with any name
  for (size_t I = 1; I != Line.size(); ++I) {
    StringRef Word = Line[I];
    if (isKnown(Word))
      return I;
    bool IsOfLauncher = Word.starts_with("-") || Word.contains('=') ||
                        isLauncher(Word) || llvm::all_of(Word, llvm::isDigit);
    if (!IsOfLauncher && !First)
      First = I;
  }
  return First;
}

/// Flags of nvcc that a host compiler does not have and that are followed by
/// their value.
static bool hasValueOfNVCC(StringRef Flag) {
  return llvm::StringSwitch<bool>(Flag)
      .Cases("-gencode", "--generate-code", "-arch", "--gpu-architecture", true)
      .Cases("-code", "--gpu-code", "-maxrregcount", "--maxrregcount", true)
      .Cases("-Xptxas", "--ptxas-options", "-Xlinker", "--linker-options", true)
      .Cases("-Xcudafe", "-Xnvlink", "--nvlink-options", "-Xarchive", true)
      .Cases("-odir", "--output-directory", "-t", "--threads", true)
      .Cases("-cudart", "--cudart", "--output-file", true)
      .Default(false);
}

/// Converts nvcc's command to the one for the host's compiler.
static CompilerCall hostCall(llvm::ArrayRef<std::string> Args) {
  CompilerCall Result;
  Result.Program = "g++";
  std::vector<std::string> &Host = Result.HostArgs.emplace();
  for (size_t I = 0; I != Args.size(); ++I) {
    auto [Flag, Value] = StringRef(Args[I]).split('=');
    // The value follows "=" or is the next word.
    auto Take = [&] {
      if (Flag.size() == Args[I].size() && I + 1 != Args.size())
        Value = Args[++I];
      return Value;
    };
    if (Flag == "-ccbin" || Flag == "--compiler-bindir") {
      StringRef Program = Take();
      Result.Program = Program.str();
      if (!isKnown(Program)) { // the folder that contains it
        llvm::SmallString<128> Path = Program;
        llvm::sys::path::append(Path, "g++");
        Result.Program = Path.str().str();
      }
    } else if (Flag == "-Xcompiler" || Flag == "--compiler-options") {
      for (StringRef Each : llvm::split(Take(), ','))
        Host.push_back(Each.str());
    } else if (Flag == "-isystem" && !Value.empty()) {
      Host.push_back("-isystem" + Value.str());
    } else if (hasValueOfNVCC(Flag)) {
      Take();
    } else if (Flag != "-G") { // in Clang, -G takes the next argument
      Host.push_back(Args[I]);
    }
  }
  Result.Name = driverName(Result.Program);
  return Result;
}

/// Whether Emscripten's settings in \p Args select 64-bit addresses.
/// (Emscripten documentation, "MEMORY64": 1 and 2 do, 0 does not.)
static bool choosesMemory64(llvm::ArrayRef<std::string> Args) {
  bool IsChosen = false;
  for (size_t I = 0; I != Args.size(); ++I) {
    StringRef Setting = Args[I];
    if (!Setting.consume_front("-s"))
      continue;
    if (Setting.empty() && I + 1 != Args.size())
      Setting = Args[++I];
    if (Setting.consume_front("MEMORY64"))
      IsChosen = Setting.empty() || Setting == "=1" || Setting == "=2";
  }
  return IsChosen;
}

CompilerCall compilerCall(llvm::ArrayRef<std::string> Line) {
  if (Line.empty())
    return {};
  size_t At = findCompiler(Line);
  CompilerCall Result;
  Result.Program = Line[At];
  Result.Name = driverName(Line[At]);
  Result.Begin = At + 1;
  if (Result.Name.Family == DriverFamily::NVCC)
    return hostCall(Line.drop_front(At + 1));
  if (Result.Name.Family == DriverFamily::Emscripten &&
      choosesMemory64(Line.drop_front(Result.Begin)))
    Result.Name.Triple = "wasm64-unknown-emscripten";
  if (programName(Result.Program) == "zig" && Result.Begin != Line.size()) {
    Result.Subcommand = Line[Result.Begin++];
    Result.Name.IsCxx = Result.Subcommand == "c++";
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Flags
//===----------------------------------------------------------------------===//

std::vector<std::string> architectures(llvm::ArrayRef<std::string> Args) {
  std::vector<std::string> Result;
  for (size_t I = 0; I + 1 < Args.size(); ++I)
    if (Args[I] == "-arch" && !llvm::is_contained(Result, Args[++I]))
      Result.push_back(Args[I]);
  return Result;
}

std::vector<std::string> withArchitecture(llvm::ArrayRef<std::string> Args,
                                          StringRef Arch) {
  std::vector<std::string> Result;
  for (size_t I = 0; I != Args.size(); ++I) {
    if (Args[I] != "-arch" || I + 1 == Args.size()) {
      Result.push_back(Args[I]);
      continue;
    }
    if (Args[++I] == Arch)
      Result.insert(Result.end(), {"-arch", Args[I]});
  }
  return Result;
}

bool namesTarget(llvm::ArrayRef<std::string> Args) {
  return llvm::any_of(Args, [](StringRef Arg) {
    return Arg.starts_with("--target=") || Arg == "-target" ||
           Arg == "--target";
  });
}

/// Flags whose value is the rest of the argument. The list does not contain
/// flags that make a compiler run or load something: -B, -specs=, -fplugin=,
/// --config=, -wrapper, -mllvm.
static bool isTargetFlag(StringRef Arg) {
  static constexpr llvm::StringLiteral Beginnings[] = {
      "--target=",    "-march=",      "-mcpu=",       "-mabi=",
      "-mfloat-abi=", "-mfpu=",       "--sysroot=",   "-stdlib=",
      "-mips",        "-m32",         "-m64",         "-mx32",
      "-m16",         "-mthumb",      "-marm",        "-EB",
      "-EL",          "-msoft-float", "-mhard-float", "-mlittle-endian",
      "-mbig-endian", "-mandroid",    "-mmusl",       "-nostdinc",
      "-nostdlibinc"};
  if (Arg.starts_with("-m") && Arg.contains("-version-min="))
    return true;
  return llvm::any_of(Beginnings, [&](StringRef Beginning) {
    bool HasValue = Beginning.ends_with("=") || Beginning == "-mips" ||
                    Beginning == "-nostdinc";
    return HasValue ? Arg.starts_with(Beginning) : Arg == Beginning;
  });
}

std::vector<std::string> targetFlags(llvm::ArrayRef<std::string> Args,
                                     StringRef Directory) {
  auto Absolute = [&](StringRef Path) {
    llvm::SmallString<256> Full = Path;
    llvm::sys::fs::make_absolute(Directory, Full);
    return Full.str().str();
  };
  std::vector<std::string> Result;
  for (size_t I = 0; I != Args.size(); ++I) {
    StringRef Arg = Args[I];
    bool HasNext = I + 1 != Args.size();
    if (Arg == "--")
      break;
    if (StringRef Path = Arg; Path.consume_front("--sysroot="))
      Result.push_back("--sysroot=" + Absolute(Path));
    else if ((Arg == "--sysroot" || Arg == "-isysroot") && HasNext)
      Result.insert(Result.end(), {Arg.str(), Absolute(Args[++I])});
    else if ((Arg == "-target" || Arg == "--target" || Arg == "-arch") &&
             HasNext)
      Result.insert(Result.end(), {Arg.str(), Args[++I]});
    else if (isTargetFlag(Arg))
      Result.push_back(Arg.str());
  }
  return Result;
}

} // namespace ilbridge::command
