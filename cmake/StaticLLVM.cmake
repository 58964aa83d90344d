# LLVM, Clang and yaml-cpp, linked statically: a build step runs on every build,
# and loading libLLVM.so alone costs more than all of ilbridge's own start-up.
#
# Debian's Clang targets are static archives whose link interface names the
# shared "LLVM". Here that one name is replaced by the static LLVM components
# that Clang's own build lists.

find_package(LLVM 19.1 REQUIRED CONFIG
  HINTS /usr/lib/llvm-19/lib/cmake/llvm)
find_package(Clang REQUIRED CONFIG
  HINTS ${LLVM_DIR}/../clang ${LLVM_LIBRARY_DIR}/cmake/clang NO_DEFAULT_PATH)
find_package(yaml-cpp REQUIRED CONFIG)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)

llvm_map_components_to_libnames(ILBRIDGE_LLVM_SUPPORT support)
llvm_map_components_to_libnames(ILBRIDGE_LLVM_OBJECT support object binaryformat)
llvm_map_components_to_libnames(ILBRIDGE_LLVM_OPTION support option)
llvm_map_components_to_libnames(ILBRIDGE_LLVM_CLANG
  support option object bitreader bitstreamreader mc mcparser profiledata
  targetparser frontendopenmp frontendhlsl windowsdriver core
  # Of Clang's CodeGen: no back end, because only types and signatures are
  # asked for.
  analysis bitwriter codegen coroutines coverage hipstdpar instrumentation ipo
  irreader linker lto objcarcopts passes scalaropts target transformutils)
# Debian's LLVM is built with Polly, but the archives are not packaged.
get_target_property(extensions LLVMExtensions INTERFACE_LINK_LIBRARIES)
list(REMOVE_ITEM extensions Polly)
set_target_properties(LLVMExtensions PROPERTIES
  INTERFACE_LINK_LIBRARIES "${extensions}")

function(ilbridge_link_clang_statically target)
  if(NOT TARGET ${target})
    return()
  endif()
  get_target_property(links ${target} INTERFACE_LINK_LIBRARIES)
  if(NOT links OR NOT "LLVM" IN_LIST links)
    return()
  endif()
  list(REMOVE_ITEM links LLVM)
  set_target_properties(${target} PROPERTIES
    INTERFACE_LINK_LIBRARIES "${links};${ILBRIDGE_LLVM_CLANG}")
endfunction()
foreach(target IN LISTS CLANG_EXPORTED_TARGETS)
  ilbridge_link_clang_statically(${target})
endforeach()

# yaml-cpp's package names the shared library; the archive stands beside it.
find_library(YAML_CPP_ARCHIVE NAMES libyaml-cpp.a)
if(YAML_CPP_ARCHIVE)
  add_library(ilbridge_yaml_cpp INTERFACE)
  target_link_libraries(ilbridge_yaml_cpp INTERFACE ${YAML_CPP_ARCHIVE})
else()
  add_library(ilbridge_yaml_cpp ALIAS yaml-cpp)
endif()

# Clang's own headers (stddef.h and its like) are found beside the library it
# was built as, unless the compile command or the user names another folder.
execute_process(
  COMMAND ${LLVM_TOOLS_BINARY_DIR}/clang -print-resource-dir
  OUTPUT_VARIABLE ILBRIDGE_CLANG_RESOURCE_DIR
  OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
