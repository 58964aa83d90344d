"""Prints shapes as C++: types, callees, callers, and what support.h has to know
of them."""

from shapes import INTEGERS, MODELS, Ref, Scalar, holds, layout, used_structs

# Layouts for which il2cpp generates its own C++.
STATED = ("explicit", "union", "tagged")


def spelled(type_):
    if type_ is None:
        return "void"
    if isinstance(type_, Ref):
        return f"{spelled(type_.to)} *"
    return type_.cxx if isinstance(type_, Scalar) else type_.name


def declared(type_, name, count=0):
    text = spelled(type_)
    return text + ("" if text.endswith("*") else " ") + name + (f"[{count}]" if count else "")


def struct(shape, as_managed=False):
    lines = []
    for each in shape.fields:
        # Only i386 requires alignas for the layout of C#.
        is_long = as_managed and isinstance(each.type, Scalar) and each.type.size == 8 and not shape.pack
        lines.append(("alignas(8) " if is_long else "") + declared(each.type, each.name, each.count) + ";")
    if shape.layout == "tagged":
        lines = [*lines[:2], "union {", *lines[2:], "};"]
    if shape.constructor:
        lines.append(f"{shape.name}() {{}}")
    keyword = "union" if shape.layout == "union" else "struct"
    if shape.align:
        keyword += f" alignas({shape.align})"
    text = f"{keyword} {shape.name} {{\n" + "".join(f"  {line}\n" for line in lines) + "};\n"
    if shape.pack:
        text = f"#pragma pack(push, {shape.pack})\n{text}#pragma pack(pop)\n"
    return text


def compiled(type_):
    """Returns the type as il2cpp spells it."""
    return ("compiled::" if holds(type_, STATED) else "") + spelled(type_)


def compiled_structs(signatures):
    """Returns structs with explicit offsets in the form of il2cpp: each field is a member of a
    union, after that many bytes, and a second member provides its alignment."""
    text = "namespace compiled {\n"
    for shape in used_structs(signatures):
        if not holds(shape, STATED):
            continue
        if shape.layout not in STATED:
            text += struct(shape)
            continue
        text += f"struct {shape.name} {{\n  union {{\n"
        # The offsets are the same on all targets.
        for field, offset in zip(shape.fields, layout(shape, MODELS[1])[0]):
            inner = (f"char offset[{offset}]; " if offset else "") + declared(field.type, "value") + ";"
            text += (
                f"#pragma pack(push, 1)\n    struct {{ {inner} }} {field.name};\n#pragma pack(pop)\n"
                f"    struct {{ {inner} }} {field.name}_alignment;\n"
            )
        text += "  };\n};\n"
        text += f'static_assert(sizeof({shape.name}) == sizeof(::{shape.name}), "");\n'
    return text + "}\n"


def params(signature, more=(), spell=spelled):
    own = [f"{spell(each)} a{i}" for i, each in enumerate(signature.params)]
    return ", ".join([*own, *more])


HEADER = "#pragma once\n#include <ilbridge/export.h>\n#include <stddef.h>\n#include <stdint.h>\n"


def enums():
    return "".join(f"enum class E{i} : {each.cxx} {{ Zero }};\n" for i, each in enumerate(INTEGERS))


def header(signatures):
    text = HEADER + enums() + "".join(struct(each) for each in used_structs(signatures))
    for each in signatures:
        text += f"ILBRIDGE_EXPORT {spelled(each.result)} {each.name}({params(each)});\n"
    return text


def leaves(type_, path="", whole=True):
    """Returns the scalars in a type: the C++ expression and the kind of each. If fields overlap,
    only the scalars of the first one, unless whole is set."""
    if isinstance(type_, Ref):
        return [(path, "Unsigned")]
    if isinstance(type_, Scalar):
        return [(path, type_.kind)]
    found = []
    fields = type_.fields
    if not whole and type_.layout in ("union", "tagged"):
        fields = fields[: 3 if type_.layout == "tagged" else 1]
    for field in fields:
        names = [f"{field.name}[{i}]" for i in range(field.count)] or [field.name]
        for name in names:
            found += leaves(field.type, f"{path}.{name}" if path else name, whole)
    return found


