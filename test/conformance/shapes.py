"""Random struct shapes and signatures, as both sides can state them.

A shape is neither C++ nor C#: native.py and csharp.py print it. Unless it is
broken on purpose, both sides agree on it on every target.
"""

import dataclasses
import random
from dataclasses import dataclass
from typing import Optional, Union


@dataclass(frozen=True)
class Scalar:
    csharp: str  # the keyword
    full: str  # the type's full name
    cxx: str
    kind: str  # as support.h has it: Signed, Unsigned, Float, Truth
    size: int  # bytes; 0: a pointer's
    code: str  # HybridCLR's


@dataclass(frozen=True)
class Field:
    name: str
    type: Union[Scalar, "Struct"]
    count: int = 0  # 0: not an array


@dataclass(frozen=True)
class Struct:
    name: str
    # sequential; union: all fields at 0; tagged: two integers, followed by a union of the other
    # fields; explicit: C# states the offsets that C++ computes.
    layout: str
    pack: int  # 0: natural
    fields: tuple
    # Only used in C++, for broken bindings.
    align: int = 0
    constructor: bool = False


@dataclass(frozen=True)
class Ref:
    """A type that is passed by address: `ref T` and `T *`."""

    to: Union[Scalar, Struct]


@dataclass(frozen=True)
class Text(Ref):
    """A `string` in C#."""


@dataclass(frozen=True)
class Signature:
    name: str
    result: Optional[Union[Scalar, Struct]]
    params: tuple


def integers():
    for bits, signed, unsigned in ((8, "sbyte", "byte"), (16, "short", "ushort"), (32, "int", "uint"), (64, "long", "ulong")):
        size = bits // 8
        names = {8: ("SByte", "Byte")}.get(bits, (f"Int{bits}", f"UInt{bits}"))
        yield Scalar(signed, f"System.{names[0]}", f"int{bits}_t", "Signed", size, f"i{size}")
        yield Scalar(unsigned, f"System.{names[1]}", f"uint{bits}_t", "Unsigned", size, f"u{size}")


INTEGERS = tuple(integers())
FLOAT = Scalar("float", "System.Single", "float", "Float", 4, "r4")
DOUBLE = Scalar("double", "System.Double", "double", "Float", 8, "r8")
BOOL = Scalar("bool", "System.Boolean", "bool", "Truth", 1, "u1")
CHAR = Scalar("char", "System.Char", "char16_t", "Unsigned", 2, "u2")
POINTER = Scalar("IntPtr", "System.IntPtr", "void *", "Unsigned", 0, "i")
SIZE = Scalar("UIntPtr", "System.UIntPtr", "size_t", "Unsigned", 0, "u")
INT32 = INTEGERS[4]
BYTE = INTEGERS[1]
# Enums E0 to E7, one for each integer type.
ENUMS = tuple(
    Scalar(f"E{i}", f"Shapes.E{i}", f"E{i}", each.kind, each.size, each.code) for i, each in enumerate(INTEGERS)
)
SCALARS = INTEGERS + (FLOAT, FLOAT, DOUBLE, DOUBLE, BOOL, CHAR, POINTER, SIZE)


@dataclass(frozen=True)
class Model:
    """The properties on which a layout depends, in bytes."""

    pointer: int
    most: int  # no scalar is aligned further in a struct


# 64-bit targets, 32-bit targets, and i386, where C aligns a double to 4 bytes and C# to 8. Shapes
# for all targets must be the same for both.
MODELS = (Model(8, 8), Model(4, 8), Model(4, 4))


def size_and_align(type_, model):
    if isinstance(type_, Scalar):
        size = type_.size or model.pointer
        return size, min(size, model.most)
    offsets, size, align = layout(type_, model)
    return size, align


