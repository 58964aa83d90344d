#!/usr/bin/env python3
"""Writes a small engine that registers 150 internal calls by hand.

    make-engine.py FOLDER [--mistakes]

Components have properties, of which each is two internal calls. Every source
registers in another way, as engines do: by a macro, a table, a function template,
a function of another source, lambdas, static members, and names that are put
together from constants. Engine.exe calls every function and prints what comes back.

With --mistakes, ten things are wrong; MISTAKES says which.
"""

import os
import sys

FOLDER = sys.argv[1]
HAS_MISTAKES = "--mistakes" in sys.argv

# C# type, C++ type, whether it is passed by reference, a value in C#, the output of C# for it
TYPES = {
    "float": ("float", "float", False, "{n}.5f", "{v}"),
    "int": ("int", "std::int32_t", False, "{n}", "{v}"),
    "uint": ("uint", "std::uint32_t", False, "{n}u", "{v}"),
    "ulong": ("ulong", "std::uint64_t", False, "{n}ul << 40", "{v}"),
    "double": ("double", "double", False, "{n}.25", "{v}"),
    "bool": ("bool", "bool", False, "true", "{v}"),
    "byte": ("byte", "std::uint8_t", False, "{n}", "{v}"),
    "char": ("char", "std::uint16_t", False, "'x'", "{v}"),
    "Vector2": ("Vector2", "Vector2", True, "new Vector2({n}, 2)", "{v}.X + {v}.Y"),
    "Vector3": ("Vector3", "Vector3", True, "new Vector3({n}, 2, 3)", "{v}.X + {v}.Y + {v}.Z"),
    "Vector4": ("Vector4", "Vector4", True, "new Vector4({n}, 2, 3, 4)", "{v}.X + {v}.W"),
    "Color": ("Color", "Color", True, "new Color({n}, 2, 3, 4)", "{v}.R + {v}.A"),
    "BodyType": ("BodyType", "BodyType", False, "BodyType.Kinematic", "{v}"),
    "string": ("string", "MonoString *", False, '"text {n}"', "{v}"),
    "Vector3[]": ("Vector3[]", "MonoArray *", False, "new[] {{ new Vector3({n}, 0, 0) }}", "{v}[0].X"),
    "int[]": ("int[]", "MonoArray *", False, "new[] {{ {n}, 2 }}", "{v}.Length"),
    "object": ("object", "MonoObject *", False, '"object {n}"', "{v}"),
    "Type": ("Type", "MonoReflectionType *", False, "typeof(Vector{n})".replace("{n}", "3"), "{v}"),
    "Action": ("Action<int>", "MonoDelegate *", False, "Program.Called", "({v} != null)"),
}

# The name of a component, its way of registering, and its properties.
COMPONENTS = [
    ("Transform", "macro", "Position:Vector3 Rotation:Vector4 Scale:Vector3 Parent:uint Pivot:Vector2 Depth:int"),
    ("Camera", "macro", "FieldOfView:float Near:float Far:float Primary:bool Clear:Color Mask:ulong"),
    ("Sprite", "table", "Tint:Color Tiling:Vector2 Order:int Texture:object Visible:bool Name:string"),
    ("RigidBody", "table", "Kind:BodyType Mass:float Velocity:Vector3 Drag:double Gravity:bool Points:Vector3[]"),
    ("Collider", "template", "Center:Vector3 Size:Vector3 Trigger:bool Friction:float Layer:byte Indices:int[]"),
    ("Light", "template", "Tone:Color Intensity:float Range:float Shadows:bool Cookie:string Key:char"),
    ("Audio", "other", "Clip:string Volume:float Pitch:double Loop:bool Source:object Priority:int"),
    ("Script", "other", "Class:string State:object Handler:Action Reflected:Type Fields:int[] Order:uint"),
    ("Text", "lambda", "Content:string Size:float Align:byte Font:object Tint:Color Wrap:bool"),
    ("Particles", "lambda", "Count:int Rate:float Origin:Vector3 Seed:ulong Path:Vector3[] World:bool"),
    ("Animation", "member", "Speed:float Clip:string Loop:bool Frame:uint Root:Vector3 Finished:Action"),
    ("Mesh", "constant", "Name:string Vertices:Vector3[] Indices:int[] Material:object Bounds:Vector4 Static:bool"),
]

