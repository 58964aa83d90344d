"""C functions with variable arguments, called as C# calls them: as if these were
fixed. `ilbridge check` names a target exactly where they do not arrive."""

import json
import os
import subprocess

from deliberate import ALL
from intact import write
from targets import run

# For each kind: the C# parameters after the first one, the C++ arguments for them, the code with
# which the callee reads them, and the targets on which they do not arrive.
KINDS = {
    "none": ("", "", "true", {"wasm32"}),
    "an_int": (", int", ", int32_t", "va_arg(list, int32_t) == 77", {"wasm32"}),
    "an_address": (", IntPtr", ", const char *", "va_arg(list, const char *) == Text", {"wasm32"}),
    "a_double": (
        ", double",
        ", double",
        "va_arg(list, double) == 1.25",
        {"wasm32", "x86_64-gcc", "x86_64-clang", "win64", "armhf"},
    ),
    "a_float": (", float", ", float", "va_arg(list, double) == 1.25", ALL),
}
VALUES = {"": "", ", int32_t": ", 77", ", const char *": ", Text", ", double": ", Number", ", float": ", Narrow"}

# On x86-64, al contains the number of vector registers. A caller that treats the function as one
# with fixed parameters does not set it; here it is 0.
CALLEE = """#include <cstdarg>
#include <cstdint>
extern const char *Text;
bool Arrived;
using Function = void (*)();
#if defined(__x86_64__) && !defined(_WIN32)
#define ENTRY(name) asm(".text\\nenter_" #name ": xorl %%eax, %%eax\\njmp " #name "\\n"); extern "C" void enter_##name();
#define ADDRESS(name) &enter_##name
#else
#define ENTRY(name)
#define ADDRESS(name) reinterpret_cast<Function>(&name)
#endif
%s
extern const Function Callees[] = {%s};
"""
CALLER = """#include <cstdint>
#include <cstdio>
#include <cstdlib>
const char *Text = "text";
volatile double Number = 1.25;
volatile float Narrow = 1.25f;
extern bool Arrived;
using Function = void (*)();
extern const Function Callees[];
int main(int, char **arguments) {
  int which = std::atoi(arguments[1]);
  Function f = Callees[which];
  switch (which) {
%s  }
  std::puts(Arrived ? "ARRIVES" : "DIFFERS");
}
"""


def write_sources(folder):
    header = managed = bodies = table = calls = ""
    for i, (name, (csharp, cxx, read, _)) in enumerate(KINDS.items()):
        header += f"void {name}(int count, ...);\n"
        managed += "  [DllImport(\"game\", CallingConvention = CallingConvention.Cdecl)]"
        managed += f" public static extern void {name}(int count{csharp and csharp + ' p'});\n"
        bodies += f'extern "C" void {name}(int count, ...) {{\n  va_list list;\n  va_start(list, count);\n'
        bodies += f"  Arrived = count == 5 && {read};\n  va_end(list);\n}}\nENTRY({name})\n"
        table += f"ADDRESS({name}), "
        calls += f"  case {i}:\n    reinterpret_cast<void (*)(int{cxx})>(f)(5{VALUES[cxx]});\n    break;\n"
    imports = "using System;\nusing System.Runtime.InteropServices;\npublic static class Native {\n" + managed + "}\n"
    write(folder, "variadic.h", header)
    write(folder, "variadic.cs", imports)
    write(folder, "callee.cpp", CALLEE % (bodies, table))
    write(folder, "caller.cpp", CALLER % calls)
    run(["mcs", "-nologo", "-target:library", "-out:Variadic.dll", "variadic.cs"], folder)


def predicted(target, folder, ilbridge):
    """Returns the functions that check reports on the target."""
    command = [ilbridge, "check", "--no-config", "--runtime", "coreclr", "--format=json", "--severity", "other-target=ignore"]
    command += ["--assembly", "Variadic.dll", "--export-header", "variadic.h", "--target", target.triple]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"ilbridge check: exit status {done.returncode}\n{done.stderr}")
    findings = json.loads(done.stdout)["findings"]
    assert all(each["id"] == "ilbridge-variadic-import" for each in findings), findings
    return {each["location"]["member"].split("::")[1].split("(")[0] for each in findings}


def executed(target, folder):
    """Returns the functions that do not receive the passed values."""
    for part in ("callee", "caller"):
        target.compile(f"{part}.cpp", ["-std=c++17", "-w", "-O1"], folder)
    program = target.link_program(["callee.o", "caller.o"], "variadic", folder)
    found = set()
    for i, name in enumerate(KINDS):
        output, _, _ = target.execute(program, [str(i)], folder, timeout=60)
        if output.strip() != "ARRIVES":
            found.add(name)
    return found


def disagreements(target, assumed, folder, ilbridge):
    """Returns differences between the result of check, the execution, and the expectation in this file."""
    write_sources(folder)
    expected = {name for name, (*_, where) in KINDS.items() if target.name in where}
    found, happens = predicted(assumed, folder, ilbridge), executed(target, folder)
    return [
        f"variable arguments, {name}: broken is {name in expected}, reported {name in found}, executed {name in happens}"
        for name in KINDS
        if len({name in expected, name in found, name in happens}) > 1
    ]
