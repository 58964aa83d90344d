# What an installed ilbridge gives its users.

include(CMakePackageConfigHelpers)

# The headers that annotations and generated code include.
add_library(ilbridge_export INTERFACE)
target_include_directories(ilbridge_export INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
set_target_properties(ilbridge_export PROPERTIES EXPORT_NAME export)
# The same names as find_package() gives, for projects that add this one.
add_library(ilbridge::export ALIAS ilbridge_export)
add_executable(ilbridge::ilbridge ALIAS ilbridge)
include(IlbridgeGenerate)

if(NOT ILBRIDGE_INSTALL)
  return()
endif()

install(TARGETS ilbridge ilbridge_export EXPORT ilbridgeTargets
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES include/ilbridge/export.h include/ilbridge/import_table.h
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/ilbridge)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/ilbridge)
configure_package_config_file(cmake/ilbridgeConfig.cmake.in
  ${PROJECT_BINARY_DIR}/cmake/ilbridgeConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/cmake/ilbridgeConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(EXPORT ilbridgeTargets NAMESPACE ilbridge:: DESTINATION ${package_dir})
install(FILES
  ${PROJECT_BINARY_DIR}/cmake/ilbridgeConfig.cmake
  ${PROJECT_BINARY_DIR}/cmake/ilbridgeConfigVersion.cmake
  cmake/IlbridgeGenerate.cmake cmake/IlbridgeHeal.cmake
  DESTINATION ${package_dir})

set(pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH ILBRIDGE_PC_PREFIX /prefix/${pc_dir} /prefix)
string(REGEX REPLACE "/$" "" ILBRIDGE_PC_PREFIX "${ILBRIDGE_PC_PREFIX}")
configure_file(cmake/ilbridge.pc.in ${PROJECT_BINARY_DIR}/cmake/ilbridge.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/cmake/ilbridge.pc DESTINATION ${pc_dir})
