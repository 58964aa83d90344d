# How every library, tool and test of this project is compiled.

add_library(ilbridge_flags INTERFACE)
target_include_directories(ilbridge_flags INTERFACE
  ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)
target_include_directories(ilbridge_flags SYSTEM INTERFACE
  ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
target_compile_definitions(ilbridge_flags INTERFACE
  _GNU_SOURCE __STDC_CONSTANT_MACROS __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS
  ILBRIDGE_VERSION="${PROJECT_VERSION}")
if(MSVC)
  target_compile_options(ilbridge_flags INTERFACE
    /W4 /permissive- /Zc:preprocessor /utf-8 /bigobj)
else()
  # Deprecations: libstdc++ 12's std::stable_sort uses its own deprecated buffer.
  target_compile_options(ilbridge_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wno-deprecated-declarations
    -ffunction-sections -fdata-sections)
endif()
if(CMAKE_EXECUTABLE_FORMAT STREQUAL "ELF")
  target_link_options(ilbridge_flags INTERFACE
    -Wl,--gc-sections -Wl,--as-needed)
endif()
# The first linker that the compiler can use. What needs another one says so
# with ILBRIDGE_LINKER.
include(CheckLinkerFlag)
set(ilbridge_linker "")
if(CMAKE_EXECUTABLE_FORMAT STREQUAL "ELF" AND NOT CMAKE_CROSSCOMPILING)
  find_program(LLD_LINKER NAMES ld.lld-${LLVM_VERSION_MAJOR} ld.lld)
  set(linkers lld mold gold)
  if(LLD_LINKER AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    list(PREPEND linkers ${LLD_LINKER})
  endif()
  foreach(linker IN LISTS linkers)
    string(MAKE_C_IDENTIFIER "ILBRIDGE_LINKS_WITH_${linker}" links)
    check_linker_flag(CXX -fuse-ld=${linker} ${links})
    if(${links})
      set(ilbridge_linker -fuse-ld=${linker})
      break()
    endif()
  endforeach()
endif()
target_link_options(ilbridge_flags INTERFACE
  $<IF:$<BOOL:$<TARGET_PROPERTY:ILBRIDGE_LINKER>>,-fuse-ld=$<TARGET_PROPERTY:ILBRIDGE_LINKER>,${ilbridge_linker}>)
if(ILBRIDGE_SANITIZE)
  target_compile_options(ilbridge_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=undefined
    -fno-omit-frame-pointer)
  target_link_options(ilbridge_flags INTERFACE -fsanitize=address,undefined)
endif()
if(ILBRIDGE_CLANG AND (ILBRIDGE_SANITIZE OR ILBRIDGE_FUZZ))
  # Reading LLVM's and Clang's headers is most of what an unoptimised build
  # costs. Other builds read them for every source, so that each source includes
  # what it needs.
  file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cpp "")
  add_library(ilbridge_precompiled OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(ilbridge_precompiled PRIVATE ilbridge_flags)
  # With a time in it, ccache would never see the same header again.
  target_compile_options(ilbridge_precompiled PRIVATE
    "SHELL:-Xclang -fno-pch-timestamp")
  target_precompile_headers(ilbridge_precompiled PRIVATE
    <clang/AST/ASTContext.h>
    <clang/AST/DeclCXX.h>
    <clang/Frontend/CompilerInstance.h>
    <clang/Tooling/CompilationDatabase.h>
    <llvm/ADT/STLExtras.h>
    <llvm/ADT/StringExtras.h>
    <llvm/ADT/StringMap.h>
    <llvm/ADT/StringSwitch.h>
    <llvm/Support/FileSystem.h>
    <llvm/Support/FormatVariadic.h>
    <llvm/Support/JSON.h>
    <llvm/Support/MemoryBuffer.h>
    <llvm/Support/Path.h>
    <llvm/Support/raw_ostream.h>
    <map>
    <set>)
endif()

# ilbridge_reuse_headers(TARGET)
# Where headers are precompiled, the target reads those.
function(ilbridge_reuse_headers target)
  if(TARGET ilbridge_precompiled)
    target_precompile_headers(${target} REUSE_FROM ilbridge_precompiled)
  endif()
endfunction()

# ilbridge_needs_clang(NAME)
# What ilbridge_NAME declares and does not define is in ilbridge_NAME_clang; in
# programs with the property ILBRIDGE_WITHOUT_CLANG, in
# ilbridge_NAME_without_clang, where each such function says that there is no
# Clang.
function(ilbridge_needs_clang name)
  set(other ilbridge_${name}_without_clang)
  if(ILBRIDGE_CLANG)
    set(other $<IF:$<BOOL:$<TARGET_PROPERTY:ILBRIDGE_WITHOUT_CLANG>>,${other},ilbridge_${name}_clang>)
  endif()
  target_link_libraries(ilbridge_${name} INTERFACE ${other})
endfunction()

# ilbridge_library(NAME SOURCES file… [APART file…] LINKS target…)
# One folder of lib/: the target is ilbridge_NAME. With CMAKE_UNITY_BUILD, each
# library is compiled as one source, which costs a fifth of the time without
# optimisation; APART are files that have names of their own in common with
# others, as descriptions of the same kind do.
function(ilbridge_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;APART;LINKS" ${ARGN})
  set_source_files_properties(${ARG_APART} PROPERTIES
    SKIP_UNITY_BUILD_INCLUSION ON)
  add_library(ilbridge_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(ilbridge_${name} PUBLIC ilbridge_flags ${ARG_LINKS})
  ilbridge_reuse_headers(ilbridge_${name})
endfunction()
