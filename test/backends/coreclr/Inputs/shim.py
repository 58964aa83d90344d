"""Writes a library that has a symbol for every P/Invoke of a generated file: each
jumps to what the generated function answers for it. usage: shim.py FILE > shim.cpp
"""

import re
import sys

rows = re.findall(r'\{"(\w+)", "(\w+)",', open(sys.argv[1]).read())
print('extern "C" const void *PInvokeOverride(const char *library, const char *entry_point);')
for library, name in rows:
    print(f'extern "C" {{ const void *slot_{name} = PInvokeOverride("{library}", "{name}"); }}')
    print(f'__asm__(".globl {name}\\n.type {name}, @function\\n{name}: jmp *slot_{name}(%rip)\\n");')