# The mistakes: a source, the correct text, and the wrong text.
MISTAKES = [
    # 1 a misspelled name
    ("Transform.cpp", "ENGINE_ADD(Transform, SetDepth)", "ENGINE_ADD_AS(Transform, SetDeph, SetDepth)"),
    # 2 a number with a different width
    ("RigidBody.cpp", "RigidBody_SetDrag(std::uint32_t entity, double value)",
     "RigidBody_SetDrag(std::uint32_t entity, float value)"),
    # 3 a function that is never registered
    ("Camera.cpp", "  ENGINE_ADD(Camera, GetMask);\n", ""),
    # 4 a registration of a method that does not exist
    ("Sprite.cpp", "    {nullptr, nullptr},", '    {"Engine.Sprite::ResetEverything", (const void *)&Sprite_GetOrder},\n    {nullptr, nullptr},'),
    # 5 a duplicate registration
    ("Light.cpp", 'Bind("Engine.Light::GetTone", &Light_GetTone);',
     'Bind("Engine.Light::GetTone", &Light_GetTone);\n  Bind("Engine.Light::GetTone", &Light_GetTone);'),
    # 6 an additional parameter
    ("Audio.cpp", "Audio_GetPriority(std::uint32_t entity)", "Audio_GetPriority(std::uint32_t entity, std::int32_t)"),
    # 7 a struct by value instead of by reference
    ("Collider.cpp", "void Collider_SetSize(std::uint32_t entity, Vector3 *value) { Collider_of(entity).Size = *value; }",
     "void Collider_SetSize(std::uint32_t entity, Vector3 value) { Collider_of(entity).Size = value; }"),
    # 8 an array instead of a string
    ("Text.cpp", "[](std::uint32_t entity, MonoString *value) { Text_of(entity).Content = value; }",
     "[](std::uint32_t entity, MonoArray *) {}"),
    # 9 a result of four bytes instead of a bool
    ("Animation.cpp", "static bool GetLoop(std::uint32_t entity)", "static int GetLoop(std::uint32_t entity)"),
    # 10 a namespace that differs from the one in C#
    ("Mesh.cpp", 'Namespace + "Mesh::SetStatic"', 'std::string("Engin.Mesh::SetStatic")'),
]


def properties(component):
    return [each.split(":") for each in component[2].split()]


def field(type_name):
    return TYPES[type_name][1]


def setter(owner, name, type_name, of):
    """Returns the parameters and the body of a setter."""
    cxx, by_reference = TYPES[type_name][1:3]
    space = "" if cxx.endswith("*") else " "
    if by_reference:
        return f"(std::uint32_t entity, {cxx} *value) {{ {of}(entity).{name} = *value; }}"
    return f"(std::uint32_t entity, {cxx}{space}value) {{ {of}(entity).{name} = value; }}"


def getter(owner, name, type_name, of):
    """Returns the result, the parameters and the body of a getter."""
    cxx, by_reference = TYPES[type_name][1:3]
    if by_reference:
        return "void", f"(std::uint32_t entity, {cxx} *value) {{ *value = {of}(entity).{name}; }}"
    return cxx, f"(std::uint32_t entity) {{ return {of}(entity).{name}; }}"


def functions(component, prefix, storage):
    """Returns each accessor as (method, declaration with body)."""
    owner = component[0]
    of = owner + "_of"
    for name, type_name in properties(component):
        result, rest = getter(owner, name, type_name, of)
        space = "" if result.endswith("*") else " "
        yield "Get" + name, f"{storage}{result}{space}{prefix}Get{name}{rest}"
        yield "Set" + name, f"{storage}void {prefix}Set{name}{setter(owner, name, type_name, of)}"


def source(component):
    owner, style, _ = component
    lines = ['#include "engine.h"', "#include <string>", "#include <map>", "", f"struct {owner}Data {{"]
    lines += [f"  {field(t)} {n};" for n, t in properties(component)]
    lines += ["};", f"static {owner}Data &{owner}_of(std::uint32_t entity) {{",
              f"  static std::map<std::uint32_t, {owner}Data> all;", "  return all[entity];", "}", ""]
    register = f"void Register{owner}() {{"
    if style == "lambda":
        lines.append(register)
        for method, text in functions(component, "", ""):
            head, rest = text.split("(", 1)
            result = head[:-len(method)].strip()
            arrow = "" if result == "void" else f" -> {result}"
            parameters, body = rest.split(") {", 1)
            lines.append(f'  mono_add_internal_call("Engine.{owner}::{method}",')
            lines.append(f"      (const void *)+[]({parameters}){arrow} {{{body});")
        lines.append("}")
        return lines
    if style == "member":
        lines.append(f"class {owner}Calls {{\npublic:\n  static void Register();\nprivate:")
        lines += ["  " + text for _, text in functions(component, "", "static ")]
        lines.append("};")
        lines.append(f"void {owner}Calls::Register() {{")
        lines += [f'  mono_add_internal_call("Engine.{owner}::{m}", reinterpret_cast<const void *>(&{owner}Calls::{m}));'
                  for m, _ in functions(component, "", "")]
        return lines + ["}", register, f"  {owner}Calls::Register();", "}"]
    prefix = owner + "_"
    storage = "" if style == "other" else "static "
    lines += [text for _, text in functions(component, prefix, storage)]
    methods = [m for m, _ in functions(component, "", "")]
    lines.append("")
    if style == "table":
        lines += ["namespace {", "struct Entry {", "  const char *name;", "  const void *function;", "};",
                  "const Entry Entries[] = {"]
        lines += [f'    {{"Engine.{owner}::{m}", (const void *)&{prefix}{m}}},' for m in methods]
        lines += ["    {nullptr, nullptr},", "};", "} // namespace", register,
                  "  for (const Entry *entry = Entries; entry->name; ++entry)",
                  "    mono_add_internal_call(entry->name, entry->function);", "}"]
        return lines
    lines.append(register)
    if style == "macro":
        lines += [f"  ENGINE_ADD({owner}, {m});" for m in methods]
    elif style == "template":
        lines += [f'  Bind("Engine.{owner}::{m}", &{prefix}{m});' for m in methods]
    elif style == "other":
        lines += [f'  Scripting::AddInternalCall("Engine.{owner}::{m}", (void *){prefix}{m});' for m in methods]
    elif style == "constant":
        lines += [f'  mono_add_internal_call((Namespace + "{owner}::{m}").c_str(), (const void *){prefix}{m});'
                  for m in methods]
    return lines + ["}"]


