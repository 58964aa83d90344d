"""Bindings of which one side is another than it should be: `ilbridge check`
names a target exactly where the call does not arrive intact."""

import json
import os
import re
import subprocess

import csharp
import native
from intact import PROJECT, write
from native import Descriptions, spelled
from shapes import Ref, Scalar, Struct, used_structs
from targets import HERE, run

PRELUDE = '#include "pair.h"\n'


def is_whole_number(type_):
    return isinstance(type_, Scalar) and type_.kind != "Float" and not spelled(type_).endswith("*")


def is_small(type_):
    return is_whole_number(type_) and 0 < type_.size < 4


def is_small_struct(type_):
    """Whether the type is a struct with one small integer and nothing else."""
    return isinstance(type_, Struct) and len(type_.fields) == 1 and not type_.fields[0].count and is_small(type_.fields[0].type)


def caller(case, describe):
    """Returns a caller that uses the types of C#, like a runtime. It calls twice, once with
    arbitrary bits above small values."""
    signature, text = case.managed, ""
    for garbage in (False, True):
        lines, types, values, after = [], [], [], []
        for i, each in enumerate(signature.params):
            spelling, value = spelled(each), f"a{i}"
            if isinstance(each, Ref):
                inner = spelled(each.to)
                address = f"sendsAddress({i}, {describe.of(each.to)}, alignof({inner}))"
                lines.append(f"auto {value} = static_cast<{spelling}>({address});")
                after.append(f"getsBack({i}, {describe.of(each.to)});")
            else:
                lines.append(f"{spelling} {value}; sends({i}, &{value}, {describe.of(each)});")
                if garbage and is_small_struct(each):
                    value, spelling = f"withGarbage({value})", "uintptr_t"
                elif garbage and is_whole_number(each):
                    value, spelling = f"Garbage<{spelling}>::of({value})", f"Garbage<{spelling}>::Passed"
            types.append(spelling)
            values.append(value)
        attribute = "__attribute__((stdcall)) " if case.convention == "StdCall" else ""
        result = spelled(signature.result)
        call = f"reinterpret_cast<{result} ({attribute}*)({', '.join(types)})>(f)({', '.join(values)});"
        if isinstance(signature.result, Ref):
            after = []
        lines.append("uintptr_t before = stackPointer();")
        lines.append(f"{result} r = {call}" if signature.result else call)
        lines.append("expectStack(before, stackPointer());")
        if signature.result:
            lines.append(f"gets(ResultPlace, &r, {describe.of(signature.result)});")
        name = ("G" if garbage else "P") + case.name
        text += f"static void {name}(Function f) {{\n  " + "\n  ".join(lines + after) + "\n}\n"
    return text


def callee(case, describe):
    signature, text = case.native, ""
    for garbage in (False, True):
        name, result = case.name, spelled(signature.result)
        widens = garbage and is_whole_number(signature.result)
        if garbage and not widens:
            continue
        if widens:
            name, result = f"W{name}", f"Garbage<{result}>::Passed"
        text += f"{result} {case.attribute} {name}({native.params(signature)}) {{\n  entered();\n"
        for i, each in enumerate(signature.params):
            if is_small(each):
                text += f"  int64_t w{i} = static_cast<int64_t>(a{i});\n"
        for i, each in enumerate(signature.params):
            if isinstance(each, Ref):
                text += f"  getsAddress({i}, a{i}, {describe.of(each.to)}, alignof({spelled(each.to)}));\n"
            else:
                text += f"  gets({i}, &a{i}, {describe.of(each)});\n"
                if is_small(each):
                    text += f"  getsWidened({i}, w{i}, {describe.of(each)});\n"
        if signature.result:
            value = f"Garbage<{spelled(signature.result)}>::of(r)" if widens else "r"
            text += f"  {spelled(signature.result)} r;\n  sends(ResultPlace, &r, {describe.of(signature.result)});\n  return {value};\n"
        text += "}\n"
    return text


