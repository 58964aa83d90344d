"""Breaks one thing in a signature: the native side becomes another than what C#
declares. Whether it matters, and where, is for ilbridge to say and for
execution to show."""

import dataclasses
import zlib
from dataclasses import dataclass

from shapes import BOOL, CHAR, DOUBLE, ENUMS, FLOAT, INTEGERS, POINTER, SIZE, Field, Ref, Scalar, Signature, Struct

# Types that only C++ has, or only C#.
LONG = Scalar("", "", "long", "Signed", 0, "")
ULONG = Scalar("", "", "unsigned long", "Unsigned", 0, "")
# The signs of these types depend on the target.
WCHAR = Scalar("", "", "wchar_t", "kindOf<wchar_t>()", 0, "")
NARROW = Scalar("", "", "char", "kindOf<char>()", 1, "")
INT = Scalar("", "", "int", "Signed", 4, "")
LONG_LONG = Scalar("", "", "long long", "Signed", 8, "")
# Without [MarshalAs], a bool is a BOOL, and a char is passed as the CharSet states.
WIDE_BOOL = Scalar("bool", "System.Boolean", "int32_t", "Truth", 4, "")
ANY_NATIVE = INTEGERS + ENUMS + (FLOAT, DOUBLE, BOOL, CHAR, POINTER, SIZE, LONG, ULONG, WCHAR, NARROW, INT, LONG_LONG)


@dataclass(frozen=True)
class Case:
    """The two sides of one binding."""

    name: str
    managed: Signature
    native: Signature
    broken: str = ""  # how, in words
    convention: str = "Cdecl"  # in C#
    attribute: str = ""  # in C++
    charset: str = "Unicode"  # of the import

    def smaller(self):
        """Returns the case without one parameter, or without one field, on both sides."""
        count = len(self.managed.params)
        if count == len(self.native.params):
            for i in range(count):
                yield self.with_sides(*(without_param(each, i) for each in (self.managed, self.native)))
        if self.managed.result and self.managed.result == self.native.result:
            yield self.with_sides(*(dataclasses.replace(each, result=None) for each in (self.managed, self.native)))
        # If a struct has the same number of fields on both sides, the same field is removed on
        # both.
        places = [None, *range(min(count, len(self.native.params)))]
        for place in places:
            mine, theirs = at(self.managed, place), at(self.native, place)
            if not isinstance(mine, (Struct, Ref)) or type(mine) is not type(theirs):
                continue
            for smaller in smaller_types(mine, theirs):
                yield self.with_sides(put(self.managed, place, smaller[0]), put(self.native, place, smaller[1]))

    def without(self, i):
        """Returns the signature without a parameter, if it has that many."""
        if i >= min(len(self.managed.params), len(self.native.params)):
            return self
        return self.with_sides(without_param(self.managed, i), without_param(self.native, i))

    def with_sides(self, managed, native):
        return dataclasses.replace(self, managed=managed, native=native)


def at(signature, place):
    return signature.result if place is None else signature.params[place]


def put(signature, place, type_):
    if place is None:
        return dataclasses.replace(signature, result=type_)
    params = list(signature.params)
    params[place] = type_
    return dataclasses.replace(signature, params=tuple(params))


def without_param(signature, i):
    return dataclasses.replace(signature, params=signature.params[:i] + signature.params[i + 1 :])


def smaller_types(mine, theirs):
    """Returns pairs of types without one field, or with a smaller field."""
    if isinstance(mine, Ref):
        yield from ((Ref(m), Ref(t)) for m, t in smaller_types(mine.to, theirs.to) if isinstance(m, Struct))
        return
    if not isinstance(mine, Struct) or not isinstance(theirs, Struct) or len(mine.fields) != len(theirs.fields):
        return
    same = mine is theirs or mine == theirs
    for i in range(len(mine.fields)):
        if len(mine.fields) > 1 and not (mine.layout == "tagged" and (i < 2 or len(mine.fields) == 3)):
            pair = [with_fields(each, each.fields[:i] + each.fields[i + 1 :]) for each in (mine, theirs)]
            yield (pair[0], pair[0]) if same else tuple(pair)
        inner = mine.fields[i], theirs.fields[i]
        if inner[0].count and inner[0].count == inner[1].count:
            counts = inner[0].count - 1
            smaller = [(dataclasses.replace(inner[0], count=counts), dataclasses.replace(inner[1], count=counts))]
        else:
            smaller = [
                (dataclasses.replace(inner[0], type=m), dataclasses.replace(inner[1], type=t))
                for m, t in smaller_types(inner[0].type, inner[1].type)
            ]
        for fields in smaller:
            pair = [
                with_fields(each, each.fields[:i] + (field,) + each.fields[i + 1 :])
                for each, field in zip((mine, theirs), fields)
            ]
            yield (pair[0], pair[0]) if same else tuple(pair)


def changed(struct, **changes):
    """Returns a changed struct with a new name."""
    other = dataclasses.replace(struct, name="", **changes)
    return dataclasses.replace(other, name=f"{struct.name.split('_')[0]}_{zlib.crc32(repr(other).encode()):x}")


def with_fields(struct, fields):
    return changed(struct, fields=tuple(fields))


def wrapped(type_, layout):
    return with_fields(Struct("W", layout, 0, ()), [Field("f0", type_)])