HEADER = """#ifndef ENGINE_H
#define ENGINE_H
#include <cstdint>
#include <mono/metadata/appdomain.h>
#include <mono/metadata/loader.h>
#include <mono/metadata/object.h>
#include <mono/metadata/reflection.h>
#include <string>

struct Vector2 { float x, y; };
struct Vector3 { float x, y, z; };
struct Vector4 { float x, y, z, w; };
struct Color { float r, g, b, a; };
enum class BodyType : std::int32_t { Static, Dynamic, Kinematic };
typedef struct _MonoDelegate MonoDelegate;

#define ENGINE_ADD_AS(Owner, Name, Function) \\
  mono_add_internal_call("Engine." #Owner "::" #Name, (const void *)&Owner##_##Function)
#define ENGINE_ADD(Owner, Name) ENGINE_ADD_AS(Owner, Name, Name)

/// Registers a function of any type.
template <typename Result, typename... Parameters>
void Bind(const char *name, Result (*function)(Parameters...)) {
  mono_add_internal_call(name, reinterpret_cast<const void *>(function));
}

namespace Scripting {
void AddInternalCall(const std::string &name, void *function);
}

static const std::string Namespace = "Engine.";
#endif
"""

# Internal calls that are not properties: overloads, instances, callbacks into scripts.
WORLD = """#include "engine.h"
#include <mono/metadata/object.h>

void Scripting::AddInternalCall(const std::string &name, void *function) {
  mono_add_internal_call(name.c_str(), function);
}

static std::uint32_t Created = 0;
static std::uint32_t World_Create() { return ++Created; }
static void World_Move(std::uint32_t entity, Vector3 *by, MonoBoolean relative) { Created += entity * (relative ? 1 : 0) + (std::uint32_t)by->x; }
static float World_Distance(Vector3 a, Vector3 b) { return a.x - b.x; }
static std::int32_t World_Sum(MonoArray *values) { return (std::int32_t)mono_array_length(values); }
static MonoString *World_Join(MonoString *a, MonoString *b) {
  char *left = mono_string_to_utf8(a), *right = mono_string_to_utf8(b);
  std::string both = std::string(left) + right;
  mono_free(left);
  mono_free(right);
  return mono_string_new(mono_domain_get(), both.c_str());
}
static void World_Each(MonoDelegate *call) {
  std::int32_t argument = 42;
  void *arguments[] = {&argument};
  mono_runtime_delegate_invoke((MonoObject *)call, arguments, nullptr);
}
static void World_LogText(MonoString *) {}
static void World_LogNumber(std::int32_t) {}

void RegisterWorld() {
  mono_add_internal_call("Engine.World::Create", (const void *)World_Create);
  mono_add_internal_call("Engine.World::Move", (const void *)World_Move);
  mono_add_internal_call("Engine.World::Distance", (const void *)World_Distance);
  mono_add_internal_call("Engine.World::Sum", (const void *)World_Sum);
  mono_add_internal_call("Engine.World::Join", (const void *)World_Join);
  mono_add_internal_call("Engine.World::Each", (const void *)World_Each);
  mono_add_internal_call("Engine.World::Log(string)", (const void *)World_LogText);
  mono_add_internal_call("Engine.World::Log(int)", (const void *)World_LogNumber);
}
"""

HOST = """#include <mono/jit/jit.h>
#include <mono/metadata/assembly.h>
#include <mono/metadata/mono-config.h>
{declarations}
int main(int argc, char **argv) {{
  mono_config_parse(nullptr);
  MonoDomain *domain = mono_jit_init("engine");
{calls}
  MonoAssembly *assembly = mono_domain_assembly_open(domain, argv[1]);
  return assembly ? mono_jit_exec(domain, assembly, argc - 1, argv + 1) : 1;
}}
"""