SMALL = re.compile(r"an? (?:(\d+)-bit )?(?:integer|bool|character|pointer) in C\+\+, an? (\d+)-bit (?:integer|bool|character) in C#$")
TRUTH = re.compile(r"is an? \d+-bit bool in C#, but '[^']*' is an? \d+-bit bool in C\+\+$")
SIZES = re.compile(r"is \d+ bytes in C# and \d+ in C\+\+")
STACK = re.compile(r"C# passes it as a copy on the stack, C\+\+ expects it as a copy on the stack$")
# On armhf, a value that has to begin at an even register may do so by chance.
EVEN = re.compile(r"as \[(\d+) x i(32|64)\], C\+\+ expects it as \[(\d+) x i(32|64)\]$")
UNWIDENED = re.compile(r"C# passes a struct, which is not extended$")
LATE = re.compile(r"^parameter 'a(\d+)'")


def may_arrive(case, finding, target):
    """Whether the reported problem depends on compilers or on the other parameters, so that a call
    can succeed. README.md lists these cases."""
    id_, message = finding
    message = re.sub(r" \(on [^)]*\)$", "", message)
    if id_ == "ilbridge-sign-extension":
        return True
    if id_ == "ilbridge-calling-convention":
        return not case.managed.params
    if id_ == "ilbridge-passed-differently":
        late = LATE.match(message)
        return bool(STACK.search(message) or EVEN.search(message) or UNWIDENED.search(message) or (late and int(late.group(1)) >= 3))
    small = SMALL.search(message)
    if small:
        pointer = 32 if target.name in ("i386", "armhf", "wasm32") else 64
        return max(int(each or pointer) for each in small.groups()) <= 32
    return bool(TRUTH.search(message) or SIZES.search(message))


# These are warnings about values that arrive incompletely.
SERIOUS_WARNINGS = ("ilbridge-missing-field", "ilbridge-struct-alignment")


