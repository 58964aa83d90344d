# PER_SOURCE of ilbridge_generate() and ilbridge_check() creates one build step
# for each source of the scanned targets.
#
#   compile_commands.json of the build
#     │ ilbridge database --each
#     ▼
#   compile_commands.json of each source    changes when a command in it does
#     │           source, headers, configuration: in the depfile
#     │             │
#     ▼             ▼
#   ilbridge scan  ──▶  facts of the source, written if they changed
#     │
#     ▼
#   ilbridge generate --facts …  ──▶  stamp, the OUTPUT; generated files
#
# One more such step, "rest", scans what is not known from the names of sources
# when CMake runs: unity builds, sources that CMake itself generates, and
# headers without annotations.

cmake_policy(PUSH)
cmake_policy(VERSION 3.25)

# _ilbridge_scan_options(RESULT REST option…): returns the options that apply to
# scans, and in REST those of them that apply only to the step "rest".
function(_ilbridge_scan_options result rest)
  set(all "")
  set(exports "")
  set(into "")
  foreach(option IN LISTS ARGN)
    if(into)
      list(APPEND ${into} "${option}")
      set(into "")
    elseif(option MATCHES "^--(extra-arg|resource-dir|root|cache|cache-size)(=|$)")
      list(APPEND all "${option}")
      if(NOT CMAKE_MATCH_2)
        set(into all)
      endif()
    elseif(option STREQUAL "--scan-all")
      list(APPEND all "${option}")
    elseif(option MATCHES "^--export-[a-z]+(=|$)")
      list(APPEND exports "${option}")
      if(NOT CMAKE_MATCH_1)
        set(into exports)
      endif()
    endif()
  endforeach()
  # The build system determines the sources that have to be read again.
  if(NOT all MATCHES "--cache")
    list(APPEND all --no-cache)
  endif()
  set(${result} "${all}" PARENT_SCOPE)
  set(${rest} "${exports}" PARENT_SCOPE)
endfunction()

# _ilbridge_is_compiled(RESULT TARGET source): returns true if the name of a
# source shows that it is compiled.
function(_ilbridge_is_compiled result target source)
  set(${result} FALSE PARENT_SCOPE)
  if(source MATCHES "^\\$<" OR NOT source MATCHES "\\.([cC]|[cC][cC]|[cC][pP][pP]|[cC][xX][xX]|[cC]\\+\\+|mm?|cppm|ixx)$")
    return()
  endif()
  get_source_file_property(is_header "${source}" TARGET_DIRECTORY ${target} HEADER_FILE_ONLY)
  if(NOT is_header)
    set(${result} TRUE PARENT_SCOPE)
  endif()
endfunction()

# _ilbridge_response(FILE word…): writes a file of options when CMake generates.
function(_ilbridge_response file)
  set(content "")
  foreach(word IN LISTS ARGN)
    string(REGEX REPLACE "([\\\\\"])" "\\\\\\1" word "${word}")
    string(APPEND content "\"${word}\"\n")
  endforeach()
  file(GENERATE OUTPUT "${file}" CONTENT "${content}")
endfunction()

