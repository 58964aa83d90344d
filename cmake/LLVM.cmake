# LLVM, Clang and yaml-cpp: ILBRIDGE_LLVM_SUPPORT, ILBRIDGE_LLVM_OBJECT,
# ILBRIDGE_LLVM_OPTION and ILBRIDGE_CLANG_LIBRARIES are what libraries link.
#
# They are linked statically where their archives are installed: a build step
# runs on every build, and loading libLLVM.so alone costs more than all of
# ilbridge's own start-up.

# The versions whose differences include/ilbridge/versions has; the first one that
# is installed is taken.
set(ILBRIDGE_LLVM_VERSIONS 19 20 21 22 18 17)
set(ILBRIDGE_LLVM "" CACHE STRING
  "The version of LLVM, 17 to 22, or the folder that it is installed in; empty: the one that is found, 19 if possible")
set(ILBRIDGE_STATIC_LLVM AUTO CACHE STRING
  "Link LLVM and Clang statically: ON, OFF, or AUTO where they are installed so")
set_property(CACHE ILBRIDGE_STATIC_LLVM PROPERTY STRINGS AUTO ON OFF)

# Folders in which distributions put versions of LLVM side by side: Debian,
# Fedora, Gentoo, Homebrew. CMake's own search finds all others.
function(ilbridge_llvm_hints result major)
  set(${result}
    /usr/lib/llvm-${major} /usr/lib64/llvm${major} /usr/lib/llvm/${major}
    /opt/homebrew/opt/llvm@${major} /usr/local/opt/llvm@${major} PARENT_SCOPE)
endfunction()

if(ILBRIDGE_LLVM AND NOT ILBRIDGE_LLVM MATCHES "^[0-9]+$")
  find_package(LLVM REQUIRED CONFIG NO_DEFAULT_PATH
    HINTS ${ILBRIDGE_LLVM} ${ILBRIDGE_LLVM}/lib/cmake/llvm)
else()
  set(versions ${ILBRIDGE_LLVM_VERSIONS})
  if(ILBRIDGE_LLVM)
    set(versions ${ILBRIDGE_LLVM})
  endif()
  foreach(major IN LISTS versions)
    # LLVM's package accepts only its own minor version, which is 1 since LLVM 18.
    set(minor 1)
    if(major LESS 18)
      set(minor 0)
    endif()
    ilbridge_llvm_hints(hints ${major})
    find_package(LLVM ${major}.${minor} QUIET CONFIG HINTS ${hints})
    if(LLVM_FOUND)
      break()
    endif()
  endforeach()
  if(NOT LLVM_FOUND)
    list(JOIN versions ", " versions)
    message(FATAL_ERROR "LLVM is not found (${versions}); name the folder that it is installed in with -DILBRIDGE_LLVM=FOLDER")
  endif()
endif()
if(NOT LLVM_VERSION_MAJOR IN_LIST ILBRIDGE_LLVM_VERSIONS)
  message(FATAL_ERROR "LLVM ${LLVM_PACKAGE_VERSION} in ${LLVM_DIR} is not one of LLVM 17 to 22; name another folder with -DILBRIDGE_LLVM=FOLDER")
endif()
if(ILBRIDGE_CLANG)
  find_package(Clang REQUIRED CONFIG NO_DEFAULT_PATH
    HINTS ${LLVM_DIR}/../clang ${LLVM_LIBRARY_DIR}/cmake/clang)
endif()
find_package(yaml-cpp REQUIRED CONFIG)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)

# ilbridge_is_installed(RESULT TARGET): whether an imported target's file is
# there. Packages can name archives that are in another package.
function(ilbridge_is_installed result target)
  set(${result} FALSE PARENT_SCOPE)
  if(TARGET ${target})
    get_target_property(file ${target} LOCATION)
    if(EXISTS "${file}")
      set(${result} TRUE PARENT_SCOPE)
    endif()
  endif()
endfunction()

ilbridge_is_installed(has_static LLVMSupport)
if(has_static AND ILBRIDGE_CLANG)
  ilbridge_is_installed(has_static clangFrontend)
endif()
set(shared_library LLVM)
if(ILBRIDGE_CLANG)
  set(shared_library clang-cpp)
endif()
ilbridge_is_installed(has_shared ${shared_library})
if(ILBRIDGE_STATIC_LLVM STREQUAL "AUTO")
  set(ILBRIDGE_LLVM_IS_STATIC ${has_static})
elseif(ILBRIDGE_STATIC_LLVM AND NOT has_static)
  message(FATAL_ERROR "ILBRIDGE_STATIC_LLVM is ON, and ${LLVM_LIBRARY_DIR} has no archives of LLVM and Clang; install them, or leave it to AUTO")
else()
  set(ILBRIDGE_LLVM_IS_STATIC ${ILBRIDGE_STATIC_LLVM})
endif()
if(NOT ILBRIDGE_LLVM_IS_STATIC AND NOT has_shared)
  message(FATAL_ERROR "${LLVM_LIBRARY_DIR} has no shared library ${shared_library}; install it, or the archives of LLVM and Clang")