class Pairs:
    """Cases that are compiled together."""

    def __init__(self, cases, folder, ilbridge):
        self.cases, self.folder, self.ilbridge = cases, folder, ilbridge
        os.makedirs(folder, exist_ok=True)
        managed = [each.managed for each in cases]
        text = csharp.USING + "namespace Shapes {\n" + csharp.enums()
        text += "".join(csharp.struct(each) for each in used_structs(managed))
        text += "}\nnamespace Update {\n" + csharp.imports((each.managed, each.convention, each.charset) for each in cases)
        write(folder, "update.cs", text + "}\n")
        self.write_native()
        run(["mcs", "-nologo", "-target:library", "-nowarn:169,649", "-out:Update.dll", "update.cs"], folder)
        run(
            [ilbridge, "scan", "--no-config", "native.cpp", "-o", "native.facts"]
            + ["--", "-std=c++17", "-w", f"-I{PROJECT}/include"],
            folder,
        )

    def write_native(self):
        natives = [each.native for each in self.cases]
        types = native.HEADER + native.enums() + "".join(native.struct(each) for each in used_structs(natives))
        declarations = "".join(
            f"ILBRIDGE_EXPORT {spelled(each.native.result)} {each.attribute} {each.name}({native.params(each.native)});\n"
            for each in self.cases
        )
        write(self.folder, "native.h", types + declarations)
        write(self.folder, "native.cpp", '#include "native.h"\n')

        describe = Descriptions(whole=False)
        bodies = "".join(callee(each, describe) for each in self.cases)
        rows = ""
        for each in self.cases:
            second = f"W{each.name}" if is_whole_number(each.native.result) else each.name
            rows += f"  {{reinterpret_cast<Function>(&{each.name}), reinterpret_cast<Function>(&{second})}},\n"
        write(
            self.folder,
            "callee.cpp",
            f'{PRELUDE}#include "native.h"\nusing namespace conformance;\n{describe.text}{bodies}'
            f"const Function conformance::Callees[][2] = {{\n{rows}}};\n",
        )

        describe = Descriptions(whole=False)
        managed = [each.managed for each in self.cases]
        types = native.HEADER + native.enums() + "".join(native.struct(each, True) for each in used_structs(managed))
        bodies = "".join(caller(each, describe) for each in self.cases)
        rows = "".join(
            f'  {{"{each.name}", &P{each.name}, &G{each.name}, {i}}},\n' for i, each in enumerate(self.cases)
        )
        # The types with these names differ in C#.
        write(
            self.folder,
            "caller.cpp",
            f"{PRELUDE}{types}using namespace conformance;\n{describe.text}{bodies}"
            f"const Case conformance::Cases[] = {{\n{rows}}};\n"
            f"const unsigned conformance::CaseCount = {len(self.cases)};\n",
        )

    def predicted(self, target):
        """Returns the errors and serious warnings of check on the target: ids and messages by case."""
        command = [self.ilbridge, "check", "--no-config", "--runtime", "coreclr", "--format=json", "--severity", "other-target=ignore"]
        command += ["--facts", "native.facts", "--assembly", "Update.dll", "--reference", ".", "--target", target.triple]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"ilbridge check: exit status {done.returncode}\n{done.stderr}")
        found = {}
        for finding in json.loads(done.stdout)["findings"]:
            if finding["severity"] != "error" and finding["id"] not in SERIOUS_WARNINGS:
                continue
            members = [note["location"].get("member", "") for note in finding["notes"] if note.get("location")]
            names = {each.split("::")[1].split("(")[0] for each in members if each.startswith("Update.Native::")}
            if not names:
                raise RuntimeError(f"a finding names no import: {finding}")
            for name in names:
                found.setdefault(name, []).append((finding["id"], finding["message"]))
        return found

    def executed(self, target, folder):
        """Returns the reasons why calls do not arrive intact, by case."""
        os.makedirs(folder, exist_ok=True)
        flags = [f"-I{os.path.join(HERE, 'runtime')}", f"-I{PROJECT}/include", f"-I{self.folder}", "-std=c++17", "-w"]
        compiler = [*target.compiler, *target.flags, *flags, "-c"]
        objects = ["pair.o", "callee.o", "caller.o"]
        if not os.path.exists(os.path.join(folder, "pair.o")):
            run([*compiler, "-O1", os.path.join(HERE, "runtime", "pair.cpp"), "-o", "pair.o"], folder)
        run([*compiler, "-O1", os.path.join(self.folder, "callee.cpp"), "-o", "callee.o"], folder)
        # The code that uses stackPointer() is not optimised. Elsewhere, the code must not leave a
        # second copy of an argument in a register in which it could be found.
        level = ["-O0", "-fno-omit-frame-pointer"] if target.name == "i386" else ["-O1"]
        run([*compiler, *level, os.path.join(self.folder, "caller.cpp"), "-o", "caller.o"], folder)
        program = target.link_program(objects, "pairs", folder)
        found, start = {}, 0
        while start < len(self.cases):
            output, errors, status = target.execute(program, [str(start)], folder, timeout=60)
            at = start
            for line in output.splitlines():
                words = line.split(" ", 2)
                if words[0] == "AT":
                    at = int(words[1])
                elif words[0] == "DIFFERS":
                    found[words[1]] = words[2]
                elif words[0] == "DONE":
                    return found
            # A call that does not arrive can terminate the program.
            found[self.cases[at].name] = f"the program ends with status {status}: {errors[-200:].strip()}"
            start = at + 1
        return found

    def disagreements(self, target, folder):
        """Returns the cases for which ilbridge and execution disagree: (case, why)."""
        executed, predicted = self.executed(target, folder), self.predicted(target)
        found = []
        for case in self.cases:
            findings, reason = predicted.get(case.name, []), executed.get(case.name)
            if reason and not findings:
                found.append((case, f"ilbridge check reports nothing, but {reason}"))
            elif findings and not reason and not all(may_arrive(case, each, target) for each in findings):
                found.append((case, f"ilbridge check reports what arrives: {findings}"))
        return found
