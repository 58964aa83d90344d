"""A small Icecream: a scheduler and two daemons, each in a network namespace of
its own, as if on two machines. One has the sources and compiles nothing for
others, the other one compiles.

Needs root, or sudo that asks for nothing.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE, THERE = "10.83.57.1", "10.83.57.2"


def as_root():
    """Restarts the program as root, if it is not running as root."""
    if os.geteuid():
        os.execvp("sudo", ["sudo", "-n", "--preserve-env", sys.executable, *sys.argv])


def run(*command, **options):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, **options)


class Icecream:
    """with Icecream(compiler, files) as icecream: icecream.compile(…)"""

    def __init__(self, compiler, *files):
        self.compiler = compiler
        # The path is short because it contains sockets, and the user of the daemons must be able to
        # access it.
        self.folder = tempfile.mkdtemp(prefix="icecream-", dir="/tmp")
        shutil.chown(self.folder, "icecc", "icecc")
        self.spaces = [f"ilb{os.getpid()}{each}" for each in "ab"]
        self.daemons = []
        self.network = f"ilbridge-{os.getpid()}"
        self.log = self.path("client.log")
        run("icecc-create-env", compiler, "--compression", "none",
            *(word for file in files for word in ("--addfile", file)),
            cwd=self.folder, stdout=subprocess.DEVNULL)
        (environment,) = [each for each in os.listdir(self.folder) if each.endswith(".tar")]
        self.environment = self.path(environment)

    def path(self, name):
        return os.path.join(self.folder, name)

    def __enter__(self):
        try:
            self.connect()
            self.start("scheduler", 0, "icecc-scheduler", "-n", self.network, "-p", "8765")
            for i, (name, more) in enumerate([("here", ["--no-remote"]), ("there", [])]):
                base = self.path("environments-" + name)
                os.mkdir(base)
                shutil.chown(base, "icecc", "icecc")
                self.start(name, i, "iceccd", "-n", self.network, "-s", HERE, "-N", name,
                           "-m", "2", "-b", base, "-u", "icecc", *more)
            for name in ["here", "there"]:
                self.wait_for("scheduler", f"login {name} ")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for daemon in self.daemons:
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
        for space in self.spaces:
            subprocess.run(["ip", "netns", "delete", space], stderr=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self):
        a, b = self.spaces
        for space in self.spaces:
            run("ip", "netns", "add", space)
        run("ip", "link", "add", "cable", "netns", a, "type", "veth", "peer", "name", "cable",
            "netns", b)
        for space, address in [(a, HERE), (b, THERE)]:
            run("ip", "-n", space, "address", "add", address + "/24", "dev", "cable")
            for device in ["lo", "cable"]:
                run("ip", "-n", space, "link", "set", device, "up")

    def start(self, name, space, *command):
        self.daemons.append(subprocess.Popen(
            ["ip", "netns", "exec", self.spaces[space], *command, "-l", self.path(name + ".log"), "-vvv"],
            env=dict(os.environ, ICECC_TEST_SOCKET=self.path(name + ".socket")),
            stdin=subprocess.DEVNULL))

    def said(self, name):
        try:
            with open(self.path(name + ".log"), errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def wait_for(self, name, text):
        for _ in range(600):
            if text in self.said(name):
                return
            time.sleep(0.1)
        everything = {each: self.said(each) for each in ["scheduler", "here", "there"]}
        sys.exit(f"{name} never said '{text}': {everything}")

    def settings(self, **more):
        return dict(
            os.environ,
            ICECC_TEST_SOCKET=self.path("here.socket"),
            ICECC_VERSION=self.environment,
            ICECC_TEST_REMOTEBUILD="1",
            ICECC_PREFERRED_HOST="there",
            ICECC_DEBUG="debug",
            ICECC_LOGFILE=self.log,
            **more,
        )

    def compile(self, commands, **more):
        """Compiles sources through icecc at the same time, and checks that all of them were
        compiled on the other machine. Returns their output. more: environment variables."""
        before = len(self.said("there")), len(self.said("client"))
        compiles = [
            subprocess.Popen(
                ["ip", "netns", "exec", self.spaces[0], *command],
                env=self.settings(**more), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            for command in commands.values()
        ]
        said = "".join(each.communicate()[0] for each in compiles)
        there = self.said("there")[before[0]:]
        client = self.said("client")[before[1]:]
        is_remote = (
            all(re.search(f"remote compile for file .*{re.escape(source)}$", there, re.M)
                for source in commands)
            and there.count("Remote compilation completed with exit code 0") == len(commands)
            and client.count(f"Have to use host {THERE}:") == len(commands)
            and "building myself" not in client
        )
        if any(each.returncode for each in compiles) or not is_remote:
            sys.exit(f"{commands} ended with {[each.returncode for each in compiles]},"
                     f" on the other machine: {bool(is_remote)}\n{said}\n{client}\n{there}")
        return said
