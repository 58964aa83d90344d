# How every library, tool and test of this project is compiled.

add_library(ilbridge_flags INTERFACE)
target_include_directories(ilbridge_flags INTERFACE
  ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)
target_include_directories(ilbridge_flags SYSTEM INTERFACE
  ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
target_compile_definitions(ilbridge_flags INTERFACE
  _GNU_SOURCE __STDC_CONSTANT_MACROS __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS
  ILBRIDGE_VERSION="${PROJECT_VERSION}")
# It declares those functions of LLVM 19 that another version lacks.
if(NOT LLVM_VERSION_MAJOR EQUAL 19)
  set(include -include)
  if(MSVC)
    set(include /FI)
  endif()
  target_compile_options(ilbridge_flags INTERFACE
    "$<$<COMPILE_LANGUAGE:CXX>:SHELL:${include} ${PROJECT_SOURCE_DIR}/include/ilbridge/versions/LLVM.h>")
endif()
if(MSVC)
  target_compile_options(ilbridge_flags INTERFACE
    /W4 /permissive- /Zc:preprocessor /utf-8 /bigobj)
else()
  # Deprecations: libstdc++ 12's std::stable_sort uses its own deprecated buffer.
  target_compile_options(ilbridge_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wno-deprecated-declarations
    -ffunction-sections -fdata-sections)
endif()
# GCC 13 warns of each reference that a function returns, if an argument of the
# function is a temporary object; GCC 14 does so no longer.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13
    AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
  target_compile_options(ilbridge_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wno-dangling-reference>)
endif()
# LLVM's own build has no type information unless it is asked for, and classes that
# derive from LLVM's can have it only if these do.
if(NOT LLVM_ENABLE_RTTI)
  set(no_rtti -fno-rtti)
  if(MSVC)
    set(no_rtti /GR-)
  endif()
  target_compile_options(ilbridge_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:${no_rtti}>)
endif()
if(CMAKE_EXECUTABLE_FORMAT STREQUAL "ELF")
  target_link_options(ilbridge_flags INTERFACE
    -Wl,--gc-sections -Wl,--as-needed)
endif()
# The first linker that the compiler can use, unless the flags of the user name
# one. What needs another one says so with ILBRIDGE_LINKER.
include(CheckLinkerFlag)
set(ilbridge_linker "")
if(CMAKE_EXECUTABLE_FORMAT STREQUAL "ELF" AND NOT CMAKE_CROSSCOMPILING
    AND NOT "${CMAKE_CXX_FLAGS} ${CMAKE_EXE_LINKER_FLAGS}" MATCHES "-fuse-ld=")
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
# Reading headers, those of LLVM and of Clang above all, is most of what a build
# costs. CMAKE_DISABLE_PRECOMPILE_HEADERS builds without, so that each source
# includes what it needs.
#
# ilbridge_precompile(NAME header…)
function(ilbridge_precompile name)
  file(WRITE ${PROJECT_BINARY_DIR}/${name}.cpp "")
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/${name}.cpp)
  target_link_libraries(${name} PRIVATE ilbridge_flags)
  # With a time in it, ccache would never see the same header again.
  target_compile_options(${name} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  target_precompile_headers(${name} PRIVATE ${ARGN})
endfunction()

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(headers
    <algorithm>
    <map>
    <memory>
    <optional>
    <set>
    <string>
    <vector>
    <llvm/ADT/DenseMap.h>
    <llvm/ADT/DenseSet.h>
    <llvm/ADT/STLExtras.h>
    <llvm/ADT/StringExtras.h>
    <llvm/ADT/StringMap.h>
    <llvm/ADT/StringSet.h>
    <llvm/ADT/StringSwitch.h>
    <llvm/Support/Error.h>
    <llvm/Support/FileSystem.h>
    <llvm/Support/FormatVariadic.h>
    <llvm/Support/JSON.h>
    <llvm/Support/MemoryBuffer.h>
    <llvm/Support/Path.h>
    <llvm/Support/VirtualFileSystem.h>
    <llvm/Support/raw_ostream.h>)
  ilbridge_precompile(ilbridge_precompiled ${headers})
  if(ILBRIDGE_CLANG)
    ilbridge_precompile(ilbridge_precompiled_clang ${headers}
      <clang/AST/ASTContext.h>
      <clang/AST/DeclCXX.h>
      <clang/AST/DeclTemplate.h>
      <clang/Frontend/CompilerInstance.h>
      <clang/Lex/Preprocessor.h>
      <clang/Tooling/CompilationDatabase.h>)
  endif()
  if(ILBRIDGE_TESTS)
    ilbridge_precompile(ilbridge_precompiled_tests ${headers}
      <gmock/gmock.h>
      <gtest/gtest.h>)
    target_link_libraries(ilbridge_precompiled_tests PRIVATE GTest::gmock)
    target_compile_options(ilbridge_precompiled_tests PRIVATE -O0)
  endif()
endif()

# ilbridge_reuse_headers(TARGET [CLANG|TESTS])
# Where headers are precompiled, the target reads those. With CLANG, it also reads
# Clang's, and with TESTS GoogleTest's, without optimisation.
function(ilbridge_reuse_headers target)
  set(precompiled ilbridge_precompiled)
  if("CLANG" IN_LIST ARGN AND ILBRIDGE_CLANG)
    set(precompiled ilbridge_precompiled_clang)
  elseif("TESTS" IN_LIST ARGN)
    set(precompiled ilbridge_precompiled_tests)
    target_compile_options(${target} PRIVATE -O0)
  endif()
  if(NOT TARGET ${precompiled})
    return()
  endif()
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "EXECUTABLE" AND CMAKE_POSITION_INDEPENDENT_CODE)
    # Compiled as libraries are: the precompiled header is of no use to others.
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${target} PRIVATE ${CMAKE_CXX_COMPILE_OPTIONS_PIC})
  endif()
  target_precompile_headers(${target} REUSE_FROM ${precompiled})
