# Hosts that live inside a process which has LLVM and Clang already: of our
# libraries they link the archives and not what those name, so that no second
# LLVM gets into the process.

set(ILBRIDGE_HOST_LIBRARIES host driver rewrite emit match bridge native managed
  csharp ecma335 abi runtime type yaml cache diagnostic)

# ilbridge_host(TARGET KIND SOURCES file… LINKS item…)
# KIND: MODULE or EXECUTABLE.
function(ilbridge_host target kind)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  if(kind STREQUAL "MODULE")
    add_library(${target} MODULE ${ARG_SOURCES})
    set_target_properties(${target} PROPERTIES PREFIX "")
  else()
    add_executable(${target} ${ARG_SOURCES})
  endif()
  # The archive of yaml-cpp is not for shared objects.
  set(yaml_cpp $<IF:$<STREQUAL:${kind},MODULE>,yaml-cpp,ilbridge_yaml_cpp>)
  target_link_libraries(${target} PRIVATE ilbridge_flags)
  set(archives "")
  foreach(library IN LISTS ILBRIDGE_HOST_LIBRARIES)
    list(APPEND archives $<TARGET_FILE:ilbridge_${library}>)
    add_dependencies(${target} ilbridge_${library})
  endforeach()
  target_link_libraries(${target} PRIVATE
    -Wl,--start-group ${archives} -Wl,--end-group ${yaml_cpp} ZLIB::ZLIB ${ARG_LINKS})
endfunction()
