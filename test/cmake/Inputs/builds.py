"""Projects that use an installed ilbridge, for the tests of cmake/.

A Build configures a copy of a project with one generator and says which steps
a build ran.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time

GENERATORS = ["Ninja", "Ninja Multi-Config", "Unix Makefiles"]


def run(*command, cwd=None, status=0, env=None):
    """Runs a command, which must exit with that status. Returns its standard output and error."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if status is not None and done.returncode != status:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def installed(build_root):
    """Returns the prefix in which the ilbridge of the build is installed."""
    prefix = os.path.join(build_root, "test", "prefix")
    # Several tests run at the same time.
    with open(prefix + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run("cmake", "--install", build_root, "--prefix", prefix)
    return prefix


class Build:
    def __init__(self, source, generator, prefix, *options, folder=None):
        self.source = source
        self.generator = generator
        self.folder = os.path.join(source, folder or "build " + generator)
        self.is_ninja = "Ninja" in generator
        shutil.rmtree(self.folder, ignore_errors=True)
        self.output = ""
        self.options = [
            "-S", source, "-B", self.folder, "-G", generator,
            f"-DCMAKE_PREFIX_PATH={prefix}",
        ]
        self.configure(*options)

    def configure(self, *options, status=0):
        return run("cmake", *self.options, *options, status=status)

    def build(self, *options, status=0):
        """Returns the steps that ran, as short words in sorted order."""
        # A file that is edited immediately after a build has to be newer than the
        # build.
        time.sleep(0.02)
        self.output = run(
            "cmake", "--build", self.folder, "-j4", *options, status=status
        )
        steps = []
        for line in self.output.splitlines():
            verb = re.match(r"\[.*?\] ilbridge (\w+) (\S+) (\S.*)$", line)
            compiled = re.match(r"\[.*?\] Building \w+ object .*?([^/]+)\.o$", line)
            if verb:
                steps.append(" ".join(verb.groups()))
            elif compiled:
                steps.append(compiled[1])
        return sorted(steps)

    def file(self, name):
        """Returns a file of the build, or that of the configuration if there are several."""
        if "Multi" in self.generator:
            folder, name = os.path.split(name)
            return os.path.join(self.folder, folder, "Debug", name)
        return os.path.join(self.folder, name)

    def execute(self, program):
        return run(self.file(program))

    def expect(self, what, steps, *options):
        """Builds, and checks that exactly these steps run, and that a second build runs none."""
        self.expect_once(what, steps, *options)
        self.expect_once(what + ", then nothing", [], *options)
        if self.is_ninja:
            assert "no work to do" in self.output, (what, self.output)

    def expect_once(self, what, steps, *options):
        ran = self.build(*options)
        if ran != sorted(steps):
            sys.exit(f"{self.generator}: {what}: {ran}, not {steps}\n{self.output}")

    def missing_dependencies(self):
        if self.generator == "Ninja":
            said = run("ninja", "-C", self.folder, "-t", "missingdeps")
            assert "No missing dependencies" in said, said


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def edit(path, old, new):
    with open(path) as file:
        text = file.read()
    assert old in text, (path, old)
    write(path, text.replace(old, new))