class Breaker:
    def __init__(self, rng):
        self.rng = rng

    def case(self, signature):
        """Returns the case with one error; None if the random choice finds nothing to change."""
        rng, name = self.rng, signature.name
        places = [*range(len(signature.params))] + ([None] if signature.result else [])
        if not places:
            return None
        if rng.random() < 0.04:
            words = rng.choice((("StdCall", ""), ("Cdecl", "__attribute__((stdcall))"), ("StdCall", "__attribute__((stdcall))")))
            return Case(name, signature, signature, f"convention {words[0]} and '{words[1]}'", *words)
        place = rng.choice(places)
        type_ = at(signature, place)
        broken = self.broken(type_)
        if not broken:
            return None
        mine, theirs, how = broken
        where = "result" if place is None else f"parameter {place}"
        return Case(name, put(signature, place, mine), put(signature, place, theirs), f"{where}: {how}")

    def broken(self, type_):
        """Returns the type in C#, the one in C++, and a description of the error."""
        if isinstance(type_, Ref):
            inner = self.broken_struct(type_.to)
            return inner and (Ref(inner[0]), Ref(inner[1]), "by address, " + inner[2])
        if isinstance(type_, Struct):
            dice = self.rng.random()
            if dice < 0.06:
                return type_, Ref(type_), "an address"
            if dice < 0.2 and len(type_.fields) == 1 and isinstance(type_.fields[0].type, Scalar) and not type_.fields[0].count:
                return type_, type_.fields[0].type, "without the struct"
            return self.broken_struct(type_)
        if self.rng.random() < 0.25:
            layout = self.rng.choice(("sequential", "union"))
            return type_, wrapped(type_, layout), f"in a {layout} struct"
        return self.broken_scalar(type_)

    def broken_scalar(self, type_):
        if type_ is BOOL and self.rng.random() < 0.5:
            return WIDE_BOOL, self.rng.choice((BOOL, BOOL, INT)), "a BOOL"
        while True:
            other = self.rng.choice(ANY_NATIVE)
            if other != type_:
                return type_, other, f"{other.cxx} for {type_.csharp}"

    def broken_struct(self, struct):
        rng, fields = self.rng, list(struct.fields)
        # If fields overlap, it is ambiguous which ones correspond to each other.
        if struct.layout in ("union", "tagged"):
            ways = ("align", "layout", "wrap")
        else:
            ways = ("type", "type", "type", "drop", "add", "swap", "pack", "align", "layout", "wrap", "constructor", "inner", "count")
        how = rng.choice(ways)
        i = rng.randrange(len(fields))
        field = fields[i]

        def made(**changes):
            return changed(struct, **changes)

        def at_field(type_, words):
            fields[i] = dataclasses.replace(field, type=type_)
            return struct, made(fields=tuple(fields)), f"{struct.name}.{field.name}: {words}"

        if how in ("type", "inner") and isinstance(field.type, Struct):
            inner = self.broken_struct(field.type)
            if not inner:
                return None
            # For a bool, the managed side can be changed as well.
            mine = list(struct.fields)
            mine[i] = dataclasses.replace(field, type=inner[0])
            outer = struct if inner[0] == field.type else with_fields(struct, mine)
            return outer, at_field(inner[1], "")[1], f"{struct.name}.{field.name}: {inner[2]}"
        if how == "type":
            mine, theirs, words = self.broken_scalar(field.type)
            _, native, words = at_field(theirs, words)
            if mine == field.type:
                return struct, native, words
            return with_fields(struct, [*fields[:i], dataclasses.replace(field, type=mine), *fields[i + 1 :]]), native, words
        if how == "drop" and len(fields) > 1 and struct.layout != "tagged":
            del fields[i]
            return struct, made(fields=tuple(fields)), f"{struct.name} without {field.name}"
        if how == "add" and struct.layout == "sequential":
            fields.insert(rng.randint(0, len(fields)), Field("added", rng.choice(INTEGERS + (FLOAT, DOUBLE))))
            return struct, made(fields=tuple(fields)), f"{struct.name} with another field"
        if how == "swap" and struct.layout == "sequential" and len(fields) > 1:
            j = rng.randrange(len(fields))
            if fields[i].type == fields[j].type and fields[i].count == fields[j].count:
                return None
            fields[i], fields[j] = fields[j], fields[i]
            # Names are unchanged, so that only the layout differs.
            named = tuple(dataclasses.replace(new, name=old.name) for new, old in zip(fields, struct.fields))
            return struct, made(fields=named), f"{struct.name} with {i} and {j} exchanged"
        if how == "pack" and struct.layout == "sequential":
            pack = rng.choice([each for each in (0, 1, 2, 4, 8) if each != struct.pack])
            return struct, made(pack=pack), f"{struct.name} packed to {pack}"
        if how == "align":
            return struct, made(align=rng.choice((8, 16, 16))), f"{struct.name} aligned"
        if how == "layout" and struct.layout in ("sequential", "union"):
            layout = "union" if struct.layout == "sequential" else "sequential"
            return struct, made(layout=layout, pack=0), f"{struct.name} as a {layout} struct"
        if how == "wrap" and not field.count:
            layout = rng.choice(("sequential", "union"))
            return at_field(wrapped(field.type, layout), f"in a {layout} struct")
        if how == "constructor" and struct.layout == "sequential":
            return struct, made(constructor=True), f"{struct.name} with a constructor"
        if how == "count" and struct.layout == "sequential":
            fields[i] = dataclasses.replace(field, count=field.count + 1 if field.count else rng.randint(1, 2))
            return struct, made(fields=tuple(fields)), f"{struct.name}.{field.name} is of another count"
        return None
