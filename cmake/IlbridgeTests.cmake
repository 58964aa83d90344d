# These functions add tests to the files that lit finds in test/. Each test is a
# file with a word of the command on each line. test/commands/command_format.py
# reads it.

set(ILBRIDGE_TEST_COMMANDS ${PROJECT_BINARY_DIR}/test/commands)
set(ILBRIDGE_UNIT_TESTS ${PROJECT_BINARY_DIR}/test/unit-tests)
file(REMOVE_RECURSE ${ILBRIDGE_TEST_COMMANDS} ${ILBRIDGE_UNIT_TESTS})
file(MAKE_DIRECTORY ${ILBRIDGE_TEST_COMMANDS} ${ILBRIDGE_UNIT_TESTS})

# ilbridge_test(NAME word…)
# Adds a test that runs a command in an empty folder of its own. It passes if
# the command exits with 0.
function(ilbridge_test name)
  list(JOIN ARGN "\n" words)
  file(GENERATE OUTPUT ${ILBRIDGE_TEST_COMMANDS}/${name} CONTENT "${words}\n")
endfunction()

if(ILBRIDGE_TESTS)
  find_package(GTest REQUIRED)
endif()

# Unit tests read GoogleTest's headers precompiled, and are compiled without
# optimisation, because compiling them takes longer than running them.
#
# ilbridge_unit_tests(NAME SOURCES file… LINKS target…)
# Builds a GoogleTest program, NAME-tests, and adds each of its tests as
# unit/NAME/SUITE.NAME.
function(ilbridge_unit_tests name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  set(program ${name}-tests)
  add_executable(${program} ${ARG_SOURCES})
  target_link_libraries(${program} PRIVATE ${ARG_LINKS} GTest::gmock GTest::gtest_main)
  ilbridge_reuse_headers(${program} TESTS)
  file(GENERATE OUTPUT ${ILBRIDGE_UNIT_TESTS}/${name}
    CONTENT "$<TARGET_FILE:${program}>\n")
endfunction()
