# Hosts that live inside a process which has LLVM and Clang already: of our
# libraries they link the archives and not what those name, so that no second
# LLVM gets into the process.

set(ILBRIDGE_HOST_LIBRARIES host driver_clang driver report rewrite system emit
  match hybridclr native_clang native select command_clang command managed csharp ecma335 abi_clang abi runtime
  type yaml cache diagnostic)

# ilbridge_host(TARGET file…): a shared object that a process loads.
function(ilbridge_host target)
  add_library(${target} MODULE ${ARGN})
  set_target_properties(${target} PROPERTIES PREFIX "")
  target_link_libraries(${target} PRIVATE ilbridge_flags)
  ilbridge_reuse_headers(${target} CLANG)
  set(archives "")
  foreach(library IN LISTS ILBRIDGE_HOST_LIBRARIES)
    list(APPEND archives $<TARGET_FILE:ilbridge_${library}>)
    add_dependencies(${target} ilbridge_${library})
  endforeach()
  # The archive of yaml-cpp is not for shared objects.
  target_link_libraries(${target} PRIVATE
    -Wl,--start-group ${archives} -Wl,--end-group ${yaml_cpp} ZLIB::ZLIB)
endfunction()