# _ilbridge_facts(RESULT TARGET t SCANNED t KEY k OPTIONS option… REST option…):
# returns the facts files of a scanned target, and adds the steps that write
# them for TARGET. They run after the target's own generated files are written.
function(_ilbridge_facts result)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "TARGET;SCANNED;KEY" "OPTIONS;REST")
  set(property "ILBRIDGE_FACTS_${ARG_SCANNED}_${ARG_KEY}")
  get_target_property(known ${ARG_TARGET} ${property})
  if(known)
    set(${result} "${known}" PARENT_SCOPE)
    return()
  endif()

  get_property(is_multi GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  set(config "")
  if(is_multi)
    set(config "/$<CONFIG>")
  endif()
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/ilbridge/${ARG_TARGET}/facts-${ARG_KEY}/${ARG_SCANNED}")
  set(list "${folder}/sources.rsp")
  string(APPEND folder "${config}")

  # These are the known sources, and the files that have to be generated before
  # any source is read.
  get_target_property(sources ${ARG_SCANNED} SOURCES)
  get_target_property(own ${ARG_SCANNED} ILBRIDGE_FILES)
  get_target_property(source_dir ${ARG_SCANNED} SOURCE_DIR)
  get_target_property(binary_dir ${ARG_SCANNED} BINARY_DIR)
  get_target_property(is_unity ${ARG_SCANNED} UNITY_BUILD)
  set(compiled "")
  set(generated "")
  foreach(source IN LISTS sources)
    if(source IN_LIST own)
      continue()
    endif()
    get_source_file_property(is_generated "${source}" TARGET_DIRECTORY ${ARG_SCANNED} GENERATED)
    _ilbridge_is_compiled(is_compiled ${ARG_SCANNED} "${source}")
    if(is_compiled AND NOT is_unity)
      set(base "${source_dir}")
      if(is_generated)
        set(base "${binary_dir}")
      endif()
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${base}" NORMALIZE)
      list(APPEND compiled "${source}")
    elseif(is_generated AND NOT source MATCHES "^\\$<" AND ARG_SCANNED STREQUAL ARG_TARGET)
      list(APPEND generated "${source}")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES compiled)
  _ilbridge_response("${list}" ${compiled})

  set(facts "")
  set(databases "")
  foreach(source IN LISTS compiled ITEMS "")
    if(source)
      set(name "${source}")
      cmake_path(IS_PREFIX CMAKE_SOURCE_DIR "${source}" is_below)
      if(is_below)
        cmake_path(RELATIVE_PATH name BASE_DIRECTORY "${CMAKE_SOURCE_DIR}")
      else()
        cmake_path(GET name RELATIVE_PART name)
      endif()
      set(here "${folder}/each/${name}")
      set(options --no-exports)
      set(depends "${source}")
    else()
      set(name rest)
      set(here "${folder}/rest")
      set(options ${ARG_REST})
      set(depends "")
    endif()
    list(APPEND databases "${here}/compile_commands.json")
    list(APPEND facts "${here}/facts")
    # Make compares times. Without this it would scan again in every build,
    # because unchanged facts keep their time.
    set(touch "")
    if(NOT CMAKE_GENERATOR MATCHES "Ninja")
      set(touch COMMAND ${CMAKE_COMMAND} -E touch "${here}/facts")
    endif()
    add_custom_command(
      OUTPUT "${here}/facts"
      COMMAND ilbridge::ilbridge scan ${ARG_OPTIONS} ${options} -p "${here}"
        -o "${here}/facts" --depfile "${here}/facts.d"
      ${touch}
      DEPENDS ilbridge::ilbridge "${here}/compile_commands.json" ${depends} ${generated}
      DEPFILE "${here}/facts.d"
      WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
      COMMENT "ilbridge scan ${ARG_TARGET} ${name}"
      COMMAND_EXPAND_LISTS VERBATIM)
  endforeach()

  set(write_databases
    ilbridge::ilbridge database --no-config --root "${CMAKE_SOURCE_DIR}" -p "${CMAKE_BINARY_DIR}"
      --objects "${binary_dir}/CMakeFiles/${ARG_SCANNED}.dir${config}"
      "$<TARGET_GENEX_EVAL:${ARG_SCANNED},$<TARGET_PROPERTY:${ARG_SCANNED},ILBRIDGE_EXCEPT>>"
      -o "${folder}/rest/compile_commands.json")
  if(compiled)
    list(APPEND write_databases --each "${folder}/each" "@${list}")
  endif()
  if(CMAKE_GENERATOR MATCHES "Ninja")
    add_custom_command(
      OUTPUT ${databases}
      COMMAND ${write_databases}
      DEPENDS ilbridge::ilbridge "${CMAKE_BINARY_DIR}/compile_commands.json" "${list}"
      COMMENT "Reading how ${ARG_SCANNED} is compiled"
      COMMAND_EXPAND_LISTS VERBATIM)
  else()
    string(MAKE_C_IDENTIFIER "${ARG_TARGET}_ilbridge_facts_${ARG_SCANNED}_${ARG_KEY}" prepare)
    add_custom_target(${prepare} COMMAND ${write_databases}
      DEPENDS ilbridge::ilbridge COMMAND_EXPAND_LISTS VERBATIM)
    add_dependencies(${ARG_TARGET} ${prepare})
    if(NOT ARG_SCANNED STREQUAL ARG_TARGET)
      add_dependencies(${prepare} ${ARG_SCANNED})
    endif()
  endif()
  set_target_properties(${ARG_TARGET} PROPERTIES ${property} "${facts}")
  set(${result} "${facts}" PARENT_SCOPE)
endfunction()

# _ilbridge_scan_each(TARGET STAMP LIST SCAN CONFIGURATION OPTIONS): makes the
# step of STAMP depend on the facts of the targets in SCAN, and writes their
# names to LIST. It is called at the end of the target's folder, when all of its
# sources are known.
function(_ilbridge_scan_each target stamp list scan configuration options)
  _ilbridge_scan_options(each rest ${options})
  string(SHA256 key "${configuration};${each};${rest}")
  string(SUBSTRING "${key}" 0 8 key)
  set(all "")
  foreach(scanned IN LISTS scan)
    _ilbridge_facts(facts TARGET ${target} SCANNED ${scanned} KEY ${key}
      OPTIONS ${configuration} ${each} REST ${rest})
    list(APPEND all ${facts})
    # Headers without annotations are read only once.
    set(rest --no-exports)
    string(SUBSTRING "${key}" 0 8 key)
    string(APPEND key -more)
  endforeach()
  set(words "")
  foreach(facts IN LISTS all)
    list(APPEND words --facts "${facts}")
  endforeach()
  _ilbridge_response("${list}" ${words})
  add_custom_command(OUTPUT "${stamp}" APPEND DEPENDS "${list}" ${all})
endfunction()

cmake_policy(POP)
