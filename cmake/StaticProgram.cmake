# With ILBRIDGE_STATIC, the program reads no file of the machine that executes it.
# All its libraries are archives, including those of glibc, and it finds Clang's
# own headers in ../lib/clang/VERSION, relative to its own folder.

if(NOT ILBRIDGE_STATIC)
  return()
endif()

find_library(ILBRIDGE_ZLIB_ARCHIVE NAMES libz.a REQUIRED)
find_library(ILBRIDGE_ZSTD_ARCHIVE NAMES libzstd.a REQUIRED)
if(NOT YAML_CPP_ARCHIVE)
  message(FATAL_ERROR "ILBRIDGE_STATIC is ON, and there is no libyaml-cpp.a; install it")
endif()
set_target_properties(ZLIB::ZLIB PROPERTIES
  IMPORTED_LOCATION ${ILBRIDGE_ZLIB_ARCHIVE}
  IMPORTED_LOCATION_RELEASE ${ILBRIDGE_ZLIB_ARCHIVE})
# LLVM's package names shared libraries that ilbridge does not use, such as Z3.
set_target_properties(LLVMSupport PROPERTIES INTERFACE_LINK_LIBRARIES
  "m;ZLIB::ZLIB;${ILBRIDGE_ZSTD_ARCHIVE};LLVMDemangle")

set(ILBRIDGE_CLANG_HEADERS ${ILBRIDGE_CLANG_RESOURCE_DIR}/include)
set(ILBRIDGE_CLANG_RESOURCE_DIR ../lib/clang/${LLVM_VERSION_MAJOR})
