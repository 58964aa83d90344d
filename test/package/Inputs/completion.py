"""Types at terminals of bash, zsh and fish, which complete words of ilbridge: completion.py [PREFIX]

The completions are those of an installation at PREFIX, or else those that the shells find.
"""

import os
import pty
import re
import select
import subprocess
import sys
import time

# The typed text before the tab, and the text after it.
CASES = [
    ("ilbridge gen", "ilbridge generate "),
    ("ilbridge check --form", "ilbridge check --format "),
    ("ilbridge check --format gi", "ilbridge check --format github "),
    ("ilbridge check --format=gi", "ilbridge check --format=github "),
    ("ilbridge generate --backend hy", "ilbridge generate --backend hybridclr "),
    ("ilbridge generate --target wi", "ilbridge generate --target win"),
    ("ilbridge check --severity ilbridge-no-", "ilbridge check --severity ilbridge-no-matching-overload="),
    ("ilbridge explain ilbridge-wrap", "ilbridge explain ilbridge-wrapper-count "),
    ("ilbridge list exp", "ilbridge list exports "),
    ("ilbridge check -p fol", "ilbridge check -p folder/"),
    ("ilbridge check --assembly folder/Ga", "ilbridge check --assembly folder/Game.dll "),
    ("ilbridge check --assembly=folder/Ga", "ilbridge check --assembly=folder/Game.dll "),
    ("ilbridge database --obj", "ilbridge database --objects "),
]


class Shell:
    """An interactive shell, at whose terminal somebody types."""

    def __init__(self, *command):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.execvp(command[0], command)

    def read_until(self, text):
        seen = ""
        end = time.monotonic() + 60
        while text not in seen:
            if not select.select([self.terminal], [], [], end - time.monotonic())[0]:
                sys.exit(f"{text!r} did not appear:\n{seen!r}")
            more = os.read(self.terminal, 4096).decode()
            # Bells, and what marks colors and modes.
            seen += re.sub("\a|\x1b\\[[0-9;?]*[a-zA-Z]|\x1b[=>]", "", more)
        return seen

    def type(self, text):
        os.write(self.terminal, text.encode())


def complete(shell):
    shell.read_until("ready$ ")
    for before, after in CASES:
        shell.type(before + "\t")
        shell.read_until(after)
        # Forgets the line.
        shell.type("\x15echo done''$?\n")
        shell.read_until("done0")


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


write("folder/Game.dll", "")
write("folder/build/compile_commands.json", "")
os.environ.update(HOME=os.getcwd(), ZDOTDIR=os.getcwd(), TERM="dumb")
load = {"bash": "", "zsh": "", "fish": ""}
if len(sys.argv) > 1:
    prefix = sys.argv[1]
    share = prefix + "/share"
    os.environ["PATH"] = prefix + "/bin:" + os.environ["PATH"]
    os.environ["XDG_DATA_DIRS"] = share
    load = {
        "bash": f". {share}/bash-completion/completions/ilbridge\n",
        "zsh": f"fpath=({share}/zsh/site-functions $fpath)\n",
        "fish": f"source {share}/fish/vendor_completions.d/ilbridge.fish; ",
    }

write("bashrc", f". /usr/share/bash-completion/bash_completion\n{load['bash']}"
      "bind 'set enable-bracketed-paste off'\nPS1='ready$ '\n")
complete(Shell("bash", "--noprofile", "--rcfile", "bashrc", "-i"))

write(".zshrc", f"{load['zsh']}autoload -Uz compinit\n"
      "compinit -u -D\nPS1='ready$ '\nunset zle_bracketed_paste\nunsetopt prompt_cr\nbindkey -e\n")
complete(Shell("zsh", "-i"))

# fish answers what would be offered.
for before, after in CASES:
    offered = subprocess.run(["fish", "-c", f"{load['fish']}complete -C {before!r}"],
                             capture_output=True, text=True, check=True).stdout.splitlines()
    words = [line.split("\t")[0] for line in offered]
    expected = after.split(" ", 1)[1].rstrip().split(" ")[-1]
    assert any(word.startswith(expected) for word in words), (before, offered)
    # With what it means.
    if before == "ilbridge gen":
        assert offered == ["generate\tWrite registration, invokers and tables"], offered
