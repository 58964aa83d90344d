#!/usr/bin/env python3
"""Drives a clangd as an editor does, and prints what an author would see.

usage: lsp.py SCRIPT COMMAND...

COMMAND starts clangd; SCRIPT is a file of steps, one a line:

  open FILE              as an editor does; waits for its diagnostics
  edit FILE OLD => NEW   replaces the first OLD, and waits again
  touch FILE             adds an empty line at the end, and waits again
  run COMMAND            in a shell, here
  diagnostics FILE       prints the last that came
  actions FILE LINE      prints the titles of the quick-fixes on that line
  apply FILE LINE TITLE  does the one whose title begins so, and waits again
  text FILE              prints what the editor has now
"""

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.parse

SEVERITIES = {1: "error", 2: "warning", 3: "information", 4: "hint"}


class Client:
    """A clangd process, and the files that are open in it."""

    def __init__(self, command):
        self.server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        # The log must be read, because it would otherwise fill the pipe.
        self.log = []
        threading.Thread(target=self._drain, daemon=True).start()
        self.last_id = 0
        self.texts = {}
        self.versions = {}
        self.diagnostics = {}
        self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri("."),
                "capabilities": {
                    "textDocument": {
                        "publishDiagnostics": {
                            "relatedInformation": True,
                            "codeDescriptionSupport": True,
                            "versionSupport": True,
                        },
                        "codeAction": {
                            "codeActionLiteralSupport": {
                                "codeActionKind": {"valueSet": ["quickfix"]}
                            }
                        },
                    },
                    "workspace": {"applyEdit": True},
                },
            },
        )
        self.notify("initialized", {})

    def _drain(self):
        for line in self.server.stderr:
            self.log.append(line.decode("utf-8", "replace"))

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode("utf-8")
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def _receive(self):
        length = None
        while True:
            line = self.server.stdout.readline()
            if not line:
                raise SystemExit("clangd is gone:\n" + "".join(self.log))
            if line == b"\r\n":
                break
            name, _, value = line.decode("ascii").partition(":")
            if name.lower() == "content-length":
                length = int(value)
        return json.loads(self.server.stdout.read(length))

    def _handle(self, message):
        if message.get("method") == "textDocument/publishDiagnostics":
            params = message["params"]
            self.diagnostics[params["uri"]] = params
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})

    def notify(self, method, params):
        self._send({"method": method, "params": params})

    def request(self, method, params):
        self.last_id += 1
        self._send({"id": self.last_id, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self.last_id and "method" not in message:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                return message["result"]
            self._handle(message)

    def _wait(self, file):
        """Waits for diagnostics of the version that was sent last."""
        while self.diagnostics.get(uri(file), {}).get("version") != self.versions[file]:
            self._handle(self._receive())

    def open(self, file):
        with open(file, encoding="utf-8") as stream:
            self.texts[file] = stream.read()
        self.versions[file] = 1
        self.notify(
            "textDocument/didOpen",
            {
                "textDocument": {
                    "uri": uri(file),
                    "languageId": "c" if file.endswith(".c") else "cpp",
                    "version": 1,
                    "text": self.texts[file],
                }
            },
        )
        self._wait(file)

    def set_text(self, file, text):
        self.texts[file] = text
        self.versions[file] += 1
        self.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": uri(file), "version": self.versions[file]},
                "contentChanges": [{"text": text}],
                "wantDiagnostics": True,
            },
        )
        self._wait(file)

    def found(self, file):
        return self.diagnostics[uri(file)]["diagnostics"]

    def actions(self, file, line):
        """Returns the quick-fixes for the diagnostics on a line, counted from 1."""
        on_line = [d for d in self.found(file) if d["range"]["start"]["line"] == line - 1]
        if not on_line:
            return []
        return self.request(
            "textDocument/codeAction",
            {
                "textDocument": {"uri": uri(file)},
                "range": on_line[0]["range"],
                "context": {"diagnostics": on_line},
            },
        )

    def apply(self, file, line, title):
        for action in self.actions(file, line):
            if action["title"].startswith(title):
                break
        else:
            raise SystemExit(f"line {line} of {file} has no quick-fix '{title}'")
        edit = action.get("edit") or action["arguments"][0]
        edits = edit["changes"][uri(file)]
        lines = self.texts[file].split("\n")

        def offset(position):
            return sum(len(l) + 1 for l in lines[: position["line"]]) + position["character"]

        text = self.texts[file]
        for e in sorted(edits, key=lambda e: offset(e["range"]["start"]), reverse=True):
            begin, end = offset(e["range"]["start"]), offset(e["range"]["end"])
            text = text[:begin] + e["newText"] + text[end:]
        self.set_text(file, text)

    def close(self):
        self.request("shutdown", None)
        self.notify("exit", None)
        self.server.wait()


def uri(path):
    return "file://" + urllib.parse.quote(os.path.realpath(path))


def shown(file, d):
    start = d["range"]["start"]
    text = f"{file}:{start['line'] + 1}:{start['character'] + 1}: "
    text += f"{SEVERITIES[d['severity']]}: {d['message']}"
    if "source" in d:
        text += f" ({d['source']}"
        text += f", {d['code']}" if "code" in d else ""
        text += ")"
    if "codeDescription" in d:
        text += f" <{d['codeDescription']['href']}>"
    for related in d.get("relatedInformation", []):
        where = related["location"]["range"]["start"]
        text += f"\n  line {where['line'] + 1}: {related['message']}"
    return text


def main():
    script, *command = sys.argv[1:]
    signal.alarm(120)  # a clangd that hangs is a failure
    client = Client(command)
    with open(script, encoding="utf-8") as stream:
        steps = [line.strip() for line in stream if line.strip()]
    for step in steps:
        print("$", step)
        verb, _, rest = step.partition(" ")
        file, _, rest2 = rest.partition(" ")
        if verb == "open":
            client.open(file)
        elif verb == "edit":
            old, new = rest2.split(" => ")
            if old not in client.texts[file]:
                raise SystemExit(f"{file} has no '{old}'")
            client.set_text(file, client.texts[file].replace(old, new, 1))
        elif verb == "touch":
            client.set_text(file, client.texts[file] + "\n")
        elif verb == "run":
            subprocess.run(rest, shell=True, check=True)
        elif verb == "diagnostics":
            for d in client.found(file):
                print(shown(file, d))
            print("end of diagnostics")
        elif verb == "actions":
            for action in client.actions(file, int(rest2)):
                print("quick-fix:", action["title"])
            print("end of quick-fixes")
        elif verb == "apply":
            line, _, title = rest2.partition(" ")
            client.apply(file, int(line), title)
        elif verb == "text":
            print(client.texts[file], end="")
            print("end of text")
        else:
            raise SystemExit(f"there is no step '{verb}'")
    client.close()


if __name__ == "__main__":
    main()