endfunction()

if(NOT DEFINED CMAKE_UNITY_BUILD_BATCH_SIZE)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 0)
endif()

# ilbridge_unity(TARGET)
# With ILBRIDGE_UNITY, the compiler reads all sources of the target at once, which
# costs less than half of the time.
function(ilbridge_unity target)
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ${ILBRIDGE_UNITY}
    UNITY_BUILD_BATCH_SIZE ${CMAKE_UNITY_BUILD_BATCH_SIZE})
endfunction()

# ilbridge_compile_quickly(TARGET)
# A run spends little time in this code, or waits for Clang there: in a release
# build, fewer optimisations take a fifth off the time of compiling it.
function(ilbridge_compile_quickly target)
  if(CMAKE_CXX_FLAGS_RELEASE MATCHES "-O[23]")
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
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

# ilbridge_library(NAME [CLANG] SOURCES file… [APART file…] LINKS target…)
# One folder of lib/: the target is ilbridge_NAME. With CLANG, the sources include
# Clang's headers. APART are those files that share local names with others, as
# descriptions of the same kind do, and are compiled alone.
function(ilbridge_library name)
  cmake_parse_arguments(ARG "CLANG" "" "SOURCES;APART;LINKS" ${ARGN})
  set_source_files_properties(${ARG_APART} PROPERTIES
    SKIP_UNITY_BUILD_INCLUSION ON)
  add_library(ilbridge_${name} STATIC ${ARG_SOURCES})
  ilbridge_unity(ilbridge_${name})
  target_link_libraries(ilbridge_${name} PUBLIC ilbridge_flags ${ARG_LINKS})
  if(ARG_CLANG)
    ilbridge_reuse_headers(ilbridge_${name} CLANG)
  else()
    ilbridge_reuse_headers(ilbridge_${name})
  endif()
endfunction()
