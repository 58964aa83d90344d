# ilbridge_generate() and ilbridge_check() add build steps to a target. They run
# before its sources are compiled. docs/cmake.md describes them for users.
#
#   compile_commands.json of the build      written by CMake, whenever it runs
#     │ ilbridge database
#     ▼
#   compile_commands.json of the target     changes when a command in it does
#     │        assemblies   sources, headers, configuration: in the depfile
#     │            │                │
#     ▼            ▼                ▼
#   ilbridge generate  ──▶  stamp, the OUTPUT; generated files, the BYPRODUCTS
#
# Both commands belong to the target itself. Therefore CMake runs them after
# everything that the target depends on, and before it compiles the target.
#
# Makefiles do not remake a missing byproduct, and do not support outputs that
# stay older than their inputs. With Makefiles, a target that always runs does
# the first command, and removes the stamp if a generated file is missing.
#
# With PER_SOURCE, each source has a step of its own: see
# IlbridgePerSource.cmake.

include("${CMAKE_CURRENT_LIST_DIR}/IlbridgePerSource.cmake")

cmake_policy(PUSH)
cmake_policy(VERSION 3.25)
# An argument can be an empty string.
if(POLICY CMP0174)
  cmake_policy(SET CMP0174 NEW)
endif()

# _ilbridge_target(CALLER TARGET [scanned target…]): reports an error for a
# target that cannot have steps or cannot be scanned.
function(_ilbridge_target caller target)
  if(NOT target)
    message(FATAL_ERROR "${caller}: TARGET is missing")
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
    message(FATAL_ERROR "${caller}: the generator '${CMAKE_GENERATOR}' writes no compile_commands.json; use Ninja, Ninja Multi-Config or Makefiles, or a step of your own as docs/build-systems.md describes")
  endif()
  if(NOT TARGET "${target}")
    message(FATAL_ERROR "${caller}: TARGET '${target}' is no target; call this behind its add_executable() or add_library()")
  endif()
  get_target_property(type ${target} TYPE)
  if(NOT type MATCHES "^(EXECUTABLE|(STATIC|SHARED|MODULE|OBJECT)_LIBRARY)$")
    message(FATAL_ERROR "${caller}: TARGET '${target}' compiles nothing; name an executable or a library that has sources")
  endif()
  get_target_property(folder ${target} SOURCE_DIR)
  if(NOT folder STREQUAL CMAKE_CURRENT_SOURCE_DIR)
    message(FATAL_ERROR "${caller}: TARGET '${target}' belongs to ${folder}; call this there")
  endif()
  foreach(scanned IN LISTS ARGN)
    if(NOT TARGET "${scanned}")
      message(FATAL_ERROR "${caller}: SCAN '${scanned}' is no target")
    endif()
  endforeach()
endfunction()

# _ilbridge_configuration(RESULT FILE): returns the options that name the
# configuration: FILE, or the nearest ilbridge.yaml of this project.
function(_ilbridge_configuration result file)
  if(file)
    get_filename_component(file "${file}" ABSOLUTE)
    set(${result} -c "${file}" PARENT_SCOPE)
    return()
  endif()
  set(folder "${CMAKE_CURRENT_SOURCE_DIR}")
  while(NOT EXISTS "${folder}/ilbridge.yaml")
    cmake_path(IS_PREFIX folder "${CMAKE_SOURCE_DIR}" is_last)
    cmake_path(HAS_RELATIVE_PART folder is_below_root)
    if(is_last OR NOT is_below_root)
      set(${result} --no-config --root "${PROJECT_SOURCE_DIR}" PARENT_SCOPE)
      return()
    endif()
    cmake_path(GET folder PARENT_PATH folder)
  endwhile()
  set(${result} -c "${folder}/ilbridge.yaml" PARENT_SCOPE)
endfunction()

