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

# ilbridge_unit_tests(TARGET PREFIX)
# Adds every test of a GoogleTest program as a test, unit/PREFIX/SUITE.NAME.
function(ilbridge_unit_tests target prefix)
  file(GENERATE OUTPUT ${ILBRIDGE_UNIT_TESTS}/${prefix}
    CONTENT "$<TARGET_FILE:${target}>\n")
endfunction()