def layout(struct, model):
    """Returns the fields' offsets, the size and the alignment."""
    offsets, end, align = [], 0, 1
    for i, field in enumerate(struct.fields):
        size, own = size_and_align(field.type, model)
        size *= max(field.count, 1)
        if struct.pack:
            own = min(own, struct.pack)
        if struct.layout == "union":
            at = 0
        elif struct.layout == "tagged" and i >= 2:
            at = 8
        else:
            at = -(-end // own) * own
        offsets.append(at)
        end = max(end, at + size)
        align = max(align, own)
    return offsets, max(-(-end // align) * align, 1), align


def scalars_in(type_):
    if not isinstance(type_, Struct):
        return {type_}
    return set().union(*(scalars_in(field.type) for field in type_.fields))


def structs_in(type_):
    """Returns the structs in a type: inner ones first, the type itself last."""
    if isinstance(type_, Ref):
        type_ = type_.to
    if not isinstance(type_, Struct):
        return []
    found = []
    for field in type_.fields:
        found += [each for each in structs_in(field.type) if each not in found]
    return found + [type_]


def used_structs(signatures):
    found = []
    for signature in signatures:
        for type_ in (signature.result, *signature.params):
            found += [each for each in structs_in(type_) if each not in found]
    return found


def holds(type_, layouts):
    return any(each.layout in layouts for each in structs_in(type_))


class Generator:
    """Generates shapes from a seed. Equal seeds result in equal shapes."""

    def __init__(self, seed, same_everywhere=True):
        """If same_everywhere is false, C# and C++ may align the structs differently on i386."""
        self.rng = random.Random(seed)
        self.same_everywhere = same_everywhere
        self.structs = []

    def scalar(self):
        rng = self.rng
        return rng.choice(ENUMS) if rng.random() < 0.08 else rng.choice(SCALARS)

    def field_type(self, most, allowed=lambda type_: True):
        rng = self.rng
        if self.structs and rng.random() < 0.3:
            fitting = [s for s in self.structs if size_and_align(s, MODELS[0])[0] <= most and allowed(s)]
            if fitting:
                return rng.choice(fitting)
        while True:
            type_ = self.scalar()
            if (type_.size or 8) <= most and allowed(type_):
                return type_

    def fields(self, size, allowed, arrays=True):
        rng, fields, used = self.rng, [], 0
        while used < size and len(fields) < 16:
            type_ = self.field_type(size - used, allowed)
            one = size_and_align(type_, MODELS[0])[0]
            count = 0
            if arrays and rng.random() < 0.2:
                count = rng.randint(1, min((size - used) // one, 6))
            fields.append(Field(f"f{len(fields)}", type_, count))
            used += one * max(count, 1)
        return fields

    def homogeneous(self):
        """Returns a struct that consists of floats or doubles, or almost does. An HFA of arm64 has
        at most 4 of them."""
        rng = self.rng
        element = rng.choice((FLOAT, DOUBLE))
        fields, left = [], rng.randint(1, 5)
        inner = [s for s in self.structs if scalars_in(s) == {element}]
        while left > 0:
            if inner and rng.random() < 0.3:
                fields.append((rng.choice(inner), 0))
                left -= 2
            elif rng.random() < 0.25:
                count = rng.randint(1, left)
                fields.append((element, count))
                left -= count
            else:
                fields.append((element, 0))
                left -= 1
        if rng.random() < 0.15:
            fields.append((rng.choice((FLOAT, DOUBLE, INT32)), 0))
        return [Field(f"f{i}", *field) for i, field in enumerate(fields)]

    def struct(self):
        while True:
            struct = self.candidate()
            sizes = {layout(struct, model)[1] for model in MODELS}
            if max(sizes) > 64:
                continue
            if self.same_everywhere:
                if struct.layout == "sequential":
                    struct = padded(struct)
                if layout(struct, MODELS[1])[:2] != layout(struct, MODELS[2])[:2]:
                    continue
            if layout(struct, MODELS[0])[1] > 64:
                continue
            self.structs.append(struct)
            return struct

    def candidate(self):
        rng = self.rng
        size = rng.choice((rng.randint(1, 8), rng.randint(1, 16), rng.randint(1, 32), rng.randint(1, 64)))
        kind = rng.choices(
            ("any", "packed", "homogeneous", "single", "union", "tagged", "explicit"), (50, 12, 14, 6, 7, 6, 5)
        )[0]
        anything = lambda type_: True
        # Bytes that are shared with other fields can have any value, but a bool cannot.
        no_truth = lambda type_: BOOL not in scalars_in(type_)
        layout_, pack, fields = "sequential", 0, None
        if kind == "packed":
            pack = rng.choice((1, 1, 2, 4))
        elif kind == "homogeneous":
            fields = self.homogeneous()
        elif kind == "single":
            type_ = self.field_type(16)
            fields = [Field("f0", type_)]
        elif kind == "union":
            layout_ = "union"
            fields = [Field(f"f{i}", self.field_type(size if size > 7 else 8, no_truth)) for i in range(rng.randint(1, 3))]
        elif kind == "tagged":
            layout_ = "tagged"
            rest = [Field(f"f{i + 2}", self.field_type(16, no_truth)) for i in range(rng.randint(2, 3))]
            fields = [Field("f0", INT32), Field("f1", rng.choice((INT32, FLOAT)))] + rest
        elif kind == "explicit":
            # The offsets in C# are the same on every target.
            layout_ = "explicit"
            fields = self.fields(size, lambda type_: not {POINTER, SIZE} & scalars_in(type_), arrays=False)
        if fields is None:
            fields = self.fields(size, anything)
        return Struct(f"S{len(self.structs)}", layout_, pack, tuple(fields))

    def parameter(self):
        rng, dice = self.rng, self.rng.random()
        if dice < 0.5 and self.structs:
            return rng.choice(self.structs)
        if dice < 0.55 and self.structs:
            return Ref(rng.choice(self.structs))
        return self.scalar()

    def signature(self, name):
        rng = self.rng
        count = rng.choice((rng.randint(0, 4), rng.randint(1, 8), rng.randint(1, 8), rng.randint(6, 18)))
        dice = rng.random()
        result = None if dice < 0.15 else rng.choice(self.structs) if dice < 0.6 else self.scalar()
        return Signature(name, result, tuple(self.parameter() for _ in range(count)))

    def sibling(self, signature):
        """Returns a variant with other types of the same sizes, which some target passes in the
        same way, so that bridges are shared there."""
        few = self.rng.choice((0.2, 0.5, 0.9))

        def other(type_):
            if type_ is None or isinstance(type_, Ref) or self.rng.random() > few:
                return type_
            size = size_and_align(type_, MODELS[0])[0]
            alike = [each for each in (*self.structs, *SCALARS) if size_and_align(each, MODELS[0])[0] == size]
            return self.rng.choice(alike + [type_])

        return dataclasses.replace(
            signature, result=other(signature.result), params=tuple(other(each) for each in signature.params)
        )

    def signatures(self, count):
        """Returns that many signatures, over a pool of structs that are used several times."""
        for _ in range(max(count // 4, 4)):
            self.struct()
        found = []
        while len(found) < count:
            if found and self.rng.random() < 0.7:
                next_ = self.sibling(self.rng.choice(found[-6:]))
            else:
                next_ = self.signature("")
            found.append(dataclasses.replace(next_, name=f"F{len(found)}"))
        return found


def padded(struct):
    """Returns the struct with integers in place of gaps that only exist with 8-byte alignment."""
    fields = []
    for field in struct.fields:
        grown = dataclasses.replace(struct, fields=(*fields, field))
        wide, narrow = layout(grown, MODELS[1])[0], layout(grown, MODELS[2])[0]
        if wide[-1] != narrow[-1]:
            fields.append(Field(f"p{len(fields)}", INT32))
        fields.append(field)
    whole = dataclasses.replace(struct, fields=tuple(fields))
    if layout(whole, MODELS[1])[1] != layout(whole, MODELS[2])[1]:
        whole = dataclasses.replace(whole, fields=(*fields, Field(f"p{len(fields)}", INT32)))
    return whole