elseif(NOT ILBRIDGE_LLVM_IS_STATIC AND ILBRIDGE_STATIC)
  message(FATAL_ERROR "ILBRIDGE_STATIC is ON, and LLVM is linked as a shared library; leave ILBRIDGE_STATIC_LLVM to AUTO, and install the archives of LLVM and Clang")
endif()

if(ILBRIDGE_LLVM_IS_STATIC)
  llvm_map_components_to_libnames(ILBRIDGE_LLVM_SUPPORT support)
  llvm_map_components_to_libnames(ILBRIDGE_LLVM_OBJECT support object binaryformat)
  llvm_map_components_to_libnames(ILBRIDGE_LLVM_OPTION support option)
  set(linkage "static")
else()
  set(ILBRIDGE_LLVM_SUPPORT LLVM)
  set(ILBRIDGE_LLVM_OBJECT LLVM)
  set(ILBRIDGE_LLVM_OPTION LLVM)
  set(linkage "shared")
endif()
message(STATUS "LLVM ${LLVM_PACKAGE_VERSION}, ${linkage}, in ${LLVM_DIR}")

# Debian's LLVM is built with Polly, but the archives are not packaged.
ilbridge_is_installed(has_polly Polly)
if(TARGET LLVMExtensions AND NOT has_polly)
  get_target_property(extensions LLVMExtensions INTERFACE_LINK_LIBRARIES)
  if(extensions)
    list(REMOVE_ITEM extensions Polly)
    set_target_properties(LLVMExtensions PROPERTIES
      INTERFACE_LINK_LIBRARIES "${extensions}")
  endif()
endif()

# Debian's Clang targets are static archives whose link interface names the
# shared "LLVM". Here that one name is replaced by the static LLVM components
# that Clang's own build lists.
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

set(ILBRIDGE_CLANG_RESOURCE_DIR "")
if(ILBRIDGE_CLANG)
  if(ILBRIDGE_LLVM_IS_STATIC)
    set(components
      support option object bitreader bitstreamreader mc mcparser profiledata
      targetparser frontendopenmp frontendhlsl frontendoffloading frontenddriver
      frontendatomic windowsdriver core
      # Of Clang's CodeGen: no back end, because only types and signatures are
      # asked for.
      analysis bitwriter codegen codegentypes coroutines coverage hipstdpar
      instrumentation ipo irreader linker lto objcarcopts passes scalaropts
      target transformutils)
    # Not every version has all of them.
    string(TOLOWER "${LLVM_AVAILABLE_LIBS}" available)
    foreach(component IN LISTS components)
      if(NOT "llvm${component}" IN_LIST available)
        list(REMOVE_ITEM components ${component})
      endif()
    endforeach()
    llvm_map_components_to_libnames(ILBRIDGE_LLVM_CLANG ${components})
    foreach(target IN LISTS CLANG_EXPORTED_TARGETS)
      ilbridge_link_clang_statically(${target})
    endforeach()
    set(ILBRIDGE_CLANG_LIBRARIES
      clangCodeGen clangFrontend clangTooling clangToolingInclusionsStdlib)
  else()
    set(ILBRIDGE_CLANG_LIBRARIES clang-cpp LLVM)
  endif()

  # Clang's own headers (stddef.h and its like) are found beside the library it
  # was built as, unless the compile command or the user names another folder.
  find_program(ILBRIDGE_CLANG_PROGRAM
    NAMES clang-${LLVM_VERSION_MAJOR} clang HINTS ${LLVM_TOOLS_BINARY_DIR})
  if(ILBRIDGE_CLANG_PROGRAM)
    execute_process(
      COMMAND ${ILBRIDGE_CLANG_PROGRAM} -print-resource-dir
      OUTPUT_VARIABLE ILBRIDGE_CLANG_RESOURCE_DIR
      OUTPUT_STRIP_TRAILING_WHITESPACE
      COMMAND_ERROR_IS_FATAL ANY)
  else()
    set(ILBRIDGE_CLANG_RESOURCE_DIR
      ${LLVM_LIBRARY_DIR}/clang/${LLVM_VERSION_MAJOR})
  endif()
endif()

# Debian's package of yaml-cpp names the shared library; the archive stands
# beside it.
set(yaml_cpp yaml-cpp)
if(TARGET yaml-cpp::yaml-cpp)
  set(yaml_cpp yaml-cpp::yaml-cpp)
endif()
get_target_property(yaml_cpp_type ${yaml_cpp} TYPE)
find_library(YAML_CPP_ARCHIVE NAMES libyaml-cpp.a)
if(YAML_CPP_ARCHIVE AND ILBRIDGE_LLVM_IS_STATIC AND NOT yaml_cpp_type STREQUAL "STATIC_LIBRARY")
  add_library(ilbridge_yaml_cpp INTERFACE)
  target_link_libraries(ilbridge_yaml_cpp INTERFACE ${YAML_CPP_ARCHIVE})
else()
  add_library(ilbridge_yaml_cpp ALIAS ${yaml_cpp})
endif()
