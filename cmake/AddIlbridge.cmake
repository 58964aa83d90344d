# How every library, tool and test of this project is compiled.

add_library(ilbridge_flags INTERFACE)
target_include_directories(ilbridge_flags INTERFACE
  ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)
target_include_directories(ilbridge_flags SYSTEM INTERFACE
  ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
target_compile_definitions(ilbridge_flags INTERFACE
  _GNU_SOURCE __STDC_CONSTANT_MACROS __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS
  ILBRIDGE_VERSION="${PROJECT_VERSION}")
# Deprecations: libstdc++ 12's std::stable_sort uses its own deprecated buffer.
target_compile_options(ilbridge_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wno-deprecated-declarations
  -ffunction-sections -fdata-sections)
target_link_options(ilbridge_flags INTERFACE
  -Wl,--gc-sections -Wl,--as-needed)
find_program(LLD_LINKER NAMES ld.lld-19 ld.lld)
if(LLD_LINKER AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # What needs another linker says so with ILBRIDGE_LINKER.
  target_link_options(ilbridge_flags INTERFACE
    $<IF:$<BOOL:$<TARGET_PROPERTY:ILBRIDGE_LINKER>>,-fuse-ld=$<TARGET_PROPERTY:ILBRIDGE_LINKER>,-fuse-ld=${LLD_LINKER}>)
endif()
if(ILBRIDGE_SANITIZE)
  target_compile_options(ilbridge_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=undefined
    -fno-omit-frame-pointer)
  target_link_options(ilbridge_flags INTERFACE -fsanitize=address,undefined)
endif()

# ilbridge_library(NAME SOURCES file… LINKS target…)
# One folder of lib/: the target is ilbridge_NAME.
function(ilbridge_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(ilbridge_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(ilbridge_${name} PUBLIC ilbridge_flags ${ARG_LINKS})
endfunction()