CSHARP = """using System;
using System.Runtime.CompilerServices;

namespace Engine {
public struct Vector2 { public float X, Y; public Vector2(float x, float y) { X = x; Y = y; } }
public struct Vector3 { public float X, Y, Z; public Vector3(float x, float y, float z) { X = x; Y = y; Z = z; } }
public struct Vector4 { public float X, Y, Z, W; public Vector4(float x, float y, float z, float w) { X = x; Y = y; Z = z; W = w; } }
public struct Color { public float R, G, B, A; public Color(float r, float g, float b, float a) { R = r; G = g; B = b; A = a; } }
public enum BodyType { Static, Dynamic, Kinematic }

static class World {
  [MethodImpl(MethodImplOptions.InternalCall)] internal static extern uint Create();
  [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void Move(uint entity, ref Vector3 by, bool relative);
  [MethodImpl(MethodImplOptions.InternalCall)] internal static extern float Distance(Vector3 a, Vector3 b);
  [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int Sum(int[] values);
  [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string Join(string a, string b);
  [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void Each(Action<int> call);
  [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void Log(string text);
  [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void Log(int number);
}
"""


def csharp():
    lines = [CSHARP]
    body = []
    count = 0
    for component in COMPONENTS:
        owner = component[0]
        lines.append(f"static class {owner} {{")
        for name, type_name in properties(component):
            cs, _, by_reference, value, shown = TYPES[type_name]
            attribute = "  [MethodImpl(MethodImplOptions.InternalCall)] internal static extern "
            count += 1
            value = value.format(n=count % 9 + 1)
            variable = f"{owner}{name}"
            if by_reference:
                lines.append(f"{attribute}void Get{name}(uint entity, out {cs} value);")
                lines.append(f"{attribute}void Set{name}(uint entity, ref {cs} value);")
                body.append(f"{cs} {variable} = {value}; {owner}.Set{name}(7, ref {variable}); "
                            f"{owner}.Get{name}(7, out {variable});")
            else:
                lines.append(f"{attribute}{cs} Get{name}(uint entity);")
                lines.append(f"{attribute}void Set{name}(uint entity, {cs} value);")
                body.append(f"{cs} {variable} = {value}; {owner}.Set{name}(7, {variable}); "
                            f"{variable} = {owner}.Get{name}(7);")
            body.append(f'Console.WriteLine("{owner}.{name} " + ({shown.format(v=variable)}));')
        lines.append("}")
    lines.append("static class Program {")
    lines.append("  static int last;")
    lines.append("  internal static void Called(int number) { last = number; }")
    lines.append("  static void Main() {")
    lines += ["    " + each for each in body]
    lines.append("""    var by = new Vector3(1, 2, 3);
    Console.WriteLine(World.Create());
    World.Move(2, ref by, true);
    Console.WriteLine(World.Create());
    Console.WriteLine(World.Distance(new Vector3(5, 0, 0), by));
    Console.WriteLine(World.Sum(new[] { 1, 2, 3 }));
    Console.WriteLine(World.Join("left ", "right"));
    World.Each(Called);
    Console.WriteLine("called with " + last);
    World.Log("text");
    World.Log(1);
    Console.WriteLine("done");
  }
}
}""")
    return "\n".join(lines) + "\n"


def main():
    os.makedirs(FOLDER, exist_ok=True)
    files = {component[0] + ".cpp": "\n".join(source(component)) + "\n" for component in COMPONENTS}
    files["World.cpp"] = WORLD
    files["engine.h"] = HEADER
    owners = ["World"] + [component[0] for component in COMPONENTS]
    files["host.cpp"] = HOST.format(declarations="\n".join(f"void Register{each}();" for each in owners),
                                    calls="\n".join(f"  Register{each}();" for each in owners))
    files["Engine.cs"] = csharp()
    if HAS_MISTAKES:
        for name, right, wrong in MISTAKES:
            assert files[name].count(right) == 1, (name, right, files[name].count(right))
            files[name] = files[name].replace(right, wrong)
    for name, text in files.items():
        with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as out:
            out.write(text)
    sources = [name for name in files if name.endswith(".cpp")]
    folder = os.path.abspath(FOLDER)
    entries = [f'{{"directory": "{folder}", "file": "{name}", "command": '
               f'"c++ -std=c++17 -isystem /usr/include/mono-2.0 -c {name}"}}' for name in sources]
    with open(os.path.join(FOLDER, "compile_commands.json"), "w", encoding="utf-8") as out:
        out.write("[" + ",\n".join(entries) + "]\n")


main()
