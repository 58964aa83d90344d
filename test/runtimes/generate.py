"""Writes the programs of the table for one runtime: C#, IL and C++."""

import re

import table

CSHARP_HEAD = """#pragma warning disable
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static Program;
"""

IL_HEAD = """.assembly extern mscorlib {}
.assembly Pointers {}
.class public sequential ansi sealed Bools extends [mscorlib]System.ValueType {
  .field public bool A
  .field public bool B
}
"""


def csharp(cases):
    """Returns one static class for each case."""
    text = CSHARP_HEAD
    for case in cases:
        row = case.row
        call = row.call
        text += "public static unsafe class %s {\n" % case.name
        if row.types:
            text += "  %s\n" % row.types
        if row.il:
            call = re.sub(r"\bCall\(", "Pointers_%s.Call(" % case.name, call)
        else:
            attributes, method = re.match(r"((?:\[return:.*?\)\] )?)(.*)", row.method).groups()
            if row.kind == table.INTERNAL_CALL:
                text += "  [MethodImpl(MethodImplOptions.InternalCall)] "
            else:
                imports = ", " + row.imports if row.imports else ""
                text += '  [DllImport("rows", EntryPoint = "%s_M"%s)] ' % (case.name, imports)
            text += "%spublic static extern %s;\n" % (attributes, method)
        text += "  public static void Run() { %s }\n}\n" % call
    return text


def il(cases):
    """Returns code that C# cannot express: calls through unmanaged function pointers."""
    text = IL_HEAD
    for case in cases:
        if not case.row.il:
            continue
        is_internal = case.row.kind == table.INTERNAL_CALL
        result, parameters = case.row.il
        types = ", ".join(parameters)
        loads = " ".join("ldarg.%d" % i for i in range(len(parameters)))
        text += """.class public Pointers_%(name)s extends [mscorlib]System.Object {
  .method private static %(pinvoke)s void M(method unmanaged cdecl %(result)s *(%(types)s)& f) cil managed %(flags)s {}
  .method public static %(result)s Call(%(types)s) cil managed {
    .maxstack 8
    .locals init (method unmanaged cdecl %(result)s *(%(types)s) f)
    ldloca f
    call void Pointers_%(name)s::M(method unmanaged cdecl %(result)s *(%(types)s)&)
    %(loads)s
    ldloc f
    calli unmanaged cdecl %(result)s(%(types)s)
    ret
  }
}
""" % {"name": case.name, "pinvoke": "" if is_internal else 'pinvokeimpl("rows" as "%s_M" cdecl)' % case.name,
       "flags": "internalcall" if is_internal else "preservesig", "result": result, "types": types, "loads": loads}
    return text


def cxx(cases):
    """Returns one namespace for each case, and the table of internal calls, as well as the case of each line."""
    text = '#include "support.h"\n'
    lines = {}
    calls = ""
    for case in cases:
        function = case.cxx if "EXPORT" in case.cxx else "EXPORT " + case.cxx
        export = "ILBRIDGE_EXPORT"
        if case.row.kind == table.INTERNAL_CALL:
            name = ("Pointers_%s::M" if case.row.il else "%s::M") % case.name
            export = 'ILBRIDGE_INTERNAL_CALL("%s")' % name
            calls += '  {"%s", reinterpret_cast<const void *>(%s_M)},\n' % (name, case.name)
        first = text.count("\n") + 1
        text += "namespace %s {\n#define M %s_M\n" % (case.name, case.name)
        if case.row.cxx:
            text += case.row.cxx + "\n"
        text += re.sub(r"\bEXPORT\b", 'extern "C" ' + export, function) + "\n#undef M\n}\nusing %s::%s_M;\n" % (
            case.name, case.name)
        lines.update((line, case) for line in range(first, text.count("\n") + 1))
    text += "struct InternalCall { const char *Name; const void *Function; };\n"
    text += "extern const InternalCall InternalCalls[] = {\n%s  {nullptr, nullptr}};\n" % calls
    return text, lines
