"""The targets, each with its own compiler and a way to run programs."""

import dataclasses
import os
import shlex
import subprocess
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))


class Failure(Exception):
    """A command that should have succeeded failed."""


def run(command, folder, env=None):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", env=env)
    if done.returncode != 0:
        output = (done.stdout + done.stderr)[-4000:]
        raise Failure(f"$ {shlex.join(command)}\n{output}\nexit status {done.returncode}")
    return done.stdout


@dataclass(frozen=True)
class Target:
    name: str
    triple: str  # the spelling for ilbridge
    compiler: tuple
    runner: tuple = ()
    flags: tuple = ()  # for every compilation
    link: tuple = ()
    suffix: str = ""
    environment: dict = field(default_factory=dict, hash=False)

    def assuming(self, triple):
        """Returns the same compiler, with another target for ilbridge."""
        return dataclasses.replace(self, triple=triple)

    def compile(self, source, flags, folder):
        made = os.path.splitext(source)[0] + ".o"
        run([*self.compiler, *self.flags, *flags, "-c", source, "-o", made], folder)
        return made

    def link_program(self, objects, name, folder):
        program = name + self.suffix
        run([*self.compiler, *self.flags, *objects, *self.link, "-o", program], folder)
        return program

    def execute(self, program, arguments, folder, timeout=300):
        """Returns the output of the program and its exit status; None if it did not terminate."""
        command = [*self.runner, os.path.join(folder, program), *arguments]
        env = {**os.environ, **self.environment}
        try:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, errors="replace", env=env, timeout=timeout
            )
        except subprocess.TimeoutExpired as e:
            return (e.stdout or b"").decode(errors="replace"), "", None
        return done.stdout, done.stderr, done.returncode


def targets(clang, gcc, work):
    """Returns all targets by name. work is a folder for the files of wine."""
    wine = {
        "WINEPREFIX": os.path.join(work, "wine"),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        # Disable wine's desktop, .NET and browser.
        "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
        "DISPLAY": "",
    }
    all_ = [
        Target("x86_64-gcc", "x86_64-unknown-linux-gnu", (gcc,)),
        Target("x86_64-clang", "x86_64-unknown-linux-gnu", (clang,)),
        # gcc-multilib, which contains <asm/…> for it, conflicts with the cross compilers in Debian.
        # g++-12-multilib does not, but lacks these headers.
        Target(
            "i386",
            "i686-unknown-linux-gnu",
            (gcc,),
            flags=("-m32", "-isystem", "/usr/include/x86_64-linux-gnu"),
            link=("-static",),
        ),
        Target(
            "aarch64",
            "aarch64-unknown-linux-gnu",
            ("aarch64-linux-gnu-g++",),
            runner=("qemu-aarch64-static",),
            link=("-static",),
        ),
        Target(
            "armhf",
            "armv7a-unknown-linux-gnueabihf",
            ("arm-linux-gnueabihf-g++",),
            runner=("qemu-arm-static",),
            link=("-static",),
        ),
        Target(
            "wasm32",
            "wasm32-unknown-emscripten",
            (clang,),
            runner=("node", "--no-warnings", os.path.join(HERE, "runtime", "run-wasm.mjs")),
            flags=("--target=wasm32-wasi", "-fno-exceptions"),
            link=("-Wl,--fatal-warnings", "-Wl,-z,stack-size=1048576"),
            suffix=".wasm",
        ),
        Target(
            "win64",
            "x86_64-w64-windows-gnu",
            ("x86_64-w64-mingw32-g++",),
            runner=("wine",),
            link=("-static",),
            suffix=".exe",
            environment=wine,
        ),
    ]
    return {each.name: each for each in all_}
