"""lit's format for what CMake names: commands, and GoogleTest's programs.

CMake writes a file for each, with a word of the command on each line
(cmake/IlbridgeTests.cmake). A command is a
test, which passes if the command exits with 0; it runs in an empty folder of
its own. A program of GoogleTest is a test for each of its tests.
"""

import os
import shutil
import subprocess

import lit.formats
import lit.Test
import lit.util


def words(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def unit_tests(program):
    """Returns the tests of a GoogleTest program, as its option --gtest_filter names them."""
    listed = subprocess.run([program, "--gtest_list_tests"], capture_output=True, text=True)
    names, suite = [], ""
    for line in listed.stdout.splitlines():
        name = line.split("#")[0].strip()
        if line.startswith(" "):
            names.append(suite + name)
        else:
            suite = name
    if listed.returncode != 0 or not names:
        raise OSError(listed.stderr or "it has no tests")
    return names


class CommandFormat(lit.formats.TestFormat):
    def __init__(self, folder):
        self.folder = folder

    def getTestsInDirectory(self, suite, path_in_suite, lit_config, config):
        def test(name, command, problem=None):
            made = lit.Test.Test(suite, tuple(name.split("/")), config)
            made.command, made.problem = command, problem
            return made

        commands = os.path.join(self.folder, "commands")
        for folder, _, files in os.walk(commands):
            for file in files:
                path = os.path.join(folder, file)
                yield test(os.path.relpath(path, commands), words(path))
        programs = os.path.join(self.folder, "unit-tests")
        for prefix in os.listdir(programs):
            (program,) = words(os.path.join(programs, prefix))
            try:
                names = unit_tests(program)
            except OSError as error:
                yield test("unit/" + prefix, [], f"{program}: {error}")
                continue
            for name in names:
                yield test(f"unit/{prefix}/{name}", [program, "--gtest_filter=" + name])

    def execute(self, test, lit_config):
        if test.problem:
            return lit.Test.FAIL, test.problem
        folder = test.getExecPath()
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        script = " ".join(map(repr, test.command)) + "\n"
        try:
            out, err, status = lit.util.executeCommand(
                test.command, folder, test.config.environment, timeout=lit_config.maxIndividualTestTime
            )
        except lit.util.ExecuteCommandTimeoutException as late:
            return lit.Test.TIMEOUT, script + late.out + late.err
        return lit.Test.FAIL if status else lit.Test.PASS, script + out + err