class Descriptions:
    """The types of a set of signatures, as arrays of Leaf in support.h."""

    def __init__(self, whole=True):
        self.whole = whole
        self.text = ""
        self.names = {}

    def of(self, type_):
        if type_ is None:
            return "nullptr"
        if type_ not in self.names:
            name = self.names[type_] = f"T{len(self.names)}"
            spelling = spelled(type_)
            rows = []
            for path, kind in leaves(type_, whole=self.whole):
                if path:
                    rows.append(f"LEAF({spelling}, {path}, {kind})")
                else:
                    rows.append(f'{{0, sizeof({spelling}), {kind}, ""}}')
            self.text += (
                f"static const Leaf {name}Leaves[] = {{\n  " + ",\n  ".join(rows) + "};\n"
                f'static const Type {name} = {{"{spelling}", sizeof({spelling}), {len(rows)}, {name}Leaves}};\n'
            )
        return "&" + self.names[type_]


def receive(signature, describe, spell):
    """Returns the body of a callee, which reports its arguments and returns the result."""
    text = "  arrive();\n"
    for i, each in enumerate(signature.params):
        text += f"  argument({i}, &a{i}, {describe.of(each)});\n"
        if isinstance(each, Scalar) and each.kind in ("Signed", "Unsigned") and 0 < each.size < 4:
            # A callee may rely on the caller to extend these.
            text += f"  widened({i}, static_cast<int64_t>(a{i}));\n"
    if signature.result:
        text += f"  {spell(signature.result)} r;\n  sendResult(&r, {describe.of(signature.result)});\n  return r;\n"
    return text


def send(signature, describe, function, first=(), last=()):
    """Returns the body of a caller, which passes the arguments and reports the result. first and
    last are the types and names of additional arguments."""
    types = [compiled(each) for each in signature.params]
    types = [*(each[0] for each in first), *types, *(each[0] for each in last)]
    names = [f"a{i}" for i in range(len(signature.params))]
    text = ""
    for i, each in enumerate(signature.params):
        text += f"  {compiled(each)} a{i};\n  sendArgument({i}, &a{i}, {describe.of(each)});\n"
    names = [*(each[1] for each in first), *names, *(each[1] for each in last)]
    result = compiled(signature.result)
    call = f"reinterpret_cast<{result} (*)({', '.join(types)})>({function})({', '.join(names)})"
    text += "  poisonStack();\n"
    if signature.result:
        return text + f"  {result} r = {call};\n  result(&r, {describe.of(signature.result)});\n"
    return text + f"  {call};\n"


def driver(signatures, keys):
    """Returns the native ends of all calls, and the table that support.cpp iterates over. keys
    contains a signature's name for the runtime, and the codes of its bridges."""
    describe = Descriptions()
    functions, rows = "", ""
    for each in signatures:
        name, result = each.name, compiled(each.result)
        functions += f"{spelled(each.result)} {name}({params(each)}) {{\n{receive(each, describe, spelled)}}}\n"
        native = name
        if any(compiled(type_) != spelled(type_) for type_ in (each.result, *each.params)):
            native = f"C{name}"
            functions += f"static {result} {native}({params(each, spell=compiled)}) {{\n{receive(each, describe, compiled)}}}\n"
        own = params(each, ["const void *method"], compiled)
        functions += (
            f"static {result} M{name}(void *self, {own}) {{\n"
            f"  expectThis(self, method);\n{receive(each, describe, compiled)}}}\n"
        )
        functions += f"static void N{name}(Function f) {{\n{send(each, describe, 'f')}}}\n"
        this, method = [("void *", "self")], [("const void *", "method")]
        functions += (
            f"static void T{name}(Function f, void *self, const void *method) {{\n"
            f"{send(each, describe, 'f', this, method)}}}\n"
        )
        types = "".join(f", {describe.of(type_)}" for type_ in each.params)
        functions += f"static const Type *const P{name}[] = {{{describe.of(each.result)}{types}}};\n"
        managed, codes, prefix = keys(each)
        rows += (
            f'  {{"{name}", "{managed}", "{codes}", {prefix}, {len(each.params)}, P{name},'
            f" reinterpret_cast<Function>(&{native}), reinterpret_cast<Function>(&M{name}),"
            f" &N{name}, &T{name}}},\n"
        )
    return (
        '#include "native.h"\n#include "support.h"\nusing namespace conformance;\n'
        + compiled_structs(signatures)
        + describe.text
        + functions
        + f"const Signature conformance::Signatures[] = {{\n{rows}}};\n"
        + f"const unsigned conformance::SignatureCount = {len(signatures)};\n"
    )
