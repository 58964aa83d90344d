"""Prints shapes as C#: two assemblies, one compiled ahead of time and one that
is updated while the program runs."""

from shapes import BOOL, INTEGERS, MODELS, Ref, Scalar, Text, layout, used_structs

USING = "using System;\nusing System.Runtime.InteropServices;\nusing Shapes;\n"
# A bool of one byte, as in C++; without this attribute, it is passed as four bytes.
ONE_BYTE = "MarshalAs(UnmanagedType.I1)"


def spelled(type_):
    if type_ is None:
        return "void"
    if isinstance(type_, Text):
        return "string"
    if isinstance(type_, Ref):
        return f"ref {spelled(type_.to)}"
    return type_.csharp if isinstance(type_, Scalar) else type_.name


def full_name(type_):
    """Returns the name with which the runtime looks up a method."""
    if isinstance(type_, Ref):
        return f"{full_name(type_.to)}&"
    return type_.full if isinstance(type_, Scalar) else f"Shapes.{type_.name}"


def method_name(signature):
    return f"[Update]Update.Native::{signature.name}({','.join(full_name(each) for each in signature.params)})"


def attribute(type_, target=""):
    value = type_.to if isinstance(type_, Ref) else type_
    return f"[{target}{ONE_BYTE}] " if value is BOOL else ""


def enums():
    return "".join(f"public enum E{i} : {each.csharp} {{ Zero }}\n" for i, each in enumerate(INTEGERS))


def struct(shape):
    if shape.layout == "sequential":
        kind = "LayoutKind.Sequential" + (f", Pack = {shape.pack}" if shape.pack else "")
    else:
        kind = "LayoutKind.Explicit"
    lines = [f"[StructLayout({kind}, CharSet = CharSet.Unicode)]", f"public struct {shape.name} {{"]
    # Shapes with explicit offsets have the same offsets on every target.
    offsets = layout(shape, MODELS[1])[0]
    for field, offset in zip(shape.fields, offsets):
        at = "" if shape.layout == "sequential" else f"[FieldOffset({offset})] "
        for name in [f"{field.name}_{i}" for i in range(field.count)] or [field.name]:
            lines.append(f"  {at}{attribute(field.type)}public {spelled(field.type)} {name};")
    return "\n".join(lines + ["}", ""])


def params(signature):
    return ", ".join(f"{attribute(each)}{spelled(each)} a{i}" for i, each in enumerate(signature.params))


def shapes_assembly(signatures):
    """Returns the structs, and methods that interpreted code calls and overrides."""
    text = "using System;\nusing System.Runtime.InteropServices;\nnamespace Shapes {\n" + enums()
    text += "".join(struct(each) for each in used_structs(signatures))
    for each in signatures:
        text += f"public interface I{each.name} {{ {spelled(each.result)} Call({params(each)}); }}\n"
    return text + "}\n"


def imports(bindings):
    """Returns P/Invokes for signatures, each with its convention and character set."""
    text = "public static class Native {\n"
    for each, convention, charset in bindings:
        result = attribute(each.result, "return: ") if each.result else ""
        text += (
            f'  [DllImport("native", CallingConvention = CallingConvention.{convention}, CharSet = CharSet.{charset})]'
            f"{result} public static extern {spelled(each.result)} {each.name}({params(each)});\n"
        )
    return text + "}\n"


def update_assembly(signatures):
    """Returns P/Invokes and callbacks."""
    text = USING + "[AttributeUsage(AttributeTargets.Method)]\n"
    text += "public class MonoPInvokeCallbackAttribute : Attribute { public MonoPInvokeCallbackAttribute(Type t) {} }\n"
    text += "namespace Update {\n"
    for each in signatures:
        result = attribute(each.result, "return: ") if each.result else ""
        text += (
            f"{result}[UnmanagedFunctionPointer(CallingConvention.Cdecl, CharSet = CharSet.Unicode)]"
            f" public delegate {spelled(each.result)} D{each.name}({params(each)});\n"
        )
    text += imports((each, "Cdecl", "Unicode") for each in signatures)
    text += "public static class Callbacks {\n"
    for each in signatures:
        text += (
            f"  [MonoPInvokeCallback(typeof(D{each.name}))]"
            f" static {spelled(each.result)} {each.name}({params(each)}) {{ throw new Exception(); }}\n"
        )
    return text + "}\n}\n"
