"""Makes Webcil of a PE file: webcil.py IN.dll OUT [wasm].

The format is described in .NET's docs/design/mono/webcil.md. With "wasm" the payload is
the second data segment of a WebAssembly module.
"""

import struct
import sys

with open(sys.argv[1], "rb") as file:
    pe = file.read()
(at,) = struct.unpack_from("<I", pe, 0x3C)
count, optional = struct.unpack_from("<H", pe, at + 6)[0], struct.unpack_from("<H", pe, at + 20)[0]
is_plus = struct.unpack_from("<H", pe, at + 24)[0] == 0x20B
directories = at + 24 + (112 if is_plus else 96)
cli = struct.unpack_from("<II", pe, directories + 14 * 8)
debug = struct.unpack_from("<II", pe, directories + 6 * 8)

sections, data = b"", b""
begin = 28 + 16 * count
for i in range(count):
    size, rva, raw, offset = struct.unpack_from("<IIII", pe, at + 24 + optional + 40 * i + 8)
    sections += struct.pack("<IIII", size, rva, raw, begin + len(data))
    data += pe[offset : offset + raw]
payload = b"WbIL" + struct.pack("<HHHHIIII", 0, 0, count, 0, *cli, *debug) + sections + data


def number(n):
    out = b""
    while n >= 0x80:
        out, n = out + bytes([n & 0x7F | 0x80]), n >> 7
    return out + bytes([n])


if "wasm" in sys.argv[3:]:
    segments = number(2)
    for segment in (struct.pack("<I", len(payload)), payload):
        segments += b"\1" + number(len(segment)) + segment
    payload = b"\0asm" + struct.pack("<I", 1) + b"\x0b" + number(len(segments)) + segments
with open(sys.argv[2], "wb") as file:
    file.write(payload)
