"""A project with every kind of file that a run writes, and what has to hold
whatever system call of a run fails.

A State is a folder with the project as a run finds it; each test works in a
copy of its own.
"""

import errno
import os
import re
import shutil
import stat
import subprocess
import sys

OWN = "// Written by hand.\nint mine() { return 42; }\n"
REGION = OWN + "// ilbridge:begin table\n// old\n// ilbridge:end table\n// And the end.\n" + "//\n" * 2000

# The outputs of the project: a new file, an existing file, a file behind a symbolic link, a region,
# and a region in a file with a second name.
OUTPUTS = ["new.cpp", "whole.cpp", "real/linked.cpp", "region.cpp", "twice.cpp"]
STEP = ["out.d", "stamp"]


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def read(path):
    if not os.path.exists(path):
        return None
    with open(path) as file:
        return file.read()


def files():
    return {os.path.join(folder, name) for folder, _, names in os.walk(".") for name in names}


def create():
    """Creates the project in the working directory."""
    write("whole.cpp", "// old\n" * 3000)
    os.chmod("whole.cpp", 0o600)
    write("real/linked.cpp", "// old\n")
    os.symlink("real/linked.cpp", "linked.cpp")
    write("region.cpp", REGION)
    os.chmod("region.cpp", 0o755)
    write("twice.cpp", REGION)
    os.link("twice.cpp", "second name.cpp")
    write("f.facts", FACTS)
    write("game.yaml", """schema: 1
assembly: Game
imports:
  - {name: "Native::f", kind: pinvoke, library: game, result: System.Int32, params: [{name: a, type: System.Int32}]}
""")
    outputs = ["new.cpp", "whole.cpp", "linked.cpp", "region.cpp", "twice.cpp"]
    write("ilbridge.yaml", "assemblies: [game.yaml]\nfacts: [f.facts]\noutputs:\n" + "".join(
        f"  - {{backend: table, file: {name}{', region: table' if REGION == read(name) else ''}}}\n"
        for name in outputs
    ))


FACTS = ""


def set_facts():
    """Creates facts of one function with a scan of the program under test."""
    global FACTS
    write("f.c", "#include <ilbridge/export.h>\nILBRIDGE_EXPORT int f(int a) { return a; }\n")
    done = subprocess.run(["ilbridge", "scan", "--no-config", "--no-cache", "f.c", "--", "-I" + sys.argv[1]],
                          stdout=subprocess.PIPE, text=True, check=True)
    FACTS = done.stdout


COMMAND = ["ilbridge", "generate", "--cache", "cache", "--depfile", "out.d", "--stamp", "stamp"]


def run(command=COMMAND, **plant):
    """Runs the program with the preloaded library. Without further options, the library only makes the run faster."""
    return subprocess.run(command, env={**os.environ, "LD_PRELOAD": os.environ["PLANT"], **plant}, timeout=60,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def in_copy(folder, action):
    """Calls action in a new project in folder."""
    here = os.getcwd()
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    os.chdir(folder)
    create()
    result = action()
    os.chdir(here)
    return result


def contents():
    return {name: read(name) for name in OUTPUTS}


class Expected:
    """The result of a run of the project without failures."""

    def __init__(self):
        def action():
            self.old = contents()
            self.old_files = files()
            done = run()
            assert done.returncode == 0 and not done.stderr, done
            self.new = contents()
            self.new_files = files()
        in_copy("expected", action)
        assert all(self.old[name] != self.new[name] for name in OUTPUTS)
        assert self.new["region.cpp"].startswith(OWN) and '"game", "f"' in self.new["region.cpp"]

    def check_kinds(self, what):
        """Checks that links, modes and the second name are unchanged."""
        assert os.path.islink("linked.cpp"), what
        assert stat.S_IMODE(os.stat("whole.cpp").st_mode) == 0o600, what
        assert stat.S_IMODE(os.stat("region.cpp").st_mode) == 0o755, what
        assert os.path.samefile("twice.cpp", "second name.cpp"), what

    def check_contents(self, what, done):
        """Checks that every output has its old or its new content, unless the message states where
        the old content is."""
        for name, text in contents().items():
            whole = text in (self.old[name], self.new[name])
            backup = name == "twice.cpp" and os.path.exists(".twice.cpp.ilbridge-backup")
            assert whole or backup, (what, name, done)
        self.check_kinds(what)

    def check_next(self, what):
        """Checks that the next run without failures updates everything and leaves no other files."""
        done = run()
        assert done.returncode == 0 and not done.stderr, (what, done)
        assert contents() == self.new, what
        self.check_kinds(what)
        # The cache may contain additional entries.
        extra = {name for name in files() - self.new_files if not name.startswith(("./cache/llvmcache", "./cache/files"))}
        assert not extra, (what, extra)


def for_each(call, error, stays=False, limit=400):
    """Makes the first such call of a run fail, then the second one, and so on, until there is none.
    Yields a description, and the command to run."""
    for at in range(1, limit):
        plant = {
            "PLANT_CALL": call,
            "PLANT_AT": str(at),
            "PLANT_ERROR": str(error),
            "PLANT_MARK": os.path.abspath("mark"),
        }
        if stays:
            plant["PLANT_STAYS"] = "1"
        if os.path.exists("mark"):
            os.remove("mark")
        what = f"{call} {at}: {errno.errorcode.get(error, error)}{' from then on' if stays else ''}"
        yield what, plant
        if not os.path.exists("mark"):
            assert at > 1, f"no {call} in a run"
            return
    assert False, f"more than {limit} calls of {call}"
