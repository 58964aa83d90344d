"""Uses an installed package as its documentation tells: installed.py, in a copy of project/.

scripts/test-package runs this in a bare system. Both sides of the project agree; then a
parameter of the C++ function gets a wrong type, which the program, the build and each host
inside Clang must report; then clangd's quick-fix corrects it.
"""

import os
import re
import shlex
import signal
import urllib.parse

import lsp
from builds import Build, edit, run, write

DOCS = "/usr/share/doc/ilbridge/docs"
MISTAKE = (
    "parameter 'weapon' is 'short' in C++ and 'int' in C#: a 16-bit integer in C++, a 32-bit integer in C#"
)


def documented(page, start):
    """Returns the command in a page of the installed documentation that begins with this text."""
    with open(os.path.join(DOCS, page)) as file:
        found = re.search(rf"^(?:\$ )?({re.escape(start)}.*?)(?:  # .*)?$", file.read(), re.M)
    assert found, (page, start)
    return shlex.split(found[1])


# ilbridge.yaml names the first one, which contains the compile commands.
builds = [
    Build(os.getcwd(), "Ninja", "/usr", folder="build"),
    Build(os.getcwd(), "Unix Makefiles", "/usr", "-DSTEPS=PER_SOURCE", folder="build-make"),
]

READERS = {
    "ilbridge": ["ilbridge", "check", "game.cpp"],
    "the Clang plugin": documented("compiler-plugin.md", "clang++-19 -fplugin="),
    "the clang-tidy module": documented("clang-tidy.md", "clang-tidy-19 -load="),
}


def expect_agreement(when):
    for name, command in READERS.items():
        said = run(*command)
        # clang-tidy counts warnings that it does not show, of any check.
        assert "ilbridge-" not in said and "error" not in said, (when, name, said)
    for build in builds:
        build.build()
        assert build.execute("game") == "damage 42\n", when
        os.remove(build.file("imports.cpp"))
        build.build()
        assert os.path.exists(build.file("imports.cpp")), build.output
    assert "Build succeeded." in run("xbuild", "/nologo"), when


def expect_mistake(line, column):
    place = f"game.cpp:{line}:{column}: error: {MISTAKE} [ilbridge-parameter-type"
    for name, command in READERS.items():
        said = run(*command, status=1)
        assert said.count("error: ") == 1 or "clang-tidy" in name, (name, said)
        assert said.count(place) == 1, (name, place, said)
    for build in builds:
        build.build(status=None)
        assert place in build.output, build.output
    said = run("xbuild", "/nologo", status=1)
    assert "Native.cs(4,48): error ilbridge-parameter-type: parameter 'weapon' is 'short' in C++" in said, said


def expect_facts():
    """The plugin writes facts into object files, which generate reads instead of the source."""
    run(*documented("compiler-plugin.md", "clang++-19 -fplugin=/usr/lib/libilbridge-clang.so -fplugin-arg-ilbridge-facts"))
    run("ilbridge", "generate", "--no-config", "--facts", "game.o", "--assembly", "Game.yaml",
        "--backend", "table", "--name", "game_imports", "-o", "from-object.cpp")
    run("g++", "-Wall", "-Werror", "main.cpp", "from-object.cpp", "game.o", "-o", "from-object")
    assert run("./from-object") == "damage 42\n"


def expect_manifest():
    """A manifest that is made of an assembly says the same as the one that was written."""
    run("ilbridge", "manifest", "bin/Game.dll", "-o", "made.yaml")
    listed = ["ilbridge", "list", "imports", "--no-config", "--assembly"]
    assert run(*listed, "made.yaml") == run(*listed, "Game.yaml")
    run("ilbridge", "check", "--no-config", "--assembly", "made.yaml", "game.cpp", "--")


def expect_generated():
    """A generated file is up to date until the C++ side changes."""
    command = ["ilbridge", "generate", "--backend", "table", "-o", "by-hand.cpp", "game.cpp"]
    run(*command)
    run(*command, "--check")
    edit("by-hand.cpp", "Damage", "Harm")
    assert "is not up to date" in run(*command, "--check", status=1)
    assert "+" in run(*(["ilbridge", "diff"] + command[2:]), status=None)
    run(*command)
    run(*command, "--check")


def expect_manual():
    page = re.sub(".\b", "", run("man", "ilbridge"))
    assert "ilbridge generate" in page and "--backend" in page, page
    assert "bind C# declarations to C++" in run("whatis", "ilbridge")
    run("man", "no-such-ilbridge", status=16)


def expect_pkg_config():
    version = run("ilbridge", "--version").split()[1]
    assert run("pkg-config", "--modversion", "ilbridge").strip() == version
    program = run("pkg-config", "--variable=ilbridge", "ilbridge").strip()
    assert os.path.realpath(program) == "/usr/bin/ilbridge", program


class Editor:
    """An editor with the arguments of docs/editors.md, in which game.cpp is open."""

    def __init__(self):
        signal.alarm(120)  # a clangd that hangs is a failure
        self.client = lsp.Client(["ilbridge-clangd", "--compile-commands-dir=build"])
        self.client.open("game.cpp")

    def expect_mistake(self, line, column):
        found = self.client.found("game.cpp")
        assert len(found) == 1, found
        assert found[0]["range"]["start"] == {"line": line - 1, "character": column - 1}, found
        assert (found[0]["source"], found[0]["code"]) == ("ilbridge", "ilbridge-parameter-type"), found
        assert found[0]["message"].lower().startswith(MISTAKE.lower()), found
        page = urllib.parse.unquote(found[0]["codeDescription"]["href"].removeprefix("file://"))
        assert page == f"{DOCS}/diagnostics/ilbridge-parameter-type.md", page
        assert os.path.exists(page), page

    def expect_agreement(self):
        assert self.client.found("game.cpp") == [], self.client.found("game.cpp")

    def apply_fix(self, line):
        (action,) = self.client.actions("game.cpp", line)
        self.client.apply("game.cpp", line, action["title"])
        return self.client.texts["game.cpp"]

    def close(self):
        self.client.close()
        signal.alarm(0)


with open("game.cpp") as file:
    source = file.read()
(line,) = [n for n, text in enumerate(source.splitlines(), 1) if "(int weapon)" in text]
column = source.splitlines()[line - 1].index("weapon") + 1 + len("short") - len("int")

expect_agreement("at first")
expect_facts()
expect_manifest()
expect_generated()
editor = Editor()
editor.expect_agreement()
editor.close()

edit("game.cpp", "(int weapon)", "(short weapon)")
expect_mistake(line, column)
editor = Editor()
editor.expect_mistake(line, column)
write("game.cpp", editor.apply_fix(line))
editor.expect_agreement()
editor.close()
with open("game.cpp") as file:
    assert file.read() == source
expect_agreement("after the quick-fix")

# The clang-tidy module has the same fix.
edit("game.cpp", "(int weapon)", "(short weapon)")
run(*READERS["the clang-tidy module"], "--fix-errors", status=None)
with open("game.cpp") as file:
    assert file.read() == source
expect_manual()
expect_pkg_config()