# _ilbridge_absolute(RESULT BASE file…): returns the files with BASE prepended
# to relative paths. A path that begins with a generator expression is absolute.
function(_ilbridge_absolute result base)
  set(paths "")
  foreach(path IN LISTS ARGN)
    if(NOT path MATCHES "^\\$<")
      cmake_path(ABSOLUTE_PATH path BASE_DIRECTORY "${base}" NORMALIZE)
    endif()
    list(APPEND paths "${path}")
  endforeach()
  set(${result} "${paths}" PARENT_SCOPE)
endfunction()

# _ilbridge_depend_on_generated(TARGET STAMP): makes STAMP depend on the sources
# that other commands generate for the target, so that they exist before it is
# scanned. It is called at the end of the target's folder, when all of its
# sources are known.
function(_ilbridge_depend_on_generated target stamp)
  get_target_property(sources ${target} SOURCES)
  get_target_property(own ${target} ILBRIDGE_FILES)
  foreach(source IN LISTS sources)
    if(source IN_LIST own OR source MATCHES "^\\$<")
      continue()
    endif()
    get_source_file_property(is_generated "${source}" GENERATED)
    if(is_generated)
      add_custom_command(OUTPUT "${stamp}" APPEND DEPENDS "${source}")
    endif()
  endforeach()
endfunction()

