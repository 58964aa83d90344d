# These are the files of an installed ilbridge.

include(CMakePackageConfigHelpers)

# Annotated sources and generated code include these headers.
add_library(ilbridge_export INTERFACE)
target_include_directories(ilbridge_export INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
set_target_properties(ilbridge_export PROPERTIES EXPORT_NAME export)
# These are the target names of find_package(), for projects that include this
# one with add_subdirectory().
add_library(ilbridge::export ALIAS ilbridge_export)
add_executable(ilbridge::ilbridge ALIAS ilbridge)
include(IlbridgeGenerate)

if(NOT ILBRIDGE_INSTALL)
  return()
endif()

# ilbridgeConfig.cmake looks for the program.
install(TARGETS ilbridge RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS ilbridge_export EXPORT ilbridgeTargets)
install(FILES include/ilbridge/export.h include/ilbridge/import_table.h
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/ilbridge)
install(FILES LICENSE GENERATED-CODE.md README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES integrations/msbuild/ilbridge.targets
  DESTINATION ${CMAKE_INSTALL_DATADIR}/ilbridge/msbuild)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)

# These are the packages of the libraries in a program without shared ones.
set(packages "")
if(ILBRIDGE_STATIC)
  set(packages llvm-${LLVM_VERSION_MAJOR}-dev libstdc++-12-dev libc6-dev
    libyaml-cpp-dev libzstd-dev zlib1g-dev)
  # The program searches Clang's headers in this folder.
  install(DIRECTORY ${ILBRIDGE_CLANG_HEADERS}
    DESTINATION lib/clang/${LLVM_VERSION_MAJOR})
elseif(MINGW AND CMAKE_CROSSCOMPILING)
  set(packages llvm-${LLVM_VERSION_MAJOR}-dev libyaml-cpp-dev
    libz-mingw-w64-dev gcc-mingw-w64-base mingw-w64-common)
endif()
foreach(package IN LISTS packages)
  install(FILES /usr/share/doc/${package}/copyright RENAME ${package}
    DESTINATION ${CMAKE_INSTALL_DOCDIR}/licenses)
endforeach()

if(NOT WIN32)
  install(FILES ${PROJECT_BINARY_DIR}/tool/ilbridge/ilbridge.1
    DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

  # Each shell searches its own folder for completions. Debian's zsh has one
  # folder for packages, and another for files that an administrator installs.
  set(completions ${PROJECT_SOURCE_DIR}/tool/ilbridge/completions)
  install(FILES ${completions}/ilbridge.bash RENAME ilbridge
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${completions}/ilbridge.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
  set(zsh_completion ${completions}/_ilbridge)
  string(CONFIGURE [[
    set(folder site-functions)
    if(CMAKE_INSTALL_PREFIX MATCHES "/usr$")
      set(folder vendor-completions)
    endif()
    file(INSTALL "@zsh_completion@" TYPE FILE
      DESTINATION "${CMAKE_INSTALL_PREFIX}/@CMAKE_INSTALL_DATADIR@/zsh/${folder}")
  ]] install_zsh_completion @ONLY)
  install(CODE "${install_zsh_completion}")
endif()

# Headers, CMake functions and the program, which runs on the build machine, are
# the same for every target. Therefore the package has no pointer size, and is
# in none of the folders (lib64, lib/x86_64-linux-gnu) that CMake searches for
# one target only.
set(package_dir lib/cmake/ilbridge)
configure_package_config_file(cmake/ilbridgeConfig.cmake.in
  ${PROJECT_BINARY_DIR}/cmake/ilbridgeConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/cmake/ilbridgeConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(EXPORT ilbridgeTargets NAMESPACE ilbridge:: DESTINATION ${package_dir})
install(FILES
  ${PROJECT_BINARY_DIR}/cmake/ilbridgeConfig.cmake
  ${PROJECT_BINARY_DIR}/cmake/ilbridgeConfigVersion.cmake
  cmake/IlbridgeGenerate.cmake cmake/IlbridgeHeal.cmake
  cmake/IlbridgePerSource.cmake
  DESTINATION ${package_dir})

set(pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH ILBRIDGE_PC_PREFIX /prefix/${pc_dir} /prefix)
string(REGEX REPLACE "/$" "" ILBRIDGE_PC_PREFIX "${ILBRIDGE_PC_PREFIX}")
configure_file(cmake/ilbridge.pc.in ${PROJECT_BINARY_DIR}/cmake/ilbridge.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/cmake/ilbridge.pc DESTINATION ${pc_dir})

# These settings are for cpack -G DEB and cpack -G TGZ.
set(CPACK_PACKAGE_NAME ilbridge)
set(CPACK_PACKAGE_VENDOR ilbridge)
set(CPACK_PACKAGE_CONTACT "The ilbridge authors <ilbridge@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "bind C# declarations to C++ functions, and check that both sides agree")
set(CPACK_PACKAGE_DESCRIPTION "ilbridge reads annotated C++ through Clang and C# through its assemblies,
reports where both sides of a .NET interop boundary disagree, and writes the
code between them: invokers, registration, import tables and bridge functions.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR TGZ DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# A package is for one release of a distribution, such as debian12: the names of
# packages of shared libraries differ between releases.
if(CMAKE_HOST_SYSTEM_NAME STREQUAL "Linux")
  cmake_host_system_information(RESULT distribution QUERY DISTRIB_ID)
  cmake_host_system_information(RESULT release QUERY DISTRIB_VERSION_ID)
  set(CPACK_DEBIAN_PACKAGE_RELEASE ${distribution}${release})
endif()
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# These are Clang's own headers, such as stddef.h.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libclang-common-${LLVM_VERSION_MAJOR}-dev")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "bash-completion")
# What loads the plugin and the module is not suggested if they are not built.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "cmake (>= 3.25), pkg-config")
foreach(host IN ITEMS libilbridge-clang:clang libilbridge-tidy:clang-tidy ilbridge-clangd:clangd)
  string(REGEX MATCH "(.*):(.*)" host ${host})
  if(TARGET ${CMAKE_MATCH_1})
    string(APPEND CPACK_DEBIAN_PACKAGE_SUGGESTS ", ${CMAKE_MATCH_2}-${LLVM_VERSION_MAJOR}")
  endif()
endforeach()
include(CPack)