# _ilbridge_step(NAME n TARGET t VERB v [SCAN target…] [CONFIG file]
#   [ASSEMBLIES file…] [DEPENDS …] [OPTIONS …] [OUTPUT file] [READS_NOTHING]
#   [PER_SOURCE])
# Adds a run of ilbridge before a target is compiled.
function(_ilbridge_step)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "READS_NOTHING;PER_SOURCE"
    "NAME;TARGET;VERB;CONFIG;OUTPUT" "SCAN;ASSEMBLIES;DEPENDS;OPTIONS")
  set(target ${ARG_TARGET})
  get_property(is_multi GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  set(config "")
  if(is_multi)
    set(config "/$<CONFIG>")
  endif()
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/ilbridge/${target}/${ARG_NAME}${config}")
  set(database "${folder}/compile_commands.json")
  set(stamp "${folder}/stamp")
  set(reads_database TRUE)
  if(ARG_READS_NOTHING OR ARG_PER_SOURCE)
    set(reads_database FALSE)
  endif()

  _ilbridge_configuration(options "${ARG_CONFIG}")
  set(configuration "${options}")
  _ilbridge_absolute(assemblies "${CMAKE_CURRENT_SOURCE_DIR}" ${ARG_ASSEMBLIES})
  foreach(assembly IN LISTS assemblies)
    list(APPEND options --assembly "${assembly}")
  endforeach()
  if(CMAKE_COLOR_DIAGNOSTICS)
    list(APPEND options --color)
    list(APPEND configuration --color)
  endif()

  # These are the compile commands that are read.
  set(select "")
  foreach(scanned IN LISTS ARG_SCAN)
    get_target_property(binary_dir ${scanned} BINARY_DIR)
    list(APPEND select --objects "${binary_dir}/CMakeFiles/${scanned}.dir${config}"
      "$<TARGET_GENEX_EVAL:${scanned},$<TARGET_PROPERTY:${scanned},ILBRIDGE_EXCEPT>>")
    set_target_properties(${scanned} PROPERTIES EXPORT_COMPILE_COMMANDS ON)
    if(NOT scanned STREQUAL target)
      add_dependencies(${target} ${scanned})
    endif()
  endforeach()
  set(write_database
    ilbridge::ilbridge database --no-config -p "${CMAKE_BINARY_DIR}" ${select}
      -o "${database}")

  set(depends ilbridge::ilbridge ${assemblies} ${ARG_DEPENDS})
  if(reads_database)
    list(APPEND options -p "${folder}")
    list(APPEND depends "${database}")
    if(CMAKE_GENERATOR MATCHES "Ninja")
      add_custom_command(
        OUTPUT "${database}"
        COMMAND ${write_database}
        DEPENDS ilbridge::ilbridge "${CMAKE_BINARY_DIR}/compile_commands.json"
        COMMENT "Reading how ${target} is compiled"
        COMMAND_EXPAND_LISTS VERBATIM)
    endif()
  endif()
  if(CMAKE_GENERATOR MATCHES "Makefiles")
    set(prepare "")
    if(reads_database)
      set(prepare COMMAND ${write_database})
    endif()
    if(ARG_OUTPUT)
      list(APPEND prepare COMMAND ${CMAKE_COMMAND}
        "-DSTAMP=${stamp}" "-DFILE=${ARG_OUTPUT}"
        -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/IlbridgeHeal.cmake")
    endif()
    if(prepare)
      string(MAKE_C_IDENTIFIER "${target}_ilbridge_${ARG_NAME}" prepare_name)
      add_custom_target(${prepare_name} ${prepare}
        DEPENDS ilbridge::ilbridge COMMAND_EXPAND_LISTS VERBATIM)
      add_dependencies(${target} ${prepare_name})
      foreach(scanned IN LISTS ARG_SCAN)
        if(NOT scanned STREQUAL target)
          add_dependencies(${prepare_name} ${scanned})
        endif()
      endforeach()
    endif()
  endif()

  set(facts "${folder}/facts.rsp")
  if(ARG_PER_SOURCE AND NOT ARG_READS_NOTHING)
    list(APPEND options "@${facts}")
  endif()

  set(byproducts "")
  if(ARG_OUTPUT)
    set(byproducts BYPRODUCTS "${ARG_OUTPUT}")
  endif()
  add_custom_command(
    OUTPUT "${stamp}"
    ${byproducts}
    COMMAND ilbridge::ilbridge ${ARG_VERB} ${options} ${ARG_OPTIONS}
      --depfile "${stamp}.d" --stamp "${stamp}"
    DEPENDS ${depends}
    DEPFILE "${stamp}.d"
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
    COMMENT "ilbridge ${ARG_VERB} ${target} ${ARG_NAME}"
    COMMAND_EXPAND_LISTS VERBATIM)

  set(files "${stamp}" ${ARG_OUTPUT})
  set_property(TARGET ${target} APPEND PROPERTY ILBRIDGE_FILES "${files}")
  target_sources(${target} PRIVATE ${files})
  if(ARG_PER_SOURCE AND NOT ARG_READS_NOTHING)
    cmake_language(EVAL CODE
      "cmake_language(DEFER CALL _ilbridge_scan_each [[${target}]] [[${stamp}]] [[${facts}]] [[${ARG_SCAN}]] [[${configuration}]] [[${ARG_OPTIONS}]])")
  else()
    cmake_language(EVAL CODE
      "cmake_language(DEFER CALL _ilbridge_depend_on_generated [[${target}]] [[${stamp}]])")
  endif()
endfunction()

function(ilbridge_generate)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "PER_SOURCE"
    "TARGET;BACKEND;OUTPUT;FUNCTION;CONFIG"
    "ASSEMBLIES;SCAN;DEPENDS;OPTIONS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "ilbridge_generate: there is no argument '${ARG_UNPARSED_ARGUMENTS}'")
  endif()
  foreach(needed IN ITEMS BACKEND OUTPUT)
    if(NOT ARG_${needed})
      message(FATAL_ERROR "ilbridge_generate: ${needed} is missing")
    endif()
  endforeach()
  if(ARG_OPTIONS MATCHES "(^|;)--(region|in-source)(=|;|$)")
    message(FATAL_ERROR "ilbridge_generate: a build step writes no files that people edit; run 'ilbridge generate --${CMAKE_MATCH_2}' yourself, and use ilbridge_check() here")
  endif()
  _ilbridge_target(ilbridge_generate "${ARG_TARGET}" ${ARG_SCAN})

  _ilbridge_absolute(output "${CMAKE_CURRENT_BINARY_DIR}" "${ARG_OUTPUT}")
  cmake_path(GET output FILENAME name)
  # Every configuration has its own compile commands, and so its own file.
  get_property(is_multi GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  cmake_path(IS_PREFIX CMAKE_BINARY_DIR "${output}" is_in_build)
  if(is_multi AND is_in_build AND NOT output MATCHES "\\$<CONFIG>")
    cmake_path(GET output PARENT_PATH output)
    string(APPEND output "/$<CONFIG>/${name}")
  endif()

  set(options --backend ${ARG_BACKEND} -o "${output}")
  if(ARG_FUNCTION)
    list(APPEND options --name ${ARG_FUNCTION})
  endif()
  set(reads "")
  if(ARG_PER_SOURCE)
    set(reads PER_SOURCE)
  endif()
  if(ARG_BACKEND STREQUAL "hybridclr")
    list(APPEND reads READS_NOTHING)
  elseif(NOT ARG_SCAN)
    set(ARG_SCAN ${ARG_TARGET})
  endif()
  # No step reads the output of another one.
  set_property(TARGET ${ARG_TARGET} APPEND PROPERTY
    ILBRIDGE_EXCEPT --except "${output}")
  set(files "${output}")
  if(is_multi)
    set(files "")
    foreach(config IN LISTS CMAKE_CONFIGURATION_TYPES)
      string(REPLACE "$<CONFIG>" "${config}" file "${output}")
      list(APPEND files "${file}")
    endforeach()
  endif()
  set_source_files_properties(${files} PROPERTIES
    SKIP_UNITY_BUILD_INCLUSION ON SKIP_AUTOGEN ON)

  _ilbridge_step(NAME "${name}" TARGET ${ARG_TARGET} VERB generate
    SCAN ${ARG_SCAN} CONFIG "${ARG_CONFIG}" ASSEMBLIES ${ARG_ASSEMBLIES}
    DEPENDS ${ARG_DEPENDS} OPTIONS ${options} ${ARG_OPTIONS} OUTPUT "${output}"
    ${reads})
  # These are the defaults of ilbridge_check(TARGET …).
  _ilbridge_absolute(assemblies "${CMAKE_CURRENT_SOURCE_DIR}" ${ARG_ASSEMBLIES})
  set_property(TARGET ${ARG_TARGET} APPEND PROPERTY ILBRIDGE_ASSEMBLIES ${assemblies})
  set_property(TARGET ${ARG_TARGET} APPEND PROPERTY ILBRIDGE_DEPENDS ${ARG_DEPENDS})
endfunction()

function(ilbridge_check)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "PER_SOURCE" "TARGET;CONFIG"
    "ASSEMBLIES;SCAN;DEPENDS;OPTIONS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "ilbridge_check: there is no argument '${ARG_UNPARSED_ARGUMENTS}'")
  endif()
  _ilbridge_target(ilbridge_check "${ARG_TARGET}" ${ARG_SCAN})
  foreach(list IN ITEMS ASSEMBLIES DEPENDS)
    if(NOT ARG_${list})
      get_target_property(known ${ARG_TARGET} ILBRIDGE_${list})
      if(known)
        list(REMOVE_DUPLICATES known)
        set(ARG_${list} ${known})
      endif()
    endif()
  endforeach()
  if(NOT ARG_SCAN)
    set(ARG_SCAN ${ARG_TARGET})
  endif()
  set(reads "")
  if(ARG_PER_SOURCE)
    set(reads PER_SOURCE)
  endif()
  _ilbridge_step(NAME check TARGET ${ARG_TARGET} VERB check SCAN ${ARG_SCAN}
    CONFIG "${ARG_CONFIG}" ASSEMBLIES ${ARG_ASSEMBLIES}
    DEPENDS ${ARG_DEPENDS} OPTIONS ${ARG_OPTIONS} ${reads})
endfunction()

cmake_policy(POP)
